/* SPDX-License-Identifier: GPL-2.0 */
/*
 * path.h - the path of an open file, as the process that opened it sees it, and facts about its inode.
 *
 * A path is walked twice: up to the root, collecting names and lengths (path_walk), then down again, writing the text
 * into the record (path_write). The walk ends at the process's own root or at the root of the mount namespace. If a
 * name changes meanwhile, the text is a mixture of old and new, as with any reader that takes no locks.
 */
#ifndef PROBE_PATH_H
#define PROBE_PATH_H

#include "maps.h"
#include "peek.h"

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFREG 0100000
#define OVERLAYFS_SUPER_MAGIC 0x794c7630
#define FMODE_CREATED 0x100000
#define AT_FDCWD -100

static __always_inline void path_push(struct walk *walk, __u64 name, __u32 length)
{
	__u32 index = walk->count;

	if (index >= WALK_MAX || walk->bytes + length + 1 > KEVENT_PATH_MAX) {
		walk->cut = 1;
		return;
	}
	walk->part[index].name = name;
	walk->part[index].length = length;
	walk->count = index + 1;
	walk->bytes += length + 1;
}

/* Steps from the root of a mount to its mount point. False at the top of the namespace. */
static __always_inline bool path_leave_mount(struct walk *walk)
{
	struct mount *mount = peek_object(mount, walk->mount);
	__u64 parent = (__u64)peek_at(mount, mnt_parent);

	if (parent == walk->mount || !parent)
		return false;
	walk->dentry = (__u64)peek_at(mount, mnt_mountpoint);
	walk->mount = parent;
	walk->mount_root = (__u64)peek(mount, parent, mnt.mnt_root);
	return true;
}

/* Goes one step up. False when the path is complete. */
static __always_inline bool path_step(struct walk *walk)
{
	__u64 dentry = walk->dentry;
	struct dentry *object;
	__u64 parent;
	__u32 length;

	if (dentry == walk->root_dentry && walk->mount == walk->root_mount)
		return false;
	object = peek_object(dentry, dentry);
	parent = (__u64)peek_at(object, d_parent);
	if (dentry == walk->mount_root) {
		if (path_leave_mount(walk))
			return true;
		/* A detached mount of one file (runc's copy of itself): its path is that in its file system. */
		if (walk->count || parent == dentry)
			return false;
		walk->mount_root = 0;
	}
	length = peek_at(object, d_name.len);
	/* Its own parent, but not the root of a mount: the root of a file system if it is named "/", else a memfd or a
	 * file of a file system without paths (pipe, socket). */
	if (parent == dentry && length == 1)
		return false;
	if (length)
		path_push(walk, (__u64)peek_at(object, d_name.name), length);
	else
		walk->nameless = 1;
	if (parent == dentry || !parent)
		return false;
	walk->dentry = parent;
	return !walk->cut;
}

static __always_inline void path_climb_here(struct walk *walk)
{
	int steps;

	for (steps = 0; steps < WALK_MAX + 8; steps++)
		if (!path_step(walk))
			return;
	walk->cut = 1;
}

static __always_inline void path_copy_word(struct scratch *scratch, __u64 at, __u64 name, __u32 offset)
{
	*(__u64 *)(scratch->record + at + offset) = peek_word(name + offset);
}

/*
 * Copies a name: by words if it is short, because a call of bpf_probe_read_kernel costs more than five of them. What is
 * read and written beyond its end is not sent, or the next name overwrites it.
 */
static __always_inline void path_copy(struct scratch *scratch, __u64 at, __u64 name, __u32 length)
{
	if (!peek_can_cast() || length > 40) {
		bpf_probe_read_kernel(scratch->record + at, length, (void *)name);
		return;
	}
	path_copy_word(scratch, at, name, 0);
	path_copy_word(scratch, at, name, 8);
	if (length <= 16)
		return;
	path_copy_word(scratch, at, name, 16);
	path_copy_word(scratch, at, name, 24);
	path_copy_word(scratch, at, name, 32);
}

static __always_inline __u32 path_write_here(struct scratch *scratch, __u32 offset)
{
	struct walk *walk = &scratch->walk;
	int i;

	if (!scratch || offset > RECORD_MAX)
		return 0;
	if (walk->count == 0) {
		scratch->record[offset] = '/';
		return !walk->nameless;
	}
	walk->at = offset;
	for (i = 0; i < WALK_MAX; i++) {
		__u32 index = walk->count - 1 - i;
		__u64 at = walk->at; /* 64 bits: of copies of 32, verifiers before 6.12 forget the bound */
		__u32 length;

		barrier_var(index); /* else clang compares another value, and the verifier loses the bound */
		if (index >= WALK_MAX || at > RECORD_MAX)
			break;
		length = walk->part[index].length & 0xff; /* NAME_MAX is 255 */
		/* A path whose top is missing must not look absolute. */
		if (i > 0 || !walk->cut)
			scratch->record[at++] = '/';
		path_copy(scratch, at, walk->part[index].name, length);
		/* Read again: the verifier would follow each way through path_copy separately. */
		walk->at = at + (walk->part[index].length & 0xff);
	}
	return walk->at - offset;
}

/* The same as global functions: the verifier checks each of them once, not at each call. probe_open, which is frequent,
 * uses those above: two calls cost it as much as two components of a path. */

/* Climbs from walk->dentry to the root, collecting the parts. Returns 0. */
int path_climb(struct walk *walk);

/* The same, from the cgroup walk->node. Returns 0. */
int path_climb_cgroup(struct walk *walk);

/* Writes the collected parts into the record at offset. The number of bytes written. */
__u32 path_write(struct scratch *scratch, __u32 offset);

/* Sets a walk to its beginning. False if there is nowhere to climb from. */
static __always_inline bool path_start(struct walk *walk, struct task_struct *task, struct vfsmount *mnt,
				       struct dentry *dentry)
{
	__u64 offset = bpf_core_field_offset(struct mount, mnt);
	struct vfsmount *root = task->fs->root.mnt;

	walk->mount = (__u64)mnt - offset;
	walk->mount_root = (__u64)peek(vfsmount, mnt, mnt_root);
	walk->dentry = (__u64)dentry;
	walk->root_mount = (__u64)root - offset;
	walk->root_dentry = (__u64)task->fs->root.dentry;
	walk->count = 0;
	walk->bytes = 0;
	walk->cut = 0;
	walk->nameless = 0;
	return mnt && dentry;
}

static __always_inline void path_walk(struct walk *walk, struct task_struct *task, struct vfsmount *mnt,
				      struct dentry *dentry)
{
	if (path_start(walk, task, mnt, dentry))
		path_climb(walk);
}

enum layer { LAYER_NONE, LAYER_UPPER, LAYER_LOWER };

/* The layer of an overlayfs that a file is in. */
static __always_inline enum layer path_layer(struct inode *inode)
{
	__u64 upper = 0;

	if (peek(super_block, peek(inode, inode, i_sb), s_magic) != OVERLAYFS_SUPER_MAGIC)
		return LAYER_NONE;
	/* __upperdentry follows the inode; overlayfs may be a module, whose types are not in the kernel's BTF. */
	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
	return upper ? LAYER_UPPER : LAYER_LOWER;
}

#endif
