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

#define WHOLE(type, bytes)                                                                                             \
	_Static_assert(sizeof(struct type) == (bytes), "the size of " #type " has changed");                           \
	_Static_assert(sizeof(struct type) % 8 == 0, #type " is not a multiple of 8")

WHOLE(kevent_hdr, 64);
WHOLE(kevent_process, 248);
WHOLE(kevent_fork, 104);
WHOLE(kevent_exit, 72);
WHOLE(kevent_syscall, 136);
WHOLE(kevent_open, 112);
WHOLE(kevent_socket, 208);
WHOLE(kevent_counters, 136);
