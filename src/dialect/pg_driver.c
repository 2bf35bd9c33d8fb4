/* The PostgreSQL driver as the core sees it: loads the libpq module when a database is opened. */
#include "base/module.h"
#include "dialect/pg_module.h"

static bool open_through_module(const char *target, const ag_open_options *options, ag_conn **out,
                                ag_error *err) {
    void *symbol = NULL;
    if (!ag_module_open("pq", "ag_module_pq", &symbol, err)) {
        return ag_prefix(err, "cannot talk to PostgreSQL");
    }
    const ag_driver *driver = symbol;
    return driver->open(target, options, out, err);
}

const ag_driver ag_driver_postgresql = {
    .name = "postgresql",
    .open = open_through_module,
};
