#include "unit.h"

#include <string.h>

#include "base/map.h"
#include "dialect/lite/ddl.h"
#include "lite_catalog.h"
#include "lite_random.h"

/* The type as SQLite reports it: lower case, its outer quotes cut. */
static void put_type(ag_buf *out, ag_arena *arena, const char *sql, ag_lite_range range) {
    char *type = ag_arena_strndup(arena, sql + range.at, range.n);
    ag_tokens tokens = ag_sql_tokens(arena, AG_SQL_SQLITE, ag_str_of(type));
    if (tokens.n == 1) {
        type = ag_token_unquote(arena, AG_SQL_SQLITE, ag_str_of(type), tokens.items[0]);
    }
    ag_buf_puts(out, ag_text_lower(arena, type));
}

typedef struct described {
    ag_arena *arena;
    const char *sql;
    ag_lite_table table;
    ag_map keys; /* without directions: SQLite makes no second index on the same columns. */
    ag_strings key_lines;
} described;

static const ag_lite_column *column_of(const described *d, const char *name) {
    for (size_t i = 0; i < d->table.columns.n; i++) {
        if (ag_text_ieq(d->table.columns.items[i].name.text, name)) {
            return &d->table.columns.items[i];
        }
    }
    fail_msg("no column %s", name);
    return NULL;
}

static const char *collation_of(const described *d, const char *name) {
    const ag_lite_part *part = ag_lite_find_part(&column_of(d, name)->parts, AG_LITE_COLLATE);
    return part == NULL ? "BINARY" : part->collation.text;
}

static bool is_integer(const described *d, const ag_lite_column *column) {
    ag_buf type = AG_BUF_INIT;
    put_type(&type, d->arena, d->sql, column->type);
    bool is_so = strcmp(ag_buf_text(&type), "integer") == 0;
    ag_buf_release(&type);
    return is_so;
}

/* A lone INTEGER is a key without a collation, whatever is written. */
static bool is_integer_key(const described *d, const ag_lite_part *part) {
    return part->kind == AG_LITE_PRIMARY_KEY && part->elements.n == 1 &&
           is_integer(d, column_of(d, part->elements.items[0].column.text));
}

static bool is_rowid_alias(const described *d, const ag_lite_column *column, bool descending) {
    return is_integer(d, column) && !descending && d->table.without_rowid.n == 0;
}

static void add_key(described *d, const char *text, const char *bare) {
    if (!ag_map_has(&d->keys, bare)) {
        ag_map_put(&d->keys, ag_arena_strdup(d->arena, bare), d);
        ag_vec_push(d->arena, &d->key_lines, ag_arena_strdup(d->arena, text));
    }
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void describe_column_key(described *d, const ag_lite_column *column,
                                const ag_lite_part *part) {
    bool is_primary = part->kind == AG_LITE_PRIMARY_KEY;
    if (is_primary && is_rowid_alias(d, column, part->descending)) {
        return;
    }
    char *bare =
        ag_arena_printf(d->arena, "%s %s", column->name.text, collation_of(d, column->name.text));
    add_key(d, ag_arena_printf(d->arena, "%s %d", bare, part->descending), bare);
}

static void describe_table_key(described *d, const ag_lite_part *part) {
    const ag_lite_elements *elements = &part->elements;
    if (part->kind == AG_LITE_PRIMARY_KEY && elements->n == 1 &&
        is_rowid_alias(d, column_of(d, elements->items[0].column.text), false)) {
        return;
    }
    ag_buf text = AG_BUF_INIT;
    ag_buf bare = AG_BUF_INIT;
    for (size_t i = 0; i < elements->n; i++) {
        const ag_lite_element *element = &elements->items[i];
        const char *collation = element->collation.text != NULL && !is_integer_key(d, part)
                                    ? element->collation.text
                                    : collation_of(d, element->column.text);
        const char *name = column_of(d, element->column.text)->name.text;
        ag_buf_printf(&bare, "%s%s %s", i > 0 ? "," : "", name, collation);
        ag_buf_printf(&text, "%s%s %s %d", i > 0 ? "," : "", name, collation, element->descending);
    }
    add_key(d, ag_buf_text(&text), ag_buf_text(&bare));
    ag_buf_release(&text);
    ag_buf_release(&bare);
}

static bool is_key(const ag_lite_part *part) {
    return part->kind == AG_LITE_PRIMARY_KEY || part->kind == AG_LITE_UNIQUE;
}

/* The index of a lone INTEGER key, where it has one, is made after all others. */
static void describe_keys_that_are(described *d, bool late) {
    for (size_t i = 0; i < d->table.columns.n; i++) {
        const ag_lite_column *column = &d->table.columns.items[i];
        for (size_t k = 0; k < column->parts.n; k++) {
            const ag_lite_part *part = &column->parts.items[k];
            bool is_late =
                part->kind == AG_LITE_PRIMARY_KEY && is_integer(d, column) && !part->descending;
            if (is_key(part) && is_late == late) {
                describe_column_key(d, column, part);
            }
        }
    }
    for (size_t k = 0; k < d->table.constraints.n; k++) {
        const ag_lite_part *part = &d->table.constraints.items[k];
        if (is_key(part) && is_integer_key(d, part) == late) {
            describe_table_key(d, part);
        }
    }
}

static void describe_keys(described *d, ag_buf *out) {
    describe_keys_that_are(d, false);
    describe_keys_that_are(d, true);
    if (d->key_lines.n > 0) {
        qsort(d->key_lines.items, d->key_lines.n, sizeof *d->key_lines.items, compare_lines);
    }
    for (size_t i = 0; i < d->key_lines.n; i++) {
        ag_buf_printf(out, "key|%s\n", d->key_lines.items[i]);
    }
}

static void put_upper(ag_buf *out, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        ag_buf_putc(out, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
    }
}

static void describe_foreign_key(ag_buf *out, const ag_lite_part *part, const char *column) {
    ag_buf_printf(out, "foreign key|%s|", part->ref_table.text);
    size_t n = column != NULL ? 1 : part->elements.n;
    for (size_t i = 0; i < n; i++) {
        ag_buf_printf(out, "%s%s %s", i > 0 ? "," : "",
                      column != NULL ? column : part->elements.items[i].column.text,
                      part->ref_columns.n > 0 ? part->ref_columns.items[i].text : "(null)");
    }
    ag_buf_putc(out, '|');
    put_upper(out, part->on_update == NULL ? "no action" : part->on_update);
    ag_buf_putc(out, '|');
    put_upper(out, part->on_delete == NULL ? "no action" : part->on_delete);
    ag_buf_putc(out, '\n');
}

static void describe_foreign_keys(const described *d, ag_buf *out) {
    for (size_t i = 0; i < d->table.columns.n; i++) {
        const ag_lite_column *column = &d->table.columns.items[i];
        for (size_t k = 0; k < column->parts.n; k++) {
            if (column->parts.items[k].kind == AG_LITE_FOREIGN_KEY) {
                describe_foreign_key(out, &column->parts.items[k], column->name.text);
            }
        }
    }
    for (size_t k = 0; k < d->table.constraints.n; k++) {
        if (d->table.constraints.items[k].kind == AG_LITE_FOREIGN_KEY) {
            describe_foreign_key(out, &d->table.constraints.items[k], NULL);
        }
    }
}

/* Place of a column in the primary key, 0 when it is in none. */
static int key_place(const described *d, const ag_lite_column *column) {
    if (ag_lite_find_part(&column->parts, AG_LITE_PRIMARY_KEY) != NULL) {
        return 1;
    }
    const ag_lite_part *key = ag_lite_find_part(&d->table.constraints, AG_LITE_PRIMARY_KEY);
    for (size_t i = 0; key != NULL && i < key->elements.n; i++) {
        if (ag_text_ieq(key->elements.items[i].column.text, column->name.text)) {
            return (int)i + 1;
        }
    }
    return 0;
}

static bool is_rowid_column(const described *d, const ag_lite_column *column) {
    const ag_lite_part *own = ag_lite_find_part(&column->parts, AG_LITE_PRIMARY_KEY);
    const ag_lite_part *key = ag_lite_find_part(&d->table.constraints, AG_LITE_PRIMARY_KEY);
    return is_rowid_alias(d, column, own != NULL && own->descending) &&
           (own != NULL || (key != NULL && key->elements.n == 1));
}

static void describe_columns(const described *d, ag_buf *out) {
    for (size_t i = 0; i < d->table.columns.n; i++) {
        const ag_lite_column *column = &d->table.columns.items[i];
        int place = key_place(d, column);
        bool not_null = ag_lite_find_part(&column->parts, AG_LITE_NOT_NULL) != NULL ||
                        (d->table.without_rowid.n > 0 && place > 0) ||
                        (d->table.strict.n > 0 && place > 0 && !is_rowid_column(d, column));
        const ag_lite_part *generated = ag_lite_find_part(&column->parts, AG_LITE_GENERATED);
        int hidden = generated == NULL ? 0 : generated->is_stored ? 3 : 2;
        ag_buf_printf(out, "column|%s|", column->name.text);
        put_type(out, d->arena, d->sql, column->type);
        ag_buf_printf(out, "|%d|%d|%d\n", not_null, place, hidden);
    }
}

/* The same text as catalog_table, from the parser. */
static void describe(ag_arena *arena, const char *sql, ag_buf *out) {
    described d = {.arena = arena, .sql = sql};
    ag_error err = {0};
    if (!ag_lite_parse_table(arena, sql, &d.table, &err)) {
        fail_msg("%s: %s", sql, err.message);
    }
    ag_buf_printf(out, "table|%s|%d|%d\n", d.table.name.text, d.table.without_rowid.n > 0,
                  d.table.strict.n > 0);
    describe_columns(&d, out);
    describe_keys(&d, out);
    describe_foreign_keys(&d, out);
    ag_map_release(&d.keys);
}

static const char *const odd_tables[] = {
    "CREATE TABLE t(a)",
    "create table if not exists main.t(a,b,c)",
    "CREATE TEMP TABLE q(a); CREATE TABLE 't'(a)",
    "CREATE TABLE [t x]([a b] INT, `c``d` TEXT, \"e\"\"f\" BLOB, 'g''h' REAL)",
    "CREATE TABLE t(a VARCHAR(10), b DECIMAL ( 10 , -2 ), c UNSIGNED BIG INT, d DOUBLE PRECISION)",
    "CREATE TABLE t(a \"my type\", b [x y], c 'quoted')",
    "CREATE TABLE t(key, desc INT, asc, abort text, action, \"check\" int, temp int, rowid2)",
    "CREATE TABLE t(a -- one\n INT /* two */ NOT /* three */ NULL -- four\n, -- five\n b)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, b)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT, b)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY DESC, b)",
    "CREATE TABLE t(id INTEGER, b, PRIMARY KEY(id AUTOINCREMENT))",
    "CREATE TABLE t(id INTEGER, b, PRIMARY KEY(id DESC))",
    "CREATE TABLE t(id INT PRIMARY KEY, b)",
    "CREATE TABLE t(id \"integer\" PRIMARY KEY, b)",
    "CREATE TABLE t(id, b, PRIMARY KEY(b COLLATE nocase DESC, id))",
    "CREATE TABLE t(a TEXT COLLATE nocase UNIQUE, b TEXT UNIQUE ON CONFLICT IGNORE, UNIQUE(b, a))",
    "CREATE TABLE t(a, b, UNIQUE('a' DESC, (b)), UNIQUE(((b)) COLLATE binary COLLATE rtrim))",
    "CREATE TABLE t(a, b, PRIMARY KEY(a, b)) WITHOUT ROWID",
    "CREATE TABLE t(a TEXT PRIMARY KEY, b ANY) WITHOUT ROWID, STRICT",
    "CREATE TABLE t(a INT, b TEXT, c BLOB) strict;",
    "CREATE TABLE t(a DEFAULT 1, b DEFAULT -1.5e3, c DEFAULT +2 NOT NULL, d DEFAULT 'x''y',"
    " e DEFAULT (1+(2)) UNIQUE, f DEFAULT CURRENT_TIMESTAMP, g DEFAULT x'00ff', h DEFAULT NULL,"
    " i DEFAULT word, j DEFAULT \"quoted\" NOT NULL, k DEFAULT TRUE, l DEFAULT (')'), m DEFAULT "
    "0x1F)",
    "CREATE TABLE t(a CHECK(a>0) CHECK (a<10) CONSTRAINT big CHECK (a<>5), b, CHECK(a<>b),"
    " CONSTRAINT x CHECK(b IN (1,2,(3))) ON CONFLICT ABORT)",
    "CREATE TABLE t(a INT CONSTRAINT nn NOT NULL ON CONFLICT FAIL NOT NULL, b CONSTRAINT n NULL)",
    "CREATE TABLE t(a, b, c, UNIQUE(a) UNIQUE(b) CONSTRAINT q CHECK(a) FOREIGN KEY(c) REFERENCES p"
    " CONSTRAINT z UNIQUE(c))",
    "CREATE TABLE t(a REFERENCES p, b REFERENCES p(x), c REFERENCES \"p q\"(x) ON DELETE CASCADE"
    " ON UPDATE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED NOT NULL)",
    "CREATE TABLE t(a, b, FOREIGN KEY(a,b) REFERENCES p(x,y) ON DELETE NO ACTION ON UPDATE RESTRICT"
    " NOT DEFERRABLE INITIALLY IMMEDIATE)",
    "CREATE TABLE t(a REFERENCES p ON DELETE SET DEFAULT ON DELETE CASCADE ON INSERT SET NULL"
    " UNIQUE DEFERRABLE)",
    "CREATE TABLE t(a REFERENCES p NOT NULL NOT DEFERRABLE)",
    "CREATE TABLE t(a INT, b INT GENERATED ALWAYS AS (a+1) STORED, c AS (a) VIRTUAL,"
    " d TEXT AS (a||')') UNIQUE, e INT GENERATED ALWAYS AS (a) NOT NULL)",
    "CREATE TABLE t(a INT CONSTRAINT lonely, b CONSTRAINT one CONSTRAINT two UNIQUE)",
    "CREATE TABLE t(a, CONSTRAINT lonely)",
    "CREATE TABLE t(\"a\nb\" INT, \"c;d--\" TEXT, \"/*\" , \"\xff\xfe\" INT)",
    "CREATE TABLE t(a TEXT NOT NULL COLLATE nocase DEFAULT 'a,b)' PRIMARY KEY)",
    "CREATE TABLE t(left INT, natural, cross TEXT)",
    "CREATE TABLE t(a INT,b INT,c INT,PRIMARY KEY(c,a),CHECK(a>0)CHECK(b>0))",
};

static void execute(sqlite3 *db, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static char *stored_text(sqlite3 *db, ag_arena *arena) {
    ag_buf buf = AG_BUF_INIT;
    catalog_query(db, &buf, "",
                  "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND"
                  " name NOT LIKE 'sqlite%'",
                  NULL);
    ag_buf_truncate(&buf, buf.n - 1);
    char *text = ag_buf_copy(&buf, arena) + 1;
    ag_buf_release(&buf);
    return text;
}

/* Holds the parser against the pragmas for the one table of a database. */
static void assert_read_alike(sqlite3 *db) {
    ag_arena *arena = ag_arena_new();
    ag_buf expected = AG_BUF_INIT;
    ag_buf got = AG_BUF_INIT;
    char *sql = stored_text(db, arena);
    describe(arena, sql, &got);
    ag_lite_table table;
    assert_true(ag_lite_parse_table(arena, sql, &table, NULL));
    catalog_table(db, &expected, table.name.text);
    if (strcmp(ag_buf_text(&expected), ag_buf_text(&got)) != 0) {
        print_message("%s\nexpected:\n%s", sql, ag_buf_text(&expected));
        fail_msg("got:\n%s", ag_buf_text(&got));
    }
    ag_buf_release(&expected);
    ag_buf_release(&got);
    ag_arena_free(arena);
}

static void what_sqlite_accepts_is_read_as_sqlite_reads_it(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof odd_tables / sizeof odd_tables[0]; i++) {
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        execute(db, odd_tables[i]);
        assert_read_alike(db);
        sqlite3_close(db);
    }
}

static void tables_by_chance_are_read_as_sqlite_reads_them(void **state) {
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    size_t n_legal = 0;
    for (uint64_t seed = 0; seed < 6000; seed++) {
        ag_buf sql = random_table(seed);
        if (sqlite3_exec(db, ag_buf_text(&sql), NULL, NULL, NULL) == SQLITE_OK) {
            assert_read_alike(db);
            execute(db, "DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS \"t-u\"");
            n_legal++;
        }
        ag_buf_release(&sql);
    }
    assert_true(n_legal > 500);
    sqlite3_close(db);
}

static void text_as_written_is_read_without_its_decoration(void **state) {
    (void)state;
    static const char *const texts[] = {
        "CREATE TEMPORARY TABLE IF NOT EXISTS main . t (a)",
        "/* x */ CREATE TABLE \"t\" -- y\n (a);;",
    };
    for (size_t i = 0; i < 2; i++) {
        ag_arena *arena = ag_arena_new();
        ag_lite_table table;
        assert_true(ag_lite_parse_table(arena, texts[i], &table, NULL));
        assert_string_equal(table.name.text, "t");
        assert_int_equal(table.columns.n, 1);
        ag_arena_free(arena);
    }
}

static void assert_range(const char *sql, ag_lite_range range, const char *text) {
    assert_int_equal(range.n, strlen(text));
    assert_memory_equal(sql + range.at, text, range.n);
}

static void parts_have_the_ranges_of_their_text(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    const char *sql = "CREATE TABLE t ( a VARCHAR (3) CONSTRAINT n NOT NULL DEFAULT ( 'x' ) ,\n"
                      "  b INT CONSTRAINT f REFERENCES p (q, r) ON DELETE SET NULL -- c\n"
                      "  NOT DEFERRABLE, CONSTRAINT u UNIQUE (a COLLATE nocase DESC, b) ON CONFLICT"
                      " FAIL, CHECK ( a <> b -- d\n ) ) WITHOUT ROWID , STRICT";
    ag_lite_table table;
    assert_true(ag_lite_parse_table(arena, sql, &table, NULL));
    const ag_lite_column *a = &table.columns.items[0];
    assert_range(sql, a->range, "a VARCHAR (3) CONSTRAINT n NOT NULL DEFAULT ( 'x' )");
    assert_range(sql, a->type, "VARCHAR (3)");
    assert_range(sql, a->parts.items[0].range, "CONSTRAINT n NOT NULL");
    assert_range(sql, a->parts.items[0].body, "NOT NULL");
    assert_string_equal(a->parts.items[0].name.text, "n");
    assert_range(sql, a->parts.items[1].expr, "( 'x' )");
    const ag_lite_part *key = &table.columns.items[1].parts.items[0];
    assert_range(sql, key->ref_columns.items[1].range, "r");
    assert_string_equal(key->on_delete, "set null");
    assert_range(sql, key->deferrable_range, "NOT DEFERRABLE");
    assert_string_equal(key->deferrability, "not deferrable");
    const ag_lite_part *unique = &table.constraints.items[0];
    assert_range(sql, unique->range,
                 "CONSTRAINT u UNIQUE (a COLLATE nocase DESC, b) ON CONFLICT FAIL");
    assert_range(sql, unique->on_conflict_range, "ON CONFLICT FAIL");
    assert_string_equal(unique->on_conflict, "fail");
    assert_range(sql, unique->elements.items[0].range, "a COLLATE nocase DESC");
    assert_range(sql, unique->elements.items[0].column.range, "a");
    assert_range(sql, table.constraints.items[1].expr, "a <> b");
    assert_range(sql, table.options, "WITHOUT ROWID , STRICT");
    assert_range(sql, table.strict, "STRICT");
    assert_int_equal(sql[table.open], '(');
    assert_int_equal(sql[table.close], ')');
    assert_memory_equal(sql + table.columns_end - 14, "NOT DEFERRABLE", 14);
    ag_arena_free(arena);
}

static void a_deferrable_clause_applies_to_the_last_foreign_key(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_lite_table table;
    const char *sql = "CREATE TABLE t(a REFERENCES p, b INT DEFERRABLE INITIALLY DEFERRED)";
    assert_true(ag_lite_parse_table(arena, sql, &table, NULL));
    assert_true(table.columns.items[0].parts.items[0].initially_deferred);
    assert_int_equal(table.columns.items[1].parts.items[0].kind, AG_LITE_DEFERRABLE);
    ag_arena_free(arena);
}

static void damaged_texts_are_errors(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "CREATE",
        "CREATE TABLE",
        "CREATE TABLE t",
        "CREATE TABLE t(",
        "CREATE TABLE t()",
        "CREATE TABLE t(a",
        "CREATE TABLE t(a,)",
        "CREATE TABLE t(a INT(3)",
        "CREATE TABLE t(a DEFAULT)",
        "CREATE TABLE t(a CHECK (b)",
        "CREATE TABLE t(a CHECK b)",
        "CREATE TABLE t(a, UNIQUE())",
        "CREATE TABLE t(a, UNIQUE(a) b)",
        "CREATE TABLE t(a REFERENCES)",
        "CREATE TABLE t(a REFERENCES p ON DELETE)",
        "CREATE TABLE t(a) WITHOUT",
        "CREATE TABLE t(a) STRICT,",
        "CREATE TABLE t(a) nonsense",
        "CREATE TABLE t(a 'unclosed)",
        "CREATE TABLE t(a /* unclosed",
        "CREATE TABLE t AS SELECT 1",
        "CREATE VIEW t AS SELECT 1",
        "CREATE TABLE t(a CONSTRAINT)",
        "CREATE TABLE t(a INT)) x",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ag_arena *arena = ag_arena_new();
        ag_lite_table table;
        ag_error err = {0};
        if (ag_lite_parse_table(arena, texts[i], &table, &err)) {
            fail_msg("accepted: %s", texts[i]);
        }
        assert_int_equal(err.code, AG_FAILED);
        assert_true(err.message[0] != '\0');
        ag_arena_free(arena);
    }
}

/* Every prefix of a good text, and the text with every byte replaced: no crash, no endless loop. */
static void mangled_texts_do_no_harm(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof odd_tables / sizeof odd_tables[0]; i++) {
        size_t n = strlen(odd_tables[i]);
        for (size_t k = 0; k <= n; k++) {
            ag_arena *arena = ag_arena_new();
            ag_lite_table table;
            ag_lite_index index;
            char *prefix = ag_arena_strndup(arena, odd_tables[i], k);
            (void)ag_lite_parse_table(arena, prefix, &table, NULL);
            char *mangled = ag_arena_strdup(arena, odd_tables[i]);
            mangled[k < n ? k : 0] = "()'\",x"[(i + k) % 6];
            (void)ag_lite_parse_table(arena, mangled, &table, NULL);
            (void)ag_lite_parse_index(arena, mangled, &index, NULL);
            ag_arena_free(arena);
        }
    }
}

static void deep_parentheses_are_no_recursion(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, "CREATE TABLE t(a CHECK (");
    for (int i = 0; i < 100000; i++) {
        ag_buf_putc(&buf, '(');
    }
    ag_buf_putc(&buf, '1');
    for (int i = 0; i < 100000; i++) {
        ag_buf_putc(&buf, ')');
    }
    ag_buf_puts(&buf, "))");
    ag_lite_table table;
    assert_true(ag_lite_parse_table(arena, ag_buf_text(&buf), &table, NULL));
    assert_int_equal(table.columns.items[0].parts.items[0].expr.n, 200001);
    ag_buf_release(&buf);
    ag_arena_free(arena);
}

static void indexes_are_read_element_by_element(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    const char *sql =
        "CREATE UNIQUE INDEX IF NOT EXISTS main.[i x] ON \"t\" (a DESC, lower(b)"
        " COLLATE nocase ASC, (b||c), a || b COLLATE rtrim, ((d)), -(e) COLLATE binary"
        ") WHERE a > (1) AND b IS NOT NULL -- x\n;";
    ag_lite_index index;
    assert_true(ag_lite_parse_index(arena, sql, &index, NULL));
    assert_true(index.unique);
    assert_string_equal(index.name.text, "i x");
    assert_string_equal(index.table.text, "t");
    assert_int_equal(index.elements.n, 6);
    assert_string_equal(index.elements.items[0].column.text, "a");
    assert_true(index.elements.items[0].descending);
    assert_null(index.elements.items[1].column.text);
    assert_range(sql, index.elements.items[1].expr, "lower(b)");
    assert_string_equal(index.elements.items[1].collation.text, "nocase");
    assert_range(sql, index.elements.items[2].expr, "b||c");
    assert_range(sql, index.elements.items[3].expr, "a || b COLLATE rtrim");
    assert_null(index.elements.items[3].collation.text);
    assert_string_equal(index.elements.items[4].column.text, "d");
    assert_range(sql, index.elements.items[5].expr, "-(e) COLLATE binary");
    assert_range(sql, index.where, "a > (1) AND b IS NOT NULL");
    assert_false(ag_lite_parse_index(arena, "CREATE INDEX i ON t(a) WHERE", &index, NULL));
    assert_false(ag_lite_parse_index(arena, "CREATE INDEX i ON t()", &index, NULL));
    assert_false(ag_lite_parse_index(arena, "CREATE INDEX i ON t", &index, NULL));
    ag_arena_free(arena);
}

static void views_triggers_and_virtual_tables_are_read(void **state) {
    (void)state;
    ag_arena *arena = ag_arena_new();
    ag_lite_view view;
    const char *sql = "CREATE VIEW IF NOT EXISTS v(a, \"b c\") AS SELECT 1, 2;";
    assert_true(ag_lite_parse_view(arena, sql, &view, NULL));
    assert_string_equal(view.name.text, "v");
    assert_string_equal(view.columns.items[1].text, "b c");
    assert_range(sql, view.select, "SELECT 1, 2");
    ag_lite_trigger trigger;
    sql = "CREATE TRIGGER tr INSTEAD OF UPDATE OF a, [b] ON v FOR EACH ROW WHEN new.a > 1 BEGIN"
          " SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END";
    assert_true(ag_lite_parse_trigger(arena, sql, &trigger, NULL));
    assert_string_equal(trigger.table.text, "v");
    assert_int_equal(trigger.of.n, 2);
    assert_range(sql, trigger.when, "new.a > 1");
    assert_range(sql, trigger.body, "BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END");
    ag_lite_virtual virtual;
    sql = "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize='x')";
    assert_true(ag_lite_parse_virtual(arena, sql, &virtual, NULL));
    assert_string_equal(virtual.module.text, "fts5");
    assert_range(sql, virtual.arguments, "a, b, tokenize='x'");
    assert_int_equal(ag_lite_statement_of(sql), AG_LITE_CREATE_VIRTUAL);
    assert_int_equal(ag_lite_statement_of("create unique index i on t(a)"), AG_LITE_CREATE_INDEX);
    assert_int_equal(ag_lite_statement_of("create temp view v as"), AG_LITE_CREATE_VIEW);
    assert_int_equal(ag_lite_statement_of("select 1"), AG_LITE_OTHER);
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_sqlite_accepts_is_read_as_sqlite_reads_it),
        cmocka_unit_test(tables_by_chance_are_read_as_sqlite_reads_them),
        cmocka_unit_test(text_as_written_is_read_without_its_decoration),
        cmocka_unit_test(parts_have_the_ranges_of_their_text),
        cmocka_unit_test(a_deferrable_clause_applies_to_the_last_foreign_key),
        cmocka_unit_test(damaged_texts_are_errors),
        cmocka_unit_test(mangled_texts_do_no_harm),
        cmocka_unit_test(deep_parentheses_are_no_recursion),
        cmocka_unit_test(indexes_are_read_element_by_element),
        cmocka_unit_test(views_triggers_and_virtual_tables_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
