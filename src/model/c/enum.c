/* Enums of C to enum types. */
#include "base/str.h"
#include "model/c/lower.h"

static const char *name_of(ag_c_lower *c, const ag_c_constant *constant, const ag_annots *annots) {
    const ag_annot *value = ag_annot_find(annots, AG_ANNOT_value);
    if (ag_annot_find(annots, AG_ANNOT_skip) != NULL) {
        return NULL;
    }
    return value == NULL ? constant->name : ag__c_need_name(c, value, 0);
}

const char *ag__c_constant_name(ag_c_lower *c, const ag_c_constant *constant) {
    ag_annots annots = ag__c_annots(c, &constant->annots, AG_ON_VALUE);
    return name_of(c, constant, &annots);
}

static void add_value(ag_c_lower *c, const ag_c_constant *constant, ag_c_node *values) {
    ag_annots annots = ag__c_annots(c, &constant->annots, AG_ON_VALUE);
    const ag_annot *renamed = ag_annot_find(&annots, AG_ANNOT_renamed_from);
    const char *name = name_of(c, constant, &annots);
    if (name == NULL) {
        return;
    }
    if (renamed == NULL) {
        ag_c_push_text(c->arena, values, name, constant->loc);
        return;
    }
    const char *old = ag__c_need_name(c, renamed, 0);
    ag_c_node *object = ag_c_push_object(c->arena, values, constant->loc);
    ag_c_set_text(c->arena, object, "name", name, constant->loc);
    if (old != NULL) {
        ag_c_set_text(c->arena, object, "renamed_from", old, renamed->loc);
    }
}

/* An enum that was seen: its name, and what it was. */
typedef struct known {
    const char *name, *text;
    const ag_c_unit *unit; /* that saw it last. */
} known;

static ag_c_node *document(ag_c_lower *c, const ag_c_enum *from, const ag_annots *annots,
                           const char *name) {
    ag_c_node *root = ag_c_node_new(c->arena, AG_C_OBJECT, from->loc);
    ag_c_node *enums = ag_c_member(c->arena, root, "enums", AG_C_OBJECT, from->loc);
    ag_c_node *node = ag_c_member(c->arena, enums, name, AG_C_OBJECT, from->loc);
    const ag_annot *renamed = ag_annot_find(annots, AG_ANNOT_renamed_from);
    ag_c_node *values = ag_c_member(c->arena, node, "values", AG_C_LIST, from->loc);
    for (size_t i = 0; i < from->values.n; i++) {
        add_value(c, &from->values.items[i], values);
    }
    ag__c_comment(c, annots, from->comment, from->loc, node);
    const char *old = renamed == NULL ? NULL : ag__c_need_name(c, renamed, 0);
    if (old != NULL) {
        ag_c_set_text(c->arena, node, "renamed_from", old, renamed->loc);
    }
    if (values->items.n == 0) {
        ag_hint(ag__c_mistake(c, from->loc, "the enum %s has no values", name),
                "declare its constants before it is used");
        return NULL;
    }
    return root;
}

/* The same enum seen by several units must come out as the same type. */
static void compare(ag_c_lower *c, known *first, const ag_c_enum *second, const ag_annots *annots) {
    if (first->unit == c->unit) {
        return;
    }
    const ag_c_node *root = document(c, second, annots, first->name);
    if (root != NULL && strcmp(ag__c_render(c, root), first->text) != 0) {
        ag__c_mismatch(c, second->loc,
                       ag_arena_printf(c->arena, "enum %s",
                                       second->name == NULL ? first->name : second->name));
    }
    first->unit = c->unit;
}

const char *ag__c_enum(ag_c_lower *c, const ag_c_enum *enumeration, const char *owner) {
    known *first = ag_map_get(&c->by_id, enumeration->id);
    ag_annots annots = ag__c_annots(c, &enumeration->annots, AG_ON_ENUM);
    if (first != NULL) {
        compare(c, first, enumeration, &annots);
        return first->name;
    }
    const ag_annot *named = ag_annot_find(&annots, AG_ANNOT_enum);
    const ag_annot *ns = ag_annot_find(&annots, AG_ANNOT_namespace);
    const char *name = named != NULL ? ag__c_need_name(c, named, 0) : enumeration->name;
    name = name == NULL ? owner : name;
    const char *prefix = ns == NULL ? NULL : ag__c_need_name(c, ns, 0);
    if (prefix != NULL) {
        name = ag_arena_printf(c->arena, "%s.%s", prefix, name);
    }
    first = ag_arena_new_of(c->arena, known);
    first->name = ag_arena_strdup(c->arena, name);
    first->unit = c->unit;
    (void)ag_map_put(&c->by_id, enumeration->id, first);
    const ag_c_node *root = document(c, enumeration, &annots, first->name);
    first->text = root == NULL ? "" : ag__c_render(c, root);
    if (root != NULL && !c->unit->is_echo) {
        ag_c_doc doc = {root, enumeration->loc};
        ag_vec_push(c->arena, &c->docs, doc);
    }
    return first->name;
}
