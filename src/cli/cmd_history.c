/* current, history, heads, branches, show */
#include "cli/cli.h"

#include <string.h>

/* Prints a list in one of its three forms and frees it. */
static int report(cli *c, ag_revisions *revisions, cli_line line) {
    if (c->json) {
        cli_json_revisions(revisions);
    } else {
        for (size_t i = 0; i < revisions->list.n; i++) {
            if (revisions->list.items[i].drawing.mark != NULL) {
                cli_print_drawn(&revisions->list.items[i], c->verbose);
            } else if (c->verbose) {
                cli_print_revision_block(&revisions->list.items[i]);
            } else {
                cli_print_revision_line(&revisions->list.items[i], line);
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
        (void)report(c, revisions, CLI_LINE_CURRENT);
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
    return ag_history(c->ctx, &options, &revisions, &err) ? report(c, revisions, CLI_LINE_HISTORY)
                                                          : cli_fail(c, &err);
}

int cmd_heads(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    return ag_heads(c->ctx, cli_has(c, OPT_RESOLVE_DEPENDENCIES), &revisions, &err)
               ? report(c, revisions, CLI_LINE_HEAD)
               : cli_fail(c, &err);
}

/* The branch point, then what branches off there, indented under its arrow. */
static size_t print_branch(const cli *c, const ag_revisions *all, size_t at, size_t child) {
    const ag_revision_info *point = &all->list.items[at];
    if (c->verbose) {
        cli_print_revision_block(point);
    } else {
        cli_print_revision_line(point, CLI_LINE_BRANCH);
    }
    for (size_t i = 0; i < point->next.n; i++) {
        cli_out("%*s -> ", (int)strlen(point->id), "");
        cli_print_revision_line(&all->children.items[child + i],
                                c->verbose ? CLI_LINE_CHILD : CLI_LINE_BRANCH);
    }
    cli_out("\n");
    return child + point->next.n;
}

int cmd_branches(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    if (!ag_branches(c->ctx, &revisions, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json) {
        return report(c, revisions, CLI_LINE_BRANCH);
    }
    size_t child = 0;
    for (size_t i = 0; i < revisions->list.n; i++) {
        child = print_branch(c, revisions, i, child);
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
        return report(c, revisions, CLI_LINE_HISTORY);
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
