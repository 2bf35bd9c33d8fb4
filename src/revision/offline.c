#include "revision/offline.h"

#include <string.h>

#include "base/str.h"

typedef struct writer {
    const ag_offline_options *options;
    ag_arena *arena;
    ag_store store;
    ag_buf *out;
    ag_strings rows; /* as the script leaves them so far */
    bool needs_table;
    bool is_open;    /* a transaction */
    char *calls_for; /* by revision: 'y' or 'n' once known; see calls_for_more */
    ag_error *err;
} writer;

/* One step of the plan with what its file says. */
typedef struct part_list {
    ag_rev_file *file;
    ag_rev_parts parts;
} part_list;

static void put_statement(writer *w, const char *sql) {
    ag_buf_printf(w->out, "%s;\n\n", sql);
}

static void open_transaction(writer *w, const char *before) {
    if (w->is_open || w->options->transaction == AG_TRANSACTION_NONE) {
        return;
    }
    if (before != NULL) {
        put_statement(w, before);
    }
    put_statement(w, "BEGIN");
    w->is_open = true;
}

static void close_transaction(writer *w) {
    if (w->is_open) {
        put_statement(w, "COMMIT");
        w->is_open = false;
    }
}

static void put_title(writer *w, const ag_plan_step *step) {
    ag_buf_puts(w->out, "-- Running ");
    ag_sql_comment_text(w->out, ag_plan_step_title(w->arena, step));
    ag_buf_puts(w->out, "\n\n");
}

static void put_table(writer *w) {
    if (w->needs_table) {
        ag_buf sql = AG_BUF_INIT;
        ag_store_create_sql(&w->store, &sql);
        put_statement(w, ag_buf_text(&sql));
        ag_buf_release(&sql);
        w->needs_table = false;
    }
}

static void put_rows(writer *w, const ag_plan_step *step) {
    for (size_t i = 0; i < step->changes.n; i++) {
        ag_buf sql = AG_BUF_INIT;
        ag_store_change_sql(&w->store, &step->changes.items[i], &sql);
        put_statement(w, ag_buf_text(&sql));
        ag_buf_release(&sql);
    }
}

/*
 * What is taken back may be edited and run again, by a script too: what an online run has recorded
 * of it would then be held against another file.
 */
static void put_forget(writer *w, const ag_plan_step *step) {
    const ag_dialect *dialect = w->options->dialect;
    if (step->kind != AG_PLAN_DOWNGRADE || dialect->where_table == NULL) {
        return;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_store_forget_sql(&w->store, step->rev->id, &sql);
    put_statement(w, dialect->where_table(w->arena, w->store.history_name, ag_buf_text(&sql)));
    ag_buf_release(&sql);
}

static bool parts_call_for(const writer *w, const ag_rev_parts *parts) {
    for (size_t p = 0; p < parts->n; p++) {
        for (size_t u = 0; u < parts->items[p].units.n; u++) {
            const ag_rev_unit *unit = &parts->items[p].units.items[u];
            for (size_t s = 0; s < unit->statements.n; s++) {
                if (w->options->dialect->offline->calls_for(unit->statements.items[s].sql)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Whether a revision has statements that later rebuilds must know of; read once. */
static bool file_calls_for(writer *w, const ag_rev *rev) {
    char *known = &w->calls_for[rev->index];
    if (*known == '\0') {
        ag_rev_file *file = NULL;
        ag_rev_parts parts = {0};
        bool found =
            rev->path[0] != '\0' && ag_rev_file_read(rev->path, &file, NULL) &&
            ag_rev_file_parts(file, w->arena, w->options->dialect->name, true, &parts, NULL) &&
            parts_call_for(w, &parts);
        *known = found ? 'y' : 'n';
        ag_rev_file_free(file);
    }
    return *known == 'y';
}

/* Whether what ran before this step (going back: its own upgrade too) calls for more. */
static bool calls_for_more(writer *w, const ag_plan_step *step) {
    const ag_graph *graph = w->options->graph;
    ag_revs from = {0};
    ag_marks marks = ag_graph_marks(graph, w->arena);
    ag_vec_push(w->arena, &from, step->rev);
    ag_graph_mark_down(graph, &from, true, marks);
    for (size_t i = 0; i < graph->revs.n; i++) {
        bool is_later = graph->revs.items[i] == step->rev && step->kind == AG_PLAN_UPGRADE;
        if (marks[i] != 0 && !is_later && file_calls_for(w, graph->revs.items[i])) {
            return true;
        }
    }
    return false;
}

/* What the driver would have seen to. */
static void warn(writer *w, const char *what) {
    ag_buf_puts(w->out, "-- WARNING: ");
    ag_sql_comment_text(w->out, what);
    ag_buf_putc(w->out, '\n');
}

static void warn_of_rebuild(writer *w, const char *table) {
    warn(w, ag_arena_printf(w->arena,
                            "table %s is made anew: nothing here checks that it is the one this "
                            "was made for, and indexes and triggers that are not made again below "
                            "are lost; `autogen upgrade` would check, and keep them",
                            table));
}

static void put_rebuild(writer *w, const ag_plan_step *step, const ag_rev_unit *unit) {
    const ag_offline_rules *rules = w->options->dialect->offline;
    bool needs_own = w->options->transaction == AG_TRANSACTION_NONE;
    if (needs_own && rules != NULL) {
        put_statement(w, rules->before_rebuild);
    }
    if (needs_own) {
        put_statement(w, "BEGIN");
    }
    warn_of_rebuild(w, unit->table);
    ag_strings statements = {0};
    for (size_t s = 0; s < unit->statements.n; s++) {
        ag_vec_push(w->arena, &statements, unit->statements.items[s].sql);
        put_statement(w, unit->statements.items[s].sql);
    }
    const char *more =
        rules == NULL ? NULL
                      : rules->after_rebuild(w->arena, unit->table, statements.items, statements.n);
    if (more != NULL && calls_for_more(w, step)) {
        put_statement(w, more);
    }
    if (needs_own) {
        put_statement(w, "COMMIT");
    }
}

static void put_units(writer *w, const ag_plan_step *step, const ag_rev_part *part) {
    const ag_offline_rules *rules = w->options->dialect->offline;
    ag_strings all = {0};
    for (size_t u = 0; u < part->units.n; u++) {
        for (size_t s = 0; s < part->units.items[u].statements.n; s++) {
            ag_vec_push(w->arena, &all, part->units.items[u].statements.items[s].sql);
        }
    }
    size_t at = 0;
    for (size_t u = 0; u < part->units.n; u++) {
        const ag_rev_unit *unit = &part->units.items[u];
        if (unit->table != NULL) {
            put_rebuild(w, step, unit);
        } else {
            const char *loss = rules == NULL ? NULL : rules->loss(w->arena, all.items, all.n, at);
            if (loss != NULL) {
                warn(w, loss);
            }
            put_statement(w, unit->statements.items[0].sql);
        }
        at += unit->statements.n;
    }
}

/* What must be said before a transaction that begins at this part of this step, or NULL. */
static const char *before_transaction(const writer *w, const part_list *lists, size_t n,
                                      size_t step, size_t part) {
    for (; step < n; step++, part = 0) {
        for (; part < lists[step].parts.n; part++) {
            const ag_rev_part *p = &lists[step].parts.items[part];
            if (p->is_autocommit) {
                return NULL;
            }
            if (p->has_rebuild) {
                const ag_offline_rules *rules = w->options->dialect->offline;
                return rules == NULL ? NULL : rules->before_rebuild;
            }
            if (w->options->transaction != AG_TRANSACTION_ALL || part + 1 < lists[step].parts.n) {
                return NULL;
            }
        }
        if (w->options->transaction != AG_TRANSACTION_ALL) {
            return NULL;
        }
    }
    return NULL;
}

static void put_step(writer *w, const ag_plan_step *step, const part_list *lists, size_t n,
                     size_t at) {
    const ag_rev_parts *parts = &lists[at].parts;
    bool is_outside = parts->n > 0 && parts->items[0].is_autocommit;
    if (!is_outside || w->needs_table) {
        open_transaction(w, before_transaction(w, lists, n, at, 0));
    }
    put_table(w);
    put_title(w, step);
    for (size_t p = 0; p < parts->n; p++) {
        if (parts->items[p].is_autocommit || p > 0) {
            close_transaction(w);
        }
        if (!parts->items[p].is_autocommit) {
            open_transaction(w, before_transaction(w, lists, n, at, p));
        }
        put_units(w, step, &parts->items[p]);
    }
    open_transaction(w, NULL);
    put_rows(w, step);
    put_forget(w, step);
    if (w->options->transaction == AG_TRANSACTION_PER_REVISION) {
        close_transaction(w);
    }
}

static bool read_parts(writer *w, const ag_plan_step *step, part_list *list) {
    if (step->kind == AG_PLAN_STAMP || step->rev->path[0] == '\0') {
        return true;
    }
    return ag_rev_file_read(step->rev->path, &list->file, w->err) &&
           ag_rev_file_parts(list->file, w->arena, w->options->dialect->name,
                             step->kind == AG_PLAN_UPGRADE, &list->parts, w->err);
}

static bool put_plan(writer *w, const ag_plan *plan) {
    bool ok = true;
    size_t n = plan->steps.n;
    part_list *lists = ag_arena_array(w->arena, n + 1, sizeof *lists);
    for (size_t i = 0; ok && i < n; i++) {
        ok = read_parts(w, &plan->steps.items[i], &lists[i]);
    }
    for (size_t i = 0; ok && i < n; i++) {
        put_step(w, &plan->steps.items[i], lists, n, i);
    }
    close_transaction(w);
    for (size_t i = 0; i < n; i++) {
        ag_rev_file_free(lists[i].file);
    }
    return ok;
}

static void start(writer *w, const ag_offline_options *options, ag_buf *out, ag_error *err) {
    *w = (writer){.options = options, .arena = ag_arena_new(), .out = out, .err = err};
    const char *table = options->version_table;
    size_t n_revs = options->graph == NULL ? 0 : options->graph->revs.n;
    w->calls_for = ag_arena_array(w->arena, n_revs + 1, 1);
    ag_store_init(&w->store, w->arena, NULL, options->dialect, options->version_schema,
                  table == NULL || table[0] == '\0' ? "alembic_version" : table);
}

static bool run_range(const ag_offline_options *options, ag_plan_kind kind, const char *lower,
                      const char *upper, ag_buf *out, ag_error *err) {
    writer w;
    ag_plan *plan = NULL;
    start(&w, options, out, err);
    bool ok = ag_plan_range(options->graph, kind, lower, upper, &w.rows, &plan, err);
    w.needs_table = ok && kind == AG_PLAN_UPGRADE && w.rows.n == 0;
    ok = ok && put_plan(&w, plan);
    ag_plan_free(plan);
    ag_arena_free(w.arena);
    return ok;
}

bool ag_offline_upgrade(const ag_offline_options *options, const char *range, ag_buf *out,
                        ag_error *err) {
    ag_arena *arena = ag_arena_new();
    const char *lower = NULL;
    const char *upper = NULL;
    if (!ag_ident_split_range(arena, range, &lower, &upper)) {
        upper = range;
    }
    bool ok = run_range(options, AG_PLAN_UPGRADE, lower, upper == NULL ? "head" : upper, out, err);
    ag_arena_free(arena);
    return ok;
}

bool ag_offline_downgrade(const ag_offline_options *options, const char *range, ag_buf *out,
                          ag_error *err) {
    ag_arena *arena = ag_arena_new();
    const char *lower = NULL;
    const char *upper = NULL;
    bool ok = ag_ident_split_range(arena, range, &lower, &upper) && lower != NULL && upper != NULL;
    if (!ok) {
        ag_fail(err, AG_USAGE, "downgrade with --sql requires <fromrev>:<torev>");
    }
    ok = ok && run_range(options, AG_PLAN_DOWNGRADE, lower, upper, out, err);
    ag_arena_free(arena);
    return ok;
}

/* The rows a stamp starts from: those before the colon, the same for all targets. */
static bool stamp_start(writer *w, const char *const *targets, size_t n, ag_strings *names) {
    const char *from = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *lower = NULL;
        const char *upper = NULL;
        bool is_range = ag_ident_split_range(w->arena, targets[i], &lower, &upper);
        ag_vec_push(w->arena, names, !is_range ? targets[i] : upper == NULL ? "head" : upper);
        if (lower != NULL && from != NULL && strcmp(from, lower) != 0) {
            return ag_fail(w->err, AG_USAGE,
                           "Stamp operation with --sql only supports a single starting revision "
                           "at a time");
        }
        from = lower != NULL ? lower : from;
    }
    if (from == NULL) {
        return true;
    }
    ag_ident start_at;
    ag_ident_context context = {.graph = w->options->graph, .use = AG_IDENT_SHOW};
    if (!ag_ident_resolve(w->arena, &context, from, &start_at, w->err)) {
        return false;
    }
    for (size_t i = 0; i < start_at.revs.n; i++) {
        ag_vec_push(w->arena, &w->rows, start_at.revs.items[i]->id);
    }
    return true;
}

bool ag_offline_stamp(const ag_offline_options *options, const char *const *targets,
                      size_t n_targets, bool purge, ag_buf *out, ag_error *err) {
    if (purge) {
        return ag_fail(err, AG_USAGE, "Can't use --purge with --sql mode");
    }
    writer w;
    ag_plan *plan = NULL;
    ag_strings names = {NULL, 0, 0};
    start(&w, options, out, err);
    bool ok = stamp_start(&w, targets, n_targets, &names) &&
              ag_plan_stamp(options->graph, &w.rows, names.items, names.n, false, &plan, err);
    w.needs_table = ok && w.rows.n == 0;
    ok = ok && put_plan(&w, plan);
    ag_plan_free(plan);
    ag_arena_free(w.arena);
    return ok;
}

void ag_offline_ensure(const ag_offline_options *options, ag_buf *out) {
    writer w;
    start(&w, options, out, NULL);
    w.needs_table = true;
    put_table(&w);
    ag_arena_free(w.arena);
}
