/*
 * A whole schema as a script: the difference from nothing, in the order that the differ gives it.
 */
#ifndef AG_DIFF_DUMP_H
#define AG_DIFF_DUMP_H

#include "base/buf.h"
#include "dialect/dialect.h"

/** Appends SQL that loads into an empty database; by the dialect's own dump where it has one. */
bool ag_diff_dump(const ag_dialect *dialect, const ag_schema *schema, ag_buf *out, ag_error *err);

#endif
