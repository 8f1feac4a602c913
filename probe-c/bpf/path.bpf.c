// SPDX-License-Identifier: GPL-2.0
/* Implements the global functions of path.h, and the walk of a cgroup. */
#include "path.h"

__noinline int path_climb(struct walk *walk)
{
	if (walk)
		path_climb_here(walk);
	return 0;
}

__noinline __u32 path_write(struct scratch *scratch, __u32 offset)
{
	return path_write_here(scratch, offset);
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
