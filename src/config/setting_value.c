#include "config/setting_value.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/file.h"
#include "config/slug.h"

/* A piece of a value that is being put together, and where it began. */
typedef struct item {
    ag_buf text;
    size_t start;
    bool is_open; /* something was read, if only quotes */
} item;

ag_error *ag_setting_mistake(const ag_setting_value *v, size_t offset, const char *format, ...) {
    ag_error *e = NULL;
    va_list args;
    va_start(args, format);
    if (v->ini != NULL && v->at != NULL && v->n > 0) {
        uint32_t at = v->at[offset < v->n ? offset : v->n - 1] & ~AG_INI_LITERAL;
        ag_loc loc = ag_ini_loc(v->ini, at + (offset < v->n ? 0 : 1));
        e = ag_diags_vat(v->diags, loc, v->ini->shown, format, args);
    } else {
        e = ag_diags_vat(v->diags, (ag_loc){NULL, 0, 0}, NULL, format, args);
    }
    va_end(args);
    if (e != NULL && v->ini == NULL) {
        e->code = AG_USAGE;
        if (!ag_text_starts(e->message, v->name)) {
            ag_prefix(e, "%s", v->name);
        }
    }
    return e;
}

/* True when the byte came from %(here)s or -x, and so never separates or quotes. */
static bool is_literal(const ag_setting_value *v, size_t i) {
    return v->at != NULL && (v->at[i] & AG_INI_LITERAL) != 0;
}

static void close_item(const ag_setting_value *v, item *it, ag_strings *out) {
    if (it->is_open) {
        ag_vec_push(v->arena, out, ag_buf_copy(&it->text, v->arena));
    }
    ag_buf_clear(&it->text);
    it->is_open = false;
}

static void put(item *it, size_t at, char c) {
    if (!it->is_open) {
        it->start = at;
        it->is_open = true;
    }
    ag_buf_putc(&it->text, c);
}

/* Reads a quoted part at `*i` and leaves `*i` behind it; false when it is not closed. */
static bool take_quoted(const ag_setting_value *v, item *it, size_t *i, bool is_shell) {
    char quote = v->text[*i];
    size_t start = *i;
    it->start = it->is_open ? it->start : start;
    it->is_open = true;
    for (*i += 1; *i < v->n && (v->text[*i] != quote || is_literal(v, *i)); *i += 1) {
        bool is_escape = is_shell && quote == '"' && v->text[*i] == '\\' && *i + 1 < v->n &&
                         strchr("\"\\$`", v->text[*i + 1]) != NULL;
        *i += is_escape ? 1 : 0;
        ag_buf_putc(&it->text, v->text[*i]);
    }
    if (*i >= v->n) {
        ag_setting_mistake(v, start, "this quote is never closed");
        return false;
    }
    *i += 1;
    return true;
}

static bool split(const ag_setting_value *v, bool is_shell, ag_strings *out) {
    bool ok = true;
    item it = {.text = AG_BUF_INIT};
    for (size_t i = 0; ok && i < v->n;) {
        char c = v->text[i];
        bool is_special = !is_literal(v, i);
        if (is_special && (ag_is_space(c) || (c == ',' && !is_shell))) {
            close_item(v, &it, out);
            i++;
        } else if (is_special && (c == '"' || c == '\'') && (is_shell || !it.is_open)) {
            ok = take_quoted(v, &it, &i, is_shell);
        } else if (is_special && is_shell && c == '\\' && i + 1 < v->n) {
            put(&it, i, v->text[i + 1]);
            i += 2;
        } else {
            put(&it, i, c);
            i++;
        }
    }
    close_item(v, &it, out);
    ag_buf_release(&it.text);
    return ok;
}

bool ag_setting_items(const ag_setting_value *v, ag_strings *out) {
    return split(v, false, out);
}

bool ag_setting_words(const ag_setting_value *v, ag_strings *out) {
    return split(v, true, out);
}

static bool check_pattern(const ag_setting_value *v, const item *it) {
    int code = 0;
    size_t at = 0;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)ag_buf_text(&it->text), it->text.n, PCRE2_UTF, &code, &at, NULL);
    if (compiled == NULL) {
        char reason[160] = "";
        (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof reason);
        at = at < it->text.n || at == 0 ? at : it->text.n - 1;
        ag_setting_mistake(v, it->start + at, "bad pattern: %s", reason);
        return false;
    }
    pcre2_code_free(compiled);
    return true;
}

static bool close_pattern(const ag_setting_value *v, item *it, ag_strings *out) {
    ag_str trimmed = ag_str_trim((ag_str){ag_buf_text(&it->text), it->text.n});
    ag_buf_truncate(&it->text, trimmed.n); /* leading blanks were never put */
    bool ok = !it->is_open || check_pattern(v, it);
    const char *text = ag_buf_text(&it->text);
    for (size_t i = 0, depth = 0; ok && i < it->text.n; i++) {
        i += text[i] == '\\' && i + 1 < it->text.n ? 1 : 0;
        depth = text[i] == '[' ? 1 : text[i] == ']' ? 0 : depth;
        if (depth == 0 && ag_is_space(text[i]) && text[i - 1] != '\\') {
            ag_hint(ag_setting_mistake(v, it->start + i, "a blank in a pattern"),
                    "commas or lines separate patterns; a blank inside one is written \\x20");
            ok = false;
        }
    }
    close_item(v, it, out);
    return ok;
}

/* Commas and line ends outside of brackets separate patterns. */
static bool read_patterns(const ag_setting_value *v, ag_strings *out) {
    bool ok = true;
    size_t depth = 0;
    item it = {.text = AG_BUF_INIT};
    for (size_t i = 0; i < v->n; i++) {
        char c = v->text[i];
        if (c == '\n' || (c == ',' && depth == 0)) {
            ok = close_pattern(v, &it, out) && ok;
            depth = 0;
        } else if (it.is_open || !ag_is_space(c)) {
            put(&it, i, c);
            if (c == '\\' && i + 1 < v->n && v->text[i + 1] != '\n') {
                i++;
                put(&it, i, v->text[i]);
            } else if (strchr("([{", c) != NULL) {
                depth++;
            } else if (depth > 0 && strchr(")]}", c) != NULL) {
                depth--;
            }
        }
    }
    ok = close_pattern(v, &it, out) && ok;
    ag_buf_release(&it.text);
    return ok;
}

bool ag_setting_line(const ag_setting_value *v, const char **out) {
    ag_str s = ag_str_trim((ag_str){v->text, v->n});
    const char *newline = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);
    if (newline != NULL) {
        ag_hint(ag_setting_mistake(v, (size_t)(newline + 1 - v->text),
                                   "%s takes one line, and this line continues it", v->name),
                "a key of its own must not be indented deeper than the one before");
        return false;
    }
    bool is_quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0] &&
                     memchr(s.p + 1, s.p[0], s.n - 2) == NULL;
    if (is_quoted) {
        s = (ag_str){s.p + 1, s.n - 2};
    }
    *out = s.n == 0 ? NULL : ag_arena_strndup(v->arena, s.p, s.n);
    return true;
}

/* Offset of the first byte that is not blank. */
static size_t start_of(const ag_setting_value *v) {
    size_t i = 0;
    while (i < v->n && ag_is_space(v->text[i])) {
        i++;
    }
    return i;
}

static bool read_bool(const ag_setting_value *v, const char *text, bool *out) {
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ag_text_ieq(text, words[i])) {
            *out = i % 2 == 0;
            return true;
        }
    }
    ag_hint(ag_setting_mistake(v, start_of(v), "%s takes yes or no, not \"%.60s\"", v->name, text),
            "true, yes, on or 1; false, no, off or 0");
    return false;
}

/* Digits up to a ceiling; false when there are none or too many. */
static bool read_digits(const char **p, long long ceiling, long long *out) {
    *out = 0;
    if (!ag_is_digit(**p)) {
        return false;
    }
    for (; ag_is_digit(**p); (*p)++) {
        *out = *out * 10 + (**p - '0');
        if (*out > ceiling) {
            return false;
        }
    }
    return true;
}

static bool read_int(const ag_setting_value *v, const char *text, const char *limits, int *out) {
    const char *dots = strstr(limits, "..");
    long long low = strtoll(limits, NULL, 10);
    long long high = dots == NULL ? 0 : strtoll(dots + 2, NULL, 10);
    long long number = 0;
    const char *p = text;
    if (!read_digits(&p, high, &number) || *p != '\0' || number < low) {
        ag_setting_mistake(v, start_of(v), "%s takes a number from %lld to %lld, not \"%.60s\"",
                           v->name, low, high, text);
        return false;
    }
    *out = (int)number;
    return true;
}

static long long unit_ms(const char *unit) {
    static const struct {
        const char *unit;
        long long ms;
    } units[] = {{"", 1000},   {"ms", 1},      {"s", 1000},    {"sec", 1000},
                 {"m", 60000}, {"min", 60000}, {"h", 3600000}, {"d", 86400000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (ag_text_ieq(unit, units[i].unit)) {
            return units[i].ms;
        }
    }
    return 0;
}

/* "500ms", "3s", "1.5 min"; servers take at most 2^31 - 1 milliseconds. */
static bool read_duration(const ag_setting_value *v, const char *text, int *out) {
    long long whole = 0;
    long long fraction = 0;
    long long scale = 1;
    const char *p = text;
    bool ok = read_digits(&p, INT32_MAX, &whole);
    if (ok && *p == '.') {
        const char *digits = ++p;
        ok = read_digits(&p, 999999, &fraction);
        for (const char *d = digits; ok && d < p; d++) {
            scale *= 10;
        }
    }
    while (ag_is_space(*p)) {
        p++;
    }
    long long ms = ok ? unit_ms(p) : 0;
    long long total = ms == 0 ? -1 : whole * ms + fraction * ms / scale;
    if (total < 0 || total > INT32_MAX) {
        ag_hint(
            ag_setting_mistake(v, start_of(v), "%s takes a duration, not \"%.60s\"", v->name, text),
            "a number with ms, s, min, h or d behind it, up to 24d; seconds when there is none");
        return false;
    }
    *out = (int)total;
    return true;
}

/* Index of a word among words with blanks between, or -1. */
static int word_index(const char *words, const char *word) {
    int index = 0;
    for (const char *p = words; *p != '\0'; index++) {
        size_t n = strcspn(p, " ");
        if (ag_str_ieq((ag_str){p, n}, word)) {
            return index;
        }
        p += n + strspn(p + n, " ");
    }
    return -1;
}

static bool check_word(const ag_setting_value *v, const char *words, const char *word, int *index) {
    *index = word_index(words, word);
    if (*index >= 0) {
        return true;
    }
    ag_hint(ag_setting_mistake(v, start_of(v), "%s does not take \"%.60s\"", v->name, word),
            "it takes: %s", words);
    return false;
}

static bool read_list(const ag_setting_value *v, const char *limits, ag_strings *out) {
    bool ok = ag_setting_items(v, out);
    for (size_t i = 0; i < out->n && limits[0] != '\0'; i++) {
        int index = 0;
        ok = check_word(v, limits, out->items[i], &index) && ok;
    }
    return ok;
}

static const char *from_folder(const ag_setting_value *v, const char *path) {
    bool is_here = path == NULL || v->folder == NULL || strcmp(v->folder, ".") == 0;
    return is_here ? path : ag_path_join(v->arena, v->folder, path);
}

static const char *source_of(const ag_setting_value *v, const char *source) {
    if (!ag_url_is_url(source)) {
        return from_folder(v, source);
    }
    return v->folder == NULL ? source : ag_url_rebase(v->arena, source, v->folder);
}

static bool read_paths(const ag_setting_value *v, bool has_urls, ag_strings *out) {
    bool ok = ag_setting_items(v, out);
    for (size_t i = 0; i < out->n; i++) {
        out->items[i] = has_urls ? source_of(v, out->items[i]) : from_folder(v, out->items[i]);
    }
    return ok;
}

static bool adopt(const ag_setting_value *v, size_t offset, const ag_error *err) {
    ag_error *e = ag_setting_mistake(v, offset, "%s", err->message);
    if (e != NULL) {
        ag_hint(e, "%s", err->hint);
    }
    return false;
}

static bool check_template(const ag_setting_value *v, const char *text) {
    ag_error err;
    size_t bad = 0;
    if (ag_file_template_check(text, &bad, &err)) {
        return true;
    }
    /* In the file a % is two bytes; `at` knows where each came from. */
    return adopt(v, start_of(v) + bad, &err);
}

static bool check_zone(const ag_setting_value *v, const char *text) {
    ag_error err;
    ag_moment moment;
    /* Without a zone database only commands that write a date have to fail. */
    bool ok =
        ag_moment_at(0, text, v->env, &moment, &err) || !ag_dir_exists(ag_zone_folder(v->env));
    return ok || adopt(v, start_of(v), &err);
}

/* Kinds whose value is one line. An empty line leaves the field as it is. */
static bool read_scalar(const ag_setting_value *v, const ag_setting_spec *spec, void *field) {
    const char *text = NULL;
    int index = 0;
    if (!ag_setting_line(v, &text)) {
        return false;
    }
    if (text == NULL) {
        return true;
    }
    switch (spec->kind) {
    case AG_KIND_STRING:
        *(const char **)field = text;
        return true;
    case AG_KIND_PATH:
        *(const char **)field = from_folder(v, text);
        return true;
    case AG_KIND_URL:
        *(const char **)field = v->folder == NULL ? text : ag_url_rebase(v->arena, text, v->folder);
        return true;
    case AG_KIND_TEMPLATE:
        *(const char **)field = text;
        return check_template(v, text);
    case AG_KIND_ZONE:
        *(const char **)field = text;
        return check_zone(v, text);
    case AG_KIND_BOOL:
        return read_bool(v, text, field);
    case AG_KIND_INT:
        return read_int(v, text, spec->limits, field);
    case AG_KIND_DURATION:
        return read_duration(v, text, field);
    case AG_KIND_CHOICE:
        if (!check_word(v, spec->limits, text, &index)) {
            return false;
        }
        *(unsigned *)field = (unsigned)index;
        return true;
    case AG_KIND_PATHS:
    case AG_KIND_SOURCES:
    case AG_KIND_LIST:
    case AG_KIND_PATTERNS:
    case AG_KIND_WORDS:
        break;
    }
    return false;
}

bool ag_setting_read(const ag_setting_value *v, const ag_setting_spec *spec,
                     ag_settings *settings) {
    void *field = (char *)settings + spec->offset;
    ag_strings list = {NULL, 0, 0};
    bool ok = true;
    switch (spec->kind) {
    case AG_KIND_PATHS:
    case AG_KIND_SOURCES:
        ok = read_paths(v, spec->kind == AG_KIND_SOURCES, &list);
        break;
    case AG_KIND_LIST:
        ok = read_list(v, spec->limits, &list);
        break;
    case AG_KIND_PATTERNS:
        ok = read_patterns(v, &list);
        break;
    case AG_KIND_WORDS:
        ok = ag_setting_words(v, &list);
        break;
    case AG_KIND_STRING:
    case AG_KIND_PATH:
    case AG_KIND_URL:
    case AG_KIND_TEMPLATE:
    case AG_KIND_ZONE:
    case AG_KIND_BOOL:
    case AG_KIND_INT:
    case AG_KIND_DURATION:
    case AG_KIND_CHOICE:
        return read_scalar(v, spec, field);
    }
    if (list.n > 0) {
        *(ag_strings *)field = list;
    }
    return ok;
}
