#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/module.h"

static void module_beside_the_program_is_loaded(void **state) {
    (void)state;
    ag_error err = {0};
    void *symbol = NULL;
    assert_true(ag_module_open("probe", "ag_module_probe", &symbol, &err));
    assert_string_equal(symbol, "probe");
}

static void module_hides_all_but_its_entry(void **state) {
    (void)state;
    ag_error err = {0};
    void *symbol = NULL;
    assert_false(ag_module_open("probe", "ag_hidden_probe", &symbol, &err));
    assert_null(symbol);
    assert_non_null(strstr(err.message, "no ag_hidden_probe in it"));
}

static void missing_module_is_an_error_with_a_hint(void **state) {
    (void)state;
    ag_error err = {0};
    void *symbol = NULL;
    assert_false(ag_module_open("nowhere", "ag_module_nowhere", &symbol, &err));
    assert_null(symbol);
    assert_int_equal(err.code, AG_FAILED);
    assert_non_null(strstr(err.message, "autogen-nowhere.so"));
    assert_non_null(strstr(err.hint, "AUTOGEN_MODULE_PATH"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(module_beside_the_program_is_loaded),
        cmocka_unit_test(module_hides_all_but_its_entry),
        cmocka_unit_test(missing_module_is_an_error_with_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
