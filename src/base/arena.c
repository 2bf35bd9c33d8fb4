#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define AG_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AG_ASAN 1
#endif
#endif

#ifdef AG_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define RED_ZONE 16u
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RED_ZONE 0u
#endif

#if !defined(AG_ASAN) && !defined(AG_ARENA_PASSTHROUGH)
#define AG_MAPS_BLOCKS 1
#endif

/* Blocks double, their header included. */
enum { ALIGNMENT = 16, FIRST_BLOCK = 4096, MAPPED_BLOCK = 1 << 18, HUGE_PAGE = 1 << 21 };

typedef struct block {
    struct block *next; /* the block before this one in time */
    size_t size;
    size_t used;
    size_t mapped; /* bytes of an own mapping; 0 = from malloc */
} block;

_Static_assert(sizeof(block) % ALIGNMENT == 0, "block header keeps the alignment");

struct ag_arena {
    block *newest;
    size_t used;
};

static void (*oom_handler)(size_t size);

void ag_set_oom_handler(void (*handler)(size_t size)) {
    oom_handler = handler;
}

static _Noreturn void out_of_memory(size_t size) {
    if (oom_handler != NULL) {
        oom_handler(size);
    }
    abort();
}

void *ag_xmalloc(size_t size) {
    void *pointer = malloc(size == 0 ? 1 : size);
    if (pointer == NULL) {
        out_of_memory(size);
    }
    return pointer;
}

void *ag_xrealloc(void *pointer, size_t size) {
    void *moved = realloc(pointer, size == 0 ? 1 : size);
    if (moved == NULL) {
        out_of_memory(size);
    }
    return moved;
}

char *ag_xstrdup(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(ag_xmalloc(size), text, size);
}

static unsigned char *block_data(block *b) {
    return (unsigned char *)(b + 1);
}

/*
 * Large blocks are mapped, all their pages present: an arena fills them, and a huge page, or one
 * call for 256 small ones, costs a fraction of the page faults.
 */
static block *map_block(size_t size) {
#ifdef AG_MAPS_BLOCKS
    size_t room = size < HUGE_PAGE ? size : size + HUGE_PAGE;
    unsigned char *start =
        mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start != MAP_FAILED) {
        size_t before = room == size ? 0 : HUGE_PAGE - (uintptr_t)start % HUGE_PAGE;
        if (room > size) {
            (void)munmap(start, before);
            start += before;
            (void)munmap(start + size, room - size - before);
            (void)madvise(start, size, MADV_HUGEPAGE);
        }
        (void)madvise(start, size, MADV_POPULATE_WRITE);
        block *b = (block *)start;
        b->mapped = size;
        return b;
    }
#endif
    (void)size;
    return NULL;
}

static block *block_new(size_t size, block *next) {
    if (size > SIZE_MAX - sizeof(block)) {
        out_of_memory(size);
    }
    size_t whole = sizeof(block) + size;
    block *b = whole >= MAPPED_BLOCK && whole <= HUGE_PAGE ? map_block(whole) : NULL;
    if (b == NULL) {
        b = ag_xmalloc(whole);
        b->mapped = 0;
    }
    b->next = next;
    b->size = size;
    b->used = 0;
    POISON(block_data(b), size);
    return b;
}

static void block_free(block *b) {
    UNPOISON(block_data(b), b->size);
    if (b->mapped > 0) {
        (void)munmap(b, b->mapped);
    } else {
        free(b);
    }
}

ag_arena *ag_arena_new(void) {
    ag_arena *arena = ag_xmalloc(sizeof *arena);
    arena->newest = NULL;
    arena->used = 0;
    return arena;
}

void ag_arena_free(ag_arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (block *b = arena->newest; b != NULL;) {
        block *next = b->next;
        block_free(b);
        b = next;
    }
    free(arena);
}

static size_t next_block_size(const ag_arena *arena, size_t wanted) {
#ifdef AG_ARENA_PASSTHROUGH
    (void)arena;
    return wanted;
#else
    size_t whole = arena->newest == NULL ? FIRST_BLOCK : (arena->newest->size + sizeof(block)) * 2;
    whole = whole > HUGE_PAGE ? HUGE_PAGE : whole;
    return whole - sizeof(block) < wanted ? wanted : whole - sizeof(block);
#endif
}

/* The bytes that an allocation takes of its block. */
static size_t rounded_size(size_t size) {
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return (rounded == 0 ? ALIGNMENT : rounded) + RED_ZONE;
}

void *ag_arena_alloc(ag_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) {
        out_of_memory(size);
    }
    size_t rounded = rounded_size(size);
    block *b = arena->newest;
    if (b == NULL || b->size - b->used < rounded) {
        b = block_new(next_block_size(arena, rounded), b);
        arena->newest = b;
    }
    void *pointer = block_data(b) + b->used;
    b->used += rounded;
    arena->used += size;
    UNPOISON(pointer, size);
    return memset(pointer, 0, size);
}

bool ag_arena_extend(ag_arena *arena, const void *pointer, size_t size, size_t wanted) {
    block *b = arena->newest;
    size_t before = rounded_size(size);
    size_t after = rounded_size(wanted);
    if (b == NULL || pointer == NULL || wanted < size || wanted > SIZE_MAX / 2 ||
        b->used < before || block_data(b) + b->used - before != pointer ||
        b->size - b->used < after - before) {
        return false;
    }
    unsigned char *more = block_data(b) + b->used - before + size;
    b->used += after - before;
    arena->used += wanted - size;
    UNPOISON(more, wanted - size);
    memset(more, 0, wanted - size);
    return true;
}

void *ag_arena_array(ag_arena *arena, size_t n, size_t size) {
    if (size != 0 && n > SIZE_MAX / 2 / size) {
        out_of_memory(n);
    }
    return ag_arena_alloc(arena, n * size);
}

void *ag_arena_copy(ag_arena *arena, const void *from, size_t size) {
    void *to = ag_arena_alloc(arena, size);
    return size == 0 ? to : memcpy(to, from, size);
}

char *ag_arena_strndup(ag_arena *arena, const char *text, size_t n) {
    if (text == NULL) {
        return NULL;
    }
    char *copy = ag_arena_alloc(arena, n + 1);
    memcpy(copy, text, n);
    return copy;
}

char *ag_arena_strdup(ag_arena *arena, const char *text) {
    return text == NULL ? NULL : ag_arena_strndup(arena, text, strlen(text));
}

char *ag_arena_vprintf(ag_arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0) {
        return ag_arena_strdup(arena, "");
    }
    char *text = ag_arena_alloc(arena, (size_t)n + 1);
    (void)vsnprintf(text, (size_t)n + 1, format, args);
    return text;
}

char *ag_arena_printf(ag_arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = ag_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

ag_arena_mark ag_arena_mark_now(ag_arena *arena) {
    block *b = arena->newest;
    return (ag_arena_mark){.block = b, .used = b == NULL ? 0 : b->used};
}

void ag_arena_reset(ag_arena *arena, ag_arena_mark mark) {
    while (arena->newest != mark.block) {
        block *b = arena->newest;
        arena->newest = b->next;
        block_free(b);
    }
    block *b = arena->newest;
    if (b != NULL) {
        b->used = mark.used;
        POISON(block_data(b) + b->used, b->size - b->used);
    }
}

bool ag_arena_owns(const ag_arena *arena, const void *pointer) {
    uintptr_t p = (uintptr_t)pointer;
    for (block *b = arena->newest; b != NULL; b = b->next) {
        uintptr_t start = (uintptr_t)block_data(b);
        if (p >= start && p < start + b->used) {
            return true;
        }
    }
    return false;
}

size_t ag_arena_used(const ag_arena *arena) {
    return arena->used;
}
