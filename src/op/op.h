/*
 * Operations: what turns one schema into another.
 *
 * An operation carries before *and* after, so that the downgrade is the reversed list of inverted
 * operations. A list owns an arena; its nodes are deep copies. Operations know nothing of SQL:
 * dialects compile them.
 *
 * AG_OP_CREATE_TABLE makes the table with its columns, constraints and comments; its node has an
 * empty index list, because every index has an AG_OP_CREATE_INDEX of its own. Drops likewise.
 * Every operation that makes an object sets the comments of its node too; AG_OP_SET_COMMENT is for
 * objects that stay.
 *
 * A table that no alteration makes what it is to be is dropped and created (`is_remade`), between
 * AG_OP_SAVE_ROWS, which puts its rows aside, and AG_OP_RESTORE_ROWS; both have the old table and
 * the new one.
 *
 * In an alteration, a property that is not changed has the same text on both sides, even where the
 * model spells it otherwise. Enum values and attributes that are renamed carry the other side's
 * name in `renamed_from`, on both sides; on all others it is NULL.
 */
#ifndef AG_OP_OP_H
#define AG_OP_OP_H

#include <autogen/schema.h>

#include "base/arena.h"

typedef enum ag_op_kind {
#define AG_OP(name, inverse, json, words, object, member) name,
#include "op/op_list.def"
#undef AG_OP
    AG_N_OP_KINDS
} ag_op_kind;

struct ag_op;

/** A table that is made anew under its name and filled from the old one (SQLite). */
typedef struct ag_rebuild {
    const char *table;
    const char *before_sql; /**< the stored CREATE text that the statements expect. */
    const char *after_sql;  /**< the one they leave behind. */
    ag_strings statements;  /**< the whole block, in order, without semicolons. */
    AG_LIST(const struct ag_op *) changes; /**< the operations behind it, for people. */
} ag_rebuild;

/** One side of an operation. Which member is valid follows from the operation's kind. */
typedef union ag_node {
    const void *any;
    const ag_namespace *ns;
    const ag_extension *extension;
    const ag_enum *enum_;
    const ag_domain *domain;
    const ag_composite *composite;
    const ag_sequence *sequence;
    const ag_table *table;
    const ag_column *column;
    const ag_constraint *constraint;
    const ag_index *index;
    const ag_object *object;
    const ag_access *access;
    const ag_rebuild *rebuild;
    const char *text; /**< AG_OP_SET_COMMENT: the comment, NULL = none. */
} ag_node;

/** How a lowered operation is to run; only the lowering of a dialect sets it. */
typedef struct ag_op_plan {
    bool concurrently;       /**< outside of a transaction, while others go on using the table. */
    bool only;               /**< not on partitions and tables that inherit. */
    bool ends_part;          /**< a new transaction starts behind it. */
    bool is_unchecked;       /**< bodies of functions are not looked at from here on. */
    bool is_proven;          /**< a valid check says already what is to hold. */
    bool by_copy;            /**< values of a computed column that is none any more move to a new
                                  one: the server knows no other way. */
    bool may_be_refused;     /**< rules of the table may refuse values once they are changed. */
    const char *using_index; /**< a key takes over this index. */
    const char *using_expr;  /**< makes a column's value of another type. */
    const char *parent_ns;   /**< where the index is that one is attached to; NULL: op.ns. */
    size_t n_locks;          /**< that its transaction holds until it ends, at most. */
} ag_op_plan;

/**
 * What an operation on a column cannot tell by itself, for the review: bits that the dialect takes
 * from both schemas. Those of the way back are AG_FACTS_BACK places higher.
 */
typedef enum ag_op_fact {
    AG_FACT_CHECKED = 1u << 0, /**< the type has conditions of its own: every row is looked at. */
    AG_FACT_SAME_BYTES = 1u << 1,     /**< the types differ in name only, underneath. */
    AG_FACT_STABLE_DEFAULT = 1u << 2, /**< the default is the same for all rows. */
    AG_FACT_READ_AGAIN = 1u << 3,     /**< an index or a check over the column is made anew. */
    AG_FACT_IN_BOUND = 1u << 4,       /**< a check proves that the rows are a partition's. */
} ag_op_fact;
enum { AG_FACTS_BACK = 8 };

typedef struct ag_op {
    ag_op_kind kind;
    ag_kind object;    /**< kind of the object it is about (for comments: of the target). */
    const char *ns;    /**< namespace of the object or of its table. */
    const char *table; /**< the table of a column, constraint, index, trigger…; else NULL. */
    /**
     * The object's name when the operation runs (after earlier renames of the list); NULL for an
     * unnamed constraint.
     */
    const char *name;
    const char *new_name; /**< renames: the name afterwards; the same where it only moves. */
    const char *new_ns;   /**< renames into another namespace: that one; else NULL. */
    ag_node before, after;
    bool on_new_table;     /**< the table is created in this list: no hazards, no safe plan. */
    bool on_dropped_table; /**< the table is dropped in this list. */
    bool is_remade;        /**< dropped and made again in this list, with or without a change. */
    ag_table_kind table_kind;
    unsigned facts;        /**< ag_op_fact bits of both ways. */
    const char *signature; /**< comments on functions: the signature. */
    ag_loc loc;            /**< the model line behind it. */
    ag_op_plan plan;
} ag_op;

typedef struct ag_ops {
    ag_arena *arena; /**< owned. */
    AG_LIST(ag_op *) list;
} ag_ops;

ag_ops *ag_ops_new(void);
/** NULL is allowed. */
void ag_ops_free(ag_ops *ops);
/** Appends a zeroed operation of a kind; `object` is set where the kind fixes it. */
ag_op *ag_ops_add(ag_ops *ops, ag_op_kind kind);
/** Appends a deep copy of an operation; its texts and nodes are copied too (rebuilds are shared).
 */
ag_op *ag_ops_add_copy(ag_ops *ops, const ag_op *op);
/** The reversed list of inverted operations: what takes the change back. */
ag_ops *ag_ops_invert(const ag_ops *ops);
ag_op_kind ag_op_inverse_kind(ag_op_kind kind);
/** The kind of object that an operation kind is about; AG_N_KINDS where its node says. */
ag_kind ag_op_object_kind(ag_op_kind kind);
/** "create_table"; a static string. */
const char *ag_op_json_name(ag_op_kind kind);
/**
 * One line of words: "create table users", "alter column users.email: type varchar(20) -> text, set
 * not null". Names and texts are as they are: whoever prints it makes it safe for a comment.
 */
char *ag_op_describe(ag_arena *arena, const ag_op *op);

#endif
