/*
 * Lowering for PostgreSQL: what its files share (pg_lower*.c), for this room only.
 *
 * Three passes over each direction. First every operation becomes what the server can do
 * (ag_pg_expand…: partitions, types that change places, columns that others are computed from).
 * Then what would block for long is put off (lower_safe.c): built beside, validated later. At
 * last the list is cut into parts (lower_parts.c).
 *
 * Operations of a pass live in the lowering's arena and share their nodes; `lower` copies at its
 * end. Both directions use the names of the model (op.h), so the model is what look-ups ask;
 * ag_pg_table_now tells how a table looks when the operation under way runs.
 */
#ifndef AG_DIALECT_PG_LOWER_H
#define AG_DIALECT_PG_LOWER_H

#include "base/map.h"
#include "base/vec.h"
#include "dialect/pg/compile.h"

/** An operation on its way through the passes. */
typedef struct ag_pg_step {
    ag_op *op;
    bool in_place; /**< part of a change that must happen at once: never put off. */
} ag_pg_step;
typedef AG_VEC(ag_pg_step) ag_pg_steps;

typedef AG_VEC(ag_table *) ag_pg_tables;
typedef AG_VEC(const ag_table *) ag_pg_known_list;

/**
 * A computed column that is away: from the first change of the type of a column that it is computed
 * from, or from its own change, to the last of them.
 */
typedef struct ag_pg_awaited {
    size_t own, from, to; /**< operations: that on the column itself, the first, the last */
    ag_pg_steps later;    /**< what hangs on the column */
    ag_pg_steps objects;  /**< behind that, views and the like */
} ag_pg_awaited;

typedef struct ag_pg_lowering {
    ag_arena *arena;
    const ag_schema *model;
    const ag_schema *old;       /**< the other end; for what the model does not speak about. */
    const ag_ops *ops;          /**< of this direction. */
    const ag_ops *back;         /**< leads away from the model: the list of the way back. */
    ag_pg_known_list known;     /**< tables of the model, and those that back creates. */
    ag_pg_known_list below;     /**< those of them that are below others… */
    ag_map parents;             /**< …which are these, by their names in SQL. */
    ag_map by_name;             /**< the known tables by their names in SQL. */
    ag_pg_known_list with_rows; /**< those with columns of a known table's row type. */
    ag_map referring; /**< by name in SQL: ag_pg_known_list of those with foreign keys to it. */
    ag_map about;     /**< by table: ag_node_key -> places in `back`; see lower_now.c. */
    AG_VEC(size_t) reaching; /**< places in `back` that may reach tables below. */
    bool is_up;
    bool is_detached; /**< partitions that leave their parents have done so. */
    int version;      /**< of the server that the operations are for; 0 = not known. */
    const ag_compile_options *options;
    ag_error *err;
    size_t at;        /**< the operation under way. */
    ag_map created;   /**< tables that this direction creates: ag_node_key -> ag_op. */
    ag_map has_index; /**< tables with CREATE INDEX operations: ag_node_key -> first of them. */
    ag_pg_steps attaching; /**< partitions to attach once their parent is ready… */
    AG_VEC(size_t) ready;  /**< …behind these operations. */
    AG_VEC(ag_pg_awaited) awaited;
    bool *is_done;     /**< operations that another one has taken along. */
    ag_pg_steps loose; /**< indexes to build anew once the one they were attached to is gone. */
    ag_pg_steps steps; /**< of the first pass. */
} ag_pg_lowering;

/** Appends a copy of an operation; what must change about it may be changed. */
ag_op *ag_pg_emit(ag_pg_lowering *l, const ag_op *op);
/** Appends an operation of a kind about (a part of) the same table as `like`. */
ag_op *ag_pg_emit_like(ag_pg_lowering *l, const ag_op *like, ag_op_kind kind, const char *name,
                       const void *before, const void *after);
/** The step appended last must not be put off. */
void ag_pg_in_place(ag_pg_lowering *l);
/** How a table of the model looks when the operation under way starts; NULL when not there. */
ag_table *ag_pg_table_now(const ag_pg_lowering *l, const char *ns, const char *name);
/** How it looks when the last operation of this direction has run. */
ag_table *ag_pg_table_at_end(const ag_pg_lowering *l, const char *ns, const char *name);
const ag_column *ag_pg_find_column(const ag_columns *columns, const char *name);
/** Whether an operation calls a column otherwise of the table that `table` is about. */
bool ag_pg_renames_column_of(const ag_op *op, const ag_op *table);

/* lower_table.c */
void ag_pg_expand_create_table(ag_pg_lowering *l, const ag_op *op);
bool ag_pg_expand_alter_table(ag_pg_lowering *l, const ag_op *op);
/** Drops what a table that left its parents has from there, and is not to keep. */
void ag_pg_emit_leftovers(ag_pg_lowering *l, const ag_op *op);
/** A key of a partitioned table, after those of its partitions that are not named as usual. */
void ag_pg_expand_add_constraint(ag_pg_lowering *l, const ag_op *op);
/** Attaches the partitions that waited for the operation under way. */
void ag_pg_attach_ready(ag_pg_lowering *l);
/** Attaches all that wait. */
void ag_pg_attach_all(ag_pg_lowering *l);
void ag_pg_expand_rename(ag_pg_lowering *l, const ag_op *op);
/** "a_b_expr": what the server puts into the names of keys and indexes. */
const char *ag_pg_joined_columns(ag_arena *arena, const ag_keys *keys, const ag_strings *include);

/* lower_rows.c */
void ag_pg_expand_save_rows(ag_pg_lowering *l, const ag_op *op);
bool ag_pg_expand_restore_rows(ag_pg_lowering *l, const ag_op *op);

/* lower_drop.c */

/** The partition that an operation is about leaves its parent now. */
void ag_pg_emit_detach(ag_pg_lowering *l, const ag_op *op);
/** A partition of a table that foreign keys refer to leaves it first. */
void ag_pg_expand_drop_table(ag_pg_lowering *l, const ag_op *op);

/* lower_index.c */
void ag_pg_expand_create_index(ag_pg_lowering *l, const ag_op *op);
void ag_pg_expand_alter_index(ag_pg_lowering *l, const ag_op *op);
/** Whether an expression, condition, operator class or collation of it has this name. */
bool ag_pg_index_refers_to(const ag_index *index, const char *name);
void ag_pg_expand_drop_index(ag_pg_lowering *l, const ag_op *op);

/* lower_now.c */

/** Fills l->about and l->reaching; l->known is there. */
void ag_pg_note_changes(ag_pg_lowering *l);

/* lower_inherit.c */

/** Fills l->known and what tells of their families. */
void ag_pg_know_tables(ag_pg_lowering *l);
/** The known tables with foreign keys to a table; NULL: none. */
const ag_pg_known_list *ag_pg_referring(const ag_pg_lowering *l, const char *ns, const char *name);
/** Whether a table is known to be below others, or above them. */
bool ag_pg_is_child(const ag_pg_lowering *l, const char *ns, const char *name);
bool ag_pg_has_below(const ag_pg_lowering *l, const char *ns, const char *name);
const ag_table *ag_pg_known_table(const ag_pg_lowering *l, const char *ns, const char *name);
/** A known table by its name in SQL, or NULL. */
const ag_table *ag_pg_table_of_text(const ag_pg_lowering *l, const char *qualified);
/** Whether the table of an operation is this one, or has columns from it. */
bool ag_pg_is_below(const ag_pg_lowering *l, const ag_op *op, const char *ns, const char *name);
/** The tables below that of an operation as they are now, the deepest first; at last itself. */
void ag_pg_list_family(const ag_pg_lowering *l, const ag_op *op, ag_pg_tables *out);
/** Whether what is said of the table of an operation reaches others. */
bool ag_pg_has_parts(const ag_pg_lowering *l, const ag_op *op);
void ag_pg_expand_add_column(ag_pg_lowering *l, const ag_op *op);
void ag_pg_expand_drop_column(ag_pg_lowering *l, const ag_op *op);
/** Whether a child's column that is altered, or commented on, goes with its parent's behind this
 * operation. */
bool ag_pg_goes_with_parent(const ag_pg_lowering *l, const ag_op *op);
/** Emits what computes a column anew here and in the tables below; `is_away`: it is dropped. */
void ag_pg_recompute(ag_pg_lowering *l, const ag_op *op, const ag_pg_tables *family, bool is_away);
/** A child has NOT NULL from its parent: what the parent's change brings is not said again. */
void ag_pg_take_nullability(const ag_pg_lowering *l, const ag_op *op, ag_column *after);
/** Emits NOT NULL for the partitions that are to keep it when their parent loses it. */
void ag_pg_keep_nullability(ag_pg_lowering *l, const ag_op *op);

/* lower_column.c */
bool ag_pg_expand_alter_column(ag_pg_lowering *l, const ag_op *op);
/** Makes the computed columns that waited for the operation under way. */
void ag_pg_compute_ready(ag_pg_lowering *l);
/** Refuses another type for a column that its table, or one below, is partitioned by. */
bool ag_pg_may_retype(ag_pg_lowering *l, const char *ns, const char *table, const char *column);
/** Emits drops of what hangs on a column, keeping the operations that put it back in `later`. */
void ag_pg_take_down(ag_pg_lowering *l, const ag_table *table, const char *column,
                     ag_pg_steps *later);
void ag_pg_put_back(ag_pg_lowering *l, const ag_pg_steps *later);

/* lower_row.c */
/** Emits what frees columns of the row type of an operation's table, keeping what puts them back.
 */
void ag_pg_take_row_columns(ag_pg_lowering *l, const ag_op *op, ag_pg_steps *later,
                            ag_pg_steps *objects);

/* lower_object.c */
/** Emits drops of the objects that hang on a column; what puts them back goes first in `later`. */
void ag_pg_take_objects(ag_pg_lowering *l, const ag_table *table, const char *column,
                        ag_pg_steps *later);

/** The same for what hangs on a type: routines that take it, definitions that cast to it. */
void ag_pg_take_over_type(ag_pg_lowering *l, ag_kind kind, const char *ns, const char *name,
                          ag_pg_steps *later);

/* lower_swap.c */
bool ag_pg_expand_enum(ag_pg_lowering *l, const ag_op *op);
bool ag_pg_expand_domain(ag_pg_lowering *l, const ag_op *op);
bool ag_pg_expand_composite(ag_pg_lowering *l, const ag_op *op);
/** Whether a later operation makes the type of a column anew, and its default with it. */
bool ag_pg_swaps_later(const ag_pg_lowering *l, const char *type);

/* lower_access.c: owners and privileges, once all else is as it will be. */
void ag_pg_give_access(ag_pg_lowering *l);

/* lower_safe.c */
void ag_pg_plan_safely(ag_pg_lowering *l, ag_pg_steps *out);

/* lower_locks.c */
/** Says of each operation how many locks it takes (ag_op_plan.n_locks). */
void ag_pg_count_locks(ag_pg_lowering *l, const ag_pg_steps *steps);

/* lower_parts.c */
void ag_pg_cut(ag_pg_lowering *l, const ag_pg_steps *steps);

#endif
