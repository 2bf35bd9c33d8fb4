-- The catalogs in the words of the mutations, as temporary views and functions of a session.

-- What a change has by its number and choice: one of some texts, a name that starts with a text.
-- Called immutable, which is true of one query, so that it is planned as a constant.
CREATE FUNCTION pg_temp.chosen(what text) RETURNS integer LANGUAGE sql IMMUTABLE AS $body$
SELECT ('x' || substr(md5(current_setting('ag.choice') || what), 1, 7))::bit(28)::integer
$body$;
CREATE FUNCTION pg_temp.one(VARIADIC texts text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
SELECT texts[1 + pg_temp.chosen(array_to_string(texts, '|')) % array_length(texts, 1)]
$body$;
CREATE FUNCTION pg_temp.name(start text) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
SELECT start || CASE pg_temp.chosen(start) % 16
    WHEN 0 THEN ' '
    WHEN 1 THEN ' Upper.'
    WHEN 2 THEN 'é."'';%$$ '
    WHEN 3 THEN repeat('x', 63 - length(start) - length(n))
    WHEN 4 THEN repeat('é', (63 - length(start) - length(n)) / 2)
    WHEN 5 THEN '\'
    WHEN 6 THEN ';-- '
    WHEN 7 THEN '"'
    ELSE '' END || n
FROM (SELECT current_setting('ag.number')) v (n)
$body$;
CREATE FUNCTION pg_temp.remark() RETURNS text LANGUAGE sql IMMUTABLE AS $body$
SELECT quote_literal(pg_temp.one('note', 'it''s', E'two\nlines; -- \\ "x"', '', 'é %s $1') ||
    current_setting('ag.number'))
$body$;

CREATE TEMP VIEW ns AS
SELECT oid AS ns_oid, nspname, quote_ident(nspname) AS n FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema';
CREATE TEMP VIEW own AS
SELECT objid FROM pg_depend WHERE deptype = 'e';

-- Tables and their parts.
CREATE TEMP VIEW tab AS
SELECT c.oid, n, nspname, relname, n || '.' || quote_ident(relname) AS t, relkind,
    relispartition AS part, relpersistence AS pers, relhassubclass, reloptions,
    EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid) AS has_kids,
    EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid) AS has_mum
FROM pg_class c JOIN ns ON ns_oid = relnamespace
WHERE relkind IN ('r', 'p') AND c.oid NOT IN (SELECT objid FROM own);
CREATE TEMP VIEW col AS
SELECT tab.*, attname, attnum, attrelid, quote_ident(attname) AS c,
    format_type(atttypid, atttypmod) AS ty, atttypid, attnotnull, attidentity AS ident,
    attgenerated AS gen, attinhcount, attislocal, atthasdef, attcollation,
    (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
     WHERE adrelid = attrelid AND adnum = attnum) AS def
FROM tab JOIN pg_attribute ON attrelid = tab.oid AND attnum > 0 AND NOT attisdropped;
CREATE TEMP VIEW con AS
SELECT tab.*, con.oid AS con_oid, conname, quote_ident(conname) AS k, contype, conindid, conkey,
    confkey, confrelid, coninhcount, conislocal, convalidated, connoinherit,
    pg_get_constraintdef(con.oid) AS kdef
FROM tab JOIN pg_constraint con ON conrelid = tab.oid WHERE contype <> 't';
CREATE TEMP VIEW idx AS
SELECT tab.*, i.indexrelid, indisunique, indexprs, indpred, indkey, indnkeyatts, indisvalid,
    n || '.' || quote_ident(k.relname) AS i, k.relname AS iname, k.relkind AS ikind,
    k.relispartition AS ipart, am.amname,
    NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND
        contype IN ('p', 'u', 'x')) AS plain
FROM tab JOIN pg_index i ON indrelid = tab.oid JOIN pg_class k ON k.oid = indexrelid
    JOIN pg_am am ON am.oid = k.relam;
CREATE TEMP VIEW uni AS
SELECT idx.*, attname AS ucol, quote_ident(attname) AS uc, atttypid AS utype
FROM idx JOIN pg_attribute ON attrelid = idx.oid AND attnum = indkey[0]
WHERE indisunique AND indnkeyatts = 1 AND indpred IS NULL AND indexprs IS NULL;
CREATE TEMP VIEW trg AS
SELECT tab.*, tgname, quote_ident(tgname) AS g FROM tab JOIN pg_trigger ON tgrelid = tab.oid
WHERE NOT tgisinternal;
CREATE TEMP VIEW pol AS
SELECT tab.*, quote_ident(polname) AS y FROM tab JOIN pg_policy ON polrelid = tab.oid;
CREATE TEMP VIEW ru AS
SELECT t, quote_ident(rulename) AS u FROM pg_rewrite JOIN tab ON ev_class = tab.oid
WHERE rulename <> '_RETURN';

-- What stands for itself in a namespace.
CREATE TEMP VIEW vw AS
SELECT k.oid AS v_oid, k.relname AS vname, n || '.' || quote_ident(k.relname) AS v, relkind AS vkind
FROM pg_class k JOIN ns ON ns_oid = relnamespace WHERE relkind IN ('v', 'm');
CREATE TEMP VIEW sq AS
SELECT k.oid AS s_oid, k.relname AS sname, n || '.' || quote_ident(k.relname) AS s, n AS s_n
FROM pg_class k JOIN ns ON ns_oid = relnamespace
WHERE relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = k.oid AND deptype = 'i');
CREATE TEMP VIEW fn AS
SELECT p.oid AS f_oid, proname, n || '.' || quote_ident(proname) AS f, prokind, prorettype, pronargs,
    proargtypes
FROM pg_proc p JOIN ns ON ns_oid = pronamespace WHERE p.oid NOT IN (SELECT objid FROM own);
CREATE TEMP VIEW st AS
SELECT x.oid AS st_oid, n || '.' || quote_ident(stxname) AS st
FROM pg_statistic_ext x JOIN ns ON ns_oid = stxnamespace;
CREATE TEMP VIEW co AS
SELECT k.oid AS co_oid, n || '.' || quote_ident(collname) AS co
FROM pg_collation k JOIN ns ON ns_oid = collnamespace
UNION ALL SELECT NULL, '"C"' UNION ALL SELECT NULL, '"POSIX"';

-- Types, and a value of each.
CREATE TEMP VIEW en AS
SELECT t.oid AS en_oid, typname AS ename, n AS en_n, n || '.' || quote_ident(typname) AS en
FROM pg_type t JOIN ns ON ns_oid = typnamespace WHERE typtype = 'e';
CREATE TEMP VIEW dom AS
SELECT t.oid AS dom_oid, typname AS dname, n || '.' || quote_ident(typname) AS dom, typbasetype,
    format_type(typbasetype, typtypmod) AS base, typnotnull, typdefault
FROM pg_type t JOIN ns ON ns_oid = typnamespace WHERE typtype = 'd';
CREATE TEMP VIEW dcon AS
SELECT dom.*, conname AS dk_name, quote_ident(conname) AS dk, convalidated AS dk_valid
FROM dom JOIN pg_constraint ON contypid = dom_oid WHERE contype = 'c';
CREATE TEMP VIEW comp AS
SELECT t.oid AS comp_oid, typrelid, typname AS cname, n || '.' || quote_ident(typname) AS comp
FROM pg_type t JOIN ns ON ns_oid = typnamespace JOIN pg_class k ON k.oid = typrelid
WHERE relkind = 'c';
CREATE TEMP VIEW att AS
SELECT comp.*, quote_ident(attname) AS ac, format_type(atttypid, atttypmod) AS aty
FROM comp JOIN pg_attribute ON attrelid = typrelid AND attnum > 0 AND NOT attisdropped;
CREATE TEMP VIEW plain_lit AS
SELECT * FROM (VALUES ('integer', '7'), ('bigint', '8'), ('smallint', '9'), ('text', '''it''''s'''),
    ('character varying(40)', '''v'''), ('character varying(9)', '''w'''),
    ('character varying', '''any'''), ('numeric(10,2)', '1.50'), ('numeric', '2'),
    ('numeric(5,0)', '12'), ('boolean', 'true'), ('date', '''2020-01-02'''),
    ('timestamp without time zone', '''2020-01-02 03:04:05'''),
    ('timestamp(3) with time zone', '''2020-01-02 03:04:05+00'''),
    ('timestamp(0) without time zone', 'CURRENT_TIMESTAMP(0)'),
    ('time(3) without time zone', '''03:04:05.678'''), ('time with time zone', '''03:04+02'''),
    ('uuid', '''a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'''), ('jsonb', '''{"a": 1}'''),
    ('json', '''[1, 2]'''), ('integer[]', '''{1,2}'''), ('text[]', 'ARRAY[''a'', ''b'']'),
    ('character varying(5)[]', '''{a,b}'''), ('numeric(7,2)[]', '''{1.25}'''),
    ('int4range', '''[1,5)'''), ('daterange', '''[2020-01-01,2020-02-01)'''),
    ('double precision', '0.5'), ('real', '-0.25'), ('bit(3)', 'B''101'''),
    ('bit varying(7)', 'B''1'''), ('character(5)', '''c'''), ('character(1)', '''y'''),
    ('"char"', '''z'''), ('name', '''n'''), ('interval', '''1 day'''),
    ('interval day to second(2)', '''2 days'''), ('interval year to month', '''1-2'''),
    ('bytea', '''\x00'''), ('inet', '''10.0.0.1/8'''), ('cidr', '''10.0.0.0/8'''),
    ('macaddr', '''08:00:2b:01:02:03'''), ('money', '''1'''), ('point', '''(1,2)'''),
    ('tsvector', '''a b'''), ('xml', '''<a/>'''), ('oid', '11'), ('regclass', '''pg_class''')
) v (ty, lit);
CREATE TEMP VIEW lit AS
SELECT ty, lit FROM plain_lit
UNION ALL SELECT en, quote_literal(enumlabel) FROM en JOIN pg_enum ON enumtypid = en_oid
UNION ALL SELECT en || '[]', quote_literal(ARRAY[enumlabel]) || '::' || en || '[]'
    FROM en JOIN pg_enum ON enumtypid = en_oid
UNION ALL SELECT dom, lit FROM dom JOIN plain_lit ON base = ty
UNION ALL SELECT dom, quote_literal(enumlabel) FROM dom JOIN pg_enum ON enumtypid = typbasetype
UNION ALL SELECT dom || '[]', format('ARRAY[%s]::%s[]', lit, dom)
    FROM dom JOIN plain_lit ON base = ty
UNION ALL SELECT comp, format('ROW(%s)::%s', (SELECT string_agg('NULL', ', ') FROM att
    WHERE att.comp = comp.comp), comp) FROM comp;
CREATE TEMP VIEW every_ty AS
SELECT ty FROM plain_lit
UNION ALL SELECT en FROM en UNION ALL SELECT en FROM en UNION ALL SELECT en || '[]' FROM en
UNION ALL SELECT dom FROM dom UNION ALL SELECT dom FROM dom UNION ALL SELECT dom || '[]' FROM dom
UNION ALL SELECT comp FROM comp UNION ALL SELECT comp FROM comp
UNION ALL SELECT comp || '[]' FROM comp;
-- A few of them for this change, so that all columns with all types are not too many.
CREATE TEMP VIEW ty AS
SELECT ty FROM every_ty ORDER BY md5(ty || current_setting('ag.choice')) LIMIT 12;
CREATE TEMP VIEW some_lit AS
SELECT ty, lit FROM lit ORDER BY md5(ty || lit || current_setting('ag.choice')) LIMIT 12;

-- What a column needs to have its type changed: its views and generated columns go and come back.
CREATE FUNCTION pg_temp.views_of(oid, integer, sql text) RETURNS text LANGUAGE sql AS $body$
SELECT coalesce(string_agg(format(sql, CASE vkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, v,
    pg_get_viewdef(v_oid)), ' ' ORDER BY v), '')
FROM vw WHERE EXISTS (SELECT FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid
    WHERE d.refobjid = $1 AND d.refobjsubid = $2 AND w.ev_class = v_oid)
$body$;
CREATE FUNCTION pg_temp.drop_views(oid, integer) RETURNS text LANGUAGE sql AS $body$
SELECT pg_temp.views_of($1, $2, 'DROP %sVIEW IF EXISTS %s CASCADE;')
$body$;
CREATE FUNCTION pg_temp.make_views(oid, integer) RETURNS text LANGUAGE sql AS $body$
SELECT pg_temp.views_of($1, $2, 'CREATE %sVIEW %s AS %s')
$body$;
CREATE FUNCTION pg_temp.generated_of(oid, integer, sql text) RETURNS text LANGUAGE sql AS $body$
SELECT coalesce(string_agg(format(sql, g.t, g.c, g.ty, g.def), ' '), '') FROM col g
WHERE g.oid = $1 AND g.gen = 's' AND EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef f
    ON f.oid = d.objid WHERE d.refobjid = $1 AND d.refobjsubid = $2 AND f.adrelid = g.oid AND
    f.adnum = g.attnum)
$body$;
CREATE FUNCTION pg_temp.drop_generated(oid, integer) RETURNS text LANGUAGE sql AS $body$
SELECT pg_temp.generated_of($1, $2, 'ALTER TABLE %s DROP %s CASCADE;')
$body$;
CREATE FUNCTION pg_temp.make_generated(oid, integer) RETURNS text LANGUAGE sql AS $body$
SELECT pg_temp.generated_of($1, $2, 'ALTER TABLE %s ADD %s %s GENERATED ALWAYS AS (%s) STORED;')
$body$;

-- A bound of a partition by its parent's key.
CREATE FUNCTION pg_temp.bound(oid, n integer) RETURNS text LANGUAGE sql AS $body$
SELECT CASE
    WHEN key LIKE 'LIST%' AND key LIKE '%+%' THEN format(pg_temp.one('IN (%s)', 'IN (%s, NULL)'), n)
    WHEN key LIKE 'LIST%' THEN format(pg_temp.one('IN (''v%s'', ''w%1$s'')', 'IN (''a'')',
        'IN (''%s'', NULL)'), n)
    WHEN key LIKE 'HASH%' THEN format('WITH (MODULUS 4, REMAINDER %s)', n % 4)
    WHEN key LIKE '%,%' THEN format(pg_temp.one('FROM (%s, MINVALUE) TO (%1$s, ''x'')',
        'FROM (%s, ''a'') TO (%1$s + 1, MAXVALUE)'), n)
    ELSE format(pg_temp.one('FROM (%s) TO (%1$s + 1)', 'FROM (%s0) TO (%1$s9)',
        'FROM (MINVALUE) TO (-%s)', 'FROM (%s000) TO (MAXVALUE)'), n) END
FROM (SELECT pg_get_partkeydef($1)) v (key)
$body$;
