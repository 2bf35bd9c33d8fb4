/* What stands at file scope: constraints and indexes of several columns, naming conventions. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

static bool has_alias(const ag_c_table *table, const char *name) {
    size_t i = 0;
    while (i < table->aliases.n && strcmp(table->aliases.items[i], name) != 0) {
        i++;
    }
    return i < table->aliases.n;
}

static ag_c_table *find_table(ag_c_lower *c, const char *name) {
    for (size_t i = 0; i < c->tables.n; i++) {
        if (ag_text_eq(c->tables.items[i]->record->name, name)) {
            return c->tables.items[i];
        }
    }
    for (size_t i = 0; i < c->tables.n; i++) {
        if (has_alias(c->tables.items[i], name)) {
            return c->tables.items[i];
        }
    }
    for (size_t i = 0; i < c->tables.n; i++) {
        if (ag_text_eq(c->tables.items[i]->name, name)) {
            return c->tables.items[i];
        }
    }
    return NULL;
}

/* The table of the first argument; NULL after a mistake. */
static ag_c_table *need_table(ag_c_lower *c, const ag_annot *note) {
    const char *name = ag__c_need_name(c, note, 0);
    ag_c_table *table = name == NULL ? NULL : find_table(c, name);
    if (name == NULL || table != NULL) {
        return table;
    }
    const char **names = ag_arena_array(c->arena, c->tables.n, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < c->tables.n; i++) {
        if (c->tables.items[i]->record->name != NULL) {
            names[n++] = c->tables.items[i]->record->name;
        }
    }
    const char *near = ag_did_you_mean(name, names, n);
    ag_error *err = ag__c_mistake(c, note->loc, "%s: no struct %s with AG_TABLE",
                                  ag_annot_macro(note->id), name);
    if (near != NULL) {
        ag_hint(err, "did you mean \"%s\"?", near);
    }
    return NULL;
}

static ag_c_node *add_entry(ag_c_lower *c, const ag_annot *note, ag_c_node *list) {
    ag_c_node *entry = ag_c_push_object(c->arena, list, note->loc);
    ag__c_entry_name(c, note, 1, entry);
    return entry;
}

static void with_elements(ag_c_lower *c, const ag_annot *note, ag_c_node *list) {
    ag_c_node *entry = add_entry(c, note, list);
    ag_c_node *columns = ag_c_member(c->arena, entry, "columns", AG_C_LIST, note->loc);
    ag__c_elements(c, note, 2, entry, columns);
}

static void note_primary_key(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    if (table->key_columns->items.n > 0) {
        ag_hint(
            ag__c_mistake(c, note->loc, "struct %s has a primary key already", table->record->name),
            "AG_PRIMARY_KEY at the fields and AG_TABLE_PRIMARY_KEY do not go together");
        return;
    }
    table->primary_key->loc = note->loc;
    ag__c_entry_name(c, note, 1, table->primary_key);
    ag__c_elements(c, note, 2, table->primary_key, table->key_columns);
}

static void note_unique(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    with_elements(c, note, table->unique);
}

static void note_exclude(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    with_elements(c, note, table->excludes);
}

static void note_index(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    with_elements(c, note, table->indexes);
}

/* The condition may be one for each database; options come behind it. */
static void note_check(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    ag_c_node *entry = add_entry(c, note, table->checks);
    size_t end = 3;
    while (end < note->args.n && ag_c_is_call(&note->args.items[2], "ag_on") &&
           ag_c_is_call(&note->args.items[end], "ag_on")) {
        end++;
    }
    ag_annot condition = *note;
    condition.args.n = end;
    const char *expr = ag__c_need_value(c, &condition, 2);
    ag_c_set(c->arena, entry, "expr", expr == NULL ? "\"1\"" : expr, note->loc);
    ag__c_options(c, note, end, entry);
}

/* A name, or several in parentheses. */
static void push_names(ag_c_lower *c, const ag_annot *note, size_t i, ag_c_node *list) {
    const ag_arg *arg = &note->args.items[i];
    if (arg->kind != AG_ARG_LIST) {
        const char *name = ag__c_need_name(c, note, i);
        if (name != NULL) {
            ag_c_push_text(c->arena, list, name, note->loc);
        }
        return;
    }
    ag_annot inner = *note;
    inner.args = arg->args;
    for (size_t j = 0; j < arg->args.n; j++) {
        const char *name = ag__c_need_name(c, &inner, j);
        if (name != NULL) {
            ag_c_push_text(c->arena, list, name, note->loc);
        }
    }
}

/* (struct, name, (columns), table, (referred), "clauses", options…) */
static void note_references(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    ag_c_node *entry = add_entry(c, note, table->foreign_keys);
    size_t n = note->args.n;
    size_t at = 4;
    push_names(c, note, 2, ag_c_member(c->arena, entry, "columns", AG_C_LIST, note->loc));
    const char *referred = ag__c_need_name(c, note, 3);
    if (referred != NULL) {
        ag_c_set_text(c->arena, entry, "references", referred, note->loc);
    }
    if (at < n && note->args.items[at].kind != AG_ARG_TEXT &&
        note->args.items[at].kind != AG_ARG_CALL) {
        push_names(c, note, at++, ag_c_member(c->arena, entry, "referred", AG_C_LIST, note->loc));
    }
    if (at < n && note->args.items[at].kind == AG_ARG_TEXT) {
        ag__c_clauses(c, note, note->args.items[at++].text, entry);
    }
    ag__c_options(c, note, at, entry);
}

static void note_set(ag_c_lower *c, const ag_annot *note, ag_c_table *table) {
    ag__c_set(c, note, 1, table->root);
}

static void note_naming(ag_c_lower *c, const ag_annot *note) {
    const char *kind = ag__c_need_name(c, note, 0);
    const char *pattern = ag__c_need_value(c, note, 1);
    if (kind == NULL || pattern == NULL) {
        return;
    }
    ag_c_node *root = ag_c_node_new(c->arena, AG_C_OBJECT, note->loc);
    ag_c_node *naming = ag_c_member(c->arena, root, "naming", AG_C_OBJECT, note->loc);
    ag_c_set(c->arena, naming, kind, pattern, note->loc);
    ag_c_doc doc = {root, note->loc};
    ag_vec_push(c->arena, &c->docs, doc);
}

static void (*const handlers[AG_N_ANNOTS])(ag_c_lower *, const ag_annot *, ag_c_table *) = {
    [AG_ANNOT_table_primary_key] = note_primary_key,
    [AG_ANNOT_table_unique] = note_unique,
    [AG_ANNOT_table_check] = note_check,
    [AG_ANNOT_table_references] = note_references,
    [AG_ANNOT_table_exclude] = note_exclude,
    [AG_ANNOT_table_index] = note_index,
    [AG_ANNOT_table_set] = note_set,
};

void ag__c_note(ag_c_lower *c, const ag_c_annot *note) {
    const ag_c_annots one = {(ag_c_annot *)(uintptr_t)note, 1, 1};
    if (ag_map_has(&c->by_id, note->id)) {
        return; /* seen by another unit too */
    }
    (void)ag_map_put(&c->by_id, note->id, c);
    ag_annots parsed = ag__c_annots(c, &one, AG_ON_FILE);
    if (parsed.n == 0) {
        return;
    }
    if (parsed.items[0].id == AG_ANNOT_naming) {
        note_naming(c, &parsed.items[0]);
        return;
    }
    ag_c_table *table = need_table(c, &parsed.items[0]);
    if (table != NULL) {
        handlers[parsed.items[0].id](c, &parsed.items[0], table);
    }
}
