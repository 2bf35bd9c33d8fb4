/* A field to a column, with all that its annotations say. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"
#include "model/json/form.h"

/* The column being made. */
typedef struct maker {
    ag_c_lower *c;
    ag_c_table *table;
    ag_c_node *node;
    const char *name;
    ag_loc loc;
    const ag_c_field *field;
    const ag_c_place *place;
    const ag_c_sql_type *sql; /* what the field says; NULL = AG_TYPE does */
    bool is_said;             /* its nullability */
} maker;

static const char *path_of(ag_c_lower *c, const ag_c_place *place, const ag_c_field *field) {
    return ag_arena_printf(c->arena, "%s.%s", place->path, field->name);
}

/* ---- constraints of one column ---- */

static bool is_same_place(ag_loc a, ag_loc b) {
    return a.line == b.line && a.column == b.column && ag_text_eq(a.file, b.file);
}

static void fail_name(maker *m, const ag_annot *annot, const char *name, const char *table) {
    const char *macro = ag_annot_macro(annot->id);
    int n_macro = (int)(strlen(macro) - strlen("_AS"));
    ag_hint(ag__c_mistake(m->c, annot->loc,
                          "%s: the name %s fits one use of the struct only, but table %s has it for"
                          " column %s too",
                          macro, name, table, m->name),
            "%.*s leaves the name to the database; or say AG_TABLE_%.*s with the columns, and a"
            " name for each",
            n_macro, macro, n_macro - (int)strlen("AG_"), macro + strlen("AG_"));
}

/* Names of indexes are those of the whole database. */
static bool is_of_other_table(maker *m, const ag_annot *annot, const char *name) {
    ag_loc loc = annot->loc;
    const char *key =
        ag_arena_printf(m->c->arena, "index %s:%d:%d %s", loc.file, loc.line, loc.column, name);
    const char *other = ag_map_get(&m->c->by_id, key);
    if (other == NULL) {
        (void)ag_map_put(&m->c->by_id, key, ag_arena_strdup(m->c->arena, m->table->name));
    }
    return other != NULL && strcmp(other, m->table->name) != 0;
}

/* A struct that is part of a table twice, or of two, brings a name with it twice. */
static void check_name(maker *m, const ag_annot *annot, const ag_c_node *list,
                       const ag_c_node *entry) {
    const ag_c_node *name = ag_c_get(entry, "name");
    if (name == NULL) {
        return;
    }
    bool is_there = annot->id == AG_ANNOT_index_as && is_of_other_table(m, annot, name->raw);
    for (size_t i = 0; !is_there && i + 1 < list->items.n; i++) {
        const ag_c_node *other = ag_c_get(list->items.items[i], "name");
        is_there = other != NULL && ag_text_eq(other->raw, name->raw) &&
                   is_same_place(other->loc, name->loc);
    }
    if (is_there) {
        fail_name(m, annot, name->raw, m->table->name);
    }
}

/* An entry of a list of the table with this one column, named by argument `name` if there is one.
 */
static ag_c_node *add_entry(maker *m, const ag_annot *annot, ag_c_node *list, bool has_name) {
    ag_c_node *entry = ag_c_push_object(m->c->arena, list, annot->loc);
    if (has_name) {
        ag__c_entry_name(m->c, annot, 0, entry);
        check_name(m, annot, list, entry);
    }
    return entry;
}

/* SQL in an embedded struct names its fields, not their columns. */
static void remember_text(maker *m, ag_c_node *node) {
    if (m->place->scope != NULL && node != NULL) {
        ag_c_text text = {node, m->place->scope};
        ag_vec_push(m->c->arena, &m->table->texts, text);
    }
}

static ag_c_node *add_columns(maker *m, const ag_annot *annot, ag_c_node *entry) {
    ag_c_node *columns = ag_c_member(m->c->arena, entry, "columns", AG_C_LIST, annot->loc);
    ag_c_push_text(m->c->arena, columns, m->name, annot->loc);
    return columns;
}

static void on_primary_key(maker *m, const ag_annot *annot) {
    ag_c_push_text(m->c->arena, m->table->key_columns, m->name, annot->loc);
    if (annot->id == AG_ANNOT_primary_key_as) {
        ag__c_entry_name(m->c, annot, 0, m->table->primary_key);
    }
}

static void on_unique(maker *m, const ag_annot *annot) {
    ag_c_node *entry = add_entry(m, annot, m->table->unique, annot->id == AG_ANNOT_unique_as);
    (void)add_columns(m, annot, entry);
}

static void on_check(maker *m, const ag_annot *annot) {
    bool has_name = annot->id == AG_ANNOT_check_as;
    ag_c_node *entry = add_entry(m, annot, m->table->checks, has_name);
    const char *expr = ag__c_need_value(m->c, annot, has_name ? 1 : 0);
    ag_c_set(m->c->arena, entry, "expr", expr == NULL ? "\"1\"" : expr, annot->loc);
    remember_text(m, entry);
}

static void on_references(maker *m, const ag_annot *annot) {
    bool has_name = annot->id == AG_ANNOT_references_as;
    ag_c_node *entry = add_entry(m, annot, m->table->foreign_keys, has_name);
    (void)add_columns(m, annot, entry);
    ag__c_reference(m->c, annot, has_name ? 1 : 0, entry);
}

static void on_index(maker *m, const ag_annot *annot) {
    bool has_name = annot->id == AG_ANNOT_index_as;
    ag_c_node *entry = add_entry(m, annot, m->table->indexes, has_name);
    (void)add_columns(m, annot, entry);
    if (has_name) {
        ag__c_options(m->c, annot, 1, entry);
        remember_text(m, entry);
    }
}

/* ---- properties ---- */

static void set(maker *m, const ag_annot *annot, const char *key, const char *raw) {
    if (raw != NULL) {
        ag_c_set(m->c->arena, m->node, key, raw, annot->loc);
    }
}

static void on_nullable(maker *m, const ag_annot *annot) {
    const ag_c_node *old = ag_c_get(m->node, "nullable");
    const char *raw = annot->id == AG_ANNOT_null ? "true" : "false";
    if (old != NULL && strcmp(old->raw, raw) != 0) {
        ag__c_mistake(m->c, annot->loc, "column %s is both AG_NULL and AG_NOT_NULL", m->name);
    }
    set(m, annot, "nullable", raw);
    m->is_said = true;
}

static void on_identity(maker *m, const ag_annot *annot) {
    set(m, annot, "identity",
        annot->id == AG_ANNOT_identity ? "\"always\"" : ag__c_need_value(m->c, annot, 0));
}

static void on_autoincrement(maker *m, const ag_annot *annot) {
    ag_c_set(m->c->arena, m->table->root, "autoincrement", "true", annot->loc);
}

static void on_generated(maker *m, const ag_annot *annot) {
    set(m, annot, "generated", ag__c_need_value(m->c, annot, 0));
    remember_text(m, ag_c_get(m->node, "generated"));
    if (annot->id == AG_ANNOT_generated_stored) {
        set(m, annot, "stored", "true");
    }
}

static void on_set(maker *m, const ag_annot *annot) {
    ag__c_set(m->c, annot, 0, m->node);
    m->is_said = m->is_said || ag_c_get(m->node, "nullable") != NULL;
}

static void on_collate(maker *m, const ag_annot *annot) {
    set(m, annot, "collation", ag__c_need_value(m->c, annot, 0));
}

static void on_default(maker *m, const ag_annot *annot) {
    set(m, annot, "default", ag__c_default(m->c, annot, m->field, m->sql));
}

static void on_renamed_from(maker *m, const ag_annot *annot) {
    const char *name = ag__c_need_name(m->c, annot, 0);
    if (name != NULL) {
        name = ag_arena_printf(m->c->arena, "%s%s", m->place->old_prefix, name);
        ag_c_set_text(m->c->arena, m->node, "renamed_from", name, annot->loc);
    }
}

static void (*const handlers[AG_N_ANNOTS])(maker *m, const ag_annot *annot) = {
    [AG_ANNOT_primary_key] = on_primary_key,
    [AG_ANNOT_primary_key_as] = on_primary_key,
    [AG_ANNOT_unique] = on_unique,
    [AG_ANNOT_unique_as] = on_unique,
    [AG_ANNOT_check] = on_check,
    [AG_ANNOT_check_as] = on_check,
    [AG_ANNOT_references] = on_references,
    [AG_ANNOT_references_as] = on_references,
    [AG_ANNOT_index] = on_index,
    [AG_ANNOT_index_as] = on_index,
    [AG_ANNOT_null] = on_nullable,
    [AG_ANNOT_not_null] = on_nullable,
    [AG_ANNOT_identity] = on_identity,
    [AG_ANNOT_identity_as] = on_identity,
    [AG_ANNOT_autoincrement] = on_autoincrement,
    [AG_ANNOT_generated] = on_generated,
    [AG_ANNOT_generated_stored] = on_generated,
    [AG_ANNOT_set] = on_set,
    [AG_ANNOT_default] = on_default,
    [AG_ANNOT_collate] = on_collate,
    [AG_ANNOT_renamed_from] = on_renamed_from,
};

/* ---- the column ---- */

static void no_type(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place,
                    const char *problem) {
    ag_hint(ag__c_mistake(c, place->loc == NULL ? field->loc : *place->loc, "field %s (%s): %s",
                          path_of(c, place, field), field->type->spelling, problem),
            place->loc == NULL
                ? "name a type with AG_TYPE(\"…\"), or leave the field out with AG_SKIP"
                : "name a type for the whole struct with AG_TYPE(\"…\"), or leave it"
                  " out with AG_SKIP");
}

/* False when the struct has a column of that name already. */
static bool is_new_column(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place,
                          const char *name) {
    const ag_c_table *table = place->table;
    for (size_t i = 0; i < table->list.n; i++) {
        if (ag_text_eq(table->list.items[i].name, name)) {
            ag_hint(ag__c_mistake(c, field->loc, "field %s makes the column %s, as %s does",
                                  path_of(c, place, field), name, table->list.items[i].field),
                    "name another column with AG_COLUMN(\"…\")");
            return false;
        }
    }
    return true;
}

/* The name of an enum as a type: in SQL, where the model has "namespace.name". */
static const char *type_of_enum(const ag_c_lower *c, const char *name, const char *ns) {
    if (c->default_namespace == NULL) {
        return name;
    }
    const char *rest = name;
    const char *first = ag__json_name_part(c->arena, &rest);
    const char *second = NULL;
    if (first != NULL && *rest == '.') {
        rest++;
        second = ag__json_name_part(c->arena, &rest);
    }
    if (first == NULL || *rest != '\0') {
        return name; /* reported where the enum is declared */
    }
    return second != NULL ? ag_dialect_name(c->arena, c->dialect, first, second)
                          : ag_dialect_name(c->arena, c->dialect, ns, first);
}

static void set_type(maker *m, const ag_c_sql_type *sql, const ag_annot *written) {
    if (written != NULL && ag_text_eq(ag_c_name(&written->args.items[0]), "")) {
        return; /* AG_TYPE(""): a column without a type, as SQLite has them */
    }
    if (written != NULL) {
        set(m, written, "type", ag__c_need_value(m->c, written, 0));
    } else if (sql->enumeration != NULL) {
        const char *owner = ag_arena_printf(m->c->arena, "%s_%s", m->table->base, m->name);
        const char *name = ag__c_enum(m->c, sql->enumeration, owner);
        bool is_elsewhere = strcmp(m->table->name, m->table->base) != 0 ||
                            ag_c_get(m->table->root, "namespace") != NULL;
        const char *ns = is_elsewhere ? m->c->default_namespace : NULL; /* not the one beside it */
        ag_c_set_text(m->c->arena, m->node, "type", type_of_enum(m->c, name, ns), m->loc);
    } else {
        ag_c_set_text(m->c->arena, m->node, "type", sql->type, m->loc);
    }
}

static void check_prefix(maker *m, const ag_annots *annots) {
    const ag_annot *prefix = ag_annot_find(annots, AG_ANNOT_prefix);
    if (prefix != NULL) {
        ag_hint(ag__c_mistake(m->c, prefix->loc,
                              "AG_PREFIX means nothing at field %s, which is one column",
                              path_of(m->c, m->place, m->field)),
                "name the column with AG_COLUMN(\"…\")");
    }
}

static void make_column(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place,
                        const ag_annots *annots, const char *name, const ag_c_sql_type *sql,
                        const ag_annot *written) {
    maker m = {.c = c,
               .table = place->table,
               .name = name,
               .loc = field->loc,
               .field = field,
               .place = place,
               .sql = written == NULL ? sql : NULL};
    m.node = ag_c_member(c->arena, place->table->columns, name, AG_C_OBJECT, field->loc);
    m.node->is_kept = true;
    set_type(&m, sql, written);
    check_prefix(&m, annots);
    for (size_t i = 0; i < annots->n; i++) {
        if (handlers[annots->items[i].id] != NULL) {
            handlers[annots->items[i].id](&m, &annots->items[i]);
        }
    }
    if (ag_annot_find(annots, AG_ANNOT_autoincrement) != NULL && written == NULL &&
        ag_c_get(m.node, "identity") == NULL) {
        ag_c_set_text(c->arena, m.node, "identity", "by default", field->loc);
    }
    if (strcmp(place->old_prefix, place->prefix) != 0 &&
        ag_annot_find(annots, AG_ANNOT_renamed_from) == NULL) {
        const char *old =
            ag_arena_printf(c->arena, "%s%s", place->old_prefix, name + strlen(place->prefix));
        ag_c_set_text(c->arena, m.node, "renamed_from", old, field->loc);
    }
    ag__c_comment(c, annots, field->comment, field->loc, m.node);
    ag_c_column column = {.name = name,
                          .scope = place->scope,
                          .field = path_of(c, place, field),
                          .own = field->name,
                          .node = m.node,
                          .is_nullable = sql->is_pointer || place->is_nullable,
                          .is_said = m.is_said};
    ag_vec_push(c->arena, &place->table->list, column);
}

/* ---- embedded structs ---- */

/* What of annotations has a meaning at a field that is many columns. */
static bool fits_embedded(ag_annot_id id) {
    return id == AG_ANNOT_prefix || id == AG_ANNOT_column || id == AG_ANNOT_null ||
           id == AG_ANNOT_not_null || id == AG_ANNOT_comment || id == AG_ANNOT_renamed_from;
}

static bool check_embedded(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place,
                           const ag_annots *annots, const ag_c_record *record) {
    if (!record->is_whole) {
        no_type(c, field, place, "this struct is declared, but not defined");
        return false;
    }
    if (record->fields.n == 0) {
        no_type(c, field, place, "this struct has no fields");
        return false;
    }
    ag_annots of_struct = ag__c_annots(c, &record->annots, AG_ON_TABLE);
    if (ag_annot_find(&of_struct, AG_ANNOT_table) != NULL) {
        ag_hint(ag__c_mistake(c, field->loc, "field %s is a whole struct %s, which is a table",
                              path_of(c, place, field), record->name),
                "keep its key and say AG_REFERENCES, or AG_TYPE or AG_SKIP");
        return false;
    }
    for (size_t i = 0; i < annots->n; i++) {
        if (!fits_embedded(annots->items[i].id)) {
            ag_hint(ag__c_mistake(c, annots->items[i].loc,
                                  "%s means nothing at field %s, whose fields are the columns",
                                  ag_annot_macro(annots->items[i].id), path_of(c, place, field)),
                    "annotate the fields of the struct, or name a type with AG_TYPE(\"…\")");
            return false;
        }
    }
    return true;
}

static void embed(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place,
                  const ag_annots *annots, const ag_c_record *record) {
    if (!check_embedded(c, field, place, annots, record)) {
        return;
    }
    const ag_annot *prefix = ag_annot_find(annots, AG_ANNOT_prefix);
    const ag_annot *column = ag_annot_find(annots, AG_ANNOT_column);
    const char *own = column == NULL ? field->name : ag__c_need_name(c, column, 0);
    own = ag_arena_printf(c->arena, "%s_", own == NULL ? "" : own);
    if (prefix != NULL) {
        own = prefix->args.items[0].text;
    }
    const ag_annot *renamed = ag_annot_find(annots, AG_ANNOT_renamed_from);
    const char *old = renamed == NULL ? NULL : ag__c_need_name(c, renamed, 0);
    old = old == NULL ? NULL : ag_arena_printf(c->arena, "%s_", old);
    ag_c_place inner = ag__c_inner_place(c, place, own, old);
    inner.path = path_of(c, place, field);
    inner.loc = place->loc == NULL && record->is_system ? &field->loc : place->loc;
    inner.is_nullable = place->is_nullable || ag_annot_find(annots, AG_ANNOT_null) != NULL;
    ag__c_fields(c, record, &inner);
}

/* ---- the field ---- */

void ag__c_field(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place) {
    ag_annots annots = ag__c_annots(c, &field->annots, AG_ON_FIELD);
    if (ag_annot_find(&annots, AG_ANNOT_skip) != NULL) {
        return;
    }
    const ag_annot *written = ag_annot_find(&annots, AG_ANNOT_type);
    const ag_annot *column = ag_annot_find(&annots, AG_ANNOT_column);
    bool is_identity = ag_annot_find(&annots, AG_ANNOT_identity) != NULL ||
                       ag_annot_find(&annots, AG_ANNOT_identity_as) != NULL ||
                       ag_annot_find(&annots, AG_ANNOT_autoincrement) != NULL;
    ag_c_sql_type sql = ag__c_sql_type(c, field, is_identity);
    if (written != NULL && !ag__c_type_says(c, written)) {
        sql.problem = sql.problem == NULL
                          ? NULL
                          : ag_arena_printf(c->arena, "AG_TYPE names none for %s, and %s",
                                            c->dialect->name, sql.problem);
        written = NULL; /* then it is what the C type says */
    }
    written = written == NULL ? sql.written : written;
    if (written == NULL && sql.embedded != NULL) {
        embed(c, field, place, &annots, sql.embedded);
        return;
    }
    if (written == NULL && sql.problem != NULL) {
        no_type(c, field, place, sql.problem);
        return;
    }
    const char *name = column == NULL ? field->name : ag__c_need_name(c, column, 0);
    if (name == NULL) {
        return;
    }
    name = ag_arena_printf(c->arena, "%s%s", place->prefix, name);
    if (is_new_column(c, field, place, name)) {
        make_column(c, field, place, &annots, name, &sql, written);
    }
}
