/* verify, diff, inspect */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int cmd_verify(cli *c) {
    ag_changes *changes = NULL;
    ag_error err;
    if (!ag_verify(c->ctx, cli_value(c, OPT_FROM), &changes, &err)) {
        return cli_fail(c, &err);
    }
    int code = changes->list.n == 0 ? AG_OK : AG_DIFFERENT;
    if (c->json) {
        cli_json_changes(changes);
    } else {
        cli_print_changes(c, changes);
        if (code == AG_OK) {
            cli_out("The history is proven.\n");
        }
    }
    ag_changes_free(changes);
    return code;
}

static int print_diff(cli *c, const ag_changes *changes, const char *format) {
    if (c->json || strcmp(format, "json") == 0) {
        cli_json_changes(changes);
    } else if (strcmp(format, "sql") == 0) {
        cli_out("%s", changes->sql == NULL ? "" : changes->sql);
    } else {
        cli_print_changes(c, changes);
        if (changes->list.n == 0) {
            cli_note(c, "No changes detected.");
        }
    }
    return changes->list.n > 0 && cli_has(c, OPT_EXIT_CODE) ? AG_DIFFERENT : AG_OK;
}

int cmd_diff(cli *c) {
    const char *format = cli_value(c, OPT_FORMAT);
    format = format == NULL ? "text" : format;
    if (strcmp(format, "text") != 0 && strcmp(format, "sql") != 0 && strcmp(format, "json") != 0) {
        return cli_usage("--format of diff is text, sql or json, not '%s'", format);
    }
    ag_diff_sources_options options = AG_DIFF_SOURCES_OPTIONS_INIT;
    options.from = cli_operand(c, 0);
    options.to = cli_operand(c, 1);
    options.dialect = cli_value(c, OPT_DIALECT);
    options.want_sql = strcmp(format, "sql") == 0 || c->json;
    options.assume_equal = cli_has(c, OPT_ASSUME_EQUAL);
    options.renames = cli_values(c, OPT_RENAME);
    ag_changes *changes = NULL;
    ag_error err;
    if (!ag_diff_sources(c->ctx, &options, &changes, &err)) {
        return cli_fail(c, &err);
    }
    int code = print_diff(c, changes, format);
    ag_changes_free(changes);
    return code;
}

static int write_text(cli *c, const ag_text *text, const char *path) {
    if (path == NULL) {
        cli_out_bytes(text->text, text->n);
        return AG_OK;
    }
    FILE *file = fopen(path, "w");
    bool ok = file != NULL && fwrite(text->text, 1, text->n, file) == text->n;
    int saved = errno;
    if (file != NULL && fclose(file) != 0) {
        saved = errno;
        ok = false;
    }
    return ok ? AG_OK : cli_fail_with(c, AG_FAILED, "cannot write %s: %s", path, strerror(saved));
}

int cmd_inspect(cli *c) {
    ag_inspect_options options = AG_INSPECT_OPTIONS_INIT;
    options.source = cli_operand(c, 0);
    options.format = cli_value(c, OPT_FORMAT);
    options.dialect = cli_value(c, OPT_DIALECT);
    ag_text *text = NULL;
    ag_error err;
    if (c->json && options.format != NULL && strcmp(options.format, "json") != 0) {
        return cli_usage("take --json or --format %s, not both", options.format);
    }
    if (!ag_inspect(c->ctx, &options, &text, &err)) {
        return cli_fail(c, &err);
    }
    for (size_t i = 0; i < text->warnings.n; i++) {
        cli_note(c, "warning: %s", text->warnings.items[i]);
    }
    int code = write_text(c, text, cli_value(c, OPT_OUTPUT));
    ag_text_free(text);
    return code;
}
