/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * kevent.h - the records that the probe writes to its ring, and nothing else.
 *
 * This header is the contract between probe-c, which writes the records, and the Java module kevent, which reads them
 * in place. Rules: only fixed-width integers and char arrays; explicit padding; sizes are multiples of 8; little
 * endian; fields are only appended, type numbers never reused; every change raises KEVENT_ABI_VERSION and regenerates
 * kevent/src/main/resources/kevent.layout (bin/abi), which the Java decoders are tested against.
 *
 * A record is a fixed struct followed by its strings, without terminators, in the order of the struct's *_len fields.
 * hdr.length covers all of it. A string longer than its bound is cut and KEVENT_F_TRUNCATED is set. A string that could
 * not be read has length 0 and KEVENT_F_FAULT is set. Ids are those of the initial namespaces unless the name begins
 * with v. A path of more than 64 components (mounts included) loses its top: it is marked as truncated and does not
 * begin with a slash. In kevent_process, truncated says which strings were cut, the environment included, which is cut
 * at the length that the caller has chosen and does not set KEVENT_F_TRUNCATED.
 */
#ifndef KEVENT_H
#define KEVENT_H

#ifndef __BPF__
#include <linux/types.h>
#endif

#define KEVENT_ABI_VERSION 3

enum kevent_type {
	KEVENT_PROCESS = 1, /* struct kevent_process: a process found at start-up (state, not an event) */
	KEVENT_EXEC = 2,    /* struct kevent_process: a successful execve/execveat, state after it */
	KEVENT_FORK = 3,    /* struct kevent_fork: a new process (not a thread) */
	KEVENT_EXIT = 4,    /* struct kevent_exit: a process ended (its last thread) */
	KEVENT_SYSCALL = 5, /* struct kevent_syscall */
	KEVENT_OPEN = 6,    /* struct kevent_open: open, openat, openat2, creat, open_by_handle_at */
	KEVENT_SOCKET = 7,  /* struct kevent_socket: a call on a socket descriptor, dup included */
};

/* hdr.flags */
#define KEVENT_F_TRUNCATED 0x1u /* a string was cut at its bound */
#define KEVENT_F_FAULT 0x2u	/* a string or struct of user space could not be read */
#define KEVENT_F_COMPAT 0x4u	/* made by a 32-bit call, or one of x32; number and arguments are as of a 64-bit one */
#define KEVENT_F_IO_URING                                                                                              \
	0x8u /* submitted through io_uring: the result is not known, ret and all that follows from it is 0 */
#define KEVENT_F_OF(flags) ((flags)&0xffffu)
#define KEVENT_F_THREADS_SHIFT 16 /* bits 16 to 31: threads of the process, at most 65535; 0 if not known */

/*
 * String bounds, bytes. argv and env are NUL-separated. argv[0] and the other arguments have a bound each, so that a
 * long argv[0] hides no argument: what is over of argv[0] is left out, its NUL is not.
 */
#define KEVENT_PATH_MAX 4096
#define KEVENT_ARGV0_MAX 4096 /* its NUL included */
#define KEVENT_ARGS_MAX 4096
#define KEVENT_ARGV_MAX (KEVENT_ARGV0_MAX + KEVENT_ARGS_MAX)
#define KEVENT_ENV_MAX 4096
#define KEVENT_CGROUP_MAX 1024

/* The classes by which records and losses are counted. */
enum kevent_class {
	KEVENT_CLASS_PROCESS = 0, /* exec, fork, exit, start-up snapshot */
	KEVENT_CLASS_OPEN = 1,
	KEVENT_CLASS_FILE = 2, /* unlink, rename, mkdir, link, chmod, chown, mount ... */
	KEVENT_CLASS_NET = 3,
	KEVENT_CLASS_OTHER = 4,
	KEVENT_CLASS_MAX = 5,
};

/* Per-CPU counters, summed by probe_counters(). */
struct kevent_counters {
	__u64 emitted[KEVENT_CLASS_MAX];   /* records submitted to the ring */
	__u64 ring_full[KEVENT_CLASS_MAX]; /* records lost because the ring had no room */
	__u64 scratch[KEVENT_CLASS_MAX];   /* records lost because a program could not run, or had no buffer */
	__u64 faults;			   /* records sent with a string that could not be read */
	__u64 compat;			   /* 32-bit syscalls that are not decoded: on arm64 only */
};

/*
 * 0        8        12     14    16    20    24         32          40       56    60    64
 * | ktime  | length | type | cpu | pid | tid | start    | cgroup_id | comm   | uid | flags |
 */
struct kevent_hdr {
	__u64 ktime;  /* ns since boot, CLOCK_BOOTTIME; of a syscall: when it returned */
	__u32 length; /* bytes, this header and the strings included */
	__u16 type;   /* enum kevent_type */
	__u16 cpu;
	__u32 pid; /* thread group id */
	__u32 tid;
	__u64 start;	 /* start of the thread group leader, ns since boot: (pid, start) never repeats */
	__u64 cgroup_id; /* inode of the cgroup: default hierarchy if its level > 0, else memory, else pids css */
	char comm[16];	 /* of the calling thread, NUL-padded */
	__u32 uid;	 /* effective uid of the calling thread */
	__u32 flags;	 /* KEVENT_F_* */
};

/* The whole state of a process. Strings: exe, cwd, filename, cgroup, argv, env. */
struct kevent_process {
	struct kevent_hdr hdr;
	__u64 parent_start; /* of the parent's thread group leader; 0 without a parent */
	__u64 cap_permitted;
	__u64 cap_effective;
	__u64 cap_inheritable;
	__u64 exe_ino;
	__u64 exe_ctime;   /* ns since the epoch */
	__u64 exe_mtime;   /* ns since the epoch */
	__u64 pidns_start; /* start of the pid namespace's first process, ns since boot; 0 if unknown */
	__u32 ppid;	   /* thread group id of the real parent; 0 without a parent */
	__u32 ruid;
	__u32 euid;
	__u32 suid;
	__u32 rgid;
	__u32 egid;
	__u32 sgid;
	__u32 loginuid; /* 0xffffffff if not set */
	__u32 vpid;	/* in the process's own pid namespace */
	__u32 vtid;
	__u32 pgid;
	__u32 vpgid;
	__u32 sid;
	__u32 vsid;
	__u32 tty; /* device number as in the kernel's dev_t, major << 20 | minor; 0 if none */
	__u32 ns_mnt;
	__u32 ns_pid;
	__u32 ns_net;
	__u32 ns_user;
	__u32 ns_uts;
	__u32 ns_ipc;
	__u32 ns_cgroup;
	__u32 exe_dev;
	__u32 exe_mode;	 /* i_mode */
	__u32 exe_flags; /* KEVENT_EXE_* */
	__u32 threads;	 /* in the thread group */
	__u16 nr;	 /* execve, or execveat if a descriptor was passed; 0 in KEVENT_PROCESS */
	__u16 exe_len;	 /* absolute path of the executable, up through mounts; " (deleted)" is not appended */
	__u16 cwd_len;
	__u16 filename_len; /* as passed to execve */
	__u16 cgroup_len;   /* path of the cgroup that cgroup_id names */
	__u16 argv_len;
	__u16 env_len;
	__u16 _pad;
	__u64 truncated; /* KEVENT_CUT_*; since version 2 */
};

/* The strings of which a part is missing: over its bound, or not readable. */
#define KEVENT_CUT_ARGV0 0x1u
#define KEVENT_CUT_ARGS 0x2u /* the arguments after argv[0] */
#define KEVENT_CUT_ENV 0x4u
#define KEVENT_CUT_EXE 0x8u
#define KEVENT_CUT_CWD 0x10u
#define KEVENT_CUT_CGROUP 0x20u
#define KEVENT_CUT_FILENAME 0x40u

#define KEVENT_EXE_WRITABLE 0x1u    /* the process may write the file it runs */
#define KEVENT_EXE_UPPER_LAYER 0x2u /* the file is in the upper layer of an overlayfs */
#define KEVENT_EXE_MEMFD 0x4u	    /* the file is a memfd */
#define KEVENT_EXE_LOWER_LAYER 0x8u /* the file is in a lower layer of an overlayfs */
#define KEVENT_EXE_DELETED 0x10u    /* the file has been unlinked */

/* hdr is the parent's. */
struct kevent_fork {
	struct kevent_hdr hdr;
	__u64 child_start;
	__u64 child_cgroup_id;
	__u64 clone_flags; /* CLONE_* where known, else 0 */
	__u32 child_pid;
	__u32 child_vpid;
	__u32 child_ns_pid;
	__u32 _pad;
};

struct kevent_exit {
	struct kevent_hdr hdr;
	__s32 code; /* wait status: exit status << 8 | signal */
	__u32 _pad;
};

/* Any other syscall. Strings: four at most; nr decides what they are, see the table in docs/probe.md. */
struct kevent_syscall {
	struct kevent_hdr hdr;
	__s64 ret;
	__u64 args[6]; /* as passed */
	__u16 nr;      /* native syscall number */
	__u16 str_len[4];
	__u16 file_mode; /* i_mode of the file behind the row's descriptor; 0 if there is none */
	__u32 dev;	 /* of that file; 0 if not known, as before version 3 */
	__u64 ino;	 /* since version 3 */
};

/* Strings: path as passed, path of the opened file (empty if the call failed), path of dirfd (only if the passed path
 * is relative). */
struct kevent_open {
	struct kevent_hdr hdr;
	__s64 ret;
	__u64 ino;
	__u32 dev;
	__u32 flags; /* O_*; of openat2: those in struct open_how */
	__u32 mode;
	__s32 dirfd;	 /* AT_FDCWD for open and creat */
	__u32 file_mode; /* i_mode; 0 if the call failed */
	__u32 state;	 /* KEVENT_OPEN_* */
	__u16 nr;
	__u16 path_len;
	__u16 file_len;
	__u16 dir_len;
	__u64 resolve; /* RESOLVE_* of openat2, 0 of others; since version 3 */
};

#define KEVENT_OPEN_CREATED 0x1u     /* the call created the file */
#define KEVENT_OPEN_UPPER_LAYER 0x2u /* the file is in the upper layer of an overlayfs */
#define KEVENT_OPEN_LOWER_LAYER 0x4u

/*
 * A call on a socket: socket, socketpair, bind, connect, listen, accept, accept4, sendto, sendmsg, sendmmsg, recvfrom,
 * recvmsg, recvmmsg; dup, dup2, dup3, fcntl(F_DUPFD*) of a socket. Addresses are network byte order, IPv4 in the first
 * 4 bytes; ports host byte order; all zero when unknown. Strings: unix path of the local, of the remote end (abstract:
 * leading NUL kept); where the kernel knows no remote end, the path that the caller passed.
 */
struct kevent_socket {
	struct kevent_hdr hdr;
	__s64 ret;
	__u64 args[6];
	__u64 ino; /* of the socket; 0 if there is none */
	__u8 local_addr[16];
	__u8 remote_addr[16];
	__u8 user_addr[16]; /* the sockaddr passed by the caller; of recvfrom, recvmsg: returned to it */
	__u16 local_port;
	__u16 remote_port;
	__u16 user_port;
	__u16 user_family; /* AF_*; 0 if none was passed */
	__u16 family;	   /* AF_*; 0 if there is no socket */
	__u16 sock_type;   /* SOCK_STREAM ... */
	__u16 protocol;	   /* IPPROTO_* */
	__u16 state;	   /* of a TCP socket, such as TCP_LISTEN; 0 for others */
	__s32 fd;	   /* the descriptor that the call is about: of accept, dup, socket the new one; -1 if none */
	__u16 nr;
	__u16 local_len;
	__u16 remote_len;
	__u16 is_server; /* 1 if the socket came from accept, or listens */
	__u32 queue; /* accept: backlog length << 16 | backlog maximum, capped; socketpair: second descriptor; else 0 */
};

#endif
