/* Renames inside SQL texts: expressions, types, definitions. */
#include <string.h>

#include "base/str.h"
#include "diff/rename.h"
#include "sql/normal.h"
#include "sql/token.h"

static const char *renamed(ag_renames *r, const char *text, const char *from, const char *to,
                           const char *qualifier, bool is_table) {
    ag_sql_rename rename = {.from = from, .to = to, .qualifier = qualifier, .is_table = is_table};
    ag_buf buf = AG_BUF_INIT;
    size_t n = ag_sql_rename_ident(&buf, r->d->dialect->flavor, text, &rename);
    const char *result = n > 0 ? ag_buf_copy(&buf, r->d->scratch) : text;
    ag_buf_release(&buf);
    return result;
}

static bool is_type(ag_kind kind) {
    return kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE;
}

const char *ag__rename_in_type(ag_renames *r, const char *type) {
    for (size_t i = 0; type != NULL && i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        if (is_type(step->from->kind)) {
            type = renamed(r, type, step->from->name, step->to, step->from->ns, false);
        } else if (step->from->kind == AG_NAMESPACE) {
            type = renamed(r, type, step->from->name, step->to, NULL, true);
        }
    }
    return type;
}

/* 'users_id_seq' -> 'people_id_seq', 'public.users_id_seq' likewise; other strings as they are. */
static void put_string(ag_renames *r, ag_buf *out, const char *value, ag_str as_written) {
    const char *dot = strrchr(value, '.');
    const char *name = dot != NULL ? dot + 1 : value;
    for (size_t i = 0; i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        const ag_renameable *from = step->from;
        bool is_sequence = from->kind == AG_SEQUENCE && ag_text_eq(from->name, name);
        bool is_value = from->kind == AG_N_KINDS && ag_text_eq(from->name, value);
        if (is_sequence || is_value) {
            ag_buf text = AG_BUF_INIT;
            ag_buf_putn(&text, value, is_sequence ? (size_t)(name - value) : 0);
            ag_buf_puts(&text, step->to);
            ag_sql_quote_string(out, ag_buf_text(&text));
            ag_buf_release(&text);
            return;
        }
    }
    ag_buf_putn(out, as_written.p, as_written.n);
}

static bool renames_strings(const ag_renames *r) {
    for (size_t i = 0; i < r->steps.n; i++) {
        ag_kind kind = r->steps.items[i]->from->kind;
        if (kind == AG_SEQUENCE || kind == AG_N_KINDS) {
            return true;
        }
    }
    return false;
}

const char *ag__rename_in_strings(ag_renames *r, const char *text) {
    if (text == NULL || !renames_strings(r)) {
        return text;
    }
    ag_sql_flavor flavor = r->d->dialect->flavor;
    ag_str all = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(flavor, all);
    ag_buf out = AG_BUF_INIT;
    ag_token token = ag_lexer_next(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next(&lexer)) {
        ag_str written = ag_token_text(all, token);
        if (token.kind == AG_TOKEN_STRING) {
            put_string(r, &out, ag_token_unquote(r->d->scratch, flavor, all, token), written);
        } else {
            ag_buf_putn(&out, written.p, written.n);
        }
    }
    const char *result = ag_buf_copy(&out, r->d->scratch);
    ag_buf_release(&out);
    return result;
}

static bool has_column(const ag_table *table, const char *name) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (ag_text_ieq(table->columns.items[i]->name, name)) {
            return true;
        }
    }
    return false;
}

const char *ag__rename_in_expr(ag_renames *r, const ag_table *table, const char *expr) {
    for (size_t i = 0; expr != NULL && i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        const ag_renameable *from = step->from;
        bool is_own = table != NULL && ag__same_name(r->d, from->ns, table->ns);
        if (from->kind == AG_COLUMN && is_own && ag__same_name(r->d, from->parent, table->name)) {
            expr = renamed(r, expr, from->name, step->to, NULL, false);
        } else if (from->kind == AG_TABLE && is_own &&
                   ag__same_name(r->d, from->name, table->name) && !has_column(table, from->name)) {
            expr = renamed(r, expr, from->name, step->to, NULL, true);
        } else if (is_type(from->kind) || from->kind == AG_FUNCTION || from->kind == AG_NAMESPACE) {
            expr = renamed(r, expr, from->name, step->to, NULL, true);
        }
    }
    return ag__rename_in_strings(r, expr);
}

const char *ag__rename_in_definition(ag_renames *r, const char *text) {
    for (size_t i = 0; text != NULL && i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        ag_kind kind = step->from->kind;
        if (kind != AG_CONSTRAINT && kind != AG_INDEX && kind != AG_N_KINDS) {
            text = renamed(r, text, step->from->name, step->to, NULL, kind != AG_COLUMN);
        }
    }
    return ag__rename_in_strings(r, text);
}
