/*
 * Types that change places with themselves: what lower_swap.c, lower_type.c and lower_cast.c share;
 * nothing else includes it.
 */
#ifndef AG_DIALECT_PG_LOWER_SWAP_H
#define AG_DIALECT_PG_LOWER_SWAP_H

#include "dialect/pg/lower.h"

/** A type that changes places with itself. */
typedef struct ag_pg_swapped {
    const ag_op *op;
    const char *aside; /**< what the old one is called meanwhile */
    char *name;        /**< qualified, as column types have it */
    char *aside_name;
} ag_pg_swapped;

/** The type that is swapped, and the domains over it, which have to follow. */
typedef struct ag_pg_swap {
    ag_pg_lowering *l;
    const ag_op *op;
    AG_VEC(ag_pg_swapped) types;
    ag_pg_steps later;   /**< what is put back at the end */
    ag_pg_steps objects; /**< behind that, the views */
    ag_pg_steps casts;   /**< changes of columns */
    bool by_name;        /**< attributes change places: values are cast attribute by attribute */
} ag_pg_swap;

/* lower_swap.c */

char *ag_pg_type_name(ag_arena *arena, const char *ns, const char *name);
bool ag_pg_is_type_or_list(const char *type, const char *name);
/** The swapped type that this one is, or is an array of; NULL when it is none. */
const ag_pg_swapped *ag_pg_swapped_of(const ag_pg_swap *s, const char *type);
void ag_pg_add_swapped(ag_pg_swap *s, const ag_op *op);
/** Adds the domains and composite types over the types that are there. */
void ag_pg_add_followers(ag_pg_swap *s);
/** Whether a column is, or was, of one of the types. */
bool ag_pg_is_in_columns(const ag_pg_swap *s);
/** `op` has the old type and the new one, without a trace of former names unless `by_name`. */
bool ag_pg_swap_type(ag_pg_lowering *l, const ag_op *op, bool by_name);

/* lower_cast.c: functions that take values of the old types over. */

void ag_pg_make_casts(ag_pg_swap *s);
void ag_pg_drop_casts(ag_pg_swap *s);
/** What makes the new value of a column; NULL where a cast by way of text does. */
const char *ag_pg_swap_cast(const ag_pg_swap *s, const ag_column *column);

#endif
