/*
 * Scratch databases: made for one run beside the target's and dropped with the connection. While
 * one is used, its name is also the application name of the connection that made it: one that no
 * session names and none is in belongs to a run that was killed, and is reaped. Nothing without
 * such a name is ever dropped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "dialect/pg/libpq.h"

#define PREFIX "autogen_scratch_"

static void make_name(char *out, size_t size) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    struct {
        struct timespec time;
        pid_t pid;
    } seed;
    memset(&seed, 0, sizeof seed);
    seed.time = now;
    seed.pid = getpid();
    (void)snprintf(out, size, PREFIX "%llx_%016llx", (unsigned long long)now.tv_sec,
                   (unsigned long long)ag_hash(&seed, sizeof seed));
}

static void drop(PGconn *admin, const char *name) {
    char *quoted = PQescapeIdentifier(admin, name, strlen(name));
    char sql[256];
    /* FORCE since 13; before, the plain form works once our own connection is closed. */
    const char *force = PQserverVersion(admin) >= 130000 ? " WITH (FORCE)" : "";
    if (quoted != NULL) {
        (void)snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s%s", quoted, force);
        PQclear(PQexec(admin, sql));
    }
    PQfreemem(quoted);
}

static void reap_orphans(PGconn *admin) {
    static const char sql[] =
        "SELECT d.datname FROM pg_catalog.pg_database d "
        "WHERE d.datname ~ '^" PREFIX "[0-9a-f]+_[0-9a-f]{16}$' AND NOT EXISTS "
        "(SELECT 1 FROM pg_catalog.pg_stat_activity a "
        "WHERE a.datid = d.oid OR a.application_name = d.datname)";
    PGresult *result = PQexec(admin, sql);
    for (int i = 0; i < PQntuples(result); i++) {
        drop(admin, PQgetvalue(result, i, 0));
    }
    PQclear(result);
}

/* One row of texts, or NULL with the error set; PQclear it. */
static PGresult *ask(pg_conn *admin, const char *sql, ag_error *err) {
    PGresult *result = PQexec(admin->pg, sql);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1) {
        return result;
    }
    (void)pg_fail_result(admin, result, err);
    PQclear(result);
    return NULL;
}

/* Texts sort, fold and are stored as in the database we are connected to. */
static const char *options_query(int version) {
    static const char plain[] =
        "SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), "
        "datcollate, datctype) FROM pg_catalog.pg_database WHERE datname = current_database()";
    static const char since_15[] =
        "SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), "
        "datcollate, datctype) || CASE datlocprovider WHEN 'i' THEN format(' LOCALE_PROVIDER icu "
        "ICU_LOCALE %L', daticulocale) ELSE '' END "
        "FROM pg_catalog.pg_database WHERE datname = current_database()";
    static const char since_17[] =
        "SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), "
        "datcollate, datctype) || CASE datlocprovider WHEN 'i' THEN format(' LOCALE_PROVIDER icu "
        "ICU_LOCALE %L', datlocale) WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE "
        "%L', datlocale) ELSE '' END "
        "FROM pg_catalog.pg_database WHERE datname = current_database()";
    return version >= 170000 ? since_17 : version >= 150000 ? since_15 : plain;
}

static bool run(pg_conn *admin, const char *sql, ag_error *err) {
    PGresult *result = PQexec(admin->pg, sql);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK || pg_fail_result(admin, result, err);
    PQclear(result);
    return ok;
}

/* The connection says what it is for before there is anything to reap. */
static bool create(pg_conn *admin, const char *name, ag_error *err) {
    char claim[128];
    (void)snprintf(claim, sizeof claim, "SET application_name = '%s'", name);
    if (!run(admin, claim, err)) {
        return false;
    }
    PGresult *options = ask(admin, options_query(PQserverVersion(admin->pg)), err);
    if (options == NULL) {
        return false;
    }
    char sql[1024];
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" TEMPLATE template0 %s", name,
                   PQgetvalue(options, 0, 0));
    PQclear(options);
    return run(admin, sql, err);
}

/*
 * Settings of the scratch database: nothing in it must outlive a crash, and names without a
 * namespace are found where they are in the database beside it.
 */
static bool settle_in(pg_conn *admin, const char *name, ag_error *err) {
    static const char path[] =
        "SELECT coalesce((SELECT substr(s, 13) FROM pg_catalog.pg_db_role_setting r "
        "JOIN pg_catalog.pg_database d ON d.oid = r.setdatabase, unnest(r.setconfig) s "
        "WHERE r.setrole = 0 AND d.datname = current_database() AND s LIKE 'search_path=%'), '')";
    PGresult *result = ask(admin, path, err);
    if (result == NULL) {
        return false;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "ALTER DATABASE \"%s\" SET synchronous_commit = off", name);
    bool ok = run(admin, ag_buf_text(&sql), err);
    if (ok && PQgetlength(result, 0, 0) > 0) {
        ag_buf_clear(&sql);
        ag_buf_printf(&sql, "ALTER DATABASE \"%s\" SET search_path = %s", name,
                      PQgetvalue(result, 0, 0));
        ok = run(admin, ag_buf_text(&sql), err);
    }
    PQclear(result);
    ag_buf_release(&sql);
    return ok;
}

/* Any database of the server will do: the target's own need not exist yet. */
static bool open_admin(const char *target, const ag_open_options *options, ag_conn **admin,
                       ag_error *err) {
    return pg_open_database(target, NULL, options, admin, err) ||
           pg_open_database(target, "postgres", options, admin, NULL);
}

bool pg_open_scratch(const char *target, const ag_open_options *options, ag_conn **out,
                     ag_error *err) {
    ag_conn *admin = NULL;
    char name[64];
    if (!open_admin(target, options, &admin, err)) {
        return false;
    }
    pg_conn *a = (pg_conn *)admin;
    reap_orphans(a->pg);
    make_name(name, sizeof name);
    if (!create(a, name, err)) {
        ag_prefix(err, "cannot make a scratch database");
        bool is_standby = err != NULL && strcmp(err->sqlstate, "25006") == 0;
        ag_hint(err, "%sset dev_url to a server where you may create databases",
                is_standby ? "" : "let an administrator ALTER ROLE … CREATEDB, or ");
        admin->driver->close(admin);
        return false;
    }
    ag_conn *conn = NULL;
    bool ok = settle_in(a, name, err) && pg_open_database(target, name, options, &conn, err);
    if (ok) {
        pg_conn *c = (pg_conn *)conn;
        c->admin = a->pg;
        c->scratch_name = ag_xstrdup(name);
        a->pg = NULL; /* the scratch connection keeps it */
        *out = conn;
    } else {
        drop(a->pg, name);
    }
    admin->driver->close(admin);
    return ok;
}

void pg_drop_scratch(pg_conn *c) {
    if (c->admin != NULL) {
        drop(c->admin, c->scratch_name);
        PQfinish(c->admin);
        free(c->scratch_name);
    }
}
