/* CREATE texts. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/render.h"
#include "schema/node.h"

/* The lines between the parentheses of CREATE TABLE. */
static void begin_line(ag_buf *buf, size_t *n) {
    ag_buf_puts(buf, *n > 0 ? ",\n    " : "\n    ");
    (*n)++;
}

static bool is_in_key(const ag_table *table, const ag_column *column) {
    const ag_constraint *key = ag_table_primary_key(table);
    for (size_t i = 0; key != NULL && !key->inherited && i < key->keys.n; i++) {
        if (ag_text_eq(key->keys.items[i].column, column->name)) {
            return true;
        }
    }
    return false;
}

static size_t put_lines(ag_buf *buf, const ag_table *table) {
    size_t n = 0;
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (!column->inherited) {
            begin_line(buf, &n);
            ag_pg_put_column_text(buf, table->ns, column, !is_in_key(table, column));
        }
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (!table->constraints.items[i]->inherited) {
            begin_line(buf, &n);
            ag_pg_put_constraint(buf, table->constraints.items[i]);
        }
    }
    return n;
}

/* What follows the parentheses, one clause a line where there is much. */
static void put_table_clauses(ag_buf *buf, const ag_table *table) {
    for (size_t i = 0; i < table->inherits.n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : "\nINHERITS (");
        ag_buf_puts(buf, table->inherits.items[i]);
    }
    ag_buf_puts(buf, table->inherits.n > 0 ? ")" : "");
    if (table->partition_by != NULL) {
        ag_buf_puts(buf, "\nPARTITION BY ");
        ag_pg_put_expr(buf, table->partition_by, false);
    }
    if (table->access_method != NULL) {
        ag_buf_puts(buf, "\nUSING ");
        ag_pg_quote(buf, table->access_method);
    }
    if (table->options.n > 0) {
        ag_buf_puts(buf, "\nWITH ");
        ag_pg_put_options(buf, &table->options);
    }
    if (table->tablespace != NULL) {
        ag_buf_puts(buf, "\nTABLESPACE ");
        ag_pg_quote(buf, table->tablespace);
    }
}

void ag_pg_put_table(ag_buf *buf, const ag_table *table) {
    ag_buf_puts(buf, table->unlogged ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ");
    ag_pg_put_name(buf, table->ns, table->name);
    ag_buf lines = AG_BUF_INIT;
    size_t n = put_lines(&lines, table);
    if (table->parent != NULL) {
        ag_buf_puts(buf, " PARTITION OF ");
        ag_pg_put_name(buf, table->parent_ns, table->parent);
    }
    if (n > 0) {
        ag_buf_printf(buf, " (%s\n)", ag_buf_text(&lines));
    } else {
        ag_buf_puts(buf, table->parent != NULL ? "" : " ()");
    }
    ag_buf_release(&lines);
    if (table->parent != NULL) {
        ag_buf_puts(buf, n > 0 ? "\n" : " ");
        ag_pg_put_expr(buf, table->bound, false);
    }
    put_table_clauses(buf, table);
}

void ag_pg_put_index(ag_buf *buf, const char *ns, const char *table, const ag_index *index,
                     const ag_op_plan *plan) {
    ag_buf_puts(buf, index->unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    ag_buf_puts(buf, plan->concurrently ? "CONCURRENTLY " : "");
    ag_pg_quote(buf, index->name);
    ag_buf_puts(buf, plan->only ? " ON ONLY " : " ON ");
    ag_pg_put_name(buf, ns, table);
    if (index->method != NULL && !ag_text_ieq(index->method, "btree")) {
        ag_buf_puts(buf, " USING ");
        ag_pg_quote(buf, index->method);
    }
    ag_buf_putc(buf, ' ');
    ag_pg_put_keys(buf, &index->keys);
    if (index->include.n > 0) {
        ag_buf_puts(buf, " INCLUDE ");
        ag_pg_put_names(buf, &index->include);
    }
    ag_buf_puts(buf, index->nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    if (index->options.n > 0) {
        ag_buf_puts(buf, " WITH ");
        ag_pg_put_options(buf, &index->options);
    }
    if (index->tablespace != NULL) {
        ag_buf_puts(buf, " TABLESPACE ");
        ag_pg_quote(buf, index->tablespace);
    }
    if (index->where != NULL) {
        ag_buf_puts(buf, " WHERE ");
        ag_pg_put_expr(buf, index->where, true);
    }
}

void ag_pg_put_enum(ag_buf *buf, const ag_enum *it) {
    ag_buf_puts(buf, "CREATE TYPE ");
    ag_pg_put_name(buf, it->ns, it->name);
    ag_buf_puts(buf, " AS ENUM (");
    for (size_t i = 0; i < it->values.n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : "");
        ag_sql_quote_string(buf, it->values.items[i].name);
    }
    ag_buf_putc(buf, ')');
}

void ag_pg_put_domain(ag_buf *buf, const ag_domain *domain) {
    ag_buf_puts(buf, "CREATE DOMAIN ");
    ag_pg_put_name(buf, domain->ns, domain->name);
    ag_buf_printf(buf, " AS %s", domain->type);
    if (domain->collation != NULL) {
        ag_buf_puts(buf, " COLLATE ");
        ag_pg_put_collation(buf, domain->collation);
    }
    if (domain->default_expr != NULL) {
        ag_pg_put_default(buf, domain->default_expr);
    }
    ag_buf_puts(buf, domain->nullable ? "" : " NOT NULL");
    for (size_t i = 0; i < domain->checks.n; i++) {
        if (!domain->checks.items[i]->not_valid) {
            ag_buf_puts(buf, "\n    ");
            ag_pg_put_constraint(buf, domain->checks.items[i]);
        }
    }
}

void ag_pg_put_composite(ag_buf *buf, const ag_composite *composite) {
    ag_buf_puts(buf, "CREATE TYPE ");
    ag_pg_put_name(buf, composite->ns, composite->name);
    ag_buf_puts(buf, " AS (");
    size_t n = 0;
    for (; n < composite->attributes.n;) {
        const ag_column *attribute = composite->attributes.items[n];
        begin_line(buf, &n);
        ag_pg_quote(buf, attribute->name);
        ag_buf_printf(buf, " %s", attribute->type);
        if (attribute->collation != NULL) {
            ag_buf_puts(buf, " COLLATE ");
            ag_pg_put_collation(buf, attribute->collation);
        }
    }
    ag_buf_puts(buf, n > 0 ? "\n)" : ")");
}

void ag_pg_put_sequence(ag_buf *buf, const ag_sequence *sequence) {
    ag_buf_puts(buf, sequence->unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ");
    ag_pg_put_name(buf, sequence->ns, sequence->name);
    if (sequence->type != NULL && !ag_text_eq(sequence->type, "bigint")) {
        ag_buf_printf(buf, " AS %s", sequence->type);
    }
    ag_pg_put_sequence_options(buf, &sequence->options);
}
