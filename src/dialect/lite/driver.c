#include "dialect/lite/driver.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"
#include "dialect/lite/lite.h"
#include "dialect/lite/rebuild.h"

enum { DEFAULT_BUSY_MS = 5000, FIRST_PAUSE_MS = 2, LONGEST_PAUSE_MS = 100 };
enum { WORTH_TELLING_MS = 500 };
enum { STEPS_BETWEEN_LOOKS = 20000 }; /* of SQLite's machine, between two looks at the clock */

typedef struct lite_conn {
    ag_conn base;
    sqlite3 *db;
    char *target;
    int busy_timeout_ms;
    int64_t waiting_since_ms;
    unsigned jitter; /* state of a small random sequence: two waiters must not poll in step. */
    atomic_bool is_cancelled;
    int statement_timeout_ms; /* 0 = none */
    int64_t deadline_ms;      /* of the statement that runs; 0 = none */
    bool is_overdue;
    void (*on_wait)(void *context, const char *holder); /* from lock to unlock; told once */
    void *wait_context;
} lite_conn;

static lite_conn *lite_of(ag_conn *conn) {
    return (lite_conn *)conn;
}

sqlite3 *ag_lite_handle(ag_conn *conn) {
    return lite_of(conn)->db;
}

static bool is_memory(const char *target) {
    return *target == '\0' || strcmp(target, ":memory:") == 0;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Called by SQLite when a lock is not to be had: pauses and asks for another try, or gives up. */
static int wait_for_lock(void *context, int count) {
    lite_conn *conn = context;
    int64_t now = now_ms();
    if (count == 0) {
        conn->waiting_since_ms = now;
    }
    if (atomic_load(&conn->is_cancelled) || now - conn->waiting_since_ms >= conn->busy_timeout_ms) {
        return 0;
    }
    if (conn->on_wait != NULL && now - conn->waiting_since_ms >= WORTH_TELLING_MS) {
        conn->on_wait(conn->wait_context, "another connection to the file");
        conn->on_wait = NULL;
    }
    int pause = count > 5 ? LONGEST_PAUSE_MS : FIRST_PAUSE_MS << count;
    conn->jitter = conn->jitter * 1103515245u + 12345u;
    pause = pause / 2 + (int)(conn->jitter >> 16) % (pause / 2 + 1);
    sqlite3_sleep(pause);
    return 1;
}

/* Called by SQLite while a statement runs: true ends it. */
static int look_at_clock(void *context) {
    lite_conn *conn = context;
    conn->is_overdue = conn->deadline_ms > 0 && now_ms() >= conn->deadline_ms;
    return conn->is_overdue;
}

/* As on PostgreSQL, the limit is for what a revision does, which is in a transaction. */
static void set_deadline(lite_conn *conn) {
    bool counts = conn->statement_timeout_ms > 0 && sqlite3_get_autocommit(conn->db) == 0;
    conn->is_overdue = false;
    conn->deadline_ms = counts ? now_ms() + conn->statement_timeout_ms : 0;
}

/* What to call the database in messages. */
static const char *shown(const lite_conn *conn) {
    const char *file = conn->db == NULL ? NULL : sqlite3_db_filename(conn->db, "main");
    if (file != NULL && *file != '\0') {
        return file;
    }
    return is_memory(conn->target) ? "the database in memory" : conn->target;
}

static bool fail_locked(const lite_conn *conn, ag_error *err) {
    ag_fail(err, AG_DATABASE, "%s is locked by another connection; gave up after %.1f s",
            shown(conn), conn->busy_timeout_ms / 1000.0);
    return ag_hint(err, "wait until it has finished, or end it");
}

/*
 * What the operating system refused. The file itself may be fine: in WAL mode SQLite writes beside
 * it even to read.
 */
static bool fail_system(const lite_conn *conn, int rc, const char *message, ag_error *err) {
    int code = conn->db == NULL ? 0 : sqlite3_system_errno(conn->db);
    if (code == 0) {
        ag_fail(err, AG_DATABASE, "%s: %s", shown(conn), message);
    } else {
        ag_fail(err, AG_DATABASE, "%s: %s (%s)", shown(conn), message, strerror(code));
    }
    if ((rc & 0xff) == SQLITE_CANTOPEN && !is_memory(conn->target) &&
        access(shown(conn), R_OK) == 0) {
        return ag_hint(err, "the file is there; a database in WAL mode needs a folder that can be "
                            "written, even to be read");
    }
    return false;
}

/* Turns what SQLite reported last into an error. */
static bool fail_sqlite(const lite_conn *conn, int rc, ag_error *err) {
    if (atomic_load(&conn->is_cancelled)) {
        return ag_fail(err, AG_INTERRUPTED, "interrupted");
    }
    if (conn->is_overdue) {
        ag_fail(err, AG_DATABASE, "the statement took longer than %.1f s",
                conn->statement_timeout_ms / 1000.0);
        return ag_hint(err, "statement_timeout says how long it may take");
    }
    const char *message = conn->db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(conn->db);
    switch (rc & 0xff) {
    case SQLITE_INTERRUPT:
        return ag_fail(err, AG_INTERRUPTED, "interrupted");
    case SQLITE_BUSY:
        return fail_locked(conn, err);
    case SQLITE_NOTADB:
        return ag_fail(err, AG_DATABASE, "%s is not a SQLite database", shown(conn));
    case SQLITE_READONLY:
        return ag_fail(err, AG_DATABASE, "%s cannot be written: %s", shown(conn), message);
    case SQLITE_FULL:
        return ag_fail(err, AG_DATABASE, "no room left for %s: %s", shown(conn), message);
    case SQLITE_CORRUPT:
        return ag_fail(err, AG_DATABASE, "%s is damaged: %s", shown(conn), message);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return fail_system(conn, rc, message, err);
    default:
        return ag_fail(err, AG_DATABASE, "%s", message);
    }
}

/* Why a file could not be opened, in better words than SQLite's. */
static bool fail_open(const lite_conn *conn, const ag_open_options *options, int rc,
                      ag_error *err) {
    struct stat info;
    if ((rc & 0xff) == SQLITE_CANTOPEN && !ag_text_starts(conn->target, "file:")) {
        if (stat(conn->target, &info) == 0 && S_ISDIR(info.st_mode)) {
            return ag_fail(err, AG_DATABASE, "%s is a folder, not a database", conn->target);
        }
        if (stat(conn->target, &info) != 0 && !options->create) {
            return ag_fail_errno(err, AG_DATABASE, "cannot open %s", conn->target);
        }
    }
    return fail_sqlite(conn, rc, err);
}

static void close_lite(ag_conn *base) {
    lite_conn *conn = lite_of(base);
    sqlite3_close_v2(conn->db);
    free(conn->target);
    free(conn);
}

static bool query_lite(ag_conn *base, const char *sql, const char *const *params, size_t n_params,
                       ag_rows *rows, ag_error *err);

/* One thread at a time uses a connection (cancel_lite may come in between): no mutex is needed. */
static int open_flags(const char *target, const ag_open_options *options) {
    int flags = SQLITE_OPEN_NOMUTEX;
    if (is_memory(target)) {
        return flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    flags |= SQLITE_OPEN_URI;
    if (options->read_only) {
        return flags | SQLITE_OPEN_READONLY;
    }
    return flags | SQLITE_OPEN_READWRITE | (options->create ? SQLITE_OPEN_CREATE : 0);
}

static bool open_lite(const char *target, const ag_open_options *options, ag_conn **out,
                      ag_error *err) {
    lite_conn *conn = ag_xmalloc(sizeof *conn);
    *conn = (lite_conn){.base = {.driver = &ag_driver_sqlite}};
    conn->target = ag_xstrdup(target);
    conn->busy_timeout_ms =
        options->busy_timeout_ms > 0 ? options->busy_timeout_ms : DEFAULT_BUSY_MS;
    conn->jitter = (unsigned)now_ms() ^ (unsigned)(uintptr_t)conn;
    int rc = sqlite3_open_v2(is_memory(target) ? ":memory:" : target, &conn->db,
                             open_flags(target, options), NULL);
    bool ok = rc == SQLITE_OK || fail_open(conn, options, rc, err);
    if (ok) {
        sqlite3_extended_result_codes(conn->db, 1);
        sqlite3_busy_handler(conn->db, wait_for_lock, conn);
        conn->statement_timeout_ms = options->statement_timeout_ms;
        if (conn->statement_timeout_ms > 0) {
            sqlite3_progress_handler(conn->db, STEPS_BETWEEN_LOOKS, look_at_clock, conn);
        }
        /* The first look into the file: SQLite opens anything until it reads. */
        ok = query_lite(&conn->base, "PRAGMA schema_version", NULL, 0, NULL, err);
    }
    if (!ok) {
        close_lite(&conn->base);
        return false;
    }
    *out = &conn->base;
    return true;
}

static bool open_scratch_lite(const char *target, const ag_open_options *options, ag_conn **out,
                              ag_error *err) {
    (void)target;
    return open_lite(":memory:", options, out, err);
}

static bool is_blank(const char *sql) {
    ag_str text = ag_str_of(sql);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
    ag_token token = ag_lexer_next_solid(&lexer);
    while (ag_token_is(text, token, ";")) {
        token = ag_lexer_next_solid(&lexer);
    }
    return token.kind == AG_TOKEN_END;
}

static bool prepare(lite_conn *conn, const char *sql, size_t n_params, sqlite3_stmt **out,
                    ag_error *err) {
    const char *tail = NULL;
    int rc = sqlite3_prepare_v2(conn->db, sql, -1, out, &tail);
    if (rc != SQLITE_OK) {
        return fail_sqlite(conn, rc, err);
    }
    if (*tail != '\0' && !is_blank(tail)) {
        return ag_fail(err, AG_DATABASE, "more than one statement where one was expected");
    }
    int n_wanted = *out == NULL ? 0 : sqlite3_bind_parameter_count(*out);
    if ((size_t)n_wanted > n_params) {
        return ag_fail(err, AG_DATABASE, "the statement has %d parameters, %zu were given",
                       n_wanted, n_params);
    }
    return true;
}

static void add_row(sqlite3_stmt *statement, ag_rows *rows) {
    const char **cells = ag_arena_array(rows->arena, rows->n_columns, sizeof *cells);
    for (size_t i = 0; i < rows->n_columns; i++) {
        const char *text = (const char *)sqlite3_column_text(statement, (int)i);
        if (text != NULL) {
            size_t n = (size_t)sqlite3_column_bytes(statement, (int)i);
            cells[i] = ag_arena_strndup(rows->arena, text, n);
        }
    }
    ag_vec_push(rows->arena, &rows->rows, cells);
}

static bool step_all(lite_conn *conn, sqlite3_stmt *statement, ag_rows *rows, ag_error *err) {
    if (rows != NULL) {
        rows->n_columns = (size_t)sqlite3_column_count(statement);
    }
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (rows != NULL) {
            add_row(statement, rows);
        }
    }
    return rc == SQLITE_DONE || fail_sqlite(conn, rc, err);
}

static bool query_lite(ag_conn *base, const char *sql, const char *const *params, size_t n_params,
                       ag_rows *rows, ag_error *err) {
    lite_conn *conn = lite_of(base);
    sqlite3_stmt *statement = NULL;
    atomic_store(&conn->is_cancelled, false);
    set_deadline(conn);
    bool ok = prepare(conn, sql, n_params, &statement, err);
    for (size_t i = 0; ok && statement != NULL && i < n_params; i++) {
        int rc = params[i] == NULL
                     ? sqlite3_bind_null(statement, (int)i + 1)
                     : sqlite3_bind_text(statement, (int)i + 1, params[i], -1, SQLITE_STATIC);
        ok = rc == SQLITE_OK || rc == SQLITE_RANGE || fail_sqlite(conn, rc, err);
    }
    if (ok && statement != NULL) {
        ok = step_all(conn, statement, rows, err);
    }
    conn->deadline_ms = 0;
    sqlite3_finalize(statement);
    return ok;
}

static int64_t changes_lite(ag_conn *base) {
    return sqlite3_changes64(lite_of(base)->db);
}

static bool in_transaction_lite(ag_conn *base) {
    return sqlite3_get_autocommit(lite_of(base)->db) == 0;
}

static bool begin_lite(ag_conn *base, ag_error *err) {
    /* SQLite would begin, and refuse only the first write. */
    if (sqlite3_db_readonly(lite_of(base)->db, "main") == 1) {
        return ag_fail(err, AG_DATABASE, "%s cannot be written: it is open for reading only",
                       shown(lite_of(base)));
    }
    return query_lite(base, "BEGIN IMMEDIATE", NULL, 0, NULL, err);
}

static bool commit_lite(ag_conn *base, ag_error *err) {
    return query_lite(base, "COMMIT", NULL, 0, NULL, err);
}

static void rollback_lite(ag_conn *base) {
    if (in_transaction_lite(base)) {
        (void)query_lite(base, "ROLLBACK", NULL, 0, NULL, NULL);
    }
}

/*
 * The write lock of the file, taken by `begin`, is all the exclusion there is and needs to be. Who
 * waits for it says so.
 */
static bool lock_lite(ag_conn *base, const char *key, int wait_ms,
                      void (*on_wait)(void *context, const char *holder), void *context,
                      ag_error *err) {
    (void)key;
    (void)wait_ms;
    (void)err;
    lite_of(base)->on_wait = on_wait;
    lite_of(base)->wait_context = context;
    return true;
}

static void unlock_lite(ag_conn *base) {
    lite_of(base)->on_wait = NULL;
}

static void cancel_lite(ag_conn *base) {
    lite_conn *conn = lite_of(base);
    atomic_store(&conn->is_cancelled, true);
    sqlite3_interrupt(conn->db);
}

static bool has_table_lite(ag_conn *base, const char *ns, const char *table, bool *exists,
                           ag_error *err) {
    ag_arena *arena = ag_arena_new();
    ag_buf sql = AG_BUF_INIT;
    ag_rows rows = {.arena = arena};
    ag_buf_puts(&sql, "SELECT 1 FROM ");
    ag_lite_quote(&sql, ns == NULL ? "main" : ns);
    ag_buf_puts(&sql, ".sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE");
    bool ok = query_lite(base, ag_buf_text(&sql), &table, 1, &rows, err);
    *exists = ok && rows.rows.n > 0;
    ag_buf_release(&sql);
    ag_arena_free(arena);
    return ok;
}

const ag_driver ag_driver_sqlite = {
    .name = "sqlite",
    .open = open_lite,
    .open_scratch = open_scratch_lite,
    .close = close_lite,
    .query = query_lite,
    .changes = changes_lite,
    .begin = begin_lite,
    .commit = commit_lite,
    .rollback = rollback_lite,
    .in_transaction = in_transaction_lite,
    .lock = lock_lite,
    .unlock = unlock_lite,
    .cancel = cancel_lite,
    .has_table = has_table_lite,
    .rebuild = ag_lite_run_rebuild,
    .before_rebuild = ag_lite_before_rebuild,
    .after_rebuild = ag_lite_after_rebuild,
    .find_lost = ag_lite_find_lost,
};
