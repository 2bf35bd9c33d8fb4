/*
 * Lowering for SQLite, both directions at once. Every statement is tried on a scratch database with
 * the structure of the real one: forward over the operations, then back over the steps taken. So
 * the texts written into a revision are those SQLite will have stored at that moment, and the way
 * back is known to end at the tokens it started from.
 */
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "dialect/lite.h"
#include "dialect/lite_edit.h"
#include "dialect/lite_rebuild.h"
#include "dialect/lite_scratch.h"
#include "schema/node.h"
#include "sql/normal.h"

/* What was done forward, and what it takes to go back. */
typedef struct step {
    const ag_op *op;             /* the lowered operation; NULL for several of a table */
    AG_VEC(const ag_op *) group; /* operations on one table's text */
    const char *table;           /* of a group */
    const char *before_sql;      /* stored text of the object before the step; NULL = none */
    ag_lite_stored_list lost;    /* indexes and triggers that go with a dropped table */
} step;

typedef struct lowering {
    ag_lite_scratch *scratch;
    const ag_compile_options *options;
    ag_ops *up, *down;
    AG_VEC(step) steps;
    bool *is_dropped; /* by the operation's place: its object was dropped ahead of its turn */
    ag_arena *arena;  /* for what ends with the lowering */
    ag_error *err;
} lowering;

/* ---- Running on the scratch database ---- */

static bool try_op(lowering *l, const ag_op *op, ag_error *err) {
    ag_script *script = ag_script_new();
    bool ok = ag_lite_compile(op, l->options, script, err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        if (script->items.items[i].kind == AG_ITEM_STATEMENT) {
            ok = ag_lite_scratch_exec(l->scratch, script->items.items[i].text, err);
        }
    }
    ag_script_free(script);
    return ok;
}

static bool run_op(lowering *l, const ag_op *op) {
    if (try_op(l, op, l->err)) {
        return true;
    }
    char *what = ag_op_describe(l->arena, op);
    return ag_prefix(l->err, "cannot %s", what);
}

static bool savepoint(lowering *l, const char *verb) {
    char *sql = ag_arena_printf(l->arena, "%s try_out", verb);
    return ag_lite_scratch_exec(l->scratch, sql, l->err);
}

static bool undo(lowering *l) {
    return savepoint(l, "ROLLBACK TO") && savepoint(l, "RELEASE");
}

/* ---- Which operations change a table's text ---- */

static bool is_structural(const ag_op *op) {
    switch (op->kind) {
    case AG_OP_ALTER_TABLE:
    case AG_OP_ADD_COLUMN:
    case AG_OP_DROP_COLUMN:
    case AG_OP_ALTER_COLUMN:
    case AG_OP_ADD_CONSTRAINT:
    case AG_OP_DROP_CONSTRAINT:
    case AG_OP_RENAME_CONSTRAINT:
    case AG_OP_ALTER_CONSTRAINT:
        return true;
    case AG_OP_CREATE_NAMESPACE:
    case AG_OP_DROP_NAMESPACE:
    case AG_OP_RENAME_NAMESPACE:
    case AG_OP_CREATE_EXTENSION:
    case AG_OP_DROP_EXTENSION:
    case AG_OP_ALTER_EXTENSION:
    case AG_OP_CREATE_ENUM:
    case AG_OP_DROP_ENUM:
    case AG_OP_RENAME_ENUM:
    case AG_OP_ALTER_ENUM:
    case AG_OP_CREATE_DOMAIN:
    case AG_OP_DROP_DOMAIN:
    case AG_OP_RENAME_DOMAIN:
    case AG_OP_ALTER_DOMAIN:
    case AG_OP_CREATE_COMPOSITE:
    case AG_OP_DROP_COMPOSITE:
    case AG_OP_RENAME_COMPOSITE:
    case AG_OP_ALTER_COMPOSITE:
    case AG_OP_CREATE_SEQUENCE:
    case AG_OP_DROP_SEQUENCE:
    case AG_OP_RENAME_SEQUENCE:
    case AG_OP_ALTER_SEQUENCE:
    case AG_OP_CREATE_TABLE:
    case AG_OP_DROP_TABLE:
    case AG_OP_RENAME_TABLE:
    case AG_OP_RENAME_COLUMN:
    case AG_OP_CREATE_INDEX:
    case AG_OP_DROP_INDEX:
    case AG_OP_RENAME_INDEX:
    case AG_OP_ALTER_INDEX:
    case AG_OP_CREATE_OBJECT:
    case AG_OP_DROP_OBJECT:
    case AG_OP_RENAME_OBJECT:
    case AG_OP_REPLACE_OBJECT:
    case AG_OP_SET_COMMENT:
    case AG_OP_REBUILD_TABLE:
    case AG_N_OP_KINDS:
        break;
    }
    return false;
}

static const char *table_of(const ag_op *op) {
    return op->table != NULL ? op->table : op->name;
}

/* A default that ADD COLUMN takes when there are rows: one literal, or none. */
static bool is_constant(ag_arena *arena, const char *expr) {
    if (expr == NULL) {
        return true;
    }
    ag_str text = ag_str_of(expr);
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, text);
    size_t at = 0;
    if (tokens.n == 2 &&
        (ag_token_is(text, tokens.items[0], "-") || ag_token_is(text, tokens.items[0], "+"))) {
        at = 1;
    }
    if (tokens.n != at + 1) {
        return false;
    }
    ag_token token = tokens.items[at];
    return token.kind == AG_TOKEN_STRING || token.kind == AG_TOKEN_NUMBER ||
           ag_token_is(text, token, "null") || ag_token_is(text, token, "true") ||
           ag_token_is(text, token, "false");
}

static bool can_alter(lowering *l, const ag_op *op) {
    if (op->kind == AG_OP_DROP_COLUMN) {
        return true; /* SQLite says no by itself when something refers to the column */
    }
    if (op->kind != AG_OP_ADD_COLUMN) {
        return false;
    }
    const ag_column *column = op->after.column;
    bool fills = column->default_expr != NULL && !ag_text_ieq(column->default_expr, "null");
    return column->generated != AG_GENERATED_STORED &&
           is_constant(l->arena, column->default_expr) &&
           (column->nullable || fills || column->generated != AG_GENERATED_NONE);
}

/* ---- Tables ---- */

static const ag_op *add_rebuild(lowering *l, ag_ops *list, const char *table, const char *before,
                                const char *after) {
    ag_lite_stored_list dependents = {0};
    ag_lite_scratch_dependents(l->scratch, l->arena, table, &dependents);
    ag_rebuild *rebuild = NULL;
    if (!ag_lite_make_rebuild(list->arena, before, after, &dependents, &rebuild, l->err)) {
        return NULL;
    }
    ag_op *op = ag_ops_add(list, AG_OP_REBUILD_TABLE);
    op->name = rebuild->table;
    op->before.rebuild = op->after.rebuild = rebuild;
    return op;
}

/* Copies the operations behind a rebuild into its node; `inverse` for the way back. */
static void explain_rebuild(ag_ops *list, const ag_op *rebuild_op, const step *s, bool inverse) {
    ag_rebuild *rebuild = ag_arena_copy(list->arena, rebuild_op->after.rebuild, sizeof *rebuild);
    ag_op *op = list->list.items[list->list.n - 1];
    ag_ops *copies = ag_ops_new();
    for (size_t i = 0; i < s->group.n; i++) {
        (void)ag_ops_add_copy(copies, s->group.items[i]);
    }
    ag_ops *shown = inverse ? ag_ops_invert(copies) : copies;
    for (size_t i = 0; i < shown->list.n; i++) {
        ag_op *copy = ag_ops_add_copy(list, shown->list.items[i]);
        list->list.n--; /* it belongs to the rebuild, not to the list */
        ag_vec_push(list->arena, &rebuild->changes, copy);
        op->loc = copy->loc.line > 0 ? copy->loc : op->loc;
    }
    if (inverse) {
        ag_ops_free(shown);
    }
    ag_ops_free(copies);
    op->before.rebuild = op->after.rebuild = rebuild;
}

static bool rebuild_up(lowering *l, step *s) {
    char *after = NULL;
    if (!ag_lite_edit_table(l->arena, s->before_sql, s->group.items, s->group.n, &after, l->err)) {
        return ag_prefix(l->err, "cannot change table %s", s->table);
    }
    const ag_op *op = add_rebuild(l, l->up, s->table, s->before_sql, after);
    if (op == NULL || !run_op(l, op)) {
        return false;
    }
    explain_rebuild(l->up, op, s, false);
    return true;
}

/* Tries ALTER TABLE for each operation of the group; leaves no trace when one is refused. */
static bool alter_natively(lowering *l, const step *s, bool *done) {
    *done = true;
    for (size_t i = 0; i < s->group.n && *done; i++) {
        *done = can_alter(l, s->group.items[i]);
    }
    if (!*done) {
        return true;
    }
    if (!savepoint(l, "SAVEPOINT")) {
        return false;
    }
    for (size_t i = 0; i < s->group.n && *done; i++) {
        *done = try_op(l, s->group.items[i], NULL);
    }
    return *done ? savepoint(l, "RELEASE") : undo(l);
}

static bool table_up(lowering *l, step *s) {
    s->before_sql = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
    if (s->before_sql == NULL) {
        const char *why = ag_lite_scratch_why_missing(l->scratch, s->table);
        return ag_fail(l->err, AG_FAILED, "table %s cannot be changed: %s", s->table,
                       why == NULL ? "there is none" : why);
    }
    bool done = false;
    if (!alter_natively(l, s, &done)) {
        return false;
    }
    for (size_t i = 0; done && i < s->group.n; i++) {
        (void)ag_ops_add_copy(l->up, s->group.items[i]);
    }
    return done || rebuild_up(l, s);
}

/* The way back by ALTER TABLE, if that gives the text there was. */
static bool alter_back(lowering *l, const step *s, bool *done) {
    ag_ops *list = ag_ops_new();
    for (size_t i = 0; i < s->group.n; i++) {
        (void)ag_ops_add_copy(list, s->group.items[i]);
    }
    ag_ops *back = ag_ops_invert(list);
    ag_ops_free(list);
    bool ok = savepoint(l, "SAVEPOINT");
    *done = ok;
    for (size_t i = 0; *done && i < back->list.n; i++) {
        *done = can_alter(l, back->list.items[i]) && try_op(l, back->list.items[i], NULL);
    }
    if (*done) {
        const char *now = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
        *done = now != NULL && ag_sql_tokens_equal(AG_SQL_SQLITE, now, s->before_sql);
    }
    if (ok) {
        ok = *done ? savepoint(l, "RELEASE") : undo(l);
    }
    for (size_t i = 0; ok && *done && i < back->list.n; i++) {
        (void)ag_ops_add_copy(l->down, back->list.items[i]);
    }
    ag_ops_free(back);
    return ok;
}

static bool table_down(lowering *l, const step *s) {
    bool done = false;
    if (!alter_back(l, s, &done)) {
        return false;
    }
    if (done) {
        return true;
    }
    const char *now = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
    const ag_op *op = now == NULL ? NULL : add_rebuild(l, l->down, s->table, now, s->before_sql);
    if (op == NULL || !run_op(l, op)) {
        return ag_prefix(l->err, "cannot take the change of table %s back", s->table);
    }
    explain_rebuild(l->down, op, s, true);
    return true;
}

/* ---- Everything else: one statement each ---- */

static const char *type_of(const ag_op *op) {
    if (op->kind == AG_OP_CREATE_INDEX || op->kind == AG_OP_DROP_INDEX) {
        return "index";
    }
    if (op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_DROP_OBJECT) {
        return op->object == AG_TRIGGER ? "trigger" : "view";
    }
    return "table";
}

static bool simple_up(lowering *l, const ag_op *op) {
    step s = {.op = ag_ops_add_copy(l->up, op)};
    s.before_sql = ag_lite_scratch_text(l->scratch, l->arena, type_of(op), op->name);
    if (op->kind == AG_OP_DROP_TABLE) {
        ag_lite_scratch_dependents(l->scratch, l->arena, op->name, &s.lost);
    }
    ag_vec_push(l->arena, &l->steps, s);
    return run_op(l, op);
}

static bool drop_old(lowering *l, const ag_op *op, ag_op_kind drop) {
    ag_op first = *op;
    first.kind = drop;
    first.after.any = NULL;
    first.new_name = NULL;
    return simple_up(l, &first);
}

static bool create_new(lowering *l, const ag_op *op, ag_op_kind create) {
    ag_op second = *op;
    second.kind = create;
    second.before.any = NULL;
    second.new_name = NULL;
    second.name = op->new_name == NULL ? op->name : op->new_name;
    return simple_up(l, &second);
}

/*
 * SQLite refuses a rename that leaves a view or trigger without its names, which happens where one
 * view reads another: those that the later operations drop or replace anyway go first.
 */
static bool clear_the_way(lowering *l, const ag_ops *ops, size_t at) {
    bool ok = savepoint(l, "SAVEPOINT");
    bool can_rename = ok && try_op(l, ops->list.items[at], NULL);
    ok = ok && undo(l);
    for (size_t i = at + 1; ok && !can_rename && i < ops->list.n; i++) {
        const ag_op *op = ops->list.items[i];
        bool goes = op->kind == AG_OP_REPLACE_OBJECT || op->kind == AG_OP_RENAME_OBJECT ||
                    op->kind == AG_OP_DROP_OBJECT;
        if (goes && !l->is_dropped[i]) {
            ok = drop_old(l, op, AG_OP_DROP_OBJECT);
            l->is_dropped[i] = true;
        }
    }
    return ok;
}

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

/* What went with a dropped table without an operation of its own comes back with it. */
static bool restore_lost(lowering *l, const step *s) {
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
        if (!run_op(l, op)) {
            return false;
        }
    }
    return true;
}

static bool simple_down(lowering *l, const step *s) {
    ag_ops *list = ag_ops_new();
    (void)ag_ops_add_copy(list, s->op);
    ag_ops *back = ag_ops_invert(list);
    ag_op *op = ag_ops_add_copy(l->down, back->list.items[0]);
    use_stored_text(op, ag_arena_strdup(l->down->arena, s->before_sql));
    ag_ops_free(back);
    ag_ops_free(list);
    return run_op(l, op) && restore_lost(l, s);
}

/* ---- The two passes ---- */

static bool is_last_of_table(const ag_ops *ops, size_t at, const char *table) {
    for (size_t i = at + 1; i < ops->list.n; i++) {
        if (is_structural(ops->list.items[i]) && ag_text_ieq(table_of(ops->list.items[i]), table)) {
            return false;
        }
    }
    return true;
}

static bool structural_up(lowering *l, const ag_ops *ops, size_t at) {
    const char *table = table_of(ops->list.items[at]);
    if (!is_last_of_table(ops, at, table)) {
        return true;
    }
    step s = {.table = table};
    for (size_t i = 0; i <= at; i++) {
        if (is_structural(ops->list.items[i]) && ag_text_ieq(table_of(ops->list.items[i]), table)) {
            ag_vec_push(l->arena, &s.group, ops->list.items[i]);
        }
    }
    bool ok = table_up(l, &s);
    ag_vec_push(l->arena, &l->steps, s);
    return ok;
}

static bool one_up(lowering *l, const ag_ops *ops, size_t at) {
    const ag_op *op = ops->list.items[at];
    if (is_structural(op)) {
        return structural_up(l, ops, at);
    }
    if (op->kind == AG_OP_SET_COMMENT) {
        return true; /* SQLite keeps no comments */
    }
    if (op->kind == AG_OP_RENAME_INDEX || op->kind == AG_OP_ALTER_INDEX) {
        return drop_old(l, op, AG_OP_DROP_INDEX) && create_new(l, op, AG_OP_CREATE_INDEX);
    }
    if (op->kind == AG_OP_RENAME_OBJECT || op->kind == AG_OP_REPLACE_OBJECT) {
        return (l->is_dropped[at] || drop_old(l, op, AG_OP_DROP_OBJECT)) &&
               create_new(l, op, AG_OP_CREATE_OBJECT);
    }
    if (op->kind == AG_OP_RENAME_COLUMN || op->kind == AG_OP_RENAME_TABLE) {
        return clear_the_way(l, ops, at) && simple_up(l, op);
    }
    return l->is_dropped[at] || simple_up(l, op);
}

bool ag_lite_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                   const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err) {
    (void)to;
    lowering l = {.options = options, .err = err, .arena = ag_arena_new()};
    l.up = ag_ops_new();
    l.down = ag_ops_new();
    l.is_dropped = ag_arena_array(l.arena, ops->list.n + 1, sizeof *l.is_dropped);
    bool ok = ag_lite_scratch_open(from, &l.scratch, err);
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        ok = one_up(&l, ops, i);
    }
    for (size_t i = l.steps.n; ok && i-- > 0;) {
        const step *s = &l.steps.items[i];
        ok = s->op != NULL ? simple_down(&l, s) : table_down(&l, s);
    }
    ag_lite_scratch_close(l.scratch);
    ag_arena_free(l.arena);
    if (!ok) {
        ag_ops_free(l.up);
        ag_ops_free(l.down);
        return false;
    }
    *up = l.up;
    *down = l.down;
    return true;
}
