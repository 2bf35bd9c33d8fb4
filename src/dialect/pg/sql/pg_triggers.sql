-- Triggers, rules and policies as CREATE statements.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
),
relations AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind
    FROM pg_catalog.pg_class c
    JOIN managed n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_class'::regclass
)
)
SELECT
    'pg_catalog.pg_trigger'::regclass::oid,
    t.oid,
    'trigger',
    c.nspname,
    t.tgname,
    NULL,
    c.nspname,
    c.relname,
    pg_get_triggerdef(t.oid, false),
    (ARRAY['ALTER TABLE ' || format('%I.%I ', c.nspname, c.relname)
        || CASE t.tgenabled
            WHEN 'D' THEN 'DISABLE TRIGGER '
            WHEN 'R' THEN 'ENABLE REPLICA TRIGGER '
            WHEN 'A' THEN 'ENABLE ALWAYS TRIGGER '
        END || quote_ident(t.tgname)] || CASE WHEN c.relkind = 'p' THEN (
            SELECT array_agg(format('ALTER TABLE %s %s TRIGGER %I', k.tgrelid::regclass,
                CASE k.tgenabled
                    WHEN 'D' THEN 'DISABLE'
                    WHEN 'R' THEN 'ENABLE REPLICA'
                    WHEN 'A' THEN 'ENABLE ALWAYS'
                    ELSE 'ENABLE'
                END, k.tgname) ORDER BY p.level, k.tgrelid::regclass::text)
            FROM pg_catalog.pg_partition_tree(c.oid) p
            JOIN pg_catalog.pg_trigger k ON k.tgrelid = p.relid AND k.tgname = t.tgname
            JOIN pg_catalog.pg_trigger kp ON kp.tgname = k.tgname AND kp.tgrelid = p.parentrelid
            WHERE k.tgenabled <> kp.tgenabled
        ) END)::text,
    d.description
FROM pg_catalog.pg_trigger t
JOIN relations c ON c.oid = t.tgrelid
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_trigger'::regclass AND d.objoid = t.oid
WHERE NOT t.tgisinternal
AND t.tgparentid = 0 -- since 13, else AND true
AND t.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_trigger'::regclass
)
UNION ALL
SELECT
    'pg_catalog.pg_rewrite'::regclass::oid,
    r.oid,
    'rule',
    c.nspname,
    r.rulename,
    NULL,
    c.nspname,
    c.relname,
    rtrim(pg_get_ruledef(r.oid, false), E'; \n'),
    ARRAY['ALTER TABLE ' || format('%I.%I ', c.nspname, c.relname)
        || CASE r.ev_enabled
            WHEN 'D' THEN 'DISABLE RULE '
            WHEN 'R' THEN 'ENABLE REPLICA RULE '
            WHEN 'A' THEN 'ENABLE ALWAYS RULE '
        END || quote_ident(r.rulename)]::text,
    d.description
FROM pg_catalog.pg_rewrite r
JOIN relations c ON c.oid = r.ev_class
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_rewrite'::regclass AND d.objoid = r.oid
WHERE r.rulename <> '_RETURN'
AND r.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_rewrite'::regclass
)
UNION ALL
SELECT
    'pg_catalog.pg_policy'::regclass::oid,
    p.oid,
    'policy',
    c.nspname,
    p.polname,
    NULL,
    c.nspname,
    c.relname,
    concat(
        format('CREATE POLICY %I ON %I.%I', p.polname, c.nspname, c.relname),
        CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
        CASE p.polcmd
            WHEN 'r' THEN ' FOR SELECT'
            WHEN 'a' THEN ' FOR INSERT'
            WHEN 'w' THEN ' FOR UPDATE'
            WHEN 'd' THEN ' FOR DELETE'
        END,
        CASE WHEN p.polroles <> '{0}' THEN (
            SELECT ' TO ' || string_agg(
                CASE o.role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o.role)) END, ', '
                ORDER BY pg_get_userbyid(o.role))
            FROM unnest(p.polroles) o (role)
        ) END,
        ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'
    ),
    NULL,
    d.description
FROM pg_catalog.pg_policy p
JOIN relations c ON c.oid = p.polrelid
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_policy'::regclass AND d.objoid = p.oid
ORDER BY 7, 8, 3, 5
