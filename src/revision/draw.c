/*
 * Columns hold the revisions that branches lead to. A revision's own column is replaced by those of
 * its parents; `lanes` says for each character position which column the edge there leads to, and
 * lines are drawn until every edge stands above its column.
 */
#include "revision/draw.h"

#include <string.h>

#include "base/buf.h"

enum { NONE = -1 };

typedef enum phase { PHASE_REST, PHASE_COMMIT, PHASE_MERGE, PHASE_COLLAPSE } phase;

typedef struct lanes {
    int *at; /* column by character position, or NONE */
    size_t n;
} lanes;

typedef struct pen {
    ag_arena *arena;
    ag_arena *scratch;
    const unsigned char *drawn;
    ag_revs before;  /* columns above the revision */
    ag_revs columns; /* and below it */
    lanes now;
    lanes last;  /* as the latest line with slanted edges left them */
    size_t room; /* of both */
    const ag_rev *rev;
    ag_revs parents; /* those that are drawn */
    size_t place;    /* the column of the revision */
    size_t last_place;
    size_t width;
    int skew;  /* of a merge: 0 = its first parent is to the left, 1 = straight below */
    int added; /* columns a merge adds to the right of itself */
    int last_added;
    phase previous; /* of the line before */
    phase next;
    ag_buf line;
} pen;

static size_t column_of(const ag_revs *columns, const ag_rev *rev) {
    size_t i = 0;
    while (i < columns->n && columns->items[i] != rev) {
        i++;
    }
    return i;
}

static size_t merge_shift(size_t distance) {
    return distance > 1 ? 2 * distance - 3 : 1;
}

/* The place of the edge that leads from `from` (NONE: from its own column) to a revision. */
static void lead_to(pen *p, ag_rev *rev, int from) {
    size_t column = column_of(&p->columns, rev);
    size_t at = p->width;
    if (column == p->columns.n) {
        ag_vec_push(p->scratch, &p->columns, rev);
    }
    if (from != NONE && p->parents.n > 1 && p->skew == NONE) {
        size_t distance = (size_t)from > column ? (size_t)from - column : 0;
        p->skew = distance > 0 ? 0 : 1;
        p->added = (int)p->parents.n + p->skew - 2;
        at = p->skew == 0 ? p->width - merge_shift(distance) : p->width;
        p->width += 2 * (size_t)p->skew;
    } else if (p->added > 0 && p->width >= 2 && (int)column == p->now.at[p->width - 2]) {
        at = p->width - 2; /* joins the edge beside it at once */
        p->added = NONE;
    } else {
        p->width += 2;
    }
    p->now.at[at] = (int)column;
}

static void find_parents(pen *p) {
    p->parents.n = 0;
    for (size_t i = 0; i < p->rev->downs.n; i++) {
        if (p->drawn[p->rev->downs.items[i]->index] != 0) {
            ag_vec_push(p->scratch, &p->parents, p->rev->downs.items[i]);
        }
    }
}

static void grow(pen *p, lanes *l, size_t room) {
    int *at = ag_arena_array(p->scratch, room, sizeof *at);
    memset(at, NONE, room * sizeof *at);
    if (l->at != NULL) {
        memcpy(at, l->at, p->room * sizeof *at);
    }
    l->at = at;
}

static void clear_lanes(pen *p) {
    size_t n = 2 * (p->before.n + p->parents.n) + 2;
    if (n > p->room) {
        grow(p, &p->now, 2 * n);
        grow(p, &p->last, 2 * n);
        p->room = 2 * n;
    }
    memset(p->now.at, NONE, p->room * sizeof *p->now.at);
    p->now.n = n;
}

static void step_columns(pen *p) {
    ag_revs before = p->before;
    p->before = p->columns;
    p->columns = before;
    p->columns.n = 0;
    clear_lanes(p);
    p->width = 0;
    p->last_added = p->added;
    p->added = 0;
    p->last_place = p->place;
    p->place = column_of(&p->before, p->rev);
    for (size_t i = 0; i < p->before.n || i == p->place; i++) {
        if (i != p->place) {
            lead_to(p, p->before.items[i], NONE);
            continue;
        }
        p->skew = NONE;
        for (size_t j = 0; j < p->parents.n; j++) {
            lead_to(p, p->parents.items[j], (int)i);
        }
        p->width += p->parents.n == 0 ? 2 : 0;
    }
    while (p->now.n > 1 && p->now.at[p->now.n - 1] == NONE) {
        p->now.n--;
    }
}

static bool is_settled(const pen *p) {
    for (size_t i = 0; i < p->now.n; i++) {
        if (p->now.at[i] != NONE && p->now.at[i] != (int)(i / 2)) {
            return false;
        }
    }
    return true;
}

/* ---- Lines ---- */

static void put(pen *p, char c) {
    ag_buf_putc(&p->line, c);
}

static const char *end_line(pen *p, phase drawn, phase next) {
    while (p->line.n < p->width) {
        put(p, ' ');
    }
    p->previous = drawn;
    p->next = next;
    const char *text = ag_buf_copy(&p->line, p->arena);
    ag_buf_release(&p->line);
    return text;
}

static size_t n_columns(const pen *p) {
    return p->place == p->before.n ? p->before.n + 1 : p->before.n;
}

/* How far an octopus merge reaches beyond two parents. */
static int dashed(const pen *p) {
    return (int)p->parents.n + p->skew - 3;
}

/* Branches right of an octopus merge move aside, two lines for each further parent. */
static void make_room(pen *p, ag_strings *above) {
    bool is_wide = p->parents.n >= 3 && p->place + 1 < p->before.n;
    for (int row = 0; is_wide && row < 2 * dashed(p); row++) {
        for (size_t i = 0; i < p->before.n; i++) {
            bool bends = row > 0 || (p->previous == PHASE_MERGE && p->last_place < i);
            put(p, i > p->place && bends ? '\\' : '|');
            for (int k = 0; i == p->place && k < row; k++) {
                put(p, ' ');
            }
            put(p, ' ');
        }
        ag_vec_push(p->arena, above, end_line(p, p->previous, PHASE_COMMIT));
    }
    p->previous = is_wide ? PHASE_COMMIT : p->previous;
}

static char beside_mark(const pen *p, size_t i) {
    if (i > p->place && p->added > 1) {
        return '\\';
    }
    if (i > p->place && p->added == 1) {
        bool bent = p->previous == PHASE_MERGE && p->last_added > 0 && p->last_place < i;
        return bent ? '\\' : '|';
    }
    bool goes_on = p->previous == PHASE_COLLAPSE && p->last.at[2 * i + 1] == (int)i &&
                   p->now.at[2 * i] < (int)i;
    return goes_on ? '/' : '|';
}

static const char *commit_line(pen *p) {
    for (size_t i = 0; i < n_columns(p); i++) {
        put(p, i == p->place ? '*' : beside_mark(p, i));
        for (int k = 0; i == p->place && p->parents.n > 2 && k < dashed(p); k++) {
            put(p, '-');
            put(p, k == dashed(p) - 1 ? '.' : '-');
        }
        put(p, ' ');
    }
    phase next = p->parents.n > 1 ? PHASE_MERGE : is_settled(p) ? PHASE_REST : PHASE_COLLAPSE;
    return end_line(p, PHASE_COMMIT, next);
}

static void merge_edges(pen *p) {
    static const char edges[] = {'/', '|', '\\'};
    int edge = p->skew;
    for (size_t j = 0; j < p->parents.n; j++) {
        put(p, edges[edge]);
        if (edge < 2) {
            edge++;
        } else if (p->added > 0 || j + 1 < p->parents.n) {
            put(p, ' ');
        }
    }
    if (p->added == 0) {
        put(p, ' ');
    }
}

static const char *merge_line(pen *p) {
    bool passed_parent = false;
    for (size_t i = 0; i < n_columns(p); i++) {
        if (i == p->place) {
            merge_edges(p);
        } else if (i > p->place) {
            put(p, p->added > 0 ? '\\' : '|');
            put(p, ' ');
        } else {
            put(p, '|');
            if (p->skew != 0 || i + 1 != p->place) {
                put(p, passed_parent ? '_' : ' ');
            }
        }
        passed_parent =
            passed_parent || (i < p->before.n && p->before.items[i] == p->parents.items[0]);
    }
    return end_line(p, PHASE_MERGE, is_settled(p) ? PHASE_REST : PHASE_COLLAPSE);
}

/* An edge that goes left over several columns at once; one a line. */
typedef struct stroke {
    int at, column;
    bool is_used;
} stroke;

static void stroke_from(pen *p, stroke *s, size_t at, size_t end, int column) {
    if (s->at != NONE) {
        return;
    }
    s->at = (int)at;
    s->column = column;
    for (size_t j = (size_t)column * 2 + 3; j + 2 < end; j += 2) {
        p->now.at[j] = column;
    }
}

/* Each edge that is not above its column moves one place to the left, or crosses its neighbour. */
static stroke move_edges(pen *p) {
    stroke s = {NONE, NONE, false};
    lanes spare = p->last;
    p->last = p->now;
    p->now = (lanes){spare.at, p->last.n};
    memset(p->now.at, NONE, p->room * sizeof *p->now.at);
    for (size_t i = 0; i < p->last.n; i++) {
        int column = p->last.at[i];
        if (column == NONE) {
            continue;
        }
        if ((size_t)column * 2 == i) {
            p->now.at[i] = column;
        } else if (p->now.at[i - 1] == NONE) {
            p->now.at[i - 1] = column;
            stroke_from(p, &s, i, i, column);
        } else if (p->now.at[i - 1] != column) {
            p->now.at[i - 2] = column;
            stroke_from(p, &s, i - 1, i, column);
        }
    }
    memcpy(p->last.at, p->now.at, p->room * sizeof *p->now.at);
    if (p->now.at[p->now.n - 1] == NONE) {
        p->now.n--;
    }
    return s;
}

static void put_edge(pen *p, size_t i, stroke *s) {
    int column = p->now.at[i];
    if (column == NONE) {
        put(p, ' ');
    } else if ((size_t)column * 2 == i) {
        put(p, '|');
    } else if (column == s->column && (int)i != s->at - 1) {
        if (i != (size_t)column * 2 + 3) {
            p->now.at[i] = NONE;
        }
        s->is_used = true;
        put(p, '_');
    } else {
        if (s->is_used && (int)i < s->at) {
            p->now.at[i] = NONE;
        }
        put(p, '/');
    }
}

static const char *collapse_line(pen *p) {
    stroke s = move_edges(p);
    for (size_t i = 0; i < p->now.n; i++) {
        put_edge(p, i, &s);
    }
    return end_line(p, PHASE_COLLAPSE, is_settled(p) ? PHASE_REST : PHASE_COLLAPSE);
}

static const char *rest_line(pen *p) {
    for (size_t i = 0; i < p->columns.n; i++) {
        put(p, '|');
        put(p, ' ');
    }
    return end_line(p, p->previous, PHASE_REST);
}

static void draw_one(pen *p, ag_rev *rev, ag_drawn *out) {
    *out = (ag_drawn){.mark = NULL};
    p->rev = rev;
    find_parents(p);
    step_columns(p);
    make_room(p, &out->above);
    out->mark = commit_line(p);
    while (p->next != PHASE_REST) {
        ag_vec_push(p->arena, &out->below,
                    p->next == PHASE_MERGE ? merge_line(p) : collapse_line(p));
    }
    out->rest = rest_line(p);
}

void ag_graph_draw(const ag_graph *graph, const ag_revs *revs, ag_arena *arena, ag_drawn *out) {
    ag_arena *scratch = ag_arena_new();
    ag_marks drawn = ag_graph_marks(graph, scratch);
    for (size_t i = 0; i < revs->n; i++) {
        drawn[revs->items[i]->index] = 1;
    }
    pen p = {.arena = arena, .scratch = scratch, .drawn = drawn, .next = PHASE_REST};
    for (size_t i = 0; i < revs->n; i++) {
        draw_one(&p, revs->items[i], &out[i]);
    }
    ag_arena_free(scratch);
}
