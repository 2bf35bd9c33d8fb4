/*
 * CREATE TABLE statements by chance, for tests that hold our parser against SQLite's. The same seed
 * gives the same statement everywhere. Not every one is legal; SQLite is the judge.
 */
#ifndef AG_TESTS_LITE_RANDOM_H
#define AG_TESTS_LITE_RANDOM_H

#include "base/buf.h"

typedef struct random_sql {
    uint64_t state;
    ag_buf out;
    int n_columns;
} random_sql;

static inline unsigned random_below(random_sql *r, unsigned n) {
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(r->state >> 33) % n;
}

#define PICK(r, list) ((list)[random_below((r), (unsigned)(sizeof(list) / sizeof((list)[0])))])

/* A piece of SQL, with blanks or comments before it; a blank in the text is replaced likewise. */
static inline void random_put(random_sql *r, const char *text) {
    static const char *const gaps[] = {" ",  " ",  " ",           " ",         "\n",
                                       "  ", "\t", " /* ) , */ ", " -- ' (\n", " /**/ "};
    ag_buf_puts(&r->out, PICK(r, gaps));
    for (; *text != '\0'; text++) {
        if (*text == ' ') {
            ag_buf_puts(&r->out, PICK(r, gaps));
        } else {
            ag_buf_putc(&r->out, *text);
        }
    }
}

static inline bool random_chance(random_sql *r, unsigned one_in) {
    return random_below(r, one_in) == 0;
}

static const char *const random_names[] = {"a",   "\"b\"", "[c]",     "`d`",        "'e'",
                                           "key", "desc",  "\"f;(\"", "\"g\"\"h\"", "rowid_"};

static inline const char *random_column(random_sql *r) {
    return random_names[random_below(r, (unsigned)r->n_columns)];
}

static inline void random_conflict(random_sql *r) {
    static const char *const words[] = {"ON CONFLICT IGNORE", "on conflict Replace",
                                        "ON CONFLICT ABORT", "ON CONFLICT FAIL",
                                        "ON CONFLICT ROLLBACK"};
    if (random_chance(r, 4)) {
        random_put(r, PICK(r, words));
    }
}

static inline void random_references(random_sql *r) {
    static const char *const options[] = {"ON DELETE CASCADE",     "ON UPDATE SET NULL",
                                          "on delete no action",   "MATCH full",
                                          "ON DELETE SET DEFAULT", "ON UPDATE RESTRICT"};
    static const char *const deferrable[] = {"DEFERRABLE", "NOT DEFERRABLE",
                                             "DEFERRABLE INITIALLY DEFERRED",
                                             "NOT DEFERRABLE INITIALLY IMMEDIATE"};
    while (random_chance(r, 2)) {
        random_put(r, PICK(r, options));
    }
    if (random_chance(r, 3)) {
        random_put(r, PICK(r, deferrable));
    }
}

static inline void random_part(random_sql *r) {
    static const char *const values[] = {"1",     "-1.5",         "+2",   "'it''s'",
                                         "\"x\"", "word",         "NULL", "(1+(2))",
                                         "x'00'", "CURRENT_DATE", "TRUE", "(')')"};
    static const char *const collations[] = {"nocase", "binary", "\"rtrim\""};
    static const char *const order[] = {"", "ASC", "DESC"};
    if (random_chance(r, 5)) {
        random_put(r, "CONSTRAINT \"n-m\"");
    }
    switch (random_below(r, 9)) {
    case 0:
        random_put(r, "NOT NULL");
        random_conflict(r);
        break;
    case 1:
        random_put(r, "NULL");
        break;
    case 2:
        random_put(r, "UNIQUE");
        random_conflict(r);
        break;
    case 3:
        random_put(r, "CHECK (a > ( 1 ) OR ')' = '')");
        break;
    case 4:
        random_put(r, "DEFAULT");
        random_put(r, PICK(r, values));
        break;
    case 5:
        random_put(r, "COLLATE");
        random_put(r, PICK(r, collations));
        break;
    case 6:
        random_put(r, random_chance(r, 2) ? "REFERENCES p" : "REFERENCES \"p-q\" (x)");
        random_references(r);
        break;
    case 7:
        /* SQLite takes these words for a part of the type first; a comment between confuses it. */
        ag_buf_puts(&r->out, random_chance(r, 2) ? "\nGENERATED  ALWAYS" : "");
        random_put(r, "AS (1 || ')')");
        random_put(r, random_chance(r, 2) ? "STORED" : "");
        break;
    default:
        random_put(r, "PRIMARY KEY");
        random_put(r, PICK(r, order));
        random_conflict(r);
        random_put(r, random_chance(r, 6) ? "AUTOINCREMENT" : "");
        break;
    }
}

static inline void random_elements(random_sql *r) {
    static const char *const tails[] = {
        "", "", "", "COLLATE nocase", "DESC", "COLLATE rtrim DESC", "ASC"};
    random_put(r, "(");
    int n = 0;
    for (int i = 0; i < r->n_columns; i++) {
        if (random_chance(r, 2) || (n == 0 && i == r->n_columns - 1)) {
            bool is_enclosed = random_chance(r, 6);
            random_put(r, n++ > 0 ? "," : "");
            random_put(r, is_enclosed ? "(" : "");
            random_put(r, random_names[i]);
            random_put(r, is_enclosed ? ")" : "");
            random_put(r, PICK(r, tails));
        }
    }
    random_put(r, ")");
}

static inline void random_constraint(random_sql *r) {
    if (random_chance(r, 4)) {
        random_put(r, "CONSTRAINT c");
    }
    switch (random_below(r, 4)) {
    case 0:
        random_put(r, "UNIQUE");
        random_elements(r);
        random_conflict(r);
        break;
    case 1:
        random_put(r, "PRIMARY KEY");
        random_elements(r);
        random_conflict(r);
        break;
    case 2:
        random_put(r, "CHECK (1 OR (',)' = a))");
        break;
    default:
        random_put(r, "FOREIGN KEY (");
        random_put(r, random_column(r));
        random_put(r, ") REFERENCES p (x)");
        random_references(r);
        break;
    }
}

/* The text of statement number `seed`; free it with ag_buf_release. */
static inline ag_buf random_table(uint64_t seed) {
    static const char *const types[] = {"INTEGER",
                                        "INT",
                                        "",
                                        "TEXT",
                                        "VARCHAR (10)",
                                        "DECIMAL(10 , -2)",
                                        "\"integer\"",
                                        "UNSIGNED BIG INT",
                                        "blob",
                                        "[my-type]"};
    static const char *const options[] = {
        "", "", "", "WITHOUT ROWID", "STRICT", "strict , without rowid"};
    random_sql r = {.state = seed * 2654435769u + 1};
    ag_buf_init(&r.out);
    ag_buf_puts(&r.out, "CREATE TABLE");
    random_put(&r, random_chance(&r, 2) ? "t" : "\"t-u\"");
    random_put(&r, "(");
    r.n_columns = 1 + (int)random_below(&r, 10);
    for (int i = 0; i < r.n_columns; i++) {
        random_put(&r, i > 0 ? "," : "");
        random_put(&r, random_names[i]);
        random_put(&r, PICK(&r, types));
        while (random_chance(&r, 2)) {
            random_part(&r);
        }
    }
    bool is_first = true;
    while (random_chance(&r, 2)) {
        random_put(&r, is_first || random_chance(&r, 2) ? "," : "");
        random_constraint(&r);
        is_first = false;
    }
    random_put(&r, ")");
    random_put(&r, PICK(&r, options));
    return r.out;
}

#endif
