-- Indexes.

-- 8 makes changes
SELECT format('CREATE %sINDEX %I ON %s (%s%s)%s', pg_temp.one('', '', 'UNIQUE '), pg_temp.name('i'),
    t, c, pg_temp.one('', ' DESC', ' NULLS FIRST', ', id', ' DESC NULLS LAST', ' ASC, id DESC'),
    pg_temp.one('', '', ' INCLUDE (id)', ' WHERE id > $N', ' WITH (fillfactor = 65)',
    ' WITH (deduplicate_items = off)', ' WHERE $N > 0')) FROM col

-- 5 makes changes
SELECT format('CREATE %sINDEX %I ON %s %s%s', pg_temp.one('', '', 'UNIQUE '), pg_temp.name('I'), t,
    CASE WHEN ty = 'text' THEN '(lower(' || c || '), ' || c || ' text_pattern_ops)'
        WHEN ty IN ('integer', 'bigint', 'numeric') THEN '((' || c || ' * 2))'
        WHEN ty = 'jsonb' THEN 'USING gin (' || c || ' jsonb_path_ops)'
        WHEN ty ~ '\[\]$' THEN 'USING gin (' || c || ')'
        WHEN ty ~ 'range$' THEN pg_temp.one('USING gist (', 'USING spgist (') || c || ')'
        ELSE 'USING hash (' || c || ')' END, pg_temp.one('', '', ' WHERE id IS NOT NULL')) FROM col

-- Operator classes with options, collations, methods with theirs.

-- 5 makes changes
SELECT format('CREATE INDEX %I ON %s %s', pg_temp.name('i'), t, x)
FROM col, LATERAL (VALUES ('tsvector', 'USING gist (%s tsvector_ops (siglen=100))'),
    ('tsvector', 'USING gin (%s) WITH (fastupdate = off)'),
    ('text', 'USING gist (%s gist_trgm_ops (siglen=32))'), ('text', 'USING gin (%s gin_trgm_ops)'),
    ('text', 'USING spgist (%s)'), ('text', '(%s COLLATE "C" DESC, id)'),
    ('text', '(%s COLLATE "POSIX" text_pattern_ops)'), ('text', '(lower(%s) COLLATE "C")'),
    ('text', '((%s || ''x'') varchar_pattern_ops) WHERE %1$s <> ''q'''),
    ('integer[]', 'USING gin (%s gin__int_ops)'), ('integer[]', 'USING gist (%s gist__int_ops (numranges=50))'),
    ('integer', 'USING brin (%s int4_minmax_multi_ops (values_per_range=16)) WITH (pages_per_range=8)'),
    ('integer', 'USING brin (%s int4_bloom_ops (n_distinct_per_range=200)) WITH (autosummarize=on)'),
    ('integer', 'USING gist (%s) WITH (buffering=off, fillfactor=80)'),
    ('integer', '((%s %% 7), (%1$s + id)) INCLUDE (%1$s)'), ('integer', 'USING brin (%s, id)'),
    ('inet', 'USING gist (%s inet_ops) WHERE %1$s IS NOT NULL'), ('inet', 'USING spgist (%s)'),
    ('point', 'USING gist (%s)'), ('jsonb', 'USING gin (%s) WITH (gin_pending_list_limit=128)'),
    ('jsonb', '((%s ->> ''a''))'), ('int4range', 'USING gist (%s range_ops, id)'),
    ('character varying(40)', '(%s varchar_pattern_ops)'),
    ('timestamp without time zone', '(date_trunc(''day'', %s))')) v (vty, f),
    LATERAL (SELECT format(f, c)) z (x) WHERE ty = vty

-- 2 makes changes
SELECT format('CREATE UNIQUE INDEX %I ON %s (%s%s) NULLS NOT DISTINCT%s', pg_temp.name('i'), t, c,
    pg_temp.one('', ', id'), pg_temp.one('', ' WHERE id > 5', ' WITH (fillfactor = 88)')) FROM col

-- 2 makes changes
SELECT format('CREATE INDEX %I ON %s (%s COLLATE %s)', pg_temp.name('i'), t, c, co)
FROM col, co WHERE attcollation <> 0

-- 2 makes changes
SELECT format('CREATE INDEX %I ON %s (%s) WHERE %s = %s', pg_temp.name('i'), t, c, c, lit)
FROM col JOIN lit USING (ty)

-- 1 makes changes
SELECT format('CREATE INDEX ON %s (%s)', t, c) FROM col

-- On a parent alone, and what makes it whole.

-- 2 makes changes
SELECT format('CREATE INDEX %I ON ONLY %s (%s)', pg_temp.name('i'), t, c) FROM col
WHERE relkind = 'p'

-- 2 makes changes
SELECT format('ALTER INDEX %s ATTACH PARTITION %s', m.i, k.i)
FROM idx m JOIN pg_inherits ON inhparent = m.oid JOIN idx k ON k.oid = inhrelid
WHERE m.ikind = 'I' AND m.indkey = k.indkey AND NOT k.ipart

-- What is there.

-- 6 changes
SELECT format('DROP INDEX %s', i) FROM idx WHERE plain

-- 3 changes
SELECT format('DROP INDEX %s; CREATE INDEX %I ON %s (%s)', i, iname, idx.t, c)
FROM idx JOIN col ON idx.oid = col.oid WHERE plain AND indisvalid

-- 2 changes
SELECT format('DROP INDEX %s; %s', i, replace(replace(pg_get_indexdef(indexrelid), 'CREATE INDEX',
    'CREATE UNIQUE INDEX'), 'CREATE UNIQUE INDEX', pg_temp.one('CREATE UNIQUE INDEX',
    'CREATE INDEX')))
FROM idx WHERE plain AND indisvalid AND NOT has_kids

-- 1 changes
SELECT format('DROP INDEX %s; CREATE INDEX %I ON %s (%s)', i, iname, col.t, c)
FROM idx JOIN col ON idx.n = col.n AND idx.oid <> col.oid WHERE plain

-- 2 changes
SELECT format('DROP INDEX %s; ALTER TABLE %s ADD CONSTRAINT %I UNIQUE (%s)', i, idx.t, iname, c)
FROM idx JOIN col ON idx.oid = col.oid AND attnum = indkey[0] WHERE plain AND ikind = 'i'

-- 2 renames
SELECT format('ALTER INDEX %s RENAME TO %I', i, pg_temp.name('r')), iname, pg_temp.name('r')
FROM idx WHERE plain AND iname !~ '^r'

-- 3 makes changes
SELECT format('ALTER INDEX %s %s', i, x)
FROM idx, (VALUES ('btree', 'SET (fillfactor = 77)'), ('btree', 'RESET (fillfactor)'),
    ('btree', 'SET (deduplicate_items = off)'), ('gin', 'SET (fastupdate = off)'),
    ('gist', 'SET (fillfactor = 44)'), ('brin', 'SET (pages_per_range = 6$R)'),
    ('brin', 'RESET (pages_per_range)'), ('hash', 'SET (fillfactor = 66)')) v (m, x)
WHERE ikind = 'i' AND amname = m

-- 1 makes changes
SELECT format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS 3$R', i,
    1 + array_position(indkey::smallint[], 0::smallint))
FROM idx WHERE 0 = ANY (indkey)

-- 2 makes changes
SELECT format('ALTER TABLE %s %s %I', t, x, iname)
FROM idx, (VALUES ('CLUSTER ON'), ('REPLICA IDENTITY USING INDEX')) v (x) WHERE ikind = 'i'

-- 2 makes changes
SELECT format('COMMENT ON INDEX %s IS %s', i, pg_temp.one(pg_temp.remark(), 'NULL')) FROM idx
