/*
 * One migration at a time on PostgreSQL: an advisory lock taken by polling.
 *
 * A blocked pg_advisory_lock() would hold a snapshot that CREATE INDEX CONCURRENTLY waits for,
 * which is a deadlock; between two polls this connection holds no transaction.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/map.h"
#include "dialect/pg/libpq.h"

enum { FIRST_PAUSE_MS = 25, LONGEST_PAUSE_MS = 1000 };

static bool query_one(ag_conn *conn, ag_arena *arena, const char *sql, int64_t key,
                      const char **value, ag_error *err) {
    char text[32];
    (void)snprintf(text, sizeof text, "%lld", (long long)key);
    const char *const params[] = {text};
    ag_rows rows = {.arena = arena};
    *value = NULL;
    if (!conn->driver->query(conn, sql, params, 1, &rows, err)) {
        return false;
    }
    if (rows.rows.n > 0) {
        *value = rows.rows.items[0][0];
    }
    return true;
}

/* "pid 123 (autogen, user me, since 12:00:01)" or NULL. */
static bool name_holder(ag_conn *conn, ag_arena *arena, int64_t key, const char **holder,
                        ag_error *err) {
    static const char sql[] =
        "SELECT 'pid ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), 'unnamed') || "
        "', user ' || coalesce(a.usename, '?') || ', since ' || "
        "coalesce(to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS'), '?') || ')' "
        "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
        "AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint LIMIT 1";
    return query_one(conn, arena, sql, key, holder, err);
}

int64_t pg_now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void pg_pause_about(int ms) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long jittered = ms / 2 + now.tv_nsec / 1000 % (ms / 2 + 1);
    struct timespec span = {.tv_sec = jittered / 1000, .tv_nsec = jittered % 1000 * 1000000};
    (void)nanosleep(&span, NULL);
}

static bool give_up(const char *holder, int wait_ms, ag_error *err) {
    ag_fail(err, AG_DATABASE,
            "another migration is running: its lock was not free within %d ms%s%s", wait_ms,
            holder == NULL ? "" : "; it is held by ", holder == NULL ? "" : holder);
    return ag_hint(err, "wait for it to end, or raise migration_lock_timeout");
}

/*
 * Behind a transaction pooler every transaction may run in another session: a lock of one would be
 * left behind there and keep everybody out. A pooler is known by the process that answers being
 * none that was announced.
 */
static bool find_pooler(pg_conn *c, ag_arena *arena, ag_error *err) {
    ag_rows rows = {.arena = arena};
    char announced[32];
    if (!c->base.driver->query(&c->base, "SELECT pg_catalog.pg_backend_pid()", NULL, 0, &rows,
                               err)) {
        return false;
    }
    (void)snprintf(announced, sizeof announced, "%d", PQbackendPID(c->pg));
    c->is_pooled = strcmp(rows.rows.items[0][0], announced) != 0;
    return true;
}

bool pg_lock_transaction(ag_conn *conn, int64_t since_ms, bool *got, ag_error *err) {
    pg_conn *c = (pg_conn *)conn;
    ag_arena *arena = ag_arena_new();
    const char *answer = NULL;
    const char *holder = NULL;
    bool ok = query_one(conn, arena, "SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint)",
                        c->lock_key, &answer, err);
    *got = ok && answer != NULL && answer[0] == 't';
    if (ok && !*got && pg_now_ms() - since_ms >= c->lock_wait_ms) {
        ok = name_holder(conn, arena, c->lock_key, &holder, err) &&
             give_up(holder, c->lock_wait_ms, err);
    }
    ag_arena_free(arena);
    return ok;
}

bool pg_lock(ag_conn *conn, const char *key, int wait_ms,
             void (*on_wait)(void *context, const char *holder), void *context, ag_error *err) {
    pg_conn *c = (pg_conn *)conn;
    ag_arena *arena = ag_arena_new();
    int64_t deadline = pg_now_ms() + wait_ms;
    c->lock_key = (int64_t)ag_hash(key, strlen(key));
    c->lock_wait_ms = wait_ms;
    const char *holder = NULL;
    bool told = false;
    if (!find_pooler(c, arena, err) || c->is_pooled) {
        ag_arena_free(arena);
        return c->is_pooled;
    }
    for (int pause = FIRST_PAUSE_MS; !c->locked; pause *= 2) {
        const char *got = NULL;
        if (!query_one(conn, arena, "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)",
                       c->lock_key, &got, err)) {
            break;
        }
        c->locked = got != NULL && got[0] == 't';
        if (c->locked) {
            break;
        }
        if (!name_holder(conn, arena, c->lock_key, &holder, err)) {
            break;
        }
        if (pg_now_ms() >= deadline) {
            (void)give_up(holder, wait_ms, err);
            break;
        }
        if (!told && on_wait != NULL && pause > FIRST_PAUSE_MS * 4) {
            on_wait(context, holder == NULL ? "another session" : holder);
            told = true;
        }
        pause = pause > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause;
        pg_pause_about(pause);
    }
    ag_arena_free(arena);
    return c->locked;
}

void pg_unlock(ag_conn *conn) {
    pg_conn *c = (pg_conn *)conn;
    c->is_pooled = false;
    if (!c->locked) {
        return;
    }
    char sql[96];
    (void)snprintf(sql, sizeof sql, "SELECT pg_catalog.pg_advisory_unlock(%lld)",
                   (long long)c->lock_key);
    pg_exec_quietly(c, sql); /* a lost connection has given it back already */
    c->locked = false;
}
