/* Commands that look at the history: history, heads, branches, show, current. */
#include <string.h>

#include "api/revisions.h"
#include "base/file.h"
#include "base/str.h"
#include "revision/draw.h"
#include "revision/ident.h"
#include "revision/plan.h"

static bool begin(ag_ctx *ctx, ag_error *err) {
    return ag_ctx_begin(ctx, err) && ag_ctx_load_graph(ctx, err);
}

/* Hands the result over, or frees it. */
static bool finish(ag_revisions *result, bool ok, ag_revisions **out) {
    if (ok) {
        *out = result;
    } else {
        ag_revisions_free(result);
    }
    return ok;
}

static void add_all(ag_revisions *out, const ag_revs *revs, const ag_revs *current) {
    for (size_t i = 0; i < revs->n; i++) {
        ag_revisions_add(out, revs->items[i], current);
    }
}

static void report_edited(ag_ctx *ctx, ag_revisions *result, const ag_revs *shown,
                          const ag_revs *edited) {
    ag_arena *arena = ag_revisions_arena(result);
    result->knows_edited = true;
    for (size_t i = 0; i < edited->n; i++) {
        const ag_rev *rev = edited->items[i];
        ag_vec_push(arena, &result->edited, ag_arena_strdup(arena, rev->id));
        ag_ctx_say(ctx, AG_EVENT_WARNING, "revision %s was edited after it ran: %s", rev->id,
                   rev->path);
    }
    for (size_t i = 0; i < shown->n; i++) {
        result->list.items[i].is_edited = ag_revs_has(edited, shown->items[i]);
    }
}

bool ag_current(ag_ctx *ctx, bool check_heads, ag_revisions **out, ag_error *err) {
    *out = NULL;
    if (!begin(ctx, err)) {
        return false;
    }
    ag_revisions *result = ag_revisions_new();
    ag_arena *arena = ag_revisions_arena(result);
    ag_revs rows = {0};
    ag_revs edited = {0};
    ag_revs shown = {0};
    bool ok = ag_ctx_read_rows(ctx, arena, &rows, &edited, err);
    if (ok) {
        ag_history_current(arena, ctx->graph, &rows, &shown);
        add_all(result, &shown, &shown);
        report_edited(ctx, result, &shown, &edited);
    }
    if (!finish(result, ok, out)) {
        return false;
    }
    if (check_heads && !ag_history_is_complete(ctx->graph, &rows)) {
        ag_fail(err, AG_HISTORY, "Database is not on all head revisions");
        return ag_hint(err, "autogen upgrade heads");
    }
    return true;
}

static bool history_range(ag_ctx *ctx, const ag_history_options *options, ag_arena *arena,
                          ag_revs *revs, ag_revs *current, ag_error *err) {
    const char *lower = NULL;
    const char *upper = NULL;
    if (options->range != NULL && !ag_ident_split_range(arena, options->range, &lower, &upper)) {
        return ag_fail(err, AG_USAGE, "History range requires [start]:[end], [start]:, or :[end]");
    }
    bool needs_rows = ag_history_asks_database(lower, upper);
    if (needs_rows && !ag_ctx_read_rows(ctx, arena, current, NULL, err)) {
        return false;
    }
    if (!needs_rows && options->indicate_current &&
        !ag_ctx_read_known_rows(ctx, arena, current, err)) {
        return false;
    }
    return ag_history_range(arena, ctx->graph, needs_rows ? current : NULL, lower, upper, revs,
                            err);
}

static void draw(ag_ctx *ctx, const ag_revs *revs, ag_revisions *out) {
    ag_arena *arena = ag_revisions_arena(out);
    ag_drawn *drawn = ag_arena_array(arena, revs->n + 1, sizeof *drawn);
    ag_graph_draw(ctx->graph, revs, arena, drawn);
    for (size_t i = 0; i < revs->n; i++) {
        out->list.items[i].drawing = (ag_drawing){.above = drawn[i].above,
                                                  .mark = drawn[i].mark,
                                                  .below = drawn[i].below,
                                                  .rest = drawn[i].rest};
    }
}

bool ag_history(ag_ctx *ctx, const ag_history_options *options, ag_revisions **out, ag_error *err) {
    *out = NULL;
    if (!begin(ctx, err)) {
        return false;
    }
    ag_revisions *result = ag_revisions_new();
    ag_arena *arena = ag_revisions_arena(result);
    ag_revs revs = {0};
    ag_revs rows = {0};
    ag_revs current = {0};
    bool ok = history_range(ctx, options, arena, &revs, &rows, err);
    if (ok) {
        ag_history_current(arena, ctx->graph, &rows, &current);
        add_all(result, &revs, options->indicate_current ? &current : NULL);
    }
    if (ok && options->graph) {
        draw(ctx, &revs, result);
    }
    return finish(result, ok, out);
}

bool ag_heads(ag_ctx *ctx, bool resolve_dependencies, ag_revisions **out, ag_error *err) {
    *out = NULL;
    if (!begin(ctx, err)) {
        return false;
    }
    ag_revisions *result = ag_revisions_new();
    add_all(result, resolve_dependencies ? &ctx->graph->real_heads : &ctx->graph->heads, NULL);
    return finish(result, true, out);
}

bool ag_branches(ag_ctx *ctx, ag_revisions **out, ag_error *err) {
    *out = NULL;
    if (!begin(ctx, err)) {
        return false;
    }
    ag_revisions *result = ag_revisions_new();
    for (size_t i = ctx->graph->order.n; i-- > 0;) {
        const ag_rev *rev = ctx->graph->order.items[i];
        if (ag_rev_is_branch_point(rev)) {
            ag_revisions_add(result, rev, NULL);
            for (size_t j = 0; j < rev->children.n; j++) {
                ag_revisions_add_child(result, rev->children.items[j]);
            }
        }
    }
    return finish(result, true, out);
}

/* The text of the file behind a single revision; a vanished file is an error. */
static bool add_text(ag_revisions *result, ag_error *err) {
    if (result->list.n != 1 || result->list.items[0].path[0] == '\0') {
        return true;
    }
    char *text = NULL;
    size_t n = 0;
    bool ok = ag_file_read(ag_revisions_arena(result), result->list.items[0].path, AG_INPUT, &text,
                           &n, err);
    result->text = text;
    return ok;
}

bool ag_show(ag_ctx *ctx, const char *revision, ag_revisions **out, ag_error *err) {
    *out = NULL;
    if (!begin(ctx, err)) {
        return false;
    }
    ag_revisions *result = ag_revisions_new();
    ag_arena *arena = ag_revisions_arena(result);
    ag_revs rows = {0};
    ag_ident ident = {0};
    bool is_current = ag_ident_asks_database(revision);
    bool ok = ag_ctx_resolve(ctx, arena, revision, &ident, err) &&
              (!is_current || ag_ctx_read_rows(ctx, arena, &rows, NULL, err));
    if (ok) {
        add_all(result, &ident.revs, is_current ? &rows : NULL);
        ok = add_text(result, err);
    }
    return finish(result, ok, out);
}
