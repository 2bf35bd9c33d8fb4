/*
 * The history as a drawing, as `git log --graph` makes it: the columns of open branches beside each
 * revision, merges and forks joined by slanted lines.
 *
 * A drawing is made revision by revision, newest first, children before parents. For each one:
 * lines above it (an octopus merge makes room), the line it stands on, and lines below it. Edges go
 * to the parents (Revises) that will be drawn too; dependencies are not drawn.
 */
#ifndef AG_REVISION_DRAW_H
#define AG_REVISION_DRAW_H

#include "revision/graph.h"

/** What stands to the left of one revision. Texts may end with spaces. */
typedef struct ag_drawn {
    ag_strings above; /**< whole lines before it. */
    const char *mark; /**< before its first line of text. */
    ag_strings below; /**< before its further lines of text, or lines of their own. */
    const char *rest; /**< before lines of text that are more than `below` has. */
} ag_drawn;

/** Draws a list of revisions; `out` gets as many, in the arena. */
void ag_graph_draw(const ag_graph *graph, const ag_revs *revs, ag_arena *arena, ag_drawn *out);

#endif
