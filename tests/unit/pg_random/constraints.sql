-- Constraints.

-- 4 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I PRIMARY KEY (%s%s)%s', t, pg_temp.name('k'), c,
    pg_temp.one('', ', id'), pg_temp.one('', '', ' DEFERRABLE', ' WITH (fillfactor = 60)',
    ' DEFERRABLE INITIALLY DEFERRED', ' INCLUDE (id)')) FROM col

-- 6 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE %s (%s)%s', t, pg_temp.name('k'),
    pg_temp.one('', '', 'NULLS NOT DISTINCT'), cs, y)
FROM (SELECT t, relkind, string_agg(c, ', ' ORDER BY md5(c || '$S')) AS cs
    FROM (SELECT col.*, row_number() OVER (PARTITION BY t ORDER BY md5(c || '$S')) AS i
        FROM col WHERE ty !~ 'json|xml|point') q WHERE i <= 1 + $R % 3 GROUP BY t, relkind
    UNION ALL SELECT t, relkind, c FROM col) q,
    (VALUES (''), (''), (' INCLUDE (id)'), (' DEFERRABLE'), (' WITH (fillfactor = 55)'),
    (' INCLUDE (id) WITH (fillfactor = 90, deduplicate_items = off)'),
    (' DEFERRABLE INITIALLY DEFERRED')) w (y)

-- 7 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s)%s', t, pg_temp.name('k'), e, x)
FROM (SELECT t, CASE
        WHEN ty IN ('integer', 'bigint', 'smallint') THEN c || pg_temp.one(' > -$N',
            ' IN (7, 8, 9, $N0) IS NOT FALSE', ' BETWEEN -1 AND 999 IS NOT FALSE', ' <> 0 OR true')
        WHEN ty = 'text' THEN c || ' IN (''a'', ''b'') OR length(' || c || ') < 99'
        WHEN atttypid IN (SELECT en_oid FROM en) THEN c || ' <> ' ||
            (SELECT quote_literal(min(enumlabel)) FROM pg_enum WHERE enumtypid = atttypid)
        ELSE c || ' IS NOT NULL OR true' END AS e,
    CASE WHEN relkind = 'p' OR has_kids OR part THEN '' ELSE ' NOT VALID' END AS nv FROM col) q,
    LATERAL (VALUES (''), (''), (nv), (' NO INHERIT'), (nv || ' NO INHERIT')) v (x)

-- 1 makes changes
SELECT format('ALTER TABLE %s ADD CHECK (%s IS NOT NULL OR true)', t, c) FROM col

-- 3 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s > %s)', x.t, pg_temp.name('k'), x.c, y.c)
FROM col x JOIN col y ON x.oid = y.oid AND x.atttypid = y.atttypid AND x.c < y.c

-- Foreign keys.

-- 9 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%s) REFERENCES %s (%s)%s', col.t,
    pg_temp.name('k'), c, uni.t, uc, x)
FROM col JOIN uni ON utype = atttypid,
    LATERAL (VALUES (''), (' ON DELETE CASCADE'), (' ON UPDATE SET NULL ON DELETE SET NULL'),
    (' DEFERRABLE INITIALLY DEFERRED'), (' NOT VALID'), (' MATCH FULL'), (' DEFERRABLE'),
    (' ON UPDATE RESTRICT ON DELETE SET DEFAULT'), (format(' ON DELETE SET NULL (%s)', c)),
    (' MATCH FULL ON UPDATE CASCADE DEFERRABLE NOT VALID')) v (x)

-- 2 makes changes
SELECT format('ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s)', col.t, c, uni.t, uc)
FROM col JOIN uni ON utype = atttypid

-- 3 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%s) REFERENCES %s (%s)%s', t,
    pg_temp.name('k'), own_names, their, their_names, pg_temp.one('', ' ON DELETE CASCADE',
    ' MATCH FULL', ' DEFERRABLE', format(' ON DELETE SET NULL (%s)', one_name),
    format(' ON DELETE SET DEFAULT (%s)', one_name)))
FROM (SELECT k.t, u.t AS their, string_agg(m.c, ', ' ORDER BY i) AS their_names,
    string_agg(k.c, ', ' ORDER BY i) AS own_names, min(k.c) AS one_name
    FROM con u, unnest(u.conkey) WITH ORDINALITY z (num, i), col m, col k
    WHERE u.contype IN ('p', 'u') AND array_length(u.conkey, 1) > 1 AND m.oid = u.oid AND
        m.attnum = num AND k.atttypid = m.atttypid
    GROUP BY k.t, u.t, u.con_oid, k.oid
    HAVING count(DISTINCT k.attnum) = max(array_length(u.conkey, 1)) AND
        count(*) = max(array_length(u.conkey, 1))) q

-- 2 changes
SELECT format('ALTER TABLE %s ALTER CONSTRAINT %s %s', t, k, x)
FROM con, (VALUES ('DEFERRABLE'), ('NOT DEFERRABLE'), ('DEFERRABLE INITIALLY DEFERRED')) v (x)
WHERE contype = 'f'

-- Exclusion.

-- 3 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I EXCLUDE %s%s', t, pg_temp.name('k'), CASE
    WHEN ty ~ 'range$' THEN 'USING gist (' || c || ' WITH &&)'
    WHEN ty = 'inet' THEN 'USING gist (' || c || ' inet_ops WITH &&)'
    WHEN ty = 'point' THEN 'USING gist (' || c || ' WITH ~=)'
    ELSE pg_temp.one('(' || c || ' WITH =) WHERE (' || c || ' IS NOT NULL)',
        'USING hash (' || c || ' WITH =)', 'USING gist (' || c || ' WITH =)',
        '(' || c || ' WITH =, id WITH =) INCLUDE (id) WITH (fillfactor = 75)') END,
    pg_temp.one('', '', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED'))
FROM col WHERE ty IN ('int4range', 'daterange', 'integer', 'text', 'inet', 'point')

-- 1 makes changes
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I EXCLUDE USING gist (%s WITH &&, %s WITH =) WHERE '
    '(%s > 0)', x.t, pg_temp.name('k'), x.c, y.c, y.c)
FROM col x JOIN col y ON x.oid = y.oid AND x.ty ~ 'range$' AND y.ty = 'integer'

-- Whatever it is.

-- 7 changes
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s%s', t, k, pg_temp.one('', ' CASCADE')) FROM con

-- 2 changes
SELECT format('ALTER TABLE ONLY %s DROP CONSTRAINT %s', t, k) FROM con WHERE has_kids

-- 2 changes
SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %s', t, k) FROM con WHERE NOT convalidated

-- 2 renames
SELECT format('ALTER TABLE %s RENAME CONSTRAINT %s TO %I', t, k, pg_temp.name('r')), conname,
    pg_temp.name('r') FROM con WHERE conname !~ '^r'

-- 2 makes changes
SELECT format('COMMENT ON CONSTRAINT %s ON %s IS %s', k, t, pg_temp.one(pg_temp.remark(), 'NULL'))
FROM con

-- What becomes another under its name.

-- 3 changes
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ADD CONSTRAINT %s %s', t, k, t, k,
    CASE WHEN contype = 'f' AND kdef ~ 'NOT VALID' THEN replace(kdef, ' NOT VALID', '')
        WHEN contype = 'f' THEN kdef || ' NOT VALID'
        WHEN contype = 'c' THEN 'CHECK (num_nulls(NULL, 1) < 3)'
        WHEN kdef ~ 'DEFERRABLE' THEN regexp_replace(kdef, ' DEFERRABLE.*', '')
        ELSE kdef || ' DEFERRABLE' END) FROM con

-- 3 changes
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ADD CONSTRAINT %s %s (%s)', con.t, k,
    con.t, k, CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, c)
FROM con JOIN col ON con.oid = col.oid WHERE contype IN ('p', 'u')

-- 1 changes
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; CREATE UNIQUE INDEX %s ON %s (%s)', con.t, k, k,
    con.t, c)
FROM con JOIN col ON con.oid = col.oid WHERE contype IN ('p', 'u') AND attnum = ANY (conkey)

-- …and the foreign keys on it go and come back.

-- 4 changes
SELECT drops || format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ADD CONSTRAINT %s %s '
    'INCLUDE (%s);', q.t, k, q.t, k, kdef, c) || makes
FROM (SELECT con.*,
    (SELECT string_agg(format('ALTER TABLE %s DROP CONSTRAINT %s;', f.t, f.k), '') FROM con f
     WHERE f.contype = 'f' AND f.conindid = con.conindid AND f.coninhcount = 0) AS drops,
    (SELECT string_agg(format('ALTER TABLE %s ADD CONSTRAINT %s %s;', f.t, f.k, f.kdef), '')
     FROM con f WHERE f.contype = 'f' AND f.conindid = con.conindid AND f.coninhcount = 0) AS makes
    FROM con WHERE contype IN ('p', 'u') AND kdef !~ 'INCLUDE|WITH|DEFERR') q
    JOIN col ON col.oid = q.oid WHERE NOT attnum = ANY (conkey)

-- Both ends of a foreign key get another type.

-- 4 retypes
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ALTER %s TYPE %s; ALTER TABLE %s '
    'ALTER %s TYPE %s; ALTER TABLE %s ADD CONSTRAINT %s %s', con.t, k, a.t, a.c, ty, b.t, b.c, ty,
    con.t, k, kdef)
FROM con JOIN (SELECT oid, attnum, t, c FROM col) a ON a.oid = con.oid AND a.attnum = conkey[1]
    JOIN (SELECT oid, attnum, t, c FROM col) b ON b.oid = confrelid AND b.attnum = confkey[1],
    (VALUES ('bigint'), ('numeric'), ('text')) v (ty)
WHERE con.contype = 'f'
