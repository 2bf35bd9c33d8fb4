/*
 * The version table and the history beside it, in the database.
 *
 * The version table is Alembic's, name and shape, so that a database can be shared or taken over.
 * `autogen_history` keeps what ran: part 0 is a whole revision (checksum of its file), parts from 1
 * on are those of a revision that was interrupted (checksums of their statements); they go when the
 * revision is done. Reading never creates anything. Nothing here begins or ends a transaction.
 */
#ifndef AG_REVISION_STORE_H
#define AG_REVISION_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "dialect/dialect.h"
#include "revision/plan.h"

typedef struct ag_store {
    ag_conn *conn; /**< NULL for offline SQL. */
    const ag_dialect *dialect;
    const char *schema;       /**< namespace of both tables, or NULL. */
    const char *table;        /**< plain name of the version table. */
    const char *version_name; /**< quoted and qualified. */
    const char *history_name;
    bool has_version; /**< known to exist. */
    bool has_history;
} ag_store;

#define AG_HISTORY_TABLE "autogen_history"

typedef struct ag_history_entry {
    const char *revision;
    const char *direction; /**< "upgrade", "downgrade", "stamp", "accept". */
    int part;              /**< 0 = the whole revision. */
    const char *checksum;
    const char *state;      /**< "begun" or "done". */
    const char *started_at; /**< UTC, "2026-11-20 12:00:00.000". */
    int64_t duration_ms;
    const char *applied_by;
    const char *tool_version;
} ag_history_entry;

typedef AG_LIST(ag_history_entry) ag_history_entries;

/** Names are kept in the arena. `schema` may be NULL or "". */
void ag_store_init(ag_store *store, ag_arena *arena, ag_conn *conn, const ag_dialect *dialect,
                   const char *schema, const char *table);

/** The rows, sorted by byte; none when there is no table. */
bool ag_store_rows(ag_store *store, ag_arena *arena, ag_strings *rows, ag_error *err);
/** All history entries, oldest first; none when there is no table. */
bool ag_store_history(ag_store *store, ag_arena *arena, ag_history_entries *out, ag_error *err);
/** Those of parts (from 1 on) of one revision and direction, by number. */
bool ag_store_parts(ag_store *store, ag_arena *arena, const char *revision, const char *direction,
                    ag_history_entries *out, ag_error *err);

/**
 * Creates what is missing of the two tables, which is not asked again: after a rollback the caller
 * clears `has_version` and `has_history`.
 */
bool ag_store_create(ag_store *store, ag_error *err);
/** Makes the row changes of a step; each must match exactly one row (AG_HISTORY). */
bool ag_store_change(ag_store *store, const ag_plan_step *step, ag_error *err);
bool ag_store_record(ag_store *store, const ag_history_entry *entry, ag_error *err);
/** Forgets one part (from 1). */
bool ag_store_forget_part(ag_store *store, const char *revision, const char *direction, int part,
                          ag_error *err);
/** Forgets the parts of a revision (NULL: of all). */
bool ag_store_forget_parts(ag_store *store, const char *revision, ag_error *err);

/** The same as text, without semicolon: for offline SQL. */
void ag_store_create_sql(const ag_store *store, ag_buf *buf);
void ag_store_change_sql(const ag_store *store, const ag_row_change *change, ag_buf *buf);
/** Takes all that the history says of a revision out of it. */
void ag_store_forget_sql(const ag_store *store, const char *revision, ag_buf *buf);

/**
 * Which applied revisions have a file that was changed since it ran. `rows` are the graph's.
 */
bool ag_store_edited(const ag_history_entries *history, const ag_graph *graph, const ag_revs *rows,
                     ag_arena *arena, ag_revs *edited, ag_error *err);
/** The error that names them; always false. */
bool ag_store_refuse_edited(const ag_revs *edited, ag_error *err);

#endif
