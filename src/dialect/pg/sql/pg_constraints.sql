-- Constraints of tables and domains. The keys of those that an index enforces are read with the
-- index. Foreign keys that only mirror one to a partitioned table are left out.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    c.conrelid,
    c.contypid,
    c.conname,
    c.contype,
    c.conindid,
    c.condeferrable,
    c.condeferred,
    c.convalidated,
    c.connoinherit,
    c.conislocal,
    c.conkey::text,
    CASE WHEN c.contype = 'c' THEN pg_get_expr(c.conbin, c.conrelid) END,
    c.confrelid,
    c.confkey::text,
    c.confupdtype,
    c.confdeltype,
    c.confmatchtype,
    c.confdelsetcols::text, -- since 15, else NULL
    CASE WHEN c.contype = 'x' THEN (
        SELECT
            array_agg(CASE xn.nspname
                WHEN 'pg_catalog' THEN x.oprname
                ELSE format('OPERATOR(%I.%s)', xn.nspname, x.oprname)
            END ORDER BY o.place)::text
        FROM unnest(c.conexclop) WITH ORDINALITY o (oid, place)
        JOIN pg_catalog.pg_operator x ON x.oid = o.oid
        JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
    ) END,
    d.description
FROM pg_catalog.pg_constraint c
JOIN managed n ON n.oid = c.connamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_constraint'::regclass AND d.objoid = c.oid
WHERE c.contype IN ('p', 'u', 'f', 'c', 'x')
AND CASE WHEN c.contype = 'f' AND c.conparentid <> 0 THEN (
    SELECT p.confrelid = c.confrelid
    FROM pg_catalog.pg_constraint p
    WHERE p.oid = c.conparentid
) ELSE true END
ORDER BY c.conrelid, c.contypid, position(c.contype IN 'pufcx'), c.conname
