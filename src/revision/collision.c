/* Two people's revisions on the same parent: what to say of it. */
#include <string.h>

#include "base/str.h"

#include "revision/ident.h"

enum { MOST_COMPARED = 30 };

/*
 * The first revision on the way to `head` that `other` does not stand on, if the way there is a
 * single line: what `rebase` moves. NULL otherwise.
 */
static const ag_rev *first_of_side(const ag_graph *graph, const ag_rev *head, ag_rev *other) {
    ag_arena *scratch = ag_arena_new();
    ag_marks below = ag_graph_marks(graph, scratch);
    ag_revs from = {&other, 1, 1};
    ag_graph_mark_down(graph, &from, false, below);
    const ag_rev *at = head;
    while (at->downs.n == 1 && below[at->downs.items[0]->index] == 0) {
        at = at->downs.items[0];
    }
    bool is_fork = at->downs.n == 1;
    ag_arena_free(scratch);
    return is_fork ? at : NULL;
}

/* Whether nothing above the fork is applied, as far as that is known. */
static bool may_move(const ag_graph *graph, const ag_revs *current, const ag_rev *first) {
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_graph_marks(graph, scratch);
    if (current != NULL) {
        ag_graph_mark_down(graph, current, true, applied);
    }
    bool ok = applied[first->index] == 0;
    ag_arena_free(scratch);
    return ok;
}

bool ag_ident_hint_heads(const ag_graph *graph, const ag_revs *current, const ag_revs *heads,
                         ag_error *err) {
    ag_buf hint = AG_BUF_INIT;
    ag_buf_puts(&hint, "the heads are");
    size_t shown = heads->n > 5 ? 5 : heads->n;
    for (size_t i = 0; i < shown; i++) {
        ag_buf_printf(&hint, "%s %s (%s)", i == 0 ? "" : ",", heads->items[i]->id,
                      heads->items[i]->path);
    }
    if (shown < heads->n) {
        ag_buf_printf(&hint, " and %zu more", heads->n - shown);
    }
    for (size_t i = 0; i < heads->n && heads->n > 1; i++) { /* "heads" may leave some out */
        ag_buf_printf(&hint, "%s %s", i == 0 ? "; to join them: autogen merge" : "",
                      heads->items[i]->id);
    }
    for (size_t i = 2; heads->n == 2 && i-- > 0;) { /* rather the later file moves */
        const ag_rev *first = first_of_side(graph, heads->items[i], heads->items[1 - i]);
        if (first != NULL && may_move(graph, current, first)) {
            ag_buf_printf(&hint, "; or to put one behind the other: autogen rebase %s --onto %s",
                          first->id, heads->items[1 - i]->id);
            break;
        }
    }
    ag_hint(err, "%s", ag_buf_text(&hint));
    ag_buf_release(&hint);
    return false;
}

static bool same_labels(const ag_rev *a, const ag_rev *b) {
    bool same = a->labels.n == b->labels.n;
    for (size_t i = 0; same && i < a->labels.n; i++) {
        same = ag_text_eq(a->labels.items[i], b->labels.items[i]);
    }
    return same;
}

/* The newest revision that both stand on, or NULL. */
static const ag_rev *fork_of(const ag_graph *graph, ag_rev *a, ag_rev *b, ag_arena *scratch) {
    ag_marks below_a = ag_graph_marks(graph, scratch);
    ag_marks below_b = ag_graph_marks(graph, scratch);
    ag_revs from_a = {&a, 1, 1};
    ag_revs from_b = {&b, 1, 1};
    ag_graph_mark_down(graph, &from_a, false, below_a);
    ag_graph_mark_down(graph, &from_b, false, below_b);
    for (size_t i = graph->order.n; i-- > 0;) {
        const ag_rev *rev = graph->order.items[i];
        if (below_a[rev->index] != 0 && below_b[rev->index] != 0) {
            return rev;
        }
    }
    return NULL;
}

static bool collide(const ag_graph *graph, const ag_revs *current, ag_rev *a, ag_rev *b,
                    ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_graph_marks(graph, scratch);
    if (current != NULL) {
        ag_graph_mark_down(graph, current, true, applied);
    }
    bool is_settled = applied[a->index] != 0 && applied[b->index] != 0;
    const ag_rev *fork = is_settled || !same_labels(a, b) ? NULL : fork_of(graph, a, b, scratch);
    ag_arena_free(scratch);
    if (fork == NULL) {
        return false;
    }
    ag_fail(err, AG_HISTORY,
            "Multiple head revisions are present for given argument 'head'; %s and %s both follow "
            "%s",
            a->id, b->id, fork->id);
    ag_rev *pair[] = {a, b};
    ag_revs heads = {pair, 2, 2};
    ag_ident_hint_heads(graph, current, &heads, err);
    return true;
}

bool ag_ident_no_collision(const ag_graph *graph, const ag_revs *current, ag_error *err) {
    const ag_revs *ends = &graph->real_heads;
    size_t n = ends->n > MOST_COMPARED ? MOST_COMPARED : ends->n;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            if (collide(graph, current, ends->items[i], ends->items[j], err)) {
                return false;
            }
        }
    }
    return true;
}
