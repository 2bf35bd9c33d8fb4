#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "dialect/dialect.h"
#include "dialect/fake_driver.h"

typedef struct fixture {
    char folder[64];
    char path[96];
    ag_arena *arena;
} fixture;

static int make_folder(void **state) {
    fixture *f = ag_xmalloc(sizeof *f);
    *f = (fixture){.folder = "/tmp/autogen-driver-XXXXXX", .arena = ag_arena_new()};
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/a.db", f->folder);
    *state = f;
    return 0;
}

static int remove_folder(void **state) {
    fixture *f = *state;
    ag_strings names = {0};
    (void)ag_dir_list(f->arena, f->folder, &names, NULL);
    for (size_t i = 0; i < names.n; i++) {
        (void)unlink(ag_path_join(f->arena, f->folder, names.items[i]));
    }
    (void)rmdir(f->folder);
    ag_arena_free(f->arena);
    free(f);
    return 0;
}

static ag_conn *open_as(const char *path, ag_open_options options) {
    ag_conn *conn = NULL;
    ag_error err = {0};
    if (!ag_conn_open(ag_dialect_sqlite.driver, path, &options, &conn, &err)) {
        fail_msg("%s", err.message);
    }
    return conn;
}

static void execute(ag_conn *conn, const char *sql) {
    ag_error err = {0};
    if (!ag_conn_exec(conn, sql, &err)) {
        fail_msg("%s: %s", sql, err.message);
    }
}

/* The message of an opening that must fail. */
static ag_error refused(const char *path, ag_open_options options) {
    ag_conn *conn = NULL;
    ag_error err = {0};
    assert_false(ag_conn_open(ag_dialect_sqlite.driver, path, &options, &conn, &err));
    assert_null(conn);
    assert_int_equal(err.code, AG_DATABASE);
    return err;
}

static void a_missing_file_is_made_only_when_asked_for(void **state) {
    fixture *f = *state;
    ag_error err = refused(f->path, (ag_open_options){0});
    assert_non_null(strstr(err.message, f->path));
    assert_non_null(strstr(err.message, "No such file"));
    refused(f->path, (ag_open_options){.read_only = true});
    refused(f->path, (ag_open_options){.read_only = true, .create = true});
    assert_false(ag_file_exists(f->path));
    ag_conn *conn = open_as(f->path, (ag_open_options){.create = true});
    execute(conn, "CREATE TABLE t(a)");
    ag_conn_close(conn);
    assert_true(ag_file_exists(f->path));
}

static void what_is_no_database_is_said_to_be_none(void **state) {
    fixture *f = *state;
    static const char text[] = "this is certainly not a database, it is only some text that is"
                               " long enough to have a header of one hundred bytes in it....";
    assert_true(ag_file_write(f->path, text, sizeof text, NULL));
    ag_error err = refused(f->path, (ag_open_options){0});
    assert_non_null(strstr(err.message, "is not a SQLite database"));
    err = refused(f->folder, (ag_open_options){0});
    assert_non_null(strstr(err.message, "is a folder"));
    refused(ag_path_join(f->arena, f->folder, "no/such/folder.db"),
            (ag_open_options){.create = true});
}

static void a_read_only_connection_writes_nothing(void **state) {
    fixture *f = *state;
    ag_conn *conn = open_as(f->path, (ag_open_options){.create = true});
    execute(conn, "CREATE TABLE t(a)");
    ag_conn_close(conn);
    conn = open_as(f->path, (ag_open_options){.read_only = true});
    ag_error err = {0};
    assert_false(ag_conn_exec(conn, "INSERT INTO t VALUES (1)", &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "cannot be written"));
    assert_false(conn->driver->begin(conn, &err));
    ag_conn_close(conn);
}

static void cells_come_as_text_with_their_nulls(void **state) {
    fixture *f = *state;
    ag_conn *conn = open_as(":memory:", (ag_open_options){0});
    const char *params[] = {"it's", NULL};
    ag_rows rows = {.arena = f->arena};
    assert_true(
        ag_conn_query(conn, "SELECT ?1, ?2, 1.5, x'4142', '' -- end\n;", params, 2, &rows, NULL));
    assert_int_equal(rows.n_columns, 5);
    assert_int_equal(rows.rows.n, 1);
    assert_string_equal(rows.rows.items[0][0], "it's");
    assert_null(rows.rows.items[0][1]);
    assert_string_equal(rows.rows.items[0][2], "1.5");
    assert_string_equal(rows.rows.items[0][3], "AB");
    assert_string_equal(rows.rows.items[0][4], "");
    ag_conn_close(conn);
}

static void one_call_runs_one_statement(void **state) {
    (void)state;
    ag_conn *conn = open_as("", (ag_open_options){0});
    ag_error err = {0};
    assert_false(ag_conn_exec(conn, "CREATE TABLE a(x); CREATE TABLE b(x)", &err));
    bool exists = true;
    assert_true(conn->driver->has_table(conn, NULL, "a", &exists, NULL));
    assert_false(exists);
    execute(conn, " -- nothing\n ; ");
    assert_false(ag_conn_exec(conn, "SELECT ?1", &err));
    assert_non_null(strstr(err.message, "parameters"));
    assert_false(ag_conn_exec(conn, "SELEC 1", &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "syntax error"));
    ag_conn_close(conn);
}

static void tables_are_found_in_any_case(void **state) {
    (void)state;
    ag_conn *conn = open_as(":memory:", (ag_open_options){0});
    execute(conn, "CREATE TABLE \"Alembic_Version\"(x)");
    execute(conn, "CREATE VIEW v AS SELECT 1");
    bool exists = false;
    assert_true(conn->driver->has_table(conn, NULL, "alembic_version", &exists, NULL));
    assert_true(exists);
    assert_true(conn->driver->has_table(conn, NULL, "v", &exists, NULL));
    assert_false(exists);
    ag_error err = {0};
    assert_false(conn->driver->has_table(conn, "no\"such", "v", &exists, &err));
    assert_false(exists);
    ag_conn_close(conn);
}

static void changes_and_transactions_are_told(void **state) {
    (void)state;
    ag_conn *conn = open_as(":memory:", (ag_open_options){0});
    const ag_driver *driver = conn->driver;
    execute(conn, "CREATE TABLE t(a)");
    assert_true(driver->begin(conn, NULL));
    assert_true(driver->in_transaction(conn));
    ag_error err = {0};
    assert_false(driver->begin(conn, &err));
    execute(conn, "INSERT INTO t VALUES (1), (2)");
    assert_int_equal(driver->changes(conn), 2);
    driver->rollback(conn);
    assert_false(driver->in_transaction(conn));
    driver->rollback(conn);
    execute(conn, "UPDATE t SET a = 1");
    assert_int_equal(driver->changes(conn), 0);
    assert_true(driver->begin(conn, NULL));
    execute(conn, "INSERT INTO t VALUES (1)");
    assert_true(driver->commit(conn, NULL));
    assert_false(driver->in_transaction(conn));
    assert_true(driver->lock(conn, "k", 1, NULL, NULL, NULL));
    driver->unlock(conn);
    ag_conn_close(conn);
}

static void a_locked_file_is_given_up_after_the_timeout(void **state) {
    fixture *f = *state;
    ag_conn *one = open_as(f->path, (ag_open_options){.create = true});
    execute(one, "CREATE TABLE t(a)");
    assert_true(one->driver->begin(one, NULL));
    ag_conn *other = open_as(f->path, (ag_open_options){.busy_timeout_ms = 30});
    ag_error err = {0};
    assert_false(other->driver->begin(other, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "locked"));
    assert_non_null(strstr(err.message, f->path));
    assert_true(one->driver->commit(one, NULL));
    assert_true(other->driver->begin(other, NULL));
    other->driver->rollback(other);
    ag_conn_close(one);
    ag_conn_close(other);
}

typedef struct waiter {
    ag_conn *conn;
    bool ok;
    ag_error err;
} waiter;

static void *begin_in_thread(void *context) {
    waiter *w = context;
    w->ok = w->conn->driver->begin(w->conn, &w->err);
    return NULL;
}

static void the_write_lock_is_waited_for(void **state) {
    fixture *f = *state;
    ag_conn *one = open_as(f->path, (ag_open_options){.create = true});
    execute(one, "CREATE TABLE t(a)");
    assert_true(one->driver->begin(one, NULL));
    waiter w = {.conn = open_as(f->path, (ag_open_options){.busy_timeout_ms = 60000})};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, begin_in_thread, &w), 0);
    execute(one, "INSERT INTO t VALUES (1)");
    assert_true(one->driver->commit(one, NULL));
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(w.ok);
    w.conn->driver->rollback(w.conn);
    ag_conn_close(w.conn);
    ag_conn_close(one);
}

static void a_statement_ends_after_its_time(void **state) {
    fixture *f = *state;
    ag_open_options options = {.create = true, .statement_timeout_ms = 20};
    ag_conn *conn = open_as(f->path, options);
    ag_error err = {0};
    assert_true(conn->driver->begin(conn, &err));
    execute(conn, "CREATE TABLE t(a)");
    assert_false(ag_conn_exec(conn,
                              "INSERT INTO t WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + "
                              "1 FROM c) SELECT n FROM c WHERE n < 0",
                              &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_non_null(strstr(err.message, "took longer than"));
    conn->driver->rollback(conn);
    assert_true(conn->driver->begin(conn, &err));
    execute(conn, "CREATE TABLE t(a)");
    assert_true(conn->driver->commit(conn, &err));
    ag_conn_close(conn);
}

static void *run_for_ever(void *context) {
    waiter *w = context;
    w->ok = ag_conn_exec(w->conn,
                         "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c)"
                         " SELECT count(*) FROM c WHERE x < 0",
                         &w->err);
    return NULL;
}

/* Cancels again and again: the first one may come before the statement has begun. */
static void cancel_until_it_ends(pthread_t thread, ag_conn *conn) {
    while (pthread_tryjoin_np(thread, NULL) != 0) {
        conn->driver->cancel(conn);
        sched_yield();
    }
}

static void a_running_statement_can_be_cancelled(void **state) {
    (void)state;
    waiter w = {.conn = open_as(":memory:", (ag_open_options){0})};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, run_for_ever, &w), 0);
    cancel_until_it_ends(thread, w.conn);
    assert_false(w.ok);
    assert_int_equal(w.err.code, AG_INTERRUPTED);
    execute(w.conn, "SELECT 1");
    ag_conn_close(w.conn);
}

static void waiting_for_a_lock_can_be_cancelled(void **state) {
    fixture *f = *state;
    ag_conn *one = open_as(f->path, (ag_open_options){.create = true});
    execute(one, "CREATE TABLE t(a)");
    assert_true(one->driver->begin(one, NULL));
    waiter w = {.conn = open_as(f->path, (ag_open_options){.busy_timeout_ms = 3600000})};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, begin_in_thread, &w), 0);
    cancel_until_it_ends(thread, w.conn);
    assert_false(w.ok);
    assert_int_equal(w.err.code, AG_INTERRUPTED);
    ag_conn_close(w.conn);
    ag_conn_close(one);
}

static void a_script_is_played_step_by_step(void **state) {
    fixture *f = *state;
    static const char *const cells[] = {"a", NULL, "b", "2"};
    static const ag_fake_step steps[] = {
        {.sql = "SELECT *", .cells = cells, .n_rows = 2, .n_columns = 2},
        {.sql = "BEGIN"},
        {.sql = "UPDATE t", .changes = 3},
        {.sql = "COMMIT", .error = "server closed", .sqlstate = "57P01", .loses_connection = true},
    };
    ag_fake *fake = ag_fake_new(steps, 4);
    ag_fake_use(fake);
    ag_conn *conn = NULL;
    assert_true(ag_conn_open(&ag_driver_fake, "x", NULL, &conn, NULL));
    ag_rows rows = {.arena = f->arena};
    assert_true(ag_conn_query(conn, "SELECT 1", NULL, 0, &rows, NULL));
    assert_int_equal(rows.rows.n, 2);
    assert_null(rows.rows.items[0][1]);
    assert_string_equal(rows.rows.items[1][0], "b");
    assert_true(conn->driver->begin(conn, NULL));
    assert_true(ag_conn_exec(conn, "UPDATE t", NULL));
    assert_int_equal(conn->driver->changes(conn), 3);
    const char *next = NULL;
    assert_false(ag_fake_is_done(fake, &next));
    assert_string_equal(next, "COMMIT");
    ag_error err = {0};
    assert_false(conn->driver->commit(conn, &err));
    assert_string_equal(err.sqlstate, "57P01");
    assert_true(ag_fake_is_done(fake, NULL));
    assert_false(ag_conn_exec(conn, "SELECT 2", &err));
    assert_int_equal(fake->calls.n, 5);
    ag_conn_close(conn);
    assert_false(fake->is_open);
    ag_fake_free(fake);
}

static void calls_that_are_not_in_the_script_fail(void **state) {
    (void)state;
    static const ag_fake_step steps[] = {{.sql = "SELECT 1"}};
    ag_fake *fake = ag_fake_new(steps, 1);
    ag_fake_use(fake);
    ag_conn *conn = NULL;
    assert_true(ag_conn_open(&ag_driver_fake, "x", NULL, &conn, NULL));
    assert_false(ag_conn_exec(conn, "SELECT 2", NULL));
    assert_true(ag_conn_exec(conn, "SELECT 1", NULL));
    assert_false(ag_conn_exec(conn, "SELECT 1", NULL));
    ag_conn_close(conn);
    ag_fake_free(fake);
    assert_false(ag_conn_open(&ag_driver_fake, "x", NULL, &conn, NULL));
}

static void the_nth_call_of_a_real_connection_fails(void **state) {
    (void)state;
    for (size_t n = 1; n <= 3; n++) {
        ag_conn *conn = ag_fault_conn(open_as(":memory:", (ag_open_options){0}), n);
        ag_error err = {0};
        size_t n_good = 0;
        n_good += conn->driver->begin(conn, &err) ? 1 : 0;
        n_good += ag_conn_exec(conn, "CREATE TABLE t(a)", &err) ? 1 : 0;
        n_good += ag_conn_exec(conn, "CREATE TABLE u(a)", &err) ? 1 : 0;
        assert_int_equal(n_good, 2);
        assert_string_equal(err.message, "injected failure");
        assert_int_equal(ag_fault_calls(conn), 3);
        conn->driver->rollback(conn);
        ag_conn_close(conn);
    }
}

static void without_a_driver_nothing_opens(void **state) {
    (void)state;
    ag_conn *conn = NULL;
    ag_error err = {0};
    assert_false(ag_conn_open(NULL, "x", NULL, &conn, &err));
    ag_conn_close(NULL);
}

static void dialects_are_found_by_name(void **state) {
    fixture *f = *state;
    const ag_dialect *const *all = NULL;
    assert_true(ag_dialect_all(&all) >= 1);
    assert_ptr_equal(ag_dialect_find("sqlite"), &ag_dialect_sqlite);
    assert_null(ag_dialect_find("mysql"));
    assert_true(ag_dialect_can(&ag_dialect_sqlite, AG_FOLDS_CASE));
    assert_false(ag_dialect_can(&ag_dialect_sqlite, AG_CAN_COMMENTS));
    assert_string_equal(ag_dialect_name(f->arena, &ag_dialect_sqlite, "a", "b c"), "a.\"b c\"");
    assert_string_equal(ag_dialect_name(f->arena, &ag_dialect_sqlite, NULL, "select"),
                        "\"select\"");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_missing_file_is_made_only_when_asked_for),
        IN_FOLDER(what_is_no_database_is_said_to_be_none),
        IN_FOLDER(a_read_only_connection_writes_nothing),
        IN_FOLDER(cells_come_as_text_with_their_nulls),
        cmocka_unit_test(one_call_runs_one_statement),
        cmocka_unit_test(tables_are_found_in_any_case),
        cmocka_unit_test(changes_and_transactions_are_told),
        IN_FOLDER(a_locked_file_is_given_up_after_the_timeout),
        IN_FOLDER(the_write_lock_is_waited_for),
        IN_FOLDER(a_statement_ends_after_its_time),
        cmocka_unit_test(a_running_statement_can_be_cancelled),
        IN_FOLDER(waiting_for_a_lock_can_be_cancelled),
        IN_FOLDER(a_script_is_played_step_by_step),
        cmocka_unit_test(calls_that_are_not_in_the_script_fail),
        cmocka_unit_test(the_nth_call_of_a_real_connection_fails),
        cmocka_unit_test(without_a_driver_nothing_opens),
        IN_FOLDER(dialects_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
