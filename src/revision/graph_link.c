#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "revision/graph.h"
#include "revision/header.h"

static const char revises[] = "Revises";
static const char depends_on[] = "Depends On";

/* Points at where the header of a revision names another. */
static bool fail_at_name(const ag_rev *rev, const char *field, const char *name, ag_error *err,
                         const char *message) {
    ag_arena *arena = ag_arena_new();
    ag_loc loc = rev->loc;
    const char *text = ag_rev_place_of(arena, rev->path, field, name, &loc);
    ag_fail_at(err, AG_HISTORY, loc, text, "%s", message);
    ag_arena_free(arena);
    return false;
}

static bool add_ids(ag_graph *graph, ag_error *err) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        ag_rev *other = ag_map_get(&graph->keys, rev->id);
        if (other != NULL) {
            ag_fail_at(err, AG_HISTORY, rev->loc, NULL, "Revision %s is present more than once",
                       rev->id);
            return ag_hint(err, "it is in %s and in %s", other->path, rev->path);
        }
        ag_map_put(&graph->keys, rev->id, rev);
    }
    return true;
}

static bool add_labels(ag_graph *graph, ag_error *err) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        for (size_t j = 0; j < rev->own_labels.n; j++) {
            const char *label = rev->own_labels.items[j];
            ag_rev *other = ag_map_get(&graph->keys, label);
            if (other != NULL) {
                char *message = ag_arena_printf(
                    graph->arena, "Branch name '%s' in revision %s already used by revision %s",
                    label, rev->id, other->id);
                fail_at_name(rev, "Branch Labels", label, err, message);
                return ag_hint(err, "it is in %s and in %s", other->path, rev->path);
            }
            ag_map_put(&graph->keys, label, rev);
        }
    }
    return true;
}

static bool missing(const ag_graph *graph, const ag_rev *rev, const char *field, const char *name,
                    ag_error *err) {
    char *message = ag_arena_printf(graph->arena, "Revision %s referenced from %s is not present",
                                    name, rev->id);
    fail_at_name(rev, field, name, err, message);
    for (size_t i = 0; i < graph->revs.n; i++) {
        const char *id = graph->revs.items[i]->id;
        if (name[0] != '\0' && ag_text_starts(id, name)) {
            return ag_hint(err, "%s must name it in full; did you mean '%s'?", rev->path, id);
        }
    }
    return ag_hint(err, "%s names it; its file is in none of the version locations", rev->path);
}

/* Finds the revisions of names; `from` is whose they are. */
static bool resolve(ag_graph *graph, ag_rev *from, const ag_strings *names, bool with_labels,
                    ag_revs *out, ag_error *err) {
    const char *field = with_labels ? depends_on : revises;
    for (size_t i = 0; i < names->n; i++) {
        const char *name = names->items[i];
        ag_rev *to = with_labels ? ag_graph_find(graph, name) : ag_graph_find_id(graph, name);
        if (to == NULL) {
            return missing(graph, from, field, name, err);
        }
        if (to == from) {
            char *message =
                ag_arena_printf(graph->arena, "%s is detected in revisions (%s)",
                                with_labels ? "Dependency self-loop" : "Self-loop", from->id);
            return fail_at_name(from, field, name, err, message);
        }
        if (!ag_revs_has(out, to)) {
            ag_vec_push(graph->arena, out, to);
        }
    }
    return true;
}

static bool resolve_all(ag_graph *graph, ag_error *err) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        if (!resolve(graph, rev, &rev->down_names, false, &rev->downs, err) ||
            !resolve(graph, rev, &rev->depend_names, true, &rev->depends, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        for (size_t j = 0; j < rev->downs.n; j++) {
            ag_vec_push(graph->arena, &rev->downs.items[j]->children, rev);
            ag_vec_push(graph->arena, &rev->downs.items[j]->all_children, rev);
        }
        for (size_t j = 0; j < rev->depends.n; j++) {
            if (!ag_revs_has(&rev->downs, rev->depends.items[j])) {
                ag_vec_push(graph->arena, &rev->depends.items[j]->all_children, rev);
            }
        }
    }
    return true;
}

/* A parent that is not yet placed; NULL when all are. */
static ag_rev *unplaced_parent(const ag_rev *rev, const size_t *waiting, bool all) {
    for (size_t i = 0; i < rev->downs.n; i++) {
        if (waiting[rev->downs.items[i]->index] > 0) {
            return rev->downs.items[i];
        }
    }
    for (size_t i = 0; all && i < rev->depends.n; i++) {
        if (waiting[rev->depends.items[i]->index] > 0) {
            return rev->depends.items[i];
        }
    }
    return NULL;
}

static int by_id(const void *a, const void *b) {
    return strcmp((*(ag_rev *const *)a)->id, (*(ag_rev *const *)b)->id);
}

/* Every revision that waits has a parent that waits: following them ends in a circle. */
static bool report_cycle(const ag_graph *graph, const size_t *waiting, bool all, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_marks seen = ag_graph_marks(graph, scratch);
    ag_rev *rev = NULL;
    for (size_t i = 0; rev == NULL; i++) {
        rev = waiting[i] > 0 ? graph->revs.items[i] : NULL;
    }
    while (seen[rev->index] == 0) {
        seen[rev->index] = 1;
        rev = unplaced_parent(rev, waiting, all);
    }
    ag_revs members = {NULL, 0, 0};
    ag_rev *first = rev;
    do {
        ag_vec_push(scratch, &members, rev);
        rev = unplaced_parent(rev, waiting, all);
    } while (rev != first);
    qsort(members.items, members.n, sizeof *members.items, by_id);
    ag_buf ids = AG_BUF_INIT;
    ag_buf files = AG_BUF_INIT;
    for (size_t i = 0; i < members.n; i++) {
        ag_buf_printf(&ids, "%s%s", i == 0 ? "" : ", ", members.items[i]->id);
        ag_buf_printf(&files, "%s%s", i == 0 ? "" : ", ", members.items[i]->path);
    }
    ag_rev *next = unplaced_parent(members.items[0], waiting, all);
    bool is_down = ag_revs_has(&members.items[0]->downs, next);
    fail_at_name(members.items[0], is_down ? revises : depends_on, next->id, err,
                 ag_arena_printf(scratch, "%s is detected in revisions (%s)",
                                 all ? "Dependency cycle" : "Cycle", ag_buf_text(&ids)));
    ag_hint(err, "the files are %s", ag_buf_text(&files));
    ag_buf_release(&ids);
    ag_buf_release(&files);
    ag_arena_free(scratch);
    return false;
}

/* Parents first, else in the order of the files; fails on a cycle. */
static bool order(const ag_graph *graph, bool all, ag_arena *arena, ag_revs *out, ag_error *err) {
    size_t *waiting = ag_arena_array(arena, graph->revs.n + 1, sizeof *waiting);
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        waiting[i] = rev->downs.n;
        for (size_t j = 0; all && j < rev->depends.n; j++) {
            waiting[i] += ag_revs_has(&rev->downs, rev->depends.items[j]) ? 0 : 1;
        }
        if (waiting[i] == 0) {
            ag_vec_push(arena, out, rev);
        }
    }
    for (size_t at = 0; at < out->n; at++) {
        const ag_revs *next = all ? &out->items[at]->all_children : &out->items[at]->children;
        for (size_t i = 0; i < next->n; i++) {
            if (--waiting[next->items[i]->index] == 0) {
                ag_vec_push(arena, out, next->items[i]);
            }
        }
    }
    return out->n == graph->revs.n || report_cycle(graph, waiting, all, err);
}

/* The index of each dependency among all that are depended on; -1 for the others. */
static size_t number_targets(const ag_graph *graph, int *numbers) {
    size_t n = 0;
    memset(numbers, -1, graph->revs.n * sizeof *numbers);
    for (size_t i = 0; i < graph->revs.n; i++) {
        const ag_revs *depends = &graph->revs.items[i]->depends;
        for (size_t j = 0; j < depends->n; j++) {
            if (numbers[depends->items[j]->index] < 0) {
                numbers[depends->items[j]->index] = (int)n++;
            }
        }
    }
    return n;
}

/*
 * Leaves out each dependency that a revision below (by downs) has too. 64 dependencies at a time
 * are carried up the graph as bits: `above` are those a revision or one below it has.
 */
static void find_parents(ag_graph *graph, const ag_revs *down_order, ag_arena *scratch) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        for (size_t j = 0; j < rev->downs.n; j++) {
            ag_vec_push(graph->arena, &rev->parents, rev->downs.items[j]);
        }
    }
    int *numbers = ag_arena_array(scratch, graph->revs.n + 1, sizeof *numbers);
    size_t n_targets = number_targets(graph, numbers);
    uint64_t *above = ag_arena_array(scratch, graph->revs.n + 1, sizeof *above);
    for (size_t first = 0; first < n_targets; first += 64) {
        for (size_t i = 0; i < down_order->n; i++) {
            ag_rev *rev = down_order->items[i];
            uint64_t had = 0;
            for (size_t j = 0; j < rev->downs.n; j++) {
                had |= above[rev->downs.items[j]->index];
            }
            above[rev->index] = had;
            for (size_t j = 0; j < rev->depends.n; j++) {
                size_t number = (size_t)numbers[rev->depends.items[j]->index];
                if (number < first || number >= first + 64) {
                    continue;
                }
                uint64_t bit = (uint64_t)1 << (number - first);
                above[rev->index] |= bit;
                if ((had & bit) == 0 && !ag_revs_has(&rev->parents, rev->depends.items[j])) {
                    ag_vec_push(graph->arena, &rev->parents, rev->depends.items[j]);
                }
            }
        }
    }
}

/* A label is of its revision, of all above, and of those below as far as there is one way. */
static void spread_labels(ag_graph *graph, ag_rev *rev, ag_arena *scratch) {
    ag_arena_mark mark = ag_arena_mark_now(scratch);
    ag_marks above = ag_graph_marks(graph, scratch);
    ag_revs from = {&rev, 1, 1};
    ag_graph_mark_up(graph, &from, false, above);
    for (size_t l = 0; l < rev->own_labels.n; l++) {
        for (size_t i = 0; i < graph->revs.n; i++) {
            if (above[i] != 0) {
                ag_vec_push(graph->arena, &graph->revs.items[i]->labels, rev->own_labels.items[l]);
            }
        }
        ag_rev *below = rev;
        while (below->all_children.n <= 1 && below->downs.n == 1) {
            below = below->downs.items[0];
            if (below->all_children.n > 1 || below->downs.n > 1) {
                break;
            }
            ag_vec_push(graph->arena, &below->labels, rev->own_labels.items[l]);
        }
    }
    ag_arena_reset(scratch, mark);
}

static void find_ends(ag_graph *graph) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        if (rev->children.n == 0) {
            ag_vec_push(graph->arena, &graph->heads, rev);
        }
        if (rev->all_children.n == 0) {
            ag_vec_push(graph->arena, &graph->real_heads, rev);
        }
        if (rev->downs.n == 0) {
            ag_vec_push(graph->arena, &graph->bases, rev);
        }
    }
}

bool ag_graph_link(ag_graph *graph, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_revs down_order = {NULL, 0, 0};
    bool ok = add_ids(graph, err) && add_labels(graph, err) && resolve_all(graph, err) &&
              order(graph, false, scratch, &down_order, err) &&
              order(graph, true, graph->arena, &graph->order, err);
    if (ok) {
        find_parents(graph, &down_order, scratch);
        find_ends(graph);
        for (size_t i = 0; i < graph->revs.n; i++) {
            if (graph->revs.items[i]->own_labels.n > 0) {
                spread_labels(graph, graph->revs.items[i], scratch);
            }
        }
    }
    ag_arena_free(scratch);
    return ok;
}
