/*
 * For tests that write to PostgreSQL: differences compiled and run part by part, and databases
 * compared by what pg_dump says of them.
 */
#ifndef AG_TESTS_PG_ROUND_H
#define AG_TESTS_PG_ROUND_H

#include "pg_case.h"

#include "base/str.h"
#include "diff/diff.h"

static inline pg_case *pg_round_open(void) {
    void *state = NULL;
    (void)pg_case_setup(&state);
    return state;
}

static inline void pg_round_close(pg_case *c) {
    void *state = c;
    (void)pg_case_teardown(&state);
}

/** The text of a file; free it. */
static inline char *pg_round_file(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    ag_buf text = AG_BUF_INIT;
    char chunk[4096];
    for (size_t n = fread(chunk, 1, sizeof chunk, file); n > 0;
         n = fread(chunk, 1, sizeof chunk, file)) {
        ag_buf_putn(&text, chunk, n);
    }
    fclose(file);
    return ag_buf_steal(&text);
}

/** Lines of pg_dump that say something of the schema. */
static inline bool pg_round_is_noise(const char *line) {
    static const char *const starts[] = {"--", "SET ", "SELECT pg_catalog.set_config", "\\", "\n"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (ag_text_starts(line, starts[i])) {
            return true;
        }
    }
    return false;
}

/** What pg_dump --schema-only prints, noise aside; in the arena. */
static inline char *pg_round_dump(ag_arena *arena, const pg_case *c) {
    char command[700];
    (void)snprintf(command, sizeof command,
                   "pg_dump --schema-only --no-owner --no-privileges -d '%s'", c->target);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    ag_buf text = AG_BUF_INIT;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, pipe) > 0) {
        if (!pg_round_is_noise(line)) {
            ag_buf_puts(&text, line);
        }
    }
    free(line);
    assert_int_equal(pclose(pipe), 0);
    char *copy = ag_buf_copy(&text, arena);
    ag_buf_release(&text);
    return copy;
}

static inline int pg_round_order(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/** The pieces of a text between separators, sorted and joined by lines. */
static inline char *pg_round_sorted(ag_arena *arena, const char *text, const char *separator) {
    AG_VEC(char *) pieces = {NULL, 0, 0};
    for (const char *at = text; *at != '\0';) {
        const char *end = strstr(at, separator);
        size_t n = end == NULL ? strlen(at) : (size_t)(end - at);
        ag_vec_push(arena, &pieces, ag_arena_strndup(arena, at, n));
        at += end == NULL ? n : n + strlen(separator);
    }
    if (pieces.n > 0) {
        qsort(pieces.items, pieces.n, sizeof *pieces.items, pg_round_order);
    }
    ag_buf all = AG_BUF_INIT;
    for (size_t i = 0; i < pieces.n; i++) {
        ag_buf_printf(&all, "%s\n", pieces.items[i]);
    }
    char *copy = ag_buf_copy(&all, arena);
    ag_buf_release(&all);
    return copy;
}

/** Lines in one order, and without the commas at their ends. */
static inline char *pg_round_lines(ag_arena *arena, char *one) {
    char *to = one;
    for (const char *p = one; *p != '\0'; p++) {
        if (!(*p == ',' && p[1] == '\n')) {
            *to++ = *p;
        }
    }
    *to = '\0';
    char *sorted = pg_round_sorted(arena, one, "\n");
    for (char *p = sorted; *p != '\0'; p++) {
        *p = *p == '\n' ? '|' : *p;
    }
    return sorted;
}

/** Statistics name their columns in the order of the table's. */
static inline char *pg_round_words(ag_arena *arena, char *one) {
    for (char *p = one; *p != '\0'; p++) {
        *p = *p == ',' ? ' ' : *p;
    }
    char *sorted = pg_round_sorted(arena, one, " ");
    for (char *p = sorted; *p != '\0'; p++) {
        *p = *p == '\n' ? '|' : *p;
    }
    return sorted;
}

/** Statement by statement, and without regard to the position of columns. */
static inline char *pg_round_loose(ag_arena *arena, const char *dump) {
    ag_buf all = AG_BUF_INIT;
    ag_statements list = {NULL, 0, 0};
    if (!ag_sql_split(arena, AG_SQL_POSTGRES, "dump", ag_str_of(dump), &list, NULL)) {
        fail_msg("what pg_dump printed does not split");
    }
    for (size_t i = 0; i < list.n; i++) {
        char *one = ag_arena_strndup(arena, list.items[i].sql.p, list.items[i].sql.n);
        bool has_columns = (strstr(one, " TABLE ") != NULL || strstr(one, " TYPE ") != NULL) &&
                           strchr(one, '(') != NULL;
        ag_buf_printf(&all, "%s\f",
                      has_columns                                 ? pg_round_lines(arena, one)
                      : ag_text_starts(one, "CREATE STATISTICS ") ? pg_round_words(arena, one)
                                                                  : one);
    }
    char *sorted = pg_round_sorted(arena, ag_buf_text(&all), "\f");
    ag_buf_release(&all);
    return sorted;
}

/** For a look at what differs: AG_TEST_KEEP names a folder. */
static inline void pg_round_keep(const char *folder, const char *name, const char *text) {
    char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        (void)fputs(text, file);
        (void)fclose(file);
    }
}

/** Fails with the first lines that differ. */
static inline void pg_round_same(const char *what, const char *expected, const char *got) {
    size_t line_start = 0;
    size_t i = 0;
    for (; expected[i] != '\0' && expected[i] == got[i]; i++) {
        line_start = expected[i] == '\n' ? i + 1 : line_start;
    }
    if (expected[i] != got[i]) {
        const char *folder = getenv("AG_TEST_KEEP");
        if (folder != NULL) {
            pg_round_keep(folder, "expected.sql", expected);
            pg_round_keep(folder, "got.sql", got);
        }
        fail_msg("%s: databases differ\n--- expected\n%.400s\n--- got\n%.400s", what,
                 expected + line_start, got + line_start);
    }
}

/* What the server refused last. */
static ag_error pg_round_last;

/** Rows that do not fit: a cast that fails, a constraint that they break. */
static inline bool pg_round_is_of_rows(const ag_error *err) {
    return ag_text_starts(err->sqlstate, "22") || ag_text_starts(err->sqlstate, "23");
}

static inline bool pg_round_exec(const pg_case *c, const char *what, const char *sql) {
    pg_round_last = (ag_error){0};
    if (!ag_conn_exec(c->conn, sql, &pg_round_last)) {
        print_error("%s: %s %s\n%.2000s\n", what, pg_round_last.sqlstate, pg_round_last.message,
                    sql);
        return false;
    }
    return true;
}

/** Runs lowered operations, part by part, as the runner would. */
static inline bool pg_round_run(const pg_case *c, const char *what, const ag_ops *ops) {
    const ag_compile_options options = {.concurrently = true};
    ag_script *script = ag_script_new();
    ag_error err = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        ok = ag_dialect_postgresql.compile(ops->list.items[i], &options, script, &err);
        if (!ok) {
            print_error("%s: %s\n", what, err.message);
        }
    }
    ok = ok && pg_round_exec(c, what, "BEGIN");
    for (size_t i = 0; ok && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT) {
            if (getenv("AG_TEST_SHOW") != NULL) {
                print_message("%s;\n", item->text);
            }
            ok = pg_round_exec(c, what, item->text);
        } else if (item->kind == AG_ITEM_PART) {
            ok = pg_round_exec(c, what, "COMMIT") && pg_round_exec(c, what, "BEGIN");
        } else if (item->kind == AG_ITEM_AUTOCOMMIT) {
            ok = pg_round_exec(c, what, "COMMIT");
        } else if (item->kind == AG_ITEM_TRANSACTION) {
            ok = pg_round_exec(c, what, "BEGIN");
        }
    }
    ok = ok && pg_round_exec(c, what, "COMMIT");
    ag_script_free(script);
    return ok;
}

/** Both ways from one schema to another; free them with ag_ops_free. */
static inline bool pg_round_plan(const ag_schema *from, const ag_schema *to, ag_ops **up,
                                 ag_ops **down) {
    const ag_compile_options options = {.concurrently = true};
    ag_diff_result diff = {0};
    ag_error err = {0};
    bool ok = ag_diff(&ag_dialect_postgresql, from, to, NULL, &diff, &err);
    for (size_t i = 0; ok && getenv("AG_TEST_SHOW") != NULL && i < diff.ops->list.n; i++) {
        print_message("op: %s\n", ag_op_describe(diff.arena, diff.ops->list.items[i]));
    }
    if (ok) {
        ok = ag_dialect_postgresql.lower(diff.ops, from, to, &options, up, down, &err);
        ag_diff_result_release(&diff);
    }
    if (!ok) {
        print_error("%s\n", err.message);
    }
    return ok;
}

/** Runs the statements of one operation; the server may refuse them. */
static inline bool pg_round_op(const pg_case *c, const ag_op *op, ag_error *err) {
    const ag_compile_options options = {.concurrently = true};
    ag_script *script = ag_script_new();
    bool ok = ag_dialect_postgresql.compile(op, &options, script, err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        ok = item->kind != AG_ITEM_STATEMENT || ag_conn_exec(c->conn, item->text, err);
    }
    ag_script_free(script);
    return ok;
}

/** The one number that a query answers; NULL is 0. */
static inline long pg_round_number(const pg_case *c, const char *sql) {
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    ag_error err;
    if (!ag_conn_query(c->conn, sql, NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    const char *text = rows.rows.items[0][0];
    long n = text == NULL ? 0 : strtol(text, NULL, 10);
    ag_arena_free(arena);
    return n;
}

/** How many operations lead from one schema to another. */
static inline size_t pg_round_distance(const ag_schema *from, const ag_schema *to) {
    ag_diff_result diff = {0};
    ag_error err = {0};
    if (!ag_diff(&ag_dialect_postgresql, from, to, NULL, &diff, &err)) {
        fail_msg("%s", err.message);
    }
    size_t n = diff.ops->list.n;
    for (size_t i = 0; i < n; i++) {
        print_error("left: %s\n", ag_op_describe(diff.arena, diff.ops->list.items[i]));
    }
    ag_diff_result_release(&diff);
    return n;
}

static inline const char *pg_round_view(ag_arena *arena, const pg_case *c, bool is_loose) {
    char *dump = pg_round_dump(arena, c);
    return is_loose ? pg_round_loose(arena, dump) : dump;
}

/**
 * Brings `work` to the schema of `goal` and back: afterwards it must be as at the start, and in
 * between equal to `goal`, by pg_dump and by the differ.
 */
static inline void pg_round_trip(const char *what, const pg_case *work, const pg_case *goal,
                                 bool is_loose) {
    ag_arena *arena = ag_arena_new();
    ag_schema *from = pg_case_read(work);
    ag_schema *to = pg_case_read(goal);
    const char *before = pg_round_view(arena, work, is_loose);
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    if (!pg_round_plan(from, to, &up, &down) || !pg_round_run(work, what, up)) {
        fail_msg("%s: the way there", what);
    }
    pg_round_same(what, pg_round_view(arena, goal, is_loose), pg_round_view(arena, work, is_loose));
    ag_schema *now = pg_case_read(work);
    assert_int_equal(pg_round_distance(now, to), 0);
    if (!pg_round_run(work, what, down)) {
        fail_msg("%s: the way back", what);
    }
    pg_round_same(what, before, pg_round_view(arena, work, is_loose));
    ag_schema_free(now);
    ag_ops_free(up);
    ag_ops_free(down);
    ag_schema_free(from);
    ag_schema_free(to);
    ag_arena_free(arena);
}

#endif
