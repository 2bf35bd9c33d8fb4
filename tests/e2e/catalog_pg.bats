#!/usr/bin/env bats
# Everything that the server's own catalogs have of a kind: no difference after inspect, revision and
# upgrade, and pg_dump agrees (roundtrip_pg.sh).

load helpers

extensions='pg_trgm hstore ltree intarray btree_gist btree_gin citext cube seg isn bloom'

write_schema() { # QUERY: a schema whose statements a query of the test server writes
    local url
    url=$(database "$1")
    for extension in $extensions; do
        echo "CREATE EXTENSION $extension;"
    done >schema.sql
    cat >>schema.sql <<'SQL'
CREATE TYPE en AS ENUM ('a');
CREATE TYPE rng AS RANGE (subtype = float8);
CREATE TYPE comp AS (a int);
CREATE DOMAIN dom AS int;
SQL
    psql -q "$url" -f schema.sql
    psql -qAtX "$url" -c "$2" >>schema.sql
    drop_database "$1"
    [ "$(wc -l <schema.sql)" -gt "$3" ]
    "$BATS_TEST_DIRNAME/roundtrip_pg.sh" "$PWD/schema.sql"
}

@test "a column of every type and of a list of it" {
    need_server
    write_schema types "
        SELECT format('CREATE TABLE t%s (a %s, b %2\$s[]);', oid, format_type(oid, NULL))
        FROM pg_type WHERE typtype IN ('b', 'r', 'm', 'e', 'd', 'c') AND typarray <> 0
        AND (typtype <> 'c' OR typname = 'comp') AND typnamespace <> 'information_schema'::regnamespace
        AND typname !~ '^(pg_node_tree|pg_ndistinct|pg_dependencies|pg_mcv_list|pg_brin_.*)$'
        ORDER BY oid" 100
}

@test "an index of every class of operators" {
    need_server
    write_schema classes "
        SELECT format('CREATE TABLE t%1\$s (a %2\$s); CREATE INDEX i%1\$s ON t%1\$s USING %3\$s (a %4\$s);',
            o.oid, CASE t.typname WHEN 'anyarray' THEN 'int[]' WHEN 'anyrange' THEN 'int4range'
                WHEN 'anymultirange' THEN 'int4multirange' WHEN 'anyenum' THEN 'en'
                WHEN 'record' THEN 'comp' ELSE format_type(t.oid, NULL) END, m.amname,
            quote_ident(n.nspname) || '.' || quote_ident(o.opcname))
        FROM pg_opclass o JOIN pg_am m ON m.oid = opcmethod JOIN pg_type t ON t.oid = opcintype
        JOIN pg_namespace n ON n.oid = o.opcnamespace ORDER BY o.oid" 200
}

@test "a column of every collation" {
    need_server
    write_schema collations "
        SELECT format('CREATE TABLE c%s (a text COLLATE %s.%I UNIQUE);', oid, collnamespace::regnamespace,
            collname) FROM pg_collation WHERE collencoding IN (-1, 6) ORDER BY oid LIMIT 300" 3
}
