/* The command table: dispatch, help, manual page and completion come from here. */
#include "cli/cli.h"

#include <string.h>

const cli_option cli_options[N_OPTIONS] = {
#define CLI_OPTION(id, name, letter, argument, help) {name, letter, argument, help},
#include "cli/option_list.def"
#undef CLI_OPTION
};

const cli_option_id cli_global_options[] = {
    OPT_CONFIG,  OPT_NAME,  OPT_X,    OPT_URL,  OPT_QUIET,
    OPT_VERBOSE, OPT_COLOR, OPT_JSON, OPT_HELP, OPT_VERSION,
};
const int n_cli_global_options = sizeof cli_global_options / sizeof *cli_global_options;

#define OPTIONS(...)                                                                               \
    .options = {__VA_ARGS__},                                                                      \
    .n_options = sizeof((cli_option_id[]){__VA_ARGS__}) / sizeof(cli_option_id)

const cli_command cli_commands[] = {
    {.name = "init",
     .operands = "[DIR]",
     .max_operands = 1,
     .summary = "set up a project: autogen.ini and a folder for revisions",
     .details = "Writes autogen.ini and DIR (default: migrations) with script.mako and versions/. "
                "Files that exist are kept. The password of --url is never written.",
     OPTIONS(OPT_TEMPLATE, OPT_MODEL),
     .needs_context = true,
     .run = cmd_init},
    {.name = "list_templates",
     .operands = "",
     .summary = "list the built-in templates",
     .details = "",
     .run = cmd_list_templates},
    {.name = "revision",
     .operands = "",
     .summary = "write a new revision file",
     .details = "Compares the model with the database and writes the difference, both ways. "
                "Without a configured model, or with --empty, writes a file to be filled by hand. "
                "Nothing is written when nothing differs.",
     OPTIONS(OPT_MESSAGE, OPT_AUTOGENERATE, OPT_EMPTY, OPT_ALLOW_EMPTY, OPT_AGAINST,
             OPT_NO_CONCURRENTLY, OPT_ASSUME_EQUAL, OPT_RENAME, OPT_SQL, OPT_HEAD, OPT_SPLICE,
             OPT_BRANCH_LABEL, OPT_VERSION_PATH, OPT_REV_ID, OPT_DEPENDS_ON),
     .needs_context = true,
     .run = cmd_revision},
    {.name = "check",
     .operands = "",
     .summary = "compare model and database; exit with 3 when they differ",
     .details = "Two revisions on the same parent that were not merged, applied files that were "
                "edited, and revisions that are not applied yet end it with 5 before anything is "
                "compared. With --against history no database is asked what is applied.",
     OPTIONS(OPT_AGAINST, OPT_ASSUME_EQUAL, OPT_ALLOW_EDITED),
     .needs_context = true,
     .run = cmd_check},
    {.name = "diff",
     .operands = "[FROM [TO]]",
     .max_operands = 2,
     .summary = "show the differences between two sources",
     .details =
         "A source is a model (JSON, SQL, C), a folder, or a database URL. Default: from the "
         "configured database to the configured model. Formats: text (default), sql, json.",
     OPTIONS(OPT_FORMAT, OPT_DIALECT, OPT_EXIT_CODE, OPT_ASSUME_EQUAL, OPT_RENAME),
     .needs_context = true,
     .run = cmd_diff},
    {.name = "inspect",
     .operands = "[SOURCE]",
     .max_operands = 1,
     .summary = "export a schema",
     .details = "SOURCE is a database URL or a model; default: the configured database. The JSON "
                "form is a model: reading it back gives no difference. Formats: json (default), "
                "sql, c, mermaid, dot.",
     OPTIONS(OPT_FORMAT, OPT_DIALECT, OPT_OUTPUT),
     .needs_context = true,
     .run = cmd_inspect},
    {.name = "upgrade",
     .operands = "[REV]",
     .max_operands = 1,
     .summary = "apply revisions up to REV (default: head)",
     .details = "With --sql, REV may be a range A:B and nothing is connected to.",
     OPTIONS(OPT_SQL, OPT_TAG, OPT_DRY_RUN, OPT_ALLOW_EDITED),
     .needs_context = true,
     .run = cmd_upgrade},
    {.name = "downgrade",
     .operands = "REV",
     .min_operands = 1,
     .max_operands = 1,
     .summary = "take revisions back down to REV",
     .details = "With --sql, REV is a range FROM:TO.",
     OPTIONS(OPT_SQL, OPT_TAG, OPT_DRY_RUN, OPT_ALLOW_EDITED),
     .needs_context = true,
     .run = cmd_downgrade},
    {.name = "stamp",
     .operands = "REV...",
     .min_operands = 1,
     .max_operands = -1,
     .summary = "set the version table without running anything",
     .details = "",
     OPTIONS(OPT_SQL, OPT_TAG, OPT_PURGE),
     .needs_context = true,
     .run = cmd_stamp},
    {.name = "current",
     .operands = "",
     .summary = "show the revisions the database is at",
     .details = "Never creates the version table.",
     OPTIONS(OPT_CHECK_HEADS),
     .needs_context = true,
     .run = cmd_current},
    {.name = "history",
     .operands = "",
     .summary = "list the revisions, newest first",
     .details = "A:B lists what B needs and what needs A, both ends included; either may be left "
                "out. -2:B counts down from B, A:+2 counts up from A.",
     OPTIONS(OPT_RANGE, OPT_INDICATE_CURRENT, OPT_GRAPH),
     .needs_context = true,
     .run = cmd_history},
    {.name = "heads",
     .operands = "",
     .summary = "list the revisions that nothing builds on",
     .details = "",
     OPTIONS(OPT_RESOLVE_DEPENDENCIES),
     .needs_context = true,
     .run = cmd_heads},
    {.name = "branches",
     .operands = "",
     .summary = "list the branch points and what branches off there",
     .details = "",
     .needs_context = true,
     .run = cmd_branches},
    {.name = "show",
     .operands = "REV",
     .min_operands = 1,
     .max_operands = 1,
     .summary = "show one revision and its file",
     .details = "",
     .needs_context = true,
     .run = cmd_show},
    {.name = "edit",
     .operands = "REV",
     .min_operands = 1,
     .max_operands = 1,
     .summary = "open a revision file in $VISUAL or $EDITOR",
     .details = "",
     .needs_context = true,
     .run = cmd_edit},
    {.name = "merge",
     .operands = "REV...",
     .min_operands = 1,
     .max_operands = -1,
     .summary = "write a revision that joins several heads",
     .details = "",
     OPTIONS(OPT_MESSAGE, OPT_BRANCH_LABEL, OPT_REV_ID, OPT_SPLICE),
     .needs_context = true,
     .run = cmd_merge},
    {.name = "rebase",
     .operands = "REV",
     .min_operands = 1,
     .max_operands = 1,
     .summary = "give a revision that is not applied here a new parent",
     .details = "Only the line 'Revises' of its file changes (and 'Depends On', where that names "
                "the new parent). --onto base makes it a base.",
     OPTIONS(OPT_ONTO),
     .needs_context = true,
     .run = cmd_rebase},
    {.name = "verify",
     .operands = "",
     .summary = "prove the history on a scratch database",
     .details = "Upgrades to head, compares with the model, downgrades to base, compares with "
                "empty, and upgrades again. Exits with 3 when something differs.",
     OPTIONS(OPT_FROM),
     .needs_context = true,
     .run = cmd_verify},
    {.name = "lint",
     .operands = "[REV or FILE]...",
     .max_operands = -1,
     .summary = "report hazards and rule violations of revisions",
     .details = "REV may be a range A:B. Default: the revisions that are not applied yet. Formats: "
                "text, json, github, sarif. Exits with 3 when it finds something.",
     OPTIONS(OPT_FORMAT),
     .needs_context = true,
     .run = cmd_lint},
    {.name = "ensure_version",
     .operands = "",
     .summary = "create the version table",
     .details = "",
     OPTIONS(OPT_SQL),
     .needs_context = true,
     .run = cmd_ensure_version},
    {.name = "help",
     .operands = "[COMMAND]",
     .max_operands = 1,
     .summary = "explain a command",
     .details = "",
     OPTIONS(OPT_MAN, OPT_COMPLETION),
     .run = cmd_help},
};
const int n_cli_commands = sizeof cli_commands / sizeof *cli_commands;

const cli_command *cli_find_command(const char *name) {
    for (int i = 0; i < n_cli_commands; i++) {
        if (strcmp(cli_commands[i].name, name) == 0) {
            return &cli_commands[i];
        }
    }
    return NULL;
}
