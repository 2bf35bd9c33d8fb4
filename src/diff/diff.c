#include "diff/diff.h"

#include "base/str.h"
#include "diff/differ.h"
#include "schema/node.h"

static bool can(const ag_dialect *dialect, ag_capability capability) {
    return (dialect->capabilities & (unsigned)capability) != 0;
}

/* The names are the new ones on both sides: renames have been applied. */
static unsigned facts_of(const ag_differ *d, const ag_op *op) {
    if (d->dialect->facts == NULL) {
        return 0;
    }
    ag_op back = *op;
    back.kind = ag_op_inverse_kind(op->kind);
    back.before = op->after;
    back.after = op->before;
    return d->dialect->facts(op, d->from, d->to) | d->dialect->facts(&back, d->to, d->from)
                                                       << AG_FACTS_BACK;
}

static void copy_ops(ag_differ *d) {
    for (size_t i = 0; i < d->ops.n; i++) {
        ag_op *op = ag_ops_add_copy(d->result->ops, d->ops.items[i]);
        op->facts = facts_of(d, op);
    }
}

static bool run_on(ag_differ *d, const ag_schema *from, ag_error *err) {
    if (!ag__apply_renames(d, from, err) || !ag__find_remade(d, err)) {
        return false;
    }
    ag__diff_kinds(d);
    ag__diff_tables(d);
    ag__diff_objects(d);
    ag__suggest_renames(d);
    if (!d->binds_late) {
        ag__cascade(d);
    }
    ag__drop_under_old_names(d);
    if (!ag__order(d, err)) {
        return false;
    }
    ag__diff_access(d); /* last, whatever the order of all else */
    copy_ops(d);
    return true;
}

static bool run(ag_differ *d, const ag_schema *from, ag_error *err) {
    ag_schema *plain_from = ag__unfold_serials(d, from, d->to);
    ag_schema *plain_to = ag__unfold_serials(d, d->to, from);
    d->to = plain_to != NULL ? plain_to : d->to;
    bool ok = run_on(d, plain_from != NULL ? plain_from : from, err);
    ag_schema_free(d->moved);
    ag_schema_free(plain_from);
    ag_schema_free(plain_to);
    return ok;
}

bool ag_diff(const ag_dialect *dialect, const ag_schema *from, const ag_schema *to,
             const ag_diff_options *options, ag_diff_result *out, ag_error *err) {
    static const ag_diff_options defaults = {.compare_type = true, .compare_server_default = true};
    *out = (ag_diff_result){.ops = ag_ops_new(), .arena = ag_arena_new()};
    ag_differ d = {
        .dialect = dialect,
        .to = to,
        .options = options != NULL ? options : &defaults,
        .result = out,
        .scratch = ag_arena_new(),
        .folds = can(dialect, AG_FOLDS_CASE),
        .binds_late = can(dialect, AG_BINDS_LATE),
        .has_comments = can(dialect, AG_CAN_COMMENTS),
        .has_rowid_keys = can(dialect, AG_ROWID_KEYS),
    };
    bool ok = run(&d, from, err);
    if (!ok) {
        ag_diff_result_release(out);
    }
    ag_map_release(&d.renamed_tables);
    ag_map_release(&d.remade);
    ag_map_release(&d.former_names);
    ag_map_release(&d.uprooted);
    ag_arena_free(d.scratch);
    return ok;
}

void ag_diff_result_release(ag_diff_result *result) {
    ag_ops_free(result->ops);
    ag_arena_free(result->arena);
    *result = (ag_diff_result){.ops = NULL};
}
