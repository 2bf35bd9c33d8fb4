/*
 * What a dialect knows of scripts that people load with its shell: which statements only steer the
 * session, which reach beyond the database, what the shell's own commands mean. Models in SQL are
 * read with it; nothing here runs anything.
 */
#ifndef AG_DIALECT_SCRIPT_READER_H
#define AG_DIALECT_SCRIPT_READER_H

#include <autogen/error.h>

#include "base/str.h"

typedef enum ag_script_role {
    AG_SCRIPT_PLAIN,
    AG_SCRIPT_NOTHING, /**< says nothing about a schema (BEGIN, VACUUM): left out. */
    AG_SCRIPT_SETTING, /**< holds for the statements after it. */
    AG_SCRIPT_OUTSIDE, /**< reaches beyond the database (roles, files): never run, named. */
    AG_SCRIPT_ACCESS,  /**< owners and grants. */
    AG_SCRIPT_REMOVAL, /**< DROP, ALTER … DROP: means something at its own place only. */
    AG_SCRIPT_ROWS,    /**< INSERT, UPDATE… */
    AG_N_SCRIPT_ROLES
} ag_script_role;

/** What a refused statement means for the model. */
typedef enum ag_script_excuse {
    AG_EXCUSE_NONE,   /**< a mistake. */
    AG_EXCUSE_SILENT, /**< it is as the statement wants it already. */
    AG_EXCUSE_NAMED   /**< it can be passed over, with a warning. */
} ag_script_excuse;

/** What a line for the shell asks for. */
typedef enum ag_shell_command {
    AG_SHELL_REFUSED, /**< changes what the script means: cannot be passed over. */
    AG_SHELL_IGNORED,
    AG_SHELL_CONNECT,          /**< another database. */
    AG_SHELL_INCLUDE,          /**< a file, from the current folder. */
    AG_SHELL_INCLUDE_RELATIVE, /**< a file, from the folder of this one. */
    AG_SHELL_QUIT
} ag_shell_command;

typedef struct ag_script_reader {
    const char *shell_name; /**< "psql", "sqlite3". */
    /** Makes a session what it was at its start; NULL where nothing needs it. */
    const char *reset;
    /** May blank out words of the statement, never move any. */
    ag_script_role (*role)(char *sql);
    ag_script_excuse (*excuse)(const char *sql, ag_script_role role, const ag_error *why);
    /** What helps against a mistake, where the server says nothing; or NULL. */
    const char *(*hint)(const ag_error *why);
    /** `argument` is what stands behind the command, without quotes. */
    ag_shell_command (*shell)(ag_str line, ag_str *argument);
} ag_script_reader;

extern const ag_script_reader ag_pg_script_reader;
extern const ag_script_reader ag_lite_script_reader;

/** Shared by the readers: the word behind the mark of a shell command, and its argument. */
ag_str ag_shell_word(ag_str line, ag_str *argument);
/** True when `word` is one of the texts, whatever its case. */
bool ag_str_is_any(ag_str word, const char *const *texts, size_t n);
#define AG_IS_ANY(word, ...)                                                                       \
    ag_str_is_any((word), (const char *const[]){__VA_ARGS__},                                      \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
