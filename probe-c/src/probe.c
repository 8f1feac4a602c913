// SPDX-License-Identifier: Apache-2.0
/* The library's interface: opens the probe, waits on the ring, takes the snapshot. */
#define _GNU_SOURCE
#include "probe.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "error.h"
#include "host.h"

#define RING_BYTES (8u << 20)
#define WAKEUP_BYTES (256u << 10)
#define RING_BYTES_MIN (64u << 10)
#define SNAPSHOT_STEP 64 /* processes between two looks at the ring */
#define SNAPSHOT_PATIENCE_MILLIS 1000
#define OVERLAP_BYTES (64u << 10) /* a record is shorter: RECORD_MAX of bpf/maps.h */

int kevent_abi_version(void)
{
	return KEVENT_ABI_VERSION;
}

static bool is_power_of_two(uint32_t value)
{
	return value && !(value & (value - 1));
}

static int options_check(struct probe_options *options, char *error, size_t error_size)
{
	if (options->abi_version && options->abi_version != KEVENT_ABI_VERSION)
		return error_set(error, error_size,
				 "the caller was built for version %u of kevent.h, this probe library for version %u: "
				 "build both from the same checkout",
				 options->abi_version, KEVENT_ABI_VERSION);
	options->ring_bytes = options->ring_bytes ? options->ring_bytes : RING_BYTES;
	if (!options->wakeup_bytes)
		options->wakeup_bytes = options->ring_bytes < 4 * WAKEUP_BYTES ? options->ring_bytes / 4 : WAKEUP_BYTES;
	if (!is_power_of_two(options->ring_bytes) || options->ring_bytes < RING_BYTES_MIN)
		return error_set(error, error_size, "ring_bytes=%u: must be a power of two, at least %u",
				 options->ring_bytes, RING_BYTES_MIN);
	if (!is_power_of_two(options->wakeup_bytes) || options->wakeup_bytes > options->ring_bytes / 2)
		return error_set(error, error_size,
				 "wakeup_bytes=%u: must be a power of two, at most half of ring_bytes=%u",
				 options->wakeup_bytes, options->ring_bytes);
	if (options->env_bytes > KEVENT_ENV_MAX)
		return error_set(error, error_size, "env_bytes=%u: at most %u", options->env_bytes, KEVENT_ENV_MAX);
	return 0;
}

static int map_ring(struct probe *probe)
{
	long page = sysconf(_SC_PAGESIZE);
	int fd = bpf_map__fd(probe->programs.skeleton->maps.ring);
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };

	probe->ring.epoll_fd = -1;
	probe->ring.size_bytes = bpf_map__max_entries(probe->programs.skeleton->maps.ring);
	probe->ring.overlap_bytes = OVERLAP_BYTES;
	probe->mapped_bytes = page + probe->ring.size_bytes + OVERLAP_BYTES;
	probe->ring.consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (probe->ring.consumer == MAP_FAILED) {
		probe->ring.consumer = NULL;
		return -errno;
	}
	probe->mapped = mmap(NULL, probe->mapped_bytes, PROT_READ, MAP_SHARED, fd, page);
	if (probe->mapped == MAP_FAILED) {
		probe->mapped = NULL;
		return -errno;
	}
	probe->ring.producer = probe->mapped;
	probe->ring.data = (const char *)probe->mapped + page;
	probe->ring.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (probe->ring.epoll_fd < 0 || epoll_ctl(probe->ring.epoll_fd, EPOLL_CTL_ADD, fd, &event))
		return -errno;
	return 0;
}

static void select_initial(struct probe *probe, const struct probe_options *options)
{
	static const uint64_t none[8];
	uint64_t bitmap[8];

	probe_default_selection(bitmap);
	probe_select(probe, memcmp(options->syscalls, none, sizeof(none)) ? options->syscalls : bitmap);
}

static int start(struct probe *probe, const struct probe_options *options, char *error, size_t error_size)
{
	int result = programs_load(&probe->programs, options, error, error_size);

	if (result)
		return result;
	probe->possible_cpus = libbpf_num_possible_cpus();
	if (probe->possible_cpus < 0)
		return error_set(error, error_size, "the CPUs could not be counted: %s",
				 strerror(-probe->possible_cpus));
	result = map_ring(probe);
	if (result)
		return error_set(error, error_size, "the ring could not be mapped: %s", strerror(-result));
	select_initial(probe, options);
	return programs_attach(&probe->programs, error, error_size);
}

struct probe *probe_open(const struct probe_options *wanted, char *error, size_t error_size)
{
	struct probe_options options = wanted ? *wanted : (struct probe_options){};
	struct probe *probe;

	if (options_check(&options, error, error_size) || host_check(error, error_size))
		return NULL;
	probe = calloc(1, sizeof(*probe));
	if (!probe) {
		error_set(error, error_size, "out of memory");
		return NULL;
	}
	pthread_mutex_init(&probe->snapshot_lock, NULL);
	probe->ring.epoll_fd = -1;
	if (start(probe, &options, error, error_size)) {
		probe_close(probe);
		return NULL;
	}
	return probe;
}

int probe_ring(struct probe *probe, struct probe_ring *out)
{
	*out = probe->ring;
	return 0;
}

int probe_wait(struct probe *probe, int timeout_millis)
{
	struct epoll_event event;
	int ready = epoll_wait(probe->ring.epoll_fd, &event, 1, timeout_millis);

	return ready < 0 ? (errno == EINTR ? 0 : -errno) : ready;
}

static uint64_t ring_consumed(const struct probe_ring *ring)
{
	return __atomic_load_n((const uint64_t *)ring->consumer, __ATOMIC_SEQ_CST);
}

static uint64_t ring_pending(const struct probe_ring *ring)
{
	return __atomic_load_n((const uint64_t *)ring->producer, __ATOMIC_SEQ_CST) - ring_consumed(ring);
}

int probe_wait_record(struct probe *probe, int timeout_millis)
{
	uint32_t *idle = &probe->programs.skeleton->bss->reader_idle;
	int ready = 1;

	__atomic_store_n(idle, 1, __ATOMIC_SEQ_CST); /* before the look at the ring */
	if (!ring_pending(&probe->ring))
		ready = probe_wait(probe, timeout_millis);
	__atomic_store_n(idle, 0, __ATOMIC_SEQ_CST);
	return ready;
}

/* Waits while the ring is more than half full, as long as the reader takes something every second. */
static void snapshot_await_room(const struct probe_ring *ring)
{
	uint64_t before = ring_consumed(ring);

	for (int millis = 0; millis < SNAPSHOT_PATIENCE_MILLIS && ring_pending(ring) > ring->size_bytes / 2; millis++) {
		usleep(1000);
		if (ring_consumed(ring) != before) {
			before = ring_consumed(ring);
			millis = 0;
		}
	}
}

int probe_snapshot(struct probe *probe)
{
	struct bpf_link *link = probe->programs.skeleton->links.probe_snapshot;
	char processes[SNAPSHOT_STEP];
	ssize_t got;
	int fd;

	if (!link)
		return -ENOSYS;
	pthread_mutex_lock(&probe->snapshot_lock);
	probe->programs.skeleton->bss->snapshot_processes = 0;
	fd = bpf_iter_create(bpf_link__fd(link));
	got = fd < 0 ? -1 : 1;
	while (got > 0) {
		snapshot_await_room(&probe->ring);
		got = read(fd, processes, sizeof(processes));
	}
	got = got < 0 ? -errno : (ssize_t)probe->programs.skeleton->bss->snapshot_processes;
	if (fd >= 0)
		close(fd);
	pthread_mutex_unlock(&probe->snapshot_lock);
	return got;
}

int probe_programs(struct probe *probe, char *out, size_t size)
{
	size_t length = strlen(probe->programs.status);

	if (size) {
		size_t n = length < size - 1 ? length : size - 1;

		memcpy(out, probe->programs.status, n);
		out[n] = 0;
	}
	return length;
}

void probe_close(struct probe *probe)
{
	if (!probe)
		return;
	if (probe->ring.epoll_fd >= 0)
		close(probe->ring.epoll_fd);
	if (probe->ring.consumer)
		munmap(probe->ring.consumer, sysconf(_SC_PAGESIZE));
	if (probe->mapped)
		munmap(probe->mapped, probe->mapped_bytes);
	programs_unload(&probe->programs);
	pthread_mutex_destroy(&probe->snapshot_lock);
	free(probe);
}
