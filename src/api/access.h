/*
 * Owners and privileges, which are compared and exported only where `include` says so.
 */
#ifndef AG_API_ACCESS_H
#define AG_API_ACCESS_H

#include "api/ctx.h"

/**
 * Makes a schema from a database speak about what is included: every object has an owner then. What
 * is not is named as unmanaged when `is_named`.
 */
void ag_access_include(const ag_ctx *ctx, ag_schema *schema, bool is_named);
/** Makes a model that was written by hand silent about what is not included; says so. */
void ag_access_leave_out(const ag_ctx *ctx, ag_schema *schema, ag_strings *warnings);
/** How to have a kind of unmanaged things managed (" …"), or "". */
const char *ag_access_hint(ag_arena *arena, const char *what);

#endif
