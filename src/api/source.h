/*
 * Sources: whatever a schema can be read from (the configured database, a URL, model files), read,
 * filtered and made comparable.
 */
#ifndef AG_API_SOURCE_H
#define AG_API_SOURCE_H

#include <pthread.h>

#include "api/ctx.h"
#include "diff/diff.h"

/** A schema and how it came to be. */
typedef struct ag_source {
    ag_schema *schema;   /**< owned; ag_source_release. */
    ag_conn *conn;       /**< the database it came from; NULL for models. */
    ag_ctx *owner;       /**< set: the connection is closed with the source. */
    bool is_canonical;   /**< its texts are the server's own: nothing to settle. */
    ag_strings warnings; /**< in the context's arena. */
} ag_source;

void ag_source_release(ag_source *source);
/** The configured database; an empty schema when there is no SQLite file yet. */
bool ag_source_database(ag_ctx *ctx, const ag_introspect_options *options, ag_source *out,
                        ag_error *err);
/** The configured database, being read in a thread while the model is read in this one. */
typedef struct ag_reading {
    const ag_dialect *dialect;
    ag_introspect_options options;
    ag_conn *conn;
    ag_schema *schema;
    ag_error err;
    pthread_t thread;
    bool is_running;
    bool ok;
} ag_reading;

/** Begins, where that is possible before the model is known; nothing else may use the connection.
 */
bool ag_source_database_start(ag_ctx *ctx, const ag_dialect *dialect, ag_reading *reading,
                              ag_error *err);
/** Waits for it, or does all of it now; then as ag_source_database. */
bool ag_source_database_finish(ag_ctx *ctx, ag_reading *reading,
                               const ag_introspect_options *options, ag_source *out, ag_error *err);
/** Waits for one that is not finished and throws its result away. */
void ag_source_database_drop(ag_reading *reading);
/** The configured model, for a dialect. */
bool ag_source_model(ag_ctx *ctx, const ag_dialect *dialect, ag_source *out, ag_error *err);
/** The history, replayed on a scratch database. */
bool ag_source_history(ag_ctx *ctx, const ag_dialect *dialect, ag_source *out, ag_error *err);
/** Any source by what a person writes: URL, file, folder, pattern, or "history". */
bool ag_source_named(ag_ctx *ctx, const char *name, const ag_dialect *dialect, ag_source *out,
                     ag_error *err);
/** The dialect a source says by itself (a URL), or NULL; fails where the URL is none. */
bool ag_source_dialect(ag_ctx *ctx, const char *name, const ag_dialect **out, ag_error *err);
/**
 * Namespaces to look at in the database that a model is compared with: those the settings name,
 * else those the model names. SQL files and databases speak about all there are.
 */
ag_introspect_options ag_source_namespaces(ag_ctx *ctx, const ag_source *to);

/**
 * Lets the database settle what the cheap rules leave in doubt; where it takes no temporary table,
 * a scratch database at dev_url does, if that is set (settle.c).
 */
bool ag_source_settle(ag_ctx *ctx, const ag_dialect *dialect, const ag_source *from, ag_source *to,
                      bool assume_equal, ag_error *err);
/**
 * Takes partitions out of `from` that stay although `to` lacks them, and names them: those of
 * tables of which `to` says nothing about partitions (partitions.c).
 */
bool ag_source_leave_partitions(ag_ctx *ctx, const ag_dialect *dialect, ag_source *from,
                                const ag_source *to, const ag_diff_options *options, ag_error *err);
/** "a, b and 3 more", fit for a comment. */
char *ag_source_examples(ag_arena *arena, const ag_strings *names);
/** Names the pragmas of a database that nothing manages. */
void ag_source_name_pragmas(ag_ctx *ctx, ag_source *source);
/** The same for two databases, where they differ in them. */
void ag_source_compare_pragmas(ag_ctx *ctx, ag_source *from, ag_source *to);

/** Adds to an error the line of the model it points at, where that has none yet; false. */
bool ag_source_quote(ag_error *err);
/**
 * Settles and compares two sources; `renames` are "OLD=NEW". What is left alone is taken out of
 * `from`.
 */
bool ag_source_compare(ag_ctx *ctx, const ag_dialect *dialect, ag_source *from, ag_source *to,
                       const ag_strings *renames, bool assume_equal, ag_diff_result *out,
                       ag_error *err);
/** The statements of a diff, one direction after lowering, explained; for diff --format sql. */
bool ag_source_sql(ag_ctx *ctx, const ag_dialect *dialect, const ag_ops *ops, const ag_schema *from,
                   const ag_schema *to, ag_buf *out, ag_error *err);

#endif
