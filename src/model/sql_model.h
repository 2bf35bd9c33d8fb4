/*
 * SQL files as a model: run on a scratch database, then read back like any other database, so that
 * no grammar of ours decides what they mean.
 */
#ifndef AG_MODEL_SQL_MODEL_H
#define AG_MODEL_SQL_MODEL_H

#include "base/error.h"
#include "dialect/dialect.h"

/**
 * Runs all statements of the files on a connection (a scratch database), in passes until nothing
 * more loads, so that files may stand in any order; each file is a session of its own. Then reads
 * the schema; its nodes point at the statements that made them. On failure `diags` holds an error
 * for each statement that could not run; `warnings` (texts live in the schema) name those that were
 * passed over, such as owners that the server does not know; with `needs_access` those are errors
 * too. Free the schema with ag_schema_free.
 */
bool ag_model_read_sql(ag_conn *scratch, const ag_dialect *dialect, const ag_strings *files,
                       bool needs_access, ag_schema **out, ag_strings *warnings, ag_diags *diags,
                       ag_error *err);

#endif
