#include "config/url.h"

#include <string.h>

#include "base/file.h"
#include "config/conninfo.h"

#define FORMS                                                                                      \
    "accepted: sqlite:///relative.db, sqlite:////absolute.db, sqlite:// (memory), a path ending "  \
    "in .db, .sqlite or .sqlite3, postgresql://…, postgres://…, or a libpq string such as "    \
    "host=… dbname=…"

typedef bool parse_function(ag_arena *arena, ag_str rest, ag_url *url, ag_error *err);

static parse_function parse_sqlite;
static parse_function parse_postgresql;

static const struct scheme {
    const char *name;
    parse_function *parse;
} schemes[] = {
    {"sqlite", parse_sqlite},
    {"postgresql", parse_postgresql},
    {"postgres", parse_postgresql},
};

static bool fail_in(ag_arena *arena, const ag_url *url, ag_error *err, const char *what) {
    return ag_fail(err, AG_USAGE, "%s in the database URL %.200s", what,
                   ag_url_masked(arena, url->text));
}

/* Length of the scheme before "://", its driver suffix included; 0 when there is none. */
static size_t scheme_length(const char *text) {
    size_t n = 0;
    while (ag_is_alnum(text[n]) || (n > 0 && text[n] != '\0' && strchr("+-._", text[n]) != NULL)) {
        n++;
    }
    return strncmp(text + n, "://", 3) == 0 ? n : 0;
}

static const struct scheme *scheme_of(const char *text) {
    size_t n = scheme_length(text);
    const char *plus = memchr(text, '+', n);
    ag_str name = {text, plus == NULL ? n : (size_t)(plus - text)};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (ag_str_ieq(name, schemes[i].name)) {
            return &schemes[i];
        }
    }
    return NULL;
}

static bool is_bare_path(const char *text) {
    return ag_text_ends(text, ".db") || ag_text_ends(text, ".sqlite") ||
           ag_text_ends(text, ".sqlite3") || strcmp(text, ":memory:") == 0;
}

static bool is_word_of(ag_str word, const char *words) {
    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        if (word.n == n && memcmp(word.p, words, n) == 0) {
            return true;
        }
        words += n + strspn(words + n, " ");
    }
    return false;
}

/* Parameters of the URI that SQLite itself knows are passed on; those of other tools are dropped.
 */
static bool sqlite_parameter(ag_arena *arena, ag_str pair, ag_buf *kept, ag_url *url,
                             ag_error *err) {
    const char *equals = memchr(pair.p, '=', pair.n);
    ag_str key = {pair.p, equals == NULL ? pair.n : (size_t)(equals - pair.p)};
    ag_str value = {pair.p + pair.n, 0};
    if (equals != NULL) {
        value = (ag_str){equals + 1, pair.n - key.n - 1};
    }
    if (is_word_of(key, "uri check_same_thread timeout isolation_level detect_types "
                        "cached_statements")) {
        return true;
    }
    if (!is_word_of(key, "mode cache immutable nolock psow vfs")) {
        ag_fail(err, AG_USAGE, "SQLite has no parameter \"%.*s\" (in the database URL %.200s)",
                (int)(key.n < 60 ? key.n : 60), key.p, ag_url_masked(arena, url->text));
        return ag_hint(err, "parameters passed on: mode, cache, immutable, nolock, psow, vfs");
    }
    if (is_word_of(key, "mode") && !is_word_of(value, "ro rw rwc memory")) {
        fail_in(arena, url, err, "mode must be ro, rw, rwc or memory");
        return false;
    }
    url->is_memory = url->is_memory || (is_word_of(key, "mode") && is_word_of(value, "memory"));
    url->is_read_only = url->is_read_only || (is_word_of(key, "mode") && is_word_of(value, "ro")) ||
                        (is_word_of(key, "immutable") && is_word_of(value, "1 true yes on"));
    ag_buf_putc(kept, kept->n == 0 ? '?' : '&');
    ag_buf_putn(kept, pair.p, pair.n);
    return true;
}

static bool sqlite_parameters(ag_arena *arena, ag_str query, ag_buf *kept, ag_url *url,
                              ag_error *err) {
    for (size_t at = 0; at < query.n;) {
        const char *and = memchr(query.p + at, '&', query.n - at);
        size_t n = and == NULL ? query.n - at : (size_t)(and-query.p) - at;
        if (n > 0 && !sqlite_parameter(arena, (ag_str){query.p + at, n}, kept, url, err)) {
            return false;
        }
        at += n + 1;
    }
    return true;
}

/* Sets `path` and `uri`; `parameters` is "" or begins with '?'. */
static void set_sqlite_path(ag_arena *arena, const char *path, const char *parameters,
                            ag_url *url) {
    ag_buf uri = AG_BUF_INIT;
    url->dialect = "sqlite";
    url->path = ag_arena_strdup(arena, path[0] == '\0' ? ":memory:" : path);
    url->is_memory = url->is_memory || strcmp(url->path, ":memory:") == 0;
    ag_buf_puts(&uri, url->path[0] == '/' ? "file://" : "file:");
    ag_percent_encode(&uri, url->path);
    ag_buf_puts(&uri, parameters);
    url->uri = ag_buf_copy(&uri, arena);
    ag_buf_release(&uri);
}

/* `rest` is what follows "sqlite://". */
static bool parse_sqlite(ag_arena *arena, ag_str rest, ag_url *url, ag_error *err) {
    bool ok = false;
    size_t bad = 0;
    ag_buf path = AG_BUF_INIT;
    ag_buf kept = AG_BUF_INIT;
    const char *question = memchr(rest.p, '?', rest.n);
    ag_str name = {rest.p, question == NULL ? rest.n : (size_t)(question - rest.p)};
    if (name.n > 0 && name.p[0] != '/') {
        fail_in(arena, url, err, "a file stands where a host would be");
        ag_hint(err, "a relative path takes three slashes (sqlite:///app.db), an absolute one "
                     "four (sqlite:////srv/app.db)");
        goto done;
    }
    if (name.n > 0) {
        name = (ag_str){name.p + 1, name.n - 1};
    }
    if (name.n >= 5 && memcmp(name.p, "file:", 5) == 0) {
        name = (ag_str){name.p + 5, name.n - 5};
    }
    if (!ag_percent_decode(&path, name, &bad)) {
        fail_in(arena, url, err, "a % without two hexadecimal digits");
        ag_hint(err, "a percent sign in the name of a file is written %%25");
        goto done;
    }
    if (question != NULL) {
        ag_str query = {question + 1, (size_t)(rest.p + rest.n - question) - 1};
        if (!sqlite_parameters(arena, query, &kept, url, err)) {
            goto done;
        }
    }
    set_sqlite_path(arena, ag_buf_text(&path), ag_buf_text(&kept), url);
    ok = true;
done:
    ag_buf_release(&path);
    ag_buf_release(&kept);
    return ok;
}

static bool has_byte(ag_str s, char c) {
    return s.n > 0 && memchr(s.p, c, s.n) != NULL;
}

/*
 * libpq quotes the text at fault in its messages: what would make it do so in the part that holds
 * the password is refused here.
 */
static bool parse_postgresql(ag_arena *arena, ag_str rest, ag_url *url, ag_error *err) {
    static const char escape[] = "a character in the password must be percent-encoded: %%40 for @, "
                                 "%%2F for /, %%3A for :, %%3F for ?, %%23 for #, %%25 for %%";
    size_t bad = 0;
    size_t n = 0;
    while (n < rest.n && strchr("/?#", rest.p[n]) == NULL) {
        n++;
    }
    ag_str authority = {rest.p, n};
    const char *at = n == 0 ? NULL : memrchr(rest.p, '@', n);
    ag_str user = {rest.p, at == NULL ? 0 : (size_t)(at - rest.p)};
    ag_str hosts = at == NULL ? authority : (ag_str){at + 1, n - user.n - 1};
    bool may_hold_more = at == NULL ? has_byte(hosts, ':') : has_byte(user, ':');
    bool is_doubtful = has_byte(user, '@') || !ag_hosts_valid(hosts) ||
                       (n < rest.n && rest.p[n] == '#') ||
                       (may_hold_more && has_byte((ag_str){rest.p + n, rest.n - n}, '@'));
    if (is_doubtful) {
        fail_in(arena, url, err, "the user, password, host or port cannot be told apart");
        return ag_hint(err, escape);
    }
    ag_buf decoded = AG_BUF_INIT;
    bool ok = ag_percent_decode(&decoded, rest, &bad);
    ag_buf_release(&decoded);
    if (!ok) {
        fail_in(arena, url, err, "a % without two hexadecimal digits");
        return ag_hint(err, escape);
    }
    const char *scheme = ag_text_istarts(url->text, "postgresql") ? "postgresql" : "postgres";
    url->dialect = "postgresql";
    url->conninfo = ag_arena_printf(arena, "%s://%.*s", scheme, AG_STR_ARG(rest));
    return true;
}

static bool parse_conninfo(ag_arena *arena, ag_url *url, ag_error *err) {
    ag_conninfo_pair pair;
    ag_conninfo_step step = AG_CONNINFO_PAIR;
    ag_str text = ag_str_of(url->text);
    for (size_t at = 0; step == AG_CONNINFO_PAIR;) {
        step = ag_conninfo_next(text, &at, &pair);
    }
    if (step == AG_CONNINFO_BROKEN) {
        fail_in(arena, url, err, "expected key=value pairs with closed quotes");
        return ag_hint(err, "a value with blanks stands in single quotes: password='a b'");
    }
    url->dialect = "postgresql";
    url->conninfo = url->text;
    return true;
}

bool ag_url_is_url(const char *text) {
    return scheme_length(text) > 0 || ag_conninfo_looks_like(ag_str_of(text));
}

bool ag_url_parse(ag_arena *arena, const char *text, ag_url *url, ag_error *err) {
    ag_str trimmed = ag_str_trim(ag_str_of(text == NULL ? "" : text));
    memset(url, 0, sizeof *url);
    url->text = ag_arena_strndup(arena, trimmed.p, trimmed.n);
    size_t n = scheme_length(url->text);
    const struct scheme *scheme = scheme_of(url->text);
    if (scheme != NULL) {
        return scheme->parse(arena, ag_str_of(url->text + n + 3), url, err);
    }
    if (n == 0 && ag_conninfo_looks_like(trimmed)) {
        return parse_conninfo(arena, url, err);
    }
    if (n == 0 && is_bare_path(url->text)) {
        set_sqlite_path(arena, url->text, "", url);
        return true;
    }
    if (trimmed.n == 0) {
        ag_fail(err, AG_USAGE, "the database URL is empty");
    } else if (n > 0) {
        ag_fail(err, AG_USAGE, "unknown kind of database \"%.*s\" in the URL %.200s",
                (int)(n < 60 ? n : 60), url->text, ag_url_masked(arena, url->text));
    } else {
        ag_fail(err, AG_USAGE, "cannot tell which database is meant by \"%.200s\"",
                ag_url_masked(arena, url->text));
    }
    return ag_hint(err, "%s", FORMS);
}

const char *ag_url_rebase(ag_arena *arena, const char *text, const char *folder) {
    ag_url url;
    bool is_relative = ag_url_parse(arena, text, &url, NULL) && url.path != NULL &&
                       url.path[0] != '/' && strcmp(url.path, ":memory:") != 0;
    if (!is_relative || strcmp(folder, ".") == 0) {
        return text;
    }
    const char *path = ag_path_join(arena, folder, url.path);
    if (scheme_length(url.text) == 0) {
        return path;
    }
    const char *parameters = strchr(url.text, '?');
    ag_buf out = AG_BUF_INIT;
    ag_buf_puts(&out, "sqlite:///");
    ag_percent_encode(&out, path);
    ag_buf_puts(&out, parameters == NULL ? "" : parameters);
    const char *rebased = ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    return rebased;
}
