/*
 * The differ on real databases: random pairs of PostgreSQL schemas, both introspected. The lowered
 * and compiled operations run on the first and make it the second; then back.
 */
#include <inttypes.h>

#include "diff_random.h"
#include "pg_round.h"

#ifndef FIRST_PAIR
#define FIRST_PAIR 1
#endif
#ifndef N_PAIRS
#define N_PAIRS 40
#endif

static const char *pick_type(rng *r) {
    return PICK(r, "integer", "bigint", "text", "varchar(20)", "numeric(10,2)", "timestamptz",
                "mood", "mood[]", "small");
}

static void put_column(rng *r, ag_buf *sql, unsigned i) {
    const char *type = pick_type(r);
    ag_buf_printf(sql, ",\n  c%u %s", i, type);
    if (chance(r, 25)) {
        ag_buf_puts(sql, " NOT NULL");
    }
    if (strcmp(type, "integer") == 0) {
        ag_buf_puts(sql, PICK(r, "", " DEFAULT 0", " DEFAULT nextval('s0')", " DEFAULT f0(1)",
                              " GENERATED ALWAYS AS (id * 2) STORED"));
    } else if (strcmp(type, "text") == 0) {
        ag_buf_puts(sql, PICK(r, "", " DEFAULT 'x'", " COLLATE \"C\"", " UNIQUE"));
    } else if (strcmp(type, "mood") == 0) {
        ag_buf_puts(sql, PICK(r, "", " DEFAULT 'ok'"));
    }
}

static void put_table(rng *r, ag_buf *sql, ag_buf *late, unsigned i) {
    unsigned n = 1 + below(r, 5);
    ag_buf_printf(
        sql, "CREATE TABLE t%u (\n  id integer %s", i,
        PICK(r, "PRIMARY KEY", "PRIMARY KEY", "UNIQUE", "GENERATED ALWAYS AS IDENTITY UNIQUE"));
    for (unsigned c = 0; c < n; c++) {
        put_column(r, sql, c);
    }
    if (chance(r, 40)) {
        ag_buf_printf(sql, ",\n  %sCHECK (id > %u)", PICK(r, "", "CONSTRAINT ck "), below(r, 3));
    }
    if (chance(r, 30)) {
        if (chance(r, 50)) {
            ag_buf_printf(sql, ",\n  CONSTRAINT n%u", below(r, 2) * 4 + i);
        } else {
            ag_buf_puts(sql, ",\n ");
        }
        ag_buf_printf(sql, " UNIQUE (c0, id)%s", PICK(r, "", " DEFERRABLE"));
    }
    ag_buf_puts(sql, "\n);\n");
    if (chance(r, 60)) {
        ag_buf_printf(late, "ALTER TABLE t%u ADD %sFOREIGN KEY (id) REFERENCES t%u (id)%s;\n", i,
                      PICK(r, "", "CONSTRAINT fk "), below(r, 4),
                      PICK(r, "", " ON DELETE CASCADE", " DEFERRABLE", " NOT VALID"));
    }
    if (chance(r, 50)) {
        ag_buf_printf(sql, "CREATE %sINDEX ix%u ON t%u %s;\n", PICK(r, "", "UNIQUE "),
                      below(r, 2) * 4 + i, i, PICK(r, "(c0)", "(id DESC)", "(id) WHERE id > 0"));
    }
    if (chance(r, 30)) {
        ag_buf_printf(late,
                      "CREATE TRIGGER trg AFTER %s ON t%u FOR EACH ROW EXECUTE FUNCTION g0();\n",
                      PICK(r, "INSERT", "DELETE"), i);
    }
    if (chance(r, 40)) {
        ag_buf_printf(late, "CREATE VIEW v%u AS SELECT %s FROM t%u;\n", i,
                      PICK(r, "id", "c0", "id, c0", "count(*) AS n"), i);
    }
    if (chance(r, 20)) {
        ag_buf_printf(late, "COMMENT ON COLUMN t%u.c0 IS 'c %u';\n", i, below(r, 2));
    }
}

/* Sequences and functions are there always; types come in several forms. */
static void put_schema(rng *r, ag_buf *sql) {
    ag_buf late = AG_BUF_INIT;
    ag_buf_clear(sql);
    ag_buf_printf(sql, "CREATE TYPE mood AS ENUM (%s);\n",
                  PICK(r, "'ok', 'sad'", "'sad', 'ok'", "'ok'", "'ok', 'glad', 'sad'"));
    ag_buf_printf(
        sql, "CREATE DOMAIN small AS integer%s;\n",
        PICK(r, "", " CHECK (VALUE < 9)", " CONSTRAINT s_ck CHECK (VALUE < 5)", " DEFAULT 1"));
    ag_buf_printf(sql, "CREATE SEQUENCE s0%s;\n", PICK(r, "", " INCREMENT 5", " CACHE 3"));
    ag_buf_printf(
        sql, "CREATE FUNCTION f0(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT %u';\n",
        below(r, 2));
    ag_buf_puts(
        sql,
        "CREATE FUNCTION g0() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';\n");
    for (unsigned i = 0; i < 4; i++) {
        put_table(r, sql, &late, i);
    }
    for (unsigned i = 0; i < 4; i++) {
        if (chance(r, 20)) {
            ag_buf_printf(&late, "DROP TABLE t%u CASCADE;\n", i);
        }
    }
    if (chance(r, 30)) {
        ag_buf_printf(&late, "CREATE MATERIALIZED VIEW m0 AS SELECT %s AS a;\n", PICK(r, "1", "2"));
        ag_buf_puts(&late, PICK(r, "", "CREATE INDEX m0_a ON m0 (a);\n"));
    }
    ag_buf_puts(sql, ag_buf_text(&late));
    ag_buf_release(&late);
}

static void fill(const pg_case *c, const char *sql) {
    pg_case_run(c->conn, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
    pg_case_run(c->conn, sql);
}

static void expect_equal(const pg_case *c, const ag_schema *goal, uint64_t seed, const char *way) {
    ag_schema *now = pg_case_read(c);
    if (pg_round_distance(now, goal) != 0) {
        fail_msg("seed %" PRIu64 ": the way %s ends elsewhere", seed, way);
    }
    ag_schema_free(now);
}

static void try_pair(const pg_case *c, uint64_t seed) {
    rng r = rng_of(seed);
    ag_buf sql_from = AG_BUF_INIT;
    ag_buf sql_to = AG_BUF_INIT;
    put_schema(&r, &sql_from);
    put_schema(&r, &sql_to);
    fill(c, ag_buf_text(&sql_to));
    ag_schema *to = pg_case_read(c);
    fill(c, ag_buf_text(&sql_from));
    ag_schema *from = pg_case_read(c);
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    bool ok = pg_round_plan(from, to, &up, &down) && pg_round_run(c, "up", up);
    if (ok) {
        expect_equal(c, to, seed, "there");
        ok = pg_round_run(c, "down", down);
    }
    if (!ok) {
        fail_msg("seed %" PRIu64 " does not run", seed);
    }
    expect_equal(c, from, seed, "back");
    ag_ops_free(up);
    ag_ops_free(down);
    ag_schema_free(from);
    ag_schema_free(to);
    ag_buf_release(&sql_from);
    ag_buf_release(&sql_to);
}

static void operations_make_one_database_the_other_and_back(void **state) {
    for (uint64_t seed = FIRST_PAIR; seed <= N_PAIRS; seed++) {
        try_pair(*state, seed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PG_TEST(operations_make_one_database_the_other_and_back),
    };
    pg_case_need();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
