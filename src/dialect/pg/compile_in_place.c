/*
 * Definitions that change where they stand, because columns, indexes and views hang on them: text
 * search configurations and dictionaries, foreign servers and wrappers.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"
#include "sql/normal.h"

/* One of "(a = 1, b = 2)" or "(a 'x', b 'y')". */
typedef struct setting {
    const char *name, *value;
} setting;
typedef AG_VEC(setting) settings;

typedef struct parsed {
    ag_arena *arena;
    ag_str text;
    ag_tokens tokens;
} parsed;

static parsed parse(ag_arena *arena, const char *definition) {
    parsed p = {.arena = arena, .text = ag_str_of(definition)};
    p.tokens = ag_sql_tokens(arena, AG_SQL_POSTGRES, p.text);
    return p;
}

static bool is(const parsed *p, size_t i, const char *word) {
    return i < p->tokens.n && ag_token_is(p->text, p->tokens.items[i], word);
}

static const char *range(const parsed *p, size_t from, size_t to) {
    if (from >= to) {
        return "";
    }
    ag_token last = p->tokens.items[to - 1];
    size_t start = p->tokens.items[from].offset;
    return ag_arena_strndup(p->arena, p->text.p + start, last.offset + last.n - start);
}

/* The list that opens at a token. */
static settings list_settings(const parsed *p, size_t open) {
    settings list = {NULL, 0, 0};
    for (size_t i = open + 1; i < p->tokens.n && is(p, open, "(");) {
        size_t end = i;
        while (end < p->tokens.n && !is(p, end, ",") && !is(p, end, ")")) {
            end++;
        }
        if (end > i) {
            setting it = {range(p, i, i + 1), range(p, i + (is(p, i + 1, "=") ? 2 : 1), end)};
            ag_vec_push(p->arena, &list, it);
        }
        i = is(p, end, ",") ? end + 1 : p->tokens.n;
    }
    return list;
}

static const setting *find(const settings *list, const char *name) {
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->items[i].name, name) == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* Position of a word outside of any list, or the number of tokens. */
static size_t find_word(const parsed *p, const char *word) {
    size_t depth = 0;
    size_t i = 0;
    for (; i < p->tokens.n && (depth > 0 || !is(p, i, word)); i++) {
        depth += is(p, i, "(");
        depth -= depth > 0 && is(p, i, ")");
    }
    return i;
}

/* What has no ALTER: all of it but the list of options, and the version of a server. */
static const char *fixed_part(const parsed *p, ag_kind kind) {
    if (kind == AG_TS_DICTIONARY) {
        settings list = list_settings(p, find_word(p, "("));
        const setting *template = find(&list, "TEMPLATE");
        return template == NULL ? "" : template->value;
    }
    const char *head = range(p, 0, find_word(p, "options"));
    size_t version = find_word(p, "version");
    return kind != AG_FOREIGN_SERVER || version >= p->tokens.n
               ? head
               : ag_arena_printf(p->arena, "%s%s", range(p, 0, version),
                                 range(p, version + 2, find_word(p, "options")));
}

static bool has_version(const parsed *p) {
    return find_word(p, "version") < p->tokens.n;
}

bool ag_pg_changes_in_place(const ag_object *before, const ag_object *after) {
    if (before->kind == AG_TS_CONFIGURATION) {
        return ag_sql_tokens_equal(AG_SQL_POSTGRES, before->definition, after->definition);
    }
    if (before->kind != AG_TS_DICTIONARY && before->kind != AG_FOREIGN_SERVER &&
        before->kind != AG_FOREIGN_WRAPPER) {
        return false;
    }
    ag_arena *arena = ag_arena_new();
    parsed a = parse(arena, before->definition);
    parsed b = parse(arena, after->definition);
    /* A version cannot be taken away again. */
    bool can = (before->kind != AG_FOREIGN_SERVER || has_version(&a) == has_version(&b)) &&
               ag_sql_tokens_equal(AG_SQL_POSTGRES, fixed_part(&a, before->kind),
                                   fixed_part(&b, before->kind));
    ag_arena_free(arena);
    return can;
}

static bool has_text(const ag_strings *list, const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (ag_sql_tokens_equal(AG_SQL_POSTGRES, list->items[i], text)) {
            return true;
        }
    }
    return false;
}

/* "… ADD MAPPING FOR word WITH simple": each kind of token has one. */
static void change_mappings(const ag_op *op, ag_arena *arena, ag_script *script) {
    const ag_strings *old = &op->before.object->extras;
    const ag_strings *new = &op->after.object->extras;
    for (size_t i = 0; i < old->n; i++) {
        parsed p = parse(arena, old->items[i]);
        size_t add = find_word(&p, "add");
        if (!has_text(new, old->items[i]) && add < p.tokens.n) {
            ag_script_sql(script, "%s DROP %s", range(&p, 0, add),
                          range(&p, add + 1, find_word(&p, "with")));
        }
    }
    for (size_t i = 0; i < new->n; i++) {
        if (!has_text(old, new->items[i])) {
            ag_script_sql(script, "%s", new->items[i]);
        }
    }
}

static void put_change(ag_buf *list, const char *verb, const char *name, const char *value) {
    ag_buf_printf(list, "%s%s%s%s%s", list->n > 0 ? ", " : "", verb, name,
                  value[0] != '\0' ? " " : "", value);
}

/* Those of a dictionary are named with their value, or alone to go; others have a verb. */
static void put_changes(ag_buf *list, const settings *old, const settings *new, bool has_verbs) {
    for (size_t i = 0; i < old->n; i++) {
        if (find(new, old->items[i].name) == NULL) {
            put_change(list, has_verbs ? "DROP " : "", old->items[i].name, "");
        }
    }
    for (size_t i = 0; i < new->n; i++) {
        const setting *it = &new->items[i];
        const setting *was = find(old, it->name);
        if (was == NULL || strcmp(was->value, it->value) != 0) {
            put_change(list, !has_verbs ? "" : was == NULL ? "ADD " : "SET ", it->name, it->value);
        }
    }
}

static void change_dictionary(const ag_op *op, const parsed *a, const parsed *b,
                              ag_script *script) {
    settings old = list_settings(a, find_word(a, "("));
    settings new = list_settings(b, find_word(b, "("));
    for (size_t i = 0; i < new.n; i++) {
        new.items[i].value = ag_arena_printf(b->arena, "= %s", new.items[i].value);
    }
    for (size_t i = 0; i < old.n; i++) {
        old.items[i].value = ag_arena_printf(a->arena, "= %s", old.items[i].value);
    }
    ag_buf list = AG_BUF_INIT;
    ag_buf name = AG_BUF_INIT;
    put_changes(&list, &old, &new, false);
    ag_pg_put_name(&name, op->ns, op->name);
    ag_script_sql(script, "ALTER TEXT SEARCH DICTIONARY %s (%s)", ag_buf_text(&name),
                  ag_buf_text(&list));
    ag_buf_release(&name);
    ag_buf_release(&list);
}

static void change_server(const ag_op *op, const parsed *a, const parsed *b, ag_script *script) {
    settings old = list_settings(a, find_word(a, "options") + 1);
    settings new = list_settings(b, find_word(b, "options") + 1);
    size_t version = find_word(b, "version");
    ag_buf sql = AG_BUF_INIT;
    ag_buf list = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER ");
    ag_pg_put_target(&sql, op->object, NULL, NULL, op->name, NULL);
    if (op->object == AG_FOREIGN_SERVER && version < b->tokens.n) {
        ag_buf_printf(&sql, " VERSION %s", range(b, version + 1, version + 2));
    }
    put_changes(&list, &old, &new, true);
    if (list.n > 0) {
        ag_buf_printf(&sql, " OPTIONS (%s)", ag_buf_text(&list));
    }
    ag_buf_release(&list);
    ag_pg_say(script, &sql);
}

void ag_pg_change_in_place(const ag_op *op, ag_script *script) {
    ag_arena *arena = ag_arena_new();
    parsed a = parse(arena, op->before.object->definition);
    parsed b = parse(arena, op->after.object->definition);
    if (op->object == AG_TS_CONFIGURATION) {
        change_mappings(op, arena, script);
    } else if (op->object == AG_TS_DICTIONARY) {
        change_dictionary(op, &a, &b, script);
    } else {
        change_server(op, &a, &b, script);
    }
    ag_arena_free(arena);
}
