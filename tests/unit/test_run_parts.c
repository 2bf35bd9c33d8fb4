/* Parts, statements outside of transactions, and how an interrupted run goes on. */
#include "unit.h"

#include "dialect/fake_driver.h"
#include "rev_project.h"

static void parts_are_kept_and_the_next_run_goes_on(void **state) {
    (void)state;
    rev_project *p = rev_with_parts("INSERT INTO nix VALUES (3);");
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_non_null(strstr(err.hint, "2 of the 3 parts of revision b1 are done"));
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1|2");
    assert_string_equal(rev_ask(p, "SELECT part, state FROM autogen_history WHERE part > 0"),
                        "1 done|2 done");
    rev_add(p, "b1", "a1",
            "INSERT INTO a VALUES (1);\n-- autogen:part\n-- noted\nINSERT INTO a VALUES (2);\n"
            "-- autogen:part\nINSERT INTO a VALUES (3);",
            "DELETE FROM a WHERE x = 2;\n-- autogen:part\nDELETE FROM a;");
    rev_load(p);
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1|2|3");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM autogen_history WHERE part > 0"), "0");
    rev_go(p, false, "a1");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    assert_string_equal(rev_ask(p, "SELECT count(*) FROM a"), "0");
    rev_end(p);
}

static void a_finished_part_must_stay_as_it_was(void **state) {
    (void)state;
    rev_project *p = rev_with_parts("INSERT INTO nix VALUES (3);");
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    rev_add(p, "b1", "a1",
            "INSERT INTO a VALUES (1);\n-- autogen:part\nINSERT INTO a VALUES (22);\n"
            "-- autogen:part\nINSERT INTO a VALUES (3);",
            "");
    rev_load(p);
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_string_equal(err.message, "part 2 of revision b1 has run already and was changed since");
    assert_int_equal(err.line, 9);
    rev_add(p, "b1", "a1", "INSERT INTO a VALUES (1);", "");
    rev_load(p);
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_non_null(strstr(err.message, "is not in its file any more"));
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1|2");
    rev_end(p);
}

static void an_interrupted_revision_is_finished_first(void **state) {
    (void)state;
    rev_project *p = rev_with_parts("INSERT INTO nix VALUES (3);");
    ag_error err;
    static const char *const to[] = {"a1"};
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_false(ag_run_downgrade(&p->options, "base", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_non_null(strstr(err.message, "the upgrade of revision b1 was interrupted"));
    assert_true(ag_run_stamp(&p->options, to, 1, false, NULL, &err));
    rev_end(p);
}

static void when_only_the_version_row_is_missing_it_is_set(void **state) {
    (void)state;
    rev_project *p = rev_with_parts("INSERT INTO nix VALUES (3);");
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    rev_add(p, "b1", "a1", "INSERT INTO a VALUES (1);\n-- autogen:part\nINSERT INTO a VALUES (2);",
            "");
    rev_load(p);
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "b1");
    assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1|2");
    rev_end(p);
}

/* Statements outside of transactions. */

static rev_project *with_autocommit(void) {
    rev_project *p = rev_new();
    rev_add(
        p, "a1", "",
        "CREATE TABLE a (x integer);\n-- autogen:autocommit\nVACUUM;\nPRAGMA user_version = 5;\n"
        "-- autogen:transaction\nINSERT INTO a VALUES (1);\n-- autogen:autocommit\nVACUUM;",
        "DROP TABLE a;");
    rev_load(p);
    rev_connect(p);
    return p;
}

static void autocommitted_statements_run_outside(void **state) {
    (void)state;
    rev_project *p = with_autocommit();
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    assert_string_equal(rev_ask(p, "PRAGMA user_version"), "5");
    assert_string_equal(rev_ask(p, rev_history), "1 a1 upgrade 0 done me@here 0.1");
    rev_end(p);
}

static void a_statement_whose_end_nobody_saw_needs_a_person(void **state) {
    (void)state;
    rev_project *p = with_autocommit();
    ag_error err;
    assert_true(ag_run_ensure(&p->options, &err));
    p->stop_after = 2; /* "begun" is recorded; the flag stops the statement after VACUUM */
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    p->cancelled = 0;
    (void)rev_ask(p, "UPDATE autogen_history SET state = 'begun' WHERE part = 2");
    ag_buf_clear(&p->log);
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_non_null(strstr(err.message, "outside of a transaction; nobody can tell whether "
                                        "it took effect"));
    assert_int_equal(err.line, 9);
    assert_non_null(strstr(err.hint,
                           "if it did, take it out of the file; if it did not: DELETE FROM "
                           "autogen_history"));
    assert_non_null(strstr(ag_buf_text(&p->log), "pause"));
    (void)rev_ask(p, "DELETE FROM autogen_history WHERE revision = 'a1' AND state = 'begun'");
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    rev_end(p);
}

static void a_failed_statement_outside_may_run_again(void **state) {
    (void)state;
    rev_project *p = rev_new();
    rev_add(p, "a1", "",
            "CREATE TABLE a (x integer);\n-- autogen:autocommit\nINSERT INTO later VALUES (1);\n",
            "");
    rev_load(p);
    rev_connect(p);
    ag_error err;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.line, 9);
    (void)rev_ask(p, "CREATE TABLE later (y integer)");
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, "SELECT y FROM later"), "1");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    rev_end(p);
}

static void a_failure_of_any_call_is_made_good_by_the_next_run(void **state) {
    (void)state;
    bool failed = true;
    for (size_t at = 1; failed && at < 300; at++) {
        rev_project *p = rev_with_parts("INSERT INTO a VALUES (3);");
        ag_conn *fault = ag_fault_conn(p->conn, at);
        ag_error err;
        p->options.conn = fault;
        failed = !ag_run_upgrade(&p->options, "head", NULL, &err);
        p->conn = NULL;
        ag_conn_close(fault);
        rev_connect(p);
        rev_go(p, true, "head");
        assert_string_equal(rev_ask(p, rev_versions), "b1");
        assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1|2|3");
        assert_string_equal(rev_ask(p, "SELECT count(*) FROM autogen_history WHERE part > 0"), "0");
        rev_go(p, false, "base");
        rev_end(p);
    }
    assert_false(failed);
}

/* A database that can say what became of a statement: SQLite with hooks. */

static ag_driver asking;
static ag_outcome outcome;
static char asked[256];

static bool took_effect(ag_conn *conn, const char *sql, ag_outcome *out, ag_error *err) {
    (void)conn;
    (void)err;
    (void)snprintf(asked + strlen(asked), sizeof asked - strlen(asked), "[%s]", sql);
    *out = outcome;
    return true;
}

static rev_project *dying; /* this one is cancelled when its statement is about to run */

static bool before_autocommit(ag_conn *conn, const char *sql, ag_error *err) {
    (void)err;
    if (dying != NULL) {
        dying->cancelled = 1;
    }
    assert_false(conn->driver->in_transaction(conn));
    (void)snprintf(asked + strlen(asked), sizeof asked - strlen(asked), "<%s", sql);
    return true;
}

static void after_autocommit(ag_conn *conn) {
    assert_false(conn->driver->in_transaction(conn));
    (void)snprintf(asked + strlen(asked), sizeof asked - strlen(asked), ">");
}

static rev_project *with_hooks(const char *statement) {
    rev_project *p = rev_new();
    rev_add(p, "a1", "",
            ag_arena_printf(p->arena,
                            "CREATE TABLE a (x integer);\n-- autogen:autocommit\n%s;\n"
                            "-- autogen:transaction\nINSERT INTO a VALUES (1);",
                            statement),
            "DROP TABLE a;");
    rev_load(p);
    rev_connect(p);
    asking = *ag_dialect_sqlite.driver;
    asking.took_effect = took_effect;
    asking.before_autocommit = before_autocommit;
    asking.after_autocommit = after_autocommit;
    p->conn->driver = &asking;
    asked[0] = '\0';
    return p;
}

static void hooks_stand_around_a_statement_outside(void **state) {
    (void)state;
    rev_project *p = with_hooks("CREATE INDEX i ON a (x)");
    rev_go(p, true, "head");
    assert_string_equal(asked, "<CREATE INDEX i ON a (x)>");
    rev_end(p);
}

static void a_begun_statement_is_settled_by_asking(void **state) {
    (void)state;
    static const ag_outcome outcomes[] = {AG_OUTCOME_NONE, AG_OUTCOME_DONE, AG_OUTCOME_UNKNOWN};
    for (size_t i = 0; i < 3; i++) {
        rev_project *p = with_hooks("CREATE INDEX i ON nix (x)");
        ag_error err;
        outcome = outcomes[i];
        dying = p;
        assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
        assert_int_equal(err.code, AG_INTERRUPTED);
        assert_string_equal(rev_ask(p, "SELECT part, state FROM autogen_history"),
                            "1 done|2 begun");
        dying = NULL;
        p->cancelled = 0;
        (void)rev_ask(p, "CREATE TABLE nix (x integer)");
        asked[0] = '\0';
        bool ok = ag_run_upgrade(&p->options, "head", NULL, &err);
        assert_int_equal(ok, outcome != AG_OUTCOME_UNKNOWN);
        assert_string_equal(asked, outcome == AG_OUTCOME_NONE
                                       ? "[CREATE INDEX i ON nix (x)]<CREATE INDEX i ON nix (x)>"
                                       : "[CREATE INDEX i ON nix (x)]");
        if (ok) {
            assert_string_equal(rev_ask(p, rev_versions), "a1");
            assert_string_equal(rev_ask(p, "SELECT x FROM a"), "1");
            assert_string_equal(rev_ask(p, "SELECT count(*) FROM sqlite_schema WHERE name = 'i'"),
                                outcome == AG_OUTCOME_NONE ? "1" : "0");
        } else {
            assert_int_equal(err.code, AG_HISTORY);
            assert_int_equal(err.line, 9);
        }
        rev_end(p);
    }
}

static void a_refused_statement_is_not_in_doubt(void **state) {
    (void)state;
    rev_project *p = with_hooks("CREATE INDEX i ON nix (x)");
    ag_error err;
    outcome = AG_OUTCOME_UNKNOWN;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, AG_DATABASE);
    assert_int_equal(err.line, 9);
    assert_string_equal(asked, "<CREATE INDEX i ON nix (x)>[CREATE INDEX i ON nix (x)]");
    assert_string_equal(rev_ask(p, "SELECT part, state FROM autogen_history"), "1 done");
    (void)rev_ask(p, "CREATE TABLE nix (x integer)");
    rev_go(p, true, "head");
    rev_end(p);
}

static void an_edited_begun_statement_runs(void **state) {
    (void)state;
    rev_project *p = with_hooks("CREATE INDEX i ON nix (x)");
    ag_error err;
    outcome = AG_OUTCOME_UNKNOWN;
    dying = p;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    dying = NULL;
    p->cancelled = 0;
    rev_add(p, "a1", "",
            "CREATE TABLE a (x integer);\n-- autogen:autocommit\nCREATE INDEX i ON a (x);\n"
            "-- autogen:transaction\nINSERT INTO nix VALUES (1);",
            "");
    rev_load(p);
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_string_equal(rev_ask(p, "SELECT part, state FROM autogen_history ORDER BY part"),
                        "1 done|2 done");
    rev_add(p, "a1", "",
            "CREATE TABLE a (x integer);\n-- autogen:autocommit\nCREATE INDEX i ON a (x);\n"
            "-- autogen:transaction\nINSERT INTO a VALUES (1);",
            "");
    rev_load(p);
    rev_go(p, true, "head");
    assert_string_equal(rev_ask(p, rev_versions), "a1");
    rev_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_kept_and_the_next_run_goes_on),
        cmocka_unit_test(a_finished_part_must_stay_as_it_was),
        cmocka_unit_test(an_interrupted_revision_is_finished_first),
        cmocka_unit_test(when_only_the_version_row_is_missing_it_is_set),
        cmocka_unit_test(a_failure_of_any_call_is_made_good_by_the_next_run),
        cmocka_unit_test(autocommitted_statements_run_outside),
        cmocka_unit_test(a_statement_whose_end_nobody_saw_needs_a_person),
        cmocka_unit_test(a_failed_statement_outside_may_run_again),
        cmocka_unit_test(hooks_stand_around_a_statement_outside),
        cmocka_unit_test(a_begun_statement_is_settled_by_asking),
        cmocka_unit_test(a_refused_statement_is_not_in_doubt),
        cmocka_unit_test(an_edited_begun_statement_runs),
    };
    return cmocka_run_group_tests_name("run parts", tests, NULL, NULL);
}
