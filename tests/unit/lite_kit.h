/*
 * Databases in memory, schemas in a line, and comparing what SQLite says of two of them: what tests
 * of whole SQLite schemas are written with.
 */
#ifndef AG_TESTS_LITE_KIT_H
#define AG_TESTS_LITE_KIT_H

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "dialect/dialect.h"
#include "dialect/lite/driver.h"
#include "lite_catalog.h"
#include "model/json.h"

static inline ag_conn *open_memory(void) {
    ag_conn *conn = NULL;
    ag_error err = {0};
    if (!ag_conn_open(ag_dialect_sqlite.driver, ":memory:", NULL, &conn, &err)) {
        fail_msg("%s", err.message);
    }
    return conn;
}

static inline void run_script(ag_conn *conn, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(ag_lite_handle(conn), sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s\nin:\n%s", message, sql);
    }
}

static inline ag_schema *introspect(ag_conn *conn) {
    ag_schema *schema = NULL;
    ag_error err = {0};
    if (!ag_dialect_sqlite.introspect(conn, NULL, &schema, &err)) {
        fail_msg("%s", err.message);
    }
    return schema;
}

static inline ag_schema *schema_of(const char *sql) {
    ag_conn *conn = open_memory();
    run_script(conn, sql);
    ag_schema *schema = introspect(conn);
    ag_conn_close(conn);
    return schema;
}

/* A schema as the model that its export reads back as. */
static inline ag_schema *through_json(ag_schema *schema) {
    ag_buf json = AG_BUF_INIT;
    ag_error err = {0};
    if (!ag_model_write_json(schema, &ag_dialect_sqlite, &json, &err)) {
        fail_msg("%s", err.message);
    }
    ag_json_source source = {.file = "model.json", .text = ag_buf_text(&json), .n = json.n};
    ag_schema *model = NULL;
    ag_diags diags = AG_DIAGS_INIT;
    if (!ag_model_read_json_texts(&source, 1, &ag_dialect_sqlite, &model, &diags, &err)) {
        print_message("%s\n", ag_buf_text(&json));
        fail_msg("%d:%d %s", err.line, err.column, err.message);
    }
    ag_diags_release(&diags);
    ag_buf_release(&json);
    return model;
}

static inline void assert_same_text(const char *what, const char *a, const char *b) {
    if (strcmp(a, b) == 0) {
        return;
    }
    size_t i = 0;
    while (a[i] == b[i]) {
        i++;
    }
    size_t start = i > 200 ? i - 200 : 0;
    print_message("%s\n", what);
    fail_msg("first difference after\n%.*s\n--- one:\n%.200s\n--- other:\n%.200s", (int)(i - start),
             a + start, a + i, b + i);
}

static inline void assert_same_by(void (*catalog)(sqlite3 *db, ag_buf *out), const char *what,
                                  ag_conn *a, ag_conn *b) {
    ag_buf one = AG_BUF_INIT;
    ag_buf other = AG_BUF_INIT;
    catalog(ag_lite_handle(a), &one);
    catalog(ag_lite_handle(b), &other);
    assert_same_text(what, ag_buf_text(&one), ag_buf_text(&other));
    ag_buf_release(&one);
    ag_buf_release(&other);
}

static inline void assert_same_catalogs(const char *what, ag_conn *a, ag_conn *b) {
    assert_same_by(catalog_all, what, a, b);
}

/* Scripts with everything that SQLite has, each a test of its own. */
static const char *const odd_scripts[] = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x')",
    "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, a)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY DESC, a UNIQUE)",
    "CREATE TABLE t(id INTEGER, a, PRIMARY KEY(id DESC), UNIQUE(a))",
    "CREATE TABLE t(id INTEGER, a, UNIQUE(a), PRIMARY KEY(id AUTOINCREMENT))",
    "CREATE TABLE t(a UNIQUE, id TEXT PRIMARY KEY, b UNIQUE, UNIQUE(b, a))",
    "CREATE TABLE t(a, b, UNIQUE(a), PRIMARY KEY(b))",
    "CREATE TABLE t(a, b, UNIQUE(b DESC, a COLLATE nocase), PRIMARY KEY(b, a)) WITHOUT ROWID",
    "CREATE TABLE t(a TEXT PRIMARY KEY, b ANY, c INT) STRICT, WITHOUT ROWID",
    "CREATE TABLE t(a TEXT COLLATE nocase UNIQUE ON CONFLICT REPLACE, b CONSTRAINT nn NOT NULL ON"
    " CONFLICT IGNORE, CONSTRAINT u UNIQUE(b COLLATE rtrim) ON CONFLICT FAIL)",
    "CREATE TABLE p(x PRIMARY KEY, y, UNIQUE(x, y));"
    "CREATE TABLE c(a REFERENCES p, b REFERENCES p(x) ON DELETE SET NULL DEFERRABLE INITIALLY"
    " DEFERRED, c CONSTRAINT f REFERENCES p ON UPDATE CASCADE MATCH FULL NOT DEFERRABLE,"
    " CONSTRAINT g FOREIGN KEY (b, c) REFERENCES p(x, y) ON DELETE RESTRICT)",
    "CREATE TABLE t(a INT CHECK (a > 0), b CONSTRAINT ck CHECK (b <> '(' /* ) */) CHECK(b -- x\n),"
    " CHECK ((a) < (b)) CONSTRAINT z CHECK(a))",
    "CREATE TABLE t(a INT, b INT AS (a + 1) STORED, c TEXT GENERATED ALWAYS AS (a || ')') VIRTUAL"
    " UNIQUE NOT NULL)",
    "CREATE TABLE t(a DEFAULT -1, b DEFAULT +1.5, c DEFAULT (1 + 2), d DEFAULT word, e DEFAULT"
    " \"quo\"\"ted\", f DEFAULT CURRENT_TIMESTAMP, g DEFAULT x'00', h DEFAULT NULL, i DEFAULT TRUE,"
    " j DEFAULT ('a' || 'b') NOT NULL, k DEFAULT 'it''s', l DEFAULT ((('x'))))",
    "CREATE TABLE \"select\"(\"from\" INT, [a b] TEXT, `c``d`, \"e\"\"f\", \"g\nh\", \"--\", "
    "\"\xc3\xa9\","
    " UNIQUE(\"from\", [a b]));"
    "CREATE INDEX \"order by\" ON \"select\"(\"e\"\"f\" DESC) WHERE \"a b\" IS NOT NULL;"
    "CREATE VIEW \"v w\" AS SELECT \"from\" FROM \"select\";"
    "CREATE TRIGGER \"t r\" AFTER INSERT ON \"select\" BEGIN SELECT ';'; END",
    "CREATE TABLE \"\" (\"\" TEXT PRIMARY KEY, \" \" INT, \"  \" INT UNIQUE, CONSTRAINT \" \" "
    "CHECK ("
    "\"\" <> ''), CONSTRAINT \"\" UNIQUE (\" \", \"\"));"
    "CREATE INDEX \" \" ON \"\" (\" \" DESC) WHERE \"\" > '';"
    "CREATE VIEW \"  \" AS SELECT \"\" FROM \"\";"
    "CREATE TRIGGER \"   \" AFTER DELETE ON \"\" BEGIN SELECT 1; END",
    "CREATE TABLE t(a VARCHAR ( 10 ), b DECIMAL(10, 2), c \"my type\", d UNSIGNED BIG INT, e INT "
    "/* x"
    " */ UNSIGNED, f DOUBLE PRECISION, g)",
    "CREATE TABLE t(a, b, c);"
    "CREATE UNIQUE INDEX i ON t(lower(a) COLLATE nocase DESC, (a || b), b + 1, c COLLATE rtrim,"
    " 'c') WHERE a > 1 AND (b OR c) -- all\n;"
    "CREATE INDEX j ON t(a COLLATE binary, -(b) COLLATE nocase, (a || b) COLLATE nocase)",
    "CREATE TABLE t(a); CREATE TEMP TABLE q(a); CREATE VIEW IF NOT EXISTS v(x) AS SELECT a FROM t;"
    "CREATE TRIGGER IF NOT EXISTS main.r INSTEAD OF UPDATE OF x ON v WHEN new.x > 1 BEGIN UPDATE t"
    " SET a = CASE WHEN 1 THEN 2 END; END;"
    "CREATE VIEW w AS SELECT * FROM v",
    "CREATE TABLE x(a); ALTER TABLE x RENAME TO t; ALTER TABLE t ADD COLUMN b INT NOT NULL DEFAULT "
    "1;"
    "ALTER TABLE t RENAME a TO \"a a\"; CREATE INDEX i ON t(\"a a\"); ALTER TABLE t RENAME TO \"t "
    "t\"",
};

static inline const char *shared_folder(ag_arena *arena) {
    const char *shared = getenv("AG_SHARED");
    if (shared == NULL) {
        const char *root = getenv("AG_SOURCE_DIR");
        shared = ag_path_join(arena, root == NULL ? "." : root, "../shared");
    }
    return ag_path_join(arena, shared, "schemas/sqlite");
}

/* Calls `check` with the name and the text of every schema of other projects; skips without. */
static inline void for_each_real_schema(void (*check)(const char *name, const char *sql)) {
    ag_arena *arena = ag_arena_new();
    const char *folder = shared_folder(arena);
    ag_strings names = {0};
    if (!ag_dir_exists(folder)) {
        ag_arena_free(arena);
        skip();
    }
    assert_true(ag_dir_list(arena, folder, &names, NULL));
    size_t n_read = 0;
    for (size_t i = 0; i < names.n; i++) {
        const char *path = ag_path_join(arena, folder, names.items[i]);
        char *text = NULL;
        size_t n = 0;
        if (ag_text_ends(path, ".sql")) {
            assert_true(ag_file_read(arena, path, AG_FAILED, &text, &n, NULL));
            check(names.items[i], text);
            n_read++;
        }
    }
    assert_true(n_read > 0);
    ag_arena_free(arena);
}

#endif
