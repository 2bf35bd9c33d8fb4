-- Indexes of tables and materialized views, those of constraints too. Their expressions come as
-- one text, divided by commas (pg_get_indexdef for each would cost ten times as much).
WITH managed AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE CASE coalesce(current_setting('autogen.namespaces', true), '')
        WHEN '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ELSE n.nspname = ANY (current_setting('autogen.namespaces', true)::text[])
    END
)
SELECT
    i.indexrelid,
    i.indrelid,
    c.relname,
    nullif(am.amname, 'btree'),
    i.indisunique,
    i.indisvalid,
    i.indisclustered,
    i.indisreplident,
    i.indnullsnotdistinct, -- since 15, else false
    i.indnkeyatts,
    i.indkey::text,
    i.indoption::text,
    pg_get_expr(i.indexprs, i.indrelid),
    pg_get_expr(i.indpred, i.indrelid),
    c.reloptions::text,
    ts.spcname,
    pn.nspname,
    p.relname,
    CASE WHEN i.indexprs IS NOT NULL THEN (
        SELECT array_agg(concat(a.attnum, '=', a.attstattarget) ORDER BY a.attnum)::text
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0
    ) END,
    d.description
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN managed n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = i.indexrelid AND d.objsubid = 0
ORDER BY i.indrelid, c.relname
