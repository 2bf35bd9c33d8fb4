#include "revision/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "revision/file.h"

void ag_store_init(ag_store *store, ag_arena *arena, ag_conn *conn, const ag_dialect *dialect,
                   const char *schema, const char *table) {
    const char *ns = schema == NULL || schema[0] == '\0' ? NULL : ag_arena_strdup(arena, schema);
    *store = (ag_store){.conn = conn,
                        .dialect = dialect,
                        .schema = ns,
                        .table = ag_arena_strdup(arena, table),
                        .version_name = ag_dialect_name(arena, dialect, ns, table),
                        .history_name = ag_dialect_name(arena, dialect, ns, AG_HISTORY_TABLE)};
}

static bool exists(ag_store *store, const char *table, bool *known, ag_error *err) {
    return *known || store->conn == NULL ||
           store->conn->driver->has_table(store->conn, store->schema, table, known, err);
}

static bool exec(ag_store *store, ag_buf *sql, ag_error *err) {
    bool ok = ag_conn_exec(store->conn, ag_buf_text(sql), err);
    ag_buf_release(sql);
    return ok;
}

static bool query(ag_store *store, ag_buf *sql, ag_rows *rows, ag_error *err) {
    bool ok = ag_conn_query(store->conn, ag_buf_text(sql), NULL, 0, rows, err);
    ag_buf_release(sql);
    return ok;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool ag_store_rows(ag_store *store, ag_arena *arena, ag_strings *rows, ag_error *err) {
    if (!exists(store, store->table, &store->has_version, err)) {
        return false;
    }
    if (!store->has_version) {
        return true;
    }
    ag_rows found = {.arena = arena};
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "SELECT version_num FROM %s", store->version_name);
    if (!query(store, &sql, &found, err)) {
        return false;
    }
    for (size_t i = 0; i < found.rows.n; i++) {
        const char *row = found.rows.items[i][0];
        ag_vec_push(arena, rows, row == NULL ? "" : row);
    }
    if (rows->n > 0) { /* the server's order is that of its collation */
        qsort(rows->items, rows->n, sizeof *rows->items, by_text);
    }
    return true;
}

/* Columns of the history in the order they are read and written. */
#define COLUMNS                                                                                    \
    "revision, direction, part, checksum, state, started_at, duration_ms, applied_by, "            \
    "tool_version"

static const char *cell(const char *const *cells, size_t i) {
    return cells[i] == NULL ? "" : cells[i];
}

static bool read_history(ag_store *store, ag_buf *sql, ag_arena *arena, ag_history_entries *out,
                         ag_error *err) {
    ag_rows found = {.arena = arena};
    if (!query(store, sql, &found, err)) {
        return false;
    }
    for (size_t i = 0; i < found.rows.n; i++) {
        const char *const *cells = found.rows.items[i];
        ag_history_entry entry = {.revision = cell(cells, 0),
                                  .direction = cell(cells, 1),
                                  .part = (int)strtol(cell(cells, 2), NULL, 10),
                                  .checksum = cell(cells, 3),
                                  .state = cell(cells, 4),
                                  .started_at = cell(cells, 5),
                                  .duration_ms = strtoll(cell(cells, 6), NULL, 10),
                                  .applied_by = cell(cells, 7),
                                  .tool_version = cell(cells, 8)};
        ag_vec_push(arena, out, entry);
    }
    return true;
}

bool ag_store_history(ag_store *store, ag_arena *arena, ag_history_entries *out, ag_error *err) {
    if (!exists(store, AG_HISTORY_TABLE, &store->has_history, err)) {
        return false;
    }
    if (!store->has_history) {
        return true;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "SELECT " COLUMNS " FROM %s ORDER BY id", store->history_name);
    return read_history(store, &sql, arena, out, err);
}

bool ag_store_parts(ag_store *store, ag_arena *arena, const char *revision, const char *direction,
                    ag_history_entries *out, ag_error *err) {
    if (!exists(store, AG_HISTORY_TABLE, &store->has_history, err)) {
        return false;
    }
    if (!store->has_history) {
        return true;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "SELECT " COLUMNS " FROM %s WHERE revision = ", store->history_name);
    ag_sql_quote_string(&sql, revision);
    ag_buf_puts(&sql, " AND direction = ");
    ag_sql_quote_string(&sql, direction);
    ag_buf_puts(&sql, " AND part > 0 ORDER BY part");
    return read_history(store, &sql, arena, out, err);
}

static void put_constraint(const ag_store *store, ag_buf *buf, const char *table) {
    ag_buf name = AG_BUF_INIT;
    ag_buf_printf(&name, "%s_pkc", table);
    store->dialect->quote(buf, ag_buf_text(&name));
    ag_buf_release(&name);
}

void ag_store_create_sql(const ag_store *store, ag_buf *buf) {
    ag_buf_printf(buf, "CREATE TABLE %s (\n    version_num VARCHAR(32) NOT NULL,\n    CONSTRAINT ",
                  store->version_name);
    put_constraint(store, buf, store->table);
    ag_buf_puts(buf, " PRIMARY KEY (version_num)\n)");
}

static void create_history_sql(const ag_store *store, ag_buf *buf) {
    ag_buf_printf(buf,
                  "CREATE TABLE %s (\n"
                  "    id BIGINT NOT NULL,\n"
                  "    revision VARCHAR(255) NOT NULL,\n"
                  "    direction VARCHAR(16) NOT NULL,\n"
                  "    part INTEGER NOT NULL,\n"
                  "    checksum VARCHAR(64) NOT NULL,\n"
                  "    state VARCHAR(16) NOT NULL,\n"
                  "    started_at VARCHAR(32) NOT NULL,\n"
                  "    duration_ms BIGINT NOT NULL,\n"
                  "    applied_by VARCHAR(255) NOT NULL,\n"
                  "    tool_version VARCHAR(64) NOT NULL,\n"
                  "    CONSTRAINT ",
                  store->history_name);
    put_constraint(store, buf, AG_HISTORY_TABLE);
    ag_buf_puts(buf, " PRIMARY KEY (id)\n)");
}

bool ag_store_create(ag_store *store, ag_error *err) {
    bool has_version = store->has_version;
    bool has_history = store->has_history;
    if (!exists(store, store->table, &has_version, err) ||
        !exists(store, AG_HISTORY_TABLE, &has_history, err)) {
        return false;
    }
    ag_buf sql = AG_BUF_INIT;
    if (!has_version) {
        ag_store_create_sql(store, &sql);
        if (!exec(store, &sql, err)) {
            return ag_prefix(err, "cannot create the version table %s", store->version_name);
        }
    }
    if (!has_history) {
        create_history_sql(store, &sql);
        if (!exec(store, &sql, err)) {
            return ag_prefix(err, "cannot create the table %s", store->history_name);
        }
    }
    store->has_version = store->has_history = true;
    return true;
}

void ag_store_change_sql(const ag_store *store, const ag_row_change *change, ag_buf *buf) {
    switch (change->kind) {
    case AG_ROW_INSERT:
        ag_buf_printf(buf, "INSERT INTO %s (version_num) VALUES (", store->version_name);
        ag_sql_quote_string(buf, change->to);
        ag_buf_putc(buf, ')');
        return;
    case AG_ROW_UPDATE:
        ag_buf_printf(buf, "UPDATE %s SET version_num = ", store->version_name);
        ag_sql_quote_string(buf, change->to);
        break;
    case AG_ROW_DELETE:
        ag_buf_printf(buf, "DELETE FROM %s", store->version_name);
        break;
    }
    ag_buf_puts(buf, " WHERE version_num = ");
    ag_sql_quote_string(buf, change->from);
}

void ag_store_forget_sql(const ag_store *store, const char *revision, ag_buf *buf) {
    ag_buf_printf(buf, "DELETE FROM %s WHERE revision = ", store->history_name);
    ag_sql_quote_string(buf, revision);
}

static bool check_count(ag_store *store, const ag_row_change *change, ag_error *err) {
    long long n = (long long)store->conn->driver->changes(store->conn);
    if (change->kind == AG_ROW_INSERT || n == 1) {
        return true;
    }
    if (change->kind == AG_ROW_DELETE) {
        return ag_fail(err, AG_HISTORY,
                       "Online migration expected to match one row when deleting '%s' in '%s'; "
                       "%lld found",
                       change->from, store->table, n);
    }
    return ag_fail(err, AG_HISTORY,
                   "Online migration expected to match one row when updating '%s' to '%s' in "
                   "'%s'; %lld found",
                   change->from, change->to, store->table, n);
}

bool ag_store_change(ag_store *store, const ag_plan_step *step, ag_error *err) {
    for (size_t i = 0; i < step->changes.n; i++) {
        ag_buf sql = AG_BUF_INIT;
        ag_store_change_sql(store, &step->changes.items[i], &sql);
        if (!exec(store, &sql, err)) {
            return ag_prefix(err, "cannot change the version table %s", store->version_name);
        }
        if (!check_count(store, &step->changes.items[i], err)) {
            return false;
        }
    }
    return true;
}

bool ag_store_record(ag_store *store, const ag_history_entry *entry, ag_error *err) {
    const char *texts[] = {entry->revision,    entry->direction,  NULL, entry->checksum,
                           entry->state,       entry->started_at, NULL, entry->applied_by,
                           entry->tool_version};
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "INSERT INTO %s (id, " COLUMNS ") SELECT coalesce(max(id), 0) + 1",
                  store->history_name);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ag_buf_puts(&sql, ", ");
        if (texts[i] != NULL) {
            ag_sql_quote_string(&sql, texts[i]);
        } else {
            ag_buf_printf(&sql, "%lld", (long long)(i == 2 ? entry->part : entry->duration_ms));
        }
    }
    ag_buf_printf(&sql, " FROM %s", store->history_name);
    return exec(store, &sql, err);
}

bool ag_store_forget_part(ag_store *store, const char *revision, const char *direction, int part,
                          ag_error *err) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "DELETE FROM %s WHERE revision = ", store->history_name);
    ag_sql_quote_string(&sql, revision);
    ag_buf_puts(&sql, " AND direction = ");
    ag_sql_quote_string(&sql, direction);
    ag_buf_printf(&sql, " AND part = %d", part);
    return exec(store, &sql, err);
}

bool ag_store_forget_parts(ag_store *store, const char *revision, ag_error *err) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "DELETE FROM %s WHERE part > 0", store->history_name);
    if (revision != NULL) {
        ag_buf_puts(&sql, " AND revision = ");
        ag_sql_quote_string(&sql, revision);
    }
    return exec(store, &sql, err);
}
