/*
 * Schemas in a line each, two small dialects, and a differ whose result is a text: what tests of
 * the differ and of the review are written with.
 */
#ifndef AG_TESTS_DIFF_KIT_H
#define AG_TESTS_DIFF_KIT_H

#include <string.h>

#include "base/str.h"
#include "diff/diff.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "unit.h"

/* Dialects that know what the differ asks, and nothing more. */

static bool kit_same_type(const char *a, const char *b, bool in_key) {
    (void)in_key;
    return ag_text_ieq(a, b) || (ag_text_ieq(a, "int") && ag_text_ieq(b, "integer")) ||
           (ag_text_ieq(a, "integer") && ag_text_ieq(b, "int"));
}

static bool kit_same_expr(const char *a, const char *b, const char *type) {
    (void)type;
    return ag_sql_equal(AG_SQL_GENERIC, AG_SQL_EXACT, a, b);
}

/* Like PostgreSQL: names count as written, foreign keys and views need what they name. */
static const ag_dialect strict_dialect = {
    .name = "postgresql",
    .flavor = AG_SQL_POSTGRES,
    .capabilities = AG_CAN_NAMESPACES | AG_CAN_COMMENTS | AG_CAN_ENUMS | AG_CAN_ALTER_COLUMN |
                    AG_CAN_NAME_CONSTRAINTS | AG_CAN_CONCURRENT_INDEX,
    .default_namespace = "public",
    .same_type = kit_same_type,
    .same_expr = kit_same_expr,
};

/* Like SQLite. */
static const ag_dialect loose_dialect = {
    .name = "sqlite",
    .flavor = AG_SQL_SQLITE,
    .capabilities = AG_FOLDS_CASE | AG_ROWID_KEYS | AG_BINDS_LATE,
    .same_type = kit_same_type,
    .same_expr = kit_same_expr,
};

/* Two schemas under construction, and what came out of comparing them. */
typedef struct kit {
    const ag_dialect *dialect;
    ag_schema *from, *to;
    ag_diff_options options;
    ag_diff_result result;
    ag_error err;
    ag_buf text;
} kit;

static inline ag_schema *kit_schema(const ag_dialect *dialect) {
    ag_schema *schema = ag_schema_new(dialect->name);
    for (int kind = 0; kind < AG_N_KINDS; kind++) {
        ag_schema_cover(schema, (ag_kind)kind);
    }
    return schema;
}

static inline kit kit_new(const ag_dialect *dialect) {
    return (kit){.dialect = dialect,
                 .from = kit_schema(dialect),
                 .to = kit_schema(dialect),
                 .options = {.compare_type = true, .compare_server_default = true}};
}

static inline void kit_free(kit *k) {
    ag_schema_free(k->from);
    ag_schema_free(k->to);
    ag_vec_release(&k->options.renames);
    ag_diff_result_release(&k->result);
    ag_buf_release(&k->text);
}

/* Builders. A table lives in the default namespace of its dialect. */

static inline ag_table *kit_table(ag_schema *s, const char *name) {
    return ag_schema_add_table(s, ag_schema_folds_case(s) ? NULL : "public", name);
}

static inline ag_column *kit_column(ag_schema *s, ag_table *t, const char *name, const char *type) {
    ag_column *column = ag_table_add_column(s, t, name);
    column->type = type;
    return column;
}

static inline void kit_put_keys(ag_schema *s, ag_keys *keys, const char *columns) {
    const char *p = columns;
    while (*p != '\0') {
        size_t n = strcspn(p, ",");
        ag_key key = {.column = ag_arena_strndup(s->arena, p, n)};
        ag_vec_push(s->arena, keys, key);
        p += n + (p[n] == ',');
    }
}

static inline ag_constraint *kit_constraint(ag_schema *s, ag_table *t, ag_constraint_kind kind,
                                            const char *name, const char *columns) {
    ag_constraint *constraint = ag_table_add_constraint(s, t, kind);
    constraint->name = name;
    constraint->name_origin = name != NULL ? AG_NAME_GIVEN : AG_NAME_NONE;
    kit_put_keys(s, &constraint->keys, columns);
    return constraint;
}

static inline ag_constraint *kit_check(ag_schema *s, ag_table *t, const char *name,
                                       const char *expr) {
    ag_constraint *check = kit_constraint(s, t, AG_CHECK, name, "");
    check->expr = expr;
    return check;
}

static inline ag_constraint *kit_reference(ag_schema *s, ag_table *t, const char *name,
                                           const char *columns, const char *to,
                                           const char *ref_columns) {
    ag_constraint *key = kit_constraint(s, t, AG_FOREIGN_KEY, name, columns);
    ag_keys referred = {NULL, 0, 0};
    kit_put_keys(s, &referred, ref_columns);
    key->ref_namespace = t->ns;
    key->ref_table = to;
    for (size_t i = 0; i < referred.n; i++) {
        ag_vec_push(s->arena, &key->ref_columns, referred.items[i].column);
    }
    return key;
}

static inline ag_index *kit_index(ag_schema *s, ag_table *t, const char *name,
                                  const char *columns) {
    ag_index *index = ag_table_add_index(s, t, name);
    kit_put_keys(s, &index->keys, columns);
    return index;
}

/* A table "id bigint not null, primary key" with one more text column. */
static inline ag_table *kit_users(ag_schema *s, const char *name, const char *column) {
    ag_table *t = kit_table(s, name);
    kit_column(s, t, "id", "bigint")->nullable = false;
    kit_column(s, t, column, "text");
    ag_constraint *key = kit_constraint(s, t, AG_PRIMARY_KEY, NULL, "id");
    if (!ag_schema_folds_case(s)) {
        key->name = ag_arena_printf(s->arena, "%s_pkey", name);
        key->name_origin = AG_NAME_SERVER;
    }
    return t;
}

static inline ag_object *kit_object(ag_schema *s, ag_kind kind, const char *name,
                                    const char *definition) {
    ag_object *object =
        ag_schema_add_object(s, kind, ag_schema_folds_case(s) ? NULL : "public", name);
    object->definition = definition;
    return object;
}

static inline ag_enum *kit_enum(ag_schema *s, const char *name, const char *values) {
    ag_enum *e = ag_arena_new_of(s->arena, ag_enum);
    ag_keys names = {NULL, 0, 0};
    kit_put_keys(s, &names, values);
    e->ns = "public";
    e->name = name;
    for (size_t i = 0; i < names.n; i++) {
        ag_enum_value value = {.name = names.items[i].column};
        ag_vec_push(s->arena, &e->values, value);
    }
    ag_vec_push(s->arena, &s->enums, e);
    return e;
}

static inline ag_sequence *kit_sequence(ag_schema *s, const char *name) {
    ag_sequence *sequence = ag_arena_new_of(s->arena, ag_sequence);
    sequence->ns = "public";
    sequence->name = name;
    sequence->type = "bigint";
    ag_vec_push(s->arena, &s->sequences, sequence);
    return sequence;
}

static inline void kit_rename(kit *k, const char *from, const char *to) {
    ag_rename rename = {from, to};
    ag_vec_push(NULL, &k->options.renames, rename);
}

/* Running */

static inline const char *kit_list(kit *k, const ag_ops *ops) {
    ag_arena *arena = ag_arena_new();
    ag_buf_clear(&k->text);
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_buf_printf(&k->text, "%s\n", ag_op_describe(arena, ops->list.items[i]));
    }
    ag_arena_free(arena);
    return ag_buf_text(&k->text);
}

static inline const char *kit_diff(kit *k) {
    ag_diff_result_release(&k->result);
    ag_error_clear(&k->err);
    if (!ag_diff(k->dialect, k->from, k->to, &k->options, &k->result, &k->err)) {
        return k->err.message;
    }
    return kit_list(k, k->result.ops);
}

/* One line per expected operation, each ended by a newline. */
static inline void kit_expect(kit *k, const char *lines) {
    assert_string_equal(kit_diff(k), lines);
}

static inline void kit_expect_down(kit *k, const char *lines) {
    ag_ops *down = ag_ops_invert(k->result.ops);
    assert_string_equal(kit_list(k, down), lines);
    ag_ops_free(down);
}

#endif
