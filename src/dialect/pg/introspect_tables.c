/* Tables and columns. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "schema/node.h"

/* Columns of the query of tables. */
enum {
    TABLE_OID,
    TABLE_NAMESPACE,
    TABLE_NAME,
    TABLE_PERSISTENCE,
    TABLE_OPTIONS,
    TABLE_TOAST_OPTIONS,
    TABLE_TABLESPACE,
    TABLE_METHOD,
    TABLE_REPLICA_IDENTITY,
    TABLE_ROW_SECURITY,
    TABLE_FORCE_ROW_SECURITY,
    TABLE_PARTITION_BY,
    TABLE_BOUND,
    TABLE_PARENT_NAMESPACES,
    TABLE_PARENTS,
    TABLE_COMMENT
};

static const char *replica_identity(const char *cell) {
    switch (cell[0]) {
    case 'f':
        return "full";
    case 'n':
        return "nothing";
    default:
        return NULL; /* 'i': the index says so */
    }
}

static void read_parents(ag_pg_reader *r, ag_pg_row row, ag_table *table) {
    ag_strings namespaces = {NULL, 0, 0};
    ag_strings names = {NULL, 0, 0};
    ag_pg_parse_array(r->scratch, row[TABLE_PARENT_NAMESPACES], &namespaces);
    ag_pg_parse_array(r->scratch, row[TABLE_PARENTS], &names);
    if (row[TABLE_BOUND] != NULL && names.n > 0) {
        table->parent_ns = ag_pg_keep_once(r, namespaces.items[0]);
        table->parent = ag_pg_keep_once(r, names.items[0]);
        table->bound = ag_pg_keep(r, row[TABLE_BOUND]);
        return;
    }
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < names.n; i++) {
        ag_buf_clear(&buf);
        ag_pg_put_name(&buf, namespaces.items[i], names.items[i]);
        ag_vec_push(r->arena, &table->inherits, ag_buf_copy(&buf, r->arena));
    }
    ag_buf_release(&buf);
}

static void read_table(ag_pg_reader *r, ag_pg_row row) {
    const char *ns = ag_pg_keep_once(r, row[TABLE_NAMESPACE]);
    ag_table *table = ag_schema_add_table(r->schema, NULL, row[TABLE_NAME]);
    table->ns = ns;
    table->unlogged = row[TABLE_PERSISTENCE][0] == 'u';
    ag_pg_keep_options(r, row[TABLE_OPTIONS], "", &table->options);
    ag_pg_keep_options(r, row[TABLE_TOAST_OPTIONS], "toast.", &table->options);
    table->tablespace = ag_pg_keep_once(r, row[TABLE_TABLESPACE]);
    table->access_method = ag_pg_keep_once(r, row[TABLE_METHOD]);
    table->replica_identity = replica_identity(row[TABLE_REPLICA_IDENTITY]);
    table->row_security = ag_pg_true(row[TABLE_ROW_SECURITY]);
    table->force_row_security = ag_pg_true(row[TABLE_FORCE_ROW_SECURITY]);
    table->partition_by = ag_pg_keep(r, row[TABLE_PARTITION_BY]);
    table->kind = table->partition_by == NULL ? AG_TABLE_PLAIN : AG_TABLE_PARTITIONED;
    table->comment = ag_pg_keep(r, row[TABLE_COMMENT]);
    if (row[TABLE_PARENTS] != NULL) {
        read_parents(r, row, table);
    }
    ag_pg_add_relation(r, row[TABLE_OID], ns, table->name)->table = table;
}

void ag_pg_read_tables(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_TABLES];
    for (size_t i = 0; i < rows->rows.n; i++) {
        read_table(r, rows->rows.items[i]);
    }
    ag_schema_cover(r->schema, AG_TABLE);
}

/* Columns of the query of columns. */
enum {
    COLUMN_RELATION,
    COLUMN_NUMBER,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_NOT_NULL,
    COLUMN_EXPR,
    COLUMN_IDENTITY,
    COLUMN_GENERATED,
    COLUMN_COLLATION,
    COLUMN_STORAGE,
    COLUMN_COMPRESSION,
    COLUMN_STATISTICS,
    COLUMN_OPTIONS,
    COLUMN_IS_LOCAL,
    COLUMN_COMMENT
};

static const char *storage(const char *cell) {
    switch (cell == NULL ? '\0' : cell[0]) {
    case 'p':
        return "plain";
    case 'e':
        return "external";
    case 'm':
        return "main";
    case 'x':
        return "extended";
    default:
        return NULL;
    }
}

static const char *compression(const char *cell) {
    switch (cell == NULL ? '\0' : cell[0]) {
    case 'p':
        return "pglz";
    case 'l':
        return "lz4";
    default:
        return NULL;
    }
}

static ag_identity_kind identity(const char *cell) {
    switch (cell[0]) {
    case 'a':
        return AG_IDENTITY_ALWAYS;
    case 'd':
        return AG_IDENTITY_BY_DEFAULT;
    default:
        return AG_IDENTITY_NONE;
    }
}

/* What a column computes: its default, or all of it. */
static void read_expr(const ag_pg_reader *r, ag_pg_row row, ag_column *column) {
    switch (row[COLUMN_GENERATED][0]) {
    case 's':
        column->generated = AG_GENERATED_STORED;
        column->generated_expr = ag_pg_keep_expr(r, row[COLUMN_EXPR]);
        break;
    case 'v':
        column->generated = AG_GENERATED_VIRTUAL;
        column->generated_expr = ag_pg_keep_expr(r, row[COLUMN_EXPR]);
        break;
    default:
        column->default_expr = ag_pg_keep_text(r, row[COLUMN_EXPR]);
    }
}

static ag_column *read_column(ag_pg_reader *r, ag_pg_row row) {
    ag_column *column = ag_arena_new_of(r->arena, ag_column);
    column->name = ag_pg_keep_once(r, row[COLUMN_NAME]);
    column->type = ag_pg_keep_once(r, row[COLUMN_TYPE]);
    column->nullable = !ag_pg_true(row[COLUMN_NOT_NULL]);
    if (row[COLUMN_EXPR] != NULL) {
        read_expr(r, row, column);
    }
    column->identity = identity(row[COLUMN_IDENTITY]);
    column->collation = ag_pg_keep_once(r, row[COLUMN_COLLATION]);
    column->storage = storage(row[COLUMN_STORAGE]);
    column->compression = compression(row[COLUMN_COMPRESSION]);
    column->statistics =
        row[COLUMN_STATISTICS] == NULL ? -1 : (int)ag_pg_number(row[COLUMN_STATISTICS]);
    ag_pg_keep_options(r, row[COLUMN_OPTIONS], "", &column->options);
    column->inherited = !ag_pg_true(row[COLUMN_IS_LOCAL]);
    column->comment = ag_pg_keep(r, row[COLUMN_COMMENT]);
    return column;
}

void ag_pg_put_column(const ag_pg_reader *r, ag_pg_relation *relation, size_t number,
                      ag_column *column) {
    while (relation->by_number.n < number) {
        ag_vec_push(r->scratch, &relation->by_number, NULL);
    }
    ag_vec_push(r->scratch, &relation->by_number, column);
}

static void add_column(ag_pg_reader *r, ag_pg_relation *relation, size_t number,
                       ag_column *column) {
    if (relation->table != NULL) {
        ag_vec_push(r->arena, &relation->table->columns, column);
    } else if (relation->composite != NULL) {
        ag_vec_push(r->arena, &relation->composite->attributes, column);
    } else if (relation->object != NULL) {
        ag_vec_push(r->arena, &relation->object->columns, column);
    }
    ag_pg_put_column(r, relation, number, column);
}

/* The rows of a relation follow each other, in order. */
void ag_pg_read_columns(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_COLUMNS];
    const char *last = "";
    ag_pg_relation *relation = NULL;
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        if (strcmp(row[COLUMN_RELATION], last) != 0) {
            last = row[COLUMN_RELATION];
            relation = ag_pg_relation_of(r, last);
        }
        if (relation != NULL) {
            add_column(r, relation, (size_t)ag_pg_number(row[COLUMN_NUMBER]), read_column(r, row));
        }
    }
    ag_schema_cover(r->schema, AG_COLUMN);
}
