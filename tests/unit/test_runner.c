#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "dialect/fake_driver.h"
#include "rev_project.h"
#include "sql/normal.h"

static rev_project *three_revisions(void) {
    rev_project *p = rev_new();
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);\nINSERT INTO a VALUES (1);", "DROP TABLE a;");
    rev_add(p, "b1", "a1", "CREATE TABLE b (y integer);\nUPDATE a SET x = x + 1;",
            "UPDATE a SET x = x - 1;\nDROP TABLE b;");
    rev_add(p, "c1", "b1", "INSERT INTO b VALUES (7);", "DELETE FROM b;");
    rev_load(p);
    rev_connect(p);
    return p;
}

static void an_upgrade_runs_each_revision_once_and_records_it(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_go(p, true, "head");
    assert_string_equal(ag_buf_text(&p->log), "upgrade  -> a1, make a1\n"
                                              "upgrade a1 -> b1, make b1\n"
                                              "upgrade b1 -> c1, make c1\n");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    assert_string_equal(rev_ask(p, "SELECT x, y FROM a, b"), "2 7");
    assert_string_equal(rev_ask(p, rev_history), "1 a1 upgrade 0 done me@here 0.1|"
                                                 "2 b1 upgrade 0 done me@here 0.1|"
                                                 "3 c1 upgrade 0 done me@here 0.1");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM autogen_history WHERE length(checksum) = "
                                   "64 AND started_at LIKE '20__-__-__ __:__:__.___'"),
                        "3");
    ag_buf_clear(&p->log);
    rev_go(p, true, "head");
    assert_string_equal(ag_buf_text(&p->log), "");
    rev_end(p);
}

static void the_version_table_is_as_alembic_makes_it(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    ag_error err;
    assert_true(ag_run_ensure(&p->options, &err));
    assert_true(ag_run_ensure(&p->options, &err));
    assert_string_equal(rev_ask(p, "SELECT name, type, \"notnull\", pk FROM "
                                   "pragma_table_info('alembic_version')"),
                        "version_num VARCHAR(32) 1 1");
    assert_non_null(strstr(rev_ask(p, "SELECT sql FROM sqlite_schema WHERE name = "
                                      "'alembic_version'"),
                           "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"));
    rev_end(p);
}

static void a_database_of_alembic_is_taken_over(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    (void)rev_ask(p, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT "
                     "alembic_version_pkc PRIMARY KEY (version_num))");
    (void)rev_ask(p, "INSERT INTO alembic_version VALUES ('a1')");
    (void)rev_ask(p, "CREATE TABLE a (x integer)");
    rev_go(p, true, "b1");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    rev_end(p);
}

static void a_downgrade_takes_it_back(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_go(p, true, "a1");
    char *before = rev_dump(p);
    rev_go(p, true, "head");
    ag_buf_clear(&p->log);
    rev_go(p, false, "-2");
    assert_string_equal(ag_buf_text(&p->log),
                        "downgrade c1 -> b1, make c1\ndowngrade b1 -> a1, make b1\n");
    assert_string_equal(rev_dump(p), before);
    rev_go(p, false, "base");
    assert_string_equal(rev_ask(p, rev_versions), "");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')"),
                        "0");
    rev_end(p);
}

static void a_stamp_runs_nothing(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    ag_error err;
    ag_run_result result;
    static const char *const to[] = {"b1"};
    assert_true(ag_run_stamp(&p->options, to, 1, false, &result, &err));
    assert_string_equal(ag_buf_text(&p->log), "stamp  -> b1\n");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    assert_string_equal(rev_ask(p, rev_history), "1 b1 stamp 0 done me@here 0.1");
    (void)rev_ask(p, "UPDATE alembic_version SET version_num = 'gone'");
    assert_false(ag_run_stamp(&p->options, to, 1, false, &result, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_non_null(strstr(err.hint, "stamp --purge"));
    assert_true(ag_run_stamp(&p->options, to, 1, true, &result, &err));
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    rev_end(p);
}

static void a_failing_statement_is_shown_with_its_line(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_add(p, "d1", "c1", "CREATE TABLE d (z integer);\n\n  INSERT INTO nix VALUES (1);",
            "DROP TABLE d;");
    rev_load(p);
    ag_error err;
    ag_run_result result;
    assert_false(ag_run_upgrade(&p->options, "head", &result, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_int_equal(result.n_steps, 3);
    assert_non_null(strstr(err.message, "no such table: nix"));
    assert_non_null(strstr(err.file, "versions/d1.sql"));
    assert_int_equal(err.line, 9);
    assert_int_equal(err.column, 3);
    assert_non_null(strstr(err.excerpt, "INSERT INTO nix"));
    assert_non_null(strstr(err.hint, "nothing of the upgrade of revision d1 was kept"));
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM sqlite_schema WHERE name = 'd'"), "0");
    rev_end(p);
}

static void one_transaction_for_all_keeps_nothing_of_a_failed_run(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_add(p, "d1", "c1", "INSERT INTO nix VALUES (1);", "");
    rev_load(p);
    p->options.transaction = AG_TRANSACTION_ALL;
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM sqlite_schema"), "0");
    rev_go(p, true, "c1");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    rev_end(p);
}

static void without_transactions_each_statement_stays(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_add(p, "d1", "c1", "INSERT INTO b VALUES (8);\nINSERT INTO nix VALUES (1);", "");
    rev_load(p);
    p->options.transaction = AG_TRANSACTION_NONE;
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    assert_string_equal(rev_ask(p, "SELECT y FROM b"), "7|8");
    rev_end(p);
}

static void a_mistake_in_a_later_file_stops_before_anything_runs(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_add(p, "d1", "c1", "SELECT 1;\n-- autogen:prat", "");
    rev_load(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_int_equal(err.line, 8);
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM sqlite_schema"), "0");
    rev_end(p);
}

static void rows_are_counted_when_they_change(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_add(p, "d1", "c1", "DELETE FROM alembic_version;", "");
    rev_load(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_string_equal(err.message, "Online migration expected to match one row when updating "
                                     "'c1' to 'd1' in 'alembic_version'; 0 found");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    rev_add(p, "a1", "", "", "DELETE FROM alembic_version;");
    rev_load(p);
    assert_false(ag_run_downgrade(&p->options, "base", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_string_equal(err.message, "Online migration expected to match one row when deleting "
                                     "'a1' in 'alembic_version'; 0 found");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    rev_end(p);
}

static void an_edited_revision_is_refused_until_it_is_accepted(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    rev_go(p, true, "b1");
    rev_add(p, "a1", "", "CREATE TABLE a (x bigint);", "DROP TABLE a;");
    rev_load(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_non_null(strstr(err.message, "1 applied revision was edited after it ran: a1 ("));
    assert_non_null(strstr(err.hint, "--allow-edited"));
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    p->options.allow_edited = true;
    rev_go(p, true, "head");
    p->options.allow_edited = false;
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    rev_end(p);
}

static void a_cancelled_run_stops_between_statements(void **state) {
    (void)state;
    rev_project *p = three_revisions();
    p->stop_after = 3;
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_INTERRUPTED);
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1");
    p->cancelled = 0;
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    rev_end(p);
}

/* Rebuilds. */

static rev_project *with_rebuild(const char *hash) {
    rev_project *p = three_revisions();
    rev_write(p, "d1.sql",
              ag_arena_printf(p->arena,
                              "-- d\n-- Revision ID: d1\n-- Revises: c1\n\n"
                              "-- autogen:upgrade sqlite\nINSERT INTO a VALUES (9);\n"
                              "-- autogen:rebuild a %s\n"
                              "ALTER TABLE a RENAME TO _autogen_old_a;\n"
                              "CREATE TABLE a (x integer NOT NULL);\n"
                              "INSERT INTO a (x) SELECT x FROM _autogen_old_a;\n"
                              "DROP TABLE _autogen_old_a;\n-- autogen:end\n",
                              hash));
    rev_load(p);
    return p;
}

static const char *hash_of(const char *sql) {
    static char hash[AG_SQL_HASH_SIZE];
    ag_sql_token_hash(AG_SQL_SQLITE, sql, hash);
    return hash;
}

static void a_rebuild_runs_in_the_transaction_of_its_revision(void **state) {
    (void)state;
    static const ag_transaction_mode modes[] = {AG_TRANSACTION_PER_REVISION, AG_TRANSACTION_ALL,
                                                AG_TRANSACTION_NONE};
    for (size_t i = 0; i < 3; i++) {
        rev_project *p = with_rebuild(hash_of("CREATE TABLE a (x integer)"));
        p->options.transaction = modes[i];
        rev_go(p, true, "head");
        assert_string_equal(rev_ask(p, "SELECT x FROM a"), "2|9");
        assert_string_equal(rev_ask(p, "SELECT sql FROM sqlite_schema WHERE name = 'a'"),
                            "CREATE TABLE a (x integer NOT NULL)");
        assert_string_equal(rev_ask(p, rev_versions), "d1");
        rev_end(p);
    }
}

static void a_rebuild_of_another_table_changes_nothing(void **state) {
    (void)state;
    rev_project *p = with_rebuild("0123456789abcdef");
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_int_equal(err.line, 7);
    assert_non_null(strstr(err.file, "d1.sql"));
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "2");
    assert_string_equal(rev_ask(p, rev_versions), "c1");
    rev_end(p);
}

/* Faults and neighbours. */

static void count_boundary(rev_project *p, char **states, size_t n, const char *dump) {
    (void)p;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(states[i], dump) == 0) {
            return;
        }
    }
    fail_msg("the database is at no boundary: %s", dump);
}

static void a_failure_of_any_call_leaves_a_revision_boundary(void **state) {
    (void)state;
    rev_project *good = three_revisions();
    char *states[8];
    size_t n_states = 0;
    static const char *const up[] = {"a1", "b1", "c1"};
    states[n_states++] = rev_dump(good);
    for (size_t i = 0; i < 3; i++) {
        rev_go(good, true, up[i]);
        states[n_states++] = rev_dump(good);
    }
    rev_go(good, false, "base");
    states[n_states++] = rev_dump(good);
    bool failed = true;
    for (size_t at = 1; failed && at < 500; at++) {
        rev_project *p = three_revisions();
        ag_conn *fault = ag_fault_conn(p->conn, at);
        ag_error err;
        p->options.conn = fault;
        failed = !ag_run_upgrade(&p->options, "head", NULL, &err);
        if (!failed) {
            failed = !ag_run_downgrade(&p->options, "base", NULL, &err);
        }
        if (failed) {
            assert_int_equal(err.code, AG_DATABASE);
            assert_non_null(strstr(err.message, "injected failure"));
        }
        p->conn = NULL;
        ag_conn_close(fault);
        rev_connect(p);
        count_boundary(p, states, n_states, rev_dump(p));
        rev_go(p, true, "head");
        assert_string_equal(rev_dump(p), states[3]);
        rev_end(p);
    }
    assert_false(failed);
    rev_end(good);
}

static void two_processes_at_once_run_each_revision_once(void **state) {
    (void)state;
    rev_project *p = rev_new();
    for (int i = 0; i < 30; i++) {
        rev_add(p, ag_arena_printf(p->arena, "r%02d", i),
                i == 0 ? "" : ag_arena_printf(p->arena, "r%02d", i - 1),
                i == 0       ? "CREATE TABLE log (n integer);"
                : i % 7 == 3 ? ag_arena_printf(p->arena,
                                               "INSERT INTO log VALUES (%d);\n-- autogen:part\n"
                                               "INSERT INTO log VALUES (%d);",
                                               i, i + 1000)
                             : ag_arena_printf(p->arena, "INSERT INTO log VALUES (%d);", i),
                "");
    }
    rev_load(p);
    pid_t children[4];
    for (size_t i = 0; i < 4; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            ag_error err;
            rev_connect(p);
            bool ok = ag_run_upgrade(&p->options, "head", NULL, &err);
            if (!ok) {
                (void)fprintf(stderr, "child: %s\n", err.message);
            }
            _exit(ok ? 0 : 1);
        }
    }
    for (size_t i = 0; i < 4; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    rev_connect(p);
    assert_string_equal(rev_ask(p, rev_versions), "r29");
    assert_string_equal(rev_ask(p, "SELECT count(*), count(DISTINCT n) FROM log"), "33 33");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM autogen_history"), "30");
    rev_end(p);
}

static void a_killed_run_is_finished_by_the_next(void **state) {
    (void)state;
    for (int kill_after = 1; kill_after < 12; kill_after++) {
        rev_project *p = rev_with_parts("INSERT INTO a VALUES (3);");
        rev_add(p, "c1", "b1", "INSERT INTO a VALUES (4);", "");
        rev_load(p);
        ag_conn_close(p->conn);
        p->conn = NULL;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            /* A fault that never rolls back: the process dies in the middle of a call. */
            ag_error err;
            rev_connect(p);
            ag_conn *fault = ag_fault_conn(p->conn, (size_t)kill_after * 3);
            p->options.conn = fault;
            if (!ag_run_upgrade(&p->options, "head", NULL, &err)) {
                (void)kill(getpid(), SIGKILL);
            }
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        rev_connect(p);
        rev_go(p, true, "head");
        assert_string_equal(rev_ask(p, "SELECT x FROM a ORDER BY x"), "1|2|3|4");
        assert_string_equal(rev_ask(p, rev_versions), "c1");
        rev_end(p);
    }
}

/* A scripted server. */

static void a_lock_timeout_is_tried_again(void **state) {
    (void)state;
    static const ag_fake_step script[] = {
        {.sql = "HAS TABLE alembic_version"},
        {.sql = "LOCK"},
        {.sql = "HAS TABLE alembic_version"},
        {.sql = "HAS TABLE autogen_history"},
        {.sql = "BEGIN"},
        {.sql = "HAS TABLE*"},
        {.sql = "HAS TABLE*"},
        {.sql = "HAS TABLE*"},
        {.sql = "CREATE TABLE alembic_version*"},
        {.sql = "CREATE TABLE autogen_history*"},
        {.sql = "ALTER TABLE a1*", .error = "canceling statement", .sqlstate = "55P03"},
        {.sql = "ROLLBACK"},
        {.sql = "BEGIN"},
        {.sql = "HAS TABLE*"},
        {.sql = "HAS TABLE*"},
        {.sql = "HAS TABLE*"},
        {.sql = "CREATE TABLE alembic_version*"},
        {.sql = "CREATE TABLE autogen_history*"},
        {.sql = "ALTER TABLE a1*"},
        {.sql = "INSERT INTO alembic_version*"},
        {.sql = "INSERT INTO autogen_history*"},
        {.sql = "COMMIT"},
        {.sql = "UNLOCK"},
    };
    rev_project *p = rev_new();
    rev_add(p, "a1", "", "ALTER TABLE a1 ADD x integer;", "");
    rev_load(p);
    ag_fake *fake = ag_fake_new(script, sizeof script / sizeof *script);
    ag_fake_use(fake);
    ag_error err;
    assert_true(ag_conn_open(&ag_driver_fake, "x", NULL, &p->conn, &err));
    p->options.conn = p->conn;
    const char *next = NULL;
    if (!ag_run_upgrade(&p->options, "head", NULL, &err)) {
        fail_msg("%s", err.message);
    }
    assert_true(ag_fake_is_done(fake, &next));
    assert_string_equal(ag_buf_text(&p->log), "upgrade  -> a1, make a1\npause\n");
    ag_conn_close(p->conn);
    ag_fake_free(fake);
    p->conn = NULL;
    rev_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_upgrade_runs_each_revision_once_and_records_it),
        cmocka_unit_test(the_version_table_is_as_alembic_makes_it),
        cmocka_unit_test(a_database_of_alembic_is_taken_over),
        cmocka_unit_test(a_downgrade_takes_it_back),
        cmocka_unit_test(a_stamp_runs_nothing),
        cmocka_unit_test(a_failing_statement_is_shown_with_its_line),
        cmocka_unit_test(one_transaction_for_all_keeps_nothing_of_a_failed_run),
        cmocka_unit_test(without_transactions_each_statement_stays),
        cmocka_unit_test(a_mistake_in_a_later_file_stops_before_anything_runs),
        cmocka_unit_test(rows_are_counted_when_they_change),
        cmocka_unit_test(an_edited_revision_is_refused_until_it_is_accepted),
        cmocka_unit_test(a_cancelled_run_stops_between_statements),
        cmocka_unit_test(a_rebuild_runs_in_the_transaction_of_its_revision),
        cmocka_unit_test(a_rebuild_of_another_table_changes_nothing),
        cmocka_unit_test(a_failure_of_any_call_leaves_a_revision_boundary),
        cmocka_unit_test(two_processes_at_once_run_each_revision_once),
        cmocka_unit_test(a_killed_run_is_finished_by_the_next),
        cmocka_unit_test(a_lock_timeout_is_tried_again),
    };
    return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
