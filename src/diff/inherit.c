/* Columns that tables have from others: children from their parents, partitions from theirs. */
#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"
#include "sql/normal.h"

const ag_table *ag__parent_at(const ag_differ *d, const ag_schema *schema, const ag_table *table,
                              size_t at) {
    if (table->parent != NULL) {
        return at == 0 ? ag_schema_table(schema, table->parent_ns, table->parent) : NULL;
    }
    if (at >= table->inherits.n) {
        return NULL;
    }
    ag_strings path = {NULL, 0, 0};
    ag_sql_path(d->scratch, d->dialect->flavor, table->inherits.items[at], &path);
    return path.n == 0 ? NULL
                       : ag_schema_table(schema, path.n > 1 ? path.items[path.n - 2] : table->ns,
                                         path.items[path.n - 1]);
}

/* The column in the first parent that has it, and that parent. */
static const ag_column *origin_of(const ag_differ *d, const ag_schema *schema,
                                  const ag_table *table, const char *name, const ag_table **owner) {
    size_t n = table->parent != NULL ? 1 : table->inherits.n;
    for (size_t i = 0; i < n; i++) {
        *owner = ag__parent_at(d, schema, table, i);
        const ag_column *column = *owner == NULL ? NULL : ag_table_column(schema, *owner, name);
        if (column != NULL) {
            return column;
        }
    }
    return NULL;
}

static bool has_parent(const ag_differ *d, const ag_schema *schema, const ag_table *table,
                       const ag_table *wanted) {
    size_t n = table->parent != NULL ? 1 : table->inherits.n;
    for (size_t i = 0; i < n; i++) {
        const ag_table *parent = ag__parent_at(d, schema, table, i);
        if (parent != NULL && ag_text_eq(parent->ns, wanted->ns) &&
            ag_text_eq(parent->name, wanted->name)) {
            return true;
        }
    }
    return false;
}

bool ag__carries(const ag_differ *d, const ag_table *from, const ag_table *to, const char *column,
                 ag_carried *out) {
    const ag_table *old_owner = NULL;
    const ag_table *new_owner = NULL;
    if (from == NULL || to == NULL || d->dialect->inherited == NULL) {
        return false;
    }
    out->before = origin_of(d, d->from, from, column, &old_owner);
    out->after = out->before == NULL ? NULL : origin_of(d, d->to, to, column, &new_owner);
    return out->after != NULL && ag_text_eq(old_owner->ns, new_owner->ns) &&
           ag_text_eq(old_owner->name, new_owner->name);
}

const ag_column *ag__given_column(const ag_differ *d, bool is_new, const ag_table *table,
                                  const ag_table *other, const char *column) {
    const ag_schema *schema = is_new ? d->to : d->from;
    const ag_table *owner = NULL;
    const ag_column *origin =
        d->dialect->inherited == NULL ? NULL : origin_of(d, schema, table, column, &owner);
    if (origin == NULL || !has_parent(d, is_new ? d->from : d->to, other, owner)) {
        return NULL;
    }
    return d->dialect->inherited(d->scratch, owner, origin);
}
