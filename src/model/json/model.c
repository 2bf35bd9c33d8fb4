/* The top level of a document. */
#include "base/str.h"
#include "model/json/form.h"

/* ---- naming ---- */

#define PATTERN(member, number)                                                                    \
    static void read_naming_##member(ag_json_reader *r, const ag_json *value, void *node) {        \
        (void)node;                                                                                \
        read_pattern(r, value, &r->naming.member, &r->naming_locs[number]);                        \
    }                                                                                              \
    static void write_naming_##member(ag_json_writer *w, const char *key, const void *node) {      \
        (void)w; /* names are written as they are */                                               \
        (void)key;                                                                                 \
        (void)node;                                                                                \
    }

static void read_pattern(ag_json_reader *r, const ag_json *value, const char **pattern,
                         ag_loc *loc) {
    ag_error err = {0};
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_name(r, picked, "a naming pattern");
    if (text == NULL) {
        return;
    }
    if (!ag_naming_check(text, &err)) {
        ag_hint(ag__json_mistake(r, picked, "%s", err.message), "%s", err.hint);
        return;
    }
    if (*pattern != NULL && !ag_text_eq(*pattern, text)) {
        ag__json_already(ag__json_mistake(r, picked, "two naming conventions for the same thing"),
                         *loc);
        return;
    }
    *pattern = text;
    *loc = ag__json_loc(r, picked);
}

PATTERN(pk, 0)
PATTERN(uq, 1)
PATTERN(fk, 2)
PATTERN(ck, 3)
PATTERN(ex, 4)
PATTERN(ix, 5)

#define AG_JSON_NAMING(key, form, member) AG_FIELD_##form(key, ag_naming, naming, member),
static const ag_json_field naming_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_NAMING
static const ag_json_scope naming_scope = AG_SCOPE("\"naming\"", naming_fields);

static void read_model_naming(ag_json_reader *r, const ag_json *value, void *node) {
    (void)node;
    (void)ag__json_read(r, &naming_scope, value, &r->naming);
}

/* ---- sections ---- */

#define SECTION(member, kind)                                                                      \
    static void read_model_##member(ag_json_reader *r, const ag_json *value, void *node) {         \
        (void)node;                                                                                \
        ag_schema_cover(r->schema, kind);                                                          \
        ag__json_read_##member(r, value);                                                          \
    }                                                                                              \
    static void write_model_##member(ag_json_writer *w, const char *key, const void *node) {       \
        (void)node;                                                                                \
        ag__json_write_##member(w, key);                                                           \
    }

SECTION(namespaces, AG_NAMESPACE)
SECTION(extensions, AG_EXTENSION)
SECTION(enums, AG_ENUM)
SECTION(domains, AG_DOMAIN)
SECTION(types, AG_COMPOSITE)
SECTION(sequences, AG_SEQUENCE)
SECTION(tables, AG_TABLE)
SECTION(access, AG_DEFAULT_PRIVILEGE)

#define OBJECTS(member, kind)                                                                      \
    static void read_model_##member(ag_json_reader *r, const ag_json *value, void *node) {         \
        (void)node;                                                                                \
        ag__json_read_objects(r, value, kind, NULL);                                               \
    }                                                                                              \
    static void write_model_##member(ag_json_writer *w, const char *key, const void *node) {       \
        (void)node;                                                                                \
        ag__json_write_objects(w, key, kind);                                                      \
    }

OBJECTS(languages, AG_LANGUAGE)
OBJECTS(access_methods, AG_ACCESS_METHOD)
OBJECTS(base_types, AG_BASE_TYPE)
OBJECTS(casts, AG_CAST)
OBJECTS(operators, AG_OPERATOR)
OBJECTS(operator_families, AG_OPERATOR_FAMILY)
OBJECTS(operator_classes, AG_OPERATOR_CLASS)
OBJECTS(conversions, AG_CONVERSION)
OBJECTS(transforms, AG_TRANSFORM)
OBJECTS(text_search_parsers, AG_TS_PARSER)
OBJECTS(text_search_templates, AG_TS_TEMPLATE)
OBJECTS(text_search_dictionaries, AG_TS_DICTIONARY)
OBJECTS(text_search_configurations, AG_TS_CONFIGURATION)
OBJECTS(foreign_data_wrappers, AG_FOREIGN_WRAPPER)
OBJECTS(foreign_servers, AG_FOREIGN_SERVER)
OBJECTS(foreign_tables, AG_FOREIGN_TABLE)
OBJECTS(collations, AG_COLLATION)
OBJECTS(ranges, AG_RANGE)
OBJECTS(functions, AG_FUNCTION)
OBJECTS(procedures, AG_PROCEDURE)
OBJECTS(aggregates, AG_AGGREGATE)
OBJECTS(statistics, AG_STATISTICS)
OBJECTS(views, AG_VIEW)
OBJECTS(materialized_views, AG_MATVIEW)
OBJECTS(rules, AG_RULE)
OBJECTS(triggers, AG_TRIGGER)
OBJECTS(policies, AG_POLICY)
OBJECTS(event_triggers, AG_EVENT_TRIGGER)
OBJECTS(publications, AG_PUBLICATION)

#define AG_JSON_MODEL(key, form, member) AG_FIELD_##form(key, ag_schema, model, member),
static const ag_json_field model_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_MODEL
const ag_json_scope ag__json_model = AG_SCOPE("a model", model_fields);
