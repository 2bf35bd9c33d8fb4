#include "config/dotenv.h"

#include <string.h>

#include "base/str.h"

typedef struct reader {
    ag_arena *arena;
    const ag_env *env;
    ag_diags *diags;
    ag_dotenv *out;
    const char *path;
    const char *text;
    size_t n;
    size_t at;
    int line;
    bool has_failed;
} reader;

static char peek(const reader *r, size_t ahead) {
    return r->at + ahead < r->n ? r->text[r->at + ahead] : '\0';
}

static bool is_line_end(const reader *r) {
    return r->at >= r->n || r->text[r->at] == '\n';
}

static void skip_blanks(reader *r) {
    while (!is_line_end(r) && ag_is_space(r->text[r->at])) {
        r->at++;
    }
}

static void skip_line(reader *r) {
    while (!is_line_end(r)) {
        r->at++;
    }
    r->at++;
    r->line++;
}

static ag_error *mistake(reader *r, int line, const char *what) {
    r->has_failed = true;
    return ag_diags_at(r->diags, (ag_loc){r->path, line, 1}, NULL, "%s", what);
}

static bool is_key_char(char c) {
    return ag_is_alnum(c) || c == '_' || c == '.' || c == '-';
}

static bool is_name_char(char c) {
    return ag_is_alnum(c) || c == '_';
}

static const char *lookup(const reader *r, ag_str name) {
    const char *key = ag_arena_strndup(r->arena, name.p, name.n);
    const char *value = ag_env_get(r->env, key);
    const ag_dotenv_entry *earlier = ag_dotenv_get(r->out, key);
    return value != NULL || earlier == NULL ? value : earlier->value;
}

/* ${VAR}, ${VAR-default}, ${VAR:-default}; false when it is not closed on its line. */
static bool put_braced(reader *r, ag_buf *value) {
    const char *start = r->text + r->at + 2;
    size_t rest = r->n - r->at - 2;
    const char *close = memchr(start, '}', rest);
    const char *newline = memchr(start, '\n', rest);
    if (close == NULL || (newline != NULL && newline < close)) {
        return false;
    }
    ag_str inside = {start, (size_t)(close - start)};
    size_t n = 0;
    while (n < inside.n && is_name_char(inside.p[n])) {
        n++;
    }
    const char *found = lookup(r, (ag_str){start, n});
    size_t skip = n;
    skip += skip < inside.n && inside.p[skip] == ':' ? 1 : 0;
    bool has_default = skip < inside.n && inside.p[skip] == '-';
    if (n == 0 || (n < inside.n && !has_default)) {
        return false;
    }
    if (found != NULL && (found[0] != '\0' || skip == n)) {
        ag_buf_puts(value, found);
    } else if (has_default) {
        ag_buf_putn(value, inside.p + skip + 1, inside.n - skip - 1);
    }
    r->at += 2 + inside.n + 1;
    return true;
}

/* Puts what the '$' at the reader's place stands for. */
static void put_variable(reader *r, ag_buf *value) {
    if (peek(r, 1) == '{') {
        if (!put_braced(r, value)) {
            ag_buf_putc(value, '$');
            r->at++;
        }
        return;
    }
    size_t n = 0;
    while (is_name_char(peek(r, n + 1))) {
        n++;
    }
    ag_str name = {r->text + r->at + 1, n};
    const char *found = n == 0 || ag_is_digit(name.p[0]) ? NULL : lookup(r, name);
    if (found == NULL) {
        ag_buf_putn(value, r->text + r->at, n + 1);
    } else {
        ag_buf_puts(value, found);
    }
    r->at += n + 1;
}

static void put_escape(reader *r, ag_buf *value, bool is_double) {
    static const char from[] = "nrtabfv";
    static const char to[] = "\n\r\t\a\b\f\v";
    char c = peek(r, 1);
    const char *known = c == '\0' ? NULL : strchr(from, c);
    bool is_plain = c == '\\' || c == '\'' || (is_double && (c == '"' || c == '$' || c == '`'));
    if (is_double && known != NULL) {
        ag_buf_putc(value, to[known - from]);
    } else if (is_plain) {
        ag_buf_putc(value, c);
    } else if (r->at + 1 < r->n) {
        ag_buf_putn(value, r->text + r->at, 2);
    } else {
        ag_buf_putc(value, '\\');
    }
    r->line += c == '\n' ? 1 : 0;
    r->at += 2;
}

/* Reads a quoted value; the reader stands at the opening quote. False when it never ends. */
static bool read_quoted(reader *r, ag_buf *value) {
    char quote = r->text[r->at];
    size_t start = r->at;
    int line = r->line;
    for (r->at++; r->at < r->n && r->text[r->at] != quote;) {
        char c = r->text[r->at];
        if (c == '\\') {
            put_escape(r, value, quote == '"');
        } else if (c == '$' && quote == '"') {
            put_variable(r, value);
        } else {
            bool is_crlf = c == '\r' && peek(r, 1) == '\n';
            ag_buf_putn(value, &c, is_crlf ? 0 : 1);
            r->line += c == '\n' ? 1 : 0;
            r->at++;
        }
        if (value->n > AG_DOTENV_VALUE_CEILING) {
            break;
        }
    }
    if (r->at < r->n && r->text[r->at] == quote) {
        r->at++;
        return true;
    }
    ag_hint(mistake(r, line, "this value has no closing quote"),
            "a %c inside the value is written \\%c", quote, quote);
    r->at = start;
    r->line = line;
    return false;
}

static void read_plain(reader *r, ag_buf *value) {
    bool is_after_blank = false;
    while (!is_line_end(r) && value->n <= AG_DOTENV_VALUE_CEILING) {
        char c = r->text[r->at];
        if (c == '#' && is_after_blank) {
            break;
        }
        is_after_blank = ag_is_space(c);
        if (c == '\\' && peek(r, 1) == '$') {
            ag_buf_putc(value, '$');
            r->at += 2;
        } else if (c == '$') {
            put_variable(r, value);
        } else {
            ag_buf_putc(value, c);
            r->at++;
        }
    }
    ag_str trimmed = ag_str_trim((ag_str){ag_buf_text(value), value->n});
    ag_buf_truncate(value, trimmed.n);
}

/* Reads the value behind the '='; false when it is broken. */
static bool read_value(reader *r, ag_buf *value) {
    int line = r->line;
    bool had_blank = ag_is_space(peek(r, 0));
    skip_blanks(r);
    if (peek(r, 0) == '"' || peek(r, 0) == '\'') {
        if (!read_quoted(r, value)) {
            return false;
        }
        skip_blanks(r);
        if (!is_line_end(r) && r->text[r->at] != '#') {
            mistake(r, line, "there is text behind the closing quote");
            return false;
        }
    } else if (!(had_blank && peek(r, 0) == '#')) {
        read_plain(r, value);
    }
    if (value->n > AG_DOTENV_VALUE_CEILING) {
        mistake(r, line, "this value is too long");
        return false;
    }
    return true;
}

static ag_str read_key(reader *r) {
    size_t start = r->at;
    while (r->at < r->n && is_key_char(r->text[r->at])) {
        r->at++;
    }
    ag_str key = {r->text + start, r->at - start};
    skip_blanks(r);
    return key;
}

static void read_line(reader *r) {
    int line = r->line;
    skip_blanks(r);
    if (is_line_end(r) || r->text[r->at] == '#') {
        return;
    }
    ag_str key = read_key(r);
    bool is_export = ag_str_eq(key, "export") && is_key_char(peek(r, 0));
    if (is_export) {
        key = read_key(r);
    }
    bool is_yaml = peek(r, 0) == ':' && ag_is_space(peek(r, 1));
    if (key.n > 0 && (is_line_end(r) || peek(r, 0) == '#')) {
        return; /* a name alone: its value is the environment's */
    }
    if (key.n == 0 || (peek(r, 0) != '=' && !is_yaml)) {
        ag_hint(mistake(r, line, "expected KEY=VALUE"), "a comment begins with #");
        return;
    }
    r->at++;
    ag_buf value = AG_BUF_INIT;
    if (read_value(r, &value)) {
        ag_dotenv_entry entry = {.key = ag_arena_strndup(r->arena, key.p, key.n),
                                 .value = ag_buf_copy(&value, r->arena),
                                 .loc = {r->path, line, 1}};
        ag_vec_push(r->arena, &r->out->entries, entry);
    }
    ag_buf_release(&value);
}

bool ag_dotenv_parse(ag_arena *arena, const char *path, const char *text, size_t n,
                     const ag_env *env, ag_diags *diags, ag_dotenv *out) {
    memset(out, 0, sizeof *out);
    reader r = {.arena = arena,
                .env = env,
                .diags = diags,
                .out = out,
                .path = ag_arena_strdup(arena, path),
                .text = text,
                .n = n,
                .line = 1};
    size_t bad = 0;
    if (n > AG_DOTENV_CEILING) {
        mistake(&r, 1, "an environment file of more than 1 MiB is refused");
        return false;
    }
    const char *nul = n == 0 ? NULL : memchr(text, '\0', n);
    if (nul != NULL || !ag_utf8_valid(text, n, &bad)) {
        size_t at = nul != NULL ? (size_t)(nul - text) : bad;
        ag_loc loc = ag_loc_of_offset(r.path, text, n, at);
        ag_diags_at(diags, loc, NULL,
                    nul != NULL ? "a NUL byte in a text file" : "this is not UTF-8");
        return false;
    }
    r.at = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (r.at < n) {
        read_line(&r);
        skip_line(&r);
    }
    return !r.has_failed;
}

const ag_dotenv_entry *ag_dotenv_get(const ag_dotenv *dotenv, const char *key) {
    for (size_t i = dotenv->entries.n; i > 0; i--) {
        if (strcmp(dotenv->entries.items[i - 1].key, key) == 0) {
            return &dotenv->entries.items[i - 1];
        }
    }
    return NULL;
}
