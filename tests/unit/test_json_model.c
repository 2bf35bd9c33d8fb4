#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fake_pg.h"
#include "json_kit.h"
#include "model/input.h"

/* ---- what is taken ---- */

static const char users[] =
    "{\"enums\": {\"order_status\": [\"new\", \"paid\"]}, \"tables\": {\n"
    " \"users\": {\"comment\": \"People\", \"columns\": {\n"
    "   \"id\": {\"type\": \"bigint\", \"identity\": \"always\"},\n"
    "   \"email\": {\"type\": \"varchar(320)\", \"nullable\": false, \"renamed_from\": \"mail\"},\n"
    "   \"n\": {\"type\": \"int\", \"default\": 0},\n"
    "   \"on\": {\"type\": \"bool\", \"default\": true},\n"
    "   \"big\": {\"type\": \"numeric\", \"default\": 123456789012345678901234567890.10},\n"
    "   \"token\": {\"type\": \"uuid\", \"default\": {\"postgresql\": \"gen_random_uuid()\",\n"
    "              \"sqlite\": \"(lower(hex(randomblob(16))))\"}},\n"
    "   \"domain\": {\"type\": \"text\", \"generated\": \"substr(email, 5)\", \"stored\": true}},\n"
    "  \"primary_key\": [\"id\"],\n"
    "  \"unique\": {\"uq_users_email\": [\"email\"]},\n"
    "  \"checks\": {\"ck_users_email\": \"length(email) > 3\"},\n"
    "  \"foreign_keys\": {\"fk\": {\"columns\": [\"n\"], \"references\": \"orgs\",\n"
    "     \"referred\": [\"id\"], \"on_delete\": \"CASCADE\", \"deferrable\": true}},\n"
    "  \"indexes\": {\"ix\": {\"columns\": [{\"expr\": \"lower(email)\"},\n"
    "     {\"name\": \"n\", \"order\": \"desc\", \"nulls\": \"last\"}], \"unique\": true,\n"
    "     \"where\": \"token IS NULL\", \"method\": \"btree\", \"include\": [\"domain\"]}}},\n"
    " \"orgs\": {\"columns\": {\"id\": {\"type\": \"bigint\", \"identity\": \"always\"}},\n"
    "  \"primary_key\": [\"id\"]}}}";

static void a_model_becomes_a_schema_of_its_dialect(void **state) {
    (void)state;
    model m = read_good(&fake_pg, users);
    const ag_table *t = ag_schema_table(m.schema, "public", "users");
    assert_non_null(t);
    assert_string_equal(t->comment, "People");
    assert_int_equal(column_of(&m, "users", "id")->identity, AG_IDENTITY_ALWAYS);
    assert_false(column_of(&m, "users", "id")->nullable);
    assert_true(column_of(&m, "users", "n")->nullable);
    assert_string_equal(column_of(&m, "users", "n")->type, "integer");
    assert_string_equal(column_of(&m, "users", "n")->default_expr, "0");
    assert_string_equal(column_of(&m, "users", "on")->default_expr, "true");
    assert_string_equal(column_of(&m, "users", "big")->default_expr,
                        "123456789012345678901234567890.10");
    assert_string_equal(column_of(&m, "users", "token")->default_expr, "gen_random_uuid()");
    assert_int_equal(column_of(&m, "users", "domain")->generated, AG_GENERATED_STORED);
    assert_string_equal(column_of(&m, "users", "email")->renamed_from, "mail");
    assert_int_equal(t->constraints.n, 4);
    assert_int_equal(t->constraints.items[0]->kind, AG_PRIMARY_KEY);
    assert_int_equal(t->constraints.items[0]->name_origin, AG_NAME_NONE);
    const ag_constraint *fk = ag_table_constraint(m.schema, t, "fk");
    assert_string_equal(fk->on_delete, "cascade");
    assert_string_equal(fk->ref_namespace, "public");
    assert_true(fk->deferrable);
    const ag_index *ix = ag_table_index(m.schema, t, "ix");
    assert_true(ix->unique);
    assert_null(ix->method);
    assert_int_equal(ix->keys.items[1].nulls, AG_NULLS_LAST);
    assert_true(ag_schema_covers(m.schema, AG_TABLE));
    assert_true(ag_schema_covers(m.schema, AG_INDEX));
    assert_false(ag_schema_covers(m.schema, AG_VIEW));
    release(&m);
}

static void the_same_model_serves_sqlite(void **state) {
    (void)state;
    model m = read_good(&ag_dialect_sqlite, users);
    assert_string_equal(column_of(&m, "users", "id")->type, "INTEGER");
    assert_true(column_of(&m, "users", "id")->nullable);
    assert_int_equal(column_of(&m, "users", "id")->identity, AG_IDENTITY_NONE);
    assert_string_equal(column_of(&m, "users", "token")->default_expr,
                        "(lower(hex(randomblob(16))))");
    const ag_table *t = ag_schema_table(m.schema, NULL, "users");
    assert_int_equal(ag_table_index(m.schema, t, "ix")->keys.items[1].nulls, AG_NULLS_DEFAULT);
    release(&m);
}

static void nodes_know_their_place(void **state) {
    (void)state;
    model m = read_good(&fake_pg, users);
    const ag_column *n = column_of(&m, "users", "n");
    assert_string_equal(n->loc.file, "a.json");
    assert_int_equal(n->loc.line, 5);
    assert_int_equal(n->loc.column, 4);
    assert_int_equal(n->type_loc.column, 18);
    assert_int_equal(n->default_loc.column, 36);
    release(&m);
}

static void nullable_depends_on_the_key(void **state) {
    (void)state;
    static const char text[] =
        "{\"tables\": {\"a\": {\"columns\": {\"id\": \"INTEGER\", \"x\": \"text\"}, "
        "\"primary_key\": [\"id\"]},"
        "\"b\": {\"columns\": {\"id\": \"text\", \"y\": {\"type\": \"text\", \"nullable\": true}}, "
        "\"primary_key\": [\"id\", \"y\"]},"
        "\"c\": {\"columns\": {\"id\": {\"type\": \"text\", \"primary_key\": true}}}}}";
    model m = read_good(&ag_dialect_sqlite, text);
    assert_true(column_of(&m, "a", "id")->nullable); /* the rowid: NOT NULL is not written */
    assert_true(column_of(&m, "a", "x")->nullable);
    assert_false(column_of(&m, "b", "id")->nullable);
    assert_true(column_of(&m, "b", "y")->nullable);
    assert_false(column_of(&m, "c", "id")->nullable);
    release(&m);
    m = read_good(&fake_pg, text);
    assert_false(column_of(&m, "a", "id")->nullable);
    assert_false(column_of(&m, "b", "y")->nullable); /* cannot be there */
    release(&m);
}

static void lists_and_short_forms_are_taken(void **state) {
    (void)state;
    model m =
        read_good(&fake_pg, "{\"tables\": {\"t\": {\"columns\": {"
                            "\"a\": {\"type\": \"int\", \"primary_key\": true},"
                            "\"b\": {\"type\": \"int\", \"unique\": true, \"check\": \"b > 0\"},"
                            "\"c\": {\"type\": \"int\", \"references\": \"t(a)\"},"
                            "\"d\": {\"type\": \"int\", \"references\": "
                            "{\"references\": \"t\", \"on_delete\": \"cascade\"}}},"
                            "\"unique\": [[\"a\", \"b\"], \"c\", {\"name\": \"u\", "
                            "\"columns\": [\"d\"]}],"
                            "\"checks\": [\"a > 0\", {\"name\": \"k\", \"expr\": \"b > 0\"}],"
                            "\"indexes\": [[\"a\"], {\"columns\": \"b\"}]}}}");
    const ag_table *t = m.schema->tables.items[0];
    assert_int_equal(t->constraints.n, 10);
    assert_string_equal(t->constraints.items[0]->inline_column, "a");
    assert_string_equal(t->constraints.items[3]->ref_columns.items[0], "a");
    assert_string_equal(t->constraints.items[4]->on_delete, "cascade");
    assert_int_equal(t->constraints.items[5]->keys.n, 2);
    assert_string_equal(t->constraints.items[7]->name, "u");
    assert_string_equal(t->constraints.items[9]->name, "k");
    assert_int_equal(t->indexes.n, 2);
    assert_int_equal(t->indexes.items[0]->name_origin, AG_NAME_NONE);
    release(&m);
}

static void leaves_may_be_per_dialect(void **state) {
    (void)state;
    static const char text[] =
        "{\"tables\": {\"t\": {\"comment\": {\"sqlite\": \"s\"}, \"columns\": {"
        "\"a\": {\"type\": {\"sqlite\": \"Odd Type\", \"postgresql\": \"int\"}},"
        "\"b\": {\"type\": \"int\", \"nullable\": {\"postgresql\": false}}},"
        "\"primary_key\": {\"sqlite\": [\"a\"], \"postgresql\": [\"b\"]},"
        "\"checks\": {\"c\": {\"postgresql\": \"a > 0\"}, \"d\": {\"expr\": {\"sqlite\": \"a > "
        "1\"}}}}},"
        "\"views\": {\"v\": {\"postgresql\": \"SELECT 1\"}}}";
    model m = read_good(&ag_dialect_sqlite, text);
    assert_string_equal(column_of(&m, "t", "a")->type, "Odd Type");
    assert_true(column_of(&m, "t", "b")->nullable);
    assert_string_equal(m.schema->tables.items[0]->constraints.items[0]->keys.items[0].column, "a");
    assert_int_equal(m.schema->tables.items[0]->constraints.n, 2);
    assert_string_equal(m.schema->tables.items[0]->constraints.items[1]->name, "d");
    assert_int_equal(m.schema->objects.n, 0);
    release(&m);
    m = read_good(&fake_pg, text);
    assert_string_equal(column_of(&m, "t", "a")->type, "int"); /* per dialect: as it is */
    assert_false(column_of(&m, "t", "b")->nullable);
    assert_null(m.schema->tables.items[0]->comment);
    assert_string_equal(m.schema->tables.items[0]->constraints.items[1]->name, "c");
    assert_string_equal(m.schema->objects.items[0]->definition, "CREATE VIEW v AS SELECT 1");
    release(&m);
}

static void names_may_be_qualified(void **state) {
    (void)state;
    static const char text[] =
        "{\"tables\": {\"audit.log\": {\"columns\": {\"a\": \"int\", \"b\": \"int\"},"
        " \"primary_key\": [\"a\"], \"foreign_keys\": [{\"columns\": [\"b\"], \"references\": "
        "\"t\"},"
        " {\"columns\": [\"b\"], \"references\": \"log\"}]},"
        "\"\\\"a.b\\\"\": {\"columns\": {\"x\": \"int\"}},"
        "\"x.y.z\": {\"namespace\": \"public\", \"columns\": {\"x\": \"int\"}},"
        "\"t\": {\"columns\": {\"a\": \"int\"}, \"primary_key\": [\"a\"]}}}";
    model m = read_good(&fake_pg, text);
    const ag_table *log = ag_schema_table(m.schema, "audit", "log");
    assert_non_null(log);
    assert_string_equal(log->constraints.items[1]->ref_namespace, "public");
    assert_string_equal(log->constraints.items[2]->ref_namespace, "audit");
    assert_non_null(ag_schema_table(m.schema, "public", "a.b"));
    assert_non_null(ag_schema_table(m.schema, "public", "x.y.z"));
    release(&m);
    m = read_good(&ag_dialect_sqlite, "{\"tables\": {\"a.b\": {\"columns\": {\"x\": \"int\"}},"
                                      "\"\\\"q\\\"\": {\"columns\": {\"x\": \"int\"}}}}");
    assert_non_null(ag_schema_table(m.schema, NULL, "a.b"));
    assert_non_null(ag_schema_table(m.schema, NULL, "\"q\""));
    release(&m);
}

static void naming_names_what_has_no_name(void **state) {
    (void)state;
    model m = read_good(
        &fake_pg,
        "{\"naming\": {\"ix\": \"ix_{table}_{columns}\", \"uq\": \"uq_{table}_{columns}\","
        " \"fk\": \"fk_{table}_{columns}_{referred_table}\", \"ck\": \"ck_{table}_{name}\","
        " \"pk\": \"pk_{table}\"}, \"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"int\","
        " \"check\": \"a > 0\"}, \"b\": \"int\"}, \"primary_key\": [\"a\"],"
        " \"unique\": [[\"a\", \"b\"]], \"checks\": {\"mine\": \"a > 1\"},"
        " \"foreign_keys\": [{\"columns\": [\"b\"], \"references\": \"t\"}],"
        " \"indexes\": [[\"b\"], {\"columns\": [{\"expr\": \"lower(b || 'x')\"}]}]}}}");
    const ag_table *t = m.schema->tables.items[0];
    assert_non_null(ag_table_constraint(m.schema, t, "ck_t_a"));
    assert_non_null(ag_table_constraint(m.schema, t, "pk_t"));
    assert_int_equal(ag_table_constraint(m.schema, t, "pk_t")->name_origin, AG_NAME_CONVENTION);
    assert_non_null(ag_table_constraint(m.schema, t, "uq_t_a_b"));
    assert_non_null(ag_table_constraint(m.schema, t, "fk_t_b_t"));
    assert_int_equal(ag_table_constraint(m.schema, t, "mine")->name_origin, AG_NAME_GIVEN);
    assert_string_equal(t->indexes.items[0]->name, "ix_t_b");
    assert_string_equal(t->indexes.items[1]->name, "ix_t_lower_b_x");
    release(&m);
}

static void partitions_take_the_columns_of_their_parent(void **state) {
    (void)state;
    model m = read_good(
        &fake_pg,
        "{\"tables\": {\"p\": {\"columns\": {\"a\": \"int\", \"b\": \"text\"}, \"partition_by\": "
        "\"RANGE (a)\", \"partitions\": {\"p1\": \"FOR VALUES FROM (1) TO (2)\", \"p2\": "
        "{\"bound\": "
        "\"DEFAULT\", \"indexes\": {\"i\": [\"b\"]}}}},"
        "\"q\": {\"partition_of\": \"p\", \"bound\": \"FOR VALUES FROM (2) TO (3)\"},"
        "\"child\": {\"inherits\": [\"base\"], \"columns\": {\"own\": \"int\"}},"
        "\"base\": {\"columns\": {\"x\": \"int\"}}}}");
    const ag_table *p1 = ag_schema_table(m.schema, "public", "p1");
    const ag_table *q = ag_schema_table(m.schema, "public", "q");
    const ag_table *child = ag_schema_table(m.schema, "public", "child");
    assert_int_equal(ag_schema_table(m.schema, "public", "p")->kind, AG_TABLE_PARTITIONED);
    assert_int_equal(p1->columns.n, 2);
    assert_true(p1->columns.items[1]->inherited);
    assert_string_equal(p1->bound, "FOR VALUES FROM (1) TO (2)");
    assert_string_equal(q->parent, "p");
    assert_int_equal(q->columns.n, 2);
    assert_string_equal(child->columns.items[0]->name, "x");
    assert_true(child->columns.items[0]->inherited);
    assert_false(child->columns.items[1]->inherited);
    assert_string_equal(child->inherits.items[0], "public.base");
    release(&m);
}

static void a_model_may_say_nothing_of_partitions(void **state) {
    (void)state;
    model m = read_good(
        &fake_pg, "{\"tables\": {"
                  "\"open\": {\"columns\": {\"a\": \"int\"}, \"partition_by\": \"LIST (a)\"},"
                  "\"none\": {\"columns\": {\"a\": \"int\"}, \"partition_by\": \"LIST (a)\","
                  " \"partitions\": {}},"
                  "\"never\": {\"columns\": {\"a\": \"int\"}, \"partition_by\": \"LIST (a)\","
                  " \"partitions\": false},"
                  "\"named\": {\"columns\": {\"a\": \"int\"}, \"partition_by\": \"LIST (a)\"},"
                  "\"part\": {\"partition_of\": \"named\", \"bound\": \"DEFAULT\"}}}");
    assert_true(ag_schema_table(m.schema, "public", "open")->open_partitions);
    assert_false(ag_schema_table(m.schema, "public", "none")->open_partitions);
    assert_false(ag_schema_table(m.schema, "public", "never")->open_partitions);
    assert_false(ag_schema_table(m.schema, "public", "named")->open_partitions);
    assert_false(ag_schema_table(m.schema, "public", "part")->open_partitions);
    release(&m);
}

static void triggers_find_their_table(void **state) {
    (void)state;
    model m = read_good(
        &ag_dialect_sqlite,
        "{\"tables\": {\"t\": {\"columns\": {\"a\": \"int\"}, \"triggers\": {\"inside\": \"CREATE "
        "TRIGGER inside AFTER INSERT ON t BEGIN SELECT 1; END\"}}},"
        "\"triggers\": {\"g\": \"CREATE TRIGGER g AFTER UPDATE OF a ON \\\"t\\\" BEGIN SELECT 1; "
        "END\"}, \"views\": {\"v\": \"select a from t\", \"w\": \"CREATE VIEW w AS SELECT 1\"}}");
    const ag_object *g = ag_schema_object(m.schema, AG_TRIGGER, NULL, "g");
    assert_string_equal(g->table, "t");
    assert_string_equal(ag_schema_object(m.schema, AG_TRIGGER, NULL, "inside")->table, "t");
    assert_string_equal(ag_schema_object(m.schema, AG_VIEW, NULL, "v")->definition,
                        "CREATE VIEW v AS select a from t");
    assert_string_equal(ag_schema_object(m.schema, AG_VIEW, NULL, "w")->definition,
                        "CREATE VIEW w AS SELECT 1");
    assert_true(ag_schema_covers(m.schema, AG_TRIGGER));
    release(&m);
}

static void the_primary_key_keeps_its_place_among_the_uniques(void **state) {
    (void)state;
    model m = read_good(&ag_dialect_sqlite,
                        "{\"tables\": {\"t\": {\"columns\": {\"a\": \"text\", \"b\": \"text\"}, "
                        "\"primary_key\": {\"columns\": [\"a\"], \"position\": 1}, \"unique\": "
                        "[[\"b\"], [\"a\", \"b\"]]}}}");
    const ag_table *t = m.schema->tables.items[0];
    assert_int_equal(t->constraints.items[0]->kind, AG_UNIQUE);
    assert_int_equal(t->constraints.items[1]->kind, AG_PRIMARY_KEY);
    assert_int_equal(t->constraints.items[2]->kind, AG_UNIQUE);
    release(&m);
}

static void references_out_of_the_model_say_so(void **state) {
    (void)state;
    model m =
        read_good(&ag_dialect_sqlite,
                  "{\"tables\": {\"t\": {\"columns\": {\"a\": \"int\"}, \"foreign_keys\": "
                  "[{\"columns\": [\"a\"], \"references\": \"gone\", \"external\": true}]}}}");
    ag_buf out = AG_BUF_INIT;
    assert_true(ag_model_write_json(m.schema, &ag_dialect_sqlite, &out, NULL));
    assert_non_null(strstr(ag_buf_text(&out), "\"external\": true"));
    ag_buf_release(&out);
    release(&m);
}

static void warnings_do_not_stop_a_model(void **state) {
    (void)state;
    model m = read_good(&fake_pg, "{\"tables\": {\"t\": {\"columns\": {\"a\": \"int\", \"b\": "
                                  "\"int\"}, \"foreign_keys\": [{\"columns\": [\"a\"], "
                                  "\"references\": \"t\", \"referred\": [\"b\"]}]}}}");
    assert_int_equal(m.diags.list.n, 1);
    assert_non_null(strstr(m.diags.list.items[0].message, "not unique"));
    assert_true(m.diags.list.items[0].line > 0);
    release(&m);
}

static void an_empty_model_covers_nothing(void **state) {
    (void)state;
    model m = read_good(&fake_pg, "{}");
    assert_int_equal(m.schema->covers, 0);
    ag_buf out = AG_BUF_INIT;
    assert_true(ag_model_write_json(m.schema, &fake_pg, &out, NULL));
    assert_string_equal(ag_buf_text(&out), "{}\n");
    ag_buf_release(&out);
    release(&m);
    m = read_good(&fake_pg, "{\"views\": {}}");
    assert_true(ag_schema_covers(m.schema, AG_VIEW));
    assert_false(ag_schema_covers(m.schema, AG_TABLE));
    release(&m);
}

static void long_and_strange_names_work(void **state) {
    (void)state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "{\"tables\": {\"");
    for (int i = 0; i < 10240; i++) {
        ag_buf_putc(&text, 'x');
    }
    ag_buf_puts(&text, "\": {\"columns\": {\"a\\\"'\\n;-- \\u202e\": \"int\"}}}}");
    model m = read_good(&ag_dialect_sqlite, ag_buf_text(&text));
    assert_int_equal(strlen(m.schema->tables.items[0]->name), 10240);
    assert_string_equal(m.schema->tables.items[0]->columns.items[0]->name,
                        "a\"'\n;-- \xE2\x80\xAE");
    release(&m);
    m = read_texts(&ag_dialect_postgresql, ag_buf_text(&text), NULL);
    assert_false(m.ok);
    assert_int_equal(m.diags.list.n, 1);
    assert_non_null(strstr(m.diags.list.items[0].message, "has 10240 bytes"));
    release(&m);
    ag_buf_release(&text);
}

static void ten_thousand_columns_work(void **state) {
    (void)state;
    ag_buf text = AG_BUF_INIT;
    ag_buf_puts(&text, "{\"tables\": {\"t\": {\"columns\": {");
    for (int i = 0; i < 10000; i++) {
        ag_buf_printf(&text, "%s\"c%d\": \"int\"", i == 0 ? "" : ",\n", i);
    }
    ag_buf_puts(&text, "}, \"indexes\": {\"i\": [\"c9999\"]}}}}");
    model m = read_good(&fake_pg, ag_buf_text(&text));
    assert_int_equal(m.schema->tables.items[0]->columns.n, 10000);
    release(&m);
    ag_buf_release(&text);
}

/* ---- files ---- */

static char *make_folder(ag_arena *arena) {
    char pattern[] = "/tmp/autogen-model-XXXXXX";
    assert_non_null(mkdtemp(pattern));
    return ag_arena_strdup(arena, pattern);
}

static void put_file(ag_arena *arena, const char *folder, const char *name, const char *text) {
    ag_error err = {0};
    assert_true(ag_file_write(ag_path_join(arena, folder, name), text, strlen(text), &err));
}

static void a_folder_is_read_with_the_folders_below_it(void **state) {
    (void)state;
    static const char *const folders[] = {"", "z", "z/deep", "migrations", ".git"};
    ag_arena *arena = ag_arena_new();
    ag_error err = {0};
    const char *folder = make_folder(arena);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = ag_path_join(arena, folder, folders[i]);
        assert_true(ag_dir_make(path, &err));
        put_file(arena, path, "b.json", "{}");
    }
    put_file(arena, folder, "migrations/script.mako", "");
    put_file(arena, folder, "z/a.json", "{}");
    assert_int_equal(symlink(folder, ag_path_join(arena, folder, "z/loop")), 0);
    ag_strings files = {NULL, 0, 0};
    assert_true(ag_model_expand(arena, folder, ".json", &files, &err));
    static const char *const expected[] = {"b.json", "z/a.json", "z/b.json", "z/deep/b.json"};
    assert_int_equal(files.n, 4);
    for (size_t i = 0; i < files.n; i++) {
        assert_string_equal(files.items[i], ag_path_join(arena, folder, expected[i]));
    }
    files.n = 0;
    assert_true(ag_model_expand(arena, ag_path_join(arena, folder, "z*"), ".json", &files, &err));
    assert_int_equal(files.n, 3);
    assert_false(ag_model_expand(arena, ag_path_join(arena, folder, "m*"), ".json", &files, &err));
    assert_non_null(strstr(err.message, "no file matches"));
    ag_arena_free(arena);
}

static void inputs_are_files_folders_and_patterns(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_error err = {0};
    const char *folder = make_folder(arena);
    put_file(arena, folder, "b.json", "{\"tables\": {\"b\": {\"columns\": {\"x\": \"int\"}}}}");
    put_file(arena, folder, "a.json", "{\"tables\": {\"a\": {\"columns\": {\"x\": \"int\"}}}}");
    put_file(arena, folder, "notes.txt", "not a model");
    put_file(arena, folder, "odd[1].json", "{}");
    ag_strings files = {NULL, 0, 0};
    assert_true(ag_model_expand(arena, folder, ".json", &files, &err));
    assert_int_equal(files.n, 3);
    assert_string_equal(ag_path_base(files.items[0]), "a.json");
    assert_true(
        ag_model_expand(arena, ag_path_join(arena, folder, "*.json"), ".json", &files, &err));
    assert_true(
        ag_model_expand(arena, ag_path_join(arena, folder, "odd[1].json"), ".json", &files, &err));
    assert_int_equal(files.n, 3); /* each file once */
    assert_false(
        ag_model_expand(arena, ag_path_join(arena, folder, "*.yaml"), ".json", &files, &err));
    assert_int_equal(err.code, AG_INPUT);
    ag_strings inputs = {NULL, 0, 0};
    ag_vec_push(arena, &inputs, folder);
    ag_schema *schema = NULL;
    ag_diags diags = AG_DIAGS_INIT;
    assert_true(ag_model_read_json(&inputs, &ag_dialect_sqlite, &schema, &diags, &err));
    assert_int_equal(schema->tables.n, 2);
    ag_schema_free(schema);
    ag_vec_push(arena, &inputs, ag_path_join(arena, folder, "missing.json"));
    assert_false(ag_model_read_json(&inputs, &ag_dialect_sqlite, &schema, &diags, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_null(schema);
    ag_diags_release(&diags);
    static const char *const names[] = {"a.json", "b.json", "notes.txt", "odd[1].json"};
    for (size_t i = 0; i < 4; i++) {
        (void)unlink(ag_path_join(arena, folder, names[i]));
    }
    (void)rmdir(folder);
    ag_arena_free(arena);
}

static void what_json_cannot_hold_is_an_error(void **state) {
    (void)state;
    ag_schema *schema = ag_schema_new("sqlite");
    ag_table *t = ag_schema_add_table(schema, NULL, "t");
    ag_table_add_column(schema, t, "bad\xFF");
    ag_buf out = AG_BUF_INIT;
    ag_error err = {0};
    assert_false(ag_model_write_json(schema, &ag_dialect_sqlite, &out, &err));
    assert_non_null(strstr(err.message, "not valid UTF-8"));
    ag_buf_release(&out);
    ag_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_becomes_a_schema_of_its_dialect),
        cmocka_unit_test(the_same_model_serves_sqlite),
        cmocka_unit_test(nodes_know_their_place),
        cmocka_unit_test(nullable_depends_on_the_key),
        cmocka_unit_test(lists_and_short_forms_are_taken),
        cmocka_unit_test(leaves_may_be_per_dialect),
        cmocka_unit_test(names_may_be_qualified),
        cmocka_unit_test(naming_names_what_has_no_name),
        cmocka_unit_test(partitions_take_the_columns_of_their_parent),
        cmocka_unit_test(a_model_may_say_nothing_of_partitions),
        cmocka_unit_test(triggers_find_their_table),
        cmocka_unit_test(the_primary_key_keeps_its_place_among_the_uniques),
        cmocka_unit_test(references_out_of_the_model_say_so),
        cmocka_unit_test(warnings_do_not_stop_a_model),
        cmocka_unit_test(an_empty_model_covers_nothing),
        cmocka_unit_test(long_and_strange_names_work),
        cmocka_unit_test(ten_thousand_columns_work),
        cmocka_unit_test(inputs_are_files_folders_and_patterns),
        cmocka_unit_test(a_folder_is_read_with_the_folders_below_it),
        cmocka_unit_test(what_json_cannot_hold_is_an_error),
    };
    return cmocka_run_group_tests_name("json_model", tests, NULL, NULL);
}
