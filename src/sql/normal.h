/*
 * Cheap rules for the question "is this the same SQL?", on tokens, in linear time. They only ever
 * answer "surely the same"; texts they call different may still mean the same, which is for the
 * database to say.
 *
 * Always aside: white space, comments, case of keywords and unquoted identifiers, identifier
 * quotes that are not needed. Texts that do not lex (an unclosed string) are compared by their
 * bytes.
 */
#ifndef AG_SQL_NORMAL_H
#define AG_SQL_NORMAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sql/token.h"

/** How far two texts may differ. Each rule includes those before it, but for the note at EXACT. */
typedef enum ag_sql_rules {
    AG_SQL_TOKENS, /**< token by token. */
    AG_SQL_EXACT,  /**< also what never changes the meaning of an expression: parentheses around
                        the whole, around one atom and doubled ones; != and <>; == for SQLite; the
                        way a string is quoted (E'…', dollar quotes) for PostgreSQL. In SQLite
                        "Name" may be a string: its case counts here, and only here. */
    AG_SQL_LOOSE,  /**< also what seldom does: casts of literals ('x'::text, '1'::integer for 1)
                        and LIKE for ~~ for PostgreSQL. Only where the type is compared by other
                        means. */
} ag_sql_rules;

/**
 * Writes the normal form of a text: its tokens, one space between them. Texts with equal forms are
 * equal; a form is its own normal form.
 */
void ag_sql_normalise(ag_buf *buf, ag_sql_flavor flavor, ag_sql_rules rules, ag_str text);
bool ag_sql_equal(ag_sql_flavor flavor, ag_sql_rules rules, const char *a, const char *b);
/** ag_sql_equal by AG_SQL_TOKENS: token by token, identifier quotes aside. */
bool ag_sql_tokens_equal(ag_sql_flavor flavor, const char *a, const char *b);

/** Room for the digits of ag_sql_token_hash and a NUL. */
#define AG_SQL_HASH_SIZE 17
/** 16 hex digits of a text by its tokens, as `-- autogen:rebuild TABLE HASH` has it. */
void ag_sql_token_hash(ag_sql_flavor flavor, const char *text, char out[AG_SQL_HASH_SIZE]);

/**
 * What is wrong with a text that is to stand as an expression ("a parenthesis is not closed"), or
 * NULL. What passes cannot end the place or the statement it is put into.
 */
const char *ag_sql_expr_problem(ag_sql_flavor flavor, const char *expr);

/** Cuts blanks, comments and parentheses off that enclose the whole; points into `text`. */
ag_str ag_sql_strip_parens(ag_sql_flavor flavor, ag_str text);
/**
 * For PostgreSQL: takes `literal::type` apart (outer parentheses aside). False when the text is
 * anything else; both results point into `text`.
 */
bool ag_sql_literal_cast(ag_str text, ag_str *literal, ag_str *type);

/** The text with `ns.table.` before names shortened to `table.`. */
char *ag_sql_unqualify(ag_arena *arena, ag_sql_flavor flavor, const char *text, const char *ns,
                       const char *table);

/** True when an identifier of the text, quoted or not, has this name in any case. */
bool ag_sql_refers_to(ag_sql_flavor flavor, const char *text, const char *name);

/** The same, but a name behind another namespace does not count. */
bool ag_sql_refers_into(ag_sql_flavor flavor, const char *text, const char *ns, const char *name);

/** The names of a dotted path ("public.\"A b\""), unquoted; copies in the arena. */
void ag_sql_path(ag_arena *arena, ag_sql_flavor flavor, const char *text, ag_strings *out);

/** What ag_sql_rename_ident renames. */
typedef struct ag_sql_rename {
    const char *from;      /**< the real name, unquoted. */
    const char *to;        /**< the new real name, unquoted. */
    const char *qualifier; /**< of a column the table, of a table the namespace; NULL: see below. */
    const char *to_qualifier; /**< what a qualifier becomes with the name; NULL: it stays. */
    bool is_table;
    bool is_namespace; /**< with `is_table`: it may be that of a type behind :: as well. */
} ag_sql_rename;

/**
 * Writes the text with an identifier renamed, all else untouched byte by byte (a space is added
 * where tokens would run together); returns how many places were changed. Names are compared as the
 * database does: SQLite in any case, PostgreSQL by real name. Keywords that are reserved are names
 * only in quotes.
 *
 * A column is renamed where it is bare or qualified by `qualifier` (by anything when that is NULL).
 * Qualifiers (name.x), functions (name(…)), fields ((x).name), types after :: and words after AS
 * and COLLATE are no columns.
 *
 * A table (`is_table`) is renamed as a qualifier (name.x), after TABLE, EXISTS, INTO, FROM, JOIN,
 * UPDATE, REFERENCES, ON and ONLY, after ON event TO, and qualified in lists; where it is itself
 * qualified, only by `qualifier`.
 */
size_t ag_sql_rename_ident(ag_buf *buf, ag_sql_flavor flavor, const char *text,
                           const ag_sql_rename *rename);

#endif
