/*
 * Safe plans: what would hold a strong lock while it reads or builds is put off.
 *
 *   MAIN      one transaction: all that is quick; constraints as NOT VALID
 *   BUILD     outside of transactions: indexes, beside those who read and write
 *   VALIDATE  a transaction: constraints are held against the rows under a weak lock
 *   FINISH    a transaction: what needed an index or a valid check
 *   LATE      a transaction: validation of what FINISH added
 *
 * An operation that needs something that was put off is put off too. Renames at the end of a way
 * back would change the names that stages use: all stages are over before them.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"

typedef enum stage { MAIN, BUILD, VALIDATE, FINISH, LATE, N_STAGES } stage;

typedef struct planner {
    ag_pg_lowering *l;
    ag_pg_steps stages[N_STAGES];
    ag_pg_steps drops; /* indexes that go once the new ones are there: end of BUILD */
    ag_map late_keys;  /* tables with a key that comes in FINISH */
    ag_map late_nulls; /* tables with a column that becomes NOT NULL in FINISH */
    ag_map late_drops; /* tables with a key that goes in FINISH */
    ag_map late_names; /* indexes and constraints that come in FINISH or BUILD */
    bool has_late_objects;
    ag_pg_steps *out;
    size_t at; /* in l->steps */
} planner;

static void put(planner *p, stage where, ag_op *op) {
    ag_pg_step step = {.op = op};
    ag_vec_push(p->l->arena, &p->stages[where], step);
}

static ag_op *copy_op(const planner *p, const ag_op *op) {
    return ag_arena_copy(p->l->arena, op, sizeof *op);
}

static char *table_key(const planner *p, const char *ns, const char *table) {
    return ag_node_key(p->l->arena, AG_TABLE, ns, table);
}

static char *part_key(const planner *p, const ag_op *op, const char *name) {
    return ag_node_key(p->l->arena, AG_INDEX, op->ns, name);
}

static void note(const planner *p, ag_map *map, char *key) {
    ag_map_put(map, key, p->l->arena);
}

/* A table that others may be using, and that can be worked on beside them. */
static bool is_busy(const ag_pg_step *step) {
    return !step->in_place && step->op->table != NULL && !step->op->on_new_table &&
           !step->op->on_dropped_table;
}

static bool changes_parents(const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    return op->kind == AG_OP_ALTER_TABLE &&
           (!ag_pg_same_partition(before, after) ||
            !ag_strings_equal(&before->inherits, &after->inherits, false));
}

/* What a table is attached with must be there at that moment. */
static bool is_moving(const planner *p, const ag_op *op) {
    for (size_t i = 0; i < p->l->steps.n; i++) {
        const ag_op *other = p->l->steps.items[i].op;
        if (ag_text_eq(other->name, op->table) && ag_text_eq(other->ns, op->ns) &&
            changes_parents(other)) {
            return true;
        }
    }
    return false;
}

static bool builds_beside(const planner *p, const ag_pg_step *step) {
    return is_busy(step) && p->l->options->concurrently &&
           step->op->table_kind != AG_TABLE_PARTITIONED && !is_moving(p, step->op);
}

/* Indexes */

/* Marks, comment and parent of an index follow once it is there. */
static void finish_index(planner *p, const ag_op *op, const ag_index *bare) {
    const ag_index *index = op->after.index;
    if (index->parent != NULL || index->clustered || index->replica_identity ||
        index->statistics.n > 0) {
        ag_op *alter = copy_op(p, op);
        alter->kind = AG_OP_ALTER_INDEX;
        alter->before.index = bare;
        put(p, FINISH, alter);
    }
    if (index->comment != NULL) {
        ag_op *comment = copy_op(p, op);
        comment->kind = AG_OP_SET_COMMENT;
        comment->before.text = NULL;
        comment->after.text = index->comment;
        put(p, FINISH, comment);
    }
}

/* The drop, among those waiting, of an index with this name; SIZE_MAX when there is none. */
static size_t waiting_drop(const planner *p, const ag_op *op) {
    for (size_t i = 0; i < p->drops.n; i++) {
        const ag_op *drop = p->drops.items[i].op;
        if (ag_text_eq(drop->name, op->name) && ag_text_eq(drop->ns, op->ns)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void build_index(planner *p, const ag_op *op) {
    ag_index *bare = ag_arena_copy(p->l->arena, op->after.index, sizeof *bare);
    ag_op *build = copy_op(p, op);
    bare->parent = NULL;
    bare->clustered = bare->replica_identity = false;
    bare->statistics = (ag_options){NULL, 0, 0};
    bare->comment = NULL;
    build->after.index = bare;
    build->plan.concurrently = true;
    if (waiting_drop(p, op) != SIZE_MAX) { /* the old one of that name is still in use */
        ag_index *aside = ag_arena_copy(p->l->arena, bare, sizeof *aside);
        aside->name = ag_pg_object_name(p->l->arena, op->name, NULL, "new");
        build->after.index = aside;
        build->name = aside->name;
        ag_op *rename = copy_op(p, op);
        rename->kind = AG_OP_RENAME_INDEX;
        rename->before.index = aside;
        rename->name = aside->name;
        rename->new_name = op->name;
        put(p, FINISH, rename);
    }
    put(p, BUILD, build);
    note(p, &p->late_names, part_key(p, op, op->name));
    if (op->after.index->unique) {
        note(p, &p->late_keys, table_key(p, op->ns, op->table));
    }
    finish_index(p, op, bare);
}

static bool uses_column(const ag_index *index, const char *column) {
    bool uses = index->where != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, index->where, column);
    for (size_t i = 0; i < index->keys.n && !uses; i++) {
        const ag_key *key = &index->keys.items[i];
        uses = ag_text_eq(key->column, column) ||
               (key->expr != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, key->expr, column));
    }
    for (size_t i = 0; i < index->include.n && !uses; i++) {
        uses = ag_text_eq(index->include.items[i], column);
    }
    return uses;
}

/* A text does not name all that it uses: an operator has no name, a text search a string. */
static bool may_use(const ag_index *index, const ag_op *object) {
    bool has_text = index->where != NULL;
    for (size_t i = 0; i < index->keys.n && !has_text; i++) {
        has_text = index->keys.items[i].expr != NULL;
    }
    bool is_unnamed = object->object == AG_OPERATOR || object->object == AG_CAST ||
                      object->object == AG_TS_CONFIGURATION;
    return (has_text && is_unnamed) || ag_pg_index_refers_to(index, object->name);
}

static bool is_view_of(const ag_op *index, const ag_op *object) {
    return object->object == AG_MATVIEW && ag_text_eq(object->ns, index->ns) &&
           ag_text_eq(object->name, index->table);
}

/* A later operation may take the index along, or its name, unless it is rebuilt beside. */
static bool must_go_now(const planner *p, const ag_op *drop) {
    for (size_t i = p->at + 1; i < p->l->steps.n; i++) {
        const ag_pg_step *step = &p->l->steps.items[i];
        const ag_op *op = step->op;
        if ((op->kind == AG_OP_DROP_COLUMN || op->kind == AG_OP_ALTER_COLUMN) &&
            uses_column(drop->before.index, op->name) &&
            ag_pg_is_below(p->l, drop, op->ns, op->table)) {
            return true;
        }
        if (op->kind == AG_OP_DROP_OBJECT &&
            (may_use(drop->before.index, op) || is_view_of(drop, op))) {
            return true; /* it calls a function that goes, or is of a view that does */
        }
        if (!ag_text_eq(op->ns, drop->ns)) {
            continue;
        }
        bool is_here = ag_text_eq(op->table, drop->table);
        bool takes_name = ag_text_eq(op->new_name != NULL ? op->new_name : op->name, drop->name) &&
                          op->object != AG_COLUMN && op->kind != AG_OP_SET_COMMENT;
        if (takes_name && !(op->kind == AG_OP_CREATE_INDEX && is_here && builds_beside(p, step))) {
            return true;
        }
    }
    return false;
}

static void plan_drop_index(planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    if (!builds_beside(p, step) || must_go_now(p, op)) {
        put(p, MAIN, step->op);
        return;
    }
    ag_op *drop = copy_op(p, op);
    drop->plan.concurrently = true;
    ag_pg_step later = {.op = drop};
    ag_vec_push(p->l->arena, &p->drops, later);
}

static void plan_create_index(planner *p, const ag_pg_step *step) {
    if (builds_beside(p, step)) {
        build_index(p, step->op);
        return;
    }
    /* What is new and no table is a materialized view, and may have to wait. */
    const ag_op *op = step->op;
    bool is_on_object =
        op->on_new_table && !ag_map_has(&p->l->created, table_key(p, op->ns, op->table));
    put(p, is_on_object && p->has_late_objects ? FINISH : MAIN, step->op);
}

/* Constraints */

static const ag_index *index_of_key(const planner *p, const ag_constraint *key, const char *name) {
    ag_index *index = ag_arena_new_of(p->l->arena, ag_index);
    index->name = name;
    index->unique = true;
    index->keys = key->keys;
    index->include = key->include;
    index->nulls_not_distinct = key->nulls_not_distinct;
    index->options = key->options;
    index->tablespace = key->tablespace;
    return index;
}

/* A column that becomes a generated one is dropped and made anew. */
static bool is_column_dropped(const ag_op *op) {
    if (op->kind != AG_OP_ALTER_COLUMN) {
        return op->kind == AG_OP_DROP_COLUMN;
    }
    const ag_column *a = op->before.column;
    const ag_column *b = op->after.column;
    return b->generated != AG_GENERATED_NONE &&
           (a->generated != b->generated || !ag_text_eq(a->generated_expr, b->generated_expr));
}

static bool drops_column(const planner *p, const ag_op *op) {
    for (size_t i = 0; i < p->l->steps.n; i++) {
        const ag_op *other = p->l->steps.items[i].op;
        if (is_column_dropped(other) && ag_pg_is_below(p->l, op, other->ns, other->table)) {
            return true;
        }
    }
    return false;
}

/* Another type may have no order, and the key of the old one would only be built again. */
static bool retypes_key(const planner *p, const ag_op *drop) {
    const ag_keys *keys = &drop->before.constraint->keys;
    for (size_t i = p->at + 1; i < p->l->steps.n; i++) {
        const ag_op *op = p->l->steps.items[i].op;
        bool changes = op->kind == AG_OP_ALTER_COLUMN &&
                       !ag_text_eq(op->before.column->type, op->after.column->type) &&
                       ag_pg_is_below(p->l, drop, op->ns, op->table);
        for (size_t k = 0; changes && k < keys->n; k++) {
            if (ag_text_eq(keys->items[k].column, op->name)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_key(const ag_constraint *constraint) {
    return constraint->kind == AG_PRIMARY_KEY || constraint->kind == AG_UNIQUE;
}

/* The key that takes the place of one that is dropped: the old one stays until it is ready. */
static bool is_replaced(const planner *p, const ag_op *drop) {
    const ag_constraint *old_key = drop->before.constraint;
    if (!is_key(old_key) || drops_column(p, drop) || retypes_key(p, drop)) {
        return false;
    }
    for (size_t i = p->at + 1; i < p->l->steps.n; i++) {
        const ag_pg_step *step = &p->l->steps.items[i];
        const ag_op *op = step->op;
        if (op->kind != AG_OP_ADD_CONSTRAINT || !builds_beside(p, step) ||
            !ag_text_eq(op->ns, drop->ns) || !ag_text_eq(op->table, drop->table)) {
            continue;
        }
        const ag_constraint *key = op->after.constraint;
        if ((key->kind == AG_PRIMARY_KEY && old_key->kind == AG_PRIMARY_KEY) ||
            (is_key(key) && ag_text_eq(op->name, drop->name))) {
            return true;
        }
    }
    return false;
}

static void plan_drop_constraint(planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    if (builds_beside(p, step) && is_replaced(p, op)) {
        note(p, &p->late_names, part_key(p, op, op->name));
        note(p, &p->late_drops, table_key(p, op->ns, op->table));
        put(p, FINISH, step->op);
    } else {
        put(p, MAIN, step->op);
    }
}

static void build_key(planner *p, const ag_op *op) {
    const ag_constraint *key = op->after.constraint;
    const char *name = op->name;
    if (ag_map_has(&p->late_names, part_key(p, op, name))) { /* the old one still has it */
        name = ag_pg_object_name(p->l->arena, name, NULL, "new");
    }
    ag_op *build = copy_op(p, op);
    build->kind = AG_OP_CREATE_INDEX;
    build->object = AG_INDEX;
    build->name = name;
    build->after.index = index_of_key(p, key, name);
    build->plan.concurrently = true;
    put(p, BUILD, build);
    ag_op *add = copy_op(p, op);
    add->plan.using_index = name;
    put(p, FINISH, add);
    note(p, &p->late_keys, table_key(p, op->ns, op->table));
    note(p, &p->late_names, part_key(p, op, op->name));
}

static bool can_be_invalid(const ag_op *op) {
    const ag_constraint *constraint = op->after.constraint;
    return constraint->kind == AG_CHECK ||
           (constraint->kind == AG_FOREIGN_KEY && op->table_kind != AG_TABLE_PARTITIONED);
}

static void validate_later(planner *p, ag_op *op, stage now, stage later) {
    const ag_constraint *valid = op->after.constraint;
    ag_constraint *loose = ag_arena_copy(p->l->arena, valid, sizeof *loose);
    loose->not_valid = true;
    op->after.constraint = loose;
    put(p, now, op);
    ag_op *validate = copy_op(p, op);
    validate->kind = AG_OP_ALTER_CONSTRAINT;
    validate->before.constraint = loose;
    validate->after.constraint = valid;
    put(p, later, validate);
}

static bool needs_late_key(const planner *p, const ag_constraint *constraint) {
    return constraint->kind == AG_FOREIGN_KEY &&
           ag_map_has(&p->late_keys,
                      table_key(p, constraint->ref_namespace, constraint->ref_table));
}

static void plan_add_constraint(planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    const ag_constraint *constraint = op->after.constraint;
    bool is_late = needs_late_key(p, constraint);
    if (is_key(constraint) && constraint->name != NULL && builds_beside(p, step)) {
        build_key(p, op);
    } else if (constraint->kind == AG_PRIMARY_KEY &&
               ag_map_has(&p->late_nulls, table_key(p, op->ns, op->table))) {
        put(p, FINISH, copy_op(p, op));
        note(p, &p->late_keys, table_key(p, op->ns, op->table));
        note(p, &p->late_names, part_key(p, op, op->name));
    } else if (is_busy(step) && can_be_invalid(op) && !constraint->not_valid &&
               constraint->name != NULL) {
        validate_later(p, copy_op(p, op), is_late ? FINISH : MAIN, is_late ? LATE : VALIDATE);
    } else {
        put(p, is_late ? FINISH : MAIN, copy_op(p, op));
    }
    if (is_late) {
        note(p, &p->late_names, part_key(p, op, op->name));
    }
}

/* A table may be made with a foreign key to what is not unique yet. */
static void plan_create_table(planner *p, const ag_pg_step *step) {
    const ag_table *table = step->op->after.table;
    ag_op *create = copy_op(p, step->op);
    ag_table *rest = ag_arena_copy(p->l->arena, table, sizeof *rest);
    rest->constraints = (ag_constraints){NULL, 0, 0};
    for (size_t i = 0; i < table->constraints.n; i++) {
        ag_constraint *constraint = table->constraints.items[i];
        if (!constraint->inherited && needs_late_key(p, constraint)) {
            ag_op *add = copy_op(p, step->op);
            add->kind = AG_OP_ADD_CONSTRAINT;
            add->object = AG_CONSTRAINT;
            add->table = table->name;
            add->name = constraint->name;
            add->after.constraint = constraint;
            put(p, FINISH, add);
        } else {
            ag_vec_push(p->l->arena, &rest->constraints, constraint);
        }
    }
    create->after.table = rest->constraints.n < table->constraints.n ? rest : table;
    put(p, MAIN, create);
}

/* Columns */

/* A partition must be NOT NULL, and have every check, where its parent does before it is attached.
 */
static bool is_being_attached(const planner *p, const ag_op *op) {
    for (size_t i = p->at + 1; i < p->l->steps.n; i++) {
        const ag_op *other = p->l->steps.items[i].op;
        if (changes_parents(other) &&
            ((ag_text_eq(other->ns, op->ns) && ag_text_eq(other->name, op->table)) ||
             (ag_text_eq(other->after.table->parent_ns, op->ns) &&
              ag_text_eq(other->after.table->parent, op->table)))) {
            return true;
        }
    }
    return false;
}

/* ADD CHECK (c IS NOT NULL) NOT VALID; later VALIDATE, SET NOT NULL, and the check goes. */
static void check_not_null(planner *p, const ag_op *op) {
    ag_arena *arena = p->l->arena;
    ag_buf expr = AG_BUF_INIT;
    ag_pg_quote(&expr, op->name);
    ag_buf_puts(&expr, " IS NOT NULL");
    ag_constraint *check = ag_arena_new_of(arena, ag_constraint);
    check->kind = AG_CHECK;
    check->name = ag_pg_object_name(arena, op->table, op->name, "not_null");
    check->expr = ag_buf_copy(&expr, arena);
    check->loc = op->loc;
    check->no_inherit = op->plan.only && op->table_kind != AG_TABLE_PARTITIONED;
    ag_buf_release(&expr);
    ag_op *add = copy_op(p, op);
    add->kind = AG_OP_ADD_CONSTRAINT;
    add->object = AG_CONSTRAINT;
    add->name = check->name;
    add->before.any = NULL;
    add->after.constraint = check;
    add->plan.only = false;
    validate_later(p, add, MAIN, VALIDATE);
}

static void drop_check(planner *p, const ag_op *op) {
    ag_op *drop = copy_op(p, p->stages[VALIDATE].items[p->stages[VALIDATE].n - 1].op);
    drop->kind = AG_OP_DROP_CONSTRAINT;
    drop->before.constraint = drop->after.constraint;
    drop->after.any = NULL;
    drop->loc = op->loc;
    put(p, FINISH, drop);
}

static bool differs(const ag_column *a, const ag_column *b) {
    return !ag_text_eq(a->type, b->type) || !ag_text_eq(a->collation, b->collation) ||
           !ag_text_eq(a->default_expr, b->default_expr) || a->generated != b->generated ||
           a->nullable != b->nullable || a->identity != b->identity || a->serial != b->serial ||
           !ag_sequence_options_equal(&a->identity_options, &b->identity_options) ||
           !ag_text_eq(a->storage, b->storage) || !ag_text_eq(a->compression, b->compression) ||
           a->statistics != b->statistics || !ag_options_equal(&a->options, &b->options);
}

/* What is quick happens now; identity and serial want NOT NULL first. */
static void alter_now(planner *p, const ag_op *op, ag_column *middle) {
    const ag_column *before = op->before.column;
    middle->nullable = before->nullable;
    if (before->identity == AG_IDENTITY_NONE && middle->identity != AG_IDENTITY_NONE) {
        middle->identity = AG_IDENTITY_NONE;
        middle->identity_options = before->identity_options;
    }
    if (!before->serial && middle->serial) {
        middle->serial = false;
        middle->default_expr = before->default_expr;
    }
    if (differs(before, middle)) {
        ag_op *now = copy_op(p, op);
        now->after.column = middle;
        put(p, MAIN, now);
    }
}

/* A column that a later step makes anew takes along what would prove it NOT NULL. */
static bool is_made_anew(const planner *p, const ag_op *op) {
    for (size_t i = p->at + 1; i < p->l->steps.n; i++) {
        const ag_op *other = p->l->steps.items[i].op;
        if (is_column_dropped(other) && ag_text_eq(other->name, op->name) &&
            ag_pg_is_below(p->l, op, other->ns, other->table)) {
            return true;
        }
    }
    return false;
}

static void plan_alter_column(planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    bool is_tightened =
        before->nullable && !after->nullable && after->generated == before->generated;
    bool is_loosened = !before->nullable && after->nullable &&
                       ag_map_has(&p->late_drops, table_key(p, op->ns, op->table));
    bool makes_sequence = after->serial && !before->serial; /* others may use it at once */
    if (!is_busy(step) || !(is_tightened || is_loosened) || makes_sequence ||
        is_being_attached(p, op) || is_made_anew(p, op)) {
        put(p, MAIN, step->op);
        return;
    }
    ag_column *middle = ag_arena_copy(p->l->arena, after, sizeof *middle);
    alter_now(p, op, middle);
    if (is_tightened) {
        check_not_null(p, op);
    }
    ag_op *later = copy_op(p, op);
    later->before.column = middle;
    later->plan.is_proven = is_tightened;
    put(p, FINISH, later);
    if (is_tightened) {
        drop_check(p, op);
        note(p, &p->late_nulls, table_key(p, op->ns, op->table));
    }
}

/* Everything else */

static bool is_object_op(const ag_op *op) {
    return op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_REPLACE_OBJECT;
}

/* A view that groups by a primary key needs it, and objects need each other. */
static bool object_waits(const planner *p, const ag_op *op) {
    if (p->has_late_objects) {
        return true;
    }
    const ag_object *object = op->after.object;
    for (size_t i = 0; i < p->stages[FINISH].n; i++) {
        const ag_op *late = p->stages[FINISH].items[i].op;
        if (late->kind == AG_OP_ADD_CONSTRAINT && is_key(late->after.constraint) &&
            (op->object == AG_VIEW || op->object == AG_MATVIEW) &&
            ag_sql_refers_to(AG_SQL_POSTGRES, object->definition, late->table)) {
            return true;
        }
    }
    return false;
}

static void plan_other(planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    if (is_object_op(op)) {
        bool waits = object_waits(p, op);
        p->has_late_objects = p->has_late_objects || waits;
        put(p, waits ? FINISH : MAIN, step->op);
        return;
    }
    bool is_part = op->object == AG_INDEX || op->object == AG_CONSTRAINT;
    bool is_late =
        is_part && op->name != NULL && ag_map_has(&p->late_names, part_key(p, op, op->name));
    /* The identity of a replica wants columns that are NOT NULL. */
    is_late = is_late || (op->kind == AG_OP_ALTER_INDEX && op->after.index->replica_identity &&
                          ag_map_has(&p->late_nulls, table_key(p, op->ns, op->table)));
    bool is_on_object =
        p->has_late_objects &&
        (op->kind == AG_OP_ALTER_ACCESS ||
         (op->kind == AG_OP_SET_COMMENT && (op->object == AG_VIEW || op->object == AG_MATVIEW)));
    put(p, is_late || is_on_object ? FINISH : MAIN, step->op);
}

static void plan_step(planner *p, const ag_pg_step *step) {
    switch ((int)step->op->kind) {
    case AG_OP_CREATE_TABLE:
        plan_create_table(p, step);
        break;
    case AG_OP_CREATE_INDEX:
        plan_create_index(p, step);
        break;
    case AG_OP_DROP_INDEX:
        plan_drop_index(p, step);
        break;
    case AG_OP_ADD_CONSTRAINT:
        plan_add_constraint(p, step);
        break;
    case AG_OP_DROP_CONSTRAINT:
        plan_drop_constraint(p, step);
        break;
    case AG_OP_ALTER_COLUMN:
        plan_alter_column(p, step);
        break;
    case AG_OP_ALTER_CONSTRAINT:
        put(p, is_busy(step) && step->op->before.constraint->not_valid ? VALIDATE : MAIN, step->op);
        break;
    default:
        plan_other(p, step);
        break;
    }
}

/* Output */

/* Ends the part that the last operation is in, unless what follows does so by itself. */
static void end_part(const ag_pg_steps *out, const ag_op *next) {
    if (out->n > 0 && !out->items[out->n - 1].op->plan.concurrently && !next->plan.concurrently) {
        out->items[out->n - 1].op->plan.ends_part = true;
    }
}

static void flush(planner *p) {
    for (size_t i = 0; i < p->drops.n; i++) {
        ag_vec_push(p->l->arena, &p->stages[BUILD], p->drops.items[i]);
    }
    p->drops.n = 0;
    for (int s = MAIN; s < N_STAGES; s++) {
        ag_pg_steps *steps = &p->stages[s];
        if (steps->n > 0 && s > MAIN) {
            end_part(p->out, steps->items[0].op);
        }
        for (size_t i = 0; i < steps->n; i++) {
            ag_vec_push(p->l->arena, p->out, steps->items[i]);
        }
        steps->n = 0;
    }
    ag_map_release(&p->late_keys);
    ag_map_release(&p->late_nulls);
    ag_map_release(&p->late_names);
    ag_map_release(&p->late_drops);
    p->has_late_objects = false;
}

static bool is_anything_late(const planner *p) {
    return p->stages[BUILD].n + p->stages[VALIDATE].n + p->stages[FINISH].n + p->drops.n > 0;
}

/* What is taken down for a change at once, and was put off itself, has to be there first. */
static bool takes_down_late(const planner *p, const ag_pg_step *step) {
    const ag_op *op = step->op;
    return step->in_place && op->name != NULL &&
           (op->kind == AG_OP_DROP_INDEX || op->kind == AG_OP_DROP_CONSTRAINT) &&
           ag_map_has(&p->late_names, part_key(p, op, op->name));
}

void ag_pg_plan_safely(ag_pg_lowering *l, ag_pg_steps *out) {
    planner p = {.l = l, .out = out};
    for (p.at = 0; p.at < l->steps.n; p.at++) {
        const ag_pg_step *step = &l->steps.items[p.at];
        if ((step->op->new_name != NULL || takes_down_late(&p, step)) && is_anything_late(&p)) {
            flush(&p);
            if (out->n > 0 && !out->items[out->n - 1].op->plan.concurrently) {
                out->items[out->n - 1].op->plan.ends_part = true;
            }
        }
        plan_step(&p, step);
    }
    flush(&p);
}
