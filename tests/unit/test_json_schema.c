/*
 * docs/model.schema.json against the reader, both ways: the same keys in the same forms, and
 * whatever the reader takes the JSON Schema takes too. docs/model.md lists each key.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <jansson.h>

#include "base/file.h"
#include "model/json.h"
#include "op/op.h"
#include "random_schema.h"

/* ---- the keys of the reader ---- */

typedef struct key {
    const char *scope, *key, *form;
} key;

#define ROW(scope, key, form) {#scope, key, #form},
#define AG_JSON_MODEL(key, form, member) ROW(model, key, form)
#define AG_JSON_ACCESS(key, form, member) ROW(access, key, form)
#define AG_JSON_DEFAULT_PRIVILEGE(key, form, member) ROW(default_privilege, key, form)
#define AG_JSON_NAMING(key, form, member) ROW(naming, key, form)
#define AG_JSON_TABLE(key, form, member) ROW(table, key, form)
#define AG_JSON_COLUMN(key, form, member) ROW(column, key, form)
#define AG_JSON_IDENTITY(key, form, member) ROW(identity, key, form)
#define AG_JSON_KEY(key, form, member) {"key", key, #form},
#define AG_JSON_PRIMARY_KEY(key, form, member) ROW(primary_key, key, form)
#define AG_JSON_UNIQUE(key, form, member) ROW(unique, key, form)
#define AG_JSON_CHECK(key, form, member) ROW(check, key, form)
#define AG_JSON_FOREIGN_KEY(key, form, member) ROW(foreign_key, key, form)
#define AG_JSON_EXCLUDE(key, form, member) ROW(exclude, key, form)
#define AG_JSON_INDEX(key, form, member) ROW(index, key, form)
#define AG_JSON_NAMESPACE(key, form, member) ROW(namespace, key, form)
#define AG_JSON_EXTENSION(key, form, member) ROW(extension, key, form)
#define AG_JSON_ENUM(key, form, member) ROW(enum, key, form)
#define AG_JSON_ENUM_VALUE(key, form, member) ROW(enum_value, key, form)
#define AG_JSON_DOMAIN(key, form, member) ROW(domain, key, form)
#define AG_JSON_TYPE(key, form, member) ROW(type, key, form)
#define AG_JSON_ATTRIBUTE(key, form, member) ROW(attribute, key, form)
#define AG_JSON_SEQUENCE(key, form, member) ROW(sequence, key, form)
#define AG_JSON_OWNER(key, form, member) ROW(owner, key, form)
#define AG_JSON_OBJECT_(key, form, member) ROW(object, key, form)
static const key all_keys[] = {
#include "model/json/keys.def"
};
enum { N_KEYS = sizeof all_keys / sizeof *all_keys };

static json_t *schema;
static char *manual;

static char *read_doc(const char *name) {
    const char *root = getenv("AG_SOURCE_DIR");
    char path[1024];
    size_t n = 0;
    char *text = NULL;
    ag_error err = {0};
    ag_arena *arena = ag_arena_new();
    (void)snprintf(path, sizeof path, "%s/docs/%s", root == NULL ? "." : root, name);
    if (!ag_file_read(arena, path, AG_FAILED, &text, &n, &err)) {
        fail_msg("%s", err.message);
    }
    text = ag_xstrdup(text);
    ag_arena_free(arena);
    return text;
}

static int set_up(void **state) {
    (void)state;
    json_error_t err;
    char *text = read_doc("model.schema.json");
    schema = json_loads(text, JSON_REJECT_DUPLICATES, &err);
    free(text);
    manual = read_doc("model.md");
    return schema == NULL ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    json_decref(schema);
    free(manual);
    return 0;
}

static json_t *definition(const char *name) {
    return strcmp(name, "model") == 0 ? schema
                                      : json_object_get(json_object_get(schema, "$defs"), name);
}

/* ---- the part of JSON Schema that the file uses ---- */

static bool fits(json_t *rule, json_t *value);

static bool fits_type_name(const char *type, json_t *value) {
    return (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
           (strcmp(type, "null") == 0 && json_is_null(value));
}

static bool fits_type(json_t *type, json_t *value) {
    size_t i;
    json_t *one;
    if (json_is_string(type)) {
        return fits_type_name(json_string_value(type), value);
    }
    json_array_foreach(type, i, one) {
        if (fits_type_name(json_string_value(one), value)) {
            return true;
        }
    }
    return false;
}

static bool fits_pattern(const char *pattern, const char *text) {
    int code = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *re =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &code, &at, NULL);
    assert_non_null(re);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool ok = pcre2_match(re, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL) >= 0;
    pcre2_match_data_free(data);
    pcre2_code_free(re);
    return ok;
}

static bool fits_members(json_t *rule, json_t *value) {
    json_t *properties = json_object_get(rule, "properties");
    json_t *others = json_object_get(rule, "additionalProperties");
    json_t *names = json_object_get(rule, "propertyNames");
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member) {
        json_t *known = json_object_get(properties, name);
        json_t *text = json_string(name);
        bool ok = (names == NULL || fits(names, text)) && (known == NULL || fits(known, member)) &&
                  (known != NULL || others == NULL ||
                   (json_is_object(others) ? fits(others, member) : json_is_true(others)));
        json_decref(text);
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool has_required(json_t *names, json_t *value) {
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name) {
        if (json_object_get(value, json_string_value(name)) == NULL) {
            return false;
        }
    }
    return true;
}

static bool fits_any(json_t *rules, json_t *value) {
    size_t i;
    json_t *rule;
    json_array_foreach(rules, i, rule) {
        if (fits(rule, value)) {
            return true;
        }
    }
    return false;
}

static bool fits_items(json_t *rule, json_t *value) {
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item) {
        if (!fits(rule, item)) {
            return false;
        }
    }
    return true;
}

/* Keywords that limit a size or number. */
static bool fits_limit(const char *name, json_int_t limit, json_t *value, bool *ok) {
    const struct {
        const char *name;
        bool applies, ok;
    } limits[] = {
        {"minLength", json_is_string(value), (json_int_t)json_string_length(value) >= limit},
        {"minItems", json_is_array(value), (json_int_t)json_array_size(value) >= limit},
        {"minProperties", json_is_object(value), (json_int_t)json_object_size(value) >= limit},
        {"minimum", json_is_integer(value), json_integer_value(value) >= limit},
        {"maximum", json_is_integer(value), json_integer_value(value) <= limit},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (strcmp(limits[i].name, name) == 0) {
            *ok = !limits[i].applies || limits[i].ok;
            return true;
        }
    }
    return false;
}

static bool fits_keyword(const char *name, json_t *rule, json_t *word, json_t *value) {
    if (strcmp(name, "$ref") == 0) {
        const char *target = json_string_value(word);
        assert_memory_equal(target, "#/$defs/", 8);
        assert_non_null(definition(target + 8));
        return fits(definition(target + 8), value);
    } else if (strcmp(name, "type") == 0) {
        return fits_type(word, value);
    } else if (strcmp(name, "anyOf") == 0) {
        return fits_any(word, value);
    } else if (strcmp(name, "const") == 0) {
        return json_equal(word, value);
    } else if (strcmp(name, "pattern") == 0) {
        return !json_is_string(value) ||
               fits_pattern(json_string_value(word), json_string_value(value));
    } else if (strcmp(name, "items") == 0) {
        return !json_is_array(value) || fits_items(word, value);
    } else if (strcmp(name, "required") == 0) {
        return !json_is_object(value) || has_required(word, value);
    } else if (strcmp(name, "properties") == 0 || strcmp(name, "additionalProperties") == 0 ||
               strcmp(name, "propertyNames") == 0) {
        return !json_is_object(value) || fits_members(rule, value);
    }
    bool ok = true;
    if (fits_limit(name, json_integer_value(word), value, &ok)) {
        return ok;
    }
    static const char *const notes[] = {"description", "title", "$schema", "$defs"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (strcmp(name, notes[i]) == 0) {
            return true;
        }
    }
    fail_msg("unknown keyword %s", name);
    return false;
}

static bool fits(json_t *rule, json_t *value) {
    const char *name;
    json_t *word;
    json_object_foreach(rule, name, word) {
        if (!fits_keyword(name, rule, word, value)) {
            return false;
        }
    }
    return true;
}

/* ---- tests ---- */

static void each_key_of_the_reader_is_in_the_schema(void **state) {
    (void)state;
    for (size_t i = 0; i < N_KEYS; i++) {
        json_t *properties = json_object_get(definition(all_keys[i].scope), "properties");
        if (json_object_get(properties, all_keys[i].key) == NULL) {
            fail_msg("%s.%s is not in docs/model.schema.json", all_keys[i].scope, all_keys[i].key);
        }
    }
}

static bool is_key(const char *scope, const char *name) {
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(all_keys[i].scope, scope) == 0 && strcmp(all_keys[i].key, name) == 0) {
            return true;
        }
    }
    return false;
}

static void each_key_of_the_schema_is_read(void **state) {
    (void)state;
    for (size_t i = 0; i < N_KEYS; i++) {
        const char *name;
        json_t *unused;
        json_t *scope = definition(all_keys[i].scope);
        assert_true(json_is_false(json_object_get(scope, "additionalProperties")));
        json_object_foreach(json_object_get(scope, "properties"), name, unused) {
            if (!is_key(all_keys[i].scope, name)) {
                fail_msg("%s.%s is in docs/model.schema.json only", all_keys[i].scope, name);
            }
        }
    }
}

static void plain_forms_are_the_same(void **state) {
    (void)state;
    static const struct {
        const char *form, *rule;
    } forms[] = {{"NOTE", "string"},
                 {"TEXT", "text"},
                 {"NAME", "name"},
                 {"SQL", "sql"},
                 {"FLAG", "flag"},
                 {"INT", "target"},
                 {"BIG", "integer"},
                 {"STRINGS", "names"},
                 {"OPTIONS", "options"},
                 {"ACTION", "action"},
                 {"ON_CONFLICT", "conflict"},
                 {"MATCH", "match"},
                 {"DEFERRABILITY", "deferrability"},
                 {"STORAGE", "storage"},
                 {"COMPRESSION", "compression"},
                 {"REPLICA_IDENTITY", "replica_identity"}};
    for (size_t i = 0; i < N_KEYS; i++) {
        json_t *property = json_object_get(
            json_object_get(definition(all_keys[i].scope), "properties"), all_keys[i].key);
        for (size_t j = 0; j < sizeof forms / sizeof *forms; j++) {
            if (strcmp(all_keys[i].form, forms[j].form) == 0) {
                const char *rule = json_string_value(json_object_get(property, "$ref"));
                assert_non_null(rule);
                assert_string_equal(rule + strlen("#/$defs/"), forms[j].rule);
            }
        }
    }
}

/* docs/changes.schema.json: tests/e2e/sources.bats holds what is printed against it. */
static void each_operation_is_a_kind_of_change(void **state) {
    (void)state;
    char *text = read_doc("changes.schema.json");
    json_t *changes = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(changes);
    json_t *change = json_object_get(json_object_get(changes, "$defs"), "change");
    json_t *kind = json_object_get(json_object_get(change, "properties"), "kind");
    json_t *names = json_object_get(kind, "enum");
    assert_int_equal(json_array_size(names), AG_N_OP_KINDS);
    for (size_t i = 0; i < AG_N_OP_KINDS; i++) {
        assert_string_equal(json_string_value(json_array_get(names, i)),
                            ag_op_json_name((ag_op_kind)i));
    }
    json_decref(changes);
    free(text);
}

static void each_key_is_in_the_manual(void **state) {
    (void)state;
    for (size_t i = 0; i < N_KEYS; i++) {
        char cell[100];
        (void)snprintf(cell, sizeof cell, "| `%s` |", all_keys[i].key);
        if (strstr(manual, cell) == NULL) {
            fail_msg("%s.%s is not in docs/model.md", all_keys[i].scope, all_keys[i].key);
        }
    }
}

static void what_is_written_fits_the_schema(void **state) {
    (void)state;
    static const ag_dialect *const dialects[] = {&fake_pg, &fake_lite};
    for (uint64_t seed = 1; seed <= 100; seed++) {
        const ag_dialect *dialect = dialects[seed % 2];
        ag_schema *model = random_schema(dialect, seed);
        ag_buf text = AG_BUF_INIT;
        assert_true(ag_model_write_json(model, dialect, &text, NULL));
        json_t *value = json_loads(ag_buf_text(&text), JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(value);
        if (!fits(schema, value)) {
            fail_msg("does not fit:\n%s", ag_buf_text(&text));
        }
        json_decref(value);
        ag_buf_release(&text);
        ag_schema_free(model);
    }
}

/* A model that the reader takes, with every kind of thing in it. */
static const char sample[] =
    "{\"$schema\": \"x\", \"naming\": {\"ix\": \"ix_{table}\", \"pk\": \"pk_{table}\"},"
    "\"namespaces\": {\"a\": {\"comment\": \"c\"}}, \"extensions\": {\"e\": {\"version\": \"1\","
    "\"namespace\": \"a\"}}, \"enums\": {\"m\": [\"x\", {\"name\": \"y\", \"renamed_from\": "
    "\"z\"}],"
    "\"n\": {\"values\": [], \"comment\": \"c\"}},"
    "\"domains\": {\"d\": {\"type\": \"text\", \"nullable\": false, \"default\": \"'x'\","
    "\"checks\": {\"c\": \"VALUE > 'a'\"}}, \"d2\": \"int\"},"
    "\"types\": {\"p\": {\"attributes\": {\"x\": \"int\", \"y\": {\"type\": \"text\"}}}},"
    "\"sequences\": {\"s\": {\"type\": \"bigint\", \"start\": 5, \"cycle\": true, \"owned_by\":"
    "{\"table\": \"t\", \"column\": \"a\"}}},"
    "\"functions\": {\"f\": {\"signature\": \"(int)\", \"definition\": \"CREATE FUNCTION f()\","
    "\"extras\": [\"x\"], \"depends\": [\"y\"]}}, \"views\": {\"v\": \"SELECT 1\"},"
    "\"materialized_views\": {\"mv\": {\"definition\": \"SELECT 1\", \"columns\": {\"x\": \"int\"},"
    "\"indexes\": {\"mi\": [\"x\"]}}},"
    "\"triggers\": {\"g\": {\"table\": \"t\", \"definition\": \"CREATE TRIGGER g\"}},"
    "\"tables\": {\"t\": {\"comment\": \"c\", \"namespace\": \"public\", \"columns\": {"
    "\"a\": {\"type\": \"int\", \"identity\": {\"kind\": \"always\", \"start\": 3}},"
    "\"b\": {\"type\": {\"postgresql\": \"text\"}, \"collation\": \"C\", \"default\": \"'x'\","
    "\"nullable\": false, \"storage\": \"main\", \"compression\": \"lz4\", \"statistics\": 5,"
    "\"options\": {\"n_distinct\": 5}, \"comment\": \"c\", \"renamed_from\": \"bb\"},"
    "\"c\": {\"type\": \"int\", \"generated\": \"a + 1\", \"stored\": true},"
    "\"d\": {\"type\": \"int\", \"unique\": true, \"check\": \"d > 0\", \"references\": \"t(a)\"},"
    "\"e\": \"int\"},"
    "\"primary_key\": {\"name\": \"pk\", \"columns\": [\"a\"], \"include\": [\"b\"], \"position\": "
    "0},"
    "\"unique\": [[\"b\"], {\"name\": \"u\", \"columns\": [{\"name\": \"b\", \"order\": \"desc\","
    "\"nulls\": \"last\"}], \"nulls_not_distinct\": true}],"
    "\"checks\": {\"k\": \"a > 0\", \"l\": {\"expr\": \"a > 1\", \"no_inherit\": true}},"
    "\"foreign_keys\": {\"f\": {\"columns\": [\"a\"], \"references\": \"t\", \"referred\": [\"a\"],"
    "\"on_delete\": \"cascade\", \"on_delete_columns\": [\"a\"], \"match\": \"full\"}},"
    "\"excludes\": {\"x\": {\"method\": \"gist\", \"columns\": [{\"expr\": \"a\", \"op\": \"&&\"}],"
    "\"where\": \"a > 0\"}},"
    "\"indexes\": {\"i\": {\"columns\": [{\"expr\": \"lower(b)\", \"opclass\": \"o\","
    "\"opclass_options\": {\"s\": \"1\"}}], \"unique\": true, \"method\": \"gin\", \"where\":"
    "\"a > 0\", \"options\": {\"fillfactor\": 70}}, \"j\": [\"a\"]},"
    "\"partition_by\": \"RANGE (a)\", \"partitions\": {\"t1\": \"FOR VALUES FROM (1) TO (2)\"},"
    "\"options\": {\"fillfactor\": \"70\"}, \"replica_identity\": \"full\"}}}";

/* The same for SQLite. */
static const char lite_sample[] =
    "{\"enums\": {\"m\": [\"x\", \"y\"]}, \"domains\": {\"d\": {\"type\": \"text\", \"checks\": "
    "[\"VALUE > 'a'\"]}}, \"views\": {\"v\": \"SELECT 1 AS a\"}, \"triggers\": {\"g\": "
    "\"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END\"},"
    "\"tables\": {\"t\": {\"columns\": {\"id\": {\"type\": \"bigint\", \"identity\": \"always\"},"
    "\"v\": {\"type\": \"varchar(10)\", \"collation\": \"nocase\", \"default\": \"'x'\","
    "\"default_name\": \"dn\", \"collation_name\": \"cn\","
    "\"nullable\": false, \"not_null_name\": \"nn\", \"on_conflict\": \"replace\"},"
    "\"w\": {\"type\": \"m\"}, \"x\": {\"type\": \"d\", \"unique\": true},"
    "\"y\": {\"type\": \"int\", \"generated\": \"id + 1\", \"stored\": true}},"
    "\"primary_key\": [\"id\"], \"autoincrement\": true,"
    "\"unique\": [[\"v\"], {\"columns\": [{\"name\": \"w\", \"order\": \"desc\", \"collation\": "
    "\"rtrim\"}], \"on_conflict\": \"ignore\"}], \"checks\": [\"id > 0\", {\"name\": \"c\", "
    "\"expr\": \"v > ''\"}],"
    "\"foreign_keys\": [{\"columns\": [\"y\"], \"references\": \"u\", \"on_delete\": \"cascade\","
    "\"deferrability\": \"not deferrable\"}, {\"columns\": [\"x\"], \"references\": "
    "\"gone\", \"external\": true}],"
    "\"indexes\": {\"i\": {\"columns\": [{\"expr\": \"lower(v)\"}, \"w\"], \"unique\": true, "
    "\"where\": \"id > 1\"}}},"
    "\"u\": {\"columns\": {\"k\": \"TEXT\", \"l\": \"INT\"}, \"primary_key\": {\"name\": \"pk\", "
    "\"columns\": [\"k\"], \"position\": 1, \"on_conflict\": \"fail\"}, \"unique\": [[\"l\"]], "
    "\"strict\": true, \"without_rowid\": true},"
    "\"q\": {\"columns\": {\"a\": \"INTEGER\"}, \"primary_key\": {\"columns\": [{\"name\": \"a\", "
    "\"order\": \"desc\"}], \"inline\": true}}}}";

typedef void visit(json_t *root, json_t *parent, const char *key, size_t index);

/* Calls back for each value inside of another. */
static void walk(json_t *root, json_t *value, visit *f) {
    const char *name;
    void *next;
    json_t *member;
    size_t i;
    json_object_foreach_safe(value, next, name, member) {
        walk(root, member, f);
        f(root, value, name, 0);
    }
    json_array_foreach(value, i, member) {
        walk(root, member, f);
        f(root, value, NULL, i);
    }
}

static json_t *put(json_t *parent, const char *name, size_t i, json_t *value) {
    json_t *old =
        json_incref(name != NULL ? json_object_get(parent, name) : json_array_get(parent, i));
    if (name != NULL) {
        json_object_set(parent, name, value);
    } else {
        json_array_set(parent, i, value);
    }
    return old;
}

static ag_schema *read_model(const ag_dialect *dialect, const char *text) {
    ag_schema *model = NULL;
    ag_diags diags = AG_DIAGS_INIT;
    ag_json_source source = {.file = "m.json", .text = text, .n = strlen(text)};
    (void)ag_model_read_json_texts(&source, 1, dialect, &model, &diags, NULL);
    ag_diags_release(&diags);
    return model;
}

static const ag_dialect *target = &fake_pg;

static bool reader_takes(const char *text) {
    ag_schema *model = read_model(target, text);
    ag_schema_free(model);
    return model != NULL;
}

/* What a dialect made of the model is written so that it is read as the same. */
static void assert_stable(const ag_dialect *dialect, const char *text) {
    ag_buf first = AG_BUF_INIT;
    ag_buf second = AG_BUF_INIT;
    ag_schema *model = read_model(dialect, text);
    if (model == NULL) {
        return;
    }
    assert_true(ag_model_write_json(model, dialect, &first, NULL));
    ag_schema *again = read_model(dialect, ag_buf_text(&first));
    if (again == NULL) {
        fail_msg("not read back:\n%s", ag_buf_text(&first));
    }
    assert_true(ag_model_write_json(again, dialect, &second, NULL));
    assert_string_equal(ag_buf_text(&first), ag_buf_text(&second));
    ag_schema_free(model);
    ag_schema_free(again);
    ag_buf_release(&first);
    ag_buf_release(&second);
}

static int n_taken;

static void assert_not_stricter(json_t *root, json_t *changed) {
    char *text = json_dumps(root, 0);
    if (reader_takes(text)) {
        n_taken++;
        if (!fits(schema, root)) {
            char *part = json_dumps(changed, 0);
            fail_msg("the reader takes this, the schema does not:\n%s\nin\n%s", part, text);
        }
    }
    assert_stable(target == &fake_pg ? &ag_dialect_postgresql : target, text);
    free(text);
}

/* Stands for a value that only the dialect of the test has. */
static const char OWN[] = "";

static void try_other_values(json_t *root, json_t *parent, const char *name, size_t i) {
    static const char *const texts[] = {
        "1",    "-1", "1.5", "\"\"",    "\"a\"",     "true", "false",
        "null", "[]", "{}",  "[\"a\"]", "[[\"a\"]]", OWN,    "{\"a\": \"int\"}"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        json_t *value = texts[t] == OWN ? json_pack("{s:s}", target->name, "a")
                                        : json_loads(texts[t], JSON_DECODE_ANY, NULL);
        json_t *old = put(parent, name, i, value);
        json_decref(value);
        assert_not_stricter(root, parent);
        json_decref(put(parent, name, i, old));
        json_decref(old);
    }
}

static void try_all(const ag_dialect *dialect, const char *text) {
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    target = dialect;
    assert_true(reader_takes(text));
    assert_true(fits(schema, root));
    n_taken = 0;
    walk(root, root, try_other_values);
    target = &fake_pg;
    assert_true(n_taken > 100);
    json_decref(root);
}

static void what_the_reader_takes_fits_the_schema_and_comes_back(void **state) {
    (void)state;
    try_all(&fake_pg, sample);
    try_all(&ag_dialect_sqlite, lite_sample);
}

static bool is_options(const char *name) {
    return strcmp(name, "options") == 0 || strcmp(name, "opclass_options") == 0;
}

static void try_unknown_key(json_t *root, json_t *parent, const char *name, size_t i) {
    json_t *value = name != NULL ? json_object_get(parent, name) : json_array_get(parent, i);
    if (!json_is_object(value) || (name != NULL && is_options(name))) {
        return;
    }
    json_object_set_new(value, "no such key", json_integer(1));
    char *text = json_dumps(root, JSON_INDENT(1));
    if (reader_takes(text) || fits(schema, root)) {
        fail_msg("taken:\n%s", text);
    }
    free(text);
    json_object_del(value, "no such key");
}

static void unknown_keys_fit_neither(void **state) {
    (void)state;
    json_t *root = json_loads(sample, JSON_REJECT_DUPLICATES, NULL);
    walk(root, root, try_unknown_key);
    json_decref(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_of_the_reader_is_in_the_schema),
        cmocka_unit_test(each_key_of_the_schema_is_read),
        cmocka_unit_test(plain_forms_are_the_same),
        cmocka_unit_test(each_operation_is_a_kind_of_change),
        cmocka_unit_test(each_key_is_in_the_manual),
        cmocka_unit_test(what_is_written_fits_the_schema),
        cmocka_unit_test(what_the_reader_takes_fits_the_schema_and_comes_back),
        cmocka_unit_test(unknown_keys_fit_neither),
    };
    return cmocka_run_group_tests_name("json_schema", tests, set_up, tear_down);
}
