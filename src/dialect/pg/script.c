/* Scripts for psql: dumps, and files that people keep their schema in. */
#include <string.h>

#include "dialect/script_reader.h"
#include "sql/token.h"

/* A statement, looked at word by word. */
typedef struct words {
    ag_str text;
    ag_lexer lexer;
    ag_token token;
} words;

static words words_of(const char *sql) {
    words w = {.text = ag_str_of(sql)};
    w.lexer = ag_lexer_of(AG_SQL_POSTGRES, w.text);
    w.token = ag_lexer_next_solid(&w.lexer);
    return w;
}

static ag_str word(const words *w) {
    return ag_token_text(w->text, w->token);
}

static ag_str next(words *w) {
    w->token = ag_lexer_next_solid(&w->lexer);
    return word(w);
}

/* True when a word stands further on, outside of parentheses. */
static bool has_word(words w, const char *wanted) {
    int depth = 0;
    for (; w.token.kind != AG_TOKEN_END; (void)next(&w)) {
        if (ag_token_is(w.text, w.token, "(")) {
            depth++;
        } else if (ag_token_is(w.text, w.token, ")")) {
            depth--;
        } else if (depth == 0 && ag_token_is(w.text, w.token, wanted)) {
            return true;
        }
    }
    return false;
}

/* Objects of the whole server, and subscriptions, which talk to another one. */
static bool is_outside(words w) {
    ag_str kind = word(&w);
    if (AG_IS_ANY(kind, "user")) {
        return !AG_IS_ANY(next(&w), "mapping");
    }
    return AG_IS_ANY(kind, "role", "group", "database", "tablespace", "subscription", "system",
                     "owned");
}

static ag_script_role role_of_alter(words w) {
    if (is_outside(w)) {
        return AG_SCRIPT_OUTSIDE;
    }
    if (AG_IS_ANY(word(&w), "default")) {
        return AG_SCRIPT_ACCESS;
    }
    for (words at = w; at.token.kind != AG_TOKEN_END; (void)next(&at)) {
        if (ag_token_is(at.text, at.token, "owner")) {
            return AG_IS_ANY(next(&at), "to") ? AG_SCRIPT_ACCESS : AG_SCRIPT_PLAIN;
        }
    }
    return has_word(w, "drop") && !has_word(w, "add") ? AG_SCRIPT_REMOVAL : AG_SCRIPT_PLAIN;
}

/* A setting for one transaction holds for the session here: there is no transaction. */
static ag_script_role role_of_set(words w, char *sql) {
    ag_str what = word(&w);
    if (AG_IS_ANY(what, "constraints", "transaction")) {
        return AG_SCRIPT_NOTHING;
    }
    if (AG_IS_ANY(what, "local")) {
        memset(sql + w.token.offset, ' ', what.n);
        return AG_IS_ANY(next(&w), "transaction") ? AG_SCRIPT_NOTHING : AG_SCRIPT_SETTING;
    }
    if (AG_IS_ANY(what, "session") && AG_IS_ANY(next(&w), "characteristics")) {
        return AG_SCRIPT_NOTHING;
    }
    return AG_SCRIPT_SETTING;
}

static ag_script_role role_of_select(words w) {
    if (AG_IS_ANY(word(&w), "pg_catalog")) {
        (void)next(&w);
        (void)next(&w);
    }
    return AG_IS_ANY(word(&w), "set_config") ? AG_SCRIPT_SETTING : AG_SCRIPT_PLAIN;
}

static ag_script_role role_of_comment(words w) {
    (void)next(&w); /* ON */
    return is_outside(w)                      ? AG_SCRIPT_OUTSIDE
           : AG_IS_ANY(word(&w), "extension") ? AG_SCRIPT_ACCESS /* only its owner may */
                                              : AG_SCRIPT_PLAIN;
}

/* Copying rows between the server's files and tables. */
static ag_script_role role_of_copy(words w) {
    return has_word(w, "stdin") || has_word(w, "stdout") ? AG_SCRIPT_NOTHING : AG_SCRIPT_OUTSIDE;
}

static ag_script_role role_of(char *sql) {
    words w = words_of(sql);
    ag_str verb = word(&w);
    (void)next(&w);
    if (AG_IS_ANY(verb, "begin", "commit", "end", "start", "savepoint", "release", "lock", "vacuum",
                  "analyze", "analyse", "checkpoint", "notify", "listen", "unlisten")) {
        return AG_SCRIPT_NOTHING;
    }
    if (AG_IS_ANY(verb, "create")) {
        return is_outside(w) ? AG_SCRIPT_OUTSIDE : AG_SCRIPT_PLAIN;
    }
    if (AG_IS_ANY(verb, "alter")) {
        return role_of_alter(w);
    }
    if (AG_IS_ANY(verb, "drop")) {
        return is_outside(w) ? AG_SCRIPT_OUTSIDE : AG_SCRIPT_REMOVAL;
    }
    if (AG_IS_ANY(verb, "grant", "revoke")) {
        return has_word(w, "on") ? AG_SCRIPT_ACCESS : AG_SCRIPT_OUTSIDE;
    }
    if (AG_IS_ANY(verb, "set")) {
        return role_of_set(w, sql);
    }
    if (AG_IS_ANY(verb, "reset", "discard")) {
        return AG_SCRIPT_SETTING;
    }
    if (AG_IS_ANY(verb, "select")) {
        return role_of_select(w);
    }
    if (AG_IS_ANY(verb, "comment")) {
        return role_of_comment(w);
    }
    if (AG_IS_ANY(verb, "insert", "update", "delete", "truncate", "merge")) {
        return AG_SCRIPT_ROWS;
    }
    if (AG_IS_ANY(verb, "copy")) {
        return role_of_copy(w);
    }
    return AG_IS_ANY(verb, "rollback", "abort", "reassign") ? AG_SCRIPT_OUTSIDE : AG_SCRIPT_PLAIN;
}

static bool is_state(const ag_error *why, const char *const *states, size_t n) {
    return ag_str_is_any(ag_str_of(why->sqlstate), states, n);
}

#define IS_STATE(why, ...)                                                                         \
    is_state((why), (const char *const[]){__VA_ARGS__},                                            \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* What every database has from the start; dumps of some versions make it again. */
static bool makes_what_is_there(const char *sql, const ag_error *why) {
    words w = words_of(sql);
    if (!AG_IS_ANY(word(&w), "create")) {
        return false;
    }
    ag_str kind = next(&w);
    ag_str name = next(&w);
    return (AG_IS_ANY(kind, "schema") && AG_IS_ANY(name, "public", "\"public\"") &&
            IS_STATE(why, "42P06")) ||
           (AG_IS_ANY(kind, "extension") && AG_IS_ANY(name, "plpgsql") && IS_STATE(why, "42710"));
}

static ag_script_excuse excuse(const char *sql, ag_script_role role, const ag_error *why) {
    bool is_role = strncmp(why->message, "role \"", 6) == 0 && IS_STATE(why, "42704");
    if (makes_what_is_there(sql, why)) {
        return AG_EXCUSE_SILENT;
    }
    if (role == AG_SCRIPT_ACCESS) {
        return is_role || IS_STATE(why, "42501") ? AG_EXCUSE_NAMED : AG_EXCUSE_NONE;
    }
    if (role == AG_SCRIPT_SETTING) {
        /* A setting of another version changes nothing here; a tablespace or role might. */
        return strncmp(why->message, "unrecognized ", 13) == 0 ? AG_EXCUSE_SILENT
               : IS_STATE(why, "22023", "42704", "42501")      ? AG_EXCUSE_NAMED
                                                               : AG_EXCUSE_NONE;
    }
    if (role == AG_SCRIPT_REMOVAL) {
        return IS_STATE(why, "42P01", "42704", "42703", "42883", "3F000") ? AG_EXCUSE_NAMED
                                                                          : AG_EXCUSE_NONE;
    }
    /* Rows are not part of a model; those of a dump may wait for others by deferred keys. */
    return role == AG_SCRIPT_ROWS && strncmp(why->sqlstate, "23", 2) == 0 ? AG_EXCUSE_NAMED
                                                                          : AG_EXCUSE_NONE;
}

static const char *hint(const ag_error *why) {
    bool is_role = strncmp(why->message, "role \"", 6) == 0 && IS_STATE(why, "42704");
    return is_role
               ? "roles belong to the server, not to the model: create it there, or let dev_url "
                 "name a server that has it"
               : NULL;
}

/* psql's own variables are in capitals; others would be written into statements. */
static bool is_own_variable(ag_str argument) {
    for (size_t i = 0; i < argument.n && !ag_is_space(argument.p[i]); i++) {
        if (argument.p[i] >= 'a' && argument.p[i] <= 'z') {
            return false;
        }
    }
    return true;
}

static ag_shell_command shell(ag_str line, ag_str *argument) {
    ag_str command = ag_shell_word(line, argument);
    if (AG_IS_ANY(command, "c", "connect")) {
        return AG_SHELL_CONNECT;
    }
    if (AG_IS_ANY(command, "i", "include")) {
        return AG_SHELL_INCLUDE;
    }
    if (AG_IS_ANY(command, "ir", "include_relative")) {
        return AG_SHELL_INCLUDE_RELATIVE;
    }
    if (AG_IS_ANY(command, "q", "quit")) {
        return AG_SHELL_QUIT;
    }
    if (AG_IS_ANY(command, "set", "unset")) {
        return is_own_variable(*argument) ? AG_SHELL_IGNORED : AG_SHELL_REFUSED;
    }
    return AG_IS_ANY(command, "echo", "qecho", "warn", "timing", "pset", "x", "t", "a", "encoding",
                     "conninfo", "errverbose", "prompt")
               ? AG_SHELL_IGNORED
               : AG_SHELL_REFUSED;
}

const ag_script_reader ag_pg_script_reader = {
    .shell_name = "psql",
    .reset = "DISCARD ALL",
    .role = role_of,
    .excuse = excuse,
    .hint = hint,
    .shell = shell,
};
