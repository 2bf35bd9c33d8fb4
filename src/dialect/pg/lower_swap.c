/*
 * Types that cannot be changed in place: an enum that loses values or has them in another order, a
 * domain over another type, a composite type in columns whose attributes get other types. The old
 * one steps aside, a new one is made under its name, every column is cast over, and the old one
 * goes.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

/* A type that changes places with itself. */
typedef struct swapped {
    const ag_op *op;
    const char *aside; /* what the old one is called meanwhile */
    char *name;        /* qualified, as column types have it */
    char *aside_name;
} swapped;

/* The type that is swapped, and the domains over it, which have to follow. */
typedef struct swap {
    ag_pg_lowering *l;
    const ag_op *op;
    AG_VEC(swapped) types;
    ag_pg_steps later;   /* what is put back at the end */
    ag_pg_steps objects; /* behind that, the views */
    ag_pg_steps casts;   /* changes of columns */
} swap;

static char *qualified(ag_arena *arena, const char *ns, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_name(&buf, ns, name);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static bool is_type_or_list(const char *type, const char *name) {
    size_t n = strlen(name);
    return strncmp(type, name, n) == 0 && (type[n] == '\0' || type[n] == '[');
}

/* The swapped type that this one is, or is an array of; NULL when it is none. */
static const swapped *swapped_of(const swap *s, const char *type) {
    for (size_t i = 0; type != NULL && i < s->types.n; i++) {
        if (is_type_or_list(type, s->types.items[i].name)) {
            return &s->types.items[i];
        }
    }
    return NULL;
}

static bool is_of(const swap *s, const char *type) {
    return swapped_of(s, type) != NULL;
}

static void add_type(swap *s, const ag_op *op) {
    swapped it = {.op = op, .aside = ag_pg_object_name(s->l->arena, op->name, NULL, "old")};
    it.name = qualified(s->l->arena, op->ns, op->name);
    it.aside_name = qualified(s->l->arena, op->ns, it.aside);
    ag_vec_push(s->l->arena, &s->types, it);
}

/* What the list has made of a domain before the operation under way; NULL: it is not there. */
static const ag_domain *domain_now(const ag_pg_lowering *l, const ag_domain *known) {
    const ag_domain *now = known;
    size_t n = l->is_up ? l->ops->list.n - l->at : l->at;
    for (size_t i = 0; i < n; i++) {
        const ag_op *op = l->back->list.items[i];
        if (op->object == AG_DOMAIN && op->kind != AG_OP_SET_COMMENT && op->new_name == NULL &&
            ag_text_eq(op->ns, known->ns) && ag_text_eq(op->name, known->name)) {
            now = op->after.domain;
        }
    }
    return now;
}

/* A domain over a swapped type is made anew over the new one. */
static void add_domains(swap *s) {
    const ag_domains *lists[] = {&s->l->model->domains, &s->l->old->domains};
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < lists[pass]->n; i++) {
            const ag_domain *now = domain_now(s->l, lists[pass]->items[i]);
            if (now == NULL || !is_of(s, now->type) ||
                is_of(s, qualified(s->l->arena, now->ns, now->name))) {
                continue;
            }
            ag_op *op = ag_arena_copy(s->l->arena, s->op, sizeof *op);
            op->kind = AG_OP_ALTER_DOMAIN;
            op->object = AG_DOMAIN;
            op->ns = now->ns;
            op->name = now->name;
            op->before.domain = op->after.domain = now;
            add_type(s, op);
            i = (size_t)-1; /* there may be domains over this one */
        }
    }
}

static bool refuse(const swap *s, const char *what, const char *ns, const char *name) {
    ag_fail(s->l->err, AG_INPUT, "%s would have to be made anew, and %s %s.%s uses it",
            s->types.items[0].name, what, ns, name);
    return ag_hint(s->l->err, "let that use another type in a revision before this one");
}

static bool has_attribute_of(const swap *s, const ag_composite *type) {
    for (size_t i = 0; i < type->attributes.n; i++) {
        if (is_of(s, type->attributes.items[i]->type)) {
            return true;
        }
    }
    return false;
}

/* Whether the list changes a composite type at all. */
static bool is_altered(const swap *s, const ag_composite *type) {
    for (size_t i = 0; i < s->l->ops->list.n; i++) {
        const ag_op *op = s->l->ops->list.items[i];
        if (op->object == AG_COMPOSITE && op->kind != AG_OP_SET_COMMENT &&
            ag_text_eq(op->ns, type->ns) && ag_text_eq(op->name, type->name)) {
            return true;
        }
    }
    return false;
}

/* So is a composite type with such an attribute. */
static void add_composites(swap *s) {
    const ag_composites *all = &s->l->model->composites;
    for (size_t i = 0; i < all->n; i++) {
        ag_composite *type = all->items[i];
        if (!has_attribute_of(s, type) || is_altered(s, type) ||
            is_of(s, qualified(s->l->arena, type->ns, type->name))) {
            continue;
        }
        ag_op *op = ag_arena_copy(s->l->arena, s->op, sizeof *op);
        op->kind = AG_OP_ALTER_COMPOSITE;
        op->object = AG_COMPOSITE;
        op->ns = type->ns;
        op->name = type->name;
        op->before.composite = op->after.composite = type;
        add_type(s, op);
        i = (size_t)-1; /* there may be types over this one */
    }
}

static void add_followers(swap *s) {
    size_t n;
    do {
        n = s->types.n;
        add_domains(s);
        add_composites(s);
    } while (s->types.n > n);
}

static bool is_free(const swap *s) {
    const ag_schema *model = s->l->model;
    for (size_t i = 0; i < model->composites.n; i++) {
        const ag_composite *type = model->composites.items[i];
        if (has_attribute_of(s, type) && !is_of(s, qualified(s->l->arena, type->ns, type->name))) {
            return refuse(s, "type", type->ns, type->name);
        }
    }
    return true;
}

/* Whether a later operation of the list gives the column another default. */
static bool gets_default_later(const swap *s, const ag_table *table, const char *column) {
    for (size_t i = s->l->at + 1; i < s->l->ops->list.n; i++) {
        const ag_op *op = s->l->ops->list.items[i];
        if (op->kind == AG_OP_ALTER_COLUMN && ag_text_eq(op->ns, table->ns) &&
            ag_text_eq(op->table, table->name) && ag_text_eq(op->name, column) &&
            !ag_text_eq(op->before.column->default_expr, op->after.column->default_expr)) {
            return true;
        }
    }
    return false;
}

static void add_cast(swap *s, const ag_table *table, const ag_column *column,
                     const ag_column *before, const ag_column *after) {
    ag_op *op = ag_arena_copy(s->l->arena, s->op, sizeof *op);
    op->kind = AG_OP_ALTER_COLUMN;
    op->object = AG_COLUMN;
    op->ns = table->ns;
    op->table = table->name;
    op->table_kind = table->kind;
    op->name = column->name;
    op->before.column = before;
    op->after.column = after;
    op->plan.only = table->kind == AG_TABLE_PARTITIONED;
    ag_pg_step step = {.op = op, .in_place = true};
    ag_vec_push(s->l->arena, &s->casts, step);
}

/* A default is in the way of the cast that the parent's change brings: it goes, and comes back. */
static void swap_inherited(swap *s, const ag_table *table, const ag_column *column) {
    if (column->default_expr == NULL) {
        return;
    }
    ag_column *bare = ag_arena_copy(s->l->arena, column, sizeof *bare);
    bare->default_expr = NULL;
    size_t n = s->casts.n;
    add_cast(s, table, column, column, bare);
    ag_vec_push(s->l->arena, &s->l->steps, s->casts.items[n]);
    s->casts.n = n;
    if (!gets_default_later(s, table, column->name)) {
        add_cast(s, table, column, bare, column);
        ag_vec_push(s->l->arena, &s->later, s->casts.items[n]);
        s->casts.n = n;
    }
}

static bool swap_column(swap *s, const ag_table *table, const ag_column *column) {
    ag_arena *arena = s->l->arena;
    ag_pg_take_objects(s->l, table, column->name, &s->objects);
    ag_pg_take_down(s->l, table, column->name, &s->later);
    if (column->inherited) {
        swap_inherited(s, table, column);
        return true;
    }
    if (!ag_pg_may_retype(s->l, table->ns, table->name, column->name)) {
        return false;
    }
    const swapped *type = swapped_of(s, column->type);
    const char *suffix = column->type + strlen(type->name);
    ag_column *before = ag_arena_copy(arena, column, sizeof *before);
    ag_column *after = ag_arena_copy(arena, column, sizeof *after);
    before->type = ag_arena_printf(arena, "%s%s", type->aside_name, suffix);
    if (gets_default_later(s, table, column->name)) {
        after->default_expr = NULL;
    }
    add_cast(s, table, column, before, after);
    return true;
}

/* Columns computed from one of the type stand in its way. */
static void swap_computed(swap *s, ag_table *table, const ag_column *base) {
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column *column = table->columns.items[i];
        if (column->generated == AG_GENERATED_NONE || column->inherited || is_of(s, column->type) ||
            !ag_sql_refers_to(AG_SQL_POSTGRES, column->generated_expr, base->name)) {
            continue;
        }
        ag_op drop = *s->op;
        drop.ns = table->ns;
        drop.table = table->name;
        drop.table_kind = table->kind;
        ag_pg_steps parts = {NULL, 0, 0};
        ag_pg_take_objects(s->l, table, column->name, &s->objects);
        ag_pg_take_down(s->l, table, column->name, &parts);
        drop.is_remade = true;
        (void)ag_pg_emit_like(s->l, &drop, AG_OP_DROP_COLUMN, column->name, column, NULL);
        ag_op *add = ag_arena_copy(s->l->arena, &drop, sizeof *add);
        add->kind = AG_OP_ADD_COLUMN;
        add->object = AG_COLUMN;
        add->name = column->name;
        add->before.any = NULL;
        add->after.column = column;
        ag_pg_step step = {.op = add, .in_place = true};
        ag_vec_push(s->l->arena, &s->later, step);
        for (size_t j = 0; j < parts.n; j++) {
            ag_vec_push(s->l->arena, &s->later, parts.items[j]);
        }
    }
}

static bool has_such_column(const swap *s, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (is_of(s, table->columns.items[i]->type)) {
            return true;
        }
    }
    return false;
}

/* A column may have had the type, or get it, only in this list. */
static bool changes_in_list(const swap *s, const ag_table *table) {
    for (size_t i = 0; i < s->l->ops->list.n; i++) {
        const ag_op *op = s->l->ops->list.items[i];
        if (op->object == AG_COLUMN && op->kind != AG_OP_SET_COMMENT && op->new_name == NULL &&
            ag_text_eq(op->ns, table->ns) && ag_text_eq(op->table, table->name)) {
            const ag_column *before = op->before.column;
            const ag_column *after = op->after.column;
            if ((before != NULL && is_of(s, before->type)) ||
                (after != NULL && is_of(s, after->type))) {
                return true;
            }
        }
    }
    return false;
}

static bool swap_tables(swap *s) {
    const ag_schema *model = s->l->model;
    bool ok = true;
    for (size_t i = 0; ok && i < model->tables.n; i++) {
        const ag_table *known = model->tables.items[i];
        if (!has_such_column(s, known) && !changes_in_list(s, known)) {
            continue;
        }
        ag_table *table = ag_pg_table_now(s->l, known->ns, known->name);
        for (size_t j = 0; ok && table != NULL && j < table->columns.n; j++) {
            const ag_column *column = table->columns.items[j];
            if (is_of(s, column->type)) {
                swap_computed(s, table, column);
                ok = swap_column(s, table, column);
            }
        }
    }
    return ok;
}

/* A part may hang on two columns of the type: it goes once and comes back once. */
static void drop_doubles(ag_pg_steps *steps, size_t first) {
    size_t n = first;
    for (size_t i = first; i < steps->n; i++) {
        const ag_op *op = steps->items[i].op;
        bool is_double = false;
        for (size_t j = first; j < n && !is_double; j++) {
            const ag_op *other = steps->items[j].op;
            is_double = other->kind == op->kind && op->object != AG_COLUMN &&
                        ag_text_eq(other->ns, op->ns) && ag_text_eq(other->table, op->table) &&
                        ag_text_eq(other->name, op->name);
        }
        if (!is_double) {
            steps->items[n++] = steps->items[i];
        }
    }
    steps->n = n;
}

/* Foreign keys from elsewhere on a column of the type stand in the way too. */
static bool refers_to_column(const swap *s, const ag_constraint *key) {
    const ag_table *table = ag_schema_table(s->l->model, key->ref_namespace, key->ref_table);
    for (size_t i = 0; table != NULL && i < key->ref_columns.n; i++) {
        const ag_column *column = ag_pg_find_column(&table->columns, key->ref_columns.items[i]);
        if (column != NULL && is_of(s, column->type)) {
            return true;
        }
    }
    return false;
}

/* Keys that are put back come in the order: constraints of their own table, then foreign keys. */
static void references_last(ag_arena *arena, ag_pg_steps *steps) {
    ag_pg_steps sorted = {NULL, 0, 0};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < steps->n; i++) {
            const ag_op *op = steps->items[i].op;
            bool is_reference =
                op->kind == AG_OP_ADD_CONSTRAINT && op->after.constraint->kind == AG_FOREIGN_KEY;
            if (is_reference == (round == 1)) {
                ag_vec_push(arena, &sorted, steps->items[i]);
            }
        }
    }
    *steps = sorted;
}

/* Foreign keys go before the keys that they refer to. */
static void references_first(ag_pg_lowering *l, size_t first) {
    ag_pg_steps sorted = {NULL, 0, 0};
    for (int round = 0; round < 2; round++) {
        for (size_t i = first; i < l->steps.n; i++) {
            const ag_op *op = l->steps.items[i].op;
            bool is_reference =
                op->kind == AG_OP_DROP_CONSTRAINT && op->before.constraint->kind == AG_FOREIGN_KEY;
            if (is_reference == (round == 0)) {
                ag_vec_push(l->arena, &sorted, l->steps.items[i]);
            }
        }
    }
    l->steps.n = first;
    ag_pg_put_back(l, &sorted);
}

static void take_references(swap *s) {
    const ag_schema *model = s->l->model;
    for (size_t i = 0; i < model->tables.n; i++) {
        const ag_table *known = model->tables.items[i];
        for (size_t j = 0; j < known->constraints.n; j++) {
            const ag_constraint *key = known->constraints.items[j];
            if (key->kind != AG_FOREIGN_KEY || key->inherited || !refers_to_column(s, key)) {
                continue;
            }
            ag_table *table = ag_pg_table_now(s->l, known->ns, known->name);
            if (table != NULL && ag_table_constraint(model, table, key->name) != NULL) {
                ag_table only = *table;
                only.indexes.n = 0;
                ag_pg_take_down(s->l, &only, key->keys.items[0].column, &s->later);
            }
        }
    }
}

/* What is done to a type, by its kind. */
typedef struct type_ops {
    ag_op_kind rename, create, drop;
} type_ops;

static type_ops ops_for(const swapped *it) {
    switch ((int)it->op->object) {
    case AG_ENUM:
        return (type_ops){AG_OP_RENAME_ENUM, AG_OP_CREATE_ENUM, AG_OP_DROP_ENUM};
    case AG_COMPOSITE:
        return (type_ops){AG_OP_RENAME_COMPOSITE, AG_OP_CREATE_COMPOSITE, AG_OP_DROP_COMPOSITE};
    default:
        return (type_ops){AG_OP_RENAME_DOMAIN, AG_OP_CREATE_DOMAIN, AG_OP_DROP_DOMAIN};
    }
}

static void step_aside(const swap *s, const swapped *it) {
    const ag_op *op = it->op;
    ag_op *step =
        ag_pg_emit_like(s->l, op, ops_for(it).rename, op->name, op->before.any, op->before.any);
    step->new_name = it->aside;
    step->is_remade = true;
}

static bool run_swap(swap *s) {
    ag_pg_lowering *l = s->l;
    size_t first = l->steps.n;
    for (size_t i = s->types.n; i-- > 0;) {
        const ag_op *op = s->types.items[i].op;
        ag_pg_take_over_type(l, op->object, op->ns, op->name, &s->objects);
    }
    take_references(s);
    if (!swap_tables(s)) {
        return false;
    }
    drop_doubles(&l->steps, first);
    drop_doubles(&s->later, 0);
    references_first(l, first);
    references_last(l->arena, &s->later);
    for (size_t i = 0; i < s->types.n; i++) {
        step_aside(s, &s->types.items[i]);
    }
    for (size_t i = 0; i < s->types.n; i++) {
        const swapped *it = &s->types.items[i];
        ag_pg_emit_like(l, it->op, ops_for(it).create, it->op->name, NULL, it->op->after.any);
    }
    ag_pg_put_back(l, &s->casts);
    for (size_t i = s->types.n; i-- > 0;) {
        const swapped *it = &s->types.items[i];
        ag_pg_emit_like(l, it->op, ops_for(it).drop, it->aside, it->op->before.any, NULL)
            ->is_remade = true;
    }
    ag_pg_put_back(l, &s->later);
    ag_pg_put_back(l, &s->objects);
    return true;
}

static bool swap_type(ag_pg_lowering *l, const ag_op *op) {
    swap s = {.l = l, .op = op};
    add_type(&s, op);
    add_followers(&s);
    return is_free(&s) && run_swap(&s);
}

/* Values that only get another name do so before the others go. */
static const ag_enum *emit_value_renames(ag_pg_lowering *l, const ag_op *op) {
    ag_enum *before = ag_enum_clone(l->arena, op->before.enum_);
    ag_enum *renamed = ag_enum_clone(l->arena, op->before.enum_);
    bool any = false;
    for (size_t i = 0; i < renamed->values.n; i++) {
        ag_enum_value *value = &renamed->values.items[i];
        any = any || value->renamed_from != NULL;
        if (value->renamed_from != NULL) {
            const char *old_name = value->name;
            value->name = value->renamed_from;
            value->renamed_from = old_name;
        }
    }
    if (any) {
        ag_pg_emit_like(l, op, AG_OP_ALTER_ENUM, op->name, before, renamed);
    }
    return any ? renamed : op->before.enum_;
}

/* Values without a trace of their former names. */
static const ag_enum *as_made(ag_arena *arena, const ag_enum *it) {
    ag_enum *copy = ag_enum_clone(arena, it);
    for (size_t i = 0; i < copy->values.n; i++) {
        copy->values.items[i].renamed_from = NULL;
    }
    return copy;
}

bool ag_pg_expand_enum(ag_pg_lowering *l, const ag_op *op) {
    if (!ag_pg_swaps_enum(op->before.enum_, op->after.enum_)) {
        ag_pg_emit(l, op);
        return true;
    }
    ag_op changed = *op;
    changed.before.enum_ = as_made(l->arena, emit_value_renames(l, op));
    changed.after.enum_ = as_made(l->arena, op->after.enum_);
    return swap_type(l, &changed);
}

static bool swaps_domain(const ag_op *op) {
    const ag_domain *before = op->before.domain;
    const ag_domain *after = op->after.domain;
    return !ag_text_eq(before->type, after->type) ||
           !ag_text_eq(before->collation, after->collation);
}

bool ag_pg_expand_domain(ag_pg_lowering *l, const ag_op *op) {
    if (!swaps_domain(op)) {
        ag_pg_emit(l, op);
        return true;
    }
    return swap_type(l, op);
}

static bool is_in_columns(const swap *s) {
    const ag_schema *model = s->l->model;
    for (size_t i = 0; i < model->tables.n; i++) {
        const ag_table *table = model->tables.items[i];
        if (has_such_column(s, table) || changes_in_list(s, table)) {
            return true;
        }
    }
    return false;
}

/*
 * The old type with the types that its attributes get, over which values are cast; NULL when no
 * type differs.
 */
static const ag_composite *retyped(ag_arena *arena, const ag_composite *before,
                                   const ag_composite *after) {
    ag_composite *result = ag_arena_copy(arena, after, sizeof *after);
    bool differs = false;
    result->attributes = (ag_columns){NULL, 0, 0};
    for (size_t i = 0; i < before->attributes.n; i++) {
        const ag_column *old = before->attributes.items[i];
        const ag_column *twin = ag_pg_find_column(&after->attributes, old->name);
        if (twin != NULL && twin->renamed_from != NULL) {
            return NULL;
        }
        twin = twin != NULL ? twin : old;
        differs |=
            !ag_text_eq(old->type, twin->type) || !ag_text_eq(old->collation, twin->collation);
        ag_column *copy = ag_arena_copy(arena, twin, sizeof *twin);
        ag_vec_push(arena, &result->attributes, copy);
    }
    return differs ? result : NULL;
}

static bool has_same_attributes(const ag_composite *a, const ag_composite *b) {
    bool is_same = a->attributes.n == b->attributes.n;
    for (size_t i = 0; is_same && i < a->attributes.n; i++) {
        is_same = ag_pg_find_column(&b->attributes, a->attributes.items[i]->name) != NULL;
    }
    return is_same;
}

/* Whether an operation makes a type anew, whatever columns are of it. */
static bool remakes(ag_arena *arena, const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_ALTER_ENUM:
        return ag_pg_swaps_enum(op->before.enum_, op->after.enum_);
    case AG_OP_ALTER_DOMAIN:
        return swaps_domain(op);
    case AG_OP_ALTER_COMPOSITE:
        return retyped(arena, op->before.composite, op->after.composite) != NULL;
    default:
        return false;
    }
}

bool ag_pg_swaps_later(const ag_pg_lowering *l, const char *type) {
    for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (remakes(l->arena, op) && is_type_or_list(type, qualified(l->arena, op->ns, op->name))) {
            return true;
        }
    }
    const ag_domains *domains = &l->model->domains; /* a domain is made anew with its type */
    for (size_t i = 0; i < domains->n; i++) {
        const ag_domain *it = domains->items[i];
        if (is_type_or_list(type, qualified(l->arena, it->ns, it->name))) {
            return ag_pg_swaps_later(l, it->type);
        }
    }
    return false;
}

/* Nor one that something is written over: that goes, and comes back. */
static void take_and_emit(ag_pg_lowering *l, const ag_op *op, bool retypes) {
    ag_pg_steps objects = {NULL, 0, 0};
    if (retypes) {
        ag_pg_take_over_type(l, op->object, op->ns, op->name, &objects);
    }
    ag_pg_emit(l, op);
    ag_pg_put_back(l, &objects);
}

/* The server changes no attribute of a type that a column is of. */
bool ag_pg_expand_composite(ag_pg_lowering *l, const ag_op *op) {
    const ag_composite *after = retyped(l->arena, op->before.composite, op->after.composite);
    ag_op changed = *op;
    changed.after.composite = after;
    swap s = {.l = l, .op = &changed};
    if (after != NULL) {
        add_type(&s, &changed);
        add_followers(&s);
    }
    if (after == NULL || !is_in_columns(&s)) {
        take_and_emit(l, op, after != NULL);
        return true;
    }
    bool ok = swap_type(l, &changed);
    if (ok && !has_same_attributes(after, op->after.composite)) {
        ag_pg_emit(l, op)->before.composite = after;
    }
    return ok;
}
