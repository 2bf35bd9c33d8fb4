/* Any bytes as SQL of each flavor: tokens, statements, normal forms, and quoting that reads back.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sql/normal.h"
#include "sql/split.h"
#include "sql/token.h"

static void check(bool is_right) {
    if (!is_right) {
        abort();
    }
}

static void check_tokens_cover_the_text(ag_sql_flavor flavor, ag_str text) {
    ag_lexer lexer = ag_lexer_of(flavor, text);
    size_t at = 0;
    for (;;) {
        ag_token token = ag_lexer_next(&lexer);
        check(token.offset == at);
        if (token.kind == AG_TOKEN_END) {
            break;
        }
        check(token.n > 0);
        at += token.n;
    }
    check(at == text.n);
}

/* Nothing but white space, comments, semicolons and psql's own lines lies outside of statements. */
static void check_gap(ag_sql_flavor flavor, ag_str gap) {
    ag_lexer lexer = ag_lexer_of(flavor, gap);
    ag_token token = ag_lexer_next_solid(&lexer);
    while (ag_token_is(gap, token, ";")) {
        token = ag_lexer_next_solid(&lexer);
    }
    bool is_psql = flavor != AG_SQL_SQLITE && ag_token_is(gap, token, "\\");
    check(token.kind == AG_TOKEN_END || is_psql);
}

/* A statement by itself is one statement again. Generic comments depend on what is around them. */
static void check_is_one(ag_arena *arena, ag_sql_flavor flavor, ag_str sql) {
    ag_statements list = {NULL, 0, 0};
    if (flavor != AG_SQL_GENERIC) {
        check(ag_sql_split(arena, flavor, NULL, sql, &list, NULL));
        check(list.n == 1 && list.items[0].start == 0 && list.items[0].sql.n == sql.n);
    }
}

static void check_statements_follow_one_another(ag_arena *arena, ag_sql_flavor flavor,
                                                ag_str text) {
    ag_statements list = {NULL, 0, 0};
    ag_error err = {0};
    if (!ag_sql_split(arena, flavor, "fuzz.sql", text, &list, &err)) {
        check(err.code == AG_INPUT && err.message[0] != '\0' && err.line > 0);
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < list.n; i++) {
        const ag_statement *statement = &list.items[i];
        check(statement->offset >= at && statement->start >= statement->offset);
        check(statement->sql.n > 0 && statement->sql.p == text.p + statement->start);
        check_gap(flavor, (ag_str){text.p + at, statement->offset - at});
        check_is_one(arena, flavor, statement->sql);
        at = statement->offset + statement->n;
        check(statement->start + statement->sql.n <= at && at <= text.n);
    }
    if (flavor != AG_SQL_GENERIC) {
        check_gap(flavor, (ag_str){text.p + at, text.n - at});
    }
}

/* A normal form is its own, and equal to the text it was made from. */
static void check_normal_form(ag_sql_flavor flavor, ag_sql_rules rules, ag_str text) {
    ag_buf form = AG_BUF_INIT;
    ag_buf again = AG_BUF_INIT;
    ag_sql_normalise(&form, flavor, rules, text);
    ag_sql_normalise(&again, flavor, rules, (ag_str){ag_buf_text(&form), form.n});
    check(form.n == again.n && memcmp(ag_buf_text(&form), ag_buf_text(&again), form.n) == 0);
    if (memchr(ag_buf_text(&form), '\0', form.n) == NULL && strlen(text.p) == text.n) {
        check(ag_sql_equal(flavor, rules, text.p, ag_buf_text(&form)));
    }
    ag_buf_release(&form);
    ag_buf_release(&again);
}

static void check_expression(ag_sql_flavor flavor, ag_str text) {
    for (int rules = AG_SQL_TOKENS; rules <= AG_SQL_LOOSE; rules++) {
        check_normal_form(flavor, (ag_sql_rules)rules, text);
    }
    ag_str inner = ag_sql_strip_parens(flavor, text);
    check(inner.n <= text.n);
    ag_str literal;
    ag_str type;
    if (ag_sql_literal_cast(text, &literal, &type)) {
        check(literal.n > 0 && type.n > 0 && literal.n + type.n < text.n);
    }
    ag_buf renamed = AG_BUF_INIT;
    ag_sql_rename rename = {.from = "a", .to = "a b"};
    if (ag_sql_rename_ident(&renamed, flavor, text.p, &rename) > 0) {
        check(ag_sql_refers_to(flavor, text.p, "a"));
        check(ag_sql_refers_to(flavor, ag_buf_text(&renamed), "a b"));
    } else {
        check(strcmp(ag_buf_text(&renamed), text.p) == 0);
    }
    ag_buf_release(&renamed);
}

/* What was quoted is one token that stands for the same text. */
static void check_reads_back(ag_arena *arena, ag_sql_flavor flavor, const ag_buf *quoted,
                             const char *text) {
    ag_str sql = {ag_buf_text(quoted), quoted->n};
    ag_lexer lexer = ag_lexer_of(flavor, sql);
    ag_token token = ag_lexer_next(&lexer);
    check(token.kind != AG_TOKEN_ERROR && token.n == sql.n);
    check(strcmp(ag_token_unquote(arena, flavor, sql, token), text) == 0);
}

static void check_quoting(ag_arena *arena, ag_sql_flavor flavor, const char *text) {
    ag_buf quoted = AG_BUF_INIT;
    if (text[0] != '\0') {
        ag_sql_quote_ident(&quoted, flavor, text, false);
        check_reads_back(arena, flavor, &quoted, text);
    }
    ag_buf_clear(&quoted);
    ag_sql_quote_string(&quoted, text);
    check_reads_back(arena, flavor, &quoted, text);
    ag_buf_clear(&quoted);
    ag_sql_comment_text(&quoted, text);
    check(strpbrk(ag_buf_text(&quoted), "\r\n\f\v") == NULL);
    ag_buf_release(&quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ag_sql_flavor flavors[] = {AG_SQL_GENERIC, AG_SQL_SQLITE, AG_SQL_POSTGRES};
    ag_arena *arena = ag_arena_new();
    ag_str text = {(const char *)data, size};
    const char *copy = ag_arena_strndup(arena, text.p, size);
    for (size_t i = 0; i < sizeof flavors / sizeof flavors[0]; i++) {
        check_tokens_cover_the_text(flavors[i], text);
        check_statements_follow_one_another(arena, flavors[i], text);
        check_quoting(arena, flavors[i], copy);
        check_expression(flavors[i], (ag_str){copy, size});
    }
    ag_arena_free(arena);
    return 0;
}
