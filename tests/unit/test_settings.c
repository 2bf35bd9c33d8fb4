/* What stands in autogen.ini, key by key. */
#include "unit.h"

#include "settings_kit.h"

static void defaults_are_those_of_the_documentation(void **state) {
    const ag_settings *s = loaded(*state, "[autogen]\n");
    assert_null(s->script_location);
    assert_null(s->url);
    assert_string_equal(s->file_template, "%(rev)s_%(slug)s");
    assert_string_equal(s->version_table, "alembic_version");
    assert_null(s->version_table_schema);
    assert_string_equal(s->timezone, "UTC");
    assert_int_equal(s->truncate_slug_length, 40);
    assert_int_equal(s->transaction, AG_TRANSACTION_PER_REVISION);
    assert_int_equal(s->lock_timeout, 3000);
    assert_int_equal(s->lock_retries, 10);
    assert_int_equal(s->migration_lock_timeout, 600000);
    assert_int_equal(s->statement_timeout, -1);
    assert_true(s->compare_type && s->compare_server_default && s->concurrently);
    assert_false(s->recursive_version_locations);
    assert_int_equal(s->model.n + s->dialects.n + s->exclude_tables.n + s->hooks.n, 0);
    for (size_t i = 0; i < AG_N_SETTINGS; i++) {
        assert_int_equal(s->origin[i].from, AG_FROM_DEFAULT);
    }
}

static void reads_the_example_of_the_documentation(void **state) {
    fixture *f = *state;
    const ag_settings *s = loaded(
        f, "[autogen]\n"
           "script_location   = %(here)s/migrations\n"
           "url               = sqlite:///app.db\n"
           "model             = schema/*.json              ; .json, .h/.c, .sql, a directory\n"
           "dialects          = sqlite postgresql          ; sections\n"
           "file_template     = %%(rev)s_%%(slug)s         ; tokens\n"
           "truncate_slug_length = 40\n"
           "timezone          = UTC\n"
           "version_locations = %(here)s/migrations/versions\n"
           "version_table     = alembic_version            ; the default\n"
           "version_table_schema =\n"
           "recursive_version_locations = false\n"
           "include_schemas   =                            ; PostgreSQL namespaces\n"
           "include_tables    =                            ; pcre2 patterns\n"
           "exclude_tables    = ^tmp_, ^spatial_ref_sys$\n"
           "compare_type      = true\n"
           "compare_server_default = true\n"
           "transaction       = per-revision               ; per-revision | all | none\n"
           "lock_timeout      = 3s\n"
           "lock_retries      = 10\n"
           "migration_lock_timeout = 10min                 ; waiting\n"
           "statement_timeout =\n"
           "concurrently      = true\n"
           "include           =                            ; grants, owners\n"
           "dev_url           =\n"
           "cflags            = -Iinclude\n"
           "\n"
           "[post_write_hooks]\n"
           "hooks = fmt\n"
           "fmt.type = exec\n"
           "fmt.executable = ./tools/fmt\n"
           "fmt.options = REVISION_SCRIPT_FILENAME\n");
    assert_string_equal(s->script_location, in_folder(f, "migrations"));
    assert_string_equal(s->url, ag_arena_printf(f->arena, "sqlite:///%s/app.db", f->folder));
    assert_list(s->model, ag_arena_printf(f->arena, "<%s/schema/*.json>", f->folder));
    assert_list(s->dialects, "<sqlite> <postgresql>");
    assert_string_equal(s->file_template, "%(rev)s_%(slug)s");
    assert_list(s->exclude_tables, "<^tmp_> <^spatial_ref_sys$>");
    assert_list(s->cflags, "<-Iinclude>");
    assert_int_equal(s->hooks.n, 1);
    assert_string_equal(s->hooks.items[0].target,
                        ag_arena_printf(f->arena, "%s/./tools/fmt", f->folder));
    assert_list(s->hooks.items[0].options, "<REVISION_SCRIPT_FILENAME>");
    assert_int_equal(s->hooks.items[0].loc.line, 30);
}

static void lists_are_split_and_quoted(void **state) {
    fixture *f = *state;
    f->input.config = "autogen.ini";
    assert_int_equal(chdir(f->folder), 0);
    const ag_settings *s =
        loaded(f, "[autogen]\nmodel = a.json b.json,c.json\n  \"d e.json\" , 'f,g.sql'\n"
                  "   %(here)s/x.json sqlite:///s.db \"host=h dbname=d\"\n"
                  "include_schemas = app, \"My Schema\"\n"
                  "exclude_tables = ^a{1,3}$ , ^(x,y)$,[ ,]z\n  \\,lit\n"
                  "cflags = -DX=\"a b\" -Wl,-x '-D Y' -DZ=\\\"q\\\"\n");
    assert_list(s->model, ag_arena_printf(f->arena,
                                          "<a.json> <b.json> <c.json> <d e.json> <f,g.sql> "
                                          "<%s/x.json> <sqlite:///s.db> <host=h dbname=d>",
                                          f->folder));
    assert_list(s->include_schemas, "<app> <My Schema>");
    assert_list(s->exclude_tables, "<^a{1,3}$> <^(x,y)$> <[ ,]z> <\\,lit>");
    assert_list(s->cflags, "<-DX=a b> <-Wl,-x> <-D Y> <-DZ=\"q\">");
}

static void a_folder_with_blanks_does_not_split_a_list(void **state) {
    fixture *f = *state;
    const char *folder = in_folder(f, "a, b");
    assert_true(ag_dir_make(folder, NULL));
    f->input.config = ag_path_join(f->arena, folder, "autogen.ini");
    write_file(f, "a, b/autogen.ini", "[autogen]\nmodel = %(here)s/x.json y.json\n");
    bool ok = load(f);
    (void)unlink(f->input.config);
    (void)rmdir(folder);
    assert_true(ok);
    assert_list(f->settings->model,
                ag_arena_printf(f->arena, "<%s/x.json> <%s/y.json>", folder, folder));
}

static void booleans_and_durations_are_read_as_people_write_them(void **state) {
    static const char *const yes[] = {"true", "yes", "on", "1", "True", "YES", "\"true\""};
    static const char *const no[] = {"false", "no", "off", "0", "False"};
    static const struct {
        const char *text;
        int ms;
    } durations[] = {{"3", 3000},
                     {"500ms", 500},
                     {"10min", 600000},
                     {"1h", 3600000},
                     {"1d", 86400000},
                     {"0", 0},
                     {"1.5 s", 1500},
                     {"2 MIN", 120000},
                     {"0.250s", 250},
                     {"", 3000},
                     {"2147483647ms", INT32_MAX}};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        fixture *f = *state;
        const char *ini =
            ag_arena_printf(f->arena, "[autogen]\nrecursive_version_locations = %s\n", yes[i]);
        assert_true(loaded(f, ini)->recursive_version_locations);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        fixture *f = *state;
        assert_false(loaded(f, ag_arena_printf(f->arena, "[autogen]\nconcurrently = %s\n", no[i]))
                         ->concurrently);
    }
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
        fixture *f = *state;
        const char *ini =
            ag_arena_printf(f->arena, "[autogen]\nlock_timeout = %s\n", durations[i].text);
        assert_int_equal(loaded(f, ini)->lock_timeout, durations[i].ms);
    }
}

static void mistakes_in_values_point_at_the_value(void **state) {
    static const struct {
        const char *ini;
        int line;
        int column;
        const char *message;
        const char *hint;
    } cases[] = {
        {"[autogen]\nconcurrently = maybe\n", 2, 16, "yes or no, not \"maybe\"", "true"},
        {"[autogen]\nlock_retries = -1\n", 2, 16, "0 to 1000000", ""},
        {"[autogen]\ntruncate_slug_length = 0\n", 2, 24, "1 to 200", ""},
        {"[autogen]\ntruncate_slug_length = 40x\n", 2, 24, "1 to 200", ""},
        {"[autogen]\nlock_timeout = soon\n", 2, 16, "duration", "min"},
        {"[autogen]\nlock_timeout = 3 weeks\n", 2, 16, "duration", "min"},
        {"[autogen]\nlock_timeout = 99999999999999999999s\n", 2, 16, "duration", "24d"},
        {"[autogen]\nlock_timeout = -3s\n", 2, 16, "duration", ""},
        {"[autogen]\ntransaction = per_revision\n", 2, 15, "does not take",
         "per-revision all none"},
        {"[autogen]\ninclude = grants, rules\n", 2, 11, "does not take \"rules\"", "grants owners"},
        {"[autogen]\nfile_template = %%(rev)s_%%(slg)s\n", 2, 26, "unknown token", "%(slug)s"},
        {"[autogen]\nfile_template = %(rev)s_x\n", 2, 17, "no key rev", "%%(rev)s"},
        {"[autogen]\ntimezone = Mars/Olympus\n", 2, 12, "unknown time zone", ""},
        {"[autogen]\nexclude_tables = ^a, ^(b\n", 2, 24, "bad pattern", ""},
        {"[autogen]\nexclude_tables = ^tmp_ ^x\n", 2, 23, "a blank in a pattern", "\\x20"},
        {"[autogen]\nmodel = \"a b.json\n", 2, 9, "never closed", ""},
        {"[autogen]\nurl = x.db\n  model = y\n", 3, 3, "takes one line", "indented"},
        {"[autogen]\nscript_locaton = x\n", 2, 1, "unknown key", "did you mean script_location?"},
        {"[autogen]\nwholly_unknown_thing = x\n", 2, 1, "unknown key", "docs/configuration.md"},
        {"[autogen]\nsqlalchemy.url = x\n", 2, 1, "unknown key", "called url here"},
        {"[DEFAULT]\ncompare_tpye = x\n[autogen]\n", 2, 1, "unknown key", "compare_type"},
        {"[autogen]\n[post_write_hook]\nhooks = a\n", 2, 1, "unknown section", "post_write_hooks"},
        {"[autogen]\nurl = postgresql://u:p%40@h/d\n", 2, 23, "percent", "%%40"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_mistake(*state, cases[i].ini, cases[i].line, cases[i].column, cases[i].message,
                       cases[i].hint);
    }
}

static void all_mistakes_are_reported_in_the_order_of_the_file(void **state) {
    fixture *f = *state;
    write_file(f, "autogen.ini",
               "[autogen]\nwrong = 1\nlock_timeout = x\nurl = %q\njunk\nscript_location = a\n"
               "concurrently = x\n[post_write_hooks]\nhooks = a\n");
    assert_false(load(f));
    assert_int_equal(f->diags.list.n, 6);
    static const int lines[] = {2, 3, 4, 5, 7, 9};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(f->diags.list.items[i].line, lines[i]);
    }
    assert_int_equal(f->err.line, 2);
}

static void keys_that_others_mention_are_the_users_own(void **state) {
    fixture *f = *state;
    loaded(f, "[DEFAULT]\ndb_host = h\n[autogen]\nname = db\n"
              "url = postgresql://%(db_host)s/%(name)s\n");
    assert_url(f, "postgresql://h/db");
}

static void later_layers_can_fail_at_a_settings_place(void **state) {
    fixture *f = *state;
    loaded(f, "[autogen]\ndialects = oracle\n");
    assert_false(
        ag_settings_fail(f->settings, AG_SET_dialects, &f->err, "no dialect %s", "oracle"));
    assert_int_equal(f->err.line, 2);
    assert_string_equal(f->err.excerpt, "dialects = oracle");
    set_env(f, "AUTOGEN_DIALECTS", "oracle");
    loaded(f, "[autogen]\n");
    assert_false(ag_settings_fail(f->settings, AG_SET_dialects, &f->err, "no dialect"));
    assert_string_equal(f->err.message, "AUTOGEN_DIALECTS: no dialect");
}

static void hooks_of_every_type_are_read(void **state) {
    fixture *f = *state;
    const ag_settings *s =
        loaded(f, "[autogen]\n[post_write_hooks]\nhooks = a, b c\na.type = exec\n"
                  "a.executable = fmt\na.options = --line 'x y' REVISION_SCRIPT_FILENAME\n"
                  "a.cwd = sub\nb.type = console_scripts\nb.entrypoint = black\n"
                  "c.type = module\nc.module = ruff\noff.type = exec\n");
    assert_int_equal(s->hooks.n, 3);
    assert_string_equal(s->hooks.items[0].target, "fmt");
    assert_list(s->hooks.items[0].options, "<--line> <x y> <REVISION_SCRIPT_FILENAME>");
    assert_string_equal(s->hooks.items[0].cwd, in_folder(f, "sub"));
    assert_int_equal(s->hooks.items[1].type, AG_HOOK_CONSOLE_SCRIPTS);
    assert_string_equal(s->hooks.items[1].target, "black");
    assert_int_equal(s->hooks.items[2].type, AG_HOOK_MODULE);
    assert_string_equal(s->hooks.items[2].target, "ruff");
    assert_null(s->hooks.items[2].cwd);
}

static void mistakes_in_hooks_are_named(void **state) {
    static const struct {
        const char *keys;
        int line;
        int column;
        const char *message;
        const char *hint;
    } cases[] = {
        {"hooks = a\n", 3, 1, "no hook \"a\"", "a.type"},
        {"hooks = a\na.type = exce\n", 4, 10, "unknown type", "console_scripts"},
        {"hooks = a\na.type = exec\n", 4, 1, "a.executable", ""},
        {"hooks = a\na.type = exec\na.executable =\n", 4, 1, "no value", ""},
        {"a.typ = exec\n", 3, 1, "unknown key", "a.type"},
        {"hook = a\n", 3, 1, "unknown key", "NAME.type"},
        {"hooks = a\na.type = exec\na.executable = x\na.options = 'x\n", 6, 13, "never closed", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture *f = *state;
        const char *ini =
            ag_arena_printf(f->arena, "[autogen]\n[post_write_hooks]\n%s", cases[i].keys);
        assert_mistake(f, ini, cases[i].line, cases[i].column, cases[i].message, cases[i].hint);
    }
}

static void every_key_is_in_the_documentation(void **state) {
    fixture *f = *state;
    const char *root = getenv("AG_SOURCE_DIR");
    if (root == NULL) {
        skip();
    }
    char *text = NULL;
    size_t n = 0;
    assert_true(ag_file_read(f->arena, ag_path_join(f->arena, root, "docs/configuration.md"),
                             AG_FAILED, &text, &n, NULL));
    char *rest = strstr(text, "\n## The file\n"); /* other tables follow */
    assert_non_null(rest);
    *rest = '\0';
    size_t n_rows = 0;
    for (const char *p = text; (p = strstr(p, "\n| `")) != NULL; p++) {
        n_rows++;
    }
    assert_int_equal(n_rows, AG_N_SETTINGS);
    const ag_setting_spec *specs = ag_setting_specs();
    for (size_t i = 0; i < AG_N_SETTINGS; i++) {
        const ag_setting_spec *s = &specs[i];
        const char *def =
            s->default_text[0] == '\0' ? "" : ag_arena_printf(f->arena, " `%s`", s->default_text);
        const char *row = ag_arena_printf(f->arena, "\n| `%s` | %s |%s | %s |\n", s->name,
                                          ag_setting_kind_word(s->kind), def, s->meaning);
        if (strstr(text, row) == NULL) {
            fail_msg("not in docs/configuration.md:%s", row);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(defaults_are_those_of_the_documentation),
        TEST(reads_the_example_of_the_documentation),
        TEST(lists_are_split_and_quoted),
        TEST(a_folder_with_blanks_does_not_split_a_list),
        TEST(booleans_and_durations_are_read_as_people_write_them),
        TEST(mistakes_in_values_point_at_the_value),
        TEST(all_mistakes_are_reported_in_the_order_of_the_file),
        TEST(keys_that_others_mention_are_the_users_own),
        TEST(later_layers_can_fail_at_a_settings_place),
        TEST(hooks_of_every_type_are_read),
        TEST(mistakes_in_hooks_are_named),
        TEST(every_key_is_in_the_documentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
