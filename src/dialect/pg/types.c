/* Types: built-in ones in the spelling of format_type(), all else as it was written. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/pg.h"
#include "sql/normal.h"

/* How a built-in type is spelled: head, modifier, tail. */
typedef struct spelling {
    const char *words; /* what may be written for it */
    const char *head;
    const char *tail;
    const char *modifier; /* the one it has when none is written; NULL: it takes none */
} spelling;

static const spelling spellings[] = {
    {"int", "integer", "", NULL},
    {"int4", "integer", "", NULL},
    {"integer", "integer", "", NULL},
    {"int2", "smallint", "", NULL},
    {"smallint", "smallint", "", NULL},
    {"tinyint", "smallint", "", NULL},
    {"int8", "bigint", "", NULL},
    {"bigint", "bigint", "", NULL},
    {"serial", "serial", "", NULL},
    {"serial4", "serial", "", NULL},
    {"serial2", "smallserial", "", NULL},
    {"smallserial", "smallserial", "", NULL},
    {"serial8", "bigserial", "", NULL},
    {"bigserial", "bigserial", "", NULL},
    {"float4", "real", "", NULL},
    {"real", "real", "", NULL},
    {"float8", "double precision", "", NULL},
    {"double", "double precision", "", NULL},
    {"double precision", "double precision", "", NULL},
    {"bool", "boolean", "", NULL},
    {"boolean", "boolean", "", NULL},
    {"text", "text", "", NULL},
    {"clob", "text", "", NULL},
    {"blob", "bytea", "", NULL},
    {"bytea", "bytea", "", NULL},
    {"date", "date", "", NULL},
    {"uuid", "uuid", "", NULL},
    {"json", "json", "", NULL},
    {"jsonb", "jsonb", "", NULL},
    {"xml", "xml", "", NULL},
    {"money", "money", "", NULL},
    {"inet", "inet", "", NULL},
    {"cidr", "cidr", "", NULL},
    {"macaddr", "macaddr", "", NULL},
    {"macaddr8", "macaddr8", "", NULL},
    {"tsvector", "tsvector", "", NULL},
    {"tsquery", "tsquery", "", NULL},
    {"oid", "oid", "", NULL},
    {"name", "name", "", NULL},
    {"numeric", "numeric", "", ""},
    {"decimal", "numeric", "", ""},
    {"dec", "numeric", "", ""},
    {"varchar", "character varying", "", ""},
    {"character varying", "character varying", "", ""},
    {"char varying", "character varying", "", ""},
    {"nchar varying", "character varying", "", ""},
    {"national character varying", "character varying", "", ""},
    {"national char varying", "character varying", "", ""},
    {"char", "character", "", "(1)"},
    {"character", "character", "", "(1)"},
    {"nchar", "character", "", "(1)"},
    {"national character", "character", "", "(1)"},
    {"national char", "character", "", "(1)"},
    {"bpchar", "bpchar", "", ""},
    {"bit", "bit", "", "(1)"},
    {"varbit", "bit varying", "", ""},
    {"bit varying", "bit varying", "", ""},
    {"timestamp", "timestamp", " without time zone", ""},
    {"datetime", "timestamp", " without time zone", ""},
    {"timestamp without time zone", "timestamp", " without time zone", ""},
    {"timestamptz", "timestamp", " with time zone", ""},
    {"timestamp with time zone", "timestamp", " with time zone", ""},
    {"time", "time", " without time zone", ""},
    {"time without time zone", "time", " without time zone", ""},
    {"timetz", "time", " with time zone", ""},
    {"time with time zone", "time", " with time zone", ""},
    {"interval", "interval", "", ""},
};

/* A type text taken apart; what is not of this shape is not built in. */
typedef struct parts {
    ag_buf words;    /* lower case, one blank between them */
    ag_buf modifier; /* "(10,2)" or empty */
    size_t end;      /* where the array suffix starts in the text */
    bool is_array;
    bool is_simple;  /* unquoted words, one modifier with numbers only, an array suffix */
    bool is_catalog; /* pg_catalog was written before it */
} parts;

static void put_lower_word(ag_buf *buf, ag_str word) {
    if (buf->n > 0) {
        ag_buf_putc(buf, ' ');
    }
    for (size_t i = 0; i < word.n; i++) {
        ag_buf_putc(buf, ag_lower_char(word.p[i]));
    }
}

/* Index after `[]`, `[3]`, repeated, or `ARRAY`, `ARRAY[3]`. */
static size_t skip_array(ag_str text, const ag_tokens *tokens, size_t i) {
    i += ag_token_is(text, tokens->items[i], "array");
    while (ag_token_is(text, tokens->items[i], "[")) {
        size_t close = i + 1 + (tokens->items[i + 1].kind == AG_TOKEN_NUMBER);
        if (!ag_token_is(text, tokens->items[close], "]")) {
            break;
        }
        i = close + 1;
    }
    return i;
}

/* Index after `(10, -2)`; unchanged when there is no such thing. */
static size_t take_modifier(ag_str text, const ag_tokens *tokens, size_t i, ag_buf *out) {
    if (!ag_token_is(text, tokens->items[i], "(") || out->n > 0) {
        return i;
    }
    size_t at = i;
    bool is_open = true;
    for (; is_open && at < tokens->n; at++) {
        ag_token token = tokens->items[at];
        ag_str piece = ag_token_text(text, token);
        bool is_sign = ag_str_eq(piece, ",") || ag_str_eq(piece, "-");
        if (at > i && !is_sign && token.kind != AG_TOKEN_NUMBER && !ag_str_eq(piece, ")")) {
            break;
        }
        ag_buf_putn(out, piece.p, piece.n);
        is_open = !ag_str_eq(piece, ")");
    }
    return is_open ? i : at;
}

static parts take_apart(const char *type) {
    parts p = {.is_simple = true};
    ag_str text = ag_str_of(type);
    ag_tokens tokens = ag_sql_tokens(NULL, AG_SQL_POSTGRES, text);
    size_t i = 0;
    if (tokens.n > 2 && ag_token_is(text, tokens.items[0], "pg_catalog") &&
        ag_token_is(text, tokens.items[1], ".")) {
        p.is_catalog = true;
        i = 2;
    }
    p.end = text.n;
    while (i < tokens.n) {
        ag_token token = tokens.items[i];
        size_t after_array = skip_array(text, &tokens, i);
        if (after_array > i && after_array == tokens.n) {
            p.is_array = true;
            p.end = token.offset;
            break;
        }
        size_t after_modifier = take_modifier(text, &tokens, i, &p.modifier);
        if (after_modifier > i) {
            i = after_modifier;
            continue;
        }
        p.is_simple &= token.kind == AG_TOKEN_WORD;
        put_lower_word(&p.words, ag_token_text(text, token));
        i++;
    }
    ag_vec_release(&tokens);
    return p;
}

static void release(parts *p) {
    ag_buf_release(&p->words);
    ag_buf_release(&p->modifier);
}

static const spelling *spelling_of(const parts *p) {
    for (size_t i = 0; p->is_simple && i < sizeof spellings / sizeof spellings[0]; i++) {
        if (strcmp(spellings[i].words, ag_buf_text(&p->words)) == 0) {
            return &spellings[i];
        }
    }
    return NULL;
}

/* float(24) is real, float(53) is double precision. */
static const char *float_of(const parts *p) {
    if (!p->is_simple || strcmp(ag_buf_text(&p->words), "float") != 0) {
        return NULL;
    }
    long bits = p->modifier.n == 0 ? 53 : strtol(ag_buf_text(&p->modifier) + 1, NULL, 10);
    return bits < 1 || bits > 53 ? NULL : bits <= 24 ? "real" : "double precision";
}

/* The modifier as the server writes it: numeric(10) is numeric(10,0), timestamp(9) has 6 digits. */
static void put_modifier(ag_buf *buf, const spelling *s, const parts *p) {
    const char *modifier = p->modifier.n == 0 ? s->modifier : ag_buf_text(&p->modifier);
    if (strcmp(s->head, "numeric") == 0 && p->modifier.n > 0 && strchr(modifier, ',') == NULL) {
        ag_buf_printf(buf, "%.*s,0)", (int)(p->modifier.n - 1), modifier);
    } else if (s->head[0] == 't' && p->modifier.n > 0 && strtol(modifier + 1, NULL, 10) > 6) {
        ag_buf_puts(buf, "(6)");
    } else {
        ag_buf_puts(buf, modifier);
    }
}

/* Writes the built-in type without its array suffix; false when it is none. */
static bool put_built_in(ag_buf *buf, const parts *p) {
    const char *is_float = float_of(p);
    const spelling *s = spelling_of(p);
    if (is_float != NULL) {
        ag_buf_puts(buf, is_float);
        return true;
    }
    if (s == NULL && p->is_simple && ag_text_starts(ag_buf_text(&p->words), "interval ")) {
        ag_buf_puts(buf, ag_buf_text(&p->words));
        ag_buf_puts(buf, ag_buf_text(&p->modifier));
        return true;
    }
    if (s == NULL || (s->modifier == NULL && p->modifier.n > 0)) {
        return false;
    }
    /* Without a modifier it is a type of its own: any length, padded. */
    bool is_sized_char = strcmp(s->head, "bpchar") == 0 && p->modifier.n > 0;
    ag_buf_puts(buf, is_sized_char ? "character" : s->head);
    if (s->modifier != NULL) {
        put_modifier(buf, s, p);
    }
    ag_buf_puts(buf, s->tail);
    return true;
}

const char *ag_pg_map_type(ag_arena *arena, const char *type) {
    ag_buf buf = AG_BUF_INIT;
    parts p = take_apart(type);
    if (!put_built_in(&buf, &p)) {
        ag_str name = ag_str_trim((ag_str){type, p.end});
        ag_buf_putn(&buf, name.p, name.n);
    }
    ag_buf_puts(&buf, p.is_array ? "[]" : "");
    const char *mapped = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    release(&p);
    return mapped;
}

bool ag_pg_is_built_in(const char *type) {
    ag_buf buf = AG_BUF_INIT;
    parts p = take_apart(type);
    bool is_known = !p.is_array && put_built_in(&buf, &p);
    ag_buf_release(&buf);
    release(&p);
    return is_known;
}

const char *ag_pg_default_storage(const char *type) {
    static const char *const extended[] = {"text",   "bytea",     "json", "jsonb",   "xml",
                                           "bpchar", "character", "bit",  "tsvector"};
    static const char *const plain[] = {"integer", "smallint", "bigint",  "real",      "double",
                                        "boolean", "date",     "time",    "timestamp", "interval",
                                        "uuid",    "money",    "macaddr", "macaddr8",  "oid",
                                        "name",    "tsquery"};
    size_t n = strcspn(type, " (");
    if (ag_text_ends(type, "[]")) {
        return "extended";
    }
    for (size_t i = 0; i < sizeof extended / sizeof extended[0]; i++) {
        if (ag_str_eq((ag_str){type, n}, extended[i])) {
            return "extended";
        }
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (ag_str_eq((ag_str){type, n}, plain[i])) {
            return "plain";
        }
    }
    bool is_main = ag_str_eq((ag_str){type, n}, "numeric") || ag_text_eq(type, "inet") ||
                   ag_text_eq(type, "cidr");
    return is_main ? "main" : NULL;
}

/* Without a namespace that need not be written: another one stays, and is another type. */
static const char *bare(const char *type) {
    static const char *const prefixes[] = {"pg_catalog.", "pg_catalog . ", "public.", "public . "};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (ag_text_starts(type, prefixes[i])) {
            return type + strlen(prefixes[i]);
        }
    }
    return type;
}

static char *normal_form(ag_arena *arena, const char *type) {
    ag_buf buf = AG_BUF_INIT;
    ag_sql_normalise(&buf, AG_SQL_POSTGRES, AG_SQL_TOKENS, ag_str_of(ag_pg_map_type(arena, type)));
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

bool ag_pg_same_type(const char *a, const char *b, bool in_key) {
    (void)in_key;
    if (a == NULL || b == NULL) {
        return a == b;
    }
    if (strcmp(a, b) == 0) {
        return true;
    }
    ag_arena *arena = ag_arena_new();
    bool is_same = strcmp(bare(normal_form(arena, a)), bare(normal_form(arena, b))) == 0;
    ag_arena_free(arena);
    return is_same;
}
