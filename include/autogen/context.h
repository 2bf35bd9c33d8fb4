/*
 * ag_ctx: one project (its autogen.ini) and one database, for a series of commands.
 *
 * A context may be used by one thread at a time; ag_ctx_cancel alone may be called from any thread
 * or signal handler. The library never prints and never exits: what it has to say on the way goes
 * to the event callback, what went wrong comes back as an ag_error and a list of diagnostics.
 */
#ifndef AUTOGEN_CONTEXT_H
#define AUTOGEN_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/error.h>
#include <autogen/export.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ag_ctx ag_ctx;

/** What happens while a command runs. */
typedef enum ag_event_kind {
    AG_EVENT_INFO,      /**< a sentence for the user ("Generating PATH … done"). */
    AG_EVENT_WARNING,   /**< something left alone or doubtful. */
    AG_EVENT_STEP,      /**< a revision starts: text is "Running upgrade A -> B, MESSAGE". */
    AG_EVENT_STEP_DONE, /**< that revision is applied and recorded. */
    AG_EVENT_PROGRESS,  /**< long work goes on: text says what, done of total (0 = unknown). */
    AG_EVENT_NOTICE     /**< a message of the database server. */
} ag_event_kind;

typedef struct ag_event {
    ag_event_kind kind;
    const char *text;     /**< valid during the call only. */
    const char *revision; /**< steps: the revision; else NULL. */
    unsigned long long done, total;
} ag_event;

typedef void (*ag_event_fn)(void *user, const ag_event *event);

/** Where a context gets its settings. Zeroed members mean "not given". */
typedef struct ag_ctx_options {
    size_t struct_size;
    const char *config_file; /**< NULL = $AUTOGEN_CONFIG, else ./autogen.ini. */
    const char *section;     /**< NULL = "autogen". */
    const char *url;         /**< --url: wins over everything else. */
    const char *const *x;    /**< "KEY=VALUE" texts for templates and the ini file. */
    size_t n_x;
    ag_event_fn on_event;
    void *user;
    const char *tool_version; /**< recorded in autogen_history; NULL = the library's. */
} ag_ctx_options;

#define AG_CTX_OPTIONS_INIT                                                                        \
    { sizeof(ag_ctx_options), NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL }

/**
 * Makes a context and reads the configuration. A missing autogen.ini is no error here: commands
 * that need one say so. A bad one is AG_INPUT, with every mistake among the diagnostics of `*out`,
 * which is set even then (free it).
 */
AG_API bool ag_ctx_new(const ag_ctx_options *options, ag_ctx **out, ag_error *err);
/** Closes the database and frees everything. NULL is allowed. */
AG_API void ag_ctx_free(ag_ctx *ctx);
/** Makes the running command stop with AG_INTERRUPTED; async-signal-safe. */
AG_API void ag_ctx_cancel(ag_ctx *ctx);
/** The mistakes found by the last command that failed; valid until the next command. */
AG_API const ag_error *ag_ctx_diagnostics(const ag_ctx *ctx, size_t *n);
/** The database URL without its password, or NULL; valid as long as the context. */
AG_API const char *ag_ctx_url(const ag_ctx *ctx);

/** "0.1.0" */
AG_API const char *ag_version(void);

#ifdef __cplusplus
}
#endif
#endif
