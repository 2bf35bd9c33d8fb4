/* lint: hazards and rule violations of revisions. */
#include <string.h>

#include "api/ctx.h"
#include "base/file.h"
#include "base/str.h"
#include "review/lint.h"
#include "revision/file.h"
#include "revision/ident.h"

enum { LONGEST_ID = 32 };

typedef struct linting {
    ag_ctx *ctx;
    ag_arena *arena; /* of the result */
    ag_findings *out;
    ag_strings files;
    ag_error *err;
} linting;

void ag_findings_free(ag_findings *findings) {
    if (findings != NULL) {
        ag_arena_free(findings->owner);
    }
}

static ag_findings *findings_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_findings *out = ag_arena_new_of(arena, ag_findings);
    out->owner = arena;
    const ag_lint_rule *rules = NULL;
    size_t n = ag_lint_rules(&rules);
    for (size_t i = 0; i < n; i++) {
        ag_finding_rule rule = {.id = rules[i].id,
                                .words = rules[i].words,
                                .summary = rules[i].summary,
                                .severity = rules[i].is_error ? "error" : "warning"};
        ag_vec_push(arena, &out->rules, rule);
    }
    return out;
}

static const ag_finding_rule *public_rule(const ag_findings *out, const ag_lint_rule *rule) {
    size_t i = 0;
    while (i + 1 < out->rules.n && strcmp(out->rules.items[i].id, rule->id) != 0) {
        i++;
    }
    return &out->rules.items[i];
}

/* ---- What is to be looked at ---- */

static void add_file(linting *l, const char *path) {
    for (size_t i = 0; i < l->files.n; i++) {
        if (strcmp(l->files.items[i], path) == 0) {
            return;
        }
    }
    ag_vec_push(l->arena, &l->files, ag_arena_strdup(l->arena, path));
}

static void add_revisions(linting *l, const ag_revs *revs) {
    const ag_graph *graph = l->ctx->graph;
    for (size_t i = 0; i < graph->order.n; i++) {
        if (ag_revs_has(revs, graph->order.items[i])) {
            add_file(l, graph->order.items[i]->path);
        }
    }
}

static bool add_unapplied(linting *l) {
    ag_revs rows = {0};
    ag_revs pending = {0};
    if (!ag_ctx_load_graph(l->ctx, l->err) ||
        (ag_ctx_need_url(l->ctx, NULL) &&
         !ag_ctx_read_rows(l->ctx, l->arena, &rows, NULL, l->err))) {
        return false;
    }
    const ag_graph *graph = l->ctx->graph;
    ag_marks applied = ag_graph_marks(graph, l->arena);
    ag_graph_mark_down(graph, &rows, true, applied);
    for (size_t i = 0; i < graph->revs.n; i++) {
        if (applied[i] == 0) {
            ag_vec_push(l->arena, &pending, graph->revs.items[i]);
        }
    }
    add_revisions(l, &pending);
    ag_error collision;
    if (!ag_ident_no_collision(graph, &rows, &collision)) {
        const ag_rev *last = graph->real_heads.items[graph->real_heads.n - 1];
        ag_finding finding = {
            .rule = public_rule(l->out, ag_lint_rule_of("two_heads")),
            .message = ag_arena_printf(l->arena, "%s (%s)", collision.message, collision.hint),
            .revision = ag_arena_strdup(l->arena, last->id),
            .loc = {ag_arena_strdup(l->arena, last->path), last->loc.line, last->loc.column}};
        ag_vec_push(l->arena, &l->out->list, finding);
    }
    return true;
}

static bool resolve(linting *l, const char *text, ag_revs *revs) {
    const char *lower = NULL;
    const char *upper = NULL;
    ag_revs rows = {0};
    ag_ident ident = {0};
    bool is_range = ag_ident_split_range(l->arena, text, &lower, &upper);
    if (!is_range) {
        bool ok = ag_ctx_resolve(l->ctx, l->arena, text, &ident, l->err);
        *revs = ident.revs;
        return ok;
    }
    bool asks = ag_history_asks_database(lower, upper);
    return (!asks || ag_ctx_read_rows(l->ctx, l->arena, &rows, NULL, l->err)) &&
           ag_history_range(l->arena, l->ctx->graph, asks ? &rows : NULL, lower, upper, revs,
                            l->err);
}

static bool is_file(const char *text) {
    return (strchr(text, '/') != NULL || ag_text_ends(text, ".sql")) && ag_file_exists(text);
}

static bool add_operand(linting *l, const char *text) {
    ag_revs revs = {0};
    if (is_file(text)) {
        add_file(l, text);
        return true;
    }
    if (!ag_ctx_load_graph(l->ctx, l->err) || !resolve(l, text, &revs)) {
        return false;
    }
    add_revisions(l, &revs);
    return true;
}

/* ---- Looking ---- */

static bool lint_direction(linting *l, const ag_rev_file *file, const ag_dialect *dialect,
                           ag_lint_findings *found) {
    ag_lint lint = {.arena = l->arena, .dialect = dialect, .found = found};
    ag_rev_parts up = {NULL, 0, 0};
    ag_rev_parts down = {NULL, 0, 0};
    if (!ag_rev_file_parts(file, l->arena, dialect->name, true, &up, l->err) ||
        !ag_rev_file_parts(file, l->arena, dialect->name, false, &down, l->err)) {
        return false;
    }
    for (size_t p = 0; p < up.n; p++) {
        for (size_t u = 0; u < up.items[p].units.n; u++) {
            const ag_rev_unit *unit = &up.items[p].units.items[u];
            if (unit->table != NULL) {
                ag_lint_rebuild(&lint, unit->table, unit->loc);
                continue;
            }
            for (size_t s = 0; s < unit->statements.n; s++) {
                ag_lint_statement(&lint, unit->statements.items[s].sql,
                                  unit->statements.items[s].loc, up.items[p].is_autocommit);
            }
        }
    }
    if (up.n > 0 && down.n == 0) {
        ag_lint_add(&lint, "no_downgrade", dialect->name, file->header.loc);
    }
    return true;
}

static void lint_header(linting *l, const ag_rev_file *file, ag_lint_findings *found) {
    ag_lint lint = {.arena = l->arena, .found = found};
    const ag_rev_header *header = &file->header;
    if (strlen(header->id) > LONGEST_ID) {
        ag_lint_add(&lint, "long_id", header->id, header->loc);
    }
    if (header->message[0] == '\0' || strcmp(header->message, "empty message") == 0) {
        ag_lint_add(&lint, "no_message", NULL, header->loc);
    }
}

static void publish(linting *l, const ag_rev_file *file, const ag_lint_findings *found) {
    for (size_t i = 0; i < found->n; i++) {
        ag_finding finding = {.rule = public_rule(l->out, found->items[i].rule),
                              .message = found->items[i].text,
                              .revision = ag_arena_strdup(l->arena, file->header.id),
                              .loc = found->items[i].loc};
        finding.loc.file = ag_arena_strdup(l->arena, file->path);
        ag_vec_push(l->arena, &l->out->list, finding);
    }
}

static bool lint_file(linting *l, const char *path, const ag_strings *dialects) {
    ag_rev_file *file = NULL;
    ag_lint_findings found = {0};
    bool ok = ag_rev_file_read(path, &file, l->err);
    if (ok) {
        lint_header(l, file, &found);
    }
    for (size_t i = 0; ok && i < dialects->n; i++) {
        const ag_dialect *dialect = NULL;
        ok = ag_ctx_dialect(l->ctx, dialects->items[i], &dialect, l->err) &&
             lint_direction(l, file, dialect, &found);
    }
    if (ok) {
        publish(l, file, &found);
    }
    ag_rev_file_free(file);
    return ok;
}

static bool choose_dialects(linting *l, ag_strings *dialects) {
    const ag_dialect *dialect = NULL;
    *dialects = l->ctx->settings->dialects;
    if (dialects->n > 0) {
        return true;
    }
    bool ok = ag_ctx_dialect(l->ctx, NULL, &dialect, l->err);
    if (ok) {
        ag_vec_push(l->arena, dialects, dialect->name);
    }
    return ok;
}

bool ag_lint_revisions(ag_ctx *ctx, const ag_lint_options *options, ag_findings **out,
                       ag_error *err) {
    *out = NULL;
    if (!ag_ctx_begin(ctx, err)) {
        return false;
    }
    linting l = {.ctx = ctx, .out = findings_new(), .err = err};
    l.arena = l.out->owner;
    ag_strings dialects = {0};
    bool ok = choose_dialects(&l, &dialects) && (options->revisions.n > 0 || add_unapplied(&l));
    for (size_t i = 0; ok && i < options->revisions.n; i++) {
        ok = add_operand(&l, options->revisions.items[i]);
    }
    for (size_t i = 0; ok && i < l.files.n; i++) {
        ok = lint_file(&l, l.files.items[i], &dialects);
    }
    if (ok) {
        *out = l.out;
    } else {
        ag_findings_free(l.out);
    }
    return ok;
}
