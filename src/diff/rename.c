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

/* Views may stand where tables do. */
static const ag_rename_step *relation_step(ag_renames *r, const ag_map *map, ag_kind kind,
                                           const char *ns, const char *name) {
    const ag_rename_step *step = look_up(r, map, kind, ns, NULL, name);
    if (step == NULL && kind == AG_TABLE) {
        step = look_up(r, map, AG_VIEW, ns, NULL, name);
        step = step != NULL ? step : look_up(r, map, AG_MATVIEW, ns, NULL, name);
    }
    return step;
}

ag_place ag__new_place(ag_renames *r, ag_kind kind, const char *ns, const char *name) {
    const ag_rename_step *step = name == NULL ? NULL : relation_step(r, &r->by_old, kind, ns, name);
    return step != NULL ? (ag_place){step->to_ns, step->to}
                        : (ag_place){ag__new_namespace(r, ns), name};
}

/* The place of what something is a part of; for what is no part, its namespace. */
static ag_place new_parent(ag_renames *r, const ag_renameable *item) {
    return ag__new_place(r, item->parent_kind, item->ns, item->parent);
}

/* The old name of a namespace, given its new one; NULL when it is new, because the old one of that
 * name is called otherwise now. */
static const char *old_namespace(ag_renames *r, const char *name) {
    if (name == NULL) {
        return NULL;
    }
    const ag_rename_step *step = look_up(r, &r->by_new, AG_NAMESPACE, NULL, NULL, name);
    if (step != NULL) {
        return step->from->name;
    }
    return look_up(r, &r->by_old, AG_NAMESPACE, NULL, NULL, name) != NULL ? NULL : name;
}

/* The old place of a parent, or of a namespace alone; false when there was none. */
static bool old_parent(ag_renames *r, const ag_renameable *item, ag_place *out) {
    const char *ns = item->ns;
    *out = (ag_place){old_namespace(r, ns), item->parent};
    if (item->parent == NULL) {
        return out->ns != NULL || ns == NULL;
    }
    const ag_rename_step *step = relation_step(r, &r->by_new, item->parent_kind, ns, item->parent);
    if (step != NULL) {
        *out = (ag_place){step->from->ns, step->from->name};
        return true;
    }
    return (out->ns != NULL || ns == NULL) &&
           relation_step(r, &r->by_old, item->parent_kind, out->ns, item->parent) == NULL;
}

/* Something of the old schema in the place where `item` of the new one is. */
static const ag_renameable *find_old(ag_renames *r, const ag_renameable *item, const char *name) {
    ag_place place;
    return old_parent(r, item, &place)
               ? look_up(r, &r->from_by_key, item->kind, place.ns, place.name, name)
               : NULL;
}

/* What the old item would be in the new schema under another name. */
static const ag_renameable *find_new(ag_renames *r, const ag_renameable *item, const char *name) {
    ag_place place = new_parent(r, item);
    return look_up(r, &r->to_by_key, item->kind, place.ns, place.name, name);
}

static bool has_namespace(const ag_renameable *item) {
    return item->level == AG_LEVEL_TOP && item->ns != NULL;
}

/* "namespace.name" among the things of a kind; `default_ns` (or NULL) is that of a bare name. */
static const ag_renameable *find_by_path(ag_renames *r, const ag_map *map, ag_kind kind,
                                         const char *path, const char *default_ns) {
    const ag_renameable *found =
        default_ns == NULL ? NULL : look_up(r, map, kind, default_ns, NULL, path);
    for (const char *p = path; found == NULL && (p = strchr(p, '.')) != NULL; p++) {
        const char *ns = ag_arena_strndup(r->d->scratch, path, (size_t)(p - path));
        found = look_up(r, map, kind, ns, NULL, p + 1);
    }
    return found;
}

static void sort_by_place(ag_renames *r, ag_rename_step *step) {
    ag_arena *scratch = r->d->scratch;
    const ag_renameable *from = step->from;
    ag_kind kind = from->kind;
    if (ag__is_relation(kind) || kind == AG_N_KINDS) {
        ag_vec_push(scratch, &r->in_strings, step);
    }
    if (ag__is_type(kind) || kind == AG_NAMESPACE ||
        (ag__is_relation(kind) && kind != AG_SEQUENCE)) {
        ag_vec_push(scratch, &r->in_types, step);
    }
    if (ag__is_type(kind) || kind == AG_FUNCTION || kind == AG_AGGREGATE || kind == AG_COLLATION ||
        kind == AG_NAMESPACE) {
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

/* The namespace that something is to have. */
static const char *namespace_of(ag_renames *r, const ag_renameable *from,
                                const ag_renameable *target) {
    return from->level == AG_LEVEL_MEMBER ? new_parent(r, from).ns : target->ns;
}

static ag_rename_step *step_to(ag_renames *r, const ag_renameable *from,
                               const ag_renameable *target) {
    return look_up(r, &r->by_new, from->kind, namespace_of(r, from, target),
                   from->parent == NULL ? NULL : new_parent(r, from).name, target->name);
}

static ag_rename_step *add_step(ag_renames *r, const ag_renameable *from,
                                const ag_renameable *target, const ag_rename *option) {
    ag_arena *scratch = r->d->scratch;
    ag_rename_step *step = ag_arena_new_of(scratch, ag_rename_step);
    *step = (ag_rename_step){.from = from,
                             .target = target,
                             .to = target->name,
                             .to_ns = namespace_of(r, from, target),
                             .text_ns = ag__new_namespace(r, from->ns),
                             .option = option};
    const char *old_key = key_of(r, from->kind, from->ns, from->parent, from->name);
    ag_map_put(&r->by_old, ag_arena_strdup(scratch, old_key), step);
    const char *parent = from->parent == NULL ? NULL : new_parent(r, from).name;
    const char *new_key = key_of(r, from->kind, step->to_ns, parent, step->to);
    ag_map_put(&r->by_new, ag_arena_strdup(scratch, new_key), step);
    ag_vec_push(scratch, &r->steps, step);
    sort_by_place(r, step);
    return step;
}

static bool is_renamed(ag_renames *r, const ag_renameable *from) {
    return look_up(r, &r->by_old, from->kind, from->ns, from->parent, from->name) != NULL;
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
    ag_place place = new_parent(r, item);
    ag_renameable moved = *item;
    moved.ns = place.ns;
    moved.parent = place.name;
    return path_is(r, &moved, text);
}

/* Only what is named with its namespace, or is where such things are, moves into another. */
static const ag_renameable *find_moved(ag_renames *r, const ag_renameable *from,
                                       const ag_rename *option) {
    const char *usual = r->d->dialect->default_namespace;
    bool is_exact = ag__same_name(r->d, ag__rename_path(r->d->scratch, from, true), option->from);
    if (!has_namespace(from) || !(is_exact || ag_text_eq(from->ns, usual))) {
        return NULL;
    }
    return find_by_path(r, &r->to_by_key, from->kind, option->to, is_exact ? usual : NULL);
}

/* The new item that an option means, when `from` is what it renames. */
static const ag_renameable *find_target(ag_renames *r, const ag_renameable *from,
                                        const ag_rename *option) {
    const char *text = option->to;
    const ag_renameable *target = find_new(r, from, text);
    for (const char *p = text; target == NULL && (p = strchr(p, '.')) != NULL; p++) {
        const ag_renameable *candidate = find_new(r, from, p + 1);
        if (candidate != NULL && path_is(r, candidate, text)) {
            target = candidate;
        }
    }
    return target != NULL ? target : find_moved(r, from, option);
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
        const ag_renameable *target = find_target(r, item, option);
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
    if (step_to(r, found.from, found.to) != NULL) {
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

/* What is in the place of the old schema that a step leads to. */
static const ag_renameable *there_before(ag_renames *r, const ag_rename_step *step) {
    const ag_renameable *from = step->from;
    bool is_part = from->level == AG_LEVEL_MEMBER;
    const char *ns = is_part ? from->ns : old_namespace(r, step->to_ns);
    bool is_new = !is_part && ns == NULL && step->to_ns != NULL;
    return is_new ? NULL : look_up(r, &r->from_by_key, from->kind, ns, from->parent, step->to);
}

/* The new name must be free in the old schema, or be freed by another rename. */
static bool check_targets(ag_renames *r, ag_error *err) {
    for (size_t i = 0; i < r->steps.n; i++) {
        const ag_rename_step *step = r->steps.items[i];
        const ag_renameable *from = step->from;
        const ag_renameable *there = there_before(r, step);
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
    if (from == NULL && has_namespace(item)) {
        from = find_by_path(r, &r->from_by_key, item->kind, item->renamed_from, NULL);
    }
    bool is_free = from != NULL && !is_renamed(r, from) && step_to(r, from, item) == NULL;
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
    const ag_renameable *there = there_before(r, step);
    return there == NULL
               ? NULL
               : look_up(r, &r->by_old, there->kind, there->ns, there->parent, there->name);
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
        last->text_ns = first->to_ns;
        last->is_second_half = true;
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
    untangle(r, &r->in_types, 3);
    untangle(r, &r->in_strings, 4);
    for (size_t i = 0; i < r->of_columns.n; i++) {
        untangle(r, r->of_columns.entries[i].value, 5);
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

static bool is_owned_by(const ag_sequence *sequence, const ag_renameable *table) {
    return sequence->owner_table != NULL && ag_text_eq(sequence->owner_table, table->name) &&
           ag_text_eq(sequence->owner_ns, table->ns);
}

/* A sequence that a column owns moves with the table. */
static void move_owned(ag_renames *r, const ag_rename_step *table, const ag_renameable *own) {
    ag_rename_step *mine = look_up(r, &r->by_old, own->kind, own->ns, own->parent, own->name);
    if (mine == NULL) {
        ag_renameable *target = ag_arena_copy(r->d->scratch, own, sizeof *own);
        target->ns = table->to_ns;
        mine = add_step(r, own, target, NULL);
    }
    mine->moves_along = ag_text_eq(mine->to_ns, table->to_ns);
}

/* The sequences of serial and identity columns are no nodes; texts may name them. */
static void rename_serials(ag_renames *r, const ag_rename_step *step) {
    ag_arena *scratch = r->d->scratch;
    const ag_table *table = step->from->node;
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (!column->serial && column->identity == AG_IDENTITY_NONE) {
            continue;
        }
        const char *new_column = ag__new_name(r, AG_COLUMN, table->ns, table->name, column->name);
        const char *given = column->identity_options.name;
        ag_renameable *from = ag_arena_copy(scratch, step->from, sizeof *from);
        from->kind = AG_SEQUENCE;
        from->name = given != NULL
                         ? given
                         : ag_arena_printf(scratch, "%s_%s_seq", table->name, column->name);
        ag_rename_step *mine = ag_arena_copy(scratch, step, sizeof *step);
        mine->from = from;
        mine->to =
            given != NULL ? given : ag_arena_printf(scratch, "%s_%s_seq", step->to, new_column);
        ag_vec_push(scratch, &r->in_strings, mine);
    }
}

/* The type that comes with a range type keeps its name and its place when that one changes. */
static void rename_multirange(ag_renames *r, const ag_rename_step *step) {
    ag_arena *scratch = r->d->scratch;
    ag_sql_flavor flavor = r->d->dialect->flavor;
    if (r->d->binds_late) {
        return;
    }
    ag_place old = ag__multirange(scratch, flavor, step->from->node);
    ag_place now = ag__multirange(scratch, flavor, step->target->node);
    ag_renameable *from = ag_arena_copy(scratch, step->from, sizeof *from);
    ag_rename_step *mine = ag_arena_copy(scratch, step, sizeof *step);
    from->ns = old.ns;
    from->name = old.name;
    if (step->target->node == step->from->node) { /* it steps aside */
        now = ag__multirange(scratch, flavor, &(ag_object){.ns = step->to_ns, .name = step->to});
    }
    mine->from = from;
    mine->to = now.name;
    mine->to_ns = now.ns;
    mine->text_ns = ag__new_namespace(r, old.ns);
    ag_vec_push(scratch, &r->in_types, mine);
    ag_vec_push(scratch, &r->in_any_text, mine);
    ag_vec_push(scratch, &r->multiranges, mine);
}

/* What goes with a table wherever it is, and all routines of one name. */
static void follow_top(ag_renames *r) {
    for (size_t s = 0, n = r->steps.n; s < n; s++) {
        const ag_rename_step *step = r->steps.items[s];
        const ag_renameable *from = step->from;
        bool moves = from->kind == AG_TABLE && !ag_text_eq(step->text_ns, step->to_ns);
        bool is_routine = ag_kind_is_routine(from->kind);
        for (size_t i = 0; (moves || is_routine) && i < r->from_items.n; i++) {
            const ag_renameable *item = &r->from_items.items[i];
            if (moves && item->kind == AG_SEQUENCE && is_owned_by(item->node, from)) {
                move_owned(r, step, item);
            } else if (is_routine && item != from && item->kind == from->kind &&
                       ag_text_eq(item->ns, from->ns) && ag_text_eq(item->name, from->name)) {
                add_step(r, item, step->target, step->option);
            }
        }
        if (from->kind == AG_TABLE && !r->d->binds_late) {
            rename_serials(r, step);
        } else if (from->kind == AG_RANGE) {
            rename_multirange(r, step);
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
    follow_top(r);
    untangle_all(r);
    return report_unused(r, is_done, err);
}
