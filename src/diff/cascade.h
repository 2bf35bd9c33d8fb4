/*
 * What the files of the cascade share (cascade*.c); nothing else includes it.
 *
 * An operation that takes down a node "touches" it: a node is taken down once.
 */
#ifndef AG_DIFF_CASCADE_H
#define AG_DIFF_CASCADE_H

#include "diff/differ.h"

typedef struct ag_cascade {
    ag_differ *d;
    ag_map touched; /**< nodes with a drop of their own: address -> op. */
    AG_VEC(const ag_object *) gone;
    bool knows_depends;              /**< what objects need is in their `depends`. */
    AG_VEC(const ag_object *) bound; /**< all that may hang on another object */
    ag_map by_name; /**< objects whose definition has an identifier, by its lower-case name. */
} ag_cascade;

void ag__touch(ag_cascade *c, ag_op *op);
/** The operation that touches a node, or NULL. */
ag_op *ag__touching(ag_cascade *c, const void *node);
/** The operation of a kind on a node of the old schema, or NULL. */
const ag_op *ag__find_op(const ag_cascade *c, ag_op_kind kind, const void *before);
/** Drops a constraint that stays and adds it again. */
void ag__put_back_constraint(ag_cascade *c, const ag_table *from, const ag_constraint *key);
/** A function or type that goes, or is made anew. */
typedef struct ag_named {
    const char *ns, *name;
    bool is_type;
} ag_named;

/** Takes down, and puts back, what names a thing that goes: parts of tables and domains. Columns of
 * a type, and what is over them, are left to the change of the type. */
void ag__free_callers(ag_cascade *c, const ag_named *what);

/* cascade_types.c */

/** What a type that is made anew takes along, beside objects; and, where values go on the way
 * there, defaults that change. */
void ag__free_type(ag_cascade *c, const ag_op *op, bool loses_values);

/* cascade_logging.c */

void ag__free_logging(ag_cascade *c);

#endif
