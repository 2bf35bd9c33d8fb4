#include "revision/graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

ag_graph *ag_graph_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_graph *graph = ag_arena_new_of(arena, ag_graph);
    graph->arena = arena;
    return graph;
}

void ag_graph_free(ag_graph *graph) {
    if (graph != NULL) {
        ag_map_release(&graph->keys);
        ag_arena_free(graph->arena);
    }
}

ag_rev *ag_graph_add(ag_graph *graph, const char *id) {
    ag_rev *rev = ag_arena_new_of(graph->arena, ag_rev);
    rev->index = graph->revs.n;
    rev->id = ag_arena_strdup(graph->arena, id);
    rev->message = rev->doc = rev->create_date = rev->path = "";
    ag_vec_push(graph->arena, &graph->revs, rev);
    return rev;
}

ag_rev *ag_graph_find(const ag_graph *graph, const char *key) {
    return ag_map_get(&graph->keys, key);
}

ag_rev *ag_graph_find_id(const ag_graph *graph, const char *id) {
    ag_rev *rev = ag_graph_find(graph, id);
    return rev != NULL && strcmp(rev->id, id) == 0 ? rev : NULL;
}

bool ag_rev_is_head(const ag_rev *rev) {
    return rev->children.n == 0;
}

bool ag_rev_is_effective_head(const ag_rev *rev) {
    return rev->children.n == 0 && rev->all_children.n > 0;
}

bool ag_rev_is_branch_point(const ag_rev *rev) {
    return rev->children.n > 1;
}

bool ag_rev_is_merge_point(const ag_rev *rev) {
    return rev->downs.n > 1;
}

bool ag_revs_has(const ag_revs *list, const ag_rev *rev) {
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i] == rev) {
            return true;
        }
    }
    return false;
}

ag_marks ag_graph_marks(const ag_graph *graph, ag_arena *arena) {
    return ag_arena_alloc(arena, graph->revs.n + 1);
}

typedef const ag_revs *(*relation)(const ag_rev *rev);

static const ag_revs *downs_of(const ag_rev *rev) {
    return &rev->downs;
}

static const ag_revs *parents_of(const ag_rev *rev) {
    return &rev->parents;
}

static const ag_revs *children_of(const ag_rev *rev) {
    return &rev->children;
}

static const ag_revs *all_children_of(const ag_rev *rev) {
    return &rev->all_children;
}

/* Marks what can be reached; what is marked already is taken as walked. */
static void flood(const ag_revs *from, relation next, ag_marks marks) {
    ag_revs todo = {NULL, 0, 0};
    for (size_t i = 0; i < from->n; i++) {
        ag_vec_push(NULL, &todo, from->items[i]);
    }
    while (todo.n > 0) {
        ag_rev *rev = todo.items[--todo.n];
        if (marks[rev->index] != 0) {
            continue;
        }
        marks[rev->index] = 1;
        const ag_revs *more = next(rev);
        for (size_t i = 0; i < more->n; i++) {
            if (marks[more->items[i]->index] == 0) {
                ag_vec_push(NULL, &todo, more->items[i]);
            }
        }
    }
    ag_vec_release(&todo);
}

void ag_graph_mark_down(const ag_graph *graph, const ag_revs *from, bool through_depends,
                        ag_marks marks) {
    (void)graph;
    flood(from, through_depends ? parents_of : downs_of, marks);
}

void ag_graph_mark_up(const ag_graph *graph, const ag_revs *from, bool through_depends,
                      ag_marks marks) {
    (void)graph;
    flood(from, through_depends ? all_children_of : children_of, marks);
}

void ag_graph_marked(const ag_graph *graph, const unsigned char *marks, ag_arena *arena,
                     ag_revs *out) {
    for (size_t i = 0; i < graph->revs.n; i++) {
        if (marks[i] != 0) {
            ag_vec_push(arena, out, graph->revs.items[i]);
        }
    }
}

void ag_graph_lineage(const ag_graph *graph, const ag_revs *list, ag_rev *branch,
                      bool through_depends, ag_arena *arena, ag_revs *out) {
    ag_arena *scratch = ag_arena_new();
    ag_marks below = ag_graph_marks(graph, scratch);
    ag_marks above = ag_graph_marks(graph, scratch);
    ag_revs from = {&branch, 1, 1};
    ag_graph_mark_down(graph, &from, through_depends, below);
    ag_graph_mark_up(graph, &from, through_depends, above);
    for (size_t i = 0; i < list->n; i++) {
        size_t index = list->items[i]->index;
        if (below[index] != 0 || above[index] != 0) {
            ag_vec_push(arena, out, list->items[i]);
        }
    }
    ag_arena_free(scratch);
}

bool ag_rev_check_name(const char *what, const char *name, ag_error *err) {
    static const char *const reserved[] = {"head", "heads", "base", "current"};
    if (name[0] == '\0') {
        return ag_fail(err, AG_USAGE, "the %s is empty", what);
    }
    if (strlen(name) > 255) {
        return ag_fail(err, AG_USAGE, "the %s is longer than 255 bytes", what);
    }
    bool is_label = strcmp(what, "revision identifier") != 0;
    for (const char *c = name; *c != '\0'; c++) {
        bool is_sign = *c == '-' || *c == '+';
        if (*c == '@' || *c == ':' || (is_sign && (!is_label || c == name))) {
            return ag_fail(err, AG_USAGE, "Character(s) '%c' not allowed in %s '%s'", *c, what,
                           name);
        }
        if ((unsigned char)*c <= ' ' || ag_utf8_unsafe(c, strlen(c)) > 0 ||
            strchr(",'\"\\;()", *c) != NULL) {
            return ag_fail(err, AG_USAGE,
                           "white space, quotes, commas, semicolons, parentheses and control "
                           "characters are not allowed in a %s",
                           what);
        }
    }
    if (!ag_utf8_valid(name, strlen(name), NULL)) {
        return ag_fail(err, AG_USAGE, "the %s is not UTF-8", what);
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (strcmp(name, reserved[i]) == 0) {
            return ag_fail(err, AG_USAGE, "'%s' is a word of its own and cannot be a %s", name,
                           what);
        }
    }
    return true;
}
