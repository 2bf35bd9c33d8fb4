#!/usr/bin/env bash
# One schema through C: load it, export it as a header, and hold the header against the database:
# check is clean, C and C++ compilers take it, and every view, trigger and other object that is not
# in it was named.
#
#   AUTOGEN=… roundtrip_c.sh sqlite|pg SCHEMA.sql      (pg: AG_TEST_PG=CONNINFO)
#   Exit code 77 (skipped) without libclang or a server, or when the file is absent.
set -u
kind=$1
schema=$(realpath -m "$2")
autogen=${AUTOGEN:?path of the autogen binary}
[ -e "$schema" ] || { echo "skipped: $schema is absent"; exit 77; }
[ -f "$(dirname "$autogen")/autogen-clang.so" ] || { echo "skipped: built without libclang"; exit 77; }
include=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../include" && pwd)
. "$(dirname "${BASH_SOURCE[0]}")/older.sh"

work=$(mktemp -d)
name=
empty_name=
cleanup() {
    local database
    for database in $name $empty_name; do
        psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS $database" >/dev/null 2>&1
    done
    rm -rf "$work"
}
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
cd "$work" || exit 1
unset DATABASE_URL

if [ "$kind" = sqlite ]; then
    sqlite3 -batch a.db <"$schema" >load.txt 2>&1 || { tail -3 load.txt; fail "the schema does not load"; }
    url=sqlite:///a.db
else
    [ -n "${AG_TEST_PG:-}" ] || { echo "skipped: no server (AG_TEST_PG)"; exit 77; }
    name=rtc_$(basename "$schema" .sql | tr -c 'a-z0-9\n' _)_$$
    psql -q "$AG_TEST_PG" -c "CREATE DATABASE $name" || exit 1
    url="$(sed 's/dbname=[^ ]*//' <<<"$AG_TEST_PG") dbname=$name"
    psql -q -v ON_ERROR_STOP=1 "$url" -f "$(older "$schema" "$work/older.sql")" >load.txt 2>&1 ||
        { tail -3 load.txt; fail "the schema does not load"; }
fi

"$autogen" -q --url "$url" init --model schema.h || fail "init"
"$autogen" inspect --format c -o schema.h 2>warnings.txt || { cat warnings.txt; fail "inspect"; }
"$autogen" inspect --format json -o schema.json 2>/dev/null || fail "inspect as JSON"
"$autogen" check >check.txt 2>err.txt || {
    head -20 check.txt err.txt
    fail "check is not clean"
}
# The same schema in JSON gives the same revision, byte for byte: the header as JSON, and the whole
# schema where what C has no words for is in a JSON file beside the header.
if [ "$kind" = sqlite ]; then
    dialect=sqlite
    empty=sqlite:///$work/empty.db
    sqlite3 empty.db 'VACUUM'
else
    dialect=postgresql
    empty_name=${name}_empty
    psql -q "$AG_TEST_PG" -c "CREATE DATABASE $empty_name" || exit 1
    empty="$(sed 's/dbname=[^ ]*//' <<<"$AG_TEST_PG") dbname=$empty_name"
fi
"$autogen" inspect schema.h --dialect "$dialect" --format json -o read.json || fail "inspect C"
jq 'del(.naming, .enums, .tables)' schema.json >rest.json
revision() { # NAME MODEL…: the revision of models, without the minute it was made in
    mkdir "$1" && (cd "$1" && "$autogen" -q --url "$empty" init --model "${*:2}" &&
        "$autogen" -q revision -m "all of it" --rev-id 4c) >"$1.txt" 2>&1 ||
        { head "$1.txt"; fail "no revision from ${*:2}"; }
    sed '/^-- Create Date: /d' "$1"/migrations/versions/4c_*.sql >"$1.sql"
    grep -q 'CREATE TABLE' "$1.sql" || fail "no operations"
}
same_revision() {
    diff "$1.sql" "$2.sql" >differences.txt ||
        { head -20 differences.txt; fail "another revision from C than from JSON"; }
}
revision c "$work/schema.h"
revision json "$work/read.json"
same_revision json c
revision c_and_rest "$work/schema.h" "$work/rest.json"
revision whole "$work/schema.json"
same_revision whole c_and_rest
jq -r 'del(.tables, .enums, .namespaces) | to_entries[] | .value | if type == "object" then keys[] else empty end' \
    schema.json | while IFS= read -r object; do
    grep -qF " $object is not in the header" warnings.txt || fail "$object is missing without a word"
done || exit 1
for compiler in "gcc -std=c99" "gcc -std=c17" "g++ -x c++ -std=c++11" "clang-14 -std=c11"; do
    command -v "${compiler%% *}" >/dev/null || continue
    echo '#include "schema.h"' >t.c
    $compiler -Wall -Wextra -pedantic-errors -Werror -I"$include" -fsyntax-only t.c ||
        fail "$compiler does not take the header"
done
echo "ok: $(grep -c 'AG_TABLE(' schema.h) structs, $(grep -c . warnings.txt) warnings"
