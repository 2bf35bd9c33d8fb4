/*
 * What the files of the editor of CREATE TABLE texts share: edit.c goes over the operations,
 * edit_text.c puts replacements into the text, edit_column.c and edit_key.c know
 * what to replace.
 *
 * An editor lives for one call of ag_lite_edit_table; everything in it points into its arena, into
 * the text or into the operations.
 */
#ifndef AG_DIALECT_LITE_EDITOR_H
#define AG_DIALECT_LITE_EDITOR_H

#include "base/vec.h"
#include "dialect/lite/ddl.h"
#include "op/op.h"

/** At one place: what belongs to the item before it, new items, what is taken out behind it. */
typedef enum ag_lite_splice_rank {
    AG_LITE_AT_PART,
    AG_LITE_AT_COLUMN,
    AG_LITE_AT_CONSTRAINT,
    AG_LITE_REMOVAL
} ag_lite_splice_rank;

/** One replacement; `order` keeps insertions at the same place in the order they were asked for. */
typedef struct ag_lite_splice {
    size_t at, n;
    ag_lite_splice_rank rank;
    size_t order;
    const char *text;
} ag_lite_splice;

typedef struct ag_lite_editor {
    ag_arena *arena;
    const char *sql;
    ag_lite_table table;
    AG_VEC(ag_lite_splice) splices;
    ag_error *err;
    bool autoincrement, without_rowid;       /**< as they are to be. */
    const ag_constraint *in_new_column;      /**< a key that is written inside of a new column. */
    bool begins_anew;                        /**< no column stays, others come. */
    bool has_begun;                          /**< with the first of those. */
    bool *column_gone;                       /**< by position in table.columns. */
    bool *constraint_gone;                   /**< by position in table.constraints. */
    AG_VEC(const ag_lite_part *) parts_gone; /**< of columns. */
} ag_lite_editor;

/* edit_text.c */
size_t ag__lite_edit_end(ag_lite_range range);
void ag__lite_edit_replace(ag_lite_editor *e, size_t at, size_t n, const char *text);
/** Inserts a format in which $ stands for the text. */
void ag__lite_edit_insert(ag_lite_editor *e, size_t at, const char *format, const char *text);
/** A new column or table constraint, with its comma. */
void ag__lite_edit_add_item(ag_lite_editor *e, size_t at, ag_lite_splice_rank rank,
                            const char *text);
/** Removes a column or table constraint (they count on) with its comma. */
void ag__lite_edit_remove_item(ag_lite_editor *e, size_t item, ag_lite_range range);
/** Removes a part of a column. */
void ag__lite_edit_remove_part(ag_lite_editor *e, ag_lite_range range);
size_t ag__lite_edit_end_of_items(const ag_lite_editor *e);
char *ag__lite_edit_apply(ag_lite_editor *e);
const char *ag__lite_edit_quoted(ag_lite_editor *e, const char *name);
/** A column by its name, or NULL. */
ag_lite_column *ag__lite_edit_column_of(const ag_lite_editor *e, const char *name,
                                        size_t *position);
bool ag__lite_edit_missing(ag_lite_editor *e, const char *what, const char *name);

/* edit_column.c */
bool ag__lite_edit_add_column(ag_lite_editor *e, const ag_op *op);
bool ag__lite_edit_alter_column(ag_lite_editor *e, const ag_op *op);
bool ag__lite_edit_drop_column(ag_lite_editor *e, const ag_op *op);

/* edit_key.c */
/** True for a key that means another thing behind the columns than inside of its own. */
bool ag__lite_edit_must_be_inline(const ag_lite_editor *e, const ag_constraint *c);
bool ag__lite_edit_add_constraint(ag_lite_editor *e, const ag_op *op);
bool ag__lite_edit_alter_constraint(ag_lite_editor *e, const ag_op *op);
bool ag__lite_edit_rename_constraint(ag_lite_editor *e, const ag_op *op);
bool ag__lite_edit_drop_constraint(ag_lite_editor *e, const ag_op *op);
/** Puts AUTOINCREMENT at the key there is, or takes it away. */
void ag__lite_edit_autoincrement(ag_lite_editor *e);

#endif
