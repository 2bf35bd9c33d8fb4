/* Expressions: which are surely the same, without asking the server. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/pg.h"
#include "sql/normal.h"

static bool has_cast(const char *expr) {
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, ag_str_of(expr));
    ag_token token = ag_lexer_next_solid(&lexer);
    while (token.kind != AG_TOKEN_END && !ag_token_is(lexer.text, token, "::")) {
        token = ag_lexer_next_solid(&lexer);
    }
    return token.kind != AG_TOKEN_END;
}

/*
 * The server casts literals where a person does not. Where both sides cast, the casts may differ
 * and mean something: that is for the server to settle.
 */
bool ag_pg_same_expr(const char *a, const char *b, const char *type) {
    (void)type;
    if (a == NULL || b == NULL) {
        return a == b;
    }
    if (ag_sql_equal(AG_SQL_POSTGRES, AG_SQL_EXACT, a, b)) {
        return true;
    }
    return !(has_cast(a) && has_cast(b)) && ag_sql_equal(AG_SQL_POSTGRES, AG_SQL_LOOSE, a, b);
}
