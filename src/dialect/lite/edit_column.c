/* Columns in a CREATE TABLE text. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/editor.h"
#include "dialect/lite/lite.h"

static const char *rendered_column(ag_lite_editor *e, const ag_op *op) {
    ag_buf buf = AG_BUF_INIT;
    ag_table bare = {.name = e->table.name.text};
    ag_lite_put_column(&buf, &bare, op->after.column);
    if (e->in_new_column != NULL &&
        ag_text_ieq(e->in_new_column->keys.items[0].column, op->after.column->name)) {
        ag_lite_put_inline(&buf, e->in_new_column, false);
    }
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}

static size_t end_of_type(const ag_lite_column *column) {
    return column->type.n > 0 ? ag__lite_edit_end(column->type)
                              : ag__lite_edit_end(column->name.range);
}

static void edit_type(ag_lite_editor *e, const ag_lite_column *column, const ag_column *after) {
    if (column->type.n == 0) {
        ag__lite_edit_insert(e, ag__lite_edit_end(column->name.range), " $", after->type);
    } else if (after->type == NULL || after->type[0] == '\0') {
        ag__lite_edit_remove_part(e, column->type);
    } else {
        ag__lite_edit_replace(e, column->type.at, column->type.n, after->type);
    }
}

static const char *not_null_text(ag_lite_editor *e, const ag_column *after) {
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

static void edit_not_null(ag_lite_editor *e, const ag_lite_column *column, const ag_column *after) {
    bool placed = after->nullable;
    for (size_t i = 0; i < column->parts.n; i++) {
        const ag_lite_part *part = &column->parts.items[i];
        if (part->kind != AG_LITE_NOT_NULL && part->kind != AG_LITE_NULL) {
            continue;
        }
        if (placed) {
            ag__lite_edit_remove_part(e, part->range);
        } else {
            ag__lite_edit_replace(e, part->range.at, part->range.n, not_null_text(e, after));
            placed = true;
        }
    }
    if (!placed) {
        ag__lite_edit_insert(e, end_of_type(column), " $", not_null_text(e, after));
    }
}

static const char *with_name(ag_lite_editor *e, const char *text, const char *name) {
    return name == NULL
               ? text
               : ag_arena_printf(e->arena, "CONSTRAINT %s %s", ag__lite_edit_quoted(e, name), text);
}

/* Replaces, adds or removes the one part of a kind; `text` is NULL where there is to be none. */
static void edit_part(ag_lite_editor *e, const ag_lite_column *column, ag_lite_part_kind kind,
                      const char *text, const char *name) {
    const ag_lite_part *part = ag_lite_find_part(&column->parts, kind);
    if (part == NULL && text != NULL) {
        ag__lite_edit_insert(e, ag__lite_edit_end(column->range), " $", with_name(e, text, name));
    } else if (part != NULL && text == NULL) {
        ag__lite_edit_remove_part(e, part->range);
    } else if (part != NULL && part->name.text == NULL) {
        ag__lite_edit_replace(e, part->body.at, part->body.n, with_name(e, text, name));
    } else if (part != NULL) {
        ag__lite_edit_replace(e, part->body.at, part->body.n, text);
        if (name != NULL && !ag_text_eq(name, part->name.text)) {
            ag__lite_edit_replace(e, part->name.range.at, part->name.range.n,
                                  ag__lite_edit_quoted(e, name));
        }
    }
}

/* A default that is no literal needs parentheses; the renderer of columns knows the rule. */
static const char *default_text(ag_lite_editor *e, const ag_column *after) {
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

static const char *generated_text(ag_lite_editor *e, const ag_column *after) {
    if (after->generated == AG_GENERATED_NONE) {
        return NULL;
    }
    return ag_arena_printf(e->arena, "GENERATED ALWAYS AS (%s) %s", after->generated_expr,
                           after->generated == AG_GENERATED_STORED ? "STORED" : "VIRTUAL");
}

static const char *collate_text(ag_lite_editor *e, const ag_column *after) {
    if (after->collation == NULL) {
        return NULL;
    }
    return ag_arena_printf(e->arena, "COLLATE %s", ag__lite_edit_quoted(e, after->collation));
}

bool ag__lite_edit_alter_column(ag_lite_editor *e, const ag_op *op) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    size_t position = 0;
    const ag_lite_column *column = ag__lite_edit_column_of(e, op->name, &position);
    if (column == NULL) {
        return ag__lite_edit_missing(e, "column", op->name);
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

bool ag__lite_edit_drop_column(ag_lite_editor *e, const ag_op *op) {
    size_t position = 0;
    const ag_lite_column *column = ag__lite_edit_column_of(e, op->name, &position);
    if (column == NULL) {
        return ag__lite_edit_missing(e, "column", op->name);
    }
    ag__lite_edit_remove_item(e, position, column->range);
    return true;
}

/* Where no column stays, the new ones stand first, so that what goes has a comma before it. */
bool ag__lite_edit_add_column(ag_lite_editor *e, const ag_op *op) {
    if (!e->begins_anew) {
        ag__lite_edit_add_item(e, e->table.columns_end, AG_LITE_AT_COLUMN, rendered_column(e, op));
        return true;
    }
    const char *format = e->has_begun ? ",\n    $" : "\n    $";
    ag__lite_edit_insert(e, e->table.open + 1, format, rendered_column(e, op));
    e->has_begun = true;
    return true;
}
