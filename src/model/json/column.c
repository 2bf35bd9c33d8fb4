/* Columns of tables, attributes of composite types, columns of views. */
#include <string.h>

#include "base/str.h"
#include "model/json/form.h"

/* SQLite, built for as many as it can be built for. */
enum { MOST_COLUMNS = 32767 };

static void read_column_type(ag_json_reader *r, const ag_json *value, void *node) {
    ag_column *column = node;
    const char *type = ag__json_type(r, value, &column->type_loc);
    column->type = type == NULL ? "" : type;
}

static void write_column_type(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_type(w, key, ((const ag_column *)node)->type);
}

/* ---- identity ---- */

static void read_kind(ag_json_reader *r, const ag_json *value) {
    const char *text = ag__json_string(r, value, "\"identity\"");
    if (ag_text_ieq(text, "always")) {
        r->column->identity = AG_IDENTITY_ALWAYS;
    } else if (ag_text_ieq(text, "by default") || ag_text_ieq(text, "by_default")) {
        r->column->identity = AG_IDENTITY_BY_DEFAULT;
    } else if (text != NULL) {
        ag_hint(ag__json_mistake(r, value, "unknown value \"%s\" of \"identity\"", text),
                "it may be \"always\" or \"by default\"");
    }
}

static void read_identity_kind(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    read_kind(r, value);
}

static const char *identity_word(ag_identity_kind kind) {
    return kind == AG_IDENTITY_ALWAYS ? "always" : "by default";
}

/* Written by write_column_identity, which knows the column. */
static void write_identity_kind(ag_json_writer *w, const char *key, const void *node) {
    (void)w;
    (void)key;
    (void)node;
}

#define AG_BASE_identity (size_t)0
#define AG_JSON_IDENTITY(key, form, member)                                                        \
    AG_FIELD_##form(key, ag_sequence_options, identity, member),
static const ag_json_field identity_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_IDENTITY
static const ag_json_scope identity_scope = AG_SCOPE("\"identity\"", identity_fields);

static void read_column_identity(ag_json_reader *r, const ag_json *value, void *node) {
    ag_column *column = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL || picked->type == AG_JSON_FALSE) {
        return;
    }
    r->column = column;
    if (picked->type != AG_JSON_OBJECT) {
        read_kind(r, picked);
    } else if (ag__json_read(r, &identity_scope, picked, &column->identity_options) &&
               ag_json_get(r->doc, picked, "kind") == NULL) {
        column->identity = AG_IDENTITY_BY_DEFAULT;
    }
}

static void write_column_identity(ag_json_writer *w, const char *key, const void *node) {
    const ag_column *column = node;
    if (column->identity == AG_IDENTITY_NONE) {
        return;
    }
    ag__json_put_key(w, key);
    if (ag__json_is_plain(w, &identity_scope, &column->identity_options)) {
        ag__json_put_string(w, identity_word(column->identity));
        return;
    }
    ag__json_open(w, '{', false);
    ag__json_put_text(w, "kind", identity_word(column->identity));
    ag__json_write(w, &identity_scope, &column->identity_options);
    ag__json_close(w, '}');
}

/* ---- nullable, default, generated ---- */

static bool is_rowid_alias(const ag_table *table, const ag_constraint *key,
                           const ag_column *column) {
    bool is_quirk = key->inline_column != NULL && key->keys.n == 1 && key->keys.items[0].descending;
    return key->keys.n == 1 && !table->without_rowid && !is_quirk &&
           (ag_text_ieq(column->type, "integer") || column->identity != AG_IDENTITY_NONE);
}

bool ag__json_default_nullable(const ag_dialect *dialect, const ag_schema *schema,
                               const ag_table *table, const ag_column *column) {
    if (ag_column_in_primary_key(schema, table, column->name)) {
        const ag_constraint *key = ag_table_primary_key(table);
        return (dialect->capabilities & AG_ROWID_KEYS) != 0 && is_rowid_alias(table, key, column);
    }
    return column->identity == AG_IDENTITY_NONE && !column->serial;
}

static void read_column_nullable(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_json *picked = ag__json_pick(r, value);
    r->is_nullable_written =
        picked != NULL && ag__json_bool(r, picked, "\"nullable\"", &((ag_column *)node)->nullable);
}

static bool is_not_null_in(const ag_schema *schema, const ag_table *parent, const char *name) {
    const ag_column *column = parent == NULL ? NULL : ag_table_column(schema, parent, name);
    return column != NULL && !column->nullable;
}

/* A column is NOT NULL where its parent's is, unless it says otherwise. */
static bool differs_from_parents(const ag_json_writer *w, const ag_column *column) {
    if (!column->inherited || !column->nullable || w->table == NULL) {
        return false;
    }
    bool differs = false;
    for (size_t i = 0; i < w->table->inherits.n && !differs; i++) {
        const ag_table *parent =
            ag__json_table_of_text(w->dialect, w->schema, w->table->inherits.items[i]);
        differs = is_not_null_in(w->schema, parent, column->name);
    }
    return differs;
}

static void write_column_nullable(ag_json_writer *w, const char *key, const void *node) {
    const ag_column *column = node;
    if (column->nullable != ag__json_default_nullable(w->dialect, w->schema, w->table, column) ||
        differs_from_parents(w, column)) {
        ag__json_put_key(w, key);
        ag_buf_puts(w->out, column->nullable ? "true" : "false");
    }
}

static void read_column_default(ag_json_reader *r, const ag_json *value, void *node) {
    ag_column *column = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        column->default_expr = ag__json_expr(r, picked, "\"default\"");
        column->default_loc = ag__json_loc(r, picked);
    }
}

static void write_column_default(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_expr(w, key, ((const ag_column *)node)->default_expr);
}

static void read_column_generated(ag_json_reader *r, const ag_json *value, void *node) {
    ag_column *column = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        column->generated_expr = ag__json_fragment(r, picked, "\"generated\"");
        column->generated_loc = ag__json_loc(r, picked);
        if (column->generated != AG_GENERATED_STORED && column->generated_expr != NULL) {
            column->generated = AG_GENERATED_VIRTUAL;
        }
    }
}

static void write_column_generated(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_column *)node)->generated_expr);
}

static void read_column_stored(ag_json_reader *r, const ag_json *value, void *node) {
    bool is_stored = false;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL && ag__json_bool(r, picked, "\"stored\"", &is_stored) && is_stored) {
        ((ag_column *)node)->generated = AG_GENERATED_STORED;
    }
}

static void write_column_stored(ag_json_writer *w, const char *key, const void *node) {
    if (((const ag_column *)node)->generated == AG_GENERATED_STORED) {
        ag__json_put_true(w, key);
    }
}

/* ---- constraints written at the column ---- */

static ag_constraint *add_inline(ag_json_reader *r, ag_constraint_kind kind, const ag_json *at) {
    ag_constraint *c = ag__json_add_constraint(r, &r->table->constraints, kind, at);
    c->inline_column = r->column->name;
    if (kind != AG_CHECK) {
        ag_key key = {.column = r->column->name, .loc = c->loc};
        ag_vec_push(r->arena, &c->keys, key);
    }
    return c;
}

static void read_flag_constraint(ag_json_reader *r, const ag_json *value, const char *what,
                                 ag_constraint_kind kind) {
    bool is_set = false;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL && ag__json_bool(r, picked, what, &is_set) && is_set) {
        (void)add_inline(r, kind, value);
    }
}

static void read_column_primary_key(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    read_flag_constraint(r, value, "\"primary_key\"", AG_PRIMARY_KEY);
}

static void read_column_unique(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    read_flag_constraint(r, value, "\"unique\"", AG_UNIQUE);
}

static void read_column_check(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    const ag_json *picked = ag__json_pick(r, value);
    const char *text =
        picked == NULL ? NULL : ag__json_fragment(r, picked, "the condition of a check");
    if (text != NULL) {
        ag_constraint *c = add_inline(r, AG_CHECK, picked);
        c->expr = text;
        c->expr_loc = c->loc;
    }
}

static void read_column_references(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_column *column = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        ag__json_read_reference(r, picked, column->name);
    }
}

#define AG_JSON_COLUMN(key, form, member) AG_FIELD_##form(key, ag_column, column, member),
static const ag_json_field column_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_COLUMN
static const ag_json_scope column_scope = AG_SCOPE("a column", column_fields);

static ag_column *new_column(ag_json_reader *r, const ag_json *key, const char *name) {
    ag_column *column = ag_arena_new_of(r->arena, ag_column);
    column->name = name;
    column->type = "";
    column->nullable = true;
    column->statistics = -1;
    column->loc = ag__json_loc(r, key);
    return column;
}

static void read_column(ag_json_reader *r, const ag_json *key, const ag_json *value,
                        ag_table *table) {
    const char *name = ag__json_name(r, key, "the name of a column");
    if (name == NULL) {
        return;
    }
    ag_column *column = new_column(r, key, name);
    ag_vec_push(r->arena, &table->columns, column);
    r->column = column;
    r->is_nullable_written = false;
    if (value->type == AG_JSON_STRING) {
        read_column_type(r, value, column);
    } else {
        (void)ag__json_read(r, &column_scope, value, column);
    }
    if (column->generated == AG_GENERATED_STORED && column->generated_expr == NULL) {
        const ag_json *generated = ag_json_get(r->doc, value, "generated");
        if (generated == NULL) {
            ag__json_mistake(r, key, "column \"%s\" is stored but not generated", name);
        }
        column->generated = AG_GENERATED_NONE;
    }
    column->says_nullable = r->is_nullable_written;
    if (!r->is_nullable_written) {
        ag_vec_push(r->arena, &r->undecided, column);
    }
}

void ag__json_read_columns(ag_json_reader *r, const ag_json *value, ag_table *table) {
    if (value->type != AG_JSON_OBJECT) {
        ag_hint(ag__json_mistake(r, value, "\"columns\" must be an object, not %s",
                                 ag_json_type_name(value)),
                "{\"id\": {\"type\": \"bigint\"}, …}");
        return;
    }
    if (value->n > MOST_COLUMNS) {
        ag__json_mistake(r, value, "%u columns are more than any database takes", value->n);
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        read_column(r, ag_json_key(value, i), ag_json_value(value, i), table);
    }
}

static void write_column(ag_json_writer *w, const ag_column *column) {
    ag__json_open(w, '{', false);
    ag__json_write(w, &column_scope, column);
    ag__json_close(w, '}');
}

static char *column_text(ag_json_writer *w, const ag_table *table, const ag_column *column) {
    ag_json_writer probe = *w;
    ag_buf buf = AG_BUF_INIT;
    ag_column plain = *column;
    plain.inherited = false;
    probe.out = &buf;
    probe.err = NULL;
    probe.table = table;
    write_column(&probe, &plain);
    char *text = ag_buf_copy(&buf, w->scratch);
    ag_buf_release(&buf);
    return text;
}

/* A partition whose columns are just its parent's: the reader takes them from there. */
static bool has_columns_of_parent(ag_json_writer *w, const ag_table *table) {
    const ag_table *parent =
        table->parent == NULL ? NULL : ag_schema_table(w->schema, table->parent_ns, table->parent);
    if (parent == NULL || parent->columns.n != table->columns.n) {
        return false;
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *mine = table->columns.items[i];
        const ag_column *theirs = parent->columns.items[i];
        if (!mine->inherited || !ag_text_eq(mine->name, theirs->name) ||
            !ag_text_eq(column_text(w, parent, mine), column_text(w, parent, theirs))) {
            return false;
        }
    }
    return true;
}

void ag__json_write_columns(ag_json_writer *w, const char *key, const ag_table *table) {
    if (has_columns_of_parent(w, table)) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open(w, '{', true);
    for (size_t i = 0; i < table->columns.n; i++) {
        ag__json_put_key(w, table->columns.items[i]->name);
        write_column(w, table->columns.items[i]);
    }
    ag__json_close(w, '}');
}

/* ---- attributes ---- */

#define read_attribute_type read_column_type
#define write_attribute_type write_column_type
#define AG_JSON_ATTRIBUTE(key, form, member) AG_FIELD_##form(key, ag_column, attribute, member),
static const ag_json_field attribute_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_ATTRIBUTE
static const ag_json_scope attribute_scope = AG_SCOPE("an attribute", attribute_fields);

void ag__json_read_attributes(ag_json_reader *r, const ag_json *value, ag_columns *list) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "this must be an object of names and types, not %s",
                         ag_json_type_name(value));
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag_json_value(value, i);
        const char *name = ag__json_name(r, key, "the name of an attribute");
        if (name == NULL) {
            continue;
        }
        ag_column *attribute = new_column(r, key, name);
        ag_vec_push(r->arena, list, attribute);
        if (item->type == AG_JSON_STRING) {
            read_column_type(r, item, attribute);
        } else {
            (void)ag__json_read(r, &attribute_scope, item, attribute);
        }
    }
}

void ag__json_write_attributes(ag_json_writer *w, const char *key, const ag_columns *list) {
    if (list->n == 0) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open(w, '{', false);
    for (size_t i = 0; i < list->n; i++) {
        const ag_column *attribute = list->items[i];
        ag_column rest = *attribute;
        rest.type = "";
        ag__json_put_key(w, attribute->name);
        if (*attribute->type != '\0' && ag__json_type_is_itself(w, attribute->type) &&
            ag__json_is_plain(w, &attribute_scope, &rest)) {
            ag__json_put_string(w, attribute->type);
        } else {
            ag__json_open(w, '{', false);
            ag__json_write(w, &attribute_scope, attribute);
            ag__json_close(w, '}');
        }
    }
    ag__json_close(w, '}');
}
