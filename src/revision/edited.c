/* Revision files that were changed after they ran. */
#include <string.h>

#include "revision/file.h"
#include "revision/store.h"

/* The last word on each revision: what ran, or was accepted, has the checksum of its file. */
static bool was_run(const ag_history_entry *entry) {
    return strcmp(entry->direction, "upgrade") == 0 || strcmp(entry->direction, "accept") == 0;
}

bool ag_store_edited(const ag_history_entries *history, const ag_graph *graph, const ag_revs *rows,
                     ag_arena *arena, ag_revs *edited, ag_error *err) {
    bool ok = true;
    ag_arena *scratch = ag_arena_new();
    ag_marks applied = ag_history_applied(scratch, graph, rows);
    const ag_history_entry **last = ag_arena_array(scratch, graph->revs.n + 1, sizeof *last);
    for (size_t i = 0; i < history->n; i++) {
        const ag_rev *rev = ag_graph_find_id(graph, history->items[i].revision);
        if (rev != NULL && history->items[i].part == 0) {
            last[rev->index] = &history->items[i];
        }
    }
    for (size_t i = 0; ok && i < graph->revs.n; i++) {
        char checksum[65];
        ag_rev *rev = graph->revs.items[i];
        if (applied[i] == 0 || last[i] == NULL || !was_run(last[i]) || rev->path[0] == '\0') {
            continue;
        }
        ok = ag_rev_file_checksum(rev->path, checksum, err);
        if (ok && strcmp(checksum, last[i]->checksum) != 0) {
            ag_vec_push(arena, edited, rev);
        }
    }
    ag_arena_free(scratch);
    return ok;
}

bool ag_store_refuse_edited(const ag_revs *edited, ag_error *err) {
    ag_buf list = AG_BUF_INIT;
    for (size_t i = 0; i < edited->n && i < 10; i++) {
        ag_buf_printf(&list, "%s%s (%s)", i == 0 ? "" : ", ", edited->items[i]->id,
                      edited->items[i]->path);
    }
    ag_fail(err, AG_HISTORY, "%zu applied revision%s edited after %s ran: %s", edited->n,
            edited->n == 1 ? " was" : "s were", edited->n == 1 ? "it" : "they", ag_buf_text(&list));
    ag_buf_release(&list);
    return ag_hint(err, "put the file back as it was, or accept it with --allow-edited");
}
