/* Which type changes PostgreSQL does by itself, and what to say where it does not. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"

/* A type taken apart: "character varying(20)[]" is the base "character varying", in an array. */
typedef struct type_parts {
    ag_str base;
    bool is_array;
} type_parts;

static type_parts parts_of(const char *type) {
    type_parts parts = {ag_str_trim(ag_str_of(type)), false};
    while (parts.base.n > 1 && parts.base.p[parts.base.n - 1] == ']') {
        const char *open = memchr(parts.base.p, '[', parts.base.n);
        parts.base.n = open == NULL ? parts.base.n - 1 : (size_t)(open - parts.base.p);
        parts.base = ag_str_trim(parts.base);
        parts.is_array = true;
    }
    return parts;
}

/*
 * The name without its modifier: "timestamp(3) with time zone" has it in the middle. Quoted names
 * are left alone.
 */
static void put_base(ag_buf *buf, ag_str type) {
    bool is_quoted = false;
    size_t depth = 0;
    for (size_t i = 0; i < type.n; i++) {
        char c = type.p[i];
        is_quoted = is_quoted != (c == '"');
        depth += !is_quoted && c == '(' ? 1u : 0u;
        if (depth == 0) {
            ag_buf_putc(buf, c);
        }
        depth -= !is_quoted && c == ')' && depth > 0 ? 1u : 0u;
    }
}

static char *base_of(ag_arena *arena, ag_str type) {
    ag_buf buf = AG_BUF_INIT;
    put_base(&buf, type);
    ag_str trimmed = ag_str_trim(ag_str_of(ag_buf_text(&buf)));
    char *base = ag_arena_strndup(arena, trimmed.p, trimmed.n);
    ag_buf_release(&buf);
    return base;
}

bool ag_pg_same_base_type(const char *a, const char *b) {
    ag_arena *arena = ag_arena_new();
    type_parts pa = parts_of(a);
    type_parts pb = parts_of(b);
    bool is_same =
        pa.is_array == pb.is_array && ag_text_eq(base_of(arena, pa.base), base_of(arena, pb.base));
    ag_arena_free(arena);
    return is_same;
}

/* Types among which every assignment casts by itself. */
static const char *const numbers[] = {"smallint", "integer",          "bigint", "numeric",
                                      "real",     "double precision", NULL};
static const char *const texts[] = {"text", "character varying", "character", "bpchar",
                                    "name", "public.citext",     "citext",    NULL};
static const char *const dates[] = {"date", "timestamp without time zone",
                                    "timestamp with time zone", NULL};
static const char *const times[] = {"time without time zone", "time with time zone", NULL};
static const char *const jsons[] = {"json", "jsonb", NULL};
static const char *const bits[] = {"bit", "bit varying", NULL};
static const char *const nets[] = {"inet", "cidr", NULL};
static const char *const macs[] = {"macaddr", "macaddr8", NULL};
static const char *const *const families[] = {numbers, texts, dates, times,
                                              jsons,   bits,  nets,  macs};

/* Single casts on assignment that cross the families. */
static const char *const assignments[][2] = {
    {"smallint", "money"},
    {"integer", "money"},
    {"bigint", "money"},
    {"numeric", "money"},
    {"money", "numeric"},
    {"timestamp without time zone", "time without time zone"},
    {"timestamp with time zone", "time without time zone"},
    {"timestamp with time zone", "time with time zone"},
    {"interval", "time without time zone"},
    {"time without time zone", "interval"},
};

/* Casts that there are, but only when asked for. */
static const char *const explicit_casts[][2] = {
    {"boolean", "integer"},
    {"integer", "boolean"},
    {"integer", "bit"},
    {"bigint", "bit"},
    {"bit", "integer"},
    {"bit", "bigint"},
    {"jsonb", "boolean"},
    {"jsonb", "smallint"},
    {"jsonb", "integer"},
    {"jsonb", "bigint"},
    {"jsonb", "numeric"},
    {"jsonb", "real"},
    {"jsonb", "double precision"},
    {"xml", "text"},
    {"point", "box"},
};

static bool is_among(const char *const *list, const char *type) {
    for (; *list != NULL; list++) {
        if (strcmp(*list, type) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_pair(const char *const (*pairs)[2], size_t n, const char *from, const char *to) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pairs[i][0], from) == 0 && strcmp(pairs[i][1], to) == 0) {
            return true;
        }
    }
    return false;
}

static bool assigns(const char *from, const char *to) {
    if (strcmp(from, to) == 0 || is_among(texts, to)) {
        return true;
    }
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (is_among(families[i], from) && is_among(families[i], to)) {
            return true;
        }
    }
    return is_pair(assignments, sizeof assignments / sizeof *assignments, from, to);
}

static bool casts_directly(const char *from, const char *to) {
    return is_among(texts, from) ||
           is_pair(explicit_casts, sizeof explicit_casts / sizeof *explicit_casts, from, to);
}

void ag_pg_put_cast(ag_buf *buf, const char *column, const char *from, const char *to) {
    ag_arena *arena = ag_arena_new();
    type_parts from_parts = parts_of(from);
    type_parts to_parts = parts_of(to);
    const char *from_base = base_of(arena, from_parts.base);
    const char *to_base = base_of(arena, to_parts.base);
    bool is_array = from_parts.is_array && to_parts.is_array;
    bool is_plain = !from_parts.is_array && !to_parts.is_array;
    bool is_to_text = !to_parts.is_array && is_among(texts, to_base);
    if (!(is_to_text || ((is_array || is_plain) && assigns(from_base, to_base)))) {
        bool is_direct = is_array || is_plain ? casts_directly(from_base, to_base)
                                              : !from_parts.is_array && is_among(texts, from_base);
        ag_pg_quote(buf, column);
        ag_buf_puts(buf, is_direct ? "" : is_array ? "::text[]" : "::text");
        ag_buf_printf(buf, "::%s", to);
    }
    ag_arena_free(arena);
}
