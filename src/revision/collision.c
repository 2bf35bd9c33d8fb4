/* Two people's revisions on the same parent: what to say of it. */
#include <assert.h>
#include <string.h>

#include "base/str.h"

#include "revision/ident.h"

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

/* All by name, for "heads" may leave some out; by that word where the names do not fit. */
static void put_merge(ag_buf *hint, const ag_graph *graph, const ag_revs *heads, const char *branch,
                      size_t room) {
    size_t start = hint->n;
    for (size_t i = 0; i < heads->n && heads->n > 1; i++) {
        ag_buf_printf(hint, "%s %s", i == 0 ? "; to join them: autogen merge" : "",
                      heads->items[i]->id);
    }
    if (hint->n >= room) {
        bool is_all = branch != NULL || heads->n == graph->real_heads.n;
        ag_buf_truncate(hint, start);
        ag_buf_printf(hint, "; to join them: autogen merge %s%s%s", branch == NULL ? "" : branch,
                      branch == NULL ? "" : "@", is_all ? "heads" : "ID…");
    }
}

bool ag_ident_hint_heads(const ag_graph *graph, const ag_revs *current, const ag_revs *heads,
                         const char *branch, ag_error *err) {
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
    put_merge(&hint, graph, heads, branch, sizeof err->hint);
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

static void report(const ag_graph *graph, const ag_revs *current, ag_rev *a, ag_rev *b,
                   ag_arena *scratch, ag_error *err) {
    const ag_rev *fork = fork_of(graph, a, b, scratch);
    assert(fork != NULL); /* claim has met it, or one above it */
    ag_fail(err, AG_HISTORY,
            "Multiple head revisions are present for given argument 'head'; %s and %s both follow "
            "%s",
            a->id, b->id, fork->id);
    ag_rev *pair[] = {a, b};
    ag_revs heads = {pair, 2, 2};
    ag_ident_hint_heads(graph, current, &heads, NULL, err);
}

/*
 * Writes a head on all below it that no other has; returns one that has a revision there, unless
 * both are applied. Each revision is looked at once for all heads.
 */
static ag_rev *claim(ag_rev *head, ag_rev **owners, const unsigned char *applied,
                     ag_arena *scratch) {
    ag_revs todo = {NULL, 0, 0};
    ag_vec_push(scratch, &todo, head);
    while (todo.n > 0) {
        ag_rev *rev = todo.items[--todo.n];
        ag_rev *owner = owners[rev->index];
        if (owner == NULL) {
            owners[rev->index] = head;
            for (size_t i = 0; i < rev->downs.n; i++) {
                ag_vec_push(scratch, &todo, rev->downs.items[i]);
            }
        } else if (owner != head && (applied[owner->index] == 0 || applied[head->index] == 0)) {
            return owner;
        }
    }
    return NULL;
}

/* Takes the first head and all with its labels out of a list. */
static ag_revs take_alike(ag_revs *heads, ag_arena *scratch) {
    ag_revs alike = {NULL, 0, 0};
    const ag_rev *first = heads->items[0];
    size_t kept = 0;
    for (size_t i = 0; i < heads->n; i++) {
        if (same_labels(heads->items[i], first)) {
            ag_vec_push(scratch, &alike, heads->items[i]);
        } else {
            heads->items[kept++] = heads->items[i];
        }
    }
    heads->n = kept;
    return alike;
}

bool ag_ident_no_collision(const ag_graph *graph, const ag_revs *current, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_graph_marks(graph, scratch);
    ag_rev **owners = ag_arena_array(scratch, graph->revs.n + 1, sizeof *owners);
    ag_revs heads = {NULL, 0, 0};
    bool ok = true;
    if (current != NULL) {
        ag_graph_mark_down(graph, current, true, applied);
    }
    for (size_t i = 0; i < graph->real_heads.n; i++) {
        ag_vec_push(scratch, &heads, graph->real_heads.items[i]);
    }
    while (ok && heads.n > 0) {
        ag_revs alike = take_alike(&heads, scratch);
        if (alike.n > 1) {
            memset(owners, 0, graph->revs.n * sizeof(ag_rev *));
        }
        for (size_t i = 0; ok && alike.n > 1 && i < alike.n; i++) {
            ag_rev *other = claim(alike.items[i], owners, applied, scratch);
            ok = other == NULL;
            if (!ok) {
                report(graph, current, other, alike.items[i], scratch, err);
            }
        }
    }
    ag_arena_free(scratch);
    return ok;
}
