/*
 * A small strict database: applies operations to a schema and says what a server would refuse.
 * Test-only. Views are "CREATE VIEW v AS SELECT column FROM table".
 */
#ifndef AG_TESTS_DIFF_APPLY_H
#define AG_TESTS_DIFF_APPLY_H

#include <stdlib.h>

#include "diff_kit.h"

typedef struct world {
    ag_schema *schema; /* its nodes are replaced, never changed by reference from outside */
    const char *refusal;
} world;

static inline void refuse(world *w, const char *why, const char *name) {
    if (w->refusal == NULL) {
        w->refusal = ag_arena_printf(w->schema->arena, "%s: %s", why, name != NULL ? name : "");
    }
}

static inline void require(world *w, bool ok, const char *why, const char *name) {
    if (!ok) {
        refuse(w, why, name);
    }
}

/* Takes the i-th item out of a list. */
#define TAKE(list, i)                                                                              \
    do {                                                                                           \
        for (size_t k_ = (i); k_ + 1 < (list).n; k_++) {                                           \
            (list).items[k_] = (list).items[k_ + 1];                                               \
        }                                                                                          \
        (list).n--;                                                                                \
    } while (0)

#define FIND(list, wanted, out)                                                                    \
    do {                                                                                           \
        (out) = (list).n;                                                                          \
        for (size_t k_ = 0; k_ < (list).n; k_++) {                                                 \
            if (ag_text_eq((list).items[k_]->name, (wanted))) {                                    \
                (out) = k_;                                                                        \
            }                                                                                      \
        }                                                                                          \
    } while (0)

static inline ag_table *world_table(world *w, const char *name) {
    size_t i;
    FIND(w->schema->tables, name, i);
    return i < w->schema->tables.n ? w->schema->tables.items[i] : NULL;
}

static inline ag_column *column_in(const ag_columns *columns, const char *name) {
    size_t i;
    FIND(*columns, name, i);
    return i < columns->n ? columns->items[i] : NULL;
}

/* What a view says: its column and what it selects from. */
static inline void view_parts(world *w, const ag_object *view, const char **column,
                              const char **source) {
    ag_str text = ag_str_of(view->definition);
    ag_tokens tokens = ag_sql_tokens(w->schema->arena, AG_SQL_POSTGRES, text);
    *column = *source = "";
    for (size_t i = 0; i < tokens.n; i++) {
        ag_str word = ag_token_text(text, tokens.items[i]);
        const char *name = ag_arena_strndup(w->schema->arena, word.p, word.n);
        if (i > 0 && ag_token_is(text, tokens.items[i - 1], "select")) {
            *column = name;
        }
        if (i > 0 && ag_token_is(text, tokens.items[i - 1], "from")) {
            *source = name;
        }
    }
}

static inline bool is_viewed(world *w, const char *table, const char *column) {
    for (size_t i = 0; i < w->schema->objects.n; i++) {
        const char *c;
        const char *t;
        view_parts(w, w->schema->objects.items[i], &c, &t);
        if (strcmp(t, table) == 0 && (column == NULL || strcmp(c, column) == 0)) {
            return true;
        }
    }
    return false;
}

/* Relations, indexes and keys share their names. */
static inline bool is_name_taken(world *w, const char *name) {
    size_t i;
    FIND(w->schema->objects, name, i);
    bool taken = world_table(w, name) != NULL || i < w->schema->objects.n;
    FIND(w->schema->sequences, name, i);
    taken = taken || i < w->schema->sequences.n;
    for (size_t t = 0; t < w->schema->tables.n; t++) {
        const ag_table *table = w->schema->tables.items[t];
        FIND(table->indexes, name, i);
        taken = taken || i < table->indexes.n;
        for (size_t k = 0; k < table->constraints.n; k++) {
            const ag_constraint *key = table->constraints.items[k];
            taken = taken || ((key->kind == AG_UNIQUE || key->kind == AG_PRIMARY_KEY) &&
                              ag_text_eq(key->name, name));
        }
    }
    return taken;
}

static inline bool has_key_on(const ag_keys *keys, const char *column) {
    for (size_t i = 0; i < keys->n; i++) {
        if (ag_text_eq(keys->items[i].column, column)) {
            return true;
        }
    }
    return false;
}

static inline bool has_unique_on(const ag_table *table, const char *column) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *key = table->constraints.items[i];
        if ((key->kind == AG_PRIMARY_KEY || key->kind == AG_UNIQUE) && key->keys.n == 1 &&
            has_key_on(&key->keys, column)) {
            return true;
        }
    }
    return false;
}

/* Every rule that holds between the parts of a schema, checked after each operation. */
static inline void check_column(world *w, const ag_column *column) {
    if (strncmp(column->type, "public.", 7) == 0) {
        size_t i;
        FIND(w->schema->enums, column->type + 7, i);
        require(w, i < w->schema->enums.n, "no type", column->type);
    }
    if (column->default_expr != NULL && strncmp(column->default_expr, "nextval", 7) == 0) {
        size_t i;
        const char *name = strchr(column->default_expr, '.') + 1;
        FIND(w->schema->sequences, ag_arena_strndup(w->schema->arena, name, strcspn(name, "'")), i);
        require(w, i < w->schema->sequences.n, "no sequence", column->default_expr);
    }
}

static inline void check_constraint(world *w, const ag_table *table, const ag_constraint *it) {
    for (size_t i = 0; i < it->keys.n; i++) {
        require(w, column_in(&table->columns, it->keys.items[i].column) != NULL, "no key column",
                it->keys.items[i].column);
    }
    if (it->kind == AG_FOREIGN_KEY) {
        const ag_table *referred = world_table(w, it->ref_table);
        require(w, referred != NULL, "no referenced table", it->ref_table);
        require(w, referred == NULL || has_unique_on(referred, it->ref_columns.items[0]),
                "no unique key in", it->ref_table);
    }
}

static inline void check_world(world *w) {
    for (size_t t = 0; t < w->schema->tables.n; t++) {
        const ag_table *table = w->schema->tables.items[t];
        for (size_t i = 0; i < table->columns.n; i++) {
            check_column(w, table->columns.items[i]);
        }
        for (size_t i = 0; i < table->constraints.n; i++) {
            check_constraint(w, table, table->constraints.items[i]);
        }
        for (size_t i = 0; i < table->indexes.n; i++) {
            require(w,
                    column_in(&table->columns, table->indexes.items[i]->keys.items[0].column) !=
                        NULL,
                    "no index column", table->indexes.items[i]->name);
        }
    }
    for (size_t i = 0; i < w->schema->objects.n; i++) {
        const char *column;
        const char *source;
        size_t view;
        view_parts(w, w->schema->objects.items[i], &column, &source);
        const ag_table *table = world_table(w, source);
        FIND(w->schema->objects, source, view);
        require(w, table != NULL || view < w->schema->objects.n, "view without", source);
        require(w, table == NULL || column_in(&table->columns, column) != NULL,
                "view without column", column);
    }
    for (size_t i = 0; i < w->schema->sequences.n; i++) {
        const ag_sequence *it = w->schema->sequences.items[i];
        const ag_table *owner = it->owner_table == NULL ? NULL : world_table(w, it->owner_table);
        require(w,
                it->owner_table == NULL ||
                    (owner != NULL && column_in(&owner->columns, it->owner_column) != NULL),
                "no owner of", it->name);
    }
}

/* Operations on whole objects */

#define APPLY_SIMPLE(list_name, type, member)                                                      \
    static inline void apply_##list_name(world *w, const ag_op *op) {                              \
        ag_schema *s = w->schema;                                                                  \
        size_t i;                                                                                  \
        FIND(s->list_name, op->name, i);                                                           \
        require(w, (op->before.any == NULL) == (i == s->list_name.n), "wrong presence", op->name); \
        if (op->before.any != NULL && i < s->list_name.n) {                                        \
            TAKE(s->list_name, i);                                                                 \
        }                                                                                          \
        if (op->after.any != NULL) {                                                               \
            require(w, op->before.any != NULL || !is_name_taken(w, op->name), "name taken",        \
                    op->name);                                                                     \
            ag_vec_push(s->arena, &s->list_name, type##_clone(s->arena, op->after.member));        \
        }                                                                                          \
    }
APPLY_SIMPLE(enums, ag_enum, enum_)
APPLY_SIMPLE(sequences, ag_sequence, sequence)
APPLY_SIMPLE(objects, ag_object, object)

static inline void apply_table(world *w, const ag_op *op) {
    ag_schema *s = w->schema;
    size_t i;
    FIND(s->tables, op->name, i);
    if (op->before.any != NULL) {
        require(w, i < s->tables.n, "no table", op->name);
        require(w, i == s->tables.n || s->tables.items[i]->indexes.n == 0, "indexes left on",
                op->name);
        TAKE(s->tables, i);
        return;
    }
    require(w, !is_name_taken(w, op->name), "name taken", op->name);
    ag_table *table = ag_table_clone(s->arena, op->after.table);
    for (size_t k = 0; k < table->constraints.n; k++) {
        const ag_constraint *key = table->constraints.items[k];
        bool has_index = key->kind == AG_UNIQUE || key->kind == AG_PRIMARY_KEY;
        require(w, !has_index || !is_name_taken(w, key->name), "name taken", key->name);
    }
    ag_vec_push(s->arena, &s->tables, table);
}

/* Operations on parts of tables */

static inline void apply_column(world *w, ag_table *table, const ag_op *op) {
    size_t i;
    FIND(table->columns, op->name, i);
    require(w, (op->before.any == NULL) == (i == table->columns.n), "wrong presence", op->name);
    if (op->kind == AG_OP_ALTER_COLUMN && i < table->columns.n) {
        ag_column *now = table->columns.items[i];
        bool changes_type = !ag_text_eq(op->before.column->type, op->after.column->type);
        require(w,
                ag_text_eq(now->type, op->before.column->type) &&
                    ag_text_eq(now->default_expr, op->before.column->default_expr) &&
                    now->nullable == op->before.column->nullable,
                "column is not as it was said to be", op->name);
        require(w, !changes_type || !is_viewed(w, table->name, op->name), "view uses", op->name);
        table->columns.items[i] = ag_column_clone(w->schema->arena, op->after.column);
        return;
    }
    if (op->before.any != NULL) {
        TAKE(table->columns, i);
    } else {
        ag_vec_push(w->schema->arena, &table->columns,
                    ag_column_clone(w->schema->arena, op->after.column));
    }
}

static inline void apply_constraint(world *w, ag_table *table, const ag_op *op) {
    size_t i;
    FIND(table->constraints, op->name, i);
    require(w, (op->before.any == NULL) == (i == table->constraints.n), "wrong presence", op->name);
    if (op->before.any != NULL) {
        TAKE(table->constraints, i);
        return;
    }
    const ag_constraint *key = op->after.constraint;
    bool has_index = key->kind == AG_UNIQUE || key->kind == AG_PRIMARY_KEY;
    require(w, !has_index || !is_name_taken(w, op->name), "name taken", op->name);
    ag_vec_push(w->schema->arena, &table->constraints, ag_constraint_clone(w->schema->arena, key));
}

static inline void apply_index(world *w, ag_table *table, const ag_op *op) {
    size_t i;
    FIND(table->indexes, op->name, i);
    require(w, (op->before.any == NULL) == (i == table->indexes.n), "wrong presence", op->name);
    if (op->before.any != NULL) {
        TAKE(table->indexes, i);
        return;
    }
    require(w, !is_name_taken(w, op->name), "name taken", op->name);
    ag_vec_push(w->schema->arena, &table->indexes,
                ag_index_clone(w->schema->arena, op->after.index));
}

/* Renames, with all that follows a name by itself */

static inline const char *follow(world *w, const char *text, const char *from, const char *to,
                                 bool is_table) {
    ag_sql_rename rename = {.from = from, .to = to, .is_table = is_table};
    ag_buf buf = AG_BUF_INIT;
    ag_sql_rename_ident(&buf, AG_SQL_POSTGRES, text, &rename);
    const char *result = ag_buf_copy(&buf, w->schema->arena);
    ag_buf_release(&buf);
    return result;
}

static inline void rename_table(world *w, const ag_op *op) {
    ag_table *table = world_table(w, op->name);
    require(w, table != NULL, "no table", op->name);
    require(w, !is_name_taken(w, op->new_name), "name taken", op->new_name);
    table->name = op->new_name;
    for (size_t t = 0; t < w->schema->tables.n; t++) {
        ag_table *other = w->schema->tables.items[t];
        for (size_t i = 0; i < other->constraints.n; i++) {
            ag_constraint *key = other->constraints.items[i];
            key->ref_table = ag_text_eq(key->ref_table, op->name) ? op->new_name : key->ref_table;
        }
    }
    for (size_t i = 0; i < w->schema->sequences.n; i++) {
        ag_sequence *it = w->schema->sequences.items[i];
        it->owner_table = ag_text_eq(it->owner_table, op->name) ? op->new_name : it->owner_table;
    }
    for (size_t i = 0; i < w->schema->objects.n; i++) {
        ag_object *it = w->schema->objects.items[i];
        it->definition = follow(w, it->definition, op->name, op->new_name, true);
    }
}

static inline void rename_keys(ag_keys *keys, const ag_op *op) {
    for (size_t i = 0; i < keys->n; i++) {
        if (ag_text_eq(keys->items[i].column, op->name)) {
            keys->items[i].column = op->new_name;
        }
    }
}

static inline void rename_column(world *w, ag_table *table, const ag_op *op) {
    ag_column *column = column_in(&table->columns, op->name);
    require(w, column != NULL, "no column", op->name);
    require(w, column_in(&table->columns, op->new_name) == NULL, "name taken", op->new_name);
    for (size_t i = 0; i < w->schema->objects.n; i++) {
        const char *c;
        const char *t;
        ag_object *it = w->schema->objects.items[i];
        view_parts(w, it, &c, &t);
        if (strcmp(t, table->name) == 0) {
            it->definition = follow(w, it->definition, op->name, op->new_name, false);
        }
    }
    column->name = op->new_name;
    for (size_t i = 0; i < table->constraints.n; i++) {
        ag_constraint *it = table->constraints.items[i];
        rename_keys(&it->keys, op);
        it->expr = it->expr == NULL ? NULL : follow(w, it->expr, op->name, op->new_name, false);
    }
    for (size_t i = 0; i < table->indexes.n; i++) {
        rename_keys(&table->indexes.items[i]->keys, op);
    }
    for (size_t t = 0; t < w->schema->tables.n; t++) {
        ag_table *other = w->schema->tables.items[t];
        for (size_t i = 0; i < other->constraints.n; i++) {
            ag_constraint *key = other->constraints.items[i];
            bool refers = key->ref_columns.n > 0 && ag_text_eq(key->ref_table, table->name) &&
                          ag_text_eq(key->ref_columns.items[0], op->name);
            if (refers) {
                key->ref_columns.items[0] = op->new_name;
            }
        }
    }
    for (size_t i = 0; i < w->schema->sequences.n; i++) {
        ag_sequence *it = w->schema->sequences.items[i];
        if (ag_text_eq(it->owner_table, table->name) && ag_text_eq(it->owner_column, op->name)) {
            it->owner_column = op->new_name;
        }
    }
}

static inline void rename_part(world *w, ag_table *table, const ag_op *op) {
    size_t i;
    if (op->object == AG_INDEX) {
        FIND(table->indexes, op->name, i);
        require(w, i < table->indexes.n && !is_name_taken(w, op->new_name), "cannot rename",
                op->name);
        table->indexes.items[i]->name = op->new_name;
    } else {
        FIND(table->constraints, op->name, i);
        require(w, i < table->constraints.n, "cannot rename", op->name);
        table->constraints.items[i]->name = op->new_name;
    }
}

static inline void apply_part(world *w, const ag_op *op) {
    ag_table *table = world_table(w, op->table);
    if (table == NULL) {
        refuse(w, "no table", op->table);
    } else if (op->kind == AG_OP_RENAME_COLUMN) {
        rename_column(w, table, op);
    } else if (op->new_name != NULL) {
        rename_part(w, table, op);
    } else if (op->object == AG_COLUMN) {
        apply_column(w, table, op);
    } else if (op->object == AG_CONSTRAINT) {
        apply_constraint(w, table, op);
    } else if (op->object == AG_INDEX) {
        apply_index(w, table, op);
    }
}

static inline void apply(world *w, const ag_op *op) {
    if (op->kind == AG_OP_RENAME_TABLE) {
        rename_table(w, op);
    } else if (op->table != NULL) {
        apply_part(w, op);
    } else if (op->object == AG_TABLE) {
        apply_table(w, op);
    } else if (op->object == AG_ENUM) {
        apply_enums(w, op);
    } else if (op->object == AG_SEQUENCE) {
        apply_sequences(w, op);
    } else {
        apply_objects(w, op);
    }
    check_world(w);
}

/* Schemas as text, without regard to the order of what has none */

static inline int compare_lines(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef AG_VEC(const char *) line_list;

static inline void write_keys(ag_buf *buf, const ag_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        ag_buf_printf(buf, " %s", keys->items[i].column);
    }
}

static inline void write_table(ag_arena *arena, const ag_table *t, line_list *out) {
    ag_vec_push(arena, out, ag_arena_printf(arena, "table %s", t->name));
    for (size_t i = 0; i < t->columns.n; i++) {
        const ag_column *c = t->columns.items[i];
        ag_vec_push(arena, out,
                    ag_arena_printf(arena, "column %s.%s %s %d %s", t->name, c->name, c->type,
                                    (int)c->nullable, c->default_expr ? c->default_expr : "-"));
    }
    for (size_t i = 0; i < t->constraints.n; i++) {
        const ag_constraint *k = t->constraints.items[i];
        ag_buf buf = AG_BUF_INIT;
        ag_buf_printf(&buf, "constraint %s %d %s %s %s %s:", t->name, (int)k->kind, k->name,
                      k->expr ? k->expr : "", k->ref_table ? k->ref_table : "",
                      k->ref_columns.n ? k->ref_columns.items[0] : "");
        write_keys(&buf, &k->keys);
        ag_vec_push(arena, out, ag_buf_copy(&buf, arena));
        ag_buf_release(&buf);
    }
    for (size_t i = 0; i < t->indexes.n; i++) {
        const ag_index *x = t->indexes.items[i];
        ag_buf buf = AG_BUF_INIT;
        ag_buf_printf(&buf, "index %s %s %d:", t->name, x->name, (int)x->unique);
        write_keys(&buf, &x->keys);
        ag_vec_push(arena, out, ag_buf_copy(&buf, arena));
        ag_buf_release(&buf);
    }
}

static inline const char *schema_text(ag_arena *arena, const ag_schema *s) {
    line_list lines = {NULL, 0, 0};
    for (size_t i = 0; i < s->tables.n; i++) {
        write_table(arena, s->tables.items[i], &lines);
    }
    for (size_t i = 0; i < s->enums.n; i++) {
        ag_buf buf = AG_BUF_INIT;
        ag_buf_printf(&buf, "enum %s:", s->enums.items[i]->name);
        for (size_t v = 0; v < s->enums.items[i]->values.n; v++) {
            ag_buf_printf(&buf, " %s", s->enums.items[i]->values.items[v].name);
        }
        ag_vec_push(arena, &lines, ag_buf_copy(&buf, arena));
        ag_buf_release(&buf);
    }
    for (size_t i = 0; i < s->sequences.n; i++) {
        const ag_sequence *q = s->sequences.items[i];
        ag_vec_push(arena, &lines,
                    ag_arena_printf(arena, "sequence %s %s.%s %d", q->name,
                                    q->owner_table ? q->owner_table : "",
                                    q->owner_column ? q->owner_column : "", (int)q->options.cycle));
    }
    for (size_t i = 0; i < s->objects.n; i++) {
        ag_vec_push(arena, &lines, s->objects.items[i]->definition);
    }
    if (lines.n > 0) {
        qsort(lines.items, lines.n, sizeof *lines.items, compare_lines);
    }
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < lines.n; i++) {
        ag_buf_printf(&buf, "%s\n", lines.items[i]);
    }
    const char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

#endif
