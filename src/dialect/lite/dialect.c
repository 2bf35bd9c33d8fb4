#include "dialect/lite/lite.h"

const ag_dialect ag_dialect_sqlite = {
    .name = "sqlite",
    .flavor = AG_SQL_SQLITE,
    .capabilities = AG_FOLDS_CASE | AG_ROWID_KEYS | AG_BINDS_LATE | AG_EMPTY_NAMES,
    .driver = &ag_driver_sqlite,
    .offline = &ag_lite_offline_rules,
    .scripts = &ag_lite_script_reader,
    .quote = ag_lite_quote,
    .adopt = ag_lite_adopt,
    .map_type = ag_lite_map_type,
    .same_type = ag_lite_same_type,
    .same_expr = ag_lite_same_expr,
    .introspect = ag_lite_introspect,
    .lower = ag_lite_lower,
    .effects = ag_lite_effects,
    .compile = ag_lite_compile,
    .dump = ag_lite_dump,
};
