/* SPDX-License-Identifier: GPL-2.0 */
/*
 * foreign.h - number and arguments of the syscall that has just returned, as those of a 64-bit call, whatever way it was
 * made (compat.h).
 */
#ifndef PROBE_FOREIGN_H
#define PROBE_FOREIGN_H

#include "arch.h"
#include "maps.h"

struct syscall_arguments {
	__u64 values[6];
};

/* Global functions: the verifier checks each of them once, not at each call. They are about the current task. */

/* Our number of a foreign call; 0 if the call is not followed. */
__u32 foreign_number(void);

/* The arguments of a foreign call, widened. Returns 0. */
int foreign_arguments(struct syscall_arguments *arguments);

/* Whether the call is not a 64-bit one: the structs that it passes by address are those of 32-bit programs. */
static __always_inline bool syscall_is_foreign(struct pt_regs *regs, struct task_struct *task)
{
	return arch_syscall(regs) >= SYSCALL_MAX || arch_is_compat(task);
}

static __always_inline __u32 syscall_number(struct pt_regs *regs, struct task_struct *task)
{
	return (syscall_is_foreign(regs, task) ? foreign_number() : arch_syscall(regs)) % SYSCALL_MAX;
}

static __always_inline void syscall_arguments(struct pt_regs *regs, struct task_struct *task, __u64 values[6])
{
	if (syscall_is_foreign(regs, task))
		foreign_arguments((struct syscall_arguments *)values);
	else
		arch_arguments(regs, values);
}

/* What a record's header says of the call. */
static __always_inline __u32 syscall_flags(struct pt_regs *regs, struct task_struct *task)
{
	return syscall_is_foreign(regs, task) ? KEVENT_F_COMPAT : 0;
}

#endif
