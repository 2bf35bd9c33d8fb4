#include "model/input.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

static void add_file(ag_arena *arena, const char *path, ag_strings *files) {
    const char *absolute = ag_path_absolute(arena, path);
    for (size_t i = 0; i < files->n; i++) {
        if (ag_text_eq(ag_path_absolute(arena, files->items[i]), absolute)) {
            return;
        }
    }
    ag_vec_push(arena, files, ag_arena_strdup(arena, path));
}

/* Whether a name ends in one of several suffixes, with blanks between them. */
static bool ends_in_one(const char *name, const char *suffixes) {
    for (const char *p = suffixes; *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        size_t length = strlen(name);
        if (length >= n && memcmp(name + length - n, p, n) == 0) {
            return true;
        }
        p += n;
    }
    return false;
}

/* "*.json, *.h" */
static const char *shown(ag_arena *arena, const char *suffixes) {
    const char *out = "";
    for (const char *p = suffixes; *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        out = ag_arena_printf(arena, "%s%s*%.*s", out, *out == '\0' ? "" : ", ", (int)n, p);
        p += n;
    }
    return out;
}

static bool add_folder(ag_arena *arena, const char *folder, const char *suffixes, ag_strings *files,
                       ag_error *err) {
    ag_strings names = {NULL, 0, 0};
    size_t n_found = 0;
    if (!ag_dir_list(arena, folder, &names, err)) {
        return false;
    }
    for (size_t i = 0; i < names.n; i++) {
        const char *path = ag_path_join(arena, folder, names.items[i]);
        if (names.items[i][0] != '.' && ends_in_one(names.items[i], suffixes) &&
            !ag_dir_exists(path)) {
            add_file(arena, path, files);
            n_found++;
        }
    }
    return n_found > 0 ||
           ag_fail(err, AG_INPUT, "no %s file in the folder %s", shown(arena, suffixes), folder);
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_matches(ag_arena *arena, const char *pattern, ag_strings *files, ag_error *err) {
    glob_t found = {0};
    int rc = glob(pattern, GLOB_NOSORT, NULL, &found);
    if (rc == 0) { /* sorted here: glob's own order is that of the locale */
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, compare_paths);
    }
    for (size_t i = 0; rc == 0 && i < found.gl_pathc; i++) {
        if (!ag_dir_exists(found.gl_pathv[i])) {
            add_file(arena, found.gl_pathv[i], files);
        }
    }
    globfree(&found);
    return rc == 0 || ag_fail(err, AG_INPUT, "no file matches %s", pattern);
}

bool ag_model_expand(ag_arena *arena, const char *input, const char *suffixes, ag_strings *files,
                     ag_error *err) {
    if (ag_dir_exists(input)) {
        return add_folder(arena, input, suffixes, files, err);
    }
    if (!ag_file_exists(input) && strpbrk(input, "*?[") != NULL) {
        return add_matches(arena, input, files, err);
    }
    add_file(arena, input, files);
    return true;
}
