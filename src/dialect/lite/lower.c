/*
 * Lowering for SQLite, both directions at once. Every statement is tried on a scratch database with
 * the structure of the real one: forward over the operations, then back over the steps taken. So
 * the texts written into a revision are those SQLite will have stored at that moment, and the way
 * back is known to end at the tokens it started from.
 */
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/edit.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/lowering.h"
#include "schema/node.h"
#include "sql/normal.h"

enum { MOST_OPERATIONS = 20000 };

/* ---- Running on the scratch database ---- */

bool ag__lite_try(ag_lite_lowering *l, const ag_op *op, ag_error *err) {
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

/* Where the model says what SQLite has just refused. */
static ag_loc place_of(ag_lite_lowering *l, const ag_op *op) {
    const ag_table *table = op->kind == AG_OP_CREATE_TABLE ? op->after.table : NULL;
    ag_loc loc = op->loc;
    if (op->kind == AG_OP_REBUILD_TABLE) {
        table = ag_schema_table(l->to, NULL, op->name);
    }
    if (table != NULL && table->loc.line > 0 && !ag__lite_blame(l, table, l->err->message, &loc)) {
        loc = table->loc;
    }
    return loc;
}

bool ag__lite_run(ag_lite_lowering *l, const ag_op *op) {
    if (ag__lite_try(l, op, l->err)) {
        return true;
    }
    if (l->err == NULL) {
        return false;
    }
    ag_loc loc = place_of(l, op);
    char *what = ag_op_describe(l->arena, op);
    (void)ag_prefix(l->err, "cannot %s", what);
    if (loc.line > 0) {
        l->err->code = AG_INPUT; /* SQLite refuses what the model says */
        ag_error_locate(l->err, loc, NULL);
    }
    return false;
}

bool ag__lite_savepoint(ag_lite_lowering *l, const char *verb) {
    char *sql = ag_arena_printf(l->arena, "%s try_out", verb);
    return ag_lite_scratch_exec(l->scratch, sql, l->err);
}

bool ag__lite_undo(ag_lite_lowering *l) {
    return ag__lite_savepoint(l, "ROLLBACK TO") && ag__lite_savepoint(l, "RELEASE");
}

/*
 * With each table SQLite takes longer to make the next one, so that a hundred thousand would take
 * an hour, here and in every upgrade.
 */
static bool are_too_many(const ag_ops *ops, ag_error *err) {
    if (ops->list.n <= MOST_OPERATIONS) {
        return false;
    }
    ag_fail(err, AG_INPUT, "%zu changes are more than one SQLite revision may hold (%d)",
            ops->list.n, MOST_OPERATIONS);
    (void)ag_hint(err, "is this the right model? Else reach it in several steps");
    return true;
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
    case AG_OP_ALTER_ACCESS:
    case AG_OP_SAVE_ROWS:
    case AG_OP_RESTORE_ROWS:
    case AG_OP_REBUILD_TABLE:
    case AG_N_OP_KINDS:
        break;
    }
    return false;
}

static const char *table_of(const ag_op *op) {
    return op->table != NULL ? op->table : op->name;
}

/*
 * A default that ADD COLUMN takes when there are rows: one literal, or none. The rows there are
 * would have the number of TRUE in a column of text, where new ones have the text.
 */
static bool is_constant(ag_arena *arena, const char *expr, const char *type) {
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
    bool is_truth = ag_token_is(text, token, "true") || ag_token_is(text, token, "false");
    return token.kind == AG_TOKEN_STRING || token.kind == AG_TOKEN_NUMBER ||
           ag_token_is(text, token, "null") ||
           (is_truth && ag_lite_affinity_of(type) != AG_LITE_TEXT);
}

static bool can_alter(ag_lite_lowering *l, const ag_op *op) {
    if (op->kind == AG_OP_DROP_COLUMN) {
        return true; /* SQLite says no by itself when something refers to the column */
    }
    if (op->kind != AG_OP_ADD_COLUMN) {
        return false;
    }
    const ag_column *column = op->after.column;
    bool fills = column->default_expr != NULL && !ag_text_ieq(column->default_expr, "null");
    return column->generated != AG_GENERATED_STORED &&
           is_constant(l->arena, column->default_expr, column->type) &&
           (column->nullable || fills || column->generated != AG_GENERATED_NONE);
}

/* ---- Tables ---- */

static const ag_op *add_rebuild(ag_lite_lowering *l, ag_ops *list, const ag_lite_step *s,
                                const char *before, const char *after) {
    ag_lite_stored_list dependents = {0};
    ag_lite_scratch_dependents(l->scratch, l->arena, s->table, &dependents);
    ag_rebuild *rebuild = NULL;
    ag_lite_rebuild_options options = {
        .keeps_counter = list == l->up, .nulls = s->nulls, .values = &s->values};
    if (!ag_lite_make_rebuild(list->arena, before, after, &dependents, &options, &rebuild,
                              l->err)) {
        return NULL;
    }
    ag_op *op = ag_ops_add(list, AG_OP_REBUILD_TABLE);
    op->name = rebuild->table;
    op->before.rebuild = op->after.rebuild = rebuild;
    return op;
}

/* Copies the operations behind a rebuild into its node; `inverse` for the way back. */
static void explain_rebuild(ag_ops *list, const ag_op *rebuild_op, const ag_lite_step *s,
                            bool inverse) {
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
        copy->plan.may_be_refused = ag__lite_may_refuse(list->arena, rebuild, copy);
        op->loc = copy->loc.line > 0 ? copy->loc : op->loc;
    }
    if (inverse) {
        ag_ops_free(shown);
    }
    ag_ops_free(copies);
    op->before.rebuild = op->after.rebuild = rebuild;
}

/* Makes way for a rebuild: `uncover` is told which, and how far the lowering has come. */
static bool make_way(ag_lite_lowering *l, const ag_lite_step *s, const char *before,
                     const char *after, size_t place,
                     bool (*uncover)(ag_lite_lowering *l, size_t place, const ag_op *rebuild)) {
    ag_ops *trial = ag_ops_new();
    const ag_op *op = add_rebuild(l, trial, s, before, after);
    bool ok = op != NULL && uncover(l, place, op);
    ag_ops_free(trial);
    return ok;
}

static bool rebuild_up(ag_lite_lowering *l, ag_lite_step *s, size_t at) {
    char *after = NULL;
    if (!ag_lite_edit_table(l->arena, s->before_sql, s->group.items, s->group.n, &after, l->err)) {
        return ag_prefix(l->err, "cannot change table %s", s->table);
    }
    const ag_table *model = ag_schema_table(l->to, NULL, s->table);
    if (model != NULL && !ag_lite_find_values(l->arena, s->before_sql, model, &s->values, l->err)) {
        return false;
    }
    if (!make_way(l, s, s->before_sql, after, at, ag__lite_drop_broken)) {
        return false;
    }
    const ag_op *op = add_rebuild(l, l->up, s, s->before_sql, after);
    if (op == NULL || !ag__lite_run(l, op)) {
        return false;
    }
    explain_rebuild(l->up, op, s, false);
    return true;
}

/* Tries ALTER TABLE for each operation of the group; leaves no trace when one is refused. */
static bool alter_natively(ag_lite_lowering *l, const ag_lite_step *s, bool *done) {
    *done = true;
    for (size_t i = 0; i < s->group.n && *done; i++) {
        *done = can_alter(l, s->group.items[i]);
    }
    if (!*done) {
        return true;
    }
    if (!ag__lite_savepoint(l, "SAVEPOINT")) {
        return false;
    }
    for (size_t i = 0; i < s->group.n && *done; i++) {
        *done = ag__lite_try(l, s->group.items[i], NULL);
    }
    return *done ? ag__lite_savepoint(l, "RELEASE") : ag__lite_undo(l);
}

static bool table_up(ag_lite_lowering *l, ag_lite_step *s, size_t at) {
    s->before_sql = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
    if (s->before_sql == NULL) {
        const ag_lite_left_out *lost = ag_lite_scratch_left_out(l->scratch, "table", s->table);
        return ag_fail(l->err, AG_FAILED, "table %s cannot be changed: %s", s->table,
                       lost == NULL ? "there is none" : lost->why);
    }
    bool done = false;
    if (!alter_natively(l, s, &done)) {
        return false;
    }
    for (size_t i = 0; done && i < s->group.n; i++) {
        (void)ag_ops_add_copy(l->up, s->group.items[i]);
    }
    return done || rebuild_up(l, s, at);
}

static bool has_element(const ag_lite_part *part, const char *name) {
    for (size_t i = 0; i < part->elements.n; i++) {
        if (ag_text_ieq(part->elements.items[i].column.text, name)) {
            return true;
        }
    }
    return false;
}

static bool is_key(ag_lite_part_kind kind) {
    return kind == AG_LITE_UNIQUE || kind == AG_LITE_PRIMARY_KEY || kind == AG_LITE_FOREIGN_KEY;
}

/* Whether rows that all have the same value in a column would break a key that the table had. */
static bool is_in_key(const ag_lite_lowering *l, const ag_lite_step *s, const ag_lite_table *was,
                      const char *name) {
    for (size_t i = 0; i < was->columns.n; i++) {
        const ag_lite_column *column = &was->columns.items[i];
        for (size_t k = 0; k < column->parts.n; k++) {
            if (ag_text_ieq(column->name.text, name) && is_key(column->parts.items[k].kind)) {
                return true;
            }
        }
    }
    for (size_t i = 0; i < was->constraints.n; i++) {
        const ag_lite_part *part = &was->constraints.items[i];
        if (is_key(part->kind) && has_element(part, name)) {
            return true;
        }
    }
    const ag_table *table = ag_schema_table(l->from, NULL, s->table);
    for (size_t i = 0; table != NULL && i < table->indexes.n; i++) {
        const ag_index *index = table->indexes.items[i];
        if (index->unique && index->sql != NULL &&
            ag_sql_refers_to(AG_SQL_SQLITE, index->sql, name)) {
            return true;
        }
    }
    return false;
}

/* The values of a dropped column are gone; where its default would break a key it is NULL. */
static void find_nulls(ag_lite_lowering *l, ag_lite_step *s) {
    ag_lite_table was;
    if (!ag_lite_parse_table(l->arena, s->before_sql, &was, NULL)) {
        return;
    }
    for (size_t i = 0; i < s->group.n; i++) {
        const ag_op *op = s->group.items[i];
        const ag_column *column = op->kind == AG_OP_DROP_COLUMN ? op->before.column : NULL;
        if (column != NULL && column->nullable && column->default_expr != NULL &&
            is_in_key(l, s, &was, column->name)) {
            ag_vec_push(l->arena, &s->nulls, column->name);
        }
    }
}

/* The way back by ALTER TABLE, if that gives the text there was. */
static bool alter_back(ag_lite_lowering *l, const ag_lite_step *s, bool *done) {
    ag_ops *list = ag_ops_new();
    for (size_t i = 0; i < s->group.n; i++) {
        (void)ag_ops_add_copy(list, s->group.items[i]);
    }
    ag_ops *back = ag_ops_invert(list);
    ag_ops_free(list);
    bool ok = ag__lite_savepoint(l, "SAVEPOINT");
    *done = ok && s->nulls.n == 0 && s->values.n == 0;
    for (size_t i = 0; *done && i < back->list.n; i++) {
        *done = can_alter(l, back->list.items[i]) && ag__lite_try(l, back->list.items[i], NULL);
    }
    if (*done) {
        const char *now = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
        *done = now != NULL && ag_sql_tokens_equal(AG_SQL_SQLITE, now, s->before_sql);
    }
    if (ok) {
        ok = *done ? ag__lite_savepoint(l, "RELEASE") : ag__lite_undo(l);
    }
    for (size_t i = 0; ok && *done && i < back->list.n; i++) {
        (void)ag_ops_add_copy(l->down, back->list.items[i]);
    }
    ag_ops_free(back);
    return ok;
}

/* The other way round, for the way back. */
static void turn_values(ag_lite_values *values) {
    for (size_t i = 0; i < values->n; i++) {
        const char *from = values->items[i].from;
        values->items[i].from = values->items[i].to;
        values->items[i].to = from;
    }
}

static bool table_down(ag_lite_lowering *l, ag_lite_step *s, size_t place) {
    bool done = false;
    find_nulls(l, s);
    turn_values(&s->values);
    if (!alter_back(l, s, &done)) {
        return false;
    }
    if (done) {
        return true;
    }
    const char *now = ag_lite_scratch_text(l->scratch, l->arena, "table", s->table);
    if (now != NULL && !make_way(l, s, now, s->before_sql, place, ag__lite_undo_broken)) {
        return false;
    }
    const ag_op *op = now == NULL ? NULL : add_rebuild(l, l->down, s, now, s->before_sql);
    if (op == NULL || !ag__lite_run(l, op)) {
        return ag_prefix(l->err, "cannot take the change of table %s back", s->table);
    }
    explain_rebuild(l->down, op, s, true);
    return true;
}

/* ---- The two passes ---- */

static bool makes_index(const ag_op *op) {
    return op->kind == AG_OP_CREATE_INDEX || op->kind == AG_OP_ALTER_INDEX ||
           op->kind == AG_OP_RENAME_INDEX;
}

/* All changes of a table's text are made at the last of them: indexes before that have to wait. */
static void find_waiting(ag_lite_lowering *l) {
    ag_map last = {0};
    l->is_waiting = ag_arena_array(l->arena, l->ops->list.n + 1, sizeof *l->is_waiting);
    for (size_t i = l->ops->list.n; i-- > 0;) {
        const ag_op *op = l->ops->list.items[i];
        const char *table = ag_text_lower(l->arena, table_of(op) == NULL ? "" : table_of(op));
        if (is_structural(op)) {
            ag_map_put(&last, table, l);
        }
        l->is_waiting[i] = makes_index(op) && ag_map_has(&last, table);
    }
    ag_map_release(&last);
}

static bool is_last_of_table(const ag_ops *ops, size_t at, const char *table) {
    for (size_t i = at + 1; i < ops->list.n; i++) {
        if (is_structural(ops->list.items[i]) && ag_text_ieq(table_of(ops->list.items[i]), table)) {
            return false;
        }
    }
    return true;
}

static bool structural_up(ag_lite_lowering *l, const ag_ops *ops, size_t at) {
    const char *table = table_of(ops->list.items[at]);
    if (!is_last_of_table(ops, at, table)) {
        return true;
    }
    ag_lite_step s = {.table = table};
    for (size_t i = 0; i <= at; i++) {
        if (is_structural(ops->list.items[i]) && ag_text_ieq(table_of(ops->list.items[i]), table)) {
            ag_vec_push(l->arena, &s.group, ops->list.items[i]);
        }
    }
    bool ok = table_up(l, &s, at);
    ag_vec_push(l->arena, &l->steps, s);
    return ok && ag__lite_make_waiting(l, table);
}

bool ag_lite_lower(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                   const ag_compile_options *options, ag_ops **up, ag_ops **down, ag_error *err) {
    ag_lite_lowering l = {.from = from, .to = to, .options = options, .ops = ops, .err = err};
    if (are_too_many(ops, err)) {
        return false;
    }
    l.arena = ag_arena_new();
    l.up = ag_ops_new();
    l.down = ag_ops_new();
    l.is_dropped = ag_arena_array(l.arena, ops->list.n + 1, sizeof *l.is_dropped);
    find_waiting(&l);
    bool ok = ag_lite_scratch_open(from, &l.scratch, err);
    for (size_t i = 0; ok && i < ops->list.n; i++) {
        ok = is_structural(ops->list.items[i]) ? structural_up(&l, ops, i)
                                               : ag__lite_object_up(&l, i);
    }
    ok = ok && ag__lite_put_back(&l);
    for (size_t i = l.steps.n; ok && i-- > 0;) {
        ag_lite_step *s = &l.steps.items[i];
        if (!s->is_undone) {
            ok = s->op != NULL ? ag__lite_object_down(&l, s) : table_down(&l, s, i);
        }
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
