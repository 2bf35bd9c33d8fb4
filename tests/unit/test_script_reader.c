/* What statements of a script mean for a model, and what the shells' commands ask for. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "dialect/dialect.h"

static ag_script_role role_of(const ag_dialect *dialect, const char *sql) {
    char *copy = strdup(sql);
    ag_script_role role = dialect->scripts->role(copy);
    assert_int_equal(strlen(copy), strlen(sql));
    free(copy);
    return role;
}

typedef struct meaning {
    const char *sql;
    ag_script_role role;
} meaning;

static void check_all(const ag_dialect *dialect, const meaning *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        ag_script_role role = role_of(dialect, list[i].sql);
        if (role != list[i].role) {
            fail_msg("%s: %d, not %d", list[i].sql, (int)role, (int)list[i].role);
        }
    }
}

static void statements_of_postgresql_have_their_role(void **state) {
    (void)state;
    static const meaning list[] = {
        {"", AG_SCRIPT_PLAIN},
        {"/* x */ BEGIN", AG_SCRIPT_NOTHING},
        {"COMMIT", AG_SCRIPT_NOTHING},
        {"VACUUM t", AG_SCRIPT_NOTHING},
        {"COPY t FROM stdin", AG_SCRIPT_NOTHING},
        {"COPY t FROM PROGRAM 'rm -r x'", AG_SCRIPT_OUTSIDE},
        {"COPY t TO '/tmp/x'", AG_SCRIPT_OUTSIDE},
        {"CREATE ROLE a", AG_SCRIPT_OUTSIDE},
        {"create user a", AG_SCRIPT_OUTSIDE},
        {"CREATE USER MAPPING FOR a SERVER s", AG_SCRIPT_PLAIN},
        {"DROP DATABASE IF EXISTS a", AG_SCRIPT_OUTSIDE},
        {"ALTER SYSTEM SET a = 1", AG_SCRIPT_OUTSIDE},
        {"ALTER DATABASE a SET b = c", AG_SCRIPT_OUTSIDE},
        {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", AG_SCRIPT_OUTSIDE},
        {"GRANT a TO b", AG_SCRIPT_OUTSIDE},
        {"GRANT SELECT (a) ON t TO b", AG_SCRIPT_ACCESS},
        {"REVOKE ALL ON SCHEMA s FROM b", AG_SCRIPT_ACCESS},
        {"ALTER FUNCTION f(a int) OWNER TO b", AG_SCRIPT_ACCESS},
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO b", AG_SCRIPT_ACCESS},
        {"ALTER SEQUENCE s OWNED BY t.a", AG_SCRIPT_PLAIN},
        {"COMMENT ON EXTENSION plpgsql IS 'x'", AG_SCRIPT_ACCESS},
        {"COMMENT ON ROLE a IS 'x'", AG_SCRIPT_OUTSIDE},
        {"COMMENT ON TABLE a IS 'x'", AG_SCRIPT_PLAIN},
        {"SET search_path = a", AG_SCRIPT_SETTING},
        {"SET LOCAL search_path = a", AG_SCRIPT_SETTING},
        {"SET CONSTRAINTS ALL DEFERRED", AG_SCRIPT_NOTHING},
        {"SELECT pg_catalog.set_config('search_path', '', false)", AG_SCRIPT_SETTING},
        {"SELECT setval('s', 1)", AG_SCRIPT_PLAIN},
        {"DROP TABLE t", AG_SCRIPT_REMOVAL},
        {"ALTER TABLE t DROP CONSTRAINT c", AG_SCRIPT_REMOVAL},
        {"ALTER TABLE t DROP COLUMN a, ADD COLUMN b int", AG_SCRIPT_PLAIN},
        {"ALTER TABLE t ADD CHECK (drop > 1)", AG_SCRIPT_PLAIN},
        {"INSERT INTO t VALUES (1)", AG_SCRIPT_ROWS},
        {"ROLLBACK", AG_SCRIPT_OUTSIDE},
        {"DO $$ BEGIN END $$", AG_SCRIPT_PLAIN},
    };
    check_all(&ag_dialect_postgresql, list, sizeof list / sizeof *list);
    char local[] = "SET LOCAL a = 1";
    (void)ag_dialect_postgresql.scripts->role(local);
    assert_string_equal(local, "SET       a = 1");
}

static void statements_of_sqlite_have_their_role(void **state) {
    (void)state;
    static const meaning list[] = {
        {"", AG_SCRIPT_PLAIN},
        {"BEGIN TRANSACTION", AG_SCRIPT_NOTHING},
        {"CREATE TABLE sqlite_sequence(name,seq)", AG_SCRIPT_NOTHING},
        {"CREATE TABLE IF NOT EXISTS \"sqlite_stat1\"(a)", AG_SCRIPT_NOTHING},
        {"CREATE TABLE sqlite(a)", AG_SCRIPT_PLAIN},
        {"INSERT INTO sqlite_sequence VALUES('a',1)", AG_SCRIPT_NOTHING},
        {"DELETE FROM sqlite_sequence", AG_SCRIPT_NOTHING},
        {"INSERT INTO sqlite_schema(type) VALUES('table')", AG_SCRIPT_ROWS},
        {"INSERT OR REPLACE INTO t VALUES(1)", AG_SCRIPT_ROWS},
        {"ATTACH 'x.db' AS x", AG_SCRIPT_OUTSIDE},
        {"VACUUM", AG_SCRIPT_NOTHING},
        {"VACUUM main INTO 'x.db'", AG_SCRIPT_OUTSIDE},
        {"DROP TABLE t", AG_SCRIPT_REMOVAL},
        {"PRAGMA user_version = 3", AG_SCRIPT_PLAIN},
    };
    check_all(&ag_dialect_sqlite, list, sizeof list / sizeof *list);
}

static void check_shell(const ag_dialect *dialect, const char *line, ag_shell_command command,
                        const char *argument) {
    ag_str found = {0};
    assert_int_equal(dialect->scripts->shell(ag_str_of(line), &found), command);
    assert_true(ag_str_eq(found, argument));
}

static void shell_commands_are_understood_or_refused(void **state) {
    (void)state;
    const ag_dialect *pg = &ag_dialect_postgresql;
    check_shell(pg, "\\connect app", AG_SHELL_CONNECT, "app");
    check_shell(pg, "\\i 'a b.sql'", AG_SHELL_INCLUDE, "a b.sql");
    check_shell(pg, "\\ir x.sql;", AG_SHELL_INCLUDE_RELATIVE, "x.sql");
    check_shell(pg, "\\set ON_ERROR_STOP on", AG_SHELL_IGNORED, "ON_ERROR_STOP on");
    check_shell(pg, "\\set name value", AG_SHELL_REFUSED, "name value");
    check_shell(pg, "\\if :x", AG_SHELL_REFUSED, ":x");
    check_shell(pg, "\\", AG_SHELL_REFUSED, "");
    check_shell(pg, "\\q", AG_SHELL_QUIT, "");
    const ag_dialect *lite = &ag_dialect_sqlite;
    check_shell(lite, ".read x.sql", AG_SHELL_INCLUDE, "x.sql");
    check_shell(lite, ".mode box", AG_SHELL_IGNORED, "box");
    check_shell(lite, ".import a.csv t", AG_SHELL_REFUSED, "a.csv t");
    check_shell(lite, ".exit", AG_SHELL_QUIT, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_of_postgresql_have_their_role),
        cmocka_unit_test(statements_of_sqlite_have_their_role),
        cmocka_unit_test(shell_commands_are_understood_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
