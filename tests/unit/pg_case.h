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

/** server_version_num. */
static inline int pg_case_version(ag_conn *conn) {
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    ag_error err = {0};
    if (!ag_conn_query(conn, "SHOW server_version_num", NULL, 0, &rows, &err)) {
        fail_msg("%s", err.message);
    }
    int version = (int)strtol(rows.rows.items[0][0], NULL, 10);
    ag_arena_free(arena);
    return version;
}

/**
 * The PostgreSQL that came with what a text speaks of, where the server is older; else 0. So a test
 * runs everywhere but where what it is about is not there.
 */
static inline int pg_case_lacks(ag_conn *conn, const char *sql) {
    static const struct {
        const char *words;
        int major;
    } news[] = {
        {"NULLS NOT DISTINCT", 15}, {"nulls not distinct", 15}, {"UNLOGGED SEQUENCE", 15},
        {"SET UNLOGGED", 15},       {"SET NULL (", 15},         {"security_invoker", 15},
        {"CREATE PUBLICATION", 15}, {"COMPRESSION", 14},        {"BEGIN ATOMIC", 14},
        {"multirange", 14},         {"MULTIRANGE", 14},         {"DROP EXPRESSION", 13},
        {"ALTER STATISTICS", 13},   {"gen_random_uuid", 13},    {"xid8", 13},
    };
    int since = 0;
    for (size_t i = 0; i < sizeof news / sizeof *news; i++) {
        if (strstr(sql, news[i].words) != NULL && news[i].major > since) {
            since = news[i].major;
        }
    }
    return since * 10000 > pg_case_version(conn) ? since : 0;
}

/** Runs statements one by one; any failure fails the test. Those that ask for more than the server
 * has are left out, or the whole test is (`skips`). */
static inline void pg_case_run_some(ag_conn *conn, const char *sql, bool skips) {
    ag_error err = {0};
    ag_arena *arena = ag_arena_new();
    ag_statements list = {NULL, 0, 0};
    if (!ag_sql_split(arena, AG_SQL_POSTGRES, "test", ag_str_of(sql), &list, &err)) {
        fail_msg("%s", err.message);
    }
    for (size_t i = 0; i < list.n; i++) {
        const char *one = ag_arena_strndup(arena, list.items[i].sql.p, list.items[i].sql.n);
        if (ag_conn_exec(conn, one, &err)) {
            continue;
        }
        int since = pg_case_lacks(conn, one);
        if (since == 0) {
            fail_msg("%s: %s", err.message, one);
        }
        print_message("needs PostgreSQL %d: %s\n", since, one);
        if (skips) {
            ag_arena_free(arena);
            skip();
        }
    }
    ag_arena_free(arena);
}

/** Runs statements one by one; what the server is too old for skips the test. */
static inline void pg_case_run(ag_conn *conn, const char *sql) {
    pg_case_run_some(conn, sql, true);
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
    char sql[192];
    ag_conn_close(c->conn);
    (void)snprintf(sql, sizeof sql,
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'",
                   c->database);
    (void)ag_conn_exec(c->admin, sql, NULL); /* DROP DATABASE … WITH (FORCE) is not in 12 */
    (void)snprintf(sql, sizeof sql, "DROP DATABASE %s", c->database);
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
