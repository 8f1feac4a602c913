// SPDX-License-Identifier: Apache-2.0
/* Calls about identity, namespaces, modules, signals, and descriptors that are not sockets. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

static struct record find(int nr)
{
	struct record record = captured(KEVENT_SYSCALL, nr, 0);

	if (!record.bytes)
		fprintf(stderr, "no record of syscall %d\n", nr);
	CHECK(record.bytes);
	return record;
}

static void expect(int nr, long ret, unsigned long first)
{
	struct record record = find(nr);

	if (record.bytes) {
		CHECK_NUMBER(record.syscall->ret, ret);
		CHECK_NUMBER(record.syscall->args[0], first);
	}
}

static void check_identity(void)
{
	int pid, status;

	/* In a child, so that the test process itself stays root. */
	capture_begin();
	pid = fork();
	if (pid == 0) {
		syscall(SYS_setgroups, 0, NULL);
		syscall(SYS_setregid, -1, 65534);
		syscall(SYS_setresgid, 65534, 65534, 65534);
		syscall(SYS_setgid, 65534);
		syscall(SYS_setfsgid, 65534);
		syscall(SYS_setreuid, -1, 65534);
		syscall(SYS_setuid, 65534);
		syscall(SYS_setresuid, 65534, 65534, 65534);
		syscall(SYS_setfsuid, 65534);
		syscall(SYS_setuid, 0);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	capture_end();
	for (int i = 0; i < 9; i++) {
		static const int numbers[] = { SYS_setgroups, SYS_setregid, SYS_setresgid, SYS_setgid,	SYS_setfsgid,
					       SYS_setreuid,  SYS_setuid,   SYS_setresuid, SYS_setfsuid };

		CHECK(captured_of(KEVENT_SYSCALL, numbers[i], pid).bytes);
	}
	/* The last setuid fails unless the caller was not root. */
	CHECK_NUMBER(captured_of(KEVENT_SYSCALL, SYS_setuid, pid).syscall->args[0], 0);
	CHECK_NUMBER(captured_of(KEVENT_SYSCALL, SYS_setresuid, pid).hdr->uid, geteuid() ? geteuid() : 65534);
}

static void check_scalars(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {};
	char byte = 0;
	struct iovec vector = { &byte, 1 };
	union bpf_attr attribute = {};
	int pid = getpid(), fd;

	capture_begin();
	syscall(SYS_unshare, 0);
	syscall(SYS_ptrace, PTRACE_PEEKUSER, 0, 0, 0);
	syscall(SYS_bpf, 9999, &attribute, sizeof(attribute));
	syscall(SYS_kill, pid, 0);
	syscall(SYS_tkill, pid, 0);
	syscall(SYS_tgkill, pid, pid, 0);
	fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	close(fd);
	syscall(SYS_capget, &header, data);
	syscall(SYS_capset, &header, data);
	syscall(SYS_setpgid, 0, 999999);
	syscall(SYS_process_vm_readv, pid, &vector, 1, &vector, 1, 0);
	syscall(SYS_process_vm_writev, pid, &vector, 1, &vector, 1, 0);
	syscall(SYS_prctl, PR_GET_DUMPABLE);
	syscall(SYS_prctl, PR_SET_NAME, "renamed");
	syscall(SYS_prctl, PR_SET_NAME, "probe_test");
	syscall(SYS_setsid);
	capture_end();
	expect(SYS_unshare, 0, 0);
	CHECK(find(SYS_ptrace).syscall->args[0] == PTRACE_PEEKUSER);
	expect(SYS_bpf, -EINVAL, 9999);
	expect(SYS_kill, 0, pid);
	expect(SYS_tkill, 0, pid);
	expect(SYS_tgkill, 0, pid);
	CHECK_NUMBER(find(SYS_userfaultfd).syscall->ret, fd);
	CHECK(find(SYS_capset).bytes);
	CHECK(find(SYS_setpgid).syscall->args[1] == 999999);
	expect(SYS_process_vm_readv, 1, pid);
	expect(SYS_process_vm_writev, 1, pid);
	CHECK(find(SYS_setsid).bytes);
	CHECK_NUMBER(find(SYS_prctl).syscall->args[0], PR_SET_NAME);
	CHECK_TEXT(text(find(SYS_prctl), 0), "renamed");
	CHECK_TEXT(find(SYS_prctl).hdr->comm, "renamed");
	CHECK(!captured(KEVENT_SYSCALL, SYS_capget, 0).bytes);
}

static void check_modules(void)
{
	int fd = open("/etc/hostname", O_RDONLY);

	capture_begin();
	syscall(SYS_init_module, "no module", 9, "answer=42");
	syscall(SYS_finit_module, fd, "answer=43", 0);
	syscall(SYS_delete_module, "no_such_module", O_NONBLOCK);
	capture_end();
	close(fd);
	CHECK_TEXT(text(find(SYS_init_module), 0), "answer=42");
	CHECK(find(SYS_init_module).syscall->ret < 0);
	CHECK_TEXT(text(find(SYS_finit_module), 0), "answer=43");
	CHECK_TEXT(text(find(SYS_finit_module), 3), "/etc/hostname");
	CHECK_TEXT(text(find(SYS_delete_module), 0), "no_such_module");
}

static void check_descriptors(void)
{
	int file = open("/etc/hostname", O_RDONLY), space = open("/proc/self/ns/uts", O_RDONLY);
	int memory, copy, ends[2];
	struct stat status;

	CHECK_NUMBER(pipe(ends), 0);
	capture_begin();
	memory = syscall(SYS_memfd_create, "mine", 0);
	copy = syscall(SYS_dup, file);
	syscall(SYS_dup3, file, copy, O_CLOEXEC);
	close(syscall(SYS_fcntl, ends[0], F_DUPFD_CLOEXEC, 100));
	syscall(SYS_fcntl, file, F_GETFL);
	syscall(SYS_setns, space, CLONE_NEWUTS);
	syscall(SYS_dup, 9999);
	capture_end();
	CHECK_TEXT(text(find(SYS_memfd_create), 0), "mine");
	CHECK_NUMBER(find(SYS_memfd_create).syscall->ret, memory);
	CHECK_TEXT(text(find(SYS_dup), 3), "/etc/hostname");
	CHECK_NUMBER(find(SYS_dup).syscall->ret, copy);
	CHECK_TEXT(text(find(SYS_dup3), 3), "/etc/hostname");
	CHECK_NUMBER(find(SYS_dup3).syscall->file_mode & S_IFMT, S_IFREG);
	CHECK_TEXT(text(find(SYS_fcntl), 3), "");
	CHECK_NUMBER(find(SYS_fcntl).syscall->file_mode & S_IFMT, S_IFIFO);
	CHECK(!captured(KEVENT_SYSCALL, SYS_fcntl, 1).bytes);
	CHECK_NUMBER(find(SYS_setns).syscall->args[0], space);
	CHECK(!fstat(space, &status) && find(SYS_setns).syscall->ino == status.st_ino);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_dup, 1).syscall->ret, -EBADF);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_dup, 1).syscall->file_mode, 0);
	CHECK(!captured(KEVENT_SYSCALL, SYS_close, 0).bytes);
	close(memory);
	close(copy);
	close(file);
	close(space);
	close(ends[0]);
	close(ends[1]);
}

void test_other(void)
{
	check_identity();
	check_scalars();
	check_modules();
	check_descriptors();
}
