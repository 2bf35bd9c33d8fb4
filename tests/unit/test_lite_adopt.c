#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "dialect/dialect.h"
#include "schema/node.h"

/* A model with one table t(a text). */
typedef struct model {
    ag_schema *schema;
    ag_table *t;
    ag_column *a;
    ag_diags diags;
} model;

static model new_model(void) {
    model m = {.schema = ag_schema_new("sqlite"), .diags = AG_DIAGS_INIT};
    m.t = ag_schema_add_table(m.schema, NULL, "t");
    m.a = ag_table_add_column(m.schema, m.t, "a");
    m.a->type = "text";
    m.t->loc = m.a->loc = (ag_loc){"m.json", 3, 7};
    return m;
}

static void release(model *m) {
    ag_diags_release(&m->diags);
    ag_schema_free(m->schema);
}

static bool adopt(model *m) {
    return ag_dialect_sqlite.adopt(m->schema, &m->diags);
}

static void assert_adopted(model *m) {
    if (!adopt(m)) {
        fail_msg("%s", m->diags.list.items[0].message);
    }
    assert_int_equal(m->diags.list.n, 0);
}

/* Adopting must fail with one diagnostic that holds `words`, at the model's place. */
static void assert_refused(model *m, const char *words) {
    assert_false(adopt(m));
    assert_int_equal(m->diags.list.n, 1);
    const ag_error *err = &m->diags.list.items[0];
    if (strstr(err->message, words) == NULL) {
        fail_msg("%s: %s", words, err->message);
    }
    assert_int_equal(err->code, AG_INPUT);
    assert_int_equal(err->line, 3);
    release(m);
}

static ag_constraint *add_key(model *m, ag_constraint_kind kind, const char *column) {
    ag_constraint *constraint = ag_table_add_constraint(m->schema, m->t, kind);
    constraint->loc = m->t->loc;
    ag_key key = {.column = column};
    ag_vec_push(m->schema->arena, &constraint->keys, key);
    return constraint;
}

static void add_enum(model *m, const char *ns, const char *name) {
    ag_enum *type = ag_arena_new_of(m->schema->arena, ag_enum);
    type->ns = ns;
    type->name = name;
    ag_enum_value values[] = {{.name = "new"}, {.name = "it's"}};
    ag_vec_push(m->schema->arena, &type->values, values[0]);
    ag_vec_push(m->schema->arena, &type->values, values[1]);
    ag_vec_push(m->schema->arena, &m->schema->enums, type);
}

static ag_domain *add_domain(model *m, const char *name, const char *type) {
    ag_domain *domain = ag_arena_new_of(m->schema->arena, ag_domain);
    domain->name = name;
    domain->type = type;
    domain->nullable = true;
    ag_vec_push(m->schema->arena, &m->schema->domains, domain);
    return domain;
}

static void an_enum_is_text_with_a_check(void **state) {
    (void)state;
    model m = new_model();
    add_enum(&m, NULL, "status");
    m.a->type = "status";
    m.a->default_expr = "'new'::status";
    assert_adopted(&m);
    assert_string_equal(m.a->type, "TEXT");
    assert_string_equal(m.a->default_expr, "'new'");
    assert_int_equal(m.t->constraints.n, 1);
    assert_string_equal(m.t->constraints.items[0]->expr, "a IN ('new', 'it''s')");
    assert_int_equal(m.schema->enums.n, 0);
    release(&m);
}

static void a_qualified_enum_is_found(void **state) {
    (void)state;
    model m = new_model();
    add_enum(&m, "app", "status");
    m.a->type = "app.Status";
    assert_adopted(&m);
    assert_string_equal(m.a->type, "TEXT");
    release(&m);
}

static void a_domain_is_its_type_with_its_rules(void **state) {
    (void)state;
    model m = new_model();
    ag_domain *domain = add_domain(&m, "email", "uuid");
    domain->nullable = false;
    domain->default_expr = "'none'";
    ag_constraint *check = ag_arena_new_of(m.schema->arena, ag_constraint);
    check->expr = "length(VALUE) > 3 AND value <> 'value'";
    ag_vec_push(m.schema->arena, &domain->checks, check);
    m.a->type = "email";
    assert_adopted(&m);
    assert_string_equal(m.a->type, "TEXT");
    assert_false(m.a->nullable);
    assert_string_equal(m.a->default_expr, "'none'");
    assert_string_equal(m.t->constraints.items[0]->expr, "length(a) > 3 AND a <> 'value'");
    release(&m);
}

static void domains_that_refer_to_each_other_are_refused(void **state) {
    (void)state;
    model m = new_model();
    add_domain(&m, "one", "two");
    add_domain(&m, "two", "one");
    m.a->type = "one";
    assert_refused(&m, "refer to each other");
}

static void identity_is_the_rowid(void **state) {
    (void)state;
    static const char *const types[] = {"bigint", "int", "smallint", "INTEGER"};
    for (size_t i = 0; i < 4; i++) {
        model m = new_model();
        m.a->type = types[i];
        m.a->identity = AG_IDENTITY_ALWAYS;
        add_key(&m, AG_PRIMARY_KEY, "A");
        assert_adopted(&m);
        assert_string_equal(m.a->type, "INTEGER");
        assert_int_equal(m.a->identity, AG_IDENTITY_NONE);
        assert_string_equal(m.t->constraints.items[0]->keys.items[0].column, "a");
        release(&m);
    }
}

static void identity_elsewhere_is_refused(void **state) {
    (void)state;
    model m = new_model();
    m.a->type = "int";
    m.a->identity = AG_IDENTITY_ALWAYS;
    assert_refused(&m, "counts up only");
    m = new_model();
    m.a->identity = AG_IDENTITY_ALWAYS;
    add_key(&m, AG_PRIMARY_KEY, "a");
    assert_refused(&m, "counts up only");
}

static void nothing_of_a_model_can_end_its_statement(void **state) {
    (void)state;
    model m = new_model();
    m.a->type = "INT); DROP TABLE t; --";
    assert_refused(&m, "takes no type like");
    m = new_model();
    m.a->default_expr = "0); DROP TABLE t; --";
    assert_refused(&m, "no SQL expression");
    m = new_model();
    m.a->generated = AG_GENERATED_STORED;
    m.a->generated_expr = "(";
    assert_refused(&m, "no SQL expression");
    m = new_model();
    add_key(&m, AG_UNIQUE, "a")->on_conflict = "IGNORE); --";
    assert_refused(&m, "conflict clause");
    m = new_model();
    ag_constraint *key = add_key(&m, AG_FOREIGN_KEY, "a");
    key->ref_table = "t";
    key->on_delete = "CASCADE; DROP TABLE t";
    assert_refused(&m, "referential action");
    m = new_model();
    ag_table_add_index(m.schema, m.t, "i")->where = "1; DROP TABLE t";
    m.t->indexes.items[0]->loc = m.t->loc;
    assert_refused(&m, "no SQL expression");
}

static void what_sqlite_lacks_is_refused(void **state) {
    (void)state;
    model m = new_model();
    add_key(&m, AG_EXCLUDE, "a");
    assert_refused(&m, "exclusion");
    m = new_model();
    m.t->partition_by = "RANGE (a)";
    assert_refused(&m, "partitions");
    m = new_model();
    m.t->row_security = true;
    assert_refused(&m, "row-level security");
    m = new_model();
    m.t->ns = "app";
    assert_refused(&m, "namespaces");
    m = new_model();
    add_key(&m, AG_UNIQUE, "a")->nulls_not_distinct = true;
    assert_refused(&m, "distinct");
    m = new_model();
    ag_table_add_index(m.schema, m.t, "i")->method = "gin";
    m.t->indexes.items[0]->loc = m.t->loc;
    assert_refused(&m, "gin");
    m = new_model();
    m.t->name = "SQLITE_x";
    assert_refused(&m, "SQLite's own");
    m = new_model();
    m.t->without_rowid = true;
    assert_refused(&m, "needs a primary key");
    m = new_model();
    m.t->autoincrement = true;
    assert_refused(&m, "AUTOINCREMENT");
    m = new_model();
    m.t->strict = true;
    m.a->type = "varchar(3)";
    assert_refused(&m, "STRICT");
}

static void every_mistake_is_told(void **state) {
    (void)state;
    model m = new_model();
    m.a->type = "a b(";
    m.a->default_expr = "(";
    m.t->partition_by = "x";
    assert_false(adopt(&m));
    assert_int_equal(m.diags.list.n, 3);
    release(&m);
}

static void what_only_speeds_things_up_is_left_out(void **state) {
    (void)state;
    model m = new_model();
    m.a->comment = "a comment";
    m.t->comment = "another";
    m.t->ns = "public";
    m.t->unlogged = true;
    ag_index *index = ag_table_add_index(m.schema, m.t, NULL);
    ag_key key = {
        .column = "A", .opclass = "text_ops", .nulls = AG_NULLS_LAST, .collation = "BINARY"};
    ag_vec_push(m.schema->arena, &index->keys, key);
    index->method = "btree";
    ag_vec_push(m.schema->arena, &index->include, "a");
    assert_adopted(&m);
    assert_null(m.t->comment);
    assert_null(m.a->comment);
    assert_null(m.t->ns);
    assert_string_equal(index->name, "t_a_idx");
    assert_string_equal(index->keys.items[0].column, "a");
    assert_null(index->keys.items[0].collation);
    assert_int_equal(index->include.n, 0);
    release(&m);
}

static ag_object *add_object(model *m, ag_kind kind, const char *name, const char *definition) {
    ag_object *object = ag_schema_add_object(m->schema, kind, NULL, name);
    object->definition = definition;
    object->loc = m->t->loc;
    return object;
}

static void definitions_become_what_sqlite_stores(void **state) {
    (void)state;
    model m = new_model();
    ag_object *v =
        add_object(&m, AG_VIEW, "v", "create view if not exists main.v as select 1 -- x\n;");
    ag_object *tr = add_object(&m, AG_TRIGGER, "tr",
                               "CREATE TRIGGER IF NOT EXISTS tr AFTER INSERT ON t BEGIN SELECT 1;"
                               " END;");
    add_object(&m, AG_FUNCTION, "f", NULL);
    assert_adopted(&m);
    assert_string_equal(v->definition, "CREATE VIEW v as select 1");
    assert_string_equal(tr->definition, "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END");
    assert_string_equal(tr->table, "t");
    assert_int_equal(m.schema->objects.n, 2);
    release(&m);
}

static void definitions_are_one_statement_of_their_kind_and_name(void **state) {
    (void)state;
    static const struct {
        ag_kind kind;
        const char *definition, *words;
    } cases[] = {
        {AG_VIEW, "CREATE VIEW v AS SELECT 1; DROP TABLE t", "statements"},
        {AG_VIEW, "CREATE VIEW w AS SELECT 1", "is called w"},
        {AG_VIEW, "CREATE TABLE v(a)", "view v"},
        {AG_VIEW, "", "statements"},
        {AG_VIEW, "CREATE VIEW v AS SELECT 'x", "no SQL"},
        {AG_TRIGGER, "CREATE TRIGGER v AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t",
         "statements"},
        {AG_TRIGGER, "CREATE TRIGGER v AFTER INSERT ON t", "BEGIN"},
        {AG_FUNCTION, "CREATE FUNCTION v()", "no functions"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        model m = new_model();
        add_object(&m, cases[i].kind, "v", cases[i].definition);
        assert_refused(&m, cases[i].words);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_enum_is_text_with_a_check),
        cmocka_unit_test(a_qualified_enum_is_found),
        cmocka_unit_test(a_domain_is_its_type_with_its_rules),
        cmocka_unit_test(domains_that_refer_to_each_other_are_refused),
        cmocka_unit_test(identity_is_the_rowid),
        cmocka_unit_test(identity_elsewhere_is_refused),
        cmocka_unit_test(nothing_of_a_model_can_end_its_statement),
        cmocka_unit_test(what_sqlite_lacks_is_refused),
        cmocka_unit_test(every_mistake_is_told),
        cmocka_unit_test(what_only_speeds_things_up_is_left_out),
        cmocka_unit_test(definitions_become_what_sqlite_stores),
        cmocka_unit_test(definitions_are_one_statement_of_their_kind_and_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
