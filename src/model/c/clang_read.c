/*
 * The entry of the module: several files at once, each with an index of its own thread.
 *
 * A header that another file of the list includes is not read again by itself: it counts as what
 * the program sees. Which ones these are is first guessed from their texts; a header that turns out
 * not to have been read is read in a second round. One with conditions in it may be another by
 * itself than in the program: it is read once more, to be held against that.
 */
#include "model/c/clang_unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"

enum { MAX_THREADS = 16 };
/* Beside the current folder's files, so that relative names are what they are. */
#define UNIT "autogen-unit"

/* What several threads work on. */
typedef struct job {
    const ag_c_request *request;
    ag_c_unit **units; /* by file; NULL = not read. */
    const bool *is_wanted;
    const ag_clang_command *commands;
    size_t n;
    atomic_size_t next;
} job;

/* ---- one unit ---- */

static ag_loc end_of(ag_arena *arena, const char *file) {
    ag_loc loc = {.file = file, .line = 1, .column = 1};
    char *text = NULL;
    size_t n = 0;
    if (ag_file_read(arena, file, AG_INPUT, &text, &n, NULL)) {
        while (n > 0 && ag_is_space(text[n - 1])) {
            n--;
        }
        for (size_t i = 0; i < n; i++) {
            loc.line += text[i] == '\n' ? 1 : 0;
            loc.column = text[i] == '\n' ? 1 : loc.column + 1;
        }
    }
    return loc;
}

static void set_place(ag_clang_walk *w, ag_error *err, CXSourceLocation where) {
    unsigned offset = 0;
    ag_loc loc = ag__clang_place(w, where, &offset);
    if (*loc.file == '\0') { /* what options say stands in no file */
        loc = (ag_loc){.file = w->unit->file};
    } else if (ag_text_starts(loc.file, UNIT)) { /* behind the end of the header */
        loc = end_of(w->arena, w->unit->file);
    }
    ag_error_locate(err, loc, NULL);
}

/* The notes of a diagnostic, in the compiler's words. */
static void add_notes(ag_clang_walk *w, ag_error *err, CXDiagnostic diagnostic) {
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    ag_buf text = AG_BUF_INIT;
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes); i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        const char *line = ag__clang_text(
            w->arena, clang_formatDiagnostic(note, CXDiagnostic_DisplaySourceLocation |
                                                       CXDiagnostic_DisplayColumn));
        bool is_ours = line == NULL || ag_text_starts(line, AG_CLANG_VIRTUAL) ||
                       ag_text_starts(line, UNIT); /* our macros are no news */
        if (!is_ours) {
            ag_buf_puts(&text, text.n > 0 ? "\n" : "");
            ag_buf_puts(&text, ag_text_starts(line, "./") ? line + 2 : line);
        }
        clang_disposeDiagnostic(note);
    }
    if (text.n > 0) {
        (void)ag_hint(err, "%s", ag_buf_text(&text));
    }
    ag_buf_release(&text);
}

/* What is said of a struct behind its definition is dropped, whoever said it. */
static bool is_late(const char *text) {
    return strstr(text, "must precede definition") != NULL;
}

/* Whether it is about something that a macro of model.h made. */
static bool is_of_macro(CXDiagnostic diagnostic) {
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    bool is_ours = false;
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes) && !is_ours; i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        CXString text = clang_getDiagnosticSpelling(note);
        is_ours = ag_text_starts(clang_getCString(text), "expanded from macro 'AG_");
        clang_disposeString(text);
        clang_disposeDiagnostic(note);
    }
    return is_ours;
}

/* Errors, and annotations in a place where the compiler gives them to nobody. */
static bool is_error(CXDiagnostic diagnostic, const char *text) {
    enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
    return severity >= CXDiagnostic_Error ||
           (severity == CXDiagnostic_Warning && text != NULL &&
            (strstr(text, "'annotate'") != NULL || (is_late(text) && is_of_macro(diagnostic))));
}

static void take_errors(ag_clang_walk *w, CXTranslationUnit unit) {
    unsigned n = clang_getNumDiagnostics(unit);
    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        const char *text = ag__clang_text(w->arena, clang_getDiagnosticSpelling(diagnostic));
        if (is_error(diagnostic, text)) {
            ag_error err = {0};
            ag_fail(&err, AG_INPUT, "%s", text == NULL ? "" : text);
            set_place(w, &err, clang_getDiagnosticLocation(diagnostic));
            add_notes(w, &err, diagnostic);
            ag_vec_push(w->arena, &w->unit->errors, err);
        }
        clang_disposeDiagnostic(diagnostic);
    }
}

static void take_include(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    ag_clang_walk *w = data;
    (void)stack;
    (void)depth;
    const char *name = ag__clang_text(w->arena, clang_File_tryGetRealPathName(file));
    CXString given = clang_getFileName(file);
    if (name != NULL) {
        ag_vec_push(w->arena, &w->unit->includes, name);
    }
    if (ag_text_ends(clang_getCString(given), "autogen/model.h")) {
        w->unit->has_model_h = true;
    }
    clang_disposeString(given);
}

static enum CXErrorCode parse(CXIndex index, const char *path, const ag_strings *args,
                              struct CXUnsavedFile *unsaved, unsigned n_unsaved,
                              CXTranslationUnit *out) {
    return clang_parseTranslationUnit2(index, path, args->items, (int)args->n, unsaved, n_unsaved,
                                       CXTranslationUnit_SkipFunctionBodies, out);
}

/*
 * A header is read by including it: as the file itself, "#pragma once" would not hold for it, and
 * one that comes back to itself through others would be there twice. NULL when it has to be.
 */
static const char *including(ag_arena *arena, const char *path) {
    static const char *const endings[] = {".h", ".hh", ".hpp", ".hxx"};
    bool is_header = false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        is_header = is_header || ag_text_ends(path, endings[i]);
    }
    return is_header && strpbrk(path, "\"\\\r\n") == NULL
               ? ag_arena_printf(arena, "#include \"%s\"\n", path)
               : NULL;
}

/* libclang does not say which option it refuses: the one without which an empty file is read. */
static const char *find_refused(ag_arena *arena, CXIndex index, const ag_clang_command *command) {
    const ag_strings *args = &command->args;
    struct CXUnsavedFile empty = {.Filename = AG_CLANG_VIRTUAL "/empty.c", .Contents = ""};
    for (size_t i = args->n; i-- > command->n_own;) {
        ag_strings others = {NULL, 0, 0};
        for (size_t j = 0; j < args->n; j++) {
            if (j != i) {
                ag_vec_push(arena, &others, args->items[j]);
            }
        }
        CXTranslationUnit unit = NULL;
        if (parse(index, empty.Filename, &others, &empty, 1, &unit) == CXError_Success) {
            clang_disposeTranslationUnit(unit);
            return args->items[i];
        }
    }
    return NULL;
}

static void fail_unit(ag_c_unit *unit, enum CXErrorCode code, const char *refused) {
    ag_error err = {0};
    if (refused != NULL) {
        ag_fail(&err, AG_INPUT, "libclang refuses the compiler option '%s'", refused);
    } else {
        ag_fail(&err, AG_INPUT, "libclang cannot read this file%s",
                code == CXError_Crashed ? ": it crashed" : " with these compiler options");
        (void)ag_hint(&err, "options are words like -Iinclude and -DNAME=VALUE; nothing is run to"
                            " find them");
    }
    ag_loc loc = {.file = unit->file, .line = 1, .column = 1};
    ag_error_locate(&err, loc, NULL);
    ag_vec_push(unit->arena, &unit->errors, err);
}

static ag_c_unit *read_unit(CXIndex index, const ag_c_request *request, const char *file,
                            const ag_clang_command *command) {
    ag_arena *arena = ag_arena_new();
    ag_c_unit *out = ag_arena_new_of(arena, ag_c_unit);
    out->arena = arena;
    out->file = ag_arena_strdup(arena, file);
    const char *path = command->folder == NULL ? out->file : ag_path_absolute(arena, file);
    const char *text = including(arena, path);
    const char *name = text == NULL ? path : ag_text_ends(path, ".h") ? UNIT ".c" : UNIT ".cpp";
    struct CXUnsavedFile files[] = {
        {.Filename = AG_CLANG_VIRTUAL "/autogen/model.h",
         .Contents = request->model_h,
         .Length = (unsigned long)request->n_model_h},
        {.Filename = name, .Contents = text, .Length = text == NULL ? 0 : strlen(text)}};
    CXTranslationUnit unit = NULL;
    enum CXErrorCode code = parse(index, name, &command->args, files, text == NULL ? 1 : 2, &unit);
    if (code != CXError_Success) {
        bool is_crash = code == CXError_Crashed;
        fail_unit(out, code, is_crash ? NULL : find_refused(arena, index, command));
        return out;
    }
    ag_clang_walk w = {.unit = out, .arena = arena, .parsed = unit, .folder = command->folder};
    take_errors(&w, unit);
    if (out->errors.n == 0) {
        ag__clang_walk(&w, unit);
    }
    clang_getInclusions(unit, take_include, &w);
    clang_disposeTranslationUnit(unit);
    return out;
}

/* ---- many ---- */

static void *work(void *data) {
    job *j = data;
    CXIndex index = clang_createIndex(0, 0);
    for (size_t i = atomic_fetch_add(&j->next, 1); i < j->n; i = atomic_fetch_add(&j->next, 1)) {
        if (j->is_wanted[i] && j->units[i] == NULL) {
            j->units[i] =
                read_unit(index, j->request, j->request->files->items[i], &j->commands[i]);
        }
    }
    clang_disposeIndex(index);
    return NULL;
}

static size_t count_threads(size_t n_files) {
    long n_cpus = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = n_cpus < 1 ? 1 : (size_t)n_cpus;
    n = n < n_files ? n : n_files;
    return n < MAX_THREADS ? n : MAX_THREADS;
}

static void run(job *j) {
    pthread_t threads[MAX_THREADS];
    size_t n_threads = count_threads(j->n);
    size_t n_started = 0;
    atomic_store(&j->next, 0);
    while (n_started + 1 < n_threads && pthread_create(&threads[n_started], NULL, work, j) == 0) {
        n_started++;
    }
    (void)work(j);
    for (size_t i = 0; i < n_started; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

/* ---- what needs no reading of its own ---- */

/* `#include "name"` of a line, or NULL. */
static const char *included(ag_arena *arena, const char *line) {
    line += strspn(line, " \t");
    if (*line++ != '#') {
        return NULL;
    }
    line += strspn(line, " \t");
    if (!ag_text_starts(line, "include")) {
        return NULL;
    }
    line += strlen("include");
    line += strspn(line, " \t");
    char close = *line == '<' ? '>' : '"';
    size_t n = *line == '<' || *line == '"' ? strcspn(line + 1, "<>\"\n") : 0;
    return n == 0 || line[n + 1] != close ? NULL : ag_arena_strndup(arena, line + 1, n);
}

typedef struct finder {
    ag_arena *arena;
    const ag_map *index; /* of absolute names; the value is one more than the position. */
    const ag_clang_command *command;
} finder;

static size_t find_at(const finder *f, const char *folder, const char *name) {
    const char *path = ag_path_absolute(f->arena, ag_path_join(f->arena, folder, name));
    return (size_t)(uintptr_t)ag_map_get(f->index, path);
}

/* One more than the position of a file that an include names, or 0. */
static size_t find_file(const finder *f, const char *file, const char *name) {
    size_t found = find_at(f, ag_path_dir(f->arena, file), name);
    const ag_strings *args = &f->command->args;
    for (size_t i = 0; found == 0 && i < args->n; i++) {
        if (ag_text_starts(args->items[i], "-I")) {
            const char *folder = args->items[i] + 2;
            folder = *folder == '\0' && i + 1 < args->n ? args->items[i + 1] : folder;
            found = find_at(f, folder, name);
        }
    }
    return found;
}

/* Marks the files of the list that this one includes. */
static void mark_included(const finder *f, const char *file, size_t self, bool *is_included) {
    char *text = NULL;
    size_t n = 0;
    if (!ag_file_read(f->arena, file, AG_INPUT, &text, &n, NULL)) {
        return;
    }
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        const char *name = included(f->arena, line);
        size_t found = name == NULL ? 0 : find_file(f, file, name);
        if (found > 0 && found - 1 != self) {
            is_included[found - 1] = true;
        }
    }
}

static void guess_wanted(ag_arena *arena, const ag_strings *files, const ag_clang_command *commands,
                         bool *is_wanted) {
    ag_map index = AG_MAP_INIT;
    bool *is_included = ag_arena_array(arena, files->n, sizeof *is_included);
    for (size_t i = 0; i < files->n; i++) {
        (void)ag_map_put(&index, ag_path_absolute(arena, files->items[i]),
                         (void *)(uintptr_t)(i + 1));
    }
    for (size_t i = 0; i < files->n; i++) {
        finder f = {arena, &index, &commands[i]};
        mark_included(&f, files->items[i], i, is_included);
    }
    for (size_t i = 0; i < files->n; i++) {
        is_wanted[i] = !is_included[i];
    }
    ag_map_release(&index);
}

/* Files that no unit has read so far; false when there is none. */
static bool want_unread(ag_arena *arena, const job *j, bool *is_wanted) {
    ag_map seen = AG_MAP_INIT;
    bool is_any = false;
    for (size_t i = 0; i < j->n; i++) {
        const ag_c_unit *unit = j->units[i];
        for (size_t k = 0; unit != NULL && k < unit->includes.n; k++) {
            (void)ag_map_put(&seen, unit->includes.items[k], &seen);
        }
    }
    for (size_t i = 0; i < j->n; i++) {
        char *real = realpath(j->request->files->items[i], NULL);
        const char *name = real == NULL ? "" : ag_arena_strdup(arena, real);
        free(real);
        is_wanted[i] = j->units[i] == NULL && !ag_map_has(&seen, name);
        is_any = is_any || is_wanted[i];
    }
    ag_map_release(&seen);
    return is_any;
}

/* ---- what may be another by itself ---- */

/* The word behind a directive's name, if it is this one; else NULL. */
static const char *directive(const char *line, const char *name) {
    line += strspn(line, " \t");
    if (*line++ != '#') {
        return NULL;
    }
    line += strspn(line, " \t");
    size_t n = strlen(name);
    if (strncmp(line, name, n) != 0 || !(line[n] == ' ' || line[n] == '\t' || line[n] == '(')) {
        return NULL;
    }
    return line + n + strspn(line + n, " \t");
}

static bool is_guard(const char *word, const char *next) {
    size_t n = strcspn(word, " \t\r\n");
    const char *defined = next == NULL ? NULL : directive(next, "define");
    return defined != NULL && strncmp(defined, word, n) == 0 &&
           strchr(" \t\r\n", defined[n]) != NULL;
}

/* Whether a text depends on macros, its include guard and C++ aside. */
static bool has_conditions(const char *text) {
    static const char *const words[] = {"if", "ifdef", "ifndef", "elif"};
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        const char *next = strchr(line, '\n');
        next = next == NULL ? NULL : next + 1;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const char *word = directive(line, words[i]);
            bool is_cxx = word != NULL && next != NULL &&
                          memmem(word, (size_t)(next - word), "__cplusplus", 11) != NULL;
            if (word != NULL && !is_cxx && !is_guard(word, next)) {
                return true;
            }
        }
    }
    return false;
}

static bool want_echoes(ag_arena *arena, const job *j, bool *is_wanted) {
    bool is_any = false;
    for (size_t i = 0; i < j->n; i++) {
        char *text = NULL;
        size_t n = 0;
        is_wanted[i] =
            j->units[i] == NULL &&
            ag_file_read(arena, j->request->files->items[i], AG_INPUT, &text, &n, NULL) &&
            has_conditions(text);
        is_any = is_any || is_wanted[i];
    }
    return is_any;
}

/* Those that are something by themselves, behind all others. */
static void take_echoes(const job *j, ag_c_result *out) {
    for (size_t i = 0; i < j->n; i++) {
        ag_c_unit *unit = j->is_wanted[i] ? j->units[i] : NULL;
        if (unit != NULL && unit->errors.n > 0) {
            ag_arena_free(unit->arena);
        } else if (unit != NULL) {
            unit->is_echo = true;
            ag_vec_push(NULL, &out->units, unit);
        }
    }
}

/* ---- the entry ---- */

static bool open_database(const char *folder, CXCompilationDatabase *out, ag_error *err) {
    CXCompilationDatabase_Error code = CXCompilationDatabase_NoError;
    *out = NULL;
    if (folder == NULL) {
        return true;
    }
    *out = clang_CompilationDatabase_fromDirectory(folder, &code);
    return code == CXCompilationDatabase_NoError ||
           ag_fail(err, AG_INPUT, "%s: no compile_commands.json that can be read", folder);
}

bool ag_module_clang_read(const ag_c_request *request, ag_c_result *out, ag_error *err);

__attribute__((visibility("default"))) bool ag_module_clang_read(const ag_c_request *request,
                                                                 ag_c_result *out, ag_error *err) {
    size_t n = request->files->n;
    ag_arena *arena = ag_arena_new();
    ag_clang_command *commands = ag_arena_array(arena, n, sizeof *commands);
    bool *is_wanted = ag_arena_array(arena, n, sizeof *is_wanted);
    CXCompilationDatabase database = NULL;
    bool ok = open_database(request->compile_commands, &database, err);
    *out = (ag_c_result){.units = {NULL, 0, 0}};
    for (size_t i = 0; ok && i < n; i++) {
        ok = ag__clang_command(arena, request, database, request->files->items[i], &commands[i],
                               err);
    }
    if (ok) {
        job j = {.request = request,
                 .units = ag_arena_array(arena, n, sizeof(ag_c_unit *)),
                 .is_wanted = is_wanted,
                 .commands = commands,
                 .n = n};
        guess_wanted(arena, request->files, commands, is_wanted);
        run(&j);
        if (want_unread(arena, &j, is_wanted)) {
            run(&j);
        }
        for (size_t i = 0; i < n; i++) {
            if (j.units[i] != NULL) {
                ag_vec_push(NULL, &out->units, j.units[i]);
            }
        }
        if (want_echoes(arena, &j, is_wanted)) {
            run(&j);
            take_echoes(&j, out);
        }
    }
    if (database != NULL) {
        clang_CompilationDatabase_dispose(database);
    }
    ag_arena_free(arena);
    return ok;
}
