// SPDX-License-Identifier: Apache-2.0
/* The calls of 32-bit programs: of an i386 program, of a 64-bit one by int $0x80, and of the x32 ABI. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#ifdef __x86_64__

#include "../bpf/syscalls.h"

static int pid;
static char here[512];

static struct record find(int type, int nr)
{
	struct record record = captured_of(type, nr, pid);

	if (!record.bytes)
		fprintf(stderr, "no record of type %d and syscall %d\n", type, nr);
	CHECK(record.bytes && KEVENT_F_OF(record.hdr->flags) == KEVENT_F_COMPAT);
	return record;
}

/* A file's name beside this program. */
static void beside(char *path, size_t size, const char *name)
{
	ssize_t length = readlink("/proc/self/exe", path, size - 1);
	char *slash;

	path[length < 0 ? 0 : length] = 0;
	slash = strrchr(path, '/');
	if (slash)
		snprintf(slash + 1, size - (slash + 1 - path), "%s", name);
}

static void run(const char *name)
{
	char path[4096];
	int status = -1;

	beside(path, sizeof(path), name);
	capture_begin();
	pid = fork();
	if (pid == 0) {
		execl(path, name, here, NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	capture_end();
	CHECK_NUMBER(status, 0);
}

static void expect_call(int nr, long ret, const char *zero, const char *one, const char *three)
{
	struct record record = find(KEVENT_SYSCALL, nr);

	if (!record.bytes)
		return;
	CHECK_NUMBER(record.syscall->ret, ret);
	CHECK_TEXT(text(record, 0), zero);
	CHECK_TEXT(text(record, 1), one);
	CHECK_TEXT(text(record, 3), three);
}

static const __u64 *arguments(int nr)
{
	static const __u64 none[6];
	struct record record = captured_of(KEVENT_SYSCALL, nr, pid);

	return record.bytes ? record.syscall->args : none;
}

static void expect_opens(void)
{
	struct record record = captured_named(KEVENT_OPEN, pid, "/etc/hostname");

	CHECK(record.bytes && record.open->nr == SYS_open && record.open->dirfd == AT_FDCWD);
	CHECK_TEXT(text(record, 1), "/etc/hostname");
	record = find(KEVENT_OPEN, SYS_creat);
	CHECK(record.bytes && record.open->mode == 0600 && record.open->state & KEVENT_OPEN_CREATED);
	record = find(KEVENT_OPEN, SYS_openat2);
	CHECK(record.bytes && record.open->resolve == 8);
	CHECK_TEXT(text(record, 2), here);
	CHECK(captured_named(KEVENT_OPEN, pid, "made").bytes);
}

static void expect_files(void)
{
	expect_call(SYS_chmod, 0, "made", "", "");
	CHECK_NUMBER(arguments(SYS_chmod)[1], 04755);
	expect_call(SYS_chown, 0, "made", "", "");
	CHECK_NUMBER((__s32)arguments(SYS_chown)[1], -1);
	CHECK_NUMBER(arguments(SYS_chown)[2], 7);
	CHECK_NUMBER(arguments(SYS_lchown)[1], 70000);
	expect_call(SYS_mkdirat, 0, "from32", "", here);
	expect_call(SYS_unlinkat, 0, "from32", "", here);
	expect_call(SYS_rename, 0, "made", "moved", "");
	expect_call(SYS_unlink, 0, "moved", "", "");
	expect_call(SYS_umount2, -ENOENT, "/no/32", "", "");
	CHECK_NUMBER(arguments(SYS_umount2)[1], 0);
	expect_call(SYS_fcntl, 100, "", "", "/etc/hostname");
	expect_call(SYS_execve, -ENOENT, "/no/32", "", "");
	CHECK_NUMBER((__s32)arguments(SYS_setreuid)[0], -1);
	expect_call(SYS_prctl, 0, "thirtytwo", "", "");
}

static void expect_socket(int nr, long ret, int type)
{
	struct record record = find(KEVENT_SOCKET, nr);

	if (!record.bytes)
		return;
	CHECK_NUMBER(record.socket->ret, ret);
	CHECK_NUMBER(record.socket->sock_type, type);
	CHECK_NUMBER(record.socket->user_port, 9);
	CHECK_NUMBER(record.socket->user_addr[0], 127);
}

static void expect_sockets(void)
{
	struct record record = captured_of(KEVENT_SOCKET, SYS_socket, pid);

	CHECK(record.bytes && record.socket->args[0] == 2 && record.socket->family == 2);
	expect_socket(SYS_connect, 0, 2);
	expect_socket(SYS_sendto, 5, 2);
	record = find(KEVENT_SOCKET, SYS_sendmsg);
	CHECK(record.bytes && record.socket->user_port == 9);
	CHECK_NUMBER(captured_total(KEVENT_SOCKET, pid), 7);
}

static void expect_processes(void)
{
	struct record record = captured_of(KEVENT_FORK, -1, pid);

	CHECK(record.bytes && record.fork->clone_flags == (17 | 0x200));
	record = captured_named(KEVENT_EXEC, pid, "/usr/bin/true");
	if (!record.bytes)
		record = captured_named(KEVENT_EXEC, pid, "/bin/true");
	CHECK(record.bytes && record.process->nr == SYS_execve);
	CHECK_TEXT(text(record, 4) + strlen("/bin/true") + 1, "from32");
}

static void check_program(const char *name)
{
	run(name);
	expect_opens();
	expect_files();
	expect_sockets();
	expect_processes();
}

/* What is selected by our numbers is selected by theirs: connect is a call of its own there, and one of socketcall's.
 */
static void check_selection(void)
{
	uint64_t only_connect[8] = {}, everything[8];

	probe_default_selection(everything);
	only_connect[SYS_connect / 64] |= UINT64_C(1) << SYS_connect % 64;
	probe_select(probe, only_connect);
	run("compat32");
	CHECK_NUMBER(captured_total(KEVENT_SOCKET, pid), 2);
	CHECK_NUMBER(captured_total(KEVENT_OPEN, pid) + captured_total(KEVENT_SYSCALL, pid), 0);
	probe_select(probe, everything);
}

/* The kernel may lack x32: then the calls fail, and are seen all the same. */
static void check_x32(void)
{
	capture_begin();
	syscall(X32_SYSCALL_BIT | SYS_openat, AT_FDCWD, "/etc/hostname", O_RDONLY);
	syscall(X32_SYSCALL_BIT | 520, "/no/x32", NULL, NULL);
	capture_end();
	pid = getpid();
	CHECK_TEXT(text(find(KEVENT_OPEN, SYS_openat), 0), "/etc/hostname");
	CHECK_TEXT(text(find(KEVENT_SYSCALL, SYS_execve), 0), "/no/x32");
}

/* The kernel takes these arguments as 32 bits wide: what is above them hides nothing. */
static void check_high_bits(void)
{
	const __u64 high = 0xabcd00000000;
	int fd = open("/etc/hostname", O_RDONLY), copy;

	capture_begin();
	copy = syscall(SYS_fcntl, fd, high | F_DUPFD, 50);
	syscall(SYS_prctl, high | PR_SET_NAME, "renamed");
	syscall(SYS_prctl, PR_SET_NAME, "probe_test");
	capture_end();
	CHECK_NUMBER(copy, 50);
	CHECK(captured(KEVENT_SYSCALL, SYS_fcntl, 0).bytes);
	CHECK_TEXT(text(captured(KEVENT_SYSCALL, SYS_prctl, 0), 0), "renamed");
	close(copy);
	close(fd);
}

/* Every call that we follow is followed in an i386 program too. */
static void check_rows(void)
{
	static bool has[SYSCALL_MAX];

#define HAS(number, name, ours, flags) has[__NR_##ours] = true;
	COMPAT_I386_ROWS(HAS)
	COMPAT_SOCKET_ROWS(HAS)
	for (int nr = 0; nr < SYSCALL_MAX; nr++)
		if (syscall_rows[nr].handler != HANDLER_NONE && !has[nr]) {
			fprintf(stderr, "syscall %d has no row in compat.h\n", nr);
			CHECK(has[nr]);
		}
}

void test_compat(void)
{
	CHECK(getcwd(here, sizeof(here)));
	check_program("compat32");
	check_program("compat64");
	check_selection();
	check_x32();
	check_high_bits();
	check_rows();
}

#else

void test_compat(void)
{
}

#endif
