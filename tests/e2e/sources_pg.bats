#!/usr/bin/env bats
# SQL files, folders and databases as models on PostgreSQL. Skipped without a server.

load helpers

# A role of its own for what must be gone afterwards: other tests use the same server.
maker() {
    psql -q "$AG_TEST_PG" -c "CREATE ROLE ag_maker_$$ LOGIN CREATEDB"
    echo "$server user=ag_maker_$$ dbname=postgres"
}

scratches() { psql -Atq "$AG_TEST_PG" -c "SELECT count(*) FROM pg_database WHERE datdba = 'ag_maker_$$'::regrole"; }

drop_maker() { psql -q "$AG_TEST_PG" -c "DROP ROLE ag_maker_$$"; }

@test "files load in any order, with a byte order mark and CRLF; empty ones too" {
    need_server
    mkdir parts
    printf 'CREATE VIEW v AS SELECT id FROM t;\nCREATE TABLE c (id int REFERENCES t);\n' >parts/a.sql
    printf '\xef\xbb\xbfCREATE TABLE t (\r\n id int PRIMARY KEY\r\n);\r\n' >parts/b.sql
    : >parts/c.sql
    printf -- '-- only words\n/* and */\n' >parts/d.sql
    autogen -q --url "$AG_TEST_PG" inspect parts --format sql >from_folder.sql
    autogen -q --url "$AG_TEST_PG" inspect 'parts/*.sql' --format sql >from_pattern.sql
    grep -q 'CREATE VIEW public.v' from_folder.sql
    cmp from_folder.sql from_pattern.sql
    cat parts/b.sql parts/a.sql >one.sql
    run autogen --url "$AG_TEST_PG" diff parts one.sql --exit-code
    [ "$status" -eq 0 ]
}

@test "without a project the database on the other side says where SQL is tried" {
    need_server
    app=$(database beside)
    psql -q "$app" -c "CREATE TABLE t (a int)"
    printf 'CREATE TABLE t (a int, b int);\n' >more.sql
    run env PGHOST=/nowhere autogen diff "$app" more.sql
    [ "$status" -eq 0 ]
    [[ "$output" == *"add column"* ]]
    run env PGHOST=/nowhere autogen diff more.sql "$app"
    [ "$status" -eq 0 ]
    [[ "$output" == *"drop column"* ]]
    run env PGHOST=/nowhere autogen diff more.sql more.sql --dialect postgresql
    [ "$status" -eq 4 ]
    [[ "$output" == *"hint: SQL is tried on a scratch database: set dev_url in autogen.ini to a server where one can be made"* ]]
}

@test "every statement that does not load is shown in its place" {
    need_server
    printf 'CREATE TABLE t (a int);\nCREATE TABLE u (\n  a int,\n  b nosuchtype\n);\n\nSELEC 1;\n' >bad.sql
    run autogen --url "$(maker)" inspect bad.sql
    [ "$status" -eq 6 ]
    [[ "$output" == *'bad.sql:4:5: error: type "nosuchtype" does not exist'*$'\n    b nosuchtype\n      ^'* ]]
    [[ "$output" == *'bad.sql:7:1: error: syntax error'* ]]
    [ "$(scratches)" -eq 0 ]
    drop_maker
}

@test "dumps load as they are: rows, owners, settings, another database's name" {
    need_server
    app=$(database dump)
    psql -q "$app" -c "CREATE SCHEMA s" -c "CREATE TABLE s.t (id serial PRIMARY KEY, a text)" \
        -c "INSERT INTO s.t (a) VALUES (E'it''s;\n\\\\.'), (NULL)" -c "COMMENT ON SCHEMA s IS 'x'"
    pg_dump -d "$app" >plain.sql
    pg_dump -C -d "$app" >create.sql
    pg_dump -c -d "$app" >clean.sql
    pg_dump --inserts -d "$app" >inserts.sql
    sed 's/OWNER TO [a-z]*/OWNER TO nobody_here/' plain.sql >owner.sql
    for file in plain create clean inserts owner; do
        run autogen --url "$app" diff "$file.sql" "$app" --exit-code
        [ "$status" -eq 0 ]
    done
    [[ "$output" == *'owner.sql:'*'OWNER TO nobody_here" is passed over: role "nobody_here" does not exist (and '*' more like it)'* ]]
    cat create.sql create.sql >two.sql
    run autogen --url "$app" inspect two.sql
    [ "$status" -eq 6 ]
    [[ "$output" == *"more than one database"* ]]
    drop_database dump
}

@test "a DROP that finds nothing is not tried again when there is something" {
    need_server
    printf 'DROP TABLE t;\nCREATE TABLE t (a int REFERENCES u);\nCREATE TABLE u (a int PRIMARY KEY);\n' >again.sql
    run autogen --url "$AG_TEST_PG" inspect again.sql --format sql
    [ "$status" -eq 0 ]
    [[ "$output" == *"CREATE TABLE public.t "* ]]
    [[ "$output" == *'again.sql:1:1: "DROP TABLE t" is passed over'* ]]
}

@test "what reaches beyond the database is named and never run" {
    need_server
    printf 'CREATE ROLE ag_src_%s;\nBEGIN;\nSET LOCAL search_path = s;\nCREATE SCHEMA s;\nCREATE TABLE t (a int);\nCOMMIT;\n' $$ >role.sql
    run autogen --url "$AG_TEST_PG" inspect role.sql --format sql
    [ "$status" -eq 0 ]
    [[ "$output" == *'role.sql:1:1: "CREATE ROLE'*'reaches beyond the database'* ]]
    [[ "$output" == *"CREATE TABLE s.t "* ]]
    [ "$(psql -Atq "$AG_TEST_PG" -c "SELECT count(*) FROM pg_roles WHERE rolname = 'ag_src_$$'")" -eq 0 ]
}

@test "files include files; other commands of psql are refused in their place" {
    need_server
    mkdir sub
    printf '\\set ON_ERROR_STOP on\n\\ir sub/a.sql\n\\i b.sql\n' >main.sql
    echo 'CREATE TABLE a (x int);' >sub/a.sql
    echo 'CREATE TABLE b (x int);' >b.sql
    [ "$(autogen --url "$AG_TEST_PG" inspect main.sql --format sql | grep -c '^CREATE TABLE')" -eq 2 ]
    printf 'CREATE TABLE a (x int);\n\\if 1\n' >if.sql
    run autogen --url "$AG_TEST_PG" inspect if.sql
    [ "$status" -eq 6 ]
    [[ "$output" == *'if.sql:2:1: error: \if is a command of psql'* ]]
    echo '\i loop.sql' >loop.sql
    run autogen --url "$AG_TEST_PG" inspect loop.sql
    [ "$status" -eq 6 ]
}

@test "a scratch database is as the database beside it, and gone after an interrupt" {
    need_server
    app=$(database like)
    psql -q "$app" -c "ALTER DATABASE bats_sources_pg_like_$$ SET search_path = app, public"
    printf 'CREATE SCHEMA app;\nCREATE TABLE t (a text);\n' >app.sql
    psql -q "$app" -f app.sql
    run autogen --url "$app" diff "$app" app.sql --exit-code
    [ "$status" -eq 0 ]
    echo 'SELECT pg_sleep(60);' >slow.sql
    url=$(maker)
    for signal in TERM HUP; do
        autogen --url "$url" inspect slow.sql &
        pid=$!
        while [ "$(psql -Atq "$app" -c "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND usename = 'ag_maker_$$'")" -eq 0 ]; do
            kill -0 $pid # it is still on its way
        done
        kill -"$signal" $pid
        code=0
        wait $pid || code=$?
        [ "$code" -eq 130 ]
        [ "$(scratches)" -eq 0 ]
    done
    drop_maker
    drop_database like
}

@test "without the right to create databases dev_url is named" {
    need_server
    psql -q "$AG_TEST_PG" -c "CREATE ROLE ag_weak_$$ LOGIN"
    echo 'CREATE TABLE t (a int);' >t.sql
    run autogen --url "$AG_TEST_PG user=ag_weak_$$" inspect t.sql
    psql -q "$AG_TEST_PG" -c "DROP ROLE ag_weak_$$"
    [ "$status" -eq 4 ]
    [[ "$output" == *"cannot make a scratch database: permission denied"*"dev_url"* ]]
}

@test "every kind of source compares with every other" {
    need_server
    app=$(database kinds)
    sql='CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);'
    psql -q "$app" -c "$sql"
    echo "$sql" >m.sql
    mkdir folder
    cp m.sql folder/
    autogen -q --url "$app" inspect -o m.json
    empty=$(database kinds_empty)
    autogen -q init --url "$empty" --model m.json
    autogen -q revision -m all
    sources=(m.json m.sql folder 'folder/*.sql' "$app" history)
    for from in "${sources[@]}"; do
        for to in "${sources[@]}"; do
            autogen -q diff "$from" "$to" --exit-code || {
                echo "$from -> $to"
                false
            }
        done
    done
    run autogen diff "$app" sqlite:///x.db
    [ "$status" -eq 2 ]
    drop_database kinds
    drop_database kinds_empty
}

@test "changes of a table stand together, and colour only where it is wanted" {
    need_server
    printf 'CREATE TABLE a (x int); CREATE TABLE b (x int);\n' >old.sql
    printf 'CREATE TABLE a (x bigint, y int); CREATE INDEX ai ON a (y); CREATE TABLE b (x int, z int);\n' >new.sql
    autogen --url "$AG_TEST_PG" diff old.sql new.sql >text
    [ "$(sed -n 1p text)" = public.a ]
    grep -q '^  [~] ' text
    grep -q '^  [+] ' text
    grep -q '^      WARNING: ' text
    grep -q '^[+] add column b.z' text
    ! grep -q $'\033' text
    autogen --url "$AG_TEST_PG" --color always diff old.sql new.sql | grep -q $'\033\[1;31mWARNING'
}

@test "what a killed run leaves behind is reaped by the next; what is in use or another's is not" {
    need_version 14 # pg_terminate_backend that waits
    url=$(maker)
    echo 'CREATE TABLE t (a int);' >quick.sql
    printf 'CREATE TABLE t (a int);\nSELECT pg_sleep(600);\n' >slow.sql
    # One that is just being made has no session in it, only its maker's.
    name=autogen_scratch_1_0123456789abcdef
    mkfifo hold
    psql -qX "$url" <hold >/dev/null &
    exec 7>hold
    echo "SET application_name = '$name'; CREATE DATABASE $name; CREATE DATABASE autogen_scratch_of_mine;" >&7
    until [ "$(scratches)" -eq 2 ]; do read -rt 0.1 <> <(:) || :; done
    # One that is used.
    autogen --url "$url" inspect slow.sql >/dev/null 2>&1 &
    slow=$!
    until [ "$(psql -Atq "$AG_TEST_PG" -c "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%' AND usename = 'ag_maker_$$'")" -eq 1 ]; do
        read -rt 0.1 <> <(:) || :
    done
    autogen --url "$url" inspect quick.sql >/dev/null
    [ "$(scratches)" -eq 3 ]
    kill -9 "$slow"
    wait "$slow" || :
    # The server notices a client that is gone when it has something to say to it.
    psql -Atq "$AG_TEST_PG" -c "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%' AND usename = 'ag_maker_$$'"
    exec 7>&-
    wait
    autogen --url "$url" inspect quick.sql >/dev/null
    [ "$(psql -Atq "$AG_TEST_PG" -c "SELECT string_agg(datname, ' ') FROM pg_database WHERE datdba = 'ag_maker_$$'::regrole")" = autogen_scratch_of_mine ]
    psql -q "$AG_TEST_PG" -c "DROP DATABASE autogen_scratch_of_mine" -c "ALTER ROLE ag_maker_$$ NOCREATEDB"
    run autogen --url "$url" inspect quick.sql
    [ "$status" -eq 4 ]
    [[ "$output" == *"permission denied to create database"*"CREATEDB, or set dev_url"* ]]
    drop_maker
}
