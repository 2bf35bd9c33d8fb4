-- Routines, and the kinds that are whole statements: views, triggers, policies, statistics.

-- Functions that defaults, checks, indexes and generated columns call.

-- 3 makes
SELECT format('CREATE FUNCTION %s.%I(%s integer%s) RETURNS integer LANGUAGE %s IMMUTABLE AS %L', n,
    pg_temp.name('f'), pg_temp.one('a', '"A b"', '"select"'), pg_temp.one('', '', ' DEFAULT 4'), l, b)
FROM ns, (VALUES ('sql', 'SELECT $1 + $R'), ('plpgsql', 'BEGIN RETURN $1; END'),
    ('sql', 'SELECT -$1 -- it''s %;' || chr(10)), ('sql', 'SELECT CASE WHEN $1 > 0 THEN $1 END'))
    v (l, b)

-- 2 makes
SELECT format('CREATE FUNCTION %s.%I(x %s) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS '
    '''BEGIN RETURN $R; END''', n, pg_temp.name('f'), ty) FROM ns, ty

-- 1 makes
SELECT format('CREATE FUNCTION %s(a text) RETURNS integer LANGUAGE sql IMMUTABLE AS '
    '''SELECT length(a)''', f) FROM fn WHERE proargtypes::text = '23'

-- 1 makes
SELECT format('CREATE FUNCTION %s.%I(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS '
    '''SELECT %s(a) + 1''', n, pg_temp.name('f'), f)
FROM ns, fn WHERE prorettype = 'int4'::regtype AND proargtypes::text = '23'

-- 4 changes
SELECT replace(replace(pg_get_functiondef(f_oid), '$1', '(1 + $1)'), 'BEGIN', 'BEGIN /* $N */')
FROM fn WHERE prokind = 'f' AND prorettype = 'int4'::regtype AND proname LIKE 'f%'

-- 1 changes
SELECT format('DROP FUNCTION %s%s', f_oid::regprocedure, pg_temp.one('', ' CASCADE')) FROM fn
WHERE prokind = 'f'

-- 5 makes changes
SELECT format(x, t, f, c)
FROM col, fn, (VALUES
    (format('ALTER TABLE %%s ADD CONSTRAINT %I CHECK (%%s(%%s) > -$N)', 'k$N')),
    (format('CREATE INDEX %I ON %%s (%%s(%%s))', 'i$N')),
    (format('CREATE INDEX %I ON %%1$s (%%3$s) WHERE %%2$s(%%3$s) > $R', 'i$N')),
    (format('ALTER TABLE %%s ADD %I integer GENERATED ALWAYS AS (%%s(%%s)) STORED', 'G $N')),
    ('ALTER TABLE %1$s ALTER %3$s SET DEFAULT %2$s(3)')) v (x)
WHERE proargtypes::text = atttypid::text AND prorettype = 'int4'::regtype AND NOT EXISTS (SELECT
    FROM pg_trigger WHERE tgrelid = col.oid AND tgqual IS NOT NULL)

-- 1 makes changes
SELECT format('ALTER DOMAIN %s ADD CONSTRAINT %I CHECK (%s(VALUE) > -$N)', dom, pg_temp.name('k'), f)
FROM dom, fn WHERE proargtypes::text = typbasetype::text AND prorettype = 'int4'::regtype

-- Views and the other kinds.

-- 5 makes changes
SELECT format('CREATE %sVIEW %s.%s AS SELECT %s FROM %s%s', m, ns.n, name, x, t, w) FROM ns, (SELECT
    t, string_agg(c, ', ' ORDER BY attnum) FILTER (WHERE i <= 1 + $R % 3) AS cs FROM (SELECT col.*,
    row_number() OVER (PARTITION BY t ORDER BY md5(c || '$S')) AS i FROM col) z GROUP BY t) q,
    (VALUES (''), (''), ('MATERIALIZED ')) v (m), (VALUES ('v$N'), ('"V $N"')) y (name), (VALUES
    (''), (' WHERE id > $R')) u (w), LATERAL (VALUES (cs), ('*')) o (x)

-- 3 makes changes
SELECT format('CREATE %sVIEW public.v$N AS SELECT * FROM %s', m, v) FROM vw, (VALUES (''), (''),
    ('MATERIALIZED ')) x (m)

-- 1 makes changes
SELECT format('CREATE VIEW public.v$N AS SELECT %s, count(*) AS n FROM %s GROUP BY id', cs, t) FROM
    (SELECT t, string_agg(c, ', ' ORDER BY attnum) AS cs FROM col GROUP BY t) q

-- 2 changes
SELECT format('DROP %sVIEW %s%s', CASE vkind WHEN 'm' THEN 'MATERIALIZED ' END, v, x) FROM vw,
    (VALUES (''), (' CASCADE')) o (x)

-- 1 makes changes
SELECT format('CREATE INDEX i$N ON %s (%I)', v, attname) FROM vw JOIN pg_attribute ON attrelid =
    v_oid AND attnum > 0 WHERE vkind = 'm'

-- 1 makes
SELECT
    format('CREATE FUNCTION %s.trg$N() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NEW; END''',
    n) FROM ns

-- 2 makes changes
SELECT format('CREATE TRIGGER g$N %s ON %s FOR EACH ROW EXECUTE FUNCTION %s()', x, t, f) FROM fn,
    (SELECT t, unnest(ARRAY['AFTER INSERT', 'BEFORE UPDATE', 'AFTER UPDATE OF ' || c]) AS x FROM
    col) q WHERE prorettype = 'trigger'::regtype

-- 1 changes
SELECT format(x, t, g) FROM trg, (VALUES ('ALTER TABLE %s DISABLE TRIGGER %s'),
    ('DROP TRIGGER %2$s ON %1$s')) v (x)

-- 1 makes changes
SELECT format('CREATE POLICY y$N ON %s USING (%s IS NOT NULL)', t, c) FROM col

-- 1 changes
SELECT format('DROP POLICY %I ON %s', polname, t) FROM tab JOIN pg_policy ON polrelid = tab.oid

-- 2 makes changes
SELECT format('CREATE STATISTICS %s.s$N%s ON %s, %s FROM %s', x.n, w, x.c, y.c, x.t) FROM col x JOIN
    col y USING (oid), (VALUES (''), (' (ndistinct, mcv)'), (' (dependencies)')) v (w) WHERE
    x.attnum < y.attnum AND x.ty !~ 'json' AND y.ty !~ 'json'

-- 1 makes changes
SELECT format('CREATE STATISTICS %s.s$N ON (%s + 1), %s FROM %s', x.n, x.c, y.c, x.t) FROM col x
    JOIN col y USING (oid) WHERE x.ty = 'integer' AND y.ty !~ 'json' AND x.c <> y.c

-- 2 changes
SELECT format(x, st) FROM st, (VALUES ('ALTER STATISTICS %s SET STATISTICS 7$R'),
    ('ALTER STATISTICS %s SET STATISTICS -1'), ('COMMENT ON STATISTICS %s IS ''s $N'''),
    ('DROP STATISTICS %s')) v (x)

-- 2 makes changes
SELECT format('CREATE PUBLICATION p$N %s', x) FROM (SELECT 'FOR ALL TABLES' UNION ALL SELECT ''
    UNION ALL SELECT 'FOR TABLE ' || t || ' WITH (publish = ''insert'')' FROM tab WHERE pers = 'p'
    UNION ALL SELECT 'FOR TABLES IN SCHEMA ' || n FROM ns UNION ALL SELECT
    format('FOR TABLE %s (%s)', t, c) FROM col WHERE pers = 'p' AND gen = '') q (x)

-- 2 changes
SELECT format(x, pubname, t) FROM pg_publication, tab, (VALUES
    ('ALTER PUBLICATION %I ADD TABLE %s'), ('ALTER PUBLICATION %I DROP TABLE %s'),
    ('ALTER PUBLICATION %I SET TABLE %s'),
    ('ALTER PUBLICATION %I SET (publish = ''update, delete'')'),
    ('COMMENT ON PUBLICATION %I IS ''p $N'''), ('DROP PUBLICATION %I')) v (x)

-- 2 makes changes
SELECT format('CREATE RULE u$N AS ON %s TO %s DO %s NOTHING', e, t, x) FROM tab, (VALUES ('INSERT'),
    ('UPDATE'), ('DELETE')) v (e), (VALUES ('INSTEAD'), ('ALSO')) w (x) WHERE relkind = 'r' AND NOT
    part AND NOT has_kids AND NOT has_mum

-- 1 changes
SELECT format(x, u, t) FROM ru, (VALUES ('DROP RULE %s ON %s'),
    ('COMMENT ON RULE %s ON %s IS ''u $N'''), ('ALTER TABLE %2$s DISABLE RULE %1$s'),
    ('ALTER TABLE %2$s ENABLE ALWAYS RULE %1$s')) v (x)

-- 2 makes changes
SELECT format('CREATE POLICY "Y $N" ON %s AS %s FOR %s', t, a, x) FROM tab, (VALUES ('PERMISSIVE'),
    ('RESTRICTIVE')) v (a), (VALUES ('SELECT USING (true)'), ('INSERT WITH CHECK (true)'),
    ('ALL TO PUBLIC USING (1 = 1) WITH CHECK (2 > 1)'), ('DELETE')) w (x)

-- 2 changes
SELECT format(x, y, t) FROM pol, (VALUES ('ALTER POLICY %s ON %s USING (3 > $R)'),
    ('ALTER POLICY %s ON %s WITH CHECK (3 > $R)'), ('COMMENT ON POLICY %s ON %s IS ''y $N''')) v (x)

-- 2 makes changes
SELECT format(x, t, f) FROM fn, tab, (VALUES
    ('CREATE CONSTRAINT TRIGGER g$N AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %s()'),
    ('CREATE TRIGGER g$N AFTER UPDATE ON %s REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION %s()'),
    ('CREATE TRIGGER "G $N" BEFORE UPDATE ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION %s(''a'', ''b'')'))
    v (x) WHERE prorettype = 'trigger'::regtype

-- 2 changes
SELECT format(x, t, g) FROM trg, (VALUES ('ALTER TABLE %s ENABLE ALWAYS TRIGGER %s'),
    ('ALTER TABLE %s ENABLE REPLICA TRIGGER %s'), ('ALTER TABLE %s ENABLE TRIGGER %s'),
    ('COMMENT ON TRIGGER %2$s ON %1$s IS ''g $N''')) v (x)

-- 2 changes
SELECT format(x, f) FROM fn, (VALUES ('ALTER FUNCTION %s SECURITY DEFINER'),
    ('ALTER FUNCTION %s COST 7 PARALLEL SAFE'), ('ALTER FUNCTION %s SET work_mem = ''8MB'''),
    ('ALTER FUNCTION %s RESET ALL'), ('COMMENT ON FUNCTION %s IS ''f $N'''),
    ('ALTER FUNCTION %s STRICT')) v (x)

-- 1 makes changes
SELECT format(x, n) FROM ns, (VALUES
    ('CREATE PROCEDURE %s.pr$N(INOUT a integer) LANGUAGE plpgsql AS ''BEGIN a := $R; END'''),
    ('CREATE AGGREGATE %s.ag$N(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = ''0'')'),
    ('CREATE FUNCTION %s.ft$N(VARIADIC a text[] DEFAULT ''{x}'') RETURNS TABLE (x text) LANGUAGE sql STABLE ROWS 5 AS ''SELECT unnest(a)'''))
    v (x)

-- 2 changes
SELECT format(x, v) FROM vw, (VALUES ('ALTER VIEW %s SET (security_barrier = true)'),
    ('ALTER VIEW %s SET (check_option = local)'), ('ALTER VIEW %s RESET (security_barrier)'),
    ('COMMENT ON VIEW %s IS ''v $N'''), ('ALTER VIEW %s ALTER id SET DEFAULT 5'),
    ('COMMENT ON COLUMN %s.id IS ''vc $N'''), ('ALTER MATERIALIZED VIEW %s SET (fillfactor = 5$R)'),
    ('COMMENT ON MATERIALIZED VIEW %s IS ''m $N'''),
    ('ALTER MATERIALIZED VIEW %s ALTER id SET STATISTICS 4$R')) x (x)

-- 1 makes changes
SELECT format('CREATE UNIQUE INDEX i$N ON %s USING btree (id) WHERE id > 0', v) FROM vw WHERE vkind
    = 'm'
