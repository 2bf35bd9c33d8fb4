/*
 * Values of composite types whose attributes change places: a cast by way of text would take them
 * by place, so functions make the new values attribute by attribute. They go when all columns have
 * been taken over.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/lower_swap.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

static char *function_name(const ag_pg_swap *s, const ag_pg_swapped *it) {
    return ag_pg_object_name(s->l->arena, it->op->name, NULL, "autogen_cast");
}

static char *function_path(const ag_pg_swap *s, const ag_pg_swapped *it) {
    return ag_pg_type_name(s->l->arena, it->op->ns, function_name(s, it));
}

static bool is_list(const char *type) {
    return type[strlen(type) - 1] == ']';
}

/* The type underneath the domains that are made anew. */
static const ag_pg_swapped *base_of(const ag_pg_swap *s, const ag_pg_swapped *it) {
    while (it != NULL && it->op->object == AG_DOMAIN && !is_list(it->op->after.domain->type)) {
        it = ag_pg_swapped_of(s, it->op->after.domain->type);
    }
    return it;
}

/* A value of an old type as one of the new type; both by the names that attributes have. */
static void put_value(const ag_pg_swap *s, ag_buf *buf, const char *value, const char *before,
                      const char *after) {
    const ag_pg_swapped *it = ag_pg_swapped_of(s, after);
    const ag_pg_swapped *base = base_of(s, it);
    bool is_domain_list = it != base && is_list(after);
    if (base != NULL && base->op->object == AG_COMPOSITE && !is_domain_list) {
        ag_buf_printf(buf, "%s(%s)", function_path(s, base), value);
        ag_buf_puts(buf, it != base ? "::" : "");
        ag_buf_puts(buf, it != base ? after : "");
    } else if (it != NULL) {
        ag_buf_printf(buf, "%s::text%s::%s", value, is_list(after) ? "[]" : "", after);
    } else {
        ag_buf_puts(buf, value);
        if (!ag_text_eq(before, after)) {
            ag_buf_printf(buf, "::%s", after);
        }
    }
}

static void put_attributes(const ag_pg_swap *s, const ag_pg_swapped *it, ag_buf *buf) {
    const ag_columns *before = &it->op->before.composite->attributes;
    const ag_columns *after = &it->op->after.composite->attributes;
    for (size_t i = 0; i < after->n; i++) {
        const ag_column *column = after->items[i];
        const ag_column *old = ag_pg_find_column(
            before, column->renamed_from != NULL ? column->renamed_from : column->name);
        ag_buf_puts(buf, i > 0 ? ", " : "");
        if (old == NULL) {
            ag_buf_printf(buf, "NULL::%s", column->type);
            continue;
        }
        ag_buf value = AG_BUF_INIT;
        ag_buf_puts(&value, "($1).");
        ag_pg_quote(&value, old->name);
        put_value(s, buf, ag_buf_text(&value), old->type, column->type);
        ag_buf_release(&value);
    }
}

static ag_object *new_function(const ag_pg_swap *s, const ag_pg_swapped *it, const char *suffix) {
    ag_object *function = ag_arena_new_of(s->l->arena, ag_object);
    function->kind = AG_FUNCTION;
    function->ns = it->op->ns;
    function->name = function_name(s, it);
    function->signature = ag_arena_printf(s->l->arena, "(%s%s)", it->aside_name, suffix);
    return function;
}

static const ag_object *of_value(const ag_pg_swap *s, const ag_pg_swapped *it) {
    ag_object *function = new_function(s, it, "");
    ag_buf buf = AG_BUF_INIT;
    ag_buf_printf(&buf,
                  "CREATE FUNCTION %s%s RETURNS %s LANGUAGE sql\n"
                  "AS $cast$SELECT CASE WHEN $1 IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(",
                  function_path(s, it), function->signature, it->name);
    put_attributes(s, it, &buf);
    ag_buf_printf(&buf, ")::%s END$cast$", it->name);
    function->definition = ag_buf_copy(&buf, s->l->arena);
    ag_buf_release(&buf);
    return function;
}

static const ag_object *of_list(const ag_pg_swap *s, const ag_pg_swapped *it) {
    ag_object *function = new_function(s, it, "[]");
    const char *path = function_path(s, it);
    function->definition =
        ag_arena_printf(s->l->arena,
                        "CREATE FUNCTION %s%s RETURNS %s[] LANGUAGE sql\n"
                        "AS $cast$SELECT CASE WHEN $1 IS NOT NULL THEN ARRAY(SELECT %s($1[i]) "
                        "FROM generate_subscripts($1, 1) i) END$cast$",
                        path, function->signature, it->name, path);
    return function;
}

static void emit(ag_pg_swap *s, const ag_pg_swapped *it, const ag_object *function, bool is_new) {
    ag_op *op = ag_pg_emit_like(s->l, it->op, is_new ? AG_OP_CREATE_OBJECT : AG_OP_DROP_OBJECT,
                                function->name, NULL, NULL);
    op->object = AG_FUNCTION;
    op->ns = function->ns;
    op->table = NULL;
    op->signature = function->signature;
    op->before.object = is_new ? NULL : function;
    op->after.object = is_new ? function : NULL;
    op->is_remade = true;
    ag_pg_in_place(s->l);
}

static bool is_cast_by_name(const ag_pg_swap *s, const ag_pg_swapped *it) {
    return s->by_name && it->op->object == AG_COMPOSITE && s->casts.n > 0;
}

void ag_pg_make_casts(ag_pg_swap *s) {
    for (size_t i = 0; i < s->types.n; i++) {
        const ag_pg_swapped *it = &s->types.items[i];
        if (is_cast_by_name(s, it)) {
            emit(s, it, of_value(s, it), true);
            emit(s, it, of_list(s, it), true);
        }
    }
}

void ag_pg_drop_casts(ag_pg_swap *s) {
    for (size_t i = s->types.n; i-- > 0;) {
        const ag_pg_swapped *it = &s->types.items[i];
        if (is_cast_by_name(s, it)) {
            emit(s, it, of_list(s, it), false);
            emit(s, it, of_value(s, it), false);
        }
    }
}

const char *ag_pg_swap_cast(const ag_pg_swap *s, const ag_column *column) {
    if (!s->by_name || ag_pg_swapped_of(s, column->type) == NULL) {
        return NULL;
    }
    ag_buf name = AG_BUF_INIT;
    ag_buf value = AG_BUF_INIT;
    ag_pg_quote(&name, column->name);
    put_value(s, &value, ag_buf_text(&name), column->type, column->type);
    const char *result = ag_buf_copy(&value, s->l->arena);
    ag_buf_release(&name);
    ag_buf_release(&value);
    return result;
}
