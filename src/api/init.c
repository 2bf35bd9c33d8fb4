/* Setting up a project: init, list_templates. */
#include <string.h>

#include "api/ctx.h"
#include "base/file.h"
#include "base/str.h"
#include "template/builtin.h"

size_t ag_list_templates(const ag_template_info **out) {
    enum { MOST = 16 };
    static ag_template_info infos[MOST];
    static ag_arena *kept; /* the texts live as long as the program */
    static size_t n;
    if (kept == NULL) {
        kept = ag_arena_new();
        ag_builtins list = {0};
        ag_builtin_list(kept, &list);
        for (; n < list.n && n < MOST; n++) {
            infos[n] = (ag_template_info){list.items[n].name, list.items[n].summary};
        }
    }
    *out = infos;
    return n;
}

static bool folder_is_free(const char *path, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    ag_strings names = {0};
    bool ok = !ag_dir_exists(path) || ag_dir_list(arena, path, &names, err);
    if (ok && names.n > 0) {
        ag_fail(err, AG_FAILED, "Directory %s already exists and is not empty", path);
        ok = ag_hint(err, "name another folder: autogen init DIR");
    }
    ag_arena_free(arena);
    return ok;
}

static bool no_template(const char *name, ag_error *err) {
    const ag_template_info *infos = NULL;
    const char *names[16];
    size_t n = ag_list_templates(&infos);
    for (size_t i = 0; i < n; i++) {
        names[i] = infos[i].name;
    }
    const char *near = ag_did_you_mean(name, names, n);
    ag_fail(err, AG_USAGE, "No such template '%s'", name);
    return near == NULL ? ag_hint(err, "'autogen list_templates' names them")
                        : ag_hint(err, "did you mean '%s'?", near);
}

static bool write_new(ag_ctx *ctx, const char *path, const char *text, size_t n, ag_error *err) {
    if (!ag_file_create(path, text, n, err)) {
        return false;
    }
    ag_ctx_say(ctx, AG_EVENT_INFO, "Generating %s … done", path);
    return true;
}

static bool write_folder(ag_ctx *ctx, ag_arena *arena, const char *folder, const char *template,
                         ag_error *err) {
    ag_builtin_files files = {0};
    ag_builtin_files_of(arena, template, &files);
    if (files.n == 0) {
        return no_template(template, err);
    }
    if (!folder_is_free(folder, err) ||
        !ag_dir_make(ag_path_join(arena, folder, "versions"), err)) {
        return false;
    }
    ag_ctx_say(ctx, AG_EVENT_INFO, "Creating directory %s … done", folder);
    for (size_t i = 0; i < files.n; i++) {
        const ag_embedded *file = files.items[i];
        const char *path = ag_path_join(arena, folder, ag_path_base(file->name));
        if (!write_new(ctx, path, file->text, file->n, err)) {
            return false;
        }
    }
    return true;
}

/* Paths given on the line count from the current folder, those in the file from the file's. */
static const char *as_seen_from_file(ag_ctx *ctx, ag_arena *arena, const char *path) {
    bool same = strcmp(ctx->settings->folder, ".") == 0 || ag_url_is_url(path);
    return same ? path : ag_path_absolute(arena, path);
}

static void put_url(ag_buf *out, ag_ctx *ctx, ag_arena *arena) {
    const char *url = "sqlite:///app.db";
    const ag_setting_origin *origin = &ctx->settings->origin[AG_SET_url];
    if (origin->from == AG_FROM_OPTION && ctx->settings->url != NULL) {
        url = ctx->settings->url;
    }
    if (ag_url_has_password(url)) {
        ag_buf_puts(out, "# The password is not kept here: put the whole URL into the environment "
                         "(DATABASE_URL)\n# or into a .env file beside this one that is not under "
                         "version control.\n");
        url = ag_url_without_password(arena, url);
    }
    if (strcmp(ctx->settings->folder, ".") != 0) {
        ag_url parsed;
        if (ag_url_parse(arena, url, &parsed, NULL) && parsed.path != NULL && !parsed.is_memory) {
            url = ag_arena_printf(arena, "sqlite:///%s", ag_path_absolute(arena, parsed.path));
        }
    }
    ag_buf_printf(out, "url = %s\n", ag_ini_escape(arena, url));
}

static void put_ini(ag_buf *out, ag_ctx *ctx, ag_arena *arena, const char *folder,
                    const char *model) {
    ag_buf_puts(out, "# Configuration of autogen; every key is explained in docs/configuration.md "
                     "of the project.\n\n[autogen]\n");
    const char *location = as_seen_from_file(ctx, arena, folder);
    ag_buf_printf(out, "script_location = %s%s\n", location[0] == '/' ? "" : "%(here)s/",
                  ag_ini_escape(arena, location));
    put_url(out, ctx, arena);
    if (model == NULL) {
        ag_buf_puts(out, "# The schema you want; uncomment to let 'revision' compare it:\n"
                         "# model = schema.json\n");
    } else {
        ag_buf_printf(out, "model = %s\n",
                      ag_ini_escape(arena, as_seen_from_file(ctx, arena, model)));
    }
}

static bool write_ini(ag_ctx *ctx, ag_arena *arena, const char *folder, const char *model,
                      ag_error *err) {
    const char *path = ctx->settings->path;
    if (ag_file_exists(path)) {
        ag_ctx_say(ctx, AG_EVENT_INFO, "File %s already exists, skipping", path);
        return true;
    }
    ag_buf text = AG_BUF_INIT;
    put_ini(&text, ctx, arena, folder, model);
    bool ok = write_new(ctx, path, ag_buf_text(&text), text.n, err);
    ag_buf_release(&text);
    return ok;
}

bool ag_init(ag_ctx *ctx, const ag_init_options *options, ag_error *err) {
    if (!ag_ctx_begin(ctx, err)) {
        return false;
    }
    ag_arena *arena = ag_arena_new();
    const char *folder = options->directory == NULL ? "migrations" : options->directory;
    const char *template =
        options->template_name == NULL ? AG_BUILTIN_DEFAULT : options->template_name;
    bool ok = write_folder(ctx, arena, folder, template, err) &&
              write_ini(ctx, arena, folder, options->model, err);
    if (ok && options->model == NULL) {
        ag_ctx_say(ctx, AG_EVENT_INFO,
                   "Next: name your model in %s, then 'autogen revision -m \"first\"'.",
                   ctx->settings->path);
    }
    ag_arena_free(arena);
    return ok;
}
