#include "api/changes.h"

#include "base/str.h"
#include "review/review.h"
#include "schema/node.h"

void ag_changes_free(ag_changes *changes) {
    if (changes != NULL) {
        ag_arena_free(changes->owner);
    }
}

ag_arena *ag_changes_arena(const ag_changes *changes) {
    return changes->owner;
}

/* Sentences are for people and terminals; names stay what they are. */
static const char *shown(ag_arena *arena, const char *text) {
    char *copy = ag_arena_strdup(arena, text);
    ag_text_blank_unsafe(copy, true);
    return copy;
}

static void add_change(ag_changes *out, const ag_dialect *dialect, const ag_op *op) {
    ag_arena *arena = out->owner;
    const char *table = op->table != NULL ? op->table : op->object == AG_TABLE ? op->name : NULL;
    ag_change change = {
        .kind = ag_op_json_name(op->kind),
        .table = table == NULL ? NULL : ag_node_display(arena, op->ns, table),
        .name = ag_arena_strdup(arena, op->name),
        .summary = shown(arena, ag_op_describe(arena, op)),
        .loc = op->loc,
    };
    change.loc.file = ag_arena_strdup(arena, op->loc.file);
    ag_hazards hazards = {0};
    ag_review_op(arena, dialect, op, &hazards);
    for (size_t i = 0; i < hazards.n; i++) {
        ag_vec_push(arena, &change.hazards, shown(arena, hazards.items[i].text));
    }
    ag_vec_push(arena, &out->list, change);
}

ag_changes *ag_changes_of(const ag_dialect *dialect, const ag_diff_result *diff,
                          const ag_strings *warnings) {
    ag_arena *arena = ag_arena_new();
    ag_changes *changes = ag_arena_new_of(arena, ag_changes);
    changes->owner = arena;
    for (size_t i = 0; i < diff->ops->list.n; i++) {
        add_change(changes, dialect, diff->ops->list.items[i]);
    }
    for (size_t i = 0; i < diff->suggestions.n; i++) {
        ag_vec_push(arena, &changes->suggestions, shown(arena, diff->suggestions.items[i].text));
    }
    for (size_t i = 0; i < diff->warnings.n; i++) {
        ag_vec_push(arena, &changes->warnings, shown(arena, diff->warnings.items[i]));
    }
    for (size_t i = 0; warnings != NULL && i < warnings->n; i++) {
        ag_vec_push(arena, &changes->warnings, shown(arena, warnings->items[i]));
    }
    return changes;
}
