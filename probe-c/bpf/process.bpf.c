// SPDX-License-Identifier: GPL-2.0
/* exec, fork, exit. */
#include "process.h"

#include "foreign.h"

#define EEXIST 17
#define CLONE_VM 0x100
#define CLONE_VFORK 0x4000

/*
 * Copies argv[0], and moves the area to what follows it. The new stack was written a moment ago, so its pages are present.
 * The rest of a long argv[0] is read to where the arguments will be. A function, because the verifier goes through a loop
 * at each call.
 */
__noinline __u32 exec_argv0(struct scratch *scratch, __u32 at)
{
	long length, more = KEVENT_ARGV0_MAX;
	int i;

	if (!scratch || at > RECORD_MAX - KEVENT_ARGV_MAX)
		return 0;
	length = bpf_probe_read_user_str(scratch->record + at, KEVENT_ARGV0_MAX, (void *)scratch->area.from);
	if (length <= 0) {
		process_argv_fault(scratch);
		return 0;
	}
	if (!process_skip(scratch, length))
		return length;
	for (i = 0; i < PROCESS_SKIPS && more == KEVENT_ARGV0_MAX; i++) {
		more = bpf_probe_read_user_str(scratch->record + PROCESS_ARGS(at), KEVENT_ARGV0_MAX,
					       (void *)scratch->area.from);
		if (i > 0 || more != 1)
			process_cut(scratch, KEVENT_CUT_ARGV0);
		if (more <= 0)
			break;
		process_skip(scratch, more);
	}
	process_skipped(scratch, more);
	return length;
}

/* Copies what is left of the area. */
static __always_inline __u32 exec_rest(struct scratch *scratch, __u32 at, __u32 bound, __u64 string)
{
	__u64 length = process_rest(scratch, bound, string);

	/* The last two are never true, but the verifier needs the bounds. */
	if (!length || length > KEVENT_ARGS_MAX || at > RECORD_MAX - KEVENT_ARGS_MAX)
		return 0;
	if (bpf_probe_read_user(scratch->record + at, length, (void *)scratch->area.from)) {
		process_fault(scratch, string);
		return 0;
	}
	return length;
}

static __always_inline __u32 exec_argv(struct scratch *scratch, __u32 at, struct mm_struct *mm)
{
	__u32 first;

	scratch->area.from = mm->arg_start;
	scratch->area.end = mm->arg_end;
	if (scratch->area.end <= scratch->area.from)
		return 0;
	first = exec_argv0(scratch, at);
	return first + exec_rest(scratch, at + first, KEVENT_ARGS_MAX, KEVENT_CUT_ARGS);
}

static __always_inline __u32 exec_environment(struct scratch *scratch, __u32 at, struct mm_struct *mm)
{
	scratch->area.from = mm->env_start;
	scratch->area.end = mm->env_end;
	return env_bytes ? exec_rest(scratch, at, env_bytes, KEVENT_CUT_ENV) : 0;
}

static __always_inline __u32 exec_filename(struct scratch *scratch, __u32 at, const char *filename)
{
	long length;

	if (at > RECORD_MAX - KEVENT_PATH_MAX)
		return 0;
	length = bpf_probe_read_kernel_str(scratch->record + at, KEVENT_PATH_MAX, filename);
	if (length <= 0) {
		process_fault(scratch, KEVENT_CUT_FILENAME);
		return 0;
	}
	if (length == KEVENT_PATH_MAX)
		process_cut(scratch, KEVENT_CUT_FILENAME);
	return length - 1;
}

/*
 * exec: at sched_process_exec (exec_binprm -> trace_sched_process_exec), when the new image is in place but not yet
 * running. Everything is read from kernel memory, except argv and env, which are on the new stack. Not seen: a failed
 * execve, which is a syscall record. The third argument exists since 3.4.
 */
SEC("tp_btf/sched_process_exec")
int BPF_PROG(probe_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	struct scratch *scratch = emit_scratch(SCRATCH_EXEC, KEVENT_CLASS_PROCESS);
	struct kevent_process *process;
	struct mm_struct *mm = task->mm;
	__u32 at;

	if (!scratch)
		return 0;
	process = (void *)scratch->record;
	process_fill(process, task, KEVENT_EXEC);
	/* The registers always show execve here, as x86 rewrites them. fdpath is set if a descriptor was passed. */
	process->nr = bpf_core_field_exists(bprm->fdpath) && bprm->fdpath ? __NR_execveat : __NR_execve;
	at = process_paths(scratch, task);
	process->filename_len = exec_filename(scratch, at, bprm->filename);
	at += process->filename_len;
	process->cgroup_len = process_cgroup(scratch, at, task);
	at += process->cgroup_len;
	process->argv_len = exec_argv(scratch, at, mm);
	at += process->argv_len;
	process->env_len = exec_environment(scratch, at, mm);
	at += process->env_len;
	emit_record(&process->hdr, at, KEVENT_CLASS_PROCESS);
	return 0;
}

/* The flags that the caller passed to clone. Kernel threads are created without a syscall. */
static __always_inline __u64 fork_flags(struct task_struct *parent)
{
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(parent);
	__u64 flags = 0;
	__u64 args[6];

	syscall_arguments(regs, parent, args);
	switch (syscall_number(regs, parent)) {
	case __NR_clone:
		return args[0];
	case __NR_clone3: /* the first field of struct clone_args; exit_signal is separate */
		bpf_probe_read_user(&flags, sizeof(flags), (void *)args[0]);
		return flags;
#ifdef __NR_vfork
	case __NR_vfork:
		return CLONE_VFORK | CLONE_VM;
#endif
	}
	return 0;
}

/*
 * fork: at sched_process_fork (kernel_clone), in the parent, before the child first runs, so this record precedes the
 * child's own. Threads are not sent.
 */
SEC("tp_btf/sched_process_fork")
int BPF_PROG(probe_fork, struct task_struct *parent, struct task_struct *child)
{
	struct kevent_fork *fork;
	__u32 initial;

	if (child->pid != child->tgid)
		return 0;
	fork = emit_reserve(sizeof(*fork), KEVENT_CLASS_PROCESS);
	if (!fork)
		return 0;
	task_fill(&fork->hdr, parent, KEVENT_FORK);
	fork->child_start = child->start_boottime;
	fork->child_cgroup_id = task_cgroup(child)->kn->id;
	fork->clone_flags = fork_flags(parent);
	fork->child_pid = child->tgid;
	task_pid_numbers(child->thread_pid, &initial, &fork->child_vpid);
	fork->child_ns_pid = BPF_CORE_READ(process_pid_namespace(child), ns.inum);
	fork->_pad = 0;
	emit_submit(&fork->hdr, sizeof(*fork), KEVENT_CLASS_PROCESS);
	return 0;
}

/*
 * Threads that exit at the same time may all find that no thread is left, because each decrements the count before it
 * gets here: the first one reports. Any other error of the map than that of a key that is there (it may be short of
 * memory) says nothing: an exit that is reported twice is harmless, one that is not reported is not.
 */
static __always_inline bool exit_was_reported(struct task_struct *task)
{
	struct ended_process process = { task->group_leader->start_boottime, task->tgid };
	__u8 reported = 1;

	return bpf_map_update_elem(&ended, &process, &reported, BPF_NOEXIST) == -EEXIST;
}

/* exit: at sched_process_exit (do_exit), when no thread of the group is left. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(probe_exit, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	struct kevent_exit *exit;

	if (signal->live.counter > 0 || exit_was_reported(task))
		return 0;
	exit = emit_reserve(sizeof(*exit), KEVENT_CLASS_PROCESS);
	if (!exit)
		return 0;
	task_fill(&exit->hdr, task, KEVENT_EXIT);
	exit->code = signal->group_exit_code ? signal->group_exit_code : task->exit_code;
	exit->_pad = 0;
	emit_submit(&exit->hdr, sizeof(*exit), KEVENT_CLASS_PROCESS);
	return 0;
}
