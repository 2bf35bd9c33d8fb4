/*
 * What the files of the introspection share (pg_introspect*.c), for this room only.
 *
 * All catalog queries are sent at once (one pipeline, one snapshot); their rows are then merged by
 * oid in memory, table of queries by table of queries, in the order of ag_pg_read_all.
 */
#ifndef AG_DIALECT_PG_INTROSPECT_H
#define AG_DIALECT_PG_INTROSPECT_H

#include "base/map.h"
#include "dialect/pg/pg.h"

/** The queries, one file of src/dialect/pg/sql each. */
typedef enum ag_pg_query {
    AG_PG_NAMESPACES,
    AG_PG_EXTENSIONS,
    AG_PG_TYPES,
    AG_PG_ENUM_VALUES,
    AG_PG_VIEWS,
    AG_PG_FOREIGN_TABLES,
    AG_PG_TABLES,
    AG_PG_COLUMNS,
    AG_PG_SEQUENCES,
    AG_PG_INDEXES,
    AG_PG_INDEX_KEYS,
    AG_PG_CONSTRAINTS,
    AG_PG_REFERENCE_COLUMNS,
    AG_PG_ROUTINES,
    AG_PG_TRIGGERS,
    AG_PG_OTHERS,
    AG_PG_OPERATORS,
    AG_PG_DEPENDS,
    AG_PG_ACCESS,
    AG_PG_UNMANAGED,
    AG_PG_N_QUERIES
} ag_pg_query;

/** A row of a query: its cells as text, NULL for SQL NULL. */
typedef const char *const *ag_pg_row;

/** Whatever has columns: a table, a composite type, a view; none of them where it is not read. */
typedef struct ag_pg_relation {
    const char *ns, *name;
    ag_table *table;
    ag_composite *composite;
    ag_object *object;
    AG_VEC(ag_column *) by_number; /**< by attnum; NULL where a column was dropped. */
} ag_pg_relation;

typedef struct ag_pg_reader {
    ag_schema *schema;
    ag_arena *arena;   /**< the schema's. */
    ag_arena *scratch; /**< holds the rows; gone with the reader. */
    int version;       /**< server_version_num. */
    ag_rows rows[AG_PG_N_QUERIES];
    ag_map texts;     /**< texts that repeat (types), stored once. */
    ag_map relations; /**< oid -> ag_pg_relation. */
    ag_map types;     /**< oid -> ag_enum or ag_domain; which one follows from the query. */
    ag_map indexes;   /**< oid -> ag_index, those of constraints too. */
    ag_map objects;   /**< "class oid" -> ag_object. */
    ag_map keys;      /**< "class oid" -> ag_node_key of what has no entry above. */
} ag_pg_reader;

/** Classes of objects: oids of system catalogs, fixed for ever. */
#define AG_PG_CLASS_TYPE "1247"
#define AG_PG_CLASS_RELATION "1259"

/** Introspection by some of the queries (bits 1 << ag_pg_query); the rest is as if empty. */
bool ag_pg_introspect_some(ag_conn *conn, const ag_introspect_options *options, unsigned queries,
                           ag_schema **out, ag_error *err);

/** The file of a query as it must read for a version of the server. */
char *ag_pg_query_text(ag_arena *arena, ag_pg_query query, int version);

/* Cells. */
bool ag_pg_true(const char *cell);
long ag_pg_number(const char *cell);
/** A copy in the schema's arena; NULL stays NULL. */
const char *ag_pg_keep(const ag_pg_reader *r, const char *cell);
/** The same for texts that repeat: equal texts are stored once. */
const char *ag_pg_keep_once(ag_pg_reader *r, const char *cell);
/** A text of SQL, with lists written so that they are read back as they are (sql/lists.h). */
const char *ag_pg_keep_text(const ag_pg_reader *r, const char *cell);
/** An expression as schemas have it: without the parentheses that the server puts around it. */
const char *ag_pg_keep_expr(const ag_pg_reader *r, const char *cell);
/** The elements of an int2vector or int2[] ("1 2", "{1,2}"). */
typedef AG_VEC(int) ag_pg_numbers;
ag_pg_numbers ag_pg_keep_numbers(const ag_pg_reader *r, const char *cell);
/** "{fillfactor=70}" as options; each name gets the prefix. */
void ag_pg_keep_options(const ag_pg_reader *r, const char *cell, const char *prefix,
                        ag_options *out);

/** The relation of an oid, or NULL. */
ag_pg_relation *ag_pg_relation_of(const ag_pg_reader *r, const char *oid);
/** Makes the relation of an oid. */
ag_pg_relation *ag_pg_add_relation(ag_pg_reader *r, const char *oid, const char *ns,
                                   const char *name);
/** Gives a relation the column of a number; numbers only rise. */
void ag_pg_put_column(const ag_pg_reader *r, ag_pg_relation *relation, size_t number,
                      ag_column *column);
/** A column by its number, or NULL. */
ag_column *ag_pg_column_of(const ag_pg_relation *relation, long number);

/** What a node is found by in the maps of objects and keys. */
char *ag_pg_identity(const ag_pg_reader *r, const char *class, const char *oid);
/** Remembers the node key of an enum, domain or sequence for those that depend on it. */
void ag_pg_put_key(ag_pg_reader *r, const char *class, const char *oid, ag_kind kind,
                   const char *ns, const char *name);

/* introspect_types.c */
void ag_pg_read_namespaces(ag_pg_reader *r);
void ag_pg_read_types(ag_pg_reader *r);
void ag_pg_read_sequences(ag_pg_reader *r);

/* introspect_tables.c */
void ag_pg_read_tables(ag_pg_reader *r);
void ag_pg_read_columns(ag_pg_reader *r);

/* introspect_keys.c */
void ag_pg_read_indexes(ag_pg_reader *r);
void ag_pg_read_constraints(ag_pg_reader *r);

/* introspect_objects.c */
void ag_pg_read_views(ag_pg_reader *r);
void ag_pg_read_objects(ag_pg_reader *r);
void ag_pg_read_dependencies(ag_pg_reader *r);
void ag_pg_read_unmanaged(ag_pg_reader *r);
/** The kind of a name (ag_kind_name), or AG_N_KINDS. */
ag_kind ag_pg_kind_of(const char *name);

/* introspect_access.c */
void ag_pg_read_access(ag_pg_reader *r);

#endif
