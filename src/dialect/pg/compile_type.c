/* Statements about types and sequences. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"
#include "schema/node.h"

/* Enums */

void ag_pg_create_enum(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_enum(&sql, op->after.enum_);
    ag_pg_say(script, &sql);
    ag_pg_say_comment(script, AG_ENUM, op->after.enum_->ns, NULL, op->after.enum_->name,
                      op->after.enum_->comment);
}

/* The name that a value of the new enum has in the old one. */
static const char *old_name(const ag_enum_value *value) {
    return value->renamed_from != NULL ? value->renamed_from : value->name;
}

static bool has_value(const ag_enum *it, const char *name) {
    for (size_t i = 0; i < it->values.n; i++) {
        if (strcmp(it->values.items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool ag_pg_swaps_enum(const ag_enum *before, const ag_enum *after) {
    size_t at = 0;
    for (size_t i = 0; i < after->values.n && at < before->values.n; i++) {
        at += strcmp(before->values.items[at].name, old_name(&after->values.items[i])) == 0;
    }
    return at < before->values.n;
}

static void put_alter_type(ag_buf *sql, const ag_op *op) {
    ag_buf_puts(sql, "ALTER TYPE ");
    ag_pg_put_name(sql, op->ns, op->name);
    ag_buf_putc(sql, ' ');
}

static void say_rename_value(const ag_op *op, ag_script *script, const char *from, const char *to) {
    ag_buf sql = AG_BUF_INIT;
    put_alter_type(&sql, op);
    ag_buf_puts(&sql, "RENAME VALUE ");
    ag_sql_quote_string(&sql, from);
    ag_buf_puts(&sql, " TO ");
    ag_sql_quote_string(&sql, to);
    ag_pg_say(script, &sql);
}

/* True when a value that is still to be renamed has this name. */
static bool is_in_the_way(const ag_enum *after, const bool *is_done, const char *name) {
    for (size_t i = 0; i < after->values.n; i++) {
        if (!is_done[i] && strcmp(old_name(&after->values.items[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

/* One round over the renames that are open; true when any was made. */
static bool rename_free_ones(const ag_op *op, ag_script *script, bool *is_done) {
    const ag_enum *after = op->after.enum_;
    bool made = false;
    for (size_t i = 0; i < after->values.n; i++) {
        const ag_enum_value *value = &after->values.items[i];
        if (!is_done[i] && !is_in_the_way(after, is_done, value->name)) {
            say_rename_value(op, script, old_name(value), value->name);
            is_done[i] = made = true;
        }
    }
    return made;
}

/* Names that go round in a circle are made free by one step aside. */
static void rename_values(const ag_op *op, ag_script *script) {
    const ag_enum *after = op->after.enum_;
    ag_arena *arena = ag_arena_new();
    bool *is_done = ag_arena_array(arena, after->values.n, sizeof *is_done);
    for (size_t i = 0; i < after->values.n; i++) {
        is_done[i] = after->values.items[i].renamed_from == NULL;
    }
    while (rename_free_ones(op, script, is_done)) {
    }
    for (size_t i = 0; i < after->values.n; i++) {
        const ag_enum_value *value = &after->values.items[i];
        if (is_done[i]) {
            continue;
        }
        char *aside = ag_arena_printf(arena, "%.50s__aside", old_name(value));
        say_rename_value(op, script, old_name(value), aside);
        is_done[i] = true;
        while (rename_free_ones(op, script, is_done)) {
        }
        say_rename_value(op, script, aside, value->name);
    }
    ag_arena_free(arena);
}

/* The next value behind position `at` that is there already. */
static const char *next_existing(const ag_enum *before, const ag_enum *after, size_t at) {
    for (size_t i = at + 1; i < after->values.n; i++) {
        if (has_value(before, old_name(&after->values.items[i]))) {
            return after->values.items[i].name;
        }
    }
    return NULL;
}

static void add_value(const ag_op *op, ag_script *script, size_t at) {
    const ag_enum *after = op->after.enum_;
    const char *next = next_existing(op->before.enum_, after, at);
    ag_buf sql = AG_BUF_INIT;
    put_alter_type(&sql, op);
    ag_buf_puts(&sql, "ADD VALUE ");
    ag_sql_quote_string(&sql, after->values.items[at].name);
    if (next != NULL && at > 0) {
        ag_buf_puts(&sql, " AFTER ");
        ag_sql_quote_string(&sql, after->values.items[at - 1].name);
    } else if (next != NULL) {
        ag_buf_puts(&sql, " BEFORE ");
        ag_sql_quote_string(&sql, next);
    }
    ag_pg_say(script, &sql);
}

void ag_pg_alter_enum(const ag_op *op, ag_script *script) {
    const ag_enum *after = op->after.enum_;
    rename_values(op, script);
    for (size_t i = 0; i < after->values.n; i++) {
        if (!has_value(op->before.enum_, old_name(&after->values.items[i]))) {
            add_value(op, script, i);
        }
    }
}

/* Domains */

static void put_alter_domain(ag_buf *sql, const ag_op *op) {
    ag_buf_puts(sql, "ALTER DOMAIN ");
    ag_pg_put_name(sql, op->ns, op->name);
    ag_buf_putc(sql, ' ');
}

static void say_domain(const ag_op *op, ag_script *script, const char *words) {
    ag_buf sql = AG_BUF_INIT;
    put_alter_domain(&sql, op);
    ag_buf_puts(&sql, words);
    ag_pg_say(script, &sql);
}

static void say_domain_check(const ag_op *op, ag_script *script, const ag_constraint *check) {
    ag_buf sql = AG_BUF_INIT;
    put_alter_domain(&sql, op);
    ag_buf_puts(&sql, "ADD ");
    ag_pg_put_constraint(&sql, check);
    ag_pg_say(script, &sql);
}

static void say_check_comment(ag_script *script, const ag_domain *domain,
                              const ag_constraint *check, const char *before) {
    if (ag_text_eq(check->comment, before) || check->name == NULL) {
        return;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "COMMENT ON CONSTRAINT ");
    ag_pg_quote(&sql, check->name);
    ag_buf_puts(&sql, " ON DOMAIN ");
    ag_pg_put_name(&sql, domain->ns, domain->name);
    ag_buf_puts(&sql, " IS ");
    if (check->comment != NULL) {
        ag_sql_quote_string(&sql, check->comment);
    } else {
        ag_buf_puts(&sql, "NULL");
    }
    ag_pg_say(script, &sql);
}

void ag_pg_create_domain(const ag_op *op, ag_script *script) {
    const ag_domain *domain = op->after.domain;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_domain(&sql, domain);
    ag_pg_say(script, &sql);
    for (size_t i = 0; i < domain->checks.n; i++) {
        if (domain->checks.items[i]->not_valid) {
            say_domain_check(op, script, domain->checks.items[i]);
        }
    }
    ag_pg_say_comment(script, AG_DOMAIN, domain->ns, NULL, domain->name, domain->comment);
    for (size_t i = 0; i < domain->checks.n; i++) {
        say_check_comment(script, domain, domain->checks.items[i], NULL);
    }
}

/* What the server makes of the old check by itself; a valid one never gets not valid. */
static bool becomes(const ag_constraint *before, const ag_constraint *after) {
    return ag_text_eq(before->name, after->name) && ag_text_eq(before->expr, after->expr) &&
           (before->not_valid || !after->not_valid);
}

static const ag_constraint *after_of(const ag_op *op, const ag_constraint *before) {
    const ag_constraints *list = &op->after.domain->checks;
    for (size_t i = 0; i < list->n; i++) {
        if (becomes(before, list->items[i])) {
            return list->items[i];
        }
    }
    return NULL;
}

static const ag_constraint *before_of(const ag_op *op, const ag_constraint *after) {
    const ag_constraints *list = &op->before.domain->checks;
    for (size_t i = 0; i < list->n; i++) {
        if (becomes(list->items[i], after)) {
            return list->items[i];
        }
    }
    return NULL;
}

static bool is_name_of(const ag_constraints *checks, const char *name) {
    for (size_t i = 0; i < checks->n; i++) {
        if (ag_text_eq(checks->items[i]->name, name)) {
            return true;
        }
    }
    return false;
}

/*
 * The new check that differs by its name only. Adding it anew would be refused where arrays of the
 * domain are columns.
 */
static const ag_constraint *renamed_of(const ag_op *op, const ag_constraint *before) {
    const ag_constraints *from = &op->before.domain->checks;
    const ag_constraints *to = &op->after.domain->checks;
    size_t at = 0; /* among the old ones like it */
    for (size_t i = 0; i < from->n && from->items[i] != before; i++) {
        const ag_constraint *it = from->items[i];
        at += ag_text_eq(it->expr, before->expr) && it->not_valid == before->not_valid &&
              after_of(op, it) == NULL;
    }
    for (size_t i = 0; i < to->n && after_of(op, before) == NULL; i++) {
        const ag_constraint *it = to->items[i];
        if (ag_text_eq(it->expr, before->expr) && it->not_valid == before->not_valid &&
            !is_name_of(from, it->name) && at-- == 0) {
            return it;
        }
    }
    return NULL;
}

static const ag_constraint *former_of(const ag_op *op, const ag_constraint *after) {
    const ag_constraints *from = &op->before.domain->checks;
    for (size_t i = 0; i < from->n; i++) {
        if (renamed_of(op, from->items[i]) == after) {
            return from->items[i];
        }
    }
    return NULL;
}

static void say_check_words(const ag_op *op, ag_script *script, const char *words, const char *name,
                            const char *new_name) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, words);
    ag_pg_quote(&sql, name);
    if (new_name != NULL) {
        ag_buf_puts(&sql, " TO ");
        ag_pg_quote(&sql, new_name);
    }
    say_domain(op, script, ag_buf_text(&sql));
    ag_buf_release(&sql);
}

/* Those that go do so before others take their names. */
static void drop_checks(const ag_op *op, ag_script *script) {
    const ag_constraints *before = &op->before.domain->checks;
    for (size_t i = 0; i < before->n; i++) {
        const ag_constraint *check = before->items[i];
        if (after_of(op, check) == NULL && renamed_of(op, check) == NULL) {
            say_check_words(op, script, "DROP CONSTRAINT ", check->name, NULL);
        }
    }
    for (size_t i = 0; i < before->n; i++) {
        const ag_constraint *renamed = renamed_of(op, before->items[i]);
        if (renamed != NULL) {
            say_check_words(op, script, "RENAME CONSTRAINT ", before->items[i]->name,
                            renamed->name);
        }
    }
}

static void add_checks(const ag_op *op, ag_script *script) {
    const ag_constraints *after = &op->after.domain->checks;
    for (size_t i = 0; i < after->n; i++) {
        const ag_constraint *check = after->items[i];
        const ag_constraint *twin = before_of(op, check);
        twin = twin != NULL ? twin : former_of(op, check);
        if (twin == NULL) {
            say_domain_check(op, script, check);
        } else if (twin->not_valid && !check->not_valid) {
            say_check_words(op, script, "VALIDATE CONSTRAINT ", check->name, NULL);
        }
        say_check_comment(script, op->after.domain, check, twin != NULL ? twin->comment : NULL);
    }
}

void ag_pg_alter_domain(const ag_op *op, ag_script *script) {
    const ag_domain *before = op->before.domain;
    const ag_domain *after = op->after.domain;
    drop_checks(op, script);
    if (!ag_text_eq(before->default_expr, after->default_expr)) {
        ag_buf words = AG_BUF_INIT;
        ag_buf_puts(&words, after->default_expr != NULL ? "SET DEFAULT " : "DROP DEFAULT");
        if (after->default_expr != NULL) {
            ag_pg_put_expr(&words, after->default_expr, false);
        }
        say_domain(op, script, ag_buf_text(&words));
        ag_buf_release(&words);
    }
    if (before->nullable != after->nullable) {
        say_domain(op, script, after->nullable ? "DROP NOT NULL" : "SET NOT NULL");
    }
    add_checks(op, script);
}

/* Composite types */

void ag_pg_create_composite(const ag_op *op, ag_script *script) {
    const ag_composite *type = op->after.composite;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_composite(&sql, type);
    ag_pg_say(script, &sql);
    ag_pg_say_comment(script, AG_COMPOSITE, type->ns, NULL, type->name, type->comment);
    ag_pg_say_column_comments(script, type->ns, type->name, &type->attributes);
}

static const ag_column *attribute_of(const ag_composite *type, const char *name) {
    for (size_t i = 0; i < type->attributes.n; i++) {
        if (ag_text_eq(type->attributes.items[i]->name, name)) {
            return type->attributes.items[i];
        }
    }
    return NULL;
}

static void say_attribute(const ag_op *op, ag_script *script, const char *words,
                          const ag_column *attribute, const char *lead) {
    ag_buf sql = AG_BUF_INIT;
    put_alter_type(&sql, op);
    ag_buf_puts(&sql, words);
    ag_pg_quote(&sql, attribute->name);
    if (lead != NULL) {
        ag_buf_printf(&sql, "%s%s", lead, attribute->type);
        if (attribute->collation != NULL) {
            ag_buf_puts(&sql, " COLLATE ");
            ag_pg_put_collation(&sql, attribute->collation);
        }
    }
    ag_pg_say(script, &sql);
}

static const char *former_attribute(const ag_column *attribute) {
    return attribute->renamed_from != NULL ? attribute->renamed_from : attribute->name;
}

static void rename_attributes(const ag_op *op, ag_script *script) {
    const ag_composite *after = op->after.composite;
    for (size_t i = 0; i < after->attributes.n; i++) {
        const ag_column *attribute = after->attributes.items[i];
        if (attribute->renamed_from != NULL) {
            ag_buf sql = AG_BUF_INIT;
            put_alter_type(&sql, op);
            ag_buf_puts(&sql, "RENAME ATTRIBUTE ");
            ag_pg_quote(&sql, attribute->renamed_from);
            ag_buf_puts(&sql, " TO ");
            ag_pg_quote(&sql, attribute->name);
            ag_pg_say(script, &sql);
        }
    }
}

static bool is_kept(const ag_composite *after, const char *name) {
    for (size_t i = 0; i < after->attributes.n; i++) {
        if (strcmp(former_attribute(after->attributes.items[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

void ag_pg_alter_composite(const ag_op *op, ag_script *script) {
    const ag_composite *before = op->before.composite;
    const ag_composite *after = op->after.composite;
    for (size_t i = 0; i < before->attributes.n; i++) {
        if (!is_kept(after, before->attributes.items[i]->name)) {
            say_attribute(op, script, "DROP ATTRIBUTE ", before->attributes.items[i], NULL);
        }
    }
    rename_attributes(op, script);
    for (size_t i = 0; i < after->attributes.n; i++) {
        const ag_column *attribute = after->attributes.items[i];
        const ag_column *old = attribute_of(before, former_attribute(attribute));
        if (old == NULL) {
            say_attribute(op, script, "ADD ATTRIBUTE ", attribute, " ");
            ag_pg_say_comment(script, AG_COLUMN, op->ns, op->name, attribute->name,
                              attribute->comment);
        } else if (!ag_text_eq(old->type, attribute->type) ||
                   !ag_text_eq(old->collation, attribute->collation)) {
            say_attribute(op, script, "ALTER ATTRIBUTE ", attribute, " TYPE ");
        }
    }
}

/* Sequences */

static void put_owner(ag_buf *sql, const ag_sequence *sequence) {
    ag_buf_puts(sql, " OWNED BY ");
    if (sequence->owner_table == NULL) {
        ag_buf_puts(sql, "NONE");
        return;
    }
    ag_pg_put_name(sql, sequence->owner_ns, sequence->owner_table);
    ag_buf_putc(sql, '.');
    ag_pg_quote(sql, sequence->owner_column);
}

void ag_pg_create_sequence(const ag_op *op, ag_script *script) {
    const ag_sequence *sequence = op->after.sequence;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_sequence(&sql, sequence);
    if (sequence->owner_table != NULL) {
        put_owner(&sql, sequence);
    }
    ag_pg_say(script, &sql);
    ag_pg_say_comment(script, AG_SEQUENCE, sequence->ns, NULL, sequence->name, sequence->comment);
}

void ag_pg_say_sequence_change(ag_script *script, ag_buf *sql, const ag_sequence_options *before,
                               const ag_sequence_options *after) {
    if (!ag_pg_may_leave_sequence(before, after)) {
        ag_pg_say(script, sql);
        return;
    }
    ag_buf block = AG_BUF_INIT;
    ag_buf_printf(&block,
                  "DO $$\nBEGIN\n    %s;\nEXCEPTION WHEN invalid_parameter_value THEN\n"
                  "    -- it stands where it cannot be any more\n    %s RESTART;\nEND $$",
                  ag_buf_text(sql), ag_buf_text(sql));
    ag_buf_release(sql);
    ag_pg_say(script, &block);
}

void ag_pg_alter_sequence(const ag_op *op, ag_script *script) {
    const ag_sequence *before = op->before.sequence;
    const ag_sequence *after = op->after.sequence;
    ag_buf head = AG_BUF_INIT;
    ag_buf changes = AG_BUF_INIT;
    ag_buf_puts(&head, "ALTER SEQUENCE ");
    ag_pg_put_name(&head, op->ns, op->name);
    if (!ag_text_eq(before->type, after->type)) {
        ag_buf_printf(&changes, " AS %s", after->type != NULL ? after->type : "bigint");
    }
    ag_pg_put_sequence_changes(&changes, &before->options, &after->options, "");
    if (!ag_text_eq(before->owner_ns, after->owner_ns) ||
        !ag_text_eq(before->owner_table, after->owner_table) ||
        !ag_text_eq(before->owner_column, after->owner_column)) {
        put_owner(&changes, after);
    }
    if (changes.n > 0) {
        ag_buf sql = AG_BUF_INIT;
        ag_buf_printf(&sql, "%s%s", ag_buf_text(&head), ag_buf_text(&changes));
        ag_pg_say_sequence_change(script, &sql, &before->options, &after->options);
    }
    if (before->unlogged != after->unlogged) {
        ag_buf_puts(&head, after->unlogged ? " SET UNLOGGED" : " SET LOGGED");
        ag_pg_say(script, &head);
    }
    ag_buf_release(&head);
    ag_buf_release(&changes);
}
