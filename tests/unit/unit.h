/* What every cmocka program includes; cmocka.h wants these headers first. */
#ifndef AG_TESTS_UNIT_H
#define AG_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
