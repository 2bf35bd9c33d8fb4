/* Views, functions, triggers…: everything that is compared by the text of its definition. */
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "model/json/form.h"
#include "sql/split.h"
#include "sql/token.h"

/* Triggers, rules and policies are named within their table. */
static bool is_on_table(ag_kind kind) {
    return kind == AG_TRIGGER || kind == AG_RULE || kind == AG_POLICY;
}

static bool has_namespace(ag_kind kind) {
    return !is_on_table(kind) && !ag_kind_is_global(kind);
}

static bool is_view(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW;
}

static bool set_name(ag_json_reader *r, const ag_json *at, const char *text, ag_object *object) {
    object->name = text;
    object->ns = NULL;
    if (!has_namespace(object->kind)) {
        return true;
    }
    if (!ag__json_qualified(r, at, text, &object->ns, &object->name)) {
        return false;
    }
    if (object->ns == NULL) {
        object->ns = r->dialect->default_namespace;
    }
    return true;
}

static void read_object_name(ag_json_reader *r, const ag_json *value, void *node) {
    const char *text = ag__json_name(r, value, "\"name\"");
    if (text != NULL) {
        (void)set_name(r, value, text, node);
    }
}

/* Only where the key does not say it. */
static void write_object_name(ag_json_writer *w, const char *key, const void *node) {
    const ag_object *object = node;
    if (w->in_list) {
        ag__json_put_text(w, key,
                          has_namespace(object->kind)
                              ? ag__json_name_of(w, object->ns, object->name)
                              : object->name);
    }
}

static void read_object_table(ag_json_reader *r, const ag_json *value, void *node) {
    ag_object *object = node;
    const char *text = ag__json_name(r, value, "\"table\"");
    if (text != NULL && ag__json_qualified(r, value, text, &object->table_ns, &object->table) &&
        object->table_ns == NULL) {
        object->table_ns = r->dialect->default_namespace;
    }
}

static void write_object_table(ag_json_writer *w, const char *key, const void *node) {
    const ag_object *object = node;
    if (object->table != NULL) {
        ag__json_put_text(w, key, ag__json_name_of(w, object->table_ns, object->table));
    }
}

/* The text without blanks and semicolon around it, when it is just one statement; else NULL. */
static const char *one_statement(ag_json_reader *r, const ag_json *at, const char *text) {
    ag_statements statements = {NULL, 0, 0};
    ag_error err = {0};
    if (!ag_sql_split(r->arena, r->dialect->flavor, NULL, ag_str_of(text), &statements, &err)) {
        ag__json_mistake(r, at, "this is no SQL statement: %s", err.message);
        return NULL;
    }
    if (statements.n != 1) {
        ag__json_mistake(r, at, "this must be one SQL statement, not %zu", statements.n);
        return NULL;
    }
    ag_str sql = statements.items[0].sql;
    return ag_arena_strndup(r->arena, sql.p, sql.n);
}

/* The word that follows CREATE: the last of the kind's name ("range type", "event trigger"). */
static const char *create_word(ag_kind kind) {
    const char *blank = strrchr(ag_kind_name(kind), ' ');
    return blank == NULL ? ag_kind_name(kind) : blank + 1;
}

/* "CREATE OR REPLACE VIEW …": the word of the kind is near the start; or a view's bare query. */
static bool is_definition(const ag_json_reader *r, ag_kind kind, const char *text) {
    ag_str whole = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(r->dialect->flavor, whole);
    if (!ag_token_is(whole, ag_lexer_next_solid(&lexer), "create")) {
        return is_view(kind);
    }
    for (int i = 0; i < 5; i++) {
        if (ag_token_is(whole, ag_lexer_next_solid(&lexer), create_word(kind))) {
            return true;
        }
    }
    return false;
}

static void read_object_definition(ag_json_reader *r, const ag_json *value, void *node) {
    ag_object *object = node;
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_name(r, picked, "\"definition\"");
    text = text == NULL ? NULL : one_statement(r, picked, text);
    if (text == NULL) {
        return;
    }
    if (!is_definition(r, object->kind, text)) {
        ag__json_mistake(r, picked, "the definition of a %s must be a CREATE statement for one",
                         ag_kind_name(object->kind));
        return;
    }
    object->definition = text;
}

static void write_object_definition(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_object *)node)->definition);
}

static void read_object_extras(ag_json_reader *r, const ag_json *value, void *node) {
    ag_object *object = node;
    ag_strings texts = {NULL, 0, 0};
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL || !ag__json_strings(r, picked, "\"extras\"", &texts)) {
        return;
    }
    for (size_t i = 0; i < texts.n; i++) {
        const char *text = one_statement(r, picked, texts.items[i]);
        if (text != NULL) {
            ag_vec_push(r->arena, &object->extras, text);
        }
    }
}

static void write_object_extras(ag_json_writer *w, const char *key, const void *node) {
    const ag_object *object = node;
    if (object->extras.n > 0) {
        ag__json_put_key(w, key);
        ag__json_put_strings(w, &object->extras);
    }
}

static void read_object_columns(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_attributes(r, value, &((ag_object *)node)->columns);
}

static void write_object_columns(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_attributes(w, key, &((const ag_object *)node)->columns);
}

static void read_object_indexes(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_indexes(r, value, &((ag_object *)node)->indexes);
}

static void write_object_indexes(ag_json_writer *w, const char *key, const void *node) {
    bool in_list = w->in_list;
    ag__json_write_indexes(w, key, &((const ag_object *)node)->indexes);
    w->in_list = in_list;
}

#define AG_JSON_OBJECT_(key, form, member) AG_FIELD_##form(key, ag_object, object, member),
static const ag_json_field object_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_OBJECT_
static const ag_json_scope object_scope = AG_SCOPE("an object with a definition", object_fields);

/* ---- definitions ---- */

typedef struct words {
    ag_lexer lexer;
    ag_str text;
} words;

static ag_token next_word(words *w) {
    return ag_lexer_next_solid(&w->lexer);
}

/* Name and namespace that follow in a statement, as the database reads them. */
static void take_name(ag_json_reader *r, words *w, const char **ns, const char **name) {
    ag_token first = next_word(w);
    if (first.kind != AG_TOKEN_WORD && first.kind != AG_TOKEN_QUOTED) {
        return;
    }
    *name = ag_token_unquote(r->arena, r->dialect->flavor, w->text, first);
    *ns = r->dialect->default_namespace;
    ag_token dot = next_word(w);
    ag_token second = next_word(w);
    if (ag_token_is(w->text, dot, ".") &&
        (second.kind == AG_TOKEN_WORD || second.kind == AG_TOKEN_QUOTED)) {
        *ns = (r->dialect->capabilities & AG_CAN_NAMESPACES) == 0 ? NULL : *name;
        *name = ag_token_unquote(r->arena, r->dialect->flavor, w->text, second);
    }
}

/* The table of a trigger, rule or policy that only its statement names: "… ON table", "… TO
 * table". */
static void find_table(ag_json_reader *r, ag_object *object) {
    words w = {.text = ag_str_of(object->definition)};
    w.lexer = ag_lexer_of(r->dialect->flavor, w.text);
    const char *before = object->kind == AG_RULE ? "to" : "on";
    for (ag_token t = next_word(&w); t.kind != AG_TOKEN_END; t = next_word(&w)) {
        if (ag_token_is(w.text, t, before)) {
            take_name(r, &w, &object->table_ns, &object->table);
            return;
        }
    }
}

/* A view may be given by its query alone. */
static void complete_definition(ag_json_reader *r, ag_object *object) {
    words w = {.text = ag_str_of(object->definition)};
    w.lexer = ag_lexer_of(r->dialect->flavor, w.text);
    if (!is_view(object->kind) || ag_token_is(w.text, next_word(&w), "create")) {
        return;
    }
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, object->kind == AG_VIEW ? "CREATE VIEW " : "CREATE MATERIALIZED VIEW ");
    if (object->ns != NULL && !ag_text_eq(object->ns, r->dialect->default_namespace)) {
        r->dialect->quote(&buf, object->ns);
        ag_buf_putc(&buf, '.');
    }
    r->dialect->quote(&buf, object->name);
    ag_buf_puts(&buf, " AS ");
    ag_buf_puts(&buf, object->definition);
    object->definition = ag_buf_copy(&buf, r->arena);
    ag_buf_release(&buf);
}

static bool is_same_object(const ag_json_reader *r, const ag_object *a, const ag_object *b) {
    bool fold = ag_schema_folds_case(r->schema);
    bool (*same)(const char *, const char *) = fold ? ag_text_ieq : ag_text_eq;
    return a->kind == b->kind && same(a->ns, b->ns) && same(a->name, b->name) &&
           ag_text_eq(a->signature, b->signature) && same(a->table_ns, b->table_ns) &&
           same(a->table, b->table);
}

static const ag_object *find_same(const ag_json_reader *r, const ag_object *object) {
    const ag_object *first = ag_schema_object(r->schema, object->kind, object->ns, object->name);
    if (first == NULL || is_same_object(r, first, object)) {
        return first;
    }
    for (size_t i = 0; i < r->schema->objects.n; i++) { /* overloads and the like are rare */
        if (is_same_object(r, r->schema->objects.items[i], object)) {
            return r->schema->objects.items[i];
        }
    }
    return NULL;
}

static void finish(ag_json_reader *r, const ag_json *key, ag_object *object) {
    if (object->definition == NULL) {
        ag__json_mistake(r, key, "the %s \"%s\" needs \"definition\"", ag_kind_name(object->kind),
                         object->name);
        return;
    }
    if (is_on_table(object->kind)) {
        if (object->table == NULL) {
            find_table(r, object);
        }
        if (object->table == NULL) {
            ag__json_mistake(r, key, "the %s \"%s\" needs \"table\"", ag_kind_name(object->kind),
                             object->name);
            return;
        }
        object->ns = object->table_ns;
    }
    complete_definition(r, object);
    const ag_object *old = find_same(r, object);
    if (old != NULL) {
        ag__json_already(ag__json_mistake(r, key, "the %s \"%s\" is defined twice",
                                          ag_kind_name(object->kind), object->name),
                         old->loc);
        return;
    }
    ag_vec_push(r->arena, &r->schema->objects, object);
}

static bool is_for_others(ag_json_reader *r, const ag_json *value) {
    const ag_json *definition =
        value->type == AG_JSON_OBJECT ? ag_json_get(r->doc, value, "definition") : NULL;
    return definition != NULL && ag__json_pick(r, definition) == NULL;
}

void ag__json_read_objects(ag_json_reader *r, const ag_json *value, ag_kind kind,
                           const ag_table *table) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"%s\" must be an object, not %s", ag_kind_plural(kind),
                         ag_json_type_name(value));
        return;
    }
    ag_schema_cover(r->schema, kind);
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag__json_pick(r, ag_json_value(value, i));
        const char *text = ag__json_name(r, key, "a name");
        if (item == NULL || text == NULL || is_for_others(r, item)) {
            continue;
        }
        ag_object *object = ag_arena_new_of(r->arena, ag_object);
        object->kind = kind;
        object->loc = ag__json_loc(r, key);
        object->table = table == NULL ? NULL : table->name;
        object->table_ns = table == NULL ? NULL : table->ns;
        bool has_own_name =
            item->type == AG_JSON_OBJECT && ag_json_get(r->doc, item, "name") != NULL;
        if (!has_own_name && !set_name(r, key, text, object)) {
            continue; /* with a name of its own, the key is only a label */
        }
        size_t before = r->diags->list.n + r->diags->n_dropped;
        if (item->type == AG_JSON_STRING) {
            read_object_definition(r, item, object);
        } else {
            (void)ag__json_read(r, &object_scope, item, object);
        }
        if (r->diags->list.n + r->diags->n_dropped == before) {
            finish(r, key, object);
        }
    }
}

/* ---- writing ---- */

/* The key of an object in its section: its name, or a label that no other has. */
static const char *label_of(ag_json_writer *w, const ag_object *object, ag_map *used) {
    const char *name =
        has_namespace(object->kind) ? ag__json_name_of(w, object->ns, object->name) : object->name;
    w->in_list = ag_map_has(used, name);
    if (!w->in_list) {
        return name;
    }
    const char *label =
        is_on_table(object->kind)
            ? ag_arena_printf(w->scratch, "%s.%s",
                              ag__json_name_of(w, object->table_ns, object->table), name)
            : ag_arena_printf(w->scratch, "%s%s", name,
                              object->signature == NULL ? "" : object->signature);
    const char *numbered = label;
    for (int i = 2; ag_map_has(used, numbered); i++) {
        numbered = ag_arena_printf(w->scratch, "%s %d", label, i);
    }
    return numbered;
}

static void write_object(ag_json_writer *w, const ag_object *object) {
    ag_object rest = *object;
    rest.definition = NULL;
    if (ag__json_is_plain(w, &object_scope, &rest) && object->definition != NULL) {
        ag__json_put_string(w, object->definition);
        return;
    }
    ag__json_open(w, '{', false);
    ag__json_write(w, &object_scope, object);
    ag__json_close(w, '}');
}

void ag__json_write_objects(ag_json_writer *w, const char *key, ag_kind kind) {
    ag_map used = AG_MAP_INIT;
    for (size_t i = 0; i < w->schema->objects.n; i++) {
        const ag_object *object = w->schema->objects.items[i];
        if (object->kind != kind) {
            continue;
        }
        if (used.n == 0) {
            ag__json_put_key(w, key);
            ag__json_open(w, '{', true);
        }
        const char *label = label_of(w, object, &used);
        ag_map_put(&used, label, &used);
        ag__json_put_key(w, label);
        write_object(w, object);
        w->in_list = false;
    }
    if (used.n > 0) {
        ag__json_close(w, '}');
    }
    ag_map_release(&used);
}
