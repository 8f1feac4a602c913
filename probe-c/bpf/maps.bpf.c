// SPDX-License-Identifier: GPL-2.0
/* Defines the maps and variables of maps.h, the licence, and the program that determines our own pid. */
#include "maps.h"

char LICENSE[] SEC("license") = "GPL";

struct ring_map ring SEC(".maps");
struct counters_map counters SEC(".maps");
struct scratches_map scratches SEC(".maps");
struct ended_map ended SEC(".maps");
struct handlers_map handlers SEC(".maps");

const volatile __u32 wakeup_bytes = 64 << 10;
const volatile __u32 env_bytes = 0;
const volatile bool can_cast = false;

__u64 selected[SYSCALL_MAX / 64] = {};
__u64 watched[SYSCALL_MAX / 64] = {};
__u32 own_tgid = 0;
__u32 reader_idle = 0;
__u64 snapshot_processes = 0;

/*
 * Run once by the library (BPF_PROG_TEST_RUN), never attached: a caller in a pid namespace knows only its pid in that
 * namespace.
 */
SEC("raw_tp")
int probe_own_tgid(void *ctx)
{
	own_tgid = bpf_get_current_pid_tgid() >> 32;
	return 0;
}
