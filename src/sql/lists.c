#include "sql/lists.h"

#include <string.h>

#include "sql/token.h"

typedef struct list_walk {
    ag_buf *buf;
    ag_str text;
    ag_tokens tokens; /* on the heap */
    size_t from;      /* what is in front is written */
} list_walk;

static bool is(const list_walk *w, size_t i, const char *spelling) {
    return i < w->tokens.n && ag_token_is(w->text, w->tokens.items[i], spelling);
}

/* True when the tokens from i on are these. */
static bool are(const list_walk *w, size_t i, const char *const *spellings, size_t n) {
    for (size_t k = 0; k < n; k++) {
        if (!is(w, i + k, spellings[k])) {
            return false;
        }
    }
    return true;
}

#define ARE(w, i, ...)                                                                             \
    are(w, i, (const char *const[]){__VA_ARGS__},                                                  \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static size_t end_of(const list_walk *w, size_t i) {
    return w->tokens.items[i].offset + w->tokens.items[i].n;
}

static bool is_string(const list_walk *w, size_t i) {
    return i < w->tokens.n && w->tokens.items[i].kind == AG_TOKEN_STRING;
}

static void put_up_to(list_walk *w, size_t end) {
    ag_buf_putn(w->buf, w->text.p + w->from, end - w->from);
    w->from = end;
}

/* 'a'::character varying, …]: the token behind, or 0. */
static size_t skip_elements(const list_walk *w, size_t i) {
    for (;; i += 5) {
        if (!is_string(w, i) || !ARE(w, i + 1, "::", "character", "varying")) {
            return 0;
        }
        if (is(w, i + 4, "]")) {
            return i + 5;
        }
        if (!is(w, i + 4, ",")) {
            return 0;
        }
    }
}

/* ('a'::character varying)::text, …]: the token behind, or 0. */
static size_t skip_cast_elements(const list_walk *w, size_t i) {
    for (;; i += 9) {
        if (!is(w, i, "(") || !is_string(w, i + 1) ||
            !ARE(w, i + 2, "::", "character", "varying", ")", "::", "text")) {
            return 0;
        }
        if (is(w, i + 8, "]")) {
            return i + 9;
        }
        if (!is(w, i + 8, ",")) {
            return 0;
        }
    }
}

/* The list as a whole is cast: `first` is the parenthesis around it. */
static void put_cast_list(list_walk *w, size_t first) {
    size_t end = ARE(w, first, "(", "array", "[") ? skip_elements(w, first + 3) : 0;
    if (end == 0 || !ARE(w, end, ")", "::", "text", "[", "]")) {
        return;
    }
    put_up_to(w, w->tokens.items[first].offset);
    w->from = w->tokens.items[first + 1].offset;
    put_up_to(w, end_of(w, end - 1));
    w->from = end_of(w, end + 4);
}

/* Every element is cast: `first` is the word ARRAY. */
static void put_list_of_casts(list_walk *w, size_t first) {
    size_t end = ARE(w, first, "array", "[") ? skip_cast_elements(w, first + 2) : 0;
    for (size_t i = first + 2; i < end; i += 9) {
        put_up_to(w, w->tokens.items[i].offset);
        w->from = w->tokens.items[i + 1].offset;
        put_up_to(w, end_of(w, i + 4));
        w->from = end_of(w, i + 7);
    }
}

void ag_sql_put_plain_lists(ag_buf *buf, const char *text, ag_sql_lists which) {
    list_walk w = {.buf = buf, .text = ag_str_of(text)};
    w.tokens = ag_sql_tokens(NULL, AG_SQL_POSTGRES, w.text);
    /* (v)::text = ANY ( */
    for (size_t i = 3; i + 2 < w.tokens.n; i++) {
        if ((is(&w, i, "any") || is(&w, i, "all")) && is(&w, i + 1, "(") &&
            ARE(&w, i - 3, "::", "text")) {
            put_cast_list(&w, i + 2);
            if (which == AG_SQL_LISTS_ALL) {
                put_list_of_casts(&w, i + 2);
            }
        }
    }
    put_up_to(&w, w.text.n);
    ag_vec_release(&w.tokens);
}

bool ag_sql_may_have_lists(const char *text) {
    return strstr(text, "ARRAY[") != NULL && strstr(text, "::character varying") != NULL;
}
