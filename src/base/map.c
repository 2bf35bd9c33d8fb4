#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

uint64_t ag_hash(const void *bytes, size_t n) {
    const unsigned char *p = bytes;
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ p[i]) * 1099511628211u;
    }
    return hash;
}

void ag_map_init(ag_map *map) {
    *map = (ag_map)AG_MAP_INIT;
}

void ag_map_release(ag_map *map) {
    free(map->entries);
    free(map->slots);
    ag_map_init(map);
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t find_slot(const ag_map *map, const char *key, uint64_t hash) {
    size_t mask = map->n_slots - 1;
    size_t slot = (size_t)hash & mask;
    while (map->slots[slot] != 0) {
        const ag_map_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0) {
            return slot;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

static ag_map_entry *find(const ag_map *map, const char *key) {
    if (map->n == 0) {
        return NULL;
    }
    size_t slot = find_slot(map, key, ag_hash(key, strlen(key)));
    return map->slots[slot] == 0 ? NULL : &map->entries[map->slots[slot] - 1];
}

void *ag_map_get(const ag_map *map, const char *key) {
    const ag_map_entry *entry = find(map, key);
    return entry == NULL ? NULL : entry->value;
}

bool ag_map_has(const ag_map *map, const char *key) {
    return find(map, key) != NULL;
}

static void grow(ag_map *map) {
    map->cap = map->cap == 0 ? 8 : map->cap * 2;
    map->entries = ag_xrealloc(map->entries, map->cap * sizeof *map->entries);
    map->n_slots = map->cap * 2;
    map->slots = ag_xrealloc(map->slots, map->n_slots * sizeof *map->slots);
    memset(map->slots, 0, map->n_slots * sizeof *map->slots);
    for (size_t i = 0; i < map->n; i++) {
        size_t slot = (size_t)map->entries[i].hash & (map->n_slots - 1);
        while (map->slots[slot] != 0) {
            slot = (slot + 1) & (map->n_slots - 1);
        }
        map->slots[slot] = (uint32_t)(i + 1);
    }
}

void *ag_map_put(ag_map *map, const char *key, void *value) {
    ag_map_entry *old = find(map, key);
    if (old != NULL) {
        void *before = old->value;
        old->value = value;
        return before;
    }
    if (map->n == map->cap) {
        grow(map);
    }
    uint64_t hash = ag_hash(key, strlen(key));
    size_t slot = find_slot(map, key, hash);
    map->entries[map->n] = (ag_map_entry){.key = key, .value = value, .hash = hash};
    map->n++;
    map->slots[slot] = (uint32_t)map->n;
    return NULL;
}
