// SPDX-License-Identifier: GPL-2.0
/* The open family. */
#include "emit.h"
#include "foreign.h"
#include "syscall.h"
#include "task.h"

/* Reads the arguments, which are in different places for each call. */
static __always_inline void open_arguments(struct kevent_open *open, const __u64 *args, __u64 *path)
{
	struct {
		__u64 flags, mode, resolve;
	} how = {};

	*path = args[1];
	open->dirfd = args[0];
	open->flags = args[2];
	open->mode = args[3];
	switch (open->nr) {
	case __NR_openat2:
		if (bpf_probe_read_user(&how, sizeof(how), (void *)args[2]))
			open->hdr.flags |= KEVENT_F_FAULT;
		open->flags = how.flags;
		open->mode = how.mode;
		open->resolve = how.resolve;
		break;
	case __NR_open_by_handle_at:
		*path = 0;
		open->mode = 0;
		break;
#ifdef __NR_open
	case __NR_open:
		*path = args[0];
		open->dirfd = AT_FDCWD;
		open->flags = args[1];
		open->mode = args[2];
		break;
	case __NR_creat:
		*path = args[0];
		open->dirfd = AT_FDCWD;
		open->flags = 01101; /* O_CREAT | O_WRONLY | O_TRUNC */
		open->mode = args[1];
		break;
#endif
	}
}

static __always_inline void open_file(struct kevent_open *open, struct file *file)
{
	struct inode *address = peek(file, file, f_inode);
	struct inode *inode = peek_object(inode, address);
	__u32 layer = path_layer(address);

	open->ino = peek_at(inode, i_ino);
	open->dev = peek(super_block, peek_at(inode, i_sb), s_dev);
	open->file_mode = peek_at(inode, i_mode);
	if (peek(file, file, f_mode) & FMODE_CREATED)
		open->state |= KEVENT_OPEN_CREATED;
	if (layer)
		open->state |= layer == LAYER_UPPER ? KEVENT_OPEN_UPPER_LAYER : KEVENT_OPEN_LOWER_LAYER;
}

/* As syscall_file_path, without its two calls. */
static __always_inline __u32 open_file_path(struct scratch *scratch, __u32 at, struct task_struct *task,
					    struct file *file)
{
	struct kevent_hdr *hdr = (void *)scratch->record;

	if (path_start(&scratch->walk, task, peek(file, file, f_path.mnt), peek(file, file, f_path.dentry)))
		path_climb_here(&scratch->walk);
	if (scratch->walk.cut)
		hdr->flags |= KEVENT_F_TRUNCATED;
	return path_write_here(scratch, at);
}

/*
 * Reached by a tail call from probe_sys_exit, for open, openat, openat2, creat and open_by_handle_at. The path of the
 * opened file is the kernel's own, so it is right whatever a second thread does to the caller's string meanwhile.
 */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_open, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct scratch *scratch = emit_scratch(SCRATCH_SYSCALL, KEVENT_CLASS_OPEN);
	struct kevent_open *open;
	struct file *file;
	__u64 args[6];
	__u64 path;
	__u32 at = sizeof(*open);

	if (!scratch)
		return 0;
	open = (void *)scratch->record;
	task_fill(&open->hdr, task, KEVENT_OPEN);
	open->ret = ret;
	open->ino = open->resolve = 0;
	open->dev = open->file_mode = open->state = 0;
	open->hdr.flags |= syscall_flags(regs, task);
	open->nr = syscall_number(regs, task);
	open->path_len = open->file_len = open->dir_len = 0;
	syscall_arguments(regs, task, args);
	open_arguments(open, args, &path);
	if (path) {
		open->path_len = syscall_string(scratch, at, path);
		at += open->path_len;
	}
	file = ret >= 0 ? syscall_file(task, ret) : NULL;
	if (file) {
		open_file(open, file);
		open->file_len = open_file_path(scratch, at, task, file);
		at += open->file_len;
	}
	if (path && open->dirfd != AT_FDCWD && syscall_is_relative(scratch, sizeof(*open), open->path_len)) {
		open->dir_len = syscall_directory(scratch, at, task, open->dirfd);
		at += open->dir_len;
	}
	emit_record(&open->hdr, at, KEVENT_CLASS_OPEN);
	return 0;
}
