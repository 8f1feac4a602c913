// SPDX-License-Identifier: GPL-2.0
/* The processes that were running before the probe. */
#include "process.h"

/*
 * Like exec_argv0, but for another process: its pages may have to be faulted in, so this may sleep. A chunk is copied to
 * where the arguments will be (argv[0] itself to its place), and measured by a copy behind it.
 */
static __always_inline long snapshot_chunk(struct scratch *scratch, __u32 at, __u32 to, struct task_struct *task)
{
	__u64 length = scratch->area.end - scratch->area.from;

	if (length > KEVENT_ARGV0_MAX)
		length = KEVENT_ARGV0_MAX;
	if (!length || at > RECORD_MAX - 3 * KEVENT_ARGV0_MAX || to > RECORD_MAX - KEVENT_ARGV0_MAX)
		return 0;
	if (bpf_copy_from_user_task(scratch->record + to, length, (void *)scratch->area.from, task, 0))
		return -1;
	scratch->record[to + length] = 0; /* in the slack at worst */
	return bpf_probe_read_kernel_str(scratch->record + at + 2 * KEVENT_ARGV0_MAX, KEVENT_ARGV0_MAX,
					 scratch->record + to);
}

static __always_inline __u32 snapshot_argv0(struct scratch *scratch, __u32 at, struct task_struct *task)
{
	long length = snapshot_chunk(scratch, at, at, task), more = KEVENT_ARGV0_MAX;
	int i;

	if (length <= 0) {
		process_argv_fault(scratch);
		return 0;
	}
	if (!process_skip(scratch, length))
		return length;
	if (at < RECORD_MAX - KEVENT_ARGV0_MAX)
		scratch->record[at + KEVENT_ARGV0_MAX - 1] = 0;
	for (i = 0; i < PROCESS_SKIPS && more == KEVENT_ARGV0_MAX; i++) {
		more = snapshot_chunk(scratch, at, PROCESS_ARGS(at), task);
		if (i > 0 || more != 1)
			process_cut(scratch, KEVENT_CUT_ARGV0);
		if (more <= 0)
			break;
		process_skip(scratch, more);
	}
	process_skipped(scratch, more);
	return length;
}

/* Like exec_rest. */
static __always_inline __u32 snapshot_rest(struct scratch *scratch, __u32 at, struct task_struct *task, __u32 bound,
					   __u64 string)
{
	__u64 length = process_rest(scratch, bound, string);

	if (!length || length > KEVENT_ARGS_MAX || at > RECORD_MAX - KEVENT_ARGS_MAX)
		return 0;
	if (bpf_copy_from_user_task(scratch->record + at, length, (void *)scratch->area.from, task, 0)) {
		process_fault(scratch, string);
		return 0;
	}
	return length;
}

static __always_inline __u32 snapshot_argv(struct scratch *scratch, __u32 at, struct task_struct *task,
					   struct mm_struct *mm)
{
	__u32 first;

	scratch->area.from = mm->arg_start;
	scratch->area.end = mm->arg_end;
	if (scratch->area.end <= scratch->area.from)
		return 0;
	first = snapshot_argv0(scratch, at, task);
	return first + snapshot_rest(scratch, at + first, task, KEVENT_ARGS_MAX, KEVENT_CUT_ARGS);
}

static __always_inline __u32 snapshot_environment(struct scratch *scratch, __u32 at, struct task_struct *task,
						  struct mm_struct *mm)
{
	scratch->area.from = mm->env_start;
	scratch->area.end = mm->env_end;
	return env_bytes ? snapshot_rest(scratch, at, task, env_bytes, KEVENT_CUT_ENV) : 0;
}

/*
 * snapshot: a sleepable iterator over all tasks, read once at start-up after everything else is attached; a process
 * that starts meanwhile is seen twice, with the same (pid, start). Since 5.18 (bpf_copy_from_user_task). Not seen: the
 * path that was passed to execve. It writes a byte per process, so that a short read stops after as many (probe_snapshot).
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
		process->argv_len = snapshot_argv(scratch, at, task, mm);
		at += process->argv_len;
		process->env_len = snapshot_environment(scratch, at, task, mm);
		at += process->env_len;
	}
	emit_record(&process->hdr, at, KEVENT_CLASS_PROCESS);
	snapshot_processes++;
	bpf_seq_write(ctx->meta->seq, "", 1);
	return 0;
}
