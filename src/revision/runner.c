#include "revision/runner.h"

#include <assert.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "revision/run_private.h"

enum { MOST_PLANS = 1000 };

/* What is to be done, to plan it as often as another run changes the rows. */
typedef struct order {
    ag_plan_kind kind;
    const char *target;
    const char *const *targets; /* of a stamp */
    size_t n_targets;
    bool purge;
} order;

char *ag_run_lock_key(ag_arena *arena, const char *version_schema, const char *version_table) {
    return ag_arena_printf(arena, "autogen:%s.%s", version_schema == NULL ? "" : version_schema,
                           version_table);
}

/* "user@host" of this process. */
static const char *who_runs(ag_arena *arena) {
    char host[128] = "";
    char buffer[1024];
    struct passwd entry;
    struct passwd *found = NULL;
    (void)gethostname(host, sizeof host - 1);
    bool ok = getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL;
    return ag_arena_printf(arena, "%.100s@%.100s", ok ? entry.pw_name : "unknown",
                           host[0] == '\0' ? "unknown" : host);
}

static ag_run_options complete(const ag_run_options *given, ag_arena *arena) {
    ag_run_options options = *given;
    if (options.version_table == NULL || options.version_table[0] == '\0') {
        options.version_table = "alembic_version";
    }
    if (options.applied_by == NULL) {
        options.applied_by = who_runs(arena);
    }
    if (options.migration_lock_timeout_ms <= 0) {
        options.migration_lock_timeout_ms = INT_MAX;
    }
    if (options.tool_version == NULL) {
        options.tool_version = "";
    }
    return options;
}

static bool make_plan(ag_run *run, const order *o) {
    const ag_graph *graph = run->options->graph;
    run->rows = (ag_strings){NULL, 0, 0};
    if (!ag_store_rows(&run->store, run->arena, &run->rows, run->err)) {
        return false;
    }
    ag_plan_free(run->plan);
    run->plan = NULL;
    switch (o->kind) {
    case AG_PLAN_UPGRADE:
        return ag_plan_upgrade(graph, &run->rows, o->target, &run->plan, run->err);
    case AG_PLAN_DOWNGRADE:
        return ag_plan_downgrade(graph, &run->rows, o->target, &run->plan, run->err);
    case AG_PLAN_STAMP:
        return ag_plan_stamp(graph, &run->rows, o->targets, o->n_targets, o->purge, &run->plan,
                             run->err);
    }
    return false;
}

static void forget_steps(ag_run *run) {
    for (size_t i = 0; i < run->steps.n; i++) {
        ag_rev_file_free(run->steps.items[i].file);
    }
    run->steps.n = 0;
}

/* Every file is read, and so found right, before the first statement runs. */
static bool prepare_steps(ag_run *run) {
    static const char *const directions[] = {"upgrade", "downgrade", "stamp"};
    assert(run->plan != NULL); /* made before */
    forget_steps(run);
    for (size_t i = 0; i < run->plan->steps.n; i++) {
        const ag_plan_step *plan = &run->plan->steps.items[i];
        ag_run_step made = {.step = plan, .direction = directions[plan->kind]};
        ag_vec_push(run->arena, &run->steps, made);
        ag_run_step *step = &run->steps.items[run->steps.n - 1];
        if (plan->kind == AG_PLAN_STAMP || plan->rev->path[0] == '\0') {
            continue;
        }
        if (!ag_rev_file_read(plan->rev->path, &step->file, run->err) ||
            !ag_rev_file_parts(step->file, run->arena, run->options->dialect->name,
                               plan->kind == AG_PLAN_UPGRADE, &step->parts, run->err)) {
            return false;
        }
        step->n_statements = ag_rev_parts_count(&step->parts);
    }
    return true;
}

static ag_run_step *step_of(ag_run *run, const ag_history_entry *entry) {
    for (size_t i = 0; i < run->steps.n; i++) {
        const ag_plan_step *plan = run->steps.items[i].step;
        if (plan->rev != NULL && strcmp(plan->rev->id, entry->revision) == 0 &&
            strcmp(run->steps.items[i].direction, entry->direction) == 0) {
            return &run->steps.items[i];
        }
    }
    return NULL;
}

static bool unfinished(ag_run *run, const ag_history_entry *entry) {
    ag_fail(run->err, AG_HISTORY,
            "the %s of revision %s was interrupted and must be finished first", entry->direction,
            entry->revision);
    bool is_up = strcmp(entry->direction, "upgrade") == 0;
    return ag_hint(run->err,
                   "go on with 'autogen %s', or settle by hand what it left and say where the "
                   "database is with 'autogen stamp'",
                   is_up ? ag_arena_printf(run->arena, "upgrade %s", entry->revision)
                         : "downgrade");
}

/* Whether an entry is of a part of a revision, and so of a revision that is not finished. */
static bool is_of_part(const ag_run *run, const ag_history_entry *entry) {
    return entry->part > 0 && run->plan->kind != AG_PLAN_STAMP &&
           ag_graph_find_id(run->options->graph, entry->revision) != NULL;
}

static bool any_of_part(const ag_run *run, const ag_history_entries *history) {
    bool any = false;
    for (size_t i = 0; i < history->n && !any; i++) {
        any = is_of_part(run, &history->items[i]);
    }
    return any;
}

/* A revision that was interrupted is finished before anything else happens. */
static bool check_interrupted(ag_run *run, const ag_history_entries *history) {
    for (size_t i = 0; i < history->n; i++) {
        const ag_history_entry *entry = &history->items[i];
        if (!is_of_part(run, entry)) {
            continue;
        }
        ag_run_step *step = step_of(run, entry);
        if (step == NULL) {
            return unfinished(run, entry);
        }
        step->was_interrupted = true;
        if (strcmp(entry->state, "done") == 0 && (size_t)entry->part > step->parts.n) {
            ag_fail(run->err, AG_HISTORY,
                    "part %d of revision %s has run already and is not in its file any more",
                    entry->part, entry->revision);
            return ag_hint(run->err, "put it back into %s", step->step->rev->path);
        }
        size_t part = (size_t)entry->part - 1;
        if (strcmp(entry->state, "done") == 0 &&
            strcmp(entry->checksum, step->parts.items[part].checksum) != 0) {
            return ag__run_changed_part(run, step, part);
        }
    }
    return true;
}

static bool accept_edited(ag_run *run, const ag_revs *edited) {
    char now[32];
    char checksum[65];
    if (!ag__run_begin(run, false)) {
        return false;
    }
    bool ok = ag_store_create(&run->store, run->err);
    for (size_t i = 0; ok && i < edited->n; i++) {
        ag__run_time_text(now);
        ag_history_entry entry = {.revision = edited->items[i]->id,
                                  .direction = "accept",
                                  .checksum = checksum,
                                  .state = "done",
                                  .started_at = now,
                                  .applied_by = run->options->applied_by,
                                  .tool_version = run->options->tool_version};
        ok = ag_rev_file_checksum(edited->items[i]->path, checksum, run->err) &&
             ag_store_record(&run->store, &entry, run->err);
    }
    if (!ok) {
        ag__run_roll_back(run);
        return false;
    }
    bool had_committed = run->has_committed;
    ok = ag__run_commit(run);
    run->has_committed = had_committed;
    return ok;
}

/* Reads the history, and what it has to say of files that were edited. */
static bool read_history(ag_run *run, ag_history_entries *history) {
    ag_revs rows = {NULL, 0, 0};
    ag_revs edited = {NULL, 0, 0};
    if (!ag_store_history(&run->store, run->arena, history, run->err)) {
        return false;
    }
    if (run->plan->kind == AG_PLAN_UPGRADE) {
        if (!ag_ident_rows(run->arena, run->options->graph, &run->rows, &rows, run->err) ||
            !ag_store_edited(history, run->options->graph, &rows, run->arena, &edited, run->err)) {
            return false;
        }
        if (edited.n > 0 && !run->options->allow_edited) {
            return ag_store_refuse_edited(&edited, run->err);
        }
        if (edited.n > 0 && !run->options->is_dry && !accept_edited(run, &edited)) {
            return false;
        }
    }
    return true;
}

/*
 * After a part of a relative plan ran, its target must not be counted anew from the new rows.
 */
static bool fix_target(ag_run *run, order *o) {
    ag_revs rows = {NULL, 0, 0};
    ag_ident ident;
    ag_ident_context context = {.graph = run->options->graph,
                                .current = &rows,
                                .use = o->kind == AG_PLAN_UPGRADE ? AG_IDENT_UPGRADE
                                                                  : AG_IDENT_DOWNGRADE};
    if (o->kind == AG_PLAN_STAMP) {
        return true;
    }
    if (!ag_ident_rows(run->arena, context.graph, &run->rows, &rows, run->err) ||
        !ag_ident_resolve(run->arena, &context, o->target, &ident, run->err)) {
        return false;
    }
    if (ident.revs.n <= 1) {
        const char *id = ident.revs.n == 0 ? "base" : ident.revs.items[0]->id;
        bool has_branch = ident.branch != NULL && o->kind == AG_PLAN_DOWNGRADE;
        o->target = ag_arena_printf(run->arena, "%s%s%s", has_branch ? ident.branch->id : "",
                                    has_branch ? "@" : "", id);
    }
    return true;
}

static bool run_plans(ag_run *run, order *o, size_t *n_steps) {
    for (int i = 0; i < MOST_PLANS; i++) {
        ag_history_entries history = {NULL, 0, 0};
        if (!make_plan(run, o) || !prepare_steps(run) || !read_history(run, &history) ||
            !check_interrupted(run, &history)) {
            return false;
        }
        if (i == 0 && run->steps.n > 0 && !fix_target(run, o)) {
            return false;
        }
        run->must_plan_again = false;
        if (!ag__run_steps(run, n_steps)) {
            return false;
        }
        if (!run->must_plan_again) {
            return true;
        }
    }
    return ag_fail(run->err, AG_HISTORY, "other runs keep changing the version table %s",
                   run->store.version_name);
}

/*
 * Without a lock first: where nothing is to be done, nobody has to wait. Parts in the history are
 * of a run that was interrupted, or that goes on at this moment: the lock tells.
 */
static bool has_work(ag_run *run, const order *o, bool *any) {
    ag_history_entries history = {NULL, 0, 0};
    if (!make_plan(run, o)) {
        return false;
    }
    assert(run->plan != NULL); /* made above */
    *any = run->plan->steps.n > 0;
    if (*any) {
        return true;
    }
    bool ok = read_history(run, &history);
    *any = ok && any_of_part(run, &history);
    return ok;
}

static bool look(ag_run *run, const order *o) {
    const ag_run_events *events = &run->options->events;
    ag_history_entries history = {NULL, 0, 0};
    if (!make_plan(run, o) || !prepare_steps(run) || !read_history(run, &history) ||
        !check_interrupted(run, &history)) {
        return false;
    }
    for (size_t i = 0; i < run->steps.n && events->on_step != NULL; i++) {
        events->on_step(events->context, run->steps.items[i].step, i, run->steps.n);
    }
    return true;
}

/* Under the lock of the driver, where there is something to do. */
static bool run_locked(ag_run *run, order *o, size_t *n_steps) {
    const ag_run_options *options = run->options;
    bool any = false;
    if (!has_work(run, o, &any)) {
        return false;
    }
    if (!any) {
        return true;
    }
    const char *key = ag_run_lock_key(run->arena, options->version_schema, options->version_table);
    bool ok =
        options->conn->driver->lock(options->conn, key, options->migration_lock_timeout_ms,
                                    options->events.on_wait, options->events.context, run->err);
    if (ok) {
        ok = run_plans(run, o, n_steps);
        options->conn->driver->unlock(options->conn);
    }
    return ok;
}

static bool execute(const ag_run_options *given, order *o, ag_run_result *result, ag_error *err) {
    ag_error local;
    ag_run_result ignored;
    ag_arena *arena = ag_arena_new();
    ag_run_options options = complete(given, arena);
    ag_run run = {.options = &options, .arena = arena, .err = err != NULL ? err : &local};
    result = result != NULL ? result : &ignored;
    *result = (ag_run_result){0};
    if (o->kind == AG_PLAN_STAMP) {
        options.transaction = AG_TRANSACTION_ALL;
    }
    ag_store_init(&run.store, arena, options.conn, options.dialect, options.version_schema,
                  options.version_table);
    bool ok = ag__run_goes_on(&run) &&
              (options.is_dry ? look(&run, o) : run_locked(&run, o, &result->n_steps));
    forget_steps(&run);
    ag_plan_free(run.plan);
    ag_arena_free(arena);
    return ok;
}

bool ag_run_upgrade(const ag_run_options *options, const char *target, ag_run_result *result,
                    ag_error *err) {
    order o = {.kind = AG_PLAN_UPGRADE, .target = target};
    return execute(options, &o, result, err);
}

bool ag_run_downgrade(const ag_run_options *options, const char *target, ag_run_result *result,
                      ag_error *err) {
    order o = {.kind = AG_PLAN_DOWNGRADE, .target = target};
    return execute(options, &o, result, err);
}

bool ag_run_stamp(const ag_run_options *options, const char *const *targets, size_t n_targets,
                  bool purge, ag_run_result *result, ag_error *err) {
    order o = {.kind = AG_PLAN_STAMP, .targets = targets, .n_targets = n_targets, .purge = purge};
    return execute(options, &o, result, err);
}

bool ag_run_ensure(const ag_run_options *given, ag_error *err) {
    ag_error local;
    ag_arena *arena = ag_arena_new();
    ag_run_options options = complete(given, arena);
    ag_run run = {.options = &options, .arena = arena, .err = err != NULL ? err : &local};
    ag_store_init(&run.store, arena, options.conn, options.dialect, options.version_schema,
                  options.version_table);
    bool ok = ag__run_begin(&run, false);
    if (ok && ag_store_create(&run.store, run.err)) {
        ok = ag__run_commit(&run);
    } else if (ok) {
        ag__run_roll_back(&run);
        ok = false;
    }
    ag_arena_free(arena);
    return ok;
}
