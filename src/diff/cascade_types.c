/*
 * Types that are made anew: an enum whose values go, a domain over another type, attributes that
 * get other types. Their columns are cast over by the change itself; texts that merely name them
 * are not, and a default may need a value that is not there before, or behind, the change.
 */
#include "base/str.h"
#include "diff/cascade.h"
#include "schema/node.h"
#include "sql/normal.h"

typedef AG_VEC(ag_named) named_list;

static bool names(const ag_differ *d, const char *text, const ag_named *what) {
    return text != NULL && ag_sql_refers_into(d->dialect->flavor, text, what->ns, what->name);
}

static bool is_listed(const named_list *list, const char *ns, const char *name) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i].ns, ns) && ag_text_eq(list->items[i].name, name)) {
            return true;
        }
    }
    return false;
}

static void add_over(ag_differ *d, named_list *list, const ag_named *what) {
    for (size_t i = 0; i < d->from->domains.n; i++) {
        const ag_domain *it = d->from->domains.items[i];
        if (names(d, it->type, what) && !is_listed(list, it->ns, it->name)) {
            ag_named over = {it->ns, it->name, true};
            ag_vec_push(d->scratch, list, over);
        }
    }
    for (size_t i = 0; i < d->from->composites.n; i++) {
        const ag_composite *it = d->from->composites.items[i];
        for (size_t j = 0; j < it->attributes.n; j++) {
            if (names(d, it->attributes.items[j]->type, what) &&
                !is_listed(list, it->ns, it->name)) {
                ag_named over = {it->ns, it->name, true};
                ag_vec_push(d->scratch, list, over);
            }
        }
    }
}

/* A default that changes with the values: none in between. */
static void split_default(ag_cascade *c, size_t at, const ag_named *what) {
    ag_differ *d = c->d;
    ag_op *op = d->ops.items[at];
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    if (op->kind != AG_OP_ALTER_COLUMN || !ag_text_eq(before->type, after->type) ||
        ag_text_eq(before->default_expr, after->default_expr) ||
        !names(d, before->default_expr, what) || !names(d, after->default_expr, what)) {
        return;
    }
    ag_column *bare = ag_arena_copy(d->scratch, before, sizeof *before);
    bare->default_expr = NULL;
    ag_op *second = ag_arena_copy(d->scratch, op, sizeof *op);
    op->after.column = bare;
    second->before.column = bare;
    op->is_remade = second->is_remade = true;
    ag_vec_push(d->scratch, &d->ops, second);
}

void ag__free_type(ag_cascade *c, const ag_op *op, bool loses_values) {
    ag_differ *d = c->d;
    named_list types = {NULL, 0, 0};
    ag_named own = {op->ns, op->name, true};
    ag_vec_push(d->scratch, &types, own);
    for (size_t i = 0; i < types.n; i++) { /* grows while it is walked */
        ag_named what = types.items[i];
        size_t n_ops = d->ops.n;
        for (size_t j = 0; loses_values && j < n_ops; j++) {
            split_default(c, j, &what);
        }
        ag__free_callers(c, &what);
        add_over(d, &types, &what);
    }
}
