#include "template/lexer.h"

#include <string.h>

static char peek(const ag_lexer *lexer, size_t ahead) {
    size_t at = lexer->pos + ahead;
    return at < lexer->end ? lexer->tmpl->text[at] : '\0';
}

/* Length of a line end at the position: 0, 1 or 2. */
static size_t newline_at(const ag_lexer *lexer, size_t ahead) {
    if (peek(lexer, ahead) == '\n') {
        return 1;
    }
    return peek(lexer, ahead) == '\r' && peek(lexer, ahead + 1) == '\n' ? 2 : 0;
}

static void skip_space(ag_lexer *lexer) {
    while (lexer->pos < lexer->end) {
        size_t joined = peek(lexer, 0) == '\\' ? newline_at(lexer, 1) : 0;
        if (joined > 0) {
            lexer->pos += 1 + joined;
        } else if (ag_is_space(peek(lexer, 0))) {
            lexer->pos++;
        } else {
            return;
        }
    }
}

static bool is_name_char(char c) {
    return ag_is_alnum(c) || c == '_';
}

static bool read_int(ag_lexer *lexer) {
    int64_t value = 0;
    while (ag_is_digit(peek(lexer, 0))) {
        int digit = peek(lexer, 0) - '0';
        if (value > (INT64_MAX - digit) / 10) {
            return ag__template_fail(lexer->tmpl, lexer->token.at, lexer->err,
                                     "the number is too large");
        }
        value = value * 10 + digit;
        lexer->pos++;
    }
    if (peek(lexer, 0) == '.' && ag_is_digit(peek(lexer, 1))) {
        return ag__template_fail(lexer->tmpl, lexer->token.at, lexer->err,
                                 "only whole numbers are part of the template language");
    }
    if (is_name_char(peek(lexer, 0))) {
        return ag__template_fail(lexer->tmpl, lexer->token.at, lexer->err,
                                 "a name cannot start with a digit");
    }
    lexer->token.kind = AG_TOKEN_INT;
    lexer->token.integer = value;
    return true;
}

static void put_utf8(ag_buf *out, uint32_t c) {
    if (c < 0x80) {
        ag_buf_putc(out, (char)c);
        return;
    }
    unsigned shift = c < 0x800 ? 6 : c < 0x10000 ? 12 : 18;
    uint32_t lead = c < 0x800 ? 0xc0 : c < 0x10000 ? 0xe0 : 0xf0;
    ag_buf_putc(out, (char)(unsigned char)(lead | c >> shift));
    while (shift > 0) {
        shift -= 6;
        ag_buf_putc(out, (char)(unsigned char)(0x80 | (c >> shift & 0x3f)));
    }
}

static int hex_digit(char c) {
    if (ag_is_digit(c)) {
        return c - '0';
    }
    char lower = ag_lower_char(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* After the x, u or U of an escape. */
static bool read_code_point(ag_lexer *lexer, size_t n_digits, ag_buf *out) {
    uint32_t c = 0;
    for (size_t i = 0; i < n_digits; i++) {
        int digit = hex_digit(peek(lexer, 0));
        if (digit < 0) {
            return ag__template_fail(lexer->tmpl, lexer->pos, lexer->err,
                                     "the escape needs %zu hexadecimal digits", n_digits);
        }
        c = c << 4 | (uint32_t)digit;
        lexer->pos++;
    }
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) || c == 0) {
        return ag__template_fail(lexer->tmpl, lexer->pos - n_digits, lexer->err,
                                 "the escape names no character");
    }
    put_utf8(out, c);
    return true;
}

/* After the backslash. As in Python, an unknown escape stands for itself. */
static bool read_escape(ag_lexer *lexer, ag_buf *out) {
    static const char names[] = "nrtabfv\\'\"";
    static const char meant[] = "\n\r\t\a\b\f\v\\'\"";
    size_t newline = newline_at(lexer, 0);
    if (newline > 0) {
        lexer->pos += newline;
        return true;
    }
    char c = peek(lexer, 0);
    const char *known = c == '\0' ? NULL : strchr(names, c);
    if (known != NULL) {
        ag_buf_putc(out, meant[known - names]);
        lexer->pos++;
        return true;
    }
    if (c == 'x' || c == 'u' || c == 'U') {
        lexer->pos++;
        return read_code_point(lexer, c == 'x' ? 2 : c == 'u' ? 4 : 8, out);
    }
    if (ag_is_digit(c)) {
        return ag__template_fail(lexer->tmpl, lexer->pos, lexer->err,
                                 "octal escapes are not part of the template language");
    }
    ag_buf_putc(out, '\\');
    return true;
}

static bool read_string_body(ag_lexer *lexer, char quote, ag_buf *out) {
    while (lexer->pos < lexer->end && newline_at(lexer, 0) == 0) {
        char c = peek(lexer, 0);
        lexer->pos++;
        if (c == quote) {
            return true;
        }
        if (c != '\\') {
            ag_buf_putc(out, c);
        } else if (!read_escape(lexer, out)) {
            return false;
        }
    }
    (void)ag__template_fail(lexer->tmpl, lexer->token.at, lexer->err, "the string is never closed");
    return ag_hint(lexer->err, "close it with %c on the same line; write a newline as \\n", quote);
}

static bool read_string(ag_lexer *lexer) {
    char quote = peek(lexer, 0);
    lexer->pos++;
    ag_buf out = AG_BUF_INIT;
    bool ok = read_string_body(lexer, quote, &out);
    if (ok) {
        lexer->token.kind = AG_TOKEN_STRING;
        lexer->token.string = (ag_str){.p = ag_buf_copy(&out, lexer->arena), .n = out.n};
    }
    ag_buf_release(&out);
    return ok;
}

static void read_sign(ag_lexer *lexer) {
    static const char *const doubles[] = {"==", "!=", "<=", ">=", "&&", "||", "**", "//"};
    for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++) {
        if (peek(lexer, 0) == doubles[i][0] && peek(lexer, 1) == doubles[i][1]) {
            lexer->pos += 2;
            return;
        }
    }
    do { /* a whole character, so that messages can show it */
        lexer->pos++;
    } while (((unsigned char)peek(lexer, 0) & 0xc0u) == 0x80u);
}

bool ag__lexer_next(ag_lexer *lexer) {
    skip_space(lexer);
    lexer->token = (ag_token){.kind = AG_TOKEN_SIGN, .at = lexer->pos};
    char c = peek(lexer, 0);
    bool ok = true;
    if (lexer->pos >= lexer->end) {
        lexer->token.kind = AG_TOKEN_END;
        return true;
    }
    if (ag_is_digit(c)) {
        ok = read_int(lexer);
    } else if (is_name_char(c)) {
        lexer->token.kind = AG_TOKEN_NAME;
        while (is_name_char(peek(lexer, 0))) {
            lexer->pos++;
        }
    } else if (c == '\'' || c == '"') {
        ok = read_string(lexer);
    } else {
        read_sign(lexer);
    }
    lexer->token.text =
        (ag_str){.p = lexer->tmpl->text + lexer->token.at, .n = lexer->pos - lexer->token.at};
    return ok;
}

bool ag__lexer_at(const ag_lexer *lexer, const char *text) {
    return (lexer->token.kind == AG_TOKEN_SIGN || lexer->token.kind == AG_TOKEN_NAME) &&
           ag_str_eq(lexer->token.text, text);
}
