/* lint: findings as text, JSON, annotations of GitHub, SARIF */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reports that others show beside the files want paths from where they were asked. */
static const char *from_here(const char *path) {
    char here[4096];
    size_t n = getcwd(here, sizeof here) == NULL ? 0 : strlen(here);
    return n > 0 && strncmp(path, here, n) == 0 && path[n] == '/' ? path + n + 1 : path;
}

static void print_text(cli *c, const ag_findings *findings) {
    for (size_t i = 0; i < findings->list.n; i++) {
        const ag_finding *f = &findings->list.items[i];
        bool is_error = f->rule->severity[0] == 'e';
        const char *colour = !c->colour_out ? "" : is_error ? "\033[1;31m" : "\033[1;33m";
        cli_out("%s:%d:%d: %s%s:%s %s [%s]\n", f->loc.file, f->loc.line, f->loc.column, colour,
                f->rule->severity, c->colour_out ? "\033[0m" : "", f->message, f->rule->id);
    }
    if (findings->list.n == 0) {
        cli_note(c, "No findings.");
    }
}

/* A property of a workflow command may not hold ":" and "," as they are, its text may. */
static void print_escaped(const char *text, bool is_property) {
    for (const char *p = text; *p != '\0'; p++) {
        bool is_special =
            *p == '%' || *p == '\r' || *p == '\n' || (is_property && (*p == ':' || *p == ','));
        if (is_special) {
            cli_out("%%%02X", (unsigned)(unsigned char)*p);
        } else {
            cli_out("%c", *p);
        }
    }
}

static void print_github(const ag_findings *findings) {
    for (size_t i = 0; i < findings->list.n; i++) {
        const ag_finding *f = &findings->list.items[i];
        cli_out("::%s file=", f->rule->severity);
        print_escaped(from_here(f->loc.file), true);
        cli_out(",line=%d,col=%d,title=", f->loc.line, f->loc.column);
        print_escaped(f->rule->id, true);
        cli_out("::");
        print_escaped(f->message, false);
        cli_out("\n");
    }
}

int cmd_lint(cli *c) {
    const char *format = cli_value(c, OPT_FORMAT);
    format = format != NULL ? format : c->json ? "json" : "text";
    static const char *const formats[] = {"text", "json", "github", "sarif"};
    size_t which = 0;
    while (which < 4 && strcmp(formats[which], format) != 0) {
        which++;
    }
    if (which == 4) {
        return cli_usage("--format of lint is text, json, github or sarif, not '%s'", format);
    }
    if (c->json && (strcmp(format, "text") == 0 || strcmp(format, "github") == 0)) {
        return cli_usage("take --json or --format %s, not both", format);
    }
    ag_lint_options options = AG_LINT_OPTIONS_INIT;
    options.revisions = cli_operands(c);
    ag_findings *findings = NULL;
    ag_error err;
    if (!ag_lint_revisions(c->ctx, &options, &findings, &err)) {
        return cli_fail(c, &err);
    }
    if (which == 0) {
        print_text(c, findings);
    } else if (which == 1) {
        cli_json_findings(findings);
    } else if (which == 2) {
        print_github(findings);
    } else {
        cli_json_sarif(findings, from_here);
    }
    int code = findings->list.n == 0 ? AG_OK : AG_DIFFERENT;
    ag_findings_free(findings);
    return code;
}
