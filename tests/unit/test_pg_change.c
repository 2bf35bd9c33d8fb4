/*
 * Databases that are changed into one another and back: equal by pg_dump each time, the position of
 * columns aside. AG_TEST_PAIRS may name a folder with more pairs (NAME/a.sql, NAME/b.sql).
 */
#include "pg_round.h"

#include <dirent.h>

#include "pg_changes.h"

static void change(const char *name, const char *base, const char *from, const char *to) {
    pg_case *work = pg_round_open();
    pg_case *goal = pg_round_open();
    pg_case_run(work->conn, "SET client_min_messages = error");
    pg_case_run(goal->conn, "SET client_min_messages = error");
    pg_case_run(work->conn, base);
    pg_case_run(goal->conn, base);
    pg_case_run(work->conn, from);
    pg_case_run(goal->conn, to);
    pg_round_trip(name, work, goal, true);
    pg_round_close(goal);
    pg_round_close(work);
}

static void test_one_change(void **state) {
    const pg_change *it = *state;
    change(it->name, it->base, it->from, it->to);
}

static void test_pairs(void **state) {
    (void)state;
    const char *folder = getenv("AG_TEST_PAIRS");
    const char *only = getenv("AG_TEST_ONLY");
    DIR *dir = folder == NULL ? NULL : opendir(folder);
    ag_conn *admin = pg_case_connect(getenv("AG_TEST_PG"));
    (void)ag_conn_exec(admin, "CREATE ROLE postgres", NULL); /* pairs name it */
    (void)ag_conn_exec(admin, "CREATE ROLE schemainspect_test_role", NULL);
    ag_conn_close(admin);
    for (const struct dirent *entry = dir == NULL ? NULL : readdir(dir); entry != NULL;
         entry = readdir(dir)) {
        char a[700];
        char b[700];
        (void)snprintf(a, sizeof a, "%s/%s/a.sql", folder, entry->d_name);
        (void)snprintf(b, sizeof b, "%s/%s/b.sql", folder, entry->d_name);
        if (access(a, R_OK) != 0 || (only != NULL && strstr(a, only) == NULL)) {
            continue;
        }
        print_message("%s\n", entry->d_name);
        char *from = pg_round_file(a);
        char *to = pg_round_file(b);
        change(entry->d_name, "", from, to);
        free(from);
        free(to);
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
}

int main(void) {
    pg_case_need();
    enum { N = sizeof pg_changes / sizeof *pg_changes };
    struct CMUnitTest tests[N + 1] = {cmocka_unit_test(test_pairs)};
    const char *only = getenv("AG_TEST_ONLY");
    size_t n = 1;
    for (size_t i = 0; i < N; i++) {
        if (only == NULL || strstr(pg_changes[i].name, only) != NULL) {
            tests[n++] = (struct CMUnitTest){.name = pg_changes[i].name,
                                             .test_func = test_one_change,
                                             .initial_state = &pg_changes[i]};
        }
    }
    return _cmocka_run_group_tests("changes", tests, n, NULL, NULL);
}
