-- Namespaces, types, domains, sequences, extensions.

-- 2 makes
SELECT format('CREATE SCHEMA %I', pg_temp.name('S'))

-- 1 changes
SELECT format('DROP SCHEMA %s%s', n, pg_temp.one('', '', ' CASCADE')) FROM ns WHERE n <> 'public'

-- 1 changes
-- (that "public" has no comment at all is taken for the usual one)
SELECT format('COMMENT ON SCHEMA %s IS %s', n, CASE n WHEN 'public' THEN pg_temp.remark()
    ELSE pg_temp.one(pg_temp.remark(), 'NULL') END) FROM ns

-- 2 makes
SELECT format('CREATE EXTENSION IF NOT EXISTS %I', x)
FROM (VALUES ('citext'), ('btree_gist'), ('pg_trgm'), ('hstore'), ('ltree'), ('intarray')) v (x)

-- 1 changes
SELECT format('DROP EXTENSION %I', extname) FROM pg_extension WHERE extname <> 'plpgsql'

-- 1 changes
SELECT format('COMMENT ON EXTENSION %I IS %s', extname, pg_temp.remark()) FROM pg_extension

-- Enums.

-- 3 makes
SELECT format('CREATE TYPE %s.%I AS ENUM (%s)', n, pg_temp.name('e'), l)
FROM ns, (VALUES ('''a'', ''b'', ''c'''), ('''x'''), ('''b'', ''it''''s'', ''a'', ''A b'''),
    ('''a'', ''B;"%s'', ''é'', ''null'', ''select''')) v (l)

-- 5 changes
SELECT format('ALTER TYPE %s ADD VALUE %L %s %L', en, pg_temp.name('n'), w, enumlabel)
FROM en JOIN pg_enum ON enumtypid = en_oid, (VALUES ('BEFORE'), ('AFTER')) v (w)

-- 2 renames
SELECT format('ALTER TYPE %s RENAME VALUE %L TO %L', en, enumlabel, pg_temp.name('r')), enumlabel,
    pg_temp.name('r')
FROM en JOIN pg_enum ON enumtypid = en_oid WHERE enumlabel !~ '^[rn]'

-- 1 renames
SELECT format('ALTER TYPE %s RENAME TO %I', en, pg_temp.name('r')), ename, pg_temp.name('r')
FROM en WHERE ename !~ '^r'

-- 1 changes
SELECT format('DROP TYPE %s', en) FROM en

-- 2 changes
SELECT format('COMMENT ON TYPE %s IS %s', en, pg_temp.one(pg_temp.remark(), 'NULL')) FROM en

-- An enum that loses a value, or changes their order.

-- 6 changes
SELECT q.drops || format('ALTER TYPE %s RENAME TO aside; CREATE TYPE %s AS ENUM (%s);', en, en,
    vals) || alters || format('DROP TYPE %s.aside;', en_n) || makes
FROM (SELECT en, en_n,
    (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY md5(enumlabel || '$S'))
     FROM pg_enum WHERE enumtypid = en_oid AND (enumsortorder < 3 OR $R < 5)) AS vals,
    (SELECT coalesce(string_agg(pg_temp.drop_views(oid, attnum) ||
        CASE WHEN def IS NOT NULL THEN format('ALTER TABLE %s ALTER %s DROP DEFAULT;', t, c)
        ELSE '' END, ''), '') ||
     coalesce(string_agg((SELECT
        coalesce(string_agg(format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s CASCADE;', con.t, k),
        ''), '') FROM con WHERE con.oid = col.oid AND attnum = ANY (conkey) AND
        contype IN ('c', 'f')), ''), '') ||
     coalesce(string_agg((SELECT
        coalesce(string_agg(format('DROP INDEX IF EXISTS %s CASCADE;', idx.i), ''), '')
        FROM idx WHERE idx.oid = col.oid AND plain AND
        (indpred IS NOT NULL OR indexprs IS NOT NULL)), ''), '') AS drops
     FROM col WHERE gen = '' AND ty IN (en, en || '[]') AND attinhcount = 0),
    (SELECT coalesce(string_agg(format('ALTER TABLE %s ALTER %s TYPE %s USING %s::text%s::%s;', t, c,
        ty, c, CASE WHEN ty ~ '\[\]$' THEN '[]' END, ty) ||
        CASE WHEN def IS NULL THEN '' ELSE format('ALTER TABLE %s ALTER %s SET DEFAULT %s;', t, c,
        def) END, ''), '') AS alters
     FROM col WHERE gen = '' AND ty IN (en, en || '[]') AND attinhcount = 0),
    (SELECT coalesce(string_agg(pg_temp.make_views(oid, attnum), ''), '') AS makes
     FROM col WHERE ty IN (en, en || '[]') AND gen = '' AND attinhcount = 0)
    FROM en) q (en, en_n, vals, drops, alters, makes)

-- Domains.

-- 4 makes
SELECT format('CREATE DOMAIN %s.%I AS %s%s', n, pg_temp.name('d'), ty, x)
FROM ns, ty, (VALUES (' CHECK (VALUE IS NOT NULL)'), (' NOT NULL'), (''),
    (' CONSTRAINT lim CHECK (VALUE::text <> ''z'')'),
    (' CONSTRAINT lim CHECK (VALUE::text <> ''z'') CHECK (length(VALUE::text) < 999) NOT NULL'))
    v (x) WHERE ty !~ '\."?[t]'

-- 2 makes
SELECT format('CREATE DOMAIN %s.%I AS %s DEFAULT %s%s', n, pg_temp.name('d'), ty, lit,
    pg_temp.one('', ' NOT NULL', ' CONSTRAINT lim CHECK (VALUE IS NOT NULL)')) FROM ns, some_lit

-- 1 makes
SELECT format('CREATE DOMAIN %s.%I AS text COLLATE %s DEFAULT ''q'' CHECK (VALUE > ''a'')', n,
    pg_temp.name('d'), co) FROM ns, co

-- 1 makes
SELECT format('CREATE DOMAIN %s.%I AS integer CONSTRAINT lim CHECK (%s(VALUE) > -99)', n,
    pg_temp.name('d'), f)
FROM ns, fn WHERE prorettype = 'int4'::regtype AND proargtypes::text = '23'

-- 4 changes
SELECT format('ALTER DOMAIN %s %s', dom, x)
FROM dom, (VALUES ('SET NOT NULL'), ('DROP NOT NULL'), ('DROP DEFAULT'), ('SET DEFAULT NULL'),
    (format('ADD CONSTRAINT %I CHECK (VALUE::text <> ''p'') NOT VALID', pg_temp.name('k'))),
    (format('ADD CONSTRAINT %I CHECK (VALUE::text <> ''q$R'')', pg_temp.name('k')))) v (x)

-- 2 changes
SELECT format('ALTER DOMAIN %s SET DEFAULT %s', dom, lit) FROM dom JOIN plain_lit ON base = ty

-- 3 changes
SELECT format('ALTER DOMAIN %s %s CONSTRAINT %s', dom, x, dk)
FROM dcon, (VALUES ('DROP'), ('VALIDATE')) v (x)

-- 1 changes
SELECT format('ALTER DOMAIN %s DROP CONSTRAINT %s; ALTER DOMAIN %s ADD CONSTRAINT %s CHECK '
    '(VALUE::text <> ''changed'')', dom, dk, dom, dk) FROM dcon

-- 2 makes changes
SELECT format('COMMENT ON CONSTRAINT %s ON DOMAIN %s IS %s', dk, dom,
    pg_temp.one(pg_temp.remark(), 'NULL')) FROM dcon

-- 2 makes changes
SELECT format('COMMENT ON DOMAIN %s IS %s', dom, pg_temp.one(pg_temp.remark(), 'NULL')) FROM dom

-- 1 renames
SELECT format('ALTER DOMAIN %s RENAME CONSTRAINT %s TO %I', dom, dk, pg_temp.name('r')), dk_name,
    pg_temp.name('r') FROM dcon WHERE dk_name !~ '^r'

-- 1 renames
SELECT format('ALTER DOMAIN %s RENAME TO %I', dom, pg_temp.name('r')), dname, pg_temp.name('r')
FROM dom WHERE dname !~ '^r'

-- 1 changes
SELECT format('DROP DOMAIN %s', dom) FROM dom

-- Composite types.

-- 2 makes
SELECT format('CREATE TYPE %s.%I AS (a %s, "B b" %s, "order" text COLLATE "C")', n,
    pg_temp.name('comp'), x.ty, y.ty)
FROM ns, ty x, ty y

-- 1 makes
SELECT format('CREATE TYPE %s.%I AS ()', n, pg_temp.name('comp')) FROM ns

-- 3 changes
SELECT format('ALTER TYPE %s %s', comp, x)
FROM comp, (VALUES ('ADD ATTRIBUTE x$N integer'), ('DROP ATTRIBUTE a'),
    ('ADD ATTRIBUTE "X $N" text COLLATE "C", DROP ATTRIBUTE "B b"'),
    ('ALTER ATTRIBUTE a TYPE varchar(7)'), ('ALTER ATTRIBUTE "B b" TYPE text COLLATE "C"')) v (x)

-- 2 changes
SELECT format('ALTER TYPE %s %s ATTRIBUTE %I %s', comp, pg_temp.one('ADD', 'ADD'),
    pg_temp.name('x'), ty) FROM comp, ty

-- 2 changes
SELECT format('ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s', comp, ac, ty) FROM att, ty

-- 1 changes
SELECT format('DROP TYPE %s', comp) FROM comp

-- 2 makes changes
SELECT format('COMMENT ON TYPE %s IS %s', comp, pg_temp.one(pg_temp.remark(), 'NULL')) FROM comp

-- 1 makes changes
SELECT format('COMMENT ON COLUMN %s.%s IS %s', comp, ac, pg_temp.one(pg_temp.remark(), 'NULL'))
FROM att

-- 1 renames
SELECT format('ALTER TYPE %s RENAME TO %I', comp, pg_temp.name('r')), cname, pg_temp.name('r')
FROM comp WHERE cname !~ '^r'

-- 1 makes
SELECT format('CREATE TYPE %s.%I AS RANGE (subtype = %s)', n, pg_temp.name('ra'), x)
FROM ns, (VALUES ('numeric'), ('text'), ('float8, subtype_diff = float8mi')) v (x)

-- Collations.

-- 1 makes
SELECT format('CREATE COLLATION %s.%I (%s)', n, pg_temp.name('co'), x)
FROM ns, (VALUES ('locale = ''C'''), ('provider = icu, locale = ''de'''),
    ('provider = icu, locale = ''und'', deterministic = false')) v (x)

-- 1 changes
SELECT format(x, co, pg_temp.remark())
FROM co, (VALUES ('COMMENT ON COLLATION %s IS %s'), ('DROP COLLATION %s')) v (x)
WHERE co_oid IS NOT NULL

-- Sequences.

-- 3 makes
SELECT format('CREATE %sSEQUENCE %s.%I %s', pg_temp.one('', '', 'UNLOGGED '), n, pg_temp.name('q'),
    x)
FROM ns, (VALUES (''), ('AS smallint CYCLE'), ('INCREMENT -2 MINVALUE -50 MAXVALUE 70 START 3'),
    ('CACHE 9'), ('INCREMENT -1'), ('AS integer MINVALUE 0 START 5'), ('AS bigint START 7')) v (x)

-- 4 changes
SELECT format('ALTER SEQUENCE %s %s', s, x)
FROM sq, (VALUES ('INCREMENT 3'), ('CYCLE'), ('NO CYCLE CACHE 4'), ('MAXVALUE 1000'), ('AS bigint'),
    ('OWNED BY NONE'), ('SET UNLOGGED'), ('SET LOGGED'), ('MINVALUE -9 START 3'),
    ('NO MAXVALUE NO CYCLE'), ('AS integer MAXVALUE 90'), ('INCREMENT -1 NO MINVALUE NO MAXVALUE'),
    ('AS smallint')) v (x)

-- 3 makes changes
SELECT format('ALTER SEQUENCE %s OWNED BY %s.%s', s, t, c) FROM sq, col WHERE n = s_n

-- 3 makes changes
SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT nextval(%L)', t, c, s)
FROM sq, col WHERE ty IN ('integer', 'bigint') AND gen = '' AND ident = ''

-- 2 changes
SELECT format('DROP SEQUENCE %s%s', s, pg_temp.one('', ' CASCADE')) FROM sq

-- 1 renames
SELECT format('ALTER SEQUENCE %s RENAME TO %I', s, pg_temp.name('r')), sname, pg_temp.name('r')
FROM sq WHERE sname !~ '^r'

-- 2 makes changes
SELECT format('COMMENT ON SEQUENCE %s IS %s', s, pg_temp.one(pg_temp.remark(), 'NULL')) FROM sq
