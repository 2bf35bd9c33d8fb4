/* The context behind the public handle, and what the files of this room share. */
#ifndef AG_API_CTX_H
#define AG_API_CTX_H

#include <autogen.h>
#include <signal.h>

#include "base/arena.h"
#include "base/error.h"
#include "config/settings.h"
#include "config/url.h"
#include "dialect/dialect.h"
#include "revision/graph.h"
#include "revision/store.h"
#include "schema/filter.h"

enum { AG_CTX_MAX_OTHERS = 8 };

struct ag_ctx {
    ag_arena *arena; /**< settings and what lives as long as the context. */
    ag_settings *settings;
    ag_url url;
    bool has_url; /**< `url` was resolved. */
    /** The database that is compared with something else, for scratch databases; may be NULL. */
    const char *beside;
    const char *tool_version;
    ag_event_fn on_event;
    void *user;
    ag_diags diags; /**< mistakes of the last command. */
    volatile sig_atomic_t cancelled;
    ag_conn *conn; /**< NULL until a command needs the database. */
    /** Further connections that are open, for whoever cancels from a signal handler. */
    ag_conn *volatile others[AG_CTX_MAX_OTHERS];
    bool conn_cannot_create;
    ag_graph *graph; /**< NULL until a command needs the history. */
};

/** Forgets what the last command left and fails when the context was cancelled. */
bool ag_ctx_begin(ag_ctx *ctx, ag_error *err);
/** Resolves the URL of the configured database. */
bool ag_ctx_need_url(ag_ctx *ctx, ag_error *err);
/** A dialect: `wanted` by name, else that of the URL, else the first of `dialects`. */
bool ag_ctx_dialect(ag_ctx *ctx, const char *wanted, const ag_dialect **out, ag_error *err);
/** Opens the configured database, once; `create` may make a SQLite file. */
bool ag_ctx_connect(ag_ctx *ctx, bool create, ag_error *err);
void ag_ctx_disconnect(ag_ctx *ctx);
/** Opens any URL; close it with ag_ctx_close. */
bool ag_ctx_open_url(ag_ctx *ctx, const ag_url *url, bool create, ag_conn **out, ag_error *err);
/** Closes what ag_ctx_open_url and ag_ctx_open_scratch opened. NULL is allowed. */
void ag_ctx_close(ag_ctx *ctx, ag_conn *conn);
/**
 * An empty database that is gone when it is closed: on dev_url, else beside the configured
 * database or the one that is compared, else where libpq's environment leads; in memory for SQLite.
 */
bool ag_ctx_open_scratch(ag_ctx *ctx, const ag_dialect *dialect, ag_conn **out, ag_error *err);
/** Runs the revisions up (or down) to a target on any connection, silently. */
bool ag_ctx_replay(ag_ctx *ctx, const ag_dialect *dialect, ag_conn *conn, const char *target,
                   bool is_upgrade, ag_error *err);
/** False when the URL names a SQLite file that is not there: then there is nothing to read. */
bool ag_url_has_database(const ag_url *url);
/**
 * Where the database is and, when asked, which applied revisions were edited since; nothing when
 * there is no database yet. Needs the graph. Texts and lists are in the arena.
 */
bool ag_ctx_read_rows(ag_ctx *ctx, ag_arena *arena, ag_revs *rows, ag_revs *edited, ag_error *err);
/** The same; a row that no file has is a warning, and passed over. */
bool ag_ctx_read_known_rows(ag_ctx *ctx, ag_arena *arena, ag_revs *rows, ag_error *err);
/** Fails (AG_HISTORY) when a revision is not applied yet, as the rows say. */
bool ag_ctx_need_up_to_date(const ag_ctx *ctx, const ag_revs *rows, ag_error *err);
/**
 * An identifier of a command that looks at revisions; the database is asked where that says
 * something only to a database. Needs the graph.
 */
bool ag_ctx_resolve(ag_ctx *ctx, ag_arena *arena, const char *text, ag_ident *out, ag_error *err);
/** The same where one revision is meant, or base (NULL). */
bool ag_ctx_resolve_one(ag_ctx *ctx, ag_arena *arena, const char *text, ag_rev **out,
                        ag_error *err);
/** Loads the revision files, once. */
bool ag_ctx_load_graph(ag_ctx *ctx, ag_error *err);
/** After a file was written or changed. */
void ag_ctx_forget_graph(ag_ctx *ctx);
ag_strings ag_ctx_version_locations(ag_ctx *ctx);
/** Whether the folders in the version locations are read too. */
bool ag_ctx_is_recursive(const ag_ctx *ctx);
/** What the configuration leaves out of every schema. */
ag_filter ag_ctx_filter(ag_ctx *ctx);
/** Masks passwords in an error that came from a database; always false. */
bool ag_ctx_mask(const ag_ctx *ctx, ag_error *err);

void ag_ctx_say(const ag_ctx *ctx, ag_event_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void ag_ctx_progress(const ag_ctx *ctx, const char *what, unsigned long long done,
                     unsigned long long total);

/* text.c */
/** An empty text result; fill it with ag_text_take. */
ag_text *ag_text_new(void);
/** Moves a buffer's text into the result. */
void ag_text_take(ag_text *text, ag_buf *buf);

#endif
