/* current, history, heads, branches, show */
#include "cli/cli.h"

#include <string.h>

/* Prints a list in one of its three forms and frees it. */
static int report(cli *c, ag_revisions *revisions, bool with_parents) {
    if (c->json) {
        cli_json_revisions(revisions);
    } else if (revisions->text != NULL) {
        cli_out("%s", revisions->text);
    } else {
        for (size_t i = 0; i < revisions->list.n; i++) {
            if (c->verbose) {
                cli_print_revision_block(&revisions->list.items[i]);
            } else {
                cli_print_revision_line(&revisions->list.items[i], with_parents);
            }
        }
    }
    ag_revisions_free(revisions);
    return AG_OK;
}

int cmd_current(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    bool ok = ag_current(c->ctx, cli_has(c, OPT_CHECK_HEADS), &revisions, &err);
    if (revisions != NULL) { /* shown even when they are not all the heads */
        if (c->verbose && !c->json) {
            cli_out("Current revision(s) for %s:\n", ag_ctx_url(c->ctx));
        }
        (void)report(c, revisions, false);
    }
    return ok ? AG_OK : cli_fail(c, &err);
}

int cmd_history(cli *c) {
    ag_history_options options = AG_HISTORY_OPTIONS_INIT;
    options.range = cli_value(c, OPT_RANGE);
    options.indicate_current = cli_has(c, OPT_INDICATE_CURRENT);
    options.graph = cli_has(c, OPT_GRAPH);
    ag_revisions *revisions = NULL;
    ag_error err;
    return ag_history(c->ctx, &options, &revisions, &err) ? report(c, revisions, true)
                                                          : cli_fail(c, &err);
}

int cmd_heads(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    return ag_heads(c->ctx, cli_has(c, OPT_RESOLVE_DEPENDENCIES), &revisions, &err)
               ? report(c, revisions, false)
               : cli_fail(c, &err);
}

/* The branch point on a line, then what branches off there, indented under its arrow. */
static void print_branch(const ag_revision_info *point) {
    cli_print_revision_line(point, true);
    for (size_t i = 0; i < point->next.n; i++) {
        cli_out("%*s -> %s\n", (int)strlen(point->id), "", point->next.items[i]);
    }
}

int cmd_branches(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    if (!ag_branches(c->ctx, &revisions, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json || c->verbose) {
        return report(c, revisions, true);
    }
    for (size_t i = 0; i < revisions->list.n; i++) {
        print_branch(&revisions->list.items[i]);
    }
    ag_revisions_free(revisions);
    return AG_OK;
}

int cmd_show(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    if (!ag_show(c->ctx, cli_operand(c, 0), &revisions, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json) {
        return report(c, revisions, true);
    }
    for (size_t i = 0; i < revisions->list.n; i++) {
        cli_print_revision_block(&revisions->list.items[i]);
    }
    if (revisions->text != NULL) {
        cli_out("%s", revisions->text);
    }
    ag_revisions_free(revisions);
    return AG_OK;
}
