/* SPDX-License-Identifier: Apache-2.0 */
/* programs.h - the eBPF programs: loaded, then attached. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include "tiercel_probe.h"

#include "probe.skel.h"

#define PROGRAMS_STATUS_MAX 4096

struct programs {
	struct probe_bpf *skeleton;
	char status[PROGRAMS_STATUS_MAX]; /* as probe_programs returns it */
};

/*
 * Opens the object and loads every program that the kernel accepts. 0, or -errno with a message in error. Options must
 * be valid and complete.
 */
int programs_load(struct programs *programs, const struct probe_options *options, char *error, size_t error_size);

/* Attaches the programs: records are sent from here on. 0, or -errno with a message in error. */
int programs_attach(struct programs *programs, char *error, size_t error_size);

/* Detaches and unloads; also after a failure, or before anything was loaded. */
void programs_unload(struct programs *programs);

#endif
