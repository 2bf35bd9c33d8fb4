/* Replacements in a CREATE TABLE text: commas, blanks and comments around what comes and goes. */
#include <stdlib.h>

#include "base/str.h"
#include "dialect/lite/editor.h"
#include "dialect/lite/lite.h"

void ag__lite_edit_replace(ag_lite_editor *e, size_t at, size_t n, const char *text) {
    ag_lite_splice s = {.at = at,
                        .n = n,
                        .rank = n > 0 ? AG_LITE_REMOVAL : AG_LITE_AT_PART,
                        .order = e->splices.n,
                        .text = text};
    ag_vec_push(e->arena, &e->splices, s);
}

size_t ag__lite_edit_end(ag_lite_range range) {
    return range.at + range.n;
}

static int by_place(const void *a, const void *b) {
    const ag_lite_splice *x = a;
    const ag_lite_splice *y = b;
    if (x->at != y->at) {
        return x->at < y->at ? -1 : 1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Applies the splices; one inside another that removes its surroundings is dropped with them. */
char *ag__lite_edit_apply(ag_lite_editor *e) {
    if (e->splices.n > 0) {
        qsort(e->splices.items, e->splices.n, sizeof *e->splices.items, by_place);
    }
    ag_buf out = AG_BUF_INIT;
    size_t done = 0;
    for (size_t i = 0; i < e->splices.n; i++) {
        const ag_lite_splice *s = &e->splices.items[i];
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

ag_lite_column *ag__lite_edit_column_of(const ag_lite_editor *e, const char *name,
                                        size_t *position) {
    for (size_t i = 0; i < e->table.columns.n; i++) {
        if (ag_text_ieq(e->table.columns.items[i].name.text, name)) {
            *position = i;
            return &e->table.columns.items[i];
        }
    }
    return NULL;
}

bool ag__lite_edit_missing(ag_lite_editor *e, const char *what, const char *name) {
    return ag_fail(e->err, AG_FAILED, "table %s has no %s %s to change", e->table.name.text, what,
                   name == NULL ? "like that" : name);
}

/* Where the item before this one ends: items are the columns, then the constraints. */
static size_t end_before(const ag_lite_editor *e, size_t item) {
    size_t columns = e->table.columns.n;
    if (item == 0) {
        return e->table.open + 1;
    }
    return item <= columns
               ? ag__lite_edit_end(e->table.columns.items[item - 1].range)
               : ag__lite_edit_end(e->table.constraints.items[item - columns - 1].range);
}

static size_t start_of_next(const ag_lite_editor *e, size_t item) {
    size_t columns = e->table.columns.n;
    if (item + 1 < columns) {
        return e->table.columns.items[item + 1].range.at;
    }
    size_t constraint = item + 1 - columns;
    return constraint < e->table.constraints.n ? e->table.constraints.items[constraint].range.at
                                               : e->table.close;
}

/* Whether everything before an item goes too, so that its comma must go on the other side. */
static bool is_first_left(const ag_lite_editor *e, size_t item) {
    for (size_t i = 0; i < item && i < e->table.columns.n; i++) {
        if (!e->column_gone[i]) {
            return false;
        }
    }
    return !e->begins_anew;
}

void ag__lite_edit_remove_item(ag_lite_editor *e, size_t item, ag_lite_range range) {
    if (is_first_left(e, item)) {
        ag__lite_edit_replace(e, range.at, start_of_next(e, item) - range.at, "");
        return;
    }
    size_t from = end_before(e, item);
    ag__lite_edit_replace(e, from, ag__lite_edit_end(range) - from, "");
}

void ag__lite_edit_add_item(ag_lite_editor *e, size_t at, ag_lite_splice_rank rank,
                            const char *text) {
    ag__lite_edit_replace(e, at, 0, ag_arena_printf(e->arena, ",\n    %s", text));
    e->splices.items[e->splices.n - 1].rank = rank;
}

size_t ag__lite_edit_end_of_items(const ag_lite_editor *e) {
    return e->table.constraints.n > 0
               ? ag__lite_edit_end(e->table.constraints.items[e->table.constraints.n - 1].range)
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
void ag__lite_edit_remove_part(ag_lite_editor *e, ag_lite_range range) {
    size_t at = range.at;
    while (at > 0 && ag_is_space(e->sql[at - 1])) {
        at--;
    }
    if (e->sql[at] == '\n' && may_end_comment(e->sql, at)) {
        at++;
    }
    ag__lite_edit_replace(e, at, ag__lite_edit_end(range) - at, "");
}

void ag__lite_edit_insert(ag_lite_editor *e, size_t at, const char *format, const char *text) {
    ag_buf buf = AG_BUF_INIT;
    for (const char *c = format; *c != '\0'; c++) {
        if (*c == '$') {
            ag_buf_puts(&buf, text);
        } else {
            ag_buf_putc(&buf, *c);
        }
    }
    ag__lite_edit_replace(e, at, 0, ag_buf_copy(&buf, e->arena));
    ag_buf_release(&buf);
}

const char *ag__lite_edit_quoted(ag_lite_editor *e, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_quote(&buf, name);
    const char *text = ag_buf_copy(&buf, e->arena);
    ag_buf_release(&buf);
    return text;
}
