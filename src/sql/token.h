/*
 * SQL tokens: what every text rule on SQL starts from.
 *
 * A token is a kind and a range of the text it was cut from; it owns nothing. Lexing never fails:
 * every byte belongs to exactly one token, each token has at least one byte, and what cannot be
 * closed (a string, quoted identifier, comment) becomes one AG_TOKEN_ERROR to the end of the text.
 * Texts may hold any bytes; a NUL byte outside of a quoted token is an error token of one byte.
 *
 * Flavors: SQLITE and POSTGRES follow the scanners of those databases (standard_conforming_strings
 * on). GENERIC, for texts that are meant for either, is PostgreSQL's with SQLite's back-quoted
 * identifiers; `[` is always a punctuation there.
 */
#ifndef AG_SQL_TOKEN_H
#define AG_SQL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

typedef enum ag_sql_flavor {
    AG_SQL_GENERIC,
    AG_SQL_SQLITE,
    AG_SQL_POSTGRES,
} ag_sql_flavor;

typedef enum ag_token_kind {
    AG_TOKEN_END,     /**< after the last byte; n = 0. */
    AG_TOKEN_SPACE,   /**< white space, a byte order mark. */
    AG_TOKEN_COMMENT, /**< one comment: -- to the end of its line (without it), or a block. */
    AG_TOKEN_WORD,    /**< unquoted identifier or keyword. */
    AG_TOKEN_QUOTED,  /**< quoted identifier: "…", U&"…", for SQLite also `…` and […]. */
    AG_TOKEN_STRING,  /**< '…', E'…', U&'…', B'…', X'…', N'…', $tag$…$tag$. */
    AG_TOKEN_NUMBER,
    AG_TOKEN_PARAMETER, /**< $1; for SQLite also ?, ?1, :name, @name, $name. */
    AG_TOKEN_OPERATOR,
    AG_TOKEN_PUNCT, /**< one of ( ) [ ] , ; . */
    AG_TOKEN_ERROR, /**< not closed before the end of the text, or a NUL byte. */
} ag_token_kind;

typedef struct ag_token {
    ag_token_kind kind;
    size_t offset; /**< in the text; the line is ag_loc_of_offset's to find. */
    size_t n;
} ag_token;

typedef AG_VEC(ag_token) ag_tokens;

/** A place in a text; ag_lexer_next cuts the next token off. */
typedef struct ag_lexer {
    ag_sql_flavor flavor;
    ag_str text;
    size_t at;
    bool flat_comments; /**< generic only: a nested comment did not end, so they do not nest. */
} ag_lexer;

ag_lexer ag_lexer_of(ag_sql_flavor flavor, ag_str text);
/** The next token, white space and comments included; AG_TOKEN_END for ever after the last. */
ag_token ag_lexer_next(ag_lexer *lexer);
/** The next token that is neither white space nor comment. */
ag_token ag_lexer_next_solid(ag_lexer *lexer);

/**
 * All tokens without white space and comments, ended by one AG_TOKEN_END that `n` does not count
 * (so `items[n]` may be looked at). In the arena, or on the heap when it is NULL.
 */
ag_tokens ag_sql_tokens(ag_arena *arena, ag_sql_flavor flavor, ag_str text);

/** The bytes of a token. */
ag_str ag_token_text(ag_str text, ag_token token);
/**
 * True for a word (whatever its case), operator or punctuation that is spelt so. Never true for
 * strings, quoted identifiers and comments.
 */
bool ag_token_is(ag_str text, ag_token token, const char *spelling);
/**
 * What a token stands for, NUL-terminated in the arena: the real name of an identifier (folded to
 * lower case for PostgreSQL when unquoted, as written otherwise), the value of a string (the digits
 * of B'…' and X'…'; U& with the escape character `\`), the text itself of all else. A NUL byte ends
 * it.
 */
char *ag_token_unquote(ag_arena *arena, ag_sql_flavor flavor, ag_str text, ag_token token);
/** The same, appended to a buffer, NUL bytes included. */
void ag_token_unquote_to(ag_buf *buf, ag_sql_flavor flavor, ag_str text, ag_token token);
/** What is wrong with an AG_TOKEN_ERROR: "a string is not closed". */
const char *ag_token_problem(ag_str text, ag_token token);

/**
 * A keyword that needs quotes to be a name: for SQLite every keyword, for PostgreSQL all but the
 * unreserved (as quote_ident decides), for generic either.
 */
bool ag_sql_is_keyword(ag_sql_flavor flavor, ag_str word);
/** A keyword that, unquoted, cannot be a column's name at all. For generic: in both databases. */
bool ag_sql_is_reserved(ag_sql_flavor flavor, ag_str word);

/**
 * Writes an identifier, in double quotes when needed or `force`. PostgreSQL and generic leave bare
 * [a-z_][a-z0-9_]* that is no keyword, SQLite the same in any case.
 */
void ag_sql_quote_ident(ag_buf *buf, ag_sql_flavor flavor, const char *name, bool force);
/** Writes a string literal in single quotes. */
void ag_sql_quote_string(ag_buf *buf, const char *text);
/**
 * Writes text for the rest of one `-- ` line: control characters, line ends of any kind, bidi and
 * invisible marks and bytes that are not UTF-8 become \n, \x1b, \u202e…, so that nothing ends the
 * line or shows as something else. Backslashes stay as they are.
 */
void ag_sql_comment_text(ag_buf *buf, const char *text);

#endif
