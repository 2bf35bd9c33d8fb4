/* Views of the history: what is applied, what is current, what lies between two revisions. */
#include <string.h>

#include "revision/plan.h"

ag_marks ag_history_applied(ag_arena *arena, const ag_graph *graph, const ag_revs *rows) {
    ag_marks applied = ag_graph_marks(graph, arena);
    ag_graph_mark_down(graph, rows, true, applied);
    return applied;
}

bool ag_history_is_complete(const ag_graph *graph, const ag_revs *rows) {
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_history_applied(scratch, graph, rows);
    bool all = true;
    for (size_t i = 0; i < graph->revs.n; i++) {
        all = all && applied[i] != 0;
    }
    ag_arena_free(scratch);
    return all;
}

void ag_history_current(ag_arena *arena, const ag_graph *graph, const ag_revs *rows, ag_revs *out) {
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_history_applied(scratch, graph, rows);
    for (size_t i = 0; i < graph->revs.n; i++) {
        ag_rev *rev = graph->revs.items[i];
        bool is_newest = applied[i] != 0;
        for (size_t j = 0; j < rev->children.n; j++) {
            is_newest = is_newest && applied[rev->children.items[j]->index] == 0;
        }
        if (is_newest) {
            ag_vec_push(arena, out, rev);
        }
    }
    ag_arena_free(scratch);
}

/*
 * What the upper end needs and the lower end does not, as far as it needs the lower end; both ends
 * too. A dependency leads from one to the other as well as a parent does.
 */
static void mark_between(const ag_graph *graph, const ag_revs *lower, const ag_revs *upper,
                         ag_arena *scratch, ag_marks wanted) {
    ag_marks below = ag_graph_marks(graph, scratch);
    ag_marks above = ag_graph_marks(graph, scratch);
    ag_graph_mark_down(graph, upper, true, wanted);
    ag_graph_mark_down(graph, lower, true, below);
    ag_graph_mark_up(graph, lower, true, above);
    for (size_t i = 0; i < graph->revs.n; i++) {
        bool is_above = lower->n == 0 || above[i] != 0;
        bool is_lower = ag_revs_has(lower, graph->revs.items[i]);
        wanted[i] = is_lower || (wanted[i] != 0 && below[i] == 0 && is_above);
    }
}

static bool upper_reaches(const ag_graph *graph, const ag_revs *lower, const ag_revs *upper,
                          ag_arena *scratch) {
    ag_marks reached = ag_graph_marks(graph, scratch);
    ag_graph_mark_down(graph, upper, true, reached);
    for (size_t i = 0; i < lower->n; i++) {
        if (reached[lower->items[i]->index] == 0) {
            return false;
        }
    }
    return true;
}

/* Sorts with all that lies between the wanted ones, so that ways through others count too. */
static void sort_wanted(const ag_graph *graph, const unsigned char *wanted, const ag_revs *heads,
                        ag_arena *scratch, ag_arena *arena, ag_revs *out) {
    ag_revs list = {NULL, 0, 0};
    ag_revs order = {NULL, 0, 0};
    ag_marks below = ag_graph_marks(graph, scratch);
    ag_marks above = ag_graph_marks(graph, scratch);
    ag_graph_marked(graph, wanted, scratch, &list);
    ag_graph_mark_down(graph, &list, true, below);
    ag_graph_mark_up(graph, &list, true, above);
    for (size_t i = 0; i < graph->revs.n; i++) {
        above[i] = above[i] != 0 && below[i] != 0;
    }
    ag_graph_sort_down(graph, above, heads, scratch, &order);
    for (size_t i = 0; i < order.n; i++) {
        if (wanted[order.items[i]->index] != 0) {
            ag_vec_push(arena, out, order.items[i]);
        }
    }
}

/* "-3", with the sign asked for. */
static bool is_relative(const char *text, char sign) {
    return text != NULL && text[0] == sign && text[1] != '\0' &&
           text[1 + strspn(text + 1, "0123456789")] == '\0';
}

/* What follows the @ of "LABEL@+3". */
static const char *symbol_of(const char *text) {
    const char *at = text == NULL ? NULL : strchr(text, '@');
    return at != NULL ? at + 1 : text == NULL ? "" : text;
}

/* "-3:B": so many steps below B. */
static bool counts_from_upper(const char *lower, const char *upper) {
    char first = symbol_of(upper)[0];
    return is_relative(lower, '-') && first != '+' && first != '-';
}

/* "A:+3", "A:LABEL@+3": so many steps above A. */
static bool counts_from_lower(const char *lower, const char *upper) {
    return symbol_of(upper)[0] == '+' && !is_relative(lower, '-');
}

bool ag_history_asks_database(const char *lower, const char *upper) {
    return (ag_ident_asks_database(upper) && !counts_from_lower(lower, upper)) ||
           (ag_ident_asks_database(lower) && !counts_from_upper(lower, upper));
}

/* So many steps below each upper end. */
static bool resolve_down(ag_arena *arena, const ag_ident_context *context, const char *text,
                         const ag_revs *high, ag_ident *low, ag_error *err) {
    *low = (ag_ident){.is_base = high->n == 0};
    for (size_t i = 0; i < high->n; i++) {
        ag_ident one;
        ag_revs end = {&high->items[i], 1, 1};
        ag_ident_context below = {.graph = context->graph, .current = &end, .use = context->use};
        if (!ag_ident_resolve(arena, &below, text, &one, err)) {
            return false;
        }
        low->is_base = low->is_base || one.is_base;
        for (size_t j = 0; j < one.revs.n; j++) {
            ag_vec_push(arena, &low->revs, one.revs.items[j]);
        }
    }
    low->revs.n = low->is_base ? 0 : low->revs.n;
    return true;
}

/* So many steps above the lower end; on its branch, where it names one. */
static bool resolve_up(ag_arena *arena, const ag_ident_context *context, const char *text,
                       const ag_ident *low, ag_ident *high, ag_error *err) {
    ag_ident_context above = {.graph = context->graph, .current = &low->revs, .use = context->use};
    if (low->branch != NULL && strchr(text, '@') == NULL) {
        text = ag_arena_printf(arena, "%s@%s", low->branch->id, text);
    }
    return ag_ident_resolve(arena, &above, text, high, err);
}

static bool resolve_ends(ag_arena *arena, const ag_ident_context *context, const char *lower,
                         const char *upper, ag_ident *low, ag_ident *high, ag_error *err) {
    const char *top = upper == NULL ? "heads" : upper;
    if (counts_from_upper(lower, upper)) {
        return ag_ident_resolve(arena, context, top, high, err) &&
               resolve_down(arena, context, lower, &high->revs, low, err);
    }
    *low = (ag_ident){.is_base = true};
    if (lower != NULL && !ag_ident_resolve(arena, context, lower, low, err)) {
        return false;
    }
    if (counts_from_lower(lower, upper)) {
        return resolve_up(arena, context, top, low, high, err);
    }
    if (low->is_base && low->branch != NULL && strcmp(top, "heads") == 0) {
        top = ag_arena_printf(arena, "%s@heads", low->branch->id);
    }
    return ag_ident_resolve(arena, context, top, high, err);
}

/* `label@base:` is about that branch only: ends of others are none of it. */
static void keep_branch(const ag_graph *graph, const ag_ident *low, ag_arena *arena,
                        ag_ident *high) {
    if (low->is_base && low->branch != NULL) {
        ag_revs kept = {NULL, 0, 0};
        ag_graph_lineage(graph, &high->revs, low->branch, false, arena, &kept);
        high->revs = kept;
    }
}

bool ag_history_range(ag_arena *arena, const ag_graph *graph, const ag_revs *current,
                      const char *lower, const char *upper, ag_revs *out, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    bool ok = false;
    ag_ident_context context = {.graph = graph, .current = current, .use = AG_IDENT_SHOW};
    ag_ident low;
    ag_ident high;
    if (!resolve_ends(scratch, &context, lower, upper, &low, &high, err)) {
        goto done;
    }
    bool has_end = high.revs.n > 0;
    keep_branch(graph, &low, scratch, &high);
    if (has_end && (high.revs.n == 0 || !upper_reaches(graph, &low.revs, &high.revs, scratch))) {
        ag_fail(err, AG_HISTORY,
                "Requested range %s:%s does not refer to ancestor/descendant revisions along the "
                "same branch",
                lower == NULL ? "" : lower, upper == NULL ? "" : upper);
        goto done;
    }
    ag_marks wanted = ag_graph_marks(graph, scratch);
    if (high.revs.n > 0) {
        mark_between(graph, &low.revs, &high.revs, scratch, wanted);
    }
    sort_wanted(graph, wanted, &high.revs, scratch, arena, out);
    ok = true;
done:
    ag_arena_free(scratch);
    return ok;
}
