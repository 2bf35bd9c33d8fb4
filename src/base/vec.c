#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *ag__vec_grow(ag_arena *arena, void *items, size_t n, size_t *cap, size_t size) {
    size_t wanted = *cap == 0 ? 8 : *cap * 2;
    if (wanted > SIZE_MAX / 2 / size) {
        (void)ag_xmalloc(SIZE_MAX / 2); /* reports out of memory */
    }
    *cap = wanted;
    if (arena == NULL) {
        return ag_xrealloc(items, wanted * size);
    }
    void *moved = ag_arena_alloc(arena, wanted * size);
    if (n > 0) {
        memcpy(moved, items, n * size);
    }
    return moved;
}

void ag__vec_release(void *items) {
    free(items);
}
