-- What is there but not managed, to be named in a warning.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
),
found (what, name, catalog, oid) AS (
    SELECT 'OF clause', format('of %s.%s', n.nspname, c.relname), c.tableoid, c.oid
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND c.reloftype <> 0
)
SELECT f.what, f.name
FROM found f
WHERE f.oid >= 16384 AND NOT EXISTS (
    SELECT
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = f.catalog
        AND e.objid = f.oid
)
UNION ALL
-- What PostgreSQL 18 has besides; older catalogs lack the columns, and are not asked.
SELECT x.what, format('%s of %s.%s', c.conname, n.nspname, t.relname)
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
JOIN managed n ON n.oid = t.relnamespace
CROSS JOIN LATERAL (
    VALUES
        ('temporal constraint', to_jsonb(c) ->> 'conperiod' = 'true'),
        ('constraint that is not enforced', to_jsonb(c) ->> 'conenforced' = 'false'),
        ('NOT NULL that is not valid or not inherited',
            c.contype = 'n' AND (c.connoinherit OR NOT c.convalidated))
) x (what, is_so)
WHERE current_setting('server_version_num')::integer >= 180000 AND x.is_so
UNION ALL
SELECT 'privilege', 'on ' || x.name
FROM (
    SELECT format('foreign table %s.%s', n.nspname, c.relname)
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind = 'f'
    AND (c.relacl IS NOT NULL OR EXISTS (
        SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL
    ))
    UNION ALL
    SELECT 'foreign server ' || s.srvname FROM pg_catalog.pg_foreign_server s WHERE s.srvacl IS NOT NULL
    UNION ALL
    SELECT 'foreign data wrapper ' || w.fdwname FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'language ' || l.lanname FROM pg_catalog.pg_language l WHERE l.oid >= 16384 AND l.lanacl IS NOT NULL
) x (name)
UNION ALL
SELECT 'subscription', s.subname
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = current_database()
UNION ALL
SELECT 'large object', CASE count(*)
    WHEN 1 THEN min(o.oid)::text
    ELSE format('%s and %s more', min(o.oid), count(*) - 1)
END
FROM pg_catalog.pg_largeobject_metadata o
HAVING count(*) > 0
UNION ALL
SELECT 'security label', format('on %s', pg_catalog.pg_describe_object(o.classoid, o.objoid, o.objsubid))
FROM pg_catalog.pg_seclabel o
UNION ALL
SELECT 'database setting', format('%s%s', split_part(s.setting, '=', 1), CASE
    WHEN o.setrole <> 0 THEN ' of ' || pg_catalog.pg_get_userbyid(o.setrole)
END)
FROM pg_catalog.pg_db_role_setting o
JOIN pg_catalog.pg_database d ON d.oid = o.setdatabase
CROSS JOIN unnest(o.setconfig) AS s (setting)
WHERE d.datname = current_database() AND d.datname !~ '^autogen_scratch_'
UNION ALL
SELECT 'database comment', o.description
FROM pg_catalog.pg_shdescription o
JOIN pg_catalog.pg_database d ON d.oid = o.objoid
WHERE o.classoid = 'pg_catalog.pg_database'::regclass AND d.datname = current_database()
UNION ALL
SELECT 'user mapping', format('of %s on %s', o.usename, o.srvname)
FROM pg_catalog.pg_user_mappings o
UNION ALL
SELECT 'extension dependency', format('of %s', pg_catalog.pg_describe_object(o.classid, o.objid, o.objsubid))
FROM pg_catalog.pg_depend o
WHERE o.refclassid = 'pg_catalog.pg_extension'::regclass AND o.deptype = 'x'
UNION ALL
SELECT 'statistics target', format('of %s.%s.%s', n.nspname, c.relname, a.attname)
FROM pg_catalog.pg_class c
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
WHERE c.oid >= 16384 AND c.relkind IN ('i', 'I') AND a.attnum > 0 AND a.attstattarget >= 0 AND NOT a.attisdropped
AND c.oid IN (SELECT x.conindid FROM pg_catalog.pg_constraint x WHERE x.contype = 'x')
UNION ALL
SELECT 'incomplete partitioned index', format('%s.%s', n.nspname, c.relname)
FROM pg_catalog.pg_class c
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= 16384 AND c.relkind = 'I' AND NOT i.indisvalid
UNION ALL
SELECT 'logging of an identity sequence', format('%s.%s', n.nspname, c.relname)
FROM pg_catalog.pg_depend o
JOIN pg_catalog.pg_class c ON c.oid = o.objid AND c.relkind = 'S'
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class t ON t.oid = o.refobjid
WHERE o.classid = 'pg_catalog.pg_class'::regclass
AND o.refclassid = 'pg_catalog.pg_class'::regclass
AND o.deptype = 'i' AND c.relpersistence <> t.relpersistence
AND current_setting('server_version_num')::int >= 150000
ORDER BY 1, 2
