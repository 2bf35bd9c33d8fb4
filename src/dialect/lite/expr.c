/* Expressions: which are surely the same, and which are safe to be put into a statement. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/lite.h"
#include "sql/normal.h"

/* The value of a default that is one literal, as far as it is known without running it. */
typedef struct literal {
    enum { NO_LITERAL, TEXT_LITERAL, NUMBER_LITERAL } kind;
    const char *value;
} literal;

static bool is_any(ag_str text, ag_token token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_token_is(text, token, words[i])) {
            return true;
        }
    }
    return false;
}

/* Words that mean something as a default; any other word is a string. */
static bool is_special(ag_str text, ag_token token) {
    static const char *const words[] = {"null",         "true",         "false",
                                        "current_time", "current_date", "current_timestamp"};
    return is_any(text, token, words, sizeof words / sizeof words[0]);
}

/* In parentheses a word is no string but the name of a column. */
static literal literal_of(ag_arena *arena, const char *expr, bool is_boolean) {
    ag_str whole = ag_str_of(expr);
    ag_str text = ag_sql_strip_parens(AG_SQL_SQLITE, whole);
    bool is_bare = text.n == ag_str_trim(whole).n;
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, text);
    size_t first = tokens.n == 2 && ag_token_is(text, tokens.items[0], "+") ? 1 : 0;
    literal none = {NO_LITERAL, NULL};
    if (tokens.n - first != 1) {
        return none;
    }
    ag_token token = tokens.items[first];
    ag_str piece = ag_token_text(text, token);
    if (token.kind == AG_TOKEN_NUMBER) {
        return (literal){NUMBER_LITERAL, ag_arena_strndup(arena, piece.p, piece.n)};
    }
    if (is_boolean && ag_token_is(text, token, "true")) {
        return (literal){NUMBER_LITERAL, "1"};
    }
    if (is_boolean && ag_token_is(text, token, "false")) {
        return (literal){NUMBER_LITERAL, "0"};
    }
    bool is_string = token.kind == AG_TOKEN_STRING && piece.p[0] == '\'';
    bool is_word =
        token.kind == AG_TOKEN_QUOTED || (token.kind == AG_TOKEN_WORD && !is_special(text, token));
    if (is_string || (is_bare && is_word)) {
        return (literal){TEXT_LITERAL, ag_token_unquote(arena, AG_SQL_SQLITE, text, token)};
    }
    return none;
}

static bool same_literal(const char *a, const char *b, const char *type) {
    bool is_boolean = ag_lite_same_type(type, "boolean", false);
    ag_arena *arena = ag_arena_new();
    literal x = literal_of(arena, a, is_boolean);
    literal y = literal_of(arena, b, is_boolean);
    bool same = x.kind != NO_LITERAL && x.kind == y.kind && strcmp(x.value, y.value) == 0;
    ag_arena_free(arena);
    return same;
}

bool ag_lite_same_expr(const char *a, const char *b, const char *type) {
    if (a == NULL || b == NULL) {
        return a == b;
    }
    /* Only defaults come with a type, and only there a quoted or bare word is a string. */
    return ag_sql_equal(AG_SQL_SQLITE, AG_SQL_EXACT, a, b) ||
           (type != NULL && same_literal(a, b, type));
}

const char *ag_lite_expr_problem(const char *text) {
    return ag_sql_expr_problem(AG_SQL_SQLITE, text);
}

ag_str ag_lite_bare(const char *text) {
    ag_str whole = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, whole);
    ag_token token = ag_lexer_next_solid(&lexer);
    size_t start = token.offset;
    size_t end = start;
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        if (!ag_token_is(whole, token, ";")) {
            end = token.offset + token.n;
        }
    }
    return (ag_str){text + start, end - start};
}

/* True when the whole text is one parenthesis. */
static bool is_enclosed(ag_str text, const ag_tokens *tokens) {
    size_t depth = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        depth += ag_token_is(text, tokens->items[i], "(") ? 1u : 0u;
        if (depth > 0 && ag_token_is(text, tokens->items[i], ")")) {
            depth--;
        }
        if (depth == 0) {
            return i > 0 && i + 1 == tokens->n;
        }
    }
    return false;
}

bool ag_lite_is_plain_default(const char *expr) {
    bool is_sound = ag_lite_expr_problem(expr) == NULL;
    ag_arena *arena = ag_arena_new();
    ag_str text = ag_str_of(expr);
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, text);
    if (!is_sound) {
        /* What stands in parentheses once is not put into others each time it is printed. */
        bool stands_alone = tokens.n > 2 && is_enclosed(text, &tokens);
        ag_arena_free(arena);
        return stands_alone;
    }
    bool is_signed =
        ag_token_is(text, tokens.items[0], "-") || ag_token_is(text, tokens.items[0], "+");
    bool is_plain = false;
    if (tokens.n == 1) {
        ag_token token = tokens.items[0];
        is_plain = token.kind == AG_TOKEN_NUMBER || token.kind == AG_TOKEN_STRING ||
                   token.kind == AG_TOKEN_QUOTED || is_special(text, token) ||
                   (token.kind == AG_TOKEN_WORD &&
                    !ag_sql_is_reserved(AG_SQL_SQLITE, ag_token_text(text, token)));
    } else if (tokens.n == 2 && is_signed) {
        is_plain = tokens.items[1].kind == AG_TOKEN_NUMBER;
    } else {
        is_plain = is_enclosed(text, &tokens);
    }
    ag_arena_free(arena);
    return is_plain;
}
