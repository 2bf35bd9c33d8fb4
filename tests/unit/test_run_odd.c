/* A driver that does what it should not, or lacks what others have: the runner notices. */
#include "unit.h"

#include "dialect/fake_driver.h"
#include "rev_project.h"

static ag_fake *fake;

/* "HAS TABLE" finds nothing; a statement that says so changes the transaction behind the back. */
static void answer(void *user, const char *call, ag_fake_step *step) {
    (void)user;
    step->changes = 1;
    if (ag_text_starts(call, "ODD end")) {
        fake->in_transaction = false;
    } else if (ag_text_starts(call, "ODD begin")) {
        fake->in_transaction = true;
    } else if (ag_text_starts(call, "ODD crash")) {
        step->error = "the server is gone";
        step->sqlstate = "08006";
        step->loses_connection = true;
    }
}

static void check_fails(const char *up, ag_code code, const char *message, int line) {
    rev_project *p = rev_new();
    ag_error err;
    rev_add(p, "a1", "", up, "");
    rev_load(p);
    fake = ag_fake_new(NULL, 0);
    fake->answer = answer;
    ag_fake_use(fake);
    assert_true(ag_conn_open(&ag_driver_fake, "x", NULL, &p->conn, &err));
    p->options.conn = p->conn;
    assert_false(ag_run_upgrade(&p->options, "head", NULL, &err));
    assert_int_equal(err.code, code);
    assert_string_equal(err.message, message);
    assert_int_equal(err.line, line);
    assert_false(fake->in_transaction);
    ag_conn_close(p->conn);
    p->conn = NULL;
    ag_fake_free(fake);
    rev_end(p);
}

static void a_statement_that_ends_the_transaction_fails(void **state) {
    (void)state;
    check_fails("ODD end;", AG_DATABASE, "a statement of revision a1 ended the transaction", 0);
}

static void a_statement_outside_that_begins_a_transaction_fails(void **state) {
    (void)state;
    check_fails("-- autogen:autocommit\nODD begin;", AG_DATABASE,
                "a statement outside of a transaction began one", 0);
}

static void a_rebuild_needs_a_driver_that_can(void **state) {
    (void)state;
    check_fails("-- autogen:rebuild t 0123456789abcdef\nDROP TABLE t;\n-- autogen:end", AG_INPUT,
                "a table rebuild cannot run on sqlite", 7);
}

static void a_lost_connection_is_told_with_the_statement(void **state) {
    (void)state;
    check_fails("ODD crash;", AG_DATABASE, "the server is gone", 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_that_ends_the_transaction_fails),
        cmocka_unit_test(a_statement_outside_that_begins_a_transaction_fails),
        cmocka_unit_test(a_rebuild_needs_a_driver_that_can),
        cmocka_unit_test(a_lost_connection_is_told_with_the_statement),
    };
    return cmocka_run_group_tests_name("odd drivers", tests, NULL, NULL);
}
