#include "dialect/lite/cursor.h"

#include <string.h>

ag_lite_cursor ag_lite_cursor_of(ag_arena *arena, const char *sql, ag_error *err) {
    ag_str text = ag_str_of(sql);
    ag_lite_cursor c = {.arena = arena,
                        .text = text,
                        .tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, text),
                        .err = err};
    return c;
}

ag_token ag_lite_peek(const ag_lite_cursor *c, size_t ahead) {
    size_t i = c->at + ahead;
    return c->tokens.items[i < c->tokens.n ? i : c->tokens.n];
}

bool ag_lite_is(const ag_lite_cursor *c, size_t ahead, const char *spelling) {
    return ag_token_is(c->text, ag_lite_peek(c, ahead), spelling);
}

bool ag_lite_accept(ag_lite_cursor *c, const char *spelling) {
    if (!ag_lite_is(c, 0, spelling)) {
        return false;
    }
    c->at++;
    return true;
}

bool ag_lite_accept2(ag_lite_cursor *c, const char *first, const char *second) {
    if (!ag_lite_is(c, 0, first) || !ag_lite_is(c, 1, second)) {
        return false;
    }
    c->at += 2;
    return true;
}

bool ag_lite_unexpected(ag_lite_cursor *c, const char *what) {
    ag_token token = ag_lite_peek(c, 0);
    if (token.kind == AG_TOKEN_END) {
        return ag_fail(c->err, AG_FAILED, "the text ends where %s was expected", what);
    }
    int shown = token.n > 60 ? 60 : (int)token.n;
    return ag_fail(c->err, AG_FAILED, "unexpected %.*s where %s was expected", shown,
                   c->text.p + token.offset, what);
}

bool ag_lite_expect(ag_lite_cursor *c, const char *spelling) {
    return ag_lite_accept(c, spelling) || ag_lite_unexpected(c, spelling);
}

bool ag_lite_is_name(const ag_lite_cursor *c, size_t ahead) {
    ag_token token = ag_lite_peek(c, ahead);
    if (token.kind == AG_TOKEN_WORD) {
        return !ag_sql_is_reserved(AG_SQL_SQLITE, ag_token_text(c->text, token));
    }
    return token.kind == AG_TOKEN_QUOTED || token.kind == AG_TOKEN_STRING;
}

static void take_name(ag_lite_cursor *c, size_t i, ag_lite_name *out) {
    ag_token token = c->tokens.items[i];
    out->text = ag_token_unquote(c->arena, AG_SQL_SQLITE, c->text, token);
    out->range = (ag_lite_range){token.offset, token.n};
}

bool ag_lite_name_at(ag_lite_cursor *c, const char *what, ag_lite_name *out) {
    if (!ag_lite_is_name(c, 0)) {
        return ag_lite_unexpected(c, what);
    }
    take_name(c, c->at++, out);
    return true;
}

bool ag_lite_qualified(ag_lite_cursor *c, const char *what, ag_lite_name *ns, ag_lite_name *name) {
    if (!ag_lite_name_at(c, what, name)) {
        return false;
    }
    if (!ag_lite_accept(c, ".")) {
        return true;
    }
    *ns = *name;
    return ag_lite_name_at(c, what, name);
}

bool ag_lite_name_list(ag_lite_cursor *c, ag_lite_names *out) {
    if (!ag_lite_expect(c, "(")) {
        return false;
    }
    do {
        ag_lite_name name = {0};
        if (!ag_lite_name_at(c, "a column", &name)) {
            return false;
        }
        ag_vec_push(c->arena, out, name);
    } while (ag_lite_accept(c, ","));
    return ag_lite_expect(c, ")");
}

ag_lite_range ag_lite_since(const ag_lite_cursor *c, size_t first) {
    ag_lite_range range = {0, 0};
    if (c->at > first) {
        ag_token last = c->tokens.items[c->at - 1];
        range.at = c->tokens.items[first].offset;
        range.n = last.offset + last.n - range.at;
    }
    return range;
}

/* Steps to the next `,` or `)` that belongs to no inner parenthesis. */
static bool skip_expression(ag_lite_cursor *c) {
    size_t depth = 0;
    for (;;) {
        ag_token token = ag_lite_peek(c, 0);
        if (token.kind == AG_TOKEN_END || token.kind == AG_TOKEN_ERROR) {
            return ag_lite_unexpected(c, "a closing parenthesis");
        }
        char first = token.kind == AG_TOKEN_PUNCT ? c->text.p[token.offset] : '\0';
        if (first == ';') {
            return ag_lite_unexpected(c, "a closing parenthesis");
        }
        if (depth == 0 && (first == ')' || first == ',')) {
            return true;
        }
        depth += first == '(' ? 1u : 0u;
        depth -= first == ')' ? 1u : 0u;
        c->at++;
    }
}

bool ag_lite_parens(ag_lite_cursor *c, ag_lite_range *inside) {
    if (!ag_lite_expect(c, "(")) {
        return false;
    }
    size_t first = c->at;
    do {
        if (!skip_expression(c)) {
            return false;
        }
    } while (ag_lite_accept(c, ","));
    if (inside != NULL) {
        *inside = ag_lite_since(c, first);
    }
    return ag_lite_expect(c, ")");
}

/* True when tokens [first, end) are one parenthesis, `(…)`. */
static bool is_enclosed(const ag_lite_cursor *c, size_t first, size_t end) {
    size_t depth = 0;
    for (size_t i = first; i < end; i++) {
        ag_token token = c->tokens.items[i];
        depth += ag_token_is(c->text, token, "(") ? 1u : 0u;
        if (ag_token_is(c->text, token, ")")) {
            depth--;
        }
        if (depth == 0) {
            return i > first && i + 1 == end;
        }
    }
    return false;
}

static bool token_is_name(const ag_lite_cursor *c, size_t i) {
    ag_lite_cursor there = *c;
    there.at = i;
    return ag_lite_is_name(&there, 0);
}

/* True when a COLLATE behind tokens [first, end) applies to all of them: an atom or a call. */
static bool is_primary(const ag_lite_cursor *c, size_t first, size_t end) {
    if (end - first == 1 || is_enclosed(c, first, end)) {
        return true;
    }
    return token_is_name(c, first) && is_enclosed(c, first + 1, end);
}

/* True when tokens [first, end) end with COLLATE name. */
static bool is_collate(const ag_lite_cursor *c, size_t first, size_t end) {
    return end - first > 2 && ag_token_is(c->text, c->tokens.items[end - 2], "collate") &&
           token_is_name(c, end - 1);
}

/* Reads one element out of tokens [first, end). */
static ag_lite_element element_of(ag_lite_cursor *c, size_t first, size_t end) {
    ag_lite_element element = {0};
    element.range = ag_lite_since(&(ag_lite_cursor){.tokens = c->tokens, .at = end}, first);
    if (end - first > 1) {
        element.descending = ag_token_is(c->text, c->tokens.items[end - 1], "desc");
        end -= element.descending || ag_token_is(c->text, c->tokens.items[end - 1], "asc") ? 1 : 0;
    }
    size_t rest = end;
    while (is_collate(c, first, rest)) {
        rest -= 2;
    }
    if (rest < end && is_primary(c, first, rest)) {
        /* Of several the last one is the outermost. */
        take_name(c, end - 1, &element.collation);
        end = rest;
    }
    while (end - first > 2 && is_enclosed(c, first, end)) {
        first++;
        end--;
    }
    if (end - first == 1 && token_is_name(c, first)) {
        take_name(c, first, &element.column);
    }
    element.expr = ag_lite_since(&(ag_lite_cursor){.tokens = c->tokens, .at = end}, first);
    return element;
}

bool ag_lite_elements_at(ag_lite_cursor *c, ag_lite_elements *out, ag_lite_range *autoincrement) {
    if (!ag_lite_expect(c, "(")) {
        return false;
    }
    do {
        size_t first = c->at;
        if (!skip_expression(c)) {
            return false;
        }
        size_t end = c->at;
        if (autoincrement != NULL && end - first > 1 && ag_lite_is(c, 0, ")") &&
            ag_token_is(c->text, c->tokens.items[end - 1], "autoincrement")) {
            end--;
            autoincrement->at = c->tokens.items[end].offset;
            autoincrement->n = c->tokens.items[end].n;
        }
        if (end == first) {
            return ag_lite_unexpected(c, "a column");
        }
        ag_lite_element element = element_of(c, first, end);
        ag_vec_push(c->arena, out, element);
    } while (ag_lite_accept(c, ","));
    return ag_lite_expect(c, ")");
}

bool ag_lite_expect_end(ag_lite_cursor *c) {
    while (ag_lite_accept(c, ";")) {
    }
    return ag_lite_peek(c, 0).kind == AG_TOKEN_END || ag_lite_unexpected(c, "the end");
}

void ag_lite_skip_if_not_exists(ag_lite_cursor *c) {
    if (ag_lite_is(c, 0, "if") && ag_lite_is(c, 1, "not") && ag_lite_is(c, 2, "exists")) {
        c->at += 3;
    }
}
