-- case: add_zero_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 0);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_zero_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 0);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_zero
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 0, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: not_null_zero
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT NOT NULL DEFAULT 0);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_negative_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT -1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_negative_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT -1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_negative
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT -1, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_plus_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT +1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_plus_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT +1);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_plus
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT +1, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_float_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 1.25);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_float_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 1.25);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_float
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 1.25, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_exponent_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 1e3);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_exponent_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 1e3);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_exponent
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 1e3, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_hex_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 0x1F);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_hex_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 0x1F);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_hex
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 0x1F, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_huge_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT -9223372036854775808);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_huge_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT -9223372036854775808);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_huge
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT -9223372036854775808, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_big_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 12345678901234567890);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_big_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 12345678901234567890);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_big
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 12345678901234567890, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_text_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 'it''s; -- "x"');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_text_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 'it''s; -- "x"');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'it''s; -- "x"', b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: not_null_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT NOT NULL DEFAULT 'it''s; -- "x"');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_empty_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT '');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_empty_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT '');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_empty
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '', b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_newline_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT 'a
b');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_newline_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT 'a
b');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_newline
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'a
b', b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: not_null_newline
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT NOT NULL DEFAULT 'a
b');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_blob_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT x'00FF');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_blob_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT x'00FF');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_blob
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT x'00FF', b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_null_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT NULL);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_null_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT NULL);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_null
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT NULL, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_true_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT TRUE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_true_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT TRUE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_true
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT TRUE, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_false_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT false);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_false_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT false);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_false
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT false, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_now_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT CURRENT_TIMESTAMP);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_now_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT CURRENT_TIMESTAMP);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_now
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT CURRENT_TIMESTAMP, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: not_null_now
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_date_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT CURRENT_DATE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_date_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT CURRENT_DATE);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_date
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT CURRENT_DATE, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_time_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT current_time);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_time_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT current_time);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_time
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT current_time, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_expr_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (1 + 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_expr_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (1 + 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_expr
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (1 + 2), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: not_null_expr
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT NOT NULL DEFAULT (1 + 2));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_call_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (lower(hex('ab'))));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_call_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (lower(hex('ab'))));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_call
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (lower(hex('ab'))), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_strftime_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (strftime('%Y', '2020-01-01')));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_strftime_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (strftime('%Y', '2020-01-01')));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_strftime
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (strftime('%Y', '2020-01-01')), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_json_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT '{"a": [1, 2]}');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_json_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT '{"a": [1, 2]}');
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_json
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT '{"a": [1, 2]}', b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_nested_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT ((('x'))));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_nested_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT ((('x'))));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_nested
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT ((('x'))), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_paren_literal_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT ('y'));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_paren_literal_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT ('y'));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_paren_literal
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT ('y'), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_paren_minus_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (-5));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_paren_minus_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (-5));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_paren_minus
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (-5), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_dq_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT "dq text");
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_dq_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT "dq text");
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_dq
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT "dq text", b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_word_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT active);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_word_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT active);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_word
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT active, b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_concat_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT ('a' || 'b'));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_concat_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT ('a' || 'b'));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_concat
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT ('a' || 'b'), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_case_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (CASE WHEN 1 THEN 'a;b' ELSE ')' END));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_case_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (CASE WHEN 1 THEN 'a;b' ELSE ')' END));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_case
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (CASE WHEN 1 THEN 'a;b' ELSE ')' END), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_cast_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (CAST('5' AS INTEGER)));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_cast_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (CAST('5' AS INTEGER)));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_cast
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (CAST('5' AS INTEGER)), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_rand_text
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d TEXT DEFAULT (abs(1)));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: add_rand_int
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5, d INT DEFAULT (abs(1)));
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- case: set_rand
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, c REAL DEFAULT 1.5);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (abs(1)), b INT, c REAL DEFAULT 1.5);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 'x', 2), (5, 'y', NULL), (9, NULL, 4);

-- each: default
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT $*, b INT);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: zero
DEFAULT 0
-- as: negative
DEFAULT -1
-- as: text
DEFAULT 'it''s; -- "x"'
-- as: newline
DEFAULT 'a
b'
-- as: blob
DEFAULT x'00FF'
-- as: null
DEFAULT NULL
-- as: now
DEFAULT CURRENT_TIMESTAMP
-- as: expr
DEFAULT (1 + 2)
-- as: nested
DEFAULT ((('x')))
-- as: paren_minus
DEFAULT (-5)
-- as: dq
DEFAULT "dq text"
-- as: word
DEFAULT active
-- as: none
-- as: named
CONSTRAINT df DEFAULT 'q'
