/* Scripts for the sqlite3 shell: what its .dump and .schema write, and files kept by hand. */
#include <string.h>

#include "dialect/script_reader.h"
#include "sql/token.h"

typedef struct words {
    ag_str text;
    ag_lexer lexer;
} words;

static ag_str next(words *w) {
    return ag_token_text(w->text, ag_lexer_next_solid(&w->lexer));
}

/* The database's own tables: they come and go with what they are about. */
static bool is_internal(ag_str name) {
    if (name.n >= 2 && strchr("'\"`[", name.p[0]) != NULL) {
        name = (ag_str){name.p + 1, name.n - 2};
    }
    return name.n > 7 && ag_str_ieq((ag_str){name.p, 7}, "sqlite_") &&
           !AG_IS_ANY(name, "sqlite_schema", "sqlite_master");
}

static ag_script_role role_of_vacuum(words w) {
    for (ag_str word = next(&w); word.n > 0; word = next(&w)) {
        if (AG_IS_ANY(word, "into")) {
            return AG_SCRIPT_OUTSIDE;
        }
    }
    return AG_SCRIPT_NOTHING;
}

static ag_script_role role_of_create(words w) {
    if (!AG_IS_ANY(next(&w), "table")) {
        return AG_SCRIPT_PLAIN;
    }
    ag_str name = next(&w);
    while (AG_IS_ANY(name, "if", "not", "exists")) {
        name = next(&w);
    }
    return is_internal(name) ? AG_SCRIPT_NOTHING : AG_SCRIPT_PLAIN;
}

static ag_script_role role_of_rows(words w) {
    ag_str name = next(&w);
    while (AG_IS_ANY(name, "into", "from", "or", "replace", "ignore")) {
        name = next(&w);
    }
    return is_internal(name) ? AG_SCRIPT_NOTHING : AG_SCRIPT_ROWS;
}

static ag_script_role role_of(char *sql) {
    words w = {.text = ag_str_of(sql)};
    w.lexer = ag_lexer_of(AG_SQL_SQLITE, w.text);
    ag_str verb = next(&w);
    if (AG_IS_ANY(verb, "begin", "commit", "end", "savepoint", "release", "analyze", "reindex",
                  "detach")) {
        return AG_SCRIPT_NOTHING;
    }
    if (AG_IS_ANY(verb, "attach", "rollback")) {
        return AG_SCRIPT_OUTSIDE;
    }
    if (AG_IS_ANY(verb, "vacuum")) {
        return role_of_vacuum(w);
    }
    if (AG_IS_ANY(verb, "create")) {
        return role_of_create(w);
    }
    if (AG_IS_ANY(verb, "insert", "update", "delete", "replace")) {
        return role_of_rows(w);
    }
    return AG_IS_ANY(verb, "drop") ? AG_SCRIPT_REMOVAL : AG_SCRIPT_PLAIN;
}

static ag_script_excuse excuse(const char *sql, ag_script_role role, const ag_error *why) {
    (void)sql;
    if (role == AG_SCRIPT_REMOVAL) {
        return strncmp(why->message, "no such ", 8) == 0 ? AG_EXCUSE_NAMED : AG_EXCUSE_NONE;
    }
    return role == AG_SCRIPT_ROWS && strstr(why->message, "constraint failed") != NULL
               ? AG_EXCUSE_NAMED
               : AG_EXCUSE_NONE;
}

static ag_shell_command shell(ag_str line, ag_str *argument) {
    ag_str command = ag_shell_word(line, argument);
    if (AG_IS_ANY(command, "read")) {
        return AG_SHELL_INCLUDE;
    }
    if (AG_IS_ANY(command, "quit", "exit", "q")) {
        return AG_SHELL_QUIT;
    }
    return AG_IS_ANY(command, "mode", "headers", "header", "echo", "timeout", "bail", "print",
                     "timer", "changes", "width", "nullvalue", "separator", "stats", "eqp",
                     "explain", "output", "once", "show", "tables", "schema", "dbinfo")
               ? AG_SHELL_IGNORED
               : AG_SHELL_REFUSED;
}

const ag_script_reader ag_lite_script_reader = {
    .shell_name = "sqlite3",
    .role = role_of,
    .excuse = excuse,
    .shell = shell,
};
