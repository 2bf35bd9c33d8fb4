/*
 * A folder with revision files and a SQLite database, for tests of the runner and offline SQL.
 */
#ifndef AG_TESTS_REV_PROJECT_H
#define AG_TESTS_REV_PROJECT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "dialect/dialect.h"
#include "revision/runner.h"

typedef struct rev_project {
    ag_arena *arena;
    char *folder;
    char *database;
    ag_graph *graph;
    ag_conn *conn;
    ag_run_options options;
    ag_buf log;     /**< what the events told. */
    int stop_after; /**< statements; 0 = never. */
    volatile sig_atomic_t cancelled;
} rev_project;

static inline void rev_die(const char *what, const ag_error *err) {
    (void)fprintf(stderr, "%s: %s (%s)\n", what, err->message, err->hint);
    abort();
}

static inline void rev_write(rev_project *p, const char *name, const char *text) {
    ag_error err;
    char *path = ag_path_join(p->arena, p->folder, ag_path_join(p->arena, "versions", name));
    if (!ag_dir_make(ag_path_dir(p->arena, path), &err) ||
        !ag_file_write(path, text, strlen(text), &err)) {
        rev_die(path, &err);
    }
}

/** A revision with both sections, for every dialect. */
static inline void rev_add(rev_project *p, const char *id, const char *downs, const char *up,
                           const char *down) {
    rev_write(p, ag_arena_printf(p->arena, "%s.sql", id),
              ag_arena_printf(p->arena,
                              "-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n\n"
                              "-- autogen:upgrade\n%s\n-- autogen:downgrade\n%s\n",
                              id, id, downs, up, down));
}

static inline void rev_connect(rev_project *p) {
    ag_error err;
    ag_open_options open = {.create = true, .busy_timeout_ms = 20000};
    ag_conn_close(p->conn);
    if (!ag_conn_open(ag_dialect_sqlite.driver, p->database, &open, &p->conn, &err)) {
        rev_die("open", &err);
    }
    p->options.conn = p->conn;
}

/** Reads the files again. */
static inline void rev_load(rev_project *p) {
    ag_error err;
    ag_strings places = {NULL, 0, 0};
    ag_vec_push(p->arena, &places, ag_path_join(p->arena, p->folder, "versions"));
    ag_graph_free(p->graph);
    p->graph = NULL;
    if (!ag_graph_load(&places, false, &p->graph, &err)) {
        rev_die("load", &err);
    }
    p->options.graph = p->graph;
}

static inline void rev_on_step(void *context, const ag_plan_step *step, size_t index, size_t n) {
    rev_project *p = context;
    (void)index;
    (void)n;
    ag_buf_printf(&p->log, "%s\n", ag_plan_step_text(p->arena, step));
}

static inline void rev_on_statement(void *context, const ag_rev_statement *statement, size_t index,
                                    size_t n) {
    rev_project *p = context;
    (void)statement;
    (void)index;
    (void)n;
    if (p->stop_after > 0 && --p->stop_after == 0) {
        p->cancelled = 1;
    }
}

static inline void rev_pause(void *context, int ms) {
    rev_project *p = context;
    ag_buf_puts(&p->log, ms > 0 ? "pause\n" : "");
}

static inline rev_project *rev_new(void) {
    ag_arena *arena = ag_arena_new();
    rev_project *p = ag_arena_new_of(arena, rev_project);
    p->arena = arena;
    p->folder = ag_arena_strdup(arena, "/tmp/ag_run_XXXXXX");
    if (mkdtemp(p->folder) == NULL) {
        abort();
    }
    p->database = ag_path_join(arena, p->folder, "app.db");
    p->options = (ag_run_options){
        .dialect = &ag_dialect_sqlite,
        .applied_by = "me@here",
        .tool_version = "0.1",
        .lock_retries = 3,
        .migration_lock_timeout_ms = 1000,
        .cancelled = &p->cancelled,
        .events = {.context = p,
                   .on_step = rev_on_step,
                   .on_statement = rev_on_statement,
                   .pause = rev_pause},
    };
    return p;
}

static inline void rev_end(rev_project *p) {
    ag_conn_close(p->conn);
    ag_graph_free(p->graph);
    ag_buf_release(&p->log);
    if (system(ag_arena_printf(p->arena, "rm -r '%s'", p->folder)) != 0) {
        abort();
    }
    ag_arena_free(p->arena);
}

/** All cells of a query: "a b|c d". */
static inline char *rev_ask(rev_project *p, const char *sql) {
    ag_error err;
    ag_rows rows = {.arena = p->arena};
    ag_buf buf = AG_BUF_INIT;
    if (!ag_conn_query(p->conn, sql, NULL, 0, &rows, &err)) {
        rev_die(sql, &err);
    }
    for (size_t r = 0; r < rows.rows.n; r++) {
        for (size_t c = 0; c < rows.n_columns; c++) {
            const char *cell = rows.rows.items[r][c];
            ag_buf_printf(&buf, "%s%s", c > 0 ? " " : r > 0 ? "|" : "", cell == NULL ? "~" : cell);
        }
    }
    char *text = ag_buf_copy(&buf, p->arena);
    ag_buf_release(&buf);
    return text;
}

/** Everything in the database but the bookkeeping: schema, rows of plain tables, versions. */
static inline char *rev_dump(rev_project *p) {
    ag_error err;
    ag_rows tables = {.arena = p->arena};
    ag_buf buf = AG_BUF_INIT;
    static const char schema[] =
        "SELECT type, name, sql FROM sqlite_schema WHERE name <> 'autogen_history' AND tbl_name <> "
        "'autogen_history' ORDER BY name";
    ag_buf_puts(&buf, rev_ask(p, schema));
    if (!ag_conn_query(p->conn,
                       "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> "
                       "'autogen_history' ORDER BY name",
                       NULL, 0, &tables, &err)) {
        rev_die("tables", &err);
    }
    for (size_t i = 0; i < tables.rows.n; i++) {
        const char *name = tables.rows.items[i][0];
        ag_buf_printf(&buf, "\n%s: %s", name,
                      rev_ask(p, ag_arena_printf(p->arena, "SELECT * FROM \"%s\"", name)));
    }
    char *text = ag_buf_copy(&buf, p->arena);
    ag_buf_release(&buf);
    return text;
}

/** Goes up or down; ends the test when that fails. */
static inline void rev_go(rev_project *p, bool up, const char *target) {
    ag_error err;
    ag_run_result result;
    bool ok = up ? ag_run_upgrade(&p->options, target, &result, &err)
                 : ag_run_downgrade(&p->options, target, &result, &err);
    if (!ok) {
        rev_die(target, &err);
    }
}

static const char rev_versions[] = "SELECT version_num FROM alembic_version ORDER BY 1";
static const char rev_history[] =
    "SELECT id, revision, direction, part, state, applied_by, tool_version FROM autogen_history";

/** a1, then b1 in three parts. */
static inline rev_project *rev_with_parts(const char *third) {
    rev_project *p = rev_new();
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    rev_add(
        p, "b1", "a1",
        ag_arena_printf(p->arena,
                        "INSERT INTO a VALUES (1);\n-- autogen:part\nINSERT INTO a VALUES (2);\n"
                        "-- autogen:part\n%s",
                        third),
        "DELETE FROM a WHERE x = 2;\n-- autogen:part\nDELETE FROM a;");
    rev_load(p);
    rev_connect(p);
    return p;
}

#endif
