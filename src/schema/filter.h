/*
 * Leaving objects out: the version table, include_tables and exclude_tables.
 */
#ifndef AG_SCHEMA_FILTER_H
#define AG_SCHEMA_FILTER_H

#include <autogen/schema.h>

#include "base/map.h"

/** What to keep. Patterns are PCRE2, matched anywhere in the name (anchor them with ^ and $). */
typedef struct ag_filter {
    ag_strings include_tables; /**< empty = all. */
    ag_strings exclude_tables;
    ag_strings skip_tables; /**< exact names (version table, autogen_history), any namespace. */
} ag_filter;

/**
 * Takes the tables that the filter leaves out from a schema, with their triggers, policies, rules
 * and owned sequences. A bad pattern is AG_INPUT.
 */
bool ag_schema_filter(ag_schema *schema, const ag_filter *filter, ag_error *err);

/** Takes out all tables, likewise, but those kept: ag_node_key -> the table, in order. */
void ag_schema_keep_tables(ag_schema *schema, const ag_map *kept);

#endif
