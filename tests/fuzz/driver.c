/* Runs a fuzz target over the files of a folder: the corpus as a plain test. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "fuzz.h"

static bool run_file(const char *path, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    char *text = NULL;
    size_t n = 0;
    bool ok = ag_file_read(arena, path, AG_FAILED, &text, &n, err);
    if (ok) {
        /* A copy of exactly its size: reading past the end is seen by a sanitizer. */
        uint8_t *data = ag_xmalloc(n);
        for (size_t i = 0; i < n; i++) {
            data[i] = (uint8_t)text[i];
        }
        LLVMFuzzerTestOneInput(data, n);
        free(data);
    }
    ag_arena_free(arena);
    return ok;
}

int main(int argc, char **argv) {
    ag_error err = {0};
    ag_strings names = {NULL, 0, 0};
    ag_arena *arena = ag_arena_new();
    bool ok = argc == 2 && ag_dir_list(arena, argv[1], &names, &err);
    for (size_t i = 0; ok && i < names.n; i++) {
        ok = run_file(ag_path_join(arena, argv[1], names.items[i]), &err);
    }
    if (ok && names.n == 0) {
        fprintf(stderr, "the corpus is empty\n");
        ok = false;
    } else if (!ok) {
        fprintf(stderr, "%s\n", argc == 2 ? err.message : "usage: fuzz_NAME CORPUS-FOLDER");
    }
    ag_arena_free(arena);
    return ok ? 0 : 1;
}
