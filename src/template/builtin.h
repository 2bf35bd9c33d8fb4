/*
 * The templates that are built in: the folders of templates/, one script.mako and README each.
 * `init` copies the files of one; the first line of its README is what `list_templates` says of it.
 *
 * A script.mako is rendered with these variables:
 *
 *   message         string, as typed; any number of lines (write it with the filter `comment`)
 *   up_revision     string
 *   down_revision   string, list of strings or None
 *   branch_labels   list of strings
 *   depends_on      list of strings
 *   create_date     string
 *   sections        list of: dialect ("" for all), upgrades, downgrades (SQL, may be "")
 *   operations      list of: kind, table, name, summary, hazards (list of strings)
 *   config          dict; config.x.KEY is what -x KEY=VALUE said
 */
#ifndef AG_TEMPLATE_BUILTIN_H
#define AG_TEMPLATE_BUILTIN_H

#include "base/arena.h"
#include "base/embed.h"
#include "base/vec.h"

/** The template that `init` takes when none is named. */
#define AG_BUILTIN_DEFAULT "generic"

typedef struct ag_builtin {
    const char *name;
    const char *summary; /**< one line. */
} ag_builtin;

typedef AG_VEC(ag_builtin) ag_builtins;
typedef AG_VEC(const ag_embedded *) ag_builtin_files;

/** All of them, the default first, the others by name. */
void ag_builtin_list(ag_arena *arena, ag_builtins *list);
/** The files of a template, by name; none when there is no such template. */
void ag_builtin_files_of(ag_arena *arena, const char *name, ag_builtin_files *files);
/** A file ("script.mako") of a template, or NULL. */
const ag_embedded *ag_builtin_file(const char *name, const char *file);

#endif
