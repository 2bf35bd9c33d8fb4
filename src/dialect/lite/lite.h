/*
 * The pieces of the SQLite dialect, one file each; dialect.c puts them into the vtable of
 * dialect.h, which says what each must do.
 */
#ifndef AG_DIALECT_LITE_H
#define AG_DIALECT_LITE_H

#include "dialect/dialect.h"

extern const ag_driver ag_driver_sqlite;
/* offline.c */
extern const ag_offline_rules ag_lite_offline_rules;

void ag_lite_quote(ag_buf *buf, const char *name);

/* types.c */
const char *ag_lite_map_type(ag_arena *arena, const char *type);
bool ag_lite_same_type(const char *a, const char *b, bool in_key);

/** What SQLite makes of a declared type (its rules of affinity). */
typedef enum ag_lite_affinity {
    AG_LITE_BLOB,
    AG_LITE_TEXT,
    AG_LITE_NUMERIC,
    AG_LITE_INTEGER,
    AG_LITE_REAL
} ag_lite_affinity;
ag_lite_affinity ag_lite_affinity_of(const char *type);
/** A type that a STRICT table takes. */
bool ag_lite_is_strict_type(const char *type);
/** True when the text can stand as the type of a column and nothing else; "" can. */
bool ag_lite_is_type(const char *type);
/** True for the declared type that makes a single-column primary key the rowid. */
bool ag_lite_is_rowid_type(const char *type);

/* expr.c */
bool ag_lite_same_expr(const char *a, const char *b, const char *type);
/**
 * What is wrong with a text that is to stand as an expression inside parentheses ("a parenthesis is
 * not closed"), or NULL. What passes cannot end the parenthesis or the statement it is put into.
 */
const char *ag_lite_expr_problem(const char *text);
/** The text without blanks and comments around it and semicolons behind it. */
ag_str ag_lite_bare(const char *text);
/** True when DEFAULT takes the text as it is: a literal, a signed number, a word, (…). */
bool ag_lite_is_plain_default(const char *text);

/* adopt.c */
bool ag_lite_adopt(ag_schema *model, ag_diags *diags);

/* introspect.c */
bool ag_lite_introspect(ag_conn *conn, const ag_introspect_options *options, ag_schema **out,
                        ag_error *err);

/* node.c */
/**
 * Reads a CREATE TABLE text into a table of the schema, with its constraints; `sql` is kept as
 * table->sql. Fails on a text that the parser does not take; the schema is then as before.
 */
bool ag_lite_add_table(ag_schema *schema, const char *sql, ag_table **out, ag_error *err);
/** The same for a CREATE INDEX text, into the table given. */
bool ag_lite_add_index(ag_schema *schema, ag_table *table, const char *sql, ag_error *err);

/** True when this constraint makes its column the rowid. */
bool ag_lite_is_rowid_key(const ag_table *table, const ag_constraint *key);
/** Makes the columns NOT NULL that are so by WITHOUT ROWID or STRICT. */
void ag_lite_settle_nullable(const ag_schema *schema, const ag_table *table);

/* keep.c */
/** The name of a view that one statement drops and a later one makes again; else NULL. */
const char *ag_lite_replaced_view(ag_arena *arena, const char *const *statements, size_t n,
                                  size_t at);

/* effects.c */
unsigned ag_lite_effects(const ag_op *op);

/* lower.c */
bool ag_lite_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                   const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err);

/* compile.c */
bool ag_lite_compile(const ag_op *op, const ag_compile_options *options, ag_script *script,
                     ag_error *err);
bool ag_lite_dump(const ag_schema *schema, ag_buf *out, ag_error *err);

/* render.c: CREATE texts and their parts from nodes, without a semicolon. */
void ag_lite_put_table(ag_buf *buf, const ag_table *table);
/** A column with its own constraints, as inside CREATE TABLE or behind ADD COLUMN. */
void ag_lite_put_column(ag_buf *buf, const ag_table *table, const ag_column *column);
/** A column with no constraints that are nodes of their own. */
void ag_lite_put_bare_column(ag_buf *buf, const ag_column *column);
/** A table constraint, CONSTRAINT name included. */
void ag_lite_put_constraint(ag_buf *buf, const ag_constraint *constraint, bool autoincrement);
/** A constraint as it stands inside of its column, with the blank before it. */
void ag_lite_put_inline(ag_buf *buf, const ag_constraint *constraint, bool autoincrement);
void ag_lite_put_index(ag_buf *buf, const char *table, const ag_index *index);

#endif
