#include "api/ctx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/str.h"
#include "revision/ident.h"
#include "revision/plan.h"

#define VERSION "0.1.0"

const char *ag_version(void) {
    return VERSION;
}

/* ---- Saying things ---- */

void ag_ctx_say(const ag_ctx *ctx, ag_event_kind kind, const char *format, ...) {
    if (ctx->on_event == NULL) {
        return;
    }
    ag_buf text = AG_BUF_INIT;
    va_list args;
    va_start(args, format);
    ag_buf_vprintf(&text, format, args);
    va_end(args);
    char *shown = ag_buf_steal(&text);
    ag_text_blank_unsafe(shown, true);
    ag_event event = {.kind = kind, .text = shown};
    ctx->on_event(ctx->user, &event);
    free(shown);
}

void ag_ctx_progress(const ag_ctx *ctx, const char *what, unsigned long long done,
                     unsigned long long total) {
    if (ctx->on_event != NULL) {
        ag_event event = {.kind = AG_EVENT_PROGRESS, .text = what, .done = done, .total = total};
        ctx->on_event(ctx->user, &event);
    }
}

/* As psql shows them. */
static void on_notice(void *context, const char *severity, const char *message) {
    ag_ctx_say(context, AG_EVENT_NOTICE, "%s:  %s", severity, message);
}

bool ag_ctx_mask(const ag_ctx *ctx, ag_error *err) {
    if (err != NULL && ctx->has_url) {
        ag_arena *arena = ag_arena_new();
        const char *masked = ag_mask_secrets(arena, err->message, ctx->url.text);
        (void)snprintf(err->message, sizeof err->message, "%s", masked);
        ag_arena_free(arena);
    }
    return false;
}

/* ---- Life ---- */

static void take_x(ag_ctx *ctx, const ag_ctx_options *options, ag_pairs *pairs) {
    for (size_t i = 0; i < options->n_x; i++) {
        const char *text = options->x[i];
        size_t n = strcspn(text, "=");
        ag_pair pair = {.key = ag_arena_strndup(ctx->arena, text, n),
                        .value = ag_arena_strdup(ctx->arena, text[n] == '=' ? text + n + 1 : "")};
        ag_vec_push(ctx->arena, pairs, pair);
    }
}

static bool load_settings(ag_ctx *ctx, const ag_ctx_options *options, ag_error *err) {
    ag_settings_input input = {
        .config = options->config_file, .section = options->section, .url = options->url};
    take_x(ctx, options, &input.x);
    return ag_settings_load(ctx->arena, &input, &ctx->diags, &ctx->settings, err);
}

bool ag_ctx_new(const ag_ctx_options *options, ag_ctx **out, ag_error *err) {
    ag_ctx *ctx = ag_xmalloc(sizeof *ctx);
    memset(ctx, 0, sizeof *ctx);
    ctx->arena = ag_arena_new();
    ctx->on_event = options->on_event;
    ctx->user = options->user;
    ctx->tool_version = ag_arena_strdup(
        ctx->arena, options->tool_version == NULL ? "autogen " VERSION : options->tool_version);
    *out = ctx;
    return load_settings(ctx, options, err);
}

void ag_ctx_disconnect(ag_ctx *ctx) {
    ag_conn *conn = ctx->conn;
    ctx->conn = NULL;
    ag_ctx_close(ctx, conn);
}

void ag_ctx_free(ag_ctx *ctx) {
    if (ctx == NULL) {
        return;
    }
    ag_ctx_disconnect(ctx);
    ag_graph_free(ctx->graph);
    ag_diags_release(&ctx->diags);
    ag_arena_free(ctx->arena);
    free(ctx);
}

static void cancel(ag_conn *conn) {
    if (conn != NULL && conn->driver->cancel != NULL) {
        conn->driver->cancel(conn);
    }
}

void ag_ctx_cancel(ag_ctx *ctx) {
    ctx->cancelled = 1;
    cancel(ctx->conn);
    for (size_t i = 0; i < AG_CTX_MAX_OTHERS; i++) {
        cancel(ctx->others[i]);
    }
}

const ag_error *ag_ctx_diagnostics(const ag_ctx *ctx, size_t *n) {
    *n = ctx->diags.list.n;
    return ctx->diags.list.items;
}

bool ag_ctx_begin(ag_ctx *ctx, ag_error *err) {
    ag_diags_release(&ctx->diags);
    ag_error_clear(err);
    ctx->beside = NULL;
    return ctx->cancelled == 0 || ag_fail(err, AG_INTERRUPTED, "interrupted");
}

/* ---- What commands need ---- */

/* True, or it is closed again when the command was cancelled in between. */
static bool keep_other(ag_ctx *ctx, ag_conn **conn, ag_error *err) {
    for (size_t i = 0; i < AG_CTX_MAX_OTHERS; i++) {
        if (ctx->others[i] == NULL) {
            ctx->others[i] = *conn;
            break;
        }
    }
    if (ctx->cancelled == 0) {
        return true;
    }
    ag_ctx_close(ctx, *conn);
    *conn = NULL;
    return ag_fail(err, AG_INTERRUPTED, "interrupted");
}

void ag_ctx_close(ag_ctx *ctx, ag_conn *conn) {
    for (size_t i = 0; i < AG_CTX_MAX_OTHERS; i++) {
        if (ctx->others[i] == conn) {
            ctx->others[i] = NULL;
        }
    }
    ag_conn_close(conn);
}

bool ag_ctx_need_url(ag_ctx *ctx, ag_error *err) {
    if (!ctx->has_url) {
        ctx->has_url = ag_settings_url(ctx->settings, &ctx->url, err);
    }
    return ctx->has_url;
}

const char *ag_ctx_url(const ag_ctx *ctx) {
    ag_url url;
    if (!ag_settings_url(ctx->settings, &url, NULL)) {
        return NULL;
    }
    return ag_url_masked(ctx->arena, url.text);
}

static bool find_dialect(const char *name, const ag_dialect **out, ag_error *err) {
    *out = ag_dialect_find(name);
    if (*out != NULL) {
        return true;
    }
    ag_fail(err, AG_USAGE, "unknown dialect '%s'", name);
    return ag_hint(err, "take sqlite or postgresql");
}

bool ag_ctx_dialect(ag_ctx *ctx, const char *wanted, const ag_dialect **out, ag_error *err) {
    if (wanted != NULL) {
        return find_dialect(wanted, out, err);
    }
    ag_error why;
    if (ag_ctx_need_url(ctx, &why)) {
        return find_dialect(ctx->url.dialect, out, err);
    }
    if (ctx->settings->dialects.n > 0) {
        return find_dialect(ctx->settings->dialects.items[0], out, err);
    }
    if (err != NULL) {
        *err = why;
    }
    return false;
}

static ag_open_options open_options(ag_ctx *ctx) {
    return (ag_open_options){
        .busy_timeout_ms = ctx->settings->migration_lock_timeout,
        .lock_timeout_ms = ctx->settings->lock_timeout,
        .statement_timeout_ms = ctx->settings->statement_timeout,
        .on_notice = on_notice,
        .notice_context = ctx,
    };
}

/* The plain path where it says everything, because messages show it. */
static const char *sqlite_target(const ag_url *url) {
    bool needs_uri = strchr(url->uri, '?') != NULL || ag_text_starts(url->path, "file:");
    return needs_uri ? url->uri : url->path;
}

bool ag_ctx_open_url(ag_ctx *ctx, const ag_url *url, bool create, ag_conn **out, ag_error *err) {
    const ag_dialect *dialect = NULL;
    *out = NULL;
    if (!find_dialect(url->dialect, &dialect, err)) {
        return false;
    }
    if (dialect->driver == NULL) {
        return ag_fail(err, AG_DATABASE, "this build cannot connect to %s", dialect->name);
    }
    ag_open_options options = open_options(ctx);
    options.read_only = url->is_read_only;
    options.create = create;
    const char *target = url->conninfo != NULL ? url->conninfo : sqlite_target(url);
    if (ag_conn_open(dialect->driver, target, &options, out, err)) {
        return keep_other(ctx, out, err);
    }
    if (err != NULL) {
        ag_arena *arena = ag_arena_new();
        const char *masked = ag_mask_secrets(arena, err->message, url->text);
        (void)snprintf(err->message, sizeof err->message, "%s", masked);
        ag_arena_free(arena);
    }
    return false;
}

/*
 * Where scratch databases are made: dev_url, else the server of the configured database, else that
 * of the one on the other side of a comparison.
 */
static bool scratch_target(ag_ctx *ctx, const ag_dialect *dialect, ag_url *url, ag_error *err) {
    const char *given[] = {ctx->settings->dev_url, NULL, ctx->beside};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        bool is_configured = i == 1;
        if (is_configured ? !ag_ctx_need_url(ctx, NULL) : given[i] == NULL) {
            continue;
        }
        *url = ctx->url;
        if (!is_configured && !ag_url_parse(ctx->arena, given[i], url, err)) {
            return false;
        }
        if (ag_dialect_is(dialect, url->dialect)) {
            return true;
        }
    }
    *url = (ag_url){.dialect = dialect->name, .path = ":memory:", .uri = ":memory:"};
    return true;
}

bool ag_ctx_open_scratch(ag_ctx *ctx, const ag_dialect *dialect, ag_conn **out, ag_error *err) {
    ag_url url;
    *out = NULL;
    if (!scratch_target(ctx, dialect, &url, err)) {
        return false;
    }
    if (dialect->driver == NULL) {
        return ag_fail(err, AG_DATABASE, "this build cannot connect to %s", dialect->name);
    }
    ag_open_options options = open_options(ctx);
    const char *target = url.conninfo != NULL ? url.conninfo : "";
    if (ag_conn_open_scratch(dialect->driver, target, &options, out, err)) {
        return keep_other(ctx, out, err);
    }
    return ag_ctx_mask(ctx, err);
}

bool ag_ctx_connect(ag_ctx *ctx, bool create, ag_error *err) {
    if (!ag_ctx_need_url(ctx, err)) {
        return false;
    }
    if (ctx->conn != NULL && !(create && ctx->conn_cannot_create)) {
        return true;
    }
    ag_ctx_disconnect(ctx);
    ctx->conn_cannot_create = !create;
    return ag_ctx_open_url(ctx, &ctx->url, create, &ctx->conn, err);
}

/* A folder, or a file that may not be looked at, is for opening to complain of. */
bool ag_url_has_database(const ag_url *url) {
    struct stat info;
    return url->path == NULL || url->is_memory || stat(url->path, &info) == 0 || errno != ENOENT;
}

/* The rows as texts and, when asked, the history; nothing when there is no database. */
static bool read_store(ag_ctx *ctx, ag_arena *arena, ag_strings *rows, ag_history_entries *history,
                       ag_error *err) {
    const ag_dialect *dialect = NULL;
    ag_store store;
    if (!ag_ctx_need_url(ctx, err) || !ag_ctx_dialect(ctx, NULL, &dialect, err)) {
        return false;
    }
    if (!ag_url_has_database(&ctx->url)) {
        return true;
    }
    if (!ag_ctx_connect(ctx, false, err)) {
        return false;
    }
    ag_store_init(&store, arena, ctx->conn, dialect, ctx->settings->version_table_schema,
                  ctx->settings->version_table);
    return (ag_store_rows(&store, arena, rows, err) &&
            (history == NULL || ag_store_history(&store, arena, history, err))) ||
           ag_ctx_mask(ctx, err);
}

bool ag_ctx_read_rows(ag_ctx *ctx, ag_arena *arena, ag_revs *rows, ag_revs *edited, ag_error *err) {
    ag_strings texts = {0};
    ag_history_entries history = {0};
    return read_store(ctx, arena, &texts, edited == NULL ? NULL : &history, err) &&
           ag_ident_rows(arena, ctx->graph, &texts, rows, err) &&
           (edited == NULL || ag_store_edited(&history, ctx->graph, rows, arena, edited, err));
}

bool ag_ctx_read_known_rows(ag_ctx *ctx, ag_arena *arena, ag_revs *rows, ag_error *err) {
    ag_strings texts = {0};
    if (!read_store(ctx, arena, &texts, NULL, err)) {
        return false;
    }
    for (size_t i = 0; i < texts.n; i++) {
        ag_rev *rev = ag_graph_find_id(ctx->graph, texts.items[i]);
        if (rev != NULL) {
            ag_vec_push(arena, rows, rev);
        } else {
            ag_ctx_say(ctx, AG_EVENT_WARNING,
                       "the database is at revision %s, which no file of this history has",
                       texts.items[i]);
        }
    }
    return true;
}

static bool lookup(ag_ctx *ctx, ag_arena *arena, const char *text, ag_ident_context *context,
                   ag_error *err) {
    *context = (ag_ident_context){.graph = ctx->graph, .use = AG_IDENT_SHOW};
    if (!ag_ident_asks_database(text)) {
        return true;
    }
    ag_revs *rows = ag_arena_new_of(arena, ag_revs);
    context->current = rows;
    return ag_ctx_read_rows(ctx, arena, rows, NULL, err);
}

bool ag_ctx_resolve(ag_ctx *ctx, ag_arena *arena, const char *text, ag_ident *out, ag_error *err) {
    ag_ident_context context;
    return lookup(ctx, arena, text, &context, err) &&
           ag_ident_resolve(arena, &context, text, out, err);
}

bool ag_ctx_resolve_one(ag_ctx *ctx, ag_arena *arena, const char *text, ag_rev **out,
                        ag_error *err) {
    ag_ident_context context;
    return lookup(ctx, arena, text, &context, err) &&
           ag_ident_one_or_base(arena, &context, text, out, err);
}

bool ag_ctx_need_up_to_date(const ag_ctx *ctx, const ag_revs *rows, ag_error *err) {
    if (ag_history_is_complete(ctx->graph, rows)) {
        return true;
    }
    ag_fail(err, AG_HISTORY, "Target database is not up to date.");
    return ag_hint(err, "apply what is there first: autogen upgrade heads");
}

bool ag_ctx_load_graph(ag_ctx *ctx, ag_error *err) {
    if (ctx->graph != NULL) {
        return true;
    }
    if (!ag_settings_need_file(ctx->settings, err) ||
        !ag_settings_need(ctx->settings, AG_SET_script_location, err)) {
        return false;
    }
    const ag_settings *settings = ctx->settings;
    if (!ag_dir_exists(settings->script_location)) {
        ag_fail(err, AG_FAILED, "Path doesn't exist: %s", settings->script_location);
        return ag_hint(err, "'autogen init' makes a new folder for revisions");
    }
    ag_strings locations = ag_ctx_version_locations(ctx);
    return ag_graph_load(&locations, ag_ctx_is_recursive(ctx), &ctx->graph, err);
}

bool ag_ctx_is_recursive(const ag_ctx *ctx) {
    /* A template with folders writes into folders, and what was written has to be found again. */
    return ctx->settings->recursive_version_locations ||
           strchr(ctx->settings->file_template, '/') != NULL;
}

ag_strings ag_ctx_version_locations(ag_ctx *ctx) {
    if (ctx->settings->version_locations.n > 0) {
        return ctx->settings->version_locations;
    }
    ag_strings locations = {0};
    ag_vec_push(ctx->arena, &locations,
                ag_path_join(ctx->arena, ctx->settings->script_location, "versions"));
    return locations;
}

void ag_ctx_forget_graph(ag_ctx *ctx) {
    ag_graph_free(ctx->graph);
    ctx->graph = NULL;
}

ag_filter ag_ctx_filter(ag_ctx *ctx) {
    ag_filter filter = {.include_tables = ctx->settings->include_tables,
                        .exclude_tables = ctx->settings->exclude_tables};
    ag_vec_push(ctx->arena, &filter.skip_tables, ctx->settings->version_table);
    ag_vec_push(ctx->arena, &filter.skip_tables, AG_HISTORY_TABLE);
    return filter;
}
