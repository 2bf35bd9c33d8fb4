#include "config/slug.h"

#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/str.h"

/* The message with everything that is not UTF-8 made blank. */
static char *clean_text(ag_arena *arena, const char *message) {
    char *text = ag_arena_strdup(arena, message);
    size_t n = strlen(text);
    size_t bad = 0;
    for (size_t i = 0; !ag_utf8_valid(text + i, n - i, &bad); i += bad + 1) {
        text[i + bad] = ' ';
    }
    return text;
}

static pcre2_code *compile(const char *pattern) {
    int code = 0;
    size_t at = 0;
    return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &code,
                         &at, NULL);
}

/* Appends the runs of word characters, joined by '_'. */
static void put_words(ag_buf *out, const char *text) {
    pcre2_code *word = compile("\\w+");
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    size_t n = strlen(text);
    for (size_t at = 0; word != NULL && match != NULL && at < n;) {
        if (pcre2_match(word, (PCRE2_SPTR)text, n, at, PCRE2_NO_UTF_CHECK, match, NULL) < 1) {
            break;
        }
        const size_t *found = pcre2_get_ovector_pointer(match);
        ag_buf_puts(out, out->n == 0 ? "" : "_");
        ag_buf_putn(out, text + found[0], found[1] - found[0]);
        at = found[1];
    }
    pcre2_match_data_free(match);
    pcre2_code_free(word);
}

static char *lower(ag_arena *arena, const char *text) {
    pcre2_code *all = compile("(?s).+");
    size_t size = strlen(text) * 3 + 16;
    char *out = ag_arena_alloc(arena, size);
    int count = all == NULL
                    ? -1
                    : pcre2_substitute(all, (PCRE2_SPTR)text, strlen(text), 0,
                                       PCRE2_SUBSTITUTE_EXTENDED | PCRE2_NO_UTF_CHECK, NULL, NULL,
                                       (PCRE2_SPTR) "\\L$0", 4, (PCRE2_UCHAR *)out, &size);
    pcre2_code_free(all);
    return count < 0 ? ag_text_lower(arena, text) : out;
}

/* Bytes of the first `max` characters. */
static size_t bytes_of(const char *text, size_t max) {
    size_t n = strlen(text);
    size_t at = 0;
    for (size_t i = 0; i < max && at < n; i++) {
        at++;
        while (at < n && ((unsigned char)text[at] & 0xC0u) == 0x80u) {
            at++;
        }
    }
    return at;
}

/* Cuts to so many bytes, drops the word that was cut, and shows it with a '_'. */
static char *cut(ag_arena *arena, const char *slug, size_t max) {
    if (strlen(slug) <= max) {
        return ag_arena_strdup(arena, slug);
    }
    char *kept = ag_arena_strndup(arena, slug, max);
    ag_utf8_trim_partial(kept);
    char *last = strrchr(kept, '_');
    if (last != NULL) {
        *last = '\0';
    }
    return ag_arena_printf(arena, "%s_", kept);
}

char *ag_slug(ag_arena *arena, const char *message, size_t max) {
    ag_buf words = AG_BUF_INIT;
    put_words(&words, clean_text(arena, message == NULL ? "" : message));
    char *slug = lower(arena, ag_buf_text(&words));
    ag_buf_release(&words);
    return cut(arena, slug, bytes_of(slug, max));
}

/* One %(name)… of a template. */
typedef struct token {
    ag_str name;
    bool is_left;
    int width;     /* 0 when none was given */
    int precision; /* -1 when none was given */
    char kind;
    size_t n; /* bytes from the % on */
} token;

static int small_number(const char **p) {
    int value = 0;
    for (; ag_is_digit(**p); (*p)++) {
        value = value > 99 ? 100 : value * 10 + **p - '0';
    }
    return value;
}

/* Reads the token at a '%'; false when it is none that makes sense. */
static bool read_token(const char *text, token *t, ag_error *err) {
    memset(t, 0, sizeof *t);
    const char *close = text[1] == '(' ? strchr(text, ')') : NULL;
    if (close == NULL) {
        ag_fail(err, AG_USAGE, "expected %%(name)s or %%%% in the file template");
        return ag_hint(err, "tokens: rev slug epoch year month day hour minute second");
    }
    t->name = (ag_str){text + 2, (size_t)(close - text) - 2};
    const char *p = close + 1;
    bool is_zero = false;
    for (; *p == '0' || *p == '-'; p++) {
        is_zero = is_zero || *p == '0';
        t->is_left = t->is_left || *p == '-';
    }
    t->width = small_number(&p);
    t->precision = -1;
    if (*p == '.') {
        p++;
        t->precision = small_number(&p);
    } else if (is_zero && !t->is_left) {
        t->precision = t->width;
    }
    t->kind = *p;
    t->n = (size_t)(p - text) + 1;
    if (*p == '\0' || strchr("sdiu", *p) == NULL || t->width > 99 || t->precision > 99) {
        ag_fail(err, AG_USAGE, "%%(%.*s) must end in s or d, such as %%(rev)s or %%(month).2d",
                (int)(t->name.n < 40 ? t->name.n : 40), t->name.p);
        return false;
    }
    return true;
}

static bool unknown_token(const token *t, ag_error *err) {
    static const char *const names[] = {"rev", "slug", "epoch",  "year",  "month",
                                        "day", "hour", "minute", "second"};
    char name[64];
    int n = (int)(t->name.n < sizeof name - 1 ? t->name.n : sizeof name - 1);
    (void)snprintf(name, sizeof name, "%.*s", n, t->name.p);
    ag_fail(err, AG_USAGE, "unknown token \"%s\" in the file template", name);
    const char *near = ag_did_you_mean(name, names, sizeof names / sizeof *names);
    if (near != NULL) {
        return ag_hint(err, "did you mean %%(%s)s?", near);
    }
    return ag_hint(err, "tokens: rev slug epoch year month day hour minute second");
}

static void put_text(ag_buf *out, const token *t, const char *text) {
    size_t n = t->precision < 0 ? strlen(text) : bytes_of(text, (size_t)t->precision);
    size_t length = ag_utf8_length(text, n);
    size_t padding = (size_t)t->width > length ? (size_t)t->width - length : 0;
    for (size_t i = 0; i < padding && !t->is_left; i++) {
        ag_buf_putc(out, ' ');
    }
    ag_buf_putn(out, text, n);
    for (size_t i = 0; i < padding && t->is_left; i++) {
        ag_buf_putc(out, ' ');
    }
}

static bool put_token(ag_buf *out, const token *t, const ag_file_name_input *input,
                      const char *slug, ag_error *err) {
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {
        {"epoch", input->created.epoch},   {"year", input->created.year},
        {"month", input->created.month},   {"day", input->created.day},
        {"hour", input->created.hour},     {"minute", input->created.minute},
        {"second", input->created.second},
    };
    const char *text = ag_str_eq(t->name, "rev")    ? input->rev
                       : ag_str_eq(t->name, "slug") ? slug
                                                    : NULL;
    if (text != NULL && t->kind != 's') {
        ag_fail(err, AG_USAGE, "%%(%.*s)%c in the file template is text", AG_STR_ARG(t->name),
                t->kind);
        return ag_hint(err, "write %%(%.*s)s", AG_STR_ARG(t->name));
    }
    if (text != NULL) {
        put_text(out, t, text);
        return true;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (ag_str_eq(t->name, numbers[i].name)) {
            int precision = t->kind == 's' || t->precision < 0 ? 1 : t->precision;
            ag_buf_printf(out, "%*.*lld", t->is_left ? -t->width : t->width, precision,
                          (long long)numbers[i].value);
            return true;
        }
    }
    return unknown_token(t, err);
}

static bool fill(ag_buf *out, const ag_file_name_input *input, const char *slug, size_t *at,
                 ag_error *err) {
    const char *template = input->file_template;
    for (*at = 0; template[*at] != '\0';) {
        token t;
        const char *p = template + *at;
        if ((unsigned char)*p < 0x20 || *p == 0x7f) {
            return ag_fail(err, AG_USAGE, "a control character in the file template");
        }
        if (*p != '%') {
            ag_buf_putc(out, *p);
            *at += 1;
        } else if (p[1] == '%') {
            ag_buf_putc(out, '%');
            *at += 2;
        } else {
            if (!read_token(p, &t, err) || !put_token(out, &t, input, slug, err)) {
                return false;
            }
            *at += t.n;
        }
    }
    return true;
}

/* Checks the parts between slashes; the longest one's length goes to `*longest`. */
static bool check_parts(const char *name, size_t *longest, ag_error *err) {
    *longest = 0;
    for (const char *part = name;; part++) {
        size_t n = strcspn(part, "/");
        bool is_last = part[n] == '\0';
        if (n == 0 || part[0] == '.') {
            ag_fail(err, AG_USAGE, "the file template gives a name that cannot be used: %.200s",
                    name);
            return ag_hint(err, "no part of it may be empty or begin with a dot");
        }
        *longest = n > *longest ? n : *longest;
        part += n;
        if (is_last) {
            return true;
        }
    }
}

static bool check_rev(const char *rev, ag_error *err) {
    for (const char *p = rev; *p != '\0'; p++) {
        if (*p == '/' || (unsigned char)*p < 0x20 || *p == 0x7f) {
            return ag_fail(err, AG_USAGE,
                           "a revision identifier may not hold '/' or control "
                           "characters");
        }
    }
    return true;
}

static bool name_of(ag_arena *arena, const ag_file_name_input *input, const char **name,
                    size_t *bad, ag_error *err) {
    bool ok = check_rev(input->rev, err);
    ag_buf out = AG_BUF_INIT;
    const char *slug = ag_slug(arena, input->message, input->slug_length);
    size_t longest = AG_FILE_NAME_MAX + 1;
    for (size_t max = strlen(slug); ok && longest > AG_FILE_NAME_MAX; max = max * 3 / 4) {
        ag_buf_clear(&out);
        ok = fill(&out, input, cut(arena, slug, max), bad, err);
        ag_buf_puts(&out, input->extension);
        ok = ok && check_parts(ag_buf_text(&out), &longest, err);
        if (ok && longest > AG_FILE_NAME_MAX && max == 0) {
            ok = ag_fail(err, AG_USAGE, "the file template gives a name of more than %d bytes",
                         AG_FILE_NAME_MAX);
        }
    }
    *name = ok ? ag_buf_copy(&out, arena) : NULL;
    ag_buf_release(&out);
    return ok;
}

bool ag_file_name(ag_arena *arena, const ag_file_name_input *input, const char **name,
                  ag_error *err) {
    size_t bad = 0;
    return name_of(arena, input, name, &bad, err);
}

bool ag_file_template_check(const char *file_template, size_t *bad, ag_error *err) {
    const char *name = NULL;
    ag_file_name_input input = {.file_template = file_template,
                                .rev = "0123456789ab",
                                .message = "x",
                                .slug_length = 40,
                                .extension = ".sql"};
    ag_arena *arena = ag_arena_new();
    bool ok = name_of(arena, &input, &name, bad, err);
    *bad = ok || file_template[*bad] != '\0' ? *bad : 0;
    ag_arena_free(arena);
    return ok;
}
