/* How revisions and differences look as text. */
#include "cli/cli.h"

#include <string.h>

static void print_list(const char *before, const ag_strings *list, const char *after) {
    if (list->n == 0) {
        return;
    }
    cli_out("%s", before);
    for (size_t i = 0; i < list->n; i++) {
        cli_out("%s%s", i == 0 ? "" : ", ", list->items[i]);
    }
    cli_out("%s", after);
}

static void print_marks(const ag_revision_info *info) {
    print_list(" (", &info->labels, ")");
    if (info->is_head) {
        cli_out(info->is_effective_head ? " (effective head)" : " (head)");
    }
}

void cli_print_revision_line(const ag_revision_info *info, bool with_parents) {
    if (!with_parents) {
        cli_out("%s", info->id);
        print_marks(info);
        cli_out("\n");
        return;
    }
    if (info->down.n == 0) {
        cli_out("<base>");
    }
    print_list("", &info->down, "");
    print_list(" (", &info->depends_on, ")");
    cli_out(" -> %s", info->id);
    print_marks(info);
    cli_out("%s%s%s, %s\n", info->is_current ? " (current)" : "",
            info->is_branch_point ? " (branchpoint)" : "",
            info->is_merge_point ? " (mergepoint)" : "", info->message);
}

void cli_print_revision_block(const ag_revision_info *info) {
    cli_out("Rev: %s%s%s%s%s\n", info->id,
            info->is_head ? (info->is_effective_head ? " (effective head)" : " (head)") : "",
            info->is_branch_point ? " (branchpoint)" : "",
            info->is_merge_point ? " (mergepoint)" : "", info->is_current ? " (current)" : "");
    if (info->down.n == 0) {
        cli_out("Parent: <base>\n");
    }
    print_list(info->down.n > 1 ? "Merges: " : "Parent: ", &info->down, "\n");
    print_list("Also depends on: ", &info->depends_on, "\n");
    if (info->is_branch_point) {
        print_list("Branches into: ", &info->next, "\n");
    }
    print_list("Branch names: ", &info->labels, "\n");
    cli_out("Path: %s\n\n", info->path);
    for (const char *line = info->doc; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        if (n == 0) {
            cli_out("\n");
        } else {
            cli_out("    %.*s\n", (int)n, line);
        }
        line += n + (line[n] == '\n');
    }
    if (info->create_date != NULL && info->create_date[0] != '\0') {
        cli_out("    Create Date: %s\n", info->create_date);
    }
    cli_out("\n");
}

static const char *colour_of(const char *kind) {
    if (strncmp(kind, "add", 3) == 0 || strncmp(kind, "create", 6) == 0) {
        return "\033[32m";
    }
    return strncmp(kind, "drop", 4) == 0 ? "\033[31m" : "\033[33m";
}

static char sign_of(const char *kind) {
    const char *colour = colour_of(kind);
    return colour[3] == '2' ? '+' : colour[3] == '1' ? '-' : '~';
}

void cli_print_changes(cli *c, const ag_changes *changes) {
    for (size_t i = 0; i < changes->list.n; i++) {
        const ag_change *change = &changes->list.items[i];
        const char *colour = c->colour_out ? colour_of(change->kind) : "";
        const char *end = c->colour_out ? "\033[0m" : "";
        cli_out("%s%c %s%s\n", colour, sign_of(change->kind), change->summary, end);
        for (size_t h = 0; h < change->hazards.n; h++) {
            cli_out("    WARNING: %s\n", change->hazards.items[h]);
        }
    }
    for (size_t i = 0; i < changes->suggestions.n; i++) {
        cli_note(c, "hint: %s", changes->suggestions.items[i]);
    }
    for (size_t i = 0; i < changes->warnings.n; i++) {
        cli_note(c, "warning: %s", changes->warnings.items[i]);
    }
}
