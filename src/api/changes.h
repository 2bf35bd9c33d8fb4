/* Differences as results: from operations to what the public API shows. */
#ifndef AG_API_CHANGES_H
#define AG_API_CHANGES_H

#include "api/ctx.h"
#include "diff/diff.h"

/** Makes the public list of a diff: summaries, hazards, suggestions, warnings. */
ag_changes *ag_changes_of(const ag_dialect *dialect, const ag_diff_result *diff,
                          const ag_strings *warnings);
ag_arena *ag_changes_arena(const ag_changes *changes);

#endif
