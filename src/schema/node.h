/*
 * Making, finding, copying and comparing schema nodes (the types are in autogen/schema.h).
 *
 * Everything is allocated in the arena passed in, or in the schema's own. Lookups compare names
 * byte by byte, except on SQLite schemas, where names compare without regard to ASCII case. Of two
 * nodes with one name the first is found.
 *
 * A schema keeps an index of its names. Nodes may be appended freely (with the functions below or
 * by pushing on a list); whoever renames, removes or reorders top-level nodes in place calls
 * ag_schema_touch afterwards. Lookups update the index: one schema, one thread.
 */
#ifndef AG_SCHEMA_NODE_H
#define AG_SCHEMA_NODE_H

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/** An empty schema for a dialect that covers no kind yet. Free with ag_schema_free. */
ag_schema *ag_schema_new(const char *dialect);
void ag_schema_cover(ag_schema *schema, ag_kind kind);
bool ag_schema_covers(const ag_schema *schema, ag_kind kind);
/** Nodes were renamed, removed or reordered in place: what the index of names knows is stale. */
void ag_schema_touch(ag_schema *schema);
/** Names of this schema compare without regard to case (SQLite). */
bool ag_schema_folds_case(const ag_schema *schema);

/* Each appends a zeroed node with sensible defaults (nullable, statistics -1) and returns it. */
ag_table *ag_schema_add_table(ag_schema *schema, const char *ns, const char *name);
ag_object *ag_schema_add_object(ag_schema *schema, ag_kind kind, const char *ns, const char *name);
ag_column *ag_table_add_column(ag_schema *schema, ag_table *table, const char *name);
ag_constraint *ag_table_add_constraint(ag_schema *schema, ag_table *table, ag_constraint_kind kind);
ag_index *ag_table_add_index(ag_schema *schema, ag_table *table, const char *name);
void ag_schema_add_unmanaged(ag_schema *schema, const char *what, const char *name);

/** What is unmanaged, but worth a word only where two sources differ in it. */
#define AG_UNMANAGED_PRAGMA "pragma"

ag_table *ag_schema_table(const ag_schema *schema, const char *ns, const char *name);
ag_enum *ag_schema_enum(const ag_schema *schema, const char *ns, const char *name);
ag_domain *ag_schema_domain(const ag_schema *schema, const char *ns, const char *name);
ag_composite *ag_schema_composite(const ag_schema *schema, const char *ns, const char *name);
ag_sequence *ag_schema_sequence(const ag_schema *schema, const char *ns, const char *name);
/** Of overloaded functions the first is found. */
ag_object *ag_schema_object(const ag_schema *schema, ag_kind kind, const char *ns,
                            const char *name);
ag_column *ag_table_column(const ag_schema *schema, const ag_table *table, const char *name);
/** Position of a column in the table, or -1. */
int ag_table_column_index(const ag_schema *schema, const ag_table *table, const char *name);
ag_constraint *ag_table_constraint(const ag_schema *schema, const ag_table *table,
                                   const char *name);
ag_index *ag_table_index(const ag_schema *schema, const ag_table *table, const char *name);
const ag_constraint *ag_table_primary_key(const ag_table *table);
bool ag_column_in_primary_key(const ag_schema *schema, const ag_table *table, const char *name);

/** Belongs to the database, not to one of its namespaces. */
bool ag_kind_is_global(ag_kind kind);
/** Functions, procedures and aggregates. */
bool ag_kind_is_routine(ag_kind kind);
/**
 * Whether the database keeps an object in a form that holds the columns it names. A body that is
 * kept as a text does not; nor do statistics, which the server itself brings along with a column
 * but for what was set on them.
 */
bool ag_object_holds_columns(const ag_object *object);

/** "kind:namespace.name" with dots and colons escaped: one key for maps and dependencies. */
char *ag_node_key(ag_arena *arena, ag_kind kind, const char *ns, const char *name);
/** "namespace.name", or the name alone when ns is NULL; for messages, unquoted. */
char *ag_node_display(ag_arena *arena, const char *ns, const char *name);

/* Deep copies into another arena; NULL gives NULL. */
ag_column *ag_column_clone(ag_arena *arena, const ag_column *from);
ag_constraint *ag_constraint_clone(ag_arena *arena, const ag_constraint *from);
ag_index *ag_index_clone(ag_arena *arena, const ag_index *from);
ag_table *ag_table_clone(ag_arena *arena, const ag_table *from);
ag_enum *ag_enum_clone(ag_arena *arena, const ag_enum *from);
ag_domain *ag_domain_clone(ag_arena *arena, const ag_domain *from);
ag_composite *ag_composite_clone(ag_arena *arena, const ag_composite *from);
ag_sequence *ag_sequence_clone(ag_arena *arena, const ag_sequence *from);
ag_namespace *ag_namespace_clone(ag_arena *arena, const ag_namespace *from);
ag_extension *ag_extension_clone(ag_arena *arena, const ag_extension *from);
ag_object *ag_object_clone(ag_arena *arena, const ag_object *from);
void ag_strings_clone(ag_arena *arena, ag_strings *to, const ag_strings *from);
void ag_keys_clone(ag_arena *arena, ag_keys *to, const ag_keys *from);
void ag_options_clone(ag_arena *arena, ag_options *to, const ag_options *from);

bool ag_strings_has(const ag_strings *list, const char *text);
/** Equality of parts that differ and validation share. Case folds only where `fold` says so. */
bool ag_strings_equal(const ag_strings *a, const ag_strings *b, bool fold);
bool ag_options_equal(const ag_options *a, const ag_options *b);
/** The option of a name, or NULL. */
const ag_option *ag_options_find(const ag_options *options, const char *name);
bool ag_sequence_options_equal(const ag_sequence_options *a, const ag_sequence_options *b);

#endif
