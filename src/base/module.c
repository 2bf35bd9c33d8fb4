#include "base/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"

/* The folder of the program or shared library that this function is part of, or NULL. */
static char *own_folder(ag_arena *arena) {
    char path[PATH_MAX];
    Dl_info info;
    void *self = NULL;
    /* ISO C has no conversion from a function to an object pointer; POSIX promises that it works.
     */
    bool (*function)(const char *, const char *, void **, ag_error *) = ag_module_open;
    memcpy(&self, &function, sizeof self);
    /* A program started through PATH is named without a folder. */
    bool is_named = dladdr(self, &info) != 0 && strchr(info.dli_fname, '/') != NULL;
    if (realpath(is_named ? info.dli_fname : "/proc/self/exe", path) == NULL) {
        return NULL;
    }
    return ag_path_dir(arena, path);
}

static void add_folders_of_path(ag_arena *arena, const char *path, ag_strings *folders) {
    while (path != NULL && *path != '\0') {
        size_t n = strcspn(path, ":");
        if (n > 0) {
            ag_vec_push(arena, folders, ag_arena_strndup(arena, path, n));
        }
        path += path[n] == ':' ? n + 1 : n;
    }
}

static ag_strings search_folders(ag_arena *arena) {
    ag_strings folders = {NULL, 0, 0};
    add_folders_of_path(arena, secure_getenv("AUTOGEN_MODULE_PATH"), &folders);
    char *own = own_folder(arena);
    if (own != NULL) {
        ag_vec_push(arena, &folders, own);
        ag_vec_push(arena, &folders, ag_path_join(arena, own, "autogen"));
        ag_vec_push(arena, &folders, ag_path_join(arena, own, AG_MODULES_FROM_BIN));
    }
    ag_vec_push(arena, &folders, AG_MODULE_DIR);
    return folders;
}

static void *load(ag_arena *arena, const char *name, ag_error *err) {
    char *file = ag_arena_printf(arena, "autogen-%s.so", name);
    ag_strings folders = search_folders(arena);
    for (size_t i = 0; i < folders.n; i++) {
        char *path = ag_path_join(arena, folders.items[i], file);
        if (!ag_file_exists(path)) {
            continue;
        }
        void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
        if (handle == NULL) {
            ag_fail(err, AG_FAILED, "cannot load the module %s: %s", path, dlerror());
        }
        return handle;
    }
    ag_fail(err, AG_FAILED, "this installation has no module %s", file);
    ag_hint(err, "install it in %s, or name its folder in AUTOGEN_MODULE_PATH", AG_MODULE_DIR);
    return NULL;
}

bool ag_module_open(const char *name, const char *symbol, void **out, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    *out = NULL;
    void *handle = load(arena, name, err);
    if (handle != NULL) {
        *out = dlsym(handle, symbol);
        if (*out == NULL) {
            ag_fail(err, AG_FAILED, "the module %s is of another version: no %s in it", name,
                    symbol);
        }
    }
    ag_arena_free(arena);
    return *out != NULL;
}
