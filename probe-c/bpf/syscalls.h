/* SPDX-License-Identifier: GPL-2.0 */
/*
 * syscalls.h - one row per syscall: its handler, its class, and which arguments are strings or descriptors. Compiled
 * into the programs, and into the library for the default selection.
 */
#ifndef PROBE_SYSCALLS_H
#define PROBE_SYSCALLS_H

#include <asm/unistd.h>

#include "../include/kevent.h"

#include "compat.h"

#define SYSCALL_MAX 512

#ifndef __NR_fchmodat2 /* 6.6, newer than the headers of Debian 12 */
#define __NR_fchmodat2 452
#endif

enum handler {
	HANDLER_NONE = 0,
	HANDLER_SYSCALL = 1,
	HANDLER_OPEN = 2,
	HANDLER_SOCKET = 3,
	HANDLER_DUP = 4,
	HANDLER_TRANSFER = 5,
	HANDLER_FOREIGN = 6,
	HANDLER_MAX = 7,
};

/* Arguments are counted from 1; 0 means none. */
struct syscall_row {
	__u8 handler;	    /* enum handler */
	__u8 class;	    /* enum kevent_class */
	__u8 first;	    /* the user string that becomes string 0 */
	__u8 second;	    /* ... string 1 */
	__u8 third;	    /* ... string 2 */
	__u8 old_directory; /* descriptor whose path becomes string 2, if string 0 is a relative path */
	__u8 directory;	    /* descriptor whose path becomes string 3, if the last string is a relative path */
	__u8 descriptor;    /* descriptor whose path becomes string 3, and whose file is described */
};

#define RESULT 7 /* the return value, in place of an argument */

#define FILE_ROW(...)                                                                                                  \
	{                                                                                                              \
		.handler = HANDLER_SYSCALL, .class = KEVENT_CLASS_FILE, __VA_ARGS__                                    \
	}
#define OTHER_ROW(...)                                                                                                 \
	{                                                                                                              \
		.handler = HANDLER_SYSCALL, .class = KEVENT_CLASS_OTHER, ##__VA_ARGS__                                 \
	}
#define OPEN_ROW                                                                                                       \
	{                                                                                                              \
		.handler = HANDLER_OPEN, .class = KEVENT_CLASS_OPEN                                                    \
	}
#define SOCKET_ROW                                                                                                     \
	{                                                                                                              \
		.handler = HANDLER_SOCKET, .class = KEVENT_CLASS_NET                                                   \
	}
#define TRANSFER_ROW                                                                                                   \
	{                                                                                                              \
		.handler = HANDLER_TRANSFER, .class = KEVENT_CLASS_NET                                                 \
	}
#define DUP_ROW                                                                                                        \
	{                                                                                                              \
		.handler = HANDLER_DUP, .class = KEVENT_CLASS_OTHER, .descriptor = RESULT                              \
	}

static const struct syscall_row syscall_rows[SYSCALL_MAX] = {
	[__NR_openat] = OPEN_ROW,
	[__NR_openat2] = OPEN_ROW,
	[__NR_open_by_handle_at] = OPEN_ROW,

	[__NR_socket] = SOCKET_ROW,
	[__NR_socketpair] = SOCKET_ROW,
	[__NR_bind] = SOCKET_ROW,
	[__NR_connect] = SOCKET_ROW,
	[__NR_listen] = SOCKET_ROW,
	[__NR_accept] = SOCKET_ROW,
	[__NR_accept4] = SOCKET_ROW,
	[__NR_sendto] = TRANSFER_ROW,
	[__NR_sendmsg] = TRANSFER_ROW,
	[__NR_sendmmsg] = TRANSFER_ROW,
	[__NR_recvfrom] = TRANSFER_ROW,
	[__NR_recvmsg] = TRANSFER_ROW,
	[__NR_recvmmsg] = TRANSFER_ROW,

	[__NR_dup] = DUP_ROW,
	[__NR_dup3] = DUP_ROW,
	[__NR_fcntl] = DUP_ROW,
	[__NR_close] = OTHER_ROW(),

	[__NR_unlinkat] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_mkdirat] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_mknodat] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_fchmodat] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_fchmodat2] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_fchownat] = FILE_ROW(.first = 2, .descriptor = 1),
	[__NR_fchmod] = FILE_ROW(.descriptor = 1),
	[__NR_fchown] = FILE_ROW(.descriptor = 1),
	[__NR_renameat] = FILE_ROW(.first = 2, .second = 4, .old_directory = 1, .directory = 3),
	[__NR_renameat2] = FILE_ROW(.first = 2, .second = 4, .old_directory = 1, .directory = 3),
	[__NR_linkat] = FILE_ROW(.first = 2, .second = 4, .old_directory = 1, .directory = 3),
	[__NR_symlinkat] = FILE_ROW(.first = 1, .second = 3, .descriptor = 2),
	[__NR_mount] = FILE_ROW(.first = 1, .second = 2, .third = 3),
	[__NR_umount2] = FILE_ROW(.first = 1),
	[__NR_move_mount] = FILE_ROW(.first = 2, .second = 4, .old_directory = 1, .directory = 3),
	[__NR_chroot] = FILE_ROW(.first = 1),
	[__NR_pivot_root] = FILE_ROW(.first = 1, .second = 2),
	[__NR_chdir] = FILE_ROW(.first = 1),
	[__NR_fchdir] = FILE_ROW(.descriptor = 1),
#ifdef __NR_open /* arm64 has only the *at forms */
	[__NR_open] = OPEN_ROW,
	[__NR_creat] = OPEN_ROW,
	[__NR_dup2] = DUP_ROW,
	[__NR_unlink] = FILE_ROW(.first = 1),
	[__NR_rmdir] = FILE_ROW(.first = 1),
	[__NR_mkdir] = FILE_ROW(.first = 1),
	[__NR_mknod] = FILE_ROW(.first = 1),
	[__NR_chmod] = FILE_ROW(.first = 1),
	[__NR_chown] = FILE_ROW(.first = 1),
	[__NR_lchown] = FILE_ROW(.first = 1),
	[__NR_rename] = FILE_ROW(.first = 1, .second = 2),
	[__NR_link] = FILE_ROW(.first = 1, .second = 2),
	[__NR_symlink] = FILE_ROW(.first = 1, .second = 2),
#endif

	[__NR_execve] = OTHER_ROW(.first = 1),
	[__NR_execveat] = OTHER_ROW(.first = 2, .directory = 1),
	[__NR_setuid] = OTHER_ROW(),
	[__NR_setgid] = OTHER_ROW(),
	[__NR_setreuid] = OTHER_ROW(),
	[__NR_setregid] = OTHER_ROW(),
	[__NR_setresuid] = OTHER_ROW(),
	[__NR_setresgid] = OTHER_ROW(),
	[__NR_setfsuid] = OTHER_ROW(),
	[__NR_setfsgid] = OTHER_ROW(),
	[__NR_setgroups] = OTHER_ROW(),
	[__NR_setsid] = OTHER_ROW(),
	[__NR_setpgid] = OTHER_ROW(),
	[__NR_capset] = OTHER_ROW(),
	[__NR_setns] = OTHER_ROW(.descriptor = 1),
	[__NR_unshare] = OTHER_ROW(),
	[__NR_ptrace] = OTHER_ROW(),
	[__NR_process_vm_readv] = OTHER_ROW(),
	[__NR_process_vm_writev] = OTHER_ROW(),
	[__NR_init_module] = OTHER_ROW(.first = 3),
	[__NR_finit_module] = OTHER_ROW(.first = 2, .descriptor = 1),
	[__NR_delete_module] = OTHER_ROW(.first = 1),
	[__NR_bpf] = OTHER_ROW(),
	[__NR_kill] = OTHER_ROW(),
	[__NR_tkill] = OTHER_ROW(),
	[__NR_tgkill] = OTHER_ROW(),
	[__NR_memfd_create] = OTHER_ROW(.first = 1),
	[__NR_userfaultfd] = OTHER_ROW(),
	[__NR_prctl] = OTHER_ROW(.first = 2), /* PR_SET_NAME only: probe_syscall */
};

#endif
