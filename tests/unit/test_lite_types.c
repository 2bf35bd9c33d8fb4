#include "unit.h"

#include <string.h>

#include "dialect/lite/lite.h"

static void generic_types_get_the_right_affinity(void **state) {
    (void)state;
    static const struct {
        const char *type;
        const char *declared;
    } cases[] = {
        {"text", "text"},
        {"VARCHAR(320)", "VARCHAR(320)"},
        {"bigint", "bigint"},
        {"numeric(10, 2)", "numeric(10, 2)"},
        {"double precision", "double precision"},
        {"timestamptz", "timestamptz"},
        {"timestamp with time zone", "timestamp with time zone"},
        {"timestamp(3) with time zone", "timestamptz(3)"},
        {"timestamp(3) without time zone", "timestamp(3)"},
        {"time(0) with time zone", "timetz(0)"},
        {"bytea", "BLOB"},
        {"UUID", "TEXT"},
        {"jsonb", "TEXT"},
        {"interval", "TEXT"},
        {"interval(3)", "TEXT"},
        {"interval year to month", "TEXT"},
        {"integer[]", "TEXT"},
        {"integer[3][]", "TEXT"},
        {"integer ARRAY", "TEXT"},
        {"point", "TEXT"},
        {"bigserial", "INTEGER"},
        {"bit varying(5)", "TEXT"},
        {"pg_catalog.uuid", "TEXT"},
        {"geometry(Point,4326)", "geometry"},
        {"", ""},
        {"[my type]", "[my type]"},
    };
    ag_arena *arena = ag_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(ag_lite_map_type(arena, cases[i].type), cases[i].declared);
        assert_true(ag_lite_is_type(cases[i].declared));
        /* What was mapped stays. */
        assert_string_equal(ag_lite_map_type(arena, cases[i].declared), cases[i].declared);
    }
    ag_arena_free(arena);
}

static void spellings_of_a_type_are_the_same(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        bool is_same;
    } cases[] = {
        {"int", "INTEGER", true},
        {"int4", "integer", true},
        {"bigint", "INT8", true},
        {"bool", "boolean", true},
        {"varchar(10)", "CHARACTER  VARYING ( 10 )", true},
        {"decimal(10,2)", "NUMERIC (10, 2)", true},
        {"datetime", "timestamp with time zone", true},
        {"timestamptz(3)", "timestamp(3)", true},
        {"float8", "double precision", true},
        {"\"my type\"", "my type", true},
        {"int /* x */ unsigned", "INT UNSIGNED", true},
        {"", "", true},
        {"varchar(10)", "varchar(11)", false},
        {"varchar(10)", "varchar", false},
        {"int", "bigint", false},
        {"text", "", false},
        {"text", "blob", false},
        {"text", "text[]", false},
        {"varchar(1,0)", "varchar(10)", false},
        {"real", "double precision", false},
        {"bytea", "blob", false},
        {"timestamp", "date", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (ag_lite_same_type(cases[i].a, cases[i].b, false) != cases[i].is_same ||
            ag_lite_same_type(cases[i].b, cases[i].a, false) != cases[i].is_same) {
            fail_msg("%s and %s", cases[i].a, cases[i].b);
        }
    }
}

static void the_rowid_needs_the_type_integer(void **state) {
    (void)state;
    assert_false(ag_lite_same_type("int", "integer", true));
    assert_true(ag_lite_same_type("\"integer\"", "INTEGER", true));
    assert_true(ag_lite_same_type("int", "int4", true));
    assert_true(ag_lite_is_rowid_type("Integer"));
    assert_true(ag_lite_is_rowid_type("[integer]"));
    assert_false(ag_lite_is_rowid_type("integer(3)"));
    assert_false(ag_lite_is_rowid_type("int"));
    assert_false(ag_lite_is_rowid_type(""));
}

static void affinity_follows_the_rules_of_sqlite(void **state) {
    (void)state;
    assert_int_equal(ag_lite_affinity_of(""), AG_LITE_BLOB);
    assert_int_equal(ag_lite_affinity_of("BLOB"), AG_LITE_BLOB);
    assert_int_equal(ag_lite_affinity_of("VARCHAR(3)"), AG_LITE_TEXT);
    assert_int_equal(ag_lite_affinity_of("CHARINT"), AG_LITE_INTEGER);
    assert_int_equal(ag_lite_affinity_of("FLOATING POINT"), AG_LITE_INTEGER);
    assert_int_equal(ag_lite_affinity_of("double precision"), AG_LITE_REAL);
    assert_int_equal(ag_lite_affinity_of("STRING"), AG_LITE_NUMERIC);
}

static void a_type_that_is_more_than_a_type_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "INT); DROP TABLE t; --",
        "INT, b INT",
        "INT NOT NULL",
        "INT DEFAULT 1",
        "INT -- x",
        "INT /*",
        "INT CHECK (1)",
        "INT) STRICT --",
        "geometry(Point,4326)",
        "a.b",
        "varchar(select)",
        "INT AS (1)",
        "INT 'x",
        "INT\"",
        "(3)",
        "INT(1)(2)",
        "text[] x(",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (ag_lite_is_type(texts[i])) {
            fail_msg("accepted %s", texts[i]);
        }
    }
    assert_true(ag_lite_is_type("UNSIGNED BIG INT"));
    assert_true(ag_lite_is_type("DECIMAL(10,-2)"));
    assert_true(ag_lite_is_type("\"); DROP TABLE t; --\""));
}

static void strict_tables_take_six_types(void **state) {
    (void)state;
    assert_true(ag_lite_is_strict_type("any"));
    assert_true(ag_lite_is_strict_type("INT"));
    assert_false(ag_lite_is_strict_type("VARCHAR(3)"));
    assert_false(ag_lite_is_strict_type(""));
}

static void expressions_are_compared_with_care(void **state) {
    (void)state;
    static const struct {
        const char *a, *b, *type;
        bool is_same;
    } cases[] = {
        {"1", "(1)", NULL, true},
        {"1", "((1))", "int", true},
        {"current_timestamp", "CURRENT_TIMESTAMP", NULL, true},
        {"a  >  0", "(A>0)", NULL, true},
        {"a <> 1", "a != 1", NULL, true},
        {"'x'", "\"x\"", "text", true},
        {"'x'", "x", "text", true},
        {"'x'", "('x')", "text", true},
        {"+5", "5", "int", true},
        {"TRUE", "1", "boolean", true},
        {"false", "0", "BOOL", true},
        {NULL, NULL, "int", true},
        {"'x'", "\"x\"", NULL, false},
        {"'x'", "'X'", "text", false},
        {"'x'", "(\"x\")", "text", false},
        {"TRUE", "1", "int", false},
        {"TRUE", "'true'", "boolean", false},
        {"null", "'null'", "text", false},
        {"current_timestamp", "'current_timestamp'", "text", false},
        {"1", "'1'", "int", false},
        {"1", "1.0", "real", false},
        {"5", "-5", "int", false},
        {"1", NULL, "int", false},
        {"a > 0", "a > 1", NULL, false},
        {"'a' || 'b'", "'ab'", "text", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (ag_lite_same_expr(cases[i].a, cases[i].b, cases[i].type) != cases[i].is_same ||
            ag_lite_same_expr(cases[i].b, cases[i].a, cases[i].type) != cases[i].is_same) {
            fail_msg("%s and %s", cases[i].a, cases[i].b == NULL ? "nothing" : cases[i].b);
        }
    }
}

static void a_text_that_would_leave_its_parentheses_is_a_problem(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "  -- only a comment",
        "1); DROP TABLE t; --",
        "1) OR (1",
        "(1",
        "1; 2",
        "'open",
        "\"open",
        "/* open",
        ")",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_non_null(ag_lite_expr_problem(bad[i]));
    }
    assert_null(ag_lite_expr_problem("(a) + (b) -- end"));
    assert_null(ag_lite_expr_problem("';' || \")\""));
}

static void defaults_that_need_no_parentheses_are_known(void **state) {
    (void)state;
    static const char *const plain[] = {"1",    "-1.5", "+2",    "'x'",     "\"x\"",        "word",
                                        "NULL", "TRUE", "x'00'", "(a + b)", "CURRENT_DATE", "0x1F"};
    static const char *const other[] = {"a + b", "now()", "(a) + (b)",  "-'x'", "select",
                                        "- - 1", "1 2",   "'a' || 'b'", "",     ")("};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (!ag_lite_is_plain_default(plain[i])) {
            fail_msg("%s is plain", plain[i]);
        }
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        if (ag_lite_is_plain_default(other[i])) {
            fail_msg("%s is not plain", other[i]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generic_types_get_the_right_affinity),
        cmocka_unit_test(spellings_of_a_type_are_the_same),
        cmocka_unit_test(the_rowid_needs_the_type_integer),
        cmocka_unit_test(affinity_follows_the_rules_of_sqlite),
        cmocka_unit_test(a_type_that_is_more_than_a_type_is_refused),
        cmocka_unit_test(strict_tables_take_six_types),
        cmocka_unit_test(expressions_are_compared_with_care),
        cmocka_unit_test(a_text_that_would_leave_its_parentheses_is_a_problem),
        cmocka_unit_test(defaults_that_need_no_parentheses_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
