#!/usr/bin/env bats
# The example project: a C program with its structs, its database and its history.

load helpers

project() {
    [ -f "$(dirname "$AUTOGEN")/autogen-clang.so" ] || skip "built without libclang"
    cp -r "$BATS_TEST_DIRNAME/../../fixtures/c_project/." .
    include=$(cd "$BATS_TEST_DIRNAME/../../include" && pwd)
}

build() {
    gcc -std=gnu17 -Wall -Wextra -Werror -I "$include" notes.c -lsqlite3 -o notes
}

@test "the history makes what the structs say, and goes back" {
    project
    autogen -q upgrade head
    run autogen check
    [ "$status" -eq 0 ]
    autogen -q downgrade base
    [ -z "$(sqlite3 notes.db "SELECT name FROM sqlite_schema WHERE name IN ('notes', 'people')")" ]
}

@test "the program, compiled by gcc, works with its tables after a struct was changed" {
    project
    autogen -q upgrade head
    build
    ./notes notes.db add ann "buy milk" high
    ./notes notes.db add ben "sleep"
    ./notes notes.db done 2
    ./notes notes.db list >before.txt
    grep -qx '1 \[ \] ann: buy milk (high, 1700000000)' before.txt
    grep -qx '2 \[x\] ben: sleep (normal, 1700000000)' before.txt

    # A new field, a new constant, a longer text, a field renamed.
    sed -i -e 's/^    bool is_done.*/&\n    char color[8] AG_DEFAULT("'\''#ffffff'\''") AG_CHECK("length(color) = 7");/' \
        -e 's/^    PRIORITY_HIGH.*/&\n    PRIORITY_URGENT AG_VALUE("urgent"),/' \
        -e 's/char name\[65\]/char name[129]/' \
        -e 's/char \*body;/char *text AG_RENAMED_FROM(body);/' schema.h
    sed -i 's/{"low", "normal", "high"}/{"low", "normal", "high", "urgent"}/' notes.c
    run autogen check
    [ "$status" -eq 3 ]
    autogen -q revision -m "colours"
    autogen -q upgrade head
    autogen check

    build
    ./notes notes.db list >after.txt
    diff before.txt after.txt
    ./notes notes.db add ann "call ben" urgent
    ./notes notes.db list | grep -qx '3 \[ \] ann: call ben (urgent, 1700000000)'
    [ "$(sqlite3 notes.db 'SELECT color FROM notes WHERE id = 1')" = "#ffffff" ]
    run sqlite3 notes.db "UPDATE notes SET priority = 'never'"
    [ "$status" -ne 0 ]
    run autogen revision -m again
    [[ $output == *"No changes detected."* ]]
    sqlite3 notes.db 'DELETE FROM notes WHERE id = 3' # the old constraint knows no urgent ones
    autogen -q downgrade -1
    ./notes notes.db list | diff before.txt -
}
