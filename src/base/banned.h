/*
 * Functions that nobody here may call. Every source of src/ is compiled with this header first;
 * the system headers that declare them are included before they are poisoned.
 *
 * Unbounded writers, parsers that hide overflow, and what keeps state of the process or looks at
 * the locale. Use snprintf, ag_buf, strtol with its checks, the _r forms, and base/str.h.
 */
#ifndef AG_BASE_BANNED_H
#define AG_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#pragma GCC poison strcpy strcat stpcpy strncpy strncat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll atof
#pragma GCC poison tmpnam tempnam mktemp asctime ctime localtime gmtime setlocale

#endif
