#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; i < 1000; i++) {
        unsigned char *p = ag_arena_alloc(arena, i);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t j = 0; j < i; j++) {
            assert_int_equal(p[j], 0);
        }
        memset(p, 0xFF, i);
        assert_true(ag_arena_owns(arena, p));
    }
    int on_stack = 0;
    assert_false(ag_arena_owns(arena, &on_stack));
    ag_arena_free(arena);
}

static void only_the_last_allocation_of_an_arena_grows_in_place(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    unsigned char *first = ag_arena_alloc(arena, 20);
    unsigned char *last = ag_arena_alloc(arena, 20);
    memset(last, 0xAA, 20);
    assert_false(ag_arena_extend(arena, first, 20, 40));
    assert_false(ag_arena_extend(arena, last, 10, 40));
    assert_false(ag_arena_extend(arena, last, 20, SIZE_MAX));
    if (ag_arena_extend(arena, last, 20, 2000)) { /* each a malloc of its own under valgrind */
        for (size_t i = 20; i < 2000; i++) {
            assert_int_equal(last[i], 0);
        }
        unsigned char *next = ag_arena_alloc(arena, 1);
        assert_true(next >= last + 2000);
    }
    assert_int_equal(last[19], 0xAA);
    ag_arena_free(arena);
}

static void a_large_arena_is_zeroed_also_after_a_reset(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    for (size_t round = 0; round < 2; round++) {
        ag_arena_mark mark = ag_arena_mark_now(arena);
        for (size_t i = 0; i < 900; i++) {
            unsigned char *p = ag_arena_alloc(arena, 9000);
            assert_int_equal(p[0] | p[4500] | p[8999], 0);
            memset(p, 0xFF, 9000);
        }
        unsigned char *huge = ag_arena_alloc(arena, 5u << 20);
        assert_int_equal(huge[0] | huge[(5u << 20) - 1], 0);
        if (round == 0) {
            ag_arena_reset(arena, mark);
        }
    }
    ag_arena_free(arena);
}

static void arena_resets_to_a_mark(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char *kept = ag_arena_strdup(arena, "kept");
    ag_arena_mark mark = ag_arena_mark_now(arena);
    for (int i = 0; i < 100; i++) {
        memset(ag_arena_alloc(arena, 10000), 1, 10000);
    }
    ag_arena_reset(arena, mark);
    assert_string_equal(kept, "kept");
    char *again = ag_arena_alloc(arena, 100);
    assert_int_equal(again[99], 0);
    ag_arena_free(arena);
}

static void map_keeps_order_and_finds_all(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_map map = AG_MAP_INIT;
    for (int i = 0; i < 5000; i++) {
        char *key = ag_arena_printf(arena, "key%d", i);
        assert_null(ag_map_put(&map, key, key));
    }
    for (int i = 0; i < 5000; i++) {
        const char *key = map.entries[i].key;
        assert_string_equal(key, ag_arena_printf(arena, "key%d", i));
        assert_ptr_equal(ag_map_get(&map, key), key);
    }
    assert_false(ag_map_has(&map, "key5000"));
    assert_non_null(ag_map_put(&map, "key7", arena));
    assert_int_equal(map.n, 5000);
    ag_map_release(&map);
    ag_arena_free(arena);
}

static void sha256_known_answers(void **state) {
    (void)state;
    char hex[65];
    ag_sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ag_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    char million[1000];
    memset(million, 'a', sizeof million);
    ag_sha256_hex(million, 119, hex);
    assert_string_equal(hex, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb");
}

static void what_commands_a_terminal_becomes_blank(void **state) {
    (void)state;
    static const struct {
        const char *from;
        const char *to;
    } cases[] = {
        {"plain \xc3\xa9 \xe2\x82\xac\ttab", "plain \xc3\xa9 \xe2\x82\xac\ttab"},
        {"a\x1b[31m\x07\x7f", "a [31m  "},
        {"a\r\nb", "a \nb"},
        {"\xe2\x80\xae\xe2\x81\xa6x\xe2\x80\x8e", "  x "},
        {"\xe2\x80\xa8\xe2\x80\xa9\xc2\x85\xc2\x9b\xd8\x9c.", "     ."},
        {"\xe2\x80\x8b\xc2\xa0\xd8\x9d", "\xe2\x80\x8b\xc2\xa0\xd8\x9d"},
        {"cut \xe2\x80", "cut \xe2\x80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%s", cases[i].from);
        ag_text_blank_unsafe(text, true);
        assert_string_equal(text, cases[i].to);
    }
}

static void utf8_is_judged_as_the_standard_says(void **state) {
    (void)state;
    size_t bad = 99;
    assert_true(ag_utf8_valid("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 10, NULL));
    assert_false(ag_utf8_valid("ab\xff", 3, &bad));
    assert_int_equal(bad, 2);
    assert_false(ag_utf8_valid("\xc0\xaf", 2, NULL));
    assert_false(ag_utf8_valid("\xed\xa0\x80", 3, NULL));
    assert_false(ag_utf8_valid("\xf4\x90\x80\x80", 4, NULL));
    assert_false(ag_utf8_valid("\xe2\x82", 2, NULL));
    char cut[] = "a\xe2\x82";
    ag_utf8_trim_partial(cut);
    assert_string_equal(cut, "a");
}

static void did_you_mean_finds_slips_only(void **state) {
    (void)state;
    static const char *const words[] = {"tables", "enums", "naming"};
    assert_string_equal(ag_did_you_mean("tabels", words, 3), "tables");
    assert_string_equal(ag_did_you_mean("enum", words, 3), "enums");
    assert_null(ag_did_you_mean("zebra", words, 3));
}

static void errors_point_at_the_column(void **state) {
    (void)state;
    const char *text = "one\ntwo \xc3\xa9 three\n";
    ag_error err;
    ag_loc loc = {.file = "f.json", .line = 2, .column = 7};
    assert_false(ag_fail_at(&err, AG_INPUT, loc, text, "bad %s", "thing"));
    assert_string_equal(err.excerpt, "two \xc3\xa9 three");
    assert_int_equal(err.caret, 6);
    ag_hint(&err, "mend it");
    ag_prefix(&err, "while reading");
    ag_buf out = AG_BUF_INIT;
    ag_error_render(&out, &err, "error", false);
    assert_string_equal(ag_buf_text(&out), "f.json:2:7: error: while reading: bad thing\n"
                                           "  two \xc3\xa9 three\n        ^\nhint: mend it\n");
    ag_buf_release(&out);
}

static void paths_are_joined_and_made_absolute(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    assert_string_equal(ag_path_join(arena, "a", "b"), "a/b");
    assert_string_equal(ag_path_join(arena, "a/", "/b"), "/b");
    assert_string_equal(ag_path_absolute(arena, "/a/./b/../c//d/"), "/a/c/d");
    assert_string_equal(ag_path_absolute(arena, "/"), "/");
    assert_string_equal(ag_path_absolute(arena, "/.."), "/");
    assert_string_equal(ag_path_dir(arena, "x"), ".");
    assert_string_equal(ag_path_dir(arena, "/x"), "/");
    ag_arena_free(arena);
}

static void files_are_created_once_and_replaced_whole(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char folder[] = "/tmp/ag_base_XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = ag_path_join(arena, folder, "sub/f");
    ag_error err;
    assert_false(ag_file_write(path, "x", 1, &err));
    assert_int_equal(err.code, AG_FAILED);
    assert_true(ag_dir_make(ag_path_dir(arena, path), &err));
    assert_true(ag_file_create(path, "one", 3, &err));
    assert_false(ag_file_create(path, "two", 3, &err));
    assert_true(ag_file_write(path, "three", 5, &err));
    char *text = NULL;
    size_t n = 0;
    assert_true(ag_file_read(arena, path, AG_INPUT, &text, &n, &err));
    assert_string_equal(text, "three");
    ag_strings names = {0};
    assert_true(ag_dir_list(arena, ag_path_dir(arena, path), &names, &err));
    assert_int_equal(names.n, 1);
    (void)unlink(path);
    (void)rmdir(ag_path_dir(arena, path));
    (void)rmdir(folder);
    ag_arena_free(arena);
}

static void what_is_no_regular_file_is_written_to_and_stays(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    char folder[] = "/tmp/ag_base_XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *pipe = ag_path_join(arena, folder, "pipe");
    char *file = ag_path_join(arena, folder, "file");
    char *link = ag_path_join(arena, folder, "link");
    ag_error err;
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int reader = open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_true(ag_file_write(pipe, "x", 1, &err));
    char c = 0;
    assert_int_equal(read(reader, &c, 1), 1);
    assert_int_equal(c, 'x');
    (void)close(reader);
    struct stat st;
    assert_int_equal(stat(pipe, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));

    assert_true(ag_file_write(file, "one", 3, &err));
    assert_int_equal(chmod(file, 0640), 0);
    assert_int_equal(symlink("file", link), 0);
    assert_true(ag_file_write(link, "three", 5, &err));
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_size, 5);
    assert_int_equal(st.st_mode & 0777, 0640);
    (void)unlink(pipe);
    (void)unlink(link);
    (void)unlink(file);
    (void)rmdir(folder);
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(only_the_last_allocation_of_an_arena_grows_in_place),
        cmocka_unit_test(a_large_arena_is_zeroed_also_after_a_reset),
        cmocka_unit_test(arena_resets_to_a_mark),
        cmocka_unit_test(map_keeps_order_and_finds_all),
        cmocka_unit_test(sha256_known_answers),
        cmocka_unit_test(what_commands_a_terminal_becomes_blank),
        cmocka_unit_test(utf8_is_judged_as_the_standard_says),
        cmocka_unit_test(did_you_mean_finds_slips_only),
        cmocka_unit_test(errors_point_at_the_column),
        cmocka_unit_test(paths_are_joined_and_made_absolute),
        cmocka_unit_test(files_are_created_once_and_replaced_whole),
        cmocka_unit_test(what_is_no_regular_file_is_written_to_and_stays),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
