// SPDX-License-Identifier: Apache-2.0
/* Which syscalls are sent. */
#include <string.h>

#include "../bpf/syscalls.h"

#include "probe.h"

int probe_default_selection(uint64_t bitmap[8])
{
	memset(bitmap, 0, 8 * sizeof(bitmap[0]));
	for (int nr = 0; nr < SYSCALL_MAX; nr++)
		if (syscall_rows[nr].handler != HANDLER_NONE && nr != __NR_close)
			bitmap[nr / 64] |= UINT64_C(1) << nr % 64;
	return 0;
}

int probe_select(struct probe *probe, const uint64_t bitmap[8])
{
	/* Word by word, each atomic: a reader in the kernel sees the old or the new word. */
	for (int i = 0; i < 8; i++)
		__atomic_store_n(&probe->programs.skeleton->bss->selected[i], bitmap[i], __ATOMIC_RELAXED);
	return 0;
}
