/*
 * Columns of a table's row type, here or in another table: the server changes no column of that
 * table while they are, so they wait as texts.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"

static bool is_row_of(const ag_pg_tables *family, const char *type) {
    for (size_t i = 0; type != NULL && i < family->n; i++) {
        const ag_table *table = family->items[i];
        ag_buf name = AG_BUF_INIT;
        ag_pg_put_name(&name, table->ns, table->name);
        bool is_row = strncmp(type, ag_buf_text(&name), name.n) == 0 &&
                      (type[name.n] == '\0' || type[name.n] == '[');
        ag_buf_release(&name);
        if (is_row) {
            return true;
        }
    }
    return false;
}

static ag_op *row_op(ag_pg_lowering *l, const ag_op *like, const ag_table *table,
                     const ag_column *before, const ag_column *after) {
    ag_op *op = ag_arena_copy(l->arena, like, sizeof *op);
    op->ns = table->ns;
    op->table = table->name;
    op->table_kind = table->kind;
    op->name = before->name;
    op->before.column = before;
    op->after.column = after;
    op->plan.only = table->kind == AG_TABLE_PARTITIONED;
    op->facts = 0;
    op->is_remade = true;
    return op;
}

/* The server changes no table while a column is of its row type: values wait as texts. */
static void take_rows(ag_pg_lowering *l, const ag_op *like, const ag_table *table,
                      const ag_column *column, ag_pg_steps *later, ag_pg_steps *objects) {
    ag_pg_steps parts = {NULL, 0, 0};
    ag_pg_take_objects(l, table, column->name, objects);
    ag_pg_take_down(l, table, column->name, &parts);
    ag_column *text = ag_arena_copy(l->arena, column, sizeof *text);
    text->type = "text";
    text->default_expr = NULL;
    ag_pg_emit(l, row_op(l, like, table, column, text));
    ag_pg_in_place(l);
    ag_pg_step back = {.op = row_op(l, like, table, text, column), .in_place = true};
    ag_vec_push(l->arena, later, back);
    for (size_t i = 0; i < parts.n; i++) {
        ag_vec_push(l->arena, later, parts.items[i]);
    }
}

void ag_pg_take_row_columns(ag_pg_lowering *l, const ag_op *op, ag_pg_steps *later,
                            ag_pg_steps *objects) {
    ag_pg_tables family = {NULL, 0, 0};
    if (l->with_rows.n > 0) {
        ag_pg_list_family(l, op, &family);
    }
    for (size_t i = 0; i < l->with_rows.n; i++) {
        const ag_table *known = l->with_rows.items[i];
        bool may_have = false;
        for (size_t j = 0; j < known->columns.n && !may_have; j++) {
            may_have = is_row_of(&family, known->columns.items[j]->type);
        }
        const ag_table *table = may_have ? ag_pg_table_now(l, known->ns, known->name) : NULL;
        for (size_t j = 0; table != NULL && j < table->columns.n; j++) {
            const ag_column *column = table->columns.items[j];
            if (!column->inherited && is_row_of(&family, column->type)) {
                take_rows(l, op, table, column, later, objects);
            }
        }
    }
}
