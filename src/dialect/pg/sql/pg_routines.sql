-- Functions, procedures and aggregates as CREATE statements.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    'pg_catalog.pg_proc'::regclass::oid,
    p.oid,
    CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
    n.nspname,
    p.proname,
    format('(%s)', pg_get_function_identity_arguments(p.oid)),
    NULL,
    NULL,
    CASE
        WHEN p.prokind <> 'a' THEN rtrim(pg_get_functiondef(p.oid), E' \n')
        ELSE format('CREATE AGGREGATE %I.%I(%s) (%s)', n.nspname, p.proname,
            coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'),
            concat_ws(', ',
                'SFUNC = ' || a.aggtransfn,
                'STYPE = ' || format_type(a.aggtranstype, NULL),
                'SSPACE = ' || nullif(a.aggtransspace, 0),
                'FINALFUNC = ' || nullif(a.aggfinalfn::oid, 0)::regproc,
                CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
                'FINALFUNC_MODIFY = ' || CASE
                    WHEN a.aggfinalfn = 0
                        OR a.aggfinalmodify = CASE a.aggkind WHEN 'n' THEN 'r' ELSE 's' END THEN NULL
                    WHEN a.aggfinalmodify = 'r' THEN 'READ_ONLY'
                    WHEN a.aggfinalmodify = 's' THEN 'SHAREABLE'
                    ELSE 'READ_WRITE'
                END,
                'COMBINEFUNC = ' || nullif(a.aggcombinefn::oid, 0)::regproc,
                'SERIALFUNC = ' || nullif(a.aggserialfn::oid, 0)::regproc,
                'DESERIALFUNC = ' || nullif(a.aggdeserialfn::oid, 0)::regproc,
                'INITCOND = ' || quote_literal(a.agginitval),
                'MSFUNC = ' || nullif(a.aggmtransfn::oid, 0)::regproc,
                'MINVFUNC = ' || nullif(a.aggminvtransfn::oid, 0)::regproc,
                'MSTYPE = ' || format_type(nullif(a.aggmtranstype, 0), NULL),
                'MSSPACE = ' || nullif(a.aggmtransspace, 0),
                'MFINALFUNC = ' || nullif(a.aggmfinalfn::oid, 0)::regproc,
                CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
                'MFINALFUNC_MODIFY = ' || CASE
                    WHEN a.aggmfinalfn = 0
                        OR a.aggmfinalmodify = CASE a.aggkind WHEN 'n' THEN 'r' ELSE 's' END THEN NULL
                    WHEN a.aggmfinalmodify = 'r' THEN 'READ_ONLY'
                    WHEN a.aggmfinalmodify = 's' THEN 'SHAREABLE'
                    ELSE 'READ_WRITE'
                END,
                'MINITCOND = ' || quote_literal(a.aggminitval),
                (
                    SELECT format('SORTOP = OPERATOR(%I.%s)', xn.nspname, x.oprname)
                    FROM pg_catalog.pg_operator x
                    JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
                    WHERE x.oid = a.aggsortop
                ),
                CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
                CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END
            ))
    END,
    NULL,
    d.description
FROM pg_catalog.pg_proc p
JOIN managed n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_proc'::regclass AND d.objoid = p.oid
WHERE NOT EXISTS (
    SELECT
    FROM pg_catalog.pg_depend o
    WHERE o.classid = 'pg_catalog.pg_proc'::regclass AND o.objid = p.oid AND o.deptype IN ('e', 'i')
)
-- what reads and writes a base type belongs to it
AND p.oid NOT IN (
    SELECT o.objid
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_depend o
        ON o.classid = 'pg_catalog.pg_proc'::regclass
        AND o.objid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
        AND o.refclassid = 'pg_catalog.pg_type'::regclass AND o.refobjid = t.oid
    WHERE t.typtype = 'b' AND t.oid >= 16384
    AND greatest(t.typinput::oid, t.typoutput, t.typreceive, t.typsend) >= 16384
)
ORDER BY n.nspname, p.proname, 6
