/* SPDX-License-Identifier: GPL-2.0 */
/* maps.h - the maps and variables that the program files share; defined in maps.bpf.c. */
#ifndef PROBE_MAPS_H
#define PROBE_MAPS_H

#include "kernel.h"

#include "../include/kevent.h"

#include "syscalls.h"

/* Components of a path that are followed, mounts included; deeper paths lose their top and are marked as truncated. */
#define WALK_MAX 64

/* The longest record: struct kevent_process with all its strings. */
#define RECORD_MAX                                                                                                     \
	(sizeof(struct kevent_process) + 3 * KEVENT_PATH_MAX + KEVENT_CGROUP_MAX + KEVENT_ARGV_MAX + KEVENT_ENV_MAX)

/* A path while it is walked. It lives in map memory, whose values the verifier does not track one by one. */
struct walk {
	__u64 mount; /* struct mount */
	__u64 mount_root;
	__u64 dentry;
	__u64 node;	  /* struct kernfs_node, for a cgroup */
	__u64 root_mount; /* of the process's own "/" */
	__u64 root_dentry;
	__u32 count;
	__u32 bytes; /* of all parts, including a slash for each */
	__u32 cut;
	__u32 nameless; /* neither a name nor a root, as of a pipe or a socket */
	__u32 at;	/* where the next part is written */
	__u32 _pad;
	struct {
		__u64 name;
		__u64 length;
	} part[WALK_MAX];
};

/* An area of argv or of the environment while it is read; in map memory for the same reason. */
struct area {
	__u64 from; /* what is read next, in user space */
	__u64 end;
};

/* Programs that can interrupt each other have one scratch buffer each; no program interrupts itself on the same CPU. */
enum scratch_user {
	SCRATCH_SYSCALL = 0,
	SCRATCH_EXEC = 1,
	SCRATCH_SNAPSHOT = 2,
	SCRATCH_IO_URING = 3,
	SCRATCH_MAX = 4,
};

/* A value of a per-CPU array may have 32 KiB. */
struct scratch {
	struct walk walk;
	struct area area;
	__u8 record[RECORD_MAX];
	__u8 slack[256]; /* the verifier assumes that the last part of a path may extend to here */
};

_Static_assert(sizeof(struct scratch) <= 32768, "scratch exceeds a per-CPU value");

struct ring_map {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20);
};

struct counters_map {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct kevent_counters);
};

struct scratches_map {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SCRATCH_MAX);
	__type(key, __u32);
	__type(value, struct scratch);
};

/* Processes whose exit has been reported (probe_exit). */
struct ended_process {
	__u64 start;
	__u64 pid;
};

struct ended_map {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct ended_process);
	__type(value, __u8);
};

struct handlers_map {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, HANDLER_MAX);
	__type(key, __u32);
	__type(value, __u32);
};

extern struct ring_map ring SEC(".maps");
extern struct counters_map counters SEC(".maps");
extern struct scratches_map scratches SEC(".maps");
extern struct ended_map ended SEC(".maps");
extern struct handlers_map handlers SEC(".maps");

/* Tunables, set before loading. */
extern const volatile __u32 wakeup_bytes; /* power of two */
extern const volatile __u32 env_bytes;
extern const volatile bool can_cast; /* the kernel has bpf_rdonly_cast (peek.h) */

/* Changed while running. */
extern __u64 selected[SYSCALL_MAX / 64]; /* bit nr: the syscall nr is sent */
extern __u64 watched[SYSCALL_MAX / 64];	 /* bit nr: a syscall with this number, in any table, may be sent */
extern __u32 own_tgid;			 /* in the initial namespace; its syscalls are not sent */
extern __u32 reader_idle;		 /* set by a reader that waits for one record; cleared by the first */

/* Written by the snapshot. */
extern __u64 snapshot_processes;

#endif
