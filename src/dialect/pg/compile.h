/*
 * Statements of operations: what the files of the compiler share (pg_compile*.c), for this room
 * only. Compiling cannot fail but for what ag_pg_compile itself refuses.
 */
#ifndef AG_DIALECT_PG_COMPILE_H
#define AG_DIALECT_PG_COMPILE_H

#include "dialect/pg/render.h"

typedef void (*ag_pg_compiler)(const ag_op *op, ag_script *script);

/** Adds the statement and releases the buffer. */
void ag_pg_say(ag_script *script, ag_buf *sql);
/** What stands behind COMMENT ON, DROP and ALTER: TABLE a.b, TRIGGER t ON a.b, FUNCTION a.f(int).
 */
void ag_pg_put_target(ag_buf *buf, ag_kind kind, const char *ns, const char *table,
                      const char *name, const char *signature);
/** COMMENT ON target IS …; IS NULL when there is no comment. */
void ag_pg_change_comment(ag_script *script, ag_kind kind, const char *ns, const char *table,
                          const char *name, const char *comment);
/** COMMENT ON target IS …; nothing when there is no comment. */
void ag_pg_say_comment(ag_script *script, ag_kind kind, const char *ns, const char *table,
                       const char *name, const char *comment);
/** COMMENT ON COLUMN for every column that has one. */
void ag_pg_say_column_comments(ag_script *script, const char *ns, const char *table,
                               const ag_columns *columns);
/** "ALTER TABLE [ONLY] ns.table " */
void ag_pg_put_alter_table(ag_buf *buf, bool only, const char *ns, const char *table);
/** "ALTER TABLE ns.table WORDS [name]" as a statement. */
void ag_pg_say_alter_table(ag_script *script, const char *ns, const char *table, const char *words,
                           const char *name);
/** SET and RESET of what differs; `head` stands before ("ALTER INDEX a.b "). */
void ag_pg_say_options(ag_script *script, const char *head, const ag_options *before,
                       const ag_options *after);

/* compile_table.c */

/** Whether two states of a table are partitions of one and the same table, or of none. */
bool ag_pg_same_parent(const ag_table *a, const ag_table *b);
/** Whether they are besides of the same rows of it: nothing to detach or to attach. */
bool ag_pg_same_partition(const ag_table *a, const ag_table *b);
void ag_pg_create_table(const ag_op *op, ag_script *script);
void ag_pg_alter_table(const ag_op *op, ag_script *script);

/* compile_rows.c */

/** Lowered, one side of the operation is the table that holds the rows meanwhile. */
void ag_pg_save_rows(const ag_op *op, ag_script *script);
void ag_pg_restore_rows(const ag_op *op, ag_script *script);

/* compile_column.c */
void ag_pg_add_column(const ag_op *op, ag_script *script);
void ag_pg_alter_column(const ag_op *op, ag_script *script);
/** Storage, compression, statistics and options; `before` is NULL for a column just made. */
void ag_pg_say_attributes(ag_script *script, bool only, const char *ns, const char *table,
                          const ag_column *before, const ag_column *after);

/* compile_key.c */
void ag_pg_add_constraint(const ag_op *op, ag_script *script);
void ag_pg_alter_constraint(const ag_op *op, ag_script *script);
void ag_pg_create_index(const ag_op *op, ag_script *script);
void ag_pg_alter_index(const ag_op *op, ag_script *script);
/** CLUSTER ON and REPLICA IDENTITY USING INDEX. */
void ag_pg_say_index_marks(ag_script *script, const char *ns, const char *table, const char *name,
                           bool clustered, bool replica_identity);

/* compile_type.c */
void ag_pg_create_enum(const ag_op *op, ag_script *script);
void ag_pg_alter_enum(const ag_op *op, ag_script *script);
/** True when only a type beside can do it: values that go or change places. */
bool ag_pg_swaps_enum(const ag_enum *before, const ag_enum *after);
void ag_pg_create_domain(const ag_op *op, ag_script *script);
void ag_pg_alter_domain(const ag_op *op, ag_script *script);
void ag_pg_create_composite(const ag_op *op, ag_script *script);
void ag_pg_alter_composite(const ag_op *op, ag_script *script);
void ag_pg_create_sequence(const ag_op *op, ag_script *script);
void ag_pg_alter_sequence(const ag_op *op, ag_script *script);
/** Says an ALTER that ends in changed options of a sequence (and releases it). */
void ag_pg_say_sequence_change(ag_script *script, ag_buf *sql, const ag_sequence_options *before,
                               const ag_sequence_options *after);

/* compile_in_place.c */

/** A definition for which ag_pg_changes_in_place holds. */
void ag_pg_change_in_place(const ag_op *op, ag_script *script);

/* compile_access.c */
void ag_pg_alter_access(const ag_op *op, ag_script *script);

/* cast.c: what ALTER COLUMN … TYPE needs. */

/** True when the types are one but for their modifiers: varchar(20) and varchar(30). */
bool ag_pg_same_base_type(const char *a, const char *b);
/**
 * Writes the expression that turns a column of one type into another ("c::text::public.mood"), or
 * nothing where the server does it by itself.
 */
void ag_pg_put_cast(ag_buf *buf, const char *column, const char *from, const char *to);

#endif
