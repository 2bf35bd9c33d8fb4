/*
 * Change pairs written as SQL, tests/pairs_lite/<file>.sql:
 *
 *   -- case: NAME [oneway]       one pair; without `oneway` the way from b to a is one too
 *   -- renames: t.a=t.b;u=v
 *   -- a                         what opens the start; `-- b` the goal, `-- both` the two
 *   -- rows                      what only the start has
 *
 *   -- each: NAME                every ordered pair of some variants of one text
 *   -- form                      the text: $1 … $9 are lines of a variant, $* is all of it
 *   -- as: VARIANT               its lines follow
 */
#ifndef AG_TESTS_LITE_CASES_H
#define AG_TESTS_LITE_CASES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
#include "lite_pair.h"

typedef AG_VEC(pair) pairs;

typedef struct variant {
    const char *name;
    ag_buf text;
} variant;

typedef struct case_reader {
    ag_arena *arena;
    pairs *out;
    const char *name, *renames;
    bool is_each, is_one_way;
    ag_buf a, b, rows, form;
    AG_VEC(variant) variants;
    ag_buf *sections[2]; /* what the lines go into */
} case_reader;

static inline const char *case_text(case_reader *r, const ag_buf *first, const ag_buf *second) {
    return ag_arena_printf(r->arena, "%s%s", ag_buf_text(first),
                           second == NULL ? "" : ag_buf_text(second));
}

static inline void add_case(case_reader *r, const char *name, const char *start, const char *goal) {
    pair p = {.name = name, .start = start, .goal = goal, .renames = r->renames};
    ag_vec_push(NULL, r->out, p);
}

/* The k-th line of a variant, from 1; 0 is all of it. */
static inline ag_str line_of(const variant *v, int k) {
    ag_str rest = {ag_buf_text(&v->text), v->text.n};
    while (rest.n > 0 && rest.p[rest.n - 1] == '\n') {
        rest.n--;
    }
    for (; k > 1; k--) {
        const char *end = memchr(rest.p, '\n', rest.n);
        size_t n = end == NULL ? rest.n : (size_t)(end - rest.p) + 1;
        rest = (ag_str){rest.p + n, rest.n - n};
    }
    const char *end = k == 0 ? NULL : memchr(rest.p, '\n', rest.n);
    return end == NULL ? rest : (ag_str){rest.p, (size_t)(end - rest.p)};
}

static inline const char *fill_form(case_reader *r, const variant *v, const ag_buf *rows) {
    ag_buf out = AG_BUF_INIT;
    for (const char *p = ag_buf_text(&r->form); *p != '\0'; p++) {
        bool is_slot = *p == '$' && (p[1] == '*' || (p[1] >= '1' && p[1] <= '9'));
        if (is_slot) {
            ag_str line = line_of(v, *++p == '*' ? 0 : *p - '0');
            ag_buf_putn(&out, line.p, line.n);
        } else {
            ag_buf_putc(&out, *p);
        }
    }
    const char *text = case_text(r, &out, rows);
    ag_buf_release(&out);
    return text;
}

static inline void finish_each(case_reader *r) {
    for (size_t i = 0; i < r->variants.n; i++) {
        for (size_t k = 0; k < r->variants.n; k++) {
            const variant *from = &r->variants.items[i];
            const variant *to = &r->variants.items[k];
            if (i != k) {
                add_case(r,
                         ag_arena_printf(r->arena, "%s: %s to %s", r->name, from->name, to->name),
                         fill_form(r, from, &r->rows), fill_form(r, to, NULL));
            }
        }
    }
    for (size_t i = 0; i < r->variants.n; i++) {
        ag_buf_release(&r->variants.items[i].text);
    }
}

static inline void finish_case(case_reader *r) {
    if (r->name != NULL && r->is_each) {
        finish_each(r);
    } else if (r->name != NULL) {
        add_case(r, r->name, case_text(r, &r->a, &r->rows), case_text(r, &r->b, NULL));
        if (!r->is_one_way && r->renames == NULL) {
            add_case(r, ag_arena_printf(r->arena, "%s, back", r->name), case_text(r, &r->b, NULL),
                     case_text(r, &r->a, NULL));
        }
    }
    r->variants.n = 0;
    r->renames = NULL;
    ag_buf *all[] = {&r->a, &r->b, &r->rows, &r->form};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ag_buf_truncate(all[i], 0);
    }
}

static inline void begin_case(case_reader *r, const char *file, char *name, bool is_each) {
    finish_case(r);
    char *word = strstr(name, " oneway");
    r->is_one_way = word != NULL;
    r->is_each = is_each;
    if (word != NULL) {
        *word = '\0';
    }
    r->name = ag_arena_printf(r->arena, "%s, %s", file, name);
    r->sections[0] = r->sections[1] = NULL;
}

static inline void begin_variant(case_reader *r, const char *name) {
    variant v = {.name = name, .text = AG_BUF_INIT};
    ag_vec_push(r->arena, &r->variants, v);
    r->sections[0] = &r->variants.items[r->variants.n - 1].text;
    r->sections[1] = NULL;
}

static inline bool begin_section(case_reader *r, const char *line) {
    const struct {
        const char *line;
        ag_buf *first, *second;
    } sections[] = {{"-- a", &r->a, NULL},
                    {"-- b", &r->b, NULL},
                    {"-- both", &r->a, &r->b},
                    {"-- rows", &r->rows, NULL},
                    {"-- form", &r->form, NULL}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (strcmp(line, sections[i].line) == 0) {
            r->sections[0] = sections[i].first;
            r->sections[1] = sections[i].second;
            return true;
        }
    }
    return false;
}

static inline void read_line(case_reader *r, const char *file, char *line) {
    if (strncmp(line, "-- case: ", 9) == 0 || strncmp(line, "-- each: ", 9) == 0) {
        begin_case(r, file, line + 9, line[3] == 'e');
    } else if (strncmp(line, "-- renames: ", 12) == 0) {
        r->renames = line + 12;
    } else if (strncmp(line, "-- as: ", 7) == 0) {
        begin_variant(r, line + 7);
    } else if (!begin_section(r, line)) {
        for (size_t i = 0; i < 2 && r->sections[i] != NULL; i++) {
            ag_buf_printf(r->sections[i], "%s\n", line);
        }
    }
}

static inline void read_cases(ag_arena *arena, const char *folder, const char *file, pairs *out) {
    case_reader r = {.arena = arena, .out = out};
    char *text = NULL;
    size_t n = 0;
    ag_error err = {0};
    if (!ag_file_read(arena, ag_arena_printf(arena, "%s/%s", folder, file), AG_INPUT, &text, &n,
                      &err)) {
        fail_msg("%s", err.message);
    }
    for (char *line = text, *end; *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end == NULL) {
            end = line + strlen(line);
        } else {
            *end++ = '\0';
        }
        read_line(&r, file, line);
    }
    finish_case(&r);
    ag_buf *all[] = {&r.a, &r.b, &r.rows, &r.form};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ag_buf_release(all[i]);
    }
}

#endif
