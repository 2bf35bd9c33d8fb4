/* Owners and privileges. */
#include "schema/access.h"

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "schema/node.h"

enum {
    KIND,
    NAMESPACE,
    NAME,
    SIGNATURE,
    TABLE,
    COLUMN,
    OWNER,
    HAS_GRANTS,
    OF_COLUMN,
    GRANTEE,
    PRIVILEGES,
    GRANTABLE
};

static bool is_of(const ag_access *access, ag_kind kind, ag_pg_row row) {
    return access != NULL && access->kind == kind && ag_text_eq(access->ns, row[NAMESPACE]) &&
           ag_text_eq(access->name, row[NAME]) && ag_text_eq(access->signature, row[SIGNATURE]);
}

static ag_access *add_access(ag_pg_reader *r, ag_kind kind, ag_pg_row row) {
    ag_access *access = ag_arena_new_of(r->arena, ag_access);
    access->kind = kind;
    access->ns = ag_pg_keep_once(r, row[NAMESPACE]);
    access->name = ag_pg_keep(r, row[NAME]);
    access->signature = ag_pg_keep(r, row[SIGNATURE]);
    access->table = ag_pg_keep(r, row[TABLE]);
    access->column = ag_pg_keep(r, row[COLUMN]);
    access->owner = kind == AG_DEFAULT_PRIVILEGE ? NULL : ag_pg_keep_once(r, row[OWNER]);
    access->has_grants = true;
    if (!ag_pg_true(row[HAS_GRANTS])) {
        ag_access_default(r->arena, access, r->version, &access->grants);
    }
    ag_vec_push(r->arena, &r->schema->access, access);
    return access;
}

static unsigned privileges_of(const char *cell) {
    unsigned bits = 0;
    for (const char *at = cell; at != NULL && *at != '\0';) {
        char word[32] = "";
        size_t n = 0;
        for (; *at != '\0' && *at != ','; at++) {
            if (n + 1 < sizeof word) {
                word[n++] = *at;
            }
        }
        ag_privilege found = ag_privilege_find(word);
        bits |= found < AG_N_PRIVILEGES ? 1u << (unsigned)found : 0;
        at += *at == ',' ? 1 : 0;
    }
    return bits;
}

/* Newer servers know more that an owner may do with a table; that goes without saying. */
static unsigned usual_of_owner(const ag_access *access, unsigned privileges) {
    unsigned all = ag_privileges_of(access->kind, access->signature);
    return (privileges & all) == all ? all : privileges;
}

static void read_grant(ag_pg_reader *r, ag_access *access, ag_pg_row row) {
    ag_grant grant = {.column = ag_pg_keep(r, row[OF_COLUMN]),
                      .grantee = ag_pg_keep_once(r, row[GRANTEE]),
                      .privileges = privileges_of(row[PRIVILEGES]),
                      .grantable = privileges_of(row[GRANTABLE])};
    if (grant.grantee[0] == '\0') {
        grant.grantable = 0;
        if (grant.column == NULL) {
            grant.privileges = usual_of_owner(access, grant.privileges);
        }
    }
    ag_grants_put(r->arena, &access->grants, &grant);
}

void ag_pg_read_access(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_ACCESS];
    ag_access *access = NULL;
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_kind kind = ag_pg_kind_of(row[KIND]);
        if (kind == AG_N_KINDS) {
            r->schema->role = ag_pg_keep(r, row[NAME]);
            continue;
        }
        if (!is_of(access, kind, row)) {
            access = add_access(r, kind, row);
        }
        if (row[PRIVILEGES] != NULL) {
            read_grant(r, access, row);
        }
    }
}
