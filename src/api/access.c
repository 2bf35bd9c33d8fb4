#include "api/access.h"

#include "base/map.h"
#include "base/str.h"
#include "schema/access.h"
#include "schema/node.h"

static bool is_included(const ag_ctx *ctx, ag_kind kind) {
    const ag_strings *list = &ctx->settings->include;
    for (size_t i = 0; i < list->n; i++) {
        if (ag_text_eq(list->items[i], ag_kind_plural(kind))) {
            return true;
        }
    }
    return false;
}

/* ---- an entry for every object ---- */

typedef struct filler {
    ag_schema *schema;
    ag_arena *scratch;
    ag_map known;
} filler;

static void fill(filler *f, ag_kind kind, const char *ns, const char *name, const char *signature) {
    if (ag_map_has(&f->known, ag_access_key(f->scratch, kind, ns, name, signature))) {
        return;
    }
    ag_schema *schema = f->schema;
    ag_access *it = ag_arena_new_of(schema->arena, ag_access);
    *it = (ag_access){.kind = kind,
                      .ns = ns,
                      .name = name,
                      .signature = signature,
                      .owner = schema->role,
                      .has_grants = true};
    ag_access_default(schema->arena, it, schema->server_version, &it->grants);
    ag_vec_push(schema->arena, &schema->access, it);
}

/* Triggers and the like belong to their tables. */
static bool has_owner(ag_kind kind) {
    return kind != AG_TRIGGER && kind != AG_RULE && kind != AG_POLICY;
}

static void fill_owners(ag_schema *schema) {
    filler f = {.schema = schema, .scratch = ag_arena_new()};
    for (size_t i = 0; i < schema->access.n; i++) {
        ag_map_put(&f.known, ag_access_key_of(f.scratch, schema->access.items[i]), &f);
    }
    for (size_t i = 0; i < schema->namespaces.n; i++) {
        if (!ag_text_eq(schema->namespaces.items[i]->name, "public")) {
            fill(&f, AG_NAMESPACE, NULL, schema->namespaces.items[i]->name, NULL);
        }
    }
#define FILL(list, kind)                                                                           \
    for (size_t i = 0; i < schema->list.n; i++) {                                                  \
        fill(&f, kind, schema->list.items[i]->ns, schema->list.items[i]->name, NULL);              \
    }
    FILL(enums, AG_ENUM)
    FILL(domains, AG_DOMAIN)
    FILL(composites, AG_COMPOSITE)
    FILL(tables, AG_TABLE)
#undef FILL
    for (size_t i = 0; i < schema->sequences.n; i++) {
        const ag_sequence *it = schema->sequences.items[i];
        if (it->owner_table == NULL) {
            fill(&f, AG_SEQUENCE, it->ns, it->name, NULL);
        }
    }
    for (size_t i = 0; i < schema->objects.n; i++) {
        const ag_object *it = schema->objects.items[i];
        if (has_owner(it->kind)) {
            fill(&f, it->kind, it->ns, it->name, it->signature);
        }
    }
    ag_map_release(&f.known);
    ag_arena_free(f.scratch);
}

/* ---- what is left alone ---- */

static const char *words_for(ag_arena *arena, const ag_access *it) {
    return ag_arena_printf(arena, "%s %s%s", ag_kind_name(it->kind),
                           ag_node_display(arena, it->ns, it->name),
                           it->signature != NULL ? it->signature : "");
}

static void name_owner(ag_schema *schema, const ag_access *it) {
    if (it->owner != NULL && it->table == NULL && !ag_text_eq(it->owner, schema->role)) {
        const char *words = words_for(schema->arena, it);
        ag_schema_add_unmanaged(schema, ag_kind_name(AG_OWNER),
                                ag_arena_printf(schema->arena, "%s of %s", it->owner, words));
    }
}

static void name_default(ag_schema *schema, const ag_access *it) {
    ag_schema_add_unmanaged(schema, ag_kind_name(AG_DEFAULT_PRIVILEGE),
                            ag_arena_printf(schema->arena, "of %s%s%s on %s", it->name,
                                            it->ns != NULL ? " in " : "",
                                            it->ns != NULL ? it->ns : "", it->signature));
}

static void name_grants(ag_schema *schema, const ag_access *it) {
    ag_grants usual = {NULL, 0, 0};
    ag_grant_changes changes = {NULL, 0, 0};
    ag_access_default(schema->arena, it, schema->server_version, &usual);
    ag_grants_changes(schema->arena, &usual, &it->grants, &changes);
    for (size_t i = 0; i < changes.n; i++) {
        const ag_grant_change *change = &changes.items[i];
        ag_buf buf = AG_BUF_INIT;
        ag_privileges_put(&buf, change->privileges, false);
        ag_buf_printf(&buf, " on %s", words_for(schema->arena, it));
        if (change->column != NULL) {
            ag_buf_printf(&buf, ".%s", change->column);
        }
        ag_buf_printf(&buf, " %s %s", change->gives ? "to" : "not to",
                      change->grantee[0] == '\0' ? "its owner" : change->grantee);
        ag_schema_add_unmanaged(schema, ag_kind_name(AG_GRANT), ag_buf_text(&buf));
        ag_buf_release(&buf);
    }
}

const char *ag_access_hint(ag_arena *arena, const char *what) {
    bool is_grant = ag_text_eq(what, ag_kind_name(AG_GRANT)) ||
                    ag_text_eq(what, ag_kind_name(AG_DEFAULT_PRIVILEGE));
    bool is_owner = ag_text_eq(what, ag_kind_name(AG_OWNER));
    return is_grant || is_owner ? ag_arena_printf(arena, " without \"include = %s\"",
                                                  ag_kind_plural(is_grant ? AG_GRANT : AG_OWNER))
                                : "";
}

void ag_access_include(const ag_ctx *ctx, ag_schema *schema, bool is_named) {
    bool of_owners = is_included(ctx, AG_OWNER);
    bool of_grants = is_included(ctx, AG_GRANT);
    if (schema->role == NULL) {
        return; /* a database without roles */
    }
    for (size_t i = 0; is_named && i < schema->access.n; i++) {
        const ag_access *it = schema->access.items[i];
        if (!of_owners) {
            name_owner(schema, it);
        }
        if (!of_grants && it->kind == AG_DEFAULT_PRIVILEGE) {
            name_default(schema, it);
        } else if (!of_grants) {
            name_grants(schema, it);
        }
    }
    if (of_owners) {
        ag_schema_cover(schema, AG_OWNER);
        fill_owners(schema);
    }
    if (of_grants) {
        ag_schema_cover(schema, AG_GRANT);
        ag_schema_cover(schema, AG_DEFAULT_PRIVILEGE);
    }
}

void ag_access_leave_out(const ag_ctx *ctx, ag_schema *schema, ag_strings *warnings) {
    static const ag_kind kinds[] = {AG_OWNER, AG_GRANT};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        ag_kind kind = kinds[i];
        if (!ag_schema_covers(schema, kind) || is_included(ctx, kind)) {
            continue;
        }
        schema->covers &= ~(UINT64_C(1) << (unsigned)kind);
        if (kind == AG_GRANT) {
            schema->covers &= ~(UINT64_C(1) << (unsigned)AG_DEFAULT_PRIVILEGE);
        }
        ag_vec_push(ctx->arena, warnings,
                    ag_arena_printf(ctx->arena,
                                    "the model's %s are not looked at without \"include = %s\"",
                                    ag_kind_plural(kind), ag_kind_plural(kind)));
    }
}
