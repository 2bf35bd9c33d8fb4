/*
 * How the keys of the JSON model become members of nodes and back: shared by the reader and the
 * writer, internal to src/model/json.
 *
 * A scope is a table of fields made from model/json/keys.def. A field's form says what its value
 * looks like; CUSTOM fields have functions of their own for both directions, SUGAR fields are only
 * read. What the reader finds wrong goes to its diags; it then goes on with the next thing.
 */
#ifndef AG_MODEL_JSON_FORM_H
#define AG_MODEL_JSON_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "dialect/dialect.h"
#include "model/json/dom.h"
#include "schema/naming.h"
#include "schema/node.h"

typedef enum ag_json_form {
    AG_FORM_NOTE,    /**< any string; means nothing. */
    AG_FORM_TEXT,    /**< const char *: a string. */
    AG_FORM_NAME,    /**< const char *: a string that is not empty. */
    AG_FORM_SQL,     /**< const char *: one fragment of SQL. */
    AG_FORM_FLAG,    /**< bool, false by default. */
    AG_FORM_INT,     /**< int, -1 by default. */
    AG_FORM_BIG,     /**< int64_t with a `has_` flag. */
    AG_FORM_STRINGS, /**< ag_strings: a list of names. */
    AG_FORM_OPTIONS, /**< ag_options: an object of scalars. */
    /* const char *: one of some words, lower case; the first of them is the default (NULL). */
    AG_FORM_ACTION,
    AG_FORM_ON_CONFLICT,
    AG_FORM_MATCH,
    AG_FORM_DEFERRABILITY,
    AG_FORM_STORAGE,
    AG_FORM_COMPRESSION,
    AG_FORM_REPLICA_IDENTITY,
    AG_FORM_CUSTOM,
    AG_FORM_SUGAR
} ag_json_form;

/** From where to where a value goes. */
typedef struct ag_json_span {
    ag_loc from, to;
} ag_json_span;

/** A document being read, and its target. */
typedef struct ag_json_reader {
    ag_schema *schema;
    ag_arena *arena; /**< the schema's. */
    const ag_dialect *dialect;
    ag_diags *diags;
    const ag_json_doc *doc;
    ag_naming naming;
    ag_loc naming_locs[6];
    unsigned others;  /**< bits of the other dialects that values are written for. */
    bool is_of_other; /**< reads a model of another dialect, to check what is written for it. */
    AG_VEC(ag_json_span) spans; /**< then: the values for it. */
    ag_constraints external;    /**< foreign keys out of the model. */
    ag_map types;               /**< what each type was mapped to: models repeat a few. */
    /* The node being read. */
    ag_table *table;
    ag_column *column;
    ag_kind kind;                  /**< of an object. */
    bool is_nullable_written;      /**< of the column. */
    long position;                 /**< of the primary key among the uniques; -1 = as written. */
    AG_VEC(ag_column *) undecided; /**< columns of the table that do not say "nullable". */
} ag_json_reader;

typedef struct ag_json_writer {
    ag_buf *out;
    const ag_schema *schema;
    const ag_dialect *dialect;
    ag_arena *scratch;
    const ag_table *table; /**< being written. */
    int indent;            /**< levels of open containers that are written on several lines. */
    int n_inline;          /**< open containers that are written on one line. */
    bool in_list;          /**< the entries of the section carry their names. */
    bool is_first;         /**< nothing was written into the innermost container yet. */
    bool has_failed;
    ag_error *err;
    ag_map *types; /**< what each type would be read as. */
} ag_json_writer;

typedef struct ag_json_field {
    const char *key;
    ag_json_form form;
    size_t offset;
    size_t has_offset; /**< AG_FORM_BIG. */
    void (*read)(ag_json_reader *r, const ag_json *value, void *node);
    void (*write)(ag_json_writer *w, const char *key, const void *node);
} ag_json_field;

typedef struct ag_json_scope {
    const char *what; /**< "a column": for messages. */
    const ag_json_field *fields;
    size_t n;
} ag_json_scope;

/* Rows of a scope: `#define AG_JSON_INDEX(key, form, member)
 * AG_FIELD_##form(key, ag_index, index, member)`. */
#define AG_FIELD_MEMBER(key, form, type, member)                                                   \
    { key, form, offsetof(type, member), 0, NULL, NULL }
#define AG_FIELD_NOTE(key, type, scope, member)                                                    \
    { key, AG_FORM_NOTE, 0, 0, NULL, NULL }
#define AG_FIELD_TEXT(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_TEXT, type, member)
#define AG_FIELD_NAME(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_NAME, type, member)
#define AG_FIELD_SQL(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_SQL, type, member)
#define AG_FIELD_FLAG(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_FLAG, type, member)
#define AG_FIELD_INT(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_INT, type, member)
#define AG_FIELD_STRINGS(key, type, scope, member)                                                 \
    AG_FIELD_MEMBER(key, AG_FORM_STRINGS, type, member)
#define AG_FIELD_OPTIONS(key, type, scope, member)                                                 \
    AG_FIELD_MEMBER(key, AG_FORM_OPTIONS, type, member)
#define AG_FIELD_ACTION(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_ACTION, type, member)
#define AG_FIELD_ON_CONFLICT(key, type, scope, member)                                             \
    AG_FIELD_MEMBER(key, AG_FORM_ON_CONFLICT, type, member)
#define AG_FIELD_DEFERRABILITY(key, type, scope, member)                                           \
    AG_FIELD_MEMBER(key, AG_FORM_DEFERRABILITY, type, member)
#define AG_FIELD_MATCH(key, type, scope, member) AG_FIELD_MEMBER(key, AG_FORM_MATCH, type, member)
#define AG_FIELD_STORAGE(key, type, scope, member)                                                 \
    AG_FIELD_MEMBER(key, AG_FORM_STORAGE, type, member)
#define AG_FIELD_COMPRESSION(key, type, scope, member)                                             \
    AG_FIELD_MEMBER(key, AG_FORM_COMPRESSION, type, member)
#define AG_FIELD_REPLICA_IDENTITY(key, type, scope, member)                                        \
    AG_FIELD_MEMBER(key, AG_FORM_REPLICA_IDENTITY, type, member)
/* `type` is the struct that holds the number; AG_BASE_scope is where the node has it. */
#define AG_FIELD_BIG(key, type, scope, member)                                                     \
    {                                                                                              \
        key, AG_FORM_BIG, AG_BASE_##scope + offsetof(ag_sequence_options, member),                 \
            AG_BASE_##scope + offsetof(ag_sequence_options, has_##member), NULL, NULL              \
    }
#define AG_FIELD_CUSTOM(key, type, scope, member)                                                  \
    { key, AG_FORM_CUSTOM, 0, 0, read_##scope##_##member, write_##scope##_##member }
#define AG_FIELD_SUGAR(key, type, scope, member)                                                   \
    { key, AG_FORM_SUGAR, 0, 0, read_##scope##_##member, NULL }

#define AG_SCOPE(words, rows)                                                                      \
    { words, rows, sizeof(rows) / sizeof *(rows) }

/* ---- reading (leaf.c) ---- */

ag_loc ag__json_loc(const ag_json_reader *r, const ag_json *value);
/** Adds a mistake at a value; returns it for a hint, or NULL. */
ag_error *ag__json_mistake(ag_json_reader *r, const ag_json *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** True after so many mistakes that the rest of the model is not looked at. */
bool ag__json_gives_up(const ag_json_reader *r);
/** Adds "it is at FILE:LINE:COLUMN already" as the hint of a mistake. */
void ag__json_already(ag_error *err, ag_loc loc);
/** Reads all members of an object into a node; a value that is no object is a mistake. */
bool ag__json_read(ag_json_reader *r, const ag_json_scope *scope, const ag_json *object,
                   void *node);
/**
 * The value that holds for the dialect: of an object whose keys are all names of dialects the
 * member of ours (NULL when there is none), else the value itself.
 */
const ag_json *ag__json_pick(ag_json_reader *r, const ag_json *value);
/** True for an object whose keys are all names of dialects (and that has one). */
bool ag__json_is_per_dialect(const ag_json_reader *r, const ag_json *value);
/** The text of a string; NULL (and a mistake that says `what`) for all else. Empty is allowed. */
const char *ag__json_string(ag_json_reader *r, const ag_json *value, const char *what);
/** The same for a name: not empty. */
const char *ag__json_name(ag_json_reader *r, const ag_json *value, const char *what);
/**
 * A piece of SQL (an expression, a type): a string that is one balanced fragment, so that nothing
 * in it ends the statement it is put into.
 */
const char *ag__json_fragment(ag_json_reader *r, const ag_json *value, const char *what);
/** The same, or a literal: a number, true, false or null as SQL. */
const char *ag__json_expr(ag_json_reader *r, const ag_json *value, const char *what);
bool ag__json_bool(ag_json_reader *r, const ag_json *value, const char *what, bool *out);
/** The type of a column, domain… in the words of the dialect; NULL when it says none. */
const char *ag__json_type(ag_json_reader *r, const ag_json *value, ag_loc *loc);
/** A list of names, a single one given as a string. */
bool ag__json_strings(ag_json_reader *r, const ag_json *value, const char *what, ag_strings *out);
/** Cuts one part off a qualified name; NULL when its quotes do not end at a dot or the end. */
const char *ag__json_name_part(ag_arena *arena, const char **text);
/**
 * Namespace (NULL when not written) and name of a possibly qualified name. Without namespaces in
 * the dialect the text is the name as it is. A part that holds a dot or begins with a quote is
 * written in double quotes.
 */
bool ag__json_qualified(ag_json_reader *r, const ag_json *at, const char *text, const char **ns,
                        const char **name);

/* ---- writing (put.c) ---- */

/** Opens an object or list; within one that is on one line everything is. */
void ag__json_open(ag_json_writer *w, char bracket, bool on_lines);
void ag__json_close(ag_json_writer *w, char bracket);
/**
 * A section of named things: an object by name or, when one has no name or two have the same, a
 * list whose entries carry their names (`in_list`).
 */
void ag__json_open_named(ag_json_writer *w, const ag_strings *names);
void ag__json_put_named(ag_json_writer *w, const char *name);
void ag__json_close_named(ag_json_writer *w);
/** The comma, line end and indentation before an element of a list. */
void ag__json_item(ag_json_writer *w);
void ag__json_put_key(ag_json_writer *w, const char *key);
void ag__json_put_string(ag_json_writer *w, const char *text);
void ag__json_put_strings(ag_json_writer *w, const ag_strings *list);
/** Key and string, when the text is not NULL. */
void ag__json_put_text(ag_json_writer *w, const char *key, const char *text);
/** Key and true. */
void ag__json_put_true(ag_json_writer *w, const char *key);
/** True when a plain string would be read as this type. */
bool ag__json_type_is_itself(ag_json_writer *w, const char *type);
/** A type: a plain string when it would be read as itself, else per dialect. */
void ag__json_put_type(ag_json_writer *w, const char *key, const char *type);
/** An expression: as a JSON literal where that is the same, else as a string. */
void ag__json_put_expr(ag_json_writer *w, const char *key, const char *expr);
/** "name" or "namespace.name", as ag__json_qualified reads it. */
char *ag__json_name_of(ag_json_writer *w, const char *ns, const char *name);
/** The same seen from a thing in namespace `from`: qualified unless it is in there too. */
char *ag__json_name_from(ag_json_writer *w, const char *from, const char *ns, const char *name);
/** All fields of a node that are not at their default, into an object that is open. */
void ag__json_write(ag_json_writer *w, const ag_json_scope *scope, const void *node);
/** True when ag__json_write would write nothing for the node (put.c). */
bool ag__json_is_plain(ag_json_writer *w, const ag_json_scope *scope, const void *node);

/* ---- the parts of a model (one file each) ---- */

/* key.c: elements of indexes and constraints, indexes. */
void ag__json_read_keys(ag_json_reader *r, const ag_json *value, ag_keys *keys);
void ag__json_write_keys(ag_json_writer *w, const ag_keys *keys);
void ag__json_read_indexes(ag_json_reader *r, const ag_json *value, ag_indexes *list);
void ag__json_write_indexes(ag_json_writer *w, const char *key, const ag_indexes *list);

/* constraint.c */
void ag__json_read_primary_key(ag_json_reader *r, const ag_json *value, ag_table *table);
void ag__json_read_constraints(ag_json_reader *r, const ag_json *value, ag_constraint_kind kind,
                               ag_constraints *list);
void ag__json_write_primary_key(ag_json_writer *w, const char *key, const ag_table *table);
void ag__json_write_constraints(ag_json_writer *w, const char *key, ag_constraint_kind kind,
                                const ag_constraints *list);
/** The "references" of a column of `r->table`. */
void ag__json_read_reference(ag_json_reader *r, const ag_json *value, const char *column);
/** A fresh constraint of a list, unnamed. */
ag_constraint *ag__json_add_constraint(ag_json_reader *r, ag_constraints *list,
                                       ag_constraint_kind kind, const ag_json *at);

/* column.c */
void ag__json_read_columns(ag_json_reader *r, const ag_json *value, ag_table *table);
void ag__json_write_columns(ag_json_writer *w, const char *key, const ag_table *table);
void ag__json_read_attributes(ag_json_reader *r, const ag_json *value, ag_columns *list);
void ag__json_write_attributes(ag_json_writer *w, const char *key, const ag_columns *list);

/* table.c */
/** Whether a column is nullable that does not say so. */
bool ag__json_default_nullable(const ag_dialect *dialect, const ag_schema *schema,
                               const ag_table *table, const ag_column *column);
/** The table that a text of "inherits" names; NULL when the schema has none of it. */
ag_table *ag__json_table_of_text(const ag_dialect *dialect, const ag_schema *schema,
                                 const char *qualified);
void ag__json_read_tables(ag_json_reader *r, const ag_json *value);
void ag__json_write_tables(ag_json_writer *w, const char *key);

/* types.c: namespaces, extensions, enums, domains, composite types, sequences. */
void ag__json_read_namespaces(ag_json_reader *r, const ag_json *value);
void ag__json_read_extensions(ag_json_reader *r, const ag_json *value);
void ag__json_read_enums(ag_json_reader *r, const ag_json *value);
void ag__json_read_domains(ag_json_reader *r, const ag_json *value);
void ag__json_read_types(ag_json_reader *r, const ag_json *value);
void ag__json_read_sequences(ag_json_reader *r, const ag_json *value);
void ag__json_write_namespaces(ag_json_writer *w, const char *key);
void ag__json_write_extensions(ag_json_writer *w, const char *key);
void ag__json_write_enums(ag_json_writer *w, const char *key);
void ag__json_write_domains(ag_json_writer *w, const char *key);
void ag__json_write_types(ag_json_writer *w, const char *key);
void ag__json_write_sequences(ag_json_writer *w, const char *key);

/* access.c: owners and privileges. */
void ag__json_read_access(ag_json_reader *r, const ag_json *value);
void ag__json_write_access(ag_json_writer *w, const char *key);
/** Finds the columns that own the sequences in "access". */
void ag__json_settle_access(ag_json_reader *r);

/* object.c: what is compared by its definition; `table` for those written inside a table. */
void ag__json_read_objects(ag_json_reader *r, const ag_json *value, ag_kind kind,
                           const ag_table *table);
void ag__json_write_objects(ag_json_writer *w, const char *key, ag_kind kind);

/* model.c: the top level of a document. */
extern const ag_json_scope ag__json_model;

#endif
