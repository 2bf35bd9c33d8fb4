/* Models in a line of JSON, and the mistakes that are expected of one. */
#ifndef AG_TESTS_JSON_KIT_H
#define AG_TESTS_JSON_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/json.h"
#include "schema/node.h"

/* A model read from one or two texts. */
typedef struct model {
    ag_schema *schema;
    ag_diags diags;
    ag_error err;
    bool ok;
} model;

static inline model read_texts(const ag_dialect *dialect, const char *a, const char *b) {
    model m = {.ok = false};
    ag_json_source sources[] = {{.file = "a.json", .text = a, .n = strlen(a)},
                                {.file = "b.json", .text = b, .n = b == NULL ? 0 : strlen(b)}};
    m.ok =
        ag_model_read_json_texts(sources, b == NULL ? 1 : 2, dialect, &m.schema, &m.diags, &m.err);
    return m;
}

static inline void release(model *m) {
    ag_schema_free(m->schema);
    ag_diags_release(&m->diags);
}

static inline model read_good(const ag_dialect *dialect, const char *text) {
    model m = read_texts(dialect, text, NULL);
    if (!m.ok) {
        ag_buf shown = AG_BUF_INIT;
        for (size_t i = 0; i < m.diags.list.n; i++) {
            ag_error_render(&shown, &m.diags.list.items[i], "error", false);
        }
        fail_msg("%s", ag_buf_text(&shown));
    }
    return m;
}

/* Every expected mistake "LINE:COLUMN message-part|hint-part" in order, and no other. */
static inline void assert_mistakes(const ag_dialect *dialect, const char *a, const char *b,
                                   const char *const *expected) {
    model m = read_texts(dialect, a, b);
    ag_buf shown = AG_BUF_INIT;
    size_t n = 0;
    assert_false(m.ok);
    for (size_t i = 0; i < m.diags.list.n; i++) {
        ag_error_render(&shown, &m.diags.list.items[i], "error", false);
    }
    for (; expected[n] != NULL; n++) {
        if (n >= m.diags.list.n) {
            fail_msg("missing \"%s\" in\n%s", expected[n], ag_buf_text(&shown));
        }
        const ag_error *err = &m.diags.list.items[n];
        char *rest = NULL;
        long line = strtol(expected[n], &rest, 10);
        long column = strtol(rest + 1, &rest, 10);
        const char *bar = strchr(rest, '|');
        char *message =
            strndup(rest + 1, bar == NULL ? strlen(rest + 1) : (size_t)(bar - rest - 1));
        if (err->line != line || err->column != column || strstr(err->message, message) == NULL ||
            (bar != NULL && strstr(err->hint, bar + 1) == NULL) || err->excerpt[0] == '\0') {
            fail_msg("expected \"%s\", mistake %zu of\n%s", expected[n], n, ag_buf_text(&shown));
        }
        free(message);
    }
    if (n != m.diags.list.n) {
        fail_msg("more than %zu:\n%s", n, ag_buf_text(&shown));
    }
    ag_buf_release(&shown);
    release(&m);
}

#define ASSERT_MISTAKES(dialect, text, ...)                                                        \
    assert_mistakes((dialect), (text), NULL, (const char *const[]){__VA_ARGS__, NULL})

static inline const ag_column *column_of(const model *m, const char *table, const char *name) {
    const ag_table *t = ag_schema_table(m->schema, m->schema->tables.items[0]->ns, table);
    assert_non_null(t);
    const ag_column *column = ag_table_column(m->schema, t, name);
    assert_non_null(column);
    return column;
}

#endif
