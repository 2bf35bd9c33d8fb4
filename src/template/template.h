/*
 * The language of script.mako: the part of mako that a revision file needs.
 *
 *   ${expr}  ${expr | filter, filter}      % if x:  % elif y:  % else:  % endif
 *   % for x in xs:  % endfor               ## a comment line     <%doc> a comment </%doc>
 *   %% at the start of a line is one %     a backslash at the end of a line joins it to the next
 *
 * Expressions: names, x.name, x[i] (also from the end), strings, whole numbers, lists, None, True,
 * False, not/and/or, == != < <= > >= (chained too), in, not in, is None, +, `a if c else b`, and
 * the functions of ag__functions; join, upper, lower, strip and splitlines are methods as well.
 * `loop` (index, reverse_index, first, last, even, odd) describes the innermost loop.
 *
 * It means what it means in mako, except where mako hides mistakes:
 *   - an undefined name is an error everywhere, `${}` and % if included;
 *   - a loop variable ends with its loop;
 *   - a filter gets the value itself, so `x | comma` and `x | repr` need no `n`;
 *   - upper, lower and trim know ASCII only, so that no locale matters.
 *
 * A parsed template is constant and belongs to the arena it was parsed into; any number of threads
 * may render it. Rendering never touches the caller's values and appends nothing when it fails.
 * Every error is AG_INPUT with file, line, column, the line and a caret.
 */
#ifndef AG_TEMPLATE_TEMPLATE_H
#define AG_TEMPLATE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "template/value.h"

typedef struct ag_template ag_template;

/** What one rendering may use; beyond it stands an ordinary error. */
typedef struct ag_template_limits {
    size_t output; /**< bytes appended. */
    size_t memory; /**< bytes of values alive at a time. */
    size_t steps;  /**< loop rounds, parts of expressions, and 64-byte pieces of text handled. */
} ag_template_limits;

#define AG_TEMPLATE_LIMITS_DEFAULT                                                                 \
    { .output = (size_t)256 << 20, .memory = (size_t)256 << 20, .steps = 100000000 }

/** Longest template, in bytes. */
#define AG_TEMPLATE_CEILING ((size_t)1 << 20)

/** Parses `n` bytes of UTF-8; both texts are copied. `file` is for messages. */
bool ag_template_parse(ag_arena *arena, const char *file, const char *text, size_t n,
                       const ag_template **tmpl, ag_error *err);

/** Appends the rendered template to `out`. `vars` is a dict. */
bool ag_template_render(const ag_template *tmpl, const ag_value *vars, ag_buf *out, ag_error *err);
bool ag_template_render_within(const ag_template *tmpl, const ag_value *vars,
                               ag_template_limits limits, ag_buf *out, ag_error *err);

#endif
