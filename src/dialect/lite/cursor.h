/*
 * A place in the tokens of a stored CREATE text; what the parsers of ddl.h are written with.
 *
 * The first failure is kept in `err` and the cursor then stands still at it: functions return
 * false, and callers pass that on. Private to lite_ddl*.c.
 */
#ifndef AG_DIALECT_LITE_CURSOR_H
#define AG_DIALECT_LITE_CURSOR_H

#include "dialect/lite/ddl.h"

typedef struct ag_lite_cursor {
    ag_arena *arena;
    ag_str text;
    ag_tokens tokens; /**< solid ones, ended by AG_TOKEN_END. */
    size_t at;
    ag_error *err;
} ag_lite_cursor;

ag_lite_cursor ag_lite_cursor_of(ag_arena *arena, const char *sql, ag_error *err);
ag_token ag_lite_peek(const ag_lite_cursor *c, size_t ahead);
/** True when the token `ahead` of the cursor is this word or punctuation. */
bool ag_lite_is(const ag_lite_cursor *c, size_t ahead, const char *spelling);
/** Steps over the word or punctuation when it is there. */
bool ag_lite_accept(ag_lite_cursor *c, const char *spelling);
/** The same for two words; steps over both or none. */
bool ag_lite_accept2(ag_lite_cursor *c, const char *first, const char *second);
bool ag_lite_expect(ag_lite_cursor *c, const char *spelling);
/** Fails with "… near X, where WHAT was expected". */
bool ag_lite_unexpected(ag_lite_cursor *c, const char *what);
/** True when the token `ahead` can be a name: a word that is not reserved, quoted, a string. */
bool ag_lite_is_name(const ag_lite_cursor *c, size_t ahead);
bool ag_lite_name_at(ag_lite_cursor *c, const char *what, ag_lite_name *out);
/** `name` or `ns.name`. */
bool ag_lite_qualified(ag_lite_cursor *c, const char *what, ag_lite_name *ns, ag_lite_name *name);
/** `(name, name…)`. */
bool ag_lite_name_list(ag_lite_cursor *c, ag_lite_names *out);
/** Steps over a balanced parenthesis; `inside` is what it holds. */
bool ag_lite_parens(ag_lite_cursor *c, ag_lite_range *inside);
/** `(element, element…)`; with `autoincrement` not NULL the word may end the list. */
bool ag_lite_elements_at(ag_lite_cursor *c, ag_lite_elements *out, ag_lite_range *autoincrement);
/** From token `first` to the one before the cursor; empty when there is none. */
ag_lite_range ag_lite_since(const ag_lite_cursor *c, size_t first);
/** Fails unless the text ends here (a semicolon may follow). */
bool ag_lite_expect_end(ag_lite_cursor *c);
/** IF NOT EXISTS, when it is there. */
void ag_lite_skip_if_not_exists(ag_lite_cursor *c);

#endif
