// SPDX-License-Identifier: GPL-2.0
/* Implements the walks of path.h. */
#include "path.h"

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
	__u64 parent = (__u64)peek(mount, walk->mount, mnt_parent);

	if (parent == walk->mount || !parent)
		return false;
	walk->dentry = (__u64)peek(mount, walk->mount, mnt_mountpoint);
	walk->mount = parent;
	walk->mount_root = (__u64)peek(mount, parent, mnt.mnt_root);
	return true;
}

/* Goes one step up. False when the path is complete. */
static __always_inline bool path_step(struct walk *walk)
{
	__u64 dentry = walk->dentry;
	__u64 parent;
	__u32 length;

	if (dentry == walk->root_dentry && walk->mount == walk->root_mount)
		return false;
	parent = (__u64)peek(dentry, dentry, d_parent);
	if (dentry == walk->mount_root) {
		if (path_leave_mount(walk))
			return true;
		/* A detached mount of one file (runc's copy of itself): its path is that in its file system. */
		if (walk->count || parent == dentry)
			return false;
		walk->mount_root = 0;
	}
	length = peek(dentry, dentry, d_name.len);
	/* Its own parent, but not the root of a mount: the root of a file system if it is named "/", else a memfd or a
	 * file of a file system without paths (pipe, socket). */
	if (parent == dentry && length == 1)
		return false;
	if (length)
		path_push(walk, (__u64)peek(dentry, dentry, d_name.name), length);
	else
		walk->nameless = 1;
	if (parent == dentry || !parent)
		return false;
	walk->dentry = parent;
	return !walk->cut;
}

__noinline int path_climb(struct walk *walk)
{
	int steps;

	if (!walk)
		return 0;
	for (steps = 0; steps < WALK_MAX + 8; steps++)
		if (!path_step(walk))
			return 0;
	walk->cut = 1;
	return 0;
}

static __always_inline __u64 path_cgroup_parent(struct kernfs_node *node)
{
	struct kernfs_node___6_15 *newer = (void *)node;

	if (bpf_core_field_exists(newer->__parent))
		return (__u64)BPF_CORE_READ(newer, __parent);
	return (__u64)BPF_CORE_READ(node, parent);
}

/* A kernfs node does not store the length of its name. */
static __always_inline __u32 path_name_length(const char *name)
{
	char copy[256];
	long length = bpf_probe_read_kernel_str(copy, sizeof(copy), name);

	return length > 0 ? length - 1 : 0;
}

__noinline int path_climb_cgroup(struct walk *walk)
{
	int steps;

	if (!walk)
		return 0;
	for (steps = 0; steps < WALK_MAX; steps++) {
		struct kernfs_node *at = (void *)walk->node;
		__u64 parent = path_cgroup_parent(at);
		const char *name = BPF_CORE_READ(at, name);

		if (!parent)
			break;
		path_push(walk, (__u64)name, path_name_length(name));
		walk->node = parent;
	}
	return 0;
}

__noinline __u32 path_write(struct scratch *scratch, __u32 offset)
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
		__u32 at = walk->at;
		__u32 length;

		barrier_var(index); /* else clang compares another value, and the verifier loses the bound */
		if (index >= WALK_MAX || at > RECORD_MAX)
			break;
		length = walk->part[index].length & 0xff; /* NAME_MAX is 255 */
		/* A path whose top is missing must not look absolute. */
		if (i > 0 || !walk->cut)
			scratch->record[at++] = '/';
		bpf_probe_read_kernel(scratch->record + at, length, (void *)walk->part[index].name);
		walk->at = at + length;
	}
	return walk->at - offset;
}
