/* SPDX-License-Identifier: GPL-2.0 */
/* syscall.h - the strings of a syscall: those that the caller passed, and the paths of descriptors. */
#ifndef PROBE_SYSCALL_H
#define PROBE_SYSCALL_H

#include "path.h"

/* Copies a string from user space into the record at offset at. Its length. */
static __always_inline __u32 syscall_string(struct scratch *scratch, __u32 at, __u64 from)
{
	struct kevent_hdr *hdr = (void *)scratch->record;
	long length;

	if (at > RECORD_MAX - KEVENT_PATH_MAX)
		return 0;
	length = bpf_probe_read_user_str(scratch->record + at, KEVENT_PATH_MAX, (void *)from);
	if (length <= 0) {
		hdr->flags |= KEVENT_F_FAULT;
		return 0;
	}
	if (length == KEVENT_PATH_MAX)
		hdr->flags |= KEVENT_F_TRUNCATED;
	return length - 1;
}

/* The file behind a descriptor. No reference is taken: another thread may close the descriptor meanwhile; reading freed
 * memory then gives wrong text, never a fault. */
static __always_inline struct file *syscall_file(struct task_struct *task, __u32 fd)
{
	struct fdtable *table = task->files->fdt;

	if (fd >= table->max_fds)
		return NULL;
	return (struct file *)peek_word((__u64)(table->fd + fd));
}

static __always_inline __u32 syscall_file_path(struct scratch *scratch, __u32 at, struct task_struct *task,
					       struct file *file)
{
	struct kevent_hdr *hdr = (void *)scratch->record;

	path_walk(&scratch->walk, task, peek(file, file, f_path.mnt), peek(file, file, f_path.dentry));
	if (scratch->walk.cut)
		hdr->flags |= KEVENT_F_TRUNCATED;
	return path_write(scratch, at);
}

static __always_inline __u32 syscall_directory(struct scratch *scratch, __u32 at, struct task_struct *task, __s32 fd)
{
	struct file *file;

	if (fd < 0)
		return 0;
	file = syscall_file(task, fd);
	return file ? syscall_file_path(scratch, at, task, file) : 0;
}

/* Fills in mode, device and inode of a descriptor's file, and copies its path. Its length. */
static __always_inline __u32 syscall_descriptor(struct scratch *scratch, __u32 at, struct task_struct *task, __s32 fd)
{
	struct kevent_syscall *syscall = (void *)scratch->record;
	struct file *file = fd < 0 ? NULL : syscall_file(task, fd);
	struct inode *inode;

	if (!file)
		return 0;
	inode = peek(file, file, f_inode);
	syscall->file_mode = peek(inode, inode, i_mode);
	syscall->dev = peek(super_block, peek(inode, inode, i_sb), s_dev);
	syscall->ino = peek(inode, inode, i_ino);
	return syscall_file_path(scratch, at, task, file);
}

static __always_inline bool syscall_is_relative(struct scratch *scratch, __u32 at, __u32 length)
{
	if (at >= RECORD_MAX)
		return false;
	return length == 0 || scratch->record[at] != '/';
}

#endif
