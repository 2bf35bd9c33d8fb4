/*
 * What the files of the settling share (pg_settle*.c).
 *
 * A *doubt* is one text of the model that the cheap rules did not find in the database; a *trial*
 * is a temporary table or domain on which the doubts about one relation are tried. What the server
 * makes of a text replaces it in the model; a text that the server refuses stays, and so counts as
 * changed.
 */
#ifndef AG_DIALECT_PG_SETTLE_H
#define AG_DIALECT_PG_SETTLE_H

#include "base/map.h"
#include "dialect/pg/pg.h"

typedef enum ag_pg_doubt_kind {
    AG_PG_DOUBT_TYPE,
    AG_PG_DOUBT_DEFAULT,
    AG_PG_DOUBT_GENERATED,
    AG_PG_DOUBT_CONSTRAINT, /**< check or exclude. */
    AG_PG_DOUBT_INDEX,
    AG_PG_DOUBT_PARTITION_BY,
    AG_PG_DOUBT_BOUND,
    AG_PG_DOUBT_DOMAIN_DEFAULT
} ag_pg_doubt_kind;

/** The `old_` nodes are the database's counterparts, or NULL where none is known by name. */
typedef struct ag_pg_doubt {
    ag_pg_doubt_kind kind;
    ag_column *column;
    const ag_column *old_column;
    ag_constraint *constraint;
    const ag_constraint *old_constraint;
    ag_index *index;
    const ag_index *old_index;
} ag_pg_doubt;

typedef struct ag_pg_trial {
    ag_table *table; /**< or NULL for a domain. */
    const ag_table *old_table;
    ag_domain *domain;
    const ag_domain *old_domain;
    AG_VEC(ag_pg_doubt) doubts;
} ag_pg_trial;

typedef AG_VEC(ag_pg_trial *) ag_pg_trials;

/** An object whose definition is in doubt; it is tried under a name of its own. */
typedef struct ag_pg_object_doubt {
    ag_object *object;
    const ag_object *old; /**< of the same kind and name in the database. */
    const char *name;     /**< of what is made for it: a view, function or table. */
    bool renames;         /**< columns qualified by the table's name get the temporary one. */
} ag_pg_object_doubt;

typedef struct ag_pg_settler {
    ag_conn *conn;
    ag_schema *model;
    const ag_schema *database;
    ag_arena *scratch;
    ag_pg_trials trials;
    AG_VEC(ag_pg_object_doubt) objects;
    AG_VEC(const ag_table *) gone; /**< tables that only the database has. */
    ag_map types;     /**< type text -> what format_type() makes of it, "" when there is none. */
    const char *temp; /**< the namespace of temporary tables: "pg_temp_3". */
} ag_pg_settler;

/* settle_doubts.c */
void ag_pg_find_doubts(ag_pg_settler *s);
/** "default of public.t.a": for messages. */
char *ag_pg_doubt_name(ag_arena *arena, const ag_pg_trial *trial, const ag_pg_doubt *doubt);
/** Takes the database's text as the model's, untried. */
void ag_pg_assume_equal(ag_pg_settler *s, const ag_pg_trial *trial, const ag_pg_doubt *doubt);

/* settle_sql.c: the statements of a trial. */
/** CREATE of the temporary table or domain, with nothing that is in doubt. */
const char *ag_pg_trial_create(ag_pg_settler *s, const ag_pg_trial *trial);
/** What makes a doubtful text part of it; NULL when it cannot be tried. */
const char *ag_pg_trial_add(ag_pg_settler *s, const ag_pg_trial *trial, const ag_pg_doubt *doubt);
/** The same for partition key and bound, with parents made once for each map. */
void ag_pg_trial_shape(ag_pg_settler *s, const ag_pg_trial *trial, ag_map *parents,
                       ag_strings *sql);
/** True for doubts that are tried by ag_pg_trial_shape. */
bool ag_pg_is_shape(const ag_pg_doubt *doubt);

/* settle_try.c: inside a transaction that will be rolled back. */
bool ag_pg_try_types(ag_pg_settler *s, ag_error *err);
bool ag_pg_try_trials(ag_pg_settler *s, ag_error *err);
/**
 * Runs statements at once behind a savepoint. When the server refuses one, all are taken back and
 * `*ran` is false. Fails only when nothing more can be tried.
 */
bool ag_pg_run_many(ag_pg_settler *s, const char *savepoint, const ag_strings *sql, ag_rows *last,
                    bool *ran, ag_error *err);
bool ag_pg_go_back(ag_pg_settler *s, const char *savepoint, ag_error *err);

/* settle_objects.c: views, functions, triggers… */
void ag_pg_find_object_doubts(ag_pg_settler *s);
bool ag_pg_try_objects(ag_pg_settler *s, ag_error *err);
char *ag_pg_object_doubt_name(ag_arena *arena, const ag_pg_object_doubt *doubt);
void ag_pg_assume_object_equal(ag_pg_settler *s, const ag_pg_object_doubt *doubt);

/* settle_roles.c: the model's roles must be there, and what it gives away. */
bool ag_pg_check_roles(ag_conn *conn, const ag_schema *model, const ag_schema *database,
                       ag_error *err);

#endif
