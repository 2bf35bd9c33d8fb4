#include "template/builtin.h"

#include <string.h>

#include "base/str.h"

/* What follows "NAME/" in the path of an embedded file, or NULL when it is of another template. */
static const char *path_within(const ag_embedded *file, const char *name) {
    size_t n = strlen(name);
    return strncmp(file->name, name, n) == 0 && file->name[n] == '/' ? file->name + n + 1 : NULL;
}

const ag_embedded *ag_builtin_file(const char *name, const char *file) {
    for (const ag_embedded *f = ag_embedded_templates; f->name != NULL; f++) {
        if (ag_text_eq(path_within(f, name), file)) {
            return f;
        }
    }
    return NULL;
}

void ag_builtin_files_of(ag_arena *arena, const char *name, ag_builtin_files *files) {
    for (const ag_embedded *f = ag_embedded_templates; f->name != NULL; f++) {
        if (path_within(f, name) != NULL) {
            ag_vec_push(arena, files, f);
        }
    }
}

static void add(ag_arena *arena, ag_builtins *list, const char *name) {
    const ag_embedded *readme = ag_builtin_file(name, "README");
    const char *text = readme == NULL ? "" : readme->text;
    ag_builtin builtin = {.name = name,
                          .summary = ag_arena_strndup(arena, text, strcspn(text, "\r\n"))};
    ag_vec_push(arena, list, builtin);
}

/* The table is sorted, and every template has a script.mako. */
void ag_builtin_list(ag_arena *arena, ag_builtins *list) {
    add(arena, list, AG_BUILTIN_DEFAULT);
    for (const ag_embedded *f = ag_embedded_templates; f->name != NULL; f++) {
        const char *slash = strchr(f->name, '/');
        if (slash != NULL && strcmp(slash, "/script.mako") == 0) {
            char *name = ag_arena_strndup(arena, f->name, (size_t)(slash - f->name));
            if (strcmp(name, AG_BUILTIN_DEFAULT) != 0) {
                add(arena, list, name);
            }
        }
    }
}
