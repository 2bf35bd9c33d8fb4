/*
 * Keys, constraints and indexes. What is of one column and in the order of the fields is written at
 * the field, the rest behind the struct: the reader takes fields first, and the order of keys means
 * something to SQLite.
 */
#include <string.h>

#include "model/c/lower.h"
#include "model/c/writer.h"

/* An entry of a section: an object by name or a list. */
typedef struct entry {
    const char *name; /* NULL = none. */
    const ag_json *value;
    const ag_json *columns; /* a list, or NULL. */
} entry;

static entry entry_of(const ag_c_writer *w, const ag_json *section, uint32_t i) {
    entry e = {NULL, NULL, NULL};
    if (section->type == AG_JSON_OBJECT) {
        e.name = ag__c_w_text(w, ag_json_key(section, i));
        e.value = ag_json_value(section, i);
    } else {
        e.value = &section->items[i];
        const ag_json *name = ag__c_w_get(w, e.value, "name");
        e.name = name == NULL ? NULL : ag__c_w_text(w, name);
    }
    e.columns = e.value->type == AG_JSON_LIST ? e.value : ag__c_w_get(w, e.value, "columns");
    return e;
}

static void put_name(ag_buf *out, const char *name) {
    if (name == NULL || *name == '\0') {
        ag_buf_puts(out, "AG_UNNAMED");
    } else {
        ag__c_w_name(out, name);
    }
}

/* ---- elements ---- */

/* A column where SQL could stand as well. */
static void put_column(ag_buf *out, const char *name) {
    if (ag__c_w_is_identifier(name)) {
        ag__c_w_name(out, name);
        return;
    }
    ag_buf quoted = AG_BUF_INIT;
    ag_sql_quote_ident(&quoted, AG_SQL_GENERIC, name, true);
    ag__c_w_string(out, ag_buf_text(&quoted));
    ag_buf_release(&quoted);
}

/* AG_KEY(column or expression, AG_OPTION(…)…) */
static void put_key(const ag_c_writer *w, ag_buf *out, const ag_json *element) {
    const ag_json *name = ag__c_w_get(w, element, "name");
    const ag_json *expr = ag__c_w_get(w, element, "expr");
    ag_buf_puts(out, "AG_KEY(");
    if (name != NULL) {
        put_column(out, ag__c_w_text(w, name));
    } else if (expr != NULL) {
        ag_buf_puts(out, "AG_EXPR(");
        ag__c_w_value(w, out, expr);
        ag_buf_putc(out, ')');
    }
    for (uint32_t i = 0; i < element->n; i++) {
        const ag_json *value = ag_json_value(element, i);
        if (value != name && value != expr) {
            ag__c_w_set(w, out, "AG_OPTION", ", ", ag__c_w_text(w, ag_json_key(element, i)), value);
        }
    }
    ag_buf_putc(out, ')');
}

static void put_element(const ag_c_writer *w, ag_buf *out, const ag_json *element) {
    if (element->type == AG_JSON_STRING) {
        put_column(out, ag__c_w_text(w, element));
        return;
    }
    const ag_json *expr = ag__c_w_get(w, element, "expr");
    const char *text = expr == NULL || element->n > 1 ? NULL : ag__c_w_text(w, expr);
    if (text != NULL && ag__c_is_plain_expr(w->arena, w->dialect->flavor, text)) {
        ag__c_w_string(out, text);
    } else {
        put_key(w, out, element);
    }
}

static void put_elements(const ag_c_writer *w, ag_buf *out, const ag_json *columns) {
    for (uint32_t i = 0; columns != NULL && i < columns->n; i++) {
        ag_buf_puts(out, ", ");
        put_element(w, out, &columns->items[i]);
    }
}

/* ---- options ---- */

static void put_names(const ag_c_writer *w, ag_buf *out, const ag_json *list) {
    if (list->type == AG_JSON_STRING) {
        ag__c_w_name(out, ag__c_w_text(w, list));
        return;
    }
    for (uint32_t i = 0; i < list->n; i++) {
        ag_buf_puts(out, i > 0 ? ", " : "");
        ag__c_w_name(out, ag__c_w_text(w, &list->items[i]));
    }
}

static void put_option(const ag_c_writer *w, ag_buf *out, const char *key, const ag_json *value) {
    if (strcmp(key, "unique") == 0 && value->type == AG_JSON_TRUE) {
        ag_buf_puts(out, ", AG_UNIQUE_INDEX");
    } else if (strcmp(key, "where") == 0 || strcmp(key, "method") == 0) {
        ag_buf_puts(out, *key == 'w' ? ", AG_WHERE(" : ", AG_METHOD(");
        ag__c_w_value(w, out, value);
        ag_buf_putc(out, ')');
    } else if (strcmp(key, "include") == 0) {
        ag_buf_puts(out, ", AG_INCLUDE(");
        put_names(w, out, value);
        ag_buf_putc(out, ')');
    } else {
        ag__c_w_set(w, out, "AG_OPTION", ", ", key, value);
    }
}

static bool is_in(const char *key, const char *const *keys) {
    while (*keys != NULL && strcmp(*keys, key) != 0) {
        keys++;
    }
    return *keys != NULL;
}

/* Whether an entry has members beside these. */
static bool has_more(const ag_c_writer *w, const ag_json *value, const char *const *but) {
    for (uint32_t i = 0; value->type == AG_JSON_OBJECT && i < value->n; i++) {
        if (!is_in(ag__c_w_text(w, ag_json_key(value, i)), but)) {
            return true;
        }
    }
    return false;
}

/* Every member of an entry but those that were written already. */
static void put_options(const ag_c_writer *w, ag_buf *out, const ag_json *value,
                        const char *const *but) {
    for (uint32_t i = 0; value->type == AG_JSON_OBJECT && i < value->n; i++) {
        const char *key = ag__c_w_text(w, ag_json_key(value, i));
        if (!is_in(key, but)) {
            put_option(w, out, key, ag_json_value(value, i));
        }
    }
}

static const char *const of_elements[] = {"name", "columns", NULL};

/* ---- at fields ---- */

static ag_c_member_text *member_of(ag_c_table_writer *t, const char *column, size_t *at) {
    for (size_t i = 0; i < t->members.n; i++) {
        if (strcmp(t->members.items[i].column, column) == 0) {
            *at = i;
            return &t->members.items[i];
        }
    }
    return NULL;
}

/* The field of an entry that is of one plain column at or behind `*least`; else NULL. */
static ag_buf *field_of(ag_c_table_writer *t, const entry *e, size_t *least) {
    size_t at = 0;
    bool is_one = e->columns != NULL && e->columns->type == AG_JSON_LIST && e->columns->n == 1 &&
                  e->columns->items[0].type == AG_JSON_STRING &&
                  (e->name == NULL || *e->name != '\0');
    ag_c_member_text *member =
        is_one ? member_of(t, ag__c_w_text(t->w, &e->columns->items[0]), &at) : NULL;
    if (member == NULL || at < *least) {
        *least = SIZE_MAX; /* all that follow have to stand behind it */
        return NULL;
    }
    *least = at;
    return &member->annots;
}

/* " AG_UNIQUE" or " AG_UNIQUE_AS(name": what begins both. */
static void put_macro(ag_buf *out, const char *macro, const char *name) {
    ag_buf_printf(out, " %s", macro);
    if (name != NULL) {
        ag_buf_puts(out, "_AS(");
        ag__c_w_name(out, name);
    }
}

static void open_note(ag_c_table_writer *t, const char *macro, const char *name) {
    ag_buf_printf(&t->notes, "%s(%s, ", macro, t->tag);
    put_name(&t->notes, name);
}

/* SQLite takes even "" for a name, which AG_UNNAMED is not. */
static void close_note(ag_c_table_writer *t, const char *name) {
    bool is_empty = name != NULL && *name == '\0';
    ag_buf_puts(&t->notes, is_empty ? ", AG_OPTION(name, \"\"))\n" : ")\n");
}

static void note_elements(ag_c_table_writer *t, const char *macro, const entry *e) {
    open_note(t, macro, e->name);
    put_elements(t->w, &t->notes, e->columns);
    put_options(t->w, &t->notes, e->value, of_elements);
    close_note(t, e->name);
}

/* ---- each kind ---- */

/* Fields in the order of the columns, all plain: the key can be told from them. */
static bool is_key_of_fields(ag_c_table_writer *t, const ag_json *columns, const ag_json *key) {
    size_t last = 0;
    if (has_more(t->w, key, of_elements)) {
        return false;
    }
    for (uint32_t i = 0; i < columns->n; i++) {
        size_t at = 0;
        const ag_json *item = &columns->items[i];
        if (item->type != AG_JSON_STRING || member_of(t, ag__c_w_text(t->w, item), &at) == NULL ||
            (i > 0 && at <= last)) {
            return false;
        }
        last = at;
    }
    return true;
}

static void write_primary_key(ag_c_table_writer *t, const ag_json *table) {
    const ag_json *key = ag__c_w_get(t->w, table, "primary_key");
    if (key == NULL) {
        return;
    }
    const ag_json *name = ag__c_w_get(t->w, key, "name");
    entry e = {name == NULL ? NULL : ag__c_w_text(t->w, name), key,
               key->type == AG_JSON_LIST ? key : ag__c_w_get(t->w, key, "columns")};
    if (e.columns == NULL || (e.name != NULL && *e.name == '\0') ||
        !is_key_of_fields(t, e.columns, key)) {
        note_elements(t, "AG_TABLE_PRIMARY_KEY", &e);
        return;
    }
    for (uint32_t i = 0; i < e.columns->n; i++) {
        size_t at = 0;
        ag_buf *out = &member_of(t, ag__c_w_text(t->w, &e.columns->items[i]), &at)->annots;
        put_macro(out, "AG_PRIMARY_KEY", i == 0 ? e.name : NULL);
        ag_buf_puts(out, i == 0 && e.name != NULL ? ")" : "");
    }
}

static void write_unique(ag_c_table_writer *t, const entry *e, size_t *least) {
    bool is_plain = !has_more(t->w, e->value, of_elements);
    ag_buf *field = is_plain ? field_of(t, e, least) : NULL;
    if (field == NULL) {
        *least = SIZE_MAX;
        note_elements(t, "AG_TABLE_UNIQUE", e);
        return;
    }
    put_macro(field, "AG_UNIQUE", e->name);
    ag_buf_puts(field, e->name == NULL ? "" : ")");
}

static void write_exclude(ag_c_table_writer *t, const entry *e, size_t *least) {
    (void)least;
    note_elements(t, "AG_TABLE_EXCLUDE", e);
}

static void write_check(ag_c_table_writer *t, const entry *e, size_t *least) {
    static const char *const but[] = {"name", "expr", NULL};
    const ag_json *expr =
        e->value->type == AG_JSON_STRING ? e->value : ag__c_w_get(t->w, e->value, "expr");
    (void)least;
    open_note(t, "AG_TABLE_CHECK", e->name);
    ag_buf_puts(&t->notes, ", ");
    if (expr != NULL) {
        ag__c_w_value(t->w, &t->notes, expr);
    }
    put_options(t->w, &t->notes, e->value, but);
    close_note(t, e->name);
}

static bool is_true(const ag_c_writer *w, const ag_json *value, const char *key) {
    const ag_json *flag = ag__c_w_get(w, value, key);
    return flag != NULL && flag->type == AG_JSON_TRUE;
}

/* "on delete cascade deferrable": what foreign keys have in the words of SQL; "" for nothing. */
static const char *clauses_of(const ag_c_writer *w, const ag_json *value) {
    static const struct {
        const char *key, *words;
    } texts[] = {{"on_delete", "on delete"}, {"on_update", "on update"}, {"match", "match"}},
      flags[] = {{"deferrable", "deferrable"},
                 {"initially_deferred", "initially deferred"},
                 {"not_valid", "not valid"}};
    const char *out = "";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const ag_json *text = ag__c_w_get(w, value, texts[i].key);
        if (text != NULL) {
            out = ag_arena_printf(w->arena, "%s%s%s %s", out, *out == '\0' ? "" : " ",
                                  texts[i].words, ag__c_w_text(w, text));
        }
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (is_true(w, value, flags[i].key)) {
            out = ag_arena_printf(w->arena, "%s%s%s", out, *out == '\0' ? "" : " ", flags[i].words);
        }
    }
    return out;
}

static const char *const of_references[] = {
    "name",  "columns",    "references",         "referred",  "on_delete", "on_update",
    "match", "deferrable", "initially_deferred", "not_valid", NULL};

static void put_reference(const ag_c_writer *w, ag_buf *out, const ag_json *value) {
    const ag_json *table = ag__c_w_get(w, value, "references");
    ag__c_w_name(out, table == NULL ? "" : ag__c_w_text(w, table));
}

static void put_clauses(const ag_c_writer *w, ag_buf *out, const ag_json *value) {
    const char *clauses = clauses_of(w, value);
    if (*clauses != '\0') {
        ag_buf_puts(out, ", ");
        ag__c_w_string(out, clauses);
    }
}

static void note_references(ag_c_table_writer *t, const entry *e) {
    const ag_json *referred = ag__c_w_get(t->w, e->value, "referred");
    ag_buf *out = &t->notes;
    open_note(t, "AG_TABLE_REFERENCES", e->name);
    ag_buf_puts(out, ", (");
    for (uint32_t i = 0; e->columns != NULL && i < e->columns->n; i++) {
        const ag_json *item = &e->columns->items[i];
        ag_buf_puts(out, i > 0 ? ", " : "");
        ag__c_w_name(out, item->type == AG_JSON_STRING ? ag__c_w_text(t->w, item) : "");
    }
    ag_buf_puts(out, "), ");
    put_reference(t->w, out, e->value);
    if (referred != NULL) {
        ag_buf_puts(out, ", (");
        put_names(t->w, out, referred);
        ag_buf_putc(out, ')');
    }
    put_clauses(t->w, out, e->value);
    put_options(t->w, out, e->value, of_references);
    close_note(t, e->name);
}

static void write_references(ag_c_table_writer *t, const entry *e, size_t *least) {
    const ag_json *referred = ag__c_w_get(t->w, e->value, "referred");
    bool is_plain =
        !has_more(t->w, e->value, of_references) && (referred == NULL || referred->n <= 1);
    ag_buf *field = is_plain ? field_of(t, e, least) : NULL;
    if (field == NULL) {
        *least = SIZE_MAX;
        note_references(t, e);
        return;
    }
    put_macro(field, "AG_REFERENCES", e->name);
    ag_buf_puts(field, e->name == NULL ? "(" : ", ");
    put_reference(t->w, field, e->value);
    const char *clauses = clauses_of(t->w, e->value);
    ag_buf_puts(field, referred != NULL || *clauses != '\0' ? ", " : "");
    if (referred != NULL) {
        put_names(t->w, field, referred);
    }
    put_clauses(t->w, field, e->value);
    ag_buf_putc(field, ')');
}

static void write_index(ag_c_table_writer *t, const entry *e, size_t *least) {
    ag_buf *field = field_of(t, e, least);
    if (field == NULL) {
        note_elements(t, "AG_TABLE_INDEX", e);
        return;
    }
    put_macro(field, "AG_INDEX", e->name == NULL ? "" : e->name);
    put_options(t->w, field, e->value, of_elements);
    ag_buf_putc(field, ')');
}

/* Whether a list has the same thing before. */
static bool is_doubled(const ag_c_writer *w, const ag_json *section, uint32_t i) {
    if (section->type != AG_JSON_LIST) {
        return false;
    }
    ag_str own = ag_json_raw(w->doc, &section->items[i]);
    for (uint32_t j = 0; j < i; j++) {
        ag_str other = ag_json_raw(w->doc, &section->items[j]);
        if (own.n == other.n && memcmp(own.p, other.p, own.n) == 0) {
            return true;
        }
    }
    return false;
}

void ag__c_w_constraints(ag_c_table_writer *t, const ag_json *table) {
    static const struct {
        const char *key;
        void (*write)(ag_c_table_writer *t, const entry *e, size_t *least);
    } sections[] = {{"unique", write_unique},
                    {"checks", write_check},
                    {"foreign_keys", write_references},
                    {"excludes", write_exclude},
                    {"indexes", write_index}};
    write_primary_key(t, table);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        const ag_json *section = ag__c_w_get(t->w, table, sections[i].key);
        size_t least = 0;
        for (uint32_t j = 0; section != NULL && j < section->n; j++) {
            entry e = entry_of(t->w, section, j);
            least = is_doubled(t->w, section, j) ? SIZE_MAX : least; /* a field has it once */
            sections[i].write(t, &e, &least);
        }
    }
}
