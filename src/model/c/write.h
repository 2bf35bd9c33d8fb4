/*
 * Schemas as annotated C structs: the inverse of reading them.
 *
 * The header is made from the JSON model of the schema, member by member, so that what JSON can
 * say of a table C can say too: what has no macro of its own is written with AG_SET and AG_OPTION.
 */
#ifndef AG_MODEL_C_WRITE_H
#define AG_MODEL_C_WRITE_H

#include <stdbool.h>

#include <autogen/schema.h>

#include "base/buf.h"
#include "base/error.h"
#include "dialect/dialect.h"

/**
 * Appends a header that reads back as the same tables and enums. What C has no words for (views,
 * functions, triggers …) is named in `warnings`, whose texts live in the arena. Fails as
 * ag_model_write_json does.
 */
bool ag_model_write_c(const ag_schema *schema, const ag_dialect *dialect, ag_buf *out,
                      ag_arena *arena, ag_strings *warnings, ag_error *err);

#endif
