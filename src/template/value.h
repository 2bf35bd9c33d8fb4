/*
 * Values a template works with: what a caller passes in and what an expression gives.
 *
 * A value and everything below it live in the arenas of their makers; a list or dict holds pointers
 * and copies nothing, so a value may be shared. Values are never cyclic: a container is filled
 * before it is put into another. Strings may hold any byte. Where this header is silent, Python's
 * meaning counts: truth, equality across kinds, repr.
 */
#ifndef AG_TEMPLATE_VALUE_H
#define AG_TEMPLATE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

/** How deep lists and dicts may be nested when they are compared or written out. */
#define AG_VALUE_DEPTH 100

typedef enum ag_value_kind {
    AG_VALUE_NONE,
    AG_VALUE_BOOL,
    AG_VALUE_INT,
    AG_VALUE_STRING,
    AG_VALUE_LIST,
    AG_VALUE_DICT,
} ag_value_kind;

typedef struct ag_value ag_value;

/** An entry of a dict, in the order of insertion. */
typedef struct ag_value_entry {
    const char *key;
    const ag_value *value;
} ag_value_entry;

struct ag_value {
    ag_value_kind kind;
    union {
        bool boolean;
        int64_t integer;
        ag_str string; /**< NUL-terminated beyond its length when made by a constructor. */
        AG_VEC(const ag_value *) list;
        AG_VEC(ag_value_entry) dict;
    } as;
};

ag_value *ag_value_none(ag_arena *arena);
ag_value *ag_value_bool(ag_arena *arena, bool boolean);
ag_value *ag_value_int(ag_arena *arena, int64_t integer);
/** Copies the text; NULL gives None. */
ag_value *ag_value_string(ag_arena *arena, const char *text);
ag_value *ag_value_stringn(ag_arena *arena, const char *text, size_t n);
ag_value *ag_value_list(ag_arena *arena);
/** A list of strings. */
ag_value *ag_value_list_of(ag_arena *arena, const char *const *items, size_t n);
void ag_value_list_push(ag_arena *arena, ag_value *list, const ag_value *item);
ag_value *ag_value_dict(ag_arena *arena);
/** Sets a key (copied), replacing the value it had. */
void ag_value_dict_set(ag_arena *arena, ag_value *dict, const char *key, const ag_value *value);

/** The value of a key, or NULL when it is missing or `dict` is no dict. */
const ag_value *ag_value_dict_get(const ag_value *dict, ag_str key);

/** "a string", "None"…: for messages. */
const char *ag_value_kind_name(ag_value_kind kind);
bool ag_value_is_true(const ag_value *value);
/** The number a value stands for: an int, or a bool as 0 or 1. */
bool ag_value_number(const ag_value *value, int64_t *number);
/**
 * Whether two values are equal. Each comparison of two parts takes one (and one for 64 bytes) from
 * `*work`; at 0, and beyond AG_VALUE_DEPTH, the answer is false and `*work` is 0.
 */
bool ag_value_equal(const ag_value *a, const ag_value *b, size_t *work);
/** Appends the Python literal. False when nested too deep, or when `out` grew beyond `limit`. */
bool ag_value_repr(const ag_value *value, ag_buf *out, size_t limit);

#endif
