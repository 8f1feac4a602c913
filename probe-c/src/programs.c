// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "programs.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/syscalls.h"

#include "error.h"
#include "libbpf_log.h"

/* Programs that the kernel may refuse: the rest works without them. */
static const char *const optional[] = { "probe_snapshot", "probe_own_tgid", "probe_io_uring" };

#define OPTIONAL_MAX (sizeof(optional) / sizeof(optional[0]))

/* libbpf_log.h: one capture at a time. */
static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;

struct refusals {
	bool refused[OPTIONAL_MAX];
	char why[OPTIONAL_MAX][160];
};

static int optional_index(const char *name)
{
	for (size_t i = 0; i < OPTIONAL_MAX; i++)
		if (!strcmp(optional[i], name))
			return i;
	return -1;
}

static void refusals_add(struct refusals *refusals, int index, int result)
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

static void status_add(struct programs *programs, const char *name, const char *what, const char *why)
{
	size_t have = strlen(programs->status);

	snprintf(programs->status + have, sizeof(programs->status) - have, "%s %s%s%s\n", name, what, why ? ": " : "",
		 why ? why : "");
}

static int load_failed(int result, char *error, size_t error_size)
{
	if (result == -EPERM && !strstr(libbpf_log_tail(), "BPF program load failed"))
		error_set(error, error_size,
			  "the kernel refused eBPF: %s\nInside a container, its seccomp profile must allow bpf(2) too.",
			  strerror(-result));
	else if (libbpf_log_failed_program()[0])
		error_set(error, error_size, "the kernel refused program %s: %s\nEnd of its log:\n%s",
			  libbpf_log_failed_program(), strerror(-result), libbpf_log_tail());
	else
		error_set(error, error_size, "the eBPF object could not be loaded: %s\n%s", strerror(-result),
			  libbpf_log_tail());
	return result;
}

/* A failed load names one program; if that is optional, loads the rest without it. */
static int load_without_refused(struct programs *programs, const struct probe_options *options,
				struct refusals *refusals, char *error, size_t error_size)
{
	int result = 0;

	for (size_t attempt = 0; attempt <= OPTIONAL_MAX; attempt++) {
		int index;

		libbpf_log_start();
		programs->skeleton = try_load(options, refusals, &result);
		libbpf_log_stop();
		if (programs->skeleton)
			return 0;
		index = optional_index(libbpf_log_failed_program());
		if (index < 0 || refusals->refused[index])
			break;
		refusals_add(refusals, index, result);
	}
	return load_failed(result, error, error_size);
}

/* The caller's pid is that of its own namespace; the programs see the pid of the initial one. */
static void find_own_tgid(struct programs *programs, const struct probe_options *options)
{
	int fd = bpf_program__fd(programs->skeleton->progs.probe_own_tgid);
	LIBBPF_OPTS(bpf_test_run_opts, run);

	if (options->own_pid <= 0)
		return;
	if (options->own_pid != getpid() || fd < 0 || bpf_prog_test_run_opts(fd, &run))
		programs->skeleton->bss->own_tgid = options->own_pid;
}

/* The programs that probe_sys_exit jumps to. They are attached by being in the map. */
static struct bpf_program *handler_program(const struct programs *programs, __u32 index)
{
	switch (index) {
	case HANDLER_SYSCALL:
		return programs->skeleton->progs.probe_syscall;
	case HANDLER_OPEN:
		return programs->skeleton->progs.probe_open;
	case HANDLER_SOCKET:
		return programs->skeleton->progs.probe_socket;
	case HANDLER_DUP:
		return programs->skeleton->progs.probe_dup;
	case HANDLER_TRANSFER:
		return programs->skeleton->progs.probe_transfer;
	case HANDLER_FOREIGN:
		return programs->skeleton->progs.probe_foreign;
	default:
		return NULL;
	}
}

static bool is_handler(const struct programs *programs, const struct bpf_program *program)
{
	for (__u32 index = HANDLER_NONE + 1; index < HANDLER_MAX; index++)
		if (handler_program(programs, index) == program)
			return true;
	return false;
}

static int fill_handlers(struct programs *programs)
{
	int map = bpf_map__fd(programs->skeleton->maps.handlers);

	for (__u32 index = HANDLER_NONE + 1; index < HANDLER_MAX; index++) {
		int fd = bpf_program__fd(handler_program(programs, index));

		if (bpf_map_update_elem(map, &index, &fd, BPF_ANY))
			return -errno;
		status_add(programs, bpf_program__name(handler_program(programs, index)), "attached", NULL);
	}
	return 0;
}

int programs_load(struct programs *programs, const struct probe_options *options, char *error, size_t error_size)
{
	struct refusals refusals = {};
	int result;

	pthread_mutex_lock(&load_lock);
	result = load_without_refused(programs, options, &refusals, error, error_size);
	pthread_mutex_unlock(&load_lock);
	if (result)
		return result;
	for (size_t i = 0; i < OPTIONAL_MAX; i++)
		if (refusals.refused[i])
			status_add(programs, optional[i], "refused", refusals.why[i]);
	result = fill_handlers(programs);
	if (result) {
		error_set(error, error_size, "the handlers could not be connected: %s", strerror(-result));
		return result;
	}
	find_own_tgid(programs, options);
	return 0;
}

static bool is_attachable(const struct programs *programs, const struct bpf_program *program)
{
	return bpf_program__autoload(program) && program != programs->skeleton->progs.probe_own_tgid &&
	       !is_handler(programs, program);
}

static struct bpf_link **link_of(struct programs *programs, const struct bpf_program *program)
{
	struct bpf_object_skeleton *object = programs->skeleton->skeleton;

	for (int i = 0; i < object->prog_cnt; i++)
		if (*object->progs[i].prog == program)
			return object->progs[i].link;
	return NULL;
}

int programs_attach(struct programs *programs, char *error, size_t error_size)
{
	struct bpf_program *program;

	bpf_object__for_each_program (program, programs->skeleton->obj) {
		const char *name = bpf_program__name(program);
		struct bpf_link *link;

		if (!is_attachable(programs, program))
			continue;
		link = bpf_program__attach(program);
		if (link) {
			*link_of(programs, program) = link;
			status_add(programs, name, "attached", NULL);
		} else if (optional_index(name) >= 0) {
			status_add(programs, name, "refused", strerror(errno));
		} else {
			int result = -errno;

			error_set(error, error_size, "program %s was loaded but could not be attached: %s", name,
				  strerror(-result));
			return result;
		}
	}
	return 0;
}

void programs_unload(struct programs *programs)
{
	probe_bpf__destroy(programs->skeleton);
}
