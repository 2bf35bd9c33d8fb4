#include <string.h>

#include "sql/normal.h"

/* What a token does to the depth of parentheses and brackets. */
static int depth_of(ag_str text, ag_token token) {
    if (token.kind != AG_TOKEN_PUNCT) {
        return 0;
    }
    char c = text.p[token.offset];
    return c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
}

/* Whether something has to follow: an operator, or a keyword that is one in every dialect. */
static bool is_open_end(ag_str text, ag_token token) {
    static const char *const words[] = {"and",  "or",   "not",  "in",      "is",
                                        "case", "when", "then", "collate", "else"};
    if (token.kind == AG_TOKEN_OPERATOR) { /* "!" stood behind in old servers */
        return text.p[token.offset + token.n - 1] != '!';
    }
    bool is_word = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && token.kind == AG_TOKEN_WORD; i++) {
        is_word = is_word || ag_token_is(text, token, words[i]);
    }
    return is_word;
}

const char *ag_sql_expr_problem(ag_sql_flavor flavor, const char *expr) {
    ag_str text = ag_str_of(expr);
    ag_lexer lexer = ag_lexer_of(flavor, text);
    long depth = 0;
    size_t n = 0;
    ag_token last = {0};
    for (;; n++) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            break;
        }
        if (token.kind == AG_TOKEN_ERROR) {
            return ag_token_problem(text, token);
        }
        if (ag_token_is(text, token, ";")) {
            return "a semicolon cannot stand in an expression";
        }
        if (depth == 0 && ag_token_is(text, token, ",")) {
            return "a comma cannot stand outside of parentheses";
        }
        depth += depth_of(text, token);
        if (depth < 0) {
            return "a parenthesis is closed that was not opened";
        }
        last = token;
    }
    if (n == 0) {
        return "the expression is empty";
    }
    if (depth > 0) {
        return "a parenthesis is not closed";
    }
    return is_open_end(text, last) ? "the expression ends where something has to follow" : NULL;
}
