/*
 * Every kind of change on every flavour of table, each a pair that goes through all of lite_pair.h;
 * and several changes at once, by chance. AG_LITE_PAIRS is how many of the pairs by chance are
 * tried (default 60), AG_LITE_STRIDE takes one in so many of the others (default 2), AG_LITE_SEED
 * begins elsewhere.
 */
#include "unit.h"

#include <inttypes.h>

#include "lite_pair.h"
#include "lite_world.h"

typedef bool (*change)(world *w, rng *r);

static world_column *column(world *w, const char *name) {
    return world_find(w, name);
}

/* Sets a text, unless it was that already. */
static bool set(const char **text, const char *to) {
    bool is_new = (*text == NULL) != (to == NULL) || (to != NULL && strcmp(*text, to) != 0);
    *text = to;
    return is_new;
}

/* Which of the columns that nothing else hangs on. */
static world_column *loose(world *w, rng *r) {
    return column(w, PICK(r, "f", "g"));
}

static bool change_type(world *w, rng *r) {
    world_column *c = loose(w, r);
    return c != NULL && set(&c->type, w->is_strict ? "TEXT" : PICK(r, "TEXT", "VARCHAR(99)", ""));
}

static bool change_key_type(world *w, rng *r) {
    (void)r;
    return w->key == KEY_TEXT && !w->is_strict && set(&w->columns[0].type, "VARCHAR(40)");
}

static bool to_not_null(world *w, rng *r) {
    world_column *c = loose(w, r);
    return c != NULL && !(c->has_nulls && strchr("17(", c->value[0]) == NULL && c->unique[0]) &&
           !c->has_nulls && set(&c->null, PICK(r, "NOT NULL", "CONSTRAINT n2 NOT NULL"));
}

static bool to_filled_not_null(world *w, rng *r) {
    world_column *c = loose(w, r);
    if (c == NULL || c->unique[0] != '\0') {
        return false;
    }
    c->value = w->is_strict ? "DEFAULT 'z'" : PICK(r, "DEFAULT 3", "DEFAULT (2 * 2)");
    return set(&c->null, "NOT NULL");
}

static bool to_nullable(world *w, rng *r) {
    (void)r;
    return set(&w->columns[2].null, "");
}

static bool change_null_conflict(world *w, rng *r) {
    (void)r;
    return set(&w->columns[2].null, "NOT NULL ON CONFLICT REPLACE");
}

static bool change_default(world *w, rng *r) {
    world_column *c = loose(w, r);
    return c != NULL &&
           set(&c->value, PICK(r, "DEFAULT 'd'", "DEFAULT -1.5", "DEFAULT (length('q'))",
                               "DEFAULT CURRENT_TIMESTAMP", "", "DEFAULT x'00'"));
}

static bool change_collation(world *w, rng *r) {
    return set(&w->columns[1].collate, PICK(r, "", "COLLATE NOCASE", "COLLATE RTRIM"));
}

static bool change_unique(world *w, rng *r) {
    world_column *c = column(w, "g");
    return c != NULL &&
           set(&c->unique, PICK(r, "", "UNIQUE", "CONSTRAINT u UNIQUE", "UNIQUE ON CONFLICT FAIL"));
}

static bool change_column_check(world *w, rng *r) {
    world_column *c = column(w, "f");
    return c != NULL && set(&c->check, PICK(r, "", " CHECK ($f IS NULL OR length($f) < 99)",
                                            " CONSTRAINT cf CHECK ($f <> '--')"));
}

static bool change_check(world *w, rng *r) {
    return set(&w->ck, PICK(r, NULL, " ($c >= 0 AND $b <> ')')", " ($c BETWEEN 0 AND 5000)"));
}

static bool change_unnamed_check(world *w, rng *r) {
    return set(&w->ck_unnamed, PICK(r, NULL, " ($c <> 11)", " ($b NOT IN ('(', ';'))"));
}

static bool change_named_unique(world *w, rng *r) {
    return set(&w->uq, PICK(r, NULL, "", "ON CONFLICT IGNORE", "ON CONFLICT ROLLBACK"));
}

static bool change_unnamed_unique(world *w, rng *r) {
    return w->fk_self == NULL && set(&w->uq_unnamed, PICK(r, NULL, ""));
}

static bool change_reference(world *w, rng *r) {
    return column(w, "d") != NULL &&
           set(&w->fk, PICK(r, NULL, "", "ON DELETE CASCADE", "ON UPDATE SET DEFAULT DEFERRABLE",
                            "ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED"));
}

static bool change_self_reference(world *w, rng *r) {
    return w->uq_unnamed == NULL && column(w, "e") != NULL &&
           set(&w->fk_self, PICK(r, NULL, "ON DELETE CASCADE", "ON DELETE RESTRICT"));
}

static world_column *add_column(world *w, const char *name, const char *type) {
    w->columns[w->n] = (world_column){.name = name,
                                      .was = name,
                                      .type = type,
                                      .null = "",
                                      .value = "",
                                      .collate = "",
                                      .unique = "",
                                      .check = ""};
    return &w->columns[w->n++];
}

static bool add_plain(world *w, rng *r) {
    (void)r;
    add_column(w, "x", "TEXT");
    return true;
}

static bool add_constant(world *w, rng *r) {
    world_column *c = add_column(w, "x", w->is_strict ? "ANY" : PICK(r, "", "INT", "TEXT"));
    c->value = PICK(r, "DEFAULT 5", "DEFAULT 'it''s'", "DEFAULT NULL", "DEFAULT TRUE");
    return true;
}

static bool add_not_null(world *w, rng *r) {
    world_column *c = add_column(w, "x", "TEXT");
    c->value = PICK(r, "DEFAULT 'v'", "DEFAULT (lower('V'))");
    c->null = "NOT NULL";
    return true;
}

static bool add_computed(world *w, rng *r) {
    (void)r;
    add_column(w, "x", "TEXT")->value = "DEFAULT (1 || 'x')";
    return true;
}

static bool add_generated(world *w, rng *r) {
    add_column(w, "x", "TEXT")->generated = "SV"[below(r, 2)];
    return true;
}

static bool add_referring(world *w, rng *r) {
    (void)r;
    add_column(w, "x", "INT")->check = " REFERENCES parent ON DELETE SET NULL";
    return true;
}

static bool add_unique(world *w, rng *r) {
    (void)r;
    add_column(w, "x", "TEXT")->unique = "UNIQUE";
    return true;
}

/* Nothing may be left that uses the column. */
static bool drop(world *w, const char *name) {
    world_column *c = column(w, name);
    if (c == NULL) {
        return false;
    }
    size_t at = (size_t)(c - w->columns);
    memmove(c, c + 1, (w->n - at - 1) * sizeof *c);
    w->n--;
    return true;
}

static bool drop_plain(world *w, rng *r) {
    return drop(w, PICK(r, "f", "g", "h"));
}

static bool drop_referring(world *w, rng *r) {
    const char *name = PICK(r, "d", "e");
    *(name[0] == 'd' ? &w->fk : &w->fk_self) = NULL;
    return drop(w, name);
}

static bool rename_to(world *w, const char *was, const char *name) {
    world_column *c = column(w, was);
    return c != NULL && set(&c->name, name);
}

static bool rename_used(world *w, rng *r) {
    return rename_to(w, PICK(r, "a", "b", "c"), PICK(r, "new", "group"));
}

static bool rename_loose(world *w, rng *r) {
    static const char *const names[][2] = {
        {"d", "D d"}, {"e", "select"}, {"f", "rowid"}, {"g", "_g"}, {"h", "h-h"}};
    unsigned at = below(r, 5);
    return rename_to(w, names[at][0], names[at][1]);
}

static bool rename_table(world *w, rng *r) {
    return set(&w->table, PICK(r, "other", "table"));
}

static bool change_autoincrement(world *w, rng *r) {
    (void)r;
    bool can = (w->key == KEY_ROWID && !w->has_no_rowid) || w->key == KEY_AUTO;
    w->key = w->key == KEY_AUTO ? KEY_ROWID : can ? KEY_AUTO : w->key;
    return can;
}

static bool change_strict(world *w, rng *r) {
    (void)r;
    for (size_t i = 0; i < w->n; i++) {
        const char *type = w->columns[i].type;
        if (!w->is_strict && strcmp(type, "TEXT") != 0 && strcmp(type, "INTEGER") != 0 &&
            strcmp(type, "INT") != 0) {
            return false;
        }
        /* 'z' is no number, and what is none may not be in a column of numbers. */
        if (!w->is_strict && strncmp(w->columns[i].value, "DEFAULT", 7) == 0) {
            return false;
        }
    }
    w->is_strict = !w->is_strict;
    return true;
}

static bool change_rowid(world *w, rng *r) {
    (void)r;
    if (w->key == KEY_NONE || w->key == KEY_AUTO || w->key == KEY_DESC) {
        return false;
    }
    w->has_no_rowid = !w->has_no_rowid;
    w->columns[0].null = "NOT NULL";
    return true;
}

static bool change_key(world *w, rng *r) {
    (void)r;
    if (w->key != KEY_TEXT && w->key != KEY_PAIR && (w->key != KEY_NONE || w->has_no_rowid)) {
        return false;
    }
    w->key = w->key == KEY_TEXT ? KEY_PAIR : KEY_TEXT;
    return true;
}

static bool drop_key(world *w, rng *r) {
    (void)r;
    bool can = w->key != KEY_NONE && w->key != KEY_AUTO && !w->has_no_rowid;
    w->key = can ? KEY_NONE : w->key;
    return can;
}

static bool change_index(world *w, rng *r) {
    return set(&w->index[0], PICK(r, NULL, "CREATE INDEX i0 ON $t ($b DESC, $c)",
                                  "CREATE UNIQUE INDEX i0 ON $t ($c, $b COLLATE BINARY)",
                                  "CREATE INDEX i0 ON $t ($c) WHERE $b IS NOT NULL"));
}

static bool change_view(world *w, rng *r) {
    return set(&w->view, PICK(r, NULL, "CREATE VIEW v AS SELECT $a AS a, $b AS b FROM $t",
                              "CREATE VIEW v AS SELECT $a AS a, $b AS b, $c FROM $t"));
}

static bool change_trigger(world *w, rng *r) {
    return set(&w->trigger, PICK(r, NULL,
                                 "CREATE TRIGGER tr BEFORE DELETE ON $t WHEN old.$c > 1 "
                                 "BEGIN INSERT INTO log VALUES ('end;'); END"));
}

static const struct {
    const char *name;
    change change;
} changes[] = {
#define CHANGE(name)                                                                               \
    { #name, name }
    CHANGE(change_type),
    CHANGE(change_key_type),
    CHANGE(to_not_null),
    CHANGE(to_filled_not_null),
    CHANGE(to_nullable),
    CHANGE(change_null_conflict),
    CHANGE(change_default),
    CHANGE(change_collation),
    CHANGE(change_unique),
    CHANGE(change_column_check),
    CHANGE(change_check),
    CHANGE(change_unnamed_check),
    CHANGE(change_named_unique),
    CHANGE(change_unnamed_unique),
    CHANGE(change_reference),
    CHANGE(change_self_reference),
    CHANGE(add_plain),
    CHANGE(add_constant),
    CHANGE(add_not_null),
    CHANGE(add_computed),
    CHANGE(add_generated),
    CHANGE(add_referring),
    CHANGE(add_unique),
    CHANGE(drop_plain),
    CHANGE(drop_referring),
    CHANGE(rename_used),
    CHANGE(rename_loose),
    CHANGE(rename_table),
    CHANGE(change_autoincrement),
    CHANGE(change_strict),
    CHANGE(change_rowid),
    CHANGE(change_key),
    CHANGE(drop_key),
    CHANGE(change_index),
    CHANGE(change_view),
    CHANGE(change_trigger),
};

enum { N_CHANGES = sizeof changes / sizeof *changes };

static char *renames_of(const world *w) {
    ag_buf buf = AG_BUF_INIT;
    if (strcmp(w->table, w->was) != 0) {
        ag_buf_printf(&buf, "%s=%s;", w->was, w->table);
    }
    for (size_t i = 0; i < w->n; i++) {
        if (strcmp(w->columns[i].name, w->columns[i].was) != 0) {
            ag_buf_printf(&buf, "%s.%s=%s.%s;", w->was, w->columns[i].was, w->table,
                          w->columns[i].name);
        }
    }
    return ag_buf_steal(&buf);
}

static void check_worlds(world *before, world *after, const char *name) {
    ag_buf start = AG_BUF_INIT;
    ag_buf goal = AG_BUF_INIT;
    world_put_schema(before, &start);
    world_put_rows(before, &start);
    after->quote = '"';
    after->gap = " ";
    world_put_schema(after, &goal);
    char *renames = renames_of(after);
    pair p = {name, ag_buf_text(&start), ag_buf_text(&goal), renames, false};
    check_pair(&p);
    free(renames);
    ag_buf_release(&start);
    ag_buf_release(&goal);
}

static uint64_t setting(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* A flavour by its number; false for one that cannot be. */
static bool flavour(unsigned number, rng *r, world *w) {
    world_key key = (world_key)(number / 4 % N_KEYS);
    bool has_no_rowid = (number & 1) != 0;
    if (has_no_rowid && (key == KEY_NONE || key == KEY_AUTO)) {
        return false;
    }
    *w = world_new(key, (number & 2) != 0, has_no_rowid, r);
    return true;
}

static void each_change_on_each_flavour(void **state) {
    (void)state;
    uint64_t seed = setting("AG_LITE_SEED", 1);
    uint64_t stride = setting("AG_LITE_STRIDE", 2);
    size_t n_tried = 0;
    for (unsigned k = 0; k < 4 * N_KEYS; k++) {
        for (size_t i = 0; i < N_CHANGES; i++) {
            rng r = rng_of(seed * 100000 + k * 1000 + i);
            world before;
            if ((k * N_CHANGES + i) % stride != 0 || !flavour(k, &r, &before)) {
                continue;
            }
            world after = before;
            if (changes[i].change(&after, &r)) {
                char name[80];
                snprintf(name, sizeof name, "%s, flavour %u", changes[i].name, k);
                check_worlds(&before, &after, name);
                n_tried++;
            }
        }
    }
    assert_true(n_tried > 0);
}

static void several_changes_at_once(void **state) {
    (void)state;
    uint64_t seed = setting("AG_LITE_SEED", 1);
    uint64_t n = setting("AG_LITE_PAIRS", 60);
    for (uint64_t i = seed; i < seed + n; i++) {
        rng r = rng_of(i * 7919);
        world before;
        if (!flavour(below(&r, 4 * N_KEYS), &r, &before)) {
            continue;
        }
        world after = before;
        char name[200];
        int at = snprintf(name, sizeof name, "seed %" PRIu64 ":", i);
        bool is_changed = false;
        for (unsigned k = 2 + below(&r, 4); k > 0; k--) {
            size_t pick = below(&r, N_CHANGES);
            world trial = after;
            if (trial.n < MAX_COLUMNS - 1 && column(&trial, "x") == NULL &&
                changes[pick].change(&trial, &r)) {
                after = trial;
                is_changed = true;
                at += snprintf(name + at, sizeof name - (size_t)at, " %s", changes[pick].name);
            }
        }
        if (is_changed) {
            check_worlds(&before, &after, name);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_on_each_flavour),
        cmocka_unit_test(several_changes_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
