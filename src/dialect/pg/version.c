/* A model that asks for what the server lacks is told so before anything is written or run. */
#include "dialect/pg/version.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "dialect/pg/pg.h"
#include "schema/access.h"
#include "schema/node.h"
#include "sql/normal.h"
#include "sql/token.h"

bool ag_pg_has_version(int version, int major) {
    return version == 0 || version >= major * 10000;
}

bool ag_pg_drops_expressions(int version) {
    return ag_pg_has_version(version, 13);
}

bool ag_pg_stops_computing(const ag_op *op) {
    return op->kind == AG_OP_ALTER_COLUMN && op->before.column->generated != AG_GENERATED_NONE &&
           op->after.column->generated == AG_GENERATED_NONE;
}

typedef struct checker {
    ag_arena *arena;
    const ag_schema *to;
    int version;
    const char *subject; /**< what is being looked at, for messages. */
    ag_loc loc;          /**< where the model says it. */
    ag_error first;
    size_t n;
} checker;

static void need(checker *c, bool is_used, int major, const char *what) {
    if (!is_used || ag_pg_has_version(c->version, major)) {
        return;
    }
    if (c->n == 0) {
        (void)ag_fail_at(&c->first, AG_INPUT, c->loc, NULL,
                         "%s: %s needs PostgreSQL %d, and the server is PostgreSQL %d", c->subject,
                         what, major, c->version / 10000);
    }
    c->n++;
}

/* `outer` comes back with give_back: places nest. */
typedef struct place {
    const char *subject;
    ag_loc loc;
} place;

static place enter(checker *c, const char *subject, ag_loc loc) {
    place outer = {c->subject, c->loc};
    c->subject = subject;
    c->loc = loc.line > 0 ? loc : c->loc;
    return outer;
}

static void leave(checker *c, place outer) {
    c->subject = outer.subject;
    c->loc = outer.loc;
}

/* "column public.t.c" */
static const char *part_of(checker *c, const char *kind, const ag_op *op, const char *name) {
    const char *table = op->table != NULL ? op->table : op->name;
    return ag_arena_printf(c->arena, "%s %s%s%s%s%s", kind, op->ns != NULL ? op->ns : "",
                           op->ns != NULL ? "." : "", table, name != NULL ? "." : "",
                           name != NULL ? name : "");
}

/* Names that came with a version */

typedef struct newcomer {
    const char *name;
    int major;
} newcomer;

static const newcomer types[] = {
    {"int4multirange", 14}, {"int8multirange", 14}, {"nummultirange", 14},
    {"tsmultirange", 14},   {"tstzmultirange", 14}, {"datemultirange", 14},
    {"xid8", 13},           {"pg_snapshot", 13},    {"regcollation", 13},
};

static const newcomer options[] = {
    {"deduplicate_items", 13},
    {"autovacuum_vacuum_insert_threshold", 13},
    {"autovacuum_vacuum_insert_scale_factor", 13},
    {"toast.autovacuum_vacuum_insert_threshold", 13},
    {"toast.autovacuum_vacuum_insert_scale_factor", 13},
};

static void need_name(checker *c, const newcomer *list, size_t n, const char *name,
                      const char *what) {
    size_t length = name == NULL ? 0 : strcspn(name, "[(");
    for (size_t i = 0; name != NULL && i < n; i++) {
        if (strlen(list[i].name) == length && strncmp(list[i].name, name, length) == 0) {
            need(c, true, list[i].major, ag_arena_printf(c->arena, "%s %s", what, list[i].name));
        }
    }
}

/* numeric(3,-2), numeric(2,5) */
static bool has_odd_scale(const char *type) {
    static const char start[] = "numeric(";
    char *end = NULL;
    if (type == NULL || !ag_text_starts(type, start)) {
        return false;
    }
    long precision = strtol(type + sizeof start - 1, &end, 10);
    long scale = *end == ',' ? strtol(end + 1, NULL, 10) : 0;
    return scale < 0 || scale > precision;
}

static void check_type(checker *c, const char *type) {
    need(c, has_odd_scale(type), 15, "a scale that is negative or above the precision");
    need_name(c, types, sizeof types / sizeof *types, type, "type");
}

static void check_options(checker *c, const ag_options *list) {
    for (size_t i = 0; i < list->n; i++) {
        need_name(c, options, sizeof options / sizeof *options, list->items[i].name, "option");
    }
}

/* Tables and their parts */

/* Before it was the server's own, an extension brought it. */
static bool lacks_uuids(const checker *c, const char *expr) {
    bool is_used = expr != NULL && ag_sql_refers_to(AG_SQL_POSTGRES, expr, "gen_random_uuid");
    for (size_t i = 0; is_used && i < c->to->extensions.n; i++) {
        is_used = !ag_text_eq(c->to->extensions.items[i]->name, "pgcrypto");
    }
    return is_used;
}

static void check_column(checker *c, const ag_op *op, const ag_column *it) {
    place outer = enter(c, part_of(c, "column", op, it->name), it->loc);
    check_type(c, it->type);
    need(c, it->compression != NULL, 14, "COMPRESSION");
    need(c, lacks_uuids(c, it->default_expr), 13, "gen_random_uuid() without pgcrypto");
    need(c, it->generated == AG_GENERATED_VIRTUAL, 18, "a virtual generated column");
    leave(c, outer);
}

static void check_keys(checker *c, const ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        const char *opclass = keys->items[i].opclass;
        need(c, keys->items[i].opclass_options.n > 0, 13, "an operator class with options");
        need(c,
             opclass != NULL && (ag_text_ends(opclass, "_bloom_ops") ||
                                 ag_text_ends(opclass, "_minmax_multi_ops")),
             14, "operator class bloom or minmax_multi");
    }
}

static void check_constraint(checker *c, const ag_op *op, const ag_constraint *it,
                             bool is_partitioned) {
    place outer = enter(c, part_of(c, "constraint", op, it->name), it->loc);
    need(c, it->nulls_not_distinct, 15, "NULLS NOT DISTINCT");
    need(c, it->on_delete_columns.n > 0, 15, "ON DELETE with columns");
    need(c, it->kind == AG_EXCLUDE && is_partitioned, 17,
         "an exclusion constraint on a partitioned table");
    need(c, it->include.n > 0 && ag_text_eq(it->method, "spgist"), 14, "INCLUDE with spgist");
    check_keys(c, &it->keys);
    check_options(c, &it->options);
    leave(c, outer);
}

static void check_index(checker *c, const ag_op *op, const ag_index *it) {
    place outer = enter(c, part_of(c, "index", op, it->name), it->loc);
    need(c, it->nulls_not_distinct, 15, "NULLS NOT DISTINCT");
    need(c, it->include.n > 0 && ag_text_eq(it->method, "spgist"), 14, "INCLUDE with spgist");
    check_keys(c, &it->keys);
    check_options(c, &it->options);
    leave(c, outer);
}

static void check_table(checker *c, const ag_op *op, const ag_table *before, const ag_table *it) {
    place outer = enter(c, part_of(c, "table", op, NULL), it->loc);
    bool is_partitioned = it->partition_by != NULL;
    need(c, it->access_method != NULL && is_partitioned, 17,
         "an access method of a partitioned table");
    need(c, before != NULL && !ag_text_eq(before->access_method, it->access_method), 15,
         "another access method");
    check_options(c, &it->options);
    for (size_t i = 0; before == NULL && i < it->columns.n; i++) {
        check_column(c, op, it->columns.items[i]);
    }
    for (size_t i = 0; before == NULL && i < it->constraints.n; i++) {
        check_constraint(c, op, it->constraints.items[i], is_partitioned);
    }
    leave(c, outer);
}

/* Definitions */

/*
 * What stands in a definition, and in what kind: outside of parentheses, or within (`is_inside`).
 * Of a view only what stands before its query is looked at.
 */
static const struct {
    ag_kind kind;
    const char *words[3];
    bool is_inside;
    int major;
    const char *what;
} clauses[] = {
    {AG_VIEW, {"security_invoker"}, true, 15, "security_invoker"},
    {AG_FUNCTION, {"BEGIN", "ATOMIC"}, false, 14, "a body of SQL statements"},
    {AG_FUNCTION, {"RETURN"}, false, 14, "a body of SQL statements"},
    {AG_PROCEDURE, {"BEGIN", "ATOMIC"}, false, 14, "a body of SQL statements"},
    {AG_PUBLICATION, {"TABLES", "IN", "SCHEMA"}, false, 15, "TABLES IN SCHEMA"},
    {AG_PUBLICATION, {"WHERE"}, false, 15, "a row filter"},
    {AG_PUBLICATION, {"publish_via_partition_root"}, true, 13, "publish_via_partition_root"},
    {AG_PUBLICATION, {"publish_generated_columns"}, true, 18, "publish_generated_columns"},
    {AG_RANGE, {"MULTIRANGE_TYPE_NAME"}, true, 14, "MULTIRANGE_TYPE_NAME"},
    {AG_COLLATION, {"builtin"}, true, 17, "the provider builtin"},
    {AG_COLLATION, {"rules"}, true, 16, "a collation with rules"},
    {AG_EVENT_TRIGGER, {"login"}, false, 17, "an event trigger on login"},
};

static size_t n_words(const char *const words[3]) {
    size_t n = 0;
    while (n < 3 && words[n] != NULL) {
        n++;
    }
    return n;
}

typedef struct definition {
    ag_str text;
    ag_tokens tokens;
    int *depth; /**< parentheses around each. */
} definition;

static definition read_definition(checker *c, const ag_object *it) {
    definition d = {.text = ag_str_of(it->definition)};
    d.tokens = ag_sql_tokens(c->arena, AG_SQL_POSTGRES, d.text);
    d.depth = ag_arena_array(c->arena, d.tokens.n + 1, sizeof *d.depth);
    int depth = 0;
    for (size_t i = 0; i < d.tokens.n; i++) {
        depth -= ag_token_is(d.text, d.tokens.items[i], ")") ? 1 : 0;
        if (it->kind == AG_VIEW && depth == 0 && ag_token_is(d.text, d.tokens.items[i], "AS")) {
            d.tokens.n = i;
        }
        d.depth[i] = depth;
        depth += ag_token_is(d.text, d.tokens.items[i], "(") ? 1 : 0;
    }
    return d;
}

static bool is_at(const definition *d, size_t at, const char *word) {
    return at < d->tokens.n && ag_token_is(d->text, d->tokens.items[at], word);
}

static bool has_words(const definition *d, const char *const words[3], bool is_inside) {
    size_t n = n_words(words);
    for (size_t at = 0; at < d->tokens.n; at++) {
        size_t same = 0;
        while (same < n && is_at(d, at + same, words[same])) {
            same++;
        }
        if (same == n && (d->depth[at] > 0) == is_inside) {
            return true;
        }
    }
    return false;
}

/* Parentheses of their own behind a table are the list of its columns. */
static bool lists_columns(const definition *d) {
    for (size_t at = 1; at < d->tokens.n; at++) {
        if (is_at(d, at, "(") && d->depth[at] == 0 && !is_at(d, at - 1, "WITH") &&
            !is_at(d, at - 1, "WHERE")) {
            return true;
        }
    }
    return false;
}

/* CREATE STATISTICS … ON a, (b + 1), lower(c) FROM t */
static bool has_expressions(const definition *d) {
    bool is_on = false;
    for (size_t at = 0; at < d->tokens.n; at++) {
        is_on |= is_at(d, at, "ON");
        if (is_on && is_at(d, at, "(")) {
            return true;
        }
    }
    return false;
}

static bool is_partitioned(const checker *c, const ag_object *it) {
    const ag_table *table =
        it->table == NULL ? NULL : ag_schema_table(c->to, it->table_ns, it->table);
    return table != NULL && table->partition_by != NULL;
}

static void check_object(checker *c, const ag_op *op, const ag_object *it) {
    place outer =
        enter(c,
              ag_arena_printf(c->arena, "%s %s%s%s", ag_kind_name(it->kind),
                              op->ns != NULL ? op->ns : "", op->ns != NULL ? "." : "", it->name),
              it->loc);
    definition d = read_definition(c, it);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        need(c,
             clauses[i].kind == it->kind && has_words(&d, clauses[i].words, clauses[i].is_inside),
             clauses[i].major, clauses[i].what);
    }
    need(c, it->kind == AG_PUBLICATION && lists_columns(&d), 15, "a list of columns");
    need(c, it->kind == AG_STATISTICS && has_expressions(&d), 14, "statistics on an expression");
    static const char *const before[3] = {"BEFORE"};
    static const char *const row[3] = {"EACH", "ROW"};
    need(c,
         it->kind == AG_TRIGGER && is_partitioned(c, it) && has_words(&d, before, false) &&
             has_words(&d, row, false),
         13, "a BEFORE trigger for rows of a partitioned table");
    need(c, it->kind == AG_STATISTICS && it->extras.n > 0, 13, "a statistics target");
    leave(c, outer);
}

static void check_access(checker *c, const ag_op *op, const ag_access *it) {
    place outer =
        enter(c,
              ag_arena_printf(c->arena, "privileges on %s %s%s%s", ag_kind_name(it->kind),
                              it->ns != NULL ? it->ns : "", it->ns != NULL ? "." : "", op->name),
              it->loc);
    for (size_t i = 0; i < it->grants.n; i++) {
        need(c, (it->grants.items[i].privileges >> (unsigned)AG_MAY_MAINTAIN & 1u) != 0, 17,
             "MAINTAIN");
    }
    leave(c, outer);
}

static void check_attributes(checker *c, const ag_op *op, const ag_composite *it) {
    for (size_t i = 0; i < it->attributes.n; i++) {
        place outer = enter(c, part_of(c, "attribute", op, it->attributes.items[i]->name), it->loc);
        check_type(c, it->attributes.items[i]->type);
        leave(c, outer);
    }
}

static void check_op(checker *c, const ag_op *op) {
    c->loc = op->loc;
    c->subject = op->name != NULL ? op->name : "";
    switch ((int)op->kind) {
    case AG_OP_CREATE_TABLE:
    case AG_OP_ALTER_TABLE:
        check_table(c, op, op->before.table, op->after.table);
        break;
    case AG_OP_ADD_COLUMN:
    case AG_OP_ALTER_COLUMN:
        check_column(c, op, op->after.column);
        break;
    case AG_OP_ADD_CONSTRAINT:
        check_constraint(c, op, op->after.constraint, op->table_kind == AG_TABLE_PARTITIONED);
        break;
    case AG_OP_CREATE_INDEX:
    case AG_OP_ALTER_INDEX:
        check_index(c, op, op->after.index);
        break;
    case AG_OP_CREATE_SEQUENCE:
    case AG_OP_ALTER_SEQUENCE:
        c->subject = part_of(c, "sequence", op, NULL);
        need(c, op->after.sequence->unlogged, 15, "an unlogged sequence");
        break;
    case AG_OP_CREATE_DOMAIN:
    case AG_OP_ALTER_DOMAIN:
        c->subject = part_of(c, "domain", op, NULL);
        check_type(c, op->after.domain->type);
        break;
    case AG_OP_CREATE_COMPOSITE:
    case AG_OP_ALTER_COMPOSITE:
        check_attributes(c, op, op->after.composite);
        break;
    case AG_OP_CREATE_OBJECT:
    case AG_OP_REPLACE_OBJECT:
        check_object(c, op, op->after.object);
        break;
    case AG_OP_ALTER_ACCESS:
        if (op->after.access != NULL) {
            check_access(c, op, op->after.access);
        }
        break;
    default:
        break;
    }
}

bool ag_pg_check_version(const ag_ops *ops, const ag_schema *from, const ag_schema *to,
                         ag_error *err) {
    if (from->server_version == 0) {
        return true;
    }
    checker c = {.arena = ag_arena_new(), .to = to, .version = from->server_version};
    for (size_t i = 0; i < ops->list.n; i++) {
        check_op(&c, ops->list.items[i]);
    }
    ag_arena_free(c.arena);
    if (c.n == 0) {
        return true;
    }
    if (err != NULL) {
        *err = c.first;
    }
    if (c.n > 1) {
        return ag_hint(err, "leave it out of the model, or upgrade the server (%zu more like it)",
                       c.n - 1);
    }
    return ag_hint(err, "leave it out of the model, or upgrade the server");
}

void ag_pg_settle_privileges(ag_schema *model, int version) {
    unsigned maintain = 1u << (unsigned)AG_MAY_MAINTAIN;
    for (size_t i = 0; i < model->access.n; i++) {
        ag_access *it = model->access.items[i];
        unsigned all = ag_privileges_of(it->kind, it->signature);
        bool is_of_tables = (all & 1u << (unsigned)AG_MAY_TRUNCATE) != 0;
        for (size_t k = 0; is_of_tables && k < it->grants.n; k++) {
            ag_grant *grant = &it->grants.items[k];
            bool is_all = grant->column == NULL && grant->grantee[0] != '\0' &&
                          (grant->privileges & all) == all;
            if (is_all && !ag_pg_has_version(version, 17)) {
                grant->privileges &= ~maintain;
                grant->grantable &= ~maintain;
            } else if (is_all && model->server_version != 0 &&
                       !ag_pg_has_version(model->server_version, 17)) {
                grant->privileges |= maintain;
                grant->grantable |= (grant->grantable & all) == all ? maintain : 0;
            }
        }
    }
}
