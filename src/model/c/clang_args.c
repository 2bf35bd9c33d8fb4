/* How a file is to be compiled: `cflags` as they are, or what matters of compile_commands.json. */
#include "model/c/clang_unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "model/c/flags.h"

/* Options of compile commands that change what a header declares. gcc's others mean nothing to
 * clang, or make it refuse. */
static const char *const kept[] = {"-I",
                                   "-D",
                                   "-U",
                                   "-isystem",
                                   "-iquote",
                                   "-isysroot",
                                   "-idirafter",
                                   "-include",
                                   "-imacros",
                                   "-iprefix",
                                   "-iwithprefix",
                                   "--sysroot",
                                   "-std=",
                                   "--target",
                                   "-target",
                                   "--gcc-toolchain",
                                   "-cxx-isystem",
                                   "-stdlib=",
                                   "-nostdinc",
                                   "-undef",
                                   "-ansi",
                                   "-pthread",
                                   "-fopenmp",
                                   "-fpack-struct",
                                   "-fms-extensions",
                                   "-fshort-enums",
                                   "-fno-short-enums",
                                   "-fsigned-char",
                                   "-funsigned-char",
                                   "-fno-signed-char",
                                   "-fno-unsigned-char",
                                   "-fshort-wchar",
                                   "-fno-short-wchar",
                                   "-ffreestanding",
                                   "-fblocks",
                                   "-x",
                                   "-Wp,-D",
                                   "-Wp,-U"};
static const char *const kept_whole[] = {"-m32", "-m64", "-mx32", "-O0", "-O1",
                                         "-O2",  "-O3",  "-Os",   "-O",  "-Og"};
/* Those whose value may be a word of its own. */
static const char *const with_word[] = {"-I",        "-D",           "-U",          "-isystem",
                                        "-iquote",   "-idirafter",   "-include",    "-imacros",
                                        "-isysroot", "--sysroot",    "-target",     "-x",
                                        "-iprefix",  "-iwithprefix", "-cxx-isystem"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_one_of(const char *arg, const char *const *list, size_t n) {
    size_t i = 0;
    while (i < n && strcmp(arg, list[i]) != 0) {
        i++;
    }
    return i < n;
}

static bool is_kept(const char *arg) {
    if (ag_text_starts(arg, "-include-")) { /* a precompiled header of another compiler */
        return false;
    }
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (ag_text_starts(arg, kept[i])) {
            return true;
        }
    }
    return is_one_of(arg, kept_whole, COUNT(kept_whole));
}

/* What is inferred for headers asks for a precompiled one. */
static const char *without_header(const char *word) {
    return strcmp(word, "c-header") == 0 ? "c" : strcmp(word, "c++-header") == 0 ? "c++" : word;
}

/* The folder of a command: a relative one starts where compile_commands.json is, or here. */
static const char *folder_of(ag_arena *arena, CXCompileCommand command, const char *database) {
    const char *folder = ag__clang_text(arena, clang_CompileCommand_getDirectory(command));
    if (folder == NULL || *folder == '/') {
        return folder == NULL ? ag_path_absolute(arena, database) : folder;
    }
    const char *path = ag_path_absolute(arena, ag_path_join(arena, database, folder));
    const char *name = ag__clang_text(arena, clang_CompileCommand_getFilename(command));
    bool is_there = name != NULL && ag_file_exists(ag_path_join(arena, path, name));
    return is_there ? path : ag_path_absolute(arena, folder);
}

static bool is_same_file(ag_arena *arena, const char *a, const char *b) {
    char *real_a = realpath(a, NULL);
    char *real_b = realpath(b, NULL);
    bool is_same = real_a == NULL || real_b == NULL
                       ? strcmp(ag_path_absolute(arena, a), ag_path_absolute(arena, b)) == 0
                       : strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return is_same;
}

/* libclang finds commands by absolute names only: those with a relative folder by looking at all.
 */
static bool scan_commands(ag_arena *arena, CXCompilationDatabase database, const char *folder,
                          const char *file, CXCompileCommands *out, unsigned *at) {
    *out = clang_CompilationDatabase_getAllCompileCommands(database);
    for (*at = 0; *out != NULL && *at < clang_CompileCommands_getSize(*out); (*at)++) {
        CXCompileCommand command = clang_CompileCommands_getCommand(*out, *at);
        const char *name = ag__clang_text(arena, clang_CompileCommand_getFilename(command));
        if (name != NULL &&
            is_same_file(arena, file,
                         ag_path_join(arena, folder_of(arena, command, folder), name))) {
            return true;
        }
    }
    return false;
}

/*
 * Paths become absolute. Clang's own way, -working-directory, changes the folder of the whole
 * process.
 */
static void take_command(ag_arena *arena, CXCompileCommand command, const char *database,
                         ag_clang_command *out) {
    ag_strings args = {NULL, 0, 0};
    unsigned n = clang_CompileCommand_getNumArgs(command);
    for (unsigned i = 1; i < n; i++) {
        const char *arg = ag__clang_text(arena, clang_CompileCommand_getArg(command, i));
        if (arg == NULL || !is_kept(arg)) {
            continue;
        }
        ag_vec_push(arena, &args, arg);
        if (is_one_of(arg, with_word, COUNT(with_word)) && i + 1 < n) {
            const char *word = ag__clang_text(arena, clang_CompileCommand_getArg(command, ++i));
            ag_vec_push(arena, &args, word == NULL ? "" : without_header(word));
        }
    }
    out->folder = folder_of(arena, command, database);
    ag_c_locate_flags(arena, &args, out->folder, &out->args);
}

static bool find_command(ag_arena *arena, CXCompilationDatabase database, const char *folder,
                         const char *file, ag_clang_command *out, ag_error *err) {
    const char *path = ag_path_absolute(arena, file);
    CXCompileCommands commands = clang_CompilationDatabase_getCompileCommands(database, path);
    unsigned at = 0;
    bool found = commands != NULL && clang_CompileCommands_getSize(commands) > 0;
    if (!found) {
        if (commands != NULL) {
            clang_CompileCommands_dispose(commands);
        }
        found = scan_commands(arena, database, folder, path, &commands, &at);
    }
    if (found) {
        take_command(arena, clang_CompileCommands_getCommand(commands, at), folder, out);
    } else {
        ag_fail(err, AG_INPUT, "%s: compile_commands.json does not say how to compile it", file);
        (void)ag_hint(err, "name a file of the program that includes it as the model, or say cflags"
                           " = … in place of compile_commands");
    }
    if (commands != NULL) {
        clang_CompileCommands_dispose(commands);
    }
    return found;
}

/* What names no standard is C++17 to the compilers of today, but not to libclang 14. */
static void set_standard(ag_arena *arena, const char *file, ag_strings *args) {
    bool is_cxx = !ag_text_ends(file, ".h") && !ag_text_ends(file, ".c");
    for (size_t i = 0; i < args->n; i++) {
        const char *arg = args->items[i];
        if (ag_text_starts(arg, "-std=") || ag_text_starts(arg, "--std") ||
            strcmp(arg, "-ansi") == 0) {
            return;
        }
        if (ag_text_starts(arg, "-x")) {
            const char *language = arg[2] == '\0' && i + 1 < args->n ? args->items[i + 1] : arg + 2;
            is_cxx = ag_text_starts(language, "c++");
        }
    }
    if (is_cxx) {
        ag_vec_push(arena, args, "-std=gnu++17");
    }
}

bool ag__clang_command(ag_arena *arena, const ag_c_request *request, CXCompilationDatabase database,
                       const char *file, ag_clang_command *out, ag_error *err) {
    static const char include[] = "-I" AG_CLANG_VIRTUAL;
    const char *const first[] = {include,
                                 "-DAUTOGEN_READER=1",
                                 "-Wno-everything",
                                 "-Wno-error",
                                 "-Wignored-attributes",
                                 "-ferror-limit=50",
                                 "-fdouble-square-bracket-attributes"};
    *out = (ag_clang_command){.folder = NULL};
    for (size_t i = 0; i < COUNT(first); i++) {
        ag_vec_push(arena, &out->args, first[i]);
    }
    if (ag_text_ends(file, ".h")) { /* a program in C++ says so in its options */
        ag_vec_push(arena, &out->args, "-xc");
    }
    out->n_own = out->args.n;
    if (database != NULL &&
        !find_command(arena, database, request->compile_commands, file, out, err)) {
        return false;
    }
    for (size_t i = 0; database == NULL && request->cflags != NULL && i < request->cflags->n; i++) {
        ag_vec_push(arena, &out->args, request->cflags->items[i]);
    }
    set_standard(arena, file, &out->args);
    return true;
}
