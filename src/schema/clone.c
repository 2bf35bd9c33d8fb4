#include "schema/access.h"
#include "schema/node.h"

/* One deep copy. Nodes of one file share the copy of its path. */
typedef struct copier {
    ag_arena *arena;
    const char *file_from, *file_to;
} copier;

static const char *text(copier *c, const char *from) {
    return ag_arena_strdup(c->arena, from);
}

static void copy_loc(copier *c, ag_loc *loc) {
    if (loc->file != c->file_from) {
        c->file_from = loc->file;
        c->file_to = text(c, loc->file);
    }
    loc->file = c->file_to;
}

/* Replaces the items of a list that was copied flat by a copy of the array. */
#define COPY_ITEMS(c, list)                                                                        \
    ((list)->cap = (list)->n,                                                                      \
     (list)->items = (list)->n == 0 ? NULL                                                         \
                                    : ag_arena_copy((c)->arena, (list)->items,                     \
                                                    (list)->n * sizeof *(list)->items))

static void copy_strings(copier *c, ag_strings *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        list->items[i] = text(c, list->items[i]);
    }
}

static void copy_options(copier *c, ag_options *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        list->items[i].name = text(c, list->items[i].name);
        list->items[i].value = text(c, list->items[i].value);
    }
}

static void copy_keys(copier *c, ag_keys *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        ag_key *key = &list->items[i];
        key->column = text(c, key->column);
        key->expr = text(c, key->expr);
        key->collation = text(c, key->collation);
        key->opclass = text(c, key->opclass);
        copy_options(c, &key->opclass_options);
        key->op = text(c, key->op);
        copy_loc(c, &key->loc);
    }
}

static ag_column *copy_column(copier *c, const ag_column *from) {
    ag_column *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->name = text(c, from->name);
    to->identity_options.name = text(c, from->identity_options.name);
    to->type = text(c, from->type);
    to->default_expr = text(c, from->default_expr);
    to->generated_expr = text(c, from->generated_expr);
    to->collation = text(c, from->collation);
    to->storage = text(c, from->storage);
    to->compression = text(c, from->compression);
    copy_options(c, &to->options);
    to->not_null_name = text(c, from->not_null_name);
    to->default_name = text(c, from->default_name);
    to->collation_name = text(c, from->collation_name);
    to->generated_name = text(c, from->generated_name);
    to->on_conflict = text(c, from->on_conflict);
    to->comment = text(c, from->comment);
    to->renamed_from = text(c, from->renamed_from);
    copy_loc(c, &to->loc);
    copy_loc(c, &to->type_loc);
    copy_loc(c, &to->default_loc);
    copy_loc(c, &to->generated_loc);
    return to;
}

static void copy_values(copier *c, ag_enum_values *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        ag_enum_value *value = &list->items[i];
        value->name = text(c, value->name);
        value->renamed_from = text(c, value->renamed_from);
        copy_loc(c, &value->loc);
    }
}

static ag_constraint *copy_constraint(copier *c, const ag_constraint *from) {
    ag_constraint *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->name = text(c, from->name);
    copy_keys(c, &to->keys);
    to->expr = text(c, from->expr);
    copy_values(c, &to->values);
    to->inline_column = text(c, from->inline_column);
    to->ref_namespace = text(c, from->ref_namespace);
    to->ref_table = text(c, from->ref_table);
    copy_strings(c, &to->ref_columns);
    to->on_delete = text(c, from->on_delete);
    to->on_update = text(c, from->on_update);
    copy_strings(c, &to->on_delete_columns);
    to->match = text(c, from->match);
    to->deferrability = text(c, from->deferrability);
    copy_strings(c, &to->include);
    to->method = text(c, from->method);
    to->where = text(c, from->where);
    copy_options(c, &to->options);
    to->tablespace = text(c, from->tablespace);
    to->on_conflict = text(c, from->on_conflict);
    to->comment = text(c, from->comment);
    to->index_comment = text(c, from->index_comment);
    to->renamed_from = text(c, from->renamed_from);
    copy_loc(c, &to->loc);
    copy_loc(c, &to->expr_loc);
    return to;
}

static ag_index *copy_index(copier *c, const ag_index *from) {
    ag_index *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->name = text(c, from->name);
    to->method = text(c, from->method);
    copy_keys(c, &to->keys);
    copy_strings(c, &to->include);
    to->where = text(c, from->where);
    copy_options(c, &to->options);
    copy_options(c, &to->statistics);
    to->tablespace = text(c, from->tablespace);
    to->parent = text(c, from->parent);
    to->sql = text(c, from->sql);
    to->comment = text(c, from->comment);
    to->renamed_from = text(c, from->renamed_from);
    copy_loc(c, &to->loc);
    copy_loc(c, &to->where_loc);
    return to;
}

static void copy_columns(copier *c, ag_columns *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        list->items[i] = copy_column(c, list->items[i]);
    }
}

static void copy_constraints(copier *c, ag_constraints *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        list->items[i] = copy_constraint(c, list->items[i]);
    }
}

static void copy_indexes(copier *c, ag_indexes *list) {
    COPY_ITEMS(c, list);
    for (size_t i = 0; i < list->n; i++) {
        list->items[i] = copy_index(c, list->items[i]);
    }
}

static ag_table *copy_table(copier *c, const ag_table *from) {
    ag_table *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->ns = text(c, from->ns);
    to->name = text(c, from->name);
    copy_columns(c, &to->columns);
    copy_constraints(c, &to->constraints);
    copy_indexes(c, &to->indexes);
    to->comment = text(c, from->comment);
    to->sql = text(c, from->sql);
    to->partition_by = text(c, from->partition_by);
    to->parent_ns = text(c, from->parent_ns);
    to->parent = text(c, from->parent);
    to->bound = text(c, from->bound);
    copy_strings(c, &to->inherits);
    copy_options(c, &to->options);
    to->tablespace = text(c, from->tablespace);
    to->access_method = text(c, from->access_method);
    to->replica_identity = text(c, from->replica_identity);
    to->renamed_from = text(c, from->renamed_from);
    copy_loc(c, &to->loc);
    return to;
}

/* What every named object of a namespace has. */
#define COPY_HEAD(c, to)                                                                           \
    ((to)->ns = text((c), (to)->ns), (to)->name = text((c), (to)->name),                           \
     (to)->comment = text((c), (to)->comment), (to)->renamed_from = text((c), (to)->renamed_from), \
     copy_loc((c), &(to)->loc))

static ag_enum *copy_enum(copier *c, const ag_enum *from) {
    ag_enum *to = ag_arena_copy(c->arena, from, sizeof *from);
    COPY_HEAD(c, to);
    copy_values(c, &to->values);
    return to;
}

static ag_domain *copy_domain(copier *c, const ag_domain *from) {
    ag_domain *to = ag_arena_copy(c->arena, from, sizeof *from);
    COPY_HEAD(c, to);
    to->type = text(c, from->type);
    to->default_expr = text(c, from->default_expr);
    to->collation = text(c, from->collation);
    copy_constraints(c, &to->checks);
    return to;
}

static ag_composite *copy_composite(copier *c, const ag_composite *from) {
    ag_composite *to = ag_arena_copy(c->arena, from, sizeof *from);
    COPY_HEAD(c, to);
    copy_columns(c, &to->attributes);
    return to;
}

static ag_sequence *copy_sequence(copier *c, const ag_sequence *from) {
    ag_sequence *to = ag_arena_copy(c->arena, from, sizeof *from);
    COPY_HEAD(c, to);
    to->type = text(c, from->type);
    to->owner_ns = text(c, from->owner_ns);
    to->owner_table = text(c, from->owner_table);
    to->owner_column = text(c, from->owner_column);
    return to;
}

static ag_namespace *copy_namespace(copier *c, const ag_namespace *from) {
    ag_namespace *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->name = text(c, from->name);
    to->comment = text(c, from->comment);
    to->renamed_from = text(c, from->renamed_from);
    copy_loc(c, &to->loc);
    return to;
}

static ag_extension *copy_extension(copier *c, const ag_extension *from) {
    ag_extension *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->name = text(c, from->name);
    to->ns = text(c, from->ns);
    to->version = text(c, from->version);
    to->comment = text(c, from->comment);
    copy_loc(c, &to->loc);
    return to;
}

static ag_object *copy_object(copier *c, const ag_object *from) {
    ag_object *to = ag_arena_copy(c->arena, from, sizeof *from);
    COPY_HEAD(c, to);
    to->signature = text(c, from->signature);
    to->table_ns = text(c, from->table_ns);
    to->table = text(c, from->table);
    to->definition = text(c, from->definition);
    copy_strings(c, &to->extras);
    copy_strings(c, &to->depends);
    copy_columns(c, &to->columns);
    copy_indexes(c, &to->indexes);
    return to;
}

static ag_access *copy_access(copier *c, const ag_access *from) {
    ag_access *to = ag_arena_copy(c->arena, from, sizeof *from);
    to->ns = text(c, from->ns);
    to->name = text(c, from->name);
    to->signature = text(c, from->signature);
    to->table = text(c, from->table);
    to->column = text(c, from->column);
    to->owner = text(c, from->owner);
    COPY_ITEMS(c, &to->grants);
    for (size_t i = 0; i < to->grants.n; i++) {
        to->grants.items[i].column = text(c, to->grants.items[i].column);
        to->grants.items[i].grantee = text(c, to->grants.items[i].grantee);
    }
    copy_loc(c, &to->loc);
    return to;
}

#define CLONE(type, copy)                                                                          \
    type *type##_clone(ag_arena *arena, const type *from) {                                        \
        copier c = {arena, NULL, NULL};                                                            \
        return from == NULL ? NULL : copy(&c, from);                                               \
    }

CLONE(ag_column, copy_column)
CLONE(ag_constraint, copy_constraint)
CLONE(ag_index, copy_index)
CLONE(ag_table, copy_table)
CLONE(ag_enum, copy_enum)
CLONE(ag_domain, copy_domain)
CLONE(ag_composite, copy_composite)
CLONE(ag_sequence, copy_sequence)
CLONE(ag_namespace, copy_namespace)
CLONE(ag_extension, copy_extension)
CLONE(ag_object, copy_object)
CLONE(ag_access, copy_access)

void ag_strings_clone(ag_arena *arena, ag_strings *to, const ag_strings *from) {
    copier c = {arena, NULL, NULL};
    *to = *from;
    copy_strings(&c, to);
}

void ag_keys_clone(ag_arena *arena, ag_keys *to, const ag_keys *from) {
    copier c = {arena, NULL, NULL};
    *to = *from;
    copy_keys(&c, to);
}

void ag_options_clone(ag_arena *arena, ag_options *to, const ag_options *from) {
    copier c = {arena, NULL, NULL};
    *to = *from;
    copy_options(&c, to);
}
