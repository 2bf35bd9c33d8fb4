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
    SELECT 'foreign table', format('%s.%s', n.nspname, c.relname), c.tableoid, c.oid
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind = 'f'
    UNION ALL
    SELECT 'typed table', format('%s.%s', n.nspname, c.relname), c.tableoid, c.oid
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND c.reloftype <> 0
    UNION ALL
    SELECT 'base type', format('%s.%s', n.nspname, t.typname), t.tableoid, t.oid
    FROM pg_catalog.pg_type t
    JOIN managed n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('b', 'p')
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
    UNION ALL
    SELECT 'operator', format('%s.%s (%s, %s)', n.nspname, o.oprname, format_type(nullif(o.oprleft, 0), NULL), format_type(nullif(o.oprright, 0), NULL)), o.tableoid, o.oid
    FROM pg_catalog.pg_operator o
    JOIN managed n ON n.oid = o.oprnamespace
    UNION ALL
    SELECT 'operator class', format('%s.%s', n.nspname, o.opcname), o.tableoid, o.oid
    FROM pg_catalog.pg_opclass o
    JOIN managed n ON n.oid = o.opcnamespace
    UNION ALL
    SELECT 'operator family', format('%s.%s', n.nspname, o.opfname), o.tableoid, o.oid
    FROM pg_catalog.pg_opfamily o
    JOIN managed n ON n.oid = o.opfnamespace
    WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_opclass oc WHERE oc.opcfamily = o.oid AND oc.opcname = o.opfname
    )
    UNION ALL
    SELECT 'conversion', format('%s.%s', n.nspname, o.conname), o.tableoid, o.oid
    FROM pg_catalog.pg_conversion o
    JOIN managed n ON n.oid = o.connamespace
    UNION ALL
    SELECT 'text search configuration', format('%s.%s', n.nspname, o.cfgname), o.tableoid, o.oid
    FROM pg_catalog.pg_ts_config o
    JOIN managed n ON n.oid = o.cfgnamespace
    UNION ALL
    SELECT 'text search dictionary', format('%s.%s', n.nspname, o.dictname), o.tableoid, o.oid
    FROM pg_catalog.pg_ts_dict o
    JOIN managed n ON n.oid = o.dictnamespace
    UNION ALL
    SELECT 'text search parser', format('%s.%s', n.nspname, o.prsname), o.tableoid, o.oid
    FROM pg_catalog.pg_ts_parser o
    JOIN managed n ON n.oid = o.prsnamespace
    UNION ALL
    SELECT 'text search template', format('%s.%s', n.nspname, o.tmplname), o.tableoid, o.oid
    FROM pg_catalog.pg_ts_template o
    JOIN managed n ON n.oid = o.tmplnamespace
    UNION ALL
    SELECT 'cast', format('%s AS %s', format_type(o.castsource, NULL), format_type(o.casttarget, NULL)), o.tableoid, o.oid
    FROM pg_catalog.pg_cast o
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_cast'::regclass AND d.objid = o.oid AND d.deptype = 'i'
    )
    UNION ALL
    SELECT 'transform', format('%s for %s', format_type(o.trftype, NULL), l.lanname), o.tableoid, o.oid
    FROM pg_catalog.pg_transform o
    JOIN pg_catalog.pg_language l ON l.oid = o.trflang
    UNION ALL
    SELECT 'language', o.lanname, o.tableoid, o.oid
    FROM pg_catalog.pg_language o
    UNION ALL
    SELECT 'access method', o.amname, o.tableoid, o.oid
    FROM pg_catalog.pg_am o
    UNION ALL
    SELECT 'foreign data wrapper', o.fdwname, o.tableoid, o.oid
    FROM pg_catalog.pg_foreign_data_wrapper o
    UNION ALL
    SELECT 'foreign server', o.srvname, o.tableoid, o.oid
    FROM pg_catalog.pg_foreign_server o
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
WHERE c.oid >= 16384 AND c.relkind IN ('i', 'I', 'm') AND a.attnum > 0 AND a.attstattarget >= 0 AND NOT a.attisdropped
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
