#include <string.h>

#include "base/str.h"
#include "diff/differ.h"

const void *ag__side_at(const ag_side *side, size_t i) {
    const void *node;
    memcpy(&node, (const char *)side->items + i * sizeof node, sizeof node);
    return node;
}

static const char **keys_of(ag_differ *d, const ag_walk *walk, const ag_side *side) {
    const char **keys = ag_arena_array(d->scratch, side->n, sizeof *keys);
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < side->n; i++) {
        ag_buf_clear(&buf);
        walk->key(&buf, ag__side_at(side, i));
        const char *key = ag_buf_text(&buf);
        keys[i] = d->folds ? ag_text_lower(d->scratch, key) : ag_arena_strdup(d->scratch, key);
    }
    ag_buf_release(&buf);
    return keys;
}

/* The usual case: both lists name the same things in the same order, and no map is needed. */
static bool is_parallel(const char *const *a, size_t n_a, const char *const *b, size_t n_b) {
    bool is_same = n_a == n_b;
    for (size_t i = 0; is_same && i < n_a; i++) {
        is_same = strcmp(a[i], b[i]) == 0;
    }
    return is_same;
}

static void walk_parallel(ag_differ *d, const ag_walk *walk, const ag_side *from,
                          const ag_side *to) {
    for (size_t i = 0; i < to->n; i++) {
        ag_pair pair = {from->parent, to->parent, ag__side_at(from, i), ag__side_at(to, i)};
        walk->compare(d, &pair);
    }
}

static void map_nodes(ag_map *map, const ag_side *side, const char *const *keys) {
    for (size_t i = 0; i < side->n; i++) {
        ag_map_put(map, keys[i], (void *)(uintptr_t)ag__side_at(side, i));
    }
}

void ag__walk(ag_differ *d, const ag_walk *walk, ag_side from, ag_side to) {
    const char *const *old_keys = keys_of(d, walk, &from);
    const char *const *new_keys = keys_of(d, walk, &to);
    if (is_parallel(old_keys, from.n, new_keys, to.n)) {
        walk_parallel(d, walk, &from, &to);
        return;
    }
    ag_map old_nodes = AG_MAP_INIT;
    ag_map new_nodes = AG_MAP_INIT;
    map_nodes(&old_nodes, &from, old_keys);
    map_nodes(&new_nodes, &to, new_keys);
    for (size_t i = 0; i < new_nodes.n; i++) {
        const void *old_node = ag_map_get(&old_nodes, new_nodes.entries[i].key);
        ag_pair pair = {from.parent, to.parent, old_node, new_nodes.entries[i].value};
        (old_node != NULL ? walk->compare : walk->create)(d, &pair);
    }
    for (size_t i = 0; i < old_nodes.n; i++) {
        if (!ag_map_has(&new_nodes, old_nodes.entries[i].key)) {
            ag_pair pair = {from.parent, to.parent, old_nodes.entries[i].value, NULL};
            walk->drop(d, &pair);
        }
    }
    ag_map_release(&old_nodes);
    ag_map_release(&new_nodes);
}
