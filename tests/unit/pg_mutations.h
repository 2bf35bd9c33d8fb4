/*
 * Random changes to a database, from tests/unit/pg_random: each is a query that writes statements
 * which the catalogs of the database allow, below a comment `-- WEIGHT USE…`.
 *
 * The queries are over the views and functions of words.sql, which are temporary. $N is a new
 * number, $R a small one and $S the seed of the choice. What the server refuses is no change.
 * Column 2, where there is one, is the former name of what column 3 names.
 */
#ifndef AG_TESTS_PG_MUTATIONS_H
#define AG_TESTS_PG_MUTATIONS_H

#include "pg_case.h"

#include "base/str.h"

typedef enum pg_mutation_use {
    MAKES = 1,   /* for the start, too */
    CHANGES = 2, /* of what is there */
    BARE = 4,    /* only where there are no rows: what is made anew has lost them */
    RENAMES = 8,
    RETYPES = 16,
} pg_mutation_use;

typedef struct pg_mutation {
    unsigned weight;
    unsigned use;
    const char *sql;
} pg_mutation;

typedef struct pg_mutations {
    ag_arena *arena;
    AG_VEC(pg_mutation) list;
    const char *words; /* to run in every session */
    const char *rows;  /* the query that writes rows for every table */
} pg_mutations;

static inline const char *pg_mutations_file(ag_arena *arena, const char *name) {
    const char *root = getenv("AG_SOURCE_DIR");
    char *path =
        ag_arena_printf(arena, "%s/tests/unit/pg_random/%s", root == NULL ? "." : root, name);
    char *text = NULL;
    size_t n = 0;
    ag_error err = {0};
    if (!ag_file_read(arena, path, AG_FAILED, &text, &n, &err)) {
        fail_msg("%s", err.message);
    }
    return text;
}

/* The weight and uses of a line `-- 3 makes changes`; no weight for any other comment. */
static inline pg_mutation pg_mutations_head(const char *line) {
    static const char *const uses[] = {"makes", "changes", "bare", "renames", "retypes"};
    pg_mutation mutation = {0, 0, NULL};
    char words[64];
    (void)snprintf(words, sizeof words, "%.*s", (int)strcspn(line, "\n"), line);
    if (strncmp(words, "-- ", 3) != 0 || words[3] < '1' || words[3] > '9') {
        return mutation;
    }
    mutation.weight = (unsigned)strtoul(words + 3, NULL, 10);
    for (unsigned i = 0; i < sizeof uses / sizeof *uses; i++) {
        mutation.use |= strstr(words, uses[i]) != NULL ? 1u << i : 0u;
    }
    assert_true(mutation.use != 0);
    return mutation;
}

/* What stands between empty lines: a comment, or a mutation. */
static inline void pg_mutations_add(pg_mutations *all, const char *text) {
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t n = end == NULL ? strlen(text) : (size_t)(end - text);
        const char *block = ag_arena_strndup(all->arena, text, n);
        pg_mutation mutation = pg_mutations_head(block);
        if (mutation.weight > 0) {
            mutation.sql = strchr(block, '\n') + 1;
            ag_vec_push(all->arena, &all->list, mutation);
        }
        text += n + (end == NULL ? 0 : 2);
    }
}

/* The texts live in the arena. */
static inline void pg_mutations_read(ag_arena *arena, pg_mutations *out) {
    static const char *const files[] = {"types.sql",       "tables.sql",  "columns.sql",
                                        "constraints.sql", "indexes.sql", "routines.sql",
                                        "remade.sql"};
    *out = (pg_mutations){.arena = arena};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        pg_mutations_add(out, pg_mutations_file(arena, files[i]));
    }
    assert_true(out->list.n > 0);
    out->words = pg_mutations_file(arena, "words.sql");
    out->rows = pg_mutations_file(arena, "rows.sql");
}

/* One of them by their weights: `at` is below the sum of those for the use. */
static inline unsigned pg_mutations_weight(const pg_mutations *all, unsigned use) {
    unsigned sum = 0;
    for (size_t i = 0; i < all->list.n; i++) {
        sum += (all->list.items[i].use & use) != 0 ? all->list.items[i].weight : 0;
    }
    return sum;
}

static inline const pg_mutation *pg_mutations_at(const pg_mutations *all, unsigned use,
                                                 unsigned at) {
    for (size_t i = 0;; i++) {
        const pg_mutation *mutation = &all->list.items[i];
        unsigned weight = (mutation->use & use) != 0 ? mutation->weight : 0;
        if (at < weight) {
            return mutation;
        }
        at -= weight;
    }
}

#endif
