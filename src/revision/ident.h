/*
 * What a person writes where a revision is meant, the same everywhere:
 *
 *   id · unique prefix of at least 3 characters · branch label · head · heads · base · current
 *   X@head · X@heads · X@base · X@current · X@id    X is a label, an id or a prefix
 *   +N · -N · SYMBOL+N · SYMBOL-N · X@+N · X@-N · X@SYMBOL-N
 *
 * Every failure is AG_HISTORY. An ambiguous word lists the candidates in the hint.
 */
#ifndef AG_REVISION_IDENT_H
#define AG_REVISION_IDENT_H

#include <stdbool.h>

#include "revision/graph.h"

/** What relative forms without a symbol start from, and how a walk goes. */
typedef enum ag_ident_use {
    AG_IDENT_SHOW,      /**< one revision for its own sake: +N and -N count from the rows when
                             they are known, else from the heads. */
    AG_IDENT_UPGRADE,   /**< +N counts up from the rows; -N alone is no target. */
    AG_IDENT_DOWNGRADE, /**< -N counts down from the rows; +N alone is no target. */
} ag_ident_use;

typedef struct ag_ident_context {
    const ag_graph *graph;
    const ag_revs *current; /**< the rows of the version table; NULL = not known. */
    ag_ident_use use;
} ag_ident_context;

typedef struct ag_ident {
    ag_revs revs; /**< what is meant; empty for base and for the heads of an empty graph. */
    bool is_base;
    ag_rev *branch; /**< what stood before the @, or NULL: limits a downgrade to its lineage. */
} ag_ident;

/** Resolves one identifier (no range). Lists grow in the arena. */
bool ag_ident_resolve(ag_arena *arena, const ag_ident_context *context, const char *text,
                      ag_ident *out, ag_error *err);
/** The same where exactly one revision is meant: several heads and base are errors. */
bool ag_ident_one(ag_arena *arena, const ag_ident_context *context, const char *text, ag_rev **out,
                  ag_error *err);
/**
 * The same where one revision or base is meant (a downgrade, the start of a range): NULL is base.
 */
bool ag_ident_one_or_base(ag_arena *arena, const ag_ident_context *context, const char *text,
                          ag_rev **out, ag_error *err);

/** True when an identifier means something only to a database (NULL: false). */
bool ag_ident_asks_database(const char *text);

/**
 * Cuts "A:B", "A:" or ":B" at the colon; an empty side is NULL. False when there is no colon (then
 * both are NULL).
 */
bool ag_ident_split_range(ag_arena *arena, const char *text, const char **lower,
                          const char **upper);

/**
 * Adds the hint for several heads where one was expected: their files, and the commands that make
 * one of two. False. `current` (NULL = not known) decides which side moves; `branch` is the one
 * asked for, or NULL.
 */
bool ag_ident_hint_heads(const ag_graph *graph, const ag_revs *current, const ag_revs *heads,
                         const char *branch, ag_error *err);

/**
 * Fails (AG_HISTORY) when two people's revisions collide: two heads that nothing depends on,
 * without branch labels to tell them apart, have a revision below them in common, and not both are
 * applied. `current` NULL = nothing is.
 */
bool ag_ident_no_collision(const ag_graph *graph, const ag_revs *current, ag_error *err);

/** Rows of the version table as revisions; an unknown one is an error that says the way out. */
bool ag_ident_rows(ag_arena *arena, const ag_graph *graph, const ag_strings *rows, ag_revs *out,
                   ag_error *err);

#endif
