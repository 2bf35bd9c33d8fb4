#include "model/c/read.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/module.h"
#include "base/str.h"
#include "model/c/flags.h"
#include "model/c/hint.h"
#include "model/c/lower.h"

/* ---- the module ---- */

static bool open_module(const char *file, ag_c_read_fn *out, ag_error *err) {
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, err)) {
        ag_prefix(err, "%s: C is read with libclang", file);
        return ag_hint(err, "build autogen where libclang-14-dev is installed, see that"
                            " autogen-clang.so is beside it, or write the model as JSON");
    }
    memcpy(out, &symbol, sizeof *out); /* see base/module.c */
    return true;
}

/* libclang wants the folder of a file that has always the same name. */
static bool find_database(ag_arena *arena, const char *path, const char **folder, ag_error *err) {
    static const char name[] = "compile_commands.json";
    *folder = path;
    if (path == NULL || (ag_dir_exists(path) && ag_file_exists(ag_path_join(arena, path, name)))) {
        return true;
    }
    if (strcmp(ag_path_base(path), name) == 0 && ag_file_exists(path)) {
        *folder = ag_path_dir(arena, path);
        return true;
    }
    ag_fail(err, AG_INPUT, "%s: no compile_commands.json there", path);
    return ag_hint(err, "cmake writes one with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON; cflags are the"
                        " other way to say how C is compiled");
}

static bool is_text(const ag_json_doc *doc, const ag_json *entry, const char *key) {
    const ag_json *value = ag_json_get(doc, entry, key);
    return value != NULL && value->type == AG_JSON_STRING;
}

static const char *entry_problem(const ag_json_doc *doc, const ag_json *entry) {
    if (entry->type != AG_JSON_OBJECT) {
        return "a command must be an object";
    }
    if (!is_text(doc, entry, "directory") || !is_text(doc, entry, "file")) {
        return "a command needs its \"directory\" and its \"file\"";
    }
    const ag_json *arguments = ag_json_get(doc, entry, "arguments");
    bool has_list = arguments != NULL && arguments->type == AG_JSON_LIST;
    return has_list || is_text(doc, entry, "command")
               ? NULL
               : "a command needs its \"arguments\" or its \"command\"";
}

/* libclang itself says little of what is wrong, and says it to the terminal. */
static bool check_database(ag_arena *arena, const char *folder, ag_diags *diags, ag_error *err) {
    char *text = NULL;
    size_t n = 0;
    ag_json_doc *doc = NULL;
    if (folder == NULL) {
        return true;
    }
    const char *path = ag_path_join(arena, folder, "compile_commands.json");
    if (!ag_file_read(arena, path, AG_INPUT, &text, &n, err)) {
        return false;
    }
    if (ag_str_trim((ag_str){text, n}).n == 0) {
        ag_fail(err, AG_INPUT, "%s: the file is empty", path);
        return ag_hint(err, "let the build system write it anew, or say cflags = … in its place");
    }
    if (!ag_json_parse(arena, path, text, n, &doc, diags)) {
        return ag_diags_fail(diags, err);
    }
    const char *problem =
        doc->root->type == AG_JSON_LIST ? NULL : "this must be a list of commands";
    const ag_json *at = doc->root;
    for (uint32_t i = 0; problem == NULL && i < doc->root->n; i++) {
        at = &doc->root->items[i];
        problem = entry_problem(doc, at);
    }
    if (problem != NULL) {
        ag_hint(ag_diags_at(diags, ag_json_loc(doc, at->start), text, "%s", problem),
                "let the build system write it anew, or say cflags = … in its place");
        return ag_diags_fail(diags, err);
    }
    return true;
}

/* ---- errors of the compiler ---- */

void ag_model_add_excerpts(ag_diags *diags) {
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; i < diags->list.n; i++) {
        ag_error *err = &diags->list.items[i];
        char *text = NULL;
        size_t n = 0;
        if (err->excerpt[0] == '\0' && err->line > 0 &&
            ag_file_read(arena, err->file, AG_INPUT, &text, &n, NULL)) {
            ag_loc loc = {.file = err->file, .line = err->line, .column = err->column};
            char file[sizeof err->file];
            memcpy(file, err->file, sizeof file);
            loc.file = file;
            ag_error_locate(err, loc, text);
        }
    }
    ag_arena_free(arena);
}

static bool take_errors(const ag_c_result *units, const ag_c_hint_place *place, ag_diags *diags) {
    size_t before = diags->list.n + diags->n_dropped;
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; i < units->units.n; i++) {
        const ag_c_unit *unit = units->units.items[i];
        ag_c_hint_place own = *place;
        own.has_model_h = unit->has_model_h;
        for (size_t j = 0; j < unit->errors.n; j++) {
            ag_error err = unit->errors.items[j];
            bool is_known = ag_diags_find(diags, diags->list.n, &err) != NULL;
            if (!is_known) { /* else it is in a header that several files include */
                ag_c_add_hint(arena, &err, &own);
                ag_diags_add(diags, &err);
            }
        }
    }
    ag_arena_free(arena);
    return diags->list.n + diags->n_dropped == before;
}

/* ---- lowering ---- */

static void add_source(ag_arena *arena, const ag_c_node *root, ag_json_sources *sources) {
    ag_buf text = AG_BUF_INIT;
    ag_c_places places = {NULL, 0, 0};
    ag_c_render(arena, root, &text, &places);
    ag_json_source source = {.file = root->loc.file,
                             .text = ag_buf_copy(&text, arena),
                             .n = text.n,
                             .places = places.items,
                             .n_places = places.n};
    ag_vec_push(arena, sources, source);
    ag_buf_release(&text);
}

bool ag_model_lower_c(ag_arena *arena, const ag_c_result *units, const ag_dialect *dialect,
                      ag_json_sources *sources, ag_diags *diags) {
    size_t before = diags->list.n + diags->n_dropped;
    ag_c_lower c = {.arena = arena,
                    .diags = diags,
                    .shown = diags,
                    .dialect = dialect,
                    .flavor = dialect->flavor,
                    .default_namespace = dialect->default_namespace};
    for (size_t i = 0; i < units->units.n; i++) {
        ag__c_lower_unit(&c, units->units.items[i]);
    }
    for (size_t i = 0; i < units->units.n; i++) {
        const ag_c_annots *notes = &units->units.items[i]->notes;
        for (size_t j = 0; j < notes->n && !units->units.items[i]->is_echo; j++) {
            ag__c_note(&c, &notes->items[j]);
        }
    }
    ag__c_finish(&c);
    for (size_t i = 0; i < c.docs.n; i++) {
        add_source(arena, c.docs.items[i].root, sources);
    }
    for (size_t i = 0; i < c.tables.n; i++) {
        add_source(arena, c.tables.items[i]->doc, sources);
    }
    ag_map_release(&c.by_id);
    return diags->list.n + diags->n_dropped == before;
}

/* ---- the whole ---- */

static void release(ag_c_result *result) {
    for (size_t i = 0; i < result->units.n; i++) {
        ag_arena_free(result->units.items[i]->arena);
    }
    ag_vec_release(&result->units);
}

static bool lower(ag_arena *arena, const ag_strings *files, const ag_c_result *units,
                  const ag_dialect *dialect, ag_json_sources *sources, ag_diags *diags,
                  ag_error *err) {
    size_t before = sources->n;
    if (!ag_model_lower_c(arena, units, dialect, sources, diags)) {
        return false;
    }
    if (sources->n == before) { /* else every table of the database would have to go */
        ag_fail(err, AG_INPUT, "%s%s: no struct is marked with AG_TABLE", files->items[0],
                files->n > 1 ? " and the other C files" : "");
        return ag_hint(err, "struct AG_TABLE(users) user { … };");
    }
    return true;
}

/* What the documents need of the units outlives them: places name their files. */
static void keep_names(ag_arena *arena, ag_json_sources *sources, size_t from) {
    for (size_t i = from; i < sources->n; i++) {
        ag_json_place *places =
            ag_arena_copy(arena, sources->items[i].places,
                          sources->items[i].n_places * sizeof *sources->items[i].places);
        const char *last = NULL;
        const char *kept = NULL;
        for (size_t j = 0; j < sources->items[i].n_places; j++) {
            if (kept == NULL || places[j].loc.file != last) {
                last = places[j].loc.file;
                kept = ag_arena_strdup(arena, last);
            }
            places[j].loc.file = kept;
        }
        sources->items[i].places = places;
        sources->items[i].file = places[0].loc.file;
    }
}

bool ag_model_read_c(ag_arena *arena, const ag_strings *files, const ag_c_options *options,
                     const ag_dialect *dialect, ag_json_sources *sources, ag_diags *diags,
                     ag_error *err) {
    ag_c_read_fn read = NULL;
    ag_c_result result = {.units = {NULL, 0, 0}};
    size_t from = sources->n;
    const ag_embedded *model_h = ag_embedded_find(ag_embedded_headers, "autogen/model.h");
    ag_strings cflags = {NULL, 0, 0};
    if (options->cflags != NULL) {
        ag_c_locate_flags(arena, options->cflags, options->cflags_folder, &cflags);
    }
    ag_c_request request = {
        .files = files, .cflags = &cflags, .model_h = model_h->text, .n_model_h = model_h->n};
    for (size_t i = 0; i < files->n; i++) {
        if (!ag_file_exists(files->items[i])) {
            return ag_fail(err, AG_INPUT, "%s: no such file", files->items[i]);
        }
    }
    if (!find_database(arena, options->compile_commands, &request.compile_commands, err) ||
        !check_database(arena, request.compile_commands, diags, err) ||
        !open_module(files->items[0], &read, err)) {
        return false;
    }
    bool ok = read(&request, &result, err);
    if (ok) {
        ag_c_hint_place place = {.project = options->cflags_folder,
                                 .compile_commands = options->compile_commands};
        ok = take_errors(&result, &place, diags) &&
             lower(arena, files, &result, dialect, sources, diags, err);
        keep_names(arena, sources, from);
    }
    if (!ok && diags->list.n > 0) {
        ag_model_add_excerpts(diags);
        ag_diags_fail(diags, err);
    }
    release(&result);
    return ok;
}
