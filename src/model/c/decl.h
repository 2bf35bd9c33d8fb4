/*
 * C declarations as plain data: what the libclang module hands to the core.
 *
 * Only what annotations mark is here: structs, enums and file-scope notes, with everything a
 * column needs to know of its field's type. Each unit owns an arena in which all of it lives.
 */
#ifndef AG_MODEL_C_DECL_H
#define AG_MODEL_C_DECL_H

#include <stdbool.h>

#include <autogen/list.h>
#include <autogen/loc.h>

#include "base/arena.h"
#include "base/error.h"

/** The text of an annotation without "autogen:", see model/c/annot.h. */
typedef struct ag_c_annot {
    const char *text;
    const char *id; /**< at file scope: as that of a struct; else NULL. */
    ag_loc loc;
} ag_c_annot;
typedef AG_LIST(ag_c_annot) ag_c_annots;

typedef struct ag_c_constant {
    const char *name;
    const char *owner;        /**< the name of its enum; NULL = it has none. */
    unsigned long long value; /**< its bits. */
    bool is_negative;
    ag_c_annots annots;
    ag_loc loc;
} ag_c_constant;

typedef struct ag_c_enum {
    const char *name; /**< tag, else the typedef that names it; NULL = none. */
    AG_LIST(ag_c_constant) values;
    ag_c_annots annots;
    const char *comment; /**< as written, with its slashes and stars; NULL = none. */
    const char *id;      /**< where it is, the same in every unit that sees it. */
    ag_loc loc;
} ag_c_enum;

typedef struct ag_c_record ag_c_record;
typedef struct ag_c_type ag_c_type;

typedef enum ag_c_kind {
    AG_C_BOOL,
    AG_C_CHAR, /**< plain char. */
    AG_C_INT,  /**< every other integer, signed char and unsigned char too. */
    AG_C_REAL,
    AG_C_ENUM,
    AG_C_RECORD,
    AG_C_ARRAY,
    AG_C_POINTER,
    AG_C_OPTIONAL, /**< std::optional. */
    AG_C_OTHER     /**< void, functions, vectors… */
} ag_c_kind;

/** A name that a type was reached through. */
typedef struct ag_c_typedef {
    const char *name;
    ag_c_annots annots;
} ag_c_typedef;

struct ag_c_type {
    ag_c_kind kind;
    const char *spelling; /**< for messages. */
    long long size;       /**< bytes by the target's ABI; negative = it has none. */
    bool is_signed;
    long long n;              /**< arrays: elements; negative = as many as there are. */
    const ag_c_type *element; /**< arrays, pointers and optionals. */
    const ag_c_record *record;
    const ag_c_enum *enumeration;
    AG_LIST(ag_c_typedef) typedefs; /**< outermost first. */
};

typedef struct ag_c_field {
    const char *name; /**< NULL = anonymous. */
    const ag_c_type *type;
    int bits; /**< of a bit-field; -1 = it is none. */
    ag_c_annots annots;
    const char *comment;
    ag_loc loc;
} ag_c_field;

struct ag_c_record {
    const char *name; /**< tag, else the typedef that names it; NULL = none. */
    bool is_union;
    bool is_std;    /**< of C++'s own library; its fields are nobody's business. */
    bool is_system; /**< of a header of the system. */
    bool is_whole;  /**< complete, its fields read; false behind a pointer and too deep down. */
    AG_LIST(ag_c_field) fields;
    ag_c_annots annots;
    const char *comment;
    const char *id;
    ag_loc loc;
};

/** Another name of a struct: its typedef's, or its tag where the typedef names it. */
typedef struct ag_c_alias {
    const char *name;
    const char *id; /**< of the struct. */
} ag_c_alias;

/** What a file, with all it includes, declares. */
typedef struct ag_c_unit {
    const char *file;                     /**< as asked for. */
    bool is_echo;                         /**< others include it: only to be held against them. */
    AG_LIST(const ag_c_record *) records; /**< those with annotations, defined or only declared. */
    AG_LIST(ag_c_alias) aliases;          /**< of these. */
    AG_LIST(const ag_c_enum *) enums;     /**< those with annotations. */
    ag_c_annots notes;                    /**< those at file scope. */
    AG_LIST(ag_c_constant) constants;     /**< of all enums but the system's. */
    ag_strings includes;                  /**< every file read, real paths. */
    bool has_model_h;                     /**< model.h is among them. */
    AG_LIST(ag_error) errors;             /**< of the compiler. */
    ag_arena *arena;                      /**< owned. */
} ag_c_unit;

/** What the module is to read. */
typedef struct ag_c_request {
    const ag_strings *files;
    const ag_strings *cflags;     /**< for every file, where there is no compile_commands. */
    const char *compile_commands; /**< a folder; NULL = none. */
    const char *model_h;          /**< the text of autogen/model.h. */
    size_t n_model_h;
} ag_c_request;

typedef struct ag_c_result {
    AG_LIST(ag_c_unit *) units; /**< by file, in the order asked for; on the heap. */
} ag_c_result;

/** The module's entry, "ag_module_clang_read": false when libclang itself fails. */
typedef bool (*ag_c_read_fn)(const ag_c_request *request, ag_c_result *out, ag_error *err);

#endif
