/*
 * Lint: hazards of the statements of a revision, by their text.
 *
 * Where ag_review_op knows what autogen itself generated, this reads what people wrote: a statement
 * is looked at by its tokens, one after the other, with what the ones before it made (a table that
 * is new in the revision has no rows to lose and nobody to block). What is not understood is left
 * alone. Rules about cost are those of databases that can build indexes beside running clients.
 */
#ifndef AG_REVIEW_LINT_H
#define AG_REVIEW_LINT_H

#include "dialect/dialect.h"

/** A rule, for reports that list them. */
typedef struct ag_lint_rule {
    const char *id;      /**< "loses_data" */
    const char *words;   /**< "loses data" */
    const char *summary; /**< one sentence. */
    bool is_error;       /**< it cannot work; else a warning. */
} ag_lint_rule;

/** All rules, in a fixed order; returns how many. */
size_t ag_lint_rules(const ag_lint_rule **out);
/** The rule of an id, or NULL. */
const ag_lint_rule *ag_lint_rule_of(const char *id);

typedef struct ag_lint_finding {
    const ag_lint_rule *rule;
    const char *text; /**< "loses data: every row of users" */
    ag_loc loc;
} ag_lint_finding;

typedef AG_VEC(ag_lint_finding) ag_lint_findings;

/** One revision being read, statement by statement. */
typedef struct ag_lint {
    ag_arena *arena;
    const ag_dialect *dialect;
    ag_strings new_tables;   /**< made by the statements so far. */
    ag_strings proven;       /**< tables with a constraint validated so far. */
    ag_lint_findings *found; /**< texts in the arena. */
} ag_lint;

/** Looks at one statement; `is_outside` of a transaction. */
void ag_lint_statement(ag_lint *lint, const char *sql, ag_loc loc, bool is_outside);
/** A table that is copied as a whole. */
void ag_lint_rebuild(ag_lint *lint, const char *table, ag_loc loc);
/** Adds a finding: "WORDS: what". Twice the same on one line counts once. */
void ag_lint_add(ag_lint *lint, const char *rule, const char *what, ag_loc loc);

#endif
