/* Annotations and their arguments as the lowering takes them, and the mistakes in them. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

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

void ag__c_mismatch(ag_c_lower *c, ag_loc loc, const char *what) {
    ag_diags *own = c->diags;
    c->diags = c->shown;
    ag_hint(ag__c_mistake(c, loc,
                          c->unit->is_echo ? "%s is another one in %s by itself than in the files"
                                             " that include it"
                                           : "%s is another one in %s than in the files before it",
                          what, c->unit->file),
            "macros or compiler options change it; say them with cflags = -D…, or name one of the"
            " files as the model");
    c->diags = own;
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

/* The same thing said again of a field: two constraints that are one. */
static bool is_doubled(ag_c_lower *c, const ag_c_annots *list, size_t i, const ag_annot *annot) {
    for (size_t j = 0; j < i && is_repeatable(annot->id); j++) {
        if (strcmp(list->items[j].text, list->items[i].text) == 0) {
            ag_hint(ag__c_mistake(c, annot->loc, "%s is there twice, the same each time",
                                  ag_annot_macro(annot->id)),
                    "the other one is in line %d", list->items[j].loc.line);
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
        if (!ag_utf8_valid(list->items[i].text, strlen(list->items[i].text), NULL)) {
            ag_hint(ag__c_mistake(c, list->items[i].loc, "this annotation is not valid UTF-8"),
                    "save the file as UTF-8");
            continue;
        }
        if (ag_annot_parse(c->arena, list->items[i].text, place, &annot, &err)) {
            annot.loc = list->items[i].loc;
            if (place != AG_ON_FIELD || !is_doubled(c, list, i, &annot)) {
                add_annot(c, &out, &annot);
            }
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
        const char *macro = annot->option == NULL ? ag_annot_macro(annot->id) : annot->option;
        ag_hint(ag__c_mistake(c, annot->loc, "%s takes one value, or one for each database", macro),
                "%s(\"…\") or %s(AG_SQLITE(\"…\"), AG_POSTGRESQL(\"…\"))", macro, macro);
    }
    return value;
}
