/*
 * AG_DEFAULT: SQL in quotes, or a constant of C, which becomes what the column holds for it: the
 * value of an enum type, true and false, a number, a character.
 */
#include <string.h>

#include "base/str.h"
#include "model/c/constant.h"
#include "model/c/lower.h"

typedef struct maker {
    ag_c_lower *c;
    const ag_annot *annot;
    const ag_c_field *field;
    bool is_typed; /* by AG_TYPE, not by the field */
} maker;

/* ---- the field ---- */

static const ag_c_type *value_type(const ag_c_field *field) {
    const ag_c_type *type = field->type;
    while (type->kind == AG_C_OPTIONAL || type->kind == AG_C_POINTER) {
        type = type->element;
    }
    return type;
}

/* ---- words ---- */

static bool is_one_of(ag_str word, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_str_ieq(word, list[i])) {
            return true;
        }
    }
    return false;
}

static bool is_value_of_sql(ag_str word) {
    static const char *const words[] = {
        "true",         "false",        "null",           "current_timestamp", "current_date",
        "current_time", "current_user", "current_role",   "session_user",      "localtimestamp",
        "localtime",    "user",         "current_schema", "current_catalog",   "system_user"};
    return is_one_of(word, words, sizeof words / sizeof words[0]);
}

/* Calls that are none of SQL. */
static bool is_operator_of_c(ag_str word) {
    static const char *const words[] = {"sizeof",   "alignof",     "_Alignof", "__alignof__",
                                        "offsetof", "_Countof",    "typeof",   "__typeof__",
                                        "defined",  "static_cast", "_Generic"};
    return is_one_of(word, words, sizeof words / sizeof words[0]) ||
           (word.n > 10 && strncmp(word.p, "__builtin_", 10) == 0);
}

/* Whether what is no constant of C can be meant for SQL: a text, a call, a word that has a value.
 */
static bool is_of_sql(ag_arena *arena, ag_sql_flavor flavor, const char *source) {
    ag_str text = ag_str_of(source);
    ag_tokens tokens = ag_sql_tokens(arena, flavor, text);
    bool is_found = false;
    for (size_t i = 0; i < tokens.n; i++) {
        ag_token token = tokens.items[i];
        ag_str word = ag_token_text(text, token);
        bool is_call = token.kind == AG_TOKEN_WORD && ag_token_is(text, tokens.items[i + 1], "(");
        if (is_call && is_operator_of_c(word)) {
            return false;
        }
        is_found = is_found || is_call || token.kind == AG_TOKEN_STRING ||
                   (token.kind == AG_TOKEN_WORD && is_value_of_sql(word));
    }
    return is_found;
}

/* ---- numbers ---- */

static bool look_up(void *data, ag_str name, ag_c_number *out) {
    const maker *m = data;
    const ag_c_unit *unit = m->c->unit;
    for (size_t i = 0; unit != NULL && i < unit->constants.n; i++) {
        const ag_c_constant *constant = &unit->constants.items[i];
        if (ag_str_eq(name, constant->name)) {
            bool is_small = constant->is_negative ? (int64_t)constant->value >= INT32_MIN
                                                  : constant->value <= INT32_MAX;
            *out =
                (ag_c_number){.bits = constant->value,
                              .is_unsigned = !constant->is_negative && constant->value > INT64_MAX,
                              .is_wide = !is_small};
            return true;
        }
    }
    return false;
}

/* "(-1.5)": a number with a point, its signs and parentheses; NULL for anything else. */
static const char *plain_decimal(ag_arena *arena, const char *source) {
    ag_str text = ag_str_trim(ag_str_of(source));
    bool is_negative = false;
    while (text.n > 2 && ((text.p[0] == '(' && text.p[text.n - 1] == ')') || text.p[0] == '-' ||
                          text.p[0] == '+')) {
        is_negative = is_negative != (text.p[0] == '-');
        text =
            text.p[0] == '(' ? (ag_str){text.p + 1, text.n - 2} : (ag_str){text.p + 1, text.n - 1};
        text = ag_str_trim(text);
    }
    while (text.n > 1 && strchr("fFlL", text.p[text.n - 1]) != NULL) {
        text.n--;
    }
    const char *plain = ag_arena_printf(arena, "%.*s", AG_STR_ARG(text));
    bool has_point_at_end = *plain == '.' || ag_text_ends(plain, "."); /* SQL, but not JSON */
    if (!ag_c_is_decimal(plain)) {
        return NULL;
    }
    plain = is_negative ? ag_arena_printf(arena, "-%s", plain) : plain;
    return has_point_at_end ? ag_c_quote(arena, plain) : plain;
}

static const char *sql_text(ag_arena *arena, const char *text) {
    ag_buf out = AG_BUF_INIT;
    ag_sql_quote_string(&out, text);
    const char *quoted = ag_c_quote(arena, ag_buf_text(&out));
    ag_buf_release(&out);
    return quoted;
}

/* What a number is in a column of this type. */
static const char *of_number(const maker *m, const char *number) {
    bool is_bool = value_type(m->field)->kind == AG_C_BOOL && !m->is_typed;
    return is_bool && strcmp(number, "1") == 0   ? "true"
           : is_bool && strcmp(number, "0") == 0 ? "false"
                                                 : number;
}

static const char *of_integer(const maker *m, ag_c_number number) {
    ag_arena *arena = m->c->arena;
    return of_number(m, number.is_unsigned
                            ? ag_arena_printf(arena, "%llu", (unsigned long long)number.bits)
                            : ag_arena_printf(arena, "%lld", (long long)(int64_t)number.bits));
}

/* 'c' in a column that holds texts; NULL in one that holds numbers, and for anything else. */
static const char *of_character(const maker *m, const char *source) {
    int32_t c = ag_c_character(source);
    ag_c_kind kind = value_type(m->field)->kind;
    if (c <= 0 || (!m->is_typed && (kind == AG_C_INT || kind == AG_C_REAL))) {
        return NULL;
    }
    const char text[] = {(char)c, '\0'};
    return sql_text(m->c->arena, text);
}

/* ---- enumerators ---- */

/* The constant of the field's own enum. */
static const ag_c_constant *find_constant(const maker *m, const char *source) {
    const ag_c_enum *e = value_type(m->field)->enumeration;
    const char *colon = strrchr(source, ':'); /* scopes of C++ */
    ag_str name = ag_str_trim(ag_str_of(colon == NULL ? source : colon + 1));
    for (size_t i = 0; e != NULL && i < e->values.n; i++) {
        if (ag_str_eq(name, e->values.items[i].name)) {
            return &e->values.items[i];
        }
    }
    return NULL;
}

static const char *of_constant(const maker *m, const ag_c_constant *constant) {
    const char *name = ag__c_constant_name(m->c, constant);
    if (name == NULL) {
        ag_hint(ag__c_mistake(m->c, m->annot->loc, "AG_DEFAULT: %s is no value of the column",
                              constant->name),
                "it is left out with AG_SKIP");
        return "null";
    }
    return sql_text(m->c->arena, name);
}

/* ---- the value ---- */

static const char *fail(const maker *m, const char *source) {
    ag_hint(ag__c_mistake(m->c, m->annot->loc,
                          "AG_DEFAULT: \"%s\" is neither a constant known here nor SQL", source),
            "SQL goes in quotes: AG_DEFAULT(\"now()\"), a text in both: AG_DEFAULT(\"'new'\")");
    return "null";
}

static const char *of_arg(maker *m, const ag_arg *arg) {
    ag_arena *arena = m->c->arena;
    ag_c_number number;
    const ag_c_constant *constant = m->is_typed ? NULL : find_constant(m, arg->source);
    if (arg->kind == AG_ARG_TEXT) {
        return ag_c_value(arena, arg);
    }
    if (constant != NULL) {
        return of_constant(m, constant);
    }
    if (ag_str_eq(ag_str_of(arg->source), "nullptr") || strcmp(arg->source, "__null") == 0) {
        return "null";
    }
    if (arg->kind == AG_ARG_WORD && is_value_of_sql(ag_str_of(arg->text))) {
        return ag_c_value(arena, arg);
    }
    const char *text = ag_c_value(arena, arg);
    if (ag_is_digit(*text) || *text == '-') { /* as it is: 1e3, -0 */
        return of_number(m, text);
    }
    text = of_character(m, arg->source);
    if (text != NULL) {
        return text;
    }
    if (ag_c_evaluate(arg->source, look_up, m, &number)) {
        return of_integer(m, number);
    }
    text = plain_decimal(arena, arg->kind == AG_ARG_NUMBER ? arg->text : arg->source);
    if (text != NULL) {
        return text;
    }
    return is_of_sql(arena, m->c->flavor, arg->source) ? ag_c_quote(arena, arg->source)
                                                       : fail(m, arg->source);
}

/* AG_ON(sqlite, value): the value becomes one that ag__c_need_value takes as it is. */
static const char *of_dialects(maker *m) {
    ag_c_node *object = ag_c_node_new(m->c->arena, AG_C_OBJECT, m->annot->loc);
    for (size_t i = 0; i < m->annot->args.n; i++) {
        const ag_args *args = &m->annot->args.items[i].args;
        ag_c_set(m->c->arena, object, ag_c_name(&args->items[0]), of_arg(m, &args->items[1]),
                 m->annot->loc);
    }
    return ag__c_render(m->c, object);
}

const char *ag__c_default(ag_c_lower *c, const ag_annot *annot, const ag_c_field *field,
                          bool is_typed) {
    maker m = {c, annot, field, is_typed};
    const char *value = ag__c_need_value(c, annot, 0);
    const ag_arg *first = &annot->args.items[0];
    if (value == NULL || first->kind == AG_ARG_EMPTY) {
        return value;
    }
    if (!ag_c_is_call(first, "ag_on")) {
        return of_arg(&m, first);
    }
    for (size_t i = 0; i < annot->args.n; i++) {
        if (annot->args.items[i].args.n != 2) {
            return value;
        }
    }
    return of_dialects(&m);
}
