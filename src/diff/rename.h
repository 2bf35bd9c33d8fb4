/*
 * Renames of one run: what was called what. Internal to src/diff.
 *
 * Steps are found level by level (namespaces; tables, types and so on; what is in them), because
 * the name of a thing inside depends on what became of the thing around it.
 */
#ifndef AG_DIFF_RENAME_H
#define AG_DIFF_RENAME_H

#include "diff/differ.h"

typedef enum ag_rename_level {
    AG_LEVEL_NAMESPACE,
    AG_LEVEL_TOP,
    AG_LEVEL_MEMBER,
    AG_N_LEVELS
} ag_rename_level;

/** Something with a name that can change. Enum values have the kind AG_N_KINDS. */
typedef struct ag_renameable {
    ag_kind kind;
    ag_rename_level level;
    ag_kind parent_kind; /**< of members: AG_TABLE, AG_ENUM, AG_COMPOSITE. */
    const char *ns, *parent, *name;
    const char *signature; /**< functions. */
    const char *renamed_from;
    const void *node;
    ag_loc loc;
} ag_renameable;
typedef AG_VEC(ag_renameable) ag_renameables;

typedef struct ag_rename_step {
    const ag_renameable *from;   /**< as the database has it. */
    const ag_renameable *target; /**< in the new schema. */
    const char *to;              /**< its name. */
    const char *to_ns;           /**< its namespace. */
    const char *text_ns;         /**< its namespace once namespaces are renamed: in texts. */
    int stamp;                   /**< see untangle in rename.c. */
    bool comes_along;            /**< renamed with that of a parent table. */
    bool is_second_half;         /**< of a step in a ring: what it is about has a name between. */
    bool moves_along;            /**< it moves with the table that it is a part of. */
    const ag_rename *option;     /**< the option behind it; NULL: `renamed_from` or implied. */
} ag_rename_step;

typedef AG_VEC(ag_rename_step *) ag_rename_steps;

typedef struct ag_renames {
    ag_differ *d;
    const ag_schema *from;
    ag_renameables from_items, to_items;
    ag_map from_by_key, to_by_key; /**< ag_renameable by its own names. */
    ag_rename_steps steps;
    ag_map by_old, by_new; /**< ag_rename_step by old and new names (of the parent, too). */
    /* The same steps by where texts may name what they rename, in the order to apply them. */
    ag_rename_steps in_texts;    /**< all. */
    ag_rename_steps in_any_text; /**< types, functions, namespaces. */
    ag_rename_steps in_types;    /**< types, relations as types, namespaces. */
    ag_rename_steps in_strings;  /**< relations, enum values. */
    ag_map of_columns;           /**< ag_rename_steps by the key of their table. */
    ag_rename_steps multiranges; /**< of types that come with others; not among `steps`. */
    ag_buf buf;
} ag_renames;

/** Renames something of the old schema to what `target` is called. */
void ag__add_rename(ag_renames *r, const ag_renameable *from, const ag_renameable *target);
/** Fills the list of all that can be renamed in a schema. */
void ag__list_renameables(ag_arena *arena, const ag_schema *schema, ag_renameables *out);
/** Tables, views and sequences. */
bool ag__is_relation(ag_kind kind);
/** Types that are made as such. */
bool ag__is_type(ag_kind kind);
/** Whether an object has its place with a table, not in a namespace. */
bool ag__is_part(const ag_object *object);
/** True when a node says what it was called before. */
bool ag__has_former_names(const ag_schema *schema);
/** True when a type of one schema has the name of one of another kind in the other, or a
 * collation is another one: see rename_aside.c. */
bool ag__has_successors(const ag_differ *d, const ag_schema *from);
/** Adds steps for what gives its name to another while columns are still of it. */
void ag__step_aside(ag_renames *r);
/** Finds the steps; a wrong option is an error. */
bool ag__find_renames(ag_renames *r, ag_error *err);
/** The step of something, given by its old names; NULL when it keeps its name. */
const ag_rename_step *ag__rename_step_of(ag_renames *r, ag_kind kind, const char *ns,
                                         const char *parent, const char *name);
/** Those of a table's columns, or NULL. */
const ag_rename_steps *ag__column_steps(ag_renames *r, const ag_table *table);
/** The new name of something, given by its old names; the old name when it is kept. */
const char *ag__new_name(ag_renames *r, ag_kind kind, const char *ns, const char *parent,
                         const char *name);
const char *ag__new_namespace(ag_renames *r, const char *ns);
/** The new place of something of the top level, given by its old names. A relation that is no table
 * is found as one. */
ag_place ag__new_place(ag_renames *r, ag_kind kind, const char *ns, const char *name);
/** "ns.parent.name", "parent.name" or "name", for messages and options. */
char *ag__rename_path(ag_arena *arena, const ag_renameable *item, bool with_namespace);

/* rename_text.c: texts of the old schema in the words of the new one; NULL gives NULL. */
const char *ag__rename_in_type(ag_renames *r, const char *type);
/** Sequences and enum values, which are named in string literals. */
const char *ag__rename_in_strings(ag_renames *r, const char *text);
/** An expression that belongs to a table, or to none. */
const char *ag__rename_in_expr(ag_renames *r, const ag_table *table, const char *expr);
/** The head or the arguments of a routine: types, and tables as types. */
const char *ag__rename_in_head(ag_renames *r, const char *text);
/** `own`: the table that a trigger, rule or policy is of, in its old names; or NULL. */
const char *ag__rename_in_definition(ag_renames *r, const ag_table *own, const char *text);
/** True when a definition names a column that is renamed. */
bool ag__mentions_column_step(ag_renames *r, const char *text);
/** A list of names with their namespaces: what aggregates and range types are made of. */
const char *ag__rename_qualified(ag_renames *r, const char *text);
/** The name that the CREATE statement of an object gives, and the namespace. */
const char *ag__rename_created(ag_renames *r, const char *text, const ag_object *from, ag_place to);
/** A table's name as SQL ("public.users"); never NULL. */
const char *ag__rename_in_reference(ag_renames *r, const char *text);
/** The name of a collation, likewise; NULL gives NULL. */
const char *ag__rename_in_collation(ag_renames *r, const char *text);

#endif
