/* SPDX-License-Identifier: GPL-2.0 */
/* process.h - the state of a process, as both exec and the start-up snapshot send it. */
#ifndef PROBE_PROCESS_H
#define PROBE_PROCESS_H

#include "emit.h"
#include "path.h"
#include "task.h"

#define CAP_DAC_OVERRIDE 1
#define GROUPS_MAX 32
#define CTIME_QUERIED (1u << 31) /* a flag in i_ctime_nsec since 6.13 (4e40eff0b573) */

static __always_inline __u64 process_capabilities(const kernel_cap_t *set)
{
	__u64 value = 0;

	/* 8 bytes in either form: on little-endian machines the two words read as one number. */
	bpf_probe_read_kernel(&value, sizeof(value), set);
	return value;
}

static __always_inline void process_credentials(struct kevent_process *process, const struct cred *cred)
{
	process->ruid = cred->uid.val;
	process->euid = cred->euid.val;
	process->suid = cred->suid.val;
	process->rgid = cred->gid.val;
	process->egid = cred->egid.val;
	process->sgid = cred->sgid.val;
	process->cap_permitted = process_capabilities(__builtin_preserve_access_index(&cred->cap_permitted));
	process->cap_effective = process_capabilities(__builtin_preserve_access_index(&cred->cap_effective));
	process->cap_inheritable = process_capabilities(__builtin_preserve_access_index(&cred->cap_inheritable));
	process->ns_user = cred->user_ns->ns.inum;
}

static __always_inline void process_identity(struct kevent_process *process, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	struct task_struct *parent = task->real_parent;
	struct tty_struct *tty = signal->tty;
	__u32 initial;

	task_pid_numbers(signal->pids[PIDTYPE_TGID], &initial, &process->vpid);
	task_pid_numbers(task->thread_pid, &initial, &process->vtid);
	task_pid_numbers(signal->pids[PIDTYPE_PGID], &process->pgid, &process->vpgid);
	task_pid_numbers(signal->pids[PIDTYPE_SID], &process->sid, &process->vsid);
	process->ppid = parent->tgid;
	process->parent_start = process->ppid ? parent->group_leader->start_boottime : 0;
	process->tty = tty ? tty->driver->major << 20 | (tty->driver->minor_start + tty->index) : 0;
	process->loginuid = bpf_core_field_exists(task->loginuid) ? task->loginuid.val : (__u32)-1;
	process->threads = signal->nr_threads;
}

/* The process's own pid namespace: nsproxy has that of its future children, which unshare may have changed. */
static __always_inline struct pid_namespace *process_pid_namespace(struct task_struct *task)
{
	struct pid_namespace *space = NULL;

	bpf_probe_read_kernel(&space, sizeof(space),
			      task_innermost(task->thread_pid) + bpf_core_field_offset(struct upid, ns));
	return space;
}

static __always_inline void process_namespaces(struct kevent_process *process, struct task_struct *task)
{
	struct nsproxy *proxy = task->nsproxy;
	struct pid_namespace *space = process_pid_namespace(task);

	process->ns_mnt = proxy->mnt_ns->ns.inum;
	process->ns_net = proxy->net_ns->ns.inum;
	process->ns_uts = proxy->uts_ns->ns.inum;
	process->ns_ipc = proxy->ipc_ns->ns.inum;
	process->ns_cgroup = bpf_core_field_exists(proxy->cgroup_ns) ? proxy->cgroup_ns->ns.inum : 0;
	process->ns_pid = BPF_CORE_READ(space, ns.inum);
	process->pidns_start = BPF_CORE_READ(space, child_reaper, start_boottime);
}

static __always_inline __u64 process_nanos(long long seconds, long long nanos)
{
	return seconds * 1000000000ULL + nanos;
}

#define process_set_times(process, inode, mtime, ctime)                                                                \
	do {                                                                                                           \
		(process)->exe_mtime =                                                                                 \
			process_nanos(BPF_CORE_READ(inode, mtime.tv_sec), BPF_CORE_READ(inode, mtime.tv_nsec));        \
		(process)->exe_ctime =                                                                                 \
			process_nanos(BPF_CORE_READ(inode, ctime.tv_sec), BPF_CORE_READ(inode, ctime.tv_nsec));        \
	} while (0)

/* The times of an inode were renamed in 6.6, 6.7 and 6.11. */
static __always_inline void process_times(struct kevent_process *process, struct inode *inode)
{
	struct inode___before_6_6 *oldest = (void *)inode;
	struct inode___6_6 *older = (void *)inode;
	struct inode___6_7 *old = (void *)inode;

	if (bpf_core_field_exists(inode->i_mtime_sec)) {
		process->exe_mtime = process_nanos(inode->i_mtime_sec, inode->i_mtime_nsec);
		process->exe_ctime = process_nanos(inode->i_ctime_sec, inode->i_ctime_nsec & ~CTIME_QUERIED);
	} else if (bpf_core_field_exists(old->__i_mtime)) {
		process_set_times(process, old, __i_mtime, __i_ctime);
	} else if (bpf_core_field_exists(older->__i_ctime)) {
		process_set_times(process, older, i_mtime, __i_ctime);
	} else {
		process_set_times(process, oldest, i_mtime, i_ctime);
	}
}

static __always_inline bool process_in_group(const struct cred *cred, __u32 gid)
{
	struct group_info *groups = cred->group_info;
	void *base = (void *)groups + bpf_core_field_offset(struct group_info, gid);
	int count = groups->ngroups;
	int i;

	if (cred->fsgid.val == gid)
		return true;
	for (i = 0; i < GROUPS_MAX; i++) {
		__u32 member = -1;

		if (i >= count)
			break;
		bpf_probe_read_kernel(&member, sizeof(member), base + i * sizeof(member));
		if (member == gid)
			return true;
	}
	return false;
}

/* By mode bits and CAP_DAC_OVERRIDE; access lists, read-only mounts and the immutable flag are not considered. */
static __always_inline bool process_may_write(const struct cred *cred, struct inode *inode, __u64 effective)
{
	if (effective & 1 << CAP_DAC_OVERRIDE)
		return true;
	if (cred->fsuid.val == inode->i_uid.val)
		return inode->i_mode & 0200;
	if (process_in_group(cred, inode->i_gid.val))
		return inode->i_mode & 0020;
	return inode->i_mode & 0002;
}

static __always_inline bool process_is_memfd(struct dentry *dentry)
{
	char name[6] = {};

	if (dentry->d_parent != dentry)
		return false;
	bpf_probe_read_kernel(name, sizeof(name), dentry->d_name.name);
	return name[0] == 'm' && name[1] == 'e' && name[2] == 'm' && name[3] == 'f' && name[4] == 'd' && name[5] == ':';
}

static __always_inline void process_executable(struct kevent_process *process, struct task_struct *task)
{
	struct mm_struct *mm = task->mm;
	struct file *exe = mm ? mm->exe_file : NULL;
	struct inode *inode = exe ? exe->f_inode : NULL;
	__u32 layer;

	process->exe_ino = process->exe_ctime = process->exe_mtime = 0;
	process->exe_dev = process->exe_mode = process->exe_flags = 0;
	if (!inode)
		return;
	process->exe_ino = inode->i_ino;
	process->exe_dev = inode->i_sb->s_dev;
	process->exe_mode = inode->i_mode;
	process_times(process, inode);
	layer = path_layer(inode);
	if (layer)
		process->exe_flags |= layer == LAYER_UPPER ? KEVENT_EXE_UPPER_LAYER : KEVENT_EXE_LOWER_LAYER;
	if (process_may_write(task->cred, inode, process->cap_effective))
		process->exe_flags |= KEVENT_EXE_WRITABLE;
	if (process_is_memfd(exe->f_path.dentry))
		process->exe_flags |= KEVENT_EXE_MEMFD;
	if (inode->i_nlink == 0)
		process->exe_flags |= KEVENT_EXE_DELETED;
}

/* Fills in the fields of fixed size. */
static __always_inline void process_fill(struct kevent_process *process, struct task_struct *task, __u16 type)
{
	task_fill(&process->hdr, task, type);
	process_credentials(process, task->cred);
	process_identity(process, task);
	process_namespaces(process, task);
	process_executable(process, task);
	process->nr = 0;
	process->exe_len = process->cwd_len = process->filename_len = 0;
	process->cgroup_len = process->argv_len = process->env_len = 0;
	process->_pad = 0;
	process->truncated = 0;
}

/* Notes that a part of a string is missing: KEVENT_CUT_*. */
static __always_inline void process_cut(struct scratch *scratch, __u64 string)
{
	struct kevent_process *process = (void *)scratch->record;

	process->truncated |= string;
	if (string != KEVENT_CUT_ENV)
		process->hdr.flags |= KEVENT_F_TRUNCATED;
}

static __always_inline void process_fault(struct scratch *scratch, __u64 string)
{
	struct kevent_process *process = (void *)scratch->record;

	process->truncated |= string;
	process->hdr.flags |= KEVENT_F_FAULT;
}

static __always_inline __u32 process_path(struct scratch *scratch, __u32 at, struct task_struct *task,
					  const struct path *path, __u64 string)
{
	path_walk(&scratch->walk, task, path->mnt, path->dentry);
	if (scratch->walk.cut)
		process_cut(scratch, string);
	return path_write(scratch, at);
}

/* Where the arguments of an argv are, of which argv[0] is at offset at. */
#define PROCESS_ARGS(at) ((at) + KEVENT_ARGV0_MAX)

/* What is read of argv[0] at a time; a kernel with pages of 4 KiB has at most 128 KiB of it. */
#define PROCESS_SKIPS 40

/*
 * Moves area.from behind a chunk of argv[0], of which length bytes were found, a NUL included: the last one if that is less
 * than the chunk. True if argv[0] goes on.
 */
static __always_inline bool process_skip(struct scratch *scratch, long length)
{
	if (length == KEVENT_ARGV0_MAX) {
		scratch->area.from += KEVENT_ARGV0_MAX - 1;
		return true;
	}
	scratch->area.from += length;
	return false;
}

/* Notes that an argv cannot be read. */
static __always_inline void process_argv_fault(struct scratch *scratch)
{
	process_fault(scratch, KEVENT_CUT_ARGV0 | KEVENT_CUT_ARGS);
	scratch->area.from = scratch->area.end;
}

/* Ends the skipping of argv[0] with its last chunk: where it does not end, no arguments are to be found. */
static __always_inline void process_skipped(struct scratch *scratch, long last)
{
	if (last <= 0 || last == KEVENT_ARGV0_MAX) {
		process_cut(scratch, KEVENT_CUT_ARGS);
		scratch->area.from = scratch->area.end;
	}
}

/* The bytes to copy of the rest of the area; notes a cut of the string. */
static __always_inline __u64 process_rest(struct scratch *scratch, __u32 bound, __u64 string)
{
	__u64 length = scratch->area.end - scratch->area.from;

	if (scratch->area.end <= scratch->area.from)
		return 0;
	if (length <= bound)
		return length;
	process_cut(scratch, string);
	return bound;
}

static __always_inline __u32 process_cgroup(struct scratch *scratch, __u32 at, struct task_struct *task)
{
	struct walk *walk = &scratch->walk;
	__u32 length;

	walk->count = walk->bytes = walk->cut = walk->nameless = 0;
	walk->node = (__u64)task_cgroup(task)->kn;
	path_climb_cgroup(walk);
	length = path_write(scratch, at);
	if (walk->cut || length > KEVENT_CGROUP_MAX)
		process_cut(scratch, KEVENT_CUT_CGROUP);
	return length > KEVENT_CGROUP_MAX ? KEVENT_CGROUP_MAX : length;
}

/* Writes the strings exe and cwd. The offset of the next string. */
static __always_inline __u32 process_paths(struct scratch *scratch, struct task_struct *task)
{
	struct kevent_process *process = (void *)scratch->record;
	__u32 at = sizeof(*process);
	struct mm_struct *mm = task->mm;
	struct fs_struct *fs = task->fs;

	if (mm && mm->exe_file) {
		process->exe_len = process_path(scratch, at, task, &mm->exe_file->f_path, KEVENT_CUT_EXE);
		at += process->exe_len;
	}
	if (fs) {
		process->cwd_len = process_path(scratch, at, task, &fs->pwd, KEVENT_CUT_CWD);
		at += process->cwd_len;
	}
	return at;
}

#endif
