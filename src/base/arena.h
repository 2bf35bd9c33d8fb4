/*
 * Arena: memory that belongs to one result and is freed with it.
 *
 * Objects point only into their own arena. Nothing that must be closed (statements, PGresult,
 * json_t, file handles) lives in one. Memory comes zeroed and aligned to 16 bytes. Running out of
 * memory calls the handler of ag_set_oom_handler and then aborts; no function here returns NULL.
 *
 * Under AddressSanitizer every allocation is followed by a poisoned red zone. With
 * AG_ARENA_PASSTHROUGH each allocation is a malloc of its own, for valgrind.
 */
#ifndef AG_BASE_ARENA_H
#define AG_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct ag_arena ag_arena;

/** A position to go back to with ag_arena_reset. */
typedef struct ag_arena_mark {
    void *block;
    size_t used;
} ag_arena_mark;

ag_arena *ag_arena_new(void);
/** Frees everything taken from the arena. NULL is allowed. */
void ag_arena_free(ag_arena *arena);

void *ag_arena_alloc(ag_arena *arena, size_t size);
/** Room for `n` objects of `size` bytes; aborts as out of memory on overflow. */
void *ag_arena_array(ag_arena *arena, size_t n, size_t size);
void *ag_arena_copy(ag_arena *arena, const void *from, size_t size);
/**
 * Makes what was allocated last longer where it is: true when the `size` bytes at `pointer` were
 * the last ones handed out and there is room behind them. The new bytes are zeroed.
 */
bool ag_arena_extend(ag_arena *arena, const void *pointer, size_t size, size_t wanted);
/** Copies of strings; NULL gives NULL. */
char *ag_arena_strdup(ag_arena *arena, const char *text);
char *ag_arena_strndup(ag_arena *arena, const char *text, size_t n);
char *ag_arena_printf(ag_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *ag_arena_vprintf(ag_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

ag_arena_mark ag_arena_mark_now(ag_arena *arena);
/** Gives back all that was taken since the mark. */
void ag_arena_reset(ag_arena *arena, ag_arena_mark mark);

/** True when `pointer` was taken from this arena (for assertions and tests). */
bool ag_arena_owns(const ag_arena *arena, const void *pointer);
/** Bytes handed out so far. */
size_t ag_arena_used(const ag_arena *arena);

/* Heap helpers that share the out-of-memory handler. */
void *ag_xmalloc(size_t size);
void *ag_xrealloc(void *pointer, size_t size);
char *ag_xstrdup(const char *text);
/** Called once, with the size that could not be had, before abort(). NULL restores the default. */
void ag_set_oom_handler(void (*handler)(size_t size));

#define ag_arena_new_of(arena, type) ((type *)ag_arena_alloc((arena), sizeof(type)))

#endif
