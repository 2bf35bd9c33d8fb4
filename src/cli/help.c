#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static void print_wrapped(const char *text, int indent) {
    int column = 0;
    for (const char *p = text; *p != '\0';) {
        int n = (int)strcspn(p, " ");
        if (column > 0 && column + 1 + n > 78 - indent) {
            cli_out("\n");
            column = 0;
        }
        cli_out("%*s", column == 0 ? indent : 1, "");
        cli_out("%.*s", n, p);
        column += n + 1;
        p += n;
        p += strspn(p, " ");
    }
    cli_out("\n");
}

static void print_option(cli_option_id id) {
    const cli_option *o = &cli_options[id];
    char left[64];
    char letter[8] = "    ";
    if (o->letter != '\0') {
        (void)snprintf(letter, sizeof letter, "-%c, ", o->letter);
    }
    (void)snprintf(left, sizeof left, "  %s--%s%s%s", letter, o->name,
                   o->argument == NULL ? "" : " ", o->argument == NULL ? "" : o->argument);
    if (strlen(left) > 29) {
        cli_out("%s\n%30s%s\n", left, "", o->help);
    } else {
        cli_out("%-30s%s\n", left, o->help);
    }
}

static void print_global_options(void) {
    for (int i = 0; i < n_cli_global_options; i++) {
        print_option(cli_global_options[i]);
    }
}

void cli_help_overview(void) {
    cli_out("Usage: autogen [OPTIONS] COMMAND [ARGUMENTS]\n\n"
            "Keeps a database schema under version control: compares a declared model with a\n"
            "live PostgreSQL or SQLite database, writes the difference as a revision file to\n"
            "review, and applies, reverts and checks revisions.\n\nCommands:\n");
    for (int i = 0; i < n_cli_commands; i++) {
        cli_out("  %-16s%s\n", cli_commands[i].name, cli_commands[i].summary);
    }
    cli_out("\nOptions of every command (before or after it):\n");
    print_global_options();
    cli_out("\nExit codes: 0 done, 1 failed, 2 usage, 3 differences found, 4 database unreachable\n"
            "or statement refused, 5 history conflict, 6 bad input file, 130 interrupted.\n"
            "'autogen help COMMAND' explains a command.\n");
}

void cli_help_command(const cli_command *command) {
    cli_out("Usage: autogen %s%s%s%s\n\n", command->name,
            command->n_options > 0 ? " [OPTIONS]" : "", command->operands[0] == '\0' ? "" : " ",
            command->operands);
    cli_out("%c%s.\n", command->summary[0] - 'a' + 'A', command->summary + 1);
    if (command->details[0] != '\0') {
        cli_out("\n");
        print_wrapped(command->details, 0);
    }
    if (command->n_options > 0) {
        cli_out("\nOptions:\n");
        for (int i = 0; i < command->n_options; i++) {
            print_option(command->options[i]);
        }
    }
    cli_out("\nOptions of every command:\n");
    print_global_options();
}

static void man_option(cli_option_id id) {
    const cli_option *o = &cli_options[id];
    cli_out(".It ");
    if (o->letter != '\0') {
        cli_out("Fl %c , ", o->letter);
    }
    cli_out("Fl \\-%s", o->name);
    if (o->argument != NULL) {
        cli_out(" Ar %s", o->argument);
    }
    cli_out("\n%s\n", o->help);
}

static void man_command(const cli_command *command) {
    cli_out(".Ss %s%s%s\n%c%s.\n", command->name, command->operands[0] == '\0' ? "" : " ",
            command->operands, command->summary[0] - 'a' + 'A', command->summary + 1);
    if (command->details[0] != '\0') {
        cli_out("%s\n", command->details);
    }
    if (command->n_options > 0) {
        cli_out(".Bl -tag -width indent\n");
        for (int i = 0; i < command->n_options; i++) {
            man_option(command->options[i]);
        }
        cli_out(".El\n");
    }
}

void cli_help_man(void) {
    cli_out(".Dd $Mdocdate$\n.Dt AUTOGEN 1\n.Os\n.Sh NAME\n.Nm autogen\n"
            ".Nd schema diff and migrations for SQLite and PostgreSQL\n.Sh SYNOPSIS\n.Nm\n"
            ".Op Ar options\n.Ar command\n.Op Ar arguments\n.Sh DESCRIPTION\n"
            ".Nm\nkeeps a database schema under version control.\n"
            "It compares a declared model with a live database, writes the difference as a\n"
            "revision file, and applies, reverts and checks revisions.\n.Sh OPTIONS\n"
            ".Bl -tag -width indent\n");
    for (int i = 0; i < n_cli_global_options; i++) {
        man_option(cli_global_options[i]);
    }
    cli_out(".El\n.Sh COMMANDS\n");
    for (int i = 0; i < n_cli_commands; i++) {
        man_command(&cli_commands[i]);
    }
    cli_out(".Sh EXIT STATUS\n0 done, 1 failed, 2 usage, 3 differences found, 4 database "
            "unreachable or statement refused,\n5 history conflict, 6 bad input file, 130 "
            "interrupted.\n");
}

static void complete_bash(void) {
    cli_out("_autogen() {\n    local cur=${COMP_WORDS[COMP_CWORD]} words= command= w\n"
            "    for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
            "        [[ $w == -* ]] || { command=$w; break; }\n    done\n    case $command in\n");
    for (int i = 0; i < n_cli_commands; i++) {
        cli_out("        %s) words='", cli_commands[i].name);
        for (int o = 0; o < cli_commands[i].n_options; o++) {
            cli_out("--%s ", cli_options[cli_commands[i].options[o]].name);
        }
        cli_out("' ;;\n");
    }
    cli_out("        *) words='");
    for (int i = 0; i < n_cli_commands; i++) {
        cli_out("%s ", cli_commands[i].name);
    }
    cli_out("' ;;\n    esac\n    words+='");
    for (int i = 0; i < n_cli_global_options; i++) {
        cli_out(" --%s", cli_options[cli_global_options[i]].name);
    }
    cli_out("'\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
            "complete -o default -F _autogen autogen\n");
}

static void complete_fish(void) {
    for (int i = 0; i < n_cli_commands; i++) {
        const cli_command *command = &cli_commands[i];
        cli_out("complete -c autogen -n __fish_use_subcommand -a %s -d '%s'\n", command->name,
                command->summary);
        for (int o = 0; o < command->n_options; o++) {
            cli_out("complete -c autogen -n '__fish_seen_subcommand_from %s' -l %s\n",
                    command->name, cli_options[command->options[o]].name);
        }
    }
    for (int i = 0; i < n_cli_global_options; i++) {
        cli_out("complete -c autogen -l %s\n", cli_options[cli_global_options[i]].name);
    }
}

bool cli_help_completion(const char *shell) {
    if (strcmp(shell, "bash") == 0) {
        complete_bash();
        return true;
    }
    if (strcmp(shell, "zsh") == 0) {
        cli_out("#compdef autogen\nautoload -U +X bashcompinit && bashcompinit\n");
        complete_bash();
        return true;
    }
    if (strcmp(shell, "fish") == 0) {
        complete_fish();
        return true;
    }
    return false;
}

int cmd_help(cli *c) {
    if (cli_has(c, OPT_MAN)) {
        cli_help_man();
        return AG_OK;
    }
    if (cli_has(c, OPT_COMPLETION)) {
        const char *shell = cli_value(c, OPT_COMPLETION);
        return cli_help_completion(shell)
                   ? AG_OK
                   : cli_usage("no completion for '%s'; take bash, zsh or fish", shell);
    }
    const char *name = cli_operand(c, 0);
    if (name == NULL) {
        cli_help_overview();
        return AG_OK;
    }
    const cli_command *command = cli_find_command(name);
    if (command == NULL) {
        return cli_usage("unknown command '%s'; see 'autogen help'", name);
    }
    cli_help_command(command);
    return AG_OK;
}
