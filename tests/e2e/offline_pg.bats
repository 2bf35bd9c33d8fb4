#!/usr/bin/env bats
# The script of --sql, run by psql, leaves what the command itself leaves: the schema and the version
# rows, statement by statement of pg_dump. (autogen_history is of runs, and a script is none: it
# only takes out what is not true any more.)

load helpers

model() { # NUMBER: a schema that grows in every way that makes parts
    echo "CREATE TYPE mood AS ENUM ('sad', $([ "$1" -lt 2 ] || echo "'soso',") 'ok');
        CREATE TABLE org (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
        CREATE TABLE person (id bigint PRIMARY KEY, org_id bigint $([ "$1" -lt 2 ] || echo 'NOT NULL'),
            email varchar(40), mood mood DEFAULT '$([ "$1" -lt 3 ] && echo ok || echo soso)');
        CREATE TABLE event (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');"
    [ "$1" -lt 2 ] || echo "CREATE INDEX ix_email ON person (lower(email));
        CREATE INDEX ix_event ON event (id);
        ALTER TABLE person ADD CONSTRAINT fk_org FOREIGN KEY (org_id) REFERENCES org (id);
        ALTER TABLE person ADD CONSTRAINT ck_email CHECK (email LIKE '%@%');
        ALTER TABLE org ADD CONSTRAINT uq_name UNIQUE (name);"
    [ "$1" -lt 3 ] || echo "CREATE VIEW people AS SELECT id, mood FROM person;
        CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS \$\$ BEGIN RETURN n * 2; END; \$\$;"
}

by_hand() { # REVISION HEAD UP DOWN
    autogen -q revision --empty -m "$1" --rev-id "$1" --head "$2" ${5:+--splice}
    awk -v up="$3" -v down="$4" '{ print } /^-- autogen:upgrade/ { print up } /^-- autogen:downgrade/ { print down }' \
        "migrations/versions/$1_$1.sql" >file
    mv file "migrations/versions/$1_$1.sql"
}

write_history() {
    model 1 >model.sql
    autogen -q init --model model.sql
    for n in 1 2 3; do
        model $n >model.sql
        autogen -q revision -m "r$n" --rev-id "r00$n"
        autogen -q upgrade head
    done
    by_hand hand1 r003 "CREATE TABLE log (n int, what text);
INSERT INTO log VALUES (1, 'it''s; \\\\ \"quoted\"');
-- autogen:part
INSERT INTO log VALUES (2, \$x\$ ; \$x\$);
-- autogen:autocommit
VACUUM log;
CREATE INDEX CONCURRENTLY ix_log ON log (n);
-- autogen:transaction
UPDATE log SET n = 3 WHERE n = 2;" "DROP INDEX ix_log;
-- autogen:part
DROP TABLE log;"
    by_hand side1 r002 "CREATE TABLE side (a int);" "DROP TABLE side;" splice
    by_hand side2 side1 "CREATE TABLE side_2 (a int);" "DROP TABLE side_2;"
}

script() { # COMMAND RANGE OPTION…: writes it, without a server, and has psql run it
    autogen --url "postgresql:///none?host=/none" "$1" --sql "${@:2}" >script.sql
    psql -q -v ON_ERROR_STOP=1 "$offline" -f script.sql >/dev/null
}

# same ONLINE OFFLINE: the two databases; rows of those tables that have any too
same() {
    for url in "$1" "$2"; do
        pg_dump --no-owner --exclude-table 'autogen_history*' "$url" | grep -v '^\\\(un\)\?restrict\|^--'
        psql -AtqX "$url" -c 'SELECT version_num FROM alembic_version ORDER BY 1'
    done >both
    pg_dump --no-owner --exclude-table 'autogen_history*' "$1" | grep -v '^\\\(un\)\?restrict\|^--' >one
    psql -AtqX "$1" -c 'SELECT version_num FROM alembic_version ORDER BY 1' >>one
    cat one one | diff - both
}

@test "a script run by psql leaves what the command leaves, at every step and in every mode" {
    need_server
    url=$(database history)
    export DATABASE_URL=$url
    write_history
    psql -q "$AG_TEST_PG" -c "DROP DATABASE ${url##*dbname=}"
    for mode in per-revision none; do # no part runs outside of one transaction around all
        sed -i '/^transaction /d' autogen.ini
        echo "transaction = $mode" >>autogen.ini
        online=$(database online)
        offline=$(database offline)
        from=base
        for to in r001 r002 r003 hand1; do
            autogen -q --url "$online" upgrade "$to"
            script upgrade "$from:$to" --tag "a tag"
            grep -q '^-- Tag: a tag' script.sql
            same "$online" "$offline"
            from=$to
        done
        for to in r003 r001 base; do
            autogen -q --url "$online" downgrade "$to"
            script downgrade "$from:$to"
            same "$online" "$offline"
            from=$to
        done
    done
}

@test "what a script took back may be edited, whoever runs it again" {
    need_server
    url=$(database edited)
    export DATABASE_URL=$url
    autogen -q init
    autogen -q revision --empty -m one --rev-id r001
    autogen -q upgrade head
    for version_schema in "" "Odd name" 'a$autogen$b'; do
        offline=$url
        [ -z "$version_schema" ] || {
            psql -q "$url" -c "CREATE SCHEMA \"$version_schema\""
            sed -i /version_table_schema/d autogen.ini
            echo "version_table_schema = $version_schema" >>autogen.ini
            autogen -q upgrade head
        }
        script downgrade r001:base
        echo "-- edited ${version_schema:-once}" >>migrations/versions/r001_one.sql
        psql -q "$url" -c "DROP TABLE ${version_schema:+\"$version_schema\".}alembic_version"
        script upgrade base:r001
        run autogen current
        [ "$status" -eq 0 ]
        [[ "$output" != *edited* ]]
        run autogen upgrade head
        [ "$status" -eq 0 ]
    done
    sed -i /version_table_schema/d autogen.ini
    offline=$(database never) # without a history there is nothing to forget
    script upgrade base:r001
    script downgrade r001:base
}

@test "a script of several heads at once" {
    need_server
    url=$(database history)
    export DATABASE_URL=$url
    write_history
    psql -q "$AG_TEST_PG" -c "DROP DATABASE ${url##*dbname=}"
    online=$(database online)
    offline=$(database offline)
    autogen -q --url "$online" upgrade heads
    script upgrade heads
    same "$online" "$offline"
    [ "$(psql -AtqX "$offline" -c 'SELECT count(*) FROM alembic_version')" -eq 2 ]
    run autogen downgrade --sql heads:base # a script starts at one revision
    [ "$status" -eq 5 ]
    [[ $output == *"Multiple head revisions"* ]]
}
