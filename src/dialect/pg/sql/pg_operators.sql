-- What a server is extended by, as CREATE statements: languages, access methods, base types with
-- the functions that read and write them, casts, operators and their classes, conversions,
-- transforms, text search, foreign data wrappers and servers.
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
),
-- Members of families and classes: whom they belong to, what is said of them.
members (class, owner, number, place, text) AS (
    SELECT d.refclassid, d.refobjid, 1, format('%s %s %s', lpad(o.amopstrategy::text, 5, '0'), o.amoplefttype::regtype, o.amoprighttype::regtype),
        format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
        || coalesce(' FOR ORDER BY ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname), '')
    FROM pg_catalog.pg_amop o
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_amop'::regclass AND d.objid = o.oid
        AND d.refclassid IN ('pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
    LEFT JOIN pg_catalog.pg_opfamily f ON f.oid = o.amopsortfamily
    LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
    WHERE o.oid >= 16384 AND d.refobjid <> o.amopsortfamily
    UNION ALL
    SELECT d.refclassid, d.refobjid, 2, format('%s %s %s', lpad(p.amprocnum::text, 5, '0'), p.amproclefttype::regtype, p.amprocrighttype::regtype),
        format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL),
            format_type(p.amprocrighttype, NULL), p.amproc::regprocedure)
    FROM pg_catalog.pg_amproc p
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_amproc'::regclass AND d.objid = p.oid
        AND d.refclassid IN ('pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
    WHERE p.oid >= 16384
),
things (class, oid, kind, ns, name, signature, definition, extras) AS (
    SELECT 'pg_catalog.pg_language'::regclass::oid, l.oid, 'language', NULL, l.lanname, NULL,
        concat(
            'CREATE ', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, 'LANGUAGE ', quote_ident(l.lanname),
            ' HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc,
            ' INLINE ' || nullif(l.laninline, 0)::regproc,
            ' VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc
        ),
        NULL::text[]
    FROM pg_catalog.pg_language l
    WHERE l.lanispl
    UNION ALL
    SELECT 'pg_catalog.pg_am'::regclass, a.oid, 'access method', NULL, a.amname, NULL,
        format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname,
            CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, a.amhandler),
        NULL
    FROM pg_catalog.pg_am a
    UNION ALL
    -- The functions need the type and the type needs them: first its name, then they, then all.
    SELECT 'pg_catalog.pg_type'::regclass, t.oid, 'base type', n.nspname, t.typname, NULL,
        format('CREATE TYPE %I.%I', n.nspname, t.typname),
        CASE WHEN t.typisdefined THEN (
            SELECT array_agg(y.sql ORDER BY f.place, y.place)
            FROM (
                VALUES
                    (1, t.typinput::oid), (2, t.typoutput), (3, t.typreceive), (4, t.typsend)
            ) f (place, oid)
            JOIN pg_catalog.pg_proc p ON p.oid = f.oid
            LEFT JOIN pg_catalog.pg_description fd
                ON fd.classoid = 'pg_catalog.pg_proc'::regclass AND fd.objoid = p.oid
            CROSS JOIN LATERAL (
                VALUES
                    (1, rtrim(pg_get_functiondef(p.oid), E' \n')),
                    (2, format('COMMENT ON FUNCTION %s IS %L', p.oid::regprocedure, fd.description))
            ) y (place, sql)
            WHERE EXISTS (
                SELECT
                FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
                AND d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid = t.oid
            )
            AND (y.place = 1 OR fd.description IS NOT NULL)
        ) || format('CREATE TYPE %I.%I (%s)', n.nspname, t.typname, concat_ws(', ',
            'INTERNALLENGTH = ' || CASE WHEN t.typlen > 0 THEN t.typlen::text ELSE 'VARIABLE' END,
            'INPUT = ' || t.typinput,
            'OUTPUT = ' || t.typoutput,
            'RECEIVE = ' || nullif(t.typreceive::oid, 0)::regproc,
            'SEND = ' || nullif(t.typsend::oid, 0)::regproc,
            'TYPMOD_IN = ' || nullif(t.typmodin::oid, 0)::regproc,
            'TYPMOD_OUT = ' || nullif(t.typmodout::oid, 0)::regproc,
            'ANALYZE = ' || nullif(t.typanalyze::oid, 0)::regproc,
            'SUBSCRIPT = ' || nullif((to_jsonb(t) ->> 'typsubscript'), '-')::regproc,
            CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END,
            'DEFAULT = ' || quote_literal(t.typdefault),
            'ELEMENT = ' || format_type(nullif(t.typelem, 0), NULL),
            'CATEGORY = ' || quote_literal(nullif(t.typcategory::text, 'U')),
            CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
            'DELIMITER = ' || quote_literal(nullif(t.typdelim::text, ',')),
            'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' ELSE 'int4' END,
            'STORAGE = ' || CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main' END,
            CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END)) END
    FROM pg_catalog.pg_type t
    JOIN managed n ON n.oid = t.typnamespace
    WHERE (t.typtype = 'b' OR NOT t.typisdefined)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
    UNION ALL
    SELECT 'pg_catalog.pg_cast'::regclass, c.oid, 'cast', NULL, x.name, NULL,
        concat(
            'CREATE CAST ', x.name,
            CASE c.castmethod
                WHEN 'b' THEN ' WITHOUT FUNCTION'
                WHEN 'i' THEN ' WITH INOUT'
                ELSE ' WITH FUNCTION ' || c.castfunc::regprocedure
            END,
            CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END
        ),
        NULL
    FROM pg_catalog.pg_cast c
    CROSS JOIN LATERAL (
        SELECT format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
    ) x (name)
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i'
    )
    UNION ALL
    -- An operator without a function is there because another one names it, and comes with that.
    SELECT 'pg_catalog.pg_operator'::regclass, o.oid, 'operator', n.nspname, o.oprname,
        format('(%s, %s)', coalesce(format_type(nullif(o.oprleft, 0), NULL), 'NONE'),
            coalesce(format_type(nullif(o.oprright, 0), NULL), 'NONE')),
        format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname, concat_ws(', ',
            'FUNCTION = ' || o.oprcode,
            'LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL),
            'RIGHTARG = ' || format_type(nullif(o.oprright, 0), NULL),
            (
                SELECT format('COMMUTATOR = OPERATOR(%I.%s)', xn.nspname, x.oprname)
                FROM pg_catalog.pg_operator x
                JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
                WHERE x.oid = o.oprcom
            ),
            (
                SELECT format('NEGATOR = OPERATOR(%I.%s)', xn.nspname, x.oprname)
                FROM pg_catalog.pg_operator x
                JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
                WHERE x.oid = o.oprnegate
            ),
            CASE WHEN o.oprcanmerge THEN 'MERGES' END,
            CASE WHEN o.oprcanhash THEN 'HASHES' END,
            'RESTRICT = ' || nullif(o.oprrest::oid, 0)::regproc,
            'JOIN = ' || nullif(o.oprjoin::oid, 0)::regproc)),
        NULL
    FROM pg_catalog.pg_operator o
    JOIN managed n ON n.oid = o.oprnamespace
    WHERE o.oprcode <> 0
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::regclass, f.oid, 'operator family', n.nspname, f.opfname,
        'USING ' || quote_ident(a.amname),
        format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, a.amname),
        (
            SELECT array_agg(format('ALTER OPERATOR FAMILY %I.%I USING %I ADD %s', n.nspname,
                f.opfname, a.amname, m.text) ORDER BY m.number, m.place)
            FROM members m
            WHERE m.class = 'pg_catalog.pg_opfamily'::regclass AND m.owner = f.oid
        )
    FROM pg_catalog.pg_opfamily f
    JOIN managed n ON n.oid = f.opfnamespace
    JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::regclass, c.oid, 'operator class', n.nspname, c.opcname,
        'USING ' || quote_ident(a.amname),
        concat(
            format('CREATE OPERATOR CLASS %I.%I ', n.nspname, c.opcname),
            CASE WHEN c.opcdefault THEN 'DEFAULT ' END,
            format('FOR TYPE %s USING %I FAMILY %I.%I AS ', format_type(c.opcintype, NULL), a.amname,
                fn.nspname, f.opfname),
            concat_ws(', ',
                'STORAGE ' || CASE WHEN c.opckeytype <> 0 OR m.texts IS NULL
                    THEN format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), NULL) END,
                m.texts)
        ),
        NULL
    FROM pg_catalog.pg_opclass c
    JOIN managed n ON n.oid = c.opcnamespace
    JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
    JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
    JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
    CROSS JOIN LATERAL (
        SELECT string_agg(m.text, ', ' ORDER BY m.number, m.place)
        FROM members m
        WHERE m.class = 'pg_catalog.pg_opclass'::regclass AND m.owner = c.oid
    ) m (texts)
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::regclass, c.oid, 'conversion', n.nspname, c.conname, NULL,
        format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s',
            CASE WHEN c.condefault THEN 'DEFAULT ' END, n.nspname, c.conname,
            pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc),
        NULL
    FROM pg_catalog.pg_conversion c
    JOIN managed n ON n.oid = c.connamespace
    UNION ALL
    SELECT 'pg_catalog.pg_transform'::regclass, t.oid, 'transform', NULL, x.name, NULL,
        format('CREATE TRANSFORM %s (%s)', x.name, concat_ws(', ',
            'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql::oid, 0)::regprocedure,
            'TO SQL WITH FUNCTION ' || nullif(t.trftosql::oid, 0)::regprocedure)),
        NULL
    FROM pg_catalog.pg_transform t
    JOIN pg_catalog.pg_language l ON l.oid = t.trflang
    CROSS JOIN LATERAL (
        SELECT format('FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname)
    ) x (name)
    UNION ALL
    SELECT 'pg_catalog.pg_ts_parser'::regclass, p.oid, 'text search parser', n.nspname, p.prsname, NULL,
        format('CREATE TEXT SEARCH PARSER %I.%I (%s)', n.nspname, p.prsname, concat_ws(', ',
            'START = ' || p.prsstart,
            'GETTOKEN = ' || p.prstoken,
            'END = ' || p.prsend,
            'HEADLINE = ' || nullif(p.prsheadline::oid, 0)::regproc,
            'LEXTYPES = ' || p.prslextype)),
        NULL
    FROM pg_catalog.pg_ts_parser p
    JOIN managed n ON n.oid = p.prsnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_ts_template'::regclass, t.oid, 'text search template', n.nspname, t.tmplname, NULL,
        format('CREATE TEXT SEARCH TEMPLATE %I.%I (%s)', n.nspname, t.tmplname, concat_ws(', ',
            'INIT = ' || nullif(t.tmplinit::oid, 0)::regproc,
            'LEXIZE = ' || t.tmpllexize)),
        NULL
    FROM pg_catalog.pg_ts_template t
    JOIN managed n ON n.oid = t.tmplnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::regclass, d.oid, 'text search dictionary', n.nspname, d.dictname, NULL,
        format('CREATE TEXT SEARCH DICTIONARY %I.%I (%s)', n.nspname, d.dictname, concat_ws(', ',
            format('TEMPLATE = %I.%I', tn.nspname, t.tmplname),
            d.dictinitoption)),
        NULL
    FROM pg_catalog.pg_ts_dict d
    JOIN managed n ON n.oid = d.dictnamespace
    JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
    JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::regclass, c.oid, 'text search configuration', n.nspname, c.cfgname, NULL,
        format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname,
            pn.nspname, p.prsname),
        (
            SELECT array_agg(format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s',
                n.nspname, c.cfgname, y.alias, m.dictionaries) ORDER BY y.tokid)
            FROM ts_token_type(c.cfgparser) y
            JOIN LATERAL (
                SELECT string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno)
                FROM pg_catalog.pg_ts_config_map m
                WHERE m.mapcfg = c.oid AND m.maptokentype = y.tokid
            ) m (dictionaries) ON m.dictionaries IS NOT NULL
        )
    FROM pg_catalog.pg_ts_config c
    JOIN managed n ON n.oid = c.cfgnamespace
    JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
    JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, w.oid, 'foreign data wrapper', NULL, w.fdwname, NULL,
        concat(
            'CREATE FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
            ' HANDLER ' || nullif(w.fdwhandler, 0)::regproc,
            ' VALIDATOR ' || nullif(w.fdwvalidator, 0)::regproc,
            ' OPTIONS (' || (
                SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ' ORDER BY o.option_name)
                FROM pg_options_to_table(w.fdwoptions) o
            ) || ')'
        ),
        NULL
    FROM pg_catalog.pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::regclass, s.oid, 'foreign server', NULL, s.srvname, NULL,
        concat(
            'CREATE SERVER ', quote_ident(s.srvname),
            ' TYPE ' || quote_literal(s.srvtype),
            ' VERSION ' || quote_literal(s.srvversion),
            ' FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
            ' OPTIONS (' || (
                SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ' ORDER BY o.option_name)
                FROM pg_options_to_table(s.srvoptions) o
            ) || ')'
        ),
        NULL
    FROM pg_catalog.pg_foreign_server s
    JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
)
SELECT t.class, t.oid, t.kind, t.ns, t.name, t.signature, NULL, NULL, t.definition, t.extras::text, d.description
FROM things t
LEFT JOIN pg_catalog.pg_description d ON d.classoid = t.class AND d.objoid = t.oid AND d.objsubid = 0
WHERE t.oid >= 16384 AND NOT EXISTS (
    SELECT
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = t.class
        AND e.objid = t.oid
)
ORDER BY t.kind, t.ns, t.name, t.signature
