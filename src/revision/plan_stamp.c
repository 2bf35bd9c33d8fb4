/* Stamping: the rows are changed and nothing runs. */
#include <string.h>

#include "revision/plan.h"

typedef struct stamper {
    const ag_graph *graph;
    ag_arena *scratch;
    ag_revs rows; /* as they stand, without those set by this stamp */
    ag_revs set;  /* by this stamp */
    ag_plan *plan;
    ag_error *err;
} stamper;

static void change(stamper *s, ag_plan_step *step, ag_row_change_kind kind, const char *from,
                   const char *to) {
    ag_row_change c = {.kind = kind, .from = from, .to = to};
    ag_vec_push(s->plan->arena, &step->changes, c);
}

static void remove_rows(stamper *s, const ag_revs *gone) {
    size_t kept = 0;
    for (size_t i = 0; i < s->rows.n; i++) {
        if (!ag_revs_has(gone, s->rows.items[i])) {
            s->rows.items[kept++] = s->rows.items[i];
        }
    }
    s->rows.n = kept;
}

/* `dest` NULL: these rows go and nothing takes their place. */
static void add_step(stamper *s, const ag_revs *related, ag_rev *dest) {
    ag_plan_step step = {.kind = AG_PLAN_STAMP, .rev = dest};
    const ag_rev *last = NULL;
    bool is_there = dest != NULL && ag_revs_has(related, dest);
    for (size_t i = 0; i < related->n; i++) {
        const ag_rev *row = related->items[i];
        ag_vec_push(s->plan->arena, &step.from, row->id);
        if (row == dest) {
            continue;
        }
        if (last != NULL) {
            change(s, &step, AG_ROW_DELETE, last->id, NULL);
        }
        last = row;
    }
    if (last != NULL) {
        bool is_update = dest != NULL && !is_there;
        change(s, &step, is_update ? AG_ROW_UPDATE : AG_ROW_DELETE, last->id,
               is_update ? dest->id : NULL);
    } else if (dest != NULL && !is_there) {
        change(s, &step, AG_ROW_INSERT, NULL, dest->id);
    }
    if (dest != NULL) {
        ag_vec_push(s->plan->arena, &step.to, dest->id);
    }
    if (step.changes.n > 0) {
        ag_vec_push(s->plan->arena, &s->plan->steps, step);
    }
    remove_rows(s, related);
}

static bool stamp_one(stamper *s, ag_rev *dest) {
    if (ag_revs_has(&s->set, dest)) {
        return true;
    }
    ag_revs overlaps = {NULL, 0, 0};
    ag_graph_lineage(s->graph, &s->set, dest, true, s->scratch, &overlaps);
    if (overlaps.n > 0) {
        return ag_fail(s->err, AG_HISTORY,
                       "Requested revision %s overlaps with other requested revisions %s", dest->id,
                       overlaps.items[0]->id);
    }
    ag_revs related = {NULL, 0, 0};
    ag_graph_lineage(s->graph, &s->rows, dest, true, s->scratch, &related);
    add_step(s, &related, dest);
    ag_vec_push(s->scratch, &s->set, dest);
    return true;
}

static bool stamp_base(stamper *s, ag_rev *branch) {
    ag_revs related = {NULL, 0, 0};
    ag_revs overlaps = s->set;
    if (branch != NULL) {
        overlaps = (ag_revs){NULL, 0, 0};
        ag_graph_lineage(s->graph, &s->set, branch, true, s->scratch, &overlaps);
    }
    if (overlaps.n > 0) {
        return ag_fail(s->err, AG_HISTORY,
                       "Requested revision %s%sbase overlaps with other requested revisions %s",
                       branch == NULL ? "" : branch->id, branch == NULL ? "" : "@",
                       overlaps.items[0]->id);
    }
    if (branch != NULL) {
        ag_graph_lineage(s->graph, &s->rows, branch, true, s->scratch, &related);
    } else {
        for (size_t i = 0; i < s->rows.n; i++) {
            ag_vec_push(s->scratch, &related, s->rows.items[i]);
        }
    }
    add_step(s, &related, NULL);
    return true;
}

static bool stamp_target(stamper *s, const char *target, const ag_revs *current) {
    ag_ident ident;
    ag_ident_context context = {.graph = s->graph, .current = current, .use = AG_IDENT_SHOW};
    if (!ag_ident_resolve(s->scratch, &context, target, &ident, s->err)) {
        return false;
    }
    if (ident.is_base && !stamp_base(s, ident.branch)) {
        return false;
    }
    for (size_t i = 0; i < ident.revs.n; i++) {
        if (!stamp_one(s, ident.revs.items[i])) {
            return false;
        }
    }
    return true;
}

static void purge(stamper *s, const ag_strings *rows) {
    ag_plan_step step = {.kind = AG_PLAN_STAMP};
    for (size_t i = 0; i < rows->n; i++) {
        const char *row = ag_arena_strdup(s->plan->arena, rows->items[i]);
        ag_vec_push(s->plan->arena, &step.from, row);
        change(s, &step, AG_ROW_DELETE, row, NULL);
    }
    if (rows->n > 0) {
        ag_vec_push(s->plan->arena, &s->plan->steps, step);
    }
}

bool ag_plan_stamp(const ag_graph *graph, const ag_strings *rows, const char *const *targets,
                   size_t n_targets, bool is_purge, ag_plan **out, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    stamper s = {.graph = graph,
                 .scratch = ag_arena_new(),
                 .plan = ag_arena_new_of(arena, ag_plan),
                 .err = err};
    s.plan->arena = arena;
    s.plan->kind = AG_PLAN_STAMP;
    bool ok = true;
    if (is_purge) {
        purge(&s, rows);
    } else {
        ok = ag_ident_rows(s.scratch, graph, rows, &s.rows, err);
    }
    ag_revs current = {NULL, 0, 0};
    for (size_t i = 0; i < s.rows.n; i++) {
        ag_vec_push(s.scratch, &current, s.rows.items[i]);
    }
    for (size_t i = 0; ok && i < n_targets; i++) {
        ok = stamp_target(&s, targets[i], &current);
    }
    ag_arena_free(s.scratch);
    if (!ok) {
        ag_plan_free(s.plan);
        return false;
    }
    *out = s.plan;
    return true;
}
