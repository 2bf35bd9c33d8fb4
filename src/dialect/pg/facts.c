/* What a change of a column costs that only the schemas around it can tell. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"
#include "schema/node.h"
#include "sql/normal.h"

/* Domains over domains; more than anybody has. */
enum { MOST_DOMAINS = 100 };

/* A type underneath its domains. */
typedef struct bare_type {
    const char *name;
    bool is_checked; /* by one of them */
} bare_type;

static const ag_domain *domain_of(const ag_schema *schema, const char *type) {
    const ag_domain *found = NULL;
    for (size_t i = 0; i < schema->domains.n && found == NULL; i++) {
        const ag_domain *it = schema->domains.items[i];
        ag_buf name = AG_BUF_INIT;
        ag_pg_put_name(&name, it->ns, it->name);
        found = ag_text_eq(ag_buf_text(&name), type) ? it : NULL;
        ag_buf_release(&name);
    }
    return found;
}

static bare_type bare_type_of(const ag_schema *schema, const char *type) {
    bare_type bare = {.name = type};
    const ag_domain *domain = domain_of(schema, type);
    for (int i = 0; domain != NULL && i < MOST_DOMAINS; i++) {
        bare.is_checked |= domain->checks.n > 0 || !domain->nullable;
        bare.name = domain->type;
        domain = domain_of(schema, bare.name);
    }
    return bare;
}

/* Types whose indexes are alike: a change among these leaves them as they are. */
static const char *index_family(const char *type) {
    static const char *const families[][2] = {
        {"text", "text"},        {"character varying", "text"},
        {"character", "bpchar"}, {"bpchar", "bpchar"},
        {"inet", "inet"},        {"cidr", "inet"}};
    size_t n = strcspn(type, "(");
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (strlen(families[i][0]) == n && strncmp(families[i][0], type, n) == 0) {
            return families[i][1];
        }
    }
    return type;
}

static bool has_same_index(const char *from, const char *to) {
    const char *a = index_family(from);
    const char *b = index_family(to);
    size_t n = strcspn(a, "(");
    return n == strcspn(b, "(") && strncmp(a, b, n) == 0;
}

static bool has_key(const ag_keys *keys, const char *column) {
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        if (ag_text_eq(key->column, column) ||
            (key->expr != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, key->expr, column))) {
            return true;
        }
    }
    return false;
}

static bool is_indexed(const ag_table *table, const char *column) {
    for (size_t i = 0; i < table->indexes.n; i++) {
        if (has_key(&table->indexes.items[i]->keys, column)) {
            return true;
        }
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (it->kind != AG_CHECK && it->kind != AG_FOREIGN_KEY && has_key(&it->keys, column)) {
            return true;
        }
    }
    return false;
}

static bool is_looked_at(const ag_table *table, const char *column) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *it = table->constraints.items[i];
        if (it->kind == AG_CHECK && !it->not_valid &&
            ag_sql_refers_to(AG_SQL_POSTGRES, it->expr, column)) {
            return true;
        }
    }
    return false;
}

/* What is over the column both before and after is made anew with it. */
static bool is_read_again(const ag_op *op, const ag_schema *from, const ag_schema *to,
                          const bare_type *before, const bare_type *after) {
    const ag_table *old_table = ag_schema_table(from, op->ns, op->table);
    const ag_table *new_table = ag_schema_table(to, op->ns, op->table);
    if (old_table == NULL || new_table == NULL) {
        return false;
    }
    bool is_sorted_otherwise =
        !ag_text_eq(op->before.column->collation, op->after.column->collation) ||
        !has_same_index(before->name, after->name);
    return (is_sorted_otherwise && is_indexed(old_table, op->name) &&
            is_indexed(new_table, op->name)) ||
           (is_looked_at(old_table, op->name) && is_looked_at(new_table, op->name));
}

/* The lone column that a table is partitioned by, among those of another. */
static const ag_column *key_column(const ag_table *parent, const ag_table *table) {
    const ag_column *found = NULL;
    for (size_t i = 0; parent->partition_by != NULL && i < table->columns.n && !found; i++) {
        ag_buf key = AG_BUF_INIT;
        ag_buf_puts(&key, "RANGE (");
        ag_pg_quote(&key, table->columns.items[i]->name);
        ag_buf_putc(&key, ')');
        found =
            ag_text_eq(parent->partition_by, ag_buf_text(&key)) ? table->columns.items[i] : NULL;
        ag_buf_release(&key);
    }
    return found;
}

/* What a range says of a row, as a condition: `FOR VALUES FROM (1) TO (9)`. */
static bool put_condition(ag_buf *out, const ag_column *column, const char *bound) {
    static const char start[] = "FOR VALUES FROM (";
    static const char middle[] = ") TO (";
    const char *low = bound + sizeof start - 1;
    const char *between = ag_text_starts(bound, start) ? strstr(low, middle) : NULL;
    const char *high = between == NULL ? NULL : between + sizeof middle - 1;
    if (high == NULL || high[0] == '\0') {
        return false;
    }
    ag_buf name = AG_BUF_INIT;
    ag_pg_quote(&name, column->name);
    ag_buf_printf(out, "((%s >= %.*s) AND (%s < %.*s))", ag_buf_text(&name), (int)(between - low),
                  low, ag_buf_text(&name), (int)(strlen(high) - 1), high);
    ag_buf_release(&name);
    return true;
}

static bool has_default_part(const ag_schema *schema, const ag_table *parent) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *it = schema->tables.items[i];
        if (ag_text_eq(it->parent, parent->name) && ag_text_eq(it->parent_ns, parent->ns) &&
            ag_text_ieq(it->bound, "DEFAULT")) {
            return true; /* its rows are looked at as well */
        }
    }
    return false;
}

/* A check that the table has says what the bound does: the server then looks at no row. */
static bool is_in_bound(const ag_op *op, const ag_schema *to) {
    const ag_table *table = op->before.table;
    const ag_table *after = op->after.table;
    const ag_table *parent =
        after->parent == NULL ? NULL : ag_schema_table(to, after->parent_ns, after->parent);
    const ag_column *column = parent == NULL ? NULL : key_column(parent, table);
    ag_buf condition = AG_BUF_INIT;
    bool is_known = column != NULL && !column->nullable && after->bound != NULL &&
                    !has_default_part(to, parent) &&
                    put_condition(&condition, column, after->bound);
    bool is_proven = false;
    for (size_t i = 0; is_known && i < table->constraints.n && !is_proven; i++) {
        const ag_constraint *it = table->constraints.items[i];
        is_proven = it->kind == AG_CHECK && !it->not_valid &&
                    ag_pg_same_expr(it->expr, ag_buf_text(&condition), column->type);
    }
    ag_buf_release(&condition);
    return is_proven;
}

unsigned ag_pg_facts(const ag_op *op, const ag_schema *from, const ag_schema *to) {
    if (op->kind == AG_OP_ALTER_TABLE) {
        return is_in_bound(op, to) ? (unsigned)AG_FACT_IN_BOUND : 0;
    }
    if (op->kind != AG_OP_ADD_COLUMN && op->kind != AG_OP_ALTER_COLUMN) {
        return 0;
    }
    const ag_column *column = op->after.column;
    bare_type after = bare_type_of(to, column->type);
    unsigned facts = after.is_checked ? (unsigned)AG_FACT_CHECKED : 0;
    facts |=
        ag_pg_is_default_stable(column->default_expr, to) ? (unsigned)AG_FACT_STABLE_DEFAULT : 0;
    if (op->kind == AG_OP_ADD_COLUMN) {
        return facts;
    }
    bare_type before = bare_type_of(from, op->before.column->type);
    bool has_other_name = !ag_text_eq(op->before.column->type, column->type);
    bool is_same =
        has_other_name && !after.is_checked && ag_pg_keeps_bytes(before.name, after.name);
    facts |= is_same ? (unsigned)AG_FACT_SAME_BYTES : 0;
    bool is_again = is_read_again(op, from, to, &before, &after);
    return facts | (is_again ? (unsigned)AG_FACT_READ_AGAIN : 0);
}
