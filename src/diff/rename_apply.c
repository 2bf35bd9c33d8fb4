/*
 * Applies the renames to a copy of the old schema, so that everything after it compares by name
 * alone, and adds the operations that rename.
 */
#include <string.h>

#include "base/str.h"
#include "diff/rename.h"
#include "schema/access.h"
#include "schema/node.h"
#include "sql/normal.h"

/* A flat copy of a schema with deep copies of its nodes; owned by the caller. */
static ag_schema *clone_schema(const ag_schema *from) {
    ag_schema *to = ag_schema_new(from->dialect);
    ag_arena *arena = to->arena;
#define CLONE(list, clone)                                                                         \
    for (size_t i = 0; i < from->list.n; i++) {                                                    \
        ag_vec_push(arena, &to->list, clone(arena, from->list.items[i]));                          \
    }
    CLONE(namespaces, ag_namespace_clone)
    CLONE(extensions, ag_extension_clone)
    CLONE(enums, ag_enum_clone)
    CLONE(domains, ag_domain_clone)
    CLONE(composites, ag_composite_clone)
    CLONE(sequences, ag_sequence_clone)
    CLONE(tables, ag_table_clone)
    CLONE(objects, ag_object_clone)
    CLONE(access, ag_access_clone)
#undef CLONE
    to->covers = from->covers;
    to->role = ag_arena_strdup(arena, from->role);
    to->server_version = from->server_version;
    return to;
}

static void move(ag_renames *r, ag_kind kind, const char **ns, const char **name) {
    ag_place place = ag__new_place(r, kind, *ns, *name);
    *ns = place.ns;
    *name = place.name;
}

static const char *column_name(ag_renames *r, const ag_table *table, const char *name) {
    return ag__new_name(r, AG_COLUMN, table->ns, table->name, name);
}

static void move_names(ag_renames *r, const ag_table *table, ag_strings *names) {
    for (size_t i = 0; i < names->n; i++) {
        names->items[i] = column_name(r, table, names->items[i]);
    }
}

static void move_keys(ag_renames *r, const ag_table *table, ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        ag_key *key = &keys->items[i];
        key->column = column_name(r, table, key->column);
        key->expr = ag__rename_in_expr(r, table, key->expr);
        key->collation = ag__rename_in_collation(r, key->collation);
    }
}

static void move_constraint(ag_renames *r, const ag_table *table, ag_constraint *it) {
    it->name = ag__new_name(r, AG_CONSTRAINT, table->ns, table->name, it->name);
    move_keys(r, table, &it->keys);
    it->expr = ag__rename_in_expr(r, table, it->expr);
    it->where = ag__rename_in_expr(r, table, it->where);
    it->inline_column = column_name(r, table, it->inline_column);
    move_names(r, table, &it->include);
    move_names(r, table, &it->on_delete_columns);
    if (it->ref_table != NULL) {
        ag_table referred = {.ns = it->ref_namespace, .name = it->ref_table};
        move_names(r, &referred, &it->ref_columns);
        move(r, AG_TABLE, &it->ref_namespace, &it->ref_table);
    }
}

static void move_index(ag_renames *r, const ag_table *table, ag_index *it) {
    it->name = ag__new_name(r, AG_INDEX, table->ns, table->name, it->name);
    move_keys(r, table, &it->keys);
    move_names(r, table, &it->include);
    it->where = ag__rename_in_expr(r, table, it->where);
}

static void move_column(ag_renames *r, const ag_table *table, ag_column *it) {
    it->type = ag__rename_in_type(r, it->type);
    it->collation = ag__rename_in_collation(r, it->collation);
    it->default_expr = ag__rename_in_expr(r, NULL, it->default_expr);
    it->generated_expr = ag__rename_in_expr(r, table, it->generated_expr);
}

/* Members first: they are looked up by the table's old name. */
static void move_table(ag_renames *r, ag_table *table) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        move_constraint(r, table, table->constraints.items[i]);
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        move_index(r, table, table->indexes.items[i]);
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        move_column(r, table, table->columns.items[i]);
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column *column = table->columns.items[i];
        column->name = column_name(r, table, column->name);
    }
    for (size_t i = 0; i < table->inherits.n; i++) {
        table->inherits.items[i] = ag__rename_in_reference(r, table->inherits.items[i]);
    }
    table->partition_by = ag__rename_in_expr(r, table, table->partition_by);
    move(r, AG_TABLE, &table->parent_ns, &table->parent);
    move(r, AG_TABLE, &table->ns, &table->name);
}

static void move_types(ag_renames *r, ag_schema *schema) {
    for (size_t i = 0; i < schema->namespaces.n; i++) {
        ag_namespace *it = schema->namespaces.items[i];
        it->name = ag__new_namespace(r, it->name);
    }
    for (size_t i = 0; i < schema->enums.n; i++) {
        ag_enum *it = schema->enums.items[i];
        for (size_t j = 0; j < it->values.n; j++) {
            ag_enum_value *value = &it->values.items[j];
            value->name = ag__new_name(r, AG_N_KINDS, it->ns, it->name, value->name);
        }
        move(r, AG_ENUM, &it->ns, &it->name);
    }
    for (size_t i = 0; i < schema->domains.n; i++) {
        ag_domain *it = schema->domains.items[i];
        it->type = ag__rename_in_type(r, it->type);
        it->collation = ag__rename_in_collation(r, it->collation);
        it->default_expr = ag__rename_in_expr(r, NULL, it->default_expr);
        for (size_t j = 0; j < it->checks.n; j++) {
            it->checks.items[j]->expr = ag__rename_in_expr(r, NULL, it->checks.items[j]->expr);
        }
        move(r, AG_DOMAIN, &it->ns, &it->name);
    }
    for (size_t i = 0; i < schema->composites.n; i++) {
        ag_composite *it = schema->composites.items[i];
        for (size_t j = 0; j < it->attributes.n; j++) {
            ag_column *attribute = it->attributes.items[j];
            attribute->type = ag__rename_in_type(r, attribute->type);
            attribute->collation = ag__rename_in_collation(r, attribute->collation);
            attribute->name = ag__new_name(r, AG_COLUMN, it->ns, it->name, attribute->name);
        }
        move(r, AG_COMPOSITE, &it->ns, &it->name);
    }
}

static void move_sequences(ag_renames *r, ag_schema *schema) {
    for (size_t i = 0; i < schema->sequences.n; i++) {
        ag_sequence *it = schema->sequences.items[i];
        if (it->owner_table != NULL) {
            ag_table owner = {.ns = it->owner_ns, .name = it->owner_table};
            it->owner_column = column_name(r, &owner, it->owner_column);
            move(r, AG_TABLE, &it->owner_ns, &it->owner_table);
        }
        move(r, AG_SEQUENCE, &it->ns, &it->name);
    }
}

/* A view names a column that gets another name: what it gives out would keep the old one. */
static void note_uprooted(ag_renames *r, const ag_object *object, const char *text) {
    if (r->d->binds_late || (object->kind != AG_VIEW && object->kind != AG_MATVIEW)) {
        return;
    }
    if (ag__mentions_column_step(r, text)) {
        const char *key = ag_node_key(r->d->scratch, object->kind, object->ns, object->name);
        ag_map_put(&r->d->uprooted, key, r);
    }
}

/*
 * A function's body is a string to a strict database: nothing in it is renamed. What stands before
 * it is, and so is a body that is kept parsed.
 */
static const char *moved_definition(ag_renames *r, const ag_table *own, const ag_object *object) {
    const char *text = object->definition;
    if (object->kind == AG_AGGREGATE || object->kind == AG_RANGE) {
        return ag__rename_qualified(r, text);
    }
    bool is_routine = object->kind == AG_FUNCTION || object->kind == AG_PROCEDURE;
    if (!is_routine || r->d->binds_late || text == NULL) {
        return ag__rename_in_definition(r, own, text);
    }
    const char *body = strstr(text, "\nAS $");
    body = body != NULL ? body : strstr(text, "\nAS '");
    if (body == NULL) {
        return ag__rename_in_head(r, ag__rename_in_definition(r, own, text));
    }
    ag_arena *arena = r->d->scratch;
    const char *head = ag_arena_strndup(arena, text, (size_t)(body - text));
    return ag_arena_printf(arena, "%s%s", ag__rename_in_head(r, head), body);
}

static void move_objects(ag_renames *r, ag_schema *schema) {
    for (size_t i = 0; i < schema->objects.n; i++) {
        ag_object *it = schema->objects.items[i];
        ag_table place = {.ns = it->ns, .name = it->name};
        for (size_t j = 0; j < it->indexes.n; j++) {
            move_index(r, &place, it->indexes.items[j]);
        }
        const ag_object *old = ag_arena_copy(r->d->scratch, it, sizeof *it);
        const ag_table *own =
            it->table == NULL ? NULL : ag_schema_table(r->from, it->table_ns, it->table);
        if (!ag__is_part(it)) {
            move(r, it->kind, &it->ns, &it->name);
        } else {
            const char *ns = it->ns != NULL ? it->ns : it->table_ns;
            it->name = ag__new_name(r, it->kind, ns, it->table, it->name);
            it->ns = it->ns == NULL ? NULL : ag__new_place(r, AG_TABLE, it->ns, it->table).ns;
        }
        it->signature = r->d->binds_late ? it->signature : ag__rename_in_head(r, it->signature);
        if (it->table != NULL) {
            move(r, AG_TABLE, &it->table_ns, &it->table);
        }
        note_uprooted(r, it, it->definition);
        it->definition = ag__rename_created(r, it->definition, old, (ag_place){it->ns, it->name});
        it->definition = moved_definition(r, own, it);
        for (size_t j = 0; j < it->extras.n; j++) {
            it->extras.items[j] = ag__rename_in_definition(r, own, it->extras.items[j]);
        }
    }
}

static void move_access(ag_renames *r, ag_schema *schema) {
    for (size_t i = 0; i < schema->access.n; i++) {
        ag_access *it = schema->access.items[i];
        ag_table place = {.ns = it->ns, .name = it->table != NULL ? it->table : it->name};
        for (size_t j = 0; j < it->grants.n; j++) {
            it->grants.items[j].column = column_name(r, &place, it->grants.items[j].column);
        }
        if (it->table != NULL) {
            it->column = column_name(r, &place, it->column);
            it->name = ag__new_name(r, it->kind, it->ns, NULL, it->name);
            move(r, AG_TABLE, &it->ns, &it->table);
        } else if (it->kind == AG_NAMESPACE) {
            it->name = ag__new_namespace(r, it->name);
        } else if (it->kind == AG_DEFAULT_PRIVILEGE) {
            it->ns = ag__new_namespace(r, it->ns);
        } else {
            move(r, it->kind, &it->ns, &it->name);
        }
    }
}

/* Operations */

/* Of the kinds that are not here, AG_OP_RENAME_OBJECT. */
static const ag_op_kind rename_ops[AG_N_KINDS] = {
    [AG_NAMESPACE] = AG_OP_RENAME_NAMESPACE, [AG_ENUM] = AG_OP_RENAME_ENUM,
    [AG_DOMAIN] = AG_OP_RENAME_DOMAIN,       [AG_COMPOSITE] = AG_OP_RENAME_COMPOSITE,
    [AG_SEQUENCE] = AG_OP_RENAME_SEQUENCE,   [AG_TABLE] = AG_OP_RENAME_TABLE,
    [AG_COLUMN] = AG_OP_RENAME_COLUMN,       [AG_CONSTRAINT] = AG_OP_RENAME_CONSTRAINT,
    [AG_INDEX] = AG_OP_RENAME_INDEX,
};

static const char *place_key(const ag_differ *d, ag_arena *arena, ag_kind kind, const char *ns,
                             const char *parent, const char *name) {
    char *key = ag_arena_printf(arena, "%d\n%s\n%s\n%s", (int)kind, ns != NULL ? ns : "",
                                parent != NULL ? parent : "", name);
    return d->folds ? ag_text_lower(arena, key) : key;
}

static ag_renamed_table *renamed_table(ag_differ *d, const char *ns, const char *name) {
    const char *key = place_key(d, d->scratch, AG_TABLE, ns, NULL, name);
    ag_renamed_table *found = ag_map_get(&d->renamed_tables, key);
    if (found == NULL) {
        found = ag_arena_new_of(d->scratch, ag_renamed_table);
        ag_map_put(&d->renamed_tables, key, found);
    }
    return found;
}

/* Keeps what later steps want to know of a rename. */
static void note_rename(ag_differ *d, const ag_renameable *old, const ag_renameable *now) {
    if (now->kind == AG_TABLE) {
        renamed_table(d, now->ns, now->name)->old_name = old->name;
    } else if (now->kind == AG_COLUMN && now->parent_kind == AG_TABLE) {
        ag_rename rename = {old->name, now->name};
        ag_vec_push(d->scratch, &renamed_table(d, now->ns, now->parent)->columns, rename);
    } else if (now->level == AG_LEVEL_MEMBER) {
        const char *key = place_key(d, d->scratch, now->kind, now->ns, now->parent, now->name);
        ag_map_put(&d->former_names, key, (void *)(uintptr_t)old->name);
    }
}

static void emit_step(ag_differ *d, const ag_rename_step *step, const ag_renameable *now,
                      ag_place from, ag_place to) {
    ag_op_kind kind = rename_ops[now->kind];
    ag_op *op = ag__emit(d, kind == (ag_op_kind)0 ? AG_OP_RENAME_OBJECT : kind, from.ns, from.name);
    op->object = now->kind;
    op->table = now->parent;
    op->signature = now->signature;
    op->new_name = to.name;
    op->new_ns = ag_text_eq(from.ns, to.ns) ? NULL : to.ns;
    op->before.any = step->from->node;
    op->after.any = now->node;
    op->loc = step->target->loc;
    if (now->kind == AG_TABLE) {
        op->table_kind = ((const ag_table *)now->node)->kind;
    }
}

static bool is_there(const ag_renames *r, ag_kind kind, ag_place place) {
    for (size_t i = 0; i < r->from_items.n; i++) {
        const ag_renameable *item = &r->from_items.items[i];
        if (item->kind == kind && item->parent == NULL && ag_text_eq(item->ns, place.ns) &&
            ag_text_eq(item->name, place.name)) {
            return true;
        }
    }
    return false;
}

/* No statement changes name and namespace at once: what goes between must not be in the way. */
static size_t list_places(const ag_renames *r, const ag_rename_step *step, ag_place *places) {
    const ag_place from = {step->text_ns, step->from->name};
    const ag_place to = {step->to_ns, step->to};
    size_t n = 0;
    places[n++] = from;
    if (!ag_text_eq(from.ns, to.ns) && !ag_text_eq(from.name, to.name)) {
        ag_place renamed = {step->from->ns, to.name};
        ag_place moved = {to.ns, from.name};
        bool is_first_free = !is_there(r, step->from->kind, renamed);
        if (is_first_free || !is_there(r, step->from->kind, moved)) {
            places[n++] = is_first_free ? (ag_place){from.ns, to.name} : moved;
        } else {
            const char *name = ag_arena_printf(r->d->scratch, "autogen_%.40s", from.name);
            places[n++] = (ag_place){from.ns, name};
            places[n++] = (ag_place){to.ns, name};
        }
    }
    places[n++] = to;
    return n;
}

static void emit_rename(ag_renames *r, const ag_rename_step *step, const ag_renameable *now) {
    ag_differ *d = r->d;
    /* Enum values and attributes are renamed by the alteration of their type. */
    if (now->kind == AG_N_KINDS || now->parent_kind == AG_COMPOSITE || step->comes_along) {
        return;
    }
    enum { MOST_PLACES = 4 };
    ag_place places[MOST_PLACES];
    if (now->level == AG_LEVEL_MEMBER || step->moves_along) {
        ag_place from = {now->ns, step->from->name};
        if (!ag_text_eq(from.name, now->name)) {
            emit_step(d, step, now, from, (ag_place){now->ns, now->name});
        }
        return;
    }
    size_t n = list_places(r, step, places);
    for (size_t i = 1; i < n; i++) {
        emit_step(d, step, now, places[i - 1], places[i]);
        d->ops.items[d->ops.n - 1]->is_remade = i > 1;
    }
}

/* It has no node of its own, and no server before 14 has it. */
static void emit_multirange(ag_renames *r, const ag_rename_step *step) {
    size_t n = r->d->ops.n;
    emit_rename(r, step, step->target);
    for (; n < r->d->ops.n; n++) {
        r->d->ops.items[n]->before.any = r->d->ops.items[n]->after.any = NULL;
    }
}

/* The copy lists the same things in the same order as the original does. */
static void emit_renames(ag_renames *r, const ag_schema *moved) {
    ag_renameables items = {NULL, 0, 0};
    ag__list_renameables(r->d->scratch, moved, &items);
    for (size_t i = 0; i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        const ag_renameable *now = &items.items[step->from - r->from_items.items];
        note_rename(r->d, step->from, now);
        emit_rename(r, step, now);
    }
    for (size_t i = 0; i < r->multiranges.n; i++) {
        emit_multirange(r, r->multiranges.items[i]);
    }
}

static ag_schema *moved_schema(ag_renames *r) {
    ag_schema *schema = clone_schema(r->from);
    for (size_t i = 0; i < schema->tables.n; i++) {
        move_table(r, schema->tables.items[i]);
    }
    move_sequences(r, schema);
    move_objects(r, schema);
    move_access(r, schema);
    move_types(r, schema);
    ag_schema_touch(schema);
    return schema;
}

bool ag__apply_renames(ag_differ *d, const ag_schema *from, ag_error *err) {
    ag_renames r = {.d = d, .from = from};
    bool ok = true;
    d->from = d->original = from;
    if (d->options->renames.n > 0 || ag__has_former_names(d->to) || ag__has_successors(d, from)) {
        ok = ag__find_renames(&r, err);
        if (ok && r.steps.n > 0) {
            d->moved = moved_schema(&r);
            d->from = d->moved;
            emit_renames(&r, d->moved);
        }
    }
    ag_map_release(&r.from_by_key);
    ag_map_release(&r.to_by_key);
    ag_map_release(&r.by_old);
    ag_map_release(&r.by_new);
    ag_map_release(&r.of_columns);
    ag_buf_release(&r.buf);
    return ok;
}

static bool is_drop_of_renamed(const ag_op *drop, const ag_op *rename) {
    return (drop->kind == AG_OP_DROP_INDEX || drop->kind == AG_OP_DROP_CONSTRAINT) &&
           drop->object == rename->object && ag_text_eq(drop->ns, rename->ns) &&
           ag_text_eq(drop->table, rename->table) && ag_text_eq(drop->name, rename->new_name);
}

static void put_old_name(ag_differ *d, ag_op *drop, const char *name) {
    drop->name = name;
    if (drop->object == AG_INDEX) {
        ag_index *index = ag_arena_copy(d->scratch, drop->before.index, sizeof *index);
        index->name = name;
        drop->before.index = index;
    } else {
        ag_constraint *it = ag_arena_copy(d->scratch, drop->before.constraint, sizeof *it);
        it->name = name;
        drop->before.constraint = it;
    }
}

void ag__drop_under_old_names(ag_differ *d) {
    size_t n = 0;
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *rename = d->ops.items[i];
        bool is_dropped = false;
        for (size_t j = 0; rename->new_name != NULL && j < d->ops.n && !is_dropped; j++) {
            is_dropped = is_drop_of_renamed(d->ops.items[j], rename);
            if (is_dropped) {
                put_old_name(d, d->ops.items[j], rename->name);
            }
        }
        if (!is_dropped) {
            d->ops.items[n++] = rename;
        }
    }
    d->ops.n = n;
}

/* What other files ask */

const char *ag__former_name(const ag_differ *d, ag_kind kind, const char *ns, const char *parent,
                            const char *name) {
    if (d->former_names.n == 0) {
        return NULL;
    }
    return ag_map_get(&d->former_names, place_key(d, d->scratch, kind, ns, parent, name));
}

const ag_renamed_table *ag__renamed_table(const ag_differ *d, const char *ns, const char *name) {
    if (d->renamed_tables.n == 0) {
        return NULL;
    }
    return ag_map_get(&d->renamed_tables, place_key(d, d->scratch, AG_TABLE, ns, NULL, name));
}

static bool is_edge(char c) {
    return c == '\0' || !ag_is_alnum(c);
}

/* Replaces the first `word` that stands between underscores or ends of the name. */
static const char *replace_word(ag_arena *arena, const char *name, const char *word,
                                const char *by) {
    size_t n = strlen(word);
    for (const char *p = strstr(name, word); n > 0 && p != NULL; p = strstr(p + 1, word)) {
        if ((p == name || is_edge(p[-1])) && is_edge(p[n])) {
            return ag_arena_printf(arena, "%.*s%s%s", (int)(p - name), name, by, p + n);
        }
    }
    return name;
}

bool ag__name_follows(const ag_differ *d, const ag_table *table, const char *old_name,
                      const char *name) {
    const ag_renamed_table *renamed = ag__renamed_table(d, table->ns, table->name);
    if (renamed == NULL) {
        return false;
    }
    const char *expected = old_name;
    if (renamed->old_name != NULL) {
        expected = replace_word(d->scratch, expected, renamed->old_name, table->name);
    }
    for (size_t i = 0; i < renamed->columns.n; i++) {
        const ag_rename *column = &renamed->columns.items[i];
        expected = replace_word(d->scratch, expected, column->from, column->to);
    }
    return ag__same_name(d, expected, name);
}
