#include "pg_case.h"

#include "base/embed.h"
#include "base/str.h"
#include "dialect/fake_driver.h"
#include "dialect/pg/introspect.h"

static const ag_table *table_of(const ag_schema *schema, const char *name) {
    const ag_table *table = ag_schema_table(schema, "public", name);
    assert_non_null(table);
    return table;
}

static const ag_column *column_of(const ag_schema *schema, const char *table, const char *name) {
    const ag_column *column = ag_table_column(schema, table_of(schema, table), name);
    assert_non_null(column);
    return column;
}

static const ag_constraint *constraint_of(const ag_schema *schema, const char *table,
                                          const char *name) {
    const ag_constraint *constraint = ag_table_constraint(schema, table_of(schema, table), name);
    assert_non_null(constraint);
    return constraint;
}

static const ag_index *index_of(const ag_schema *schema, const char *table, const char *name) {
    const ag_index *index = ag_table_index(schema, table_of(schema, table), name);
    assert_non_null(index);
    return index;
}

static void every_query_can_be_prepared(void **state) {
    const pg_case *c = *state;
    size_t n = 0;
    for (const ag_embedded *file = ag_embedded_sql; file->name != NULL; file++) {
        if (!ag_text_starts(file->name, "pg_")) {
            continue;
        }
        n++;
    }
    assert_int_equal(n, AG_PG_N_QUERIES);
    ag_arena *arena = ag_arena_new();
    int version = pg_case_version(c->conn);
    for (int query = 0; query < AG_PG_N_QUERIES; query++) {
        const char *text = ag_pg_query_text(arena, (ag_pg_query)query, version);
        ag_error err = {0};
        if (!ag_conn_exec(c->conn, ag_arena_printf(arena, "PREPARE q%d AS %s", query, text),
                          &err)) {
            fail_msg("query %d: %s", query, err.message);
        }
    }
    ag_arena_free(arena);
}

/* Without a server of that age at hand: the lines that it lacks must be gone. */
static void older_servers_are_asked_for_what_they_have(void **state) {
    (void)state;
    static const struct {
        ag_pg_query query;
        int since;
        const char *column;
        const char *instead;
    } lines[] = {
        {AG_PG_INDEXES, 15, "indnullsnotdistinct", "\nfalse,\n"},
        {AG_PG_CONSTRAINTS, 15, "confdelsetcols", "\nNULL,\n"},
        {AG_PG_COLUMNS, 14, "attcompression", "\nNULL,\n"},
        {AG_PG_VIEWS, 14, "attcompression", "\n(3, NULL),\n"},
        {AG_PG_TRIGGERS, 13, "tgparentid", "\nAND true\n"},
        {AG_PG_OTHERS, 15, "prattrs", "\nAND false\n"},
        {AG_PG_OTHERS, 15, "prqual", "\nNULL\n"},
        {AG_PG_OTHERS, 15, "pg_publication_namespace", "\nWHERE false\n"},
    };
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *old = ag_pg_query_text(arena, lines[i].query, lines[i].since * 10000 - 1);
        assert_null(strstr(old, lines[i].column));
        assert_non_null(strstr(old, lines[i].instead));
        assert_null(strstr(old, "-- since"));
        const char *now = ag_pg_query_text(arena, lines[i].query, lines[i].since * 10000);
        assert_non_null(strstr(now, lines[i].column));
    }
    ag_arena_free(arena);
}

static void a_lost_connection_is_one_error(void **state) {
    static const ag_fake_step steps[] = {
        {.sql = "SELECT pg_catalog.current_setting*", .n_columns = 0},
        {.sql = "BEGIN*", .loses_connection = true, .error = "gone", .sqlstate = "08006"},
    };
    (void)state;
    static const char *const cells[32] = {"150000"};
    ag_fake_step played[2] = {steps[0], steps[1]};
    played[0].cells = cells;
    played[0].n_rows = 1;
    played[0].n_columns = 13;
    ag_fake *fake = ag_fake_new(played, 2);
    ag_fake_use(fake);
    ag_conn *conn = NULL;
    ag_error err = {0};
    ag_schema *s = NULL;
    assert_true(ag_conn_open(&ag_driver_fake, "", NULL, &conn, &err));
    assert_false(ag_dialect_postgresql.introspect(conn, NULL, &s, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "gone"));
    assert_null(s);
    ag_conn_close(conn);
    ag_fake_free(fake);
}

static void a_server_that_is_too_old_is_refused(void **state) {
    (void)state;
    static const char *const cells[32] = {"110022"};
    const ag_fake_step step = {
        .sql = "SELECT pg_catalog.current_setting*", .cells = cells, .n_rows = 1, .n_columns = 13};
    ag_fake *fake = ag_fake_new(&step, 1);
    ag_fake_use(fake);
    ag_conn *conn = NULL;
    ag_error err = {0};
    ag_schema *s = NULL;
    assert_true(ag_conn_open(&ag_driver_fake, "", NULL, &conn, &err));
    assert_false(ag_dialect_postgresql.introspect(conn, NULL, &s, &err));
    assert_non_null(strstr(err.message, "older than PostgreSQL 12"));
    ag_conn_close(conn);
    ag_fake_free(fake);
}

static void an_empty_database_gives_an_empty_schema(void **state) {
    ag_schema *s = pg_case_read(*state);
    assert_int_equal(s->tables.n + s->namespaces.n + s->extensions.n + s->sequences.n, 0);
    assert_true(ag_schema_covers(s, AG_TABLE));
    assert_true(ag_schema_covers(s, AG_SEQUENCE));
    ag_schema_free(s);
}

static void columns_are_read_with_all_their_properties(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TABLE t (a varchar(20) COLLATE \"C\" NOT NULL DEFAULT 'x',"
                " b timestamptz(3), c int[] , d numeric(10,2) GENERATED ALWAYS AS (e * 2) STORED,"
                " e numeric, f text);"
                "ALTER TABLE t ALTER f SET STORAGE EXTERNAL, ALTER f SET STATISTICS 77,"
                " ALTER f SET (n_distinct = 5), ALTER f SET COMPRESSION pglz;"
                "COMMENT ON COLUMN t.f IS 'it''s f'");
    const ag_column *a = column_of(s, "t", "a");
    assert_string_equal(a->type, "character varying(20)");
    assert_string_equal(a->collation, "C");
    assert_string_equal(a->default_expr, "'x'::character varying");
    assert_false(a->nullable);
    assert_string_equal(column_of(s, "t", "b")->type, "timestamp(3) with time zone");
    assert_string_equal(column_of(s, "t", "c")->type, "integer[]");
    const ag_column *d = column_of(s, "t", "d");
    assert_int_equal(d->generated, AG_GENERATED_STORED);
    assert_string_equal(d->generated_expr, "e * (2)::numeric");
    assert_null(d->default_expr);
    const ag_column *f = column_of(s, "t", "f");
    assert_string_equal(f->storage, "external");
    assert_string_equal(f->compression, "pglz");
    assert_int_equal(f->statistics, 77);
    assert_int_equal(f->options.n, 1);
    assert_string_equal(f->options.items[0].name, "n_distinct");
    assert_string_equal(f->comment, "it's f");
    assert_int_equal(a->statistics, -1);
    assert_int_equal(a->options.n, 0);
    ag_schema_free(s);
}

static void serial_is_recognised_only_when_it_is_exactly_that(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TABLE t (a serial, b bigserial, c smallserial, d serial, e serial, f int,"
                " \"G x\" serial);"
                "ALTER SEQUENCE t_d_seq INCREMENT 5;"
                "ALTER TABLE t ALTER e DROP NOT NULL;"
                "CREATE SEQUENCE t_f_seq AS integer;"
                "ALTER TABLE t ALTER f SET DEFAULT nextval('t_f_seq'), ALTER f SET NOT NULL");
    assert_true(column_of(s, "t", "a")->serial);
    assert_string_equal(column_of(s, "t", "a")->type, "integer");
    assert_null(column_of(s, "t", "a")->default_expr);
    assert_true(column_of(s, "t", "b")->serial);
    assert_true(column_of(s, "t", "c")->serial);
    assert_true(column_of(s, "t", "G x")->serial);
    assert_false(column_of(s, "t", "d")->serial);
    assert_false(column_of(s, "t", "e")->serial);
    assert_false(column_of(s, "t", "f")->serial);
    assert_string_equal(column_of(s, "t", "d")->default_expr,
                        "nextval('public.t_d_seq'::regclass)");
    assert_int_equal(s->sequences.n, 3);
    const ag_sequence *d = ag_schema_sequence(s, "public", "t_d_seq");
    assert_string_equal(d->owner_column, "d");
    assert_true(d->options.has_increment);
    assert_int_equal(d->options.increment, 5);
    assert_false(d->options.has_start);
    assert_null(ag_schema_sequence(s, "public", "t_f_seq")->owner_table);
    ag_schema_free(s);
}

static void identity_columns_carry_their_options_and_no_sequence(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY,"
                " b bigint GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 2 CYCLE))");
    assert_int_equal(s->sequences.n, 0);
    const ag_column *a = column_of(s, "t", "a");
    assert_int_equal(a->identity, AG_IDENTITY_ALWAYS);
    assert_false(a->identity_options.has_start || a->identity_options.has_max);
    const ag_column *b = column_of(s, "t", "b");
    assert_int_equal(b->identity, AG_IDENTITY_BY_DEFAULT);
    assert_int_equal(b->identity_options.start, 10);
    assert_int_equal(b->identity_options.increment, 2);
    assert_true(b->identity_options.cycle);
    ag_schema_free(s);
}

static void keys_are_read_with_all_their_properties(void **state) {
    ag_schema *s = pg_case_read_after(
        *state,
        "CREATE TABLE p (id int, x int, PRIMARY KEY (id) INCLUDE (x) WITH (fillfactor = 70));"
        "CREATE TABLE t (a int, b int, c text, r int4range,"
        " CONSTRAINT u UNIQUE NULLS NOT DISTINCT (b, a) DEFERRABLE INITIALLY DEFERRED,"
        " CONSTRAINT k CHECK (a > 0 AND b IN (1, 2)) NO INHERIT,"
        " CONSTRAINT x EXCLUDE USING gist (r WITH &&) WHERE (a > 5),"
        " CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) MATCH FULL ON UPDATE CASCADE"
        " ON DELETE SET NULL (a) NOT DEFERRABLE);"
        "ALTER TABLE t ADD CONSTRAINT nv CHECK (c <> '') NOT VALID;"
        "COMMENT ON CONSTRAINT u ON t IS 'unique'; COMMENT ON INDEX u IS 'its index';"
        "ALTER TABLE p CLUSTER ON p_pkey");
    const ag_constraint *pk = ag_table_primary_key(table_of(s, "p"));
    assert_string_equal(pk->name, "p_pkey");
    assert_string_equal(pk->include.items[0], "x");
    assert_string_equal(pk->options.items[0].value, "70");
    assert_true(pk->clustered);
    const ag_constraint *u = constraint_of(s, "t", "u");
    assert_true(u->nulls_not_distinct && u->deferrable && u->initially_deferred);
    assert_string_equal(u->keys.items[0].column, "b");
    assert_string_equal(u->comment, "unique");
    assert_string_equal(u->index_comment, "its index");
    const ag_constraint *k = constraint_of(s, "t", "k");
    assert_string_equal(k->expr, "(a > 0) AND (b = ANY (ARRAY[1, 2]))");
    assert_true(k->no_inherit);
    const ag_constraint *x = constraint_of(s, "t", "x");
    assert_string_equal(x->method, "gist");
    assert_string_equal(x->keys.items[0].op, "&&");
    assert_string_equal(x->where, "a > 5");
    const ag_constraint *f = constraint_of(s, "t", "f");
    assert_string_equal(f->ref_namespace, "public");
    assert_string_equal(f->ref_table, "p");
    assert_string_equal(f->ref_columns.items[0], "id");
    assert_string_equal(f->on_update, "cascade");
    assert_string_equal(f->on_delete, "set null");
    assert_string_equal(f->on_delete_columns.items[0], "a");
    assert_string_equal(f->match, "full");
    assert_true(constraint_of(s, "t", "nv")->not_valid);
    assert_int_equal(table_of(s, "t")->indexes.n, 0);
    ag_schema_free(s);
}

static void indexes_are_read_with_all_their_properties(void **state) {
    ag_schema *s = pg_case_read_after(
        *state,
        "CREATE TABLE t (a int, b text, c text COLLATE \"C\", d jsonb, e varchar(9), v tsvector);"
        "CREATE UNIQUE INDEX i1 ON t (a DESC, b NULLS FIRST) INCLUDE (c) NULLS NOT DISTINCT"
        " WITH (fillfactor = 80) WHERE a > 0;"
        "CREATE INDEX i2 ON t (lower(b), (a + 1) DESC NULLS LAST);"
        "CREATE INDEX i3 ON t USING gin (d jsonb_path_ops);"
        "CREATE INDEX i4 ON t (b COLLATE \"POSIX\" text_pattern_ops, c, e);"
        "CREATE INDEX i5 ON t (lower(c), lower(c) COLLATE \"POSIX\");"
        "CREATE INDEX i6 ON t USING gist (v tsvector_ops (siglen = 100));"
        "COMMENT ON INDEX i2 IS 'two'; ALTER TABLE t CLUSTER ON i4;");
    const ag_index *i1 = index_of(s, "t", "i1");
    assert_true(i1->unique && i1->nulls_not_distinct);
    assert_true(i1->keys.items[0].descending);
    assert_int_equal(i1->keys.items[0].nulls, AG_NULLS_DEFAULT);
    assert_int_equal(i1->keys.items[1].nulls, AG_NULLS_FIRST);
    assert_int_equal(i1->keys.n, 2);
    assert_string_equal(i1->include.items[0], "c");
    assert_string_equal(i1->where, "a > 0");
    assert_string_equal(i1->options.items[0].value, "80");
    const ag_index *i2 = index_of(s, "t", "i2");
    assert_string_equal(i2->keys.items[0].expr, "lower(b)");
    assert_string_equal(i2->keys.items[1].expr, "a + 1");
    assert_null(i2->keys.items[1].column);
    assert_int_equal(i2->keys.items[1].nulls, AG_NULLS_LAST);
    assert_string_equal(i2->comment, "two");
    const ag_index *i3 = index_of(s, "t", "i3");
    assert_string_equal(i3->method, "gin");
    assert_string_equal(i3->keys.items[0].opclass, "jsonb_path_ops");
    const ag_index *i4 = index_of(s, "t", "i4");
    assert_string_equal(i4->keys.items[0].opclass, "text_pattern_ops");
    assert_string_equal(i4->keys.items[0].collation, "POSIX");
    assert_null(i4->keys.items[1].collation);
    assert_null(i4->keys.items[2].opclass);
    assert_true(i4->clustered);
    const ag_index *i5 = index_of(s, "t", "i5");
    assert_null(i5->keys.items[0].collation);
    assert_string_equal(i5->keys.items[1].collation, "POSIX");
    const ag_index *i6 = index_of(s, "t", "i6");
    assert_string_equal(i6->keys.items[0].opclass, "tsvector_ops");
    assert_string_equal(i6->keys.items[0].opclass_options.items[0].value, "100");
    ag_schema_free(s);
}

static void partitions_know_their_parent_and_bound(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TABLE p (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);"
                "CREATE INDEX ib ON p (b);"
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10) PARTITION BY LIST (a);"
                "CREATE TABLE pd PARTITION OF p DEFAULT;"
                "CREATE TABLE r (x int REFERENCES p);");
    assert_int_equal(table_of(s, "p")->kind, AG_TABLE_PARTITIONED);
    assert_string_equal(table_of(s, "p")->partition_by, "RANGE (a)");
    const ag_table *p1 = table_of(s, "p1");
    assert_string_equal(p1->parent, "p");
    assert_string_equal(p1->bound, "FOR VALUES FROM (1) TO (10)");
    assert_string_equal(p1->partition_by, "LIST (a)");
    assert_string_equal(table_of(s, "pd")->bound, "DEFAULT");
    assert_true(ag_table_primary_key(p1)->inherited);
    assert_true(p1->columns.items[0]->inherited);
    assert_true(p1->indexes.items[0]->inherited);
    assert_string_equal(p1->indexes.items[0]->parent, "ib");
    assert_int_equal(table_of(s, "r")->constraints.n, 1);
    ag_schema_free(s);
}

static void inheritance_keeps_its_order(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE SCHEMA \"My.App\"; CREATE TABLE b (x int, CHECK (x > 0));"
                "CREATE TABLE \"My.App\".\"A\" (y int);"
                "CREATE TABLE c (z int) INHERITS (b, \"My.App\".\"A\")");
    const ag_table *t = table_of(s, "c");
    assert_int_equal(t->inherits.n, 2);
    assert_string_equal(t->inherits.items[0], "public.b");
    assert_string_equal(t->inherits.items[1], "\"My.App\".\"A\"");
    assert_true(t->columns.items[0]->inherited);
    assert_false(column_of(s, "c", "z")->inherited);
    assert_true(t->constraints.items[0]->inherited);
    assert_null(t->parent);
    ag_schema_free(s);
}

static void tables_are_read_with_all_their_properties(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE UNLOGGED TABLE t (a int NOT NULL, b text)"
                " WITH (fillfactor = 50, toast.autovacuum_enabled = false);"
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY,"
                " REPLICA IDENTITY FULL; COMMENT ON TABLE t IS 'things';"
                "CREATE TABLE u (a int NOT NULL); CREATE UNIQUE INDEX i ON u (a);"
                "ALTER TABLE u REPLICA IDENTITY USING INDEX i");
    const ag_table *t = table_of(s, "t");
    assert_true(t->unlogged && t->row_security && t->force_row_security);
    assert_string_equal(t->replica_identity, "full");
    assert_int_equal(t->options.n, 2);
    assert_string_equal(t->options.items[1].name, "toast.autovacuum_enabled");
    assert_string_equal(t->comment, "things");
    assert_null(table_of(s, "u")->replica_identity);
    assert_true(index_of(s, "u", "i")->replica_identity);
    ag_schema_free(s);
}

static void types_are_read_with_all_their_properties(void **state) {
    ag_schema *s = pg_case_read_after(
        *state, "CREATE TYPE mood AS ENUM ('sad', 'o''k, \"x\"', 'happy');"
                "ALTER TYPE mood ADD VALUE 'better' BEFORE 'happy';"
                "CREATE DOMAIN d AS varchar(5) COLLATE \"C\" NOT NULL DEFAULT 'q'"
                " CONSTRAINT dc CHECK (VALUE <> 'z');"
                "ALTER DOMAIN d ADD CONSTRAINT nv CHECK (VALUE <> 'y') NOT VALID;"
                "CREATE TYPE pair AS (a int, b text COLLATE \"C\");"
                "COMMENT ON COLUMN pair.b IS 'second'; COMMENT ON TYPE mood IS 'm';"
                "COMMENT ON DOMAIN d IS 'dd'; CREATE TABLE t (m mood[], d d)");
    const ag_enum *mood = ag_schema_enum(s, "public", "mood");
    assert_int_equal(mood->values.n, 4);
    assert_string_equal(mood->values.items[1].name, "o'k, \"x\"");
    assert_string_equal(mood->values.items[2].name, "better");
    assert_string_equal(mood->comment, "m");
    const ag_domain *d = ag_schema_domain(s, "public", "d");
    assert_string_equal(d->type, "character varying(5)");
    assert_string_equal(d->collation, "C");
    assert_string_equal(d->default_expr, "'q'::character varying");
    assert_false(d->nullable);
    assert_int_equal(d->checks.n, 2);
    assert_string_equal(d->checks.items[0]->name, "dc");
    assert_string_equal(d->checks.items[0]->expr, "(VALUE)::text <> 'z'::text");
    assert_true(d->checks.items[1]->not_valid);
    const ag_composite *pair = ag_schema_composite(s, "public", "pair");
    assert_int_equal(pair->attributes.n, 2);
    assert_string_equal(pair->attributes.items[1]->comment, "second");
    assert_string_equal(column_of(s, "t", "m")->type, "public.mood[]");
    ag_schema_free(s);
}

static void members_of_extensions_are_left_out(void **state) {
    ag_schema *s =
        pg_case_read_after(*state, "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;"
                                   "CREATE TABLE t (a ext.citext)");
    assert_int_equal(s->extensions.n, 1);
    assert_string_equal(s->extensions.items[0]->name, "citext");
    assert_string_equal(s->extensions.items[0]->ns, "ext");
    assert_null(s->extensions.items[0]->comment);
    assert_int_equal(s->namespaces.n, 1);
    assert_string_equal(column_of(s, "t", "a")->type, "ext.citext");
    ag_schema_free(s);
}

static void only_the_namespaces_asked_for_are_read(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn,
                "CREATE SCHEMA \"it's, {\\\"\"x\"; CREATE TABLE public.a (x int PRIMARY KEY);"
                "CREATE TABLE \"it's, {\\\"\"x\".b (y int REFERENCES public.a)");
    const char *names[] = {"it's, {\\\"x"};
    ag_introspect_options options = {.namespaces = {names, 1, 1}};
    ag_error err = {0};
    ag_schema *s = NULL;
    assert_true(ag_dialect_postgresql.introspect(c->conn, &options, &s, &err));
    assert_int_equal(s->tables.n, 1);
    assert_string_equal(s->tables.items[0]->name, "b");
    const ag_constraint *f = s->tables.items[0]->constraints.items[0];
    assert_string_equal(f->ref_namespace, "public");
    assert_int_equal(f->ref_columns.n, 1);
    assert_string_equal(f->ref_columns.items[0], "x");
    ag_schema_free(s);
}

static void settings_of_the_session_change_nothing(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "CREATE TABLE t (a timestamptz DEFAULT '2020-01-01 00:00+00',"
                         " b bytea DEFAULT '\\x01', c interval DEFAULT '1 day 2 hours');"
                         "SET timezone = 'Asia/Tokyo'; SET datestyle = 'German';"
                         "SET intervalstyle = 'iso_8601'; SET bytea_output = 'escape';"
                         "SET quote_all_identifiers = on");
    ag_schema *s = pg_case_read(c);
    assert_string_equal(column_of(s, "t", "a")->default_expr,
                        "'2020-01-01 00:00:00+00'::timestamp with time zone");
    assert_string_equal(column_of(s, "t", "b")->default_expr, "'\\x01'::bytea");
    assert_string_equal(column_of(s, "t", "c")->default_expr, "'1 day 02:00:00'::interval");
    ag_schema_free(s);
    ag_rows rows = {.arena = ag_arena_new()};
    assert_true(ag_conn_query(c->conn, "SHOW datestyle", NULL, 0, &rows, NULL));
    assert_non_null(strstr(rows.rows.items[0][0], "German"));
    ag_arena_free(rows.arena);
}

static void reading_inside_a_transaction_leaves_it_as_it_was(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "BEGIN; SET LOCAL search_path = public; CREATE TABLE t (a int)");
    ag_schema *s = pg_case_read(c);
    assert_int_equal(s->tables.n, 1);
    assert_true(c->conn->driver->in_transaction(c->conn));
    pg_case_run(c->conn, "CREATE TABLE u (a int); ROLLBACK");
    ag_schema_free(s);
}

static void a_refused_catalog_is_one_error_and_no_open_transaction(void **state) {
    const pg_case *c = *state;
    pg_case_run(c->conn, "REVOKE SELECT ON pg_catalog.pg_constraint FROM public;"
                         "CREATE ROLE poor; SET ROLE poor");
    ag_error err = {0};
    ag_schema *s = NULL;
    assert_false(ag_dialect_postgresql.introspect(c->conn, NULL, &s, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_string_equal(err.sqlstate, "42501");
    assert_null(s);
    assert_false(c->conn->driver->in_transaction(c->conn));
    pg_case_run(c->conn, "RESET ROLE; DROP ROLE poor");
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(every_query_can_be_prepared),
        cmocka_unit_test(older_servers_are_asked_for_what_they_have),
        cmocka_unit_test(a_lost_connection_is_one_error),
        cmocka_unit_test(a_server_that_is_too_old_is_refused),
        PG_TEST(an_empty_database_gives_an_empty_schema),
        PG_TEST(columns_are_read_with_all_their_properties),
        PG_TEST(serial_is_recognised_only_when_it_is_exactly_that),
        PG_TEST(identity_columns_carry_their_options_and_no_sequence),
        PG_TEST(keys_are_read_with_all_their_properties),
        PG_TEST(indexes_are_read_with_all_their_properties),
        PG_TEST(partitions_know_their_parent_and_bound),
        PG_TEST(inheritance_keeps_its_order),
        PG_TEST(tables_are_read_with_all_their_properties),
        PG_TEST(types_are_read_with_all_their_properties),
        PG_TEST(members_of_extensions_are_left_out),
        PG_TEST(only_the_namespaces_asked_for_are_read),
        PG_TEST(settings_of_the_session_change_nothing),
        PG_TEST(reading_inside_a_transaction_leaves_it_as_it_was),
        PG_TEST(a_refused_catalog_is_one_error_and_no_open_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
