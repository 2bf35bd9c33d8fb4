/*
 * From lowered operations to a script for people: one comment line per operation, a WARNING line
 * per hazard, then its statements.
 */
#ifndef AG_REVIEW_ANNOTATE_H
#define AG_REVIEW_ANNOTATE_H

#include "dialect/dialect.h"
#include "op/script.h"

/** Appends the operations to the script, compiled and explained, in their order. */
bool ag_review_script(const ag_dialect *dialect, const ag_ops *ops,
                      const ag_compile_options *options, ag_script *script, ag_error *err);

#endif
