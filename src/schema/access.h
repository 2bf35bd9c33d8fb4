/*
 * Owners and privileges: the words for them, what the server gives by itself, and comparing.
 *
 * Lists of grants are always complete, with one entry for each column and grantee, in the order in
 * which they were given. That order means nothing.
 */
#ifndef AG_SCHEMA_ACCESS_H
#define AG_SCHEMA_ACCESS_H

#include <autogen/schema.h>

#include "base/arena.h"
#include "base/buf.h"

/** What may be allowed; the order is that of the words in statements. */
typedef enum ag_privilege {
#define AG_PRIVILEGE(name, word) name,
#include "schema/privilege_list.def"
#undef AG_PRIVILEGE
    AG_N_PRIVILEGES
} ag_privilege;

/** "select"; a static string. */
const char *ag_privilege_word(ag_privilege privilege);
/** The privilege of a word in any case, or AG_N_PRIVILEGES. */
ag_privilege ag_privilege_find(const char *word);
/** "select, insert" of a set of bits, in capitals or not. */
void ag_privileges_put(ag_buf *buf, unsigned privileges, bool in_capitals);
/** All that there are for a kind of object; for default privileges by their signature. */
unsigned ag_privileges_of(ag_kind kind, const char *signature);
/** All that there are for a column. */
unsigned ag_privileges_of_column(void);

/** What objects are called in default privileges ("tables"), or NULL where there are none. */
const char *ag_access_plural(ag_kind kind);
/** Kinds of which one name is one thing: tables, views and sequences; routines; types. */
char *ag_access_key(ag_arena *arena, ag_kind kind, const char *ns, const char *name,
                    const char *signature);
char *ag_access_key_of(ag_arena *arena, const ag_access *access);

/**
 * What a server (ag_schema.server_version) grants by itself on a new object of this identity:
 * before PostgreSQL 15 everybody could create in "public".
 */
void ag_access_default(ag_arena *arena, const ag_access *identity, int server_version,
                       ag_grants *out);
/** Appends an entry; one of the same column and grantee gets what it adds. */
void ag_grants_put(ag_arena *arena, ag_grants *list, const ag_grant *grant);
/** The entry of a column (or NULL) and grantee, or NULL. */
const ag_grant *ag_grants_find(const ag_grants *list, const char *column, const char *grantee);
bool ag_grants_equal(const ag_grants *a, const ag_grants *b);
/** A copy in which what a role was given that owns the object now is the owner's. */
void ag_grants_under(ag_arena *arena, const ag_grants *from, const char *owner, ag_grants *out);

/** One statement's worth of a change: what is given to, or taken from, one grantee. */
typedef struct ag_grant_change {
    bool gives;
    bool is_option;   /**< with the right to pass it on; taking: only that. */
    bool takes_along; /**< others may have it from this one, and lose it too. */
    const char *column, *grantee;
    unsigned privileges;
} ag_grant_change;
typedef AG_LIST(ag_grant_change) ag_grant_changes;
/** What leads from one list to the other; what is taken comes first. */
void ag_grants_changes(ag_arena *arena, const ag_grants *before, const ag_grants *after,
                       ag_grant_changes *out);

ag_access *ag_access_clone(ag_arena *arena, const ag_access *from);
/** The object of an entry is one of the schema's. */
bool ag_access_has_object(const ag_schema *schema, const ag_access *access);

#endif
