/* Namespaces, extensions, enums, domains, composite types, sequences. */
#include "base/map.h"
#include "base/str.h"
#include "model/json/form.h"

static bool entry_name(ag_json_reader *r, const ag_json *key, const char **ns, const char **name) {
    const char *text = ag__json_name(r, key, "a name");
    if (text == NULL || !ag__json_qualified(r, key, text, ns, name)) {
        return false;
    }
    if (*ns == NULL) {
        *ns = r->dialect->default_namespace;
    }
    return true;
}

static void defined_twice(ag_json_reader *r, const ag_json *key, ag_kind kind, const char *name,
                          ag_loc first) {
    ag__json_already(
        ag__json_mistake(r, key, "the %s \"%s\" is defined twice", ag_kind_name(kind), name),
        first);
}

static bool is_map(ag_json_reader *r, const ag_json *value, ag_kind kind) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"%s\" must be an object, not %s", ag_kind_plural(kind),
                         ag_json_type_name(value));
        return false;
    }
    return true;
}

/* Appends a node of a list: sets place, namespace and name. */
#define ADD(r, list, type, key, node_ns, node_name)                                                \
    type *node = ag_arena_new_of((r)->arena, type);                                                \
    node->loc = ag__json_loc((r), (key));                                                          \
    node->name = (node_name);                                                                      \
    node_ns;                                                                                       \
    ag_vec_push((r)->arena, &(r)->schema->list, node)

/* ---- namespaces and extensions: an object by name, or a list of names ---- */

#define AG_JSON_NAMESPACE(key, form, member) AG_FIELD_##form(key, ag_namespace, namespace, member),
static const ag_json_field namespace_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_NAMESPACE
static const ag_json_scope namespace_scope = AG_SCOPE("a namespace", namespace_fields);

#define AG_JSON_EXTENSION(key, form, member) AG_FIELD_##form(key, ag_extension, extension, member),
static const ag_json_field extension_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_EXTENSION
static const ag_json_scope extension_scope = AG_SCOPE("an extension", extension_fields);

static void read_namespace(ag_json_reader *r, const ag_json *key, const ag_json *value) {
    const char *name = ag__json_name(r, key, "the name of a namespace");
    for (size_t i = 0; name != NULL && i < r->schema->namespaces.n; i++) {
        if (ag_text_eq(r->schema->namespaces.items[i]->name, name)) {
            defined_twice(r, key, AG_NAMESPACE, name, r->schema->namespaces.items[i]->loc);
            return;
        }
    }
    if (name != NULL) {
        ADD(r, namespaces, ag_namespace, key, (void)0, name);
        if (value != NULL) {
            (void)ag__json_read(r, &namespace_scope, value, node);
        }
    }
}

static void read_extension(ag_json_reader *r, const ag_json *key, const ag_json *value) {
    const char *name = ag__json_name(r, key, "the name of an extension");
    for (size_t i = 0; name != NULL && i < r->schema->extensions.n; i++) {
        if (ag_text_eq(r->schema->extensions.items[i]->name, name)) {
            defined_twice(r, key, AG_EXTENSION, name, r->schema->extensions.items[i]->loc);
            return;
        }
    }
    if (name != NULL) {
        ADD(r, extensions, ag_extension, key, (void)0, name);
        if (value != NULL) {
            (void)ag__json_read(r, &extension_scope, value, node);
        }
    }
}

static void read_map_or_names(ag_json_reader *r, const ag_json *value, ag_kind kind,
                              void (*read)(ag_json_reader *, const ag_json *, const ag_json *)) {
    if (value->type == AG_JSON_LIST) {
        for (size_t i = 0; i < value->n; i++) {
            read(r, &value->items[i], NULL);
        }
    } else if (is_map(r, value, kind)) {
        for (size_t i = 0; i < value->n; i++) {
            read(r, ag_json_key(value, i), ag_json_value(value, i));
        }
    }
}

void ag__json_read_namespaces(ag_json_reader *r, const ag_json *value) {
    read_map_or_names(r, value, AG_NAMESPACE, read_namespace);
}

void ag__json_read_extensions(ag_json_reader *r, const ag_json *value) {
    read_map_or_names(r, value, AG_EXTENSION, read_extension);
}

/* ---- enums ---- */

#define AG_JSON_ENUM_VALUE(key, form, member)                                                      \
    AG_FIELD_##form(key, ag_enum_value, enum_value, member),
static const ag_json_field enum_value_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_ENUM_VALUE
static const ag_json_scope enum_value_scope = AG_SCOPE("a value of an enum", enum_value_fields);

static void read_enum_values(ag_json_reader *r, const ag_json *value, void *node) {
    ag_enum *e = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL) {
        return;
    }
    if (picked->type != AG_JSON_LIST) {
        ag__json_mistake(r, picked, "the values of an enum must be a list, not %s",
                         ag_json_type_name(picked));
        return;
    }
    ag_map seen = AG_MAP_INIT;
    for (size_t i = 0; i < picked->n; i++) {
        const ag_json *item = &picked->items[i];
        ag_enum_value *v = ag_arena_new_of(r->arena, ag_enum_value);
        v->loc = ag__json_loc(r, item);
        if (item->type == AG_JSON_STRING) {
            v->name = ag_json_text(r->arena, r->doc, item);
        } else if (!ag__json_read(r, &enum_value_scope, item, v)) {
            continue;
        }
        if (v->name == NULL) {
            ag__json_mistake(r, item, "a value of an enum needs \"name\"");
            continue;
        }
        const ag_enum_value *first = ag_map_get(&seen, v->name);
        if (first != NULL) {
            ag__json_already(
                ag__json_mistake(r, item, "the enum has the value \"%s\" twice", v->name),
                first->loc);
            continue;
        }
        ag_map_put(&seen, v->name, v);
        ag_vec_push(r->arena, &e->values, *v);
    }
    ag_map_release(&seen);
}

static void write_enum_values(ag_json_writer *w, const char *key, const void *node) {
    const ag_enum *e = node;
    if (key != NULL) {
        ag__json_put_key(w, key);
    }
    ag__json_open(w, '[', false);
    for (size_t i = 0; i < e->values.n; i++) {
        const ag_enum_value *v = &e->values.items[i];
        ag__json_item(w);
        if (v->renamed_from == NULL) {
            ag__json_put_string(w, v->name);
        } else {
            ag__json_open(w, '{', false);
            ag__json_write(w, &enum_value_scope, v);
            ag__json_close(w, '}');
        }
    }
    ag__json_close(w, ']');
}

#define AG_JSON_ENUM(key, form, member) AG_FIELD_##form(key, ag_enum, enum, member),
static const ag_json_field enum_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_ENUM
static const ag_json_scope enum_scope = AG_SCOPE("an enum", enum_fields);

void ag__json_read_enums(ag_json_reader *r, const ag_json *value) {
    for (size_t i = 0; is_map(r, value, AG_ENUM) && i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag__json_pick(r, ag_json_value(value, i));
        const char *ns = NULL;
        const char *name = NULL;
        if (item == NULL || !entry_name(r, key, &ns, &name)) {
            continue;
        }
        const ag_enum *old = ag_schema_enum(r->schema, ns, name);
        if (old != NULL) {
            defined_twice(r, key, AG_ENUM, name, old->loc);
            continue;
        }
        ADD(r, enums, ag_enum, key, node->ns = ns, name);
        if (item->type == AG_JSON_LIST) {
            read_enum_values(r, item, node);
        } else {
            (void)ag__json_read(r, &enum_scope, item, node);
        }
    }
}

void ag__json_write_enums(ag_json_writer *w, const char *key) {
    if (w->schema->enums.n == 0) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open(w, '{', true);
    for (size_t i = 0; i < w->schema->enums.n; i++) {
        const ag_enum *e = w->schema->enums.items[i];
        ag__json_put_key(w, ag__json_name_of(w, e->ns, e->name));
        if (e->comment == NULL && e->renamed_from == NULL) {
            write_enum_values(w, NULL, e);
            continue;
        }
        ag__json_open(w, '{', false);
        ag__json_write(w, &enum_scope, e);
        ag__json_close(w, '}');
    }
    ag__json_close(w, '}');
}

/* ---- domains ---- */

static void read_domain_type(ag_json_reader *r, const ag_json *value, void *node) {
    const char *type = ag__json_type(r, value, NULL);
    ((ag_domain *)node)->type = type == NULL ? "" : type;
}

static void write_domain_type(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_type(w, key, ((const ag_domain *)node)->type);
}

static void read_domain_nullable(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        (void)ag__json_bool(r, picked, "\"nullable\"", &((ag_domain *)node)->nullable);
    }
}

static void write_domain_nullable(ag_json_writer *w, const char *key, const void *node) {
    if (!((const ag_domain *)node)->nullable) {
        ag__json_put_key(w, key);
        ag_buf_puts(w->out, "false");
    }
}

static void read_domain_default(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        ((ag_domain *)node)->default_expr = ag__json_expr(r, picked, "\"default\"");
    }
}

static void write_domain_default(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_expr(w, key, ((const ag_domain *)node)->default_expr);
}

static void read_domain_checks(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_constraints(r, value, AG_CHECK, &((ag_domain *)node)->checks);
}

static void write_domain_checks(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_constraints(w, key, AG_CHECK, &((const ag_domain *)node)->checks);
}

#define AG_JSON_DOMAIN(key, form, member) AG_FIELD_##form(key, ag_domain, domain, member),
static const ag_json_field domain_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_DOMAIN
static const ag_json_scope domain_scope = AG_SCOPE("a domain", domain_fields);

void ag__json_read_domains(ag_json_reader *r, const ag_json *value) {
    for (size_t i = 0; is_map(r, value, AG_DOMAIN) && i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag_json_value(value, i);
        const char *ns = NULL;
        const char *name = NULL;
        if (!entry_name(r, key, &ns, &name)) {
            continue;
        }
        const ag_domain *old = ag_schema_domain(r->schema, ns, name);
        if (old != NULL) {
            defined_twice(r, key, AG_DOMAIN, name, old->loc);
            continue;
        }
        ADD(r, domains, ag_domain, key, node->ns = ns, name);
        node->nullable = true;
        node->type = "";
        if (item->type == AG_JSON_STRING) {
            read_domain_type(r, item, node);
        } else {
            (void)ag__json_read(r, &domain_scope, item, node);
        }
    }
}

/* ---- composite types ---- */

static void read_type_attributes(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_attributes(r, value, &((ag_composite *)node)->attributes);
}

static void write_type_attributes(ag_json_writer *w, const char *key, const void *node) {
    ag__json_write_attributes(w, key, &((const ag_composite *)node)->attributes);
}

#define AG_JSON_TYPE(key, form, member) AG_FIELD_##form(key, ag_composite, type, member),
static const ag_json_field type_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_TYPE
static const ag_json_scope type_scope = AG_SCOPE("a composite type", type_fields);

void ag__json_read_types(ag_json_reader *r, const ag_json *value) {
    for (size_t i = 0; is_map(r, value, AG_COMPOSITE) && i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const char *ns = NULL;
        const char *name = NULL;
        if (!entry_name(r, key, &ns, &name)) {
            continue;
        }
        const ag_composite *old = ag_schema_composite(r->schema, ns, name);
        if (old != NULL) {
            defined_twice(r, key, AG_COMPOSITE, name, old->loc);
            continue;
        }
        ADD(r, composites, ag_composite, key, node->ns = ns, name);
        (void)ag__json_read(r, &type_scope, ag_json_value(value, i), node);
    }
}

/* ---- sequences ---- */

static void read_sequence_type(ag_json_reader *r, const ag_json *value, void *node) {
    ((ag_sequence *)node)->type = ag__json_type(r, value, NULL);
}

static void write_sequence_type(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_type(w, key, ((const ag_sequence *)node)->type);
}

static void read_owner_table(ag_json_reader *r, const ag_json *value, void *node) {
    ag_sequence *sequence = node;
    const char *text = ag__json_name(r, value, "\"table\"");
    if (text != NULL &&
        ag__json_qualified(r, value, text, &sequence->owner_ns, &sequence->owner_table) &&
        sequence->owner_ns == NULL) {
        sequence->owner_ns = sequence->ns;
    }
}

static void write_owner_table(ag_json_writer *w, const char *key, const void *node) {
    const ag_sequence *sequence = node;
    ag__json_put_text(
        w, key, ag__json_name_from(w, sequence->ns, sequence->owner_ns, sequence->owner_table));
}

#define AG_JSON_OWNER(key, form, member) AG_FIELD_##form(key, ag_sequence, owner, member),
static const ag_json_field owner_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_OWNER
static const ag_json_scope owner_scope = AG_SCOPE("\"owned_by\"", owner_fields);

static void read_sequence_owned_by(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_sequence *sequence = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL && ag__json_read(r, &owner_scope, picked, node) &&
        (sequence->owner_table == NULL || sequence->owner_column == NULL)) {
        ag__json_mistake(r, picked, "\"owned_by\" needs \"table\" and \"column\"");
    }
}

static void write_sequence_owned_by(ag_json_writer *w, const char *key, const void *node) {
    if (((const ag_sequence *)node)->owner_table != NULL) {
        ag__json_put_key(w, key);
        ag__json_open(w, '{', false);
        ag__json_write(w, &owner_scope, node);
        ag__json_close(w, '}');
    }
}

#define AG_BASE_sequence offsetof(ag_sequence, options)
#define AG_JSON_SEQUENCE(key, form, member) AG_FIELD_##form(key, ag_sequence, sequence, member),
static const ag_json_field sequence_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_SEQUENCE
static const ag_json_scope sequence_scope = AG_SCOPE("a sequence", sequence_fields);

void ag__json_read_sequences(ag_json_reader *r, const ag_json *value) {
    for (size_t i = 0; is_map(r, value, AG_SEQUENCE) && i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const char *ns = NULL;
        const char *name = NULL;
        if (!entry_name(r, key, &ns, &name)) {
            continue;
        }
        const ag_sequence *old = ag_schema_sequence(r->schema, ns, name);
        if (old != NULL) {
            defined_twice(r, key, AG_SEQUENCE, name, old->loc);
            continue;
        }
        ADD(r, sequences, ag_sequence, key, node->ns = ns, name);
        (void)ag__json_read(r, &sequence_scope, ag_json_value(value, i), node);
    }
}

/* ---- writing ---- */

static void open_section(ag_json_writer *w, const char *key) {
    ag__json_put_key(w, key);
    ag__json_open(w, '{', true);
}

static void write_entry(ag_json_writer *w, const char *name, const ag_json_scope *scope,
                        const void *node) {
    ag__json_put_key(w, name);
    ag__json_open(w, '{', false);
    ag__json_write(w, scope, node);
    ag__json_close(w, '}');
}

/* A section of nodes of the schema; `name` is an expression of `node`. */
#define WRITE_SECTION(list, type, scope, name_of)                                                  \
    if (w->schema->list.n == 0) {                                                                  \
        return;                                                                                    \
    }                                                                                              \
    open_section(w, key);                                                                          \
    for (size_t i = 0; i < w->schema->list.n; i++) {                                               \
        const type *node = w->schema->list.items[i];                                               \
        write_entry(w, name_of, &scope, node);                                                     \
    }                                                                                              \
    ag__json_close(w, '}')

void ag__json_write_namespaces(ag_json_writer *w, const char *key) {
    WRITE_SECTION(namespaces, ag_namespace, namespace_scope, node->name);
}

void ag__json_write_extensions(ag_json_writer *w, const char *key) {
    WRITE_SECTION(extensions, ag_extension, extension_scope, node->name);
}

void ag__json_write_domains(ag_json_writer *w, const char *key) {
    WRITE_SECTION(domains, ag_domain, domain_scope, ag__json_name_of(w, node->ns, node->name));
}

void ag__json_write_types(ag_json_writer *w, const char *key) {
    WRITE_SECTION(composites, ag_composite, type_scope, ag__json_name_of(w, node->ns, node->name));
}

void ag__json_write_sequences(ag_json_writer *w, const char *key) {
    WRITE_SECTION(sequences, ag_sequence, sequence_scope,
                  ag__json_name_of(w, node->ns, node->name));
}
