/* Commands that compare and export: check, diff, inspect. */
#include <string.h>

#include "api/changes.h"
#include "api/source.h"
#include "base/file.h"
#include "base/str.h"
#include "diff/dump.h"
#include "model/c/write.h"
#include "model/diagram.h"
#include "model/json.h"
#include "revision/ident.h"
#include "revision/store.h"
#include "schema/node.h"

static void join_warnings(ag_ctx *ctx, ag_strings *all, const ag_source *source) {
    for (size_t i = 0; i < source->warnings.n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < all->n; k++) {
            is_known = is_known || ag_text_eq(all->items[k], source->warnings.items[i]);
        }
        if (!is_known) {
            ag_vec_push(ctx->arena, all, source->warnings.items[i]);
        }
    }
}

/* What remains the same for check and diff once both sides are there. */
static bool report(ag_ctx *ctx, const ag_dialect *dialect, ag_source *from, ag_source *to,
                   const ag_diff_sources_options *options, ag_changes **out, ag_error *err) {
    ag_diff_result diff = {0};
    if (!ag_source_compare(ctx, dialect, from, to, &options->renames, options->assume_equal, &diff,
                           err)) {
        ag_diff_result_release(&diff);
        return false;
    }
    ag_strings warnings = {0};
    ag_source_compare_pragmas(ctx, from, to);
    join_warnings(ctx, &warnings, from);
    join_warnings(ctx, &warnings, to);
    *out = ag_changes_of(dialect, &diff, &warnings);
    bool ok = true;
    if (options->want_sql) {
        ag_buf sql = AG_BUF_INIT;
        ok = ag_source_sql(ctx, dialect, diff.ops, from->schema, to->schema, &sql, err);
        (*out)->sql = ag_buf_copy(&sql, ag_changes_arena(*out));
        ag_buf_release(&sql);
    }
    ag_diff_result_release(&diff);
    if (!ok) {
        ag_changes_free(*out);
        *out = NULL;
    }
    return ok;
}

/* What the history has to say before model and database are compared. */
static bool check_history(ag_ctx *ctx, const ag_check_options *options, ag_error *err) {
    const char *folder = ctx->settings->script_location;
    if (folder == NULL || !ag_dir_exists(folder)) {
        return true;
    }
    ag_arena *arena = ag_arena_new();
    ag_revs rows = {0};
    ag_revs edited = {0};
    bool is_replay = options->against == AG_AGAINST_HISTORY;
    bool ok = ag_ctx_load_graph(ctx, err) &&
              (is_replay || ag_ctx_read_rows(ctx, arena, &rows, &edited, err)) &&
              ag_ident_no_collision(ctx->graph, &rows, err);
    if (ok && edited.n > 0 && !options->allow_edited) {
        ok = ag_store_refuse_edited(&edited, err);
    }
    ok = ok && (is_replay || ag_ctx_need_up_to_date(ctx, &rows, err));
    ag_arena_free(arena);
    return ok;
}

bool ag_check(ag_ctx *ctx, const ag_check_options *options, ag_changes **out, ag_error *err) {
    const ag_dialect *dialect = NULL;
    *out = NULL;
    if (!ag_ctx_begin(ctx, err) || !ag_settings_need_file(ctx->settings, err) ||
        !ag_ctx_dialect(ctx, NULL, &dialect, err)) {
        return false;
    }
    if (!check_history(ctx, options, err)) {
        return false;
    }
    bool replay = options->against == AG_AGAINST_HISTORY;
    ag_source from = {0};
    ag_source to = {0};
    ag_reading reading = {0};
    ag_diff_sources_options common = AG_DIFF_SOURCES_OPTIONS_INIT;
    common.assume_equal = options->assume_equal;
    bool ok = (replay || ag_source_database_start(ctx, dialect, &reading, err)) &&
              ag_source_model(ctx, dialect, &to, err);
    if (ok) {
        ag_introspect_options look = ag_source_namespaces(ctx, &to);
        ok = replay ? ag_source_history(ctx, dialect, &from, err)
                    : ag_source_database_finish(ctx, &reading, &look, &from, err);
        ok = ok && report(ctx, dialect, &from, &to, &common, out, err);
    }
    ag_source_database_drop(&reading);
    ag_source_release(&from);
    ag_source_release(&to);
    return ok;
}

/* The dialect of a comparison: asked for, or that of a database on either side, or configured. */
static bool choose_dialect(ag_ctx *ctx, const ag_diff_sources_options *options,
                           const ag_dialect **out, ag_error *err) {
    const ag_dialect *a = NULL;
    const ag_dialect *b = NULL;
    if (!ag_source_dialect(ctx, options->from, &a, err) ||
        !ag_source_dialect(ctx, options->to, &b, err)) {
        return false;
    }
    if (a != NULL && b != NULL && a != b) {
        return ag_fail(err, AG_USAGE, "a %s and a %s database cannot be compared", a->name,
                       b->name);
    }
    ctx->beside = a != NULL ? options->from : b != NULL ? options->to : NULL;
    if (options->dialect == NULL && (a != NULL || b != NULL)) {
        *out = a != NULL ? a : b;
        return true;
    }
    return ag_ctx_dialect(ctx, options->dialect, out, err);
}

bool ag_diff_sources(ag_ctx *ctx, const ag_diff_sources_options *options, ag_changes **out,
                     ag_error *err) {
    const ag_dialect *dialect = NULL;
    *out = NULL;
    if (!ag_ctx_begin(ctx, err) || !choose_dialect(ctx, options, &dialect, err)) {
        return false;
    }
    ag_source from = {0};
    ag_source to = {0};
    bool ok = options->to == NULL ? ag_source_model(ctx, dialect, &to, err)
                                  : ag_source_named(ctx, options->to, dialect, &to, err);
    if (ok && options->from == NULL) {
        ag_introspect_options look = ag_source_namespaces(ctx, &to);
        ok = ag_source_database(ctx, &look, &from, err);
    } else if (ok) {
        ok = ag_source_named(ctx, options->from, dialect, &from, err);
    }
    ok = ok && report(ctx, dialect, &from, &to, options, out, err);
    ag_source_release(&from);
    ag_source_release(&to);
    return ok;
}

/* ---- inspect ---- */

static bool write_schema(ag_source *source, const char *format, ag_arena *arena, ag_buf *out,
                         ag_error *err) {
    const ag_schema *schema = source->schema;
    const ag_dialect *dialect = ag_dialect_find(schema->dialect);
    if (format == NULL || strcmp(format, "json") == 0) {
        return ag_model_write_json(schema, dialect, out, err);
    }
    if (strcmp(format, "sql") == 0) {
        return ag_diff_dump(dialect, schema, out, err);
    }
    if (strcmp(format, "c") == 0) {
        return ag_model_write_c(schema, dialect, out, arena, &source->warnings, err);
    }
    if (strcmp(format, "mermaid") == 0) {
        ag_model_write_mermaid(schema, out);
        return true;
    }
    if (strcmp(format, "dot") == 0) {
        ag_model_write_dot(schema, out);
        return true;
    }
    return ag_fail(err, AG_USAGE, "--format of inspect is json, sql, c, mermaid or dot, not '%s'",
                   format);
}

static bool inspect_source(ag_ctx *ctx, const ag_inspect_options *options, ag_source *source,
                           ag_error *err) {
    if (options->source == NULL) {
        ag_introspect_options look = {.namespaces = ctx->settings->include_schemas};
        return ag_source_database(ctx, &look, source, err);
    }
    const ag_dialect *dialect = NULL;
    if (!ag_source_dialect(ctx, options->source, &dialect, err) ||
        (dialect == NULL && !ag_ctx_dialect(ctx, options->dialect, &dialect, err))) {
        return false;
    }
    return ag_source_named(ctx, options->source, dialect, source, err);
}

bool ag_inspect(ag_ctx *ctx, const ag_inspect_options *options, ag_text **out, ag_error *err) {
    *out = NULL;
    if (!ag_ctx_begin(ctx, err)) {
        return false;
    }
    ag_source source = {0};
    ag_buf text = AG_BUF_INIT;
    bool ok = inspect_source(ctx, options, &source, err) &&
              write_schema(&source, options->format, ctx->arena, &text, err);
    if (ok) {
        ag_source_name_pragmas(ctx, &source);
        *out = ag_text_new();
        ag_text_take(*out, &text);
        ag_strings_clone((*out)->owner, &(*out)->warnings, &source.warnings);
    }
    ag_buf_release(&text);
    ag_source_release(&source);
    return ok;
}
