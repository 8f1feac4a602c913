/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tiercel_probe.h - the flat C interface of libtiercel-probe.so.
 *
 * The library loads and attaches the eBPF programs and returns the addresses of the ring that they write to; the caller
 * reads the records in place (kevent.h). The functions are for set-up, waiting and counting: none is called per record.
 *
 * Threads: probe_open, probe_snapshot, probe_select, probe_counters and probe_programs may be called from any thread.
 * probe_wait and the ring belong to one reader. probe_close must not overlap any other call on the same probe.
 */
#ifndef TIERCEL_PROBE_H
#define TIERCEL_PROBE_H

#include <stddef.h>
#include <stdint.h>

#include "kevent.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROBE_API __attribute__((visibility("default")))

/* All zero is a usable default. */
struct probe_options {
	uint32_t abi_version;  /* KEVENT_ABI_VERSION of the caller; 0 to skip the check */
	uint32_t ring_bytes;   /* power of two, at least 65536; 0 for 8 MiB */
	uint32_t wakeup_bytes; /* wake the reader each time this many bytes are pending; power of two; 0 for 256 KiB, or
				* a quarter of a small ring */
	int32_t own_pid;       /* process whose syscalls are not sent, as the caller sees it; 0 for none */
	uint32_t env_bytes;    /* bytes of the environment that are sent, at most KEVENT_ENV_MAX; 0 for none */
	uint32_t _pad;
	uint64_t syscalls[8]; /* bit nr: send the syscall nr; all zero for the default set */
};

/* Where the ring is. Valid until probe_close. */
struct probe_ring {
	void *consumer;	      /* one page; the first 8 bytes are the reader's position, written by the reader */
	const void *producer; /* one page; the first 8 bytes are the writer's position */
	const void *data;     /* size_bytes, then the first overlap_bytes of them again, so that no record wraps */
	uint64_t size_bytes;
	int32_t epoll_fd;	/* readable when wakeup_bytes are pending (edge-triggered) */
	uint32_t overlap_bytes; /* at least the length of any record */
};

/* An opaque handle. */
struct probe;

/* KEVENT_ABI_VERSION that the library was built with. */
PROBE_API int kevent_abi_version(void);

/*
 * Loads and attaches every program that this kernel accepts. NULL on failure, with a message of one or more lines in
 * error (cut at error_size) that says what is missing and what to do.
 */
PROBE_API struct probe *probe_open(const struct probe_options *options, char *error, size_t error_size);

PROBE_API int probe_ring(struct probe *probe, struct probe_ring *out);

/*
 * Waits until wakeup_bytes are pending or the timeout is over. 1 after a wake-up, 0 after a timeout, or -errno. The
 * ring may hold records after a timeout too: drain it in both cases.
 */
PROBE_API int probe_wait(struct probe *probe, int timeout_millis);

/*
 * As probe_wait, but the first record ends the wait, for a reader that has nothing else to do. One that comes just as
 * the wait begins may not: the timeout bounds its delay.
 */
PROBE_API int probe_wait_record(struct probe *probe, int timeout_millis);

/*
 * Writes a KEVENT_PROCESS record for every process to the ring. The number of processes, or -errno (-ENOSYS: the kernel
 * has refused the iterator). If there are many processes, the ring must be drained meanwhile: it waits while the ring is
 * more than half full, until nothing has been drained for a second.
 */
PROBE_API int probe_snapshot(struct probe *probe);

/* Sums the per-CPU counters into out. 0 or -errno. */
PROBE_API int probe_counters(struct probe *probe, struct kevent_counters *out);

/* Replaces the set of syscalls that are sent; takes effect at once. 0 or -errno. */
PROBE_API int probe_select(struct probe *probe, const uint64_t bitmap[8]);

/* Writes the default set to bitmap, for callers that start from it. 0. */
PROBE_API int probe_default_selection(uint64_t bitmap[8]);

/* Writes a line per program, "name attached" or "name refused: reason". The length without the NUL, or -errno. */
PROBE_API int probe_programs(struct probe *probe, char *out, size_t size);

/* Detaches and frees everything. NULL is allowed. */
PROBE_API void probe_close(struct probe *probe);

#ifdef __cplusplus
}
#endif

#endif
