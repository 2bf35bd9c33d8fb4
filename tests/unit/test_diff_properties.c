/* Nothing is missed: a change of any one property of any node is found, both ways. */
#include "diff_kit.h"

/* A schema with one of everything, and pointers to it. */
typedef struct sample {
    ag_schema *schema;
    ag_table *table;
    ag_column *column;
    ag_constraint *primary, *unique, *reference, *check, *exclude;
    ag_index *index;
    ag_enum *enum_;
    ag_domain *domain;
    ag_composite *composite;
    ag_sequence *sequence;
    ag_extension *extension;
    ag_namespace *ns;
    ag_object *view, *trigger;
} sample;

static void fill_types(ag_schema *s, sample *x) {
    x->enum_ = kit_enum(s, "mood", "ok,sad");
    x->sequence = kit_sequence(s, "seq");
    x->domain = ag_arena_new_of(s->arena, ag_domain);
    *x->domain = (ag_domain){.ns = "public", .name = "n", .type = "integer", .nullable = true};
    ag_constraint *check = ag_arena_new_of(s->arena, ag_constraint);
    *check = (ag_constraint){.kind = AG_CHECK, .name = "n_check", .expr = "VALUE > 0"};
    ag_vec_push(s->arena, &x->domain->checks, check);
    ag_vec_push(s->arena, &s->domains, x->domain);
    x->composite = ag_arena_new_of(s->arena, ag_composite);
    *x->composite = (ag_composite){.ns = "public", .name = "pair"};
    ag_column *attribute = ag_arena_new_of(s->arena, ag_column);
    *attribute = (ag_column){.name = "a", .type = "text", .nullable = true, .statistics = -1};
    ag_vec_push(s->arena, &x->composite->attributes, attribute);
    ag_vec_push(s->arena, &s->composites, x->composite);
    x->extension = ag_arena_new_of(s->arena, ag_extension);
    *x->extension = (ag_extension){.name = "citext", .ns = "public", .version = "1.6"};
    ag_vec_push(s->arena, &s->extensions, x->extension);
    x->ns = ag_arena_new_of(s->arena, ag_namespace);
    *x->ns = (ag_namespace){.name = "app"};
    ag_vec_push(s->arena, &s->namespaces, x->ns);
}

static sample make_sample(const ag_dialect *dialect) {
    ag_schema *s = kit_schema(dialect);
    sample x = {.schema = s};
    fill_types(s, &x);
    kit_users(s, "orgs", "name");
    ag_table *t = kit_users(s, "users", "email");
    x.table = t;
    x.primary = t->constraints.items[0];
    x.column = kit_column(s, t, "n", "integer");
    x.column->identity_options = (ag_sequence_options){.has_start = true, .start = 1};
    kit_column(s, t, "org_id", "bigint");
    x.unique = kit_constraint(s, t, AG_UNIQUE, "uq", "email,n");
    x.reference = kit_reference(s, t, "fk", "org_id", "orgs", "id");
    x.check = kit_check(s, t, "ck", "n > 0");
    x.exclude = kit_constraint(s, t, AG_EXCLUDE, "ex", "n");
    x.exclude->keys.items[0].op = "=";
    x.index = kit_index(s, t, "ix", "email,n");
    x.view = kit_object(s, AG_VIEW, "v", "CREATE VIEW v AS SELECT 1");
    x.trigger = kit_object(s, AG_TRIGGER, "trg", "CREATE TRIGGER trg …");
    x.trigger->table_ns = "public";
    x.trigger->table = "users";
    return x;
}

static void add_text(ag_schema *s, ag_strings *list, const char *text) {
    ag_vec_push(s->arena, list, text);
}

static void add_option(ag_schema *s, ag_options *list) {
    ag_option option = {"fillfactor", "70"};
    ag_vec_push(s->arena, list, option);
}

/* One change each, as a function of the sample. */
#define CHANGES(X)                                                                                 \
    X(namespace_comment, x->ns->comment = "c")                                                     \
    X(extension_version, x->extension->version = "1.7")                                            \
    X(extension_namespace, x->extension->ns = "app")                                               \
    X(extension_comment, x->extension->comment = "c")                                              \
    X(enum_value_name, x->enum_->values.items[1].name = "glad")                                    \
    X(enum_value_removed, x->enum_->values.n = 1)                                                  \
    X(enum_comment, x->enum_->comment = "c")                                                       \
    X(enum_name, x->enum_->name = "humour")                                                        \
    X(domain_type, x->domain->type = "bigint")                                                     \
    X(domain_null, x->domain->nullable = false)                                                    \
    X(domain_default, x->domain->default_expr = "1")                                               \
    X(domain_collation, x->domain->collation = "C")                                                \
    X(domain_check, x->domain->checks.items[0]->expr = "VALUE > 1")                                \
    X(domain_check_name, x->domain->checks.items[0]->name = "other")                               \
    X(domain_without_check, x->domain->checks.n = 0)                                               \
    X(domain_comment, x->domain->comment = "c")                                                    \
    X(attribute_type, x->composite->attributes.items[0]->type = "integer")                         \
    X(attribute_name, x->composite->attributes.items[0]->name = "b")                               \
    X(attribute_collation, x->composite->attributes.items[0]->collation = "C")                     \
    X(attribute_comment, x->composite->attributes.items[0]->comment = "c")                         \
    X(composite_comment, x->composite->comment = "c")                                              \
    X(sequence_type, x->sequence->type = "integer")                                                \
    X(sequence_start, (x->sequence->options.has_start = true, x->sequence->options.start = 5))     \
    X(sequence_cycle, x->sequence->options.cycle = true)                                           \
    X(sequence_owner, (x->sequence->owner_ns = "public", x->sequence->owner_table = "users",       \
                       x->sequence->owner_column = "n"))                                           \
    X(sequence_unlogged, x->sequence->unlogged = true)                                             \
    X(sequence_comment, x->sequence->comment = "c")                                                \
    X(table_name, x->table->name = "people")                                                       \
    X(table_namespace, x->table->ns = "app")                                                       \
    X(table_comment, x->table->comment = "c")                                                      \
    X(table_strict, x->table->strict = true)                                                       \
    X(table_without_rowid, x->table->without_rowid = true)                                         \
    X(table_autoincrement, x->table->autoincrement = true)                                         \
    X(table_unlogged, x->table->unlogged = true)                                                   \
    X(table_partition_by, x->table->partition_by = "RANGE (id)")                                   \
    X(table_parent, (x->table->parent_ns = "public", x->table->parent = "orgs"))                   \
    X(table_bound, x->table->bound = "DEFAULT")                                                    \
    X(table_inherits, add_text(x->schema, &x->table->inherits, "public.orgs"))                     \
    X(table_options, add_option(x->schema, &x->table->options))                                    \
    X(table_tablespace, x->table->tablespace = "fast")                                             \
    X(table_access_method, x->table->access_method = "columnar")                                   \
    X(table_replica_identity, x->table->replica_identity = "full")                                 \
    X(table_row_security, x->table->row_security = true)                                           \
    X(table_force_row_security, x->table->force_row_security = true)                               \
    X(column_name, x->column->name = "m")                                                          \
    X(column_type, x->column->type = "bigint")                                                     \
    X(column_null, x->column->nullable = false)                                                    \
    X(column_default, x->column->default_expr = "7")                                               \
    X(column_generated,                                                                            \
      (x->column->generated = AG_GENERATED_STORED, x->column->generated_expr = "id + 1"))          \
    X(column_identity, x->column->identity = AG_IDENTITY_ALWAYS)                                   \
    X(column_serial, x->column->serial = true)                                                     \
    X(column_collation, x->column->collation = "C")                                                \
    X(column_storage, x->column->storage = "plain")                                                \
    X(column_compression, x->column->compression = "lz4")                                          \
    X(column_statistics, x->column->statistics = 0)                                                \
    X(column_options, add_option(x->schema, &x->column->options))                                  \
    X(column_on_conflict, x->column->on_conflict = "ignore")                                       \
    X(column_comment, x->column->comment = "c")                                                    \
    X(primary_key_columns, x->primary->keys.items[0].column = "n")                                 \
    X(primary_key_direction, x->primary->keys.items[0].descending = true)                          \
    X(primary_key_dropped, x->table->constraints.items[0] = x->unique)                             \
    X(unique_order,                                                                                \
      (x->unique->keys.items[0].column = "n", x->unique->keys.items[1].column = "email"))          \
    X(unique_name, x->unique->name = "uq2")                                                        \
    X(unique_deferrable, x->unique->deferrable = true)                                             \
    X(unique_deferred, (x->unique->deferrable = true, x->unique->initially_deferred = true))       \
    X(unique_nulls, x->unique->nulls_not_distinct = true)                                          \
    X(unique_include, add_text(x->schema, &x->unique->include, "id"))                              \
    X(unique_options, add_option(x->schema, &x->unique->options))                                  \
    X(unique_tablespace, x->unique->tablespace = "fast")                                           \
    X(unique_conflict, x->unique->on_conflict = "replace")                                         \
    X(unique_comment, x->unique->comment = "c")                                                    \
    X(unique_index_comment, x->unique->index_comment = "c")                                        \
    X(unique_collation, x->unique->keys.items[0].collation = "C")                                  \
    X(reference_column, x->reference->keys.items[0].column = "n")                                  \
    X(reference_table, x->reference->ref_table = "users")                                          \
    X(reference_namespace, x->reference->ref_namespace = "app")                                    \
    X(reference_referred, x->reference->ref_columns.items[0] = "name")                             \
    X(reference_on_delete, x->reference->on_delete = "cascade")                                    \
    X(reference_on_update, x->reference->on_update = "set null")                                   \
    X(reference_set_columns, add_text(x->schema, &x->reference->on_delete_columns, "org_id"))      \
    X(reference_match, x->reference->match = "full")                                               \
    X(reference_deferrable, x->reference->deferrable = true)                                       \
    X(reference_not_valid, x->reference->not_valid = true)                                         \
    X(reference_comment, x->reference->comment = "c")                                              \
    X(check_expr, x->check->expr = "n > 9")                                                        \
    X(check_name, x->check->name = "ck2")                                                          \
    X(check_not_valid, x->check->not_valid = true)                                                 \
    X(check_no_inherit, x->check->no_inherit = true)                                               \
    X(check_comment, x->check->comment = "c")                                                      \
    X(exclude_operator, x->exclude->keys.items[0].op = "<>")                                       \
    X(exclude_method, x->exclude->method = "btree")                                                \
    X(exclude_where, x->exclude->where = "n > 0")                                                  \
    X(exclude_deferrable, x->exclude->deferrable = true)                                           \
    X(exclude_opclass, x->exclude->keys.items[0].opclass = "int_ops")                              \
    X(index_name, x->index->name = "ix2")                                                          \
    X(index_unique, x->index->unique = true)                                                       \
    X(index_method, x->index->method = "hash")                                                     \
    X(index_order,                                                                                 \
      (x->index->keys.items[0].column = "n", x->index->keys.items[1].column = "email"))            \
    X(index_expr,                                                                                  \
      (x->index->keys.items[0].column = NULL, x->index->keys.items[0].expr = "lower(email)"))      \
    X(index_direction, x->index->keys.items[1].descending = true)                                  \
    X(index_nulls, x->index->keys.items[0].nulls = AG_NULLS_FIRST)                                 \
    X(index_opclass, x->index->keys.items[0].opclass = "text_pattern_ops")                         \
    X(index_opclass_options, add_option(x->schema, &x->index->keys.items[0].opclass_options))      \
    X(index_collation, x->index->keys.items[0].collation = "C")                                    \
    X(index_include, add_text(x->schema, &x->index->include, "id"))                                \
    X(index_where, x->index->where = "email IS NOT NULL")                                          \
    X(index_nulls_not_distinct, x->index->nulls_not_distinct = true)                               \
    X(index_options, add_option(x->schema, &x->index->options))                                    \
    X(index_tablespace, x->index->tablespace = "fast")                                             \
    X(index_clustered, x->index->clustered = true)                                                 \
    X(index_replica_identity, x->index->replica_identity = true)                                   \
    X(index_parent, x->index->parent = "other")                                                    \
    X(index_comment, x->index->comment = "c")                                                      \
    X(view_definition, x->view->definition = "CREATE VIEW v AS SELECT 2")                          \
    X(view_name, x->view->name = "w")                                                              \
    X(view_extras, add_text(x->schema, &x->view->extras, "ALTER VIEW v …"))                        \
    X(view_comment, x->view->comment = "c")                                                        \
    X(trigger_table, x->trigger->table = "orgs")                                                   \
    X(trigger_definition, x->trigger->definition = "CREATE TRIGGER trg BEFORE …")

#define FUNCTION(name, change)                                                                     \
    static void change_##name(sample *x) {                                                         \
        change;                                                                                    \
    }
CHANGES(FUNCTION)
#undef FUNCTION

typedef struct change {
    const char *name;
    void (*apply)(sample *x);
} change;

static const change changes[] = {
#define ENTRY(name, change) {#name, change_##name},
    CHANGES(ENTRY)
#undef ENTRY
};

static size_t count(const ag_dialect *dialect, const ag_schema *from, const ag_schema *to) {
    ag_diff_result result = {0};
    ag_error err = {.code = AG_OK};
    if (!ag_diff(dialect, from, to, NULL, &result, &err)) {
        fail_msg("%s", err.message);
    }
    size_t n = result.ops->list.n;
    ag_diff_result_release(&result);
    return n;
}

static void a_change_of_any_property_is_found_both_ways(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sample a = make_sample(&strict_dialect);
        sample b = make_sample(&strict_dialect);
        changes[i].apply(&b);
        ag_schema_touch(b.schema);
        bool is_silent_one_way = strcmp(changes[i].name, "extension_comment") == 0;
        if (count(&strict_dialect, a.schema, b.schema) == 0 ||
            (count(&strict_dialect, b.schema, a.schema) == 0 && !is_silent_one_way)) {
            fail_msg("%s is not found", changes[i].name);
        }
        if (count(&strict_dialect, b.schema, b.schema) != 0) {
            fail_msg("%s differs from itself", changes[i].name);
        }
        ag_schema_free(a.schema);
        ag_schema_free(b.schema);
    }
}

static void inverted_change_is_the_change_back(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sample a = make_sample(&strict_dialect);
        sample b = make_sample(&strict_dialect);
        changes[i].apply(&b);
        ag_schema_touch(b.schema);
        ag_diff_result up = {0};
        assert_true(ag_diff(&strict_dialect, a.schema, b.schema, NULL, &up, NULL));
        ag_ops *down = ag_ops_invert(up.ops);
        assert_int_equal(down->list.n, up.ops->list.n);
        for (size_t j = 0; j < down->list.n; j++) {
            const ag_op *op = up.ops->list.items[j];
            const ag_op *back = down->list.items[down->list.n - 1 - j];
            assert_int_equal(back->kind, ag_op_inverse_kind(op->kind));
            assert_true((back->before.any == NULL) == (op->after.any == NULL));
            assert_true((back->after.any == NULL) == (op->before.any == NULL));
        }
        ag_ops_free(down);
        ag_diff_result_release(&up);
        ag_schema_free(a.schema);
        ag_schema_free(b.schema);
    }
}

static void swap_columns(ag_table *table) {
    ag_column *first = table->columns.items[0];
    table->columns.items[0] = table->columns.items[1];
    table->columns.items[1] = first;
}

/* Each says the same in other words. */
#define SPELLINGS(X)                                                                               \
    X(type_alias, x->column->type = "int")                                                         \
    X(null_default, x->column->default_expr = "NULL")                                              \
    X(no_action, x->reference->on_delete = "no action")                                            \
    X(match_simple, x->reference->match = "simple")                                                \
    X(referred_primary_key, x->reference->ref_columns.n = 0)                                       \
    X(check_parentheses, x->check->expr = "((n > 0))")                                             \
    X(usual_method, x->index->method = "btree")                                                    \
    X(exclude_method, x->exclude->method = "gist")                                                 \
    X(extension_open, (x->extension->version = NULL, x->extension->ns = NULL))                     \
    X(view_case, x->view->definition = "create view v\n  as select 1")                             \
    X(server_name,                                                                                 \
      (x->unique->name = "users_email_n_key", x->unique->name_origin = AG_NAME_SERVER))            \
    X(convention_name, (x->check->name = "ck_users", x->check->name_origin = AG_NAME_CONVENTION))  \
    X(no_name, (x->check->name = NULL, x->check->name_origin = AG_NAME_NONE))                      \
    X(index_server_name,                                                                           \
      (x->index->name = "users_email_n_idx", x->index->name_origin = AG_NAME_SERVER))              \
    X(sequence_defaults, (x->sequence->options = (ag_sequence_options){.has_start = true,          \
                                                                       .start = 1,                 \
                                                                       .has_increment = true,      \
                                                                       .increment = 1,             \
                                                                       .has_min = true,            \
                                                                       .min = 1,                   \
                                                                       .has_max = true,            \
                                                                       .max = INT64_MAX,           \
                                                                       .has_cache = true,          \
                                                                       .cache = 1}))               \
    X(domain_check_unnamed, (x->domain->checks.items[0]->name = NULL,                              \
                             x->domain->checks.items[0]->name_origin = AG_NAME_NONE))              \
    X(constraint_order,                                                                            \
      (x->table->constraints.items[1] = x->check, x->table->constraints.items[3] = x->unique))     \
    X(column_order, swap_columns(x->table))                                                        \
    X(renamed_from_stays, (x->column->renamed_from = "old", x->table->renamed_from = "older"))

#define FUNCTION(name, change)                                                                     \
    static void spell_##name(sample *x) {                                                          \
        change;                                                                                    \
    }
SPELLINGS(FUNCTION)
#undef FUNCTION

static const change spellings[] = {
#define ENTRY(name, change) {#name, spell_##name},
    SPELLINGS(ENTRY)
#undef ENTRY
};

static void another_spelling_is_no_difference(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        sample a = make_sample(&strict_dialect);
        sample b = make_sample(&strict_dialect);
        spellings[i].apply(&b);
        ag_schema_touch(b.schema);
        if (count(&strict_dialect, a.schema, b.schema) != 0) {
            fail_msg("%s is a difference", spellings[i].name);
        }
        ag_schema_free(a.schema);
        ag_schema_free(b.schema);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_of_any_property_is_found_both_ways),
        cmocka_unit_test(inverted_change_is_the_change_back),
        cmocka_unit_test(another_spelling_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
