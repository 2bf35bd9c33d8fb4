#include "sql/cast_lists.h"

#include <string.h>

#include "sql/token.h"

typedef struct list_walk {
    ag_str text;
    ag_tokens tokens; /* on the heap; without white space */
} list_walk;

static bool is(const list_walk *w, size_t i, const char *spelling) {
    return i < w->tokens.n && ag_token_is(w->text, w->tokens.items[i], spelling);
}

static ag_token_kind kind_at(const list_walk *w, size_t i) {
    return i < w->tokens.n ? w->tokens.items[i].kind : AG_TOKEN_END;
}

static int depth_of(const list_walk *w, size_t i) {
    return (is(w, i, "(") || is(w, i, "[")) - (is(w, i, ")") || is(w, i, "]"));
}

/* The comma or bracket that ends the element. */
static size_t end_of_element(const list_walk *w, size_t i) {
    for (int depth = 0; i < w->tokens.n; i++) {
        if (depth == 0 && (is(w, i, ",") || is(w, i, "]"))) {
            break;
        }
        depth += depth_of(w, i);
    }
    return i;
}

/* Names of a type: the token behind them. */
static size_t skip_type(const list_walk *w, size_t i) {
    while (kind_at(w, i) == AG_TOKEN_WORD || kind_at(w, i) == AG_TOKEN_QUOTED || is(w, i, ".")) {
        i++;
    }
    return i;
}

/* The type of a bare number or truth value, as the server takes it. */
static const char *type_of_literal(const list_walk *w, size_t i) {
    ag_token token = w->tokens.items[i];
    const char *digits = w->text.p + token.offset;
    if (token.kind != AG_TOKEN_NUMBER) {
        return is(w, i, "true") || is(w, i, "false") ? "boolean" : NULL;
    }
    for (size_t j = 0; j < token.n; j++) {
        if (digits[j] < '0' || digits[j] > '9') {
            return "numeric";
        }
    }
    /* All of 9 digits are small enough; of 10 to 18 some are not, and are left as they are. */
    return token.n <= 9 ? "integer" : NULL;
}

/* The type that the element is cast to last, else that of a literal; none where it has a modifier.
 */
static ag_str type_of_element(const list_walk *w, size_t from, size_t to) {
    const char *literal = to == from + 1 ? type_of_literal(w, from) : NULL;
    if (literal != NULL) {
        return ag_str_of(literal);
    }
    int depth = 0;
    size_t cast = 0;
    for (size_t i = from; i < to; i++) {
        cast = depth == 0 && is(w, i, "::") ? i : cast;
        depth += depth_of(w, i);
    }
    if (cast == 0 || cast + 1 >= to || skip_type(w, cast + 1) != to) {
        return (ag_str){NULL, 0};
    }
    const ag_token *first = &w->tokens.items[cast + 1];
    const ag_token *last = &w->tokens.items[to - 1];
    return (ag_str){w->text.p + first->offset, last->offset + last->n - first->offset};
}

/* What all elements are of, `i` being behind `ARRAY[`; `end` is the closing bracket. */
static ag_str type_of_list(const list_walk *w, size_t i, size_t *end) {
    ag_str type = {NULL, 0};
    for (size_t from = i;; from = *end + 1) {
        *end = end_of_element(w, from);
        ag_str own =
            *end > from && *end < w->tokens.n ? type_of_element(w, from, *end) : (ag_str){NULL, 0};
        if (own.p == NULL ||
            (type.p != NULL && (own.n != type.n || memcmp(own.p, type.p, own.n) != 0))) {
            return (ag_str){NULL, 0};
        }
        type = own;
        if (is(w, *end, "]")) {
            return type;
        }
    }
}

/* Whether an array type follows: names and `[]`. */
static bool is_cast_to_list(const list_walk *w, size_t i) {
    size_t end = is(w, i, ")") && is(w, i + 1, "::") ? skip_type(w, i + 2) : 0;
    return end > i + 2 && is(w, end, "[") && is(w, end + 1, "]");
}

void ag_sql_put_cast_lists(ag_buf *buf, ag_str text) {
    list_walk w = {.text = text};
    size_t from = 0;
    w.tokens = ag_sql_tokens(NULL, AG_SQL_POSTGRES, text);
    for (size_t i = 0; i + 2 < w.tokens.n; i++) {
        size_t end = 0;
        if (!is(&w, i, "(") || !is(&w, i + 1, "array") || !is(&w, i + 2, "[")) {
            continue;
        }
        ag_str type = type_of_list(&w, i + 3, &end);
        if (type.p != NULL && is_cast_to_list(&w, end + 1)) {
            size_t behind = w.tokens.items[end].offset + 1;
            ag_buf_putn(buf, text.p + from, behind - from);
            ag_buf_puts(buf, "::");
            ag_buf_putn(buf, type.p, type.n);
            ag_buf_puts(buf, "[]");
            from = behind;
        }
    }
    ag_buf_putn(buf, text.p + from, text.n - from);
    ag_vec_release(&w.tokens);
}
