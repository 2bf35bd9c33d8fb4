/*
 * What gives its name to another thing while columns are still of it: a type that becomes one of
 * another kind, a collation that becomes another. The old one is renamed, the new one made, columns
 * change over, and the old one goes.
 */
#include "base/str.h"
#include "diff/rename.h"
#include "schema/node.h"
#include "sql/normal.h"

static bool is_type_kind(ag_kind kind) {
    return kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE;
}

/* Whether the schema has a type of this name, and none of this kind. */
static bool has_other_kind(const ag_schema *schema, ag_kind kind, const char *ns,
                           const char *name) {
    bool is_enum = ag_schema_enum(schema, ns, name) != NULL;
    bool is_domain = ag_schema_domain(schema, ns, name) != NULL;
    bool is_composite = ag_schema_composite(schema, ns, name) != NULL;
    bool has_own = kind == AG_ENUM ? is_enum : kind == AG_DOMAIN ? is_domain : is_composite;
    return !has_own && (is_enum || is_domain || is_composite);
}

static bool is_replaced_kind(ag_kind kind) {
    return kind == AG_COLLATION || kind == AG_RANGE;
}

/* Whether the new schema has it of another definition; `definition`: the old one. */
static bool has_other_definition(const ag_differ *d, const ag_object *object,
                                 const char *definition) {
    const ag_object *there = ag_schema_object(d->to, object->kind, object->ns, object->name);
    return there != NULL && definition != NULL && there->definition != NULL &&
           !ag_sql_tokens_equal(d->dialect->flavor, there->definition, definition);
}

bool ag__has_successors(const ag_differ *d, const ag_schema *from) {
    const ag_schema *to = d->to;
#define ANY(list, kind)                                                                            \
    for (size_t i = 0; i < from->list.n; i++) {                                                    \
        if (has_other_kind(to, kind, from->list.items[i]->ns, from->list.items[i]->name)) {        \
            return true;                                                                           \
        }                                                                                          \
    }
    ANY(enums, AG_ENUM)
    ANY(domains, AG_DOMAIN)
    ANY(composites, AG_COMPOSITE)
#undef ANY
    for (size_t i = 0; i < from->objects.n; i++) {
        const ag_object *it = from->objects.items[i];
        if (is_replaced_kind(it->kind) && has_other_definition(d, it, it->definition)) {
            return true;
        }
    }
    return false;
}

static bool names(ag_renames *r, const char *text, const ag_renameable *what) {
    return text != NULL && ag_sql_refers_into(r->d->dialect->flavor, text, what->ns, what->name);
}

static bool keys_name(ag_renames *r, const ag_keys *keys, const ag_renameable *what) {
    bool do_name = false;
    for (size_t i = 0; i < keys->n && !do_name; i++) {
        do_name = names(r, keys->items[i].collation, what) || names(r, keys->items[i].expr, what);
    }
    return do_name;
}

static bool node_names(ag_renames *r, const ag_renameable *item, const ag_renameable *what) {
    if (item->kind == AG_COLUMN) {
        const ag_column *it = item->node;
        return names(r, it->type, what) || names(r, it->collation, what);
    }
    if (item->kind == AG_DOMAIN) {
        const ag_domain *it = item->node;
        return names(r, it->type, what) || names(r, it->collation, what);
    }
    if (item->kind == AG_INDEX) {
        const ag_index *it = item->node;
        return keys_name(r, &it->keys, what) || names(r, it->where, what);
    }
    if (item->kind == AG_CONSTRAINT) {
        const ag_constraint *it = item->node;
        return keys_name(r, &it->keys, what) || names(r, it->expr, what);
    }
    return item->kind == AG_RANGE && item->node != what->node &&
           names(r, ((const ag_object *)item->node)->definition, what);
}

static bool is_used(ag_renames *r, const ag_renameable *what) {
    ag_renameable with_it = *what;
    if (what->kind == AG_RANGE) {
        with_it.name = ag__multirange(r->d->scratch, r->d->dialect->flavor, what->node).name;
    }
    for (size_t i = 0; i < r->from_items.n; i++) {
        const ag_renameable *item = &r->from_items.items[i];
        if (node_names(r, item, what) || node_names(r, item, &with_it)) {
            return true;
        }
    }
    return false;
}

static bool has_item(const ag_renames *r, const char *ns, const char *name) {
    for (size_t i = 0; i < r->from_items.n; i++) {
        const ag_renameable *item = &r->from_items.items[i];
        if (item->parent == NULL && ag_text_eq(item->ns, ns) && ag_text_eq(item->name, name)) {
            return true;
        }
    }
    return false;
}

static const char *name_aside(ag_renames *r, const ag_renameable *item) {
    const char *name = ag_arena_printf(r->d->scratch, "%.50s_old", item->name);
    for (int n = 2; has_item(r, item->ns, name); n++) {
        name = ag_arena_printf(r->d->scratch, "%.50s_old%d", item->name, n);
    }
    return name;
}

static bool gives_name_away(ag_renames *r, const ag_renameable *item) {
    const ag_schema *to = r->d->to;
    if (ag__rename_step_of(r, item->kind, item->ns, NULL, item->name) != NULL ||
        !ag_schema_covers(to, item->kind)) {
        return false;
    }
    const char *ns = ag__new_namespace(r, item->ns);
    if (is_replaced_kind(item->kind)) {
        ag_object object = *(const ag_object *)item->node;
        object.ns = ns;
        return has_other_definition(r->d, &object, ag__rename_qualified(r, object.definition));
    }
    return is_type_kind(item->kind) && has_other_kind(to, item->kind, ns, item->name);
}

void ag__step_aside(ag_renames *r) {
    for (size_t i = 0; i < r->from_items.n && !r->d->binds_late; i++) {
        const ag_renameable *item = &r->from_items.items[i];
        if (gives_name_away(r, item) && is_used(r, item)) {
            ag_renameable *aside = ag_arena_copy(r->d->scratch, item, sizeof *item);
            aside->name = name_aside(r, item);
            aside->ns = ag__new_namespace(r, item->ns);
            ag__add_rename(r, item, aside);
        }
    }
}
