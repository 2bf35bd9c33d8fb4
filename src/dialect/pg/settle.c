/*
 * What the cheap rules cannot settle is settled by the server, on temporary tables in a transaction
 * that is rolled back. Nobody else sees them, and nothing real is locked or touched.
 */
#include "dialect/pg/settle.h"

#include <string.h>

#include "base/str.h"
#include "dialect/pg/version.h"
#include "schema/node.h"

/* Messages name so many of the texts that could not be compared. */
enum { MOST_NAMED = 5 };

static void put_namespace(ag_pg_settler *s, ag_buf *buf, ag_map *seen, const char *ns) {
    if (ns == NULL || ag_map_has(seen, ns)) {
        return;
    }
    ag_map_put(seen, ns, s);
    ag_buf_puts(buf, ", ");
    ag_pg_quote(buf, ns);
}

/* Texts are read as the connection would, and then as the model's own namespaces would. */
static char *set_path(ag_pg_settler *s) {
    const ag_schema *m = s->model;
    ag_map seen = AG_MAP_INIT;
    ag_buf path = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    for (size_t i = 0; i < m->namespaces.n; i++) {
        put_namespace(s, &path, &seen, m->namespaces.items[i]->name);
    }
    for (size_t i = 0; i < m->tables.n; i++) {
        put_namespace(s, &path, &seen, m->tables.items[i]->ns);
    }
    for (size_t i = 0; i < m->objects.n; i++) {
        put_namespace(s, &path, &seen, m->objects.items[i]->ns);
    }
    put_namespace(s, &path, &seen, ag_dialect_postgresql.default_namespace);
    ag_buf_puts(&sql, "SELECT pg_catalog.set_config('search_path', pg_catalog.concat("
                      "coalesce(nullif(pg_catalog.current_setting('search_path'), ''), "
                      "'pg_catalog'), ");
    ag_sql_quote_string(&sql, ag_buf_text(&path));
    ag_buf_puts(&sql, "), true), pg_catalog.set_config('client_min_messages', 'error', true), "
                      "pg_catalog.set_config('check_function_bodies', 'off', true)");
    char *text = ag_buf_copy(&sql, s->scratch);
    ag_map_release(&seen);
    ag_buf_release(&path);
    ag_buf_release(&sql);
    return text;
}

/* The first temporary table: where it is refused, nothing can be settled. */
static bool prepare(ag_pg_settler *s, ag_error *err) {
    ag_rows rows = {.arena = s->scratch};
    if (!ag_conn_exec(s->conn, set_path(s), err) ||
        !ag_conn_exec(s->conn, "CREATE TEMP TABLE autogen_probe ()", err) ||
        !ag_conn_query(s->conn,
                       "SELECT nspname FROM pg_catalog.pg_namespace "
                       "WHERE oid = pg_catalog.pg_my_temp_schema()",
                       NULL, 0, &rows, err)) {
        return false;
    }
    s->temp = rows.rows.n == 1 ? rows.rows.items[0][0] : "pg_temp";
    return true;
}

/* No TEMP right, a read-only transaction, a standby. */
static bool is_refused(const ag_error *err) {
    return ag_text_eq(err->sqlstate, "42501") || ag_text_eq(err->sqlstate, "25006") ||
           ag_text_eq(err->sqlstate, "0A000");
}

static bool refuse(const ag_pg_settler *s, ag_error *err) {
    ag_buf names = AG_BUF_INIT;
    size_t n = 0;
    for (size_t i = 0; i < s->trials.n; i++) {
        const ag_pg_trial *trial = s->trials.items[i];
        for (size_t j = 0; j < trial->doubts.n; j++, n++) {
            if (n < MOST_NAMED) {
                ag_buf_printf(&names, "%s%s", n == 0 ? "" : ", ",
                              ag_pg_doubt_name(s->scratch, trial, &trial->doubts.items[j]));
            }
        }
    }
    for (size_t i = 0; i < s->objects.n; i++, n++) {
        if (n < MOST_NAMED) {
            ag_buf_printf(&names, "%s%s", n == 0 ? "" : ", ",
                          ag_pg_object_doubt_name(s->scratch, &s->objects.items[i]));
        }
    }
    if (n > MOST_NAMED) {
        ag_buf_printf(&names, " and %zu more", n - MOST_NAMED);
    }
    ag_prefix(err, "cannot tell whether these differ, for no temporary table can be made: %s",
              ag_buf_text(&names));
    ag_buf_release(&names);
    return ag_hint(err, "use a role with TEMPORARY on the database and a server that is not "
                        "read-only, set dev_url to a server for scratch databases, or pass "
                        "--assume-equal to take them as equal");
}

static void warn(ag_arena *arena, ag_strings *warnings, const char *name) {
    if (warnings != NULL) {
        ag_vec_push(arena, warnings,
                    ag_arena_printf(arena, "taken as equal without comparing: %s", name));
    }
}

static void assume_all_equal(ag_pg_settler *s, ag_strings *warnings) {
    ag_arena *arena = s->model->arena;
    for (size_t i = 0; i < s->trials.n; i++) {
        const ag_pg_trial *trial = s->trials.items[i];
        for (size_t j = 0; j < trial->doubts.n; j++) {
            ag_pg_assume_equal(s, trial, &trial->doubts.items[j]);
            warn(arena, warnings, ag_pg_doubt_name(arena, trial, &trial->doubts.items[j]));
        }
    }
    for (size_t i = 0; i < s->objects.n; i++) {
        ag_pg_assume_object_equal(s, &s->objects.items[i]);
        warn(arena, warnings, ag_pg_object_doubt_name(arena, &s->objects.items[i]));
    }
}

/* The savepoint is for a caller that has a transaction of its own. */
static bool begin(ag_conn *conn, bool is_inside, ag_error *err) {
    return ag_conn_exec(conn,
                        is_inside ? "SAVEPOINT autogen_settle"
                                  : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                        err);
}

static bool end(ag_conn *conn, bool is_inside, ag_error *err) {
    if (!is_inside) {
        conn->driver->rollback(conn);
        return true;
    }
    return ag_conn_exec(conn, "ROLLBACK TO SAVEPOINT autogen_settle", err) &&
           ag_conn_exec(conn, "RELEASE SAVEPOINT autogen_settle", err);
}

static bool settle(ag_pg_settler *s, bool assume_equal, ag_strings *warnings, ag_error *err) {
    bool is_inside = s->conn->driver->in_transaction(s->conn);
    ag_error first = {0};
    bool can_try = begin(s->conn, is_inside, &first) && prepare(s, &first);
    bool ok = can_try && ag_pg_try_types(s, &first) && ag_pg_try_trials(s, &first) &&
              ag_pg_try_objects(s, &first);
    ag_error last = {0};
    bool ended = end(s->conn, is_inside, &last);
    if (!can_try && is_refused(&first)) {
        if (assume_equal) {
            assume_all_equal(s, warnings);
            return true;
        }
        (void)refuse(s, &first);
    }
    if (err != NULL && !(ok && ended)) {
        *err = ok ? last : first;
    }
    return ok && ended;
}

bool ag_pg_settle(ag_conn *conn, ag_schema *model, const ag_schema *database, bool assume_equal,
                  ag_strings *warnings, ag_error *err) {
    if (!ag_pg_check_roles(conn, model, database, err)) {
        return false;
    }
    ag_pg_settle_privileges(model, database->server_version);
    ag_pg_settler s = {
        .conn = conn, .model = model, .database = database, .scratch = ag_arena_new()};
    ag_pg_find_doubts(&s);
    ag_pg_find_object_doubts(&s);
    bool ok = (s.trials.n == 0 && s.objects.n == 0) || settle(&s, assume_equal, warnings, err);
    ag_map_release(&s.types);
    ag_arena_free(s.scratch);
    return ok;
}
