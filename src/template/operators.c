/* Sums and comparisons. */
#include "template/eval.h"

#include <string.h>

static bool type_error(ag_eval *eval, size_t at, const char *what, const ag_value *a,
                       const ag_value *b) {
    return ag__template_fail(eval->tmpl, at, eval->err, "cannot %s %s and %s", what,
                             ag_value_kind_name(a->kind), ag_value_kind_name(b->kind));
}

static bool add_strings(ag_eval *eval, const ag_expr *expr, const ag_value **parts,
                        const ag_value **out) {
    ag_buf buf = AG_BUF_INIT;
    bool ok = true;
    for (size_t i = 0; ok && i < expr->parts.n; i++) {
        ag_str s = parts[i]->as.string;
        ok = ag__eval_step(eval, expr->at, s.n) &&
             (buf.n + s.n <= eval->limits.memory || ag__eval_take(eval, expr->at, buf.n + s.n));
        ag_buf_putn(&buf, s.p, ok ? s.n : 0);
    }
    ok = ok && ag__eval_string(eval, expr->at, ag_buf_text(&buf), buf.n, out);
    ag_buf_release(&buf);
    return ok;
}

static bool add_lists(ag_eval *eval, const ag_expr *expr, const ag_value **parts,
                      const ag_value **out) {
    ag_value *sum = ag_value_list(eval->scratch);
    for (size_t i = 0; i < expr->parts.n; i++) {
        size_t n = parts[i]->as.list.n;
        if (!ag__eval_step(eval, expr->at, n * sizeof(void *)) ||
            !ag__eval_take(eval, expr->at, 2 * n * sizeof(void *))) {
            return false;
        }
        for (size_t j = 0; j < n; j++) {
            ag_value_list_push(eval->scratch, sum, parts[i]->as.list.items[j]);
        }
    }
    *out = sum;
    return true;
}

static bool add_numbers(ag_eval *eval, const ag_expr *expr, const ag_value **parts,
                        const ag_value **out) {
    int64_t sum = 0;
    for (size_t i = 0; i < expr->parts.n; i++) {
        int64_t number = 0;
        (void)ag_value_number(parts[i], &number);
        if (__builtin_add_overflow(sum, number, &sum)) {
            return ag__template_fail(eval->tmpl, expr->at, eval->err, "the sum is too large");
        }
    }
    *out = ag_value_int(eval->scratch, sum);
    return true;
}

bool ag__eval_add(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value **parts;
    int64_t number;
    if (!ag__eval_parts(eval, expr, &parts)) {
        return false;
    }
    bool are_numbers = ag_value_number(parts[0], &number);
    for (size_t i = 1; i < expr->parts.n; i++) {
        if (are_numbers ? !ag_value_number(parts[i], &number) : parts[i]->kind != parts[0]->kind) {
            (void)type_error(eval, expr->operators.items[i - 1].at, "add", parts[0], parts[i]);
            return parts[0]->kind == AG_VALUE_STRING
                       ? ag_hint(eval->err, "str(…) makes a string of anything")
                       : false;
        }
    }
    if (are_numbers) {
        return add_numbers(eval, expr, parts, out);
    }
    if (parts[0]->kind == AG_VALUE_STRING) {
        return add_strings(eval, expr, parts, out);
    }
    if (parts[0]->kind == AG_VALUE_LIST) {
        return add_lists(eval, expr, parts, out);
    }
    return type_error(eval, expr->operators.items[0].at, "add", parts[0], parts[1]);
}

/* -1, 0 or 1 in *order; numbers and strings have an order. */
static bool order_of(ag_eval *eval, size_t at, const ag_value *a, const ag_value *b, int *order) {
    int64_t x = 0;
    int64_t y = 0;
    if (ag_value_number(a, &x) && ag_value_number(b, &y)) {
        *order = (x > y) - (x < y);
        return true;
    }
    if (a->kind != AG_VALUE_STRING || b->kind != AG_VALUE_STRING) {
        return type_error(eval, at, "order", a, b);
    }
    size_t n = a->as.string.n < b->as.string.n ? a->as.string.n : b->as.string.n;
    int bytes = n == 0 ? 0 : memcmp(a->as.string.p, b->as.string.p, n);
    *order = bytes != 0 ? (bytes > 0) - (bytes < 0)
                        : (a->as.string.n > b->as.string.n) - (a->as.string.n < b->as.string.n);
    return ag__eval_step(eval, at, n);
}

static bool equals(ag_eval *eval, size_t at, const ag_value *a, const ag_value *b, bool *is_equal) {
    size_t work = eval->steps;
    *is_equal = ag_value_equal(a, b, &work);
    if (work == 0 && eval->steps > 0) {
        return ag__template_fail(eval->tmpl, at, eval->err,
                                 "comparing the values takes too long or goes too deep");
    }
    eval->steps = work;
    return true;
}

static bool is_in(ag_eval *eval, size_t at, const ag_value *item, const ag_value *all,
                  bool *is_found) {
    *is_found = false;
    if (all->kind == AG_VALUE_LIST) {
        for (size_t i = 0; !*is_found && i < all->as.list.n; i++) {
            if (!equals(eval, at, item, all->as.list.items[i], is_found)) {
                return false;
            }
        }
        return true;
    }
    if (item->kind != AG_VALUE_STRING ||
        (all->kind != AG_VALUE_STRING && all->kind != AG_VALUE_DICT)) {
        return ag__template_fail(eval->tmpl, at, eval->err, "cannot look for %s in %s",
                                 ag_value_kind_name(item->kind), ag_value_kind_name(all->kind));
    }
    ag_str part = item->as.string;
    if (all->kind == AG_VALUE_DICT) {
        *is_found = ag_value_dict_get(all, part) != NULL;
        return true;
    }
    ag_str text = all->as.string;
    *is_found = part.n == 0 || (text.n > 0 && memmem(text.p, text.n, part.p, part.n) != NULL);
    return ag__eval_step(eval, at, text.n);
}

/* `is` is for None, True and False: the parser sees to that. */
static bool is_same(const ag_value *a, const ag_value *b) {
    return a->kind == b->kind && (a->kind != AG_VALUE_BOOL || a->as.boolean == b->as.boolean);
}

static bool compare(ag_eval *eval, const ag_compare *how, const ag_value *a, const ag_value *b,
                    bool *result) {
    int order = 0;
    bool ok = true;
    switch (how->kind) {
    case AG_COMPARE_EQ:
    case AG_COMPARE_NE:
        ok = equals(eval, how->at, a, b, result);
        *result = *result == (how->kind == AG_COMPARE_EQ);
        return ok;
    case AG_COMPARE_IN:
    case AG_COMPARE_NOT_IN:
        ok = is_in(eval, how->at, a, b, result);
        *result = *result == (how->kind == AG_COMPARE_IN);
        return ok;
    case AG_COMPARE_IS:
    case AG_COMPARE_IS_NOT:
        *result = is_same(a, b) == (how->kind == AG_COMPARE_IS);
        return true;
    case AG_COMPARE_LT:
        ok = order_of(eval, how->at, a, b, &order);
        *result = order < 0;
        return ok;
    case AG_COMPARE_LE:
        ok = order_of(eval, how->at, a, b, &order);
        *result = order <= 0;
        return ok;
    case AG_COMPARE_GT:
        ok = order_of(eval, how->at, a, b, &order);
        *result = order > 0;
        return ok;
    case AG_COMPARE_GE:
        ok = order_of(eval, how->at, a, b, &order);
        *result = order >= 0;
        return ok;
    }
    return ok;
}

/* a < b < c is (a < b) and (b < c), each part evaluated at most once. */
bool ag__eval_compare(ag_eval *eval, const ag_expr *expr, const ag_value **out) {
    const ag_value *left;
    if (!ag__eval(eval, expr->parts.items[0], &left)) {
        return false;
    }
    bool result = true;
    for (size_t i = 0; result && i < expr->operators.n; i++) {
        const ag_value *right;
        if (!ag__eval(eval, expr->parts.items[i + 1], &right) ||
            !compare(eval, &expr->operators.items[i], left, right, &result)) {
            return false;
        }
        left = right;
    }
    *out = ag_value_bool(eval->scratch, result);
    return true;
}
