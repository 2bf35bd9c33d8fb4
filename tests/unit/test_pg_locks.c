/*
 * How many locks an operation takes until the end of its transaction: at most as many as lowering
 * counts, which cuts long lists into parts by them.
 */
#include "pg_round.h"

/* What both ends have, and what each has. */
typedef struct change {
    const char *name, *both, *from, *to;
} change;

#define SERIES(n, text) "SELECT format($$" text "$$, i) FROM generate_series(1, " #n ") i"
#define EACH(n, text)                                                                              \
    "DO $do$ DECLARE s text; BEGIN FOR s IN " SERIES(n, text) " LOOP EXECUTE s; END LOOP; END "    \
                                                              "$do$;"
#define PARTS(n) EACH(n, "CREATE TABLE p%1$s PARTITION OF p FOR VALUES IN (%1$s)")
#define CHILDREN(n) EACH(n, "CREATE TABLE c%1$s () INHERITS (p)")
#define T "CREATE TABLE t (id integer, a text, b integer);"
#define P "CREATE TABLE p (id integer NOT NULL, a text, b integer) PARTITION BY LIST (id);"
#define I "CREATE TABLE p (id integer NOT NULL, a text, b integer);"

static const change changes[] = {
    {"a table", "", "", T},
    {"one with defaults, checks and keys", "", "",
     T EACH(30, "ALTER TABLE t ADD c%1$s integer NOT NULL DEFAULT 1 CHECK (c%1$s > 0)")
         EACH(5, "ALTER TABLE t ADD UNIQUE (c%1$s)") EACH(9, "CREATE INDEX ON t (c%1$s)")},
    {"with sequences", "", "",
     "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b serial, c bigserial, "
     "d integer GENERATED ALWAYS AS (b + 1) STORED);"},
    {"with foreign keys", EACH(5, "CREATE TABLE r%1$s (id integer PRIMARY KEY)"), "",
     T EACH(5, "ALTER TABLE t ADD c%1$s integer REFERENCES r%1$s")},
    {"referred to", "", "",
     "CREATE TABLE t (id integer PRIMARY KEY);" EACH(
         5, "CREATE TABLE r%1$s (id integer PRIMARY KEY REFERENCES t)")},
    {"with triggers, rules and policies",
     "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';", "",
     T EACH(6, "CREATE TRIGGER g%1$s BEFORE INSERT ON t EXECUTE FUNCTION f()")
         EACH(6, "CREATE POLICY y%1$s ON t USING (id = %1$s)")
             EACH(3, "CREATE RULE u%1$s AS ON DELETE TO t DO ALSO SELECT %1$s")
                 EACH(3, "CREATE STATISTICS x%1$s ON id, b FROM t")},
    {"columns", T, "", EACH(5, "ALTER TABLE t ADD c%1$s text NOT NULL DEFAULT 'x'")},
    {"other types", "", T EACH(5, "CREATE INDEX ON t (b, id)"),
     "CREATE TABLE t (id bigint, a varchar(9), b numeric);" EACH(5, "CREATE INDEX ON t (b, id)")},
    {"unlogged", "", T EACH(5, "CREATE INDEX ON t (b)"),
     "CREATE UNLOGGED TABLE t (id integer, a text, b integer);" EACH(5, "CREATE INDEX ON t (b)")},
    {"a partitioned table", "", "", P PARTS(12)},
    {"with keys", "", "",
     P PARTS(
         12) "ALTER TABLE p ADD PRIMARY KEY (id); CREATE INDEX ON p (a); CREATE INDEX ON p (b);"},
    {"column of partitions", P PARTS(12), "", "ALTER TABLE p ADD c text DEFAULT 'x';"},
    {"type in partitions", "", P PARTS(12) "CREATE INDEX ON p (b);",
     "CREATE TABLE p (id integer NOT NULL, a text, b bigint) PARTITION BY LIST (id);" PARTS(
         12) "CREATE INDEX ON p (b);"},
    {"not null in partitions", P PARTS(12), "", "ALTER TABLE p ALTER a SET NOT NULL;"},
    {"check of partitions", P PARTS(12), "", "ALTER TABLE p ADD CHECK (b > 0);"},
    {"key of partitions", P PARTS(12), "", "ALTER TABLE p ADD PRIMARY KEY (id);"},
    {"index of partitions", P PARTS(12), "", "CREATE INDEX i ON p (b);"},
    {"foreign key of partitions", "CREATE TABLE r (id integer PRIMARY KEY);" P PARTS(12), "",
     "ALTER TABLE p ADD FOREIGN KEY (b) REFERENCES r;"},
    {"foreign key to partitions", P PARTS(12) "ALTER TABLE p ADD PRIMARY KEY (id);" T, "",
     "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES p;"},
    {"trigger of partitions",
     "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';" P PARTS(12),
     "", "CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();"},
    {"one more partition", P PARTS(12) "ALTER TABLE p ADD PRIMARY KEY (id); CREATE INDEX ON p (a);",
     "", "CREATE TABLE q PARTITION OF p FOR VALUES IN (99);"},
    {"one attached", P PARTS(12) "CREATE INDEX ON p (a);",
     "CREATE TABLE q (id integer NOT NULL, a text, b integer);",
     "CREATE TABLE q PARTITION OF p FOR VALUES IN (99);"},
    {"children", "", "", I CHILDREN(12)},
    {"column of children", I CHILDREN(12), "", "ALTER TABLE p ADD c text DEFAULT 'x';"},
    {"type in children", "", I CHILDREN(12),
     "CREATE TABLE p (id integer NOT NULL, a text, b bigint);" CHILDREN(12)},
    {"check of children", I CHILDREN(12), "", "ALTER TABLE p ADD CHECK (b > 0);"},
    {"views", T, "",
     "CREATE VIEW v AS SELECT * FROM t; CREATE MATERIALIZED VIEW m AS SELECT * FROM v;" EACH(
         5, "CREATE INDEX ON m (id)")},
    {"type under views", "",
     T "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v;",
     "CREATE TABLE t (id bigint, a text, b integer);"
     "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v;"},
    {"enum", "", "", "CREATE TYPE e AS ENUM ('a', 'b');"},
    {"enum swapped", "", "CREATE TYPE e AS ENUM ('a', 'b');" T "ALTER TABLE t ADD e e;",
     "CREATE TYPE e AS ENUM ('b', 'a');" T "ALTER TABLE t ADD e e;"},
    {"domain", "", "", "CREATE DOMAIN d AS integer CHECK (value > 0) CHECK (value < 9);"},
    {"domain in use", "", "CREATE DOMAIN d AS integer;" EACH(9, "CREATE TABLE t%1$s (a d)"),
     "CREATE DOMAIN d AS integer CHECK (value > 0);" EACH(9, "CREATE TABLE t%1$s (a d)")},
    {"composite", "", "", "CREATE TYPE k AS (a integer, b text);"},
    {"sequence", "", "", "CREATE SEQUENCE s;"},
    {"function", "", "", "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';"},
    {"names of tables", "", T, "CREATE TABLE u (id integer, a text, b integer);"},
    {"moved", "CREATE SCHEMA app;", T EACH(5, "CREATE INDEX ON t (b)"), "CREATE SCHEMA other;"},
};

static size_t count(const pg_case *c) {
    static const char sql[] =
        "SELECT count(DISTINCT (locktype, relation, classid, objid, objsubid)) FROM pg_locks WHERE "
        "pid = pg_backend_pid() AND NOT fastpath AND (relation >= 16384 OR locktype = 'object')";
    return (size_t)pg_round_number(c, sql);
}

static size_t n_wrong, n_tried;

static void run_op(const pg_case *c, const char *name, const ag_op *op) {
    ag_error err;
    if (!pg_round_op(c, op, &err)) {
        fail_msg("%s: %s", name, err.message);
    }
}

static void go(const pg_case *c, const char *name, const ag_ops *ops) {
    for (size_t i = 0; i < ops->list.n; i++) {
        const ag_op *op = ops->list.items[i];
        if (op->plan.concurrently) {
            run_op(c, name, op);
            continue;
        }
        pg_case_run(c->conn, "BEGIN");
        run_op(c, name, op);
        size_t n = count(c);
        pg_case_run(c->conn, "COMMIT");
        n_tried++;
        if (n > op->plan.n_locks) {
            n_wrong++;
            print_error("%s: %s takes %zu locks, counted were %zu\n", name,
                        ag_op_json_name(op->kind), n, op->plan.n_locks);
        }
    }
}

static ag_schema *read_after(const pg_case *c, const char *first, const char *second) {
    pg_case_run(c->conn, "SET client_min_messages = error; DROP SCHEMA IF EXISTS app CASCADE; DROP "
                         "SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE "
                         "SCHEMA public");
    if (first[0] != '\0') {
        pg_case_run(c->conn, first);
    }
    return pg_case_read_after(c, second[0] == '\0' ? "SELECT 1" : second);
}

static void no_operation_takes_more_locks_than_are_counted(void **state) {
    const pg_case *c = *state;
    n_wrong = n_tried = 0;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const change *it = &changes[i];
        ag_ops *up = NULL;
        ag_ops *down = NULL;
        ag_schema *to = read_after(c, it->both, it->to);
        ag_schema *from = read_after(c, it->both, it->from);
        assert_true(pg_round_plan(from, to, &up, &down));
        assert_true(up->list.n > 0);
        go(c, it->name, up);
        go(c, it->name, down);
        ag_ops_free(up);
        ag_ops_free(down);
        ag_schema_free(from);
        ag_schema_free(to);
    }
    print_message("%zu operations\n", n_tried);
    assert_true(n_tried > 200);
    assert_int_equal(n_wrong, 0);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(no_operation_takes_more_locks_than_are_counted),
    };
    return cmocka_run_group_tests_name("locks on PostgreSQL", tests, NULL, NULL);
}
