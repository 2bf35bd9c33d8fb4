-- What a server is extended by: types, operators, casts, text search, languages, foreign tables.
-- case: index_on_a_function_of_its_table
-- a
CREATE TABLE other (a int);
-- b
CREATE TABLE other (a int); CREATE TABLE t (a int, b text); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a'; CREATE INDEX i ON t (f(t.*)); CREATE INDEX j ON t (b) WHERE f(t.*) > 0;
-- case: namespace_called_like_a_table alone
-- a
CREATE TABLE other (a int);
-- b
CREATE SCHEMA audit; CREATE TABLE audit (id int); CREATE FUNCTION audit.norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select $1'; CREATE TABLE t (a text); CREATE INDEX i ON t (audit.norm(a)); CREATE TABLE "select" (a int); CREATE TABLE other (a int);
-- case: base_type_new
-- a
CREATE TABLE t (a int);
-- b
CREATE TYPE w; CREATE FUNCTION w_in(cstring) RETURNS w LANGUAGE internal STRICT IMMUTABLE AS 'textin'; CREATE FUNCTION w_out(w) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'textout'; CREATE TYPE w (INPUT = w_in, OUTPUT = w_out, STORAGE = extended, DEFAULT = 'it''s', COLLATABLE = true); COMMENT ON TYPE w IS 'w'; CREATE TYPE shell; CREATE TABLE t (a int, b w, c w[]); CREATE DOMAIN d AS w; CREATE TYPE comp AS (a w); CREATE FUNCTION eq(w, w) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2::text'; CREATE OPERATOR === (LEFTARG = w, RIGHTARG = w, FUNCTION = eq, COMMUTATOR = ===, NEGATOR = !==); CREATE CAST (w AS text) WITH INOUT AS ASSIGNMENT; COMMENT ON CAST (w AS text) IS 'c'; CREATE VIEW v AS SELECT b === b AS same FROM t;
-- rows
INSERT INTO t VALUES (1);
-- case: base_type_made_differently
-- a
CREATE TYPE w; CREATE FUNCTION w_in(cstring) RETURNS w LANGUAGE internal STRICT IMMUTABLE AS 'textin'; CREATE FUNCTION w_out(w) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'textout'; CREATE TYPE w (INPUT = w_in, OUTPUT = w_out); CREATE FUNCTION f(w) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- b
CREATE TYPE w; CREATE FUNCTION w_in(cstring) RETURNS w LANGUAGE internal STRICT IMMUTABLE AS 'textin'; CREATE FUNCTION w_out(w) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'textout'; COMMENT ON FUNCTION w_in(cstring) IS 'reads'; CREATE TYPE w (INPUT = w_in, OUTPUT = w_out, STORAGE = main, DELIMITER = ';');
-- case: operators_and_classes
-- a
CREATE FUNCTION lt(box, box) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT area($1) < area($2)'; CREATE OPERATOR <<< (LEFTARG = box, RIGHTARG = box, FUNCTION = lt); CREATE FUNCTION cmp(box, box) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0'; CREATE OPERATOR FAMILY fam USING hash; CREATE TABLE t (b box);
-- b
CREATE FUNCTION lt(box, box) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT area($1) < area($2)'; CREATE FUNCTION gt(box, box) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT area($1) > area($2)'; CREATE OPERATOR <<< (LEFTARG = box, RIGHTARG = box, FUNCTION = lt, COMMUTATOR = >>>, RESTRICT = scalarltsel); CREATE OPERATOR >>> (LEFTARG = box, RIGHTARG = box, FUNCTION = gt, COMMUTATOR = <<<); COMMENT ON OPERATOR >>> (box, box) IS 'o'; CREATE FUNCTION cmp(box, box) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0'; CREATE OPERATOR CLASS ops FOR TYPE box USING btree AS OPERATOR 1 <<<, OPERATOR 5 >>>, FUNCTION 1 cmp(box, box); COMMENT ON OPERATOR CLASS ops USING btree IS 'oc'; CREATE OPERATOR FAMILY loose USING btree; ALTER OPERATOR FAMILY loose USING btree ADD OPERATOR 1 < (int4, int2), FUNCTION 1 btint42cmp(int4, int2); CREATE TABLE t (b box); CREATE INDEX i ON t USING btree (b ops);
-- case: text_search
-- a
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english); CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default"); ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d; CREATE TABLE t (a text);
-- b
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false); CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default"); ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d, english_stem; ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR email WITH simple; COMMENT ON TEXT SEARCH CONFIGURATION c IS 'c'; CREATE TEXT SEARCH TEMPLATE tm (LEXIZE = dsimple_lexize, INIT = dsimple_init); CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype); CREATE TEXT SEARCH CONFIGURATION own (PARSER = p); CREATE TABLE t (a text); CREATE INDEX i ON t USING gin (to_tsvector('own', a));
-- rows
INSERT INTO t VALUES ('x');
-- case: text_search_mapping_below_an_index keeps
-- a
CREATE TEXT SEARCH CONFIGURATION c (COPY = english); CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c', a)) STORED); CREATE INDEX i ON t USING gin (to_tsvector('c', a)); CREATE VIEW w AS SELECT to_tsvector('c', a) FROM t;
-- b
CREATE TEXT SEARCH CONFIGURATION c (COPY = english); ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR email; ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH simple; CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c', a)) STORED); CREATE INDEX i ON t USING gin (to_tsvector('c', a)); CREATE VIEW w AS SELECT to_tsvector('c', a) FROM t;
-- rows
INSERT INTO t VALUES ('x');
-- case: foreign alone
-- a
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ft (a int) SERVER s; CREATE VIEW v AS SELECT a FROM ft; CREATE TABLE p (a int) PARTITION BY RANGE (a);
-- b
CREATE FOREIGN DATA WRAPPER w; CREATE FOREIGN DATA WRAPPER w2 OPTIONS (x '1'); CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE SERVER "S 2" TYPE 't' VERSION '1' FOREIGN DATA WRAPPER w2 OPTIONS (host 'it''s'); COMMENT ON SERVER s IS 's'; CREATE FOREIGN TABLE ft (a int OPTIONS (k 'v') NOT NULL, b text DEFAULT 'x', CHECK (a > 0)) SERVER "S 2" OPTIONS (y 'z'); COMMENT ON COLUMN ft.b IS 'b'; CREATE VIEW v AS SELECT a FROM ft; CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE FOREIGN TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (5) SERVER s; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON ft FOR EACH ROW EXECUTE FUNCTION tf();
-- case: languages alone
-- a
CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'; CREATE LANGUAGE l1 HANDLER h; CREATE CONVERSION c1 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- b
CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'; CREATE TRUSTED LANGUAGE l2 HANDLER h; COMMENT ON LANGUAGE l2 IS 'l'; CREATE FUNCTION f() RETURNS int LANGUAGE l2 AS 'BEGIN RETURN 1; END'; CREATE CONVERSION c1 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; COMMENT ON CONVERSION c1 IS 'c'; CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int) USING heap2; CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
-- case: server_changes_below_its_tables alone
-- a
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '1', b '2'); CREATE SERVER s VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'x', "the port" '1'); CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE FOREIGN TABLE ft (a int) SERVER s; CREATE SERVER t FOREIGN DATA WRAPPER w;
-- b
CREATE FOREIGN DATA WRAPPER w OPTIONS (b '3', c 'it''s'); CREATE SERVER s VERSION '2' FOREIGN DATA WRAPPER w OPTIONS ("the port" '2', dbname ''); CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE FOREIGN TABLE ft (a int) SERVER s; CREATE SERVER t TYPE 'x' FOREIGN DATA WRAPPER w OPTIONS (k 'v');
