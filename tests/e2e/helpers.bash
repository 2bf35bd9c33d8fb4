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

server_version() { psql -qAt "$AG_TEST_PG" -c "SHOW server_version_num"; }

# What the test uses came with a version of PostgreSQL.
need_version() { # MAJOR
    need_server
    [ "$(server_version)" -ge $(($1 * 10000)) ] || skip "needs PostgreSQL $1"
}

# Before PostgreSQL 13 an extension has gen_random_uuid().
uuids_of_server() { # MODEL
    [ -z "${AG_TEST_PG:-}" ] || [ "$(server_version)" -ge 130000 ] ||
        sed -i 's/gen_random_uuid( *)/md5(random()::text)::uuid/' "$1"
}

# Lines of files, less those that name what came after the server.
known_lines() { # FILE…
    local version later='^$'
    version=$(server_version)
    [ "$version" -ge 150000 ] || later+='|numeric\((3,-2|2,5)'
    [ "$version" -ge 140000 ] || later+="|multirange|'-?Infinity'|[a-z]\['"
    [ "$version" -ge 130000 ] || later+='|gen_random_uuid|^xid8|^pg_snapshot|^regcollation| is normalized|normalize\('
    grep -hvE "$later" "$@"
}

# Whoever is still in it is sent away. (DROP DATABASE … WITH (FORCE) came with PostgreSQL 13.)
drop_now() { # DATABASE…
    local name
    for name in "$@"; do
        psql -qAt "$AG_TEST_PG" -o /dev/null -c \
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$name'" \
            -c "DROP DATABASE IF EXISTS \"$name\""
    done
}

# Conninfo of the test server without a database.
if [ -n "${AG_TEST_PG:-}" ]; then
    export server=${AG_TEST_PG//dbname=*/}
fi

database() { # NAME: a fresh database of this file's; prints its conninfo
    local name
    name="bats_$(basename "$BATS_TEST_FILENAME" .bats)_$1_$$"
    {
        drop_now "$name"
        psql -q "$AG_TEST_PG" -c "CREATE DATABASE $name TEMPLATE template0"
    } >/dev/null 2>&1
    echo "$server dbname=$name"
}

drop_database() { # NAME
    drop_now "bats_$(basename "$BATS_TEST_FILENAME" .bats)_$1_$$"
}
