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

/* A change of type with both types taken apart, and the column as SQL knows it. */
typedef struct type_change {
    type_parts from, to;
    const char *from_base, *to_base;
    const char *to_type;
    const char *column;
} type_change;

static bool is_text(const type_parts *parts, const char *base) {
    return !parts->is_array && is_among(texts, base);
}

static bool is_json(const type_parts *parts, const char *base) {
    return !parts->is_array && is_among(jsons, base);
}

static bool is_plain(const type_parts *parts, const char *base, const char *type) {
    return !parts->is_array && strcmp(base, type) == 0;
}

static bool put_number_cast(ag_buf *buf, const type_change *c) {
    if (is_plain(&c->from, c->from_base, "boolean") && !c->to.is_array &&
        is_among(numbers, c->to_base) && strcmp(c->to_base, "integer") != 0) {
        ag_buf_printf(buf, "%s::integer::%s", c->column, c->to_type);
        return true;
    }
    if (is_plain(&c->to, c->to_base, "boolean") && !c->from.is_array &&
        is_among(numbers, c->from_base) && strcmp(c->from_base, "integer") != 0) {
        ag_buf_printf(buf, "%s <> 0", c->column);
        return true;
    }
    return false;
}

/* Bytes are the text of other values, as UTF-8: what they print as is no value of any type. */
static bool put_bytes_cast(ag_buf *buf, const type_change *c) {
    if (is_plain(&c->from, c->from_base, "bytea")) {
        ag_buf_printf(buf, "convert_from(%s, 'UTF8')::%s", c->column, c->to_type);
        return true;
    }
    if (is_plain(&c->to, c->to_base, "bytea") && !is_text(&c->from, c->from_base)) {
        ag_buf_printf(buf, "convert_to(%s::text, 'UTF8')", c->column);
        return true;
    }
    return false;
}

static bool put_json_cast(ag_buf *buf, const type_change *c) {
    if (is_json(&c->to, c->to_base) && !is_text(&c->from, c->from_base)) {
        ag_buf_printf(buf, "to_%s(%s)", c->to_base, c->column);
        return true;
    }
    if (is_json(&c->from, c->from_base) && !c->to.is_array) {
        ag_buf_printf(buf, "(%s #>> '{}')::%s", c->column, c->to_type);
        return true;
    }
    return false;
}

/* A value becomes a list of one, and such a list a value; a longer list fails as it must. */
static bool put_list_cast(ag_buf *buf, const type_change *c) {
    if (c->from.is_array == c->to.is_array || !assigns(c->from_base, c->to_base) ||
        is_text(&c->from, c->from_base) || is_json(&c->from, c->from_base)) {
        return false;
    }
    if (c->to.is_array) {
        ag_buf_printf(buf, "CASE WHEN %s IS NOT NULL THEN ARRAY[%s]::%s END", c->column, c->column,
                      c->to_type);
    } else {
        ag_buf_printf(buf, "CASE WHEN cardinality(%s) > 1 THEN %s::text::%s ELSE %s[1]::%s END",
                      c->column, c->column, c->to_type, c->column, c->to_type);
    }
    return true;
}

static void put_change(ag_buf *buf, const type_change *c) {
    bool is_array = c->from.is_array && c->to.is_array;
    bool is_both_plain = !c->from.is_array && !c->to.is_array;
    if (is_text(&c->to, c->to_base) ||
        ((is_array || is_both_plain) && assigns(c->from_base, c->to_base))) {
        return;
    }
    bool is_direct = is_array || is_both_plain ? casts_directly(c->from_base, c->to_base)
                                               : is_text(&c->from, c->from_base);
    if (is_direct || !(put_number_cast(buf, c) || put_bytes_cast(buf, c) || put_json_cast(buf, c) ||
                       put_list_cast(buf, c))) {
        ag_buf_printf(buf, "%s%s::%s", c->column,
                      is_direct  ? ""
                      : is_array ? "::text[]"
                                 : "::text",
                      c->to_type);
    }
}

void ag_pg_put_cast(ag_buf *buf, const char *column, const char *from, const char *to) {
    ag_arena *arena = ag_arena_new();
    ag_buf quoted = AG_BUF_INIT;
    ag_pg_quote(&quoted, column);
    type_change c = {.from = parts_of(from), .to = parts_of(to), .to_type = to};
    c.from_base = base_of(arena, c.from.base);
    c.to_base = base_of(arena, c.to.base);
    c.column = ag_buf_text(&quoted);
    put_change(buf, &c);
    ag_buf_release(&quoted);
    ag_arena_free(arena);
}
