/*
 * The index of names behind the lookups of node.h: one hash table per list of a schema.
 *
 * A table holds positions, never names, and every hit is checked against the node itself. What was
 * appended since the last lookup is taken in by the next one; renames and removals need
 * ag_name_index_clear.
 */
#ifndef AG_SCHEMA_INDEX_H
#define AG_SCHEMA_INDEX_H

#include <stddef.h>

#include <autogen/schema.h>

typedef enum ag_name_list {
    AG_NAMES_TABLES,
    AG_NAMES_ENUMS,
    AG_NAMES_DOMAINS,
    AG_NAMES_COMPOSITES,
    AG_NAMES_SEQUENCES,
    AG_NAMES_OBJECTS,
    AG_N_NAME_LISTS
} ag_name_list;

typedef struct ag_name_index ag_name_index;

ag_name_index *ag_name_index_new(void);
/** NULL is allowed. */
void ag_name_index_free(ag_name_index *index);
void ag_name_index_clear(ag_name_index *index);

/** Position of the first node of that name in a list, or -1. `kind` matters for objects only. */
long ag_name_index_find(const ag_schema *schema, ag_name_list list, ag_kind kind, const char *ns,
                        const char *name);
/** Position of the first column of that name, or -1. */
long ag_name_index_column(const ag_schema *schema, const ag_table *table, const char *name);

#endif
