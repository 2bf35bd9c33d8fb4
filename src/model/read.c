#include "model/read.h"

#include "base/file.h"
#include "base/str.h"
#include "model/input.h"
#include "model/json.h"

bool ag_model_is_c(const char *name) {
    static const char *const endings[] = {".h", ".hh", ".hpp", ".hxx", ".c", ".cc", ".cpp", ".cxx"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (ag_text_ends(name, endings[i])) {
            return true;
        }
    }
    return false;
}

static bool read_file(ag_arena *arena, const char *file, ag_json_sources *sources, ag_error *err) {
    ag_json_source source = {.file = file};
    char *text = NULL;
    bool ok = ag_file_read(arena, file, AG_INPUT, &text, &source.n, err);
    source.text = text;
    ag_vec_push(arena, sources, source);
    return ok;
}

bool ag_model_read_merged(const ag_strings *inputs, const ag_json_sources *documents,
                          const ag_c_options *options, const ag_dialect *dialect, ag_schema **out,
                          ag_diags *diags, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    ag_strings files = {NULL, 0, 0};
    ag_strings c_files = {NULL, 0, 0};
    ag_json_sources sources = {NULL, 0, 0};
    bool ok = true;
    *out = NULL;
    for (size_t i = 0; ok && i < inputs->n; i++) {
        ok = ag_model_expand(arena, inputs->items[i], AG_MODEL_FILES, &files, err);
    }
    for (size_t i = 0; ok && i < files.n; i++) {
        if (ag_model_is_c(files.items[i])) {
            ag_vec_push(arena, &c_files, files.items[i]);
        } else {
            ok = read_file(arena, files.items[i], &sources, err);
        }
    }
    if (ok && c_files.n > 0) {
        ok = ag_model_read_c(arena, &c_files, options, dialect, &sources, diags, err);
    }
    for (size_t i = 0; ok && i < documents->n; i++) {
        ag_vec_push(arena, &sources, documents->items[i]);
    }
    ok = ok && ag_model_read_json_texts(sources.items, sources.n, dialect, out, diags, err);
    if (c_files.n > 0) {
        ag_model_add_excerpts(diags);
    }
    ag_arena_free(arena);
    return ok;
}

bool ag_model_read(const ag_strings *inputs, const ag_c_options *options, const ag_dialect *dialect,
                   ag_schema **out, ag_diags *diags, ag_error *err) {
    static const ag_json_sources none = {NULL, 0, 0};
    return ag_model_read_merged(inputs, &none, options, dialect, out, diags, err);
}
