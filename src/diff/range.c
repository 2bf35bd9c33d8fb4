/* What comes with a range type. */
#include <string.h>

#include "diff/differ.h"
#include "sql/token.h"

ag_place ag__multirange(ag_arena *arena, ag_sql_flavor flavor, const ag_object *range) {
    const char *at = strstr(range->name, "range");
    const char *usual = at == NULL ? ag_arena_printf(arena, "%s_multirange", range->name)
                                   : ag_arena_printf(arena, "%.*smulti%s", (int)(at - range->name),
                                                     range->name, at);
    ag_place place = {range->ns, usual};
    ag_str text = ag_str_of(range->definition != NULL ? range->definition : "");
    ag_lexer lexer = ag_lexer_of(flavor, text);
    bool is_given = false;
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        bool is_word = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        if (is_given && is_word) {
            place.name = ag_token_unquote(arena, flavor, text, token);
        } else if (is_given && ag_token_is(text, token, ".")) {
            place.ns = place.name;
        }
        is_given = is_given ? is_word || !ag_token_is(text, token, ",")
                            : ag_token_is(text, token, "multirange_type_name");
    }
    return place;
}
