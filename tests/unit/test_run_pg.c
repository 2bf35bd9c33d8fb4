/* The runner on PostgreSQL: locks, statements outside of transactions, lost connections. */
#include "pg_case.h"

#include <sys/wait.h>

#include "rev_project.h"

typedef struct pg_run {
    rev_project *p;
    const pg_case *server;
    ag_conn *other; /* another session */
    int kill_at;    /* the statement (from 1) before which the server ends our session */
} pg_run;

static pg_run run; /* the events of one test at a time */

static void on_statement(void *context, const ag_rev_statement *statement, size_t index, size_t n) {
    (void)context;
    (void)statement;
    (void)index;
    (void)n;
    if (run.kill_at > 0 && --run.kill_at == 0) {
        char sql[256];
        (void)snprintf(sql, sizeof sql,
                       "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                       "'%s'",
                       run.server->database);
        pg_case_run(run.server->admin, sql);
    }
}

static rev_project *start(const pg_case *server) {
    rev_project *p = rev_new();
    run = (pg_run){.p = p, .server = server};
    p->options.dialect = &ag_dialect_postgresql;
    p->conn = pg_case_connect(server->target);
    p->options.conn = p->conn;
    p->options.migration_lock_timeout_ms = 60000;
    p->options.events.on_statement = on_statement;
    return p;
}

static void reconnect(rev_project *p) {
    ag_conn_close(p->conn);
    p->conn = pg_case_connect(run.server->target);
    p->options.conn = p->conn;
}

#define CONCURRENTLY(sql) "-- autogen:autocommit\n" sql ";\n-- autogen:transaction"

static void up_and_down_with_a_concurrent_index(void **state) {
    rev_project *p = start(*state);
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);\nINSERT INTO a VALUES (1), (2);",
            "DROP TABLE a;");
    rev_add(p, "b1", "a1", CONCURRENTLY("CREATE INDEX CONCURRENTLY ix ON a (x)"),
            CONCURRENTLY("DROP INDEX CONCURRENTLY ix"));
    rev_load(p);
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    assert_string_equal(rev_ask(p, rev_history), "1 a1 upgrade 0 done me@here 0.1|"
                                                 "2 b1 upgrade 0 done me@here 0.1");
    assert_string_equal(rev_ask(p, "SHOW lock_timeout"), "0");
    rev_go(p, false, "base");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM alembic_version"), "0");
    assert_string_equal(rev_ask(p, "SELECT to_regclass('a'), to_regclass('ix')"), "~ ~");
    rev_end(p);
}

static void a_failing_statement_is_shown_at_the_servers_position(void **state) {
    rev_project *p = start(*state);
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);\nSELECT '\xC3\xA9',\n  nix FROM a;", "");
    rev_load(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_string_equal(err.sqlstate, "42703");
    assert_int_equal(err.line, 9);
    assert_int_equal(err.column, 3);
    assert_string_equal(rev_ask(p, "SELECT to_regclass('alembic_version')"), "~");
    rev_end(p);
}

static void a_failed_concurrent_build_leaves_nothing_behind(void **state) {
    rev_project *p = start(*state);
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);\nINSERT INTO a VALUES (1), (1);", "");
    rev_add(p, "b1", "a1", CONCURRENTLY("CREATE UNIQUE INDEX CONCURRENTLY ix ON a (x)"), "");
    rev_load(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_string_equal(err.sqlstate, "23505");
    assert_int_equal(err.line, 8);
    assert_string_equal(rev_ask(p, "SELECT to_regclass('ix')"), "~");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    (void)rev_ask(p, "DELETE FROM a");
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                   "'ix'::regclass"),
                        "t");
    rev_end(p);
}

static void an_invalid_index_of_a_killed_run_is_built_again(void **state) {
    rev_project *p = start(*state);
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "");
    rev_add(p, "b1", "a1", CONCURRENTLY("CREATE INDEX CONCURRENTLY \"Ix 1\" ON a (x)"), "");
    rev_load(p);
    run.kill_at = 2;
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.hint, "the next upgrade asks the database"));
    reconnect(p);
    assert_string_equal(rev_ask(p, "SELECT part, state FROM autogen_history WHERE part > 0"),
                        "1 begun");
    (void)rev_ask(p, "CREATE INDEX \"Ix 1\" ON a (x)");
    (void)rev_ask(p, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                     "'\"Ix 1\"'::regclass");
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                   "'\"Ix 1\"'::regclass"),
                        "t");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    rev_end(p);
}

static void a_statement_that_took_effect_is_not_repeated(void **state) {
    static const char *const statements[] = {
        "CREATE INDEX CONCURRENTLY ix ON public.a (x)",
        "DROP INDEX CONCURRENTLY IF EXISTS other",
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'new' BEFORE 'ok'",
        "VACUUM a",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        rev_project *p = start(*state);
        pg_case_run(p->conn, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        rev_add(p, "a1", "",
                "CREATE TABLE a (x integer);\nCREATE INDEX other ON a (x);\n"
                "CREATE TYPE mood AS ENUM ('ok');",
                "");
        rev_add(p, "b1", "a1",
                ag_arena_printf(p->arena, "-- autogen:autocommit\n%s;\n", statements[i]), "");
        rev_load(p);
        run.kill_at = 4;
        ag_error err;
        assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
        reconnect(p);
        (void)rev_ask(p, statements[i]); /* as if the server had finished it */
        rev_go(p, true, "head");
        assert_string_equal(rev_ask(p, rev_versions), "b1");
        rev_end(p);
    }
}

static void a_lost_connection_is_one_clear_error_and_the_next_run_completes(void **state) {
    for (int at = 1; at <= 5; at++) {
        rev_project *p = start(*state);
        pg_case_run(p->conn, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        rev_add(p, "a1", "", "CREATE TABLE a (x integer);\nINSERT INTO a VALUES (1);", "");
        rev_add(p, "b1", "a1",
                "INSERT INTO a VALUES (2);\n-- autogen:part\nINSERT INTO a VALUES (3);\n"
                "-- autogen:part\nINSERT INTO a VALUES (4);",
                "");
        rev_load(p);
        run.kill_at = at;
        ag_error err;
        assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
        assert_int_equal(err.code, AG_DATABASE);
        assert_true(err.message[0] != '\0' && err.line > 0);
        reconnect(p);
        rev_go(p, true, "head");
        assert_string_equal(rev_ask(p, "SELECT x FROM a ORDER BY x"), "1|2|3|4");
        rev_end(p);
    }
}

static void release_other(void *context, int ms) {
    (void)context;
    (void)ms;
    pg_case_run(run.other, "ROLLBACK");
}

static void a_lock_timeout_names_who_blocks_and_is_tried_again(void **state) {
    rev_project *p = start(*state);
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "");
    rev_add(p, "b1", "a1", "ALTER TABLE a ADD y integer;", "");
    rev_load(p);
    rev_go(p, true, "a1");
    ag_error err;
    ag_open_options open = {.lock_timeout_ms = 1500};
    ag_conn_close(p->conn);
    assert_true(
        ag_conn_open(ag_dialect_postgresql.driver, run.server->target, &open, &p->conn, &err));
    p->options.conn = p->conn;
    run.other = pg_case_connect(run.server->target);
    pg_case_run(run.other, "SET application_name = 'reports'");
    pg_case_run(run.other, "SELECT 1");
    assert_true(run.other->driver->begin(run.other, &err));
    pg_case_run(run.other, "LOCK TABLE a IN ACCESS SHARE MODE");
    p->options.lock_retries = 0;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_string_equal(err.sqlstate, "55P03");
    assert_non_null(strstr(err.message, "it waited for pid "));
    assert_non_null(strstr(err.message, "(reports, user "));
    assert_non_null(strstr(err.message, "idle in transaction since "));
    p->options.lock_retries = 2;
    p->options.events.pause = release_other;
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    ag_conn_close(run.other);
    rev_end(p);
}

static void ten_processes_run_each_revision_once(void **state) {
    rev_project *p = start(*state);
    enum { REVISIONS = 50, PROCESSES = 10 };
    for (int i = 0; i < REVISIONS; i++) {
        const char *up =
            i == 0 ? "CREATE TABLE log (n integer);"
            : i % 20 == 7
                ? ag_arena_printf(p->arena,
                                  CONCURRENTLY("CREATE INDEX CONCURRENTLY ix%d ON log (n)"), i)
                : ag_arena_printf(p->arena, "INSERT INTO log VALUES (%d);", i);
        rev_add(p, ag_arena_printf(p->arena, "r%02d", i),
                i == 0 ? "" : ag_arena_printf(p->arena, "r%02d", i - 1), up, "");
    }
    rev_load(p);
    ag_conn_close(p->conn); /* a connection is not shared with children */
    p->conn = NULL;
    pid_t children[PROCESSES];
    for (size_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            ag_error err;
            p->conn = pg_case_connect(run.server->target);
            p->options.conn = p->conn;
            p->options.events.pause = NULL;
            bool ok = ag_run_upgrade(&p->options, "head", NULL, &err);
            if (!ok) {
                (void)fprintf(stderr, "child: %s\n", err.message);
            }
            ag_conn_close(p->conn);
            _exit(ok ? 0 : 1);
        }
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    reconnect(p);
    assert_string_equal(rev_ask(p, rev_versions), "r49");
    assert_string_equal(rev_ask(p, "SELECT count(*), count(DISTINCT n) FROM log"), "46 46");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM autogen_history"), "50");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    rev_end(p);
}

static void a_version_table_in_its_own_schema(void **state) {
    rev_project *p = start(*state);
    pg_case_run(p->conn, "CREATE SCHEMA \"Odd name\"");
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    rev_load(p);
    p->options.version_schema = "Odd name";
    p->options.version_table = "my versions";
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, "SELECT version_num FROM \"Odd name\".\"my versions\""), "a1");
    rev_go(p, false, "base");
    rev_end(p);
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {
        PG_TEST(up_and_down_with_a_concurrent_index),
        PG_TEST(a_failing_statement_is_shown_at_the_servers_position),
        PG_TEST(a_failed_concurrent_build_leaves_nothing_behind),
        PG_TEST(an_invalid_index_of_a_killed_run_is_built_again),
        PG_TEST(a_statement_that_took_effect_is_not_repeated),
        PG_TEST(a_lost_connection_is_one_clear_error_and_the_next_run_completes),
        PG_TEST(a_lock_timeout_names_who_blocks_and_is_tried_again),
        PG_TEST(ten_processes_run_each_revision_once),
        PG_TEST(a_version_table_in_its_own_schema),
    };
    return cmocka_run_group_tests_name("runner on PostgreSQL", tests, NULL, NULL);
}
