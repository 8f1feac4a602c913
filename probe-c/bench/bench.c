// SPDX-License-Identifier: Apache-2.0
/*
 * The cost for the programs that the probe watches: nanoseconds of CPU per openat+close pair (the open is sent, the
 * close is not) and per getppid (a syscall that is not sent), without a probe and with it.
 *
 * A shared machine drifts by more than the difference. So the states alternate within one run, each in many short
 * slices of the thread's own CPU time, in rounds; the figure is the lower quartile of the slices, which other work
 * disturbs least. The states:
 *
 *   off      nothing of ours is attached
 *   idle     a probe that is asked for no syscall: the price of the hook, which no change of ours can undercut
 *   one      a probe with the default set
 *   two      a second one beside it, as with two sensors on one machine
 *   other    a probe of another build, if its library is given: two builds, compared in the same rounds
 *
 * A thread drains each ring, so that records are really written; on another CPU if there is one. Probes of other
 * processes raise every figure, off too; they are counted. Arguments: rounds, file that is opened, library of another
 * build. "profile SECONDS [FILE]" makes pairs with one probe attached, for perf.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <dlfcn.h>
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

#define SLICES 20
#define PAIRS 1000
#define CALLS 5000
#define BUSY (1u << 31)

/* The functions of one build of the library. */
struct library {
	struct probe *(*open)(const struct probe_options *options, char *error, size_t error_size);
	int (*ring)(struct probe *probe, struct probe_ring *out);
	int (*wait)(struct probe *probe, int timeout_millis);
	int (*select)(struct probe *probe, const uint64_t bitmap[8]);
	int (*counters)(struct probe *probe, struct kevent_counters *out);
	void (*close)(struct probe *probe);
};

struct sensor {
	const struct library *library;
	struct probe *probe;
	pthread_t thread;
	atomic_bool stop;
};

enum state { OFF, IDLE, ONE, TWO, OTHER, STATES };

static const char *const state_names[STATES] = { "off", "idle", "one", "two", "other" };
static const struct library ours = { probe_open, probe_ring, probe_wait, probe_select, probe_counters, probe_close };
static struct library another;
static const char *path = "/etc/hostname";
static atomic_ulong drained;
static unsigned long lost;

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
	struct sensor *sensor = argument;
	struct probe_ring ring;

	pin(sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 1 : 0);
	sensor->library->ring(sensor->probe, &ring);
	while (!sensor->stop) {
		sensor->library->wait(sensor->probe, 5);
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

static void attach(struct sensor *sensor, const struct library *library)
{
	char error[4096];
	struct probe_options options = {};

	sensor->library = library;
	sensor->probe = library->open(&options, error, sizeof(error));
	if (!sensor->probe) {
		fprintf(stderr, "%s\n", error);
		exit(77);
	}
	sensor->stop = false;
	pthread_create(&sensor->thread, NULL, drain_loop, sensor);
}

static void detach(struct sensor *sensor)
{
	struct kevent_counters counters;

	sensor->stop = true;
	pthread_join(sensor->thread, NULL);
	sensor->library->counters(sensor->probe, &counters);
	for (int i = 0; i < KEVENT_CLASS_MAX; i++)
		lost += counters.ring_full[i] + counters.scratch[i];
	sensor->library->close(sensor->probe);
}

/* Attaches what the state needs to sensors; how many. */
static int enter(enum state state, struct sensor sensors[2])
{
	static const uint64_t nothing[8];
	int count = state == OFF ? 0 : state == TWO ? 2 : 1;

	for (int i = 0; i < count; i++)
		attach(&sensors[i], state == OTHER ? &another : &ours);
	if (state == IDLE)
		ours.select(sensors[0].probe, nothing);
	return count;
}

static void measure(enum state state, double *pairs, double *calls)
{
	struct sensor sensors[2];
	int count = enter(state, sensors);

	pair_nanos(); /* warm-up */
	call_nanos();
	for (int i = 0; i < SLICES; i++) {
		pairs[i] = pair_nanos();
		calls[i] = call_nanos();
	}
	while (count)
		detach(&sensors[--count]);
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

static void report_state(const char *name, const double *off, const double *on, int count)
{
	int low = count / 4, middle = count / 2, high = 3 * count / 4;

	printf("  %-6s %8.1f %8.1f %8.1f ns   added %+7.1f (median %+7.1f)   ratio %.2f\n", name, on[low], on[middle],
	       on[high], on[low] - off[low], on[middle] - off[middle], on[low] / off[low]);
}

static void report(const char *what, double *times[STATES], int states, int count, double target)
{
	double added;

	for (int state = 0; state < states; state++)
		qsort(times[state], count, sizeof(double), compare);
	printf("%s: lower quartile, median, upper quartile\n", what);
	for (int state = 0; state < states; state++)
		report_state(state_names[state], times[OFF], times[state], count);
	added = times[ONE][count / 4] - times[OFF][count / 4];
	printf("  target <= +%.0f ns: %s\n", target, added <= target ? "met" : "missed");
}

/* Programs on sys_exit that are not ours. */
static int foreign_hooks(void)
{
	int hooks = 0;

	for (__u32 id = 0; !bpf_link_get_next_id(id, &id);) {
		char name[64] = "";
		struct bpf_link_info info = { .raw_tracepoint.tp_name = (__u64)(unsigned long)name,
					      .raw_tracepoint.tp_name_len = sizeof(name) };
		__u32 size = sizeof(info);
		int fd = bpf_link_get_fd_by_id(id);

		if (fd < 0)
			continue;
		if (!bpf_obj_get_info_by_fd(fd, &info, &size) && info.type == BPF_LINK_TYPE_RAW_TRACEPOINT)
			hooks += !strcmp(name, "sys_exit") || !strcmp(name, "sys_enter");
		close(fd);
	}
	return hooks;
}

static void load_another(const char *file)
{
	void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);

	if (!handle) {
		fprintf(stderr, "%s\n", dlerror());
		exit(2);
	}
	another.open = dlsym(handle, "probe_open");
	another.ring = dlsym(handle, "probe_ring");
	another.wait = dlsym(handle, "probe_wait");
	another.select = dlsym(handle, "probe_select");
	another.counters = dlsym(handle, "probe_counters");
	another.close = dlsym(handle, "probe_close");
}

static int profile(double seconds)
{
	struct sensor sensor;
	double start;

	attach(&sensor, &ours);
	pair_nanos();
	for (start = now_nanos(); now_nanos() - start < seconds * 1e9;)
		pair_nanos();
	detach(&sensor);
	return 0;
}

static void run(int rounds, int states)
{
	int count = rounds * SLICES, hooks = 0;
	double *pairs[STATES], *calls[STATES];

	for (int state = 0; state < states; state++) {
		pairs[state] = calloc(count, sizeof(double));
		calls[state] = calloc(count, sizeof(double));
	}
	for (int round = 0; round < rounds; round++) {
		hooks += foreign_hooks();
		for (int state = 0; state < states; state++)
			measure(state, pairs[state] + round * SLICES, calls[state] + round * SLICES);
	}
	printf("%d rounds of %d slices, %s; %lu records drained, %lu lost; programs of others on the hook: %.1f\n",
	       rounds, SLICES, path, (unsigned long)drained, lost, (double)hooks / rounds);
	report("openat+close", pairs, states, count, 400);
	report("getppid, which is not sent", calls, states, count, 25);
	for (int state = 0; state < states; state++) {
		free(pairs[state]);
		free(calls[state]);
	}
}

int main(int argc, char **argv)
{
	bool profiled = argc > 2 && !strcmp(argv[1], "profile");

	setvbuf(stdout, NULL, _IOLBF, 0);
	pin(0);
	if (argc > (profiled ? 3 : 2))
		path = argv[profiled ? 3 : 2];
	if (profiled)
		return profile(atof(argv[2]));
	if (argc > 3)
		load_another(argv[3]);
	run(argc > 1 ? atoi(argv[1]) : 10, argc > 3 ? STATES : OTHER);
	return 0;
}
