#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

ag_op *ag__emit(ag_differ *d, ag_op_kind kind, const char *ns, const char *name) {
    ag_op *op = ag_arena_new_of(d->scratch, ag_op);
    op->kind = kind;
    op->object = ag_op_object_kind(kind);
    op->ns = ns;
    op->name = name;
    ag_vec_push(d->scratch, &d->ops, op);
    return op;
}

ag_op *ag__emit_on(ag_differ *d, ag_op_kind kind, const ag_table *table, const char *name) {
    ag_op *op = ag__emit(d, kind, table->ns, name);
    op->table = table->name;
    op->table_kind = table->kind;
    return op;
}

ag_op *ag__compare_comments(ag_differ *d, ag_kind object, const char *ns, const char *table,
                            const char *name, const char *before, const char *after) {
    if (!d->has_comments || ag_text_eq(before, after)) {
        return NULL;
    }
    ag_op *op = ag__emit(d, AG_OP_SET_COMMENT, ns, name);
    op->object = object;
    op->table = table;
    op->before.text = before;
    op->after.text = after;
    return op;
}

void ag__warn(ag_differ *d, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = ag_arena_vprintf(d->result->arena, format, args);
    va_end(args);
    ag_vec_push(d->result->arena, &d->result->warnings, text);
}

void ag__forget_ops(ag_differ *d, const void *node) {
    size_t n = 0;
    for (size_t i = 0; i < d->ops.n; i++) {
        if (d->ops.items[i]->before.any != node) {
            d->ops.items[n++] = d->ops.items[i];
        }
    }
    d->ops.n = n;
}

void ag__forget_comments(ag_differ *d, const ag_object *object) {
    const char *ns = object->ns != NULL ? object->ns : object->table_ns;
    size_t n = 0;
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *op = d->ops.items[i];
        bool is_own = op->object == object->kind && ag_text_eq(op->name, object->name) &&
                      ag_text_eq(op->table, object->table) &&
                      ag_text_eq(op->signature, object->signature);
        bool is_of_column = op->object == AG_COLUMN && ag_text_eq(op->table, object->name);
        if (op->kind != AG_OP_SET_COMMENT || !ag_text_eq(op->ns, ns) || !(is_own || is_of_column)) {
            d->ops.items[n++] = op;
        }
    }
    d->ops.n = n;
}

void ag__forget_indexes(ag_differ *d, const ag_object *object) {
    size_t n = 0;
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *op = d->ops.items[i];
        /* Those of a new thing under the name of the object are not its own. */
        bool is_part = op->object == AG_INDEX && !op->on_new_table &&
                       ag_text_eq(op->ns, object->ns) && ag_text_eq(op->table, object->name);
        if (!is_part) {
            d->ops.items[n++] = op;
        }
    }
    d->ops.n = n;
}
