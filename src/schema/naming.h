/*
 * Naming conventions: patterns such as "ix_{table}_{columns}" that give unnamed constraints and
 * indexes their names.
 *
 * Tokens: {table} {column} (the first one) {columns} {referred_table} {referred_columns} {name}.
 * A thing whose pattern needs a token it has no value for (the {name} of an unnamed check that is
 * not written at a column) stays unnamed.
 */
#ifndef AG_SCHEMA_NAMING_H
#define AG_SCHEMA_NAMING_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/error.h"

/** A pattern per kind; NULL = no convention. */
typedef struct ag_naming {
    const char *pk, *uq, *fk, *ck, *ex, *ix;
} ag_naming;

/** False with a message (AG_INPUT) when a pattern has unknown tokens or braces that do not match.
 */
bool ag_naming_check(const char *pattern, ag_error *err);

/**
 * Names every constraint and index that is AG_NAME_NONE and has a pattern; their origin becomes
 * AG_NAME_CONVENTION. Names are at most `max` bytes long (0 = no limit).
 */
void ag_naming_apply(ag_schema *schema, const ag_naming *naming, size_t max);

/**
 * The name itself, or, when it is longer than `max` bytes, its start and eight digits of its hash:
 * the same name always gives the same result, and two long names differ. 0 = no limit.
 */
const char *ag_name_shorten(ag_arena *arena, const char *name, size_t max);

#endif
