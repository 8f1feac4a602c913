/* SPDX-License-Identifier: GPL-2.0 */
/* task.h - the header of every record, from the task that it is about. */
#ifndef PROBE_TASK_H
#define PROBE_TASK_H

#include "maps.h"

/* Two loads of 8 bytes; the kernel pads comm with NULs (5.15: strscpy_pad in __set_task_comm). */
static __always_inline void task_comm(struct task_struct *task, char comm[16])
{
	void *from = (void *)task + bpf_core_field_offset(struct task_struct, comm);

	*(__u64 *)comm = *(__u64 *)from;
	*(__u64 *)(comm + 8) = *(__u64 *)(from + 8);
}

static __always_inline struct cgroup *task_subsys_cgroup(struct css_set *set, __u64 index)
{
	void *from = (void *)set + bpf_core_field_offset(struct css_set, subsys) + index * sizeof(void *);

	return (*(struct cgroup_subsys_state **)from)->cgroup;
}

/*
 * The cgroup that a process belongs to: in the default hierarchy unless it is the root, else (cgroup v1, hybrid) that
 * of the memory controller, else of pids.
 */
static __always_inline struct cgroup *task_cgroup(struct task_struct *task)
{
	struct css_set *set = task->cgroups;
	struct cgroup *group = set->dfl_cgrp;

	if (group->level > 0)
		return group;
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id)) {
		group = task_subsys_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
		if (group->level > 0)
			return group;
	}
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
		group = task_subsys_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
	return group;
}

static __always_inline __u32 task_threads(struct task_struct *task)
{
	__u32 threads = task->signal->nr_threads;

	return threads < 0xffff ? threads : 0xffff;
}

static __always_inline void task_fill(struct kevent_hdr *hdr, struct task_struct *task, __u16 type)
{
	hdr->ktime = bpf_ktime_get_boot_ns();
	hdr->length = 0;
	hdr->type = type;
	hdr->cpu = bpf_get_smp_processor_id();
	hdr->pid = task->tgid;
	hdr->tid = task->pid;
	hdr->start = task->group_leader->start_boottime;
	hdr->cgroup_id = task_cgroup(task)->kn->id;
	task_comm(task, hdr->comm);
	hdr->uid = task->cred->euid.val;
	hdr->flags = task_threads(task) << KEVENT_F_THREADS_SHIFT;
}

/* MAX_PID_NS_LEVEL; verifiers before 6.2 demand a bound on what is added to a pointer. */
#define TASK_PID_LEVEL_MAX 32

/* A pid's entry in its own namespace. */
static __always_inline void *task_innermost(struct pid *pid)
{
	__u64 level = pid->level;

	if (level > TASK_PID_LEVEL_MAX)
		level = TASK_PID_LEVEL_MAX;
	barrier_var(level);
	return (void *)pid + bpf_core_field_offset(struct pid, numbers) +
	       level * (__u64)bpf_core_type_size(struct upid);
}

/* A pid's number in the initial namespace, and in its own. */
static __always_inline void task_pid_numbers(struct pid *pid, __u32 *initial, __u32 *own)
{
	void *numbers = (void *)pid + bpf_core_field_offset(struct pid, numbers);
	__u32 nr = bpf_core_field_offset(struct upid, nr);

	*initial = *own = 0;
	bpf_probe_read_kernel(initial, sizeof(*initial), numbers + nr);
	bpf_probe_read_kernel(own, sizeof(*own), task_innermost(pid) + nr);
}

#endif
