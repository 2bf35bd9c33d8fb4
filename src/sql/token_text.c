/* What tokens stand for, and writing names, strings and comments so that they stay what they are.
 */
#include <stdint.h>
#include <string.h>

#include "sql/token.h"

typedef enum keyword_class { FREE, NAMES, RESERVED } keyword_class;

typedef struct keyword {
    const char *word;
    keyword_class in_pg;
    keyword_class in_lite;
} keyword;

static const keyword keywords[] = {
#define AG_KEYWORD(word, in_pg, in_lite) {word, in_pg, in_lite},
#include "sql/keyword_list.def"
#undef AG_KEYWORD
};

enum { LONGEST_KEYWORD = 32 };

static const keyword *find_keyword(ag_str word) {
    char lower[LONGEST_KEYWORD];
    if (word.n == 0 || word.n >= sizeof lower || memchr(word.p, '\0', word.n) != NULL) {
        return NULL;
    }
    for (size_t i = 0; i < word.n; i++) {
        lower[i] = ag_lower_char(word.p[i]);
    }
    lower[word.n] = '\0';
    size_t low = 0;
    size_t high = sizeof keywords / sizeof keywords[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *other = keywords[middle].word;
        int order = lower[0] != other[0] ? lower[0] - other[0] : strcmp(lower, other);
        if (order == 0) {
            return &keywords[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

bool ag_sql_is_keyword(ag_sql_flavor flavor, ag_str word) {
    const keyword *found = find_keyword(word);
    if (found == NULL) {
        return false;
    }
    return (flavor != AG_SQL_SQLITE && found->in_pg != FREE) ||
           (flavor != AG_SQL_POSTGRES && found->in_lite != FREE);
}

bool ag_sql_is_reserved(ag_sql_flavor flavor, ag_str word) {
    const keyword *found = find_keyword(word);
    if (found == NULL) {
        return false;
    }
    return (flavor == AG_SQL_SQLITE || found->in_pg == RESERVED) &&
           (flavor == AG_SQL_POSTGRES || found->in_lite == RESERVED);
}

static bool is_plain_name(ag_sql_flavor flavor, ag_str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_letter = flavor == AG_SQL_SQLITE ? ag_is_alpha(c) : c >= 'a' && c <= 'z';
        if (!is_letter && c != '_' && (i == 0 || !ag_is_digit(c))) {
            return false;
        }
    }
    return name.n > 0;
}

static void put_doubled(ag_buf *buf, const char *text, char quote) {
    ag_buf_putc(buf, quote);
    for (const char *found; (found = strchr(text, quote)) != NULL; text = found + 1) {
        ag_buf_putn(buf, text, (size_t)(found - text) + 1);
        ag_buf_putc(buf, quote);
    }
    ag_buf_puts(buf, text);
    ag_buf_putc(buf, quote);
}

void ag_sql_quote_ident(ag_buf *buf, ag_sql_flavor flavor, const char *name, bool force) {
    ag_str as_str = ag_str_of(name);
    if (!force && is_plain_name(flavor, as_str) && !ag_sql_is_keyword(flavor, as_str)) {
        ag_buf_putn(buf, name, as_str.n);
    } else {
        put_doubled(buf, name, '"');
    }
}

void ag_sql_quote_string(ag_buf *buf, const char *text) {
    put_doubled(buf, text, '\'');
}

/* Copies `body` with doubled quotes made single. */
static void put_halved(ag_buf *buf, ag_str body, char quote) {
    for (size_t i = 0; i < body.n; i++) {
        ag_buf_putc(buf, body.p[i]);
        if (body.p[i] == quote && i + 1 < body.n && body.p[i + 1] == quote) {
            i++;
        }
    }
}

static void put_utf8(ag_buf *buf, uint32_t c) {
    if (c < 0x80) {
        ag_buf_putc(buf, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    ag_buf_putc(buf, (char)(lead[more] | (c >> (6 * more))));
    while (more-- > 0) {
        ag_buf_putc(buf, (char)(0x80u | ((c >> (6 * more)) & 0x3Fu)));
    }
}

/* Reads up to `max` digits of a base at `*at`; how many there were. */
static size_t read_digits(ag_str s, size_t *at, size_t max, uint32_t base, uint32_t *value) {
    size_t n = 0;
    *value = 0;
    while (n < max && *at < s.n) {
        char c = ag_lower_char(s.p[*at]);
        uint32_t digit = ag_is_digit(c)           ? (uint32_t)(c - '0')
                         : (c >= 'a' && c <= 'f') ? (uint32_t)(c - 'a') + 10
                                                  : 16;
        if (digit >= base) {
            break;
        }
        *value = *value * base + digit;
        ++*at;
        n++;
    }
    return n;
}

/* Reads exactly `n` hex digits as a character; false (and nothing read) when they are not there. */
static bool read_unicode(ag_str s, size_t *at, size_t n, uint32_t *c) {
    size_t start = *at;
    if (read_digits(s, at, n, 16, c) == n && *c <= 0x10FFFF) {
        return true;
    }
    *at = start;
    return false;
}

/* The second half of a surrogate pair, written with the same escape as the first. */
static void join_surrogates(ag_str s, size_t *at, const char *escape, uint32_t *c) {
    size_t n = strlen(escape);
    size_t next = *at + n;
    uint32_t low;
    if (*c >= 0xD800 && *c < 0xDC00 && next <= s.n && memcmp(s.p + *at, escape, n) == 0 &&
        read_unicode(s, &next, 4, &low) && low >= 0xDC00 && low < 0xE000) {
        *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
        *at = next;
    }
}

/* One escape of E'…'; `*at` is after the backslash. */
static void put_escape(ag_buf *buf, ag_str s, size_t *at) {
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    char c = s.p[(*at)++];
    const char *simple = c == '\0' ? NULL : strchr(from, c);
    uint32_t value;
    if (simple != NULL) {
        ag_buf_putc(buf, to[simple - from]);
    } else if (c >= '0' && c <= '7') {
        --*at;
        read_digits(s, at, 3, 8, &value);
        ag_buf_putc(buf, (char)(unsigned char)(value & 0xFFu));
    } else if (c == 'x' && read_digits(s, at, 2, 16, &value) > 0) {
        ag_buf_putc(buf, (char)(unsigned char)value);
    } else if (c == 'u' && read_unicode(s, at, 4, &value)) {
        join_surrogates(s, at, "\\u", &value);
        put_utf8(buf, value);
    } else if (c == 'U' && read_unicode(s, at, 8, &value)) {
        put_utf8(buf, value);
    } else {
        ag_buf_putc(buf, c);
    }
}

static void put_unescaped(ag_buf *buf, ag_str body) {
    for (size_t at = 0; at < body.n;) {
        char c = body.p[at++];
        if (c == '\\' && at < body.n) {
            put_escape(buf, body, &at);
            continue;
        }
        ag_buf_putc(buf, c);
        at += c == '\'' && at < body.n && body.p[at] == '\'';
    }
}

/* U&'…' and U&"…": \0041, \+000041 and \\. */
static void put_unicode(ag_buf *buf, ag_str body, char quote) {
    for (size_t at = 0; at < body.n;) {
        char c = body.p[at++];
        uint32_t value;
        if (c != '\\' || at >= body.n) {
            ag_buf_putc(buf, c);
            at += c == quote && at < body.n && body.p[at] == quote;
            continue;
        }
        size_t digits = at + (body.p[at] == '+');
        if (read_unicode(body, &digits, body.p[at] == '+' ? 6 : 4, &value)) {
            at = digits;
            join_surrogates(body, &at, "\\", &value);
            put_utf8(buf, value);
        } else {
            ag_buf_putc(buf, body.p[at++]);
        }
    }
}

typedef enum string_style { PLAIN, ESCAPED, UNICODE } string_style;

static void put_piece(ag_buf *buf, ag_str body, string_style style, char quote) {
    switch (style) {
    case PLAIN:
        put_halved(buf, body, quote);
        break;
    case ESCAPED:
        put_unescaped(buf, body);
        break;
    case UNICODE:
        put_unicode(buf, body, quote);
        break;
    }
}

/* Length of the piece of a string that starts at `at`, to its closing quote. */
static size_t piece_length(ag_str token, size_t at, string_style style, char quote) {
    size_t start = at;
    while (at < token.n) {
        if (style == ESCAPED && token.p[at] == '\\') {
            at++;
        } else if (token.p[at] == quote) {
            if (at + 1 >= token.n || token.p[at + 1] != quote) {
                return at - start;
            }
            at++;
        }
        at++;
    }
    return token.n - start;
}

/* All pieces of 'a' NEWLINE 'b'; between them there are only space and line comments. */
static void put_pieces(ag_buf *buf, ag_str token, size_t at, string_style style, char quote) {
    for (;;) {
        size_t n = piece_length(token, at, style, quote);
        put_piece(buf, (ag_str){token.p + at, n}, style, quote);
        at += n + 1;
        while (at < token.n && token.p[at] != quote) {
            if (token.p[at] == '-') {
                while (at < token.n && token.p[at] != '\n' && token.p[at] != '\r') {
                    at++;
                }
            } else {
                at++;
            }
        }
        if (at >= token.n) {
            return;
        }
        at++;
    }
}

static void put_string(ag_buf *buf, ag_str token) {
    char c = ag_lower_char(token.p[0]);
    if (c == '$') {
        size_t tag = (size_t)((const char *)memchr(token.p + 1, '$', token.n - 1) - token.p) + 1;
        ag_buf_putn(buf, token.p + tag, token.n - 2 * tag);
    } else if (c == 'u') {
        put_pieces(buf, token, 3, UNICODE, '\'');
    } else {
        put_pieces(buf, token, c == '\'' ? 1 : 2, c == 'e' ? ESCAPED : PLAIN, '\'');
    }
}

static void put_quoted(ag_buf *buf, ag_str token) {
    char c = token.p[0];
    if (c == '[') {
        ag_buf_putn(buf, token.p + 1, token.n - 2);
    } else if (c == 'u' || c == 'U') {
        put_unicode(buf, (ag_str){token.p + 3, token.n - 4}, '"');
    } else {
        put_halved(buf, (ag_str){token.p + 1, token.n - 2}, c);
    }
}

void ag_token_unquote_to(ag_buf *buf, ag_sql_flavor flavor, ag_str text, ag_token token) {
    ag_str s = ag_token_text(text, token);
    if (token.kind == AG_TOKEN_STRING) {
        put_string(buf, s);
    } else if (token.kind == AG_TOKEN_QUOTED) {
        put_quoted(buf, s);
    } else if (token.kind == AG_TOKEN_WORD && flavor == AG_SQL_POSTGRES) {
        for (size_t i = 0; i < s.n; i++) {
            ag_buf_putc(buf, ag_lower_char(s.p[i]));
        }
    } else {
        ag_buf_putn(buf, s.p, s.n);
    }
}

char *ag_token_unquote(ag_arena *arena, ag_sql_flavor flavor, ag_str text, ag_token token) {
    ag_buf buf = AG_BUF_INIT;
    ag_token_unquote_to(&buf, flavor, text, token);
    char *value = ag_arena_strdup(arena, ag_buf_text(&buf));
    ag_buf_release(&buf);
    return value;
}
