/* Commands that write revision files: revision, merge, rebase. */
#include <string.h>

#include "api/changes.h"
#include "api/hooks.h"
#include "api/source.h"
#include "base/file.h"
#include "base/str.h"
#include "config/moment.h"
#include "config/slug.h"
#include "review/annotate.h"
#include "revision/ident.h"
#include "revision/plan.h"
#include "revision/write.h"
#include "schema/node.h"
#include "template/builtin.h"

/* A revision on its way to a file. Everything lives in the arena of the result. */
typedef struct drafting {
    ag_ctx *ctx;
    ag_arena *arena;
    ag_revision_result *result;
    ag_rev_draft draft;
    ag_moment created;
    const char *message;
    const char *version_path; /* as asked for; NULL = choose */
    const ag_rev *parent;     /* the first one; NULL = base */
    size_t n_operations;      /* of all dialects */
    AG_VEC(ag_script *) scripts;
    AG_VEC(ag_diff_result) diffs;
    ag_error *err;
} drafting;

void ag_revision_result_free(ag_revision_result *result) {
    if (result != NULL) {
        ag_changes_free(result->changes);
        ag_arena_free(result->owner);
    }
}

static drafting start(ag_ctx *ctx, ag_error *err) {
    drafting d = {.ctx = ctx, .arena = ag_arena_new(), .err = err};
    d.result = ag_arena_new_of(d.arena, ag_revision_result);
    d.result->owner = d.arena;
    return d;
}

/* ---- Where it stands in the history ---- */

static bool check_head(drafting *d, const ag_rev *rev, bool splice) {
    if (ag_rev_is_head(rev) || splice) {
        return true;
    }
    return ag_fail(d->err, AG_HISTORY,
                   "Revision %s is not a head revision; please specify --splice to create a new "
                   "branch from this revision",
                   rev->id);
}

static bool add_parent(drafting *d, ag_rev *rev, bool splice) {
    for (size_t i = 0; i < d->draft.downs.n; i++) {
        if (ag_text_eq(d->draft.downs.items[i], rev->id)) {
            return ag_fail(d->err, AG_HISTORY, "Duplicate head revisions specified");
        }
    }
    if (!check_head(d, rev, splice)) {
        return false;
    }
    d->parent = d->parent == NULL ? rev : d->parent;
    ag_vec_push(d->arena, &d->draft.downs, rev->id);
    return true;
}

static bool choose_parent(drafting *d, const char *head, bool splice) {
    if (head == NULL && d->ctx->graph->heads.n > 1) {
        ag_fail(d->err, AG_HISTORY,
                "Multiple heads are present; please specify the head revision on which the new "
                "revision should be based, or perform a merge.");
        return ag_ident_hint_heads(d->ctx->graph, NULL, &d->ctx->graph->heads, NULL, d->err);
    }
    ag_ident ident = {0};
    if (!ag_ctx_resolve(d->ctx, d->arena, head == NULL ? "head" : head, &ident, d->err)) {
        return false;
    }
    if (ident.revs.n > 1) {
        return ag_fail(d->err, AG_HISTORY, "'%s' names %zu revisions; a revision has one parent",
                       head, ident.revs.n);
    }
    return ident.revs.n == 0 || add_parent(d, ident.revs.items[0], splice);
}

static bool check_label(drafting *d, const char *label) {
    if (label == NULL) {
        return true;
    }
    const ag_rev *used = ag_graph_find(d->ctx->graph, label);
    if (used != NULL) {
        return ag_fail(d->err, AG_HISTORY, "Branch name '%s' is already used by revision %s", label,
                       used->id);
    }
    ag_vec_push(d->arena, &d->draft.labels, label);
    return ag_rev_check_name("branch label", label, d->err);
}

static bool add_dependencies(drafting *d, const ag_strings *names) {
    for (size_t i = 0; i < names->n; i++) {
        ag_rev *rev = NULL;
        if (!ag_ctx_resolve_one(d->ctx, d->arena, names->items[i], &rev, d->err)) {
            return false;
        }
        if (rev == NULL) {
            return ag_fail(d->err, AG_USAGE, "'%s' is no revision that one could depend on",
                           names->items[i]);
        }
        /* A label stays a label: it goes on meaning that branch. */
        bool is_label = ag_graph_find(d->ctx->graph, names->items[i]) != NULL;
        ag_vec_push(d->arena, &d->draft.depends, is_label ? names->items[i] : rev->id);
    }
    return true;
}

static bool choose_id(drafting *d, const char *wanted) {
    if (wanted != NULL) {
        const ag_rev *used = ag_graph_find(d->ctx->graph, wanted);
        d->draft.id = wanted;
        return used == NULL ? ag_rev_check_name("revision identifier", wanted, d->err)
                            : ag_fail(d->err, AG_HISTORY, "revision %s exists already: %s", wanted,
                                      used->path);
    }
    char id[13];
    do {
        ag_rev_new_id(id);
    } while (ag_graph_find(d->ctx->graph, id) != NULL);
    d->draft.id = ag_arena_strdup(d->arena, id);
    return true;
}

/* ---- The file ---- */

/* Where a file will be found again: a version location or, if those are read so, a folder in one.
 */
static bool is_location(const ag_ctx *ctx, const ag_strings *locations, const char *path) {
    ag_arena *arena = ag_arena_new();
    const char *folder = ag_path_absolute(arena, path);
    bool found = false;
    for (size_t i = 0; i < locations->n && !found; i++) {
        const char *location = ag_path_absolute(arena, locations->items[i]);
        size_t n = strlen(location);
        found = ag_text_eq(location, folder) ||
                (ag_ctx_is_recursive(ctx) && ag_text_starts(folder, location) && folder[n] == '/');
    }
    ag_arena_free(arena);
    return found;
}

static bool choose_folder(drafting *d, const char **folder) {
    ag_strings locations = ag_ctx_version_locations(d->ctx);
    if (d->version_path != NULL) {
        *folder = d->version_path;
        return is_location(d->ctx, &locations, d->version_path) ||
               ag_fail(d->err, AG_USAGE, "Path %s is not represented in current version locations",
                       d->version_path);
    }
    if (locations.n == 1) {
        *folder = locations.items[0];
        return true;
    }
    if (d->parent == NULL || d->parent->path[0] == '\0') {
        return ag_fail(d->err, AG_USAGE,
                       "Multiple version locations present, please specify --version-path");
    }
    *folder = ag_path_dir(d->arena, d->parent->path);
    return true;
}

static bool choose_path(drafting *d) {
    const ag_settings *settings = d->ctx->settings;
    ag_file_name_input input = {
        .file_template = settings->file_template,
        .rev = d->draft.id,
        .message = d->message,
        .slug_length = (size_t)settings->truncate_slug_length,
        .created = d->created,
        .extension = ".sql",
    };
    const char *folder = NULL;
    const char *name = NULL;
    if (!choose_folder(d, &folder) || !ag_file_name(d->arena, &input, &name, d->err)) {
        return false;
    }
    d->result->path = ag_path_join(d->arena, folder, name);
    return true;
}

static const ag_value *template_config(drafting *d) {
    ag_value *x = ag_value_dict(d->arena);
    const ag_pairs *pairs = &d->ctx->settings->x;
    for (size_t i = 0; i < pairs->n; i++) {
        ag_value_dict_set(d->arena, x, pairs->items[i].key,
                          ag_value_string(d->arena, pairs->items[i].value));
    }
    ag_value *config = ag_value_dict(d->arena);
    ag_value_dict_set(d->arena, config, "x", x);
    return config;
}

/* The project's own template, or the default one when it was deleted. */
static bool read_template(drafting *d, const char **name, ag_str *text) {
    const char *path = ag_path_join(d->arena, d->ctx->settings->script_location, "script.mako");
    if (!ag_file_exists(path)) {
        const ag_embedded *file = ag_builtin_file(AG_BUILTIN_DEFAULT, "script.mako");
        *name = "script.mako";
        *text = (ag_str){file->text, file->n};
        return true;
    }
    char *content = NULL;
    size_t n = 0;
    bool ok = ag_file_read(d->arena, path, AG_INPUT, &content, &n, d->err);
    *name = path;
    *text = (ag_str){content, n};
    return ok;
}

static bool render(drafting *d) {
    const ag_settings *settings = d->ctx->settings;
    const char *name = NULL;
    ag_str text = {0};
    char *rendered = NULL;
    size_t n = 0;
    if (!ag_moment_now(settings->timezone, NULL, &d->created, d->err) ||
        !read_template(d, &name, &text)) {
        return false;
    }
    d->draft.message = d->message;
    d->draft.create_date = ag_moment_text(d->arena, &d->created);
    d->draft.config = template_config(d);
    if (!ag_rev_render(d->arena, &d->draft, name, text, &rendered, &n, d->err)) {
        return false;
    }
    d->result->id = d->draft.id;
    d->result->text = rendered;
    return choose_path(d);
}

static bool write_file(drafting *d) {
    ag_ctx *ctx = d->ctx;
    const char *path = d->result->path;
    const char *text = d->result->text;
    if (!ag_dir_make(ag_path_dir(d->arena, path), d->err) ||
        !ag_file_create(path, text, strlen(text), d->err)) {
        return false;
    }
    d->result->written = true;
    ag_ctx_forget_graph(ctx);
    ag_ctx_say(ctx, AG_EVENT_INFO, "Generating %s … done", path);
    return ag_hooks_run(ctx, path, d->err);
}

static bool finish(drafting *d, bool ok, ag_revision_result **out) {
    if (ok) {
        *out = d->result;
    } else {
        ag_revision_result_free(d->result);
    }
    return ok;
}

/* ---- Autogenerate ---- */

static bool check_up_to_date(drafting *d) {
    ag_revs rows = {0};
    return ag_ctx_read_rows(d->ctx, d->arena, &rows, NULL, d->err) &&
           ag_ctx_need_up_to_date(d->ctx, &rows, d->err);
}

/* Lowers and compiles the operations, both ways, into the draft. */
static bool add_scripts(drafting *d, const ag_dialect *dialect, const ag_ops *ops,
                        const ag_schema *from, const ag_schema *to,
                        const ag_compile_options *options, ag_script *up, ag_script *down) {
    ag_ops *up_ops = NULL;
    ag_ops *down_ops = NULL;
    if (!dialect->lower(ops, from, to, options, &up_ops, &down_ops, d->err)) {
        return ag_source_quote(d->err);
    }
    bool ok = ag_review_script(dialect, up_ops, options, up, d->err) &&
              ag_review_script(dialect, down_ops, options, down, d->err);
    ag_ops_free(up_ops);
    ag_ops_free(down_ops);
    ag_rev_scripts scripts = {.dialect = dialect->name, .up = up, .down = down};
    ag_vec_push(d->arena, &d->draft.scripts, scripts);
    return ok;
}

static void add_operations(drafting *d, const ag_dialect *dialect, const ag_ops *ops) {
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_rev_operation operation = {.op = ops->list.items[i]};
        ag_review_op(d->arena, dialect, operation.op, &operation.hazards);
        ag_vec_push(d->arena, &d->draft.operations, operation);
    }
}

/* What a dialect is compared with: the database, where it is of that dialect, or the history. */
static bool read_from(drafting *d, const ag_revision_options *options, const ag_dialect *dialect,
                      const ag_source *model, ag_source *from) {
    ag_ctx *ctx = d->ctx;
    bool is_configured = ag_ctx_need_url(ctx, NULL) && ag_dialect_is(dialect, ctx->url.dialect);
    if (options->against == AG_AGAINST_DATABASE && is_configured) {
        ag_introspect_options look = ag_source_namespaces(ctx, model);
        return check_up_to_date(d) && ag_source_database(ctx, &look, from, d->err);
    }
    if (ctx->graph->revs.n == 0) {
        from->schema = ag_schema_new(dialect->name); /* nothing to replay: no server needed */
        return true;
    }
    if (ag_source_history(ctx, dialect, from, d->err)) {
        return true;
    }
    ag_prefix(d->err, "the sections for %s need the history replayed there", dialect->name);
    return d->err == NULL || d->err->hint[0] != '\0'
               ? false
               : ag_hint(d->err, "name a %s server as dev_url, or leave %s out of dialects",
                         dialect->name, dialect->name);
}

static bool generate(drafting *d, const ag_revision_options *options, const ag_dialect *dialect,
                     ag_source *from, ag_source *to) {
    ag_diff_result diff = {0};
    ag_script *up = ag_script_new();
    ag_script *down = ag_script_new();
    ag_vec_push(d->arena, &d->scripts, up);
    ag_vec_push(d->arena, &d->scripts, down);
    ag_compile_options compile = {.concurrently =
                                      d->ctx->settings->concurrently && !options->no_concurrently};
    bool ok = ag_source_compare(d->ctx, dialect, from, to, &options->renames, options->assume_equal,
                                &diff, d->err);
    if (ok) {
        d->n_operations += diff.ops->list.n;
        add_operations(d, dialect, diff.ops);
        ok = add_scripts(d, dialect, diff.ops, from->schema, to->schema, &compile, up, down);
    }
    if (ok && d->result->changes == NULL) {
        d->result->changes = ag_changes_of(dialect, &diff, &to->warnings);
    }
    /* The operations stay: the draft points at them until it is rendered. */
    ag_vec_push(d->arena, &d->diffs, diff);
    return ok;
}

static void say_warnings(const ag_ctx *ctx, const ag_source *source) {
    for (size_t i = 0; i < source->warnings.n; i++) {
        ag_ctx_say(ctx, AG_EVENT_WARNING, "%s", source->warnings.items[i]);
    }
}

static bool generate_for(drafting *d, const ag_revision_options *options,
                         const ag_dialect *dialect) {
    ag_source from = {0};
    ag_source to = {0};
    bool ok = ag_source_model(d->ctx, dialect, &to, d->err) &&
              read_from(d, options, dialect, &to, &from) &&
              generate(d, options, dialect, &from, &to);
    say_warnings(d->ctx, &from);
    say_warnings(d->ctx, &to);
    ag_source_release(&from);
    ag_source_release(&to);
    return ok;
}

/* The dialects whose sections are written: those configured, else that of the database. */
static bool choose_dialects(drafting *d, ag_strings *names) {
    const ag_dialect *dialect = NULL;
    *names = d->ctx->settings->dialects;
    if (names->n > 0) {
        return true;
    }
    if (!ag_ctx_dialect(d->ctx, NULL, &dialect, d->err)) {
        return false;
    }
    ag_vec_push(d->arena, names, dialect->name);
    return true;
}

static void release_generated(drafting *d) {
    for (size_t i = 0; i < d->scripts.n; i++) {
        ag_script_free(d->scripts.items[i]);
    }
    for (size_t i = 0; i < d->diffs.n; i++) {
        ag_diff_result_release(&d->diffs.items[i]);
    }
}

static bool autogenerate(drafting *d, const ag_revision_options *options) {
    ag_strings names = {0};
    bool ok = choose_dialects(d, &names);
    for (size_t i = 0; ok && i < names.n; i++) {
        const ag_dialect *dialect = NULL;
        ok = ag_ctx_dialect(d->ctx, names.items[i], &dialect, d->err) &&
             generate_for(d, options, dialect);
    }
    if (ok && (d->n_operations > 0 || options->allow_empty)) {
        ok = render(d);
    }
    release_generated(d);
    return ok;
}

static bool is_empty_wanted(const ag_ctx *ctx, const ag_revision_options *options) {
    return options->empty || (ctx->settings->model.n == 0 && !options->autogenerate);
}

bool ag_revision(ag_ctx *ctx, const ag_revision_options *options, ag_revision_result **out,
                 ag_error *err) {
    *out = NULL;
    if (!ag_ctx_begin(ctx, err) || !ag_ctx_load_graph(ctx, err)) {
        return false;
    }
    drafting d = start(ctx, err);
    d.message = options->message;
    d.version_path = options->version_path;
    bool ok = choose_parent(&d, options->head, options->splice) &&
              check_label(&d, options->branch_label) &&
              add_dependencies(&d, &options->depends_on) && choose_id(&d, options->rev_id);
    if (ok) {
        ok = is_empty_wanted(ctx, options) ? render(&d) : autogenerate(&d, options);
    }
    if (ok && d.result->id == NULL) {
        ag_ctx_say(ctx, AG_EVENT_INFO,
                   "No changes detected. (A revision to be written by hand: --empty)");
    } else if (ok && !options->print_only) {
        ok = write_file(&d);
    }
    return finish(&d, ok, out);
}

/* ---- merge, rebase ---- */

bool ag_merge(ag_ctx *ctx, const ag_merge_options *options, ag_revision_result **out,
              ag_error *err) {
    *out = NULL;
    if (!ag_ctx_begin(ctx, err) || !ag_ctx_load_graph(ctx, err)) {
        return false;
    }
    drafting d = start(ctx, err);
    bool ok = true;
    for (size_t i = 0; ok && i < options->revisions.n; i++) {
        ag_ident ident = {0};
        ok = ag_ctx_resolve(ctx, d.arena, options->revisions.items[i], &ident, err);
        for (size_t k = 0; ok && k < ident.revs.n; k++) {
            ok = add_parent(&d, ident.revs.items[k], options->splice);
        }
    }
    if (ok && d.draft.downs.n < 2) {
        ag_fail(err, AG_HISTORY, "a merge joins at least two revisions; %zu given",
                d.draft.downs.n);
        ok = ag_hint(err, "'autogen heads' lists what could be merged");
    }
    d.message = options->message != NULL ? options->message : "merge heads";
    ok = ok && check_label(&d, options->branch_label) && choose_id(&d, options->rev_id) &&
         render(&d) && write_file(&d);
    return finish(&d, ok, out);
}

/* Refuses when the revision has run on the configured database (if there is one). */
static bool check_not_applied(ag_ctx *ctx, ag_arena *arena, const ag_rev *rev, ag_error *err) {
    ag_revs rows = {0};
    if (ctx->settings->url == NULL) {
        return true;
    }
    if (!ag_ctx_need_url(ctx, err) || !ag_ctx_read_rows(ctx, arena, &rows, NULL, err)) {
        return false;
    }
    ag_marks applied = ag_history_applied(arena, ctx->graph, &rows);
    if (applied[rev->index] == 0) {
        return true;
    }
    ag_fail(err, AG_HISTORY, "revision %s is applied to this database; it cannot get a new parent",
            rev->id);
    return ag_hint(err, "downgrade below it first, or merge: autogen merge heads");
}

/* The dependencies that are not the new parent. */
static void other_dependencies(ag_arena *arena, const ag_rev *rev, const ag_rev *onto,
                               ag_strings *out) {
    for (size_t i = 0; i < rev->depend_names.n; i++) {
        const char *name = rev->depend_names.items[i];
        if (onto == NULL || !ag_text_eq(name, onto->id)) {
            ag_vec_push(arena, out, name);
        }
    }
}

static bool rewrite_parents(ag_arena *arena, const ag_rev *rev, const ag_rev *onto, ag_error *err) {
    char *text = NULL;
    char *changed = NULL;
    size_t n = 0;
    size_t n_changed = 0;
    ag_strings downs = {0};
    if (onto != NULL) {
        ag_vec_push(arena, &downs, onto->id);
    }
    if (!ag_file_read(arena, rev->path, AG_INPUT, &text, &n, err) ||
        !ag_rev_set_field(arena, rev->path, (ag_str){text, n}, "Revises", &downs, &changed,
                          &n_changed, err)) {
        return false;
    }
    ag_strings depends = {0};
    other_dependencies(arena, rev, onto, &depends);
    if (depends.n < rev->depend_names.n &&
        !ag_rev_set_field(arena, rev->path, (ag_str){changed, n_changed}, "Depends On", &depends,
                          &changed, &n_changed, err)) {
        return false;
    }
    return ag_file_write(rev->path, changed, n_changed, err);
}

static bool check_no_cycle(const ag_graph *graph, ag_arena *arena, const ag_rev *rev, ag_rev *onto,
                           ag_error *err) {
    if (rev == onto) {
        return ag_fail(err, AG_HISTORY, "revision %s cannot follow itself", rev->id);
    }
    if (rev->downs.n > 1) {
        ag_fail(err, AG_HISTORY, "revision %s joins %zu revisions; a rebase would part them again",
                rev->id, rev->downs.n);
        return ag_hint(err, "rebase what it joins, or delete its file and merge anew");
    }
    if (onto == NULL) {
        return true;
    }
    ag_marks below = ag_graph_marks(graph, arena);
    ag_revs start_from = {0};
    ag_vec_push(arena, &start_from, onto);
    ag_graph_mark_down(graph, &start_from, true, below);
    if (below[rev->index] == 0) {
        return true;
    }
    return ag_fail(err, AG_HISTORY, "revision %s cannot follow %s: that one comes after it already",
                   rev->id, onto->id);
}

bool ag_rebase(ag_ctx *ctx, const char *revision, const char *onto, ag_error *err) {
    if (!ag_ctx_begin(ctx, err) || !ag_ctx_load_graph(ctx, err)) {
        return false;
    }
    ag_arena *arena = ag_arena_new();
    ag_rev *rev = NULL;
    ag_rev *parent = NULL; /* NULL: it becomes a base */
    bool ok = ag_ctx_resolve_one(ctx, arena, revision, &rev, err) &&
              (rev != NULL ||
               ag_fail(err, AG_USAGE, "'%s' is no revision that one could rebase", revision)) &&
              ag_ctx_resolve_one(ctx, arena, onto, &parent, err) &&
              check_no_cycle(ctx->graph, arena, rev, parent, err) &&
              check_not_applied(ctx, arena, rev, err) && rewrite_parents(arena, rev, parent, err);
    if (ok) {
        ag_ctx_say(ctx, AG_EVENT_INFO, "Rebased %s onto %s", rev->id,
                   parent == NULL ? "base" : parent->id);
        ag_ctx_forget_graph(ctx);
    }
    ag_arena_free(arena);
    return ok;
}
