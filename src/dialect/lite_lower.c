/* Operations into what SQLite has statements for. */
#include "base/str.h"
#include "dialect/lite.h"

typedef enum how {
    NEEDS_REBUILD,
    AS_IT_IS,
    DROP_AND_CREATE, /* SQLite has no ALTER for it. */
    LEAVE_OUT        /* SQLite stores nothing of the kind. */
} how;

static const how ways[AG_N_OP_KINDS] = {
    [AG_OP_CREATE_TABLE] = AS_IT_IS,
    [AG_OP_DROP_TABLE] = AS_IT_IS,
    [AG_OP_RENAME_TABLE] = AS_IT_IS,
    [AG_OP_ADD_COLUMN] = AS_IT_IS,
    [AG_OP_RENAME_COLUMN] = AS_IT_IS,
    [AG_OP_CREATE_INDEX] = AS_IT_IS,
    [AG_OP_DROP_INDEX] = AS_IT_IS,
    [AG_OP_CREATE_OBJECT] = AS_IT_IS,
    [AG_OP_DROP_OBJECT] = AS_IT_IS,
    [AG_OP_RENAME_INDEX] = DROP_AND_CREATE,
    [AG_OP_ALTER_INDEX] = DROP_AND_CREATE,
    [AG_OP_RENAME_OBJECT] = DROP_AND_CREATE,
    [AG_OP_REPLACE_OBJECT] = DROP_AND_CREATE,
    [AG_OP_SET_COMMENT] = LEAVE_OUT,
};

/* A value that ADD COLUMN may fill existing rows with. */
static bool is_constant_default(const char *expr) {
    return ag_lite_is_plain_default(expr) && *expr != '(' && !ag_text_istarts(expr, "current_");
}

static bool can_add(const ag_column *column) {
    if (column->generated == AG_GENERATED_STORED) {
        return false;
    }
    bool has_value = column->default_expr != NULL && !ag_text_ieq(column->default_expr, "null");
    return (column->nullable || has_value) &&
           (column->default_expr == NULL || is_constant_default(column->default_expr));
}

static how how_to(const ag_op *op) {
    if (op->kind == AG_OP_ADD_COLUMN && !can_add(op->after.column)) {
        return NEEDS_REBUILD;
    }
    return ways[op->kind];
}

static void drop_and_create(ag_ops *out, const ag_op *op) {
    bool is_index = op->kind == AG_OP_RENAME_INDEX || op->kind == AG_OP_ALTER_INDEX;
    ag_op drop = *op;
    drop.kind = is_index ? AG_OP_DROP_INDEX : AG_OP_DROP_OBJECT;
    drop.after.any = NULL;
    drop.new_name = NULL;
    ag_ops_add_copy(out, &drop);
    ag_op create = *op;
    create.kind = is_index ? AG_OP_CREATE_INDEX : AG_OP_CREATE_OBJECT;
    create.before.any = NULL;
    create.name = op->new_name != NULL ? op->new_name : op->name;
    create.new_name = NULL;
    ag_ops_add_copy(out, &create);
}

bool ag_lite_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                   const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err) {
    (void)from;
    (void)to;
    (void)options;
    ag_ops *out = ag_ops_new();
    bool ok = true;
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        const ag_op *op = ops->list.items[i];
        switch (how_to(op)) {
        case AS_IT_IS:
            ag_ops_add_copy(out, op);
            break;
        case DROP_AND_CREATE:
            drop_and_create(out, op);
            break;
        case LEAVE_OUT:
            break;
        case NEEDS_REBUILD:
            ok = ag_fail(err, AG_FAILED, "cannot %s: SQLite tables are not rebuilt yet",
                         ag_op_describe(out->arena, op));
            break;
        }
    }
    if (!ok) {
        ag_ops_free(out);
        return false;
    }
    *up = out;
    *down = ag_ops_invert(out);
    return true;
}
