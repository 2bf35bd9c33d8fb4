/*
 * Random changes on PostgreSQL: a database and a copy of it that random valid DDL changed. The
 * operations between them bring the first to the second, with the same rows in it, and back.
 *
 * AG_TEST_SEED is the first seed, AG_TEST_SEEDS their number (a run by hand takes thousands),
 * AG_TEST_CHANGES how many changes each tries.
 */
#include <inttypes.h>

#include "diff/rename.h"
#include "diff_random.h"
#include "model/json.h"
#include "pg_mutations.h"
#include "pg_round.h"

enum { N_SEEDS = 10 };

typedef struct rename_told {
    const char *from, *to;
} rename_told;

typedef struct trial {
    uint64_t seed;
    rng r;
    bool has_rows, tells_renames;
    unsigned n_names;
    ag_arena *arena;
    pg_mutations all;
    pg_case *work, *goal;
    ag_strings start; /* statements that both databases ran */
    AG_VEC(rename_told) renames;
} trial;

/* The text of a query with its numbers filled in. */
static char *filled(trial *t, const char *sql) {
    ag_buf buf = AG_BUF_INIT;
    unsigned number = ++t->n_names;
    unsigned small = below(&t->r, 10);
    uint64_t choice = t->r.state;
    pg_case_run(t->goal->conn,
                ag_arena_printf(t->arena, "SET ag.choice = '%" PRIu64 "'; SET ag.number = '%u'",
                                choice, number));
    ag_buf_puts(&buf, "SELECT * FROM (");
    for (const char *p = sql; *p != '\0'; p++) {
        if (p[0] == '$' && p[1] == 'N') {
            ag_buf_printf(&buf, "%u", number);
            p++;
        } else if (p[0] == '$' && p[1] == 'R') {
            ag_buf_printf(&buf, "%u", small);
            p++;
        } else if (p[0] == '$' && p[1] == 'S') {
            ag_buf_printf(&buf, "%" PRIu64, choice);
            p++;
        } else {
            ag_buf_putn(&buf, p, 1);
        }
    }
    ag_buf_printf(&buf, ") choice (one) WHERE one IS NOT NULL ORDER BY md5(one || '%" PRIu64 "')",
                  choice);
    char *text = ag_buf_copy(&buf, t->arena);
    ag_buf_release(&buf);
    return text;
}

static bool is_shown(void) {
    return getenv("AG_TEST_SHOW") != NULL;
}

/* All the statements of a text, or none. */
static bool runs(trial *t, ag_conn *conn, const char *sql, ag_error *err) {
    ag_statements list = {NULL, 0, 0};
    bool ok = ag_sql_split(t->arena, AG_SQL_POSTGRES, "change", ag_str_of(sql), &list, err) &&
              ag_conn_exec(conn, "BEGIN", err);
    for (size_t i = 0; ok && i < list.n; i++) {
        const ag_str one = list.items[i].sql;
        ok = ag_conn_exec(conn, ag_arena_strndup(t->arena, one.p, one.n), err);
    }
    return ag_conn_exec(conn, ok ? "COMMIT" : "ROLLBACK", ok ? err : NULL) && ok;
}

/* Changes the goal in some way; false when there is none, or the server does not want it. */
static bool mutate(trial *t, unsigned use) {
    const pg_mutation *mutation =
        pg_mutations_at(&t->all, use, below(&t->r, pg_mutations_weight(&t->all, use)));
    ag_rows rows = {.arena = t->arena};
    ag_error err = {0};
    char *query = filled(t, mutation->sql);
    if (!ag_conn_query(t->goal->conn, ag_arena_printf(t->arena, "%s LIMIT 1", query), NULL, 0,
                       &rows, &err)) {
        fail_msg("%s: %s", err.message, mutation->sql);
    }
    if (rows.rows.n == 0) {
        return false;
    }
    const char *sql = rows.rows.items[0][0];
    if (!runs(t, t->goal->conn, sql, &err)) {
        if (strstr(err.message, "syntax error at") != NULL &&
            pg_case_lacks(t->goal->conn, sql) == 0) {
            fail_msg("%s: %s", err.message, sql);
        }
        return false;
    }
    if (rows.n_columns > 1) {
        rename_told rename = {rows.rows.items[0][1], rows.rows.items[0][2]};
        ag_vec_push(t->arena, &t->renames, rename);
    }
    ag_vec_push(t->arena, &t->start, sql);
    return true;
}

static void fill_with_rows(trial *t) {
    for (int round = 0; round < 3; round++) {
        ag_rows rows = {.arena = t->arena};
        ag_error err = {0};
        if (!ag_conn_query(t->goal->conn, filled(t, t->all.rows), NULL, 0, &rows, &err)) {
            fail_msg("%s", err.message);
        }
        for (size_t i = 0; i < rows.rows.n; i++) {
            if (ag_conn_exec(t->goal->conn, rows.rows.items[i][0], NULL)) {
                ag_vec_push(t->arena, &t->start, rows.rows.items[i][0]);
            }
        }
    }
}

static void show(const char *what, const ag_strings *statements) {
    for (size_t i = 0; is_shown() && i < statements->n; i++) {
        print_message("%s: %s;\n", what, statements->items[i]);
    }
}

/* Says in the new schema what was called otherwise: such a name is given once. */
static void tell_renames(const trial *t, const ag_schema *to) {
    ag_renameables items = {NULL, 0, 0};
    ag__list_renameables(t->arena, to, &items);
    for (size_t i = 0; i < items.n; i++) {
        const ag_renameable *item = &items.items[i];
        for (size_t j = 0; j < t->renames.n; j++) {
            const char *former = t->renames.items[j].from;
            if (!ag_text_eq(t->renames.items[j].to, item->name)) {
                continue;
            }
            union {
                const void *node;
                ag_table *table;
                ag_column *column;
                ag_constraint *constraint;
                ag_index *index;
                ag_enum *enum_;
                ag_enum_value *value;
                ag_sequence *sequence;
                ag_domain *domain;
                ag_composite *composite;
            } is = {.node = item->node};
            if (item->kind == AG_TABLE) {
                is.table->renamed_from = former;
            } else if (item->kind == AG_COLUMN) {
                is.column->renamed_from = former;
            } else if (item->kind == AG_CONSTRAINT) {
                is.constraint->renamed_from = former;
            } else if (item->kind == AG_INDEX) {
                is.index->renamed_from = former;
            } else if (item->kind == AG_ENUM) {
                is.enum_->renamed_from = former;
            } else if (item->kind == AG_N_KINDS) {
                is.value->renamed_from = former;
            } else if (item->kind == AG_SEQUENCE) {
                is.sequence->renamed_from = former;
            } else if (item->kind == AG_DOMAIN) {
                is.domain->renamed_from = former;
            } else if (item->kind == AG_COMPOSITE) {
                is.composite->renamed_from = former;
            }
        }
    }
}

/* What is there at the start, to be found in the goal whatever it is called then. */
static void remember_columns(trial *t) {
    pg_case_run(t->goal->conn,
                "CREATE TEMP TABLE old_tab AS SELECT oid FROM tab WHERE relkind = 'r';"
                "CREATE TEMP TABLE old_col AS SELECT oid, attnum FROM col");
}

/* Queries of all rows of the tables that were there at the start, in their columns of that time. */
static ag_rows content_queries(trial *t) {
    ag_rows rows = {.arena = t->arena};
    ag_error err = {0};
    if (!ag_conn_query(
            t->goal->conn,
            "SELECT format('SELECT %L || md5(coalesce(string_agg(x::text, ''|'' ORDER BY x::text "
            "COLLATE \"C\"), '''')) || count(*) FROM (SELECT %s FROM ONLY %s) x', t || ' ', "
            "(SELECT string_agg(c, ', ' ORDER BY attname) FROM col JOIN old_col USING (oid, "
            "attnum) "
            "WHERE col.oid = tab.oid), t) FROM tab JOIN old_tab USING (oid) WHERE relkind = 'r' "
            "ORDER BY t",
            NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    return rows;
}

static const char *content(const trial *t, const pg_case *c, const ag_rows *queries) {
    ag_buf all = AG_BUF_INIT;
    for (size_t i = 0; i < queries->rows.n; i++) {
        const char *sql = queries->rows.items[i][0];
        ag_rows one = {.arena = t->arena};
        ag_error err = {0};
        if (!ag_conn_query(c->conn, sql, NULL, 0, &one, &err)) {
            fail_msg("%s: %s", err.message, sql);
        }
        ag_buf_printf(&all, "%s\n", one.rows.items[0][0]);
    }
    const char *text = ag_buf_copy(&all, t->arena);
    ag_buf_release(&all);
    return text;
}

/* The model that `inspect` writes reads back as the same. */
static void check_model(const ag_schema *schema) {
    ag_buf json = AG_BUF_INIT;
    ag_error err = {0};
    ag_diags diags = AG_DIAGS_INIT;
    ag_schema *again = NULL;
    if (!ag_model_write_json(schema, &ag_dialect_postgresql, &json, &err)) {
        fail_msg("model: %s", err.message);
    }
    ag_json_source source = {.file = "model.json", .text = ag_buf_text(&json), .n = json.n};
    if (!ag_model_read_json_texts(&source, 1, &ag_dialect_postgresql, &again, &diags, &err)) {
        fail_msg("model: %s", err.message);
    }
    assert_int_equal(pg_round_distance(schema, again), 0);
    ag_schema_free(again);
    ag_diags_release(&diags);
    ag_buf_release(&json);
}

/* What "serial" makes beside an unlogged table is unlogged only since PostgreSQL 15. */
static const char *view(const trial *t, const pg_case *c) {
    char *dump = pg_round_dump(t->arena, c);
    static const char word[] = "CREATE UNLOGGED SEQUENCE";
    for (char *p = strstr(dump, word); p != NULL; p = strstr(p, word)) {
        (void)memmove(p + 7, p + 16, strlen(p + 16) + 1);
    }
    return pg_round_loose(t->arena, dump);
}

static void go_there_and_back(trial *t, const char *what) {
    ag_schema *from = pg_case_read(t->work);
    ag_schema *to = pg_case_read(t->goal);
    check_model(to);
    if (t->tells_renames) {
        tell_renames(t, to);
    }
    const char *before = view(t, t->work);
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    if (!pg_round_plan(from, to, &up, &down)) {
        fail_msg("%s: no plan", what);
    }
    if (!pg_round_run(t->work, what, up)) {
        /* What was filled by a default that is gone, or cast in another way. */
        if (!t->has_rows || !pg_round_is_of_rows(&pg_round_last)) {
            fail_msg("%s: the way there", what);
        }
        ag_ops_free(up);
        ag_ops_free(down);
        ag_schema_free(from);
        ag_schema_free(to);
        return;
    }
    pg_round_same(what, view(t, t->goal), view(t, t->work));
    if (t->has_rows) {
        ag_rows queries = content_queries(t);
        pg_round_same(what, content(t, t->goal, &queries), content(t, t->work, &queries));
    }
    ag_schema *now = pg_case_read(t->work);
    assert_int_equal(pg_round_distance(now, to), 0);
    if (pg_round_run(t->work, what, down)) {
        pg_round_same(what, before, view(t, t->work));
    } else if (!t->has_rows || !pg_round_is_of_rows(&pg_round_last)) {
        fail_msg("%s: the way back", what);
    }
    ag_schema_free(now);
    ag_ops_free(up);
    ag_ops_free(down);
    ag_schema_free(from);
    ag_schema_free(to);
}

static uint64_t number_of(const char *variable, uint64_t otherwise) {
    const char *text = getenv(variable);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void test_seed(void **state) {
    trial t = {.seed = *(uint64_t *)*state, .arena = ag_arena_new()};
    char what[48];
    (void)snprintf(what, sizeof what, "seed %" PRIu64, t.seed);
    t.r = rng_of(t.seed);
    (void)below(&t.r, 2);
    t.has_rows = t.seed % 2 == 0;
    t.tells_renames = t.has_rows || t.seed % 8 != 1;
    t.work = pg_round_open();
    t.goal = pg_round_open();
    pg_mutations_read(t.arena, &t.all);
    pg_case_run(t.work->conn, "SET client_min_messages = error");
    pg_case_run(t.goal->conn, "SET client_min_messages = error");
    pg_case_run(t.goal->conn, t.all.words);
    for (unsigned i = 10 + below(&t.r, 50); i > 0; i--) {
        (void)mutate(&t, MAKES);
    }
    if (t.has_rows) {
        fill_with_rows(&t);
    }
    for (size_t i = 0; i < t.start.n; i++) {
        pg_case_run(t.work->conn, t.start.items[i]);
    }
    show("start", &t.start);
    t.start.n = 0;
    remember_columns(&t);
    /* A text in old names and over old types is only known to mean the same. */
    unsigned use = CHANGES | (t.seed % 4 < 2 ? RENAMES : RETYPES) | (t.has_rows ? 0u : BARE);
    unsigned n = (unsigned)number_of("AG_TEST_CHANGES", 1 + below(&t.r, t.seed % 3 == 0 ? 60 : 12));
    for (unsigned i = n; i > 0; i--) {
        (void)mutate(&t, use);
    }
    show("change", &t.start);
    go_there_and_back(&t, what);
    pg_round_close(t.goal);
    pg_round_close(t.work);
    ag_arena_free(t.arena);
}

int main(void) {
    pg_case_need();
    uint64_t first = number_of("AG_TEST_SEED", 1);
    size_t n = (size_t)number_of("AG_TEST_SEEDS", N_SEEDS);
    struct CMUnitTest *tests = calloc(n, sizeof *tests);
    uint64_t *seeds = calloc(n, sizeof *seeds);
    for (size_t i = 0; i < n; i++) {
        seeds[i] = first + i;
        tests[i] =
            (struct CMUnitTest){.name = "seed", .test_func = test_seed, .initial_state = &seeds[i]};
    }
    int status = _cmocka_run_group_tests("random changes", tests, n, NULL, NULL);
    free(seeds);
    free(tests);
    return status;
}
