/*
 * Making a model one of SQLite: what its parts share. Private to lite_adopt*.c.
 */
#ifndef AG_DIALECT_LITE_ADOPT_H
#define AG_DIALECT_LITE_ADOPT_H

#include "base/map.h"
#include "dialect/lite/lite.h"

typedef struct ag_lite_adopter {
    ag_schema *model;
    ag_arena *arena; /**< the model's. */
    ag_diags *diags;
    ag_map good_types; /**< type texts that SQLite takes: models repeat a few. */
    ag_table *table;   /**< the one at hand. */
    bool is_good;      /**< no diagnostic so far. */
} ag_lite_adopter;

/** A mistake at a place, about `what` ("table t", "column t.c"); `hint` may be NULL. */
void ag_lite_refuse(ag_lite_adopter *a, ag_loc loc, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** Refuses a text that cannot stand inside parentheses; NULL is fine. */
void ag_lite_check_expr(ag_lite_adopter *a, ag_loc loc, const char *what, const char *expr);
/** `loc` when it is set, else `fallback`. */
ag_loc ag_lite_loc(ag_loc loc, ag_loc fallback);

/* adopt_column.c: type, enum and domain, identity, default, generated, collation. */
void ag_lite_adopt_columns(ag_lite_adopter *a);
/* adopt_object.c */
void ag_lite_adopt_objects(ag_lite_adopter *a);

#endif
