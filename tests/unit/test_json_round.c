/*
 * Random schemas in which every member takes every kind of value are written as JSON and read
 * back: the same schema, for a dialect with namespaces and for one with rowids.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "model/json.h"
#include "random_schema.h"
#include "schema_dump.h"

enum { N_ROUNDS = 300 };

static void write_model(const ag_schema *schema, const ag_dialect *dialect, ag_buf *out) {
    ag_error err = {0};
    if (!ag_model_write_json(schema, dialect, out, &err)) {
        fail_msg("%s", err.message);
    }
}

static ag_schema *read_model(const ag_buf *text, const ag_dialect *dialect) {
    ag_schema *schema = NULL;
    ag_diags diags = AG_DIAGS_INIT;
    ag_error err = {0};
    ag_json_source source = {.file = "x.json", .text = text->text, .n = text->n};
    if (!ag_model_read_json_texts(&source, 1, dialect, &schema, &diags, &err)) {
        ag_buf shown = AG_BUF_INIT;
        ag_error_render(&shown, &err, "error", false);
        fail_msg("%s%s", ag_buf_text(&shown), text->text);
    }
    ag_diags_release(&diags);
    return schema;
}

static void round_trip(const ag_dialect *dialect, uint64_t seed) {
    ag_schema *schema = random_schema(dialect, seed);
    ag_buf json = AG_BUF_INIT;
    ag_buf again = AG_BUF_INIT;
    ag_buf before = AG_BUF_INIT;
    ag_buf after = AG_BUF_INIT;
    write_model(schema, dialect, &json);
    ag_schema *back = read_model(&json, dialect);
    dump_schema(&before, schema);
    dump_schema(&after, back);
    assert_string_equal(ag_buf_text(&before), ag_buf_text(&after));
    write_model(back, dialect, &again);
    assert_string_equal(ag_buf_text(&json), ag_buf_text(&again));
    ag_buf_release(&json);
    ag_buf_release(&again);
    ag_buf_release(&before);
    ag_buf_release(&after);
    ag_schema_free(schema);
    ag_schema_free(back);
}

static void a_schema_with_namespaces_comes_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_ROUNDS; seed++) {
        round_trip(&fake_pg, seed);
    }
}

static void a_schema_with_rowids_comes_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_ROUNDS; seed++) {
        round_trip(&fake_lite, seed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_schema_with_namespaces_comes_back),
        cmocka_unit_test(a_schema_with_rowids_comes_back),
    };
    return cmocka_run_group_tests_name("json_round", tests, NULL, NULL);
}
