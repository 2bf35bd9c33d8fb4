/* Namespaces, extensions, types and sequences. */
#include <stdlib.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

static void read_extensions(ag_pg_reader *r) {
    enum { OID, NAME, NAMESPACE, VERSION, COMMENT };
    const ag_rows *rows = &r->rows[AG_PG_EXTENSIONS];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_extension *extension = ag_arena_new_of(r->arena, ag_extension);
        extension->name = ag_pg_keep(r, row[NAME]);
        extension->ns = ag_pg_keep_once(r, row[NAMESPACE]);
        extension->version = ag_pg_keep(r, row[VERSION]);
        extension->comment = ag_pg_keep(r, row[COMMENT]);
        ag_vec_push(r->arena, &r->schema->extensions, extension);
    }
    ag_schema_cover(r->schema, AG_EXTENSION);
}

void ag_pg_read_namespaces(ag_pg_reader *r) {
    enum { OID, NAME, COMMENT };
    const ag_rows *rows = &r->rows[AG_PG_NAMESPACES];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_namespace *ns = ag_arena_new_of(r->arena, ag_namespace);
        ns->name = ag_pg_keep_once(r, row[NAME]);
        ns->comment = ag_pg_keep(r, row[COMMENT]);
        ag_vec_push(r->arena, &r->schema->namespaces, ns);
    }
    ag_schema_cover(r->schema, AG_NAMESPACE);
    read_extensions(r);
}

/* Columns of the query of types. */
enum {
    TYPE_OID,
    TYPE_NAMESPACE,
    TYPE_NAME,
    TYPE_KIND,
    TYPE_RELATION,
    TYPE_BASE,
    TYPE_NOT_NULL,
    TYPE_DEFAULT,
    TYPE_COLLATION,
    TYPE_COMMENT
};

static void read_enum(ag_pg_reader *r, ag_pg_row row) {
    ag_enum *type = ag_arena_new_of(r->arena, ag_enum);
    type->ns = ag_pg_keep_once(r, row[TYPE_NAMESPACE]);
    type->name = ag_pg_keep(r, row[TYPE_NAME]);
    type->comment = ag_pg_keep(r, row[TYPE_COMMENT]);
    ag_vec_push(r->arena, &r->schema->enums, type);
    ag_pg_put_key(r, AG_PG_CLASS_TYPE, row[TYPE_OID], AG_ENUM, type->ns, type->name);
    ag_map_put(&r->types, row[TYPE_OID], type);
}

static void read_domain(ag_pg_reader *r, ag_pg_row row) {
    ag_domain *type = ag_arena_new_of(r->arena, ag_domain);
    type->ns = ag_pg_keep_once(r, row[TYPE_NAMESPACE]);
    type->name = ag_pg_keep(r, row[TYPE_NAME]);
    type->type = ag_pg_keep_once(r, row[TYPE_BASE]);
    type->nullable = !ag_pg_true(row[TYPE_NOT_NULL]);
    type->default_expr = ag_pg_keep(r, row[TYPE_DEFAULT]);
    type->collation = ag_pg_keep_once(r, row[TYPE_COLLATION]);
    type->comment = ag_pg_keep(r, row[TYPE_COMMENT]);
    ag_vec_push(r->arena, &r->schema->domains, type);
    ag_pg_put_key(r, AG_PG_CLASS_TYPE, row[TYPE_OID], AG_DOMAIN, type->ns, type->name);
    ag_map_put(&r->types, row[TYPE_OID], type);
}

static void read_composite(ag_pg_reader *r, ag_pg_row row) {
    ag_composite *type = ag_arena_new_of(r->arena, ag_composite);
    type->ns = ag_pg_keep_once(r, row[TYPE_NAMESPACE]);
    type->name = ag_pg_keep(r, row[TYPE_NAME]);
    type->comment = ag_pg_keep(r, row[TYPE_COMMENT]);
    ag_vec_push(r->arena, &r->schema->composites, type);
    ag_pg_add_relation(r, row[TYPE_RELATION], type->ns, type->name)->composite = type;
}

/* The query has the values of all enums, also of those that were not read. */
static void read_enum_values(ag_pg_reader *r) {
    enum { TYPE, LABEL };
    const ag_rows *rows = &r->rows[AG_PG_ENUM_VALUES];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_enum *type = ag_map_get(&r->types, row[TYPE]);
        if (type != NULL) {
            ag_enum_value value = {.name = ag_pg_keep(r, row[LABEL])};
            ag_vec_push(r->arena, &type->values, value);
        }
    }
}

void ag_pg_read_types(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_TYPES];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        switch (row[TYPE_KIND][0]) {
        case 'e':
            read_enum(r, row);
            break;
        case 'd':
            read_domain(r, row);
            break;
        default:
            read_composite(r, row);
        }
    }
    read_enum_values(r);
    ag_schema_cover(r->schema, AG_ENUM);
    ag_schema_cover(r->schema, AG_DOMAIN);
    ag_schema_cover(r->schema, AG_COMPOSITE);
}

/* Columns of the query of sequences. */
enum {
    SEQ_OID,
    SEQ_NAMESPACE,
    SEQ_NAME,
    SEQ_PERSISTENCE,
    SEQ_TYPE,
    SEQ_START,
    SEQ_INCREMENT,
    SEQ_MIN,
    SEQ_MAX,
    SEQ_CACHE,
    SEQ_CYCLE,
    SEQ_DEPENDENCY,
    SEQ_TABLE,
    SEQ_COLUMN,
    SEQ_COMMENT
};

static ag_sequence_options options_of(ag_pg_row row) {
    ag_sequence_options options = {
        .start = strtoll(row[SEQ_START], NULL, 10),
        .increment = strtoll(row[SEQ_INCREMENT], NULL, 10),
        .min = strtoll(row[SEQ_MIN], NULL, 10),
        .max = strtoll(row[SEQ_MAX], NULL, 10),
        .cache = strtoll(row[SEQ_CACHE], NULL, 10),
        .cycle = ag_pg_true(row[SEQ_CYCLE]),
    };
    ag_pg_mark_unusual(&options, row[SEQ_TYPE]);
    return options;
}

/* True when nothing would be lost if the sequence were made anew by the type "serial". */
static bool is_of_serial(const ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *owner,
                         const ag_column *column) {
    static const ag_sequence_options usual = {0};
    ag_sequence_options options = options_of(row);
    const ag_table *table = owner->table;
    if (table == NULL || column == NULL || column->default_expr == NULL || column->nullable ||
        row[SEQ_COMMENT] != NULL || !ag_sequence_options_equal(&options, &usual)) {
        return false;
    }
    bool is_unlogged = table->unlogged && r->version >= 150000;
    return ag_text_eq(table->ns, row[SEQ_NAMESPACE]) && ag_text_eq(column->type, row[SEQ_TYPE]) &&
           is_unlogged == (row[SEQ_PERSISTENCE][0] == 'u') &&
           ag_text_eq(row[SEQ_NAME],
                      ag_pg_object_name(r->scratch, table->name, column->name, "seq")) &&
           ag_text_eq(column->default_expr,
                      ag_pg_nextval(r->scratch, row[SEQ_NAMESPACE], row[SEQ_NAME]));
}

static void read_sequence(ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *owner,
                          const ag_column *column) {
    ag_sequence *sequence = ag_arena_new_of(r->arena, ag_sequence);
    sequence->ns = ag_pg_keep_once(r, row[SEQ_NAMESPACE]);
    sequence->name = ag_pg_keep(r, row[SEQ_NAME]);
    sequence->type = ag_pg_keep_once(r, row[SEQ_TYPE]);
    sequence->options = options_of(row);
    sequence->unlogged = row[SEQ_PERSISTENCE][0] == 'u';
    sequence->comment = ag_pg_keep(r, row[SEQ_COMMENT]);
    if (owner != NULL && owner->table != NULL && column != NULL) {
        sequence->owner_ns = owner->table->ns;
        sequence->owner_table = owner->table->name;
        sequence->owner_column = column->name;
    }
    ag_vec_push(r->arena, &r->schema->sequences, sequence);
    ag_pg_put_key(r, AG_PG_CLASS_RELATION, row[SEQ_OID], AG_SEQUENCE, sequence->ns, sequence->name);
}

/* A table or column that was renamed leaves the sequence its old name. */
static const char *unusual_name(const ag_pg_reader *r, ag_pg_row row, const ag_pg_relation *owner,
                                const ag_column *column) {
    const char *usual = ag_pg_object_name(r->scratch, owner->table->name, column->name, "seq");
    return ag_text_eq(row[SEQ_NAME], usual) ? NULL : ag_pg_keep(r, row[SEQ_NAME]);
}

/* No model has a place for it. */
static void name_comment(const ag_pg_reader *r, ag_pg_row row) {
    if (row[SEQ_COMMENT] != NULL) {
        ag_schema_add_unmanaged(
            r->schema, "comment",
            ag_arena_printf(r->scratch, "on sequence %s.%s", row[SEQ_NAMESPACE], row[SEQ_NAME]));
    }
}

void ag_pg_read_sequences(ag_pg_reader *r) {
    const ag_rows *rows = &r->rows[AG_PG_SEQUENCES];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        const ag_pg_relation *owner =
            row[SEQ_TABLE] == NULL ? NULL : ag_pg_relation_of(r, row[SEQ_TABLE]);
        ag_column *column =
            owner == NULL ? NULL : ag_pg_column_of(owner, ag_pg_number(row[SEQ_COLUMN]));
        if (row[SEQ_DEPENDENCY] != NULL && row[SEQ_DEPENDENCY][0] == 'i') {
            if (column != NULL && owner->table != NULL && column->identity != AG_IDENTITY_NONE) {
                column->identity_options = options_of(row);
                column->identity_options.name = unusual_name(r, row, owner, column);
                name_comment(r, row);
            }
        } else if (owner != NULL && is_of_serial(r, row, owner, column)) {
            column->serial = true;
            column->default_expr = NULL;
        } else {
            read_sequence(r, row, owner, column);
        }
    }
    ag_schema_cover(r->schema, AG_SEQUENCE);
}
