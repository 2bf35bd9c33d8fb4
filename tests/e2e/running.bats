#!/usr/bin/env bats
# While revisions run: waiting for others, interrupts, kills, terminals, places that cannot be
# written. The parts on PostgreSQL are skipped without a server.

load helpers

revision() { # ID PARENT [UP [DOWN]]
    printf -- '-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n\n-- autogen:upgrade\n%b\n-- autogen:downgrade\n%b\n' \
        "$1" "$1" "$2" "${3:-}" "${4:-}" >"migrations/versions/$1.sql"
}

need_database() { # a fresh database as DATABASE_URL
    [ -n "${AG_TEST_PG:-}" ] || skip "no server (AG_TEST_PG)"
    name="running_${BATS_TEST_NUMBER}_$$"
    psql -q "$AG_TEST_PG" -c "CREATE DATABASE $name"
    export DATABASE_URL="${AG_TEST_PG//dbname=*/} dbname=$name"
}

teardown() {
    [ -z "${name:-}" ] || drop_now "$name"
}

answer() { psql -qAt "$DATABASE_URL" -c "$1"; }

wait_for() { # COMMAND…: until it succeeds
    for _ in $(seq 15000); do
        if "$@" >/dev/null 2>&1; then
            return 0
        fi
    done
    echo "never: $*"
    return 1
}

somebody_waits() { [ "$(answer "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND datname = current_database()")" -gt 0 ]; }

hold_table() { # somebody else's transaction has the table t, until release
    coproc HOLDER { psql -qAt "$DATABASE_URL" 3>&-; }
    holder_pid=$HOLDER_PID # the shell forgets it when the process ends
    echo "BEGIN; LOCK TABLE t; SELECT 'held';" >&"${HOLDER[1]}"
    read -r held <&"${HOLDER[0]}"
    [ "$held" = held ]
}

release() {
    echo "COMMIT; \\q" >&"${HOLDER[1]}"
    wait "$holder_pid"
}

set_key() { sed -i "/^\[autogen\]/a $1" autogen.ini; }

@test "a second run says for whom it waits, then finds nothing to do" {
    need_database
    autogen -q init
    set_key "lock_timeout = 0"
    answer "CREATE TABLE t (a int)"
    revision aaa1 "" "ALTER TABLE t ADD b int;"
    hold_table
    autogen upgrade head 2>first 3>&- &
    first=$!
    wait_for somebody_waits
    autogen upgrade head 2>second 3>&- &
    second=$!
    wait_for grep -q "Waiting for another migration to end" second
    run autogen upgrade head --dry-run
    [ "$output" = "upgrade  -> aaa1, make aaa1" ]
    release
    wait $first
    wait $second
    grep -q "Running upgrade  -> aaa1, make aaa1" first
    ! grep -q "Running upgrade" second
    [ "$(answer "SELECT count(*) FROM autogen_history")" = 1 ]
}

@test "who waits too long for another run gives up and names the holder" {
    need_database
    autogen -q init
    set_key "lock_timeout = 0"
    set_key "migration_lock_timeout = 300ms"
    answer "CREATE TABLE t (a int)"
    revision aaa1 "" "ALTER TABLE t ADD b int;"
    hold_table
    autogen upgrade head 2>first 3>&- &
    first=$!
    wait_for somebody_waits
    run autogen upgrade head
    [ "$status" -eq 4 ]
    pid=$(answer "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND granted AND datname = current_database()")
    [[ "$output" == *"$pid"* ]]
    release
    wait $first
}

@test "a statement that cannot get its lock is tried again, then names who has it" {
    need_database
    autogen -q init
    set_key "lock_timeout = 50ms"
    set_key "lock_retries = 2"
    answer "CREATE TABLE t (a int)"
    revision aaa1 "" "CREATE TABLE other (a int);\nALTER TABLE t ADD b int;"
    hold_table
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"; trying again in "*" ms (attempt 2)"* ]]
    [[ "$output" != *"attempt 3"* ]]
    [[ "$output" == *"aaa1.sql:8:"*"lock timeout"* ]]
    holder=$(answer "SELECT pid FROM pg_locks WHERE relation = 't'::regclass AND granted")
    [[ "$output" == *"$holder"* ]]
    [ "$(answer "SELECT to_regclass('other') IS NULL AND to_regclass('alembic_version') IS NULL")" = t ]
    release
    autogen -q upgrade head
}

@test "an interrupt cancels the statement on the server, and the next run goes on" {
    need_database
    autogen -q init
    revision aaa1 "" "CREATE TABLE t (a int);"
    revision bbb1 aaa1 "CREATE TABLE u (a int);\nSELECT pg_sleep(60);"
    for signal in INT TERM HUP; do
        autogen upgrade head 2>err 3>&- &
        pid=$!
        wait_for psql -qAt "$DATABASE_URL" -v ON_ERROR_STOP=1 \
            -c "SELECT 1 / count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'"
        kill -s $signal $pid
        status=0
        wait $pid || status=$?
        [ "$status" -eq 130 ]
        [ "$(autogen current)" = aaa1 ]
        [ "$(answer "SELECT to_regclass('u') IS NULL")" = t ]
        [ "$(answer "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'")" -eq 0 ]
    done
    revision bbb1 aaa1 "CREATE TABLE u (a int);"
    autogen -q upgrade head
}

@test "a run that was killed leaves a revision boundary, and the next goes on" {
    need_database
    autogen -q init
    revision aaa1 "" "CREATE TABLE t (a int);"
    revision bbb1 aaa1 "CREATE TABLE u (a int);\nSELECT pg_sleep(60);"
    autogen upgrade head 2>err 3>&- &
    pid=$!
    wait_for psql -qAt "$DATABASE_URL" -v ON_ERROR_STOP=1 \
        -c "SELECT 1 / count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'"
    kill -KILL $pid
    wait $pid || :
    [ "$(autogen current)" = aaa1 ]
    answer "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(60)%'" >/dev/null
    revision bbb1 aaa1 "CREATE TABLE u (a int);"
    autogen -q upgrade head
    [ "$(answer "SELECT count(*) FROM u")" = 0 ]
}

@test "on SQLite a run waits for another writer, and for no longer than it should" {
    autogen -q init
    set_key "migration_lock_timeout = 200ms"
    revision aaa1 "" "CREATE TABLE t (a int);"
    autogen -q upgrade head
    revision bbb1 aaa1 "CREATE TABLE u (a int);"
    coproc HOLDER { sqlite3 app.db 3>&-; }
    echo "BEGIN IMMEDIATE; SELECT 'held';" >&"${HOLDER[1]}"
    read -r held <&"${HOLDER[0]}"
    [ "$held" = held ]
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"locked"* ]]
    [ "$(autogen current)" = aaa1 ]
    sed -i '/^migration_lock_timeout/d' autogen.ini
    autogen upgrade head 2>err 3>&- &
    pid=$!
    wait_for grep -qF "Waiting for another migration to end (another connection to the file)" err
    echo "COMMIT;" >&"${HOLDER[1]}"
    echo ".quit" >&"${HOLDER[1]}"
    wait "$HOLDER_PID" || :
    wait $pid
    [ "$(autogen current)" = "bbb1 (head)" ]
}

@test "many runs at once on SQLite: all succeed, each revision runs once" {
    autogen -q init
    parent=
    for i in $(seq 10 29); do
        revision "rev$i" "$parent" "CREATE TABLE t$i (a int);"
        parent=rev$i
    done
    pids=()
    for i in 1 2 3 4 5 6; do
        autogen upgrade head 2>"err$i" 3>&- &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
    done
    [ "$(cat err? | grep -c '^Running upgrade')" -eq 20 ]
    [ "$(sqlite3 app.db 'SELECT count(*), count(DISTINCT revision) FROM autogen_history')" = "20|20" ]
}

@test "a database that cannot be written is one clear error" {
    autogen -q init
    revision aaa1 "" "CREATE TABLE t (a int);"
    sed -i 's|^url = .*|url = sqlite:////proc/nowhere/app.db|' autogen.ini
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == "error: "*"/proc/nowhere/app.db"* ]]
    sed -i 's|^url = .*|url = sqlite:///app.db|' autogen.ini
    mkdir app.db
    for command in "upgrade head" current check inspect "stamp head" "history -i"; do
        run autogen $command
        echo "$command: $output"
        [ "$status" -eq 4 ]
        [[ "$output" == *"app.db is a folder, not a database"* ]]
    done
    rmdir app.db
    echo 'this is no database, whatever its name says, and it is long enough' >app.db
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"is not a SQLite database"* ]]
    run autogen revision --empty -m x --version-path /proc/nowhere
    [ "$status" -eq 2 ]
    run autogen --url sqlite:////proc/app.db current
    [ "$output" = "" ]
}

@test "what another user may not write is one clear error" {
    if [ "$(id -u)" -eq 0 ]; then
        command -v setpriv >/dev/null || skip "root may write everything"
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    else
        as=()
    fi
    place=$(mktemp -d /tmp/ag-running.XXXXXX)
    chmod 755 "$place"
    cp "$AUTOGEN" "$place/autogen"
    cd "$place"
    "${as[@]}" ./autogen --version || { rm -rf "$place" && skip "no way in for others"; }
    autogen -q init
    revision aaa1 "" "CREATE TABLE t (a int);"
    autogen -q upgrade head
    revision bbb1 aaa1 "CREATE TABLE u (a int);"
    chmod 555 . migrations migrations/versions
    chmod 444 app.db
    checks=0
    "${as[@]}" ./autogen current >out 2>err || status=$?
    [ "$(cat out)" = aaa1 ] && checks=1
    status=0
    "${as[@]}" ./autogen upgrade head 2>err || status=$?
    cat err
    [ "$status" -eq 4 ] && grep -q "reading only" err && checks=$((checks + 1))
    status=0
    "${as[@]}" ./autogen revision --empty -m three 2>err || status=$?
    [ "$status" -eq 1 ] && grep -q "Permission denied" err && checks=$((checks + 1))
    chmod -R u+w "$place"
    rm -rf "$place"
    [ "$checks" -eq 3 ]
}

@test "histories without revisions, and with hundreds" {
    autogen -q init
    for command in heads history branches current "upgrade head" "downgrade base" "stamp head" "upgrade head --dry-run" lint verify "history --graph" "current --check-heads" "upgrade --sql"; do
        # shellcheck disable=SC2086
        autogen $command >out 2>err || {
            echo "autogen $command:" && cat out err
            false
        }
    done
    rm -f app.db
    parent=
    for i in $(seq 1000 1399); do
        printf -- '-- Revision ID: rev%s\n-- Revises: %s\n-- autogen:upgrade\n-- autogen:downgrade\n' "$i" "$parent" \
            >"migrations/versions/rev$i.sql"
        parent=rev$i
    done
    autogen -q upgrade head
    [ "$(autogen current)" = "rev1399 (head)" ]
    [ "$(autogen downgrade base --dry-run | wc -l)" -eq 400 ]
    autogen -q downgrade base
    [ "$(sqlite3 app.db 'SELECT count(*) FROM alembic_version')" = 0 ]
}

@test "a terminal sees progress, colours and no escapes of the file's" {
    command -v script >/dev/null || skip "no script(1)"
    autogen -q init
    revision aaa1 "" "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1); -- one\nSELECT '\\\\033[31mred';\nINSERT INTO t VALUES (2);"
    sed -i "s/^SELECT.*/SELECT 'x\x1b[31mred';/" migrations/versions/aaa1.sql
    TERM=xterm script -qec "'$AUTOGEN' upgrade head" typescript >/dev/null
    grep -q 'CREATE TABLE t (a int) 1/4' typescript
    grep -q 'INSERT INTO t VALUES (2) 4/4' typescript
    ! grep -q $'\x1b\[31m' typescript
    echo "-- edited" >>migrations/versions/aaa1.sql
    TERM=xterm script -qec "'$AUTOGEN' current" typescript >/dev/null
    grep -q $'\x1b\[1;33mwarning:\x1b\[0m revision aaa1 was edited after it ran' typescript
    sed -i '$d' migrations/versions/aaa1.sql
    revision bbb1 aaa1 "NONSENSE;"
    TERM=xterm script -qec "'$AUTOGEN' upgrade head" typescript >/dev/null || :
    grep -q $'\x1b\[1;31merror' typescript
    NO_COLOR=1 TERM=xterm script -qec "'$AUTOGEN' upgrade head" typescript >/dev/null || :
    ! grep -q $'\x1b\[1;31m' typescript
    TERM=xterm script -qec "'$AUTOGEN' -q upgrade head" typescript >/dev/null || :
    ! grep -q 'NONSENSE 1/1' typescript
}
