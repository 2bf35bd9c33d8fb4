/* What a person writes and what the server stores: no difference, and no difference overlooked. */
#include "pg_case.h"
#include "pg_model.h"

#include "base/str.h"
#include "diff/diff.h"

static size_t count_differences(const pg_case *c, ag_schema *model, ag_strings *warnings) {
    static const ag_diff_options options = {.compare_type = true, .compare_server_default = true};
    ag_schema *database = pg_case_read(c);
    ag_error err = {0};
    if (!ag_dialect_postgresql.settle(c->conn, model, database, warnings != NULL, warnings, &err)) {
        fail_msg("%s", err.message);
    }
    ag_diff_result result = {0};
    if (!ag_diff(&ag_dialect_postgresql, database, model, &options, &result, &err)) {
        fail_msg("%s", err.message);
    }
    size_t n = result.ops->list.n;
    for (size_t i = 0; i < n; i++) {
        print_message("    %s\n", ag_op_describe(result.arena, result.ops->list.items[i]));
    }
    ag_diff_result_release(&result);
    ag_schema_free(database);
    return n;
}

static void assert_differences(const pg_case *c, const char *sql, const char *json, size_t n) {
    pg_case_run(c->conn, sql);
    ag_schema *model = pg_model_read(json);
    assert_int_equal(count_differences(c, model, NULL), n);
    assert_false(c->conn->driver->in_transaction(c->conn));
    ag_schema_free(model);
}

static void checks_are_the_same_however_they_are_written(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE t (age int, a int, name text, \"Key\" varchar(9), \"select\" int,"
        " CONSTRAINT c1 CHECK (age in (1,2)), CONSTRAINT c2 CHECK (a between 1 and 5),"
        " CONSTRAINT c3 CHECK (name like 'a%' and length(name)>3),"
        " CONSTRAINT c4 CHECK (\"Key\" <> 'x' or \"select\" is not null),"
        " CONSTRAINT c5 CHECK (t.age > 0), CONSTRAINT c6 CHECK (not (age = 5)),"
        " CONSTRAINT c7 CHECK (name similar to 'a+'), CONSTRAINT c8 CHECK (cast(a as bigint) > 1),"
        " CONSTRAINT c9 CHECK (coalesce(name,'') <> E'\\n'), CONSTRAINT c10 CHECK (age + 1 > -1))",
        "{'tables': {'t': {'columns': {'age': {'type': 'int'}, 'a': {'type': 'int'},"
        " 'name': {'type': 'text'}, 'Key': {'type': 'varchar(9)'}, 'select': {'type': 'int'}},"
        " 'checks': {'c1': 'age in (1,2)', 'c2': 'a between 1 and 5',"
        " 'c3': 'name like `a%` and length(name)>3',"
        " 'c4': '\\'Key\\' <> `x` or \\'select\\' is not null', 'c5': 't.age > 0',"
        " 'c6': 'not (age = 5)', 'c7': 'name similar to `a+`', 'c8': 'cast(a as bigint) > 1',"
        " 'c9': 'coalesce(name,``) <> E`\\\\n`', 'c10': 'age + 1 > -1'}}}}",
        0);
}

static void defaults_are_the_same_however_they_are_written(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE t (a text DEFAULT 'x', b timestamptz DEFAULT CURRENT_TIMESTAMP,"
        " c timestamptz DEFAULT now(), d json DEFAULT '{}', e jsonb DEFAULT '{\"a\": 1}'::jsonb,"
        " f int DEFAULT -1, g numeric(5,2) DEFAULT 1.50, h boolean DEFAULT true,"
        " i date DEFAULT CURRENT_DATE, j varchar(5) DEFAULT upper('a'), k text[] DEFAULT '{}',"
        " l int[] DEFAULT ARRAY[1,2], m interval DEFAULT '1 day', n bigint DEFAULT 0,"
        " o smallint DEFAULT '5', p timestamp(3) DEFAULT now(), q uuid DEFAULT gen_random_uuid(),"
        " r float DEFAULT 1, s bytea DEFAULT '\\x00', u int DEFAULT (1 + 2), v bool DEFAULT 'f',"
        " w time DEFAULT '10:00', x char(3) DEFAULT 'a', y text DEFAULT current_user,"
        " z varchar(3) DEFAULT NULL, aa timestamptz DEFAULT (now() at time zone 'utc'))",
        "{'tables': {'t': {'columns': {'a': {'type': 'text', 'default': '`x`'},"
        " 'b': {'type': 'timestamptz', 'default': 'CURRENT_TIMESTAMP'},"
        " 'c': {'type': 'timestamptz', 'default': 'now()'},"
        " 'd': {'type': 'json', 'default': '`{}`'},"
        " 'e': {'type': 'jsonb', 'default': '`{\\'a\\': 1}`'}, 'f': {'type': 'int', 'default': -1},"
        " 'g': {'type': 'numeric(5,2)', 'default': 1.50}, 'h': {'type': 'bool', 'default': true},"
        " 'i': {'type': 'date', 'default': 'current_date'},"
        " 'j': {'type': 'varchar(5)', 'default': 'upper(`a`)'},"
        " 'k': {'type': 'text[]', 'default': '`{}`'},"
        " 'l': {'type': 'int[]', 'default': 'array[1, 2]'},"
        " 'm': {'type': 'interval', 'default': '`1 day`'}, 'n': {'type': 'bigint', 'default': 0},"
        " 'o': {'type': 'smallint', 'default': 5}, 'p': {'type': 'timestamp(3)', 'default': "
        "'now()'},"
        " 'q': {'type': 'uuid', 'default': 'gen_random_uuid()'},"
        " 'r': {'type': 'double precision', 'default': 1},"
        " 's': {'type': 'bytea', 'default': '`\\\\x00`'}, 'u': {'type': 'int', 'default': '1+2'},"
        " 'v': {'type': 'bool', 'default': false}, 'w': {'type': 'time', 'default': '`10:00`'},"
        " 'x': {'type': 'char(3)', 'default': '`a`'}, 'y': {'type': 'text', 'default': "
        "'current_user'},"
        " 'z': {'type': 'varchar(3)', 'default': 'NULL'},"
        " 'aa': {'type': 'timestamptz', 'default': 'now() at time zone `utc`'}}}}}",
        0);
}

static void now_and_current_timestamp_are_two_things(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE t (a timestamptz DEFAULT now(), b timestamptz DEFAULT CURRENT_TIMESTAMP)",
        "{'tables': {'t': {'columns': {'a': {'type': 'timestamptz', 'default': "
        "'CURRENT_TIMESTAMP'},"
        " 'b': {'type': 'timestamptz', 'default': 'now()'}}}}}",
        2);
}

static void real_differences_are_seen(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE t (a int DEFAULT 1, b text, c text DEFAULT 'x',"
        " CONSTRAINT c1 CHECK (a in (1,2)), CONSTRAINT c2 CHECK (b > '2020-01-01'::date::text));"
        "CREATE INDEX i ON t (lower(b)); CREATE INDEX j ON t (a) WHERE a in (1,2)",
        "{'tables': {'t': {'columns': {'a': {'type': 'int', 'default': 2}, 'b': {'type': 'text'},"
        " 'c': {'type': 'text', 'default': '`X`'}},"
        " 'checks': {'c1': 'a in (1,3)', 'c2': 'b > `2020-01-01`::timestamp::text'},"
        " 'indexes': {'i': [{'expr': 'upper(b)'}], 'j': {'columns': ['a'], 'where': 'a in "
        "(1,4)'}}}}}",
        10);
}

static void types_are_the_same_however_they_are_written(void **state) {
    assert_differences(
        *state,
        "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION hstore;"
        "CREATE TYPE mood AS ENUM ('sad', 'ok');"
        "CREATE TABLE t (a float, b double precision, c timestamp(3), d timestamptz(0), e char,"
        " f varchar, g decimal(10), h int4[], i bool, j \"char\", k bpchar, l bit varying(3),"
        " m mood, n mood[], o hstore, p ext.citext, q float(20), r interval(3), s serial,"
        " u int GENERATED BY DEFAULT AS IDENTITY, v national character varying(7), w time(2));"
        "SET search_path = public, ext",
        "{'enums': {'mood': ['sad', 'ok']}, 'extensions': ['citext', 'hstore'],"
        " 'tables': {'t': {'columns': {'a': {'type': 'double precision'}, 'b': {'type': 'FLOAT'},"
        " 'c': {'type': 'timestamp(3)'}, 'd': {'type': 'timestamp(0) with time zone'},"
        " 'e': {'type': 'char(1)'}, 'f': {'type': 'character varying'},"
        " 'g': {'type': 'numeric(10, 0)'}, 'h': {'type': 'int[]'}, 'i': {'type': 'boolean'},"
        " 'j': {'type': '\\'char\\''}, 'k': {'type': 'bpchar'}, 'l': {'type': 'varbit(3)'},"
        " 'm': {'type': 'mood'}, 'n': {'type': 'mood[]'}, 'o': {'type': 'hstore'},"
        " 'p': {'type': 'citext'}, 'q': {'type': 'real'}, 'r': {'type': 'interval(3)'},"
        " 's': {'type': 'serial'}, 'u': {'type': 'int', 'identity': 'by default'},"
        " 'v': {'type': 'varchar(7)'}, 'w': {'type': 'time(2)'}}}}}",
        0);
}

static void indexes_are_the_same_however_they_are_written(void **state) {
    assert_differences(
        *state,
        "CREATE EXTENSION pg_trgm; CREATE TABLE t (a int, b text, c timestamptz, d jsonb);"
        "CREATE INDEX i1 ON t (lower(b), (a+1) DESC);"
        "CREATE INDEX i2 ON t (date_trunc('day', c at time zone 'utc')) WHERE a in (1,2);"
        "CREATE INDEX i3 ON t USING gin (b gin_trgm_ops, (d->'x'));"
        "CREATE INDEX i4 ON t (b text_ops, b text_pattern_ops, b COLLATE \"C\");"
        "CREATE INDEX ON t (coalesce(b,'x')); CREATE INDEX ON t (a) WHERE b is not null",
        "{'tables': {'t': {'columns': {'a': {'type': 'int'}, 'b': {'type': 'text'},"
        " 'c': {'type': 'timestamptz'}, 'd': {'type': 'jsonb'}}, 'indexes': ["
        " {'name': 'i1', 'columns': [{'expr': 'LOWER(b)'}, {'expr': 'a + 1', 'order': 'desc'}]},"
        " {'name': 'i2', 'columns': [{'expr': 'date_trunc(`day`, c at time zone `utc`)'}],"
        "  'where': 'a in (1,2)'},"
        " {'name': 'i3', 'method': 'gin', 'columns': [{'name': 'b', 'opclass': 'gin_trgm_ops'},"
        "  {'expr': 'd->`x`'}]},"
        " {'name': 'i4', 'columns': [{'name': 'b', 'opclass': 'text_ops'},"
        "  {'name': 'b', 'opclass': 'text_pattern_ops'}, {'name': 'b', 'collation': 'C'}]},"
        " [{'expr': 'coalesce(b, `x`)'}], {'columns': ['a'], 'where': 'b is not null'}]}},"
        " 'extensions': ['pg_trgm']}",
        0);
}

static void unnamed_and_odd_names_are_the_same(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE p (id int PRIMARY KEY);"
        "CREATE TABLE \"Or der\" (\"ID\" serial PRIMARY KEY, \"user\" int UNIQUE REFERENCES p,"
        " \"a\"\"b\" int CHECK (\"a\"\"b\" > 0), UNIQUE (\"ID\", \"user\"), CHECK (\"ID\" <> "
        "\"user\"),"
        " abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk int UNIQUE,"
        " r int4range, EXCLUDE USING gist (r WITH &&));"
        "CREATE INDEX ON \"Or der\" (\"user\", lower(\"ID\"::text))",
        "{'tables': {'p': {'columns': {'id': {'type': 'int'}}, 'primary_key': ['id']},"
        " 'Or der': {'columns': {'ID': {'type': 'serial'}, 'user': {'type': 'int'},"
        " 'a\\'b': {'type': 'int'},"
        " 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk': {'type': 'int'},"
        " 'r': {'type': 'int4range'}},"
        " 'primary_key': ['ID'], 'unique': [['user'], ['ID', 'user'],"
        " ['abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk']],"
        " 'checks': ['\\'a\\'\\'b\\' > 0', '\\'ID\\' <> \\'user\\''],"
        " 'foreign_keys': [{'columns': ['user'], 'references': 'p'}],"
        " 'excludes': [{'columns': [{'name': 'r', 'op': '&&'}]}],"
        " 'indexes': [['user', {'expr': 'lower(\\'ID\\'::text)'}]]}}}",
        0);
}

static void generated_columns_and_domains_are_settled_too(void **state) {
    assert_differences(
        *state,
        "CREATE DOMAIN pos AS int DEFAULT (1+1) CONSTRAINT pos_check CHECK (value > 0 and value in "
        "(1,2,3));"
        "CREATE TABLE t (a pos, b text, c text GENERATED ALWAYS AS (substr(b, 5) || 'x') STORED,"
        " d int GENERATED ALWAYS AS (a*2) STORED, CONSTRAINT k CHECK (d in (1,2)))",
        "{'domains': {'pos': {'type': 'int', 'default': '1+1', 'checks': ['value > 0 and value in "
        "(1,2,3)']}},"
        " 'tables': {'t': {'columns': {'a': {'type': 'pos'}, 'b': {'type': 'text'},"
        " 'c': {'type': 'text', 'generated': 'substr(b, 5) || `x`', 'stored': true},"
        " 'd': {'type': 'int', 'generated': 'a*2'}}, 'checks': {'k': 'd in (1,2)'}}}}",
        0);
}

static void partition_keys_and_bounds_are_settled_too(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE p (a int, b timestamptz, c text) PARTITION BY RANGE (b);"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO (maxvalue)"
        " PARTITION BY LIST (lower(c));"
        "CREATE TABLE p21 PARTITION OF p2 FOR VALUES IN ('a', 'b');"
        "CREATE TABLE h (a int) PARTITION BY HASH (a);"
        "CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (modulus 2, remainder 0)",
        "{'tables': {'p': {'columns': {'a': {'type': 'int'}, 'b': {'type': 'timestamptz'},"
        " 'c': {'type': 'text'}}, 'partition_by': 'range (b)', 'partitions': {"
        " 'p1': 'FOR VALUES FROM (`2020-01-01`) TO (`2021-01-01`)'}},"
        " 'p2': {'partition_of': 'p', 'bound': 'FOR VALUES FROM (`2021-01-01`) TO (maxvalue)',"
        " 'columns': {}, 'partition_by': 'LIST (lower(c))',"
        " 'partitions': {'p21': 'FOR VALUES IN (`a`,`b`)'}},"
        " 'h': {'columns': {'a': {'type': 'int'}}, 'partition_by': 'HASH (a)', 'partitions': {"
        " 'h0': 'FOR VALUES WITH (modulus 2, remainder 0)'}}}}",
        0);
}

static void one_refused_text_does_not_spoil_the_others(void **state) {
    assert_differences(
        *state,
        "CREATE TABLE t (a int, b int, CONSTRAINT c1 CHECK (a in (1,2)), CONSTRAINT c2 CHECK (b in "
        "(1,2)));"
        "CREATE TABLE u (a int, CONSTRAINT d1 CHECK (a in (1,2)))",
        "{'enums': {'mood': ['sad']}, 'tables': {'t': {'columns': {'a': {'type': 'int'}, 'b': "
        "{'type': 'int'},"
        " 'm': {'type': 'mood'}}, 'checks': {'c1': 'a in (1,2)', 'c2': 'no_such_function(b) in "
        "(1,2)',"
        " 'c3': 'm <> `sad`'}},"
        " 'u': {'columns': {'a': {'type': 'int'}}, 'checks': {'d1': 'a in (1,2)'}}}}",
        5); /* the enum, the column, c2 goes and comes, c3 */
}

static void same_names_in_two_namespaces_do_not_collide(void **state) {
    assert_differences(
        *state,
        "CREATE SCHEMA app; CREATE FUNCTION app.f(int) RETURNS int LANGUAGE sql IMMUTABLE AS "
        "'SELECT 1';"
        "CREATE TABLE t (a int, CONSTRAINT c CHECK (a in (1,2)));"
        "CREATE TABLE app.t (b int DEFAULT app.f(1), CONSTRAINT c CHECK (b in (3,4)));"
        "CREATE INDEX i ON t (a) WHERE a in (1,2); CREATE INDEX i ON app.t (b) WHERE b in (1,2)",
        "{'tables': {'t': {'columns': {'a': {'type': 'int'}}, 'checks': {'c': 'a in (1,2)'},"
        " 'indexes': {'i': {'columns': ['a'], 'where': 'a in (1,2)'}}},"
        " 'app.t': {'columns': {'b': {'type': 'int', 'default': 'f(1)'}}, 'checks': {'c': 'b in "
        "(3,4)'},"
        " 'indexes': {'i': {'columns': ['b'], 'where': 'b in (1,2)'}}}}}",
        0);
}

static const char objects_sql[] =
    "CREATE TABLE t (id int PRIMARY KEY, name text, at timestamptz);"
    "CREATE FUNCTION f(a int, b text default 'x') RETURNS text AS $$ SELECT b $$ LANGUAGE sql;"
    "CREATE FUNCTION f(a bigint) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;"
    "CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
    "CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';"
    "CREATE VIEW v AS SELECT id, upper(name) n FROM t WHERE id IN (1,2);"
    "CREATE VIEW w WITH (security_barrier) AS SELECT * FROM v;"
    "CREATE MATERIALIZED VIEW m (x) WITH (fillfactor=70) AS SELECT id FROM t WITH NO DATA;"
    "CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF name ON t FOR EACH ROW"
    " WHEN (new.name IS NOT NULL) EXECUTE PROCEDURE trg();"
    "CREATE TRIGGER vtr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION trg();"
    "CREATE POLICY p ON t FOR SELECT USING (id IN (1,2) AND EXISTS (SELECT 1 FROM t x WHERE x.id = "
    "t.id));"
    "CREATE RULE r AS ON DELETE TO t DO INSTEAD UPDATE t SET name = '' WHERE id = old.id";

static void definitions_are_settled_too(void **state) {
    assert_differences(
        *state, objects_sql,
        "{'tables': {'t': {'columns': {'id': {'type': 'int'}, 'name': {'type': 'text'},"
        " 'at': {'type': 'timestamptz'}}, 'primary_key': ['id']}},"
        " 'functions': {'f': 'create function f(a int, b text default `x`) returns text"
        " as $$ SELECT b $$ language sql',"
        "  'f2': {'name': 'f', 'signature': '(int8)', 'definition': 'CREATE FUNCTION f(a int8) "
        "RETURNS text LANGUAGE "
        "plpgsql"
        " AS $$ BEGIN RETURN 1; END $$'},"
        "  'trg': 'CREATE OR REPLACE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$'},"
        " 'procedures': {'pr': 'CREATE PROCEDURE pr() LANGUAGE sql AS `SELECT 1`'},"
        " 'views': {'v': 'SELECT id, upper(name) n FROM t WHERE id IN (1,2)',"
        "  'w': 'CREATE OR REPLACE VIEW public.w WITH (security_barrier) AS SELECT * FROM v'},"
        " 'materialized_views': {'m': 'CREATE MATERIALIZED VIEW m (x) WITH (fillfactor=70) AS"
        " SELECT id FROM t WITH NO DATA'},"
        " 'triggers': {'vtr': 'CREATE TRIGGER vtr INSTEAD OF INSERT ON v FOR EACH ROW"
        " EXECUTE FUNCTION trg()', 'tr': {'table': 't', 'definition': 'create trigger tr before "
        "insert"
        " or update of name on public.t for each row when (new.name is not null) execute procedure "
        "trg()'}},"
        " 'policies': {'p': 'CREATE POLICY p ON t FOR SELECT USING (id IN (1,2) AND EXISTS"
        " (SELECT 1 FROM t x WHERE x.id = t.id))'},"
        " 'rules': {'r': 'CREATE RULE r AS ON DELETE TO t DO INSTEAD UPDATE t SET name = ``"
        " WHERE id = old.id'}}",
        0);
}

static void changed_definitions_are_seen(void **state) {
    assert_differences(*state, objects_sql,
                       "{'views': {'v': 'SELECT id, upper(name) n FROM t WHERE id IN (1,3)',"
                       " 'w': 'SELECT nothing FROM v'}}",
                       6); /* v and what stands on it go and come */
}

static void settling_leaves_no_trace(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "CREATE TABLE t (a int, CONSTRAINT c CHECK (a in (1,2)));"
                         "BEGIN; CREATE TABLE u (a int)");
    ag_schema *model = pg_model_read("{'tables': {'t': {'columns': {'a': {'type': 'int'}},"
                                     " 'checks': {'c': 'a in (1,2)'}},"
                                     " 'u': {'columns': {'a': {'type': 'int'}}}}}");
    assert_int_equal(count_differences(c, model, NULL), 0);
    assert_true(c->conn->driver->in_transaction(c->conn));
    pg_case_run(c->conn, "COMMIT");
    ag_schema *after = pg_case_read(c);
    assert_int_equal(after->tables.n, 2);
    ag_rows rows = {.arena = ag_arena_new()};
    assert_true(ag_conn_query(c->conn, "SELECT relname FROM pg_class WHERE relpersistence = 't'",
                              NULL, 0, &rows, NULL));
    assert_int_equal(rows.rows.n, 0);
    ag_arena_free(rows.arena);
    ag_schema_free(after);
    ag_schema_free(model);
}

static const char poor_sql[] =
    "CREATE TABLE t (a int DEFAULT (1+1), CONSTRAINT c CHECK (a in (1,2)))";
static const char poor_json[] =
    "{'tables': {'t': {'columns': {'a': {'type': 'int', 'default': '1+1+1'}},"
    " 'checks': {'c': 'a in (1,2)'}}}}";

static void assert_refused(const pg_case *c) {
    ag_schema *model = pg_model_read(poor_json);
    ag_schema *database = pg_case_read(c);
    ag_error err = {0};
    assert_false(ag_dialect_postgresql.settle(c->conn, model, database, false, NULL, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "default of public.t.a, constraint c of public.t"));
    assert_non_null(strstr(err.hint, "--assume-equal"));
    assert_false(c->conn->driver->in_transaction(c->conn));
    ag_strings warnings = {NULL, 0, 0};
    assert_int_equal(count_differences(c, model, &warnings), 0);
    assert_int_equal(warnings.n, 2);
    ag_schema_free(database);
    ag_schema_free(model);
}

static void a_role_without_temp_cannot_tell(void **state) {
    const pg_case *c = *state;
    char sql[256];
    (void)snprintf(sql, sizeof sql,
                   "REVOKE TEMP ON DATABASE %s FROM public; CREATE ROLE poor_%s; SET ROLE poor_%s",
                   c->database, c->database, c->database);
    pg_case_run(c->conn, poor_sql);
    pg_case_run(c->conn, sql);
    assert_refused(c);
    (void)snprintf(sql, sizeof sql, "RESET ROLE; DROP ROLE poor_%s", c->database);
    pg_case_run(c->conn, sql);
}

static void a_read_only_transaction_cannot_tell(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, poor_sql);
    pg_case_run(c->conn, "BEGIN READ ONLY");
    ag_schema *model = pg_model_read(poor_json);
    ag_schema *database = pg_case_read(c);
    ag_error err = {0};
    assert_false(ag_dialect_postgresql.settle(c->conn, model, database, false, NULL, &err));
    assert_string_equal(err.sqlstate, "25006");
    pg_case_run(c->conn, "ROLLBACK");
    ag_schema_free(database);
    ag_schema_free(model);
}

static void many_tables_are_settled_in_batches(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "DO $$ BEGIN FOR i IN 1..450 LOOP EXECUTE format('CREATE TABLE t%s (a int,"
                         " CONSTRAINT c CHECK (a in (1,2)))', i); END LOOP; END $$");
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, "{'tables': {");
    for (int i = 1; i <= 450; i++) {
        ag_buf_printf(&buf, "%s't%d': {'columns': {'a': {'type': 'int'}}, 'checks': {'c': '%s'}}",
                      i > 1 ? "," : "", i, i == 77 ? "nope(a)" : "a in (1,2)");
    }
    ag_buf_puts(&buf, "}}");
    ag_schema *model = pg_model_read(ag_buf_text(&buf));
    assert_int_equal(count_differences(c, model, NULL), 2);
    ag_schema_free(model);
    ag_buf_release(&buf);
}

/* The strongest form: what the database holds, exported to JSON and read again. */
static void an_export_is_no_difference(void **state) {
    const pg_case *c = *state;
    pg_case_run(
        c->conn,
        "CREATE SCHEMA \"My app\"; CREATE TYPE \"My app\".\"Mood\" AS ENUM ('a');"
        "CREATE DOMAIN d AS text CHECK (value <> '') NOT NULL;"
        "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = "
        "false);"
        "CREATE TABLE \"My app\".t (a serial, b \"My app\".\"Mood\" DEFAULT 'a', c d COLLATE "
        "nocase,"
        " e text COLLATE \"C.utf8\", f text GENERATED ALWAYS AS (c || 'x') STORED,"
        " PRIMARY KEY (a), CHECK (a in (1,2)));"
        "CREATE INDEX ON \"My app\".t (lower(e) COLLATE \"C\" text_pattern_ops DESC) WHERE a > 5;"
        "CREATE TABLE i (x int) INHERITS (\"My app\".t); COMMENT ON SCHEMA public IS 'ours';"
        "ALTER TABLE \"My app\".t CLUSTER ON t_pkey, REPLICA IDENTITY USING INDEX t_pkey;");
    ag_schema *database = pg_case_read(c);
    ag_buf json = AG_BUF_INIT;
    ag_error err = {0};
    assert_true(ag_model_write_json(database, &ag_dialect_postgresql, &json, &err));
    ag_json_source source = {.file = "x", .text = ag_buf_text(&json), .n = json.n};
    ag_schema *model = NULL;
    ag_diags diags = AG_DIAGS_INIT;
    if (!ag_model_read_json_texts(&source, 1, &ag_dialect_postgresql, &model, &diags, &err)) {
        fail_msg("%s", diags.list.items[0].message);
    }
    assert_int_equal(count_differences(c, model, NULL), 0);
    ag_schema_free(model);
    ag_schema_free(database);
    ag_buf_release(&json);
    ag_diags_release(&diags);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(checks_are_the_same_however_they_are_written),
        PG_TEST(defaults_are_the_same_however_they_are_written),
        PG_TEST(now_and_current_timestamp_are_two_things),
        PG_TEST(real_differences_are_seen),
        PG_TEST(types_are_the_same_however_they_are_written),
        PG_TEST(indexes_are_the_same_however_they_are_written),
        PG_TEST(unnamed_and_odd_names_are_the_same),
        PG_TEST(generated_columns_and_domains_are_settled_too),
        PG_TEST(partition_keys_and_bounds_are_settled_too),
        PG_TEST(one_refused_text_does_not_spoil_the_others),
        PG_TEST(same_names_in_two_namespaces_do_not_collide),
        PG_TEST(definitions_are_settled_too),
        PG_TEST(changed_definitions_are_seen),
        PG_TEST(settling_leaves_no_trace),
        PG_TEST(a_role_without_temp_cannot_tell),
        PG_TEST(a_read_only_transaction_cannot_tell),
        PG_TEST(many_tables_are_settled_in_batches),
        PG_TEST(an_export_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
