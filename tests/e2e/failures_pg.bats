#!/usr/bin/env bats
# What a server refuses: one clear line, exit 4, never a password. The ways to name a server.

load helpers

setup_file() {
    [ -n "${AG_TEST_PG:-}" ] || return 0
    socket=$(sed -n 's/.*host=\([^ ]*\).*/\1/p' <<<"$AG_TEST_PG")
    export socket
}

# refused URL ARGUMENT…: exit 4 and one line of an error (and of hints); $output has it.
refused() {
    local url=$1
    shift
    run --separate-stderr autogen --url "$url" "$@"
    output=$stderr
    echo "$output"
    [ "$status" -eq 4 ]
    [ "$(grep -c 'error: ' <<<"$output")" -eq 1 ]
    [[ "$output" != *s3cret* ]]
}
bats_require_minimum_version 1.5.0

write_model() { # CHECK
    cat >model.json <<JSON
{"tables": {"t": {"columns": {"id": {"type": "integer"}}, "primary_key": ["id"],
    "checks": {"c": "$1"}}}}
JSON
}

# A table with a check that only the server can compare, and a second revision that is not applied.
project() { # NAME
    url=$(database "$1")
    write_model "id in (1,2)"
    autogen -q --url "$url" init --model model.json
    autogen -q revision -m first --rev-id aaa1
    autogen -q upgrade head
    psql -q "$url" -c "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC"
    autogen -q revision --empty -m second --rev-id bbb1
    statement 'CREATE TABLE made (a int);'
}

statement() { # SQL: what the second revision does
    autogen -q revision --empty -m second --rev-id bbb2 --head aaa1 --splice
    mv migrations/versions/bbb2_second.sql second
    sed -i 's/bbb2/bbb1/' second
    awk -v sql="$1" '{ print } /^-- autogen:upgrade/ { print sql }' second >migrations/versions/bbb1_second.sql
    rm second
}

# A role that may only connect.
role() { # OPTIONS: prints its conninfo
    psql -q "$url" -c "DROP ROLE IF EXISTS weak_$$" -c "CREATE ROLE weak_$$ LOGIN $1" >/dev/null 2>&1
    sed "s/user=[^ ]*/user=weak_$$/" <<<"$url"
}

teardown() {
    [ -n "${url:-}" ] || return 0
    drop_now "${url##*dbname=}" 2>/dev/null
    psql -q "$AG_TEST_PG" -c "DROP ROLE IF EXISTS weak_$$" 2>/dev/null
}

@test "a role without the right to create" {
    need_server
    project create
    psql -q "$url" -c "REVOKE CREATE ON SCHEMA public FROM PUBLIC" \
        -c "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO PUBLIC" \
        -c "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO PUBLIC"
    refused "$(role)" upgrade head
    [[ "$output" == *"bbb1_second.sql:"*"permission denied for schema public"* ]]
    [[ "$output" == *"CREATE TABLE made"* ]]
}

@test "a role without TEMP: a difference is never passed over" {
    need_server
    project temp
    psql -q "$url" -c "REVOKE TEMP ON DATABASE ${url##*dbname=} FROM PUBLIC"
    weak=$(role)
    autogen -q stamp bbb1
    for check in "id in (1,2)" "id in (1,3)"; do
        write_model "$check"
        refused "$weak" check
        [[ "$output" == *"cannot tell whether these differ"*"constraint c of public.t"* ]]
        refused "$weak" revision -m third
    done
    run autogen --url "$weak" check --assume-equal
    [ "$status" -eq 0 ]
    [[ "$output" == *"taken as equal without comparing: constraint c of public.t"* ]]
    cp autogen.ini before.ini
    psql -q "$url" -c "CREATE EXTENSION pageinspect" -c "ALTER ROLE weak_$$ CREATEDB"
    printf 'dev_url = %s\n' "$weak" >>autogen.ini
    refused "$weak" check
    [[ "$output" == *"building the scratch database at dev_url: permission denied to create extension"* ]]
    mv before.ini autogen.ini
    printf 'dev_url = %s\n' "$AG_TEST_PG" >>autogen.ini # there it can be told
    run autogen --url "$weak" check
    [ "$status" -eq 3 ]
    write_model "id in (1,2)"
    autogen --url "$weak" check
}

@test "a database that is set to read-only" {
    need_server
    project readonly
    psql -q "$url" -c "ALTER DATABASE ${url##*dbname=} SET default_transaction_read_only = on"
    refused "$url" upgrade head
    [[ "$output" == *"read-only transaction"* ]]
    [ "$(autogen current)" = "aaa1" ]
    statement ''
    write_model "id in (1,3)"
    run autogen check
    [ "$status" -eq 3 ] || [ "$status" -eq 5 ]
}

# A server of this test's own, which takes passwords, and becomes a standby.
own_server() {
    data=$(mktemp -d /tmp/ag-own.XXXXXX)
    chmod 755 "$data"
    as_server=()
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$data"
        as_server=(setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups --)
    fi
    "${as_server[@]}" "$AG_PG_BIN/initdb" -D "$data/d" -U autogen -A trust --no-sync \
        --no-instructions >/dev/null
    printf 'local all secret scram-sha-256\nlocal all all trust\n' >"$data/d/pg_hba.conf"
    cat >>"$data/d/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$data'
fsync = off
password_encryption = scram-sha-256
wal_level = replica
shared_buffers = 16MB
CONF
}

own_start() { "${as_server[@]}" "$AG_PG_BIN/pg_ctl" -D "$data/d" -w -l "$data/d/log" start >/dev/null; }
own_stop() { "${as_server[@]}" "$AG_PG_BIN/pg_ctl" -D "$data/d" -w -m fast stop >/dev/null; }

@test "a standby, a wrong password" {
    need_server
    [ -x "${AG_PG_BIN:=$(dirname "$(command -v pg_ctl || echo /usr/lib/postgresql/15/bin/x)")}/initdb" ] ||
        skip "no initdb"
    own_server
    own_start
    own="host=$data user=autogen dbname=postgres"
    psql -q "$own" -c "CREATE ROLE secret LOGIN PASSWORD 'right'" \
        -c "CREATE TABLE t (id integer PRIMARY KEY CONSTRAINT c CHECK (id IN (1, 2)))"
    write_model "id in (1,2)"
    autogen -q --url "$own" init --model model.json
    autogen -q revision --empty -m first --rev-id aaa1
    sed -i 's/^-- autogen:upgrade.*/&\nCREATE TABLE made (a int);/' migrations/versions/aaa1_first.sql

    refused "postgresql://secret:s3cret@/postgres?host=$data" current
    [[ "$output" == *"password authentication failed"* ]]
    refused "host=$data user=secret dbname=postgres password=s3cret" current
    autogen --url "postgresql://secret:right@/postgres?host=$data" current
    printf '*:*:*:secret:right\n' >pass
    chmod 600 pass
    PGPASSFILE=$PWD/pass autogen --url "postgresql://secret@/postgres?host=$data" current
    printf '*:*:*:secret:s3cret\n' >pass
    PGPASSFILE=$PWD/pass refused "postgresql://secret@/postgres?host=$data" current

    own_stop
    touch "$data/d/standby.signal"
    own_start
    autogen current
    refused "$own" upgrade head
    [[ "$output" == *"read-only transaction"* || "$output" == *"during recovery"* ]]
    for check in "id in (1,2)" "id in (1,3)"; do
        write_model "$check"
        run autogen diff
        echo "$output"
        [ "$status" -eq 4 ]
        [[ "$output" == *"cannot tell whether these differ"* ]]
    done
    printf 'dev_url = %s\n' "$AG_TEST_PG" >>autogen.ini
    run autogen diff --exit-code
    [ "$status" -eq 3 ]
    own_stop
    rm -rf "$data"
}

@test "no server, no database, no room" {
    need_server
    url=$(database room)
    autogen -q --url "$url" init
    refused "postgresql://me:s3cret@localhost:1/x" current
    refused "postgresql://me:s3cret@no-such-host.invalid/x" current
    refused "host=/no/such/folder user=me password=s3cret dbname=x" current
    refused "$server dbname=not_there_$$" upgrade head
    [[ "$output" == *"does not exist"* ]]
    refused "$(role 'CONNECTION LIMIT 0')" current
    [[ "$output" == *"too many connections"* ]]
    refused "$url sslmode=bogus" current
    [[ "$output" == *'invalid sslmode value: "bogus"'* ]]
    refused "postgresql:///x?host=$socket&nonsense=1" current
    [[ "$output" == *nonsense* ]]
    refused "postgresql://autogen@/${url##*dbname=}?host=$socket&target_session_attrs=read-only" current
    [[ "$output" == *"session is not read-only"* ]]
}

@test "a connection that is lost, a statement that takes too long, one that is wrong" {
    need_server
    project lost
    statement 'SELECT pg_terminate_backend(pg_backend_pid());'
    refused "$url" upgrade head
    [[ "$output" == *"bbb1_second.sql:"*"the connection to the server was lost: terminating connection due to administrator command (SQLSTATE 08006)"* ]]
    [[ "$output" == *"hint: nothing of the upgrade of revision bbb1 was kept"* ]]
    statement 'SELECT pg_sleep(60);'
    PGOPTIONS='-c statement_timeout=50' refused "$url" upgrade head
    [[ "$output" == *"statement timeout"* ]]
    statement 'CREATE TABLE made (a int,
    b nix);'
    refused "$url" upgrade head
    line=$(grep -n 'b nix' migrations/versions/bbb1_second.sql | cut -d: -f1)
    [[ "$output" == *"bbb1_second.sql:$line:7: error: type \"nix\" does not exist (SQLSTATE 42704)"* ]]
    [[ "$output" == *$'\n      b nix);\n        ^'* ]]
    [ "$(autogen current)" = "aaa1" ]
}

@test "what the server says while a revision runs is shown" {
    need_server
    project notices
    statement "DO \$\$ BEGIN RAISE NOTICE 'seen'; RAISE WARNING 'careful'; END \$\$;"
    run --separate-stderr autogen upgrade head
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"NOTICE:  seen"*"WARNING:  careful"* ]]
    [ "$output" = "" ]
}

@test "an interrupt cancels the statement on the server" {
    need_server
    project cancel
    statement 'CREATE TABLE made (a int); SELECT pg_sleep(300);'
    "$AUTOGEN" upgrade head 2>said &
    pid=$!
    running="SELECT count(*) FROM pg_stat_activity WHERE datname = '${url##*dbname=}'
        AND state = 'active' AND query LIKE 'SELECT pg_sleep%'"
    for _ in $(seq 600); do
        [ "$(psql -Atq "$AG_TEST_PG" -c "$running")" = 0 ] || break
        sleep 0.05
    done
    kill -INT $pid
    status=0
    wait $pid || status=$?
    cat said
    [ "$status" -eq 130 ]
    [ "$(psql -Atq "$AG_TEST_PG" -c "$running")" = 0 ]
    [ "$(psql -Atq "$url" -c "SELECT to_regclass('made') IS NULL")" = t ]
    [ "$(autogen current)" = "aaa1" ]
}

@test "every way to name a server" {
    need_server
    url=$(database ways)
    name=${url##*dbname=}
    autogen -q --url "$url" init
    autogen -q revision --empty -m first --rev-id aaa1
    autogen -q upgrade head
    escaped=${socket//\//%2F}
    printf '[mine]\nhost=%s\nuser=autogen\ndbname=%s\n' "$socket" "$name" >services
    export PGSERVICEFILE=$PWD/services
    for way in "$url" "postgresql:///$name?host=$socket&user=autogen" \
        "postgres://autogen@/$name?host=$socket" "postgresql://autogen@$escaped/$name" \
        "postgresql+asyncpg://autogen@/$name?host=$socket" \
        "postgresql+psycopg2://autogen@$escaped/$name" "service=mine" "postgresql://?service=mine" \
        "postgresql:///$name?host=/no/such/folder,$socket&user=autogen" \
        "host=/no/such/folder,$socket user=autogen dbname=$name" \
        "postgresql://autogen@$escaped/$name?sslmode=disable&connect_timeout=5" \
        "postgresql://autogen@$escaped/$name?target_session_attrs=read-write"; do
        echo "$way"
        [ "$(autogen --url "$way" current)" = "aaa1 (head)" ]
        [ "$(DATABASE_URL=$way autogen current)" = "aaa1 (head)" ]
    done
    [ "$(PGHOST=$socket PGUSER=autogen autogen --url "postgresql:///$name" current)" = "aaa1 (head)" ]
    [ "$(PGSERVICE=mine autogen --url "postgresql://" current)" = "aaa1 (head)" ]
    # Options reach the server: under another search_path the version table is not in sight.
    [ "$(autogen --url "postgresql://autogen@$escaped/$name?options=-c%20search_path%3Dpg_catalog" current)" = "" ]
    statement 'SELECT 1 / (current_setting($$application_name$$) = $$autogen$$)::int;'
    autogen -q upgrade head
    run autogen --url "$url application_name=mine" downgrade base
    [ "$status" -eq 0 ]
}

@test "half an index of a materialized view is made anew" {
    need_server
    url=$(database half)
    export DATABASE_URL=$url
    psql -q "$url" -c "CREATE TABLE t (a int)" -c "INSERT INTO t VALUES (1), (1)" \
        -c "CREATE MATERIALIZED VIEW m AS SELECT a FROM t"
    autogen -q init
    printf -- '-- x\n--\n-- Revision ID: aaa1\n-- Revises:\n\n-- autogen:upgrade\n' >migrations/versions/aaa1_x.sql
    printf -- '-- autogen:autocommit\nCREATE UNIQUE INDEX CONCURRENTLY ux ON m (a);\n-- autogen:downgrade\n' \
        >>migrations/versions/aaa1_x.sql
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"could not create unique index"* ]]
    psql -q "$url" -c "TRUNCATE t" -c "REFRESH MATERIALIZED VIEW m"
    run autogen upgrade head
    [ "$status" -eq 0 ]
    [ "$(psql -At "$url" -c "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ux'::regclass")" = t ]
}

@test "the namespace of the version table stays where a model says nothing of it" {
    need_server
    url=$(database kept)
    export DATABASE_URL=$url
    psql -q "$url" -c "CREATE SCHEMA meta" -c "CREATE SCHEMA gone"
    printf 'CREATE TABLE t (a int);\n' >model.sql
    autogen -q init --model model.sql
    echo "version_table_schema = meta" >>autogen.ini
    autogen -q revision -m one
    autogen -q upgrade head
    autogen check
    [ "$(psql -At "$url" -c "SELECT to_regnamespace('meta') IS NOT NULL, to_regnamespace('gone') IS NULL")" = "t|t" ]
    autogen -q downgrade base
}
