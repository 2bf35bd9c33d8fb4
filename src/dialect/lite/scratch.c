#include "dialect/lite/scratch.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "dialect/lite/lite.h"
#include "sql/normal.h"

struct ag_lite_scratch {
    sqlite3 *db;
    ag_arena *arena;
    AG_VEC(ag_lite_left_out) left_out;
};

void ag_lite_scratch_close(ag_lite_scratch *scratch) {
    if (scratch != NULL) {
        (void)sqlite3_close(scratch->db);
        ag_arena_free(scratch->arena);
        free(scratch);
    }
}

bool ag_lite_scratch_exec(ag_lite_scratch *scratch, const char *sql, ag_error *err) {
    if (sqlite3_exec(scratch->db, sql, NULL, NULL, NULL) == SQLITE_OK) {
        return true;
    }
    return ag_fail(err, AG_FAILED, "%s", sqlite3_errmsg(scratch->db));
}

static bool exists(ag_lite_scratch *scratch, const char *type, const char *name) {
    return ag_lite_scratch_text(scratch, scratch->arena, type, name) != NULL;
}

/* Makes one object; one that cannot be made here is noted and left out. */
static void load_one(ag_lite_scratch *scratch, const char *type, const char *name,
                     const char *table, const char *sql) {
    ag_error err;
    if (sql != NULL && !ag_lite_scratch_exec(scratch, sql, &err)) {
        ag_lite_left_out entry = {.type = type,
                                  .name = ag_arena_strdup(scratch->arena, name),
                                  .table = ag_arena_strdup(scratch->arena, table),
                                  .sql = ag_arena_strdup(scratch->arena, sql),
                                  .why = ag_arena_strdup(scratch->arena, err.message)};
        ag_vec_push(scratch->arena, &scratch->left_out, entry);
    }
}

/* Views and triggers may use what is not there, here as in the database itself. */
static void load_objects(ag_lite_scratch *scratch, const ag_schema *from, ag_kind kind) {
    for (size_t i = 0; i < from->objects.n; i++) {
        const ag_object *object = from->objects.items[i];
        if (object->kind == kind) {
            load_one(scratch, kind == AG_VIEW ? "view" : "trigger", object->name, object->table,
                     object->definition);
        }
    }
}

static void load(ag_lite_scratch *scratch, const ag_schema *from) {
    for (size_t i = 0; i < from->tables.n; i++) {
        const ag_table *table = from->tables.items[i];
        load_one(scratch, "table", table->name, NULL, table->sql);
        for (size_t k = 0; k < table->indexes.n; k++) {
            const ag_index *index = table->indexes.items[k];
            load_one(scratch, "index", index->name, table->name, index->sql);
        }
    }
    for (size_t i = 0; i < from->unmanaged.n; i++) {
        if (from->unmanaged.items[i].sql != NULL) { /* its shadow tables come with it */
            (void)ag_lite_scratch_exec(scratch, from->unmanaged.items[i].sql, NULL);
        }
    }
    load_objects(scratch, from, AG_VIEW);
    load_objects(scratch, from, AG_TRIGGER);
}

bool ag_lite_scratch_open(const ag_schema *from, ag_lite_scratch **out, ag_error *err) {
    ag_lite_scratch *scratch = ag_xmalloc(sizeof *scratch);
    *scratch = (ag_lite_scratch){.arena = ag_arena_new()};
    *out = NULL;
    if (sqlite3_open(":memory:", &scratch->db) != SQLITE_OK) {
        ag_fail(err, AG_FAILED, "cannot open a scratch database: %s", sqlite3_errmsg(scratch->db));
        ag_lite_scratch_close(scratch);
        return false;
    }
    bool ok = ag_lite_scratch_exec(scratch, "PRAGMA foreign_keys = OFF", err) &&
              ag_lite_scratch_exec(scratch, "BEGIN", err);
    if (!ok) {
        ag_lite_scratch_close(scratch);
        return false;
    }
    load(scratch, from);
    *out = scratch;
    return true;
}

/* Prepares a query with up to two text parameters; NULL when it cannot be. */
static sqlite3_stmt *prepare(ag_lite_scratch *scratch, const char *sql, const char *a,
                             const char *b) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(scratch->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return NULL;
    }
    (void)sqlite3_bind_text(statement, 1, a, -1, SQLITE_STATIC);
    if (b != NULL) {
        (void)sqlite3_bind_text(statement, 2, b, -1, SQLITE_STATIC);
    }
    return statement;
}

char *ag_lite_scratch_text(ag_lite_scratch *scratch, ag_arena *arena, const char *type,
                           const char *name) {
    static const char sql[] =
        "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2 COLLATE NOCASE";
    char *text = NULL;
    sqlite3_stmt *statement = prepare(scratch, sql, type, name);
    if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        text = ag_arena_strdup(arena, (const char *)sqlite3_column_text(statement, 0));
    }
    (void)sqlite3_finalize(statement);
    return text;
}

bool ag_lite_scratch_can_read(ag_lite_scratch *scratch, const char *view) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "SELECT * FROM ");
    ag_lite_quote(&sql, view);
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(scratch->db, ag_buf_text(&sql), -1, &statement, NULL);
    (void)sqlite3_finalize(statement);
    ag_buf_release(&sql);
    return rc == SQLITE_OK;
}

void ag_lite_scratch_dependents(ag_lite_scratch *scratch, ag_arena *arena, const char *table,
                                ag_lite_stored_list *out) {
    static const char sql[] = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1 "
                              "COLLATE NOCASE AND sql IS NOT NULL"
                              " AND type IN ('index', 'trigger') ORDER BY type, rowid";
    sqlite3_stmt *statement = prepare(scratch, sql, table, NULL);
    while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        ag_lite_stored stored = {
            .type = ag_arena_strdup(arena, (const char *)sqlite3_column_text(statement, 0)),
            .name = ag_arena_strdup(arena, (const char *)sqlite3_column_text(statement, 1)),
            .sql = ag_arena_strdup(arena, (const char *)sqlite3_column_text(statement, 2)),
        };
        ag_vec_push(arena, out, stored);
    }
    (void)sqlite3_finalize(statement);
    for (size_t i = 0; i < scratch->left_out.n; i++) {
        const ag_lite_left_out *entry = &scratch->left_out.items[i];
        if (ag_text_ieq(entry->table, table) && !exists(scratch, entry->type, entry->name)) {
            ag_lite_stored stored = {entry->type, entry->name, entry->sql};
            ag_vec_push(arena, out, stored);
        }
    }
}

const ag_lite_left_out *ag_lite_scratch_left_out(const ag_lite_scratch *scratch, const char *type,
                                                 const char *name) {
    for (size_t i = 0; i < scratch->left_out.n; i++) {
        const ag_lite_left_out *entry = &scratch->left_out.items[i];
        if (strcmp(entry->type, type) == 0 && ag_text_ieq(entry->name, name)) {
            return entry;
        }
    }
    return NULL;
}
