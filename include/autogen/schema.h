/*
 * The schema graph: what a model or a database declares.
 *
 * "Schema" is the whole model; a PostgreSQL schema is a "namespace" here. An ag_schema owns an
 * arena in which every node and text lives; nodes of one schema never point into another. Readers
 * see const nodes. Every node carries an ag_loc: line 0 means that it came from a database.
 *
 * A schema is always one *for a dialect*: types and expressions are texts of that database.
 * Namespaces are NULL on SQLite and always set on PostgreSQL ("public" by default).
 */
#ifndef AUTOGEN_SCHEMA_H
#define AUTOGEN_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include <autogen/error.h>
#include <autogen/list.h>
#include <autogen/loc.h>

#ifdef __cplusplus
extern "C" {
#endif

/* autogen/model.h has annotations of these names; they stay what they are behind this header. */
#pragma push_macro("AG_INDEX")
#pragma push_macro("AG_PRIMARY_KEY")
#pragma push_macro("AG_UNIQUE")
#undef AG_INDEX
#undef AG_PRIMARY_KEY
#undef AG_UNIQUE

typedef enum ag_kind {
#define AG_KIND(name, singular, plural) name,
#include <autogen/kind_list.def>
#undef AG_KIND
    AG_N_KINDS
} ag_kind;

/** Where the name of a constraint or index comes from. */
typedef enum ag_name_origin {
    AG_NAME_GIVEN,      /**< written by somebody. */
    AG_NAME_CONVENTION, /**< made by the model's naming convention. */
    AG_NAME_SERVER,     /**< the one the server gives by itself; a difference is no rename. */
    AG_NAME_NONE        /**< there is none (SQLite allows that). */
} ag_name_origin;

typedef enum ag_generated {
    AG_GENERATED_NONE,
    AG_GENERATED_STORED,
    AG_GENERATED_VIRTUAL
} ag_generated;

typedef enum ag_identity_kind {
    AG_IDENTITY_NONE,
    AG_IDENTITY_ALWAYS,
    AG_IDENTITY_BY_DEFAULT
} ag_identity_kind;

typedef enum ag_constraint_kind {
    AG_PRIMARY_KEY,
    AG_UNIQUE,
    AG_FOREIGN_KEY,
    AG_CHECK,
    AG_EXCLUDE
} ag_constraint_kind;

#pragma pop_macro("AG_INDEX")
#pragma pop_macro("AG_PRIMARY_KEY")
#pragma pop_macro("AG_UNIQUE")

typedef enum ag_nulls_order { AG_NULLS_DEFAULT, AG_NULLS_FIRST, AG_NULLS_LAST } ag_nulls_order;

typedef enum ag_table_kind { AG_TABLE_PLAIN, AG_TABLE_PARTITIONED, AG_TABLE_VIRTUAL } ag_table_kind;

/** A key=value option (storage parameters, operator-class options). */
typedef struct ag_option {
    const char *name;
    const char *value;
} ag_option;
typedef AG_LIST(ag_option) ag_options;

/** Options of a sequence or identity column; `has_*` false means "what the server takes". */
typedef struct ag_sequence_options {
    int64_t start, increment, min, max, cache;
    bool has_start, has_increment, has_min, has_max, has_cache;
    bool cycle;
    const char *name; /**< identity columns: the sequence's; NULL = table_column_seq. */
} ag_sequence_options;

/** One element of an index, of a primary key, unique or exclude constraint, or of a foreign key. */
typedef struct ag_key {
    const char *column;    /**< plain column; NULL for an expression. */
    const char *expr;      /**< expression text without outer parentheses; NULL for a column. */
    const char *collation; /**< NULL = the column's own. PostgreSQL: may be namespace-qualified. */
    bool spells_collation; /**< SQLite: the column's own is written out; it would not follow. */
    const char *opclass;   /**< NULL = default of the type and method. */
    ag_options opclass_options;
    const char *op; /**< exclude constraints: the operator. */
    bool descending;
    ag_nulls_order nulls; /**< AG_NULLS_DEFAULT where it is the default of the direction. */
    ag_loc loc;
} ag_key;
typedef AG_LIST(ag_key) ag_keys;

/** Whether NOT NULL stands at the column or follows from the key of its table (SQLite). */
typedef enum ag_not_null_origin {
    AG_NOT_NULL_WRITTEN,
    AG_NOT_NULL_IMPLIED, /**< it would go with the key, WITHOUT ROWID or STRICT. */
    AG_NOT_NULL_BOTH
} ag_not_null_origin;

typedef struct ag_column {
    const char *name;
    const char *type; /**< in the words of the dialect; "" = none (SQLite). */
    bool nullable;
    const char *default_expr; /**< expression text; NULL = none. Literals as SQL ('x', 0, NULL). */
    const char *generated_expr;
    ag_generated generated;
    ag_identity_kind identity;
    ag_sequence_options identity_options;
    bool serial;             /**< PostgreSQL: default is nextval of a sequence it owns. */
    const char *collation;   /**< NULL = default. */
    const char *storage;     /**< PostgreSQL: plain, external, extended, main; NULL = the type's. */
    const char *compression; /**< PostgreSQL: pglz, lz4; NULL = default. */
    int statistics;          /**< PostgreSQL: target, -1 = default. */
    ag_options options;      /**< PostgreSQL: attribute options (n_distinct). */
    ag_not_null_origin not_null_origin; /**< means nothing where `nullable`. */
    const char *not_null_name;          /**< SQLite: CONSTRAINT name of the NOT NULL. */
    /** SQLite: CONSTRAINT names in front of these clauses. */
    const char *default_name, *collation_name, *generated_name;
    const char *on_conflict; /**< SQLite: conflict clause of NOT NULL, lower case; NULL = none. */
    bool inherited;          /**< PostgreSQL: only from a parent, not declared locally. */
    /** Of a model that is being read: the parent's own node, copied; whether NULL is spoken of. */
    bool taken_over, says_nullable;
    const char *comment;
    const char *renamed_from;
    ag_loc loc;
    ag_loc type_loc, default_loc, generated_loc;
} ag_column;
typedef AG_LIST(ag_column *) ag_columns;

typedef struct ag_enum_value {
    const char *name;
    const char *renamed_from;
    ag_loc loc;
} ag_enum_value;
typedef AG_LIST(ag_enum_value) ag_enum_values;

typedef struct ag_constraint {
    ag_constraint_kind kind;
    const char *name; /**< NULL with AG_NAME_NONE. */
    ag_name_origin name_origin;
    ag_keys keys; /**< primary key, unique, exclude: elements; foreign key: columns; check: none. */
    const char *expr; /**< check: the condition, without outer parentheses. */
    /** SQLite: of a check that stands for an enum of the model; says which values were renamed. */
    ag_enum_values values;
    const char
        *inline_column; /**< SQLite: written inside this column's definition; NULL = table. */
    /* foreign key */
    const char *ref_namespace, *ref_table;
    ag_strings ref_columns;            /**< empty = the primary key of the referenced table. */
    const char *on_delete, *on_update; /**< lower case ("cascade", "set null"); NULL = no action. */
    ag_strings on_delete_columns;      /**< PostgreSQL 15: SET NULL (a, b). */
    const char *match;                 /**< "full", "partial"; NULL = simple. */
    bool deferrable, initially_deferred;
    /** SQLite: a clause that says what is so anyway ("not deferrable"), lower case; else NULL. */
    const char *deferrability;
    bool not_valid, no_inherit, nulls_not_distinct;
    ag_strings include;
    const char *method; /**< exclude: index method. */
    const char *where;  /**< exclude: predicate. */
    ag_options options;
    const char *tablespace;
    bool clustered;          /**< PostgreSQL: CLUSTER ON the key's index. */
    bool replica_identity;   /**< PostgreSQL: REPLICA IDENTITY USING INDEX of the key. */
    const char *on_conflict; /**< SQLite: lower case; NULL = none. */
    bool inherited;          /**< PostgreSQL: only from a parent or partitioned table. */
    const char *comment;
    const char *index_comment; /**< PostgreSQL: comment on the index of the key. */
    const char *renamed_from;
    ag_loc loc, expr_loc;
} ag_constraint;
typedef AG_LIST(ag_constraint *) ag_constraints;

typedef struct ag_index {
    const char *name;
    ag_name_origin name_origin;
    bool unique;
    const char *method; /**< NULL = btree. */
    ag_keys keys;
    ag_strings include;
    const char *where; /**< predicate without outer parentheses; NULL = none. */
    bool nulls_not_distinct;
    ag_options options;
    ag_options
        statistics; /**< PostgreSQL: targets of expressions by their number among the keys. */
    const char *tablespace;
    bool invalid;          /**< PostgreSQL: left by a failed concurrent build. */
    bool clustered;        /**< PostgreSQL: CLUSTER ON. */
    bool replica_identity; /**< PostgreSQL: REPLICA IDENTITY USING INDEX. */
    bool inherited;        /**< PostgreSQL: attached to an index of the partitioned parent. */
    const char *parent;    /**< PostgreSQL: name of that parent index (same rules of namespace). */
    const char *sql;       /**< SQLite: the stored CREATE INDEX text; NULL when from a model. */
    const char *comment;
    const char *renamed_from;
    ag_loc loc, where_loc;
} ag_index;
typedef AG_LIST(ag_index *) ag_indexes;

typedef struct ag_table {
    const char *ns;
    const char *name;
    ag_table_kind kind;
    ag_columns columns;
    ag_constraints constraints; /**< in the order written. */
    ag_indexes indexes;         /**< those that no constraint owns. */
    const char *comment;
    /* SQLite */
    bool strict, without_rowid, autoincrement;
    const char *sql; /**< the stored CREATE TABLE text; NULL when from a model. */
    /* PostgreSQL */
    bool unlogged;
    const char *partition_by; /**< "RANGE (a)"; NULL = not partitioned. */
    bool open_partitions;     /**< a model that says nothing of partitions: those there are stay. */
    const char *parent_ns, *parent; /**< the partitioned table this is a partition of. */
    const char *bound;              /**< "FOR VALUES FROM (1) TO (2)", "DEFAULT". */
    ag_strings inherits;            /**< qualified names of inherited tables, in order. */
    ag_options options;
    const char *tablespace, *access_method;
    const char *replica_identity; /**< "full", "nothing"; NULL = default (or an index says so). */
    bool row_security, force_row_security;
    const char *renamed_from;
    ag_loc loc;
} ag_table;
typedef AG_LIST(ag_table *) ag_tables;

typedef struct ag_enum {
    const char *ns, *name;
    ag_enum_values values;
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_enum;
typedef AG_LIST(ag_enum *) ag_enums;

typedef struct ag_domain {
    const char *ns, *name;
    const char *type;
    bool nullable;
    const char *default_expr, *collation;
    ag_constraints checks;
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_domain;
typedef AG_LIST(ag_domain *) ag_domains;

/** A composite type; its attributes use name, type, collation and comment of ag_column. */
typedef struct ag_composite {
    const char *ns, *name;
    ag_columns attributes;
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_composite;
typedef AG_LIST(ag_composite *) ag_composites;

typedef struct ag_sequence {
    const char *ns, *name;
    const char *type; /**< "bigint"… */
    ag_sequence_options options;
    const char *owner_ns, *owner_table, *owner_column; /**< OWNED BY; NULL = none. */
    bool unlogged;
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_sequence;
typedef AG_LIST(ag_sequence *) ag_sequences;

typedef struct ag_namespace {
    const char *name;
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_namespace;
typedef AG_LIST(ag_namespace *) ag_namespaces;

typedef struct ag_extension {
    const char *name;
    const char *ns;      /**< NULL = the server's choice. */
    const char *version; /**< NULL = not compared. */
    const char *comment;
    ag_loc loc;
} ag_extension;
typedef AG_LIST(ag_extension *) ag_extensions;

/**
 * An object that is compared by its definition text: view, materialized view, function, procedure,
 * aggregate, trigger, rule, policy, event trigger, collation, range type, statistics, publication.
 * The namespace of a trigger, rule or policy is its table's; event triggers and publications have
 * none.
 */
typedef struct ag_object {
    ag_kind kind;
    const char *ns, *name;
    const char *signature;        /**< functions: identity arguments "(a integer)"; else NULL. */
    const char *table_ns, *table; /**< triggers, rules, policies: what they are on. */
    const char *definition;       /**< the whole CREATE statement without the semicolon. */
    ag_strings extras;  /**< further statements that belong to it (enabled state, options). */
    ag_strings depends; /**< keys (ag_node_key) of objects it needs, where known. */
    ag_columns columns; /**< views: names and types, where known. */
    ag_indexes indexes; /**< materialized views. */
    const char *comment, *renamed_from;
    ag_loc loc;
} ag_object;
typedef AG_LIST(ag_object *) ag_objects;

/** What somebody may do with an object, or with one column of it. */
typedef struct ag_grant {
    const char *column;  /**< NULL = the object as a whole. */
    const char *grantee; /**< a role; "" = whoever owns the object; "public" = everybody. */
    unsigned privileges; /**< bits 1 << ag_privilege. */
    unsigned grantable;  /**< those of them that may be passed on. */
} ag_grant;
typedef AG_LIST(ag_grant) ag_grants;

/**
 * Who owns an object and who may use it. An object without an entry belongs to whoever made it and
 * has the privileges that the server gives by itself.
 */
typedef struct ag_access {
    ag_kind kind; /**< of the object; AG_DEFAULT_PRIVILEGE: what new objects get. */
    const char *ns, *name;
    /** Functions: identity arguments; default privileges: what kind of objects ("tables"). */
    const char *signature;
    const char *table, *column; /**< sequences: the column that owns it. */
    const char *owner;          /**< NULL = not said. */
    bool has_grants;            /**< false: nothing is said about them. */
    ag_grants grants;           /**< all there are. */
    ag_loc loc;
} ag_access;
typedef AG_LIST(ag_access *) ag_accesses;

/** Something the source holds that autogen does not manage; named in a warning. */
typedef struct ag_unmanaged {
    const char *what; /**< "virtual table", "foreign table"… */
    const char *name;
    const char *sql; /**< SQLite: the stored CREATE VIRTUAL TABLE text; else NULL. */
} ag_unmanaged;

typedef struct ag_schema {
    struct ag_arena *arena; /**< owned. */
    const char *dialect;    /**< "sqlite" or "postgresql". */
    ag_namespaces namespaces;
    ag_extensions extensions;
    ag_enums enums;
    ag_domains domains;
    ag_composites composites;
    ag_sequences sequences;
    ag_tables tables;
    ag_objects objects;
    ag_accesses
        access;       /**< owners and privileges; compared where AG_OWNER, AG_GRANT are covered. */
    const char *role; /**< PostgreSQL: who makes objects here; NULL = not known. */
    int server_version; /**< PostgreSQL: of the server that was read (150004); 0 = not known. */
    AG_LIST(ag_unmanaged) unmanaged;
    uint64_t
        covers; /**< bit 1 << ag_kind: the kinds this source speaks about; others are left alone. */
    struct ag_name_index *names; /**< internal: makes lookups by name fast. */
} ag_schema;

/** "table", "materialized view"…; a static string. */
AG_API const char *ag_kind_name(ag_kind kind);
/** "tables"…; a static string, also the key of the JSON model. */
AG_API const char *ag_kind_plural(ag_kind kind);
/** Frees a schema with all its nodes. NULL is allowed. */
AG_API void ag_schema_free(ag_schema *schema);

#ifdef __cplusplus
}
#endif
#endif
