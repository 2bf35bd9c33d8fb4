/*
 * Lowering of what is one statement each: tables made, dropped and renamed, indexes, views and
 * triggers. Two things SQLite does by itself are done by hand here, because they would lose
 * something: a view that is dropped takes its triggers with it, and a rename is refused while any
 * view or trigger would be left without its names.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/lowering.h"
#include "schema/node.h"

static const char *type_of(const ag_op *op) {
    if (op->kind == AG_OP_CREATE_INDEX || op->kind == AG_OP_DROP_INDEX) {
        return "index";
    }
    if (op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_DROP_OBJECT) {
        return op->object == AG_TRIGGER ? "trigger" : "view";
    }
    return "table";
}

static bool simple_up(ag_lite_lowering *l, const ag_op *op) {
    ag_lite_step s = {.op = ag_ops_add_copy(l->up, op)};
    s.before_sql = ag_lite_scratch_text(l->scratch, l->arena, type_of(op), op->name);
    if (op->kind == AG_OP_DROP_TABLE || op->kind == AG_OP_DROP_OBJECT) {
        ag_lite_scratch_dependents(l->scratch, l->arena, op->name, &s.lost);
    }
    const ag_lite_left_out *unseen =
        s.before_sql == NULL ? ag_lite_scratch_left_out(l->scratch, type_of(op), op->name) : NULL;
    bool is_drop = op->kind == AG_OP_DROP_OBJECT || op->kind == AG_OP_DROP_INDEX ||
                   op->kind == AG_OP_DROP_TABLE;
    if (is_drop && unseen != NULL) {
        s.is_unseen = true;
        s.before_sql = unseen->sql;
    }
    ag_vec_push(l->arena, &l->steps, s);
    return s.is_unseen || ag__lite_run(l, op);
}

static bool drop_old(ag_lite_lowering *l, const ag_op *op, ag_op_kind drop) {
    ag_op first = *op;
    first.kind = drop;
    first.after.any = NULL;
    first.new_name = NULL;
    return simple_up(l, &first);
}

static bool create_new(ag_lite_lowering *l, const ag_op *op, ag_op_kind create) {
    ag_op second = *op;
    second.kind = create;
    second.before.any = NULL;
    second.new_name = NULL;
    second.name = op->new_name == NULL ? op->name : op->new_name;
    return simple_up(l, &second);
}

/* ---- Views and triggers in the way ---- */

static bool is_there(ag_lite_lowering *l, const ag_object *object) {
    const char *type = object->kind == AG_TRIGGER ? "trigger" : "view";
    return ag_lite_scratch_text(l->scratch, l->arena, type, object->name) != NULL;
}

/* The place of the later operation that drops, replaces or renames an object; n when none does. */
static size_t later_drop(const ag_lite_lowering *l, size_t at, const ag_object *object) {
    for (size_t i = at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        bool goes = op->kind == AG_OP_REPLACE_OBJECT || op->kind == AG_OP_RENAME_OBJECT ||
                    op->kind == AG_OP_DROP_OBJECT;
        if (goes && op->object == object->kind && ag_text_ieq(op->name, object->name)) {
            return i;
        }
    }
    return l->ops->list.n;
}

static bool remake(ag_lite_lowering *l, const ag_object *object, ag_op_kind kind) {
    ag_op op = {.kind = kind, .object = object->kind, .name = object->name, .is_remade = true};
    op.table = object->table;
    op.loc = object->loc;
    if (kind == AG_OP_CREATE_OBJECT) {
        op.after.object = object;
    } else {
        op.before.object = object;
    }
    return simple_up(l, &op);
}

/* Drops one object ahead of the operation that would, or aside until it can be put back. */
static bool take_one(ag_lite_lowering *l, size_t at, const ag_object *object) {
    size_t later = later_drop(l, at, object);
    if (later < l->ops->list.n) {
        l->is_dropped[later] = true;
        return drop_old(l, l->ops->list.items[later], AG_OP_DROP_OBJECT);
    }
    const ag_object *twin = ag_schema_object(l->to, object->kind, NULL, object->name);
    ag_vec_push(l->arena, &l->aside, twin == NULL ? object : twin);
    return remake(l, object, AG_OP_DROP_OBJECT);
}

static bool take_triggers_of(ag_lite_lowering *l, size_t at, const char *view) {
    bool ok = true;
    for (size_t i = 0; ok && i < l->from->objects.n; i++) {
        const ag_object *object = l->from->objects.items[i];
        if (object->kind == AG_TRIGGER && ag_text_ieq(object->table, view) && is_there(l, object)) {
            ok = take_one(l, at, object);
        }
    }
    return ok;
}

/* Puts back what lies aside: everything, or the triggers whose view is there again. */
static bool put_back(ag_lite_lowering *l, const char *view) {
    for (int triggers = view != NULL; triggers <= 1; triggers++) {
        for (size_t i = 0; i < l->aside.n; i++) {
            const ag_object *object = l->aside.items[i];
            bool wanted = object != NULL && (object->kind == AG_TRIGGER) == triggers &&
                          (view == NULL || ag_text_ieq(object->table, view));
            if (wanted) {
                l->aside.items[i] = NULL;
                if (!remake(l, object, AG_OP_CREATE_OBJECT)) {
                    return false;
                }
            }
        }
    }
    return true;
}

bool ag__lite_put_back(ag_lite_lowering *l) {
    return put_back(l, NULL);
}

/* A view that goes for good takes the triggers with it that have no operation of their own. */
static bool drop_object(ag_lite_lowering *l, size_t at) {
    const ag_op *op = l->ops->list.items[at];
    if (l->is_dropped[at]) {
        return true;
    }
    bool is_gone = op->kind == AG_OP_DROP_OBJECT;
    if (op->object == AG_VIEW && !is_gone && !take_triggers_of(l, at, op->name)) {
        return false;
    }
    return drop_old(l, op, AG_OP_DROP_OBJECT);
}

static bool replace_object(ag_lite_lowering *l, size_t at) {
    const ag_op *op = l->ops->list.items[at];
    const char *name = op->new_name == NULL ? op->name : op->new_name;
    return drop_object(l, at) && create_new(l, op, AG_OP_CREATE_OBJECT) &&
           (op->object != AG_VIEW || put_back(l, name));
}

/* Whether an object of the schema is the one that "error in view v after rename: …" is about. */
static bool is_blamed(const ag_object *object, const char *message) {
    const char *start = object->kind == AG_TRIGGER ? "error in trigger " : "error in view ";
    size_t n = strlen(object->name);
    if ((object->kind != AG_TRIGGER && object->kind != AG_VIEW) ||
        !ag_text_starts(message, start) || strncmp(message + strlen(start), object->name, n) != 0) {
        return false;
    }
    const char *rest = message + strlen(start) + n;
    return *rest == ':' || ag_text_starts(rest, " after ");
}

static const ag_object *blamed(ag_lite_lowering *l, const char *message) {
    for (size_t i = 0; i < l->from->objects.n; i++) {
        const ag_object *object = l->from->objects.items[i];
        if (is_blamed(object, message) && is_there(l, object)) {
            return object;
        }
    }
    return NULL;
}

/*
 * SQLite refuses a rename that leaves a view or trigger without its names: where one view reads
 * another, say, or where one was broken before. Those it names go aside, one after the other.
 */
static bool clear_the_way(ag_lite_lowering *l, size_t at) {
    for (;;) {
        ag_error err = {.code = AG_OK};
        if (!ag__lite_savepoint(l, "SAVEPOINT")) {
            return false;
        }
        bool can_rename = ag__lite_try(l, l->ops->list.items[at], &err);
        if (!ag__lite_undo(l)) {
            return false;
        }
        const ag_object *object = can_rename ? NULL : blamed(l, err.message);
        if (object == NULL) {
            return true; /* or it fails for another reason, which the caller will see */
        }
        if ((object->kind == AG_VIEW && !take_triggers_of(l, at, object->name)) ||
            !take_one(l, at, object)) {
            return false;
        }
    }
}

/* A trigger that is about to be made may be on a view that still lies aside. */
static bool put_back_view_of(ag_lite_lowering *l, const ag_op *op) {
    for (size_t i = 0; i < l->aside.n; i++) {
        const ag_object *object = l->aside.items[i];
        if (object != NULL && object->kind == AG_VIEW && ag_text_ieq(object->name, op->table)) {
            l->aside.items[i] = NULL;
            return remake(l, object, AG_OP_CREATE_OBJECT) && put_back(l, object->name);
        }
    }
    return true;
}

static bool is_index_change(const ag_op *op) {
    return op->kind == AG_OP_RENAME_INDEX || op->kind == AG_OP_ALTER_INDEX;
}

/* An index may be on columns that come only with the rest of the changes of its table's text. */
static bool make_index(ag_lite_lowering *l, size_t at) {
    const ag_op *op = l->ops->list.items[at];
    if (is_index_change(op) && !drop_old(l, op, AG_OP_DROP_INDEX)) {
        return false;
    }
    return l->is_waiting[at] || create_new(l, op, AG_OP_CREATE_INDEX);
}

bool ag__lite_make_waiting(ag_lite_lowering *l, const char *table) {
    bool ok = true;
    for (size_t i = 0; ok && i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (l->is_waiting[i] && ag_text_ieq(op->table, table)) {
            l->is_waiting[i] = false;
            ok = create_new(l, op, AG_OP_CREATE_INDEX);
        }
    }
    return ok;
}

bool ag__lite_object_up(ag_lite_lowering *l, size_t at) {
    const ag_op *op = l->ops->list.items[at];
    if (op->kind == AG_OP_SET_COMMENT) {
        return true; /* SQLite keeps no comments */
    }
    if (op->kind == AG_OP_CREATE_INDEX || is_index_change(op)) {
        return make_index(l, at);
    }
    if (op->object == AG_TRIGGER && op->kind != AG_OP_DROP_OBJECT && !put_back_view_of(l, op)) {
        return false;
    }
    if (op->kind == AG_OP_RENAME_OBJECT || op->kind == AG_OP_REPLACE_OBJECT) {
        return replace_object(l, at);
    }
    if (op->kind == AG_OP_RENAME_COLUMN || op->kind == AG_OP_RENAME_TABLE) {
        return clear_the_way(l, at) && simple_up(l, op);
    }
    return op->kind == AG_OP_DROP_OBJECT ? drop_object(l, at) : simple_up(l, op);
}

/* ---- Views in the way of a rebuild ---- */

/* Of some views, those that a rebuild would break. */
static bool find_broken(ag_lite_lowering *l, const ag_op *rebuild, ag_strings *views) {
    size_t n = 0;
    for (size_t i = 0; i < views->n; i++) {
        if (ag_lite_scratch_can_read(l->scratch, views->items[i])) {
            views->items[n++] = views->items[i];
        }
    }
    views->n = n;
    if (n == 0) {
        return true;
    }
    if (!ag__lite_savepoint(l, "SAVEPOINT")) {
        return false;
    }
    n = 0;
    if (ag__lite_try(l, rebuild, NULL)) {
        for (size_t i = 0; i < views->n; i++) {
            if (!ag_lite_scratch_can_read(l->scratch, views->items[i])) {
                views->items[n++] = views->items[i];
            }
        }
    }
    views->n = n;
    return ag__lite_undo(l) &&
           ag_lite_scratch_exec(l->scratch, "PRAGMA legacy_alter_table = OFF", l->err);
}

static bool take_view(ag_lite_lowering *l, size_t at, const char *name) {
    const ag_object *view = ag_schema_object(l->from, AG_VIEW, NULL, name);
    return view == NULL || !is_there(l, view) ||
           (take_triggers_of(l, at, name) && take_one(l, at, view));
}

bool ag__lite_drop_broken(ag_lite_lowering *l, size_t at, const ag_op *rebuild) {
    ag_strings views = {0};
    for (size_t i = at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        bool goes = op->kind == AG_OP_REPLACE_OBJECT || op->kind == AG_OP_RENAME_OBJECT ||
                    op->kind == AG_OP_DROP_OBJECT;
        if (goes && op->object == AG_VIEW && !l->is_dropped[i]) {
            ag_vec_push(l->arena, &views, op->name);
        }
    }
    bool ok = find_broken(l, rebuild, &views);
    for (size_t i = 0; ok && i < views.n; i++) {
        ok = take_view(l, at, views.items[i]);
    }
    return ok;
}

static bool makes(const ag_lite_step *s, ag_kind kind) {
    return s->op != NULL && !s->is_undone && s->op->kind == AG_OP_CREATE_OBJECT &&
           s->op->object == kind;
}

/* Takes back the making of a view, that of its triggers first. */
static bool undo_view(ag_lite_lowering *l, size_t n, const char *view) {
    static const ag_kind kinds[] = {AG_TRIGGER, AG_VIEW};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (size_t i = n; i-- > 0;) {
            ag_lite_step *s = &l->steps.items[i];
            if (makes(s, kinds[k]) &&
                ag_text_ieq(kinds[k] == AG_VIEW ? s->op->name : s->op->table, view) &&
                !ag__lite_object_down(l, s)) {
                return false;
            }
        }
    }
    return true;
}

bool ag__lite_undo_broken(ag_lite_lowering *l, size_t n, const ag_op *rebuild) {
    ag_strings views = {0};
    for (size_t i = 0; i < n; i++) {
        if (makes(&l->steps.items[i], AG_VIEW)) {
            ag_vec_push(l->arena, &views, l->steps.items[i].op->name);
        }
    }
    bool ok = find_broken(l, rebuild, &views);
    for (size_t i = 0; ok && i < views.n; i++) {
        ok = undo_view(l, n, views.items[i]);
    }
    return ok;
}

/* ---- The way back ---- */

/* The inverse of a drop makes what was stored, which may differ from the schema's text by now. */
static void use_stored_text(ag_op *op, const char *sql) {
    if (sql == NULL) {
        return;
    }
    if (op->kind == AG_OP_CREATE_INDEX) {
        ((ag_index *)(uintptr_t)op->after.index)->sql = sql;
    } else if (op->kind == AG_OP_CREATE_TABLE) {
        ((ag_table *)(uintptr_t)op->after.table)->sql = sql;
    } else if (op->kind == AG_OP_CREATE_OBJECT) {
        ((ag_object *)(uintptr_t)op->after.object)->definition = sql;
    }
}

/* What went with a dropped table or view without an operation of its own comes back with it. */
static bool restore_lost(ag_lite_lowering *l, const ag_lite_step *s) {
    ag_arena *arena = l->down->arena;
    for (size_t i = 0; i < s->lost.n; i++) {
        const ag_lite_stored *stored = &s->lost.items[i];
        bool is_index = strcmp(stored->type, "index") == 0;
        ag_op *op = ag_ops_add(l->down, is_index ? AG_OP_CREATE_INDEX : AG_OP_CREATE_OBJECT);
        op->object = is_index ? AG_INDEX : AG_TRIGGER;
        op->name = ag_arena_strdup(arena, stored->name);
        op->table = ag_arena_strdup(arena, s->op->name);
        op->on_new_table = true;
        if (is_index) {
            ag_index *index = ag_arena_new_of(arena, ag_index);
            index->name = op->name;
            index->sql = ag_arena_strdup(arena, stored->sql);
            op->after.index = index;
        } else {
            ag_object *object = ag_arena_new_of(arena, ag_object);
            object->kind = AG_TRIGGER;
            object->name = op->name;
            object->table = op->table;
            object->definition = ag_arena_strdup(arena, stored->sql);
            op->after.object = object;
        }
        if (!ag__lite_run(l, op)) {
            return false;
        }
    }
    return true;
}

bool ag__lite_object_down(ag_lite_lowering *l, ag_lite_step *s) {
    s->is_undone = true;
    ag_ops *list = ag_ops_new();
    (void)ag_ops_add_copy(list, s->op);
    ag_ops *back = ag_ops_invert(list);
    ag_op *op = ag_ops_add_copy(l->down, back->list.items[0]);
    use_stored_text(op, ag_arena_strdup(l->down->arena, s->before_sql));
    ag_ops_free(back);
    ag_ops_free(list);
    return (s->is_unseen || ag__lite_run(l, op)) && restore_lost(l, s);
}
