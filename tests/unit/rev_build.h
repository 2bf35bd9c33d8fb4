/*
 * Graphs for tests, written on one line: "a b:a c:b,x [label] {dep}": each word is an id, after the
 * colon what it revises, [labels] and {dependencies} of the revision before them.
 */
#ifndef AG_TESTS_REV_BUILD_H
#define AG_TESTS_REV_BUILD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/plan.h"

static inline void rev_names(ag_arena *arena, const char *text, size_t n, ag_strings *out) {
    while (n > 0) {
        size_t part = strcspn(text, ",");
        part = part > n ? n : part;
        ag_vec_push(arena, out, ag_arena_strndup(arena, text, part));
        part += part < n ? 1 : 0;
        text += part;
        n -= part;
    }
}

static inline ag_graph *rev_unlinked(const char *text) {
    ag_graph *graph = ag_graph_new();
    ag_rev *rev = NULL;
    while (*(text += strspn(text, " ")) != '\0') {
        size_t n = strcspn(text, " ");
        if (text[0] == '[') {
            rev_names(graph->arena, text + 1, n - 2, &rev->own_labels);
        } else if (text[0] == '{') {
            rev_names(graph->arena, text + 1, n - 2, &rev->depend_names);
        } else {
            size_t id = strcspn(text, " :");
            rev = ag_graph_add(graph, ag_arena_strndup(graph->arena, text, id));
            rev->path = ag_arena_printf(graph->arena, "versions/%zu_%s.sql", rev->index, rev->id);
            rev->message = ag_arena_printf(graph->arena, "make %s", rev->id);
            if (text[id] == ':') {
                rev_names(graph->arena, text + id + 1, n - id - 1, &rev->down_names);
            }
        }
        text += n;
    }
    return graph;
}

/** NULL when the graph is wrong; then `err` says why. */
static inline ag_graph *rev_build(const char *text, ag_error *err) {
    ag_graph *graph = rev_unlinked(text);
    if (!ag_graph_link(graph, err)) {
        ag_graph_free(graph);
        return NULL;
    }
    return graph;
}

/** The same where the graph must be right. */
__attribute__((returns_nonnull)) static inline ag_graph *rev_good(const char *text) {
    ag_error err;
    ag_graph *graph = rev_build(text, &err);
    if (graph == NULL) {
        (void)fprintf(stderr, "%s: %s\n", text, err.message);
        abort();
    }
    return graph;
}

/** A revision that must be there. */
__attribute__((returns_nonnull)) static inline ag_rev *rev_of(const ag_graph *graph,
                                                              const char *key) {
    ag_rev *rev = ag_graph_find(graph, key);
    if (rev == NULL) {
        abort();
    }
    return rev;
}

static inline char *rev_join(ag_arena *arena, const ag_revs *revs) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < revs->n; i++) {
        ag_buf_printf(&buf, "%s%s", i == 0 ? "" : " ", revs->items[i]->id);
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static inline void rev_words(ag_arena *arena, const char *text, ag_strings *out) {
    while (*(text += strspn(text, " ")) != '\0') {
        size_t n = strcspn(text, " ");
        ag_vec_push(arena, out, ag_arena_strndup(arena, text, n));
        text += n;
    }
}

/** "b +b; c b>c; m -x c>m": each step's revision (for a stamp nothing) and row changes. */
static inline char *rev_plan_text(ag_arena *arena, const ag_plan *plan) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < plan->steps.n; i++) {
        const ag_plan_step *step = &plan->steps.items[i];
        ag_buf_puts(&buf, i == 0 ? "" : "; ");
        if (step->kind != AG_PLAN_STAMP) {
            ag_buf_puts(&buf, step->rev->id);
        }
        for (size_t c = 0; c < step->changes.n; c++) {
            const ag_row_change *change = &step->changes.items[c];
            ag_buf_puts(&buf, step->kind == AG_PLAN_STAMP && c == 0 ? "" : " ");
            switch (change->kind) {
            case AG_ROW_INSERT:
                ag_buf_printf(&buf, "+%s", change->to);
                break;
            case AG_ROW_DELETE:
                ag_buf_printf(&buf, "-%s", change->from);
                break;
            case AG_ROW_UPDATE:
                ag_buf_printf(&buf, "%s>%s", change->from, change->to);
                break;
            }
        }
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

#endif
