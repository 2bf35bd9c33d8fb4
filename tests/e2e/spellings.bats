#!/usr/bin/env bats
# Types and expressions as people write them (fixtures/spellings, one a line) in every place that
# takes one: once built, the database is equal to the model, however the server spells them.

load helpers

# What the spellings speak of.
base_model() {
    cat <<'JSON'
{"extensions": {"citext": {}}, "namespaces": ["app"],
 "enums": {"mood": ["sad", "ok"], "Odd Type": ["A b"]},
 "domains": {"app.dom": {"type": "integer", "checks": ["value > 0"]}},
 "sequences": {"seq": {}, "app.seq": {}},
 "functions": {
   "app.f": "CREATE FUNCTION app.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select $1'",
   "f2": "create function f2() returns integer language sql immutable as 'select 1'",
   "app.ok": "create or replace function app.ok(text) returns boolean language sql immutable as 'select true'"}}
JSON
}

columns='{a: "integer", b: "integer", n: "numeric(10,2)", f: "float", t: "text", v: "varchar(20)",
    c: "char(5)", ts: "timestamptz", tz: "timestamp", d: "date", j: "jsonb", arr: "integer[]",
    ta: "text[]", m: "mood", bo: "boolean", ci: "citext", iv: "interval", u: "uuid",
    r: "int4range", bi: "bigint", Mixed: "text", order: "integer", "x y": "integer", by: "bytea",
    p: "point"} | map_values({type: .})'

# tables FILTER FILE…: adds the tables that a filter makes of the lines $l to model.json.
tables() {
    local filter=$1
    shift
    known_lines "$@" | jq -R . | jq -s --slurpfile model model.json \
        ". as \$l | ($columns) as \$columns | \$model[0] | .tables += ($filter)" >more.json
    mv more.json model.json
}

# Builds the model, holds the database against it, and has nothing to write afterwards.
holds() { # NAME
    local url
    url=$(database "$1")
    autogen -q --url "$url" init --model model.json
    autogen -q revision -m everything
    autogen -q upgrade head
    run autogen check
    echo "$output"
    [ "$status" -eq 0 ]
    run autogen revision -m again
    [ "$(find migrations/versions -name '*.sql' | wc -l)" -eq 1 ]
    run autogen --url "$url" inspect --format json -o exported.json
    run autogen diff exported.json "$url"
    echo "$output"
    [ "$status" -eq 0 ]
}

setup_file() {
    export spellings="$BATS_TEST_DIRNAME/../../fixtures/spellings"
}

@test "types: every one of the server's and every alias, with modifiers and as arrays" {
    need_server
    base_model >model.json
    tables '{types: {columns: ([$l | to_entries[] | {key: "c\(.key)", value: {type: .value}},
        (select(.value | test("\\[|array"; "i") | not)
            | {key: "a\(.key)", value: {type: "\(.value)[]"}})] | from_entries)}}' "$spellings/types.txt"
    holds types
}

@test "defaults" {
    need_server
    base_model >model.json
    tables '{defaults: {columns: ([$l | to_entries[] | {key: "c\(.key)",
        value: (.value / "\t" | {type: .[0], default: .[1]})}] | from_entries)}}' \
        "$spellings/defaults.txt"
    holds defaults
}

@test "conditions: checks, predicates, generated columns, exclusions" {
    need_server
    base_model >model.json
    tables '{checks: {columns: $columns, checks: $l}}' \
        "$spellings/conditions.txt" "$spellings/conditions_stable.txt"
    tables '[$l[] | select(test("checks\\.") | not)] as $l
        | {predicates: {columns: $columns, indexes: ($l | map({columns: ["a"], where: .}))},
           conditions: {columns: $columns, indexes: ($l | map({columns: [{expr: .}]}))},
           computed: {columns: ($columns + ([$l | to_entries[] | {key: "g\(.key)",
               value: {type: "boolean", generated: .value, stored: true}}] | from_entries))},
           apart: {columns: $columns, excludes: ([$l[:40] | to_entries[] | {key: "x\(.key)",
               value: {columns: [{name: "r", op: "&&"}], where: .value}}] | from_entries)}}' \
        "$spellings/conditions.txt"
    holds conditions
}

@test "expressions: of indexes and of generated columns" {
    need_server
    base_model >model.json
    tables '($l | map(. / "\t")) as $l
        | {keys: {columns: $columns, indexes: ($l | map({columns: [{expr: .[1], order: "desc"}, "a"],
               where: "a > 0"}))},
           computed: {columns: ($columns + ([$l | to_entries[] | {key: "g\(.key)",
               value: {type: .value[0], generated: .value[1], stored: true}}] | from_entries))}}' \
        "$spellings/expressions.txt"
    holds expressions
}

@test "policies and domains" {
    need_server
    base_model >model.json
    tables '{guarded: {columns: $columns, row_security: true}}' /dev/null
    known_lines "$spellings/conditions.txt" "$spellings/conditions_stable.txt" | grep -v 'checks\.' | jq -R . |
        jq -s --slurpfile model model.json '. as $l | $model[0] | .policies = ([$l | to_entries[]
            | {key: "p\(.key)", value: {table: "guarded",
               definition: "create policy p\(.key) on guarded using (\(.value)\n)"}}] | from_entries)
            | .domains += ([["value > 0", "VALUE>0", "value in (1,2)", "VALUE BETWEEN 1 AND 5",
                "value is not null", "(value <> 5)", "abs(value) < 9", "not value < 0"] | to_entries[]
                | {key: "dom\(.key)", value: {type: "int", default: 1, checks: [.value]}}]
                | from_entries)' >more.json
    mv more.json model.json
    holds policies
}

@test "a server that takes backslashes for escapes" {
    need_server
    cat >model.json <<'JSON'
{"tables": {"t": {"columns": {"b": {"type": "bytea", "default": "'\\x00ff'"},
                              "t": {"type": "text", "default": "'a\\b'"}}}}}
JSON
    local url
    url=$(database slashes)
    psql -q "$url" -c "ALTER DATABASE ${url##*dbname=} SET standard_conforming_strings = off"
    autogen -q --url "$url" init --model model.json
    autogen -q revision -m everything
    autogen -q upgrade head
    autogen check
    run psql -XAtq "$url" -c "INSERT INTO t DEFAULT VALUES" \
        -c "SELECT encode(b, 'hex'), length(t) FROM t"
    [ "$output" = "00ff|3" ]
}

@test "everything at once: keys, views, policies, triggers, rules, functions" {
    need_server
    cp "$spellings/model.json" model.json
    holds everything
}
