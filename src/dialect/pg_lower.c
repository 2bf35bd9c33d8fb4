#include "dialect/pg.h"

/* Bodies may name what comes later: the first routine of a transaction says not to look. */
static void trust_bodies(const ag_ops *ops) {
    bool is_said = false;
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_op *op = ops->list.items[i];
        bool has_body = (op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_REPLACE_OBJECT) &&
                        (op->object == AG_FUNCTION || op->object == AG_PROCEDURE);
        if (has_body && !is_said) {
            op->plan.is_unchecked = true;
            is_said = true;
        }
        if (op->plan.ends_part || op->plan.concurrently) {
            is_said = false;
        }
    }
}

bool ag_pg_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                 const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err) {
    (void)from, (void)to, (void)options, (void)err;
    *up = ag_ops_new();
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_ops_add_copy(*up, ops->list.items[i]);
    }
    *down = ag_ops_invert(ops);
    trust_bodies(*up);
    trust_bodies(*down);
    return true;
}
