/*
 * What the files of the differ share; nothing outside src/diff includes it.
 *
 * One run: renames are found and applied to a copy of the old schema (rename.c), the two schemas
 * are walked kind by kind (kinds.c, table.c, member.c, object.c), objects that stand in the way of
 * a change are taken down and put back (cascade.c), and the operations are ordered (order.c).
 *
 * Until they are ordered, operations are light: they live in the scratch arena and point into the
 * schemas. Names are those of the new schema, see ag_op.name.
 */
#ifndef AG_DIFF_DIFFER_H
#define AG_DIFF_DIFFER_H

#include "base/map.h"
#include "base/vec.h"
#include "diff/diff.h"

/** The names a table had before this run. */
typedef struct ag_renamed_table {
    const char *old_name;      /**< NULL: the table kept its name. */
    AG_VEC(ag_rename) columns; /**< old and new names. */
} ag_renamed_table;

typedef AG_VEC(ag_op *) ag_light_ops;

typedef struct ag_differ {
    const ag_dialect *dialect;
    const ag_schema *from; /**< with the renames applied. */
    const ag_schema *to;
    const ag_diff_options *options;
    ag_diff_result *result;
    ag_arena *scratch;
    ag_light_ops ops;
    const ag_schema *original; /**< the old schema as it is. */
    ag_schema *moved;          /**< owned: the copy that `from` is, when something was renamed. */
    ag_map renamed_tables;     /**< ag_renamed_table by its new names. */
    ag_map uprooted;     /**< views over renamed columns, by ag_node_key; see ag__drop_object. */
    ag_map remade;       /**< tables that are made anew, see remake.c. */
    ag_map former_names; /**< old names of enum values and attributes by their new ones. */
    bool folds;          /**< names compare without regard to case. */
    bool binds_late;
    bool has_comments;
    bool has_rowid_keys;
} ag_differ;

/** Where something of the top level is. */
typedef struct ag_place {
    const char *ns, *name;
} ag_place;

/* walk.c: the one walk over two lists. */

/** A list of pointers to nodes, and what it belongs to (a table, or NULL). */
typedef struct ag_side {
    const void *items;
    size_t n;
    const void *parent;
} ag_side;

/** A node and its counterpart. */
typedef struct ag_pair {
    const void *from_parent, *to_parent; /**< tables, or NULL. */
    const void *before;                  /**< NULL: made. */
    const void *after;                   /**< NULL: dropped. */
} ag_pair;

/** A walk over the nodes of one kind: how they are told apart and what becomes of them. */
typedef struct ag_walk {
    /** Writes what identifies a node within its list. */
    void (*key)(ag_buf *buf, const void *node);
    void (*create)(ag_differ *d, const ag_pair *pair);
    void (*drop)(ag_differ *d, const ag_pair *pair);
    void (*compare)(ag_differ *d, const ag_pair *pair);
} ag_walk;

/** The i-th pointer of an array of pointers to any type. */
const void *ag__side_at(const ag_side *side, size_t i);
/** Pairs nodes by key and calls compare for pairs, create for those only in `to`, else drop. */
void ag__walk(ag_differ *d, const ag_walk *walk, ag_side from, ag_side to);

/* emit.c: making operations. */

ag_op *ag__emit(ag_differ *d, ag_op_kind kind, const char *ns, const char *name);
/** An operation on something that belongs to a table. */
ag_op *ag__emit_on(ag_differ *d, ag_op_kind kind, const ag_table *table, const char *name);
/** AG_OP_SET_COMMENT when the comments differ and the database has any; else NULL. */
ag_op *ag__compare_comments(ag_differ *d, ag_kind object, const char *ns, const char *table,
                            const char *name, const char *before, const char *after);
void ag__warn(ag_differ *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* same.c: is it the same? Each answers for what the database stores, not for the spelling. */

bool ag__same_name(const ag_differ *d, const char *a, const char *b);
bool ag__same_expr(const ag_differ *d, const char *a, const char *b, const char *type);
bool ag__same_names(const ag_differ *d, const ag_strings *a, const ag_strings *b);
/** Tables may be NULL (domains). */
bool ag__same_keys(const ag_differ *d, const ag_table *ta, const ag_keys *a, const ag_table *tb,
                   const ag_keys *b);
/** What the server takes when options are not given. */
ag_sequence_options ag__full_sequence_options(const char *type, const ag_sequence_options *given);
bool ag__same_sequence_options(const char *type_a, const ag_sequence_options *a, const char *type_b,
                               const ag_sequence_options *b);

typedef enum ag_sameness {
    AG_SAME,
    AG_ALTERABLE, /**< differs only in what can be altered in place. */
    AG_OTHER
} ag_sameness;

/** Names and comments aside. */
ag_sameness ag__compare_constraints(const ag_differ *d, const ag_table *ta, const ag_constraint *a,
                                    const ag_table *tb, const ag_constraint *b);
ag_sameness ag__compare_indexes(const ag_differ *d, const ag_table *ta, const ag_index *a,
                                const ag_table *tb, const ag_index *b);
/** True for a type of an extension that is moved to another namespace in this run, and its types
 * with it. */
bool ag__moves_with_extension(const ag_differ *d, const char *a, const char *b);
/** The type, default and so on of two columns; name, comment and position aside. */
bool ag__same_column(const ag_differ *d, const ag_table *ta, const ag_column *a, const ag_table *tb,
                     const ag_column *b);
/**
 * Copies `b` to `merged` with the text of `a` wherever the two mean the same; true when nothing
 * else is left. Comments are taken from `a`.
 */
bool ag__merge_column(const ag_differ *d, const ag_table *ta, const ag_column *a,
                      const ag_table *tb, const ag_column *b, ag_column *merged);
/** Puts `before` into *field when `same`; returns whether it did not. */
bool ag__keep(const char **field, const char *before, bool same);

/* inherit.c */

/** A column of a parent that a child has it from, before and after. */
typedef struct ag_carried {
    const ag_column *before, *after;
} ag_carried;

/** The n-th parent of a table of a schema; NULL when it has none or the schema lacks it. */
const ag_table *ag__parent_at(const ag_differ *d, const ag_schema *schema, const ag_table *table,
                              size_t at);
/** True when a table has a column from one and the same parent before and after. */
bool ag__carries(const ag_differ *d, const ag_table *from, const ag_table *to, const char *column,
                 ag_carried *out);
/**
 * What a child of a parent that it had, or keeps, is given of a column that the parent gets
 * (`is_new`) or loses; NULL when it has the column from nobody. `other`: the table on the other
 * side.
 */
const ag_column *ag__given_column(const ag_differ *d, bool is_new, const ag_table *table,
                                  const ag_table *other, const char *column);

/* serial.c */

/** A copy of a schema without the serial columns whose sequence outlives their being serial; NULL
 * when there are none. It shares nodes with the schema, and texts with the scratch arena. */
ag_schema *ag__unfold_serials(const ag_differ *d, const ag_schema *schema, const ag_schema *other);

/* kinds.c, table.c, member.c, object.c, access.c */

void ag__diff_kinds(ag_differ *d);
void ag__diff_tables(ag_differ *d);
void ag__diff_objects(ag_differ *d);
void ag__diff_access(ag_differ *d);
void ag__diff_constraints(ag_differ *d, const ag_table *from, const ag_table *to);
void ag__diff_indexes(ag_differ *d, const ag_table *from, const ag_table *to);
/** Forgets drops of the indexes that partitions have with their parent's, where that one stays. */
void ag__keep_parts(ag_differ *d);
/** Indexes of a table (or materialized view) that is made or goes as a whole. */
ag_op *ag__create_index(ag_differ *d, const ag_table *table, const ag_index *index, bool is_new);
ag_op *ag__drop_index(ag_differ *d, const ag_table *table, const ag_index *index, bool is_dropped);
ag_op *ag__add_constraint(ag_differ *d, const ag_table *table, const ag_constraint *constraint,
                          bool is_new);
ag_op *ag__drop_constraint(ag_differ *d, const ag_table *table, const ag_constraint *constraint,
                           bool is_dropped);
/** A materialized view as the table its indexes are on. */
const ag_table *ag__table_of_object(ag_differ *d, const ag_object *object);
void ag__create_object(ag_differ *d, const ag_object *object, bool is_remade);
/**
 * Unless names bind late, a view is dropped before anything is renamed and under its old names: a
 * renamed column would go on under its old name in what the view gives out, so only that way the
 * way back gives the view there was.
 */
ag_op *ag__drop_object(ag_differ *d, const ag_object *object, bool is_remade);
/** True for a drop that comes before the renames. */
bool ag__is_early(const ag_differ *d, const ag_op *op);
/** An object of the old schema as it was before the renames, and back. */
const ag_object *ag__original_object(const ag_differ *d, const ag_object *object);
const ag_object *ag__moved_object(const ag_differ *d, const ag_object *object);
/** Takes out all operations on a node of the old schema. */
void ag__forget_ops(ag_differ *d, const void *node);
/** Takes out the comments on an object and its columns: it is made anew with them. */
void ag__forget_comments(ag_differ *d, const ag_object *object);
/** Takes out all operations on the indexes of a materialized view. */
void ag__forget_indexes(ag_differ *d, const ag_object *object);

/* range.c */

/** The type that comes with a range type, under a name that is given or follows from its own. */
ag_place ag__multirange(ag_arena *arena, ag_sql_flavor flavor, const ag_object *range);

/* table.c: all that makes a table, or takes it away. */

void ag__create_table(ag_differ *d, const ag_table *table);
void ag__drop_table(ag_differ *d, const ag_table *table);

/* remake.c: tables that no ALTER makes what they are to be. */

/** Finds them; comes before anything is compared. False where a rename cannot come along. */
bool ag__find_remade(ag_differ *d, ag_error *err);
bool ag__is_remade(const ag_differ *d, const ag_table *table);
/** The highest of the tables made anew that this one is, or is a partition of; NULL for others. */
const ag_table *ag__remade_top(const ag_differ *d, const ag_schema *schema, const char *ns,
                               const char *name);
void ag__remake_table(ag_differ *d, const ag_table *a, const ag_table *b);

/* rename.c, rename_apply.c, suggest.c */

/** Sets d->from, and adds the operations that rename. */
bool ag__apply_renames(ag_differ *d, const ag_schema *from, ag_error *err);
/** What is renamed and dropped in one run is dropped under its old name. */
void ag__drop_under_old_names(ag_differ *d);
/** Names that this run gave a table and its columns; NULL when it kept them. */
const ag_renamed_table *ag__renamed_table(const ag_differ *d, const char *ns, const char *name);
/** The name that an enum value (AG_N_KINDS) or attribute (AG_COLUMN) had; NULL when it kept it. */
const char *ag__former_name(const ag_differ *d, ag_kind kind, const char *ns, const char *parent,
                            const char *name);
/** True when `name` is `old_name` with the former names of table or columns put in. */
bool ag__name_follows(const ag_differ *d, const ag_table *table, const char *old_name,
                      const char *name);
void ag__suggest_renames(ag_differ *d);

/* cascade_logging.c */

/** True for an operation that makes a logged table unlogged, or the other way round. */
bool ag__changes_logging(const ag_op *op);
/** True for a foreign key to this table. */
bool ag__key_refers_to(const ag_constraint *key, const char *ns, const char *table);

/* cascade.c, order.c */

void ag__cascade(ag_differ *d);
/** Orders d->ops; a cycle is an error. */
bool ag__order(ag_differ *d, ag_error *err);

#define AG_SIDE(list, parent)                                                                      \
    (ag_side) {                                                                                    \
        (list).items, (list).n, (parent)                                                           \
    }

#endif
