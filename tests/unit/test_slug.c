#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "config/slug.h"

static int set_up(void **state) {
    *state = ag_arena_new();
    return 0;
}

static int tear_down(void **state) {
    ag_arena_free(*state);
    return 0;
}

static void slug_joins_lower_case_words(void **state) {
    static const char *const cases[][2] = {
        {"Add Users table", "add_users_table"},
        {"  --a.b/c--  ", "a_b_c"},
        {"already_joined  2", "already_joined_2"},
        {"", ""},
        {"...", ""},
        {"\xc3\x9c"
         "ber \xc3\x84pfel",
         "\xc3\xbc"
         "ber_\xc3\xa4pfel"},
        {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae x", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d_x"},
        {"a\xff\xfe"
         "b",
         "a_b"},
        {"../../etc/passwd\n\x1b[0m", "etc_passwd_0m"},
        {"\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(ag_slug(*state, cases[i][0], 40), cases[i][1]);
    }
    assert_string_equal(ag_slug(*state, NULL, 40), "");
}

static void slug_drops_the_word_that_was_cut(void **state) {
    assert_string_equal(ag_slug(*state, "one two three", 9), "one_two_");
    assert_string_equal(ag_slug(*state, "one two three", 7), "one_");
    assert_string_equal(ag_slug(*state, "one two three", 13), "one_two_three");
    assert_string_equal(ag_slug(*state, "onetwothree", 5), "onetw_");
    assert_string_equal(ag_slug(*state, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 3),
                        "\xc3\xa9\xc3\xa9\xc3\xa9_");
}

static ag_file_name_input input_of(const char *file_template, const char *message) {
    ag_file_name_input input = {.file_template = file_template,
                                .rev = "4f2a9c81d0b4",
                                .message = message,
                                .slug_length = 40,
                                .extension = ".sql"};
    assert_true(ag_moment_at(1795176005, "UTC", NULL, &input.created, NULL));
    return input;
}

static void templates_are_filled_in(void **state) {
    static const char *const cases[][2] = {
        {"%(rev)s_%(slug)s", "4f2a9c81d0b4_add_table.sql"},
        {"%(year)d-%(month).2d-%(day).2d_%(hour).2d%(minute).2d%(second).2d",
         "2026-11-20_120005.sql"},
        {"%(epoch)s", "1795176005.sql"},
        {"%(minute)d", "0.sql"},
        {"%(minute)02d%(second)4d|%(second)-3d|", "00   5|5  |.sql"},
        {"%(rev).4s%%%(slug)s", "4f2a%add_table.sql"},
        {"%(year)s/%(month)02i/%(rev)s", "2026/11/4f2a9c81d0b4.sql"},
        {"fixed", "fixed.sql"},
        {"%(rev)14s", "  4f2a9c81d0b4.sql"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = NULL;
        ag_error err = {0};
        ag_file_name_input input = input_of(cases[i][0], "Add table");
        if (!ag_file_name(*state, &input, &name, &err)) {
            fail_msg("%s: %s", cases[i][0], err.message);
        }
        assert_string_equal(name, cases[i][1]);
    }
}

static void bad_templates_are_refused_with_their_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *message;
        const char *hint;
    } cases[] = {
        {"%(rev)s_%(slg)s", 8, "unknown token \"slg\"", "did you mean %(slug)s?"},
        {"a%", 1, "expected", "tokens"},
        {"a%s", 1, "expected", "tokens"},
        {"%(rev", 0, "expected", "tokens"},
        {"%(rev)", 0, "must end in", ""},
        {"%(rev)x", 0, "must end in", ""},
        {"%(rev)d", 0, "is text", "write %(rev)s"},
        {"%(year)999d", 0, "must end in", ""},
        {"", 0, "cannot be used", "empty"},
        {"/abs", 0, "cannot be used", "empty"},
        {"../%(rev)s", 0, "cannot be used", "dot"},
        {"a//%(rev)s", 0, "cannot be used", "empty"},
        {"a/", 0, "cannot be used", "dot"},
        {"a\n", 1, "control character", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 99;
        ag_error err;
        if (ag_file_template_check(cases[i].text, &bad, &err)) {
            fail_msg("accepted: %s", cases[i].text);
        }
        assert_int_equal(bad, cases[i].at);
        assert_int_equal(err.code, AG_USAGE);
        assert_non_null(strstr(err.message, cases[i].message));
        assert_non_null(strstr(err.hint, cases[i].hint));
    }
    size_t bad = 0;
    assert_true(ag_file_template_check("%(rev)s_%(slug)s", &bad, NULL));
}

static void hostile_messages_stay_in_the_folder_and_short(void **state) {
    char *long_word = ag_arena_alloc(*state, 10241);
    memset(long_word, 'x', 10240);
    char *wide = ag_arena_alloc(*state, 10241);
    for (size_t i = 0; i + 3 < 10240; i += 4) {
        memcpy(wide + i, "\xf0\xa0\x80\x80", 4);
    }
    const char *messages[] = {"../../../x", "/etc/passwd", "a\nb\rc", "..",  ".",
                              "a/b\\c",     long_word,     wide,      "\x7f"};
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        for (size_t length = 1; length < 20000; length *= 10) {
            ag_file_name_input input = input_of("%(rev)s_%(slug)s", messages[i]);
            const char *name = NULL;
            input.slug_length = length;
            assert_true(ag_file_name(*state, &input, &name, NULL));
            assert_true(strlen(name) <= AG_FILE_NAME_MAX);
            assert_null(strchr(name, '/'));
            assert_null(strchr(name, '\n'));
            assert_true(ag_text_starts(name, "4f2a9c81d0b4_"));
            assert_true(ag_utf8_valid(name, strlen(name), NULL));
        }
    }
}

static void a_name_that_cannot_be_shortened_is_refused(void **state) {
    char *long_template = ag_arena_alloc(*state, 301);
    memset(long_template, 'x', 300);
    ag_file_name_input input = input_of(long_template, "m");
    const char *name = NULL;
    ag_error err;
    assert_false(ag_file_name(*state, &input, &name, &err));
    assert_non_null(strstr(err.message, "240 bytes"));
    input = input_of("%(rev)s", "m");
    input.rev = "../x";
    assert_false(ag_file_name(*state, &input, &name, &err));
}

static void moments_show_the_clock_of_their_zone(void **state) {
    static const struct {
        const char *zone;
        const char *text;
    } cases[] = {
        {"UTC", "2026-11-20 12:00:05+00:00"},   {NULL, "2026-11-20 12:00:05+00:00"},
        {"utc", "2026-11-20 12:00:05+00:00"},   {"+05:30", "2026-11-20 17:30:05+05:30"},
        {"-0930", "2026-11-20 02:30:05-09:30"}, {"+14:00", "2026-11-21 02:00:05+14:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ag_moment m;
        assert_true(ag_moment_at(1795176005, cases[i].zone, NULL, &m, NULL));
        assert_string_equal(ag_moment_text(*state, &m), cases[i].text);
    }
    ag_moment m;
    assert_true(ag_moment_at(-1, "UTC", NULL, &m, NULL));
    assert_string_equal(ag_moment_text(*state, &m), "1969-12-31 23:59:59+00:00");
    assert_true(ag_moment_at(951782400, "UTC", NULL, &m, NULL));
    assert_string_equal(ag_moment_text(*state, &m), "2000-02-29 00:00:00+00:00");
    ag_error err;
    assert_false(ag_moment_at(INT64_MAX, "UTC", NULL, &m, &err));
    assert_false(ag_moment_at(INT64_MIN, "UTC", NULL, &m, &err));
}

static void days_and_dates_agree_both_ways(void **state) {
    (void)state;
    for (int64_t day = -800000; day < 2900000; day += 97) {
        int year = 0;
        int month = 0;
        int month_day = 0;
        ag_civil_of_day(day, &year, &month, &month_day);
        assert_true(ag_day_of_civil(year, month, month_day) == day);
        assert_in_range(month, 1, 12);
        assert_in_range(month_day, 1, 31);
    }
}

static void posix_rules_give_the_offset(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        int64_t epoch;
        int offset;
    } cases[] = {
        {"CET-1CEST,M3.5.0,M10.5.0/3", 1795176005, 3600},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 1782000000, 7200},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 1774745999, 3600},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 1774746000, 7200},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", 1795176005, 39600},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", 1782000000, 36000},
        {"<+0330>-3:30", 0, 12600},
        {"EST5EDT4,J60/0,300/-1:30:15", 1782000000, -14400},
        {"EST5EDT,59,300", 1782000000, -14400},
        {"EST5EDT,59,300", 1767225600, -18000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int offset = 1;
        assert_true(ag_posix_tz_offset(cases[i].rule, cases[i].epoch, &offset));
        assert_int_equal(offset, cases[i].offset);
    }
    static const char *const bad[] = {
        "",        "E5",           "EST",          "EST5EDT",
        "<EST5",   "EST5EDT,M3",   "EST999",       "EST5EDT,M13.1.0,J1",
        "EST5:99", "EST5EDT,1,2x", "EST5EDT,M3..", "EST5EDT,J0,J1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int offset = 0;
        assert_false(ag_posix_tz_offset(bad[i], 0, &offset));
    }
}

/* A zone file with one transition at `when`, from type 0 (offset 60) to type 1 (offset 120). */
static size_t zone_file(unsigned char *out, unsigned char when, const char *rule) {
    static const unsigned char header[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 1};
    size_t n = 0;
    memcpy(out, header, 44);
    n += 44 + 6 + 1;
    memset(out + 44, 0, 7);
    memcpy(out + n, header, 44);
    out[n + 35] = 1;
    out[n + 39] = 2;
    n += 44;
    memset(out + n, 0, 8 + 1 + 12 + 1);
    out[n + 7] = when;
    out[n + 8] = 1;
    out[n + 9 + 3] = 60;
    out[n + 15 + 3] = 120;
    n += 8 + 1 + 12 + 1;
    memcpy(out + n, rule, strlen(rule));
    return n + strlen(rule);
}

static void zone_files_are_read_and_broken_ones_refused(void **state) {
    (void)state;
    unsigned char bytes[256];
    int offset = 0;
    size_t n = zone_file(bytes, 100, "\nABC-1\n");
    assert_true(ag_tzif_offset(bytes, n, 99, &offset));
    assert_int_equal(offset, 60);
    assert_true(ag_tzif_offset(bytes, n, 100, &offset));
    assert_int_equal(offset, 3600);
    n = zone_file(bytes, 100, "\n\n");
    assert_true(ag_tzif_offset(bytes, n, 100, &offset));
    assert_int_equal(offset, 120);
    for (size_t i = 0; i < n - 2; i++) {
        unsigned char *exact = malloc(i + 1);
        memcpy(exact, bytes, i);
        assert_false(ag_tzif_offset(exact, i, 100, &offset));
        free(exact);
    }
    for (size_t i = 20; i < 44; i++) {
        unsigned char kept = bytes[i];
        bytes[i] = 0xff;
        (void)ag_tzif_offset(bytes, n, 100, &offset);
        bytes[i] = kept;
    }
}

static char zone_folder[] = "/tmp/autogen-zone-XXXXXX";

static const char *fake_get(void *context, const char *name) {
    const char *const *pair = context;
    return strcmp(name, pair[0]) == 0 ? pair[1] : NULL;
}

static void named_zones_come_from_tzdir_in_any_case(void **state) {
    ag_arena *a = *state;
    unsigned char bytes[256];
    size_t n = zone_file(bytes, 100, "\nABC-1\n");
    assert_non_null(mkdtemp(zone_folder));
    assert_true(ag_dir_make(ag_path_join(a, zone_folder, "Test"), NULL));
    char *text = ag_arena_copy(a, bytes, n);
    assert_true(ag_file_write(ag_path_join(a, zone_folder, "Test/Zone"), text, n, NULL));
    assert_true(ag_file_write(ag_path_join(a, zone_folder, "Broken"), "x", 1, NULL));
    const char *pair[] = {"TZDIR", zone_folder};
    ag_env env = {fake_get, pair};
    ag_moment m;
    ag_error err;
    assert_true(ag_moment_at(1795176005, "Test/Zone", &env, &m, &err));
    assert_string_equal(ag_moment_text(a, &m), "2026-11-20 13:00:05+01:00");
    assert_true(ag_moment_at(1795176005, "test/ZONE", &env, &m, &err));
    assert_int_equal(m.offset, 3600);
    static const char *const unknown[] = {"Test/Nowhere", "../Broken", "/etc/passwd",
                                          "Test",         "a b",       "Test/../Test/Zone"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_false(ag_moment_at(0, unknown[i], &env, &m, &err));
        assert_non_null(strstr(err.message, "unknown time zone"));
        assert_int_equal(err.code, AG_USAGE);
    }
    assert_false(ag_moment_at(0, "Broken", &env, &m, &err));
    assert_non_null(strstr(err.message, "not a time zone file"));
    (void)unlink(ag_path_join(a, zone_folder, "Test/Zone"));
    (void)unlink(ag_path_join(a, zone_folder, "Broken"));
    (void)rmdir(ag_path_join(a, zone_folder, "Test"));
    (void)rmdir(zone_folder);
}

static void source_date_epoch_is_the_time(void **state) {
    const char *pair[] = {"SOURCE_DATE_EPOCH", "1795176005"};
    ag_env env = {fake_get, pair};
    ag_moment m;
    assert_true(ag_moment_now("UTC", &env, &m, NULL));
    assert_string_equal(ag_moment_text(*state, &m), "2026-11-20 12:00:05+00:00");
    static const char *const bad[] = {"-1", "x", "12x", "99999999999999999999", " 1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ag_error err;
        pair[1] = bad[i];
        assert_false(ag_moment_now("UTC", &env, &m, &err));
        assert_int_equal(err.code, AG_USAGE);
    }
    pair[1] = "";
    assert_true(ag_moment_now("local", &env, &m, NULL));
    assert_true(m.year >= 2024);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(slug_joins_lower_case_words),
        TEST(slug_drops_the_word_that_was_cut),
        TEST(templates_are_filled_in),
        TEST(bad_templates_are_refused_with_their_place),
        TEST(hostile_messages_stay_in_the_folder_and_short),
        TEST(a_name_that_cannot_be_shortened_is_refused),
        TEST(moments_show_the_clock_of_their_zone),
        TEST(days_and_dates_agree_both_ways),
        TEST(posix_rules_give_the_offset),
        TEST(zone_files_are_read_and_broken_ones_refused),
        TEST(named_zones_come_from_tzdir_in_any_case),
        TEST(source_date_epoch_is_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
