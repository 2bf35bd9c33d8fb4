/*
 * A dialect with namespaces and server-given names that knows nothing of a server: what the model
 * reader and writer see of PostgreSQL.
 */
#ifndef AG_TESTS_FAKE_PG_H
#define AG_TESTS_FAKE_PG_H

#include "base/str.h"
#include "dialect/dialect.h"

static void fake_quote(ag_buf *buf, const char *name) {
    ag_sql_quote_ident(buf, AG_SQL_POSTGRES, name, false);
}

static const char *fake_map_type(ag_arena *arena, const char *type) {
    const char *lower = ag_text_lower(arena, type);
    return ag_text_eq(lower, "int") ? "integer" : ag_text_eq(lower, "bool") ? "boolean" : lower;
}

static const ag_dialect fake_pg = {
    .name = "postgresql",
    .flavor = AG_SQL_POSTGRES,
    .capabilities = AG_CAN_NAMESPACES | AG_CAN_COMMENTS | AG_CAN_ENUMS | AG_CAN_ALTER_COLUMN |
                    AG_CAN_NAME_CONSTRAINTS | AG_CAN_CONCURRENT_INDEX,
    .default_namespace = "public",
    .max_identifier = 63,
    .quote = fake_quote,
    .map_type = fake_map_type,
};

#endif
