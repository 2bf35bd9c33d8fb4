-- each: generated
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, $*, b INT);
CREATE INDEX i ON t (g);
-- rows
INSERT INTO t (id, a, b) VALUES (1, 2, 3), (5, 7, 8);
-- as: none
g INT
-- as: virtual
g INT AS (a + b)
-- as: virtual2
g INT AS (a - b)
-- as: stored
g INT AS (a + b) STORED
-- as: always
g INT GENERATED ALWAYS AS (a + b) VIRTUAL
-- as: typed
g TEXT AS (a || ')') STORED
-- as: named
g INT CONSTRAINT gn AS (a + b)
-- as: chain
g INT AS (a + b), h INT AS (g * 2) STORED
-- as: unique
g INT AS (a + b) UNIQUE
