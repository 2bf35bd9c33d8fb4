#include "template/eval.h"

#include <string.h>

bool ag__eval_step(ag_eval *eval, size_t at, size_t bytes) {
    size_t cost = 1 + bytes / 64;
    if (eval->steps < cost) {
        eval->steps = 0;
        (void)ag__template_fail(eval->tmpl, at, eval->err,
                                "the template takes too long (more than %zu steps)",
                                eval->limits.steps);
        return ag_hint(eval->err, "loop over less");
    }
    eval->steps -= cost;
    return true;
}

bool ag__eval_take(ag_eval *eval, size_t at, size_t bytes) {
    if (bytes > eval->limits.memory || eval->memory > eval->limits.memory - bytes) {
        return ag__template_fail(eval->tmpl, at, eval->err,
                                 "the value grows too large (more than %zu bytes)",
                                 eval->limits.memory);
    }
    eval->memory += bytes;
    return true;
}

bool ag__eval_string(ag_eval *eval, size_t at, const char *text, size_t n, const ag_value **out) {
    if (!ag__eval_step(eval, at, n) || !ag__eval_take(eval, at, n + sizeof(ag_value))) {
        return false;
    }
    *out = ag_value_stringn(eval->scratch, text, n);
    return true;
}

bool ag__eval_repr(ag_eval *eval, size_t at, const ag_value *value, const ag_value **out) {
    ag_buf buf = AG_BUF_INIT;
    bool ok = ag_value_repr(value, &buf, eval->limits.memory);
    if (ok) {
        ok = ag__eval_string(eval, at, ag_buf_text(&buf), buf.n, out);
    } else {
        (void)ag__template_fail(eval->tmpl, at, eval->err,
                                "the value is too large or too deeply nested to be written");
    }
    ag_buf_release(&buf);
    return ok;
}

bool ag__eval_text(ag_eval *eval, size_t at, const ag_value *value, ag_str *out) {
    const ag_value *text = value;
    if (value->kind != AG_VALUE_STRING && !ag__eval_repr(eval, at, value, &text)) {
        return false;
    }
    *out = text->as.string;
    return ag__eval_step(eval, at, out->n);
}

static void describe_loop_value(ag_eval *eval, ag_value *loop, const char *key, size_t n) {
    ag_value_dict_set(eval->scratch, loop, key, ag_value_int(eval->scratch, (int64_t)n));
}

static void describe_loop_flag(ag_eval *eval, ag_value *loop, const char *key, bool flag) {
    ag_value_dict_set(eval->scratch, loop, key, ag_value_bool(eval->scratch, flag));
}

static const ag_value *describe_loop(ag_eval *eval) {
    const ag_loop *now = eval->loop;
    ag_value *loop = ag_value_dict(eval->scratch);
    describe_loop_value(eval, loop, "index", now->index);
    describe_loop_value(eval, loop, "reverse_index", now->n - 1 - now->index);
    describe_loop_flag(eval, loop, "first", now->index == 0);
    describe_loop_flag(eval, loop, "last", now->index + 1 == now->n);
    describe_loop_flag(eval, loop, "even", now->index % 2 == 0);
    describe_loop_flag(eval, loop, "odd", now->index % 2 == 1);
    return loop;
}

/* Adds "did you mean" from the keys of a dict and, when `loops` is set, its loop variables. */
static bool hint_name(ag_eval *eval, const char *name, const ag_value *dict, const ag_loop *loops) {
    ag_strings known = {NULL, 0, 0};
    for (const ag_loop *loop = loops; loop != NULL; loop = loop->outer) {
        ag_vec_push(eval->scratch, &known, loop->variable);
    }
    for (size_t i = 0; i < dict->as.dict.n; i++) {
        ag_vec_push(eval->scratch, &known, dict->as.dict.items[i].key);
    }
    const char *near = ag_did_you_mean(name, known.items, known.n);
    return near == NULL ? false : ag_hint(eval->err, "did you mean \"%s\"?", near);
}

static bool eval_name(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    for (const ag_loop *loop = eval->loop; loop != NULL; loop = loop->outer) {
        if (strcmp(loop->variable, expr->name) == 0) {
            *out = loop->item;
            return true;
        }
    }
    ag_str name = ag_str_of(expr->name);
    if (eval->loop != NULL && ag_str_eq(name, "loop")) {
        *out = describe_loop(eval);
        return true;
    }
    *out = ag_value_dict_get(eval->vars, name);
    if (*out != NULL) {
        return true;
    }
    if (ag__function_find(name) != NULL) {
        return ag__template_fail(eval->tmpl, expr->at, eval->err, "\"%s\" is a function: call it",
                                 expr->name);
    }
    (void)ag__template_fail(eval->tmpl, expr->at, eval->err, "undefined name \"%s\"", expr->name);
    return hint_name(eval, expr->name, eval->vars, eval->loop);
}

static bool missing_key(ag_eval *eval, size_t at, const ag_value *dict, const char *key) {
    (void)ag__template_fail(eval->tmpl, at, eval->err, "there is no \"%s\" here", key);
    if (dict->as.dict.n == 0) {
        return ag_hint(eval->err, "the dict is empty");
    }
    return hint_name(eval, key, dict, NULL);
}

static bool eval_attribute(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *object;
    if (!ag__eval(eval, expr->parts.items[0], &object)) {
        return false;
    }
    if (object->kind != AG_VALUE_DICT) {
        return ag__template_fail(eval->tmpl, expr->at, eval->err, "%s has no attribute \"%s\"",
                                 ag_value_kind_name(object->kind), expr->name);
    }
    *out = ag_value_dict_get(object, ag_str_of(expr->name));
    return *out != NULL || missing_key(eval, expr->at, object, expr->name);
}

ag_str ag__char_at(ag_str text, size_t i) {
    size_t at = 0;
    for (size_t seen = 0; at < text.n; seen++) {
        size_t end = at + 1;
        while (end < text.n && ((unsigned char)text.p[end] & 0xc0u) == 0x80u) {
            end++;
        }
        if (seen == i) {
            return (ag_str){.p = text.p + at, .n = end - at};
        }
        at = end;
    }
    return (ag_str){.p = text.p + at, .n = 0};
}

/* The position an index of a list or string means; negative ones count from the end. */
static bool index_position(ag_eval *eval, size_t at, const ag_value *index, size_t n, size_t *i) {
    int64_t number = 0;
    if (!ag_value_number(index, &number)) {
        return ag__template_fail(eval->tmpl, at, eval->err, "the index is %s, not a number",
                                 ag_value_kind_name(index->kind));
    }
    int64_t position = number < 0 ? number + (int64_t)n : number;
    if (position < 0 || position >= (int64_t)n) {
        return ag__template_fail(eval->tmpl, at, eval->err,
                                 "index %lld is out of range: there %s %zu", (long long)number,
                                 n == 1 ? "is only" : "are", n);
    }
    *i = (size_t)position;
    return true;
}

static bool index_string(ag_eval *eval, size_t at, ag_str text, const ag_value *index,
                         const ag_value **out) {
    size_t i = 0;
    if (!ag__eval_step(eval, at, text.n) ||
        !index_position(eval, at, index, ag_utf8_length(text.p, text.n), &i)) {
        return false;
    }
    ag_str c = ag__char_at(text, i);
    return ag__eval_string(eval, at, c.p, c.n, out);
}

static bool index_dict(ag_eval *eval, size_t at, const ag_value *dict, const ag_value *index,
                       const ag_value **out) {
    if (index->kind != AG_VALUE_STRING) {
        return ag__template_fail(eval->tmpl, at, eval->err, "the key is %s, not a string",
                                 ag_value_kind_name(index->kind));
    }
    *out = ag_value_dict_get(dict, index->as.string);
    return *out != NULL ||
           missing_key(eval, at, dict,
                       ag_arena_strndup(eval->scratch, index->as.string.p, index->as.string.n));
}

static bool eval_index(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *object;
    const ag_value *index;
    size_t i = 0;
    if (!ag__eval(eval, expr->parts.items[0], &object) ||
        !ag__eval(eval, expr->parts.items[1], &index)) {
        return false;
    }
    switch (object->kind) {
    case AG_VALUE_STRING:
        return index_string(eval, expr->at, object->as.string, index, out);
    case AG_VALUE_LIST:
        if (!index_position(eval, expr->at, index, object->as.list.n, &i)) {
            return false;
        }
        *out = object->as.list.items[i];
        return true;
    case AG_VALUE_DICT:
        return index_dict(eval, expr->at, object, index, out);
    case AG_VALUE_NONE:
    case AG_VALUE_BOOL:
    case AG_VALUE_INT:
        break;
    }
    return ag__template_fail(eval->tmpl, expr->at, eval->err, "%s cannot be indexed",
                             ag_value_kind_name(object->kind));
}

bool ag__eval_parts(ag_eval *eval, const ag_expr *expr, const ag_value ***out) {
    if (!ag__eval_take(eval, expr->at, expr->parts.n * sizeof **out)) {
        return false;
    }
    *out = ag_arena_array(eval->scratch, expr->parts.n, sizeof **out);
    for (size_t i = 0; i < expr->parts.n; i++) {
        if (!ag__eval(eval, expr->parts.items[i], &(*out)[i])) {
            return false;
        }
    }
    return true;
}

static bool eval_list(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value **items;
    if (!ag__eval_parts(eval, expr, &items)) {
        return false;
    }
    ag_value *list = ag_value_list(eval->scratch);
    list->as.list.items = items;
    list->as.list.n = list->as.list.cap = expr->parts.n;
    *out = list;
    return true;
}

static bool eval_call(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value **args;
    if (!ag__eval_parts(eval, expr, &args)) {
        return false;
    }
    ag_call call = {.eval = eval,
                    .name = expr->function->name,
                    .at = expr->at,
                    .args = args,
                    .n_args = expr->parts.n};
    return expr->function->run(&call, out);
}

bool ag__eval_filter(ag_eval *eval, const ag_filter_use *filter, const ag_value *value,
                     const ag_value **out) {
    ag_call call = {.eval = eval,
                    .name = filter->function->name,
                    .at = filter->at,
                    .args = &value,
                    .n_args = 1};
    return filter->function->run(&call, out);
}

static bool eval_not(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *value;
    if (!ag__eval(eval, expr->parts.items[0], &value)) {
        return false;
    }
    *out = ag_value_bool(eval->scratch, !ag_value_is_true(value));
    return true;
}

static bool eval_negate(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *value;
    int64_t number = 0;
    if (!ag__eval(eval, expr->parts.items[0], &value)) {
        return false;
    }
    if (!ag_value_number(value, &number)) {
        return ag__template_fail(eval->tmpl, expr->at, eval->err, "%s cannot be negated",
                                 ag_value_kind_name(value->kind));
    }
    if (number == INT64_MIN) {
        return ag__template_fail(eval->tmpl, expr->at, eval->err, "the number is too large");
    }
    *out = ag_value_int(eval->scratch, -number);
    return true;
}

/* `and` stops at the first false part, `or` at the first true one; the part is the result. */
static bool eval_logic(ag_eval *eval, const ag_expr *expr, bool stop_at, const ag_value **out) {
    bool ok = ag__eval(eval, expr->parts.items[0], out);
    for (size_t i = 1; ok && i < expr->parts.n && ag_value_is_true(*out) != stop_at; i++) {
        ok = ag__eval(eval, expr->parts.items[i], out);
    }
    return ok;
}

static bool eval_choice(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *condition;
    return ag__eval(eval, expr->parts.items[0], &condition) &&
           ag__eval(eval, expr->parts.items[ag_value_is_true(condition) ? 1 : 2], out);
}

bool ag__eval(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    if (!ag__eval_step(eval, expr->at, 0) || !ag__eval_take(eval, expr->at, sizeof(ag_value))) {
        return false;
    }
    switch (expr->kind) {
    case AG_EXPR_CONSTANT:
        *out = expr->constant;
        return true;
    case AG_EXPR_NAME:
        return eval_name(eval, expr, out);
    case AG_EXPR_LIST:
        return eval_list(eval, expr, out);
    case AG_EXPR_ATTRIBUTE:
        return eval_attribute(eval, expr, out);
    case AG_EXPR_INDEX:
        return eval_index(eval, expr, out);
    case AG_EXPR_CALL:
        return eval_call(eval, expr, out);
    case AG_EXPR_NOT:
        return eval_not(eval, expr, out);
    case AG_EXPR_NEGATE:
        return eval_negate(eval, expr, out);
    case AG_EXPR_AND:
        return eval_logic(eval, expr, false, out);
    case AG_EXPR_OR:
        return eval_logic(eval, expr, true, out);
    case AG_EXPR_ADD:
        return ag__eval_add(eval, expr, out);
    case AG_EXPR_COMPARE:
        return ag__eval_compare(eval, expr, out);
    case AG_EXPR_CHOICE:
        return eval_choice(eval, expr, out);
    }
    return false;
}
