// SPDX-License-Identifier: Apache-2.0
/* Operations through io_uring, by its plain syscalls. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness.h"

static struct {
	int fd;
	char *ring;
	size_t ring_bytes;
	struct io_uring_sqe *entries;
	struct io_uring_params params;
} uring;

static bool open_ring(void)
{
	char programs[4096];

	probe_programs(probe, programs, sizeof(programs));
	if (!strstr(programs, "probe_io_uring attached")) {
		printf("(io_uring not tested: %s)\n", strstr(programs, "probe_io_uring") ? programs : "no program");
		return false;
	}
	uring.fd = syscall(SYS_io_uring_setup, 8, &uring.params);
	if (uring.fd < 0) {
		printf("(io_uring not tested: %s)\n", strerror(errno));
		return false;
	}
	uring.ring_bytes = uring.params.cq_off.cqes + uring.params.cq_entries * sizeof(struct io_uring_cqe);
	uring.ring = mmap(NULL, uring.ring_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, uring.fd, IORING_OFF_SQ_RING);
	uring.entries = mmap(NULL, uring.params.sq_entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE,
			     MAP_SHARED, uring.fd, IORING_OFF_SQES);
	return uring.ring != MAP_FAILED && uring.entries != MAP_FAILED;
}

/* Whether operations are submitted by a 32-bit call. */
static bool narrow;

static long enter(void)
{
#ifdef __x86_64__
	long result = SYS_io_uring_enter; /* the same on i386 */

	if (narrow) {
		__asm__ volatile("int $0x80"
				 : "+a"(result)
				 : "b"(uring.fd), "c"(1), "d"(1), "S"(IORING_ENTER_GETEVENTS), "D"(0)
				 : "memory", "r8", "r9", "r10", "r11");
		return result;
	}
#endif
	return syscall(SYS_io_uring_enter, uring.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
}

/* Submits one operation and waits for its completion. Its result. */
static int perform(struct io_uring_sqe entry)
{
	unsigned *tail = (unsigned *)(uring.ring + uring.params.sq_off.tail);
	unsigned *array = (unsigned *)(uring.ring + uring.params.sq_off.array);
	unsigned *done = (unsigned *)(uring.ring + uring.params.cq_off.head);
	unsigned mask = *(unsigned *)(uring.ring + uring.params.sq_off.ring_mask);
	unsigned done_mask = *(unsigned *)(uring.ring + uring.params.cq_off.ring_mask);
	struct io_uring_cqe *results = (struct io_uring_cqe *)(uring.ring + uring.params.cq_off.cqes);
	int result;

	uring.entries[*tail & mask] = entry;
	array[*tail & mask] = *tail & mask;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (enter() < 0)
		return -errno;
	result = results[*done & done_mask].res;
	__atomic_store_n(done, *done + 1, __ATOMIC_RELEASE);
	return result;
}

static void check_record(struct record record, const char *zero, const char *one, const char *two, const char *three)
{
	CHECK(record.bytes);
	if (!record.bytes)
		return;
	CHECK(KEVENT_F_OF(record.hdr->flags) == KEVENT_F_IO_URING && record.syscall->ret == 0);
	CHECK_TEXT(text(record, 0), zero);
	CHECK_TEXT(text(record, 1), one);
	CHECK_TEXT(text(record, 2), two);
	CHECK_TEXT(text(record, 3), three);
}

static void check_paths(void)
{
	int directory = open(".", O_RDONLY | O_DIRECTORY), fd;
	struct open_how {
		__u64 flags, mode, resolve;
	} how = { O_RDONLY, 0, 8 /* RESOLVE_BENEATH */ };
	char here[512];
	struct record record;

	CHECK(getcwd(here, sizeof(here)));
	capture_begin();
	fd = perform((struct io_uring_sqe){ .opcode = IORING_OP_OPENAT,
					    .fd = directory,
					    .addr = (__u64) "made",
					    .len = 0640,
					    .open_flags = O_CREAT | O_RDWR });
	CHECK(fd >= 0);
	close(fd);
	fd = perform((struct io_uring_sqe){ .opcode = IORING_OP_OPENAT2,
					    .fd = AT_FDCWD,
					    .addr = (__u64) "/etc/shadow",
					    .len = sizeof(how),
					    .off = (__u64)&how });
	close(fd);
	CHECK_NUMBER(perform((struct io_uring_sqe){ .opcode = IORING_OP_RENAMEAT,
						    .fd = directory,
						    .addr = (__u64) "made",
						    .len = directory,
						    .off = (__u64) "renamed" }),
		     0);
	CHECK_NUMBER(perform((struct io_uring_sqe){ .opcode = IORING_OP_SYMLINKAT,
						    .fd = directory,
						    .addr = (__u64) "/etc/shadow",
						    .off = (__u64) "soft" }),
		     0);
	CHECK_NUMBER(perform((struct io_uring_sqe){ .opcode = IORING_OP_LINKAT,
						    .fd = AT_FDCWD,
						    .addr = (__u64) "renamed",
						    .len = directory,
						    .off = (__u64) "hard" }),
		     0);
	CHECK_NUMBER(perform((struct io_uring_sqe){
			     .opcode = IORING_OP_MKDIRAT, .fd = AT_FDCWD, .addr = (__u64) "dir", .len = 0700 }),
		     0);
	CHECK_NUMBER(perform((struct io_uring_sqe){ .opcode = IORING_OP_UNLINKAT,
						    .fd = directory,
						    .addr = (__u64) "dir",
						    .unlink_flags = AT_REMOVEDIR }),
		     0);
	capture_end();
	unlink("renamed");
	unlink("soft");
	unlink("hard");
	close(directory);
	record = captured(KEVENT_OPEN, SYS_openat, 0);
	CHECK(record.bytes && KEVENT_F_OF(record.hdr->flags) == KEVENT_F_IO_URING && record.open->mode == 0640);
	CHECK_TEXT(text(record, 0), "made");
	CHECK_TEXT(text(record, 1), "");
	CHECK_TEXT(text(record, 2), here);
	record = captured(KEVENT_OPEN, SYS_openat2, 0);
	CHECK_TEXT(text(record, 0), "/etc/shadow");
	CHECK(record.bytes && record.open->resolve == 8 && record.open->ino == 0);
	check_record(captured(KEVENT_SYSCALL, SYS_renameat2, 0), "made", "renamed", here, here);
	check_record(captured(KEVENT_SYSCALL, SYS_symlinkat, 0), "/etc/shadow", "soft", "", here);
	check_record(captured(KEVENT_SYSCALL, SYS_linkat, 0), "renamed", "hard", "", here);
	check_record(captured(KEVENT_SYSCALL, SYS_mkdirat, 0), "dir", "", "", "");
	check_record(captured(KEVENT_SYSCALL, SYS_unlinkat, 0), "dir", "", "", here);
	record = captured(KEVENT_SYSCALL, SYS_unlinkat, 0);
	CHECK(record.bytes && record.syscall->args[2] == AT_REMOVEDIR);
}

static void check_connect(void)
{
	struct sockaddr_in target = { .sin_family = AF_INET,
				      .sin_port = htons(1),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int client = socket(AF_INET, SOCK_STREAM, 0);
	struct record record;

	capture_begin();
	CHECK_NUMBER(
		perform((struct io_uring_sqe){
			.opcode = IORING_OP_CONNECT, .fd = client, .addr = (__u64)&target, .off = sizeof(target) }),
		-ECONNREFUSED);
	capture_end();
	record = captured(KEVENT_SOCKET, SYS_connect, 0);
	CHECK(record.bytes && KEVENT_F_OF(record.hdr->flags) == KEVENT_F_IO_URING);
	CHECK(record.bytes && record.socket->fd == client && record.socket->user_port == 1 &&
	      record.socket->user_family == AF_INET && record.socket->family == AF_INET &&
	      record.socket->sock_type == SOCK_STREAM);
	close(client);
}

void test_io_uring(void)
{
	if (!open_ring())
		return;
	check_paths();
	check_connect();
	narrow = true;
	check_paths();
	check_connect();
	munmap(uring.ring, uring.ring_bytes);
	munmap(uring.entries, uring.params.sq_entries * sizeof(struct io_uring_sqe));
	close(uring.fd);
}
