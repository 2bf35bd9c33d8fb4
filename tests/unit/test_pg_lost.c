/*
 * A connection that is lost, or ended by the server, and a command that is killed, at every
 * statement of an upgrade and of a downgrade: a clear error, and the next run completes to what an
 * uninterrupted one leaves.
 * AG_TEST_ALL=1 tries each way of dying at each statement; else they take turns.
 */
#include "pg_round.h"

#include <fcntl.h>

#include "pg_proxy.h"

static const char model_one[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
    "CREATE TYPE size AS ENUM ('s', 'm', 'l');\n"
    "CREATE TABLE log (n integer);\n"
    "CREATE TABLE org (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);\n"
    "CREATE TABLE person (id bigint PRIMARY KEY, org_id bigint, email varchar(40), mood mood "
    "DEFAULT 'ok', size size DEFAULT 'm', note text);\n"
    "CREATE INDEX ix_note ON person (note);\n"
    "CREATE TABLE event (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\n"
    "CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');\n"
    "CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');\n";

/* New and dropped indexes, also of partitions; NOT VALID and VALIDATE; values added and swapped. */
static const char model_two[] =
    "CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'fine');\n"
    "CREATE TYPE size AS ENUM ('l', 's');\n"
    "CREATE TABLE log (n integer);\n"
    "CREATE TABLE org (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, "
    "CONSTRAINT org_name UNIQUE (name));\n"
    "CREATE TABLE person (id bigint PRIMARY KEY, org_id bigint NOT NULL, email varchar(80), mood "
    "mood DEFAULT 'fine', size size DEFAULT 's', note text, CONSTRAINT person_org FOREIGN KEY "
    "(org_id) REFERENCES org (id), CONSTRAINT person_email CHECK (email LIKE '%@%'));\n"
    "CREATE UNIQUE INDEX ix_email ON person (lower(email));\n"
    "CREATE TABLE event (id bigint, at date NOT NULL) PARTITION BY RANGE (at);\n"
    "CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');\n"
    "CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');\n"
    "CREATE INDEX ix_event ON event (id);\n";

static const char by_hand[] =
    "-- by hand\n-- Revision ID: 0003\n-- Revises: 0002\n\n-- autogen:upgrade\n"
    "INSERT INTO log VALUES (1);\n-- autogen:part\nINSERT INTO log VALUES (2);\n"
    "-- autogen:autocommit\nVACUUM log;\n-- autogen:transaction\nINSERT INTO log VALUES (3);\n"
    "-- autogen:downgrade\nDELETE FROM log WHERE n = 3;\n-- autogen:part\nDELETE FROM log;\n";

/* Every statement; under valgrind, which looks at this program only, a few of them. */
#ifdef N_PAIRS
enum { PG_STRIDE = 10 };
#else
enum { PG_STRIDE = 1 };
#endif

typedef struct world {
    ag_arena *arena;
    char folder[64], server[256], output[96];
    const char *autogen;
    pg_proxy proxy;
    pg_case *database;
    size_t n_tried;
} world;

static world w;

static void write_file(const char *name, const char *text) {
    ag_error err;
    char *path = ag_path_join(w.arena, w.folder, name);
    if (!ag_file_write(path, text, strlen(text), &err)) {
        fail_msg("%s", err.message);
    }
}

static const char *url_of(const char *host, const char *database) {
    return ag_arena_printf(w.arena, "host=%s user=autogen dbname=%s", host, database);
}

/* Runs the command; its status, or -1 when it was killed. What it says is in the file `output`. */
static int autogen(const char *url, char *const *arguments) {
    pid_t pid = fork();
    if (pid == 0) {
        int out = open(w.output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        (void)dup2(out, 1);
        (void)dup2(out, 2);
        (void)setenv("DATABASE_URL", url, 1);
        if (chdir(w.folder) == 0) {
            w.proxy.state->client = w.proxy.state->client != 0 ? getpid() : 0;
            (void)execv(w.autogen, arguments);
        }
        _exit(127);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define AUTOGEN(url, ...)                                                                          \
    autogen((url), (char *const[]){(char *)(uintptr_t) "autogen", __VA_ARGS__, NULL})

static char up[] = "upgrade", down[] = "downgrade", head[] = "head", base[] = "base";

static void must(const char *url, char *verb, char *to) {
    int status = AUTOGEN(url, verb, to);
    if (status != 0) {
        fail_msg("%s %s ended with %d: %s", verb, to, status, pg_round_file(w.output));
    }
}

static void revision(const char *url, char *id, const char *model) {
    static char verb[] = "revision", option[] = "--rev-id";
    write_file("model.sql", model);
    assert_int_equal(AUTOGEN(url, verb, option, id), 0);
    must(url, up, head);
}

/* Revisions 0001 and 0002 made of two models, 0003 by hand. */
static void make_history(void) {
    static char one[] = "0001", two[] = "0002";
    pg_case *scratch = pg_round_open();
    const char *url = url_of(w.server, scratch->database);
    write_file("autogen.ini", "[autogen]\nscript_location = migrations\nmodel = model.sql\n"
                              "file_template = %%(rev)s\n");
    revision(url, one, model_one);
    revision(url, two, model_two);
    write_file("migrations/versions/0003.sql", by_hand);
    pg_round_close(scratch);
}

static int make_world(void **state) {
    (void)state;
    ag_error err;
    const char *host = strstr(getenv("AG_TEST_PG"), "host=");
    w = (world){
        .arena = ag_arena_new(), .folder = "/tmp/ag_lost_XXXXXX", .autogen = getenv("AUTOGEN")};
    if (mkdtemp(w.folder) == NULL || host == NULL) {
        abort();
    }
    (void)snprintf(w.output, sizeof w.output, "%s/output", w.folder);
    (void)sscanf(host, "host=%255s", w.server);
    assert_true(ag_dir_make(ag_path_join(w.arena, w.folder, "migrations/versions"), &err));
    w.proxy = pg_proxy_start(w.server);
    make_history();
    w.database = pg_round_open();
    pg_case_run(w.database->conn, "SET client_min_messages = error");
    return 0;
}

static int end_world(void **state) {
    (void)state;
    pg_round_close(w.database);
    pg_proxy_stop(&w.proxy);
    int status = system(ag_arena_printf(w.arena, "rm -r '%s'", w.folder));
    ag_arena_free(w.arena);
    return status;
}

static char *ask(ag_arena *arena, const char *sql) {
    ag_rows rows = {.arena = arena};
    ag_error err;
    if (!ag_conn_query(w.database->conn, sql, NULL, 0, &rows, &err)) {
        fail_msg("%s: %s", sql, err.message);
    }
    return rows.rows.n > 0 && rows.rows.items[0][0] != NULL
               ? ag_arena_strdup(arena, rows.rows.items[0][0])
               : NULL;
}

/* The schema, the rows, the version and what the history says: how often something ran, too. */
static char *picture(ag_arena *arena) {
    bool has_log = ask(arena, "SELECT to_regclass('log')") != NULL;
    const char *log = has_log ? "SELECT string_agg(n::text, ' ' ORDER BY n) FROM log" : "SELECT 1";
    return ag_arena_printf(
        arena, "log: %s\nversion: %s\nhistory: %s\n%s", ask(arena, log),
        ask(arena, "SELECT string_agg(version_num, ' ') FROM alembic_version"),
        ask(arena, "SELECT string_agg(concat_ws(' ', revision, direction, part, state), ', ' ORDER "
                   "BY id) FROM autogen_history"),
        pg_round_dump(arena, w.database));
}

/* An empty database, or one with all revisions. */
static void reset(bool is_at_head) {
    pg_case_run(w.database->conn, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    if (is_at_head) {
        must(url_of(w.server, w.database->database), up, head);
    }
}

/* Where it says that nothing was kept, nothing was. */
static void is_true(const char *text) {
    char id[16];
    const char *said = strstr(text, "nothing of the upgrade of revision ");
    if (said == NULL || sscanf(said, "nothing of the upgrade of revision %15s", id) != 1 ||
        strcmp(ask(w.arena, "SELECT to_regclass('alembic_version') IS NULL"), "t") == 0) {
        return;
    }
    const char *rows = ag_arena_printf(
        w.arena, "SELECT count(*) FROM alembic_version WHERE version_num >= '%s'", id);
    if (strcmp(ask(w.arena, rows), "0") != 0) {
        fail_msg("that is not true: %s", text);
    }
}

static void is_clear(const char *text) {
    if (strstr(text, "error: ") == NULL || strstr(text, "connection") == NULL) {
        fail_msg("no clear message: %s", text);
    }
    const char *first = strstr(text, "error: ");
    if (strstr(first + 1, "error: ") != NULL || strstr(text, "FATAL") != NULL) {
        fail_msg("more than one message: %s", text);
    }
    is_true(text);
}

typedef struct way {
    char *verb, *to;
    bool is_killed; /* the command; else its connection is */
} way;

/*
 * Giving the lock back is all that is left to do when there is an answer to everything; a server
 * that ends the session during the last COMMIT may have given that.
 */
static bool is_over(void) {
    return strstr(w.proxy.state->last, "pg_advisory_unlock") != NULL ||
           (w.proxy.state->cut == PG_END_DURING && strcmp(w.proxy.state->last, "COMMIT") == 0);
}

static void check_end(const way *it, int at, int status) {
    char *said = pg_round_file(w.output);
    int expected = w.proxy.state->is_cut == 0 ? 0 : it->is_killed ? -1 : AG_DATABASE;
    if (status != expected && !(is_over() && status == 0)) {
        fail_msg("at %d (%s) it ended with %d: %s", at, w.proxy.state->last, status, said);
    }
    if (status == AG_DATABASE) {
        is_clear(said);
        if (w.proxy.state->cut >= PG_END_BEFORE && strstr(said, "administrator") == NULL) {
            fail_msg("it does not say why: %s", said);
        }
    }
    free(said);
}

/* Dies at one statement and goes on; false when there are not as many statements. */
static bool dies_at(const way *it, const char *expected, int at, pg_cut cut) {
    ag_arena *arena = ag_arena_new();
    reset(it->verb == down);
    *w.proxy.state = (pg_proxy_state){.cut_at = at, .cut = cut, .client = it->is_killed ? 1 : 0};
    int status = AUTOGEN(url_of(w.proxy.folder, w.database->database), it->verb, it->to);
    bool is_cut = w.proxy.state->is_cut != 0;
    check_end(it, at, status);
    must(url_of(w.server, w.database->database), it->verb, it->to);
    const char *what =
        ag_arena_printf(arena, "%s, statement %d (%s), moment %d%s", it->verb, at,
                        w.proxy.state->last, (int)cut, it->is_killed ? ", killed" : "");
    pg_round_same(what, expected, picture(arena));
    ag_arena_free(arena);
    w.n_tried++;
    return is_cut;
}

static void dies_everywhere(const way *it) {
    bool all = getenv("AG_TEST_ALL") != NULL;
    int stride = all ? 1 : it->is_killed ? 5 * PG_STRIDE : PG_STRIDE;
    reset(it->verb == down);
    must(url_of(w.server, w.database->database), it->verb, it->to);
    char *expected = picture(w.arena);
    bool more = true;
    for (int at = 1; more; at += stride) {
        int moments = it->is_killed ? N_PG_CUTS : N_PG_MOMENTS;
        for (int cut = 0; cut < moments; cut++) {
            if (all || at % moments == cut) {
                more = dies_at(it, expected, at, (pg_cut)cut) && more;
            }
        }
    }
}

static void an_upgrade_that_loses_its_connection_is_completed_by_the_next(void **state) {
    (void)state;
    dies_everywhere(&(way){up, head, false});
}

static void a_downgrade_that_loses_its_connection_is_completed_by_the_next(void **state) {
    (void)state;
    dies_everywhere(&(way){down, base, false});
}

static void an_upgrade_that_is_killed_is_completed_by_the_next(void **state) {
    (void)state;
    dies_everywhere(&(way){up, head, true});
}

static void a_downgrade_that_is_killed_is_completed_by_the_next(void **state) {
    (void)state;
    dies_everywhere(&(way){down, base, true});
    assert_true(w.n_tried > 300 / PG_STRIDE);
}

int main(void) {
    pg_case_need();
    if (getenv("AUTOGEN") == NULL) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_upgrade_that_loses_its_connection_is_completed_by_the_next),
        cmocka_unit_test(a_downgrade_that_loses_its_connection_is_completed_by_the_next),
        cmocka_unit_test(an_upgrade_that_is_killed_is_completed_by_the_next),
        cmocka_unit_test(a_downgrade_that_is_killed_is_completed_by_the_next),
    };
    return cmocka_run_group_tests_name("lost connections", tests, make_world, end_world);
}
