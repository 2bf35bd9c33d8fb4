/*
 * Which operations depend on which.
 *
 * Every object that an operation is about has an entry: who renames, makes, changes and drops it.
 * Then each operation names what it uses. Making needs what is made, changed or renamed before it;
 * dropping comes before what it used is dropped or changed. Only objects that change have an
 * entry, so that what merely is there costs one look-up.
 */
#include "diff/connect.h"

#include <string.h>

#include "base/str.h"
#include "schema/node.h"

ag_role ag__role_of(const ag_op *op) {
    if (op->new_name != NULL) {
        return AG_RENAMING;
    }
    if (op->kind == AG_OP_SET_COMMENT) {
        return AG_CHANGING;
    }
    return op->before.any == NULL ? AG_MAKING : op->after.any == NULL ? AG_DROPPING : AG_CHANGING;
}

const char *ag__entry_key(ag_connector *c, ag_kind kind, const char *ns, const char *name,
                          const char *part) {
    ag_buf_clear(&c->buf);
    ag_buf_putc(&c->buf, (char)(1 + (int)kind)); /* no letter, which would fold */
    ag_buf_puts(&c->buf, ns != NULL ? ns : "");
    ag_buf_putc(&c->buf, '\n');
    ag_buf_puts(&c->buf, name != NULL ? name : "");
    ag_buf_putc(&c->buf, '\n');
    ag_buf_puts(&c->buf, part != NULL ? part : "");
    for (char *p = c->buf.text; c->graph->d->folds && *p != '\0'; p++) {
        *p = ag_lower_char(*p);
    }
    return ag_buf_text(&c->buf);
}

ag_entry *ag__find_entry(ag_connector *c, ag_kind kind, const char *ns, const char *name,
                         const char *part) {
    return c->n_by_kind[kind] == 0 ? NULL
                                   : ag_map_get(&c->by_key, ag__entry_key(c, kind, ns, name, part));
}

void ag__add_edge(ag_connector *c, size_t from, size_t to, ag_edge_kind kind,
                  const ag_constraint *key) {
    if (from == to) {
        return;
    }
    ag_edge edge = {.from = from, .to = to, .kind = kind, .key = key};
    if (key != NULL) {
        edge.owner = c->graph->vertices[c->v];
    }
    ag_vec_push(c->graph->arena, &c->graph->edges, edge);
}

void ag__after_all(ag_connector *c, const ag_vertex_list *list, ag_edge_kind kind,
                   const ag_constraint *key) {
    for (size_t i = 0; i < list->n; i++) {
        ag__add_edge(c, list->items[i], c->v, kind, key);
    }
}

void ag__before_all(ag_connector *c, const ag_vertex_list *list, ag_edge_kind kind,
                    const ag_constraint *key) {
    for (size_t i = 0; i < list->n; i++) {
        ag__add_edge(c, c->v, list->items[i], kind, key);
    }
}

/* Entries */

/* The ag_entry of what an operation is about; made when `make`. */
static ag_entry *entry_at(ag_connector *c, ag_kind kind, const char *ns, const char *name,
                          const char *part, bool make) {
    ag_entry *found = ag__find_entry(c, kind, ns, name, part);
    if (found != NULL || !make) {
        return found;
    }
    ag_arena *arena = c->graph->arena;
    found = ag_arena_new_of(arena, ag_entry);
    found->kind = kind;
    found->ns = ns;
    ag_map_put(&c->by_key, ag_arena_strdup(arena, ag__entry_key(c, kind, ns, name, part)), found);
    c->n_by_kind[kind]++;
    return found;
}

/* Where something is after an operation. */
static const char *ns_after(const ag_op *op) {
    return op->new_ns != NULL ? op->new_ns : op->ns;
}

static ag_entry *own_entry(ag_connector *c, const ag_op *op, bool make) {
    const char *name = op->new_name != NULL ? op->new_name : op->name;
    const char *ns = ns_after(op);
    if (op->object >= AG_N_KINDS || name == NULL) {
        return NULL;
    }
    /* Routines of one name are told apart by their arguments. */
    const char *part = ag_kind_is_routine(op->object) ? op->signature : NULL;
    return op->table == NULL ? entry_at(c, op->object, ns, name, part, make)
                             : entry_at(c, op->object, ns, op->table, name, make);
}

/* Texts may name nearly everything; constraints, indexes and triggers they never do. */
static bool is_mentionable(ag_kind kind) {
    return kind != AG_CONSTRAINT && kind != AG_INDEX && kind != AG_TRIGGER && kind != AG_POLICY &&
           kind != AG_RULE && kind != AG_NAMESPACE && kind != AG_EXTENSION;
}

static void mention(ag_connector *c, ag_entry *it, const char *spelling) {
    if (!is_mentionable(it->kind) || spelling == NULL) {
        return;
    }
    ag_arena *arena = c->graph->arena;
    char *name = ag_text_lower(arena, spelling);
    ag_entries *list = ag_map_get(&c->by_name, name);
    if (list == NULL) {
        list = ag_arena_new_of(arena, ag_entries);
        ag_map_put(&c->by_name, name, list);
    }
    if (list->n == 0 || list->items[list->n - 1] != it) {
        ag_vec_push(arena, list, it);
    }
}

/* With a range type comes its multirange. */
static void mention_multirange(ag_connector *c, ag_entry *it, const ag_op *op) {
    const ag_object *range = op->after.any != NULL ? op->after.object : op->before.object;
    mention(c, it, ag__multirange(c->graph->arena, c->graph->d->dialect->flavor, range).name);
}

static void enlist(ag_connector *c, ag_entry *it, ag_role as, size_t v) {
    ag_vertex_list *lists[] = {[AG_RENAMING] = &it->rename,
                               [AG_MAKING] = &it->make,
                               [AG_CHANGING] = &it->change,
                               [AG_DROPPING] = &it->drop};
    ag_vec_push(c->graph->arena, lists[as], v);
}

static bool is_unique_key(const ag_op *op) {
    const void *node = op->after.any != NULL ? op->after.any : op->before.any;
    if (op->object == AG_INDEX) {
        return ((const ag_index *)node)->unique;
    }
    if (op->object != AG_CONSTRAINT) {
        return false;
    }
    ag_constraint_kind kind = ((const ag_constraint *)node)->kind;
    return kind == AG_PRIMARY_KEY || kind == AG_UNIQUE;
}

static void enter_partition(ag_connector *c, const ag_op *op, ag_role as, size_t v) {
    bool is_new = as == AG_MAKING;
    const ag_table *table = is_new ? op->after.table : op->before.table;
    const ag_schema *schema = is_new ? c->graph->d->to : c->graph->d->from;
    while (table != NULL && table->parent != NULL) {
        enlist(c, entry_at(c, AG_PARTITIONS, table->parent_ns, table->parent, NULL, true), as, v);
        table = ag_schema_table(schema, table->parent_ns, table->parent);
    }
}

static void enter_op(ag_connector *c, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    ag_role as = ag__role_of(op);
    /* Parts of a table do not wait for its options; comments change nothing for others. */
    if (op->kind == AG_OP_SET_COMMENT || op->kind == AG_OP_ALTER_TABLE ||
        op->kind == AG_OP_SAVE_ROWS || op->kind == AG_OP_RESTORE_ROWS) {
        return;
    }
    ag_entry *own = own_entry(c, op, true);
    if (own != NULL) {
        enlist(c, own, as, v);
        mention(c, own, op->name);
        mention(c, own, op->new_name);
        if (op->object == AG_RANGE && op->new_name == NULL) {
            mention_multirange(c, own, op);
        }
    }
    if (op->kind == AG_OP_CREATE_TABLE || op->kind == AG_OP_DROP_TABLE) {
        enter_partition(c, op, as, v);
    }
    if (op->object == AG_INDEX && (as == AG_MAKING || as == AG_DROPPING)) {
        /* The indexes of partitions know their parent by its name alone. */
        enlist(c, entry_at(c, AG_INDEX, op->ns, op->name, NULL, true), as, v);
    }
    if (ag_kind_is_routine(op->object) && op->signature != NULL) {
        /* Who calls them knows the name alone. */
        enlist(c, entry_at(c, op->object, ns_after(op), op->name, NULL, true), as, v);
    }
    if (op->table != NULL && (as == AG_MAKING || as == AG_DROPPING) && is_unique_key(op)) {
        enlist(c, entry_at(c, AG_UNIQUE_KEYS, op->ns, op->table, NULL, true), as, v);
    }
}

/* The sequence of a serial column comes and goes with the column, or with its being serial. */
static void enter_serial(ag_connector *c, size_t v, const char *ns, const char *table,
                         const ag_column *before, const ag_column *after) {
    bool was = before != NULL && before->serial;
    bool is = after != NULL && after->serial;
    if (was == is) {
        return;
    }
    ag_arena *arena = c->graph->arena;
    const char *column = before != NULL ? before->name : after->name;
    const char *name = ag_arena_printf(arena, "%s_%s_seq", table, column);
    ag_entry *known = ag__find_entry(c, AG_SEQUENCE, ns, name, NULL);
    if (known == NULL || known->is_serial) {
        ag_entry *entry = entry_at(c, AG_SEQUENCE, ns, name, NULL, true);
        entry->is_serial = true;
        mention(c, entry, name);
        enlist(c, entry, was ? AG_DROPPING : AG_MAKING, v);
    }
}

static void enter_serials(ag_connector *c, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    if (c->graph->d->binds_late || op->new_name != NULL) {
        return;
    }
    bool is_drop = op->kind == AG_OP_DROP_TABLE;
    if (op->object == AG_COLUMN && op->kind != AG_OP_SET_COMMENT && op->table != NULL) {
        enter_serial(c, v, op->ns, op->table, op->before.column, op->after.column);
    } else if (op->kind == AG_OP_CREATE_TABLE || is_drop) {
        const ag_table *table = is_drop ? op->before.table : op->after.table;
        for (size_t i = 0; i < table->columns.n; i++) {
            const ag_column *column = table->columns.items[i];
            enter_serial(c, v, op->ns, op->name, is_drop ? column : NULL, is_drop ? NULL : column);
        }
    }
}

/* Names that become free before they are taken */

typedef void (*name_visitor)(ag_connector *c, const char *key);

static void free_name(ag_connector *c, const char *key) {
    ag_vertex_list *list = ag_map_get(&c->released, key);
    if (list == NULL) {
        list = ag_arena_new_of(c->graph->arena, ag_vertex_list);
        ag_map_put(&c->released, ag_arena_strdup(c->graph->arena, key), list);
    }
    ag_vec_push(c->graph->arena, list, c->v);
}

/* A type that steps aside before it goes gives up its last name when it has long had it. */
static bool is_own_drop(const ag_connector *c, size_t v) {
    bool is_there = false;
    for (size_t i = 0; c->op->new_name != NULL && c->own != NULL && i < c->own->drop.n; i++) {
        is_there = is_there || c->own->drop.items[i] == v;
    }
    return is_there;
}

static void take_name(ag_connector *c, const char *key) {
    const ag_vertex_list *list = ag_map_get(&c->released, key);
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        if (!is_own_drop(c, list->items[i])) {
            ag__add_edge(c, list->items[i], c->v, AG_EDGE_HARD, NULL);
        }
    }
}

static bool shares_names(ag_kind kind) {
    return kind == AG_TABLE || kind == AG_INDEX || kind == AG_SEQUENCE || kind == AG_VIEW ||
           kind == AG_MATVIEW || kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE ||
           kind == AG_RANGE || kind == AG_BASE_TYPE || kind == AG_FOREIGN_TABLE;
}

/* Keys have an index of the same name in the namespace, unless names bind late. */
static void visit_key_name(ag_connector *c, const char *ns, const ag_constraint *key,
                           name_visitor visit) {
    if (!c->graph->d->binds_late && key->name != NULL && key->kind != AG_CHECK &&
        key->kind != AG_FOREIGN_KEY) {
        visit(c, ag__entry_key(c, AG_TABLE, ns, key->name, NULL));
    }
}

static void visit_names(ag_connector *c, const char *ns, const char *name, ag_node node,
                        name_visitor visit) {
    const ag_op *op = c->op;
    if (name == NULL || op->object >= AG_N_KINDS) {
        return;
    }
    if (shares_names(op->object)) {
        visit(c, ag__entry_key(c, AG_TABLE, ns, name, NULL));
    } else if (op->object == AG_COLUMN || op->object == AG_CONSTRAINT) {
        visit(c, ag__entry_key(c, op->object, ns, op->table, name));
    } else {
        ag_kind kind = ag_kind_is_routine(op->object) ? AG_FUNCTION : op->object;
        visit(c, ag__entry_key(c, kind, ns, name, NULL));
    }
    if (op->object == AG_CONSTRAINT) {
        visit_key_name(c, ns, node.constraint, visit);
    }
    bool is_whole = op->kind == AG_OP_CREATE_TABLE || op->kind == AG_OP_DROP_TABLE;
    for (size_t i = 0; is_whole && i < node.table->constraints.n; i++) {
        visit_key_name(c, ns, node.table->constraints.items[i], visit);
    }
}

/* The sequence that a column comes with has a name among the tables'. */
static void visit_counter(ag_connector *c, const char *table, const ag_column *column,
                          name_visitor visit) {
    const ag_dialect *dialect = c->graph->d->dialect;
    if (column == NULL || dialect->unfold_serial == NULL ||
        (!column->serial && column->identity == AG_IDENTITY_NONE)) {
        return;
    }
    ag_arena *arena = c->graph->arena;
    const char *name = column->identity_options.name;
    if (name == NULL) {
        const ag_table owner = {.ns = c->op->ns, .name = table};
        ag_column *plain = ag_arena_copy(arena, column, sizeof *plain);
        ag_sequence *sequence = ag_arena_new_of(arena, ag_sequence);
        dialect->unfold_serial(arena, &owner, plain, sequence);
        name = sequence->name;
    }
    visit(c, ag__entry_key(c, AG_TABLE, c->op->ns, name, NULL));
}

static void visit_counters(ag_connector *c, const ag_node *side, name_visitor visit) {
    const ag_op *op = c->op;
    if (side->any == NULL || op->new_name != NULL || op->kind == AG_OP_SET_COMMENT) {
        return;
    }
    if (op->object == AG_COLUMN && op->table != NULL) {
        visit_counter(c, op->table, side->column, visit);
    } else if (op->kind == AG_OP_CREATE_TABLE || op->kind == AG_OP_DROP_TABLE) {
        for (size_t i = 0; i < side->table->columns.n; i++) {
            visit_counter(c, op->name, side->table->columns.items[i], visit);
        }
    }
}

static bool swaps_counter(const ag_op *op) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    return op->kind != AG_OP_ALTER_COLUMN ||
           ((before->serial || before->identity != AG_IDENTITY_NONE) !=
            (after->serial || after->identity != AG_IDENTITY_NONE));
}

static void set_current(ag_connector *c, size_t v) {
    c->v = v;
    c->op = c->graph->vertices[v];
    c->own = own_entry(c, c->op, false);
}

static void free_names(ag_connector *c) {
    ag_role as = ag__role_of(c->op);
    bool goes_on = as == AG_RENAMING && c->op->is_remade; /* the name between is only its own */
    if (as == AG_DROPPING || (as == AG_RENAMING && !goes_on)) {
        visit_names(c, c->op->ns, c->op->name, c->op->before, free_name);
    }
    if (swaps_counter(c->op)) {
        visit_counters(c, &c->op->before, free_name);
    }
}

static void take_names(ag_connector *c) {
    ag_role as = ag__role_of(c->op);
    if (c->released.n > 0 && (as == AG_MAKING || as == AG_RENAMING)) {
        visit_names(c, ns_after(c->op), as == AG_RENAMING ? c->op->new_name : c->op->name,
                    c->op->after, take_name);
    }
    if (c->released.n > 0 && swaps_counter(c->op)) {
        visit_counters(c, &c->op->after, take_name);
    }
}

/* Edges of the current operation */

/* What goes by a name between has that one before it gets its last. */
static void connect_halves(ag_connector *c) {
    const ag_op *op = c->op;
    const ag_entry *half = ag__find_entry(c, op->object, op->ns, op->table ? op->table : op->name,
                                          op->table != NULL ? op->name : NULL);
    if (half != NULL) {
        ag__after_all(c, &half->rename, AG_EDGE_HARD, NULL);
    }
}

static void connect_own(ag_connector *c, ag_role as) {
    if (as == AG_RENAMING && c->op->is_remade) {
        connect_halves(c);
    }
    if (c->own == NULL) {
        return;
    }
    if (as != AG_RENAMING) {
        ag__after_all(c, &c->own->rename, AG_EDGE_HARD, NULL);
    }
    if (as == AG_CHANGING) {
        ag__after_all(c, &c->own->make, AG_EDGE_HARD, NULL);
    }
    if (c->op->kind == AG_OP_ALTER_SEQUENCE && c->op->before.sequence->owner_table == NULL) {
        ag__after_all(c, &c->own->change, AG_EDGE_HARD, NULL); /* first it leaves its old owner */
    }
    /* What is altered may be made anew, with the comment it had. */
    if (as == AG_DROPPING || c->op->kind == AG_OP_SET_COMMENT) {
        ag__after_all(c, &c->own->change, AG_EDGE_HARD, NULL);
    }
}

static void connect_current(ag_connector *c) {
    const ag_op *op = c->op;
    ag_role as = ag__role_of(op);
    if (op->kind == AG_OP_SAVE_ROWS || op->kind == AG_OP_RESTORE_ROWS) {
        return;
    }
    connect_own(c, as);
    ag__use_place(c, as == AG_DROPPING);
    /* An altered constraint stays on its columns; only how it is checked changes. */
    if (as != AG_RENAMING && op->kind != AG_OP_ALTER_CONSTRAINT) {
        ag__use_nodes(c);
    }
}

/*
 * A view may have a column of a type without naming it, and so may a parsed body: types are settled
 * before they come, and while those that come back are away.
 */
static void connect_types(ag_connector *c) {
    const ag_graph *graph = c->graph;
    ag_vertex_list types = {NULL, 0, 0};
    for (size_t v = 0; v < graph->n; v++) {
        ag_op_kind kind = graph->vertices[v]->kind;
        if (kind == AG_OP_ALTER_ENUM || kind == AG_OP_ALTER_DOMAIN ||
            kind == AG_OP_ALTER_COMPOSITE) {
            ag_vec_push(graph->arena, &types, v);
        }
    }
    for (size_t v = 0; types.n > 0 && v < graph->n; v++) {
        const ag_op *op = graph->vertices[v];
        bool is_view = op->object == AG_VIEW || op->object == AG_MATVIEW;
        bool is_back = op->is_remade && ag_kind_is_routine(op->object);
        set_current(c, v);
        if (op->kind == AG_OP_CREATE_OBJECT && (is_view || is_back)) {
            ag__after_all(c, &types, AG_EDGE_WEAK, NULL);
        } else if (op->kind == AG_OP_DROP_OBJECT && is_back) {
            ag__before_all(c, &types, AG_EDGE_WEAK, NULL);
        }
    }
}

static bool has_parent(const ag_table *table, const ag_table *other) {
    return ag_text_eq(table->parent, other->parent) &&
           ag_text_eq(table->parent_ns, other->parent_ns);
}

/* The default partition may hold rows of any other. */
static bool is_in_the_way(const ag_table *old, const ag_table *table) {
    return ag_text_ieq(old->bound, "DEFAULT") || ag_text_eq(old->bound, table->bound);
}

/* The place of a partition is free before another one takes it. */
static void connect_moved(ag_connector *c, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    bool leaves = op->after.table->parent == NULL;
    const ag_table *table = leaves ? op->before.table : op->after.table;
    for (size_t i = 0; i < c->graph->n; i++) {
        const ag_op *other = c->graph->vertices[i];
        if (leaves && other->kind == AG_OP_CREATE_TABLE && has_parent(other->after.table, table)) {
            ag__add_edge(c, v, i, AG_EDGE_WEAK, NULL);
        } else if (!leaves && other->kind == AG_OP_DROP_TABLE &&
                   has_parent(other->before.table, table) &&
                   is_in_the_way(other->before.table, table)) {
            ag__add_edge(c, i, v, AG_EDGE_WEAK, NULL);
        }
    }
}

enum { DEEPEST_FAMILY = 64 };

static bool is_above(const ag_differ *d, const ag_schema *schema, const ag_table *table,
                     const ag_op *op, int depth) {
    if (table == NULL || depth > DEEPEST_FAMILY) {
        return false;
    }
    if (depth > 0 && ag_text_eq(table->name, op->table) && ag_text_eq(table->ns, op->ns)) {
        return true;
    }
    bool is = false;
    const ag_table *parent = ag__parent_at(d, schema, table, 0);
    for (size_t i = 1; parent != NULL && !is; i++) {
        is = is_above(d, schema, parent, op, depth + 1);
        parent = ag__parent_at(d, schema, table, i);
    }
    return is;
}

/* What a table has from those above goes behind the table, which may say more of it, and comes
 * before. */
static void connect_heir(ag_connector *c, size_t v, const ag_vertex_list *columns) {
    const ag_differ *d = c->graph->d;
    const ag_op *op = c->graph->vertices[v];
    bool is_drop = op->kind == AG_OP_DROP_TABLE;
    const ag_table *table = is_drop ? op->before.table : op->after.table;
    for (size_t i = 0; (table->parent != NULL || table->inherits.n > 0) && i < columns->n; i++) {
        const ag_op *other = c->graph->vertices[columns->items[i]];
        if ((other->kind == AG_OP_DROP_COLUMN) == is_drop &&
            is_above(d, is_drop ? d->from : d->to, table, other, 0)) {
            ag__add_edge(c, is_drop ? v : columns->items[i], is_drop ? columns->items[i] : v,
                         AG_EDGE_WEAK, NULL);
        }
    }
}

/* An index that partitions are to lack is there only while they come and go without it. */
static void connect_incomplete(ag_connector *c, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    const ag_index *index = op->kind == AG_OP_CREATE_INDEX ? op->after.index : op->before.index;
    const ag_entry *parts = ag__find_entry(c, AG_PARTITIONS, op->ns, op->table, NULL);
    if (!index->invalid || parts == NULL) {
        return;
    }
    set_current(c, v);
    if (op->kind == AG_OP_CREATE_INDEX) {
        ag__after_all(c, &parts->make, AG_EDGE_WEAK, NULL);
    } else {
        ag__before_all(c, &parts->drop, AG_EDGE_WEAK, NULL);
    }
}

/* A partition that goes may hold rows of one that comes, as the default one does. */
static void connect_partition_drop(ag_connector *c, size_t v) {
    const ag_table *table = c->graph->vertices[v]->before.table;
    const ag_entry *parts = ag__find_entry(c, AG_PARTITIONS, table->parent_ns, table->parent, NULL);
    for (size_t i = 0; parts != NULL && i < parts->make.n; i++) {
        if (parts->make.items[i] != v) {
            ag__add_edge(c, v, parts->make.items[i], AG_EDGE_WEAK, NULL);
        }
    }
}

static void connect_families(ag_connector *c) {
    ag_vertex_list columns = {NULL, 0, 0};
    for (size_t v = 0; v < c->graph->n; v++) {
        ag_op_kind kind = c->graph->vertices[v]->kind;
        if (kind == AG_OP_ADD_COLUMN || kind == AG_OP_DROP_COLUMN) {
            ag_vec_push(c->graph->arena, &columns, v);
        }
    }
    for (size_t v = 0; v < c->graph->n; v++) {
        const ag_op *op = c->graph->vertices[v];
        if (op->kind == AG_OP_ALTER_TABLE && op->is_remade) {
            connect_moved(c, v);
        } else if (op->kind == AG_OP_DROP_TABLE || op->kind == AG_OP_CREATE_TABLE) {
            connect_heir(c, v, &columns);
            if (op->kind == AG_OP_DROP_TABLE && op->before.table->parent != NULL) {
                connect_partition_drop(c, v);
            }
        } else if (op->kind == AG_OP_CREATE_INDEX || op->kind == AG_OP_DROP_INDEX) {
            connect_incomplete(c, v);
        }
    }
}

/* What goes may be of the extension's types, and what is made anew: by their old and new names. */
static void connect_extension(ag_connector *c, size_t v) {
    for (size_t i = 0; i < c->graph->n; i++) {
        const ag_op *op = c->graph->vertices[i];
        if (op->object == AG_NAMESPACE || op->object == AG_EXTENSION) {
            continue;
        }
        if (ag__role_of(op) == AG_DROPPING) {
            ag__add_edge(c, i, v, AG_EDGE_WEAK, NULL);
        } else if (ag__role_of(op) != AG_RENAMING) {
            ag__add_edge(c, v, i, AG_EDGE_WEAK, NULL);
        }
    }
}

static void connect_extensions(ag_connector *c) {
    for (size_t v = 0; v < c->graph->n; v++) {
        const ag_op *op = c->graph->vertices[v];
        if (op->kind == AG_OP_ALTER_EXTENSION &&
            !ag_text_eq(op->before.extension->ns, op->after.extension->ns)) {
            connect_extension(c, v);
        }
    }
}

void ag__connect(ag_graph *graph) {
    ag_connector c = {.graph = graph};
    for (size_t v = 0; v < graph->n; v++) {
        enter_op(&c, v);
    }
    for (size_t v = 0; v < graph->n; v++) {
        enter_serials(&c, v);
    }
    for (size_t v = 0; v < graph->n; v++) {
        set_current(&c, v);
        free_names(&c);
    }
    for (size_t v = 0; v < graph->n; v++) {
        set_current(&c, v);
        take_names(&c);
        connect_current(&c);
    }
    connect_types(&c);
    ag__connect_logging(&c);
    connect_families(&c);
    connect_extensions(&c);
    ag__connect_rows(&c);
    ag_map_release(&c.by_key);
    ag_map_release(&c.by_name);
    ag_map_release(&c.released);
    ag_buf_release(&c.buf);
}
