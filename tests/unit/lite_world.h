/*
 * A small SQLite world that can be changed: one table of any flavour with everything SQLite has on
 * it (keys, checks, references, indexes, triggers, views over views, children), as a value that is
 * written out as SQL. Changing the value and writing it again gives a change pair.
 */
#ifndef AG_TESTS_LITE_WORLD_H
#define AG_TESTS_LITE_WORLD_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "diff_random.h"

typedef enum world_key {
    KEY_NONE,
    KEY_ROWID,
    KEY_AUTO,
    KEY_TEXT,
    KEY_PAIR,
    KEY_DESC, /* INTEGER PRIMARY KEY DESC, which is no rowid */
    N_KEYS
} world_key;

typedef struct world_column {
    const char *name, *type;
    const char *was; /* the name before a rename */
    const char *null, *value, *collate, *unique, *check;
    char generated; /* 'S'tored, 'V'irtual or 0 */
    bool has_nulls;
} world_column;

enum { MAX_COLUMNS = 10 };

typedef struct world {
    const char *table, *was; /* its name, and that before a rename */
    world_key key;
    bool is_strict, has_no_rowid;
    world_column columns[MAX_COLUMNS];
    size_t n;
    const char *key_conflict;
    const char *uq, *uq_unnamed, *ck, *ck_unnamed; /* what stands behind the key; NULL = none */
    const char *fk, *fk_self;
    bool fk_is_inline;
    const char *index[4];
    const char *view, *nested, *trigger, *instead;
    char quote; /* how the first text quotes names */
    const char *gap;
} world;

static inline world_column *world_find(world *w, const char *name) {
    for (size_t i = 0; i < w->n; i++) {
        if (strcmp(w->columns[i].was, name) == 0) {
            return &w->columns[i];
        }
    }
    return NULL;
}

static inline void world_name(const world *w, ag_buf *out, const char *name) {
    ag_buf_putc(out, w->quote);
    for (const char *p = name; *p != '\0'; p++) {
        ag_buf_putc(out, *p);
        if (*p == w->quote) {
            ag_buf_putc(out, *p);
        }
    }
    ag_buf_putc(out, w->quote == '[' ? ']' : w->quote);
}

/* A text with $t for the table, $a … $z for columns by the name they began with. */
static inline void world_put(world *w, ag_buf *out, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        if (*p != '$') {
            ag_buf_putc(out, *p);
        } else if (*++p == 't') {
            world_name(w, out, w->table);
        } else {
            char name[2] = {*p, '\0'};
            const world_column *column = world_find(w, name);
            world_name(w, out, column == NULL ? "missing" : column->name);
        }
    }
}

/* Whether every column that a text names is there. */
static inline bool world_has(world *w, const char *text) {
    for (const char *p = text; text != NULL && *p != '\0'; p++) {
        if (*p == '$' && *++p != 't') {
            char name[2] = {*p, '\0'};
            if (world_find(w, name) == NULL) {
                return false;
            }
        }
    }
    return text != NULL;
}

static inline void world_put_column(world *w, ag_buf *out, size_t i) {
    const world_column *c = &w->columns[i];
    const char *key = i > 0                 ? ""
                      : w->key == KEY_ROWID ? " PRIMARY KEY"
                      : w->key == KEY_AUTO  ? " PRIMARY KEY AUTOINCREMENT"
                      : w->key == KEY_DESC  ? " PRIMARY KEY DESC"
                                            : "";
    ag_buf_puts(out, i == 0 ? "\n" : ",\n");
    ag_buf_puts(out, w->gap);
    world_name(w, out, c->name);
    ag_buf_printf(out, " %s%s%s", c->type, key, w->gap);
    const char *const parts[] = {c->null, c->value, c->collate, c->unique};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        ag_buf_printf(out, " %s", parts[k]);
    }
    world_put(w, out, c->check);
    if (c->generated != 0) {
        world_put(w, out, " AS ($b || '!')");
        ag_buf_puts(out, c->generated == 'S' ? " STORED" : "");
    }
    if (c->was[0] == 'd' && w->fk != NULL && w->fk_is_inline) {
        ag_buf_printf(out, " CONSTRAINT fk REFERENCES parent (id) %s", w->fk);
    }
}

static inline void world_put_rule(world *w, ag_buf *out, const char *head, const char *tail) {
    if (tail != NULL && world_has(w, head)) {
        ag_buf_printf(out, ",%s ", w->gap);
        world_put(w, out, head);
        ag_buf_printf(out, " %s", tail);
    }
}

static inline void world_put_table(world *w, ag_buf *out) {
    ag_buf_puts(out, "CREATE TABLE ");
    world_name(w, out, w->table);
    ag_buf_puts(out, " (");
    for (size_t i = 0; i < w->n; i++) {
        world_put_column(w, out, i);
    }
    world_put_rule(w, out, "PRIMARY KEY ($a)", w->key == KEY_TEXT ? w->key_conflict : NULL);
    world_put_rule(w, out, "CONSTRAINT \"p k\" PRIMARY KEY ($a, $c DESC)",
                   w->key == KEY_PAIR ? w->key_conflict : NULL);
    world_put_rule(w, out, "CONSTRAINT uq UNIQUE ($b, $c)", w->uq);
    world_put_rule(w, out, "UNIQUE ($c, $b COLLATE NOCASE)", w->uq_unnamed);
    world_put_rule(w, out, "CONSTRAINT ck CHECK", world_has(w, w->ck) ? "" : NULL);
    if (world_has(w, w->ck)) {
        world_put(w, out, w->ck);
    }
    world_put_rule(w, out, "CHECK", world_has(w, w->ck_unnamed) ? "" : NULL);
    if (world_has(w, w->ck_unnamed)) {
        world_put(w, out, w->ck_unnamed);
    }
    world_put_rule(w, out, "CONSTRAINT fk FOREIGN KEY ($d) REFERENCES parent (id)",
                   w->fk_is_inline ? NULL : w->fk);
    world_put_rule(w, out, "FOREIGN KEY ($e) REFERENCES $t ($c)",
                   w->uq_unnamed ? NULL : w->fk_self);
    ag_buf_puts(out, ")");
    ag_buf_puts(out, w->has_no_rowid && w->is_strict ? " WITHOUT ROWID, STRICT"
                     : w->has_no_rowid               ? " WITHOUT ROWID"
                     : w->is_strict                  ? " STRICT"
                                                     : "");
    ag_buf_puts(out, ";\n");
}

static inline void world_put_if(world *w, ag_buf *out, const char *text) {
    if (world_has(w, text)) {
        world_put(w, out, text);
        ag_buf_puts(out, ";\n");
    }
}

static inline void world_put_schema(world *w, ag_buf *out) {
    ag_buf_puts(out, "CREATE TABLE parent (id INTEGER PRIMARY KEY, x TEXT);\n"
                     "CREATE TABLE log (line TEXT);\n");
    world_put_table(w, out);
    world_put_if(w, out, "CREATE UNIQUE INDEX ix_key ON $t ($c)");
    world_put_if(w, out,
                 "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, c INT "
                 "REFERENCES $t ($c) ON DELETE CASCADE ON UPDATE SET NULL)");
    for (size_t i = 0; i < sizeof w->index / sizeof *w->index; i++) {
        world_put_if(w, out, w->index[i]);
    }
    world_put_if(w, out, w->view);
    world_put_if(w, out, world_has(w, w->view) ? w->nested : NULL);
    world_put_if(w, out, w->trigger);
    world_put_if(w, out, world_has(w, w->view) ? w->instead : NULL);
}

static inline void world_put_value(const world *w, ag_buf *out, const world_column *c, unsigned n) {
    if (c->has_nulls && n % 3 == 1) {
        ag_buf_puts(out, "NULL");
    } else if (strcmp(c->was, "d") == 0) {
        ag_buf_printf(out, "%u", n % 2 + 1);
    } else if (strcmp(c->was, "e") == 0) {
        ag_buf_puts(out, n == 7 ? "3" : "NULL"); /* refers to its own table */
    } else if (strstr(c->type, "INT") != NULL || (c->type[0] == '\0' && n % 2 == 0)) {
        ag_buf_printf(out, "%u", n);
    } else if (strstr(c->type, "REAL") != NULL) {
        ag_buf_printf(out, "%u.5", n);
    } else if (strstr(c->type, "BLOB") != NULL) {
        ag_buf_printf(out, "x'0%u'", n % 10);
    } else {
        ag_buf_printf(out, "'%s%u'", w->is_strict ? "s" : "it''s ", n);
    }
}

static inline void world_put_rows(world *w, ag_buf *out) {
    static const unsigned numbers[] = {3, 4, 7, 50, 900};
    ag_buf_puts(out, "INSERT INTO parent VALUES (1, 'one'), (2, 'two');\n");
    for (size_t r = 0; r < sizeof numbers / sizeof *numbers; r++) {
        ag_buf_puts(out, "INSERT INTO ");
        world_name(w, out, w->table);
        const char *separator = " (";
        for (size_t i = 0; i < w->n; i++) {
            if (w->columns[i].generated == 0) {
                ag_buf_puts(out, separator);
                world_name(w, out, w->columns[i].name);
                separator = ", ";
            }
        }
        separator = ") VALUES (";
        for (size_t i = 0; i < w->n; i++) {
            if (w->columns[i].generated == 0) {
                ag_buf_puts(out, separator);
                world_put_value(w, out, &w->columns[i], numbers[r]);
                separator = ", ";
            }
        }
        ag_buf_puts(out, ");\n");
    }
    ag_buf_puts(out,
                "INSERT INTO child VALUES (1, 3), (4, 7), (9, 3); DELETE FROM child WHERE id = "
                "9;\nDELETE FROM ");
    world_name(w, out, w->table);
    world_put(w, out, " WHERE $c IN (4, 900);\n");
}

static inline world world_new(world_key key, bool is_strict, bool has_no_rowid, rng *r) {
    world w = {.table = PICK(r, "thing", "Order", "a b", "q\"t"), .key = key};
    w.was = w.table;
    w.is_strict = is_strict;
    w.has_no_rowid = has_no_rowid;
    w.quote = "\"`["[below(r, 3)];
    w.quote = strchr(w.table, '"') != NULL ? '`' : w.quote;
    w.gap = PICK(r, " ", "\n    ", " /* a, (comment */ ", " -- it's, one\n ");
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        world_column *c = &w.columns[w.n++];
        bool is_number = strchr("cde", names[i][0]) != NULL;
        c->name = c->was = names[i];
        c->type = is_number   ? PICK(r, "INTEGER", "INT")
                  : is_strict ? PICK(r, "TEXT", "ANY")
                              : PICK(r, "TEXT", "VARCHAR(20)", "", "CLOB", "NUMERIC(8, 2)");
        c->null = c->value = c->collate = c->unique = c->check = "";
        if (strchr("abcde", names[i][0]) == NULL) {
            c->has_nulls = chance(r, 40);
            c->value = PICK(r, "", "", "DEFAULT 7", "DEFAULT (1 + 1)", "DEFAULT NULL");
        }
    }
    w.columns[0].type = key == KEY_ROWID || key == KEY_AUTO || key == KEY_DESC ? "INTEGER" : "TEXT";
    w.columns[0].null = has_no_rowid ? "NOT NULL" : "";
    w.columns[1].type = "TEXT";
    w.columns[1].collate = PICK(r, "", "COLLATE NOCASE", "CONSTRAINT co COLLATE RTRIM");
    w.columns[2].null = PICK(r, "NOT NULL", "CONSTRAINT nn NOT NULL ON CONFLICT FAIL");
    w.columns[5].check = PICK(r, "", " CHECK ($f IS NULL OR $f <> ',)')");
    w.columns[6].unique = PICK(r, "", "UNIQUE", "CONSTRAINT u UNIQUE ON CONFLICT IGNORE");
    w.columns[7].generated = "SV"[below(r, 2)];
    w.columns[7].type = is_strict ? "TEXT" : PICK(r, "TEXT", "");
    w.columns[7].value = "";
    w.columns[7].has_nulls = false;
    w.key_conflict = PICK(r, "", "ON CONFLICT REPLACE");
    w.uq = PICK(r, NULL, "", "ON CONFLICT IGNORE");
    w.uq_unnamed = PICK(r, NULL, "");
    w.ck = PICK(r, NULL, " ($c >= 0 AND $b <> ')')");
    w.ck_unnamed = PICK(r, NULL, " ($c <> 11)");
    w.fk = PICK(r, NULL, "", "ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED");
    w.fk_is_inline = chance(r, 50);
    w.fk_self = PICK(r, NULL, "ON DELETE CASCADE");
    w.index[0] = PICK(r, NULL, "CREATE INDEX i0 ON $t ($b DESC, $c)");
    w.index[1] = PICK(r, NULL, "CREATE UNIQUE INDEX i1 ON $t (lower($b)) WHERE $c > 5");
    w.index[2] = PICK(r, NULL, "CREATE INDEX i2 ON $t ($f COLLATE NOCASE, $g)");
    w.index[3] = PICK(r, NULL, "CREATE INDEX i3 ON $t ($h)");
    w.view = PICK(r, NULL, "CREATE VIEW v AS SELECT $a AS a, $b AS b FROM $t",
                  "CREATE VIEW v AS SELECT $a AS a, $b AS b, $f FROM $t");
    w.nested = PICK(r, NULL, "CREATE VIEW vv AS SELECT b FROM v");
    w.trigger = PICK(r, NULL,
                     "CREATE TRIGGER tr AFTER UPDATE OF $b ON $t BEGIN INSERT INTO log "
                     "VALUES (new.$b || old.$b); END");
    w.instead = PICK(r, NULL,
                     "CREATE TRIGGER ti INSTEAD OF DELETE ON v BEGIN DELETE FROM $t WHERE "
                     "$b = old.b; END");
    return w;
}

#endif
