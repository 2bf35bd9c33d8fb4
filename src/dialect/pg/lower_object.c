/*
 * Views, rules, triggers and policies that stand in the way of a change to a column: they go with
 * all that hangs on them, and come back.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "schema/node.h"
#include "sql/normal.h"

typedef AG_VEC(const ag_object *) object_list;

/* What is taken down for one change. */
typedef struct taker {
    ag_pg_lowering *l;
    object_list there; /* the objects that there are now */
    object_list taken; /* those that go, in this order */
} taker;

static bool is_same_object(const ag_object *a, const ag_object *b) {
    return a->kind == b->kind && ag_text_eq(a->ns, b->ns) && ag_text_eq(a->name, b->name) &&
           ag_text_eq(a->signature, b->signature) && ag_text_eq(a->table_ns, b->table_ns) &&
           ag_text_eq(a->table, b->table);
}

static size_t find(const object_list *list, const ag_object *object) {
    size_t i = 0;
    while (i < list->n && !is_same_object(list->items[i], object)) {
        i++;
    }
    return i;
}

static void set_object(taker *t, const ag_object *before, const ag_object *after) {
    size_t at = find(&t->there, before != NULL ? before : after);
    if (after != NULL && at < t->there.n) {
        t->there.items[at] = after;
    } else if (after != NULL) {
        ag_vec_push(t->l->arena, &t->there, after);
    } else if (at < t->there.n) {
        t->there.items[at] = t->there.items[--t->there.n];
    }
}

/* A materialized view with one index more, less or otherwise. */
static void set_index(taker *t, const ag_op *op) {
    ag_object key = {.kind = AG_MATVIEW, .ns = op->ns, .name = op->table};
    size_t at = op->table == NULL ? t->there.n : find(&t->there, &key);
    if (at >= t->there.n) {
        return;
    }
    ag_object *view = ag_arena_copy(t->l->arena, t->there.items[at], sizeof *view);
    ag_indexes indexes = view->indexes;
    view->indexes = (ag_indexes){NULL, 0, 0};
    for (size_t i = 0; i < indexes.n; i++) {
        if (!ag_text_eq(indexes.items[i]->name, op->name)) {
            ag_vec_push(t->l->arena, &view->indexes, indexes.items[i]);
        }
    }
    if (op->after.index != NULL) {
        ag_vec_push(t->l->arena, &view->indexes,
                    ag_arena_copy(t->l->arena, op->after.index, sizeof *op->after.index));
    }
    t->there.items[at] = view;
}

static void apply(taker *t, const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_CREATE_OBJECT:
    case AG_OP_DROP_OBJECT:
    case AG_OP_REPLACE_OBJECT:
        set_object(t, op->before.object, op->after.object);
        break;
    case AG_OP_CREATE_INDEX:
    case AG_OP_DROP_INDEX:
    case AG_OP_ALTER_INDEX:
        set_index(t, op);
        break;
    default:
        break;
    }
}

/* Operations of this list that ran already may have taken objects down, or made them. */
static void apply_steps(taker *t) {
    for (size_t i = 0; i < t->l->steps.n; i++) {
        apply(t, t->l->steps.items[i].op);
    }
}

/* The way up starts at the model less all that the list does: what it undoes, in short. */
static void collect(taker *t) {
    const ag_pg_lowering *l = t->l;
    for (size_t i = 0; i < l->model->objects.n; i++) {
        ag_vec_push(l->arena, &t->there, l->model->objects.items[i]);
    }
    for (size_t i = 0; i < l->old->objects.n; i++) {
        const ag_object *object = l->old->objects.items[i];
        if (!ag_schema_covers(l->model, object->kind)) {
            ag_vec_push(l->arena, &t->there, object);
        }
    }
    for (size_t i = 0; l->is_up && i < l->back->list.n; i++) {
        apply(t, l->back->list.items[i]);
    }
    apply_steps(t);
}

static bool is_bound(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW || kind == AG_RULE || kind == AG_TRIGGER ||
           kind == AG_POLICY || kind == AG_PUBLICATION || kind == AG_STATISTICS;
}

static bool mentions(const ag_object *object, const char *name) {
    return object->definition != NULL &&
           ag_sql_refers_to(AG_SQL_POSTGRES, object->definition, name);
}

static bool is_about(const taker *t, const ag_object *object, ag_kind kind, const char *ns,
                     const char *name) {
    if (ag_text_eq(object->table, name) && ag_text_eq(object->table_ns, ns)) {
        return true;
    }
    const char *key = ag_node_key(t->l->arena, kind, ns, name);
    for (size_t i = 0; i < object->depends.n; i++) {
        if (strcmp(object->depends.items[i], key) == 0) {
            return true;
        }
    }
    return object->depends.n == 0 && mentions(object, name);
}

/* What hangs on a view goes before it. The depth is bounded: each object is taken once. */
static void take(taker *t, const ag_object *object) {
    if (find(&t->taken, object) < t->taken.n) {
        return;
    }
    size_t place = t->taken.n;
    ag_vec_push(t->l->arena, &t->taken, object);
    for (size_t i = 0; i < t->there.n; i++) {
        const ag_object *other = t->there.items[i];
        bool is_held =
            is_bound(other->kind) || (ag_kind_is_routine(other->kind) && other->depends.n > 0);
        if (is_held && !is_same_object(other, object) &&
            (object->kind == AG_VIEW || object->kind == AG_MATVIEW ||
             ag_kind_is_routine(object->kind)) &&
            is_about(t, other, object->kind, object->ns, object->name)) {
            take(t, other);
        }
    }
    /* behind those that hang on it */
    for (size_t i = place; i + 1 < t->taken.n; i++) {
        t->taken.items[i] = t->taken.items[i + 1];
    }
    t->taken.items[t->taken.n - 1] = object;
}

static ag_op op_on(const taker *t, const ag_object *object) {
    ag_op op = *t->l->ops->list.items[t->l->at];
    op.object = object->kind;
    op.ns = object->ns != NULL ? object->ns : object->table_ns;
    op.table = object->table;
    op.name = object->name;
    op.new_name = NULL;
    op.signature = object->signature;
    op.on_new_table = op.on_dropped_table = false;
    op.is_remade = true;
    op.table_kind = AG_TABLE_PLAIN;
    op.plan = (ag_op_plan){.only = false};
    return op;
}

static void put_later(ag_pg_lowering *l, ag_pg_steps *later, const ag_op *op) {
    ag_pg_step step = {.op = ag_arena_copy(l->arena, op, sizeof *op), .in_place = true};
    ag_vec_push(l->arena, later, step);
}

/* What went last comes back first: it may be what those before it hang on. */
static void put_first(ag_pg_lowering *l, ag_pg_steps *later, const ag_pg_steps *mine) {
    ag_pg_steps all = {NULL, 0, 0};
    for (size_t i = 0; i < mine->n + later->n; i++) {
        ag_vec_push(l->arena, &all, i < mine->n ? mine->items[i] : later->items[i - mine->n]);
    }
    *later = all;
}

static void emit_taken(taker *t, ag_pg_steps *later) {
    ag_pg_steps mine = {NULL, 0, 0};
    for (size_t i = 0; i < t->taken.n; i++) {
        ag_op op = op_on(t, t->taken.items[i]);
        op.kind = AG_OP_DROP_OBJECT;
        op.before.object = t->taken.items[i];
        op.after.any = NULL;
        ag_pg_emit(t->l, &op);
        ag_pg_in_place(t->l);
    }
    for (size_t i = t->taken.n; i > 0; i--) {
        const ag_object *object = t->taken.items[i - 1];
        ag_op op = op_on(t, object);
        op.kind = AG_OP_CREATE_OBJECT;
        op.before.any = NULL;
        op.after.object = object;
        put_later(t->l, &mine, &op);
        for (size_t j = 0; j < object->indexes.n; j++) {
            ag_op index = op;
            index.kind = AG_OP_CREATE_INDEX;
            index.object = AG_INDEX;
            index.table = object->name;
            index.name = object->indexes.items[j]->name;
            index.after.index = object->indexes.items[j];
            put_later(t->l, &mine, &index);
        }
    }
    put_first(t->l, later, &mine);
}

/* What the objects are to be about that go. */
typedef struct subject {
    ag_kind kind;
    const char *ns, *name;
    const char *column; /* NULL: the whole of it */
} subject;

static bool hangs_on(const taker *t, const ag_object *object, const subject *what) {
    if (!is_bound(object->kind) && !ag_kind_is_routine(object->kind)) {
        return false;
    }
    if (what->column != NULL) {
        /* statistics go with a column that is made anew */
        return (object->kind == AG_STATISTICS || ag_object_holds_columns(object)) &&
               is_about(t, object, what->kind, what->ns, what->name) &&
               mentions(object, what->column);
    }
    return object->depends.n > 0 && is_about(t, object, what->kind, what->ns, what->name);
}

static void take_all(ag_pg_lowering *l, const subject *what, ag_pg_steps *later) {
    if (l->model->objects.n + l->old->objects.n == 0) {
        return;
    }
    taker t = {.l = l};
    collect(&t);
    for (size_t i = 0; i < t.there.n; i++) {
        if (hangs_on(&t, t.there.items[i], what)) {
            take(&t, t.there.items[i]);
        }
    }
    emit_taken(&t, later);
}

void ag_pg_take_objects(ag_pg_lowering *l, const ag_table *table, const char *column,
                        ag_pg_steps *later) {
    const subject what = {AG_TABLE, table->ns, table->name, column};
    take_all(l, &what, later);
}

void ag_pg_take_over_type(ag_pg_lowering *l, ag_kind kind, const char *ns, const char *name,
                          ag_pg_steps *later) {
    const subject what = {kind, ns, name, NULL};
    take_all(l, &what, later);
}
