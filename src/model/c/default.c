/*
 * AG_DEFAULT: SQL in quotes, or a constant of C, which becomes what the column holds for it: the
 * value of an enum type, true and false, a number, a character. One that the field cannot hold is a
 * mistake; SQL in quotes is nobody's business but the database's.
 */
#include <string.h>

#include "base/str.h"
#include "model/c/constant.h"
#include "model/c/lower.h"
#include "sql/normal.h"

typedef struct maker {
    ag_c_lower *c;
    const ag_annot *annot;
    const ag_c_field *field;
    const ag_c_sql_type *sql;     /* NULL = AG_TYPE says it, not the field */
    const ag_c_constant *foreign; /* the last one seen that is of another enum with a name */
} maker;

/* ---- the field ---- */

static const ag_c_type *value_type(const ag_c_field *field) {
    const ag_c_type *type = field->type;
    while (type->kind == AG_C_OPTIONAL || type->kind == AG_C_POINTER) {
        type = type->element;
    }
    return type;
}

static bool is_enum(const maker *m) {
    return m->sql != NULL && m->sql->enumeration != NULL;
}

static bool is_bool(const maker *m) {
    return m->sql != NULL && ag_text_eq(m->sql->type, "boolean");
}

static bool is_int(const maker *m) {
    return m->sql != NULL && !is_bool(m) && value_type(m->field)->kind == AG_C_INT &&
           m->sql->enumeration == NULL && !ag_text_eq(m->sql->type, "bytea");
}

/* One character, not a text of them. */
static bool is_char(const maker *m) {
    return m->sql != NULL && m->field->type->kind == AG_C_CHAR && m->field->bits < 0;
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

/* ---- mistakes ---- */

static const char *fail(const maker *m, const char *source) {
    ag_hint(ag__c_mistake(m->c, m->annot->loc,
                          "AG_DEFAULT: \"%s\" is neither a constant known here nor SQL", source),
            "SQL goes in quotes: AG_DEFAULT(\"now()\"), a text in both: AG_DEFAULT(\"'new'\")");
    return "null";
}

/* Nothing that the field could hold in C. */
static const char *fail_to_hold(const maker *m, const char *source) {
    ag_hint(ag__c_mistake(m->c, m->annot->loc, "AG_DEFAULT: field %s (%s) cannot hold %s",
                          m->field->name, m->field->type->spelling, source),
            "give one that fits it; what the database is to do with another one is said in quotes:"
            " AG_DEFAULT(\"…\")");
    return "null";
}

static const char *value_words(const maker *m, const ag_c_enum *e) {
    enum { MOST = 8 };
    const char *out = "";
    for (size_t i = 0; i < e->values.n && i < MOST; i++) {
        out =
            ag_arena_printf(m->c->arena, "%s%s%s", out, i > 0 ? ", " : "", e->values.items[i].name);
    }
    return e->values.n > MOST ? ag_arena_printf(m->c->arena, "%s…", out) : out;
}

static const char *fail_enum(const maker *m, const char *source) {
    const ag_c_enum *e = m->sql->enumeration;
    const char *name = e->name == NULL ? "" : ag_arena_printf(m->c->arena, " %s", e->name);
    ag_error *err = m->foreign != NULL
                        ? ag__c_mistake(m->c, m->annot->loc,
                                        "AG_DEFAULT: %s is a constant of enum %s, not of enum%s",
                                        m->foreign->name, m->foreign->owner, name)
                        : ag__c_mistake(m->c, m->annot->loc,
                                        "AG_DEFAULT: \"%s\" is no value of enum%s", source, name);
    ag_hint(err,
            "its constants are %s; a field that holds flags or other numbers is an integer:"
            " AG_TYPE(\"integer\")",
            value_words(m, e));
    return "null";
}

/* ---- numbers ---- */

static const ag_c_constant *constant_of(const ag_c_enum *e, ag_str name) {
    for (size_t i = 0; e != NULL && i < e->values.n; i++) {
        if (ag_str_eq(name, e->values.items[i].name)) {
            return &e->values.items[i];
        }
    }
    return NULL;
}

static bool look_up(void *data, ag_str name, ag_c_number *out) {
    maker *m = data;
    const ag_c_unit *unit = m->c->unit;
    for (size_t i = 0; unit != NULL && i < unit->constants.n; i++) {
        const ag_c_constant *constant = &unit->constants.items[i];
        if (ag_str_eq(name, constant->name)) {
            bool is_small = constant->is_negative ? (int64_t)constant->value >= INT32_MIN
                                                  : constant->value <= INT32_MAX;
            bool is_foreign = constant->owner != NULL && is_enum(m) &&
                              constant_of(m->sql->enumeration, name) == NULL;
            m->foreign = is_foreign ? constant : m->foreign;
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

static const char *of_code_point(const maker *m, int32_t c) {
    const char text[] = {(char)c, '\0'};
    return sql_text(m->c->arena, text);
}

/* 'c' in a column that holds texts; NULL in one that holds numbers, and for anything else. */
static const char *of_character(const maker *m, const char *source) {
    int32_t c = ag_c_character(source);
    ag_c_kind kind = value_type(m->field)->kind;
    bool is_number = m->sql != NULL && (kind == AG_C_INT || kind == AG_C_REAL || is_bool(m));
    return c <= 0 || is_number ? NULL : of_code_point(m, c);
}

static bool fits(const maker *m, ag_c_number number) {
    const ag_c_type *type = value_type(m->field);
    int bits = m->field->bits >= 0 ? m->field->bits : (int)type->size * 8;
    bool is_negative = !number.is_unsigned && (int64_t)number.bits < 0;
    uint64_t magnitude = is_negative ? 0 - number.bits - 1 : number.bits;
    int room = type->is_signed ? bits - 1 : bits;
    if (is_negative && !type->is_signed) {
        return false;
    }
    return room >= 64 || (room >= 0 && magnitude >> room == 0);
}

/* Whether digits are all there is behind a point, and they are zeros. */
static bool is_whole(const char *number) {
    const char *point = strchr(number, '.');
    return point == NULL || point[1 + strspn(point + 1, "0")] == '\0';
}

static bool is_zero(const char *number) {
    return strspn(number, "-+0.") >= strcspn(number, "eE");
}

/* ---- enumerators ---- */

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

/* The value that a number is, which may have more than one constant. */
static const char *of_enum_number(const maker *m, ag_c_number number, const char *source) {
    const ag_c_enum *e = m->sql->enumeration;
    for (size_t i = 0; m->foreign == NULL && i < e->values.n; i++) {
        const char *name = e->values.items[i].value == number.bits
                               ? ag__c_constant_name(m->c, &e->values.items[i])
                               : NULL;
        if (name != NULL) {
            return sql_text(m->c->arena, name);
        }
    }
    return fail_enum(m, source);
}

/* The constant of the field's own enum that the text names. */
static const ag_c_constant *find_constant(const maker *m, ag_str source) {
    const char *name = ag_arena_strndup(m->c->arena, source.p, source.n);
    const char *colon = strrchr(name, ':'); /* scopes of C++ */
    return is_enum(m) ? constant_of(m->sql->enumeration,
                                    ag_str_trim(ag_str_of(colon == NULL ? name : colon + 1)))
                      : NULL;
}

/* ---- the value ---- */

/* Without the parentheses that macros come in. */
static ag_str bare(const maker *m, const char *source) {
    return ag_str_trim(ag_sql_strip_parens(m->c->flavor, ag_str_of(source)));
}

/* A constant integer as what the field holds for it; `plain`: as SQL has it. */
static const char *of_integer(const maker *m, ag_c_number number, const char *plain,
                              const char *source) {
    enum { FIRST = 0x20, LAST = 0x7e };
    if (is_enum(m)) {
        return of_enum_number(m, number, source);
    }
    if (is_bool(m)) {
        return number.bits != 0 ? "true" : "false";
    }
    if (is_char(m)) {
        return number.bits >= FIRST && number.bits <= LAST ? of_code_point(m, (int32_t)number.bits)
                                                           : fail_to_hold(m, source);
    }
    return is_int(m) && !fits(m, number) ? fail_to_hold(m, source) : plain;
}

/* A number that is no integer of C: 1.5, 1e3, or too large for one. */
static const char *of_decimal(const maker *m, const char *plain, const char *source) {
    if (is_enum(m)) {
        return fail_enum(m, source);
    }
    if (is_bool(m)) {
        return is_zero(plain) ? "false" : "true";
    }
    const ag_c_type *type = value_type(m->field);
    bool is_power = strpbrk(plain, "eE") != NULL;
    bool is_held =
        is_int(m) ? is_power || (is_whole(plain) && (strchr(plain, '.') != NULL || type->size > 8))
                  : !is_char(m);
    return is_held ? plain : fail_to_hold(m, source);
}

static const char *of_number(maker *m, const ag_arg *arg, const char *text) {
    ag_arena *arena = m->c->arena;
    ag_c_number number;
    bool is_plain = ag_is_digit(*text) || *text == '-'; /* as it is: 1e3, -0 */
    const char *source = arg->kind == AG_ARG_NUMBER ? arg->text : arg->source;
    if (ag_c_evaluate(source, look_up, m, &number)) {
        const char *plain = is_plain ? text
                            : number.is_unsigned
                                ? ag_arena_printf(arena, "%llu", (unsigned long long)number.bits)
                                : ag_arena_printf(arena, "%lld", (long long)(int64_t)number.bits);
        return of_integer(m, number, plain, arg->source);
    }
    text = is_plain ? text : plain_decimal(arena, source);
    return text == NULL ? NULL : of_decimal(m, text, arg->source);
}

/* Whether SQL is one text, but none of the enum's values. */
static bool is_other_value(const maker *m, const char *sql) {
    ag_arena *arena = m->c->arena;
    ag_str text = ag_str_of(sql);
    ag_tokens tokens = ag_sql_tokens(arena, m->c->flavor, text);
    if (tokens.n != 1 || tokens.items[0].kind != AG_TOKEN_STRING) {
        return false;
    }
    const char *value = ag_token_unquote(arena, m->c->flavor, text, tokens.items[0]);
    const ag_c_enum *e = m->sql->enumeration;
    for (size_t i = 0; i < e->values.n; i++) {
        if (ag_text_eq(ag__c_constant_name(m->c, &e->values.items[i]), value)) {
            return false;
        }
    }
    return true;
}

static const char *of_arg(maker *m, const ag_arg *arg) {
    ag_arena *arena = m->c->arena;
    m->foreign = NULL;
    if (arg->kind == AG_ARG_TEXT) {
        return is_enum(m) && is_other_value(m, arg->text) ? fail_enum(m, arg->text)
                                                          : ag_c_value(arena, arg);
    }
    ag_str source = bare(m, arg->source);
    const ag_c_constant *constant = find_constant(m, source);
    if (constant != NULL) {
        return of_constant(m, constant);
    }
    if (ag_str_eq(source, "nullptr") || ag_str_eq(source, "__null")) {
        return "null";
    }
    if (arg->kind == AG_ARG_WORD && is_value_of_sql(ag_str_of(arg->text))) {
        return !is_enum(m) || ag_text_ieq(arg->text, "null") ? ag_c_value(arena, arg)
                                                             : fail_enum(m, arg->text);
    }
    const char *text = of_character(m, ag_arena_strndup(arena, source.p, source.n));
    text = text == NULL ? of_number(m, arg, ag_c_value(arena, arg)) : text;
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
                          const ag_c_sql_type *sql) {
    maker m = {.c = c, .annot = annot, .field = field, .sql = sql};
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
