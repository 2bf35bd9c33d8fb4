-- each: type
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a $*, b TEXT);
-- rows
INSERT INTO t VALUES (1, 5, 'x'), (2, NULL, 'y'), (3, 7, 'z');
-- as: text
TEXT
-- as: varchar(10)
VARCHAR(10)
-- as: varchar(20)
VARCHAR(20)
-- as: int
INT
-- as: integer
INTEGER
-- as: bigint
BIGINT
-- as: blob
BLOB
-- as: none
-- as: real
REAL
-- as: double_precision
DOUBLE PRECISION
-- as: numeric(10,_2)
NUMERIC(10, 2)
-- as: boolean
BOOLEAN
-- as: datetime
DATETIME
-- as: json
JSON
-- as: unsigned_big_int
UNSIGNED BIG INT
-- as: "strange_type"
"strange type"
-- as: nvarchar_(_55_)
NVARCHAR ( 55 )
-- as: floating_point
FLOATING POINT

-- case: int_key_to_rowid
-- a
CREATE TABLE t (a INT PRIMARY KEY, b TEXT);
-- b
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (8, 'y');

-- case: bigint_key_to_rowid
-- a
CREATE TABLE t (a BIGINT PRIMARY KEY, b TEXT);
-- b
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (8, 'y');

-- case: text_key_to_rowid
-- a
CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT);
-- b
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (8, 'y');

-- case: rowid_to_text_key
-- a
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);
-- b
CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (8, 'y');

-- case: key_to_varchar
-- a
CREATE TABLE t (a INT PRIMARY KEY, b TEXT);
-- b
CREATE TABLE t (a VARCHAR(9) PRIMARY KEY, b TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (8, 'y');
