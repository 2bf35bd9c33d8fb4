/*
 * Schema x schema -> operations, in an order that runs. Pure: no database, no printing.
 *
 * Both schemas must be of the same dialect; the model must have been adopted and settled by it.
 * Only kinds that the target covers are compared; of kinds it does not cover nothing is dropped.
 */
#ifndef AG_DIFF_DIFF_H
#define AG_DIFF_DIFF_H

#include "dialect/dialect.h"
#include "op/op.h"

/** A rename that the user asked for: "users.mail" -> "users.email", "people" -> "users". */
typedef struct ag_rename {
    const char *from;
    const char *to;
} ag_rename;

typedef struct ag_diff_options {
    bool compare_type;           /**< default true. */
    bool compare_server_default; /**< default true. */
    AG_VEC(ag_rename) renames;
} ag_diff_options;

/** A drop + add that looks like a rename: what to pass to make it one. */
typedef struct ag_suggestion {
    const char *option; /**< "--rename users.mail=users.email". */
    const char *text;   /**< one sentence. */
} ag_suggestion;

typedef struct ag_diff_result {
    ag_ops *ops;     /**< ordered; owned. */
    ag_arena *arena; /**< owned; holds the lists below. */
    AG_VEC(ag_suggestion) suggestions;
    ag_strings warnings;
} ag_diff_result;

bool ag_diff(const ag_dialect *dialect, const ag_schema *from, const ag_schema *to,
             const ag_diff_options *options, ag_diff_result *out, ag_error *err);
void ag_diff_result_release(ag_diff_result *result);

#endif
