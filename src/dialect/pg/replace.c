/* Which definitions CREATE OR REPLACE can change in place. */
#include "base/str.h"
#include "dialect/pg/pg.h"
#include "sql/normal.h"
#include "sql/token.h"

/* A function whose arguments or result change is another one to the server. */
static ag_str head_of(const char *definition) {
    static const char *const ends[] = {"language", "as",       "immutable", "stable", "volatile",
                                       "strict",   "security", "leakproof", "cost",   "rows",
                                       "parallel", "support",  "begin",     "return", "window"};
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    size_t depth = 0;
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        bool is_end = token.kind == AG_TOKEN_END;
        depth += ag_token_is(text, token, "(") ? 1u : 0u;
        depth -= depth > 0 && ag_token_is(text, token, ")") ? 1u : 0u;
        for (size_t i = 0; depth == 0 && i < sizeof ends / sizeof *ends; i++) {
            is_end = is_end || ag_token_is(text, token, ends[i]);
        }
        if (is_end) {
            return (ag_str){definition, token.offset};
        }
    }
}

/* Nor does a function become a window function; no name is that word without quotes. */
static bool is_window(const char *definition) {
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        bool is_end = token.kind == AG_TOKEN_END || ag_token_is(text, token, "as") ||
                      ag_token_is(text, token, "begin") || ag_token_is(text, token, "return");
        if (is_end || ag_token_is(text, token, "window")) {
            return !is_end;
        }
    }
}

static bool has_same_head(const ag_object *a, const ag_object *b) {
    ag_arena *arena = ag_arena_new();
    ag_str head_a = head_of(a->definition);
    ag_str head_b = head_of(b->definition);
    bool is_same = is_window(a->definition) == is_window(b->definition) &&
                   ag_sql_tokens_equal(AG_SQL_POSTGRES, ag_arena_strndup(arena, head_a.p, head_a.n),
                                       ag_arena_strndup(arena, head_b.p, head_b.n));
    ag_arena_free(arena);
    return is_same;
}

static bool has_extra(const ag_object *object, const char *extra) {
    for (size_t i = 0; i < object->extras.n; i++) {
        if (ag_sql_tokens_equal(AG_SQL_POSTGRES, object->extras.items[i], extra)) {
            return true;
        }
    }
    return false;
}

/*
 * What an extra statement set cannot be taken back without knowing it: then all is made anew, be
 * it on the way back.
 */
static bool has_same_extras(const ag_object *a, const ag_object *b) {
    bool is_same = a->extras.n == b->extras.n;
    for (size_t i = 0; is_same && i < a->extras.n; i++) {
        is_same = has_extra(b, a->extras.items[i]);
    }
    return is_same;
}

bool ag_pg_can_replace(const ag_object *before, const ag_object *after) {
    if (ag_pg_changes_in_place(before, after)) {
        return true;
    }
    bool is_routine = before->kind == AG_FUNCTION || before->kind == AG_PROCEDURE;
    bool is_made_anew = before->kind == AG_TS_CONFIGURATION || before->kind == AG_TS_DICTIONARY ||
                        before->kind == AG_FOREIGN_SERVER || before->kind == AG_FOREIGN_WRAPPER;
    return !is_made_anew && has_same_extras(before, after) &&
           (!is_routine || has_same_head(before, after));
}
