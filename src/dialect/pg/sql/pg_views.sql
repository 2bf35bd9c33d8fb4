-- Views and materialized views as CREATE statements. (Columns as in all queries of objects: class,
-- oid, kind, namespace, name, signature, namespace and name of the table, definition, further
-- statements, comment.)
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    'pg_catalog.pg_class'::regclass::oid,
    c.oid,
    CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END,
    n.nspname,
    c.relname,
    NULL,
    NULL,
    NULL,
    concat(
        CASE c.relkind WHEN 'm' THEN 'CREATE MATERIALIZED VIEW ' ELSE 'CREATE VIEW ' END,
        format('%I.%I', n.nspname, c.relname),
        ' USING ' || quote_ident(nullif(am.amname, 'heap')),
        ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
        ' TABLESPACE ' || quote_ident(ts.spcname),
        E' AS\n',
        rtrim(pg_get_viewdef(c.oid), E'; \n')
    ),
    (
        SELECT
            array_agg(format('ALTER %s %I.%I ALTER COLUMN %I %s',
                CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
                n.nspname, c.relname, a.attname, x.change) ORDER BY a.attnum, x.place)::text
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
        CROSS JOIN LATERAL (
            VALUES
                (1, 'SET DEFAULT ' || pg_get_expr(ad.adbin, ad.adrelid)),
                (2, CASE WHEN c.relkind = 'm' AND a.attstorage <> t.typstorage THEN 'SET STORAGE '
                    || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                        WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                (3, 'SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END), -- since 14, else (3, NULL)
                (4, CASE WHEN c.relkind = 'm' THEN 'SET STATISTICS ' || nullif(a.attstattarget, -1) END),
                (5, 'SET (' || (SELECT string_agg(o, ', ') FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg_attver=%') || ')')
        ) x (place, change)
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND x.change IS NOT NULL
    ),
    d.description
FROM pg_catalog.pg_class c
JOIN managed n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind IN ('v', 'm')
AND c.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_class'::regclass
)
ORDER BY n.nspname, c.relname
