/*
 * Two tables: what an operation does to rows and clients by its kind (rules), and what it costs as
 * the dialect tells (effects).
 */
#include "review/review.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "schema/node.h"

/* An operation under review. */
typedef struct review {
    ag_arena *arena;
    const ag_dialect *dialect;
    const ag_op *op;
    unsigned effects;
    const char *table;  /* "ns.table" of the operation, or of the object itself */
    const char *object; /* "ns.table.column", "ns.name"… */
} review;

/* The rest of a hazard's text, or NULL when there is none. */
typedef const char *(*judge)(const review *r);

static const char *shown(const review *r, const char *ns, const char *name) {
    bool is_usual = ag_text_eq(ns, r->dialect->default_namespace);
    return ag_node_display(r->arena, is_usual ? NULL : ns, name != NULL ? name : "(unnamed)");
}

static const char *keys_text(const review *r, const ag_keys *keys) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        ag_buf_printf(&buf, "%s%s", i > 0 ? ", " : "", key->column ? key->column : key->expr);
    }
    const char *text = ag_buf_copy(&buf, r->arena);
    ag_buf_release(&buf);
    return text;
}

/* loses_data */

static const char *all_rows(const review *r) {
    return r->op->is_remade ? NULL : ag_arena_printf(r->arena, "every row of %s", r->table);
}

static const char *all_values(const review *r) {
    const ag_column *column = r->op->before.column;
    return column->generated != AG_GENERATED_NONE
               ? NULL
               : ag_arena_printf(r->arena, "every value of %s", r->object);
}

static bool becomes_generated(const ag_op *op) {
    return op->before.column->generated == AG_GENERATED_NONE &&
           op->after.column->generated != AG_GENERATED_NONE;
}

static const char *lost_values(const review *r) {
    if (becomes_generated(r->op)) {
        return ag_arena_printf(r->arena, "every value of %s is computed anew", r->object);
    }
    if ((r->effects & AG_NARROWS_TYPE) == 0) {
        return NULL;
    }
    return ag_arena_printf(r->arena, "values of %s that do not fit into %s", r->object,
                           r->op->after.column->type);
}

static bool has_value(const ag_enum *e, const ag_enum_value *value) {
    for (size_t i = 0; i < e->values.n; i++) {
        const char *name = e->values.items[i].name;
        if (strcmp(name, value->name) == 0 || ag_text_eq(name, value->renamed_from)) {
            return true;
        }
    }
    return false;
}

static const char *removed_values(const review *r, const char *before_list) {
    ag_buf buf = AG_BUF_INIT;
    const ag_enum *before = r->op->before.enum_;
    for (size_t i = 0; i < before->values.n; i++) {
        if (!has_value(r->op->after.enum_, &before->values.items[i])) {
            ag_buf_printf(&buf, "%s'%s'", buf.n > 0 ? ", " : "", before->values.items[i].name);
        }
    }
    const char *text = buf.n == 0 ? NULL
                                  : ag_arena_printf(r->arena, "%s%s of %s", before_list,
                                                    ag_buf_text(&buf), r->object);
    ag_buf_release(&buf);
    return text;
}

static const char *lost_enum_values(const review *r) {
    return removed_values(r, "value ");
}

static const char *lost_counter(const review *r) {
    return ag_arena_printf(r->arena, "the counter of %s", r->object);
}

static bool has_attribute(const ag_composite *type, const ag_column *attribute) {
    for (size_t i = 0; i < type->attributes.n; i++) {
        const char *name = type->attributes.items[i]->name;
        if (strcmp(name, attribute->name) == 0 || ag_text_eq(name, attribute->renamed_from)) {
            return true;
        }
    }
    return false;
}

static const char *lost_attributes(const review *r) {
    const ag_composite *before = r->op->before.composite;
    for (size_t i = 0; i < before->attributes.n; i++) {
        if (!has_attribute(r->op->after.composite, before->attributes.items[i])) {
            return ag_arena_printf(r->arena, "attribute %s of every value of %s",
                                   before->attributes.items[i]->name, r->object);
        }
    }
    return NULL;
}

static const char *lost_durability(const review *r) {
    return r->op->after.table->unlogged && !r->op->before.table->unlogged
               ? ag_arena_printf(r->arena, "every row of %s after a crash", r->table)
               : NULL;
}

static const char *lost_guarantee(const review *r) {
    return r->op->before.table->autoincrement && !r->op->after.table->autoincrement
               ? ag_arena_printf(r->arena,
                                 "the guarantee that keys of rows deleted from %s are never used "
                                 "again",
                                 r->table)
               : NULL;
}

/* Of a table that is made anew. */
static const char *lost_columns(const review *r) {
    ag_buf buf = AG_BUF_INIT;
    const ag_columns *before = &r->op->before.table->columns;
    const ag_columns *after = &r->op->after.table->columns;
    for (size_t i = 0; i < before->n; i++) {
        bool is_kept = before->items[i]->generated != AG_GENERATED_NONE;
        for (size_t j = 0; j < after->n && !is_kept; j++) {
            is_kept = ag_text_eq(before->items[i]->name, after->items[j]->name);
        }
        if (!is_kept) {
            ag_buf_printf(&buf, "%s%s.%s", buf.n > 0 ? ", " : "every value of ", r->table,
                          before->items[i]->name);
        }
    }
    const char *text = buf.n == 0 ? NULL : ag_buf_copy(&buf, r->arena);
    ag_buf_release(&buf);
    return text;
}

/* may_fail */

static const char *rows_without_place(const review *r) {
    return r->op->after.table->partition_by == NULL
               ? NULL
               : ag_arena_printf(r->arena, "rows of %s that no partition takes", r->table);
}

static const char *missing_values(const review *r) {
    const ag_column *column = r->op->after.column;
    bool has_value_for_rows =
        r->op->is_remade || column->nullable || column->default_expr != NULL || column->serial ||
        column->generated != AG_GENERATED_NONE || column->identity != AG_IDENTITY_NONE;
    return has_value_for_rows
               ? NULL
               : ag_arena_printf(r->arena, "%s is NOT NULL and has no default", r->object);
}

static const char *nulls(const review *r) {
    const ag_column *after = r->op->after.column;
    bool becomes_strict = r->op->before.column->nullable && !after->nullable;
    bool fills = (r->effects & AG_FILLS_NULLS) != 0 && after->default_expr != NULL;
    bool is_proven = r->op->plan.is_proven || /* it was so without being written */
                     r->op->before.column->not_null_origin == AG_NOT_NULL_IMPLIED;
    return becomes_strict && !fills && !is_proven
               ? ag_arena_printf(r->arena, "NULLs in %s", r->object)
               : NULL;
}

static const char *unconvertible(const review *r) {
    return (r->effects & AG_CASTS_TYPE) == 0
               ? NULL
               : ag_arena_printf(r->arena, "values of %s that cannot become %s", r->object,
                                 r->op->after.column->type);
}

static const char *refused(const review *r) {
    return r->op->plan.may_be_refused
               ? ag_arena_printf(r->arena,
                                 "values of %s that its type, keys or checks refuse once it is "
                                 "changed",
                                 r->object)
               : NULL;
}

static const char *broken_rows(const review *r, const ag_constraint *constraint) {
    const char *keys = keys_text(r, &constraint->keys);
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        return ag_arena_printf(r->arena, "duplicates or NULLs in %s (%s)", r->table, keys);
    case AG_UNIQUE:
        return ag_arena_printf(r->arena, "duplicates in %s (%s)", r->table, keys);
    case AG_FOREIGN_KEY:
        return ag_arena_printf(r->arena, "rows of %s (%s) without a match in %s", r->table, keys,
                               shown(r, constraint->ref_namespace, constraint->ref_table));
    case AG_CHECK:
        return ag_arena_printf(r->arena, "rows of %s that do not fulfil %s", r->table,
                               constraint->expr != NULL ? constraint->expr : "the check");
    case AG_EXCLUDE:
        return ag_arena_printf(r->arena, "rows of %s (%s) that exclude each other", r->table, keys);
    }
    return NULL;
}

static const char *rows_against_new(const review *r) {
    const ag_constraint *constraint = r->op->after.constraint;
    bool is_known = constraint->not_valid || r->op->is_remade || r->op->plan.using_index != NULL;
    return is_known ? NULL : broken_rows(r, constraint);
}

static const char *rows_against_valid(const review *r) {
    bool becomes_valid = r->op->before.constraint->not_valid && !r->op->after.constraint->not_valid;
    return becomes_valid ? broken_rows(r, r->op->after.constraint) : NULL;
}

static const char *duplicates(const review *r) {
    const ag_index *index = r->op->after.index;
    return index->unique ? ag_arena_printf(r->arena, "duplicates in %s (%s)", r->table,
                                           keys_text(r, &index->keys))
                         : NULL;
}

static const char *rows_with_removed(const review *r) {
    return removed_values(r, "rows that hold ");
}

static bool has_check(const ag_domain *domain, const ag_constraint *check) {
    for (size_t i = 0; i < domain->checks.n; i++) {
        if (ag_text_eq(domain->checks.items[i]->expr, check->expr)) {
            return true;
        }
    }
    return false;
}

static const char *values_against_domain(const review *r) {
    const ag_domain *before = r->op->before.domain;
    const ag_domain *after = r->op->after.domain;
    if (before->nullable && !after->nullable) {
        return ag_arena_printf(r->arena, "NULLs in columns of %s", r->object);
    }
    for (size_t i = 0; i < after->checks.n; i++) {
        if (!has_check(before, after->checks.items[i])) {
            return ag_arena_printf(r->arena, "values of %s that do not fulfil %s", r->object,
                                   after->checks.items[i]->expr);
        }
    }
    return NULL;
}

static const char *values_against_strict(const review *r) {
    return r->op->after.table->strict && !r->op->before.table->strict
               ? ag_arena_printf(r->arena, "values of %s that are not of their column's type",
                                 r->table)
               : NULL;
}

/* breaks_clients, changes_access */

static const char *old_name(const review *r) {
    return r->op->is_remade
               ? NULL
               : ag_arena_printf(r->arena, "those that know %s by its old name", r->object);
}

static const char *users_of(const review *r) {
    return r->op->is_remade ? NULL
                            : ag_arena_printf(r->arena, "those that still use %s", r->object);
}

static bool is_called(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW || kind == AG_FUNCTION || kind == AG_PROCEDURE ||
           kind == AG_AGGREGATE;
}

static const char *old_object_name(const review *r) {
    return is_called(r->op->object) ? old_name(r) : NULL;
}

static const char *users_of_object(const review *r) {
    return is_called(r->op->object) ? users_of(r) : NULL;
}

static const char *policy(const review *r) {
    return r->op->object == AG_POLICY
               ? ag_arena_printf(r->arena, "policy %s on %s", r->op->name, r->table)
               : NULL;
}

static const char *table_access(const review *r) {
    const ag_table *a = r->op->before.table;
    const ag_table *b = r->op->after.table;
    if (a->row_security != b->row_security || a->force_row_security != b->force_row_security) {
        return ag_arena_printf(r->arena, "row security of %s", r->table);
    }
    return NULL;
}

static const char *access(const review *r) {
    const ag_access *a = r->op->before.access;
    const ag_access *b = r->op->after.access;
    const char *what = ag_text_eq(a->owner, b->owner) ? "privileges on" : "owner of";
    return ag_arena_printf(r->arena, "%s %s", what, r->object);
}

/* The rules. A text is "words: what". */

typedef struct hazard_kind {
    const char *code, *words;
} hazard_kind;

static const hazard_kind loses_data = {"loses_data", "loses data"};
static const hazard_kind may_fail = {"may_fail", "may fail on existing rows"};
static const hazard_kind breaks_clients = {"breaks_clients", "breaks running clients"};
static const hazard_kind changes_access = {"changes_access", "changes access"};

typedef struct rule {
    ag_op_kind op;
    const hazard_kind *hazard;
    judge what;
} rule;

static const rule rules[] = {
    {AG_OP_DROP_TABLE, &loses_data, all_rows},
    {AG_OP_DROP_TABLE, &breaks_clients, users_of},
    {AG_OP_SAVE_ROWS, &loses_data, lost_columns},
    {AG_OP_RESTORE_ROWS, &may_fail, rows_without_place},
    {AG_OP_ALTER_TABLE, &loses_data, lost_durability},
    {AG_OP_ALTER_TABLE, &loses_data, lost_guarantee},
    {AG_OP_ALTER_TABLE, &may_fail, values_against_strict},
    {AG_OP_ALTER_TABLE, &changes_access, table_access},
    {AG_OP_ALTER_ACCESS, &changes_access, access},
    {AG_OP_RENAME_TABLE, &breaks_clients, old_name},
    {AG_OP_ADD_COLUMN, &may_fail, missing_values},
    {AG_OP_DROP_COLUMN, &loses_data, all_values},
    {AG_OP_DROP_COLUMN, &breaks_clients, users_of},
    {AG_OP_RENAME_COLUMN, &breaks_clients, old_name},
    {AG_OP_ALTER_COLUMN, &loses_data, lost_values},
    {AG_OP_ALTER_COLUMN, &may_fail, nulls},
    {AG_OP_ALTER_COLUMN, &may_fail, unconvertible},
    {AG_OP_ALTER_COLUMN, &may_fail, refused},
    {AG_OP_ADD_CONSTRAINT, &may_fail, rows_against_new},
    {AG_OP_ALTER_CONSTRAINT, &may_fail, rows_against_valid},
    {AG_OP_CREATE_INDEX, &may_fail, duplicates},
    {AG_OP_ALTER_ENUM, &loses_data, lost_enum_values},
    {AG_OP_ALTER_ENUM, &may_fail, rows_with_removed},
    {AG_OP_RENAME_ENUM, &breaks_clients, old_name},
    {AG_OP_DROP_ENUM, &breaks_clients, users_of},
    {AG_OP_ALTER_DOMAIN, &may_fail, values_against_domain},
    {AG_OP_RENAME_DOMAIN, &breaks_clients, old_name},
    {AG_OP_DROP_DOMAIN, &breaks_clients, users_of},
    {AG_OP_ALTER_COMPOSITE, &loses_data, lost_attributes},
    {AG_OP_RENAME_COMPOSITE, &breaks_clients, old_name},
    {AG_OP_DROP_COMPOSITE, &breaks_clients, users_of},
    {AG_OP_DROP_SEQUENCE, &loses_data, lost_counter},
    {AG_OP_DROP_SEQUENCE, &breaks_clients, users_of},
    {AG_OP_RENAME_SEQUENCE, &breaks_clients, old_name},
    {AG_OP_RENAME_NAMESPACE, &breaks_clients, old_name},
    {AG_OP_DROP_NAMESPACE, &breaks_clients, users_of},
    {AG_OP_DROP_EXTENSION, &breaks_clients, users_of},
    {AG_OP_RENAME_OBJECT, &breaks_clients, old_object_name},
    {AG_OP_DROP_OBJECT, &breaks_clients, users_of_object},
    {AG_OP_DROP_OBJECT, &changes_access, policy},
    {AG_OP_CREATE_OBJECT, &changes_access, policy},
    {AG_OP_REPLACE_OBJECT, &changes_access, policy},
};

typedef struct effect {
    unsigned bit;
    hazard_kind hazard;
    bool names_object; /* else the table */
} effect;

static const effect effects[] = {
    {AG_REWRITES_TABLE, {"rewrites_table", "rewrites table"}, false},
    {AG_BLOCKS_ALL, {"blocks_all", "blocks reads and writes"}, false},
    {AG_BLOCKS_WRITES, {"blocks_writes", "blocks writes"}, false},
    {AG_SCANS_TABLE, {"scans_table", "scans table"}, false},
    {AG_BUILDS_INDEX, {"builds_index", "builds index"}, true},
    {AG_NO_TRANSACTION, {"no_transaction", "cannot run in a transaction"}, true},
    {AG_LOSES_POSITION, {"loses_position", "comes back as the last column"}, true},
};

static void add(const review *r, const hazard_kind *kind, const char *what, ag_hazards *out) {
    ag_hazard hazard = {.code = kind->code,
                        .text = ag_arena_printf(r->arena, "%s: %s", kind->words, what)};
    for (size_t i = 0; i < out->n; i++) {
        if (strcmp(out->items[i].text, hazard.text) == 0) {
            return;
        }
    }
    ag_vec_push(r->arena, out, hazard);
}

static bool has_namespace(const ag_op *op) {
    return op->object != AG_NAMESPACE && op->object != AG_EXTENSION;
}

static review begin(ag_arena *arena, const ag_dialect *dialect, const ag_op *op) {
    review r = {.arena = arena, .dialect = dialect, .op = op};
    const char *ns = has_namespace(op) ? op->ns : NULL;
    r.effects = dialect->effects == NULL ? 0 : dialect->effects(op);
    r.table = shown(&r, ns, op->table != NULL ? op->table : op->name);
    r.object = op->object == AG_COLUMN
                   ? ag_arena_printf(arena, "%s.%s", r.table, op->name != NULL ? op->name : "")
                   : shown(&r, ns, op->name);
    return r;
}

static void review_change(ag_arena *arena, const ag_dialect *dialect, const ag_op *op,
                          ag_hazards *out) {
    if (op->on_new_table || (op->on_dropped_table && op->kind != AG_OP_DROP_TABLE)) {
        return;
    }
    review r = begin(arena, dialect, op);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const char *what = rules[i].op == op->kind ? rules[i].what(&r) : NULL;
        if (what != NULL) {
            add(&r, rules[i].hazard, what, out);
        }
    }
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        if ((r.effects & effects[i].bit) != 0) {
            add(&r, &effects[i].hazard, effects[i].names_object ? r.object : r.table, out);
        }
    }
}

void ag_review_op(ag_arena *arena, const ag_dialect *dialect, const ag_op *op, ag_hazards *out) {
    const ag_rebuild *rebuild = op->kind == AG_OP_REBUILD_TABLE ? op->after.rebuild : NULL;
    for (size_t i = 0; rebuild != NULL && i < rebuild->changes.n; i++) {
        review_change(arena, dialect, rebuild->changes.items[i], out);
    }
    review_change(arena, dialect, op, out);
}
