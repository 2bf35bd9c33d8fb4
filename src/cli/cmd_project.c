/* init, list_templates, edit */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int cmd_init(cli *c) {
    ag_init_options options = AG_INIT_OPTIONS_INIT;
    options.directory = cli_operand(c, 0);
    options.template_name = cli_value(c, OPT_TEMPLATE);
    options.model = cli_value(c, OPT_MODEL);
    ag_error err;
    return ag_init(c->ctx, &options, &err) ? AG_OK : cli_fail(c, &err);
}

int cmd_list_templates(cli *c) {
    if (c->json) {
        cli_json_templates();
        return AG_OK;
    }
    const ag_template_info *list = NULL;
    size_t n = ag_list_templates(&list);
    for (size_t i = 0; i < n; i++) {
        cli_out("%s - %s\n", list[i].name, list[i].summary);
    }
    return AG_OK;
}

/* The editor is a shell command, as $EDITOR="code --wait" expects; the path goes in as $1. */
static int run_editor(cli *c, const char *editor, const char *path) {
    char command[4096];
    int n = snprintf(command, sizeof command, "%s \"$1\"", editor);
    if (n < 0 || (size_t)n >= sizeof command) {
        return cli_usage("the editor command is too long");
    }
    pid_t child = fork();
    if (child == 0) {
        if (c->json) { /* standard output is the document's */
            (void)dup2(STDERR_FILENO, STDOUT_FILENO);
        }
        (void)execl("/bin/sh", "sh", "-c", command, "sh", path, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return cli_fail_with(c, AG_FAILED, "Error executing editor (%s)", editor);
    }
    return AG_OK;
}

int cmd_edit(cli *c) {
    ag_revisions *revisions = NULL;
    ag_error err;
    if (!ag_show(c->ctx, cli_operand(c, 0), &revisions, &err)) {
        return cli_fail(c, &err);
    }
    const char *editor = getenv("VISUAL");
    if (editor == NULL || editor[0] == '\0') {
        editor = getenv("EDITOR");
    }
    int code = AG_FAILED;
    if (editor == NULL || editor[0] == '\0') {
        code = cli_usage("no editor: set $VISUAL or $EDITOR");
    } else if (revisions->list.n == 0) {
        code = cli_fail_with(c, AG_HISTORY, "'%s' is no revision here: there is no file to edit",
                             cli_operand(c, 0));
    } else if (revisions->list.n > 1) {
        code = cli_usage("'%s' names %zu revisions; edit takes one", cli_operand(c, 0),
                         revisions->list.n);
    } else {
        code = run_editor(c, editor, revisions->list.items[0].path);
    }
    ag_revisions_free(revisions);
    return code;
}
