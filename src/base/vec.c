#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Large items come alone more often than not: a key of one column, a table with one index. */
static size_t first_cap(size_t size) {
    return size > 64 ? 1 : size > 8 ? 4 : 8;
}

void *ag__vec_grow(ag_arena *arena, void *items, size_t n, size_t *cap, size_t size) {
    size_t wanted = *cap == 0 ? first_cap(size) : *cap * 2;
    if (wanted > SIZE_MAX / 2 / size) {
        (void)ag_xmalloc(SIZE_MAX / 2); /* reports out of memory */
    }
    *cap = wanted;
    if (arena == NULL) {
        return ag_xrealloc(items, wanted * size);
    }
    if (ag_arena_extend(arena, items, n * size, wanted * size)) {
        return items;
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
