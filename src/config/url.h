/*
 * Database URLs: what they mean, and how they are shown without their passwords.
 *
 * Accepted: sqlite:///relative.db, sqlite:////absolute.db, sqlite:// (memory), a bare path that
 * ends in .db, .sqlite or .sqlite3, postgresql://, postgres:// and any libpq conninfo string. A
 * driver suffix ("postgresql+asyncpg://") is accepted and ignored.
 *
 * No function here echoes a password, not even of a URL that makes no sense.
 */
#ifndef AG_CONFIG_URL_H
#define AG_CONFIG_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/** A database URL taken apart. Strings belong to the arena of the parser. */
typedef struct ag_url {
    const char *dialect;  /**< "sqlite" or "postgresql". */
    const char *path;     /**< SQLite: the file, decoded, or ":memory:". Else NULL. */
    const char *uri;      /**< SQLite: for sqlite3_open_v2 with SQLITE_OPEN_URI, parameters kept. */
    const char *conninfo; /**< PostgreSQL: what libpq accepts; holds the password. Else NULL. */
    const char *text;     /**< as given, trimmed; holds the password. */
    bool is_memory;       /**< SQLite in memory. */
    bool is_read_only;    /**< SQLite with mode=ro or immutable=1. */
} ag_url;

/** Takes a URL apart. A mistake is AG_USAGE and says which forms are accepted. */
bool ag_url_parse(ag_arena *arena, const char *text, ag_url *url, ag_error *err);
/** True when the text has the look of a URL or conninfo string, not of a path. */
bool ag_url_is_url(const char *text);
/**
 * The same URL with a relative SQLite path made relative to `folder`. Anything else, and what does
 * not parse, is returned as it is.
 */
const char *ag_url_rebase(ag_arena *arena, const char *text, const char *folder);

/** The text with passwords as *** and control characters as ?: fit to be printed. */
const char *ag_url_masked(ag_arena *arena, const char *text);
bool ag_url_has_password(const char *text);
/** The text with its passwords taken out, fit to be written to a file. */
const char *ag_url_without_password(ag_arena *arena, const char *text);
/**
 * Replaces the passwords of `url` (as written and decoded) in any text, such as a server's message,
 * by ***. A password that is also the user, host or database name is replaced only where it stands
 * as a password (after ':' or '='). Either argument may be NULL.
 */
const char *ag_mask_secrets(ag_arena *arena, const char *text, const char *url);
/** Overwrites passwords in place with asterisks; the length stays. */
void ag_url_blot(char *text, size_t n);

#endif
