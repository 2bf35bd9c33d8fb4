#!/usr/bin/env bash
# One PostgreSQL schema through the main job: load it into A, export A as a model, build B from the
# model, and hold B against A: check is clean, a second revision writes nothing, pg_dump agrees
# statement by statement, and `downgrade base` leaves nothing behind.
#
#   AUTOGEN=… AG_TEST_PG=CONNINFO roundtrip_pg.sh SCHEMA.sql
#   Exit code 77 (skipped) without a server or when the file is absent.
set -u
schema=$1
autogen=${AUTOGEN:?path of the autogen binary}
[ -e "$schema" ] || { echo "skipped: $schema is absent"; exit 77; }
[ -n "${AG_TEST_PG:-}" ] || { echo "skipped: no server (AG_TEST_PG)"; exit 77; }

. "$(dirname "${BASH_SOURCE[0]}")/older.sh"
work=$(mktemp -d)
name=rt_$(basename "$schema" .sql | tr -c 'a-z0-9\n' _)_$$
server=$(sed 's/dbname=[^ ]*//' <<< "$AG_TEST_PG")
a="$server dbname=${name}_a"
b="$server dbname=${name}_b"
fail() { echo "FAILED: $*" >&2; exit 1; }
cleanup() {
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS ${name}_a" \
        -c "DROP DATABASE IF EXISTS ${name}_b" > /dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT

# The dump as statements: comments and session settings out, one statement a paragraph, sorted.
dump() {
    pg_dump --schema-only --no-owner --no-privileges -T alembic_version -T autogen_history \
        -d "$1" > "$work/raw.sql" || fail "pg_dump"
    grep -vE '^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)' "$work/raw.sql" |
        awk 'BEGIN {RS = ""; ORS = "\0"} {print}' | sort -z | tr '\0' '\n'
}

psql -q "$AG_TEST_PG" -c "CREATE DATABASE ${name}_a" -c "CREATE DATABASE ${name}_b" || exit 1
psql -q -v ON_ERROR_STOP=1 "$a" -f "$(older "$schema" "$work/older.sql")" > "$work/load.txt" 2>&1 ||
    { tail -3 "$work/load.txt"; fail "the schema does not load"; }
cd "$work" || exit 1
export DATABASE_URL=
unset DATABASE_URL
"$autogen" -q --url "$a" inspect --format json -o model.json || fail "inspect"
"$autogen" -q --url "$b" init --model model.json || fail "init"
"$autogen" -q revision -m "everything" || fail "revision"
"$autogen" -q upgrade head || fail "upgrade"
"$autogen" check > check.txt || { head -20 check.txt; fail "check is not clean"; }
before=$(find migrations/versions -name '*.sql' | wc -l)
"$autogen" revision -m "again" 2> again.txt || { cat again.txt; fail "second revision"; }
[ "$(find migrations/versions -name '*.sql' | wc -l)" -eq "$before" ] ||
    fail "a second revision was written"
dump "$a" > a.dump
dump "$b" > b.dump
diff a.dump b.dump > dump.diff || { head -60 dump.diff; fail "the dumps differ"; }
"$autogen" -q downgrade base || fail "downgrade"
dump "$b" > left.dump
grep -v '^$' left.dump > left.txt && { head -20 left.txt; fail "left behind"; }
echo "ok: $(grep -c . a.dump) lines of the dump agree"
