/*
 * Random changes on PostgreSQL: a database and a copy of it that random valid DDL changed. The
 * operations between them bring the first to the second, with the same rows in it, and back.
 *
 * AG_TEST_SEED is the first seed, AG_TEST_SEEDS their number (a run by hand takes thousands).
 */
#include <inttypes.h>

#include "diff/rename.h"
#include "diff_random.h"
#include "pg_mutations.h"
#include "pg_round.h"

enum { N_SEEDS = 10, N_MUTATIONS = sizeof pg_mutations / sizeof *pg_mutations };

typedef struct trial {
    uint64_t seed;
    rng r;
    bool has_rows;
    unsigned n_old; /* what has a higher number was not there at the start */
    unsigned n_names;
    ag_arena *arena;
    pg_case *work, *goal;
    ag_strings start; /* statements that both databases ran */
    AG_VEC(ag_rename) renames;
} trial;

/* The text of a query with its numbers filled in. */
static char *filled(trial *t, const char *sql) {
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, pg_mutation_words);
    ag_buf_puts(&buf, pg_mutation_words_2);
    ag_buf_puts(&buf, "SELECT * FROM (");
    unsigned number = ++t->n_names;
    unsigned small = below(&t->r, 10);
    uint64_t choice = t->r.state;
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

static const pg_mutation *pick_mutation(trial *t, unsigned use) {
    unsigned sum = 0;
    for (size_t i = 0; i < N_MUTATIONS; i++) {
        sum += (pg_mutations[i].use & use) != 0 ? pg_mutations[i].weight : 0;
    }
    unsigned at = below(&t->r, sum);
    for (size_t i = 0;; i++) {
        unsigned weight = (pg_mutations[i].use & use) != 0 ? pg_mutations[i].weight : 0;
        if (at < weight) {
            return &pg_mutations[i];
        }
        at -= weight;
    }
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
    const pg_mutation *mutation = pick_mutation(t, use);
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
        if (strstr(err.message, "syntax error at") != NULL) {
            fail_msg("%s: %s", err.message, sql);
        }
        return false;
    }
    if (rows.n_columns > 1) {
        ag_rename rename = {rows.rows.items[0][1], ag_arena_printf(t->arena, "r%u", t->n_names)};
        ag_vec_push(t->arena, &t->renames, rename);
    }
    ag_vec_push(t->arena, &t->start, sql);
    return true;
}

static void fill_with_rows(trial *t) {
    for (int round = 0; round < 3; round++) {
        ag_rows rows = {.arena = t->arena};
        ag_error err = {0};
        if (!ag_conn_query(t->goal->conn, filled(t, pg_mutation_rows), NULL, 0, &rows, &err)) {
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

/* Says in the new schema what was called otherwise: names of the form r1 are given once. */
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
            }
        }
    }
}

/* The number in the name that something was made with; 0 when it has none. */
static unsigned number_in(const char *name) {
    const char *digits = name + strcspn(name, "0123456789");
    return *digits == '\0' ? 0 : (unsigned)strtoul(digits, NULL, 10);
}

/* The names of new columns that were renamed, as an array. */
static const char *new_names(const trial *t) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < t->renames.n; i++) {
        if (number_in(t->renames.items[i].from) > t->n_old) {
            ag_buf_printf(&buf, "%s%s", buf.n > 0 ? "," : "", t->renames.items[i].to);
        }
    }
    const char *names = ag_buf_copy(&buf, t->arena);
    ag_buf_release(&buf);
    return names;
}

/* All rows of all tables, in the columns that were there at the start. */
static const char *content(const trial *t, const pg_case *c) {
    ag_rows rows = {.arena = t->arena};
    ag_error err = {0};
    ag_buf all = AG_BUF_INIT;
    char *tables = ag_arena_printf(
        t->arena,
        "SELECT format('SELECT %%L || md5(coalesce(string_agg(x::text, ''|'' ORDER BY x::text), "
        "'''')) || count(*) FROM (SELECT %%s FROM ONLY %%s) x', t || ' ', string_agg(c, ', ' ORDER "
        "BY attname) FILTER (WHERE coalesce(substring(attname FROM '^(?:[aAg] "
        "?|é.*[^0-9])([0-9]+)$')::int, 0) "
        "<= %u AND attname <> ALL ('{%s}')), t) FROM col WHERE relkind = 'r' GROUP BY t ORDER BY "
        "t",
        t->n_old, new_names(t));
    char *sql = ag_arena_printf(t->arena, "%s%s%s", pg_mutation_words, pg_mutation_words_2, tables);
    if (!ag_conn_query(c->conn, sql, NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        ag_rows one = {.arena = t->arena};
        if (!ag_conn_query(c->conn, rows.rows.items[i][0], NULL, 0, &one, &err)) {
            fail_msg("%s: %s", err.message, rows.rows.items[i][0]);
        }
        ag_buf_printf(&all, "%s\n", one.rows.items[0][0]);
    }
    const char *text = ag_buf_copy(&all, t->arena);
    ag_buf_release(&all);
    return text;
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
    tell_renames(t, to);
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
        pg_round_same(what, content(t, t->goal), content(t, t->work));
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

static void test_seed(void **state) {
    trial t = {.seed = *(uint64_t *)*state, .arena = ag_arena_new()};
    char what[48];
    (void)snprintf(what, sizeof what, "seed %" PRIu64, t.seed);
    t.r = rng_of(t.seed);
    (void)below(&t.r, 2);
    t.has_rows = t.seed % 2 == 0;
    t.work = pg_round_open();
    t.goal = pg_round_open();
    pg_case_run(t.work->conn, "SET client_min_messages = error");
    pg_case_run(t.goal->conn, "SET client_min_messages = error");
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
    t.n_old = t.n_names;
    /* A text in old names and over old types is only known to mean the same. */
    unsigned use = CHANGES | (t.seed % 4 < 2 ? RENAMES : RETYPES) | (t.has_rows ? 0u : BARE);
    for (unsigned i = 1 + below(&t.r, t.seed % 3 == 0 ? 60 : 12); i > 0; i--) {
        (void)mutate(&t, use);
    }
    show("change", &t.start);
    go_there_and_back(&t, what);
    pg_round_close(t.goal);
    pg_round_close(t.work);
    ag_arena_free(t.arena);
}

static uint64_t number_of(const char *variable, uint64_t otherwise) {
    const char *text = getenv(variable);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
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
