// SPDX-License-Identifier: Apache-2.0
/* Sums the per-CPU counters. */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe.h"

/* Runs that the kernel skipped because the program was already running on that CPU: these are lost records too. */
static __u64 missed_runs(const struct bpf_program *program)
{
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	int fd = bpf_program__fd(program);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size))
		return 0;
	return info.recursion_misses;
}

int probe_counters(struct probe *probe, struct kevent_counters *out)
{
	const size_t words = sizeof(*out) / sizeof(__u64);
	int cpus = probe->possible_cpus;
	struct kevent_counters *values;
	__u32 key = 0;
	int result = 0;

	memset(out, 0, sizeof(*out));
	values = calloc(cpus, sizeof(*values));
	if (!values)
		return -ENOMEM;
	if (bpf_map_lookup_elem(bpf_map__fd(probe->programs.skeleton->maps.counters), &key, values))
		result = -errno;
	for (int cpu = 0; !result && cpu < cpus; cpu++)
		for (size_t word = 0; word < words; word++)
			((__u64 *)out)[word] += ((__u64 *)&values[cpu])[word];
	free(values);
	out->scratch[KEVENT_CLASS_OTHER] += missed_runs(probe->programs.skeleton->progs.probe_sys_exit) +
					    missed_runs(probe->programs.skeleton->progs.probe_io_uring);
	out->scratch[KEVENT_CLASS_PROCESS] += missed_runs(probe->programs.skeleton->progs.probe_exec) +
					      missed_runs(probe->programs.skeleton->progs.probe_fork) +
					      missed_runs(probe->programs.skeleton->progs.probe_exit);
	return result;
}
