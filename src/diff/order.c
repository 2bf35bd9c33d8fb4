#include <stdlib.h>

#include "base/str.h"
#include "diff/graph.h"
#include "schema/node.h"

/* The edges that leave each vertex: edges[first[v] .. first[v + 1]] of the sorted list. */
typedef struct adjacency {
    size_t *first;
    size_t *edges; /* positions in graph->edges */
} adjacency;

static adjacency adjacency_of(const ag_graph *graph) {
    adjacency a;
    a.first = ag_arena_array(graph->arena, graph->n + 2, sizeof *a.first);
    a.edges = ag_arena_array(graph->arena, graph->edges.n, sizeof *a.edges);
    for (size_t i = 0; i < graph->edges.n; i++) {
        a.first[graph->edges.items[i].from + 2]++;
    }
    for (size_t v = 2; v < graph->n + 2; v++) {
        a.first[v] += a.first[v - 1];
    }
    for (size_t i = 0; i < graph->edges.n; i++) {
        a.edges[a.first[graph->edges.items[i].from + 1]++] = i;
    }
    return a;
}

/* A heap of vertices: the smallest comes out first. */
typedef struct heap {
    size_t *items;
    size_t n;
} heap;

static void swap(size_t *a, size_t *b) {
    size_t kept = *a;
    *a = *b;
    *b = kept;
}

static void heap_push(heap *h, size_t v) {
    size_t i = h->n++;
    h->items[i] = v;
    for (; i > 0 && h->items[(i - 1) / 2] > h->items[i]; i = (i - 1) / 2) {
        swap(&h->items[i], &h->items[(i - 1) / 2]);
    }
}

static size_t heap_pop(heap *h) {
    size_t top = h->items[0];
    h->items[0] = h->items[--h->n];
    for (size_t i = 0, child = 1; child < h->n; i = child, child = 2 * i + 1) {
        if (child + 1 < h->n && h->items[child + 1] < h->items[child]) {
            child++;
        }
        if (h->items[i] <= h->items[child]) {
            break;
        }
        swap(&h->items[i], &h->items[child]);
    }
    return top;
}

/* A sort under way. What belongs to one table stands together and is written together. */
typedef struct sorter {
    const ag_graph *graph;
    adjacency out;
    size_t *n_before; /* edges into each vertex that are still open */
    size_t *group;    /* per vertex: the first of its group */
    bool *is_queued;  /* in `next`, or written */
    heap ready, next; /* `next`: of the group that is being written */
    size_t current;   /* that group */
    ag_light_ops *result;
} sorter;

static void queue(sorter *s, size_t v) {
    if (!s->is_queued[v]) {
        s->is_queued[v] = true;
        heap_push(&s->next, v);
    }
}

static void write_vertex(sorter *s, size_t v) {
    const ag_graph *graph = s->graph;
    ag_vec_push(graph->d->scratch, s->result, graph->vertices[v]);
    for (size_t i = s->out.first[v]; i < s->out.first[v + 1]; i++) {
        const ag_edge *edge = &graph->edges.items[s->out.edges[i]];
        if (edge->kind == AG_EDGE_CUT || --s->n_before[edge->to] > 0) {
            continue;
        }
        if (s->group[edge->to] == s->current) {
            queue(s, edge->to);
        } else {
            heap_push(&s->ready, edge->to);
        }
    }
}

/* Goes on with the group of the smallest vertex that is ready. */
static void enter_group(sorter *s) {
    size_t first = heap_pop(&s->ready);
    if (s->is_queued[first]) {
        return;
    }
    s->current = s->group[first];
    for (size_t v = s->current; v < s->graph->n && s->group[v] == s->current; v++) {
        if (s->n_before[v] == 0) {
            queue(s, v);
        }
    }
}

static sorter sorter_of(const ag_graph *graph, ag_light_ops *result) {
    size_t n = graph->n;
    sorter s = {.graph = graph, .out = adjacency_of(graph), .result = result};
    s.n_before = ag_arena_array(graph->arena, n, sizeof *s.n_before);
    s.group = ag_arena_array(graph->arena, n, sizeof *s.group);
    s.is_queued = ag_arena_array(graph->arena, n, sizeof *s.is_queued);
    s.ready.items = ag_arena_array(graph->arena, n, sizeof *s.ready.items);
    s.next.items = ag_arena_array(graph->arena, n, sizeof *s.next.items);
    for (size_t i = 0; i < graph->edges.n; i++) {
        const ag_edge *edge = &graph->edges.items[i];
        s.n_before[edge->to] += edge->kind != AG_EDGE_CUT;
    }
    for (size_t v = 0; v < n; v++) {
        bool goes_on = v > 0 && ag__same_group(graph->vertices[v - 1], graph->vertices[v]);
        s.group[v] = goes_on ? s.group[v - 1] : v;
    }
    return s;
}

/* Smallest rank first, table by table; false when a circle is left. */
static bool sort_graph(const ag_graph *graph, ag_light_ops *result) {
    sorter s = sorter_of(graph, result);
    s.current = graph->n;
    for (size_t v = 0; v < graph->n; v++) {
        if (s.n_before[v] == 0) {
            heap_push(&s.ready, v);
        }
    }
    while (s.ready.n + s.next.n > 0) {
        if (s.next.n > 0) {
            write_vertex(&s, heap_pop(&s.next));
        } else {
            enter_group(&s);
        }
    }
    return result->n == graph->n;
}

/* Circles */

/* A depth-first walk: the path from its start to the current vertex. */
typedef struct path {
    size_t *vertices; /* on the path */
    size_t *at;       /* next edge to look at, per vertex of the path */
    size_t *edge_in;  /* the edge by which each vertex of the path was reached */
    size_t n;
    unsigned char *state; /* per vertex: 0 new, 1 on the path, 2 done */
} path;

/* The edge to give up in the circle that `closing` closes; NULL when none can be. */
static ag_edge *weakest_edge(const ag_graph *graph, const path *p, size_t closing) {
    ag_edge *weakest = &graph->edges.items[closing];
    size_t target = weakest->to;
    for (size_t i = p->n - 1; p->vertices[i] != target; i--) {
        ag_edge *edge = &graph->edges.items[p->edge_in[i]];
        if (edge->kind == AG_EDGE_CUT) {
            return edge;
        }
        if (edge->kind < weakest->kind) {
            weakest = edge;
        }
    }
    return weakest->kind == AG_EDGE_HARD ? NULL : weakest;
}

/* Things that take each other's names: one of them goes by a name between. */
static ag_op *splittable(const ag_graph *graph, const path *p, size_t target) {
    for (size_t i = p->n; i-- > 0;) {
        ag_op *op = graph->vertices[p->vertices[i]];
        if (op->new_name != NULL && !op->is_remade) {
            return op;
        }
        if (p->vertices[i] == target) {
            break;
        }
    }
    return NULL;
}

static bool fail_with_circle(const ag_graph *graph, const path *p, size_t target, ag_error *err) {
    ag_buf text = AG_BUF_INIT;
    size_t start = p->n - 1;
    while (p->vertices[start] != target) {
        start--;
    }
    for (size_t i = start; i < p->n && i < start + 12; i++) {
        const ag_op *op = graph->vertices[p->vertices[i]];
        ag_buf_printf(&text, "%s%s", i > start ? " -> " : "", ag_op_describe(graph->arena, op));
    }
    ag_fail(err, AG_INPUT, "these changes need each other: %s%s -> %s", ag_buf_text(&text),
            p->n > start + 12 ? " -> …" : "",
            ag_op_describe(graph->arena, graph->vertices[target]));
    ag_buf_release(&text);
    return ag_hint(err, "make the change in two revisions");
}

/* What was given up. */
typedef struct cuts {
    AG_VEC(ag_edge *) foreign;
    ag_op *rename; /* one that goes by a name between */
} cuts;

static void cut(ag_arena *arena, ag_edge *edge, cuts *out) {
    if (edge->kind == AG_EDGE_FOREIGN) {
        ag_vec_push(arena, &out->foreign, edge);
    }
    edge->kind = AG_EDGE_CUT;
}

static void enter(const adjacency *out, path *p, size_t v, size_t edge) {
    p->vertices[p->n] = v;
    p->at[p->n] = out->first[v];
    p->edge_in[p->n] = edge;
    p->state[v] = 1;
    p->n++;
}

/* Breaks every circle that a walk from `start` closes. */
static bool break_from(const ag_graph *graph, const adjacency *out, path *p, size_t start,
                       cuts *given_up, ag_error *err) {
    enter(out, p, start, 0);
    while (p->n > 0) {
        size_t v = p->vertices[p->n - 1];
        if (p->at[p->n - 1] == out->first[v + 1]) {
            p->state[v] = 2;
            p->n--;
            continue;
        }
        size_t at = out->edges[p->at[p->n - 1]++];
        const ag_edge *edge = &graph->edges.items[at];
        if (edge->kind == AG_EDGE_CUT || p->state[edge->to] == 2) {
            continue;
        }
        if (p->state[edge->to] == 0) {
            enter(out, p, edge->to, at);
            continue;
        }
        ag_edge *weakest = weakest_edge(graph, p, at);
        if (weakest != NULL) {
            cut(graph->arena, weakest, given_up);
            continue;
        }
        given_up->rename = splittable(graph, p, edge->to);
        return given_up->rename != NULL || fail_with_circle(graph, p, edge->to, err);
    }
    return true;
}

static bool break_circles(const ag_graph *graph, cuts *given_up, ag_error *err) {
    size_t n = graph->n;
    adjacency out = adjacency_of(graph);
    path p = {.vertices = ag_arena_array(graph->arena, n, sizeof *p.vertices),
              .at = ag_arena_array(graph->arena, n, sizeof *p.at),
              .edge_in = ag_arena_array(graph->arena, n, sizeof *p.edge_in),
              .state = ag_arena_alloc(graph->arena, n)};
    bool ok = true;
    for (size_t v = 0; ok && given_up->rename == NULL && v < n; v++) {
        if (p.state[v] == 0) {
            ok = break_from(graph, &out, &p, v, given_up, err);
        }
    }
    return ok;
}

/* Takes a foreign key out of the table that is made or dropped with it. */
static const ag_table *table_without(ag_differ *d, const ag_table *table,
                                     const ag_constraint *key) {
    ag_table *rest = ag_arena_copy(d->scratch, table, sizeof *table);
    rest->constraints = (ag_constraints){NULL, 0, 0};
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (table->constraints.items[i] != key) {
            ag_vec_push(d->scratch, &rest->constraints, table->constraints.items[i]);
        }
    }
    return rest;
}

static bool has_constraint(const ag_table *table, const ag_constraint *key) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (table->constraints.items[i] == key) {
            return true;
        }
    }
    return false;
}

static void detach_key(ag_differ *d, const ag_edge *edge) {
    ag_op *op = edge->owner;
    ag_node *node = op->kind == AG_OP_CREATE_TABLE ? &op->after : &op->before;
    if (!has_constraint(node->table, edge->key)) {
        return;
    }
    node->table = table_without(d, node->table, edge->key);
    if (op->kind == AG_OP_CREATE_TABLE) {
        ag__add_constraint(d, node->table, edge->key, true);
    } else {
        ag__drop_constraint(d, node->table, edge->key, true);
    }
}

/* An index or key may be busy with others' names as well: it is made anew. */
static void remake_renamed(ag_differ *d, const ag_op *op) {
    ag_table table = {.ns = op->ns, .name = op->table, .kind = op->table_kind};
    const ag_table *place = ag_arena_copy(d->scratch, &table, sizeof table);
    ag__forget_ops(d, op->before.any);
    if (op->kind == AG_OP_RENAME_INDEX) {
        ag__drop_index(d, place, op->before.index, false);
        ag__create_index(d, place, op->after.index, false);
    } else {
        ag__drop_constraint(d, place, op->before.constraint, false)->is_remade = true;
        ag__add_constraint(d, place, op->after.constraint, false)->is_remade = true;
    }
}

static void split_rename(ag_differ *d, ag_op *op) {
    if (op->kind == AG_OP_RENAME_INDEX || op->kind == AG_OP_RENAME_CONSTRAINT) {
        remake_renamed(d, op);
        return;
    }
    ag_op *last = ag_arena_copy(d->scratch, op, sizeof *op);
    op->new_name = ag_arena_printf(d->scratch, "autogen_%.40s", op->name);
    last->name = op->new_name;
    last->is_remade = true;
    if (op->new_ns != NULL) {
        ag_op *move = ag_arena_copy(d->scratch, last, sizeof *last);
        move->new_name = op->new_name;
        ag_vec_push(d->scratch, &d->ops, move);
        last->ns = op->new_ns;
        op->new_ns = last->new_ns = NULL;
    }
    ag_vec_push(d->scratch, &d->ops, last);
}

/* Changes the operations where they form circles. */
static void resolve(ag_differ *d, const cuts *given_up) {
    for (size_t i = 0; i < given_up->foreign.n; i++) {
        detach_key(d, given_up->foreign.items[i]);
    }
    if (given_up->rename != NULL) {
        split_rename(d, given_up->rename);
    }
}

static ag_graph graph_of(ag_differ *d) {
    ag_graph graph = {.d = d, .arena = ag_arena_new()};
    ag__rank(d);
    graph.vertices = d->ops.items;
    graph.n = d->ops.n;
    ag__connect(&graph);
    return graph;
}

/* One attempt; when operations had to be changed, `*again` asks for the next. */
static bool order_once(ag_differ *d, bool *again, ag_error *err) {
    ag_graph graph = graph_of(d);
    ag_light_ops sorted = {NULL, 0, 0};
    cuts given_up = {{NULL, 0, 0}, NULL};
    bool ok = true;
    *again = false;
    bool is_sorted = sort_graph(&graph, &sorted);
    while (ok && !is_sorted && !*again) {
        ok = break_circles(&graph, &given_up, err);
        *again = ok && (given_up.foreign.n > 0 || given_up.rename != NULL);
        sorted.n = 0;
        is_sorted = ok && !*again && sort_graph(&graph, &sorted);
    }
    if (*again) {
        resolve(d, &given_up);
    } else if (ok) {
        d->ops = sorted;
    }
    ag_arena_free(graph.arena);
    return ok;
}

bool ag__order(ag_differ *d, ag_error *err) {
    bool again = true;
    bool ok = true;
    while (ok && again) {
        ok = order_once(d, &again, err);
    }
    return ok;
}
