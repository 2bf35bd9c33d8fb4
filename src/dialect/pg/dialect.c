/* PostgreSQL as the vtable of dialect.h. */
#include "dialect/pg/pg.h"
#include "dialect/pg/sequence.h"

const ag_dialect ag_dialect_postgresql = {
    .name = "postgresql",
    .flavor = AG_SQL_POSTGRES,
    .capabilities = AG_CAN_NAMESPACES | AG_CAN_COMMENTS | AG_CAN_ENUMS | AG_CAN_ALTER_COLUMN |
                    AG_CAN_NAME_CONSTRAINTS | AG_CAN_CONCURRENT_INDEX,
    .default_namespace = "public",
    .max_identifier = AG_PG_MAX_NAME,
    .driver = &ag_driver_postgresql,
    .scripts = &ag_pg_script_reader,
    .where_table = ag_pg_where_table,
    .quote = ag_pg_quote,
    .adopt = ag_pg_adopt,
    .map_type = ag_pg_map_type,
    .same_type = ag_pg_same_type,
    .same_expr = ag_pg_same_expr,
    .namespaces = ag_pg_namespaces,
    .can_replace = ag_pg_can_replace,
    .inherited = ag_pg_inherited,
    .unfold_serial = ag_pg_unfold_serial,
    .introspect = ag_pg_introspect,
    .settle = ag_pg_settle,
    .lower = ag_pg_lower,
    .compile = ag_pg_compile,
    .effects = ag_pg_effects,
    .facts = ag_pg_facts,
};
