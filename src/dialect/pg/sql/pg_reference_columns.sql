-- Tables that foreign keys refer to but that are not read (other namespaces, members of
-- extensions), with their columns.
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
    n.nspname,
    t.relname
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class t ON t.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE a.attnum > 0
AND a.attrelid IN (
    SELECT c.confrelid
    FROM pg_catalog.pg_constraint c
    JOIN pg_catalog.pg_class r ON r.oid = c.confrelid
    WHERE c.contype = 'f'
    AND c.connamespace IN (SELECT m.oid FROM managed m)
    AND (
        r.relnamespace NOT IN (SELECT m.oid FROM managed m)
        OR NOT r.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_class'::regclass
)
    )
)
ORDER BY a.attrelid, a.attnum
