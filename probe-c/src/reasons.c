// SPDX-License-Identifier: Apache-2.0
/* Why it did not work: what the host lacks, and what libbpf and the verifier said. */
#define _GNU_SOURCE
#include "reasons.h"

#include <bpf/libbpf.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifndef CAP_PERFMON /* 5.8 */
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

#define HEARD_MAX 4096
#define BTF_PATH "/sys/kernel/btf/vmlinux"

static char heard[HEARD_MAX];
static char culprit[64];
static libbpf_print_fn_t previous_print;

int reasons_say(char *error, size_t error_size, const char *format, ...)
{
	va_list arguments;

	if (!error || !error_size)
		return -1;
	va_start(arguments, format);
	vsnprintf(error, error_size, format, arguments);
	va_end(arguments);
	return -1;
}

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
	return reasons_say(
		error, error_size,
		"missing capability: %s\n"
		"The probe needs CAP_BPF (to load programs) and CAP_PERFMON (to read the kernel). Run as root, or give "
		"both: setpriv --ambient-caps +bpf,+perfmon --inh-caps +bpf,+perfmon ..., systemd "
		"AmbientCapabilities=CAP_BPF CAP_PERFMON, or a container with --cap-add SYS_ADMIN.",
		!bpf && !perfmon ? "CAP_BPF and CAP_PERFMON"
		: !bpf		 ? "CAP_BPF"
				 : "CAP_PERFMON");
}

/* Lockdown in confidentiality mode forbids reading the kernel by BPF; in integrity mode it does not matter to us. */
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

int reasons_check_host(char *error, size_t error_size)
{
	struct utsname name = {};

	if (access(BTF_PATH, R_OK)) {
		uname(&name);
		return reasons_say(error, error_size,
				   "this kernel (%s) has no BTF: %s is missing or not readable\n"
				   "The probe needs a kernel built with CONFIG_DEBUG_INFO_BTF=y (every current "
				   "distribution kernel), and "
				   "/sys mounted.",
				   name.release, BTF_PATH);
	}
	if (is_locked_down())
		return reasons_say(
			error, error_size,
			"kernel lockdown is in confidentiality mode: eBPF programs may not read the kernel\n"
			"Boot with lockdown=integrity or lockdown=none (see /sys/kernel/security/lockdown).");
	return check_capabilities(error, error_size);
}

/* Keeps the end of what is said: that is where the verifier says why. */
static void hear(const char *text, size_t length)
{
	size_t have = strlen(heard);

	if (length >= HEARD_MAX) {
		text += length - (HEARD_MAX - 1);
		length = HEARD_MAX - 1;
	}
	if (have + length >= HEARD_MAX) {
		size_t drop = have + length - (HEARD_MAX - 1);

		memmove(heard, heard + drop, have - drop);
		have -= drop;
	}
	memcpy(heard + have, text, length);
	heard[have + length] = 0;
}

static int listen_print(enum libbpf_print_level level, const char *format, va_list arguments)
{
	static char line[1 << 16];
	char name[sizeof(culprit)];
	int length;

	if (level == LIBBPF_DEBUG)
		return 0;
	length = vsnprintf(line, sizeof(line), format, arguments);
	if (length >= (int)sizeof(line))
		length = sizeof(line) - 1;
	if (!culprit[0] && sscanf(line, "libbpf: prog '%63[^']'", name) == 1)
		memcpy(culprit, name, sizeof(culprit));
	hear(line, length);
	return 0;
}

void reasons_listen(void)
{
	heard[0] = 0;
	culprit[0] = 0;
	previous_print = libbpf_set_print(listen_print);
}

void reasons_stop(void)
{
	libbpf_set_print(previous_print);
}

/* The last twelve lines. */
const char *reasons_heard(void)
{
	const char *at = heard + strlen(heard);
	int lines = 0;

	while (at > heard && lines < 13)
		if (*--at == '\n')
			lines++;
	return *at == '\n' ? at + 1 : at;
}

const char *reasons_culprit(void)
{
	return culprit;
}
