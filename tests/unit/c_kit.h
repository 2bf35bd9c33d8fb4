/* Reading C texts as models, through files in a temporary folder. */
#ifndef AG_TESTS_C_KIT_H
#define AG_TESTS_C_KIT_H

#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/module.h"
#include "base/str.h"
#include "model/json.h"
#include "model/read.h"

typedef struct c_kit {
    ag_arena *arena;
    char folder[32];
    ag_strings files; /* the inputs. */
    ag_strings cflags;
    ag_c_options options;
    ag_diags diags;
} c_kit;

static inline int c_kit_setup(void **state) {
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return -1;
    }
    c_kit *kit = calloc(1, sizeof *kit);
    kit->arena = ag_arena_new();
    (void)strncpy(kit->folder, "/tmp/ag-c-XXXXXX", sizeof kit->folder - 1);
    assert_non_null(mkdtemp(kit->folder));
    kit->options.cflags = &kit->cflags;
    *state = kit;
    return 0;
}

static inline int c_kit_teardown(void **state) {
    c_kit *kit = *state;
    ag_strings names = {NULL, 0, 0};
    if (ag_dir_list(kit->arena, kit->folder, &names, NULL)) {
        for (size_t i = 0; i < names.n; i++) {
            (void)unlink(ag_path_join(kit->arena, kit->folder, names.items[i]));
        }
    }
    (void)rmdir(kit->folder);
    ag_diags_release(&kit->diags);
    ag_arena_free(kit->arena);
    free(kit);
    return 0;
}

/* Writes a file; returns its path. */
static inline const char *c_kit_write(c_kit *kit, const char *name, const char *text) {
    const char *path = ag_path_join(kit->arena, kit->folder, name);
    assert_true(ag_file_write(path, text, strlen(text), NULL));
    return path;
}

/* Writes a file that is one of the inputs. */
static inline void c_kit_add(c_kit *kit, const char *name, const char *text) {
    ag_vec_push(kit->arena, &kit->files, c_kit_write(kit, name, text));
}

static inline void c_kit_reset(c_kit *kit) {
    kit->files.n = 0;
    ag_diags_release(&kit->diags);
    kit->diags = (ag_diags)AG_DIAGS_INIT;
}

static inline ag_schema *c_kit_read(c_kit *kit, const ag_dialect *dialect) {
    ag_schema *schema = NULL;
    ag_error err = {0};
    if (!ag_model_read(&kit->files, &kit->options, dialect, &schema, &kit->diags, &err)) {
        fail_msg("%s:%d:%d: %s (%s)", err.file, err.line, err.column, err.message, err.hint);
    }
    return schema;
}

static inline const char *c_kit_json(c_kit *kit, const ag_schema *schema,
                                     const ag_dialect *dialect) {
    ag_buf out = AG_BUF_INIT;
    assert_true(ag_model_write_json(schema, dialect, &out, NULL));
    const char *text = ag_buf_copy(&out, kit->arena);
    ag_buf_release(&out);
    return text;
}

/* The inputs must be the same model as a JSON text, in every dialect. */
static inline void c_kit_assert_same(c_kit *kit, const char *json) {
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    for (size_t i = 0; i < n; i++) {
        ag_schema *schema = c_kit_read(kit, all[i]);
        ag_schema *expected = NULL;
        ag_error err = {0};
        ag_json_source source = {.file = "model.json", .text = json, .n = strlen(json)};
        if (!ag_model_read_json_texts(&source, 1, all[i], &expected, &kit->diags, &err)) {
            fail_msg("%d:%d: %s", err.line, err.column, err.message);
        }
        assert_string_equal(c_kit_json(kit, schema, all[i]), c_kit_json(kit, expected, all[i]));
        ag_schema_free(schema);
        ag_schema_free(expected);
    }
}

/* Reading the inputs must fail; returns the first error. */
static inline ag_error c_kit_refused(c_kit *kit) {
    ag_schema *schema = NULL;
    ag_error err = {0};
    if (ag_model_read(&kit->files, &kit->options, &ag_dialect_sqlite, &schema, &kit->diags, &err)) {
        ag_schema_free(schema);
        fail_msg("the model was taken");
    }
    assert_int_equal(err.code, AG_INPUT);
    return kit->diags.list.n > 0 ? kit->diags.list.items[0] : err;
}

/* One header must be refused with these words in the message and in the hint, at this line. */
static inline void c_kit_assert_refused(c_kit *kit, const char *text, int line, const char *message,
                                        const char *hint) {
    c_kit_add(kit, "m.h", text);
    ag_error err = c_kit_refused(kit);
    if (strstr(err.message, message) == NULL || strstr(err.hint, hint) == NULL) {
        fail_msg("%s (%s)", err.message, err.hint);
    }
    assert_int_equal(err.line, line);
    assert_true(line == 0 || err.excerpt[0] != '\0');
    c_kit_reset(kit);
}

#endif
