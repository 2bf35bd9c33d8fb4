-- Owners and privileges of what is not as the current role would have made it.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
),
things AS (
    SELECT
        'pg_catalog.pg_class'::regclass::oid AS class,
        c.oid,
        CASE c.relkind
            WHEN 'v' THEN 'view'
            WHEN 'm' THEN 'materialized view'
            WHEN 'S' THEN 'sequence'
            WHEN 'f' THEN 'foreign table'
            ELSE 'table'
        END AS kind,
        n.nspname AS ns,
        c.relname AS name,
        NULL AS signature,
        c.relowner AS owner,
        c.relacl AS acl
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT
        'pg_catalog.pg_proc'::regclass,
        p.oid,
        CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
        n.nspname,
        p.proname,
        format('(%s)', pg_get_function_identity_arguments(p.oid)),
        p.proowner,
        p.proacl
    FROM pg_catalog.pg_proc p
    JOIN managed n ON n.oid = p.pronamespace
    UNION ALL
    SELECT
        'pg_catalog.pg_type'::regclass,
        t.oid,
        CASE t.typtype
            WHEN 'e' THEN 'enum'
            WHEN 'd' THEN 'domain'
            WHEN 'r' THEN 'range type'
            ELSE 'type'
        END,
        n.nspname,
        t.typname,
        NULL,
        t.typowner,
        t.typacl
    FROM pg_catalog.pg_type t
    JOIN managed n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
    UNION ALL
    SELECT
        'pg_catalog.pg_namespace'::regclass,
        n.oid,
        'namespace',
        NULL,
        n.nspname,
        NULL,
        n.nspowner,
        CASE WHEN n.nspacl IS DISTINCT FROM i.initprivs THEN n.nspacl END
    FROM pg_catalog.pg_namespace n
    JOIN managed m ON m.oid = n.oid
    LEFT JOIN pg_catalog.pg_init_privs i
        ON i.classoid = 'pg_catalog.pg_namespace'::regclass AND i.objoid = n.oid AND i.objsubid = 0
    UNION ALL
    SELECT 'pg_catalog.pg_collation'::regclass, o.oid, 'collation', n.nspname, o.collname, NULL, o.collowner, NULL
    FROM pg_catalog.pg_collation o
    JOIN managed n ON n.oid = o.collnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::regclass, o.oid, 'statistics', n.nspname, o.stxname, NULL, o.stxowner, NULL
    FROM pg_catalog.pg_statistic_ext o
    JOIN managed n ON n.oid = o.stxnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::regclass, o.oid, 'event trigger', NULL, o.evtname, NULL, o.evtowner, NULL
    FROM pg_catalog.pg_event_trigger o
    UNION ALL
    SELECT 'pg_catalog.pg_publication'::regclass, o.oid, 'publication', NULL, o.pubname, NULL, o.pubowner, NULL
    FROM pg_catalog.pg_publication o
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, o.oid, 'foreign data wrapper', NULL, o.fdwname, NULL, o.fdwowner, o.fdwacl
    FROM pg_catalog.pg_foreign_data_wrapper o
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::regclass, o.oid, 'foreign server', NULL, o.srvname, NULL, o.srvowner, o.srvacl
    FROM pg_catalog.pg_foreign_server o
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::regclass, o.oid, 'conversion', n.nspname, o.conname, NULL, o.conowner, NULL
    FROM pg_catalog.pg_conversion o
    JOIN managed n ON n.oid = o.connamespace
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::regclass, o.oid, 'text search dictionary', n.nspname, o.dictname, NULL, o.dictowner, NULL
    FROM pg_catalog.pg_ts_dict o
    JOIN managed n ON n.oid = o.dictnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::regclass, o.oid, 'text search configuration', n.nspname, o.cfgname, NULL, o.cfgowner, NULL
    FROM pg_catalog.pg_ts_config o
    JOIN managed n ON n.oid = o.cfgnamespace
    UNION ALL
    SELECT
        'pg_catalog.pg_default_acl'::regclass,
        o.oid,
        'default privilege',
        n.nspname,
        pg_catalog.pg_get_userbyid(o.defaclrole),
        CASE o.defaclobjtype
            WHEN 'r' THEN 'tables'
            WHEN 'S' THEN 'sequences'
            WHEN 'f' THEN 'functions'
            WHEN 'T' THEN 'types'
            ELSE 'schemas'
        END,
        o.defaclrole,
        o.defaclacl
    FROM pg_catalog.pg_default_acl o
    LEFT JOIN managed n ON n.oid = o.defaclnamespace
    WHERE o.defaclobjtype IN ('r', 'S', 'f', 'T', 'n') AND (o.defaclnamespace = 0 OR n.oid IS NOT NULL)
),
-- The database comes with "public", and with an owner for it.
owned AS (
    SELECT
        t.*,
        t.kind = 'namespace' AND t.name = 'public'
            AND (t.owner = 10 OR pg_catalog.pg_get_userbyid(t.owner) = 'pg_database_owner') AS is_usual
    FROM things t
),
columns AS (
    SELECT a.attrelid, a.attnum, a.attname, a.attacl
    FROM pg_catalog.pg_attribute a
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND a.attnum > 0
),
items AS (
    SELECT t.class, t.oid, 0 AS attnum, NULL::name AS attname, x.*
    FROM things t
    CROSS JOIN LATERAL aclexplode(t.acl) WITH ORDINALITY x
    UNION ALL
    SELECT t.class, t.oid, a.attnum, a.attname, x.*
    FROM things t
    JOIN columns a ON a.attrelid = t.oid AND t.class = 'pg_catalog.pg_class'::regclass
    CROSS JOIN LATERAL aclexplode(a.attacl) WITH ORDINALITY x
),
grants AS (
    SELECT
        class,
        oid,
        attname,
        grantee,
        string_agg(DISTINCT privilege_type, ',') AS privileges,
        string_agg(DISTINCT privilege_type, ',') FILTER (WHERE is_grantable) AS grantable,
        attnum,
        min(ordinality) AS place
    FROM items
    GROUP BY class, oid, attnum, attname, grantee
)
SELECT
    t.kind,
    t.ns,
    t.name,
    t.signature,
    oc.relname,
    oa.attname,
    CASE WHEN NOT t.is_usual THEN pg_catalog.pg_get_userbyid(t.owner) END,
    t.acl IS NOT NULL,
    g.attname,
    CASE g.grantee WHEN 0 THEN 'public' WHEN t.owner THEN '' ELSE pg_catalog.pg_get_userbyid(g.grantee) END,
    g.privileges,
    g.grantable,
    g.attnum,
    g.place
FROM owned t
LEFT JOIN grants g ON g.class = t.class AND g.oid = t.oid
LEFT JOIN pg_catalog.pg_depend d
    ON t.kind = 'sequence'
    AND d.classid = 'pg_catalog.pg_class'::regclass
    AND d.objid = t.oid
    AND d.objsubid = 0
    AND d.refclassid = 'pg_catalog.pg_class'::regclass
    AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class oc ON oc.oid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute oa ON oa.attrelid = d.refobjid AND oa.attnum = d.refobjsubid
WHERE (
    t.acl IS NOT NULL
    OR g.oid IS NOT NULL
    OR (NOT t.is_usual AND pg_catalog.pg_get_userbyid(t.owner) <> current_user)
)
AND NOT EXISTS (
    SELECT
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = t.class
        AND e.objid = t.oid
)
UNION ALL
SELECT 'role', NULL, current_user, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
ORDER BY 1, 2, 3, 4, 13, 14
