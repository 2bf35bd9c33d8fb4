/* Running revisions through the public API: events, cancelling, what must be given. */
#include "unit.h"

#include <autogen.h>

#include "rev_project.h"

typedef struct heard {
    ag_ctx *ctx;
    ag_buf log;
    const char *cancel_after; /**< the revision whose end cancels the run. */
} heard;

static void on_event(void *user, const ag_event *event) {
    heard *h = user;
    if (event->kind == AG_EVENT_STEP) {
        ag_buf_printf(&h->log, "[%llu/%llu %s", (unsigned long long)event->done,
                      (unsigned long long)event->total, event->revision);
    } else if (event->kind == AG_EVENT_STEP_DONE) {
        ag_buf_printf(&h->log, " %s]", event->revision);
        if (h->cancel_after != NULL && strcmp(h->cancel_after, event->revision) == 0) {
            ag_ctx_cancel(h->ctx);
        }
    }
}

static void write_project(rev_project *p) {
    ag_error err;
    const char *ini = ag_arena_printf(p->arena, "[autogen]\nscript_location = %%(here)s\n"
                                                "url = sqlite:///%%(here)s/app.db\n");
    if (!ag_file_write(ag_path_join(p->arena, p->folder, "autogen.ini"), ini, strlen(ini), &err)) {
        rev_die("autogen.ini", &err);
    }
    rev_add(p, "a1", "", "CREATE TABLE a (x integer);", "DROP TABLE a;");
    rev_add(p, "b1", "a1", "CREATE TABLE b (x integer);", "DROP TABLE b;");
    rev_add(p, "c1", "b1", "CREATE TABLE c (x integer);", "DROP TABLE c;");
}

static ag_ctx *open_context(rev_project *p, heard *h) {
    ag_ctx_options options = AG_CTX_OPTIONS_INIT;
    ag_error err;
    options.config_file = ag_path_join(p->arena, p->folder, "autogen.ini");
    options.on_event = on_event;
    options.user = h;
    if (!ag_ctx_new(&options, &h->ctx, &err)) {
        rev_die("context", &err);
    }
    return h->ctx;
}

static void each_step_is_told_when_it_begins_and_when_it_is_done(void **state) {
    (void)state;
    rev_project *p = rev_new();
    heard h = {.log = AG_BUF_INIT};
    ag_migrate_options up = AG_MIGRATE_OPTIONS_INIT;
    ag_migrate_options down = AG_MIGRATE_OPTIONS_INIT;
    ag_error err;
    write_project(p);
    ag_ctx *ctx = open_context(p, &h);
    assert_true(ag_upgrade(ctx, &up, NULL, &err));
    assert_string_equal(ag_buf_text(&h.log), "[0/3 a1 a1][1/3 b1 b1][2/3 c1 c1]");
    ag_buf_clear(&h.log);
    down.target = "a1";
    assert_true(ag_downgrade(ctx, &down, NULL, &err));
    assert_string_equal(ag_buf_text(&h.log), "[0/2 c1 c1][1/2 b1 b1]");
    ag_ctx_free(ctx);
    ag_buf_release(&h.log);
    rev_end(p);
}

static void a_run_that_is_cancelled_from_an_event_ends_at_a_revision(void **state) {
    (void)state;
    rev_project *p = rev_new();
    heard h = {.log = AG_BUF_INIT, .cancel_after = "b1"};
    ag_migrate_options up = AG_MIGRATE_OPTIONS_INIT;
    ag_revisions *revisions = NULL;
    ag_error err;
    write_project(p);
    ag_ctx *ctx = open_context(p, &h);
    assert_false(ag_upgrade(ctx, &up, NULL, &err));
    assert_int_equal(err.code, AG_INTERRUPTED);
    assert_string_equal(ag_buf_text(&h.log), "[0/3 a1 a1][1/3 b1 b1]");
    ag_ctx_free(ctx);
    h.cancel_after = NULL;
    ctx = open_context(p, &h);
    assert_true(ag_current(ctx, false, &revisions, &err));
    assert_int_equal(revisions->list.n, 1);
    assert_string_equal(revisions->list.items[0].id, "b1");
    ag_revisions_free(revisions);
    assert_true(ag_upgrade(ctx, &up, NULL, &err));
    ag_ctx_free(ctx);
    ag_buf_release(&h.log);
    rev_end(p);
}

static void what_must_be_given_is_asked_for(void **state) {
    (void)state;
    rev_project *p = rev_new();
    heard h = {.log = AG_BUF_INIT};
    ag_migrate_options options = AG_MIGRATE_OPTIONS_INIT;
    ag_stamp_options stamp = AG_STAMP_OPTIONS_INIT;
    const char *head[] = {"head"};
    ag_text *text = NULL;
    ag_error err;
    write_project(p);
    ag_ctx *ctx = open_context(p, &h);
    assert_false(ag_downgrade(ctx, &options, NULL, &err));
    assert_int_equal(err.code, AG_USAGE);
    assert_string_equal(err.message, "downgrade needs a revision");
    options.dry_run = true;
    assert_false(ag_upgrade(ctx, &options, NULL, &err));
    assert_int_equal(err.code, AG_USAGE);
    assert_string_equal(err.message, "an offline or dry run needs a place for its text");
    stamp.revisions.items = head;
    stamp.revisions.n = 1;
    stamp.offline = stamp.purge = true;
    assert_false(ag_stamp(ctx, &stamp, &text, &err));
    assert_int_equal(err.code, AG_USAGE);
    assert_string_equal(err.message, "Can't use --purge with --sql mode");
    ag_ctx_free(ctx);
    ag_buf_release(&h.log);
    rev_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_told_when_it_begins_and_when_it_is_done),
        cmocka_unit_test(a_run_that_is_cancelled_from_an_event_ends_at_a_revision),
        cmocka_unit_test(what_must_be_given_is_asked_for),
    };
    return cmocka_run_group_tests_name("running through the API", tests, NULL, NULL);
}
