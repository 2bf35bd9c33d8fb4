-- each: check
-- form
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT $*);
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: inline
CHECK (b > 0)
-- as: table
, CHECK (b > 0)
-- as: named
, CONSTRAINT ck CHECK (b > 0)
-- as: named2
, CONSTRAINT ck CHECK (b >= 0)
-- as: renamed
, CONSTRAINT kc CHECK (b > 0)
-- as: two
, CHECK (b > 0), CHECK (a <> '')
-- as: text
, CHECK (a NOT IN (')', 'CHECK (', '--', '/*'))
-- as: same_twice
, CHECK (b > 0), CHECK (b > 0)
-- as: nested
, CHECK (((b) > (0)) AND (a LIKE '%'))
-- as: comment
, CHECK (b /* not ) closed */ > 0 -- )
)
