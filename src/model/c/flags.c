#include "model/c/flags.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

/* Where the path in an option starts; 0 when there is none in it. */
static size_t path_offset(const char *word) {
    static const char *const prefixes[] = {
        "-I",       "-isystem",  "-iquote",    "-idirafter",   "-include",
        "-imacros", "-isysroot", "--sysroot=", "-cxx-isystem", "--gcc-toolchain="};
    if (ag_text_starts(word, "-include-")) { /* a precompiled header */
        return 0;
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (ag_text_starts(word, prefixes[i])) {
            return strlen(prefixes[i]);
        }
    }
    return 0;
}

/* Files that -include names may as well be found by -I. */
static bool is_searched(const char *word) {
    return strcmp(word, "-include") == 0 || strcmp(word, "-imacros") == 0;
}

static bool is_relative(const char *path) {
    return *path != '/' && *path != '=' && *path != '\0';
}

void ag_c_locate_flags(ag_arena *arena, const ag_strings *flags, const char *folder,
                       ag_strings *out) {
    bool is_path = false;
    const char *option = ""; /* that the word belongs to */
    folder = folder == NULL ? "." : folder;
    for (size_t i = 0; i < flags->n; i++) {
        const char *word = flags->items[i];
        size_t n = is_path ? 0 : path_offset(word);
        if ((is_path || n > 0) && is_relative(word + n) && strcmp(folder, ".") != 0) {
            const char *path = ag_path_join(arena, folder, word + n);
            if (!is_searched(option) || ag_file_exists(path)) {
                word = ag_arena_printf(arena, "%.*s%s", (int)n, word, path);
            }
        }
        option = word;
        is_path = !is_path && n > 0 && word[n] == '\0';
        ag_vec_push(arena, out, word);
    }
}
