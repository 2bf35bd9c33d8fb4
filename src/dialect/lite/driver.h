/*
 * What the rest of the SQLite dialect knows of its connections beyond the vtable: next to nothing,
 * so that a fake or failing driver can stand in for it.
 */
#ifndef AG_DIALECT_LITE_DRIVER_H
#define AG_DIALECT_LITE_DRIVER_H

#include <sqlite3.h>

#include "dialect/driver.h"

/** The handle of an open SQLite connection; it stays the connection's. */
sqlite3 *ag_lite_handle(ag_conn *conn);

/* keep.c; see ag_driver.find_lost. */
bool ag_lite_find_lost(ag_conn *conn, const char *const *statements, size_t n, ag_arena *arena,
                       ag_strings *out, ag_error *err);

#endif
