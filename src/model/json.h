/*
 * The JSON model: documents to a schema of one dialect, and back.
 *
 * What the reader gives is dialect-shaped, named and validated; the writer's output reads back as
 * the same schema. The format is in docs/model.md and docs/model.schema.json.
 */
#ifndef AG_MODEL_JSON_H
#define AG_MODEL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/schema.h>

#include "base/buf.h"
#include "base/error.h"
#include "dialect/dialect.h"
#include "model/json/dom.h"

/**
 * Reads and merges documents: files, folders (their *.json, sorted) and glob patterns. On failure
 * `diags` holds every mistake and `err` the first; on success `diags` holds warnings, if anything.
 * Free the schema with ag_schema_free.
 */
bool ag_model_read_json(const ag_strings *inputs, const ag_dialect *dialect, ag_schema **out,
                        ag_diags *diags, ag_error *err);
/** The same from texts. */
bool ag_model_read_json_texts(const ag_json_source *sources, size_t n, const ag_dialect *dialect,
                              ag_schema **out, ag_diags *diags, ag_error *err);

/**
 * Appends the model of a schema. Fails (AG_INPUT) only when a name or text is not UTF-8, which
 * JSON cannot hold; the buffer is then not usable.
 */
bool ag_model_write_json(const ag_schema *schema, const ag_dialect *dialect, ag_buf *out,
                         ag_error *err);

#endif
