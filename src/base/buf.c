#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ag_buf_init(ag_buf *buf) {
    *buf = (ag_buf)AG_BUF_INIT;
}

void ag_buf_release(ag_buf *buf) {
    free(buf->text);
    ag_buf_init(buf);
}

void ag_buf_clear(ag_buf *buf) {
    ag_buf_truncate(buf, 0);
}

void ag_buf_truncate(ag_buf *buf, size_t n) {
    if (n < buf->n) {
        buf->n = n;
        buf->text[n] = '\0';
    }
}

static void reserve(ag_buf *buf, size_t more) {
    if (more > SIZE_MAX / 4 || buf->n > SIZE_MAX / 4) {
        (void)ag_xmalloc(SIZE_MAX / 2); /* reports out of memory */
    }
    size_t wanted = buf->n + more + 1;
    if (wanted <= buf->cap) {
        return;
    }
    size_t cap = buf->cap == 0 ? 64 : buf->cap;
    while (cap < wanted) {
        cap *= 2;
    }
    buf->text = ag_xrealloc(buf->text, cap);
    buf->cap = cap;
}

void ag_buf_putn(ag_buf *buf, const char *text, size_t n) {
    reserve(buf, n);
    if (n > 0) {
        memcpy(buf->text + buf->n, text, n);
    }
    buf->n += n;
    buf->text[buf->n] = '\0';
}

void ag_buf_putc(ag_buf *buf, char c) {
    ag_buf_putn(buf, &c, 1);
}

void ag_buf_puts(ag_buf *buf, const char *text) {
    ag_buf_putn(buf, text, strlen(text));
}

void ag_buf_vprintf(ag_buf *buf, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0) {
        return;
    }
    reserve(buf, (size_t)n);
    (void)vsnprintf(buf->text + buf->n, (size_t)n + 1, format, args);
    buf->n += (size_t)n;
}

void ag_buf_printf(ag_buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ag_buf_vprintf(buf, format, args);
    va_end(args);
}

const char *ag_buf_text(const ag_buf *buf) {
    return buf->text == NULL ? "" : buf->text;
}

char *ag_buf_copy(const ag_buf *buf, ag_arena *arena) {
    return ag_arena_strndup(arena, ag_buf_text(buf), buf->n);
}

char *ag_buf_steal(ag_buf *buf) {
    reserve(buf, 0);
    buf->text[buf->n] = '\0';
    char *text = buf->text;
    ag_buf_init(buf);
    return text;
}
