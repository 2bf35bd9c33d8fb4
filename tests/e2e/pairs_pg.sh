#!/usr/bin/env bash
# Change pairs on PostgreSQL: a database made by one SQL file becomes that of another by one generated
# revision, and goes back. Equality is pg_dump's; rows that are there before stay.
#
#   AUTOGEN=… AG_TEST_PG=CONNINFO pairs_pg.sh [-1ar] [-c REGEX] [-x REGEX] FOLDER|FILE…
#
# A FOLDER holds a.sql and b.sql, or folders that do. A FILE holds many cases:
#
#   -- case: NAME [keeps] [loses] [alone] [oneway] [open] [pgN]
#   -- with: OPTION…          options of `autogen revision`
#   -- set: KEY = VALUE       a line of autogen.ini
#   -- both                   what opens a.sql and b.sql alike; `-- a`, `-- b`: what follows there;
#   -- rows                   what only the database gets, behind a.sql
#
# The cases of a file are run as one, each in a namespace of its own, but for those that are alone or
# have options; with -1, or when that fails, one by one (with b's database as the model).
#
# keeps: going there and back leaves every value; loses: rows go with the change; oneway: -r leaves it
# out; pgN: uses what came with PostgreSQL N, and is skipped before; open: known not to pass, only
# run with -a. -r also goes from b to a. -c runs the cases whose names match. The order of a table's columns does
# not count: no ALTER TABLE puts a column between others.
set -u
autogen=${AUTOGEN:?path of the autogen binary}
[ -n "${AG_TEST_PG:-}" ] || { echo "skipped: no server (AG_TEST_PG)"; exit 77; }
reverse=
pattern=.
singly=
all=
except='^$'
while getopts 1arc:x: option; do
    case $option in
    x) except=$OPTARG ;;
    a) all=1 ;;
    1) singly=1 ;;
    r) reverse=1 ;;
    c) pattern=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ -e "${1:-/nothing}" ] || { echo "skipped: ${1:-nothing} is absent"; exit 77; }
unset DATABASE_URL

top=$(mktemp -d)
name=pair_$$
server=${AG_TEST_PG//dbname=*/}
a="$server dbname=${name}_a"
b="$server dbname=${name}_b"
b_url="postgresql:///${name}_b?$(echo "${server% }" | tr ' ' '&')"
export PGOPTIONS='-c client_min_messages=error'
cleanup() {
    psql -q "$AG_TEST_PG" -c "DROP DATABASE IF EXISTS ${name}_a" \
        -c "DROP DATABASE IF EXISTS ${name}_b" >/dev/null 2>&1
    rm -rf "$top"
}
trap cleanup EXIT

# One case a folder: a.sql, b.sql, rows.sql, and the words, options and settings of it.
split() {
    awk -v top="$top/cases" '
        /^-- case: / {
            folder = top "/" $3
            section = "both"
            system("mkdir -p \"" folder "\"")
            for (i = 4; i <= NF; i++) print $i > (folder "/words")
            printf "" > (folder "/words")
            printf "" > (folder "/a.sql")
            printf "" > (folder "/b.sql")
            next
        }
        folder == "" { next }
        /^-- with: / { sub(/^-- with: /, ""); print > (folder "/with"); next }
        /^-- set: / { sub(/^-- set: /, ""); print > (folder "/settings"); next }
        /^-- (both|a|b|rows)$/ { section = $2; next }
        section == "both" { print > (folder "/a.sql"); print > (folder "/b.sql"); next }
        { print > (folder "/" section ".sql") }
    ' "$1"
}
dump() {
    pg_dump --schema-only "${dump_options[@]}" -T alembic_version -T autogen_history -d "$1" >raw.sql ||
        return 1
    grep -vE '^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)' raw.sql |
        awk 'BEGIN {RS = ""; ORS = "\0"} {print}' | sort -z | tr '\0' '\n'
}
# Columns in whatever order.
unordered() {
    awk '/^CREATE [A-Z ]*TABLE .*\($/ {inside = 1; n = 0; print; next}
        inside && /^\)/ {
            inside = 0
            for (i = 1; i <= n; i++) print lines[i]
        }
        inside {
            sub(/,$/, "")
            for (i = ++n; i > 1 && lines[i - 1] > $0; i--) lines[i] = lines[i - 1]
            lines[i] = $0
            next
        }
        {print}' "$1"
}
same_dump() { # WANTED GOT
    cmp -s "$1" "$2" && return
    unordered "$1" >wanted.any && unordered "$2" >got.any || return 1
    diff wanted.any got.any >d.txt && return
    head -40 d.txt
    return 1
}
rows() { # CONNINFO WHAT
    psql -qAt "$1" -c "SELECT format('%I.%I', n.nspname, c.relname), query_to_xml(format(
            'SELECT $2 AS n FROM %s %I.%I t',
            CASE c.relkind WHEN 'r' THEN 'ONLY' ELSE '' END, n.nspname, c.relname), true, false, '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND c.relname NOT IN ('alembic_version', 'autogen_history') ORDER BY 1" |
        tr -d '\n' | sed 's/<\/row>/&\n/g'
}
has() { grep -qx "$1" words 2>/dev/null; }
# Of the tables that both sides know, those with another number of rows.
same_rows() {
    join -t '|' <(sort "$1") <(sort "$2") | awk -F '|' '$2 != $3 {print; bad = 1} END {exit bad}'
}
# Much faster than a new database.
empty() {
    local sql
    sql=$(psql -qAt "$1" -c "
        SELECT format('DROP EVENT TRIGGER %I;', evtname) FROM pg_event_trigger UNION ALL
        SELECT format('DROP PUBLICATION %I;', pubname) FROM pg_publication UNION ALL
        SELECT format('DROP SCHEMA %I CASCADE;', nspname) FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'" -c "
        SELECT format('DROP EXTENSION IF EXISTS %I CASCADE;', extname) FROM pg_extension
        WHERE extname <> 'plpgsql' UNION ALL
        SELECT format('DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE;', fdwname)
        FROM pg_foreign_data_wrapper UNION ALL
        SELECT format('DROP CAST IF EXISTS (%s AS %s);', castsource::regtype, casttarget::regtype)
        FROM pg_cast WHERE oid >= 16384 UNION ALL
        SELECT format('DROP ACCESS METHOD IF EXISTS %I CASCADE;', amname) FROM pg_am
            WHERE oid >= 16384 UNION ALL
        SELECT format('DROP TRANSFORM IF EXISTS FOR %s LANGUAGE %I;', trftype::regtype, lanname)
            FROM pg_transform t JOIN pg_language l ON l.oid = trflang UNION ALL
        SELECT format('DROP LANGUAGE IF EXISTS %I CASCADE;', lanname) FROM pg_language
            WHERE oid >= 16384") &&
        psql -q "$1" -v ON_ERROR_STOP=1 -c "$sql
            CREATE SCHEMA public$public_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;
            COMMENT ON SCHEMA public IS 'standard public schema'"
}
run_case() {
    local key
    if [ -e settings ] && grep -q '^include' settings; then
        dump_options=()
    else
        dump_options=(--no-owner --no-privileges)
    fi
    empty "$a" || return 1
    empty "$b" || return 1
    psql -q "$a" -f a.sql >load.txt 2>&1
    psql -q "$b" -f b.sql >>load.txt 2>&1
    if [ -n "$strict" ] && [ -s load.txt ]; then
        cat load.txt
        return 1
    fi
    [ ! -e rows.sql ] || psql -q "$a" -f rows.sql || return 1
    dump "$a" >start.dump || return 1
    dump "$b" >wanted.dump || return 1
    rows "$a" 'count(*)' >start.rows
    ! has keeps || rows "$a" 'jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t))' >start.data
    cp b.sql model.sql
    "$autogen" -q --url "$a" init --model "${1:-model.sql}" || { echo "init"; return 1; }
    if [ -e settings ]; then
        while read -r key; do
            sed -i "/^model *=/a $key" autogen.ini
        done <settings
    fi
    local with=()
    [ ! -e with ] || read -ra with <with
    timeout 60 "$autogen" -q revision -m change "${with[@]}" || { echo "revision: $?"; return 1; }
    timeout 60 "$autogen" -q upgrade head || { echo "upgrade: $?"; return 1; }
    dump "$a" >got.dump || return 1
    same_dump wanted.dump got.dump || { echo "the dumps differ"; return 1; }
    "$autogen" check >check.txt 2>&1 || { head -40 check.txt; echo "a second diff is not empty"; return 1; }
    rows "$a" 'count(*)' >got.rows
    has loses || same_rows start.rows got.rows || { echo "rows differ"; return 1; }
    timeout 60 "$autogen" -q downgrade -1 || { echo "downgrade: $?"; return 1; }
    dump "$a" >back.dump || return 1
    same_dump start.dump back.dump || { echo "the downgrade differs"; return 1; }
    ! has keeps || {
        rows "$a" 'jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t))' >back.data
        diff start.data back.data
    } || { echo "values differ"; return 1; }
}

version=$(psql -qAt "$AG_TEST_PG" -c "SHOW server_version_num") || exit 1
public_owner=
[ "$version" -lt 140000 ] || public_owner=" AUTHORIZATION pg_database_owner"
needed() { # FOLDER: the version of PostgreSQL that a case is for
    sed -n 's/^pg\([0-9]*\)$/\1/p' "$1/words"
}

# Roles that the files of other projects take for granted.
for role in postgres schemainspect_test_role; do
    psql -q "$AG_TEST_PG" -c "CREATE ROLE $role" >/dev/null 2>&1
done
mkdir "$top/cases"
strict=
for source in "$@"; do
    if [ -d "$source" ]; then
        while read -r file; do
            folder=$top/cases/$(basename "$(dirname "$file")")
            mkdir -p "$folder"
            cp "$file" "${file%a.sql}b.sql" "$folder/"
            echo alone >"$folder/words"
        done < <(find "$source" -name a.sql | sort)
    else
        strict=1
        split "$source"
    fi
done
is_alone() {
    [ -e "$1/settings" ] || [ -e "$1/with" ] || grep -qx alone "$1/words"
}
run() { # FOLDER [MODEL]
    cd "$1" || exit 1
    if run_case "${2:-}" >log.txt 2>&1; then
        [ -z "${AG_VERBOSE:-}" ] || echo "ok   $(basename "$1")"
        return
    fi
    echo "FAIL $(basename "$1")"
    sed 's/^/     /' log.txt
    [ -z "${AG_VERBOSE:-}" ] || cat migrations/versions/*.sql 2>/dev/null
    return 1
}
if [ -n "$reverse" ]; then
    for folder in "$top"/cases/*/; do
        ! grep -qx oneway "$folder/words" && [ ! -e "$folder/with" ] || continue
        back=${folder%/}_back
        cp -r "$folder" "$back"
        cp "$folder/a.sql" "$back/b.sql"
        cp "$folder/b.sql" "$back/a.sql"
        rm -f "$back/rows.sql"
    done
fi
psql -q "$AG_TEST_PG" -c "CREATE DATABASE ${name}_a" -c "CREATE DATABASE ${name}_b" || exit 1
n=0
failed=0
mkdir "$top/together"
for folder in "$top"/cases/*/; do
    case_name=$(basename "$folder")
    if ! [[ $case_name =~ $pattern ]] || [[ $case_name =~ $except ]] || { [ -z "$all" ] && grep -qx open "$folder/words"; }; then
        rm -r "$folder"
        continue
    fi
    if [ "$version" -lt "$(needed "$folder")0000" ]; then
        echo "skip $case_name: needs PostgreSQL $(needed "$folder")"
        rm -r "$folder"
        continue
    fi
    if [ -z "$singly" ] && ! is_alone "$folder"; then
        for part in a b rows; do
            {
                echo "CREATE SCHEMA IF NOT EXISTS $case_name; SET search_path = $case_name, public;"
                cat "$folder/$part.sql" 2>/dev/null
            } >>"$top/together/$part.sql"
        done
        grep -x loses "$folder/words" >>"$top/together/words"
    fi
done

together=
if [ -e "$top/together/a.sql" ]; then
    run "$top/together" && together=1
fi
for folder in "$top"/cases/*/; do
    [ -d "$folder" ] || continue
    n=$((n + 1))
    [ -z "$together" ] || is_alone "$folder" || continue
    run "$folder" "${strict:+$b_url}" || failed=$((failed + 1))
done
echo "$n cases, $failed failed"
[ "$failed" -eq 0 ] && { [ -n "$together" ] || [ ! -e "$top/together/a.sql" ]; }
