/*
 * What PostgreSQL does by itself about sequences and names, for reading and for adopting models.
 */
#ifndef AG_DIALECT_PG_SEQUENCE_H
#define AG_DIALECT_PG_SEQUENCE_H

#include "dialect/pg/pg.h"

/**
 * The name that the server makes for something unnamed: name1_name2_label, cut so that it fits 63
 * bytes. `name2` and `label` may be NULL.
 */
char *ag_pg_object_name(ag_arena *arena, const char *name1, const char *name2, const char *label);
/** nextval('ns.name'::regclass), as the server writes it. */
char *ag_pg_nextval(ag_arena *arena, const char *ns, const char *name);
/** What ADD COLUMN on a parent gives to its children: no sequence and no attributes. */
const ag_column *ag_pg_inherited(ag_arena *arena, const ag_table *parent, const ag_column *column);
/** Makes a serial column one with a default, and describes the sequence that it owns. */
void ag_pg_unfold_serial(ag_arena *arena, const ag_table *table, ag_column *column,
                         ag_sequence *sequence);
/**
 * Sets the `has_` flags of options whose numbers are all known: true where the number is not the
 * one that the server takes for a sequence of this type. Numbers without a flag become zero.
 */
void ag_pg_mark_unusual(ag_sequence_options *options, const char *type);

#endif
