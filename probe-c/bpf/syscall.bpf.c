// SPDX-License-Identifier: GPL-2.0
/* The hook on syscalls, and the record of all those without one of their own. */
#include "syscall.h"

#include "emit.h"
#include "foreign.h"
#include "task.h"

#define PR_SET_NAME 15

/* A row's argument, counted from 1. */
static __always_inline __u64 row_argument(struct kevent_syscall *syscall, __u8 number)
{
	__u32 index = number - 1;

	if (number == RESULT)
		return syscall->ret;
	return index < 6 ? syscall->args[index] : 0;
}

static __always_inline void row_set_string(struct kevent_syscall *syscall, __u32 index, __u32 *at, __u32 length)
{
	syscall->str_len[index] = length;
	*at += length;
}

static __always_inline void row_strings(struct scratch *scratch, struct task_struct *task,
					const struct syscall_row *row)
{
	struct kevent_syscall *syscall = (void *)scratch->record;
	__u32 at = sizeof(*syscall);
	bool old_is_relative = false, is_relative = false;

	if (row->first) {
		row_set_string(syscall, 0, &at, syscall_string(scratch, at, row_argument(syscall, row->first)));
		is_relative = old_is_relative = syscall_is_relative(scratch, sizeof(*syscall), syscall->str_len[0]);
	}
	if (row->second) {
		__u32 start = at;

		row_set_string(syscall, 1, &at, syscall_string(scratch, at, row_argument(syscall, row->second)));
		is_relative = syscall_is_relative(scratch, start, syscall->str_len[1]);
	}
	if (row->third)
		row_set_string(syscall, 2, &at, syscall_string(scratch, at, row_argument(syscall, row->third)));
	if (row->old_directory && old_is_relative)
		row_set_string(syscall, 2, &at,
			       syscall_directory(scratch, at, task, row_argument(syscall, row->old_directory)));
	if (row->directory && is_relative)
		row_set_string(syscall, 3, &at,
			       syscall_directory(scratch, at, task, row_argument(syscall, row->directory)));
	if (row->descriptor)
		row_set_string(syscall, 3, &at,
			       syscall_descriptor(scratch, at, task, row_argument(syscall, row->descriptor)));
	emit_record(&syscall->hdr, at, row->class);
}

/* Reached by a tail call from probe_sys_exit, or from probe_dup if the descriptor is not a socket. */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_syscall, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u32 nr = syscall_number(regs, task);
	const struct syscall_row *row = &syscall_rows[nr];
	struct scratch *scratch = emit_scratch(SCRATCH_SYSCALL, row->class);
	struct kevent_syscall *syscall;

	/* A successful execve is an exec record, and has clobbered its registers. */
	if (!scratch || ((nr == __NR_execve || nr == __NR_execveat) && ret >= 0))
		return 0;
	syscall = (void *)scratch->record;
	syscall_arguments(regs, task, syscall->args);
	if (nr == __NR_prctl && (__u32)syscall->args[0] != PR_SET_NAME)
		return 0;
	task_fill(&syscall->hdr, task, KEVENT_SYSCALL);
	syscall->hdr.flags |= syscall_flags(regs, task);
	syscall->ret = ret;
	syscall->nr = nr;
	syscall->str_len[0] = syscall->str_len[1] = syscall->str_len[2] = syscall->str_len[3] = 0;
	syscall->file_mode = 0;
	syscall->dev = 0;
	syscall->ino = 0;
	row_strings(scratch, task, row);
	return 0;
}

/* Jumps to a call's handler. To a constant place of the map the kernel makes a plain jump, else an indirect one. */
static __always_inline void handler_jump(void *ctx, __u8 handler)
{
	if (handler == HANDLER_OPEN)
		bpf_tail_call_static(ctx, &handlers, HANDLER_OPEN);
	else if (handler == HANDLER_TRANSFER)
		bpf_tail_call_static(ctx, &handlers, HANDLER_TRANSFER);
	else if (handler == HANDLER_DUP)
		bpf_tail_call_static(ctx, &handlers, HANDLER_DUP);
	else if (handler == HANDLER_SYSCALL)
		bpf_tail_call_static(ctx, &handlers, HANDLER_SYSCALL);
	else if (handler == HANDLER_SOCKET)
		bpf_tail_call_static(ctx, &handlers, HANDLER_SOCKET);
}

/*
 * sys_exit: after every syscall of every thread (syscall_exit_work -> trace_sys_exit). One hook serves all: the cost is
 * in having it, not in its length. At exit the kernel has faulted in the caller's strings, so they can be read without
 * faulting; at entry one in a hundred could not. Not seen: io_uring's operations. Since 5.5 (tp_btf). It calls no
 * function: a program that does and that jumps has a longer prologue, which every syscall would pay for.
 */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_sys_exit, struct pt_regs *regs, long ret)
{
	__u32 nr = arch_syscall(regs);
	struct task_struct *task;

	if (nr >= SYSCALL_MAX) {
		if (arch_is_x32(nr))
			bpf_tail_call(ctx, &handlers, HANDLER_FOREIGN);
		return 0;
	}
	if (!(watched[nr / 64] >> (nr % 64) & 1))
		return 0;
	task = bpf_get_current_task_btf();
	if ((__u32)task->tgid == own_tgid)
		return 0;
	if (arch_is_compat(task))
		bpf_tail_call(ctx, &handlers, HANDLER_FOREIGN);
	else if (selected[nr / 64] >> (nr % 64) & 1)
		handler_jump(ctx, syscall_rows[nr].handler);
	return 0;
}

/* Reached by a tail call from probe_sys_exit: a call that is not a 64-bit one goes on as ours, if it is followed. */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_foreign, struct pt_regs *regs, long ret)
{
	__u32 nr = foreign_number();
	__u32 word = nr / 64;

	if (!nr)
		return emit_unfollowed();
	if ((__u32)bpf_get_current_task_btf()->tgid == own_tgid)
		return 0;
	barrier_var(word); /* the verifier needs the bounds on the registers that are used */
	barrier_var(nr);
	if (selected[word % (SYSCALL_MAX / 64)] >> (nr % 64) & 1)
		bpf_tail_call(ctx, &handlers, syscall_rows[nr % SYSCALL_MAX].handler);
	return 0;
}
