#!/usr/bin/env bats
# What Alembic 1.19 sees on SQLite though it is not there, does not see, or writes so that it cannot
# run: right here, both ways.

load helpers

# project SQL MODEL: a database made by the shell, and a model in JSON
project() {
    sqlite3 app.db "$1"
    echo "$2" >model.json
    autogen -q --url sqlite:///app.db init --model model.json
}

# changes TEXT…: the check tells of each text; the revision runs, is not found again, and goes back
changes() {
    sqlite3 app.db .schema | sort >before
    run autogen check
    echo "$output"
    [ "$status" -eq 3 ]
    for text; do
        [[ $output == *"$text"* ]]
    done
    autogen -q revision -m change
    autogen -q upgrade head
    autogen check
    autogen -q downgrade base
    sqlite3 app.db .schema | sort | grep -v 'alembic_version\|autogen_history\|^ \|^)' >after
    grep -v '^ \|^)' before | diff - after
}

@test "a row identity without NOT NULL, TIMESTAMP and DATETIME are no differences" {
    project 'CREATE TABLE t (id INTEGER PRIMARY KEY, at TIMESTAMP, made DATETIME NOT NULL)' \
        '{"tables": {"t": {"columns": {"id": {"type": "integer", "identity": "by default"},
            "at": {"type": "datetime"}, "made": {"type": "timestamp", "nullable": false}},
            "primary_key": ["id"]}}}'
    autogen check
}

@test "expressions, directions and predicates of indexes are compared" {
    project "CREATE TABLE t (a TEXT, b INT, c INT);
        CREATE INDEX i ON t (lower(a));
        CREATE INDEX j ON t (b DESC);
        CREATE INDEX k ON t (c) WHERE c > 1;" \
        '{"tables": {"t": {"columns": {"a": {"type": "TEXT"}, "b": {"type": "INT"}, "c": {"type": "INT"}},
            "indexes": {"i": [{"expr": "upper(a)"}], "j": ["b"], "k": {"columns": ["c"], "where": "c > 2"}}}}}'
    changes 'index i ' 'index j ' 'index k '
}

@test "an unnamed foreign key is dropped, and comes back" {
    project 'CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE t (a INT REFERENCES p ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, b INT);
        INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 2);' \
        '{"tables": {"p": {"columns": {"id": {"type": "integer", "identity": "by default"}}, "primary_key": ["id"]},
            "t": {"columns": {"a": {"type": "INT"}, "b": {"type": "INT"}}}}}'
    changes 'drop foreign key'
    [ "$(sqlite3 app.db 'SELECT a, b FROM t')" = '1|2' ]
}

@test "a renamed column is suggested as that" {
    project 'CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT); INSERT INTO t VALUES (1, 2);' \
        '{"tables": {"t": {"columns": {"id": {"type": "integer", "identity": "by default"}, "email": {"type": "TEXT"}},
            "primary_key": ["id"]}}}'
    run autogen check
    [ "$status" -eq 3 ]
    [[ $output == *"--rename t.mail=t.email"* ]]
    autogen -q revision -m rename --rename t.mail=t.email
    autogen -q upgrade head
    [ "$(sqlite3 app.db 'SELECT id, email FROM t')" = '1|2' ]
    autogen check
}
