/*
 * The parts of a step: which transaction they run in, what is recorded with them, and how a run
 * that was interrupted goes on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/run_private.h"

enum { BEGUN_POLLS = 20, BEGUN_POLL_MS = 100 };

static ag_conn *conn_of(const ag_run *run) {
    return run->options->conn;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool same_rows(ag_arena *arena, const ag_strings *a, const ag_strings *b) {
    if (a->n != b->n) {
        return false;
    }
    ag_strings copies[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    for (size_t i = 0; i < a->n; i++) {
        ag_vec_push(arena, &copies[0], a->items[i]);
        ag_vec_push(arena, &copies[1], b->items[i]);
    }
    for (size_t c = 0; c < 2 && a->n > 0; c++) {
        qsort(copies[c].items, copies[c].n, sizeof *copies[c].items, by_text);
    }
    for (size_t i = 0; i < a->n; i++) {
        if (strcmp(copies[0].items[i], copies[1].items[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* Reads the rows under the lock of this transaction: are they still those of the plan? */
static ag_run_verdict check_rows(ag_run *run) {
    if (run->rows_known) {
        return AG_RUN_GO;
    }
    ag_strings now = {NULL, 0, 0};
    if (!ag_store_rows(&run->store, run->arena, &now, run->err)) {
        return AG_RUN_FAIL;
    }
    if (!same_rows(run->arena, &now, &run->rows)) {
        return AG_RUN_PLAN;
    }
    run->rows_known = true;
    return ag_store_create(&run->store, run->err) ? AG_RUN_GO : AG_RUN_FAIL;
}

bool ag__run_changed_part(ag_run *run, const ag_run_step *step, size_t part) {
    ag_fail_at(run->err, AG_HISTORY, step->parts.items[part].loc, step->file->text,
               "part %zu of revision %s has run already and was changed since", part + 1,
               step->step->rev->id);
    return ag_hint(run->err,
                   "the %s of this revision was interrupted: its finished parts must "
                   "stay as they were, later ones may be edited",
                   step->direction);
}

static bool not_knowable(ag_run *run, const ag_run_step *step, const ag_rev_part *part,
                         const ag_history_entry *entry) {
    ag_fail_at(run->err, AG_HISTORY, part->loc, step->file->text,
               "a run was interrupted in this statement of revision %s, outside of a transaction; "
               "nobody can tell whether it took effect",
               entry->revision);
    return ag_hint(run->err,
                   "if it did, take it out of the file; if it did not: DELETE FROM %s WHERE "
                   "revision = '%s' AND state = 'begun'; then run the %s again",
                   run->store.history_name, entry->revision, entry->direction);
}

static const ag_history_entry *entry_of(const ag_history_entries *entries, size_t part) {
    for (size_t i = 0; i < entries->n; i++) {
        if (entries->items[i].part == (int)part + 1) {
            return &entries->items[i];
        }
    }
    return NULL;
}

/*
 * What the history says of a part. Parts are only recorded of revisions with several, or with one
 * that runs outside of a transaction.
 */
static ag_run_verdict check_part(ag_run *run, const ag_run_step *step, size_t part,
                                 const ag_history_entry **begun) {
    ag_history_entries entries = {NULL, 0, 0};
    *begun = NULL;
    if (!ag_store_parts(&run->store, run->arena, step->step->rev->id, step->direction, &entries,
                        run->err)) {
        return AG_RUN_FAIL;
    }
    for (size_t i = 0; i <= part; i++) {
        const ag_history_entry *entry = entry_of(&entries, i);
        bool is_done = entry != NULL && strcmp(entry->state, "done") == 0;
        if (is_done && strcmp(entry->checksum, step->parts.items[i].checksum) != 0) {
            return ag__run_changed_part(run, step, i) ? AG_RUN_GO : AG_RUN_FAIL;
        }
        if (i == part && is_done) {
            return AG_RUN_SKIP;
        }
        if (i == part && entry != NULL) {
            *begun = entry;
        }
    }
    return AG_RUN_GO;
}

static bool is_recorded(const ag_run_step *step) {
    return step->was_interrupted || step->parts.n > 1 ||
           (step->parts.n == 1 && step->parts.items[0].is_autocommit);
}

bool ag__run_is_last(const ag_run_step *step, size_t part) {
    return part + 1 >= step->parts.n;
}

static bool record(ag_run *run, const ag_run_step *step, int part, const char *checksum,
                   const char *state, int64_t duration_ms) {
    char now[32];
    ag__run_time_text(now);
    ag_history_entry entry = {.revision = step->step->rev->id,
                              .direction = step->direction,
                              .part = part,
                              .checksum = checksum,
                              .state = state,
                              .started_at = now,
                              .duration_ms = duration_ms,
                              .applied_by = run->options->applied_by,
                              .tool_version = run->options->tool_version};
    return ag_store_record(&run->store, &entry, run->err);
}

/* The version rows and the history move with the last part of a revision. */
static bool finish_step(ag_run *run, ag_run_step *step) {
    if (!ag_store_change(&run->store, step->step, run->err)) {
        return false;
    }
    ag_plan_step_rows(run->arena, step->step, &run->rows);
    bool is_stamp = step->step->kind == AG_PLAN_STAMP; /* settles interrupted revisions too */
    const char *id = step->step->rev == NULL ? NULL : step->step->rev->id;
    if ((is_stamp || is_recorded(step)) &&
        !ag_store_forget_parts(&run->store, is_stamp ? NULL : id, run->err)) {
        return false;
    }
    if (id == NULL) {
        return true;
    }
    const char *checksum = step->file == NULL ? "" : step->file->checksum;
    return record(run, step, 0, checksum, "done", ag__run_now_ms() - step->begun_ms);
}

/* After the work of a part, in its transaction: says that it is done. */
static bool finish_part(ag_run *run, ag_run_step *step, size_t part, bool was_begun) {
    if (ag__run_is_last(step, part)) {
        return finish_step(run, step);
    }
    if (was_begun && !ag_store_forget_part(&run->store, step->step->rev->id, step->direction,
                                           (int)part + 1, run->err)) {
        return false;
    }
    return record(run, step, (int)part + 1, step->parts.items[part].checksum, "done",
                  ag__run_now_ms() - step->begun_ms);
}

/* What the database has to have done behind a part so that nothing unknown to it is lost. */
static bool find_lost(ag_run *run, const ag_rev_part *part, ag_strings *out) {
    ag_conn *conn = conn_of(run);
    AG_VEC(const char *) statements = {NULL, 0, 0};
    if (conn->driver->find_lost == NULL) {
        return true;
    }
    for (size_t u = 0; u < part->units.n; u++) {
        const ag_rev_unit *unit = &part->units.items[u];
        for (size_t i = 0; i < unit->statements.n; i++) {
            ag_vec_push(run->arena, &statements, unit->statements.items[i].sql);
        }
    }
    return conn->driver->find_lost(conn, statements.items, statements.n, run->arena, out, run->err);
}

static bool make_again(ag_run *run, const ag_strings *lost) {
    for (size_t i = 0; i < lost->n; i++) {
        if (!ag_conn_exec(conn_of(run), lost->items[i], run->err)) {
            return ag_prefix(run->err, "what this revision does not know cannot be kept");
        }
    }
    return true;
}

static bool run_units(ag_run *run, ag_run_step *step, size_t part) {
    if (part >= step->parts.n) {
        return true; /* a revision without statements */
    }
    const ag_rev_part *p = &step->parts.items[part];
    ag_strings lost = {NULL, 0, 0};
    if (!find_lost(run, p, &lost)) {
        return false;
    }
    for (size_t u = 0; u < p->units.n; u++) {
        if (!ag__run_unit(run, step, &p->units.items[u])) {
            return false;
        }
    }
    if (!make_again(run, &lost)) {
        return false;
    }
    return ag__run_in_open_transaction(run) ||
           ag_fail(run->err, AG_DATABASE, "a statement of revision %s ended the transaction",
                   step->step->rev->id);
}

static void announce(ag_run *run, ag_run_step *step, size_t index) {
    const ag_run_events *events = &run->options->events;
    if (!step->is_announced) {
        step->is_announced = true;
        step->begun_ms = ag__run_now_ms();
        if (events->on_step != NULL) {
            events->on_step(events->context, step->step, index, run->steps.n);
        }
    }
}

/* Checks rows and history inside of the transaction that is open. */
static ag_run_verdict may_run(ag_run *run, const ag_run_step *step, size_t part,
                              const ag_history_entry **begun) {
    *begun = NULL;
    ag_run_verdict v = check_rows(run);
    if (v == AG_RUN_GO && is_recorded(step)) {
        v = check_part(run, step, part, begun);
    }
    return v;
}

ag_run_verdict ag__run_in_transaction(ag_run *run, ag_run_step *step, size_t index, size_t part) {
    const ag_history_entry *begun = NULL;
    ag_run_verdict v = may_run(run, step, part, &begun);
    bool is_over = v == AG_RUN_SKIP && ag__run_is_last(step, part); /* but for the version row */
    if (v != AG_RUN_GO && !is_over) {
        return v;
    }
    announce(run, step, index);
    bool ok =
        (is_over || run_units(run, step, part)) && finish_part(run, step, part, begun != NULL);
    return ok ? AG_RUN_GO : AG_RUN_FAIL;
}

/* A short transaction around a record. */
static bool end_short(ag_run *run, bool ok) {
    if (!ok) {
        ag__run_roll_back(run);
        return false;
    }
    return ag__run_commit(run);
}

/* Records that the statement begins; an older record of it is replaced. */
static bool record_begun(ag_run *run, const ag_run_step *step, size_t part, bool was_begun) {
    return (!was_begun || ag_store_forget_part(&run->store, step->step->rev->id, step->direction,
                                               (int)part + 1, run->err)) &&
           record(run, step, (int)part + 1, step->parts.items[part].checksum, "begun", 0);
}

/* What a look at the history tells of a statement that is to run outside of a transaction. */
typedef struct look {
    ag_run_verdict verdict; /* what may be done, when nothing is in doubt */
    bool is_doubtful;       /* it was begun, and nobody recorded its end */
    ag_history_entry begun;
} look;

/*
 * Looks inside of a transaction and records there what follows. `settled` is what is known of a
 * statement in doubt from elsewhere.
 */
static look look_and_record(ag_run *run, ag_run_step *step, size_t index, size_t part,
                            const ag_outcome *settled) {
    const ag_history_entry *begun = NULL;
    look l = {.verdict = AG_RUN_FAIL};
    if (!ag__run_begin(run, false)) {
        return l;
    }
    l.verdict = may_run(run, step, part, &begun);
    bool is_over = l.verdict == AG_RUN_SKIP && ag__run_is_last(step, part);
    if (l.verdict == AG_RUN_GO && begun != NULL) {
        /* One that was edited since may run: whoever did so knows. */
        bool is_same = strcmp(begun->checksum, step->parts.items[part].checksum) == 0;
        l.begun = *begun;
        l.is_doubtful = is_same && (settled == NULL || *settled == AG_OUTCOME_UNKNOWN);
        is_over = is_same && settled != NULL && *settled == AG_OUTCOME_DONE;
    }
    if (is_over) { /* it took effect: say so and go on */
        announce(run, step, index);
        bool ok = end_short(run, finish_part(run, step, part, true));
        l.verdict = ok ? AG_RUN_SKIP : AG_RUN_FAIL;
    } else if (l.verdict == AG_RUN_GO && !l.is_doubtful) {
        bool ok = end_short(run, record_begun(run, step, part, begun != NULL));
        l.verdict = ok ? AG_RUN_GO : AG_RUN_FAIL;
    } else {
        ag__run_roll_back(run);
    }
    return l;
}

/*
 * A statement in doubt: the database is asked. Where it cannot be, another run may be in the
 * statement at this moment (there is no lock then that is held outside of transactions): it is
 * given a little time to say that it is done.
 */
static ag_run_verdict begin_autocommit(ag_run *run, ag_run_step *step, size_t index, size_t part) {
    const ag_driver *driver = conn_of(run)->driver;
    const ag_rev_part *p = &step->parts.items[part];
    look l = look_and_record(run, step, index, part, NULL);
    if (l.is_doubtful && driver->took_effect != NULL) {
        ag_outcome outcome = AG_OUTCOME_UNKNOWN;
        const char *sql = p->units.items[0].statements.items[0].sql;
        if (!driver->took_effect(conn_of(run), sql, &outcome, run->err)) {
            return AG_RUN_FAIL;
        }
        l = look_and_record(run, step, index, part, &outcome);
    }
    for (int i = 0; l.is_doubtful && driver->took_effect == NULL && i < BEGUN_POLLS; i++) {
        ag__run_pause(run, BEGUN_POLL_MS);
        l = look_and_record(run, step, index, part, NULL);
    }
    if (l.is_doubtful) {
        (void)not_knowable(run, step, p, &l.begun);
        return AG_RUN_FAIL;
    }
    return l.verdict;
}

static bool run_outside(ag_run *run, ag_run_step *step, const ag_rev_unit *unit) {
    const ag_driver *driver = conn_of(run)->driver;
    if (driver->before_autocommit != NULL &&
        !driver->before_autocommit(conn_of(run), unit->statements.items[0].sql, run->err)) {
        return false;
    }
    bool ok = ag__run_unit(run, step, unit);
    if (driver->after_autocommit != NULL) {
        driver->after_autocommit(conn_of(run));
    }
    if (ok && ag__run_in_open_transaction(run)) {
        ag__run_roll_back(run);
        ok = ag_fail(run->err, AG_DATABASE, "a statement outside of a transaction began one");
    }
    return ok;
}

/*
 * A statement that the database refused did nothing, or left half of it behind, which the driver
 * removes. Without an answer of the database (a lost connection, a cancel) the record stays, and
 * the next run asks.
 */
static void forget_begun(ag_run *run, const ag_run_step *step, size_t part) {
    const ag_driver *driver = conn_of(run)->driver;
    const char *sql = step->parts.items[part].units.items[0].statements.items[0].sql;
    ag_error kept = *run->err;
    ag_outcome outcome = AG_OUTCOME_NONE;
    bool is_answer = kept.code == AG_DATABASE && strncmp(kept.sqlstate, "08", 2) != 0 &&
                     strncmp(kept.sqlstate, "57P", 3) != 0;
    bool was_there = strcmp(kept.sqlstate, "42P07") == 0; /* not ours to remove */
    bool ok =
        driver->took_effect == NULL ||
        (is_answer && (was_there || driver->took_effect(conn_of(run), sql, &outcome, run->err)));
    if (ok && ag__run_begin(run, false)) {
        (void)end_short(run, ag_store_forget_part(&run->store, step->step->rev->id, step->direction,
                                                  (int)part + 1, run->err));
    }
    run->is_begun = !ok;
    *run->err = kept;
}

/* Without a lock that is held outside of transactions another run may have recorded it already. */
static ag_run_verdict end_autocommit(ag_run *run, ag_run_step *step, size_t part) {
    const ag_history_entry *begun = NULL;
    if (!ag__run_begin(run, false)) {
        return AG_RUN_FAIL;
    }
    ag_run_verdict v = may_run(run, step, part, &begun);
    if (v != AG_RUN_GO) {
        ag__run_roll_back(run);
        return v;
    }
    bool ok = end_short(run, finish_part(run, step, part, begun != NULL));
    return ok ? AG_RUN_GO : AG_RUN_FAIL;
}

ag_run_verdict ag__run_autocommit(ag_run *run, ag_run_step *step, size_t index, size_t part) {
    ag_run_verdict v = begin_autocommit(run, step, index, part);
    if (v != AG_RUN_GO) {
        return v;
    }
    announce(run, step, index);
    if (!run_outside(run, step, &step->parts.items[part].units.items[0])) {
        forget_begun(run, step, part);
        return AG_RUN_FAIL;
    }
    return end_autocommit(run, step, part);
}

static bool run_own_rebuild(ag_run *run, ag_run_step *step, const ag_rev_unit *unit) {
    if (!ag__run_begin(run, true)) {
        return false;
    }
    return end_short(run, ag__run_unit(run, step, unit));
}

ag_run_verdict ag__run_bare(ag_run *run, ag_run_step *step, size_t index, size_t part) {
    const ag_history_entry *begun = NULL;
    ag_run_verdict v = may_run(run, step, part, &begun);
    bool is_over = v == AG_RUN_SKIP && ag__run_is_last(step, part);
    if (v != AG_RUN_GO && !is_over) {
        return v;
    }
    announce(run, step, index);
    bool ok = true;
    const ag_rev_part *p = part < step->parts.n && !is_over ? &step->parts.items[part] : NULL;
    for (size_t u = 0; ok && p != NULL && u < p->units.n; u++) {
        const ag_rev_unit *unit = &p->units.items[u];
        ok = unit->table != NULL ? run_own_rebuild(run, step, unit) : ag__run_unit(run, step, unit);
    }
    run->rows_known = true; /* nothing but this run may have changed them: there is no lock */
    ok = ok && finish_part(run, step, part, begun != NULL);
    run->has_committed = true;
    return ok ? AG_RUN_GO : AG_RUN_FAIL;
}
