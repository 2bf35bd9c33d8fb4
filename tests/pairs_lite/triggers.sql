-- each: trigger
-- form
CREATE TABLE log (line TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);
$*
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
-- as: after
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
-- as: before
CREATE TRIGGER tr BEFORE INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
-- as: update
CREATE TRIGGER tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a IS NOT old.a BEGIN INSERT INTO log VALUES (old.a || '->' || new.a); DELETE FROM log WHERE line = ';'; END;
-- as: delete
CREATE TRIGGER tr DELETE ON t BEGIN SELECT RAISE(ABORT, 'no; never'); END;
-- as: case
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = CASE WHEN new.b > 1 THEN 1 ELSE 2 END WHERE id = new.id; END;
-- as: two
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END; CREATE TRIGGER tr2 AFTER INSERT ON log BEGIN UPDATE t SET b = b + 1; END;
-- as: comment
CREATE TRIGGER tr AFTER INSERT ON t BEGIN /* ; END; */ INSERT INTO log VALUES (new.a); /* END; */ END;
-- as: upsert
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('x') ON CONFLICT DO NOTHING; END;

-- each: trigger without rows
-- form
CREATE TABLE log (line TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);
$*
-- as: none
-- as: after
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
-- as: delete
CREATE TRIGGER tr DELETE ON t BEGIN SELECT RAISE(ABORT, 'no; never'); END;
-- as: broken
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END;

-- each: trigger on a rebuild
-- form
CREATE TABLE log (line TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b $1);
$2
-- rows
INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL);
-- as: none
INT

-- as: none_rebuilt
NUMERIC

-- as: after
INT
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
-- as: after_rebuilt
NUMERIC
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
-- as: update
INT
CREATE TRIGGER tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a IS NOT old.a BEGIN INSERT INTO log VALUES (old.a || '->' || new.a); DELETE FROM log WHERE line = ';'; END;
-- as: update_rebuilt
NUMERIC
CREATE TRIGGER tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a IS NOT old.a BEGIN INSERT INTO log VALUES (old.a || '->' || new.a); DELETE FROM log WHERE line = ';'; END;
-- as: delete
INT
CREATE TRIGGER tr DELETE ON t BEGIN SELECT RAISE(ABORT, 'no; never'); END;
-- as: delete_rebuilt
NUMERIC
CREATE TRIGGER tr DELETE ON t BEGIN SELECT RAISE(ABORT, 'no; never'); END;
-- as: two
INT
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END; CREATE TRIGGER tr2 AFTER INSERT ON log BEGIN UPDATE t SET b = b + 1; END;
-- as: two_rebuilt
NUMERIC
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END; CREATE TRIGGER tr2 AFTER INSERT ON log BEGIN UPDATE t SET b = b + 1; END;
