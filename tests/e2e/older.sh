# Loaded by the scripts of this folder: a schema in the words of an older server. What came with
# later versions is left out of it, so that all the rest is tried there too.
# shellcheck shell=bash

# older SCHEMA.sql OUT: prints the file to load: OUT, or the schema where the server knows all of it.
older() {
    local version rules=()
    version=$(psql -qAt "$AG_TEST_PG" -c "SHOW server_version_num")
    [ "$version" -ge 150000 ] || rules+=(
        -e 's/NULLS NOT DISTINCT//'
        -e 's/numeric\(10, -2\)/numeric(10, 2)/'
        -e 's/CREATE UNLOGGED SEQUENCE/CREATE SEQUENCE/'
        -e 's/(ON DELETE SET (NULL|DEFAULT)) \([^)]*\)/\1/'
        -e 's/WITH \(security_invoker = true\)//'
        -e '/^CREATE PUBLICATION .* (\([a-z]|WHERE|TABLES IN SCHEMA)/d'
    )
    [ "$version" -ge 140000 ] || rules+=(
        -e 's/^create or replace trigger/create trigger/'
        -e 's/, ALTER [a-z]+ SET COMPRESSION [a-z0-9]+//'
        -e 's/ COMPRESSION (pglz|lz4)//'
        -e 's/, multirange_type_name = [a-z0-9]+//; s/ r mr1,/ r r1,/'
        -e '/BEGIN ATOMIC| RETURN a|FUNCTION f2\(/d'
        -e '/^CREATE STATISTICS .* ON .*\(/d'
        -e 's/timestamptz_minmax_multi_ops \([^)]*\)//'
    )
    [ "$version" -ge 130000 ] || rules+=(
        -e 's/gen_random_uuid\(\)/md5(random()::text)::uuid/'
        -e 's/tsvector_ops \(siglen = 100\)//'
        -e 's/, deduplicate_items = off//'
        -e '/^ALTER STATISTICS .* SET STATISTICS/d'
        -e '/TRIGGER noop/d' # BEFORE, on a partitioned table
    )
    if [ ${#rules[@]} -eq 0 ]; then
        echo "$1"
        return
    fi
    sed -E "${rules[@]}" "$1" >"$2"
    echo "$2"
}
