/* Objects of a model that SQLite has as text, and those it has not. */
#include "base/str.h"
#include "dialect/lite/adopt.h"
#include "dialect/lite/ddl.h"
#include "schema/node.h"
#include "sql/split.h"

/* True when the text is one statement; else says so. */
static bool is_one_statement(ag_lite_adopter *a, const ag_object *object) {
    ag_statements statements = {0};
    ag_error err = {0};
    if (!ag_sql_split(a->arena, AG_SQL_SQLITE, NULL, ag_str_of(object->definition), &statements,
                      &err)) {
        ag_lite_refuse(a, object->loc, NULL, "the definition of %s %s is no SQL: %s",
                       ag_kind_name(object->kind), object->name, err.message);
        return false;
    }
    if (statements.n != 1) {
        ag_lite_refuse(a, object->loc, NULL,
                       "the definition of %s %s holds %zu statements, not one",
                       ag_kind_name(object->kind), object->name, statements.n);
        return false;
    }
    return true;
}

/*
 * The definition as SQLite will store it: without TEMP, IF NOT EXISTS, a namespace and what follows
 * the end. `name` is what the text calls the object.
 */
static void settle_definition(ag_lite_adopter *a, ag_object *object, const ag_lite_name *name,
                              ag_lite_range last) {
    if (!ag_text_ieq(name->text, object->name)) {
        ag_lite_refuse(a, object->loc, NULL, "%s %s is called %s in its definition",
                       ag_kind_name(object->kind), object->name, name->text);
        return;
    }
    size_t start = name->range.at;
    object->definition =
        ag_arena_printf(a->arena, "CREATE %s %.*s", object->kind == AG_VIEW ? "VIEW" : "TRIGGER",
                        (int)(last.at + last.n - start), object->definition + start);
}

static void adopt_view(ag_lite_adopter *a, ag_object *object) {
    ag_lite_view view;
    ag_error err = {0};
    if (!ag_lite_parse_view(a->arena, object->definition, &view, &err)) {
        ag_lite_refuse(a, object->loc, NULL, "view %s: %s", object->name, err.message);
    } else {
        settle_definition(a, object, &view.name, view.select);
    }
}

static void adopt_trigger(ag_lite_adopter *a, ag_object *object) {
    ag_lite_trigger trigger;
    ag_error err = {0};
    if (!ag_lite_parse_trigger(a->arena, object->definition, &trigger, &err)) {
        ag_lite_refuse(a, object->loc, NULL, "trigger %s: %s", object->name, err.message);
        return;
    }
    if (object->table != NULL && !ag_text_ieq(object->table, trigger.table.text)) {
        ag_lite_refuse(a, object->loc, NULL, "trigger %s is on %s in its definition, not on %s",
                       object->name, trigger.table.text, object->table);
        return;
    }
    object->table = ag_arena_strdup(a->arena, trigger.table.text);
    settle_definition(a, object, &trigger.name, trigger.body);
}

/* False when the object is not SQLite's and goes. */
static bool adopt_object(ag_lite_adopter *a, ag_object *object) {
    if (object->definition == NULL) {
        return false; /* Written for other databases only. */
    }
    if (object->kind != AG_VIEW && object->kind != AG_TRIGGER) {
        ag_lite_refuse(a, object->loc,
                       "write {\"postgresql\": …} for a definition that only it understands",
                       "SQLite has no %s: %s", ag_kind_plural(object->kind), object->name);
        return true;
    }
    object->ns = NULL;
    object->table_ns = NULL;
    object->comment = NULL;
    object->extras.n = 0;
    if (is_one_statement(a, object)) {
        if (object->kind == AG_VIEW) {
            adopt_view(a, object);
        } else {
            adopt_trigger(a, object);
        }
    }
    return true;
}

void ag_lite_adopt_objects(ag_lite_adopter *a) {
    static const char hint[] = "keep it in a model for PostgreSQL only";
    ag_schema *model = a->model;
    for (size_t i = 0; i < model->composites.n; i++) {
        ag_lite_refuse(a, model->composites.items[i]->loc, hint,
                       "SQLite has no composite types: %s", model->composites.items[i]->name);
    }
    for (size_t i = 0; i < model->sequences.n; i++) {
        ag_lite_refuse(a, model->sequences.items[i]->loc, hint, "SQLite has no sequences: %s",
                       model->sequences.items[i]->name);
    }
    size_t n = 0;
    for (size_t i = 0; i < model->objects.n; i++) {
        if (adopt_object(a, model->objects.items[i])) {
            model->objects.items[n++] = model->objects.items[i];
        }
    }
    model->objects.n = n;
}
