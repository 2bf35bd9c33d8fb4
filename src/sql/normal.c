#include "sql/normal.h"

#include "sql/lists.h"
#include <stdlib.h>
#include <string.h>

/*
 * The tokens of a text as a list that parentheses and casts are taken out of. Node 0 stands before
 * the first token, node n + 1 is the AG_TOKEN_END.
 */
typedef struct node {
    ag_token token;
    size_t prev;
    size_t next;
    size_t partner; /* of a parenthesis; 0 when it has none */
    bool is_number; /* a string that was cast to a number's type */
} node;

typedef struct form {
    ag_sql_flavor flavor;
    ag_sql_rules rules;
    ag_str text;
    node *nodes;
    size_t n;
    bool is_broken; /* something was not closed */
} form;

static ag_token token_at(const form *f, size_t i) {
    return f->nodes[i].token;
}

static bool is(const form *f, size_t i, const char *spelling) {
    return ag_token_is(f->text, token_at(f, i), spelling);
}

static bool is_any(const form *f, size_t i, const char *const *words) {
    while (*words != NULL && !is(f, i, *words)) {
        words++;
    }
    return *words != NULL;
}

/* Open parentheses wait in a chain through `partner`. */
static void pair_parentheses(form *f) {
    size_t open = 0;
    for (size_t i = 1; i <= f->n; i++) {
        if (is(f, i, "(")) {
            f->nodes[i].partner = open;
            open = i;
        } else if (is(f, i, ")") && open != 0) {
            size_t outer = f->nodes[open].partner;
            f->nodes[i].partner = open;
            f->nodes[open].partner = i;
            open = outer;
        }
    }
    while (open != 0) {
        size_t outer = f->nodes[open].partner;
        f->nodes[open].partner = 0;
        open = outer;
    }
}

static form form_of(ag_sql_flavor flavor, ag_sql_rules rules, ag_str text) {
    form f = {.flavor = flavor, .rules = rules, .text = text};
    ag_tokens tokens = ag_sql_tokens(NULL, flavor, text);
    f.n = tokens.n;
    f.nodes = ag_xmalloc((f.n + 2) * sizeof *f.nodes);
    f.nodes[0] = (node){.token = {.kind = AG_TOKEN_END}, .next = 1};
    for (size_t i = 1; i <= f.n + 1; i++) {
        f.nodes[i] = (node){.token = tokens.items[i - 1], .prev = i - 1, .next = i + 1};
        f.is_broken |= f.nodes[i].token.kind == AG_TOKEN_ERROR;
    }
    ag_vec_release(&tokens);
    pair_parentheses(&f);
    return f;
}

static void form_release(form *f) {
    free(f->nodes);
}

static void drop(form *f, size_t i) {
    f->nodes[f->nodes[i].prev].next = f->nodes[i].next;
    f->nodes[f->nodes[i].next].prev = f->nodes[i].prev;
}

static bool is_pg(const form *f) {
    return f->flavor != AG_SQL_SQLITE;
}

static bool is_name(ag_token token) {
    return token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
}

static bool is_atom(ag_token token) {
    return is_name(token) || token.kind == AG_TOKEN_STRING || token.kind == AG_TOKEN_NUMBER ||
           token.kind == AG_TOKEN_PARAMETER;
}

static bool is_like(const form *f, size_t i) {
    static const char *const words[] = {"like", "ilike", NULL};
    return f->rules == AG_SQL_LOOSE && is_pg(f) && is_any(f, i, words);
}

/* True when a parenthesis at `i` only groups: it is no call, list, type modifier or subquery. */
static bool is_group(const form *f, size_t i) {
    static const char *const before[] = {"(",   "[",    ",",    "and",  "or",
                                         "not", "when", "then", "else", NULL};
    size_t prev = f->nodes[i].prev;
    bool is_operator = token_at(f, prev).kind == AG_TOKEN_OPERATOR && !is(f, prev, "::");
    return prev == 0 || is_operator || is_any(f, prev, before) || is_like(f, prev);
}

/* `(x)` may lose its parentheses; not `(x).field`, nor -(1), which may be another type than -1. */
static bool is_grouped_atom(const form *f, size_t open, size_t close) {
    size_t inner = f->nodes[open].next;
    if (f->nodes[inner].next != close || !is_atom(token_at(f, inner)) ||
        is(f, f->nodes[close].next, ".")) {
        return false;
    }
    return token_at(f, inner).kind != AG_TOKEN_NUMBER || !is(f, f->nodes[open].prev, "-");
}

/* `(-1)` before a cast, as PostgreSQL writes it. */
static bool is_negative_before_cast(const form *f, size_t open, size_t close) {
    size_t sign = f->nodes[open].next;
    size_t number = f->nodes[sign].next;
    return f->rules == AG_SQL_LOOSE && is_pg(f) && is(f, sign, "-") &&
           token_at(f, number).kind == AG_TOKEN_NUMBER && f->nodes[number].next == close &&
           is(f, f->nodes[close].next, "::");
}

static void drop_pair(form *f, size_t open) {
    size_t close = f->nodes[open].partner;
    drop(f, open);
    drop(f, close);
}

/* At a closing parenthesis, when all inside is done. */
static void simplify_group(form *f, size_t close) {
    size_t open = f->nodes[close].partner;
    if (open == 0 || !is_group(f, open)) {
        return;
    }
    size_t inner = f->nodes[open].next;
    if (is_grouped_atom(f, open, close) || is_negative_before_cast(f, open, close)) {
        drop_pair(f, open);
    } else if (is(f, inner, "(") && f->nodes[inner].partner == f->nodes[close].prev) {
        drop_pair(f, inner);
    }
}

/* Index after `(…)` of a type, `i` when there is none. */
static size_t modifier_end(const form *f, size_t i) {
    size_t close = f->nodes[i].partner;
    if (!is(f, i, "(") || close == 0) {
        return i;
    }
    for (size_t j = i + 1; j < close; j++) {
        if (!is_atom(token_at(f, j)) && !is(f, j, ",") && !is(f, j, "-")) {
            return i;
        }
    }
    return close + 1;
}

static size_t skip_words(const form *f, size_t i, const char *const *words) {
    while (is_any(f, i, words)) {
        i++;
    }
    return i;
}

/* Index after the second and later words of a built-in type whose first word is at `first`. */
static size_t type_words_end(const form *f, size_t first, size_t i) {
    static const char *const texts[] = {"character", "char", "nchar", "national", "bit", NULL};
    static const char *const text_tail[] = {"character", "char", "varying", NULL};
    static const char *const times[] = {"time", "timestamp", NULL};
    static const char *const time_tail[] = {"with", "without", "time", "zone", NULL};
    static const char *const fields[] = {"year",   "month",  "day", "hour",
                                         "minute", "second", "to",  NULL};
    static const char *const precision[] = {"precision", NULL};
    if (is(f, first, "double")) {
        return skip_words(f, i, precision);
    }
    if (is_any(f, first, texts)) {
        return skip_words(f, i, text_tail);
    }
    if (is_any(f, first, times)) {
        size_t tail = modifier_end(f, i);
        bool has_zone = (is(f, tail, "with") || is(f, tail, "without")) && is(f, tail + 1, "time");
        return has_zone ? skip_words(f, tail, time_tail) : tail;
    }
    return is(f, first, "interval") ? skip_words(f, i, fields) : i;
}

/* Index after the type that starts at `i`, or `i` when none does. */
static size_t type_end(const form *f, size_t i) {
    size_t end = i;
    if (!is_name(token_at(f, i))) {
        return i;
    }
    for (end++; is(f, end, ".") && is_name(token_at(f, end + 1)); end += 2) {
    }
    if (end == i + 1) {
        end = type_words_end(f, i, end);
    }
    end = modifier_end(f, end);
    while (is(f, end, "[")) {
        size_t close = end + 1 + (token_at(f, end + 1).kind == AG_TOKEN_NUMBER);
        if (!is(f, close, "]")) {
            break;
        }
        end = close + 1;
    }
    return end;
}

static bool is_literal(const form *f, size_t i) {
    static const char *const words[] = {"null", "true", "false", NULL};
    ag_token_kind kind = token_at(f, i).kind;
    return kind == AG_TOKEN_STRING || kind == AG_TOKEN_NUMBER || is_any(f, i, words);
}

/* '12', '-1.5' */
static bool holds_number(ag_str token) {
    size_t i = 1;
    size_t digits = 0;
    bool has_point = false;
    i += token.n > 2 && token.p[i] == '-';
    for (; i + 1 < token.n; i++) {
        if (token.p[i] == '.' && digits > 0 && !has_point) {
            has_point = true;
            digits = 0;
        } else if (ag_is_digit(token.p[i])) {
            digits++;
        } else {
            return false;
        }
    }
    return digits > 0 && token.p[0] == '\'';
}

/* At a `::`: drops it and the type when a literal is before. Returns the last index it looked at.
 */
static size_t drop_literal_cast(form *f, size_t cast) {
    static const char *const numbers[] = {"smallint", "integer", "bigint",  "int",     "int2",
                                          "int4",     "int8",    "numeric", "decimal", "real",
                                          "double",   "float4",  "float8",  NULL};
    size_t literal = f->nodes[cast].prev;
    size_t end = type_end(f, cast + 1);
    if (!is_literal(f, literal) || end == cast + 1) {
        return cast;
    }
    node *n = &f->nodes[literal];
    n->is_number |= n->token.kind == AG_TOKEN_STRING && is_any(f, cast + 1, numbers) &&
                    !is(f, end - 1, "]") && holds_number(ag_token_text(f->text, n->token));
    for (size_t i = cast; i < end; i++) {
        drop(f, i);
    }
    return end - 1;
}

/* Drops parentheses around the whole; returns whether there were any. */
static void drop_outer(form *f) {
    for (;;) {
        size_t open = f->nodes[0].next;
        size_t close = f->nodes[f->n + 1].prev;
        if (!is(f, open, "(") || f->nodes[open].partner != close) {
            return;
        }
        drop_pair(f, open);
    }
}

static void simplify(form *f) {
    for (size_t i = 1; i <= f->n; i++) {
        if (is(f, i, ")")) {
            simplify_group(f, i);
        } else if (f->rules == AG_SQL_LOOSE && is_pg(f) && is(f, i, "::")) {
            i = drop_literal_cast(f, i);
        }
    }
    drop_outer(f);
}

/* Words that are values: in quotes they are names. None is a reserved keyword of SQLite. */
static bool is_value_word(ag_str word) {
    static const char *const words[] = {"true", "false", "current_date", "current_time",
                                        "current_timestamp"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (ag_str_ieq(word, words[i])) {
            return true;
        }
    }
    return false;
}

static void put_lower(ag_buf *buf, ag_str s) {
    for (size_t i = 0; i < s.n; i++) {
        ag_buf_putc(buf, ag_lower_char(s.p[i]));
    }
}

/* Without quotes the name would be the same name. */
static bool is_bare(ag_sql_flavor flavor, ag_str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_letter = c == '_' || (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') ||
                         (flavor == AG_SQL_SQLITE && ag_is_alpha(c));
        if (!is_letter && (i == 0 || (!ag_is_digit(c) && c != '$'))) {
            return false;
        }
    }
    bool is_mark = name.n >= 3 && memcmp(name.p, "\xEF\xBB\xBF", 3) == 0;
    bool is_word = flavor == AG_SQL_SQLITE ? ag_sql_is_reserved(flavor, name) || is_value_word(name)
                                           : ag_sql_is_keyword(flavor, name);
    return name.n > 0 && !is_mark && !is_word;
}

static void put_quoted(ag_buf *buf, const char *value, char quote) {
    if (quote == '"') {
        ag_sql_quote_ident(buf, AG_SQL_GENERIC, value, true);
    } else {
        ag_sql_quote_string(buf, value);
    }
}

/*
 * The value of a string or quoted identifier, false when it has none that could be written in
 * plain quotes: a NUL byte in it, or an escape character named after it.
 */
static bool take_value(const form *f, size_t i, ag_buf *value) {
    if (is(f, f->nodes[i].next, "uescape")) {
        return false;
    }
    ag_token_unquote_to(value, f->flavor, f->text, token_at(f, i));
    return memchr(ag_buf_text(value), '\0', value->n) == NULL;
}

static void put_identifier(const form *f, size_t i, ag_buf *buf) {
    ag_buf value = AG_BUF_INIT;
    ag_str raw = ag_token_text(f->text, token_at(f, i));
    if (!take_value(f, i, &value)) {
        ag_buf_putn(buf, raw.p, raw.n);
        ag_buf_release(&value);
        return;
    }
    bool keeps_case = f->flavor != AG_SQL_SQLITE || (f->rules == AG_SQL_EXACT && raw.p[0] == '"');
    for (size_t c = 0; c < value.n && !keeps_case; c++) {
        value.text[c] = ag_lower_char(value.text[c]);
    }
    ag_str name = {ag_buf_text(&value), value.n};
    bool minds_quotes = f->flavor == AG_SQL_SQLITE && f->rules == AG_SQL_EXACT && keeps_case;
    if (!minds_quotes && is_bare(f->flavor, name)) {
        ag_buf_putn(buf, name.p, name.n);
    } else {
        put_quoted(buf, name.p, '"');
    }
    ag_buf_release(&value);
}

static void put_string(const form *f, size_t i, ag_buf *buf) {
    ag_str raw = ag_token_text(f->text, token_at(f, i));
    char first = ag_lower_char(raw.p[0]);
    bool has_digits = first == 'x' || first == 'b' || first == 'n';
    ag_buf value = AG_BUF_INIT;
    if (f->nodes[i].is_number) {
        bool is_negative = raw.p[1] == '-';
        ag_buf_puts(buf, is_negative ? "- " : "");
        ag_buf_putn(buf, raw.p + 1 + is_negative, raw.n - 2 - is_negative);
    } else if (f->flavor == AG_SQL_SQLITE && first == 'x') {
        put_lower(buf, raw);
    } else if (has_digits) {
        ag_buf_putc(buf, first);
        ag_buf_putn(buf, raw.p + 1, raw.n - 1);
    } else if (f->rules != AG_SQL_TOKENS && is_pg(f) && take_value(f, i, &value)) {
        put_quoted(buf, ag_buf_text(&value), '\'');
    } else {
        ag_buf_putn(buf, raw.p, raw.n);
    }
    ag_buf_release(&value);
}

/* The spelling that stands for several, or NULL. */
static const char *common_operator(const form *f, size_t i) {
    if (f->rules == AG_SQL_TOKENS) {
        return NULL;
    }
    if (is(f, i, "!=")) {
        return "<>";
    }
    if (is(f, i, "==") && f->flavor == AG_SQL_SQLITE) {
        return "=";
    }
    if (is_like(f, i)) {
        return is(f, i, "like") ? "~~" : "~~*";
    }
    if (is(f, i, "not") && is_like(f, f->nodes[i].next)) {
        return is(f, f->nodes[i].next, "like") ? "!~~" : "!~~*";
    }
    return NULL;
}

/* Writes the token at `i`; returns the last that was written with it. */
static size_t put_token(const form *f, size_t i, ag_buf *buf) {
    const char *common = common_operator(f, i);
    ag_token token = token_at(f, i);
    ag_str raw = ag_token_text(f->text, token);
    if (common != NULL) {
        ag_buf_puts(buf, common);
        return common[0] == '!' ? f->nodes[i].next : i;
    }
    if (token.kind == AG_TOKEN_QUOTED) {
        put_identifier(f, i, buf);
    } else if (token.kind == AG_TOKEN_STRING) {
        put_string(f, i, buf);
    } else if (token.kind == AG_TOKEN_NUMBER ||
               (token.kind == AG_TOKEN_WORD &&
                (f->flavor != AG_SQL_SQLITE || f->rules != AG_SQL_EXACT))) {
        put_lower(buf, raw);
    } else {
        ag_buf_putn(buf, raw.p, raw.n);
    }
    return i;
}

void ag_sql_normalise(ag_buf *buf, ag_sql_flavor flavor, ag_sql_rules rules, ag_str text) {
    form f = form_of(flavor, rules, text);
    if (f.is_broken) {
        ag_buf_putn(buf, text.p, text.n);
    } else {
        if (rules != AG_SQL_TOKENS) {
            simplify(&f);
        }
        for (size_t i = f.nodes[0].next; i <= f.n; i = f.nodes[i].next) {
            if (i != f.nodes[0].next) {
                ag_buf_putc(buf, ' ');
            }
            i = put_token(&f, i, buf);
        }
    }
    form_release(&f);
}

/* SQLite's exact rule: words in any case, names in double quotes by their case. */
static bool same_exact_lite(ag_str a, ag_token at, ag_str b, ag_token bt) {
    ag_str x = ag_token_text(a, at);
    ag_str y = ag_token_text(b, bt);
    if (is_name(at) && is_name(bt) && at.kind != bt.kind) {
        ag_str bare = at.kind == AG_TOKEN_WORD ? x : y;
        ag_str quoted = at.kind == AG_TOKEN_WORD ? y : x;
        return is_bare(AG_SQL_SQLITE, bare) && quoted.n == bare.n + 2 &&
               memcmp(quoted.p + 1, bare.p, bare.n) == 0;
    }
    if (at.kind != bt.kind || x.n != y.n) {
        return false;
    }
    for (size_t i = 0; i < x.n; i++) {
        bool is_same = at.kind == AG_TOKEN_WORD ? ag_lower_char(x.p[i]) == ag_lower_char(y.p[i])
                                                : x.p[i] == y.p[i];
        if (!is_same) {
            return false;
        }
    }
    return true;
}

static bool equal_exact_lite(ag_str a, ag_str b) {
    ag_lexer left = ag_lexer_of(AG_SQL_SQLITE, a);
    ag_lexer right = ag_lexer_of(AG_SQL_SQLITE, b);
    for (;;) {
        ag_token at = ag_lexer_next_solid(&left);
        ag_token bt = ag_lexer_next_solid(&right);
        if (!same_exact_lite(a, at, b, bt)) {
            return false;
        }
        if (at.kind == AG_TOKEN_END) {
            return true;
        }
    }
}

/* PostgreSQL prints some lists in one way and reads that back as another. */
static void normalise_lists(ag_buf *buf, ag_sql_flavor flavor, ag_sql_rules rules,
                            const char *text) {
    if (flavor != AG_SQL_POSTGRES || !ag_sql_may_have_lists(text)) {
        ag_sql_normalise(buf, flavor, rules, ag_str_of(text));
        return;
    }
    ag_buf plain = AG_BUF_INIT;
    ag_sql_put_plain_lists(&plain, text, AG_SQL_LISTS_ALL);
    ag_sql_normalise(buf, flavor, rules, (ag_str){ag_buf_text(&plain), plain.n});
    ag_buf_release(&plain);
}

bool ag_sql_equal(ag_sql_flavor flavor, ag_sql_rules rules, const char *a, const char *b) {
    if (strcmp(a, b) == 0) {
        return true;
    }
    ag_buf left = AG_BUF_INIT;
    ag_buf right = AG_BUF_INIT;
    normalise_lists(&left, flavor, rules, a);
    normalise_lists(&right, flavor, rules, b);
    bool is_equal =
        left.n == right.n && (left.n == 0 || memcmp(left.text, right.text, left.n) == 0);
    if (!is_equal && flavor == AG_SQL_SQLITE && rules == AG_SQL_EXACT) {
        is_equal = equal_exact_lite((ag_str){ag_buf_text(&left), left.n},
                                    (ag_str){ag_buf_text(&right), right.n});
    }
    ag_buf_release(&left);
    ag_buf_release(&right);
    return is_equal;
}

bool ag_sql_tokens_equal(ag_sql_flavor flavor, const char *a, const char *b) {
    return ag_sql_equal(flavor, AG_SQL_TOKENS, a, b);
}

void ag_sql_token_hash(ag_sql_flavor flavor, const char *text, char out[AG_SQL_HASH_SIZE]) {
    ag_buf normal = AG_BUF_INIT;
    char digest[65];
    ag_sql_normalise(&normal, flavor, AG_SQL_TOKENS, ag_str_of(text));
    ag_sha256_hex(ag_buf_text(&normal), normal.n, digest);
    memcpy(out, digest, AG_SQL_HASH_SIZE - 1);
    out[AG_SQL_HASH_SIZE - 1] = '\0';
    ag_buf_release(&normal);
}

/* The text of the nodes from `first` through `last`; empty when there are none. */
static ag_str text_between(const form *f, size_t first, size_t last) {
    if (first > last) {
        return (ag_str){.p = "", .n = 0};
    }
    size_t start = token_at(f, first).offset;
    ag_token end = token_at(f, last);
    return (ag_str){.p = f->text.p + start, .n = end.offset + end.n - start};
}

ag_str ag_sql_strip_parens(ag_sql_flavor flavor, ag_str text) {
    form f = form_of(flavor, AG_SQL_EXACT, text);
    ag_str stripped = ag_str_trim(text);
    if (!f.is_broken) {
        drop_outer(&f);
        stripped = text_between(&f, f.nodes[0].next, f.nodes[f.n + 1].prev);
    }
    form_release(&f);
    return stripped;
}

bool ag_sql_literal_cast(ag_str text, ag_str *literal, ag_str *type) {
    form f = form_of(AG_SQL_POSTGRES, AG_SQL_LOOSE, ag_sql_strip_parens(AG_SQL_POSTGRES, text));
    size_t cast = 1;
    while (cast <= f.n && !is(&f, cast, "::")) {
        cast++;
    }
    ag_str left = cast > f.n ? (ag_str){.p = "", .n = 0} : text_between(&f, 1, cast - 1);
    form value = form_of(AG_SQL_POSTGRES, AG_SQL_LOOSE, ag_sql_strip_parens(AG_SQL_POSTGRES, left));
    bool is_signed =
        value.n == 2 && is(&value, 1, "-") && token_at(&value, 2).kind == AG_TOKEN_NUMBER;
    bool is_cast = !f.is_broken && cast < f.n && type_end(&f, cast + 1) == f.n + 1 &&
                   (is_signed || (value.n == 1 && is_literal(&value, 1)));
    if (is_cast) {
        *literal = value.text;
        *type = text_between(&f, cast + 1, f.n);
    }
    form_release(&value);
    form_release(&f);
    return is_cast;
}
