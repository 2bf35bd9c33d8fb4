/*
 * How many locks an operation takes that its transaction holds until it ends. The server has room
 * for max_locks_per_transaction times its connections, 6,400 by default, for everybody.
 */
#include "base/str.h"
#include "dialect/pg/lower.h"
#include "schema/node.h"

/* A table, its TOAST table and the index of that. */
enum { SELF = 3 };

static size_t more(size_t a, size_t b) {
    return a > b ? a : b;
}

/* What is locked where all of a table is: itself, its indexes, the tables of its foreign keys. */
static size_t weight_of(const ag_table *table) {
    size_t n = SELF;
    for (size_t i = 0; i < table->constraints.n; i++) {
        n += table->constraints.items[i]->kind != AG_CHECK ? 1u : 0u;
    }
    return n + table->indexes.n;
}

/* What is made or dropped with a table: each default, check, type… has a lock of its own. */
static size_t weight_of_all(const ag_table *table) {
    size_t n = SELF + 3 + table->inherits.n + table->indexes.n; /* its types and its namespace */
    for (size_t i = 0; i < table->constraints.n; i++) {
        ag_constraint_kind kind = table->constraints.items[i]->kind;
        n += kind == AG_CHECK ? 1u : kind == AG_FOREIGN_KEY ? 8u : 2u; /* with its triggers */
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        bool has_sequence = column->serial || column->identity != AG_IDENTITY_NONE;
        bool has_value = column->default_expr != NULL || column->generated != AG_GENERATED_NONE;
        n += (has_sequence ? 3u : 0u) + (has_value ? 1u : 0u) + (column->nullable ? 0u : 1u);
    }
    return n;
}

static size_t weight_of_name(const ag_pg_lowering *l, const char *ns, const char *name) {
    const ag_table *known = ag_pg_known_table(l, ns, name);
    const ag_table *old = ag_schema_table(l->old, ns, name);
    return more(known == NULL ? SELF : weight_of(known), old == NULL ? SELF : weight_of(old));
}

/* Numbers by the names of tables. */
static void count_up(ag_pg_lowering *l, ag_map *map, const char *ns, const char *name, size_t n) {
    char *key = ag_node_key(l->arena, AG_TABLE, ns, name);
    ag_map_put(map, key, (void *)((uintptr_t)ag_map_get(map, key) + n));
}

static size_t counted(const ag_pg_lowering *l, const ag_map *map, const char *ns,
                      const char *name) {
    return map->n == 0
               ? 0
               : (size_t)(uintptr_t)ag_map_get(map, ag_node_key(l->arena, AG_TABLE, ns, name));
}

typedef struct counter {
    ag_pg_lowering *l;
    ag_map below;   /* by table: the weight of all tables below it */
    ag_map hanging; /* by table: triggers, rules, policies and statistics */
    ag_map holding; /* by domain, as if it were a table: the weight of tables that hold it */
} counter;

/* Adds the weight of a table to all above it. */
static void count_below(counter *c, const ag_table *table, size_t n, int depth) {
    if (table == NULL || depth == 0) {
        return;
    }
    if (table->parent != NULL) {
        count_up(c->l, &c->below, table->parent_ns, table->parent, n);
        count_below(c, ag_pg_known_table(c->l, table->parent_ns, table->parent), n, depth - 1);
    }
    for (size_t i = 0; i < table->inherits.n; i++) {
        const ag_table *parent = ag_pg_table_of_text(c->l, table->inherits.items[i]);
        if (parent != NULL) {
            count_up(c->l, &c->below, parent->ns, parent->name, n);
            count_below(c, parent, n, depth - 1);
        }
    }
}

static void count_objects(counter *c, const ag_objects *objects) {
    for (size_t i = 0; i < objects->n; i++) {
        const ag_object *it = objects->items[i];
        if (it->table != NULL) {
            count_up(c->l, &c->hanging, it->table_ns, it->table, 1);
        }
    }
}

/* The server looks for a new condition's values in every table that holds a domain. */
static void count_holders(counter *c, const ag_domain *domain) {
    ag_buf name = AG_BUF_INIT;
    ag_pg_put_name(&name, domain->ns, domain->name);
    for (size_t i = 0; i < c->l->known.n; i++) {
        const ag_table *table = c->l->known.items[i];
        for (size_t j = 0; j < table->columns.n; j++) {
            if (ag_text_eq(table->columns.items[j]->type, ag_buf_text(&name))) {
                count_up(c->l, &c->holding, domain->ns, domain->name, SELF);
            }
        }
    }
    ag_buf_release(&name);
}

static void start(counter *c, const ag_pg_steps *steps) {
    enum { DEEPEST = 64 };
    for (size_t i = 0; i < steps->n; i++) {
        const ag_op *op = steps->items[i].op;
        if (op->kind == AG_OP_ALTER_DOMAIN) {
            count_holders(c, op->after.domain);
        }
    }
    for (size_t i = 0; i < c->l->below.n; i++) {
        const ag_table *table = c->l->below.items[i];
        count_below(c, table, weight_of_name(c->l, table->ns, table->name), DEEPEST);
    }
    count_objects(c, &c->l->model->objects);
    count_objects(c, &c->l->old->objects);
}

/* The table of an operation with all that is below it. */
static size_t of_table(const counter *c, const ag_op *op) {
    const char *name = op->table != NULL ? op->table : op->name;
    bool is_alone = op->plan.only && op->object != AG_COLUMN; /* which the server sees through */
    size_t below = is_alone ? 0 : counted(c->l, &c->below, op->ns, name);
    return weight_of_name(c->l, op->ns, name) + counted(c->l, &c->hanging, op->ns, name) + below;
}

static size_t of_parent(const counter *c, const ag_table *table) {
    enum { WITH_DEFAULT = 2 }; /* the partition for all the rest is looked at as well */
    return table->parent == NULL
               ? 0
               : WITH_DEFAULT * weight_of_name(c->l, table->parent_ns, table->parent) +
                     counted(c->l, &c->hanging, table->parent_ns, table->parent);
}

/* What is written anew is there twice for a while, with its indexes. */
static size_t of_column(const counter *c, const ag_op *op) {
    enum { REWRITTEN = 4 };
    bool is_rewritten = (ag_pg_effects(op) & AG_REWRITES_TABLE) != 0 ||
                        (op->kind == AG_OP_ALTER_COLUMN &&
                         !ag_text_eq(op->before.column->type, op->after.column->type));
    return (is_rewritten ? REWRITTEN : 1) * of_table(c, op) + 3;
}

static size_t of_object(const counter *c, const ag_op *op) {
    const ag_object *object = op->after.any != NULL ? op->after.object : op->before.object;
    return (op->table == NULL ? 0 : of_table(c, op)) + 8 + object->indexes.n;
}

static size_t of_domain(const counter *c, const ag_op *op) {
    const ag_domain *domain = op->after.any != NULL ? op->after.domain : op->before.domain;
    return 3 + domain->checks.n + counted(c->l, &c->holding, op->ns, op->name);
}

static size_t locks_of(const counter *c, const ag_op *op) {
    const ag_constraint *constraint = NULL;
    switch ((int)op->kind) {
    case AG_OP_CREATE_TABLE:
        return weight_of_all(op->after.table) + of_parent(c, op->after.table);
    case AG_OP_DROP_TABLE:
        return weight_of_all(op->before.table) + of_table(c, op) + of_parent(c, op->before.table);
    case AG_OP_ALTER_TABLE:
        return of_column(c, op) + of_parent(c, op->before.table) + of_parent(c, op->after.table);
    case AG_OP_ADD_CONSTRAINT:
    case AG_OP_DROP_CONSTRAINT:
    case AG_OP_ALTER_CONSTRAINT:
        constraint = op->after.any != NULL ? op->after.constraint : op->before.constraint;
        return of_table(c, op) + 8 +
               (constraint->kind != AG_FOREIGN_KEY
                    ? 0
                    : counted(c->l, &c->below, constraint->ref_namespace, constraint->ref_table));
    case AG_OP_ADD_COLUMN:
    case AG_OP_DROP_COLUMN:
    case AG_OP_ALTER_COLUMN:
        return of_column(c, op);
    case AG_OP_CREATE_INDEX:
    case AG_OP_DROP_INDEX:
        return of_table(c, op) + 4;
    case AG_OP_SAVE_ROWS:
    case AG_OP_RESTORE_ROWS:
    case AG_OP_RENAME_TABLE:
    case AG_OP_RENAME_COLUMN:
        return 2 * of_table(c, op) + SELF;
    case AG_OP_CREATE_OBJECT:
    case AG_OP_DROP_OBJECT:
    case AG_OP_REPLACE_OBJECT:
        return of_object(c, op);
    case AG_OP_CREATE_DOMAIN:
    case AG_OP_DROP_DOMAIN:
    case AG_OP_ALTER_DOMAIN:
        return of_domain(c, op);
    default:
        return 3;
    }
}

void ag_pg_count_locks(ag_pg_lowering *l, const ag_pg_steps *steps) {
    counter c = {.l = l};
    start(&c, steps);
    for (size_t i = 0; i < steps->n; i++) {
        steps->items[i].op->plan.n_locks = locks_of(&c, steps->items[i].op);
    }
    ag_map_release(&c.below);
    ag_map_release(&c.hanging);
    ag_map_release(&c.holding);
}
