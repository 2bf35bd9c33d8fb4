/*
 * What the servers of PostgreSQL 12 to 17 do not all have. Versions are server_version_num; 0, a
 * server that nobody has seen, has everything.
 */
#ifndef AG_DIALECT_PG_VERSION_H
#define AG_DIALECT_PG_VERSION_H

#include "op/op.h"

/** False for a server that is known to be older than PostgreSQL `major`. */
bool ag_pg_has_version(int version, int major);
/** ALTER COLUMN … DROP EXPRESSION (13). */
bool ag_pg_drops_expressions(int version);
/** True for a column that is computed before an operation, and not behind it. */
bool ag_pg_stops_computing(const ag_op *op);
/**
 * True when the server of `from` can make what operations towards `to` leave behind; else an error
 * at the first place of the model that asks for more.
 */
bool ag_pg_check_version(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                         ag_error *err);
/**
 * Says the model's privileges in the words of the database's server: "all" on a table takes in
 * MAINTAIN from PostgreSQL 17 on.
 */
void ag_pg_settle_privileges(ag_schema *model, int version);

#endif
