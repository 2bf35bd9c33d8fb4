#include "model/c/constant.h"

#include <string.h>

enum { MAX_DEPTH = 100 };

typedef struct reader {
    const char *at;
    ag_c_lookup lookup;
    void *data;
    int depth;
    bool has_failed;
} reader;

static ag_c_number fail(reader *r) {
    r->has_failed = true;
    r->at = "";
    return (ag_c_number){0};
}

/* Cuts a value to the width of its type. */
static ag_c_number fit(ag_c_number n) {
    if (!n.is_wide && n.is_unsigned) {
        n.bits &= UINT32_MAX;
    } else if (!n.is_wide) {
        n.bits = (uint64_t)(int64_t)(int32_t)(uint32_t)n.bits;
    }
    return n;
}

static ag_c_number of_bool(bool value) {
    return (ag_c_number){.bits = value ? 1 : 0};
}

static bool is_less(ag_c_number a, ag_c_number b) {
    return a.is_unsigned ? a.bits < b.bits : (int64_t)a.bits < (int64_t)b.bits;
}

/* ---- tokens ---- */

static bool is_word_char(char c) {
    return ag_is_alnum(c) || c == '_' || c == '$';
}

static void skip_blanks(reader *r) {
    while (ag_is_space(*r->at)) {
        r->at++;
    }
}

/* An operator that is not the start of a longer one. */
static bool take(reader *r, const char *spelling) {
    skip_blanks(r);
    size_t n = strlen(spelling);
    if (strncmp(r->at, spelling, n) != 0) {
        return false;
    }
    char next = r->at[n];
    bool is_cut = (n == 1 && next == *spelling && strchr("&|<>=", next) != NULL) ||
                  (next == '=' && strchr("<>=!", *spelling) != NULL && n == 1);
    if (is_cut) {
        return false;
    }
    r->at += n;
    return true;
}

static ag_str take_word(reader *r) {
    ag_str word = {r->at, 0};
    while (is_word_char(r->at[word.n])) {
        word.n++;
    }
    r->at += word.n;
    return word;
}

/* ---- literals ---- */

static int digit_of(char c) {
    char lower = ag_lower_char(c);
    return ag_is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

static uint64_t base_of(const char **p) {
    if ((*p)[0] != '0') {
        return 10;
    }
    char letter = ag_lower_char((*p)[1]);
    *p += letter == 'x' || letter == 'b' ? 2 : 0;
    return letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
}

/* u, l and ll in any order and case; false for anything else. */
static bool take_suffix(const char *p, const char *end, ag_c_number *out) {
    for (; p < end; p++) {
        char c = ag_lower_char(*p);
        if (c != 'u' && c != 'l') {
            return false;
        }
        out->is_unsigned = out->is_unsigned || c == 'u';
        out->is_wide = out->is_wide || c == 'l';
    }
    return true;
}

static ag_c_number number(reader *r) {
    ag_str word = take_word(r);
    const char *p = word.p;
    const char *end = word.p + word.n;
    ag_c_number n = {0};
    uint64_t base = base_of(&p);
    bool is_too_big = false;
    for (; p < end && (uint64_t)digit_of(*p) < base; p++) {
        uint64_t digit = (uint64_t)digit_of(*p);
        is_too_big = is_too_big || n.bits > (UINT64_MAX - digit) / base;
        n.bits = n.bits * base + digit;
    }
    if (is_too_big || !take_suffix(p, end, &n) || *r->at == '.') {
        return fail(r);
    }
    bool may_be_unsigned = n.is_unsigned || base != 10;
    if (n.bits > (may_be_unsigned ? UINT32_MAX : INT32_MAX)) {
        n.is_wide = true;
    }
    if ((!n.is_wide && n.bits > INT32_MAX) || n.bits > INT64_MAX) {
        n.is_unsigned = true;
    }
    return n;
}

static const char *after_escape(const char *p, int32_t *out) {
    static const char letters[] = "abfnrtv0\\'\"?";
    static const char values[] = "\a\b\f\n\r\t\v\0\\'\"?";
    const char *found = *p == '\0' ? NULL : strchr(letters, *p);
    if (found == NULL || (*p == '0' && ag_is_digit(p[1]))) {
        return NULL;
    }
    *out = (unsigned char)values[found - letters];
    return p + 1;
}

/* Behind a character in quotes, or NULL. */
static const char *after_character(const char *p, int32_t *out) {
    if (*p++ != '\'') {
        return NULL;
    }
    if (*p == '\\') {
        p = after_escape(p + 1, out);
    } else if (*p >= ' ' && *p != '\'' && *p < 0x7f) {
        *out = (unsigned char)*p++;
    } else {
        return NULL;
    }
    return p != NULL && *p == '\'' ? p + 1 : NULL;
}

int32_t ag_c_character(const char *text) {
    int32_t value = -1;
    const char *end = after_character(text, &value);
    return end != NULL && *end == '\0' ? value : -1;
}

static ag_c_number character(reader *r) {
    int32_t value = -1;
    const char *end = after_character(r->at, &value);
    if (end == NULL) {
        return fail(r);
    }
    r->at = end;
    return (ag_c_number){.bits = (uint64_t)value};
}

/* A name, in C++ behind those of its scopes: the last one counts. */
static ag_c_number name(reader *r) {
    ag_str word = take_word(r);
    while (take(r, "::")) {
        skip_blanks(r);
        word = take_word(r);
    }
    ag_c_number out = {0};
    return word.n > 0 && r->lookup(r->data, word, &out) ? out : fail(r);
}

/* ---- operators ---- */

static ag_c_number conditional(reader *r);

static ag_c_number primary(reader *r) {
    if (take(r, "(")) {
        ag_c_number inner = conditional(r);
        return take(r, ")") ? inner : fail(r);
    }
    if (ag_is_digit(*r->at)) {
        return number(r);
    }
    return *r->at == '\'' ? character(r) : name(r);
}

static ag_c_number unary(reader *r) {
    skip_blanks(r);
    if (++r->depth > MAX_DEPTH) {
        return fail(r);
    }
    ag_c_number out;
    if (take(r, "-")) {
        out = unary(r);
        out.bits = 0 - out.bits;
    } else if (take(r, "~")) {
        out = unary(r);
        out.bits = ~out.bits;
    } else if (take(r, "!")) {
        out = of_bool(unary(r).bits == 0);
    } else {
        out = take(r, "+") ? unary(r) : primary(r);
    }
    r->depth--;
    return fit(out);
}

typedef enum operation {
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    ADD,
    SUBTRACT,
    LEFT,
    RIGHT,
    AT_MOST,
    AT_LEAST,
    LESS,
    GREATER,
    SAME,
    OTHER,
    BIT_AND,
    BIT_XOR,
    BIT_OR,
    AND,
    OR
} operation;

static const struct {
    const char *spelling;
    int level; /* the higher, the closer it binds. */
} operators[] = {
    [MULTIPLY] = {"*", 10}, [DIVIDE] = {"/", 10}, [REMAINDER] = {"%", 10}, [ADD] = {"+", 9},
    [SUBTRACT] = {"-", 9},  [LEFT] = {"<<", 8},   [RIGHT] = {">>", 8},     [AT_MOST] = {"<=", 7},
    [AT_LEAST] = {">=", 7}, [LESS] = {"<", 7},    [GREATER] = {">", 7},    [SAME] = {"==", 6},
    [OTHER] = {"!=", 6},    [BIT_AND] = {"&", 5}, [BIT_XOR] = {"^", 4},    [BIT_OR] = {"|", 3},
    [AND] = {"&&", 2},      [OR] = {"||", 1},
};
enum { N_OPERATORS = sizeof operators / sizeof operators[0], LOWEST = 1 };

static ag_c_number divide(reader *r, ag_c_number a, ag_c_number b, bool is_remainder) {
    bool is_overflow = !a.is_unsigned && (int64_t)b.bits == -1 && a.bits == (uint64_t)INT64_MIN;
    if (b.bits == 0 || is_overflow) {
        return fail(r);
    }
    if (a.is_unsigned) {
        a.bits = is_remainder ? a.bits % b.bits : a.bits / b.bits;
    } else {
        int64_t x = (int64_t)a.bits;
        int64_t y = (int64_t)b.bits;
        a.bits = (uint64_t)(is_remainder ? x % y : x / y);
    }
    return a;
}

static ag_c_number shift(reader *r, operation op, ag_c_number a, ag_c_number b) {
    if (b.bits >= (a.is_wide ? 64U : 32U)) {
        return fail(r);
    }
    bool is_negative = !a.is_unsigned && (int64_t)a.bits < 0;
    if (op == LEFT) {
        a.bits <<= b.bits;
    } else {
        a.bits = is_negative ? ~(~a.bits >> b.bits) : a.bits >> b.bits;
    }
    return a;
}

static ag_c_number compute(reader *r, operation op, ag_c_number a, ag_c_number b) {
    switch (op) {
    case MULTIPLY:
        a.bits *= b.bits;
        return a;
    case DIVIDE:
    case REMAINDER:
        return divide(r, a, b, op == REMAINDER);
    case ADD:
        a.bits += b.bits;
        return a;
    case SUBTRACT:
        a.bits -= b.bits;
        return a;
    case AT_MOST:
        return of_bool(!is_less(b, a));
    case AT_LEAST:
        return of_bool(!is_less(a, b));
    case LESS:
        return of_bool(is_less(a, b));
    case GREATER:
        return of_bool(is_less(b, a));
    case SAME:
        return of_bool(a.bits == b.bits);
    case OTHER:
        return of_bool(a.bits != b.bits);
    case BIT_AND:
        a.bits &= b.bits;
        return a;
    case BIT_XOR:
        a.bits ^= b.bits;
        return a;
    case BIT_OR:
        a.bits |= b.bits;
        return a;
    case AND:
        return of_bool(a.bits != 0 && b.bits != 0);
    case OR:
        return of_bool(a.bits != 0 || b.bits != 0);
    case LEFT:
    case RIGHT:
        break;
    }
    return shift(r, op, a, b);
}

/* Both of the wider type, unsigned where one of that width is. */
static void convert(ag_c_number *a, ag_c_number *b) {
    bool is_wide = a->is_wide || b->is_wide;
    bool is_unsigned =
        (a->is_unsigned && a->is_wide == is_wide) || (b->is_unsigned && b->is_wide == is_wide);
    a->is_wide = b->is_wide = is_wide;
    a->is_unsigned = b->is_unsigned = is_unsigned;
    *a = fit(*a);
    *b = fit(*b);
}

static bool take_operator(reader *r, int level, operation *out) {
    for (size_t i = 0; i < N_OPERATORS; i++) {
        if (operators[i].level == level && take(r, operators[i].spelling)) {
            *out = (operation)i;
            return true;
        }
    }
    return false;
}

static ag_c_number binary(reader *r, int level) {
    enum { HIGHEST = 10 };
    operation op = ADD;
    ag_c_number left = level > HIGHEST ? unary(r) : binary(r, level + 1);
    while (level <= HIGHEST && take_operator(r, level, &op)) {
        ag_c_number right = binary(r, level + 1);
        if (op != LEFT && op != RIGHT) {
            convert(&left, &right);
        }
        left = fit(compute(r, op, left, right));
    }
    return left;
}

static ag_c_number conditional(reader *r) {
    if (++r->depth > MAX_DEPTH) {
        return fail(r);
    }
    ag_c_number out = binary(r, LOWEST);
    if (take(r, "?")) {
        ag_c_number yes = conditional(r);
        ag_c_number no = take(r, ":") ? conditional(r) : fail(r);
        bool is_yes = out.bits != 0;
        convert(&yes, &no);
        out = is_yes ? yes : no;
    }
    r->depth--;
    return out;
}

bool ag_c_evaluate(const char *text, ag_c_lookup lookup, void *data, ag_c_number *out) {
    reader r = {.at = text, .lookup = lookup, .data = data};
    *out = conditional(&r);
    skip_blanks(&r);
    return !r.has_failed && *r.at == '\0';
}
