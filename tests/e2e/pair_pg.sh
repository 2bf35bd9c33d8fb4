#!/usr/bin/env bash
# A change pair on PostgreSQL: a database made by A.sql becomes that of B.sql by one generated revision,
# and goes back. Equality is pg_dump's.
#
#   AUTOGEN=… AG_TEST_PG=CONNINFO pair_pg.sh FOLDER   (with a.sql and b.sql)
set -u
folder=$1
autogen=${AUTOGEN:?path of the autogen binary}
[ -e "$folder/a.sql" ] || { echo "skipped: $folder is absent"; exit 77; }
[ -n "${AG_TEST_PG:-}" ] || { echo "skipped: no server (AG_TEST_PG)"; exit 77; }

work=$(mktemp -d)
name=pair_$(basename "$folder" | tr -c 'a-z0-9\n' _)_$$
server=${AG_TEST_PG//dbname=*/}
a="$server dbname=${name}_a"
b="$server dbname=${name}_b"
fail() { echo "FAILED: $*" >&2; exit 1; }
cleanup() {
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS ${name}_a" \
        -c "DROP DATABASE IF EXISTS ${name}_b" >/dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT
dump() {
    pg_dump --schema-only --no-owner --no-privileges -T alembic_version -T autogen_history \
        -d "$1" >"$work/raw.sql" || fail "pg_dump"
    grep -vE '^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)' "$work/raw.sql" |
        awk 'BEGIN {RS = ""; ORS = "\0"} {print}' | sort -z | tr '\0' '\n'
}
psql -q "$AG_TEST_PG" -c "CREATE DATABASE ${name}_a" -c "CREATE DATABASE ${name}_b" || exit 1
psql -q "$a" -f "$folder/a.sql" >"$work/load.txt" 2>&1
psql -q "$b" -f "$folder/b.sql" >>"$work/load.txt" 2>&1
cd "$work" || exit 1
unset DATABASE_URL
dump "$a" >start.dump
dump "$b" >wanted.dump
cp "$folder/b.sql" model.sql
"$autogen" -q --url "$a" init --model model.sql || fail "init"
"$autogen" -q revision -m change || fail "revision"
"$autogen" -q upgrade head || { cat migrations/versions/*.sql; fail "upgrade"; }
dump "$a" >got.dump
diff wanted.dump got.dump >d.txt || { head -40 d.txt; fail "the dumps differ"; }
"$autogen" check >check.txt || { head check.txt; fail "a second diff is not empty"; }
"$autogen" -q downgrade base || fail "downgrade"
dump "$a" >back.dump
diff start.dump back.dump >d.txt || { head -40 d.txt; fail "the downgrade differs"; }
echo "ok: $(basename "$folder")"
