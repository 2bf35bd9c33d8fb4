/* The identifiers in a text: found and renamed. */
#include <string.h>

#include "sql/normal.h"

typedef struct name_list {
    ag_sql_flavor flavor;
    ag_str text;
    ag_tokens tokens; /* on the heap */
    ag_buf scratch;
} name_list;

static name_list names_of(ag_sql_flavor flavor, const char *text) {
    name_list names = {.flavor = flavor, .text = ag_str_of(text)};
    names.tokens = ag_sql_tokens(NULL, flavor, names.text);
    return names;
}

static void names_release(name_list *names) {
    ag_vec_release(&names->tokens);
    ag_buf_release(&names->scratch);
}

static bool is(const name_list *names, size_t i, const char *spelling) {
    return ag_token_is(names->text, names->tokens.items[i], spelling);
}

static bool is_identifier(const name_list *names, size_t i) {
    ag_token token = names->tokens.items[i];
    return token.kind == AG_TOKEN_QUOTED ||
           (token.kind == AG_TOKEN_WORD &&
            !ag_sql_is_reserved(names->flavor, ag_token_text(names->text, token)));
}

/* Compares the name of a token, in any case or as the database does. */
static bool has_name(name_list *names, size_t i, const char *name, bool any_case) {
    if (!is_identifier(names, i)) {
        return false;
    }
    ag_token token = names->tokens.items[i];
    ag_buf_clear(&names->scratch);
    ag_token_unquote_to(&names->scratch, names->flavor, names->text, token);
    ag_str found = {ag_buf_text(&names->scratch), names->scratch.n};
    bool folds = any_case || names->flavor == AG_SQL_SQLITE ||
                 (names->flavor == AG_SQL_GENERIC && token.kind == AG_TOKEN_WORD);
    return folds ? ag_str_ieq(found, name) : ag_str_eq(found, name);
}

bool ag_sql_refers_to(ag_sql_flavor flavor, const char *text, const char *name) {
    name_list names = names_of(flavor, text);
    bool is_found = false;
    for (size_t i = 0; i < names.tokens.n && !is_found; i++) {
        is_found = has_name(&names, i, name, true);
    }
    names_release(&names);
    return is_found;
}

bool ag_sql_refers_into(ag_sql_flavor flavor, const char *text, const char *ns, const char *name) {
    name_list names = names_of(flavor, text);
    bool is_found = false;
    for (size_t i = 0; i < names.tokens.n && !is_found; i++) {
        bool is_qualified = i >= 2 && is(&names, i - 1, ".") && is_identifier(&names, i - 2);
        is_found = has_name(&names, i, name, true) &&
                   (ns == NULL || !is_qualified || has_name(&names, i - 2, ns, true));
    }
    names_release(&names);
    return is_found;
}

void ag_sql_path(ag_arena *arena, ag_sql_flavor flavor, const char *text, ag_strings *out) {
    ag_str all = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(flavor, all);
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        if (token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED) {
            ag_vec_push(arena, out, ag_token_unquote(arena, flavor, all, token));
        }
    }
}

/* Index of the first part of the dotted name that each token is in. */
static size_t chain_start(const name_list *names, size_t i, size_t chain) {
    bool goes_on = i >= 2 && is(names, i - 1, ".") && is_identifier(names, i - 2);
    return goes_on ? chain : i;
}

static bool is_column(name_list *names, size_t i, size_t chain, const ag_sql_rename *rename) {
    if (is(names, i + 1, ".") || is(names, i + 1, "(")) {
        return false;
    }
    if (chain > 0 && (is(names, chain - 1, "::") || is(names, chain - 1, "as") ||
                      is(names, chain - 1, "collate") || is(names, chain - 1, "."))) {
        return false;
    }
    return chain == i || rename->qualifier == NULL ||
           has_name(names, i - 2, rename->qualifier, false);
}

static bool is_table_word(const name_list *names, size_t i) {
    static const char *const words[] = {"table",  "exists",     "into", "join",
                                        "update", "references", "on",   "only"};
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (is(names, i, words[w])) {
            return true;
        }
    }
    return is(names, i, "from") && (i == 0 || !is(names, i - 1, "distinct"));
}

/* ON UPDATE TO name: the event of a rule. */
static bool is_event(const name_list *names, size_t i) {
    return i >= 2 && is(names, i, "to") && is(names, i - 2, "on");
}

/* FROM a, namespace.name or FROM ((namespace.name JOIN …; bare names there may be columns. */
static bool is_listed(const name_list *names, size_t i) {
    return is(names, i, ",") || is(names, i, "(");
}

static bool is_table(name_list *names, size_t i, size_t chain, const ag_sql_rename *rename) {
    if (chain != i &&
        (rename->qualifier == NULL || !has_name(names, i - 2, rename->qualifier, false))) {
        return false;
    }
    bool is_of_type = rename->is_namespace && chain == i && is(names, i + 1, ".");
    if (chain > 0 && ((is(names, chain - 1, "::") && !is_of_type) || is(names, chain - 1, "."))) {
        return false;
    }
    return is(names, i + 1, ".") ||
           (chain > 0 && (is_table_word(names, chain - 1) || is_event(names, chain - 1) ||
                          (chain != i && !is(names, i + 1, "(") && is_listed(names, chain - 1))));
}

/* True when a new name at the place of token `i` could run together with the token at `other`. */
static bool would_join(const name_list *names, size_t i, size_t other) {
    const ag_token *low = &names->tokens.items[i < other ? i : other];
    if (low[0].offset + low[0].n != low[1].offset) {
        return false;
    }
    ag_token neighbour = names->tokens.items[other];
    return neighbour.kind != AG_TOKEN_END && neighbour.kind != AG_TOKEN_PUNCT &&
           (neighbour.kind != AG_TOKEN_OPERATOR || is(names, other, "&"));
}

static void put_name(ag_buf *buf, const name_list *names, size_t i, const char *name) {
    if (i > 0 && would_join(names, i, i - 1)) {
        ag_buf_putc(buf, ' ');
    }
    ag_sql_quote_ident(buf, names->flavor, name, names->tokens.items[i].kind == AG_TOKEN_QUOTED);
    if (would_join(names, i, i + 1)) {
        ag_buf_putc(buf, ' ');
    }
}

size_t ag_sql_rename_ident(ag_buf *buf, ag_sql_flavor flavor, const char *text,
                           const ag_sql_rename *rename) {
    name_list names = names_of(flavor, text);
    size_t n_renamed = 0;
    size_t copied = 0;
    size_t chain = 0;
    for (size_t i = 0; i < names.tokens.n; i++) {
        ag_token token = names.tokens.items[i];
        if (!is_identifier(&names, i)) {
            continue;
        }
        chain = chain_start(&names, i, chain);
        if (has_name(&names, i, rename->from, false) &&
            (rename->is_table ? is_table : is_column)(&names, i, chain, rename)) {
            if (chain != i && rename->to_qualifier != NULL) {
                size_t start = names.tokens.items[i - 2].offset;
                ag_buf_putn(buf, text + copied, start - copied);
                put_name(buf, &names, i - 2, rename->to_qualifier);
                copied = start + names.tokens.items[i - 2].n;
            }
            ag_buf_putn(buf, text + copied, token.offset - copied);
            put_name(buf, &names, i, rename->to);
            copied = token.offset + token.n;
            n_renamed++;
        }
    }
    ag_buf_putn(buf, text + copied, names.text.n - copied);
    names_release(&names);
    return n_renamed;
}

static bool is_part_of_name(name_list *names, size_t i, const char *name) {
    return has_name(names, i, name, false) && is(names, i + 1, ".");
}

char *ag_sql_unqualify(ag_arena *arena, ag_sql_flavor flavor, const char *text, const char *ns,
                       const char *table) {
    name_list names = names_of(flavor, text);
    ag_buf buf = AG_BUF_INIT;
    size_t from = 0;
    for (size_t i = 0; i + 4 < names.tokens.n; i++) {
        bool is_start = i == 0 || !is(&names, i - 1, ".");
        if (is_start && is_part_of_name(&names, i, ns) && is_part_of_name(&names, i + 2, table)) {
            ag_buf_putn(&buf, text + from, names.tokens.items[i].offset - from);
            from = names.tokens.items[i + 2].offset;
        }
    }
    ag_buf_puts(&buf, text + from);
    char *result = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    names_release(&names);
    return result;
}
