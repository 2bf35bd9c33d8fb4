/*
 * Types that cannot be changed in place: an enum that loses values or has them in another order, a
 * domain over another type, a composite type in columns whose attributes get other types. The old
 * one steps aside, a new one is made under its name, every column is cast over, and the old one
 * goes.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower_swap.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

char *ag_pg_type_name(ag_arena *arena, const char *ns, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_name(&buf, ns, name);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

bool ag_pg_is_type_or_list(const char *type, const char *name) {
    size_t n = strlen(name);
    return strncmp(type, name, n) == 0 && (type[n] == '\0' || type[n] == '[');
}

/* The swapped type that this one is, or is an array of; NULL when it is none. */
const ag_pg_swapped *ag_pg_swapped_of(const ag_pg_swap *s, const char *type) {
    for (size_t i = 0; type != NULL && i < s->types.n; i++) {
        if (ag_pg_is_type_or_list(type, s->types.items[i].name)) {
            return &s->types.items[i];
        }
    }
    return NULL;
}

static bool is_of(const ag_pg_swap *s, const char *type) {
    return ag_pg_swapped_of(s, type) != NULL;
}

void ag_pg_add_swapped(ag_pg_swap *s, const ag_op *op) {
    ag_pg_swapped it = {.op = op, .aside = ag_pg_object_name(s->l->arena, op->name, NULL, "old")};
    it.name = ag_pg_type_name(s->l->arena, op->ns, op->name);
    it.aside_name = ag_pg_type_name(s->l->arena, op->ns, it.aside);
    ag_vec_push(s->l->arena, &s->types, it);
}

/* What the list has made of a type before the operation under way; NULL: it is not there. */
static const void *node_now(const ag_pg_lowering *l, ag_kind kind, const char *ns, const char *name,
                            const void *known) {
    const void *now = known;
    size_t n = l->is_up ? l->ops->list.n - l->at : l->at;
    for (size_t i = 0; i < n; i++) {
        const ag_op *op = l->back->list.items[i];
        if (op->object == kind && op->kind != AG_OP_SET_COMMENT && op->new_name == NULL &&
            ag_text_eq(op->ns, ns) && ag_text_eq(op->name, name)) {
            now = op->after.any;
        }
    }
    return now;
}

/* A domain over a swapped type is made anew over the new one. */
static void add_domains(ag_pg_swap *s) {
    const ag_domains *lists[] = {&s->l->model->domains, &s->l->old->domains};
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < lists[pass]->n; i++) {
            const ag_domain *known = lists[pass]->items[i];
            const ag_domain *now = node_now(s->l, AG_DOMAIN, known->ns, known->name, known);
            if (now == NULL || !is_of(s, now->type) ||
                is_of(s, ag_pg_type_name(s->l->arena, now->ns, now->name))) {
                continue;
            }
            ag_op *op = ag_arena_copy(s->l->arena, s->op, sizeof *op);
            op->kind = AG_OP_ALTER_DOMAIN;
            op->object = AG_DOMAIN;
            op->ns = now->ns;
            op->name = now->name;
            op->before.domain = op->after.domain = now;
            ag_pg_add_swapped(s, op);
            i = (size_t)-1; /* there may be domains over this one */
        }
    }
}

static bool has_attribute_of(const ag_pg_swap *s, const ag_composite *type) {
    for (size_t i = 0; i < type->attributes.n; i++) {
        if (is_of(s, type->attributes.items[i]->type)) {
            return true;
        }
    }
    return false;
}

/* Attributes without a trace of their former names. */
static const ag_composite *with_names(ag_arena *arena, const ag_composite *type) {
    ag_composite *copy = ag_composite_clone(arena, type);
    for (size_t i = 0; i < copy->attributes.n; i++) {
        copy->attributes.items[i]->renamed_from = NULL;
    }
    return copy;
}

/* So is a composite type with such an attribute. */
static void add_composites(ag_pg_swap *s) {
    const ag_composites *lists[] = {&s->l->model->composites, &s->l->old->composites};
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < lists[pass]->n; i++) {
            const ag_composite *known = lists[pass]->items[i];
            const ag_composite *now = node_now(s->l, AG_COMPOSITE, known->ns, known->name, known);
            if (now == NULL || !has_attribute_of(s, now) ||
                is_of(s, ag_pg_type_name(s->l->arena, now->ns, now->name))) {
                continue;
            }
            ag_op *op = ag_arena_copy(s->l->arena, s->op, sizeof *op);
            op->kind = AG_OP_ALTER_COMPOSITE;
            op->object = AG_COMPOSITE;
            op->ns = now->ns;
            op->name = now->name;
            op->before.composite = op->after.composite = with_names(s->l->arena, now);
            ag_pg_add_swapped(s, op);
            i = (size_t)-1; /* there may be types over this one */
        }
    }
}

void ag_pg_add_followers(ag_pg_swap *s) {
    size_t n;
    do {
        n = s->types.n;
        add_domains(s);
        add_composites(s);
    } while (s->types.n > n);
}

/* Whether a type that is made anew is over another one. */
static bool is_over(const ag_pg_swapped *it, const ag_pg_swapped *other) {
    if (it->op->object == AG_DOMAIN) {
        return ag_pg_is_type_or_list(it->op->after.domain->type, other->name);
    }
    const ag_columns *attributes =
        it->op->object == AG_COMPOSITE ? &it->op->after.composite->attributes : NULL;
    for (size_t i = 0; attributes != NULL && i < attributes->n; i++) {
        if (ag_pg_is_type_or_list(attributes->items[i]->type, other->name)) {
            return true;
        }
    }
    return false;
}

/* Each type comes behind those that it is over: no type is over itself. */
static void sort_types(ag_pg_swap *s) {
    for (size_t done = 0; done < s->types.n; done++) {
        size_t next = done;
        for (size_t i = done, waits = 1; waits != 0 && i < s->types.n; i++) {
            waits = 0;
            for (size_t j = done; j < s->types.n; j++) {
                waits += j != i && is_over(&s->types.items[i], &s->types.items[j]);
            }
            next = waits == 0 ? i : next;
        }
        ag_pg_swapped first = s->types.items[next];
        memmove(&s->types.items[done + 1], &s->types.items[done],
                (next - done) * sizeof *s->types.items);
        s->types.items[done] = first;
    }
}

/* Whether a later operation of the list gives the column another default. */
static bool gets_default_later(const ag_pg_swap *s, const ag_table *table, const char *column) {
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

static void add_cast(ag_pg_swap *s, const ag_table *table, const ag_column *column,
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
    op->plan.using_expr = ag_pg_swap_cast(s, column);
    ag_pg_step step = {.op = op, .in_place = true};
    ag_vec_push(s->l->arena, &s->casts, step);
}

/* A default is in the way of the cast that the parent's change brings: it goes, and comes back. */
static void swap_inherited(ag_pg_swap *s, const ag_table *table, const ag_column *column) {
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

static bool swap_column(ag_pg_swap *s, const ag_table *table, const ag_column *column) {
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
    const ag_pg_swapped *type = ag_pg_swapped_of(s, column->type);
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

/* What is computed cannot be cast over: the column goes, and comes back at the end. */
static void remake_computed(ag_pg_swap *s, const ag_table *table, const ag_column *column) {
    ag_op drop = *s->op;
    drop.ns = table->ns;
    drop.table = table->name;
    drop.table_kind = table->kind;
    ag_pg_steps parts = {NULL, 0, 0};
    ag_pg_tables family = {NULL, 0, 0};
    ag_pg_list_family(s->l, &drop, &family);
    for (size_t i = 0; i < family.n; i++) {
        ag_pg_take_objects(s->l, family.items[i], column->name, &s->objects);
        ag_pg_take_down(s->l, family.items[i], column->name, &parts);
    }
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

/* Columns computed from one of the type stand in its way. */
static void swap_computed(ag_pg_swap *s, const ag_table *table, const ag_column *base) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (column->generated != AG_GENERATED_NONE && !column->inherited &&
            !is_of(s, column->type) &&
            ag_sql_refers_to(AG_SQL_POSTGRES, column->generated_expr, base->name)) {
            remake_computed(s, table, column);
        }
    }
}

static bool has_such_column(const ag_pg_swap *s, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (is_of(s, table->columns.items[i]->type)) {
            return true;
        }
    }
    return false;
}

/* A column may have had the type, or get it, only in this list. */
static bool changes_in_list(const ag_pg_swap *s, const ag_table *table) {
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

bool ag_pg_is_in_columns(const ag_pg_swap *s) {
    const ag_schema *model = s->l->model;
    for (size_t i = 0; i < model->tables.n; i++) {
        const ag_table *table = model->tables.items[i];
        if (has_such_column(s, table) || changes_in_list(s, table)) {
            return true;
        }
    }
    return false;
}

static bool swap_tables(ag_pg_swap *s) {
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
            if (is_of(s, column->type) && column->generated != AG_GENERATED_NONE) {
                if (!column->inherited) {
                    remake_computed(s, table, column);
                }
            } else if (is_of(s, column->type)) {
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

/* What is done to a type, by its kind. */
typedef struct type_ops {
    ag_op_kind rename, create, drop;
} type_ops;

static type_ops ops_for(const ag_pg_swapped *it) {
    switch ((int)it->op->object) {
    case AG_ENUM:
        return (type_ops){AG_OP_RENAME_ENUM, AG_OP_CREATE_ENUM, AG_OP_DROP_ENUM};
    case AG_COMPOSITE:
        return (type_ops){AG_OP_RENAME_COMPOSITE, AG_OP_CREATE_COMPOSITE, AG_OP_DROP_COMPOSITE};
    default:
        return (type_ops){AG_OP_RENAME_DOMAIN, AG_OP_CREATE_DOMAIN, AG_OP_DROP_DOMAIN};
    }
}

static void step_aside(const ag_pg_swap *s, const ag_pg_swapped *it) {
    const ag_op *op = it->op;
    ag_op *step =
        ag_pg_emit_like(s->l, op, ops_for(it).rename, op->name, op->before.any, op->before.any);
    step->new_name = it->aside;
    step->is_remade = true;
}

static bool run_swap(ag_pg_swap *s) {
    ag_pg_lowering *l = s->l;
    size_t first = l->steps.n;
    for (size_t i = s->types.n; i-- > 0;) {
        const ag_op *op = s->types.items[i].op;
        ag_pg_take_over_type(l, op->object, op->ns, op->name, &s->objects);
    }
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
        const ag_pg_swapped *it = &s->types.items[i];
        ag_pg_emit_like(l, it->op, ops_for(it).create, it->op->name, NULL, it->op->after.any);
    }
    ag_pg_make_casts(s);
    ag_pg_put_back(l, &s->casts);
    ag_pg_drop_casts(s);
    for (size_t i = s->types.n; i-- > 0;) {
        const ag_pg_swapped *it = &s->types.items[i];
        ag_pg_emit_like(l, it->op, ops_for(it).drop, it->aside, it->op->before.any, NULL)
            ->is_remade = true;
    }
    ag_pg_put_back(l, &s->later);
    ag_pg_put_back(l, &s->objects);
    return true;
}

bool ag_pg_swap_type(ag_pg_lowering *l, const ag_op *op, bool by_name) {
    ag_pg_swap s = {.l = l, .op = op, .by_name = by_name};
    ag_pg_add_swapped(&s, op);
    ag_pg_add_followers(&s);
    sort_types(&s);
    return run_swap(&s);
}
