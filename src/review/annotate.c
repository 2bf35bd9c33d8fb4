#include "review/annotate.h"

#include "base/vec.h"
#include "review/review.h"

static void warn(const ag_dialect *dialect, const ag_op *op, ag_script *script) {
    ag_hazards hazards = {0};
    ag_review_op(script->arena, dialect, op, &hazards);
    for (size_t i = 0; i < hazards.n; i++) {
        ag_script_add(script, AG_ITEM_WARNING, hazards.items[i].text);
    }
}

static void explain(const ag_dialect *dialect, const ag_op *op, ag_script *script) {
    ag_item *comment = ag_script_add(script, AG_ITEM_COMMENT, ag_op_describe(script->arena, op));
    comment->op = op;
    warn(dialect, op, script);
}

static void explain_all(const ag_dialect *dialect, const ag_op *op, ag_script *script) {
    if (op->kind != AG_OP_REBUILD_TABLE) {
        explain(dialect, op, script);
        return;
    }
    const ag_rebuild *rebuild = op->after.rebuild;
    for (size_t i = 0; i < rebuild->changes.n; i++) {
        explain(dialect, rebuild->changes.items[i], script);
    }
    /* What the rebuild itself costs, beside the changes that stand above already. */
    ag_rebuild alone = *rebuild;
    alone.changes.n = 0;
    ag_op itself = *op;
    itself.after.rebuild = &alone;
    warn(dialect, &itself, script);
}

/* Appends compiled items; explanations stand inside the autocommit block that they are about. */
static void append(const ag_dialect *dialect, const ag_op *op, const ag_script *compiled,
                   ag_script *script) {
    size_t first = 0;
    if (compiled->items.n > 0 && compiled->items.items[0].kind == AG_ITEM_AUTOCOMMIT) {
        size_t n = script->items.n;
        if (n > 0 && script->items.items[n - 1].kind == AG_ITEM_TRANSACTION) {
            script->items.n--; /* two neighbouring blocks are one */
        } else {
            ag_script_add(script, AG_ITEM_AUTOCOMMIT, NULL);
        }
        first = 1;
    }
    explain_all(dialect, op, script);
    for (size_t i = first; i < compiled->items.n; i++) {
        const ag_item *from = &compiled->items.items[i];
        ag_item *to = ag_script_add(script, from->kind, from->text);
        to->table = ag_arena_strdup(script->arena, from->table);
        to->hash = ag_arena_strdup(script->arena, from->hash);
        to->op = op;
    }
}

bool ag_review_script(const ag_dialect *dialect, const ag_ops *ops,
                      const ag_compile_options *options, ag_script *script, ag_error *err) {
    bool ok = true;
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        const ag_op *op = ops->list.items[i];
        ag_script *compiled = ag_script_new();
        ok = dialect->compile(op, options, compiled, err);
        if (ok) {
            append(dialect, op, compiled, script);
        }
        ag_script_free(compiled);
    }
    return ok;
}
