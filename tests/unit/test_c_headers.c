/* Headers as programs have them: macros that make structs, cycles of includes, odd types and C++.
 */
#include "c_kit.h"

#define M "#include <autogen/model.h>\n"

/* "t(a integer, b text?)": tables and columns, of PostgreSQL; ? is nullable. */
static const char *summary(c_kit *kit) {
    const char *out = "";
    ag_schema *schema = c_kit_read(kit, &ag_dialect_postgresql);
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        out = ag_arena_printf(kit->arena, "%s%s%s(", out, i > 0 ? " " : "", table->name);
        for (size_t j = 0; j < table->columns.n; j++) {
            const ag_column *column = table->columns.items[j];
            out = ag_arena_printf(kit->arena, "%s%s%s %s%s", out, j > 0 ? ", " : "", column->name,
                                  column->type, column->nullable ? "?" : "");
        }
        out = ag_arena_printf(kit->arena, "%s)", out);
    }
    ag_schema_free(schema);
    c_kit_reset(kit);
    return out;
}

typedef struct good {
    const char *text, *expected;
} good;

static void assert_read(c_kit *kit, const char *name, const good *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        c_kit_add(kit, name, ag_arena_printf(kit->arena, M "%s", cases[i].text));
        assert_string_equal(summary(kit), cases[i].expected);
    }
}

static void headers_of_c_are_read(void **state) {
    static const good cases[] = {
        {"#define FIELDS(X) X(long, id, AG_PRIMARY_KEY) X(char *, name, AG_NOT_NULL)\n"
         "#define FIELD(type, name, more) type name more;\n"
         "struct AG_TABLE(t) t { FIELDS(FIELD) };\n"
         "#define TABLE(n) struct AG_TABLE(n) n##_row { int id; }\nTABLE(a); TABLE(b);",
         "t(id bigint, name text) a(id integer) b(id integer)"},
        {"struct AG_TABLE(t) t { unsigned a : 3; int b : 31; unsigned c : 32; _Bool d : 1;\n"
         " unsigned long e : 64; unsigned : 0; int : 4; signed char f : 2; };",
         "t(a smallint, b integer, c bigint, d boolean, e numeric(20,0), f smallint)"},
        {"struct AG_TABLE(t) t { struct { int x; struct { int y; }; };\n"
         " union { int tag; void *p AG_SKIP; }; struct { int z; } AG_PREFIX(\"in_\"); };",
         "t(x integer, y integer, tag integer, in_z integer)"},
        {"#ifdef __cplusplus\nextern \"C\" {\n#endif\nstruct AG_TABLE(t) t { const char *const a; "
         "};\n"
         "#ifdef __cplusplus\n}\n#endif",
         "t(a text?)"},
        {"#include <stdatomic.h>\n#include <stdint.h>\nstruct AG_TABLE(t) t { volatile int a;\n"
         " _Atomic int b; atomic_int c; _Atomic(int64_t) d; char *restrict e; atomic_bool f;\n"
         " _Alignas(16) const volatile uint8_t g; };",
         "t(a integer, b integer, c integer, d bigint, e text?, f boolean, g smallint)"},
        {"struct __attribute__((packed)) AG_TABLE(t) t { char a; int b\n"
         " __attribute__((aligned(8), deprecated(\"no\"))); };\n"
         "struct [[deprecated]] AG_TABLE(u) u { [[maybe_unused]] int a; int b [[deprecated]] "
         "AG_NULL; };",
         "t(a character(1), b integer) u(a integer, b integer?)"},
        {"#include <sys/types.h>\n#include <time.h>\n#include <stddef.h>\n#include <wchar.h>\n"
         "struct AG_TABLE(t) t { time_t a; struct timespec b; struct tm c; size_t d; ssize_t e;\n"
         " off_t f; pid_t g; uid_t h; wchar_t i; ptrdiff_t j; __int128 k; };",
         "t(a bigint, b timestamp with time zone, c timestamp with time zone, d numeric(20,0),"
         " e bigint, f bigint, g integer, h bigint, i integer, j bigint, k numeric(39,0))"},
        {"typedef long a_t; typedef const a_t b_t; typedef b_t c_t AG_TYPE(\"money\");\n"
         "typedef c_t d_t; typedef char name_t[65]; typedef const char *str; typedef str str2;\n"
         "struct AG_TABLE(t) t { b_t a; d_t b; name_t c; const str2 d; __typeof__(int) e; };",
         "t(a bigint, b money, c character varying(64), d text?, e integer)"},
        {"enum { N = 5 };\n#define STRING(n) char n\n#define LEN(n) [(n) + 1]\n"
         "#define BASE int id AG_PRIMARY_KEY; long created AG_TYPE(\"timestamptz\")\n"
         "struct AG_TABLE(t) t { BASE; STRING(a)[N]; STRING(b) LEN(20) AG_NULL;\n"
         " char c[sizeof(long) * 2 + 1]; unsigned char d[1]; char e[1]; };",
         "t(id integer, created timestamp with time zone, a character varying(4),"
         " b character varying(20)?, c character varying(16), d bytea, e character(1))"},
        {"struct one { unsigned n; unsigned char *data; };\n"
         "struct two { void *bytes; unsigned length; };\n"
         "struct three { unsigned char buf[20]; unsigned char buf_len; };\n"
         "struct AG_TABLE(t) t { struct one a; struct two b; struct three c; };",
         "t(a bytea, b bytea, c bytea)"},
        {"#include <assert.h>\nstruct AG_TABLE(t) t { int a; _Static_assert(1, \"x\"); char b; };\n"
         "static_assert(sizeof(struct t) == 8, \"x\");\n"
         "enum { K = _Generic(1, int: 2, default: 3) };\n"
         "static inline int f(void) { return unknown(1, 2; }",
         "t(a integer, b character(1))"},
        {"struct AG_TABLE(größe) größe { int straße; int \\u00e9t\\u00e9; };",
         "größe(straße integer, été integer)"},
        {"#if defined(__linux__) && __has_include(<stdint.h>) && !__has_include(<no.h>)\n"
         "# define HAS_X 1\n#endif\nstruct AG_TABLE(t) t { int a;\n#if HAS_X\nint x;\n#else\n"
         "#error no x\n#endif\n};",
         "t(a integer, x integer)"},
        {"typedef struct user user; typedef struct org { int id; } org;\n"
         "struct AG_TABLE(t) user { org o; const org p AG_PREFIX(\"pp_\"); user *next AG_SKIP; };",
         "t(o_id integer, pp_id integer)"},
        {"struct AG_TABLE(o) o { int id; struct AG_TABLE(i) i { int id; } in AG_SKIP; };",
         "o(id integer) i(id integer)"},
    };
    assert_read(*state, "m.h", cases, sizeof cases / sizeof cases[0]);
}

static void classes_of_cxx_are_read(void **state) {
    static const good cases[] = {
        {"#include <cstdint>\n#include <optional>\n#include <string>\nnamespace a::b {\n"
         "enum class Role : std::uint8_t { admin AG_VALUE(\"adm\"), user };\n"
         "class AG_TABLE(t) P { public: std::int64_t id AG_PRIMARY_KEY; std::string name;\n"
         " std::optional<int> n; Role role AG_DEFAULT(Role::user); static int count;\n"
         " static constexpr int max = 3; void f(); bool ok = true; private: int secret; };\n}",
         "t(id bigint, name text, n integer?, role public.\"Role\", ok boolean, secret integer)"},
        {"template <typename T> struct Box { T v; };\n"
         "struct Base { long id AG_PRIMARY_KEY; virtual ~Base() = default; };\n"
         "struct AG_TABLE(d) D final : public Base { int &r AG_SKIP; Box<int> b; mutable int "
         "m{3};\n"
         " using t = int; t y; friend class Z; auto f() -> int; [[maybe_unused]] int z; };",
         "d(id bigint, b_v integer, m integer, y integer, z integer)"},
    };
    assert_read(*state, "m.hpp", cases, sizeof cases / sizeof cases[0]);
}

static void includes_may_come_back_to_a_header_that_is_there_once(void **state) {
    c_kit *kit = *state;
    c_kit_write(kit, "b.h",
                "#pragma once\n#include \"a.h\"\n" M
                "struct AG_TABLE(b) b { int a_id AG_REFERENCES(a, id); };\n");
    c_kit_add(kit, "a.h",
              "#pragma once\n#include \"b.h\"\n" M
              "struct AG_TABLE(a) a { int id AG_PRIMARY_KEY; };\n");
    assert_string_equal(summary(kit), "b(a_id integer) a(id integer)");
}

static void comments_of_every_style_are_those_of_columns(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              M
              "/// one\n/// two\nstruct AG_TABLE(t) t {\n/** star */ int a;\n/*! bang */ int b;\n"
              "//! line\nint c;\nint d; ///< behind\nint e; /**< behind too */\n"
              "int f; /*!< over\n  lines */\n// no\nint g;\n/* no */ int h;\nint i; //!< last\n};");
    ag_schema *schema = c_kit_read(kit, &ag_dialect_postgresql);
    static const char *const expected[] = {"star",       "bang", "line", "behind", "behind too",
                                           "over lines", NULL,   NULL,   "last"};
    const ag_table *table = schema->tables.items[0];
    assert_string_equal(table->comment, "one two");
    for (size_t i = 0; i < table->columns.n; i++) {
        assert_true(ag_text_eq(table->columns.items[i]->comment, expected[i]));
    }
    ag_schema_free(schema);
}

typedef struct bad {
    const char *text;
    int line;
    const char *message, *hint;
} bad;

static void what_has_no_type_is_named_at_the_line_of_the_program(void **state) {
    static const bad cases[] = {
        {"#include <sys/stat.h>\nstruct AG_TABLE(t) t { int id;\n struct stat st; };", 4,
         "field t.st.", "name a type for the whole struct"},
        {"enum later;\nstruct AG_TABLE(t) t { int a;\n enum later *l; };", 4,
         "field t.l (enum later *): this enum is declared", "AG_TYPE"},
        {"struct AG_TABLE(t) t { int a;\n int (*call)(int, void *); };", 3, "field t.call",
         "AG_SKIP"},
        {"typedef int v4 __attribute__((vector_size(16)));\nstruct AG_TABLE(t) t {\n v4 v; };", 4,
         "field t.v (v4): this type has no counterpart", "AG_TYPE"},
        {"struct AG_TABLE(t) t { int a;\n _BitInt(128) b; };", 3, "field t.b (_BitInt(128))",
         "AG_TYPE"},
        {"#include <wchar.h>\nstruct AG_TABLE(t) t { int a;\n wchar_t name[20]; };", 4,
         "field t.name (wchar_t[20])", "AG_TYPE"},
        {"#include <pthread.h>\nstruct AG_TABLE(t) t { int a;\n pthread_mutex_t m; };", 4,
         "field t.m (pthread_mutex_t)", "AG_SKIP"},
        {"struct AG_TABLE(t) t { int a;\n struct { int b; } AG_NOT_NULL; };", 3,
         "AG_NOT_NULL means nothing at an anonymous struct", "AG_PREFIX"},
    };
    c_kit *kit = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit_assert_refused(kit, ag_arena_printf(kit->arena, M "%s", cases[i].text), cases[i].line,
                             cases[i].message, cases[i].hint);
    }
}

static void slips_are_named_where_they_are(void **state) {
    static const bad cases[] = {
        {"struct AG_TABLE(t) t {\n int id AG_PRIMARY_KEY(a); };", 3, "expected ';'",
         "AG_PRIMARY_KEY takes no arguments"},
        {"struct AG_TABLE(t) t { int id; };\nAG_TABEL_INDEX(t, ix, id)\n", 3,
         "expected function body", "did you mean AG_TABLE_INDEX?"},
        {"struct AG_TABLE(t) t { int id; };\nAG_TABEL_INDEX(t, ix, id)\n\nstruct s { int a; };", 5,
         "declaration does not declare", "did you mean AG_TABLE_INDEX?"},
        {"struct AG_TABLE(t) t { int id;\n\n", 2, "expected '}'", "m.h:2:22: note: to match this"},
    };
    c_kit *kit = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c_kit_assert_refused(kit, ag_arena_printf(kit->arena, M "%s", cases[i].text), cases[i].line,
                             cases[i].message, cases[i].hint);
    }
}

static void a_mistake_that_several_files_see_is_told_once(void **state) {
    c_kit *kit = *state;
    c_kit_write(kit, "e.h", "#pragma once\n" M "enum AG_TABLE(no) e { A };\n");
    c_kit_add(kit, "a.c", "#include \"e.h\"\nstruct AG_TABLE(a) a { enum e e, f; };");
    c_kit_add(kit, "b.c", "#include \"e.h\"\nstruct AG_TABLE(b) b { enum e e; };");
    (void)c_kit_refused(kit);
    assert_int_equal(kit->diags.list.n, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(headers_of_c_are_read),
        TEST(classes_of_cxx_are_read),
        TEST(includes_may_come_back_to_a_header_that_is_there_once),
        TEST(comments_of_every_style_are_those_of_columns),
        TEST(what_has_no_type_is_named_at_the_line_of_the_program),
        TEST(slips_are_named_where_they_are),
        TEST(a_mistake_that_several_files_see_is_told_once),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
