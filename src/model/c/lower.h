/*
 * C declarations to documents of the JSON model: shared by the files of src/model/c.
 *
 * Mistakes go to `diags` at the line of C; the lowering then goes on with the next thing.
 */
#ifndef AG_MODEL_C_LOWER_H
#define AG_MODEL_C_LOWER_H

#include "base/map.h"
#include "dialect/dialect.h"
#include "model/c/decl.h"
#include "model/c/tree.h"
#include "sql/token.h"

/** An embedded struct: its fields are columns with a prefix, but are called without it in it. */
typedef struct ag_c_scope {
    const char *prefix;
    const struct ag_c_scope *outer; /**< of the struct around it; NULL = the table's. */
} ag_c_scope;

/** SQL written in an embedded struct, whose names are settled when all columns are known. */
typedef struct ag_c_text {
    ag_c_node *node; /**< with all that is in it. */
    const ag_c_scope *scope;
} ag_c_text;

/** A column whose nullability is settled when all is known of the table. */
typedef struct ag_c_column {
    const char *name;
    const char *field; /**< for messages: "user.email". */
    const char *own;   /**< of the field in its struct. */
    const ag_c_scope *scope;
    ag_c_node *node;
    bool is_nullable; /**< what its C type says. */
    bool is_said;     /**< what an annotation says is in the node already. */
} ag_c_column;

typedef struct ag_c_table {
    const ag_c_record *record;
    const char *name;   /**< as AG_TABLE has it. */
    const char *base;   /**< the same without a namespace. */
    ag_strings aliases; /**< other names of the struct. */
    ag_c_node *doc;     /**< {"tables": {NAME: root}} */
    ag_c_node *root;
    ag_c_node *columns, *primary_key, *unique, *checks, *foreign_keys, *excludes, *indexes;
    ag_c_node *key_columns; /**< of the primary key. */
    AG_LIST(ag_c_column) list;
    AG_LIST(ag_c_text) texts;
} ag_c_table;

/** A document: one table, enum or naming convention. */
typedef struct ag_c_doc {
    const ag_c_node *root;
    ag_loc loc;
} ag_c_doc;

typedef struct ag_c_lower {
    ag_arena *arena;
    ag_diags *diags;
    ag_diags *shown; /**< `diags`, but for an echo, whose own mistakes are nobody's. */
    const ag_dialect *dialect;
    const ag_c_unit *unit; /**< being lowered. */
    ag_sql_flavor flavor;
    const char *default_namespace; /**< of the dialect; NULL = it has none. */
    AG_LIST(ag_c_table *) tables;
    AG_LIST(const ag_c_record *) incomplete; /**< tables that are declared, but not defined. */
    AG_LIST(ag_c_doc) docs;                  /**< enums and naming conventions. */
    ag_map by_id;                            /**< tables, enums and notes that were seen. */
} ag_c_lower;

/** Where the field of a column stands. */
typedef struct ag_c_place {
    ag_c_table *table;
    const char *prefix;     /**< of its columns. */
    const char *old_prefix; /**< that they had before a rename. */
    const ag_c_scope *scope;
    const ag_loc *loc; /**< of the field that is a struct of the system; NULL = their own. */
    const char *path;  /**< "user.address": the struct it is in. */
    bool is_nullable;  /**< the whole embedded struct is. */
    int depth;
} ag_c_place;

ag_error *ag__c_mistake(ag_c_lower *c, ag_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** "struct user" is another one in this unit than in those before it. */
void ag__c_mismatch(ag_c_lower *c, ag_loc loc, const char *what);
/** Parses annotations; those with mistakes are reported and left out. */
ag_annots ag__c_annots(ag_c_lower *c, const ag_c_annots *list, ag_annot_place place);
/** A name that an argument must give; NULL after a mistake. */
const char *ag__c_need_name(ag_c_lower *c, const ag_annot *annot, size_t i);
/** Names an entry by an argument, unless that is AG_UNNAMED. */
void ag__c_entry_name(ag_c_lower *c, const ag_annot *annot, size_t i, ag_c_node *entry);
/** The name of a kind of database; NULL after a mistake. */
const char *ag__c_need_dialect(ag_c_lower *c, const ag_annot *annot, size_t i);
/** A value, or one for each dialect; NULL after a mistake. */
const char *ag__c_need_value(ag_c_lower *c, const ag_annot *annot, size_t from);

/* comment.c */

/** The text of a documentation comment; NULL when there is nothing in it. */
const char *ag_c_comment_text(ag_arena *arena, const char *raw);

/* sql_type.c */

typedef struct ag_c_sql_type {
    const char *type;             /**< a type of the JSON model, or NULL. */
    const ag_annot *written;      /**< AG_TYPE of a typedef, or NULL. */
    const ag_c_enum *enumeration; /**< its type is this enum. */
    const ag_c_record *embedded;  /**< its columns are the fields of this struct. */
    bool is_pointer;
    const char *problem; /**< when there is no type: why. */
} ag_c_sql_type;

ag_c_sql_type ag__c_sql_type(ag_c_lower *c, const ag_c_field *field, bool is_identity);
/** Whether AG_TYPE is for this kind of database: AG_SQLITE("…") and the like may leave it out. */
bool ag__c_type_says(ag_c_lower *c, const ag_annot *type);

/* enum.c */

/** The SQL name of an enum; `owner` names one that has none. Declares it when it is new. */
const char *ag__c_enum(ag_c_lower *c, const ag_c_enum *enumeration, const char *owner);

/** The value of an enum type that a constant is; NULL when it is left out. */
const char *ag__c_constant_name(ag_c_lower *c, const ag_c_constant *constant);

/* default.c */

/** AG_DEFAULT as JSON, or NULL after a mistake; `sql`: what the field says, NULL = AG_TYPE does. */
const char *ag__c_default(ag_c_lower *c, const ag_annot *annot, const ag_c_field *field,
                          const ag_c_sql_type *sql);

/* struct.c */

/** A node as JSON. */
const char *ag__c_render(ag_c_lower *c, const ag_c_node *node);

/** The tables, enums and notes of a unit. */
void ag__c_lower_unit(ag_c_lower *c, const ag_c_unit *unit);
/** What only all units together can say. */
void ag__c_finish(ag_c_lower *c);
/** AG_SET and the like: the member that argument `from` names, to the value behind it. */
void ag__c_set(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *node);
/** AG_COMMENT, else the documentation comment. */
void ag__c_comment(ag_c_lower *c, const ag_annots *annots, const char *raw, ag_loc loc,
                   ag_c_node *node);
/** The place of what a prefix is put before; `old_prefix`: that before a rename, NULL = the same.
 */
ag_c_place ag__c_inner_place(ag_c_lower *c, const ag_c_place *place, const char *prefix,
                             const char *old_prefix);
void ag__c_fields(ag_c_lower *c, const ag_c_record *record, const ag_c_place *place);

/* field.c */

void ag__c_field(ag_c_lower *c, const ag_c_field *field, const ag_c_place *place);

/* scope.c */

/** Puts columns in for the fields that SQL in embedded structs names. */
void ag__c_settle_texts(ag_c_lower *c, ag_c_table *table);

/* key.c */

/** An element of an index or constraint, appended to a list; an option of it otherwise. */
void ag__c_element(ag_c_lower *c, const ag_annot *annot, const ag_arg *arg, ag_c_node *list);
/** Elements and options from argument `from` on, into an entry and its list of columns. */
void ag__c_elements(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry,
                    ag_c_node *columns);
/** Whether a text as an element is this very expression. */
bool ag__c_is_plain_expr(ag_arena *arena, ag_sql_flavor flavor, const char *text);
/** Options only. */
void ag__c_options(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry);

/* reference.c */

/** Takes "on delete cascade deferrable …" apart into the members of a foreign key. */
void ag__c_clauses(ag_c_lower *c, const ag_annot *annot, const char *text, ag_c_node *entry);
/** Table, column and clauses from argument `from` on: a foreign key of one column. */
void ag__c_reference(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry);

/* note.c */

void ag__c_note(ag_c_lower *c, const ag_c_annot *note);

#endif
