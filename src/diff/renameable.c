/* What can be renamed in a schema. */
#include "diff/rename.h"
#include "schema/node.h"

bool ag__is_relation(ag_kind kind) {
    return kind == AG_TABLE || kind == AG_VIEW || kind == AG_MATVIEW || kind == AG_SEQUENCE;
}

bool ag__is_type(ag_kind kind) {
    return kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE || kind == AG_RANGE;
}

bool ag__is_part(const ag_object *object) {
    return object->table != NULL && object->kind != AG_STATISTICS;
}

typedef struct collector {
    ag_arena *arena;
    ag_renameables *out; /* NULL: only has_former is wanted */
    ag_renameable last;
    bool has_former;
} collector;

static ag_renameable *add(collector *c, ag_kind kind, ag_rename_level level, const char *ns,
                          const char *name, const char *renamed_from, const void *node,
                          ag_loc loc) {
    c->has_former = c->has_former || renamed_from != NULL;
    c->last = (ag_renameable){.kind = kind,
                              .level = level,
                              .parent_kind = AG_N_KINDS,
                              .ns = ns,
                              .name = name,
                              .renamed_from = renamed_from,
                              .node = node,
                              .loc = loc};
    if (c->out == NULL) {
        return &c->last;
    }
    ag_vec_push(c->arena, c->out, c->last);
    return &c->out->items[c->out->n - 1];
}

static void add_member(collector *c, ag_kind kind, ag_kind parent_kind, const char *ns,
                       const char *parent, const char *name, const char *renamed_from,
                       const void *node, ag_loc loc) {
    ag_renameable *item = add(c, kind, AG_LEVEL_MEMBER, ns, name, renamed_from, node, loc);
    item->parent_kind = parent_kind;
    item->parent = parent;
}

static void add_table(collector *c, const ag_table *table) {
    const char *ns = table->ns;
    const char *name = table->name;
    add(c, AG_TABLE, AG_LEVEL_TOP, ns, name, table->renamed_from, table, table->loc);
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        add_member(c, AG_COLUMN, AG_TABLE, ns, name, column->name, column->renamed_from, column,
                   column->loc);
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (it->name != NULL) {
            add_member(c, AG_CONSTRAINT, AG_TABLE, ns, name, it->name, it->renamed_from, it,
                       it->loc);
        }
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        const ag_index *index = table->indexes.items[i];
        add_member(c, AG_INDEX, AG_TABLE, ns, name, index->name, index->renamed_from, index,
                   index->loc);
    }
}

static void add_types(collector *c, const ag_schema *schema) {
    for (size_t i = 0; i < schema->enums.n; i++) {
        const ag_enum *it = schema->enums.items[i];
        add(c, AG_ENUM, AG_LEVEL_TOP, it->ns, it->name, it->renamed_from, it, it->loc);
        for (size_t j = 0; j < it->values.n; j++) {
            const ag_enum_value *value = &it->values.items[j];
            add_member(c, AG_N_KINDS, AG_ENUM, it->ns, it->name, value->name, value->renamed_from,
                       value, value->loc);
        }
    }
    for (size_t i = 0; i < schema->domains.n; i++) {
        const ag_domain *it = schema->domains.items[i];
        add(c, AG_DOMAIN, AG_LEVEL_TOP, it->ns, it->name, it->renamed_from, it, it->loc);
    }
    for (size_t i = 0; i < schema->composites.n; i++) {
        const ag_composite *it = schema->composites.items[i];
        add(c, AG_COMPOSITE, AG_LEVEL_TOP, it->ns, it->name, it->renamed_from, it, it->loc);
        for (size_t j = 0; j < it->attributes.n; j++) {
            const ag_column *attribute = it->attributes.items[j];
            add_member(c, AG_COLUMN, AG_COMPOSITE, it->ns, it->name, attribute->name,
                       attribute->renamed_from, attribute, attribute->loc);
        }
    }
}

static void add_objects(collector *c, const ag_schema *schema) {
    for (size_t i = 0; i < schema->objects.n; i++) {
        const ag_object *it = schema->objects.items[i];
        bool is_part = ag__is_part(it);
        ag_renameable *item =
            add(c, it->kind, is_part ? AG_LEVEL_MEMBER : AG_LEVEL_TOP,
                it->ns != NULL ? it->ns : it->table_ns, it->name, it->renamed_from, it, it->loc);
        item->signature = it->signature;
        if (is_part) {
            item->parent_kind = AG_TABLE;
            item->parent = it->table;
        }
        for (size_t j = 0; j < it->indexes.n; j++) {
            const ag_index *index = it->indexes.items[j];
            add_member(c, AG_INDEX, it->kind, it->ns, it->name, index->name, index->renamed_from,
                       index, index->loc);
        }
    }
}

static void collect(collector *c, const ag_schema *schema) {
    for (size_t i = 0; i < schema->namespaces.n; i++) {
        const ag_namespace *it = schema->namespaces.items[i];
        add(c, AG_NAMESPACE, AG_LEVEL_NAMESPACE, NULL, it->name, it->renamed_from, it, it->loc);
    }
    add_types(c, schema);
    for (size_t i = 0; i < schema->sequences.n; i++) {
        const ag_sequence *it = schema->sequences.items[i];
        add(c, AG_SEQUENCE, AG_LEVEL_TOP, it->ns, it->name, it->renamed_from, it, it->loc);
    }
    for (size_t i = 0; i < schema->tables.n; i++) {
        add_table(c, schema->tables.items[i]);
    }
    add_objects(c, schema);
}

void ag__list_renameables(ag_arena *arena, const ag_schema *schema, ag_renameables *out) {
    collector c = {.arena = arena, .out = out};
    collect(&c, schema);
}

bool ag__has_former_names(const ag_schema *schema) {
    collector c = {.out = NULL};
    collect(&c, schema);
    return c.has_former;
}

char *ag__rename_path(ag_arena *arena, const ag_renameable *item, bool with_namespace) {
    const char *ns = with_namespace && item->ns != NULL ? item->ns : "";
    const char *dot = ns[0] != '\0' ? "." : "";
    if (item->parent == NULL) {
        return ag_arena_printf(arena, "%s%s%s", ns, dot, item->name);
    }
    return ag_arena_printf(arena, "%s%s%s.%s", ns, dot, item->parent, item->name);
}
