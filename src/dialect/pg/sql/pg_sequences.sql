-- Sequences with what they belong to: deptype 'i' to an identity column, 'a' to another column.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    c.oid,
    n.nspname,
    c.relname,
    c.relpersistence,
    format_type(s.seqtypid, NULL),
    s.seqstart,
    s.seqincrement,
    s.seqmin,
    s.seqmax,
    s.seqcache,
    s.seqcycle,
    o.deptype,
    o.refobjid,
    o.refobjsubid,
    d.description
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN managed n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend o
    ON o.classid = 'pg_catalog.pg_class'::regclass
    AND o.objid = c.oid
    AND o.objsubid = 0
    AND o.refclassid = 'pg_catalog.pg_class'::regclass
    AND o.refobjsubid > 0
    AND o.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_class'::regclass
)
ORDER BY n.nspname, c.relname
