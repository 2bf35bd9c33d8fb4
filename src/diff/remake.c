/*
 * Tables that no ALTER makes what they are to be.
 *
 * Such a table goes and is made again, with all its partitions or children, and its rows are put
 * aside in between: AG_OP_SAVE_ROWS, drop, create, AG_OP_RESTORE_ROWS. What hangs on it is for the
 * cascade. Rows of partitions go with those of the table at the top of them, which finds a place
 * for each again.
 */
#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"
#include "sql/normal.h"

static const char *remade_key(const ag_differ *d, const char *ns, const char *name) {
    return ag_arena_printf(d->scratch, "%s\n%s", ns != NULL ? ns : "", name);
}

static bool has(const ag_differ *d, const char *ns, const char *name) {
    return d->remade.n > 0 && name != NULL && ag_map_has(&d->remade, remade_key(d, ns, name));
}

bool ag__is_remade(const ag_differ *d, const ag_table *table) {
    return has(d, table->ns, table->name);
}

enum { DEEPEST_PARTITION = 64 };

const ag_table *ag__remade_top(const ag_differ *d, const ag_schema *schema, const char *ns,
                               const char *name) {
    const ag_table *top = NULL;
    const ag_table *table = d->remade.n == 0 ? NULL : ag_schema_table(schema, ns, name);
    for (int depth = 0; table != NULL && depth < DEEPEST_PARTITION; depth++) {
        if (ag__is_remade(d, table)) {
            top = table;
        } else if (top != NULL) {
            break;
        }
        table =
            table->parent == NULL ? NULL : ag_schema_table(schema, table->parent_ns, table->parent);
    }
    return top;
}

/* Both its states hang on one partitioned table that is made anew. */
static bool goes_with_parent(const ag_differ *d, const ag_table *a, const ag_table *b) {
    return ag_text_eq(a->parent, b->parent) && ag_text_eq(a->parent_ns, b->parent_ns) &&
           has(d, a->parent_ns, a->parent);
}

/* Keys of partitions */

/* Values that go or change places: every column gets another type. */
static bool swaps_enum(const ag_differ *d, const char *type) {
    for (size_t i = 0; type != NULL && i < d->from->enums.n; i++) {
        const ag_enum *a = d->from->enums.items[i];
        const ag_enum *b = ag_sql_refers_to(d->dialect->flavor, type, a->name)
                               ? ag_schema_enum(d->to, a->ns, a->name)
                               : NULL;
        size_t at = 0;
        for (size_t j = 0; b != NULL && j < b->values.n && at < a->values.n; j++) {
            at += ag_text_eq(a->values.items[at].name, b->values.items[j].name) ? 1u : 0u;
        }
        if (b != NULL && at < a->values.n) {
            return true;
        }
    }
    return false;
}

/* So does a domain that gets another type underneath. */
static bool swaps_domain(const ag_differ *d, const char *type) {
    for (size_t i = 0; type != NULL && i < d->from->domains.n; i++) {
        const ag_domain *a = d->from->domains.items[i];
        const ag_domain *b = ag_sql_refers_into(d->dialect->flavor, type, a->ns, a->name)
                                 ? ag_schema_domain(d->to, a->ns, a->name)
                                 : NULL;
        if (b != NULL &&
            ((!ag_text_eq(a->type, b->type) && !d->dialect->same_type(a->type, b->type, false)) ||
             !ag_text_eq(a->collation, b->collation) || swaps_enum(d, a->type))) {
            return true;
        }
    }
    return false;
}

/* A function of the key that goes, or that cannot be replaced where it is. */
static bool loses_key_function(const ag_differ *d, const ag_table *a) {
    for (size_t i = 0; a->partition_by != NULL && i < d->from->objects.n; i++) {
        const ag_object *it = d->from->objects.items[i];
        if (it->kind != AG_FUNCTION || !ag_schema_covers(d->to, AG_FUNCTION) ||
            !ag_sql_refers_into(d->dialect->flavor, a->partition_by, it->ns, it->name)) {
            continue;
        }
        bool stays = false;
        for (size_t j = 0; j < d->to->objects.n && !stays; j++) {
            const ag_object *next = d->to->objects.items[j];
            stays = next->kind == it->kind && ag_text_eq(next->ns, it->ns) &&
                    ag_text_eq(next->name, it->name) &&
                    ag_text_eq(next->signature, it->signature) &&
                    (d->dialect->can_replace == NULL || d->dialect->can_replace(it, next));
        }
        if (!stays) {
            return true;
        }
    }
    return false;
}

static bool changes_key_column(const ag_differ *d, const ag_table *a, const ag_table *b) {
    for (size_t i = 0; b->partition_by != NULL && i < b->columns.n; i++) {
        const ag_column *after = b->columns.items[i];
        const ag_column *before = ag_table_column(d->from, a, after->name);
        if (before == NULL || !ag_sql_refers_to(d->dialect->flavor, b->partition_by, after->name)) {
            continue;
        }
        bool is_same = ag_text_eq(before->type, after->type) ||
                       d->dialect->same_type(before->type, after->type, false) ||
                       ag__moves_with_extension(d, before->type, after->type);
        if (!is_same || !ag__same_name(d, before->collation, after->collation) ||
            swaps_enum(d, before->type) || swaps_domain(d, before->type)) {
            return true;
        }
    }
    return false;
}

/* Parents */

/* The parent at `at` of the new table in `schema`, where the old table has it too. */
static const ag_table *common_parent(const ag_differ *d, const ag_schema *schema, const ag_table *a,
                                     const ag_table *b, size_t at) {
    return ag_strings_has(&a->inherits, b->inherits.items[at]) ? ag__parent_at(d, schema, b, at)
                                                               : NULL;
}

/* A parent that stays one goes on giving the column. */
static bool is_from_common_parent(const ag_differ *d, const ag_table *a, const ag_table *b,
                                  const char *column, const char *check) {
    for (size_t i = 0; i < b->inherits.n; i++) {
        const ag_table *parent = common_parent(d, d->from, a, b, i);
        if (parent != NULL &&
            (column != NULL ? ag_table_column(d->from, parent, column) != NULL
                            : ag_table_constraint(d->from, parent, check) != NULL)) {
            return true;
        }
    }
    return false;
}

/* INHERIT leaves a table its columns and checks as its own, and NO INHERIT makes them so. */
static bool changes_heritage(const ag_differ *d, const ag_table *a, const ag_table *b,
                             const ag_table *side) {
    for (size_t i = 0; i < side->columns.n; i++) {
        const ag_column *column = side->columns.items[i];
        if (column->inherited && !is_from_common_parent(d, a, b, column->name, NULL)) {
            return true;
        }
    }
    for (size_t i = 0; i < side->constraints.n; i++) {
        const ag_constraint *it = side->constraints.items[i];
        if (it->inherited && it->kind == AG_CHECK &&
            !is_from_common_parent(d, a, b, NULL, it->name)) {
            return true;
        }
    }
    return false;
}

/* INHERIT adds a parent behind those there are. */
static bool only_adds_last(const ag_strings *a, const ag_strings *b) {
    size_t at = 0;
    while (at < b->n && ag_strings_has(a, b->items[at])) {
        at++;
    }
    for (size_t i = at; i < b->n; i++) {
        if (ag_strings_has(a, b->items[i])) {
            return false;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (ag_strings_has(b, a->items[i]) && !ag_text_eq(b->items[kept++], a->items[i])) {
            return false;
        }
    }
    return true;
}

/* What a table had from a parent becomes its own with ALTER, but never the other way round. */
static bool changes_origin(const ag_differ *d, const ag_table *a, const ag_table *b) {
    for (size_t i = 0; i < b->columns.n; i++) {
        const ag_column *before = ag_table_column(d->from, a, b->columns.items[i]->name);
        if (before != NULL && before->inherited != b->columns.items[i]->inherited) {
            return true;
        }
    }
    for (size_t i = 0; i < b->constraints.n; i++) {
        const ag_constraint *after = b->constraints.items[i];
        const ag_constraint *before =
            after->kind == AG_CHECK ? ag_table_constraint(d->from, a, after->name) : NULL;
        if (before != NULL && before->inherited != after->inherited) {
            return true;
        }
    }
    return false;
}

static bool changes_parents(const ag_differ *d, const ag_table *a, const ag_table *b) {
    if (a->inherits.n > 0 && b->inherits.n > 0 && changes_origin(d, a, b)) {
        return true;
    }
    if (ag_strings_equal(&a->inherits, &b->inherits, false)) {
        return false;
    }
    return changes_heritage(d, a, b, a) || changes_heritage(d, a, b, b) ||
           !only_adds_last(&a->inherits, &b->inherits) ||
           !only_adds_last(&b->inherits, &a->inherits);
}

static bool inherits_remade(const ag_differ *d, const ag_table *a, const ag_table *b) {
    for (size_t i = 0; i < b->inherits.n; i++) {
        const ag_table *parent = common_parent(d, d->to, a, b, i);
        if (parent != NULL && ag__is_remade(d, parent)) {
            return true;
        }
    }
    return false;
}

/* The set */

static bool needs_remake(const ag_differ *d, const ag_table *a, const ag_table *b) {
    return !ag__same_expr(d, a->partition_by, b->partition_by, NULL) ||
           changes_key_column(d, a, b) || loses_key_function(d, a) || changes_parents(d, a, b);
}

static bool mark(ag_differ *d, const ag_table *table) {
    ag_map_put(&d->remade, remade_key(d, table->ns, table->name), d);
    return true;
}

/* A column of the key that comes from the table at the top changes there first. */
static void mark_upwards(ag_differ *d, const ag_table *a, const ag_table *b) {
    mark(d, b);
    for (int depth = 0; changes_key_column(d, a, b) && depth < DEEPEST_PARTITION; depth++) {
        const ag_table *up_a = ag_schema_table(d->from, a->parent_ns, a->parent);
        const ag_table *up_b = ag_schema_table(d->to, b->parent_ns, b->parent);
        if (b->parent == NULL || up_a == NULL || up_b == NULL ||
            !ag_text_eq(up_a->name, up_b->name)) {
            break;
        }
        mark(d, up_b);
        a = up_a;
        b = up_b;
    }
}

static const ag_table *twin_of(const ag_differ *d, const ag_table *table) {
    return ag_schema_table(d->from, table->ns, table->name);
}

/*
 * What comes from a parent is called as there, be it in a table that is to leave it: the rows are
 * put aside under that name.
 */
static bool refuse_renames(const ag_differ *d, ag_error *err) {
    for (size_t i = 0; d->remade.n > 0 && i < d->ops.n; i++) {
        const ag_op *op = d->ops.items[i];
        if (op->kind != AG_OP_RENAME_COLUMN || !op->before.column->inherited ||
            !has(d, op->ns, op->table)) {
            continue;
        }
        (void)ag_fail_at(err, AG_INPUT, op->loc, NULL,
                         "column %s.%s comes from a parent of the table: it cannot be called %s in "
                         "the revision that takes the table from there",
                         op->table, op->name, op->new_name);
        return ag_hint(err, "first a revision in which the column keeps its name, then one that "
                            "renames it");
    }
    return true;
}

bool ag__find_remade(ag_differ *d, ag_error *err) {
    const ag_tables *tables = &d->to->tables;
    if (d->binds_late || !ag_schema_covers(d->to, AG_TABLE)) {
        return true;
    }
    for (size_t i = 0; i < tables->n; i++) {
        const ag_table *twin = twin_of(d, tables->items[i]);
        if (twin != NULL && needs_remake(d, twin, tables->items[i])) {
            mark_upwards(d, twin, tables->items[i]);
        }
    }
    bool grows = d->remade.n > 0;
    while (grows) {
        grows = false;
        for (size_t i = 0; i < tables->n; i++) {
            const ag_table *table = tables->items[i];
            const ag_table *twin = ag__is_remade(d, table) ? NULL : twin_of(d, table);
            if (twin != NULL &&
                (goes_with_parent(d, twin, table) || inherits_remade(d, twin, table))) {
                grows = mark(d, table);
            }
        }
    }
    return refuse_renames(d, err);
}

/* Operations */

static void emit_rows(ag_differ *d, ag_op_kind kind, const ag_table *a, const ag_table *b) {
    ag_op *op = ag__emit(d, kind, b->ns, b->name);
    op->before.table = a;
    op->after.table = b;
    op->table_kind = kind == AG_OP_SAVE_ROWS ? a->kind : b->kind;
    op->is_remade = true;
    op->loc = b->loc;
}

void ag__remake_table(ag_differ *d, const ag_table *a, const ag_table *b) {
    bool moves_rows = !goes_with_parent(d, a, b);
    if (moves_rows) {
        emit_rows(d, AG_OP_SAVE_ROWS, a, b);
    }
    ag__drop_table(d, a);
    ag__create_table(d, b);
    if (moves_rows) {
        emit_rows(d, AG_OP_RESTORE_ROWS, a, b);
    }
}
