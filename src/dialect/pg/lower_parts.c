/*
 * Where a list is cut into parts, each a transaction of its own: behind a new enum value that what
 * follows uses, and where a transaction would take more locks than a server has room for.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower.h"
#include "schema/node.h"

/* A default server has room for 6,400 locks; others want some too. */
enum { MAX_LOCKS = 2000 };

static bool has_limit(const ag_pg_lowering *l, size_t n_ops, size_t n_locks) {
    int limit = l->options->max_operations_per_part;
    return limit > 0 ? n_ops >= (size_t)limit : n_locks >= MAX_LOCKS;
}

/* A cut between an operation and its neighbour must not leave them apart: these belong together. */
static bool belongs_to_next(const ag_pg_step *step, const ag_pg_step *next) {
    return step->in_place || next->in_place || next->op->plan.concurrently;
}

/* Operations on one table in one transaction take the same locks. */
static size_t more_locks(const ag_pg_lowering *l, ag_map *seen, const ag_op *op) {
    const char *name = op->table != NULL ? op->table : op->name;
    char *key = ag_node_key(l->arena, op->table != NULL ? AG_TABLE : op->object, op->ns, name);
    size_t before = (size_t)(uintptr_t)ag_map_get(seen, key);
    if (op->plan.n_locks <= before) {
        return 0;
    }
    ag_map_put(seen, key, (void *)(uintptr_t)op->plan.n_locks);
    return op->plan.n_locks - before;
}

static void cut_by_size(const ag_pg_lowering *l, const ag_pg_steps *steps) {
    size_t n_ops = 0;
    size_t n_locks = 0;
    ag_map seen = AG_MAP_INIT;
    for (size_t i = 0; i + 1 < steps->n; i++) {
        ag_op *op = steps->items[i].op;
        n_ops++;
        n_locks += more_locks(l, &seen, op);
        if (!op->plan.concurrently && has_limit(l, n_ops, n_locks) &&
            !belongs_to_next(&steps->items[i], &steps->items[i + 1])) {
            op->plan.ends_part = true;
        }
        if (op->plan.ends_part || op->plan.concurrently) {
            n_ops = n_locks = 0;
            ag_map_release(&seen);
            ag_map_init(&seen);
        }
    }
    ag_map_release(&seen);
}

/* Enum values */

static bool is_added(const ag_enum *before, const ag_enum_value *value) {
    for (size_t i = 0; i < before->values.n; i++) {
        const char *name = before->values.items[i].name;
        if (ag_text_eq(name, value->name) || ag_text_eq(name, value->renamed_from)) {
            return false;
        }
    }
    return true;
}

static bool says(ag_arena *arena, const char *sql, const char *value) {
    ag_str text = ag_str_of(sql);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            return false;
        }
        if (token.kind == AG_TOKEN_STRING &&
            strstr(ag_token_unquote(arena, AG_SQL_POSTGRES, text, token), value) != NULL) {
            return true;
        }
    }
}

static bool uses_value(const ag_pg_lowering *l, const ag_op *op, const char *value) {
    ag_script *script = ag_script_new();
    ag_op plain = *op;
    plain.plan.ends_part = false;
    bool uses = false;
    if (ag_pg_compile(&plain, l->options, script, NULL)) {
        for (size_t i = 0; i < script->items.n && !uses; i++) {
            const char *text = script->items.items[i].text;
            uses = text != NULL && says(script->arena, text, value);
        }
    }
    ag_script_free(script);
    return uses;
}

/* A value that was added cannot be used before it is committed. */
static bool is_used_soon(const ag_pg_lowering *l, const ag_pg_steps *steps, size_t at) {
    const ag_op *op = steps->items[at].op;
    const ag_enum *after = op->after.enum_;
    for (size_t i = 0; i < after->values.n; i++) {
        if (!is_added(op->before.enum_, &after->values.items[i])) {
            continue;
        }
        for (size_t j = at + 1; j < steps->n; j++) {
            if (uses_value(l, steps->items[j].op, after->values.items[i].name)) {
                return true;
            }
            if (steps->items[j].op->plan.ends_part || steps->items[j].op->plan.concurrently) {
                break;
            }
        }
    }
    return false;
}

static void cut_behind_values(const ag_pg_lowering *l, const ag_pg_steps *steps) {
    for (size_t i = 0; i < steps->n; i++) {
        ag_op *op = steps->items[i].op;
        if (op->kind == AG_OP_ALTER_ENUM && is_used_soon(l, steps, i)) {
            op->plan.ends_part = true;
        }
    }
}

/* Bodies may name what comes later: the first routine of a transaction says not to look. */
static void trust_bodies(const ag_pg_steps *steps) {
    bool is_said = false;
    for (size_t i = 0; i < steps->n; i++) {
        ag_op *op = steps->items[i].op;
        bool has_body = (op->kind == AG_OP_CREATE_OBJECT || op->kind == AG_OP_REPLACE_OBJECT) &&
                        (op->object == AG_FUNCTION || op->object == AG_PROCEDURE);
        if (has_body && !is_said) {
            op->plan.is_unchecked = true;
            is_said = true;
        }
        if (op->plan.ends_part || op->plan.concurrently) {
            is_said = false;
        }
    }
}

void ag_pg_cut(ag_pg_lowering *l, const ag_pg_steps *steps) {
    ag_pg_count_locks(l, steps);
    cut_behind_values(l, steps);
    cut_by_size(l, steps);
    trust_bodies(steps);
}
