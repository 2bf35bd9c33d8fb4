# Loaded by the scripts of this folder: each test works in a fresh folder, with the command in PATH
# and none of the caller's settings.
# shellcheck shell=bash

setup() {
    if [ -z "${AUTOGEN:-}" ]; then
        AUTOGEN=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)/build/dev/src/autogen
    fi
    export AUTOGEN
    PATH=$(dirname "$AUTOGEN"):$PATH
    unset DATABASE_URL NO_COLOR
    export LC_ALL=C.UTF-8
    mkdir -p "$BATS_TEST_TMPDIR/project"
    cd "$BATS_TEST_TMPDIR/project" || return 1
}

# The exit code, and a text on standard error; both streams are kept in out and err.
fails() { # CODE TEXT COMMAND…
    local code=$1 text=$2 status=0
    shift 2
    autogen "$@" >out 2>err </dev/null || status=$?
    if [ "$status" -ne "$code" ] || ! grep -qF -e "$text" err; then
        echo "autogen $*: exit $status, expected $code with: $text"
        cat out err
        false
    fi
}

need_server() { [ -n "${AG_TEST_PG:-}" ] || skip "no server (AG_TEST_PG)"; }

# Conninfo of the test server without a database.
if [ -n "${AG_TEST_PG:-}" ]; then
    export server=${AG_TEST_PG//dbname=*/}
fi

database() { # NAME: a fresh database of this file's; prints its conninfo
    local name
    name="bats_$(basename "$BATS_TEST_FILENAME" .bats)_$1_$$"
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" \
        -c "CREATE DATABASE $name TEMPLATE template0" >/dev/null 2>&1
    echo "$server dbname=$name"
}

drop_database() { # NAME
    psql -q "$AG_TEST_PG" -c \
        "DROP DATABASE IF EXISTS bats_$(basename "$BATS_TEST_FILENAME" .bats)_$1_$$ WITH (FORCE)"
}
