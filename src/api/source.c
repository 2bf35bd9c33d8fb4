#include "api/source.h"

#include <string.h>

#include "api/access.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "model/input.h"
#include "model/json.h"
#include "model/read.h"
#include "model/sql_model.h"
#include "review/annotate.h"
#include "revision/write.h"
#include "schema/node.h"

void ag_source_release(ag_source *source) {
    ag_schema_free(source->schema);
    if (source->owner != NULL) {
        ag_ctx_close(source->owner, source->conn);
    }
    *source = (ag_source){0};
}

/* ---- Databases ---- */

/* "operator class" -> "operator classes". */
static char *plural(ag_arena *arena, const char *what) {
    size_t n = strlen(what);
    bool is_y = ag_text_ends(what, "y");
    const char *ending = is_y ? "ies" : ag_text_ends(what, "s") ? "es" : "s";
    return ag_arena_printf(arena, "%.*s%s", (int)(is_y ? n - 1 : n), what, ending);
}

char *ag_source_examples(ag_arena *arena, const ag_strings *names) {
    enum { N_EXAMPLES = 5 };
    ag_buf list = AG_BUF_INIT;
    for (size_t i = 0; i < names->n && i < N_EXAMPLES; i++) {
        ag_buf_puts(&list, i == 0 ? "" : ", ");
        ag_sql_comment_text(&list, names->items[i]);
    }
    if (names->n > N_EXAMPLES) {
        ag_buf_printf(&list, " and %zu more", names->n - N_EXAMPLES);
    }
    char *text = ag_buf_copy(&list, arena);
    ag_buf_release(&list);
    return text;
}

/* One line for each kind: how many, and examples. */
static char *unmanaged_line(ag_ctx *ctx, const ag_schema *schema, const char *what) {
    static const char left[] = "not managed and left alone";
    ag_strings names = {NULL, 0, 0};
    for (size_t i = 0; i < schema->unmanaged.n; i++) {
        const ag_unmanaged *u = &schema->unmanaged.items[i];
        if (ag_text_eq(u->what, what)) {
            ag_vec_push(ctx->arena, &names, u->name);
        }
    }
    size_t n = names.n;
    const char *list = ag_source_examples(ctx->arena, &names);
    const char *hint = ag_access_hint(ctx->arena, what);
    return n == 1 ? ag_arena_printf(ctx->arena, "%s %s is %s%s", what, list, left, hint)
                  : ag_arena_printf(ctx->arena, "%zu %s are %s%s: %s", n, plural(ctx->arena, what),
                                    left, hint, list);
}

static void warn_unmanaged(ag_ctx *ctx, ag_source *source) {
    const ag_schema *schema = source->schema;
    ag_map seen = AG_MAP_INIT;
    for (size_t i = 0; i < schema->unmanaged.n; i++) {
        const char *what = schema->unmanaged.items[i].what;
        if (!ag_map_has(&seen, what) && !ag_text_eq(what, AG_UNMANAGED_PRAGMA)) {
            (void)ag_map_put(&seen, what, NULL);
            ag_vec_push(ctx->arena, &source->warnings, unmanaged_line(ctx, schema, what));
        }
    }
    ag_map_release(&seen);
}

static bool is_one_of(const ag_strings *names, const char *name) {
    for (size_t i = 0; i < names->n; i++) {
        if (ag_text_ieq(names->items[i], name)) {
            return true;
        }
    }
    return false;
}

/* A table that somebody wrote down is not passed over without a word. */
static void warn_own_tables(ag_ctx *ctx, ag_source *source, const ag_filter *filter) {
    for (size_t i = 0; i < source->schema->tables.n; i++) {
        const ag_table *table = source->schema->tables.items[i];
        if (table->loc.line > 0 && is_one_of(&filter->skip_tables, table->name)) {
            ag_vec_push(ctx->arena, &source->warnings,
                        ag_arena_printf(ctx->arena,
                                        "table %s (%s:%d) is autogen's own: what the model says "
                                        "of it is left out",
                                        table->name, table->loc.file, table->loc.line));
        }
    }
}

static const char *pragmas_of(ag_ctx *ctx, const ag_source *source) {
    const char *all = "";
    for (size_t i = 0; i < source->schema->unmanaged.n; i++) {
        const ag_unmanaged *u = &source->schema->unmanaged.items[i];
        if (ag_text_eq(u->what, AG_UNMANAGED_PRAGMA)) {
            all = ag_arena_printf(ctx->arena, "%s%s\n", all, u->name);
        }
    }
    return all;
}

void ag_source_name_pragmas(ag_ctx *ctx, ag_source *source) {
    if (pragmas_of(ctx, source)[0] != '\0') {
        ag_vec_push(ctx->arena, &source->warnings,
                    unmanaged_line(ctx, source->schema, AG_UNMANAGED_PRAGMA));
    }
}

void ag_source_compare_pragmas(ag_ctx *ctx, ag_source *from, ag_source *to) {
    bool are_databases = (from->conn != NULL || from->is_canonical) && to->is_canonical;
    if (are_databases && !ag_text_eq(pragmas_of(ctx, from), pragmas_of(ctx, to))) {
        ag_source_name_pragmas(ctx, from);
        ag_source_name_pragmas(ctx, to);
    }
}

static bool filter_source(ag_ctx *ctx, ag_source *source, ag_error *err) {
    ag_filter filter = ag_ctx_filter(ctx);
    warn_own_tables(ctx, source, &filter);
    return ag_schema_filter(source->schema, &filter, err);
}

/* What is done to every schema that was read from a database. */
static bool take_database(ag_ctx *ctx, ag_source *out, ag_error *err) {
    if (!filter_source(ctx, out, err)) {
        return false;
    }
    ag_access_include(ctx, out->schema, true);
    warn_unmanaged(ctx, out);
    return true;
}

static bool introspect(ag_ctx *ctx, const ag_dialect *dialect, const ag_introspect_options *options,
                       ag_source *out, ag_error *err) {
    if (!dialect->introspect(out->conn, options, &out->schema, err)) {
        return ag_ctx_mask(ctx, err);
    }
    return take_database(ctx, out, err);
}

/* ---- The database while the model is read ---- */

static void *read_in_background(void *argument) {
    ag_reading *r = argument;
    r->ok = r->dialect->introspect(r->conn, &r->options, &r->schema, &r->err);
    return NULL;
}

/*
 * Namespaces to look at follow from the model where no setting names them: only a database that has
 * but the one that every model speaks of can be read before the model is.
 */
static bool knows_namespaces(ag_ctx *ctx, ag_reading *r, bool *known, ag_error *err) {
    const ag_dialect *dialect = r->dialect;
    *known = true;
    if (!ag_dialect_can(dialect, AG_CAN_NAMESPACES)) {
        return true;
    }
    r->options.namespaces = ctx->settings->include_schemas;
    if (r->options.namespaces.n > 0) {
        return true;
    }
    if (!dialect->namespaces(ctx->conn, ctx->arena, &r->options.namespaces, err)) {
        return ag_ctx_mask(ctx, err);
    }
    *known = r->options.namespaces.n == 1 &&
             ag_text_eq(r->options.namespaces.items[0], dialect->default_namespace);
    return true;
}

bool ag_source_database_start(ag_ctx *ctx, const ag_dialect *dialect, ag_reading *r,
                              ag_error *err) {
    *r = (ag_reading){.dialect = dialect};
    if (!ag_ctx_need_url(ctx, NULL) || !ag_dialect_is(dialect, ctx->url.dialect) ||
        !ag_url_has_database(&ctx->url)) {
        return true;
    }
    bool known = false;
    if (!ag_ctx_connect(ctx, false, err) || !knows_namespaces(ctx, r, &known, err)) {
        return false;
    }
    r->conn = ctx->conn;
    r->is_running = known && pthread_create(&r->thread, NULL, read_in_background, r) == 0;
    return true;
}

bool ag_source_database_finish(ag_ctx *ctx, ag_reading *r, const ag_introspect_options *options,
                               ag_source *out, ag_error *err) {
    if (!r->is_running) {
        return ag_source_database(ctx, options, out, err);
    }
    (void)pthread_join(r->thread, NULL);
    r->is_running = false;
    out->conn = r->conn;
    out->schema = r->schema;
    if (!r->ok) {
        if (err != NULL) {
            *err = r->err;
        }
        return ag_ctx_mask(ctx, err);
    }
    return take_database(ctx, out, err);
}

void ag_source_database_drop(ag_reading *r) {
    if (r->is_running) {
        r->conn->driver->cancel(r->conn); /* the model is wrong: nobody waits for the answer */
        (void)pthread_join(r->thread, NULL);
        ag_schema_free(r->schema);
        r->is_running = false;
    }
}

bool ag_source_database(ag_ctx *ctx, const ag_introspect_options *options, ag_source *out,
                        ag_error *err) {
    const ag_dialect *dialect = NULL;
    if (!ag_ctx_need_url(ctx, err) || !ag_ctx_dialect(ctx, ctx->url.dialect, &dialect, err)) {
        return false;
    }
    if (!ag_url_has_database(&ctx->url)) {
        out->schema = ag_schema_new(dialect->name);
        return true;
    }
    if (!ag_ctx_connect(ctx, false, err)) {
        return false;
    }
    out->conn = ctx->conn;
    return introspect(ctx, dialect, options, out, err);
}

/* Schemas of two databases of different kinds have nothing to say to each other. */
static bool database_at(ag_ctx *ctx, const char *name, const ag_dialect *wanted, ag_source *out,
                        ag_error *err) {
    ag_url url;
    const ag_dialect *dialect = NULL;
    if (!ag_url_parse(ctx->arena, name, &url, err) ||
        !ag_ctx_dialect(ctx, url.dialect, &dialect, err)) {
        return false;
    }
    if (!ag_dialect_is(dialect, wanted->name)) {
        return ag_fail(err, AG_USAGE, "%s is a %s database, where one of %s is needed",
                       ag_url_masked(ctx->arena, name), dialect->name, wanted->name);
    }
    if (!ag_ctx_open_url(ctx, &url, false, &out->conn, err)) {
        return false;
    }
    out->owner = ctx;
    out->is_canonical = true;
    ag_introspect_options options = {.namespaces = ctx->settings->include_schemas};
    return introspect(ctx, dialect, &options, out, err);
}

/* ---- Models ---- */

static bool has_ending(const char *name, const char *a, const char *b) {
    return ag_text_ends(name, a) || (b != NULL && ag_text_ends(name, b));
}

/* Relative folders in cflags start at the file that names them. */
static ag_c_options c_options(const ag_ctx *ctx) {
    const ag_settings *settings = ctx->settings;
    bool is_of_file = settings->origin[AG_SET_cflags].from == AG_FROM_FILE;
    return (ag_c_options){.cflags = &settings->cflags,
                          .cflags_folder = is_of_file ? settings->folder : NULL,
                          .compile_commands = settings->compile_commands};
}

static bool read_files(ag_ctx *ctx, const ag_strings *inputs, const ag_json_sources *documents,
                       const ag_dialect *dialect, ag_source *out, ag_error *err) {
    ag_c_options options = c_options(ctx);
    if (!ag_model_read_merged(inputs, documents, &options, dialect, &out->schema, &ctx->diags,
                              err)) {
        return false;
    }
    for (size_t i = 0; i < ctx->diags.list.n; i++) {
        const ag_error *w = &ctx->diags.list.items[i];
        ag_vec_push(
            ctx->arena, &out->warnings,
            ag_arena_printf(ctx->arena, "%s:%d:%d: %s", w->file, w->line, w->column, w->message));
    }
    ag_diags_release(&ctx->diags);
    ag_access_leave_out(ctx, out->schema, &out->warnings);
    return true;
}

static bool read_sql(ag_ctx *ctx, const ag_strings *inputs, const ag_dialect *dialect,
                     ag_source *out, ag_error *err) {
    ag_strings files = {0};
    for (size_t i = 0; i < inputs->n; i++) {
        if (!ag_model_expand(ctx->arena, inputs->items[i], ".sql", &files, err)) {
            return false;
        }
    }
    if (!ag_ctx_open_scratch(ctx, dialect, &out->conn, err)) {
        bool is_anywhere = ctx->settings->dev_url == NULL && ctx->beside == NULL && !ctx->has_url;
        return is_anywhere && err != NULL && *err->hint == '\0'
                   ? ag_hint(err,
                             "SQL is tried on a scratch database: set dev_url in autogen.ini to a "
                             "server where one can be made")
                   : false;
    }
    out->owner = ctx;
    out->is_canonical = true;
    ag_strings warnings = {0};
    if (!ag_model_read_sql(out->conn, dialect, &files, ctx->settings->include.n > 0, &out->schema,
                           &warnings, &ctx->diags, err)) {
        return ag_ctx_mask(ctx, err);
    }
    ag_strings_clone(ctx->arena, &out->warnings, &warnings);
    ag_access_include(ctx, out->schema, false);
    warn_unmanaged(ctx, out);
    return true;
}

static bool is_database_name(const char *name) {
    return ag_url_is_url(name) || has_ending(name, ".db", ".sqlite") ||
           has_ending(name, ".sqlite3", NULL);
}

/* A schema that was read otherwise, as one more document to merge; `name` stands for its places. */
static bool add_written(ag_ctx *ctx, const ag_dialect *dialect, const char *name, ag_source *part,
                        ag_json_sources *documents, ag_source *out, ag_error *err) {
    ag_buf text = AG_BUF_INIT;
    bool ok = ag_model_write_json(part->schema, dialect, &text, err);
    if (ok) {
        ag_json_place *place = ag_arena_new_of(ctx->arena, ag_json_place);
        place->loc = (ag_loc){.file = ag_arena_strdup(ctx->arena, name), .line = 1, .column = 1};
        ag_json_source document = {.file = place->loc.file,
                                   .text = ag_buf_copy(&text, ctx->arena),
                                   .n = text.n,
                                   .places = place,
                                   .n_places = 1};
        ag_vec_push(ctx->arena, documents, document);
    }
    for (size_t i = 0; i < part->warnings.n; i++) {
        ag_vec_push(ctx->arena, &out->warnings, part->warnings.items[i]);
    }
    ag_buf_release(&text);
    return ok;
}

/* SQL files are one document together, since later ones build on earlier ones. */
static bool read_mixture(ag_ctx *ctx, const ag_strings *inputs, const ag_dialect *dialect,
                         ag_source *out, ag_error *err) {
    ag_strings sql = {0};
    ag_strings files = {0};
    ag_json_sources documents = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < inputs->n; i++) {
        const char *name = inputs->items[i];
        if (is_database_name(name)) {
            ag_source part = {0};
            ok = database_at(ctx, name, dialect, &part, err) &&
                 add_written(ctx, dialect, ag_url_masked(ctx->arena, name), &part, &documents, out,
                             err);
            ag_source_release(&part);
        } else if (has_ending(name, ".sql", NULL)) {
            ag_vec_push(ctx->arena, &sql, name);
        } else {
            ag_vec_push(ctx->arena, &files, name);
        }
    }
    if (ok && sql.n > 0) {
        ag_source part = {0};
        ok = read_sql(ctx, &sql, dialect, &part, err) &&
             add_written(ctx, dialect, sql.items[0], &part, &documents, out, err);
        ag_source_release(&part);
    }
    return ok && read_files(ctx, &files, &documents, dialect, out, err);
}

/* Folders and patterns stand for all the models in them, of whatever kinds these are. */
static bool expand_inputs(ag_ctx *ctx, const ag_strings *inputs, ag_strings *out, ag_error *err) {
    for (size_t i = 0; i < inputs->n; i++) {
        const char *name = inputs->items[i];
        if (is_database_name(name)) {
            ag_vec_push(ctx->arena, out, name);
        } else if (!ag_model_expand(ctx->arena, name, AG_MODEL_FILES " .sql", out, err)) {
            return false;
        }
    }
    return true;
}

static bool read_models(ag_ctx *ctx, const ag_strings *given, const ag_dialect *dialect,
                        ag_source *out, ag_error *err) {
    static const ag_json_sources none = {NULL, 0, 0};
    ag_strings all = {0};
    const ag_strings *inputs = &all;
    size_t n_sql = 0;
    size_t n_files = 0;
    if (!expand_inputs(ctx, given, &all, err)) {
        return false;
    }
    for (size_t i = 0; i < inputs->n; i++) {
        bool is_sql = has_ending(inputs->items[i], ".sql", NULL);
        n_sql += is_sql ? 1 : 0;
        n_files += is_sql || is_database_name(inputs->items[i]) ? 0 : 1;
    }
    bool ok = n_sql == inputs->n     ? read_sql(ctx, inputs, dialect, out, err)
              : n_files == inputs->n ? read_files(ctx, inputs, &none, dialect, out, err)
                                     : read_mixture(ctx, inputs, dialect, out, err);
    return ok && filter_source(ctx, out, err);
}

bool ag_source_dialect(ag_ctx *ctx, const char *name, const ag_dialect **out, ag_error *err) {
    ag_url url;
    *out = NULL;
    if (name == NULL || !is_database_name(name)) {
        return true;
    }
    if (!ag_url_parse(ctx->arena, name, &url, err)) {
        return false;
    }
    *out = ag_dialect_find(url.dialect);
    return true;
}

bool ag_source_named(ag_ctx *ctx, const char *name, const ag_dialect *dialect, ag_source *out,
                     ag_error *err) {
    if (is_database_name(name)) {
        return database_at(ctx, name, dialect, out, err);
    }
    if (ag_text_eq(name, "history") && !ag_file_exists(name) && !ag_dir_exists(name)) {
        return ag_source_history(ctx, dialect, out, err);
    }
    ag_strings inputs = {0};
    ag_vec_push(ctx->arena, &inputs, name);
    return read_models(ctx, &inputs, dialect, out, err);
}

bool ag_source_model(ag_ctx *ctx, const ag_dialect *dialect, ag_source *out, ag_error *err) {
    if (!ag_settings_need(ctx->settings, AG_SET_model, err)) {
        return false;
    }
    const ag_strings *inputs = &ctx->settings->model;
    if (inputs->n == 1 && is_database_name(inputs->items[0])) {
        return database_at(ctx, inputs->items[0], dialect, out, err);
    }
    return read_models(ctx, inputs, dialect, out, err);
}

bool ag_source_history(ag_ctx *ctx, const ag_dialect *dialect, ag_source *out, ag_error *err) {
    if (!ag_ctx_load_graph(ctx, err) || !ag_ctx_open_scratch(ctx, dialect, &out->conn, err)) {
        return false;
    }
    out->owner = ctx;
    out->is_canonical = true;
    ag_introspect_options everything = {0};
    return ag_ctx_replay(ctx, dialect, out->conn, "heads", true, err) &&
           introspect(ctx, dialect, &everything, out, err);
}

static void add_namespace(ag_ctx *ctx, ag_strings *list, const char *name) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i], name)) {
            return;
        }
    }
    if (name != NULL) {
        ag_vec_push(ctx->arena, list, ag_arena_strdup(ctx->arena, name));
    }
}

ag_introspect_options ag_source_namespaces(ag_ctx *ctx, const ag_source *to) {
    ag_introspect_options options = {.namespaces = ctx->settings->include_schemas};
    if (options.namespaces.n > 0 || to->is_canonical) {
        return options;
    }
    const ag_schema *model = to->schema;
    for (size_t i = 0; i < model->namespaces.n; i++) {
        add_namespace(ctx, &options.namespaces, model->namespaces.items[i]->name);
    }
    for (size_t i = 0; i < model->tables.n; i++) {
        add_namespace(ctx, &options.namespaces, model->tables.items[i]->ns);
    }
    for (size_t i = 0; i < model->enums.n; i++) {
        add_namespace(ctx, &options.namespaces, model->enums.items[i]->ns);
    }
    for (size_t i = 0; i < model->domains.n; i++) {
        add_namespace(ctx, &options.namespaces, model->domains.items[i]->ns);
    }
    for (size_t i = 0; i < model->composites.n; i++) {
        add_namespace(ctx, &options.namespaces, model->composites.items[i]->ns);
    }
    for (size_t i = 0; i < model->sequences.n; i++) {
        add_namespace(ctx, &options.namespaces, model->sequences.items[i]->ns);
    }
    for (size_t i = 0; i < model->objects.n; i++) {
        add_namespace(ctx, &options.namespaces, model->objects.items[i]->ns);
    }
    const ag_dialect *dialect = ag_dialect_find(model->dialect);
    add_namespace(ctx, &options.namespaces, dialect->default_namespace);
    return options;
}

/* ---- Comparing ---- */

static bool take_renames(ag_ctx *ctx, const ag_strings *texts, ag_diff_options *options,
                         ag_error *err) {
    for (size_t i = 0; texts != NULL && i < texts->n; i++) {
        const char *text = texts->items[i];
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text || equals[1] == '\0') {
            ag_fail(err, AG_USAGE, "--rename takes OLD=NEW, not '%s'", text);
            return ag_hint(err, "for example --rename users.mail=users.email");
        }
        ag_rename rename = {.from = ag_arena_strndup(ctx->arena, text, (size_t)(equals - text)),
                            .to = equals + 1};
        ag_vec_push(ctx->arena, &options->renames, rename);
    }
    return true;
}

bool ag_source_quote(ag_error *err) {
    if (err == NULL || err->line == 0 || err->excerpt[0] != '\0') {
        return false;
    }
    ag_arena *arena = ag_arena_new();
    char *text = NULL;
    size_t n = 0;
    if (ag_file_read(arena, err->file, AG_INPUT, &text, &n, NULL)) {
        char *file = ag_arena_strdup(arena, err->file);
        bool has_mark = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
        ag_loc loc = {.file = file, .line = err->line, .column = err->column};
        ag_error_locate(err, loc, has_mark ? text + 3 : text);
    }
    ag_arena_free(arena);
    return false;
}

/* The namespace of the version table is not dropped because a model says nothing of it. */
static void keep_version_namespace(const ag_ctx *ctx, ag_source *from, const ag_source *to) {
    const char *name = ctx->settings->version_table_schema;
    ag_namespaces *list = &from->schema->namespaces;
    for (size_t i = 0; name != NULL && i < to->schema->namespaces.n; i++) {
        if (ag_text_eq(to->schema->namespaces.items[i]->name, name)) {
            return;
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (name == NULL || !ag_text_eq(list->items[i]->name, name)) {
            list->items[n++] = list->items[i];
        }
    }
    list->n = n;
}

bool ag_source_compare(ag_ctx *ctx, const ag_dialect *dialect, ag_source *from, ag_source *to,
                       const ag_strings *renames, bool assume_equal, ag_diff_result *out,
                       ag_error *err) {
    ag_diff_options options = {
        .compare_type = ctx->settings->compare_type,
        .compare_server_default = ctx->settings->compare_server_default,
    };
    if (!take_renames(ctx, renames, &options, err)) {
        return false;
    }
    keep_version_namespace(ctx, from, to);
    return (ag_source_settle(ctx, dialect, from, to, assume_equal, err) &&
            ag_source_leave_partitions(ctx, dialect, from, to, &options, err) &&
            ag_diff(dialect, from->schema, to->schema, &options, out, err)) ||
           ag_source_quote(err);
}

bool ag_source_sql(ag_ctx *ctx, const ag_dialect *dialect, const ag_ops *ops, const ag_schema *from,
                   const ag_schema *to, ag_buf *out, ag_error *err) {
    ag_compile_options options = {.concurrently = ctx->settings->concurrently};
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    if (!dialect->lower(ops, from, to, &options, &up, &down, err)) {
        return ag_source_quote(err);
    }
    ag_script *script = ag_script_new();
    bool ok = ag_review_script(dialect, up, &options, script, err);
    if (ok) {
        ag_rev_print_script(out, dialect->flavor, script);
    }
    ag_script_free(script);
    ag_ops_free(up);
    ag_ops_free(down);
    return ok;
}
