/* Constraints in a CREATE TABLE text, written inside of a column or behind the columns. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/editor.h"
#include "dialect/lite/lite.h"
#include "sql/normal.h"

static const char *rendered_constraint(ag_lite_editor *e, const ag_constraint *constraint) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_put_constraint(&buf, constraint, e->autoincrement);
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

/* A lone descending INTEGER behind the columns would be the rowid, which inside its column it is
 * not. */
bool ag__lite_edit_must_be_inline(const ag_lite_editor *e, const ag_constraint *c) {
    return c->kind == AG_PRIMARY_KEY && c->keys.n == 1 && c->keys.items[0].descending &&
           c->keys.items[0].column != NULL && c->keys.items[0].collation == NULL &&
           !e->without_rowid;
}

static void add_constraint(ag_lite_editor *e, const ag_constraint *c) {
    size_t position = 0;
    if (c == e->in_new_column) {
        return;
    }
    const ag_lite_column *column =
        ag__lite_edit_must_be_inline(e, c)
            ? ag__lite_edit_column_of(e, c->keys.items[0].column, &position)
            : NULL;
    if (column == NULL) {
        ag__lite_edit_add_item(e, ag__lite_edit_end_of_items(e), AG_LITE_AT_CONSTRAINT,
                               rendered_constraint(e, c));
        return;
    }
    ag_buf buf = AG_BUF_INIT;
    ag_lite_put_inline(&buf, c, false);
    ag__lite_edit_insert(e, ag__lite_edit_end(column->range), "$", ag_buf_copy(&buf, e->arena));
    ag_buf_release(&buf);
}

bool ag__lite_edit_add_constraint(ag_lite_editor *e, const ag_op *op) {
    add_constraint(e, op->after.constraint);
    return true;
}

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
static const char *collation_of(const ag_lite_editor *e, const char *column, const char *written) {
    size_t position = 0;
    const ag_lite_column *found =
        written != NULL || column == NULL ? NULL : ag__lite_edit_column_of(e, column, &position);
    const ag_lite_part *own =
        found == NULL ? NULL : ag_lite_find_part(&found->parts, AG_LITE_COLLATE);
    const char *name = own == NULL ? written : own->collation.text;
    return name == NULL ? "binary" : name;
}

static bool same_elements(const ag_lite_editor *e, const ag_lite_part *part, const char *column,
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
static bool is_constraint(ag_lite_editor *e, const ag_lite_part *part, const char *column,
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

static bool is_part_gone(const ag_lite_editor *e, const ag_lite_part *part) {
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

static bool find_inline(ag_lite_editor *e, const ag_constraint *c, bool in_detail, found *out) {
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

static bool find_of_table(ag_lite_editor *e, const ag_constraint *c, bool in_detail, found *out) {
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
static bool find_constraint(ag_lite_editor *e, const ag_constraint *c, found *out) {
    bool is_inline = c->inline_column != NULL;
    return (is_inline ? find_inline : find_of_table)(e, c, true, out) ||
           (is_inline ? find_of_table : find_inline)(e, c, true, out) ||
           find_inline(e, c, false, out) || find_of_table(e, c, false, out);
}

/* An inline REFERENCES may have its DEFERRABLE as a part of its own, which means nothing alone. */
static void remove_inline(ag_lite_editor *e, const found *f) {
    ag__lite_edit_remove_part(e, f->part->range);
    ag_vec_push(e->arena, &e->parts_gone, f->part);
    if (f->part->kind != AG_LITE_FOREIGN_KEY) {
        return;
    }
    const ag_lite_part *deferrable = ag_lite_find_part(&f->column->parts, AG_LITE_DEFERRABLE);
    if (deferrable != NULL && deferrable->range.at > f->part->range.at) {
        ag__lite_edit_remove_part(e, deferrable->range);
    }
}

static void remove_found(ag_lite_editor *e, const found *f) {
    if (f->column == NULL) {
        ag__lite_edit_remove_item(e, e->table.columns.n + f->position, f->part->range);
        e->constraint_gone[f->position] = true;
    } else if (!e->column_gone[f->position]) {
        remove_inline(e, f);
    }
}

bool ag__lite_edit_drop_constraint(ag_lite_editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return ag__lite_edit_missing(e, "constraint", op->name);
    }
    remove_found(e, &f);
    return true;
}

bool ag__lite_edit_rename_constraint(ag_lite_editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return ag__lite_edit_missing(e, "constraint", op->name);
    }
    const char *name = op->after.constraint->name;
    if (name == NULL) {
        ag__lite_edit_replace(e, f.part->range.at, f.part->body.at - f.part->range.at, "");
        return true;
    }
    if (f.part->name.text == NULL) {
        ag__lite_edit_insert(e, f.part->range.at, "CONSTRAINT $ ", ag__lite_edit_quoted(e, name));
    } else {
        ag__lite_edit_replace(e, f.part->name.range.at, f.part->name.range.n,
                              ag__lite_edit_quoted(e, name));
    }
    return true;
}

bool ag__lite_edit_alter_constraint(ag_lite_editor *e, const ag_op *op) {
    found f;
    if (!find_constraint(e, op->before.constraint, &f)) {
        return ag__lite_edit_missing(e, "constraint", op->name);
    }
    if (f.column == NULL && !ag__lite_edit_must_be_inline(e, op->after.constraint)) {
        ag__lite_edit_replace(e, f.part->range.at, f.part->range.n,
                              rendered_constraint(e, op->after.constraint));
        e->constraint_gone[f.position] = true;
        return true;
    }
    remove_found(e, &f);
    add_constraint(e, op->after.constraint);
    return true;
}

void ag__lite_edit_autoincrement(ag_lite_editor *e) {
    bool wanted = e->autoincrement;
    for (size_t i = 0; i < e->table.columns.n; i++) {
        const ag_lite_part *part =
            ag_lite_find_part(&e->table.columns.items[i].parts, AG_LITE_PRIMARY_KEY);
        if (part == NULL || e->column_gone[i] || is_part_gone(e, part)) {
            continue;
        }
        if (wanted && !part->autoincrement) {
            ag__lite_edit_insert(e, ag__lite_edit_end(part->range), " $", "AUTOINCREMENT");
        } else if (!wanted && part->autoincrement) {
            ag__lite_edit_remove_part(e, part->autoincrement_range);
        }
    }
    for (size_t i = 0; i < e->table.constraints.n; i++) {
        const ag_lite_part *key = &e->table.constraints.items[i];
        if (key->kind != AG_LITE_PRIMARY_KEY || e->constraint_gone[i]) {
            continue;
        }
        if (key->elements.n == 1 && wanted && !key->autoincrement) {
            ag__lite_edit_insert(e, ag__lite_edit_end(key->elements.items[0].range), " $",
                                 "AUTOINCREMENT");
        } else if (!wanted && key->autoincrement) {
            ag__lite_edit_remove_part(e, key->autoincrement_range);
        }
    }
}
