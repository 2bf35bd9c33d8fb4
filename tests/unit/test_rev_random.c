/*
 * Random histories: branches, merges, labels, dependencies, several bases. Whatever is asked for,
 * in whatever words, each step must be allowed, the rows must be the fewest that say what is
 * applied, and the same question must have the same answer; down to base nothing is left.
 */
#include "unit.h"

#include "rev_build.h"

enum { MOST = 200 };

static uint32_t seed;

static size_t pick(size_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static void add_name(ag_graph *graph, ag_strings *names, const char *name) {
    for (size_t i = 0; i < names->n; i++) {
        if (strcmp(names->items[i], name) == 0) {
            return;
        }
    }
    ag_vec_push(graph->arena, names, name);
}

/* Unlike for most numbers, so that prefixes say something. */
static char *id_of(ag_graph *graph, size_t number) {
    return ag_arena_printf(graph->arena, "%04zx%03zu", (number + 1) * 40503 % 65521, number);
}

/* Revisions point at earlier numbers; the files come in another order. */
static ag_graph *random_graph(size_t n) {
    ag_graph *graph = ag_graph_new();
    size_t step = n % 7 == 0 ? 11 : 7;
    size_t straight = 1 + pick(12); /* how seldom branches and merges are */
    bool is_labelled[MOST] = {false};
    for (size_t i = 0; i < n; i++) {
        size_t number = n > 7 && n % step != 0 ? i * step % n : i;
        ag_rev *rev = ag_graph_add(graph, id_of(graph, number));
        rev->path = ag_arena_printf(graph->arena, "versions/%zu.sql", i);
        size_t n_downs = number == 0 || pick(10) == 0 ? 0 : pick(6) == 0 ? 2 + pick(2) : 1;
        for (size_t d = 0; d < n_downs; d++) {
            size_t near = number < 4 ? number : 4;
            size_t down = pick(4) == 0             ? pick(number)
                          : pick(straight + 1) > 0 ? number - 1
                                                   : number - 1 - pick(near);
            add_name(graph, &rev->down_names, id_of(graph, down));
        }
        if (number > 0 && pick(6) == 0) {
            size_t on = pick(number);
            add_name(graph, &rev->depend_names,
                     is_labelled[on] ? ag_arena_printf(graph->arena, "label%zu", on)
                                     : id_of(graph, on));
        }
        if (pick(6) == 0) {
            is_labelled[number] = true;
            add_name(graph, &rev->own_labels, ag_arena_printf(graph->arena, "label%zu", number));
        }
    }
    ag_error err;
    if (!ag_graph_link(graph, &err)) {
        fail_msg("%s", err.message);
    }
    return graph;
}

/* Revisions with all they need, by their own account. */
static void mark_needed(const ag_graph *graph, bool *marks) {
    for (size_t i = graph->order.n; i-- > 0;) {
        const ag_rev *rev = graph->order.items[i];
        for (size_t j = 0; marks[rev->index] && j < rev->downs.n; j++) {
            marks[rev->downs.items[j]->index] = true;
        }
        for (size_t j = 0; marks[rev->index] && j < rev->depends.n; j++) {
            marks[rev->depends.items[j]->index] = true;
        }
    }
}

/* No row may stand below another, and all that is applied must be implied. */
static void check_rows(const ag_graph *graph, const ag_strings *rows, const bool *applied) {
    bool implied[MOST] = {false};
    for (size_t r = 0; r < rows->n; r++) {
        const ag_rev *rev = rev_of(graph, rows->items[r]);
        assert_true(applied[rev->index]);
        for (size_t i = 0; i < graph->revs.n; i++) {
            const ag_rev *above = graph->revs.items[i];
            assert_false(applied[i] &&
                         (ag_revs_has(&above->downs, rev) || ag_revs_has(&above->depends, rev)));
        }
        implied[rev->index] = true;
    }
    mark_needed(graph, implied);
    for (size_t i = 0; i < graph->revs.n; i++) {
        assert_int_equal(implied[i], applied[i]);
    }
}

static void check_ready(const ag_rev *rev, bool is_up, const bool *applied) {
    assert_int_equal(applied[rev->index], !is_up);
    for (size_t i = 0; is_up && i < rev->downs.n; i++) {
        assert_true(applied[rev->downs.items[i]->index]);
    }
    for (size_t i = 0; is_up && i < rev->depends.n; i++) {
        assert_true(applied[rev->depends.items[i]->index]);
    }
    for (size_t i = 0; !is_up && i < rev->all_children.n; i++) {
        assert_false(applied[rev->all_children.items[i]->index]);
    }
}

/* Every change finds the row it takes, and brings one that is not there. */
static void check_changes(const ag_plan_step *step, const ag_strings *rows) {
    for (size_t c = 0; c < step->changes.n; c++) {
        const ag_row_change *change = &step->changes.items[c];
        bool found = change->from == NULL;
        for (size_t r = 0; r < rows->n; r++) {
            found = found || strcmp(rows->items[r], change->from) == 0;
            assert_true(change->to == NULL || strcmp(rows->items[r], change->to) != 0);
        }
        assert_true(found);
    }
}

/* A database: what its rows say, and what is applied. */
typedef struct world {
    ag_arena *arena;
    const ag_graph *graph;
    const ag_graph *twin; /* the same history, read once more */
    ag_strings rows;
    bool applied[MOST];
} world;

static void run_step(world *w, const ag_plan_step *step) {
    bool is_up = step->kind == AG_PLAN_UPGRADE;
    check_changes(step, &w->rows);
    ag_plan_step_rows(w->arena, step, &w->rows);
    if (step->kind != AG_PLAN_STAMP) {
        check_ready(step->rev, is_up, w->applied);
        w->applied[step->rev->index] = is_up;
        check_rows(w->graph, &w->rows, w->applied);
    }
}

static bool make(const world *w, const ag_graph *graph, ag_plan_kind kind, const char *target,
                 ag_plan **plan, ag_error *err) {
    switch (kind) {
    case AG_PLAN_UPGRADE:
        return ag_plan_upgrade(graph, &w->rows, target, plan, err);
    case AG_PLAN_DOWNGRADE:
        return ag_plan_downgrade(graph, &w->rows, target, plan, err);
    case AG_PLAN_STAMP:
        return ag_plan_stamp(graph, &w->rows, &target, 1, false, plan, err);
    }
    return false;
}

/* Plans twice, runs once. False when the words mean nothing here, which must be said. */
static bool go(world *w, ag_plan_kind kind, const char *target) {
    ag_plan *plan = NULL;
    ag_plan *again = NULL;
    ag_error err;
    ag_error err_again;
    bool ok = make(w, w->graph, kind, target, &plan, &err);
    assert_int_equal(make(w, w->twin, kind, target, &again, &err_again), ok);
    if (!ok) {
        assert_int_equal(err.code, AG_HISTORY);
        assert_string_equal(err.message, err_again.message);
        return false;
    }
    assert_string_equal(rev_plan_text(w->arena, plan), rev_plan_text(w->arena, again));
    for (size_t i = 0; i < plan->steps.n; i++) {
        run_step(w, &plan->steps.items[i]);
    }
    if (kind == AG_PLAN_STAMP) { /* the rows are the truth now */
        memset(w->applied, 0, sizeof w->applied);
        for (size_t i = 0; i < w->rows.n; i++) {
            w->applied[rev_of(w->graph, w->rows.items[i])->index] = true;
        }
        mark_needed(w->graph, w->applied);
        check_rows(w->graph, &w->rows, w->applied);
    }
    ag_plan_free(plan);
    ag_plan_free(again);
    return true;
}

static const char *any_id(const ag_graph *graph) {
    return graph->revs.items[pick(graph->revs.n)]->id;
}

/* A label, an id, or the beginning of either. */
static const char *any_key(ag_arena *arena, const ag_graph *graph) {
    const ag_rev *rev = graph->revs.items[pick(graph->revs.n)];
    const char *key = rev->own_labels.n > 0 && pick(2) == 0 ? rev->own_labels.items[0] : rev->id;
    size_t n = strlen(key);
    return pick(3) == 0 ? ag_arena_strndup(arena, key, 4 + pick(n - 3)) : key;
}

enum { FORMS = 18 };

static size_t form;           /* of the last target */
static size_t n_meant[FORMS]; /* how often each meant something */

/* Every form of an identifier that there is. */
static const char *any_target(ag_arena *arena, const ag_graph *graph) {
    const char *key = any_key(arena, graph);
    size_t n = 1 + pick(4);
    form = pick(FORMS);
    switch (form) {
    case 0:
        return "head";
    case 1:
        return "heads";
    case 2:
        return "base";
    case 3:
        return ag_arena_printf(arena, "%s@head", key);
    case 4:
        return ag_arena_printf(arena, "%s@heads", key);
    case 5:
        return ag_arena_printf(arena, "%s@base", key);
    case 6:
        return ag_arena_printf(arena, "+%zu", n);
    case 7:
        return ag_arena_printf(arena, "-%zu", n);
    case 8:
        return ag_arena_printf(arena, "%s+%zu", key, n);
    case 9:
        return ag_arena_printf(arena, "%s-%zu", key, n);
    case 10:
        return ag_arena_printf(arena, "%s@+%zu", key, n);
    case 11:
        return ag_arena_printf(arena, "%s@-%zu", key, n);
    case 12:
        return ag_arena_printf(arena, "head-%zu", n);
    case 13:
        return ag_arena_printf(arena, "%s@head-%zu", key, n);
    case 14:
        return ag_arena_printf(arena, "%s@%s", key, any_id(graph));
    case 15:
        return ag_arena_printf(arena, "current%s%zu", pick(2) == 0 ? "+" : "-", n);
    default:
        return key;
    }
}

typedef void world_test(world *w);

static void in_random_worlds(uint32_t n_rounds, world_test *test) {
    for (uint32_t round = 0; round < n_rounds; round++) {
        seed = round;
        size_t n = round % 3 > 0 ? 1 + pick(30) : 1 + pick(MOST);
        world w = {.arena = ag_arena_new()};
        uint32_t start = seed;
        ag_graph *graph = random_graph(n);
        seed = start;
        ag_graph *twin = random_graph(n);
        w.graph = graph;
        w.twin = twin;
        test(&w);
        assert_true(go(&w, AG_PLAN_DOWNGRADE, "base"));
        assert_int_equal(w.rows.n, 0);
        ag_graph_free(graph);
        ag_graph_free(twin);
        ag_arena_free(w.arena);
    }
}

static void go_anywhere(world *w) {
    for (int i = 0; i < 12; i++) {
        ag_plan_kind kind = pick(5) == 0   ? AG_PLAN_STAMP
                            : pick(3) == 0 ? AG_PLAN_DOWNGRADE
                                           : AG_PLAN_UPGRADE;
        const char *target = any_target(w->arena, w->graph);
        n_meant[form] += go(w, kind, target);
    }
}

static void any_words_lead_to_allowed_steps_and_minimal_rows(void **state) {
    (void)state;
    in_random_worlds(300, go_anywhere);
    for (size_t i = 0; i < FORMS; i++) {
        assert_true(n_meant[i] > 10);
    }
}

/* Up to a revision: it and what it needs, nothing else. */
static void go_up_exactly(world *w) {
    for (int i = 0; i < 4; i++) {
        bool wanted[MOST];
        const char *id = any_id(w->graph);
        memcpy(wanted, w->applied, sizeof wanted);
        wanted[rev_of(w->graph, id)->index] = true;
        mark_needed(w->graph, wanted);
        assert_true(go(w, AG_PLAN_UPGRADE, id));
        assert_memory_equal(wanted, w->applied, sizeof wanted);
    }
    assert_true(go(w, AG_PLAN_UPGRADE, "heads"));
    for (size_t i = 0; i < w->graph->revs.n; i++) {
        assert_true(w->applied[i]);
    }
}

static void an_upgrade_runs_what_the_target_needs_and_no_more(void **state) {
    (void)state;
    in_random_worlds(150, go_up_exactly);
}

/* Down to a revision: what revises it goes, with all that stands on that; the rest stays. */
static void go_down_exactly(world *w) {
    assert_true(go(w, AG_PLAN_UPGRADE, "heads"));
    for (int i = 0; i < 4; i++) {
        bool gone[MOST] = {false};
        bool wanted[MOST];
        const ag_rev *to = w->graph->revs.items[pick(w->graph->revs.n)];
        memcpy(wanted, w->applied, sizeof wanted);
        for (size_t o = 0; o < w->graph->order.n; o++) {
            const ag_rev *rev = w->graph->order.items[o];
            bool goes = ag_revs_has(&rev->downs, to);
            for (size_t d = 0; d < rev->downs.n; d++) {
                goes = goes || gone[rev->downs.items[d]->index];
            }
            for (size_t d = 0; d < rev->depends.n; d++) {
                goes = goes || gone[rev->depends.items[d]->index];
            }
            gone[rev->index] = goes;
            wanted[rev->index] = wanted[rev->index] && !goes;
        }
        bool was_applied = w->applied[to->index];
        assert_int_equal(go(w, AG_PLAN_DOWNGRADE, to->id), was_applied);
        assert_memory_equal(wanted, w->applied, sizeof wanted);
    }
}

static void a_downgrade_takes_what_stands_on_the_target_and_no_more(void **state) {
    (void)state;
    in_random_worlds(150, go_down_exactly);
}

/* How far above `from` (NULL = base) a revision may stand, by lines through what it revises. */
static bool stands_above(const ag_rev *rev, const ag_rev *from, size_t n) {
    if (n == 0) {
        return rev == from;
    }
    bool any = n == 1 && from == NULL && rev->downs.n == 0;
    for (size_t i = 0; !any && i < rev->downs.n; i++) {
        any = stands_above(rev->downs.items[i], from, n - 1);
    }
    return any;
}

/* Steps are counted along what revises what, from the row or the revision that is named. */
static void count_steps(world *w) {
    for (int i = 0; i < 8; i++) {
        size_t n = 1 + pick(4);
        const ag_rev *from = w->graph->revs.items[pick(w->graph->revs.n)];
        ag_revs out = {NULL, 0, 0};
        ag_ident ident;
        ag_ident_context context = {.graph = w->graph, .current = &out, .use = AG_IDENT_SHOW};
        bool up = pick(2) == 0;
        const char *text = ag_arena_printf(w->arena, "%s%c%zu", from->id, up ? '+' : '-', n);
        ag_error err;
        if (!ag_ident_resolve(w->arena, &context, text, &ident, &err)) {
            assert_int_equal(err.code, AG_HISTORY);
        } else if (up) {
            assert_int_equal(ident.revs.n, 1);
            assert_true(stands_above(ident.revs.items[0], from, n));
        } else {
            assert_int_equal(ident.revs.n, ident.is_base ? 0 : 1);
            assert_true(stands_above(from, ident.is_base ? NULL : ident.revs.items[0], n));
        }
    }
}

static void relative_forms_count_along_the_line(void **state) {
    (void)state;
    in_random_worlds(150, count_steps);
}

/* Offline: from any revision to any other gives the steps a database at that row would run. */
static void plan_range(world *w) {
    for (int i = 0; i < 6; i++) {
        const char *lower = any_id(w->graph);
        const char *upper = any_target(w->arena, w->graph);
        ag_plan_kind kind = pick(2) == 0 ? AG_PLAN_UPGRADE : AG_PLAN_DOWNGRADE;
        ag_strings rows = {NULL, 0, 0};
        ag_plan *plan = NULL;
        ag_plan *online = NULL;
        ag_error err;
        bool ok = ag_plan_range(w->graph, kind, lower, upper, &rows, &plan, &err);
        w->rows = (ag_strings){NULL, 0, 0};
        ag_vec_push(w->arena, &w->rows, lower);
        assert_int_equal(make(w, w->graph, kind, upper, &online, &err), ok);
        if (ok) {
            assert_string_equal(rev_plan_text(w->arena, plan), rev_plan_text(w->arena, online));
            ag_plan_free(plan);
            ag_plan_free(online);
        }
        w->rows = (ag_strings){NULL, 0, 0};
    }
}

static void a_range_is_what_a_database_at_its_lower_end_runs(void **state) {
    (void)state;
    in_random_worlds(100, plan_range);
}

/* A history lists each revision before what it revises, once, the same each time. */
static void list_range(world *w) {
    for (int i = 0; i < 6; i++) {
        const char *lower = pick(3) == 0 ? NULL : any_target(w->arena, w->graph);
        const char *upper = pick(3) == 0 ? NULL : any_target(w->arena, w->graph);
        ag_revs out = {NULL, 0, 0};
        ag_revs again = {NULL, 0, 0};
        bool seen[MOST] = {false};
        ag_error err;
        bool ok = ag_history_range(w->arena, w->graph, NULL, lower, upper, &out, &err);
        assert_int_equal(ag_history_range(w->arena, w->twin, NULL, lower, upper, &again, &err), ok);
        assert_true(ok || err.code == AG_HISTORY);
        assert_string_equal(rev_join(w->arena, &out), rev_join(w->arena, &again));
        for (size_t r = 0; r < out.n; r++) {
            const ag_rev *rev = out.items[r];
            assert_false(seen[rev->index]);
            seen[rev->index] = true;
            for (size_t d = 0; d < rev->downs.n; d++) {
                assert_false(seen[rev->downs.items[d]->index]);
            }
            for (size_t d = 0; d < rev->depends.n; d++) {
                assert_false(seen[rev->depends.items[d]->index]);
            }
        }
        assert_true(lower != NULL || upper != NULL || out.n == w->graph->revs.n);
    }
}

static void a_history_lists_children_before_parents(void **state) {
    (void)state;
    in_random_worlds(100, list_range);
}

/* Several at once: each is a row, or below one; what is unrelated stays. */
static void stamp_several(world *w) {
    (void)go(w, AG_PLAN_UPGRADE, any_id(w->graph));
    for (int i = 0; i < 4; i++) {
        const char *targets[3];
        size_t n = 1 + pick(3);
        for (size_t t = 0; t < n; t++) {
            targets[t] = any_id(w->graph);
        }
        bool is_purge = pick(3) == 0;
        ag_plan *plan = NULL;
        ag_error err;
        if (!ag_plan_stamp(w->graph, &w->rows, targets, n, is_purge, &plan, &err)) {
            assert_int_equal(err.code, AG_HISTORY);
            assert_true(n > 1 && strstr(err.message, "overlaps") != NULL);
            continue;
        }
        for (size_t s = 0; s < plan->steps.n; s++) {
            run_step(w, &plan->steps.items[s]);
        }
        ag_plan_free(plan);
        memset(w->applied, 0, sizeof w->applied);
        for (size_t r = 0; r < w->rows.n; r++) {
            w->applied[rev_of(w->graph, w->rows.items[r])->index] = true;
        }
        for (size_t t = 0; t < n; t++) {
            assert_true(w->applied[rev_of(w->graph, targets[t])->index]);
        }
        assert_true(!is_purge || w->rows.n <= n);
        mark_needed(w->graph, w->applied);
        check_rows(w->graph, &w->rows, w->applied);
    }
}

static void stamps_leave_minimal_rows(void **state) {
    (void)state;
    in_random_worlds(150, stamp_several);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_words_lead_to_allowed_steps_and_minimal_rows),
        cmocka_unit_test(an_upgrade_runs_what_the_target_needs_and_no_more),
        cmocka_unit_test(a_downgrade_takes_what_stands_on_the_target_and_no_more),
        cmocka_unit_test(relative_forms_count_along_the_line),
        cmocka_unit_test(a_range_is_what_a_database_at_its_lower_end_runs),
        cmocka_unit_test(a_history_lists_children_before_parents),
        cmocka_unit_test(stamps_leave_minimal_rows),
    };
    return cmocka_run_group_tests_name("random histories", tests, NULL, NULL);
}
