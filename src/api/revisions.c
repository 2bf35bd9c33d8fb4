#include "api/revisions.h"

#include "schema/node.h"

ag_revisions *ag_revisions_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_revisions *revisions = ag_arena_new_of(arena, ag_revisions);
    revisions->owner = arena;
    return revisions;
}

ag_arena *ag_revisions_arena(const ag_revisions *revisions) {
    return revisions->owner;
}

void ag_revisions_free(ag_revisions *revisions) {
    if (revisions != NULL) {
        ag_arena_free(revisions->owner);
    }
}

static void ids_of(ag_arena *arena, const ag_revs *revs, ag_strings *out) {
    for (size_t i = 0; i < revs->n; i++) {
        ag_vec_push(arena, out, ag_arena_strdup(arena, revs->items[i]->id));
    }
}

static ag_revision_info info_of(ag_arena *arena, const ag_rev *rev, const ag_revs *current) {
    ag_revision_info info = {
        .id = ag_arena_strdup(arena, rev->id),
        .message = ag_arena_strdup(arena, rev->message),
        .doc = ag_arena_strdup(arena, rev->doc),
        .path = ag_arena_strdup(arena, rev->path),
        .create_date = ag_arena_strdup(arena, rev->create_date),
        .is_head = ag_rev_is_head(rev),
        .is_effective_head = ag_rev_is_effective_head(rev),
        .is_branch_point = ag_rev_is_branch_point(rev),
        .is_merge_point = ag_rev_is_merge_point(rev),
        .knows_current = current != NULL,
        .is_current = current != NULL && ag_revs_has(current, rev),
    };
    ids_of(arena, &rev->downs, &info.down);
    ids_of(arena, &rev->depends, &info.depends_on);
    ids_of(arena, &rev->children, &info.next);
    ag_strings_clone(arena, &info.labels, &rev->labels);
    return info;
}

void ag_revisions_add(ag_revisions *out, const ag_rev *rev, const ag_revs *current) {
    ag_vec_push(out->owner, &out->list, info_of(out->owner, rev, current));
}

void ag_revisions_add_child(ag_revisions *out, const ag_rev *rev) {
    ag_vec_push(out->owner, &out->children, info_of(out->owner, rev, NULL));
}
