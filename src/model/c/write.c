#include "model/c/write.h"

#include <string.h>

#include "model/c/writer.h"
#include "model/json.h"
#include "schema/node.h"

/* ---- enums ---- */

/* Every way in which a column may name the enum. */
static void learn_enum(ag_c_writer *w, const char *key, const char *tag) {
    void *value = (void *)(uintptr_t)tag;
    (void)ag_map_put(&w->enum_types, key, value);
    for (size_t i = 0; i < w->schema->enums.n; i++) {
        const ag_enum *e = w->schema->enums.items[i];
        const char *display = ag_node_display(w->arena, e->ns, e->name);
        bool is_default = ag_text_eq(e->ns, w->dialect->default_namespace);
        if (ag_text_eq(key, display) || (is_default && ag_text_eq(key, e->name))) {
            (void)ag_map_put(&w->enum_types, display, value);
            (void)ag_map_put(&w->enum_types, ag_dialect_name(w->arena, w->dialect, e->ns, e->name),
                             value);
        }
    }
}

static void write_constants(ag_c_writer *w, const char *prefix, const ag_json *values) {
    for (uint32_t i = 0; i < values->n; i++) {
        const ag_json *item = &values->items[i];
        const ag_json *renamed = ag__c_w_get(w, item, "renamed_from");
        const ag_json *named = item->type == AG_JSON_STRING ? item : ag__c_w_get(w, item, "name");
        const char *name = named == NULL ? "" : ag__c_w_text(w, named);
        char *upper = ag_arena_strdup(w->arena, name);
        for (char *p = upper; *p != '\0'; p++) {
            *p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
        }
        ag_buf_printf(w->out, "    %s AG_VALUE(",
                      ag__c_w_identifier(w->arena, &w->constants, prefix, upper));
        ag__c_w_string(w->out, name);
        ag_buf_putc(w->out, ')');
        if (renamed != NULL) {
            ag_buf_puts(w->out, " AG_RENAMED_FROM(");
            ag__c_w_value(w, w->out, renamed);
            ag_buf_putc(w->out, ')');
        }
        ag_buf_puts(w->out, i + 1 < values->n ? ",\n" : "\n");
    }
}

/* The documentation comment of a thing, or its comment as an annotation. */
static const char *write_comment(ag_c_writer *w, const ag_json *comment) {
    const char *text = comment == NULL ? NULL : ag__c_w_text(w, comment);
    if (text == NULL) {
        return "";
    }
    if (ag__c_w_is_doc(w->arena, text)) {
        ag_buf_printf(w->out, "/** %s */\n", text);
        return "";
    }
    ag_buf out = AG_BUF_INIT;
    ag_buf_puts(&out, " AG_COMMENT(");
    ag__c_w_string(&out, text);
    ag_buf_putc(&out, ')');
    const char *annot = ag_buf_copy(&out, w->arena);
    ag_buf_release(&out);
    return annot;
}

static void write_enum(ag_c_writer *w, const char *key, const ag_json *value) {
    const char *dot = strrchr(key, '.');
    const char *tag = ag__c_w_identifier(w->arena, &w->tags, "", dot == NULL ? key : dot + 1);
    const ag_json *values = value->type == AG_JSON_LIST ? value : ag__c_w_get(w, value, "values");
    const ag_json *renamed = ag__c_w_get(w, value, "renamed_from");
    if (values == NULL || values->n == 0) {
        ag_vec_push(w->arena, w->warnings,
                    ag_arena_printf(w->arena,
                                    "enum %s is not in the header: C has none without constants",
                                    key));
        return;
    }
    char *prefix = ag_arena_printf(w->arena, "%s_", tag);
    for (char *p = prefix; *p != '\0'; p++) {
        *p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    }
    const char *comment = write_comment(w, ag__c_w_get(w, value, "comment"));
    ag_buf_puts(w->out, "enum AG_ENUM(");
    ag__c_w_name(w->out, key);
    ag_buf_printf(w->out, ")%s", comment);
    if (renamed != NULL) {
        ag_buf_puts(w->out, " AG_RENAMED_FROM(");
        ag__c_w_value(w, w->out, renamed);
        ag_buf_putc(w->out, ')');
    }
    ag_buf_printf(w->out, " %s {\n", tag);
    write_constants(w, prefix, values);
    ag_buf_puts(w->out, "};\n\n");
    learn_enum(w, key, tag);
}

/* ---- tables ---- */

static bool is_column_of(const ag_c_writer *w, const ag_json *list, const char *name) {
    for (uint32_t i = 0; list != NULL && i < list->n; i++) {
        const ag_json *item = &list->items[i];
        const ag_json *column = item->type == AG_JSON_STRING ? item : ag__c_w_get(w, item, "name");
        const char *text = column == NULL ? NULL : ag__c_w_text(w, column);
        if (ag_schema_folds_case(w->schema) ? ag_text_ieq(text, name) : ag_text_eq(text, name)) {
            return true;
        }
    }
    return false;
}

static void write_members(ag_c_table_writer *t, const ag_json *table) {
    const ag_c_writer *w = t->w;
    const ag_json *columns = ag__c_w_get(w, table, "columns");
    const ag_json *key = ag__c_w_get(w, table, "primary_key");
    key = key != NULL && key->type == AG_JSON_OBJECT ? ag__c_w_get(w, key, "columns") : key;
    bool is_single = key != NULL && key->n == 1;
    ag_map taken = AG_MAP_INIT;
    for (uint32_t i = 0; columns != NULL && i < columns->n; i++) {
        const char *name = ag__c_w_text(w, ag_json_key(columns, i));
        bool in_key = is_column_of(w, key, name);
        ag__c_w_column(t, name, ag_json_value(columns, i), in_key, in_key && is_single, &taken);
    }
    ag_map_release(&taken);
}

/* What stands between `struct` and its tag. */
static void put_head(ag_c_table_writer *t, const ag_json *table) {
    static const char *const elsewhere[] = {"comment", "columns",      "primary_key", "unique",
                                            "checks",  "foreign_keys", "excludes",    "indexes"};
    const ag_c_writer *w = t->w;
    for (uint32_t i = 0; i < table->n; i++) {
        const char *key = ag__c_w_text(w, ag_json_key(table, i));
        const ag_json *value = ag_json_value(table, i);
        bool is_done = false;
        for (size_t k = 0; k < sizeof elsewhere / sizeof elsewhere[0]; k++) {
            is_done = is_done || strcmp(key, elsewhere[k]) == 0;
        }
        if (is_done) {
            continue;
        }
        if (strcmp(key, "strict") == 0 && value->type == AG_JSON_TRUE) {
            ag_buf_puts(w->out, " AG_STRICT");
        } else if (strcmp(key, "without_rowid") == 0 && value->type == AG_JSON_TRUE) {
            ag_buf_puts(w->out, " AG_WITHOUT_ROWID");
        } else if (strcmp(key, "partitions") == 0 && value->n == 0) {
            ag_buf_puts(w->out, " AG_SET(partitions, false)");
        } else {
            ag__c_w_set(w, w->out, "AG_SET", " ", key, value);
        }
    }
}

static void write_struct(ag_c_table_writer *t, const char *key, const ag_json *table) {
    ag_buf *out = t->w->out;
    const char *comment = write_comment(t->w, ag__c_w_get(t->w, table, "comment"));
    ag_buf_puts(out, "struct AG_TABLE(");
    ag__c_w_name(out, key);
    ag_buf_printf(out, ")%s", comment);
    put_head(t, table);
    ag_buf_printf(out, " %s {\n", t->tag);
    for (size_t i = 0; i < t->members.n; i++) {
        ag_buf_printf(out, "%s%s;\n", t->members.items[i].declaration,
                      ag_buf_text(&t->members.items[i].annots));
    }
    if (t->members.n == 0) { /* as a partition has them from its parent; C wants a member */
        ag_buf_puts(out, "    char none AG_SKIP;\n");
    }
    ag_buf_printf(out, "};\n%s\n", ag_buf_text(&t->notes));
}

static void write_table(ag_c_writer *w, const char *key, const ag_json *table) {
    const char *dot = strrchr(key, '.');
    const char *name = dot == NULL || dot[1] == '\0' ? key : dot + 1;
    ag_c_table_writer t = {
        .w = w, .tag = ag__c_w_identifier(w->arena, &w->tags, "", name), .notes = AG_BUF_INIT};
    write_members(&t, table);
    ag__c_w_constraints(&t, table);
    write_struct(&t, key, table);
    for (size_t i = 0; i < t.members.n; i++) {
        ag_buf_release(&t.members.items[i].annots);
    }
    ag_vec_release(&t.members);
    ag_buf_release(&t.notes);
}

/* ---- what C cannot say ---- */

static const char *singular(const char *section) {
    for (int kind = 0; kind < AG_N_KINDS; kind++) {
        if (strcmp(ag_kind_plural((ag_kind)kind), section) == 0) {
            return ag_kind_name((ag_kind)kind);
        }
    }
    return section;
}

static void warn(ag_c_writer *w, const char *section, const char *name) {
    ag_vec_push(w->arena, w->warnings,
                ag_arena_printf(w->arena,
                                "%s %s is not in the header: C says tables and enums only",
                                singular(section), name));
}

/* A namespace with nothing to say about itself is in the names of what it holds. */
static bool is_implied(const ag_c_writer *w, const char *section, const char *name,
                       const ag_json *value) {
    bool is_empty = value->type != AG_JSON_OBJECT || value->n == 0;
    if (strcmp(section, ag_kind_plural(AG_NAMESPACE)) != 0 || !is_empty) {
        return false;
    }
    for (size_t i = 0; i < w->schema->tables.n; i++) {
        if (ag_text_eq(w->schema->tables.items[i]->ns, name)) {
            return true;
        }
    }
    return ag_text_eq(name, w->dialect->default_namespace);
}

static void warn_of_section(ag_c_writer *w, const char *section, const ag_json *value) {
    for (uint32_t i = 0; i < value->n; i++) {
        bool is_list = value->type == AG_JSON_LIST;
        const ag_json *item = is_list ? &value->items[i] : ag_json_value(value, i);
        const ag_json *named = !is_list                       ? ag_json_key(value, i)
                               : item->type == AG_JSON_STRING ? item
                                                              : ag__c_w_get(w, item, "name");
        const char *name = named == NULL ? "" : ag__c_w_text(w, named);
        if (!is_implied(w, section, name, item)) {
            warn(w, section, name);
        }
    }
}

/* ---- the whole ---- */

static void write_section(ag_c_writer *w, const char *section, const ag_json *value) {
    bool is_tables = strcmp(section, "tables") == 0;
    if (!is_tables && strcmp(section, "enums") != 0) {
        if (*section != '$' && (value->type == AG_JSON_OBJECT || value->type == AG_JSON_LIST)) {
            warn_of_section(w, section, value);
        }
        return;
    }
    for (uint32_t i = 0; i < value->n; i++) {
        const char *name = ag__c_w_text(w, ag_json_key(value, i));
        if (is_tables) {
            write_table(w, name, ag_json_value(value, i));
        } else {
            write_enum(w, name, ag_json_value(value, i));
        }
    }
}

/* Tags that C's headers and POSIX's define, which a program may well include. */
static void take_system_tags(ag_c_writer *w) {
    static const char *const tags[] = {
        "addrinfo", "aiocb",   "dirent",    "div_t",    "flock",    "group",
        "hostent",  "iovec",   "itimerval", "lconv",    "linger",   "msghdr",
        "netent",   "option",  "passwd",    "pollfd",   "protoent", "rlimit",
        "rusage",   "servent", "sigaction", "sigevent", "sigval",   "sockaddr",
        "stat",     "statvfs", "termios",   "timespec", "timeval",  "timezone",
        "tm",       "tms",     "utimbuf",   "utsname",  "winsize",  "itimerspec"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        (void)ag_map_put(&w->tags, tags[i], w);
    }
}

bool ag_model_write_c(const ag_schema *schema, const ag_dialect *dialect, ag_buf *out,
                      ag_arena *arena, ag_strings *warnings, ag_error *err) {
    ag_buf json = AG_BUF_INIT;
    ag_diags diags = AG_DIAGS_INIT;
    ag_json_doc *doc = NULL;
    bool ok = ag_model_write_json(schema, dialect, &json, err) &&
              (ag_json_parse(arena, "model", json.text, json.n, &doc, &diags) ||
               ag_diags_fail(&diags, err));
    if (ok) {
        ag_c_writer w = {.out = out,
                         .arena = arena,
                         .schema = schema,
                         .dialect = dialect,
                         .doc = doc,
                         .warnings = warnings};
        take_system_tags(&w);
        ag_buf_printf(out,
                      "/* A %s schema, written by autogen inspect --format c. */\n#pragma once\n\n"
                      "#include <stdbool.h>\n#include <stdint.h>\n\n"
                      "#include <autogen/model.h>\n\n",
                      dialect->name);
        for (uint32_t i = 0; i < doc->root->n; i++) {
            write_section(&w, ag__c_w_text(&w, ag_json_key(doc->root, i)),
                          ag_json_value(doc->root, i));
        }
        ag_map_release(&w.tags);
        ag_map_release(&w.constants);
        ag_map_release(&w.enum_types);
    }
    ag_diags_release(&diags);
    ag_buf_release(&json);
    return ok;
}
