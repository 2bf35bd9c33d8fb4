/* Names of PostgreSQL in SQL text, and array literals. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/pg.h"

void ag_pg_quote(ag_buf *buf, const char *name) {
    ag_sql_quote_ident(buf, AG_SQL_POSTGRES, name, false);
}

void ag_pg_put_block(ag_buf *buf, const char *body) {
    ag_buf_puts(buf, "DO ");
    if (strstr(body, "$autogen$") != NULL) { /* part of a name */
        ag_sql_quote_string(buf, body);
    } else {
        ag_buf_printf(buf, "$autogen$\n%s\n$autogen$", body);
    }
}

const char *ag_pg_where_table(ag_arena *arena, const char *table, const char *statement) {
    ag_buf body = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&body, "BEGIN\n    IF pg_catalog.to_regclass(");
    ag_sql_quote_string(&body, table);
    ag_buf_printf(&body, ") IS NOT NULL THEN\n        %s;\n    END IF;\nEND", statement);
    ag_pg_put_block(&sql, ag_buf_text(&body));
    const char *text = ag_arena_strdup(arena, ag_buf_text(&sql));
    ag_buf_release(&body);
    ag_buf_release(&sql);
    return text;
}

void ag_pg_put_name(ag_buf *buf, const char *ns, const char *name) {
    if (ns != NULL) {
        ag_pg_quote(buf, ns);
        ag_buf_putc(buf, '.');
    }
    ag_pg_quote(buf, name);
}

void ag_pg_put_collation(ag_buf *buf, const char *collation) {
    if (strpbrk(collation, ".\"") != NULL) {
        ag_buf_puts(buf, collation);
    } else {
        ag_pg_quote(buf, collation);
    }
}

/* One element, quoted or bare; returns what follows it. */
static const char *take_element(ag_buf *buf, const char *at, bool *is_quoted) {
    *is_quoted = *at == '"';
    at += *is_quoted;
    while (*at != '\0' && (*is_quoted ? *at != '"' : strchr(",}", *at) == NULL)) {
        at += *at == '\\' && at[1] != '\0';
        ag_buf_putc(buf, *at++);
    }
    return *is_quoted && *at == '"' ? at + 1 : at;
}

void ag_pg_parse_array(ag_arena *arena, const char *text, ag_strings *out) {
    ag_buf element = AG_BUF_INIT;
    const char *at = text == NULL ? "" : text;
    at += *at == '{';
    while (*at != '\0' && *at != '}') {
        bool is_quoted = false;
        ag_buf_clear(&element);
        at = take_element(&element, at, &is_quoted);
        if (is_quoted || !ag_text_ieq(ag_buf_text(&element), "null")) {
            ag_vec_push(arena, out, ag_buf_copy(&element, arena));
        }
        at += *at == ',';
    }
    ag_buf_release(&element);
}
