/*
 * Where the database insists that nothing hangs on what changes (not AG_BINDS_LATE): what does is
 * taken down before and put back after.
 *
 *  - foreign keys to a primary key, unique constraint or unique index that goes;
 *  - foreign keys over columns whose types change;
 *  - foreign keys that tables refer to each other by while they become logged or unlogged;
 *  - views, rules, triggers, policies and parsed bodies over a column whose type or generation
 *    changes;
 *  - what hangs on views, routines and types that go: objects, defaults, generated columns, checks
 *    and indexes.
 */
#include <string.h>

#include "base/str.h"
#include "diff/cascade.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "sql/token.h"

typedef ag_cascade cascade;
typedef AG_VEC(const ag_object *) object_list;

/* Nodes have no key that all kinds share, but every node has one address. */
static const char *address_key(ag_arena *arena, const void *node) {
    return ag_arena_printf(arena, "%p", node);
}

void ag__touch(cascade *c, ag_op *op) {
    ag_map_put(&c->touched, address_key(c->d->scratch, op->before.any), op);
}

ag_op *ag__touching(cascade *c, const void *node) {
    ag_arena_mark mark = ag_arena_mark_now(c->d->scratch);
    ag_op *op = ag_map_get(&c->touched, address_key(c->d->scratch, node));
    ag_arena_reset(c->d->scratch, mark);
    return op;
}

/* The operations as they are now: remaking adds to the list and takes away from it. */
static ag_light_ops copy_list(ag_differ *d) {
    ag_light_ops ops = {NULL, 0, 0};
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_vec_push(d->scratch, &ops, d->ops.items[i]);
    }
    return ops;
}

/* Foreign keys */

static bool keys_are(const ag_differ *d, const ag_keys *keys, const ag_strings *columns) {
    bool is_same = keys->n == columns->n;
    for (size_t i = 0; is_same && i < keys->n; i++) {
        bool is_there = false;
        for (size_t j = 0; j < columns->n && !is_there; j++) {
            is_there = ag__same_name(d, keys->items[i].column, columns->items[j]);
        }
        is_same = is_there;
    }
    return is_same;
}

static bool refers_to(const ag_differ *d, const ag_constraint *reference, const ag_op *drop,
                      const ag_keys *keys, bool is_primary) {
    if (reference->kind != AG_FOREIGN_KEY ||
        !ag__same_name(d, reference->ref_namespace, drop->ns) ||
        !ag__same_name(d, reference->ref_table, drop->table)) {
        return false;
    }
    return reference->ref_columns.n == 0 ? is_primary : keys_are(d, keys, &reference->ref_columns);
}

static const ag_constraint *counterpart(const ag_differ *d, const ag_table *from,
                                        const ag_constraint *key, const ag_table *to) {
    const ag_constraint *twin = NULL;
    for (size_t i = 0; i < to->constraints.n; i++) {
        const ag_constraint *candidate = to->constraints.items[i];
        if (ag__compare_constraints(d, from, key, to, candidate) == AG_OTHER) {
            continue;
        }
        if (ag__same_name(d, key->name, candidate->name)) {
            return candidate;
        }
        twin = twin == NULL ? candidate : twin;
    }
    return twin;
}

void ag__put_back_constraint(cascade *c, const ag_table *from, const ag_constraint *key) {
    const ag_table *to = ag_schema_table(c->d->to, from->ns, from->name);
    const ag_constraint *twin = to == NULL ? NULL : counterpart(c->d, from, key, to);
    if (twin == NULL || key->inherited || ag__touching(c, key) != NULL) {
        return;
    }
    ag__forget_ops(c->d, key);
    ag_op *drop = ag__drop_constraint(c->d, from, key, false);
    ag__touch(c, drop);
    drop->is_remade = true;
    ag__add_constraint(c->d, to, twin, false)->is_remade = true;
}

static void free_key(cascade *c, const ag_op *drop, const ag_keys *keys, bool is_primary) {
    for (size_t i = 0; i < c->d->from->tables.n; i++) {
        const ag_table *table = c->d->from->tables.items[i];
        for (size_t j = 0; j < table->constraints.n; j++) {
            if (refers_to(c->d, table->constraints.items[j], drop, keys, is_primary)) {
                ag__put_back_constraint(c, table, table->constraints.items[j]);
            }
        }
    }
}

/* No key refers to a table that goes for a while. */
static void free_references_to(cascade *c, const ag_op *drop) {
    for (size_t i = 0; i < c->d->from->tables.n; i++) {
        const ag_table *table = c->d->from->tables.items[i];
        for (size_t j = 0; j < table->constraints.n; j++) {
            const ag_constraint *key = table->constraints.items[j];
            if (key->kind == AG_FOREIGN_KEY && ag__same_name(c->d, key->ref_table, drop->name) &&
                ag__same_name(c->d, key->ref_namespace, drop->ns)) {
                ag__put_back_constraint(c, table, key);
            }
        }
    }
}

static void free_keys(cascade *c) {
    ag_light_ops ops = copy_list(c->d);
    for (size_t i = 0; i < ops.n; i++) {
        const ag_op *op = ops.items[i];
        if (op->kind == AG_OP_DROP_TABLE && op->is_remade) {
            free_references_to(c, op);
        }
        if (op->on_dropped_table) {
            continue;
        }
        if (op->kind == AG_OP_DROP_INDEX && op->before.index->unique) {
            free_key(c, op, &op->before.index->keys, false);
        } else if (op->kind == AG_OP_DROP_CONSTRAINT &&
                   (op->before.constraint->kind == AG_PRIMARY_KEY ||
                    op->before.constraint->kind == AG_UNIQUE)) {
            free_key(c, op, &op->before.constraint->keys,
                     op->before.constraint->kind == AG_PRIMARY_KEY);
        }
    }
}

/* The type without its modifier: what the other side of a reference has to agree with. */
static bool changes_base_type(const ag_op *op) {
    const char *a = op->before.column->type;
    const char *b = op->after.column->type;
    size_t n = a != NULL ? strcspn(a, "(") : 0;
    return a != NULL && b != NULL && (strcspn(b, "(") != n || strncmp(a, b, n) != 0);
}

static bool is_over(const ag_differ *d, const ag_constraint *key, const ag_table *table,
                    const ag_op *op) {
    bool is_own = ag__same_name(d, table->ns, op->ns) && ag__same_name(d, table->name, op->table);
    for (size_t i = 0; is_own && i < key->keys.n; i++) {
        if (ag__same_name(d, key->keys.items[i].column, op->name)) {
            return true;
        }
    }
    bool is_referred =
        ag__same_name(d, key->ref_namespace, op->ns) && ag__same_name(d, key->ref_table, op->table);
    for (size_t i = 0; is_referred && i < key->ref_columns.n; i++) {
        if (ag__same_name(d, key->ref_columns.items[i], op->name)) {
            return true;
        }
    }
    return false;
}

/* Both ends change one after the other, and in between they do not agree. */
static void free_references(cascade *c) {
    ag_light_ops ops = copy_list(c->d);
    for (size_t i = 0; i < ops.n; i++) {
        const ag_op *op = ops.items[i];
        if (op->kind != AG_OP_ALTER_COLUMN || !changes_base_type(op)) {
            continue;
        }
        for (size_t t = 0; t < c->d->from->tables.n; t++) {
            const ag_table *table = c->d->from->tables.items[t];
            for (size_t k = 0; k < table->constraints.n; k++) {
                const ag_constraint *key = table->constraints.items[k];
                if (key->kind == AG_FOREIGN_KEY && is_over(c->d, key, table, op)) {
                    ag__put_back_constraint(c, table, key);
                }
            }
        }
    }
}

/* Definitions */

static bool is_bound(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW || kind == AG_RULE || kind == AG_TRIGGER ||
           kind == AG_POLICY || kind == AG_PUBLICATION || kind == AG_STATISTICS ||
           kind == AG_OPERATOR || kind == AG_CAST || kind == AG_CONVERSION ||
           ag_kind_is_routine(kind);
}

static bool mentions(const cascade *c, const ag_object *object, const char *name) {
    return object->definition != NULL &&
           ag_sql_refers_to(c->d->dialect->flavor, object->definition, name);
}

static bool is_about(const cascade *c, const ag_object *object, ag_kind kind, const char *ns,
                     const char *name) {
    if (object->table != NULL && ag_text_eq(object->table, name) &&
        ag_text_eq(object->table_ns, ns)) {
        return true;
    }
    if (c->knows_depends) {
        ag_arena_mark mark = ag_arena_mark_now(c->d->scratch);
        const char *key = ag_node_key(c->d->scratch, kind, ns, name);
        bool is_there = false;
        for (size_t i = 0; i < object->depends.n && !is_there; i++) {
            is_there = strcmp(object->depends.items[i], key) == 0;
        }
        ag_arena_reset(c->d->scratch, mark);
        return is_there;
    }
    return !ag_kind_is_routine(object->kind) && mentions(c, object, name);
}

static const ag_object *new_version(const ag_differ *d, const ag_object *object) {
    if (!ag_schema_covers(d->to, object->kind)) {
        return object;
    }
    for (size_t i = 0; i < d->to->objects.n; i++) {
        const ag_object *it = d->to->objects.items[i];
        if (it->kind == object->kind && ag_text_eq(it->ns, object->ns) &&
            ag_text_eq(it->name, object->name) && ag_text_eq(it->table, object->table) &&
            ag_text_eq(it->signature, object->signature) &&
            ag_text_eq(it->table_ns, object->table_ns)) {
            return it;
        }
    }
    return NULL;
}

static void remake(cascade *c, const ag_object *object) {
    ag_differ *d = c->d;
    const ag_object *next = new_version(d, object);
    if (next == NULL || ag__touching(c, ag__original_object(d, object)) != NULL ||
        ag__touching(c, object) != NULL) {
        return;
    }
    ag__touch(c, ag__drop_object(d, object, true));
    ag__create_object(d, next, true);
    ag_vec_push(d->scratch, &c->gone, object);
}

static void enter_name(cascade *c, const ag_object *object, const char *name) {
    ag_arena *arena = c->d->scratch;
    char *key = ag_text_lower(arena, name);
    object_list *list = ag_map_get(&c->by_name, key);
    if (list == NULL) {
        list = ag_arena_new_of(arena, object_list);
        ag_map_put(&c->by_name, key, list);
    }
    if (list->n == 0 || list->items[list->n - 1] != object) {
        ag_vec_push(arena, list, object);
    }
}

/* A database tells what each of its objects needs, be it nothing; a model file may not. */
static bool knows_depends(const ag_schema *schema) {
    for (size_t i = 0; i < schema->objects.n; i++) {
        if (schema->objects.items[i]->depends.n > 0) {
            return true;
        }
    }
    return false;
}

static void enter_names(cascade *c, const ag_object *object, const char *definition) {
    ag_sql_flavor flavor = c->d->dialect->flavor;
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(flavor, text);
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        if (token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED) {
            enter_name(c, object, ag_token_unquote(c->d->scratch, flavor, text, token));
        }
    }
}

/* Every definition is taken apart once. */
static void index_names(cascade *c) {
    for (size_t i = 0; i < c->d->from->objects.n; i++) {
        const ag_object *object = c->d->from->objects.items[i];
        if (!is_bound(object->kind) || object->definition == NULL) {
            continue;
        }
        ag_vec_push(c->d->scratch, &c->bound, object);
        enter_names(c, object, object->definition);
        for (size_t j = 0; j < object->extras.n; j++) {
            enter_names(c, object, object->extras.items[j]);
        }
    }
}

/* Objects that hang on a column of a table; with a NULL column, on the thing as a whole. */
static void remake_dependents(cascade *c, ag_kind kind, const char *ns, const char *name,
                              const char *column) {
    const object_list *named =
        ag_map_get(&c->by_name, ag_text_lower(c->d->scratch, column != NULL ? column : name));
    bool is_unnamed = kind == AG_OPERATOR || kind == AG_CAST; /* in texts */
    size_t n = is_unnamed ? c->bound.n : named != NULL ? named->n : 0;
    for (size_t i = 0; i < n; i++) {
        const ag_object *object = is_unnamed ? c->bound.items[i] : named->items[i];
        bool is_itself =
            kind == object->kind && ag_text_eq(object->name, name) && ag_text_eq(object->ns, ns);
        bool is_bound_so = column == NULL || ag_object_holds_columns(object);
        if (!is_itself && is_bound_so && is_about(c, object, kind, ns, name)) {
            remake(c, object);
        }
    }
}

static bool is_child_of(const cascade *c, const ag_table *child, const char *ns, const char *name) {
    if (ag_text_eq(child->parent, name) && ag_text_eq(child->parent_ns, ns)) {
        return true;
    }
    bool is_child = false;
    for (size_t i = 0; i < child->inherits.n && !is_child; i++) {
        ag_strings path = {NULL, 0, 0};
        ag_sql_path(c->d->scratch, c->d->dialect->flavor, child->inherits.items[i], &path);
        is_child = path.n > 0 && strcmp(path.items[path.n - 1], name) == 0 &&
                   (path.n == 1 || ag_text_eq(path.items[path.n - 2], ns));
    }
    return is_child;
}

enum { DEEPEST_INHERITANCE = 64 };

/* What hangs on a column, and on those that partitions and children have from it. */
static void remake_over_column(cascade *c, const char *ns, const char *table, const char *column,
                               int depth) {
    remake_dependents(c, AG_TABLE, ns, table, column);
    for (size_t i = 0; depth < DEEPEST_INHERITANCE && i < c->d->from->tables.n; i++) {
        const ag_table *child = c->d->from->tables.items[i];
        if ((child->parent != NULL || child->inherits.n > 0) && is_child_of(c, child, ns, table)) {
            remake_over_column(c, child->ns, child->name, column, depth + 1);
        }
    }
}

/* A generated column is not altered but made anew, at least on one of the ways. */
static bool changes_type(const ag_op *op) {
    const ag_column *a = op->before.column;
    const ag_column *b = op->after.column;
    return !ag_text_eq(a->type, b->type) || !ag_text_eq(a->collation, b->collation) ||
           a->generated != b->generated || !ag_text_eq(a->generated_expr, b->generated_expr);
}

/* Values that only come on can be added in place; anything else swaps the type of every column. */
static bool swaps_type(const ag_op *op) {
    const ag_enum *a = op->before.enum_;
    const ag_enum *b = op->after.enum_;
    size_t at = 0;
    for (size_t i = 0; i < b->values.n && at < a->values.n; i++) {
        const char *old_name = a->values.items[at].renamed_from != NULL
                                   ? a->values.items[at].renamed_from
                                   : a->values.items[at].name;
        at += strcmp(old_name, b->values.items[i].name) == 0;
    }
    return at < a->values.n;
}

static bool swaps_domain(const ag_op *op) {
    return !ag_text_eq(op->before.domain->type, op->after.domain->type) ||
           !ag_text_eq(op->before.domain->collation, op->after.domain->collation);
}

static void remake_over_type(cascade *c, const char *ns, const char *type) {
    const ag_schema *from = c->d->from;
    for (size_t i = 0; i < from->tables.n; i++) {
        const ag_table *table = from->tables.items[i];
        for (size_t j = 0; j < table->columns.n; j++) {
            const ag_column *column = table->columns.items[j];
            if (ag_sql_refers_into(c->d->dialect->flavor, column->type, ns, type)) {
                remake_dependents(c, AG_TABLE, table->ns, table->name, column->name);
            }
        }
    }
}

static bool changes_attribute(const ag_op *op) {
    const ag_columns *before = &op->before.composite->attributes;
    const ag_columns *after = &op->after.composite->attributes;
    for (size_t i = 0; i < before->n; i++) {
        for (size_t j = 0; j < after->n; j++) {
            if (ag_text_eq(before->items[i]->name, after->items[j]->name) &&
                (!ag_text_eq(before->items[i]->type, after->items[j]->type) ||
                 !ag_text_eq(before->items[i]->collation, after->items[j]->collation))) {
                return true;
            }
        }
    }
    return false;
}

/* On one of the ways at least. */
static bool makes_type_anew(const ag_op *op) {
    return (op->kind == AG_OP_ALTER_ENUM &&
            (swaps_type(op) || op->before.enum_->values.n < op->after.enum_->values.n)) ||
           (op->kind == AG_OP_ALTER_DOMAIN && swaps_domain(op)) ||
           (op->kind == AG_OP_ALTER_COMPOSITE && changes_attribute(op));
}

static void free_types(cascade *c) {
    ag_light_ops ops = copy_list(c->d);
    for (size_t i = 0; i < ops.n; i++) {
        if (makes_type_anew(ops.items[i])) {
            ag__free_type(c, ops.items[i],
                          ops.items[i]->kind == AG_OP_ALTER_ENUM && swaps_type(ops.items[i]));
        }
    }
}

static void remake_definitions(cascade *c) {
    ag_differ *d = c->d;
    ag_light_ops ops = copy_list(d);
    index_names(c);
    c->knows_depends = knows_depends(d->from);
    for (size_t i = 0; i < ops.n; i++) {
        const ag_op *op = ops.items[i];
        if (op->kind == AG_OP_ALTER_COLUMN && changes_type(op)) {
            remake_over_column(c, op->ns, op->table, op->name, 0);
        } else if (op->kind == AG_OP_ALTER_ENUM && swaps_type(op)) {
            remake_over_type(c, op->ns, op->name);
            remake_dependents(c, AG_ENUM, op->ns, op->name, NULL);
        } else if (op->kind == AG_OP_ALTER_DOMAIN && swaps_domain(op)) {
            remake_over_type(c, op->ns, op->name);
            remake_dependents(c, AG_DOMAIN, op->ns, op->name, NULL);
        } else if (op->kind == AG_OP_DROP_ENUM || op->kind == AG_OP_DROP_DOMAIN ||
                   op->kind == AG_OP_DROP_COMPOSITE) {
            remake_over_type(c, op->ns, op->name); /* something else may get the name */
            remake_dependents(c, op->object, op->ns, op->name, NULL);
        } else if (op->kind == AG_OP_DROP_TABLE || op->kind == AG_OP_DROP_SEQUENCE) {
            remake_dependents(c, op->object, op->ns, op->name, NULL);
        } else if (op->kind == AG_OP_DROP_CONSTRAINT &&
                   op->before.constraint->kind == AG_PRIMARY_KEY) {
            remake_dependents(c, AG_TABLE, op->ns, op->table, "group"); /* the other columns */
        }
    }
    for (size_t i = 0; i < c->gone.n; i++) { /* grows while it is walked */
        const ag_object *object = c->gone.items[i];
        remake_dependents(c, object->kind, object->ns, object->name, NULL);
        if (object->kind == AG_FUNCTION) {
            ag__free_callers(c, &(ag_named){.ns = object->ns, .name = object->name});
        }
    }
}

static bool is_created(const cascade *c, const ag_index *index) {
    for (size_t i = 0; i < c->d->ops.n; i++) {
        if (c->d->ops.items[i]->after.index == index) {
            return true;
        }
    }
    return false;
}

/* What is made anew of a partition's indexes when its parent's index is. */
static void remake_attached(cascade *c, const ag_op *drop, const ag_table *from) {
    const ag_table *to = ag_schema_table(c->d->to, from->ns, from->name);
    for (size_t i = 0; to != NULL && i < from->indexes.n; i++) {
        const ag_index *index = from->indexes.items[i];
        const ag_index *twin = ag_table_index(c->d->to, to, index->name);
        if (!ag_text_eq(index->parent, drop->name) ||
            ag__find_op(c, AG_OP_DROP_INDEX, index) != NULL) {
            continue;
        }
        ag__forget_ops(c->d, index);
        ag__drop_index(c->d, from, index, false)->is_remade = twin != NULL;
        if (twin != NULL && !is_created(c, twin)) {
            ag__create_index(c->d, to, twin, false)->is_remade = true;
        }
    }
}

static void remake_partitions(cascade *c) {
    for (size_t i = 0; i < c->d->ops.n; i++) { /* grows while it is walked */
        const ag_op *op = c->d->ops.items[i];
        if (op->kind != AG_OP_DROP_INDEX || op->table_kind != AG_TABLE_PARTITIONED ||
            op->on_dropped_table) {
            continue;
        }
        for (size_t t = 0; t < c->d->from->tables.n; t++) {
            const ag_table *table = c->d->from->tables.items[t];
            if (ag_text_eq(table->parent, op->table) && ag_text_eq(table->parent_ns, op->ns)) {
                remake_attached(c, op, table);
            }
        }
    }
}

static void note_ops(cascade *c) {
    for (size_t i = 0; i < c->d->ops.n; i++) {
        ag_op *op = c->d->ops.items[i];
        if (op->kind == AG_OP_DROP_CONSTRAINT || op->kind == AG_OP_DROP_OBJECT) {
            ag__touch(c, op);
        }
        if (op->kind == AG_OP_DROP_OBJECT) {
            ag_vec_push(c->d->scratch, &c->gone, ag__moved_object(c->d, op->before.object));
        }
    }
}

void ag__cascade(ag_differ *d) {
    cascade c = {.d = d};
    if (d->ops.n == 0) {
        return;
    }
    note_ops(&c);
    free_keys(&c);
    free_references(&c);
    ag__free_logging(&c);
    free_types(&c);
    if (d->from->objects.n > 0) {
        remake_definitions(&c);
    }
    remake_partitions(&c);
    ag_map_release(&c.touched);
    ag_map_release(&c.by_name);
}
