/*
 * Evaluating expressions; private to src/template. Values made on the way live in the scratch arena
 * of the rendering, which is cut back after each loop round.
 */
#ifndef AG_TEMPLATE_EVAL_H
#define AG_TEMPLATE_EVAL_H

#include "template/ast.h"

/** A loop that is running. */
typedef struct ag_loop {
    const struct ag_loop *outer;
    const char *variable;
    const ag_value *item;
    size_t index;
    size_t n;
} ag_loop;

typedef struct ag_eval {
    const ag_template *tmpl;
    const ag_value *vars;
    ag_template_limits limits;
    ag_arena *scratch;
    size_t memory; /**< bytes of values alive. */
    size_t steps;  /**< still allowed. */
    const ag_loop *loop;
    ag_error *err;
} ag_eval;

bool ag__eval(ag_eval *eval, const ag_expr *expr, const ag_value **out);
bool ag__eval_filter(ag_eval *eval, const ag_filter_use *filter, const ag_value *value,
                     const ag_value **out);

/** Evaluates all parts of an expression into an array of the scratch arena. */
bool ag__eval_parts(ag_eval *eval, const ag_expr *expr, const ag_value ***out);
bool ag__eval_add(ag_eval *eval, const ag_expr *expr, const ag_value **out);
bool ag__eval_compare(ag_eval *eval, const ag_expr *expr, const ag_value **out);

/** Counts one step and the handling of `bytes`; false when the limit is passed. */
bool ag__eval_step(ag_eval *eval, size_t at, size_t bytes);
/** Counts `bytes` of values about to be made. */
bool ag__eval_take(ag_eval *eval, size_t at, size_t bytes);
bool ag__eval_string(ag_eval *eval, size_t at, const char *text, size_t n, const ag_value **out);
/** What str() gives; a string is returned as it is. */
bool ag__eval_text(ag_eval *eval, size_t at, const ag_value *value, ag_str *out);
bool ag__eval_repr(ag_eval *eval, size_t at, const ag_value *value, const ag_value **out);

/** The byte range of the character at index `i` of a text. */
ag_str ag__char_at(ag_str text, size_t i);

#endif
