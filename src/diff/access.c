/* Owners and privileges. They are compared last: what is new has an owner and privileges too. */
#include "schema/access.h"

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

static void access_key(ag_buf *buf, const void *node) {
    const ag_access *it = node;
    ag_arena *arena = ag_arena_new();
    ag_buf_puts(buf, ag_access_key_of(arena, it));
    ag_arena_free(arena);
}

/* What an object has of which nothing is said. */
static ag_access *usual(ag_differ *d, const ag_access *identity, const char *owner) {
    ag_access *it = ag_arena_copy(d->scratch, identity, sizeof *identity);
    it->owner = owner;
    it->has_grants = true;
    it->grants = (ag_grants){NULL, 0, 0};
    ag_access_default(d->scratch, identity, d->from->server_version, &it->grants);
    return it;
}

static void compare(ag_differ *d, const ag_access *a, const ag_access *b) {
    bool has_owner = ag_schema_covers(d->to, AG_OWNER) && b->owner != NULL;
    bool has_grants = ag_schema_covers(d->to, AG_GRANT) && b->has_grants;
    ag_access *before = ag_arena_copy(d->scratch, a, sizeof *a);
    ag_access *after = ag_arena_copy(d->scratch, b, sizeof *b);
    after->owner = has_owner ? b->owner : a->owner;
    before->grants = after->grants = (ag_grants){NULL, 0, 0};
    ag_grants_under(d->scratch, &a->grants, after->owner, &before->grants);
    ag_grants_under(d->scratch, has_grants ? &b->grants : &a->grants, after->owner, &after->grants);
    if (ag_text_eq(before->owner, after->owner) &&
        ag_grants_equal(&before->grants, &after->grants)) {
        return;
    }
    ag_op *op = ag__emit(d, AG_OP_ALTER_ACCESS, b->ns, b->name);
    op->object = b->kind;
    op->signature = b->signature;
    op->before.access = before;
    op->after.access = after;
    op->loc = b->loc;
}

static void access_create(ag_differ *d, const ag_pair *pair) {
    compare(d, usual(d, pair->after, d->from->role), pair->after);
}

/* The entry is gone: the object has what is usual now, unless it is gone itself. */
static void access_drop(ag_differ *d, const ag_pair *pair) {
    const ag_access *it = pair->before;
    bool is_default = it->kind == AG_DEFAULT_PRIVILEGE;
    if (is_default ? ag_schema_covers(d->to, it->kind) : ag_access_has_object(d->to, it)) {
        compare(d, it, usual(d, it, NULL));
    }
}

static void access_compare(ag_differ *d, const ag_pair *pair) {
    compare(d, pair->before, pair->after);
}

static const ag_walk access_walk = {access_key, access_create, access_drop, access_compare};

void ag__diff_access(ag_differ *d) {
    if (ag_schema_covers(d->to, AG_OWNER) || ag_schema_covers(d->to, AG_GRANT)) {
        ag__walk(d, &access_walk, AG_SIDE(d->from->access, NULL), AG_SIDE(d->to->access, NULL));
    }
}
