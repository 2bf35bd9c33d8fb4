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

/* ---- Pieces that are refused ---- */

/* A piece of a table that can be left out: a constraint, or one clause of a column. */
typedef struct piece {
    size_t column; /* its place; of a clause */
    enum { DEFAULT, GENERATED, COLLATION, CONSTRAINT } what;
    const ag_constraint *constraint;
    ag_loc loc;
} piece;
typedef AG_VEC(piece) pieces;

static void add_piece(ag_arena *arena, pieces *out, piece p, ag_loc otherwise) {
    p.loc = p.loc.line > 0 ? p.loc : otherwise;
    ag_vec_push(arena, out, p);
}

static void list_pieces(ag_arena *arena, const ag_table *table, pieces *out) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (column->collation != NULL) {
            add_piece(arena, out, (piece){i, COLLATION, NULL, column->loc}, column->loc);
        }
        if (column->default_expr != NULL) {
            add_piece(arena, out, (piece){i, DEFAULT, NULL, column->default_loc}, column->loc);
        }
        if (column->generated != AG_GENERATED_NONE) {
            add_piece(arena, out, (piece){i, GENERATED, NULL, column->generated_loc}, column->loc);
        }
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *constraint = table->constraints.items[i];
        add_piece(arena, out, (piece){0, CONSTRAINT, constraint, constraint->expr_loc},
                  constraint->loc);
    }
}

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

/* The same with the first pieces of the list. */
static ag_table *table_of(ag_arena *arena, const ag_table *table, const pieces *all, size_t n) {
    ag_table *out = bare_table(arena, table);
    for (size_t i = 0; i < n; i++) {
        const piece *p = &all->items[i];
        const ag_column *column = table->columns.items[p->column];
        switch (p->what) {
        case DEFAULT:
            out->columns.items[p->column]->default_expr = column->default_expr;
            break;
        case GENERATED:
            out->columns.items[p->column]->generated = column->generated;
            out->columns.items[p->column]->generated_expr = column->generated_expr;
            break;
        case COLLATION:
            out->columns.items[p->column]->collation = column->collation;
            break;
        case CONSTRAINT:
            ag_vec_push(arena, &out->constraints,
                        ag_arena_copy(arena, p->constraint, sizeof *p->constraint));
            break;
        }
    }
    return out;
}

/* Whether a table with the first pieces only is refused with the same words. */
static bool is_refused(ag_lite_lowering *l, const ag_table *table, const pieces *all, size_t n,
                       const char *message) {
    ag_error err = {.code = AG_OK};
    ag_buf sql = AG_BUF_INIT;
    ag_arena *arena = ag_arena_new();
    ag_buf_puts(&sql, "DROP TABLE IF EXISTS ");
    ag_lite_quote(&sql, table->name);
    ag_buf_puts(&sql, "; ");
    ag_lite_put_table(&sql, table_of(arena, table, all, n));
    bool is_same = ag_lite_scratch_exec(l->scratch, "SAVEPOINT blame", NULL) &&
                   !ag_lite_scratch_exec(l->scratch, ag_buf_text(&sql), &err) &&
                   ag_text_eq(err.message, message);
    (void)ag_lite_scratch_exec(l->scratch, "ROLLBACK TO blame", NULL);
    (void)ag_lite_scratch_exec(l->scratch, "RELEASE blame", NULL);
    ag_buf_release(&sql);
    ag_arena_free(arena);
    return is_same;
}

/* Halves the list until one piece makes the difference. */
bool ag__lite_blame(ag_lite_lowering *l, const ag_table *table, const char *message, ag_loc *loc) {
    pieces all = {0};
    list_pieces(l->arena, table, &all);
    size_t good = 0;
    size_t bad = all.n;
    if (bad == 0 || is_refused(l, table, &all, good, message) ||
        !is_refused(l, table, &all, bad, message)) {
        return false;
    }
    while (bad - good > 1) {
        size_t middle = good + (bad - good) / 2;
        if (is_refused(l, table, &all, middle, message)) {
            bad = middle;
        } else {
            good = middle;
        }
    }
    *loc = all.items[bad - 1].loc;
    return loc->line > 0;
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
