/* What operations cost on SQLite, where one writer at a time is the rule anyway. */
#include "dialect/lite/lite.h"

/* '007' becomes 7 in a column of numbers, and 0.10 loses its zero. */
static unsigned effects_of_type(const ag_column *before, const ag_column *after) {
    ag_lite_affinity old_affinity = ag_lite_affinity_of(before->type);
    ag_lite_affinity new_affinity = ag_lite_affinity_of(after->type);
    bool is_number = new_affinity == AG_LITE_INTEGER || new_affinity == AG_LITE_REAL ||
                     new_affinity == AG_LITE_NUMERIC;
    bool was_text = old_affinity == AG_LITE_TEXT || old_affinity == AG_LITE_BLOB;
    return is_number && was_text ? (unsigned)AG_NARROWS_TYPE : 0;
}

unsigned ag_lite_effects(const ag_op *op) {
    unsigned effects = 0;
    if (op->kind == AG_OP_REBUILD_TABLE) {
        effects |= AG_REWRITES_TABLE;
    }
    if (op->kind == AG_OP_ALTER_COLUMN) {
        effects |= AG_FILLS_NULLS | effects_of_type(op->before.column, op->after.column);
    }
    return effects;
}
