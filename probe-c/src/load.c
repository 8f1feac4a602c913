// SPDX-License-Identifier: Apache-2.0
/* Loading and attaching: what is required, what is optional, and what became of each program. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/syscalls.h"

#include "error.h"
#include "libbpf_log.h"
#include "probe.h"

/* Programs that the kernel may refuse without harm, and what is lost then. */
static const char *const optional[] = { "probe_snapshot", "probe_own_tgid", "probe_io_uring" };

#define OPTIONAL_MAX (sizeof(optional) / sizeof(optional[0]))

/* libbpf's print hook is the process's. */
static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;

struct refusals {
	bool refused[OPTIONAL_MAX];
	char why[OPTIONAL_MAX][160];
};

int probe_default_selection(uint64_t bitmap[8])
{
	memset(bitmap, 0, 8 * sizeof(bitmap[0]));
	for (int nr = 0; nr < SYSCALL_MAX; nr++)
		if (syscall_rows[nr].handler != HANDLER_NONE && nr != __NR_close)
			bitmap[nr / 64] |= UINT64_C(1) << nr % 64;
	return 0;
}

static int optional_index(const char *name)
{
	for (size_t i = 0; i < OPTIONAL_MAX; i++)
		if (!strcmp(optional[i], name))
			return i;
	return -1;
}

/* One line out of what libbpf said: the last that is no trailer. */
static void refusal_keep(struct refusals *refusals, int index, int result)
{
	snprintf(refusals->why[index], sizeof(refusals->why[index]), "%s",
		 result == -ESRCH ? "this kernel has no such hook" : strerror(-result));
	refusals->refused[index] = true;
}

/* Whether the kernel has the function bpf_rdonly_cast. */
static bool kernel_can_cast(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	bool can = btf && btf__find_by_name_kind(btf, "bpf_rdonly_cast", BTF_KIND_FUNC) > 0;

	btf__free(btf);
	return can;
}

static struct probe_bpf *try_load(const struct probe_options *options, const struct refusals *refusals, int *result)
{
	struct probe_bpf *skeleton = probe_bpf__open();
	struct bpf_program *program;

	if (!skeleton) {
		*result = -errno;
		return NULL;
	}
	bpf_object__for_each_program (program, skeleton->obj) {
		int index = optional_index(bpf_program__name(program));

		if (index >= 0 && refusals->refused[index])
			bpf_program__set_autoload(program, false);
	}
	bpf_map__set_max_entries(skeleton->maps.ring, options->ring_bytes);
	skeleton->rodata->wakeup_bytes = options->wakeup_bytes;
	skeleton->rodata->env_bytes = options->env_bytes;
	skeleton->rodata->can_cast = kernel_can_cast();
	*result = probe_bpf__load(skeleton);
	if (!*result)
		return skeleton;
	probe_bpf__destroy(skeleton);
	return NULL;
}

static void programs_say(struct probe *probe, const char *name, const char *what, const char *why)
{
	size_t have = strlen(probe->programs);

	snprintf(probe->programs + have, sizeof(probe->programs) - have, "%s %s%s%s\n", name, what, why ? ": " : "",
		 why ? why : "");
}

static int load_failed(int result, char *error, size_t error_size)
{
	if (result == -EPERM && !strstr(libbpf_log_tail(), "BPF program load failed"))
		error_set(error, error_size,
			  "the kernel refused eBPF: %s\nInside a container, its seccomp profile must allow bpf(2) too.",
			  strerror(-result));
	else if (libbpf_log_failed_program()[0])
		error_set(error, error_size, "the kernel refused program %s: %s\nIts last words:\n%s",
			  libbpf_log_failed_program(), strerror(-result), libbpf_log_tail());
	else
		error_set(error, error_size, "the eBPF object could not be loaded: %s\n%s", strerror(-result),
			  libbpf_log_tail());
	return result;
}

/* A failed load names one program; if it is optional, the rest is tried without it. */
static int load_without_refused(struct probe *probe, const struct probe_options *options, struct refusals *refusals,
				char *error, size_t error_size)
{
	int result = 0;

	for (size_t attempt = 0; attempt <= OPTIONAL_MAX; attempt++) {
		int index;

		libbpf_log_start();
		probe->skeleton = try_load(options, refusals, &result);
		libbpf_log_stop();
		if (probe->skeleton)
			return 0;
		index = optional_index(libbpf_log_failed_program());
		if (index < 0 || refusals->refused[index])
			break;
		refusal_keep(refusals, index, result);
	}
	return load_failed(result, error, error_size);
}

/* The caller's number is its own namespace's; the program sees the initial one's. */
static void find_own_tgid(struct probe *probe, const struct probe_options *options)
{
	int fd = bpf_program__fd(probe->skeleton->progs.probe_own_tgid);
	LIBBPF_OPTS(bpf_test_run_opts, run);

	if (options->own_pid <= 0)
		return;
	if (options->own_pid != getpid() || fd < 0 || bpf_prog_test_run_opts(fd, &run))
		probe->skeleton->bss->own_tgid = options->own_pid;
}

/* Programs that probe_sys_exit jumps to. They are attached by being in the map. */
static struct bpf_program *handler_program(const struct probe *probe, __u32 index)
{
	switch (index) {
	case HANDLER_SYSCALL:
		return probe->skeleton->progs.probe_syscall;
	case HANDLER_OPEN:
		return probe->skeleton->progs.probe_open;
	case HANDLER_SOCKET:
		return probe->skeleton->progs.probe_socket;
	case HANDLER_DUP:
		return probe->skeleton->progs.probe_dup;
	case HANDLER_TRANSFER:
		return probe->skeleton->progs.probe_transfer;
	default:
		return NULL;
	}
}

static bool is_handler(const struct probe *probe, const struct bpf_program *program)
{
	for (__u32 index = HANDLER_NONE + 1; index < HANDLER_MAX; index++)
		if (handler_program(probe, index) == program)
			return true;
	return false;
}

static int fill_handlers(struct probe *probe)
{
	int map = bpf_map__fd(probe->skeleton->maps.handlers);

	for (__u32 index = HANDLER_NONE + 1; index < HANDLER_MAX; index++) {
		int fd = bpf_program__fd(handler_program(probe, index));

		if (bpf_map_update_elem(map, &index, &fd, BPF_ANY))
			return -errno;
		programs_say(probe, bpf_program__name(handler_program(probe, index)), "attached", NULL);
	}
	return 0;
}

int load_open(struct probe *probe, const struct probe_options *options, char *error, size_t error_size)
{
	static const uint64_t none[8];
	struct refusals refusals = {};
	uint64_t bitmap[8];
	int result;

	pthread_mutex_lock(&load_lock);
	result = load_without_refused(probe, options, &refusals, error, error_size);
	pthread_mutex_unlock(&load_lock);
	if (result)
		return result;
	for (size_t i = 0; i < OPTIONAL_MAX; i++)
		if (refusals.refused[i])
			programs_say(probe, optional[i], "refused", refusals.why[i]);
	probe->possible_cpus = libbpf_num_possible_cpus();
	result = probe->possible_cpus < 0 ? probe->possible_cpus : fill_handlers(probe);
	if (result) {
		error_set(error, error_size, "the handlers could not be connected: %s", strerror(-result));
		return result;
	}
	find_own_tgid(probe, options);
	probe_default_selection(bitmap);
	return probe_select(probe, memcmp(options->syscalls, none, sizeof(none)) ? options->syscalls : bitmap);
}

static bool is_attachable(const struct probe *probe, const struct bpf_program *program)
{
	return bpf_program__autoload(program) && program != probe->skeleton->progs.probe_own_tgid &&
	       !is_handler(probe, program);
}

static struct bpf_link **link_of(struct probe *probe, const struct bpf_program *program)
{
	struct bpf_object_skeleton *object = probe->skeleton->skeleton;

	for (int i = 0; i < object->prog_cnt; i++)
		if (*object->progs[i].prog == program)
			return object->progs[i].link;
	return NULL;
}

int load_attach(struct probe *probe, char *error, size_t error_size)
{
	struct bpf_program *program;

	bpf_object__for_each_program (program, probe->skeleton->obj) {
		const char *name = bpf_program__name(program);
		struct bpf_link *link;

		if (!is_attachable(probe, program))
			continue;
		link = bpf_program__attach(program);
		if (link) {
			*link_of(probe, program) = link;
			programs_say(probe, name, "attached", NULL);
		} else if (optional_index(name) >= 0) {
			programs_say(probe, name, "refused", strerror(errno));
		} else {
			int result = -errno;

			error_set(error, error_size, "program %s was loaded but could not be attached: %s", name,
				  strerror(-result));
			return result;
		}
	}
	return 0;
}
