/*
 * What is compared by its definition: views, routines, triggers, rules, policies and the rest. The
 * queries write the CREATE statements, so that the server quotes and deparses.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "schema/node.h"

/* Columns of all queries of objects. */
enum {
    OBJECT_CLASS,
    OBJECT_OID,
    OBJECT_KIND,
    OBJECT_NAMESPACE,
    OBJECT_NAME,
    OBJECT_SIGNATURE,
    OBJECT_TABLE_NAMESPACE,
    OBJECT_TABLE,
    OBJECT_DEFINITION,
    OBJECT_EXTRAS,
    OBJECT_COMMENT
};

ag_kind ag_pg_kind_of(const char *name) {
    ag_kind kind = AG_NAMESPACE;
    while (kind < AG_N_KINDS && !ag_text_eq(ag_kind_name(kind), name)) {
        kind = (ag_kind)(kind + 1);
    }
    return kind;
}

static ag_object *read_object(ag_pg_reader *r, ag_pg_row row) {
    ag_object *object = ag_arena_new_of(r->arena, ag_object);
    object->kind = ag_pg_kind_of(row[OBJECT_KIND]);
    object->ns = ag_pg_keep_once(r, row[OBJECT_NAMESPACE]);
    object->name = ag_pg_keep(r, row[OBJECT_NAME]);
    object->signature = ag_pg_keep(r, row[OBJECT_SIGNATURE]);
    object->table_ns = ag_pg_keep_once(r, row[OBJECT_TABLE_NAMESPACE]);
    object->table = ag_pg_keep_once(r, row[OBJECT_TABLE]);
    object->definition = ag_pg_keep_text(r, row[OBJECT_DEFINITION]);
    if (row[OBJECT_EXTRAS] != NULL) {
        ag_pg_parse_array(r->arena, row[OBJECT_EXTRAS], &object->extras);
    }
    object->comment = ag_pg_keep(r, row[OBJECT_COMMENT]);
    ag_vec_push(r->arena, &r->schema->objects, object);
    ag_map_put(&r->objects, ag_pg_identity(r, row[OBJECT_CLASS], row[OBJECT_OID]), object);
    return object;
}

void ag_pg_read_views(ag_pg_reader *r) {
    static const ag_pg_query queries[] = {AG_PG_VIEWS, AG_PG_FOREIGN_TABLES};
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        const ag_rows *rows = &r->rows[queries[q]];
        for (size_t i = 0; i < rows->rows.n; i++) {
            ag_pg_row row = rows->rows.items[i];
            ag_object *view = read_object(r, row);
            ag_pg_add_relation(r, row[OBJECT_OID], view->ns, view->name)->object = view;
        }
    }
    ag_schema_cover(r->schema, AG_VIEW);
    ag_schema_cover(r->schema, AG_MATVIEW);
    ag_schema_cover(r->schema, AG_FOREIGN_TABLE);
}

void ag_pg_read_objects(ag_pg_reader *r) {
    static const ag_pg_query queries[] = {AG_PG_ROUTINES, AG_PG_TRIGGERS, AG_PG_OTHERS,
                                          AG_PG_OPERATORS};
    static const ag_kind kinds[] = {AG_FUNCTION,
                                    AG_PROCEDURE,
                                    AG_AGGREGATE,
                                    AG_TRIGGER,
                                    AG_RULE,
                                    AG_POLICY,
                                    AG_RANGE,
                                    AG_COLLATION,
                                    AG_STATISTICS,
                                    AG_EVENT_TRIGGER,
                                    AG_PUBLICATION,
                                    AG_LANGUAGE,
                                    AG_ACCESS_METHOD,
                                    AG_BASE_TYPE,
                                    AG_CAST,
                                    AG_OPERATOR,
                                    AG_OPERATOR_FAMILY,
                                    AG_OPERATOR_CLASS,
                                    AG_CONVERSION,
                                    AG_TRANSFORM,
                                    AG_TS_PARSER,
                                    AG_TS_TEMPLATE,
                                    AG_TS_DICTIONARY,
                                    AG_TS_CONFIGURATION,
                                    AG_FOREIGN_WRAPPER,
                                    AG_FOREIGN_SERVER};
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        const ag_rows *rows = &r->rows[queries[q]];
        for (size_t i = 0; i < rows->rows.n; i++) {
            (void)read_object(r, rows->rows.items[i]);
        }
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        ag_schema_cover(r->schema, kinds[k]);
    }
}

/* The node key of what an object needs, or NULL when it is not one of the schema's. */
static const char *key_of(const ag_pg_reader *r, const char *class, const char *oid) {
    const char *identity = ag_pg_identity(r, class, oid);
    const ag_object *object = ag_map_get(&r->objects, identity);
    if (object != NULL) {
        return ag_node_key(r->arena, object->kind, object->ns, object->name);
    }
    const char *key = ag_map_get(&r->keys, identity);
    if (key != NULL) {
        return ag_pg_keep(r, key);
    }
    const ag_pg_relation *relation =
        ag_text_eq(class, AG_PG_CLASS_RELATION) ? ag_pg_relation_of(r, oid) : NULL;
    if (relation != NULL && relation->table != NULL) {
        return ag_node_key(r->arena, AG_TABLE, relation->ns, relation->table->name);
    }
    if (relation != NULL && relation->composite != NULL) {
        return ag_node_key(r->arena, AG_COMPOSITE, relation->ns, relation->composite->name);
    }
    return NULL;
}

static int by_text(const void *a, const void *b) {
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

void ag_pg_read_dependencies(ag_pg_reader *r) {
    enum { CLASS, OID, NEEDED_CLASS, NEEDED_OID };
    const ag_rows *rows = &r->rows[AG_PG_DEPENDS];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_object *object = ag_map_get(&r->objects, ag_pg_identity(r, row[CLASS], row[OID]));
        const char *key = object == NULL ? NULL : key_of(r, row[NEEDED_CLASS], row[NEEDED_OID]);
        if (key != NULL) {
            ag_vec_push(r->arena, &object->depends, key);
        }
    }
    /* The order of oids is an accident. */
    for (size_t i = 0; i < r->schema->objects.n; i++) {
        ag_strings *depends = &r->schema->objects.items[i]->depends;
        if (depends->n > 1) {
            qsort(depends->items, depends->n, sizeof *depends->items, by_text);
        }
    }
}

void ag_pg_read_unmanaged(ag_pg_reader *r) {
    enum { WHAT, NAME };
    const ag_rows *rows = &r->rows[AG_PG_UNMANAGED];
    for (size_t i = 0; i < rows->rows.n; i++) {
        ag_pg_row row = rows->rows.items[i];
        ag_schema_add_unmanaged(r->schema, row[WHAT], row[NAME]);
    }
}
