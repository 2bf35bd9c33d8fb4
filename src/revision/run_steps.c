/* The steps of a plan, cut into transactions. */
#include <string.h>

#include "revision/run_private.h"

enum { FIRST_RETRY_MS = 100, LONGEST_RETRY_MS = 10000 };

/* Where a run stands: a part of a step. */
typedef struct place {
    size_t step;
    size_t part;
} place;

static ag_conn *conn_of(const ag_run *run) {
    return run->options->conn;
}

static void leave_rebuild(ag_run *run) {
    if (run->in_rebuild) {
        ag_error ignored;
        (void)conn_of(run)->driver->after_rebuild(conn_of(run), &ignored);
        run->in_rebuild = false;
    }
}

void ag__run_roll_back(ag_run *run) {
    conn_of(run)->driver->rollback(conn_of(run));
    run->rows_known = false;
    run->store.has_version = run->store.has_history = false; /* they may be gone again */
    leave_rebuild(run);
}

bool ag__run_in_open_transaction(const ag_run *run) {
    return conn_of(run)->driver->in_transaction(conn_of(run));
}

bool ag__run_begin(ag_run *run, bool has_rebuild) {
    const ag_driver *driver = conn_of(run)->driver;
    run->rows_known = false;
    if (!ag__run_goes_on(run)) {
        return false;
    }
    if (has_rebuild && driver->before_rebuild != NULL) {
        if (!driver->before_rebuild(conn_of(run), run->err)) {
            return false;
        }
        run->in_rebuild = true;
    }
    if (!driver->begin(conn_of(run), run->err)) {
        leave_rebuild(run);
        return false;
    }
    return true;
}

/* The server's own refusal of a COMMIT is an answer; a lost connection is none. */
static bool is_answer(const ag_error *err) {
    return strncmp(err->sqlstate, "08", 2) != 0 && strncmp(err->sqlstate, "57P", 3) != 0;
}

bool ag__run_commit(ag_run *run) {
    if (!conn_of(run)->driver->commit(conn_of(run), run->err)) {
        run->is_in_doubt = !is_answer(run->err);
        ag__run_roll_back(run);
        return false;
    }
    run->rows_known = false;
    run->has_committed = true;
    run->attempt = 0;
    leave_rebuild(run);
    return true;
}

static const ag_rev_part *part_at(const ag_run *run, place at) {
    const ag_rev_parts *parts = &run->steps.items[at.step].parts;
    return at.part < parts->n ? &parts->items[at.part] : NULL;
}

static place after(const ag_run *run, place at) {
    bool is_last = ag__run_is_last(&run->steps.items[at.step], at.part);
    return is_last ? (place){at.step + 1, 0} : (place){at.step, at.part + 1};
}

/* Whether the transaction that holds this part ends behind it. */
static bool ends_transaction(const ag_run *run, place at) {
    place next = after(run, at);
    if (run->options->transaction != AG_TRANSACTION_ALL || next.step == run->steps.n) {
        return true;
    }
    const ag_rev_part *part = part_at(run, next);
    return next.step == at.step || (part != NULL && part->is_autocommit);
}

/* Whether a rebuild runs in the transaction that begins here. */
static bool will_rebuild(const ag_run *run, place at) {
    for (;; at = after(run, at)) {
        const ag_rev_part *part = part_at(run, at);
        if (part != NULL && part->has_rebuild) {
            return true;
        }
        if (ends_transaction(run, at)) {
            return false;
        }
    }
}

/* After a lock timeout the transaction is tried again, later each time. */
static bool may_retry(ag_run *run, const ag_run_step *step) {
    const ag_run_events *events = &run->options->events;
    if (strcmp(run->err->sqlstate, "55P03") != 0 || run->attempt >= run->options->lock_retries) {
        return false;
    }
    int pause = FIRST_RETRY_MS;
    for (int i = 0; i < run->attempt && pause < LONGEST_RETRY_MS; i++) {
        pause *= 2;
    }
    pause = pause > LONGEST_RETRY_MS ? LONGEST_RETRY_MS : pause;
    pause = pause / 2 + (int)(ag__run_now_ms() * 7919 % (pause / 2 + 1)); /* not in step */
    run->attempt++;
    if (events->on_retry != NULL) {
        events->on_retry(events->context, step->step, run->attempt, pause, run->err);
    }
    ag__run_pause(run, pause);
    return true;
}

static void tell_done(ag_run *run, const ag_run_step *step) {
    const ag_run_events *events = &run->options->events;
    if (events->on_step_done != NULL && step->is_announced) {
        events->on_step_done(events->context, step->step, ag__run_now_ms() - step->begun_ms);
    }
}

/* The state a failure leaves behind, in words. */
static const char *state_of(const ag_run *run, const ag_run_step *step, size_t part) {
    const char *id = step->step->rev->id;
    if (run->is_in_doubt) {
        return ag_arena_printf(run->arena,
                               "it was lost at a COMMIT, which the server may have finished: "
                               "'autogen current' tells, and the next %s goes on from there",
                               step->direction);
    }
    if (run->is_begun) {
        return ag_arena_printf(run->arena,
                               "the statement may go on, or have left half of what it does: the "
                               "next %s asks the database",
                               step->direction);
    }
    if (part > 0) {
        return ag_arena_printf(run->arena,
                               "%zu of the %zu parts of revision %s are done; the next %s goes on "
                               "from there",
                               part, step->parts.n, id, step->direction);
    }
    switch (run->options->transaction) {
    case AG_TRANSACTION_ALL:
        return ag_arena_printf(run->arena, "nothing of this %s was kept", step->direction);
    case AG_TRANSACTION_NONE:
        return ag_arena_printf(run->arena,
                               "without a transaction the statements before it stay done, and the "
                               "next %s of revision %s would run them again",
                               step->direction, id);
    case AG_TRANSACTION_PER_REVISION:
        break;
    }
    return ag_arena_printf(run->arena, "nothing of the %s of revision %s was kept", step->direction,
                           id);
}

static void hint_state(ag_run *run, const ag_run_step *step, size_t part) {
    if (step->step->rev == NULL) {
        return;
    }
    const char *state = state_of(run, step, part);
    char *before = ag_arena_strdup(run->arena, run->err->hint);
    size_t n = strlen(before);
    if (n > 0 && before[n - 1] == '.') { /* a sentence of the server's */
        before[n - 1] = '\0';
    }
    ag_hint(run->err, "%s%s%s", before, before[0] == '\0' ? "" : "; ", state);
}

static ag_run_verdict run_part(ag_run *run, place at, place *group, ag_strings *group_rows) {
    ag_run_step *step = &run->steps.items[at.step];
    const ag_rev_part *part = part_at(run, at);
    if (run->options->transaction == AG_TRANSACTION_NONE) {
        return ag__run_bare(run, step, at.step, at.part);
    }
    bool is_outside = part != NULL && part->is_autocommit;
    if (is_outside || !ag__run_in_open_transaction(run)) {
        *group = at;
        group_rows->n = 0;
        for (size_t i = 0; i < run->rows.n; i++) {
            ag_vec_push(run->arena, group_rows, run->rows.items[i]);
        }
    }
    if (is_outside) {
        return ag__run_autocommit(run, step, at.step, at.part);
    }
    if (!ag__run_in_open_transaction(run) && !ag__run_begin(run, will_rebuild(run, at))) {
        return AG_RUN_FAIL;
    }
    ag_run_verdict v = ag__run_in_transaction(run, step, at.step, at.part);
    bool is_good = v == AG_RUN_GO || v == AG_RUN_SKIP;
    return is_good && ends_transaction(run, at) && !ag__run_commit(run) ? AG_RUN_FAIL : v;
}

/* Back to where the transaction began. */
static void restart(ag_run *run, place group, const ag_strings *group_rows) {
    run->rows.n = 0;
    for (size_t i = 0; i < group_rows->n; i++) {
        ag_vec_push(run->arena, &run->rows, group_rows->items[i]);
    }
    for (size_t i = group.step; i < run->steps.n; i++) {
        run->steps.items[i].n_done = 0;
    }
}

bool ag__run_steps(ag_run *run, size_t *n_done) {
    place at = {0, 0};
    place group = at;
    ag_strings group_rows = {NULL, 0, 0};
    size_t n_before = *n_done;
    while (at.step < run->steps.n) {
        ag_run_step *step = &run->steps.items[at.step];
        ag_run_verdict v = run_part(run, at, &group, &group_rows);
        if (v == AG_RUN_FAIL || v == AG_RUN_PLAN) {
            ag__run_roll_back(run);
            if (v == AG_RUN_FAIL && may_retry(run, step)) {
                restart(run, group, &group_rows);
                at = group;
                *n_done = n_before + group.step;
                continue;
            }
            if (v == AG_RUN_FAIL) {
                hint_state(run, step, group.step == at.step ? group.part : 0);
            }
            run->must_plan_again = v == AG_RUN_PLAN;
            return v == AG_RUN_PLAN;
        }
        place next = after(run, at);
        if (next.step != at.step) {
            tell_done(run, step);
            *n_done = n_before + next.step;
        }
        at = next;
    }
    return true;
}
