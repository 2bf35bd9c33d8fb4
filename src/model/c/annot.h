/*
 * The language of annotations: what the macros of autogen/model.h leave in a struct.
 *
 * An annotation is `name(ARGUMENTS)` and, on a second line, the same arguments with the macros in
 * them expanded. Arguments are pieces of C: words, string literals (adjacent ones are one),
 * numbers, calls of options, lists in parentheses; whatever else is kept as it was written. Pure:
 * no compiler is needed to parse one.
 */
#ifndef AG_MODEL_ANNOT_H
#define AG_MODEL_ANNOT_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/list.h>
#include <autogen/loc.h>

#include "base/arena.h"
#include "base/error.h"

/** What an annotation can stand at; bits. */
typedef enum ag_annot_place {
    AG_ON_TABLE = 1 << 0,
    AG_ON_FIELD = 1 << 1,
    AG_ON_ENUM = 1 << 2,
    AG_ON_VALUE = 1 << 3,
    AG_ON_TYPEDEF = 1 << 4,
    AG_ON_FILE = 1 << 5
} ag_annot_place;

/** AG_ANNOT_table, AG_ANNOT_not_null … */
typedef enum ag_annot_id {
#define AG_ANNOT(name, macro, places, least, most) AG_ANNOT_##name,
#include "model/c/annot_list.def"
#undef AG_ANNOT
    AG_N_ANNOTS
} ag_annot_id;

typedef enum ag_arg_kind {
    AG_ARG_EMPTY,
    AG_ARG_WORD,   /**< an identifier. */
    AG_ARG_TEXT,   /**< string literals. */
    AG_ARG_NUMBER, /**< without C's suffixes; whole numbers in decimal. */
    AG_ARG_CALL,   /**< word(arguments). */
    AG_ARG_LIST,   /**< (arguments). */
    AG_ARG_CODE    /**< anything else. */
} ag_arg_kind;

typedef struct ag_arg ag_arg;
typedef AG_LIST(ag_arg) ag_args;
struct ag_arg {
    ag_arg_kind kind;
    const char *text;   /**< the word, the decoded text, the number, the name called. */
    const char *source; /**< as written, blanks cut off. */
    const char *word;   /**< the word that was written where this is what it expands to, or NULL. */
    ag_args args;       /**< of calls and lists. */
};

typedef struct ag_annot {
    ag_annot_id id;
    ag_args args;
    const char *option; /**< "AG_WHERE": whose arguments these are, if an option's; or NULL. */
    ag_loc loc;         /**< of the annotation; the caller's. */
} ag_annot;
typedef AG_LIST(ag_annot) ag_annots;

/**
 * Parses the text of an annotation at a place. Unknown names (with the nearest known one as hint),
 * wrong places and wrong numbers of arguments are errors of code AG_INPUT without a location.
 */
bool ag_annot_parse(ag_arena *arena, const char *text, ag_annot_place place, ag_annot *out,
                    ag_error *err);
/** "AG_NOT_NULL". */
const char *ag_annot_macro(ag_annot_id id);
/** The annotation of that kind, or NULL. */
const ag_annot *ag_annot_find(const ag_annots *list, ag_annot_id id);
/** The first word of a text that looks like an annotation and is none, or NULL; `*near` what may
 * have been meant, or NULL. */
const char *ag_annot_unknown_word(ag_arena *arena, const char *text, const char **near);
/** The first annotation of a text that takes no arguments, but has some; or NULL. */
const char *ag_annot_called_flag(ag_arena *arena, const char *text);
/** The first annotation of a text that takes arguments, but has none; or NULL. */
const char *ag_annot_uncalled(ag_arena *arena, const char *text);
/** The first of those that stand only inside of others, but is not; or NULL. */
const char *ag_annot_outside(ag_arena *arena, const char *text);

#endif
