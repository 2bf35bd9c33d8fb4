#include "model/c/annot.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

enum { MAX_DEPTH = 100, MAX_WORDS = 128 };

static const struct {
    const char *name, *macro;
    int places, least, most;
} specs[] = {
#define AG_ANNOT(name, macro, places, least, most) {#name, macro, places, least, most},
#include "model/c/annot_list.def"
#undef AG_ANNOT
};

/* Macros that stand only inside of others. */
static const char *const inner[] = {"AG_UNNAMED", "AG_WHERE", "AG_UNIQUE_INDEX", "AG_METHOD",
                                    "AG_INCLUDE", "AG_KEY",   "AG_EXPR",         "AG_OPTION",
                                    "AG_ONLY",    "AG_ON",    "AG_SQLITE",       "AG_POSTGRESQL"};

const char *ag_annot_macro(ag_annot_id id) {
    return specs[id].macro;
}

const ag_annot *ag_annot_find(const ag_annots *list, ag_annot_id id) {
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i].id == id) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* ---- tokens ---- */

typedef enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_OTHER } token_kind;

typedef struct parser {
    ag_arena *arena;
    ag_error *err;
    const char *at;
    token_kind kind; /* of the token at `at`… */
    size_t n;        /* …and its length. */
} parser;

static bool is_word_char(char c) {
    return ag_is_alnum(c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

/* Length of a literal in quotes, with its closing one; to the end where that is missing. */
static size_t quoted_length(const char *p) {
    size_t n = 1;
    while (p[n] != '\0' && p[n] != '\n' && p[n] != p[0]) {
        n += p[n] == '\\' && p[n + 1] != '\0' ? 2 : 1;
    }
    return p[n] == p[0] ? n + 1 : n;
}

static size_t number_length(const char *p) {
    size_t n = 1;
    while (is_word_char(p[n]) || p[n] == '.' ||
           (p[n] == '\'' && is_word_char(p[n - 1]) && is_word_char(p[n + 1])) ||
           ((p[n] == '+' || p[n] == '-') && strchr("eEpP", p[n - 1]) != NULL)) {
        n++;
    }
    return n;
}

static void look(parser *p) {
    while (*p->at != '\n' && ag_is_space(*p->at)) {
        p->at++;
    }
    const char *c = p->at;
    p->n = 1;
    if (*c == '\0' || *c == '\n') {
        p->kind = TOKEN_END;
        p->n = 0;
    } else if (*c == '"' || (c[0] == 'u' && c[1] == '8' && c[2] == '"')) {
        size_t prefix = *c == '"' ? 0 : 2;
        p->kind = TOKEN_TEXT;
        p->n = prefix + quoted_length(c + prefix);
    } else if (*c == '\'') {
        p->kind = TOKEN_OTHER;
        p->n = quoted_length(c);
    } else if (ag_is_digit(*c) || (*c == '.' && ag_is_digit(c[1]))) {
        p->kind = TOKEN_NUMBER;
        p->n = number_length(c);
    } else if (is_word_char(*c)) {
        p->kind = TOKEN_WORD;
        while (is_word_char(c[p->n])) {
            p->n++;
        }
    } else {
        p->kind = TOKEN_OTHER;
    }
}

static bool is_at(const parser *p, char c) {
    return p->kind == TOKEN_OTHER && p->n == 1 && *p->at == c;
}

static void step(parser *p) {
    p->at += p->n;
    look(p);
}

/* ---- literals ---- */

static int digit_of(char c, int base) {
    int digit = ag_is_digit(c) ? c - '0' : -1;
    char lower = ag_lower_char(c);
    if (lower >= 'a' && lower <= 'f') {
        digit = lower - 'a' + 10;
    }
    return digit < base ? digit : -1;
}

/* Reads at most `most` digits. */
static uint32_t read_digits(const char **p, const char *end, int base, size_t most) {
    uint32_t value = 0;
    for (size_t i = 0; i < most && *p < end && digit_of(**p, base) >= 0; i++) {
        value = (value * (uint32_t)base + (uint32_t)digit_of(**p, base)) & 0xFFFFFFF;
        (*p)++;
    }
    return value;
}

/* One escape after its backslash; false for one that no text of a database can hold. */
static bool decode_escape(ag_buf *out, const char **p, const char *end) {
    static const char letters[] = "abfnrtve";
    static const char values[] = "\a\b\f\n\r\t\v\x1b";
    char c = **p;
    const char *letter = strchr(letters, c);
    if (letter != NULL && c != '\0') {
        ag_buf_putc(out, values[letter - letters]);
        (*p)++;
        return true;
    }
    if (digit_of(c, 8) >= 0 || c == 'x') {
        *p += c == 'x' ? 1 : 0;
        uint32_t byte = c == 'x' ? read_digits(p, end, 16, SIZE_MAX) : read_digits(p, end, 8, 3);
        ag_buf_putc(out, (char)(byte & 0xFF));
        return (byte & 0xFF) != 0;
    }
    if (c == 'u' || c == 'U') {
        (*p)++;
        uint32_t point = read_digits(p, end, 16, c == 'u' ? 4 : 8) & 0x1FFFFF;
        char bytes[4];
        ag_buf_putn(out, bytes, ag_utf8_encode(bytes, point));
        return point != 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    }
    ag_buf_putc(out, c);
    (*p)++;
    return true;
}

/* Appends what a literal stands for. */
static bool decode(parser *p, ag_buf *out) {
    const char *c = p->at + (*p->at == 'u' ? 3 : 1);
    const char *end = p->at + p->n - 1;
    if (end < c || *end != '"') {
        return ag_fail(p->err, AG_INPUT, "a string is not closed");
    }
    while (c < end) {
        if (*c != '\\') {
            ag_buf_putc(out, *c++);
            continue;
        }
        c++;
        if (c >= end || !decode_escape(out, &c, end)) {
            return ag_fail(p->err, AG_INPUT,
                           "a string holds a character that no name or text of"
                           " a database can have");
        }
    }
    return true;
}

/* Without the quotes between digits that C23 and C++ have. */
static char *joined(ag_arena *arena, const char *number) {
    char *out = ag_arena_strdup(arena, number);
    size_t n = 0;
    for (const char *p = number; *p != '\0'; p++) {
        if (*p != '\'') {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
    return out;
}

/* A number without C's suffixes, a whole one in decimal. */
static const char *plain_number(ag_arena *arena, const char *written) {
    const char *text = joined(arena, written);
    size_t n = strlen(text);
    bool is_hex = n > 1 && text[0] == '0' && ag_lower_char(text[1]) == 'x';
    bool is_whole = is_hex ? strpbrk(text, ".pP") == NULL : strpbrk(text, ".eE") == NULL;
    while (n > 1 && strchr(is_whole ? "uUlL" : "fFlL", text[n - 1]) != NULL) {
        n--;
    }
    char *copy = ag_arena_strndup(arena, text, n);
    if (is_whole && n > 1 && copy[0] == '0') {
        bool is_binary = ag_lower_char(copy[1]) == 'b';
        char *end = NULL;
        errno = 0;
        uint64_t value = strtoull(is_binary ? copy + 2 : copy, &end, is_binary ? 2 : 0);
        if (errno == 0 && *end == '\0') {
            return ag_arena_printf(arena, "%" PRIu64, value);
        }
    }
    return copy;
}

/* ---- arguments ---- */

static bool parse_list(parser *p, ag_args *out, int depth);

/* The rest of an argument that is no single thing, up to its comma or parenthesis. */
static bool skip_code(parser *p, int depth) {
    while (p->kind != TOKEN_END && !is_at(p, ',') && !is_at(p, ')')) {
        ag_args ignored = {NULL, 0, 0};
        if (!is_at(p, '(')) {
            step(p);
        } else if (!parse_list(p, &ignored, depth + 1)) {
            return false;
        }
    }
    return true;
}

static bool is_over(const parser *p) {
    return p->kind == TOKEN_END || is_at(p, ',') || is_at(p, ')');
}

static bool parse_text(parser *p, ag_arg *arg) {
    ag_buf text = AG_BUF_INIT;
    bool ok = true;
    while (ok && p->kind == TOKEN_TEXT) {
        ok = decode(p, &text);
        step(p);
    }
    arg->kind = AG_ARG_TEXT;
    arg->text = ag_buf_copy(&text, p->arena);
    ag_buf_release(&text);
    return ok;
}

static bool parse_word(parser *p, ag_arg *arg, int depth) {
    arg->kind = AG_ARG_WORD;
    arg->text = ag_arena_strndup(p->arena, p->at, p->n);
    step(p);
    if (!is_at(p, '(')) {
        return true;
    }
    arg->kind = AG_ARG_CALL;
    return parse_list(p, &arg->args, depth + 1);
}

/* What the first token promises; whatever follows it makes the argument code. */
static bool parse_start(parser *p, ag_arg *arg, int depth) {
    if (p->kind == TOKEN_TEXT) {
        return parse_text(p, arg);
    }
    if (p->kind == TOKEN_WORD) {
        return parse_word(p, arg, depth);
    }
    if (p->kind == TOKEN_NUMBER) {
        arg->kind = AG_ARG_NUMBER;
        arg->text = plain_number(p->arena, ag_arena_strndup(p->arena, p->at, p->n));
        step(p);
        return true;
    }
    if (is_at(p, '(')) {
        arg->kind = AG_ARG_LIST;
        return parse_list(p, &arg->args, depth + 1);
    }
    arg->kind = is_over(p) ? AG_ARG_EMPTY : AG_ARG_CODE;
    return true;
}

static bool parse_arg(parser *p, ag_arg *arg, int depth) {
    const char *start = p->at;
    *arg = (ag_arg){.text = ""};
    if (!parse_start(p, arg, depth)) {
        return false;
    }
    if (!is_over(p)) {
        arg->kind = AG_ARG_CODE;
        if (!skip_code(p, depth)) {
            return false;
        }
    }
    ag_str source = ag_str_trim((ag_str){start, (size_t)(p->at - start)});
    arg->source = ag_arena_strndup(p->arena, source.p, source.n);
    if (arg->kind == AG_ARG_CODE) {
        arg->text = arg->source;
    }
    return true;
}

/* "(a, b)"; nothing between the parentheses is no argument at all. */
static bool parse_list(parser *p, ag_args *out, int depth) {
    if (depth > MAX_DEPTH) {
        return ag_fail(p->err, AG_INPUT, "parentheses are nested too deeply");
    }
    step(p);
    while (p->kind != TOKEN_END) {
        ag_arg arg;
        if (!parse_arg(p, &arg, depth)) {
            return false;
        }
        bool is_last = is_at(p, ')');
        if (!is_last || out->n > 0 || arg.kind != AG_ARG_EMPTY) {
            ag_vec_push(p->arena, out, arg);
        }
        if (p->kind != TOKEN_END) {
            step(p);
        }
        if (is_last) {
            return true;
        }
    }
    return ag_fail(p->err, AG_INPUT, "a parenthesis is not closed");
}

/* ---- written and expanded ---- */

/* Words that headers define as macros, but that mean something to SQL. */
static bool is_kept_word(const ag_arg *written) {
    return written->kind == AG_ARG_WORD &&
           (strcmp(written->text, "true") == 0 || strcmp(written->text, "false") == 0 ||
            strcmp(written->text, "NULL") == 0 || strcmp(written->text, "bool") == 0);
}

/* Expanded arguments count; what was written helps where a macro of the system came between. */
static void merge(ag_args *expanded, const ag_args *written) {
    if (expanded->n != written->n) {
        return;
    }
    for (size_t i = 0; i < expanded->n; i++) {
        const ag_arg *from = &written->items[i];
        ag_arg *to = &expanded->items[i];
        if (is_kept_word(from)) {
            *to = *from;
        } else if (from->kind == AG_ARG_WORD) {
            to->word = from->text;
        } else if (from->kind == to->kind) {
            merge(&to->args, &from->args);
        }
    }
}

/* ---- annotations ---- */

static bool unknown(ag_arena *arena, const char *name, ag_error *err) {
    const char *names[AG_N_ANNOTS];
    for (size_t i = 0; i < AG_N_ANNOTS; i++) {
        names[i] = specs[i].name;
    }
    const char *near = ag_did_you_mean(name, names, AG_N_ANNOTS);
    (void)arena;
    ag_fail(err, AG_INPUT, "unknown annotation \"%s\"", name);
    return near == NULL ? false : ag_hint(err, "did you mean \"%s\"?", near);
}

static const char *place_words(ag_annot_place place) {
    switch (place) {
    case AG_ON_TABLE:
        return "a struct";
    case AG_ON_FIELD:
        return "a field";
    case AG_ON_ENUM:
        return "an enum";
    case AG_ON_VALUE:
        return "a constant of an enum";
    case AG_ON_TYPEDEF:
        return "a typedef";
    case AG_ON_FILE:
        break;
    }
    return "file scope";
}

static bool check(const ag_annot *annot, ag_annot_place place, ag_error *err) {
    const char *macro = specs[annot->id].macro;
    int n = (int)annot->args.n;
    int least = specs[annot->id].least;
    int most = specs[annot->id].most;
    if ((specs[annot->id].places & (int)place) == 0) {
        return ag_fail(err, AG_INPUT, "%s means nothing at %s", macro, place_words(place));
    }
    if (n < least || (most >= 0 && n > most)) {
        if (most == 0) {
            return ag_fail(err, AG_INPUT, "%s takes no arguments", macro);
        }
        return ag_fail(err, AG_INPUT, "%s takes %s%d argument%s, not %d", macro,
                       most < 0        ? "at least "
                       : least == most ? ""
                       : n < least     ? "at least "
                                       : "at most ",
                       n < least ? least : most, (n < least ? least : most) == 1 ? "" : "s", n);
    }
    return true;
}

/* What is left of a macro that is none: the compiler makes a call or a word of it. */
static bool check_words(const parser *p) {
    const char *near = NULL;
    const char *word = ag_annot_unknown_word(p->arena, p->at, &near);
    if (word == NULL) {
        return true;
    }
    ag_fail(p->err, AG_INPUT, "unknown annotation %s", word);
    return ag_hint(p->err,
                   near == NULL ? "a name that starts like one goes in quotes" : "did you mean %s?",
                   near);
}

static bool parse_both(parser *p, ag_annot *out) {
    ag_args written = {NULL, 0, 0};
    if (!is_at(p, '(')) {
        return ag_fail(p->err, AG_INPUT, "an annotation without its arguments");
    }
    if (!parse_list(p, &written, 0)) {
        return false;
    }
    if (p->kind != TOKEN_END || *p->at != '\n') {
        out->args = written; /* somebody wrote the attribute by hand */
        return *p->at == '\0' ||
               ag_fail(p->err, AG_INPUT, "an annotation with something behind its arguments");
    }
    p->at++;
    look(p);
    if (!check_words(p)) {
        return false;
    }
    if (!is_at(p, '(') || !parse_list(p, &out->args, 0)) {
        return ag_fail(p->err, AG_INPUT, "an annotation without its arguments");
    }
    merge(&out->args, &written);
    return true;
}

bool ag_annot_parse(ag_arena *arena, const char *text, ag_annot_place place, ag_annot *out,
                    ag_error *err) {
    parser p = {.arena = arena, .err = err, .at = text};
    look(&p);
    char *name = ag_arena_strndup(arena, p.at, p.kind == TOKEN_WORD ? p.n : 0);
    size_t id = 0;
    while (id < AG_N_ANNOTS && strcmp(specs[id].name, name) != 0) {
        id++;
    }
    if (id == AG_N_ANNOTS) {
        return unknown(arena, name, err);
    }
    step(&p);
    *out = (ag_annot){.id = (ag_annot_id)id};
    return parse_both(&p, out) && check(out, place, err);
}

static bool is_token(const parser *p, const char *word) {
    return p->kind == TOKEN_WORD && strlen(word) == p->n && strncmp(p->at, word, p->n) == 0;
}

const char *ag_annot_unknown_word(ag_arena *arena, const char *text, const char **near) {
    static const char start[] = "AG_";
    const char *names[MAX_WORDS]; /* without the letters that all begin with */
    size_t n = 0;
    for (size_t i = 0; i < AG_N_ANNOTS; i++) {
        names[n++] = specs[i].macro + strlen(start);
    }
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++) {
        names[n++] = inner[i] + strlen(start);
    }
    parser p = {.arena = arena, .at = text};
    for (look(&p); p.kind != TOKEN_END; step(&p)) {
        if (p.kind != TOKEN_WORD || strncmp(p.at, start, strlen(start)) != 0) {
            continue;
        }
        char *word = ag_arena_strndup(arena, p.at, p.n);
        const char *end = word + strlen(start);
        bool is_known = false;
        for (size_t i = 0; i < n && !is_known; i++) {
            is_known = strcmp(names[i], end) == 0;
        }
        if (!is_known) {
            const char *found = strlen(end) < 3 ? NULL : ag_did_you_mean(end, names, n);
            *near = found == NULL ? NULL : ag_arena_printf(arena, "%s%s", start, found);
            return word;
        }
    }
    return NULL;
}

const char *ag_annot_called_flag(ag_arena *arena, const char *text) {
    const char *flag = NULL;
    parser p = {.arena = arena, .at = text};
    for (look(&p); p.kind != TOKEN_END; step(&p)) {
        if (flag != NULL && is_at(&p, '(')) {
            return flag;
        }
        flag = NULL;
        for (size_t i = 0; i < AG_N_ANNOTS; i++) {
            flag = is_token(&p, specs[i].macro) && specs[i].most == 0 ? specs[i].macro : flag;
        }
    }
    return NULL;
}

const char *ag_annot_uncalled(ag_arena *arena, const char *text) {
    const char *last = NULL;
    parser p = {.arena = arena, .at = text};
    for (look(&p); p.kind != TOKEN_END; step(&p)) {
        if (last != NULL && !is_at(&p, '(')) {
            return last;
        }
        last = NULL;
        for (size_t i = 0; i < AG_N_ANNOTS; i++) {
            last = is_token(&p, specs[i].macro) && specs[i].least > 0 ? specs[i].macro : last;
        }
    }
    return last;
}

const char *ag_annot_outside(ag_arena *arena, const char *text) {
    parser p = {.arena = arena, .at = text};
    int depth = 0;
    for (look(&p); p.kind != TOKEN_END; step(&p)) {
        depth += is_at(&p, '(') ? 1 : is_at(&p, ')') ? -1 : 0;
        for (size_t i = 0; depth <= 0 && i < sizeof inner / sizeof inner[0]; i++) {
            if (is_token(&p, inner[i])) {
                return inner[i];
            }
        }
    }
    return NULL;
}
