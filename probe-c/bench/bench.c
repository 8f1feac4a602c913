// SPDX-License-Identifier: Apache-2.0
/*
 * The cost for the programs that the probe watches: nanoseconds of CPU per openat+close pair (the open is sent, the
 * close is not) and per getppid (a syscall that is not sent), with and without the probe.
 *
 * A shared machine drifts by more than the difference. So both states alternate within one run (off, on, off, on ...),
 * each in many short slices of the thread's own CPU time; the figure is the lower quartile of the slices, which other
 * work disturbs least. The medians are printed too. A second thread drains the ring, so that records are really
 * written; it is pinned to another CPU if there is one. Arguments: rounds, path of the file that is opened.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "tiercel_probe.h"

#define SLICES 40
#define PAIRS 1000
#define CALLS 10000
#define BUSY (1u << 31)

static const char *path = "/etc/hostname";
static struct probe *probe;
static atomic_bool stop;
static unsigned long drained;

static double now_nanos(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static unsigned long drain(const struct probe_ring *ring)
{
	unsigned long at = __atomic_load_n((unsigned long *)ring->consumer, __ATOMIC_RELAXED);
	unsigned long records = 0;

	while (at < __atomic_load_n((const unsigned long *)ring->producer, __ATOMIC_ACQUIRE)) {
		const char *here = (const char *)ring->data + (at & (ring->size_bytes - 1));
		unsigned header = __atomic_load_n((const unsigned *)here, __ATOMIC_ACQUIRE);

		if (header & BUSY)
			break;
		at += ((header & ~(3u << 30)) + 8 + 7) & ~7ul;
		records++;
	}
	__atomic_store_n((unsigned long *)ring->consumer, at, __ATOMIC_RELEASE);
	return records;
}

static void *drain_loop(void *argument)
{
	struct probe_ring ring;

	(void)argument;
	pin(sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 1 : 0);
	probe_ring(probe, &ring);
	while (!stop) {
		probe_wait(probe, 5);
		drained += drain(&ring);
	}
	return NULL;
}

static double pair_nanos(void)
{
	double start = now_nanos();

	for (int i = 0; i < PAIRS; i++)
		close(open(path, O_RDONLY | O_CLOEXEC));
	return (now_nanos() - start) / PAIRS;
}

static double call_nanos(void)
{
	double start = now_nanos();

	for (int i = 0; i < CALLS; i++)
		syscall(SYS_getppid);
	return (now_nanos() - start) / CALLS;
}

static void attach(pthread_t *thread)
{
	char error[4096];
	struct probe_options options = {};

	probe = probe_open(&options, error, sizeof(error));
	if (!probe) {
		fprintf(stderr, "%s\n", error);
		exit(77);
	}
	stop = false;
	pthread_create(thread, NULL, drain_loop, NULL);
}

static void detach(pthread_t thread)
{
	struct kevent_counters counters;
	unsigned long lost = 0;

	stop = true;
	pthread_join(thread, NULL);
	probe_counters(probe, &counters);
	for (int i = 0; i < KEVENT_CLASS_MAX; i++)
		lost += counters.ring_full[i] + counters.scratch[i];
	if (lost)
		printf("  (%lu records lost in this round)\n", lost);
	probe_close(probe);
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

static double quantile(double *values, int count, double which)
{
	qsort(values, count, sizeof(*values), compare);
	return values[(int)(which * (count - 1))];
}

static void report(const char *what, double *off, double *on, int count, double target)
{
	double without = quantile(off, count, 0.25), with = quantile(on, count, 0.25);

	printf("%-18s without %7.1f ns  with %7.1f ns  added %+7.1f ns  ratio %.2f  (medians: %.1f, %.1f, %+.1f)  "
	       "target <= +%.0f ns: %s\n",
	       what, without, with, with - without, with / without, quantile(off, count, 0.5), quantile(on, count, 0.5),
	       quantile(on, count, 0.5) - quantile(off, count, 0.5), target,
	       with - without <= target ? "met" : "missed");
}

static void measure(double *pairs, double *calls)
{
	pair_nanos(); /* warm-up */
	call_nanos();
	for (int i = 0; i < SLICES; i++) {
		pairs[i] = pair_nanos();
		calls[i] = call_nanos();
	}
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 10;
	int count = rounds * SLICES;
	double *times = calloc(4 * count, sizeof(double));
	double *pair_off = times, *pair_on = times + count, *call_off = times + 2 * count, *call_on = times + 3 * count;

	if (argc > 2)
		path = argv[2];
	pin(0);
	for (int i = 0; i < rounds; i++) {
		pthread_t thread;

		measure(pair_off + i * SLICES, call_off + i * SLICES);
		attach(&thread);
		measure(pair_on + i * SLICES, call_on + i * SLICES);
		detach(thread);
	}
	printf("%d rounds of %d slices; lower quartile of the slices; %lu records drained\n", rounds, SLICES, drained);
	report("openat+close", pair_off, pair_on, count, 600);
	report("getppid, not sent", call_off, call_on, count, 45);
	free(times);
	return 0;
}
