#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "config/url.h"

static int set_up(void **state) {
    *state = ag_arena_new();
    return 0;
}

static int tear_down(void **state) {
    ag_arena_free(*state);
    return 0;
}

static ag_url parsed(ag_arena *arena, const char *text) {
    ag_url url;
    ag_error err;
    if (!ag_url_parse(arena, text, &url, &err)) {
        fail_msg("%s: %s", text, err.message);
    }
    return url;
}

static void sqlite_forms_name_a_file(void **state) {
    static const char *const cases[][2] = {
        {"sqlite:///rel.db", "rel.db"},
        {"sqlite:////srv/abs.db", "/srv/abs.db"},
        {"SQLite:///x.db", "x.db"},
        {"sqlite+aiosqlite:///sub/x.db", "sub/x.db"},
        {"sqlite:///a%20b%25.db", "a b%.db"},
        {"sqlite:///a b.db", "a b.db"},
        {"sqlite:///noending", "noending"},
        {"app.db", "app.db"},
        {"/srv/app.sqlite", "/srv/app.sqlite"},
        {"./x%20.sqlite3", "./x%20.sqlite3"},
        {"  app.db\n", "app.db"},
        {"sqlite:///x.db?mode=ro", "x.db"},
        {"sqlite:///file:x.db?mode=ro&uri=true", "x.db"},
        {"sqlite:///x.db?check_same_thread=False&timeout=5", "x.db"},
        {"sqlite://", ":memory:"},
        {"sqlite:///", ":memory:"},
        {"sqlite:///:memory:", ":memory:"},
        {":memory:", ":memory:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ag_url url = parsed(*state, cases[i][0]);
        assert_string_equal(url.dialect, "sqlite");
        assert_string_equal(url.path, cases[i][1]);
        assert_null(url.conninfo);
        assert_int_equal(url.is_memory, strcmp(url.path, ":memory:") == 0);
    }
}

static void sqlite_uri_is_encoded_and_keeps_its_parameters(void **state) {
    assert_string_equal(parsed(*state, "sqlite:///a%3Fb%23.db").uri, "file:a%3Fb%23.db");
    assert_string_equal(parsed(*state, "sqlite:////srv/x.db").uri, "file:///srv/x.db");
    assert_string_equal(parsed(*state, "sqlite://").uri, "file::memory:");
    assert_string_equal(parsed(*state, "x?y.db").uri, "file:x%3Fy.db");
    ag_url url = parsed(*state, "sqlite:///x.db?uri=true&mode=ro&&cache=shared");
    assert_string_equal(url.uri, "file:x.db?mode=ro&cache=shared");
    assert_true(url.is_read_only);
    assert_true(parsed(*state, "sqlite:///x.db?immutable=1").is_read_only);
    assert_false(parsed(*state, "sqlite:///x.db?mode=rw").is_read_only);
    assert_true(parsed(*state, "sqlite:///name?mode=memory&cache=shared").is_memory);
}

static void postgresql_forms_reach_libpq_without_the_suffix(void **state) {
    static const char *const cases[][2] = {
        {"postgresql://h/db", "postgresql://h/db"},
        {"postgres://u:p@h:5432/db?sslmode=require", "postgres://u:p@h:5432/db?sslmode=require"},
        {"postgresql+asyncpg://u@h/db", "postgresql://u@h/db"},
        {"POSTGRESQL+psycopg2://u@h/db", "postgresql://u@h/db"},
        {"postgresql://", "postgresql://"},
        {"postgresql:///db?host=/tmp", "postgresql:///db?host=/tmp"},
        {"postgresql://u:p%40%2F@[::1]:5432,h2:1/db", "postgresql://u:p%40%2F@[::1]:5432,h2:1/db"},
        {"host=/tmp dbname=app.db", "host=/tmp dbname=app.db"},
        {"dbname = 'my db' password = 'a\\'b c'", "dbname = 'my db' password = 'a\\'b c'"},
        {"service=x", "service=x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ag_url url = parsed(*state, cases[i][0]);
        assert_string_equal(url.dialect, "postgresql");
        assert_string_equal(url.conninfo, cases[i][1]);
        assert_null(url.path);
    }
}

static void what_makes_no_sense_is_a_usage_error_that_hides_passwords(void **state) {
    static const char *const cases[][2] = {
        {"", "empty"},
        {"   ", "empty"},
        {"mysql://u:hunter2@h/db", "mysql"},
        {"mysql+pymysql://u:hunter2@h/db", "mysql+pymysql"},
        {"u:hunter2@h/db", "cannot tell"},
        {"postgresql:u:hunter2@h/db", "cannot tell"},
        {"postgresql:/u:hunter2@h/db", "cannot tell"},
        {"just words", "cannot tell"},
        {"sqlite://rel.db", "host"},
        {"sqlite:///a%zz.db", "%"},
        {"sqlite:///a%00.db", "%"},
        {"sqlite:///a%2", "%"},
        {"sqlite:///x.db?wal=1", "no parameter \"wal\""},
        {"sqlite:///x.db?mode=quick", "mode must be"},
        {"sqlite:///x.db?key=hunter2", "no parameter \"key\""},
        {"postgresql://u:hunter2%zz@h/db", "%"},
        {"postgresql://u:hun@ter2@h/db", "told apart"},
        {"postgresql://u:12/hunter2@h/db", "told apart"},
        {"postgresql://u:hunter2/x@h/db", "told apart"},
        {"postgresql://u:hunter2?x@h/db", "told apart"},
        {"postgresql://u:hunter2#x@h/db", "told apart"},
        {"postgresql://u:hunter2", "told apart"},
        {"postgresql://u:hunter2@[::1/db", "told apart"},
        {"host=h password='hunter2", "pairs"},
        {"host=h password=x hunter2 y", "pairs"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ag_url url;
        ag_error err;
        if (ag_url_parse(*state, cases[i][0], &url, &err)) {
            fail_msg("accepted: %s", cases[i][0]);
        }
        assert_int_equal(err.code, AG_USAGE);
        assert_non_null(strstr(err.message, cases[i][1]));
        assert_null(strstr(err.message, "hunter2"));
        assert_null(strstr(err.message, "ter2@"));
    }
}

static void masked_shows_all_but_the_password(void **state) {
    static const char *const cases[][2] = {
        {"postgresql://u:secret@h:5432/db", "postgresql://u:***@h:5432/db"},
        {"postgresql+asyncpg://u:secret@h/db", "postgresql+asyncpg://u:***@h/db"},
        {"postgresql://u@h/db", "postgresql://u@h/db"},
        {"postgresql://h:5432/db", "postgresql://h:5432/db"},
        {"postgresql://u:@h/db", "postgresql://u:@h/db"},
        {"postgresql://:secret@h/db", "postgresql://:***@h/db"},
        {"postgresql://h/db?password=secret&sslmode=require",
         "postgresql://h/db?password=***&sslmode=require"},
        {"postgresql://u:s1@h/db?sslpassword=s2", "postgresql://u:***@h/db?sslpassword=***"},
        {"postgresql://h/db?p%61ssword=secret", "postgresql://h/db?p%61ssword=***"},
        {"postgresql://h/db?PASSWORD=secret", "postgresql://h/db?PASSWORD=***"},
        {"postgresql://h/db?user=a@b", "postgresql://h/db?user=a@b"},
        {"postgresql://u:p@ss@h/db", "postgresql://u:***@h/db"},
        {"postgresql://u:p/s?s@h/db", "postgresql://u:***@h/db"},
        {"postgresql://u:p?s@h/db", "postgresql://u:***@h/db"},
        {"postgresql://u:p#s@h/db", "postgresql://u:***@h/db"},
        {"mysql://u:secret@h/db", "mysql://u:***@h/db"},
        {"u:secret@h/db", "u:***@h/db"},
        {"host=h password=secret dbname=d", "host=h password=*** dbname=d"},
        {"host=h password = 'se cr\\'et' dbname=d", "host=h password = *** dbname=d"},
        {"password=secret", "password=***"},
        {"host=h sslpassword='x y'", "host=h sslpassword=***"},
        {"host=h password='never closed dbname=d", "host=h password='***"},
        {"host=h password=se cr et", "host=h password=*** ***"},
        {"dbname='host=x password=secret' user=u", "dbname='host=x password=***' user=u"},
        {"dbname=postgresql://u:secret@h/db user=u", "dbname=postgresql://u:***@h/db user=u"},
        {"sqlite:///a:b@c.db", "sqlite:///a:b@c.db"},
        {"sqlite:///x.db", "sqlite:///x.db"},
        {"app.db", "app.db"},
        {"", ""},
        {"postgresql://u:s\n\x1b[31m@h/\x1b[0m", "postgresql://u:***@h/?[0m"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(ag_url_masked(*state, cases[i][0]), cases[i][1]);
    }
    assert_string_equal(ag_url_masked(*state, NULL), "");
}

static void without_password_is_fit_for_a_file(void **state) {
    static const char *const cases[][2] = {
        {"postgresql://u:secret@h:5432/db", "postgresql://u@h:5432/db"},
        {"postgresql://u:@h/db", "postgresql://u@h/db"},
        {"postgresql://:secret@h/db", "postgresql://@h/db"},
        {"postgresql://h/db?password=s&sslmode=x", "postgresql://h/db?sslmode=x"},
        {"postgresql://h/db?sslmode=x&password=s", "postgresql://h/db?sslmode=x"},
        {"postgresql://h/db?password=s", "postgresql://h/db"},
        {"postgresql://u:a@h/db?password=s", "postgresql://u@h/db"},
        {"host=h password='a b' dbname=d", "host=h dbname=d"},
        {"password=s host=h", "host=h"},
        {"postgresql://u@h/db", "postgresql://u@h/db"},
        {"sqlite:///x.db", "sqlite:///x.db"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *clean = ag_url_without_password(*state, cases[i][0]);
        assert_string_equal(clean, cases[i][1]);
        assert_false(ag_url_has_password(clean));
    }
    assert_true(ag_url_has_password("postgresql://u:secret@h/db"));
    assert_true(ag_url_has_password("host=h password=x"));
    assert_false(ag_url_has_password("postgresql://u:@h/db"));
    assert_false(ag_url_has_password("postgresql://h:5432/db"));
}

static void secrets_are_masked_in_any_text(void **state) {
    ag_arena *a = *state;
    const char *url = "postgresql://u:hun%40ter@h/db";
    assert_string_equal(ag_mask_secrets(a, "hun%40ter or hun@ter?", url), "*** or ***?");
    assert_string_equal(ag_mask_secrets(a, "nothing", url), "nothing");
    assert_string_equal(ag_mask_secrets(a, "text", NULL), "text");
    assert_null(ag_mask_secrets(a, NULL, url));
    assert_string_equal(ag_mask_secrets(a, "x it's x", "host=h password='it\\'s'"), "x *** x");
    assert_string_equal(
        ag_mask_secrets(a, "in \"host=h password='it\\'s'\"", "host=h password='it\\'s'"),
        "in \"host=h password='***'\"");
    /* short ones only as words */
    assert_string_equal(ag_mask_secrets(a, "a banana: a", "postgresql://u:a@h/db"),
                        "*** banana: ***");
    /* a password that is also a name */
    const char *same = "postgresql://postgres:postgres@h/db";
    assert_string_equal(ag_mask_secrets(a, "authentication failed for user \"postgres\"", same),
                        "authentication failed for user \"postgres\"");
    assert_string_equal(ag_mask_secrets(a, "in postgresql://postgres:postgres@h/db", same),
                        "in postgresql://postgres:***@h/db");
    assert_string_equal(ag_mask_secrets(a, "s1 sec2", "postgresql://u:s1@h?sslpassword=sec2"),
                        "*** ***");
}

static void hostile_texts_are_survived(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "postgresql://", "sqlite://", "u:p@", "host=", "'", "\\", "%",    "?", "&",
        "password",      "=",         "@",    ":",     "/", " ",  "\xff", "[", "\n",
        "x=y a="};
    size_t n = sizeof pieces / sizeof *pieces;
    for (size_t i = 0; i < n * n * n; i++) {
        ag_arena *arena = ag_arena_new();
        const char *text =
            ag_arena_printf(arena, "%s%s%s", pieces[i % n], pieces[i / n % n], pieces[i / n / n]);
        ag_url url;
        ag_error err;
        (void)ag_url_parse(arena, text, &url, &err);
        const char *masked = ag_url_masked(arena, text);
        const char *clean = ag_url_without_password(arena, text);
        assert_non_null(ag_mask_secrets(arena, text, text));
        assert_true(strlen(clean) <= strlen(text));
        assert_null(strchr(masked, '\n'));
        ag_arena_free(arena);
    }
}

static void no_password_however_odd_is_shown(void **state) {
    (void)state;
    static const char *const forms[] = {"postgresql://u:Zq%sqZ@h:5432/db",
                                        "postgres+x://u:Zq%sqZ@h/db?sslmode=require",
                                        "mysql://u:Zq%sqZ@h", "u:Zq%sqZ@h/db"};
    uint32_t random = 1;
    for (size_t i = 0; i < 20000; i++) {
        ag_arena *arena = ag_arena_new();
        char middle[9] = "";
        for (size_t j = 0; j < i % 8; j++) {
            random = random * 1664525u + 1013904223u;
            middle[j] = (char)(' ' + (random >> 16) % 95);
        }
        const char *form = forms[i / 8 % 4];
        const char *split = strstr(form, "%s");
        const char *text =
            ag_arena_printf(arena, "%.*s%s%s", (int)(split - form), form, middle, split + 2);
        ag_url url;
        ag_error err = {0};
        bool ok = ag_url_parse(arena, text, &url, &err);
        const char *masked = ag_url_masked(arena, text);
        const char *clean = ag_url_without_password(arena, text);
        const char *shown =
            ag_arena_printf(arena, "%s\n%s\n%s", masked, clean, ok ? "" : err.message);
        if (strstr(shown, "Zq") != NULL || strstr(shown, "qZ") != NULL) {
            fail_msg("%s is shown as %s", text, shown);
        }
        assert_string_equal(ag_mask_secrets(arena, middle, "x.db"), middle);
        ag_arena_free(arena);
    }
}

static void blot_keeps_the_length(void **state) {
    (void)state;
    char text[] = "postgresql://u:secret@h/db";
    ag_url_blot(text, strlen(text));
    assert_string_equal(text, "postgresql://u:******@h/db");
}

static void rebase_moves_relative_sqlite_files_only(void **state) {
    static const char *const cases[][2] = {
        {"sqlite:///x.db", "sqlite:///conf/x.db"},
        {"sqlite:///a%20b.db?mode=ro", "sqlite:///conf/a%20b.db?mode=ro"},
        {"sqlite:////srv/x.db", "sqlite:////srv/x.db"},
        {"sqlite://", "sqlite://"},
        {"x.db", "conf/x.db"},
        {"postgresql://h/db", "postgresql://h/db"},
        {"host=h", "host=h"},
        {"nonsense://x", "nonsense://x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(ag_url_rebase(*state, cases[i][0], "conf"), cases[i][1]);
        assert_string_equal(ag_url_rebase(*state, cases[i][0], "."), cases[i][0]);
    }
    assert_string_equal(ag_url_rebase(*state, "sqlite:///x.db", "/abs"), "sqlite:////abs/x.db");
    assert_true(ag_url_is_url("postgresql://x") && ag_url_is_url("host=x"));
    assert_false(ag_url_is_url("schema/*.json") || ag_url_is_url("x.db") || ag_url_is_url(""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sqlite_forms_name_a_file),
        TEST(sqlite_uri_is_encoded_and_keeps_its_parameters),
        TEST(postgresql_forms_reach_libpq_without_the_suffix),
        TEST(what_makes_no_sense_is_a_usage_error_that_hides_passwords),
        TEST(masked_shows_all_but_the_password),
        TEST(without_password_is_fit_for_a_file),
        TEST(secrets_are_masked_in_any_text),
        TEST(hostile_texts_are_survived),
        TEST(no_password_however_odd_is_shown),
        TEST(blot_keeps_the_length),
        TEST(rebase_moves_relative_sqlite_files_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
