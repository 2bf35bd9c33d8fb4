/* Small text services that programs around the library share with it. */
#ifndef AUTOGEN_TEXT_H
#define AUTOGEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/error.h>
#include <autogen/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The candidate nearest to `word` by edit distance, or NULL when none is near enough to be a likely
 * slip. For "did you mean".
 */
AG_API const char *ag_did_you_mean(const char *word, const char *const *candidates, size_t n);

/**
 * An error as people read it: "FILE:LINE:COLUMN: SEVERITY: MESSAGE", the source line with a caret,
 * and the hint, each on a line of its own. Free the text with free().
 */
AG_API char *ag_error_text(const ag_error *err, const char *severity, bool colour);

#ifdef __cplusplus
}
#endif
#endif
