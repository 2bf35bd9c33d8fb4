/* Change pairs by hand: what stands around a changed table, and what SQLite does by itself. */
#include "unit.h"

#include "lite_pair.h"

#define ROWS "INSERT INTO t VALUES (1, 'x', 2), (5, 'y', NULL), (9, 'z', 4);"
#define TABLE "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);"
#define AUTO "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INT);"
#define GONE "DELETE FROM t WHERE id = 9;"

static const pair renames[] = {
    {"a view over a view follows a column",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id, a FROM v;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT);"
     "CREATE VIEW v AS SELECT id, c FROM t; CREATE VIEW w AS SELECT id, c FROM v;",
     "t.a=t.c", false},
    {"a view in between keeps the name outside",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id, a FROM v;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT);"
     "CREATE VIEW v AS SELECT id, c AS a FROM t; CREATE VIEW w AS SELECT id, a FROM v;",
     "t.a=t.c", false},
    {"three views and a trigger instead of one follow a column",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id, a FROM v;"
                "CREATE VIEW x AS SELECT a FROM w; CREATE TRIGGER tr INSTEAD OF INSERT ON w BEGIN "
                "INSERT INTO t (a) VALUES (new.a); END;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT);"
     "CREATE VIEW v AS SELECT id, c FROM t; CREATE VIEW w AS SELECT id, c FROM v;"
     "CREATE VIEW x AS SELECT c FROM w; CREATE TRIGGER tr INSTEAD OF INSERT ON w BEGIN "
     "INSERT INTO t (c) VALUES (new.c); END;",
     "t.a=t.c", false},
    {"views and triggers follow a table",
     TABLE ROWS "CREATE VIEW v AS SELECT t.id, t.a FROM t; CREATE VIEW w AS SELECT v.a FROM v;"
                "CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 1; END;",
     "CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b INT);"
     "CREATE VIEW v AS SELECT u.id, u.a FROM u; CREATE VIEW w AS SELECT v.a FROM v;"
     "CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE u SET b = 1; END;",
     "t=u", false},
    {"a view that was broken before stays so", TABLE ROWS "CREATE VIEW v AS SELECT a FROM nowhere;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT);"
     "CREATE VIEW v AS SELECT a FROM nowhere;",
     "t.a=t.c", false},
    {"two columns at once, one of them in a nested view",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a, b FROM t; CREATE VIEW w AS SELECT a, b FROM v;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, d INT);"
     "CREATE VIEW v AS SELECT id, c, d FROM t; CREATE VIEW w AS SELECT c, d FROM v;",
     "t.a=t.c;t.b=t.d", false},
    {"a column in the keys of others",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT CHECK (b <> length(a)));" ROWS
     "CREATE TABLE k (x TEXT REFERENCES t (a) ON UPDATE CASCADE, t INT REFERENCES t);"
     "INSERT INTO k VALUES ('x', 1), ('y', 5); CREATE INDEX i ON t (lower(a), b) WHERE a > '';",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT UNIQUE, b INT CHECK (b <> length(c)));"
     "CREATE TABLE k (x TEXT REFERENCES t (c) ON UPDATE CASCADE, t INT REFERENCES t);"
     "CREATE INDEX i ON t (lower(c), b) WHERE c > '';",
     "t.a=t.c", false},
};

static const pair views[] = {
    {"a replaced view keeps its trigger",
     TABLE ROWS "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
                "DELETE FROM t WHERE id = old.id; END;",
     TABLE "CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
           "DELETE FROM t WHERE id = old.id; END;",
     NULL, false},
    {"a replaced view and its replaced trigger",
     TABLE ROWS "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
                "DELETE FROM t WHERE id = old.id; END;",
     TABLE "CREATE VIEW v AS SELECT id, a FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
           "DELETE FROM t WHERE id = +old.id; END;",
     NULL, false},
    {"a replaced view loses its trigger",
     TABLE ROWS "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
                "DELETE FROM t WHERE id = old.id; END;",
     TABLE "CREATE VIEW v AS SELECT id, a FROM t;", NULL, false},
    {"a trigger of which the model does not speak stays with its view",
     TABLE ROWS "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
                "DELETE FROM t WHERE id = old.id; END;",
     TABLE "CREATE VIEW v AS SELECT id, a FROM t;", NULL, true},
    {"a view goes with its trigger",
     TABLE ROWS "CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN "
                "DELETE FROM t WHERE id = old.id; END;",
     TABLE, NULL, false},
    {"a column goes, and with it the view's column",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a FROM t;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT); CREATE VIEW v AS SELECT id, b FROM t;", NULL,
     false},
    {"a table is rebuilt under views that change",
     TABLE ROWS "CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT a FROM v;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT, c TEXT DEFAULT (1 + 1));"
     "CREATE VIEW v AS SELECT id, c FROM t; CREATE VIEW w AS SELECT c FROM v;",
     NULL, false},
};

static const pair counters[] = {
    {"a counter outlives AUTOINCREMENT", AUTO ROWS GONE, TABLE, NULL, false},
    {"a counter outlives a change beside it", AUTO ROWS GONE,
     "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE, b INT);", NULL,
     false},
    {"AUTOINCREMENT is put on", TABLE ROWS GONE, AUTO, NULL, false},
    {"a counter that is left over goes on",
     TABLE ROWS "CREATE TABLE z (i INTEGER PRIMARY KEY AUTOINCREMENT);"
                "INSERT INTO sqlite_sequence VALUES ('t', 70);",
     AUTO "CREATE TABLE z (i INTEGER PRIMARY KEY AUTOINCREMENT);", NULL, false},
    {"a counter that is left over survives another change",
     TABLE ROWS "CREATE TABLE z (i INTEGER PRIMARY KEY AUTOINCREMENT);"
                "INSERT INTO sqlite_sequence VALUES ('t', 70);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE RTRIM, b INT);"
     "CREATE TABLE z (i INTEGER PRIMARY KEY AUTOINCREMENT);",
     NULL, false},
    {"a table that names itself keeps its counter",
     "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT CHECK (t.a > ''), b INT);" ROWS
         GONE,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (t.a > ''), b INT);", NULL, false},
    {"a counter of a table whose name is written in another case",
     "CREATE TABLE Big (Id INTEGER PRIMARY KEY "
     "AUTOINCREMENT, A); INSERT INTO big VALUES (3, 4);",
     "CREATE TABLE Big (Id INTEGER PRIMARY KEY AUTOINCREMENT, A COLLATE NOCASE);", NULL, false},
};

#define SEARCH                                                                                     \
    "CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');"                     \
    "CREATE TRIGGER tf AFTER INSERT ON t BEGIN INSERT INTO ft (rowid, a) VALUES (new.id, new.a); " \
    "END; CREATE VIEW f AS SELECT t.id FROM t JOIN ft ON ft.rowid = t.id;"
#define UNKNOWN                                                                                    \
    "CREATE VIEW v AS SELECT unknown(id) AS u FROM t;"                                             \
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT unknown(new.id); END;"

static const pair strangers[] = {
    {"a table with a search index is rebuilt", TABLE ROWS SEARCH,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT);" SEARCH, NULL, false},
    {"a view over a search index is replaced", TABLE ROWS SEARCH,
     TABLE "CREATE VIRTUAL TABLE ft USING fts5 (a, content='t', content_rowid='id');"
           "CREATE TRIGGER tf AFTER INSERT ON t BEGIN INSERT INTO ft (rowid, a) VALUES (new.id, "
           "new.a); END; CREATE VIEW f AS SELECT t.a FROM t JOIN ft ON ft.rowid = t.id;",
     NULL, false},
    {"a column is renamed beside a search index", TABLE ROWS SEARCH,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c INT);" SEARCH, "t.b=t.c", false},
    {"a table is rebuilt under functions of the application", TABLE ROWS UNKNOWN,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT (1 + 1));" UNKNOWN, NULL,
     false},
    {"a column is renamed under functions of the application", TABLE ROWS UNKNOWN,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, b INT);" UNKNOWN, "t.a=t.c", false},
    {"a column goes from under functions of the application", TABLE ROWS UNKNOWN,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT);" UNKNOWN, NULL, false},
};

static const pair collations[] = {
    {"an index that spells its column's collation out follows the model",
     TABLE ROWS "CREATE INDEX i ON t (b, a COLLATE BINARY DESC); CREATE INDEX j ON t (a);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT);"
     "CREATE INDEX i ON t (b, a DESC); CREATE INDEX j ON t (a);",
     NULL, false},
    {"a key that spells its column's collation out follows the model",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, UNIQUE (a COLLATE BINARY, b));" ROWS,
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE RTRIM, b INT, UNIQUE (a, b));", NULL,
     false},
    {"an index keeps a collation that the column leaves",
     TABLE ROWS "CREATE INDEX i ON t (a COLLATE BINARY);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INT);"
     "CREATE INDEX i ON t (a COLLATE BINARY);",
     NULL, false},
};

static const pair references[] = {
    {"two tables refer to each other",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b (id));"
     "CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a (id));"
     "INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b (id) ON DELETE CASCADE);"
     "CREATE TABLE b (id INTEGER PRIMARY KEY, a INT NOT NULL REFERENCES a (id));",
     NULL, false},
    {"a table refers to itself and takes another name",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT REFERENCES a (id) ON DELETE CASCADE, x);"
     "INSERT INTO a VALUES (1, NULL, 1), (2, 1, 2), (3, 2, 3);",
     "CREATE TABLE q (id INTEGER PRIMARY KEY, p INT REFERENCES q (id) ON DELETE CASCADE, x "
     "COLLATE NOCASE);",
     "a=q", false},
    {"rows that violate a reference before may do so after",
     "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (x INT REFERENCES a (id));"
     "CREATE TABLE c (y REFERENCES nowhere (z)); INSERT INTO b VALUES (7), (8);"
     "INSERT INTO c VALUES (1);",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, z TEXT DEFAULT (1 + 1));"
     "CREATE TABLE b (x BIGINT REFERENCES a (id) ON DELETE SET NULL);"
     "CREATE TABLE c (y COLLATE NOCASE REFERENCES nowhere (z));",
     NULL, false},
    {"triggers that fire each other stay quiet",
     TABLE ROWS "CREATE TABLE log (x); CREATE TRIGGER ti AFTER INSERT ON t WHEN new.b > 0 BEGIN "
                "INSERT INTO t (b) VALUES (new.b - 1); END; CREATE TRIGGER td BEFORE DELETE ON t "
                "BEGIN INSERT INTO log VALUES ('gone'); END;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT CHECK (b < 99)); CREATE TABLE log (x);"
     "CREATE TRIGGER ti AFTER INSERT ON t WHEN new.b > 0 BEGIN INSERT INTO t (b) VALUES (new.b - "
     "1); END; CREATE TRIGGER td BEFORE DELETE ON t BEGIN INSERT INTO log VALUES ('gone'); END;",
     NULL, false},
};

#define KEYED "INSERT INTO t VALUES (1, 'x'), (2, NULL), (3, 'z');"

static const pair implied[] = {
    {"STRICT goes, and its NOT NULL of the key with it",
     "CREATE TABLE t (a INT PRIMARY KEY, b ANY) STRICT;" KEYED,
     "CREATE TABLE t (a INT PRIMARY KEY, b ANY);", NULL, false},
    {"STRICT goes, its NOT NULL of the key stays",
     "CREATE TABLE t (a INT PRIMARY KEY, b ANY) STRICT;" KEYED,
     "CREATE TABLE t (a INT NOT NULL PRIMARY KEY, b ANY);", NULL, false},
    {"STRICT goes, its NOT NULL of one key column stays",
     "CREATE TABLE t (a INT, b TEXT, PRIMARY KEY (a, b)) STRICT;"
     "INSERT INTO t VALUES (1, 'x'), (2, 'y');",
     "CREATE TABLE t (a INT NOT NULL, b TEXT, PRIMARY KEY (a, b));", NULL, false},
    {"STRICT is put on a table with a key", "CREATE TABLE t (a INT PRIMARY KEY, b TEXT);" KEYED,
     "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) STRICT;", NULL, false},
    {"STRICT is put on a table with a rowid", "CREATE TABLE t (a INTEGER PRIMARY KEY, b);" KEYED,
     "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;", NULL, false},
    {"WITHOUT ROWID goes, its NOT NULL stays",
     "CREATE TABLE t (a INT PRIMARY KEY, b) WITHOUT ROWID;" KEYED,
     "CREATE TABLE t (a INT NOT NULL PRIMARY KEY, b);", NULL, false},
    {"WITHOUT ROWID goes, and its NOT NULL with it",
     "CREATE TABLE t (a INT PRIMARY KEY, b) WITHOUT ROWID;" KEYED,
     "CREATE TABLE t (a INT PRIMARY KEY, b);", NULL, false},
    {"WITHOUT ROWID goes, and the key is the rowid",
     "CREATE TABLE t (a INTEGER PRIMARY KEY, b) WITHOUT ROWID;" KEYED,
     "CREATE TABLE t (a INTEGER PRIMARY KEY, b);", NULL, false},
    {"WITHOUT ROWID is put on", "CREATE TABLE t (a INT PRIMARY KEY, b);" KEYED,
     "CREATE TABLE t (a INT PRIMARY KEY, b) WITHOUT ROWID;", NULL, false},
    {"STRICT takes the place of WITHOUT ROWID",
     "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) WITHOUT ROWID;" KEYED,
     "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) STRICT;", NULL, false},
    {"a key that was NOT NULL by STRICT is no key any more",
     "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) STRICT;" KEYED,
     "CREATE TABLE t (a INT NOT NULL, b TEXT) STRICT;", NULL, false},
    {"a key that was NOT NULL by STRICT moves",
     "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) STRICT;"
     "INSERT INTO t VALUES (1, 'x'), (2, 'y');",
     "CREATE TABLE t (a INT NOT NULL, b TEXT PRIMARY KEY) STRICT;", NULL, false},
};

#define CHECK_ALL(list)                                                                            \
    (void)state;                                                                                   \
    for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++) {                                   \
        check_pair(&(list)[i]);                                                                    \
    }

static void renames_reach_through_views(void **state) {
    CHECK_ALL(renames);
}

static void views_and_their_triggers_stay_together(void **state) {
    CHECK_ALL(views);
}

static void counters_go_on_where_they_were(void **state) {
    CHECK_ALL(counters);
}

static void what_autogen_does_not_manage_stays(void **state) {
    CHECK_ALL(strangers);
}

static void collations_follow_the_model(void **state) {
    CHECK_ALL(collations);
}

static void references_and_triggers_are_left_in_peace(void **state) {
    CHECK_ALL(references);
}

static void not_null_that_a_key_implies_is_settled(void **state) {
    CHECK_ALL(implied);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renames_reach_through_views),
        cmocka_unit_test(views_and_their_triggers_stay_together),
        cmocka_unit_test(counters_go_on_where_they_were),
        cmocka_unit_test(what_autogen_does_not_manage_stays),
        cmocka_unit_test(collations_follow_the_model),
        cmocka_unit_test(references_and_triggers_are_left_in_peace),
        cmocka_unit_test(not_null_that_a_key_implies_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
