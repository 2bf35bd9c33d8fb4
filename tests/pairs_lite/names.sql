-- case: table_0
-- a
CREATE TABLE "a b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a b" (a);
-- b
CREATE TABLE "a b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a b" (a, b);
-- rows
INSERT INTO "a b" VALUES (1, 'x'), (3, 'y');

-- case: column_0
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a b" TEXT, c); CREATE INDEX i ON t ("a b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a b" VARCHAR(3), c CHECK (c <> "a b")); CREATE INDEX i ON t ("a b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_0
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_0
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_0
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a b" AS SELECT a AS "a b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a b" BEGIN SELECT old."a b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a b" AS SELECT c AS "a b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a b" BEGIN SELECT old."a b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_1
-- a
CREATE TABLE "select" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "select" (a);
-- b
CREATE TABLE "select" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "select" (a, b);
-- rows
INSERT INTO "select" VALUES (1, 'x'), (3, 'y');

-- case: column_1
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "select" TEXT, c); CREATE INDEX i ON t ("select");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "select" VARCHAR(3), c CHECK (c <> "select")); CREATE INDEX i ON t ("select", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_1
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "select" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "select" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_1
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "select" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "select" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_1
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "select" AS SELECT a AS "select" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "select" BEGIN SELECT old."select"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "select" AS SELECT c AS "select" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "select" BEGIN SELECT old."select"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_2
-- a
CREATE TABLE "ORDER" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "ORDER" (a);
-- b
CREATE TABLE "ORDER" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "ORDER" (a, b);
-- rows
INSERT INTO "ORDER" VALUES (1, 'x'), (3, 'y');

-- case: column_2
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "ORDER" TEXT, c); CREATE INDEX i ON t ("ORDER");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "ORDER" VARCHAR(3), c CHECK (c <> "ORDER")); CREATE INDEX i ON t ("ORDER", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_2
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "ORDER" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "ORDER" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_2
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "ORDER" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "ORDER" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_2
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "ORDER" AS SELECT a AS "ORDER" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "ORDER" BEGIN SELECT old."ORDER"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "ORDER" AS SELECT c AS "ORDER" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "ORDER" BEGIN SELECT old."ORDER"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_3
-- a
CREATE TABLE "a""b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a""b" (a);
-- b
CREATE TABLE "a""b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a""b" (a, b);
-- rows
INSERT INTO "a""b" VALUES (1, 'x'), (3, 'y');

-- case: column_3
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a""b" TEXT, c); CREATE INDEX i ON t ("a""b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a""b" VARCHAR(3), c CHECK (c <> "a""b")); CREATE INDEX i ON t ("a""b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_3
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a""b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a""b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_3
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a""b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a""b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_3
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a""b" AS SELECT a AS "a""b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a""b" BEGIN SELECT old."a""b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a""b" AS SELECT c AS "a""b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a""b" BEGIN SELECT old."a""b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_4
-- a
CREATE TABLE "it's" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "it's" (a);
-- b
CREATE TABLE "it's" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "it's" (a, b);
-- rows
INSERT INTO "it's" VALUES (1, 'x'), (3, 'y');

-- case: column_4
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "it's" TEXT, c); CREATE INDEX i ON t ("it's");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "it's" VARCHAR(3), c CHECK (c <> "it's")); CREATE INDEX i ON t ("it's", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_4
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "it's" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "it's" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_4
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "it's" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "it's" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_4
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "it's" AS SELECT a AS "it's" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "it's" BEGIN SELECT old."it's"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "it's" AS SELECT c AS "it's" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "it's" BEGIN SELECT old."it's"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_5
-- a
CREATE TABLE "a;b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a;b" (a);
-- b
CREATE TABLE "a;b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a;b" (a, b);
-- rows
INSERT INTO "a;b" VALUES (1, 'x'), (3, 'y');

-- case: column_5
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a;b" TEXT, c); CREATE INDEX i ON t ("a;b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a;b" VARCHAR(3), c CHECK (c <> "a;b")); CREATE INDEX i ON t ("a;b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_5
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a;b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a;b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_5
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a;b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a;b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_5
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a;b" AS SELECT a AS "a;b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a;b" BEGIN SELECT old."a;b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a;b" AS SELECT c AS "a;b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a;b" BEGIN SELECT old."a;b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_6
-- a
CREATE TABLE "a--b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a--b" (a);
-- b
CREATE TABLE "a--b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a--b" (a, b);
-- rows
INSERT INTO "a--b" VALUES (1, 'x'), (3, 'y');

-- case: column_6
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a--b" TEXT, c); CREATE INDEX i ON t ("a--b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a--b" VARCHAR(3), c CHECK (c <> "a--b")); CREATE INDEX i ON t ("a--b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_6
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a--b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a--b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_6
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a--b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a--b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_6
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a--b" AS SELECT a AS "a--b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a--b" BEGIN SELECT old."a--b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a--b" AS SELECT c AS "a--b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a--b" BEGIN SELECT old."a--b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_7
-- a
CREATE TABLE "/*" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "/*" (a);
-- b
CREATE TABLE "/*" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "/*" (a, b);
-- rows
INSERT INTO "/*" VALUES (1, 'x'), (3, 'y');

-- case: column_7
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "/*" TEXT, c); CREATE INDEX i ON t ("/*");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "/*" VARCHAR(3), c CHECK (c <> "/*")); CREATE INDEX i ON t ("/*", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_7
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "/*" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "/*" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_7
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "/*" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "/*" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_7
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "/*" AS SELECT a AS "/*" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "/*" BEGIN SELECT old."/*"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "/*" AS SELECT c AS "/*" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "/*" BEGIN SELECT old."/*"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_8
-- a
CREATE TABLE "é" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "é" (a);
-- b
CREATE TABLE "é" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "é" (a, b);
-- rows
INSERT INTO "é" VALUES (1, 'x'), (3, 'y');

-- case: column_8
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "é" TEXT, c); CREATE INDEX i ON t ("é");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "é" VARCHAR(3), c CHECK (c <> "é")); CREATE INDEX i ON t ("é", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_8
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "é" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "é" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_8
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "é" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "é" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_8
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "é" AS SELECT a AS "é" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "é" BEGIN SELECT old."é"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "é" AS SELECT c AS "é" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "é" BEGIN SELECT old."é"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_9
-- a
CREATE TABLE "表" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "表" (a);
-- b
CREATE TABLE "表" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "表" (a, b);
-- rows
INSERT INTO "表" VALUES (1, 'x'), (3, 'y');

-- case: column_9
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "表" TEXT, c); CREATE INDEX i ON t ("表");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "表" VARCHAR(3), c CHECK (c <> "表")); CREATE INDEX i ON t ("表", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_9
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "表" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "表" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_9
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "表" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "表" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_9
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "表" AS SELECT a AS "表" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "表" BEGIN SELECT old."表"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "表" AS SELECT c AS "表" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "表" BEGIN SELECT old."表"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_10
-- a
CREATE TABLE "‮rtl" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "‮rtl" (a);
-- b
CREATE TABLE "‮rtl" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "‮rtl" (a, b);
-- rows
INSERT INTO "‮rtl" VALUES (1, 'x'), (3, 'y');

-- case: column_10
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "‮rtl" TEXT, c); CREATE INDEX i ON t ("‮rtl");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "‮rtl" VARCHAR(3), c CHECK (c <> "‮rtl")); CREATE INDEX i ON t ("‮rtl", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_10
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "‮rtl" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "‮rtl" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_10
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "‮rtl" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "‮rtl" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_10
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "‮rtl" AS SELECT a AS "‮rtl" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "‮rtl" BEGIN SELECT old."‮rtl"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "‮rtl" AS SELECT c AS "‮rtl" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "‮rtl" BEGIN SELECT old."‮rtl"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_11
-- a
CREATE TABLE "x.y" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "x.y" (a);
-- b
CREATE TABLE "x.y" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "x.y" (a, b);
-- rows
INSERT INTO "x.y" VALUES (1, 'x'), (3, 'y');

-- case: column_11
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "x.y" TEXT, c); CREATE INDEX i ON t ("x.y");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "x.y" VARCHAR(3), c CHECK (c <> "x.y")); CREATE INDEX i ON t ("x.y", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_11
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "x.y" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "x.y" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_11
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "x.y" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "x.y" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_11
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "x.y" AS SELECT a AS "x.y" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "x.y" BEGIN SELECT old."x.y"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "x.y" AS SELECT c AS "x.y" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "x.y" BEGIN SELECT old."x.y"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_12
-- a
CREATE TABLE "1st" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "1st" (a);
-- b
CREATE TABLE "1st" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "1st" (a, b);
-- rows
INSERT INTO "1st" VALUES (1, 'x'), (3, 'y');

-- case: column_12
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "1st" TEXT, c); CREATE INDEX i ON t ("1st");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "1st" VARCHAR(3), c CHECK (c <> "1st")); CREATE INDEX i ON t ("1st", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_12
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "1st" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "1st" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_12
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "1st" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "1st" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_12
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "1st" AS SELECT a AS "1st" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "1st" BEGIN SELECT old."1st"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "1st" AS SELECT c AS "1st" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "1st" BEGIN SELECT old."1st"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: column_13
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "" TEXT, c); CREATE INDEX i ON t ("");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "" VARCHAR(3), c CHECK (c <> "")); CREATE INDEX i ON t ("", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_13
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_14
-- a
CREATE TABLE "new" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "new" (a);
-- b
CREATE TABLE "new" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "new" (a, b);
-- rows
INSERT INTO "new" VALUES (1, 'x'), (3, 'y');

-- case: column_14
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "new" TEXT, c); CREATE INDEX i ON t ("new");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "new" VARCHAR(3), c CHECK (c <> "new")); CREATE INDEX i ON t ("new", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_14
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "new" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "new" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_14
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "new" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "new" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_14
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "new" AS SELECT a AS "new" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "new" BEGIN SELECT old."new"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "new" AS SELECT c AS "new" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "new" BEGIN SELECT old."new"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_15
-- a
CREATE TABLE "old" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "old" (a);
-- b
CREATE TABLE "old" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "old" (a, b);
-- rows
INSERT INTO "old" VALUES (1, 'x'), (3, 'y');

-- case: column_15
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "old" TEXT, c); CREATE INDEX i ON t ("old");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "old" VARCHAR(3), c CHECK (c <> "old")); CREATE INDEX i ON t ("old", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_15
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "old" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "old" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_15
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "old" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "old" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_15
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "old" AS SELECT a AS "old" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "old" BEGIN SELECT old."old"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "old" AS SELECT c AS "old" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "old" BEGIN SELECT old."old"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_16
-- a
CREATE TABLE "rowid" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "rowid" (a);
-- b
CREATE TABLE "rowid" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "rowid" (a, b);
-- rows
INSERT INTO "rowid" VALUES (1, 'x'), (3, 'y');

-- case: column_16
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "rowid" TEXT, c); CREATE INDEX i ON t ("rowid");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "rowid" VARCHAR(3), c CHECK (c <> "rowid")); CREATE INDEX i ON t ("rowid", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_16
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "rowid" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "rowid" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_16
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "rowid" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "rowid" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_16
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "rowid" AS SELECT a AS "rowid" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "rowid" BEGIN SELECT old."rowid"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "rowid" AS SELECT c AS "rowid" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "rowid" BEGIN SELECT old."rowid"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_17
-- a
CREATE TABLE "_rowid_" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "_rowid_" (a);
-- b
CREATE TABLE "_rowid_" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "_rowid_" (a, b);
-- rows
INSERT INTO "_rowid_" VALUES (1, 'x'), (3, 'y');

-- case: column_17
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "_rowid_" TEXT, c); CREATE INDEX i ON t ("_rowid_");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "_rowid_" VARCHAR(3), c CHECK (c <> "_rowid_")); CREATE INDEX i ON t ("_rowid_", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_17
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "_rowid_" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "_rowid_" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_17
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "_rowid_" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "_rowid_" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_17
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "_rowid_" AS SELECT a AS "_rowid_" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "_rowid_" BEGIN SELECT old."_rowid_"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "_rowid_" AS SELECT c AS "_rowid_" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "_rowid_" BEGIN SELECT old."_rowid_"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_18
-- a
CREATE TABLE "%s" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "%s" (a);
-- b
CREATE TABLE "%s" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "%s" (a, b);
-- rows
INSERT INTO "%s" VALUES (1, 'x'), (3, 'y');

-- case: column_18
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "%s" TEXT, c); CREATE INDEX i ON t ("%s");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "%s" VARCHAR(3), c CHECK (c <> "%s")); CREATE INDEX i ON t ("%s", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_18
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "%s" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "%s" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_18
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "%s" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "%s" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_18
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "%s" AS SELECT a AS "%s" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "%s" BEGIN SELECT old."%s"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "%s" AS SELECT c AS "%s" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "%s" BEGIN SELECT old."%s"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_19
-- a
CREATE TABLE "${x}" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "${x}" (a);
-- b
CREATE TABLE "${x}" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "${x}" (a, b);
-- rows
INSERT INTO "${x}" VALUES (1, 'x'), (3, 'y');

-- case: column_19
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "${x}" TEXT, c); CREATE INDEX i ON t ("${x}");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "${x}" VARCHAR(3), c CHECK (c <> "${x}")); CREATE INDEX i ON t ("${x}", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_19
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "${x}" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "${x}" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_19
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "${x}" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "${x}" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_19
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "${x}" AS SELECT a AS "${x}" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "${x}" BEGIN SELECT old."${x}"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "${x}" AS SELECT c AS "${x}" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "${x}" BEGIN SELECT old."${x}"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_20
-- a
CREATE TABLE "-- autogen:upgrade" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "-- autogen:upgrade" (a);
-- b
CREATE TABLE "-- autogen:upgrade" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "-- autogen:upgrade" (a, b);
-- rows
INSERT INTO "-- autogen:upgrade" VALUES (1, 'x'), (3, 'y');

-- case: column_20
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "-- autogen:upgrade" TEXT, c); CREATE INDEX i ON t ("-- autogen:upgrade");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "-- autogen:upgrade" VARCHAR(3), c CHECK (c <> "-- autogen:upgrade")); CREATE INDEX i ON t ("-- autogen:upgrade", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_20
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "-- autogen:upgrade" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "-- autogen:upgrade" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_20
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "-- autogen:upgrade" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "-- autogen:upgrade" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_20
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "-- autogen:upgrade" AS SELECT a AS "-- autogen:upgrade" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "-- autogen:upgrade" BEGIN SELECT old."-- autogen:upgrade"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "-- autogen:upgrade" AS SELECT c AS "-- autogen:upgrade" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "-- autogen:upgrade" BEGIN SELECT old."-- autogen:upgrade"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_21
-- a
CREATE TABLE "a`b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a`b" (a);
-- b
CREATE TABLE "a`b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a`b" (a, b);
-- rows
INSERT INTO "a`b" VALUES (1, 'x'), (3, 'y');

-- case: column_21
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a`b" TEXT, c); CREATE INDEX i ON t ("a`b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a`b" VARCHAR(3), c CHECK (c <> "a`b")); CREATE INDEX i ON t ("a`b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_21
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a`b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a`b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_21
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a`b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a`b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_21
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a`b" AS SELECT a AS "a`b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a`b" BEGIN SELECT old."a`b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a`b" AS SELECT c AS "a`b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a`b" BEGIN SELECT old."a`b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_22
-- a
CREATE TABLE "a[b" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "a[b" (a);
-- b
CREATE TABLE "a[b" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "a[b" (a, b);
-- rows
INSERT INTO "a[b" VALUES (1, 'x'), (3, 'y');

-- case: column_22
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "a[b" TEXT, c); CREATE INDEX i ON t ("a[b");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "a[b" VARCHAR(3), c CHECK (c <> "a[b")); CREATE INDEX i ON t ("a[b", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_22
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "a[b" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "a[b" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_22
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "a[b" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "a[b" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_22
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "a[b" AS SELECT a AS "a[b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a[b" BEGIN SELECT old."a[b"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "a[b" AS SELECT c AS "a[b" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "a[b" BEGIN SELECT old."a[b"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: table_23
-- a
CREATE TABLE "tab	here" (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON "tab	here" (a);
-- b
CREATE TABLE "tab	here" (id INTEGER PRIMARY KEY, a VARCHAR(3), b DEFAULT (1 + 1)); CREATE INDEX i ON "tab	here" (a, b);
-- rows
INSERT INTO "tab	here" VALUES (1, 'x'), (3, 'y');

-- case: column_23
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, "tab	here" TEXT, c); CREATE INDEX i ON t ("tab	here");
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, "tab	here" VARCHAR(3), c CHECK (c <> "tab	here")); CREATE INDEX i ON t ("tab	here", c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: index_23
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE INDEX "tab	here" ON t (a);
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE INDEX "tab	here" ON t (a, c);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: constraint_23
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c, CONSTRAINT "tab	here" CHECK (c > 1));
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c, CONSTRAINT "tab	here" CHECK (c > 0));
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);

-- case: view_23
-- a
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c); CREATE VIEW "tab	here" AS SELECT a AS "tab	here" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "tab	here" BEGIN SELECT old."tab	here"; END;
-- b
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, c); CREATE VIEW "tab	here" AS SELECT c AS "tab	here" FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON "tab	here" BEGIN SELECT old."tab	here"; END;
-- rows
INSERT INTO t VALUES (1, 'x', 2), (3, 'y', 4);
