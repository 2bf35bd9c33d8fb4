/*
 * Introspection: one query over sqlite_schema; all else is read out of the stored texts. The
 * pragmas cost several times as much and hide names, checks and conflict clauses.
 */
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "schema/node.h"

enum { TYPE, NAME, TABLE, SQL };

typedef struct reader {
    ag_conn *conn;
    ag_schema *schema;
    ag_arena *scratch;
    ag_rows rows;
    ag_map tables;    /* folded name -> ag_table. */
    ag_map virtuals;  /* folded name of a virtual table -> its name. */
    ag_map shadows;   /* folded names of shadow tables. */
    ag_map untouched; /* folded names of tables that are not managed. */
} reader;

static const char *fold(reader *r, const char *name) {
    return ag_text_lower(r->scratch, name);
}

static bool is_internal(const char *name) {
    return ag_text_istarts(name, "sqlite_");
}

static void leave_alone(reader *r, const char *what, const char *name) {
    ag_schema_add_unmanaged(r->schema, what, name);
    ag_map_put(&r->untouched, fold(r, name), r);
}

static void find_virtual_tables(reader *r) {
    for (size_t i = 0; i < r->rows.rows.n; i++) {
        const char **row = r->rows.rows.items[i];
        if (strcmp(row[TYPE], "table") == 0 && row[SQL] != NULL &&
            ag_lite_statement_of(row[SQL]) == AG_LITE_CREATE_VIRTUAL) {
            ag_map_put(&r->virtuals, fold(r, row[NAME]), (void *)row);
        }
    }
}

/* Shadow tables of modules that may not be loaded here: SQLite knows only those of its own. */
static const struct {
    const char *module;
    const char *suffix;
} well_known[] = {
    {"fts3", "content"},    {"fts3", "segments"}, {"fts3", "segdir"},    {"fts3", "stat"},
    {"fts3", "docsize"},    {"fts4", "content"},  {"fts4", "segments"},  {"fts4", "segdir"},
    {"fts4", "stat"},       {"fts4", "docsize"},  {"fts5", "data"},      {"fts5", "idx"},
    {"fts5", "content"},    {"fts5", "docsize"},  {"fts5", "config"},    {"rtree", "node"},
    {"rtree", "parent"},    {"rtree", "rowid"},   {"rtree_i32", "node"}, {"rtree_i32", "parent"},
    {"rtree_i32", "rowid"}, {"geopoly", "node"},  {"geopoly", "parent"}, {"geopoly", "rowid"},
    {"spellfix1", "vocab"},
};

static void add_well_known(reader *r, const char *name, const char *sql) {
    ag_lite_virtual parsed;
    if (!ag_lite_parse_virtual(r->scratch, sql, &parsed, NULL)) {
        return;
    }
    for (size_t i = 0; i < sizeof well_known / sizeof well_known[0]; i++) {
        if (ag_text_ieq(parsed.module.text, well_known[i].module)) {
            ag_map_put(&r->shadows,
                       ag_arena_printf(r->scratch, "%s_%s", name, well_known[i].suffix), r);
        }
    }
}

static bool find_shadow_tables(reader *r, ag_error *err) {
    static const char sql[] = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND"
                              " type = 'shadow'";
    ag_rows rows = {.arena = r->scratch};
    if (!ag_conn_query(r->conn, sql, NULL, 0, &rows, err)) {
        return false;
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        ag_map_put(&r->shadows, fold(r, rows.rows.items[i][0]), r);
    }
    for (size_t i = 0; i < r->virtuals.n; i++) {
        const char **row = r->virtuals.entries[i].value;
        add_well_known(r, r->virtuals.entries[i].key, row[SQL]);
    }
    return true;
}

static void read_table(reader *r, const char **row) {
    const char *name = row[NAME];
    ag_table *table = NULL;
    if (is_internal(name)) {
        return;
    }
    if (ag_map_has(&r->virtuals, fold(r, name))) {
        leave_alone(r, "virtual table", name);
        ag_unmanaged *last = &r->schema->unmanaged.items[r->schema->unmanaged.n - 1];
        last->sql = ag_arena_strdup(r->schema->arena, row[SQL]);
    } else if (ag_map_has(&r->shadows, fold(r, name))) {
        leave_alone(r, "shadow table", name);
    } else if (row[SQL] == NULL || !ag_lite_add_table(r->schema, row[SQL], &table, NULL)) {
        leave_alone(r, "table whose text cannot be read", name);
    } else {
        table->name = ag_arena_strdup(r->schema->arena, name);
        ag_map_put(&r->tables, fold(r, name), table);
    }
}

static void read_index(reader *r, const char **row) {
    ag_table *table = ag_map_get(&r->tables, fold(r, row[TABLE]));
    if (table == NULL || row[SQL] == NULL) {
        return;
    }
    if (!ag_lite_add_index(r->schema, table, row[SQL], NULL)) {
        ag_schema_add_unmanaged(r->schema, "index whose text cannot be read", row[NAME]);
        return;
    }
    table->indexes.items[table->indexes.n - 1]->name = ag_arena_strdup(r->schema->arena, row[NAME]);
}

static void read_object(reader *r, ag_kind kind, const char **row) {
    if (row[SQL] == NULL || ag_map_has(&r->untouched, fold(r, row[TABLE]))) {
        return;
    }
    ag_object *object = ag_schema_add_object(r->schema, kind, NULL, row[NAME]);
    object->definition = ag_arena_strdup(r->schema->arena, row[SQL]);
    if (kind == AG_TRIGGER) {
        object->table = ag_arena_strdup(r->schema->arena, row[TABLE]);
    }
}

/* Tables first: an index may stand before its table in a file that was written to by hand. */
static void read_rows(reader *r) {
    for (size_t i = 0; i < r->rows.rows.n; i++) {
        if (strcmp(r->rows.rows.items[i][TYPE], "table") == 0) {
            read_table(r, r->rows.rows.items[i]);
        }
    }
    for (size_t i = 0; i < r->rows.rows.n; i++) {
        const char **row = r->rows.rows.items[i];
        if (strcmp(row[TYPE], "index") == 0) {
            read_index(r, row);
        } else if (strcmp(row[TYPE], "view") == 0) {
            read_object(r, AG_VIEW, row);
        } else if (strcmp(row[TYPE], "trigger") == 0) {
            read_object(r, AG_TRIGGER, row);
        }
    }
}

static void cover(ag_schema *schema) {
    static const ag_kind kinds[] = {AG_TABLE, AG_COLUMN, AG_CONSTRAINT,
                                    AG_INDEX, AG_VIEW,   AG_TRIGGER};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        ag_schema_cover(schema, kinds[i]);
    }
}

/* Numbers in the header of the file that programs give a meaning to. */
static bool find_pragmas(reader *r, ag_error *err) {
    static const char sql[] =
        "SELECT 'user_version = ' || user_version FROM pragma_user_version"
        " WHERE user_version <> 0 UNION ALL "
        "SELECT 'application_id = ' || application_id FROM pragma_application_id"
        " WHERE application_id <> 0";
    ag_rows rows = {.arena = r->scratch};
    bool ok = ag_conn_query(r->conn, sql, NULL, 0, &rows, err);
    for (size_t i = 0; ok && i < rows.rows.n; i++) {
        ag_schema_add_unmanaged(r->schema, AG_UNMANAGED_PRAGMA, rows.rows.items[i][0]);
    }
    return ok;
}

bool ag_lite_introspect(ag_conn *conn, const ag_introspect_options *options, ag_schema **out,
                        ag_error *err) {
    static const char sql[] = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
                              " WHERE type IS NOT NULL AND name IS NOT NULL AND"
                              " tbl_name IS NOT NULL ORDER BY rowid";
    (void)options;
    reader r = {.conn = conn, .scratch = ag_arena_new()};
    r.schema = ag_schema_new("sqlite");
    r.rows.arena = r.scratch;
    cover(r.schema);
    bool ok = ag_conn_query(conn, sql, NULL, 0, &r.rows, err);
    if (ok) {
        find_virtual_tables(&r);
        ok = (r.virtuals.n == 0 || find_shadow_tables(&r, err)) && find_pragmas(&r, err);
    }
    if (ok) {
        read_rows(&r);
        *out = r.schema;
    } else {
        ag_schema_free(r.schema);
    }
    ag_map_release(&r.tables);
    ag_map_release(&r.virtuals);
    ag_map_release(&r.shadows);
    ag_map_release(&r.untouched);
    ag_arena_free(r.scratch);
    return ok;
}
