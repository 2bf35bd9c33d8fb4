/* Commands that run revisions: upgrade, downgrade, stamp, ensure_version. */
#include <string.h>

#include "api/ctx.h"
#include "base/file.h"
#include "base/str.h"
#include "revision/offline.h"
#include "revision/plan.h"
#include "revision/runner.h"
#include "sql/token.h"

/* ---- What the runner tells ---- */

static void on_step(void *context, const ag_plan_step *step, size_t index, size_t n_steps) {
    const ag_ctx *ctx = context;
    if (ctx->on_event == NULL) {
        return;
    }
    ag_arena *arena = ag_arena_new();
    char *text = ag_arena_printf(arena, "Running %s", ag_plan_step_text(arena, step));
    ag_text_blank_unsafe(text, true);
    ag_event event = {
        .kind = AG_EVENT_STEP,
        .text = text,
        .revision = step->rev == NULL ? NULL : step->rev->id,
        .done = index,
        .total = n_steps,
    };
    ctx->on_event(ctx->user, &event);
    ag_arena_free(arena);
}

static void on_step_done(void *context, const ag_plan_step *step, int64_t duration_ms) {
    const ag_ctx *ctx = context;
    (void)duration_ms;
    if (ctx->on_event != NULL) {
        ag_event event = {.kind = AG_EVENT_STEP_DONE,
                          .text = "",
                          .revision = step->rev == NULL ? NULL : step->rev->id};
        ctx->on_event(ctx->user, &event);
    }
}

static void on_statement(void *context, const ag_rev_statement *statement, size_t index, size_t n) {
    ag_arena *arena = ag_arena_new();
    size_t length = strcspn(statement->sql, "\r\n");
    char *line = ag_arena_strndup(arena, statement->sql, length > 60 ? 60 : length);
    ag_utf8_trim_partial(line);
    ag_ctx_progress(context, line, index + 1, n);
    ag_arena_free(arena);
}

static void on_wait(void *context, const char *holder) {
    ag_ctx_say(context, AG_EVENT_INFO, "Waiting for another migration to end (%s)",
               holder == NULL ? "unknown" : holder);
}

static void on_retry(void *context, const ag_plan_step *step, int attempt, int pause_ms,
                     const ag_error *why) {
    (void)step;
    ag_ctx_say(context, AG_EVENT_WARNING, "%s; trying again in %d ms (attempt %d)", why->message,
               pause_ms, attempt);
}

static ag_run_options run_options(ag_ctx *ctx, const ag_dialect *dialect, bool allow_edited) {
    return (ag_run_options){
        .graph = ctx->graph,
        .dialect = dialect,
        .conn = ctx->conn,
        .version_schema = ctx->settings->version_table_schema,
        .version_table = ctx->settings->version_table,
        .transaction = (ag_transaction_mode)ctx->settings->transaction,
        .lock_retries = ctx->settings->lock_retries,
        .migration_lock_timeout_ms = ctx->settings->migration_lock_timeout,
        .allow_edited = allow_edited,
        .tool_version = ctx->tool_version,
        .cancelled = &ctx->cancelled,
        .events = {.context = ctx,
                   .on_step = on_step,
                   .on_statement = on_statement,
                   .on_step_done = on_step_done,
                   .on_wait = on_wait,
                   .on_retry = on_retry},
    };
}

bool ag_ctx_replay(ag_ctx *ctx, const ag_dialect *dialect, ag_conn *conn, const char *target,
                   bool is_upgrade, ag_error *err) {
    ag_run_options options = run_options(ctx, dialect, true);
    options.conn = conn;
    options.events = (ag_run_events){0};
    ag_run_result result = {0};
    return is_upgrade ? ag_run_upgrade(&options, target, &result, err)
                      : ag_run_downgrade(&options, target, &result, err);
}

static ag_offline_options offline_options(ag_ctx *ctx, const ag_dialect *dialect) {
    return (ag_offline_options){
        .graph = ctx->graph,
        .dialect = dialect,
        .version_schema = ctx->settings->version_table_schema,
        .version_table = ctx->settings->version_table,
        .transaction = (ag_transaction_mode)ctx->settings->transaction,
    };
}

static bool begin(ag_ctx *ctx, const ag_dialect **dialect, ag_error *err) {
    return ag_ctx_begin(ctx, err) && ag_ctx_load_graph(ctx, err) &&
           ag_ctx_dialect(ctx, NULL, dialect, err);
}

static bool finish_text(bool ok, ag_buf *buf, ag_text **out) {
    if (ok) {
        *out = ag_text_new();
        ag_text_take(*out, buf);
    }
    ag_buf_release(buf);
    return ok;
}

/* Whoever runs the script later sees what it was made for. */
static void put_tag(ag_buf *buf, const char *tag) {
    if (tag != NULL && *tag != '\0') {
        ag_buf_puts(buf, "-- Tag: ");
        ag_sql_comment_text(buf, tag);
        ag_buf_puts(buf, "\n\n");
    }
}

/* ---- upgrade, downgrade ---- */

static bool migrate_offline(ag_ctx *ctx, const ag_dialect *dialect, bool up, const char *target,
                            const char *tag, ag_text **out, ag_error *err) {
    ag_offline_options options = offline_options(ctx, dialect);
    ag_buf buf = AG_BUF_INIT;
    put_tag(&buf, tag);
    bool ok = up ? ag_offline_upgrade(&options, target, &buf, err)
                 : ag_offline_downgrade(&options, target, &buf, err);
    return finish_text(ok, &buf, out);
}

static bool run_to(const ag_run_options *options, bool up, const char *target, ag_error *err) {
    ag_run_result result = {0};
    return up ? ag_run_upgrade(options, target, &result, err)
              : ag_run_downgrade(options, target, &result, err);
}

/* What a dry run lists. */
static void list_step(void *context, const ag_plan_step *step, size_t index, size_t n_steps) {
    ag_arena *arena = ag_arena_new();
    (void)index;
    (void)n_steps;
    ag_buf_printf(context, "%s\n", ag_plan_step_text(arena, step));
    ag_arena_free(arena);
}

/* A database that is not there yet is empty, and stays so. */
static bool dry_run(ag_ctx *ctx, const ag_dialect *dialect, const ag_migrate_options *options,
                    bool up, const char *target, ag_text **out, ag_error *err) {
    if (!ag_ctx_need_url(ctx, err) ||
        (ag_url_has_database(&ctx->url) && !ag_ctx_connect(ctx, false, err))) {
        return false;
    }
    ag_buf buf = AG_BUF_INIT;
    ag_run_options run = run_options(ctx, dialect, options->allow_edited);
    run.is_dry = true;
    run.events = (ag_run_events){.context = &buf, .on_step = list_step};
    bool ok = run_to(&run, up, target, err) || ag_ctx_mask(ctx, err);
    return finish_text(ok, &buf, out);
}

/* True when a run has to make the database: what it would refuse is asked before. */
static bool is_new_database(const ag_ctx *ctx, ag_run_options *run) {
    if (ag_url_has_database(&ctx->url)) {
        return false;
    }
    run->is_dry = true;
    run->conn = NULL;
    run->events = (ag_run_events){0};
    return true;
}

static bool refuse_range(const char *target, ag_error *err) {
    if (strchr(target, ':') == NULL) {
        return true;
    }
    ag_fail(err, AG_USAGE, "Range revision not allowed");
    return ag_hint(err, "a range such as %s goes with --sql", target);
}

static bool migrate(ag_ctx *ctx, const ag_migrate_options *options, bool up, ag_text **out,
                    ag_error *err) {
    const ag_dialect *dialect = NULL;
    const char *target = options->target == NULL ? "head" : options->target;
    if (out != NULL) {
        *out = NULL;
    }
    if (!begin(ctx, &dialect, err)) {
        return false;
    }
    if ((options->offline || options->dry_run) && out == NULL) {
        return ag_fail(err, AG_USAGE, "an offline or dry run needs a place for its text");
    }
    if (options->offline) {
        return migrate_offline(ctx, dialect, up, target, options->tag, out, err);
    }
    if (!refuse_range(target, err)) {
        return false;
    }
    if (options->dry_run) {
        return dry_run(ctx, dialect, options, up, target, out, err);
    }
    if (!ag_ctx_need_url(ctx, err)) {
        return false;
    }
    ag_run_options dry = run_options(ctx, dialect, options->allow_edited);
    if (is_new_database(ctx, &dry)) {
        bool ok = run_to(&dry, up, target, err);
        if (!ok || !up) { /* nothing is applied: there is nothing to take back */
            return ok;
        }
    }
    if (!ag_ctx_connect(ctx, up, err)) {
        return false;
    }
    ag_run_options run = run_options(ctx, dialect, options->allow_edited);
    return run_to(&run, up, target, err) || ag_ctx_mask(ctx, err);
}

bool ag_upgrade(ag_ctx *ctx, const ag_migrate_options *options, ag_text **out, ag_error *err) {
    return migrate(ctx, options, true, out, err);
}

bool ag_downgrade(ag_ctx *ctx, const ag_migrate_options *options, ag_text **out, ag_error *err) {
    if (options->target == NULL) {
        return ag_fail(err, AG_USAGE, "downgrade needs a revision");
    }
    return migrate(ctx, options, false, out, err);
}

/* ---- stamp, ensure_version ---- */

bool ag_stamp(ag_ctx *ctx, const ag_stamp_options *options, ag_text **out, ag_error *err) {
    const ag_dialect *dialect = NULL;
    if (out != NULL) {
        *out = NULL;
    }
    if (!begin(ctx, &dialect, err)) {
        return false;
    }
    const char *const *targets = options->revisions.items;
    size_t n = options->revisions.n;
    if (options->offline && out != NULL) {
        ag_offline_options offline = offline_options(ctx, dialect);
        ag_buf buf = AG_BUF_INIT;
        put_tag(&buf, options->tag);
        bool ok = ag_offline_stamp(&offline, targets, n, options->purge, &buf, err);
        return finish_text(ok, &buf, out);
    }
    ag_run_result result = {0};
    for (size_t i = 0; i < n; i++) {
        if (!refuse_range(targets[i], err)) {
            return false;
        }
    }
    if (!ag_ctx_need_url(ctx, err)) {
        return false;
    }
    ag_run_options dry = run_options(ctx, dialect, true);
    if (is_new_database(ctx, &dry) &&
        !ag_run_stamp(&dry, targets, n, options->purge, &result, err)) {
        return false;
    }
    if (!ag_ctx_connect(ctx, true, err)) {
        return false;
    }
    ag_run_options run = run_options(ctx, dialect, true);
    return ag_run_stamp(&run, targets, n, options->purge, &result, err) || ag_ctx_mask(ctx, err);
}

bool ag_ensure_version(ag_ctx *ctx, bool offline, ag_text **out, ag_error *err) {
    const ag_dialect *dialect = NULL;
    if (out != NULL) {
        *out = NULL;
    }
    if (!begin(ctx, &dialect, err)) {
        return false;
    }
    if (offline && out != NULL) {
        ag_offline_options options = offline_options(ctx, dialect);
        ag_buf buf = AG_BUF_INIT;
        ag_offline_ensure(&options, &buf);
        return finish_text(true, &buf, out);
    }
    if (!ag_ctx_connect(ctx, true, err)) {
        return false;
    }
    ag_run_options run = run_options(ctx, dialect, true);
    return ag_run_ensure(&run, err) || ag_ctx_mask(ctx, err);
}
