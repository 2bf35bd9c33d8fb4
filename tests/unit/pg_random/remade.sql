-- What loses the rows: made anew under its name.

-- 2 bare
SELECT format('ALTER TABLE %s DROP %s; ALTER TABLE %s ADD %s %s', t, c, t, c, ty.ty) FROM col, ty

-- 1 bare
SELECT format('DROP TABLE %s; CREATE TABLE %s (id integer, z text)', t, t) FROM tab WHERE relkind =
    'r'

-- 1 bare
SELECT format('DROP TABLE %s; CREATE VIEW %s AS SELECT 1 AS id', t, t) FROM tab

-- 1 bare
SELECT
    format('ALTER TABLE %s DROP %s; ALTER TABLE %s ADD %s integer GENERATED ALWAYS AS (id * 3) STORED',
    t, c, t, c) FROM col WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = col.oid AND tgqual
    IS NOT NULL)

-- 1 bare
SELECT format('DROP TABLE %s; CREATE TABLE %s (id integer NOT NULL, k integer, b text) '
    'PARTITION BY %s', t, t, pg_temp.one('RANGE (id)', 'LIST (b)', 'HASH (k)')) FROM tab

-- 1 bare
SELECT format('DROP TYPE %s; CREATE %s', en, x)
FROM en, LATERAL (VALUES (format('DOMAIN %s AS text', en)), (format('TYPE %s AS (a integer)', en)),
    (format('TYPE %s AS ENUM (''new'', ''a'')', en))) v (x)

-- 1 bare
SELECT format('DROP DOMAIN %s; CREATE %s', dom, x)
FROM dom, LATERAL (VALUES (format('TYPE %s AS ENUM (''a'')', dom)),
    (format('DOMAIN %s AS bigint DEFAULT 4', dom)), (format('DOMAIN %s AS text', dom))) v (x)

-- 1 bare
SELECT format('DROP SEQUENCE %s; CREATE %s', s, pg_temp.one(format('TABLE %s (id integer)', s),
    format('SEQUENCE %s AS smallint START 9', s), format('TYPE %s AS ENUM (''s'')', s))) FROM sq

-- 1 bare
SELECT format('ALTER TABLE %s DROP %s; ALTER TABLE %s ADD %s %s DEFAULT %s', t, c, t, c,
    lit.ty, lit) FROM col, some_lit lit
