/*
 * SQL in embedded structs. It names the fields beside it, which are columns with a prefix in each
 * table that the struct is part of: their names are put in once all columns are known.
 */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"
#include "sql/normal.h"

typedef struct name {
    const char *own;    /* in the struct. */
    const char *column; /* in the table. */
} name;

typedef struct names {
    ag_c_lower *c;
    AG_LIST(name) list;
} names;

static bool is_within(const ag_c_scope *scope, const ag_c_scope *outer) {
    while (scope != NULL && scope != outer) {
        scope = scope->outer;
    }
    return scope != NULL;
}

static bool has_name(const names *n, const char *own) {
    for (size_t i = 0; i < n->list.n; i++) {
        if (strcmp(n->list.items[i].own, own) == 0) {
            return true;
        }
    }
    return false;
}

static void add_name(names *n, const char *own, const char *column) {
    if (*own != '\0' && !has_name(n, own)) {
        name item = {own, column};
        ag_vec_push(n->c->arena, &n->list, item);
    }
}

/*
 * The names of a struct hide those of the struct around it; in a struct the fields' come before
 * those that AG_COLUMN gives them.
 */
static names names_in(ag_c_lower *c, const ag_c_table *table, const ag_c_scope *scope) {
    names n = {.c = c};
    for (; scope != NULL; scope = scope->outer) {
        for (size_t i = 0; i < table->list.n; i++) {
            if (table->list.items[i].scope == scope) {
                add_name(&n, table->list.items[i].own, table->list.items[i].name);
            }
        }
        for (size_t i = 0; i < table->list.n; i++) {
            const ag_c_column *column = &table->list.items[i];
            if (is_within(column->scope, scope)) {
                add_name(&n, column->name + strlen(scope->prefix), column->name);
            }
        }
    }
    return n;
}

static const char *renamed(const names *n, const char *text, const char *from, const char *to) {
    ag_buf out = AG_BUF_INIT;
    ag_sql_rename rename = {.from = from, .to = to};
    if (ag_sql_rename_ident(&out, n->c->flavor, text, &rename) > 0) {
        text = ag_buf_copy(&out, n->c->arena);
    }
    ag_buf_release(&out);
    return text;
}

/* In two steps, so that no column that is put in is taken for a field. */
static const char *with_columns(const names *n, const char *text) {
    ag_arena *arena = n->c->arena;
    for (int step = 0; step < 2; step++) {
        for (size_t i = 0; i < n->list.n; i++) {
            const name *item = &n->list.items[i];
            const char *between = ag_arena_printf(arena, "autogen_%zu_", i);
            text = step == 0 ? renamed(n, text, item->own, between)
                             : renamed(n, text, between, item->column);
        }
    }
    return ag_c_quote(arena, text);
}

static const char *settled_value(const names *n, const ag_json_doc *doc, const ag_json *value) {
    ag_str raw = ag_json_raw(doc, value);
    return value->type == AG_JSON_STRING ? with_columns(n, ag_json_text(n->c->arena, doc, value))
                                         : ag_arena_strndup(n->c->arena, raw.p, raw.n);
}

/* A text, or one for each database. */
static const char *settled(const names *n, const char *raw) {
    ag_arena *arena = n->c->arena;
    ag_diags diags = AG_DIAGS_INIT;
    ag_json_doc *doc = NULL;
    if (ag_json_parse(arena, "C", raw, strlen(raw), &doc, &diags)) {
        const ag_json *root = doc->root;
        ag_c_node *object = ag_c_node_new(arena, AG_C_OBJECT, (ag_loc){0});
        for (uint32_t i = 0; root->type == AG_JSON_OBJECT && i < root->n; i++) {
            ag_c_set(arena, object, ag_json_text(arena, doc, ag_json_key(root, i)),
                     settled_value(n, doc, ag_json_value(root, i)), object->loc);
        }
        raw =
            root->type == AG_JSON_OBJECT ? ag__c_render(n->c, object) : settled_value(n, doc, root);
    }
    ag_diags_release(&diags);
    return raw;
}

static void settle(const names *n, ag_c_node *node) {
    static const char *const keys[] = {"expr", "where", "generated"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && node->shape == AG_C_RAW; i++) {
        if (ag_text_eq(node->key, keys[i])) {
            node->raw = settled(n, node->raw);
            return;
        }
    }
    for (size_t i = 0; i < node->items.n; i++) {
        settle(n, node->items.items[i]);
    }
}

void ag__c_settle_texts(ag_c_lower *c, ag_c_table *table) {
    for (size_t i = 0; i < table->texts.n; i++) {
        names n = names_in(c, table, table->texts.items[i].scope);
        settle(&n, table->texts.items[i].node);
    }
}
