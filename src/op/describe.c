/* One line of words for an operation. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "op/op.h"
#include "schema/access.h"
#include "schema/node.h"

static const char *const words[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, text, object, member) [name] = text,
#include "op/op_list.def"
#undef AG_OP
};

/* A description under construction; `n` counts the changes written after the colon. */
typedef struct line {
    ag_buf buf;
    size_t n;
} line;

/* "public" is where things are when nobody says otherwise: naming it only makes lines longer. */
static const char *shown_namespace(const char *ns) {
    return ag_text_eq(ns, "public") ? NULL : ns;
}

static void put_name(ag_buf *buf, const char *ns, const char *name) {
    if (shown_namespace(ns) != NULL) {
        ag_buf_printf(buf, "%s.", ns);
    }
    ag_buf_puts(buf, name != NULL ? name : "(unnamed)");
}

static void begin_change(line *out) {
    ag_buf_puts(&out->buf, out->n++ == 0 ? ": " : ", ");
}

static void change(line *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void change(line *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    begin_change(out);
    ag_buf_vprintf(&out->buf, format, args);
    va_end(args);
}

/* "set WHAT x", "drop WHAT", or "WHAT a -> b". */
static void change_text(line *out, const char *what, const char *before, const char *after) {
    if (ag_text_eq(before, after)) {
        return;
    }
    if (before == NULL) {
        change(out, "set %s %s", what, after);
    } else if (after == NULL) {
        change(out, "drop %s %s", what, before);
    } else {
        change(out, "%s %s -> %s", what, before, after);
    }
}

static void change_flag(line *out, const char *what, bool before, bool after) {
    if (before != after) {
        change(out, "%s %s", after ? "set" : "drop", what);
    }
}

static void change_number(line *out, const char *what, bool had, int64_t before, bool has,
                          int64_t after) {
    if (had != has || (has && before != after)) {
        if (has) {
            change(out, "set %s %" PRId64, what, after);
        } else {
            change(out, "reset %s", what);
        }
    }
}

static void change_options(line *out, const ag_options *before, const ag_options *after) {
    for (size_t i = 0; i < before->n; i++) {
        if (ag_options_find(after, before->items[i].name) == NULL) {
            change(out, "reset option %s", before->items[i].name);
        }
    }
    for (size_t i = 0; i < after->n; i++) {
        const ag_option *option = &after->items[i];
        const ag_option *old = ag_options_find(before, option->name);
        if (old == NULL || !ag_text_eq(old->value, option->value)) {
            change(out, "set option %s=%s", option->name, option->value ? option->value : "");
        }
    }
}

static void change_sequence_options(line *out, const ag_sequence_options *a,
                                    const ag_sequence_options *b) {
    change_number(out, "start", a->has_start, a->start, b->has_start, b->start);
    change_number(out, "increment", a->has_increment, a->increment, b->has_increment, b->increment);
    change_number(out, "minimum", a->has_min, a->min, b->has_min, b->min);
    change_number(out, "maximum", a->has_max, a->max, b->has_max, b->max);
    change_number(out, "cache", a->has_cache, a->cache, b->has_cache, b->cache);
    change_flag(out, "cycle", a->cycle, b->cycle);
    change_text(out, "sequence", a->name, b->name);
}

static const char *identity_words(ag_identity_kind kind) {
    switch (kind) {
    case AG_IDENTITY_ALWAYS:
        return "always";
    case AG_IDENTITY_BY_DEFAULT:
        return "by default";
    case AG_IDENTITY_NONE:
        break;
    }
    return NULL;
}

static const char *generated_words(ag_generated kind) {
    switch (kind) {
    case AG_GENERATED_STORED:
        return "stored";
    case AG_GENERATED_VIRTUAL:
        return "virtual";
    case AG_GENERATED_NONE:
        break;
    }
    return NULL;
}

static const char *text_or_none(const char *text) {
    return text != NULL && text[0] != '\0' ? text : "(none)";
}

static void column_changes(line *out, const ag_column *a, const ag_column *b) {
    if (!ag_text_eq(a->type, b->type)) {
        change(out, "type %s -> %s", text_or_none(a->type), text_or_none(b->type));
    }
    change_flag(out, "not null", !a->nullable, !b->nullable);
    change_text(out, "default", a->default_expr, b->default_expr);
    change_text(out, "generated", a->generated_expr, b->generated_expr);
    change_text(out, "storage of the generated value", generated_words(a->generated),
                generated_words(b->generated));
    change_text(out, "identity", identity_words(a->identity), identity_words(b->identity));
    if (a->identity != AG_IDENTITY_NONE && b->identity != AG_IDENTITY_NONE) {
        change_sequence_options(out, &a->identity_options, &b->identity_options);
    }
    change_flag(out, "serial", a->serial, b->serial);
    change_text(out, "collation", a->collation, b->collation);
    change_text(out, "storage", a->storage, b->storage);
    change_text(out, "compression", a->compression, b->compression);
    change_number(out, "statistics", a->statistics >= 0, a->statistics, b->statistics >= 0,
                  b->statistics);
    change_options(out, &a->options, &b->options);
    change_text(out, "name of not null", a->not_null_name, b->not_null_name);
    change_text(out, "name of default", a->default_name, b->default_name);
    change_text(out, "name of collation", a->collation_name, b->collation_name);
    change_text(out, "name of generated", a->generated_name, b->generated_name);
    change_text(out, "on conflict", a->on_conflict, b->on_conflict);
    change_flag(out, "inherited", a->inherited, b->inherited);
}

static void join(ag_buf *buf, const ag_strings *list) {
    for (size_t i = 0; i < list->n; i++) {
        ag_buf_printf(buf, "%s%s", i > 0 ? ", " : "", list->items[i]);
    }
}

static void change_list(line *out, const char *what, const ag_strings *a, const ag_strings *b) {
    if (ag_strings_equal(a, b, false)) {
        return;
    }
    begin_change(out);
    ag_buf_printf(&out->buf, "%s (", what);
    join(&out->buf, a);
    ag_buf_puts(&out->buf, ") -> (");
    join(&out->buf, b);
    ag_buf_puts(&out->buf, ")");
}

static void table_changes(line *out, const ag_table *a, const ag_table *b) {
    change_flag(out, "strict", a->strict, b->strict);
    change_flag(out, "without rowid", a->without_rowid, b->without_rowid);
    change_flag(out, "autoincrement", a->autoincrement, b->autoincrement);
    change_flag(out, "unlogged", a->unlogged, b->unlogged);
    change_text(out, "partition by", a->partition_by, b->partition_by);
    change_text(out, "parent", a->parent, b->parent);
    if (a->parent != NULL && b->parent != NULL) {
        change_text(out, "namespace of the parent", a->parent_ns, b->parent_ns);
    }
    change_text(out, "bound", a->bound, b->bound);
    change_list(out, "inherits", &a->inherits, &b->inherits);
    change_options(out, &a->options, &b->options);
    change_text(out, "tablespace", a->tablespace, b->tablespace);
    change_text(out, "access method", a->access_method, b->access_method);
    change_text(out, "replica identity", a->replica_identity, b->replica_identity);
    change_flag(out, "row security", a->row_security, b->row_security);
    change_flag(out, "forced row security", a->force_row_security, b->force_row_security);
}

static size_t find_value(const ag_enum *e, const char *name) {
    size_t i = 0;
    while (i < e->values.n && strcmp(e->values.items[i].name, name) != 0) {
        i++;
    }
    return i;
}

/* The old name of a value that the new one renames, or the name itself. */
static const char *former_name(const ag_enum *before, const ag_enum *after, size_t i) {
    const ag_enum_value *value = &after->values.items[i];
    if (value->renamed_from != NULL && find_value(before, value->name) == before->values.n &&
        find_value(before, value->renamed_from) < before->values.n) {
        return value->renamed_from;
    }
    return value->name;
}

static bool is_kept(const ag_enum *before, const ag_enum *after, const char *name) {
    for (size_t i = 0; i < after->values.n; i++) {
        if (strcmp(former_name(before, after, i), name) == 0) {
            return true;
        }
    }
    return false;
}

static void enum_changes(line *out, const ag_enum *a, const ag_enum *b) {
    size_t last = 0;
    bool reordered = false;
    for (size_t i = 0; i < a->values.n; i++) {
        if (!is_kept(a, b, a->values.items[i].name)) {
            change(out, "remove value %s", a->values.items[i].name);
        }
    }
    for (size_t i = 0; i < b->values.n; i++) {
        const char *name = b->values.items[i].name;
        const char *old = former_name(a, b, i);
        size_t at = find_value(a, old);
        if (at == a->values.n) {
            if (i > 0) {
                change(out, "add value %s after %s", name, b->values.items[i - 1].name);
            } else {
                change(out, "add value %s first", name);
            }
            continue;
        }
        if (!ag_text_eq(old, name)) {
            change(out, "rename value %s to %s", old, name);
        }
        reordered = reordered || at < last;
        last = at;
    }
    if (reordered) {
        change(out, "reorder values");
    }
}

static const char *constraint_words(ag_constraint_kind kind) {
    switch (kind) {
    case AG_PRIMARY_KEY:
        return "primary key";
    case AG_UNIQUE:
        return "unique constraint";
    case AG_FOREIGN_KEY:
        return "foreign key";
    case AG_CHECK:
        return "check constraint";
    case AG_EXCLUDE:
        return "exclude constraint";
    }
    return "constraint";
}

static void constraint_changes(line *out, const ag_constraint *a, const ag_constraint *b) {
    change_flag(out, "deferrable", a->deferrable, b->deferrable);
    change_flag(out, "initially deferred", a->initially_deferred, b->initially_deferred);
    if (a->not_valid != b->not_valid) {
        change(out, "%s", b->not_valid ? "set not valid" : "validate");
    }
    change_flag(out, "no inherit", a->no_inherit, b->no_inherit);
    change_options(out, &a->options, &b->options);
    change_text(out, "tablespace", a->tablespace, b->tablespace);
    change_flag(out, "cluster", a->clustered, b->clustered);
    change_flag(out, "replica identity", a->replica_identity, b->replica_identity);
    change_text(out, "comment on its index", a->index_comment, b->index_comment);
}

static void domain_changes(line *out, const ag_domain *a, const ag_domain *b) {
    change_text(out, "type", a->type, b->type);
    change_flag(out, "not null", !a->nullable, !b->nullable);
    change_text(out, "default", a->default_expr, b->default_expr);
    change_text(out, "collation", a->collation, b->collation);
    for (size_t i = 0; i < a->checks.n + b->checks.n; i++) {
        bool is_old = i < a->checks.n;
        const ag_constraint *check = is_old ? a->checks.items[i] : b->checks.items[i - a->checks.n];
        const ag_constraints *others = is_old ? &b->checks : &a->checks;
        bool has_twin = false;
        for (size_t j = 0; j < others->n && !has_twin; j++) {
            has_twin = ag_text_eq(others->items[j]->expr, check->expr) &&
                       ag_text_eq(others->items[j]->name, check->name);
        }
        if (!has_twin) {
            change(out, "%s check %s (%s)", is_old ? "drop" : "add",
                   check->name != NULL ? check->name : "", text_or_none(check->expr));
        }
    }
}

static const ag_column *find_column(const ag_columns *columns, const char *name) {
    for (size_t i = 0; i < columns->n; i++) {
        if (strcmp(columns->items[i]->name, name) == 0) {
            return columns->items[i];
        }
    }
    return NULL;
}

static void composite_changes(line *out, const ag_composite *a, const ag_composite *b) {
    for (size_t i = 0; i < a->attributes.n; i++) {
        const ag_column *old = a->attributes.items[i];
        const ag_column *now = find_column(&b->attributes, old->name);
        if (now == NULL) {
            change(out, "drop attribute %s", old->name);
        } else if (!ag_text_eq(old->type, now->type)) {
            change(out, "attribute %s type %s -> %s", old->name, old->type, now->type);
        } else if (!ag_text_eq(old->collation, now->collation)) {
            change(out, "attribute %s collation", old->name);
        }
    }
    for (size_t i = 0; i < b->attributes.n; i++) {
        const ag_column *now = b->attributes.items[i];
        if (find_column(&a->attributes, now->name) == NULL) {
            change(out, "add attribute %s %s", now->name, now->type);
        }
    }
}

static void sequence_changes(line *out, const ag_sequence *a, const ag_sequence *b) {
    change_text(out, "type", a->type, b->type);
    change_sequence_options(out, &a->options, &b->options);
    change_flag(out, "unlogged", a->unlogged, b->unlogged);
    if (!ag_text_eq(a->owner_ns, b->owner_ns) || !ag_text_eq(a->owner_table, b->owner_table) ||
        !ag_text_eq(a->owner_column, b->owner_column)) {
        if (b->owner_table != NULL) {
            change(out, "owned by %s.%s", b->owner_table, text_or_none(b->owner_column));
        } else {
            change(out, "owned by none");
        }
    }
}

static void change_targets(line *out, const ag_options *before, const ag_options *after) {
    for (size_t i = 0; i < before->n; i++) {
        if (ag_options_find(after, before->items[i].name) == NULL) {
            change(out, "reset statistics of %s", before->items[i].name);
        }
    }
    for (size_t i = 0; i < after->n; i++) {
        const ag_option *target = &after->items[i];
        const ag_option *old = ag_options_find(before, target->name);
        if (old == NULL || !ag_text_eq(old->value, target->value)) {
            change(out, "set statistics of %s to %s", target->name, target->value);
        }
    }
}

static void index_changes(line *out, const ag_index *a, const ag_index *b) {
    change_options(out, &a->options, &b->options);
    change_targets(out, &a->statistics, &b->statistics);
    change_text(out, "tablespace", a->tablespace, b->tablespace);
    change_flag(out, "cluster", a->clustered, b->clustered);
    change_flag(out, "replica identity", a->replica_identity, b->replica_identity);
    change_text(out, "parent", a->parent, b->parent);
}

static void extension_changes(line *out, const ag_extension *a, const ag_extension *b) {
    change_text(out, "version", a->version, b->version);
    change_text(out, "namespace", a->ns, b->ns);
}

/* "users.email", "ix_a on users", "trigger t on users". */
static void put_target(ag_buf *buf, const ag_op *op) {
    if (op->object == AG_COLUMN) {
        put_name(buf, op->ns, op->table);
        ag_buf_printf(buf, ".%s", text_or_none(op->name));
    } else if (op->table != NULL) {
        ag_buf_printf(buf, "%s on ", op->name != NULL ? op->name : "(unnamed)");
        put_name(buf, op->ns, op->table);
    } else {
        bool in_namespace = op->object != AG_NAMESPACE && op->object != AG_EXTENSION;
        put_name(buf, in_namespace ? op->ns : NULL, op->name);
    }
}

static void put_keys(ag_buf *buf, const ag_keys *keys) {
    ag_buf_puts(buf, " (");
    for (size_t i = 0; i < keys->n; i++) {
        const ag_key *key = &keys->items[i];
        ag_buf_printf(buf, "%s%s", i > 0 ? ", " : "",
                      key->column != NULL ? key->column : text_or_none(key->expr));
    }
    ag_buf_puts(buf, ")");
}

static void put_constraint_body(ag_buf *buf, const ag_constraint *constraint) {
    if (constraint->kind == AG_CHECK) {
        ag_buf_printf(buf, " (%s)", text_or_none(constraint->expr));
        return;
    }
    put_keys(buf, &constraint->keys);
    if (constraint->kind == AG_FOREIGN_KEY) {
        ag_buf_puts(buf, " to ");
        put_name(buf, constraint->ref_namespace, constraint->ref_table);
        if (constraint->ref_columns.n > 0) {
            ag_buf_puts(buf, " (");
            join(buf, &constraint->ref_columns);
            ag_buf_puts(buf, ")");
        }
    }
}

/* The name says little of a constraint, and some have none: the kind and the columns tell. */
static void subject_constraint(ag_buf *buf, const ag_op *op) {
    const ag_constraint *constraint =
        op->before.constraint != NULL ? op->before.constraint : op->after.constraint;
    ag_buf_printf(buf, "%s ", constraint_words(constraint->kind));
    if (op->name != NULL) {
        ag_buf_printf(buf, "%s ", op->name);
    }
    ag_buf_puts(buf, "on ");
    put_name(buf, op->ns, op->table);
    if (op->kind == AG_OP_ADD_CONSTRAINT || op->kind == AG_OP_DROP_CONSTRAINT) {
        put_constraint_body(buf, constraint);
    }
}

static void subject_column(ag_buf *buf, const ag_op *op) {
    put_target(buf, op);
    const ag_column *column = op->after.column;
    if (op->kind != AG_OP_ADD_COLUMN || column == NULL) {
        return;
    }
    if (column->type != NULL && column->type[0] != '\0') {
        ag_buf_printf(buf, " %s", column->type);
    }
    if (!column->nullable) {
        ag_buf_puts(buf, " not null");
    }
}

static void subject_object(ag_buf *buf, const ag_op *op) {
    const ag_object *object = op->after.object != NULL ? op->after.object : op->before.object;
    ag_buf_printf(buf, "%s ", ag_kind_name(object != NULL ? object->kind : op->object));
    put_target(buf, op);
    ag_buf_puts(buf, object != NULL && object->signature != NULL ? object->signature : "");
}

static void subject_access(ag_buf *buf, const ag_op *op) {
    ag_buf_printf(buf, "%s ", ag_kind_name(op->object));
    if (op->object == AG_DEFAULT_PRIVILEGE) {
        ag_buf_printf(buf, "on %s of %s%s%s", text_or_none(op->signature), op->name,
                      op->ns != NULL ? " in " : "", op->ns != NULL ? op->ns : "");
        return;
    }
    put_target(buf, op);
    ag_buf_puts(buf, op->signature != NULL ? op->signature : "");
}

static void access_changes(line *out, const ag_access *a, const ag_access *b) {
    ag_arena *arena = ag_arena_new();
    ag_grant_changes changes = {NULL, 0, 0};
    change_text(out, "owner", a->owner, b->owner);
    ag_grants_changes(arena, &a->grants, &b->grants, &changes);
    for (size_t i = 0; i < changes.n; i++) {
        const ag_grant_change *it = &changes.items[i];
        begin_change(out);
        ag_buf_puts(&out->buf, it->gives       ? "grant "
                               : it->is_option ? "revoke grant option for "
                                               : "revoke ");
        ag_privileges_put(&out->buf, it->privileges, false);
        if (it->column != NULL) {
            ag_buf_printf(&out->buf, " (%s)", it->column);
        }
        ag_buf_printf(&out->buf, " %s %s%s", it->gives ? "to" : "from",
                      it->grantee[0] == '\0' ? "owner" : it->grantee,
                      it->gives && it->is_option ? " with grant option" : "");
    }
    ag_arena_free(arena);
}

/* AG_OP_SET_COMMENT */
static void subject_text(ag_buf *buf, const ag_op *op) {
    ag_buf_printf(buf, "%s ", ag_kind_name(op->object));
    put_target(buf, op);
    ag_buf_puts(buf, op->signature != NULL ? op->signature : "");
    ag_buf_printf(buf, ": %s", op->after.text != NULL ? op->after.text : "none");
}

#define SUBJECT(member)                                                                            \
    static void subject_##member(ag_buf *buf, const ag_op *op) {                                   \
        put_target(buf, op);                                                                       \
    }
SUBJECT(ns)
SUBJECT(extension)
SUBJECT(enum_)
SUBJECT(domain)
SUBJECT(composite)
SUBJECT(sequence)
SUBJECT(table)
SUBJECT(index)
#undef SUBJECT

static void subject_rebuild(ag_buf *buf, const ag_op *op) {
    put_name(buf, op->ns, op->table != NULL ? op->table : op->name);
}

typedef void (*subject_writer)(ag_buf *buf, const ag_op *op);
static const subject_writer subjects[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, text, object, member) [name] = subject_##member,
#include "op/op_list.def"
#undef AG_OP
};

#define CHANGES(member, type, differences)                                                         \
    static void changes_##member(line *out, const void *before, const void *after) {               \
        differences(out, (const type *)before, (const type *)after);                               \
    }
CHANGES(extension, ag_extension, extension_changes)
CHANGES(enum_, ag_enum, enum_changes)
CHANGES(domain, ag_domain, domain_changes)
CHANGES(composite, ag_composite, composite_changes)
CHANGES(sequence, ag_sequence, sequence_changes)
CHANGES(table, ag_table, table_changes)
CHANGES(column, ag_column, column_changes)
CHANGES(constraint, ag_constraint, constraint_changes)
CHANGES(index, ag_index, index_changes)
CHANGES(access, ag_access, access_changes)
#undef CHANGES

typedef void (*changes_writer)(line *out, const void *before, const void *after);
#define changes_ns NULL
#define changes_object NULL
#define changes_text NULL
#define changes_rebuild NULL
static const changes_writer changes[AG_N_OP_KINDS] = {
#define AG_OP(name, inverse, json, text, object, member) [name] = changes_##member,
#include "op/op_list.def"
#undef AG_OP
};

/* Rows are the same in a table of another form. */
static bool moves_rows(const ag_op *op) {
    return op->kind == AG_OP_SAVE_ROWS || op->kind == AG_OP_RESTORE_ROWS;
}

char *ag_op_describe(ag_arena *arena, const ag_op *op) {
    line out = {AG_BUF_INIT, 0};
    static const char renaming[] = "rename";
    bool moves = op->new_ns != NULL && ag_text_starts(words[op->kind], renaming);
    ag_buf_printf(&out.buf, "%s%s ", moves ? "move" : "",
                  words[op->kind] + (moves ? sizeof renaming - 1 : 0));
    subjects[op->kind](&out.buf, op);
    if (op->new_ns != NULL) {
        ag_buf_printf(&out.buf, " to namespace %s", op->new_ns);
    } else if (op->new_name != NULL) {
        ag_buf_printf(&out.buf, " to %s", op->new_name);
    } else if (changes[op->kind] != NULL && op->before.any != NULL && op->after.any != NULL &&
               !moves_rows(op)) {
        changes[op->kind](&out, op->before.any, op->after.any);
    }
    char *text = ag_buf_copy(&out.buf, arena);
    ag_buf_release(&out.buf);
    return text;
}
