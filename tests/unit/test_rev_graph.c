#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "rev_build.h"
#include "revision/header.h"

static void check_graph(const char *text, const char *heads, const char *real_heads,
                        const char *bases) {
    ag_graph *graph = rev_good(text);
    assert_string_equal(rev_join(graph->arena, &graph->heads), heads);
    assert_string_equal(rev_join(graph->arena, &graph->real_heads), real_heads);
    assert_string_equal(rev_join(graph->arena, &graph->bases), bases);
    ag_graph_free(graph);
}

static void heads_and_bases_are_found(void **state) {
    (void)state;
    check_graph("", "", "", "");
    check_graph("a", "a", "a", "a");
    check_graph("a b:a c:b", "c", "c", "a");
    check_graph("a b:a c:a", "b c", "b c", "a");
    check_graph("a b:a c:a m:b,c", "m", "m", "a");
    check_graph("a b c:b {a}", "a c", "c", "a b");
    check_graph("a [x] b c:b {x}", "a c", "c", "a b");
    check_graph("c:b b:a a", "c", "c", "a");
}

static void check_wrong(const char *text, const char *message, const char *hint) {
    ag_error err;
    assert_null(rev_build(text, &err));
    assert_int_equal(err.code, AG_HISTORY);
    assert_string_equal(err.message, message);
    assert_non_null(strstr(err.hint, hint));
}

static void wrong_graphs_name_both_files(void **state) {
    (void)state;
    check_wrong("a b:a a:b", "Revision a is present more than once",
                "versions/0_a.sql and in versions/2_a.sql");
    check_wrong("a [x] b:a [x]", "Branch name 'x' in revision b already used by revision a",
                "versions/0_a.sql and in versions/1_b.sql");
    check_wrong("a b:a [a]", "Branch name 'a' in revision b already used by revision a",
                "versions/0_a.sql and in versions/1_b.sql");
    check_wrong("a b:nix", "Revision nix referenced from b is not present", "versions/1_b.sql");
    check_wrong("a b:a {nix}", "Revision nix referenced from b is not present", "versions/1_b.sql");
    check_wrong("abc1 b:abc", "Revision abc referenced from b is not present",
                "did you mean 'abc1'");
    check_wrong("a b:b", "Self-loop is detected in revisions (b)", "");
    check_wrong("a b:a {b}", "Dependency self-loop is detected in revisions (b)", "");
    check_wrong("a:b b:a", "Cycle is detected in revisions (a, b)",
                "versions/0_a.sql, versions/1_b.sql");
    check_wrong("z d:c c:b b:z,d", "Cycle is detected in revisions (b, c, d)",
                "versions/3_b.sql, versions/2_c.sql, versions/1_d.sql");
    check_wrong("a {c} b c:b {a}", "Dependency cycle is detected in revisions (a, c)",
                "versions/0_a.sql, versions/2_c.sql");
}

static void check_labels(const char *text, const char *id, const char *expected) {
    ag_graph *graph = rev_good(text);
    ag_buf buf = AG_BUF_INIT;
    const ag_rev *rev = rev_of(graph, id);
    for (size_t i = 0; i < rev->labels.n; i++) {
        ag_buf_printf(&buf, "%s%s", i == 0 ? "" : " ", rev->labels.items[i]);
    }
    assert_string_equal(ag_buf_text(&buf), expected);
    ag_buf_release(&buf);
    ag_graph_free(graph);
}

static void labels_are_inherited_up_and_down_to_the_last_branch(void **state) {
    (void)state;
    check_labels("a b:a [x] c:b", "a", "x");
    check_labels("a b:a [x] c:b", "c", "x");
    check_labels("a b:a c:b [x] d:a", "b", "x");
    check_labels("a b:a c:b [x] d:a", "a", "");
    check_labels("a b:a c:b [x] d:a", "d", "");
    check_labels("a b:a [x] c:a [y] m:b,c d:m", "d", "x y");
    check_labels("a b:a c:a m:b,c n:m [x]", "m", "");
    check_labels("a b:a [x] c {a}", "a", "");
}

static void a_label_is_found_as_a_key_but_is_no_id(void **state) {
    (void)state;
    ag_graph *graph = rev_good("a b:a [x]");
    assert_ptr_equal(ag_graph_find(graph, "x"), ag_graph_find(graph, "b"));
    assert_null(ag_graph_find_id(graph, "x"));
    ag_graph_free(graph);
}

static void dependencies_an_ancestor_has_are_left_out(void **state) {
    (void)state;
    ag_graph *graph = rev_good("x y a {x} b:a {x,y} c:b {y,x}");
    assert_string_equal(rev_join(graph->arena, &rev_of(graph, "a")->parents), "x");
    assert_string_equal(rev_join(graph->arena, &rev_of(graph, "b")->parents), "a y");
    assert_string_equal(rev_join(graph->arena, &rev_of(graph, "c")->parents), "b");
    ag_graph_free(graph);
}

static void write_revision(ag_arena *arena, const char *folder, const char *name,
                           const char *text) {
    ag_error err;
    char *path = ag_path_join(arena, folder, name);
    assert_true(ag_dir_make(ag_path_dir(arena, path), &err));
    assert_true(ag_file_write(path, text, strlen(text), &err));
}

static char *new_folder(ag_arena *arena) {
    char *folder = ag_arena_strdup(arena, "/tmp/ag_graph_XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

static void remove_folder(const char *folder) {
    ag_arena *arena = ag_arena_new();
    assert_int_equal(system(ag_arena_printf(arena, "rm -r '%s'", folder)), 0);
    ag_arena_free(arena);
}

static void files_are_loaded_in_the_order_of_their_names(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char *folder = new_folder(arena);
    write_revision(arena, folder, "v/2.sql", "-- two\n-- Revision ID: b\n-- Revises: a\n");
    write_revision(arena, folder, "v/1.sql",
                   "-- one\r\n--\r\n-- Revision ID: a\r\n-- Revises:\r\n"
                   "-- Branch Labels: net, db\r\n");
    write_revision(arena, folder, "v/.hidden.sql", "nothing");
    write_revision(arena, folder, "v/README", "nothing");
    write_revision(arena, folder, "v/sub/3.sql", "-- Revision ID: c\n-- Revises: b\n");
    write_revision(arena, folder, "w/4.sql", "-- Revision ID: d\n-- Depends On: net\nSELECT 1;");
    ag_strings places = {NULL, 0, 0};
    ag_vec_push(arena, &places, ag_path_join(arena, folder, "w"));
    ag_vec_push(arena, &places, ag_path_join(arena, folder, "v"));
    ag_vec_push(arena, &places, ag_path_join(arena, folder, "v"));
    ag_vec_push(arena, &places, ag_path_join(arena, folder, "missing"));
    ag_graph *graph = NULL;
    ag_error err;
    assert_true(ag_graph_load(&places, false, &graph, &err));
    assert_string_equal(rev_join(arena, &graph->revs), "d a b");
    assert_string_equal(graph->revs.items[1]->message, "one");
    assert_string_equal(graph->revs.items[0]->depends.items[0]->id, "a");
    assert_string_equal(ag_path_base(graph->revs.items[0]->path), "4.sql");
    ag_graph_free(graph);
    assert_true(ag_graph_load(&places, true, &graph, &err));
    assert_string_equal(rev_join(arena, &graph->revs), "d a b c");
    ag_graph_free(graph);
    remove_folder(folder);
    ag_arena_free(arena);
}

static void a_file_without_an_id_is_an_error_that_names_it(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char *folder = new_folder(arena);
    write_revision(arena, folder, "x.sql", "-- hello\nSELECT 1;\n-- Revision ID: a\n");
    ag_strings places = {NULL, 0, 0};
    ag_vec_push(arena, &places, folder);
    ag_graph *graph = NULL;
    ag_error err;
    assert_false(ag_graph_load(&places, false, &graph, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_non_null(strstr(err.file, "x.sql"));
    remove_folder(folder);
    ag_arena_free(arena);
}

static void a_header_longer_than_the_first_read_is_read_whole(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char *folder = new_folder(arena);
    ag_buf text = AG_BUF_INIT;
    for (int i = 0; i < 3000; i++) {
        ag_buf_puts(&text, "-- a long story\n");
    }
    ag_buf_puts(&text, "--\n-- Revision ID: a\n-- Revises:\n\n-- autogen:upgrade\nSELECT 1;\n");
    write_revision(arena, folder, "x.sql", ag_buf_text(&text));
    ag_strings places = {NULL, 0, 0};
    ag_vec_push(arena, &places, folder);
    ag_graph *graph = NULL;
    ag_error err;
    assert_true(ag_graph_load(&places, false, &graph, &err));
    assert_string_equal(rev_join(arena, &graph->revs), "a");
    ag_graph_free(graph);
    ag_buf_release(&text);
    remove_folder(folder);
    ag_arena_free(arena);
}

static bool parse_header(ag_arena *arena, const char *text, ag_rev_header *header, ag_error *err) {
    bool needs_more = false;
    return ag_rev_header_parse(arena, "f.sql", ag_str_of(text), true, header, &needs_more, err);
}

static void a_header_is_read_field_by_field(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_rev_header h;
    ag_error err;
    assert_true(parse_header(arena,
                             "\xEF\xBB\xBF-- add users\n-- and more\n--\n-- Longer.\n--\n"
                             "-- Revision ID: 4f2a\n-- Revises: 9b1c, 77\n"
                             "-- Branch Labels: net\n-- Depends On: x y\n"
                             "-- Create Date: 2026-11-20 12:00:00+00:00\n\n"
                             "-- autogen:upgrade\nSELECT 1;\n",
                             &h, &err));
    assert_string_equal(h.id, "4f2a");
    assert_string_equal(h.message, "add users and more");
    assert_string_equal(h.doc, "add users\nand more\n\nLonger.");
    assert_int_equal(h.downs.n, 2);
    assert_string_equal(h.downs.items[1], "77");
    assert_string_equal(h.labels.items[0], "net");
    assert_int_equal(h.depends.n, 2);
    assert_string_equal(h.create_date, "2026-11-20 12:00:00+00:00");
    assert_int_equal(h.loc.line, 6);
    assert_int_equal(h.loc.column, 17);
    assert_int_equal(h.n_lines, 11);
    ag_arena_free(arena);
}

static void check_bad_header(const char *text, int line, int column, const char *message) {
    ag_arena *arena = ag_arena_new();
    ag_rev_header h;
    ag_error err;
    assert_false(parse_header(arena, text, &h, &err));
    assert_int_equal(err.code, AG_INPUT);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    assert_non_null(strstr(err.message, message));
    ag_arena_free(arena);
}

static void mistakes_in_a_header_are_placed(void **state) {
    (void)state;
    check_bad_header("", 1, 1, "Revision ID");
    check_bad_header("-- x\n-- Revision ID: a b\n", 2, 17, "one identifier");
    check_bad_header("-- Revision ID: a\n-- Revision ID: a\n", 2, 1, "twice");
    check_bad_header("-- Revision ID: a\n-- Revises: b, c@d\n", 2, 16, "'@' not allowed");
    check_bad_header("-- Revision ID: a-b\n", 1, 17, "'-' not allowed");
    check_bad_header("-- Revision ID: head\n", 1, 17, "a word of its own");
    check_bad_header("-- Revision ID: a'--\n", 1, 17, "not allowed");
    check_bad_header("-- Revision ID: a\n-- Branch Labels: x:y\n", 2, 19, "':' not allowed");
}

static void a_backslash_marks_lines_of_the_message(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_rev_header h;
    ag_error err;
    assert_true(parse_header(arena,
                             "-- \\Revision ID: evil\n-- \\revises: x\n-- \\autogen:upgrade\n"
                             "-- \\d is kept\n--\n-- Revision ID: a\n",
                             &h, &err));
    assert_string_equal(h.id, "a");
    assert_string_equal(h.doc, "Revision ID: evil\nrevises: x\nautogen:upgrade\n\\d is kept");
    assert_int_equal(h.downs.n, 0);
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_and_bases_are_found),
        cmocka_unit_test(wrong_graphs_name_both_files),
        cmocka_unit_test(labels_are_inherited_up_and_down_to_the_last_branch),
        cmocka_unit_test(a_label_is_found_as_a_key_but_is_no_id),
        cmocka_unit_test(dependencies_an_ancestor_has_are_left_out),
        cmocka_unit_test(files_are_loaded_in_the_order_of_their_names),
        cmocka_unit_test(a_file_without_an_id_is_an_error_that_names_it),
        cmocka_unit_test(a_header_longer_than_the_first_read_is_read_whole),
        cmocka_unit_test(a_header_is_read_field_by_field),
        cmocka_unit_test(mistakes_in_a_header_are_placed),
        cmocka_unit_test(a_backslash_marks_lines_of_the_message),
    };
    return cmocka_run_group_tests_name("revision graph", tests, NULL, NULL);
}
