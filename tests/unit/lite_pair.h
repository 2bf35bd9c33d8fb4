/*
 * A change pair: a SQLite database with rows, the schema it is to have, and everything that must be
 * true of the way there and back. What the change does not name stays: rows, rowids, counters,
 * indexes, triggers, views; the way back restores the stored texts token by token; the same script
 * on a database with an extra index and trigger keeps both; on a table that was altered by hand it
 * stops before touching it; each statement failing once leaves everything as it was.
 */
#ifndef AG_TESTS_LITE_PAIR_H
#define AG_TESTS_LITE_PAIR_H

#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"
#include "diff/diff.h"
#include "lite_kit.h"
#include "model/json.h"
#include "schema/node.h"
#include "sql/normal.h"

typedef struct pair {
    const char *name;
    const char *start;   /* structure and rows */
    const char *goal;    /* structure alone */
    const char *renames; /* "t.a=t.b;u=v"; NULL for none */
    bool is_partial;     /* the goal leaves kinds out, which stay as they are */
} pair;

/* A pair at work. */
typedef struct pairing {
    const pair *p;
    ag_arena *arena;
    ag_conn *goal;
    ag_schema *to;
    ag_diff_options options;
    ag_ops *up, *down;
    ag_script *up_script, *down_script;
} pairing;

#define PAIR_FAIL(w, ...)                                                                          \
    do {                                                                                           \
        print_message("pair %s:\n%s\n-- to\n%s\n", (w)->p->name, (w)->p->start, (w)->p->goal);     \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)

static inline const char *pair_text(pairing *w, ag_buf *buf) {
    const char *text = ag_buf_copy(buf, w->arena);
    ag_buf_release(buf);
    return text;
}

static inline bool pair_rows(pairing *w, ag_conn *conn, const char *sql, const char *param,
                             ag_rows *rows) {
    ag_error err = {0};
    rows->arena = w->arena;
    if (!ag_conn_query(conn, sql, &param, param == NULL ? 0 : 1, rows, &err)) {
        PAIR_FAIL(w, "%s\n%s", err.message, sql);
    }
    return rows->rows.n > 0;
}

/* ---- What a database holds ---- */

/* Every stored text by its tokens, so that layout and the quotes of identifiers do not count. */
static inline const char *pair_texts(pairing *w, ag_conn *conn) {
    ag_rows rows = {0};
    ag_buf out = AG_BUF_INIT;
    pair_rows(w, conn,
              "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE "
              "'sqlite%' ORDER BY type, name",
              NULL, &rows);
    for (size_t i = 0; i < rows.rows.n; i++) {
        const char **cells = rows.rows.items[i];
        ag_buf_printf(&out, "%s %s: ", cells[0], cells[1]);
        ag_sql_normalise(&out, AG_SQL_SQLITE, AG_SQL_TOKENS, ag_str_of(cells[2]));
        ag_buf_putc(&out, '\n');
    }
    return pair_text(w, &out);
}

static inline const char *pair_quoted(pairing *w, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_quote(&buf, name);
    return pair_text(w, &buf);
}

/* Rows of a query as lines, each value with its type. */
static inline const char *pair_values(pairing *w, ag_conn *conn, const char *table,
                                      const ag_strings *columns) {
    ag_buf sql = AG_BUF_INIT;
    for (size_t i = 0; i < columns->n; i++) {
        const char *sep = i == 0 ? "SELECT " : " || ' ' || ";
        ag_buf_printf(&sql, "%stypeof(%s) || quote(%s)", sep, columns->items[i], columns->items[i]);
    }
    ag_buf_printf(&sql, " FROM %s ORDER BY 1", table);
    ag_rows rows = {0};
    pair_rows(w, conn, pair_text(w, &sql), NULL, &rows);
    ag_buf out = AG_BUF_INIT;
    for (size_t i = 0; i < rows.rows.n; i++) {
        ag_buf_printf(&out, "%s\n", rows.rows.items[i][0]);
    }
    return pair_text(w, &out);
}

/* "name|type|notnull|hidden" of the columns of a table, and its rowid as one of them. */
static inline void pair_columns(pairing *w, ag_conn *conn, const char *table, ag_rows *out) {
    pair_rows(w, conn,
              "SELECT name, lower(type) || '|' || \"notnull\" || '|' || hidden FROM "
              "pragma_table_xinfo(?1) UNION ALL SELECT 'rowid', 'rowid' FROM pragma_table_list "
              "WHERE schema = 'main' AND name = ?1 AND NOT wr AND NOT EXISTS (SELECT 1 FROM "
              "pragma_table_info(?1) WHERE lower(name) = 'rowid' OR (pk AND lower(type) = "
              "'integer'))",
              table, out);
}

static inline const char *pair_renamed(pairing *w, const char *name) {
    for (size_t i = 0; i < w->options.renames.n; i++) {
        if (ag_text_ieq(w->options.renames.items[i].from, name)) {
            return w->options.renames.items[i].to;
        }
    }
    return name;
}

/* The columns that both sides have with the same type: what must keep its values. */
static inline void pair_common(pairing *w, ag_conn *a, const char *table, ag_conn *b,
                               const char *new_table, ag_strings *of_a, ag_strings *of_b) {
    ag_rows before = {0};
    ag_rows after = {0};
    pair_columns(w, a, table, &before);
    pair_columns(w, b, new_table, &after);
    for (size_t i = 0; i < before.rows.n; i++) {
        const char **old = before.rows.items[i];
        char *path = ag_arena_printf(w->arena, "%s.%s", table, old[0]);
        const char *renamed = pair_renamed(w, path);
        const char *name = renamed == path ? old[0] : strchr(renamed, '.') + 1;
        for (size_t k = 0; k < after.rows.n; k++) {
            const char **new = after.rows.items[k];
            bool is_stored = ag_text_ends(old[1], "0") || ag_text_ends(old[1], "rowid");
            if (is_stored && ag_text_ieq(new[0], name) && strcmp(new[1], old[1]) == 0) {
                ag_vec_push(w->arena, of_a, pair_quoted(w, old[0]));
                ag_vec_push(w->arena, of_b, pair_quoted(w, new[0]));
            }
        }
    }
}

static inline const char *pair_counter(pairing *w, ag_conn *conn, const char *table) {
    ag_rows rows = {0};
    if (!pair_rows(w, conn, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'", NULL,
                   &rows)) {
        return "none";
    }
    rows = (ag_rows){0};
    return pair_rows(w, conn, "SELECT seq FROM sqlite_sequence WHERE name = ?1", table, &rows)
               ? rows.rows.items[0][0]
               : "none";
}

/* Rows and counters of all tables that both have, of the columns that both have alike. */
static inline void pair_expect_kept(pairing *w, const char *what, ag_conn *a, ag_conn *b,
                                    bool renamed) {
    ag_rows tables = {0};
    ag_rows found = {0};
    pair_rows(w, a,
              "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
              "name NOT LIKE 'sqlite%'",
              NULL, &tables);
    for (size_t i = 0; i < tables.rows.n; i++) {
        const char *table = tables.rows.items[i][0];
        const char *new_table = renamed ? pair_renamed(w, table) : table;
        ag_strings of_a = {0};
        ag_strings of_b = {0};
        found = (ag_rows){0};
        if (!pair_rows(w, b, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
                       new_table, &found)) {
            continue;
        }
        pair_common(w, a, table, b, new_table, &of_a, &of_b);
        const char *old = of_a.n == 0 ? "" : pair_values(w, a, pair_quoted(w, table), &of_a);
        const char *new = of_b.n == 0 ? "" : pair_values(w, b, pair_quoted(w, new_table), &of_b);
        if (strcmp(old, new) != 0) {
            PAIR_FAIL(w, "%s: rows of %s\n%s-- became\n%s", what, table, old, new);
        }
        const char *counter = pair_counter(w, a, table);
        if (strcmp(counter, "none") != 0 && strcmp(counter, pair_counter(w, b, new_table)) != 0) {
            PAIR_FAIL(w, "%s: counter of %s was %s, is %s", what, table, counter,
                      pair_counter(w, b, new_table));
        }
    }
}

/* All there is, texts byte by byte. */
static inline const char *pair_content(pairing *w, ag_conn *conn) {
    ag_rows tables = {0};
    ag_buf out = AG_BUF_INIT;
    pair_rows(w, conn, "SELECT name, sql FROM sqlite_schema ORDER BY type, name", NULL, &tables);
    for (size_t i = 0; i < tables.rows.n; i++) {
        const char **cells = tables.rows.items[i];
        ag_buf_printf(&out, "%s %s\n", cells[0], cells[1] == NULL ? "" : cells[1]);
    }
    tables = (ag_rows){0};
    pair_rows(w, conn,
              "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
              "name <> 'sqlite_schema' ORDER BY name",
              NULL, &tables);
    for (size_t i = 0; i < tables.rows.n; i++) {
        ag_rows columns = {0};
        ag_strings names = {0};
        const char *table = tables.rows.items[i][0];
        pair_columns(w, conn, table, &columns);
        for (size_t k = 0; k < columns.rows.n; k++) {
            ag_vec_push(w->arena, &names, pair_quoted(w, columns.rows.items[k][0]));
        }
        ag_buf_puts(&out, pair_values(w, conn, pair_quoted(w, table), &names));
    }
    return pair_text(w, &out);
}

/* ---- Making the scripts ---- */

static inline ag_script *pair_script(pairing *w, const ag_ops *ops) {
    ag_script *script = ag_script_new();
    ag_compile_options options = {0};
    ag_error err = {0};
    for (size_t i = 0; i < ops->list.n; i++) {
        if (!ag_dialect_sqlite.compile(ops->list.items[i], &options, script, &err)) {
            PAIR_FAIL(w, "%s", err.message);
        }
    }
    return script;
}

static inline void pair_read_renames(pairing *w) {
    char *rest = ag_arena_strdup(w->arena, w->p->renames == NULL ? "" : w->p->renames);
    for (char *save = NULL, *word = strtok_r(rest, ";", &save); word != NULL;
         word = strtok_r(NULL, ";", &save)) {
        char *equals = strchr(word, '=');
        *equals = '\0';
        ag_rename rename = {.from = word, .to = equals + 1};
        ag_vec_push(NULL, &w->options.renames, rename);
    }
}

static inline void pair_plan(pairing *w, ag_conn *conn) {
    ag_schema *from = introspect(conn);
    ag_compile_options options = {0};
    ag_diff_result result = {0};
    ag_error err = {0};
    if (!ag_diff(&ag_dialect_sqlite, from, w->to, &w->options, &result, &err) ||
        !ag_dialect_sqlite.lower(result.ops, from, w->to, &options, &w->up, &w->down, &err)) {
        PAIR_FAIL(w, "%s", err.message);
    }
    w->up_script = pair_script(w, w->up);
    w->down_script = pair_script(w, w->down);
    ag_diff_result_release(&result);
    ag_schema_free(from);
}

/* ---- Running them, as the runner does ---- */

/* `fail_at` counts statements; the one of that number is replaced by one that cannot be. */
static inline bool pair_run(pairing *w, ag_conn *conn, const ag_script *script, size_t fail_at,
                            ag_error *err) {
    size_t n_seen = 0;
    bool ok = ag_lite_before_rebuild(conn, err) && ag_conn_exec(conn, "BEGIN IMMEDIATE", err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT) {
            ok = ag_conn_exec(conn, n_seen++ == fail_at ? "SELECT injected" : item->text, err);
        } else if (item->kind == AG_ITEM_REBUILD) {
            ag_strings block = {0};
            for (i++; script->items.items[i].kind != AG_ITEM_END; i++) {
                const char *sql = script->items.items[i].text;
                ag_vec_push(w->arena, &block, n_seen++ == fail_at ? "SELECT injected" : sql);
            }
            ok = ag_lite_run_rebuild(conn, item->table, item->hash, block.items, block.n, err);
        }
    }
    (void)ag_conn_exec(conn, ok ? "COMMIT" : "ROLLBACK", NULL);
    return ok && ag_lite_after_rebuild(conn, err);
}

static inline size_t pair_n_statements(const ag_script *script) {
    size_t n = 0;
    for (size_t i = 0; i < script->items.n; i++) {
        n += script->items.items[i].kind == AG_ITEM_STATEMENT;
    }
    return n;
}

static inline void pair_must_run(pairing *w, ag_conn *conn, const ag_script *script,
                                 const char *what) {
    ag_error err = {0};
    if (!pair_run(w, conn, script, SIZE_MAX, &err)) {
        for (size_t i = 0; i < script->items.n; i++) {
            print_message("  %s\n",
                          script->items.items[i].text == NULL ? "--" : script->items.items[i].text);
        }
        PAIR_FAIL(w, "%s: %s", what, err.message);
    }
}

static inline ag_conn *pair_open(const pair *p) {
    ag_conn *conn = open_memory();
    run_script(conn, p->start);
    return conn;
}

/* ---- What must be true ---- */

static inline void pair_expect_sound(pairing *w, const char *what, ag_conn *conn) {
    ag_rows rows = {0};
    pair_rows(w, conn, "SELECT * FROM pragma_integrity_check", NULL, &rows);
    if (strcmp(rows.rows.items[0][0], "ok") != 0) {
        PAIR_FAIL(w, "%s: %s", what, rows.rows.items[0][0]);
    }
    rows = (ag_rows){0};
    if (pair_rows(w, conn, "SELECT name FROM sqlite_schema WHERE name GLOB '_autogen*'", NULL,
                  &rows)) {
        PAIR_FAIL(w, "%s: %s is left behind", what, rows.rows.items[0][0]);
    }
}

/* What the pragmas know; keys and references that are added stand behind those there were. */
static inline void pair_catalog(sqlite3 *db, ag_buf *out) {
    catalog_query(db, out, "column",
                  "SELECT t.name, c.name, iif(lower(c.type) = 'int' AND NOT c.pk, 'integer',"
                  " lower(c.type)), c.\"notnull\", "
                  "nullif(upper(trim(c.dflt_value, '() ')), 'NULL'),"
                  " c.pk, c.hidden, t.wr, t.strict FROM pragma_table_list t JOIN"
                  " pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.type = 'table' AND"
                  " t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.name",
                  NULL);
    catalog_query(db, out, "index",
                  "SELECT t.name, iif(l.origin = 'c', l.name, ''), l.\"unique\", l.origin,"
                  " l.partial, (SELECT group_concat(coalesce(name, '-') || \"desc\" || lower(coll))"
                  " FROM pragma_index_xinfo(l.name) WHERE key) AS columns FROM pragma_table_list t"
                  " JOIN pragma_index_list(t.name) l WHERE t.schema = 'main' AND t.type = 'table'"
                  " ORDER BY 1, 2, 3, 4, 5, 6",
                  NULL);
    catalog_query(db, out, "reference",
                  "SELECT t.name, f.\"table\", group_concat(f.\"from\" || '>' || coalesce(f.\"to\","
                  " (SELECT name FROM pragma_table_info(f.\"table\") WHERE pk = f.seq + 1), '')), "
                  "f.on_update, f.on_delete FROM pragma_table_list t JOIN"
                  " pragma_foreign_key_list(t.name) f WHERE t.schema = 'main' AND t.type = 'table'"
                  " GROUP BY t.name, f.id ORDER BY 1, 2, 3, 4, 5",
                  NULL);
}

static inline void pair_expect_goal(pairing *w, ag_conn *conn) {
    ag_schema *now = introspect(conn);
    ag_diff_options options = {.compare_type = true, .compare_server_default = true};
    ag_diff_result result = {0};
    ag_error err = {0};
    if (!ag_diff(&ag_dialect_sqlite, now, w->to, &options, &result, &err)) {
        PAIR_FAIL(w, "%s", err.message);
    }
    for (size_t i = 0; i < result.ops->list.n; i++) {
        PAIR_FAIL(w, "still to do: %s", ag_op_describe(w->arena, result.ops->list.items[i]));
    }
    ag_diff_result_release(&result);
    ag_schema_free(now);
    if (!w->p->is_partial) {
        assert_same_by(pair_catalog, w->p->name, conn, w->goal);
    }
}

/* `through` was at the goal, `conn` has been there and back: what kept its type has its rows. */
static inline void pair_expect_back(pairing *w, ag_conn *before, ag_conn *through, ag_conn *conn) {
    ag_rows tables = {0};
    pair_rows(w, before,
              "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
              "name NOT LIKE 'sqlite%'",
              NULL, &tables);
    for (size_t i = 0; i < tables.rows.n; i++) {
        const char *table = tables.rows.items[i][0];
        ag_rows found = {0};
        ag_strings names = {0};
        ag_strings others = {0};
        if (!pair_rows(w, through, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
                       pair_renamed(w, table), &found)) {
            continue;
        }
        pair_common(w, before, table, through, pair_renamed(w, table), &names, &others);
        const char *was = names.n == 0 ? "" : pair_values(w, before, pair_quoted(w, table), &names);
        const char *is = names.n == 0 ? "" : pair_values(w, conn, pair_quoted(w, table), &names);
        if (strcmp(was, is) != 0) {
            PAIR_FAIL(w, "back: rows of %s\n%s-- became\n%s", table, was, is);
        }
        found = (ag_rows){0}; /* a counter that nothing uses may go with the one that was put on */
        bool counts = pair_rows(w, before,
                                "SELECT 1 FROM sqlite_schema WHERE name = ?1 AND sql LIKE "
                                "'%AUTOINCREMENT%'",
                                table, &found);
        if (counts && strcmp(pair_counter(w, before, table), pair_counter(w, conn, table)) != 0) {
            PAIR_FAIL(w, "back: counter of %s was %s, is %s", table, pair_counter(w, before, table),
                      pair_counter(w, conn, table));
        }
    }
}

static inline void pair_goes_there_and_back(pairing *w) {
    ag_conn *before = pair_open(w->p);
    ag_conn *through = pair_open(w->p);
    ag_conn *conn = pair_open(w->p);
    pair_must_run(w, through, w->up_script, "up");
    const char *texts = pair_texts(w, conn);
    pair_must_run(w, conn, w->up_script, "up");
    pair_expect_sound(w, "up", conn);
    pair_expect_goal(w, conn);
    pair_expect_kept(w, "up", before, conn, true);
    pair_must_run(w, conn, w->down_script, "down");
    pair_expect_sound(w, "down", conn);
    if (strcmp(texts, pair_texts(w, conn)) != 0) {
        PAIR_FAIL(w, "down: texts were\n%s-- are\n%s", texts, pair_texts(w, conn));
    }
    pair_expect_back(w, before, through, conn);
    ag_conn_close(before);
    ag_conn_close(through);
    ag_conn_close(conn);
}

/* An index and a trigger on every table that SQLite lets have them. */
static inline size_t pair_add_extras(pairing *w, ag_conn *conn) {
    ag_rows tables = {0};
    size_t n = 0;
    pair_rows(w, conn, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", NULL,
              &tables);
    for (size_t i = 0; i < tables.rows.n; i++) {
        const char *table = tables.rows.items[i][0];
        ag_rows kept = {0};
        bool stays = pair_rows(w, w->goal, "SELECT 1 FROM sqlite_schema WHERE name = ?1",
                               pair_renamed(w, table), &kept);
        const char *quoted = pair_quoted(w, table);
        const char *index = ag_arena_printf(w->arena, "CREATE INDEX x_ix%zu ON %s (1)", i, quoted);
        const char *trigger = ag_arena_printf(
            w->arena, "CREATE TRIGGER x_tr%zu AFTER DELETE ON %s BEGIN SELECT 1; END", i, quoted);
        if (stays && ag_conn_exec(conn, index, NULL)) {
            n += ag_conn_exec(conn, trigger, NULL) ? 2 : 1;
        }
    }
    return n;
}

static inline void pair_expect_extras(pairing *w, const char *what, ag_conn *conn, size_t n) {
    ag_rows rows = {0};
    pair_rows(w, conn, "SELECT 1 FROM sqlite_schema WHERE name GLOB 'x_[it][xr]*'", NULL, &rows);
    if (rows.rows.n != n) {
        PAIR_FAIL(w, "%s: %zu of %zu extra objects are left", what, rows.rows.n, n);
    }
}

static inline void pair_keeps_extras(pairing *w) {
    ag_conn *conn = pair_open(w->p);
    size_t n = pair_add_extras(w, conn);
    pair_must_run(w, conn, w->up_script, "up with extras");
    pair_expect_extras(w, "up", conn, n);
    pair_must_run(w, conn, w->down_script, "down with extras");
    pair_expect_extras(w, "down", conn, n);
    ag_conn_close(conn);
}

/* Every table that is rebuilt, altered by hand. */
static inline void pair_stops_at_altered(pairing *w) {
    for (size_t i = 0; i < w->up_script->items.n; i++) {
        const ag_item *item = &w->up_script->items.items[i];
        ag_rows found = {0};
        ag_error err = {0};
        if (item->kind != AG_ITEM_REBUILD) {
            continue;
        }
        ag_conn *conn = pair_open(w->p);
        const char *table = pair_quoted(w, item->table);
        char *sql = ag_arena_printf(w->arena, "ALTER TABLE %s ADD COLUMN by_hand TEXT", table);
        if (pair_rows(w, conn, "SELECT 1 FROM sqlite_schema WHERE name = ?1", item->table,
                      &found)) {
            run_script(conn, sql);
            const char *before = pair_content(w, conn);
            if (pair_run(w, conn, w->up_script, SIZE_MAX, &err) || err.code != AG_HISTORY) {
                PAIR_FAIL(w, "altered %s: %s", table, err.message);
            }
            assert_string_equal(before, pair_content(w, conn));
        }
        ag_conn_close(conn);
    }
}

static inline void pair_survives_faults(pairing *w) {
    ag_conn *conn = pair_open(w->p);
    const char *before = pair_content(w, conn);
    for (size_t i = 0; i < pair_n_statements(w->up_script); i++) {
        ag_error err = {0};
        if (pair_run(w, conn, w->up_script, i, &err)) {
            PAIR_FAIL(w, "statement %zu did not fail", i);
        }
        assert_string_equal(before, pair_content(w, conn));
    }
    pair_must_run(w, conn, w->up_script, "up after faults");
    const char *after = pair_content(w, conn);
    for (size_t i = 0; i < pair_n_statements(w->down_script); i++) {
        ag_error err = {0};
        if (pair_run(w, conn, w->down_script, i, &err)) {
            PAIR_FAIL(w, "statement %zu of the way back did not fail", i);
        }
        assert_string_equal(after, pair_content(w, conn));
    }
    ag_conn_close(conn);
}

/* The model is the goal as it was read, or as its export in JSON is. */
static inline void check_pair_with(const pair *p, bool is_as_read) {
    pairing w = {.p = p, .arena = ag_arena_new()};
    w.options.compare_type = w.options.compare_server_default = true;
    pair_read_renames(&w);
    w.goal = open_memory();
    run_script(w.goal, p->goal);
    ag_schema *goal = introspect(w.goal);
    w.to = is_as_read ? introspect(w.goal) : through_json(goal);
    if (!p->is_partial) { /* a model without views says nothing about views; this one does */
        ag_schema_cover(w.to, AG_VIEW);
        ag_schema_cover(w.to, AG_TRIGGER);
    }
    ag_conn *conn = pair_open(p);
    pair_plan(&w, conn);
    ag_conn_close(conn);
    pair_goes_there_and_back(&w);
    pair_keeps_extras(&w);
    pair_stops_at_altered(&w);
    pair_survives_faults(&w);
    ag_schema_free(goal);
    ag_schema_free(w.to);
    ag_script_free(w.up_script);
    ag_script_free(w.down_script);
    ag_ops_free(w.up);
    ag_ops_free(w.down);
    ag_vec_release(&w.options.renames);
    ag_conn_close(w.goal);
    ag_arena_free(w.arena);
}

static inline void check_pair(const pair *p) {
    check_pair_with(p, false);
}

#endif
