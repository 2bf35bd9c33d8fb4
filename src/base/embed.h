/*
 * Files that were put into the program when it was built (cmake/embed.cmake): the catalog queries
 * and the templates. The tables end with a row whose name is NULL.
 */
#ifndef AG_BASE_EMBED_H
#define AG_BASE_EMBED_H

#include <stddef.h>

typedef struct ag_embedded {
    const char *name; /**< path below the folder of the set, such as "default/script.mako". */
    const char *text; /**< NUL-terminated. */
    size_t n;         /**< size without the NUL. */
} ag_embedded;

/** src/dialect/pg/sql: the catalog queries. */
extern const ag_embedded ag_embedded_sql[];
/** templates: what `init` copies. */
extern const ag_embedded ag_embedded_templates[];

/** include/autogen/model.h: what C models are read with. */
extern const ag_embedded ag_embedded_headers[];

/** The file of that name in a table, or NULL. */
const ag_embedded *ag_embedded_find(const ag_embedded *table, const char *name);

#endif
