/* Annotated structs as a model: what each form of C means, as the same model written in JSON. */
#include "c_kit.h"

#define H "#include <autogen/model.h>\n#include <stdbool.h>\n#include <stdint.h>\n"

static void same(void **state, const char *c, const char *json) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h", c);
    c_kit_assert_same(kit, json);
    c_kit_reset(kit);
}

static void the_example_of_the_manual_is_its_json(void **state) {
    same(state,
         H "#include <time.h>\n"
           "enum role { ROLE_ADMIN AG_VALUE(\"admin\"), user, ROLE_COUNT AG_SKIP };\n"
           "struct AG_TABLE(orgs) org { int64_t id AG_PRIMARY_KEY AG_IDENTITY; char *name; };\n"
           "/** People who sign in */\n"
           "struct AG_TABLE(users) user {\n"
           "  int64_t id AG_PRIMARY_KEY AG_IDENTITY;\n"
           "  char email[321] AG_NOT_NULL AG_UNIQUE; /**< where mail goes */\n"
           "  char *bio;\n"
           "  bool active AG_NOT_NULL AG_DEFAULT(true);\n"
           "  time_t created_at AG_TYPE(\"timestamptz\") AG_DEFAULT(\"now()\");\n"
           "  enum role role;\n"
           "  int64_t org_id AG_NULL AG_REFERENCES(orgs, id, \"on delete cascade\") AG_INDEX;\n"
           "  void *cache AG_SKIP;\n"
           "};\n"
           "AG_TABLE_INDEX(user, ix_users_lower, \"lower(email)\", AG_WHERE(\"bio is null\"),"
           " AG_UNIQUE_INDEX)\n"
           "AG_TABLE_CHECK(user, ck_users_email, \"length(email) > 3\")\n",
         "{\"enums\": {\"role\": [\"admin\", \"user\"]}, \"tables\": {"
         "\"orgs\": {\"columns\": {\"id\": {\"type\": \"bigint\", \"identity\": \"always\"},"
         " \"name\": \"text\"}, \"primary_key\": [\"id\"]},"
         "\"users\": {\"comment\": \"People who sign in\", \"columns\": {"
         "\"id\": {\"type\": \"bigint\", \"identity\": \"always\"},"
         "\"email\": {\"type\": \"varchar(320)\", \"nullable\": false,"
         " \"comment\": \"where mail goes\"},"
         "\"bio\": \"text\", \"active\": {\"type\": \"boolean\", \"nullable\": false,"
         " \"default\": true},"
         "\"created_at\": {\"type\": \"timestamptz\", \"nullable\": false,"
         " \"default\": \"now()\"},"
         "\"role\": {\"type\": \"role\", \"nullable\": false}, \"org_id\": \"bigint\"},"
         "\"primary_key\": [\"id\"], \"unique\": [[\"email\"]],"
         "\"checks\": {\"ck_users_email\": \"length(email) > 3\"},"
         "\"foreign_keys\": [{\"columns\": [\"org_id\"], \"references\": \"orgs\","
         " \"referred\": [\"id\"], \"on_delete\": \"cascade\"}],"
         "\"indexes\": [[\"org_id\"], {\"name\": \"ix_users_lower\","
         " \"columns\": [{\"expr\": \"lower(email)\"}], \"unique\": true,"
         " \"where\": \"bio is null\"}]}}}");
}

/* One struct t, whose columns are these. */
static void columns(void **state, const char *fields, const char *json) {
    c_kit *kit = *state;
    same(state,
         ag_arena_printf(kit->arena,
                         H "#include <stddef.h>\n#include <time.h>\n#include <sys/time.h>\n"
                           "struct AG_TABLE(t) t {\n%s\n};\n",
                         fields),
         ag_arena_printf(kit->arena, "{\"tables\": {\"t\": {\"columns\": {%s}}}}", json));
}

#define NN(name, type) "\"" name "\": {\"type\": \"" type "\", \"nullable\": false}"

static void integers_are_as_wide_as_the_target_has_them(void **state) {
    columns(
        state, "int8_t a; int16_t b; int32_t c; int64_t d; short e; int f; long g; long long h;",
        NN("a", "smallint") "," NN("b", "smallint") "," NN("c", "integer") "," NN(
            "d", "bigint") "," NN("e",
                                  "smallint") "," NN("f",
                                                     "integer") "," NN("g",
                                                                       "bigint") "," NN("h",
                                                                                        "bigint"));
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->cflags, "--target=i386-pc-linux-gnu");
    same(state, "#include <autogen/model.h>\nstruct AG_TABLE(t) t { long a; };",
         "{\"tables\": {\"t\": {\"columns\": {" NN("a", "integer") "}}}}");
    kit->cflags.n = 0;
}

static void unsigned_integers_are_widened(void **state) {
    columns(state, "uint8_t a; uint16_t b; uint32_t c; uint64_t d; size_t e; unsigned char f;",
            NN("a", "smallint") "," NN("b", "integer") "," NN("c", "bigint") "," NN(
                "d", "numeric(20)") "," NN("e", "numeric(20)") "," NN("f", "smallint"));
}

static void other_scalars_have_their_types(void **state) {
    columns(state,
            "float a; double b; bool c; _Bool d; char e; time_t f; _Atomic int g;"
            "const volatile short h;",
            NN("a", "real") "," NN("b", "double precision") "," NN("c", "boolean") "," NN(
                "d",
                "boolean") "," NN("e",
                                  "char(1)") "," NN("f",
                                                    "bigint") "," NN("g",
                                                                     "integer") "," NN("h",
                                                                                       "smallint"));
}

static void texts_and_bytes_are_arrays_and_pointers(void **state) {
    columns(
        state,
        "char a[11]; char *b; const char *c; unsigned char d[16]; uint8_t *e; char f[1];"
        "struct { size_t len; unsigned char *data; } g; signed char h[4]; char i[];",
        NN("a", "varchar(10)") ", \"b\": \"text\", \"c\": \"text\"," NN(
            "d",
            "bytea") ", \"e\": \"bytea\"," NN("f",
                                              "char(1)") "," NN("g",
                                                                "bytea") "," NN("h",
                                                                                "bytea") "," NN("i",
                                                                                                "te"
                                                                                                "x"
                                                                                                "t"));
}

static void pointers_to_scalars_are_nullable(void **state) {
    columns(state, "int *a; double *b AG_NOT_NULL; int c AG_NULL; char d[9] AG_NULL;",
            "\"a\": \"integer\"," NN(
                "b", "double precision") ", \"c\": \"integer\", \"d\": \"varchar(8)\"");
}

static void times_of_the_c_library_are_timestamps(void **state) {
    columns(state, "struct tm a; struct timespec b; struct timeval c; struct tm *d;",
            NN("a", "timestamptz") "," NN("b", "timestamptz") "," NN(
                "c", "timestamptz") ", \"d\": \"timestamptz\"");
}

static void bit_fields_take_the_narrowest_integer(void **state) {
    columns(state,
            "unsigned a : 1; unsigned b : 16; int c : 17; unsigned : 4; bool d : 1;"
            "unsigned long e : 33;",
            NN("a", "smallint") "," NN("b", "integer") "," NN("c", "integer") "," NN(
                "d", "boolean") "," NN("e", "bigint"));
}

static void a_struct_has_all_of_its_names_at_file_scope(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              H "typedef struct AG_TABLE(ts) tag { int a; } __attribute__((packed)) name;\n"
                "typedef name *pointer; typedef name again;\n"
                "typedef struct inner { int a; } outer AG_TABLE(us);\n"
                "AG_TABLE_INDEX(tag, i1, a)\nAG_TABLE_INDEX(name, i2, a)\n"
                "AG_TABLE_INDEX(again, i3, a)\nAG_TABLE_INDEX(ts, i4, a)\n"
                "AG_TABLE_INDEX(inner, j1, a)\nAG_TABLE_INDEX(outer, j2, a)\n"
                "AG_TABLE_INDEX(us, j3, a)\n");
    c_kit_assert_same(
        kit,
        "{\"tables\": {"
        "\"ts\": {\"columns\": {\"a\": {\"type\": \"integer\", \"nullable\": false}}, \"indexes\":"
        " {\"i1\": [\"a\"], \"i2\": [\"a\"], \"i3\": [\"a\"], \"i4\": [\"a\"]}},"
        "\"us\": {\"columns\": {\"a\": {\"type\": \"integer\", \"nullable\": false}}, \"indexes\":"
        " {\"j1\": [\"a\"], \"j2\": [\"a\"], \"j3\": [\"a\"]}}}}");
}

static void typedefs_are_followed(void **state) {
    same(state,
         H "typedef unsigned char uuid_t[16];\n"
           "typedef char *text AG_TYPE(\"citext\"); typedef text nick; typedef int32_t num;\n"
           "typedef num num2; typedef char name_t[65];\n"
           "typedef struct AG_TABLE(t) { uuid_t a; nick b; num2 c; name_t d; uuid_t *e; } T;\n"
           "AG_TABLE_UNIQUE(T, uq, c, d)",
         "{\"tables\": {\"t\": {\"columns\": {" NN("a", "uuid") ", \"b\": \"citext\"," NN(
             "c", "integer") "," NN("d", "varchar(64)") ", \"e\": \"uuid\"},"
                                                        "\"unique\": {\"uq\": [\"c\", \"d\"]}}}}");
}

static void nested_structs_are_their_fields_with_a_prefix(void **state) {
    same(
        state,
        H "struct point { double x, y; };\n"
          "struct address { char *city; int zip AG_UNIQUE; struct point at; };\n"
          "struct AG_TABLE(t) t {\n"
          "  struct address home; struct point p AG_PREFIX(\"\"); struct point q AG_COLUMN(r);\n"
          "  struct { int a; struct { int b; }; };\n"
          "  struct point n AG_NULL;\n"
          "};",
        "{\"tables\": {\"t\": {\"columns\": {\"home_city\": \"text\"," NN("home_zip", "integer") "," NN("home_at_x", "double precision") "," NN("home_at_y", "double precision") "," NN(
            "x",
            "double precision") "," NN("y",
                                       "double precision") "," NN("r_x",
                                                                  "doub"
                                                                  "le "
                                                                  "prec"
                                                                  "isio"
                                                                  "n") "," NN("r_y",
                                                                              "doub"
                                                                              "le "
                                                                              "prec"
                                                                              "isio"
                                                                              "n") "," NN("a",
                                                                                          "intege"
                                                                                          "r") "," NN("b",
                                                                                                      "integer") ", \"n_x\": \"double precision\", \"n_y\": \"double precision\"},"
                                                                                                                 "\"unique\": [[\"home_zip\"]]}}}");
}

static void an_anonymous_union_is_its_one_member_that_stays(void **state) {
    columns(state, "union { int a; void *b AG_SKIP; }; union { int c; float d; } AG_SKIP;",
            NN("a", "integer"));
}

static void enums_have_names_of_their_own(void **state) {
    same(state,
         H "typedef enum { A, B } kind_t;\n"
           "/** How it goes */\n"
           "enum AG_ENUM(order_state) AG_RENAMED_FROM(state) state {\n"
           "  NEW AG_VALUE(\"new\") = 5, PAID AG_VALUE(\"paid\") AG_RENAMED_FROM(\"payed\") };\n"
           "struct AG_TABLE(t) t { kind_t a; enum state b; enum { X } c; kind_t *d;"
           " enum state e AG_TYPE(\"integer\"); };",
         "{\"enums\": {\"order_state\": {\"values\": [\"new\", {\"name\": \"paid\","
         " \"renamed_from\": \"payed\"}], \"comment\": \"How it goes\","
         " \"renamed_from\": \"state\"},"
         "\"kind_t\": [\"A\", \"B\"], \"t_c\": [\"X\"]},"
         "\"tables\": {\"t\": {\"columns\": {" NN("a", "kind_t") "," NN("b", "order_state") "," NN(
             "c", "t_c") ", \"d\": \"kind_t\"," NN("e", "integer") "}}}}");
}

static void every_annotation_of_a_field_has_its_key(void **state) {
    same(state,
         H
         "#define MAX_AGE 120\n"
         "struct AG_TABLE(u) AG_RENAMED_FROM(v) AG_COMMENT(\"all\") u {\n"
         "  int a AG_PRIMARY_KEY_AS(pk_u);\n"
         "  int b AG_UNIQUE_AS(uq_b) AG_DEFAULT(MAX_AGE) AG_RENAMED_FROM(old);\n"
         "  char *c AG_COLLATE(\"nocase\") AG_CHECK(\"c <> ''\") AG_CHECK_AS(ck_c, \"c > 'a'\");\n"
         "  int d AG_REFERENCES_AS(fk_d, u, a, \"ON UPDATE SET NULL deferrable initially"
         " deferred\");\n"
         "  int e AG_INDEX_AS(ix_e, AG_UNIQUE_INDEX, AG_WHERE(\"e > 0\"));\n"
         "  char *f AG_GENERATED_STORED(\"lower(c)\") AG_COMMENT(\"low\");\n"
         "  char *g AG_DEFAULT(AG_SQLITE(\"'x'\"), AG_POSTGRESQL(\"'y'::text\"));\n"
         "  int h AG_COLUMN(\"the h\") AG_DEFAULT(-1);\n"
         "  /** documented */ int i AG_SET(comment, \"set\");\n"
         "};\n",
         "{\"tables\": {\"u\": {\"comment\": \"all\", \"renamed_from\": \"v\", \"columns\": {"
         "\"a\": {\"type\": \"integer\"},"
         "\"b\": {\"type\": \"integer\", \"nullable\": false, \"default\": 120,"
         " \"renamed_from\": \"old\"},"
         "\"c\": {\"type\": \"text\", \"collation\": \"nocase\"}," NN("d", "integer") "," NN(
             "e",
             "integer") ","
                        "\"f\": {\"type\": \"text\", \"generated\": \"lower(c)\", \"stored\": true,"
                        " \"comment\": \"low\"},"
                        "\"g\": {\"type\": \"text\", \"default\": {\"sqlite\": \"'x'\","
                        " \"postgresql\": \"'y'::text\"}},"
                        "\"the h\": {\"type\": \"integer\", \"nullable\": false, \"default\": -1},"
                        "\"i\": {\"type\": \"integer\", \"nullable\": false, \"comment\": "
                        "\"documented\"}},"
                        "\"primary_key\": {\"name\": \"pk_u\", \"columns\": [\"a\"]},"
                        "\"unique\": {\"uq_b\": [\"b\"]},"
                        "\"checks\": [\"c <> ''\", {\"name\": \"ck_c\", \"expr\": \"c > 'a'\"}],"
                        "\"foreign_keys\": {\"fk_d\": {\"columns\": [\"d\"], \"references\": \"u\","
                        " \"referred\": [\"a\"], \"on_update\": \"set null\", \"deferrable\": true,"
                        " \"initially_deferred\": true}},"
                        "\"indexes\": {\"ix_e\": {\"columns\": [\"e\"], \"unique\": true,"
                        " \"where\": \"e > 0\"}}}}}");
}

static void notes_at_file_scope_make_what_spans_columns(void **state) {
    same(state,
         H "struct AG_TABLE(p) p { int x; int y; };\n"
           "AG_TABLE_PRIMARY_KEY(p, pk_p, y, x)\n"
           "struct AG_TABLE(c) c { int a; int b; char *n; };\n"
           "AG_TABLE_REFERENCES(c, fk, (a, b), p, (y, x), \"on delete cascade\")\n"
           "AG_TABLE_REFERENCES(c, AG_UNNAMED, a, nowhere, (z), AG_OPTION(external, true))\n"
           "AG_TABLE_UNIQUE(c, , a, b)\n"
           "AG_TABLE_CHECK(c, ck, \"a < b\", AG_ONLY(sqlite))\n"
           "AG_TABLE_INDEX(c, ix1, \"a desc\", n, \"lower(n) collate \\\"C\\\"\")\n"
           "AG_TABLE_INDEX(c, ix2, AG_KEY(n, AG_OPTION(order, desc)), AG_KEY(AG_EXPR(\"a + b\")),"
           " AG_WHERE(AG_SQLITE(\"a > 1\"), AG_POSTGRESQL(\"a > 2\")))\n"
           "AG_TABLE_INDEX(c, ix3, n, AG_METHOD(AG_POSTGRESQL(hash)), AG_ONLY(postgresql))\n"
           "AG_NAMING(uq, \"uq_{table}_{columns}\")\n",
         "{\"naming\": {\"uq\": \"uq_{table}_{columns}\"}, \"tables\": {"
         "\"p\": {\"columns\": {\"x\": \"integer\", \"y\": \"integer\"},"
         " \"primary_key\": {\"name\": \"pk_p\", \"columns\": [\"y\", \"x\"]}},"
         "\"c\": {\"columns\": {" NN("a", "integer") "," NN(
             "b",
             "integer") ", \"n\": \"text\"},"
                        "\"unique\": [[\"a\", \"b\"]],"
                        "\"checks\": [{\"sqlite\": {\"name\": \"ck\", \"expr\": \"a < b\"}}],"
                        "\"foreign_keys\": [{\"name\": \"fk\", \"columns\": [\"a\", \"b\"],"
                        " \"references\": \"p\", \"referred\": [\"y\", \"x\"], \"on_delete\": "
                        "\"cascade\"},"
                        "{\"columns\": [\"a\"], \"references\": \"nowhere\", \"referred\": [\"z\"],"
                        " \"external\": true}],"
                        "\"indexes\": [{\"name\": \"ix1\", \"columns\": [{\"name\": \"a\", "
                        "\"order\": \"desc\"},"
                        " \"n\", {\"expr\": \"lower(n)\", \"collation\": \"C\"}]},"
                        "{\"name\": \"ix2\", \"columns\": [{\"name\": \"n\", \"order\": \"desc\"},"
                        " {\"expr\": \"a + b\"}], \"where\": {\"sqlite\": \"a > 1\","
                        " \"postgresql\": \"a > 2\"}},"
                        "{\"postgresql\": {\"name\": \"ix3\", \"columns\": [\"n\"], \"method\": "
                        "\"hash\"}}]}}}");
}

static void a_foreign_key_may_name_the_struct(void **state) {
    same(state,
         H "struct AG_TABLE(orgs) org { int id AG_PRIMARY_KEY; };\n"
           "struct AG_TABLE(users) user { int org_id AG_REFERENCES(org, id); };",
         "{\"tables\": {\"orgs\": {\"columns\": {\"id\": \"integer\"}, \"primary_key\":"
         " [\"id\"]}, \"users\": {\"columns\": {" NN(
             "org_id",
             "integer") "},"
                        "\"foreign_keys\": [{\"columns\": [\"org_id\"], \"references\": \"orgs\","
                        " \"referred\": [\"id\"]}]}}}");
}

static void an_unsigned_reference_is_of_the_type_it_refers_to(void **state) {
    same(
        state,
        H "struct AG_TABLE(a) a { uint64_t id AG_PRIMARY_KEY AG_IDENTITY; };\n"
          "struct AG_TABLE(b) b { uint64_t a_id AG_REFERENCES(a, id); uint64_t n;"
          " uint64_t *c AG_REFERENCES(a); };",
        "{\"tables\": {\"a\": {\"columns\": {\"id\": {\"type\": \"bigint\","
        " \"identity\": \"always\"}}, \"primary_key\": [\"id\"]},"
        "\"b\": {\"columns\": {" NN("a_id", "bigint") "," NN(
            "n",
            "numeric(20)") ", \"c\": \"bigint\"}, \"foreign_keys\": [{\"columns\": [\"a_id\"],"
                           " \"references\": \"a\", \"referred\": [\"id\"]}, {\"columns\": [\"c\"],"
                           " \"references\": \"a\"}]}}}");
}

static void annotations_may_stand_wherever_c_lets_them(void **state) {
    same(state,
         H
         "typedef struct { AG_NOT_NULL char *a; char AG_NOT_NULL *b; char * AG_NOT_NULL c; char *d,"
         " *e AG_NOT_NULL; } AG_TABLE(t) T;\n"
         "/** by typedef */ typedef struct { int a; } U AG_TABLE(u);\n"
         "#define BOTH struct AG_TABLE(v) v { int a; }; struct AG_TABLE(w) w { int b; };"
         " AG_TABLE_UNIQUE(v, x, a) AG_TABLE_UNIQUE(w, y, b)\n"
         "BOTH\n"
         "AG_TABLE_CHECK(U, z, \"a > 1\")\n",
         "{\"tables\": {\"t\": {\"columns\": {" NN("a", "text") "," NN("b", "text") "," NN(
             "c",
             "text") ", \"d\": \"text\"," NN("e",
                                             "text") "}},"
                                                     "\"u\": {\"comment\": \"by typedef\", "
                                                     "\"columns\": {" NN(
                                                         "a",
                                                         "integer") "}, \"checks\": {\"z\": \"a > "
                                                                    "1\"}},"
                                                                    "\"v\": {\"columns\": {" NN(
                                                                        "a",
                                                                        "integer") "}, \"unique\": "
                                                                                   "{\"x\": "
                                                                                   "[\"a\"]}},"
                                                                                   "\"w\": "
                                                                                   "{\"columns\": "
                                                                                   "{" NN("b",
                                                                                          "intege"
                                                                                          "r") "},"
                                                                                               " "
                                                                                               "\""
                                                                                               "un"
                                                                                               "iq"
                                                                                               "ue"
                                                                                               "\""
                                                                                               ": "
                                                                                               "{"
                                                                                               "\""
                                                                                               "y"
                                                                                               "\""
                                                                                               ": "
                                                                                               "["
                                                                                               "\""
                                                                                               "b"
                                                                                               "\""
                                                                                               "]}"
                                                                                               "}}"
                                                                                               "}");
}

static void macros_make_names_and_annotations(void **state) {
    same(state,
         H "#define APP(name) app_##name\n#define KEY AG_PRIMARY_KEY\n#define NOW \"now()\"\n"
           "#define TEXT(name, n) char name[(n) + 1] AG_CHECK(\"length(\" #name \") > 0\")\n"
           "struct AG_TABLE(APP(t)) t { int id KEY; TEXT(nick, 20); char *at AG_DEFAULT(NOW); };",
         "{\"tables\": {\"app_t\": {\"columns\": {\"id\": \"integer\"," NN(
             "nick", "varchar(20)") ", \"at\": {\"type\": \"text\", \"default\": \"now()\"}}, "
                                    "\"primary_key\": [\"id\"],"
                                    "\"checks\": [\"length(nick) > 0\"]}}}");
}

static void conditions_and_guards_for_cplusplus_are_preprocessed(void **state) {
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->cflags, "-DWITH_B");
    same(state,
         H
         "#ifdef __cplusplus\nextern \"C\" {\n#endif\n"
         "struct AG_TABLE(t) t {\n  int a;\n#ifdef WITH_B\n  int b;\n#else\n  int c;\n#endif\n};\n"
         "static inline int f(struct t *t) { return t->a; }\n"
         "#ifdef __cplusplus\n}\n#endif\n",
         "{\"tables\": {\"t\": {\"columns\": {" NN("a", "integer") "," NN("b", "integer") "}}}}");
    kit->cflags.n = 0;
}

static void cplusplus_is_read_with_its_own_option(void **state) {
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->cflags, "-xc++");
    same(state,
         H "extern \"C\" { namespace app { struct base { int id AG_PRIMARY_KEY; };\n"
           "struct AG_TABLE(t) t : base { bool b; }; } }\n",
         "{\"tables\": {\"t\": {\"columns\": {\"id\": \"integer\"," NN(
             "b", "boolean") "}, \"primary_key\": [\"id\"]}}}");
    kit->cflags.n = 0;
}

static void files_that_include_each_other_are_one_model(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "a.h", "#pragma once\n" H "#include \"b.h\"\nstruct AG_TABLE(a) a { int x; };");
    c_kit_add(kit, "b.h",
              "#pragma once\n" H "enum e { E1 };\n"
              "struct AG_TABLE(b) b { enum e y; };\nAG_TABLE_UNIQUE(b, uq, y)\n");
    c_kit_add(kit, "c.h", "#include \"b.h\"\nstruct AG_TABLE(c) c { enum e z; };");
    c_kit_add(kit, "d.json", "{\"tables\": {\"d\": {\"columns\": {\"w\": \"text\"}}}}");
    c_kit_assert_same(
        kit, "{\"enums\": {\"e\": [\"E1\"]}, \"tables\": {"
             "\"d\": {\"columns\": {\"w\": \"text\"}},"
             "\"b\": {\"columns\": {" NN("y", "e") "}, \"unique\":"
                                                   " {\"uq\": [\"y\"]}},"
                                                   "\"a\": {\"columns\": {" NN(
                                                       "x", "integer") "}},"
                                                                       "\"c\": {\"columns\": {" NN(
                                                                           "z", "e") "}}}}");
}

static void a_struct_that_comes_out_twice_differently_is_refused(void **state) {
    c_kit *kit = *state;
    c_kit_write(kit, "n.h", H "struct AG_TABLE(t) t { char a[N]; };");
    c_kit_add(kit, "a.c", "#define N 5\n#include \"n.h\"\n");
    c_kit_add(kit, "b.c", "#define N 6\n#include \"n.h\"\n");
    ag_error err = c_kit_refused(kit);
    assert_non_null(strstr(err.message, "struct t is another one in"));
}

static void attributes_that_are_not_annotations_are_passed_over(void **state) {
    c_kit *kit = *state;
    c_kit_add(kit, "m.h",
              H "typedef int word __attribute__((mode(SI)));\n"
                "typedef struct { int16_t x; } __attribute__((packed)) spot;\n"
                "struct __attribute__((packed)) AG_TABLE(t) t {\n"
                "  word w __attribute__((deprecated)) AG_NULL;\n"
                "  _Alignas(16) int32_t a __attribute__((annotate(\"other\")));\n"
                "  spot at;\n"
                "} __attribute__((aligned(32)));\n");
    c_kit_assert_same(kit,
                      "{\"tables\": {\"t\": {\"columns\": {\"w\": {\"type\": \"integer\"}, " NN(
                          "a", "integer") ", " NN("at_x", "smallint") "}}}}");
}

static void a_table_may_be_declared_first_and_inside_of_another_struct(void **state) {
    c_kit *kit = *state;
    c_kit_add(
        kit, "m.h",
        H "struct AG_TABLE(t) t;\n"
          "struct AG_TABLE(t) t { int32_t a; };\n"
          "struct AG_TABLE(t) t;\n"
          "struct outer { struct AG_TABLE(u) u { int32_t b; } u; union { int c; } AG_SKIP; };\n");
    c_kit_assert_same(kit, "{\"tables\": {\"t\": {\"columns\": {" NN(
                               "a", "integer") "}}, "
                                               "\"u\": {\"columns\": {" NN("b", "integer") "}}}}");
}

static void classes_of_the_library_of_cplusplus_are_texts_or_optional(void **state) {
    c_kit *kit = *state;
    ag_vec_push(kit->arena, &kit->cflags, "-std=c++17");
    c_kit_add(kit, "m.hpp",
              "#include <optional>\n#include <string>\n#include <string_view>\n" H
              "namespace n {\nenum class color : uint8_t { red, blue AG_VALUE(\"azure\") };\n"
              "struct AG_TABLE(base) base { std::string s; color c; };\n"
              "struct AG_TABLE(t) t : base { std::optional<int32_t> a; std::string_view v;\n"
              "  std::optional<std::string> o; std::optional<char> e; };\n}\n");
    c_kit_assert_same(
        kit,
        "{\"enums\": {\"color\": [\"red\", \"azure\"]}, \"tables\": {\"base\": {\"columns\": "
        "{" NN("s", "text") ", " NN("c", "color") "}}, \"t\": {\"columns\": {" NN(
            "s", "text") ", " NN("c",
                                 "color") ", \"a\": {\"type\": \"integer\"}, " NN("v",
                                                                                  "text") ", "
                                                                                          "\"o\": "
                                                                                          "{\"type"
                                                                                          "\": "
                                                                                          "\"text\""
                                                                                          "}, "
                                                                                          "\"e\": "
                                                                                          "{\"type"
                                                                                          "\": "
                                                                                          "\"char("
                                                                                          "1)\"}}}}"
                                                                                          "}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, c_kit_setup, c_kit_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_example_of_the_manual_is_its_json),
        TEST(integers_are_as_wide_as_the_target_has_them),
        TEST(unsigned_integers_are_widened),
        TEST(other_scalars_have_their_types),
        TEST(texts_and_bytes_are_arrays_and_pointers),
        TEST(pointers_to_scalars_are_nullable),
        TEST(times_of_the_c_library_are_timestamps),
        TEST(bit_fields_take_the_narrowest_integer),
        TEST(a_struct_has_all_of_its_names_at_file_scope),
        TEST(typedefs_are_followed),
        TEST(nested_structs_are_their_fields_with_a_prefix),
        TEST(an_anonymous_union_is_its_one_member_that_stays),
        TEST(enums_have_names_of_their_own),
        TEST(every_annotation_of_a_field_has_its_key),
        TEST(notes_at_file_scope_make_what_spans_columns),
        TEST(a_foreign_key_may_name_the_struct),
        TEST(an_unsigned_reference_is_of_the_type_it_refers_to),
        TEST(annotations_may_stand_wherever_c_lets_them),
        TEST(macros_make_names_and_annotations),
        TEST(conditions_and_guards_for_cplusplus_are_preprocessed),
        TEST(cplusplus_is_read_with_its_own_option),
        TEST(files_that_include_each_other_are_one_model),
        TEST(a_struct_that_comes_out_twice_differently_is_refused),
        TEST(attributes_that_are_not_annotations_are_passed_over),
        TEST(a_table_may_be_declared_first_and_inside_of_another_struct),
        TEST(classes_of_the_library_of_cplusplus_are_texts_or_optional),
    };
    void *symbol = NULL;
    if (!ag_module_open("clang", "ag_module_clang_read", &symbol, NULL)) {
        return 77; /* built without libclang */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
