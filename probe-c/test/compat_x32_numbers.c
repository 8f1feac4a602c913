// SPDX-License-Identifier: Apache-2.0
/* The same for x32, whose header defines the same names. */
#ifdef __x86_64__

#define __X32_SYSCALL_BIT 0x40000000
#include <asm/unistd_x32.h>

#include "../bpf/compat.h"

#define SAME(number, name) _Static_assert((__NR_##name & ~__X32_SYSCALL_BIT) == (number), #name);

COMPAT_X32_ROWS(SAME)

#endif
