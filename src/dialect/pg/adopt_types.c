/* Types and collations of a model: resolved to what the server will call them. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/adopt.h"

/* Every way that a name may be written, to its qualified form; the first that is learned wins. */
static void learn(ag_pg_adopter *a, ag_map *map, const char *ns, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_name(&buf, ns, name);
    char *qualified = ag_buf_copy(&buf, a->arena);
    ag_buf_clear(&buf);
    ag_pg_quote(&buf, name);
    const char *forms[] = {
        qualified,
        ag_arena_printf(a->arena, "%s.%s", ns, name),
        ag_buf_copy(&buf, a->arena),
        name,
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!ag_map_has(map, forms[i])) {
            ag_map_put(map, forms[i], qualified);
        }
    }
    ag_buf_release(&buf);
}

static bool is_public(const char *ns) {
    return ag_text_eq(ns, ag_dialect_postgresql.default_namespace);
}

/* Bare names mean those of "public" first, which therefore is learned first. */
static void learn_all(ag_pg_adopter *a, bool in_public) {
    const ag_schema *m = a->model;
#define LEARN(list, map, condition)                                                                \
    for (size_t i = 0; i < (list).n; i++) {                                                        \
        if (is_public((list).items[i]->ns) == in_public && (condition)) {                          \
            learn(a, (map), (list).items[i]->ns, (list).items[i]->name);                           \
        }                                                                                          \
    }
    LEARN(m->enums, &a->types, true)
    LEARN(m->domains, &a->types, true)
    LEARN(m->composites, &a->types, true)
    LEARN(m->objects, &a->types,
          m->objects.items[i]->kind == AG_RANGE || m->objects.items[i]->kind == AG_BASE_TYPE)
    LEARN(m->objects, &a->collations, m->objects.items[i]->kind == AG_COLLATION)
#undef LEARN
}

void ag_pg_learn_types(ag_pg_adopter *a) {
    learn_all(a, true);
    learn_all(a, false);
}

static const char *look_up(const ag_pg_adopter *a, const ag_map *map, const char *ns,
                           const char *text) {
    const char *beside = ag_map_get(map, ag_arena_printf(a->arena, "%s.%s", ns, text));
    return beside != NULL ? beside : ag_map_get(map, text);
}

const char *ag_pg_adopt_type(ag_pg_adopter *a, const char *ns, const char *type) {
    const char *mapped = ag_pg_map_type(a->arena, type);
    size_t n = strlen(mapped);
    bool is_array = ag_text_ends(mapped, "[]");
    const char *base = is_array ? ag_arena_strndup(a->arena, mapped, n - 2) : mapped;
    if (ag_pg_is_built_in(base)) {
        return mapped;
    }
    const char *qualified = look_up(a, &a->types, ns, base);
    if (qualified == NULL) {
        qualified = look_up(a, &a->types, ns, ag_text_lower(a->arena, base));
    }
    if (qualified == NULL) {
        return mapped;
    }
    return is_array ? ag_arena_printf(a->arena, "%s[]", qualified) : qualified;
}

/* "en_US.utf8" is one name, "app.nocase" is two: it depends on what namespaces there are. */
static const char *dotted(ag_pg_adopter *a, const char *text) {
    const char *dot = strchr(text, '.');
    const char *ns = ag_arena_strndup(a->arena, text, (size_t)(dot - text));
    ag_buf buf = AG_BUF_INIT;
    if (ag_text_eq(ns, "pg_catalog") && strchr(dot + 1, '.') == NULL) {
        ag_buf_puts(&buf, dot + 1);
    } else if (ag_map_has(&a->namespaces, ns)) {
        ag_pg_put_name(&buf, ns, dot + 1);
    } else {
        ag_sql_quote_ident(&buf, AG_SQL_POSTGRES, text, true);
    }
    char *result = ag_buf_copy(&buf, a->arena);
    ag_buf_release(&buf);
    return result;
}

const char *ag_pg_adopt_collation(ag_pg_adopter *a, const char *ns, const char *collation) {
    if (collation == NULL || ag_text_eq(collation, "default")) {
        return NULL;
    }
    const char *known = look_up(a, &a->collations, ns, collation);
    if (known != NULL) {
        return known;
    }
    size_t n = strlen(collation);
    bool is_quoted =
        n > 2 && collation[0] == '"' && strchr(collation + 1, '"') == collation + n - 1;
    if (is_quoted && strchr(collation, '.') == NULL) {
        return ag_arena_strndup(a->arena, collation + 1, n - 2);
    }
    return strchr(collation, '"') != NULL || strchr(collation, '.') == NULL ? collation
                                                                            : dotted(a, collation);
}
