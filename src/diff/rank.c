/* The order that operations have when nothing depends on anything. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "diff/graph.h"

/* What is taken away first, what is made in between, what is left of the old at the end. */
enum phase {
    OLD_VIEWS, /* where they must go before the renames */
    RENAMES,
    OLD_OBJECTS, /* views, triggers, policies that go */
    ASIDE,       /* tables that are made anew go */
    BUILDING,    /* namespaces, types, sequences, functions */
    NEW_TABLES,
    KEPT_TABLES,
    ROWS, /* of tables that were made anew */
    LATE, /* what needs all tables */
    OLD_TABLES,
    REMAINS
};

/* Within the operations of one table. */
enum step {
    DROP_REFERENCE,
    DROP_RULE,
    DROP_INDEX,
    MAKE,
    CHANGE,
    CHANGE_TABLE,
    DROP_PART,
    ADD_RULE,
    ADD_INDEX,
    ADD_REFERENCE,
    COMMENT
};

typedef struct rank {
    int phase;
    int kind;
    const char *ns, *group;
    int step;
    const char *name;
} rank;

typedef struct ranked {
    rank rank;
    ag_op *op;
    size_t at; /* keeps the sort stable */
} ranked;

static bool is_foreign_key(const ag_op *op) {
    const ag_constraint *key =
        op->before.constraint != NULL ? op->before.constraint : op->after.constraint;
    return key->kind == AG_FOREIGN_KEY;
}

static bool is_building_kind(ag_kind kind) {
    return kind == AG_FUNCTION || kind == AG_PROCEDURE || kind == AG_AGGREGATE ||
           kind == AG_COLLATION || kind == AG_RANGE || kind == AG_BASE_TYPE ||
           kind == AG_LANGUAGE || kind == AG_ACCESS_METHOD || kind == AG_CAST ||
           kind == AG_OPERATOR || kind == AG_OPERATOR_FAMILY || kind == AG_OPERATOR_CLASS ||
           kind == AG_CONVERSION || kind == AG_TRANSFORM || kind == AG_TS_PARSER ||
           kind == AG_TS_TEMPLATE || kind == AG_TS_DICTIONARY || kind == AG_TS_CONFIGURATION ||
           kind == AG_FOREIGN_WRAPPER || kind == AG_FOREIGN_SERVER;
}

static rank of_table(const ag_op *op, int step) {
    int phase = op->on_dropped_table ? (op->is_remade ? ASIDE : OLD_TABLES)
                : op->on_new_table   ? NEW_TABLES
                                     : KEPT_TABLES;
    return (rank){.phase = phase, .group = op->table != NULL ? op->table : op->name, .step = step};
}

static rank of_kind(const ag_op *op, int phase) {
    int kind = (int)op->object;
    return (rank){.phase = phase, .kind = phase == REMAINS ? -kind : kind, .group = op->name};
}

static rank of_object(const ag_op *op, int usual_phase, int building_phase) {
    return of_kind(op, is_building_kind(op->object) ? building_phase : usual_phase);
}

static rank of_comment(const ag_op *op) {
    if (op->object == AG_TABLE || op->table != NULL) {
        return of_table(op, COMMENT);
    }
    return of_object(op, op->object >= AG_TABLE ? LATE : BUILDING, BUILDING);
}

static rank of_rows(const ag_op *op, int phase, int step) {
    rank result = of_table(op, step);
    result.phase = phase;
    return result;
}

static rank of_constraint(const ag_op *op, int step, int reference_step) {
    rank result = of_table(op, is_foreign_key(op) ? reference_step : step);
    if (op->kind == AG_OP_ADD_CONSTRAINT && op->on_new_table) {
        result.phase = LATE;
    }
    return result;
}

/* A table has one replica identity: what an index gave up is not to undo what the table says. */
static bool leaves_identity(const ag_op *op) {
    return op->kind == AG_OP_ALTER_INDEX
               ? op->before.index->replica_identity && !op->after.index->replica_identity
               : op->before.constraint->replica_identity && !op->after.constraint->replica_identity;
}

/* Partitions that change places do so first: what happens to their table is to reach them. */
static rank of_altered(const ag_op *op) {
    rank result = of_table(op, CHANGE_TABLE);
    if (op->is_remade) {
        result.group = NULL;
        result.step = op->after.table->parent == NULL ? DROP_PART : ADD_RULE;
    }
    return result;
}

static rank of_sequence(const ag_op *op) {
    bool gets_owner =
        op->before.sequence->owner_table == NULL && op->after.sequence->owner_table != NULL;
    return of_kind(op, gets_owner ? LATE : BUILDING);
}

static rank rank_of(const ag_op *op) {
    switch (op->kind) {
    case AG_OP_RENAME_NAMESPACE:
    case AG_OP_RENAME_ENUM:
    case AG_OP_RENAME_DOMAIN:
    case AG_OP_RENAME_COMPOSITE:
    case AG_OP_RENAME_SEQUENCE:
    case AG_OP_RENAME_TABLE:
    case AG_OP_RENAME_COLUMN:
    case AG_OP_RENAME_CONSTRAINT:
    case AG_OP_RENAME_INDEX:
    case AG_OP_RENAME_OBJECT:
        return of_kind(op, RENAMES);
    case AG_OP_CREATE_NAMESPACE:
    case AG_OP_CREATE_EXTENSION:
    case AG_OP_ALTER_EXTENSION:
    case AG_OP_CREATE_ENUM:
    case AG_OP_ALTER_ENUM:
    case AG_OP_CREATE_DOMAIN:
    case AG_OP_ALTER_DOMAIN:
    case AG_OP_CREATE_COMPOSITE:
    case AG_OP_ALTER_COMPOSITE:
    case AG_OP_CREATE_SEQUENCE:
        return of_kind(op, BUILDING);
    case AG_OP_ALTER_SEQUENCE:
        return of_sequence(op);
    case AG_OP_DROP_NAMESPACE:
    case AG_OP_DROP_EXTENSION:
    case AG_OP_DROP_ENUM:
    case AG_OP_DROP_DOMAIN:
    case AG_OP_DROP_COMPOSITE:
    case AG_OP_DROP_SEQUENCE:
        return of_kind(op, REMAINS);
    case AG_OP_CREATE_TABLE:
        return of_table(op, MAKE);
    case AG_OP_DROP_TABLE:
        return of_table(op, DROP_PART);
    case AG_OP_ALTER_TABLE:
        return of_altered(op);
    case AG_OP_SAVE_ROWS:
        return of_rows(op, ASIDE, CHANGE);
    case AG_OP_RESTORE_ROWS:
        return of_rows(op, ROWS, CHANGE);
    case AG_OP_REBUILD_TABLE:
        return of_table(op, CHANGE_TABLE);
    case AG_OP_ADD_COLUMN:
        return of_table(op, MAKE);
    case AG_OP_DROP_COLUMN:
        return of_table(op, DROP_PART);
    case AG_OP_ALTER_COLUMN:
        return of_table(op, CHANGE);
    case AG_OP_ADD_CONSTRAINT:
        return of_constraint(op, ADD_RULE, ADD_REFERENCE);
    case AG_OP_ALTER_CONSTRAINT:
        return of_table(op, leaves_identity(op) ? CHANGE : ADD_RULE);
    case AG_OP_DROP_CONSTRAINT:
        return of_constraint(op, DROP_RULE, DROP_REFERENCE);
    case AG_OP_CREATE_INDEX:
        return of_table(op, ADD_INDEX);
    case AG_OP_ALTER_INDEX:
        return of_table(op, leaves_identity(op) ? CHANGE : ADD_INDEX);
    case AG_OP_DROP_INDEX:
        return of_table(op, DROP_INDEX);
    case AG_OP_CREATE_OBJECT:
    case AG_OP_REPLACE_OBJECT:
        return of_object(op, LATE, BUILDING);
    case AG_OP_DROP_OBJECT:
        return of_object(op, OLD_OBJECTS, REMAINS);
    case AG_OP_SET_COMMENT:
        return of_comment(op);
    case AG_OP_ALTER_ACCESS: /* has no part in the ordering */
    case AG_N_OP_KINDS:
        break;
    }
    return (rank){.phase = REMAINS};
}

static int compare_texts(const char *a, const char *b) {
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int compare_ints(int a, int b) {
    return (a > b) - (a < b);
}

static int compare_ranked(const void *left, const void *right) {
    const ranked *a = left;
    const ranked *b = right;
    int order = compare_ints(a->rank.phase, b->rank.phase);
    order = order != 0 ? order : compare_ints(a->rank.kind, b->rank.kind);
    order = order != 0 ? order : compare_texts(a->rank.ns, b->rank.ns);
    order = order != 0 ? order : compare_texts(a->rank.group, b->rank.group);
    order = order != 0 ? order : compare_ints(a->rank.step, b->rank.step);
    order = order != 0 ? order : compare_texts(a->rank.name, b->rank.name);
    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* Indexes of a view go right before it. */
static bool is_of_early_view(const ag_differ *d, const ag_map *views, const ag_op *op) {
    if (ag__is_early(d, op)) {
        return true;
    }
    return views->n > 0 && op->kind == AG_OP_DROP_INDEX && op->on_dropped_table &&
           ag_map_has(views, op->table);
}

static void find_early_views(const ag_differ *d, ag_map *views) {
    for (size_t i = 0; i < d->ops.n; i++) {
        const ag_op *op = d->ops.items[i];
        if (op->object == AG_MATVIEW && ag__is_early(d, op)) {
            ag_map_put(views, op->name, d->ops.items[i]);
        }
    }
}

void ag__rank(ag_differ *d) {
    ag_light_ops *ops = &d->ops;
    ag_map views = AG_MAP_INIT;
    find_early_views(d, &views);
    ranked *items = ag_xmalloc((ops->n + 1) * sizeof *items);
    for (size_t i = 0; i < ops->n; i++) {
        ag_op *op = ops->items[i];
        items[i] = (ranked){.rank = rank_of(op), .op = op, .at = i};
        if (is_of_early_view(d, &views, op)) {
            items[i].rank = of_table(op, op->object == AG_INDEX ? DROP_INDEX : DROP_PART);
            items[i].rank.phase = OLD_VIEWS;
        }
        items[i].rank.ns = op->ns;
        items[i].rank.name = op->name;
    }
    qsort(items, ops->n, sizeof *items, compare_ranked);
    for (size_t i = 0; i < ops->n; i++) {
        ops->items[i] = items[i].op;
    }
    ag_map_release(&views);
    free(items);
}

bool ag__same_group(const ag_op *a, const ag_op *b) {
    return ag_text_eq(a->ns, b->ns) &&
           ag_text_eq(a->table != NULL ? a->table : a->name, b->table != NULL ? b->table : b->name);
}
