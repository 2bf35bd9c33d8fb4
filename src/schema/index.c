#include "schema/index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "schema/node.h"

/* Lists up to this length are searched one by one. */
enum { SMALL = 16, FIRST_SLOTS = 64 };

/* Open addressing without removal: of equal names the first one put in is found first. */
typedef struct slots {
    uint32_t *positions; /* position plus one; 0 is free */
    size_t n_positions;
    size_t n_seen; /* how many nodes of the list are in */
} slots;

struct ag_name_index {
    slots lists[AG_N_NAME_LISTS];
    slots columns;         /* of `table`, once it was asked for twice in a row */
    const ag_table *table; /* never followed, only compared */
    const ag_table *last;
};

/* What a name is found by. */
typedef struct key {
    ag_kind kind;
    const char *ns, *name;
} key;

/* A list of things with names, seen alike. */
typedef struct view {
    const ag_schema *schema;
    const ag_table *table; /* its columns; NULL = the list of the schema */
    ag_name_list list;
    bool fold;
} view;

static size_t length_of(const view *v) {
    if (v->table != NULL) {
        return v->table->columns.n;
    }
    const ag_schema *s = v->schema;
    switch (v->list) {
    case AG_NAMES_TABLES:
        return s->tables.n;
    case AG_NAMES_ENUMS:
        return s->enums.n;
    case AG_NAMES_DOMAINS:
        return s->domains.n;
    case AG_NAMES_COMPOSITES:
        return s->composites.n;
    case AG_NAMES_SEQUENCES:
        return s->sequences.n;
    case AG_NAMES_OBJECTS:
        return s->objects.n;
    case AG_N_NAME_LISTS:
        break;
    }
    return 0;
}

#define KEY_OF(item)                                                                               \
    (key) {                                                                                        \
        AG_TABLE, (item)->ns, (item)->name                                                         \
    }

static key key_at(const view *v, size_t i) {
    if (v->table != NULL) {
        return (key){AG_COLUMN, NULL, v->table->columns.items[i]->name};
    }
    const ag_schema *s = v->schema;
    switch (v->list) {
    case AG_NAMES_TABLES:
        return KEY_OF(s->tables.items[i]);
    case AG_NAMES_ENUMS:
        return KEY_OF(s->enums.items[i]);
    case AG_NAMES_DOMAINS:
        return KEY_OF(s->domains.items[i]);
    case AG_NAMES_COMPOSITES:
        return KEY_OF(s->composites.items[i]);
    case AG_NAMES_SEQUENCES:
        return KEY_OF(s->sequences.items[i]);
    case AG_NAMES_OBJECTS: {
        const ag_object *object = s->objects.items[i];
        return (key){object->kind, object->ns, object->name};
    }
    case AG_N_NAME_LISTS:
        break;
    }
    return (key){AG_TABLE, NULL, NULL};
}

static bool same(const key *a, const key *b, bool fold) {
    return a->kind == b->kind && (fold ? ag_text_ieq(a->name, b->name) && ag_text_ieq(a->ns, b->ns)
                                       : ag_text_eq(a->name, b->name) && ag_text_eq(a->ns, b->ns));
}

static uint64_t hash_text(uint64_t hash, const char *text, bool fold) {
    for (const char *p = text == NULL ? "" : text; *p != '\0'; p++) {
        hash = (hash ^ (unsigned char)(fold ? ag_lower_char(*p) : *p)) * 0x100000001b3u;
    }
    return (hash ^ 0xFFu) * 0x100000001b3u;
}

static uint64_t hash_key(const key *k, bool fold) {
    uint64_t hash = hash_text(0xcbf29ce484222325u ^ (uint64_t)k->kind, k->ns, fold);
    hash = hash_text(hash, k->name, fold);
    return hash ^ (hash >> 32);
}

static void put(slots *s, uint64_t hash, size_t position) {
    size_t i = (size_t)hash & (s->n_positions - 1);
    while (s->positions[i] != 0) {
        i = (i + 1) & (s->n_positions - 1);
    }
    s->positions[i] = (uint32_t)(position + 1);
}

static void empty(slots *s) {
    free(s->positions);
    *s = (slots){NULL, 0, 0};
}

static void take_in(slots *s, const view *v) {
    size_t n = length_of(v);
    if (n < s->n_seen) {
        empty(s);
    }
    if (s->n_positions < n * 2) {
        size_t wanted = FIRST_SLOTS;
        while (wanted < n * 4) {
            wanted *= 2;
        }
        empty(s);
        s->positions = ag_xmalloc(wanted * sizeof *s->positions);
        memset(s->positions, 0, wanted * sizeof *s->positions);
        s->n_positions = wanted;
    }
    for (; s->n_seen < n; s->n_seen++) {
        key k = key_at(v, s->n_seen);
        put(s, hash_key(&k, v->fold), s->n_seen);
    }
}

static long find_slow(const view *v, const key *wanted) {
    size_t n = length_of(v);
    for (size_t i = 0; i < n; i++) {
        key k = key_at(v, i);
        if (same(&k, wanted, v->fold)) {
            return (long)i;
        }
    }
    return -1;
}

static long find_fast(slots *s, const view *v, const key *wanted) {
    take_in(s, v);
    size_t i = (size_t)hash_key(wanted, v->fold) & (s->n_positions - 1);
    for (; s->positions[i] != 0; i = (i + 1) & (s->n_positions - 1)) {
        key k = key_at(v, s->positions[i] - 1);
        if (same(&k, wanted, v->fold)) {
            return (long)s->positions[i] - 1;
        }
    }
    return -1;
}

long ag_name_index_find(const ag_schema *schema, ag_name_list list, ag_kind kind, const char *ns,
                        const char *name) {
    view v = {schema, NULL, list, ag_schema_folds_case(schema)};
    key wanted = {list == AG_NAMES_OBJECTS ? kind : AG_TABLE, ns, name};
    if (schema->names == NULL || length_of(&v) <= SMALL) {
        return find_slow(&v, &wanted);
    }
    return find_fast(&schema->names->lists[list], &v, &wanted);
}

/*
 * Only the table asked for last has an index. Tables come and go (copies in operations), so that a
 * miss is trusted only after a look at every column.
 */
long ag_name_index_column(const ag_schema *schema, const ag_table *table, const char *name) {
    view v = {schema, table, AG_NAMES_TABLES, ag_schema_folds_case(schema)};
    key wanted = {AG_COLUMN, NULL, name};
    ag_name_index *index = schema->names;
    if (index == NULL || table->columns.n <= SMALL) {
        return find_slow(&v, &wanted);
    }
    if (index->table != table && index->last == table) {
        empty(&index->columns);
        index->table = table;
    }
    index->last = table;
    long found = index->table == table ? find_fast(&index->columns, &v, &wanted) : -1;
    return found >= 0 ? found : find_slow(&v, &wanted);
}

ag_name_index *ag_name_index_new(void) {
    ag_name_index *index = ag_xmalloc(sizeof *index);
    *index = (ag_name_index){0};
    return index;
}

void ag_name_index_clear(ag_name_index *index) {
    for (size_t i = 0; i < AG_N_NAME_LISTS; i++) {
        empty(&index->lists[i]);
    }
    empty(&index->columns);
    index->table = index->last = NULL;
}

void ag_name_index_free(ag_name_index *index) {
    if (index != NULL) {
        ag_name_index_clear(index);
        free(index);
    }
}
