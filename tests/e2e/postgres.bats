#!/usr/bin/env bats
# The main job on PostgreSQL. Skipped without a server (AG_TEST_PG, see scripts/with-postgres).

load helpers

write_model() {
    cat >model.json <<'JSON'
{"enums": {"mood": ["sad", "ok"]},
 "tables": {"t0": {"comment": "hello", "columns": {
    "id": {"type": "bigint", "identity": "always"},
    "a": {"type": "text"}, "m": {"type": "mood"},
    "u": {"type": "uuid", "default": {"postgresql": "gen_random_uuid()",
          "sqlite": "(lower(hex(randomblob(16))))"}},
    "created": {"type": "timestamptz", "default": "CURRENT_TIMESTAMP", "nullable": false},
    "b": {"type": "boolean", "default": true}}, "primary_key": ["id"]}}}
JSON
    uuids_of_server model.json
}

change_model() { # FILTER
    jq "$1" model.json >changed.json
    mv changed.json model.json
}

# A history of 13 revisions, three of which build an index on a table that is there already.
write_history() { # CONNINFO
    local i
    write_model
    autogen -q --url "$1" init --model model.json
    autogen -q revision -m r0
    autogen -q upgrade head
    for i in $(seq 1 12); do
        if [ $((i % 4)) = 0 ]; then
            change_model ".tables.t0.indexes.ix$i = {\"columns\": [\"a\", \"b\"]}"
        else
            change_model ".tables.t$i = {\"columns\": {\"id\": {\"type\": \"bigint\",
                \"identity\": \"always\"}, \"r\": {\"type\": \"bigint\"}}, \"primary_key\": [\"id\"],
                \"foreign_keys\": [{\"columns\": [\"r\"], \"references\": \"t0\",
                \"referred\": [\"id\"]}]}"
        fi
        autogen -q revision -m "r$i"
        autogen -q upgrade head
    done
}

@test "ten upgrades at once: all succeed, each revision runs once" {
    need_server
    write_history "$(database history)"
    autogen check
    DATABASE_URL=$(database ten)
    export DATABASE_URL
    pids=
    for k in 1 2 3 4 5 6 7 8 9 10; do
        autogen upgrade head 2>"out$k" &
        pids="$pids $!"
    done
    for pid in $pids; do wait "$pid"; done
    [ "$(cat out* | grep -c 'Running upgrade')" -eq 13 ]
    autogen check
    autogen verify
    autogen -q downgrade base
    [ "$(psql -Atq "$DATABASE_URL" -c "SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-9]'")" -eq 0 ]
}

@test "offline SQL runs in psql as it is" {
    need_server
    write_history "$(database history)"
    DATABASE_URL=$(database offline)
    export DATABASE_URL
    autogen upgrade head --sql >up.sql
    psql -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f up.sql
    autogen check
    autogen downgrade --sql head:base >down.sql
    psql -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f down.sql
    run autogen current
    [ "$output" = "" ]
}

@test "one model, two databases" {
    need_server
    write_model
    postgres=$(database two)
    # A role of its own for what must be gone afterwards: other tests use the same server.
    psql -q "$postgres" -c "CREATE ROLE ag_two_$$ SUPERUSER LOGIN"
    postgres="$postgres user=ag_two_$$"
    autogen -q init --model model.json
    printf 'dialects = sqlite postgresql\ndev_url = %s\n' "$postgres" >>autogen.ini
    autogen -q revision -m first
    grep -qx -- '-- autogen:upgrade sqlite' migrations/versions/*first.sql
    grep -qx -- '-- autogen:upgrade postgresql' migrations/versions/*first.sql
    autogen -q upgrade head
    autogen -q --url "$postgres" upgrade head
    autogen check
    autogen --url "$postgres" check
    change_model '.tables.t0.columns.a.type = "varchar(30)" | .tables.t0.columns.x = {"type": "jsonb"}'
    autogen -q revision -m second
    autogen -q upgrade head
    autogen -q --url "$postgres" upgrade head
    autogen check
    autogen --url "$postgres" check
    run autogen --url "$postgres" revision -m nothing
    [[ "$output" == *"No changes detected."* ]]
    [ "$(psql -Atq "$postgres" -c "SELECT count(*) FROM pg_database WHERE datdba = 'ag_two_$$'::regrole")" -eq 0 ]
    psql -q "$AG_TEST_PG" -c "DROP DATABASE bats_postgres_two_$$" -c "DROP ROLE ag_two_$$"
}

@test "failures of the server are one clear line, exit 4, and show no password" {
    need_server
    write_model
    autogen -q init --model model.json
    autogen -q revision --empty -m empty
    run autogen --url "postgresql://me:s3cret@localhost:1/x" current
    [ "$status" -eq 4 ]
    [[ "$output" != *s3cret* ]]
    [ "${#lines[@]}" -eq 1 ]
    run autogen --url "$server dbname=not_there_$$" upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"does not exist"* ]]
    psql -q "$(database weak)" -c "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    psql -q "$AG_TEST_PG" -c "DROP ROLE IF EXISTS weak_$$" -c "CREATE ROLE weak_$$ LOGIN"
    weak="${server//user=[^ ]*/} dbname=bats_postgres_weak_$$ user=weak_$$"
    run autogen --url "$weak" upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"permission denied"* ]]
}

@test "a statement that times out leaves nothing" {
    need_server
    write_model
    DATABASE_URL=$(database slow)
    export DATABASE_URL
    autogen -q init --model model.json
    echo 'statement_timeout = 100ms' >>autogen.ini
    autogen -q revision --empty -m slow
    sed -i 's/^-- autogen:upgrade.*/&\nCREATE TABLE kept (a int);\nSELECT pg_sleep(30);/' migrations/versions/*slow.sql
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"slow.sql:"* ]]
    [ "$(psql -Atq "$DATABASE_URL" -c "SELECT to_regclass('kept') IS NULL")" = t ]
}

@test "a namespace that only names of tables speak of is made with the first and dropped with the last" {
    need_server
    url=$(database implied)
    header=shop.h
    [ -f "$(dirname "$AUTOGEN")/autogen-clang.so" ] || header=shop.json
    cat >shop.h <<'C'
#include <autogen/model.h>
struct AG_TABLE(orders) AG_NAMESPACE(shop) order { int id AG_PRIMARY_KEY; };
C
    echo '{"tables": {"shop.orders": {"columns": {"id": {"type": "integer"}}, "primary_key": ["id"]}}}' >shop.json
    for model in shop.json $header; do
        rm -rf migrations autogen.ini
        autogen -q --url "$url" init --model "$model"
        autogen -q revision -m first
        grep -q '^CREATE SCHEMA shop;' migrations/versions/*_first.sql
        autogen -q upgrade head
        autogen check
        autogen -q downgrade base
        [ "$(psql -At "$url" -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'shop'")" = 0 ]
    done
    psql -q "$url" -c 'CREATE SCHEMA shop' # made by somebody else: left alone
    run autogen diff --format sql
    [[ $output != *"CREATE SCHEMA"* ]]
}

@test "a table that no ALTER can change is made anew, with every row" {
    need_server
    echo "CREATE TYPE kind AS ENUM ('a', 'b', 'c');
        CREATE TABLE p (k kind, n int) PARTITION BY LIST (k);
        CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('a') PARTITION BY RANGE (n);
        CREATE TABLE p2 PARTITION OF p1 FOR VALUES FROM (0) TO (9);" >old.sql
    for change in "s/, 'c')/)/" 's/n int/n bigint/' \
        '/p2/d; s/) PARTITION BY RANGE (n);/);/'; do
        url=$(database remade)
        psql -q "$url" -f old.sql -c "INSERT INTO p VALUES ('a', 1), ('a', 2)"
        sed "$change" old.sql >new.sql
        rm -rf migrations autogen.ini
        autogen -q --url "$url" init --model new.sql
        autogen -q revision -m change
        grep -q '^LOCK TABLE .* IN ACCESS EXCLUSIVE MODE;' migrations/versions/*_change.sql
        grep -q '^-- WARNING: rewrites table' migrations/versions/*_change.sql
        for way in "upgrade head" "downgrade base"; do
            # shellcheck disable=SC2086
            autogen -q $way
            [ "$(psql -At "$url" -c 'SELECT k, n FROM p ORDER BY n')" = $'a|1\na|2' ]
        done
        autogen -q upgrade head
        autogen check
    done
}

@test "a column of a parent is not renamed in the revision that takes the child from there" {
    need_server
    url=$(database heritage)
    psql -q "$url" -c 'CREATE TABLE m (k int)' -c 'CREATE TABLE c (y int) INHERITS (m)'
    echo 'CREATE TABLE m (k int); CREATE TABLE c (r int, y int);' >new.sql
    autogen -q --url "$url" init --model new.sql
    run autogen revision -m change --rename c.k=c.r
    [ "$status" -eq 6 ]
    [[ $output == *"column c.k comes from a parent of the table"*"hint: first a revision in which"* ]]
    sed -i 's/r int/k int/' new.sql
    autogen -q revision -m leaves
    autogen -q upgrade head
    sed -i 's/(k int, y/(r int, y/' new.sql
    autogen -q revision -m renames --rename c.k=c.r
    autogen -q upgrade head
    autogen check
    autogen -q downgrade base
}

@test "a name that only the revision gives is none that clients know" {
    need_server
    url=$(database passing)
    echo "CREATE TYPE st AS ENUM ('a', 'b'); CREATE TABLE t (x st DEFAULT 'a');" >model.sql
    autogen -q --url "$url" init --model model.sql
    autogen -q revision -m one --rev-id r1
    autogen -q upgrade head
    echo "CREATE DOMAIN st AS text; CREATE TABLE t (x st DEFAULT 'a');" >model.sql
    autogen -q revision -m two --rev-id r2
    grep -q 'RENAME TO st_old' migrations/versions/r2_two.sql
    [ "$(grep 'breaks running clients' migrations/versions/r2_two.sql)" = \
        "-- WARNING: breaks running clients: those that know st by its old name
-- WARNING: breaks running clients: those that still use st" ]
}

@test "attaching a partition scans it, but where a check proves its bound" {
    need_server
    url=$(database bound)
    other=$(database bound_goal)
    # what makes the table | whether the server reads it
    while IFS='|' read -r columns extra scans; do
        for at in "$url" "$other"; do
            psql -q "$at" -c 'DROP TABLE IF EXISTS p, c CASCADE' \
                -c 'CREATE TABLE p ("At" date NOT NULL, n int) PARTITION BY RANGE ("At")' \
                -c "CREATE TABLE c ($columns)" -c "${extra:-SELECT}" >/dev/null 2>&1
        done
        attach="ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')"
        implied=$(PGOPTIONS='-c client_min_messages=debug1' psql -q "$other" -c "$attach" 2>&1 |
            grep -c 'is implied by existing constraints' || :)
        run autogen diff "$url" "$other"
        echo "$columns: $implied: $output"
        [[ $output == *"set parent p"* ]]
        if [ "$scans" = no ]; then
            [ "$implied" -ge 1 ]
            [[ $output != *"scans table"* ]]
        else
            [[ $output == *"scans table"* ]]
        fi
    done <<'CASES'
"At" date NOT NULL CHECK ("At" >= '2026-01-01' AND "At" < '2026-02-01'), n int||no
"At" date NOT NULL, n int||yes
"At" date NOT NULL CHECK ("At" >= '2026-01-01' AND "At" < '2026-02-02'), n int||yes
"At" date NOT NULL CHECK ("At" >= '2026-01-01' OR "At" < '2026-02-01'), n int||yes
"At" date NOT NULL CHECK ("At" >= '2026-01-01' AND "At" < '2026-02-01'), n int|CREATE TABLE d PARTITION OF p DEFAULT|yes
CASES
}
