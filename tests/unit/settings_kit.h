/* A folder with an autogen.ini in it and an environment of its own for each test of the settings.
 */
#ifndef AG_TESTS_SETTINGS_KIT_H
#define AG_TESTS_SETTINGS_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "config/settings.h"

/* Each test has a folder of its own, with autogen.ini in it, and an environment of its own. */
typedef struct fixture {
    ag_arena *arena;
    char folder[32];
    ag_settings_input input;
    ag_pair env_pairs[8];
    ag_env env;
    ag_diags diags;
    ag_settings *settings;
    ag_error err;
} fixture;

static inline const char *fake_get(void *context, const char *name) {
    fixture *f = context;
    for (size_t i = 0; i < 8 && f->env_pairs[i].key != NULL; i++) {
        if (strcmp(f->env_pairs[i].key, name) == 0) {
            return f->env_pairs[i].value;
        }
    }
    return NULL;
}

static inline int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = ag_arena_new();
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/autogen-set-XXXXXX");
    f->env = (ag_env){fake_get, f};
    f->input.env = &f->env;
    *state = f;
    return mkdtemp(f->folder) == NULL ? 1 : 0;
}

static inline const char *in_folder(fixture *f, const char *name) {
    return ag_path_join(f->arena, f->folder, name);
}

static inline int tear_down(void **state) {
    fixture *f = *state;
    (void)unlink(in_folder(f, "autogen.ini"));
    (void)unlink(in_folder(f, ".env"));
    (void)rmdir(in_folder(f, ".env"));
    (void)rmdir(f->folder);
    ag_diags_release(&f->diags);
    ag_arena_free(f->arena);
    free(f);
    return 0;
}

static inline void write_file(fixture *f, const char *name, const char *text) {
    assert_true(ag_file_write(in_folder(f, name), text, strlen(text), NULL));
}

static inline bool load(fixture *f) {
    ag_diags_release(&f->diags);
    f->diags = (ag_diags)AG_DIAGS_INIT;
    if (f->input.config == NULL) {
        f->input.config = in_folder(f, "autogen.ini");
    }
    return ag_settings_load(f->arena, &f->input, &f->diags, &f->settings, &f->err);
}

static inline const ag_settings *loaded(fixture *f, const char *ini) {
    write_file(f, "autogen.ini", ini);
    if (!load(f)) {
        ag_buf out = AG_BUF_INIT;
        ag_error_render(&out, &f->err, "error", false);
        fail_msg("%s", ag_buf_text(&out));
    }
    return f->settings;
}

/* Loads a broken file and checks the one mistake in it. */
static inline void assert_mistake(fixture *f, const char *ini, int line, int column,
                                  const char *message, const char *hint) {
    write_file(f, "autogen.ini", ini);
    if (load(f)) {
        fail_msg("accepted: %s", ini);
    }
    assert_int_equal(f->diags.list.n, 1);
    assert_int_equal(f->err.code, AG_INPUT);
    if (f->err.line != line || f->err.column != column || strstr(f->err.message, message) == NULL ||
        strstr(f->err.hint, hint) == NULL) {
        fail_msg("%s -> %d:%d %s (%s)", ini, f->err.line, f->err.column, f->err.message,
                 f->err.hint);
    }
}

static inline void assert_list(ag_strings list, const char *joined) {
    ag_buf out = AG_BUF_INIT;
    for (size_t i = 0; i < list.n; i++) {
        ag_buf_printf(&out, "%s<%s>", i == 0 ? "" : " ", list.items[i]);
    }
    assert_string_equal(ag_buf_text(&out), joined);
    ag_buf_release(&out);
}

static inline void assert_url(fixture *f, const char *text) {
    ag_url url;
    if (!ag_settings_url(f->settings, &url, &f->err)) {
        fail_msg("%s: %s", text, f->err.message);
    }
    assert_string_equal(url.text, text);
}

static inline void set_env(fixture *f, const char *key, const char *value) {
    size_t i = 0;
    while (f->env_pairs[i].key != NULL && strcmp(f->env_pairs[i].key, key) != 0) {
        i++;
    }
    assert_true(i < 7);
    f->env_pairs[i] = (ag_pair){key, value};
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
