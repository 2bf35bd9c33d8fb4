/* Any bytes as a model, for each dialect: what is taken must be written and read back the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "model/json.h"

static ag_schema *read_model(const ag_dialect *dialect, const char *text, size_t n,
                             ag_diags *diags) {
    ag_schema *schema = NULL;
    ag_error err = {0};
    ag_json_source source = {.file = "fuzz.json", .text = text, .n = n};
    (void)ag_model_read_json_texts(&source, 1, dialect, &schema, diags, &err);
    return schema;
}

static void check(const ag_dialect *dialect, const char *text, size_t n) {
    ag_diags diags = AG_DIAGS_INIT;
    ag_buf first = AG_BUF_INIT;
    ag_buf second = AG_BUF_INIT;
    ag_schema *schema = read_model(dialect, text, n, &diags);
    if (schema == NULL && diags.list.n == 0) {
        abort(); /* refused without a word */
    }
    if (schema != NULL && ag_model_write_json(schema, dialect, &first, NULL)) {
        ag_schema *again = read_model(dialect, first.text, first.n, &diags);
        if (again == NULL || !ag_model_write_json(again, dialect, &second, NULL) ||
            !ag_text_eq(first.text, second.text)) {
            fprintf(stderr, "%s\n%s\n%s\n", first.text, ag_buf_text(&second),
                    diags.list.n > 0 ? diags.list.items[0].message : "");
            abort();
        }
        ag_schema_free(again);
    }
    ag_schema_free(schema);
    ag_buf_release(&first);
    ag_buf_release(&second);
    ag_diags_release(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    for (size_t i = 0; i < n; i++) {
        check(all[i], (const char *)data, size);
    }
    return 0;
}
