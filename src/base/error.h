/*
 * Setting errors and collecting diagnostics. The public value is ag_error (autogen/error.h).
 *
 * Functions return `ag_fail(err, …)`, which fills the error and is always false.
 */
#ifndef AG_BASE_ERROR_H
#define AG_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <autogen/error.h>
#include <autogen/loc.h>

#include "base/buf.h"
#include "base/vec.h"

/** Fills `err` (NULL allowed) and returns false. */
bool ag_fail(ag_error *err, ag_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The same, at a place of a file. `text` is the whole file (for the excerpt) or NULL. */
bool ag_fail_at(ag_error *err, ag_code code, ag_loc loc, const char *text, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/** Adds a hint to an error that was just set; false, so that it can be returned. */
bool ag_hint(ag_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Puts context before the message ("while …: message"); false. */
bool ag_prefix(ag_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ag_error_clear(ag_error *err);
/** Fills file, line, column, excerpt and caret from a place in a text. */
void ag_error_locate(ag_error *err, ag_loc loc, const char *text);

/**
 * Fills only excerpt and caret, from a byte offset. Looks at the bytes around it alone, however
 * long the text and its lines are.
 */
void ag_error_excerpt(ag_error *err, const char *text, size_t n, size_t offset);

/** A failing system call: "message: strerror". Saves and uses errno. */
bool ag_fail_errno(ag_error *err, ag_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Several mistakes of one run, in the order found. On the heap: ag_diags_release. */
typedef struct ag_diags {
    AG_VEC(ag_error) list;
    size_t limit; /**< how many are kept; 0 means 100. The rest are only counted. */
    size_t n_dropped;
} ag_diags;

#define AG_DIAGS_INIT                                                                              \
    { {NULL, 0, 0}, 0, 0 }

void ag_diags_release(ag_diags *diags);
/** Adds a copy of `err`. */
void ag_diags_add(ag_diags *diags, const ag_error *err);
/** Adds a diagnostic of code AG_INPUT at a place; returns it (to add a hint), or NULL if dropped.
 */
ag_error *ag_diags_at(ag_diags *diags, ag_loc loc, const char *text, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
ag_error *ag_diags_vat(ag_diags *diags, ag_loc loc, const char *text, const char *format,
                       va_list args) __attribute__((format(printf, 4, 0)));
/** The one of the first `n` with the place and words of an error, or NULL. */
ag_error *ag_diags_find(const ag_diags *diags, size_t n, const ag_error *err);
/** Sets `err` to a summary of the diagnostics (the first one, and how many more); false. */
bool ag_diags_fail(const ag_diags *diags, ag_error *err);

/** Writes "FILE:LINE:COLUMN: error: MESSAGE", excerpt, caret and hint, each on a line. */
void ag_error_render(ag_buf *out, const ag_error *err, const char *severity, bool colour);

/** Line and column (1-based; the column in characters) of a byte offset in a text. */
ag_loc ag_loc_of_offset(const char *file, const char *text, size_t n, size_t offset);

/* The analyzer does not see into other files: tell it, but in those that define these functions,
 * that a failure is false. */
#if defined(__clang_analyzer__) && !defined(AG_DEFINES_FAIL)
#define ag_fail(...) ((void)ag_fail(__VA_ARGS__), false)
#define ag_fail_at(...) ((void)ag_fail_at(__VA_ARGS__), false)
#define ag_fail_errno(...) ((void)ag_fail_errno(__VA_ARGS__), false)
#define ag_hint(...) ((void)ag_hint(__VA_ARGS__), false)
#define ag_prefix(...) ((void)ag_prefix(__VA_ARGS__), false)
#define ag_diags_fail(...) ((void)ag_diags_fail(__VA_ARGS__), false)
#endif

#endif
