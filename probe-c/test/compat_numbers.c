// SPDX-License-Identifier: Apache-2.0
/* The numbers of bpf/compat.h are those of the kernel's headers; checked when this is compiled. */
#ifdef __x86_64__

#include <asm/unistd_32.h>
#include <linux/net.h>

#include "../bpf/compat.h"

#ifndef __NR_fchmodat2 /* newer than the headers of Debian 12 */
#define __NR_fchmodat2 452
#endif

#define SAME(number, name, ours, flags) _Static_assert(__NR_##name == (number), #name);
#define SAME_SOCKET(number, name, ours, count) _Static_assert(SYS_##name == (number), #name);

COMPAT_I386_ROWS(SAME)
COMPAT_SOCKET_ROWS(SAME_SOCKET)

#endif
