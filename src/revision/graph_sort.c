/*
 * The one order of revisions. It is Alembic's: of several heads the first is followed down until it
 * meets a revision that another head still needs; then that head (the first such) is followed.
 */
#include <string.h>

#include "revision/graph.h"

typedef struct sorter {
    ag_arena *arena;
    const unsigned char *wanted;
    ag_marks emitted;
    size_t *place;   /* of a revision among the heads, plus one; 0 = it is none. */
    size_t *waiting; /* wanted children (by parents) that were not emitted yet. */
    size_t *round;   /* last search that met it. */
    size_t n_rounds;
    ag_revs *children; /* the inverse of `parents`. */
    ag_revs heads;
    ag_revs todo; /* of a search. */
} sorter;

static bool is_left(const sorter *s, const ag_rev *rev) {
    return s->wanted[rev->index] != 0 && s->emitted[rev->index] == 0;
}

static void prepare(sorter *s, const ag_graph *graph, const ag_revs *heads) {
    size_t n = graph->revs.n + 1;
    s->emitted = ag_graph_marks(graph, s->arena);
    s->place = ag_arena_array(s->arena, n, sizeof *s->place);
    s->waiting = ag_arena_array(s->arena, n, sizeof *s->waiting);
    s->round = ag_arena_array(s->arena, n, sizeof *s->round);
    s->children = ag_arena_array(s->arena, n, sizeof *s->children);
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        for (size_t j = 0; s->wanted[i] != 0 && j < rev->parents.n; j++) {
            size_t parent = rev->parents.items[j]->index;
            ag_vec_push(s->arena, &s->children[parent], rev);
            s->waiting[parent]++;
        }
    }
    ag_marks is_head = ag_graph_marks(graph, s->arena);
    for (size_t i = 0; i < heads->n; i++) {
        is_head[heads->items[i]->index] = s->wanted[heads->items[i]->index];
    }
    for (size_t i = 0; i < graph->revs.n; i++) {
        is_head[i] |= s->wanted[i] != 0 && s->waiting[i] == 0; /* else nothing leads to it */
    }
    ag_graph_marked(graph, is_head, s->arena, &s->heads);
    for (size_t i = 0; i < s->heads.n; i++) {
        s->place[s->heads.items[i]->index] = i + 1;
    }
}

/* The place of the first head above a revision that is not done. */
static size_t first_head_above(sorter *s, const ag_rev *rev) {
    size_t own = s->place[rev->index] - 1;
    size_t lowest = own == 0 ? 1 : 0;
    size_t best = s->heads.n;
    s->n_rounds++;
    s->todo.n = 0;
    const ag_revs *more = &s->children[rev->index];
    while (more != NULL) {
        for (size_t i = more->n; i-- > 0;) {
            ag_rev *child = more->items[i];
            if (is_left(s, child) && s->round[child->index] != s->n_rounds) {
                s->round[child->index] = s->n_rounds;
                ag_vec_push(s->arena, &s->todo, child);
            }
        }
        if (s->todo.n == 0) {
            break;
        }
        const ag_rev *next = s->todo.items[--s->todo.n];
        size_t place = s->place[next->index];
        if (place > 0 && place - 1 < best) {
            best = place - 1;
        }
        more = best == lowest ? NULL : &s->children[next->index];
    }
    return best;
}

static void remove_head(sorter *s, size_t at) {
    s->place[s->heads.items[at]->index] = 0;
    for (size_t i = at; i + 1 < s->heads.n; i++) {
        s->heads.items[i] = s->heads.items[i + 1];
        s->place[s->heads.items[i]->index] = i + 1;
    }
    s->heads.n--;
}

/* Puts the parents of the head at `at` in its place; returns where to go on. */
static size_t descend(sorter *s, size_t at) {
    const ag_rev *rev = s->heads.items[at];
    bool replaced = false;
    for (size_t i = 0; i < rev->parents.n; i++) {
        ag_rev *parent = rev->parents.items[i];
        s->waiting[parent->index]--;
        if (!is_left(s, parent) || s->place[parent->index] > 0) {
            continue;
        }
        if (replaced) {
            ag_vec_push(s->arena, &s->heads, parent);
            s->place[parent->index] = s->heads.n;
        } else {
            s->place[rev->index] = 0;
            s->heads.items[at] = parent;
            s->place[parent->index] = at + 1;
            replaced = true;
        }
    }
    if (replaced) {
        return at;
    }
    remove_head(s, at);
    return at > 0 ? at - 1 : 0;
}

void ag_graph_sort_down(const ag_graph *graph, const unsigned char *marks, const ag_revs *heads,
                        ag_arena *arena, ag_revs *out) {
    ag_arena *scratch = ag_arena_new();
    sorter s = {.arena = scratch, .wanted = marks};
    prepare(&s, graph, heads);
    size_t at = 0;
    while (s.heads.n > 0) {
        ag_rev *rev = s.heads.items[at];
        if (s.waiting[rev->index] > 0) {
            size_t above = first_head_above(&s, rev);
            if (above < s.heads.n) {
                at = above;
                continue;
            }
        }
        s.emitted[rev->index] = 1;
        ag_vec_push(arena, out, rev);
        at = descend(&s, at);
    }
    ag_arena_free(scratch);
}
