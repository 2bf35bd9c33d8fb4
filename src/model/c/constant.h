/*
 * Integer constant expressions of C: what a macro or an enumerator in an annotation comes to.
 *
 * Numbers, characters and enumerators with every operator but casts, sizeof and assignment, by C's
 * rules for int (32 bits) and long (64 bits). What C leaves undefined is not constant here. Pure.
 */
#ifndef AG_MODEL_C_CONSTANT_H
#define AG_MODEL_C_CONSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct ag_c_number {
    uint64_t bits; /**< in two's complement, sign extended. */
    bool is_unsigned;
    bool is_wide; /**< 64 bits, not 32. */
} ag_c_number;

/** The value of an enumerator; false when there is none of that name. */
typedef bool (*ag_c_lookup)(void *data, ag_str name, ag_c_number *out);

/** False when the text is no such expression. */
bool ag_c_evaluate(const char *text, ag_c_lookup lookup, void *data, ag_c_number *out);
/** One character in quotes, 'c' or '\n' and nothing else; its code point, or -1. */
int32_t ag_c_character(const char *text);

#endif
