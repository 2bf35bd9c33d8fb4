/* What the actions of an ALTER TABLE do. */
#include "base/str.h"
#include "review/lint_private.h"

static bool is_proven(const ag_lint_cursor *c, const char *table) {
    for (size_t i = 0; i < c->lint->proven.n; i++) {
        if (ag_text_eq(c->lint->proven.items[i], table)) {
            return true;
        }
    }
    return false;
}

static void index_or_scan(ag_lint_cursor *c, const char *table, const char *what) {
    if (ag__lint_has_words(c, "USING INDEX")) {
        return;
    }
    if (ag__lint_counts_cost(c)) {
        ag__lint_found(c, "builds_index",
                       "%s blocks reads and writes of %s (make a unique index "
                       "CONCURRENTLY and add it with USING INDEX)",
                       what, table);
    }
    ag__lint_found(c, "may_fail", "duplicates in %s", table);
}

static void checked_rows(ag_lint_cursor *c, const char *table, const char *what) {
    if (ag__lint_has_words(c, "NOT VALID")) {
        return;
    }
    if (ag__lint_counts_cost(c)) {
        ag__lint_found(c, "scans_table",
                       "%s for %s (add it NOT VALID, and VALIDATE it in another "
                       "part)",
                       table, what);
    }
    ag__lint_found(c, "may_fail", "rows of %s that do not fulfil %s", table, what);
}

static bool add_constraint(ag_lint_cursor *c, const char *table) {
    const char *name = NULL;
    if (ag__lint_take(c, "CONSTRAINT")) {
        name = ag__lint_name(c);
    }
    if (ag__lint_take(c, "UNIQUE")) {
        index_or_scan(c, table, name == NULL ? "a unique key" : name);
    } else if (ag__lint_take(c, "PRIMARY KEY")) {
        index_or_scan(c, table, name == NULL ? "the primary key" : name);
    } else if (ag__lint_take(c, "EXCLUDE")) {
        index_or_scan(c, table, name == NULL ? "the exclusion" : name);
    } else if (ag__lint_take(c, "CHECK")) {
        checked_rows(c, table, name == NULL ? "a check" : name);
    } else if (ag__lint_take(c, "FOREIGN KEY")) {
        checked_rows(c, table, name == NULL ? "a foreign key" : name);
    } else {
        return name != NULL;
    }
    return true;
}

/* Functions whose value is the same for the whole statement: the table is not rewritten. */
static bool is_steady(ag_str name) {
    static const char *const names[] = {"now",
                                        "current_date",
                                        "current_timestamp",
                                        "localtimestamp",
                                        "transaction_timestamp",
                                        "statement_timestamp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ag_str_ieq(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* DEFAULT f(…) of any function that is not known to be steady. */
static bool has_volatile_default(const ag_lint_cursor *c) {
    bool in_default = false;
    for (size_t i = c->at; i + 1 < c->end; i++) {
        in_default = in_default || ag_token_is(c->text, c->tokens.items[i], "DEFAULT");
        if (in_default && c->tokens.items[i].kind == AG_TOKEN_WORD &&
            ag_token_is(c->text, c->tokens.items[i + 1], "(") &&
            !ag_token_is(c->text, c->tokens.items[i], "CHECK") &&
            !ag_token_is(c->text, c->tokens.items[i], "REFERENCES") &&
            !is_steady(ag_token_text(c->text, c->tokens.items[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_serial(const ag_lint_cursor *c) {
    return ag__lint_next_is(c, "serial") || ag__lint_next_is(c, "bigserial") ||
           ag__lint_next_is(c, "smallserial");
}

static void add_column(ag_lint_cursor *c, const char *table) {
    (void)ag__lint_take(c, "COLUMN");
    (void)ag__lint_take(c, "IF NOT EXISTS");
    const char *column = ag__lint_name(c);
    bool is_identity = ag__lint_has_words(c, "AS IDENTITY") || is_serial(c);
    bool is_generated = ag__lint_has(c, "GENERATED") || ag__lint_has(c, "AS") || is_identity;
    if (ag__lint_has_words(c, "NOT NULL") && !ag__lint_has(c, "DEFAULT") && !is_generated) {
        ag__lint_found(c, "may_fail", "%s.%s is NOT NULL and has no default", table, column);
    }
    if (!ag__lint_counts_cost(c)) {
        return;
    }
    if (is_identity || ag__lint_has(c, "STORED") || has_volatile_default(c)) {
        ag__lint_found(c, "rewrites_table", "%s, to give every row its %s", table, column);
    }
    if (ag__lint_has(c, "UNIQUE") || ag__lint_has_words(c, "PRIMARY KEY")) {
        ag__lint_found(c, "builds_index", "the key on %s.%s blocks reads and writes", table,
                       column);
    }
}

static void drop_part(ag_lint_cursor *c, const char *table) {
    if (ag__lint_take(c, "CONSTRAINT")) {
        return;
    }
    (void)ag__lint_take(c, "COLUMN");
    (void)ag__lint_take(c, "IF EXISTS");
    const char *column = ag__lint_name(c);
    ag__lint_found(c, "loses_data", "every value of %s.%s", table, column);
    ag__lint_found(c, "breaks_clients", "those that still use %s.%s", table, column);
}

static void alter_column(ag_lint_cursor *c, const char *table) {
    if (ag__lint_take(c, "CONSTRAINT")) {
        return;
    }
    (void)ag__lint_take(c, "COLUMN");
    const char *column = ag__lint_name(c);
    if (ag__lint_take(c, "TYPE") || ag__lint_take(c, "SET DATA TYPE")) {
        ag__lint_found(c, "rewrites_table", "%s, unless the new type of %s only widens the old one",
                       table, column);
        ag__lint_found(c, "may_fail", "values of %s.%s that cannot become the new type", table,
                       column);
    } else if (ag__lint_take(c, "SET NOT NULL") && !is_proven(c, table)) {
        ag__lint_found(c, "scans_table",
                       "%s for NULLs (a validated CHECK (%s IS NOT NULL) spares "
                       "it)",
                       table, column);
        ag__lint_found(c, "may_fail", "NULLs in %s.%s", table, column);
    } else if (ag__lint_take(c, "ADD GENERATED")) {
        ag__lint_found(c, "may_fail", "NULLs in %s.%s", table, column);
    }
}

static void rename_part(ag_lint_cursor *c, const char *table) {
    if (ag__lint_take(c, "CONSTRAINT")) {
        return;
    }
    if (ag__lint_take(c, "TO")) {
        ag__lint_found(c, "breaks_clients", "those that know %s by its old name", table);
        return;
    }
    (void)ag__lint_take(c, "COLUMN");
    ag__lint_found(c, "breaks_clients", "those that know %s.%s by its old name", table,
                   ag__lint_name(c));
}

static void set_part(ag_lint_cursor *c, const char *table) {
    if (ag__lint_take(c, "SCHEMA")) {
        ag__lint_found(c, "breaks_clients", "those that know %s in its old namespace", table);
    } else if (ag__lint_next_is(c, "LOGGED") || ag__lint_next_is(c, "UNLOGGED") ||
               ag__lint_next_is(c, "TABLESPACE") || ag__lint_take(c, "ACCESS METHOD")) {
        ag__lint_found(c, "rewrites_table", "%s", table);
    }
}

static void one_action(ag_lint_cursor *c, const char *table) {
    if (ag__lint_take(c, "ADD")) {
        if (!add_constraint(c, table)) {
            add_column(c, table);
        }
    } else if (ag__lint_take(c, "DROP")) {
        drop_part(c, table);
    } else if (ag__lint_take(c, "ALTER")) {
        alter_column(c, table);
    } else if (ag__lint_take(c, "RENAME")) {
        rename_part(c, table);
    } else if (ag__lint_take(c, "SET")) {
        set_part(c, table);
    } else if (ag__lint_take(c, "OWNER TO")) {
        ag__lint_found(c, "changes_access", "owner of %s", table);
    } else if (ag__lint_take(c, "VALIDATE")) {
        ag_vec_push(c->lint->arena, &c->lint->proven, table);
    } else if (ag__lint_take(c, "ATTACH PARTITION")) {
        ag__lint_found(c, "scans_table", "%s for rows outside of its bound", ag__lint_name(c));
    } else if (ag__lint_has_words(c, "ROW LEVEL SECURITY")) {
        ag__lint_found(c, "changes_access", "row security of %s", table);
    }
}

void ag__lint_alter_table(ag_lint_cursor *c, const char *table) {
    if (ag__lint_is_new(c, table)) {
        return;
    }
    size_t last = c->end;
    while (c->at < last) {
        int depth = 0;
        size_t to = c->at;
        for (; to < last; to++) {
            ag_token t = c->tokens.items[to];
            depth += ag_token_is(c->text, t, "(") ? 1 : ag_token_is(c->text, t, ")") ? -1 : 0;
            if (depth == 0 && ag_token_is(c->text, t, ",")) {
                break;
            }
        }
        c->end = to;
        one_action(c, table);
        c->at = to + 1;
    }
    c->end = last;
}
