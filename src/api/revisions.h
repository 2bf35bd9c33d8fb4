/* Revisions as results: from nodes of the graph to what the public API shows. */
#ifndef AG_API_REVISIONS_H
#define AG_API_REVISIONS_H

#include "api/ctx.h"

/** An empty result with an arena of its own (`owner`). */
ag_revisions *ag_revisions_new(void);
ag_arena *ag_revisions_arena(const ag_revisions *revisions);
/** Appends a revision; `current` marks those the database is at (NULL = it was not asked). */
void ag_revisions_add(ag_revisions *out, const ag_rev *rev, const ag_revs *current);
/** Appends one to the children of the branch points. */
void ag_revisions_add_child(ag_revisions *out, const ag_rev *rev);

#endif
