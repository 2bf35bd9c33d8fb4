/* Elements of indexes and constraints, and the options beside them. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

/* ---- "lower(email) desc nulls last" ---- */

typedef struct element {
    const char *column, *expr, *collation, *opclass, *order, *nulls;
} element;

typedef struct reader {
    ag_arena *arena;
    ag_sql_flavor flavor;
    ag_str text;
    ag_tokens tokens;
    size_t end; /* of what is not taken yet. */
} reader;

static bool is_token(const reader *r, size_t i, const char *word) {
    return i < r->end && ag_token_is(r->text, r->tokens.items[i], word);
}

static bool is_name(const reader *r, size_t i) {
    return i < r->end &&
           (r->tokens.items[i].kind == AG_TOKEN_WORD || r->tokens.items[i].kind == AG_TOKEN_QUOTED);
}

static const char *piece(const reader *r, size_t from, size_t to) {
    size_t start = r->tokens.items[from].offset;
    size_t end = r->tokens.items[to - 1].offset + r->tokens.items[to - 1].n;
    return ag_arena_strndup(r->arena, r->text.p + start, end - start);
}

/* The name of an identifier; words stay as written, for that is how the model has them. */
static const char *name_of(const reader *r, size_t i) {
    return r->tokens.items[i].kind == AG_TOKEN_QUOTED
               ? ag_token_unquote(r->arena, r->flavor, r->text, r->tokens.items[i])
               : piece(r, i, i + 1);
}

/* Behind the bracket that closes the one at `i`. */
static size_t behind_bracket(const reader *r, size_t i) {
    size_t depth = 0;
    for (; i < r->end; i++) {
        depth += is_token(r, i, "(") ? 1 : 0;
        if (is_token(r, i, ")") && --depth == 0) {
            return i + 1;
        }
    }
    return i;
}

/* The length of a name, a call or something in parentheses; 0 for anything else. */
static size_t primary_length(const reader *r) {
    size_t i = 0;
    while (is_name(r, i) && is_token(r, i + 1, ".") && is_name(r, i + 2)) {
        i += 2;
    }
    if (is_name(r, i)) {
        i++;
    }
    return is_token(r, i, "(") ? behind_bracket(r, i) : i > 1 ? 0 : i;
}

/* A possibly qualified name from `i` on, in the words of the JSON model; moves `i`. */
static const char *qualified(const reader *r, size_t *i) {
    size_t from = *i;
    *i += is_token(r, from + 1, ".") && is_name(r, from + 2) ? 3 : 1;
    return *i - from == 1 ? name_of(r, from) : piece(r, from, *i);
}

static void cut_order(reader *r, element *out) {
    if (r->end > 2 && is_token(r, r->end - 2, "nulls") &&
        (is_token(r, r->end - 1, "first") || is_token(r, r->end - 1, "last"))) {
        out->nulls = is_token(r, r->end - 1, "first") ? "first" : "last";
        r->end -= 2;
    }
    if (r->end > 1 && (is_token(r, r->end - 1, "asc") || is_token(r, r->end - 1, "desc"))) {
        out->order = is_token(r, r->end - 1, "desc") ? "desc" : NULL;
        r->end--;
    }
}

/* COLLATE and operator class behind a primary; false when there is something else. */
static bool take_modifiers(const reader *r, size_t i, element *out) {
    if (is_token(r, i, "collate") && is_name(r, i + 1)) {
        i++;
        out->collation = qualified(r, &i);
    }
    if (is_name(r, i)) {
        out->opclass = qualified(r, &i);
    }
    return i == r->end;
}

static element parse_element(ag_arena *arena, ag_sql_flavor flavor, const char *text) {
    element out = {NULL, NULL, NULL, NULL, NULL, NULL};
    ag_str whole = ag_str_of(text);
    reader r = {arena, flavor, whole, ag_sql_tokens(arena, flavor, whole), 0};
    r.end = r.tokens.n;
    cut_order(&r, &out);
    size_t n = primary_length(&r);
    if (n == 0 || !take_modifiers(&r, n, &out)) {
        out.collation = out.opclass = NULL;
        out.expr = r.end == 0 ? text : piece(&r, 0, r.end);
    } else if (n == 1) {
        out.column = name_of(&r, 0);
    } else if (is_token(&r, 0, "(") && n > 2) {
        out.expr = piece(&r, 1, n - 1);
    } else {
        out.expr = piece(&r, 0, n);
    }
    return out;
}

bool ag__c_is_plain_expr(ag_arena *arena, ag_sql_flavor flavor, const char *text) {
    element e = parse_element(arena, flavor, text);
    return ag_text_eq(e.expr, text) && e.order == NULL && e.nulls == NULL;
}

static void set_element(ag_c_lower *c, ag_c_node *node, const char *key, const char *text,
                        ag_loc loc) {
    if (text != NULL) {
        ag_c_set_text(c->arena, node, key, text, loc);
    }
}

static void put_element(ag_c_lower *c, ag_c_node *node, const char *text, ag_loc loc) {
    element e = parse_element(c->arena, c->flavor, text);
    set_element(c, node, "name", e.column, loc);
    set_element(c, node, "expr", e.expr, loc);
    set_element(c, node, "collation", e.collation, loc);
    set_element(c, node, "opclass", e.opclass, loc);
    set_element(c, node, "order", e.order, loc);
    set_element(c, node, "nulls", e.nulls, loc);
}

/* ---- options ---- */

typedef void (*option_fn)(ag_c_lower *c, const ag_annot *call, ag_c_node *entry);

static void set_value(ag_c_lower *c, const ag_annot *call, ag_c_node *entry, const char *key) {
    const char *value = ag__c_need_value(c, call, 0);
    if (value != NULL) {
        ag_c_set(c->arena, entry, key, value, call->loc);
    }
}

static void option_where(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    set_value(c, call, entry, "where");
}

static void option_method(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    set_value(c, call, entry, "method");
}

static void option_unique(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    ag_c_set(c->arena, entry, "unique", "true", call->loc);
}

static void option_include(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    ag_c_node *list = ag_c_member(c->arena, entry, "include", AG_C_LIST, call->loc);
    for (size_t i = 0; i < call->args.n; i++) {
        const char *name = ag__c_need_name(c, call, i);
        if (name != NULL) {
            ag_c_push_text(c->arena, list, name, call->loc);
        }
    }
}

static void option_set(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    if (call->args.n < 2) {
        ag__c_mistake(c, call->loc, "AG_OPTION takes a key of the model and its value");
        return;
    }
    ag__c_set(c, call, 0, entry);
}

/* The entry as the value for some databases only: {"sqlite": {…}}. */
static void option_only(ag_c_lower *c, const ag_annot *call, ag_c_node *entry) {
    const ag_c_node whole = *entry;
    entry->items.items = NULL;
    entry->items.n = entry->items.cap = 0;
    for (size_t i = 0; i < call->args.n; i++) {
        const char *name = ag__c_need_dialect(c, call, i);
        if (name != NULL) {
            ag_c_node *copy = ag_c_member(c->arena, entry, name, AG_C_OBJECT, call->loc);
            copy->items = whole.items;
        }
    }
}

static const struct {
    const char *name, *macro;
    option_fn take;
} options[] = {
    {"ag_where", "AG_WHERE", option_where},          {"ag_method", "AG_METHOD", option_method},
    {"ag_unique", "AG_UNIQUE_INDEX", option_unique}, {"ag_include", "AG_INCLUDE", option_include},
    {"ag_option", "AG_OPTION", option_set},          {"ag_only", "AG_ONLY", option_only},
};
enum { N_OPTIONS = sizeof options / sizeof options[0], ONLY = N_OPTIONS - 1 };

static size_t option_of(const ag_arg *arg) {
    size_t i = 0;
    while (i < N_OPTIONS && !ag_c_is_call(arg, options[i].name)) {
        i++;
    }
    return i;
}

/* True when the argument was an option. */
static bool take_option(ag_c_lower *c, const ag_annot *annot, const ag_arg *arg, ag_c_node *entry) {
    size_t i = option_of(arg);
    if (i == N_OPTIONS) {
        return false;
    }
    const ag_annot call = {
        .id = annot->id, .args = arg->args, .option = options[i].macro, .loc = annot->loc};
    options[i].take(c, &call, entry);
    return true;
}

/* AG_ONLY comes last: it wraps what the others made. */
static void take_only(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry) {
    for (size_t i = from; i < annot->args.n; i++) {
        if (option_of(&annot->args.items[i]) == ONLY) {
            (void)take_option(c, annot, &annot->args.items[i], entry);
            return;
        }
    }
}

void ag__c_options(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry) {
    for (size_t i = from; i < annot->args.n; i++) {
        const ag_arg *arg = &annot->args.items[i];
        if (option_of(arg) != ONLY && !take_option(c, annot, arg, entry)) {
            ag_hint(ag__c_mistake(c, annot->loc, "%s: \"%s\" is no option",
                                  ag_annot_macro(annot->id), arg->source),
                    "options are AG_WHERE, AG_UNIQUE_INDEX, AG_METHOD, AG_INCLUDE, AG_ONLY and"
                    " AG_OPTION(key, value)");
        }
    }
    take_only(c, annot, from, entry);
}

/* ---- elements ---- */

static void put_expr(ag_c_lower *c, const ag_annot *annot, const ag_arg *call, ag_c_node *node) {
    const char *value = ag_c_values(c->arena, &call->args, 0);
    if (value == NULL) {
        ag__c_mistake(c, annot->loc, "AG_EXPR takes one expression, or one for each database");
        return;
    }
    ag_c_set(c->arena, node, "expr", value, annot->loc);
}

/* The column or expression of an element. */
static void put_subject(ag_c_lower *c, const ag_annot *annot, const ag_arg *arg, ag_c_node *node) {
    if (arg->kind == AG_ARG_WORD || (arg->word != NULL && arg->kind != AG_ARG_TEXT)) {
        ag_c_set_text(c->arena, node, "name", ag_c_name(arg), annot->loc);
    } else if (ag_c_is_call(arg, "ag_expr")) {
        put_expr(c, annot, arg, node);
    } else if (arg->kind == AG_ARG_EMPTY || *arg->source == '\0') {
        ag__c_mistake(c, annot->loc, "%s: an element is empty", ag_annot_macro(annot->id));
    } else {
        put_element(c, node, arg->kind == AG_ARG_TEXT ? arg->text : arg->source, annot->loc);
    }
}

void ag__c_element(ag_c_lower *c, const ag_annot *annot, const ag_arg *arg, ag_c_node *list) {
    ag_c_node *node = ag_c_push_object(c->arena, list, annot->loc);
    if (!ag_c_is_call(arg, "ag_key")) {
        put_subject(c, annot, arg, node);
        return;
    }
    if (arg->args.n == 0) {
        ag__c_mistake(c, annot->loc, "AG_KEY takes a column or an expression");
        return;
    }
    put_subject(c, annot, &arg->args.items[0], node);
    const ag_annot call = {.id = annot->id, .args = arg->args, .loc = annot->loc};
    ag__c_options(c, &call, 1, node);
}

void ag__c_elements(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry,
                    ag_c_node *columns) {
    for (size_t i = from; i < annot->args.n; i++) {
        const ag_arg *arg = &annot->args.items[i];
        if (option_of(arg) != ONLY && !take_option(c, annot, arg, entry)) {
            ag__c_element(c, annot, arg, columns);
        }
    }
    take_only(c, annot, from, entry);
}
