// SPDX-License-Identifier: GPL-2.0
/* The processes that were running before the probe. */
#include "process.h"

/* Like exec_area, but for another process: its pages may have to be faulted in, so this may sleep. */
static __always_inline __u32 snapshot_area(struct scratch *scratch, __u32 at, struct task_struct *task,
					   unsigned long start, unsigned long end, __u32 bound)
{
	struct kevent_hdr *hdr = (void *)scratch->record;
	__u64 length = process_area_length(hdr, start, end, bound);

	if (!length || length > KEVENT_ARGV_MAX || at > RECORD_MAX - KEVENT_ARGV_MAX)
		return 0;
	if (bpf_copy_from_user_task(scratch->record + at, length, (void *)start, task, 0)) {
		hdr->flags |= KEVENT_F_FAULT;
		return 0;
	}
	return length;
}

/*
 * snapshot: a sleepable iterator over all tasks, read once at start-up after everything else is attached; a process
 * that starts meanwhile is seen twice, with the same (pid, start). Since 5.18 (bpf_copy_from_user_task). Not seen: the
 * path that was passed to execve.
 */
SEC("iter.s/task")
int probe_snapshot(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct kevent_process *process;
	struct scratch *scratch;
	struct mm_struct *mm;
	__u32 at;

	if (!task || task->pid != task->tgid)
		return 0;
	scratch = emit_scratch(SCRATCH_SNAPSHOT, KEVENT_CLASS_PROCESS);
	if (!scratch)
		return 0;
	process = (void *)scratch->record;
	process_fill(process, task, KEVENT_PROCESS);
	at = process_paths(scratch, task);
	process->cgroup_len = process_cgroup(scratch, at, task);
	at += process->cgroup_len;
	mm = task->mm;
	if (mm) {
		process->argv_len = snapshot_area(scratch, at, task, mm->arg_start, mm->arg_end, KEVENT_ARGV_MAX);
		at += process->argv_len;
		process->env_len = snapshot_area(scratch, at, task, mm->env_start, mm->env_end, env_bytes);
		at += process->env_len;
	}
	emit_record(&process->hdr, at, KEVENT_CLASS_PROCESS);
	snapshot_processes++;
	return 0;
}
