/* What the files of the linter share: a cursor over the tokens of one statement. */
#ifndef AG_REVIEW_LINT_PRIVATE_H
#define AG_REVIEW_LINT_PRIVATE_H

#include "review/lint.h"

typedef struct ag_lint_cursor {
    ag_lint *lint;
    ag_str text;
    ag_tokens tokens;
    size_t at;
    size_t end;
    ag_loc loc;
    bool is_outside;
} ag_lint_cursor;

/** Takes the words "A B C" when they come next. */
bool ag__lint_take(ag_lint_cursor *c, const char *words);
bool ag__lint_next_is(const ag_lint_cursor *c, const char *word);
/** True when the word (or operator) stands anywhere from here on, outside of parentheses. */
bool ag__lint_has(const ag_lint_cursor *c, const char *word);
/** The same for words in a row. */
bool ag__lint_has_words(const ag_lint_cursor *c, const char *words);
/** Takes "[ns.]name" as it is shown; "" when there is none. */
const char *ag__lint_name(ag_lint_cursor *c);
/** Adds a finding, text like printf. */
void ag__lint_found(ag_lint_cursor *c, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool ag__lint_is_new(const ag_lint_cursor *c, const char *table);
/** Rules about what a statement costs apply. */
bool ag__lint_counts_cost(const ag_lint_cursor *c);

/** The actions behind ALTER TABLE name. */
void ag__lint_alter_table(ag_lint_cursor *c, const char *table);

#endif
