/* Renames inside SQL texts: expressions, types, definitions. */
#include <string.h>

#include "base/str.h"
#include "diff/rename.h"
#include "sql/normal.h"
#include "sql/token.h"

static const char *rename_in(ag_renames *r, const char *text, const ag_sql_rename *rename) {
    ag_buf buf = AG_BUF_INIT;
    size_t n = ag_sql_rename_ident(&buf, r->d->dialect->flavor, text, rename);
    const char *result = n > 0 ? ag_buf_copy(&buf, r->d->scratch) : text;
    ag_buf_release(&buf);
    return result;
}

/* Columns, and what is named without a namespace. */
static const char *renamed_bare(ag_renames *r, const char *text, const char *from, const char *to,
                                bool is_table) {
    return rename_in(r, text, &(ag_sql_rename){.from = from, .to = to, .is_table = is_table});
}

/* Something of a namespace, named with it or without. */
static const char *renamed(ag_renames *r, const char *text, const ag_rename_step *step,
                           bool is_table) {
    bool moves = !ag_text_eq(step->text_ns, step->to_ns);
    return rename_in(r, text,
                     &(ag_sql_rename){.from = step->from->name,
                                      .to = step->to,
                                      .qualifier = step->text_ns,
                                      .to_qualifier = moves ? step->to_ns : NULL,
                                      .is_table = is_table});
}

static const char *renamed_namespace(ag_renames *r, const char *text, const ag_rename_step *step) {
    return rename_in(
        r, text,
        &(ag_sql_rename){
            .from = step->from->name, .to = step->to, .is_table = true, .is_namespace = true});
}

/* The place of a name among the tokens of a text. */
typedef bool (*spot)(ag_str text, const ag_tokens *tokens, size_t i);

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
    static const char *const words[] = {"view",      "trigger",   "function", "procedure",
                                        "policy",    "rule",      "type",     "statistics",
                                        "aggregate", "collation", "exists"};
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

/* Something named with its namespace, wherever that stands. */
static bool is_qualified(ag_str text, const ag_tokens *tokens, size_t i) {
    return i >= 2 && is_spelt(text, tokens, i - 1, ".");
}

/* What is found in a text is replaced by this. */
typedef struct successor {
    const char *ns, *name;       /* in the text */
    const char *to_ns, *to_name; /* to_ns: NULL leaves the namespace alone */
} successor;

static bool has_name(ag_renames *r, ag_str text, ag_token token, const char *name) {
    bool is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
    return is_name &&
           ag__same_name(r->d, ag_token_unquote(r->d->scratch, r->d->dialect->flavor, text, token),
                         name);
}

static void put_for(ag_buf *out, ag_sql_flavor flavor, ag_str text, ag_token token, size_t *copied,
                    const char *name) {
    ag_buf_putn(out, text.p + *copied, token.offset - *copied);
    ag_sql_quote_ident(out, flavor, name, token.kind == AG_TOKEN_QUOTED);
    *copied = token.offset + token.n;
}

static const char *renamed_at(ag_renames *r, const char *text, const successor *by, spot fits) {
    ag_sql_flavor flavor = r->d->dialect->flavor;
    ag_str all = ag_str_of(text);
    ag_tokens tokens = ag_sql_tokens(r->d->scratch, flavor, all);
    ag_buf out = AG_BUF_INIT;
    size_t copied = 0;
    for (size_t i = 0; i < tokens.n; i++) {
        if (!has_name(r, all, tokens.items[i], by->name) || !fits(all, &tokens, i)) {
            continue;
        }
        bool has_ns = is_qualified(all, &tokens, i);
        if (has_ns && by->ns != NULL && !has_name(r, all, tokens.items[i - 2], by->ns)) {
            continue;
        }
        if (has_ns && by->to_ns != NULL) {
            put_for(&out, flavor, all, tokens.items[i - 2], &copied, by->to_ns);
        }
        put_for(&out, flavor, all, tokens.items[i], &copied, by->to_name);
    }
    ag_buf_putn(&out, text + copied, all.n - copied);
    const char *result = copied > 0 ? ag_buf_copy(&out, r->d->scratch) : text;
    ag_buf_release(&out);
    return result;
}

static const char *renamed_where(ag_renames *r, const char *text, const ag_rename_step *step,
                                 spot fits) {
    successor by = {step->text_ns, step->from->name, step->to_ns, step->to};
    return renamed_at(r, text, &by, fits);
}

static const char *renamed_type(ag_renames *r, const char *text, const ag_rename_step *step) {
    return step->from->kind == AG_NAMESPACE ? renamed_namespace(r, text, step)
                                            : renamed(r, text, step, false);
}

const char *ag__rename_in_type(ag_renames *r, const char *type) {
    for (size_t i = 0; type != NULL && i < r->in_types.n; i++) {
        type = renamed_type(r, type, r->in_types.items[i]);
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

/* Whether a string names what a step renames: a sequence anywhere, other relations where they are
 * cast to one. */
static bool names_relation(ag_renames *r, const ag_rename_step *step, const char *value,
                           const char *cast) {
    const ag_renameable *from = step->from;
    if (from->kind == AG_N_KINDS || (from->kind != AG_SEQUENCE && !ag_text_eq(cast, "regclass"))) {
        return false;
    }
    ag_strings path = {NULL, 0, 0};
    ag_sql_path(r->d->scratch, r->d->dialect->flavor, value, &path);
    return (path.n == 1 || (path.n == 2 && ag_text_eq(path.items[0], step->text_ns))) &&
           ag_text_eq(path.items[path.n - 1], from->name);
}

static void put_relation(ag_renames *r, ag_buf *out, const ag_rename_step *step,
                         const char *value) {
    ag_strings path = {NULL, 0, 0};
    ag_sql_path(r->d->scratch, r->d->dialect->flavor, value, &path);
    const char *ns = path.n == 2 ? step->to_ns : NULL;
    ag_sql_quote_string(out, ag_dialect_name(r->d->scratch, r->d->dialect, ns, step->to));
}

/* 'users_id_seq' -> 'people_id_seq', 'public.users_id_seq' likewise; other strings as they are. */
static void put_string(ag_renames *r, ag_buf *out, const char *value, const char *cast,
                       ag_str as_written) {
    for (size_t i = 0; i < r->in_strings.n; i++) {
        const ag_rename_step *step = r->in_strings.items[i];
        const ag_renameable *from = step->from;
        if (names_relation(r, step, value, cast)) {
            put_relation(r, out, step, value);
            return;
        }
        if (from->kind == AG_N_KINDS && ag_text_eq(from->name, value) &&
            may_be_value(r, from, cast)) {
            ag_sql_quote_string(out, step->to);
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
    ag_kind kind = step->from->kind;
    if (kind == AG_NAMESPACE) {
        return renamed_namespace(r, text, step);
    }
    spot fits = ag__is_type(kind)                             ? is_cast
                : kind == AG_FUNCTION || kind == AG_AGGREGATE ? is_call
                : kind == AG_COLLATION                        ? is_collation
                                                              : NULL;
    return fits == NULL ? text : renamed_where(r, text, step, fits);
}

/* Its own columns and its own name, in an expression of a table. */
static const char *renamed_own(ag_renames *r, const ag_table *table, const char *expr) {
    const ag_rename_steps *columns = ag__column_steps(r, table);
    for (size_t i = 0; columns != NULL && i < columns->n; i++) {
        const ag_rename_step *step = columns->items[i];
        expr = renamed_bare(r, expr, step->from->name, step->to, false);
    }
    const ag_rename_step *own = ag__rename_step_of(r, AG_TABLE, table->ns, NULL, table->name);
    return own == NULL || has_column(table, table->name)
               ? expr
               : renamed_bare(r, expr, table->name, own->to, true);
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

const char *ag__rename_in_head(ag_renames *r, const char *text) {
    return ag__rename_in_type(r, text);
}

static const char *renamed_in_definition(ag_renames *r, const char *text,
                                         const ag_rename_step *step) {
    if (ag__is_relation(step->from->kind)) {
        return renamed(r, text, step, true);
    }
    return step->from->kind == AG_COLUMN ? renamed_bare(r, text, step->from->name, step->to, false)
                                         : renamed_global(r, text, step);
}

const char *ag__rename_qualified(ag_renames *r, const char *text) {
    for (size_t i = 0; text != NULL && i < r->in_any_text.n; i++) {
        const ag_rename_step *step = r->in_any_text.items[i];
        text = step->from->kind == AG_NAMESPACE ? renamed_namespace(r, text, step)
                                                : renamed_where(r, text, step, is_qualified);
    }
    return text;
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
        bool may_be_there = step->is_second_half || has_word(r, &words, step->from->name);
        if (may_be_there && !is_of_another(own, step->from)) {
            text = renamed_in_definition(r, text, step);
        }
    }
    ag_map_release(&words);
    return ag__rename_in_strings(r, text);
}

const char *ag__rename_created(ag_renames *r, const char *text, const ag_object *from,
                               ag_place to) {
    if (text == NULL || (ag_text_eq(from->name, to.name) && ag_text_eq(from->ns, to.ns))) {
        return text;
    }
    successor by = {from->ns, from->name, to.ns, to.name};
    return renamed_at(r, text, &by, is_creation);
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
    ag_place place = ag__new_place(r, kind, ns, name);
    return ag_dialect_name(r->d->scratch, dialect, place.ns, place.name);
}

const char *ag__rename_in_reference(ag_renames *r, const char *text) {
    return renamed_path(r, AG_TABLE, text);
}

const char *ag__rename_in_collation(ag_renames *r, const char *text) {
    bool is_own = text != NULL && strchr(text, '.') != NULL; /* the server's have no namespace */
    return is_own && r->in_any_text.n > 0 ? renamed_path(r, AG_COLLATION, text) : text;
}
