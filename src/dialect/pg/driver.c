/* The PostgreSQL driver as the core sees it: loads the libpq module when a database is opened. */
#include "base/module.h"
#include "dialect/pg/module.h"

static const ag_driver *load(ag_error *err) {
    void *symbol = NULL;
    if (!ag_module_open("pq", "ag_module_pq", &symbol, err)) {
        ag_prefix(err, "cannot talk to PostgreSQL");
        return NULL;
    }
    return symbol;
}

static bool open_through_module(const char *target, const ag_open_options *options, ag_conn **out,
                                ag_error *err) {
    const ag_driver *driver = load(err);
    return driver != NULL && driver->open(target, options, out, err);
}

static bool open_scratch_through_module(const char *target, const ag_open_options *options,
                                        ag_conn **out, ag_error *err) {
    const ag_driver *driver = load(err);
    return driver != NULL && driver->open_scratch(target, options, out, err);
}

const ag_driver ag_driver_postgresql = {
    .name = "postgresql",
    .open = open_through_module,
    .open_scratch = open_scratch_through_module,
};
