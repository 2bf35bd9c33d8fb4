/* What the files of the adoption share (pg_adopt*.c). */
#ifndef AG_DIALECT_PG_ADOPT_H
#define AG_DIALECT_PG_ADOPT_H

#include "base/map.h"
#include "dialect/pg/pg.h"

typedef struct ag_pg_adopter {
    ag_schema *model;
    ag_arena *arena; /**< the model's. */
    ag_diags *diags;
    ag_map types;          /**< how a type of the model may be written -> its qualified name. */
    ag_map collations;     /**< the same of collations. */
    ag_map namespaces;     /**< names of those that the model speaks of. */
    const ag_table *table; /**< whose texts are being looked at; or NULL. */
    bool is_good;
} ag_pg_adopter;

/** Adds a diagnostic with an optional hint. */
void ag_pg_refuse(ag_pg_adopter *a, ag_loc loc, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* adopt_types.c */
/** Learns the names of the model's own types and collations. */
void ag_pg_learn_types(ag_pg_adopter *a);
/** A type text in the spelling of the server, types of the model qualified. */
const char *ag_pg_adopt_type(ag_pg_adopter *a, const char *ns, const char *type);
/** A collation as pg.h says it is written; NULL for the default one. */
const char *ag_pg_adopt_collation(ag_pg_adopter *a, const char *ns, const char *collation);

/* adopt_names.c */
/** Gives every constraint and index without a name the one that the server would. */
void ag_pg_name_unnamed(ag_pg_adopter *a);

#endif
