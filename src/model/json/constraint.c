/* Primary keys, uniques, checks, foreign keys and exclude constraints. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/json/form.h"
#include "schema/validate.h"

static const char *const kind_words[] = {"a primary key", "a unique constraint", "a foreign key",
                                         "a check", "an exclude constraint"};

/* ---- what several kinds have ---- */

static void read_name(ag_json_reader *r, const ag_json *value, void *node) {
    ag_constraint *c = node;
    if (c->name != NULL && !ag_json_is(r->doc, value, c->name)) {
        ag__json_mistake(r, value, "%s has two names", kind_words[c->kind]);
        return;
    }
    c->name = ag__json_name(r, value, "\"name\"");
}

/* The name of a primary key is always a member, the others' in lists only. */
static void write_name(ag_json_writer *w, const char *key, const void *node) {
    const ag_constraint *c = node;
    ag__json_put_text(w, key, w->in_list || c->kind == AG_PRIMARY_KEY ? c->name : NULL);
}

static void read_columns(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_keys(r, value, &((ag_constraint *)node)->keys);
}

static void write_columns(ag_json_writer *w, const char *key, const void *node) {
    const ag_constraint *c = node;
    if (c->keys.n > 0) {
        ag__json_put_key(w, key);
        ag__json_write_keys(w, &c->keys);
    }
}

#define read_primary_key_name read_name
#define read_primary_key_columns read_columns
#define write_primary_key_name write_name
#define write_primary_key_columns write_columns
#define read_unique_name read_name
#define read_unique_columns read_columns
#define write_unique_name write_name
#define write_unique_columns write_columns
#define read_check_name read_name
#define write_check_name write_name
#define read_foreign_key_name read_name
#define read_foreign_key_columns read_columns
#define write_foreign_key_name write_name
#define write_foreign_key_columns write_columns
#define read_exclude_name read_name
#define read_exclude_columns read_columns
#define write_exclude_name write_name
#define write_exclude_columns write_columns

/* ---- primary key ---- */

static void read_primary_key_position(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    ag_str raw = ag_json_raw(r->doc, value);
    if (value->type != AG_JSON_NUMBER || strspn(raw.p, "0123456789") < raw.n || raw.n > 6) {
        ag__json_mistake(r, value, "\"position\" must be a small integer");
        return;
    }
    r->position = strtol(raw.p, NULL, 10);
}

/* How many unique constraints stand before the primary key: SQLite numbers its indexes so. */
static long position_of(const ag_table *table) {
    long n = 0;
    for (size_t i = 0; table != NULL && i < table->constraints.n; i++) {
        if (table->constraints.items[i]->kind == AG_PRIMARY_KEY) {
            return n;
        }
        n += table->constraints.items[i]->kind == AG_UNIQUE;
    }
    return 0;
}

static void write_primary_key_position(ag_json_writer *w, const char *key, const void *node) {
    (void)node;
    bool is_numbered = (w->dialect->capabilities & AG_ROWID_KEYS) != 0;
    long position = is_numbered ? position_of(w->table) : 0;
    if (position > 0) {
        ag__json_put_key(w, key);
        ag_buf_printf(w->out, "%ld", position);
    }
}

static void read_primary_key_inline(ag_json_reader *r, const ag_json *value, void *node) {
    bool is_inline = false;
    if (ag__json_bool(r, value, "\"inline\"", &is_inline)) {
        /* Which column it is follows from the keys, which may come later: see the caller. */
        ((ag_constraint *)node)->inline_column = is_inline ? "" : NULL;
    }
}

/*
 * SQLite: "a INTEGER PRIMARY KEY DESC" in the column is no alias of the rowid, the same written
 * for the table is. Elsewhere where a constraint is written means nothing.
 */
static bool place_matters(const ag_constraint *c) {
    return c->kind == AG_PRIMARY_KEY && c->inline_column != NULL && c->keys.n == 1 &&
           c->keys.items[0].descending;
}

static void write_primary_key_inline(ag_json_writer *w, const char *key, const void *node) {
    if (place_matters(node)) {
        ag__json_put_true(w, key);
    }
}

#define AG_JSON_PRIMARY_KEY(key, form, member)                                                     \
    AG_FIELD_##form(key, ag_constraint, primary_key, member),
static const ag_json_field primary_key_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_PRIMARY_KEY

/* ---- unique ---- */

#define AG_JSON_UNIQUE(key, form, member) AG_FIELD_##form(key, ag_constraint, unique, member),
static const ag_json_field unique_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_UNIQUE

/* ---- check ---- */

static void read_check_expr(ag_json_reader *r, const ag_json *value, void *node) {
    ag_constraint *c = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        c->expr = ag__json_fragment(r, picked, "the condition of a check");
        c->expr_loc = ag__json_loc(r, picked);
    }
}

static void write_check_expr(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_constraint *)node)->expr);
}

#define AG_JSON_CHECK(key, form, member) AG_FIELD_##form(key, ag_constraint, check, member),
static const ag_json_field check_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_CHECK

/* ---- foreign key ---- */

static void read_foreign_key_references(ag_json_reader *r, const ag_json *value, void *node) {
    ag_constraint *c = node;
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_name(r, picked, "\"references\"");
    if (text != NULL) { /* without a namespace: settled when all is read */
        (void)ag__json_qualified(r, picked, text, &c->ref_namespace, &c->ref_table);
    }
}

static void write_foreign_key_references(ag_json_writer *w, const char *key, const void *node) {
    const ag_constraint *c = node;
    if (c->ref_table != NULL) {
        ag__json_put_text(w, key,
                          ag__json_name_from(w, w->table->ns, c->ref_namespace, c->ref_table));
    }
}

static void read_foreign_key_external(ag_json_reader *r, const ag_json *value, void *node) {
    bool is_external = false;
    if (ag__json_bool(r, value, "\"external\"", &is_external) && is_external) {
        ag_vec_push(r->arena, &r->external, node);
    }
}

/* What it refers to is not in this model: left out by a filter, or missing (SQLite allows that). */
static void write_foreign_key_external(ag_json_writer *w, const char *key, const void *node) {
    if (!ag_schema_reference_fits(w->schema, node)) {
        ag__json_put_true(w, key);
    }
}

#define AG_JSON_FOREIGN_KEY(key, form, member)                                                     \
    AG_FIELD_##form(key, ag_constraint, foreign_key, member),
static const ag_json_field foreign_key_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_FOREIGN_KEY

/* ---- exclude ---- */

#define AG_JSON_EXCLUDE(key, form, member) AG_FIELD_##form(key, ag_constraint, exclude, member),
static const ag_json_field exclude_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_EXCLUDE

/* ---- all kinds ---- */

static const ag_json_scope scopes[] = {
    [AG_PRIMARY_KEY] = AG_SCOPE("a primary key", primary_key_fields),
    [AG_UNIQUE] = AG_SCOPE("a unique constraint", unique_fields),
    [AG_FOREIGN_KEY] = AG_SCOPE("a foreign key", foreign_key_fields),
    [AG_CHECK] = AG_SCOPE("a check", check_fields),
    [AG_EXCLUDE] = AG_SCOPE("an exclude constraint", exclude_fields),
};

ag_constraint *ag__json_add_constraint(ag_json_reader *r, ag_constraints *list,
                                       ag_constraint_kind kind, const ag_json *at) {
    ag_constraint *c = ag_arena_new_of(r->arena, ag_constraint);
    c->kind = kind;
    c->name_origin = AG_NAME_NONE;
    c->loc = ag__json_loc(r, at);
    ag_vec_push(r->arena, list, c);
    return c;
}

static void finish(ag_json_reader *r, ag_constraints *list, const ag_json *at, size_t before) {
    ag_constraint *c = list->items[list->n - 1];
    bool is_clean = r->diags->list.n + r->diags->n_dropped == before;
    const char *missing = NULL;
    c->name_origin = c->name == NULL ? AG_NAME_NONE : AG_NAME_GIVEN;
    c->deferrable = c->deferrable || c->initially_deferred;
    if (c->inline_column != NULL && c->keys.n == 1) {
        c->inline_column = c->keys.items[0].column;
    }
    if (c->kind == AG_CHECK) {
        missing = c->expr == NULL ? "expr" : NULL;
    } else if (c->keys.n == 0) {
        missing = "columns";
    } else if (c->kind == AG_FOREIGN_KEY && c->ref_table == NULL) {
        missing = "references";
    }
    if (is_clean && missing != NULL) {
        ag__json_mistake(r, at, "%s needs \"%s\"", kind_words[c->kind], missing);
    }
    if (missing != NULL) {
        list->n--; /* it is the last; half a node would trip whoever works on the model next */
        return;
    }
    for (size_t i = 0; i < c->keys.n && is_clean; i++) {
        const ag_key *key = &c->keys.items[i];
        if (key->op == NULL && c->kind == AG_EXCLUDE) {
            ag_hint(ag__json_mistake(r, at, "an element of an exclude constraint has no operator"),
                    "{\"name\": \"during\", \"op\": \"&&\"}");
            break;
        }
    }
}

/* True when the entry's condition is written, but not for this dialect: then there is no check. */
static bool is_for_others(ag_json_reader *r, const ag_json *value, ag_constraint_kind kind) {
    const ag_json *expr = kind == AG_CHECK && value->type == AG_JSON_OBJECT
                              ? ag_json_get(r->doc, value, "expr")
                              : NULL;
    return expr != NULL && ag__json_pick(r, expr) == NULL;
}

static void read_constraint(ag_json_reader *r, const ag_json *key, const ag_json *value,
                            ag_constraint_kind kind, ag_constraints *list) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL || is_for_others(r, picked, kind)) {
        return;
    }
    size_t before = r->diags->list.n + r->diags->n_dropped;
    ag_constraint *c = ag__json_add_constraint(r, list, kind, key == NULL ? picked : key);
    if (key != NULL) {
        c->name = ag__json_name(r, key, "the name of a constraint");
    }
    bool is_short = picked->type == AG_JSON_STRING || picked->type == AG_JSON_LIST;
    if (is_short && kind == AG_CHECK) {
        read_check_expr(r, picked, c);
    } else if (is_short && (kind == AG_UNIQUE || kind == AG_PRIMARY_KEY)) {
        ag__json_read_keys(r, picked, &c->keys);
    } else if (picked->type != AG_JSON_OBJECT && kind == AG_CHECK) {
        ag__json_mistake(r, picked, "a check must be SQL text or an object, not %s",
                         ag_json_type_name(picked));
    } else {
        (void)ag__json_read(r, &scopes[kind], picked, c);
    }
    finish(r, list, picked, before);
}

void ag__json_read_constraints(ag_json_reader *r, const ag_json *value, ag_constraint_kind kind,
                               ag_constraints *list) {
    if (value->type == AG_JSON_OBJECT) {
        for (size_t i = 0; i < value->n; i++) {
            read_constraint(r, ag_json_key(value, i), ag_json_value(value, i), kind, list);
        }
    } else if (value->type == AG_JSON_LIST) {
        for (size_t i = 0; i < value->n; i++) {
            read_constraint(r, NULL, &value->items[i], kind, list);
        }
    } else {
        ag__json_mistake(r, value, "this must be an object by name or a list, not %s",
                         ag_json_type_name(value));
    }
}

void ag__json_read_primary_key(ag_json_reader *r, const ag_json *value, ag_table *table) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL && picked->type == AG_JSON_LIST && picked->n == 0) {
        return; /* "no primary key", said aloud */
    }
    if (picked != NULL) {
        read_constraint(r, NULL, picked, AG_PRIMARY_KEY, &table->constraints);
    }
}

/* "table", "table(column)" or an object: a foreign key written at its column. */
void ag__json_read_reference(ag_json_reader *r, const ag_json *value, const char *column) {
    size_t before = r->diags->list.n + r->diags->n_dropped;
    ag_constraint *c = ag__json_add_constraint(r, &r->table->constraints, AG_FOREIGN_KEY, value);
    ag_key key = {.column = column, .loc = c->loc};
    c->inline_column = column;
    ag_vec_push(r->arena, &c->keys, key);
    if (value->type != AG_JSON_STRING) {
        (void)ag__json_read(r, &scopes[AG_FOREIGN_KEY], value, c);
        if (c->keys.n > 1) {
            ag__json_mistake(r, value, "a foreign key written at a column has no \"columns\"");
        }
        finish(r, &r->table->constraints, value, before);
        return;
    }
    char *text = ag_json_text(r->arena, r->doc, value);
    size_t n = strlen(text);
    char *open = strrchr(text, '(');
    if (n > 2 && text[n - 1] == ')' && open != NULL && open > text) {
        text[n - 1] = '\0';
        *open = '\0';
        ag_vec_push(r->arena, &c->ref_columns, open + 1);
    }
    (void)ag__json_qualified(r, value, text, &c->ref_namespace, &c->ref_table);
    finish(r, &r->table->constraints, value, before);
}

/* The short form: a check's condition, a list of columns. */
static void write_constraint(ag_json_writer *w, const ag_constraint *c) {
    ag_constraint rest = *c;
    const ag_json_scope *scope = &scopes[c->kind];
    rest.expr = NULL;
    rest.keys.n = 0;
    bool is_short = c->kind != AG_FOREIGN_KEY && c->kind != AG_EXCLUDE && !place_matters(c) &&
                    ag__json_is_plain(w, scope, &rest);
    if (is_short && c->kind == AG_CHECK) {
        ag__json_put_string(w, c->expr == NULL ? "" : c->expr);
    } else if (is_short) {
        ag__json_write_keys(w, &c->keys);
    } else {
        ag__json_open(w, '{', false);
        ag__json_write(w, scope, c);
        ag__json_close(w, '}');
    }
}

void ag__json_write_primary_key(ag_json_writer *w, const char *key, const ag_table *table) {
    const ag_constraint *primary = ag_table_primary_key(table);
    if (primary != NULL) {
        ag__json_put_key(w, key);
        write_constraint(w, primary);
    }
}

void ag__json_write_constraints(ag_json_writer *w, const char *key, ag_constraint_kind kind,
                                const ag_constraints *list) {
    ag_strings names = {NULL, 0, 0};
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i]->kind == kind) {
            ag_vec_push(w->scratch, &names, list->items[i]->name);
        }
    }
    if (names.n == 0) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open_named(w, &names);
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i]->kind == kind) {
            ag__json_put_named(w, list->items[i]->name);
            write_constraint(w, list->items[i]);
        }
    }
    ag__json_close_named(w);
}
