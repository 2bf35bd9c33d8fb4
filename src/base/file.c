#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

static bool read_all(int fd, char *text, size_t size, size_t *n) {
    *n = 0;
    while (*n < size) {
        ssize_t got = read(fd, text + *n, size - *n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0;
        }
        *n += (size_t)got;
    }
    return true;
}

bool ag_file_read(ag_arena *arena, const char *path, ag_code code, char **text, size_t *n,
                  ag_error *err) {
    bool ok = false;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return ag_fail_errno(err, code, "cannot read %s", path);
    }
    if (fstat(fd, &st) != 0) {
        ag_fail_errno(err, code, "cannot read %s", path);
        goto done;
    }
    if (S_ISDIR(st.st_mode)) {
        ag_fail(err, code, "cannot read %s: it is a folder", path);
        goto done;
    }
    if (st.st_size < 0 || (size_t)st.st_size > AG_FILE_CEILING) {
        ag_fail(err, code, "cannot read %s: it is larger than %zu MiB", path,
                AG_FILE_CEILING >> 20);
        goto done;
    }
    size_t size = (size_t)st.st_size;
    if (!S_ISREG(st.st_mode)) {
        size = (size_t)1 << 24; /* a pipe has no size: take what comes, up to 16 MiB */
    }
    *text = ag_arena_alloc(arena, size + 1);
    ok = read_all(fd, *text, size, n);
    if (!ok) {
        ag_fail_errno(err, code, "cannot read %s", path);
    }
done:
    (void)close(fd);
    return ok;
}

static bool write_all(int fd, const char *text, size_t n) {
    while (n > 0) {
        ssize_t put = write(fd, text, n);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return false;
        }
        text += put;
        n -= (size_t)put;
    }
    return true;
}

static void sync_folder(const char *path) {
    ag_arena *arena = ag_arena_new();
    int fd = open(ag_path_dir(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    ag_arena_free(arena);
}

static mode_t mode_of_new(void) {
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

/* Writes beside the target, then links or renames it into place. */
static bool write_file(const char *path, const char *text, size_t n, mode_t mode, bool replace,
                       ag_error *err) {
    bool ok = false;
    ag_arena *arena = ag_arena_new();
    char *temporary = ag_arena_printf(arena, "%s.XXXXXX", path);
    int fd = mkstemp(temporary);
    if (fd < 0) {
        ag_fail_errno(err, AG_FAILED, "cannot write %s", path);
        goto done;
    }
    bool written = write_all(fd, text, n) && fsync(fd) == 0 && fchmod(fd, mode) == 0;
    int saved = errno;
    (void)close(fd);
    errno = saved;
    if (written) {
        ok = replace ? rename(temporary, path) == 0 : link(temporary, path) == 0;
    }
    saved = errno;
    if (!ok || !replace) {
        (void)unlink(temporary);
    }
    errno = saved;
    if (!ok) {
        ag_fail_errno(err, AG_FAILED, "cannot write %s", path);
        goto done;
    }
    sync_folder(path);
done:
    ag_arena_free(arena);
    return ok;
}

/* A device or a pipe is written to, never replaced by a file of its name. */
static bool write_through(const char *path, const char *text, size_t n, ag_error *err) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, text, n);
    int saved = errno;
    if (fd >= 0 && close(fd) != 0 && ok) { /* the first mistake counts */
        saved = errno;
        ok = false;
    }
    errno = saved;
    return ok || ag_fail_errno(err, AG_FAILED, "cannot write %s", path);
}

bool ag_file_write(const char *path, const char *text, size_t n, ag_error *err) {
    struct stat st;
    if (stat(path, &st) != 0 || S_ISDIR(st.st_mode)) {
        return write_file(path, text, n, mode_of_new(), true, err);
    }
    if (!S_ISREG(st.st_mode)) {
        return write_through(path, text, n, err);
    }
    char *target = realpath(path, NULL); /* of a symbolic link, what it points to is replaced */
    bool ok = write_file(target == NULL ? path : target, text, n, st.st_mode & 07777, true, err);
    free(target);
    return ok;
}

bool ag_file_create(const char *path, const char *text, size_t n, ag_error *err) {
    return write_file(path, text, n, mode_of_new(), false, err);
}

bool ag_file_exists(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool ag_dir_exists(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool ag_dir_make(const char *path, ag_error *err) {
    bool ok = true;
    char *copy = ag_xstrdup(path);
    for (char *c = copy + 1; ok && copy[0] != '\0'; c++) {
        if (*c != '/' && *c != '\0') {
            continue;
        }
        char kept = *c;
        *c = '\0';
        if (mkdir(copy, 0777) != 0 && !(errno == EEXIST && ag_dir_exists(copy))) {
            errno = errno == EEXIST ? ENOTDIR : errno; /* a file has the name */
            ok = ag_fail_errno(err, AG_FAILED, "cannot make the folder %s", copy);
        }
        *c = kept;
        if (kept == '\0') {
            break;
        }
    }
    free(copy);
    return ok;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool ag_dir_list(ag_arena *arena, const char *path, ag_strings *names, ag_error *err) {
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return ag_fail_errno(err, AG_FAILED, "cannot list the folder %s", path);
    }
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            ag_vec_push(arena, names, ag_arena_strdup(arena, entry->d_name));
        }
    }
    (void)closedir(dir);
    if (names->n > 1) {
        qsort(names->items, names->n, sizeof *names->items, by_text);
    }
    return true;
}

char *ag_path_join(ag_arena *arena, const char *folder, const char *name) {
    if (name[0] == '/' || folder == NULL || folder[0] == '\0') {
        return ag_arena_strdup(arena, name);
    }
    const char *slash = ag_text_ends(folder, "/") ? "" : "/";
    return ag_arena_printf(arena, "%s%s%s", folder, slash, name);
}

char *ag_path_dir(ag_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ag_arena_strdup(arena, ".");
    }
    return ag_arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *ag_path_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

char *ag_path_absolute(ag_arena *arena, const char *path) {
    char *cwd = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *whole = cwd == NULL ? ag_arena_strdup(arena, path) : ag_path_join(arena, cwd, path);
    free(cwd);
    char *out = ag_arena_alloc(arena, strlen(whole) + 2);
    size_t n = 0;
    for (const char *p = whole; *p != '\0';) {
        p += strspn(p, "/");
        size_t part = strcspn(p, "/");
        if (part == 2 && p[0] == '.' && p[1] == '.') {
            while (n > 0 && out[--n] != '/') {
            }
        } else if (part > 0 && !(part == 1 && p[0] == '.')) {
            out[n++] = '/';
            memcpy(out + n, p, part);
            n += part;
        }
        p += part;
    }
    if (n == 0) {
        out[n++] = '/';
    }
    out[n] = '\0';
    return out;
}
