-- Namespaces. "public" is everywhere: it counts when it has a comment of its own.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    n.oid,
    n.nspname,
    d.description
FROM managed n
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_namespace'::regclass AND d.objoid = n.oid
WHERE (n.nspname <> 'public' OR d.description <> 'standard public schema')
AND n.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_namespace'::regclass
)
ORDER BY n.nspname
