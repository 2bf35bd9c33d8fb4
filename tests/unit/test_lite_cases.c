/*
 * The change pairs of tests/pairs_lite, each through all of lite_pair.h, with the goal as a model
 * in JSON and as it was read. AG_LITE_CASES takes only those whose name holds the text;
 * AG_LITE_STRIDE takes one in so many (default 5).
 */
#include "unit.h"

#include "lite_cases.h"

static void holds_as_json(void **state) {
    check_pair_with(*state, false);
}

static void holds_as_read(void **state) {
    check_pair_with(*state, true);
}

int main(void) {
    const char *root = getenv("AG_SOURCE_DIR");
    const char *wanted = getenv("AG_LITE_CASES");
    const char *stride = getenv("AG_LITE_STRIDE");
    size_t step = stride == NULL ? 5 : (size_t)strtoul(stride, NULL, 10);
    ag_arena *arena = ag_arena_new();
    pairs all = {NULL, 0, 0};
    ag_strings files = {0};
    ag_error err = {0};
    char *folder = ag_arena_printf(arena, "%s/tests/pairs_lite", root == NULL ? "." : root);
    if (!ag_dir_list(arena, folder, &files, &err)) {
        (void)fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < files.n; i++) {
        if (ag_text_ends(files.items[i], ".sql")) {
            read_cases(arena, folder, files.items[i], &all);
        }
    }
    AG_VEC(struct CMUnitTest) tests = {NULL, 0, 0};
    for (size_t i = 0; i < all.n; i++) {
        pair *p = &all.items[i];
        if ((wanted != NULL && strstr(p->name, wanted) == NULL) || i % step != 0) {
            continue;
        }
        bool is_as_read = i / step % 2 == 1;
        struct CMUnitTest test = {.name = p->name,
                                  .test_func = is_as_read ? holds_as_read : holds_as_json,
                                  .initial_state = p};
        ag_vec_push(arena, &tests, test);
    }
    int failed = _cmocka_run_group_tests("change pairs", tests.items, tests.n, NULL, NULL);
    ag_vec_release(&all);
    ag_arena_free(arena);
    return failed;
}
