/* Structs to tables, and what holds for all of them. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

enum { MAX_DEPTH = 100 };

/* ---- fields ---- */

ag_c_place ag__c_inner_place(ag_c_lower *c, const ag_c_place *place, const char *prefix,
                             const char *old_prefix) {
    ag_c_place inner = *place;
    ag_c_scope *scope = ag_arena_new_of(c->arena, ag_c_scope);
    old_prefix = old_prefix == NULL ? prefix : old_prefix;
    inner.prefix = ag_arena_printf(c->arena, "%s%s", place->prefix, prefix);
    inner.old_prefix = ag_arena_printf(c->arena, "%s%s", place->old_prefix, old_prefix);
    *scope = (ag_c_scope){inner.prefix, place->scope};
    inner.scope = scope;
    return inner;
}

/* What is said of an anonymous member stands behind its last brace. */
static const ag_c_annots *annots_of(const ag_c_field *field) {
    bool is_record = field->name == NULL && field->type->kind == AG_C_RECORD;
    return is_record ? &field->type->record->annots : &field->annots;
}

/* Of an anonymous union the one member that is not left out, or NULL. */
static const ag_c_field *only_member(ag_c_lower *c, const ag_c_record *record) {
    const ag_c_field *found = NULL;
    for (size_t i = 0; i < record->fields.n; i++) {
        ag_annots annots = ag__c_annots(c, annots_of(&record->fields.items[i]), AG_ON_FIELD);
        if (ag_annot_find(&annots, AG_ANNOT_skip) == NULL) {
            if (found != NULL) {
                return NULL;
            }
            found = &record->fields.items[i];
        }
    }
    return found;
}

/* The first field that has a name, for messages; "" when none has. */
static const char *first_name(const ag_c_record *record) {
    const char *name = "";
    for (size_t i = 0; i < record->fields.n && *name == '\0'; i++) {
        const ag_c_field *field = &record->fields.items[i];
        name = field->name != NULL                ? field->name
               : field->type->kind == AG_C_RECORD ? first_name(field->type->record)
                                                  : "";
    }
    return name;
}

static void anonymous(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place);

static void anonymous_union(ag_c_lower *c, const ag_c_record *record, ag_loc loc,
                            const ag_c_place *place) {
    const ag_c_field *only = only_member(c, record);
    if (only != NULL) {
        (only->name == NULL ? anonymous : ag__c_field)(c, only, place);
        return;
    }
    const char *first = first_name(record);
    loc = place->loc == NULL ? loc : *place->loc;
    ag_hint(ag__c_mistake(c, loc, "the anonymous union of %s%s%s in struct %s has no SQL type",
                          first, record->fields.n > 1 ? " and others" : "",
                          record->fields.n == 0 ? "no fields" : "", place->path),
            "mark all of its members but one with AG_SKIP, or write AG_SKIP behind its last brace");
}

static void anonymous(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place) {
    const ag_c_record *record = field->type->kind == AG_C_RECORD ? field->type->record : NULL;
    if (record == NULL) {
        return; /* a bit-field that only fills up */
    }
    /* One with a name is what a C++ struct inherits, which may be a table of its own. */
    ag_annots annots =
        ag__c_annots(c, &record->annots, record->name == NULL ? AG_ON_FIELD : AG_ON_TABLE);
    if (ag_annot_find(&annots, AG_ANNOT_skip) != NULL) {
        return;
    }
    for (size_t i = 0; i < annots.n && record->name == NULL; i++) {
        if (annots.items[i].id != AG_ANNOT_prefix) {
            ag_hint(ag__c_mistake(c, annots.items[i].loc, "%s means nothing at an anonymous %s",
                                  ag_annot_macro(annots.items[i].id),
                                  record->is_union ? "union" : "struct"),
                    "annotate its fields; AG_SKIP leaves all of them out, AG_PREFIX names them");
            return;
        }
    }
    const ag_annot *prefix = ag_annot_find(&annots, AG_ANNOT_prefix);
    ag_c_place inner =
        prefix == NULL ? *place : ag__c_inner_place(c, place, prefix->args.items[0].text, NULL);
    if (record->is_union) {
        anonymous_union(c, record, field->loc, &inner);
    } else {
        ag__c_fields(c, record, &inner);
    }
}

void ag__c_fields(ag_c_lower *c, const ag_c_record *record, const ag_c_place *place) {
    ag_c_place here = *place;
    here.depth++;
    if (here.depth > MAX_DEPTH) {
        ag__c_mistake(c, record->loc, "structs are nested too deeply in struct %s",
                      place->table->record->name);
        return;
    }
    for (size_t i = 0; i < record->fields.n; i++) {
        const ag_c_field *field = &record->fields.items[i];
        if (field->name == NULL) {
            anonymous(c, field, &here);
        } else {
            ag__c_field(c, field, &here);
        }
    }
}

/* ---- tables ---- */

static ag_c_table *new_table(ag_c_lower *c, const ag_c_record *record, const char *name) {
    ag_arena *arena = c->arena;
    ag_loc loc = record->loc;
    const char *dot = strrchr(name, '.');
    ag_c_table *table = ag_arena_new_of(arena, ag_c_table);
    table->record = record;
    table->name = name;
    table->base = dot == NULL ? name : dot + 1;
    table->doc = ag_c_node_new(arena, AG_C_OBJECT, loc);
    ag_c_node *tables = ag_c_member(arena, table->doc, "tables", AG_C_OBJECT, loc);
    ag_c_node *node = ag_c_member(arena, tables, name, AG_C_OBJECT, loc);
    table->root = node;
    /* In the order of the JSON model. */
    table->columns = ag_c_member(arena, node, "columns", AG_C_OBJECT, loc);
    table->primary_key = ag_c_member(arena, node, "primary_key", AG_C_OBJECT, loc);
    table->key_columns = ag_c_member(arena, table->primary_key, "columns", AG_C_LIST, loc);
    table->unique = ag_c_member(arena, node, "unique", AG_C_LIST, loc);
    table->checks = ag_c_member(arena, node, "checks", AG_C_LIST, loc);
    table->foreign_keys = ag_c_member(arena, node, "foreign_keys", AG_C_LIST, loc);
    table->excludes = ag_c_member(arena, node, "excludes", AG_C_LIST, loc);
    table->indexes = ag_c_member(arena, node, "indexes", AG_C_LIST, loc);
    return table;
}

static void set_name(ag_c_lower *c, ag_c_node *node, const char *key, const ag_annot *annot) {
    const char *name = ag__c_need_name(c, annot, 0);
    if (name != NULL) {
        ag_c_set_text(c->arena, node, key, name, annot->loc);
    }
}

void ag__c_set(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *node) {
    const char *path = ag__c_need_name(c, annot, from);
    const char *value = ag__c_need_value(c, annot, from + 1);
    if (path != NULL && value != NULL) {
        ag_c_set_path(c->arena, node, path, value, annot->loc);
    }
}

void ag__c_comment(ag_c_lower *c, const ag_annots *annots, const char *raw, ag_loc loc,
                   ag_c_node *node) {
    const ag_annot *written = ag_annot_find(annots, AG_ANNOT_comment);
    const char *text =
        written == NULL ? ag_c_comment_text(c->arena, raw) : written->args.items[0].text;
    if (text != NULL && !ag_utf8_valid(text, strlen(text), NULL)) {
        ag_hint(ag__c_mistake(c, loc, "the documentation comment here is not valid UTF-8"),
                "save the file as UTF-8, or say AG_COMMENT(\"…\")");
    } else if (text != NULL && *text != '\0') {
        ag_c_set_text(c->arena, node, "comment", text, written == NULL ? loc : written->loc);
    }
}

static void table_annots(ag_c_lower *c, ag_c_table *table, const ag_annots *annots) {
    for (size_t i = 0; i < annots->n; i++) {
        const ag_annot *annot = &annots->items[i];
        if (annot->id == AG_ANNOT_set) {
            ag__c_set(c, annot, 0, table->root);
        } else if (annot->id == AG_ANNOT_namespace || annot->id == AG_ANNOT_renamed_from) {
            const char *key = annot->id == AG_ANNOT_namespace ? "namespace" : "renamed_from";
            set_name(c, table->root, key, annot);
        } else if (annot->id == AG_ANNOT_strict || annot->id == AG_ANNOT_without_rowid) {
            const char *key = annot->id == AG_ANNOT_strict ? "strict" : "without_rowid";
            ag_c_set(c->arena, table->root, key, "true", annot->loc);
        }
    }
    ag__c_comment(c, annots, table->record->comment, table->record->loc, table->root);
}

const char *ag__c_render(ag_c_lower *c, const ag_c_node *node) {
    ag_buf out = AG_BUF_INIT;
    ag_c_places places = {NULL, 0, 0};
    ag_c_render(c->arena, node, &out, &places);
    const char *text = ag_buf_copy(&out, c->arena);
    ag_buf_release(&out);
    return text;
}

/* The same struct seen by several units must come out as the same table. */
static void compare(ag_c_lower *c, const ag_c_table *first, const ag_c_table *second) {
    bool has_mistakes = c->diags != c->shown && c->diags->list.n > 0;
    if (!has_mistakes && strcmp(ag__c_render(c, first->doc), ag__c_render(c, second->doc)) != 0) {
        const char *name = second->record->name == NULL ? first->name : second->record->name;
        ag__c_mismatch(c, second->record->loc, ag_arena_printf(c->arena, "struct %s", name));
    }
}

/* What is said of a table means nothing where there is none. */
static void no_table(ag_c_lower *c, const ag_c_record *record, const ag_annots *annots) {
    if (annots->n > 0) {
        ag_hint(ag__c_mistake(c, annots->items[0].loc, "%s at struct %s, which is no table",
                              ag_annot_macro(annots->items[0].id),
                              record->name == NULL ? "" : record->name),
                "say AG_TABLE(name) before it, or leave it out where the struct is only part of"
                " others");
    }
}

static void take_record(ag_c_lower *c, const ag_c_record *record) {
    ag_annots annots = ag__c_annots(c, &record->annots, AG_ON_TABLE);
    const ag_annot *named = ag_annot_find(&annots, AG_ANNOT_table);
    const char *name = named == NULL ? NULL : ag__c_need_name(c, named, 0);
    if (named == NULL) {
        no_table(c, record, &annots);
        return;
    }
    if (name == NULL) {
        return;
    }
    if (record->is_union) {
        ag__c_mistake(c, record->loc, "the union %s cannot be a table",
                      record->name == NULL ? "" : record->name);
        return;
    }
    if (!record->is_whole && c->unit->is_echo) {
        return;
    }
    if (!record->is_whole) {
        ag_vec_push(c->arena, &c->incomplete, record);
        return;
    }
    ag_c_table *table = new_table(c, record, name);
    ag_c_place place = {.table = table, .prefix = "", .old_prefix = "", .path = record->name};
    if (place.path == NULL) {
        place.path = table->name;
    }
    table_annots(c, table, &annots);
    ag__c_fields(c, record, &place);
    const ag_c_table *first = ag_map_get(&c->by_id, record->id);
    if (first != NULL) {
        compare(c, first, table);
        return;
    }
    if (c->unit->is_echo) {
        return; /* the program has it not */
    }
    (void)ag_map_put(&c->by_id, record->id, table);
    ag_vec_push(c->arena, &c->tables, table);
}

static void take_aliases(ag_c_lower *c, const ag_c_unit *unit) {
    for (size_t i = 0; i < unit->aliases.n; i++) {
        ag_c_table *table = ag_map_get(&c->by_id, unit->aliases.items[i].id);
        if (table != NULL) {
            ag_vec_push(c->arena, &table->aliases, unit->aliases.items[i].name);
        }
    }
}

void ag__c_lower_unit(ag_c_lower *c, const ag_c_unit *unit) {
    ag_diags ignored = AG_DIAGS_INIT;
    c->unit = unit;
    c->diags = unit->is_echo ? &ignored : c->shown;
    for (size_t i = 0; i < unit->enums.n; i++) {
        ag_annots annots = ag__c_annots(c, &unit->enums.items[i]->annots, AG_ON_ENUM);
        if (ag_annot_find(&annots, AG_ANNOT_enum) != NULL) {
            (void)ag__c_enum(c, unit->enums.items[i], "");
        }
    }
    for (size_t i = 0; i < unit->records.n; i++) {
        take_record(c, unit->records.items[i]);
    }
    take_aliases(c, unit);
    c->diags = c->shown;
    ag_diags_release(&ignored);
}

/* ---- the end ---- */

/* "nullable" where it is not what a column of that sort is anyhow. */
static void settle_nullable(ag_c_lower *c, ag_c_table *table, const ag_c_column *column) {
    if (column->is_said) {
        return;
    }
    for (size_t i = 0; i < table->key_columns->items.n; i++) {
        const ag_c_node *key = table->key_columns->items.items[i];
        const ag_c_node *name = key->shape == AG_C_RAW ? key : ag_c_get(key, "name");
        if (name != NULL && ag_text_eq(name->raw, ag_c_quote(c->arena, column->name))) {
            return; /* keys are not nullable, or as the database has it */
        }
    }
    ag_c_set(c->arena, column->node, "nullable", column->is_nullable ? "true" : "false",
             column->node->loc);
}

static bool is_named(ag_c_lower *c, const ag_c_node *node, const char *name) {
    return name != NULL && ag_text_eq(node->raw, ag_c_quote(c->arena, name));
}

/* The table that a foreign key names, or whose struct it names; NULL when it is none of C. */
static const ag_c_table *referred_table(ag_c_lower *c, const ag_c_node *foreign_key) {
    const ag_c_node *node = ag_c_get(foreign_key, "references");
    const ag_c_table *meant = NULL;
    for (size_t i = 0; node != NULL && i < c->tables.n; i++) {
        const ag_c_table *table = c->tables.items[i];
        if (is_named(c, node, table->name) || is_named(c, node, table->base)) {
            return table;
        }
        if (is_named(c, node, table->record->name)) {
            meant = table;
        }
    }
    return meant;
}

/* The type of the first column of a list; NULL when it is not there. */
static ag_c_node *type_of_first(const ag_c_table *table, const ag_c_node *columns) {
    const ag_c_node *name =
        columns != NULL && columns->items.n == 1 ? columns->items.items[0] : NULL;
    for (size_t i = 0; name != NULL && i < table->list.n; i++) {
        const ag_c_node *node = table->list.items[i].node;
        if (name->raw != NULL && strlen(name->raw) == strlen(node->key) + 2 &&
            strncmp(name->raw + 1, node->key, strlen(node->key)) == 0) {
            return ag_c_get(node, "type");
        }
    }
    return NULL;
}

/*
 * A foreign key may name the struct instead of its table. An unsigned column of 64 bits that
 * refers to one with an identity is of its type: databases take no other.
 */
static void settle_reference(ag_c_lower *c, const ag_c_table *table, ag_c_node *foreign_key) {
    static const char wide[] = "\"numeric(20)\"";
    const ag_c_table *other = referred_table(c, foreign_key);
    if (other == NULL) {
        return;
    }
    ag_c_node *name = ag_c_get(foreign_key, "references");
    if (!is_named(c, name, other->base)) {
        name->raw = ag_c_quote(c->arena, other->name);
    }
    const ag_c_node *referred = ag_c_get(foreign_key, "referred");
    ag_c_node *mine = type_of_first(table, ag_c_get(foreign_key, "columns"));
    const ag_c_node *theirs =
        type_of_first(other, referred == NULL ? other->key_columns : referred);
    if (mine != NULL && theirs != NULL && ag_text_eq(mine->raw, wide) &&
        ag_text_eq(theirs->raw, "\"bigint\"")) {
        mine->raw = theirs->raw;
    }
}

/* A table whose columns no file has would have to be dropped. */
static void check_defined(ag_c_lower *c, const ag_c_record *record) {
    for (size_t i = 0; i < c->tables.n; i++) {
        if (ag_text_eq(c->tables.items[i]->record->name, record->name)) {
            return;
        }
    }
    if (!ag_map_has(&c->by_id, record->id)) {
        (void)ag_map_put(&c->by_id, record->id, c);
        ag_hint(ag__c_mistake(c, record->loc, "struct %s is a table, but it is not defined here",
                              record->name == NULL ? "" : record->name),
                "name the file that defines it as a model too, or include it");
    }
}

void ag__c_finish(ag_c_lower *c) {
    for (size_t i = 0; i < c->incomplete.n; i++) {
        check_defined(c, c->incomplete.items[i]);
    }
    for (size_t i = 0; i < c->tables.n; i++) {
        ag_c_table *table = c->tables.items[i];
        for (size_t j = 0; j < table->foreign_keys->items.n; j++) {
            settle_reference(c, table, table->foreign_keys->items.items[j]);
        }
        for (size_t j = 0; j < table->list.n; j++) {
            settle_nullable(c, table, &table->list.items[j]);
        }
        ag__c_settle_texts(c, table);
        if (table->key_columns->items.n == 0) {
            table->primary_key->items.n = 0;
        }
    }
}
