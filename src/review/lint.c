#include "review/lint.h"

#include <stdarg.h>
#include <string.h>

#include "base/str.h"
#include "review/lint_private.h"

static const ag_lint_rule rules[] = {
    {"loses_data", "loses data", "Rows or values are gone for good.", false},
    {"may_fail", "may fail on existing rows", "Rows that are there already can refuse it.", false},
    {"breaks_clients", "breaks running clients",
     "Programs that still use the old name or object fail.", false},
    {"changes_access", "changes access", "Who may read or write becomes different.", false},
    {"rewrites_table", "rewrites table", "The whole table is written anew.", false},
    {"scans_table", "scans table", "Every row is read while others wait.", false},
    {"builds_index", "builds index", "An index is built while others wait.", false},
    {"blocks_all", "blocks reads and writes", "Nobody else can use the table meanwhile.", false},
    {"blocks_writes", "blocks writes", "Nobody else can write to the table meanwhile.", false},
    {"every_row", "changes every row", "A statement without WHERE locks and rewrites all rows.",
     false},
    {"no_transaction", "cannot run in a transaction",
     "The database refuses the statement inside of a transaction.", true},
    {"no_effect", "has no effect", "The statement does nothing where it stands.", false},
    {"session_setting", "outlives its transaction",
     "The setting stays for the revisions that follow; SET LOCAL ends with the transaction.",
     false},
    {"no_downgrade", "has no downgrade", "The revision cannot be taken back.", false},
    {"no_message", "has no message", "Nobody can tell from the history what it is for.", false},
    {"long_id", "has a long identifier",
     "More than 32 characters do not fit into the version table as Alembic makes it.", false},
    {"two_heads", "collides", "Two revisions follow the same one; merge or rebase them.", true},
};

size_t ag_lint_rules(const ag_lint_rule **out) {
    *out = rules;
    return sizeof rules / sizeof *rules;
}

const ag_lint_rule *ag_lint_rule_of(const char *id) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (strcmp(rules[i].id, id) == 0) {
            return &rules[i];
        }
    }
    return NULL;
}

void ag_lint_add(ag_lint *lint, const char *rule, const char *what, ag_loc loc) {
    const ag_lint_rule *r = ag_lint_rule_of(rule);
    if (r == NULL) {
        return;
    }
    const char *text = what == NULL ? ag_arena_strdup(lint->arena, r->words)
                                    : ag_arena_printf(lint->arena, "%s: %s", r->words, what);
    for (size_t i = lint->found->n; i-- > 0;) {
        const ag_lint_finding *f = &lint->found->items[i];
        if (f->loc.line == loc.line && f->loc.column == loc.column && strcmp(f->text, text) == 0 &&
            ag_text_eq(f->loc.file, loc.file)) {
            return;
        }
    }
    ag_lint_finding finding = {.rule = r, .text = text, .loc = loc};
    ag_vec_push(lint->arena, lint->found, finding);
}

/* ---- The cursor ---- */

static size_t word_length(const char *words) {
    return strcspn(words, " ");
}

static bool token_is(const ag_lint_cursor *c, size_t at, const char *word, size_t n) {
    char spelling[32];
    if (at >= c->end || n >= sizeof spelling) {
        return false;
    }
    memcpy(spelling, word, n);
    spelling[n] = '\0';
    return ag_token_is(c->text, c->tokens.items[at], spelling);
}

/* How many tokens the words take from `at` on; 0 when they do not stand there. */
static size_t match(const ag_lint_cursor *c, size_t at, const char *words) {
    size_t n = 0;
    while (*words != '\0') {
        size_t length = word_length(words);
        if (!token_is(c, at + n, words, length)) {
            return 0;
        }
        n++;
        words += length;
        words += *words == ' ' ? 1 : 0;
    }
    return n;
}

bool ag__lint_take(ag_lint_cursor *c, const char *words) {
    size_t n = match(c, c->at, words);
    c->at += n;
    return n > 0;
}

bool ag__lint_next_is(const ag_lint_cursor *c, const char *word) {
    return match(c, c->at, word) > 0;
}

bool ag__lint_has_words(const ag_lint_cursor *c, const char *words) {
    int depth = 0;
    for (size_t i = c->at; i < c->end; i++) {
        depth += token_is(c, i, "(", 1) ? 1 : token_is(c, i, ")", 1) ? -1 : 0;
        if (depth == 0 && match(c, i, words) > 0) {
            return true;
        }
    }
    return false;
}

bool ag__lint_has(const ag_lint_cursor *c, const char *word) {
    return ag__lint_has_words(c, word);
}

static bool is_name(const ag_lint_cursor *c) {
    if (c->at >= c->end) {
        return false;
    }
    ag_token_kind kind = c->tokens.items[c->at].kind;
    return kind == AG_TOKEN_WORD || kind == AG_TOKEN_QUOTED;
}

const char *ag__lint_name(ag_lint_cursor *c) {
    const char *name = "";
    while (is_name(c)) {
        const char *part = ag_token_unquote(c->lint->arena, c->lint->dialect->flavor, c->text,
                                            c->tokens.items[c->at++]);
        bool is_usual = ag_text_eq(name, c->lint->dialect->default_namespace);
        name = name[0] == '\0' || is_usual ? part
                                           : ag_arena_printf(c->lint->arena, "%s.%s", name, part);
        if (!ag__lint_take(c, ".")) {
            break;
        }
    }
    return name;
}

void ag__lint_found(ag_lint_cursor *c, const char *rule, const char *format, ...) {
    va_list args;
    char text[512];
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ag_utf8_trim_partial(text);
    ag_lint_add(c->lint, rule, text, c->loc);
}

static bool has(const ag_strings *list, const char *name) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i], name)) {
            return true;
        }
    }
    return false;
}

bool ag__lint_is_new(const ag_lint_cursor *c, const char *table) {
    return has(&c->lint->new_tables, table);
}

bool ag__lint_counts_cost(const ag_lint_cursor *c) {
    return ag_dialect_can(c->lint->dialect, AG_CAN_CONCURRENT_INDEX);
}

/* ---- Statements ---- */

static void skip_if_exists(ag_lint_cursor *c) {
    (void)(ag__lint_take(c, "IF EXISTS") || ag__lint_take(c, "IF NOT EXISTS"));
    (void)ag__lint_take(c, "ONLY");
}

static void needs_no_transaction(ag_lint_cursor *c, const char *what) {
    if (!c->is_outside) {
        ag__lint_found(c, "no_transaction",
                       "%s; put it between '-- autogen:autocommit' and "
                       "'-- autogen:transaction'",
                       what);
    }
}

static void lint_create_table(ag_lint_cursor *c) {
    skip_if_exists(c);
    ag_vec_push(c->lint->arena, &c->lint->new_tables, ag__lint_name(c));
}

static void lint_create_index(ag_lint_cursor *c, bool is_unique) {
    bool is_beside = ag__lint_take(c, "CONCURRENTLY");
    skip_if_exists(c);
    if (is_beside) {
        needs_no_transaction(c, "CREATE INDEX CONCURRENTLY");
    }
    const char *index = ag__lint_next_is(c, "ON") ? "an index" : ag__lint_name(c);
    if (!ag__lint_take(c, "ON")) {
        return;
    }
    (void)ag__lint_take(c, "ONLY");
    const char *table = ag__lint_name(c);
    if (ag__lint_is_new(c, table)) {
        return;
    }
    if (!is_beside && ag__lint_counts_cost(c)) {
        ag__lint_found(c, "blocks_writes",
                       "%s while %s is built (CREATE INDEX CONCURRENTLY "
                       "does not)",
                       table, index);
    }
    if (is_unique) {
        ag__lint_found(c, "may_fail", "duplicates in %s", table);
    }
}

static void lint_create(ag_lint_cursor *c) {
    (void)ag__lint_take(c, "OR REPLACE");
    (void)(ag__lint_take(c, "GLOBAL") || ag__lint_take(c, "LOCAL"));
    (void)(ag__lint_take(c, "TEMPORARY") || ag__lint_take(c, "TEMP") ||
           ag__lint_take(c, "UNLOGGED") || ag__lint_take(c, "VIRTUAL") ||
           ag__lint_take(c, "FOREIGN"));
    if (ag__lint_take(c, "TABLE") || ag__lint_take(c, "MATERIALIZED VIEW")) {
        lint_create_table(c);
    } else if (ag__lint_take(c, "UNIQUE INDEX")) {
        lint_create_index(c, true);
    } else if (ag__lint_take(c, "INDEX")) {
        lint_create_index(c, false);
    } else if (ag__lint_take(c, "POLICY")) {
        ag__lint_found(c, "changes_access", "policy %s", ag__lint_name(c));
    } else if (ag__lint_take(c, "DATABASE") || ag__lint_take(c, "TABLESPACE") ||
               ag__lint_take(c, "SUBSCRIPTION")) {
        needs_no_transaction(c, ag__lint_name(c));
    }
}

static void lint_dropped(ag_lint_cursor *c, const char *rule, const char *what) {
    skip_if_exists(c);
    do {
        const char *name = ag__lint_name(c);
        if (!ag__lint_is_new(c, name)) {
            ag__lint_found(c, rule, "%s %s", what, name);
        }
    } while (ag__lint_take(c, ","));
    if (ag__lint_take(c, "CASCADE")) {
        ag__lint_found(c, rule, "CASCADE drops what hangs on it, unseen");
    }
}

static void lint_drop_index(ag_lint_cursor *c) {
    if (ag__lint_take(c, "CONCURRENTLY")) {
        needs_no_transaction(c, "DROP INDEX CONCURRENTLY");
    } else if (ag__lint_counts_cost(c)) {
        skip_if_exists(c);
        ag__lint_found(c, "blocks_all",
                       "the table of %s for a moment (DROP INDEX CONCURRENTLY "
                       "does not)",
                       ag__lint_name(c));
    }
}

static void lint_drop(ag_lint_cursor *c) {
    static const char *const called[] = {"VIEW",      "FUNCTION", "PROCEDURE", "AGGREGATE",
                                         "TYPE",      "DOMAIN",   "EXTENSION", "TRIGGER",
                                         "COLLATION", "ROUTINE"};
    if (ag__lint_take(c, "TABLE") || ag__lint_take(c, "FOREIGN TABLE")) {
        lint_dropped(c, "loses_data", "every row of");
    } else if (ag__lint_take(c, "MATERIALIZED VIEW")) {
        lint_dropped(c, "breaks_clients", "those that still use");
    } else if (ag__lint_take(c, "SCHEMA")) {
        lint_dropped(c, "loses_data", "all in namespace");
    } else if (ag__lint_take(c, "SEQUENCE")) {
        lint_dropped(c, "loses_data", "the counter of");
    } else if (ag__lint_take(c, "DATABASE")) {
        needs_no_transaction(c, "DROP DATABASE");
        lint_dropped(c, "loses_data", "database");
    } else if (ag__lint_take(c, "INDEX")) {
        lint_drop_index(c);
    } else if (ag__lint_take(c, "POLICY")) {
        lint_dropped(c, "changes_access", "policy");
    } else {
        for (size_t i = 0; i < sizeof called / sizeof *called; i++) {
            if (ag__lint_take(c, called[i])) {
                lint_dropped(c, "breaks_clients", "those that still use");
            }
        }
    }
}

static void lint_alter_other(ag_lint_cursor *c) {
    static const char *const kinds[] = {"VIEW",     "MATERIALIZED VIEW", "TYPE",
                                        "DOMAIN",   "SEQUENCE",          "SCHEMA",
                                        "FUNCTION", "PROCEDURE"};
    if (ag__lint_take(c, "SYSTEM")) {
        needs_no_transaction(c, "ALTER SYSTEM");
        return;
    }
    if (ag__lint_take(c, "POLICY")) {
        ag__lint_found(c, "changes_access", "policy %s", ag__lint_name(c));
        return;
    }
    if (ag__lint_take(c, "DEFAULT PRIVILEGES")) {
        ag__lint_found(c, "changes_access", "default privileges");
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!ag__lint_take(c, kinds[i])) {
            continue;
        }
        skip_if_exists(c);
        const char *name = ag__lint_name(c);
        if (ag__lint_has_words(c, "RENAME TO") || ag__lint_has_words(c, "RENAME ATTRIBUTE") ||
            ag__lint_has_words(c, "RENAME VALUE") || ag__lint_has_words(c, "SET SCHEMA")) {
            ag__lint_found(c, "breaks_clients", "those that know %s by its old name", name);
        }
        if (ag__lint_has_words(c, "OWNER TO")) {
            ag__lint_found(c, "changes_access", "owner of %s", name);
        }
        if (ag__lint_has_words(c, "DROP ATTRIBUTE")) {
            ag__lint_found(c, "loses_data", "an attribute of every value of %s", name);
        }
    }
}

static void lint_alter(ag_lint_cursor *c) {
    if (ag__lint_take(c, "TABLE") || ag__lint_take(c, "FOREIGN TABLE")) {
        skip_if_exists(c);
        const char *table = ag__lint_name(c);
        (void)ag__lint_take(c, "*");
        ag__lint_alter_table(c, table);
    } else {
        lint_alter_other(c);
    }
}

static void lint_rows(ag_lint_cursor *c, bool is_delete) {
    (void)ag__lint_take(c, "FROM");
    (void)ag__lint_take(c, "ONLY");
    const char *table = ag__lint_name(c);
    if (ag__lint_has(c, "WHERE") || ag__lint_is_new(c, table)) {
        return;
    }
    if (is_delete) {
        ag__lint_found(c, "loses_data", "every row of %s (no WHERE)", table);
    } else {
        ag__lint_found(c, "every_row", "%s (no WHERE)", table);
    }
}

static void lint_vacuum(ag_lint_cursor *c) {
    needs_no_transaction(c, "VACUUM");
    if (ag__lint_counts_cost(c) && ag__lint_has(c, "FULL")) {
        ag__lint_found(c, "rewrites_table", "VACUUM FULL");
    }
}

static void lint_set(ag_lint_cursor *c) {
    bool is_for_session = ag__lint_take(c, "SESSION") || !ag__lint_next_is(c, "LOCAL");
    if (is_for_session && !c->is_outside && !ag__lint_next_is(c, "CONSTRAINTS") &&
        !ag__lint_next_is(c, "TRANSACTION")) {
        ag__lint_found(c, "session_setting", "SET %s; write SET LOCAL", ag__lint_name(c));
    }
}

static void lint_pragma(ag_lint_cursor *c) {
    if (ag__lint_take(c, "foreign_keys") && !c->is_outside) {
        ag__lint_found(c, "no_effect", "PRAGMA foreign_keys inside of a transaction");
    }
}

static void lint_truncate(ag_lint_cursor *c) {
    (void)ag__lint_take(c, "TABLE");
    lint_dropped(c, "loses_data", "every row of");
}

/* Statements that keep others from a table as long as they run. */
static void lint_maintenance(ag_lint_cursor *c) {
    if (!ag__lint_counts_cost(c)) {
        return;
    }
    if (ag__lint_take(c, "REINDEX")) {
        if (ag__lint_has(c, "CONCURRENTLY")) {
            needs_no_transaction(c, "REINDEX CONCURRENTLY");
        } else {
            ag__lint_found(c, "blocks_writes", "REINDEX (CONCURRENTLY does not)");
        }
    } else if (ag__lint_take(c, "CLUSTER")) {
        ag__lint_found(c, "rewrites_table", "CLUSTER %s", ag__lint_name(c));
    } else if (ag__lint_take(c, "LOCK")) {
        (void)ag__lint_take(c, "TABLE");
        ag__lint_found(c, "blocks_all", "%s by LOCK", ag__lint_name(c));
    } else if (ag__lint_take(c, "REFRESH MATERIALIZED VIEW") &&
               !ag__lint_next_is(c, "CONCURRENTLY")) {
        const char *name = ag__lint_name(c);
        if (!ag__lint_is_new(c, name)) {
            ag__lint_found(c, "blocks_all", "%s while it is refreshed", name);
        }
    }
}

static void dispatch(ag_lint_cursor *c) {
    if (ag__lint_take(c, "CREATE")) {
        lint_create(c);
    } else if (ag__lint_take(c, "DROP")) {
        lint_drop(c);
    } else if (ag__lint_take(c, "ALTER")) {
        lint_alter(c);
    } else if (ag__lint_take(c, "TRUNCATE")) {
        lint_truncate(c);
    } else if (ag__lint_take(c, "DELETE")) {
        lint_rows(c, true);
    } else if (ag__lint_take(c, "UPDATE")) {
        lint_rows(c, false);
    } else if (ag__lint_take(c, "GRANT") || ag__lint_take(c, "REVOKE")) {
        ag__lint_found(c, "changes_access", "privileges");
    } else if (ag__lint_take(c, "VACUUM")) {
        lint_vacuum(c);
    } else if (ag__lint_counts_cost(c) && ag__lint_take(c, "SET")) {
        lint_set(c);
    } else if (ag__lint_take(c, "PRAGMA")) {
        lint_pragma(c);
    } else {
        lint_maintenance(c);
    }
}

void ag_lint_statement(ag_lint *lint, const char *sql, ag_loc loc, bool is_outside) {
    ag_lint_cursor c = {.lint = lint, .text = ag_str_of(sql), .loc = loc, .is_outside = is_outside};
    c.tokens = ag_sql_tokens(lint->arena, lint->dialect->flavor, c.text);
    c.end = c.tokens.n;
    dispatch(&c);
}

void ag_lint_rebuild(ag_lint *lint, const char *table, ag_loc loc) {
    ag_lint_add(lint, "rewrites_table", table, loc);
}
