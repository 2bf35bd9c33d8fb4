#include "dialect/lite/edit.h"

#include "base/str.h"
#include "dialect/lite/editor.h"

static void edit_options(ag_lite_editor *e, const ag_table *after) {
    const char *text = after->without_rowid && after->strict ? " WITHOUT ROWID, STRICT"
                       : after->without_rowid                ? " WITHOUT ROWID"
                       : after->strict                       ? " STRICT"
                                                             : "";
    size_t from = e->table.close + 1;
    size_t to = e->table.options.n > 0 ? ag__lite_edit_end(e->table.options) : from;
    ag__lite_edit_replace(e, from, to - from, text);
}

static bool alter_table(ag_lite_editor *e, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    if (before->strict != after->strict || before->without_rowid != after->without_rowid) {
        edit_options(e, after);
    }
    return true;
}

static bool edit_one(ag_lite_editor *e, const ag_op *op) {
    if (op->kind == AG_OP_ADD_COLUMN) {
        return ag__lite_edit_add_column(e, op);
    }
    if (op->kind == AG_OP_DROP_COLUMN) {
        return ag__lite_edit_drop_column(e, op);
    }
    if (op->kind == AG_OP_ALTER_COLUMN) {
        return ag__lite_edit_alter_column(e, op);
    }
    if (op->kind == AG_OP_ADD_CONSTRAINT) {
        return ag__lite_edit_add_constraint(e, op);
    }
    if (op->kind == AG_OP_DROP_CONSTRAINT) {
        return ag__lite_edit_drop_constraint(e, op);
    }
    if (op->kind == AG_OP_RENAME_CONSTRAINT) {
        return ag__lite_edit_rename_constraint(e, op);
    }
    if (op->kind == AG_OP_ALTER_CONSTRAINT) {
        return ag__lite_edit_alter_constraint(e, op);
    }
    if (op->kind == AG_OP_ALTER_TABLE) {
        return alter_table(e, op);
    }
    return ag_fail(e->err, AG_FAILED, "operation %s cannot be put into a table text",
                   ag_op_json_name(op->kind));
}

static bool has_autoincrement(const ag_lite_table *table) {
    const ag_lite_part *key = ag_lite_find_part(&table->constraints, AG_LITE_PRIMARY_KEY);
    bool has = key != NULL && key->autoincrement;
    for (size_t i = 0; !has && i < table->columns.n; i++) {
        key = ag_lite_find_part(&table->columns.items[i].parts, AG_LITE_PRIMARY_KEY);
        has = key != NULL && key->autoincrement;
    }
    return has;
}

static bool adds_column(const ag_op *const *ops, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        if (ops[i]->kind == AG_OP_ADD_COLUMN && ag_text_ieq(ops[i]->after.column->name, name)) {
            return true;
        }
    }
    return false;
}

/* A new column takes the key inside that cannot stand behind the columns. */
static void find_key_of_new_column(ag_lite_editor *e, const ag_op *const *ops, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool comes = ops[i]->kind == AG_OP_ADD_CONSTRAINT || ops[i]->kind == AG_OP_ALTER_CONSTRAINT;
        if (comes && ag__lite_edit_must_be_inline(e, ops[i]->after.constraint) &&
            adds_column(ops, n, ops[i]->after.constraint->keys.items[0].column)) {
            e->in_new_column = ops[i]->after.constraint;
        }
    }
}

/*
 * What the text will be when all is done. Commas depend on it, a constraint inside of a dropped
 * column goes with it, and how a key is written depends on the table's options.
 */
static void look_ahead(ag_lite_editor *e, const ag_op *const *ops, size_t n) {
    bool has_new = false;
    size_t n_gone = 0;
    e->autoincrement = has_autoincrement(&e->table);
    e->without_rowid = e->table.without_rowid.n > 0;
    for (size_t i = 0; i < n; i++) {
        size_t position = 0;
        has_new = has_new || ops[i]->kind == AG_OP_ADD_COLUMN;
        if (ops[i]->kind == AG_OP_DROP_COLUMN &&
            ag__lite_edit_column_of(e, ops[i]->name, &position) != NULL) {
            e->column_gone[position] = true;
            n_gone++;
        }
        if (ops[i]->kind == AG_OP_ALTER_TABLE) {
            e->autoincrement = ops[i]->after.table->autoincrement;
            e->without_rowid = ops[i]->after.table->without_rowid;
        }
    }
    e->begins_anew = has_new && n_gone == e->table.columns.n;
}

bool ag_lite_edit_table(ag_arena *arena, const char *sql, const ag_op *const *ops, size_t n,
                        char **out, ag_error *err) {
    ag_lite_editor e = {.arena = arena, .sql = sql, .err = err};
    if (!ag_lite_parse_table(arena, sql, &e.table, err)) {
        return false;
    }
    e.column_gone = ag_arena_array(arena, e.table.columns.n + 1, sizeof *e.column_gone);
    e.constraint_gone = ag_arena_array(arena, e.table.constraints.n + 1, sizeof *e.constraint_gone);
    look_ahead(&e, ops, n);
    find_key_of_new_column(&e, ops, n);
    for (size_t i = 0; i < n; i++) {
        if (!edit_one(&e, ops[i])) {
            return false;
        }
    }
    ag__lite_edit_autoincrement(&e);
    *out = ag__lite_edit_apply(&e);
    return true;
}
