#!/usr/bin/env bats
# Any kind of source against any other: what they say is the same whichever way it is read.

load helpers

# one_DIALECT, two_DIALECT: two states of a schema that every kind of source can express.
write_states() { # DIALECT
    local key="INTEGER PRIMARY KEY"
    [ "$1" = sqlite ] || key="serial PRIMARY KEY"
    cat >one.sql <<EOF
CREATE TABLE a (id $key, email varchar(20) NOT NULL);
CREATE TABLE b (id $key, a_id integer REFERENCES a (id));
CREATE TABLE tmp_x (a integer);
EOF
    cat >two.sql <<EOF
CREATE TABLE a (id $key, email varchar(40) NOT NULL, n integer DEFAULT 3);
CREATE TABLE b (id $key, a_id integer REFERENCES a (id) ON DELETE CASCADE);
CREATE INDEX ix_b ON b (a_id);
CREATE TABLE c (x text);
EOF
    for state in one two; do
        rm -rf "dir_$state" "$state.db"
        mkdir "dir_$state"
        # In the wrong order: the table that refers comes first.
        grep 'TABLE b\|ix_b' "$state.sql" >"dir_$state/1.sql"
        grep -v 'TABLE b\|ix_b' "$state.sql" >"dir_$state/2.sql"
    done
}

# Whatever the kinds, two sources of one state are equal, and of two states differ in the same.
compare_all() { # KIND...
    local from to expected=
    for from in "$@"; do
        for to in "$@"; do
            run autogen --url "$url" diff "$(place "$from" one)" "$(place "$to" one)" --exit-code
            [ "$status" -eq 0 ] || { echo "$from, $to: $output" && return 1; }
            run autogen --url "$url" diff "$(place "$from" one)" "$(place "$to" two)" --exit-code
            [ "$status" -eq 3 ] || { echo "$from, $to: $output" && return 1; }
            expected=${expected:-$output}
            [ "$output" = "$expected" ] || { diff <(echo "$expected") - <<<"$output" || return 1; }
        done
    done
}

place() { # KIND STATE
    case $1 in
        db) database_of "$2" ;;
        dir) echo "dir_$2" ;;
        glob) echo "dir_$2/*.sql" ;;
        *) echo "$2.$1" ;;
    esac
}

@test "every pair of kinds of sources says the same: SQLite" {
    database_of() { echo "sqlite:///$PWD/$1.db"; }
    url=sqlite://
    write_states sqlite
    for state in one two; do
        sqlite3 "$state.db" <"$state.sql"
        autogen inspect "$state.db" -o "$state.json"
        autogen inspect "$state.db" --format c -o "$state.h"
    done
    compare_all db sql dir glob json h
}

@test "every pair of kinds of sources says the same: PostgreSQL" {
    [ -n "${AG_TEST_PG:-}" ] || skip "no server (AG_TEST_PG)"
    database_of() { echo "${AG_TEST_PG//dbname=*/} dbname=bats_kinds_$1_$$"; }
    url=$AG_TEST_PG
    write_states postgresql
    for state in one two; do
        psql -q "$AG_TEST_PG" -c "CREATE DATABASE bats_kinds_${state}_$$"
        psql -q "$(database_of "$state")" -f "$state.sql"
        autogen inspect "$(database_of "$state")" -o "$state.json"
        autogen inspect "$(database_of "$state")" --format c -o "$state.h"
    done
    compare_all db dir json h
    drop_now "bats_kinds_one_$$" "bats_kinds_two_$$"
}

@test "a database is a model: revisions, filters and sections" {
    write_states sqlite
    sqlite3 one.db <one.sql
    sqlite3 two.db <two.sql
    mkdir -p here/versions there/versions
    cat >autogen.ini <<EOF
[autogen]
script_location = here
url = sqlite:///one.db
model = sqlite:///two.db
exclude_tables = ^tmp_
[there]
script_location = there
url = sqlite:///new.db
model = dir_one c.sql
include_tables = ^a$, ^c$
EOF
    echo 'CREATE TABLE c (x text);' >c.sql
    autogen revision -m one
    autogen upgrade head
    autogen check
    [ "$(sqlite3 one.db "SELECT count(*) FROM sqlite_schema WHERE name = 'tmp_x'")" -eq 1 ]
    autogen downgrade -1
    run autogen check
    [ "$status" -eq 5 ]
    autogen -n there revision -m two
    autogen -n there upgrade head
    autogen -n there check
    run sqlite3 new.db "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c', 'tmp_x') ORDER BY name)"
    [ "$output" = "a c" ]
}

@test "databases of two kinds are not compared" {
    sqlite3 lite.db 'CREATE TABLE t (a int)'
    echo 'CREATE TABLE t (a int);' >t.sql
    mkdir -p m/versions
    printf '[autogen]\nscript_location = m\nurl = postgresql://nowhere.invalid/x\nmodel = sqlite:///lite.db\n' >autogen.ini
    run autogen diff lite.db postgresql://nowhere.invalid/x
    [ "$status" -eq 2 ]
    [[ "$output" == *"a sqlite and a postgresql database cannot be compared"* ]]
    run autogen diff lite.db lite.db --dialect postgresql
    [ "$status" -eq 2 ]
    [[ "$output" == *"lite.db is a sqlite database, where one of postgresql is needed"* ]]
    run autogen diff t.sql lite.db --dialect nosuch
    [ "$status" -eq 2 ]
    sed -i 's|url = .*|url = sqlite:///lite.db|; s|model = .*|model = postgresql://nowhere.invalid/x|' autogen.ini
    run autogen check
    [ "$status" -eq 2 ]
    [[ "$output" == *"postgresql://nowhere.invalid/x is a postgresql database, where one of sqlite is needed"* ]]
}

@test "what a SQLite file says of itself is named where two differ, and by inspect" {
    sqlite3 a.db 'CREATE TABLE t (a); PRAGMA user_version = 5'
    sqlite3 b.db 'CREATE TABLE t (a); PRAGMA user_version = 7; PRAGMA application_id = 3'
    run autogen diff a.db b.db --exit-code
    [ "$status" -eq 0 ]
    [[ "$output" == *"warning: pragma user_version = 5 is not managed and left alone"* ]]
    [[ "$output" == *"warning: 2 pragmas are not managed and left alone: user_version = 7, application_id = 3"* ]]
    run autogen diff a.db a.db
    [[ "$output" != *pragma* ]]
    run autogen inspect a.db
    [[ "$output" == *"pragma user_version = 5 is not managed"* ]]
}

@test "the JSON of a comparison is what its JSON Schema says" {
    schema=$BATS_TEST_DIRNAME/../../docs/changes.schema.json
    write_states sqlite
    autogen --url sqlite:// diff one.sql two.sql --format json >diff.json
    cp two.sql two_renamed.sql
    sed -i 's/TABLE c /TABLE cc /' two_renamed.sql
    autogen --url sqlite:// diff two.sql two_renamed.sql --json >renamed.json
    for file in diff.json renamed.json; do
        jq -e --slurpfile s "$schema" '(keys - ($s[0].properties | keys)) == [] and (($s[0].required) - keys) == []' "$file"
        jq -e --slurpfile s "$schema" '.changes | length > 0 and all((keys - ($s[0]["$defs"].change.properties | keys)) == [] and (($s[0]["$defs"].change.required) - keys) == [])' "$file"
        jq -e --slurpfile s "$schema" '.changes | all(.kind as $k | $s[0]["$defs"].change.properties.kind.enum | index($k) != null)' "$file"
    done
    jq -e '.suggestions | length == 1' renamed.json
    [ "$(jq -r '.suggestions[0]' renamed.json | grep -o -- --rename | wc -l)" -eq 1 ]
}

@test "diagrams keep to their grammar, whatever things are called" {
    cat >odd.json <<'JSON'
{"tables": {
  "a\"b": {"columns": {"x \"y\"": "integer", "<i>&amp;": {"type": "text", "comment": "a\nb"}, "end": "integer"},
           "primary_key": ["x \"y\""]},
  "100% \\ {}|;": {"columns": {"%%": "numeric(10,2)", "1st": {"type": "integer", "references": "a\"b"}}},
  "new\nline": {"columns": {"tab\t": "text", "日本": "text"}}
}}
JSON
    autogen inspect --dialect sqlite --format mermaid odd.json >odd.mmd
    # entities in quotes without what cannot stand there, attributes of plain words, relations
    run grep -vP '^(erDiagram|    "[^"%\\]+" \{|        [A-Za-z_][\w()\[\]]* [A-Za-z_]\w*( (PK|FK|PK, FK))?|    \}|    "[^"%\\]+" \S+ "[^"%\\]+" : "[^"%\\]+")$' odd.mmd
    echo "$output"
    [ -z "$output" ]
    [ "$(grep -c ' {$' odd.mmd)" -eq 3 ]
    autogen inspect --dialect sqlite --format dot odd.json >odd.dot
    grep -qF '"a\"b" [label=<' odd.dot
    grep -qF '&lt;i&gt;&amp;amp;' odd.dot
    if command -v dot >/dev/null; then
        dot -Tsvg odd.dot >odd.svg
    fi
}
