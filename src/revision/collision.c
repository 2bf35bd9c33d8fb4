/* Two people's revisions on the same parent: what to say of it. */
#include <string.h>

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
    if (heads->n == 2) {
        ag_buf_printf(&hint, "; to join them: autogen merge %s %s", heads->items[0]->id,
                      heads->items[1]->id);
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
