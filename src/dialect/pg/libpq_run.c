/*
 * Statements of a revision that PostgreSQL runs outside of a transaction: their time limits, and
 * what became of one whose end nobody saw.
 */
#include <stdio.h>
#include <string.h>

#include "dialect/pg/libpq.h"
#include "sql/token.h"

/* A walk over the words of a statement. */
typedef struct words {
    ag_arena *arena;
    ag_str text;
    ag_tokens tokens;
    size_t at;
} words;

static words words_of(ag_arena *arena, const char *sql) {
    words w = {.arena = arena, .text = ag_str_of(sql)};
    w.tokens = ag_sql_tokens(arena, AG_SQL_POSTGRES, w.text);
    return w;
}

static bool take(words *w, const char *word) {
    bool is = ag_token_is(w->text, w->tokens.items[w->at], word);
    w->at += is ? 1 : 0;
    return is;
}

/* All of several words, or none. */
static bool take_all(words *w, const char *const *list, size_t n) {
    size_t from = w->at;
    for (size_t i = 0; i < n; i++) {
        if (!take(w, list[i])) {
            w->at = from;
            return false;
        }
    }
    return true;
}

#define TAKE(w, ...)                                                                               \
    take_all((w), (const char *const[]){__VA_ARGS__},                                              \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* A name, perhaps qualified, as it is written; "" when there is none. */
static char *take_name(words *w) {
    ag_buf buf = AG_BUF_INIT;
    for (bool more = true; more;) {
        ag_token token = w->tokens.items[w->at];
        if (token.kind != AG_TOKEN_WORD && token.kind != AG_TOKEN_QUOTED) {
            break;
        }
        ag_buf_putn(&buf, w->text.p + token.offset, token.n);
        w->at++;
        more = take(w, ".");
        ag_buf_puts(&buf, more ? "." : "");
    }
    char *name = ag_buf_copy(&buf, w->arena);
    ag_buf_release(&buf);
    return name;
}

static bool is_concurrent(const char *sql) {
    ag_arena *arena = ag_arena_new();
    words w = words_of(arena, sql);
    bool found = false;
    for (; !found && w.at < w.tokens.n; w.at++) {
        found = ag_token_is(w.text, w.tokens.items[w.at], "concurrently");
    }
    ag_arena_free(arena);
    return found;
}

/*
 * A lock_timeout does harm while an index is built concurrently: it leaves an invalid one behind
 * and every other try builds it again. SET LOCAL would do nothing outside of a transaction.
 */
bool pg_before_autocommit(ag_conn *conn, const char *sql, ag_error *err) {
    const pg_conn *c = (pg_conn *)conn;
    char set[64];
    int timeout = is_concurrent(sql) ? 0 : c->options.lock_timeout_ms;
    if (c->is_pooled) {
        return true; /* the setting would stay with a session that others use */
    }
    (void)snprintf(set, sizeof set, "SET lock_timeout = %d", timeout < 0 ? 0 : timeout);
    return conn->driver->query(conn, set, NULL, 0, NULL, err);
}

void pg_after_autocommit(ag_conn *conn) {
    pg_conn *c = (pg_conn *)conn;
    if (!c->is_pooled) {
        pg_exec_quietly(c, "RESET lock_timeout");
    }
}

static bool ask(ag_conn *conn, ag_arena *arena, const char *sql, const char *const *params,
                size_t n, ag_rows *rows, ag_error *err) {
    *rows = (ag_rows){.arena = arena};
    return conn->driver->query(conn, sql, params, n, rows, err);
}

enum { POOLED_LOOKS = 20, PAUSE_MS = 100 };

/*
 * An index that is not valid may still be built at this moment, by a server whose client is gone or
 * by another run behind a pooler: its lock on the table, or materialized view, is waited for. It
 * is looked for, since views cannot be locked and not everybody may lock a table.
 */
static bool await_builder(ag_conn *conn, words *w, const char *table, ag_error *err) {
    static const char sql[] = "SELECT 1 FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d "
                              "ON d.oid = l.database "
                              "WHERE d.datname = pg_catalog.current_database() "
                              "AND l.locktype = 'relation' AND l.granted "
                              "AND l.relation = pg_catalog.to_regclass($1)::oid "
                              "AND l.mode = 'ShareUpdateExclusiveLock' "
                              "AND l.pid <> pg_catalog.pg_backend_pid()";
    ag_rows rows;
    bool ok = ask(conn, w->arena, sql, &table, 1, &rows, err);
    while (ok && rows.rows.n > 0) {
        pg_pause_about(PAUSE_MS);
        ok = ask(conn, w->arena, sql, &table, 1, &rows, err);
    }
    return ok;
}

/*
 * Looks for an index until nobody builds it. Behind a pooler another run may have recorded the
 * statement just now, and be about to start it.
 */
static bool look_for_index(ag_conn *conn, words *w, const char *const *params, ag_rows *rows,
                           ag_error *err) {
    static const char sql[] = "SELECT i.indisvalid, pg_catalog.quote_ident(n.nspname) || '.' || "
                              "pg_catalog.quote_ident(c.relname) FROM pg_catalog.pg_index i "
                              "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                              "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                              "WHERE c.relname = $1 AND i.indrelid = pg_catalog.to_regclass($2)";
    bool ok = ask(conn, w->arena, sql, params, 2, rows, err);
    int looks = ((const pg_conn *)conn)->is_pooled ? POOLED_LOOKS : 0;
    for (; ok && rows->rows.n == 0 && looks > 0; looks--) {
        pg_pause_about(PAUSE_MS);
        ok = ask(conn, w->arena, sql, params, 2, rows, err);
    }
    bool is_half = ok && rows->rows.n > 0 && rows->rows.items[0][0][0] != 't';
    return !is_half ? ok
                    : await_builder(conn, w, params[1], err) &&
                          ask(conn, w->arena, sql, params, 2, rows, err);
}

/* Valid: done. Absent: not. Invalid: half an index, which is dropped. */
static bool ask_index(ag_conn *conn, words *w, ag_outcome *outcome, ag_error *err) {
    ag_rows rows;
    (void)TAKE(w, "if", "not", "exists");
    ag_token token = w->tokens.items[w->at];
    if (ag_token_is(w->text, token, "on")) {
        return true; /* without a name */
    }
    const char *name = ag_token_unquote(w->arena, AG_SQL_POSTGRES, w->text, token);
    w->at++;
    if (!take(w, "on")) {
        return true;
    }
    (void)take(w, "only");
    const char *const params[] = {name, take_name(w)};
    if (!look_for_index(conn, w, params, &rows, err)) {
        return false;
    }
    *outcome = AG_OUTCOME_NONE;
    if (rows.rows.n > 0 && rows.rows.items[0][0][0] == 't') {
        *outcome = AG_OUTCOME_DONE;
    } else if (rows.rows.n > 0) {
        char *drop = ag_arena_printf(w->arena, "DROP INDEX CONCURRENTLY %s", rows.rows.items[0][1]);
        return conn->driver->query(conn, drop, NULL, 0, NULL, err);
    }
    return true;
}

/* A drop that was interrupted can run again as long as the index is there. */
static bool ask_dropped(ag_conn *conn, words *w, ag_outcome *outcome, ag_error *err) {
    ag_rows rows;
    (void)TAKE(w, "if", "exists");
    const char *const params[] = {take_name(w)};
    if (!ask(conn, w->arena, "SELECT pg_catalog.to_regclass($1) IS NULL", params, 1, &rows, err)) {
        return false;
    }
    *outcome = rows.rows.items[0][0][0] == 't' ? AG_OUTCOME_DONE : AG_OUTCOME_NONE;
    return true;
}

static bool ask_enum(ag_conn *conn, words *w, ag_outcome *outcome, ag_error *err) {
    static const char sql[] = "SELECT 1 FROM pg_catalog.pg_enum WHERE enumlabel = $1 AND enumtypid "
                              "= pg_catalog.to_regtype($2)";
    ag_rows rows;
    const char *type = take_name(w);
    if (!TAKE(w, "add", "value")) {
        return true;
    }
    (void)TAKE(w, "if", "not", "exists");
    const char *label =
        ag_token_unquote(w->arena, AG_SQL_POSTGRES, w->text, w->tokens.items[w->at]);
    const char *const params[] = {label, type};
    if (!ask(conn, w->arena, sql, params, 2, &rows, err)) {
        return false;
    }
    *outcome = rows.rows.n > 0 ? AG_OUTCOME_DONE : AG_OUTCOME_NONE;
    return true;
}

bool pg_took_effect(ag_conn *conn, const char *sql, ag_outcome *outcome, ag_error *err) {
    bool ok = true;
    ag_arena *arena = ag_arena_new();
    words w = words_of(arena, sql);
    *outcome = AG_OUTCOME_UNKNOWN;
    if (take(&w, "create")) {
        (void)take(&w, "unique");
        ok = !TAKE(&w, "index", "concurrently") || ask_index(conn, &w, outcome, err);
    } else if (TAKE(&w, "drop", "index", "concurrently")) {
        ok = ask_dropped(conn, &w, outcome, err);
    } else if (TAKE(&w, "alter", "type")) {
        ok = ask_enum(conn, &w, outcome, err);
    } else if (take(&w, "vacuum") || take(&w, "analyze") || take(&w, "reindex") ||
               TAKE(&w, "refresh", "materialized", "view")) {
        *outcome = AG_OUTCOME_NONE; /* it does no harm to do these twice */
    }
    ag_arena_free(arena);
    return ok;
}
