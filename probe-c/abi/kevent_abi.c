/* SPDX-License-Identifier: Apache-2.0 */
/* One variable of each struct of kevent.h, so that the BTF lists them all. Compiled with -Wpadded: no hidden padding.
 */
#include "kevent.h"

struct kevent_hdr kevent_hdr;
struct kevent_process kevent_process;
struct kevent_fork kevent_fork;
struct kevent_exit kevent_exit;
struct kevent_syscall kevent_syscall;
struct kevent_open kevent_open;
struct kevent_socket kevent_socket;
struct kevent_counters kevent_counters;

/* The sizes are in kevent.layout, which bin/abi --check holds against this. */
#define WHOLE(type) _Static_assert(sizeof(struct type) % 8 == 0, #type " is not a multiple of 8")

WHOLE(kevent_hdr);
WHOLE(kevent_process);
WHOLE(kevent_fork);
WHOLE(kevent_exit);
WHOLE(kevent_syscall);
WHOLE(kevent_open);
WHOLE(kevent_socket);
WHOLE(kevent_counters);
