/*
 * Hazards: what a reviewer must know of an operation before it runs.
 */
#ifndef AG_REVIEW_REVIEW_H
#define AG_REVIEW_REVIEW_H

#include "dialect/dialect.h"
#include "op/op.h"

typedef struct ag_hazard {
    const char *code; /**< "loses_data", "may_fail", "rewrites_table", "blocks_writes"… */
    const char *text; /**< "loses data: every row of users". */
} ag_hazard;

typedef AG_VEC(ag_hazard) ag_hazards;

/** Appends the hazards of an operation (texts in `arena`); none for tables new in its list. */
void ag_review_op(ag_arena *arena, const ag_dialect *dialect, const ag_op *op, ag_hazards *out);

#endif
