#!/usr/bin/env bats
# Annotated C structs as the model, through the command.

load helpers

header() {
    cat >schema.h <<'C'
#include <autogen/model.h>
#include <stdint.h>

struct AG_TABLE(users) user {
    int64_t id AG_PRIMARY_KEY AG_IDENTITY;
    char email[321] AG_UNIQUE_AS(uq_users_email);
};
C
}

need_module() { [ -f "$(dirname "$AUTOGEN")/autogen-clang.so" ] || skip "built without libclang"; }

@test "a header as the model: revision, upgrade, check" {
    need_module
    header
    autogen -q init --model schema.h
    autogen -q revision -m first
    autogen -q upgrade head
    run autogen check
    [ "$status" -eq 0 ]
    sed -i 's/AG_UNIQUE_AS.*;/&\n    char *name;/' schema.h
    run autogen check
    [ "$status" -eq 3 ]
    autogen -q revision -m name
    grep -q 'ADD COLUMN name text' migrations/versions/*_name.sql
    autogen -q upgrade head
    autogen check
}

@test "an error of the compiler ends with exit 6, its place and its line" {
    need_module
    header
    autogen -q init --model schema.h
    sed -i 's/int64_t id/int46_t id/' schema.h
    run autogen revision -m x
    [ "$status" -eq 6 ]
    [[ $output == *"schema.h:5:5: error: unknown type name 'int46_t'"* ]]
    [[ $output == *"int46_t id AG_PRIMARY_KEY"* ]]
    [ -z "$(ls migrations/versions)" ]
}

@test "a missing include says which setting to make, and the setting helps" {
    need_module
    mkdir -p project/include/deep
    cd project
    header
    mv schema.h include/deep/users.h
    echo '#include <deep/users.h>' >schema.h
    autogen -q init --model schema.h
    run autogen check
    [ "$status" -eq 6 ]
    [[ $output == *"'deep/users.h' file not found"* ]]
    [[ $output == *"cflags = -I"* ]]
    echo 'cflags = -I include' >>autogen.ini
    run autogen check
    [ "$status" -eq 3 ]
    cd ..
    run autogen -c project/autogen.ini check
    [ "$status" -eq 3 ]
}

@test "an unknown annotation has a suggestion" {
    need_module
    header
    sed -i 's/AG_IDENTITY/AG_IDENTIY/' schema.h
    run autogen inspect schema.h --dialect sqlite
    [ "$status" -eq 6 ]
    [[ $output == *"did you mean AG_IDENTITY?"* ]]
}

@test "the same schema in JSON and in C gives the same file" {
    need_module
    header
    autogen inspect schema.h --dialect sqlite --format json >schema.json
    for kind in h json; do
        mkdir $kind
        (cd $kind && autogen -q init --model ../schema.$kind && autogen -q revision -m x --rev-id abc)
        sed '/Create Date/d' $kind/migrations/versions/abc_x.sql >$kind.sql
    done
    diff h.sql json.sql
}

@test "a folder is all the models in it, of whatever kinds" {
    need_module
    mkdir model
    header
    mv schema.h model/b.h
    echo '{"tables": {"a": {"columns": {"x": "int"}}}}' >model/a.json
    echo 'CREATE TABLE c (x int);' >model/c.sql
    run autogen inspect model --dialect sqlite --format sql
    [ "$status" -eq 0 ]
    for table in a users c; do
        [[ $output == *"CREATE TABLE $table ("* ]]
    done
    mkdir none
    run autogen inspect none --dialect sqlite
    [ "$status" -eq 6 ]
}

@test "a database becomes a header that is the same model; what it lacks is warned of" {
    need_module
    sqlite3 app.db "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE VIEW v AS SELECT id FROM t;"
    autogen -q --url sqlite:///app.db init --model schema.h
    run autogen inspect --format c -o schema.h
    [ "$status" -eq 0 ]
    [[ $output == *"warning: view v is not in the header"* ]]
    grep -qx 'struct AG_TABLE(t) t {' schema.h
    autogen check
}

@test "a command that reads no C does not load libclang" {
    need_module
    header
    autogen -q init --model schema.h
    loaded() { LD_DEBUG=files "$AUTOGEN" "$@" 2>&1 | grep -c 'calling init: .*clang' || :; }
    [ "$(loaded inspect schema.h --dialect sqlite)" -gt 0 ] # so that the others say something
    autogen -q revision -m first
    for command in current heads history "upgrade head" "show head" "downgrade base" "help check" \
        "revision --empty -m second" "stamp head" "lint" "--version"; do
        # shellcheck disable=SC2086
        [ "$(loaded $command)" -eq 0 ] || { echo "$command loads libclang"; false; }
    done
    autogen inspect sqlite:///app.db --format c >/dev/null
    [ "$(loaded inspect sqlite:///app.db --format c)" -eq 0 ]
}

@test "without the module a header is refused with a reason" {
    header
    mkdir bin
    cp "$AUTOGEN" bin/autogen
    run env AUTOGEN_MODULE_PATH= ./bin/autogen inspect schema.h --dialect sqlite
    [ "$status" -ne 0 ]
    [[ $output == *"C is read with libclang"* ]]
    [[ $output == *"libclang-14-dev"* ]]
    run env AUTOGEN_MODULE_PATH= ./bin/autogen --version
    [ "$status" -eq 0 ]
}

@test "a value of an enum that is renamed is renamed in the rows, and back" {
    need_module
    printf '%s\n' '#include <autogen/model.h>' \
        'enum state { STATE_NEW AG_VALUE("new"), STATE_PAID AG_VALUE("paid") };' \
        'struct AG_TABLE(o) o { int id AG_PRIMARY_KEY; enum state state AG_DEFAULT(STATE_NEW); };' \
        >schema.h
    autogen -q init --model schema.h
    autogen -q revision -m one
    autogen -q upgrade head
    sqlite3 app.db "INSERT INTO o (state) VALUES ('new'), ('paid')"
    sed -i 's/AG_VALUE("new")/AG_VALUE("fresh") AG_RENAMED_FROM("new")/' schema.h
    autogen -q revision -m two
    autogen -q upgrade head
    [ "$(sqlite3 app.db 'SELECT group_concat(state) FROM o')" = fresh,paid ]
    autogen check
    autogen -q downgrade -1
    [ "$(sqlite3 app.db 'SELECT group_concat(state) FROM o')" = new,paid ]
    autogen -q upgrade head
    sed -i 's/AG_VALUE("paid")/&, STATE_SENT AG_VALUE("sent")/' schema.h # the rename is done
    autogen -q revision -m three
    ! grep -q CASE migrations/versions/*_three.sql
    autogen -q upgrade head
    [ "$(sqlite3 app.db 'SELECT group_concat(state) FROM o')" = fresh,paid ]
}
