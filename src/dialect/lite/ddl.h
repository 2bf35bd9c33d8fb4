/*
 * The stored CREATE texts of SQLite, taken apart: every part with its value and its byte range, so
 * that introspection reads them and the table rebuild edits them.
 *
 * The parser follows SQLite's own grammar and accepts what SQLite accepts (names as strings or in
 * any quotes, types of several words, table constraints without commas between them). Expressions
 * are not parsed: they are ranges that end where their parentheses do. Nothing recurses.
 *
 * Ranges count bytes of `sql`, run from the first to the last token of a part (comments around it
 * are outside, comments inside stay inside), and are empty (n = 0) for what is not written. Names
 * and texts live in the arena that was passed in.
 */
#ifndef AG_DIALECT_LITE_DDL_H
#define AG_DIALECT_LITE_DDL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "sql/token.h"

typedef struct ag_lite_range {
    size_t at;
    size_t n;
} ag_lite_range;

/** An identifier: its real name and where it is written. */
typedef struct ag_lite_name {
    const char *text; /**< NULL when it is not written. */
    ag_lite_range range;
} ag_lite_name;
typedef AG_VEC(ag_lite_name) ag_lite_names;

typedef enum ag_lite_part_kind {
    AG_LITE_PRIMARY_KEY,
    AG_LITE_UNIQUE,
    AG_LITE_FOREIGN_KEY, /**< REFERENCES of a column too. */
    AG_LITE_CHECK,
    AG_LITE_NOT_NULL,
    AG_LITE_NULL, /**< NULL spelled out. */
    AG_LITE_DEFAULT,
    AG_LITE_COLLATE,
    AG_LITE_GENERATED,
    AG_LITE_DEFERRABLE, /**< [NOT] DEFERRABLE apart from its REFERENCES; already applied to it. */
    AG_LITE_NAME_ONLY   /**< CONSTRAINT name with nothing behind it. */
} ag_lite_part_kind;

/** One element of a key, or of an index. */
typedef struct ag_lite_element {
    ag_lite_range range;
    ag_lite_name column;    /**< a lone name; text is NULL for an expression. */
    ag_lite_range expr;     /**< an expression, without outer parentheses. */
    ag_lite_name collation; /**< written behind the whole element. */
    bool descending;
} ag_lite_element;
typedef AG_VEC(ag_lite_element) ag_lite_elements;

/** A constraint of a column or of the table. */
typedef struct ag_lite_part {
    ag_lite_part_kind kind;
    ag_lite_range range; /**< all of it, CONSTRAINT name included. */
    ag_lite_name name;   /**< of the CONSTRAINT in front. */
    ag_lite_range body;  /**< `range` without the CONSTRAINT name. */
    /**
     * Check and generated: what is inside the parentheses. Default: the value as written, with its
     * parentheses and sign.
     */
    ag_lite_range expr;
    const char *on_conflict; /**< lower case; NULL when it is not written. */
    ag_lite_range on_conflict_range;
    bool autoincrement;
    ag_lite_range autoincrement_range;
    bool descending;           /**< PRIMARY KEY DESC of a column. */
    ag_lite_elements elements; /**< keys of the table; foreign keys: their columns. */
    ag_lite_name collation;
    bool is_stored; /**< generated; virtual is the default. */
    /* foreign key */
    ag_lite_name ref_table;
    ag_lite_names ref_columns;         /**< empty when they are not written. */
    const char *on_delete, *on_update; /**< lower case; NULL when not written or "no action". */
    const char *match;                 /**< as written, lower case; NULL when it is not. */
    bool deferrable, initially_deferred;
    const char *deferrability; /**< the whole clause, lower case; NULL when it is not written. */
    ag_lite_range deferrable_range; /**< empty when it is an AG_LITE_DEFERRABLE of its own. */
} ag_lite_part;
typedef AG_VEC(ag_lite_part) ag_lite_parts;

typedef struct ag_lite_column {
    ag_lite_range range;
    ag_lite_name name;
    ag_lite_range type; /**< empty when there is none. */
    ag_lite_parts parts;
} ag_lite_column;
typedef AG_VEC(ag_lite_column) ag_lite_columns;

typedef struct ag_lite_table {
    ag_lite_name ns, name;
    size_t open, close; /**< the parentheses around columns and constraints. */
    size_t columns_end; /**< just behind the last column. */
    ag_lite_columns columns;
    ag_lite_parts constraints;
    ag_lite_range options; /**< all options behind the parenthesis. */
    ag_lite_range without_rowid, strict;
} ag_lite_table;

typedef struct ag_lite_index {
    ag_lite_name ns, name, table;
    bool unique;
    size_t open, close; /**< the parentheses around the elements. */
    ag_lite_elements elements;
    ag_lite_range where; /**< the condition behind WHERE. */
} ag_lite_index;

typedef struct ag_lite_view {
    ag_lite_name ns, name;
    ag_lite_names columns; /**< as written in parentheses; may be empty. */
    ag_lite_range select;
} ag_lite_view;

typedef struct ag_lite_trigger {
    ag_lite_name ns, name, table;
    ag_lite_names of; /**< UPDATE OF columns. */
    ag_lite_range when, body;
} ag_lite_trigger;

typedef struct ag_lite_virtual {
    ag_lite_name ns, name, module;
    ag_lite_range arguments; /**< inside the parentheses. */
} ag_lite_virtual;

typedef enum ag_lite_statement {
    AG_LITE_OTHER,
    AG_LITE_CREATE_TABLE,
    AG_LITE_CREATE_INDEX,
    AG_LITE_CREATE_VIEW,
    AG_LITE_CREATE_TRIGGER,
    AG_LITE_CREATE_VIRTUAL
} ag_lite_statement;

/** What a text creates, by its first words. */
ag_lite_statement ag_lite_statement_of(const char *sql);

/* Each fails with AG_FAILED, naming what stands where something else was expected. */
bool ag_lite_parse_table(ag_arena *arena, const char *sql, ag_lite_table *out, ag_error *err);
bool ag_lite_parse_index(ag_arena *arena, const char *sql, ag_lite_index *out, ag_error *err);
bool ag_lite_parse_view(ag_arena *arena, const char *sql, ag_lite_view *out, ag_error *err);
bool ag_lite_parse_trigger(ag_arena *arena, const char *sql, ag_lite_trigger *out, ag_error *err);
bool ag_lite_parse_virtual(ag_arena *arena, const char *sql, ag_lite_virtual *out, ag_error *err);

/** The bytes of a range. */
ag_str ag_lite_slice(const char *sql, ag_lite_range range);
/** A copy of the bytes of a range; NULL for an empty one. */
char *ag_lite_copy(ag_arena *arena, const char *sql, ag_lite_range range);
/** The last part of a kind, or NULL. */
const ag_lite_part *ag_lite_find_part(const ag_lite_parts *parts, ag_lite_part_kind kind);

#endif
