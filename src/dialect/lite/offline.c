/*
 * Scripts that run in the sqlite3 shell, without the driver's care for what a revision cannot know:
 * the counters of tables that were AUTOINCREMENT once, and indexes and triggers that only this
 * database has.
 */
#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"
#include "sql/normal.h"

/* An AUTOINCREMENT table makes sqlite_sequence, which then stays for good. */
static bool makes_counters(const char *sql) {
    ag_str text = ag_str_of(sql);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
    if (ag_lite_statement_of(sql) != AG_LITE_CREATE_TABLE) {
        return false;
    }
    ag_token token = ag_lexer_next_solid(&lexer);
    while (token.kind != AG_TOKEN_END && !ag_token_is(text, token, "autoincrement")) {
        token = ag_lexer_next_solid(&lexer);
    }
    return token.kind != AG_TOKEN_END;
}

static void put_literal(ag_buf *buf, const char *before, const char *text) {
    ag_buf_puts(buf, before);
    ag_sql_quote_string(buf, text);
}

/* What ag_lite_run_rebuild does last. */
static const char *restore_counter(ag_arena *arena, const char *table,
                                   const char *const *statements, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_sql_refers_to(AG_SQL_SQLITE, statements[i], "sqlite_sequence")) {
            return NULL;
        }
    }
    ag_buf sql = AG_BUF_INIT;
    put_literal(&sql, "UPDATE sqlite_sequence SET name = ", table);
    put_literal(&sql, " WHERE name = ", ag_arena_printf(arena, AG_LITE_ASIDE "%s", table));
    const char *text = ag_buf_copy(&sql, arena);
    ag_buf_release(&sql);
    return text;
}

static const char *loss(ag_arena *arena, const char *const *statements, size_t n, size_t at) {
    const char *view = ag_lite_replaced_view(arena, statements, n, at);
    return view == NULL ? NULL
                        : ag_arena_printf(arena,
                                          "triggers on view %s that are not made again below are "
                                          "lost, which `autogen upgrade` would keep",
                                          view);
}

const ag_offline_rules ag_lite_offline_rules = {
    .before_rebuild = "PRAGMA foreign_keys = OFF",
    .calls_for = makes_counters,
    .after_rebuild = restore_counter,
    .loss = loss,
};
