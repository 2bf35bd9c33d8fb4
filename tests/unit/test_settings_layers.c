/* Where settings come from: file, sections, environment, .env, options; and which one counts. */
#include "unit.h"

#include "settings_kit.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
