/* SPDX-License-Identifier: GPL-2.0 */
/* emit.h - writes records to the ring, and counts those that are lost. */
#ifndef PROBE_EMIT_H
#define PROBE_EMIT_H

#include "maps.h"

static __always_inline struct kevent_counters *emit_counters(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&counters, &key);
}

static __always_inline struct scratch *emit_scratch(__u32 user, __u32 class)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &user);

	if (!scratch) {
		struct kevent_counters *count = emit_counters();

		if (count && class < KEVENT_CLASS_MAX)
			count->scratch[class]++;
	}
	return scratch;
}

/*
 * Wakes the reader each time the pending bytes pass a multiple of wakeup_bytes: the kernel's default, a wake-up per
 * record, costs more than the record. Two CPUs may both miss a multiple; the next one, or the reader's timeout,
 * compensates. The positions are read in the kernel's own struct: bpf_ringbuf_query costs ten times as much. A reader that
 * has nothing to do is woken by the first record; one that comes between its last look at the ring and reader_idle is
 * found at the reader's timeout.
 */
static __always_inline __u64 emit_flags(__u32 length)
{
	struct bpf_ringbuf *positions = ((struct bpf_ringbuf_map *)&ring)->rb;
	__u64 pending = positions->producer_pos - positions->consumer_pos;

	if (reader_idle) {
		reader_idle = 0;
		return BPF_RB_FORCE_WAKEUP;
	}
	return (pending ^ (pending + length)) & ~(__u64)(wakeup_bytes - 1) ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

/* The class has 64 bits: of copies of 32, verifiers before 6.12 forget the bound. */
static __always_inline void emit_record(struct kevent_hdr *hdr, __u32 length, __u64 class)
{
	struct kevent_counters *count = emit_counters();
	long error;

	hdr->length = length;
	barrier_var(class);
	if (length > RECORD_MAX || class >= KEVENT_CLASS_MAX)
		return; /* never true, but the verifier needs the bound */
	error = bpf_ringbuf_output(&ring, hdr, length, emit_flags(length));
	if (!count)
		return;
	if (error)
		count->ring_full[class]++;
	else
		count->emitted[class]++;
	if (hdr->flags & KEVENT_F_FAULT)
		count->faults++;
}

/* Room on the ring for a record without strings; NULL, and counted, if the ring is full. */
static __always_inline void *emit_reserve(__u32 length, __u32 class)
{
	void *record = bpf_ringbuf_reserve(&ring, length, 0);

	if (!record) {
		struct kevent_counters *count = emit_counters();

		if (count)
			count->ring_full[class]++;
	}
	return record;
}

/* Sends the record that emit_reserve returned. */
static __always_inline void emit_submit(struct kevent_hdr *hdr, __u32 length, __u32 class)
{
	struct kevent_counters *count = emit_counters();

	hdr->length = length;
	bpf_ringbuf_submit(hdr, emit_flags(length));
	if (count)
		count->emitted[class]++;
}

/* Counts a call of a 32-bit program where those are not decoded. Returns 0, so that a program can return it. */
static __always_inline int emit_unfollowed(void)
{
#if defined(__TARGET_ARCH_arm64)
	struct kevent_counters *count = emit_counters();

	if (count)
		count->compat++;
#endif
	return 0;
}

#endif
