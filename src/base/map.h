/*
 * Ordered map from text to a pointer: lookup by hash, iteration in the order of insertion.
 * Keys are compared byte by byte and are not copied: they must outlive the map.
 */
#ifndef AG_BASE_MAP_H
#define AG_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ag_map_entry {
    const char *key;
    void *value;
    uint64_t hash;
} ag_map_entry;

typedef struct ag_map {
    ag_map_entry *entries; /**< in the order of insertion. */
    size_t n;
    size_t cap;
    uint32_t *slots; /**< index into entries plus one; 0 is free. */
    size_t n_slots;
} ag_map;

#define AG_MAP_INIT                                                                                \
    { NULL, 0, 0, NULL, 0 }

void ag_map_init(ag_map *map);
/** Frees the map, not what it points at. */
void ag_map_release(ag_map *map);
/** The value of a key, or NULL. */
void *ag_map_get(const ag_map *map, const char *key);
bool ag_map_has(const ag_map *map, const char *key);
/** Sets a key; returns the value it had before, or NULL. */
void *ag_map_put(ag_map *map, const char *key, void *value);

/** FNV-1a of the bytes: stable across runs and machines, not secret. */
uint64_t ag_hash(const void *bytes, size_t n);

#endif
