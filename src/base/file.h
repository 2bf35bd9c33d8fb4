/*
 * Files: read whole, written atomically (temporary file, fsync, rename), listed in order.
 * All errors are AG_FAILED unless a code is passed; messages name the path and the system's reason.
 */
#ifndef AG_BASE_FILE_H
#define AG_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"

/** Largest file that is read whole, in bytes. */
#define AG_FILE_CEILING ((size_t)1 << 30)

/**
 * Reads a whole file into the arena, NUL-terminated; `*n` is its size without the NUL. A missing or
 * unreadable file is an error with the given code.
 */
bool ag_file_read(ag_arena *arena, const char *path, ag_code code, char **text, size_t *n,
                  ag_error *err);
/**
 * Writes a file so that it appears whole or not at all. Replaces an existing file, whose mode is
 * kept; writes into what is no regular file (a device, a pipe).
 */
bool ag_file_write(const char *path, const char *text, size_t n, ag_error *err);
/** As ag_file_write, but fails when the file exists already. */
bool ag_file_create(const char *path, const char *text, size_t n, ag_error *err);

bool ag_file_exists(const char *path);
bool ag_dir_exists(const char *path);
/** Makes a folder and its parents. */
bool ag_dir_make(const char *path, ag_error *err);
/**
 * Names in a folder (files and folders, without "." and ".."), sorted by byte. A missing folder is
 * an error of code AG_FAILED.
 */
bool ag_dir_list(ag_arena *arena, const char *path, ag_strings *names, ag_error *err);

/** "a" + "b" = "a/b"; an absolute `name` is returned as it is. */
char *ag_path_join(ag_arena *arena, const char *folder, const char *name);
/** The folder part of a path ("." when there is none). */
char *ag_path_dir(ag_arena *arena, const char *path);
/** The last part of a path; points into `path`. */
const char *ag_path_base(const char *path);
/** Absolute form with "." and ".." taken out by text; symbolic links are not followed. */
char *ag_path_absolute(ag_arena *arena, const char *path);

#endif
