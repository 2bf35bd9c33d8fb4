/*
 * Changes of types: what the server does in place, and what makes the type anew (lower_swap.c).
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower_swap.h"
#include "schema/node.h"

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
    return ag_pg_swap_type(l, &changed, false);
}

static bool swaps_domain(const ag_op *op) {
    const ag_domain *before = op->before.domain;
    const ag_domain *after = op->after.domain;
    return !ag_text_eq(before->type, after->type) ||
           !ag_text_eq(before->collation, after->collation);
}

static bool has_check(const ag_domain *domain, const ag_constraint *check) {
    for (size_t i = 0; i < domain->checks.n; i++) {
        const ag_constraint *it = domain->checks.items[i];
        if (ag_text_eq(it->expr, check->expr) && it->not_valid == check->not_valid) {
            return true;
        }
    }
    return false;
}

/* Whether values that are there have to be looked at. */
static bool gets_stricter(const ag_op *op) {
    const ag_domain *before = op->before.domain;
    const ag_domain *after = op->after.domain;
    bool does = before->nullable && !after->nullable;
    for (size_t i = 0; i < after->checks.n && !does; i++) {
        does = !after->checks.items[i]->not_valid && !has_check(before, after->checks.items[i]);
    }
    return does;
}

static bool is_list(const char *type) {
    return type[0] != '\0' && type[strlen(type) - 1] == ']';
}

/* Whether a type has values of a swapped one inside of its own. */
static bool holds_values(const ag_pg_swap *s, const char *type) {
    const ag_pg_swapped *it = ag_pg_swapped_of(s, type);
    return it != NULL && (is_list(type) || it->op->object == AG_COMPOSITE ||
                          is_list(it->op->before.domain->type));
}

/* The server does not look into arrays and composite types for them: it refuses the change. */
static bool is_within_columns(ag_pg_lowering *l, const ag_op *op) {
    ag_pg_swap s = {.l = l, .op = op};
    bool is = false;
    ag_pg_add_swapped(&s, op);
    ag_pg_add_followers(&s);
    for (size_t i = 0; i < l->model->tables.n && !is; i++) {
        const ag_table *known = l->model->tables.items[i];
        const ag_table *table = ag_pg_table_now(l, known->ns, known->name);
        for (size_t j = 0; table != NULL && j < table->columns.n && !is; j++) {
            is = holds_values(&s, table->columns.items[j]->type);
        }
    }
    return is;
}

bool ag_pg_expand_domain(ag_pg_lowering *l, const ag_op *op) {
    if (!swaps_domain(op) && !(gets_stricter(op) && is_within_columns(l, op))) {
        ag_pg_emit(l, op);
        return true;
    }
    return ag_pg_swap_type(l, op, false);
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
        if (remakes(l->arena, op) &&
            ag_pg_is_type_or_list(type, ag_pg_type_name(l->arena, op->ns, op->name))) {
            return true;
        }
    }
    const ag_domains *domains = &l->model->domains; /* a domain is made anew with its type */
    for (size_t i = 0; i < domains->n; i++) {
        const ag_domain *it = domains->items[i];
        if (ag_pg_is_type_or_list(type, ag_pg_type_name(l->arena, it->ns, it->name))) {
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

/* ADD ATTRIBUTE only adds at the end. */
static bool is_reachable(const ag_composite *before, const ag_composite *after) {
    size_t at = 0;
    bool is_new = false;
    for (size_t i = 0; i < after->attributes.n; i++) {
        const ag_column *it = after->attributes.items[i];
        const char *former = it->renamed_from != NULL ? it->renamed_from : it->name;
        bool is_there = ag_pg_find_column(&before->attributes, former) != NULL;
        if (is_there && is_new) {
            return false;
        }
        is_new = !is_there;
        while (is_there && at < before->attributes.n &&
               !ag_text_eq(before->attributes.items[at]->name, former)) {
            at++;
        }
        if (is_there && at == before->attributes.n) {
            return false;
        }
    }
    return true;
}

/* Where only the way there could place an attribute, and values would have to be taken over, the
 * way back puts what it adds at the end, as it does with columns. */
static bool changes_places(const ag_pg_swap *s, const ag_op *op) {
    const ag_composite *before = op->before.composite;
    const ag_composite *after = op->after.composite;
    return !is_reachable(before, after) &&
           (s->l->is_up || !is_reachable(after, before) || !ag_pg_is_in_columns(s));
}

/* The server changes no attribute of a type that a column is of, and places none. */
bool ag_pg_expand_composite(ag_pg_lowering *l, const ag_op *op) {
    const ag_composite *after = retyped(l->arena, op->before.composite, op->after.composite);
    ag_op changed = *op;
    changed.after.composite = after != NULL ? after : op->after.composite;
    ag_pg_swap s = {.l = l, .op = &changed};
    ag_pg_add_swapped(&s, &changed);
    ag_pg_add_followers(&s);
    if (changes_places(&s, op)) {
        return ag_pg_swap_type(l, op, true);
    }
    if (after == NULL || !ag_pg_is_in_columns(&s)) {
        take_and_emit(l, op, after != NULL);
        return true;
    }
    bool ok = ag_pg_swap_type(l, &changed, false);
    if (ok && !has_same_attributes(after, op->after.composite)) {
        ag_pg_emit(l, op)->before.composite = after;
    }
    return ok;
}
