#include "unit.h"

#include "dialect/pg/pg.h"

static void maps(const char *from, const char *to) {
    ag_arena *arena = ag_arena_new();
    assert_string_equal(ag_pg_map_type(arena, from), to);
    assert_string_equal(ag_pg_map_type(arena, to), to);
    ag_arena_free(arena);
}

static void generic_names_become_those_of_the_server(void **state) {
    (void)state;
    maps("int", "integer");
    maps("INT8", "bigint");
    maps("varchar(20)", "character varying(20)");
    maps("Character  Varying ( 20 )", "character varying(20)");
    maps("char", "character(1)");
    maps("bpchar", "bpchar");
    maps("\"char\"", "\"char\"");
    maps("timestamptz(3)", "timestamp(3) with time zone");
    maps("timestamp", "timestamp without time zone");
    maps("timestamp (3) with time zone", "timestamp(3) with time zone");
    maps("datetime", "timestamp without time zone");
    maps("timetz", "time with time zone");
    maps("float", "double precision");
    maps("float(24)", "real");
    maps("float(25)", "double precision");
    maps("decimal(10, 2)", "numeric(10,2)");
    maps("numeric(10)", "numeric(10,0)");
    maps("numeric(3, -2)", "numeric(3,-2)");
    maps("bool", "boolean");
    maps("blob", "bytea");
    maps("serial4", "serial");
    maps("bit", "bit(1)");
    maps("varbit(4)", "bit varying(4)");
    maps("pg_catalog.int4", "integer");
    maps("interval second(3)", "interval second(3)");
    maps("INTERVAL Day To Second", "interval day to second");
}

static void arrays_of_any_shape_are_one(void **state) {
    (void)state;
    maps("int[]", "integer[]");
    maps("int [3][4]", "integer[]");
    maps("text ARRAY", "text[]");
    maps("varchar(3) array[7]", "character varying(3)[]");
    maps("Mood[]", "Mood[]");
    maps("geometry(Point, 4326)[2]", "geometry(Point, 4326)[]");
}

static void unknown_types_stay_as_written(void **state) {
    (void)state;
    maps("citext", "citext");
    maps(" geometry(Point,4326) ", "geometry(Point,4326)");
    maps("my.\"Type\"", "my.\"Type\"");
    maps("integer(11)", "integer(11)");
    maps("OrderStatus", "OrderStatus");
    maps("float(99)", "float(99)");
    maps("", "");
    maps("'", "'");
    maps("numeric(1,(2))", "numeric(1,(2))");
}

static void assert_same(const char *a, const char *b, bool same) {
    assert_int_equal(ag_pg_same_type(a, b, false), same);
    assert_int_equal(ag_pg_same_type(b, a, true), same);
}

static void types_are_the_same_by_meaning(void **state) {
    (void)state;
    assert_same("int", "integer", true);
    assert_same("float", "double precision", true);
    assert_same("char(3)", "bpchar(3)", true);
    assert_same("char", "bpchar", false);
    assert_same("citext", "public.citext", true);
    assert_same("\"mood\"", "public.mood", true);
    assert_same("\"Mood\"", "public.mood", false);
    assert_same("app.mood", "public.mood", false);
    assert_same("geometry(Point, 4326)", "public.geometry(Point,4326)", true);
    assert_same("varchar(3)", "varchar(4)", false);
    assert_same("varchar", "text", false);
    assert_same("int[]", "int", false);
}

static void expressions_are_the_same_by_cheap_rules(void **state) {
    (void)state;
    assert_true(ag_pg_same_expr("'x'", "'x'::character varying", "varchar"));
    assert_true(ag_pg_same_expr("-1", "'-1'::integer", "integer"));
    assert_true(ag_pg_same_expr("age>=0", "(age >= 0)", NULL));
    assert_true(ag_pg_same_expr("NOW()", "now()", NULL));
    assert_true(ag_pg_same_expr("name LIKE 'a%'", "(name ~~ 'a%'::text)", NULL));
    assert_true(ag_pg_same_expr(NULL, NULL, NULL));
}

static void what_may_mean_something_else_is_left_to_the_server(void **state) {
    (void)state;
    assert_false(ag_pg_same_expr("now()", "CURRENT_TIMESTAMP", NULL));
    assert_false(ag_pg_same_expr("'a'", "'A'", "text"));
    assert_false(ag_pg_same_expr("d > '2020-01-01'::date", "d > '2020-01-01'::timestamp", NULL));
    assert_false(ag_pg_same_expr("a in (1, 2)", "(a = ANY (ARRAY[1, 2]))", NULL));
    assert_false(ag_pg_same_expr("0", NULL, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generic_names_become_those_of_the_server),
        cmocka_unit_test(arrays_of_any_shape_are_one),
        cmocka_unit_test(unknown_types_stay_as_written),
        cmocka_unit_test(types_are_the_same_by_meaning),
        cmocka_unit_test(expressions_are_the_same_by_cheap_rules),
        cmocka_unit_test(what_may_mean_something_else_is_left_to_the_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
