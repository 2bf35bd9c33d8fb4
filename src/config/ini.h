/*
 * INI files with positions.
 *
 * Sections in brackets, `key = value` (or `key: value`), comments with `#` and `;` at the start of
 * a line or after white space, values continued on lines indented deeper than their key. Keys are
 * compared without regard to ASCII case, section names with it. Keys of [DEFAULT] count for every
 * section. In values `%(here)s` is the absolute folder of the file, `%(x_KEY)s` the value given
 * with -x KEY=VALUE, `%(key)s` another key of the section and `%%` a percent sign.
 *
 * Expansion happens when a value is read, so that sections of other tools may hold anything. What
 * `here` and -x put in is literal: blanks and commas in it never separate the items of a list.
 *
 * Everything lives in the arena except the indexes: ag_ini_release. Mistakes go to an ag_diags with
 * line, column and an excerpt in which passwords are blotted out.
 */
#ifndef AG_CONFIG_INI_H
#define AG_CONFIG_INI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/** Largest file, longest expanded value and all expanded values together, in bytes. */
#define AG_INI_CEILING ((size_t)1 << 20)
#define AG_INI_VALUE_CEILING ((size_t)1 << 16)
#define AG_INI_TOTAL_CEILING ((size_t)1 << 24)
/** How deep `%(key)s` may refer to values that refer on. */
#define AG_INI_DEPTH 32
/** In ag_ini_value.at: the byte came from `here` or -x. */
#define AG_INI_LITERAL 0x80000000u

/** A pair KEY=VALUE, as -x gives it. */
typedef struct ag_pair {
    const char *key;
    const char *value;
} ag_pair;

typedef AG_LIST(ag_pair) ag_pairs;

/** An expanded value; its lines are joined by '\n'. */
typedef struct ag_ini_value {
    const char *text;
    size_t n;
    const uint32_t *at; /**< for each byte its offset in the file, or'ed with AG_INI_LITERAL. */
} ag_ini_value;

typedef struct ag_ini_entry {
    const char *key; /**< as written. */
    ag_loc loc;
    AG_VEC(ag_str) lines;  /**< the value as written; pieces of the file's text. */
    const char *missing_x; /**< the KEY of -x that the expansion lacked, or NULL. */
    const struct ag_ini_section *expanded_for; /**< which section `value` was expanded for. */
    ag_ini_value value;
    bool has_failed;
    bool is_expanding;
} ag_ini_entry;

typedef struct ag_ini_section {
    const char *name;
    ag_loc loc;
    AG_VEC(ag_ini_entry *) entries; /**< in the order of the file. */
    ag_map index;                   /**< lower-case key → entry. */
} ag_ini_section;

typedef struct ag_ini {
    ag_arena *arena;
    const char *path;
    const char *here;  /**< absolute folder. */
    const char *text;  /**< the file, without its byte order mark. */
    const char *shown; /**< the same length, fit to be shown: no control bytes, no passwords. */
    size_t n;
    ag_pairs x;
    AG_VEC(ag_ini_section *) sections;
    ag_map index;      /**< name → section. */
    ag_map referenced; /**< lower-case names that some value mentions as %(name)s. */
    size_t n_expanded; /**< bytes, against AG_INI_TOTAL_CEILING. */
} ag_ini;

/**
 * Parses a text as the file `path` would be. False when there were mistakes (all in `diags`); what
 * could be read is in `ini` all the same. Release `ini` in either case.
 */
bool ag_ini_parse(ag_arena *arena, const char *path, const char *text, size_t n, ag_pairs x,
                  ag_diags *diags, ag_ini *ini);
/** Frees the indexes. A zeroed `ini` is allowed. */
void ag_ini_release(ag_ini *ini);

const ag_ini_section *ag_ini_section_of(const ag_ini *ini, const char *name);
/** The entry of a key in the section itself, or NULL. */
ag_ini_entry *ag_ini_own(const ag_ini *ini, const ag_ini_section *section, const char *key);
/** The entry of a key in the section or else in [DEFAULT], or NULL. */
ag_ini_entry *ag_ini_find(const ag_ini *ini, const ag_ini_section *section, const char *key);
/** Expands an entry for a section. False when it could not be; the reasons are reported once. */
bool ag_ini_expand(ag_ini *ini, const ag_ini_section *section, ag_ini_entry *entry, ag_diags *diags,
                   ag_ini_value *value);
/** True when some value of the file mentions %(key)s: the key is a variable of the user's own. */
bool ag_ini_is_referenced(const ag_ini *ini, const char *key);
/** The place of an offset in the file. */
ag_loc ag_ini_loc(const ag_ini *ini, size_t offset);

/** The text with each % doubled, as an ini file wants it. */
char *ag_ini_escape(ag_arena *arena, const char *text);

#endif
