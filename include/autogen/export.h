/* Visibility of the public functions: everything else stays hidden in the library. */
#ifndef AUTOGEN_EXPORT_H
#define AUTOGEN_EXPORT_H

#if defined(__GNUC__) || defined(__clang__)
#define AG_API __attribute__((visibility("default")))
#else
#define AG_API
#endif

#endif
