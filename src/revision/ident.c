#include "revision/ident.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "revision/plan.h"

enum { SHORTEST_PREFIX = 3, LONGEST_STEPS = 1000000 };

typedef struct parse {
    ag_arena *arena;
    const ag_ident_context *context;
    const char *whole; /* as the user wrote it, for messages */
    const char *label; /* before the @, or NULL */
    char *symbol;      /* "" when there is none */
    long steps;        /* 0 = absolute */
    const char *sign;  /* "+2" as written */
    ag_ident *out;
    ag_error *err;
} parse;

static void list_candidates(ag_buf *buf, const ag_revs *revs) {
    size_t shown = revs->n > 10 ? 10 : revs->n;
    for (size_t i = 0; i < shown; i++) {
        ag_buf_printf(buf, "%s%s", i == 0 ? "" : ", ", revs->items[i]->id);
    }
    if (shown < revs->n) {
        ag_buf_printf(buf, " and %zu more", revs->n - shown);
    }
}

static bool hint_candidates(ag_error *err, const char *what, const ag_revs *revs) {
    ag_buf buf = AG_BUF_INIT;
    list_candidates(&buf, revs);
    ag_hint(err, "%s: %s", what, ag_buf_text(&buf));
    ag_buf_release(&buf);
    return false;
}

static bool cannot_locate(const char *text, ag_error *err) {
    return ag_fail(err, AG_HISTORY, "Can't locate revision identified by '%s'", text);
}

/* Revisions whose id or a label begins with the text; each once, in the order of the files. */
static void find_prefix(ag_arena *arena, const ag_graph *graph, const char *text, ag_revs *out) {
    ag_marks marks = ag_graph_marks(graph, arena);
    for (size_t i = 0; i < graph->keys.n; i++) {
        if (ag_text_starts(graph->keys.entries[i].key, text)) {
            marks[((ag_rev *)graph->keys.entries[i].value)->index] = 1;
        }
    }
    ag_graph_marked(graph, marks, arena, out);
}

static bool suggest(const ag_graph *graph, const char *text, ag_error *err) {
    ag_strings keys = {NULL, 0, 0};
    for (size_t i = 0; i < graph->keys.n && i < 20000; i++) {
        ag_vec_push(NULL, &keys, graph->keys.entries[i].key);
    }
    const char *near = ag_did_you_mean(text, keys.items, keys.n);
    ag_vec_release(&keys);
    return near == NULL ? false : ag_hint(err, "did you mean '%s'?", near);
}

/* An id, label or prefix; `within` narrows an ambiguous prefix. */
static ag_rev *find_word(parse *p, const char *text, ag_rev *within) {
    const ag_graph *graph = p->context->graph;
    ag_rev *rev = ag_graph_find(graph, text);
    if (rev != NULL) {
        return rev;
    }
    ag_revs found = {NULL, 0, 0};
    if (strlen(text) >= SHORTEST_PREFIX) {
        find_prefix(p->arena, graph, text, &found);
    }
    if (found.n > 1 && within != NULL) {
        ag_revs narrowed = {NULL, 0, 0};
        ag_graph_lineage(graph, &found, within, false, p->arena, &narrowed);
        found = narrowed.n > 0 ? narrowed : found;
    }
    if (found.n == 1) {
        return found.items[0];
    }
    cannot_locate(text, p->err);
    if (found.n > 1) {
        ag_buf what = AG_BUF_INIT;
        ag_buf_printf(&what, "%zu revisions begin with '%.60s'", found.n, text);
        hint_candidates(p->err, ag_buf_text(&what), &found);
        ag_buf_release(&what);
    } else if (text[0] != '\0' && strlen(text) < SHORTEST_PREFIX) {
        ag_hint(p->err, "a prefix must have at least %d characters", SHORTEST_PREFIX);
    } else {
        suggest(graph, text, p->err);
    }
    return NULL;
}

/* Takes "+N" or "-N" off the end; the rest may be empty. */
static bool cut_steps(parse *p) {
    size_t n = strlen(p->symbol);
    size_t at = n;
    while (at > 0 && ag_is_digit(p->symbol[at - 1])) {
        at--;
    }
    if (at == n || at == 0 || (p->symbol[at - 1] != '+' && p->symbol[at - 1] != '-')) {
        return true;
    }
    at--;
    p->sign = ag_arena_strdup(p->arena, p->symbol + at);
    p->steps = strtol(p->sign, NULL, 10);
    if (p->steps > LONGEST_STEPS || p->steps < -LONGEST_STEPS) {
        return ag_fail(p->err, AG_HISTORY,
                       "Relative revision %s didn't produce that many migrations", p->sign);
    }
    p->symbol[at] = '\0';
    if (p->steps == 0) {
        p->sign = p->symbol[0] == '\0' ? p->sign : NULL;
    }
    return true;
}

static bool split(parse *p) {
    const char *text = p->whole;
    const char *at = strchr(text, '@');
    if (at != NULL) {
        p->label = ag_arena_strndup(p->arena, text, (size_t)(at - text));
        text = at + 1;
        if (p->label[0] == '\0') {
            return cannot_locate(p->whole, p->err);
        }
        p->out->branch = find_word(p, p->label, NULL);
        if (p->out->branch == NULL) {
            return false;
        }
    }
    p->symbol = ag_arena_strdup(p->arena, text);
    if (text[0] == '\0') {
        return cannot_locate(p->whole, p->err);
    }
    return ag_graph_find(p->context->graph, text) != NULL || cut_steps(p);
}

static void narrow(parse *p, const ag_revs *list, ag_revs *out) {
    *out = (ag_revs){NULL, 0, 0};
    if (p->out->branch != NULL) {
        ag_graph_lineage(p->context->graph, list, p->out->branch, false, p->arena, out);
        return;
    }
    for (size_t i = 0; i < list->n; i++) {
        ag_vec_push(p->arena, out, list->items[i]);
    }
}

static bool several_heads(parse *p, const ag_revs *heads) {
    const char *label = p->label;
    ag_fail(p->err, AG_HISTORY,
            "Multiple head revisions are present for given argument '%s%shead'; please specify a "
            "specific target revision, '<branchname>@head' to narrow to a specific head, or "
            "'heads' for all heads",
            label == NULL ? "" : label, label == NULL ? "" : "@");
    return ag_ident_hint_heads(p->context->graph, p->context->current, heads, label, p->err);
}

static bool need_current(parse *p) {
    if (p->context->current != NULL) {
        return true;
    }
    ag_fail(p->err, AG_HISTORY, "'%s' is relative to a database, which is not asked here",
            p->whole);
    return ag_hint(p->err, "name a revision, or a number of steps from one, such as head-1");
}

/* The revisions a symbol (without steps) stands for. */
static bool resolve_symbol(parse *p, ag_revs *revs, bool *is_base) {
    const ag_graph *graph = p->context->graph;
    *is_base = false;
    if (strcmp(p->symbol, "heads") == 0) {
        narrow(p, p->out->branch == NULL ? &graph->real_heads : &graph->heads, revs);
        return true;
    }
    if (strcmp(p->symbol, "head") == 0) {
        narrow(p, &graph->heads, revs);
        return revs->n <= 1 || several_heads(p, revs);
    }
    if (strcmp(p->symbol, "base") == 0) {
        *is_base = true;
        return true;
    }
    if (strcmp(p->symbol, "current") == 0) {
        if (!need_current(p)) {
            return false;
        }
        narrow(p, p->context->current, revs);
        *is_base = revs->n == 0;
        return true;
    }
    ag_rev *rev = find_word(p, p->symbol, p->out->branch);
    if (rev == NULL) {
        return false;
    }
    ag_revs one = {&rev, 1, 1};
    narrow(p, &one, revs);
    if (revs->n == 0) {
        return ag_fail(p->err, AG_HISTORY, "Revision %s is not a member of branch '%s'", rev->id,
                       p->label);
    }
    return true;
}

static bool too_far(parse *p) {
    long n = p->steps < 0 ? -p->steps : p->steps;
    return ag_fail(p->err, AG_HISTORY, "Relative revision %s didn't produce %ld migrations",
                   p->sign, n);
}

static bool ambiguous_walk(parse *p, const ag_revs *ways) {
    ag_fail(p->err, AG_HISTORY, "Ambiguous walk");
    return hint_candidates(p->err, "name the revision to go to; the ways are", ways);
}

/* One step; NULL is base, on both sides. */
static bool step(parse *p, ag_rev **at) {
    const ag_graph *graph = p->context->graph;
    ag_revs ways;
    if (p->steps > 0) {
        narrow(p, *at == NULL ? &graph->bases : &(*at)->children, &ways);
    } else if (*at == NULL) {
        return too_far(p);
    } else if ((*at)->downs.n == 0) {
        *at = NULL;
        return true;
    } else if ((*at)->downs.n == 1) {
        *at = (*at)->downs.items[0];
        return true;
    } else {
        narrow(p, &(*at)->downs, &ways);
    }
    if (ways.n == 0) {
        return too_far(p);
    }
    *at = ways.items[0];
    return ways.n == 1 || ambiguous_walk(p, &ways);
}

static bool walk(parse *p, ag_rev *from) {
    long n = p->steps < 0 ? -p->steps : p->steps;
    ag_rev *at = from;
    for (long i = 0; i < n; i++) {
        if (!step(p, &at)) {
            return false;
        }
    }
    p->out->is_base = at == NULL;
    if (at != NULL) {
        ag_vec_push(p->arena, &p->out->revs, at);
    }
    return true;
}

static bool several_starts(parse *p, const ag_revs *starts) {
    const char *way = p->context->use == AG_IDENT_SHOW        ? "walk"
                      : p->context->use == AG_IDENT_DOWNGRADE ? "downgrade"
                                                              : "upgrade";
    ag_fail(p->err, AG_HISTORY, "Ambiguous %s from multiple current revisions", way);
    ag_buf buf = AG_BUF_INIT;
    for (size_t i = 0; i < starts->n && i < 10; i++) {
        ag_buf_printf(&buf, "%s%s@%s", i == 0 ? "" : ", ", starts->items[i]->id, p->sign);
    }
    ag_hint(p->err, "say which one: %s", ag_buf_text(&buf));
    ag_buf_release(&buf);
    return false;
}

/*
 * Where a branch stands that has no row of its own: the newest applied revisions of its lineage,
 * dependencies of the rows included.
 */
static void applied_on_branch(parse *p, ag_revs *out) {
    const ag_graph *graph = p->context->graph;
    ag_marks applied = ag_graph_marks(graph, p->arena);
    ag_graph_mark_down(graph, p->context->current, true, applied);
    ag_revs all = {NULL, 0, 0};
    ag_revs active;
    ag_graph_marked(graph, applied, p->arena, &all);
    narrow(p, &all, &active);
    memset(applied, 0, graph->revs.n);
    for (size_t i = 0; i < active.n; i++) {
        for (size_t j = 0; j < active.items[i]->parents.n; j++) {
            applied[active.items[i]->parents.items[j]->index] = 1;
        }
    }
    *out = (ag_revs){NULL, 0, 0};
    for (size_t i = 0; i < active.n; i++) {
        if (applied[active.items[i]->index] == 0) {
            ag_vec_push(p->arena, out, active.items[i]);
        }
    }
}

/* The newest applied revisions of branches that belong to the lineage, rows or not. */
static void implied_on_branch(parse *p, ag_revs *out) {
    ag_revs current = {NULL, 0, 0};
    ag_history_current(p->arena, p->context->graph, p->context->current, &current);
    narrow(p, &current, out);
}

/* "+2", "label@-1": from the rows, or for reading commands without a database from the heads. */
static bool resolve_from_current(parse *p) {
    bool is_up = p->steps > 0;
    ag_revs starts;
    if (p->context->use == AG_IDENT_SHOW && p->context->current == NULL) {
        narrow(p, &p->context->graph->heads, &starts);
    } else {
        if (!need_current(p)) {
            return false;
        }
        if (p->context->use != AG_IDENT_SHOW && is_up == (p->context->use == AG_IDENT_DOWNGRADE)) {
            return too_far(p);
        }
        narrow(p, p->context->current, &starts);
        if (starts.n == 0 && p->out->branch != NULL) {
            (is_up ? applied_on_branch : implied_on_branch)(p, &starts);
        }
    }
    if (starts.n > 1) {
        return several_starts(p, &starts);
    }
    ag_rev *from = starts.n == 0 ? NULL : starts.items[0];
    if (!is_up && from == NULL) {
        return too_far(p);
    }
    if (!is_up && p->out->branch == NULL) {
        p->out->branch = from; /* going down, only what stands on this row is meant */
    }
    return walk(p, from);
}

bool ag_ident_resolve(ag_arena *arena, const ag_ident_context *context, const char *text,
                      ag_ident *out, ag_error *err) {
    ag_error local;
    parse p = {.arena = arena,
               .context = context,
               .whole = text,
               .out = out,
               .err = err != NULL ? err : &local};
    *out = (ag_ident){.is_base = false};
    if (!split(&p)) {
        return false;
    }
    if (p.sign != NULL && p.steps == 0) {
        return too_far(&p);
    }
    if (p.steps != 0 && p.symbol[0] == '\0') {
        return resolve_from_current(&p);
    }
    ag_revs revs = {NULL, 0, 0};
    if (!resolve_symbol(&p, &revs, &out->is_base)) {
        return false;
    }
    if (p.steps == 0) {
        out->revs = revs;
        return true;
    }
    if (revs.n > 1) {
        return several_starts(&p, &revs);
    }
    if (revs.n == 0 && !out->is_base) {
        return cannot_locate(text, p.err);
    }
    return walk(&p, revs.n == 0 ? NULL : revs.items[0]);
}

bool ag_ident_one_or_base(ag_arena *arena, const ag_ident_context *context, const char *text,
                          ag_rev **out, ag_error *err) {
    ag_ident ident;
    *out = NULL;
    if (!ag_ident_resolve(arena, context, text, &ident, err)) {
        return false;
    }
    if (ident.revs.n > 1) {
        ag_fail(err, AG_HISTORY,
                "Multiple head revisions are present for given argument '%s'; please specify a "
                "specific target revision, '<branchname>@head' to narrow to a specific head, or "
                "'heads' for all heads",
                text);
        return hint_candidates(err, "the revisions are", &ident.revs);
    }
    *out = ident.revs.n == 0 ? NULL : ident.revs.items[0];
    return true;
}

bool ag_ident_one(ag_arena *arena, const ag_ident_context *context, const char *text, ag_rev **out,
                  ag_error *err) {
    if (!ag_ident_one_or_base(arena, context, text, out, err)) {
        return false;
    }
    return *out != NULL || cannot_locate(text, err);
}

bool ag_ident_asks_database(const char *text) {
    static const char word[] = "current";
    if (text == NULL) {
        return false;
    }
    const char *at = strchr(text, '@');
    const char *symbol = at == NULL ? text : at + 1;
    if (ag_text_starts(symbol, word)) {
        char next = symbol[sizeof word - 1];
        return next == '\0' || next == '+' || next == '-';
    }
    return symbol[0] == '+' || symbol[0] == '-';
}

bool ag_ident_split_range(ag_arena *arena, const char *text, const char **lower,
                          const char **upper) {
    const char *colon = strchr(text, ':');
    *lower = *upper = NULL;
    if (colon == NULL) {
        return false;
    }
    if (colon != text) {
        *lower = ag_arena_strndup(arena, text, (size_t)(colon - text));
    }
    if (colon[1] != '\0') {
        *upper = ag_arena_strdup(arena, colon + 1);
    }
    return true;
}

bool ag_ident_rows(ag_arena *arena, const ag_graph *graph, const ag_strings *rows, ag_revs *out,
                   ag_error *err) {
    for (size_t i = 0; i < rows->n; i++) {
        ag_rev *rev = ag_graph_find_id(graph, rows->items[i]);
        if (rev == NULL) {
            cannot_locate(rows->items[i], err);
            return ag_hint(err, "the database is at this revision, but no file has it: get the "
                                "file, or set the version by hand with 'autogen stamp --purge "
                                "REVISION'");
        }
        if (!ag_revs_has(out, rev)) {
            ag_vec_push(arena, out, rev);
        }
    }
    return true;
}
