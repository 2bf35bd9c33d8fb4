#define AG_DEFINES_FAIL
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

const char *ag_code_meaning(ag_code code) {
    switch (code) {
#define AG_CODE(name, value, meaning)                                                              \
    case name:                                                                                     \
        return meaning;
#include <autogen/error_list.def>
#undef AG_CODE
    }
    return "unknown";
}

void ag_error_clear(ag_error *err) {
    if (err != NULL) {
        memset(err, 0, sizeof *err);
        err->caret = -1;
    }
}

__attribute__((format(printf, 3, 0))) static void set(ag_error *err, ag_code code,
                                                      const char *format, va_list args) {
    ag_error_clear(err);
    err->code = code;
    (void)vsnprintf(err->message, sizeof err->message, format, args);
    ag_utf8_trim_partial(err->message);
}

bool ag_fail(ag_error *err, ag_code code, const char *format, ...) {
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        set(err, code, format, args);
        va_end(args);
    }
    return false;
}

bool ag_fail_errno(ag_error *err, ag_code code, const char *format, ...) {
    int saved = errno;
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        set(err, code, format, args);
        va_end(args);
        size_t n = strlen(err->message);
        (void)snprintf(err->message + n, sizeof err->message - n, ": %s", strerror(saved));
    }
    return false;
}

static bool is_inside_character(const char *text, size_t n, size_t at) {
    return at < n && ((unsigned char)text[at] & 0xC0u) == 0x80u;
}

void ag_error_excerpt(ag_error *err, const char *text, size_t n, size_t offset) {
    size_t at = offset < n ? offset : n;
    size_t start = at;
    while (start > 0 && at - start <= 100 && text[start - 1] != '\n') {
        start--;
    }
    if (at - start > 100) {
        start = at - 80;
        while (start > 0 && is_inside_character(text, n, start)) {
            start--;
        }
    }
    size_t length = 0;
    while (length < sizeof err->excerpt - 1 && start + length < n &&
           strchr("\r\n", text[start + length]) == NULL) {
        length++;
    }
    memcpy(err->excerpt, text + start, length);
    err->excerpt[length] = '\0';
    ag_utf8_trim_partial(err->excerpt);
    length = strlen(err->excerpt);
    for (size_t bad = 0; !ag_utf8_valid(err->excerpt, length, &bad);) {
        err->excerpt[bad] = '?';
    }
    err->caret = (int)ag_utf8_length(err->excerpt, at - start < length ? at - start : length);
    for (char *tab; (tab = strchr(err->excerpt, '\t')) != NULL;) {
        *tab = ' '; /* the caret counts characters */
    }
    ag_text_blank_unsafe(err->excerpt, false);
}

/* Offset of a column (in characters) of the line that starts at `line`. */
static size_t offset_of_column(const char *line, size_t n, int column) {
    size_t at = 0;
    for (int c = 1; c < column && at < n; c++) {
        at++;
        while (is_inside_character(line, n, at)) {
            at++;
        }
    }
    return at;
}

void ag_error_locate(ag_error *err, ag_loc loc, const char *text) {
    if (err == NULL || loc.line == 0) {
        return;
    }
    (void)snprintf(err->file, sizeof err->file, "%s", loc.file == NULL ? "" : loc.file);
    err->line = loc.line;
    err->column = loc.column;
    if (text == NULL) {
        return;
    }
    for (int line = 1; line < loc.line; line++) {
        const char *end = strchr(text, '\n');
        if (end == NULL) {
            return;
        }
        text = end + 1;
    }
    size_t n = strcspn(text, "\r\n");
    ag_error_excerpt(err, text, n, offset_of_column(text, n, loc.column));
}

bool ag_fail_at(ag_error *err, ag_code code, ag_loc loc, const char *text, const char *format,
                ...) {
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        set(err, code, format, args);
        va_end(args);
        ag_error_locate(err, loc, text);
    }
    return false;
}

bool ag_hint(ag_error *err, const char *format, ...) {
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        (void)vsnprintf(err->hint, sizeof err->hint, format, args);
        va_end(args);
        ag_utf8_trim_partial(err->hint);
    }
    return false;
}

bool ag_prefix(ag_error *err, const char *format, ...) {
    if (err != NULL) {
        char message[sizeof err->message];
        memcpy(message, err->message, sizeof message);
        va_list args;
        va_start(args, format);
        int n = vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
        if (n >= 0 && (size_t)n < sizeof err->message) {
            (void)snprintf(err->message + n, sizeof err->message - (size_t)n, ": %s", message);
        }
        ag_utf8_trim_partial(err->message);
    }
    return false;
}

void ag_diags_release(ag_diags *diags) {
    ag_vec_release(&diags->list);
}

static bool is_full(const ag_diags *diags) {
    return diags->list.n >= (diags->limit == 0 ? 100 : diags->limit);
}

void ag_diags_add(ag_diags *diags, const ag_error *err) {
    if (is_full(diags)) {
        diags->n_dropped++;
        return;
    }
    ag_vec_push(NULL, &diags->list, *err);
}

ag_error *ag_diags_vat(ag_diags *diags, ag_loc loc, const char *text, const char *format,
                       va_list args) {
    size_t before = diags->list.n;
    ag_error err;
    if (is_full(diags)) { /* excerpts cost time */
        diags->n_dropped++;
        return NULL;
    }
    set(&err, AG_INPUT, format, args);
    ag_error_locate(&err, loc, text);
    ag_diags_add(diags, &err);
    return &diags->list.items[before];
}

ag_error *ag_diags_at(ag_diags *diags, ag_loc loc, const char *text, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ag_error *err = ag_diags_vat(diags, loc, text, format, args);
    va_end(args);
    return err;
}

ag_error *ag_diags_find(const ag_diags *diags, size_t n, const ag_error *err) {
    for (size_t i = 0; i < n; i++) {
        ag_error *other = &diags->list.items[i];
        if (other->line == err->line && other->column == err->column &&
            strcmp(other->file, err->file) == 0 && strcmp(other->message, err->message) == 0) {
            return other;
        }
    }
    return NULL;
}

bool ag_diags_fail(const ag_diags *diags, ag_error *err) {
    if (err == NULL || diags->list.n == 0) {
        return false;
    }
    *err = diags->list.items[0];
    return false;
}

static void put_shown(ag_buf *out, const char *text) {
    char *shown = ag_xstrdup(text);
    ag_text_blank_unsafe(shown, true);
    ag_buf_puts(out, shown);
    free(shown);
}

void ag_error_render(ag_buf *out, const ag_error *err, const char *severity, bool colour) {
    if (err->file[0] != '\0') {
        put_shown(out, err->file);
        if (err->line > 0) {
            ag_buf_printf(out, ":%d", err->line);
        }
        if (err->line > 0 && err->column > 0) {
            ag_buf_printf(out, ":%d", err->column);
        }
        ag_buf_puts(out, ": ");
    }
    ag_buf_printf(out, colour ? "\033[1;31m%s:\033[0m " : "%s: ", severity);
    put_shown(out, err->message);
    if (err->sqlstate[0] != '\0') {
        ag_buf_printf(out, " (SQLSTATE %s)", err->sqlstate);
    }
    ag_buf_putc(out, '\n');
    if (err->excerpt[0] != '\0') {
        ag_buf_printf(out, "  %s\n  %*s^\n", err->excerpt, err->caret < 0 ? 0 : err->caret, "");
    }
    if (err->hint[0] != '\0') {
        ag_buf_puts(out, "hint: ");
        put_shown(out, err->hint);
        ag_buf_putc(out, '\n');
    }
}

ag_loc ag_loc_of_offset(const char *file, const char *text, size_t n, size_t offset) {
    ag_loc loc = {.file = file, .line = 1, .column = 1};
    for (size_t i = 0; i < offset && i < n; i++) {
        if (text[i] == '\n') {
            loc.line++;
            loc.column = 1;
        } else if (((unsigned char)text[i] & 0xC0u) != 0x80u) {
            loc.column++;
        }
    }
    return loc;
}

char *ag_error_text(const ag_error *err, const char *severity, bool colour) {
    ag_buf out = AG_BUF_INIT;
    ag_error_render(&out, err, severity, colour);
    return ag_buf_steal(&out);
}
