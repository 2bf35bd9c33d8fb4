/*
 * Owners and privileges of one direction. What an object is to have is known only once all other
 * operations are: whatever is made anew, for whatever reason, has what the server gives by itself,
 * while all else keeps what it had. So this looks at what the operations leave behind.
 */
#include "schema/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "schema/node.h"

/* An object while the operations run. */
typedef struct thing {
    ag_access now; /**< under its present name. */
    bool is_made;
    bool is_gone;
} thing;

typedef struct giving {
    ag_pg_lowering *l;
    ag_arena *arena;
    const ag_schema *start, *end;
    bool of_owners, of_grants; /**< the model speaks of them. */
    AG_VEC(thing *) things;
    ag_map live;     /**< thing by ag_access_key; one that is gone stays until it is replaced. */
    ag_map original; /**< entries of the start by their own keys. */
    ag_map wanted;   /**< entries of the end. */
    ag_map columns;  /**< "key column" of columns that are made. */
    AG_VEC(ag_op *) ops;
} giving;

static char *column_key(giving *g, const char *key, const char *column) {
    return ag_arena_printf(g->arena, "%s\n%s", key, column);
}

static thing *add_thing(giving *g, const ag_access *now, bool is_made) {
    thing *it = ag_arena_new_of(g->arena, thing);
    it->now = *now;
    it->is_made = is_made;
    ag_vec_push(g->arena, &g->things, it);
    ag_map_put(&g->live, ag_access_key_of(g->arena, now), it);
    return it;
}

/* What somebody who makes an object there gives away with it. */
static void put_defaults(giving *g, const ag_access *identity, ag_grants *out) {
    const ag_schema *old = g->l->old;
    bool is_of_model = !g->l->is_up && ag_schema_covers(g->l->model, AG_DEFAULT_PRIVILEGE);
    const ag_accesses *all = is_of_model ? &g->l->model->access : &old->access;
    const char *plural = ag_access_plural(identity->kind);
    const ag_access *general = NULL;
    const ag_access *local = NULL;
    for (size_t i = 0; i < all->n && plural != NULL; i++) {
        const ag_access *it = all->items[i];
        if (it->kind != AG_DEFAULT_PRIVILEGE || !ag_text_eq(it->name, old->role) ||
            !ag_text_eq(it->signature, plural)) {
            continue;
        }
        general = it->ns == NULL ? it : general;
        local = it->ns != NULL && ag_text_eq(it->ns, identity->ns) ? it : local;
    }
    if (general == NULL) {
        ag_access_default(g->arena, identity, g->l->version, out);
    }
    for (size_t i = 0; general != NULL && i < general->grants.n; i++) {
        ag_grants_put(g->arena, out, &general->grants.items[i]);
    }
    for (size_t i = 0; local != NULL && i < local->grants.n; i++) {
        ag_grants_put(g->arena, out, &local->grants.items[i]);
    }
}

static const char *signature_of(const ag_op *op) {
    if (op->signature != NULL || op->kind == AG_OP_RENAME_OBJECT) {
        return op->signature;
    }
    bool is_object = op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_DROP_OBJECT;
    const ag_object *object = op->after.object != NULL ? op->after.object : op->before.object;
    return is_object && object != NULL ? object->signature : NULL;
}

static char *key_of(giving *g, const ag_op *op, const char *name) {
    const char *ns = op->object == AG_NAMESPACE ? NULL : op->ns;
    return ag_access_key(g->arena, op->object, ns, name, signature_of(op));
}

static void create(giving *g, const ag_op *op) {
    ag_access now = {.kind = op->object,
                     .ns = op->object == AG_NAMESPACE ? NULL : op->ns,
                     .name = op->name,
                     .signature = signature_of(op),
                     .owner = g->l->old->role,
                     .has_grants = true,
                     .loc = op->loc};
    put_defaults(g, &now, &now.grants);
    add_thing(g, &now, true);
}

static void drop(giving *g, const ag_op *op) {
    thing *it = ag_map_get(&g->live, key_of(g, op, op->name));
    if (it == NULL) {
        ag_access now = {.kind = op->object,
                         .ns = op->object == AG_NAMESPACE ? NULL : op->ns,
                         .name = op->name,
                         .signature = signature_of(op)};
        it = add_thing(g, &now, false);
    }
    it->is_gone = true;
}

static void move(giving *g, thing *it, const char *key) {
    ag_map_put(&g->live, ag_access_key_of(g->arena, &it->now), NULL);
    ag_map_put(&g->live, key, it);
}

/* Things of a namespace, or sequences of one of its tables, are in another now. */
static void move_things(giving *g, const char *ns, const char *table, const char *new_ns) {
    for (size_t i = 0; i < g->things.n; i++) {
        thing *it = g->things.items[i];
        const ag_access *now = &it->now;
        if (!it->is_gone && ag_text_eq(now->ns, ns) &&
            (table == NULL || ag_text_eq(now->table, table))) {
            move(g, it, ag_access_key(g->arena, now->kind, new_ns, now->name, now->signature));
            it->now.ns = new_ns;
        }
    }
}

static void rename_thing(giving *g, const ag_op *op) {
    thing *it = ag_map_get(&g->live, key_of(g, op, op->name));
    ag_op there = *op;
    there.ns = op->new_ns != NULL ? op->new_ns : op->ns;
    if (it != NULL && !it->is_gone) {
        move(g, it, key_of(g, &there, op->new_name));
        it->now.name = op->new_name;
        it->now.ns = op->object == AG_NAMESPACE ? NULL : there.ns;
    }
    if (op->kind == AG_OP_RENAME_TABLE && op->new_ns != NULL) {
        move_things(g, op->ns, op->name, op->new_ns);
    }
}

static void rename_namespace(giving *g, const ag_op *op) {
    rename_thing(g, op);
    move_things(g, op->name, NULL, op->new_name);
}

/* A column is made, dropped (NULL) or called otherwise. */
static void change_column(giving *g, const ag_op *op, const char *new_name) {
    char *key = ag_access_key(g->arena, AG_TABLE, op->ns, op->table, NULL);
    thing *it = ag_map_get(&g->live, key);
    if (op->kind == AG_OP_ADD_COLUMN) {
        ag_map_put(&g->columns, column_key(g, key, op->name), g);
    }
    if (it == NULL || it->is_gone) {
        return;
    }
    ag_grants old = it->now.grants;
    it->now.grants = (ag_grants){NULL, 0, 0};
    for (size_t i = 0; i < old.n; i++) {
        ag_grant grant = old.items[i];
        bool is_it = grant.column != NULL && ag_text_eq(grant.column, op->name);
        grant.column = is_it ? new_name : grant.column;
        if (!is_it || new_name != NULL) {
            ag_grants_put(g->arena, &it->now.grants, &grant);
        }
    }
}

static void run(giving *g, const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_CREATE_NAMESPACE:
    case AG_OP_CREATE_ENUM:
    case AG_OP_CREATE_DOMAIN:
    case AG_OP_CREATE_COMPOSITE:
    case AG_OP_CREATE_SEQUENCE:
    case AG_OP_CREATE_TABLE:
    case AG_OP_CREATE_OBJECT:
        create(g, op);
        break;
    case AG_OP_DROP_NAMESPACE:
    case AG_OP_DROP_ENUM:
    case AG_OP_DROP_DOMAIN:
    case AG_OP_DROP_COMPOSITE:
    case AG_OP_DROP_SEQUENCE:
    case AG_OP_DROP_TABLE:
    case AG_OP_DROP_OBJECT:
        drop(g, op);
        break;
    case AG_OP_RENAME_ENUM:
    case AG_OP_RENAME_DOMAIN:
    case AG_OP_RENAME_COMPOSITE:
    case AG_OP_RENAME_SEQUENCE:
    case AG_OP_RENAME_TABLE:
    case AG_OP_RENAME_OBJECT:
        rename_thing(g, op);
        break;
    case AG_OP_RENAME_NAMESPACE:
        rename_namespace(g, op);
        break;
    case AG_OP_ADD_COLUMN:
    case AG_OP_DROP_COLUMN:
        change_column(g, op, NULL);
        break;
    case AG_OP_RENAME_COLUMN:
        change_column(g, op, op->new_name);
        break;
    default:
        break;
    }
}

/* A sequence is made with the column that owns it. */
static bool is_made_along(giving *g, const ag_access *it) {
    if (it->table == NULL) {
        return false;
    }
    char *key = ag_access_key(g->arena, AG_TABLE, it->ns, it->table, NULL);
    const thing *table = ag_map_get(&g->live, key);
    return (table != NULL && table->is_made) ||
           ag_map_has(&g->columns, column_key(g, key, it->column));
}

/* The state of one object before the last step, and what it is to be. */
typedef struct goal {
    const ag_access *identity;
    const char *owner, *wanted_owner;
    ag_grants grants, wanted_grants;
} goal;

static void want(giving *g, const char *key, bool is_made, goal *out) {
    bool is_known = is_made && !g->l->is_up; /* the way back leads to a database */
    bool knows_owners = is_known || g->of_owners;
    bool knows_grants = is_known || g->of_grants;
    const ag_access *end = ag_map_get(&g->wanted, key);
    const ag_access *start = ag_map_get(&g->original, key);
    if (knows_owners) {
        out->wanted_owner = end != NULL ? end->owner : is_made ? g->end->role : NULL;
    } else {
        out->wanted_owner = is_made && start != NULL ? start->owner : NULL;
    }
    out->wanted_owner = out->wanted_owner == NULL ? out->owner : out->wanted_owner;
    const ag_grants *grants = NULL;
    ag_grants usual = {NULL, 0, 0};
    if (knows_grants && end != NULL) {
        grants = end->has_grants ? &end->grants : &out->grants;
    } else if (!knows_grants && is_made && start != NULL) {
        grants = &start->grants;
    } else if (knows_grants || (is_made && ag_access_has_object(g->l->old, out->identity))) {
        ag_access_default(g->arena, out->identity, g->l->version, &usual);
        grants = &usual;
    } else {
        grants = &out->grants;
    }
    out->wanted_grants = *grants;
}

static void add_op(giving *g, const ag_access *identity, const char *owner, const ag_grants *grants,
                   const char *new_owner, const ag_grants *new_grants) {
    ag_access *before = ag_arena_copy(g->arena, identity, sizeof *identity);
    ag_access *after = ag_arena_copy(g->arena, identity, sizeof *identity);
    before->owner = owner;
    before->grants = *grants;
    after->owner = new_owner;
    after->grants = *new_grants;
    ag_op *op = ag_arena_new_of(g->arena, ag_op);
    *op = (ag_op){.kind = AG_OP_ALTER_ACCESS,
                  .object = identity->kind,
                  .ns = identity->ns,
                  .name = identity->name,
                  .signature = identity->signature,
                  .before.access = before,
                  .after.access = after,
                  .loc = identity->loc};
    ag_vec_push(g->arena, &g->ops, op);
}

/*
 * What the new owner was given before stays written beside what owners may do anyway, with its
 * grant options: it is taken first.
 */
static void take_from_heir(giving *g, goal *it) {
    ag_grants without = {NULL, 0, 0};
    for (size_t i = 0; i < it->grants.n; i++) {
        if (!ag_text_eq(it->grants.items[i].grantee, it->wanted_owner)) {
            ag_grants_put(g->arena, &without, &it->grants.items[i]);
        }
    }
    if (without.n < it->grants.n) {
        add_op(g, it->identity, it->owner, &it->grants, it->owner, &without);
        it->grants = without;
    }
}

static void reach(giving *g, const char *key, bool is_made, goal *it) {
    bool is_owned = it->identity->table != NULL || it->identity->kind == AG_DEFAULT_PRIVILEGE;
    want(g, key, is_made, it);
    if (is_owned) {
        it->wanted_owner = it->owner; /* its table's owner, whoever that is */
    }
    bool is_other = !ag_text_eq(it->owner, it->wanted_owner);
    if (is_other) {
        take_from_heir(g, it);
    }
    ag_grants before = {NULL, 0, 0};
    ag_grants after = {NULL, 0, 0};
    ag_grants_under(g->arena, &it->grants, it->wanted_owner, &before);
    ag_grants_under(g->arena, &it->wanted_grants, it->wanted_owner, &after);
    if (is_other || !ag_grants_equal(&before, &after)) {
        add_op(g, it->identity, it->owner, &before, it->wanted_owner, &after);
    }
}

/* It went with what it was part of. */
static bool went_along(giving *g, const ag_access *it) {
    if (it->kind == AG_DEFAULT_PRIVILEGE && it->ns != NULL) {
        const thing *place =
            ag_map_get(&g->live, ag_access_key(g->arena, AG_NAMESPACE, NULL, it->ns, NULL));
        return place != NULL && place->is_gone;
    }
    return it->table != NULL && !ag_access_has_object(g->end, it);
}

static void settle(giving *g, const char *key, const ag_access *identity, const thing *it) {
    bool is_made_with = is_made_along(g, identity);
    bool is_made = is_made_with || (it != NULL && it->is_made);
    bool is_gone = (it != NULL && it->is_gone) || went_along(g, identity);
    if (is_gone || (!is_made && !g->of_owners && !g->of_grants)) {
        return;
    }
    goal now = {.identity = identity, .owner = g->l->old->role};
    if (it != NULL && !is_made_with) {
        now.owner = it->now.owner;
        now.grants = it->now.grants;
    } else if (is_made_with) {
        put_defaults(g, identity, &now.grants);
    } else {
        ag_access_default(g->arena, identity, g->l->version, &now.grants);
    }
    reach(g, key, is_made, &now);
}

static int rank_of(const ag_op *op) {
    return op->object == AG_NAMESPACE ? 0 : op->object == AG_DEFAULT_PRIVILEGE ? 2 : 1;
}

static int changes_owner(const ag_op *op) {
    return ag_text_eq(op->before.access->owner, op->after.access->owner) ? 0 : 1;
}

/* What is taken from an heir comes before the change of the owner. */
static int by_rank(const void *a, const void *b) {
    const ag_op *x = *(ag_op *const *)a;
    const ag_op *y = *(ag_op *const *)b;
    int order = rank_of(x) - rank_of(y);
    order = order != 0 ? order : (int)x->object - (int)y->object;
    order = order != 0 ? order : strcmp(x->ns != NULL ? x->ns : "", y->ns != NULL ? y->ns : "");
    order = order != 0 ? order : strcmp(x->name, y->name);
    order = order != 0 ? order
                       : strcmp(x->signature != NULL ? x->signature : "",
                                y->signature != NULL ? y->signature : "");
    return order != 0 ? order : changes_owner(x) - changes_owner(y);
}

static void settle_all(giving *g) {
    ag_map seen = AG_MAP_INIT;
    for (size_t i = 0; i < g->wanted.n; i++) {
        const char *key = g->wanted.entries[i].key;
        ag_map_put(&seen, key, g);
        settle(g, key, g->wanted.entries[i].value, ag_map_get(&g->live, key));
    }
    for (size_t i = 0; i < g->things.n; i++) {
        const thing *it = g->things.items[i];
        char *key = ag_access_key_of(g->arena, &it->now);
        if (!ag_map_has(&seen, key) && ag_map_get(&g->live, key) == it) {
            settle(g, key, &it->now, it);
        }
    }
    ag_map_release(&seen);
    if (g->ops.n > 1) {
        qsort(g->ops.items, g->ops.n, sizeof *g->ops.items, by_rank);
    }
    for (size_t i = 0; i < g->ops.n; i++) {
        ag_pg_emit(g->l, g->ops.items[i]);
    }
}

static void note_entries(giving *g, const ag_schema *schema, ag_map *map) {
    for (size_t i = 0; i < schema->access.n; i++) {
        ag_access *it = schema->access.items[i];
        ag_map_put(map, ag_access_key_of(g->arena, it), it);
    }
}

void ag_pg_give_access(ag_pg_lowering *l) {
    bool of_owners = ag_schema_covers(l->model, AG_OWNER);
    bool of_grants = ag_schema_covers(l->model, AG_GRANT);
    if (l->old->access.n == 0 && l->model->access.n == 0 && !of_owners && !of_grants) {
        return;
    }
    giving g = {.l = l,
                .arena = l->arena,
                .start = l->is_up ? l->old : l->model,
                .end = l->is_up ? l->model : l->old,
                .of_owners = of_owners,
                .of_grants = of_grants};
    if (l->is_up || of_owners || of_grants) {
        note_entries(&g, g.start, &g.original);
        for (size_t i = 0; i < g.start->access.n; i++) {
            add_thing(&g, g.start->access.items[i], false);
        }
    }
    if (!l->is_up || of_owners || of_grants) {
        note_entries(&g, g.end, &g.wanted);
    }
    for (size_t i = 0; i < l->steps.n; i++) {
        run(&g, l->steps.items[i].op);
    }
    settle_all(&g);
    ag_map_release(&g.live);
    ag_map_release(&g.original);
    ag_map_release(&g.wanted);
    ag_map_release(&g.columns);
}
