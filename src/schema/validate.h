/*
 * What must hold in any model, whatever it was written in: names are there once, keys name columns
 * that exist, foreign keys fit what they refer to.
 */
#ifndef AG_SCHEMA_VALIDATE_H
#define AG_SCHEMA_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/schema.h>

#include "base/error.h"

/**
 * What a database asks of names; callers fill it from the dialect's capabilities. How long a name
 * may be is for the dialect to say, when it adopts the model.
 */
typedef struct ag_validate_rules {
    bool names_constraints;  /**< constraint names are unique per table. */
    bool keys_are_relations; /**< names of primary keys and uniques share the space of indexes. */
    bool needs_types;        /**< each column has a type. */
    bool takes_empty_names;  /**< "" is a name like any other. */
    /** Foreign keys that may refer to what the model does not hold. */
    const ag_constraints *external;
} ag_validate_rules;

/**
 * Adds every mistake to `diags`, at the node's place; false when there was one. What may well be a
 * mistake but no database refuses goes to `warnings` (NULL allowed).
 */
bool ag_schema_validate(const ag_schema *schema, const ag_validate_rules *rules, ag_diags *diags,
                        ag_diags *warnings);

/** True when the table and columns a foreign key refers to are there, and as many. */
bool ag_schema_reference_fits(const ag_schema *schema, const ag_constraint *key);

#endif
