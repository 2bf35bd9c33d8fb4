#include "sql/token.h"

#include <string.h>

static bool is_pg(ag_sql_flavor flavor) {
    return flavor != AG_SQL_SQLITE;
}

static bool is_ident_start(char c) {
    return ag_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_ident_char(char c) {
    return is_ident_start(c) || ag_is_digit(c) || c == '$';
}

static bool is_pg_operator_char(char c) {
    return c != '\0' && strchr("~!@#^&|`?+-*/%<>=", c) != NULL;
}

/* The byte at `at`, NUL after the end: every scan below stops at a NUL or checks the end. */
static char peek(ag_str text, size_t at) {
    return at < text.n ? text.p[at] : '\0';
}

/* Offset just after the first `c` at or after `at`, or 0 when there is none. */
static size_t after_char(ag_str text, size_t at, char c) {
    const char *found = at < text.n ? memchr(text.p + at, c, text.n - at) : NULL;
    return found == NULL ? 0 : (size_t)(found - text.p) + 1;
}

/* Offset after the quote that closes, doubled quotes aside; 0 when none does. */
static size_t quoted_end(ag_str text, size_t at, char quote) {
    for (;;) {
        at = after_char(text, at, quote);
        if (at == 0 || peek(text, at) != quote) {
            return at;
        }
        at++;
    }
}

/* As quoted_end for E'…', where a backslash takes the next byte with it. */
static size_t escaped_end(ag_str text, size_t at) {
    while (at < text.n) {
        char c = text.p[at++];
        if (c == '\\') {
            at++;
        } else if (c == '\'' && peek(text, at) == '\'') {
            at++;
        } else if (c == '\'') {
            return at;
        }
    }
    return 0;
}

static size_t line_comment_end(ag_sql_flavor flavor, ag_str text, size_t at) {
    while (at < text.n && text.p[at] != '\n' && (!is_pg(flavor) || text.p[at] != '\r')) {
        at++;
    }
    return at;
}

/* Offset after a block comment that opens at `at`, 0 when it does not end. */
static size_t block_comment_end(ag_str text, size_t at, bool is_nesting) {
    size_t depth = 0;
    while (at + 1 < text.n) {
        if (text.p[at] == '*' && text.p[at + 1] == '/') {
            at += 2;
            if (--depth == 0) {
                return at;
            }
        } else if (text.p[at] == '/' && text.p[at + 1] == '*' && (is_nesting || depth == 0)) {
            at += 2;
            depth++;
        } else {
            at++;
        }
    }
    return 0;
}

/*
 * PostgreSQL joins 'a' and 'b' when a line end is between them, and goes on in the mode of the
 * first. Returns the offset after the quote that opens the next piece, or 0.
 */
static size_t string_continues(ag_str text, size_t at) {
    bool has_newline = false;
    for (;;) {
        char c = peek(text, at);
        if (at < text.n && ag_is_space(c)) {
            has_newline |= c == '\n' || c == '\r';
            at++;
        } else if (c == '-' && peek(text, at + 1) == '-') {
            at = line_comment_end(AG_SQL_POSTGRES, text, at);
        } else {
            return has_newline && c == '\'' ? at + 1 : 0;
        }
    }
}

/* Offset after a string whose opening quote is before `at`; 0 when it does not end. */
static size_t string_end(ag_sql_flavor flavor, ag_str text, size_t at, bool is_escaped) {
    for (;;) {
        size_t end = is_escaped ? escaped_end(text, at) : quoted_end(text, at, '\'');
        if (end == 0 || !is_pg(flavor)) {
            return end;
        }
        at = string_continues(text, end);
        if (at == 0) {
            return end;
        }
    }
}

static ag_token make(ag_lexer *lexer, ag_token_kind kind, size_t end) {
    ag_token token = {.kind = kind, .offset = lexer->at, .n = end - lexer->at};
    lexer->at = end;
    return token;
}

/* A token that ends at `end`, or an error to the end of the text when `end` is 0. */
static ag_token make_closed(ag_lexer *lexer, ag_token_kind kind, size_t end) {
    return end == 0 ? make(lexer, AG_TOKEN_ERROR, lexer->text.n) : make(lexer, kind, end);
}

static ag_token lex_space(ag_lexer *lexer) {
    size_t end = lexer->at;
    while (end < lexer->text.n && ag_is_space(lexer->text.p[end])) {
        end++;
    }
    return make(lexer, AG_TOKEN_SPACE, end);
}

static ag_token lex_block_comment(ag_lexer *lexer) {
    bool is_nesting = is_pg(lexer->flavor) && !lexer->flat_comments;
    size_t end = block_comment_end(lexer->text, lexer->at, is_nesting);
    if (end == 0 && is_nesting && lexer->flavor == AG_SQL_GENERIC) {
        lexer->flat_comments = true;
        end = block_comment_end(lexer->text, lexer->at, false);
    }
    return make_closed(lexer, AG_TOKEN_COMMENT, end);
}

/* E'…', U&'…', U&"…", B'…', X'…', N'…'; false when the word at hand is none of these. */
static bool lex_prefixed(ag_lexer *lexer, ag_token *out) {
    ag_str text = lexer->text;
    size_t at = lexer->at;
    char c = ag_lower_char(text.p[at]);
    char next = peek(text, at + 1);
    if (is_pg(lexer->flavor) && c == 'u' && next == '&') {
        char quote = peek(text, at + 2);
        if (quote == '"') {
            *out = make_closed(lexer, AG_TOKEN_QUOTED, quoted_end(text, at + 3, '"'));
        } else if (quote == '\'') {
            *out =
                make_closed(lexer, AG_TOKEN_STRING, string_end(lexer->flavor, text, at + 3, false));
        }
        return quote == '"' || quote == '\'';
    }
    const char *prefixes = is_pg(lexer->flavor) ? "ebxn" : "x";
    if (next != '\'' || strchr(prefixes, c) == NULL) {
        return false;
    }
    *out = make_closed(lexer, AG_TOKEN_STRING, string_end(lexer->flavor, text, at + 2, c == 'e'));
    return true;
}

static ag_token lex_word(ag_lexer *lexer) {
    ag_token token;
    if (lex_prefixed(lexer, &token)) {
        return token;
    }
    size_t end = lexer->at + 1;
    while (end < lexer->text.n && is_ident_char(lexer->text.p[end])) {
        end++;
    }
    return make(lexer, AG_TOKEN_WORD, end);
}

static size_t skip_digits(ag_str text, size_t at) {
    while (ag_is_digit(peek(text, at)) ||
           (peek(text, at) == '_' && ag_is_digit(peek(text, at + 1)))) {
        at++;
    }
    return at;
}

static bool is_hex_digit(char c) {
    c = ag_lower_char(c);
    return ag_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* 0x1F and, as PostgreSQL 16 has them, 0o17 and 0b11; `at` is after the zero. 0 when it is none. */
static size_t radix_end(ag_sql_flavor flavor, ag_str text, size_t at) {
    char radix = ag_lower_char(peek(text, at));
    bool known = radix == 'x' || (is_pg(flavor) && (radix == 'o' || radix == 'b'));
    if (!known || !is_hex_digit(peek(text, at + 1))) {
        return 0;
    }
    for (at++; is_hex_digit(peek(text, at)) || peek(text, at) == '_'; at++) {
    }
    return at;
}

static ag_token lex_number(ag_lexer *lexer) {
    ag_str text = lexer->text;
    size_t end = text.p[lexer->at] == '0' ? radix_end(lexer->flavor, text, lexer->at + 1) : 0;
    if (end != 0) {
        return make(lexer, AG_TOKEN_NUMBER, end);
    }
    end = skip_digits(text, lexer->at);
    /* 1..10 is a range of two numbers */
    if (peek(text, end) == '.' && peek(text, end + 1) != '.') {
        end = skip_digits(text, end + 1);
    }
    if (ag_lower_char(peek(text, end)) == 'e') {
        size_t digits = end + 1;
        digits += peek(text, digits) == '+' || peek(text, digits) == '-';
        if (ag_is_digit(peek(text, digits))) {
            end = skip_digits(text, digits);
        }
    }
    return make(lexer, AG_TOKEN_NUMBER, end);
}

/* Offset after the dollar that ends the tag of a dollar quote ($$ or $tag$), 0 when it is none. */
static size_t dollar_tag_end(ag_str text, size_t at) {
    size_t end = at + 1;
    if (is_ident_start(peek(text, end))) {
        while (is_ident_start(peek(text, end)) || ag_is_digit(peek(text, end))) {
            end++;
        }
    }
    return peek(text, end) == '$' ? end + 1 : 0;
}

static ag_token lex_dollar_pg(ag_lexer *lexer) {
    ag_str text = lexer->text;
    size_t end = lexer->at + 1;
    if (ag_is_digit(peek(text, end))) {
        while (ag_is_digit(peek(text, end))) {
            end++;
        }
        return make(lexer, AG_TOKEN_PARAMETER, end);
    }
    end = dollar_tag_end(text, lexer->at);
    if (end == 0) {
        return make(lexer, AG_TOKEN_OPERATOR, lexer->at + 1);
    }
    const char *tag = text.p + lexer->at;
    size_t n_tag = end - lexer->at;
    const char *close = memmem(text.p + end, text.n - end, tag, n_tag);
    end = close == NULL ? 0 : (size_t)(close - text.p) + n_tag;
    return make_closed(lexer, AG_TOKEN_STRING, end);
}

/* ?, ?1, :name, @name, $name, $a::b(c) */
static ag_token lex_parameter_lite(ag_lexer *lexer) {
    ag_str text = lexer->text;
    size_t end = lexer->at + 1;
    if (text.p[lexer->at] == '?') {
        while (ag_is_digit(peek(text, end))) {
            end++;
        }
        return make(lexer, AG_TOKEN_PARAMETER, end);
    }
    while (is_ident_char(peek(text, end)) ||
           (peek(text, end) == ':' && peek(text, end + 1) == ':')) {
        end += peek(text, end) == ':' ? 2 : 1;
    }
    bool has_name = end > lexer->at + 1;
    return make(lexer, has_name ? AG_TOKEN_PARAMETER : AG_TOKEN_OPERATOR, end);
}

static ag_token lex_operator_lite(ag_lexer *lexer) {
    static const char *const longer[] = {
        "->>", "->", "||", "<<", "<=", "<>", ">>", ">=", "==", "!="};
    ag_str text = lexer->text;
    for (size_t i = 0; i < sizeof longer / sizeof longer[0]; i++) {
        size_t n = strlen(longer[i]);
        if (n <= text.n - lexer->at && memcmp(text.p + lexer->at, longer[i], n) == 0) {
            return make(lexer, AG_TOKEN_OPERATOR, lexer->at + n);
        }
    }
    return make(lexer, AG_TOKEN_OPERATOR, lexer->at + 1);
}

/*
 * The longest run of operator characters that holds no comment; a multi-character operator ends in
 * + or - only when it has one of the characters no standard operator has.
 */
static ag_token lex_operator_pg(ag_lexer *lexer) {
    ag_str text = lexer->text;
    size_t end = lexer->at;
    bool is_special = false;
    while (is_pg_operator_char(peek(text, end))) {
        char c = text.p[end];
        char next = peek(text, end + 1);
        bool is_comment = (c == '-' && next == '-') || (c == '/' && next == '*');
        bool is_back_quote = c == '`' && lexer->flavor == AG_SQL_GENERIC;
        if (end > lexer->at && (is_comment || is_back_quote)) {
            break;
        }
        is_special |= strchr("~!@#^&|`?%", c) != NULL;
        end++;
    }
    while (!is_special && end > lexer->at + 1 &&
           (text.p[end - 1] == '+' || text.p[end - 1] == '-')) {
        end--;
    }
    return make(lexer, AG_TOKEN_OPERATOR, end);
}

static ag_token lex_colon_pg(ag_lexer *lexer) {
    char next = peek(lexer->text, lexer->at + 1);
    bool is_double = next == ':' || next == '=';
    return make(lexer, AG_TOKEN_OPERATOR, lexer->at + (is_double ? 2 : 1));
}

static ag_token lex_quoted(ag_lexer *lexer, char quote) {
    return make_closed(lexer, AG_TOKEN_QUOTED, quoted_end(lexer->text, lexer->at + 1, quote));
}

static ag_token lex_symbol_lite(ag_lexer *lexer, char c) {
    switch (c) {
    case '`':
        return lex_quoted(lexer, '`');
    case '[':
        return make_closed(lexer, AG_TOKEN_QUOTED, after_char(lexer->text, lexer->at, ']'));
    case '?':
    case ':':
    case '@':
    case '$':
    case '#':
        return lex_parameter_lite(lexer);
    default:
        return lex_operator_lite(lexer);
    }
}

static ag_token lex_symbol_pg(ag_lexer *lexer, char c) {
    if (c == '`' && lexer->flavor == AG_SQL_GENERIC) {
        return lex_quoted(lexer, '`');
    }
    if (c == '$') {
        return lex_dollar_pg(lexer);
    }
    if (c == ':') {
        return lex_colon_pg(lexer);
    }
    if (c == '[') {
        return make(lexer, AG_TOKEN_PUNCT, lexer->at + 1);
    }
    return is_pg_operator_char(c) ? lex_operator_pg(lexer)
                                  : make(lexer, AG_TOKEN_OPERATOR, lexer->at + 1);
}

static ag_token lex_symbol(ag_lexer *lexer, char c) {
    char next = peek(lexer->text, lexer->at + 1);
    if (c == '-' && next == '-') {
        return make(lexer, AG_TOKEN_COMMENT,
                    line_comment_end(lexer->flavor, lexer->text, lexer->at));
    }
    if (c == '/' && next == '*') {
        return lex_block_comment(lexer);
    }
    if (c == '\'') {
        return make_closed(lexer, AG_TOKEN_STRING,
                           string_end(lexer->flavor, lexer->text, lexer->at + 1, false));
    }
    if (c == '"') {
        return lex_quoted(lexer, '"');
    }
    if (c == '.' && ag_is_digit(next)) {
        return lex_number(lexer);
    }
    if (c == '.' && next == '.' && is_pg(lexer->flavor)) {
        return make(lexer, AG_TOKEN_OPERATOR, lexer->at + 2);
    }
    if (strchr("(),;.]", c) != NULL) {
        return make(lexer, AG_TOKEN_PUNCT, lexer->at + 1);
    }
    return is_pg(lexer->flavor) ? lex_symbol_pg(lexer, c) : lex_symbol_lite(lexer, c);
}

ag_lexer ag_lexer_of(ag_sql_flavor flavor, ag_str text) {
    return (ag_lexer){.flavor = flavor, .text = text};
}

ag_token ag_lexer_next(ag_lexer *lexer) {
    ag_str text = lexer->text;
    if (lexer->at >= text.n) {
        return make(lexer, AG_TOKEN_END, lexer->at);
    }
    char c = text.p[lexer->at];
    if (c == '\0') {
        return make(lexer, AG_TOKEN_ERROR, lexer->at + 1);
    }
    if (text.n - lexer->at >= 3 && memcmp(text.p + lexer->at, "\xEF\xBB\xBF", 3) == 0) {
        return make(lexer, AG_TOKEN_SPACE, lexer->at + 3);
    }
    if (ag_is_space(c)) {
        return lex_space(lexer);
    }
    if (is_ident_start(c)) {
        return lex_word(lexer);
    }
    return ag_is_digit(c) ? lex_number(lexer) : lex_symbol(lexer, c);
}

ag_token ag_lexer_next_solid(ag_lexer *lexer) {
    ag_token token;
    do {
        token = ag_lexer_next(lexer);
    } while (token.kind == AG_TOKEN_SPACE || token.kind == AG_TOKEN_COMMENT);
    return token;
}

ag_tokens ag_sql_tokens(ag_arena *arena, ag_sql_flavor flavor, ag_str text) {
    ag_tokens tokens = {0};
    ag_lexer lexer = ag_lexer_of(flavor, text);
    ag_token token;
    do {
        token = ag_lexer_next_solid(&lexer);
        ag_vec_push(arena, &tokens, token);
    } while (token.kind != AG_TOKEN_END);
    tokens.n--;
    return tokens;
}

ag_str ag_token_text(ag_str text, ag_token token) {
    return (ag_str){.p = token.n == 0 ? "" : text.p + token.offset, .n = token.n};
}

bool ag_token_is(ag_str text, ag_token token, const char *spelling) {
    bool has_spelling = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_OPERATOR ||
                        token.kind == AG_TOKEN_PUNCT;
    return has_spelling && ag_str_ieq(ag_token_text(text, token), spelling);
}

const char *ag_token_problem(ag_str text, ag_token token) {
    switch (peek(text, token.offset)) {
    case '\0':
        return "a NUL byte";
    case '/':
        return "a comment is not closed";
    case '$':
        return "a dollar quote is not closed";
    case '"':
    case '`':
    case '[':
        return "a quoted identifier is not closed";
    default:
        return peek(text, token.offset + 1) == '&' && peek(text, token.offset + 2) == '"'
                   ? "a quoted identifier is not closed"
                   : "a string is not closed";
    }
}
