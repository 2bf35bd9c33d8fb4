/*
 * The JSON model of C structs while it is being made: a tree whose every part knows the line of C
 * that it comes from. Rendered, it is a document for the JSON reader, so that both kinds of models
 * mean the same by construction.
 */
#ifndef AG_MODEL_C_TREE_H
#define AG_MODEL_C_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "model/c/annot.h"
#include "model/json/dom.h"

typedef enum ag_c_shape { AG_C_OBJECT, AG_C_LIST, AG_C_RAW } ag_c_shape;

typedef struct ag_c_node ag_c_node;
struct ag_c_node {
    ag_c_shape shape;
    const char *key; /**< members of objects. */
    const char *raw; /**< AG_C_RAW: JSON. */
    bool is_kept;    /**< rendered even when it is empty. */
    ag_loc loc;
    AG_LIST(ag_c_node *) items;
};

typedef AG_LIST(ag_json_place) ag_c_places;

ag_c_node *ag_c_node_new(ag_arena *arena, ag_c_shape shape, ag_loc loc);
/** The member of an object, NULL when it is not there. */
ag_c_node *ag_c_get(const ag_c_node *object, const char *key);
/** The member of an object, made when it is not there. */
ag_c_node *ag_c_member(ag_arena *arena, ag_c_node *object, const char *key, ag_c_shape shape,
                       ag_loc loc);
/** Sets a member to a piece of JSON. */
void ag_c_set(ag_arena *arena, ag_c_node *object, const char *key, const char *raw, ag_loc loc);
void ag_c_set_text(ag_arena *arena, ag_c_node *object, const char *key, const char *text,
                   ag_loc loc);
/** Sets what a path names: "options.fillfactor" is a member of the member "options". */
void ag_c_set_path(ag_arena *arena, ag_c_node *object, const char *path, const char *raw,
                   ag_loc loc);
void ag_c_push(ag_arena *arena, ag_c_node *list, ag_c_node *item);
void ag_c_push_text(ag_arena *arena, ag_c_node *list, const char *text, ag_loc loc);
/** An object appended to a list. */
ag_c_node *ag_c_push_object(ag_arena *arena, ag_c_node *list, ag_loc loc);

/** Appends the JSON of a node, without empty lists and objects, and the places of its parts. */
void ag_c_render(ag_arena *arena, const ag_c_node *node, ag_buf *out, ag_c_places *places);

/** A text as JSON. */
const char *ag_c_quote(ag_arena *arena, const char *text);
/** An argument as JSON: numbers, true, false and null as they are, all else as text. */
const char *ag_c_value(ag_arena *arena, const ag_arg *arg);
/**
 * The value that arguments from `from` on give: one, or one for each dialect. NULL when they are
 * neither.
 */
const char *ag_c_values(ag_arena *arena, const ag_args *args, size_t from);
/** Whether SQL takes a text for a number: digits, with a point and an exponent if need be. */
bool ag_c_is_decimal(const char *text);
/** Whether an argument is a call of this name. */
bool ag_c_is_call(const ag_arg *arg, const char *name);
/** The name that an argument gives, or NULL when it gives none. */
const char *ag_c_name(const ag_arg *arg);

#endif
