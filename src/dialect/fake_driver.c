#include "dialect/fake_driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

typedef struct fake_conn {
    ag_conn base;
    ag_fake *fake;
} fake_conn;

static ag_fake *current;

static ag_fake *fake_of(ag_conn *conn) {
    return ((fake_conn *)conn)->fake;
}

ag_fake *ag_fake_new(const ag_fake_step *steps, size_t n) {
    ag_arena *arena = ag_arena_new();
    ag_fake *fake = ag_arena_new_of(arena, ag_fake);
    fake->arena = arena;
    fake->steps = steps;
    fake->n_steps = n;
    return fake;
}

void ag_fake_free(ag_fake *fake) {
    if (fake != NULL) {
        current = current == fake ? NULL : current;
        ag_arena_free(fake->arena);
    }
}

void ag_fake_use(ag_fake *fake) {
    current = fake;
}

bool ag_fake_is_done(const ag_fake *fake, const char **next) {
    bool is_done = fake->at == fake->n_steps;
    if (next != NULL) {
        *next = is_done ? NULL : fake->steps[fake->at].sql;
    }
    return is_done;
}

static bool matches(const char *pattern, const char *call) {
    size_t n = strlen(pattern);
    if (n > 0 && pattern[n - 1] == '*') {
        return strncmp(pattern, call, n - 1) == 0;
    }
    return strcmp(pattern, call) == 0;
}

static void put_rows(const ag_fake_step *step, ag_rows *rows) {
    rows->n_columns = step->n_columns;
    for (size_t r = 0; r < step->n_rows; r++) {
        const char **cells = ag_arena_array(rows->arena, step->n_columns, sizeof *cells);
        for (size_t c = 0; c < step->n_columns; c++) {
            cells[c] = ag_arena_strdup(rows->arena, step->cells[r * step->n_columns + c]);
        }
        ag_vec_push(rows->arena, &rows->rows, cells);
    }
}

static bool fail_step(ag_fake *fake, const ag_fake_step *step, ag_error *err) {
    fake->is_lost |= step->loses_connection;
    ag_fail(err, step->code == AG_OK ? AG_DATABASE : step->code, "%s", step->error);
    if (err != NULL && step->sqlstate != NULL) {
        snprintf(err->sqlstate, sizeof err->sqlstate, "%s", step->sqlstate);
    }
    return false;
}

static bool answer(ag_fake *fake, const ag_fake_step *step, ag_rows *rows, ag_error *err) {
    if (step->error != NULL) {
        return fail_step(fake, step, err);
    }
    fake->changes = step->changes;
    if (rows != NULL) {
        put_rows(step, rows);
    }
    return true;
}

/* One call: recorded, held against the script, answered. */
static bool play(ag_fake *fake, const char *call, ag_rows *rows, ag_error *err) {
    ag_vec_push(fake->arena, &fake->calls, ag_arena_strdup(fake->arena, call));
    fake->changes = 0;
    if (fake->is_lost) {
        return ag_fail(err, AG_DATABASE, "the connection is lost");
    }
    if (fake->answer != NULL) {
        ag_fake_step step = {.sql = call};
        fake->answer(fake->user, call, &step);
        return answer(fake, &step, rows, err);
    }
    if (fake->steps == NULL) {
        return true;
    }
    if (fake->at == fake->n_steps) {
        return ag_fail(err, AG_DATABASE, "unexpected call after the end of the script: %s", call);
    }
    const ag_fake_step *step = &fake->steps[fake->at];
    if (!matches(step->sql, call)) {
        return ag_fail(err, AG_DATABASE, "unexpected call: %s; the script has: %s", call,
                       step->sql);
    }
    fake->at++;
    return answer(fake, step, rows, err);
}

static bool open_fake(const char *target, const ag_open_options *options, ag_conn **out,
                      ag_error *err) {
    (void)options;
    if (current == NULL) {
        return ag_fail(err, AG_DATABASE, "no script for %s", target);
    }
    fake_conn *conn = ag_xmalloc(sizeof *conn);
    *conn = (fake_conn){.base = {.driver = &ag_driver_fake}, .fake = current};
    current->is_open = true;
    *out = &conn->base;
    return true;
}

static void close_fake(ag_conn *conn) {
    fake_of(conn)->is_open = false;
    free(conn);
}

static bool query_fake(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                       ag_rows *rows, ag_error *err) {
    (void)params;
    (void)n_params;
    return play(fake_of(conn), sql, rows, err);
}

static int64_t changes_fake(ag_conn *conn) {
    return fake_of(conn)->changes;
}

static bool begin_fake(ag_conn *conn, ag_error *err) {
    fake_of(conn)->in_transaction = play(fake_of(conn), "BEGIN", NULL, err);
    return fake_of(conn)->in_transaction;
}

static bool commit_fake(ag_conn *conn, ag_error *err) {
    bool ok = play(fake_of(conn), "COMMIT", NULL, err);
    fake_of(conn)->in_transaction &= !ok;
    return ok;
}

static void rollback_fake(ag_conn *conn) {
    if (fake_of(conn)->in_transaction) {
        (void)play(fake_of(conn), "ROLLBACK", NULL, NULL);
        fake_of(conn)->in_transaction = false;
    }
}

static bool in_transaction_fake(ag_conn *conn) {
    return fake_of(conn)->in_transaction;
}

static bool lock_fake(ag_conn *conn, const char *key, int wait_ms,
                      void (*on_wait)(void *context, const char *holder), void *context,
                      ag_error *err) {
    (void)key;
    (void)wait_ms;
    (void)on_wait;
    (void)context;
    return play(fake_of(conn), "LOCK", NULL, err);
}

static void unlock_fake(ag_conn *conn) {
    (void)play(fake_of(conn), "UNLOCK", NULL, NULL);
}

static void cancel_fake(ag_conn *conn) {
    (void)conn;
}

/* Asked as a query whose first cell says whether the table is there. */
static bool has_table_fake(ag_conn *conn, const char *ns, const char *table, bool *exists,
                           ag_error *err) {
    (void)ns;
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    bool ok = play(fake_of(conn), ag_arena_printf(arena, "HAS TABLE %s", table), &rows, err);
    *exists = ok && rows.rows.n > 0;
    ag_arena_free(arena);
    return ok;
}

const ag_driver ag_driver_fake = {
    .name = "fake",
    .open = open_fake,
    .close = close_fake,
    .query = query_fake,
    .changes = changes_fake,
    .begin = begin_fake,
    .commit = commit_fake,
    .rollback = rollback_fake,
    .in_transaction = in_transaction_fake,
    .lock = lock_fake,
    .unlock = unlock_fake,
    .cancel = cancel_fake,
    .has_table = has_table_fake,
};
