/*
 * Typed vectors: `AG_VEC(T)` is a struct with `items`, `n` and `cap`.
 *
 * With an arena they grow inside it; with a NULL arena they live on the heap and end with
 * ag_vec_release. A zeroed struct is an empty vector.
 */
#ifndef AG_BASE_VEC_H
#define AG_BASE_VEC_H

#include <stddef.h>

#include <autogen/list.h>

#include "base/arena.h"

#define AG_VEC(T) AG_LIST(T)

/** Makes room for one more item, so that `v->items[v->n++] = x` is valid. */
#define ag_vec_reserve(arena, v)                                                                   \
    ((v)->n < (v)->cap ? (void)0                                                                   \
                       : (void)((v)->items = ag__vec_grow((arena), (v)->items, (v)->n, &(v)->cap,  \
                                                          sizeof *(v)->items)))

#define ag_vec_push(arena, v, item)                                                                \
    do {                                                                                           \
        ag_vec_reserve((arena), (v));                                                              \
        (v)->items[(v)->n++] = (item);                                                             \
    } while (0)

/** Frees a vector that grew on the heap and leaves it empty. */
#define ag_vec_release(v) (ag__vec_release((v)->items), (v)->items = NULL, (v)->n = (v)->cap = 0)

void *ag__vec_grow(ag_arena *arena, void *items, size_t n, size_t *cap, size_t size);
void ag__vec_release(void *items);

#endif
