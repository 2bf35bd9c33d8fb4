#include "model/input.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

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

enum { DEEPEST_FOLDER = 64 };

/* A folder of revisions has their template beside it: they are no models. */
static bool is_model_folder(ag_arena *arena, const char *path, const char *name) {
    struct stat st;
    return name[0] != '.' && lstat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
           !ag_file_exists(ag_path_join(arena, path, "script.mako"));
}

/* Its own files first, then those of the folders in it. */
static bool add_folder(ag_arena *arena, const char *folder, const char *suffixes, int depth,
                       ag_strings *files, ag_error *err) {
    ag_strings names = {NULL, 0, 0};
    if (depth > DEEPEST_FOLDER) {
        return ag_fail(err, AG_INPUT, "the folders of the model are nested more than %d deep: %s",
                       DEEPEST_FOLDER, folder);
    }
    if (!ag_dir_list(arena, folder, &names, err)) {
        return false;
    }
    for (size_t i = 0; i < names.n; i++) {
        const char *path = ag_path_join(arena, folder, names.items[i]);
        if (names.items[i][0] != '.' && ends_in_one(names.items[i], suffixes) &&
            !ag_dir_exists(path)) {
            ag_vec_push(arena, files, ag_arena_strdup(arena, path));
        }
    }
    bool ok = true;
    for (size_t i = 0; ok && i < names.n; i++) {
        const char *path = ag_path_join(arena, folder, names.items[i]);
        ok = !is_model_folder(arena, path, names.items[i]) ||
             add_folder(arena, path, suffixes, depth + 1, files, err);
    }
    return ok;
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_matches(ag_arena *arena, const char *pattern, const char *suffixes,
                        ag_strings *files, ag_error *err) {
    glob_t found = {0};
    bool ok = true;
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
        /* sorted here: glob's own order is that of the locale */
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, compare_paths);
    }
    for (size_t i = 0; ok && i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        if (!ag_dir_exists(path)) {
            ag_vec_push(arena, files, ag_arena_strdup(arena, path));
        } else if (is_model_folder(arena, path, ag_path_base(path))) {
            ok = add_folder(arena, path, suffixes, 1, files, err);
        }
    }
    globfree(&found);
    return ok;
}

/* Each file once, however it is called. */
static void add_new(ag_arena *arena, const ag_strings *found, ag_strings *files) {
    ag_map known = AG_MAP_INIT;
    for (size_t i = 0; i < files->n; i++) {
        ag_map_put(&known, ag_path_absolute(arena, files->items[i]), files);
    }
    for (size_t i = 0; i < found->n; i++) {
        const char *absolute = ag_path_absolute(arena, found->items[i]);
        if (!ag_map_has(&known, absolute)) {
            ag_map_put(&known, absolute, files);
            ag_vec_push(arena, files, found->items[i]);
        }
    }
    ag_map_release(&known);
}

bool ag_model_expand(ag_arena *arena, const char *input, const char *suffixes, ag_strings *files,
                     ag_error *err) {
    ag_strings found = {NULL, 0, 0};
    if (ag_dir_exists(input)) {
        if (!add_folder(arena, input, suffixes, 0, &found, err)) {
            return false;
        }
        if (found.n == 0) {
            return ag_fail(err, AG_INPUT, "no %s file in the folder %s", shown(arena, suffixes),
                           input);
        }
    } else if (!ag_file_exists(input) && strpbrk(input, "*?[") != NULL) {
        if (!add_matches(arena, input, suffixes, &found, err)) {
            return false;
        }
        if (found.n == 0) {
            return ag_fail(err, AG_INPUT, "no file matches %s", input);
        }
    } else {
        ag_vec_push(arena, &found, ag_arena_strdup(arena, input));
    }
    add_new(arena, &found, files);
    return true;
}
