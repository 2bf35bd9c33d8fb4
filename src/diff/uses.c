/* What an operation uses: the things its nodes name, and those that texts in them name. */
#include <string.h>

#include "base/str.h"
#include "diff/connect.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "sql/token.h"

/* A changed thing leaves what it used before that changes or goes, if it does leave. */
static void use_before(ag_connector *c, const ag_entry *used, ag_edge_kind kind,
                       const ag_constraint *key) {
    bool is_remade = used->make.n > 0;
    if (!is_remade || c->op->is_remade) {
        ag__before_all(c, &used->drop, kind, key);
    }
    if (used->used_by != c->v + 1) {
        ag__before_all(c, &used->change, AG_EDGE_WEAK, NULL);
    }
}

/* The current operation uses something, in the state that this node of it belongs to. */
static void use_entry(ag_connector *c, ag_entry *used, bool is_old, ag_edge_kind kind,
                      const ag_constraint *key) {
    if (used == NULL || used == c->own) {
        return;
    }
    if (ag__is_early(c->graph->d, c->op)) {
        ag__before_all(c, &used->rename, AG_EDGE_WEAK, NULL);
    } else {
        ag__after_all(c, &used->rename, AG_EDGE_HARD, NULL);
    }
    if (is_old && ag__role_of(c->op) == AG_DROPPING) {
        ag__before_all(c, &used->drop, kind, key);
        ag__before_all(c, &used->change, kind, key);
    } else if (is_old) {
        use_before(c, used, kind, key);
    } else if (ag__role_of(c->op) != AG_RENAMING) {
        used->used_by = c->v + 1;
        ag__after_all(c, &used->make, kind, key);
        ag__after_all(c, &used->change, kind, key);
    }
}

/* Where names bind late a table is changed as a whole: the order of its changes is for show. */
static ag_edge_kind usual_edge(const ag_connector *c) {
    return c->graph->d->binds_late && ag__role_of(c->op) == AG_CHANGING ? AG_EDGE_WEAK
                                                                        : AG_EDGE_HARD;
}

static void use(ag_connector *c, ag_kind kind, const char *ns, const char *name, const char *part,
                bool is_old) {
    if (name != NULL) {
        use_entry(c, ag__find_entry(c, kind, ns, name, part), is_old, usual_edge(c), NULL);
    }
}

enum { DEEPEST_INHERITANCE = 64 };

static void use_parents_column(ag_connector *c, const char *ns, const char *table,
                               const char *column, bool is_old, int depth);

static void use_column_at(ag_connector *c, const char *ns, const char *table, const char *column,
                          bool is_old, int depth) {
    use(c, AG_COLUMN, ns, table, column, is_old);
    if (depth < DEEPEST_INHERITANCE) {
        use_parents_column(c, ns, table, column, is_old, depth + 1);
    }
}

/* What happens to a column happens to those that partitions and children have from it. */
static void use_parents_column(ag_connector *c, const char *ns, const char *table,
                               const char *column, bool is_old, int depth) {
    const ag_differ *d = c->graph->d;
    const ag_table *child = ag_schema_table(is_old ? d->from : d->to, ns, table);
    if (child == NULL) {
        return;
    }
    if (child->parent != NULL) {
        use_column_at(c, child->parent_ns, child->parent, column, is_old, depth);
    }
    for (size_t i = 0; i < child->inherits.n; i++) {
        ag_strings path = {NULL, 0, 0};
        ag_sql_path(c->graph->arena, d->dialect->flavor, child->inherits.items[i], &path);
        if (path.n > 0) {
            use_column_at(c, path.n > 1 ? path.items[path.n - 2] : ns, path.items[path.n - 1],
                          column, is_old, depth);
        }
    }
}

static void use_column(ag_connector *c, const char *ns, const char *table, const char *column,
                       bool is_old) {
    if (column != NULL && c->n_by_kind[AG_COLUMN] > 0) {
        use_column_at(c, ns, table, column, is_old, 0);
    }
}

/* A table, or a view where a table may be one. */
static void use_relation(ag_connector *c, const char *ns, const char *name, bool is_old) {
    use(c, AG_TABLE, ns, name, NULL, is_old);
    use(c, AG_VIEW, ns, name, NULL, is_old);
    use(c, AG_MATVIEW, ns, name, NULL, is_old);
}

/* Texts */

static bool is_definition(const ag_op *op) {
    return op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_DROP_OBJECT ||
           op->kind == AG_OP_REPLACE_OBJECT;
}

static ag_edge_kind text_edge(const ag_connector *c) {
    return c->graph->d->binds_late || ag_kind_is_routine(c->op->object) ? AG_EDGE_WEAK
                                                                        : AG_EDGE_SOFT;
}

/* A column of any table, by its bare name: a guess, and only needed for definitions. */
static void use_view_column(ag_connector *c, ag_entry *column, bool is_old) {
    if (is_definition(c->op)) {
        use_entry(c, column, is_old, AG_EDGE_WEAK, NULL);
    }
}

static void use_name(ag_connector *c, const char *ns, const char *name, bool is_old) {
    char *folded = ag_text_lower(c->graph->arena, name);
    const ag_entries *found = ag_map_get(&c->by_name, folded);
    for (size_t i = 0; found != NULL && i < found->n; i++) {
        ag_entry *candidate = found->items[i];
        if (candidate->kind == AG_COLUMN) {
            use_view_column(c, candidate, is_old);
        } else if (ns == NULL || candidate->ns == NULL || ag_text_eq(ns, candidate->ns)) {
            use_entry(c, candidate, is_old, text_edge(c), NULL);
        }
    }
}

/* Names with dots between them, and nothing else. */
static bool is_path(ag_sql_flavor flavor, const char *value) {
    ag_str all = ag_str_of(value);
    ag_lexer lexer = ag_lexer_of(flavor, all);
    bool is_name = false;
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        bool wants_name = !is_name;
        is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        if (token.kind == AG_TOKEN_END || is_name != wants_name ||
            (!is_name && !ag_token_is(all, token, "."))) {
            return token.kind == AG_TOKEN_END && !wants_name;
        }
    }
}

/* nextval('public.users_id_seq'): the string is a name. */
static void use_string(ag_connector *c, const char *value, bool is_old) {
    ag_sql_flavor flavor = c->graph->d->dialect->flavor;
    ag_strings path = {NULL, 0, 0};
    if (is_path(flavor, value)) {
        ag_sql_path(c->graph->arena, flavor, value, &path);
    }
    if (path.n == 1 || path.n == 2) {
        use_name(c, path.n == 2 ? path.items[0] : NULL, path.items[path.n - 1], is_old);
    } else {
        use_name(c, NULL, value, is_old);
    }
}

static void use_text_column(ag_connector *c, const char *table, const char *name, bool is_old) {
    if (table != NULL && c->n_by_kind[AG_COLUMN] > 0) {
        ag_entry *column = ag__find_entry(c, AG_COLUMN, c->op->ns, table, name);
        use_entry(c, column, is_old, text_edge(c), NULL);
        use_parents_column(c, c->op->ns, table, name, is_old, 0);
    }
}

/* "app." in front of a name: where both a namespace and a table are called so, it is the former. */
static bool is_namespace(const ag_connector *c, ag_str all, ag_token token, const char *name) {
    size_t end = token.offset + token.n;
    const ag_schema *const sides[] = {c->graph->d->from, c->graph->d->to};
    if (end >= all.n || all.p[end] != '.') {
        return false;
    }
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        for (size_t j = 0; j < sides[i]->namespaces.n; j++) {
            if (ag_text_eq(sides[i]->namespaces.items[j]->name, name)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_identifier(ag_sql_flavor flavor, ag_str all, ag_token token) {
    return token.kind == AG_TOKEN_QUOTED ||
           (token.kind == AG_TOKEN_WORD && !ag_sql_is_reserved(flavor, ag_token_text(all, token)));
}

/* All that a text names: objects by their names, and columns of `table` when it is not NULL. */
static void use_text(ag_connector *c, const char *table, const char *text, bool is_old) {
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
        if (is_identifier(flavor, all, token)) {
            const char *name = ag_token_unquote(arena, flavor, all, token);
            if (after_dot || !is_namespace(c, all, token, name)) {
                use_name(c, after_dot ? last : NULL, name, is_old);
            }
            use_text_column(c, table, name, is_old);
            last = name;
        } else if (token.kind == AG_TOKEN_OPERATOR) {
            use_name(c, NULL, ag_token_unquote(arena, flavor, all, token), is_old);
            last = NULL;
        } else if (!is_dot) {
            last = NULL;
        }
        after_dot = is_dot && last != NULL;
    }
}

/* Nodes: everything that one of them uses. */

/* A column that keeps its type does not mind when that changes; its default may, and names it. */
static bool keeps_type(const ag_op *op) {
    return op->kind == AG_OP_ALTER_COLUMN &&
           ag_text_eq(op->before.column->type, op->after.column->type);
}

/* What a child says of a column is said while its parent does not compute it. */
static void use_computed(ag_connector *c, const ag_vertex_list *changes) {
    for (size_t i = 0; c->op->kind == AG_OP_ALTER_COLUMN && i < changes->n; i++) {
        const ag_op *other = c->graph->vertices[changes->items[i]];
        if (other->kind != AG_OP_ALTER_COLUMN ||
            other->before.column->generated == other->after.column->generated) {
            continue;
        }
        bool is_no_more = other->after.column->generated == AG_GENERATED_NONE;
        ag__add_edge(c, is_no_more ? changes->items[i] : c->v,
                     is_no_more ? c->v : changes->items[i], AG_EDGE_WEAK, NULL);
    }
}

static bool changes_type(const ag_op *op) {
    return op->kind == AG_OP_ALTER_COLUMN &&
           !ag_text_eq(op->before.column->type, op->after.column->type);
}

/*
 * What is said of a column stands while those above that it comes from are there; but its type
 * agrees before one above comes, and differs when that is gone.
 */
static void use_origin(ag_connector *c, const ag_table *table, const char *column, bool is_old,
                       int depth) {
    const ag_schema *schema = is_old ? c->graph->d->from : c->graph->d->to;
    const ag_table *parent = table == NULL ? NULL : ag__parent_at(c->graph->d, schema, table, 0);
    for (size_t i = 1; parent != NULL && depth < DEEPEST_INHERITANCE; i++) {
        const ag_entry *origin = ag__find_entry(c, AG_COLUMN, parent->ns, parent->name, column);
        const ag_vertex_list *list = origin == NULL ? NULL : is_old ? &origin->drop : &origin->make;
        if (origin != NULL && is_old == changes_type(c->op)) {
            ag__after_all(c, list, AG_EDGE_HARD, NULL);
        } else if (origin != NULL) {
            ag__before_all(c, list, AG_EDGE_HARD, NULL);
        }
        if (origin != NULL && !is_old) {
            use_computed(c, &origin->change);
        }
        use_origin(c, parent, column, is_old, depth + 1);
        parent = ag__parent_at(c->graph->d, schema, table, i);
    }
}

static void use_origins(ag_connector *c, const char *ns, const char *table, const char *column) {
    use_origin(c, ag_schema_table(c->graph->d->to, ns, table), column, false, 0);
    use_origin(c, ag_schema_table(c->graph->d->from, ns, table), column, true, 0);
}

/* A child's column that becomes, or was, its own beside its parent's comes first and goes last. */
static void use_twin(ag_connector *c, const char *ns, const char *table, const ag_column *column,
                     bool is_old) {
    const ag_differ *d = c->graph->d;
    const ag_table *child = ag_schema_table(is_old ? d->from : d->to, ns, table);
    const ag_table *parent =
        child == NULL ? NULL : ag__parent_at(d, is_old ? d->from : d->to, child, 0);
    for (size_t i = 1; parent != NULL; i++) {
        const ag_entry *twin = ag__find_entry(c, AG_COLUMN, parent->ns, parent->name, column->name);
        if (twin != NULL && is_old) {
            ag__after_all(c, &twin->drop, AG_EDGE_WEAK, NULL);
        } else if (twin != NULL) {
            ag__before_all(c, &twin->make, AG_EDGE_WEAK, NULL);
        }
        parent = ag__parent_at(d, is_old ? d->from : d->to, child, i);
    }
}

static void use_column_node(ag_connector *c, const char *table, const ag_column *column,
                            bool is_old) {
    if (c->op->kind == AG_OP_ALTER_COLUMN) {
        use_origins(c, c->op->ns, table, column->name);
    } else if (c->op->table != NULL) {
        use_twin(c, c->op->ns, table, column, is_old);
    }
    if (!keeps_type(c->op)) {
        use_text(c, NULL, column->type, is_old);
    }
    use_text(c, NULL, column->default_expr, is_old);
    use_text(c, table, column->generated_expr, is_old);
    use_text(c, NULL, column->collation, is_old);
}

static void use_keys(ag_connector *c, const char *table, const ag_keys *keys, bool is_old) {
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        use_column(c, c->op->ns, table, key->column, is_old);
        use_text(c, table, key->expr, is_old);
        use_text(c, NULL, key->opclass, is_old);
        use_text(c, NULL, key->collation, is_old);
    }
}

static void use_columns(ag_connector *c, const char *ns, const char *table, const ag_strings *names,
                        bool is_old) {
    for (size_t i = 0; i < names->n; i++) {
        use_column(c, ns, table, names->items[i], is_old);
    }
}

/* True when an operation makes or drops a key with just these columns. */
static bool is_key_on(ag_connector *c, const ag_op *op, const ag_strings *columns) {
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

static void use_key_on(ag_connector *c, size_t other, const ag_constraint *reference, bool is_old,
                       ag_edge_kind kind, const ag_constraint *detachable) {
    if (is_key_on(c, c->graph->vertices[other], &reference->ref_columns)) {
        ag__add_edge(c, is_old ? c->v : other, is_old ? other : c->v, kind, detachable);
    }
}

/*
 * The key that a foreign key refers to comes before it, and goes after it. A server that binds it
 * to any key on these columns must not find one that is about to go, nor lose the one it found.
 */
static void use_unique_key(ag_connector *c, const ag_constraint *reference, bool is_old,
                           ag_edge_kind kind, const ag_constraint *detachable) {
    const ag_entry *keys =
        ag__find_entry(c, AG_UNIQUE_KEYS, reference->ref_namespace, reference->ref_table, NULL);
    if (keys == NULL) {
        return;
    }
    const ag_vertex_list *used = is_old ? &keys->drop : &keys->make;
    const ag_vertex_list *others = is_old ? &keys->make : &keys->drop;
    for (size_t i = 0; i < used->n; i++) {
        use_key_on(c, used->items[i], reference, is_old, kind, detachable);
    }
    for (size_t i = 0; !c->graph->d->binds_late && i < others->n; i++) {
        use_key_on(c, others->items[i], reference, is_old, kind, detachable);
    }
}

/* `is_inside`: part of a table that is made or dropped as a whole. */
static void use_reference(ag_connector *c, const ag_constraint *key, bool is_old, bool is_inside) {
    const char *ns = key->ref_namespace;
    const char *table = key->ref_table;
    ag_edge_kind kind = !is_inside                ? AG_EDGE_HARD
                        : c->graph->d->binds_late ? AG_EDGE_WEAK
                                                  : AG_EDGE_FOREIGN;
    const ag_constraint *detachable = kind == AG_EDGE_FOREIGN ? key : NULL;
    if (table == NULL) {
        return;
    }
    use_entry(c, ag__find_entry(c, AG_TABLE, ns, table, NULL), is_old, kind, detachable);
    use_unique_key(c, key, is_old, kind, detachable);
    if (!key->inherited) { /* the server lets no partition go that a key may point into */
        use_entry(c, ag__find_entry(c, AG_PARTITIONS, ns, table, NULL), is_old, kind, detachable);
    }
    for (size_t i = 0; i < key->ref_columns.n; i++) {
        use_entry(c, ag__find_entry(c, AG_COLUMN, ns, table, key->ref_columns.items[i]), is_old,
                  kind, detachable);
    }
}

static void use_constraint_node(ag_connector *c, const char *table, const ag_constraint *constraint,
                                bool is_old, bool is_inside) {
    use_keys(c, table, &constraint->keys, is_old);
    use_columns(c, c->op->ns, table, &constraint->include, is_old);
    use_text(c, table, constraint->expr, is_old);
    use_text(c, table, constraint->where, is_old);
    if (constraint->kind == AG_FOREIGN_KEY) {
        use_reference(c, constraint, is_old, is_inside);
    }
}

static void use_index_node(ag_connector *c, const ag_index *index, bool is_old) {
    use_keys(c, c->op->table, &index->keys, is_old);
    use_columns(c, c->op->ns, c->op->table, &index->include, is_old);
    use_text(c, c->op->table, index->where, is_old);
    /* The index of a partition is attached to its parent's, and goes with it. */
    const ag_differ *d = c->graph->d;
    const ag_table *table =
        index->parent == NULL ? NULL
                              : ag_schema_table(is_old ? d->from : d->to, c->op->ns, c->op->table);
    if (table != NULL) {
        use(c, AG_INDEX, table->parent_ns, index->parent, NULL, is_old);
    }
}

/* A table is made below its parents as they will be, and goes while they are as they were. */
static void use_above(ag_connector *c, const ag_table *table, const char *column, bool is_old,
                      int depth) {
    const ag_schema *schema = is_old ? c->graph->d->from : c->graph->d->to;
    const ag_table *parent = ag__parent_at(c->graph->d, schema, table, 0);
    for (size_t i = 1; parent != NULL && depth < DEEPEST_INHERITANCE; i++) {
        const ag_entry *above = ag__find_entry(c, AG_COLUMN, parent->ns, parent->name, column);
        if (above != NULL && is_old) {
            ag__before_all(c, &above->make, AG_EDGE_SOFT, NULL);
            ag__before_all(c, &above->change, AG_EDGE_WEAK, NULL);
        } else if (above != NULL) {
            ag__after_all(c, &above->drop, AG_EDGE_SOFT, NULL);
            ag__after_all(c, &above->change, AG_EDGE_WEAK, NULL);
        }
        use_above(c, parent, column, is_old, depth + 1);
        parent = ag__parent_at(c->graph->d, schema, table, i);
    }
}

static void use_table_node(ag_connector *c, const ag_table *table, bool is_old) {
    bool is_whole = c->op->kind != AG_OP_ALTER_TABLE; /* parts have operations of their own */
    for (size_t i = 0; is_whole && i < table->columns.n; i++) {
        use_column_node(c, NULL, table->columns.items[i], is_old);
        if (table->inherits.n > 0 && c->n_by_kind[AG_COLUMN] > 0) {
            use_above(c, table, table->columns.items[i]->name, is_old, 0);
        }
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
static void use_node_key(ag_connector *c, const char *key, bool is_old) {
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

static void use_object_node(ag_connector *c, const ag_object *object, bool is_old) {
    use_text(c, object->table, object->definition, is_old);
    for (size_t i = 0; i < object->extras.n; i++) {
        use_text(c, NULL, object->extras.items[i], is_old);
    }
    for (size_t i = 0; i < object->depends.n; i++) {
        use_node_key(c, object->depends.items[i], is_old);
    }
}

static void use_sequence_node(ag_connector *c, const ag_sequence *sequence, bool is_old) {
    if (sequence->owner_table != NULL) {
        use(c, AG_TABLE, sequence->owner_ns, sequence->owner_table, NULL, is_old);
        use_column(c, sequence->owner_ns, sequence->owner_table, sequence->owner_column, is_old);
    }
}

static void use_domain_node(ag_connector *c, const ag_domain *domain, bool is_old) {
    use_text(c, NULL, domain->type, is_old);
    use_text(c, NULL, domain->collation, is_old);
    use_text(c, NULL, domain->default_expr, is_old);
    for (size_t i = 0; i < domain->checks.n; i++) {
        use_text(c, NULL, domain->checks.items[i]->expr, is_old);
    }
}

static void use_composite_node(ag_connector *c, const ag_composite *composite, bool is_old) {
    for (size_t i = 0; i < composite->attributes.n; i++) {
        use_text(c, NULL, composite->attributes.items[i]->type, is_old);
        use_text(c, NULL, composite->attributes.items[i]->collation, is_old);
    }
}

/* One per member of ag_node, called through op_list.def. */
#define NODE(member, type, call)                                                                   \
    static void node_##member(ag_connector *c, const void *node, bool is_old) {                    \
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
#define node_access NULL
#define node_rebuild NULL

typedef void (*node_user)(ag_connector *c, const void *node, bool is_old);
static const node_user node_users[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, words, object, member) [name] = node_##member,
#include "op/op_list.def"
#undef AG_OP
};

/* What moves comes into one that is there, out of one that may go then. */
static void use_both_namespaces(ag_connector *c) {
    const ag_entry *left = ag__find_entry(c, AG_NAMESPACE, NULL, c->op->ns, NULL);
    const ag_entry *joined = ag__find_entry(c, AG_NAMESPACE, NULL, c->op->new_ns, NULL);
    if (left != NULL) {
        ag__before_all(c, &left->drop, AG_EDGE_HARD, NULL);
    }
    if (joined != NULL) {
        ag__after_all(c, &joined->rename, AG_EDGE_HARD, NULL);
        ag__after_all(c, &joined->make, AG_EDGE_HARD, NULL);
    }
}

void ag__use_place(ag_connector *c, bool is_old) {
    if (c->op->table != NULL) {
        use_relation(c, c->op->ns, c->op->table, is_old);
    }
    use(c, AG_NAMESPACE, NULL, c->op->ns, NULL, is_old);
    if (c->op->new_ns != NULL) {
        use_both_namespaces(c);
    }
}

void ag__use_nodes(ag_connector *c) {
    const ag_op *op = c->op;
    if (op->kind == AG_OP_SET_COMMENT && op->object == AG_COLUMN && op->table != NULL) {
        use_origins(c, op->ns, op->table, op->name);
    }
    node_user use_node = node_users[op->kind];
    if (use_node != NULL && op->after.any != NULL) {
        use_node(c, op->after.any, false);
    }
    if (use_node != NULL && op->before.any != NULL) {
        use_node(c, op->before.any, true);
    }
}
