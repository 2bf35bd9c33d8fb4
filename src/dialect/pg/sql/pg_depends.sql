-- What objects need, by class and oid. Row types, arrays, indexes and constraints stand for what
-- they belong to.
WITH needs AS (
    SELECT
        CASE r.rulename WHEN '_RETURN' THEN 'pg_catalog.pg_class'::regclass
            ELSE 'pg_catalog.pg_rewrite'::regclass END AS class,
        CASE r.rulename WHEN '_RETURN' THEN r.ev_class ELSE r.oid END AS object,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_rewrite r
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
    WHERE r.oid >= 16384
    UNION
    SELECT
        d.classid,
        d.objid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_depend d
    WHERE d.classid IN (
        'pg_catalog.pg_proc'::regclass,
        'pg_catalog.pg_policy'::regclass,
        'pg_catalog.pg_event_trigger'::regclass,
        'pg_catalog.pg_statistic_ext'::regclass,
        'pg_catalog.pg_collation'::regclass,
        'pg_catalog.pg_language'::regclass,
        'pg_catalog.pg_am'::regclass,
        'pg_catalog.pg_cast'::regclass,
        'pg_catalog.pg_operator'::regclass,
        'pg_catalog.pg_opfamily'::regclass,
        'pg_catalog.pg_opclass'::regclass,
        'pg_catalog.pg_conversion'::regclass,
        'pg_catalog.pg_transform'::regclass,
        'pg_catalog.pg_ts_parser'::regclass,
        'pg_catalog.pg_ts_template'::regclass,
        'pg_catalog.pg_ts_dict'::regclass,
        'pg_catalog.pg_ts_config'::regclass,
        'pg_catalog.pg_foreign_data_wrapper'::regclass,
        'pg_catalog.pg_foreign_server'::regclass
    )
    AND d.objid >= 16384
    UNION
    SELECT
        d.classid,
        d.objid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_trigger'::regclass AND d.objid = t.oid
    WHERE NOT t.tgisinternal
    UNION
    SELECT
        d.classid,
        d.objid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_range r
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = r.rngtypid
    UNION
    SELECT
        'pg_catalog.pg_class'::regclass,
        v.oid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_class v
    JOIN pg_catalog.pg_attrdef a ON a.adrelid = v.oid
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = a.oid
    WHERE v.relkind = 'v'
    UNION
    -- members of operator families and classes
    SELECT
        o.refclassid,
        o.refobjid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_depend o
        ON o.classid = d.classid AND o.objid = d.objid
        AND o.refclassid IN ('pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
    WHERE d.classid IN ('pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass)
    AND d.objid >= 16384
    UNION
    -- base types
    SELECT
        d.classid,
        d.objid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid
    WHERE t.typtype = 'b' AND t.oid >= 16384 AND t.typinput::oid >= 16384
    UNION
    -- foreign tables, and what their columns compute
    SELECT
        'pg_catalog.pg_class'::regclass,
        f.ftrelid,
        d.refclassid,
        d.refobjid
    FROM pg_catalog.pg_foreign_table f
    LEFT JOIN pg_catalog.pg_attrdef a ON a.adrelid = f.ftrelid
    JOIN pg_catalog.pg_depend d
        ON (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = f.ftrelid)
        OR (d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = a.oid)
    UNION
    SELECT
        'pg_catalog.pg_publication'::regclass,
        r.prpubid,
        'pg_catalog.pg_class'::regclass,
        r.prrelid
    FROM pg_catalog.pg_publication_rel r
)
SELECT DISTINCT
    n.class::oid,
    n.object,
    (CASE WHEN o.relation IS NULL THEN n.refclassid ELSE 'pg_catalog.pg_class'::regclass END)::oid,
    coalesce(o.relation, e.oid, n.refobjid)
FROM needs n
LEFT JOIN pg_catalog.pg_type t
    ON n.refclassid = 'pg_catalog.pg_type'::regclass AND t.oid = n.refobjid
LEFT JOIN pg_catalog.pg_type e
    ON e.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
LEFT JOIN pg_catalog.pg_index i
    ON n.refclassid = 'pg_catalog.pg_class'::regclass AND i.indexrelid = n.refobjid
LEFT JOIN pg_catalog.pg_constraint c
    ON n.refclassid = 'pg_catalog.pg_constraint'::regclass AND c.oid = n.refobjid
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(e.typrelid, 0), i.indrelid, nullif(c.conrelid, 0))
) o (relation)
WHERE n.refobjid >= 16384
AND (n.class, n.object) IS DISTINCT FROM (n.refclassid, n.refobjid)
ORDER BY 1, 2, 3, 4
