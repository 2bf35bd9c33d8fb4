#include "unit.h"

#include "rev_build.h"

typedef enum case_kind { GRAPH, ROWS, UP, DOWN, STAMP, PURGE } case_kind;

typedef struct plan_case {
    case_kind kind;
    const char *text;
    const char *answer;
    int line;
} plan_case;

static const plan_case cases[] = {
#define AG_CASE(kind, text, answer) {kind, text, answer, __LINE__},
#include "rev_plan_cases.def"
#undef AG_CASE
};

static char *ask(ag_arena *arena, const ag_graph *graph, const ag_strings *rows, case_kind kind,
                 const char *text) {
    ag_error err;
    ag_plan *plan = NULL;
    ag_strings targets = {NULL, 0, 0};
    rev_words(arena, text, &targets);
    bool ok = kind == UP     ? ag_plan_upgrade(graph, rows, text, &plan, &err)
              : kind == DOWN ? ag_plan_downgrade(graph, rows, text, &plan, &err)
                             : ag_plan_stamp(graph, rows, targets.items, targets.n, kind == PURGE,
                                             &plan, &err);
    if (!ok) {
        assert_int_equal(err.code, AG_HISTORY);
        return ag_arena_printf(arena, "error: %s", err.message);
    }
    char *answer = rev_plan_text(arena, plan);
    ag_plan_free(plan);
    return answer;
}

static void every_case_has_its_plan(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = NULL;
    ag_strings rows = {NULL, 0, 0};
    size_t n_asked = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const plan_case *c = &cases[i];
        if (c->kind == GRAPH) {
            ag_graph_free(graph);
            graph = rev_good(c->text);
        } else if (c->kind == ROWS) {
            rows = (ag_strings){NULL, 0, 0};
            rev_words(arena, c->text, &rows);
        } else {
            char *answer = ask(arena, graph, &rows, c->kind, c->text);
            bool is_error = strncmp(c->answer, "error: ", 7) == 0;
            bool ok = is_error ? strncmp(answer, c->answer, strlen(c->answer)) == 0
                               : strcmp(answer, c->answer) == 0;
            if (!ok) {
                fail_msg("rev_plan_cases.def:%d: %s gives %s", c->line, c->text, answer);
            }
            n_asked++;
        }
    }
    assert_true(n_asked >= 150);
    ag_graph_free(graph);
    ag_arena_free(arena);
}

static void check_hint(const char *text, const char *row_words, const char *target, bool up,
                       const char *hint) {
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = rev_good(text);
    ag_strings rows = {NULL, 0, 0};
    ag_plan *plan = NULL;
    ag_error err;
    rev_words(arena, row_words, &rows);
    assert_false(up ? ag_plan_upgrade(graph, &rows, target, &plan, &err)
                    : ag_plan_downgrade(graph, &rows, target, &plan, &err));
    if (strstr(err.hint, hint) == NULL) {
        fail_msg("%s: %s (%s)", target, err.message, err.hint);
    }
    ag_graph_free(graph);
    ag_arena_free(arena);
}

static void an_ambiguous_identifier_lists_the_candidates(void **state) {
    (void)state;
    check_hint("abc1 abc2:abc1", "", "abc", true, "2 revisions begin with 'abc': abc1, abc2");
    check_hint("a1 b1:a1 c1:a1", "", "head", true,
               "the heads are b1 (versions/1_b1.sql), c1 (versions/2_c1.sql); to join them: "
               "autogen merge b1 c1; or to put one behind the other: autogen rebase c1 --onto b1");
    check_hint("a1 b1:a1 c1:a1 d1:c1", "", "head", true, "autogen rebase c1 --onto b1");
    check_hint("a1 b1:a1 c1:a1 d1:c1", "c1", "head", true, "autogen rebase b1 --onto d1");
    check_hint("a1 b1:a1 c1:a1", "a1", "+1", true, "b1, c1");
    check_hint("a1 b1:a1 c1:a1", "b1 c1", "-1", false, "b1@-1, c1@-1");
    check_hint("abc1", "", "ab", true, "at least 3 characters");
    check_hint("abcdef", "", "abcdfe", true, "did you mean 'abcdef'?");
    check_hint("a1", "gone", "head", true, "stamp --purge");
}

static void check_history(const char *text, const char *rows, const char *range,
                          const char *expected) {
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = rev_good(text);
    ag_strings row_list = {NULL, 0, 0};
    ag_revs current = {NULL, 0, 0};
    ag_revs out = {NULL, 0, 0};
    const char *lower = NULL;
    const char *upper = NULL;
    ag_error err;
    rev_words(arena, rows, &row_list);
    assert_true(ag_ident_rows(arena, graph, &row_list, &current, &err));
    assert_true(ag_ident_split_range(arena, range, &lower, &upper));
    bool ok =
        ag_history_range(arena, graph, row_list.n == 0 ? NULL : &current, lower, upper, &out, &err);
    assert_string_equal(ok ? rev_join(arena, &out) : err.message, expected);
    ag_graph_free(graph);
    ag_arena_free(arena);
}

static void a_history_is_newest_first_with_both_ends(void **state) {
    (void)state;
    static const char line[] = "a1 b1:a1 c1:b1 d1:c1";
    check_history(line, "", ":", "d1 c1 b1 a1");
    check_history(line, "", "b1:c1", "c1 b1");
    check_history(line, "", "b1:", "d1 c1 b1");
    check_history(line, "", ":b1", "b1 a1");
    check_history(line, "", "b1:b1", "b1");
    check_history(line, "", "-2:", "d1 c1 b1");
    check_history(line, "b1", "-2:", "d1 c1 b1");
    check_history(line, "", "-1:c1", "c1 b1");
    check_history(line, "", "-4:", "d1 c1 b1 a1");
    check_history(line, "", "-9:", "Relative revision -9 didn't produce 9 migrations");
    check_history(line, "", "head-1:head", "d1 c1");
    check_history(line, "b1", "current:", "d1 c1 b1");
    check_history(line, "c1", "-1:current", "c1 b1");
    check_history(line, "",
                  "current:", "'current' is relative to a database, which is not asked here");
    check_history(line, "", "c1:b1",
                  "Requested range c1:b1 does not refer to ancestor/descendant revisions along "
                  "the same branch");
    static const char needed[] = "a1 [x] b1:a1 c1 {b1} d1:c1";
    check_history(needed, "", "x@base:", "b1 a1");
    check_history(needed, "", "x@base:heads", "b1 a1");
    check_history(needed, "", "a1:d1", "d1 c1 b1 a1");
    check_history(needed, "", "a1:x@+1", "b1 a1");
    check_history(needed, "", "x@base:+2", "b1 a1");
    check_history(needed, "d1", "-1:+0", "Relative revision +0 didn't produce 0 migrations");
    check_history(line, "", "b1:+1", "c1 b1");
    check_history(line, "b1", "-1:+1", "c1 b1 a1");
    static const char fork[] = "a1 b1:a1 [x] c1:a1 [y] d1:b1 e1:c1";
    check_history(fork, "", ":", "d1 b1 e1 c1 a1");
    check_history(fork, "", "-1:", "d1 b1 e1 c1");
    check_history(fork, "", "x@base:", "d1 b1 a1");
    check_history(fork, "", "y:", "e1 c1");
    check_history(fork, "", "x:e1",
                  "Requested range x:e1 does not refer to ancestor/descendant revisions along the "
                  "same branch");
}

static void current_lists_what_the_rows_imply(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = rev_good("a1 b1:a1 x1 {a1} y1:x1 {b1}");
    ag_revs rows = {NULL, 0, 0};
    ag_revs out = {NULL, 0, 0};
    ag_vec_push(arena, &rows, rev_of(graph, "y1"));
    ag_history_current(arena, graph, &rows, &out);
    assert_string_equal(rev_join(arena, &out), "b1 y1");
    assert_true(ag_rev_is_effective_head(out.items[0]));
    assert_true(ag_history_is_complete(graph, &rows));
    rows.items[0] = rev_of(graph, "x1");
    assert_false(ag_history_is_complete(graph, &rows));
    ag_graph_free(graph);
    ag_arena_free(arena);
}

static void check_range(ag_plan_kind kind, const char *lower, const char *upper,
                        const char *rows_expected, const char *expected) {
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = rev_good("a1 b1:a1 [x] c1:b1 y1:a1 [y]");
    ag_strings rows = {NULL, 0, 0};
    ag_plan *plan = NULL;
    ag_error err;
    if (!ag_plan_range(graph, kind, lower, upper, &rows, &plan, &err)) {
        assert_string_equal(err.message, expected);
    } else {
        assert_string_equal(rev_plan_text(arena, plan), expected);
        assert_int_equal(rows.n, rows_expected == NULL ? 0 : 1);
        if (rows_expected != NULL) {
            assert_string_equal(rows.items[0], rows_expected);
        }
        ag_plan_free(plan);
    }
    ag_graph_free(graph);
    ag_arena_free(arena);
}

static void a_range_starts_from_its_lower_end(void **state) {
    (void)state;
    check_range(AG_PLAN_UPGRADE, NULL, "c1", NULL, "a1 +a1; b1 a1>b1; c1 b1>c1");
    check_range(AG_PLAN_UPGRADE, "b1", "c1", "b1", "c1 b1>c1");
    check_range(AG_PLAN_UPGRADE, "a1", "+1", "a1", "Ambiguous walk");
    check_range(AG_PLAN_UPGRADE, "b1", "+1", "b1", "c1 b1>c1");
    check_range(AG_PLAN_UPGRADE, "x@base", "heads", NULL, "a1 +a1; b1 a1>b1; c1 b1>c1");
    check_range(AG_PLAN_DOWNGRADE, "c1", "a1", "c1", "c1 c1>b1; b1 b1>a1");
    check_range(AG_PLAN_DOWNGRADE, "c1", "-1", "c1", "c1 c1>b1");
    check_range(AG_PLAN_DOWNGRADE, "c1", "base", "c1", "c1 c1>b1; b1 b1>a1; a1 -a1");
    check_range(AG_PLAN_UPGRADE, "nix", "c1", NULL, "Can't locate revision identified by 'nix'");
}

static void a_step_reads_as_scripts_expect(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = rev_good("a1 b1:a1 c1:a1 m1:b1,c1");
    ag_strings rows = {NULL, 0, 0};
    ag_plan *plan = NULL;
    ag_error err;
    assert_true(ag_plan_upgrade(graph, &rows, "head", &plan, &err));
    assert_string_equal(ag_plan_step_text(arena, &plan->steps.items[0]), "upgrade  -> a1, make a1");
    assert_string_equal(ag_plan_step_text(arena, &plan->steps.items[3]),
                        "upgrade b1, c1 -> m1, make m1");
    ag_plan_free(plan);
    rev_words(arena, "m1", &rows);
    assert_true(ag_plan_downgrade(graph, &rows, "b1", &plan, &err));
    assert_string_equal(ag_plan_step_text(arena, &plan->steps.items[0]),
                        "downgrade m1 -> b1, c1, make m1");
    ag_plan_free(plan);
    static const char *const to[] = {"b1"};
    assert_true(ag_plan_stamp(graph, &rows, to, 1, false, &plan, &err));
    assert_string_equal(ag_plan_step_text(arena, &plan->steps.items[0]), "stamp m1 -> b1");
    ag_plan_free(plan);
    ag_graph_free(graph);
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_has_its_plan),
        cmocka_unit_test(an_ambiguous_identifier_lists_the_candidates),
        cmocka_unit_test(a_history_is_newest_first_with_both_ends),
        cmocka_unit_test(current_lists_what_the_rows_imply),
        cmocka_unit_test(a_range_starts_from_its_lower_end),
        cmocka_unit_test(a_step_reads_as_scripts_expect),
    };
    return cmocka_run_group_tests_name("revision plan", tests, NULL, NULL);
}
