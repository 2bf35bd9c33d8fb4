/*
 * Owners and privileges: "access", by kind and name. What is not said about a grantee is what the
 * server grants by itself.
 */
#include "schema/access.h"

#include <string.h>

#include "base/str.h"
#include "model/json/form.h"

/* The owner among the grantees, whoever that is. */
static const char owner_key[] = "$owner";

static const char with_option[] = " with grant option";

/* ---- reading ---- */

static void forget(ag_grants *list, const char *column, const char *grantee) {
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        const ag_grant *it = &list->items[i];
        if (!ag_text_eq(it->column, column) || !ag_text_eq(it->grantee, grantee)) {
            list->items[n++] = *it;
        }
    }
    list->n = n;
}

/* "select", "update with grant option", "all" */
static bool read_privilege(ag_json_reader *r, const ag_json *at, const char *text, unsigned all,
                           ag_grant *grant) {
    bool is_grantable = ag_text_ends(text, with_option);
    size_t n = strlen(text) - (is_grantable ? sizeof with_option - 1 : 0);
    char *word = ag_arena_strndup(r->arena, text, n);
    ag_privilege found = ag_privilege_find(word);
    unsigned bits = ag_text_ieq(word, "all")   ? all
                    : found == AG_N_PRIVILEGES ? 0
                                               : 1u << (unsigned)found;
    bool is_known = (bits & all) != 0 || (found == AG_MAY_MAINTAIN && (all & 1u) != 0);
    if (!is_known) {
        ag_buf words = AG_BUF_INIT;
        ag_privileges_put(&words, all, false);
        ag_hint(ag__json_mistake(r, at, "there is no privilege \"%s\" on this", word),
                "they are: %s, all", ag_buf_text(&words));
        ag_buf_release(&words);
        return false;
    }
    grant->privileges |= bits;
    grant->grantable |= is_grantable ? bits : 0;
    return true;
}

/* {"reader": ["select"], "public": []} */
static void read_grants(ag_json_reader *r, const ag_json *value, const char *column, unsigned all,
                        ag_access *access) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"grants\" must be an object of lists by role, not %s",
                         ag_json_type_name(value));
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *item = ag_json_value(value, i);
        const char *grantee = ag__json_name(r, ag_json_key(value, i), "a role");
        ag_strings words = {NULL, 0, 0};
        if (grantee == NULL || !ag__json_strings(r, item, "privileges", &words)) {
            continue;
        }
        ag_grant grant = {.column = column,
                          .grantee = ag_text_eq(grantee, owner_key) ? "" : grantee};
        for (size_t k = 0; k < words.n; k++) {
            if (!read_privilege(r, item, words.items[k], all, &grant)) {
                break;
            }
        }
        forget(&access->grants, column, grant.grantee);
        ag_grants_put(r->arena, &access->grants, &grant);
    }
}

static void read_access_owner(ag_json_reader *r, const ag_json *value, void *node) {
    ag_access *access = node;
    access->owner = ag__json_name(r, value, "\"owner\"");
    ag_schema_cover(r->schema, AG_OWNER);
}

static void read_access_grants(ag_json_reader *r, const ag_json *value, void *node) {
    ag_access *access = node;
    ag_schema_cover(r->schema, AG_GRANT);
    read_grants(r, value, NULL, ag_privileges_of(access->kind, access->signature), access);
}

static void read_access_columns(ag_json_reader *r, const ag_json *value, void *node) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"columns\" must be an object, not %s",
                         ag_json_type_name(value));
        return;
    }
    ag_schema_cover(r->schema, AG_GRANT);
    for (size_t i = 0; i < value->n; i++) {
        const char *column = ag__json_name(r, ag_json_key(value, i), "a column");
        if (column != NULL) {
            read_grants(r, ag_json_value(value, i), column, ag_privileges_of_column(), node);
        }
    }
}

/* An element of "default_privileges" while it is read. */
typedef struct default_entry {
    ag_access access; /* first: the fields are its members */
    const ag_json *grants;
} default_entry;

/* Put off: other keys say what the usual privileges are. */
static void read_default_privilege_grants(ag_json_reader *r, const ag_json *value, void *node) {
    (void)r;
    ((default_entry *)node)->grants = value;
}

/* The name that the sequence of a column has. */
static bool owns_sequence(const ag_table *table, const ag_column *column, const char *name) {
    if (column->identity_options.name != NULL) {
        return ag_text_eq(column->identity_options.name, name);
    }
    size_t n_table = strlen(table->name);
    size_t n_column = strlen(column->name);
    return (column->serial || column->identity != AG_IDENTITY_NONE) &&
           strncmp(name, table->name, n_table) == 0 && name[n_table] == '_' &&
           strncmp(name + n_table + 1, column->name, n_column) == 0 &&
           strcmp(name + n_table + 1 + n_column, "_seq") == 0;
}

void ag__json_settle_access(ag_json_reader *r) {
    const ag_schema *schema = r->schema;
    for (size_t i = 0; i < schema->access.n; i++) {
        ag_access *it = schema->access.items[i];
        if (it->kind != AG_SEQUENCE || ag_schema_sequence(schema, it->ns, it->name) != NULL) {
            continue;
        }
        for (size_t t = 0; t < schema->tables.n; t++) {
            const ag_table *table = schema->tables.items[t];
            for (size_t c = 0; ag_text_eq(table->ns, it->ns) && c < table->columns.n; c++) {
                if (owns_sequence(table, table->columns.items[c], it->name)) {
                    it->table = table->name;
                    it->column = table->columns.items[c]->name;
                }
            }
        }
    }
}

/* ---- writing ---- */

static void put_grant(ag_json_writer *w, const ag_grant *grant) {
    ag_strings words = {NULL, 0, 0};
    for (unsigned i = 0; i < AG_N_PRIVILEGES; i++) {
        if ((grant->privileges & 1u << i) != 0) {
            bool is_grantable = (grant->grantable & 1u << i) != 0;
            const char *word =
                ag_arena_printf(w->scratch, "%s%s", ag_privilege_word((ag_privilege)i),
                                is_grantable ? with_option : "");
            ag_vec_push(w->scratch, &words, word);
        }
    }
    ag__json_put_key(w, grant->grantee[0] == '\0' ? owner_key : grant->grantee);
    ag__json_put_strings(w, &words);
}

/* What is not as usual, of all that is about one column (or none). */
static void unusual(ag_json_writer *w, const ag_access *access, const char *column,
                    ag_grants *out) {
    ag_grants usual = {NULL, 0, 0};
    ag_access_default(w->scratch, access, 0, &usual);
    for (size_t i = 0; i < access->grants.n; i++) {
        const ag_grant *it = &access->grants.items[i];
        const ag_grant *twin = ag_grants_find(&usual, it->column, it->grantee);
        bool is_usual =
            twin != NULL && twin->privileges == it->privileges && twin->grantable == it->grantable;
        if (ag_text_eq(it->column, column) && !is_usual) {
            ag_vec_push(w->scratch, out, *it);
        }
    }
    for (size_t i = 0; column == NULL && i < usual.n; i++) {
        const ag_grant *it = &usual.items[i];
        if (ag_grants_find(&access->grants, NULL, it->grantee) == NULL) {
            ag_grant taken = {.grantee = it->grantee};
            ag_vec_push(w->scratch, out, taken);
        }
    }
}

static void put_grants(ag_json_writer *w, const char *key, const ag_grants *list) {
    ag__json_put_key(w, key);
    ag__json_open(w, '{', false);
    for (size_t i = 0; i < list->n; i++) {
        put_grant(w, &list->items[i]);
    }
    ag__json_close(w, '}');
}

static bool says_owner(const ag_json_writer *w, const ag_access *access) {
    return ag_schema_covers(w->schema, AG_OWNER) && access->owner != NULL &&
           access->table == NULL && access->kind != AG_DEFAULT_PRIVILEGE;
}

static void write_access_owner(ag_json_writer *w, const char *key, const void *node) {
    const ag_access *access = node;
    if (says_owner(w, access)) {
        ag__json_put_text(w, key, access->owner);
    }
}

static void write_access_grants(ag_json_writer *w, const char *key, const void *node) {
    ag_grants list = {NULL, 0, 0};
    if (ag_schema_covers(w->schema, AG_GRANT)) {
        unusual(w, node, NULL, &list);
    }
    if (list.n > 0) {
        put_grants(w, key, &list);
    }
}

static void write_access_columns(ag_json_writer *w, const char *key, const void *node) {
    const ag_access *access = node;
    const char *last = NULL;
    for (size_t i = 0; ag_schema_covers(w->schema, AG_GRANT) && i < access->grants.n; i++) {
        const char *column = access->grants.items[i].column;
        if (column == NULL || ag_text_eq(column, last)) {
            continue;
        }
        if (last == NULL) {
            ag__json_put_key(w, key);
            ag__json_open(w, '{', false);
        }
        last = column;
        ag_grants list = {NULL, 0, 0};
        unusual(w, access, column, &list);
        put_grants(w, column, &list);
    }
    if (last != NULL) {
        ag__json_close(w, '}');
    }
}

static void write_default_privilege_grants(ag_json_writer *w, const char *key, const void *node) {
    write_access_grants(w, key, node);
}

/* ---- entries ---- */

#define AG_JSON_ACCESS(key, form, member) AG_FIELD_##form(key, ag_access, access, member),
static const ag_json_field access_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_ACCESS
static const ag_json_scope access_scope = AG_SCOPE("owner and privileges", access_fields);

static void read_default_privilege_on(ag_json_reader *r, const ag_json *value, void *node) {
    ag_access *access = node;
    access->signature = ag__json_name(r, value, "\"on\"");
    if (access->signature != NULL &&
        ag_privileges_of(AG_DEFAULT_PRIVILEGE, access->signature) == 0) {
        ag__json_mistake(r, value,
                         "\"on\" is tables, sequences, functions, types or schemas, not "
                         "\"%s\"",
                         access->signature);
    }
}

static void write_default_privilege_on(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_access *)node)->signature);
}

#define AG_JSON_DEFAULT_PRIVILEGE(key, form, member)                                               \
    AG_FIELD_##form(key, ag_access, default_privilege, member),
static const ag_json_field default_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_DEFAULT_PRIVILEGE
static const ag_json_scope default_scope = AG_SCOPE("default privileges", default_fields);

static const ag_kind kinds[] = {
    AG_NAMESPACE,      AG_COLLATION,    AG_ENUM,          AG_DOMAIN,           AG_COMPOSITE,
    AG_RANGE,          AG_SEQUENCE,     AG_FUNCTION,      AG_PROCEDURE,        AG_AGGREGATE,
    AG_TABLE,          AG_STATISTICS,   AG_VIEW,          AG_MATVIEW,          AG_EVENT_TRIGGER,
    AG_PUBLICATION,    AG_CONVERSION,   AG_TS_DICTIONARY, AG_TS_CONFIGURATION, AG_FOREIGN_WRAPPER,
    AG_FOREIGN_SERVER, AG_FOREIGN_TABLE};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

static bool is_plain_name(ag_kind kind) {
    return kind == AG_NAMESPACE || kind == AG_EVENT_TRIGGER || kind == AG_PUBLICATION ||
           kind == AG_FOREIGN_WRAPPER || kind == AG_FOREIGN_SERVER;
}

/* Adds the entry unless there is one; the first stays. */
static void add_entry(ag_json_reader *r, const ag_json *at, const ag_access *access) {
    char *key = ag_access_key_of(r->arena, access);
    for (size_t i = 0; i < r->schema->access.n; i++) {
        const ag_access *old = r->schema->access.items[i];
        if (old->kind == access->kind && ag_text_eq(ag_access_key_of(r->arena, old), key)) {
            ag__json_already(ag__json_mistake(r, at,
                                              "owner and privileges of the %s \"%s\" are "
                                              "given twice",
                                              ag_kind_name(access->kind), access->name),
                             old->loc);
            return;
        }
    }
    ag_access *copy = ag_arena_copy(r->arena, access, sizeof *access);
    ag_vec_push(r->arena, &r->schema->access, copy);
}

/* "users", "app.users", "app.f(integer)" */
static bool read_name(ag_json_reader *r, const ag_json *key, ag_access *access) {
    const char *text = ag__json_name(r, key, "a name");
    if (text == NULL || is_plain_name(access->kind)) {
        access->name = text;
        return text != NULL;
    }
    const char *open = strchr(text, '(');
    bool is_routine = ag_text_eq(ag_access_plural(access->kind), "functions");
    if (is_routine && open == NULL) {
        ag__json_mistake(r, key, "say which: \"%s(…)\" with the types of its arguments", text);
        return false;
    }
    if (is_routine) {
        access->signature = ag_arena_strdup(r->arena, open);
        text = ag_arena_strndup(r->arena, text, (size_t)(open - text));
    }
    if (!ag__json_qualified(r, key, text, &access->ns, &access->name)) {
        return false;
    }
    access->ns = access->ns == NULL ? r->dialect->default_namespace : access->ns;
    return true;
}

static void read_kind(ag_json_reader *r, const ag_json *value, ag_kind kind) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"%s\" must be an object, not %s", ag_kind_plural(kind),
                         ag_json_type_name(value));
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        ag_access access = {.kind = kind, .has_grants = true, .loc = ag__json_loc(r, key)};
        if (read_name(r, key, &access)) {
            ag_access_default(r->arena, &access, 0, &access.grants);
            (void)ag__json_read(r, &access_scope, ag_json_value(value, i), &access);
            add_entry(r, key, &access);
        }
    }
}

static void read_default(ag_json_reader *r, const ag_json *value) {
    default_entry entry = {.access = {.kind = AG_DEFAULT_PRIVILEGE,
                                      .has_grants = true,
                                      .loc = ag__json_loc(r, value)}};
    if (!ag__json_read(r, &default_scope, value, &entry)) {
        return;
    }
    ag_access *access = &entry.access;
    if (access->name == NULL || access->signature == NULL) {
        ag__json_mistake(r, value, "default privileges need \"role\" and \"on\"");
        return;
    }
    ag_access_default(r->arena, access, 0, &access->grants);
    if (entry.grants != NULL) {
        read_grants(r, entry.grants, NULL,
                    ag_privileges_of(AG_DEFAULT_PRIVILEGE, access->signature), access);
    }
    add_entry(r, value, access);
}

void ag__json_read_access(ag_json_reader *r, const ag_json *value) {
    if (value->type != AG_JSON_OBJECT) {
        ag__json_mistake(r, value, "\"access\" must be an object, not %s",
                         ag_json_type_name(value));
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        const ag_json *key = ag_json_key(value, i);
        const ag_json *item = ag_json_value(value, i);
        const char *text = ag__json_name(r, key, "a kind");
        size_t k = 0;
        while (k < N_KINDS && text != NULL && !ag_text_eq(ag_kind_plural(kinds[k]), text)) {
            k++;
        }
        if (text != NULL && k < N_KINDS) {
            read_kind(r, item, kinds[k]);
        } else if (ag_text_eq(text, ag_kind_plural(AG_DEFAULT_PRIVILEGE)) &&
                   item->type == AG_JSON_LIST) {
            ag_schema_cover(r->schema, AG_GRANT);
            for (size_t j = 0; j < item->n; j++) {
                read_default(r, &item->items[j]);
            }
        } else if (text != NULL) {
            ag__json_mistake(r, key, "\"access\" has no key \"%s\"", text);
        }
    }
}

/* ---- the section ---- */

static bool is_written(ag_json_writer *w, const ag_access *access) {
    return says_owner(w, access) || !ag__json_is_plain(w, &access_scope, access);
}

static void write_kind(ag_json_writer *w, ag_kind kind) {
    bool is_open = false;
    for (size_t i = 0; i < w->schema->access.n; i++) {
        const ag_access *it = w->schema->access.items[i];
        if (it->kind != kind || !is_written(w, it)) {
            continue;
        }
        if (!is_open) {
            ag__json_put_key(w, ag_kind_plural(kind));
            ag__json_open(w, '{', true);
        }
        is_open = true;
        const char *name = is_plain_name(kind) ? it->name : ag__json_name_of(w, it->ns, it->name);
        ag__json_put_key(w, it->signature == NULL
                                ? name
                                : ag_arena_printf(w->scratch, "%s%s", name, it->signature));
        ag__json_open(w, '{', false);
        ag__json_write(w, &access_scope, it);
        ag__json_close(w, '}');
    }
    if (is_open) {
        ag__json_close(w, '}');
    }
}

/* Written even when empty: the model speaks of privileges, though there are none to name. */
static void write_defaults(ag_json_writer *w) {
    ag__json_put_key(w, ag_kind_plural(AG_DEFAULT_PRIVILEGE));
    ag__json_open(w, '[', true);
    for (size_t i = 0; i < w->schema->access.n; i++) {
        const ag_access *it = w->schema->access.items[i];
        if (it->kind == AG_DEFAULT_PRIVILEGE) {
            ag__json_item(w);
            ag__json_open(w, '{', false);
            ag__json_write(w, &default_scope, it);
            ag__json_close(w, '}');
        }
    }
    ag__json_close(w, ']');
}

void ag__json_write_access(ag_json_writer *w, const char *key) {
    bool has_grants = ag_schema_covers(w->schema, AG_GRANT);
    if (!has_grants && !ag_schema_covers(w->schema, AG_OWNER)) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open(w, '{', true);
    for (size_t i = 0; i < N_KINDS; i++) {
        write_kind(w, kinds[i]);
    }
    if (has_grants) {
        write_defaults(w);
    }
    ag__json_close(w, '}');
}
