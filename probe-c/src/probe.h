/* SPDX-License-Identifier: Apache-2.0 */
/* probe.h - the handle, and the two steps of opening that need libbpf's attention. */
#ifndef PROBE_H
#define PROBE_H

#include <pthread.h>
#include <stdbool.h>

#include "tiercel_probe.h"

#include "probe.skel.h"

#define PROGRAMS_TEXT_MAX 4096

struct probe {
	struct probe_bpf *skeleton;
	struct probe_ring ring;
	void *mapped; /* the producer's page and the data, in one mapping */
	size_t mapped_bytes;
	int possible_cpus;
	pthread_mutex_t snapshot_lock;
	char programs[PROGRAMS_TEXT_MAX]; /* as probe_programs returns it */
};

/* Opens the object and loads every program that the kernel accepts. 0, or -errno with the message written. */
int load_open(struct probe *probe, const struct probe_options *options, char *error, size_t error_size);

/* Connects the handlers, attaches the programs and starts sending. 0, or -errno with the message written. */
int load_attach(struct probe *probe, char *error, size_t error_size);

#endif
