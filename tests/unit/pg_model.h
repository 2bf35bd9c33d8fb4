/* Models for PostgreSQL in tests: JSON in which ' stands for " and ` for '. */
#ifndef AG_TESTS_PG_MODEL_H
#define AG_TESTS_PG_MODEL_H

#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "dialect/dialect.h"
#include "model/json.h"
#include "schema/node.h"

/** NULL when there are diagnostics. */
static inline ag_schema *pg_model_read_with(const char *text, ag_diags *diags) {
    char *json = strdup(text);
    for (char *c = json; *c != '\0'; c++) {
        *c = *c == '`' ? '\'' : *c == '\'' ? '"' : *c;
    }
    ag_json_source source = {.file = "m.json", .text = json, .n = strlen(json)};
    ag_error err = {0};
    ag_schema *schema = NULL;
    bool ok = ag_model_read_json_texts(&source, 1, &ag_dialect_postgresql, &schema, diags, &err);
    free(json);
    if (!ok) {
        ag_schema_free(schema);
        return NULL;
    }
    return schema;
}

static inline ag_schema *pg_model_read(const char *text) {
    ag_diags diags = AG_DIAGS_INIT;
    ag_schema *schema = pg_model_read_with(text, &diags);
    if (schema == NULL) {
        fail_msg("%s", diags.list.n > 0 ? diags.list.items[0].message : "no message");
    }
    ag_diags_release(&diags);
    return schema;
}

#endif
