#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "rev_project.h"
#include "revision/offline.h"

static rev_project *project(void) {
    rev_project *p = rev_new();
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    rev_add(p, "b1", "a1", "INSERT INTO a VALUES (1);\n-- autogen:part\nINSERT INTO a VALUES (2);",
            "DELETE FROM a;");
    rev_add(p, "c1", "b1",
            "INSERT INTO a VALUES (3);\n-- autogen:autocommit\nVACUUM;\n-- autogen:transaction\n"
            "INSERT INTO a VALUES (4);",
            "-- autogen:autocommit\nVACUUM;");
    rev_write(p, "d1.sql",
              "-- d\n-- Revision ID: d1\n-- Revises: c1\n-- autogen:upgrade sqlite\n"
              "-- autogen:rebuild a 0123456789abcdef\n"
              "ALTER TABLE a RENAME TO old;\nCREATE TABLE a (x integer, y text);\n"
              "INSERT INTO a (x) SELECT x FROM old;\nDROP TABLE old;\n-- autogen:end\n");
    rev_load(p);
    return p;
}

static ag_offline_options options_of(const rev_project *p, ag_transaction_mode mode) {
    return (ag_offline_options){
        .graph = p->graph, .dialect = &ag_dialect_sqlite, .transaction = mode};
}

#define VERSION_TABLE                                                                              \
    "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL,\n    CONSTRAINT "       \
    "alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n"

static void check_upgrade(ag_transaction_mode mode, const char *range, const char *expected) {
    rev_project *p = project();
    ag_offline_options options = options_of(p, mode);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    if (!ag_offline_upgrade(&options, range, &out, &err)) {
        ag_buf_puts(&out, err.message);
    }
    assert_string_equal(ag_buf_text(&out), expected);
    ag_buf_release(&out);
    rev_end(p);
}

static void an_upgrade_is_a_script_of_transactions(void **state) {
    (void)state;
    check_upgrade(AG_TRANSACTION_PER_REVISION, "b1",
                  "BEGIN;\n\n" VERSION_TABLE "-- Running upgrade  -> a1\n\n"
                  "CREATE TABLE a (x integer);\n\n"
                  "INSERT INTO alembic_version (version_num) VALUES ('a1');\n\nCOMMIT;\n\n"
                  "BEGIN;\n\n-- Running upgrade a1 -> b1\n\nINSERT INTO a VALUES (1);\n\n"
                  "COMMIT;\n\nBEGIN;\n\nINSERT INTO a VALUES (2);\n\n"
                  "UPDATE alembic_version SET version_num = 'b1' WHERE version_num = 'a1';\n\n"
                  "COMMIT;\n\n");
    check_upgrade(AG_TRANSACTION_PER_REVISION, "b1:c1",
                  "BEGIN;\n\n-- Running upgrade b1 -> c1\n\nINSERT INTO a VALUES (3);\n\n"
                  "COMMIT;\n\nVACUUM;\n\nBEGIN;\n\nINSERT INTO a VALUES (4);\n\n"
                  "UPDATE alembic_version SET version_num = 'c1' WHERE version_num = 'b1';\n\n"
                  "COMMIT;\n\n");
    check_upgrade(AG_TRANSACTION_PER_REVISION, "c1:",
                  "PRAGMA foreign_keys = OFF;\n\nBEGIN;\n\n-- Running upgrade c1 -> d1\n\n"
                  "-- WARNING: table a is made anew: nothing here checks that it is the one this "
                  "was made for, and indexes and triggers that are not made again below are lost; "
                  "`autogen upgrade` would check, and keep them\n"
                  "ALTER TABLE a RENAME TO old;\n\nCREATE TABLE a (x integer, y text);\n\n"
                  "INSERT INTO a (x) SELECT x FROM old;\n\nDROP TABLE old;\n\n"
                  "UPDATE alembic_version SET version_num = 'd1' WHERE version_num = 'c1';\n\n"
                  "COMMIT;\n\n");
    check_upgrade(AG_TRANSACTION_PER_REVISION, "d1:d1", "");
    check_upgrade(AG_TRANSACTION_PER_REVISION, "nix:", "Can't locate revision identified by 'nix'");
}

static void modes_change_where_transactions_end(void **state) {
    (void)state;
    check_upgrade(AG_TRANSACTION_NONE, "a1",
                  VERSION_TABLE "-- Running upgrade  -> a1\n\nCREATE TABLE a (x integer);\n\n"
                                "INSERT INTO alembic_version (version_num) VALUES ('a1');\n\n");
    check_upgrade(AG_TRANSACTION_ALL, "a1:c1",
                  "BEGIN;\n\n-- Running upgrade a1 -> b1\n\nINSERT INTO a VALUES (1);\n\n"
                  "COMMIT;\n\nBEGIN;\n\nINSERT INTO a VALUES (2);\n\n"
                  "UPDATE alembic_version SET version_num = 'b1' WHERE version_num = 'a1';\n\n"
                  "-- Running upgrade b1 -> c1\n\nINSERT INTO a VALUES (3);\n\nCOMMIT;\n\n"
                  "VACUUM;\n\nBEGIN;\n\nINSERT INTO a VALUES (4);\n\n"
                  "UPDATE alembic_version SET version_num = 'c1' WHERE version_num = 'b1';\n\n"
                  "COMMIT;\n\n");
}

static void a_downgrade_needs_both_ends(void **state) {
    (void)state;
    rev_project *p = project();
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    static const char *const bad[] = {"a1", "a1:", ":a1", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_false(ag_offline_downgrade(&options, bad[i], &out, &err));
        assert_int_equal(err.code, AG_USAGE);
        assert_string_equal(err.message, "downgrade with --sql requires <fromrev>:<torev>");
    }
    assert_true(ag_offline_downgrade(&options, "b1:base", &out, &err));
    assert_string_equal(
        ag_buf_text(&out),
        "BEGIN;\n\n-- Running downgrade b1 -> a1\n\nDELETE FROM a;\n\n"
        "UPDATE alembic_version SET version_num = 'a1' WHERE version_num = 'b1';\n\nCOMMIT;\n\n"
        "BEGIN;\n\n-- Running downgrade a1 -> \n\nDROP TABLE a;\n\n"
        "DELETE FROM alembic_version WHERE version_num = 'a1';\n\nCOMMIT;\n\n");
    ag_buf_release(&out);
    rev_end(p);
}

static void a_stamp_changes_rows_only(void **state) {
    (void)state;
    rev_project *p = project();
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    static const char *const from[] = {"a1:c1"};
    static const char *const two[] = {"a1:c1", "b1:c1"};
    static const char *const bare[] = {"b1"};
    assert_true(ag_offline_stamp(&options, from, 1, false, &out, &err));
    assert_string_equal(
        ag_buf_text(&out),
        "BEGIN;\n\n-- Running stamp a1 -> c1\n\n"
        "UPDATE alembic_version SET version_num = 'c1' WHERE version_num = 'a1';\n\nCOMMIT;\n\n");
    ag_buf_clear(&out);
    assert_true(ag_offline_stamp(&options, bare, 1, false, &out, &err));
    assert_non_null(strstr(ag_buf_text(&out), VERSION_TABLE));
    assert_false(ag_offline_stamp(&options, two, 2, false, &out, &err));
    assert_int_equal(err.code, AG_USAGE);
    assert_false(ag_offline_stamp(&options, bare, 1, true, &out, &err));
    assert_int_equal(err.code, AG_USAGE);
    ag_buf_release(&out);
    rev_end(p);
}

/* Runs a script in the sqlite3 shell on the project's database; where there is none, skips. */
static void run_in_shell(rev_project *p, const ag_buf *script) {
    ag_error err;
    char *path = ag_path_join(p->arena, p->folder, "script.sql");
    assert_true(ag_file_write(path, script->text, script->n, &err));
    int status = system(ag_arena_printf(p->arena,
                                        "command -v sqlite3 >/dev/null || exit 77; "
                                        "sqlite3 -bail '%s' <'%s'",
                                        p->database, path));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        rev_end(p);
        skip();
    }
    assert_int_equal(status, 0);
}

static void the_script_does_what_the_runner_does(void **state) {
    (void)state;
    rev_project *p = project();
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    assert_true(ag_offline_upgrade(&options, "head", &out, &err));
    run_in_shell(p, &out);
    ag_buf_release(&out);
    rev_connect(p);
    assert_string_equal(rev_ask(p, "SELECT version_num FROM alembic_version"), "d1");
    assert_string_equal(rev_ask(p, "SELECT x, y FROM a"), "1 ~|2 ~|3 ~|4 ~");
    rev_end(p);
}

#define ASIDE "ALTER TABLE t RENAME TO _autogen_old_t;\n"

/* A table that was AUTOINCREMENT when it was made, is not after d2, and is made anew once more. */
static rev_project *counted_project(const char *options) {
    rev_project *p = rev_new();
    rev_add(p, "d1", "",
            ag_arena_printf(p->arena,
                            "CREATE TABLE t (id INTEGER PRIMARY KEY%s);\n"
                            "INSERT INTO t VALUES (7);",
                            options),
            "DROP TABLE t;");
    rev_write(p, "d2.sql",
              "-- d\n-- Revision ID: d2\n-- Revises: d1\n-- autogen:upgrade sqlite\n"
              "-- autogen:rebuild t 0123456789abcdef\n" ASIDE
              "CREATE TABLE t (id INTEGER PRIMARY KEY);\nINSERT INTO t SELECT * FROM "
              "_autogen_old_t;\n"
              "UPDATE sqlite_sequence SET name = 't' WHERE name = '_autogen_old_t';\n"
              "DROP TABLE _autogen_old_t;\n-- autogen:end\n-- autogen:downgrade sqlite\n"
              "SELECT 1;\n");
    static const char again[] =
        "-- d\n-- Revision ID: %s\n-- Revises: %s\n"
        "-- autogen:upgrade sqlite\n"
        "-- autogen:rebuild t 0123456789abcdef\n" ASIDE
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n"
        "INSERT INTO t (id) SELECT id FROM _autogen_old_t;\n"
        "DROP TABLE _autogen_old_t;\n-- autogen:end\n"
        "-- autogen:downgrade sqlite\n"
        "-- autogen:rebuild t 0123456789abcdef\n" ASIDE "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
        "INSERT INTO t (id) SELECT id FROM _autogen_old_t;\n"
        "DROP TABLE _autogen_old_t;\n-- autogen:end\n";
    rev_write(p, "d3.sql", ag_arena_printf(p->arena, again, "d3", "d2"));
    rev_load(p);
    return p;
}

static void a_rebuild_in_the_script_leaves_old_counters_where_they_were(void **state) {
    (void)state;
    rev_project *p = counted_project(" AUTOINCREMENT");
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    assert_true(ag_offline_upgrade(&options, "head", &out, &err));
    assert_true(ag_offline_downgrade(&options, "d3:d2", &out, &err));
    run_in_shell(p, &out);
    ag_buf_release(&out);
    rev_connect(p);
    assert_string_equal(rev_ask(p, "SELECT name, seq FROM sqlite_sequence"), "t 7");
    rev_end(p);
}

static void no_counters_are_spoken_of_where_there_are_none(void **state) {
    (void)state;
    rev_project *p = counted_project("");
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    assert_true(ag_offline_upgrade(&options, "d2:d3", &out, &err));
    assert_null(strstr(ag_buf_text(&out), "sqlite_sequence"));
    ag_buf_release(&out);
    rev_end(p);
}

static void the_script_warns_where_the_driver_would_have_kept_something(void **state) {
    (void)state;
    rev_project *p = rev_new();
    rev_add(p, "v1", "", "CREATE TABLE t (x);\nCREATE VIEW \"a\nb\" AS SELECT x FROM t;",
            "DROP VIEW \"a\nb\";\nDROP TABLE t;");
    rev_add(p, "v2", "v1", "DROP VIEW \"a\nb\";\nCREATE VIEW \"a\nb\" AS SELECT 1 AS x;",
            "DROP VIEW \"a\nb\";\nCREATE VIEW \"a\nb\" AS SELECT x FROM t;");
    rev_load(p);
    ag_offline_options options = options_of(p, AG_TRANSACTION_PER_REVISION);
    static const char warning[] =
        "-- WARNING: triggers on view a\\nb that are not made again below are lost, which `autogen "
        "upgrade` would keep\nDROP VIEW \"a\nb\";\n\nCREATE VIEW";
    ag_buf out = AG_BUF_INIT;
    ag_error err;
    assert_true(ag_offline_upgrade(&options, "v1:v2", &out, &err));
    assert_non_null(strstr(ag_buf_text(&out), warning));
    ag_buf_clear(&out);
    assert_true(ag_offline_downgrade(&options, "v1:base", &out, &err));
    assert_null(strstr(ag_buf_text(&out), "WARNING")); /* a view that goes for good */
    ag_buf_release(&out);
    rev_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_upgrade_is_a_script_of_transactions),
        cmocka_unit_test(modes_change_where_transactions_end),
        cmocka_unit_test(a_downgrade_needs_both_ends),
        cmocka_unit_test(a_stamp_changes_rows_only),
        cmocka_unit_test(the_script_does_what_the_runner_does),
        cmocka_unit_test(a_rebuild_in_the_script_leaves_old_counters_where_they_were),
        cmocka_unit_test(no_counters_are_spoken_of_where_there_are_none),
        cmocka_unit_test(the_script_warns_where_the_driver_would_have_kept_something),
    };
    return cmocka_run_group_tests_name("offline", tests, NULL, NULL);
}
