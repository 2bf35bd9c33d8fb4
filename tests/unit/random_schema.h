/*
 * Random schemas in which every member takes every kind of value, for a dialect with namespaces
 * (fake_pg) and one with rowids (fake_lite).
 */
#ifndef AG_TESTS_RANDOM_SCHEMA_H
#define AG_TESTS_RANDOM_SCHEMA_H

#include "fake_pg.h"
#include "schema/node.h"

static const ag_dialect fake_lite = {
    .name = "sqlite",
    .flavor = AG_SQL_SQLITE,
    .capabilities = AG_FOLDS_CASE | AG_ROWID_KEYS,
    .quote = fake_quote,
    .map_type = fake_map_type,
};

typedef struct maker {
    ag_schema *schema;
    ag_arena *arena;
    const ag_dialect *dialect;
    uint64_t state;
    int n_names;
} maker;

static unsigned pick(maker *m, unsigned n) {
    m->state = m->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(m->state >> 33) % n;
}

static bool maybe(maker *m) {
    return pick(m, 4) == 0;
}

static const char *name(maker *m) {
    static const char *const starts[] = {"plain",       "with blank", "a.b",          "\"quoted\"",
                                         "'single'",    "select",     "line\nend",    "tab\t",
                                         "back\\slash", "\xC3\xBCml", "\xE2\x80\xAE", "\x01\x7f",
                                         "{}",          "sqlite",     "--x",          "\"."};
    return ag_arena_printf(m->arena, "%s%d", starts[pick(m, 16)], m->n_names++);
}

static const char *maybe_name(maker *m) {
    return maybe(m) ? name(m) : NULL;
}

static const char *expr(maker *m) {
    static const char *const exprs[] = {
        "0",           "-1.5",   "true",  "NULL", "'it''s; \"x\"'",
        "now()",       "(a, b)", "a > 1", "1e5",  "coalesce(a, ')')",
        "'\n\t\\'",    "00",     "TRUE",  "1.",   "-a",
        "a -- x\n + 1"};
    return exprs[pick(m, 16)];
}

static const char *maybe_expr(maker *m) {
    return maybe(m) ? expr(m) : NULL;
}

static const char *type(maker *m) {
    static const char *const types[] = {"integer",        "INTEGER",    "int",     "text",
                                        "numeric(10, 2)", "Weird Type", "boolean", "bool"};
    return types[pick(m, 8)];
}

static const char *word(maker *m, const char *a, const char *b) {
    return maybe(m) ? pick(m, 2) == 0 ? a : b : NULL;
}

static void options(maker *m, ag_options *list) {
    for (unsigned n = maybe(m) ? pick(m, 3) : 0; n > 0; n--) {
        ag_option option = {name(m), pick(m, 2) == 0 ? "70" : "a 'b'"};
        ag_vec_push(m->arena, list, option);
    }
}

static void strings(maker *m, ag_strings *list) {
    for (unsigned n = maybe(m) ? pick(m, 3) : 0; n > 0; n--) {
        ag_vec_push(m->arena, list, name(m));
    }
}

static void number(maker *m, int64_t *value, bool *has) {
    static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN, 1234567890123456789};
    *has = maybe(m);
    *value = *has ? numbers[pick(m, 6)] : 0;
}

static void sequence_options(maker *m, ag_sequence_options *o) {
    number(m, &o->start, &o->has_start);
    number(m, &o->increment, &o->has_increment);
    number(m, &o->min, &o->has_min);
    number(m, &o->max, &o->has_max);
    number(m, &o->cache, &o->has_cache);
    o->cycle = maybe(m);
}

static const char *some_column(maker *m, const ag_table *table) {
    return table->columns.items[pick(m, (unsigned)table->columns.n)]->name;
}

static void some_columns(maker *m, const ag_table *table, ag_strings *list) {
    size_t n = pick(m, 3);
    for (size_t i = 0; i < n && i < table->columns.n; i++) {
        ag_vec_push(m->arena, list, table->columns.items[i]->name);
    }
}

/* Elements: different columns, expressions where they may be. */
static void keys(maker *m, const ag_table *table, ag_keys *list, bool plain, bool with_op) {
    size_t n = 1 + pick(m, 3);
    for (size_t i = 0; i < n && i < table->columns.n; i++) {
        ag_key key = {0};
        bool is_expr = !plain && maybe(m);
        key.column = is_expr ? NULL : table->columns.items[i]->name;
        key.expr = is_expr ? expr(m) : NULL;
        key.op = with_op ? "&&" : NULL;
        if (!plain) {
            key.collation = maybe_name(m);
            key.opclass = maybe_name(m);
            options(m, &key.opclass_options);
            key.descending = maybe(m);
            key.nulls = !maybe(m)        ? AG_NULLS_DEFAULT
                        : key.descending ? AG_NULLS_LAST
                                         : AG_NULLS_FIRST;
        }
        ag_vec_push(m->arena, list, key);
    }
}

static void column(maker *m, ag_table *table) {
    ag_column *c = ag_table_add_column(m->schema, table, name(m));
    c->type = type(m);
    c->nullable = pick(m, 2) == 0;
    unsigned value = pick(m, 6);
    c->default_expr = value == 0 ? expr(m) : NULL;
    if (value == 1) {
        c->generated_expr = expr(m);
        c->generated = pick(m, 2) == 0 ? AG_GENERATED_STORED : AG_GENERATED_VIRTUAL;
    } else if (value == 2) {
        c->identity = pick(m, 2) == 0 ? AG_IDENTITY_ALWAYS : AG_IDENTITY_BY_DEFAULT;
        if (maybe(m)) {
            sequence_options(m, &c->identity_options);
        }
    }
    c->serial = maybe(m);
    c->collation = maybe_name(m);
    c->storage = word(m, "external", "main");
    c->compression = word(m, "lz4", "pglz");
    c->statistics = maybe(m) ? (int)pick(m, 10000) : -1;
    options(m, &c->options);
    c->not_null_name = maybe_name(m);
    c->default_name = maybe_name(m);
    c->collation_name = maybe_name(m);
    c->generated_name = maybe_name(m);
    c->on_conflict = word(m, "abort", "replace");
    c->inherited = maybe(m);
    c->comment = maybe_name(m);
    c->renamed_from = maybe_name(m);
}

static void constraint_rest(maker *m, ag_constraint *c) {
    c->inherited = maybe(m);
    c->comment = maybe_name(m);
    c->renamed_from = maybe_name(m);
    if (c->kind == AG_CHECK) {
        return;
    }
    c->deferrable = maybe(m);
    c->initially_deferred = c->deferrable && maybe(m);
    if (c->kind == AG_FOREIGN_KEY) {
        c->deferrability = word(m, "not deferrable", "deferrable initially immediate");
    } else {
        options(m, &c->options);
        c->tablespace = maybe_name(m);
        c->index_comment = maybe_name(m);
    }
}

static ag_constraint *constraint(maker *m, ag_table *table, ag_constraint_kind kind) {
    ag_constraint *c = ag_table_add_constraint(m->schema, table, kind);
    c->name = pick(m, 3) == 0 ? NULL : name(m);
    c->name_origin = c->name == NULL ? AG_NAME_NONE : AG_NAME_GIVEN;
    constraint_rest(m, c);
    return c;
}

static void foreign_key(maker *m, ag_table *table) {
    const ag_table *other = m->schema->tables.items[pick(m, (unsigned)m->schema->tables.n)];
    ag_constraint *c = constraint(m, table, AG_FOREIGN_KEY);
    ag_key key = {.column = some_column(m, table)};
    ag_vec_push(m->arena, &c->keys, key);
    c->ref_namespace = other->ns;
    c->ref_table = maybe(m) ? name(m) : other->name;
    ag_vec_push(m->arena, &c->ref_columns, some_column(m, other));
    c->on_delete = word(m, "cascade", "set null");
    c->on_update = word(m, "restrict", "set default");
    some_columns(m, table, &c->on_delete_columns);
    c->match = word(m, "full", "partial");
    c->not_valid = maybe(m);
}

static void constraints(maker *m, ag_table *table) {
    bool is_numbered = (m->dialect->capabilities & AG_ROWID_KEYS) != 0;
    unsigned key_at = is_numbered ? pick(m, 4) : pick(m, 2) * 3; /* elsewhere it means nothing */
    for (unsigned i = 0; i < 3; i++) {
        if (i == key_at) {
            ag_constraint *c = constraint(m, table, AG_PRIMARY_KEY);
            keys(m, table, &c->keys, true, false);
            some_columns(m, table, &c->include);
            c->on_conflict = word(m, "fail", "ignore");
        }
        if (maybe(m)) {
            ag_constraint *c = constraint(m, table, AG_UNIQUE);
            keys(m, table, &c->keys, false, false);
            some_columns(m, table, &c->include);
            c->nulls_not_distinct = maybe(m);
            c->on_conflict = word(m, "rollback", "ignore");
        }
        if (maybe(m)) {
            ag_constraint *c = constraint(m, table, AG_CHECK);
            c->expr = expr(m);
            c->no_inherit = maybe(m);
            c->not_valid = maybe(m);
            c->on_conflict = word(m, "rollback", "ignore");
        }
        if (maybe(m)) {
            ag_constraint *c = constraint(m, table, AG_EXCLUDE);
            c->method = word(m, "gist", "spgist");
            keys(m, table, &c->keys, false, true);
            some_columns(m, table, &c->include);
            c->where = maybe_expr(m);
        }
        if (maybe(m)) {
            foreign_key(m, table);
        }
    }
}

static void index_rest(maker *m, ag_index *x) {
    x->unique = maybe(m);
    x->method = word(m, "gin", "hash");
    x->where = maybe_expr(m);
    x->nulls_not_distinct = maybe(m);
    options(m, &x->options);
    options(m, &x->statistics);
    x->tablespace = maybe_name(m);
    x->invalid = maybe(m);
    x->clustered = maybe(m);
    x->replica_identity = maybe(m);
    x->inherited = maybe(m);
    x->parent = maybe_name(m);
    x->comment = maybe_name(m);
    x->renamed_from = maybe_name(m);
}

static void indexes(maker *m, ag_table *table) {
    for (unsigned n = pick(m, 3); n > 0; n--) {
        ag_index *x = ag_table_add_index(m->schema, table, pick(m, 4) == 0 ? NULL : name(m));
        keys(m, table, &x->keys, false, false);
        some_columns(m, table, &x->include);
        if (maybe(m)) {
            index_rest(m, x);
        }
    }
}

/* The default of "nullable" is not the same for all; what cannot be otherwise is set here. */
static void settle(maker *m, ag_table *table) {
    bool has_rowids = (m->dialect->capabilities & AG_ROWID_KEYS) != 0;
    for (size_t i = 0; i < table->columns.n && !has_rowids; i++) {
        ag_column *c = table->columns.items[i];
        c->nullable = c->nullable && !ag_column_in_primary_key(m->schema, table, c->name);
    }
}

static void table(maker *m, const ag_table *parent) {
    ag_table *t = ag_schema_add_table(m->schema,
                                      m->dialect->default_namespace == NULL ? NULL
                                      : maybe(m)                            ? "other.ns"
                                                                            : "public",
                                      name(m));
    t->comment = maybe_name(m);
    t->renamed_from = maybe_name(m);
    t->partition_by = maybe(m) ? "RANGE (a, b)" : NULL;
    t->kind = t->partition_by == NULL ? AG_TABLE_PLAIN : AG_TABLE_PARTITIONED;
    for (size_t i = 0; parent != NULL && i < parent->columns.n; i++) {
        ag_column *copy = ag_column_clone(m->arena, parent->columns.items[i]);
        copy->inherited = true;
        ag_vec_push(m->arena, &t->columns, copy);
    }
    if (parent != NULL) {
        t->parent = parent->name;
        t->parent_ns = parent->ns;
        t->bound = "FOR VALUES IN (1, 2)";
    }
    for (unsigned n = parent == NULL ? 1 + pick(m, 5) : 0; n > 0; n--) {
        column(m, t);
    }
    t->strict = maybe(m);
    t->without_rowid = maybe(m);
    t->autoincrement = maybe(m);
    t->unlogged = maybe(m);
    options(m, &t->options);
    t->tablespace = maybe_name(m);
    t->access_method = maybe_name(m);
    t->replica_identity = word(m, "full", "nothing");
    t->row_security = maybe(m);
    t->force_row_security = maybe(m);
    constraints(m, t);
    indexes(m, t);
    settle(m, t);
}

static const char *own_namespace(maker *m) {
    return m->dialect->default_namespace == NULL ? NULL : maybe(m) ? "n\"s" : "public";
}

static void types(maker *m) {
    ag_enum *e = ag_arena_new_of(m->arena, ag_enum);
    *e = (ag_enum){.ns = own_namespace(m), .name = name(m), .comment = maybe_name(m)};
    for (unsigned n = pick(m, 4); n > 0; n--) {
        ag_enum_value value = {.name = name(m), .renamed_from = maybe_name(m)};
        ag_vec_push(m->arena, &e->values, value);
    }
    ag_vec_push(m->arena, &m->schema->enums, e);
    ag_domain *d = ag_arena_new_of(m->arena, ag_domain);
    *d = (ag_domain){.ns = own_namespace(m),
                     .name = name(m),
                     .type = type(m),
                     .nullable = maybe(m),
                     .default_expr = maybe_expr(m),
                     .collation = maybe_name(m),
                     .renamed_from = maybe_name(m)};
    ag_constraint *check = ag_arena_new_of(m->arena, ag_constraint);
    *check = (ag_constraint){.kind = AG_CHECK, .name = name(m), .expr = "VALUE > 0"};
    ag_vec_push(m->arena, &d->checks, check);
    ag_vec_push(m->arena, &m->schema->domains, d);
    ag_composite *c = ag_arena_new_of(m->arena, ag_composite);
    *c = (ag_composite){.ns = own_namespace(m), .name = name(m), .comment = maybe_name(m)};
    for (unsigned n = pick(m, 3); n > 0; n--) {
        ag_column *a = ag_arena_new_of(m->arena, ag_column);
        *a = (ag_column){.name = name(m),
                         .type = type(m),
                         .nullable = true,
                         .statistics = -1,
                         .collation = maybe_name(m),
                         .comment = maybe_name(m)};
        ag_vec_push(m->arena, &c->attributes, a);
    }
    ag_vec_push(m->arena, &m->schema->composites, c);
}

static void sequences(maker *m) {
    const ag_table *owner = m->schema->tables.items[0];
    ag_sequence *q = ag_arena_new_of(m->arena, ag_sequence);
    *q = (ag_sequence){.ns = own_namespace(m),
                       .name = name(m),
                       .type = maybe(m) ? "integer" : NULL,
                       .unlogged = maybe(m),
                       .comment = maybe_name(m),
                       .renamed_from = maybe_name(m)};
    sequence_options(m, &q->options);
    if (maybe(m)) {
        q->owner_ns = owner->ns;
        q->owner_table = owner->name;
        q->owner_column = owner->columns.items[0]->name;
    }
    ag_vec_push(m->arena, &m->schema->sequences, q);
}

static void object(maker *m, ag_kind kind, const char *own_name) {
    const ag_table *t = m->schema->tables.items[pick(m, (unsigned)m->schema->tables.n)];
    bool is_on_table = kind == AG_TRIGGER || kind == AG_RULE || kind == AG_POLICY;
    bool is_global = ag_kind_is_global(kind);
    const char *ns = is_on_table ? t->ns : is_global ? NULL : own_namespace(m);
    ag_object *o = ag_schema_add_object(m->schema, kind, ns, own_name);
    o->definition = ag_arena_printf(m->arena, "CREATE %s x AS 'y;' -- z\n, 1", ag_kind_name(kind));
    o->signature = kind == AG_FUNCTION ? ag_arena_printf(m->arena, "(a%d)", m->n_names++) : NULL;
    o->table = is_on_table ? t->name : NULL;
    o->table_ns = is_on_table ? t->ns : NULL;
    if (maybe(m)) {
        ag_vec_push(m->arena, &o->extras, "ALTER TABLE \"x;\" DISABLE TRIGGER y");
    }
    strings(m, &o->depends);
    o->comment = maybe_name(m);
    o->renamed_from = maybe_name(m);
    if (kind == AG_MATVIEW && maybe(m)) {
        ag_index *x = ag_arena_new_of(m->arena, ag_index);
        *x = (ag_index){.name = name(m), .unique = maybe(m)};
        keys(m, t, &x->keys, false, false);
        ag_vec_push(m->arena, &o->indexes, x);
    }
}

static ag_schema *random_schema(const ag_dialect *dialect, uint64_t seed) {
    maker m = {.schema = ag_schema_new(dialect->name), .dialect = dialect, .state = seed};
    m.arena = m.schema->arena;
    for (unsigned n = 1 + pick(&m, 4); n > 0; n--) {
        table(&m, NULL);
    }
    if (maybe(&m)) {
        table(&m, m.schema->tables.items[0]);
    }
    types(&m);
    sequences(&m);
    static const ag_kind kinds[] = {
        AG_VIEW,       AG_MATVIEW,       AG_FUNCTION,      AG_PROCEDURE, AG_AGGREGATE,
        AG_TRIGGER,    AG_RULE,          AG_POLICY,        AG_COLLATION, AG_RANGE,
        AG_STATISTICS, AG_PUBLICATION,   AG_EVENT_TRIGGER, AG_BASE_TYPE, AG_CAST,
        AG_OPERATOR,   AG_FOREIGN_TABLE, AG_TS_DICTIONARY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        object(&m, kinds[i], name(&m));
    }
    const char *overloaded = name(&m);
    object(&m, AG_FUNCTION, overloaded);
    object(&m, AG_FUNCTION, overloaded);
    ag_namespace *n = ag_arena_new_of(m.arena, ag_namespace);
    *n = (ag_namespace){.name = name(&m), .comment = maybe_name(&m)};
    ag_vec_push(m.arena, &m.schema->namespaces, n);
    ag_extension *e = ag_arena_new_of(m.arena, ag_extension);
    *e = (ag_extension){.name = name(&m), .ns = maybe_name(&m), .version = maybe_name(&m)};
    ag_vec_push(m.arena, &m.schema->extensions, e);
    return m.schema;
}

#endif
