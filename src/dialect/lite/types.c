/* Types: what a generic type of a model is declared as, and which declared types are the same. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"

/* Spellings of one type: SQLite treats them alike, so do the people who write them. */
static const struct {
    const char *alias;
    const char *name;
} aliases[] = {
    {"int", "integer"},
    {"int4", "integer"},
    {"int2", "smallint"},
    {"int8", "bigint"},
    {"bool", "boolean"},
    {"decimal", "numeric"},
    {"dec", "numeric"},
    {"datetime", "timestamp"},
    {"timestamptz", "timestamp"},
    {"timestamp with time zone", "timestamp"},
    {"timestamp without time zone", "timestamp"},
    {"timetz", "time"},
    {"time with time zone", "time"},
    {"time without time zone", "time"},
    {"character varying", "varchar"},
    {"char varying", "varchar"},
    {"character", "char"},
    {"float8", "double precision"},
    {"double", "double precision"},
    {"float", "double precision"},
    {"float4", "real"},
};

/*
 * Types of other databases that would get a wrong affinity, or are no type, if they were declared
 * as they are ("interval" holds "int").
 */
static const struct {
    const char *name;
    const char *declared;
} mapped[] = {
    {"bytea", "BLOB"},        {"uuid", "TEXT"},       {"json", "TEXT"},
    {"jsonb", "TEXT"},        {"interval", "TEXT"},   {"inet", "TEXT"},
    {"cidr", "TEXT"},         {"macaddr", "TEXT"},    {"macaddr8", "TEXT"},
    {"xml", "TEXT"},          {"tsvector", "TEXT"},   {"tsquery", "TEXT"},
    {"citext", "TEXT"},       {"hstore", "TEXT"},     {"ltree", "TEXT"},
    {"name", "TEXT"},         {"bit", "TEXT"},        {"varbit", "TEXT"},
    {"bit varying", "TEXT"},  {"point", "TEXT"},      {"line", "TEXT"},
    {"lseg", "TEXT"},         {"box", "TEXT"},        {"path", "TEXT"},
    {"polygon", "TEXT"},      {"circle", "TEXT"},     {"int4range", "TEXT"},
    {"int8range", "TEXT"},    {"numrange", "TEXT"},   {"tsrange", "TEXT"},
    {"tstzrange", "TEXT"},    {"daterange", "TEXT"},  {"money", "NUMERIC"},
    {"oid", "INTEGER"},       {"serial", "INTEGER"},  {"smallserial", "INTEGER"},
    {"bigserial", "INTEGER"}, {"serial2", "INTEGER"}, {"serial4", "INTEGER"},
    {"serial8", "INTEGER"},
};

/* A type taken apart: lower-case words with one blank between them, arguments without blanks. */
typedef struct parts {
    const char *words;
    const char *arguments; /* "(10,2)" or "". */
    bool is_array;
    bool is_plain; /* words and numeric arguments only, as SQLite's grammar has it. */
} parts;

static void put_word(ag_buf *buf, const char *word) {
    if (buf->n > 0) {
        ag_buf_putc(buf, ' ');
    }
    for (; *word != '\0'; word++) {
        ag_buf_putc(buf, ag_lower_char(*word));
    }
}

/* "[]" or "[3]", which is a quoted name to SQLite. */
static bool is_dimension(ag_str piece) {
    if (piece.n < 2 || piece.p[0] != '[') {
        return false;
    }
    size_t i = 1;
    while (ag_is_digit(piece.p[i])) {
        i++;
    }
    return i + 1 == piece.n;
}

static parts take_apart(ag_arena *arena, const char *type) {
    ag_str text = ag_str_of(type);
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, text);
    ag_buf words = AG_BUF_INIT;
    ag_buf arguments = AG_BUF_INIT;
    parts out = {.is_plain = true};
    bool is_inside = false;
    for (size_t i = 0; i < tokens.n; i++) {
        ag_token token = tokens.items[i];
        ag_str piece = ag_token_text(text, token);
        bool is_word = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_STRING ||
                       token.kind == AG_TOKEN_QUOTED;
        if (ag_token_is(text, token, "array") || is_dimension(piece)) {
            out.is_array = true;
        } else if (is_inside || ag_str_eq(piece, "(")) {
            is_inside = !ag_str_eq(piece, ")");
            out.is_plain &= !is_word;
            ag_buf_putn(&arguments, piece.p, piece.n);
        } else if (is_word) {
            out.is_plain &= arguments.n == 0;
            put_word(&words, ag_token_unquote(arena, AG_SQL_SQLITE, text, token));
        } else {
            out.is_plain = false;
            put_word(&words, ag_arena_strndup(arena, piece.p, piece.n));
        }
    }
    out.words = ag_buf_copy(&words, arena);
    out.arguments = ag_buf_copy(&arguments, arena);
    ag_buf_release(&words);
    ag_buf_release(&arguments);
    return out;
}

/* One bare word, as most types are: no need to take it apart. */
static bool is_word(const char *type) {
    if (!ag_is_alpha(*type)) {
        return false;
    }
    while (ag_is_alnum(*type) || *type == '_') {
        type++;
    }
    return *type == '\0';
}

static const char *canonical(const char *words) {
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].alias, words) == 0) {
            return aliases[i].name;
        }
    }
    return words;
}

/* "timestamp(3) with time zone": SQLite's grammar has the arguments last. */
static const char *zoned(ag_arena *arena, const parts *type) {
    static const struct {
        const char *words;
        const char *name;
    } forms[] = {{"timestamp with time zone", "timestamptz"},
                 {"timestamp without time zone", "timestamp"},
                 {"time with time zone", "timetz"},
                 {"time without time zone", "time"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(forms[i].words, type->words) == 0) {
            return ag_arena_printf(arena, "%s%s", forms[i].name, type->arguments);
        }
    }
    return NULL;
}

static const char *mapped_name(const char *words) {
    for (size_t i = 0; i < sizeof mapped / sizeof mapped[0]; i++) {
        if (ag_text_ieq(mapped[i].name, words)) {
            return mapped[i].declared;
        }
    }
    return NULL;
}

const char *ag_lite_map_type(ag_arena *arena, const char *type) {
    if (is_word(type)) {
        const char *declared = mapped_name(type);
        return declared != NULL ? declared : ag_arena_strdup(arena, type);
    }
    parts p = take_apart(arena, type);
    const char *words = ag_text_istarts(p.words, "pg_catalog . ") ? p.words + 13 : p.words;
    if (p.is_array) {
        return "TEXT";
    }
    if (ag_text_starts(words, "interval ")) {
        return "TEXT";
    }
    const char *declared = mapped_name(words);
    if (declared != NULL) {
        return declared;
    }
    if (!p.is_plain && *p.arguments != '\0') {
        const char *form = zoned(arena, &p);
        return form != NULL ? form : ag_arena_strdup(arena, words);
    }
    return ag_arena_strdup(arena, type);
}

bool ag_lite_is_rowid_type(const char *type) {
    if (is_word(type)) {
        return ag_text_ieq(type, "integer");
    }
    ag_arena *arena = ag_arena_new();
    parts p = take_apart(arena, type);
    bool is_rowid = strcmp(p.words, "integer") == 0 && *p.arguments == '\0' && !p.is_array;
    ag_arena_free(arena);
    return is_rowid;
}

bool ag_lite_same_type(const char *a, const char *b, bool in_key) {
    if (ag_text_ieq(a, b)) {
        return true;
    }
    if (in_key && ag_lite_is_rowid_type(a) != ag_lite_is_rowid_type(b)) {
        return false;
    }
    ag_arena *arena = ag_arena_new();
    parts x = take_apart(arena, a);
    parts y = take_apart(arena, b);
    bool same = strcmp(canonical(x.words), canonical(y.words)) == 0 &&
                strcmp(x.arguments, y.arguments) == 0 && x.is_array == y.is_array;
    ag_arena_free(arena);
    return same;
}

static bool holds(const char *type, const char *part) {
    size_t n = strlen(part);
    for (; *type != '\0'; type++) {
        if (ag_text_istarts(type, part)) {
            return n > 0;
        }
    }
    return false;
}

ag_lite_affinity ag_lite_affinity_of(const char *type) {
    static const struct {
        const char *part;
        ag_lite_affinity affinity;
    } rules[] = {{"int", AG_LITE_INTEGER}, {"char", AG_LITE_TEXT}, {"clob", AG_LITE_TEXT},
                 {"text", AG_LITE_TEXT},   {"blob", AG_LITE_BLOB}, {"real", AG_LITE_REAL},
                 {"floa", AG_LITE_REAL},   {"doub", AG_LITE_REAL}};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (holds(type, rules[i].part)) {
            return rules[i].affinity;
        }
    }
    return *type == '\0' ? AG_LITE_BLOB : AG_LITE_NUMERIC;
}

bool ag_lite_is_strict_type(const char *type) {
    static const char *const types[] = {"int", "integer", "real", "text", "blob", "any"};
    ag_arena *arena = ag_arena_new();
    parts p = take_apart(arena, type);
    bool is_strict = false;
    for (size_t i = 0; i < sizeof types / sizeof types[0] && *p.arguments == '\0'; i++) {
        is_strict |= strcmp(p.words, types[i]) == 0 && !p.is_array;
    }
    ag_arena_free(arena);
    return is_strict;
}

bool ag_lite_is_type(const char *type) {
    if (is_word(type)) {
        return !ag_sql_is_reserved(AG_SQL_SQLITE, ag_str_of(type));
    }
    ag_arena *arena = ag_arena_new();
    char *sql = ag_arena_printf(arena, "CREATE TABLE t(c %s)", type);
    ag_lite_table table;
    bool ok = ag_lite_parse_table(arena, sql, &table, NULL) && table.columns.n == 1 &&
              table.constraints.n == 0 && table.columns.items[0].parts.n == 0 &&
              table.close == strlen(sql) - 1 && take_apart(arena, type).is_plain;
    ag_arena_free(arena);
    return ok;
}
