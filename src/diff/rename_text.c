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

/* The place of a name among the tokens of a text. */
typedef bool (*place)(ag_str text, const ag_tokens *tokens, size_t i);

static bool is_spelt(ag_str text, const ag_tokens *tokens, size_t i, const char *spelling) {
    return ag_token_is(text, tokens->items[i], spelling);
}

/* The token before a name and its namespace, if it has one; `i` itself when there is none. */
static size_t before_name(ag_str text, const ag_tokens *tokens, size_t i) {
    size_t start = i >= 2 && is_spelt(text, tokens, i - 1, ".") ? i - 2 : i;
    return start > 0 ? start - 1 : i;
}

/* x::name and x::namespace.name */
static bool is_cast(ag_str text, const ag_tokens *tokens, size_t i) {
    return is_spelt(text, tokens, before_name(text, tokens, i), "::");
}

/* CREATE VIEW name, CREATE TRIGGER IF NOT EXISTS name */
static bool is_creation(ag_str text, const ag_tokens *tokens, size_t i) {
    static const char *const words[] = {"view", "trigger",   "function",  "procedure", "policy",
                                        "rule", "aggregate", "collation", "exists"};
    size_t before = before_name(text, tokens, i);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        if (before != i && is_spelt(text, tokens, before, words[w])) {
            return true;
        }
    }
    return false;
}

static bool is_call(ag_str text, const ag_tokens *tokens, size_t i) {
    return is_spelt(text, tokens, i + 1, "(");
}

/* COLLATE name, COLLATE namespace.name */
static bool is_collation(ag_str text, const ag_tokens *tokens, size_t i) {
    size_t before = before_name(text, tokens, i);
    return before != i && is_spelt(text, tokens, before, "collate");
}

static const char *renamed_at(ag_renames *r, const char *text, const char *from, const char *to,
                              place fits) {
    ag_sql_flavor flavor = r->d->dialect->flavor;
    ag_str all = ag_str_of(text);
    ag_tokens tokens = ag_sql_tokens(r->d->scratch, flavor, all);
    ag_buf out = AG_BUF_INIT;
    size_t copied = 0;
    for (size_t i = 0; i < tokens.n; i++) {
        ag_token token = tokens.items[i];
        bool is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        if (is_name && fits(all, &tokens, i) &&
            ag__same_name(r->d, ag_token_unquote(r->d->scratch, flavor, all, token), from)) {
            ag_buf_putn(&out, text + copied, token.offset - copied);
            ag_sql_quote_ident(&out, flavor, to, token.kind == AG_TOKEN_QUOTED);
            copied = token.offset + token.n;
        }
    }
    ag_buf_putn(&out, text + copied, all.n - copied);
    const char *result = copied > 0 ? ag_buf_copy(&out, r->d->scratch) : text;
    ag_buf_release(&out);
    return result;
}

static bool is_type(ag_kind kind) {
    return kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE;
}

const char *ag__rename_in_type(ag_renames *r, const char *type) {
    for (size_t i = 0; type != NULL && i < r->in_any_text.n; i++) {
        const ag_rename_step *step = r->in_any_text.items[i];
        if (is_type(step->from->kind)) {
            type = renamed(r, type, step->from->name, step->to, step->from->ns, false);
        } else if (step->from->kind == AG_NAMESPACE) {
            type = renamed(r, type, step->from->name, step->to, NULL, true);
        }
    }
    return type;
}

/* The bare name of the type that what the lexer has just read is cast to; NULL when it is not. */
static const char *cast_behind(ag_renames *r, ag_str all, ag_lexer lexer) {
    ag_token token = ag_lexer_next_solid(&lexer);
    const char *name = NULL;
    bool goes_on = ag_token_is(all, token, "::");
    while (goes_on) {
        token = ag_lexer_next_solid(&lexer);
        bool is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        name = is_name ? ag_token_unquote(r->d->scratch, r->d->dialect->flavor, all, token) : name;
        token = ag_lexer_next_solid(&lexer);
        goes_on = is_name && ag_token_is(all, token, ".");
    }
    return name;
}

/* Whether a string that is cast to this type, or to none, may be a value of the enum. */
static bool may_be_value(ag_renames *r, const ag_renameable *value, const char *cast) {
    return cast == NULL || ag_text_eq(cast, value->parent) ||
           ag_text_eq(cast, ag__new_name(r, AG_ENUM, value->ns, NULL, value->parent));
}

/* 'users_id_seq' -> 'people_id_seq', 'public.users_id_seq' likewise; other strings as they are. */
static void put_string(ag_renames *r, ag_buf *out, const char *value, const char *cast,
                       ag_str as_written) {
    const char *dot = strrchr(value, '.');
    const char *name = dot != NULL ? dot + 1 : value;
    for (size_t i = 0; i < r->in_strings.n; i++) {
        const ag_rename_step *step = r->in_strings.items[i];
        const ag_renameable *from = step->from;
        bool is_sequence = from->kind == AG_SEQUENCE && ag_text_eq(from->name, name);
        bool is_value = from->kind == AG_N_KINDS && ag_text_eq(from->name, value) &&
                        may_be_value(r, from, cast);
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

const char *ag__rename_in_strings(ag_renames *r, const char *text) {
    if (text == NULL || r->in_strings.n == 0) {
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
            put_string(r, &out, ag_token_unquote(r->d->scratch, flavor, all, token),
                       cast_behind(r, all, lexer), written);
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

/* What an expression may name wherever it stands: types, functions, namespaces. */
static const char *renamed_global(ag_renames *r, const char *text, const ag_rename_step *step) {
    const ag_renameable *from = step->from;
    if (is_type(from->kind)) {
        return renamed_at(r, text, from->name, step->to, is_cast);
    }
    if (from->kind == AG_FUNCTION) {
        return renamed_at(r, text, from->name, step->to, is_call);
    }
    if (from->kind == AG_COLLATION) {
        return renamed_at(r, text, from->name, step->to, is_collation);
    }
    return from->kind == AG_NAMESPACE ? renamed(r, text, from->name, step->to, NULL, true) : text;
}

/* Its own columns and its own name, in an expression of a table. */
static const char *renamed_own(ag_renames *r, const ag_table *table, const char *expr) {
    const ag_rename_steps *columns = ag__column_steps(r, table);
    for (size_t i = 0; columns != NULL && i < columns->n; i++) {
        const ag_rename_step *step = columns->items[i];
        expr = renamed(r, expr, step->from->name, step->to, NULL, false);
    }
    const ag_rename_step *own = ag__rename_step_of(r, AG_TABLE, table->ns, NULL, table->name);
    return own == NULL || has_column(table, table->name)
               ? expr
               : renamed(r, expr, table->name, own->to, NULL, true);
}

const char *ag__rename_in_expr(ag_renames *r, const ag_table *table, const char *expr) {
    if (expr == NULL) {
        return NULL;
    }
    if (table != NULL) {
        expr = renamed_own(r, table, expr);
    }
    for (size_t i = 0; i < r->in_any_text.n; i++) {
        expr = renamed_global(r, expr, r->in_any_text.items[i]);
    }
    return ag__rename_in_strings(r, expr);
}

/* The identifiers of a text in lower case: few steps of many concern any one definition. */
static void list_words(ag_renames *r, const char *text, ag_map *out) {
    ag_sql_flavor flavor = r->d->dialect->flavor;
    ag_str all = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(flavor, all);
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        if (token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED) {
            const char *name = ag_token_unquote(r->d->scratch, flavor, all, token);
            ag_map_put(out, ag_text_lower(r->d->scratch, name), r);
        }
    }
}

static bool has_word(ag_renames *r, const ag_map *words, const char *name) {
    ag_arena_mark mark = ag_arena_mark_now(r->d->scratch);
    bool is_there = ag_map_has(words, ag_text_lower(r->d->scratch, name));
    ag_arena_reset(r->d->scratch, mark);
    return is_there;
}

bool ag__mentions_column_step(ag_renames *r, const char *text) {
    ag_map words = AG_MAP_INIT;
    bool is_there = false;
    if (text != NULL && r->of_columns.n > 0) {
        list_words(r, text, &words);
    }
    for (size_t i = 0; i < r->in_texts.n && !is_there && words.n > 0; i++) {
        const ag_renameable *from = r->in_texts.items[i]->from;
        is_there = from->kind == AG_COLUMN && has_word(r, &words, from->name);
    }
    ag_map_release(&words);
    return is_there;
}

/* A relation is named with its namespace or without. */
static const char *renamed_relation(ag_renames *r, const char *text, const ag_rename_step *step) {
    return renamed(r, text, step->from->name, step->to, step->from->ns, true);
}

static bool is_relation(ag_kind kind) {
    return kind == AG_TABLE || kind == AG_VIEW || kind == AG_MATVIEW || kind == AG_SEQUENCE;
}

const char *ag__rename_in_head(ag_renames *r, const char *text) {
    for (size_t i = 0; text != NULL && i < r->in_texts.n; i++) {
        const ag_rename_step *step = r->in_texts.items[i];
        const ag_renameable *from = step->from;
        if (is_type(from->kind) || (is_relation(from->kind) && from->kind != AG_SEQUENCE)) {
            text = renamed(r, text, from->name, step->to, from->ns, false);
        } else if (from->kind == AG_NAMESPACE) {
            text = renamed(r, text, from->name, step->to, NULL, true);
        }
    }
    return text;
}

static const char *renamed_in_definition(ag_renames *r, const char *text,
                                         const ag_rename_step *step) {
    if (is_relation(step->from->kind)) {
        return renamed_relation(r, text, step);
    }
    return step->from->kind == AG_COLUMN ? renamed(r, text, step->from->name, step->to, NULL, false)
                                         : renamed_global(r, text, step);
}

/* In what belongs to a table, a bare name is that of its own column before any other's. */
static bool is_of_another(const ag_table *own, const ag_renameable *column) {
    return own != NULL && column->kind == AG_COLUMN && has_column(own, column->name) &&
           !(ag_text_eq(column->parent, own->name) && ag_text_eq(column->ns, own->ns));
}

const char *ag__rename_in_definition(ag_renames *r, const ag_table *own, const char *text) {
    if (text == NULL) {
        return NULL;
    }
    ag_map words = AG_MAP_INIT;
    list_words(r, text, &words);
    for (size_t i = 0; i < r->in_texts.n; i++) {
        const ag_rename_step *step = r->in_texts.items[i];
        if (has_word(r, &words, step->from->name) && !is_of_another(own, step->from)) {
            text = renamed_in_definition(r, text, step);
        }
    }
    ag_map_release(&words);
    return ag__rename_in_strings(r, text);
}

const char *ag__rename_created(ag_renames *r, const char *text, const char *from, const char *to) {
    return text == NULL || strcmp(from, to) == 0 ? text
                                                 : renamed_at(r, text, from, to, is_creation);
}

static const char *renamed_path(ag_renames *r, ag_kind kind, const char *text) {
    const ag_dialect *dialect = r->d->dialect;
    ag_strings path = {NULL, 0, 0};
    ag_sql_path(r->d->scratch, dialect->flavor, text, &path);
    if (path.n == 0 || path.n > 2) {
        return text;
    }
    const char *ns = path.n == 2 ? path.items[0] : NULL;
    const char *name = path.items[path.n - 1];
    return ag_dialect_name(r->d->scratch, dialect, ag__new_namespace(r, ns),
                           ag__new_name(r, kind, ns, NULL, name));
}

const char *ag__rename_in_reference(ag_renames *r, const char *text) {
    return renamed_path(r, AG_TABLE, text);
}

const char *ag__rename_in_collation(ag_renames *r, const char *text) {
    bool is_own = text != NULL && strchr(text, '.') != NULL; /* the server's have no namespace */
    return is_own && r->in_any_text.n > 0 ? renamed_path(r, AG_COLLATION, text) : text;
}
