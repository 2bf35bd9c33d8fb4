#include "dialect/lite/ddl.h"

#include "dialect/lite/cursor.h"

/* What a table's parser carries besides the cursor. */
typedef struct reader {
    ag_lite_cursor c;
    ag_lite_table *table;
} reader;

ag_str ag_lite_slice(const char *sql, ag_lite_range range) {
    return (ag_str){sql + range.at, range.n};
}

char *ag_lite_copy(ag_arena *arena, const char *sql, ag_lite_range range) {
    return range.n == 0 ? NULL : ag_arena_strndup(arena, sql + range.at, range.n);
}

const ag_lite_part *ag_lite_find_part(const ag_lite_parts *parts, ag_lite_part_kind kind) {
    for (size_t i = parts->n; i-- > 0;) {
        if (parts->items[i].kind == kind) {
            return &parts->items[i];
        }
    }
    return NULL;
}

/* The word or words from token `first` to the cursor, lower case, one blank between them. */
static const char *words_since(ag_lite_cursor *c, size_t first) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = first; i < c->at; i++) {
        ag_str word = ag_token_text(c->text, c->tokens.items[i]);
        if (i > first) {
            ag_buf_putc(&buf, ' ');
        }
        for (size_t k = 0; k < word.n; k++) {
            ag_buf_putc(&buf, ag_lower_char(word.p[k]));
        }
    }
    char *words = ag_buf_copy(&buf, c->arena);
    ag_buf_release(&buf);
    return words;
}

static bool read_on_conflict(ag_lite_cursor *c, ag_lite_part *part) {
    size_t first = c->at;
    if (!ag_lite_accept2(c, "on", "conflict")) {
        return true;
    }
    if (!ag_lite_accept(c, "rollback") && !ag_lite_accept(c, "abort") &&
        !ag_lite_accept(c, "fail") && !ag_lite_accept(c, "ignore") &&
        !ag_lite_accept(c, "replace")) {
        return ag_lite_unexpected(c, "a conflict clause");
    }
    part->on_conflict = words_since(c, first + 2);
    part->on_conflict_range = ag_lite_since(c, first);
    return true;
}

/* [NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE], when it stands here. */
static bool read_deferrable(ag_lite_cursor *c, ag_lite_part *part) {
    size_t first = c->at;
    bool is_not = ag_lite_accept2(c, "not", "deferrable");
    if (!is_not && !ag_lite_accept(c, "deferrable")) {
        return true;
    }
    bool is_deferred = false;
    if (ag_lite_accept(c, "initially")) {
        is_deferred = ag_lite_accept(c, "deferred");
        if (!is_deferred && !ag_lite_expect(c, "immediate")) {
            return false;
        }
    }
    part->deferrable = !is_not;
    part->deferrability = words_since(c, first);
    part->initially_deferred = !is_not && is_deferred;
    part->deferrable_range = ag_lite_since(c, first);
    return true;
}

/* The action behind ON DELETE and the like; NULL for NO ACTION. */
static bool read_action(ag_lite_cursor *c, const char **out) {
    size_t first = c->at;
    if (ag_lite_accept2(c, "no", "action")) {
        *out = NULL;
        return true;
    }
    if (!ag_lite_accept2(c, "set", "null") && !ag_lite_accept2(c, "set", "default") &&
        !ag_lite_accept(c, "cascade") && !ag_lite_accept(c, "restrict")) {
        return ag_lite_unexpected(c, "a referential action");
    }
    *out = words_since(c, first);
    return true;
}

/* MATCH and ON …, as many as there are; the last of each counts. */
static bool read_reference_options(ag_lite_cursor *c, ag_lite_part *part) {
    for (;;) {
        const char *ignored = NULL;
        if (ag_lite_accept(c, "match")) {
            ag_lite_name name = {0};
            if (!ag_lite_name_at(c, "a match type", &name)) {
                return false;
            }
            part->match = ag_text_lower(c->arena, name.text);
        } else if (ag_lite_accept2(c, "on", "delete")) {
            if (!read_action(c, &part->on_delete)) {
                return false;
            }
        } else if (ag_lite_accept2(c, "on", "update")) {
            if (!read_action(c, &part->on_update)) {
                return false;
            }
        } else if (ag_lite_accept2(c, "on", "insert")) {
            if (!read_action(c, &ignored)) {
                return false;
            }
        } else {
            return true;
        }
    }
}

/* What follows REFERENCES. */
static bool read_references(ag_lite_cursor *c, ag_lite_part *part) {
    part->kind = AG_LITE_FOREIGN_KEY;
    if (!ag_lite_name_at(c, "a table", &part->ref_table)) {
        return false;
    }
    if (ag_lite_is(c, 0, "(") && !ag_lite_name_list(c, &part->ref_columns)) {
        return false;
    }
    return read_reference_options(c, part) && read_deferrable(c, part);
}

/* A value behind DEFAULT: a literal or bare word, with a sign or not, or a parenthesis. */
static bool read_default(ag_lite_cursor *c, ag_lite_part *part) {
    part->kind = AG_LITE_DEFAULT;
    size_t first = c->at;
    if (ag_lite_is(c, 0, "(")) {
        if (!ag_lite_parens(c, NULL)) {
            return false;
        }
    } else {
        if (!ag_lite_accept(c, "-")) {
            (void)ag_lite_accept(c, "+");
        }
        ag_token_kind kind = ag_lite_peek(c, 0).kind;
        if (kind != AG_TOKEN_NUMBER && !ag_lite_is(c, 0, "null") && !ag_lite_is_name(c, 0)) {
            return ag_lite_unexpected(c, "a default value");
        }
        c->at++;
    }
    part->expr = ag_lite_since(c, first);
    return true;
}

/* An expression in parentheses, which is never empty. */
static bool read_enclosed(ag_lite_cursor *c, ag_lite_part *part) {
    if (ag_lite_is(c, 0, "(") && ag_lite_is(c, 1, ")")) {
        c->at++;
        return ag_lite_unexpected(c, "an expression");
    }
    return ag_lite_parens(c, &part->expr);
}

static bool read_generated(ag_lite_cursor *c, ag_lite_part *part) {
    part->kind = AG_LITE_GENERATED;
    if (!read_enclosed(c, part)) {
        return false;
    }
    part->is_stored = ag_lite_accept(c, "stored");
    if (!part->is_stored) {
        (void)ag_lite_accept(c, "virtual");
    }
    return true;
}

static bool read_check(ag_lite_cursor *c, ag_lite_part *part) {
    part->kind = AG_LITE_CHECK;
    return read_enclosed(c, part) && read_on_conflict(c, part);
}

static bool read_column_key(ag_lite_cursor *c, ag_lite_part *part) {
    part->kind = AG_LITE_PRIMARY_KEY;
    part->descending = ag_lite_accept(c, "desc");
    if (!part->descending) {
        (void)ag_lite_accept(c, "asc");
    }
    if (!read_on_conflict(c, part)) {
        return false;
    }
    size_t first = c->at;
    part->autoincrement = ag_lite_accept(c, "autoincrement");
    part->autoincrement_range = ag_lite_since(c, first);
    return true;
}

/* The body of a column's constraint. `*known` is false when none begins here. */
static bool read_column_body(ag_lite_cursor *c, ag_lite_part *part, bool *known) {
    *known = true;
    if (ag_lite_accept(c, "default")) {
        return read_default(c, part);
    }
    if (ag_lite_accept2(c, "not", "null")) {
        part->kind = AG_LITE_NOT_NULL;
        return read_on_conflict(c, part);
    }
    if (ag_lite_accept(c, "null")) {
        part->kind = AG_LITE_NULL;
        return read_on_conflict(c, part);
    }
    if (ag_lite_accept2(c, "primary", "key")) {
        return read_column_key(c, part);
    }
    if (ag_lite_accept(c, "unique")) {
        part->kind = AG_LITE_UNIQUE;
        return read_on_conflict(c, part);
    }
    if (ag_lite_accept(c, "check")) {
        return read_check(c, part);
    }
    if (ag_lite_accept(c, "references")) {
        return read_references(c, part);
    }
    if (ag_lite_accept(c, "collate")) {
        part->kind = AG_LITE_COLLATE;
        return ag_lite_name_at(c, "a collation", &part->collation);
    }
    bool is_generated = ag_lite_accept2(c, "generated", "always");
    if (is_generated || ag_lite_is(c, 0, "as")) {
        return ag_lite_expect(c, "as") && read_generated(c, part);
    }
    part->kind = AG_LITE_DEFERRABLE;
    size_t first = c->at;
    if (!read_deferrable(c, part)) {
        return false;
    }
    *known = c->at > first;
    return true;
}

/* The body of a table's constraint. `*known` is false when none begins here. */
static bool read_table_body(ag_lite_cursor *c, ag_lite_part *part, bool *known) {
    *known = true;
    if (ag_lite_accept2(c, "primary", "key")) {
        part->kind = AG_LITE_PRIMARY_KEY;
        if (!ag_lite_elements_at(c, &part->elements, &part->autoincrement_range)) {
            return false;
        }
        part->autoincrement = part->autoincrement_range.n > 0;
        return read_on_conflict(c, part);
    }
    if (ag_lite_accept(c, "unique")) {
        part->kind = AG_LITE_UNIQUE;
        return ag_lite_elements_at(c, &part->elements, NULL) && read_on_conflict(c, part);
    }
    if (ag_lite_accept(c, "check")) {
        return read_check(c, part);
    }
    if (ag_lite_accept2(c, "foreign", "key")) {
        return ag_lite_elements_at(c, &part->elements, NULL) && ag_lite_expect(c, "references") &&
               read_references(c, part);
    }
    *known = false;
    return true;
}

static ag_lite_part *foreign_key_of(ag_lite_parts *parts) {
    for (size_t i = parts->n; i-- > 0;) {
        if (parts->items[i].kind == AG_LITE_FOREIGN_KEY) {
            return &parts->items[i];
        }
    }
    return NULL;
}

/* The foreign key written last: what a lone DEFERRABLE applies to, wherever it stands. */
static ag_lite_part *last_foreign_key(ag_lite_table *table, ag_lite_parts *current) {
    ag_lite_part *found = foreign_key_of(current);
    for (size_t i = table->columns.n; i-- > 0 && found == NULL;) {
        found = foreign_key_of(&table->columns.items[i].parts);
    }
    return found;
}

static void apply_deferrable(reader *r, ag_lite_parts *current, const ag_lite_part *part) {
    ag_lite_part *key = last_foreign_key(r->table, current);
    if (key != NULL) {
        key->deferrable = part->deferrable;
        key->initially_deferred = part->initially_deferred;
        key->deferrability = part->deferrability;
    }
}

typedef bool (*read_body)(ag_lite_cursor *c, ag_lite_part *part, bool *known);

/* All constraints from here on, each with the CONSTRAINT name before it. */
static bool read_parts(reader *r, read_body body, ag_lite_parts *out) {
    ag_lite_cursor *c = &r->c;
    for (;;) {
        ag_lite_part part = {0};
        size_t first = c->at;
        while (ag_lite_accept(c, "constraint")) {
            if (!ag_lite_name_at(c, "a name of a constraint", &part.name)) {
                return false;
            }
        }
        size_t start = c->at;
        bool known = false;
        if (!body(c, &part, &known)) {
            return false;
        }
        if (!known && start == first) {
            return true;
        }
        if (!known) {
            part.kind = AG_LITE_NAME_ONLY;
        }
        part.range = ag_lite_since(c, first);
        part.body = ag_lite_since(c, start);
        if (part.kind == AG_LITE_DEFERRABLE) {
            apply_deferrable(r, out, &part);
            part.deferrable_range = part.body;
        }
        ag_vec_push(c->arena, out, part);
    }
}

/* GENERATED ALWAYS AS: those two words are part of no type. */
static bool at_generated(const ag_lite_cursor *c) {
    return ag_lite_is(c, 0, "generated") && ag_lite_is(c, 1, "always") && ag_lite_is(c, 2, "as");
}

static bool read_type(ag_lite_cursor *c, ag_lite_range *out) {
    size_t first = c->at;
    while (ag_lite_is_name(c, 0) && !at_generated(c)) {
        c->at++;
    }
    if (c->at > first && ag_lite_is(c, 0, "(") && !ag_lite_parens(c, NULL)) {
        return false;
    }
    *out = ag_lite_since(c, first);
    return true;
}

static bool read_column(reader *r) {
    ag_lite_column column = {0};
    size_t first = r->c.at;
    if (!ag_lite_name_at(&r->c, "a column", &column.name) || !read_type(&r->c, &column.type) ||
        !read_parts(r, read_column_body, &column.parts)) {
        return false;
    }
    column.range = ag_lite_since(&r->c, first);
    ag_vec_push(r->c.arena, &r->table->columns, column);
    return true;
}

static bool at_table_constraint(const ag_lite_cursor *c) {
    return ag_lite_is(c, 0, "constraint") || ag_lite_is(c, 0, "primary") ||
           ag_lite_is(c, 0, "unique") || ag_lite_is(c, 0, "check") || ag_lite_is(c, 0, "foreign");
}

static bool read_body_of_table(reader *r) {
    ag_lite_cursor *c = &r->c;
    do {
        if (!read_column(r)) {
            return false;
        }
        ag_token last = c->tokens.items[c->at - 1];
        r->table->columns_end = last.offset + last.n;
        if (ag_lite_is(c, 0, ")")) {
            return true;
        }
        if (!ag_lite_expect(c, ",")) {
            return false;
        }
    } while (!at_table_constraint(c));
    do {
        if (!at_table_constraint(c)) {
            return ag_lite_unexpected(c, "a constraint");
        }
        if (!read_parts(r, read_table_body, &r->table->constraints)) {
            return false;
        }
    } while (ag_lite_accept(c, ","));
    return true;
}

static bool read_options(reader *r) {
    ag_lite_cursor *c = &r->c;
    size_t first = c->at;
    if (ag_lite_peek(c, 0).kind == AG_TOKEN_END || ag_lite_is(c, 0, ";")) {
        return true;
    }
    do {
        size_t start = c->at;
        if (ag_lite_accept2(c, "without", "rowid")) {
            r->table->without_rowid = ag_lite_since(c, start);
        } else if (ag_lite_accept(c, "strict")) {
            r->table->strict = ag_lite_since(c, start);
        } else {
            return ag_lite_unexpected(c, "a table option");
        }
    } while (ag_lite_accept(c, ","));
    r->table->options = ag_lite_since(c, first);
    return true;
}

bool ag_lite_parse_table(ag_arena *arena, const char *sql, ag_lite_table *out, ag_error *err) {
    reader r = {.c = ag_lite_cursor_of(arena, sql, err), .table = out};
    ag_lite_cursor *c = &r.c;
    *out = (ag_lite_table){0};
    if (!ag_lite_expect(c, "create")) {
        return false;
    }
    if (!ag_lite_accept(c, "temp")) {
        (void)ag_lite_accept(c, "temporary");
    }
    if (!ag_lite_expect(c, "table")) {
        return false;
    }
    ag_lite_skip_if_not_exists(c);
    if (!ag_lite_qualified(c, "a name of a table", &out->ns, &out->name)) {
        return false;
    }
    out->open = ag_lite_peek(c, 0).offset;
    if (!ag_lite_expect(c, "(") || !read_body_of_table(&r)) {
        return false;
    }
    out->close = ag_lite_peek(c, 0).offset;
    return ag_lite_expect(c, ")") && read_options(&r) && ag_lite_expect_end(c);
}
