/* Finding the passwords in a URL, a conninfo string, or a text that is meant to be one. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "config/conninfo.h"
#include "config/url.h"

typedef enum encoding { PERCENT, BACKSLASH } encoding;

/* A password: where it stands, and what to take out so that nothing of it is left. */
typedef struct secret {
    size_t start;
    size_t end;
    size_t cut_start;
    size_t cut_end;
    encoding encoding;
} secret;

typedef AG_VEC(secret) secrets;

static void find_in(ag_str text, size_t from, int depth, secrets *out);

static void add(secrets *out, size_t start, size_t end, size_t cut_start, size_t cut_end,
                encoding how) {
    secret s = {start, end, cut_start, cut_end, how};
    ag_vec_push(NULL, out, s);
}

static bool is_secret_key(ag_str key) {
    static const char *const keys[] = {"password",
                                       "sslpassword",
                                       "pass",
                                       "passwd",
                                       "pwd",
                                       "passphrase",
                                       "secret",
                                       "token",
                                       "key",
                                       "hexkey",
                                       "oauth_client_secret",
                                       "scram_client_key",
                                       "access_token",
                                       "scram_server_key",
                                       "authtoken"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ag_str_ieq(key, keys[i])) {
            return true;
        }
    }
    return false;
}

/* Offset of a byte between two offsets, or `to`. */
static size_t find_byte(ag_str text, size_t from, size_t to, const char *bytes) {
    while (from < to && strchr(bytes, text.p[from]) == NULL) {
        from++;
    }
    return from;
}

static size_t last_at_sign(ag_str text, size_t from, size_t to) {
    while (to > from && text.p[to - 1] != '@') {
        to--;
    }
    return to > from ? to - 1 : (size_t)-1;
}

static bool has_secret_key(ag_str key) {
    ag_buf decoded = AG_BUF_INIT;
    size_t bad = 0;
    bool is = is_secret_key(key);
    if (!is && ag_percent_decode(&decoded, key, &bad)) {
        is = is_secret_key((ag_str){ag_buf_text(&decoded), decoded.n});
    }
    ag_buf_release(&decoded);
    return is;
}

/* The parameters behind '?', at `from`. */
static void find_in_query(ag_str text, size_t from, secrets *out) {
    size_t at = from;
    while (at < text.n) {
        size_t end = find_byte(text, at, text.n, "&");
        size_t equals = find_byte(text, at, end, "=");
        if (equals < end && has_secret_key((ag_str){text.p + at, equals - at})) {
            bool is_last = end == text.n;
            size_t cut_start = is_last && at > 0 ? at - 1 : at;
            add(out, equals + 1, end, cut_start, is_last ? end : end + 1, PERCENT);
        }
        at = end + 1;
    }
}

/*
 * A URL whose authority begins at `from`. Where an '@' stands so that the password might hold '/',
 * '?' or '@', everything up to the last '@' is taken for the password: rather too much than a
 * part of it.
 */
static void find_in_url(ag_str text, size_t from, secrets *out) {
    size_t authority_end = find_byte(text, from, text.n, "/?#");
    size_t query = find_byte(text, from, text.n, "?");
    size_t colon = find_byte(text, from, authority_end, ":");
    size_t at = last_at_sign(text, from, colon < authority_end ? text.n : query);
    if (at == (size_t)-1) {
        /* "user:password" whose host was forgotten looks like a host with a strange port. */
        bool is_host = ag_hosts_valid((ag_str){text.p + from, authority_end - from});
        at = is_host ? from : authority_end;
    }
    colon = find_byte(text, from, at, ":");
    if (colon < at) {
        add(out, colon + 1, at, colon, at, PERCENT);
        query = find_byte(text, at, text.n, "?");
    }
    find_in_query(text, query + 1, out);
}

static void find_in_conninfo(ag_str text, size_t from, int depth, secrets *out) {
    ag_conninfo_pair pair;
    ag_str all = {text.p + from, text.n - from};
    size_t at = 0;
    ag_conninfo_step step = ag_conninfo_next(all, &at, &pair);
    for (; step == AG_CONNINFO_PAIR; step = ag_conninfo_next(all, &at, &pair)) {
        size_t start = (size_t)(pair.value.p - text.p);
        if (is_secret_key(pair.key)) {
            size_t cut = pair.start;
            while (cut > 0 && ag_is_space(all.p[cut - 1])) {
                cut--;
            }
            bool is_quoted = start > 0 && text.p[start - 1] == '\'';
            size_t quote = is_quoted ? 1 : 0;
            add(out, start - quote, start + pair.value.n + quote, from + cut, from + pair.end,
                BACKSLASH);
        } else if (pair.value.n > 0) {
            ag_str value = {text.p, start + pair.value.n};
            find_in(value, start, depth + 1, out);
        }
    }
    if (step == AG_CONNINFO_BROKEN) {
        size_t start = (size_t)(pair.value.p - text.p);
        add(out, start, text.n, from + pair.start, text.n, BACKSLASH);
    }
}

/* `from` is where to begin in the text; offsets are those of the whole text. */
static void find_in(ag_str text, size_t from, int depth, secrets *out) {
    while (from < text.n && ag_is_space(text.p[from])) {
        from++;
    }
    ag_str rest = {text.p + from, text.n - from};
    const char *slashes = rest.n == 0 ? NULL : memmem(rest.p, rest.n, "://", 3);
    size_t before = slashes == NULL ? rest.n : (size_t)(slashes - rest.p);
    if (depth > 2) {
        return;
    }
    if (ag_conninfo_looks_like(rest)) {
        find_in_conninfo(text, from, depth, out);
    } else if (slashes != NULL) {
        bool is_sqlite = rest.n >= 6 && ag_str_ieq((ag_str){rest.p, 6}, "sqlite");
        size_t authority = from + before + 3;
        if (is_sqlite && authority < text.n && text.p[authority] == '/') {
            find_in_query(text, find_byte(text, authority, text.n, "?") + 1, out);
        } else {
            find_in_url(text, authority, out);
        }
    } else {
        size_t at = last_at_sign(text, from, text.n);
        size_t colon = find_byte(text, from, text.n, ":");
        if (at != (size_t)-1 && colon < at) {
            add(out, colon + 1, at, colon, at, PERCENT);
        }
    }
}

static int by_start(const void *a, const void *b) {
    const secret *x = a;
    const secret *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static void find(ag_str text, secrets *out) {
    find_in(text, 0, 0, out);
    if (out->n > 1) {
        qsort(out->items, out->n, sizeof *out->items, by_start);
    }
}

static void put_clean(ag_buf *out, const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool is_control = (unsigned char)p[i] < 0x20 || p[i] == 0x7f;
        ag_buf_putc(out, is_control ? '?' : p[i]);
    }
}

const char *ag_url_masked(ag_arena *arena, const char *text) {
    if (text == NULL) {
        return "";
    }
    secrets found = {NULL, 0, 0};
    ag_buf out = AG_BUF_INIT;
    ag_str all = ag_str_trim(ag_str_of(text));
    size_t at = 0;
    find(all, &found);
    for (size_t i = 0; i < found.n; i++) {
        const secret *s = &found.items[i];
        if (s->start >= at && s->end > s->start) {
            put_clean(&out, all.p + at, s->start - at);
            ag_buf_puts(&out, "***");
            at = s->end;
        }
    }
    put_clean(&out, all.p + at, all.n - at);
    const char *masked = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    ag_vec_release(&found);
    return masked;
}

bool ag_url_has_password(const char *text) {
    secrets found = {NULL, 0, 0};
    bool has = false;
    find(ag_str_of(text), &found);
    for (size_t i = 0; i < found.n; i++) {
        has = has || found.items[i].end > found.items[i].start;
    }
    ag_vec_release(&found);
    return has;
}

const char *ag_url_without_password(ag_arena *arena, const char *text) {
    secrets found = {NULL, 0, 0};
    ag_buf out = AG_BUF_INIT;
    ag_str all = ag_str_trim(ag_str_of(text));
    size_t at = 0;
    find(all, &found);
    for (size_t i = 0; i < found.n; i++) {
        const secret *s = &found.items[i];
        if (s->cut_end > at) {
            ag_buf_putn(&out, all.p + at, s->cut_start > at ? s->cut_start - at : 0);
            at = s->cut_end;
        }
    }
    ag_buf_putn(&out, all.p + at, all.n - at);
    ag_str clean = ag_str_trim((ag_str){ag_buf_text(&out), out.n});
    const char *copy = ag_arena_strndup(arena, clean.p, clean.n);
    ag_buf_release(&out);
    ag_vec_release(&found);
    return copy;
}

void ag_url_blot(char *text, size_t n) {
    secrets found = {NULL, 0, 0};
    find((ag_str){text, n}, &found);
    for (size_t i = 0; i < found.n; i++) {
        memset(text + found.items[i].start, '*', found.items[i].end - found.items[i].start);
    }
    ag_vec_release(&found);
}

/* True when the password also stands in the URL as something that is no secret. */
static bool is_also_name(ag_str url, const secret *s, ag_str password) {
    size_t n = password.n;
    for (size_t i = 0; i + n <= url.n; i++) {
        bool is_inside = i + n > s->start && i < s->end;
        bool is_begin = i == 0 || !ag_is_alnum(url.p[i - 1]);
        bool is_end = i + n == url.n || !ag_is_alnum(url.p[i + n]);
        if (!is_inside && is_begin && is_end && memcmp(url.p + i, password.p, n) == 0) {
            return true;
        }
    }
    return false;
}

/* A short password is replaced only as a word, one that is also a name only behind ':' or '='. */
static bool is_secret_here(ag_str text, size_t at, ag_str password, bool is_name) {
    char before = at == 0 ? ' ' : text.p[at - 1];
    char after = at + password.n >= text.n ? ' ' : text.p[at + password.n];
    if (is_name) {
        bool is_quoted = before == '\'' && at > 1 && text.p[at - 2] == '=';
        return before == ':' || before == '=' || is_quoted;
    }
    return password.n >= 4 || (!ag_is_alnum(before) && !ag_is_alnum(after));
}

static void replace_all(ag_buf *text, ag_str password, bool is_name) {
    ag_buf out = AG_BUF_INIT;
    ag_str all = {ag_buf_text(text), text->n};
    for (size_t i = 0; i < all.n;) {
        bool is_here = i + password.n <= all.n && memcmp(all.p + i, password.p, password.n) == 0 &&
                       is_secret_here(all, i, password, is_name);
        if (is_here) {
            ag_buf_puts(&out, "***");
            i += password.n;
        } else {
            ag_buf_putc(&out, all.p[i++]);
        }
    }
    ag_buf_release(text);
    *text = out;
}

static ag_str unquoted(ag_str s) {
    if (s.n >= 2 && s.p[0] == '\'' && s.p[s.n - 1] == '\'') {
        return (ag_str){s.p + 1, s.n - 2};
    }
    return s;
}

static void mask_one(ag_buf *out, ag_str url, const secret *s) {
    ag_str raw = {url.p + s->start, s->end - s->start};
    raw = s->encoding == BACKSLASH ? unquoted(raw) : raw;
    if (raw.n == 0) {
        return;
    }
    ag_buf decoded = AG_BUF_INIT;
    size_t bad = 0;
    if (s->encoding == BACKSLASH) {
        ag_conninfo_unescape(&decoded, raw);
    } else if (!ag_percent_decode(&decoded, raw, &bad)) {
        ag_buf_clear(&decoded);
    }
    replace_all(out, raw, is_also_name(url, s, raw));
    ag_str plain = {ag_buf_text(&decoded), decoded.n};
    if (plain.n > 0) {
        replace_all(out, plain, is_also_name(url, s, plain));
    }
    ag_buf_release(&decoded);
}

const char *ag_mask_secrets(ag_arena *arena, const char *text, const char *url) {
    if (text == NULL) {
        return NULL;
    }
    secrets found = {NULL, 0, 0};
    ag_buf out = AG_BUF_INIT;
    ag_buf_puts(&out, text);
    ag_str all = url == NULL ? (ag_str){"", 0} : ag_str_trim(ag_str_of(url));
    find(all, &found);
    for (size_t i = 0; i < found.n; i++) {
        mask_one(&out, all, &found.items[i]);
    }
    const char *masked = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    ag_vec_release(&found);
    return masked;
}
