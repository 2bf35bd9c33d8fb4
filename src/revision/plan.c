#include "revision/plan.h"

#include <string.h>

#include "base/buf.h"

typedef struct maker {
    const ag_graph *graph;
    ag_arena *scratch;
    ag_revs rows;     /* what the database says */
    ag_marks applied; /* these and all below them */
    ag_marks is_row;
    size_t *n_above; /* applied revisions that revise or depend on one */
    ag_plan *plan;
    ag_error *err;
} maker;

static ag_plan *plan_new(ag_plan_kind kind) {
    ag_arena *arena = ag_arena_new();
    ag_plan *plan = ag_arena_new_of(arena, ag_plan);
    plan->arena = arena;
    plan->kind = kind;
    return plan;
}

void ag_plan_free(ag_plan *plan) {
    if (plan != NULL) {
        ag_arena_free(plan->arena);
    }
}

static void change(maker *m, ag_plan_step *step, ag_row_change_kind kind, const char *from,
                   const char *to) {
    ag_row_change c = {.kind = kind,
                       .from = ag_arena_strdup(m->plan->arena, from),
                       .to = ag_arena_strdup(m->plan->arena, to)};
    ag_vec_push(m->plan->arena, &step->changes, c);
}

static ag_plan_step *add_step(maker *m, ag_plan_kind kind, ag_rev *rev) {
    ag_plan_step step = {.kind = kind, .rev = rev};
    ag_vec_push(m->plan->arena, &m->plan->steps, step);
    return &m->plan->steps.items[m->plan->steps.n - 1];
}

static void add_ids(ag_arena *arena, ag_strings *out, const ag_revs *revs) {
    for (size_t i = 0; i < revs->n; i++) {
        ag_vec_push(arena, out, revs->items[i]->id);
    }
}

/* Counts, for all that is applied, what stands on it. */
static void survey(maker *m) {
    size_t n = m->graph->revs.n;
    m->applied = ag_history_applied(m->scratch, m->graph, &m->rows);
    m->is_row = ag_graph_marks(m->graph, m->scratch);
    m->n_above = ag_arena_array(m->scratch, n + 1, sizeof *m->n_above);
    for (size_t i = 0; i < n; i++) {
        const ag_revs *above = &m->graph->revs.items[i]->all_children;
        for (size_t j = 0; j < above->n; j++) {
            m->n_above[i] += m->applied[above->items[j]->index];
        }
    }
    for (size_t i = 0; i < m->rows.n; i++) {
        m->is_row[m->rows.items[i]->index] = 1;
    }
}

/* Rows that other rows imply say nothing: the first step takes them away. */
static void drop_implied_rows(maker *m, ag_plan_step *step) {
    for (size_t i = 0; i < m->graph->revs.n; i++) {
        if (m->is_row[i] != 0 && m->n_above[i] > 0) {
            change(m, step, AG_ROW_DELETE, m->graph->revs.items[i]->id, NULL);
            m->is_row[i] = 0;
        }
    }
}

static void count_parents(maker *m, const ag_rev *rev, bool up) {
    const ag_revs *lists[] = {&rev->downs, &rev->depends};
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->n; i++) {
            if (l == 0 || !ag_revs_has(&rev->downs, lists[l]->items[i])) {
                size_t index = lists[l]->items[i]->index;
                m->n_above[index] += up ? 1 : (size_t)-1;
            }
        }
    }
}

static void upgrade_step(maker *m, ag_rev *rev) {
    ag_plan_step *step = add_step(m, AG_PLAN_UPGRADE, rev);
    ag_vec_push(m->plan->arena, &step->to, rev->id);
    add_ids(m->plan->arena, &step->from, &rev->downs);
    if (m->plan->steps.n == 1) {
        drop_implied_rows(m, step);
    }
    const ag_rev *last = NULL; /* all rows it follows but the last are deleted */
    for (size_t i = 0; i < rev->parents.n; i++) {
        size_t index = rev->parents.items[i]->index;
        if (m->is_row[index] == 0) {
            continue;
        }
        if (last != NULL) {
            change(m, step, AG_ROW_DELETE, last->id, NULL);
        }
        last = rev->parents.items[i];
        m->is_row[index] = 0;
    }
    if (last == NULL) {
        change(m, step, AG_ROW_INSERT, NULL, rev->id);
    } else {
        change(m, step, AG_ROW_UPDATE, last->id, rev->id);
    }
    m->is_row[rev->index] = 1;
    m->applied[rev->index] = 1;
    count_parents(m, rev, true);
}

static void downgrade_step(maker *m, ag_rev *rev) {
    ag_plan_step *step = add_step(m, AG_PLAN_DOWNGRADE, rev);
    ag_vec_push(m->plan->arena, &step->from, rev->id);
    add_ids(m->plan->arena, &step->to, &rev->downs);
    if (m->plan->steps.n == 1) {
        drop_implied_rows(m, step);
    }
    m->applied[rev->index] = 0;
    m->is_row[rev->index] = 0;
    count_parents(m, rev, false);
    const ag_rev *last = NULL; /* all that come to light but the last are inserted */
    for (size_t i = 0; i < rev->parents.n; i++) {
        size_t index = rev->parents.items[i]->index;
        if (m->n_above[index] > 0 || m->is_row[index] != 0) {
            continue;
        }
        if (last != NULL) {
            change(m, step, AG_ROW_INSERT, NULL, last->id);
        }
        last = rev->parents.items[i];
        m->is_row[index] = 1;
    }
    if (last == NULL) {
        change(m, step, AG_ROW_DELETE, rev->id, NULL);
    } else {
        change(m, step, AG_ROW_UPDATE, rev->id, last->id);
    }
}

static bool make_upgrade(maker *m, const ag_ident *target) {
    ag_marks wanted = ag_graph_marks(m->graph, m->scratch);
    ag_graph_mark_down(m->graph, &target->revs, true, wanted);
    for (size_t i = 0; i < m->graph->revs.n; i++) {
        wanted[i] = wanted[i] != 0 && m->applied[i] == 0;
    }
    ag_revs order = {NULL, 0, 0};
    ag_graph_sort_down(m->graph, wanted, &target->revs, m->scratch, &order);
    for (size_t i = order.n; i-- > 0;) {
        upgrade_step(m, order.items[i]);
    }
    return true;
}

/* Of several ways down only those of the lineage asked for. */
static bool limit_roots(maker *m, ag_revs *roots, ag_rev *branch) {
    ag_marks below = ag_graph_marks(m->graph, m->scratch);
    ag_revs from = {&branch, 1, 1};
    ag_graph_mark_down(m->graph, &from, false, below);
    ag_revs limited = {NULL, 0, 0};
    for (size_t i = 0; i < roots->n; i++) {
        if (below[roots->items[i]->index] != 0) {
            ag_vec_push(m->scratch, &limited, roots->items[i]);
        }
    }
    if (limited.n == 0) {
        ag_graph_lineage(m->graph, roots, branch, false, m->scratch, &limited);
    }
    *roots = limited;
    return limited.n > 0 ||
           ag_fail(m->err, AG_HISTORY, "Not a valid downgrade target from current heads");
}

static bool make_downgrade(maker *m, const ag_ident *target, const char *text) {
    ag_rev *to = target->revs.n == 0 ? NULL : target->revs.items[0];
    const ag_revs *above = to == NULL ? &m->graph->bases : &to->children;
    ag_revs roots = {NULL, 0, 0};
    for (size_t i = 0; i < above->n; i++) {
        ag_vec_push(m->scratch, &roots, above->items[i]);
    }
    if (target->branch != NULL && roots.n > 1 && !limit_roots(m, &roots, target->branch)) {
        return false;
    }
    ag_marks dropped = ag_graph_marks(m->graph, m->scratch);
    ag_graph_mark_up(m->graph, &roots, true, dropped);
    bool any = false;
    for (size_t i = 0; i < m->graph->revs.n; i++) {
        dropped[i] = dropped[i] != 0 && m->applied[i] != 0;
        any = any || dropped[i] != 0;
    }
    if (!any && to != NULL && m->applied[to->index] == 0) {
        return ag_fail(m->err, AG_HISTORY,
                       "Destination %s is not a valid downgrade target from current head(s)", text);
    }
    ag_revs order = {NULL, 0, 0};
    ag_graph_sort_down(m->graph, dropped, &m->rows, m->scratch, &order);
    for (size_t i = 0; i < order.n; i++) {
        downgrade_step(m, order.items[i]);
    }
    return true;
}

static bool one_target(const ag_ident *target, const char *text, ag_error *err) {
    if (target->revs.n <= 1) {
        return true;
    }
    return ag_fail(err, AG_HISTORY,
                   "Multiple head revisions are present for given argument '%s'; please specify a "
                   "specific target revision",
                   text);
}

static bool make_plan(maker *m, const char *target) {
    bool is_up = m->plan->kind == AG_PLAN_UPGRADE;
    ag_ident_context context = {.graph = m->graph,
                                .current = &m->rows,
                                .use = is_up ? AG_IDENT_UPGRADE : AG_IDENT_DOWNGRADE};
    ag_ident ident;
    if (!ag_ident_resolve(m->scratch, &context, target, &ident, m->err)) {
        return false;
    }
    survey(m);
    if (is_up) {
        return make_upgrade(m, &ident);
    }
    return one_target(&ident, target, m->err) && make_downgrade(m, &ident, target);
}

static bool finish(maker *m, bool ok, ag_plan **out) {
    ag_arena_free(m->scratch);
    if (!ok) {
        ag_plan_free(m->plan);
        return false;
    }
    *out = m->plan;
    return true;
}

static bool plan_to(const ag_graph *graph, ag_plan_kind kind, const ag_strings *rows,
                    const char *target, ag_plan **out, ag_error *err) {
    maker m = {.graph = graph, .scratch = ag_arena_new(), .plan = plan_new(kind), .err = err};
    bool ok = ag_ident_rows(m.scratch, graph, rows, &m.rows, err) && make_plan(&m, target);
    return finish(&m, ok, out);
}

bool ag_plan_upgrade(const ag_graph *graph, const ag_strings *rows, const char *target,
                     ag_plan **out, ag_error *err) {
    return plan_to(graph, AG_PLAN_UPGRADE, rows, target, out, err);
}

bool ag_plan_downgrade(const ag_graph *graph, const ag_strings *rows, const char *target,
                       ag_plan **out, ag_error *err) {
    return plan_to(graph, AG_PLAN_DOWNGRADE, rows, target, out, err);
}

/* Only targets of the branch that the start names: `label@base:heads`. */
static void keep_lineage(maker *m, ag_ident *target, ag_rev *branch) {
    ag_revs kept = {NULL, 0, 0};
    ag_graph_lineage(m->graph, &target->revs, branch, false, m->scratch, &kept);
    target->revs = kept;
}

bool ag_plan_range(const ag_graph *graph, ag_plan_kind kind, const char *lower, const char *upper,
                   ag_strings *rows, ag_plan **out, ag_error *err) {
    maker m = {.graph = graph, .scratch = ag_arena_new(), .plan = plan_new(kind), .err = err};
    ag_ident_context context = {.graph = graph, .use = AG_IDENT_SHOW};
    ag_ident start = {.is_base = true};
    bool ok = lower == NULL || ag_ident_resolve(m.scratch, &context, lower, &start, err);
    if (ok && start.revs.n > 1) {
        ok = one_target(&start, lower, err);
    }
    if (ok) {
        m.rows = start.revs;
        add_ids(m.plan->arena, rows, &m.rows);
        survey(&m);
        ag_ident target;
        bool is_branch = kind == AG_PLAN_UPGRADE && start.is_base && start.branch != NULL;
        context.current = &m.rows;
        context.use = kind == AG_PLAN_UPGRADE ? AG_IDENT_UPGRADE : AG_IDENT_DOWNGRADE;
        if (is_branch && strcmp(upper, "heads") == 0) { /* also the one that others depend on */
            upper = ag_arena_printf(m.scratch, "%s@heads", start.branch->id);
        }
        ok = ag_ident_resolve(m.scratch, &context, upper, &target, err);
        if (ok && kind == AG_PLAN_UPGRADE) {
            if (is_branch) {
                keep_lineage(&m, &target, start.branch);
            }
            ok = make_upgrade(&m, &target);
        } else if (ok) {
            ok = one_target(&target, upper, err) && make_downgrade(&m, &target, upper);
        }
    }
    return finish(&m, ok, out);
}

static void put_names(ag_buf *buf, const ag_strings *names) {
    for (size_t i = 0; i < names->n; i++) {
        ag_buf_printf(buf, "%s%s", i == 0 ? "" : ", ", names->items[i]);
    }
}

char *ag_plan_step_title(ag_arena *arena, const ag_plan_step *step) {
    static const char *const words[] = {"upgrade", "downgrade", "stamp"};
    ag_buf buf = AG_BUF_INIT;
    ag_buf_printf(&buf, "%s ", words[step->kind]);
    put_names(&buf, &step->from);
    ag_buf_puts(&buf, " -> ");
    put_names(&buf, &step->to);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

char *ag_plan_step_text(ag_arena *arena, const ag_plan_step *step) {
    char *title = ag_plan_step_title(arena, step);
    bool has_message = step->kind != AG_PLAN_STAMP && step->rev->message[0] != '\0';
    return has_message ? ag_arena_printf(arena, "%s, %s", title, step->rev->message) : title;
}

static void remove_row(ag_strings *rows, const char *row) {
    size_t kept = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (strcmp(rows->items[i], row) != 0) {
            rows->items[kept++] = rows->items[i];
        }
    }
    rows->n = kept;
}

void ag_plan_step_rows(ag_arena *arena, const ag_plan_step *step, ag_strings *rows) {
    for (size_t i = 0; i < step->changes.n; i++) {
        const ag_row_change *c = &step->changes.items[i];
        if (c->from != NULL) {
            remove_row(rows, c->from);
        }
        if (c->to != NULL) {
            ag_vec_push(arena, rows, ag_arena_strdup(arena, c->to));
        }
    }
}
