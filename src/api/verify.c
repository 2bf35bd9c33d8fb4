/*
 * verify: proves the history on a scratch database. Up to head and compared with the model, back
 * down and compared with the start, up again and compared with the first time.
 */
#include <string.h>

#include "api/changes.h"
#include "api/source.h"
#include "revision/ident.h"
#include "revision/plan.h"
#include "schema/node.h"

typedef struct verifying {
    ag_ctx *ctx;
    const ag_dialect *dialect;
    ag_conn *conn;
    ag_arena *arena;
    ag_revs start;    /* where it begins; none = base */
    ag_marks applied; /* what has run there */
    ag_changes *found;
    ag_error *err;
} verifying;

static bool look(verifying *v, ag_source *out) {
    ag_introspect_options everything = {0};
    ag_filter filter = ag_ctx_filter(v->ctx);
    out->is_canonical = true;
    return v->dialect->introspect(v->conn, &everything, &out->schema, v->err) &&
           ag_schema_filter(out->schema, &filter, v->err);
}

/* Appends the differences between two states, each with the words for when they were found. */
static bool expect_same(verifying *v, ag_source *from, ag_source *to, const char *when) {
    ag_diff_result diff = {0};
    bool ok = ag_source_compare(v->ctx, v->dialect, from, to, NULL, false, &diff, v->err);
    if (ok) {
        ag_arena *arena = ag_changes_arena(v->found);
        ag_changes *changes = ag_changes_of(v->dialect, &diff, NULL);
        for (size_t i = 0; i < changes->list.n; i++) {
            const ag_change *c = &changes->list.items[i];
            ag_change copy = {.kind = c->kind,
                              .table = ag_arena_strdup(arena, c->table),
                              .name = ag_arena_strdup(arena, c->name),
                              .summary = ag_arena_printf(arena, "%s: %s", when, c->summary)};
            ag_vec_push(arena, &v->found->list, copy);
        }
        ag_changes_free(changes);
    }
    ag_diff_result_release(&diff);
    return ok;
}

static bool run_to(verifying *v, const char *target, const char *words) {
    ag_ctx_say(v->ctx, AG_EVENT_INFO, "%s", words);
    return ag_ctx_replay(v->ctx, v->dialect, v->conn, target, true, v->err) ||
           ag_prefix(v->err, "%s", words);
}

static bool find_start(verifying *v, const char *from) {
    ag_ident ident = {0};
    if (from != NULL && !ag_ctx_resolve(v->ctx, v->arena, from, &ident, v->err)) {
        return false;
    }
    v->start = ident.revs;
    v->applied = ag_history_applied(v->arena, v->ctx->graph, &v->start);
    return true;
}

static bool run_to_start(verifying *v) {
    bool ok = true;
    for (size_t i = 0; ok && i < v->start.n; i++) {
        ok = run_to(v, v->start.items[i]->id, "upgrade to the start");
    }
    return ok;
}

/* Whether a revision is not of the start and follows only what is. */
static bool is_first_above(const verifying *v, const ag_rev *rev) {
    bool is_first = v->applied[rev->index] == 0;
    for (size_t i = 0; i < rev->parents.n; i++) {
        is_first = is_first && v->applied[rev->parents.items[i]->index] != 0;
    }
    return is_first;
}

/* Takes back all that the start does not have: other branches too, not only what stands on it. */
static bool run_down(verifying *v) {
    static const char words[] = "downgrade to the start";
    const ag_graph *graph = v->ctx->graph;
    bool ok = true;
    ag_ctx_say(v->ctx, AG_EVENT_INFO, "%s", words);
    if (v->start.n == 0) {
        ok = ag_ctx_replay(v->ctx, v->dialect, v->conn, "base", false, v->err);
    }
    for (size_t i = 0; ok && v->start.n > 0 && i < graph->order.n; i++) {
        const ag_rev *rev = graph->order.items[i];
        if (is_first_above(v, rev)) {
            const char *below = rev->downs.n == 0 ? "base" : rev->downs.items[0]->id;
            const char *target = ag_arena_printf(v->arena, "%s@%s", rev->id, below);
            ok = ag_ctx_replay(v->ctx, v->dialect, v->conn, target, false, v->err);
        }
    }
    return ok || ag_prefix(v->err, "%s", words);
}

/* Reads the state again: comparing leaves things out. */
static bool compare_with_model(verifying *v) {
    if (v->ctx->settings->model.n == 0) {
        return true;
    }
    ag_source model = {0};
    ag_source from = {0};
    bool ok = ag_source_model(v->ctx, v->dialect, &model, v->err) && look(v, &from);
    from.conn = v->conn;
    ok = ok && expect_same(v, &from, &model, "the history differs from the model");
    ag_source_release(&from);
    ag_source_release(&model);
    return ok;
}

static bool prove(verifying *v, const char *from) {
    ag_source start = {0};
    ag_source top = {0};
    ag_source back = {0};
    ag_source again = {0};
    bool ok = find_start(v, from) && run_to_start(v) && look(v, &start) &&
              run_to(v, "heads", "upgrade to head") && look(v, &top) && compare_with_model(v) &&
              run_down(v) && look(v, &back);
    size_t n_found = v->found->list.n;
    ok = ok && expect_same(v, &back, &start, "the downgrade left a difference");
    if (ok && v->found->list.n == n_found) { /* or the upgrade would stumble over what is left */
        ok = run_to(v, "heads", "upgrade again") && look(v, &again) &&
             expect_same(v, &again, &top, "the second upgrade differs from the first");
    }
    ag_source_release(&start);
    ag_source_release(&top);
    ag_source_release(&back);
    ag_source_release(&again);
    return ok;
}

bool ag_verify(ag_ctx *ctx, const char *from, ag_changes **out, ag_error *err) {
    verifying v = {.ctx = ctx, .err = err};
    *out = NULL;
    if (!ag_ctx_begin(ctx, err) || !ag_ctx_load_graph(ctx, err) ||
        !ag_ctx_dialect(ctx, NULL, &v.dialect, err) ||
        !ag_ctx_open_scratch(ctx, v.dialect, &v.conn, err)) {
        return false;
    }
    v.arena = ag_arena_new();
    ag_ops *none = ag_ops_new();
    ag_diff_result nothing = {.ops = none};
    v.found = ag_changes_of(v.dialect, &nothing, NULL);
    ag_ops_free(none);
    bool ok = prove(&v, from);
    ag_ctx_close(ctx, v.conn);
    ag_arena_free(v.arena);
    if (ok) {
        *out = v.found;
    } else {
        ag_changes_free(v.found);
    }
    return ok;
}
