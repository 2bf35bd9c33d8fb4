/* Expansion of %(name)s in the values of an INI file. */
#include <string.h>

#include "config/ini.h"

typedef struct expander {
    ag_ini *ini;
    const ag_ini_section *section;
    ag_diags *diags;
    int depth;
} expander;

/* A value being put together: bytes and where each came from. */
typedef struct builder {
    ag_buf text;
    AG_VEC(uint32_t) at;
} builder;

static bool expand(expander *x, ag_ini_entry *entry);

static void put(builder *b, const char *text, size_t n, uint32_t at, uint32_t step) {
    ag_buf_putn(&b->text, text, n);
    for (size_t i = 0; i < n; i++, at += step) {
        ag_vec_push(NULL, &b->at, at);
    }
}

static ag_error *__attribute__((format(printf, 4, 5)))
mistake(const expander *x, ag_ini_entry *entry, const char *p, const char *format, ...) {
    ag_loc loc = ag_ini_loc(x->ini, (size_t)(p - x->ini->text));
    va_list args;
    va_start(args, format);
    ag_error *e = ag_diags_vat(x->diags, loc, x->ini->shown, format, args);
    va_end(args);
    entry->has_failed = true;
    return e;
}

static const char *value_of_x(const ag_ini *ini, const char *key) {
    const char *found = NULL;
    for (size_t i = 0; i < ini->x.n; i++) {
        if (ag_text_eq(ini->x.items[i].key, key)) {
            found = ini->x.items[i].value;
        }
    }
    for (size_t i = 0; found == NULL && i < ini->x.n; i++) {
        if (ag_text_ieq(ini->x.items[i].key, key)) {
            found = ini->x.items[i].value;
        }
    }
    return found;
}

static void needs_x(const expander *x, ag_ini_entry *entry, const char *p, const char *key) {
    ag_error *e = mistake(x, entry, p, "%.80s needs a value for %%(x_%.80s)s", entry->key, key);
    ag_hint(e, "give one with -x %.80s=VALUE", key);
    entry->missing_x = key;
}

static void unknown_name(const expander *x, ag_ini_entry *entry, const char *p, const char *name) {
    static const char *const tokens[] = {"rev", "slug", "epoch",  "year",  "month",
                                         "day", "hour", "minute", "second"};
    AG_VEC(const char *) known = {NULL, 0, 0};
    ag_error *e = mistake(x, entry, p, "there is no key %.80s to put in here", name);
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        if (strcmp(name, tokens[i]) == 0) {
            ag_hint(e, "in an ini file a token of file_template is written %%%%(%s)s", name);
            return;
        }
    }
    ag_vec_push(NULL, &known, "here");
    for (size_t i = 0; i < x->section->entries.n && i < 1000; i++) {
        ag_vec_push(NULL, &known, x->section->entries.items[i]->key);
    }
    const char *near = ag_did_you_mean(name, known.items, known.n);
    if (near != NULL) {
        ag_hint(e, "did you mean %%(%s)s?", near);
    } else {
        ag_hint(e, "%%(here)s is the folder of the file, %%(x_KEY)s the value of -x KEY=VALUE; "
                   "%%%% is a percent sign");
    }
    ag_vec_release(&known);
}

static void refer(expander *x, ag_ini_entry *entry, builder *b, const char *p, const char *name) {
    uint32_t at = (uint32_t)(p - x->ini->text);
    ag_ini_entry *other = NULL;
    if (ag_text_ieq(name, "here")) {
        put(b, x->ini->here, strlen(x->ini->here), at | AG_INI_LITERAL, 0);
        return;
    }
    if (ag_text_istarts(name, "x_")) {
        const char *value = value_of_x(x->ini, name + 2);
        if (value == NULL) {
            needs_x(x, entry, p, name + 2);
        } else {
            put(b, value, strlen(value), at | AG_INI_LITERAL, 0);
        }
        return;
    }
    other = ag_ini_find(x->ini, x->section, name);
    if (other == NULL) {
        unknown_name(x, entry, p, name);
    } else if (other->is_expanding || x->depth >= AG_INI_DEPTH) {
        mistake(x, entry, p,
                other->is_expanding ? "%%(%.80s)s leads back to itself"
                                    : "%%(%.80s)s refers on too many times",
                name);
    } else {
        bool was_known = other->expanded_for == x->section && other->has_failed;
        bool ok = expand(x, other);
        entry->has_failed = entry->has_failed || !ok;
        if (!ok && was_known && other->missing_x != NULL) {
            needs_x(x, entry, p, other->missing_x);
        } else if (!ok) {
            entry->missing_x = other->missing_x;
        } else {
            ag_buf_putn(&b->text, other->value.text, other->value.n);
            for (size_t i = 0; i < other->value.n; i++) {
                ag_vec_push(NULL, &b->at, other->value.at[i]);
            }
        }
    }
}

/* Handles the percent sign at `p`; returns where to go on. */
static const char *percent(expander *x, ag_ini_entry *entry, builder *b, const char *p,
                           const char *end) {
    if (p + 1 < end && p[1] == '%') {
        put(b, "%", 1, (uint32_t)(p - x->ini->text), 0);
        return p + 2;
    }
    const char *close = p + 1 < end && p[1] == '(' ? memchr(p, ')', (size_t)(end - p)) : NULL;
    if (p + 1 >= end || p[1] != '(') {
        int n = p + 1 < end && ag_is_alnum(p[1]) ? (p + 2 < end && ag_is_alnum(p[2]) ? 2 : 1) : 0;
        ag_error *e = mistake(x, entry, p, "a percent sign is written %%%% in an ini file");
        if (n > 0 && strncmp(x->ini->shown + (p - x->ini->text), p, (size_t)n + 1) == 0) {
            ag_hint(e, "write %%%%%.*s", n, p + 1);
        } else {
            ag_hint(e, "double it: %%40 becomes %%%%40");
        }
        return p + 1;
    }
    if (close == NULL || close + 1 >= end || close[1] != 's') {
        ag_error *e = mistake(x, entry, p, "%%(name) must end in )s");
        ag_hint(e, "%%(key)s puts the value of a key here; %%%% is a percent sign");
        return close == NULL ? end : close + 1;
    }
    refer(x, entry, b, p, ag_arena_strndup(x->ini->arena, p + 2, (size_t)(close - p) - 2));
    return close + 2;
}

/* False when the value grows beyond the ceilings. */
static bool fits(const expander *x, ag_ini_entry *entry, const builder *b) {
    if (b->text.n > AG_INI_VALUE_CEILING || b->text.n + x->ini->n_expanded > AG_INI_TOTAL_CEILING) {
        mistake(x, entry, entry->lines.items[0].p, "the value of %.80s is too long", entry->key);
        return false;
    }
    return true;
}

static void build(expander *x, ag_ini_entry *entry, builder *b) {
    for (size_t i = 0; i < entry->lines.n; i++) {
        const char *p = entry->lines.items[i].p;
        const char *end = p + entry->lines.items[i].n;
        if (i > 0) {
            put(b, "\n", 1, (uint32_t)(p - x->ini->text), 0);
        }
        while (p < end && fits(x, entry, b)) {
            const char *stop = memchr(p, '%', (size_t)(end - p));
            size_t n = (size_t)((stop == NULL ? end : stop) - p);
            put(b, p, n, (uint32_t)(p - x->ini->text), 1);
            p = stop == NULL ? end : percent(x, entry, b, stop, end);
        }
        if (p < end || !fits(x, entry, b)) {
            return;
        }
    }
}

static bool expand(expander *x, ag_ini_entry *entry) {
    if (entry->expanded_for == x->section) {
        return !entry->has_failed;
    }
    entry->expanded_for = x->section;
    entry->has_failed = false;
    entry->missing_x = NULL;
    entry->is_expanding = true;
    x->depth++;
    builder b = {.text = AG_BUF_INIT};
    build(x, entry, &b);
    x->depth--;
    entry->is_expanding = false;
    entry->value.n = b.text.n;
    entry->value.text = ag_buf_copy(&b.text, x->ini->arena);
    entry->value.at =
        b.at.n == 0 ? NULL : ag_arena_copy(x->ini->arena, b.at.items, b.at.n * sizeof(uint32_t));
    x->ini->n_expanded += b.text.n;
    ag_buf_release(&b.text);
    ag_vec_release(&b.at);
    return !entry->has_failed;
}

bool ag_ini_expand(ag_ini *ini, const ag_ini_section *section, ag_ini_entry *entry, ag_diags *diags,
                   ag_ini_value *value) {
    expander x = {.ini = ini, .section = section, .diags = diags};
    bool was_known = entry->expanded_for == section && entry->has_failed;
    bool ok = expand(&x, entry);
    if (was_known && entry->missing_x != NULL) {
        needs_x(&x, entry, entry->lines.items[0].p, entry->missing_x);
    }
    *value = entry->value;
    return ok;
}
