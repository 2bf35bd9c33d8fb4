/*
 * The functions and filters of the template language: one table, private to src/template.
 */
#ifndef AG_TEMPLATE_FUNCTIONS_H
#define AG_TEMPLATE_FUNCTIONS_H

#include "template/value.h"

struct ag_eval;

/** One call: who asks, where in the template, and with what. */
typedef struct ag_call {
    struct ag_eval *eval;
    const char *name;
    size_t at;
    const ag_value *const *args;
    size_t n_args;
} ag_call;

typedef struct ag_function {
    const char *name;
    unsigned char min_args;
    unsigned char max_args;
    bool is_function; /**< `upper(x)` */
    bool is_method;   /**< `x.upper()` is `upper(x)` */
    bool is_filter;   /**< `${x | upper}` */
    bool (*run)(const ag_call *call, const ag_value **out);
} ag_function;

extern const ag_function ag__functions[];
extern const size_t ag__n_functions;

/** The function of this name, or NULL. */
const ag_function *ag__function_find(ag_str name);

#endif
