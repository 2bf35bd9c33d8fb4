/* Foreign keys: the table, its columns, and what is written behind them in SQL. */
#include <string.h>

#include "base/str.h"
#include "model/c/lower.h"

typedef struct clauses {
    ag_c_lower *c;
    const ag_annot *annot;
    ag_c_node *entry;
    ag_str text;
    ag_tokens tokens;
    size_t at;
} clauses;

static bool take(clauses *s, const char *word) {
    bool is_there = s->at < s->tokens.n && ag_token_is(s->text, s->tokens.items[s->at], word);
    s->at += is_there ? 1 : 0;
    return is_there;
}

static bool take_two(clauses *s, const char *first, const char *second) {
    size_t before = s->at;
    if (take(s, first) && take(s, second)) {
        return true;
    }
    s->at = before;
    return false;
}

static void set(clauses *s, const char *key, const char *raw) {
    ag_c_set(s->c->arena, s->entry, key, raw, s->annot->loc);
}

/* (a, b) behind SET NULL. */
static void take_columns(clauses *s) {
    if (!take(s, "(")) {
        return;
    }
    ag_c_node *list =
        ag_c_member(s->c->arena, s->entry, "on_delete_columns", AG_C_LIST, s->annot->loc);
    while (s->at < s->tokens.n && !take(s, ")")) {
        if (!take(s, ",")) {
            const char *name =
                ag_token_unquote(s->c->arena, s->c->flavor, s->text, s->tokens.items[s->at++]);
            ag_c_push_text(s->c->arena, list, name, s->annot->loc);
        }
    }
}

static bool take_action(clauses *s, const char *key) {
    static const char *const actions[][2] = {{"no", "action"}, {"set", "null"}, {"set", "default"}};
    static const char *const words[] = {"\"no action\"", "\"set null\"", "\"set default\""};
    for (size_t i = 0; i < 3; i++) {
        if (take_two(s, actions[i][0], actions[i][1])) {
            set(s, key, words[i]);
            if (strcmp(key, "on_delete") == 0) {
                take_columns(s);
            }
            return true;
        }
    }
    bool is_cascade = take(s, "cascade");
    if (!is_cascade && !take(s, "restrict")) {
        return false;
    }
    set(s, key, is_cascade ? "\"cascade\"" : "\"restrict\"");
    return true;
}

static bool take_match(clauses *s) {
    static const char *const words[] = {"simple", "full", "partial"};
    for (size_t i = 0; i < 3; i++) {
        if (take(s, words[i])) {
            set(s, "match", ag_c_quote(s->c->arena, words[i]));
            return true;
        }
    }
    return false;
}

static bool take_clause(clauses *s) {
    if (take_two(s, "on", "delete")) {
        return take_action(s, "on_delete");
    }
    if (take_two(s, "on", "update")) {
        return take_action(s, "on_update");
    }
    if (take(s, "match")) {
        return take_match(s);
    }
    if (take_two(s, "not", "valid")) {
        set(s, "not_valid", "true");
        return true;
    }
    if (take_two(s, "not", "deferrable") || take_two(s, "initially", "immediate")) {
        return true;
    }
    if (take(s, "deferrable")) {
        set(s, "deferrable", "true");
        return true;
    }
    if (take_two(s, "initially", "deferred")) {
        set(s, "initially_deferred", "true");
        return true;
    }
    return false;
}

/* The word that a slip was probably meant to be. */
static const char *near_word(ag_arena *arena, const clauses *s) {
    static const char *const words[] = {"on",   "delete",     "update",    "cascade",  "restrict",
                                        "set",  "null",       "default",   "no",       "action",
                                        "not",  "deferrable", "initially", "deferred", "immediate",
                                        "full", "match",      "valid",     "partial",  "simple"};
    ag_str word = ag_token_text(s->text, s->tokens.items[s->at]);
    return ag_did_you_mean(ag_arena_strndup(arena, word.p, word.n), words,
                           sizeof words / sizeof words[0]);
}

void ag__c_clauses(ag_c_lower *c, const ag_annot *annot, const char *text, ag_c_node *entry) {
    clauses s = {.c = c, .annot = annot, .entry = entry, .text = ag_str_of(text)};
    s.tokens = ag_sql_tokens(c->arena, c->flavor, s.text);
    while (s.at < s.tokens.n) {
        if (take_clause(&s)) {
            continue;
        }
        if (s.at == s.tokens.n) {
            ag__c_mistake(c, annot->loc, "%s: \"%s\" ends too early", ag_annot_macro(annot->id),
                          text);
            return;
        }
        while (s.at + 1 < s.tokens.n &&
               (take(&s, "on") || take(&s, "not") || take(&s, "initially"))) {
            /* these are fine: what follows is not */
        }
        ag_str word = ag_token_text(s.text, s.tokens.items[s.at]);
        ag_error *err =
            ag__c_mistake(c, annot->loc, "%s: \"%.*s\" is not understood",
                          ag_annot_macro(annot->id), word.n > 60 ? 60 : (int)word.n, word.p);
        const char *near = near_word(c->arena, &s);
        ag_hint(err,
                near != NULL && ag_text_ieq(near, ag_arena_strndup(c->arena, word.p, word.n))
                    ? "%s may not stand here"
                : near == NULL ? "on delete, on update, match, deferrable, initially deferred"
                               : "did you mean \"%s\"?",
                near);
        return;
    }
}

void ag__c_reference(ag_c_lower *c, const ag_annot *annot, size_t from, ag_c_node *entry) {
    const char *table = ag__c_need_name(c, annot, from);
    if (table != NULL) {
        ag_c_set_text(c->arena, entry, "references", table, annot->loc);
    }
    if (from + 1 < annot->args.n && annot->args.items[from + 1].kind != AG_ARG_EMPTY) {
        const char *column = ag__c_need_name(c, annot, from + 1);
        ag_c_node *list = ag_c_member(c->arena, entry, "referred", AG_C_LIST, annot->loc);
        if (column != NULL) {
            ag_c_push_text(c->arena, list, column, annot->loc);
        }
    }
    if (from + 2 < annot->args.n) {
        const char *text = ag__c_need_name(c, annot, from + 2);
        ag__c_clauses(c, annot, text == NULL ? "" : text, entry);
    }
}
