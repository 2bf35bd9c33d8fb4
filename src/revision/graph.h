/*
 * The revision graph: every revision file of the version locations and how they follow each other.
 *
 * Two relations: `downs` (Revises) makes branches, heads and merges; `depends` (Depends On) only
 * says what must have run before. `parents` is both, without dependencies that an ancestor already
 * has. A graph is acyclic, complete (no parent is missing) and constant once linked; everything in
 * it lives in its arena. One order holds everywhere: that of the files (locations as configured,
 * names sorted by byte), which is the order of `revs`.
 */
#ifndef AG_REVISION_GRAPH_H
#define AG_REVISION_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct ag_rev ag_rev;
typedef AG_LIST(ag_rev *) ag_revs;

struct ag_rev {
    size_t index; /**< in the graph's `revs`. */
    const char *id;
    const char *message;     /**< first paragraph of the file's first comment, one line; or "". */
    const char *doc;         /**< the whole first comment up to the header's fields; or "". */
    const char *create_date; /**< as written; or "". */
    const char *path;        /**< "" when it came from no file. */
    ag_loc loc;              /**< of the Revision ID. */

    ag_strings down_names;   /**< as written. */
    ag_strings depend_names; /**< as written: ids or labels. */
    ag_strings own_labels;   /**< as written. */

    ag_revs downs;        /**< what it revises; empty for a base. */
    ag_revs depends;      /**< what it depends on, labels resolved. */
    ag_revs parents;      /**< downs, then dependencies no ancestor has already. */
    ag_revs children;     /**< who revises it. */
    ag_revs all_children; /**< who revises it or depends on it. */
    ag_strings labels;    /**< own and inherited branch labels. */
};

typedef struct ag_graph {
    ag_arena *arena; /**< owned. */
    ag_revs revs;
    ag_map keys;        /**< id or label -> ag_rev. */
    ag_revs heads;      /**< no revision revises them. */
    ag_revs real_heads; /**< nor depends on them: the rows of an upgraded database. */
    ag_revs bases;      /**< revise nothing. */
    ag_revs order;      /**< all, parents first. */
} ag_graph;

/** One byte for each revision, by index. */
typedef unsigned char *ag_marks;

/**
 * Reads the headers of all `*.sql` files of the locations (hidden files aside; a missing folder is
 * empty; a file met twice counts once) and links them. AG_INPUT for a file, AG_HISTORY for a graph
 * that is wrong.
 */
bool ag_graph_load(const ag_strings *locations, bool is_recursive, ag_graph **out, ag_error *err);
/** NULL is allowed. */
void ag_graph_free(ag_graph *graph);

/** An empty graph, to be filled by ag_graph_add and finished by ag_graph_link. */
ag_graph *ag_graph_new(void);
/** Adds a revision; the caller fills in message, path, names (in the graph's arena). */
ag_rev *ag_graph_add(ag_graph *graph, const char *id);
/** Resolves names, finds heads, labels and order; AG_HISTORY names the files at fault. */
bool ag_graph_link(ag_graph *graph, ag_error *err);

/** The revision of exactly this id or label, or NULL. */
ag_rev *ag_graph_find(const ag_graph *graph, const char *key);
/** The revision of exactly this id, or NULL. */
ag_rev *ag_graph_find_id(const ag_graph *graph, const char *id);

bool ag_rev_is_head(const ag_rev *rev);
/** A head that another revision depends on: it has no row of its own once that one ran. */
bool ag_rev_is_effective_head(const ag_rev *rev);
bool ag_rev_is_branch_point(const ag_rev *rev);
bool ag_rev_is_merge_point(const ag_rev *rev);
bool ag_revs_has(const ag_revs *list, const ag_rev *rev);

/** Zeroed marks for a graph. */
ag_marks ag_graph_marks(const ag_graph *graph, ag_arena *arena);
/** Marks revisions and all below them; through dependencies too when asked. */
void ag_graph_mark_down(const ag_graph *graph, const ag_revs *from, bool through_depends,
                        ag_marks marks);
/** Marks revisions and all above them; through dependencies too when asked. */
void ag_graph_mark_up(const ag_graph *graph, const ag_revs *from, bool through_depends,
                      ag_marks marks);
/** The marked revisions in the order of the files. */
void ag_graph_marked(const ag_graph *graph, const unsigned char *marks, ag_arena *arena,
                     ag_revs *out);
/** Those of `list` that are `branch`, above it or below it. */
void ag_graph_lineage(const ag_graph *graph, const ag_revs *list, ag_rev *branch,
                      bool through_depends, ag_arena *arena, ag_revs *out);
/**
 * The marked revisions, each before its parents, in Alembic's order: one branch is followed down as
 * far as possible before the next, beginning at `heads`.
 */
void ag_graph_sort_down(const ag_graph *graph, const unsigned char *marks, const ag_revs *heads,
                        ag_arena *arena, ag_revs *out);

/** False (AG_USAGE) for what cannot be a revision id or label: `what` is the word for it. */
bool ag_rev_check_name(const char *what, const char *name, ag_error *err);

#endif
