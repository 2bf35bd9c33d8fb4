/* Shared by src/model/c/write*.c. */
#ifndef AG_MODEL_C_WRITER_H
#define AG_MODEL_C_WRITER_H

#include "base/map.h"
#include "base/str.h"
#include "dialect/dialect.h"
#include "model/c/write.h"
#include "model/json/dom.h"

typedef struct ag_c_writer {
    ag_buf *out;
    ag_arena *arena;
    const ag_schema *schema;
    const ag_dialect *dialect;
    const ag_json_doc *doc; /**< the schema as JSON. */
    ag_strings *warnings;
    ag_map tags;       /**< of structs and enums: taken. */
    ag_map constants;  /**< of enums: taken. */
    ag_map enum_types; /**< type of a column → tag of the enum. */
} ag_c_writer;

/** A column of the struct being written. */
typedef struct ag_c_member_text {
    const char *column;      /**< its name in the database. */
    const char *declaration; /**< without the semicolon. */
    ag_buf annots;           /**< what follows it, each with a blank before it. */
} ag_c_member_text;

typedef struct ag_c_table_writer {
    ag_c_writer *w;
    const char *tag;
    AG_LIST(ag_c_member_text) members; /**< on the heap. */
    ag_buf notes;                      /**< what follows the struct. */
} ag_c_table_writer;

/* write_text.c: pieces of C. */

/** A member of an object, or NULL. */
const ag_json *ag__c_w_get(const ag_c_writer *w, const ag_json *object, const char *key);
/** The value of a string. */
const char *ag__c_w_text(const ag_c_writer *w, const ag_json *string);
/** A text as a string literal. */
void ag__c_w_string(ag_buf *out, const char *text);
bool ag__c_w_is_identifier(const char *name);
/** A name as an argument: bare where it is an identifier and surely no macro. */
void ag__c_w_name(ag_buf *out, const char *name);
/** Any value as an argument. */
void ag__c_w_value(const ag_c_writer *w, ag_buf *out, const ag_json *value);
/** An identifier near a name that no other key of the map is; taken from now on. */
const char *ag__c_w_identifier(ag_arena *arena, ag_map *taken, const char *prefix,
                               const char *name);
/** Whether a text can be a documentation comment. */
bool ag__c_w_is_doc(ag_arena *arena, const char *text);
/** Writes ` MACRO(key, value)` for a member, one for each of its own members if it is an object. */
void ag__c_w_set(const ag_c_writer *w, ag_buf *out, const char *macro, const char *lead,
                 const char *key, const ag_json *value);

/* write_column.c */

/** Appends a member; `in_key`: it is a column of the primary key, the only one if `is_lone`. */
void ag__c_w_column(ag_c_table_writer *t, const char *name, const ag_json *column, bool in_key,
                    bool is_lone, ag_map *taken);

/* write_key.c */

/** Writes keys, constraints and indexes: at the fields where they can be, else as notes. */
void ag__c_w_constraints(ag_c_table_writer *t, const ag_json *table);

#endif
