/* SPDX-License-Identifier: GPL-2.0 */
/*
 * foreign.h - number and arguments of the syscall that has just returned, as those of a 64-bit call, whatever way it
 * was made (compat.h). All of it is about the current task.
 */
#ifndef PROBE_FOREIGN_H
#define PROBE_FOREIGN_H

#include "arch.h"
#include "maps.h"

struct syscall_arguments {
	__u64 values[6];
};

#if defined(__TARGET_ARCH_x86)

struct compat_row {
	__u16 nr; /* ours; 0: not followed */
	__u8 flags;
	__u8 arguments; /* of a socketcall */
};

#define I386_ROW(number, name, ours, row_flags) [number] = { .nr = __NR_##ours, .flags = row_flags },
#define SOCKET_ROW_OF(number, name, ours, count) [number] = { .nr = __NR_##ours, .arguments = count },
#define X32_ROW(number, name) [(number)-COMPAT_X32_FIRST] = __NR_##name,

static const struct compat_row i386_rows[SYSCALL_MAX] = { COMPAT_I386_ROWS(I386_ROW) };
static const struct compat_row socket_rows[COMPAT_SOCKET_CALLS] = { COMPAT_SOCKET_ROWS(SOCKET_ROW_OF) };
static const __u16 x32_rows[COMPAT_X32_CALLS] = { COMPAT_X32_ROWS(X32_ROW) };

/* The number that an x32 program means; 0 if it is not followed. */
static __always_inline __u32 x32_number(__u32 nr)
{
	if (nr < SYSCALL_MAX)
		return nr;
	nr -= COMPAT_X32_FIRST;
	barrier_var(nr);
	return nr < COMPAT_X32_CALLS ? x32_rows[nr] : 0;
}

/* Row of the socket call that is in a socketcall's first argument. */
static __always_inline const struct compat_row *socketcall_row(struct pt_regs *regs)
{
	__u32 number = regs->bx;

	if (number >= COMPAT_SOCKET_CALLS)
		number = 0;
	barrier_var(number); /* the verifier needs the bound on the register that is used */
	return &socket_rows[number % COMPAT_SOCKET_CALLS];
}

/* Our number of a foreign call; 0 if the call is not followed. */
static __always_inline __u32 foreign_number_here(void)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(task);
	__u32 nr = arch_syscall(regs);

	if (arch_is_compat(task)) {
		if (nr == COMPAT_SOCKETCALL)
			return socketcall_row(regs)->nr;
		return nr < SYSCALL_MAX ? i386_rows[nr].nr : 0;
	}
	return arch_is_x32(nr) ? x32_number(nr & ~X32_SYSCALL_BIT) : 0;
}

/* The arguments of a socket call are 32-bit words in memory. */
static __always_inline void socketcall_arguments(struct pt_regs *regs, __u64 values[6])
{
	__u32 bytes = socketcall_row(regs)->arguments * sizeof(__u32);
	__u32 words[6] = {};
	int i;

	if (bytes <= sizeof(words))
		bpf_probe_read_user(words, bytes, (void *)(__u64)(__u32)regs->cx);
	for (i = 0; i < 6; i++)
		values[i] = words[i];
}

/* -1 of 16 bits is -1; other ids are as they are. */
static __always_inline __u64 i386_argument(__u32 value, __u32 number, __u32 flags)
{
	if (!(flags & COMPAT_ID(number)))
		return value;
	value &= 0xffff;
	return value == 0xffff ? 0xffffffff : value;
}

static __always_inline void i386_arguments(struct pt_regs *regs, const struct compat_row *row, __u64 values[6])
{
	values[0] = i386_argument(regs->bx, 1, row->flags);
	values[1] = i386_argument(regs->cx, 2, row->flags);
	values[2] = i386_argument(regs->dx, 3, row->flags);
	values[3] = (__u32)regs->si;
	values[4] = (__u32)regs->di;
	values[5] = (__u32)regs->bp;
	if (row->flags & COMPAT_ONE_ARGUMENT)
		values[1] = values[2] = values[3] = values[4] = values[5] = 0;
}

/* The arguments of a foreign call, widened. */
static __always_inline void foreign_arguments_here(__u64 values[6])
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(task);
	__u32 nr = arch_syscall(regs);

	if (!arch_is_compat(task))
		arch_arguments(regs, values);
	else if (nr == COMPAT_SOCKETCALL)
		socketcall_arguments(regs, values);
	else
		i386_arguments(regs, &i386_rows[nr % SYSCALL_MAX], values);
}

#else

/* 32-bit programs are counted, not followed. */
#define foreign_number_here() 0
#define foreign_arguments_here(values) (void)(values)

#endif

/* The same as global functions: the verifier checks each of them once, not at each call. Programs that are short and
 * frequent use those above. */

__u32 foreign_number(void);

/* Returns 0. */
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
