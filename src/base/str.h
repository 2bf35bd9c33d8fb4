/*
 * Slices and small text functions. Nothing here looks at the locale.
 */
#ifndef AG_BASE_STR_H
#define AG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <autogen/text.h>

#include "base/arena.h"

/** A piece of text that belongs to someone else; not NUL-terminated. */
typedef struct ag_str {
    const char *p;
    size_t n;
} ag_str;

/** For printf: `printf("%.*s", AG_STR_ARG(s))`. */
#define AG_STR_ARG(s) (int)(s).n, (s).p

ag_str ag_str_of(const char *text);
bool ag_str_eq(ag_str a, const char *b);
bool ag_str_ieq(ag_str a, const char *b);

/** NULL-safe comparison: two NULLs are equal. */
bool ag_text_eq(const char *a, const char *b);
/** ASCII case-insensitive, NULL-safe. */
bool ag_text_ieq(const char *a, const char *b);
/** strcmp without regard to ASCII case; for sorting and lookup. */
int ag_text_icmp(const char *a, const char *b);
bool ag_text_starts(const char *text, const char *prefix);
bool ag_text_istarts(const char *text, const char *prefix);
bool ag_text_ends(const char *text, const char *suffix);

bool ag_is_space(char c);
bool ag_is_digit(char c);
bool ag_is_alpha(char c);
bool ag_is_alnum(char c);
char ag_lower_char(char c);
/** ASCII lower-case copy. */
char *ag_text_lower(ag_arena *arena, const char *text);
/** Cuts ASCII white space at both ends. */
ag_str ag_str_trim(ag_str s);

/** True for well-formed UTF-8; else `*bad` (when not NULL) is the offset of the first bad byte. */
bool ag_utf8_valid(const char *text, size_t n, size_t *bad);
/** Cuts an incomplete character off the end of a truncated text. */
void ag_utf8_trim_partial(char *text);
/** Writes a code point; returns how many bytes it took, at most 4. */
size_t ag_utf8_encode(char *to, uint32_t c);
/**
 * Length of the character at `p` when it commands a terminal, ends a line or turns the direction of
 * what follows (controls but the tab, line separators, bidi marks); else 0.
 */
size_t ag_utf8_unsafe(const char *p, size_t n);
/** Puts one blank for each such character, in place; line feeds stay when `keeps_lines`. */
size_t ag_blank_unsafe(char *text, size_t n, bool keeps_lines); /**< returns the new length. */
void ag_text_blank_unsafe(char *text, bool keeps_lines);
/** How many characters (code points) the first `n` bytes hold. */
size_t ag_utf8_length(const char *text, size_t n);

/** Lower-case hex SHA-256 (64 digits and a NUL) of bytes. */
void ag_sha256_hex(const void *bytes, size_t n, char out[65]);

#endif
