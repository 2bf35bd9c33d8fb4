-- Extensions, with their comment where it is not the one that they come with.
SELECT
    e.oid,
    e.extname,
    n.nspname,
    e.extversion,
    CASE WHEN d.description IS DISTINCT FROM (
        SELECT a.comment FROM pg_catalog.pg_available_extensions() a WHERE a.name = e.extname
    ) THEN d.description END
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_extension'::regclass AND d.objoid = e.oid
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname
