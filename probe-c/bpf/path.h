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

/* Global functions: the verifier checks each of them once, not at each call. */

/* Climbs from walk->dentry to the root, collecting the parts. Returns 0. */
int path_climb(struct walk *walk);

/* The same, from the cgroup walk->node. Returns 0. */
int path_climb_cgroup(struct walk *walk);

/* Writes the collected parts into the record at offset. The number of bytes written. */
__u32 path_write(struct scratch *scratch, __u32 offset);

static __always_inline void path_walk(struct walk *walk, struct task_struct *task, struct vfsmount *mnt,
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
	if (mnt && dentry)
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
