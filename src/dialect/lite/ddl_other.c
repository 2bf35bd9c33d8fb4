/* Indexes, views, triggers and virtual tables of ddl.h. */
#include "dialect/lite/cursor.h"
#include "dialect/lite/ddl.h"

static void accept_temp(ag_lite_cursor *c) {
    if (!ag_lite_accept(c, "temp")) {
        (void)ag_lite_accept(c, "temporary");
    }
}

ag_lite_statement ag_lite_statement_of(const char *sql) {
    ag_str text = ag_str_of(sql);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
    if (!ag_token_is(text, ag_lexer_next_solid(&lexer), "create")) {
        return AG_LITE_OTHER;
    }
    ag_token token = ag_lexer_next_solid(&lexer);
    if (ag_token_is(text, token, "temp") || ag_token_is(text, token, "temporary") ||
        ag_token_is(text, token, "unique")) {
        token = ag_lexer_next_solid(&lexer);
    }
    static const struct {
        const char *word;
        ag_lite_statement statement;
    } words[] = {{"table", AG_LITE_CREATE_TABLE},
                 {"index", AG_LITE_CREATE_INDEX},
                 {"view", AG_LITE_CREATE_VIEW},
                 {"trigger", AG_LITE_CREATE_TRIGGER},
                 {"virtual", AG_LITE_CREATE_VIRTUAL}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (ag_token_is(text, token, words[i].word)) {
            return words[i].statement;
        }
    }
    return AG_LITE_OTHER;
}

/* All tokens to the end of the statement; fails when there are none. */
static bool take_rest(ag_lite_cursor *c, const char *what, ag_lite_range *out) {
    size_t first = c->at;
    size_t end = c->tokens.n;
    while (end > first && ag_token_is(c->text, c->tokens.items[end - 1], ";")) {
        end--;
    }
    if (end == first) {
        return ag_lite_unexpected(c, what);
    }
    for (; c->at < end; c->at++) {
        if (ag_lite_peek(c, 0).kind == AG_TOKEN_ERROR) {
            return ag_lite_unexpected(c, what);
        }
    }
    *out = ag_lite_since(c, first);
    return true;
}

bool ag_lite_parse_index(ag_arena *arena, const char *sql, ag_lite_index *out, ag_error *err) {
    ag_lite_cursor cursor = ag_lite_cursor_of(arena, sql, err);
    ag_lite_cursor *c = &cursor;
    *out = (ag_lite_index){0};
    if (!ag_lite_expect(c, "create")) {
        return false;
    }
    out->unique = ag_lite_accept(c, "unique");
    if (!ag_lite_expect(c, "index")) {
        return false;
    }
    ag_lite_skip_if_not_exists(c);
    if (!ag_lite_qualified(c, "a name of an index", &out->ns, &out->name) ||
        !ag_lite_expect(c, "on") || !ag_lite_name_at(c, "a table", &out->table)) {
        return false;
    }
    out->open = ag_lite_peek(c, 0).offset;
    if (!ag_lite_elements_at(c, &out->elements, NULL)) {
        return false;
    }
    out->close = c->tokens.items[c->at - 1].offset;
    if (!ag_lite_accept(c, "where")) {
        return ag_lite_expect_end(c);
    }
    return take_rest(c, "a condition", &out->where) && ag_lite_expect_end(c);
}

bool ag_lite_parse_view(ag_arena *arena, const char *sql, ag_lite_view *out, ag_error *err) {
    ag_lite_cursor cursor = ag_lite_cursor_of(arena, sql, err);
    ag_lite_cursor *c = &cursor;
    *out = (ag_lite_view){0};
    if (!ag_lite_expect(c, "create")) {
        return false;
    }
    accept_temp(c);
    if (!ag_lite_expect(c, "view")) {
        return false;
    }
    ag_lite_skip_if_not_exists(c);
    if (!ag_lite_qualified(c, "a name of a view", &out->ns, &out->name) ||
        (ag_lite_is(c, 0, "(") && !ag_lite_name_list(c, &out->columns)) ||
        !ag_lite_expect(c, "as")) {
        return false;
    }
    return take_rest(c, "a SELECT", &out->select);
}

/* BEFORE | AFTER | INSTEAD OF, then the event and ON table. */
static bool read_event(ag_lite_cursor *c, ag_lite_trigger *out) {
    if (!ag_lite_accept(c, "before") && !ag_lite_accept(c, "after")) {
        (void)ag_lite_accept2(c, "instead", "of");
    }
    if (ag_lite_accept2(c, "update", "of")) {
        do {
            ag_lite_name name = {0};
            if (!ag_lite_name_at(c, "a column", &name)) {
                return false;
            }
            ag_vec_push(c->arena, &out->of, name);
        } while (ag_lite_accept(c, ","));
    } else if (!ag_lite_accept(c, "update") && !ag_lite_accept(c, "insert") &&
               !ag_lite_accept(c, "delete")) {
        return ag_lite_unexpected(c, "an event");
    }
    ag_lite_name ns = {0};
    return ag_lite_expect(c, "on") && ag_lite_qualified(c, "a table", &ns, &out->table);
}

/* The condition of WHEN: up to a BEGIN, which in an expression could only be a column's name. */
static bool read_when(ag_lite_cursor *c, ag_lite_range *out) {
    size_t first = c->at;
    while (!ag_lite_is(c, 0, "begin") || c->at == first) {
        ag_token_kind kind = ag_lite_peek(c, 0).kind;
        if (kind == AG_TOKEN_END || kind == AG_TOKEN_ERROR) {
            return ag_lite_unexpected(c, "BEGIN");
        }
        c->at++;
    }
    *out = ag_lite_since(c, first);
    return true;
}

bool ag_lite_parse_trigger(ag_arena *arena, const char *sql, ag_lite_trigger *out, ag_error *err) {
    ag_lite_cursor cursor = ag_lite_cursor_of(arena, sql, err);
    ag_lite_cursor *c = &cursor;
    *out = (ag_lite_trigger){0};
    if (!ag_lite_expect(c, "create")) {
        return false;
    }
    accept_temp(c);
    if (!ag_lite_expect(c, "trigger")) {
        return false;
    }
    ag_lite_skip_if_not_exists(c);
    if (!ag_lite_qualified(c, "a name of a trigger", &out->ns, &out->name) || !read_event(c, out)) {
        return false;
    }
    if (ag_lite_accept2(c, "for", "each") && !ag_lite_expect(c, "row")) {
        return false;
    }
    if (ag_lite_accept(c, "when") && !read_when(c, &out->when)) {
        return false;
    }
    return ag_lite_is(c, 0, "begin") ? take_rest(c, "a body", &out->body)
                                     : ag_lite_unexpected(c, "BEGIN");
}

bool ag_lite_parse_virtual(ag_arena *arena, const char *sql, ag_lite_virtual *out, ag_error *err) {
    ag_lite_cursor cursor = ag_lite_cursor_of(arena, sql, err);
    ag_lite_cursor *c = &cursor;
    *out = (ag_lite_virtual){0};
    if (!ag_lite_expect(c, "create") || !ag_lite_expect(c, "virtual") ||
        !ag_lite_expect(c, "table")) {
        return false;
    }
    ag_lite_skip_if_not_exists(c);
    if (!ag_lite_qualified(c, "a name of a table", &out->ns, &out->name) ||
        !ag_lite_expect(c, "using") || !ag_lite_name_at(c, "a module", &out->module)) {
        return false;
    }
    if (ag_lite_is(c, 0, "(") && !ag_lite_parens(c, &out->arguments)) {
        return false;
    }
    return ag_lite_expect_end(c);
}
