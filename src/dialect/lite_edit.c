#include "dialect/lite_edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/lite.h"
#include "dialect/lite_ddl.h"
#include "sql/normal.h"

/* At one place: what belongs to the item before it, new items, what is taken out behind it. */
typedef enum splice_rank { PART, COLUMN, CONSTRAINT, REMOVAL } splice_rank;

/* One replacement; `order` keeps insertions at the same place in the order they were asked for. */
typedef struct splice {
    size_t at, n;
    splice_rank rank;
    size_t order;
    const char *text;
} splice;

typedef struct editor {
    ag_arena *arena;
    const char *sql;
    ag_lite_table table;
    AG_VEC(splice) splices;
    ag_error *err;
    bool *column_gone;                       /* by position in table.columns */
    bool *constraint_gone;                   /* by position in table.constraints */
    AG_VEC(const ag_lite_part *) parts_gone; /* of columns */
} editor;

static void replace(editor *e, size_t at, size_t n, const char *text) {
    splice s = {
        .at = at, .n = n, .rank = n > 0 ? REMOVAL : PART, .order = e->splices.n, .text = text};
    ag_vec_push(e->arena, &e->splices, s);
}

static size_t end_of(ag_lite_range range) {
    return range.at + range.n;
}

static int by_place(const void *a, const void *b) {
    const splice *x = a;
    const splice *y = b;
    if (x->at != y->at) {
        return x->at < y->at ? -1 : 1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Applies the splices; one inside another that removes its surroundings is dropped with them. */
static char *apply(editor *e) {
    if (e->splices.n > 0) {
        qsort(e->splices.items, e->splices.n, sizeof *e->splices.items, by_place);
    }
    ag_buf out = AG_BUF_INIT;
    size_t done = 0;
    for (size_t i = 0; i < e->splices.n; i++) {
        const splice *s = &e->splices.items[i];
        if (s->at < done) {
            continue;
        }
        ag_buf_putn(&out, e->sql + done, s->at - done);
        ag_buf_puts(&out, s->text);
        done = s->at + s->n;
    }
    ag_buf_puts(&out, e->sql + done);
    char *text = ag_buf_copy(&out, e->arena);
    ag_buf_release(&out);
    return text;
}

static const char *rendered_column(editor *e, const ag_op *op) {
    ag_buf buf = AG_BUF_INIT;
    ag_table bare = {.name = e->table.name.text};
    ag_lite_put_column(&buf, &bare, op->after.column);
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

static const char *rendered_constraint(editor *e, const ag_constraint *constraint) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_put_constraint(&buf, constraint);
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

static ag_lite_column *find_column(const editor *e, const char *name, size_t *position) {
    for (size_t i = 0; i < e->table.columns.n; i++) {
        if (ag_text_ieq(e->table.columns.items[i].name.text, name)) {
            *position = i;
            return &e->table.columns.items[i];
        }
    }
    return NULL;
}

static bool missing(editor *e, const char *what, const char *name) {
    return ag_fail(e->err, AG_FAILED, "table %s has no %s %s to change", e->table.name.text, what,
                   name == NULL ? "like that" : name);
}

/* Where the item before this one ends: items are the columns, then the constraints. */
static size_t end_before(const editor *e, size_t item) {
    size_t columns = e->table.columns.n;
    if (item == 0) {
        return e->table.open + 1;
    }
    return item <= columns ? end_of(e->table.columns.items[item - 1].range)
                           : end_of(e->table.constraints.items[item - columns - 1].range);
}

static size_t start_of_next(const editor *e, size_t item) {
    size_t columns = e->table.columns.n;
    if (item + 1 < columns) {
        return e->table.columns.items[item + 1].range.at;
    }
    size_t constraint = item + 1 - columns;
    return constraint < e->table.constraints.n ? e->table.constraints.items[constraint].range.at
                                               : e->table.close;
}

/* Whether everything before an item goes too, so that its comma must go on the other side. */
static bool is_first_left(const editor *e, size_t item) {
    for (size_t i = 0; i < item && i < e->table.columns.n; i++) {
        if (!e->column_gone[i]) {
            return false;
        }
    }
    return true;
}

static void remove_item(editor *e, size_t item, ag_lite_range range) {
    if (is_first_left(e, item)) {
        replace(e, range.at, start_of_next(e, item) - range.at, "");
        return;
    }
    size_t from = end_before(e, item);
    replace(e, from, end_of(range) - from, "");
}

static void add_item_at(editor *e, size_t at, splice_rank rank, const char *text) {
    replace(e, at, 0, ag_arena_printf(e->arena, ",\n    %s", text));
    e->splices.items[e->splices.n - 1].rank = rank;
}

static size_t end_of_items(const editor *e) {
    return e->table.constraints.n > 0
               ? end_of(e->table.constraints.items[e->table.constraints.n - 1].range)
               : e->table.columns_end;
}

/* Whether a line that ends here may end a comment too. */
static bool may_end_comment(const char *sql, size_t at) {
    for (; at > 0 && sql[at - 1] != '\n'; at--) {
        if (at > 1 && sql[at - 1] == '-' && sql[at - 2] == '-') {
            return true;
        }
    }
    return false;
}

/*
 * Removes a part of a column together with the blank in front of it, but not the end of a line that
 * is a comment: it would swallow what follows.
 */
static void remove_part(editor *e, ag_lite_range range) {
    size_t at = range.at;
    while (at > 0 && ag_is_space(e->sql[at - 1])) {
        at--;
    }
    if (e->sql[at] == '\n' && may_end_comment(e->sql, at)) {
        at++;
    }
    replace(e, at, end_of(range) - at, "");
}

static void insert_after(editor *e, size_t at, const char *format, const char *text) {
    ag_buf buf = AG_BUF_INIT;
    for (const char *c = format; *c != '\0'; c++) {
        if (*c == '$') {
            ag_buf_puts(&buf, text);
        } else {
            ag_buf_putc(&buf, *c);
        }
    }
    replace(e, at, 0, ag_buf_copy(&buf, e->arena));
    ag_buf_release(&buf);
}

/* ---- Columns ---- */

static size_t end_of_type(const ag_lite_column *column) {
    return column->type.n > 0 ? end_of(column->type) : end_of(column->name.range);
}

static void edit_type(editor *e, const ag_lite_column *column, const ag_column *after) {
    if (column->type.n == 0) {
        insert_after(e, end_of(column->name.range), " $", after->type);
    } else if (after->type == NULL || after->type[0] == '\0') {
        remove_part(e, column->type);
    } else {
        replace(e, column->type.at, column->type.n, after->type);
    }
}

static const char *not_null_text(editor *e, const ag_column *after) {
    ag_buf buf = AG_BUF_INIT;
    if (after->not_null_name != NULL) {
        ag_buf_puts(&buf, "CONSTRAINT ");
        ag_lite_quote(&buf, after->not_null_name);
        ag_buf_putc(&buf, ' ');
    }
    ag_buf_puts(&buf, "NOT NULL");
    if (after->on_conflict != NULL) {
        ag_buf_printf(&buf, " ON CONFLICT %s", after->on_conflict);
    }
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

static void edit_not_null(editor *e, const ag_lite_column *column, const ag_column *after) {
    bool placed = after->nullable;
    for (size_t i = 0; i < column->parts.n; i++) {
        const ag_lite_part *part = &column->parts.items[i];
        if (part->kind != AG_LITE_NOT_NULL && part->kind != AG_LITE_NULL) {
            continue;
        }
        if (placed) {
            remove_part(e, part->range);
        } else {
            replace(e, part->range.at, part->range.n, not_null_text(e, after));
            placed = true;
        }
    }
    if (!placed) {
        insert_after(e, end_of_type(column), " $", not_null_text(e, after));
    }
}

static const char *quoted(editor *e, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_quote(&buf, name);
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

static const char *with_name(editor *e, const char *text, const char *name) {
    return name == NULL ? text
                        : ag_arena_printf(e->arena, "CONSTRAINT %s %s", quoted(e, name), text);
}

/* Replaces, adds or removes the one part of a kind; `text` is NULL where there is to be none. */
static void edit_part(editor *e, const ag_lite_column *column, ag_lite_part_kind kind,
                      const char *text, const char *name) {
    const ag_lite_part *part = ag_lite_find_part(&column->parts, kind);
    if (part == NULL && text != NULL) {
        insert_after(e, end_of(column->range), " $", with_name(e, text, name));
    } else if (part != NULL && text == NULL) {
        remove_part(e, part->range);
    } else if (part != NULL && part->name.text == NULL) {
        replace(e, part->body.at, part->body.n, with_name(e, text, name));
    } else if (part != NULL) {
        replace(e, part->body.at, part->body.n, text);
        if (name != NULL && !ag_text_eq(name, part->name.text)) {
            replace(e, part->name.range.at, part->name.range.n, quoted(e, name));
        }
    }
}

/* A default that is no literal needs parentheses; the renderer of columns knows the rule. */
static const char *default_text(editor *e, const ag_column *after) {
    if (after->default_expr == NULL) {
        return NULL;
    }
    ag_table table = {.name = e->table.name.text};
    ag_column bare = {.name = "c", .type = "", .nullable = true, .statistics = -1};
    bare.default_expr = after->default_expr;
    ag_buf buf = AG_BUF_INIT;
    ag_lite_put_column(&buf, &table, &bare);
    const char *whole = ag_buf_text(&buf);
    const char *text = ag_arena_strdup(e->arena, whole + strlen("c "));
    ag_buf_release(&buf);
    return text;
}

static const char *generated_text(editor *e, const ag_column *after) {
    if (after->generated == AG_GENERATED_NONE) {
        return NULL;
    }
    return ag_arena_printf(e->arena, "GENERATED ALWAYS AS (%s) %s", after->generated_expr,
                           after->generated == AG_GENERATED_STORED ? "STORED" : "VIRTUAL");
}

static const char *collate_text(editor *e, const ag_column *after) {
    if (after->collation == NULL) {
        return NULL;
    }
    return ag_arena_printf(e->arena, "COLLATE %s", quoted(e, after->collation));
}

static bool alter_column(editor *e, const ag_op *op) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    size_t position = 0;
    const ag_lite_column *column = find_column(e, op->name, &position);
    if (column == NULL) {
        return missing(e, "column", op->name);
    }
    if (!ag_text_eq(before->type, after->type)) {
        edit_type(e, column, after);
    }
    if (before->nullable != after->nullable ||
        !ag_text_eq(before->not_null_name, after->not_null_name) ||
        !ag_text_eq(before->on_conflict, after->on_conflict)) {
        edit_not_null(e, column, after);
    }
    if (!ag_text_eq(before->default_expr, after->default_expr) ||
        !ag_text_eq(before->default_name, after->default_name)) {
        edit_part(e, column, AG_LITE_DEFAULT, default_text(e, after), after->default_name);
    }
    if (!ag_text_ieq(before->collation, after->collation) ||
        !ag_text_eq(before->collation_name, after->collation_name)) {
        edit_part(e, column, AG_LITE_COLLATE, collate_text(e, after), after->collation_name);
    }
    if (before->generated != after->generated ||
        !ag_text_eq(before->generated_expr, after->generated_expr) ||
        !ag_text_eq(before->generated_name, after->generated_name)) {
        edit_part(e, column, AG_LITE_GENERATED, generated_text(e, after), after->generated_name);
    }
    return true;
}

static bool drop_column(editor *e, const ag_op *op) {
    size_t position = 0;
    const ag_lite_column *column = find_column(e, op->name, &position);
    if (column == NULL) {
        return missing(e, "column", op->name);
    }
    remove_item(e, position, column->range);
    return true;
}

/* ---- Constraints ---- */

static bool kinds_match(ag_lite_part_kind part, ag_constraint_kind kind) {
    switch (kind) {
    case AG_PRIMARY_KEY:
        return part == AG_LITE_PRIMARY_KEY;
    case AG_UNIQUE:
        return part == AG_LITE_UNIQUE;
    case AG_FOREIGN_KEY:
        return part == AG_LITE_FOREIGN_KEY;
    case AG_CHECK:
        return part == AG_LITE_CHECK;
    case AG_EXCLUDE:
        break;
    }
    return false;
}

/* The collation that counts for an element: its own or its column's. */
static const char *collation_of(const editor *e, const char *column, const char *written) {
    size_t position = 0;
    const ag_lite_column *found =
        written != NULL || column == NULL ? NULL : find_column(e, column, &position);
    const ag_lite_part *own =
        found == NULL ? NULL : ag_lite_find_part(&found->parts, AG_LITE_COLLATE);
    const char *name = own == NULL ? written : own->collation.text;
    return name == NULL ? "binary" : name;
}

static bool same_elements(const editor *e, const ag_lite_part *part, const char *column,
                          const ag_keys *keys) {
    if (column != NULL) {
        return keys->n == 1 && ag_text_ieq(keys->items[0].column, column);
    }
    if (part->elements.n != keys->n) {
        return false;
    }
    for (size_t i = 0; i < keys->n; i++) {
        const ag_lite_element *element = &part->elements.items[i];
        const ag_key *key = &keys->items[i];
        const char *name = element->column.text;
        if (!ag_text_ieq(name, key->column) || element->descending != key->descending ||
            !ag_text_ieq(collation_of(e, name, element->collation.text),
                         collation_of(e, name, key->collation))) {
            return false;
        }
    }
    return true;
}

/* `column` is the one that an inline constraint stands in; NULL for a table constraint. */
static bool is_constraint(editor *e, const ag_lite_part *part, const char *column,
                          const ag_constraint *c) {
    if (!kinds_match(part->kind, c->kind) || !ag_text_ieq(part->name.text, c->name)) {
        return false;
    }
    if (c->kind == AG_CHECK) {
        const char *expr = ag_lite_copy(e->arena, e->sql, part->expr);
        return c->expr != NULL && expr != NULL &&
               ag_sql_equal(AG_SQL_SQLITE, AG_SQL_EXACT, expr, c->expr);
    }
    bool is_lone_key = c->kind == AG_PRIMARY_KEY && c->keys.n == 1 && part->elements.n == 1;
    if (!is_lone_key && !same_elements(e, part, column, &c->keys)) { /* a table has but one */
        return false;
    }
    return c->kind != AG_FOREIGN_KEY || ag_text_ieq(part->ref_table.text, c->ref_table);
}

typedef struct found {
    const ag_lite_part *part;
    const ag_lite_column *column; /* NULL for a table constraint */
    size_t position;              /* in table.constraints, or of the column */
} found;

static bool is_part_gone(const editor *e, const ag_lite_part *part) {
    for (size_t i = 0; i < e->parts_gone.n; i++) {
        if (e->parts_gone.items[i] == part) {
            return true;
        }
    }
    return false;
}

/* The rest of a foreign key: a column may have several to the same table. */
static bool is_in_detail(const ag_lite_part *part, const ag_constraint *c) {
    return c->kind != AG_FOREIGN_KEY ||
           (ag_text_ieq(part->on_delete, c->on_delete) &&
            ag_text_ieq(part->on_update, c->on_update) && part->deferrable == c->deferrable &&
            part->ref_columns.n == c->ref_columns.n);
}

static bool find_inline(editor *e, const ag_constraint *c, bool in_detail, found *out) {
    for (size_t i = 0; i < e->table.columns.n; i++) {
        const ag_lite_column *column = &e->table.columns.items[i];
        for (size_t p = 0; p < column->parts.n; p++) {
            const ag_lite_part *part = &column->parts.items[p];
            if (!is_part_gone(e, part) && is_constraint(e, part, column->name.text, c) &&
                (!in_detail || is_in_detail(part, c))) {
                *out = (found){part, column, i};
                return true;
            }
        }
    }
    return false;
}

static bool find_of_table(editor *e, const ag_constraint *c, bool in_detail, found *out) {
    for (size_t i = 0; i < e->table.constraints.n; i++) {
        const ag_lite_part *part = &e->table.constraints.items[i];
        if (!e->constraint_gone[i] && is_constraint(e, part, NULL, c) &&
            (!in_detail || is_in_detail(part, c))) {
            *out = (found){part, NULL, i};
            return true;
        }
    }
    return false;
}

/* Of several that look alike, the one that stands where the constraint is said to stand. */
static bool find_constraint(editor *e, const ag_constraint *c, found *out) {
    bool is_inline = c->inline_column != NULL;
    return (is_inline ? find_inline : find_of_table)(e, c, true, out) ||
           (is_inline ? find_of_table : find_inline)(e, c, true, out) ||
           find_inline(e, c, false, out) || find_of_table(e, c, false, out);
}

/* An inline REFERENCES may have its DEFERRABLE as a part of its own, which means nothing alone. */
static void remove_inline(editor *e, const found *f) {
    remove_part(e, f->part->range);
    ag_vec_push(e->arena, &e->parts_gone, f->part);
    if (f->part->kind != AG_LITE_FOREIGN_KEY) {
        return;
    }
    const ag_lite_part *deferrable = ag_lite_find_part(&f->column->parts, AG_LITE_DEFERRABLE);
    if (deferrable != NULL && deferrable->range.at > f->part->range.at) {
        remove_part(e, deferrable->range);
    }
}

static bool drop_constraint(editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return missing(e, "constraint", op->name);
    }
    if (f.column == NULL) {
        remove_item(e, e->table.columns.n + f.position, f.part->range);
        e->constraint_gone[f.position] = true;
    } else if (!e->column_gone[f.position]) {
        remove_inline(e, &f);
    }
    return true;
}

static bool rename_constraint(editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return missing(e, "constraint", op->name);
    }
    const char *name = op->after.constraint->name;
    if (name == NULL) {
        replace(e, f.part->range.at, f.part->body.at - f.part->range.at, "");
        return true;
    }
    if (f.part->name.text == NULL) {
        insert_after(e, f.part->range.at, "CONSTRAINT $ ", quoted(e, name));
    } else {
        replace(e, f.part->name.range.at, f.part->name.range.n, quoted(e, name));
    }
    return true;
}

static bool alter_constraint(editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return missing(e, "constraint", op->name);
    }
    if (f.column == NULL) {
        replace(e, f.part->range.at, f.part->range.n, rendered_constraint(e, op->after.constraint));
        return true;
    }
    remove_inline(e, &f);
    add_item_at(e, end_of_items(e), CONSTRAINT, rendered_constraint(e, op->after.constraint));
    return true;
}

/* ---- Table options ---- */

static void edit_autoincrement(editor *e, bool wanted) {
    for (size_t i = 0; i < e->table.columns.n; i++) {
        const ag_lite_part *part =
            ag_lite_find_part(&e->table.columns.items[i].parts, AG_LITE_PRIMARY_KEY);
        if (part != NULL && wanted && !part->autoincrement) {
            insert_after(e, end_of(part->range), " $", "AUTOINCREMENT");
        } else if (part != NULL && !wanted && part->autoincrement) {
            remove_part(e, part->autoincrement_range);
        }
    }
    const ag_lite_part *key = ag_lite_find_part(&e->table.constraints, AG_LITE_PRIMARY_KEY);
    if (key != NULL && key->elements.n == 1 && wanted && !key->autoincrement) {
        insert_after(e, end_of(key->elements.items[0].range), " $", "AUTOINCREMENT");
    } else if (key != NULL && !wanted && key->autoincrement) {
        remove_part(e, key->autoincrement_range);
    }
}

static void edit_options(editor *e, const ag_table *after) {
    const char *text = after->without_rowid && after->strict ? " WITHOUT ROWID, STRICT"
                       : after->without_rowid                ? " WITHOUT ROWID"
                       : after->strict                       ? " STRICT"
                                                             : "";
    size_t from = e->table.close + 1;
    size_t to = e->table.options.n > 0 ? end_of(e->table.options) : from;
    replace(e, from, to - from, text);
}

static bool alter_table(editor *e, const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    if (before->autoincrement != after->autoincrement) {
        edit_autoincrement(e, after->autoincrement);
    }
    if (before->strict != after->strict || before->without_rowid != after->without_rowid) {
        edit_options(e, after);
    }
    return true;
}

static bool edit_one(editor *e, const ag_op *op) {
    if (op->kind == AG_OP_ADD_COLUMN) {
        add_item_at(e, e->table.columns_end, COLUMN, rendered_column(e, op));
        return true;
    }
    if (op->kind == AG_OP_DROP_COLUMN) {
        return drop_column(e, op);
    }
    if (op->kind == AG_OP_ALTER_COLUMN) {
        return alter_column(e, op);
    }
    if (op->kind == AG_OP_ADD_CONSTRAINT) {
        add_item_at(e, end_of_items(e), CONSTRAINT, rendered_constraint(e, op->after.constraint));
        return true;
    }
    if (op->kind == AG_OP_DROP_CONSTRAINT) {
        return drop_constraint(e, op);
    }
    if (op->kind == AG_OP_RENAME_CONSTRAINT) {
        return rename_constraint(e, op);
    }
    if (op->kind == AG_OP_ALTER_CONSTRAINT) {
        return alter_constraint(e, op);
    }
    if (op->kind == AG_OP_ALTER_TABLE) {
        return alter_table(e, op);
    }
    return ag_fail(e->err, AG_FAILED, "operation %s cannot be put into a table text",
                   ag_op_json_name(op->kind));
}

/* Known beforehand: commas depend on it, and a constraint inside a dropped column goes with it. */
static void mark_dropped_columns(editor *e, const ag_op *const *ops, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t position = 0;
        if (ops[i]->kind == AG_OP_DROP_COLUMN && find_column(e, ops[i]->name, &position) != NULL) {
            e->column_gone[position] = true;
        }
    }
}

bool ag_lite_edit_table(ag_arena *arena, const char *sql, const ag_op *const *ops, size_t n,
                        char **out, ag_error *err) {
    editor e = {.arena = arena, .sql = sql, .err = err};
    if (!ag_lite_parse_table(arena, sql, &e.table, err)) {
        return false;
    }
    e.column_gone = ag_arena_array(arena, e.table.columns.n + 1, sizeof *e.column_gone);
    e.constraint_gone = ag_arena_array(arena, e.table.constraints.n + 1, sizeof *e.constraint_gone);
    mark_dropped_columns(&e, ops, n);
    for (size_t i = 0; i < n; i++) {
        if (!edit_one(&e, ops[i])) {
            return false;
        }
    }
    *out = apply(&e);
    return true;
}
