// SPDX-License-Identifier: Apache-2.0
/* The library's interface: options, selection, counters, waiting, a full ring, several probes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

static __u64 sum(const __u64 *values)
{
	__u64 total = 0;

	for (int i = 0; i < KEVENT_CLASS_MAX; i++)
		total += values[i];
	return total;
}

static void check_options(void)
{
	static const struct {
		struct probe_options options;
		const char *message;
	} cases[] = {
		{ { .abi_version = 999 }, "version 999" },
		{ { .ring_bytes = 100000 }, "ring_bytes=100000" },
		{ { .wakeup_bytes = 1000 }, "wakeup_bytes=1000" },
		{ { .env_bytes = 100000 }, "env_bytes=100000" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char error[512] = "";

		CHECK(!probe_open(&cases[i].options, error, sizeof(error)));
		CHECK(strstr(error, cases[i].message));
	}
	CHECK_NUMBER(kevent_abi_version(), KEVENT_ABI_VERSION);
	probe_close(NULL);
}

static void check_programs(void)
{
	char text[4096], little[8];
	int needed = probe_programs(probe, text, sizeof(text));

	CHECK(needed == (int)strlen(text) && strstr(text, "probe_sys_exit attached\n"));
	CHECK(probe_programs(probe, little, sizeof(little)) == needed && strlen(little) == sizeof(little) - 1);
}

static void check_selection(void)
{
	uint64_t everything[8], only_getppid[8] = {}, with_close[8];

	probe_default_selection(everything);
	memcpy(with_close, everything, sizeof(with_close));
	with_close[SYS_close / 64] |= UINT64_C(1) << SYS_close % 64;
	only_getppid[SYS_getppid / 64] |= UINT64_C(1) << SYS_getppid % 64;
	probe_select(probe, only_getppid);
	capture_begin();
	close(open("/etc/hostname", O_RDONLY));
	syscall(SYS_getppid); /* has no handler: selecting it is harmless */
	capture_end();
	CHECK(!captured(KEVENT_OPEN, -1, 0).bytes && !captured(KEVENT_SYSCALL, -1, 0).bytes);
	probe_select(probe, with_close);
	capture_begin();
	close(open("/etc/hostname", O_RDONLY));
	capture_end();
	CHECK(captured(KEVENT_OPEN, -1, 0).bytes && captured(KEVENT_SYSCALL, SYS_close, 0).bytes);
	probe_select(probe, everything);
}

static void check_counters(void)
{
	struct kevent_counters before, after;
	int ours = 0;

	capture_begin();
	CHECK_NUMBER(probe_counters(probe, &before), 0);
	for (int i = 0; i < 100; i++)
		close(open("/etc/hostname", O_RDONLY));
	CHECK_NUMBER(probe_counters(probe, &after), 0);
	capture_end();
	while (captured(KEVENT_OPEN, -1, ours).bytes)
		ours++;
	CHECK_NUMBER(ours, 100);
	CHECK(after.emitted[KEVENT_CLASS_OPEN] - before.emitted[KEVENT_CLASS_OPEN] >= 100);
	CHECK_NUMBER(sum(after.ring_full), sum(before.ring_full));
}

static double now_millis(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void check_wait(void)
{
	double start;

	capture_begin();
	probe_wait(probe, 0);
	start = now_millis();
	CHECK(probe_wait(probe, 30) >= 0);
	CHECK(now_millis() - start < 3000);
	for (int i = 0; i < 3000; i++) /* more than wakeup_bytes of records */
		close(open("/etc/hostname", O_RDONLY));
	CHECK_NUMBER(probe_wait(probe, 2000), 1);
	capture_end();
}

/* A record that is there already, or one that comes while the reader waits, ends the wait. */
static void check_wait_record(void)
{
	double start = now_millis();
	pid_t child;

	capture_begin();
	close(open("/etc/hostname", O_RDONLY));
	CHECK_NUMBER(probe_wait_record(probe, 60000), 1);
	capture_end();
	probe_wait(probe, 0);
	child = fork();
	if (child == 0) {
		usleep(200000);
		close(open("/etc/hostname", O_RDONLY));
		_exit(0);
	}
	capture_begin();
	while (!captured_of(KEVENT_OPEN, -1, child).bytes && now_millis() - start < 60000) { /* others wake it too */
		probe_wait_record(probe, 60000);
		capture_end();
	}
	CHECK(now_millis() - start < 60000);
	waitpid(child, NULL, 0);
}

/* A second probe with a small ring: the ring fills, losses are counted, the first probe is not affected. */
static void check_full_ring(void)
{
	struct probe_options options = { .ring_bytes = 65536 };
	struct kevent_counters counters;
	struct probe *first = probe;
	char error[4096] = "";
	int kept = 0;

	capture_begin();
	probe = probe_open(&options, error, sizeof(error));
	if (!probe) {
		fprintf(stderr, "%s\n", error);
		CHECK(probe);
		probe = first;
		return;
	}
	for (int i = 0; i < 2000; i++)
		close(open("/etc/hostname", O_RDONLY));
	probe_counters(probe, &counters);
	CHECK(counters.ring_full[KEVENT_CLASS_OPEN] > 1000);
	CHECK(counters.emitted[KEVENT_CLASS_OPEN] + counters.ring_full[KEVENT_CLASS_OPEN] >= 2000);
	capture_end();
	while (captured(KEVENT_OPEN, -1, kept).bytes)
		kept++;
	CHECK(kept > 100 && kept < 1000);
	capture_begin();
	close(open("/etc/hostname", O_RDONLY));
	capture_end();
	CHECK(captured(KEVENT_OPEN, -1, 0).bytes);
	probe_close(probe);
	probe = first;
	capture_begin();
}

static void *take_snapshot(void *seen)
{
	*(int *)seen = probe_snapshot(probe);
	return NULL;
}

/* The records of a thousand processes exceed the ring by far; none is lost if it is drained meanwhile. */
static void check_snapshot_waits_for_the_reader(void)
{
	struct probe_options options = { .ring_bytes = 128 << 10 };
	struct probe *first = probe;
	char error[4096] = "";
	pid_t children[1000];
	pthread_t thread;
	int seen = 0, missing = 0;

	for (int i = 0; i < 1000; i++)
		if ((children[i] = fork()) == 0)
			pause();
	probe = probe_open(&options, error, sizeof(error));
	CHECK(probe);
	if (probe) {
		capture_begin();
		CHECK_NUMBER(pthread_create(&thread, NULL, take_snapshot, &seen), 0);
		do {
			usleep(20000); /* in which the ring would overflow */
			capture_end();
		} while (pthread_tryjoin_np(thread, NULL));
		capture_end();
		for (int i = 0; i < 1000; i++)
			missing += !captured_of(KEVENT_PROCESS, -1, children[i]).bytes;
		CHECK(seen == -ENOSYS || (seen > 1000 && missing == 0));
		probe_close(probe);
	}
	probe = first;
	capture_begin();
	for (int i = 0; i < 1000; i++) {
		kill(children[i], SIGKILL);
		waitpid(children[i], NULL, 0);
	}
}

static void check_own(void)
{
	struct probe_options options = { .own_pid = getpid() };
	struct probe *first = probe;
	char error[4096];
	int status;

	probe = probe_open(&options, error, sizeof(error));
	CHECK(probe);
	if (probe) {
		capture_begin();
		close(open("/etc/hostname", O_RDONLY));
		status = system("true");
		capture_end();
		CHECK(status == 0 && !captured(KEVENT_OPEN, -1, 0).bytes);
		CHECK(captured(KEVENT_FORK, -1, 0).bytes); /* needed for the child's ancestry */
		probe_close(probe);
	}
	probe = first;
	capture_begin();
}

void test_library(void)
{
	check_options();
	check_programs();
	check_selection();
	check_counters();
	check_wait();
	check_wait_record();
	check_full_ring();
	check_snapshot_waits_for_the_reader();
	check_own();
}
