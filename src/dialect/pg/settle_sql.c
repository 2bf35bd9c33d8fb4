/* Statements that try doubtful texts on temporary tables and domains. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/render.h"
#include "dialect/pg/settle.h"
#include "schema/node.h"
#include "sql/normal.h"

/* The name of the temporary namespace that every session knows. */
static const char temporary[] = "pg_temp";

static const char *finish(ag_pg_settler *s, ag_buf *buf) {
    const char *text = ag_buf_copy(buf, s->scratch);
    ag_buf_release(buf);
    return text;
}

/* What a type is called here, or NULL when the database does not have it. */
static const char *type_of(const ag_pg_settler *s, const char *type) {
    const char *known = ag_map_get(&s->types, type);
    return known == NULL ? type : known[0] == '\0' ? NULL : known;
}

/* A column of a type that is not there yet: nothing that uses it can be tried. */
static bool uses_missing_type(const ag_pg_settler *s, const ag_table *table, const char *expr) {
    for (size_t i = 0; expr != NULL && i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (type_of(s, column->type) == NULL &&
            ag_sql_refers_to(AG_SQL_POSTGRES, expr, column->name)) {
            return true;
        }
    }
    return false;
}

static bool keys_use_missing_type(const ag_pg_settler *s, const ag_table *table,
                                  const ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        const char *text = key->expr;
        ag_buf buf = AG_BUF_INIT;
        if (key->column != NULL) {
            ag_sql_quote_ident(&buf, AG_SQL_POSTGRES, key->column, true);
            text = ag_buf_text(&buf);
        }
        bool is_missing = uses_missing_type(s, table, text);
        ag_buf_release(&buf);
        if (is_missing) {
            return true;
        }
    }
    return false;
}

static void put_columns(const ag_pg_settler *s, ag_buf *buf, const ag_table *table) {
    ag_buf_puts(buf, " (");
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        const char *type = type_of(s, column->type);
        ag_buf_puts(buf, i == 0 ? "" : ", ");
        ag_pg_quote(buf, column->name);
        ag_buf_printf(buf, " %s", type == NULL ? "text" : type);
        if (column->collation != NULL && type != NULL) {
            ag_buf_puts(buf, " COLLATE ");
            ag_pg_put_collation(buf, column->collation);
        }
    }
    ag_buf_putc(buf, ')');
}

const char *ag_pg_trial_create(ag_pg_settler *s, const ag_pg_trial *trial) {
    ag_buf buf = AG_BUF_INIT;
    if (trial->table != NULL) {
        ag_buf_puts(&buf, "CREATE TEMP TABLE ");
        ag_pg_quote(&buf, trial->table->name);
        put_columns(s, &buf, trial->table);
        return finish(s, &buf);
    }
    const ag_domain *domain = trial->domain;
    ag_buf_puts(&buf, "CREATE DOMAIN ");
    ag_pg_put_name(&buf, temporary, domain->name);
    ag_buf_printf(&buf, " AS %s", domain->type);
    if (domain->collation != NULL) {
        ag_buf_puts(&buf, " COLLATE ");
        ag_pg_put_collation(&buf, domain->collation);
    }
    return finish(s, &buf);
}

static void put_alter(ag_buf *buf, const ag_pg_trial *trial) {
    ag_buf_puts(buf, trial->table != NULL ? "ALTER TABLE " : "ALTER DOMAIN ");
    ag_pg_put_name(buf, temporary, trial->table != NULL ? trial->table->name : trial->domain->name);
}

static void put_default(ag_buf *buf, const ag_pg_trial *trial, const ag_column *column) {
    put_alter(buf, trial);
    if (column != NULL) {
        ag_buf_puts(buf, " ALTER COLUMN ");
        ag_pg_quote(buf, column->name);
    }
    ag_buf_puts(buf, " SET DEFAULT ");
    ag_pg_put_expr(buf, column != NULL ? column->default_expr : trial->domain->default_expr, true);
}

/* Replacing the column is the only way to make one generated; nothing else is on it yet. */
static void put_generated(const ag_pg_settler *s, ag_buf *buf, const ag_pg_trial *trial,
                          const ag_column *column) {
    put_alter(buf, trial);
    ag_buf_puts(buf, " DROP COLUMN ");
    ag_pg_quote(buf, column->name);
    ag_buf_puts(buf, ", ADD COLUMN ");
    ag_pg_quote(buf, column->name);
    ag_buf_printf(buf, " %s", type_of(s, column->type));
    if (column->collation != NULL) {
        ag_buf_puts(buf, " COLLATE ");
        ag_pg_put_collation(buf, column->collation);
    }
    ag_buf_puts(buf, " GENERATED ALWAYS AS ");
    ag_pg_put_expr(buf, column->generated_expr, true);
    ag_buf_puts(buf, " STORED");
}

static const char *add_column_text(ag_pg_settler *s, const ag_pg_trial *trial,
                                   const ag_pg_doubt *doubt) {
    const ag_column *column = doubt->column;
    ag_buf buf = AG_BUF_INIT;
    if (type_of(s, column->type) == NULL ||
        uses_missing_type(s, trial->table, column->generated_expr)) {
        return NULL;
    }
    if (doubt->kind == AG_PG_DOUBT_GENERATED) {
        put_generated(s, &buf, trial, column);
    } else {
        put_default(&buf, trial, column);
    }
    return finish(s, &buf);
}

/* Options and tablespaces are as they are: only the expressions are tried. */
static const char *add_constraint(ag_pg_settler *s, const ag_pg_trial *trial,
                                  const ag_constraint *constraint) {
    if (trial->table != NULL && (uses_missing_type(s, trial->table, constraint->expr) ||
                                 uses_missing_type(s, trial->table, constraint->where) ||
                                 keys_use_missing_type(s, trial->table, &constraint->keys))) {
        return NULL;
    }
    ag_constraint plain = *constraint;
    plain.tablespace = NULL;
    plain.comment = NULL;
    plain.not_valid = false;
    plain.options = (ag_options){NULL, 0, 0};
    ag_buf buf = AG_BUF_INIT;
    put_alter(&buf, trial);
    ag_buf_puts(&buf, " ADD ");
    ag_pg_put_constraint(&buf, &plain);
    return finish(s, &buf);
}

static const char *add_index(ag_pg_settler *s, const ag_pg_trial *trial, const ag_index *index) {
    static const ag_op_plan at_once = {.concurrently = false};
    if (uses_missing_type(s, trial->table, index->where) ||
        keys_use_missing_type(s, trial->table, &index->keys)) {
        return NULL;
    }
    ag_index plain = *index;
    plain.tablespace = NULL;
    plain.options = (ag_options){NULL, 0, 0};
    ag_buf buf = AG_BUF_INIT;
    ag_pg_put_index(&buf, temporary, trial->table->name, &plain, &at_once);
    return finish(s, &buf);
}

const char *ag_pg_trial_add(ag_pg_settler *s, const ag_pg_trial *trial, const ag_pg_doubt *doubt) {
    ag_buf buf = AG_BUF_INIT;
    switch (doubt->kind) {
    case AG_PG_DOUBT_DEFAULT:
    case AG_PG_DOUBT_GENERATED:
        return add_column_text(s, trial, doubt);
    case AG_PG_DOUBT_CONSTRAINT:
        return add_constraint(s, trial, doubt->constraint);
    case AG_PG_DOUBT_INDEX:
        return add_index(s, trial, doubt->index);
    case AG_PG_DOUBT_DOMAIN_DEFAULT:
        put_default(&buf, trial, NULL);
        return finish(s, &buf);
    case AG_PG_DOUBT_TYPE:
    case AG_PG_DOUBT_PARTITION_BY:
    case AG_PG_DOUBT_BOUND:
        break;
    }
    return NULL;
}

bool ag_pg_is_shape(const ag_pg_doubt *doubt) {
    return doubt->kind == AG_PG_DOUBT_PARTITION_BY || doubt->kind == AG_PG_DOUBT_BOUND;
}

static bool has_doubt(const ag_pg_trial *trial, ag_pg_doubt_kind kind) {
    for (size_t i = 0; i < trial->doubts.n; i++) {
        if (trial->doubts.items[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static void add_partitioned(ag_pg_settler *s, const ag_table *table, ag_map *parents,
                            ag_strings *sql) {
    if (ag_map_has(parents, table->name)) {
        return;
    }
    ag_map_put(parents, table->name, s);
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, "CREATE TEMP TABLE ");
    ag_pg_quote(&buf, table->name);
    put_columns(s, &buf, table);
    ag_buf_printf(&buf, " PARTITION BY %s", table->partition_by);
    ag_vec_push(s->scratch, sql, finish(s, &buf));
}

void ag_pg_trial_shape(ag_pg_settler *s, const ag_pg_trial *trial, ag_map *parents,
                       ag_strings *sql) {
    const ag_table *table = trial->table;
    const ag_table *parent = ag_schema_table(s->model, table->parent_ns, table->parent);
    if (!has_doubt(trial, AG_PG_DOUBT_BOUND)) {
        add_partitioned(s, table, parents, sql);
    } else if (parent != NULL && parent->partition_by != NULL) {
        add_partitioned(s, parent, parents, sql);
        ag_buf buf = AG_BUF_INIT;
        ag_buf_puts(&buf, "CREATE TEMP TABLE ");
        ag_pg_quote(&buf, table->name);
        ag_buf_puts(&buf, " PARTITION OF ");
        ag_pg_put_name(&buf, temporary, parent->name);
        ag_buf_printf(&buf, " %s", table->bound);
        if (table->partition_by != NULL) {
            ag_buf_printf(&buf, " PARTITION BY %s", table->partition_by);
        }
        ag_vec_push(s->scratch, sql, finish(s, &buf));
    }
}
