/* Options of the compiler: cflags and every form of compile_commands.json. */
#include <sys/stat.h>

#include "c_kit.h"

#define H "#include <autogen/model.h>\n#include <stdint.h>\n"
#define T(type)                                                                                    \
    "{\"tables\": {\"t\": {\"columns\": {\"a\": {\"type\": \"" type "\", \"nullable\": false}}}}}"

/* libclang itself keeps the texts it was handed for a parse that failed. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libclang\nleak:libLLVM\n";
}

/* A project whose table is varchar(N - 1) for -DN=… and whose header wants an -I. */
static void add_project(c_kit *kit) {
    c_kit_write(kit, "t.h", H "struct AG_TABLE(t) t { char a[N]; };");
    c_kit_add(kit, "t.c", "#include <t.h>\nint main(void) { return unknown(1); }\n");
    kit->options.compile_commands = kit->folder;
}

static void compile_commands_say_how_to_compile(void **state) {
    c_kit *kit = *state;
    c_kit_write(kit, "t.h", H "struct AG_TABLE(t) t { char a[N]; };");
    c_kit_add(kit, "t.c", "#include <t.h>\nint main(void) { return unknown(1); }\n");
    c_kit_write(kit, "compile_commands.json",
                ag_arena_printf(kit->arena,
                                "[{\"directory\": \"%s\", \"file\": \"t.c\", \"arguments\":"
                                " [\"gcc\", \"-fanalyzer\", \"-Werror\", \"-Wlogical-op\", \"-I\","
                                " \".\", \"-DN=8\", \"-o\", \"t.o\", \"-c\", \"t.c\"]}]",
                                kit->folder));
    kit->options.compile_commands = kit->folder;
    c_kit_assert_same(kit, T("varchar(7)"));
    kit->files.items[0] = ag_path_join(kit->arena, kit->folder, "t.h"); /* as t.c is compiled */
    c_kit_assert_same(kit, T("varchar(7)"));
}

static void every_form_of_a_command_is_taken(void **state) {
    static const char *const forms[] = {
        "\"directory\": \"%s\", \"file\": \"t.c\", \"command\": \"gcc -I. -DN=8 -c t.c\"",
        "\"directory\": \"%s\", \"file\": \"./t.c\", \"command\": \"gcc -I . -D N=8 -c t.c\"",
        "\"directory\": \".\", \"file\": \"t.c\", \"command\": \"gcc -I. '-DN=8' -c t.c\"",
        "\"directory\": \"%s\", \"file\": \"t.c\", \"command\": \"gcc @flags.rsp -c t.c\"",
        "\"directory\": \"%s\", \"file\": \"t.c\", \"arguments\": [\"ccache\", \"cc\", \"-I.\","
        " \"-DN=8\", \"-include\", \"stddef.h\", \"-include\", \"own.h\", \"t.c\"]",
        "\"directory\": \"%s\", \"file\": \"t.c\", \"command\": \"gcc -I. -DN=8 -mfancy"
        " -fconserve-stack -fplugin=x.so -include-pch x.pch --specs=nano.specs -c t.c\"",
    };
    c_kit *kit = *state;
    add_project(kit);
    c_kit_write(kit, "flags.rsp", "-I. -DN=8");
    c_kit_write(kit, "own.h", "typedef int own;\n");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        ag_buf text = AG_BUF_INIT;
        ag_buf_puts(&text, "[{");
        const char *at = strstr(forms[i], "%s");
        if (at != NULL) {
            ag_buf_putn(&text, forms[i], (size_t)(at - forms[i]));
            ag_buf_puts(&text, kit->folder);
            ag_buf_puts(&text, at + 2);
        } else {
            ag_buf_puts(&text, forms[i]);
        }
        ag_buf_puts(&text, "}]");
        c_kit_write(kit, "compile_commands.json", ag_buf_text(&text));
        ag_buf_release(&text);
        c_kit_assert_same(kit, T("varchar(7)"));
    }
}

static void a_file_without_a_command_is_named_with_the_way_out(void **state) {
    c_kit *kit = *state;
    add_project(kit);
    c_kit_write(kit, "compile_commands.json", "[]");
    ag_error err = c_kit_refused(kit);
    assert_non_null(strstr(err.message, "does not say how to compile it"));
    assert_non_null(strstr(err.hint, "cflags"));
}

static void sizes_are_those_of_the_target(void **state) {
    static const struct {
        const char *flag, *type;
    } cases[] = {{"--target=x86_64-linux-gnu", T("bigint")},
                 {"--target=i386-linux-gnu", T("integer")},
                 {"--target=avr", T("integer")},
                 {"--target=x86_64-pc-windows-msvc", T("integer")}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit *kit = *state;
        kit->cflags.n = 0;
        ag_vec_push(kit->arena, &kit->cflags, cases[i].flag);
        c_kit_add(kit, "m.h", "#include <autogen/model.h>\nstruct AG_TABLE(t) t { long a; };");
        c_kit_assert_same(kit, cases[i].type);
        c_kit_reset(kit);
    }
}

static void a_header_that_is_there_gets_the_very_option(void **state) {
    c_kit *kit = *state;
    const char *inner = ag_path_join(kit->arena, kit->folder, "inc");
    assert_int_equal(mkdir(inner, 0700), 0);
    c_kit_write(kit, "inc/deep.h", "#include <missing.h>\n");
    c_kit_add(kit, "m.h", H "#include <deep.h>\nstruct AG_TABLE(t) t { int a; };");
    kit->options.cflags_folder = kit->folder;
    ag_error err = c_kit_refused(kit);
    assert_non_null(strstr(err.message, "'deep.h' file not found"));
    assert_string_equal(err.hint, "say in autogen.ini: cflags = -Iinc");
    ag_diags_release(&kit->diags);
    kit->diags = (ag_diags)AG_DIAGS_INIT;
    ag_vec_push(kit->arena, &kit->cflags, "-Iinc");
    err = c_kit_refused(kit); /* what an include of an include lacks */
    assert_non_null(strstr(err.hint, "cflags = -IFOLDER"));
    assert_non_null(strstr(err.hint, "in file included from"));
    assert_int_equal(unlink(ag_path_join(kit->arena, inner, "deep.h")), 0);
    assert_int_equal(rmdir(inner), 0);
}

static void an_option_that_libclang_refuses_is_named(void **state) {
    static const char *const refused[] = {"-std=c2y", "@nowhere.rsp", "other.c", "-I"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        c_kit *kit = *state;
        kit->cflags.n = 0;
        ag_vec_push(kit->arena, &kit->cflags, "-DX=1");
        ag_vec_push(kit->arena, &kit->cflags, refused[i]);
        c_kit_add(kit, "m.h", H "struct AG_TABLE(t) t { int a; };");
        assert_string_equal(
            c_kit_refused(kit).message,
            ag_arena_printf(kit->arena, "libclang refuses the compiler option '%s'", refused[i]));
        c_kit_reset(kit);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(compile_commands_say_how_to_compile),
        TEST(every_form_of_a_command_is_taken),
        TEST(a_file_without_a_command_is_named_with_the_way_out),
        TEST(sizes_are_those_of_the_target),
        TEST(a_header_that_is_there_gets_the_very_option),
        TEST(an_option_that_libclang_refuses_is_named),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
