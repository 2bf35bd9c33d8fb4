#!/usr/bin/env bats
# The main job on SQLite, as a user does it: messages, exit codes, and what may go wrong.

setup() {
    work=$(mktemp -d)
    cd "$work" || exit 1
    unset DATABASE_URL
    cat > schema.json <<'JSON'
{
  "tables": {
    "users": {
      "columns": {
        "id": {"type": "integer", "identity": "always"},
        "email": {"type": "varchar(320)", "nullable": false}
      },
      "primary_key": ["id"],
      "unique": {"uq_users_email": ["email"]}
    }
  }
}
JSON
}

teardown() { rm -rf "$work"; }

autogen() { "$AUTOGEN" "$@"; }

init() { autogen -q init --model schema.json; }

add_column() { # NAME
    jq --arg c "$1" '.tables.users.columns[$c] = {"type": "text"}' schema.json > new.json
    mv new.json schema.json
}

first_revision() {
    init
    autogen -q revision -m "add users"
    autogen -q upgrade head
}

@test "a new project, a revision, an upgrade, a check" {
    run autogen init --model schema.json
    [ "$status" -eq 0 ]
    [[ "$output" == *"Generating autogen.ini … done"* ]]
    run autogen revision -m "add users"
    [ "$status" -eq 0 ]
    pattern='Generating [^ ]*/versions/[0-9a-f]{12}_add_users\.sql … done'
    [[ "$output" =~ $pattern ]]
    file=$(ls migrations/versions/*.sql)
    grep -qx -- '-- create table users' "$file"
    for command in check "revision -m early"; do
        # shellcheck disable=SC2086
        run autogen $command
        [ "$status" -eq 5 ]
        [[ "$output" == *"Target database is not up to date."* ]]
    done
    run autogen upgrade head
    [ "$status" -eq 0 ]
    [[ "$output" =~ "Running upgrade  -> "[0-9a-f]{12}", add users" ]] ||
        [[ "$output" =~ "Running upgrade <base> -> "[0-9a-f]{12}", add users" ]]
    run autogen check
    [ "$status" -eq 0 ]
    [ "$output" = "No new upgrade operations detected." ]
    run autogen revision -m "nothing"
    [ "$status" -eq 0 ]
    [[ "$output" == *"No changes detected."* ]]
    [[ "$output" == *"--empty"* ]]
    [ "$(ls migrations/versions | wc -l)" -eq 1 ]
}

@test "current, heads, history and show" {
    first_revision
    add_column name
    autogen -q revision -m "add name"
    first=$(autogen history | tail -1 | sed 's/.*-> \([0-9a-f]*\).*/\1/')
    second=$(autogen heads | cut -d' ' -f1)
    run autogen current
    [ "$output" = "$first" ]
    run autogen heads
    [ "$output" = "$second (head)" ]
    run autogen history
    [ "${lines[0]}" = "$first -> $second (head), add name" ]
    [ "${lines[1]}" = "<base> -> $first, add users" ]
    autogen -q upgrade +1
    run autogen current
    [ "$output" = "$second (head)" ]
    run autogen history -i
    [ "${lines[0]}" = "$first -> $second (head) (current), add name" ]
    run autogen show "${second:0:4}"
    [ "$status" -eq 0 ]
    [[ "$output" == *"Rev: $second (head)"* ]]
    run autogen show nothere
    [ "$status" -eq 5 ]
    [[ "$output" == *"Can't locate revision identified by 'nothere'"* ]]
    run autogen downgrade -1
    [ "$status" -eq 0 ]
    [[ "$output" == *"Running downgrade $second -> $first, add name"* ]]
    run autogen current --json
    [ "$(echo "$output" | jq -r '.revisions[0].id')" = "$first" ]
}

@test "commands that read never create a file" {
    init
    run autogen current
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    autogen history
    autogen check || true
    autogen upgrade head --sql > /dev/null
    [ ! -e app.db ]
}

@test "stamp takes over a database that is there already" {
    init
    autogen -q revision -m "add users"
    autogen inspect schema.json --dialect sqlite --format sql | sqlite3 app.db
    run autogen stamp head
    [ "$status" -eq 0 ]
    [[ "$output" == *"Running stamp"* ]]
    autogen check
    autogen upgrade head
    autogen stamp base
    run autogen current
    [ "$output" = "" ]
}

@test "offline SQL runs in the sqlite3 shell as it is" {
    first_revision
    jq '.tables.users.columns.email.type = "text"' schema.json > new.json && mv new.json schema.json
    sqlite3 app.db "INSERT INTO users (email) VALUES ('a'), ('b')"
    autogen -q revision -m "text"
    grep -q -- '-- autogen:rebuild users' migrations/versions/*text.sql
    head=$(autogen heads | cut -d' ' -f1)
    autogen upgrade --sql "$(autogen current):head" > up.sql
    sqlite3 -bail app.db < up.sql
    [ "$(autogen current)" = "$head (head)" ]
    autogen check
    [ "$(sqlite3 app.db 'SELECT group_concat(email) FROM users')" = "a,b" ]
    autogen downgrade --sql "head:base" | sqlite3 -bail app.db
    [ "$(sqlite3 app.db "SELECT count(*) FROM sqlite_schema WHERE name = 'users'")" -eq 0 ]
    autogen upgrade head --sql --tag $'1.0\nDROP TABLE users;' > tagged.sql
    [ "$(head -n 1 tagged.sql)" = '-- Tag: 1.0\nDROP TABLE users;' ]
    sqlite3 -bail fresh.db < tagged.sql
    [ "$(autogen --url sqlite:///fresh.db current)" = "$head (head)" ]
}

@test "two upgrades at once both succeed and run each revision once" {
    init
    autogen -q revision -m one
    autogen -q upgrade head
    for i in 1 2 3 4 5; do
        add_column "c$i"
        autogen -q revision -m "c$i"
        autogen -q upgrade head
    done
    rm app.db
    autogen upgrade head 2> one.txt & a=$!
    autogen upgrade head 2> two.txt & b=$!
    wait $a
    wait $b
    [ "$(cat one.txt two.txt | grep -c 'Running upgrade')" -eq 6 ]
    autogen check
}

@test "an applied file that was edited is reported" {
    first_revision
    echo "-- a note" >> migrations/versions/*.sql
    add_column name
    run autogen upgrade head
    [ "$status" -eq 5 ]
    autogen upgrade head --allow-edited
}

@test "usage mistakes exit with 2 and say what was meant" {
    run autogen upgrad
    [ "$status" -eq 2 ]
    [[ "$output" == *"did you mean 'upgrade'"* ]]
    run autogen revision --mesage x
    [ "$status" -eq 2 ]
    [[ "$output" == *"--message"* ]]
    run autogen
    [ "$status" -eq 2 ]
    init
    run autogen current --url mysql://x
    [ "$status" -eq 2 ]
    [[ "$output" == *"postgresql://"* ]]
}

@test "no configuration: the way out is named" {
    run autogen upgrade head
    [ "$status" -ne 0 ]
    [[ "$output" == *"autogen init"* ]]
}

@test "a bad model reports every mistake and exits with 6" {
    first_revision
    echo '{"tables": {"t": {"columns": {"a": {"typ": "int"}}, "primary_key": ["b"]}}}' > schema.json
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'schema.json:1:37: error: unknown key "typ"'* ]]
    [[ "$output" == *'no column "b"'* ]]
}

@test "hostile names and messages stay what they are" {
    name=$'x\'";--\n`] \xe2\x80\xae -- autogen:upgrade'
    jq -n --arg n "$name" '{tables: {($n): {columns: {($n): {type: "text", default: "'"'it''s;--'"'"},
        "select": {type: "int"}}, indexes: {("ix" + $n): [$n]}, checks: {("ck" + $n): "\"select\" > 1"}}}}' > schema.json
    init
    autogen -q revision -m "$name"$'\n-- autogen:downgrade\nDROP TABLE x;'
    autogen -q upgrade head
    autogen check
    run autogen revision -m again
    [[ "$output" == *"No changes detected."* ]]
    [ "$(sqlite3 app.db "SELECT count(*) FROM sqlite_schema WHERE name = 'x''\";--' || char(10) || '\`] ' || char(8238) || ' -- autogen:upgrade'")" -eq 1 ]
    autogen -q downgrade base
    [ "$(sqlite3 app.db "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'x%'")" -eq 0 ]
    [ "$(ls migrations/versions | wc -l)" -eq 1 ]
}

@test "any text as a name or message is itself in the database and harmless on a terminal" {
    evil=$'\x1b[31m \xe2\x80\xaeautogen:upgrade \xe2\x81\xa6 \xc2\x9b \r \x07'
    long=$(printf 'n%.0s' {1..10000})
    for name in "$evil" "$long" "-- autogen:downgrade" "x); DROP TABLE users; --" '$$; $x$' '*/' \
        "it's" '%s%(here)s${1}' $'\xe2\x80\xae''Revision ID: x' 'select' '\'; do
        rm -rf migrations autogen.ini app.db
        jq -n --arg n "$name" '{tables: {($n): {comment: $n, columns: {"id": {type: "int", comment: $n},
            ($n): {type: "text", default: ("'"'"'" + ($n | gsub("'"'"'"; "'"''"'")) + "'"'"'")}},
            unique: {("u" + $n): [$n]}, checks: {("c" + $n): "id > 0"}, indexes: {("i" + $n): [$n, "id"]}}}}' > schema.json
        init
        autogen check > out 2>&1 || [ $? -eq 3 ]
        autogen revision -m "$name" >> out 2>&1
        autogen upgrade head >> out 2>&1
        autogen check >> out 2>&1
        autogen history >> out
        autogen show head > show
        [ "$(sqlite3 -json app.db "SELECT name FROM sqlite_schema WHERE type = 'table'" | jq --arg n "$name" '[.[] | select(.name == $n)] | length')" -eq 1 ]
        [ "$(autogen --json check | jq '.changes | length')" -eq 0 ]
        [ "$(autogen inspect | jq -r --arg n "$name" '.tables | has($n)')" = true ]
        autogen --json history | jq -e 'length' > /dev/null
        if LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae|\xe2\x81\xa6|\xc2\x9b' out; then false; fi
        sed '/^-- Revision ID/,$d' migrations/versions/*.sql > head
        if LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae|\xe2\x81\xa6|\xc2\x9b' head; then false; fi
        [ "$(grep -c '^ *-- *autogen:\(up\|down\)grade' migrations/versions/*.sql)" -eq 2 ]
        autogen -q downgrade base
        [ "$(sqlite3 app.db "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%autoindex%' OR name NOT LIKE 'alembic%' AND name NOT LIKE 'autogen%' AND name NOT LIKE 'sqlite%'")" -eq 0 ]
    done
}

@test "JSON, SQL files and databases make one model together" {
    echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT UNIQUE); CREATE VIEW v AS SELECT x FROM a;' > a.sql
    sqlite3 other.db 'CREATE TABLE c (n int COLLATE NOCASE) '
    jq '.tables.users.foreign_keys = [{columns: ["id"], references: "a", referred: ["id"]}]' schema.json > n
    mv n schema.json
    autogen -q init --model 'schema.json a.sql other.db'
    autogen -q revision -m all
    autogen -q upgrade head
    autogen check
    run autogen revision -m again
    [[ "$output" == *"No changes detected."* ]]
    [ "$(sqlite3 app.db "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE name IN ('a', 'c', 'users', 'v') ORDER BY 1)")" = a,c,users,v ]
    echo '{"tables": {"a": {"columns": {"id": {"type": "int"}}}}}' > schema.json
    run autogen check
    [ "$status" -eq 6 ]
    [[ "$output" == *'a.sql:1:1: error: the table "a" is defined twice'*'schema.json:1:'* ]]
}

@test "a plan as JSON is a list of steps" {
    first_revision
    run autogen --json downgrade base --dry-run
    [ "$status" -eq 0 ]
    [ "$(jq -r '.plan | length' <<< "$output")" -eq 1 ]
    [[ "$(jq -r '.plan[0]' <<< "$output")" == downgrade* ]]
    run autogen --json upgrade head --dry-run
    [ "$(jq -c .plan <<< "$output")" = "[]" ]
}

@test "a table that SQLite refuses is shown in the model" {
    jq -n '{tables: {wide: {columns: ([range(3000) | {key: "c\(.)", value: {type: "int"}}] | from_entries)}}}' > schema.json
    init
    run autogen revision -m wide
    [ "$status" -eq 6 ]
    [[ "$output" == *"schema.json:3:"*"too many columns"* ]]
    [ -z "$(ls migrations/versions)" ]
}

@test "a failing statement leaves the database as it was and names its line" {
    first_revision
    autogen -q revision --empty -m broken
    file=$(ls migrations/versions/*broken.sql)
    sed -i 's/^-- autogen:upgrade.*/&\nCREATE TABLE good (a);\nCREATE TABLE users (a);/' "$file"
    line=$(grep -n 'CREATE TABLE users' "$file" | cut -d: -f1)
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"broken.sql:$line"* ]]
    [ "$(sqlite3 app.db "SELECT count(*) FROM sqlite_schema WHERE name = 'good'")" -eq 0 ]
}

@test "killed at any moment, the next upgrade goes on" {
    init
    autogen -q revision -m one
    autogen -q upgrade head
    for i in 1 2 3; do
        jq --arg t "varchar($i)" '.tables.users.columns.email.type = $t' schema.json > n && mv n schema.json
        autogen -q revision -m "type $i"
        autogen -q upgrade head
    done
    autogen -q downgrade base
    for try in $(seq 1 25); do
        autogen -q upgrade head & pid=$!
        perl -e "select(undef, undef, undef, $try * 0.0006)"
        kill -9 $pid 2> /dev/null || true
        wait $pid 2> /dev/null || true
        autogen -q upgrade head
        [ "$(autogen current)" = "$(autogen heads)" ]
        autogen check
        [ "$(sqlite3 app.db 'PRAGMA integrity_check')" = ok ]
        autogen -q downgrade base
    done
}

@test "a read-only file is a clear error" {
    [ "$(id -u)" -ne 0 ] || skip "root writes everywhere"
    first_revision
    add_column name
    autogen -q revision -m name
    chmod a-w app.db .
    run autogen upgrade head
    chmod u+w app.db .
    [ "$status" -eq 4 ]
}

@test "a file template with a folder: the revision is found again" {
    init
    echo 'file_template = %%(year)d/%%(rev)s' >> autogen.ini
    autogen -q revision -m "add users" --rev-id abc123
    run autogen heads
    [ "$output" = "abc123 (head)" ]
    run autogen upgrade head
    [ "$status" -eq 0 ]
}

@test "a trigger that only this database has on a replaced view stays" {
    cat > schema.json <<'JSON'
{"tables": {"t": {"columns": {"id": {"type": "integer"}, "a": {"type": "text"}}, "primary_key": ["id"]}},
 "views": {"v": "SELECT id FROM t"}, "triggers": {}}
JSON
    init
    autogen -q revision -m one
    autogen -q upgrade head
    sed -i 's/SELECT id FROM t/SELECT id, a FROM t/' schema.json
    autogen -q revision -m two
    sqlite3 app.db "CREATE TRIGGER own INSTEAD OF INSERT ON v BEGIN INSERT INTO t (id) VALUES (new.id); END;
        INSERT INTO v (id) VALUES (7)"
    autogen -q upgrade head
    sqlite3 app.db "INSERT INTO v (id) VALUES (8)"
    [ "$(sqlite3 app.db 'SELECT group_concat(id) FROM v')" = 7,8 ]
    autogen -q downgrade -1
    sqlite3 app.db "INSERT INTO v (id) VALUES (9)"
    [ "$(sqlite3 app.db 'SELECT count(*) FROM t')" = 3 ]
}

@test "nothing that is not UTF-8 gets into a revision" {
    init
    run autogen revision --empty -m $'\xff\xfe'
    [ "$status" -eq 2 ]
    [[ "$output" == *"the message is not UTF-8"* ]]
    run autogen revision --empty -m m --rev-id $'a\xff'
    [ "$status" -eq 2 ]
    run autogen revision --empty -m m --branch-label $'a\xff'
    [ "$status" -eq 2 ]
    sed -i '1s/^/-- ${config.x.who} /' migrations/script.mako
    run autogen -x who=$'\xff' revision --empty -m m
    [ "$status" -eq 6 ]
    [[ "$output" == *"line 1 of the new revision would not be UTF-8"*"writes there (-x, a setting, its own text) must be"* ]]
    [ -z "$(ls migrations/versions)" ]
    autogen -q -x who=me revision --empty -m m
    grep -q '^-- me ' migrations/versions/*.sql
}

@test "what SQLite refuses is shown where the model says it" {
    cat > schema.json <<'JSON'
{"tables": {"t": {
  "columns": {
    "id": {"type": "integer"},
    "g": {"type": "text",
          "generated": "upper(nope)"}},
  "primary_key": ["id"],
  "checks": {"good": "id > 0",
    "bad": "nosuch(id) > 1"}}}}
JSON
    init
    run autogen revision -m one
    [ "$status" -eq 6 ]
    [[ "$output" == *"schema.json:5:24: error: cannot create table t: no such column: nope"* ]]
    [ "${lines[1]}" = '            "generated": "upper(nope)"}},' ]
    [ "${lines[2]}" = '                         ^' ]
    sed -i 's/nope/id/' schema.json
    run autogen revision -m one
    [[ "$output" == *"schema.json:8:12: error: cannot create table t: no such function: nosuch"* ]]
    sed -i 's/nosuch/abs/' schema.json
    autogen -q revision -m one
    autogen -q upgrade head
    sed -i 's/id > 0/idd > 0/' schema.json
    run autogen revision -m two
    [ "$status" -eq 6 ]
    [[ "$output" == *"schema.json:7:"*"cannot rebuild table t: no such column: idd"* ]]
}

@test "what SQLite refuses is shown in a table of two thousand pieces too" {
    jq -n '{tables: {t: {columns: ([range(1000) | {key: "c\(.)", value: {type: "integer",
             default: .}}] | from_entries), checks: [range(1000) | "c\(.) > 0"]}}}' > good.json
    jq '.tables.t.checks[417] = "nope > 0"' good.json > schema.json
    init
    run autogen revision -m one
    [ "$status" -eq 6 ]
    [[ "$output" == *"schema.json:$(grep -n nope schema.json | cut -d: -f1):"*"cannot create table t: no such column: nope"* ]]
    jq '.tables.t.columns.c700.default = "(c2 + 1)"' good.json > schema.json
    run autogen revision -m one
    [[ "$output" == *"schema.json:$(grep -n 'c2 + 1' schema.json | cut -d: -f1):"*"default value of column [c700] is not constant"* ]]
    jq '.tables.t.columns.c800.collation = "nosuch"' good.json > schema.json
    run autogen revision -m one
    [[ "$output" == *"schema.json:$(grep -n '"c800"' schema.json | cut -d: -f1):"*"no such collation sequence: nosuch"* ]]
    cp good.json schema.json
    autogen -q revision -m one
    autogen -q upgrade head
    jq '.tables.t.checks[999] = "zilch > 0"' good.json > schema.json
    run autogen revision -m two
    [ "$status" -eq 6 ]
    [[ "$output" == *"schema.json:$(grep -n zilch schema.json | cut -d: -f1):"*"cannot rebuild table t: no such column: zilch"* ]]
}

@test "the version table in a model is left out with a warning" {
    jq '.tables.alembic_version = {"columns": {"version_num": {"type": "text"}}}' schema.json > new.json
    mv new.json schema.json
    init
    run autogen revision -m one
    [ "$status" -eq 0 ]
    [[ "$output" == *"warning: table alembic_version (schema.json:"*"is autogen's own"* ]]
    ! grep -q alembic_version migrations/versions/*.sql
}

@test "values that a key or a STRICT table may refuse are warned of" {
    cat > schema.json <<'JSON'
{"tables": {"t": {"columns": {"id": {"type": "integer"}, "a": {"type": "text"}, "b": {"type": "text"}},
  "primary_key": ["id"], "unique": {"uq": ["a"]}},
 "s": {"columns": {"id": {"type": "integer"}, "c": {"type": "any"}}, "primary_key": ["id"], "strict": true}}}
JSON
    init
    autogen -q revision -m one
    autogen -q upgrade head
    jq '.tables.t.columns.a.collation = "NOCASE" | .tables.t.columns.b.collation = "NOCASE" |
        .tables.s.columns.c.type = "integer"' schema.json > new.json
    mv new.json schema.json
    autogen -q revision -m two
    file=$(ls migrations/versions/*two.sql)
    [ "$(sed '/autogen:downgrade/,$d' "$file" | grep -c 'WARNING: may fail on existing rows')" -eq 2 ]
    grep -q 'may fail on existing rows: values of t.a that' "$file"
    grep -q 'may fail on existing rows: values of s.c that' "$file"
}

@test "a reader that goes away and a connection's own pragmas do no harm" {
    first_revision
    add_column note
    autogen -q revision -m two
    autogen upgrade --sql | head -1 > first.txt
    [ -s first.txt ]
    sqlite3 app.db "PRAGMA journal_mode = wal; CREATE TABLE child (u REFERENCES users (id))" > /dev/null
    autogen -q upgrade head
    autogen upgrade --sql base:head > up.sql
    sqlite3 -bail new.db < up.sql
    [ "$(sqlite3 new.db 'SELECT count(*) FROM sqlite_sequence' 2>/dev/null || echo 0)" = 0 ]
    { echo 'PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = ON;'; cat up.sql; } | sqlite3 -bail other.db
    [ "$(sqlite3 other.db 'SELECT count(*) FROM alembic_version')" = 1 ]
    [ "$(sqlite3 app.db "SELECT sql FROM sqlite_schema WHERE name = 'child'")" = "CREATE TABLE child (u REFERENCES users (id))" ]
}

@test "rows that stand in the way of NOT NULL are counted" {
    first_revision
    sqlite3 app.db "INSERT INTO users (email) VALUES ('a'), ('b')"
    add_column note
    autogen -q revision -m two
    autogen -q upgrade head
    jq '.tables.users.columns.note.nullable = false' schema.json > new.json
    mv new.json schema.json
    autogen -q revision -m three
    run autogen upgrade head
    [ "$status" -eq 4 ]
    [[ "$output" == *"column note of table users cannot become NOT NULL: 2 rows have NULL there"* ]]
    rm migrations/versions/*_three.sql
    jq 'del(.tables.users.columns.note, .tables.users.columns.email, .tables.users.unique)' schema.json > new.json
    mv new.json schema.json
    autogen -q revision -m three
    autogen -q upgrade head
    run autogen downgrade -1
    [ "$status" -eq 4 ]
    [[ "$output" == *"the new column email of table users is NOT NULL and nothing fills it: 2 rows have no value for it"* ]]
    [[ "$output" == *"write a value for it into the INSERT of this rebuild; nothing of the downgrade of revision "*" was kept"* ]]
}
