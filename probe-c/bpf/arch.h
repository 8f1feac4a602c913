/* SPDX-License-Identifier: GPL-2.0 */
/* arch.h - the differences between x86-64 and arm64: syscall numbers, registers, 32-bit callers. arm64 is untested. */
#ifndef PROBE_ARCH_H
#define PROBE_ARCH_H

#include "compat.h"
#include "kernel.h"

#include <asm/unistd.h>

#if defined(__TARGET_ARCH_x86)

#define TS_COMPAT 0x0002

/* Whether nr is of the x32 ABI; -1 is not a syscall (an interrupted one is being restarted). */
#define arch_is_x32(nr) (((nr)&X32_SYSCALL_BIT) && (nr) != (__u32)-1)

#define arch_syscall(regs) ((__u32)(regs)->orig_ax)

static __always_inline void arch_arguments(struct pt_regs *regs, __u64 args[6])
{
	args[0] = regs->di;
	args[1] = regs->si;
	args[2] = regs->dx;
	args[3] = regs->r10;
	args[4] = regs->r8;
	args[5] = regs->r9;
}

static __always_inline bool arch_is_compat(struct task_struct *task)
{
	return task->thread_info.status & TS_COMPAT;
}

#elif defined(__TARGET_ARCH_arm64)

#define TIF_32BIT 22
#define arch_is_x32(nr) false

#define arch_syscall(regs) ((__u32)(regs)->syscallno)

static __always_inline void arch_arguments(struct pt_regs *regs, __u64 args[6])
{
	args[0] = regs->orig_x0;
	args[1] = regs->regs[1];
	args[2] = regs->regs[2];
	args[3] = regs->regs[3];
	args[4] = regs->regs[4];
	args[5] = regs->regs[5];
}

static __always_inline bool arch_is_compat(struct task_struct *task)
{
	return task->thread_info.flags & 1 << TIF_32BIT;
}

#endif

#endif
