#include "template/parser.h"

#include <string.h>

typedef struct parser {
    ag_lexer *lexer;
    unsigned depth; /* of recursion */
} parser;

static bool parse_choice(parser *p, ag_expr **out);

static bool at_word(const ag_lexer *lexer, const char *word) {
    return lexer->token.kind == AG_TOKEN_NAME && ag__lexer_at(lexer, word);
}

static bool is_keyword(ag_str name) {
    static const char *const keywords[] = {"and",    "or",    "not", "in",     "is",   "if",
                                           "else",   "elif",  "for", "None",   "True", "False",
                                           "lambda", "while", "def", "import", "from"};
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (ag_str_eq(name, keywords[i])) {
            return true;
        }
    }
    return false;
}

/* What people write who know other languages, or more of Python than there is here. */
static const char *hint_for(const ag_token *token) {
    static const char *const hints[][2] = {
        {"=", "compare with =="},
        {"&&", "write \"and\""},
        {"||", "write \"or\""},
        {"!", "write \"not\""},
        {"?", "write \"a if condition else b\""},
        {"*", "of the arithmetic operators there is only +"},
        {"/", "of the arithmetic operators there is only +"},
        {"%", "of the arithmetic operators there is only +"},
        {"-", "of the arithmetic operators there is only +"},
        {"**", "of the arithmetic operators there is only +"},
        {"//", "of the arithmetic operators there is only +"},
        {"{", "dicts are not part of the template language"},
        {"for", "comprehensions are not part of the template language; use % for"},
        {"lambda", "functions cannot be defined in a template"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        if (token->kind != AG_TOKEN_STRING && ag_str_eq(token->text, hints[i][0])) {
            return hints[i][1];
        }
    }
    return NULL;
}

bool ag__parse_unexpected(ag_lexer *lexer, const char *expected) {
    const ag_token *token = &lexer->token;
    if (token->kind == AG_TOKEN_END) {
        return ag__template_fail(lexer->tmpl, token->at, lexer->err, "expected %s", expected);
    }
    int n = token->text.n > 60 ? 60 : (int)token->text.n;
    (void)ag__template_fail(lexer->tmpl, token->at, lexer->err, "expected %s, not %s%.*s%s",
                            expected, token->kind == AG_TOKEN_STRING ? "" : "\"", n, token->text.p,
                            token->kind == AG_TOKEN_STRING ? "" : "\"");
    const char *hint = hint_for(token);
    if (hint != NULL) {
        (void)ag_hint(lexer->err, "%s", hint);
    }
    return false;
}

bool ag__parse_name(ag_lexer *lexer, const char *what, const char **name) {
    if (lexer->token.kind != AG_TOKEN_NAME || is_keyword(lexer->token.text)) {
        return ag__parse_unexpected(lexer, what);
    }
    *name = ag_arena_strndup(lexer->arena, lexer->token.text.p, lexer->token.text.n);
    return ag__lexer_next(lexer);
}

bool ag__parse_hint_function(ag_lexer *lexer, ag_str name, bool (*fits)(const ag_function *f)) {
    ag_strings known = {NULL, 0, 0};
    for (size_t i = 0; i < ag__n_functions; i++) {
        if (fits(&ag__functions[i])) {
            ag_vec_push(lexer->arena, &known, ag__functions[i].name);
        }
    }
    const char *word = ag_arena_strndup(lexer->arena, name.p, name.n);
    const char *near = ag_did_you_mean(word, known.items, known.n);
    if (near != NULL) {
        return ag_hint(lexer->err, "did you mean \"%s\"?", near);
    }
    char *list = ag_arena_strdup(lexer->arena, "");
    for (size_t i = 0; i < known.n; i++) {
        list = ag_arena_printf(lexer->arena, "%s%s%s", list, i == 0 ? "" : ", ", known.items[i]);
    }
    return ag_hint(lexer->err, "there are: %s", list);
}

static bool too_deep(parser *p, size_t at) {
    return ag__template_fail(p->lexer->tmpl, at, p->lexer->err,
                             "the expression is nested too deeply (more than %d levels)",
                             AG_TEMPLATE_DEPTH);
}

static ag_expr *make(parser *p, ag_expr_kind kind, size_t at) {
    ag_expr *expr = ag_arena_new_of(p->lexer->arena, ag_expr);
    expr->kind = kind;
    expr->at = at;
    expr->depth = 1;
    return expr;
}

static bool add_part(parser *p, ag_expr *expr, const ag_expr *part) {
    ag_vec_push(p->lexer->arena, &expr->parts, part);
    if (part->depth >= expr->depth) {
        expr->depth = part->depth + 1;
    }
    return expr->depth <= AG_TEMPLATE_DEPTH || too_deep(p, expr->at);
}

static void add_operator(parser *p, ag_expr *expr, ag_compare_kind kind, size_t at) {
    ag_compare operator= {.kind = kind, .at = at};
    ag_vec_push(p->lexer->arena, &expr->operators, operator);
}

static bool expect(parser *p, const char *sign, const char *expected) {
    if (!ag__lexer_at(p->lexer, sign)) {
        return ag__parse_unexpected(p->lexer, expected);
    }
    return ag__lexer_next(p->lexer);
}

/* Items up to the closing sign; the opening one was passed. A comma may end the list. */
static bool parse_items(parser *p, ag_expr *into, const char *close, const char *expected) {
    while (!ag__lexer_at(p->lexer, close)) {
        ag_expr *item;
        if (!parse_choice(p, &item) || !add_part(p, into, item)) {
            return false;
        }
        if (!ag__lexer_at(p->lexer, ",")) {
            break;
        }
        if (!ag__lexer_next(p->lexer)) {
            return false;
        }
    }
    return expect(p, close, expected);
}

static bool parse_strings(parser *p, ag_expr *expr) {
    ag_buf text = AG_BUF_INIT;
    bool ok = true;
    while (ok && p->lexer->token.kind == AG_TOKEN_STRING) { /* "a" "b" is "ab" */
        ag_buf_putn(&text, p->lexer->token.string.p, p->lexer->token.string.n);
        ok = ag__lexer_next(p->lexer);
    }
    expr->constant = ag_value_stringn(p->lexer->arena, ag_buf_text(&text), text.n);
    ag_buf_release(&text);
    return ok;
}

static bool parse_named_constant(parser *p, ag_expr *expr) {
    ag_lexer *lexer = p->lexer;
    if (at_word(lexer, "None")) {
        expr->constant = ag_value_none(lexer->arena);
    } else {
        expr->constant = ag_value_bool(lexer->arena, at_word(lexer, "True"));
    }
    return ag__lexer_next(lexer);
}

static bool is_function(const ag_function *f) {
    return f->is_function;
}

static bool is_method(const ag_function *f) {
    return f->is_method;
}

/* The arguments of a call, the "(" being current; `self` is what a method is called on. */
static bool parse_call(parser *p, ag_str name, size_t at, const ag_expr *self, ag_expr **out) {
    ag_lexer *lexer = p->lexer;
    bool (*fits)(const ag_function *f) = self == NULL ? is_function : is_method;
    const ag_function *function = ag__function_find(name);
    ag_expr *call = make(p, AG_EXPR_CALL, at);
    call->function = function;
    if (function == NULL || !fits(function)) {
        (void)ag__template_fail(lexer->tmpl, at, lexer->err, "there is no %s \"%.*s\"",
                                self == NULL ? "function" : "method",
                                name.n > 60 ? 60 : (int)name.n, name.p);
        return ag__parse_hint_function(lexer, name, fits);
    }
    if ((self != NULL && !add_part(p, call, self)) || !ag__lexer_next(lexer) ||
        !parse_items(p, call, ")", "\")\"")) {
        return false;
    }
    *out = call;
    if (call->parts.n >= function->min_args && call->parts.n <= function->max_args) {
        return true;
    }
    size_t n_self = self == NULL ? 0 : 1;
    size_t wanted = function->min_args - n_self;
    return ag__template_fail(lexer->tmpl, at, lexer->err, "%s wants %zu argument%s, not %zu",
                             function->name, wanted, wanted == 1 ? "" : "s",
                             call->parts.n - n_self);
}

static bool parse_name_or_call(parser *p, ag_expr **out) {
    ag_token token = p->lexer->token;
    ag_expr *expr = make(p, AG_EXPR_NAME, token.at);
    if (!ag__parse_name(p->lexer, "an expression", &expr->name)) {
        return false;
    }
    if (ag__lexer_at(p->lexer, "(")) {
        return parse_call(p, token.text, token.at, NULL, out);
    }
    *out = expr;
    return true;
}

static bool parse_primary(parser *p, ag_expr **out) {
    ag_lexer *lexer = p->lexer;
    size_t at = lexer->token.at;
    if (lexer->token.kind == AG_TOKEN_STRING) {
        *out = make(p, AG_EXPR_CONSTANT, at);
        return parse_strings(p, *out);
    }
    if (lexer->token.kind == AG_TOKEN_INT) {
        *out = make(p, AG_EXPR_CONSTANT, at);
        (*out)->constant = ag_value_int(lexer->arena, lexer->token.integer);
        return ag__lexer_next(lexer);
    }
    if (at_word(lexer, "None") || at_word(lexer, "True") || at_word(lexer, "False")) {
        *out = make(p, AG_EXPR_CONSTANT, at);
        return parse_named_constant(p, *out);
    }
    if (ag__lexer_at(lexer, "(")) {
        return ag__lexer_next(lexer) && parse_choice(p, out) && expect(p, ")", "\")\"");
    }
    if (ag__lexer_at(lexer, "[")) {
        *out = make(p, AG_EXPR_LIST, at);
        return ag__lexer_next(lexer) && parse_items(p, *out, "]", "\",\" or \"]\"");
    }
    return parse_name_or_call(p, out);
}

static bool parse_attribute(parser *p, ag_expr **expr) {
    ag_lexer *lexer = p->lexer;
    if (!ag__lexer_next(lexer)) {
        return false;
    }
    ag_token token = lexer->token;
    ag_expr *attribute = make(p, AG_EXPR_ATTRIBUTE, token.at);
    if (!ag__parse_name(lexer, "a name after the dot", &attribute->name)) {
        return false;
    }
    if (ag__lexer_at(lexer, "(")) {
        return parse_call(p, token.text, token.at, *expr, expr);
    }
    const ag_expr *object = *expr;
    *expr = attribute;
    return add_part(p, attribute, object);
}

static bool parse_position(parser *p, ag_expr **out) {
    bool is_slice = ag__lexer_at(p->lexer, ":");
    if (!is_slice && !parse_choice(p, out)) {
        return false;
    }
    return is_slice || ag__lexer_at(p->lexer, ":")
               ? ag__template_fail(p->lexer->tmpl, p->lexer->token.at, p->lexer->err,
                                   "slices are not part of the template language")
               : true;
}

static bool parse_index(parser *p, ag_expr **expr) {
    ag_expr *index = make(p, AG_EXPR_INDEX, p->lexer->token.at);
    ag_expr *position;
    if (!add_part(p, index, *expr) || !ag__lexer_next(p->lexer) || !parse_position(p, &position) ||
        !add_part(p, index, position)) {
        return false;
    }
    *expr = index;
    return expect(p, "]", "\"]\"");
}

static bool parse_postfix(parser *p, ag_expr **out) {
    bool ok = parse_primary(p, out);
    while (ok) {
        if (ag__lexer_at(p->lexer, ".")) {
            ok = parse_attribute(p, out);
        } else if (ag__lexer_at(p->lexer, "[")) {
            ok = parse_index(p, out);
        } else if (ag__lexer_at(p->lexer, "(")) {
            return ag__template_fail(p->lexer->tmpl, p->lexer->token.at, p->lexer->err,
                                     "only functions and methods can be called");
        } else {
            break;
        }
    }
    return ok;
}

/* One prefix operator: the sign or word, then `operand`. Guards the recursion of all parsers. */
static bool parse_prefix(parser *p, ag_expr_kind kind, bool (*operand)(parser *p, ag_expr **out),
                         ag_expr **out) {
    ag_expr *expr = make(p, kind, p->lexer->token.at);
    ag_expr *part;
    if (++p->depth > AG_TEMPLATE_DEPTH) {
        return too_deep(p, expr->at);
    }
    *out = expr;
    bool ok = ag__lexer_next(p->lexer) && operand(p, &part) && add_part(p, expr, part);
    p->depth--;
    return ok;
}

static bool parse_negate(parser *p, ag_expr **out) {
    return ag__lexer_at(p->lexer, "-") ? parse_prefix(p, AG_EXPR_NEGATE, parse_negate, out)
                                       : parse_postfix(p, out);
}

/* operand (sign operand)*: one node with all the operands. */
static bool parse_chain(parser *p, ag_expr_kind kind, const char *sign,
                        bool (*operand)(parser *p, ag_expr **out), ag_expr **out) {
    ag_expr *part;
    if (!operand(p, out)) {
        return false;
    }
    if (!ag__lexer_at(p->lexer, sign)) {
        return true;
    }
    ag_expr *chain = make(p, kind, (*out)->at);
    if (!add_part(p, chain, *out)) {
        return false;
    }
    while (ag__lexer_at(p->lexer, sign)) {
        add_operator(p, chain, AG_COMPARE_EQ, p->lexer->token.at);
        if (!ag__lexer_next(p->lexer) || !operand(p, &part) || !add_part(p, chain, part)) {
            return false;
        }
    }
    *out = chain;
    return true;
}

static bool parse_sum(parser *p, ag_expr **out) {
    return parse_chain(p, AG_EXPR_ADD, "+", parse_negate, out);
}

/* Reads a comparison operator when there is one, with `*is_there`. */
static bool parse_operator(parser *p, ag_compare_kind *kind, bool *is_there) {
    static const char *const signs[] = {"==", "!=", "<", "<=", ">", ">="};
    static const ag_compare_kind kinds[] = {AG_COMPARE_EQ, AG_COMPARE_NE, AG_COMPARE_LT,
                                            AG_COMPARE_LE, AG_COMPARE_GT, AG_COMPARE_GE};
    ag_lexer *lexer = p->lexer;
    *is_there = true;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (ag__lexer_at(lexer, signs[i])) {
            *kind = kinds[i];
            return ag__lexer_next(lexer);
        }
    }
    if (ag__lexer_at(lexer, "in")) {
        *kind = AG_COMPARE_IN;
        return ag__lexer_next(lexer);
    }
    if (ag__lexer_at(lexer, "not")) {
        *kind = AG_COMPARE_NOT_IN;
        return ag__lexer_next(lexer) && expect(p, "in", "\"in\" after \"not\"");
    }
    if (ag__lexer_at(lexer, "is")) {
        *kind = AG_COMPARE_IS;
        if (!ag__lexer_next(lexer)) {
            return false;
        }
        if (ag__lexer_at(lexer, "not")) {
            *kind = AG_COMPARE_IS_NOT;
            return ag__lexer_next(lexer);
        }
        return true;
    }
    *is_there = false;
    return true;
}

/* The operand of `is` must be one of the values there is only one of. */
static bool check_is(parser *p, ag_compare_kind kind, const ag_expr *operand) {
    bool is_constant =
        operand->kind == AG_EXPR_CONSTANT &&
        (operand->constant->kind == AG_VALUE_NONE || operand->constant->kind == AG_VALUE_BOOL);
    if ((kind != AG_COMPARE_IS && kind != AG_COMPARE_IS_NOT) || is_constant) {
        return true;
    }
    (void)ag__template_fail(p->lexer->tmpl, operand->at, p->lexer->err,
                            "\"is\" compares with None, True or False only");
    return ag_hint(p->lexer->err, "compare with == or !=");
}

static bool parse_comparison(parser *p, ag_expr **out) {
    ag_expr *comparison = NULL;
    if (!parse_sum(p, out)) {
        return false;
    }
    for (;;) {
        ag_compare_kind kind = AG_COMPARE_EQ;
        bool is_there = false;
        ag_expr *operand;
        size_t at = p->lexer->token.at;
        if (!parse_operator(p, &kind, &is_there)) {
            return false;
        }
        if (!is_there) {
            return true;
        }
        if (comparison == NULL) {
            comparison = make(p, AG_EXPR_COMPARE, (*out)->at);
            if (!add_part(p, comparison, *out)) {
                return false;
            }
            *out = comparison;
        }
        add_operator(p, comparison, kind, at);
        if (!parse_sum(p, &operand) || !check_is(p, kind, operand) ||
            !add_part(p, comparison, operand)) {
            return false;
        }
    }
}

static bool parse_not(parser *p, ag_expr **out) {
    return ag__lexer_at(p->lexer, "not") ? parse_prefix(p, AG_EXPR_NOT, parse_not, out)
                                         : parse_comparison(p, out);
}

static bool parse_and(parser *p, ag_expr **out) {
    return parse_chain(p, AG_EXPR_AND, "and", parse_not, out);
}

static bool parse_or(parser *p, ag_expr **out) {
    return parse_chain(p, AG_EXPR_OR, "or", parse_and, out);
}

/* The rest of `value if condition else other`, the "if" being current. */
static bool parse_else(parser *p, ag_expr **out) {
    ag_expr *value = *out;
    ag_expr *condition;
    ag_expr *other;
    ag_expr *choice = make(p, AG_EXPR_CHOICE, p->lexer->token.at);
    *out = choice;
    return ag__lexer_next(p->lexer) && parse_or(p, &condition) && expect(p, "else", "\"else\"") &&
           parse_choice(p, &other) && add_part(p, choice, condition) &&
           add_part(p, choice, value) && add_part(p, choice, other);
}

static bool parse_choice(parser *p, ag_expr **out) {
    if (++p->depth > AG_TEMPLATE_DEPTH) {
        return too_deep(p, p->lexer->token.at);
    }
    bool ok = parse_or(p, out) && (!at_word(p->lexer, "if") || parse_else(p, out));
    p->depth--;
    return ok;
}

bool ag__parse_expr(ag_lexer *lexer, const ag_expr **out) {
    parser p = {.lexer = lexer, .depth = 0};
    ag_expr *expr;
    if (!parse_choice(&p, &expr)) {
        return false;
    }
    *out = expr;
    return true;
}
