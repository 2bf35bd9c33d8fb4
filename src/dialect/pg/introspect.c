/* Reading the catalogs: one transaction, one pipeline, rows merged by oid. */
#include "dialect/pg/introspect.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/str.h"
#include "schema/node.h"
#include "sql/lists.h"
#include "sql/normal.h"

static const char *const files[AG_PG_N_QUERIES] = {
    [AG_PG_NAMESPACES] = "pg_namespaces.sql",
    [AG_PG_EXTENSIONS] = "pg_extensions.sql",
    [AG_PG_TYPES] = "pg_types.sql",
    [AG_PG_ENUM_VALUES] = "pg_enum_values.sql",
    [AG_PG_VIEWS] = "pg_views.sql",
    [AG_PG_FOREIGN_TABLES] = "pg_foreign_tables.sql",
    [AG_PG_TABLES] = "pg_tables.sql",
    [AG_PG_COLUMNS] = "pg_columns.sql",
    [AG_PG_SEQUENCES] = "pg_sequences.sql",
    [AG_PG_INDEXES] = "pg_indexes.sql",
    [AG_PG_INDEX_KEYS] = "pg_index_keys.sql",
    [AG_PG_CONSTRAINTS] = "pg_constraints.sql",
    [AG_PG_REFERENCE_COLUMNS] = "pg_reference_columns.sql",
    [AG_PG_ROUTINES] = "pg_routines.sql",
    [AG_PG_TRIGGERS] = "pg_triggers.sql",
    [AG_PG_OTHERS] = "pg_others.sql",
    [AG_PG_OPERATORS] = "pg_operators.sql",
    [AG_PG_DEPENDS] = "pg_depends.sql",
    [AG_PG_ACCESS] = "pg_access.sql",
    [AG_PG_UNMANAGED] = "pg_unmanaged.sql",
};

/* Settings that the texts of the catalogs depend on, and what they are while we read. */
static const struct {
    const char *name;
    const char *value;
} settings[] = {
    {"search_path", ""},      {"datestyle", "ISO, MDY"}, {"intervalstyle", "postgres"},
    {"timezone", "UTC"},      {"bytea_output", "hex"},   {"extra_float_digits", "3"},
    {"xmloption", "content"}, {"lc_monetary", "C"},      {"quote_all_identifiers", "off"},
    {"jit", "off"},           {"work_mem", "32MB"},      {"autogen.namespaces", ""},
};
enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

/* One line; "EXPRESSION, -- since 15, else OTHER" becomes "OTHER," on an older server. */
static void put_line(ag_buf *buf, ag_str line, int version) {
    static const char mark[] = " -- since ";
    static const char otherwise[] = ", else ";
    const char *since = memmem(line.p, line.n, mark, sizeof mark - 1);
    const char *other = since == NULL ? NULL
                                      : memmem(since, (size_t)(line.p + line.n - since), otherwise,
                                               sizeof otherwise - 1);
    if (other == NULL || strtol(since + sizeof mark - 1, NULL, 10) * 10000 <= version) {
        ag_buf_putn(buf, line.p, line.n);
        return;
    }
    other += sizeof otherwise - 1;
    ag_buf_putn(buf, other, (size_t)(line.p + line.n - other));
    if (since[-1] == ',') {
        ag_buf_putc(buf, ',');
    }
}

char *ag_pg_query_text(ag_arena *arena, ag_pg_query query, int version) {
    const ag_embedded *file = ag_embedded_find(ag_embedded_sql, files[query]);
    ag_buf buf = AG_BUF_INIT;
    const char *end = file->text + file->n;
    for (const char *at = file->text; at < end;) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((line_end == NULL ? end : line_end) - at);
        put_line(&buf, (ag_str){at, n}, version);
        ag_buf_putc(&buf, '\n');
        at += n + 1;
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

bool ag_pg_true(const char *cell) {
    return cell != NULL && cell[0] == 't';
}

long ag_pg_number(const char *cell) {
    return cell == NULL ? 0 : strtol(cell, NULL, 10);
}

const char *ag_pg_keep(const ag_pg_reader *r, const char *cell) {
    return ag_arena_strdup(r->arena, cell);
}

const char *ag_pg_keep_once(ag_pg_reader *r, const char *cell) {
    if (cell == NULL) {
        return NULL;
    }
    char *known = ag_map_get(&r->texts, cell);
    if (known == NULL) {
        known = ag_arena_strdup(r->arena, cell);
        ag_map_put(&r->texts, known, known);
    }
    return known;
}

const char *ag_pg_keep_expr(const ag_pg_reader *r, const char *cell) {
    if (cell == NULL) {
        return NULL;
    }
    ag_str inner = ag_sql_strip_parens(AG_SQL_POSTGRES, ag_str_of(cell));
    return ag_sql_may_have_lists(cell)
               ? ag_pg_keep_text(r, ag_arena_strndup(r->scratch, inner.p, inner.n))
               : ag_arena_strndup(r->arena, inner.p, inner.n);
}

const char *ag_pg_keep_text(const ag_pg_reader *r, const char *cell) {
    if (cell == NULL || !ag_sql_may_have_lists(cell)) {
        return ag_pg_keep(r, cell);
    }
    ag_buf buf = AG_BUF_INIT;
    ag_sql_put_plain_lists(&buf, cell, AG_SQL_LISTS_CAST);
    const char *text = ag_buf_copy(&buf, r->arena);
    ag_buf_release(&buf);
    return text;
}

ag_pg_numbers ag_pg_keep_numbers(const ag_pg_reader *r, const char *cell) {
    ag_pg_numbers numbers = {NULL, 0, 0};
    for (const char *at = cell == NULL ? "" : cell; *at != '\0';) {
        if (ag_is_digit(*at) || *at == '-') {
            char *end = NULL;
            ag_vec_push(r->scratch, &numbers, (int)strtol(at, &end, 10));
            at = end > at ? end : at + 1;
        } else {
            at++;
        }
    }
    return numbers;
}

void ag_pg_keep_options(const ag_pg_reader *r, const char *cell, const char *prefix,
                        ag_options *out) {
    ag_strings list = {NULL, 0, 0};
    if (cell != NULL) {
        ag_pg_parse_array(r->scratch, cell, &list);
    }
    for (size_t i = 0; i < list.n; i++) {
        if (ag_text_starts(list.items[i], "pg_attver=")) {
            continue; /* the server's own note on an attribute */
        }
        const char *equal = strchr(list.items[i], '=');
        size_t n = equal == NULL ? strlen(list.items[i]) : (size_t)(equal - list.items[i]);
        ag_option option = {
            .name = ag_arena_printf(r->arena, "%s%.*s", prefix, (int)n, list.items[i]),
            .value = ag_pg_keep(r, equal == NULL ? "" : equal + 1),
        };
        ag_vec_push(r->arena, out, option);
    }
}

ag_pg_relation *ag_pg_relation_of(const ag_pg_reader *r, const char *oid) {
    return ag_map_get(&r->relations, oid);
}

ag_pg_relation *ag_pg_add_relation(ag_pg_reader *r, const char *oid, const char *ns,
                                   const char *name) {
    ag_pg_relation *relation = ag_arena_new_of(r->scratch, ag_pg_relation);
    relation->ns = ns;
    relation->name = name;
    ag_map_put(&r->relations, oid, relation);
    return relation;
}

ag_column *ag_pg_column_of(const ag_pg_relation *relation, long number) {
    return number >= 0 && (size_t)number < relation->by_number.n ? relation->by_number.items[number]
                                                                 : NULL;
}

char *ag_pg_identity(const ag_pg_reader *r, const char *class, const char *oid) {
    return ag_arena_printf(r->scratch, "%s %s", class, oid);
}

void ag_pg_put_key(ag_pg_reader *r, const char *class, const char *oid, ag_kind kind,
                   const char *ns, const char *name) {
    ag_map_put(&r->keys, ag_pg_identity(r, class, oid), ag_node_key(r->scratch, kind, ns, name));
}

static void read_all(ag_pg_reader *r) {
    ag_pg_read_namespaces(r);
    ag_pg_read_types(r);
    ag_pg_read_tables(r);
    ag_pg_read_views(r);
    ag_pg_read_columns(r);
    ag_pg_read_sequences(r);
    ag_pg_read_indexes(r);
    ag_pg_read_constraints(r);
    ag_pg_read_objects(r);
    ag_pg_read_dependencies(r);
    ag_pg_read_access(r);
    ag_pg_read_unmanaged(r);
}

/* The statement that makes all settings at once, for the rest of the transaction. */
static char *set_settings(ag_arena *arena, const char *const values[N_SETTINGS]) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < N_SETTINGS; i++) {
        ag_buf_puts(&buf, i == 0 ? "SELECT " : ", ");
        ag_buf_puts(&buf, "pg_catalog.set_config(");
        ag_sql_quote_string(&buf, settings[i].name);
        ag_buf_puts(&buf, ", ");
        ag_sql_quote_string(&buf, values[i]);
        ag_buf_puts(&buf, ", true)");
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

/* A text[] literal of names. */
static char *array_of(ag_arena *arena, const ag_strings *names) {
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < names->n; i++) {
        ag_buf_puts(&buf, i == 0 ? "{\"" : ",\"");
        for (const char *c = names->items[i]; *c != '\0'; c++) {
            if (*c == '"' || *c == '\\') {
                ag_buf_putc(&buf, '\\');
            }
            ag_buf_putc(&buf, *c);
        }
        ag_buf_putc(&buf, '"');
    }
    ag_buf_puts(&buf, names->n == 0 ? "" : "}");
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

/* Version of the server and the present values of the settings. */
static bool ask_settings(ag_conn *conn, ag_pg_reader *r, const char *values[N_SETTINGS],
                         ag_error *err) {
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, "SELECT pg_catalog.current_setting('server_version_num')");
    for (size_t i = 0; i < N_SETTINGS; i++) {
        ag_buf_printf(&buf, ", pg_catalog.current_setting('%s', true)", settings[i].name);
    }
    ag_rows rows = {.arena = r->scratch};
    bool ok = ag_conn_query(conn, ag_buf_text(&buf), NULL, 0, &rows, err);
    ag_buf_release(&buf);
    if (!ok) {
        return false;
    }
    if (rows.rows.n != 1 || rows.n_columns != N_SETTINGS + 1) {
        return ag_fail(err, AG_DATABASE, "the server does not say what version it is");
    }
    r->version = (int)ag_pg_number(rows.rows.items[0][0]);
    for (size_t i = 0; i < N_SETTINGS; i++) {
        const char *value = rows.rows.items[0][i + 1];
        values[i] = value == NULL ? "" : value;
    }
    return r->version >= 120000 ||
           ag_fail(err, AG_DATABASE, "the server is older than PostgreSQL 12 (%d)", r->version);
}

static bool is_asked(unsigned queries, size_t query) {
    return (queries >> query & 1) != 0;
}

/* Around the queries: BEGIN and the settings; COMMIT, or the settings as they were. */
static bool ask_catalogs(ag_conn *conn, const ag_introspect_options *options, unsigned queries,
                         ag_pg_reader *r, ag_error *err) {
    const char *saved[N_SETTINGS];
    const char *wanted[N_SETTINGS];
    if (!ask_settings(conn, r, saved, err)) {
        return false;
    }
    for (size_t i = 0; i < N_SETTINGS; i++) {
        bool is_filter = i == N_SETTINGS - 1 && options != NULL;
        wanted[i] = is_filter ? array_of(r->scratch, &options->namespaces) : settings[i].value;
    }
    bool is_inside = conn->driver->in_transaction(conn);
    const char *sql[AG_PG_N_QUERIES + 3];
    ag_rows rows[AG_PG_N_QUERIES + 3];
    size_t n = 0;
    sql[n++] = is_inside ? "" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    sql[n++] = set_settings(r->scratch, wanted);
    for (size_t i = 0; i < AG_PG_N_QUERIES; i++) {
        if (is_asked(queries, i)) {
            sql[n++] = ag_pg_query_text(r->scratch, (ag_pg_query)i, r->version);
        }
    }
    sql[n++] = is_inside ? set_settings(r->scratch, saved) : "COMMIT";
    for (size_t i = 0; i < n; i++) {
        rows[i] = (ag_rows){.arena = r->scratch};
    }
    if (!ag_conn_query_many(conn, sql, n, rows, err)) {
        if (!is_inside) {
            conn->driver->rollback(conn);
        }
        return ag_prefix(err, "cannot read the catalogs");
    }
    n = 2;
    for (size_t i = 0; i < AG_PG_N_QUERIES; i++) {
        if (is_asked(queries, i)) {
            r->rows[i] = rows[n++];
        }
    }
    return true;
}

bool ag_pg_introspect_some(ag_conn *conn, const ag_introspect_options *options, unsigned queries,
                           ag_schema **out, ag_error *err) {
    ag_pg_reader r = {.scratch = ag_arena_new()};
    *out = NULL;
    bool ok = ask_catalogs(conn, options, queries, &r, err);
    if (ok) {
        r.schema = ag_schema_new(ag_dialect_postgresql.name);
        r.arena = r.schema->arena;
        r.schema->server_version = r.version;
        read_all(&r);
        *out = r.schema;
    }
    ag_map_release(&r.texts);
    ag_map_release(&r.relations);
    ag_map_release(&r.types);
    ag_map_release(&r.indexes);
    ag_map_release(&r.objects);
    ag_map_release(&r.keys);
    ag_arena_free(r.scratch);
    return ok;
}

bool ag_pg_introspect(ag_conn *conn, const ag_introspect_options *options, ag_schema **out,
                      ag_error *err) {
    return ag_pg_introspect_some(conn, options, (1u << AG_PG_N_QUERIES) - 1, out, err);
}

bool ag_pg_namespaces(ag_conn *conn, ag_arena *arena, ag_strings *out, ag_error *err) {
    static const char sql[] = "SELECT n.nspname FROM pg_catalog.pg_namespace n "
                              "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
                              "ORDER BY 1";
    ag_rows rows = {.arena = arena};
    if (!ag_conn_query(conn, sql, NULL, 0, &rows, err)) {
        return false;
    }
    for (size_t i = 0; i < rows.rows.n; i++) {
        ag_vec_push(arena, out, rows.rows.items[i][0]);
    }
    return true;
}
