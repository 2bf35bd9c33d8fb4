/* Structs to tables, and what holds for all of them. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

enum { MAX_DEPTH = 100 };

/* ---- shared ---- */

ag_error *ag__c_mistake(ag_c_lower *c, ag_loc loc, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ag_error *err = ag_diags_vat(c->diags, loc, NULL, format, args);
    va_end(args);
    size_t n = c->diags->list.n;
    ag_error *known = err == NULL ? NULL : ag_diags_find(c->diags, n - 1, err);
    if (known != NULL) { /* of what several files or fields share */
        c->diags->list.n--;
        return known;
    }
    return err;
}

/* Whether something may be said more than once of the same thing. */
static bool is_repeatable(ag_annot_id id) {
    return id == AG_ANNOT_set || id == AG_ANNOT_check || id == AG_ANNOT_check_as ||
           id == AG_ANNOT_unique || id == AG_ANNOT_unique_as || id == AG_ANNOT_references ||
           id == AG_ANNOT_references_as || id == AG_ANNOT_index || id == AG_ANNOT_index_as;
}

/* Another annotation that says the same thing, or the same one. */
static ag_annot_id kin_of(ag_annot_id id) {
    static const ag_annot_id kin[][2] = {{AG_ANNOT_primary_key, AG_ANNOT_primary_key_as},
                                         {AG_ANNOT_generated, AG_ANNOT_generated_stored}};
    for (size_t i = 0; i < sizeof kin / sizeof kin[0]; i++) {
        if (id == kin[i][0] || id == kin[i][1]) {
            return id == kin[i][0] ? kin[i][1] : kin[i][0];
        }
    }
    return id;
}

/* Two of a kind would leave it open which of them counts; flags without a value may be repeated. */
static void add_annot(ag_c_lower *c, ag_annots *out, const ag_annot *annot) {
    const ag_annot *before = ag_annot_find(out, annot->id);
    ag_annot_id kin = kin_of(annot->id);
    if (before == NULL) {
        before = ag_annot_find(out, kin);
    }
    if (before != NULL && (annot->args.n > 0 || kin != annot->id) && !is_repeatable(annot->id)) {
        ag_hint(ag__c_mistake(c, annot->loc, "%s is there twice", ag_annot_macro(annot->id)),
                "the other one is in line %d", before->loc.line);
        return;
    }
    ag_vec_push(c->arena, out, *annot);
}

/* A definition has what its forward declarations say too. */
static bool is_inherited(const ag_c_annots *list, size_t i, ag_annot_place place) {
    for (size_t j = 0; j < i && (place == AG_ON_TABLE || place == AG_ON_ENUM); j++) {
        if (strcmp(list->items[j].text, list->items[i].text) == 0) {
            return true;
        }
    }
    return false;
}

ag_annots ag__c_annots(ag_c_lower *c, const ag_c_annots *list, ag_annot_place place) {
    ag_annots out = {NULL, 0, 0};
    for (size_t i = 0; i < list->n; i++) {
        ag_annot annot;
        ag_error err = {0};
        if (is_inherited(list, i, place)) {
            continue;
        }
        if (ag_annot_parse(c->arena, list->items[i].text, place, &annot, &err)) {
            annot.loc = list->items[i].loc;
            add_annot(c, &out, &annot);
            continue;
        }
        ag_error *shown = ag__c_mistake(c, list->items[i].loc, "%s", err.message);
        if (err.hint[0] != '\0') {
            ag_hint(shown, "%s", err.hint);
        }
    }
    return out;
}

const char *ag__c_need_name(ag_c_lower *c, const ag_annot *annot, size_t i) {
    const ag_arg *arg = &annot->args.items[i];
    const char *name = ag_c_name(arg);
    if (name == NULL) {
        ag_hint(ag__c_mistake(c, annot->loc, "%s: \"%s\" is not a name or text",
                              ag_annot_macro(annot->id), arg->source),
                "write it in quotes");
    }
    return name;
}

void ag__c_entry_name(ag_c_lower *c, const ag_annot *annot, size_t i, ag_c_node *entry) {
    const ag_arg *arg = &annot->args.items[i];
    if (arg->kind == AG_ARG_EMPTY || (arg->kind == AG_ARG_TEXT && *arg->text == '\0')) {
        return;
    }
    const char *name = ag__c_need_name(c, annot, i);
    if (name != NULL) {
        ag_c_set_text(c->arena, entry, "name", name, annot->loc);
    }
}

const char *ag__c_need_dialect(ag_c_lower *c, const ag_annot *annot, size_t i) {
    const char *name = ag__c_need_name(c, annot, i);
    if (name == NULL || ag_dialect_find(name) != NULL) {
        return name;
    }
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    const char **names = ag_arena_array(c->arena, n, sizeof *names);
    for (size_t k = 0; k < n; k++) {
        names[k] = all[k]->name;
    }
    const char *near = ag_did_you_mean(name, names, n);
    ag_error *err = ag__c_mistake(c, annot->loc, "%s: there is no kind of database \"%s\"",
                                  ag_annot_macro(annot->id), name);
    if (near != NULL) {
        ag_hint(err, "did you mean \"%s\"?", near);
    }
    return NULL;
}

/* Whether the databases of AG_ON are there; the values are looked at by who takes them. */
static bool check_dialects(ag_c_lower *c, const ag_annot *annot, size_t from) {
    for (size_t i = from; i < annot->args.n; i++) {
        const ag_arg *arg = &annot->args.items[i];
        const ag_annot call = {.id = annot->id, .args = arg->args, .loc = annot->loc};
        if (ag_c_is_call(arg, "ag_on") && arg->args.n > 0 &&
            ag__c_need_dialect(c, &call, 0) == NULL) {
            return false;
        }
    }
    return true;
}

const char *ag__c_need_value(ag_c_lower *c, const ag_annot *annot, size_t from) {
    if (!check_dialects(c, annot, from)) {
        return NULL;
    }
    const char *value = ag_c_values(c->arena, &annot->args, from);
    if (value == NULL) {
        ag_hint(ag__c_mistake(c, annot->loc, "%s takes one value, or one for each database",
                              ag_annot_macro(annot->id)),
                "%s(\"…\") or %s(AG_SQLITE(\"…\"), AG_POSTGRESQL(\"…\"))",
                ag_annot_macro(annot->id), ag_annot_macro(annot->id));
    }
    return value;
}

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

/* Of an anonymous union the one member that is not left out, or NULL. */
static const ag_c_field *only_member(ag_c_lower *c, const ag_c_record *record) {
    const ag_c_field *found = NULL;
    for (size_t i = 0; i < record->fields.n; i++) {
        ag_annots annots = ag__c_annots(c, &record->fields.items[i].annots, AG_ON_FIELD);
        if (ag_annot_find(&annots, AG_ANNOT_skip) == NULL) {
            if (found != NULL) {
                return NULL;
            }
            found = &record->fields.items[i];
        }
    }
    return found;
}

static void anonymous_union(ag_c_lower *c, const ag_c_record *record, ag_loc loc,
                            const ag_c_place *place) {
    const ag_c_field *only = only_member(c, record);
    if (only != NULL) {
        ag__c_field(c, only, place);
        return;
    }
    const char *first = record->fields.n == 0 ? "" : record->fields.items[0].name;
    loc = place->loc == NULL ? loc : *place->loc;
    ag_hint(ag__c_mistake(c, loc, "the anonymous union of %s%s%s in struct %s has no SQL type",
                          first == NULL ? "" : first, record->fields.n > 1 ? " and others" : "",
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
    if (text != NULL && *text != '\0') {
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
static void compare(ag_c_lower *c, const ag_c_table *first, const ag_c_table *second,
                    const char *file) {
    if (strcmp(ag__c_render(c, first->doc), ag__c_render(c, second->doc)) != 0) {
        ag_hint(ag__c_mistake(c, second->record->loc,
                              "struct %s is another one in %s than in the files before it",
                              second->record->name, file),
                "macros or compiler options change it; name one of the files as the model");
    }
}

static void take_record(ag_c_lower *c, const ag_c_record *record, const char *file) {
    ag_annots annots = ag__c_annots(c, &record->annots, AG_ON_TABLE);
    const ag_annot *named = ag_annot_find(&annots, AG_ANNOT_table);
    const char *name = named == NULL ? NULL : ag__c_need_name(c, named, 0);
    if (name == NULL) {
        return; /* annotations of what is embedded elsewhere, or a mistake */
    }
    if (record->is_union) {
        ag__c_mistake(c, record->loc, "the union %s cannot be a table",
                      record->name == NULL ? "" : record->name);
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
        compare(c, first, table, file);
        return;
    }
    (void)ag_map_put(&c->by_id, record->id, table);
    ag_vec_push(c->arena, &c->tables, table);
}

void ag__c_lower_unit(ag_c_lower *c, const ag_c_unit *unit) {
    c->unit = unit;
    for (size_t i = 0; i < unit->enums.n; i++) {
        ag_annots annots = ag__c_annots(c, &unit->enums.items[i]->annots, AG_ON_ENUM);
        if (ag_annot_find(&annots, AG_ANNOT_enum) != NULL) {
            (void)ag__c_enum(c, unit->enums.items[i], "");
        }
    }
    for (size_t i = 0; i < unit->records.n; i++) {
        take_record(c, unit->records.items[i], unit->file);
    }
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
