-- What is unusual about elements of indexes: operator classes that are not the type's default,
-- collations that are not the column's, options. Most indexes are sorted out before their elements
-- are looked at. (100 is the collation "default".)
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
),
unusual AS MATERIALIZED (
    SELECT i.*
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN managed n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_am am ON am.oid = c.relam
    WHERE am.amname NOT IN ('btree', 'hash')
    OR NOT i.indcollation::oid[] <@ ARRAY[0, 100]::oid[]
    OR i.indclass::oid[] && ARRAY(SELECT o.oid FROM pg_catalog.pg_opclass o WHERE NOT o.opcdefault)
)
SELECT
    i.indexrelid,
    k.place,
    CASE
        WHEN oc.opcdefault AND (
            oc.opcintype = coalesce(nullif(t.typbasetype, 0), t.oid)
            OR (oc.opcmethod, coalesce(nullif(t.typbasetype, 0), t.oid)) NOT IN (
                SELECT o.opcmethod, o.opcintype FROM pg_catalog.pg_opclass o WHERE o.opcdefault
            )
        ) AND ia.attoptions IS NULL THEN NULL
        WHEN ocn.nspname = 'pg_catalog' THEN quote_ident(oc.opcname)
        ELSE format('%I.%I', ocn.nspname, oc.opcname)
    END,
    CASE
        WHEN k.coll = 0 OR k.coll = ta.attcollation THEN NULL
        WHEN k.attnum = 0 AND k.coll = 100 THEN NULL
        WHEN k.attnum <> 0 THEN co.name
        WHEN position(
            format('%s COLLATE %s', pg_get_indexdef(i.indexrelid, k.place::integer, false), co.printed)
            IN pg_get_indexdef(i.indexrelid)) > 0 THEN co.name
    END,
    ia.attoptions::text
FROM unusual i
CROSS JOIN LATERAL
    unnest(i.indclass::oid[], i.indcollation::oid[], i.indkey::int2[]) WITH ORDINALITY
    k (opclass, coll, attnum, place)
JOIN pg_catalog.pg_opclass oc ON oc.oid = k.opclass
JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
JOIN pg_catalog.pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = k.place
LEFT JOIN pg_catalog.pg_attribute ta
    ON ta.attrelid = i.indrelid AND ta.attnum = k.attnum AND k.attnum <> 0
JOIN pg_catalog.pg_type t ON t.oid = coalesce(ta.atttypid, ia.atttypid)
LEFT JOIN LATERAL (
    SELECT
        CASE
        WHEN xn.nspname <> 'pg_catalog' THEN format('%I.%I', xn.nspname, x.collname)
        WHEN x.collname ~ '[."]' THEN '"' || replace(x.collname, '"', '""') || '"'
        ELSE x.collname
    END AS name,
        CASE xn.nspname
            WHEN 'pg_catalog' THEN quote_ident(x.collname)
            ELSE format('%I.%I', xn.nspname, x.collname)
        END AS printed
    FROM pg_catalog.pg_collation x
    JOIN pg_catalog.pg_namespace xn ON xn.oid = x.collnamespace
    WHERE x.oid = k.coll
) co ON true
ORDER BY i.indexrelid, k.place
