/* Indexes and constraints. A constraint that an index enforces takes its elements from there. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "schema/node.h"

/* Columns of the query of indexes. */
enum {
    INDEX_OID,
    INDEX_RELATION,
    INDEX_NAME,
    INDEX_METHOD,
    INDEX_UNIQUE,
    INDEX_VALID,
    INDEX_CLUSTERED,
    INDEX_REPLICA_IDENTITY,
    INDEX_NULLS_NOT_DISTINCT,
    INDEX_N_KEYS,
    INDEX_KEYS,
    INDEX_FLAGS,
    INDEX_EXPRS,
    INDEX_WHERE,
    INDEX_OPTIONS,
    INDEX_TABLESPACE,
    INDEX_PARENT_NAMESPACE,
    INDEX_PARENT,
    INDEX_STATISTICS,
    INDEX_COMMENT
};

/* Columns of the query of constraints. */
enum {
    CON_RELATION,
    CON_DOMAIN,
    CON_NAME,
    CON_KIND,
    CON_INDEX,
    CON_DEFERRABLE,
    CON_DEFERRED,
    CON_VALID,
    CON_NO_INHERIT,
    CON_IS_LOCAL,
    CON_COLUMNS,
    CON_EXPR,
    CON_REF_OID,
    CON_REF_COLUMNS,
    CON_ON_UPDATE,
    CON_ON_DELETE,
    CON_MATCH,
    CON_ON_DELETE_COLUMNS,
    CON_OPERATORS,
    CON_COMMENT
};

static const char *name_of(const ag_pg_relation *relation, long number) {
    const ag_column *column = relation == NULL ? NULL : ag_pg_column_of(relation, number);
    return column == NULL ? NULL : column->name;
}

/* indoption: 1 is DESC, 2 NULLS FIRST; DESC has its nulls first unless told otherwise. */
static void read_direction(ag_key *key, int flags) {
    bool nulls_first = (flags & 2) != 0;
    key->descending = (flags & 1) != 0;
    if (nulls_first != key->descending) {
        key->nulls = nulls_first ? AG_NULLS_FIRST : AG_NULLS_LAST;
    }
}

/* "lower(a), (b + 1)": the expressions of an index, divided by the commas that are in nothing. */
static ag_strings split_exprs(const ag_pg_reader *r, const char *cell) {
    ag_strings list = {NULL, 0, 0};
    ag_str text = ag_str_of(cell);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    size_t start = 0;
    long depth = 0;
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        char c = token.kind == AG_TOKEN_PUNCT ? text.p[token.offset] : ' ';
        depth += (c == '(' || c == '[') - (c == ')' || c == ']');
        if (token.kind == AG_TOKEN_END || (c == ',' && depth == 0)) {
            const char *one = ag_arena_strndup(r->scratch, text.p + start, token.offset - start);
            ag_vec_push(r->scratch, &list, ag_pg_keep_expr(r, one));
            start = token.offset + 1;
        }
        if (token.kind == AG_TOKEN_END) {
            return list;
        }
    }
}

static void read_elements(ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *relation,
                          ag_index *index) {
    ag_pg_numbers columns = ag_pg_keep_numbers(r, row[INDEX_KEYS]);
    ag_pg_numbers flags = ag_pg_keep_numbers(r, row[INDEX_FLAGS]);
    size_t n_keys = (size_t)ag_pg_number(row[INDEX_N_KEYS]);
    ag_strings exprs = {NULL, 0, 0};
    if (row[INDEX_EXPRS] != NULL) {
        exprs = split_exprs(r, row[INDEX_EXPRS]);
    }
    for (size_t i = 0, e = 0; i < columns.n; i++) {
        const char *column = name_of(relation, columns.items[i]);
        if (i >= n_keys) {
            ag_vec_push(r->arena, &index->include, column);
            continue;
        }
        ag_key key = {.column = column};
        if (columns.items[i] == 0 && e < exprs.n) {
            key.expr = exprs.items[e++];
        }
        read_direction(&key, i < flags.n ? flags.items[i] : 0);
        ag_vec_push(r->arena, &index->keys, key);
    }
}

static ag_index *read_index(ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *relation) {
    ag_index *index = ag_arena_new_of(r->arena, ag_index);
    index->name = ag_pg_keep(r, row[INDEX_NAME]);
    index->method = ag_pg_keep_once(r, row[INDEX_METHOD]);
    index->unique = ag_pg_true(row[INDEX_UNIQUE]);
    index->invalid = !ag_pg_true(row[INDEX_VALID]);
    index->clustered = ag_pg_true(row[INDEX_CLUSTERED]);
    index->replica_identity = ag_pg_true(row[INDEX_REPLICA_IDENTITY]);
    index->nulls_not_distinct = ag_pg_true(row[INDEX_NULLS_NOT_DISTINCT]);
    read_elements(r, row, relation, index);
    index->where = ag_pg_keep_expr(r, row[INDEX_WHERE]);
    ag_pg_keep_options(r, row[INDEX_OPTIONS], "", &index->options);
    ag_pg_keep_options(r, row[INDEX_STATISTICS], "", &index->statistics);
    index->tablespace = ag_pg_keep_once(r, row[INDEX_TABLESPACE]);
    index->inherited = row[INDEX_PARENT] != NULL;
    index->parent = ag_pg_keep(r, row[INDEX_PARENT]);
    index->comment = ag_pg_keep(r, row[INDEX_COMMENT]);
    ag_map_put(&r->indexes, row[INDEX_OID], index);
    return index;
}

static void read_unusual_keys(ag_pg_reader *r) {
    enum { INDEX, PLACE, OPCLASS, COLLATION, OPTIONS };
    const ag_rows *rows = &r->rows[AG_PG_INDEX_KEYS];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        const ag_index *index = ag_map_get(&r->indexes, row[INDEX]);
        size_t place = (size_t)ag_pg_number(row[PLACE]);
        if (index == NULL || place == 0 || place > index->keys.n) {
            continue;
        }
        ag_key *key = &index->keys.items[place - 1];
        key->opclass = ag_pg_keep_once(r, row[OPCLASS]);
        key->collation = ag_pg_keep_once(r, row[COLLATION]);
        ag_pg_keep_options(r, row[OPTIONS], "", &key->opclass_options);
    }
}

static bool has_index(ag_pg_row constraint) {
    return strchr("pux", constraint[CON_KIND][0]) != NULL;
}

void ag_pg_read_indexes(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_INDEXES];
    const ag_rows *constraints = &r->rows[AG_PG_CONSTRAINTS];
    ag_map owned = AG_MAP_INIT;
    for (size_t i = 0; i < constraints->rows.n; i++) {
        ag_pg_row row = constraints->rows.items[i];
        if (has_index(row)) {
            ag_map_put(&owned, row[CON_INDEX], r);
        }
    }
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        const ag_pg_relation *relation = ag_pg_relation_of(r, row[INDEX_RELATION]);
        if (relation == NULL) {
            continue;
        }
        ag_index *index = read_index(r, row, relation);
        if (ag_map_has(&owned, row[INDEX_OID])) {
            continue;
        }
        if (relation->table != NULL) {
            ag_vec_push(r->arena, &relation->table->indexes, index);
        } else if (relation->object != NULL) {
            ag_vec_push(r->arena, &relation->object->indexes, index);
        }
    }
    ag_map_release(&owned);
    read_unusual_keys(r);
    ag_schema_cover(r->schema, AG_INDEX);
}

static ag_constraint_kind kind_of(ag_pg_row row) {
    switch (row[CON_KIND][0]) {
    case 'p':
        return AG_PRIMARY_KEY;
    case 'u':
        return AG_UNIQUE;
    case 'f':
        return AG_FOREIGN_KEY;
    case 'x':
        return AG_EXCLUDE;
    default:
        return AG_CHECK;
    }
}

static const char *action_of(const char *cell) {
    switch (cell[0]) {
    case 'r':
        return "restrict";
    case 'c':
        return "cascade";
    case 'n':
        return "set null";
    case 'd':
        return "set default";
    default:
        return NULL;
    }
}

static void keep_names(ag_pg_reader *r, const ag_pg_relation *relation, const char *cell,
                       ag_strings *out) {
    ag_pg_numbers numbers = ag_pg_keep_numbers(r, cell);
    for (size_t i = 0; i < numbers.n; i++) {
        ag_vec_push(r->arena, out, name_of(relation, numbers.items[i]));
    }
}

static void read_foreign_key(ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *relation,
                             ag_constraint *constraint) {
    ag_pg_numbers columns = ag_pg_keep_numbers(r, row[CON_COLUMNS]);
    for (size_t i = 0; i < columns.n; i++) {
        ag_key key = {.column = name_of(relation, columns.items[i])};
        ag_vec_push(r->arena, &constraint->keys, key);
    }
    const ag_pg_relation *other = ag_pg_relation_of(r, row[CON_REF_OID]);
    constraint->ref_namespace = other == NULL ? NULL : other->ns;
    constraint->ref_table = other == NULL ? NULL : other->name;
    keep_names(r, other, row[CON_REF_COLUMNS], &constraint->ref_columns);
    constraint->on_update = action_of(row[CON_ON_UPDATE]);
    constraint->on_delete = action_of(row[CON_ON_DELETE]);
    constraint->match = row[CON_MATCH][0] == 'f' ? "full" : NULL;
    keep_names(r, relation, row[CON_ON_DELETE_COLUMNS], &constraint->on_delete_columns);
}

/* What CREATE TABLE says of a key is kept with its index. */
static void take_index(ag_pg_reader *r, ag_pg_row row, ag_constraint *constraint) {
    ag_index *index = ag_map_get(&r->indexes, row[CON_INDEX]);
    if (index == NULL) {
        return;
    }
    constraint->keys = index->keys;
    constraint->include = index->include;
    constraint->options = index->options;
    constraint->tablespace = index->tablespace;
    constraint->nulls_not_distinct = index->nulls_not_distinct;
    constraint->clustered = index->clustered;
    constraint->replica_identity = index->replica_identity;
    constraint->index_comment = index->comment;
    if (constraint->kind == AG_EXCLUDE) {
        ag_strings operators = {NULL, 0, 0};
        ag_pg_parse_array(r->arena, row[CON_OPERATORS], &operators);
        for (size_t i = 0; i < constraint->keys.n && i < operators.n; i++) {
            constraint->keys.items[i].op = operators.items[i];
        }
        constraint->method = index->method == NULL ? "btree" : index->method;
        constraint->where = index->where;
    }
}

static void read_constraint(ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *relation,
                            ag_constraints *list) {
    ag_constraint *constraint = ag_arena_new_of(r->arena, ag_constraint);
    constraint->kind = kind_of(row);
    constraint->name = ag_pg_keep(r, row[CON_NAME]);
    constraint->deferrable = ag_pg_true(row[CON_DEFERRABLE]);
    constraint->initially_deferred = ag_pg_true(row[CON_DEFERRED]);
    constraint->not_valid = !ag_pg_true(row[CON_VALID]);
    constraint->inherited = !ag_pg_true(row[CON_IS_LOCAL]);
    constraint->comment = ag_pg_keep(r, row[CON_COMMENT]);
    if (constraint->kind == AG_CHECK) {
        constraint->no_inherit = ag_pg_true(row[CON_NO_INHERIT]);
        constraint->expr = ag_pg_keep_expr(r, row[CON_EXPR]);
    } else if (constraint->kind == AG_FOREIGN_KEY) {
        read_foreign_key(r, row, relation, constraint);
    } else {
        take_index(r, row, constraint);
    }
    ag_vec_push(r->arena, list, constraint);
}

/* Tables that are only referred to are relations too, so that their columns have names. */
static void read_reference_columns(ag_pg_reader *r) {
    enum { RELATION, NUMBER, COLUMN, NAMESPACE, NAME };
    const ag_rows *rows = &r->rows[AG_PG_REFERENCE_COLUMNS];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_pg_relation *relation = ag_pg_relation_of(r, row[RELATION]);
        if (relation == NULL) {
            relation = ag_pg_add_relation(r, row[RELATION], ag_pg_keep_once(r, row[NAMESPACE]),
                                          ag_pg_keep_once(r, row[NAME]));
        }
        ag_column *column = ag_arena_new_of(r->scratch, ag_column);
        column->name = ag_pg_keep(r, row[COLUMN]);
        ag_pg_put_column(r, relation, (size_t)ag_pg_number(row[NUMBER]), column);
    }
}

void ag_pg_read_constraints(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_CONSTRAINTS];
    read_reference_columns(r);
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        const ag_pg_relation *relation = ag_pg_relation_of(r, row[CON_RELATION]);
        ag_domain *domain = ag_map_get(&r->types, row[CON_DOMAIN]);
        if (relation != NULL && relation->table != NULL) {
            read_constraint(r, row, relation, &relation->table->constraints);
        } else if (domain != NULL) {
            read_constraint(r, row, NULL, &domain->checks);
        }
    }
    ag_schema_cover(r->schema, AG_CONSTRAINT);
}
