/*
 * Random pairs of schemas: the operations run in their order on a strict little database, end at
 * the other schema, and inverted lead back; a schema does not differ from itself.
 */
#include <inttypes.h>

#include "diff_apply.h"
#include "diff_random.h"

#ifndef N_PAIRS
#define N_PAIRS 1500
#endif

static const char *pick_name(rng *r, ag_schema *s, const char *prefix, unsigned n) {
    return ag_arena_printf(s->arena, "%s%u", prefix, below(r, n));
}

/* A name of the pool that nothing has yet; NULL when luck fails. */
static const char *free_name(rng *r, world *w, const char *prefix, unsigned n) {
    for (int attempt = 0; attempt < 4; attempt++) {
        const char *name = pick_name(r, w->schema, prefix, n);
        if (!is_name_taken(w, name)) {
            return name;
        }
    }
    return NULL;
}

static const char *pick_type(rng *r, ag_schema *s) {
    static const char *const types[] = {"integer", "text", "bigint"};
    if (s->enums.n > 0 && chance(r, 30)) {
        const ag_enum *e = s->enums.items[below(r, (unsigned)s->enums.n)];
        return ag_arena_printf(s->arena, "public.%s", e->name);
    }
    return types[below(r, 3)];
}

static void add_column(rng *r, ag_schema *s, ag_table *t, const char *name) {
    if (column_in(&t->columns, name) != NULL) {
        return;
    }
    ag_column *column = kit_column(s, t, name, pick_type(r, s));
    column->nullable = chance(r, 60);
    if (s->sequences.n > 0 && chance(r, 20)) {
        ag_sequence *sequence = s->sequences.items[below(r, (unsigned)s->sequences.n)];
        column->default_expr =
            ag_arena_printf(s->arena, "nextval('public.%s'::regclass)", sequence->name);
        if (chance(r, 50)) {
            sequence->owner_ns = "public";
            sequence->owner_table = t->name;
            sequence->owner_column = column->name;
        }
    } else if (chance(r, 20)) {
        column->default_expr = ag_arena_printf(s->arena, "%u", below(r, 3));
    }
}

static const char *any_column(rng *r, const ag_table *t) {
    return t->columns.items[below(r, (unsigned)t->columns.n)]->name;
}

static void add_table(rng *r, world *w) {
    ag_schema *s = w->schema;
    const char *name = free_name(r, w, "t", 7);
    if (name == NULL) {
        return;
    }
    ag_table *t = kit_table(s, name);
    kit_column(s, t, "id", "bigint")->nullable = false;
    for (unsigned i = below(r, 5); i > 0; i--) {
        add_column(r, s, t, pick_name(r, s, "c", 6));
    }
    const char *key_name = ag_arena_printf(s->arena, "%s_pkey", name);
    if (chance(r, 85)) {
        kit_constraint(s, t, AG_PRIMARY_KEY, key_name, "id");
    } else if (t->columns.n > 1) {
        kit_constraint(s, t, AG_PRIMARY_KEY, key_name,
                       ag_arena_printf(s->arena, "id,%s", t->columns.items[1]->name));
    }
}

static void add_parts(rng *r, world *w, ag_table *t) {
    ag_schema *s = w->schema;
    const char *name = free_name(r, w, "n", 12);
    if (name != NULL && chance(r, 50)) {
        kit_index(s, t, name, any_column(r, t))->unique = chance(r, 30);
    } else if (name != NULL && chance(r, 60)) {
        kit_constraint(s, t, AG_UNIQUE, name, any_column(r, t));
    }
    if (chance(r, 40)) {
        kit_check(s, t, pick_name(r, s, "ck", 2),
                  ag_arena_printf(s->arena, "%s > %u", any_column(r, t), below(r, 3)));
    }
    for (unsigned i = below(r, 3); i > 0; i--) {
        const ag_table *other = s->tables.items[below(r, (unsigned)s->tables.n)];
        const char *fk = ag_arena_printf(s->arena, "fk%u", i);
        if (has_unique_on(other, "id")) {
            kit_reference(s, t, fk, any_column(r, t), other->name, "id");
        }
    }
}

static void add_view(rng *r, world *w) {
    ag_schema *s = w->schema;
    const char *name = free_name(r, w, "v", 4);
    if (name == NULL || s->tables.n == 0) {
        return;
    }
    const ag_table *t = s->tables.items[below(r, (unsigned)s->tables.n)];
    const char *column = any_column(r, t);
    const char *source = t->name;
    if (s->objects.n > 0 && chance(r, 40)) {
        source = s->objects.items[below(r, (unsigned)s->objects.n)]->name;
    }
    kit_object(
        s, AG_VIEW, name,
        ag_arena_printf(s->arena, "CREATE VIEW %s AS SELECT %s FROM %s", name, column, source));
}

static ag_schema *random_schema(rng *r) {
    ag_schema *s = kit_schema(&strict_dialect);
    world w = {.schema = s};
    for (unsigned i = below(r, 3); i > 0; i--) {
        const char *name = free_name(r, &w, "e", 3);
        size_t taken;
        FIND(s->enums, name, taken);
        if (name != NULL && taken == s->enums.n) {
            kit_enum(s, name, chance(r, 50) ? "a,b" : "b,c,a");
        }
    }
    for (unsigned i = below(r, 3); i > 0; i--) {
        const char *name = free_name(r, &w, "s", 3);
        if (name != NULL) {
            kit_sequence(s, name)->options.cycle = chance(r, 30);
        }
    }
    for (unsigned i = below(r, 7); i > 0; i--) {
        add_table(r, &w);
    }
    for (size_t i = 0; i < s->tables.n; i++) {
        add_parts(r, &w, s->tables.items[i]);
    }
    for (unsigned i = below(r, 4); i > 0; i--) {
        add_view(r, &w);
    }
    check_world(&w);
    assert_null(w.refusal);
    return s;
}

/* Says of some new names that they are old ones. */
static void add_renames(rng *r, const ag_schema *from, ag_schema *to) {
    for (size_t i = 0; i < to->tables.n; i++) {
        ag_table *t = to->tables.items[i];
        const ag_table *old = ag_schema_table(from, "public", t->name);
        if (old == NULL && from->tables.n > 0 && chance(r, 50)) {
            old = from->tables.items[below(r, (unsigned)from->tables.n)];
            t->renamed_from = old->name;
        }
        for (size_t c = 1; old != NULL && c < t->columns.n; c++) {
            if (chance(r, 40)) {
                t->columns.items[c]->renamed_from = any_column(r, old);
            }
        }
    }
}

static void run(world *w, const ag_ops *ops) {
    for (size_t i = 0; i < ops->list.n && w->refusal == NULL; i++) {
        apply(w, ops->list.items[i]);
        if (w->refusal != NULL) {
            w->refusal = ag_arena_printf(w->schema->arena, "%s (at %s)", w->refusal,
                                         ag_op_describe(w->schema->arena, ops->list.items[i]));
        }
    }
}

/* A world with the content of a schema, made by the operations that create it. */
static world world_of(const ag_schema *schema) {
    kit k = kit_new(&strict_dialect);
    world w = {.schema = kit_schema(&strict_dialect)};
    assert_true(ag_diff(&strict_dialect, k.from, schema, NULL, &k.result, &k.err));
    run(&w, k.result.ops);
    kit_free(&k);
    return w;
}

static void expect(kit *k, world *w, const ag_schema *goal, const ag_ops *ops, uint64_t seed,
                   const char *way) {
    const char *is = schema_text(w->schema->arena, w->schema);
    const char *should_be = schema_text(w->schema->arena, goal);
    if (w->refusal != NULL || strcmp(is, should_be) != 0) {
        print_error("seed %" PRIu64 " %s: %s\n", seed, way,
                    w->refusal != NULL ? w->refusal : "another schema");
        print_error("--- operations\n%s", kit_list(k, ops));
        print_error("--- is\n%s", is);
        print_error("--- should be\n%s", should_be);
        fail();
    }
}

static void try_pair(uint64_t seed, bool with_renames) {
    rng r = rng_of(seed);
    kit k = kit_new(&strict_dialect);
    ag_schema_free(k.from);
    ag_schema_free(k.to);
    k.from = random_schema(&r);
    k.to = random_schema(&r);
    if (with_renames) {
        add_renames(&r, k.from, k.to);
    }
    world w = world_of(k.from);
    ag_ops *none = ag_ops_new();
    expect(&k, &w, k.from, none, seed, "create");
    if (!ag_diff(k.dialect, k.from, k.to, &k.options, &k.result, &k.err)) {
        print_error("from\n%sto\n%s", schema_text(k.from->arena, k.from),
                    schema_text(k.to->arena, k.to));
        for (size_t i = 0; i < k.to->tables.n; i++) {
            const ag_table *t = k.to->tables.items[i];
            print_error("%s was %s\n", t->name, t->renamed_from ? t->renamed_from : "-");
            for (size_t c = 0; c < t->columns.n; c++) {
                const ag_column *column = t->columns.items[c];
                print_error("  %s was %s\n", column->name,
                            column->renamed_from ? column->renamed_from : "-");
            }
        }
        fail_msg("seed %" PRIu64 ": %s", seed, k.err.message);
    }
    run(&w, k.result.ops);
    expect(&k, &w, k.to, k.result.ops, seed, "up");
    ag_ops *down = ag_ops_invert(k.result.ops);
    run(&w, down);
    expect(&k, &w, k.from, down, seed, "down");
    ag_ops_free(down);
    ag_ops_free(none);
    ag_schema_free(w.schema);
    kit_free(&k);
}

static void operations_lead_to_the_other_schema_and_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_PAIRS; seed++) {
        try_pair(seed, false);
    }
}

static void renames_lead_to_the_other_schema_and_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= N_PAIRS; seed++) {
        try_pair(seed, true);
    }
}

static void no_schema_differs_from_itself(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        rng r = rng_of(seed);
        rng again = r;
        kit k = kit_new(seed % 2 == 0 ? &strict_dialect : &loose_dialect);
        ag_schema_free(k.from);
        ag_schema_free(k.to);
        k.from = random_schema(&r);
        k.to = random_schema(&again);
        kit_expect(&k, "");
        kit_free(&k);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_lead_to_the_other_schema_and_back),
        cmocka_unit_test(renames_lead_to_the_other_schema_and_back),
        cmocka_unit_test(no_schema_differs_from_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
