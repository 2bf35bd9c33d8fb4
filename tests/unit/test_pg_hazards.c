/* What the review says of rewritten tables, held against what the server does. */
#include "pg_round.h"

static const char *const types[] = {
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "numeric(10,2)",
    "numeric(12,2)",
    "numeric(12,4)",
    "real",
    "double precision",
    "money",
    "boolean",
    "character(5)",
    "character(8)",
    "bpchar",
    "character varying(5)",
    "character varying(8)",
    "character varying",
    "text",
    "\"char\"",
    "name",
    "bytea",
    "date",
    "time without time zone",
    "time(0) without time zone",
    "time(3) without time zone",
    "time with time zone",
    "time(3) with time zone",
    "timestamp without time zone",
    "timestamp(0) without time zone",
    "timestamp(3) without time zone",
    "timestamp with time zone",
    "timestamp(3) with time zone",
    "interval",
    "interval(3)",
    "interval(5)",
    "interval day to second(3)",
    "interval year",
    "interval day",
    "interval year to month",
    "interval(6)",
    "timestamp(6) without time zone",
    "uuid",
    "json",
    "jsonb",
    "xml",
    "bit(3)",
    "bit(5)",
    "bit varying(3)",
    "bit varying(5)",
    "bit varying",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "oid",
    "regclass",
    "regtype",
    "xid",
    "xid8",
    "int4range",
    "int8range",
    "integer[]",
    "bigint[]",
    "character varying(5)[]",
    "character varying(8)[]",
    "character varying[]",
    "text[]",
    "numeric(10,2)[]",
    "numeric[]",
    "public.citext",
    "point",
    "tsvector",

    "public.d_long",
    "public.d_checked",
    "public.e",
    "public.f",
    "public.c",
};

/* The server's own word for the file of the table. */
static char *filenode(const pg_case *c, ag_arena *arena, const char *table) {
    ag_rows rows = {.arena = arena};
    ag_error err;
    const char *sql = ag_arena_printf(arena, "SELECT pg_relation_filenode('%s')", table);
    if (!ag_conn_query(c->conn, sql, NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    return ag_arena_strdup(arena, rows.rows.items[0][0]);
}

static size_t n_wrong, n_tried;

/*
 * Whether the review is right about what an operation, which the server may refuse, rewrites. It is
 * taken back.
 */
static void hold(const pg_case *c, const ag_op *op, const char *what) {
    ag_arena *arena = ag_arena_new();
    pg_case_run(c->conn, "BEGIN");
    char *before = filenode(c, arena, "t");
    ag_error err;
    if (pg_round_op(c, op, &err)) {
        bool rewrote = strcmp(before, filenode(c, arena, "t")) != 0;
        bool says = (ag_dialect_postgresql.effects(op) & AG_REWRITES_TABLE) != 0;
        n_tried++;
        if (rewrote != says) {
            n_wrong++;
            print_error("%s: %s\n", what,
                        rewrote ? "rewrites the table without a word" : "rewrites nothing");
        }
    }
    pg_case_run(c->conn, "ROLLBACK");
    ag_arena_free(arena);
}

static void alter_type(const pg_case *c, const char *from, const char *to) {
    char text[80];
    ag_column before = {.name = "a", .type = from, .nullable = true};
    ag_column after = {.name = "a", .type = to, .nullable = true};
    ag_op op = {.kind = AG_OP_ALTER_COLUMN,
                .object = AG_COLUMN,
                .ns = "public",
                .table = "t",
                .name = "a",
                .before.column = &before,
                .after.column = &after};
    (void)snprintf(text, sizeof text, "%s -> %s", from, to);
    hold(c, &op, text);
}

static void a_change_of_type_says_whether_it_rewrites(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn,
                "SET client_min_messages = error; SET timezone = 'Asia/Kolkata'; "
                "CREATE EXTENSION citext; CREATE DOMAIN d_long AS "
                "bigint; CREATE DOMAIN d_checked AS integer CHECK (value > 0); CREATE TYPE e AS "
                "ENUM ('a'); CREATE TYPE f AS ENUM ('a'); CREATE TYPE c AS (x integer)");
    n_wrong = n_tried = 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char text[80];
        (void)snprintf(text, sizeof text, "CREATE TABLE t (a %s)", types[i]);
        if (pg_case_lacks(c->conn, text) != 0) {
            continue;
        }
        pg_case_run(c->conn, text);
        for (size_t j = 0; j < sizeof types / sizeof *types; j++) {
            if (i != j && pg_case_lacks(c->conn, types[j]) == 0) {
                alter_type(c, types[i], types[j]);
            }
        }
        pg_case_run(c->conn, "DROP TABLE t");
    }
    print_message("%zu changes\n", n_tried);
    assert_true(n_tried > 1000);
    assert_int_equal(n_wrong, 0);
}

/* Changes of other kinds: what both have, and what one has. */
typedef struct change {
    const char *name, *from, *to;
} change;

#define T "CREATE TABLE t (id integer, a text, b integer"

static const change changes[] = {
    {"column", T ");", T ", c text);"},
    {"constant default", T ");", T ", c text DEFAULT 'x');"},
    {"not null with a constant", T ");", T ", c text NOT NULL DEFAULT 'x');"},
    {"stable default", T ");", T ", c timestamptz DEFAULT now());"},
    {"volatile default", T ");", T ", c float DEFAULT random());"},
    {"volatile default inside", T ");", T ", c text DEFAULT ('x' || clock_timestamp()));"},
    {"uuid default", T ");", T ", c uuid DEFAULT gen_random_uuid());"},
    {"default of a stable function",
     "CREATE FUNCTION f() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';" T ");",
     "CREATE FUNCTION f() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';" T
     ", c int DEFAULT f());"},
    {"default of a volatile function",
     "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';" T ");",
     "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';" T
     ", c int DEFAULT f());"},
    {"serial", T ");", T ", c serial);"},
    {"identity", T ");", T ", c integer GENERATED ALWAYS AS IDENTITY);"},
    {"generated", T ");", T ", c integer GENERATED ALWAYS AS (b + 1) STORED);"},
    {"generated otherwise", T ", c integer GENERATED ALWAYS AS (b + 1) STORED);",
     T ", c integer GENERATED ALWAYS AS (b + 2) STORED);"},
    {"not generated any more", T ", c integer GENERATED ALWAYS AS (b + 1) STORED);",
     T ", c integer);"},
    {"checked domain", "CREATE DOMAIN d AS integer CHECK (value > 0);" T ");",
     "CREATE DOMAIN d AS integer CHECK (value > 0);" T ", c d);"},
    {"checked domain with a default", "CREATE DOMAIN d AS integer CHECK (value > 0);" T ");",
     "CREATE DOMAIN d AS integer CHECK (value > 0);" T ", c d DEFAULT 5);"},
    {"domain over a checked one",
     "CREATE DOMAIN d AS integer CHECK (value > 0); CREATE DOMAIN e AS d;" T ");",
     "CREATE DOMAIN d AS integer CHECK (value > 0); CREATE DOMAIN e AS d;" T ", c e);"},
    {"domain that is not null", "CREATE DOMAIN d AS integer NOT NULL DEFAULT 1;" T ");",
     "CREATE DOMAIN d AS integer NOT NULL DEFAULT 1;" T ", c d);"},
    {"plain domain", "CREATE DOMAIN d AS integer;" T ");",
     "CREATE DOMAIN d AS integer;" T ", c d DEFAULT 5);"},
    {"to a plain domain", "CREATE DOMAIN d AS text;" T ", c text);",
     "CREATE DOMAIN d AS text;" T ", c d);"},
    {"to a domain over a wider type", "CREATE DOMAIN d AS bigint;" T ", c integer);",
     "CREATE DOMAIN d AS bigint;" T ", c d);"},
    {"to a checked domain", "CREATE DOMAIN d AS text CHECK (value <> '');" T ", c text);",
     "CREATE DOMAIN d AS text CHECK (value <> '');" T ", c d);"},
    {"enum that loses a value", "CREATE TYPE e AS ENUM ('a', 'b');" T ", c e);",
     "CREATE TYPE e AS ENUM ('a');" T ", c e);"},
    {"enum that gets a value", "CREATE TYPE e AS ENUM ('a');" T ", c e);",
     "CREATE TYPE e AS ENUM ('a', 'b');" T ", c e);"},
    {"default changed", T ", c integer DEFAULT 1);", T ", c integer DEFAULT 2);"},
    {"not null", T ");", T ", CHECK (a IS NOT NULL)); ALTER TABLE t ALTER a SET NOT NULL;"},
    {"just not null", T ");", T "); ALTER TABLE t ALTER a SET NOT NULL;"},
    {"check", T ");", T ", CHECK (b > 0));"},
    {"unique", T ");", T ", UNIQUE (b));"},
    {"primary key", T ");", T ", PRIMARY KEY (id));"},
    {"exclude", T ");", T ", EXCLUDE (b WITH =));"},
    {"foreign key", "CREATE TABLE p (id integer PRIMARY KEY);" T ");",
     "CREATE TABLE p (id integer PRIMARY KEY);" T ", FOREIGN KEY (b) REFERENCES p);"},
    {"index", T ");", T "); CREATE INDEX i ON t (b);"},
    {"not valid", T "); ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0) NOT VALID;",
     T ", CONSTRAINT c CHECK (b > 0));"},
    {"collation", T ", c text);", T ", c text COLLATE \"C\");"},
    {"collation under an index", T ", c text); CREATE INDEX i ON t (c);",
     T ", c text COLLATE \"C\"); CREATE INDEX i ON t (c);"},
    {"longer, indexed", T ", c varchar(5)); CREATE INDEX i ON t (c);",
     T ", c varchar(9)); CREATE INDEX i ON t (c);"},
    {"to text, indexed", T ", c varchar(5)); CREATE INDEX i ON t (c);",
     T ", c text); CREATE INDEX i ON t (c);"},
    {"longer, checked", T ", c varchar(5), CHECK (c <> ''));",
     T ", c varchar(9), CHECK (c <> ''));"},
    {"longer, in a foreign key",
     "CREATE TABLE p (k varchar(9) PRIMARY KEY);" T ", c varchar(5) REFERENCES p);",
     "CREATE TABLE p (k varchar(9) PRIMARY KEY);" T ", c varchar(9) REFERENCES p);"},
    {"storage", T ");", T "); ALTER TABLE t ALTER a SET STORAGE external;"},
    {"compression", T ");", T "); ALTER TABLE t ALTER a SET COMPRESSION pglz;"},
    {"statistics", T ");", T "); ALTER TABLE t ALTER a SET STATISTICS 7;"},
    {"fill factor", T ");", T ") WITH (fillfactor = 50);"},
    {"unlogged", T ");", "CREATE UNLOGGED TABLE t (id integer, a text, b integer);"},
    {"comment", T ");", T "); COMMENT ON TABLE t IS 'x';"},
    {"replica identity", T ");", T "); ALTER TABLE t REPLICA IDENTITY FULL;"},
    {"row security", T ");", T "); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"},
    {"column gone", T ", c text);", T ");"},
    {"numeric wider", T ", c numeric(5,2));", T ", c numeric(9,2));"},
    {"list", T ", c integer[]);", T ", c bigint[]);"},
    {"attached", "CREATE TABLE q (id integer, a text, b integer) PARTITION BY RANGE (id);" T ");",
     "CREATE TABLE q (id integer, a text, b integer) PARTITION BY RANGE (id); CREATE TABLE t "
     "PARTITION OF "
     "q FOR VALUES FROM (1) TO (5);"},
    {"in a parent",
     "CREATE TABLE q (id integer, c integer);"
     "CREATE TABLE t (a text) INHERITS (q);",
     "CREATE TABLE q (id integer, c bigint); CREATE TABLE t (a text) INHERITS (q);"},
    {"in a partitioned table",
     "CREATE TABLE q (id integer, c integer) PARTITION BY LIST (id); CREATE TABLE t PARTITION OF q "
     "DEFAULT;",
     "CREATE TABLE q (id integer, c bigint) PARTITION BY LIST (id); CREATE TABLE t PARTITION OF q "
     "DEFAULT;"},
};

typedef enum block { BLOCKS_NOTHING, BLOCKS_WRITES, BLOCKS_ALL } block;
static const char *const blocks[] = {"nothing", "writes", "reads and writes"};

/* What one operation did to the table t, and what is said of it. */
typedef struct seen {
    bool rewrote, read, says_rewrite, says_read;
    block held, says_held; /* while it read */
} seen;

/* What the strongest lock on the table keeps out until the end of the transaction. */
static block lock_on_table(const pg_case *c) {
    static const char sql[] =
        "SELECT max(CASE WHEN mode = 'AccessExclusiveLock' THEN 2 WHEN mode IN ('ExclusiveLock', "
        "'ShareRowExclusiveLock', 'ShareLock') THEN 1 ELSE 0 END) FROM pg_locks WHERE pid = "
        "pg_backend_pid() AND relation = 't'::regclass";
    return (block)pg_round_number(c, sql);
}

static seen look_at(const pg_case *c, const char *name, const ag_op *op) {
    static const char scans[] =
        "SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname = 't'";
    static const char file[] = "SELECT pg_relation_filenode('t')";
    enum { READS = AG_REWRITES_TABLE | AG_SCANS_TABLE | AG_BUILDS_INDEX };
    unsigned effects = ag_dialect_postgresql.effects(op);
    seen it = {.says_rewrite = (effects & AG_REWRITES_TABLE) != 0,
               .says_read = (effects & READS) != 0,
               .says_held = (effects & AG_BLOCKS_ALL) != 0      ? BLOCKS_ALL
                            : (effects & AG_BLOCKS_WRITES) != 0 ? BLOCKS_WRITES
                                                                : BLOCKS_NOTHING};
    ag_error err;
    if (!op->plan.concurrently) {
        pg_case_run(c->conn, "BEGIN");
    }
    long before = pg_round_number(c, file);
    long scanned = pg_round_number(c, scans);
    if (!pg_round_op(c, op, &err)) {
        fail_msg("%s: %s did not run", name, ag_op_json_name(op->kind));
    }
    it.rewrote = pg_round_number(c, file) != before;
    it.read = op->plan.concurrently ? it.says_read : pg_round_number(c, scans) != scanned;
    it.held = op->plan.concurrently   ? it.says_held
              : it.read || it.rewrote ? lock_on_table(c)
                                      : BLOCKS_NOTHING;
    if (!op->plan.concurrently) {
        pg_case_run(c->conn, "COMMIT");
    }
    return it;
}

static void go(const pg_case *c, const char *name, const char *way, const ag_ops *ops) {
    for (size_t i = 0; i < ops->list.n; i++) {
        const ag_op *op = ops->list.items[i];
        seen it = look_at(c, name, op);
        n_tried++;
        if (it.rewrote && !it.says_rewrite) {
            print_error("%s, %s: %s rewrites the table without a word\n", name, way,
                        ag_op_json_name(op->kind));
        }
        if (!it.rewrote && it.says_rewrite) {
            print_error("%s, %s: %s rewrites nothing\n", name, way, ag_op_json_name(op->kind));
        }
        if (it.read && !it.says_read) {
            print_error("%s, %s: %s reads the table without a word\n", name, way,
                        ag_op_json_name(op->kind));
        }
        if (!it.read && it.says_read) {
            print_error("%s, %s: %s reads nothing\n", name, way, ag_op_json_name(op->kind));
        }
        if (it.held != it.says_held) {
            print_error("%s, %s: %s blocks %s, and says %s\n", name, way, ag_op_json_name(op->kind),
                        blocks[it.held], blocks[it.says_held]);
        }
        bool is_wrong =
            it.rewrote != it.says_rewrite || it.read != it.says_read || it.held != it.says_held;
        n_wrong += is_wrong ? 1 : 0;
    }
}

static void a_change_says_whether_it_reads_or_rewrites(void **state) {
    const pg_case *c = *state;
    n_wrong = n_tried = 0;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        static const char fresh[] =
            "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public";
        ag_ops *up = NULL;
        ag_ops *down = NULL;
        if (pg_case_lacks(c->conn, changes[i].to) != 0) {
            continue;
        }
        pg_case_run(c->conn, fresh);
        ag_schema *to = pg_case_read_after(c, changes[i].to);
        pg_case_run(c->conn, fresh);
        ag_schema *from = pg_case_read_after(c, changes[i].from);
        assert_true(pg_round_plan(from, to, &up, &down));
        assert_true(up->list.n > 0);
        go(c, changes[i].name, "up", up);
        go(c, changes[i].name, "down", down);
        ag_ops_free(up);
        ag_ops_free(down);
        ag_schema_free(from);
        ag_schema_free(to);
    }
    assert_true(n_tried > 100);
    assert_int_equal(n_wrong, 0);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(a_change_says_whether_it_reads_or_rewrites),
        PG_TEST(a_change_of_type_says_whether_it_rewrites),
    };
    return cmocka_run_group_tests_name("hazards on PostgreSQL", tests, NULL, NULL);
}
