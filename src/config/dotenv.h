/*
 * `.env` files as people write them: KEY=VALUE lines, `export` before them, values plain, in single
 * quotes (only \' and \\ are escapes) or double quotes (\n \r \t \\ \" \$ …; both kinds may run
 * over several lines), comments behind ` #`, and $VAR, ${VAR}, ${VAR:-default} in plain and
 * double-quoted values.
 *
 * A variable is looked up in the environment, then among the keys before it. `${VAR}` that is
 * nowhere is blank; a bare `$VAR` that is nowhere stays as it is, because passwords hold dollar
 * signs. Of a key that occurs twice the last one counts.
 */
#ifndef AG_CONFIG_DOTENV_H
#define AG_CONFIG_DOTENV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/vec.h"
#include "config/env.h"

/** Largest file and largest expanded value, in bytes. */
#define AG_DOTENV_CEILING ((size_t)1 << 20)
#define AG_DOTENV_VALUE_CEILING ((size_t)1 << 16)

typedef struct ag_dotenv_entry {
    const char *key;
    const char *value;
    ag_loc loc;
} ag_dotenv_entry;

typedef struct ag_dotenv {
    AG_VEC(ag_dotenv_entry) entries; /**< in the order of the file; in the arena. */
} ag_dotenv;

/**
 * Reads a text as the file `path` would be. Mistakes go to `diags` (without an excerpt: such files
 * hold secrets), make the result false and do not stop the reading.
 */
bool ag_dotenv_parse(ag_arena *arena, const char *path, const char *text, size_t n,
                     const ag_env *env, ag_diags *diags, ag_dotenv *out);
/** The last entry of a key, or NULL. */
const ag_dotenv_entry *ag_dotenv_get(const ag_dotenv *dotenv, const char *key);

#endif
