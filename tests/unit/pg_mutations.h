/*
 * Random changes to a database: each row is a query that writes statements which its catalogs
 * allow.
 *
 * In the texts $N is a new number, $R a small number and $S the seed of the choice. What the server
 * refuses is no change. Column 2, where there is one, is the former name of what is called r$N now.
 */
#ifndef AG_TESTS_PG_MUTATIONS_H
#define AG_TESTS_PG_MUTATIONS_H

typedef enum pg_mutation_use {
    MAKES = 1,   /* for the start, too */
    CHANGES = 2, /* of what is there */
    BARE = 4,    /* only where there are no rows: what is made anew has lost them */
    RENAMES = 8,
    RETYPES = 16,
} pg_mutation_use;

typedef struct pg_mutation {
    unsigned weight;
    unsigned use;
    const char *sql;
} pg_mutation;

/* The catalogs in the words of the queries below. */
static const char *const pg_mutation_words =
    "WITH ns AS (SELECT oid AS ns_oid, quote_ident(nspname) AS n FROM pg_namespace WHERE nspname !~"
    " '^pg_' AND nspname <> 'information_schema'),"
    " own AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),"
    " tab AS (SELECT c.oid, n, relname, n || '.' || quote_ident(relname) AS t, relkind,"
    " relispartition AS part, relpersistence AS pers, EXISTS (SELECT FROM pg_inherits WHERE "
    "inhparent = c.oid) AS has_kids, EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid) AS "
    "has_mum FROM pg_class c JOIN ns ON ns_oid = "
    "relnamespace WHERE relkind IN ('r', 'p') AND c.oid NOT IN (SELECT objid FROM own)),"
    " col AS (SELECT tab.*, attname, attnum, attrelid, quote_ident(attname) AS c, "
    "format_type(atttypid, atttypmod) AS ty, atttypid, attnotnull, attidentity AS ident, "
    "attgenerated AS gen, attinhcount, attislocal, atthasdef, (SELECT pg_get_expr(adbin, adrelid) "
    "FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum) AS def FROM tab JOIN "
    "pg_attribute ON attrelid = tab.oid AND attnum > 0 AND NOT attisdropped),"
    " en AS (SELECT t.oid AS en_oid, n || '.' || quote_ident(typname) AS en FROM pg_type t JOIN ns "
    "ON ns_oid = typnamespace WHERE typtype = 'e'),"
    " dom AS (SELECT t.oid AS dom_oid, n || '.' || quote_ident(typname) AS dom, typbasetype FROM "
    "pg_type t JOIN ns ON ns_oid = typnamespace WHERE typtype = 'd'),"
    " comp AS (SELECT t.oid AS comp_oid, typrelid, n || '.' || quote_ident(typname) AS comp FROM "
    "pg_type t JOIN ns ON ns_oid = typnamespace JOIN pg_class k ON k.oid = typrelid WHERE relkind ="
    " 'c'),"
    " ty AS (SELECT unnest(ARRAY['integer', 'bigint', 'smallint', 'text', 'varchar(40)', "
    "'varchar(9)', 'numeric(10,2)', 'numeric', 'boolean', 'date', 'timestamp', 'timestamptz(3)', "
    "'uuid', 'jsonb', 'integer[]', 'text[]', 'int4range', 'double precision', 'bit(3)', 'char(5)',"
    " 'interval', 'json', 'bytea']) AS ty UNION ALL SELECT en FROM en UNION ALL SELECT en || '[]' "
    "FROM en UNION ALL SELECT dom FROM dom UNION ALL SELECT comp FROM comp),"
    " lit AS (SELECT v.ty, v.lit FROM (VALUES ('integer', '7'), ('bigint', '8'), ('smallint', '9'),"
    " ('text', '''it''''s'''), ('character varying(40)', '''v'''), ('character varying(9)', "
    "'''w'''), ('numeric(10,2)', '1.50'), ('numeric', '2'), ('boolean', 'true'), ('date', "
    "'''2020-01-02'''), ('timestamp without time zone', '''2020-01-02 03:04:05'''), ('timestamp(3) "
    "with time zone', '''2020-01-02 03:04:05+00'''), ('uuid', "
    "'''a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'''), ('jsonb', '''{\"a\": 1}'''), ('json', '''[1, "
    "2]'''), ('integer[]', '''{1,2}'''), ('text[]', 'ARRAY[''a'', ''b'']'), ('int4range', "
    "'''[1,5)'''), ('double precision', '0.5'), ('bit(3)', 'B''101'''), ('character(5)', "
    "'''c'''), ('interval', '''1 day'''), ('bytea', '''\\x00''')) v (ty, lit)"
    " UNION ALL SELECT en, quote_literal(enumlabel) FROM en JOIN pg_enum ON enumtypid = en_oid),";
static const char *const pg_mutation_words_2 =
    " con AS (SELECT tab.*, con.oid AS con_oid, conname, quote_ident(conname) AS k, contype, "
    "conindid, conkey, coninhcount, conislocal, convalidated, pg_get_constraintdef(con.oid) AS kdef"
    " FROM tab JOIN pg_constraint con ON conrelid = tab.oid WHERE contype <> 't'),"
    " idx AS (SELECT tab.*, i.indexrelid, indisunique, indexprs, indpred, indkey, indnkeyatts, "
    "indisvalid, n || '.' || quote_ident(k.relname) AS i, k.relname AS iname, k.relkind AS ikind, "
    "k.relispartition AS ipart, NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = "
    "i.indexrelid AND contype IN ('p', 'u', 'x')) AS plain FROM tab JOIN pg_index i ON indrelid = "
    "tab.oid JOIN pg_class k ON k.oid = indexrelid),"
    " uni AS (SELECT idx.*, attname AS ucol, quote_ident(attname) AS uc, atttypid AS utype FROM "
    "idx JOIN pg_attribute ON attrelid = idx.oid AND attnum = indkey[0] WHERE indisunique AND "
    "indnkeyatts = 1 AND indpred IS NULL AND indexprs IS NULL),"
    " vw AS (SELECT k.oid AS v_oid, k.relname AS vname, n || '.' || quote_ident(k.relname) AS v, "
    "relkind AS vkind FROM pg_class k JOIN ns ON ns_oid = relnamespace WHERE relkind IN ('v', "
    "'m')),"
    " sq AS (SELECT k.oid AS s_oid, k.relname AS sname, n || '.' || quote_ident(k.relname) AS s "
    "FROM pg_class k JOIN ns ON ns_oid = relnamespace WHERE relkind = 'S' AND NOT EXISTS (SELECT "
    "FROM pg_depend WHERE objid = k.oid AND deptype = 'i')),"
    " fn AS (SELECT p.oid AS f_oid, proname, n || '.' || quote_ident(proname) AS f, prokind, "
    "prorettype, pronargs FROM pg_proc p JOIN ns ON ns_oid = pronamespace WHERE p.oid NOT IN "
    "(SELECT objid FROM own)),"
    " trg AS (SELECT tab.*, tgname, quote_ident(tgname) AS g FROM tab JOIN pg_trigger ON tgrelid = "
    "tab.oid WHERE NOT tgisinternal),"
    " st AS (SELECT x.oid AS st_oid, n || '.' || quote_ident(stxname) AS st FROM pg_statistic_ext x"
    " JOIN ns ON ns_oid = stxnamespace),"
    " co AS (SELECT k.oid AS co_oid, n || '.' || quote_ident(collname) AS co FROM pg_collation k "
    "JOIN ns ON ns_oid = collnamespace),"
    " pol AS (SELECT tab.*, quote_ident(polname) AS y FROM tab JOIN pg_policy ON polrelid = "
    "tab.oid),"
    " ru AS (SELECT t, quote_ident(rulename) AS u FROM pg_rewrite JOIN tab ON ev_class = tab.oid "
    "WHERE rulename <> '_RETURN') ";

/* Views over a column: what drops them, and what makes them again. */
#define VIEWS_OF(what)                                                                             \
    "(SELECT coalesce(string_agg(" what                                                            \
    ", ' ' ORDER BY v), '') FROM vw WHERE EXISTS (SELECT FROM "                                    \
    "pg_depend d JOIN pg_rewrite w ON w.oid = d.objid WHERE d.refobjid = col.oid AND "             \
    "d.refobjsubid = attnum AND w.ev_class = v_oid))"
#define DROP_VIEWS                                                                                 \
    VIEWS_OF(                                                                                      \
        "format('DROP %sVIEW IF EXISTS %s CASCADE;', CASE vkind WHEN 'm' THEN 'MATERIALIZED ' "    \
        "END, v)")
#define MAKE_VIEWS                                                                                 \
    VIEWS_OF("format('CREATE %sVIEW %s AS %s', CASE vkind WHEN 'm' THEN 'MATERIALIZED ' END, v, "  \
             "pg_get_viewdef(v_oid))")
#define GENERATED_OF(what)                                                                         \
    "(SELECT coalesce(string_agg(" what                                                            \
    ", ' '), '') FROM col g WHERE g.oid = col.oid AND g.gen = "                                    \
    "'s' AND EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid WHERE "          \
    "d.refobjid = col.oid AND d.refobjsubid = col.attnum AND f.adrelid = g.oid AND f.adnum = "     \
    "g.attnum))"
#define DROP_GENERATED GENERATED_OF("format('ALTER TABLE %s DROP %s CASCADE;', g.t, g.c)")
#define MAKE_GENERATED                                                                             \
    GENERATED_OF("format('ALTER TABLE %s ADD %s %s GENERATED ALWAYS AS (%s) STORED;', g.t, g.c, "  \
                 "g.ty, g.def)")

static const pg_mutation pg_mutations[] = {
    /* namespaces, types */
    {1, MAKES, "SELECT 'CREATE SCHEMA \"S $N\"'"},
    {1, CHANGES, "SELECT format('DROP SCHEMA %s', n) FROM ns WHERE n <> 'public'"},
    {1, CHANGES, "SELECT format('COMMENT ON SCHEMA %s IS ''c $N''', n) FROM ns"},
    {3, MAKES,
     "SELECT format('CREATE TYPE %s.e$N AS ENUM (%s)', n, l) FROM ns, (VALUES ('''a'', ''b'', "
     "''c'''), ('''x''') , ('''b'', ''it''''s'', ''a'', ''A b''')) v (l)"},
    {5, CHANGES,
     "SELECT format('ALTER TYPE %s ADD VALUE ''n$N'' %s %L', en, w, enumlabel) FROM en JOIN pg_enum"
     " ON enumtypid = en_oid, (VALUES ('BEFORE'), ('AFTER')) v (w)"},
    {2, RENAMES,
     "SELECT format('ALTER TYPE %s RENAME VALUE %L TO ''r$N''', en, enumlabel), enumlabel FROM en "
     "JOIN pg_enum ON enumtypid = en_oid WHERE enumlabel !~ '^[rn]'"},
    {1, RENAMES,
     "SELECT format('ALTER TYPE %s RENAME TO r$N', en), typname FROM en JOIN pg_type ON "
     "oid = en_oid WHERE typname !~ '^r'"},
    {1, CHANGES, "SELECT format('DROP TYPE %s', en) FROM en"},
    {1, CHANGES, "SELECT format('COMMENT ON TYPE %s IS ''e$N''', en) FROM en"},
    /* an enum that loses a value, or changes their order */
    {6, CHANGES,
     "SELECT q.drops || format('ALTER TYPE %s RENAME TO aside; CREATE TYPE %s AS ENUM (%s);', en, "
     "en, vals) || alters || format('DROP TYPE %s.aside;', split_part(en, '.', 1)) || makes FROM "
     "(SELECT en, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY md5(enumlabel || "
     "'$S')) FROM pg_enum WHERE enumtypid = en_oid AND (enumsortorder < 3 OR $R < 5)) AS vals, "
     "(SELECT coalesce(string_agg(" DROP_VIEWS
     " || CASE WHEN def IS NOT NULL THEN format('ALTER TABLE %s ALTER %s DROP "
     "DEFAULT;', t, c) ELSE '' END, ''), '') || "
     "coalesce(string_agg((SELECT coalesce(string_agg(format('ALTER TABLE %s DROP CONSTRAINT IF "
     "EXISTS %s CASCADE;', con.t, k), ''), '') FROM con WHERE con.oid = col.oid AND attnum = "
     "ANY (conkey) AND contype IN ('c', 'f')), ''), '') || coalesce(string_agg((SELECT "
     "coalesce(string_agg(format('DROP INDEX IF EXISTS %s CASCADE;', idx.i), ''), '') FROM idx "
     "WHERE idx.oid = col.oid AND plain AND (indpred IS NOT NULL OR indexprs IS NOT NULL)), ''), "
     "'') AS drops FROM col WHERE gen = '' AND ty IN (en, en || '[]') AND attinhcount = 0), "
     "(SELECT coalesce(string_agg(format('ALTER TABLE %s ALTER %s TYPE %s USING %s::text%s::%s;', "
     "t, c, ty, c, CASE WHEN ty ~ '\\[\\]$' THEN '[]' END, ty) || CASE WHEN def IS NULL THEN '' "
     "ELSE format('ALTER TABLE %s "
     "ALTER %s SET DEFAULT %s;', t, c, def) END, ''), '') AS alters FROM col WHERE gen = '' AND "
     "ty IN (en, en || '[]') AND attinhcount = 0), (SELECT coalesce(string_agg(MV, ''), '') FROM "
     "(SELECT " MAKE_VIEWS " AS MV FROM col WHERE ty IN (en, en || '[]') AND gen = '' AND "
     "attinhcount = 0) z) AS makes FROM en) q (en, vals, drops, alters, makes)"},
    {2, MAKES,
     "SELECT format('CREATE DOMAIN %s.d$N AS %s%s', n, ty, x) FROM ns, ty, (VALUES (' CHECK (VALUE "
     "IS NOT NULL)'), (' NOT NULL'), (''), (' CONSTRAINT lim CHECK (VALUE::text <> ''z'')')) v "
     "(x) WHERE ty !~ '\\.[dt]'"},
    {2, CHANGES,
     "SELECT format('ALTER DOMAIN %s %s', dom, x) FROM dom, (VALUES ('ADD CONSTRAINT k$N CHECK "
     "(VALUE::text <> ''q$R'')'), ('SET NOT NULL'), ('DROP NOT NULL'), ('DROP CONSTRAINT lim'), "
     "('DROP DEFAULT'), ('SET DEFAULT NULL'), ('ADD CONSTRAINT k$N CHECK (VALUE::text <> ''p'') "
     "NOT VALID'), ('RENAME CONSTRAINT lim TO r$N')) v (x)"},
    {1, CHANGES, "SELECT format('DROP DOMAIN %s', dom) FROM dom"},
    {1, MAKES,
     "SELECT format('CREATE TYPE %s.comp$N AS (a %s, \"B b\" %s)', n, x.ty, y.ty) FROM ns, ty x, "
     "ty y WHERE x.ty !~ 'comp' AND y.ty !~ 'comp'"},
    {2, CHANGES,
     "SELECT format('ALTER TYPE %s %s', comp, x) FROM comp, (VALUES ('ADD ATTRIBUTE x$N integer'), "
     "('DROP ATTRIBUTE a'), ('ALTER ATTRIBUTE a TYPE varchar(7)'), ('ALTER ATTRIBUTE \"B b\" TYPE "
     "text COLLATE \"C\"')) v (x)"},
    {1, CHANGES, "SELECT format('DROP TYPE %s', comp) FROM comp"},
    /* sequences */
    {2, MAKES,
     "SELECT format('CREATE SEQUENCE %s.q$N %s', n, x) FROM ns, (VALUES (''), ('AS smallint CYCLE')"
     ", ('INCREMENT -2 MINVALUE -50 MAXVALUE 70 START 3'), ('CACHE 9')) v (x)"},
    {2, CHANGES,
     "SELECT format('ALTER SEQUENCE %s %s', s, x) FROM sq, (VALUES ('INCREMENT 3'), ('CYCLE'), "
     "('NO CYCLE CACHE 4'), ('MAXVALUE 1000'), ('AS bigint'), ('OWNED BY NONE')) v (x)"},
    {3, MAKES | CHANGES,
     "SELECT format('ALTER SEQUENCE %s OWNED BY %s.%s', s, t, c) FROM sq, col WHERE t LIKE "
     "split_part(s, '.', 1) || '.%'"},
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT nextval(%L)', t, c, s) FROM sq, col WHERE "
     "ty IN ('integer', 'bigint') AND gen = '' AND ident = ''"},
    {1, CHANGES, "SELECT format('DROP SEQUENCE %s', s) FROM sq"},
    {1, CHANGES, "SELECT format('DROP SEQUENCE %s CASCADE', s) FROM sq"},
    {1, RENAMES,
     "SELECT format('ALTER SEQUENCE %s RENAME TO r$N', s), sname FROM sq WHERE sname !~ "
     "'^r'"},
    /* tables */
    {9, MAKES,
     "SELECT format('CREATE %sTABLE %s.%s (id integer%s, %s)', u, n, name, pk, cols) FROM ns, "
     "(VALUES (''), (''), (''), ('UNLOGGED ')) u (u), (VALUES ('t$N'), ('\"T $N\"')) m (name), "
     "(VALUES (' PRIMARY KEY'), (' NOT NULL'), (' UNIQUE'), ('')) k (pk), (SELECT "
     "string_agg(format('c%s %s', i, ty), ', ') AS cols FROM (SELECT ty, row_number() OVER (ORDER "
     "BY md5(ty || '$S')) AS i FROM ty) q WHERE i <= 1 + $R % 6) z"},
    {2, MAKES,
     "SELECT format('CREATE TABLE %s.p$N (id integer NOT NULL, k integer, b text%s) PARTITION BY "
     "%s', n, x, y) FROM ns, (VALUES (''), (', c1 numeric(10,2)')) v (x), (VALUES ('RANGE (id)'), "
     "('LIST (b)'), ('HASH (id)'), ('LIST ((k + 1))'), ('RANGE (k, b)')) w (y)"},
    {6, MAKES,
     "SELECT format('CREATE TABLE %s.h$N PARTITION OF %s %s%s', ns.n, t, CASE k WHEN 'RANGE (id)' "
     "THEN 'FOR VALUES FROM ($N) TO ($N + 1)' WHEN 'LIST (b)' THEN 'FOR VALUES IN (''v$N'', "
     "''w$N'')' WHEN 'HASH (id)' THEN 'FOR VALUES WITH (MODULUS 4, REMAINDER ' || $N % 4 || ')' "
     "WHEN 'LIST (((k + 1)))' THEN 'FOR VALUES IN ($N, NULL)' ELSE 'FOR VALUES FROM ($N, "
     "MINVALUE) TO ($N, ''x'')' END, z) FROM (SELECT tab.*, pg_get_partkeydef(oid) AS k FROM tab "
     "WHERE relkind = 'p') q, ns, (VALUES (''), (''), (' PARTITION BY LIST (b)')) w (z)"},
    {1, MAKES,
     "SELECT format('CREATE TABLE %s.h$N PARTITION OF %s DEFAULT', n, t) FROM tab WHERE "
     "relkind = 'p'"},
    {3, CHANGES,
     "SELECT format('ALTER TABLE %s DETACH PARTITION %s', m.t, k.t) FROM tab k JOIN "
     "pg_inherits ON inhrelid = k.oid JOIN tab m ON m.oid = inhparent WHERE k.part"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s ATTACH PARTITION %s %s', m.t, k.t, CASE "
     "pg_get_partkeydef(m.oid) WHEN 'RANGE (id)' THEN 'FOR VALUES FROM ($N) TO ($N + 1)' WHEN "
     "'LIST (b)' THEN 'FOR VALUES IN (''v$N'')' ELSE 'DEFAULT' END) FROM tab k, tab m WHERE "
     "m.relkind = 'p' AND NOT k.part AND k.relname ~ '^h' AND NOT EXISTS (SELECT FROM con WHERE "
     "con.oid = k.oid AND NOT convalidated)"},
    {2, MAKES,
     "SELECT format('CREATE TABLE %s.i$N (x$N integer DEFAULT 4%s) INHERITS (%s)', ns.n, x, t) "
     "FROM "
     "ns, tab, (VALUES (''), (', CHECK (x$N > 3)'), (', id integer DEFAULT 6')) v (x) WHERE relkind"
     " = 'r' AND NOT part AND NOT EXISTS (SELECT FROM con WHERE con.oid = tab.oid AND NOT "
     "convalidated)"},
    {3, CHANGES, "SELECT format('DROP TABLE %s', t) FROM tab"},
    {2, CHANGES, "SELECT format('DROP TABLE %s CASCADE', t) FROM tab"},
    {2, RENAMES,
     "SELECT format('ALTER TABLE %s RENAME TO r$N', t), relname FROM tab WHERE relname "
     "!~ '^r'"},
    {1, BARE, "SELECT format('ALTER TABLE %s SET SCHEMA %s', t, ns.n) FROM tab, ns"},
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s %s', t, x) FROM tab, (VALUES ('SET UNLOGGED'), ('SET LOGGED'), "
     "('SET (fillfactor = 6$R)'), ('SET (autovacuum_enabled = off, toast.autovacuum_enabled = "
     "off)'), ('RESET (fillfactor)'), ('REPLICA IDENTITY FULL'), ('REPLICA IDENTITY NOTHING'), "
     "('REPLICA IDENTITY DEFAULT'), ('ENABLE ROW LEVEL SECURITY'), ('FORCE ROW LEVEL SECURITY'), "
     "('DISABLE ROW LEVEL SECURITY'), ('SET WITHOUT CLUSTER')) v (x)"},
    {2, MAKES | CHANGES, "SELECT format('COMMENT ON TABLE %s IS ''t $N''', t) FROM tab"},
    {1, CHANGES, "SELECT format('COMMENT ON TABLE %s IS NULL', t) FROM tab"},
    /* columns */
    {9, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD %s %s%s', t, name, ty, x) FROM tab, ty, (VALUES ('a$N'), "
     "('\"A $N\"')) m (name), (VALUES (''), (''), (' UNIQUE')) v (x)"},
    {7, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD a$N %s DEFAULT %s%s', t, ty, lit, x) FROM tab, lit, "
     "(VALUES (''), (' NOT NULL')) v (x)"},
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD a$N %s', t, x) FROM tab, (VALUES ('text COLLATE \"C\" "
     "DEFAULT ''y'''), ('bigint GENERATED BY DEFAULT AS IDENTITY'), ('integer GENERATED ALWAYS AS "
     "IDENTITY (START 10 INCREMENT 5)'), ('serial'), ('bigserial'), ('integer CHECK (a$N > 0)'), "
     "('timestamptz DEFAULT now()')) v (x)"},
    {5, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD g$N %s GENERATED ALWAYS AS (%s) STORED', t, CASE WHEN ty = "
     "'text' THEN 'text' ELSE ty END, CASE WHEN ty = 'text' THEN 'upper(' || c || ')' ELSE c || ' +"
     " 1' END) FROM col WHERE gen = '' AND ty IN ('integer', 'bigint', 'numeric', 'text', "
     "'double precision') AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = col.oid AND "
     "tgqual IS NOT NULL)"},
    {6, CHANGES, "SELECT format('ALTER TABLE %s DROP %s', t, c) FROM col"},
    {4, CHANGES, "SELECT format('ALTER TABLE %s DROP %s CASCADE', t, c) FROM col"},
    {9, RETYPES,
     "SELECT format('ALTER TABLE %s ALTER %s TYPE %s USING %s::text::%s', t, c, ty.ty, c, ty.ty) "
     "FROM col, ty WHERE def IS NULL AND ty.ty <> col.ty"},
    {5, RETYPES,
     "SELECT format('ALTER TABLE %s ALTER %s TYPE %s', t, c, ty.ty) FROM col, ty WHERE ty.ty <> "
     "col.ty AND ty.ty IN ('bigint', 'text', 'numeric', 'varchar(40)', 'timestamptz(3)', 'jsonb')"},
    {9, RETYPES,
     "SELECT " DROP_VIEWS "||" DROP_GENERATED "|| format('ALTER TABLE %s ALTER %s TYPE %s%s;', t, "
     "c, nty, x) ||" MAKE_GENERATED "||" MAKE_VIEWS " FROM (SELECT col.*, ty.ty AS nty, CASE WHEN "
     "ty.ty = 'bigint' THEN '' ELSE format(' USING %s::text::%s', c, ty.ty) END AS x FROM col, ty "
     "WHERE ty.ty <> col.ty AND gen = '' AND (EXISTS (SELECT FROM pg_depend d WHERE d.refobjid = "
     "col.oid AND d.refobjsubid = attnum) OR $R = 0) AND ty.ty IN ('bigint', 'text', 'numeric', "
     "'varchar(40)', 'double precision', 'smallint')) col"},
    {4, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT %s', t, c, lit) FROM col JOIN lit USING "
     "(ty) WHERE gen = '' AND ident = ''"},
    {1, CHANGES,
     "SELECT format('ALTER TABLE ONLY %s ALTER %s SET DEFAULT %s', t, c, lit) FROM col "
     "JOIN lit USING (ty) WHERE gen = '' AND ident = '' AND attinhcount > 0"},
    {3, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s DROP DEFAULT', t, c) FROM col WHERE def IS "
     "NOT NULL AND gen = ''"},
    {4, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s SET NOT NULL', t, c) FROM col WHERE"
     " NOT attnotnull"},
    {4, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s DROP NOT NULL', t, c) FROM col WHERE "
     "attnotnull"},
    {2, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s %s', t, c, x) FROM col, (VALUES ('SET STATISTICS 7$R')"
     ", ('SET STATISTICS -1'), ('SET STORAGE EXTERNAL'), ('SET STORAGE MAIN'), ('SET COMPRESSION "
     "pglz'), ('SET (n_distinct = 5)'), ('RESET (n_distinct)')) v (x)"},
    {3, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s %s', t, c, x) FROM col, (VALUES ('ADD GENERATED ALWAYS"
     " AS IDENTITY'), ('ADD GENERATED BY DEFAULT AS IDENTITY (INCREMENT 3)')) v (x) WHERE "
     "attnotnull AND def IS NULL AND ident = '' AND ty IN ('integer', 'bigint', 'smallint')"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s %s', t, c, x) FROM col, (VALUES ('DROP IDENTITY'), "
     "('SET GENERATED ALWAYS'), ('SET GENERATED BY DEFAULT SET INCREMENT 7'), ('SET CACHE 5 SET "
     "CYCLE')) v (x) WHERE ident <> ''"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER %s DROP EXPRESSION', t, c) FROM col WHERE gen "
     "= 's'"},
    {2, CHANGES,
     "SELECT format('CREATE SEQUENCE %s.%s AS %s OWNED BY %s.%s; ALTER TABLE %s ALTER %s SET "
     "DEFAULT nextval(''%s.%s'')', n, sn, ty, t, c, t, c, n, sn) FROM (SELECT col.*, "
     "quote_ident(relname || '_' || attname || '_seq') AS sn FROM col) col WHERE ty IN ('integer', "
     "'bigint') AND gen = '' AND ident = '' AND attnotnull"},
    {4, RENAMES,
     "SELECT format('ALTER TABLE %s RENAME %s TO r$N', t, c), attname FROM col WHERE attname !~ "
     "'^r' AND attinhcount = 0"},
    {2, MAKES | CHANGES, "SELECT format('COMMENT ON COLUMN %s.%s IS ''c $N''', t, c) FROM col"},
    /* constraints */
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY (%s%s)', t, k, c, x) FROM col, "
     "(VALUES ('k$N'), ('\"K $N\"')) v (k), (VALUES (''), (', id')) w (x)"},
    {5, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT k$N UNIQUE %s (%s)%s', t, x, cs, y) FROM (SELECT"
     " t, relkind, string_agg(c, ', ' ORDER BY md5(c || '$S')) AS cs FROM (SELECT col.*, "
     "row_number() OVER "
     "(PARTITION BY t ORDER BY md5(c || '$S')) AS i FROM col WHERE ty !~ 'json') q WHERE i <= 1 + "
     "$R % 2 GROUP "
     "BY t, relkind UNION ALL SELECT t, relkind, c FROM col) q, (VALUES (''), (''), ('NULLS NOT "
     "DISTINCT')) v (x), (VALUES (''), (''), (' INCLUDE (id)'), (' DEFERRABLE'), (' WITH "
     "(fillfactor = 55)'), (' DEFERRABLE INITIALLY DEFERRED')) w (y)"},
    {6, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT k$N CHECK (%s)%s', t, e, x) FROM (SELECT t, CASE"
     " WHEN ty IN ('integer', 'bigint', 'smallint') THEN c || ' > -$N' WHEN ty = 'text' THEN c || "
     "' IN (''a'', ''b'') OR length(' || c || ') < 99' WHEN ty IN (SELECT en FROM en) THEN c || "
     "' <> ' || (SELECT lit FROM lit WHERE lit.ty = col.ty ORDER BY 1 LIMIT 1) ELSE c || ' IS NOT "
     "NULL OR true' END AS e, CASE WHEN relkind = 'p' OR has_kids OR part THEN '' ELSE ' NOT "
     "VALID' END AS nv "
     "FROM col) q, LATERAL (VALUES (''), (''), (nv), (' NO INHERIT')) v (x)"},
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT k$N CHECK (%s > %s)', x.t, x.c, y.c) FROM col x "
     "JOIN col y ON x.oid = y.oid AND x.atttypid = y.atttypid AND x.c < y.c"},
    {9, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT k$N FOREIGN KEY (%s) REFERENCES %s (%s)%s', "
     "col.t, c, uni.t, uc, x) FROM col JOIN uni ON utype = atttypid, (VALUES (''), (' ON DELETE "
     "CASCADE'), (' ON UPDATE SET NULL ON DELETE SET NULL'), (' DEFERRABLE INITIALLY DEFERRED'), "
     "(' NOT VALID'), (' MATCH FULL')) v (x)"},
    {2, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD CONSTRAINT k$N EXCLUDE %s', t, CASE WHEN ty = 'int4range' "
     "THEN 'USING gist (' || c || ' WITH &&)' ELSE '(' || c || ' WITH =) WHERE (' || c || ' IS NOT "
     "NULL)' END) FROM col WHERE ty IN ('int4range', 'integer', 'text')"},
    {9, CHANGES,
     "SELECT format('ALTER TABLE %s DROP CONSTRAINT %s%s', t, k, x) FROM con, (VALUES "
     "(''), (' CASCADE')) v (x)"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %s', t, k) FROM con WHERE NOT "
     "convalidated"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s ALTER CONSTRAINT %s %s', t, k, x) FROM con, (VALUES "
     "('DEFERRABLE'), ('NOT DEFERRABLE'), ('DEFERRABLE INITIALLY DEFERRED')) v (x) WHERE contype = "
     "'f'"},
    {2, RENAMES,
     "SELECT format('ALTER TABLE %s RENAME CONSTRAINT %s TO r$N', t, k), conname FROM "
     "con WHERE conname !~ '^r'"},
    {1, MAKES | CHANGES,
     "SELECT format('COMMENT ON CONSTRAINT %s ON %s IS ''k $N''', k, t) FROM "
     "con"},
    /* a key that becomes another one under its name */
    {4, CHANGES,
     "SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ADD CONSTRAINT %s %s (%s)', "
     "con.t, k, con.t, k, CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, c) FROM con "
     "JOIN col ON con.oid = col.oid WHERE contype IN ('p', 'u')"},
    /* …and the foreign keys on it go and come back */
    {4, CHANGES,
     "SELECT drops || format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ADD CONSTRAINT %s "
     "%s INCLUDE (%s);', q.t, k, q.t, k, kdef, c) || makes FROM (SELECT con.*, (SELECT "
     "string_agg(format('ALTER TABLE %s DROP CONSTRAINT %s;', f.t, f.k), '') FROM con f WHERE "
     "f.contype = 'f' AND f.conindid = con.conindid AND f.coninhcount = 0) AS drops, (SELECT "
     "string_agg(format('ALTER TABLE %s ADD CONSTRAINT %s %s;', f.t, f.k, f.kdef), '') FROM con f "
     "WHERE f.contype = 'f' AND f.conindid = con.conindid AND f.coninhcount = 0) AS makes FROM con "
     "WHERE contype IN ('p', 'u') AND kdef !~ 'INCLUDE|WITH|DEFERR') q JOIN col ON col.oid = q.oid "
     "WHERE NOT attnum = ANY (conkey)"},
    /* both ends of a foreign key get another type */
    {4, RETYPES,
     "SELECT format('ALTER TABLE %s DROP CONSTRAINT %s; ALTER TABLE %s ALTER %s TYPE %s; ALTER "
     "TABLE %s ALTER %s TYPE %s; ALTER TABLE %s ADD CONSTRAINT %s %s', con.t, k, a.t, a.c, ty, "
     "b.t, b.c, ty, con.t, k, kdef) FROM con JOIN pg_constraint z ON z.oid = con_oid JOIN (SELECT "
     "oid, attnum, t, c FROM col) a ON a.oid = z.conrelid AND a.attnum = z.conkey[1] JOIN (SELECT "
     "oid, attnum, t, c FROM col) b ON b.oid = z.confrelid AND b.attnum = z.confkey[1], (VALUES "
     "('bigint'), ('numeric'), ('text')) v (ty) WHERE con.contype = 'f'"},
    /* indexes */
    {9, MAKES | CHANGES,
     "SELECT format('CREATE %sINDEX i$N ON %s (%s%s)%s', u, t, c, o, w) FROM col, (VALUES (''), "
     "(''), ('UNIQUE ')) u (u), (VALUES (''), (' DESC'), (' NULLS FIRST'), (', id')) o (o), (VALUES"
     " (''), (''), (' INCLUDE (id)'), (' WHERE id > $N'), (' WITH (fillfactor = 65)'), (' WHERE ' "
     "|| $N || ' > 0')) w (w)"},
    {5, MAKES | CHANGES,
     "SELECT format('CREATE %sINDEX \"I $N\" ON %s %s%s', u, t, e, w) FROM (SELECT t, c, CASE WHEN "
     "ty = 'text' THEN '(lower(' || c || '), ' || c || ' text_pattern_ops)' WHEN ty IN ('integer', "
     "'bigint', 'numeric') THEN '((' || c || ' * 2))' WHEN ty = 'jsonb' THEN 'USING gin (' || c || "
     "' jsonb_path_ops)' WHEN ty ~ '\\[\\]$' THEN 'USING gin (' || c || ')' WHEN ty = 'int4range' "
     "THEN 'USING gist (' || c || ')' ELSE 'USING hash (' || c || ')' END AS e FROM col) q, (VALUES"
     " (''), (''), ('UNIQUE ')) u (u), (VALUES (''), (' WHERE id IS NOT NULL')) x (w)"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE INDEX i$N ON %s (%s) WHERE %s = %s', t, c, c, lit) FROM col JOIN lit "
     "USING (ty)"},
    {6, CHANGES, "SELECT format('DROP INDEX %s', i) FROM idx WHERE plain"},
    {3, CHANGES,
     "SELECT format('DROP INDEX %s; CREATE INDEX %I ON %s (%s)', i, iname, idx.t, c) FROM idx JOIN "
     "col ON idx.oid = col.oid WHERE plain AND indisvalid"},
    {1, CHANGES,
     "SELECT format('DROP INDEX %s; CREATE INDEX %I ON %s (%s)', i, iname, col.t, c) FROM idx JOIN "
     "col ON idx.n = col.n AND idx.oid <> col.oid WHERE plain"},
    {2, RENAMES,
     "SELECT format('ALTER INDEX %s RENAME TO r$N', i), iname FROM idx WHERE plain AND "
     "iname !~ '^r'"},
    {2, MAKES | CHANGES,
     "SELECT format('ALTER INDEX %s %s', i, x) FROM idx, (VALUES ('SET (fillfactor = 77)'), ('RESET"
     " (fillfactor)')) v (x) WHERE ikind = 'i'"},
    {2, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s %s %I', t, x, iname) FROM idx, (VALUES "
     "('CLUSTER ON'), ('REPLICA IDENTITY USING INDEX')) v (x) WHERE ikind = "
     "'i'"},
    {1, MAKES | CHANGES,
     "SELECT format('COMMENT ON INDEX %s IS ''i $N''', i) FROM idx WHERE plain"},
    /* routines, views, triggers, policies */
    {2, MAKES,
     "SELECT format('CREATE FUNCTION %s.f$N(a integer) RETURNS integer LANGUAGE %s IMMUTABLE AS %L'"
     ", n, l, b) FROM ns, (VALUES ('sql', 'SELECT a + $R'), ('plpgsql', 'BEGIN RETURN a; END')) v "
     "(l, b)"},
    {3, CHANGES,
     "SELECT format('CREATE OR REPLACE FUNCTION %s(a integer) RETURNS integer LANGUAGE sql "
     "IMMUTABLE AS ''SELECT a - $N''', f) FROM fn WHERE prorettype = 'int4'::regtype AND pronargs ="
     " 1"},
    {1, CHANGES, "SELECT format('DROP FUNCTION %s', f) FROM fn"},
    {3, MAKES | CHANGES,
     "SELECT format(x, t, f, c) FROM col, fn, (VALUES ('ALTER TABLE %s ADD CONSTRAINT k$N CHECK "
     "(%s(%s) > -$N)'), ('CREATE INDEX i$N ON %s (%s(%s))'), ('ALTER TABLE %s ADD g$N integer "
     "GENERATED ALWAYS AS (%s(%s)) STORED'), ('ALTER TABLE %1$s ALTER %3$s SET DEFAULT %2$s(3)')) "
     "v (x) WHERE ty = 'integer' AND prorettype = 'int4'::regtype AND NOT EXISTS (SELECT FROM "
     "pg_trigger WHERE tgrelid = col.oid AND tgqual IS NOT NULL)"},
    {5, MAKES | CHANGES,
     "SELECT format('CREATE %sVIEW %s.%s AS SELECT %s FROM %s%s', m, ns.n, name, x, t, w) FROM ns, "
     "(SELECT t, string_agg(c, ', ' ORDER BY attnum) FILTER (WHERE i <= 1 + $R % 3) AS cs FROM "
     "(SELECT col.*, row_number() OVER (PARTITION BY t ORDER BY md5(c || '$S')) AS i FROM col) z "
     "GROUP BY t) q, (VALUES (''), (''), ('MATERIALIZED ')) v (m), (VALUES ('v$N'), ('\"V $N\"')) "
     "y (name), (VALUES (''), (' WHERE id > $R')) u (w), LATERAL (VALUES (cs), ('*')) o (x)"},
    {3, MAKES | CHANGES,
     "SELECT format('CREATE %sVIEW public.v$N AS SELECT * FROM %s', m, v) FROM vw, (VALUES (''), "
     "(''), ('MATERIALIZED ')) x (m)"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE VIEW public.v$N AS SELECT %s, count(*) AS n FROM %s GROUP BY id', cs, "
     "t) FROM (SELECT t, string_agg(c, ', ' ORDER BY attnum) AS cs FROM col GROUP BY t) q"},
    {2, CHANGES,
     "SELECT format('DROP %sVIEW %s%s', CASE vkind WHEN 'm' THEN 'MATERIALIZED ' END, "
     "v, x) FROM vw, (VALUES (''), (' CASCADE')) o (x)"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE INDEX i$N ON %s (%I)', v, attname) FROM vw JOIN pg_attribute ON "
     "attrelid = v_oid AND attnum > 0 WHERE vkind = 'm'"},
    {1, MAKES,
     "SELECT format('CREATE FUNCTION %s.trg$N() RETURNS trigger LANGUAGE plpgsql AS "
     "''BEGIN RETURN NEW; END''', n) FROM ns"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE TRIGGER g$N %s ON %s FOR EACH ROW EXECUTE FUNCTION %s()', x, t, f) FROM"
     " fn, (SELECT t, unnest(ARRAY['AFTER INSERT', 'BEFORE UPDATE', 'AFTER UPDATE OF ' || c]) AS x "
     "FROM col) q WHERE prorettype = 'trigger'::regtype"},
    {1, CHANGES,
     "SELECT format(x, t, g) FROM trg, (VALUES ('ALTER TABLE %s DISABLE TRIGGER %s'), "
     "('DROP TRIGGER %2$s ON %1$s')) v (x)"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE POLICY y$N ON %s USING (%s IS NOT NULL)', t, c) FROM"
     " col"},
    {1, CHANGES,
     "SELECT format('DROP POLICY %I ON %s', polname, t) FROM tab JOIN pg_policy ON "
     "polrelid = tab.oid"},
    {1, MAKES,
     "SELECT format('CREATE EXTENSION IF NOT EXISTS %s', x) FROM (VALUES ('citext'), "
     "('btree_gist')) v (x)"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE TABLE %s.t$N (id integer PRIMARY KEY, a citext "
     "DEFAULT ''x'')', n) FROM ns"},
    /* the rest of the kinds */
    {2, MAKES | CHANGES,
     "SELECT format('CREATE STATISTICS %s.s$N%s ON %s, %s FROM %s', x.n, w, x.c, y.c, x.t) FROM "
     "col "
     "x JOIN col y USING (oid), (VALUES (''), (' (ndistinct, mcv)'), (' (dependencies)')) v (w) "
     "WHERE x.attnum < y.attnum AND x.ty !~ 'json' AND y.ty !~ 'json'"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE STATISTICS %s.s$N ON (%s + 1), %s FROM %s', x.n, x.c, y.c, x.t) FROM "
     "col x JOIN col y USING (oid) WHERE x.ty = 'integer' AND y.ty !~ 'json' AND x.c <> y.c"},
    {2, CHANGES,
     "SELECT format(x, st) FROM st, (VALUES ('ALTER STATISTICS %s SET STATISTICS 7$R'), ('ALTER "
     "STATISTICS %s SET STATISTICS -1'), ('COMMENT ON STATISTICS %s IS ''s $N'''), ('DROP "
     "STATISTICS %s')) v (x)"},
    {1, MAKES,
     "SELECT format('CREATE COLLATION %s.co$N (%s)', n, x) FROM ns, (VALUES ('locale = ''C'''), "
     "('provider = icu, locale = ''de'''), ('provider = icu, locale = ''und'', deterministic = "
     "false')) v (x)"},
    {1, CHANGES,
     "SELECT format(x, co) FROM co, (VALUES ('COMMENT ON COLLATION %s IS ''co $N'''), ('DROP "
     "COLLATION %s')) v (x)"},
    {2, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD a$N text COLLATE %s', t, co) FROM tab, co"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE PUBLICATION p$N %s', x) FROM (SELECT 'FOR ALL TABLES' UNION ALL SELECT "
     "'' UNION ALL SELECT 'FOR TABLE ' || t || ' WITH (publish = ''insert'')' FROM tab WHERE pers ="
     " 'p' UNION ALL SELECT 'FOR TABLES IN SCHEMA ' || n FROM ns UNION ALL SELECT format('FOR TABLE"
     " %s (%s)', t, c) FROM col WHERE pers = 'p' AND gen = '') q (x)"},
    {2, CHANGES,
     "SELECT format(x, pubname, t) FROM pg_publication, tab, (VALUES ('ALTER PUBLICATION %I ADD "
     "TABLE %s'), ('ALTER PUBLICATION %I DROP TABLE %s'), ('ALTER PUBLICATION %I SET TABLE %s'), "
     "('ALTER PUBLICATION %I SET (publish = ''update, delete'')'), ('COMMENT ON PUBLICATION %I IS "
     "''p $N'''), ('DROP PUBLICATION %I')) v (x)"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE RULE u$N AS ON %s TO %s DO %s NOTHING', e, t, x) FROM tab, (VALUES "
     "('INSERT'), ('UPDATE'), ('DELETE')) v (e), (VALUES ('INSTEAD'), ('ALSO')) w (x) WHERE relkind"
     " = 'r' AND NOT part AND NOT has_kids AND NOT has_mum"},
    {1, CHANGES,
     "SELECT format(x, u, t) FROM ru, (VALUES ('DROP RULE %s ON %s'), ('COMMENT ON RULE %s ON %s IS"
     " ''u $N'''), ('ALTER TABLE %2$s DISABLE RULE %1$s'), ('ALTER TABLE %2$s ENABLE ALWAYS RULE "
     "%1$s')) v (x)"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE POLICY \"Y $N\" ON %s AS %s FOR %s', t, a, x) FROM tab, (VALUES "
     "('PERMISSIVE'), ('RESTRICTIVE')) v (a), (VALUES ('SELECT USING (true)'), ('INSERT WITH CHECK "
     "(true)'), ('ALL TO PUBLIC USING (1 = 1) WITH CHECK (2 > 1)'), ('DELETE')) w (x)"},
    {2, CHANGES,
     "SELECT format(x, y, t) FROM pol, (VALUES ('ALTER POLICY %s ON %s USING (3 > $R)'), ('ALTER "
     "POLICY %s ON %s WITH CHECK (3 > $R)'), ('COMMENT ON POLICY %s ON %s IS ''y $N''')) v (x)"},
    {2, MAKES | CHANGES,
     "SELECT format(x, t, f) FROM fn, tab, (VALUES ('CREATE CONSTRAINT TRIGGER g$N AFTER INSERT ON "
     "%s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %s()'), ('CREATE TRIGGER g$N "
     "AFTER UPDATE ON %s REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE "
     "FUNCTION %s()'), ('CREATE TRIGGER \"G $N\" BEFORE UPDATE ON %s FOR EACH ROW WHEN (OLD.* IS "
     "DISTINCT FROM NEW.*) EXECUTE FUNCTION %s(''a'', ''b'')')) v (x) WHERE prorettype = "
     "'trigger'::regtype"},
    {2, CHANGES,
     "SELECT format(x, t, g) FROM trg, (VALUES ('ALTER TABLE %s ENABLE ALWAYS TRIGGER %s'), ('ALTER"
     " TABLE %s ENABLE REPLICA TRIGGER %s'), ('ALTER TABLE %s ENABLE TRIGGER %s'), ('COMMENT ON "
     "TRIGGER %2$s ON %1$s IS ''g $N''')) v (x)"},
    {2, CHANGES,
     "SELECT format(x, f) FROM fn, (VALUES ('ALTER FUNCTION %s SECURITY DEFINER'), ('ALTER FUNCTION"
     " %s COST 7 PARALLEL SAFE'), ('ALTER FUNCTION %s SET work_mem = ''8MB'''), ('ALTER FUNCTION %s"
     " RESET ALL'), ('COMMENT ON FUNCTION %s IS ''f $N'''), ('ALTER FUNCTION %s STRICT')) v (x)"},
    {1, MAKES | CHANGES,
     "SELECT format(x, n) FROM ns, (VALUES ('CREATE PROCEDURE %s.pr$N(INOUT a integer) LANGUAGE "
     "plpgsql AS ''BEGIN a := $R; END'''), ('CREATE AGGREGATE %s.ag$N(integer) (SFUNC = int4pl, "
     "STYPE = integer, INITCOND = ''0'')'), ('CREATE FUNCTION %s.ft$N(VARIADIC a text[] DEFAULT "
     "''{x}'') RETURNS TABLE (x text) LANGUAGE sql STABLE ROWS 5 AS ''SELECT unnest(a)''')) v (x)"},
    {1, MAKES,
     "SELECT format('CREATE TYPE %s.ra$N AS RANGE (subtype = %s)', n, x) FROM ns, (VALUES "
     "('numeric'), ('text'), ('float8, subtype_diff = float8mi')) v (x)"},
    {2, CHANGES,
     "SELECT format(x, v) FROM vw, (VALUES ('ALTER VIEW %s SET (security_barrier = true)'), ('ALTER"
     " VIEW %s SET (check_option = local)'), ('ALTER VIEW %s RESET (security_barrier)'), ('COMMENT "
     "ON VIEW %s IS ''v $N'''), ('ALTER VIEW %s ALTER id SET DEFAULT 5'), ('COMMENT ON COLUMN %s.id"
     " IS ''vc $N'''), ('ALTER MATERIALIZED VIEW %s SET (fillfactor = 5$R)'), ('COMMENT ON "
     "MATERIALIZED VIEW %s IS ''m $N'''), ('ALTER MATERIALIZED VIEW %s ALTER id SET STATISTICS "
     "4$R')) x (x)"},
    {1, MAKES | CHANGES,
     "SELECT format('CREATE UNIQUE INDEX i$N ON %s USING btree (id) WHERE id > 0', v) FROM vw WHERE"
     " vkind = 'm'"},
    {2, MAKES | CHANGES,
     "SELECT format('CREATE UNIQUE INDEX \"é.$N\" ON %s (%s) NULLS NOT DISTINCT', t, c) FROM col "
     "UNION ALL SELECT format('CREATE INDEX \"é.$N\" ON %s %s', t, x) FROM col, LATERAL (VALUES "
     "(format('USING brin (%s) WITH (pages_per_range = 9)', c)), (format('(%s COLLATE \"C\")', c)),"
     " (format('USING gist (%s range_ops)', c)), (format('USING hash (%s)', c))) v (x)"},
    {2, CHANGES,
     "SELECT format(x, dom) FROM dom, (VALUES ('COMMENT ON DOMAIN %s IS ''d $N'''), ('COMMENT ON "
     "CONSTRAINT lim ON DOMAIN %s IS ''l $N'''), ('ALTER DOMAIN %s VALIDATE CONSTRAINT lim')) v "
     "(x)"},
    {2, CHANGES,
     "SELECT format(x, comp) FROM comp, (VALUES ('COMMENT ON TYPE %s IS ''t $N'''), ('COMMENT ON "
     "COLUMN %s.a IS ''ca $N''')) v (x)"},
    {2, CHANGES,
     "SELECT format('ALTER SEQUENCE %s %s', s, x) FROM sq, (VALUES ('SET UNLOGGED'), ('SET "
     "LOGGED'), ('MINVALUE -9 START 3'), ('NO MAXVALUE NO CYCLE'), ('AS integer MAXVALUE 90')) v "
     "(x)"},
    {1, MAKES | CHANGES, "SELECT format('COMMENT ON SEQUENCE %s IS ''q $N''', s) FROM sq"},
    {1, CHANGES,
     "SELECT format('DROP EXTENSION %I', extname) FROM pg_extension WHERE extname <> 'plpgsql'"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s INHERIT %s', k.t, m.t) FROM tab k, tab m WHERE k.relkind = 'r' "
     "AND m.relkind = 'r' AND NOT k.part AND NOT m.part AND NOT k.has_mum AND k.oid <> m.oid"},
    {2, CHANGES,
     "SELECT format('ALTER TABLE %s NO INHERIT %s', k.t, m.t) FROM tab k JOIN pg_inherits ON "
     "inhrelid = k.oid JOIN tab m ON m.oid = inhparent WHERE NOT k.part AND NOT EXISTS (SELECT FROM"
     " col WHERE col.oid = k.oid AND NOT attislocal) AND NOT EXISTS (SELECT FROM con WHERE con.oid "
     "= k.oid AND NOT conislocal)"},
    /* names that want care */
    {3, MAKES | CHANGES,
     "SELECT format('ALTER TABLE %s ADD \"é.\"\"''; %s%s$N\" %s', t, '%', w, ty) FROM tab, ty, "
     "(VALUES ('s \\'), ('select '), (repeat('x', 45))) v (w)"},
    {2, MAKES,
     "SELECT format('CREATE TABLE %s.\"é.\"\"''; select $N\" (id integer %s, \"order\" text DEFAULT"
     " ''it''''s \\ \"x\"'', \"user\" integer CHECK (\"user\" > 0))', n, k) FROM ns, (VALUES "
     "('PRIMARY KEY'), ('UNIQUE')) v (k)"},
    {1, MAKES | CHANGES,
     "SELECT format('COMMENT ON TABLE %s IS E''it\\''s\\n a; -- \\\\ \"comment\" $N''', t) FROM "
     "tab"},
    /* what loses the rows: made anew under its name */
    {2, BARE,
     "SELECT format('ALTER TABLE %s DROP %s; ALTER TABLE %s ADD %s %s', t, c, t, c, ty.ty) FROM col"
     ", ty"},
    {1, BARE,
     "SELECT format('DROP TABLE %s; CREATE TABLE %s (id integer, z text)', t, t) FROM tab WHERE "
     "relkind = 'r'"},
    {1, BARE, "SELECT format('DROP TABLE %s; CREATE VIEW %s AS SELECT 1 AS id', t, t) FROM tab"},
    {1, BARE,
     "SELECT format('ALTER TABLE %s DROP %s; ALTER TABLE %s ADD %s integer GENERATED ALWAYS AS (id "
     "* 3) STORED', t, c, t, c) FROM col WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = "
     "col.oid AND tgqual IS NOT NULL)"},
};

/* Rows for every table; again and again, some are refused. */
static const char *const pg_mutation_rows =
    "SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', t, string_agg(c, ', "
    "' ORDER BY attnum), string_agg(CASE WHEN ty = 'integer' THEN ($N * 10)::text WHEN ty = 'text' "
    "THEN quote_literal($N) WHEN lit IS NULL OR ($R = 1 AND NOT attnotnull) THEN 'NULL' ELSE lit "
    "END, ', ' ORDER BY attnum)) FROM (SELECT col.*, (SELECT min(lit) FROM lit WHERE lit.ty = "
    "col.ty) AS lit FROM col WHERE gen = '') q GROUP BY t";

#endif
