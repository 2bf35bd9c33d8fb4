-- Rows for every table; again and again, some are refused.
SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', t,
    string_agg(c, ', ' ORDER BY attnum), string_agg(CASE
        WHEN ty IN ('integer', 'bigint') THEN ($N * 10)::text
        WHEN ty = 'text' THEN quote_literal($N)
        WHEN lit IS NULL OR ($R = 1 AND NOT attnotnull) THEN 'NULL'
        ELSE lit END, ', ' ORDER BY attnum))
FROM col LEFT JOIN (SELECT ty, min(lit) AS lit FROM lit WHERE lit !~ 'CURRENT' GROUP BY ty) l
    USING (ty)
WHERE gen = '' GROUP BY t
