/* The entry of a fuzz target: libFuzzer calls it, or driver.c over the files of a corpus. */
#ifndef AG_TESTS_FUZZ_H
#define AG_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** Must return 0 for every input; a failing input is one that crashes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
