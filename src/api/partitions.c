/*
 * Partitions that a model says nothing of: those that the database has stay as they are.
 *
 * The differ is asked first what would become of them: a partition is left alone where all that
 * would happen to it is to be dropped by itself, not with a table that goes or is made anew.
 */
#include "api/source.h"
#include "base/map.h"
#include "base/str.h"
#include "schema/filter.h"
#include "schema/node.h"

typedef struct leaving {
    ag_arena *arena;
    ag_schema *from;
    const ag_schema *to;
    ag_map created, dropped; /* tables, in their new names: ag_node_key -> ag_op */
    ag_map namespaces;       /* old names -> ag_op that gives another or drops it */
    ag_map left;  /* ag_node_key -> ag_table of `from`, those that may stay as they are… */
    ag_map known; /* …and those of them, and others, that are in the way of it */
} leaving;

static char *key_of(const leaving *l, const char *ns, const char *name) {
    return ag_node_key(l->arena, AG_TABLE, ns, name);
}

static void note(leaving *l, const ag_ops *ops) {
    for (size_t i = 0; i < ops->list.n; i++) {
        ag_op *op = ops->list.items[i];
        if (op->kind == AG_OP_CREATE_TABLE) {
            (void)ag_map_put(&l->created, key_of(l, op->ns, op->name), op);
        } else if (op->kind == AG_OP_DROP_TABLE) {
            const ag_table *table = op->before.table;
            (void)ag_map_put(&l->dropped, key_of(l, table->ns, table->name), op);
        } else if (op->kind == AG_OP_RENAME_NAMESPACE || op->kind == AG_OP_DROP_NAMESPACE) {
            (void)ag_map_put(&l->namespaces, op->name, op);
        }
    }
}

/* The operation that would drop a table; NULL when it stays. */
static const ag_op *drop_of(const leaving *l, const ag_table *table) {
    const ag_op *moved = ag_map_get(&l->namespaces, table->ns);
    const ag_op *drop = moved == NULL || moved->new_name == NULL
                            ? NULL
                            : ag_map_get(&l->dropped, key_of(l, moved->new_name, table->name));
    return drop != NULL ? drop : ag_map_get(&l->dropped, key_of(l, table->ns, table->name));
}

/* Something else is to have the name. */
static bool is_in_the_way(const leaving *l, const ag_table *table) {
    return ag_schema_table(l->to, table->ns, table->name) != NULL ||
           ag_schema_sequence(l->to, table->ns, table->name) != NULL ||
           ag_schema_composite(l->to, table->ns, table->name) != NULL ||
           ag_schema_object(l->to, AG_VIEW, table->ns, table->name) != NULL ||
           ag_schema_object(l->to, AG_MATVIEW, table->ns, table->name) != NULL;
}

/* Of a table that stays, and of which the model names no partitions, or of one left alone. */
static bool may_stay(const leaving *l, const ag_table *table) {
    const ag_op *drop = table->parent == NULL ? NULL : drop_of(l, table);
    if (drop == NULL || is_in_the_way(l, drop->before.table)) {
        return false;
    }
    if (ag_map_has(&l->left, key_of(l, table->parent_ns, table->parent))) {
        return true;
    }
    const ag_table *was = drop->before.table;
    const ag_table *parent = ag_schema_table(l->to, was->parent_ns, was->parent);
    const char *key = key_of(l, was->parent_ns, was->parent);
    return parent != NULL && parent->open_partitions && !ag_map_has(&l->created, key) &&
           !ag_map_has(&l->dropped, key);
}

/* One more level of partitions each time. */
static void find_left(leaving *l) {
    for (size_t n = l->left.n + 1; n != l->left.n;) {
        n = l->left.n;
        for (size_t i = 0; i < l->from->tables.n; i++) {
            ag_table *table = l->from->tables.items[i];
            char *key = key_of(l, table->ns, table->name);
            if (!ag_map_has(&l->left, key) && may_stay(l, table)) {
                (void)ag_map_put(&l->left, key, table);
            }
        }
    }
}

/*
 * Where something below one of them does not stay as it is, what is above it has to be known, and
 * all that is below that.
 */
static void find_known(leaving *l) {
    for (size_t n = l->known.n + 1; n != l->known.n;) {
        n = l->known.n;
        for (size_t i = 0; i < l->from->tables.n; i++) {
            ag_table *table = l->from->tables.items[i];
            const char *own = key_of(l, table->ns, table->name);
            const char *parent =
                table->parent == NULL ? "" : key_of(l, table->parent_ns, table->parent);
            if (ag_map_has(&l->left, parent) &&
                (!ag_map_has(&l->left, own) || ag_map_has(&l->known, own) ||
                 ag_map_has(&l->known, parent))) {
                (void)ag_map_put(&l->known, own, table);
                (void)ag_map_put(&l->known, parent, table);
            }
        }
    }
}

/* A namespace that holds one of them stays, too. */
static void keep_namespace(leaving *l, const char *name) {
    const ag_op *op = ag_map_get(&l->namespaces, name);
    ag_namespaces *list = &l->from->namespaces;
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        bool goes = op != NULL && op->kind == AG_OP_DROP_NAMESPACE &&
                    ag_text_eq(list->items[i]->name, name);
        if (!goes) {
            list->items[n++] = list->items[i];
        }
    }
    list->n = n;
}

static void warn(ag_ctx *ctx, ag_source *from, const char *parent, const ag_strings *names) {
    static const char left[] = "not in the model and left alone";
    const char *list = ag_source_examples(ctx->arena, names);
    ag_vec_push(ctx->arena, &from->warnings,
                names->n == 1
                    ? ag_arena_printf(ctx->arena, "partition %s of %s is %s", list, parent, left)
                    : ag_arena_printf(ctx->arena, "%zu partitions of %s are %s: %s", names->n,
                                      parent, left, list));
}

/* Names them, by the table of which they are, and takes them out. */
static void take_out(leaving *l, ag_ctx *ctx, ag_source *from) {
    ag_map kept = AG_MAP_INIT;
    ag_map parents = AG_MAP_INIT;
    for (size_t i = 0; i < l->from->tables.n; i++) {
        ag_table *table = l->from->tables.items[i];
        const char *key = key_of(l, table->ns, table->name);
        if (!ag_map_has(&l->left, key) || ag_map_has(&l->known, key)) {
            (void)ag_map_put(&kept, key, table);
            continue;
        }
        const char *parent = ag_node_display(l->arena, table->parent_ns, table->parent);
        ag_strings *names = ag_map_get(&parents, parent);
        if (names == NULL) {
            names = ag_arena_new_of(l->arena, ag_strings);
            (void)ag_map_put(&parents, parent, names);
        }
        ag_vec_push(l->arena, names, ag_node_display(l->arena, table->ns, table->name));
        keep_namespace(l, table->ns);
    }
    for (size_t i = 0; i < parents.n; i++) {
        warn(ctx, from, parents.entries[i].key, parents.entries[i].value);
    }
    if (parents.n > 0) {
        ag_schema_keep_tables(l->from, &kept);
    }
    ag_map_release(&kept);
    ag_map_release(&parents);
}

static bool has_open_table(const ag_schema *from, const ag_schema *to) {
    bool has_partitions = false;
    bool has_open = false;
    for (size_t i = 0; i < from->tables.n && !has_partitions; i++) {
        has_partitions = from->tables.items[i]->parent != NULL;
    }
    for (size_t i = 0; i < to->tables.n && has_partitions && !has_open; i++) {
        has_open = to->tables.items[i]->open_partitions;
    }
    return has_open;
}

bool ag_source_leave_partitions(ag_ctx *ctx, const ag_dialect *dialect, ag_source *from,
                                const ag_source *to, const ag_diff_options *options,
                                ag_error *err) {
    ag_diff_result diff = {0};
    if (!has_open_table(from->schema, to->schema)) {
        return true;
    }
    if (!ag_diff(dialect, from->schema, to->schema, options, &diff, err)) {
        return false;
    }
    leaving l = {.arena = ag_arena_new(), .from = from->schema, .to = to->schema};
    note(&l, diff.ops);
    find_left(&l);
    find_known(&l);
    take_out(&l, ctx, from);
    ag_map_release(&l.created);
    ag_map_release(&l.dropped);
    ag_map_release(&l.namespaces);
    ag_map_release(&l.left);
    ag_map_release(&l.known);
    ag_arena_free(l.arena);
    ag_diff_result_release(&diff);
    return true;
}
