/* Namespaces, extensions, types and sequences: what tables are made of. */
#include <string.h>

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

static void put_key(ag_buf *buf, const char *ns, const char *name) {
    ag_buf_puts(buf, ns != NULL ? ns : "");
    ag_buf_putc(buf, '\n');
    ag_buf_puts(buf, name);
}

/* The three functions of a walk that are alike for every kind whose node has a namespace. */
#define SIMPLE_WALK(kind, type, member, create_op, drop_op)                                        \
    static void kind##_key(ag_buf *buf, const void *node) {                                        \
        const type *it = node;                                                                     \
        put_key(buf, it->ns, it->name);                                                            \
    }                                                                                              \
    static void kind##_create(ag_differ *d, const ag_pair *pair) {                                 \
        const type *it = pair->after;                                                              \
        ag_op *op = ag__emit(d, create_op, it->ns, it->name);                                      \
        op->after.member = it;                                                                     \
        op->loc = it->loc;                                                                         \
    }                                                                                              \
    static void kind##_drop(ag_differ *d, const ag_pair *pair) {                                   \
        const type *it = pair->before;                                                             \
        ag__emit(d, drop_op, it->ns, it->name)->before.member = it;                                \
    }

SIMPLE_WALK(enum, ag_enum, enum_, AG_OP_CREATE_ENUM, AG_OP_DROP_ENUM)
SIMPLE_WALK(domain, ag_domain, domain, AG_OP_CREATE_DOMAIN, AG_OP_DROP_DOMAIN)
SIMPLE_WALK(composite, ag_composite, composite, AG_OP_CREATE_COMPOSITE, AG_OP_DROP_COMPOSITE)

/*
 * Namespaces. The default one is never made or dropped, being part of an empty database: a schema
 * names it only for its comment.
 */

static bool is_default_namespace(const ag_differ *d, const ag_namespace *ns) {
    return ag_text_eq(ns->name, d->dialect->default_namespace);
}

static void namespace_key(ag_buf *buf, const void *node) {
    ag_buf_puts(buf, ((const ag_namespace *)node)->name);
}

static void namespace_create(ag_differ *d, const ag_pair *pair) {
    const ag_namespace *ns = pair->after;
    if (is_default_namespace(d, ns)) {
        ag__compare_comments(d, AG_NAMESPACE, NULL, NULL, ns->name, NULL, ns->comment);
        return;
    }
    ag_op *op = ag__emit(d, AG_OP_CREATE_NAMESPACE, NULL, ns->name);
    op->after.ns = ns;
    op->loc = ns->loc;
}

static void namespace_drop(ag_differ *d, const ag_pair *pair) {
    const ag_namespace *ns = pair->before;
    if (!is_default_namespace(d, ns)) {
        ag__emit(d, AG_OP_DROP_NAMESPACE, NULL, ns->name)->before.ns = ns;
    }
}

static void namespace_compare(ag_differ *d, const ag_pair *pair) {
    const ag_namespace *a = pair->before;
    const ag_namespace *b = pair->after;
    /* The server itself comments the default namespace; a model that is silent leaves that. */
    if (!is_default_namespace(d, b) || b->comment != NULL) {
        ag__compare_comments(d, AG_NAMESPACE, NULL, NULL, b->name, a->comment, b->comment);
    }
}

/* Extensions. What the model leaves open is the server's choice. */

static void extension_key(ag_buf *buf, const void *node) {
    ag_buf_puts(buf, ((const ag_extension *)node)->name);
}

static void extension_create(ag_differ *d, const ag_pair *pair) {
    const ag_extension *extension = pair->after;
    ag_op *op = ag__emit(d, AG_OP_CREATE_EXTENSION, extension->ns, extension->name);
    op->after.extension = extension;
    op->loc = extension->loc;
}

static void extension_drop(ag_differ *d, const ag_pair *pair) {
    const ag_extension *extension = pair->before;
    ag__emit(d, AG_OP_DROP_EXTENSION, extension->ns, extension->name)->before.extension = extension;
}

static void extension_compare(ag_differ *d, const ag_pair *pair) {
    const ag_extension *a = pair->before;
    const ag_extension *b = pair->after;
    ag_extension *merged = ag_arena_copy(d->scratch, b, sizeof *b);
    merged->comment = a->comment;
    bool differs = ag__keep(&merged->ns, a->ns, b->ns == NULL || ag_text_eq(a->ns, b->ns));
    differs |= ag__keep(&merged->version, a->version,
                        b->version == NULL || ag_text_eq(a->version, b->version));
    if (differs) {
        ag_op *op = ag__emit(d, AG_OP_ALTER_EXTENSION, b->ns, b->name);
        op->before.extension = a;
        op->after.extension = merged;
        op->loc = b->loc;
    }
    if (b->comment != NULL) { /* every extension comes with a comment of its own. */
        ag__compare_comments(d, AG_EXTENSION, NULL, NULL, b->name, a->comment, b->comment);
    }
}

/* Enums. Values that are renamed carry each other's names on both sides (op.h). */

static ag_enum *copy_values(ag_arena *arena, const ag_enum *from) {
    ag_enum *copy = ag_arena_copy(arena, from, sizeof *from);
    copy->values.items =
        ag_arena_copy(arena, from->values.items, from->values.n * sizeof *from->values.items);
    copy->values.cap = copy->values.n;
    return copy;
}

static ag_enum_value *find_value(const ag_enum *e, const char *name) {
    for (size_t i = 0; name != NULL && i < e->values.n; i++) {
        if (strcmp(e->values.items[i].name, name) == 0) {
            return &e->values.items[i];
        }
    }
    return NULL;
}

static bool same_values(const ag_enum *a, const ag_enum *b) {
    bool is_same = a->values.n == b->values.n;
    for (size_t i = 0; is_same && i < a->values.n; i++) {
        is_same = strcmp(a->values.items[i].name, b->values.items[i].name) == 0;
    }
    return is_same;
}

/* Gives the values of the old enum the names that the database has. True when any was renamed. */
static bool settle_value_names(ag_differ *d, ag_enum *a, ag_enum *b) {
    bool is_renamed = false;
    for (size_t i = 0; i < b->values.n; i++) {
        b->values.items[i].renamed_from = NULL;
    }
    for (size_t i = 0; i < a->values.n; i++) {
        ag_enum_value *old_value = &a->values.items[i];
        ag_enum_value *new_value = find_value(b, old_value->name);
        const char *former = ag__former_name(d, AG_N_KINDS, a->ns, a->name, old_value->name);
        old_value->renamed_from = NULL;
        if (former != NULL && new_value != NULL) {
            old_value->renamed_from = new_value->name;
            old_value->name = former;
            new_value->renamed_from = former;
            is_renamed = true;
        }
    }
    return is_renamed;
}

static void enum_compare(ag_differ *d, const ag_pair *pair) {
    const ag_enum *a = pair->before;
    const ag_enum *b = pair->after;
    ag_enum *old_enum = copy_values(d->scratch, a);
    ag_enum *new_enum = copy_values(d->scratch, b);
    if (settle_value_names(d, old_enum, new_enum) || !same_values(a, b)) {
        new_enum->comment = a->comment;
        ag_op *op = ag__emit(d, AG_OP_ALTER_ENUM, b->ns, b->name);
        op->before.enum_ = old_enum;
        op->after.enum_ = new_enum;
        op->loc = b->loc;
    }
    ag__compare_comments(d, AG_ENUM, b->ns, NULL, b->name, a->comment, b->comment);
}

/* Domains. Checks pair as constraints of tables do: a name that nobody gave is no difference. */

static const ag_constraint *find_check(const ag_differ *d, const ag_constraints *checks,
                                       const ag_constraint *wanted) {
    for (size_t i = 0; i < checks->n; i++) {
        const ag_constraint *check = checks->items[i];
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): no list holds a NULL */
        if ((wanted->name_origin != AG_NAME_GIVEN || ag_text_eq(check->name, wanted->name)) &&
            ag__compare_constraints(d, NULL, check, NULL, wanted) == AG_SAME) {
            return check;
        }
    }
    return NULL;
}

/* True when nothing is left; else `merged` has the old nodes of the checks that stay. */
static bool merge_checks(ag_differ *d, const ag_constraints *a, const ag_constraints *b,
                         ag_constraints *merged) {
    *merged = (ag_constraints){NULL, 0, 0};
    bool is_same = a->n == b->n;
    for (size_t i = 0; i < b->n; i++) {
        const ag_constraint *twin = find_check(d, a, b->items[i]);
        is_same = is_same && twin != NULL && ag_text_eq(twin->comment, b->items[i]->comment);
        ag_constraint *kept =
            ag_arena_copy(d->scratch, twin != NULL ? twin : b->items[i], sizeof *kept);
        kept->comment = b->items[i]->comment;
        ag_vec_push(d->scratch, merged, kept);
    }
    return is_same;
}

static void domain_compare(ag_differ *d, const ag_pair *pair) {
    const ag_domain *a = pair->before;
    const ag_domain *b = pair->after;
    ag_domain *merged = ag_arena_copy(d->scratch, b, sizeof *b);
    merged->comment = a->comment;
    bool differs =
        ag__keep(&merged->type, a->type,
                 ag_text_eq(a->type, b->type) || d->dialect->same_type(a->type, b->type, false) ||
                     ag__moves_with_extension(d, a->type, b->type));
    differs |= a->nullable != b->nullable;
    differs |= ag__keep(&merged->default_expr, a->default_expr,
                        ag__same_expr(d, a->default_expr, b->default_expr, b->type));
    differs |= ag__keep(&merged->collation, a->collation, ag_text_eq(a->collation, b->collation));
    differs |= !merge_checks(d, &a->checks, &b->checks, &merged->checks);
    if (differs) {
        ag_op *op = ag__emit(d, AG_OP_ALTER_DOMAIN, b->ns, b->name);
        op->before.domain = a;
        op->after.domain = merged;
        op->loc = b->loc;
    }
    ag__compare_comments(d, AG_DOMAIN, b->ns, NULL, b->name, a->comment, b->comment);
}

/* Composite types. */

static ag_column *find_attribute(const ag_columns *attributes, const char *name) {
    for (size_t i = 0; i < attributes->n; i++) {
        if (ag_text_eq(attributes->items[i]->name, name)) {
            return attributes->items[i];
        }
    }
    return NULL;
}

static const char *former_attribute(ag_differ *d, const ag_composite *type,
                                    const ag_column *attribute) {
    return ag__former_name(d, AG_COLUMN, type->ns, type->name, attribute->name);
}

static bool merge_attributes(ag_differ *d, const ag_composite *type, const ag_columns *b,
                             ag_columns *merged) {
    const ag_columns *a = &type->attributes;
    *merged = (ag_columns){NULL, 0, 0};
    bool is_same = a->n == b->n;
    for (size_t i = 0; i < b->n; i++) {
        const ag_column *twin = find_attribute(a, b->items[i]->name);
        ag_column *kept = ag_arena_copy(d->scratch, b->items[i], sizeof *kept);
        if (twin != NULL) {
            is_same &= ag__merge_column(d, NULL, twin, NULL, b->items[i], kept);
        }
        kept->renamed_from = former_attribute(d, type, b->items[i]);
        is_same = is_same && twin == (i < a->n ? a->items[i] : NULL) && kept->renamed_from == NULL;
        ag_vec_push(d->scratch, merged, kept);
    }
    return is_same;
}

/* The old attributes under the names they have in the database. */
static void former_attributes(ag_differ *d, const ag_composite *type, ag_columns *former) {
    *former = (ag_columns){NULL, 0, 0};
    for (size_t i = 0; i < type->attributes.n; i++) {
        ag_column *copy = ag_arena_copy(d->scratch, type->attributes.items[i], sizeof *copy);
        const char *old_name = former_attribute(d, type, copy);
        copy->renamed_from = old_name != NULL ? copy->name : NULL;
        copy->name = old_name != NULL ? old_name : copy->name;
        ag_vec_push(d->scratch, former, copy);
    }
}

static void composite_compare(ag_differ *d, const ag_pair *pair) {
    const ag_composite *a = pair->before;
    const ag_composite *b = pair->after;
    ag_composite *merged = ag_arena_copy(d->scratch, b, sizeof *b);
    merged->comment = a->comment;
    if (!merge_attributes(d, a, &b->attributes, &merged->attributes)) {
        ag_composite *former = ag_arena_copy(d->scratch, a, sizeof *a);
        former_attributes(d, a, &former->attributes);
        ag_op *op = ag__emit(d, AG_OP_ALTER_COMPOSITE, b->ns, b->name);
        op->before.composite = former;
        op->after.composite = merged;
        op->loc = b->loc;
    }
    ag__compare_comments(d, AG_COMPOSITE, b->ns, NULL, b->name, a->comment, b->comment);
    for (size_t i = 0; i < b->attributes.n; i++) {
        const ag_column *attribute = b->attributes.items[i];
        const ag_column *twin = find_attribute(&a->attributes, attribute->name);
        if (twin != NULL || attribute->comment != NULL) {
            ag__compare_comments(d, AG_COLUMN, b->ns, b->name, attribute->name,
                                 twin != NULL ? twin->comment : NULL, attribute->comment);
        }
    }
}

/* Sequences. Ownership needs the table, whose default may need the sequence: it comes and goes in
 * an operation of its own. */

static void sequence_key(ag_buf *buf, const void *node) {
    const ag_sequence *sequence = node;
    put_key(buf, sequence->ns, sequence->name);
}

/* A usual name that is too long is cut, between letters. */
enum { LONGEST_NAME = 63, LONGEST_LETTER = 4 };

/* The name of a column's own sequence: given, or as servers make it (cut where it is too long). */
static bool is_own_name(const ag_table *table, const ag_column *column, const char *name) {
    if (column->identity_options.name != NULL) {
        return ag_text_eq(column->identity_options.name, name);
    }
    ag_buf usual = AG_BUF_INIT;
    ag_buf_printf(&usual, "%s_%s_seq", table->name, column->name);
    bool is_cut = usual.n > LONGEST_NAME && strlen(name) + LONGEST_LETTER > LONGEST_NAME;
    bool is_own = ag_text_eq(ag_buf_text(&usual), name) || is_cut;
    ag_buf_release(&usual);
    return is_own;
}

/* A serial column brings its sequence and takes it along; it may own others as well. */
static bool belongs_to_serial(const ag_schema *schema, const ag_sequence *sequence) {
    const ag_table *table =
        sequence->owner_table == NULL
            ? NULL
            : ag_schema_table(schema, sequence->owner_ns, sequence->owner_table);
    const ag_column *column =
        table == NULL ? NULL : ag_table_column(schema, table, sequence->owner_column);
    return column != NULL && (column->serial || column->identity != AG_IDENTITY_NONE) &&
           is_own_name(table, column, sequence->name);
}

static const ag_sequence *without_owner(ag_differ *d, const ag_sequence *sequence) {
    ag_sequence *free_one = ag_arena_copy(d->scratch, sequence, sizeof *sequence);
    free_one->owner_ns = free_one->owner_table = free_one->owner_column = NULL;
    return free_one;
}

static ag_op *alter_sequence(ag_differ *d, const ag_sequence *before, const ag_sequence *after) {
    ag_op *op = ag__emit(d, AG_OP_ALTER_SEQUENCE, after->ns, after->name);
    op->before.sequence = before;
    op->after.sequence = after;
    op->loc = after->loc;
    return op;
}

/* Its table goes for a while, and is not to take it along. */
static bool loses_owner(const ag_differ *d, const ag_sequence *a, const ag_sequence *b) {
    if (a->owner_table == NULL || belongs_to_serial(d->from, a) || belongs_to_serial(d->to, b)) {
        return false;
    }
    const ag_table *owner = ag_schema_table(d->from, a->owner_ns, a->owner_table);
    return owner != NULL && ag__is_remade(d, owner);
}

static void sequence_create(ag_differ *d, const ag_pair *pair) {
    const ag_sequence *sequence = pair->after;
    if (belongs_to_serial(d->to, sequence)) {
        return;
    }
    ag_op *op = ag__emit(d, AG_OP_CREATE_SEQUENCE, sequence->ns, sequence->name);
    op->after.sequence = without_owner(d, sequence);
    op->loc = sequence->loc;
    if (sequence->owner_table != NULL) {
        alter_sequence(d, op->after.sequence, sequence);
    }
}

static void sequence_drop(ag_differ *d, const ag_pair *pair) {
    const ag_sequence *sequence = pair->before;
    if (belongs_to_serial(d->from, sequence)) {
        return;
    }
    const ag_sequence *free_one = without_owner(d, sequence);
    if (sequence->owner_table != NULL) {
        alter_sequence(d, sequence, free_one);
    }
    ag__emit(d, AG_OP_DROP_SEQUENCE, sequence->ns, sequence->name)->before.sequence = free_one;
}

static bool same_owner(const ag_differ *d, const ag_sequence *a, const ag_sequence *b) {
    return ag__same_name(d, a->owner_ns, b->owner_ns) &&
           ag__same_name(d, a->owner_table, b->owner_table) &&
           ag__same_name(d, a->owner_column, b->owner_column);
}

static void sequence_compare(ag_differ *d, const ag_pair *pair) {
    const ag_sequence *a = pair->before;
    const ag_sequence *b = pair->after;
    ag_sequence *merged = ag_arena_copy(d->scratch, b, sizeof *b);
    const char *usual = "bigint";
    const char *type_a = a->type != NULL ? a->type : usual;
    const char *type_b = b->type != NULL ? b->type : usual;
    merged->comment = a->comment;
    bool differs =
        ag__keep(&merged->type, a->type,
                 ag_text_eq(type_a, type_b) || d->dialect->same_type(type_a, type_b, false));
    if (ag__same_sequence_options(type_a, &a->options, type_b, &b->options)) {
        merged->options = a->options;
    } else {
        differs = true;
    }
    if ((a->owner_table != NULL && b->owner_table != NULL && !same_owner(d, a, b)) ||
        loses_owner(d, a, b)) {
        /* The new owner may have to wait until the old one is gone. */
        const ag_sequence *freed = without_owner(d, a);
        alter_sequence(d, a, freed)->is_remade = true;
        alter_sequence(d, freed, merged)->is_remade = true;
    } else if (differs || a->unlogged != b->unlogged || !same_owner(d, a, b)) {
        alter_sequence(d, a, merged);
    }
    ag__compare_comments(d, AG_SEQUENCE, b->ns, NULL, b->name, a->comment, b->comment);
}

static const ag_walk namespace_walk = {namespace_key, namespace_create, namespace_drop,
                                       namespace_compare};
static const ag_walk extension_walk = {extension_key, extension_create, extension_drop,
                                       extension_compare};
static const ag_walk enum_walk = {enum_key, enum_create, enum_drop, enum_compare};
static const ag_walk domain_walk = {domain_key, domain_create, domain_drop, domain_compare};
static const ag_walk composite_walk = {composite_key, composite_create, composite_drop,
                                       composite_compare};
static const ag_walk sequence_walk = {sequence_key, sequence_create, sequence_drop,
                                      sequence_compare};

static void walk_covered(ag_differ *d, ag_kind kind, const ag_walk *walk, ag_side from,
                         ag_side to) {
    if (ag_schema_covers(d->to, kind)) {
        ag__walk(d, walk, from, to);
    }
}

/* ---- namespaces that a schema only implies, by the names of what it holds ---- */

typedef AG_VEC(ag_namespace *) namespace_list;

static void imply(ag_differ *d, ag_map *seen, const char *name, ag_loc loc, namespace_list *out) {
    if (name == NULL || ag_map_has(seen, name)) {
        return;
    }
    ag_namespace *ns = ag_arena_new_of(d->scratch, ag_namespace);
    ns->name = name;
    ns->loc = loc;
    (void)ag_map_put(seen, name, ns);
    ag_vec_push(d->scratch, out, ns);
}

static void implied_namespaces(ag_differ *d, const ag_schema *schema, ag_map *seen,
                               namespace_list *out) {
#define IMPLY(list)                                                                                \
    for (size_t i = 0; i < schema->list.n; i++) {                                                  \
        imply(d, seen, schema->list.items[i]->ns, schema->list.items[i]->loc, out);                \
    }
    IMPLY(enums)
    IMPLY(domains)
    IMPLY(composites)
    IMPLY(sequences)
    IMPLY(tables)
    IMPLY(objects)
#undef IMPLY
}

/* A target that does not speak of namespaces still wants those that its tables are in. */
static void create_implied(ag_differ *d) {
    ag_map seen = AG_MAP_INIT;
    namespace_list old = {NULL, 0, 0};
    namespace_list missing = {NULL, 0, 0};
    for (size_t i = 0; i < d->from->namespaces.n; i++) {
        (void)ag_map_put(&seen, d->from->namespaces.items[i]->name, d);
    }
    implied_namespaces(d, d->from, &seen, &old);
    implied_namespaces(d, d->to, &seen, &missing);
    for (size_t i = 0; i < missing.n; i++) {
        const ag_pair pair = {.after = missing.items[i]};
        namespace_create(d, &pair);
    }
    ag_map_release(&seen);
}

void ag__diff_kinds(ag_differ *d) {
    const ag_schema *a = d->from;
    const ag_schema *b = d->to;
    if (d->dialect->default_namespace != NULL && !ag_schema_covers(b, AG_NAMESPACE)) {
        create_implied(d);
    }
    walk_covered(d, AG_NAMESPACE, &namespace_walk, AG_SIDE(a->namespaces, NULL),
                 AG_SIDE(b->namespaces, NULL));
    walk_covered(d, AG_EXTENSION, &extension_walk, AG_SIDE(a->extensions, NULL),
                 AG_SIDE(b->extensions, NULL));
    walk_covered(d, AG_ENUM, &enum_walk, AG_SIDE(a->enums, NULL), AG_SIDE(b->enums, NULL));
    walk_covered(d, AG_DOMAIN, &domain_walk, AG_SIDE(a->domains, NULL), AG_SIDE(b->domains, NULL));
    walk_covered(d, AG_COMPOSITE, &composite_walk, AG_SIDE(a->composites, NULL),
                 AG_SIDE(b->composites, NULL));
    walk_covered(d, AG_SEQUENCE, &sequence_walk, AG_SIDE(a->sequences, NULL),
                 AG_SIDE(b->sequences, NULL));
}
