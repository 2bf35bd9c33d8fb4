/*
 * Waiting for a statement: one that takes long may be waiting for a lock, or for the sessions that
 * a concurrent build has to outlast. A second connection asks who they are; the answer goes to
 * whoever listens to notices, and into the error when the lock times out.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "dialect/pg/libpq.h"

enum { FIRST_LOOK_MS = 1000, NEXT_LOOK_MS = 2000 };

/* Behind a pooler the process that works for us is not known. */
static bool can_watch(const pg_conn *c) {
    return !c->is_pooled && !c->options.read_only;
}

/* Connects once more, just as the connection itself did. */
static PGconn *connect_again(const pg_conn *c) {
    PQconninfoOption *options = PQconninfo(c->pg);
    ag_arena *arena = ag_arena_new();
    AG_VEC(const char *) keys = {NULL, 0, 0};
    AG_VEC(const char *) values = {NULL, 0, 0};
    for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
        bool is_kept = o->val != NULL && strcmp(o->keyword, "connect_timeout") != 0;
        if (is_kept) {
            ag_vec_push(arena, &keys, o->keyword);
            ag_vec_push(arena, &values, o->val);
        }
    }
    ag_vec_push(arena, &keys, "connect_timeout");
    ag_vec_push(arena, &values, "2");
    ag_vec_push(arena, &keys, NULL);
    ag_vec_push(arena, &values, NULL);
    PGconn *pg = PQconnectdbParams(keys.items, values.items, 0);
    PQconninfoFree(options);
    ag_arena_free(arena);
    return pg;
}

/* Names are the users' own: nothing in them may end a line or move a cursor. */
static void take_safely(char *to, size_t size, const char *from) {
    (void)snprintf(to, size, "%s", from);
    ag_utf8_trim_partial(to);
    for (char *c = to; *c != '\0'; c++) {
        *c = (unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c;
    }
}

static void look(pg_conn *c) {
    static const char sql[] =
        "SELECT string_agg('pid ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), "
        "'unnamed') || ', user ' || coalesce(a.usename, '?') || ', ' || coalesce(a.state, 'state "
        "not known') || coalesce(' since ' || to_char(CASE a.state WHEN 'active' THEN "
        "a.query_start ELSE a.state_change END, 'YYYY-MM-DD HH24:MI:SS'), '') || ')', ', ' ORDER "
        "BY a.pid) FROM pg_catalog.pg_stat_activity a WHERE a.pid = ANY "
        "(pg_catalog.pg_blocking_pids($1::int)) OR a.pid = (SELECT nullif(current_locker_pid, 0) "
        "FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1::int)";
    char pid[24];
    char found[sizeof c->blockers];
    (void)snprintf(pid, sizeof pid, "%d", PQbackendPID(c->pg));
    const char *const params[] = {pid};
    c->watcher = c->watcher == NULL ? connect_again(c) : c->watcher;
    PGresult *r = PQexecParams(c->watcher, sql, 1, NULL, params, NULL, NULL, 0);
    bool is_there =
        PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1 && !PQgetisnull(r, 0, 0);
    take_safely(found, sizeof found, is_there ? PQgetvalue(r, 0, 0) : "");
    PQclear(r);
    if (is_there && strcmp(found, c->blockers) != 0) {
        memcpy(c->blockers, found, sizeof found);
        if (c->options.on_notice != NULL) {
            char text[sizeof found + 32];
            (void)snprintf(text, sizeof text, "waiting for %s", found);
            c->options.on_notice(c->options.notice_context, "NOTICE", text);
        }
    }
}

static int first_look(const pg_conn *c) {
    int half = c->options.lock_timeout_ms / 2;
    return half > 0 && half < FIRST_LOOK_MS ? half : FIRST_LOOK_MS;
}

static void await(pg_conn *c) {
    int64_t next = pg_now_ms() + first_look(c);
    c->blockers[0] = '\0';
    while (PQisBusy(c->pg) != 0) {
        int64_t left = next - pg_now_ms();
        if (left <= 0) {
            look(c);
            next = pg_now_ms() + NEXT_LOOK_MS;
            continue;
        }
        struct pollfd wait = {.fd = PQsocket(c->pg), .events = POLLIN};
        int n = poll(&wait, 1, (int)left);
        if ((n < 0 && errno != EINTR) || (n > 0 && PQconsumeInput(c->pg) != 1)) {
            return; /* PQgetResult says what is wrong */
        }
    }
}

PGresult *pg_run_watched(pg_conn *c, const char *sql, const char *const *params, int n) {
    if (!can_watch(c) || PQsendQueryParams(c->pg, sql, n, NULL, params, NULL, NULL, 0) != 1) {
        return PQexecParams(c->pg, sql, n, NULL, params, NULL, NULL, 0);
    }
    await(c);
    PGresult *last = NULL;
    for (PGresult *r = PQgetResult(c->pg); r != NULL; r = PQgetResult(c->pg)) {
        PQclear(last);
        last = r;
        ExecStatusType status = PQresultStatus(r);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
            break;
        }
    }
    return last;
}
