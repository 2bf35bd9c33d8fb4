/* Tables and their partitions. */
#include "base/str.h"
#include "model/json/form.h"

static void read_table(ag_json_reader *r, const ag_json *key, const ag_json *value,
                       const ag_table *parent);

/* Settled before the table is made: see read_table. */
static void read_table_namespace(ag_json_reader *r, const ag_json *value, void *node) {
    (void)r;
    (void)value;
    (void)node;
}

static void read_table_partition_of(ag_json_reader *r, const ag_json *value, void *node) {
    ag_table *table = node;
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_name(r, picked, "\"partition_of\"");
    if (text != NULL && ag__json_qualified(r, picked, text, &table->parent_ns, &table->parent) &&
        table->parent_ns == NULL) {
        table->parent_ns = table->ns;
    }
}

static void write_table_partition_of(ag_json_writer *w, const char *key, const void *node) {
    const ag_table *table = node;
    if (table->parent != NULL) {
        ag__json_put_text(w, key,
                          ag__json_name_from(w, table->ns, table->parent_ns, table->parent));
    }
}

/* The list in the node holds SQL text, the model names as elsewhere. */
static void read_table_inherits(ag_json_reader *r, const ag_json *value, void *node) {
    ag_table *table = node;
    ag_strings names = {NULL, 0, 0};
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL || !ag__json_strings(r, picked, "\"inherits\"", &names)) {
        return;
    }
    for (size_t i = 0; i < names.n; i++) {
        const char *ns = NULL;
        const char *name = NULL;
        if (ag__json_qualified(r, picked, names.items[i], &ns, &name)) {
            ns = ns == NULL ? table->ns : ns;
            ag_vec_push(r->arena, &table->inherits,
                        ag_dialect_name(r->arena, r->dialect, ns, name));
        }
    }
}

static void write_table_inherits(ag_json_writer *w, const char *key, const void *node) {
    const ag_table *table = node;
    if (table->inherits.n > 0) {
        ag__json_put_key(w, key);
        ag__json_put_strings(w, &table->inherits);
    }
}

static void read_table_columns(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_columns(r, value, node);
}

static void write_table_columns(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_columns(w, key, node);
}

static void read_table_primary_key(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_primary_key(r, value, node);
}

static void write_table_primary_key(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_primary_key(w, key, node);
}

#define CONSTRAINTS(member, kind)                                                                  \
    static void read_table_##member(ag_json_reader *r, const ag_json *value, void *node) {         \
        ag__json_read_constraints(r, value, kind, &((ag_table *)node)->constraints);               \
    }                                                                                              \
    static void write_table_##member(ag_json_writer *w, const char *key, const void *node) {       \
        ag__json_write_constraints(w, key, kind, &((const ag_table *)node)->constraints);          \
    }

CONSTRAINTS(unique, AG_UNIQUE)
CONSTRAINTS(checks, AG_CHECK)
CONSTRAINTS(foreign_keys, AG_FOREIGN_KEY)
CONSTRAINTS(excludes, AG_EXCLUDE)

static void read_table_indexes(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_indexes(r, value, &((ag_table *)node)->indexes);
}

static void write_table_indexes(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_indexes(w, key, &((const ag_table *)node)->indexes);
}

static void read_table_triggers(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_objects(r, value, AG_TRIGGER, node);
}

static void read_table_partitions(ag_json_reader *r, const ag_json *value, void *node) {
    if (value->type == AG_JSON_FALSE) {
        return; /* none, as C says it */
    }
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"partitions\" must be an object, not %s",
                         ag_json_type_name(value));
        return;
    }
    const ag_table *parent = node;
    for (size_t i = 0; i < value->n && *parent->name != '\0'; i++) {
        read_table(r, ag_json_key(value, i), ag_json_value(value, i), parent);
    }
}

static bool has_partitions(const ag_schema *schema, const ag_table *parent) {
    bool has = false;
    for (size_t i = 0; i < schema->tables.n && !has; i++) {
        const ag_table *table = schema->tables.items[i];
        has = ag_text_eq(table->parent, parent->name) && ag_text_eq(table->parent_ns, parent->ns);
    }
    return has;
}

/* Partitions are written as tables; that there are none has to be said. */
static void write_table_partitions(ag_json_writer *w, const char *key, const void *node) {
    const ag_table *table = node;
    if (table->partition_by != NULL && !table->open_partitions &&
        !has_partitions(w->schema, table)) {
        ag__json_put_key(w, key);
        ag__json_open(w, '{', false);
        ag__json_close(w, '}');
    }
}

#define AG_JSON_TABLE(key, form, member) AG_FIELD_##form(key, ag_table, table, member),
static const ag_json_field table_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_TABLE
static const ag_json_scope table_scope = AG_SCOPE("a table", table_fields);

/* Moves the primary key behind `position` uniques. */
static void place_primary_key(ag_table *table, long position) {
    ag_constraint *key = NULL;
    size_t n = 0;
    for (size_t i = 0; i < table->constraints.n; i++) {
        ag_constraint *c = table->constraints.items[i];
        if (key == NULL && c->kind == AG_PRIMARY_KEY) {
            key = c;
        } else {
            table->constraints.items[n++] = c;
        }
    }
    if (key == NULL) {
        return;
    }
    size_t at = 0;
    for (long seen = 0; at < n && seen < position; at++) {
        seen += table->constraints.items[at]->kind == AG_UNIQUE;
    }
    for (size_t i = n; i > at; i--) {
        table->constraints.items[i] = table->constraints.items[i - 1];
    }
    table->constraints.items[at] = key;
}

static void settle_nullable(ag_json_reader *r, ag_table *table) {
    bool keys_may_be_null = (r->dialect->capabilities & AG_ROWID_KEYS) != 0;
    for (size_t i = 0; i < r->undecided.n; i++) {
        ag_column *column = r->undecided.items[i];
        column->nullable = ag__json_default_nullable(r->dialect, r->schema, table, column);
    }
    const ag_constraint *key = ag_table_primary_key(table);
    for (size_t i = 0; key != NULL && !keys_may_be_null && i < key->keys.n; i++) {
        const char *name = key->keys.items[i].column;
        ag_column *column = name == NULL ? NULL : ag_table_column(r->schema, table, name);
        if (column != NULL) {
            column->nullable = false;
        }
    }
}

/* Makes the table, or reports that it is there already. */
static ag_table *new_table(ag_json_reader *r, const ag_json *key, const ag_json *value,
                           const ag_table *parent) {
    const char *text = ag__json_name(r, key, "the name of a table");
    const ag_json *written =
        value->type == AG_JSON_OBJECT ? ag_json_get(r->doc, value, "namespace") : NULL;
    written = written == NULL ? NULL : ag__json_pick(r, written);
    const char *ns = written == NULL ? NULL : ag__json_name(r, written, "\"namespace\"");
    const char *name = text;
    if (text == NULL || (ns == NULL && !ag__json_qualified(r, key, text, &ns, &name))) {
        return NULL;
    }
    if (ns == NULL) { /* one that the dialect does not have is for it to refuse */
        ns = parent != NULL ? parent->ns : r->dialect->default_namespace;
    }
    const ag_table *old = ag_schema_table(r->schema, ns, name);
    if (old != NULL) {
        ag_error *err = ag__json_mistake(r, key,
                                         ag_text_eq(old->name, name)
                                             ? "the table \"%s\" is defined twice"
                                             : "the table \"%s\" is defined twice, but for case",
                                         text);
        ag__json_already(err, old->loc);
        return NULL;
    }
    ag_table *table = ag_schema_add_table(r->schema, ns, name);
    table->loc = ag__json_loc(r, key);
    if (parent != NULL) {
        table->parent_ns = parent->ns;
        table->parent = parent->name;
    }
    return table;
}

static void read_table(ag_json_reader *r, const ag_json *key, const ag_json *value,
                       const ag_table *parent) {
    ag_json_reader outer = *r;
    ag_table *table = new_table(r, key, value, parent);
    ag_table ignored = {.name = "", .loc = ag__json_loc(r, key)}; /* still read for its mistakes */
    r->table = table == NULL ? &ignored : table;
    r->position = -1;
    r->undecided.items = NULL;
    r->undecided.n = r->undecided.cap = 0;
    const ag_json *picked = parent == NULL ? value : ag__json_pick(r, value);
    if (picked != NULL && parent != NULL && picked->type == AG_JSON_STRING) {
        r->table->bound = ag__json_fragment(r, picked, "the bound of a partition");
    } else if (picked != NULL) {
        (void)ag__json_read(r, &table_scope, picked, r->table);
    }
    if (r->table->partition_by != NULL) {
        r->table->kind = AG_TABLE_PARTITIONED;
        r->table->open_partitions = picked == NULL || picked->type != AG_JSON_OBJECT ||
                                    ag_json_get(r->doc, picked, "partitions") == NULL;
    }
    settle_nullable(r, r->table);
    if (r->position >= 0) {
        place_primary_key(r->table, r->position);
    }
    r->table = outer.table;
    r->column = outer.column;
    r->position = outer.position;
    r->undecided.items = outer.undecided.items;
    r->undecided.n = outer.undecided.n;
    r->undecided.cap = outer.undecided.cap;
}

void ag__json_read_tables(ag_json_reader *r, const ag_json *value) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"tables\" must be an object, not %s",
                         ag_json_type_name(value));
        return;
    }
    for (size_t i = 0; i < value->n && !ag__json_gives_up(r); i++) {
        read_table(r, ag_json_key(value, i), ag_json_value(value, i), NULL);
    }
}

void ag__json_write_tables(ag_json_writer *w, const char *key) {
    if (w->schema->tables.n == 0) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open(w, '{', true);
    for (size_t i = 0; i < w->schema->tables.n; i++) {
        const ag_table *table = w->schema->tables.items[i];
        ag_arena_mark mark = ag_arena_mark_now(w->scratch);
        w->table = table;
        ag__json_put_key(w, ag__json_name_of(w, table->ns, table->name));
        ag__json_open(w, '{', true);
        ag__json_write(w, &table_scope, table);
        ag__json_close(w, '}');
        w->table = NULL;
        ag_arena_reset(w->scratch, mark);
    }
    ag__json_close(w, '}');
}
