#!/usr/bin/env bats
# The history replayed on scratch databases of a server: verify, check and revision --against
# history, and what becomes of the scratch databases. Skipped without a server.

load helpers

setup_file() {
    [ -n "${AG_TEST_PG:-}" ] || return 0
    export server=${AG_TEST_PG//dbname=*/}
}

answer() { psql -Atq "$AG_TEST_PG" -c "$1"; }

# A role of its own, since other tests make scratch databases on the same server.
use_role() { # RIGHTS…
    [ -n "${AG_TEST_PG:-}" ] || skip "no server (AG_TEST_PG)"
    role=ag_replay_${BATS_TEST_NUMBER}_$$
    answer "CREATE ROLE $role LOGIN $*"
    answer "CREATE DATABASE $role OWNER $role"
    export DATABASE_URL="$server user=$role dbname=$role"
}

scratches() { answer "SELECT count(*) FROM pg_database WHERE datdba = '$role'::regrole AND datname <> '$role'"; }

teardown() {
    [ -n "${role:-}" ] || return 0
    for name in $(answer "SELECT datname FROM pg_database WHERE datdba = '$role'::regrole"); do
        drop_now "$name"
    done
    answer "DROP ROLE $role"
}

in_database() { psql -Atq "$DATABASE_URL" -c "$1"; }

write_revision() { # ID PARENT UP DOWN
    printf -- '-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n\n-- autogen:upgrade\n%s\n-- autogen:downgrade\n%s\n' \
        "$1" "$1" "$2" "$3" "$4" >"migrations/versions/$1.sql"
}

history_of_three() { # and the model that it makes
    autogen -q init --model model.sql
    cat >model.sql <<'SQL'
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood NOT NULL DEFAULT 'fine');
CREATE INDEX orders_mood ON shop.orders (mood);
SQL
    write_revision aaa1 "" "CREATE TYPE mood AS ENUM ('sad', 'fine'); CREATE SCHEMA shop;" \
        "DROP SCHEMA shop; DROP TYPE mood;"
    write_revision bbb1 aaa1 "CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood NOT NULL DEFAULT 'fine');" \
        "DROP TABLE shop.orders;"
    write_revision ccc1 bbb1 $'-- autogen:autocommit\nCREATE INDEX CONCURRENTLY orders_mood ON shop.orders (mood);' \
        "DROP INDEX shop.orders_mood;"
}

@test "verify proves a history and leaves nothing behind" {
    use_role CREATEDB
    history_of_three
    run autogen verify
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(scratches)" -eq 0 ]
    [ "$(in_database "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")" -eq 0 ]
    run autogen verify --from bbb1
    [ "$status" -eq 0 ]
    [ "$(autogen -q verify --json | jq ".changes | length")" = 0 ]
}

@test "verify names what differs: the model, what a downgrade leaves, a second upgrade" {
    use_role CREATEDB
    history_of_three
    echo 'CREATE TABLE shop.more (a int);' >>model.sql
    run autogen verify
    [ "$status" -eq 3 ]
    [[ "$output" == *"the history differs from the model: "*"shop.more"* ]]
    sed -i '$d' model.sql
    write_revision ddd1 ccc1 "CREATE TABLE IF NOT EXISTS left_over (a int);" "SELECT 1;"
    run autogen verify
    [ "$status" -eq 3 ]
    [[ "$output" == *"the history differs from the model: "*"left_over"* ]]
    [[ "$output" == *"the downgrade left a difference: "*"left_over"* ]]
    write_revision ddd1 ccc1 "CREATE TABLE left_over (a int);" "SELECT 1;"
    run autogen verify # the second upgrade would stumble over it
    [ "$status" -eq 3 ]
    [[ "$output" == *"the downgrade left a difference: "*"left_over"* ]]
    write_revision ddd1 ccc1 "CREATE TABLE t (a nosuchtype);" "DROP TABLE t;"
    run autogen verify
    [ "$status" -eq 4 ]
    [[ "$output" == *"ddd1.sql:7:"*"upgrade to head"*"nosuchtype"* ]]
    [ "$(scratches)" -eq 0 ]
}

@test "against the history nothing asks the database what it holds" {
    use_role CREATEDB
    history_of_three
    in_database "CREATE TABLE of_somebody_else (a int)"
    run autogen check --against history
    echo "$output"
    [ "$status" -eq 0 ]
    echo 'ALTER TABLE shop.orders ADD note text;' >>model.sql
    run autogen check --against history
    [ "$status" -eq 3 ]
    [[ "$output" == *"add column shop.orders.note"* ]]
    autogen revision --against history -m note --rev-id ddd1
    grep -q 'ADD COLUMN note text' migrations/versions/ddd1_note.sql
    ! grep -q of_somebody_else migrations/versions/ddd1_note.sql
    autogen check --against history
    autogen verify
    [ "$(in_database "SELECT to_regclass('alembic_version') IS NULL")" = t ]
    [ "$(scratches)" -eq 0 ]
}

@test "the database of the url need not exist yet" {
    use_role CREATEDB
    history_of_three
    DATABASE_URL="${DATABASE_URL/dbname=$role/dbname=${role}_not_there}" run autogen verify
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "who may not create databases is told of dev_url, and it is used" {
    use_role NOCREATEDB
    history_of_three
    for command in verify "check --against history" "revision --against history -m x"; do
        # shellcheck disable=SC2086
        run autogen $command
        [ "$status" -eq 4 ]
        [[ "$output" == *"cannot make a scratch database: permission denied"*"dev_url"* ]]
    done
    sed -i "/^\[autogen\]/a dev_url = $AG_TEST_PG" autogen.ini
    autogen check --against history
    autogen verify
    [ "$(in_database "SELECT to_regclass('alembic_version') IS NULL")" = t ]
}

@test "two at once do not meet" {
    use_role CREATEDB
    history_of_three
    pids=()
    for _ in 1 2 3; do
        autogen verify &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
    done
    [ "$(scratches)" -eq 0 ]
}

slow_history() {
    autogen -q init
    write_revision aaa1 "" "SELECT pg_sleep(60);" "SELECT 1;"
}

start_verify() { # waits until the slow statement runs
    autogen verify 3>&- &
    pid=$!
    while [ "$(answer "SELECT count(*) FROM pg_stat_activity WHERE usename = '$role' AND query LIKE '%pg_sleep(60)%' AND state = 'active'")" -eq 0 ]; do
        kill -0 $pid # it is still on its way
    done
}

@test "an interrupted verify ends with 130 and drops its database" {
    use_role CREATEDB
    slow_history
    for signal in INT TERM HUP; do
        start_verify
        [ "$(scratches)" -eq 1 ]
        kill -s $signal $pid
        status=0
        wait $pid || status=$?
        [ "$status" -eq 130 ]
        [ "$(scratches)" -eq 0 ]
    done
}

@test "what a killed run left is reaped once it is old, and nothing else" {
    use_role CREATEDB
    slow_history
    start_verify
    kill -KILL $pid
    wait $pid || :
    [ "$(scratches)" -eq 1 ]
    left=$(answer "SELECT datname FROM pg_database WHERE datdba = '$role'::regrole AND datname <> '$role'")
    [[ "$left" == autogen_scratch_* ]]
    write_revision aaa1 "" "SELECT 1;" "SELECT 1;"
    autogen verify # it is young: somebody may be at work in it
    [ "$(scratches)" -eq 1 ]
    answer "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '$role'" >/dev/null
    old=autogen_scratch_$(printf %x $(($(date +%s) - 7200)))_0123456789abcdef
    for _ in $(seq 500); do
        answer "ALTER DATABASE $left RENAME TO ${old%?}0" 2>/dev/null && break
    done
    for name in "$old" "autogen_scratch_mine" "autogen_scratch_${role}_x" "xautogen_scratch_1_1"; do
        answer "CREATE DATABASE \"$name\" OWNER $role"
    done
    psql -q "$server user=$role dbname=$old" -c 'SELECT pg_sleep(60)' >/dev/null 2>&1 3>&- &
    busy=$!
    for _ in $(seq 500); do
        [ "$(answer "SELECT count(*) FROM pg_stat_activity WHERE datname = '$old'")" -eq 0 ] || break
    done
    autogen verify
    left=$(answer "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datdba = '$role'::regrole AND datname <> '$role'")
    echo "$left"
    [ "$left" = \
        "$old autogen_scratch_${role}_x autogen_scratch_mine xautogen_scratch_1_1" ]
    answer "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '$role'" >/dev/null
    wait $busy || :
    autogen verify
    [ "$(scratches)" -eq 3 ]
}
