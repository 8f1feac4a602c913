// SPDX-License-Identifier: Apache-2.0
#include "host.h"

#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "error.h"

#ifndef CAP_PERFMON /* 5.8 */
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

#define BTF_PATH "/sys/kernel/btf/vmlinux"

static uint64_t effective_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {};

	if (syscall(SYS_capget, &header, data))
		return 0;
	return data[0].effective | (uint64_t)data[1].effective << 32;
}

static int check_capabilities(char *error, size_t error_size)
{
	uint64_t set = effective_capabilities();
	bool bpf = set >> CAP_BPF & 1, perfmon = set >> CAP_PERFMON & 1;

	if (set >> CAP_SYS_ADMIN & 1 || (bpf && perfmon))
		return 0;
	return error_set(error, error_size,
			 "missing capability: %s\n"
			 "The probe needs CAP_BPF (to load programs) and CAP_PERFMON (to read kernel memory). Run as "
			 "root, or grant both: setpriv --ambient-caps +bpf,+perfmon --inh-caps +bpf,+perfmon ..., "
			 "systemd AmbientCapabilities=CAP_BPF CAP_PERFMON, or a container with --cap-add SYS_ADMIN.",
			 !bpf && !perfmon ? "CAP_BPF and CAP_PERFMON"
			 : !bpf		  ? "CAP_BPF"
					  : "CAP_PERFMON");
}

/* Lockdown forbids reading kernel memory from BPF in confidentiality mode only; integrity mode is no obstacle. */
static bool is_locked_down(void)
{
	char text[128] = "";
	FILE *file = fopen("/sys/kernel/security/lockdown", "re");
	bool locked;

	if (!file)
		return false;
	locked = fgets(text, sizeof(text), file) && strstr(text, "[confidentiality]");
	fclose(file);
	return locked;
}

int host_check(char *error, size_t error_size)
{
	struct utsname name = {};

	if (access(BTF_PATH, R_OK)) {
		uname(&name);
		return error_set(error, error_size,
				 "this kernel (%s) has no BTF: %s is missing or not readable\n"
				 "The probe needs /sys and a kernel built with CONFIG_DEBUG_INFO_BTF=y, as those of "
				 "all current distributions are.",
				 name.release, BTF_PATH);
	}
	if (is_locked_down())
		return error_set(
			error, error_size,
			"kernel lockdown is in confidentiality mode: eBPF programs may not read kernel memory\n"
			"Boot with lockdown=integrity or lockdown=none (see /sys/kernel/security/lockdown).");
	return check_capabilities(error, error_size);
}
