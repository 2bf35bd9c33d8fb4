/*
 * Growable text on the heap, always NUL-terminated. The writers return nothing: running out of
 * memory aborts, so a renderer reads like the text it makes.
 */
#ifndef AG_BASE_BUF_H
#define AG_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct ag_buf {
    char *text; /**< NUL-terminated once initialised; owned. */
    size_t n;   /**< length in bytes without the NUL. */
    size_t cap;
} ag_buf;

#define AG_BUF_INIT                                                                                \
    { NULL, 0, 0 }

void ag_buf_init(ag_buf *buf);
void ag_buf_release(ag_buf *buf);
/** Empties the buffer and keeps its memory. */
void ag_buf_clear(ag_buf *buf);
/** Cuts the buffer to its first `n` bytes. */
void ag_buf_truncate(ag_buf *buf, size_t n);
void ag_buf_putc(ag_buf *buf, char c);
void ag_buf_puts(ag_buf *buf, const char *text);
void ag_buf_putn(ag_buf *buf, const char *text, size_t n);
void ag_buf_printf(ag_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ag_buf_vprintf(ag_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/** The text so far ("" when nothing was written); valid until the next write. */
const char *ag_buf_text(const ag_buf *buf);
/** A copy of the text in an arena. */
char *ag_buf_copy(const ag_buf *buf, ag_arena *arena);
/** Hands the heap text to the caller (free it with free) and leaves the buffer empty. */
char *ag_buf_steal(ag_buf *buf);

#endif
