/*
 * Constraints and indexes: things that have a name which may mean nothing.
 *
 * A name that somebody gave identifies; one that the server or a convention made does not, so
 * those pair by what they are. What pairs by structure under two given names was renamed.
 */
#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

/* What the matching asks of a node, and what becomes of it. */
typedef struct member_kind {
    const char *(*name)(const void *node);
    ag_name_origin (*origin)(const void *node);
    ag_sameness (*compare)(const ag_differ *d, const ag_table *ta, const void *a,
                           const ag_table *tb, const void *b);
    void (*add)(ag_differ *d, const ag_table *table, const void *node);
    void (*drop)(ag_differ *d, const ag_table *table, const void *node);
    /** `name` is what the node is called once renames have run. */
    void (*change)(ag_differ *d, const ag_table *table, const void *a, const void *b,
                   const char *name, ag_sameness sameness);
    bool (*is_inherited)(const void *node);
    ag_op_kind rename_op;
} member_kind;

/* A matching under way: for each node of `to` the position of its partner in `from`, plus one. */
typedef struct matching {
    ag_differ *d;
    const member_kind *kind;
    ag_side from, to;
    size_t *partner;
    bool *is_taken; /* by position in `from` */
    size_t n_open;  /* nodes of `to` without a partner */
} matching;

static void pair_up(matching *m, size_t i_from, size_t i_to) {
    m->partner[i_to] = i_from + 1;
    m->is_taken[i_from] = true;
    m->n_open--;
}

static const void *old_node(const matching *m, size_t i) {
    return ag__side_at(&m->from, i);
}

static const void *new_node(const matching *m, size_t i) {
    return ag__side_at(&m->to, i);
}

static bool have_same_name(const matching *m, size_t i_from, size_t i_to) {
    const char *a = m->kind->name(old_node(m, i_from));
    const char *b = m->kind->name(new_node(m, i_to));
    return a != NULL && b != NULL && ag__same_name(m->d, a, b);
}

static ag_sameness compare(const matching *m, size_t i_from, size_t i_to) {
    return m->kind->compare(m->d, m->from.parent, old_node(m, i_from), m->to.parent,
                            new_node(m, i_to));
}

static bool is_structure_same(const matching *m, size_t i_from, size_t i_to) {
    return compare(m, i_from, i_to) != AG_OTHER;
}

static bool is_same_in_all(const matching *m, size_t i_from, size_t i_to) {
    return have_same_name(m, i_from, i_to) && is_structure_same(m, i_from, i_to);
}

/* Of several nameless ones on the same columns each finds the one that is like it in everything. */
static bool is_unchanged(const matching *m, size_t i_from, size_t i_to) {
    const void *a = old_node(m, i_from);
    const void *b = new_node(m, i_to);
    bool are_nameless = m->kind->name(a) == NULL && m->kind->name(b) == NULL;
    return are_nameless && compare(m, i_from, i_to) == AG_SAME;
}

static bool is_given(const matching *m, const void *node) {
    return m->kind->origin(node) == AG_NAME_GIVEN;
}

static bool is_nameless_twin(const matching *m, size_t i_from, size_t i_to) {
    return !(is_given(m, old_node(m, i_from)) && is_given(m, new_node(m, i_to))) &&
           is_structure_same(m, i_from, i_to);
}

/*
 * Pairs what is still open and passes the test. The search goes on where the last hit was, so that
 * lists in the same order take linear time.
 */
static void match_by(matching *m, bool (*test)(const matching *m, size_t i_from, size_t i_to)) {
    size_t start = 0;
    for (size_t i = 0; m->n_open > 0 && i < m->to.n; i++) {
        for (size_t step = 0; m->partner[i] == 0 && step < m->from.n; step++) {
            size_t j = (start + step) % m->from.n;
            if (!m->is_taken[j] && test(m, j, i)) {
                pair_up(m, j, i);
                start = j + 1;
            }
        }
    }
}

/* Emits what a pair needs: nothing, a rename, an alteration, or a new one in its place. */
static void settle_pair(const matching *m, const void *a, const void *b, ag_sameness sameness) {
    ag_differ *d = m->d;
    const ag_table *table = m->to.parent;
    const char *old_name = m->kind->name(a);
    const char *new_name = m->kind->name(b);
    bool is_named = old_name == NULL && new_name != NULL && is_given(m, b);
    if (m->kind->is_inherited(a) && m->kind->is_inherited(b)) {
        if (sameness != AG_OTHER && ag_text_eq(old_name, new_name) && new_name != NULL) {
            m->kind->change(d, table, a, b, new_name, sameness);
        }
        return;
    }
    if (sameness == AG_OTHER || is_named) {
        m->kind->drop(d, m->from.parent, a);
        m->kind->add(d, table, b);
        return;
    }
    const char *name = old_name;
    if (old_name != NULL && new_name != NULL && !ag__same_name(d, old_name, new_name) &&
        (is_given(m, b) || ag__name_follows(d, table, old_name, new_name))) {
        ag_op *op = ag__emit_on(d, m->kind->rename_op, table, old_name);
        op->new_name = new_name;
        op->before.any = a;
        op->after.any = b;
        name = new_name;
    }
    m->kind->change(d, table, a, b, name, sameness);
}

static void settle_all(const matching *m) {
    for (size_t i = 0; i < m->to.n; i++) {
        const void *b = new_node(m, i);
        if (m->partner[i] == 0) {
            m->kind->add(m->d, m->to.parent, b);
        } else {
            size_t j = m->partner[i] - 1;
            settle_pair(m, old_node(m, j), b, compare(m, j, i));
        }
    }
    for (size_t j = 0; j < m->from.n; j++) {
        if (!m->is_taken[j]) {
            m->kind->drop(m->d, m->from.parent, old_node(m, j));
        }
    }
}

static void diff_members(ag_differ *d, const member_kind *kind, ag_side from, ag_side to) {
    if (from.n == 0 && to.n == 0) {
        return;
    }
    matching m = {.d = d, .kind = kind, .from = from, .to = to, .n_open = to.n};
    m.partner = ag_arena_array(d->scratch, to.n, sizeof *m.partner);
    m.is_taken = ag_arena_array(d->scratch, from.n, sizeof *m.is_taken);
    match_by(&m, is_same_in_all);
    match_by(&m, is_unchanged);
    match_by(&m, is_nameless_twin);
    match_by(&m, have_same_name);
    match_by(&m, is_structure_same);
    settle_all(&m);
}

/* Constraints */

static const char *constraint_name(const void *node) {
    return ((const ag_constraint *)node)->name;
}

static ag_name_origin constraint_origin(const void *node) {
    const ag_constraint *constraint = node;
    return constraint->name == NULL ? AG_NAME_NONE : constraint->name_origin;
}

static bool constraint_inherited(const void *node) {
    return ((const ag_constraint *)node)->inherited;
}

static ag_sameness constraint_compare(const ag_differ *d, const ag_table *ta, const void *a,
                                      const ag_table *tb, const void *b) {
    return ag__compare_constraints(d, ta, a, tb, b);
}

ag_op *ag__add_constraint(ag_differ *d, const ag_table *table, const ag_constraint *constraint,
                          bool is_new) {
    ag_op *op = ag__emit_on(d, AG_OP_ADD_CONSTRAINT, table, constraint->name);
    op->after.constraint = constraint;
    op->on_new_table = is_new;
    op->loc = constraint->loc;
    return op;
}

ag_op *ag__drop_constraint(ag_differ *d, const ag_table *table, const ag_constraint *constraint,
                           bool is_dropped) {
    ag_op *op = ag__emit_on(d, AG_OP_DROP_CONSTRAINT, table, constraint->name);
    op->before.constraint = constraint;
    op->on_dropped_table = is_dropped;
    return op;
}

/* What a table only has from its parent comes and goes with the parent's. */
static void constraint_add(ag_differ *d, const ag_table *table, const void *node) {
    if (!constraint_inherited(node)) {
        ag__add_constraint(d, table, node, false);
    }
}

static void constraint_drop(ag_differ *d, const ag_table *table, const void *node) {
    if (!constraint_inherited(node)) {
        ag__drop_constraint(d, table, node, false);
    }
}

/* All of a partition's key is its parent's, but not what is said of its index. */
static bool has_same_index(const ag_constraint *a, const ag_constraint *b) {
    return a->clustered == b->clustered && a->replica_identity == b->replica_identity &&
           ag_options_equal(&a->options, &b->options) && ag_text_eq(a->tablespace, b->tablespace) &&
           ag_text_eq(a->index_comment, b->index_comment);
}

static void take_index(ag_constraint *merged, const ag_constraint *b) {
    merged->options = b->options;
    merged->tablespace = b->tablespace;
    merged->clustered = b->clustered;
    merged->replica_identity = b->replica_identity;
    merged->index_comment = b->index_comment;
}

static void take_alterable(ag_constraint *merged, const ag_constraint *b) {
    merged->deferrable = b->deferrable;
    merged->initially_deferred = b->initially_deferred;
    merged->deferrability = b->deferrability;
    merged->not_valid = b->not_valid;
}

static void constraint_change(ag_differ *d, const ag_table *table, const void *before,
                              const void *after, const char *name, ag_sameness sameness) {
    const ag_constraint *a = before;
    const ag_constraint *b = after;
    bool is_parents = a->inherited && b->inherited;
    if (is_parents ? !has_same_index(a, b) : sameness == AG_ALTERABLE) {
        ag_constraint *merged = ag_arena_copy(d->scratch, a, sizeof *a);
        take_index(merged, b);
        merged->loc = b->loc;
        if (!is_parents) {
            take_alterable(merged, b);
        }
        ag_op *op = ag__emit_on(d, AG_OP_ALTER_CONSTRAINT, table, name);
        op->before.constraint = a;
        op->after.constraint = merged;
        op->loc = b->loc;
    }
    ag__compare_comments(d, AG_CONSTRAINT, table->ns, table->name, name, a->comment, b->comment);
}

static const member_kind constraint_kind = {.name = constraint_name,
                                            .origin = constraint_origin,
                                            .compare = constraint_compare,
                                            .add = constraint_add,
                                            .drop = constraint_drop,
                                            .change = constraint_change,
                                            .is_inherited = constraint_inherited,
                                            .rename_op = AG_OP_RENAME_CONSTRAINT};

void ag__diff_constraints(ag_differ *d, const ag_table *from, const ag_table *to) {
    diff_members(d, &constraint_kind, AG_SIDE(from->constraints, from),
                 AG_SIDE(to->constraints, to));
}

/* Indexes */

static const char *index_name(const void *node) {
    return ((const ag_index *)node)->name;
}

static ag_name_origin index_origin(const void *node) {
    return ((const ag_index *)node)->name_origin;
}

static ag_sameness index_compare(const ag_differ *d, const ag_table *ta, const void *a,
                                 const ag_table *tb, const void *b) {
    return ag__compare_indexes(d, ta, a, tb, b);
}

ag_op *ag__create_index(ag_differ *d, const ag_table *table, const ag_index *index, bool is_new) {
    ag_op *op = ag__emit_on(d, AG_OP_CREATE_INDEX, table, index->name);
    op->after.index = index;
    op->on_new_table = is_new;
    op->loc = index->loc;
    return op;
}

ag_op *ag__drop_index(ag_differ *d, const ag_table *table, const ag_index *index, bool is_dropped) {
    ag_op *op = ag__emit_on(d, AG_OP_DROP_INDEX, table, index->name);
    op->before.index = index;
    op->on_dropped_table = is_dropped;
    return op;
}

static void index_add(ag_differ *d, const ag_table *table, const void *node) {
    ag__create_index(d, table, node, false);
}

static void index_drop(ag_differ *d, const ag_table *table, const void *node) {
    ag__drop_index(d, table, node, false);
}

/* The table that a partition is of before and after, unless it changes. */
static const ag_table *lasting_parent(const ag_differ *d, const ag_op *op) {
    const ag_table *from = ag_schema_table(d->from, op->ns, op->table);
    const ag_table *to = ag_schema_table(d->to, op->ns, op->table);
    const ag_table *before = from == NULL ? NULL : ag__parent_at(d, d->from, from, 0);
    const ag_table *after = to == NULL ? NULL : ag__parent_at(d, d->to, to, 0);
    bool lasts = before != NULL && after != NULL && ag_text_eq(before->ns, after->ns) &&
                 ag_text_eq(before->name, after->name);
    return lasts ? before : NULL;
}

/* Whether the part of an index goes: with the whole, or from one that is not whole any more. */
static bool goes(const ag_differ *d, const ag_map *dropped, const ag_table *parent,
                 const char *index) {
    const ag_table *place = ag_schema_table(d->to, parent->ns, parent->name);
    const ag_index *whole = ag_table_index(d->to, place, index);
    return whole == NULL || whole->invalid ||
           ag_map_has(dropped, ag_node_key(d->scratch, AG_INDEX, parent->ns, index));
}

static bool is_part(const ag_op *op) {
    return op->kind == AG_OP_DROP_INDEX && !op->on_dropped_table && op->before.index->inherited &&
           op->before.index->parent != NULL;
}

/* One level of partitions; true when some were found. */
static bool keep_parts_once(ag_differ *d) {
    ag_map dropped = AG_MAP_INIT;
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *op = d->ops.items[i];
        if (op->kind == AG_OP_DROP_INDEX) {
            ag_map_put(&dropped, ag_node_key(d->scratch, AG_INDEX, op->ns, op->name), op);
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *op = d->ops.items[i];
        const ag_table *parent = is_part(op) ? lasting_parent(d, op) : NULL;
        if (parent == NULL || goes(d, &dropped, parent, op->before.index->parent)) {
            d->ops.items[n++] = op;
        }
    }
    bool found = n < d->ops.n;
    d->ops.n = n;
    ag_map_release(&dropped);
    return found;
}

void ag__keep_parts(ag_differ *d) {
    while (keep_parts_once(d)) {
    }
}

static void index_change(ag_differ *d, const ag_table *table, const void *before, const void *after,
                         const char *name, ag_sameness sameness) {
    const ag_index *a = before;
    const ag_index *b = after;
    if (sameness == AG_ALTERABLE) {
        ag_index *merged = ag_arena_copy(d->scratch, a, sizeof *a);
        merged->options = b->options;
        merged->statistics = b->statistics;
        merged->tablespace = b->tablespace;
        merged->clustered = b->clustered;
        merged->replica_identity = b->replica_identity;
        merged->parent = b->parent;
        merged->inherited = b->inherited;
        merged->loc = b->loc;
        ag_op *op = ag__emit_on(d, AG_OP_ALTER_INDEX, table, name);
        op->before.index = a;
        op->after.index = merged;
        op->loc = b->loc;
    }
    ag__compare_comments(d, AG_INDEX, table->ns, table->name, name, a->comment, b->comment);
}

/* Unlike a constraint, an inherited index has a name of its own that can be changed. */
static bool never(const void *node) {
    (void)node;
    return false;
}

static const member_kind index_kind = {.name = index_name,
                                       .origin = index_origin,
                                       .compare = index_compare,
                                       .add = index_add,
                                       .drop = index_drop,
                                       .change = index_change,
                                       .is_inherited = never,
                                       .rename_op = AG_OP_RENAME_INDEX};

void ag__diff_indexes(ag_differ *d, const ag_table *from, const ag_table *to) {
    diff_members(d, &index_kind, AG_SIDE(from->indexes, from), AG_SIDE(to->indexes, to));
}
