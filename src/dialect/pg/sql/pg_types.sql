-- Enums, domains and composite types.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    t.oid,
    n.nspname,
    t.typname,
    t.typtype,
    t.typrelid,
    CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
    t.typnotnull,
    CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END,
    CASE
        WHEN cn.nspname <> 'pg_catalog' THEN format('%I.%I', cn.nspname, co.collname)
        WHEN co.collname ~ '[."]' THEN '"' || replace(co.collname, '"', '""') || '"'
        ELSE co.collname
    END,
    d.description
FROM pg_catalog.pg_type t
JOIN managed n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation co
    ON co.oid = t.typcollation AND t.typtype = 'd' AND t.typcollation <> b.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
AND t.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_type'::regclass
)
ORDER BY n.nspname, t.typname
