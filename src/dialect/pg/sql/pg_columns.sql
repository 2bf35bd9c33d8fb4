-- Columns of tables and views, attributes of composite types. (pg_attver is the server's own.)
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    a.attrelid,
    a.attnum,
    a.attname,
    format_type(a.atttypid, a.atttypmod),
    a.attnotnull,
    pg_get_expr(ad.adbin, ad.adrelid),
    CASE -- from 17 on, partitions share their parent's
        WHEN a.attislocal OR NOT c.relispartition
            OR current_setting('server_version_num')::int < 170000
        THEN a.attidentity
        ELSE ''
    END,
    a.attgenerated,
    CASE
        WHEN cn.nspname <> 'pg_catalog' THEN format('%I.%I', cn.nspname, co.collname)
        WHEN co.collname ~ '[."]' THEN '"' || replace(co.collname, '"', '""') || '"'
        ELSE co.collname
    END,
    CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
    nullif(a.attcompression, ''), -- since 14, else NULL
    nullif(a.attstattarget, -1),
    CASE WHEN cardinality(a.attoptions) > 1 OR a.attoptions[1] NOT LIKE 'pg_attver=%'
        THEN a.attoptions::text END,
    a.attislocal,
    d.description
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef ad
    ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation co
    ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::regclass
    AND d.objoid = a.attrelid
    AND d.objsubid = a.attnum
WHERE c.relkind IN ('r', 'p', 'c', 'v', 'm', 'f')
AND a.attnum > 0
AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
