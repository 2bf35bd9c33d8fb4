/*
 * Indexes of partitioned tables and of their partitions.
 *
 * The index of a partition that is attached to its parent's goes with that one. It cannot leave it
 * otherwise: one that is to stay by itself is built anew once the parent's is gone.
 */
#include "base/str.h"
#include "dialect/pg/lower.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "sql/token.h"

static bool moves(const ag_pg_lowering *l, const char *ns, const char *table) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_ALTER_TABLE && ag_text_eq(op->ns, ns) &&
            ag_text_eq(op->name, table) && !ag_pg_same_parent(op->before.table, op->after.table)) {
            return true;
        }
    }
    return false;
}

/* Where an index stands that one of a partition is attached to; NULL for other names. */
static const char *parent_of_index(const ag_pg_lowering *l, const char *ns, const char *name) {
    const ag_schema *const schemas[] = {l->model, l->old};
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        for (size_t t = 0; t < schemas[i]->tables.n; t++) {
            const ag_table *table = schemas[i]->tables.items[t];
            const ag_index *index =
                ag_text_eq(table->ns, ns) ? ag_table_index(schemas[i], table, name) : NULL;
            if (index != NULL && index->parent != NULL) {
                return index->parent;
            }
        }
    }
    return NULL;
}

enum { DEEPEST_INDEX = 64 };

static bool goes_with(const ag_pg_lowering *l, const ag_op *drop, const ag_op *loose) {
    const char *name = loose->before.index->parent;
    for (int depth = 0; name != NULL && depth < DEEPEST_INDEX; depth++) {
        if (ag_text_eq(name, drop->name) && ag_text_eq(loose->ns, drop->ns)) {
            return true;
        }
        name = parent_of_index(l, loose->ns, name);
    }
    return false;
}

static void build_loose(ag_pg_lowering *l, const ag_op *drop) {
    for (size_t i = 0; i < l->loose.n; i++) {
        const ag_op *alter = l->loose.items[i].op;
        if (alter != NULL && goes_with(l, drop, alter)) {
            ag_index *index = ag_arena_copy(l->arena, alter->after.index, sizeof *index);
            index->name = alter->name;
            ag_pg_emit_like(l, alter, AG_OP_CREATE_INDEX, alter->name, NULL, index);
            ag_pg_in_place(l);
            l->loose.items[i].op = NULL;
        }
    }
}

/* Names in strings too: to_tsvector('public.c', a). */
static bool text_refers_to(const char *text, const char *name) {
    if (text == NULL || ag_sql_refers_to(AG_SQL_POSTGRES, text, name)) {
        return text != NULL;
    }
    ag_str all = ag_str_of(text);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, all);
    ag_token token = ag_lexer_next_solid(&lexer);
    ag_arena *arena = ag_arena_new();
    bool refers = false;
    for (; !refers && token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        refers = token.kind == AG_TOKEN_STRING &&
                 ag_sql_refers_to(AG_SQL_POSTGRES,
                                  ag_token_unquote(arena, AG_SQL_POSTGRES, all, token), name);
    }
    ag_arena_free(arena);
    return refers;
}

bool ag_pg_index_refers_to(const ag_index *index, const char *name) {
    bool does = text_refers_to(index->where, name);
    for (size_t i = 0; i < index->keys.n && !does; i++) {
        const ag_key *key = &index->keys.items[i];
        does = text_refers_to(key->expr, name) || text_refers_to(key->opclass, name) ||
               text_refers_to(key->collation, name);
    }
    return does;
}

/* Whether it is in somebody's way before the table goes: its name, or what it needs itself. */
static bool is_in_the_way(const ag_pg_lowering *l, const ag_op *drop) {
    for (size_t i = l->at + 1; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        bool is_drop = op->before.any != NULL && op->after.any == NULL && op->table == NULL;
        if (is_drop && ag_text_eq(op->name, drop->table) && ag_text_eq(op->ns, drop->ns)) {
            return false;
        }
        bool is_made = op->new_name != NULL || (op->before.any == NULL && op->table == NULL) ||
                       op->kind == AG_OP_CREATE_INDEX;
        if ((is_made && ag_text_eq(op->ns, drop->ns) &&
             ag_text_eq(op->new_name != NULL ? op->new_name : op->name, drop->name)) ||
            (is_drop && ag_pg_index_refers_to(drop->before.index, op->name))) {
            return true;
        }
    }
    return false;
}

void ag_pg_expand_drop_index(ag_pg_lowering *l, const ag_op *op) {
    const ag_index *index = op->before.index;
    if ((!op->on_dropped_table || is_in_the_way(l, op)) &&
        (!index->inherited || index->parent == NULL)) {
        ag_pg_emit(l, op);
        build_loose(l, op);
    }
}

/* Whether ALTER INDEX has nothing to say but where it is attached. */
static bool is_same_state(const ag_index *a, const ag_index *b) {
    return ag_options_equal(&a->options, &b->options) &&
           ag_options_equal(&a->statistics, &b->statistics) &&
           ag_text_eq(a->tablespace, b->tablespace) && a->clustered == b->clustered &&
           a->replica_identity == b->replica_identity;
}

/* The indexes of a partition are attached, and leave, with the partition itself. */
void ag_pg_expand_alter_index(ag_pg_lowering *l, const ag_op *op) {
    const char *before = op->before.index->parent;
    if (ag_text_eq(before, op->after.index->parent)) {
        ag_pg_emit(l, op);
    } else if (moves(l, op->ns, op->table)) {
        ag_index *after = ag_arena_copy(l->arena, op->after.index, sizeof *after);
        after->parent = before;
        if (!is_same_state(op->before.index, after)) {
            ag_pg_emit(l, op)->after.index = after;
        }
    } else if (before != NULL) {
        ag_pg_step step = {.op = ag_arena_copy(l->arena, op, sizeof *op)};
        ag_vec_push(l->arena, &l->loose, step);
    } else {
        ag_pg_emit(l, op);
    }
}

/* Indexes of partitioned tables */

static bool is_child_of(const ag_table *table, const ag_op *op) {
    return ag_text_eq(table->parent, op->table) && ag_text_eq(table->parent_ns, op->ns);
}

static const ag_index *find_part(const ag_table *child, const char *parent_index) {
    for (size_t i = 0; i < child->indexes.n; i++) {
        if (ag_text_eq(child->indexes.items[i]->parent, parent_index)) {
            return child->indexes.items[i];
        }
    }
    return NULL;
}

/* Whether the list makes the part of an index that a partition has by itself. */
static bool makes_part(const ag_pg_lowering *l, const ag_op *op, const ag_table *child) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *other = l->ops->list.items[i];
        if (other->kind == AG_OP_CREATE_INDEX && ag_text_eq(other->ns, child->ns) &&
            ag_text_eq(other->table, child->name) &&
            ag_text_eq(other->after.index->parent, op->name)) {
            return true;
        }
    }
    return false;
}

static bool is_dropped(const ag_pg_lowering *l, const ag_table *table) {
    for (size_t i = 0; i < l->ops->list.n; i++) {
        const ag_op *op = l->ops->list.items[i];
        if (op->kind == AG_OP_DROP_TABLE && ag_text_eq(op->ns, table->ns) &&
            ag_text_eq(op->name, table->name)) {
            return true;
        }
    }
    return false;
}

/* A model need not list what the server makes on partitions by itself. */
static void emit_part(ag_pg_lowering *l, const ag_op *op, const ag_table *child) {
    ag_index *index = ag_index_clone(l->arena, op->after.index);
    index->name =
        ag_pg_object_name(l->arena, child->name,
                          ag_pg_joined_columns(l->arena, &index->keys, &index->include), "idx");
    index->parent = op->name;
    index->inherited = true;
    index->comment = NULL;
    ag_op part = *op;
    part.ns = child->ns;
    part.table = child->name;
    part.table_kind = child->kind;
    part.name = index->name;
    part.after.index = index;
    ag_pg_expand_create_index(l, &part);
}

void ag_pg_expand_create_index(ag_pg_lowering *l, const ag_op *op) {
    ag_op *own = ag_pg_emit(l, op);
    if (op->table_kind != AG_TABLE_PARTITIONED) {
        return;
    }
    /* One that is not valid is not whole: partitions lack it. */
    own->plan.only = !op->on_new_table || op->after.index->invalid;
    if (op->on_new_table || op->after.index->invalid) {
        return;
    }
    for (size_t i = 0; i < l->model->tables.n; i++) {
        const ag_table *child = l->model->tables.items[i];
        bool is_new =
            ag_map_has(&l->created, ag_node_key(l->arena, AG_TABLE, child->ns, child->name));
        if (!is_child_of(child, op) || is_new || makes_part(l, op, child) || is_dropped(l, child)) {
            continue;
        }
        const ag_table *end = l->is_up ? child : ag_schema_table(l->old, child->ns, child->name);
        if (find_part(end != NULL ? end : child, op->name) == NULL) {
            emit_part(l, op, child);
        }
    }
    /* Without those of partitions that are still to go the index would never be valid. */
    for (size_t i = l->model->tables.n; i < l->known.n; i++) {
        const ag_table *gone = l->known.items[i];
        const ag_table *now =
            is_child_of(gone, op) ? ag_pg_table_now(l, gone->ns, gone->name) : NULL;
        size_t first = l->steps.n;
        if (now != NULL && is_child_of(now, op)) {
            emit_part(l, op, now);
        }
        for (size_t step = first; step < l->steps.n; step++) {
            l->steps.items[step].in_place = true;
        }
    }
}
