// SPDX-License-Identifier: Apache-2.0
/* Which syscalls are sent. */
#include <string.h>

#include "../bpf/syscalls.h"

#include "probe.h"

static void add(uint64_t bitmap[8], int nr)
{
	bitmap[nr / 64] |= UINT64_C(1) << nr % 64;
}

int probe_default_selection(uint64_t bitmap[8])
{
	memset(bitmap, 0, 8 * sizeof(bitmap[0]));
	for (int nr = 0; nr < SYSCALL_MAX; nr++)
		if (syscall_rows[nr].handler != HANDLER_NONE && nr != __NR_close)
			add(bitmap, nr);
	return 0;
}

/* Adds the numbers by which 32-bit programs make the selected calls. */
static void add_compat(uint64_t watched[8], const uint64_t selected[8])
{
#ifdef __x86_64__
#define IS_SELECTED(ours) (selected[__NR_##ours / 64] >> __NR_##ours % 64 & 1)
#define ADD_ROW(number, name, ours, flags)                                                                             \
	if (IS_SELECTED(ours))                                                                                         \
		add(watched, number);
#define ADD_SOCKET_ROW(number, name, ours, arguments)                                                                  \
	if (IS_SELECTED(ours))                                                                                         \
		add(watched, COMPAT_SOCKETCALL);
	COMPAT_I386_ROWS(ADD_ROW)
	COMPAT_SOCKET_ROWS(ADD_SOCKET_ROW)
#else
	(void)watched;
	(void)selected;
#endif
}

/* Word by word, each atomic: a reader in the kernel sees the old or the new word. */
static void store(__u64 *to, const uint64_t bitmap[8])
{
	for (int i = 0; i < 8; i++)
		__atomic_store_n(&to[i], bitmap[i], __ATOMIC_RELAXED);
}

int probe_select(struct probe *probe, const uint64_t bitmap[8])
{
	uint64_t watched[8];

	memcpy(watched, bitmap, sizeof(watched));
	add_compat(watched, bitmap);
	store(probe->programs.skeleton->bss->selected, bitmap);
	store(probe->programs.skeleton->bss->watched, watched);
	return 0;
}
