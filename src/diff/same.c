#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"
#include "sql/normal.h"

bool ag__same_name(const ag_differ *d, const char *a, const char *b) {
    return d->folds ? ag_text_ieq(a, b) : ag_text_eq(a, b);
}

bool ag__same_names(const ag_differ *d, const ag_strings *a, const ag_strings *b) {
    return ag_strings_equal(a, b, d->folds);
}

/* Extensions that are moved to another namespace in this run, and all that is theirs with them */

/* Where the i-th extension goes; NULL when it stays. */
static const char *new_place(const ag_differ *d, size_t i) {
    const ag_extension *before = d->from->extensions.items[i];
    for (size_t j = 0; before->ns != NULL && j < d->to->extensions.n; j++) {
        const ag_extension *after = d->to->extensions.items[j];
        if (ag_text_eq(before->name, after->name)) {
            return ag_text_eq(before->ns, after->ns) ? NULL : after->ns;
        }
    }
    return NULL;
}

/* The rest of a type behind a namespace; NULL when it is of none or of another one. */
static const char *behind(const ag_differ *d, const char *type, const char *ns) {
    ag_buf head = AG_BUF_INIT;
    ag_sql_quote_ident(&head, d->dialect->flavor, ns, false);
    ag_buf_putc(&head, '.');
    const char *rest = strncmp(type, ag_buf_text(&head), head.n) == 0 ? type + head.n : NULL;
    ag_buf_release(&head);
    return rest;
}

bool ag__moves_with_extension(const ag_differ *d, const char *a, const char *b) {
    for (size_t i = 0; i < d->from->extensions.n; i++) {
        const char *ns = new_place(d, i);
        const char *rest = ns == NULL ? NULL : behind(d, a, d->from->extensions.items[i]->ns);
        if (rest != NULL && ag_text_eq(rest, behind(d, b, ns))) {
            return true;
        }
    }
    return false;
}

static bool same_once_moved(const ag_differ *d, const char *a, const char *b, const char *type) {
    bool is_same = false;
    for (size_t i = 0; i < d->from->extensions.n && !is_same; i++) {
        ag_sql_rename rename = {.from = d->from->extensions.items[i]->ns,
                                .to = new_place(d, i),
                                .is_table = true,
                                .is_namespace = true};
        ag_buf moved = AG_BUF_INIT;
        is_same = rename.to != NULL &&
                  ag_sql_rename_ident(&moved, d->dialect->flavor, a, &rename) > 0 &&
                  d->dialect->same_expr(ag_buf_text(&moved), b, type);
        ag_buf_release(&moved);
    }
    return is_same;
}

bool ag__same_expr(const ag_differ *d, const char *a, const char *b, const char *type) {
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return strcmp(a, b) == 0 || d->dialect->same_expr(a, b, type) || same_once_moved(d, a, b, type);
}

bool ag__keep(const char **field, const char *before, bool same) {
    if (same) {
        *field = before;
    }
    return !same;
}

static bool keep_text(const char **field, const char *before) {
    return ag__keep(field, before, ag_text_eq(*field, before));
}

static bool same_column_collation(const ag_differ *d, const ag_table *ta, const ag_key *a,
                                  const ag_table *tb, const ag_key *b) {
    const ag_column *before = ta == NULL ? NULL : ag_table_column(d->from, ta, a->column);
    const ag_column *after = tb == NULL ? NULL : ag_table_column(d->to, tb, b->column);
    return before == NULL || after == NULL || ag__same_name(d, before->collation, after->collation);
}

/*
 * A key that names its column's collation says no more than one that names none, until the column
 * takes another.
 */
static bool same_key_collation(const ag_differ *d, const ag_table *ta, const ag_key *a,
                               const ag_table *tb, const ag_key *b) {
    if (ag__same_name(d, a->collation, b->collation)) {
        return a->collation != NULL || !a->spells_collation ||
               same_column_collation(d, ta, a, tb, b);
    }
    bool is_given_before = a->collation != NULL;
    if (is_given_before && b->collation != NULL) {
        return false;
    }
    const ag_key *given = is_given_before ? a : b;
    const ag_table *table = is_given_before ? tb : ta;
    const ag_schema *schema = is_given_before ? d->to : d->from;
    const ag_column *column = given->column == NULL || table == NULL
                                  ? NULL
                                  : ag_table_column(schema, table, given->column);
    return column != NULL && ag__same_name(d, column->collation, given->collation) &&
           same_column_collation(d, ta, a, tb, b);
}

static bool same_key(const ag_differ *d, const ag_table *ta, const ag_key *a, const ag_table *tb,
                     const ag_key *b) {
    return ag__same_name(d, a->column, b->column) && ag__same_expr(d, a->expr, b->expr, NULL) &&
           same_key_collation(d, ta, a, tb, b) && ag_text_eq(a->opclass, b->opclass) &&
           ag_options_equal(&a->opclass_options, &b->opclass_options) && ag_text_eq(a->op, b->op) &&
           a->descending == b->descending && a->nulls == b->nulls;
}

bool ag__same_keys(const ag_differ *d, const ag_table *ta, const ag_keys *a, const ag_table *tb,
                   const ag_keys *b) {
    bool is_same = a->n == b->n;
    for (size_t i = 0; is_same && i < a->n; i++) {
        is_same = same_key(d, ta, &a->items[i], tb, &b->items[i]);
    }
    return is_same;
}

/* Column `i` of what a foreign key refers to; the primary key's when the list is empty. */
static const char *referred_column(const ag_schema *schema, const ag_constraint *key, size_t i,
                                   size_t *n) {
    if (key->ref_columns.n > 0) {
        *n = key->ref_columns.n;
        return i < *n ? key->ref_columns.items[i] : NULL;
    }
    const ag_table *table = ag_schema_table(schema, key->ref_namespace, key->ref_table);
    const ag_constraint *primary = table == NULL ? NULL : ag_table_primary_key(table);
    *n = primary == NULL ? 0 : primary->keys.n;
    return i < *n ? primary->keys.items[i].column : NULL;
}

static bool same_referred(const ag_differ *d, const ag_constraint *a, const ag_constraint *b) {
    if (!ag__same_name(d, a->ref_namespace, b->ref_namespace) ||
        !ag__same_name(d, a->ref_table, b->ref_table)) {
        return false;
    }
    if (ag__same_names(d, &a->ref_columns, &b->ref_columns)) {
        return true;
    }
    size_t n_a = 0;
    size_t n_b = 0;
    bool is_same = true;
    for (size_t i = 0; is_same && (i == 0 || i < n_a); i++) {
        const char *column_a = referred_column(d->from, a, i, &n_a);
        const char *column_b = referred_column(d->to, b, i, &n_b);
        is_same = n_a == n_b && n_a > 0 && ag__same_name(d, column_a, column_b);
    }
    return is_same;
}

/* "no action" is what the standard calls the absence of an action. */
static bool same_action(const char *a, const char *b) {
    const char *none = "no action";
    return ag_text_ieq(a == NULL ? none : a, b == NULL ? none : b);
}

static bool same_match(const char *a, const char *b) {
    const char *simple = "simple";
    return ag_text_ieq(a == NULL ? simple : a, b == NULL ? simple : b);
}

static bool same_foreign_key(const ag_differ *d, const ag_constraint *a, const ag_constraint *b) {
    return same_referred(d, a, b) && same_action(a->on_delete, b->on_delete) &&
           same_action(a->on_update, b->on_update) &&
           ag__same_names(d, &a->on_delete_columns, &b->on_delete_columns) &&
           same_match(a->match, b->match);
}

static bool same_deferrability(const ag_constraint *a, const ag_constraint *b) {
    return a->deferrable == b->deferrable && a->initially_deferred == b->initially_deferred;
}

static bool same_method(const char *a, const char *b, const char *usual) {
    return ag_text_ieq(a == NULL ? usual : a, b == NULL ? usual : b);
}

/* The options of an index over partitions can only be chosen when it is made. */
static bool keeps_options(const ag_table *table, const ag_options *a, const ag_options *b) {
    return table != NULL && table->kind == AG_TABLE_PARTITIONED && !ag_options_equal(a, b);
}

ag_sameness ag__compare_constraints(const ag_differ *d, const ag_table *ta, const ag_constraint *a,
                                    const ag_table *tb, const ag_constraint *b) {
    bool is_same =
        a->kind == b->kind && ag__same_keys(d, ta, &a->keys, tb, &b->keys) &&
        ag__same_expr(d, a->expr, b->expr, NULL) &&
        (a->kind != AG_FOREIGN_KEY || same_foreign_key(d, a, b)) &&
        a->no_inherit == b->no_inherit && a->nulls_not_distinct == b->nulls_not_distinct &&
        ag__same_names(d, &a->include, &b->include) && same_method(a->method, b->method, "gist") &&
        ag__same_expr(d, a->where, b->where, NULL) && ag_text_ieq(a->on_conflict, b->on_conflict);
    if (!is_same || (a->kind != AG_FOREIGN_KEY && !same_deferrability(a, b)) ||
        (!a->not_valid && b->not_valid) || keeps_options(ta, &a->options, &b->options)) {
        return AG_OTHER;
    }
    return same_deferrability(a, b) && a->not_valid == b->not_valid &&
                   a->clustered == b->clustered && a->replica_identity == b->replica_identity &&
                   ag_options_equal(&a->options, &b->options) &&
                   ag_text_eq(a->tablespace, b->tablespace) &&
                   ag_text_eq(a->index_comment, b->index_comment)
               ? AG_SAME
               : AG_ALTERABLE;
}

/* What ALTER INDEX and ALTER TABLE change. */
static bool same_index_state(const ag_index *a, const ag_index *b) {
    return ag_options_equal(&a->options, &b->options) &&
           ag_options_equal(&a->statistics, &b->statistics) &&
           ag_text_eq(a->tablespace, b->tablespace) && a->clustered == b->clustered &&
           a->replica_identity == b->replica_identity && ag_text_eq(a->parent, b->parent);
}

ag_sameness ag__compare_indexes(const ag_differ *d, const ag_table *ta, const ag_index *a,
                                const ag_table *tb, const ag_index *b) {
    bool is_same = a->unique == b->unique && same_method(a->method, b->method, "btree") &&
                   ag__same_keys(d, ta, &a->keys, tb, &b->keys) &&
                   ag__same_names(d, &a->include, &b->include) &&
                   ag__same_expr(d, a->where, b->where, NULL) &&
                   a->nulls_not_distinct == b->nulls_not_distinct && (!a->invalid || b->invalid) &&
                   (!b->invalid || a->invalid || tb == NULL || tb->kind != AG_TABLE_PARTITIONED);
    /* A partition that leaves its parent takes its indexes along. */
    bool stays = ta == NULL || tb == NULL ||
                 (ag_text_eq(ta->parent, tb->parent) && ag_text_eq(ta->parent_ns, tb->parent_ns));
    if (!is_same || (stays && a->parent != NULL && !ag_text_eq(a->parent, b->parent)) ||
        keeps_options(ta, &a->options, &b->options)) {
        return AG_OTHER;
    }
    return same_index_state(a, b) ? AG_SAME : AG_ALTERABLE;
}

/* The range of an integer type; what is no known type counts as bigint. */
static void type_range(const char *type, int64_t *min, int64_t *max) {
    static const char *const small[] = {"smallint", "int2", "smallserial", "serial2"};
    static const char *const medium[] = {"integer", "int", "int4", "serial", "serial4"};
    *min = INT64_MIN;
    *max = INT64_MAX;
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (ag_text_ieq(type, small[i])) {
            *min = INT16_MIN;
            *max = INT16_MAX;
        }
    }
    for (size_t i = 0; i < sizeof medium / sizeof *medium; i++) {
        if (ag_text_ieq(type, medium[i])) {
            *min = INT32_MIN;
            *max = INT32_MAX;
        }
    }
}

ag_sequence_options ag__full_sequence_options(const char *type, const ag_sequence_options *given) {
    int64_t type_min;
    int64_t type_max;
    type_range(type, &type_min, &type_max);
    ag_sequence_options full = *given;
    full.increment = given->has_increment ? given->increment : 1;
    bool rises = full.increment >= 0;
    full.min = given->has_min ? given->min : rises ? 1 : type_min;
    full.max = given->has_max ? given->max : rises ? type_max : -1;
    full.start = given->has_start ? given->start : rises ? full.min : full.max;
    full.cache = given->has_cache ? given->cache : 1;
    full.has_start = full.has_increment = full.has_min = full.has_max = full.has_cache = true;
    return full;
}

bool ag__same_sequence_options(const char *type_a, const ag_sequence_options *a, const char *type_b,
                               const ag_sequence_options *b) {
    ag_sequence_options full_a = ag__full_sequence_options(type_a, a);
    ag_sequence_options full_b = ag__full_sequence_options(type_b, b);
    return ag_sequence_options_equal(&full_a, &full_b);
}

/* An INTEGER PRIMARY KEY is the rowid: NOT NULL on it says nothing. */
static bool is_row_identity(const ag_differ *d, const ag_schema *schema, const ag_table *table,
                            const ag_column *column) {
    if (!d->has_rowid_keys || table == NULL || table->without_rowid ||
        !ag_text_ieq(column->type, "integer")) {
        return false;
    }
    const ag_constraint *key = ag_table_primary_key(table);
    return key != NULL && key->keys.n == 1 &&
           !(key->inline_column != NULL && key->keys.items[0].descending) &&
           ag_column_in_primary_key(schema, table, column->name);
}

static bool is_only_key(const ag_schema *schema, const ag_table *table, const ag_column *column) {
    const ag_constraint *key = table == NULL ? NULL : ag_table_primary_key(table);
    return key != NULL && key->keys.n == 1 && ag_column_in_primary_key(schema, table, column->name);
}

static bool same_type(const ag_differ *d, const ag_table *ta, const ag_column *a,
                      const ag_table *tb, const ag_column *b) {
    if (ag_text_eq(a->type, b->type) || !d->options->compare_type ||
        (a->inherited && b->inherited)) {
        return true;
    }
    bool in_key = is_only_key(d->from, ta, a) || is_only_key(d->to, tb, b);
    return a->type != NULL && b->type != NULL &&
           (d->dialect->same_type(a->type, b->type, in_key) ||
            ag__moves_with_extension(d, a->type, b->type));
}

/* DEFAULT NULL, with a cast or without, is the default of what has none. */
static const char *default_of(const ag_differ *d, const ag_column *column) {
    const char *text = column->default_expr;
    bool is_null = text != NULL && strcasestr(text, "null") != NULL &&
                   d->dialect->same_expr(text, "NULL", NULL);
    return is_null ? NULL : text;
}

static bool same_default(const ag_differ *d, const ag_column *a, const ag_column *b) {
    return !d->options->compare_server_default || (a->serial && b->serial) ||
           ag__same_expr(d, default_of(d, a), default_of(d, b), b->type);
}

/* What is computed for a parent is computed for its children. */
static bool is_carried_generation(const ag_differ *d, const ag_column *a, const ag_column *b,
                                  const ag_carried *carried) {
    return a->generated == carried->before->generated &&
           b->generated == carried->after->generated &&
           ag__same_expr(d, a->generated_expr, carried->before->generated_expr, a->type) &&
           ag__same_expr(d, b->generated_expr, carried->after->generated_expr, b->type);
}

static bool merge_generated(const ag_differ *d, const ag_column *a, const ag_column *b,
                            const ag_carried *carried, ag_column *merged) {
    if (carried != NULL && is_carried_generation(d, a, b, carried)) {
        merged->generated = a->generated;
        merged->generated_expr = a->generated_expr;
        return false;
    }
    bool differs = ag__keep(&merged->generated_expr, a->generated_expr,
                            ag__same_expr(d, a->generated_expr, b->generated_expr, b->type));
    return differs || a->generated != b->generated;
}

static bool merge_identity(const ag_column *a, const ag_column *b, ag_column *merged) {
    if (a->identity == AG_IDENTITY_NONE && b->identity == AG_IDENTITY_NONE) {
        merged->identity_options = a->identity_options;
    } else if (ag__same_sequence_options(a->type, &a->identity_options, b->type,
                                         &b->identity_options)) {
        merged->identity_options = a->identity_options;
    } else {
        return true;
    }
    return a->identity != b->identity;
}

static bool merge_options(const ag_options *a, ag_options *merged) {
    if (!ag_options_equal(a, merged)) {
        return true;
    }
    *merged = *a;
    return false;
}

/* A clause that the model does not name may have any name. */
static bool keep_name(const ag_differ *d, const char **name, const char *before) {
    return ag__keep(name, before, *name == NULL || ag__same_name(d, before, *name));
}

bool ag__merge_column(const ag_differ *d, const ag_table *ta, const ag_column *a,
                      const ag_table *tb, const ag_column *b, ag_column *merged) {
    *merged = *b;
    merged->comment = a->comment;
    bool ignores_null = is_row_identity(d, d->from, ta, a) && is_row_identity(d, d->to, tb, b);
    ag_carried parents;
    bool is_carried = ag__carries(d, ta, tb, b->name, &parents);
    bool differs = ag__keep(&merged->type, a->type, is_carried || same_type(d, ta, a, tb, b));
    differs |= ag__keep(&merged->default_expr, a->default_expr, same_default(d, a, b));
    differs |= merge_generated(d, a, b, is_carried ? &parents : NULL, merged);
    differs |= merge_identity(a, b, merged);
    if (ignores_null) {
        merged->nullable = a->nullable;
        merged->not_null_name = a->not_null_name;
        merged->on_conflict = a->on_conflict;
    }
    differs |= merged->nullable != a->nullable;
    differs |= merged->serial != a->serial;
    differs |= ag__keep(&merged->collation, a->collation,
                        is_carried || ag__same_name(d, a->collation, b->collation));
    differs |= keep_name(d, &merged->not_null_name, a->not_null_name);
    differs |= keep_name(d, &merged->default_name, a->default_name);
    differs |= keep_name(d, &merged->collation_name, a->collation_name);
    differs |= keep_name(d, &merged->generated_name, a->generated_name);
    differs |= keep_text(&merged->storage, a->storage);
    differs |= keep_text(&merged->compression, a->compression);
    differs |= keep_text(&merged->on_conflict, a->on_conflict);
    differs |= merged->statistics != a->statistics;
    differs |= merge_options(&a->options, &merged->options);
    return !differs;
}

bool ag__same_column(const ag_differ *d, const ag_table *ta, const ag_column *a, const ag_table *tb,
                     const ag_column *b) {
    ag_column merged;
    return ag__merge_column(d, ta, a, tb, b, &merged);
}
