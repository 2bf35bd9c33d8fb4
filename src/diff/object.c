/* Views, functions, triggers and whatever else is compared by its definition. */
#include <string.h>

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "sql/token.h"

static void object_key(ag_buf *buf, const void *node) {
    const ag_object *object = node;
    ag_buf_printf(buf, "%d\n%s\n%s\n%s\n%s\n%s", (int)object->kind, object->ns ? object->ns : "",
                  object->name, object->signature ? object->signature : "",
                  object->table_ns ? object->table_ns : "", object->table ? object->table : "");
}

const ag_table *ag__table_of_object(ag_differ *d, const ag_object *object) {
    ag_table *table = ag_arena_new_of(d->scratch, ag_table);
    table->ns = object->ns;
    table->name = object->name;
    table->columns = object->columns;
    table->indexes = object->indexes;
    return table;
}

static bool is_on(const ag_schema *schema, const ag_object *object) {
    return object->table != NULL &&
           (ag_schema_table(schema, object->table_ns, object->table) != NULL ||
            ag_schema_object(schema, AG_VIEW, object->table_ns, object->table) != NULL ||
            ag_schema_object(schema, AG_FOREIGN_TABLE, object->table_ns, object->table) != NULL);
}

static ag_op *emit(ag_differ *d, ag_op_kind kind, const ag_object *object) {
    ag_op *op = ag__emit(d, kind, object->ns != NULL ? object->ns : object->table_ns, object->name);
    op->object = object->kind;
    op->table = object->table;
    op->signature = object->signature;
    op->on_new_table = object->table != NULL && !is_on(d->from, object);
    op->on_dropped_table = object->table != NULL && !is_on(d->to, object);
    return op;
}

void ag__create_object(ag_differ *d, const ag_object *object, bool is_remade) {
    ag_op *op = emit(d, AG_OP_CREATE_OBJECT, object);
    op->after.object = object;
    op->is_remade = is_remade;
    op->on_dropped_table = false;
    op->loc = object->loc;
    for (size_t i = 0; i < object->indexes.n; i++) {
        ag__create_index(d, ag__table_of_object(d, object), object->indexes.items[i], true);
    }
}

static const ag_object *parallel_object(const ag_schema *from, const ag_schema *to,
                                        const ag_object *object) {
    for (size_t i = 0; i < from->objects.n; i++) {
        if (from->objects.items[i] == object) {
            return to->objects.items[i];
        }
    }
    return object;
}

const ag_object *ag__original_object(const ag_differ *d, const ag_object *object) {
    return d->moved == NULL ? object : parallel_object(d->moved, d->original, object);
}

const ag_object *ag__moved_object(const ag_differ *d, const ag_object *object) {
    return d->moved == NULL ? object : parallel_object(d->original, d->moved, object);
}

static bool is_view(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW;
}

bool ag__is_early(const ag_differ *d, const ag_op *op) {
    return op->kind == AG_OP_DROP_OBJECT && is_view(op->object) && !d->binds_late;
}

ag_op *ag__drop_object(ag_differ *d, const ag_object *object, bool is_remade) {
    ag__forget_ops(d, object);
    ag__forget_comments(d, object);
    if (is_view(object->kind) && !d->binds_late) {
        ag__forget_indexes(d, object);
        object = ag__original_object(d, object);
        ag__forget_ops(d, object);
    }
    for (size_t i = 0; i < object->indexes.n; i++) {
        ag__drop_index(d, ag__table_of_object(d, object), object->indexes.items[i], true);
    }
    ag_op *op = emit(d, AG_OP_DROP_OBJECT, object);
    op->before.object = object;
    op->is_remade = is_remade;
    op->on_new_table = false;
    return op;
}

static void object_create(ag_differ *d, const ag_pair *pair) {
    ag__create_object(d, pair->after, false);
}

static void object_drop(ag_differ *d, const ag_pair *pair) {
    ag__drop_object(d, pair->before, false);
}

static bool same_extras(const ag_differ *d, const ag_strings *a, const ag_strings *b) {
    bool is_same = a->n == b->n;
    for (size_t i = 0; is_same && i < a->n; i++) {
        is_same = ag_sql_tokens_equal(d->dialect->flavor, a->items[i], b->items[i]);
    }
    return is_same;
}

/* CREATE STATISTICS … ON a, (b + 1) FROM t: the elements of the list, and what stands around it. */
static void list_elements(const ag_differ *d, const char *definition, ag_strings *out) {
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(d->dialect->flavor, text);
    size_t depth = 0;
    size_t start = 0;
    ag_token token = ag_lexer_next_solid(&lexer);
    for (; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        bool divides =
            depth == 0 && (ag_token_is(text, token, "on") || ag_token_is(text, token, ",") ||
                           ag_token_is(text, token, "from"));
        depth += ag_token_is(text, token, "(") ? 1u : 0u;
        depth -= depth > 0 && ag_token_is(text, token, ")") ? 1u : 0u;
        if (divides) {
            const char *element =
                ag_arena_strndup(d->scratch, definition + start, token.offset - start);
            ag_vec_push(d->scratch, out, element);
            start = token.offset + token.n;
        }
    }
    ag_vec_push(d->scratch, out, definition + start);
}

/* The server gives the columns of statistics in the order of the table's. */
static bool same_elements(const ag_differ *d, const char *a, const char *b) {
    ag_strings mine = {NULL, 0, 0};
    ag_strings others = {NULL, 0, 0};
    list_elements(d, a, &mine);
    list_elements(d, b, &others);
    bool is_same = mine.n == others.n;
    for (size_t i = 0; is_same && i < mine.n; i++) {
        is_same = false;
        for (size_t j = 0; j < others.n && !is_same; j++) {
            is_same = others.items[j] != NULL &&
                      ag_sql_tokens_equal(d->dialect->flavor, mine.items[i], others.items[j]);
            others.items[j] = is_same ? NULL : others.items[j];
        }
    }
    return is_same;
}

static bool same_text(const ag_differ *d, const ag_object *a, const ag_object *b) {
    if (a->definition == NULL || b->definition == NULL) {
        return a->definition == b->definition;
    }
    return strcmp(a->definition, b->definition) == 0 ||
           ag_sql_tokens_equal(d->dialect->flavor, a->definition, b->definition) ||
           (a->kind == AG_STATISTICS && same_elements(d, a->definition, b->definition));
}

static bool same_definition(const ag_differ *d, const ag_object *a, const ag_object *b) {
    return same_text(d, a, b) && same_extras(d, &a->extras, &b->extras);
}

/* CREATE OR REPLACE VIEW only adds columns at the end, and the way back would take them away. */
static bool extends_columns(const ag_differ *d, const ag_object *a, const ag_object *b) {
    bool extends = a->columns.n > 0 && a->columns.n <= b->columns.n;
    for (size_t i = 0; extends && i < a->columns.n; i++) {
        const ag_column *old_column = a->columns.items[i];
        const ag_column *new_column = b->columns.items[i];
        extends = ag__same_name(d, old_column->name, new_column->name) &&
                  ag_text_eq(old_column->type, new_column->type);
    }
    return extends;
}

static bool is_replaceable(const ag_differ *d, const ag_object *a, const ag_object *b) {
    if (d->binds_late) {
        return true;
    }
    if (d->dialect->can_replace != NULL && !d->dialect->can_replace(a, b)) {
        return false;
    }
    if (a->kind == AG_FUNCTION || a->kind == AG_PROCEDURE || a->kind == AG_TS_CONFIGURATION ||
        a->kind == AG_TS_DICTIONARY || a->kind == AG_FOREIGN_SERVER ||
        a->kind == AG_FOREIGN_WRAPPER) {
        return true;
    }
    return a->kind == AG_VIEW && extends_columns(d, a, b) && extends_columns(d, b, a);
}

static const ag_column *find_column(const ag_columns *columns, const char *name) {
    for (size_t i = 0; i < columns->n; i++) {
        if (ag_text_eq(columns->items[i]->name, name)) {
            return columns->items[i];
        }
    }
    return NULL;
}

static void compare_object_comments(ag_differ *d, const ag_object *a, const ag_object *b) {
    const char *ns = b->ns != NULL ? b->ns : b->table_ns;
    ag_op *op = ag__compare_comments(d, b->kind, ns, b->table, b->name, a->comment, b->comment);
    if (op != NULL) {
        op->signature = b->signature;
        op->loc = b->loc;
    }
    for (size_t i = 0; i < b->columns.n; i++) {
        const ag_column *column = b->columns.items[i];
        const ag_column *twin = find_column(&a->columns, column->name);
        ag__compare_comments(d, AG_COLUMN, ns, b->name, column->name,
                             twin != NULL ? twin->comment : NULL, column->comment);
    }
}

static bool is_uprooted(ag_differ *d, const ag_object *object) {
    return d->uprooted.n > 0 && ag_map_has(&d->uprooted, ag_node_key(d->scratch, object->kind,
                                                                     object->ns, object->name));
}

static void object_compare(ag_differ *d, const ag_pair *pair) {
    const ag_object *a = pair->before;
    const ag_object *b = pair->after;
    bool is_same = same_definition(d, a, b);
    if (is_uprooted(d, a) || (!is_same && !is_replaceable(d, a, b))) {
        ag__drop_object(d, a, true);
        ag__create_object(d, b, true);
        return;
    }
    if (!is_same) {
        ag_op *op = emit(d, AG_OP_REPLACE_OBJECT, b);
        op->before.object = a;
        op->after.object = b;
        op->loc = b->loc;
    }
    compare_object_comments(d, a, b);
    ag__diff_indexes(d, ag__table_of_object(d, a), ag__table_of_object(d, b));
}

static const ag_walk object_walk = {object_key, object_create, object_drop, object_compare};

/* What belongs to a table goes with it, covered or not, so that the way back makes it again. */
static bool goes_with_table(const ag_differ *d, const ag_object *object) {
    if (object->table == NULL || is_on(d->to, object)) {
        return false;
    }
    bool is_table = ag_schema_table(d->from, object->table_ns, object->table) != NULL;
    return ag_schema_covers(d->to, is_table ? AG_TABLE : AG_VIEW);
}

static void collect(ag_differ *d, const ag_schema *schema, bool is_old, ag_objects *out) {
    for (size_t i = 0; i < schema->objects.n; i++) {
        ag_object *object = schema->objects.items[i];
        if (ag_schema_covers(d->to, object->kind) || (is_old && goes_with_table(d, object))) {
            ag_vec_push(d->scratch, out, object);
        }
    }
}

void ag__diff_objects(ag_differ *d) {
    ag_objects from = {NULL, 0, 0};
    ag_objects to = {NULL, 0, 0};
    collect(d, d->from, true, &from);
    collect(d, d->to, false, &to);
    ag__walk(d, &object_walk, AG_SIDE(from, NULL), AG_SIDE(to, NULL));
}
