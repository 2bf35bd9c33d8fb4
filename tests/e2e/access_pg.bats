#!/usr/bin/env bats
# Owners and privileges on PostgreSQL, with and without `include`. Skipped without a server.

load helpers

setup_file() {
    [ -n "${AG_TEST_PG:-}" ] || return 0
    export server=${AG_TEST_PG//dbname=*/}
    export reader="ag_reader_$$" writer="ag_writer_$$" admin="ag admin $$"
    psql -q "$AG_TEST_PG" -c "CREATE ROLE $reader" -c "CREATE ROLE $writer" -c "CREATE ROLE \"$admin\""
}

teardown_file() {
    [ -n "${AG_TEST_PG:-}" ] || return 0
    psql -q "$AG_TEST_PG" -c "DROP ROLE $reader" -c "DROP ROLE $writer" -c "DROP ROLE \"$admin\""
}

database() { # NAME [FILE]: a fresh database, loaded; prints its conninfo
    local name="bats_acl_$1_$$"
    {
        drop_now "$name"
        psql -q "$AG_TEST_PG" -c "CREATE DATABASE $name"
    } >/dev/null 2>&1
    [ -z "${2:-}" ] || psql -q -v ON_ERROR_STOP=1 "$server dbname=$name" -f "$2"
    echo "$server dbname=$name"
}

drop() {
    local name
    for name in "$@"; do
        drop_now "bats_acl_${name}_$$"
    done
}

dump() { # CONNINFO FILE
    pg_dump --schema-only -T alembic_version -T 'autogen_history*' "$1" | grep -v '^--\|^.\(un\)\?restrict\|^$' >"$2"
}

project() { # CONNINFO MODEL INCLUDE
    rm -rf autogen.ini migrations
    autogen init --url "$1" --model "$2" >/dev/null 2>&1
    sed -i '/^include *=/d' autogen.ini
    sed -i "s/^\[autogen\]$/[autogen]\ninclude = $3/" autogen.ini
}

# Every kind that has an owner or privileges, with something to change about each.
before() {
    cat <<EOF
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO $reader;
CREATE TYPE app.mood AS ENUM ('a', 'b', 'c');
REVOKE USAGE ON TYPE app.mood FROM PUBLIC;
GRANT USAGE ON TYPE app.mood TO $reader;
CREATE DOMAIN app.pos AS int CHECK (VALUE > 0);
CREATE TYPE app.pair AS (x int, y int);
CREATE TYPE app.span AS RANGE (subtype = float8);
CREATE TABLE app.users (id serial PRIMARY KEY, email text, m app.mood, secret text, n int);
GRANT SELECT ON app.users TO $reader;
GRANT UPDATE (email) ON app.users TO $writer;
GRANT ALL ON app.users TO "$admin" WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE app.users_id_seq TO $writer;
CREATE VIEW app.v AS SELECT id, email, n FROM app.users;
GRANT SELECT ON app.v TO $reader;
GRANT SELECT (email), UPDATE (email) ON app.v TO $writer;
ALTER VIEW app.v OWNER TO "$admin";
CREATE VIEW app.v2 AS SELECT * FROM app.v;
GRANT SELECT ON app.v2 TO PUBLIC;
CREATE MATERIALIZED VIEW app.mv AS SELECT n, m FROM app.users;
GRANT SELECT ON app.mv TO $reader;
CREATE FUNCTION app.f(a int, b text) RETURNS int LANGUAGE sql AS 'select 1';
REVOKE ALL ON FUNCTION app.f(int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.f(int, text) TO $reader;
ALTER FUNCTION app.f(int, text) OWNER TO "$admin";
CREATE PROCEDURE app.p(INOUT a int) LANGUAGE sql AS 'select 1';
GRANT EXECUTE ON PROCEDURE app.p(int) TO $writer;
CREATE AGGREGATE app.agg(int) (sfunc = int4pl, stype = int);
REVOKE ALL ON FUNCTION app.agg(int) FROM PUBLIC;
CREATE FUNCTION app.fin(float8[], float8) RETURNS float8 LANGUAGE sql AS 'select 1.0::float8';
CREATE FUNCTION app.acc(float8[], int) RETURNS float8[] LANGUAGE sql AS 'select \$1';
CREATE AGGREGATE app.ordered(float8 ORDER BY int) (sfunc = app.acc, stype = float8[], finalfunc = app.fin);
REVOKE ALL ON FUNCTION app.ordered(float8, int) FROM PUBLIC;
CREATE SEQUENCE app.s;
GRANT ALL ON SEQUENCE app.s TO $writer;
ALTER SEQUENCE app.s OWNER TO $writer;
CREATE TABLE gone (a int);
GRANT SELECT ON gone TO $reader;
ALTER TABLE gone OWNER TO "$admin";
CREATE TABLE "Odd ""name" ("Col ""x" int);
GRANT SELECT ("Col ""x") ON "Odd ""name" TO "$admin";
CREATE TABLE kept (a int, b int);
GRANT SELECT, INSERT ON kept TO $reader;
GRANT SELECT (a) ON kept TO $writer;
CREATE STATISTICS app.st ON email, n FROM app.users;
CREATE COLLATION app.coll FROM "C";
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO $reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
EOF
}

after() {
    cat <<EOF
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO "$admin";
GRANT USAGE, CREATE ON SCHEMA app TO $writer;
CREATE TYPE app.mood AS ENUM ('c', 'a');
GRANT USAGE ON TYPE app.mood TO $reader WITH GRANT OPTION;
CREATE DOMAIN app.pos AS int CHECK (VALUE > 0);
GRANT USAGE ON DOMAIN app.pos TO $reader;
ALTER DOMAIN app.pos OWNER TO $writer;
CREATE TYPE app.pair AS (x int, y int);
ALTER TYPE app.pair OWNER TO $writer;
CREATE TYPE app.span AS RANGE (subtype = float8);
ALTER TYPE app.span OWNER TO $writer;
CREATE TABLE app.users (id serial PRIMARY KEY, email text, m app.mood, secret text, n bigint);
ALTER TABLE app.users OWNER TO "$admin";
GRANT SELECT, INSERT ON app.users TO $reader;
GRANT UPDATE (secret), SELECT (id) ON app.users TO $writer;
REVOKE DELETE ON app.users FROM "$admin";
CREATE VIEW app.v AS SELECT id, email, n FROM app.users;
GRANT SELECT ON app.v TO $reader;
GRANT SELECT (email) ON app.v TO $writer;
CREATE VIEW app.v2 AS SELECT * FROM app.v;
GRANT SELECT ON app.v2 TO PUBLIC;
ALTER VIEW app.v2 OWNER TO $writer;
CREATE MATERIALIZED VIEW app.mv AS SELECT n, m FROM app.users;
ALTER MATERIALIZED VIEW app.mv OWNER TO $writer;
CREATE FUNCTION app.f(a int, b text) RETURNS bigint LANGUAGE sql AS 'select 1::bigint';
GRANT EXECUTE ON FUNCTION app.f(int, text) TO $reader;
CREATE PROCEDURE app.p(INOUT a int) LANGUAGE sql AS 'select 1';
ALTER PROCEDURE app.p(int) OWNER TO $writer;
CREATE AGGREGATE app.agg(int) (sfunc = int4pl, stype = int);
ALTER AGGREGATE app.agg(int) OWNER TO $writer;
CREATE FUNCTION app.fin(float8[], float8) RETURNS float8 LANGUAGE sql AS 'select 1.0::float8';
CREATE FUNCTION app.acc(float8[], int) RETURNS float8[] LANGUAGE sql AS 'select \$1';
CREATE AGGREGATE app.ordered(float8 ORDER BY int) (sfunc = app.acc, stype = float8[], finalfunc = app.fin);
GRANT ALL ON FUNCTION app.ordered(float8, int) TO $reader;
ALTER AGGREGATE app.ordered(float8 ORDER BY int) OWNER TO "$admin";
CREATE SEQUENCE app.s;
GRANT SELECT ON SEQUENCE app.s TO $writer;
CREATE TABLE fresh (a int GENERATED ALWAYS AS IDENTITY, b int);
ALTER TABLE fresh OWNER TO "$admin";
GRANT SELECT ON fresh TO $reader;
GRANT UPDATE (b) ON fresh TO $writer;
GRANT SELECT ON SEQUENCE fresh_a_seq TO $reader;
CREATE TABLE app.fresh2 (a int);
CREATE FUNCTION newf() RETURNS int LANGUAGE sql AS 'select 1';
CREATE TABLE "Odd ""name" ("Col ""x" int);
ALTER TABLE "Odd ""name" OWNER TO "$admin";
CREATE TABLE kept (a int, b int);
GRANT INSERT ON kept TO $reader;
GRANT SELECT (a), SELECT (b) ON kept TO $reader;
CREATE STATISTICS app.st ON email, n FROM app.users;
ALTER STATISTICS app.st OWNER TO $writer;
CREATE COLLATION app.coll FROM "C";
ALTER COLLATION app.coll OWNER TO $writer;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO $writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, UPDATE ON TABLES TO $reader;
ALTER DEFAULT PRIVILEGES FOR ROLE "$admin" GRANT USAGE ON TYPES TO $reader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO $reader;
EOF
}

@test "owners and privileges of every kind change with the rest, and back" {
    need_server
    before >a.sql
    after >b.sql
    a=$(database change a.sql)
    b=$(database target b.sql)
    dump "$a" a.dump
    dump "$b" b.dump
    project "$a" b.sql "grants, owners"
    autogen revision -m all
    autogen upgrade head
    dump "$a" up.dump
    diff b.dump up.dump
    autogen check
    autogen downgrade -1
    dump "$a" down.dump
    diff a.dump down.dump
    drop change target
}

@test "what is exported with them makes the same again, as JSON and as SQL" {
    need_server
    for side in before after; do
        $side >x.sql
        x=$(database from x.sql)
        copy=$(database copy)
        loaded=$(database loaded)
        dump "$x" x.dump
        project "$copy" model.json "grants, owners"
        autogen inspect --url "$x" -o model.json
        autogen inspect --url "$x" --format sql -o out.sql
        autogen revision -m all
        autogen upgrade head
        dump "$copy" copy.dump
        diff x.dump copy.dump
        autogen check
        autogen diff --exit-code "$x" model.json
        autogen downgrade -1
        psql -q -v ON_ERROR_STOP=1 "$loaded" -f out.sql
        dump "$loaded" loaded.dump
        diff x.dump loaded.dump
    done
    drop from copy loaded
}

@test "without include they are named once, left alone, and kept by what is made anew" {
    need_server
    before >a.sql
    # A type of a column changes: the views and the function over it are made anew.
    before | sed 's/secret text, n int)/secret text, n bigint)/; s/RETURNS int LANGUAGE sql AS .select 1./RETURNS bigint LANGUAGE sql AS '"'select 1::bigint'"'/' |
        grep -v '^GRANT\|^REVOKE\|OWNER TO\|DEFAULT PRIVILEGES\| gone ' >b.sql
    a=$(database keep a.sql)
    dump "$a" a.dump
    project "$a" b.sql ""
    run autogen revision -m all
    [ "$status" -eq 0 ]
    [[ "$output" == *'20 grants are not managed and left alone without "include = grants":'* ]]
    [[ "$output" == *'2 default privileges are not managed and left alone without "include = grants":'* ]]
    [[ "$output" == *'4 owners are not managed and left alone without "include = owners":'* ]]
    [ "$(grep -c 'not managed' <<<"$output")" -eq 3 ]
    autogen upgrade head
    run autogen check
    [ "$status" -eq 0 ]
    dump "$a" up.dump
    # All that is said of owners and privileges is as it was, but for the table that is gone.
    diff <(grep '^GRANT\|^REVOKE\|OWNER TO\|PRIVILEGES' a.dump | grep -v gone) <(grep '^GRANT\|^REVOKE\|OWNER TO\|PRIVILEGES' up.dump | sed 's/RETURNS bigint/RETURNS integer/')
    autogen downgrade -1
    dump "$a" down.dump
    diff a.dump down.dump
    drop keep
}

@test "a role that is not there is an error in its place" {
    need_server
    a=$(database role)
    psql -q "$a" -c 'CREATE TABLE t (a int)'
    cat >model.json <<'EOF'
{"tables": {"t": {"columns": {"a": "int"}}},
 "access": {"tables": {
   "t": {"grants": {"nobody_here": ["select"]}}}}}
EOF
    project "$a" model.json grants
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'model.json:3:4: error: role "nobody_here" does not exist'* ]]
    [[ "$output" == *'CREATE ROLE first'* ]]
    printf 'CREATE TABLE t (a int);\nGRANT SELECT ON t TO nobody_here;\n' >model.sql
    project "$a" model.sql grants
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'model.sql:2:1: error: role "nobody_here" does not exist'* ]]
    sed -i 's/"t": {"grants": {"nobody_here"/"tt": {"grants": {"public"/' model.json
    project "$a" model.json grants
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'model.json:3:4: error: there is no table "tt"'* ]]
    sed -i 's/\["select"\]/["select", "jump"]/' model.json
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'there is no privilege "jump" on this'* ]]
    sed -i 's/, "jump"//; s/"tt"/"t"/' model.json
    project "$a" model.json ""
    run autogen check
    [ "$status" -eq 0 ]
    [[ "$output" == *"the model's grants are not looked at without \"include = grants\""* ]]
    drop role
}

@test "a model that names no grants says nothing about them; one that does speaks for all" {
    need_server
    a=$(database silent)
    psql -q "$a" -c 'CREATE TABLE t (a int)' -c "GRANT SELECT ON t TO $reader"
    echo '{"tables": {"t": {"columns": {"a": "int"}}}}' >model.json
    project "$a" model.json "grants, owners"
    run autogen check
    [ "$status" -eq 0 ]
    echo '{"tables": {"t": {"columns": {"a": "int"}}}, "access": {"default_privileges": []}}' >model.json
    run autogen check
    [ "$status" -eq 3 ]
    [[ "$output" == *"alter access to table t: revoke select from $reader"* ]]
    run autogen diff --format sql
    [[ "$output" == *"REVOKE SELECT ON TABLE public.t FROM $reader"* ]]
    drop silent
}

@test "what was passed on goes with the right to pass it on, and what is to stay is given anew" {
    need_server
    cat >a.sql <<EOF
CREATE TABLE t (a int);
GRANT SELECT, INSERT ON t TO $writer WITH GRANT OPTION;
SET ROLE $writer;
GRANT SELECT, INSERT ON t TO $reader;
EOF
    cat >b.sql <<EOF
CREATE TABLE t (a int);
GRANT INSERT ON t TO $writer;
GRANT SELECT ON t TO $reader;
EOF
    a=$(database passed a.sql)
    project "$a" b.sql "grants, owners"
    run autogen revision -m change
    [ "$status" -eq 0 ]
    run autogen upgrade head
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    run autogen check
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    run autogen downgrade -1
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    drop passed
}
