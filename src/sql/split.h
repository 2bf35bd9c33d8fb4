/*
 * Statements of a script, found by the grammar of the database and never by bare semicolons:
 * strings, dollar quotes, comments, parentheses (PostgreSQL's CREATE RULE … DO (a; b)), BEGIN
 * ATOMIC … END bodies, SQLite's triggers. The generic flavor takes both databases' forms.
 *
 * Comments before a statement belong to it. Between the ranges of two statements there is nothing
 * but white space and the remains of empty statements (semicolons with the comments before them);
 * after the last there may also be comments.
 */
#ifndef AG_SQL_SPLIT_H
#define AG_SQL_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sql/token.h"

typedef struct ag_statement {
    size_t offset;   /**< of the first comment before the statement, else of its first word. */
    size_t n;        /**< bytes from there through the semicolon, if it has one. */
    ag_str sql;      /**< the bare statement, without leading comments and the semicolon; points
                          into the text. */
    size_t start;    /**< offset of `sql` in the text. */
    ag_loc loc;      /**< line and column of `sql`. */
    bool is_closed;  /**< ended by a semicolon. */
    bool is_command; /**< a line for the database's shell (scripts only). */
} ag_statement;

typedef AG_VEC(ag_statement) ag_statements;

/**
 * Splits a script. Fails (AG_INPUT, at the place in `file`) on a string, identifier, dollar quote
 * or comment that is not closed, on NUL bytes and on psql commands (\connect …; \restrict and
 * \unrestrict, which pg_dump writes, are passed over).
 */
bool ag_sql_split(ag_arena *arena, ag_sql_flavor flavor, const char *file, ag_str text,
                  ag_statements *out, ag_error *err);

/**
 * The same for a file that psql or sqlite3 would read: a line for the shell (\connect x, .mode)
 * becomes a statement with `is_command`, and the rows behind COPY … FROM STDIN are left out.
 */
bool ag_sql_split_script(ag_arena *arena, ag_sql_flavor flavor, const char *file, ag_str text,
                         ag_statements *out, ag_error *err);

#endif
