/* revision, merge, rebase */
#include "cli/cli.h"

#include <string.h>

static bool parse_against(cli *c, ag_against *against) {
    const char *text = cli_value(c, OPT_AGAINST);
    if (text == NULL || strcmp(text, "database") == 0) {
        *against = AG_AGAINST_DATABASE;
        return true;
    }
    *against = AG_AGAINST_HISTORY;
    return strcmp(text, "history") == 0;
}

static int report_revision(cli *c, ag_revision_result *result) {
    if (c->json) {
        cli_json_revision_result(result);
    } else if (cli_has(c, OPT_SQL) && result->text != NULL) {
        cli_out("%s", result->text);
    } else if (c->verbose && result->changes != NULL) {
        cli_print_changes(c, result->changes);
    }
    if (!c->json && !c->verbose && result->changes != NULL) {
        for (size_t i = 0; i < result->changes->suggestions.n; i++) {
            cli_note(c, "hint: %s", result->changes->suggestions.items[i]);
        }
    }
    ag_revision_result_free(result);
    return AG_OK;
}

int cmd_revision(cli *c) {
    ag_revision_options options = AG_REVISION_OPTIONS_INIT;
    options.message = cli_value(c, OPT_MESSAGE);
    options.autogenerate = cli_has(c, OPT_AUTOGENERATE);
    options.empty = cli_has(c, OPT_EMPTY);
    options.allow_empty = cli_has(c, OPT_ALLOW_EMPTY);
    options.print_only = cli_has(c, OPT_SQL);
    options.no_concurrently = cli_has(c, OPT_NO_CONCURRENTLY);
    options.assume_equal = cli_has(c, OPT_ASSUME_EQUAL);
    options.splice = cli_has(c, OPT_SPLICE);
    options.head = cli_value(c, OPT_HEAD);
    options.branch_label = cli_value(c, OPT_BRANCH_LABEL);
    options.version_path = cli_value(c, OPT_VERSION_PATH);
    options.rev_id = cli_value(c, OPT_REV_ID);
    options.depends_on = cli_values(c, OPT_DEPENDS_ON);
    options.renames = cli_values(c, OPT_RENAME);
    if (!parse_against(c, &options.against)) {
        return cli_usage("--against is database or history, not '%s'", cli_value(c, OPT_AGAINST));
    }
    if (options.autogenerate && options.empty) {
        return cli_usage("take --autogenerate or --empty, not both");
    }
    ag_revision_result *result = NULL;
    ag_error err;
    if (!ag_revision(c->ctx, &options, &result, &err)) {
        return cli_fail(c, &err);
    }
    return report_revision(c, result);
}

int cmd_merge(cli *c) {
    ag_merge_options options = AG_MERGE_OPTIONS_INIT;
    options.revisions = cli_operands(c);
    options.message = cli_value(c, OPT_MESSAGE);
    options.branch_label = cli_value(c, OPT_BRANCH_LABEL);
    options.rev_id = cli_value(c, OPT_REV_ID);
    options.splice = cli_has(c, OPT_SPLICE);
    ag_revision_result *result = NULL;
    ag_error err;
    if (!ag_merge(c->ctx, &options, &result, &err)) {
        return cli_fail(c, &err);
    }
    return report_revision(c, result);
}

int cmd_rebase(cli *c) {
    if (!cli_has(c, OPT_ONTO)) {
        return cli_usage("'rebase' needs --onto HEAD, the new parent");
    }
    ag_error err;
    return ag_rebase(c->ctx, cli_operand(c, 0), cli_value(c, OPT_ONTO), &err) ? AG_OK
                                                                              : cli_fail(c, &err);
}

int cmd_check(cli *c) {
    ag_check_options options = AG_CHECK_OPTIONS_INIT;
    options.assume_equal = cli_has(c, OPT_ASSUME_EQUAL);
    options.allow_edited = cli_has(c, OPT_ALLOW_EDITED);
    if (!parse_against(c, &options.against)) {
        return cli_usage("--against is database or history, not '%s'", cli_value(c, OPT_AGAINST));
    }
    ag_changes *changes = NULL;
    ag_error err;
    if (!ag_check(c->ctx, &options, &changes, &err)) {
        return cli_fail(c, &err);
    }
    int code = changes->list.n == 0 ? AG_OK : AG_DIFFERENT;
    if (c->json) {
        cli_json_changes(changes);
    } else {
        cli_out(code == AG_OK ? "No new upgrade operations detected.\n"
                              : "New upgrade operations detected:\n");
        cli_print_changes(c, changes);
    }
    ag_changes_free(changes);
    return code;
}
