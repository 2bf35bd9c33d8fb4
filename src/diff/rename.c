#include "diff/rename.h"

#include <string.h>

#include "base/str.h"
#include "schema/node.h"
#include "sql/normal.h"

/* The key of something in the maps; lives in the scratch arena. */
static const char *key_of(ag_renames *r, ag_kind kind, const char *ns, const char *parent,
                          const char *name) {
    ag_buf_clear(&r->buf);
    ag_buf_printf(&r->buf, "%d\n%s\n%s\n%s", (int)kind, ns != NULL ? ns : "",
                  parent != NULL ? parent : "", name);
    for (char *p = r->buf.text; r->d->folds && *p != '\0'; p++) {
        *p = ag_lower_char(*p);
    }
    return ag_buf_text(&r->buf);
}

static void *look_up(ag_renames *r, const ag_map *map, ag_kind kind, const char *ns,
                     const char *parent, const char *name) {
    return map->n == 0 ? NULL : ag_map_get(map, key_of(r, kind, ns, parent, name));
}

const ag_rename_step *ag__rename_step_of(ag_renames *r, ag_kind kind, const char *ns,
                                         const char *parent, const char *name) {
    return look_up(r, &r->by_old, kind, ns, parent, name);
}

const ag_rename_steps *ag__column_steps(ag_renames *r, const ag_table *table) {
    return look_up(r, &r->of_columns, AG_TABLE, table->ns, NULL, table->name);
}

const char *ag__new_name(ag_renames *r, ag_kind kind, const char *ns, const char *parent,
                         const char *name) {
    if (name == NULL) {
        return NULL;
    }
    const ag_rename_step *step = look_up(r, &r->by_old, kind, ns, parent, name);
    return step != NULL ? step->to : name;
}

const char *ag__new_namespace(ag_renames *r, const char *ns) {
    return ag__new_name(r, AG_NAMESPACE, NULL, NULL, ns);
}

static const char *new_parent(ag_renames *r, const ag_renameable *item) {
    return item->parent == NULL ? NULL
                                : ag__new_name(r, item->parent_kind, item->ns, NULL, item->parent);
}

/*
 * The old name of a parent or namespace, given its new one; NULL when it is new, because the old
 * one of that name is called otherwise now.
 */
static const char *old_name(ag_renames *r, ag_kind kind, const char *ns, const char *name) {
    if (name == NULL) {
        return NULL;
    }
    const ag_rename_step *step = look_up(r, &r->by_new, kind, ns, NULL, name);
    if (step != NULL) {
        return step->from->name;
    }
    return look_up(r, &r->by_old, kind, ns, NULL, name) != NULL ? NULL : name;
}

/* Something of the old schema in the place where `item` of the new one is. */
static const ag_renameable *find_old(ag_renames *r, const ag_renameable *item, const char *name) {
    const char *parent = old_name(r, item->parent_kind, item->ns, item->parent);
    const char *ns = old_name(r, AG_NAMESPACE, NULL, item->ns);
    if ((parent == NULL) != (item->parent == NULL) || (ns == NULL) != (item->ns == NULL)) {
        return NULL;
    }
    return look_up(r, &r->from_by_key, item->kind, ns, parent, name);
}

/* What the old item would be in the new schema under another name. */
static const ag_renameable *find_new(ag_renames *r, const ag_renameable *item, const char *name) {
    return look_up(r, &r->to_by_key, item->kind, ag__new_namespace(r, item->ns),
                   new_parent(r, item), name);
}

static void sort_by_place(ag_renames *r, ag_rename_step *step) {
    ag_arena *scratch = r->d->scratch;
    const ag_renameable *from = step->from;
    ag_kind kind = from->kind;
    if (kind == AG_SEQUENCE || kind == AG_N_KINDS) {
        ag_vec_push(scratch, &r->in_strings, step);
    } else if (kind == AG_ENUM || kind == AG_DOMAIN || kind == AG_COMPOSITE ||
               kind == AG_FUNCTION || kind == AG_COLLATION || kind == AG_NAMESPACE) {
        ag_vec_push(scratch, &r->in_any_text, step);
    } else if (kind == AG_COLUMN && from->parent_kind == AG_TABLE) {
        const char *key = key_of(r, AG_TABLE, from->ns, NULL, from->parent);
        ag_rename_steps *list = ag_map_get(&r->of_columns, key);
        if (list == NULL) {
            list = ag_arena_new_of(scratch, ag_rename_steps);
            ag_map_put(&r->of_columns, ag_arena_strdup(scratch, key), list);
        }
        ag_vec_push(scratch, list, step);
    }
}

static void add_step(ag_renames *r, const ag_renameable *from, const ag_renameable *target,
                     const ag_rename *option) {
    const char *to = target->name;
    ag_arena *scratch = r->d->scratch;
    ag_rename_step *step = ag_arena_new_of(scratch, ag_rename_step);
    *step = (ag_rename_step){.from = from, .target = target, .to = to, .option = option};
    const char *old_key = key_of(r, from->kind, from->ns, from->parent, from->name);
    ag_map_put(&r->by_old, ag_arena_strdup(scratch, old_key), step);
    const char *new_key =
        key_of(r, from->kind, ag__new_namespace(r, from->ns), new_parent(r, from), to);
    ag_map_put(&r->by_new, ag_arena_strdup(scratch, new_key), step);
    ag_vec_push(scratch, &r->steps, step);
    sort_by_place(r, step);
}

static bool is_renamed(ag_renames *r, const ag_renameable *from) {
    return look_up(r, &r->by_old, from->kind, from->ns, from->parent, from->name) != NULL;
}

static bool is_taken(ag_renames *r, const ag_renameable *from, const char *to) {
    return look_up(r, &r->by_new, from->kind, ag__new_namespace(r, from->ns), new_parent(r, from),
                   to) != NULL;
}

/* Options */

static bool path_is(ag_renames *r, const ag_renameable *item, const char *text) {
    ag_arena *scratch = r->d->scratch;
    ag_arena_mark mark = ag_arena_mark_now(scratch);
    bool is_same = ag__same_name(r->d, ag__rename_path(scratch, item, false), text) ||
                   ag__same_name(r->d, ag__rename_path(scratch, item, true), text);
    if (!is_same && item->parent != NULL &&
        (item->kind == AG_INDEX || item->kind == AG_CONSTRAINT)) {
        ag_renameable bare = *item; /* nobody writes the table of an index */
        bare.parent = NULL;
        is_same = path_is(r, &bare, text);
    }
    ag_arena_reset(scratch, mark);
    return is_same;
}

/* A member may also be written with the name its table gets in this run. */
static bool is_named_by(ag_renames *r, const ag_renameable *item, const char *text) {
    if (path_is(r, item, text)) {
        return true;
    }
    ag_renameable moved = *item;
    moved.ns = ag__new_namespace(r, item->ns);
    moved.parent = new_parent(r, item);
    return path_is(r, &moved, text);
}

/* The new item that an option means, when `from` is what it renames. */
static const ag_renameable *find_target(ag_renames *r, const ag_renameable *from,
                                        const char *text) {
    const ag_renameable *target = find_new(r, from, text);
    for (const char *p = text; target == NULL && (p = strchr(p, '.')) != NULL; p++) {
        const ag_renameable *candidate = find_new(r, from, p + 1);
        if (candidate != NULL && path_is(r, candidate, text)) {
            target = candidate;
        }
    }
    return target;
}

/* What an option says of the items of one level. */
typedef struct finding {
    const ag_renameable *from; /* the first that has the name, even without a target */
    const ag_renameable *to;
} finding;

static finding find_option(ag_renames *r, const ag_rename *option, ag_rename_level level) {
    finding found = {NULL, NULL};
    for (size_t i = 0; i < r->from_items.n && found.to == NULL; i++) {
        const ag_renameable *item = &r->from_items.items[i];
        if (item->level != level || !is_named_by(r, item, option->from)) {
            continue;
        }
        const ag_renameable *target = find_target(r, item, option->to);
        if (found.from == NULL || target != NULL) {
            found = (finding){item, target};
        }
    }
    return found;
}

static bool fail_with_names(ag_renames *r, const ag_renameables *items, const char *wanted,
                            const char *whose, const ag_rename *option, ag_error *err) {
    ag_arena *scratch = r->d->scratch;
    AG_VEC(const char *) names = {NULL, 0, 0};
    for (size_t i = 0; i < items->n; i++) {
        const char *path = ag__rename_path(scratch, &items->items[i], false);
        ag_vec_push(scratch, &names, path);
    }
    const char *near = ag_did_you_mean(wanted, names.items, names.n);
    ag_fail(err, AG_USAGE, "--rename %s=%s: there is no '%s' in the %s", option->from, option->to,
            wanted, whose);
    return near == NULL ? false : ag_hint(err, "did you mean '%s'?", near);
}

static bool accept_option(ag_renames *r, const ag_rename *option, finding found, ag_error *err) {
    if (is_renamed(r, found.from)) {
        return ag_fail(err, AG_USAGE, "--rename %s=%s: '%s' is renamed twice", option->from,
                       option->to, option->from);
    }
    if (is_taken(r, found.from, found.to->name)) {
        return ag_fail(err, AG_USAGE, "--rename %s=%s: two things would become '%s'", option->from,
                       option->to, option->to);
    }
    add_step(r, found.from, found.to, option);
    return true;
}

/* Options that fit this level become steps; `is_done` keeps what is settled. */
static bool take_options(ag_renames *r, ag_rename_level level, bool *is_done, ag_error *err) {
    const ag_diff_options *options = r->d->options;
    for (size_t i = 0; i < options->renames.n; i++) {
        const ag_rename *option = &options->renames.items[i];
        if (is_done[i]) {
            continue;
        }
        finding found = find_option(r, option, level);
        if (found.to != NULL) {
            is_done[i] = true;
            if (!accept_option(r, option, found, err)) {
                return false;
            }
        }
    }
    return true;
}

/* The new name must be free in the old schema, or be freed by another rename. */
static bool check_targets(ag_renames *r, ag_error *err) {
    for (size_t i = 0; i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        const ag_renameable *from = step->from;
        const ag_renameable *there =
            look_up(r, &r->from_by_key, from->kind, from->ns, from->parent, step->to);
        if (step->option == NULL || there == NULL || there == from || is_renamed(r, there)) {
            continue;
        }
        const ag_rename *option = step->option;
        ag_fail(err, AG_USAGE, "--rename %s=%s: the database has a %s of that name already",
                option->from, option->to,
                from->kind == AG_N_KINDS ? "value" : ag_kind_name(from->kind));
        return ag_hint(err, "leave the option out if the rename was done before");
    }
    return true;
}

static bool report_unused(ag_renames *r, const bool *is_done, ag_error *err) {
    const ag_diff_options *options = r->d->options;
    for (size_t i = 0; i < options->renames.n; i++) {
        const ag_rename *option = &options->renames.items[i];
        if (is_done[i]) {
            continue;
        }
        for (ag_rename_level level = AG_LEVEL_NAMESPACE; level < AG_N_LEVELS; level++) {
            if (find_option(r, option, level).from != NULL) {
                return fail_with_names(r, &r->to_items, option->to, "model", option, err);
            }
        }
        return fail_with_names(r, &r->from_items, option->from, "database", option, err);
    }
    return true;
}

/* The former name counts while the database still has it, and not yet the new one. */
static const ag_renameable *find_former(ag_renames *r, const ag_renameable *item) {
    const ag_renameable *there = find_old(r, item, item->name);
    if (there != NULL && !is_renamed(r, there)) {
        return NULL;
    }
    const ag_renameable *from = find_old(r, item, item->renamed_from);
    bool is_free = from != NULL && !is_renamed(r, from) && !is_taken(r, from, item->name);
    return is_free ? from : NULL;
}

/*
 * `renamed_from` may stay in a model for ever. A name that is given up in this run may be taken by
 * something else, so the list is walked again after a hit; rows of names longer than this are rare.
 */
static void take_former_names(ag_renames *r, ag_rename_level level) {
    size_t n_before = r->steps.n + 1;
    for (int round = 0; round < 16 && r->steps.n != n_before; round++) {
        n_before = r->steps.n;
        for (size_t i = 0; i < r->to_items.n; i++) {
            const ag_renameable *item = &r->to_items.items[i];
            const ag_renameable *from =
                item->level == level && item->renamed_from != NULL ? find_former(r, item) : NULL;
            if (from != NULL) {
                add_step(r, from, item, NULL);
            }
        }
    }
}

/* The step that gives up the name that this one takes. */
static ag_rename_step *step_in_the_way(ag_renames *r, const ag_rename_step *step) {
    const ag_renameable *from = step->from;
    return look_up(r, &r->by_old, from->kind, from->ns, from->parent, step->to);
}

/*
 * Texts are renamed step by step: in x -> y, y -> z the second has to go first, or x would end as
 * z. The steps of a list that form such a row are turned around; in a ring one goes by a name
 * between.
 */
static void push_row(ag_renames *r, const ag_rename_steps *row, bool is_ring,
                     ag_rename_steps *ordered) {
    ag_arena *scratch = r->d->scratch;
    size_t n = row->n;
    ag_rename_step *last = NULL;
    if (is_ring) {
        static const char between[] = "autogen_between_names";
        ag_rename_step *first = ag_arena_copy(scratch, row->items[n - 1], sizeof *first);
        ag_renameable *half = ag_arena_copy(scratch, first->from, sizeof *half);
        last = ag_arena_copy(scratch, first, sizeof *last);
        half->name = between;
        last->from = half;
        first->to = between;
        ag_vec_push(scratch, ordered, first);
        n--;
    }
    for (; n > 0; n--) {
        ag_vec_push(scratch, ordered, row->items[n - 1]);
    }
    if (last != NULL) {
        ag_vec_push(scratch, ordered, last);
    }
}

static void untangle(ag_renames *r, ag_rename_steps *list, int stamp) {
    ag_arena *scratch = r->d->scratch;
    ag_rename_steps ordered = {NULL, 0, 0};
    ag_rename_steps row = {NULL, 0, 0};
    for (size_t i = 0; i < list->n; i++) {
        ag_rename_step *step = list->items[i];
        for (; step != NULL && step->stamp != stamp; step = step_in_the_way(r, step)) {
            step->stamp = stamp;
            ag_vec_push(scratch, &row, step);
        }
        push_row(r, &row, row.n > 1 && step == row.items[0], &ordered);
        row.n = 0;
    }
    *list = ordered;
}

static void untangle_all(ag_renames *r) {
    for (size_t i = 0; i < r->steps.n; i++) {
        ag_vec_push(r->d->scratch, &r->in_texts, r->steps.items[i]);
    }
    untangle(r, &r->in_texts, 1);
    untangle(r, &r->in_any_text, 2);
    untangle(r, &r->in_strings, 3);
    for (size_t i = 0; i < r->of_columns.n; i++) {
        untangle(r, r->of_columns.entries[i].value, 4);
    }
}

static bool is_parent(const ag_renames *r, const ag_table *table, const ag_renameable *item) {
    if (ag_text_eq(table->parent, item->parent) && ag_text_eq(table->parent_ns, item->ns)) {
        return true;
    }
    for (size_t i = 0; i < table->inherits.n; i++) {
        if (ag_sql_refers_to(r->d->dialect->flavor, table->inherits.items[i], item->parent)) {
            return true;
        }
    }
    return false;
}

/* Columns of one name are one to a table and its children; so are checks that are inherited. */
static bool comes_along(const ag_renameable *above, const ag_renameable *own) {
    return own->kind == AG_COLUMN ||
           (own->kind == AG_CONSTRAINT && ((const ag_constraint *)above->node)->kind == AG_CHECK &&
            !((const ag_constraint *)above->node)->no_inherit);
}

static void follow(ag_renames *r, const ag_rename_step *step, const ag_renameable *own) {
    if (!is_renamed(r, own)) {
        add_step(r, own, step->target, step->option);
    }
    ag_rename_step *mine = look_up(r, &r->by_old, own->kind, own->ns, own->parent, own->name);
    if (mine != NULL) {
        mine->comes_along = true;
    }
}

/* What a table has from a parent is renamed with the parent's. */
static void follow_parents(ag_renames *r) {
    for (size_t s = 0; s < r->steps.n; s++) { /* grows while it is walked */
        const ag_rename_step *step = r->steps.items[s];
        const ag_renameable *above = step->from;
        for (size_t i = 0; i < r->from->tables.n && above->parent_kind == AG_TABLE; i++) {
            const ag_table *table = r->from->tables.items[i];
            const ag_renameable *own =
                is_parent(r, table, above)
                    ? look_up(r, &r->from_by_key, above->kind, table->ns, table->name, above->name)
                    : NULL;
            if (own != NULL && comes_along(above, own)) {
                follow(r, step, own);
            }
        }
    }
}

static void index_items(ag_renames *r, const ag_renameables *items, ag_map *map) {
    for (size_t i = 0; i < items->n; i++) {
        const ag_renameable *item = &items->items[i];
        const char *key = key_of(r, item->kind, item->ns, item->parent, item->name);
        ag_map_put(map, ag_arena_strdup(r->d->scratch, key), (void *)(uintptr_t)item);
    }
}

void ag__add_rename(ag_renames *r, const ag_renameable *from, const ag_renameable *target) {
    add_step(r, from, target, NULL);
}

bool ag__find_renames(ag_renames *r, ag_error *err) {
    ag__list_renameables(r->d->scratch, r->from, &r->from_items);
    ag__list_renameables(r->d->scratch, r->d->to, &r->to_items);
    index_items(r, &r->from_items, &r->from_by_key);
    index_items(r, &r->to_items, &r->to_by_key);
    bool *is_done = ag_arena_array(r->d->scratch, r->d->options->renames.n, sizeof *is_done);
    for (ag_rename_level level = AG_LEVEL_NAMESPACE; level < AG_N_LEVELS; level++) {
        if (!take_options(r, level, is_done, err)) {
            return false;
        }
        if (!check_targets(r, err)) {
            return false;
        }
        take_former_names(r, level);
        if (level == AG_LEVEL_TOP) {
            ag__step_aside(r);
        }
    }
    follow_parents(r);
    untangle_all(r);
    return report_unused(r, is_done, err);
}
