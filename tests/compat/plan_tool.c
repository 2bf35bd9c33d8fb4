/*
 * Answers questions about graphs, one a line, so that another program can compare:
 *
 *   graph TEXT      as in tests/unit/rev_build.h; prints "ok" or the error
 *   rows ID…        what the database is at from now on; prints nothing
 *   upgrade TARGET · downgrade TARGET · stamp TARGET… · purge TARGET…    prints the plan
 *   draw LOWER:UPPER    prints the drawing of a history, then a line with a dot
 *   heads · real_heads · bases · current · history LOWER:UPPER    prints ids
 *
 * An answer is one line; an error begins with "error: ".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/rev_build.h"
#include "revision/draw.h"

typedef struct tool {
    ag_graph *graph;
    ag_arena *arena;
    ag_strings rows;
} tool;

static void answer_plan(tool *t, ag_plan_kind kind, const char *target, bool purge) {
    ag_error err;
    ag_plan *plan = NULL;
    ag_strings targets = {NULL, 0, 0};
    rev_words(t->arena, target, &targets);
    bool ok = kind == AG_PLAN_UPGRADE ? ag_plan_upgrade(t->graph, &t->rows, target, &plan, &err)
              : kind == AG_PLAN_DOWNGRADE
                  ? ag_plan_downgrade(t->graph, &t->rows, target, &plan, &err)
                  : ag_plan_stamp(t->graph, &t->rows, targets.items, targets.n, purge, &plan, &err);
    if (!ok) {
        (void)printf("error: %s\n", err.message);
        return;
    }
    (void)printf("%s\n", rev_plan_text(t->arena, plan));
    ag_plan_free(plan);
}

static void answer_list(tool *t, const char *what, const char *argument) {
    ag_error err;
    ag_revs rows = {NULL, 0, 0};
    ag_revs out = {NULL, 0, 0};
    const char *lower = NULL;
    const char *upper = NULL;
    bool ok = ag_ident_rows(t->arena, t->graph, &t->rows, &rows, &err);
    if (ok && strcmp(what, "current") == 0) {
        ag_history_current(t->arena, t->graph, &rows, &out);
    } else if (ok && strcmp(what, "history") == 0) {
        ok = ag_ident_split_range(t->arena, argument, &lower, &upper) &&
             ag_history_range(t->arena, t->graph, &rows, lower, upper, &out, &err);
    } else {
        out = what[0] == 'h'   ? t->graph->heads
              : what[0] == 'r' ? t->graph->real_heads
                               : t->graph->bases;
    }
    (void)(ok ? printf("%s\n", rev_join(t->arena, &out)) : printf("error: %s\n", err.message));
}

static void put_lines(const ag_strings *lines) {
    for (size_t i = 0; i < lines->n; i++) {
        (void)printf("%s\n", lines->items[i]);
    }
}

static void answer_drawing(tool *t, const char *argument) {
    ag_error err;
    ag_revs revs = {NULL, 0, 0};
    const char *lower = NULL;
    const char *upper = NULL;
    if (!ag_ident_split_range(t->arena, argument, &lower, &upper) ||
        !ag_history_range(t->arena, t->graph, NULL, lower, upper, &revs, &err)) {
        (void)printf("error: %s\n.\n", err.message);
        return;
    }
    ag_drawn *drawn = ag_arena_array(t->arena, revs.n + 1, sizeof *drawn);
    ag_graph_draw(t->graph, &revs, t->arena, drawn);
    for (size_t i = 0; i < revs.n; i++) {
        put_lines(&drawn[i].above);
        (void)printf("%s%s\n", drawn[i].mark, revs.items[i]->id);
        put_lines(&drawn[i].below);
    }
    (void)printf(".\n");
}

static void set_graph(tool *t, const char *text) {
    ag_error err;
    ag_graph_free(t->graph);
    t->graph = rev_build(text, &err);
    t->rows = (ag_strings){NULL, 0, 0};
    (void)(t->graph != NULL ? printf("ok\n") : printf("error: %s\n", err.message));
}

static void answer(tool *t, char *line) {
    char *argument = strchr(line, ' ');
    if (argument == NULL) {
        argument = line + strlen(line);
    } else {
        *argument++ = '\0';
    }
    if (strcmp(line, "graph") == 0) {
        set_graph(t, argument);
    } else if (t->graph == NULL) {
        (void)printf("error: no graph\n");
    } else if (strcmp(line, "rows") == 0) {
        t->rows = (ag_strings){NULL, 0, 0};
        rev_words(t->arena, argument, &t->rows);
    } else if (strcmp(line, "upgrade") == 0) {
        answer_plan(t, AG_PLAN_UPGRADE, argument, false);
    } else if (strcmp(line, "downgrade") == 0) {
        answer_plan(t, AG_PLAN_DOWNGRADE, argument, false);
    } else if (strcmp(line, "stamp") == 0 || strcmp(line, "purge") == 0) {
        answer_plan(t, AG_PLAN_STAMP, argument, line[0] == 'p');
    } else if (strcmp(line, "draw") == 0) {
        answer_drawing(t, argument);
    } else {
        answer_list(t, line, argument);
    }
}

int main(void) {
    tool t = {.arena = ag_arena_new()};
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, stdin) >= 0) {
        line[strcspn(line, "\n")] = '\0';
        answer(&t, line);
        (void)fflush(stdout);
    }
    free(line);
    ag_graph_free(t.graph);
    ag_arena_free(t.arena);
    return 0;
}
