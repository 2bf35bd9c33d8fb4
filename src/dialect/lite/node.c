/* Schema nodes from stored CREATE texts. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "schema/node.h"

/* Where the parts of one text go. */
typedef struct maker {
    ag_schema *schema;
    ag_arena *arena; /* the schema's. */
    const char *sql;
    ag_table *table;
} maker;

/* The bytes of a range as a text of the schema. */
static const char *text_of(const maker *m, ag_lite_range range) {
    return ag_lite_copy(m->arena, m->sql, range);
}

static const char *copy(const maker *m, const char *text) {
    return ag_arena_strdup(m->arena, text);
}

/* BINARY is what every column has anyway. */
static const char *collation_of(const maker *m, const char *name) {
    return name == NULL || ag_text_ieq(name, "binary") ? NULL : copy(m, name);
}

/* A column by any spelling of its name; NULL when the table has none. */
static const ag_column *column_named(const maker *m, const char *name) {
    return name == NULL ? NULL : ag_table_column(m->schema, m->table, name);
}

static void add_key(const maker *m, ag_keys *keys, const ag_lite_element *element) {
    ag_key key = {.descending = element->descending};
    const ag_column *column = column_named(m, element->column.text);
    const char *collation = element->collation.text;
    if (column != NULL) {
        key.column = column->name;
        const char *own = column->collation == NULL ? "binary" : column->collation;
        key.spells_collation = ag_text_ieq(collation, own);
        collation = key.spells_collation ? NULL : collation;
    } else {
        key.expr = text_of(m, element->expr);
        collation = ag_text_ieq(collation, "binary") ? NULL : collation;
    }
    key.collation = copy(m, collation);
    ag_vec_push(m->arena, keys, key);
}

static void set_reference(const maker *m, ag_constraint *to, const ag_lite_part *part) {
    to->ref_table = copy(m, part->ref_table.text);
    for (size_t i = 0; i < part->ref_columns.n; i++) {
        ag_vec_push(m->arena, &to->ref_columns, copy(m, part->ref_columns.items[i].text));
    }
    to->on_delete = copy(m, part->on_delete);
    to->on_update = copy(m, part->on_update);
    to->match = ag_text_eq(part->match, "simple") ? NULL : copy(m, part->match);
    to->deferrable = part->deferrable;
    to->initially_deferred = part->initially_deferred;
    bool is_needed = ag_text_eq(part->deferrability, "deferrable") ||
                     ag_text_eq(part->deferrability, "deferrable initially deferred");
    to->deferrability = is_needed ? NULL : copy(m, part->deferrability);
}

static bool constraint_kind(ag_lite_part_kind kind, ag_constraint_kind *out) {
    static const struct {
        ag_lite_part_kind part;
        ag_constraint_kind constraint;
    } kinds[] = {{AG_LITE_PRIMARY_KEY, AG_PRIMARY_KEY},
                 {AG_LITE_UNIQUE, AG_UNIQUE},
                 {AG_LITE_FOREIGN_KEY, AG_FOREIGN_KEY},
                 {AG_LITE_CHECK, AG_CHECK}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].part == kind) {
            *out = kinds[i].constraint;
            return true;
        }
    }
    return false;
}

/* `column` is the one that the constraint is written in, or NULL. */
static void add_constraint(const maker *m, const ag_lite_part *part, const ag_column *column) {
    ag_constraint_kind kind;
    if (!constraint_kind(part->kind, &kind)) {
        return;
    }
    ag_constraint *to = ag_table_add_constraint(m->schema, m->table, kind);
    to->name = copy(m, part->name.text);
    to->name_origin = to->name == NULL ? AG_NAME_NONE : AG_NAME_GIVEN;
    to->on_conflict = copy(m, part->on_conflict);
    if (kind == AG_CHECK) {
        to->expr = text_of(m, part->expr);
    }
    if (kind == AG_FOREIGN_KEY) {
        set_reference(m, to, part);
    }
    if (column != NULL) {
        to->inline_column = column->name;
    }
    if (column != NULL && kind != AG_CHECK) {
        ag_key key = {.column = column->name, .descending = part->descending};
        ag_vec_push(m->arena, &to->keys, key);
    }
    for (size_t i = 0; i < part->elements.n; i++) {
        add_key(m, &to->keys, &part->elements.items[i]);
    }
    m->table->autoincrement |= part->autoincrement;
}

/* Properties of the column; a later clause of the same kind counts, as for SQLite. */
static void set_property(const maker *m, ag_column *column, const ag_lite_part *part) {
    switch (part->kind) {
    case AG_LITE_NOT_NULL:
        column->nullable = false;
        column->not_null_name = copy(m, part->name.text);
        column->on_conflict = copy(m, part->on_conflict);
        break;
    case AG_LITE_DEFAULT:
        column->default_expr = text_of(m, part->expr);
        column->default_name = copy(m, part->name.text);
        break;
    case AG_LITE_COLLATE:
        column->collation = collation_of(m, part->collation.text);
        column->collation_name = column->collation == NULL ? NULL : copy(m, part->name.text);
        break;
    case AG_LITE_GENERATED:
        column->generated = part->is_stored ? AG_GENERATED_STORED : AG_GENERATED_VIRTUAL;
        column->generated_expr = text_of(m, part->expr);
        column->generated_name = copy(m, part->name.text);
        break;
    case AG_LITE_PRIMARY_KEY:
    case AG_LITE_UNIQUE:
    case AG_LITE_FOREIGN_KEY:
    case AG_LITE_CHECK:
    case AG_LITE_NULL:
    case AG_LITE_DEFERRABLE:
    case AG_LITE_NAME_ONLY:
        break;
    }
}

static void add_columns(const maker *m, const ag_lite_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        const ag_lite_column *from = &columns->items[i];
        ag_column *column = ag_table_add_column(m->schema, m->table, from->name.text);
        if (from->type.n > 0) {
            column->type = text_of(m, from->type);
        }
        for (size_t k = 0; k < from->parts.n; k++) {
            set_property(m, column, &from->parts.items[k]);
        }
    }
}

static void add_constraints(const maker *m, const ag_lite_table *parsed) {
    for (size_t i = 0; i < parsed->columns.n; i++) {
        const ag_lite_parts *parts = &parsed->columns.items[i].parts;
        for (size_t k = 0; k < parts->n; k++) {
            add_constraint(m, &parts->items[k], m->table->columns.items[i]);
        }
    }
    for (size_t k = 0; k < parsed->constraints.n; k++) {
        add_constraint(m, &parsed->constraints.items[k], NULL);
    }
}

bool ag_lite_is_rowid_key(const ag_table *table, const ag_constraint *key) {
    if (key == NULL || key->kind != AG_PRIMARY_KEY || key->keys.n != 1 || table->without_rowid ||
        key->keys.items[0].descending) {
        return false;
    }
    for (size_t i = 0; i < table->columns.n; i++) {
        if (ag_text_ieq(table->columns.items[i]->name, key->keys.items[0].column)) {
            return ag_lite_is_rowid_type(table->columns.items[i]->type);
        }
    }
    return false;
}

void ag_lite_settle_nullable(const ag_schema *schema, const ag_table *table) {
    const ag_constraint *key = ag_table_primary_key(table);
    bool is_implied = table->without_rowid || (table->strict && !ag_lite_is_rowid_key(table, key));
    for (size_t i = 0; is_implied && key != NULL && i < key->keys.n; i++) {
        const char *name = key->keys.items[i].column;
        ag_column *column = name == NULL ? NULL : ag_table_column(schema, table, name);
        if (column != NULL) {
            column->not_null_origin = column->nullable ? AG_NOT_NULL_IMPLIED : AG_NOT_NULL_BOTH;
            column->nullable = false;
        }
    }
}

/*
 * What the text means rather than says. Of a lone INTEGER written behind the columns SQLite ignores
 * the collation, and the order where it is the rowid. The key of a table without rowid is NOT NULL,
 * and that of a STRICT one unless it is the rowid.
 */
static void settle_primary_key(const maker *m) {
    const ag_constraint *key = ag_table_primary_key(m->table);
    if (key == NULL) {
        return;
    }
    const ag_column *column = key->keys.n == 1 ? column_named(m, key->keys.items[0].column) : NULL;
    bool is_integer = column != NULL && ag_lite_is_rowid_type(column->type);
    if (is_integer && key->inline_column == NULL) {
        key->keys.items[0].collation = NULL;
        key->keys.items[0].descending &= m->table->without_rowid;
    }
    ag_lite_settle_nullable(m->schema, m->table);
}

bool ag_lite_add_table(ag_schema *schema, const char *sql, ag_table **out, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_lite_table parsed;
    bool ok = ag_lite_parse_table(scratch, sql, &parsed, err);
    if (ok) {
        maker m = {.schema = schema, .arena = schema->arena, .sql = sql};
        m.table = ag_schema_add_table(schema, NULL, parsed.name.text);
        m.table->sql = ag_arena_strdup(schema->arena, sql);
        m.table->strict = parsed.strict.n > 0;
        m.table->without_rowid = parsed.without_rowid.n > 0;
        add_columns(&m, &parsed.columns);
        add_constraints(&m, &parsed);
        settle_primary_key(&m);
        *out = m.table;
    }
    ag_arena_free(scratch);
    return ok;
}

bool ag_lite_add_index(ag_schema *schema, ag_table *table, const char *sql, ag_error *err) {
    ag_arena *scratch = ag_arena_new();
    ag_lite_index parsed;
    bool ok = ag_lite_parse_index(scratch, sql, &parsed, err);
    if (ok) {
        maker m = {.schema = schema, .arena = schema->arena, .sql = sql, .table = table};
        ag_index *index = ag_table_add_index(schema, table, parsed.name.text);
        index->sql = ag_arena_strdup(schema->arena, sql);
        index->unique = parsed.unique;
        index->where = text_of(&m, parsed.where);
        for (size_t i = 0; i < parsed.elements.n; i++) {
            add_key(&m, &index->keys, &parsed.elements.items[i]);
        }
    }
    ag_arena_free(scratch);
    return ok;
}
