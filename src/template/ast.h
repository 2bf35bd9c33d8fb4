/*
 * The parsed form of a template; private to src/template. All of it lives in the arena of the parse
 * and is constant afterwards. `at` is always an offset in the template's text, for messages.
 */
#ifndef AG_TEMPLATE_AST_H
#define AG_TEMPLATE_AST_H

#include "base/vec.h"
#include "template/functions.h"
#include "template/template.h"

/** How deep expressions, and % if and % for, may be nested. */
#define AG_TEMPLATE_DEPTH 100

typedef enum ag_expr_kind {
    AG_EXPR_CONSTANT,
    AG_EXPR_NAME,
    AG_EXPR_LIST,
    AG_EXPR_ATTRIBUTE, /**< parts: the object. */
    AG_EXPR_INDEX,     /**< parts: the object, the index. */
    AG_EXPR_CALL,      /**< parts: the arguments. */
    AG_EXPR_NOT,
    AG_EXPR_NEGATE,
    AG_EXPR_AND, /**< two parts or more; AG_EXPR_OR and AG_EXPR_ADD likewise. */
    AG_EXPR_OR,
    AG_EXPR_ADD,
    AG_EXPR_COMPARE, /**< parts: the operands; operators: one fewer. */
    AG_EXPR_CHOICE,  /**< parts: condition, value if true, value if false. */
} ag_expr_kind;

typedef enum ag_compare_kind {
    AG_COMPARE_EQ,
    AG_COMPARE_NE,
    AG_COMPARE_LT,
    AG_COMPARE_LE,
    AG_COMPARE_GT,
    AG_COMPARE_GE,
    AG_COMPARE_IN,
    AG_COMPARE_NOT_IN,
    AG_COMPARE_IS,
    AG_COMPARE_IS_NOT,
} ag_compare_kind;

typedef struct ag_compare {
    ag_compare_kind kind;
    size_t at;
} ag_compare;

typedef struct ag_expr ag_expr;

struct ag_expr {
    ag_expr_kind kind;
    unsigned depth; /**< levels of the tree from here down; bounded, so that walks may recurse. */
    size_t at;
    const ag_value *constant;
    const char *name; /**< of NAME and ATTRIBUTE. */
    const ag_function *function;
    AG_VEC(ag_compare) operators;
    AG_VEC(const ag_expr *) parts;
};

typedef struct ag_filter_use {
    const ag_function *function;
    size_t at;
} ag_filter_use;

typedef enum ag_node_kind {
    AG_NODE_TEXT,
    AG_NODE_OUTPUT,
    AG_NODE_IF,
    AG_NODE_FOR,
} ag_node_kind;

typedef struct ag_node ag_node;
typedef AG_VEC(ag_node *) ag_nodes;

/** One arm of an % if; the condition of % else is NULL. */
typedef struct ag_branch {
    const ag_expr *condition;
    ag_nodes body;
} ag_branch;

struct ag_node {
    ag_node_kind kind;
    size_t at;
    ag_str text;
    const ag_expr *expr; /**< what OUTPUT writes or FOR walks. */
    AG_VEC(ag_filter_use) filters;
    AG_VEC(ag_branch) branches;
    const char *variable; /**< of FOR. */
    ag_nodes body;        /**< of FOR. */
};

struct ag_template {
    const char *file;
    const char *text; /**< NUL-terminated copy. */
    size_t n;
    ag_nodes body;
};

/** Fails at an offset of the template's text, with AG_INPUT: fills `err` and is false. */
#define ag__template_fail(...) (ag__template_error(__VA_ARGS__), false)
void ag__template_error(const ag_template *tmpl, size_t at, ag_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
