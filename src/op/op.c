#include "op/op.h"

#include "base/vec.h"
#include "schema/access.h"
#include "schema/node.h"

typedef const void *(*cloner)(ag_arena *arena, const void *from);

#define CLONER(member, clone)                                                                      \
    static const void *clone_##member(ag_arena *arena, const void *from) {                         \
        return clone(arena, from);                                                                 \
    }
CLONER(ns, ag_namespace_clone)
CLONER(extension, ag_extension_clone)
CLONER(enum_, ag_enum_clone)
CLONER(domain, ag_domain_clone)
CLONER(composite, ag_composite_clone)
CLONER(sequence, ag_sequence_clone)
CLONER(table, ag_table_clone)
CLONER(column, ag_column_clone)
CLONER(constraint, ag_constraint_clone)
CLONER(index, ag_index_clone)
CLONER(object, ag_object_clone)
CLONER(access, ag_access_clone)
CLONER(text, ag_arena_strdup)
#undef CLONER

static const void *clone_rebuild(ag_arena *arena, const void *from) {
    (void)arena;
    return from;
}

typedef struct op_info {
    ag_op_kind inverse;
    const char *json;
    ag_kind object;
    cloner clone;
} op_info;

static const op_info infos[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, words, object, member)                                          \
    [name] = {inverse, json, object, clone_##member},
#include "op/op_list.def"
#undef AG_OP
};

ag_ops *ag_ops_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_ops *ops = ag_arena_new_of(arena, ag_ops);
    ops->arena = arena;
    return ops;
}

void ag_ops_free(ag_ops *ops) {
    if (ops != NULL) {
        ag_arena_free(ops->arena);
    }
}

ag_op_kind ag_op_inverse_kind(ag_op_kind kind) {
    return infos[kind].inverse;
}

ag_kind ag_op_object_kind(ag_op_kind kind) {
    return infos[kind].object;
}

const char *ag_op_json_name(ag_op_kind kind) {
    return infos[kind].json;
}

ag_op *ag_ops_add(ag_ops *ops, ag_op_kind kind) {
    ag_op *op = ag_arena_new_of(ops->arena, ag_op);
    op->kind = kind;
    op->object = infos[kind].object;
    ag_vec_push(ops->arena, &ops->list, op);
    return op;
}

static ag_node clone_node(ag_arena *arena, ag_op_kind kind, ag_node node) {
    ag_node copy = {.any = NULL};
    if (node.any != NULL) {
        copy.any = infos[kind].clone(arena, node.any);
    }
    return copy;
}

ag_op *ag_ops_add_copy(ag_ops *ops, const ag_op *op) {
    ag_arena *arena = ops->arena;
    ag_op *copy = ag_ops_add(ops, op->kind);
    *copy = *op;
    copy->ns = ag_arena_strdup(arena, op->ns);
    copy->table = ag_arena_strdup(arena, op->table);
    copy->name = ag_arena_strdup(arena, op->name);
    copy->new_name = ag_arena_strdup(arena, op->new_name);
    copy->new_ns = ag_arena_strdup(arena, op->new_ns);
    copy->signature = ag_arena_strdup(arena, op->signature);
    copy->loc.file = ag_arena_strdup(arena, op->loc.file);
    copy->plan.using_index = ag_arena_strdup(arena, op->plan.using_index);
    copy->plan.using_expr = ag_arena_strdup(arena, op->plan.using_expr);
    copy->plan.parent_ns = ag_arena_strdup(arena, op->plan.parent_ns);
    copy->before = clone_node(arena, op->kind, op->before);
    copy->after = clone_node(arena, op->kind, op->after);
    return copy;
}

static ag_op inverted(const ag_op *op) {
    ag_op inverse = *op;
    inverse.kind = ag_op_inverse_kind(op->kind);
    inverse.before = op->after;
    inverse.after = op->before;
    inverse.on_new_table = op->on_dropped_table;
    inverse.on_dropped_table = op->on_new_table;
    inverse.facts = op->facts >> AG_FACTS_BACK | (op->facts & ((1u << AG_FACTS_BACK) - 1))
                                                     << AG_FACTS_BACK;
    if (op->new_name != NULL) {
        inverse.name = op->new_name;
        inverse.new_name = op->name;
    }
    if (op->new_ns != NULL) {
        inverse.ns = op->new_ns;
        inverse.new_ns = op->ns;
    }
    return inverse;
}

ag_ops *ag_ops_invert(const ag_ops *ops) {
    ag_ops *result = ag_ops_new();
    for (size_t i = ops->list.n; i > 0; i--) {
        ag_op inverse = inverted(ops->list.items[i - 1]);
        ag_ops_add_copy(result, &inverse);
    }
    return result;
}
