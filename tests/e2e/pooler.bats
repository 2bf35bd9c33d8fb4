#!/usr/bin/env bats
# Upgrades through pgbouncer in transaction mode, where no session can hold a lock.

setup() {
    [ -n "${AG_TEST_PG:-}" ] || skip "no PostgreSQL server (scripts/with-postgres)"
    command -v pgbouncer >/dev/null || skip "no pgbouncer"
    work=$(mktemp -d /tmp/ag-pool.XXXXXX)
    chmod 755 "$work"
    mkdir "$work/pool"
    database=pool_$$
    socket=$(sed -n 's/.*host=\([^ ]*\).*/\1/p' <<<"$AG_TEST_PG")
    psql -q "$AG_TEST_PG" -c "CREATE DATABASE $database"
    cat >"$work/pool.ini" <<INI
[databases]
$database = host=$socket dbname=$database user=autogen
[pgbouncer]
listen_addr =
unix_socket_dir = $work/pool
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 4
logfile = $work/pool/log
pidfile = $work/pool/pid
ignore_startup_parameters = extra_float_digits
INI
    as_user=()
    if [ "$(id -u)" -eq 0 ]; then # pgbouncer refuses root
        chown -R postgres "$work/pool"
        as_user=(setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups --)
    fi
    "${as_user[@]}" pgbouncer -q -d "$work/pool.ini"
    cd "$work" || exit 1
    unset DATABASE_URL
    "$AUTOGEN" -q init --url "postgresql:///$database?host=$work/pool&port=6432&user=autogen"
}

teardown() {
    [ -n "${work:-}" ] || return 0
    kill "$(cat "$work/pool/pid")" 2>/dev/null || :
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS $database"
    rm -rf "$work"
}

revisions() { # COUNT
    local i previous=
    for ((i = 0; i < $1; i++)); do
        {
            printf -- '-- step %d\n-- Revision ID: r%02d\n-- Revises: %s\n\n' "$i" "$i" "$previous"
            printf -- '-- autogen:upgrade\n'
            [ "$i" -gt 0 ] || echo 'CREATE TABLE log (n integer);'
            printf 'INSERT INTO log VALUES (%d);\n' "$i"
            [ $((i % 5)) -ne 3 ] || printf -- '-- autogen:part\nINSERT INTO log VALUES (%d);\n' $((i + 100))
        } >"migrations/versions/r$(printf %02d "$i").sql"
        previous=r$(printf %02d "$i")
    done
}

ten_upgrades() { # at once; all are to end well
    local i pids=()
    for i in 1 2 3 4 5 6 7 8 9 10; do
        "$AUTOGEN" upgrade head >"out$i" 2>&1 &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        wait "$i" || { cat out*; false; }
    done
}

@test "ten upgrades at once through a transaction pooler run each revision once" {
    revisions 20
    ten_upgrades
    # No lock is held between the parts of a revision here: another process may go on with it, and
    # then both name it.
    [ "$(cat out* | grep '^Running upgrade' | sort -u | wc -l)" -eq 20 ]
    [ "$(psql -qAtX "${AG_TEST_PG/dbname=postgres/dbname=$database}" \
        -c 'SELECT count(*), count(DISTINCT revision) FROM autogen_history WHERE part = 0')" = "20|20" ]
    [ "$(psql -qAtX "${AG_TEST_PG/dbname=postgres/dbname=$database}" \
        -c 'SELECT count(*), count(DISTINCT n) FROM log')" = "24|24" ]
}

@test "ten upgrades at once that build indexes concurrently, through a pooler" {
    revisions 6
    local i
    for i in 1 4; do
        printf -- '-- autogen:autocommit\nCREATE INDEX CONCURRENTLY ix%d ON log (n);\n' "$i" \
            >>"migrations/versions/r0$i.sql"
    done
    ten_upgrades
    [ "$(psql -qAtX "${AG_TEST_PG/dbname=postgres/dbname=$database}" \
        -c 'SELECT count(*), count(DISTINCT n) FROM log' \
        -c 'SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = $$log$$::regclass ORDER BY 1' |
        xargs)" = "7|7 ix1|t ix4|t" ]
}

@test "no lock is left behind in a session of the pool" {
    revisions 2
    "$AUTOGEN" -q upgrade head
    [ "$(psql -qAtX "$AG_TEST_PG" -c "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = '$database')")" = 0 ]
    run "$AUTOGEN" upgrade head
    [ "$status" -eq 0 ]
}
