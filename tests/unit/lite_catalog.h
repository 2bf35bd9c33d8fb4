/*
 * What SQLite itself says of a database, as text: the yardstick for tests of the SQLite dialect.
 * One line for each column, key, foreign key and option of a table, sorted where SQLite's order
 * means nothing.
 */
#ifndef AG_TESTS_LITE_CATALOG_H
#define AG_TESTS_LITE_CATALOG_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

/* Appends every row of a query: cells separated by '|', NULL as "(null)". */
static inline void catalog_query(sqlite3 *db, ag_buf *out, const char *prefix, const char *sql,
                                 const char *argument) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    if (argument != NULL) {
        sqlite3_bind_text(statement, 1, argument, -1, SQLITE_TRANSIENT);
    }
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        ag_buf_puts(out, prefix);
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *cell = (const char *)sqlite3_column_text(statement, i);
            ag_buf_printf(out, "|%s", cell == NULL ? "(null)" : cell);
        }
        ag_buf_putc(out, '\n');
    }
    if (rc != SQLITE_DONE) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
}

/* Columns, keys with their collations and directions, foreign keys and options of a table. */
static inline void catalog_table(sqlite3 *db, ag_buf *out, const char *table) {
    catalog_query(db, out, "table",
                  "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND"
                  " name = ?1 COLLATE NOCASE",
                  table);
    catalog_query(db, out, "column",
                  "SELECT name, lower(type), \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)",
                  table);
    catalog_query(db, out, "key",
                  "SELECT (SELECT group_concat(name || ' ' || coll || ' ' || \"desc\")"
                  " FROM pragma_index_xinfo(l.name) WHERE key) AS columns"
                  " FROM pragma_index_list(?1) l WHERE origin <> 'c' ORDER BY columns",
                  table);
    catalog_query(db, out, "foreign key",
                  "SELECT \"table\", group_concat(\"from\" || ' ' || coalesce(\"to\", '(null)')),"
                  " on_update, on_delete FROM pragma_foreign_key_list(?1) GROUP BY id"
                  " ORDER BY id DESC",
                  table);
}

/* Everything the pragmas know of the tables of the main database, indexes with their names. */
static inline void catalog_tables(sqlite3 *db, ag_buf *out) {
    catalog_query(db, out, "columns",
                  "SELECT t.name, c.cid, c.name, lower(c.type), c.\"notnull\","
                  " trim(c.dflt_value, '() '), c.pk, c.hidden, t.wr, t.strict"
                  " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
                  " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
                  " ORDER BY lower(t.name), c.cid",
                  NULL);
    catalog_query(
        db, out, "indexes",
        "SELECT t.name, l.name, l.\"unique\", l.origin, l.partial, c.seqno, c.name, c.cid,"
        " c.\"desc\", lower(c.coll), c.key"
        " FROM pragma_table_list t JOIN pragma_index_list(t.name) l"
        " JOIN pragma_index_xinfo(l.name) c WHERE t.schema = 'main' AND t.type = 'table'"
        " ORDER BY lower(t.name), l.name, c.seqno",
        NULL);
    catalog_query(db, out, "foreign keys",
                  "SELECT t.name, f.* FROM pragma_table_list t"
                  " JOIN pragma_foreign_key_list(t.name) f"
                  " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
                  " ORDER BY lower(t.name), f.id, f.seq",
                  NULL);
}

/* The whole main database: its tables, and the texts of views and triggers. */
static inline void catalog_all(sqlite3 *db, ag_buf *out) {
    catalog_tables(db, out);
    catalog_query(db, out, "texts",
                  "SELECT type, name, tbl_name, sql FROM sqlite_schema"
                  " WHERE type IN ('view', 'trigger') ORDER BY type, name",
                  NULL);
}

#endif
