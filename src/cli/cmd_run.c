/* upgrade, downgrade, stamp, ensure_version */
#include "cli/cli.h"

static int print_text(cli *c, ag_text *text) {
    if (text != NULL && c->json && cli_has(c, OPT_DRY_RUN)) {
        cli_json_lines("plan", text->text, text->n);
    } else if (text != NULL && c->json) {
        cli_json_text("sql", text->text, text->n);
    } else if (text != NULL) {
        cli_out_bytes(text->text, text->n);
    }
    ag_text_free(text);
    return AG_OK;
}

typedef bool (*migrate_fn)(ag_ctx *ctx, const ag_migrate_options *options, ag_text **out,
                           ag_error *err);

static int migrate(cli *c, migrate_fn function) {
    ag_migrate_options options = AG_MIGRATE_OPTIONS_INIT;
    options.target = cli_operand(c, 0);
    options.offline = cli_has(c, OPT_SQL);
    options.dry_run = cli_has(c, OPT_DRY_RUN);
    options.allow_edited = cli_has(c, OPT_ALLOW_EDITED);
    options.tag = cli_value(c, OPT_TAG);
    if (options.tag != NULL && !options.offline) {
        return cli_usage("--tag heads the script that --sql prints: it goes with --sql");
    }
    if (options.offline && options.dry_run) {
        return cli_usage("take --sql or --dry-run, not both");
    }
    ag_text *text = NULL;
    ag_error err;
    return function(c->ctx, &options, &text, &err) ? print_text(c, text) : cli_fail(c, &err);
}

int cmd_upgrade(cli *c) {
    return migrate(c, ag_upgrade);
}

int cmd_downgrade(cli *c) {
    return migrate(c, ag_downgrade);
}

int cmd_stamp(cli *c) {
    ag_stamp_options options = AG_STAMP_OPTIONS_INIT;
    options.revisions = cli_operands(c);
    options.offline = cli_has(c, OPT_SQL);
    options.purge = cli_has(c, OPT_PURGE);
    options.tag = cli_value(c, OPT_TAG);
    if (options.tag != NULL && !options.offline) {
        return cli_usage("--tag heads the script that --sql prints: it goes with --sql");
    }
    if (options.purge && options.offline) {
        return cli_usage("--purge needs a database: it cannot go with --sql");
    }
    ag_text *text = NULL;
    ag_error err;
    return ag_stamp(c->ctx, &options, &text, &err) ? print_text(c, text) : cli_fail(c, &err);
}

int cmd_ensure_version(cli *c) {
    ag_text *text = NULL;
    ag_error err;
    return ag_ensure_version(c->ctx, cli_has(c, OPT_SQL), &text, &err) ? print_text(c, text)
                                                                       : cli_fail(c, &err);
}
