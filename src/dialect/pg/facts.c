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

unsigned ag_pg_facts(const ag_op *op, const ag_schema *from, const ag_schema *to) {
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
