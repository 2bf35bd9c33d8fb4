/*
 * PostgreSQL's SQL from schema nodes: CREATE texts and their parts, without semicolons.
 *
 * Names are always qualified by their namespace, so that the search path of the session that runs
 * a revision does not matter. Nodes look as pg.h says.
 */
#ifndef AG_DIALECT_PG_RENDER_H
#define AG_DIALECT_PG_RENDER_H

#include "dialect/pg/pg.h"

/* render.c: parts. */

/** An expression without the comment that may end it; inside parentheses where `enclosed`. */
void ag_pg_put_expr(ag_buf *buf, const char *expr, bool enclosed);
/** DEFAULT with its expression, as definitions of columns and domains take it. */
void ag_pg_put_default(ag_buf *buf, const char *expr);
/** (a, b) */
void ag_pg_put_names(ag_buf *buf, const ag_strings *names);
/** (a DESC, (b + 1) text_pattern_ops) */
void ag_pg_put_keys(ag_buf *buf, const ag_keys *keys);
/** (fillfactor=70) */
void ag_pg_put_options(ag_buf *buf, const ag_options *options);
/** The names of options alone, as RESET takes them. */
void ag_pg_put_option_names(ag_buf *buf, const ag_options *options);
void ag_pg_put_upper(ag_buf *buf, const char *text);
/** " START WITH 5 CYCLE": what is given; nothing when nothing is. */
void ag_pg_put_sequence_options(ag_buf *buf, const ag_sequence_options *options);
/** A sequence that nothing was drawn from stands where the changed one cannot be. */
bool ag_pg_may_leave_sequence(const ag_sequence_options *before, const ag_sequence_options *after);
/** " INCREMENT BY 2 NO MAXVALUE": what turns the one into the other; `lead` goes before each. */
void ag_pg_put_sequence_changes(ag_buf *buf, const ag_sequence_options *before,
                                const ag_sequence_options *after, const char *lead);
/** GENERATED ALWAYS AS IDENTITY (START WITH 5) */
void ag_pg_put_identity(ag_buf *buf, const char *ns, const ag_column *column);
/** A column as inside CREATE TABLE; `says_not_null` is false where a key says it. */
void ag_pg_put_column_text(ag_buf *buf, const char *ns, const ag_column *column,
                           bool says_not_null);
/** A constraint of a table or domain, CONSTRAINT name included. */
void ag_pg_put_constraint(ag_buf *buf, const ag_constraint *constraint);
/** serial, bigserial or smallserial, for the integer type of a serial column. */
const char *ag_pg_serial_type(const char *type);

/* render_object.c: CREATE texts. */

/** Constraints and columns that are inherited are left out. */
void ag_pg_put_table(ag_buf *buf, const ag_table *table);
void ag_pg_put_index(ag_buf *buf, const char *ns, const char *table, const ag_index *index,
                     const ag_op_plan *plan);
void ag_pg_put_enum(ag_buf *buf, const ag_enum *it);
void ag_pg_put_domain(ag_buf *buf, const ag_domain *domain);
void ag_pg_put_composite(ag_buf *buf, const ag_composite *composite);
void ag_pg_put_sequence(ag_buf *buf, const ag_sequence *sequence);

#endif
