/*
 * Hints beside the errors of the compiler: what it cannot know, which is how autogen.ini names
 * folders of headers, and what annotations there are.
 */
#include "model/c/hint.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/c/annot.h"

enum { MAX_FOLDERS = 1000, MAX_DEPTH = 4 };

/* ---- headers that are not found ---- */

typedef struct folder {
    const char *path; /* below the project's; "" = that itself. */
    int depth;
} folder;

typedef struct search {
    ag_arena *arena;
    const char *project;
    AG_LIST(folder) folders;
} search;

static const char *in_project(const search *s, const char *path) {
    return *path == '\0' ? s->project : ag_path_join(s->arena, s->project, path);
}

static void add_folders(search *s, const folder *parent) {
    ag_strings names = {NULL, 0, 0};
    if (!ag_dir_list(s->arena, in_project(s, parent->path), &names, NULL)) {
        return;
    }
    for (size_t i = 0; i < names.n && s->folders.n < MAX_FOLDERS; i++) {
        const char *name = names.items[i];
        folder inner = {.depth = parent->depth + 1,
                        .path = *parent->path == '\0' ? name
                                                      : ag_path_join(s->arena, parent->path, name)};
        if (name[0] != '.' && ag_dir_exists(in_project(s, inner.path))) {
            ag_vec_push(s->arena, &s->folders, inner);
        }
    }
}

/* The folder nearest to the project's own that has this header; NULL when none has. */
static const char *find_header(ag_arena *arena, const char *project, const char *header) {
    search s = {.arena = arena, .project = project == NULL ? "." : project};
    folder top = {.path = "", .depth = 0};
    ag_vec_push(arena, &s.folders, top);
    for (size_t i = 0; i < s.folders.n; i++) {
        const folder at = s.folders.items[i];
        if (ag_file_exists(ag_path_join(arena, in_project(&s, at.path), header))) {
            return *at.path == '\0' ? "." : at.path;
        }
        if (at.depth < MAX_DEPTH) {
            add_folders(&s, &at);
        }
    }
    return NULL;
}

/* The name in "'deep/users.h' file not found". */
static const char *missing_header(ag_arena *arena, const char *message) {
    const char *end = message[0] == '\'' ? strchr(message + 1, '\'') : NULL;
    return end == NULL ? NULL : ag_arena_strndup(arena, message + 1, (size_t)(end - message) - 1);
}

static bool is_of_system(const char *header) {
    static const char *const names[] = {"stddef.h", "stdbool.h",   "stdarg.h", "stdint.h",
                                        "limits.h", "stdalign.h",  "float.h",  "iso646.h",
                                        "stdio.h",  "stdatomic.h", "stdlib.h", "string.h"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(header, names[i]) == 0) {
            return true;
        }
    }
    return ag_text_starts(header, "bits/") || ag_text_starts(header, "gnu/");
}

static void hint_include(ag_arena *arena, ag_error *err, const ag_c_hint_place *place) {
    const char *header = missing_header(arena, err->message);
    if (header != NULL && is_of_system(header)) {
        (void)ag_hint(err, "install the compiler's own headers (libclang-common-14-dev) and those"
                           " of the C library (libc6-dev; for another target its own, with"
                           " --sysroot=)");
        return;
    }
    const char *found = header == NULL || *header == '/' || strstr(header, "..") != NULL
                            ? NULL
                            : find_header(arena, place->project, header);
    const char *flag = found == NULL ? "FOLDER" : found;
    if (place->compile_commands != NULL) {
        (void)ag_hint(err, "no -I of compile_commands.json leads to it; it would be -I%s", flag);
    } else if (found != NULL) {
        const char *quote = strpbrk(found, " \t'\"") == NULL ? ""
                            : strchr(found, '\'')            ? "\""
                                                             : "'";
        (void)ag_hint(err, "say in autogen.ini: cflags = -I%s%s%s", quote, found, quote);
    } else {
        (void)ag_hint(err, "name its folder in autogen.ini: cflags = -IFOLDER (or compile_commands"
                           " = the folder of compile_commands.json)");
    }
}

/* ---- annotations ---- */

typedef struct lines {
    const char *at, *before; /* of the error, and the last one above it with something in it. */
    const char *text;        /* all of them; NULL = they are not to be had. */
} lines;

/* Compilers often stumble only over what follows. */
static lines lines_of(ag_arena *arena, const ag_error *err) {
    lines out = {NULL, NULL, NULL};
    char *text = NULL;
    size_t n = 0;
    if (err->line <= 0 || !ag_file_read(arena, err->file, AG_INPUT, &text, &n, NULL)) {
        return out;
    }
    out.text = text;
    for (int line = 1; text != NULL && line < err->line; line++) {
        size_t length = strcspn(text, "\r\n");
        if (strspn(text, " \t") < length) {
            out.before = ag_arena_strndup(arena, text, length);
        }
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    out.at = text == NULL ? NULL : ag_arena_strndup(arena, text, strcspn(text, "\r\n"));
    return out;
}

/* Whether the file has a macro of that name itself. */
static bool is_defined(ag_arena *arena, const char *text, const char *word) {
    const char *define = ag_arena_printf(arena, "define %s", word);
    const char *at = text == NULL ? NULL : strstr(text, define);
    return at != NULL && strchr(" \t(\r\n", at[strlen(define)]) != NULL;
}

static bool hint_unknown(ag_arena *arena, ag_error *err, const char *text, const char *line) {
    const char *near = NULL;
    const char *word = line == NULL ? NULL : ag_annot_unknown_word(arena, line, &near);
    word = word == NULL || is_defined(arena, text, word) ? NULL : word;
    if (word != NULL && near != NULL) {
        (void)ag_hint(err, "unknown annotation %s: did you mean %s?", word, near);
    } else if (word != NULL) {
        (void)ag_hint(err, "unknown annotation %s: see autogen/model.h", word);
    }
    return word != NULL;
}

/* Whether the compiler stumbles over a name that is no annotation. */
static bool is_of_other_name(const char *message) {
    static const char *const starts[] = {"unknown type name '", "use of undeclared identifier '"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (ag_text_starts(message, starts[i])) {
            return !ag_text_starts(message + strlen(starts[i]), "AG_");
        }
    }
    return false;
}

/* Whether the compiler stumbles over the brace behind "struct user AG_TABLE(users)". */
static bool is_behind_tag(const lines *l, const ag_error *err) {
    size_t n = l->at == NULL ? 0 : strlen(l->at);
    size_t at = err->column > 0 ? (size_t)err->column - 1 : n;
    bool is_there = strstr(l->at == NULL ? "" : l->at, "AG_") != NULL ||
                    strstr(l->before == NULL ? "" : l->before, "AG_") != NULL;
    return is_there && at < n && l->at[at] == '{' &&
           ag_text_starts(err->message, "expected identifier");
}

static void hint_annotation(ag_arena *arena, ag_error *err, bool has_model_h) {
    lines l = lines_of(arena, err);
    if (is_of_other_name(err->message) || hint_unknown(arena, err, l.text, l.at) ||
        hint_unknown(arena, err, l.text, l.before)) {
        return;
    }
    const char *called = l.at == NULL ? NULL : ag_annot_called_flag(arena, l.at);
    const char *uncalled = l.at == NULL ? NULL : ag_annot_uncalled(arena, l.at);
    const char *outside = l.at == NULL ? NULL : ag_annot_outside(arena, l.at);
    if (called != NULL) {
        (void)ag_hint(err, "%s takes no arguments: see autogen/model.h", called);
    } else if (uncalled != NULL) {
        (void)ag_hint(err, "%s takes arguments: %s(…)", uncalled, uncalled);
    } else if (outside != NULL) {
        (void)ag_hint(err,
                      "%s stands only inside of the parentheses of others: see"
                      " autogen/model.h",
                      outside);
    } else if (l.at != NULL && strstr(l.at, "AG_") != NULL && !has_model_h) {
        (void)ag_hint(err, "is <autogen/model.h> included?");
    } else if (is_behind_tag(&l, err)) {
        (void)ag_hint(err, "annotations of a struct stand before its tag:"
                           " struct AG_TABLE(users) user { … };");
    }
}

void ag_c_add_hint(ag_arena *arena, ag_error *err, const ag_c_hint_place *place) {
    const char *notes = ag_arena_strdup(arena, err->hint);
    err->hint[0] = '\0';
    if (ag_text_ends(err->message, "file not found")) {
        hint_include(arena, err, place);
    } else if (ag_text_starts(err->message, "libclang refuses ")) {
        bool is_standard = strstr(err->message, "'-std=") != NULL;
        (void)ag_hint(err, "%s%s",
                      is_standard ? "a file that ends in .h or .c is read as C, unless the options"
                                    " say -x c++ before; "
                                  : "",
                      place->compile_commands != NULL
                          ? "see the options of this file in compile_commands.json, or name cflags"
                            " in its place"
                          : "mend it in cflags, or leave it out: only folders, macros, the standard"
                            " and the target matter");
    } else if (ag_text_starts(err->message, "unknown argument") ||
               ag_text_starts(err->message, "unsupported ") ||
               ag_text_starts(err->message, "invalid value ")) {
        (void)ag_hint(err, "%s",
                      place->compile_commands != NULL
                          ? "libclang does not take this option of compile_commands.json"
                          : "libclang does not take this option of cflags");
    } else if (strstr(err->message, "must precede definition") != NULL) {
        (void)ag_hint(err, "write it where the fields are: struct AG_TABLE(name) tag { … };");
    } else {
        hint_annotation(arena, err, place->has_model_h);
    }
    if (*notes != '\0') { /* the compiler's own come last: they are long */
        const char *own = ag_arena_strdup(arena, err->hint);
        (void)ag_hint(err, "%s%s%s", own, *own == '\0' ? "" : "\n", notes);
    }
}
