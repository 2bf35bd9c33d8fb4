/* How revisions and differences look as text. */
#include "cli/cli.h"

#include <stdlib.h>
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

void cli_print_revision_line(const ag_revision_info *info, cli_line line) {
    if (line == CLI_LINE_HISTORY) {
        if (info->down.n == 0) {
            cli_out("<base>");
        }
        print_list("", &info->down, "");
        print_list(" (", &info->depends_on, ")");
        cli_out(" -> ");
    }
    cli_out("%s", info->id);
    if (line != CLI_LINE_CURRENT) {
        print_list(" (", &info->labels, ")");
    }
    if (info->is_head) {
        cli_out(info->is_effective_head ? " (effective head)" : " (head)");
    }
    if (line != CLI_LINE_CURRENT && line != CLI_LINE_HEAD) {
        cli_out("%s%s%s", info->is_current ? " (current)" : "",
                info->is_branch_point ? " (branchpoint)" : "",
                info->is_merge_point ? " (mergepoint)" : "");
    }
    if (line == CLI_LINE_HISTORY || line == CLI_LINE_CHILD) {
        cli_out(", %s", info->message);
    }
    cli_out("\n");
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

static void print_trimmed(const char *before, const char *text, size_t n) {
    size_t n_before = strlen(before);
    while (n == 0 && n_before > 0 && before[n_before - 1] == ' ') {
        n_before--;
    }
    cli_out("%.*s%.*s\n", (int)n_before, before, (int)n, text);
}

void cli_print_drawn(const ag_revision_info *info, bool as_block) {
    const ag_drawing *d = &info->drawing;
    cli_capture_begin();
    if (as_block) {
        cli_print_revision_block(info);
    } else {
        cli_print_revision_line(info, CLI_LINE_HISTORY);
    }
    char *text = cli_capture_end();
    for (size_t i = 0; i < d->above.n; i++) {
        print_trimmed(d->above.items[i], "", 0);
    }
    size_t n_lines = 0;
    for (const char *line = text; *line != '\0'; n_lines++) {
        size_t n = strcspn(line, "\n");
        print_trimmed(n_lines == 0            ? d->mark
                      : n_lines <= d->below.n ? d->below.items[n_lines - 1]
                                              : d->rest,
                      line, n);
        line += n + (line[n] == '\n');
    }
    for (size_t i = n_lines - 1; i < d->below.n; i++) {
        print_trimmed(d->below.items[i], "", 0);
    }
    free(text);
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

/* A change and where the first one of its table stands: those of a table are shown together. */
typedef struct placed {
    const ag_change *change;
    size_t index, first;
} placed;

static int by_table(const void *a, const void *b) {
    const placed *x = a;
    const placed *y = b;
    const char *one = x->change->table == NULL ? "" : x->change->table;
    const char *other = y->change->table == NULL ? "" : y->change->table;
    int order = strcmp(one, other);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_place(const void *a, const void *b) {
    const placed *x = a;
    const placed *y = b;
    int order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* True when both are about one table. */
static bool is_same_table(const placed *a, const placed *b) {
    return a->change->table != NULL && b->change->table != NULL &&
           strcmp(a->change->table, b->change->table) == 0;
}

/* On the heap; NULL without changes. */
static placed *place(const ag_changes *changes) {
    size_t n = changes->list.n;
    placed *list = n == 0 ? NULL : calloc(n, sizeof *list);
    for (size_t i = 0; list != NULL && i < n; i++) {
        list[i] = (placed){&changes->list.items[i], i, i};
    }
    if (list == NULL) {
        return NULL;
    }
    qsort(list, n, sizeof *list, by_table);
    for (size_t i = 1; i < n; i++) {
        if (is_same_table(&list[i], &list[i - 1])) {
            list[i].first = list[i - 1].first;
        }
    }
    qsort(list, n, sizeof *list, by_place);
    return list;
}

static void print_change(const cli *c, const ag_change *change, const char *indent) {
    const char *colour = c->colour_out ? colour_of(change->kind) : "";
    const char *alarm = c->colour_out ? "\033[1;31m" : "";
    const char *end = c->colour_out ? "\033[0m" : "";
    cli_out("%s%s%c ", indent, colour, sign_of(change->kind));
    cli_out_name(change->summary);
    cli_out("%s\n", end);
    for (size_t h = 0; h < change->hazards.n; h++) {
        cli_out("%s    %sWARNING:%s ", indent, alarm, end);
        cli_out_name(change->hazards.items[h]);
        cli_out("\n");
    }
}

static void print_by_table(const cli *c, const ag_changes *changes) {
    placed *list = place(changes);
    for (size_t i = 0; list == NULL && i < changes->list.n; i++) {
        print_change(c, &changes->list.items[i], "");
    }
    for (size_t i = 0; list != NULL && i < changes->list.n; i++) {
        bool is_inside = i > 0 && is_same_table(&list[i - 1], &list[i]);
        bool goes_on = i + 1 < changes->list.n && is_same_table(&list[i], &list[i + 1]);
        if (goes_on && !is_inside) {
            cli_out("%s", c->colour_out ? "\033[1m" : "");
            cli_out_name(list[i].change->table);
            cli_out("%s\n", c->colour_out ? "\033[0m" : "");
        }
        print_change(c, list[i].change, goes_on || is_inside ? "  " : "");
    }
    free(list);
}

void cli_print_changes(cli *c, const ag_changes *changes) {
    print_by_table(c, changes);
    for (size_t i = 0; i < changes->suggestions.n; i++) {
        cli_note(c, "hint: %s", changes->suggestions.items[i]);
    }
    for (size_t i = 0; i < changes->warnings.n; i++) {
        cli_note(c, "warning: %s", changes->warnings.items[i]);
    }
}
