/* Entry point: parse, open what the command needs, run it, report. */
#include "cli/cli.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ag_ctx *volatile running;
static volatile sig_atomic_t interrupts;

static void on_interrupt(int number) {
    (void)number;
    if (interrupts++ > 0 || running == NULL) {
        _exit(AG_INTERRUPTED);
    }
    ag_ctx_cancel(running);
}

/* A short life: memory comes in large steps and goes back at the end, all threads share one heap.
 */
static void tune_memory(void) {
#ifdef __GLIBC__
    (void)mallopt(M_ARENA_MAX, 1);
    (void)mallopt(M_TOP_PAD, 1 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 25);
#endif
}

static void catch_interrupts(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGHUP, &action, NULL);
}

static bool choose_colour(cli *c) {
    const char *when = cli_value(c, OPT_COLOR);
    c->terminal_err = isatty(STDERR_FILENO) != 0;
    if (when == NULL || strcmp(when, "auto") == 0) {
        const char *no_color = getenv("NO_COLOR");
        const char *term = getenv("TERM");
        bool allowed = (no_color == NULL || no_color[0] == '\0') &&
                       (term == NULL || strcmp(term, "dumb") != 0);
        c->colour_out = allowed && isatty(STDOUT_FILENO) != 0;
        c->colour_err = allowed && isatty(STDERR_FILENO) != 0;
        return true;
    }
    c->colour_out = c->colour_err = strcmp(when, "always") == 0;
    return c->colour_out || strcmp(when, "never") == 0;
}

static int open_context(cli *c) {
    ag_ctx_options options = AG_CTX_OPTIONS_INIT;
    options.config_file = cli_value(c, OPT_CONFIG);
    options.section = cli_value(c, OPT_NAME);
    options.url = cli_value(c, OPT_URL);
    options.x = c->args.values[OPT_X].items;
    options.n_x = c->args.values[OPT_X].n;
    options.on_event = cli_on_event;
    options.user = c;
    ag_error err;
    if (!ag_ctx_new(&options, &c->ctx, &err)) {
        return cli_fail(c, &err);
    }
    return AG_OK;
}

static int run(cli *c, const cli_command *command) {
    int code = AG_OK;
    if (command->needs_context) {
        code = open_context(c);
    }
    if (code == AG_OK) {
        running = c->ctx;
        code = command->run(c);
        running = NULL;
        if (c->json && code == AG_OK && !cli_has_output()) {
            cli_json_report();
        }
    }
    cli_json_forget();
    ag_ctx_free(c->ctx);
    c->ctx = NULL;
    return code;
}

static int dispatch(cli *c, const cli_command *command) {
    c->json = cli_has(c, OPT_JSON);
    c->quiet = cli_has(c, OPT_QUIET);
    c->verbose = cli_has(c, OPT_VERBOSE);
    if (c->quiet && c->verbose) {
        return cli_usage("take --quiet or --verbose, not both");
    }
    if (!choose_colour(c)) {
        return cli_usage("--color is auto, always or never, not '%s'", cli_value(c, OPT_COLOR));
    }
    if (cli_has(c, OPT_VERSION)) {
        cli_out("autogen %s\n", ag_version());
        return AG_OK;
    }
    if (cli_has(c, OPT_HELP) && command == NULL) {
        cli_help_overview();
        return AG_OK;
    }
    if (command == NULL) {
        return cli_usage("no command given; see 'autogen help'");
    }
    if (cli_has(c, OPT_HELP)) {
        cli_help_command(command);
        return AG_OK;
    }
    return run(c, command);
}

/* A mistake may stand before --json: it is looked for first. */
static bool wants_json(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv) {
    tune_memory();
    cli c;
    memset(&c, 0, sizeof c);
    const cli_command *command = NULL;
    catch_interrupts();
    cli_usage_as_json(wants_json(argc, argv));
    int code = cli_parse(argc, argv, &c.args, &command);
    if (code == AG_OK) {
        code = dispatch(&c, command);
    }
    cli_args_release(&c.args);
    return cli_finish_output(code);
}
