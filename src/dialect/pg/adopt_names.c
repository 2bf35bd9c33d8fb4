/*
 * Names that PostgreSQL gives what has none, as ChooseConstraintName and ChooseIndexName do: cut to
 * 63 bytes, numbered when taken. In one table checks come first, then keys, then foreign keys.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/adopt.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

/* Names in use, as "namespace name". */
typedef struct namer {
    ag_pg_adopter *a;
    ag_arena *arena;
    ag_map relations;
    ag_map constraints;
} namer;

static char *key_of(const namer *n, const char *ns, const char *name) {
    return ag_arena_printf(n->arena, "%s %s", ns, name);
}

static void take(const namer *n, ag_map *map, const char *ns, const char *name) {
    if (name != NULL) {
        ag_map_put(map, key_of(n, ns, name), map);
    }
}

/* A constraint with an index has to be free as a relation too. */
static const char *choose(namer *n, const char *ns, const char *name1, const char *name2,
                          const char *label, bool is_constraint, bool is_relation) {
    for (unsigned pass = 0;; pass++) {
        char modified[32];
        (void)snprintf(modified, sizeof modified, "%s", label);
        if (pass > 0) {
            (void)snprintf(modified, sizeof modified, "%s%u", label, pass);
        }
        const char *name = ag_pg_object_name(n->a->arena, name1, name2, modified);
        const char *key = key_of(n, ns, name);
        bool is_taken = (is_constraint && ag_map_has(&n->constraints, key)) ||
                        (is_relation && ag_map_has(&n->relations, key));
        if (!is_taken) {
            ag_map_put(is_relation ? &n->relations : &n->constraints, key, n);
            if (is_relation && is_constraint) {
                ag_map_put(&n->constraints, key, n);
            }
            return name;
        }
    }
}

/* What the server calls the column of an expression: the function, or "expr". */
static const char *name_of_expr(ag_arena *arena, const char *expr) {
    ag_str text = ag_str_of(expr == NULL ? "" : expr);
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_POSTGRES, text);
    size_t i = 0;
    while (i + 2 < tokens.n && ag_token_is(text, tokens.items[i + 1], ".")) {
        i += 2;
    }
    bool is_name = i + 1 < tokens.n && (tokens.items[i].kind == AG_TOKEN_WORD ||
                                        tokens.items[i].kind == AG_TOKEN_QUOTED);
    if (!is_name || !ag_token_is(text, tokens.items[i + 1], "(") ||
        !ag_token_is(text, tokens.items[tokens.n - 1], ")")) {
        return "expr";
    }
    long depth = 0;
    for (size_t j = i + 1; j < tokens.n; j++) {
        depth += ag_token_is(text, tokens.items[j], "(");
        depth -= ag_token_is(text, tokens.items[j], ")");
        if (depth == 0 && j + 1 < tokens.n) {
            return "expr";
        }
    }
    return ag_token_unquote(arena, AG_SQL_POSTGRES, text, tokens.items[i]);
}

static bool has_string(const ag_strings *list, const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* ChooseIndexColumnNames: a name that comes twice gets a number. */
static void add_column(namer *n, ag_strings *names, const char *name) {
    const char *numbered = name;
    for (unsigned i = 1; has_string(names, numbered); i++) {
        char digits[16];
        (void)snprintf(digits, sizeof digits, "%u", i);
        size_t room = AG_PG_MAX_NAME - strlen(digits);
        int length = (int)(strlen(name) < room ? strlen(name) : room);
        numbered = ag_arena_printf(n->arena, "%.*s%s", length, name, digits);
    }
    ag_vec_push(n->arena, names, numbered);
}

static char *joined(namer *n, const ag_keys *keys, const ag_strings *include) {
    ag_strings names = {NULL, 0, 0};
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        add_column(n, &names,
                   key->column != NULL ? key->column : name_of_expr(n->arena, key->expr));
    }
    for (size_t i = 0; include != NULL && i < include->n; i++) {
        add_column(n, &names, include->items[i]);
    }
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < names.n && buf.n <= AG_PG_MAX_NAME; i++) {
        ag_buf_puts(&buf, i == 0 ? "" : "_");
        ag_buf_puts(&buf, names.items[i]);
    }
    char *text = ag_buf_copy(&buf, n->arena);
    ag_buf_release(&buf);
    return text;
}

/* The one column that a check speaks of, or NULL. */
static const char *only_column(const namer *n, const ag_table *table, const char *expr) {
    ag_str text = ag_str_of(expr == NULL ? "" : expr);
    ag_tokens tokens = ag_sql_tokens(n->arena, AG_SQL_POSTGRES, text);
    const char *found = NULL;
    for (size_t i = 0; i < tokens.n; i++) {
        ag_token_kind kind = tokens.items[i].kind;
        bool is_name = kind == AG_TOKEN_WORD || kind == AG_TOKEN_QUOTED;
        bool is_other = ag_token_is(text, tokens.items[i + 1], "(") ||
                        ag_token_is(text, tokens.items[i + 1], ".") ||
                        (i > 0 && ag_token_is(text, tokens.items[i - 1], "::"));
        if (!is_name || is_other) {
            continue;
        }
        const char *name = ag_token_unquote(n->arena, AG_SQL_POSTGRES, text, tokens.items[i]);
        const ag_column *column = ag_table_column(n->a->model, table, name);
        if (column != NULL && found != NULL && strcmp(found, column->name) != 0) {
            return NULL;
        }
        found = column != NULL ? column->name : found;
    }
    return found;
}

static const char *name_constraint(namer *n, const ag_table *table, const ag_constraint *c) {
    switch (c->kind) {
    case AG_PRIMARY_KEY:
        return choose(n, table->ns, table->name, NULL, "pkey", true, true);
    case AG_UNIQUE:
        return choose(n, table->ns, table->name, joined(n, &c->keys, &c->include), "key", true,
                      true);
    case AG_EXCLUDE:
        return choose(n, table->ns, table->name, joined(n, &c->keys, &c->include), "excl", true,
                      true);
    case AG_FOREIGN_KEY:
        return choose(n, table->ns, table->name, joined(n, &c->keys, NULL), "fkey", true, false);
    case AG_CHECK:
        return choose(n, table->ns, table->name, only_column(n, table, c->expr), "check", true,
                      false);
    }
    return NULL;
}

static bool is_in_turn(const ag_constraint *c, int turn) {
    switch (c->kind) {
    case AG_CHECK:
        return turn == 0;
    case AG_PRIMARY_KEY:
        return turn == 1;
    case AG_UNIQUE:
    case AG_EXCLUDE:
        return turn == 2;
    case AG_FOREIGN_KEY:
        return turn == 3;
    }
    return false;
}

static void name_constraints(namer *n, ag_table *table) {
    for (int turn = 0; turn < 4; turn++) {
        for (size_t i = 0; i < table->constraints.n; i++) {
            ag_constraint *c = table->constraints.items[i];
            if (c->name == NULL && is_in_turn(c, turn)) {
                c->name = name_constraint(n, table, c);
                c->name_origin = AG_NAME_SERVER;
            }
        }
    }
}

static void name_indexes(namer *n, const char *ns, const char *relation, ag_indexes *indexes) {
    for (size_t i = 0; i < indexes->n; i++) {
        ag_index *index = indexes->items[i];
        if (index->name == NULL) {
            index->name = choose(n, ns, relation, joined(n, &index->keys, &index->include), "idx",
                                 false, true);
            index->name_origin = AG_NAME_SERVER;
        }
    }
}

static void take_given(namer *n) {
    const ag_schema *m = n->a->model;
    for (size_t i = 0; i < m->tables.n; i++) {
        const ag_table *table = m->tables.items[i];
        take(n, &n->relations, table->ns, table->name);
        for (size_t j = 0; j < table->constraints.n; j++) {
            const ag_constraint *c = table->constraints.items[j];
            bool has_index = c->kind != AG_CHECK && c->kind != AG_FOREIGN_KEY;
            take(n, &n->constraints, table->ns, c->name);
            take(n, &n->relations, table->ns, has_index ? c->name : NULL);
        }
        for (size_t j = 0; j < table->indexes.n; j++) {
            take(n, &n->relations, table->ns, table->indexes.items[j]->name);
        }
    }
    for (size_t i = 0; i < m->sequences.n; i++) {
        take(n, &n->relations, m->sequences.items[i]->ns, m->sequences.items[i]->name);
    }
    for (size_t i = 0; i < m->objects.n; i++) {
        const ag_object *object = m->objects.items[i];
        bool is_view = object->kind == AG_VIEW || object->kind == AG_MATVIEW;
        take(n, &n->relations, object->ns, is_view ? object->name : NULL);
    }
}

void ag_pg_name_unnamed(ag_pg_adopter *a) {
    namer n = {.a = a, .arena = ag_arena_new()};
    const ag_schema *m = a->model;
    take_given(&n);
    for (size_t i = 0; i < m->tables.n; i++) {
        ag_table *table = m->tables.items[i];
        name_constraints(&n, table);
        name_indexes(&n, table->ns, table->name, &table->indexes);
    }
    for (size_t i = 0; i < m->objects.n; i++) {
        ag_object *object = m->objects.items[i];
        name_indexes(&n, object->ns, object->name, &object->indexes);
    }
    for (size_t i = 0; i < m->domains.n; i++) {
        const ag_domain *domain = m->domains.items[i];
        for (size_t j = 0; j < domain->checks.n; j++) {
            ag_constraint *c = domain->checks.items[j];
            if (c->name == NULL) {
                c->name = choose(&n, domain->ns, domain->name, NULL, "check", true, false);
                c->name_origin = AG_NAME_SERVER;
            }
        }
    }
    ag_map_release(&n.relations);
    ag_map_release(&n.constraints);
    ag_arena_free(n.arena);
}
