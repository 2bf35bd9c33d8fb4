CREATE TABLE "a b" (id INTEGER PRIMARY KEY, x TEXT DEFAULT (lower('its')) CHECK (x != 2 OR x <> 3));
-- end
DROP TABLE t;