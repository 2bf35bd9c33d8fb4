/*
 * How a revision file is held once it is read; private to src/revision. `file_parse.c` makes the
 * items of the sections, `file.c` the parts of a direction from them.
 */
#ifndef AG_REVISION_FILE_PRIVATE_H
#define AG_REVISION_FILE_PRIVATE_H

#include "revision/file.h"

typedef enum ag_rev_item_kind {
    AG_REV_STATEMENT,
    AG_REV_PART,
    AG_REV_AUTOCOMMIT,
    AG_REV_TRANSACTION,
    AG_REV_REBUILD,
    AG_REV_END,
} ag_rev_item_kind;

typedef struct ag_rev_item {
    ag_rev_item_kind kind;
    const char *sql;   /**< of a statement. */
    const char *table; /**< of a rebuild. */
    const char *hash;  /**< of a rebuild. */
    ag_loc loc;
} ag_rev_item;

struct ag_rev_section {
    bool is_upgrade;
    ag_strings dialects; /**< none: for every one. */
    AG_LIST(ag_rev_item) items;
    ag_loc loc;
};

/** Fills header and sections from the text. */
bool ag__rev_file_fill(ag_rev_file *file, ag_error *err);

/** Writes a table's name for `-- autogen:rebuild`, on one line whatever it holds. */
void ag__rev_put_table(ag_buf *buf, const char *table);
/**
 * Reads it back: moves `*at` behind it; NULL when it is not well-formed. The name is in the arena.
 */
char *ag__rev_take_table(ag_arena *arena, ag_str text, size_t *at);

#endif
