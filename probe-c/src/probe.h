/* SPDX-License-Identifier: Apache-2.0 */
/* probe.h - what is behind the opaque handle. */
#ifndef PROBE_H
#define PROBE_H

#include <pthread.h>

#include "programs.h"

struct probe {
	struct programs programs;
	struct probe_ring ring;
	void *mapped; /* the producer's page and the data, in one mapping */
	size_t mapped_bytes;
	int possible_cpus;
	pthread_mutex_t snapshot_lock;
};

#endif
