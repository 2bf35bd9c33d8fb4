/*
 * Every graph case of rev_plan_cases.def once more, this time run: from revision files, by the
 * runner, on the fake driver. What the driver recorded is the expected plan, and the version table
 * it kept meanwhile ends with the rows that the applied revisions need.
 */
#include "unit.h"

#include "dialect/fake_driver.h"
#include "rev_build.h"
#include "rev_project.h"

typedef enum case_kind { GRAPH, ROWS, UP, DOWN, STAMP, PURGE } case_kind;

typedef struct run_case {
    case_kind kind;
    const char *text;
    const char *answer;
    int line;
} run_case;

static const run_case cases[] = {
#define AG_CASE(kind, text, answer) {kind, text, answer, __LINE__},
#include "rev_plan_cases.def"
#undef AG_CASE
};

/* The database behind the fake driver: a version table, and a history table that is empty. */
typedef struct world {
    ag_arena *arena;
    ag_strings rows;
} world;

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *sorted(ag_arena *arena, ag_strings *names) {
    ag_buf buf = AG_BUF_INIT;
    if (names->n > 0) {
        qsort(names->items, names->n, sizeof *names->items, by_text);
    }
    for (size_t i = 0; i < names->n; i++) {
        ag_buf_printf(&buf, "%s%s", i == 0 ? "" : " ", names->items[i]);
    }
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static size_t take_row(ag_strings *rows, const char *row) {
    size_t kept = 0;
    size_t n = rows->n;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows->items[i], row) != 0) {
            rows->items[kept++] = rows->items[i];
        }
    }
    rows->n = kept;
    return n - kept;
}

/* The quoted text number `index` (from 0) of a statement. */
static char *quoted(ag_arena *arena, const char *sql, size_t index) {
    for (;; index--) {
        sql = strchr(sql, '\'');
        if (sql == NULL) {
            return NULL;
        }
        size_t n = strcspn(++sql, "'");
        if (index == 0) {
            return ag_arena_strndup(arena, sql, n);
        }
        sql += n + 1;
    }
}

/* A change of the version table: what goes and what comes, NULL for none. */
static bool is_change(ag_arena *arena, const char *call, char **from, char **to) {
    *from = *to = NULL;
    if (ag_text_starts(call, "INSERT INTO alembic_version ")) {
        *to = quoted(arena, call, 0);
    } else if (ag_text_starts(call, "UPDATE alembic_version ")) {
        *to = quoted(arena, call, 0);
        *from = quoted(arena, call, 1);
    } else if (ag_text_starts(call, "DELETE FROM alembic_version ")) {
        *from = quoted(arena, call, 0);
    }
    return *from != NULL || *to != NULL;
}

static void answer(void *user, const char *call, ag_fake_step *step) {
    static const char *const there[] = {"1"};
    world *w = user;
    char *from = NULL;
    char *to = NULL;
    if (ag_text_starts(call, "HAS TABLE ")) {
        step->cells = there;
        step->n_rows = step->n_columns = 1;
    } else if (ag_text_starts(call, "SELECT version_num FROM alembic_version")) {
        (void)sorted(w->arena, &w->rows);
        step->cells = w->rows.items;
        step->n_rows = w->rows.n;
        step->n_columns = 1;
    } else if (is_change(w->arena, call, &from, &to)) {
        step->changes = from == NULL ? 1 : (int64_t)take_row(&w->rows, from);
        if (to != NULL) {
            ag_vec_push(w->arena, &w->rows, to);
        }
    }
}

/* Writes each revision of a graph to a file of its own; their names keep the order. */
static rev_project *write_files(const char *text) {
    rev_project *p = rev_new();
    ag_graph *graph = rev_good(text);
    for (size_t i = 0; i < graph->revs.n; i++) {
        const ag_rev *rev = graph->revs.items[i];
        const ag_strings *lists[] = {&rev->down_names, &rev->own_labels, &rev->depend_names};
        ag_buf buf = AG_BUF_INIT;
        ag_buf_printf(&buf, "-- make %s\n--\n-- Revision ID: %s", rev->id, rev->id);
        for (size_t l = 0; l < 3; l++) {
            static const char *const fields[] = {"Revises", "Branch Labels", "Depends On"};
            ag_buf_printf(&buf, "\n-- %s:", fields[l]);
            for (size_t n = 0; n < lists[l]->n; n++) {
                ag_buf_printf(&buf, "%s %s", n == 0 ? "" : ",", lists[l]->items[n]);
            }
        }
        ag_buf_printf(&buf,
                      "\n\n-- autogen:upgrade\nCREATE TABLE %s (x integer);\n"
                      "-- autogen:downgrade\nDROP TABLE %s;\n",
                      rev->id, rev->id);
        rev_write(p, ag_arena_printf(p->arena, "%03zu.sql", i), ag_buf_text(&buf));
        ag_buf_release(&buf);
    }
    ag_graph_free(graph);
    rev_load(p);
    return p;
}

static void mark_down(const ag_rev *rev, bool *marks) {
    if (!marks[rev->index]) {
        marks[rev->index] = true;
        for (size_t i = 0; i < rev->downs.n; i++) {
            mark_down(rev->downs.items[i], marks);
        }
        for (size_t i = 0; i < rev->depends.n; i++) {
            mark_down(rev->depends.items[i], marks);
        }
    }
}

/* What the recording says, in the words of the table; applied revisions follow it. */
typedef struct reading {
    const run_case *c;
    const ag_graph *graph;
    ag_buf text;
    const char *id; /* of the step that runs */
    bool in_transaction, is_between;
    bool applied[32];
} reading;

#define MUST(condition)                                                                            \
    if (!(condition)) {                                                                            \
        fail_msg("rev_plan_cases.def:%d: %s: %s at: %s", r->c->line, r->c->text, #condition,       \
                 call);                                                                            \
    }

static void put_word(reading *r, const char *a, const char *between, const char *b) {
    ag_buf_puts(&r->text, ag_buf_text(&r->text)[0] == '\0' ? "" : r->is_between ? "; " : " ");
    ag_buf_printf(&r->text, "%s%s%s", a == NULL ? "" : a, between, b == NULL ? "" : b);
    r->is_between = false;
}

/* A statement of a revision: it runs once, when all it needs is there. */
static void read_statement(reading *r, const char *call, const char *id, bool is_up) {
    ag_rev *rev = rev_of(r->graph, id);
    MUST(r->in_transaction && r->id == NULL);
    MUST(is_up == (r->c->kind == UP) && (is_up || r->c->kind == DOWN));
    MUST(r->applied[rev->index] == !is_up);
    r->applied[rev->index] = is_up;
    r->id = rev->id;
    put_word(r, id, "", NULL);
}

static void read_call(reading *r, ag_arena *arena, const char *call) {
    static const char *const tables[] = {"DROP TABLE ", "CREATE TABLE "};
    char *from = NULL;
    char *to = NULL;
    bool is_stamp = r->c->kind == STAMP || r->c->kind == PURGE;
    for (size_t up = 0; up < 2; up++) {
        size_t n = strlen(tables[up]);
        if (strncmp(call, tables[up], n) == 0) {
            size_t length = strcspn(call + n, " ");
            read_statement(r, call, ag_arena_strndup(arena, call + n, length), up == 1);
            return;
        }
    }
    if (strcmp(call, "BEGIN") == 0 || strcmp(call, "COMMIT") == 0) {
        MUST(r->in_transaction == (call[0] == 'C') && r->id == NULL);
        r->in_transaction = call[0] == 'B';
        r->is_between = true;
    } else if (is_change(arena, call, &from, &to)) {
        MUST(r->in_transaction && (r->id != NULL || is_stamp));
        if (to == NULL) {
            put_word(r, NULL, "-", from);
        } else {
            put_word(r, from, from == NULL ? "+" : ">", to);
        }
    } else if (ag_text_starts(call, "INSERT INTO autogen_history ") && !is_stamp) {
        MUST(r->in_transaction && r->id != NULL);
        MUST(strcmp(quoted(arena, call, 0), r->id) == 0);
        MUST(strcmp(quoted(arena, call, 1), r->c->kind == UP ? "upgrade" : "downgrade") == 0);
        r->id = NULL;
    } else if (ag_text_starts(call, "DELETE FROM autogen_history ")) {
        MUST(is_stamp);
        r->is_between = true;
    } else {
        MUST(ag_text_starts(call, "HAS TABLE ") || ag_text_starts(call, "SELECT ") ||
             strcmp(call, "LOCK") == 0 || strcmp(call, "UNLOCK") == 0 ||
             ag_text_starts(call, "INSERT INTO autogen_history "));
    }
}

/* The applied revisions that nothing applied revises or depends on. */
static char *rows_needed(ag_arena *arena, const ag_graph *graph, const bool *applied) {
    ag_strings names = {NULL, 0, 0};
    bool below[32] = {false};
    for (size_t i = 0; i < graph->revs.n; i++) {
        const ag_rev *rev = graph->revs.items[i];
        for (size_t d = 0; applied[i] && d < rev->downs.n + rev->depends.n; d++) {
            below[d < rev->downs.n ? rev->downs.items[d]->index
                                   : rev->depends.items[d - rev->downs.n]->index] = true;
        }
    }
    for (size_t i = 0; i < graph->revs.n; i++) {
        if (applied[i] && !below[i]) {
            ag_vec_push(arena, &names, graph->revs.items[i]->id);
        }
    }
    return sorted(arena, &names);
}

static bool run(rev_project *p, const run_case *c, ag_error *err) {
    ag_strings targets = {NULL, 0, 0};
    switch (c->kind) {
    case UP:
        return ag_run_upgrade(&p->options, c->text, NULL, err);
    case DOWN:
        return ag_run_downgrade(&p->options, c->text, NULL, err);
    case STAMP:
    case PURGE:
        rev_words(p->arena, c->text, &targets);
        return ag_run_stamp(&p->options, targets.items, targets.n, c->kind == PURGE, NULL, err);
    case GRAPH:
    case ROWS:
        break;
    }
    return false;
}

static void play(rev_project *p, const run_case *c, const ag_strings *start) {
    world w = {.arena = p->arena};
    reading read = {.c = c, .graph = p->graph, .text = AG_BUF_INIT};
    reading *r = &read;
    const char *call = "the end";
    ag_error err;
    for (size_t i = 0; i < start->n; i++) {
        const ag_rev *rev = ag_graph_find_id(p->graph, start->items[i]);
        ag_vec_push(p->arena, &w.rows, start->items[i]);
        if (rev != NULL) {
            mark_down(rev, r->applied);
        }
    }
    char *before = sorted(p->arena, &w.rows);
    ag_fake *fake = ag_fake_new(NULL, 0);
    fake->answer = answer;
    fake->user = &w;
    ag_fake_use(fake);
    assert_true(ag_conn_open(&ag_driver_fake, "x", NULL, &p->conn, &err));
    p->options.conn = p->conn;
    bool ok = run(p, c, &err);
    for (size_t i = 0; i < fake->calls.n; i++) {
        read_call(r, p->arena, fake->calls.items[i]);
    }
    MUST(!r->in_transaction);
    char *after = sorted(p->arena, &w.rows);
    bool is_error = ag_text_starts(c->answer, "error: ");
    MUST(is_error == !ok);
    if (is_error) { /* nothing ran */
        MUST(err.code == AG_HISTORY && ag_text_starts(err.message, c->answer + strlen("error: ")));
        MUST(ag_buf_text(&r->text)[0] == '\0' && strcmp(before, after) == 0);
    } else {
        assert_string_equal(ag_buf_text(&r->text), c->answer);
        if (c->kind == STAMP || c->kind == PURGE) {
            memset(r->applied, 0, sizeof r->applied);
            for (size_t i = 0; i < w.rows.n; i++) {
                mark_down(rev_of(p->graph, w.rows.items[i]), r->applied);
            }
        }
        MUST(c->answer[0] == '\0' ||
             strcmp(after, rows_needed(p->arena, p->graph, r->applied)) == 0);
        MUST(c->answer[0] != '\0' || strcmp(before, after) == 0);
    }
    ag_buf_release(&r->text);
    ag_conn_close(p->conn);
    p->conn = NULL;
    ag_fake_free(fake);
}

static void the_driver_records_what_each_case_expects(void **state) {
    (void)state;
    rev_project *p = NULL;
    ag_arena *arena = ag_arena_new();
    ag_strings rows = {NULL, 0, 0};
    size_t n_run = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].kind == GRAPH) {
            if (p != NULL) {
                rev_end(p);
            }
            p = write_files(cases[i].text);
        } else if (cases[i].kind == ROWS) {
            rows = (ag_strings){NULL, 0, 0};
            rev_words(arena, cases[i].text, &rows);
        } else {
            play(p, &cases[i], &rows);
            n_run++;
        }
    }
    assert_true(n_run >= 150);
    rev_end(p);
    ag_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_driver_records_what_each_case_expects),
    };
    return cmocka_run_group_tests_name("graph cases, run", tests, NULL, NULL);
}
