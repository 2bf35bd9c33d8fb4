/*
 * Which operations depend on which.
 *
 * Every object that an operation is about has an entry: who renames, makes, changes and drops it.
 * Then each operation names what it uses. Making needs what is made, changed or renamed before it;
 * dropping comes before what it used is dropped or changed. Only objects that change have an
 * entry, so that what merely is there costs one look-up.
 */
#include <string.h>

#include "base/str.h"
#include "diff/graph.h"
#include "schema/node.h"
#include "sql/token.h"

typedef AG_VEC(size_t) vertices;

/* The operations on one object. */
typedef struct entry {
    ag_kind kind;
    const char *ns;
    vertices rename, make, change, drop;
    size_t used_by; /* the vertex, plus one, whose new state uses it */
} entry;
typedef AG_VEC(entry *) entries;

/* Unique keys of a table, as one thing that foreign keys to it use. */
#define UNIQUE_KEYS AG_CONSTRAINT

typedef struct connector {
    ag_graph *graph;
    ag_map by_key;   /* entry */
    ag_map by_name;  /* entries by bare name: what texts may mention */
    ag_map released; /* vertices by name that becomes free */
    size_t n_by_kind[AG_N_KINDS];
    ag_buf buf;
    /* the operation being connected */
    size_t v;
    const ag_op *op;
    const entry *own;
} connector;

/* Operations fall into four classes. */
typedef enum role { RENAMING, MAKING, CHANGING, DROPPING } role;

static role role_of(const ag_op *op) {
    if (op->new_name != NULL) {
        return RENAMING;
    }
    if (op->kind == AG_OP_SET_COMMENT) {
        return CHANGING;
    }
    return op->before.any == NULL ? MAKING : op->after.any == NULL ? DROPPING : CHANGING;
}

static const char *key_of(connector *c, ag_kind kind, const char *ns, const char *name,
                          const char *part) {
    ag_buf_clear(&c->buf);
    ag_buf_putc(&c->buf, (char)('A' + (int)kind));
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

static entry *find(connector *c, ag_kind kind, const char *ns, const char *name, const char *part) {
    return c->n_by_kind[kind] == 0 ? NULL : ag_map_get(&c->by_key, key_of(c, kind, ns, name, part));
}

static void add_edge(connector *c, size_t from, size_t to, ag_edge_kind kind,
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

static void after_all(connector *c, const vertices *list, ag_edge_kind kind,
                      const ag_constraint *key) {
    for (size_t i = 0; i < list->n; i++) {
        add_edge(c, list->items[i], c->v, kind, key);
    }
}

static void before_all(connector *c, const vertices *list, ag_edge_kind kind,
                       const ag_constraint *key) {
    for (size_t i = 0; i < list->n; i++) {
        add_edge(c, c->v, list->items[i], kind, key);
    }
}

/* A changed thing leaves what it used before that changes or goes, if it does leave. */
static void use_before(connector *c, const entry *used, ag_edge_kind kind,
                       const ag_constraint *key) {
    bool is_remade = used->make.n > 0;
    if (!is_remade) {
        before_all(c, &used->drop, kind, key);
    }
    if (used->used_by != c->v + 1) {
        before_all(c, &used->change, AG_EDGE_WEAK, NULL);
    }
}

/* The current operation uses something, in the state that this node of it belongs to. */
static void use_entry(connector *c, entry *used, bool is_old, ag_edge_kind kind,
                      const ag_constraint *key) {
    if (used == NULL || used == c->own) {
        return;
    }
    if (ag__is_early(c->graph->d, c->op)) {
        before_all(c, &used->rename, AG_EDGE_WEAK, NULL);
    } else {
        after_all(c, &used->rename, AG_EDGE_HARD, NULL);
    }
    if (is_old && role_of(c->op) == DROPPING) {
        before_all(c, &used->drop, kind, key);
        before_all(c, &used->change, kind, key);
    } else if (is_old) {
        use_before(c, used, kind, key);
    } else if (role_of(c->op) != RENAMING) {
        used->used_by = c->v + 1;
        after_all(c, &used->make, kind, key);
        after_all(c, &used->change, kind, key);
    }
}

/* Where names bind late a table is changed as a whole: the order of its changes is for show. */
static ag_edge_kind usual_edge(const connector *c) {
    return c->graph->d->binds_late && role_of(c->op) == CHANGING ? AG_EDGE_WEAK : AG_EDGE_HARD;
}

static void use(connector *c, ag_kind kind, const char *ns, const char *name, const char *part,
                bool is_old) {
    if (name != NULL) {
        use_entry(c, find(c, kind, ns, name, part), is_old, usual_edge(c), NULL);
    }
}

static void use_column(connector *c, const char *ns, const char *table, const char *column,
                       bool is_old) {
    if (column != NULL) {
        use(c, AG_COLUMN, ns, table, column, is_old);
    }
}

/* A table, or a view where a table may be one. */
static void use_relation(connector *c, const char *ns, const char *name, bool is_old) {
    use(c, AG_TABLE, ns, name, NULL, is_old);
    use(c, AG_VIEW, ns, name, NULL, is_old);
    use(c, AG_MATVIEW, ns, name, NULL, is_old);
}

/* Texts */

static bool is_function(ag_kind kind) {
    return kind == AG_FUNCTION || kind == AG_PROCEDURE || kind == AG_AGGREGATE;
}

static bool is_definition(const ag_op *op) {
    return op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_DROP_OBJECT ||
           op->kind == AG_OP_REPLACE_OBJECT;
}

static ag_edge_kind text_edge(const connector *c) {
    return c->graph->d->binds_late || is_function(c->op->object) ? AG_EDGE_WEAK : AG_EDGE_SOFT;
}

/* A column of any table, by its bare name: a guess, and only needed for definitions. */
static void use_view_column(connector *c, entry *column, bool is_old) {
    if (is_definition(c->op)) {
        use_entry(c, column, is_old, AG_EDGE_WEAK, NULL);
    }
}

static void use_name(connector *c, const char *ns, const char *name, bool is_old) {
    char *folded = ag_text_lower(c->graph->arena, name);
    const entries *found = ag_map_get(&c->by_name, folded);
    for (size_t i = 0; found != NULL && i < found->n; i++) {
        entry *candidate = found->items[i];
        if (candidate->kind == AG_COLUMN) {
            use_view_column(c, candidate, is_old);
        } else if (ns == NULL || candidate->ns == NULL || ag_text_eq(ns, candidate->ns)) {
            use_entry(c, candidate, is_old, text_edge(c), NULL);
        }
    }
}

/* nextval('public.users_id_seq'): the string is a name. */
static void use_string(connector *c, const char *value, bool is_old) {
    const char *dot = strrchr(value, '.');
    if (dot == NULL) {
        use_name(c, NULL, value, is_old);
    } else {
        use_name(c, ag_arena_strndup(c->graph->arena, value, (size_t)(dot - value)), dot + 1,
                 is_old);
    }
}

static void use_text_column(connector *c, const char *table, const char *name, bool is_old) {
    if (table != NULL && c->n_by_kind[AG_COLUMN] > 0) {
        entry *column = find(c, AG_COLUMN, c->op->ns, table, name);
        use_entry(c, column, is_old, text_edge(c), NULL);
    }
}

/* All that a text names: objects by their names, and columns of `table` when it is not NULL. */
static void use_text(connector *c, const char *table, const char *text, bool is_old) {
    if (text == NULL || c->by_name.n + c->n_by_kind[AG_COLUMN] == 0) {
        return;
    }
    ag_sql_flavor flavor = c->graph->d->dialect->flavor;
    ag_str all = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(flavor, all);
    ag_arena *arena = c->graph->arena;
    const char *last = NULL;
    bool after_dot = false;
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        if (token.kind == AG_TOKEN_STRING) {
            use_string(c, ag_token_unquote(arena, flavor, all, token), is_old);
        }
        bool is_dot = ag_token_is(all, token, ".");
        if (token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED) {
            const char *name = ag_token_unquote(arena, flavor, all, token);
            use_name(c, after_dot ? last : NULL, name, is_old);
            use_text_column(c, table, name, is_old);
            last = name;
        } else if (!is_dot) {
            last = NULL;
        }
        after_dot = is_dot && last != NULL;
    }
}

/* Nodes: everything that one of them uses. */

static void use_column_node(connector *c, const char *table, const ag_column *column, bool is_old) {
    use_text(c, NULL, column->type, is_old);
    use_text(c, NULL, column->default_expr, is_old);
    use_text(c, table, column->generated_expr, is_old);
    use_text(c, NULL, column->collation, is_old);
}

static void use_keys(connector *c, const char *table, const ag_keys *keys, bool is_old) {
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        use_column(c, c->op->ns, table, key->column, is_old);
        use_text(c, table, key->expr, is_old);
        use_text(c, NULL, key->opclass, is_old);
        use_text(c, NULL, key->collation, is_old);
    }
}

static void use_columns(connector *c, const char *ns, const char *table, const ag_strings *names,
                        bool is_old) {
    for (size_t i = 0; i < names->n; i++) {
        use_column(c, ns, table, names->items[i], is_old);
    }
}

/* True when an operation makes or drops a key with just these columns. */
static bool is_key_on(connector *c, const ag_op *op, const ag_strings *columns) {
    const void *node = op->after.any != NULL ? op->after.any : op->before.any;
    const ag_keys *keys = op->object == AG_INDEX ? &((const ag_index *)node)->keys
                                                 : &((const ag_constraint *)node)->keys;
    bool is_primary =
        op->object == AG_CONSTRAINT && ((const ag_constraint *)node)->kind == AG_PRIMARY_KEY;
    if (columns->n == 0 || keys->n != columns->n) {
        return columns->n == 0 && is_primary;
    }
    for (size_t i = 0; i < keys->n; i++) {
        bool is_there = false;
        for (size_t j = 0; j < columns->n && !is_there; j++) {
            is_there = ag__same_name(c->graph->d, keys->items[i].column, columns->items[j]);
        }
        if (!is_there) {
            return false;
        }
    }
    return true;
}

/* The key that a foreign key refers to comes before it, and goes after it. */
static void use_unique_key(connector *c, const ag_constraint *reference, bool is_old,
                           ag_edge_kind kind, const ag_constraint *detachable) {
    const entry *keys = find(c, UNIQUE_KEYS, reference->ref_namespace, reference->ref_table, NULL);
    if (keys == NULL) {
        return;
    }
    const vertices *list = is_old ? &keys->drop : &keys->make;
    for (size_t i = 0; i < list->n; i++) {
        size_t other = list->items[i];
        if (is_key_on(c, c->graph->vertices[other], &reference->ref_columns)) {
            add_edge(c, is_old ? c->v : other, is_old ? other : c->v, kind, detachable);
        }
    }
}

/* `is_inside`: part of a table that is made or dropped as a whole. */
static void use_reference(connector *c, const ag_constraint *key, bool is_old, bool is_inside) {
    const char *ns = key->ref_namespace;
    const char *table = key->ref_table;
    ag_edge_kind kind = !is_inside                ? AG_EDGE_HARD
                        : c->graph->d->binds_late ? AG_EDGE_WEAK
                                                  : AG_EDGE_FOREIGN;
    const ag_constraint *detachable = kind == AG_EDGE_FOREIGN ? key : NULL;
    if (table == NULL) {
        return;
    }
    use_entry(c, find(c, AG_TABLE, ns, table, NULL), is_old, kind, detachable);
    use_unique_key(c, key, is_old, kind, detachable);
    for (size_t i = 0; i < key->ref_columns.n; i++) {
        use_entry(c, find(c, AG_COLUMN, ns, table, key->ref_columns.items[i]), is_old, kind,
                  detachable);
    }
}

static void use_constraint_node(connector *c, const char *table, const ag_constraint *constraint,
                                bool is_old, bool is_inside) {
    use_keys(c, table, &constraint->keys, is_old);
    use_columns(c, c->op->ns, table, &constraint->include, is_old);
    use_text(c, table, constraint->expr, is_old);
    use_text(c, table, constraint->where, is_old);
    if (constraint->kind == AG_FOREIGN_KEY) {
        use_reference(c, constraint, is_old, is_inside);
    }
}

static void use_index_node(connector *c, const ag_index *index, bool is_old) {
    use_keys(c, c->op->table, &index->keys, is_old);
    use_columns(c, c->op->ns, c->op->table, &index->include, is_old);
    use_text(c, c->op->table, index->where, is_old);
    /* The index of a partition is attached to its parent's, and goes with it. */
    use(c, AG_INDEX, c->op->ns, index->parent, NULL, is_old);
}

static void use_table_node(connector *c, const ag_table *table, bool is_old) {
    bool is_whole = c->op->kind != AG_OP_ALTER_TABLE; /* parts have operations of their own */
    for (size_t i = 0; is_whole && i < table->columns.n; i++) {
        use_column_node(c, NULL, table->columns.items[i], is_old);
    }
    for (size_t i = 0; is_whole && i < table->constraints.n; i++) {
        use_constraint_node(c, NULL, table->constraints.items[i], is_old, true);
    }
    use(c, AG_TABLE, table->parent_ns, table->parent, NULL, is_old);
    use_text(c, NULL, table->partition_by, is_old);
    for (size_t i = 0; i < table->inherits.n; i++) {
        use_text(c, NULL, table->inherits.items[i], is_old);
    }
}

/* ag_node_key, as `depends` has it, taken apart. */
static void use_node_key(connector *c, const char *key, bool is_old) {
    const char *colon = strchr(key, ':');
    if (colon == NULL) {
        return;
    }
    ag_buf ns = AG_BUF_INIT;
    ag_buf name = AG_BUF_INIT;
    bool has_ns = false;
    for (const char *p = colon + 1; *p != '\0'; p++) {
        if (*p == '.' && !has_ns) {
            ag_buf_putn(&ns, ag_buf_text(&name), name.n);
            ag_buf_clear(&name);
            has_ns = true;
            continue;
        }
        p += *p == '\\' && p[1] != '\0';
        ag_buf_putc(&name, *p);
    }
    for (int kind = 0; kind < AG_N_KINDS; kind++) {
        if (ag_str_eq((ag_str){key, (size_t)(colon - key)}, ag_kind_name((ag_kind)kind))) {
            use(c, (ag_kind)kind, has_ns ? ag_buf_text(&ns) : NULL, ag_buf_text(&name), NULL,
                is_old);
        }
    }
    ag_buf_release(&ns);
    ag_buf_release(&name);
}

static void use_object_node(connector *c, const ag_object *object, bool is_old) {
    use_text(c, object->table, object->definition, is_old);
    for (size_t i = 0; i < object->extras.n; i++) {
        use_text(c, NULL, object->extras.items[i], is_old);
    }
    for (size_t i = 0; i < object->depends.n; i++) {
        use_node_key(c, object->depends.items[i], is_old);
    }
}

static void use_sequence_node(connector *c, const ag_sequence *sequence, bool is_old) {
    if (sequence->owner_table != NULL) {
        use(c, AG_TABLE, sequence->owner_ns, sequence->owner_table, NULL, is_old);
        use_column(c, sequence->owner_ns, sequence->owner_table, sequence->owner_column, is_old);
    }
}

static void use_domain_node(connector *c, const ag_domain *domain, bool is_old) {
    use_text(c, NULL, domain->type, is_old);
    use_text(c, NULL, domain->default_expr, is_old);
    for (size_t i = 0; i < domain->checks.n; i++) {
        use_text(c, NULL, domain->checks.items[i]->expr, is_old);
    }
}

static void use_composite_node(connector *c, const ag_composite *composite, bool is_old) {
    for (size_t i = 0; i < composite->attributes.n; i++) {
        use_text(c, NULL, composite->attributes.items[i]->type, is_old);
    }
}

/* One per member of ag_node, called through op_list.def. */
#define NODE(member, type, call)                                                                   \
    static void node_##member(connector *c, const void *node, bool is_old) {                       \
        const type *it = node;                                                                     \
        call;                                                                                      \
    }
NODE(domain, ag_domain, use_domain_node(c, it, is_old))
NODE(composite, ag_composite, use_composite_node(c, it, is_old))
NODE(sequence, ag_sequence, use_sequence_node(c, it, is_old))
NODE(table, ag_table, use_table_node(c, it, is_old))
NODE(column, ag_column, use_column_node(c, c->op->table, it, is_old))
NODE(constraint, ag_constraint, use_constraint_node(c, c->op->table, it, is_old, false))
NODE(index, ag_index, use_index_node(c, it, is_old))
NODE(object, ag_object, use_object_node(c, it, is_old))
#undef NODE
#define node_ns NULL
#define node_extension NULL
#define node_enum_ NULL
#define node_text NULL
#define node_rebuild NULL

typedef void (*node_user)(connector *c, const void *node, bool is_old);
static const node_user node_users[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, words, object, member) [name] = node_##member,
#include "op/op_list.def"
#undef AG_OP
};

/* Entries */

/* The entry of what an operation is about; made when `make`. */
static entry *entry_at(connector *c, ag_kind kind, const char *ns, const char *name,
                       const char *part, bool make) {
    entry *found = find(c, kind, ns, name, part);
    if (found != NULL || !make) {
        return found;
    }
    ag_arena *arena = c->graph->arena;
    found = ag_arena_new_of(arena, entry);
    found->kind = kind;
    found->ns = ns;
    ag_map_put(&c->by_key, ag_arena_strdup(arena, key_of(c, kind, ns, name, part)), found);
    c->n_by_kind[kind]++;
    return found;
}

static entry *own_entry(connector *c, const ag_op *op, bool make) {
    const char *name = op->new_name != NULL ? op->new_name : op->name;
    if (op->object >= AG_N_KINDS || name == NULL) {
        return NULL;
    }
    return op->table == NULL ? entry_at(c, op->object, op->ns, name, NULL, make)
                             : entry_at(c, op->object, op->ns, op->table, name, make);
}

/* Texts may name nearly everything; constraints, indexes and triggers they never do. */
static bool is_mentionable(ag_kind kind) {
    return kind != AG_CONSTRAINT && kind != AG_INDEX && kind != AG_TRIGGER && kind != AG_POLICY &&
           kind != AG_RULE && kind != AG_NAMESPACE && kind != AG_EXTENSION;
}

static void mention(connector *c, entry *it, const char *spelling) {
    if (!is_mentionable(it->kind) || spelling == NULL) {
        return;
    }
    ag_arena *arena = c->graph->arena;
    char *name = ag_text_lower(arena, spelling);
    entries *list = ag_map_get(&c->by_name, name);
    if (list == NULL) {
        list = ag_arena_new_of(arena, entries);
        ag_map_put(&c->by_name, name, list);
    }
    if (list->n == 0 || list->items[list->n - 1] != it) {
        ag_vec_push(arena, list, it);
    }
}

static void enlist(connector *c, entry *it, role as, size_t v) {
    vertices *lists[] = {[RENAMING] = &it->rename,
                         [MAKING] = &it->make,
                         [CHANGING] = &it->change,
                         [DROPPING] = &it->drop};
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

static void enter_op(connector *c, size_t v) {
    const ag_op *op = c->graph->vertices[v];
    role as = role_of(op);
    /* Parts of a table do not wait for its options; comments change nothing for others. */
    if (op->kind == AG_OP_SET_COMMENT || op->kind == AG_OP_ALTER_TABLE) {
        return;
    }
    entry *own = own_entry(c, op, true);
    if (own != NULL) {
        enlist(c, own, as, v);
        mention(c, own, op->name);
        mention(c, own, op->new_name);
    }
    if (op->object == AG_INDEX && (as == MAKING || as == DROPPING)) {
        /* The indexes of partitions know their parent by its name alone. */
        enlist(c, entry_at(c, AG_INDEX, op->ns, op->name, NULL, true), as, v);
    }
    if (op->table != NULL && (as == MAKING || as == DROPPING) && is_unique_key(op)) {
        enlist(c, entry_at(c, UNIQUE_KEYS, op->ns, op->table, NULL, true), as, v);
    }
}

/* Names that become free before they are taken */

typedef void (*name_visitor)(connector *c, const char *key);

static void free_name(connector *c, const char *key) {
    vertices *list = ag_map_get(&c->released, key);
    if (list == NULL) {
        list = ag_arena_new_of(c->graph->arena, vertices);
        ag_map_put(&c->released, ag_arena_strdup(c->graph->arena, key), list);
    }
    ag_vec_push(c->graph->arena, list, c->v);
}

static void take_name(connector *c, const char *key) {
    const vertices *list = ag_map_get(&c->released, key);
    if (list != NULL) {
        after_all(c, list, AG_EDGE_HARD, NULL);
    }
}

static bool shares_names(ag_kind kind) {
    return kind == AG_TABLE || kind == AG_INDEX || kind == AG_SEQUENCE || kind == AG_VIEW ||
           kind == AG_MATVIEW || kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE;
}

/* Keys have an index of the same name in the namespace, unless names bind late. */
static void visit_key_name(connector *c, const ag_constraint *key, name_visitor visit) {
    if (!c->graph->d->binds_late && key->name != NULL && key->kind != AG_CHECK &&
        key->kind != AG_FOREIGN_KEY) {
        visit(c, key_of(c, AG_TABLE, c->op->ns, key->name, NULL));
    }
}

static void visit_names(connector *c, const char *name, ag_node node, name_visitor visit) {
    const ag_op *op = c->op;
    if (name == NULL || op->object >= AG_N_KINDS) {
        return;
    }
    if (shares_names(op->object)) {
        visit(c, key_of(c, AG_TABLE, op->ns, name, NULL));
    } else if (op->object == AG_COLUMN || op->object == AG_CONSTRAINT) {
        visit(c, key_of(c, op->object, op->ns, op->table, name));
    } else {
        visit(c, key_of(c, op->object, op->ns, name, NULL));
    }
    if (op->object == AG_CONSTRAINT) {
        visit_key_name(c, node.constraint, visit);
    }
    bool is_whole = op->kind == AG_OP_CREATE_TABLE || op->kind == AG_OP_DROP_TABLE;
    for (size_t i = 0; is_whole && i < node.table->constraints.n; i++) {
        visit_key_name(c, node.table->constraints.items[i], visit);
    }
}

static void set_current(connector *c, size_t v) {
    c->v = v;
    c->op = c->graph->vertices[v];
    c->own = own_entry(c, c->op, false);
}

static void free_names(connector *c) {
    role as = role_of(c->op);
    if (as == DROPPING || as == RENAMING) {
        visit_names(c, c->op->name, c->op->before, free_name);
    }
}

static void take_names(connector *c) {
    role as = role_of(c->op);
    if (c->released.n > 0 && (as == MAKING || as == RENAMING)) {
        visit_names(c, as == RENAMING ? c->op->new_name : c->op->name, c->op->after, take_name);
    }
}

/* Edges of the current operation */

static void connect_own(connector *c, role as) {
    if (c->own == NULL) {
        return;
    }
    if (as != RENAMING) {
        after_all(c, &c->own->rename, AG_EDGE_HARD, NULL);
    }
    if (as == CHANGING) {
        after_all(c, &c->own->make, AG_EDGE_HARD, NULL);
    }
    if (c->op->kind == AG_OP_ALTER_SEQUENCE && c->op->before.sequence->owner_table == NULL) {
        after_all(c, &c->own->change, AG_EDGE_HARD, NULL); /* first it leaves its old owner */
    }
    if (as == DROPPING) {
        after_all(c, &c->own->change, AG_EDGE_HARD, NULL);
    }
}

static void connect_current(connector *c) {
    const ag_op *op = c->op;
    role as = role_of(op);
    bool is_old = as == DROPPING;
    connect_own(c, as);
    if (op->table != NULL) {
        use_relation(c, op->ns, op->table, is_old);
    }
    use(c, AG_NAMESPACE, NULL, op->ns, NULL, is_old);
    node_user use_node = node_users[op->kind];
    /* An altered constraint stays on its columns; only how it is checked changes. */
    if (as == RENAMING || op->kind == AG_OP_ALTER_CONSTRAINT || use_node == NULL) {
        return;
    }
    if (op->after.any != NULL) {
        use_node(c, op->after.any, false);
    }
    if (op->before.any != NULL) {
        use_node(c, op->before.any, true);
    }
}

void ag__connect(ag_graph *graph) {
    connector c = {.graph = graph};
    for (size_t v = 0; v < graph->n; v++) {
        enter_op(&c, v);
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
    ag_map_release(&c.by_key);
    ag_map_release(&c.by_name);
    ag_map_release(&c.released);
    ag_buf_release(&c.buf);
}
