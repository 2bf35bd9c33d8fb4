/*
 * What the libpq module shows to the core (see base/module.h): the symbol `ag_module_pq`.
 */
#ifndef AG_DIALECT_PG_MODULE_H
#define AG_DIALECT_PG_MODULE_H

#include "dialect/driver.h"

/** The driver for PostgreSQL; ag_driver_postgresql loads it when it is first opened. */
extern __attribute__((visibility("default"))) const ag_driver ag_module_pq;

/** The driver as the core knows it: `open` loads the module and hands over to it. */
extern const ag_driver ag_driver_postgresql;

#endif
