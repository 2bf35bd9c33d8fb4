/*
 * Where the database takes no temporary table (a role without TEMP, a standby), doubtful texts are
 * settled on a scratch database at dev_url that is built like it.
 */
#include "api/source.h"
#include "base/str.h"
#include "schema/node.h"

static bool run_script(ag_conn *conn, const ag_script *script, ag_error *err) {
    for (size_t i = 0; i < script->items.n; i++) {
        const ag_item *item = &script->items.items[i];
        if (item->kind == AG_ITEM_STATEMENT && !ag_conn_exec(conn, item->text, err)) {
            return ag_prefix(err, "building the scratch database at dev_url");
        }
    }
    return true;
}

static bool run_ops(ag_conn *conn, const ag_dialect *dialect, const ag_ops *ops,
                    const ag_compile_options *options, ag_error *err) {
    ag_script *script = ag_script_new();
    bool ok = true;
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        ok = dialect->compile(ops->list.items[i], options, script, err);
    }
    ok = ok && run_script(conn, script, err);
    ag_script_free(script);
    return ok;
}

/* Makes everything of a schema in an empty database. */
static bool build(ag_conn *conn, const ag_dialect *dialect, const ag_schema *schema,
                  ag_error *err) {
    const ag_compile_options options = {.concurrently = false};
    ag_schema *empty = ag_schema_new(dialect->name);
    ag_diff_result diff = {0};
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    bool ok = ag_diff(dialect, empty, schema, NULL, &diff, err);
    if (ok) {
        ok = dialect->lower(diff.ops, empty, schema, &options, &up, &down, err) &&
             run_ops(conn, dialect, up, &options, err);
        ag_diff_result_release(&diff);
    }
    ag_ops_free(up);
    ag_ops_free(down);
    ag_schema_free(empty);
    return ok;
}

/* No right to make temporary tables, a read-only server. */
static bool is_refused(const ag_error *err) {
    return ag_text_eq(err->sqlstate, "42501") || ag_text_eq(err->sqlstate, "25006") ||
           ag_text_eq(err->sqlstate, "0A000");
}

static bool settle_aside(ag_ctx *ctx, const ag_dialect *dialect, const ag_source *from,
                         ag_source *to, ag_error *err) {
    ag_conn *conn = NULL;
    if (!ag_ctx_open_scratch(ctx, dialect, &conn, err)) {
        return false;
    }
    bool ok = build(conn, dialect, from->schema, err) &&
              dialect->settle(conn, to->schema, from->schema, false, &to->warnings, err);
    ag_ctx_close(ctx, conn);
    return ok;
}

/* Servers of different versions store the same thing in different words. */
static bool is_of_same_server(const ag_source *from, const ag_source *to) {
    return from->schema->server_version == 0 ||
           from->schema->server_version == to->schema->server_version;
}

bool ag_source_settle(ag_ctx *ctx, const ag_dialect *dialect, const ag_source *from, ag_source *to,
                      bool assume_equal, ag_error *err) {
    ag_error first = {0};
    if (dialect->settle == NULL || from->conn == NULL ||
        (to->is_canonical && is_of_same_server(from, to))) {
        return true;
    }
    bool can_try_aside = ctx->settings->dev_url != NULL;
    if (dialect->settle(from->conn, to->schema, from->schema, assume_equal && !can_try_aside,
                        &to->warnings, &first)) {
        return true;
    }
    if (can_try_aside && is_refused(&first) && settle_aside(ctx, dialect, from, to, &first)) {
        return true;
    }
    if (err != NULL) {
        *err = first;
    }
    return ag_ctx_mask(ctx, err);
}
