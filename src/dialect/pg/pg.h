/*
 * The pieces of the PostgreSQL dialect; dialect.c puts them into the vtable of dialect.h, which
 * says what each must do.
 *
 * How PostgreSQL's schemas look, from a database or as a model that was adopted:
 *  - Every text is read back under an empty search path: names outside of pg_catalog are qualified.
 *    Types are as format_type() prints them ("character varying(20)", "public.mood").
 *  - `ns` and `ref_namespace` are always set. The namespace "public" is there without a node; it
 *    has one only to carry a comment that is not the server's own.
 *  - A serial column has its integer type, `serial` and no default; its sequence is no node. A
 *    sequence that differs from what `serial` makes is a node with its owner, and the column has
 *    the default nextval('…'::regclass) and no `serial`. Sequences of identity columns are never
 *    nodes. Options of sequences are set only where they differ from what the server takes.
 *  - Collations, operator classes, operators, and entries of `inherits` are SQL text: bare when in
 *    pg_catalog and plain, else quoted or qualified (`public.nocase`, `"en_US.utf8"`). A
 *    collation without dots and quotes is a name that may need quotes (C): ag_pg_put_collation.
 *    Operators are `=`, or `OPERATOR(public.=)` when not in pg_catalog.
 *  - Storage options of a table's TOAST table are among its own, named "toast.x".
 *  - Constraints and indexes that a partition has from its partitioned table, and checks that come
 *    only from a parent, are listed and marked `inherited`; so are such columns.
 *  - Access methods: NULL for heap and btree; "gist" of an exclude constraint is spelled out.
 *  - Definitions of objects have no semicolon and no trailing blank. A view is CREATE VIEW … with
 *    its options in WITH (…); a function CREATE OR REPLACE FUNCTION …; what CREATE cannot say is
 *    in `extras` (ALTER TABLE … DISABLE TRIGGER …). Comments of a view's columns are in `columns`.
 */
#ifndef AG_DIALECT_PG_H
#define AG_DIALECT_PG_H

#include "dialect/dialect.h"
#include "dialect/pg/module.h"

/** Bytes of an identifier that PostgreSQL keeps. */
#define AG_PG_MAX_NAME 63
/** The comment on "public" in every new database; it is read as none. */
#define AG_PG_PUBLIC_COMMENT "standard public schema"

/* name.c: names and pieces of SQL. */
void ag_pg_quote(ag_buf *buf, const char *name);
/** DO with a body in PL/pgSQL, whatever names are in it. */
void ag_pg_put_block(ag_buf *buf, const char *body);
/** See ag_dialect.where_table. */
const char *ag_pg_where_table(ag_arena *arena, const char *table, const char *statement);
/** namespace.name, quoted where they must be; ns may be NULL. */
void ag_pg_put_name(ag_buf *buf, const char *ns, const char *name);
/** A collation as it stands after COLLATE. */
void ag_pg_put_collation(ag_buf *buf, const char *collation);
/** Takes a text[] literal ({a,"b c",NULL}) apart; NULL elements are left out. */
void ag_pg_parse_array(ag_arena *arena, const char *text, ag_strings *out);

/* types.c */
const char *ag_pg_map_type(ag_arena *arena, const char *type);
bool ag_pg_same_type(const char *a, const char *b, bool in_key);
/** True for a type of pg_catalog that map_type knows, without array suffix. */
bool ag_pg_is_built_in(const char *type);
/** How the server stores values of a type; NULL for types that are not known. */
const char *ag_pg_default_storage(const char *type);

/* expr.c */
bool ag_pg_same_expr(const char *a, const char *b, const char *type);

/* adopt.c */
bool ag_pg_adopt(ag_schema *model, ag_diags *diags);

/* replace.c */
bool ag_pg_can_replace(const ag_object *before, const ag_object *after);
/** Whether statements of its kind's own (ALTER …) change all that differs (compile_in_place.c). */
bool ag_pg_changes_in_place(const ag_object *before, const ag_object *after);

/* introspect.c */
bool ag_pg_namespaces(ag_conn *conn, ag_arena *arena, ag_strings *out, ag_error *err);
bool ag_pg_introspect(ag_conn *conn, const ag_introspect_options *options, ag_schema **out,
                      ag_error *err);

/* settle.c */
bool ag_pg_settle(ag_conn *conn, ag_schema *model, const ag_schema *database, bool assume_equal,
                  ag_strings *warnings, ag_error *err);

/* lower.c */
bool ag_pg_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                 const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err);

/* compile.c */
bool ag_pg_compile(const ag_op *op, const ag_compile_options *options, ag_script *script,
                   ag_error *err);
unsigned ag_pg_effects(const ag_op *op);
unsigned ag_pg_facts(const ag_op *op, const ag_schema *from, const ag_schema *to);
/** Whether values of a type are those of another, byte by byte. */
bool ag_pg_keeps_bytes(const char *from, const char *to);
/** Whether a default is the same for all rows, as far as the schema's functions tell. */
bool ag_pg_is_default_stable(const char *expr, const ag_schema *schema);

#endif
