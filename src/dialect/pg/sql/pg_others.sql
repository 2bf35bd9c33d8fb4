-- Range types, collations, extended statistics, event triggers and publications as CREATE
-- statements.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    'pg_catalog.pg_type'::regclass::oid,
    t.oid,
    'range type',
    n.nspname,
    t.typname,
    NULL,
    NULL,
    NULL,
    format('CREATE TYPE %I.%I AS RANGE (%s)', n.nspname, t.typname, concat_ws(', ',
        'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
        CASE WHEN NOT oc.opcdefault THEN format('SUBTYPE_OPCLASS = %I.%I', ocn.nspname, oc.opcname) END,
        CASE WHEN r.rngcollation <> s.typcollation
            THEN format('COLLATION = %I.%I', con.nspname, co.collname) END,
        'CANONICAL = ' || nullif(r.rngcanonical::oid, 0)::regproc,
        'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::oid, 0)::regproc,
        CASE WHEN m.typnamespace <> t.typnamespace OR m.typname <> CASE
            WHEN t.typname ~ 'range' THEN regexp_replace(t.typname, 'range', 'multirange')
            ELSE t.typname || '_multirange'
        END THEN format('MULTIRANGE_TYPE_NAME = %I.%I', mn.nspname, m.typname) END)),
    NULL,
    d.description
FROM pg_catalog.pg_type t
JOIN managed n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
LEFT JOIN pg_catalog.pg_collation co ON co.oid = r.rngcollation
LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
LEFT JOIN pg_catalog.pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
LEFT JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE t.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_type'::regclass
)
UNION ALL
SELECT
    'pg_catalog.pg_collation'::regclass::oid,
    c.oid,
    'collation',
    n.nspname,
    c.collname,
    NULL,
    NULL,
    NULL,
    format('CREATE COLLATION %I.%I (%s)', n.nspname, c.collname, concat_ws(', ',
        'provider = ' || CASE c.collprovider
            WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin' ELSE 'default' END,
        'locale = ' || quote_literal(CASE
            WHEN l.locale IS NOT NULL THEN l.locale
            WHEN c.collcollate = c.collctype THEN c.collcollate
        END),
        CASE WHEN c.collcollate <> c.collctype
            THEN 'lc_collate = ' || quote_literal(c.collcollate) END,
        CASE WHEN c.collcollate <> c.collctype THEN 'lc_ctype = ' || quote_literal(c.collctype) END,
        CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
        'rules = ' || quote_literal(l.rules))),
    NULL,
    d.description
FROM pg_catalog.pg_collation c
JOIN managed n ON n.oid = c.collnamespace
CROSS JOIN LATERAL (
    SELECT
        coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'),
        to_jsonb(c) ->> 'collicurules'
) l (locale, rules)
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_collation'::regclass AND d.objoid = c.oid
WHERE c.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_collation'::regclass
)
UNION ALL
SELECT
    'pg_catalog.pg_statistic_ext'::regclass::oid,
    s.oid,
    'statistics',
    n.nspname,
    s.stxname,
    NULL,
    tn.nspname,
    t.relname,
    pg_get_statisticsobjdef(s.oid),
    ARRAY[format('ALTER STATISTICS %I.%I SET STATISTICS ', n.nspname, s.stxname)
        || nullif((to_jsonb(s) ->> 'stxstattarget')::integer, -1)]::text,
    d.description
FROM pg_catalog.pg_statistic_ext s
JOIN managed n ON n.oid = s.stxnamespace
JOIN pg_catalog.pg_class t ON t.oid = s.stxrelid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objoid = s.oid
UNION ALL
SELECT
    'pg_catalog.pg_event_trigger'::regclass::oid,
    e.oid,
    'event trigger',
    NULL,
    e.evtname,
    NULL,
    NULL,
    NULL,
    concat(
        format('CREATE EVENT TRIGGER %I ON %s', e.evtname, e.evtevent),
        ' WHEN TAG IN (' || (
            SELECT string_agg(quote_literal(g.tag), ', ') FROM unnest(e.evttags) g (tag)
        ) || ')',
        ' EXECUTE FUNCTION ', e.evtfoid::regproc, '()'
    ),
    ARRAY['ALTER EVENT TRIGGER ' || quote_ident(e.evtname) || CASE e.evtenabled
        WHEN 'D' THEN ' DISABLE'
        WHEN 'R' THEN ' ENABLE REPLICA'
        WHEN 'A' THEN ' ENABLE ALWAYS'
    END]::text,
    d.description
FROM pg_catalog.pg_event_trigger e
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_event_trigger'::regclass AND d.objoid = e.oid
WHERE e.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_event_trigger'::regclass
)
UNION ALL
SELECT
    'pg_catalog.pg_publication'::regclass::oid,
    p.oid,
    'publication',
    NULL,
    p.pubname,
    NULL,
    NULL,
    NULL,
    concat(
        'CREATE PUBLICATION ', quote_ident(p.pubname),
        CASE WHEN p.puballtables THEN ' FOR ALL TABLES'
            ELSE ' FOR ' || nullif(concat_ws(', ', m.tables, m.namespaces), '') END,
        ' WITH (' || nullif(concat_ws(', ',
            CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate)
                THEN 'publish = ' || quote_literal(concat_ws(', ',
                    CASE WHEN p.pubinsert THEN 'insert' END,
                    CASE WHEN p.pubupdate THEN 'update' END,
                    CASE WHEN p.pubdelete THEN 'delete' END,
                    CASE WHEN p.pubtruncate THEN 'truncate' END)) END,
            CASE WHEN (to_jsonb(p) ->> 'pubviaroot')::boolean THEN 'publish_via_partition_root = true' END
        ), '') || ')'
    ),
    NULL,
    d.description
FROM pg_catalog.pg_publication p
CROSS JOIN LATERAL (
    SELECT
        (
            SELECT string_agg(format('TABLE %s%I.%I', CASE
                    WHEN t.relkind = 'r' AND EXISTS (
                        SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = t.oid
                    ) THEN 'ONLY '
                END, n.nspname, t.relname)
                || coalesce(' (' || x.columns || ')', '')
                || coalesce(' WHERE (' || x.condition || ')', ''), ', ' ORDER BY n.nspname, t.relname)
            FROM pg_catalog.pg_publication_rel r
            JOIN pg_catalog.pg_class t ON t.oid = r.prrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            CROSS JOIN LATERAL (
                SELECT
                    (
                        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                        FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = r.prrelid
                        AND a.attnum = ANY (r.prattrs) -- since 15, else AND false
                    ),
                    pg_get_expr(r.prqual, r.prrelid) -- since 15, else NULL
            ) x (columns, condition)
            WHERE r.prpubid = p.oid
        ),
        (
            SELECT string_agg('TABLES IN SCHEMA ' || quote_ident(n.nspname), ', ' ORDER BY n.nspname)
            FROM pg_catalog.pg_namespace n
            WHERE n.oid IN (SELECT r.pnnspid FROM pg_catalog.pg_publication_namespace r WHERE r.pnpubid = p.oid) -- since 15, else WHERE false
        )
) m (tables, namespaces)
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_publication'::regclass AND d.objoid = p.oid
WHERE p.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_publication'::regclass
)
ORDER BY 3, 4, 5
