/*
 * Running a `-- autogen:rebuild` block: on the table the block was made for only, keeping what else
 * hangs on the table, and proving afterwards that no reference and no view was broken.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/driver.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"
#include "sql/normal.h"

/* A foreign-key violation kind and how often it stands. */
typedef struct violation {
    const char *key;
    const char *count;
} violation;

typedef struct stored_object {
    const char *type, *name, *sql;
} stored_object;

typedef struct running {
    ag_conn *conn;
    ag_arena *arena;
    const char *table;
    char *sql; /* the stored text that was found */
    AG_VEC(stored_object) dependents;
    AG_VEC(const char *) views; /* those that could be read before */
    AG_VEC(violation) violations;
    ag_error *err;
} running;

static bool query(running *r, const char *sql, const char *param, ag_rows *rows) {
    rows->arena = r->arena;
    return ag_conn_query(r->conn, sql, &param, param == NULL ? 0 : 1, rows, r->err);
}

/* ---- Before ---- */

static bool find_table(running *r) {
    ag_rows rows = {0};
    if (!query(r,
               "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE "
               "NOCASE",
               r->table, &rows)) {
        return false;
    }
    if (rows.rows.n == 0) {
        ag_fail(r->err, AG_HISTORY, "there is no table %s here to change", r->table);
        return ag_hint(r->err, "the database is not at the revision this file was made for");
    }
    r->table = rows.rows.items[0][0];
    r->sql = ag_arena_strdup(r->arena, rows.rows.items[0][1]);
    return true;
}

static void list_items(ag_arena *arena, const char *sql, ag_strings *out) {
    ag_lite_table table = {0};
    if (!ag_lite_parse_table(arena, sql, &table, NULL)) {
        return;
    }
    for (size_t i = 0; i < table.columns.n; i++) {
        ag_vec_push(arena, out, ag_lite_copy(arena, sql, table.columns.items[i].range));
    }
    for (size_t i = 0; i < table.constraints.n; i++) {
        ag_vec_push(arena, out, ag_lite_copy(arena, sql, table.constraints.items[i].range));
    }
}

static bool has_item(const ag_strings *list, const char *item) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_sql_tokens_equal(AG_SQL_SQLITE, list->items[i], item)) {
            return true;
        }
    }
    return false;
}

/* What stands in the first list and not in the second: "only here: a; b". */
static void list_difference(ag_buf *out, const char *title, const ag_strings *a,
                            const ag_strings *b) {
    bool first = true;
    for (size_t i = 0; i < a->n; i++) {
        if (!has_item(b, a->items[i])) {
            ag_buf_printf(out, "%s%s", first ? title : "; ", a->items[i]);
            first = false;
        }
    }
}

static const char *create_text_of(running *r, const char *const *statements, size_t n) {
    for (size_t i = 0; i < n; i++) {
        ag_lite_table table = {0};
        if (ag_lite_statement_of(statements[i]) == AG_LITE_CREATE_TABLE &&
            ag_lite_parse_table(r->arena, statements[i], &table, NULL) &&
            ag_text_ieq(table.name.text, r->table)) {
            return statements[i];
        }
    }
    return NULL;
}

static bool refuse_table(running *r, const char *const *statements, size_t n) {
    ag_buf out = AG_BUF_INIT;
    const char *target = create_text_of(r, statements, n);
    if (target != NULL) {
        ag_strings here = {0};
        ag_strings there = {0};
        list_items(r->arena, r->sql, &here);
        list_items(r->arena, target, &there);
        list_difference(&out, "; only in the database: ", &here, &there);
        list_difference(&out, "; only in the revision: ", &there, &here);
    }
    ag_fail(r->err, AG_HISTORY, "table %s is not the one this revision was made for%s", r->table,
            ag_buf_text(&out));
    ag_buf_release(&out);
    return ag_hint(r->err, "bring the table back to what the revision before left, or write the "
                           "change for this table into a revision of its own");
}

static bool check_hash(running *r, const char *hash, const char *const *statements, size_t n) {
    char found[AG_SQL_HASH_SIZE];
    ag_sql_token_hash(AG_SQL_SQLITE, r->sql, found);
    return ag_text_ieq(found, hash) || refuse_table(r, statements, n);
}

static bool remember_dependents(running *r) {
    ag_rows rows = {0};
    if (!query(r,
               "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1 COLLATE NOCASE "
               "AND sql IS NOT NULL AND type IN ('index', 'trigger') ORDER BY type, rowid",
               r->table, &rows)) {
        return false;
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        const char **cells = rows.rows.items[i];
        stored_object object = {.type = cells[0], .name = cells[1], .sql = cells[2]};
        ag_vec_push(r->arena, &r->dependents, object);
    }
    return true;
}

/* Prepares a view without running it: that resolves every name it uses. */
static bool can_read(running *r, const char *view, const char **why) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "SELECT * FROM ");
    ag_lite_quote(&sql, view);
    sqlite3 *db = ag_lite_handle(r->conn);
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(db, sql.text, -1, &statement, NULL) == SQLITE_OK;
    if (!ok && why != NULL) {
        *why = ag_arena_strdup(r->arena, sqlite3_errmsg(db));
    }
    (void)sqlite3_finalize(statement);
    ag_buf_release(&sql);
    return ok;
}

static bool remember_views(running *r) {
    ag_rows rows = {0};
    if (!query(r, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name", NULL,
               &rows)) {
        return false;
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        const char *view = rows.rows.items[i][0];
        if (can_read(r, view, NULL)) {
            ag_vec_push(r->arena, &r->views, view);
        }
    }
    return true;
}

/* The rebuilt table and the tables that refer to it. */
static bool related_tables(running *r, ag_rows *tables) {
    return query(r,
                 "SELECT DISTINCT s.name FROM sqlite_schema s, pragma_foreign_key_list(s.name) f "
                 "WHERE s.type = 'table' AND (s.name = ?1 COLLATE NOCASE OR f.\"table\" = ?1 "
                 "COLLATE NOCASE) ORDER BY s.name",
                 r->table, tables);
}

/*
 * Counts violations by child and parent; "foreign key mismatch" (an error of the pragma itself) is
 * one kind more, because it may have been there before.
 */
static bool count_violations(running *r, const char *child, ag_rows *all) {
    ag_error err;
    ag_rows rows = {.arena = r->arena};
    static const char sql[] = "SELECT \"table\" || ' -> ' || parent, count(*) FROM "
                              "pragma_foreign_key_check(?1) GROUP BY 1";
    if (!ag_conn_query(r->conn, sql, &child, 1, &rows, &err)) {
        if (err.code == AG_INTERRUPTED || strstr(err.message, "mismatch") == NULL) {
            if (r->err != NULL) {
                *r->err = err;
            }
            return false;
        }
        const char **cells = ag_arena_array(r->arena, 2, sizeof *cells);
        cells[0] = ag_arena_printf(r->arena, "%s: %s", child, err.message);
        cells[1] = "1";
        ag_vec_push(r->arena, &all->rows, cells);
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        ag_vec_push(r->arena, &all->rows, rows.rows.items[i]);
    }
    return true;
}

static bool collect_violations(running *r, ag_rows *all) {
    ag_rows tables = {0};
    bool ok = related_tables(r, &tables);
    for (size_t i = 0; ok && i < tables.rows.n; i++) {
        ok = count_violations(r, tables.rows.items[i][0], all);
    }
    return ok;
}

static bool remember_violations(running *r) {
    ag_rows all = {0};
    bool ok = collect_violations(r, &all);
    for (size_t i = 0; ok && i < all.rows.n; i++) {
        violation v = {.key = all.rows.items[i][0], .count = all.rows.items[i][1]};
        ag_vec_push(r->arena, &r->violations, v);
    }
    return ok;
}

/* ---- The block ---- */

/* Rows of the table as it was, all or those with NULL in a column of it; NULL when unknown. */
static const char *count_rows(running *r, const char *null_column) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "SELECT count(*) FROM ");
    ag_lite_quote(&sql, r->table);
    if (null_column != NULL) { /* qualified, or a name that is not there would be a text */
        ag_buf_puts(&sql, " AS t WHERE t.");
        ag_sql_quote_ident(&sql, AG_SQL_SQLITE, null_column, true);
        ag_buf_puts(&sql, " IS NULL");
    }
    ag_rows rows = {.arena = r->arena};
    bool ok = ag_conn_query(r->conn, sql.text, NULL, 0, &rows, NULL) && rows.rows.n == 1;
    ag_buf_release(&sql);
    return ok ? rows.rows.items[0][0] : NULL;
}

/* "NOT NULL constraint failed: t.c" says nothing of how many rows stand in the way: count them. */
static void explain_nulls(running *r) {
    static const char start[] = "NOT NULL constraint failed: ";
    const char *found = r->err == NULL ? NULL : strstr(r->err->message, start);
    const char *column = found == NULL ? NULL : strrchr(found, '.');
    if (column == NULL) {
        return;
    }
    char *name = ag_arena_strdup(r->arena, column + 1);
    const char *count = count_rows(r, name);
    bool is_new = count == NULL;
    count = is_new ? count_rows(r, NULL) : count;
    bool is_one = count != NULL && strcmp(count, "1") == 0;
    if (count != NULL && is_new) {
        ag_fail(r->err, AG_DATABASE,
                "the new column %s of table %s is NOT NULL and nothing fills it: %s %s no value "
                "for it",
                name, r->table, count, is_one ? "row has" : "rows have");
        ag_hint(r->err, "give the column a default, or write a value for it into the INSERT of "
                        "this rebuild");
    } else if (count != NULL) {
        ag_fail(r->err, AG_DATABASE,
                "column %s of table %s cannot become NOT NULL: %s %s NULL there", name, r->table,
                count, is_one ? "row has" : "rows have");
        ag_hint(r->err, "fill them first (UPDATE %s SET %s = …), or give the column a default",
                r->table, name);
    }
}

static bool run_statements(running *r, const char *const *statements, size_t n) {
    if (!ag_conn_exec(r->conn, "SAVEPOINT autogen_rebuild", r->err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        ok = ag_conn_exec(r->conn, statements[i], r->err);
    }
    if (ok) {
        return ag_conn_exec(r->conn, "RELEASE autogen_rebuild", r->err);
    }
    if (r->err == NULL || r->err->code != AG_INTERRUPTED) {
        (void)ag_conn_exec(r->conn, "ROLLBACK TO autogen_rebuild", NULL);
        (void)ag_conn_exec(r->conn, "RELEASE autogen_rebuild", NULL);
        explain_nulls(r);
    }
    return false;
}

/* ---- After ---- */

static bool exists(running *r, const stored_object *object, bool *found) {
    ag_rows rows = {.arena = r->arena};
    const char *const params[] = {object->type, object->name};
    bool ok = ag_conn_query(r->conn,
                            "SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2 COLLATE "
                            "NOCASE",
                            params, 2, &rows, r->err);
    *found = rows.rows.n > 0;
    return ok;
}

/* True for DROP INDEX or DROP TRIGGER of the object in the block: then it went on purpose. */
static bool is_dropped_by(const char *const *statements, size_t n, const stored_object *object) {
    for (size_t i = 0; i < n; i++) {
        ag_str text = ag_str_of(statements[i]);
        ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
        if (ag_token_is(text, ag_lexer_next_solid(&lexer), "drop") &&
            ag_token_is(text, ag_lexer_next_solid(&lexer), object->type) &&
            ag_sql_refers_to(AG_SQL_SQLITE, statements[i], object->name)) {
            return true;
        }
    }
    return false;
}

static bool carry_over(running *r, const char *const *statements, size_t n) {
    for (size_t i = 0; i < r->dependents.n; i++) {
        const stored_object *object = &r->dependents.items[i];
        bool found = false;
        if (!exists(r, object, &found)) {
            return false;
        }
        if (found || is_dropped_by(statements, n, object)) {
            continue;
        }
        if (!ag_conn_exec(r->conn, object->sql, r->err)) {
            ag_prefix(r->err,
                      "%s %s of table %s, which this revision does not know, cannot be kept",
                      object->type, object->name, r->table);
            return ag_hint(r->err, "drop it first");
        }
    }
    return true;
}

static bool check_views(running *r) {
    for (size_t i = 0; i < r->views.n; i++) {
        const char *why = "";
        if (!can_read(r, r->views.items[i], &why)) {
            ag_fail(r->err, AG_DATABASE, "view %s would break: %s", r->views.items[i], why);
            return ag_hint(r->err, "drop or change the view in the same revision");
        }
    }
    return true;
}

static bool was_before(const running *r, const char *key, const char *count) {
    for (size_t i = 0; i < r->violations.n; i++) {
        if (strcmp(r->violations.items[i].key, key) == 0) {
            return strtoll(count, NULL, 10) <= strtoll(r->violations.items[i].count, NULL, 10);
        }
    }
    return false;
}

static bool check_violations(running *r) {
    ag_rows all = {0};
    if (!collect_violations(r, &all)) {
        return false;
    }
    for (size_t i = 0; i < all.rows.n; i++) {
        const char **cells = all.rows.items[i];
        if (!was_before(r, cells[0], cells[1])) {
            return ag_fail(r->err, AG_DATABASE, "foreign keys would be violated (%s, %s times)",
                           cells[0], cells[1]);
        }
    }
    return true;
}

/* A row of sqlite_sequence whose table is no longer AUTOINCREMENT: SQLite has renamed it along. */
static bool restore_counter(running *r) {
    static const char unfinished[] = "UPDATE sqlite_sequence SET name = ?1 WHERE name = "
                                     "'" AG_LITE_ASIDE "' || ?1 COLLATE NOCASE";
    bool has_counters = false;
    const ag_driver *driver = r->conn->driver;
    return driver->has_table(r->conn, NULL, "sqlite_sequence", &has_counters, r->err) &&
           (!has_counters || ag_conn_query(r->conn, unfinished, &r->table, 1, NULL, r->err));
}

bool ag_lite_run_rebuild(ag_conn *conn, const char *table, const char *hash,
                         const char *const *statements, size_t n, ag_error *err) {
    running r = {.conn = conn, .table = table, .err = err, .arena = ag_arena_new()};
    bool ok = find_table(&r) && check_hash(&r, hash, statements, n) && remember_dependents(&r) &&
              remember_views(&r) && remember_violations(&r) && run_statements(&r, statements, n) &&
              restore_counter(&r) && carry_over(&r, statements, n) && check_views(&r) &&
              check_violations(&r);
    /* Whatever happened: left on, it would make a user's RENAME TABLE leave children behind. */
    (void)sqlite3_exec(ag_lite_handle(conn), "PRAGMA legacy_alter_table = OFF", NULL, NULL, NULL);
    ag_arena_free(r.arena);
    return ok;
}

bool ag_lite_before_rebuild(ag_conn *conn, ag_error *err) {
    if (conn->driver->in_transaction(conn)) {
        return ag_fail(err, AG_FAILED,
                       "a table rebuild cannot start inside a transaction: foreign keys could not "
                       "be switched off");
    }
    return ag_conn_exec(conn, "PRAGMA foreign_keys = OFF", err);
}

/* The driver opens every connection with foreign keys off; see driver.c. */
bool ag_lite_after_rebuild(ag_conn *conn, ag_error *err) {
    return ag_conn_exec(conn, "PRAGMA legacy_alter_table = OFF", err);
}
