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
        at = statement->offset + statement->n;
        check(statement->start + statement->sql.n <= at && at <= text.n);
    }
}

static void check_normal_form_is_its_own(ag_sql_flavor flavor, ag_sql_rules rules, ag_str text) {
    ag_buf once = AG_BUF_INIT;
    ag_buf twice = AG_BUF_INIT;
    ag_sql_normalise(&once, flavor, rules, text);
    ag_sql_normalise(&twice, flavor, rules, (ag_str){ag_buf_text(&once), once.n});
    check(once.n == twice.n && memcmp(ag_buf_text(&once), ag_buf_text(&twice), once.n) == 0);
    ag_buf_release(&once);
    ag_buf_release(&twice);
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

static void check_rename_of_nothing(ag_sql_flavor flavor, const char *text) {
    ag_sql_rename rename = {.from = "a name that is\nnowhere", .to = "x"};
    ag_buf out = AG_BUF_INIT;
    if (strstr(text, "nowhere") == NULL) {
        check(ag_sql_rename_ident(&out, flavor, text, &rename) == 0);
        check(strcmp(ag_buf_text(&out), text) == 0);
    }
    ag_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ag_sql_flavor flavors[] = {AG_SQL_GENERIC, AG_SQL_SQLITE, AG_SQL_POSTGRES};
    static const ag_sql_rules rules[] = {AG_SQL_TOKENS, AG_SQL_EXACT, AG_SQL_LOOSE};
    ag_arena *arena = ag_arena_new();
    ag_str text = {(const char *)data, size};
    const char *copy = ag_arena_strndup(arena, text.p, size);
    for (size_t i = 0; i < sizeof flavors / sizeof flavors[0]; i++) {
        check_tokens_cover_the_text(flavors[i], text);
        check_statements_follow_one_another(arena, flavors[i], text);
        for (size_t j = 0; j < sizeof rules / sizeof rules[0]; j++) {
            check_normal_form_is_its_own(flavors[i], rules[j], text);
        }
        check_quoting(arena, flavors[i], copy);
        check_rename_of_nothing(flavors[i], copy);
    }
    ag_arena_free(arena);
    return 0;
}
