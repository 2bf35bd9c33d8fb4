/*
 * Finds the revision files and reads only as much of each as its header takes: a history of ten
 * thousand files must load about as fast as they can be opened.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "revision/graph.h"
#include "revision/header.h"

enum { FIRST_READ = 2048, DEEPEST_FOLDER = 64 };

typedef struct loader {
    ag_graph *graph;
    ag_arena *scratch;
    ag_buf text;
    bool is_recursive;
    bool may_repeat; /* several locations or folders: a file may be met twice. */
    ag_map seen;
    ag_error *err;
} loader;

/* Grows the text of a file; `*at_end` when all of it is there. */
static bool read_some(loader *l, int fd, const char *path, size_t size, bool *at_end) {
    char block[1 << 14];
    while (size > 0) {
        ssize_t got = read(fd, block, size < sizeof block ? size : sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ag_fail_errno(l->err, AG_INPUT, "cannot read %s", path);
        }
        *at_end = got == 0;
        if (got == 0) {
            return true;
        }
        ag_buf_putn(&l->text, block, (size_t)got);
        size -= (size_t)got;
    }
    return true;
}

static void take_header(ag_rev *rev, const ag_rev_header *header) {
    rev->message = header->message;
    rev->doc = header->doc;
    rev->create_date = header->create_date;
    rev->loc = header->loc;
    rev->down_names = header->downs;
    rev->depend_names = header->depends;
    rev->own_labels = header->labels;
}

static bool read_header(loader *l, int fd, const char *path) {
    ag_rev_header header;
    bool at_end = false;
    bool needs_more = true;
    ag_buf_clear(&l->text);
    for (size_t size = FIRST_READ; needs_more; size *= 2) {
        if (!read_some(l, fd, path, size, &at_end)) {
            return false;
        }
        /* A short file was read whole by the first read; ask no second time. */
        at_end = at_end || l->text.n < FIRST_READ;
        ag_str text = {ag_buf_text(&l->text), l->text.n};
        if (!ag_rev_header_parse(l->graph->arena, path, text, at_end, &header, &needs_more,
                                 l->err)) {
            return false;
        }
    }
    ag_rev *rev = ag_graph_add(l->graph, header.id);
    rev->path = path;
    take_header(rev, &header);
    return true;
}

static bool met_before(loader *l, const struct stat *st) {
    char *key = ag_arena_printf(l->scratch, "%llx:%llx", (unsigned long long)st->st_dev,
                                (unsigned long long)st->st_ino);
    return ag_map_put(&l->seen, key, key) != NULL;
}

static bool load_file(loader *l, int folder, const char *name, const char *path) {
    bool ok = true;
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return ag_fail_errno(l->err, AG_INPUT, "cannot read %s", path);
    }
    if (fstat(fd, &st) != 0) {
        ok = ag_fail_errno(l->err, AG_INPUT, "cannot read %s", path);
    } else if (!S_ISREG(st.st_mode)) {
        ok = S_ISDIR(st.st_mode) ||
             ag_fail(l->err, AG_INPUT, "cannot read %s: it is not a file", path);
    } else if (!l->may_repeat || !met_before(l, &st)) {
        ok = read_header(l, fd, path);
    }
    (void)close(fd);
    return ok;
}

static bool is_revision_file(const char *name) {
    return name[0] != '.' && ag_text_ends(name, ".sql");
}

static bool is_folder(int parent, const char *name) {
    struct stat st;
    return name[0] != '.' && fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(st.st_mode);
}

static bool load_folder(loader *l, const char *path, int depth) {
    ag_strings names = {NULL, 0, 0};
    if (!ag_dir_exists(path)) {
        return !ag_file_exists(path) ||
               ag_fail(l->err, AG_INPUT, "the version location %s is not a folder", path);
    }
    if (depth > DEEPEST_FOLDER) {
        return ag_fail(l->err, AG_INPUT, "the folders of %s are nested more than %d deep", path,
                       DEEPEST_FOLDER);
    }
    if (!ag_dir_list(l->scratch, path, &names, l->err)) {
        l->err->code = AG_INPUT;
        return false;
    }
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ag_fail_errno(l->err, AG_INPUT, "cannot list the folder %s", path);
    }
    bool ok = true;
    for (size_t i = 0; ok && i < names.n; i++) {
        if (is_revision_file(names.items[i])) {
            ok = load_file(l, folder, names.items[i],
                           ag_path_join(l->graph->arena, path, names.items[i]));
        }
    }
    for (size_t i = 0; ok && l->is_recursive && i < names.n; i++) {
        if (is_folder(folder, names.items[i])) {
            ok = load_folder(l, ag_path_join(l->scratch, path, names.items[i]), depth + 1);
        }
    }
    (void)close(folder);
    return ok;
}

bool ag_graph_load(const ag_strings *locations, bool is_recursive, ag_graph **out, ag_error *err) {
    ag_error local;
    loader l = {.graph = ag_graph_new(),
                .scratch = ag_arena_new(),
                .text = AG_BUF_INIT,
                .is_recursive = is_recursive,
                .may_repeat = is_recursive || locations->n > 1,
                .seen = AG_MAP_INIT,
                .err = err != NULL ? err : &local};
    bool ok = true;
    for (size_t i = 0; ok && i < locations->n; i++) {
        ok = load_folder(&l, locations->items[i], 0);
    }
    ok = ok && ag_graph_link(l.graph, l.err);
    ag_buf_release(&l.text);
    ag_map_release(&l.seen);
    ag_arena_free(l.scratch);
    if (!ok) {
        ag_graph_free(l.graph);
        return false;
    }
    *out = l.graph;
    return true;
}
