/*
 * A SQLite database in memory with the structure of a schema and no rows. Lowering tries its
 * statements there, so that the texts it writes down are the ones SQLite will store.
 */
#ifndef AG_DIALECT_LITE_SCRATCH_H
#define AG_DIALECT_LITE_SCRATCH_H

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct ag_lite_scratch ag_lite_scratch;

/** A stored object: an index or trigger of a table. */
typedef struct ag_lite_stored {
    const char *type; /**< "index" or "trigger". */
    const char *name;
    const char *sql;
} ag_lite_stored;
typedef AG_LIST(ag_lite_stored) ag_lite_stored_list;

/** What could not be made here: it uses a module, function or collation of the application. */
typedef struct ag_lite_left_out {
    const char *type; /**< "table", "index", "view" or "trigger". */
    const char *name;
    const char *table; /**< of an index or trigger. */
    const char *sql;
    const char *why;
} ag_lite_left_out;

/**
 * Makes one from the stored texts of an introspected schema, and its virtual tables where their
 * module is there. What cannot be made is left out.
 */
bool ag_lite_scratch_open(const ag_schema *from, ag_lite_scratch **out, ag_error *err);
/** NULL is allowed. */
void ag_lite_scratch_close(ag_lite_scratch *scratch);
/** Runs one statement. */
bool ag_lite_scratch_exec(ag_lite_scratch *scratch, const char *sql, ag_error *err);
/** The stored text of a "table", "index", "view" or "trigger", or NULL. */
char *ag_lite_scratch_text(ag_lite_scratch *scratch, ag_arena *arena, const char *type,
                           const char *name);
/** True when every name that a view uses is there. */
bool ag_lite_scratch_can_read(ag_lite_scratch *scratch, const char *view);
/** An object of the schema that was left out; NULL when it was not. */
const ag_lite_left_out *ag_lite_scratch_left_out(const ag_lite_scratch *scratch, const char *type,
                                                 const char *name);
/** Indexes and triggers of a table, in the order they were made, then those that were left out. */
void ag_lite_scratch_dependents(ag_lite_scratch *scratch, ag_arena *arena, const char *table,
                                ag_lite_stored_list *out);

#endif
