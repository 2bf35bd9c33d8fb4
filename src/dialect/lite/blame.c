/*
 * What is to blame: which piece of a table SQLite refuses, so that the mistake is shown where it is
 * written, and which changed columns rows may stand in the way of.
 */
#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/lowering.h"
#include "schema/node.h"
#include "sql/normal.h"

enum { MOST_PIECES = 500 };

/* ---- Pieces that are refused ---- */

/* The table with bare columns and nothing else. */
static ag_table *bare_table(ag_arena *arena, const ag_table *table) {
    ag_table *bare = ag_arena_new_of(arena, ag_table);
    bare->name = table->name;
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column *column = ag_arena_copy(arena, table->columns.items[i], sizeof *column);
        column->default_expr = NULL;
        column->generated_expr = NULL;
        column->generated = AG_GENERATED_NONE;
        column->nullable = true;
        column->collation = NULL;
        ag_vec_push(arena, &bare->columns, column);
    }
    return bare;
}

/* Whether a table alone is refused with the same words. */
static bool is_refused(ag_lite_lowering *l, const ag_table *table, const char *message) {
    ag_error err = {.code = AG_OK};
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "DROP TABLE IF EXISTS ");
    ag_lite_quote(&sql, table->name);
    ag_buf_puts(&sql, "; ");
    ag_lite_put_table(&sql, table);
    bool is_same = ag_lite_scratch_exec(l->scratch, "SAVEPOINT blame", NULL) &&
                   !ag_lite_scratch_exec(l->scratch, ag_buf_text(&sql), &err) &&
                   ag_text_eq(err.message, message);
    (void)ag_lite_scratch_exec(l->scratch, "ROLLBACK TO blame", NULL);
    (void)ag_lite_scratch_exec(l->scratch, "RELEASE blame", NULL);
    ag_buf_release(&sql);
    return is_same;
}

static bool blame_column(ag_lite_lowering *l, const ag_table *table, size_t i, const char *message,
                         ag_loc *loc) {
    const ag_column *column = table->columns.items[i];
    ag_table *bare = bare_table(l->arena, table);
    ag_column *tried = bare->columns.items[i];
    tried->default_expr = column->default_expr;
    if (column->default_expr != NULL && is_refused(l, bare, message)) {
        *loc = column->default_loc.line > 0 ? column->default_loc : column->loc;
        return true;
    }
    tried->default_expr = NULL;
    tried->generated = column->generated;
    tried->generated_expr = column->generated_expr;
    if (column->generated != AG_GENERATED_NONE && is_refused(l, bare, message)) {
        *loc = column->generated_loc.line > 0 ? column->generated_loc : column->loc;
        return true;
    }
    return false;
}

bool ag__lite_blame(ag_lite_lowering *l, const ag_table *table, const char *message, ag_loc *loc) {
    if (table->columns.n + table->constraints.n > MOST_PIECES) {
        return false; /* each is tried with a table of its own */
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        bool has_expr = column->default_expr != NULL || column->generated != AG_GENERATED_NONE;
        if (has_expr && blame_column(l, table, i, message, loc)) {
            return true;
        }
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *constraint = table->constraints.items[i];
        ag_table *bare = bare_table(l->arena, table);
        ag_vec_push(l->arena, &bare->constraints,
                    ag_arena_copy(l->arena, constraint, sizeof *constraint));
        if (is_refused(l, bare, message)) {
            *loc = constraint->expr_loc.line > 0 ? constraint->expr_loc : constraint->loc;
            return true;
        }
    }
    return false;
}

/* ---- Rows in the way ---- */

static bool has_element(const ag_lite_part *part, const char *column) {
    for (size_t i = 0; i < part->elements.n; i++) {
        if (ag_text_ieq(part->elements.items[i].column.text, column)) {
            return true;
        }
    }
    return false;
}

static bool is_rule(ag_lite_part_kind kind) {
    return kind == AG_LITE_PRIMARY_KEY || kind == AG_LITE_UNIQUE || kind == AG_LITE_CHECK ||
           kind == AG_LITE_FOREIGN_KEY;
}

static bool names_column(ag_arena *arena, const char *sql, const ag_lite_part *part,
                         const char *column) {
    const char *expr = part->kind == AG_LITE_CHECK ? ag_lite_copy(arena, sql, part->expr) : NULL;
    return is_rule(part->kind) && (has_element(part, column) ||
                                   (expr != NULL && ag_sql_refers_to(AG_SQL_SQLITE, expr, column)));
}

/* Whether a key, check or reference of the table is on a column. */
static bool is_bound(ag_arena *arena, const char *sql, const ag_lite_table *table,
                     const char *name) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_lite_column *column = &table->columns.items[i];
        bool is_it = ag_text_ieq(column->name.text, name);
        for (size_t k = 0; k < column->parts.n; k++) {
            const ag_lite_part *part = &column->parts.items[k];
            if ((is_it && is_rule(part->kind)) || names_column(arena, sql, part, name)) {
                return true;
            }
        }
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (names_column(arena, sql, &table->constraints.items[i], name)) {
            return true;
        }
    }
    return false;
}

static bool has_unique_index(ag_arena *arena, const ag_rebuild *rebuild, const char *column) {
    for (size_t i = 0; i < rebuild->statements.n; i++) {
        ag_lite_index index;
        const char *sql = rebuild->statements.items[i];
        if (ag_lite_statement_of(sql) == AG_LITE_CREATE_INDEX &&
            ag_lite_parse_index(arena, sql, &index, NULL) && index.unique &&
            ag_sql_refers_to(AG_SQL_SQLITE, sql, column)) {
            return true;
        }
    }
    return false;
}

bool ag__lite_may_refuse(ag_arena *arena, const ag_rebuild *rebuild, const ag_op *change) {
    ag_lite_table table;
    if (change->kind != AG_OP_ALTER_COLUMN ||
        !ag_lite_parse_table(arena, rebuild->after_sql, &table, NULL)) {
        return false;
    }
    const ag_column *before = change->before.column;
    const ag_column *after = change->after.column;
    bool is_retyped = !ag_text_ieq(before->type, after->type);
    if (is_retyped && (table.strict.n > 0 || ag_lite_is_rowid_type(after->type))) {
        return table.strict.n > 0 || is_bound(arena, rebuild->after_sql, &table, after->name);
    }
    bool may_differ = ag_lite_affinity_of(before->type) != ag_lite_affinity_of(after->type) ||
                      !ag_text_ieq(before->collation, after->collation);
    return may_differ && (is_bound(arena, rebuild->after_sql, &table, after->name) ||
                          has_unique_index(arena, rebuild, after->name));
}
