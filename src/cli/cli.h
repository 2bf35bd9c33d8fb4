/*
 * The command line: commands and options are tables; parsing, help, man page and completion are
 * made from them. Knows the library's public headers only.
 */
#ifndef AG_CLI_CLI_H
#define AG_CLI_CLI_H

#include <autogen.h>

/** Every option of every command, once. */
typedef enum cli_option_id {
#define CLI_OPTION(id, name, letter, argument, help) id,
#include "cli/option_list.def"
#undef CLI_OPTION
    N_OPTIONS
} cli_option_id;

typedef struct cli_option {
    const char *name;     /**< without the dashes. */
    char letter;          /**< 0 = none. */
    const char *argument; /**< "FILE"; NULL for a flag. */
    const char *help;
} cli_option;

extern const cli_option cli_options[N_OPTIONS];

/** What was given on the command line. */
typedef struct cli_args {
    AG_LIST(const char *) values[N_OPTIONS]; /**< for flags: one NULL per mention. */
    AG_LIST(const char *) operands;
} cli_args;

/** What a command runs with. */
typedef struct cli {
    cli_args args;
    ag_ctx *ctx; /**< NULL for commands that need none. */
    bool json, quiet, verbose, colour_out, colour_err;
    bool terminal_err; /**< standard error is a terminal: progress is shown. */
    bool progress_shown;
} cli;

enum { MAX_COMMAND_OPTIONS = 20 };

typedef struct cli_command {
    const char *name;
    const char *operands;           /**< "[REV]"; "" for none. */
    int min_operands, max_operands; /**< max -1 = any number. */
    const char *summary;            /**< one line, no full stop. */
    const char *details;            /**< paragraphs for the help; may be "". */
    cli_option_id options[MAX_COMMAND_OPTIONS];
    int n_options;
    bool needs_context;
    int (*run)(cli *c);
} cli_command;

extern const cli_command cli_commands[];
extern const int n_cli_commands;
/** Options that every command takes. */
extern const cli_option_id cli_global_options[];
extern const int n_cli_global_options;

const cli_command *cli_find_command(const char *name);

/**
 * Parses the whole line: global options before and after the command. On a mistake prints what and
 * how to mend it and returns AG_USAGE; `*command` is NULL when none was given.
 */
int cli_parse(int argc, char **argv, cli_args *args, const cli_command **command);
void cli_args_release(cli_args *args);
bool cli_has(const cli *c, cli_option_id id);
/** The last value given, or NULL: only options of every command can have several. */
const char *cli_value(const cli *c, cli_option_id id);
/** All values of an option as a list of the library; points into the arguments. */
ag_strings cli_values(const cli *c, cli_option_id id);
ag_strings cli_operands(const cli *c);
/** Operand number i, or NULL. */
const char *cli_operand(const cli *c, size_t i);

void cli_help_overview(void);
void cli_help_command(const cli_command *command);
/** The man page of the program, in mdoc, on standard output. */
void cli_help_man(void);
/** A completion script for "bash", "zsh" or "fish"; false for another shell. */
bool cli_help_completion(const char *shell);

/* Output. Results go to standard output, everything else to standard error. */
void cli_out(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_out_bytes(const char *text, size_t n);
/** True once something was printed on standard output. */
bool cli_has_output(void);
/** The same as cli_out for texts with names of a database: control characters show, and do nothing.
 */
void cli_out_name(const char *text);
/** Keeps what cli_out prints, until cli_capture_end gives it back (free it). */
void cli_capture_begin(void);
char *cli_capture_end(void);
void cli_note(cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Prints an error (and the context's diagnostics) and returns the exit code. */
int cli_fail(cli *c, const ag_error *err);
/** The same for what the command itself finds wrong. */
int cli_fail_with(cli *c, ag_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Whether cli_usage prints a document too (--json). */
void cli_usage_as_json(bool wanted);
int cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_on_event(void *user, const ag_event *event);
/** Flushes standard output; AG_FAILED when something could not be written. */
int cli_finish_output(int code);

/* Shared between command families. */
void cli_print_changes(cli *c, const ag_changes *changes);
/** What a revision shows on one line. */
typedef enum cli_line {
    CLI_LINE_CURRENT, /**< "ID (head)" */
    CLI_LINE_HEAD,    /**< "ID (LABELS) (head)" */
    CLI_LINE_BRANCH,  /**< "ID (LABELS) (branchpoint)" */
    CLI_LINE_CHILD,   /**< "ID (LABELS) (head), MESSAGE" */
    CLI_LINE_HISTORY, /**< "DOWN -> ID (LABELS) (head) (current) (branchpoint), MESSAGE" */
} cli_line;
void cli_print_revision_line(const ag_revision_info *info, cli_line line);
/** The paragraph form of -v. */
void cli_print_revision_block(const ag_revision_info *info);
/** Either form beside its part of the drawing. */
void cli_print_drawn(const ag_revision_info *info, bool as_block);
void cli_json_changes(const ag_changes *changes);
void cli_json_revisions(const ag_revisions *revisions);
void cli_json_revision_result(const ag_revision_result *result);
void cli_json_findings(const ag_findings *findings);
/** SARIF 2.1.0; paths as `shown_path` gives them. */
void cli_json_sarif(const ag_findings *findings, const char *(*shown_path)(const char *path));
void cli_json_templates(void);
/** {"key": "text"} on standard output. */
void cli_json_text(const char *key, const char *text, size_t n);
/** {"KEY": [LINE, …]} */
void cli_json_lines(const char *key, const char *text, size_t n);

/** {"errors": [{"message": …, "code": …}]} */
void cli_json_errors(const ag_error *errors, size_t n);
/** Keeps an event for cli_json_report. */
void cli_json_event(const ag_event *event);
/** What a command did that has no result of its own: its steps and messages. */
void cli_json_report(void);
/** Frees what events left. */
void cli_json_forget(void);

int cmd_init(cli *c);
int cmd_list_templates(cli *c);
int cmd_revision(cli *c);
int cmd_merge(cli *c);
int cmd_rebase(cli *c);
int cmd_edit(cli *c);
int cmd_check(cli *c);
int cmd_verify(cli *c);
int cmd_lint(cli *c);
int cmd_diff(cli *c);
int cmd_inspect(cli *c);
int cmd_upgrade(cli *c);
int cmd_downgrade(cli *c);
int cmd_stamp(cli *c);
int cmd_ensure_version(cli *c);
int cmd_current(cli *c);
int cmd_history(cli *c);
int cmd_heads(cli *c);
int cmd_branches(cli *c);
int cmd_show(cli *c);
int cmd_help(cli *c);

#endif
