/* Elements of indexes and constraints; indexes. */
#include "base/str.h"
#include "model/json/form.h"

/* ---- elements ---- */

static const char *read_choice(ag_json_reader *r, const ag_json *value, const char *what,
                               const char *a, const char *b) {
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_string(r, picked, what);
    if (text == NULL || ag_text_ieq(text, a) || ag_text_ieq(text, b)) {
        return text;
    }
    ag_hint(ag__json_mistake(r, picked, "unknown value \"%s\" of %s", text, what),
            "it may be \"%s\" or \"%s\"", a, b);
    return NULL;
}

static void read_element_order(ag_json_reader *r, const ag_json *value, void *node) {
    const char *text = read_choice(r, value, "\"order\"", "asc", "desc");
    ((ag_key *)node)->descending = ag_text_ieq(text, "desc");
}

static void write_element_order(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_key *)node)->descending ? "desc" : NULL);
}

static void read_element_nulls(ag_json_reader *r, const ag_json *value, void *node) {
    const char *text = read_choice(r, value, "\"nulls\"", "first", "last");
    if (text != NULL) {
        ((ag_key *)node)->nulls = ag_text_ieq(text, "first") ? AG_NULLS_FIRST : AG_NULLS_LAST;
    }
}

static void write_element_nulls(ag_json_writer *w, const char *key, const void *node) {
    ag_nulls_order nulls = ((const ag_key *)node)->nulls;
    ag__json_put_text(w, key,
                      nulls == AG_NULLS_FIRST  ? "first"
                      : nulls == AG_NULLS_LAST ? "last"
                                               : NULL);
}

#define AG_JSON_KEY(key, form, member) AG_FIELD_##form(key, ag_key, element, member),
static const ag_json_field key_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_KEY
static const ag_json_scope key_scope = AG_SCOPE("an element of \"columns\"", key_fields);

static void read_key(ag_json_reader *r, const ag_json *value, ag_keys *keys) {
    ag_key key = {.loc = ag__json_loc(r, value)};
    if (value->type == AG_JSON_STRING) {
        key.column = ag__json_name(r, value, "the name of a column");
        if (key.column == NULL) {
            return;
        }
    } else {
        size_t before = r->diags->list.n + r->diags->n_dropped;
        if (!ag__json_read(r, &key_scope, value, &key)) {
            return;
        }
        if ((key.column == NULL) == (key.expr == NULL)) {
            if (r->diags->list.n + r->diags->n_dropped == before) {
                ag_hint(ag__json_mistake(r, value, "an element needs either a name or an expr"),
                        "{\"name\": COLUMN} or {\"expr\": EXPRESSION}");
            }
            return;
        }
    }
    /* The order that the direction has by itself. */
    if (key.nulls == (key.descending ? AG_NULLS_FIRST : AG_NULLS_LAST)) {
        key.nulls = AG_NULLS_DEFAULT;
    }
    ag_vec_push(r->arena, keys, key);
}

void ag__json_read_keys(ag_json_reader *r, const ag_json *value, ag_keys *keys) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL) {
        return;
    }
    if (picked->type == AG_JSON_STRING) {
        read_key(r, picked, keys);
        return;
    }
    if (picked->type != AG_JSON_LIST) {
        ag__json_mistake(r, picked, "\"columns\" must be a list, not %s",
                         ag_json_type_name(picked));
        return;
    }
    if (picked->n == 0) {
        ag__json_mistake(r, picked, "the list of columns is empty");
    }
    for (size_t i = 0; i < picked->n; i++) {
        read_key(r, &picked->items[i], keys);
    }
}

static bool is_plain_column(const ag_key *key) {
    return key->column != NULL && key->collation == NULL && key->opclass == NULL &&
           key->opclass_options.n == 0 && key->op == NULL && !key->descending &&
           key->nulls == AG_NULLS_DEFAULT;
}

void ag__json_write_keys(ag_json_writer *w, const ag_keys *keys) {
    ag__json_open(w, '[', false);
    for (size_t i = 0; i < keys->n; i++) {
        ag__json_item(w);
        if (is_plain_column(&keys->items[i])) {
            ag__json_put_string(w, keys->items[i].column);
        } else {
            ag__json_open(w, '{', false);
            ag__json_write(w, &key_scope, &keys->items[i]);
            ag__json_close(w, '}');
        }
    }
    ag__json_close(w, ']');
}

/* ---- indexes ---- */

static void read_index_name(ag_json_reader *r, const ag_json *value, void *node) {
    ag_index *index = node;
    if (index->name != NULL && !ag_json_is(r->doc, value, index->name)) {
        ag__json_mistake(r, value, "an index has two names");
        return;
    }
    index->name = ag__json_name(r, value, "the name of an index");
}

static void write_index_name(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, w->in_list ? ((const ag_index *)node)->name : NULL);
}

static void read_index_columns(ag_json_reader *r, const ag_json *value, void *node) {
    ag__json_read_keys(r, value, &((ag_index *)node)->keys);
}

static void write_index_columns(ag_json_writer *w, const char *key, const void *node) {
    const ag_index *index = node;
    if (index->keys.n > 0) {
        ag__json_put_key(w, key);
        ag__json_write_keys(w, &index->keys);
    }
}

static void read_index_method(ag_json_reader *r, const ag_json *value, void *node) {
    const ag_json *picked = ag__json_pick(r, value);
    const char *text = picked == NULL ? NULL : ag__json_name(r, picked, "\"method\"");
    ((ag_index *)node)->method = ag_text_eq(text, "btree") ? NULL : text;
}

static void write_index_method(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_index *)node)->method);
}

static void read_index_where(ag_json_reader *r, const ag_json *value, void *node) {
    ag_index *index = node;
    const ag_json *picked = ag__json_pick(r, value);
    if (picked != NULL) {
        index->where = ag__json_fragment(r, picked, "\"where\"");
        index->where_loc = ag__json_loc(r, picked);
    }
}

static void write_index_where(ag_json_writer *w, const char *key, const void *node) {
    ag__json_put_text(w, key, ((const ag_index *)node)->where);
}

#define AG_JSON_INDEX(key, form, member) AG_FIELD_##form(key, ag_index, index, member),
static const ag_json_field index_fields[] = {
#include "model/json/keys.def"
};
#undef AG_JSON_INDEX
static const ag_json_scope index_scope = AG_SCOPE("an index", index_fields);

static void read_index(ag_json_reader *r, const ag_json *key, const ag_json *value,
                       ag_indexes *list) {
    const ag_json *picked = ag__json_pick(r, value);
    if (picked == NULL) {
        return;
    }
    ag_index *index = ag_arena_new_of(r->arena, ag_index);
    index->loc = ag__json_loc(r, key == NULL ? picked : key);
    if (key != NULL) {
        index->name = ag__json_name(r, key, "the name of an index");
    }
    if (picked->type != AG_JSON_OBJECT) {
        ag__json_read_keys(r, picked, &index->keys);
    } else if (ag__json_read(r, &index_scope, picked, index) && index->keys.n == 0 &&
               ag_json_get(r->doc, picked, "columns") == NULL) {
        ag__json_mistake(r, picked, "an index needs \"columns\"");
    }
    index->name_origin = index->name == NULL ? AG_NAME_NONE : AG_NAME_GIVEN;
    if (index->keys.n > 0) { /* else a mistake was found */
        ag_vec_push(r->arena, list, index);
    }
}

void ag__json_read_indexes(ag_json_reader *r, const ag_json *value, ag_indexes *list) {
    if (value->type == AG_JSON_OBJECT) {
        for (size_t i = 0; i < value->n; i++) {
            read_index(r, ag_json_key(value, i), ag_json_value(value, i), list);
        }
    } else if (value->type == AG_JSON_LIST) {
        for (size_t i = 0; i < value->n; i++) {
            read_index(r, NULL, &value->items[i], list);
        }
    } else {
        ag__json_mistake(r, value, "\"indexes\" must be an object or a list, not %s",
                         ag_json_type_name(value));
    }
}

/* An index that is nothing but a list of columns is written as the list. */
static void write_index(ag_json_writer *w, const ag_index *index) {
    ag_index rest = *index;
    rest.keys.n = 0;
    if (ag__json_is_plain(w, &index_scope, &rest)) {
        ag__json_write_keys(w, &index->keys);
        return;
    }
    ag__json_open(w, '{', false);
    ag__json_write(w, &index_scope, index);
    ag__json_close(w, '}');
}

void ag__json_write_indexes(ag_json_writer *w, const char *key, const ag_indexes *list) {
    ag_strings names = {NULL, 0, 0};
    for (size_t i = 0; i < list->n; i++) {
        ag_vec_push(w->scratch, &names, list->items[i]->name);
    }
    if (list->n == 0) {
        return;
    }
    ag__json_put_key(w, key);
    ag__json_open_named(w, &names);
    for (size_t i = 0; i < list->n; i++) {
        ag__json_put_named(w, list->items[i]->name);
        write_index(w, list->items[i]);
    }
    ag__json_close_named(w);
}
