#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One pass over the line. */
typedef struct parser {
    int argc;
    char **argv;
    int at;
    cli_args *args;
    const cli_command *command;
    bool operands_only; /* after "--" */
} parser;

static void push(void *list, const char *value) {
    ag_strings *l = list;
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 4 : l->cap * 2;
        const char **items = realloc(l->items, cap * sizeof *items);
        if (items == NULL) {
            abort();
        }
        l->items = items;
        l->cap = cap;
    }
    l->items[l->n++] = value;
}

void cli_args_release(cli_args *args) {
    for (int i = 0; i < N_OPTIONS; i++) {
        free(args->values[i].items);
    }
    free(args->operands.items);
    memset(args, 0, sizeof *args);
}

static bool is_global(cli_option_id id) {
    for (int i = 0; i < n_cli_global_options; i++) {
        if (cli_global_options[i] == id) {
            return true;
        }
    }
    return false;
}

static bool option_allowed(const parser *p, cli_option_id id) {
    if (is_global(id)) {
        return true;
    }
    for (int i = 0; p->command != NULL && i < p->command->n_options; i++) {
        if (p->command->options[i] == id) {
            return true;
        }
    }
    return false;
}

static int unknown_option(const parser *p, const char *text) {
    const char *names[N_OPTIONS];
    size_t n = 0;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (option_allowed(p, (cli_option_id)i)) {
            names[n++] = cli_options[i].name;
        }
    }
    char word[64];
    (void)snprintf(word, sizeof word, "%s", text);
    word[strcspn(word, "=")] = '\0';
    const char *near = strlen(word) > 1 ? ag_did_you_mean(word, names, n) : NULL;
    const char *dashes = strlen(word) > 1 ? "--" : "-";
    if (p->command == NULL) {
        return near == NULL
                   ? cli_usage("unknown option %s%s", dashes, word)
                   : cli_usage("unknown option %s%s; did you mean --%s?", dashes, word, near);
    }
    return near == NULL ? cli_usage("unknown option %s%s of '%s'; see 'autogen help %s'", dashes,
                                    word, p->command->name, p->command->name)
                        : cli_usage("unknown option %s%s of '%s'; did you mean --%s?", dashes, word,
                                    p->command->name, near);
}

static int take(parser *p, cli_option_id id, const char *attached) {
    const cli_option *option = &cli_options[id];
    if (option->argument == NULL) {
        if (attached != NULL) {
            return cli_usage("--%s takes no value", option->name);
        }
        push(&p->args->values[id], NULL);
        return AG_OK;
    }
    if (attached == NULL) {
        if (p->at >= p->argc) {
            return cli_usage("--%s needs a value (%s)", option->name, option->argument);
        }
        attached = p->argv[p->at++];
    }
    push(&p->args->values[id], attached);
    return AG_OK;
}

static int long_option(parser *p, const char *text) {
    size_t n = strcspn(text, "=");
    for (int i = 0; i < N_OPTIONS; i++) {
        const char *name = cli_options[i].name;
        if (strlen(name) == n && strncmp(name, text, n) == 0 &&
            option_allowed(p, (cli_option_id)i)) {
            return take(p, (cli_option_id)i, text[n] == '=' ? text + n + 1 : NULL);
        }
    }
    return unknown_option(p, text);
}

static int find_letter(const parser *p, char letter) {
    for (int i = 0; i < N_OPTIONS; i++) {
        if (cli_options[i].letter == letter && option_allowed(p, (cli_option_id)i)) {
            return i;
        }
    }
    return -1;
}

static int short_options(parser *p, const char *letters) {
    for (const char *c = letters; *c != '\0'; c++) {
        int id = find_letter(p, *c);
        if (id < 0) {
            char text[2] = {*c, '\0'};
            return unknown_option(p, text);
        }
        if (cli_options[id].argument != NULL) {
            return take(p, (cli_option_id)id, c[1] == '\0' ? NULL : c + 1);
        }
        int code = take(p, (cli_option_id)id, NULL);
        if (code != AG_OK) {
            return code;
        }
    }
    return AG_OK;
}

static int unknown_command(const char *word) {
    const char *names[64];
    size_t n = 0;
    for (int i = 0; i < n_cli_commands && n < 64; i++) {
        names[n++] = cli_commands[i].name;
    }
    const char *near = ag_did_you_mean(word, names, n);
    return near == NULL ? cli_usage("unknown command '%s'; see 'autogen help'", word)
                        : cli_usage("unknown command '%s'; did you mean '%s'?", word, near);
}

static int operand(parser *p, const char *text) {
    if (p->command == NULL) {
        p->command = cli_find_command(text);
        return p->command == NULL ? unknown_command(text) : AG_OK;
    }
    push(&p->args->operands, text);
    return AG_OK;
}

/* "-1" and "-2" are relative revisions, not options. */
static bool is_operand(const char *text) {
    return text[0] != '-' || text[1] == '\0' || (text[1] >= '0' && text[1] <= '9');
}

static int check_operands(const parser *p) {
    const cli_command *command = p->command;
    int n = (int)p->args->operands.n;
    if (n < command->min_operands) {
        return cli_usage("'%s' needs %s", command->name, command->operands);
    }
    if (command->max_operands >= 0 && n > command->max_operands) {
        return cli_usage("'%s' does not take '%s'; see 'autogen help %s'", command->name,
                         p->args->operands.items[command->max_operands], command->name);
    }
    return AG_OK;
}

/*
 * Options of every command may be given again, the last one counts: an alias or a script gives them
 * first. What one command is to do is said once.
 */
static int check_repeated(const parser *p) {
    for (int id = 0; id < N_OPTIONS; id++) {
        size_t n = p->args->values[id].n;
        bool may_repeat = is_global((cli_option_id)id) || cli_options[id].argument == NULL ||
                          id == OPT_DEPENDS_ON || id == OPT_RENAME;
        for (size_t i = 1; !may_repeat && i < n; i++) {
            const char *const *values = p->args->values[id].items;
            if (strcmp(values[i], values[0]) != 0) {
                return cli_usage("--%s is given twice, as '%s' and as '%s'", cli_options[id].name,
                                 values[0], values[i]);
            }
        }
    }
    return AG_OK;
}

/*
 * Command options may only follow their command, so the command is found first: an option's value
 * could look like a command, hence the walk with the global options.
 */
int cli_parse(int argc, char **argv, cli_args *args, const cli_command **command) {
    parser p = {.argc = argc, .argv = argv, .at = 1, .args = args};
    int code = AG_OK;
    while (code == AG_OK && p.at < argc) {
        const char *text = argv[p.at++];
        if (p.operands_only || is_operand(text)) {
            code = operand(&p, text);
        } else if (strcmp(text, "--") == 0) {
            p.operands_only = true;
        } else if (text[1] == '-') {
            code = long_option(&p, text + 2);
        } else {
            code = short_options(&p, text + 1);
        }
    }
    *command = p.command;
    bool wants_help = args->values[OPT_HELP].n > 0 || args->values[OPT_VERSION].n > 0;
    if (code == AG_OK && p.command != NULL && !wants_help) {
        code = check_operands(&p);
        code = code == AG_OK ? check_repeated(&p) : code;
    }
    return code;
}

bool cli_has(const cli *c, cli_option_id id) {
    return c->args.values[id].n > 0;
}

const char *cli_value(const cli *c, cli_option_id id) {
    size_t n = c->args.values[id].n;
    return n == 0 ? NULL : c->args.values[id].items[n - 1];
}

ag_strings cli_values(const cli *c, cli_option_id id) {
    ag_strings list = {c->args.values[id].items, c->args.values[id].n, c->args.values[id].cap};
    return list;
}

ag_strings cli_operands(const cli *c) {
    ag_strings list = {c->args.operands.items, c->args.operands.n, c->args.operands.cap};
    return list;
}

const char *cli_operand(const cli *c, size_t i) {
    return i < c->args.operands.n ? c->args.operands.items[i] : NULL;
}
