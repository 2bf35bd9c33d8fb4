-- Foreign tables as CREATE statements; what such a statement cannot say of a column or of a parent
-- comes as further statements.
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
    'foreign table',
    n.nspname,
    c.relname,
    NULL,
    NULL,
    NULL,
    concat(
        format('CREATE FOREIGN TABLE %I.%I (', n.nspname, c.relname),
        concat_ws(', ', x.columns, x.checks),
        ')',
        CASE WHEN NOT c.relispartition THEN ' INHERITS (' || x.parents || ')' END,
        ' SERVER ', quote_ident(s.srvname),
        ' OPTIONS (' || (
            SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ' ORDER BY o.option_name)
            FROM pg_options_to_table(f.ftoptions) o
        ) || ')'
    ),
    (
        SELECT array_agg(e.sql ORDER BY e.place, e.number)
        FROM (
            SELECT 1, 0, format('ALTER TABLE ONLY %s ATTACH PARTITION %I.%I %s', x.parents,
                n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid))
            WHERE c.relispartition
            UNION ALL
            SELECT 2, k.oid::bigint, format('ALTER FOREIGN TABLE %I.%I ADD CONSTRAINT %I %s',
                n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
            FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal AND NOT k.convalidated
            UNION ALL
            SELECT 3, a.attnum, format('ALTER FOREIGN TABLE %I.%I ALTER COLUMN %I %s',
                n.nspname, c.relname, a.attname, w.words)
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            CROSS JOIN LATERAL (
                VALUES
                    ('SET DEFAULT ' || CASE
                        WHEN a.attgenerated = '' AND NOT a.attislocal AND NOT c.relispartition
                        THEN pg_get_expr(d.adbin, d.adrelid)
                    END),
                    ('SET STATISTICS ' || nullif(a.attstattarget, -1)),
                    ('SET STORAGE ' || CASE WHEN a.attstorage <> t.typstorage THEN
                        CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                            WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                    ('SET (' || (
                        SELECT string_agg(o.text, ', ')
                        FROM unnest(a.attoptions) o (text)
                        WHERE o.text NOT LIKE 'pg_attver=%' -- the server's own
                    ) || ')'),
                    (CASE WHEN NOT a.attislocal AND NOT c.relispartition THEN 'OPTIONS (' || (
                        SELECT string_agg(format('ADD %I %L', o.option_name, o.option_value), ', ' ORDER BY o.option_name)
                        FROM pg_options_to_table(a.attfdwoptions) o
                    ) || ')' END)
            ) w (words)
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND w.words IS NOT NULL
        ) e (place, number, sql)
    )::text,
    d.description
FROM pg_catalog.pg_class c
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid
JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
CROSS JOIN LATERAL (
    SELECT
        (
            SELECT string_agg(concat(
                format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)),
                ' OPTIONS (' || (
                    SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ' ORDER BY o.option_name)
                    FROM pg_options_to_table(a.attfdwoptions) o
                ) || ')',
                (
                    SELECT format(' COLLATE %I.%I', cn.nspname, co.collname)
                    FROM pg_catalog.pg_collation co
                    JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                    WHERE co.oid = a.attcollation AND a.attcollation <> t.typcollation
                ),
                CASE a.attgenerated
                    WHEN '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                    ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                END,
                CASE WHEN a.attnotnull THEN ' NOT NULL' END
            ), ', ' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND (a.attislocal OR c.relispartition)
        ),
        (
            SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)),
                ', ' ORDER BY k.conname)
            FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
            AND (k.conislocal OR c.relispartition)
        ),
        (
            SELECT string_agg(format('%I.%I', pn.nspname, p.relname), ', ' ORDER BY h.inhseqno)
            FROM pg_catalog.pg_inherits h
            JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE h.inhrelid = c.oid
        )
) x (columns, checks, parents)
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.oid NOT IN (
    SELECT e.objid
    FROM pg_catalog.pg_depend e
    WHERE e.refclassid = 'pg_catalog.pg_extension'::regclass
        AND e.deptype = 'e'
        AND e.classid = 'pg_catalog.pg_class'::regclass
)
ORDER BY n.nspname, c.relname
