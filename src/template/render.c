/* From the tree of a template and the caller's values to text. */
#include "template/eval.h"

typedef struct render {
    ag_eval eval;
    ag_buf *out;
    size_t start; /* how much `out` held before */
} render;

static bool render_nodes(render *r, const ag_nodes *nodes);

static bool put(render *r, size_t at, ag_str text) {
    if (!ag__eval_step(&r->eval, at, text.n)) {
        return false;
    }
    size_t limit = r->eval.limits.output;
    size_t written = r->out->n - r->start;
    if (text.n > limit || written > limit - text.n) {
        return ag__template_fail(r->eval.tmpl, at, r->eval.err,
                                 "the output grows too large (more than %zu bytes)", limit);
    }
    ag_buf_putn(r->out, text.p, text.n);
    return true;
}

static bool render_output(render *r, const ag_node *node) {
    const ag_value *value;
    ag_str text;
    if (!ag__eval(&r->eval, node->expr, &value)) {
        return false;
    }
    for (size_t i = 0; i < node->filters.n; i++) {
        if (!ag__eval_filter(&r->eval, &node->filters.items[i], value, &value)) {
            return false;
        }
    }
    return ag__eval_text(&r->eval, node->at, value, &text) && put(r, node->at, text);
}

static bool render_if(render *r, const ag_node *node) {
    for (size_t i = 0; i < node->branches.n; i++) {
        const ag_branch *branch = &node->branches.items[i];
        const ag_value *condition;
        if (branch->condition != NULL && !ag__eval(&r->eval, branch->condition, &condition)) {
            return false;
        }
        if (branch->condition == NULL || ag_value_is_true(condition)) {
            return render_nodes(r, &branch->body);
        }
    }
    return true;
}

static bool char_list(render *r, const ag_node *node, ag_str text, const ag_value **out) {
    ag_value *list = ag_value_list(r->eval.scratch);
    while (text.n > 0) {
        ag_str c = ag__char_at(text, 0);
        const ag_value *item;
        if (!ag__eval_string(&r->eval, node->expr->at, c.p, c.n, &item)) {
            return false;
        }
        ag_value_list_push(r->eval.scratch, list, item);
        text.p += c.n;
        text.n -= c.n;
    }
    *out = list;
    return true;
}

/* The items a loop walks, as a list: a list's items, a dict's keys, a string's characters. */
static bool loop_items(render *r, const ag_node *node, const ag_value *all, const ag_value **out) {
    ag_value *keys;
    switch (all->kind) {
    case AG_VALUE_LIST:
        *out = all;
        return true;
    case AG_VALUE_STRING:
        return char_list(r, node, all->as.string, out);
    case AG_VALUE_DICT:
        keys = ag_value_list(r->eval.scratch);
        for (size_t i = 0; i < all->as.dict.n; i++) {
            ag_value_list_push(r->eval.scratch, keys,
                               ag_value_string(r->eval.scratch, all->as.dict.items[i].key));
        }
        *out = keys;
        return true;
    case AG_VALUE_NONE:
    case AG_VALUE_BOOL:
    case AG_VALUE_INT:
        break;
    }
    return ag__template_fail(r->eval.tmpl, node->expr->at, r->eval.err,
                             "%% for needs a list, not %s", ag_value_kind_name(all->kind));
}

static bool render_for(render *r, const ag_node *node) {
    const ag_value *all;
    if (!ag__eval(&r->eval, node->expr, &all) || !loop_items(r, node, all, &all)) {
        return false;
    }
    ag_loop loop = {.outer = r->eval.loop, .variable = node->variable, .n = all->as.list.n};
    bool ok = true;
    r->eval.loop = &loop;
    for (loop.index = 0; ok && loop.index < loop.n; loop.index++) {
        loop.item = all->as.list.items[loop.index];
        ok = ag__eval_step(&r->eval, node->at, 0) && render_nodes(r, &node->body);
    }
    r->eval.loop = loop.outer;
    return ok;
}

static bool render_node(render *r, const ag_node *node) {
    switch (node->kind) {
    case AG_NODE_TEXT:
        return put(r, node->at, node->text);
    case AG_NODE_OUTPUT:
        return render_output(r, node);
    case AG_NODE_IF:
        return render_if(r, node);
    case AG_NODE_FOR:
        return render_for(r, node);
    }
    return false;
}

/* No value outlives the node it was made for: the scratch memory is given back after each. */
static bool render_nodes(render *r, const ag_nodes *nodes) {
    bool ok = true;
    for (size_t i = 0; ok && i < nodes->n; i++) {
        ag_arena_mark mark = ag_arena_mark_now(r->eval.scratch);
        size_t memory = r->eval.memory;
        ok = render_node(r, nodes->items[i]);
        r->eval.memory = memory;
        ag_arena_reset(r->eval.scratch, mark);
    }
    return ok;
}

bool ag_template_render_within(const ag_template *tmpl, const ag_value *vars,
                               ag_template_limits limits, ag_buf *out, ag_error *err) {
    render r = {.eval = {.tmpl = tmpl,
                         .vars = vars,
                         .limits = limits,
                         .scratch = ag_arena_new(),
                         .steps = limits.steps,
                         .err = err},
                .out = out,
                .start = out->n};
    (void)ag_arena_alloc(r.eval.scratch, 1); /* keeps the first block over all resets */
    bool ok = render_nodes(&r, &tmpl->body);
    if (!ok) {
        ag_buf_truncate(out, r.start);
    }
    ag_arena_free(r.eval.scratch);
    return ok;
}

bool ag_template_render(const ag_template *tmpl, const ag_value *vars, ag_buf *out, ag_error *err) {
    ag_template_limits limits = AG_TEMPLATE_LIMITS_DEFAULT;
    return ag_template_render_within(tmpl, vars, limits, out, err);
}
