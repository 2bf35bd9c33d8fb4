/*
 * A view that is replaced goes with all of its triggers. Those that the revision does not know are
 * made again behind it, as the rebuild of a table does for its indexes and triggers.
 */
#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/driver.h"
#include "dialect/lite/lite.h"
#include "sql/token.h"

/* The name behind DROP VIEW or DROP TRIGGER, without its namespace; NULL for other statements. */
static const char *dropped_name(ag_arena *arena, const char *sql, const char *type) {
    ag_str text = ag_str_of(sql);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
    if (!ag_token_is(text, ag_lexer_next_solid(&lexer), "drop") ||
        !ag_token_is(text, ag_lexer_next_solid(&lexer), type)) {
        return NULL;
    }
    ag_token name = ag_lexer_next_solid(&lexer);
    while (ag_token_is(text, name, "if") || ag_token_is(text, name, "exists")) {
        name = ag_lexer_next_solid(&lexer);
    }
    ag_token next = ag_lexer_next_solid(&lexer);
    if (ag_token_is(text, next, ".")) {
        name = ag_lexer_next_solid(&lexer);
    }
    return name.kind == AG_TOKEN_END ? NULL : ag_token_unquote(arena, AG_SQL_SQLITE, text, name);
}

static bool makes_view(ag_arena *arena, const char *sql, const char *name) {
    ag_lite_view view;
    return ag_lite_statement_of(sql) == AG_LITE_CREATE_VIEW &&
           ag_lite_parse_view(arena, sql, &view, NULL) && ag_text_ieq(view.name.text, name);
}

static bool is_made_again(ag_arena *arena, const char *const *statements, size_t n, size_t from,
                          const char *view) {
    for (size_t i = from; i < n; i++) {
        if (makes_view(arena, statements[i], view)) {
            return true;
        }
    }
    return false;
}

const char *ag_lite_replaced_view(ag_arena *arena, const char *const *statements, size_t n,
                                  size_t at) {
    const char *view = dropped_name(arena, statements[at], "view");
    return view != NULL && is_made_again(arena, statements, n, at + 1, view) ? view : NULL;
}

/* Whether the statements drop or make a trigger: then what becomes of it is theirs to say. */
static bool is_known(ag_arena *arena, const char *const *statements, size_t n,
                     const char *trigger) {
    for (size_t i = 0; i < n; i++) {
        ag_lite_trigger made;
        if (ag_text_ieq(dropped_name(arena, statements[i], "trigger"), trigger) ||
            (ag_lite_statement_of(statements[i]) == AG_LITE_CREATE_TRIGGER &&
             ag_lite_parse_trigger(arena, statements[i], &made, NULL) &&
             ag_text_ieq(made.name.text, trigger))) {
            return true;
        }
    }
    return false;
}

static bool has_text(const ag_strings *list, const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i], text)) {
            return true;
        }
    }
    return false;
}

bool ag_lite_find_lost(ag_conn *conn, const char *const *statements, size_t n, ag_arena *arena,
                       ag_strings *out, ag_error *err) {
    static const char sql[] = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND"
                              " tbl_name = ?1 COLLATE NOCASE ORDER BY rowid";
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const char *view = ag_lite_replaced_view(arena, statements, n, i);
        if (view == NULL) {
            continue;
        }
        ag_rows rows = {.arena = arena};
        ok = ag_conn_query(conn, sql, &view, 1, &rows, err);
        for (size_t k = 0; ok && k < rows.rows.n; k++) {
            const char **row = rows.rows.items[k];
            if (!is_known(arena, statements, n, row[0]) && !has_text(out, row[1])) {
                ag_vec_push(arena, out, row[1]);
            }
        }
    }
    return ok;
}
