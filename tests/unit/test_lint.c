#include "unit.h"

#include <string.h>

#include "review/lint.h"

typedef struct lint_case {
    const char *statements; /* cut at each ";" */
    const char *found;      /* ids, in order */
} lint_case;

static char *lint_text(ag_arena *arena, const ag_dialect *dialect, const char *statements,
                       bool is_outside, bool with_words) {
    ag_lint_findings found = {0};
    ag_lint lint = {.arena = arena, .dialect = dialect, .found = &found};
    int line = 1;
    while (*statements != '\0') {
        size_t n = strcspn(statements, ";");
        ag_loc loc = {"file", line++, 1};
        ag_lint_statement(&lint, ag_arena_strndup(arena, statements, n), loc, is_outside);
        statements += n + (statements[n] == ';' ? 1 : 0);
    }
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < found.n; i++) {
        const ag_lint_finding *f = &found.items[i];
        ag_buf_printf(&buf, "%s%s",
                      i == 0       ? ""
                      : with_words ? "; "
                                   : " ",
                      with_words ? f->text : f->rule->id);
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static void check_all(const ag_dialect *dialect, bool is_outside, const lint_case *cases,
                      size_t n) {
    for (size_t i = 0; i < n; i++) {
        ag_arena *arena = ag_arena_new();
        const char *found = lint_text(arena, dialect, cases[i].statements, is_outside, false);
        if (strcmp(found, cases[i].found) != 0) {
            fail_msg("%s: found '%s', expected '%s'", cases[i].statements, found, cases[i].found);
        }
        ag_arena_free(arena);
    }
}

static void statements_for_postgresql_show_their_hazards(void **state) {
    (void)state;
    static const lint_case cases[] = {
        {"DROP TABLE users", "loses_data"},
        {"drop table if exists \"Users\", b cascade", "loses_data loses_data loses_data"},
        {"CREATE TABLE t (a int); DROP TABLE t; ALTER TABLE t ADD UNIQUE (a)", ""},
        {"CREATE TABLE public.t (a int); CREATE INDEX ON t (a)", ""},
        {"TRUNCATE a, b", "loses_data loses_data"},
        {"DELETE FROM users", "loses_data"},
        {"DELETE FROM users WHERE id IN (SELECT 1)", ""},
        {"DELETE FROM users USING (SELECT 1 WHERE true) s", "loses_data"},
        {"UPDATE users SET a = 1", "every_row"},
        {"UPDATE users SET a = 1 WHERE a IS NULL", ""},
        {"DROP SCHEMA s", "loses_data"},
        {"DROP SEQUENCE s", "loses_data"},
        {"DROP VIEW v", "breaks_clients"},
        {"DROP FUNCTION f(integer)", "breaks_clients"},
        {"DROP MATERIALIZED VIEW v", "breaks_clients"},
        {"DROP POLICY p ON t", "changes_access"},
        {"DROP INDEX i", "blocks_all"},
        {"DROP INDEX CONCURRENTLY i", "no_transaction"},
        {"CREATE INDEX i ON t (a)", "blocks_writes"},
        {"CREATE UNIQUE INDEX i ON t (a)", "blocks_writes may_fail"},
        {"CREATE INDEX CONCURRENTLY i ON t (a)", "no_transaction"},
        {"CREATE POLICY p ON t", "changes_access"},
        {"ALTER TABLE t ADD COLUMN a int", ""},
        {"ALTER TABLE t ADD a int NOT NULL", "may_fail"},
        {"ALTER TABLE t ADD a int NOT NULL DEFAULT 0", ""},
        {"ALTER TABLE t ADD a timestamptz NOT NULL DEFAULT now()", ""},
        {"ALTER TABLE t ADD a uuid DEFAULT gen_random_uuid()", "rewrites_table"},
        {"ALTER TABLE t ADD a bigserial", "rewrites_table"},
        {"ALTER TABLE t ADD a int GENERATED ALWAYS AS IDENTITY", "rewrites_table"},
        {"ALTER TABLE t ADD a int GENERATED ALWAYS AS (b + 1) STORED", "rewrites_table"},
        {"ALTER TABLE t ADD a int UNIQUE", "builds_index"},
        {"ALTER TABLE t ADD a numeric(10, 2), DROP b", "loses_data breaks_clients"},
        {"ALTER TABLE t DROP CONSTRAINT c", ""},
        {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", "scans_table may_fail"},
        {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID", ""},
        {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u", "scans_table may_fail"},
        {"ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)", "builds_index may_fail"},
        {"ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i", ""},
        {"ALTER TABLE t ADD PRIMARY KEY (a)", "builds_index may_fail"},
        {"ALTER TABLE t ALTER a TYPE text", "rewrites_table may_fail"},
        {"ALTER TABLE t ALTER COLUMN a SET NOT NULL", "scans_table may_fail"},
        {"ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER a SET NOT NULL", ""},
        {"ALTER TABLE t ALTER a DROP NOT NULL", ""},
        {"ALTER TABLE t RENAME TO u", "breaks_clients"},
        {"ALTER TABLE t RENAME a TO b", "breaks_clients"},
        {"ALTER TABLE t RENAME CONSTRAINT a TO b", ""},
        {"ALTER TABLE t SET SCHEMA s", "breaks_clients"},
        {"ALTER TABLE t SET UNLOGGED", "rewrites_table"},
        {"ALTER TABLE t SET (fillfactor = 70)", ""},
        {"ALTER TABLE t OWNER TO o", "changes_access"},
        {"ALTER TABLE t ENABLE ROW LEVEL SECURITY", "changes_access"},
        {"ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)", "scans_table"},
        {"ALTER TYPE mood RENAME VALUE 'a' TO 'b'", "breaks_clients"},
        {"ALTER TYPE mood ADD VALUE 'a'", ""},
        {"GRANT SELECT ON t TO u", "changes_access"},
        {"VACUUM t", "no_transaction"},
        {"REINDEX TABLE t", "blocks_writes"},
        {"CLUSTER t", "rewrites_table"},
        {"LOCK TABLE t", "blocks_all"},
        {"REFRESH MATERIALIZED VIEW v", "blocks_all"},
        {"SET lock_timeout = '1s'", "session_setting"},
        {"SET LOCAL lock_timeout = '1s'", ""},
        {"ALTER SYSTEM SET x = 1", "no_transaction"},
        {"SELECT 1", ""},
        {"INSERT INTO t SELECT * FROM u", ""},
        {"COMMENT ON TABLE t IS 'DROP TABLE t'", ""},
        {"", ""},
    };
    check_all(&ag_dialect_postgresql, false, cases, sizeof cases / sizeof *cases);
}

static void outside_of_a_transaction_other_things_count(void **state) {
    (void)state;
    static const lint_case cases[] = {
        {"CREATE INDEX CONCURRENTLY i ON t (a)", ""},
        {"DROP INDEX CONCURRENTLY i", ""},
        {"VACUUM t", ""},
        {"VACUUM FULL t", "rewrites_table"},
        {"SET lock_timeout = '1s'", ""},
    };
    check_all(&ag_dialect_postgresql, true, cases, sizeof cases / sizeof *cases);
}

static void sqlite_is_not_asked_about_locks(void **state) {
    (void)state;
    static const lint_case cases[] = {
        {"CREATE INDEX i ON t (a)", ""},
        {"CREATE UNIQUE INDEX i ON t (a)", "may_fail"},
        {"DROP INDEX i", ""},
        {"DROP TABLE [t]", "loses_data"},
        {"ALTER TABLE t DROP COLUMN a", "loses_data breaks_clients"},
        {"ALTER TABLE t ADD a NOT NULL", "may_fail"},
        {"ALTER TABLE t RENAME a TO b", "breaks_clients"},
        {"PRAGMA foreign_keys = off", "no_effect"},
        {"VACUUM", "no_transaction"},
    };
    check_all(&ag_dialect_sqlite, false, cases, sizeof cases / sizeof *cases);
}

static void a_finding_says_what_and_where(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    assert_string_equal(
        lint_text(arena, &ag_dialect_postgresql, "DROP TABLE app.users, public.b", false, true),
        "loses data: every row of app.users; loses data: every row of b");
    assert_string_equal(lint_text(arena, &ag_dialect_postgresql,
                                  "ALTER TABLE ONLY users DROP COLUMN IF EXISTS \"E mail\"", false,
                                  true),
                        "loses data: every value of users.E mail; breaks running clients: those "
                        "that still use users.E mail");
    ag_lint_findings found = {0};
    ag_lint lint = {.arena = arena, .dialect = &ag_dialect_sqlite, .found = &found};
    ag_lint_rebuild(&lint, "users", (ag_loc){"f.sql", 7, 2});
    ag_lint_rebuild(&lint, "users", (ag_loc){"f.sql", 7, 2});
    assert_int_equal(found.n, 1);
    assert_string_equal(found.items[0].text, "rewrites table: users");
    assert_int_equal(found.items[0].loc.line, 7);
    ag_arena_free(arena);
}

static void every_rule_is_described(void **state) {
    (void)state;
    const ag_lint_rule *rules = NULL;
    size_t n = ag_lint_rules(&rules);
    assert_true(n > 10);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(ag_lint_rule_of(rules[i].id), &rules[i]);
        assert_true(rules[i].words[0] != '\0' && rules[i].summary[0] != '\0');
    }
    assert_null(ag_lint_rule_of("nothing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_for_postgresql_show_their_hazards),
        cmocka_unit_test(outside_of_a_transaction_other_things_count),
        cmocka_unit_test(sqlite_is_not_asked_about_locks),
        cmocka_unit_test(a_finding_says_what_and_where),
        cmocka_unit_test(every_rule_is_described),
    };
    return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
