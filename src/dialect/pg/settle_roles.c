/* Roles belong to the whole server: no revision makes them, so a model may only name those there
 * are. The same goes for the objects that it gives away. */
#include "base/str.h"
#include "dialect/pg/settle.h"
#include "schema/access.h"
#include "schema/node.h"

static bool check_role(const ag_map *roles, const ag_access *access, const char *role,
                       ag_error *err) {
    if (role == NULL || role[0] == '\0' || ag_text_eq(role, "public") || ag_map_has(roles, role)) {
        return true;
    }
    (void)ag_fail_at(err, AG_INPUT, access->loc, NULL, "role \"%s\" does not exist", role);
    return ag_hint(err, "roles belong to the whole server, not to a revision: CREATE ROLE first");
}

static bool check_entry(const ag_map *roles, const ag_schema *model, const ag_schema *database,
                        const ag_access *it, ag_error *err) {
    if (!ag_access_has_object(model, it) && !ag_access_has_object(database, it)) {
        return ag_fail_at(err, AG_INPUT, it->loc, NULL, "there is no %s \"%s%s\"",
                          ag_kind_name(it->kind), it->name,
                          it->signature != NULL ? it->signature : "");
    }
    bool is_default = it->kind == AG_DEFAULT_PRIVILEGE;
    bool ok = !is_default || check_role(roles, it, it->name, err);
    if (ok && ag_schema_covers(model, AG_OWNER)) {
        ok = check_role(roles, it, it->owner, err);
    }
    for (size_t i = 0; ok && ag_schema_covers(model, AG_GRANT) && i < it->grants.n; i++) {
        ok = check_role(roles, it, it->grants.items[i].grantee, err);
    }
    return ok;
}

bool ag_pg_check_roles(ag_conn *conn, const ag_schema *model, const ag_schema *database,
                       ag_error *err) {
    if (model->access.n == 0 ||
        (!ag_schema_covers(model, AG_OWNER) && !ag_schema_covers(model, AG_GRANT))) {
        return true;
    }
    ag_arena *arena = ag_arena_new();
    ag_map roles = AG_MAP_INIT;
    ag_rows rows = {.arena = arena};
    bool ok = ag_conn_query(conn, "SELECT rolname FROM pg_catalog.pg_roles", NULL, 0, &rows, err);
    for (size_t i = 0; ok && i < rows.rows.n; i++) {
        ag_map_put(&roles, rows.rows.items[i][0], &roles);
    }
    for (size_t i = 0; ok && i < model->access.n; i++) {
        ok = check_entry(&roles, model, database, model->access.items[i], err);
    }
    ag_map_release(&roles);
    ag_arena_free(arena);
    return ok;
}
