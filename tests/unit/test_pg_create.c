/*
 * Whole schemas, made in an empty database and taken away again: what pg_dump says must be what it
 * says of the original. AG_TEST_SCHEMAS may name a folder with more of them.
 */
#include "pg_round.h"

#include <dirent.h>

#include "diff/dump.h"

/* The dump of a schema, loaded statement by statement, is the schema. */
static void load_dump(const char *path, const pg_case *goal) {
    pg_case *copy = pg_round_open();
    ag_arena *arena = ag_arena_new();
    ag_schema *schema = pg_case_read(goal);
    ag_buf sql = AG_BUF_INIT;
    ag_error err = {0};
    if (!ag_diff_dump(&ag_dialect_postgresql, schema, &sql, &err)) {
        fail_msg("%s", err.message);
    }
    pg_case_run(copy->conn, ag_buf_text(&sql));
    pg_round_same(path, pg_round_dump(arena, goal), pg_round_dump(arena, copy));
    ag_buf_release(&sql);
    ag_schema_free(schema);
    ag_arena_free(arena);
    pg_round_close(copy);
}

static void round_file(const char *path) {
    pg_case *goal = pg_round_open();
    pg_case *work = pg_round_open();
    char *sql = pg_round_file(path);
    pg_case_run(goal->conn, "SET client_min_messages = error");
    pg_case_run(goal->conn, sql);
    pg_case_run(work->conn, "SET client_min_messages = error");
    pg_round_trip(path, work, goal, false);
    load_dump(path, goal);
    free(sql);
    pg_round_close(work);
    pg_round_close(goal);
}

static void round_folder(const char *folder) {
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return;
    }
    const char *only = getenv("AG_TEST_ONLY");
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char path[1024];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (ag_text_ends(path, ".sql") && (only == NULL || strstr(path, only) != NULL)) {
            print_message("%s\n", entry->d_name);
            round_file(path);
        }
    }
    (void)closedir(dir);
}

static void test_schemas_are_made_as_they_were(void **state) {
    (void)state;
    char folder[512];
    (void)snprintf(folder, sizeof folder, "%s/fixtures/pg", getenv("AG_SOURCE_DIR"));
    round_folder(folder);
    if (getenv("AG_TEST_SCHEMAS") != NULL) {
        round_folder(getenv("AG_TEST_SCHEMAS"));
    }
}

int main(void) {
    pg_case_need();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_schemas_are_made_as_they_were)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
