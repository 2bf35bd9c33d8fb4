/*
 * The settings of a run: autogen.ini, then the environment, then the command line; later ones win.
 *
 * The file is the one of -c, else of $AUTOGEN_CONFIG, else autogen.ini in the current folder. It
 * may be missing: commands that need it call ag_settings_need_file. Its section is [autogen] or
 * that of -n; [DEFAULT] counts for each. Every key but `url` has a variable AUTOGEN_KEY.
 *
 * Relative paths in the file, those of SQLite URLs included, have been made relative to the current
 * folder already; those of the environment and the command line are so by nature.
 *
 * Everything belongs to the arena of ag_settings_load.
 */
#ifndef AG_CONFIG_SETTINGS_H
#define AG_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/vec.h"
#include "config/env.h"
#include "config/ini.h"
#include "config/url.h"

typedef enum ag_setting_kind {
#define AG_SETTING_KIND(kind, type, word) AG_KIND_##kind,
#include "config/settings_list.def"
} ag_setting_kind;

/** AG_SET_url, AG_SET_lock_timeout … */
typedef enum ag_setting_id {
#define AG_SETTING(kind, name, default_text, limits, meaning) AG_SET_##name,
#include "config/settings_list.def"
    AG_N_SETTINGS
} ag_setting_id;

#define AG_SETTING_KIND(kind, type, word) typedef type ag_setting_##kind;
#include "config/settings_list.def"

/** The values of `transaction`, in the order of its words. */
typedef enum ag_transaction_mode {
    AG_TRANSACTION_PER_REVISION,
    AG_TRANSACTION_ALL,
    AG_TRANSACTION_NONE,
} ag_transaction_mode;

/** A row of settings_list.def. */
typedef struct ag_setting_spec {
    const char *name;
    ag_setting_kind kind;
    const char *default_text;
    const char *limits;
    const char *meaning;
    size_t offset; /**< in ag_settings. */
} ag_setting_spec;

typedef enum ag_setting_from {
    AG_FROM_DEFAULT,
    AG_FROM_FILE,
    AG_FROM_ENVIRONMENT,
    AG_FROM_DOTENV,
    AG_FROM_OPTION,
} ag_setting_from;

/** Where a value came from. */
typedef struct ag_setting_origin {
    ag_setting_from from;
    const char *name;         /**< the key, variable or option. */
    const char *text;         /**< the value as text; a URL without its password. */
    ag_loc loc;               /**< line 0 unless it came from a file. */
    const ag_error *deferred; /**< a URL that lacks an -x value: the error for who needs it. */
} ag_setting_origin;

typedef enum ag_hook_type { AG_HOOK_EXEC, AG_HOOK_CONSOLE_SCRIPTS, AG_HOOK_MODULE } ag_hook_type;

/** A program that is run over each new revision file. */
typedef struct ag_hook {
    const char *name;
    ag_hook_type type;
    const char
        *target; /**< executable (a path, or a name to look up in PATH), entry point, module. */
    ag_strings options; /**< words; REVISION_SCRIPT_FILENAME stands for the file. */
    const char *cwd;    /**< folder to run in, or NULL. */
    ag_loc loc;
} ag_hook;

/**
 * One field for each key. Text that is not set is NULL, a list empty, a duration (milliseconds)
 * -1; `transaction` holds an ag_transaction_mode.
 */
typedef struct ag_settings {
#define AG_SETTING(kind, name, default_text, limits, meaning) ag_setting_##kind name;
#include "config/settings_list.def"
    ag_setting_origin origin[AG_N_SETTINGS];
    AG_VEC(ag_hook) hooks; /**< in the order they run. */
    ag_pairs x;            /**< of -x. */
    const char *path;      /**< the file that was read or looked for. */
    const char *folder;    /**< its folder; "." for the current one. */
    const char *section;
    bool has_file;
    const char *shown; /**< the file's text for excerpts, or NULL. */
    ag_arena *arena;
} ag_settings;

/** What the command line gives. Zeroed means nothing. */
typedef struct ag_settings_input {
    const char *config;  /**< -c FILE. */
    const char *section; /**< -n SECTION. */
    const char *url;     /**< --url. */
    ag_pairs x;          /**< -x KEY=VALUE. */
    ag_pairs options;    /**< other keys that options set. */
    const ag_env *env;   /**< NULL: the process's. */
} ag_settings_input;

/**
 * Reads the settings. On failure every mistake of the file, the environment and the options is in
 * `diags`, and `err` is the first of them.
 */
bool ag_settings_load(ag_arena *arena, const ag_settings_input *input, ag_diags *diags,
                      ag_settings **settings, ag_error *err);
/** Fails, with a hint at `autogen init`, when there is no configuration file. */
bool ag_settings_need_file(const ag_settings *settings, ag_error *err);
/** Fails when a text or list is not set, or a URL lacks the value of an -x. */
bool ag_settings_need(const ag_settings *settings, ag_setting_id id, ag_error *err);
/**
 * The database: --url, else $DATABASE_URL, else DATABASE_URL in the .env file beside autogen.ini,
 * else `url`; with -n, the section's own `url` comes before the environment.
 */
bool ag_settings_url(const ag_settings *settings, ag_url *url, ag_error *err);
/** An error about a value, at its line when it came from the file; false. */
bool ag_settings_fail(const ag_settings *settings, ag_setting_id id, ag_error *err,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/** The table: AG_N_SETTINGS rows in the order of ag_setting_id. */
const ag_setting_spec *ag_setting_specs(void);
/** What the documentation calls a kind. */
const char *ag_setting_kind_word(ag_setting_kind kind);

#endif
