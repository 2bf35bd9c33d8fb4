/*
 * For tests against PostgreSQL: one database for each case, made before it and dropped after.
 * AG_TEST_PG is a conninfo of a superuser (scripts/with-postgres sets it); without it the program
 * exits with 77, which counts as skipped.
 */
#ifndef AG_TESTS_PG_CASE_H
#define AG_TESTS_PG_CASE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "dialect/dialect.h"
#include "schema/node.h"
#include "sql/split.h"

typedef struct pg_case {
    ag_conn *admin;
    ag_conn *conn;
    char database[64];
    char target[512];
} pg_case;

static inline void pg_case_need(void) {
    if (getenv("AG_TEST_PG") == NULL) {
        exit(77);
    }
}

static inline ag_conn *pg_case_connect(const char *target) {
    ag_error err = {0};
    ag_conn *conn = NULL;
    if (!ag_conn_open(ag_dialect_postgresql.driver, target, NULL, &conn, &err)) {
        fail_msg("%s", err.message);
    }
    return conn;
}

/** Runs statements one by one; any failure fails the test. */
static inline void pg_case_run(ag_conn *conn, const char *sql) {
    ag_error err = {0};
    ag_arena *arena = ag_arena_new();
    ag_statements list = {NULL, 0, 0};
    if (!ag_sql_split(arena, AG_SQL_POSTGRES, "test", ag_str_of(sql), &list, &err)) {
        fail_msg("%s", err.message);
    }
    for (size_t i = 0; i < list.n; i++) {
        const char *one = ag_arena_strndup(arena, list.items[i].sql.p, list.items[i].sql.n);
        if (!ag_conn_exec(conn, one, &err)) {
            fail_msg("%s: %s", err.message, one);
        }
    }
    ag_arena_free(arena);
}

static inline int pg_case_setup(void **state) {
    static int count;
    pg_case *c = calloc(1, sizeof *c);
    char sql[128];
    c->admin = pg_case_connect(getenv("AG_TEST_PG"));
    (void)snprintf(c->database, sizeof c->database, "case_%ld_%d", (long)getpid(), count++);
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0", c->database);
    pg_case_run(c->admin, sql);
    (void)snprintf(c->target, sizeof c->target, "%s dbname=%s", getenv("AG_TEST_PG"), c->database);
    c->conn = pg_case_connect(c->target);
    *state = c;
    return 0;
}

static inline int pg_case_teardown(void **state) {
    pg_case *c = *state;
    char sql[128];
    ag_conn_close(c->conn);
    (void)snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", c->database);
    (void)ag_conn_exec(c->admin, sql, NULL);
    ag_conn_close(c->admin);
    free(c);
    return 0;
}

/** Reads the database; free the result. */
static inline ag_schema *pg_case_read(const pg_case *c) {
    ag_error err = {0};
    ag_schema *schema = NULL;
    if (!ag_dialect_postgresql.introspect(c->conn, NULL, &schema, &err)) {
        fail_msg("%s", err.message);
    }
    return schema;
}

/** Runs the statements and reads the database. */
static inline ag_schema *pg_case_read_after(const pg_case *c, const char *sql) {
    pg_case_run(c->conn, sql);
    return pg_case_read(c);
}

#define PG_TEST(function) cmocka_unit_test_setup_teardown(function, pg_case_setup, pg_case_teardown)

#endif
