/*
 * The dialect seam: everything the rest of autogen knows of a database.
 *
 * An ag_dialect is pure knowledge (quoting, types, introspection queries, lowering, compiling); an
 * ag_driver is a connection. Offline SQL and most tests need only the first. A third database is
 * new files in this folder plus one line in registry.c.
 */
#ifndef AG_DIALECT_DIALECT_H
#define AG_DIALECT_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "dialect/driver.h"
#include "dialect/script_reader.h"
#include "op/op.h"
#include "op/script.h"
#include "sql/token.h"

/** What a database can do; everything else asks these instead of the dialect's name. */
typedef enum ag_capability {
    AG_CAN_NAMESPACES = 1 << 0,
    AG_CAN_COMMENTS = 1 << 1,
    AG_CAN_ENUMS = 1 << 2,
    AG_CAN_ALTER_COLUMN = 1 << 3,
    AG_CAN_NAME_CONSTRAINTS = 1 << 4, /**< the server names unnamed constraints. */
    AG_CAN_CONCURRENT_INDEX = 1 << 5,
    AG_FOLDS_CASE = 1 << 6, /**< identifiers compare without regard to ASCII case. */
    AG_ROWID_KEYS = 1 << 7, /**< an INTEGER PRIMARY KEY is the row's identity. */
    AG_BINDS_LATE = 1 << 8, /**< foreign keys, views and triggers may name what does not exist yet,
                                 and need not go before a column they use changes. */
    AG_EMPTY_NAMES = 1 << 9 /**< "" is a name like any other. */
} ag_capability;

/** What running an operation costs, as far as only the dialect can tell; bits. */
typedef enum ag_effect {
    AG_REWRITES_TABLE = 1 << 0,
    AG_BLOCKS_ALL = 1 << 1,    /**< reads and writes wait while it works on the rows. */
    AG_BLOCKS_WRITES = 1 << 2, /**< writes wait while it works on the rows. */
    AG_SCANS_TABLE = 1 << 3,
    AG_BUILDS_INDEX = 1 << 4,
    AG_NO_TRANSACTION = 1 << 5, /**< cannot run inside of one. */
    AG_NARROWS_TYPE = 1 << 6,   /**< values of the old type may not fit into the new one. */
    AG_CASTS_TYPE = 1 << 7,     /**< values are converted, which may fail. */
    AG_LOSES_POSITION = 1 << 8, /**< a column would come back at another place of its table. */
    AG_FILLS_NULLS = 1 << 9     /**< NULLs become the default where a column becomes NOT NULL. */
} ag_effect;

/** How a script is to be made. */
typedef struct ag_compile_options {
    bool concurrently;           /**< new indexes on existing tables outside a transaction. */
    int max_operations_per_part; /**< cut larger revisions into parts; 0 = dialect's default. */
    bool standalone;             /**< for a session of its own: settings need no transaction. */
} ag_compile_options;

/** What its driver does beyond the statements of a revision, for a script that has none (`--sql`).
 */
typedef struct ag_offline_rules {
    /** Said before a transaction with a table rebuild. */
    const char *before_rebuild;
    /** True for a statement after which a rebuild needs `after_rebuild`, then and ever after. */
    bool (*calls_for)(const char *sql);
    /** What to run behind the statements of a rebuild; NULL when they do it themselves. */
    const char *(*after_rebuild)(ag_arena *arena, const char *table, const char *const *statements,
                                 size_t n);
    /** What statement `at` of a part loses that the driver would keep, in words; or NULL. */
    const char *(*loss)(ag_arena *arena, const char *const *statements, size_t n, size_t at);
} ag_offline_rules;

typedef struct ag_introspect_options {
    ag_strings namespaces; /**< to look at; empty = all but the system's. */
} ag_introspect_options;

typedef struct ag_dialect {
    const char *name; /**< "sqlite", "postgresql". */
    ag_sql_flavor flavor;
    unsigned capabilities;         /**< ag_capability bits. */
    const char *default_namespace; /**< "public" or NULL. */
    size_t max_identifier;         /**< bytes; 0 = no limit. */
    const ag_driver *driver;       /**< NULL when built without it. */

    const ag_script_reader *scripts; /**< how its shell's scripts are read. */

    const ag_offline_rules *offline; /**< NULL where the statements say all. */
    /** A statement that runs another one where a table is there; NULL: it has none. */
    const char *(*where_table)(ag_arena *arena, const char *table, const char *statement);

    /** Appends a name, quoted where it must be. */
    void (*quote)(ag_buf *buf, const char *name);

    /**
     * Makes a freshly read model one of this dialect, in place: types, enums as checks where there
     * are none, identity as the database has it, names the server would give. Mistakes go to
     * `diags` at the model's position. False only when diags were added.
     */
    bool (*adopt)(ag_schema *model, ag_diags *diags);
    /** The type text a generic type of a model maps to ("bytea" -> "BLOB"). */
    const char *(*map_type)(ag_arena *arena, const char *type);
    /** True when two type texts mean the same. `in_key`: a single-column primary key. */
    bool (*same_type)(const char *a, const char *b, bool in_key);
    /** True when two expressions are the same by the cheap token rules; type may be NULL. */
    bool (*same_expr)(const char *a, const char *b, const char *type);

    /** Names the namespaces that are not the system's; NULL where there are none. */
    bool (*namespaces)(ag_conn *conn, ag_arena *arena, ag_strings *out, ag_error *err);

    /** True when one object can become the other in place; NULL: always. */
    bool (*can_replace)(const ag_object *before, const ag_object *after);

    /**
     * What a child has of a parent's column when it says nothing of it itself, in an arena; NULL
     * where tables have no children.
     */
    const ag_column *(*inherited)(ag_arena *arena, const ag_table *parent, const ag_column *column);

    /** Says a serial column as one with a default, and the sequence it owns; NULL where none is. */
    void (*unfold_serial)(ag_arena *arena, const ag_table *table, ag_column *column,
                          ag_sequence *sequence);

    /** Reads the whole schema of a connection. */
    bool (*introspect)(ag_conn *conn, const ag_introspect_options *options, ag_schema **out,
                       ag_error *err);
    /**
     * Lets the database settle texts of the model that still differ from the database's: rewrites
     * the model's expressions into the server's own form. NULL where the cheap rules are enough.
     * With `assume_equal`, what could not be compared is taken as equal and named in `warnings`.
     */
    bool (*settle)(ag_conn *conn, ag_schema *model, const ag_schema *database, bool assume_equal,
                   ag_strings *warnings, ag_error *err);

    /**
     * Rewrites operations into those the database can do, for both directions at once. `from` is
     * the schema before, `to` the model; both stay untouched. Each direction's list is complete.
     */
    bool (*lower)(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                  const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err);
    /** Appends the statements of one (lowered) operation. */
    bool (*compile)(const ag_op *op, const ag_compile_options *options, ag_script *script,
                    ag_error *err);
    /**
     * ag_effect bits of an operation on a table that has rows; NULL when nothing is known. Asked by
     * the review, never for tables that are new in the list.
     */
    unsigned (*effects)(const ag_op *op);
    /**
     * ag_op_fact bits of an operation that leads from one schema to another, for one way; NULL when
     * operations tell all themselves.
     */
    unsigned (*facts)(const ag_op *op, const ag_schema *from, const ag_schema *to);
    /**
     * A whole schema as SQL that loads into an empty database in order (inspect --format sql).
     * NULL: the operations that make it say it all; ag_diff_dump asks for either.
     */
    bool (*dump)(const ag_schema *schema, ag_buf *out, ag_error *err);
} ag_dialect;

/** The dialect of a name, or NULL. */
const ag_dialect *ag_dialect_find(const char *name);
/** All dialects, in a fixed order; returns how many. */
size_t ag_dialect_all(const ag_dialect *const **out);
/** The SQL of a dialect by its name; an unknown name is AG_INPUT with a hint. */
bool ag_dialect_flavor(const char *name, ag_sql_flavor *flavor, ag_error *err);
/** True for the dialect of that name (of a URL's scheme, say). */
bool ag_dialect_is(const ag_dialect *dialect, const char *name);
bool ag_dialect_can(const ag_dialect *dialect, ag_capability capability);
/** A quoted name in an arena: `namespace.name` or `name`. */
char *ag_dialect_name(ag_arena *arena, const ag_dialect *dialect, const char *ns, const char *name);

extern const ag_dialect ag_dialect_sqlite;
extern const ag_dialect ag_dialect_postgresql;

#endif
