/*
 * A script: what one direction of a revision executes for one dialect, as a list of items that the
 * revision writer prints and the runner runs.
 */
#ifndef AG_OP_SCRIPT_H
#define AG_OP_SCRIPT_H

#include "base/arena.h"
#include "base/vec.h"
#include "op/op.h"

typedef enum ag_item_kind {
    AG_ITEM_COMMENT,     /**< one comment line (text without "-- "); made safe by the writer. */
    AG_ITEM_WARNING,     /**< one WARNING line (text without the word). */
    AG_ITEM_STATEMENT,   /**< SQL without the semicolon. */
    AG_ITEM_AUTOCOMMIT,  /**< what follows runs outside a transaction… */
    AG_ITEM_TRANSACTION, /**< …until here. */
    AG_ITEM_PART,        /**< ends one transaction and starts the next. */
    AG_ITEM_REBUILD,     /**< begins a SQLite table rebuild: table and hash. */
    AG_ITEM_END          /**< ends it. */
} ag_item_kind;

typedef struct ag_item {
    ag_item_kind kind;
    const char *text;  /**< comment, warning or statement. */
    const char *table; /**< AG_ITEM_REBUILD. */
    const char *hash;  /**< AG_ITEM_REBUILD: 16 hex digits of the stored CREATE text by tokens. */
    const ag_op *op;   /**< the operation behind it, or NULL. */
} ag_item;

typedef struct ag_script {
    ag_arena *arena; /**< owned. */
    AG_LIST(ag_item) items;
} ag_script;

ag_script *ag_script_new(void);
void ag_script_free(ag_script *script);
/** Copies `text` into the script's arena. */
ag_item *ag_script_add(ag_script *script, ag_item_kind kind, const char *text);
/** Adds a formatted statement. */
ag_item *ag_script_sql(ag_script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
