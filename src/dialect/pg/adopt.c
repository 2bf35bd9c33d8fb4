/* Making a freshly read model one of PostgreSQL. */
#include "dialect/pg/adopt.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

/* The reader of the model may have found the same mistake. */
static bool is_known(const ag_diags *diags, ag_loc loc) {
    for (size_t i = 0; loc.line > 0 && i < diags->list.n; i++) {
        const ag_error *err = &diags->list.items[i];
        if (err->line == loc.line && err->column == loc.column &&
            ag_text_eq(err->file, loc.file == NULL ? "" : loc.file)) {
            return true;
        }
    }
    return false;
}

void ag_pg_refuse(ag_pg_adopter *a, ag_loc loc, const char *hint, const char *format, ...) {
    a->is_good = false;
    if (is_known(a->diags, loc)) {
        return;
    }
    va_list args;
    va_start(args, format);
    ag_error *err = ag_diags_vat(a->diags, loc, NULL, format, args);
    va_end(args);
    if (err != NULL && hint != NULL) {
        ag_hint(err, "%s", hint);
    }
}

static ag_loc place(ag_loc loc, ag_loc fallback) {
    return loc.line > 0 ? loc : fallback;
}

static const char *or_public(const char *ns) {
    return ns == NULL ? ag_dialect_postgresql.default_namespace : ns;
}

/* The server would cut it, and two names might become one. */
static void check_name(ag_pg_adopter *a, ag_loc loc, const char *what, const char *name) {
    size_t n = name == NULL ? 0 : strlen(name);
    if (n > AG_PG_MAX_NAME) {
        ag_pg_refuse(a, loc, NULL, "the name of the %s has %zu bytes, PostgreSQL takes %d: %s",
                     what, n, AG_PG_MAX_NAME, name);
    } else if (name != NULL && n == 0) {
        ag_pg_refuse(a, loc, NULL, "the name of the %s is empty", what);
    }
}

/* Expressions are kept without what encloses them, trailing comments too. */
static const char *adopt_expr(ag_pg_adopter *a, ag_loc loc, const char *what, const char *expr) {
    if (expr == NULL) {
        return NULL;
    }
    const char *problem = ag_sql_expr_problem(AG_SQL_POSTGRES, expr);
    if (problem != NULL) {
        ag_pg_refuse(a, loc, NULL, "the %s is no SQL expression: %s", what, problem);
        return expr;
    }
    ag_str inner = ag_sql_strip_parens(AG_SQL_POSTGRES, ag_str_of(expr));
    const char *text = ag_arena_strndup(a->arena, inner.p, inner.n);
    /* The server tries texts on a table of this name in another namespace. */
    const char *dot = a->table == NULL ? NULL : strchr(text, '.');
    return dot == NULL || strchr(dot + 1, '.') == NULL
               ? text
               : ag_sql_unqualify(a->arena, AG_SQL_POSTGRES, text, a->table->ns, a->table->name);
}

static const char *lower_or_null(ag_pg_adopter *a, const char *word, const char *usual) {
    return word == NULL || ag_text_ieq(word, usual) ? NULL : ag_text_lower(a->arena, word);
}

/* "serial" is no type: it is a type, a sequence, a default and NOT NULL. */
static void adopt_serial(ag_column *column) {
    static const char *const types[][2] = {
        {"serial", "integer"}, {"bigserial", "bigint"}, {"smallserial", "smallint"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (ag_text_eq(column->type, types[i][0])) {
            column->type = types[i][1];
            column->serial = true;
        }
    }
    if (column->serial) {
        column->nullable = false;
        column->default_expr = NULL;
    }
}

static void adopt_column(ag_pg_adopter *a, const ag_table *table, ag_column *column) {
    check_name(a, column->loc, "column", column->name);
    if (column->type == NULL || column->type[0] == '\0') {
        ag_pg_refuse(a, place(column->type_loc, column->loc), NULL,
                     "column %s of table %s has no type", column->name, table->name);
        return;
    }
    column->type = ag_pg_adopt_type(a, table->ns, column->type);
    adopt_serial(column);
    column->collation = ag_pg_adopt_collation(a, table->ns, column->collation);
    if (column->generated != AG_GENERATED_NONE) {
        column->generated = AG_GENERATED_STORED; /* the only kind before PostgreSQL 18 */
    }
    if (column->identity != AG_IDENTITY_NONE) {
        column->nullable = false;
        column->default_expr = NULL;
    }
    column->generated_expr = adopt_expr(a, place(column->generated_loc, column->loc),
                                        "generated expression", column->generated_expr);
    const char *problem = column->default_expr == NULL
                              ? NULL
                              : ag_sql_expr_problem(AG_SQL_POSTGRES, column->default_expr);
    if (problem != NULL) {
        ag_pg_refuse(a, place(column->default_loc, column->loc), NULL,
                     "the default of column %s is no SQL expression: %s", column->name, problem);
    }
    column->storage = lower_or_null(a, column->storage, ag_pg_default_storage(column->type));
    column->compression = lower_or_null(a, column->compression, "default");
    column->not_null_name = NULL;
    column->default_name = NULL;
    column->collation_name = NULL;
    column->generated_name = NULL;
    column->on_conflict = NULL;
}

static void adopt_keys(ag_pg_adopter *a, const ag_table *table, ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        ag_key *key = &keys->items[i];
        const ag_column *column = table == NULL || key->column == NULL
                                      ? NULL
                                      : ag_table_column(a->model, table, key->column);
        key->expr = adopt_expr(a, key->loc, "element of an index", key->expr);
        key->collation = ag_pg_adopt_collation(a, table == NULL ? NULL : table->ns, key->collation);
        if (column != NULL && ag_text_eq(key->collation, column->collation)) {
            key->collation = NULL;
        }
        bool is_usual = key->nulls == (key->descending ? AG_NULLS_FIRST : AG_NULLS_LAST);
        key->nulls = is_usual ? AG_NULLS_DEFAULT : key->nulls;
    }
}

static void adopt_reference(ag_pg_adopter *a, const ag_table *table, ag_constraint *key) {
    key->ref_namespace = key->ref_namespace == NULL ? table->ns : key->ref_namespace;
    key->on_delete = lower_or_null(a, key->on_delete, "no action");
    key->on_update = lower_or_null(a, key->on_update, "no action");
    key->match = lower_or_null(a, key->match, "simple");
    const ag_table *other = ag_schema_table(a->model, key->ref_namespace, key->ref_table);
    const ag_constraint *primary = other == NULL ? NULL : ag_table_primary_key(other);
    bool is_open = key->ref_columns.n == 0 && primary != NULL;
    for (size_t i = 0; is_open && i < primary->keys.n; i++) {
        ag_vec_push(a->arena, &key->ref_columns, primary->keys.items[i].column);
    }
}

static void adopt_constraint(ag_pg_adopter *a, const ag_table *table, ag_constraint *c) {
    check_name(a, c->loc, "constraint", c->name);
    c->expr = adopt_expr(a, place(c->expr_loc, c->loc), "check", c->expr);
    c->where = adopt_expr(a, c->loc, "condition of an exclude constraint", c->where);
    adopt_keys(a, table, &c->keys);
    for (size_t i = 0; c->kind == AG_PRIMARY_KEY && i < c->keys.n; i++) {
        ag_column *column = ag_table_column(a->model, table, c->keys.items[i].column);
        if (column != NULL) {
            column->nullable = false;
        }
    }
    if (c->kind == AG_FOREIGN_KEY) {
        adopt_reference(a, table, c);
    }
    if (c->kind == AG_EXCLUDE) {
        c->method = c->method == NULL ? "gist" : ag_text_lower(a->arena, c->method);
    }
    c->deferrable |= c->initially_deferred;
    c->deferrability = NULL;
    c->inline_column = NULL;
    c->on_conflict = NULL;
}

static bool is_number_to(const char *text, int64_t most) {
    char *end = NULL;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    return errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == '\0' && number <= most;
}

/* Both halves become SQL text. */
static void check_statistics(ag_pg_adopter *a, const ag_index *index) {
    for (size_t i = 0; i < index->statistics.n; i++) {
        const ag_option *it = &index->statistics.items[i];
        if (!is_number_to(it->name, INT16_MAX) || !is_number_to(it->value, INT16_MAX)) {
            ag_pg_refuse(a, index->loc, "{\"1\": 500} is 500 for the first element",
                         "\"statistics\" of the index %s: places and targets are numbers",
                         index->name != NULL ? index->name : "without a name");
            return;
        }
    }
}

static void adopt_indexes(ag_pg_adopter *a, const ag_table *table, ag_indexes *indexes) {
    for (size_t i = 0; i < indexes->n; i++) {
        ag_index *index = indexes->items[i];
        check_name(a, index->loc, "index", index->name);
        adopt_keys(a, table, &index->keys);
        index->where = adopt_expr(a, place(index->where_loc, index->loc), "condition of an index",
                                  index->where);
        index->method = lower_or_null(a, index->method, "btree");
        check_statistics(a, index);
    }
}

/* Names of parents become SQL text; those that the model knows may be written without quotes. */
static void adopt_inherits(ag_pg_adopter *a, ag_table *table) {
    for (size_t i = 0; i < table->inherits.n; i++) {
        const char *text = table->inherits.items[i];
        for (size_t j = 0; j < a->model->tables.n; j++) {
            const ag_table *other = a->model->tables.items[j];
            const char *shown = ag_node_display(a->arena, other->ns, other->name);
            bool is_beside = ag_text_eq(other->name, text) && ag_text_eq(other->ns, table->ns);
            if (is_beside || ag_text_eq(shown, text)) {
                ag_buf buf = AG_BUF_INIT;
                ag_pg_put_name(&buf, other->ns, other->name);
                table->inherits.items[i] = ag_buf_copy(&buf, a->arena);
                ag_buf_release(&buf);
                break;
            }
        }
    }
}

static void adopt_table(ag_pg_adopter *a, ag_table *table) {
    check_name(a, table->loc, "table", table->name);
    a->table = table;
    for (size_t i = 0; i < table->columns.n; i++) {
        adopt_column(a, table, table->columns.items[i]);
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        adopt_constraint(a, table, table->constraints.items[i]);
    }
    adopt_indexes(a, table, &table->indexes);
    a->table = NULL;
    adopt_inherits(a, table);
    if (table->parent != NULL && table->parent_ns == NULL) {
        table->parent_ns = table->ns;
    }
    table->kind = table->partition_by == NULL ? AG_TABLE_PLAIN : AG_TABLE_PARTITIONED;
    table->access_method = lower_or_null(a, table->access_method, "heap");
    table->replica_identity = lower_or_null(a, table->replica_identity, "default");
    table->strict = table->without_rowid = table->autoincrement = false;
}

static const ag_table *table_of_text(const ag_pg_adopter *a, const char *text) {
    const ag_schema *m = a->model;
    const ag_table *found = NULL;
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < m->tables.n && found == NULL; i++) {
        ag_buf_clear(&buf);
        ag_pg_put_name(&buf, m->tables.items[i]->ns, m->tables.items[i]->name);
        found = ag_text_eq(ag_buf_text(&buf), text) ? m->tables.items[i] : NULL;
    }
    ag_buf_release(&buf);
    return found;
}

enum { DEEPEST_INHERITANCE = 100 };

/* The column that an inherited one comes from, with its table; NULL when nobody declares it. */
static const ag_column *origin_of(const ag_pg_adopter *a, const ag_table *table, const char *name,
                                  int depth, const ag_table **owner) {
    const ag_column *column = ag_table_column(a->model, table, name);
    *owner = table;
    if (column == NULL || !column->inherited || depth > DEEPEST_INHERITANCE) {
        return column;
    }
    const ag_table *parent =
        table->parent == NULL ? NULL : ag_schema_table(a->model, table->parent_ns, table->parent);
    column = parent == NULL ? NULL : origin_of(a, parent, name, depth + 1, owner);
    for (size_t i = 0; column == NULL && i < table->inherits.n; i++) {
        parent = table_of_text(a, table->inherits.items[i]);
        column = parent == NULL ? NULL : origin_of(a, parent, name, depth + 1, owner);
    }
    return column;
}

/*
 * What a child has from its parents: NOT NULL and the default, but no sequence of its own, unless
 * its own words say so. That of a partition cannot be numbered by itself.
 */
static void adopt_inherited(ag_pg_adopter *a, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column *column = table->columns.items[i];
        const ag_table *owner = NULL;
        const ag_column *origin =
            column->inherited ? origin_of(a, table, column->name, 0, &owner) : NULL;
        if (origin == NULL || origin == column) {
            continue;
        }
        column->nullable &= origin->nullable || (column->says_nullable && table->parent == NULL);
        if (column->taken_over || table->parent != NULL) {
            column->identity = AG_IDENTITY_NONE;
            column->identity_options = (ag_sequence_options){0};
        }
        if (column->serial && column->taken_over) {
            const char *sequence = ag_pg_object_name(a->arena, owner->name, origin->name, "seq");
            column->default_expr = ag_pg_nextval(a->arena, owner->ns, sequence);
            column->serial = false;
        }
    }
}

static void adopt_types(ag_pg_adopter *a) {
    const ag_schema *m = a->model;
    for (size_t i = 0; i < m->enums.n; i++) {
        const ag_enum *type = m->enums.items[i];
        check_name(a, type->loc, "enum", type->name);
        for (size_t j = 0; j < type->values.n; j++) {
            if (*type->values.items[j].name != '\0') { /* the one name that may be empty */
                check_name(a, type->values.items[j].loc, "value of an enum",
                           type->values.items[j].name);
            }
        }
    }
    for (size_t i = 0; i < m->domains.n; i++) {
        ag_domain *type = m->domains.items[i];
        check_name(a, type->loc, "domain", type->name);
        type->type = ag_pg_adopt_type(a, type->ns, type->type);
        type->collation = ag_pg_adopt_collation(a, type->ns, type->collation);
        for (size_t j = 0; j < type->checks.n; j++) {
            ag_constraint *c = type->checks.items[j];
            c->expr = adopt_expr(a, place(c->expr_loc, c->loc), "check", c->expr);
        }
    }
    for (size_t i = 0; i < m->composites.n; i++) {
        const ag_composite *type = m->composites.items[i];
        check_name(a, type->loc, "type", type->name);
        for (size_t j = 0; j < type->attributes.n; j++) {
            ag_column *attribute = type->attributes.items[j];
            attribute->type = ag_pg_adopt_type(a, type->ns, attribute->type);
            attribute->collation = ag_pg_adopt_collation(a, type->ns, attribute->collation);
        }
    }
    for (size_t i = 0; i < m->sequences.n; i++) {
        ag_sequence *sequence = m->sequences.items[i];
        check_name(a, sequence->loc, "sequence", sequence->name);
        sequence->type =
            sequence->type == NULL ? "bigint" : ag_pg_map_type(a->arena, sequence->type);
        if (sequence->owner_table != NULL && sequence->owner_ns == NULL) {
            sequence->owner_ns = sequence->ns;
        }
    }
}

/* Views name themselves; triggers, rules and policies live where their table does. */
static void adopt_objects(ag_pg_adopter *a) {
    for (size_t i = 0; i < a->model->objects.n; i++) {
        ag_object *object = a->model->objects.items[i];
        check_name(a, object->loc, ag_kind_name(object->kind), object->name);
        adopt_indexes(a, NULL, &object->indexes);
    }
}

/* Every node that lives in a namespace is in one. */
static void set_namespaces(ag_pg_adopter *a) {
    const ag_schema *m = a->model;
#define SET(list)                                                                                  \
    for (size_t i = 0; i < m->list.n; i++) {                                                       \
        m->list.items[i]->ns = or_public(m->list.items[i]->ns);                                    \
        check_name(a, m->list.items[i]->loc, "namespace", m->list.items[i]->ns);                   \
        ag_map_put(&a->namespaces, m->list.items[i]->ns, a->model);                                \
    }
    SET(tables)
    SET(enums)
    SET(domains)
    SET(composites)
    SET(sequences)
#undef SET
    for (size_t i = 0; i < m->objects.n; i++) {
        ag_object *object = m->objects.items[i];
        if (ag_kind_is_global(object->kind)) {
            object->ns = NULL;
            continue;
        }
        if (object->table != NULL) {
            object->table_ns = or_public(object->table_ns);
        }
        bool is_on_table =
            object->kind == AG_TRIGGER || object->kind == AG_RULE || object->kind == AG_POLICY;
        object->ns = is_on_table ? object->table_ns : or_public(object->ns);
        ag_map_put(&a->namespaces, object->ns, a->model);
    }
    for (size_t i = 0; i < m->namespaces.n; i++) {
        ag_map_put(&a->namespaces, m->namespaces.items[i]->name, a->model);
    }
    ag_schema_touch(a->model);
}

/* "public" is there anyway: a node for it says only that it has a comment. */
static void drop_plain_public(ag_schema *model) {
    size_t kept = 0;
    for (size_t i = 0; i < model->namespaces.n; i++) {
        ag_namespace *ns = model->namespaces.items[i];
        bool is_plain = ag_text_eq(ns->name, ag_dialect_postgresql.default_namespace) &&
                        (ns->comment == NULL || ag_text_eq(ns->comment, AG_PG_PUBLIC_COMMENT));
        if (!is_plain) {
            model->namespaces.items[kept++] = ns;
        }
    }
    model->namespaces.n = kept;
}

bool ag_pg_adopt(ag_schema *model, ag_diags *diags) {
    ag_pg_adopter a = {.model = model, .arena = model->arena, .diags = diags, .is_good = true};
    set_namespaces(&a);
    drop_plain_public(model);
    ag_pg_learn_types(&a);
    adopt_types(&a);
    for (size_t i = 0; i < model->tables.n; i++) {
        adopt_table(&a, model->tables.items[i]);
    }
    for (size_t i = 0; i < model->tables.n; i++) {
        adopt_inherited(&a, model->tables.items[i]);
    }
    adopt_objects(&a);
    if (a.is_good) {
        ag_pg_name_unnamed(&a);
    }
    ag_schema_touch(model);
    ag_map_release(&a.types);
    ag_map_release(&a.collations);
    ag_map_release(&a.namespaces);
    return a.is_good;
}
