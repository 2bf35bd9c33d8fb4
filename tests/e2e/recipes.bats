#!/usr/bin/env bats
# Every recipe of docs/recipes.md (and of the page named), run as it stands there.

load helpers

recipe() { # HEADING [PAGE]: runs its blocks in order; those of files write them
    awk -v heading="## $1" '
        /^## / { on = $0 == heading; next }
        !on { next }
        /^```/ && !inside { inside = 1; split($0, word, " "); file = word[2]
            if (file != "") print "cat >" file " <<\"END OF FILE\""; next }
        /^```/ { inside = 0; if (file != "") print "END OF FILE"; next }
        inside { print }' "$BATS_TEST_DIRNAME/../../docs/${2:-recipes.md}" >recipe.sh
    [ -s recipe.sh ]
    run bash -euxo pipefail recipe.sh
    echo "$output"
    [ "$status" -eq 0 ]
}

need_database() {
    [ -n "${AG_TEST_PG:-}" ] || skip "no server (AG_TEST_PG)"
    local name="recipe_${BATS_TEST_NUMBER}_$$"
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS $name" -c "CREATE DATABASE $name" >/dev/null 2>&1
    export DATABASE_URL="${AG_TEST_PG//dbname=*/} dbname=$name"
}

answer() { psql -qAt "$DATABASE_URL" -c "$1"; }

@test "a container that migrates itself" {
    recipe "A container that migrates itself"
    [[ "$output" == *"Running upgrade"*"the application runs"* ]]
    sed -i 's/^-- autogen:upgrade.*/&\nNONSENSE;/' migrations/versions/*.sql
    autogen -q stamp base
    run sh entrypoint.sh echo "the application runs"
    [ "$status" -eq 4 ]
    [[ "$output" != *"the application runs"* ]]
}

@test "settings in a .env file" {
    recipe "Settings in a .env file"
    [[ "$output" == *"Current revision(s) for sqlite:///"*"from_env.db:"* ]]
    [ ! -e app.db ]
    for text in 'DATABASE_URL=sqlite:///x.db' "  DATABASE_URL = 'sqlite:///x.db'  # why" \
        'export  DATABASE_URL=sqlite:///x.db # why' $'\xef\xbb\xbfDATABASE_URL="sqlite:///x.db"\r'; do
        printf '%s\n' "$text" >.env
        rm -f x.db
        autogen -q upgrade
        [ -e x.db ]
    done
}

@test "taking over a database that is there already" {
    recipe "Taking over a database that is there already"
    [[ "$output" == *"No new upgrade operations detected."* ]]
    [ "$(sqlite3 shop.db 'SELECT total FROM orders')" = 12.5 ]
    [ "$(sqlite3 fresh.db 'SELECT count(*) FROM orders')" = 0 ]
}

@test "taking over a project of Alembic's" {
    sqlite3 app.db "CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL);
        CREATE INDEX ix_people_name ON people (name);
        CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
        INSERT INTO alembic_version VALUES ('3cac04ae8714');"
    recipe "Taking over a project" from-alembic.md
    [[ "$output" == *"3cac04ae8714 (head)"*"No new upgrade operations detected."* ]]
    for db in app new; do
        [ "$(sqlite3 $db.db 'SELECT * FROM alembic_version')" = 3cac04ae8714 ]
        autogen -q --url sqlite:///$db.db check
    done
    autogen -q downgrade base
    autogen -q upgrade
    autogen -q check
}

@test "changing data between two changes of the schema" {
    recipe "Changing data between two changes of the schema"
    [ "$(sqlite3 app.db 'SELECT name FROM people ORDER BY id')" = $'Ada Lovelace\nAlan' ]
}

@test "a TimescaleDB hypertable (PostgreSQL)" {
    need_database
    psql -q "$DATABASE_URL" <<'SQL'
CREATE TABLE hypertables (name regclass, part text);
CREATE FUNCTION create_hypertable(relation regclass, time_column_name name,
    if_not_exists boolean DEFAULT false) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO hypertables SELECT relation, time_column_name::text $$;
SQL
    recipe "A TimescaleDB hypertable (PostgreSQL)"
    [ "$(answer 'SELECT part FROM hypertables')" = time ]
    [ "$(answer "SELECT to_regclass('metrics') IS NULL")" = t ]
}

@test "CREATE INDEX CONCURRENTLY by hand (PostgreSQL)" {
    need_database
    recipe "CREATE INDEX CONCURRENTLY by hand (PostgreSQL)"
    [[ "$output" == *"No findings."* ]]
    [ "$(answer "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_users_email'::regclass")" = t ]
}

@test "a lock timeout of its own (PostgreSQL)" {
    need_database
    recipe "A lock timeout of its own (PostgreSQL)"
    [[ "$output" == *"30s"*"3s"* ]]
}

@test "every recipe is run here" {
    while read -r heading; do
        grep -qF "recipe \"$heading\"" "$BATS_TEST_DIRNAME/recipes.bats"
    done < <(sed -n 's/^## //p' "$BATS_TEST_DIRNAME/../../docs/recipes.md")
}
