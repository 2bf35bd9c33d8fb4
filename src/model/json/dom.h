/*
 * JSON texts as a tree in which every value knows its place.
 *
 * Strict RFC 8259, UTF-8 only, a byte order mark passed over. Members keep their order. A value
 * is a range of the text; strings are decoded when asked for, so that a document costs little more
 * than its values. The tree lives in the arena it was parsed into and points into the text, which
 * must outlive it.
 */
#ifndef AG_MODEL_JSON_DOM_H
#define AG_MODEL_JSON_DOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/** Ceilings; more is an error that says so. */
enum {
    AG_JSON_MAX_DEPTH = 200,
    AG_JSON_MAX_VALUES = 24 * 1000 * 1000,
    AG_JSON_MAX_BYTES = 512 * 1024 * 1024
};

typedef enum ag_json_type {
    AG_JSON_NULL,
    AG_JSON_FALSE,
    AG_JSON_TRUE,
    AG_JSON_NUMBER,
    AG_JSON_STRING,
    AG_JSON_LIST,
    AG_JSON_OBJECT
} ag_json_type;

typedef struct ag_json {
    uint32_t start;   /**< offset of the first byte; of strings, the quote. */
    uint32_t end;     /**< offset after the last byte. */
    uint32_t n;       /**< elements of a list, members of an object. */
    uint8_t type;     /**< ag_json_type. */
    bool has_escapes; /**< strings: the bytes between the quotes are not the value itself. */
    const struct ag_json *items; /**< elements; of an object: key, value, key, value… */
} ag_json;

/** Where the bytes from `offset` on come from, in a document that was made from something else. */
typedef struct ag_json_place {
    uint32_t offset;
    ag_loc loc;
} ag_json_place;

/** A document that is in memory already. */
typedef struct ag_json_source {
    const char *file; /**< for messages. */
    const char *text;
    size_t n;
    const ag_json_place
        *places; /**< sorted, the first at 0; NULL = the text itself is the source. */
    size_t n_places;
} ag_json_source;

typedef struct ag_json_doc {
    const char *file; /**< for messages. */
    const char *text; /**< after the byte order mark. */
    size_t n;
    const ag_json *root;
    ag_arena *arena;             /**< not owned. */
    const ag_json_place *places; /**< not owned. */
    size_t n_places;
    struct ag_json_mark *marks; /**< internal: lines and columns at regular distances. */
    size_t n_marks;
} ag_json_doc;

/**
 * Parses a text. Mistakes go to `diags`: one of syntax, which ends the parse (false); every
 * duplicate key and NUL character, after which the tree is there all the same, without the later
 * duplicates.
 */
bool ag_json_parse(ag_arena *arena, const char *file, const char *text, size_t n, ag_json_doc **out,
                   ag_diags *diags);

bool ag_json_parse_source(ag_arena *arena, const ag_json_source *source, ag_json_doc **out,
                          ag_diags *diags);

/** Shows the line of an offset in an error (NULL allowed), unless the text was made. */
void ag_json_excerpt(ag_error *err, const ag_json_doc *doc, uint32_t offset);
/** Prepares the lines and columns of a text before anything asks for them. */
void ag__json_make_marks(ag_json_doc *doc);
/** Line and column of an offset; fast for any offset of any text. */
ag_loc ag_json_loc(const ag_json_doc *doc, uint32_t offset);
/** The value of a string, NUL-terminated, in an arena. */
char *ag_json_text(ag_arena *arena, const ag_json_doc *doc, const ag_json *string);
/** The bytes of a value as written. */
ag_str ag_json_raw(const ag_json_doc *doc, const ag_json *value);
/** True when a string has this value. */
bool ag_json_is(const ag_json_doc *doc, const ag_json *string, const char *text);
/** Appends a text as a JSON string; its bytes are not looked at beyond ASCII. */
void ag_json_quote(ag_buf *out, const char *text);
/** "a list", "a string"…: for messages. */
const char *ag_json_type_name(const ag_json *value);

/** Key and value of a member. */
static inline const ag_json *ag_json_key(const ag_json *object, size_t i) {
    return &object->items[2 * i];
}
static inline const ag_json *ag_json_value(const ag_json *object, size_t i) {
    return &object->items[2 * i + 1];
}
/** The member's value, or NULL. */
const ag_json *ag_json_get(const ag_json_doc *doc, const ag_json *object, const char *key);

#endif
