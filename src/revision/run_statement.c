/* Single statements of a run, and what to say when one fails. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "revision/run_private.h"

int64_t ag__run_now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void ag__run_time_text(char out[32]) {
    struct timespec now;
    struct tm utc;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &utc) == NULL) {
        memset(&utc, 0, sizeof utc);
    }
    (void)snprintf(out, 32, "%04d-%02d-%02d %02d:%02d:%02d.%03d", (utc.tm_year + 1900) % 10000,
                   utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                   (int)(now.tv_nsec / 1000000));
}

void ag__run_pause(ag_run *run, int ms) {
    const ag_run_events *events = &run->options->events;
    if (events->pause != NULL) {
        events->pause(events->context, ms);
        return;
    }
    struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&span, &span) != 0 && errno == EINTR && ag__run_goes_on(run)) {
    }
}

bool ag__run_goes_on(ag_run *run) {
    return run->options->cancelled == NULL || *run->options->cancelled == 0 ||
           ag_fail(run->err, AG_INTERRUPTED, "interrupted");
}

/* The place of a character (from 1) of a statement in its file. */
static ag_loc loc_in(const ag_rev_statement *statement, int position) {
    ag_loc loc = statement->loc;
    const char *c = statement->sql;
    for (int i = 1; i < position && *c != '\0'; i++) {
        loc.column = *c == '\n' ? 1 : loc.column + 1;
        loc.line += *c == '\n' ? 1 : 0;
        do {
            c++;
        } while (((unsigned char)*c & 0xC0u) == 0x80u);
    }
    return loc;
}

/* An error of the database says what; the file says where. */
static bool locate(ag_run *run, const ag_run_step *step, ag_loc loc) {
    if (run->err->line == 0 && run->err->code != AG_INTERRUPTED) {
        ag_error_locate(run->err, loc, step->file == NULL ? NULL : step->file->text);
    }
    return false;
}

static void tell_statement(ag_run *run, ag_run_step *step, const ag_rev_statement *statement) {
    const ag_run_events *events = &run->options->events;
    if (events->on_statement != NULL) {
        events->on_statement(events->context, statement, step->n_done, step->n_statements);
    }
    step->n_done++;
}

static bool run_rebuild(ag_run *run, ag_run_step *step, const ag_rev_unit *unit) {
    ag_conn *conn = run->options->conn;
    size_t n = unit->statements.n;
    const char **statements = ag_arena_array(run->arena, n + 1, sizeof *statements);
    for (size_t i = 0; i < n; i++) {
        statements[i] = unit->statements.items[i].sql;
        tell_statement(run, step, &unit->statements.items[i]);
    }
    if (conn->driver->rebuild == NULL) {
        ag_fail(run->err, AG_INPUT, "a table rebuild cannot run on %s",
                run->options->dialect->name);
        return locate(run, step, unit->loc);
    }
    return conn->driver->rebuild(conn, unit->table, unit->hash, statements, n, run->err) ||
           locate(run, step, unit->loc);
}

bool ag__run_unit(ag_run *run, ag_run_step *step, const ag_rev_unit *unit) {
    if (!ag__run_goes_on(run)) {
        return false;
    }
    if (unit->table != NULL) {
        return run_rebuild(run, step, unit);
    }
    for (size_t i = 0; i < unit->statements.n; i++) {
        const ag_rev_statement *statement = &unit->statements.items[i];
        tell_statement(run, step, statement);
        if (!ag_conn_exec(run->options->conn, statement->sql, run->err)) {
            return locate(run, step, loc_in(statement, run->err->position));
        }
    }
    return true;
}
