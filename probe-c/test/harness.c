// SPDX-License-Identifier: Apache-2.0
/* Drains the ring, stores the records, and compares. */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#define RECORDS_MAX 20000
#define STORE_BYTES (64 << 20)
#define BUSY (1u << 31)
#define DISCARDED (1u << 30)

struct probe *probe;
int failures;
int checks;

static char *store;
static size_t store_used;
static const void *records[RECORDS_MAX];
static int record_count;

static void keep(const void *bytes, __u32 length)
{
	if (!store)
		store = malloc(STORE_BYTES);
	if (record_count == RECORDS_MAX || store_used + length > STORE_BYTES)
		return;
	memcpy(store + store_used, bytes, length);
	records[record_count++] = store + store_used;
	store_used += (length + 7) & ~7u;
}

static void drain(bool keeping)
{
	struct probe_ring ring;
	unsigned long at;

	probe_ring(probe, &ring);
	at = __atomic_load_n((unsigned long *)ring.consumer, __ATOMIC_RELAXED);
	while (at < __atomic_load_n((const unsigned long *)ring.producer, __ATOMIC_ACQUIRE)) {
		const char *here = (const char *)ring.data + (at & (ring.size_bytes - 1));
		__u32 header = __atomic_load_n((const __u32 *)here, __ATOMIC_ACQUIRE);
		__u32 length = header & ~(BUSY | DISCARDED);

		if (header & BUSY)
			continue;
		if (keeping && !(header & DISCARDED))
			keep(here + 8, length);
		at += (length + 8 + 7) & ~7ul;
		__atomic_store_n((unsigned long *)ring.consumer, at, __ATOMIC_RELEASE);
	}
}

void capture_begin(void)
{
	drain(false);
	record_count = 0;
	store_used = 0;
}

void capture_end(void)
{
	drain(true);
}

static int number_of(struct record record)
{
	switch (record.hdr->type) {
	case KEVENT_SYSCALL:
		return record.syscall->nr;
	case KEVENT_OPEN:
		return record.open->nr;
	case KEVENT_SOCKET:
		return record.socket->nr;
	default:
		return -1;
	}
}

static struct record at(int index)
{
	return (struct record){ .hdr = records[index], .bytes = records[index] };
}

struct record captured_of(int type, int nr, int pid)
{
	for (int i = record_count - 1; i >= 0; i--) {
		struct record record = at(i);

		if (record.hdr->type == type && (nr < 0 || number_of(record) == nr) && (int)record.hdr->pid == pid)
			return record;
	}
	return (struct record){};
}

struct record captured(int type, int nr, int n)
{
	for (int i = 0; i < record_count; i++) {
		struct record record = at(i);

		if (record.hdr->type == type && (nr < 0 || number_of(record) == nr) &&
		    (int)record.hdr->pid == getpid() && n-- == 0)
			return record;
	}
	return (struct record){};
}

struct record captured_named(int type, int pid, const char *first)
{
	for (int i = 0; i < record_count; i++) {
		struct record record = at(i);

		if (record.hdr->type == type && (int)record.hdr->pid == pid && !strcmp(text(record, 0), first))
			return record;
	}
	return (struct record){};
}

int captured_total(int type, int pid)
{
	int total = 0;

	for (int i = 0; i < record_count; i++)
		total += at(i).hdr->type == type && (int)at(i).hdr->pid == pid;
	return total;
}

int captured_count(void)
{
	return record_count;
}

const char *text(struct record record, int index)
{
	static char buffers[8][KEVENT_ARGV_MAX + 1];
	static int next;
	char *buffer = buffers[next++ % 8];
	__u16 lengths[6] = {};
	const char *from;

	buffer[0] = 0;
	if (!record.bytes)
		return "(no record)";
	switch (record.hdr->type) {
	case KEVENT_EXEC:
	case KEVENT_PROCESS:
		memcpy(lengths, &record.process->exe_len, sizeof(lengths));
		from = (const char *)(record.process + 1);
		break;
	case KEVENT_SYSCALL:
		memcpy(lengths, record.syscall->str_len, sizeof(record.syscall->str_len));
		from = (const char *)(record.syscall + 1);
		break;
	case KEVENT_OPEN:
		memcpy(lengths, &record.open->path_len, 3 * sizeof(lengths[0]));
		from = (const char *)(record.open + 1);
		break;
	case KEVENT_SOCKET:
		memcpy(lengths, &record.socket->local_len, 2 * sizeof(lengths[0]));
		from = (const char *)(record.socket + 1);
		break;
	default:
		return "(no strings)";
	}
	for (int i = 0; i < index; i++)
		from += lengths[i];
	memcpy(buffer, from, lengths[index]);
	buffer[lengths[index]] = 0;
	return buffer;
}

void check_failed(const char *file, int line, const char *what)
{
	failures++;
	fprintf(stderr, "%s:%d: check failed: %s\n", file, line, what);
}

void check_text(const char *file, int line, const char *what, const char *actual, const char *expected)
{
	checks++;
	if (strcmp(actual, expected)) {
		failures++;
		fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what, actual, expected);
	}
}

void check_number(const char *file, int line, const char *what, long long actual, long long expected)
{
	checks++;
	if (actual != expected) {
		failures++;
		fprintf(stderr, "%s:%d: %s is %lld (0x%llx), expected %lld\n", file, line, what, actual, actual,
			expected);
	}
}
