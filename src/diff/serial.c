/*
 * Serial columns whose sequence is, or becomes, one that a schema speaks of by itself: they are
 * seen as what "serial" is short for, so that the sequence stays where the column does not.
 */
#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

typedef struct unfolding {
    const ag_differ *d;
    const ag_schema *other;
    ag_schema *out;  /* NULL until something is unfolded */
    ag_map defaults; /* "nextval(…)": a column that has it. */
    ag_arena *arena;
} unfolding;

static void note_defaults(unfolding *u, const ag_schema *schema) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        for (size_t j = 0; j < table->columns.n; j++) {
            const char *text = table->columns.items[j]->default_expr;
            if (text != NULL && ag_text_starts(text, "nextval(")) {
                ag_map_put(&u->defaults, text, table->columns.items[j]);
            }
        }
    }
}

/* A column that stays, but not as serial, while others take their numbers from its sequence. */
static bool leaves_users(const unfolding *u, const ag_table *table, const ag_column *column,
                         const ag_column *plain) {
    const ag_table *twin = ag_schema_table(u->other, table->ns, table->name);
    const ag_column *there = twin == NULL ? NULL : ag_table_column(u->other, twin, column->name);
    return there != NULL && !there->serial && ag_map_has(&u->defaults, plain->default_expr);
}

static ag_schema *shallow_copy(const ag_schema *from) {
    ag_schema *copy = ag_schema_new(from->dialect);
    ag_arena *arena = copy->arena;
    struct ag_name_index *names = copy->names;
    *copy = *from;
    copy->arena = arena;
    copy->names = names;
    copy->sequences = (ag_sequences){NULL, 0, 0};
    copy->tables = (ag_tables){NULL, 0, 0};
    for (size_t i = 0; i < from->sequences.n; i++) {
        ag_vec_push(arena, &copy->sequences, from->sequences.items[i]);
    }
    for (size_t i = 0; i < from->tables.n; i++) {
        ag_vec_push(arena, &copy->tables, from->tables.items[i]);
    }
    return copy;
}

static void put_column(unfolding *u, const ag_schema *schema, size_t t, size_t c, ag_column *plain,
                       ag_sequence *sequence) {
    if (u->out == NULL) {
        u->out = shallow_copy(schema);
    }
    ag_arena *arena = u->out->arena;
    ag_table *table = u->out->tables.items[t];
    if (table == schema->tables.items[t]) {
        ag_columns columns = table->columns;
        table = ag_arena_copy(arena, table, sizeof *table);
        table->columns = (ag_columns){NULL, 0, 0};
        for (size_t i = 0; i < columns.n; i++) {
            ag_vec_push(arena, &table->columns, columns.items[i]);
        }
        u->out->tables.items[t] = table;
    }
    assert(c < table->columns.n);
    table->columns.items[c] = plain;
    ag_vec_push(arena, &u->out->sequences, sequence);
}

static void unfold_column(unfolding *u, const ag_schema *schema, size_t t, size_t c) {
    const ag_table *table = schema->tables.items[t];
    const ag_column *column = table->columns.items[c];
    ag_column *plain = ag_arena_copy(u->arena, column, sizeof *plain);
    ag_sequence *sequence = ag_arena_new_of(u->arena, ag_sequence);
    u->d->dialect->unfold_serial(u->arena, table, plain, sequence);
    const ag_sequence *known = ag_schema_sequence(u->other, sequence->ns, sequence->name);
    if (known != NULL || leaves_users(u, table, column, plain)) {
        /* older servers log what "serial" makes beside an unlogged table */
        sequence->unlogged = table->unlogged && known != NULL && known->unlogged;
        put_column(u, schema, t, c, plain, sequence);
    }
}

ag_schema *ag__unfold_serials(const ag_differ *d, const ag_schema *schema, const ag_schema *other) {
    unfolding u = {.d = d, .other = other, .arena = d->scratch};
    if (d->dialect->unfold_serial == NULL || !ag_schema_covers(other, AG_SEQUENCE) ||
        !ag_schema_covers(other, AG_TABLE)) {
        return NULL;
    }
    note_defaults(&u, schema);
    for (size_t t = 0; t < schema->tables.n; t++) {
        for (size_t c = 0; c < schema->tables.items[t]->columns.n; c++) {
            if (schema->tables.items[t]->columns.items[c]->serial) {
                unfold_column(&u, schema, t, c);
            }
        }
    }
    ag_map_release(&u.defaults);
    return u.out;
}
