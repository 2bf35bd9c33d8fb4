/*
 * Errors: one fixed-size, caller-owned value that travels with the call.
 *
 * Every fallible function takes an `ag_error *` as its last parameter (NULL is allowed) and returns
 * false when it failed. Callers may prefix context to the message; they never replace it.
 */
#ifndef AUTOGEN_ERROR_H
#define AUTOGEN_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What kind of failure an error is. The value is the exit code of the command line (docs/cli). */
typedef enum ag_code {
#define AG_CODE(name, value, meaning) name = value,
#include <autogen/error_list.def>
#undef AG_CODE
} ag_code;

/** A failure: what, where and how to mend it. Owns nothing; copy it freely. */
typedef struct ag_error {
    ag_code code;
    int line;         /**< 1-based; 0 when the error is not about a file. */
    int column;       /**< 1-based, in characters; 0 when unknown. */
    int position;     /**< 1-based character in the statement that the server refused; 0 unknown. */
    char sqlstate[6]; /**< SQLSTATE of the server, or "". */
    char message[2048]; /**< one sentence or more, no trailing newline. */
    char hint[1024];    /**< how to mend it, or "". */
    char file[1024];    /**< path of the file at fault, or "". */
    char excerpt[256];  /**< the source line (or the part around the column), or "". */
    int caret;          /**< 0-based display position of the fault in `excerpt`; -1 for none. */
} ag_error;

/** The meaning of a code in a few words ("bad input file"); a static string. */
AG_API const char *ag_code_meaning(ag_code code);

#ifdef __cplusplus
}
#endif
#endif
