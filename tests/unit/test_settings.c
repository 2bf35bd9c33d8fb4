#include "unit.h"

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

static const char *fake_get(void *context, const char *name) {
    fixture *f = context;
    for (size_t i = 0; i < 8 && f->env_pairs[i].key != NULL; i++) {
        if (strcmp(f->env_pairs[i].key, name) == 0) {
            return f->env_pairs[i].value;
        }
    }
    return NULL;
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = ag_arena_new();
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/autogen-set-XXXXXX");
    f->env = (ag_env){fake_get, f};
    f->input.env = &f->env;
    *state = f;
    return mkdtemp(f->folder) == NULL ? 1 : 0;
}

static const char *in_folder(fixture *f, const char *name) {
    return ag_path_join(f->arena, f->folder, name);
}

static int tear_down(void **state) {
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

static void write_file(fixture *f, const char *name, const char *text) {
    assert_true(ag_file_write(in_folder(f, name), text, strlen(text), NULL));
}

static bool load(fixture *f) {
    ag_diags_release(&f->diags);
    f->diags = (ag_diags)AG_DIAGS_INIT;
    if (f->input.config == NULL) {
        f->input.config = in_folder(f, "autogen.ini");
    }
    return ag_settings_load(f->arena, &f->input, &f->diags, &f->settings, &f->err);
}

static const ag_settings *loaded(fixture *f, const char *ini) {
    write_file(f, "autogen.ini", ini);
    if (!load(f)) {
        ag_buf out = AG_BUF_INIT;
        ag_error_render(&out, &f->err, "error", false);
        fail_msg("%s", ag_buf_text(&out));
    }
    return f->settings;
}

/* Loads a broken file and checks the one mistake in it. */
static void assert_mistake(fixture *f, const char *ini, int line, int column, const char *message,
                           const char *hint) {
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

static void assert_list(ag_strings list, const char *joined) {
    ag_buf out = AG_BUF_INIT;
    for (size_t i = 0; i < list.n; i++) {
        ag_buf_printf(&out, "%s<%s>", i == 0 ? "" : " ", list.items[i]);
    }
    assert_string_equal(ag_buf_text(&out), joined);
    ag_buf_release(&out);
}

static void assert_url(fixture *f, const char *text) {
    ag_url url;
    if (!ag_settings_url(f->settings, &url, &f->err)) {
        fail_msg("%s: %s", text, f->err.message);
    }
    assert_string_equal(url.text, text);
}

static void set_env(fixture *f, const char *key, const char *value) {
    size_t i = 0;
    while (f->env_pairs[i].key != NULL && strcmp(f->env_pairs[i].key, key) != 0) {
        i++;
    }
    assert_true(i < 7);
    f->env_pairs[i] = (ag_pair){key, value};
}

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

static void relative_paths_are_relative_to_the_file_or_the_current_folder(void **state) {
    fixture *f = *state;
    set_env(f, "AUTOGEN_MODEL", "env.json");
    ag_pair options[] = {{"version_locations", "opt"}};
    f->input.options = (ag_pairs){options, 1, 1};
    const ag_settings *s = loaded(f, "[autogen]\nscript_location = m\nmodel = file.json\n"
                                     "version_locations = v\ndev_url = dev.db\n");
    assert_string_equal(s->script_location, in_folder(f, "m"));
    assert_string_equal(s->dev_url, in_folder(f, "dev.db"));
    assert_list(s->model, "<env.json>");
    assert_list(s->version_locations, "<opt>");
    assert_int_equal(s->origin[AG_SET_model].from, AG_FROM_ENVIRONMENT);
    assert_string_equal(s->origin[AG_SET_model].name, "AUTOGEN_MODEL");
    assert_int_equal(s->origin[AG_SET_version_locations].from, AG_FROM_OPTION);
    assert_int_equal(s->origin[AG_SET_script_location].loc.line, 2);
}

static void mistakes_of_environment_and_options_are_usage_errors(void **state) {
    fixture *f = *state;
    set_env(f, "AUTOGEN_LOCK_TIMEOUT", "soon");
    ag_pair options[] = {{"lock_retries", "x"}, {"no_such", "x"}};
    f->input.options = (ag_pairs){options, 2, 2};
    write_file(f, "autogen.ini", "[autogen]\n");
    assert_false(load(f));
    assert_int_equal(f->diags.list.n, 3);
    assert_int_equal(f->err.code, AG_USAGE);
    assert_string_equal(f->err.message, "AUTOGEN_LOCK_TIMEOUT takes a duration, not \"soon\"");
    assert_non_null(strstr(f->diags.list.items[1].message, "--lock-retries"));
}

static void the_url_is_resolved_in_order_of_rank(void **state) {
    fixture *f = *state;
    static const char ini[] = "[autogen]\nurl = sqlite:////ini.db\n";
    loaded(f, ini);
    assert_url(f, "sqlite:////ini.db");
    write_file(f, ".env", "OTHER=1\nexport DATABASE_URL='sqlite:////dotenv.db'\n");
    loaded(f, ini);
    assert_url(f, "sqlite:////dotenv.db");
    assert_int_equal(f->settings->origin[AG_SET_url].from, AG_FROM_DOTENV);
    set_env(f, "DATABASE_URL", "sqlite:////env.db");
    loaded(f, ini);
    assert_url(f, "sqlite:////env.db");
    f->input.url = "sqlite:////option.db";
    loaded(f, ini);
    assert_url(f, "sqlite:////option.db");
    assert_string_equal(f->settings->origin[AG_SET_url].name, "--url");
    f->input.url = NULL;
    set_env(f, "DATABASE_URL", "");
    write_file(f, ".env", "DATABASE_URL=\n");
    loaded(f, ini);
    assert_url(f, "sqlite:////ini.db");
}

static void with_n_the_sections_own_url_comes_before_the_environment(void **state) {
    fixture *f = *state;
    static const char ini[] = "[DEFAULT]\nurl = sqlite:////default.db\n"
                              "[prod]\nurl = sqlite:////prod.db\n[bare]\ntimezone = UTC\n";
    set_env(f, "DATABASE_URL", "sqlite:////env.db");
    f->input.section = "prod";
    loaded(f, ini);
    assert_url(f, "sqlite:////prod.db");
    f->input.url = "sqlite:////option.db";
    loaded(f, ini);
    assert_url(f, "sqlite:////option.db");
    f->input.url = NULL;
    f->input.section = "bare";
    loaded(f, ini);
    assert_url(f, "sqlite:////env.db");
    set_env(f, "DATABASE_URL", "");
    loaded(f, ini);
    assert_url(f, "sqlite:////default.db");
}

static void another_section_does_not_see_the_keys_of_autogen(void **state) {
    fixture *f = *state;
    f->input.section = "prod";
    loaded(f, "[autogen]\nscript_location = a\nnonsense = not read\n[prod]\nlock_timeout = 1s\n");
    assert_null(f->settings->script_location);
    assert_int_equal(f->settings->lock_timeout, 1000);
}

static void a_section_that_is_not_there_is_named(void **state) {
    fixture *f = *state;
    f->input.section = "prdo";
    write_file(f, "autogen.ini", "[autogen]\n[prod]\n");
    assert_false(load(f));
    assert_int_equal(f->err.code, AG_USAGE);
    assert_string_equal(f->err.hint, "did you mean [prod]?");
    f->input.section = NULL;
    write_file(f, "autogen.ini", "[logging]\n");
    assert_false(load(f));
    assert_int_equal(f->err.code, AG_INPUT);
    assert_int_equal(f->diags.list.n, 1);
}

static void sqlite_files_of_dotenv_lie_beside_it(void **state) {
    fixture *f = *state;
    write_file(f, ".env", "DATABASE_URL=sqlite:///app.db\n");
    loaded(f, "[autogen]\n");
    assert_url(f, ag_arena_printf(f->arena, "sqlite:///%s/app.db", f->folder));
    set_env(f, "DATABASE_URL", "sqlite:///app.db");
    loaded(f, "[autogen]\n");
    assert_url(f, "sqlite:///app.db");
}

static void mistakes_in_dotenv_matter_only_where_they_may_hide_the_url(void **state) {
    fixture *f = *state;
    write_file(f, ".env", "words of the application\nDATABASE_URL=x.db\n");
    loaded(f, "[autogen]\n");
    write_file(f, ".env", "words of the application\n");
    loaded(f, "[autogen]\n");
    write_file(f, ".env", "DATABASE_URL=\"postgresql://u:hunter2@h/d\n");
    assert_false(load(f));
    assert_non_null(strstr(f->err.message, "closing quote"));
    assert_string_equal(f->err.excerpt, "");
    (void)unlink(in_folder(f, ".env"));
    assert_true(ag_dir_make(in_folder(f, ".env"), NULL)); /* a Python environment, perhaps */
    loaded(f, "[autogen]\n");
}

static void a_missing_x_matters_to_who_needs_the_url(void **state) {
    fixture *f = *state;
    static const char ini[] = "[autogen]\nurl = postgresql://h/%(x_tenant)s\n";
    ag_url url;
    loaded(f, ini);
    assert_false(ag_settings_url(f->settings, &url, &f->err));
    assert_int_equal(f->err.line, 2);
    assert_string_equal(f->err.hint, "give one with -x tenant=VALUE");
    ag_pair x[] = {{"tenant", "acme"}};
    f->input.x = (ag_pairs){x, 1, 1};
    loaded(f, ini);
    assert_url(f, "postgresql://h/acme");
    f->input.x = (ag_pairs){NULL, 0, 0};
    f->input.url = "x.db";
    loaded(f, ini);
    assert_url(f, "x.db");
    f->input.url = NULL;
    assert_mistake(f, "[autogen]\nmodel = %(x_m)s\n", 2, 9, "%(x_m)s", "-x m=VALUE");
}

static void a_missing_file_matters_to_who_needs_it(void **state) {
    fixture *f = *state;
    assert_true(load(f));
    assert_false(f->settings->has_file);
    assert_false(ag_settings_need_file(f->settings, &f->err));
    assert_non_null(strstr(f->err.message, "autogen.ini"));
    assert_non_null(strstr(f->err.hint, "autogen init"));
    assert_int_equal(f->err.code, AG_INPUT);
    assert_false(ag_settings_need(f->settings, AG_SET_script_location, &f->err));
    assert_non_null(strstr(f->err.hint, "autogen init"));
    loaded(f, "[autogen]\n");
    assert_true(ag_settings_need_file(f->settings, &f->err));
    assert_false(ag_settings_need(f->settings, AG_SET_script_location, &f->err));
    assert_non_null(strstr(f->err.message, "no key script_location"));
    assert_false(ag_settings_need(f->settings, AG_SET_model, &f->err));
    loaded(f, "[autogen]\nscript_location = x\nmodel = y\n");
    assert_true(ag_settings_need(f->settings, AG_SET_script_location, &f->err));
    assert_true(ag_settings_need(f->settings, AG_SET_model, &f->err));
}

static void the_file_is_that_of_the_option_or_the_environment(void **state) {
    fixture *f = *state;
    write_file(f, "autogen.ini", "[autogen]\n");
    set_env(f, "AUTOGEN_CONFIG", in_folder(f, "autogen.ini"));
    ag_diags diags = AG_DIAGS_INIT;
    ag_settings *s = NULL;
    assert_true(ag_settings_load(f->arena, &f->input, &diags, &s, NULL));
    assert_true(s->has_file);
    assert_string_equal(s->folder, f->folder);
    f->input.config = "/nowhere/other.ini";
    assert_true(ag_settings_load(f->arena, &f->input, &diags, &s, NULL));
    assert_false(s->has_file);
    assert_string_equal(s->folder, "/nowhere");
    f->input.config = f->folder;
    assert_false(ag_settings_load(f->arena, &f->input, &diags, &s, &f->err));
    assert_non_null(strstr(f->err.message, "folder"));
    ag_diags_release(&diags);
}

static void a_bad_url_is_reported_where_it_stands_without_its_password(void **state) {
    fixture *f = *state;
    ag_url url;
    loaded(f, "[autogen]\nurl = mysql://u:hunter2@h/d\n");
    assert_false(ag_settings_url(f->settings, &url, &f->err));
    assert_int_equal(f->err.code, AG_INPUT);
    assert_int_equal(f->err.line, 2);
    assert_null(strstr(f->err.excerpt, "hunter2"));
    assert_null(strstr(f->err.message, "hunter2"));
    assert_null(strstr(f->settings->origin[AG_SET_url].text, "hunter2"));
    set_env(f, "DATABASE_URL", "mysql://u:hunter2@h/d");
    loaded(f, "[autogen]\n");
    assert_false(ag_settings_url(f->settings, &url, &f->err));
    assert_int_equal(f->err.code, AG_USAGE);
    assert_non_null(strstr(f->err.message, "DATABASE_URL: "));
    set_env(f, "DATABASE_URL", "");
    loaded(f, "[autogen]\n");
    assert_false(ag_settings_url(f->settings, &url, &f->err));
    assert_int_equal(f->err.code, AG_USAGE);
    assert_non_null(strstr(f->err.hint, "--url"));
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
        TEST(relative_paths_are_relative_to_the_file_or_the_current_folder),
        TEST(mistakes_of_environment_and_options_are_usage_errors),
        TEST(the_url_is_resolved_in_order_of_rank),
        TEST(with_n_the_sections_own_url_comes_before_the_environment),
        TEST(another_section_does_not_see_the_keys_of_autogen),
        TEST(a_section_that_is_not_there_is_named),
        TEST(sqlite_files_of_dotenv_lie_beside_it),
        TEST(mistakes_in_dotenv_matter_only_where_they_may_hide_the_url),
        TEST(a_missing_x_matters_to_who_needs_the_url),
        TEST(a_missing_file_matters_to_who_needs_it),
        TEST(the_file_is_that_of_the_option_or_the_environment),
        TEST(a_bad_url_is_reported_where_it_stands_without_its_password),
        TEST(later_layers_can_fail_at_a_settings_place),
        TEST(hooks_of_every_type_are_read),
        TEST(mistakes_in_hooks_are_named),
        TEST(every_key_is_in_the_documentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
