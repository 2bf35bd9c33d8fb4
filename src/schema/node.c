#include "schema/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "schema/index.h"

static const char *const kind_names[AG_N_KINDS] = {
#define AG_KIND(name, singular, plural) singular,
#include <autogen/kind_list.def>
#undef AG_KIND
};

static const char *const kind_plurals[AG_N_KINDS] = {
#define AG_KIND(name, singular, plural) plural,
#include <autogen/kind_list.def>
#undef AG_KIND
};

const char *ag_kind_name(ag_kind kind) {
    return (unsigned)kind < AG_N_KINDS ? kind_names[kind] : "object";
}

const char *ag_kind_plural(ag_kind kind) {
    return (unsigned)kind < AG_N_KINDS ? kind_plurals[kind] : "objects";
}

ag_schema *ag_schema_new(const char *dialect) {
    ag_arena *arena = ag_arena_new();
    ag_schema *schema = ag_arena_new_of(arena, ag_schema);
    schema->arena = arena;
    schema->dialect = ag_arena_strdup(arena, dialect);
    schema->names = ag_name_index_new();
    return schema;
}

void ag_schema_free(ag_schema *schema) {
    if (schema != NULL) {
        ag_name_index_free(schema->names);
        ag_arena_free(schema->arena);
    }
}

void ag_schema_cover(ag_schema *schema, ag_kind kind) {
    schema->covers |= (uint64_t)1 << kind;
}

bool ag_schema_covers(const ag_schema *schema, ag_kind kind) {
    return (schema->covers >> kind & 1) != 0;
}

void ag_schema_touch(ag_schema *schema) {
    if (schema->names != NULL) {
        ag_name_index_clear(schema->names);
    }
}

bool ag_schema_folds_case(const ag_schema *schema) {
    return ag_text_eq(schema->dialect, "sqlite");
}

ag_table *ag_schema_add_table(ag_schema *schema, const char *ns, const char *name) {
    ag_table *table = ag_arena_new_of(schema->arena, ag_table);
    table->ns = ag_arena_strdup(schema->arena, ns);
    table->name = ag_arena_strdup(schema->arena, name);
    ag_vec_push(schema->arena, &schema->tables, table);
    return table;
}

ag_object *ag_schema_add_object(ag_schema *schema, ag_kind kind, const char *ns, const char *name) {
    ag_object *object = ag_arena_new_of(schema->arena, ag_object);
    object->kind = kind;
    object->ns = ag_arena_strdup(schema->arena, ns);
    object->name = ag_arena_strdup(schema->arena, name);
    ag_vec_push(schema->arena, &schema->objects, object);
    return object;
}

ag_column *ag_table_add_column(ag_schema *schema, ag_table *table, const char *name) {
    ag_column *column = ag_arena_new_of(schema->arena, ag_column);
    column->name = ag_arena_strdup(schema->arena, name);
    column->type = "";
    column->nullable = true;
    column->statistics = -1;
    ag_vec_push(schema->arena, &table->columns, column);
    return column;
}

ag_constraint *ag_table_add_constraint(ag_schema *schema, ag_table *table,
                                       ag_constraint_kind kind) {
    ag_constraint *constraint = ag_arena_new_of(schema->arena, ag_constraint);
    constraint->kind = kind;
    constraint->name_origin = AG_NAME_NONE;
    ag_vec_push(schema->arena, &table->constraints, constraint);
    return constraint;
}

ag_index *ag_table_add_index(ag_schema *schema, ag_table *table, const char *name) {
    ag_index *index = ag_arena_new_of(schema->arena, ag_index);
    index->name = ag_arena_strdup(schema->arena, name);
    index->name_origin = name == NULL ? AG_NAME_NONE : AG_NAME_GIVEN;
    ag_vec_push(schema->arena, &table->indexes, index);
    return index;
}

void ag_schema_add_unmanaged(ag_schema *schema, const char *what, const char *name) {
    ag_unmanaged thing = {.what = ag_arena_strdup(schema->arena, what),
                          .name = ag_arena_strdup(schema->arena, name)};
    ag_vec_push(schema->arena, &schema->unmanaged, thing);
}

ag_table *ag_schema_table(const ag_schema *schema, const char *ns, const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_TABLES, AG_TABLE, ns, name);
    return i < 0 ? NULL : schema->tables.items[i];
}

ag_enum *ag_schema_enum(const ag_schema *schema, const char *ns, const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_ENUMS, AG_ENUM, ns, name);
    return i < 0 ? NULL : schema->enums.items[i];
}

ag_domain *ag_schema_domain(const ag_schema *schema, const char *ns, const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_DOMAINS, AG_DOMAIN, ns, name);
    return i < 0 ? NULL : schema->domains.items[i];
}

ag_composite *ag_schema_composite(const ag_schema *schema, const char *ns, const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_COMPOSITES, AG_COMPOSITE, ns, name);
    return i < 0 ? NULL : schema->composites.items[i];
}

ag_sequence *ag_schema_sequence(const ag_schema *schema, const char *ns, const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_SEQUENCES, AG_SEQUENCE, ns, name);
    return i < 0 ? NULL : schema->sequences.items[i];
}

ag_object *ag_schema_object(const ag_schema *schema, ag_kind kind, const char *ns,
                            const char *name) {
    long i = ag_name_index_find(schema, AG_NAMES_OBJECTS, kind, ns, name);
    return i < 0 ? NULL : schema->objects.items[i];
}

int ag_table_column_index(const ag_schema *schema, const ag_table *table, const char *name) {
    return (int)ag_name_index_column(schema, table, name);
}

ag_column *ag_table_column(const ag_schema *schema, const ag_table *table, const char *name) {
    int i = ag_table_column_index(schema, table, name);
    return i < 0 ? NULL : table->columns.items[i];
}

static bool names_equal(const char *a, const char *b, bool fold) {
    return a != NULL && b != NULL && (fold ? ag_text_ieq(a, b) : ag_text_eq(a, b));
}

ag_constraint *ag_table_constraint(const ag_schema *schema, const ag_table *table,
                                   const char *name) {
    bool fold = ag_schema_folds_case(schema);
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (names_equal(table->constraints.items[i]->name, name, fold)) {
            return table->constraints.items[i];
        }
    }
    return NULL;
}

ag_index *ag_table_index(const ag_schema *schema, const ag_table *table, const char *name) {
    bool fold = ag_schema_folds_case(schema);
    for (size_t i = 0; i < table->indexes.n; i++) {
        if (names_equal(table->indexes.items[i]->name, name, fold)) {
            return table->indexes.items[i];
        }
    }
    return NULL;
}

const ag_constraint *ag_table_primary_key(const ag_table *table) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (table->constraints.items[i]->kind == AG_PRIMARY_KEY) {
            return table->constraints.items[i];
        }
    }
    return NULL;
}

bool ag_column_in_primary_key(const ag_schema *schema, const ag_table *table, const char *name) {
    const ag_constraint *key = ag_table_primary_key(table);
    bool fold = ag_schema_folds_case(schema);
    for (size_t i = 0; key != NULL && i < key->keys.n; i++) {
        if (names_equal(key->keys.items[i].column, name, fold)) {
            return true;
        }
    }
    return false;
}

static void put_escaped(ag_buf *buf, const char *text) {
    for (; *text != '\0'; text++) {
        if (strchr(".:\\", *text) != NULL) {
            ag_buf_putc(buf, '\\');
        }
        ag_buf_putc(buf, *text);
    }
}

char *ag_node_key(ag_arena *arena, ag_kind kind, const char *ns, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, ag_kind_name(kind));
    ag_buf_putc(&buf, ':');
    if (ns != NULL) {
        put_escaped(&buf, ns);
        ag_buf_putc(&buf, '.');
    }
    put_escaped(&buf, name == NULL ? "" : name);
    char *key = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return key;
}

char *ag_node_display(ag_arena *arena, const char *ns, const char *name) {
    return ns == NULL ? ag_arena_strdup(arena, name) : ag_arena_printf(arena, "%s.%s", ns, name);
}

bool ag_strings_has(const ag_strings *list, const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i], text)) {
            return true;
        }
    }
    return false;
}

bool ag_strings_equal(const ag_strings *a, const ag_strings *b, bool fold) {
    if (a->n != b->n) {
        return false;
    }
    for (size_t i = 0; i < a->n; i++) {
        if (fold ? !ag_text_ieq(a->items[i], b->items[i]) : !ag_text_eq(a->items[i], b->items[i])) {
            return false;
        }
    }
    return true;
}

const ag_option *ag_options_find(const ag_options *options, const char *name) {
    for (size_t i = 0; i < options->n; i++) {
        if (ag_text_ieq(options->items[i].name, name)) {
            return &options->items[i];
        }
    }
    return NULL;
}

/* The order of options means nothing, and their names fold. */
bool ag_options_equal(const ag_options *a, const ag_options *b) {
    if (a->n != b->n) {
        return false;
    }
    for (size_t i = 0; i < a->n; i++) {
        const ag_option *other = ag_options_find(b, a->items[i].name);
        if (other == NULL || !ag_text_eq(a->items[i].value, other->value)) {
            return false;
        }
    }
    return true;
}

static bool same_number(bool has_a, int64_t a, bool has_b, int64_t b) {
    return has_a == has_b && (!has_a || a == b);
}

bool ag_sequence_options_equal(const ag_sequence_options *a, const ag_sequence_options *b) {
    return same_number(a->has_start, a->start, b->has_start, b->start) &&
           same_number(a->has_increment, a->increment, b->has_increment, b->increment) &&
           same_number(a->has_min, a->min, b->has_min, b->min) &&
           same_number(a->has_max, a->max, b->has_max, b->max) &&
           same_number(a->has_cache, a->cache, b->has_cache, b->cache) && a->cycle == b->cycle &&
           ag_text_eq(a->name, b->name);
}

bool ag_kind_is_global(ag_kind kind) {
    return kind == AG_LANGUAGE || kind == AG_ACCESS_METHOD || kind == AG_CAST ||
           kind == AG_TRANSFORM || kind == AG_FOREIGN_WRAPPER || kind == AG_FOREIGN_SERVER ||
           kind == AG_EVENT_TRIGGER || kind == AG_PUBLICATION;
}

bool ag_kind_is_routine(ag_kind kind) {
    return kind == AG_FUNCTION || kind == AG_PROCEDURE || kind == AG_AGGREGATE;
}

bool ag_object_holds_columns(const ag_object *object) {
    if (object->kind == AG_STATISTICS) {
        return object->extras.n > 0;
    }
    return !ag_kind_is_routine(object->kind) ||
           (object->kind != AG_AGGREGATE && object->definition != NULL &&
            strstr(object->definition, "\nAS $") == NULL &&
            strstr(object->definition, "\nAS '") == NULL);
}
