// SPDX-License-Identifier: Apache-2.0
/* exec, fork, exit, and the start-up snapshot. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

static int run_child(void (*body)(void))
{
	int pid = fork();

	if (pid == 0) {
		body();
		_exit(99);
	}
	waitpid(pid, NULL, 0);
	return pid;
}

static void run_true(void)
{
	char *arguments[] = { "true-by-another-name", "one", "two words", NULL };
	char *environment[] = { "ALPHA=1", "BETA=2", NULL };

	execve("/bin/true", arguments, environment);
}

static void check_exec(void)
{
	char cwd[512];
	struct record exec, fork, exit;
	const struct kevent_process *process;
	struct stat status;
	int pid;

	capture_begin();
	pid = run_child(run_true);
	capture_end();
	fork = captured(KEVENT_FORK, -1, 0);
	exec = captured_of(KEVENT_EXEC, -1, pid);
	exit = captured_of(KEVENT_EXIT, -1, pid);
	if (!fork.bytes || !exec.bytes || !exit.bytes) {
		CHECK(fork.bytes);
		CHECK(exec.bytes);
		CHECK(exit.bytes);
		return;
	}
	CHECK_NUMBER(fork.fork->child_pid, pid);
	CHECK_NUMBER(fork.fork->child_vpid, pid);
	CHECK_NUMBER(fork.fork->child_start, exec.hdr->start);
	CHECK_NUMBER(fork.fork->child_cgroup_id, exec.hdr->cgroup_id);
	CHECK(fork.fork->child_ns_pid != 0);
	CHECK(fork.hdr->ktime <= exec.hdr->ktime && exec.hdr->ktime <= exit.hdr->ktime);
	CHECK_NUMBER(exit.exit->code, 0);
	process = exec.process;
	CHECK_NUMBER(process->ppid, getpid());
	CHECK_NUMBER(process->parent_start, fork.hdr->start);
	CHECK_NUMBER(process->nr, SYS_execve);
	CHECK_NUMBER(process->vpid, pid);
	CHECK_NUMBER(process->vtid, pid);
	CHECK_NUMBER(process->pgid, getpgrp());
	CHECK_NUMBER(process->sid, getsid(0));
	CHECK_NUMBER(process->euid, geteuid());
	CHECK_NUMBER(process->rgid, getgid());
	CHECK_NUMBER(process->threads, 1);
	CHECK_NUMBER(process->_pad, 0);
	stat("/bin/true", &status);
	CHECK_NUMBER(process->exe_ino, status.st_ino);
	CHECK_NUMBER(process->exe_mode, status.st_mode);
	CHECK_NUMBER(process->exe_mtime, status.st_mtim.tv_sec * 1000000000ll + status.st_mtim.tv_nsec);
	CHECK_NUMBER(process->exe_ctime, status.st_ctim.tv_sec * 1000000000ll + status.st_ctim.tv_nsec);
	stat("/proc/self/ns/mnt", &status);
	CHECK_NUMBER(process->ns_mnt, status.st_ino);
	stat("/proc/self/ns/pid", &status);
	CHECK_NUMBER(process->ns_pid, status.st_ino);
	CHECK_NUMBER(fork.fork->child_ns_pid, status.st_ino);
	stat("/proc/self/ns/net", &status);
	CHECK_NUMBER(process->ns_net, status.st_ino);
	stat("/proc/self/ns/user", &status);
	CHECK_NUMBER(process->ns_user, status.st_ino);
	stat("/proc/self/ns/uts", &status);
	CHECK_NUMBER(process->ns_uts, status.st_ino);
	stat("/proc/self/ns/ipc", &status);
	CHECK_NUMBER(process->ns_ipc, status.st_ino);
	stat("/proc/self/ns/cgroup", &status);
	CHECK_NUMBER(process->ns_cgroup, status.st_ino);
	CHECK_TEXT(text(exec, 0), "/usr/bin/true");
	CHECK_TEXT(text(exec, 1), getcwd(cwd, sizeof(cwd)));
	CHECK_TEXT(text(exec, 2), "/bin/true");
	CHECK(text(exec, 3)[0] == '/');
	CHECK_NUMBER(process->argv_len, sizeof("true-by-another-name\0one\0two words"));
	CHECK(!memcmp(text(exec, 4), "true-by-another-name\0one\0two words", process->argv_len));
	CHECK_NUMBER(process->env_len, sizeof("ALPHA=1\0BETA=2"));
	CHECK(!memcmp(text(exec, 5), "ALPHA=1\0BETA=2", process->env_len));
	CHECK_TEXT(exec.hdr->comm, "true");
	CHECK_NUMBER(exec.hdr->length, sizeof(*process) + process->exe_len + process->cwd_len + process->filename_len +
					       process->cgroup_len + process->argv_len + process->env_len);
}

static void check_cgroup(void)
{
	char line[4096], expected[4096] = "";
	FILE *file = fopen("/proc/self/cgroup", "r");
	struct record exec;
	int pid;

	while (file && fgets(line, sizeof(line), file)) {
		char *path = strchr(strchr(line, ':') + 1, ':') + 1;

		path[strcspn(path, "\n")] = 0;
		if ((!strncmp(line, "0::", 3) && strcmp(path, "/")) || (strstr(line, ":memory:") && !expected[0]))
			strcpy(expected, path);
	}
	if (file)
		fclose(file);
	capture_begin();
	pid = run_child(run_true);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK_TEXT(text(exec, 3), expected[0] ? expected : "/");
}

static void run_missing(void)
{
	execl("./does-not-exist", "x", NULL);
	_exit(3);
}

static void check_failed_exec(void)
{
	struct record failed, exit;
	int pid;

	capture_begin();
	pid = run_child(run_missing);
	capture_end();
	failed = captured_of(KEVENT_SYSCALL, SYS_execve, pid);
	exit = captured_of(KEVENT_EXIT, -1, pid);
	CHECK(failed.bytes && failed.syscall->ret == -ENOENT);
	CHECK_TEXT(text(failed, 0), "./does-not-exist");
	CHECK(exit.bytes && exit.exit->code == 3 << 8);
	CHECK(!captured_of(KEVENT_EXEC, -1, pid).bytes);
}

static void run_memfd(void)
{
	char *arguments[] = { "hidden", NULL };
	int fd = memfd_create("payload", 0), source = open("/bin/true", O_RDONLY);
	char buffer[65536];
	ssize_t got;

	while ((got = read(source, buffer, sizeof(buffer))) > 0)
		if (write(fd, buffer, got) != got)
			_exit(98);
	syscall(SYS_execveat, fd, "", arguments, environ, AT_EMPTY_PATH);
}

static void check_memfd(void)
{
	struct record exec;
	int pid;

	capture_begin();
	pid = run_child(run_memfd);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK_NUMBER(exec.process->nr, SYS_execveat);
	CHECK(exec.bytes && exec.process->exe_flags & KEVENT_EXE_MEMFD);
	CHECK(exec.bytes && exec.process->exe_flags & KEVENT_EXE_DELETED);
	CHECK_TEXT(text(exec, 0), "/memfd:payload");
}

static void run_killed(void)
{
	raise(SIGKILL);
}

static void check_signal(void)
{
	struct record exit;
	int pid;

	capture_begin();
	pid = run_child(run_killed);
	capture_end();
	exit = captured_of(KEVENT_EXIT, -1, pid);
	CHECK(exit.bytes && exit.exit->code == SIGKILL);
}

static void *idle_thread(void *argument)
{
	return argument;
}

static void check_threads(void)
{
	pthread_t thread;

	capture_begin();
	pthread_create(&thread, NULL, idle_thread, NULL);
	pthread_join(thread, NULL);
	capture_end();
	CHECK(!captured(KEVENT_FORK, -1, 0).bytes);
	CHECK(!captured(KEVENT_EXIT, -1, 0).bytes);
}

static void *wait_forever(void *argument)
{
	pause();
	return argument;
}

/* Many threads that exit at the same time are one process that exits once. */
static void run_threads(void)
{
	pthread_t thread;

	for (int i = 0; i < 16; i++)
		pthread_create(&thread, NULL, wait_forever, NULL);
	_exit(7);
}

static void check_single_exit(void)
{
	int exits = 0, wrong = 0;

	for (int round = 0; round < 50; round++) {
		int pid;

		capture_begin();
		pid = run_child(run_threads);
		capture_end();
		exits += captured_total(KEVENT_EXIT, pid);
		wrong += captured_of(KEVENT_EXIT, -1, pid).exit->code != 7 << 8;
	}
	CHECK_NUMBER(exits, 50);
	CHECK_NUMBER(wrong, 0);
}

static void *exec_thread(void *argument)
{
	(void)argument;
	run_true();
	return NULL;
}

static void run_exec_in_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, exec_thread, NULL);
	pthread_join(thread, NULL);
}

/* An exec in a thread other than the leader takes over the process: same (pid, start). */
static void check_thread_exec(void)
{
	struct record exec, fork;
	int pid;

	capture_begin();
	pid = run_child(run_exec_in_thread);
	capture_end();
	fork = captured(KEVENT_FORK, -1, 0);
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(exec.bytes && fork.bytes && exec.hdr->start == fork.fork->child_start);
	CHECK(exec.bytes && exec.hdr->tid == exec.hdr->pid);
}

static int namespace_body(void *argument)
{
	(void)argument;
	run_true();
	return 1;
}

static void check_namespace(void)
{
	static char stack[65536];
	struct record exec, fork;
	int pid;

	capture_begin();
	pid = clone(namespace_body, stack + sizeof(stack), CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | SIGCHLD, NULL);
	if (pid < 0) {
		printf("(namespaces not tested: %s)\n", strerror(errno));
		return;
	}
	waitpid(pid, NULL, 0);
	capture_end();
	fork = captured(KEVENT_FORK, -1, 0);
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(fork.bytes && fork.fork->child_vpid == 1);
	CHECK(fork.bytes && fork.fork->clone_flags == (CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | SIGCHLD));
	CHECK(exec.bytes && exec.process->vpid == 1);
	CHECK(exec.bytes && exec.process->vtid == 1);
	CHECK(exec.bytes && exec.process->pidns_start == exec.hdr->start);
	CHECK(exec.bytes && fork.bytes && exec.process->ns_pid == fork.fork->child_ns_pid);
}

/* A path deeper than the walk: cut, marked, and not absolute. */
static void run_deep(void)
{
	for (int i = 0; i < 80; i++)
		if (mkdir("d", 0700) || chdir("d"))
			_exit(1);
	run_true();
}

static void check_deep(void)
{
	struct record exec;
	int pid;

	capture_begin();
	pid = run_child(run_deep);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(exec.bytes && exec.hdr->flags & KEVENT_F_TRUNCATED);
	CHECK(exec.bytes && exec.process->truncated == KEVENT_CUT_CWD);
	CHECK(exec.bytes && text(exec, 1)[0] == 'd' && strlen(text(exec, 1)) == 64 * 2 - 1);
	CHECK_NUMBER(system("rm -r d"), 0);
}

/* Starts a program with an argv[0] and an environment variable of these lengths. */
static int run_long(const char *program, size_t first, size_t variable)
{
	char *arguments[] = { malloc(first + 1), "17", "9999", NULL };
	char *environment[] = { malloc(variable + 3), "LAST=1", NULL };
	int pid;

	memset(arguments[0], 'z', first);
	arguments[0][first] = 0;
	memset(environment[0], 'e', variable + 2);
	environment[0][1] = '=';
	environment[0][variable + 2] = 0;
	pid = fork();
	if (pid == 0) {
		execve(program, arguments, environment);
		_exit(1);
	}
	free(arguments[0]);
	free(environment[0]);
	return pid;
}

/* However long argv[0] is: it is cut, what follows it is not, and the record says so. */
static void check_arguments(struct record record, size_t first)
{
	size_t kept = first < KEVENT_ARGV0_MAX ? first : KEVENT_ARGV0_MAX - 1;
	const char *argv = text(record, 4);

	CHECK(record.bytes);
	if (!record.bytes)
		return;
	CHECK_NUMBER(record.process->argv_len, kept + sizeof("\00017\0009999"));
	CHECK_NUMBER(strlen(argv), kept);
	CHECK(!memcmp(argv + kept, "\00017\0009999", sizeof("\00017\0009999")));
	CHECK_NUMBER(record.process->truncated & (KEVENT_CUT_ARGV0 | KEVENT_CUT_ARGS),
		     kept < first ? KEVENT_CUT_ARGV0 : 0);
	CHECK_NUMBER(!!(record.hdr->flags & KEVENT_F_TRUNCATED), kept < first);
}

static void check_long_argv0(void)
{
	static const size_t lengths[] = { 0, 1, 4089, 4090, 4094, 4095, 4096, 4097, 8189, 8190, 8191, 10000, 130000 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		int pid;

		capture_begin();
		pid = run_long("/bin/true", lengths[i], 1);
		waitpid(pid, NULL, 0);
		capture_end();
		check_arguments(captured_of(KEVENT_EXEC, -1, pid), lengths[i]);
	}
}

static void check_long_argv0_in_snapshot(void)
{
	static const size_t lengths[] = { 0, 4095, 4096, 8190, 10000, 130000 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		int pid, seen;

		capture_begin();
		pid = run_long("/bin/sleep", lengths[i], 600);
		while (!captured_of(KEVENT_EXEC, -1, pid).bytes)
			capture_end();
		capture_begin();
		seen = probe_snapshot(probe);
		capture_end();
		if (seen != -ENOSYS) {
			struct record process = captured_of(KEVENT_PROCESS, -1, pid);

			check_arguments(process, lengths[i]);
			CHECK(process.bytes && process.process->truncated & KEVENT_CUT_ENV);
		}
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

static void check_long_environment(void)
{
	struct record exec;
	int pid;

	capture_begin();
	pid = run_long("/bin/true", 4, 100000);
	waitpid(pid, NULL, 0);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(exec.bytes && exec.process->truncated == KEVENT_CUT_ENV);
	CHECK(exec.bytes && exec.process->env_len == 512);
	CHECK(exec.bytes && !(exec.hdr->flags & KEVENT_F_TRUNCATED));
}

static void check_long_argv(void)
{
	char *arguments[200], word[200];
	struct record exec;
	int pid = fork();

	if (pid == 0) {
		memset(word, 'w', sizeof(word) - 1);
		word[sizeof(word) - 1] = 0;
		for (int i = 0; i < 199; i++)
			arguments[i] = word;
		arguments[199] = NULL;
		execv("/bin/true", arguments);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(exec.bytes && exec.hdr->flags & KEVENT_F_TRUNCATED);
	CHECK(exec.bytes && exec.process->truncated & KEVENT_CUT_ARGS);
	CHECK(exec.bytes && exec.process->argv_len == sizeof(word) + KEVENT_ARGS_MAX);
}

/* The longest paths take no room from argv and the environment. */
static void run_in_long_paths(void)
{
	char name[251], path[4096] = "./";

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	for (int i = 0; i < 14; i++)
		if (mkdir(name, 0700) || chdir(name))
			_exit(1);
	while (strlen(path) < 4000)
		strcat(path, "./");
	strcat(path, "t");
	if (symlink("/bin/true", "t"))
		_exit(1);
	char *arguments[] = { "true", malloc(KEVENT_ARGS_MAX), NULL };
	char *environment[] = { malloc(500), NULL };

	memset(arguments[1], 'a', KEVENT_ARGS_MAX - 1);
	arguments[1][KEVENT_ARGS_MAX - 1] = 0;
	memset(environment[0], 'e', 499);
	environment[0][499] = 0;
	execve(path, arguments, environment);
}

static void check_long_paths(void)
{
	struct record exec;
	int pid;

	capture_begin();
	pid = run_child(run_in_long_paths);
	capture_end();
	exec = captured_of(KEVENT_EXEC, -1, pid);
	CHECK(exec.bytes && exec.process->cwd_len > 3500 && exec.process->filename_len > 4000);
	CHECK(exec.bytes && exec.process->truncated == 0);
	CHECK(exec.bytes && exec.process->argv_len == 5 + KEVENT_ARGS_MAX);
	CHECK(exec.bytes && exec.process->env_len == 500);
	CHECK_NUMBER(system("rm -rf nnnnn*"), 0);
}

static void check_snapshot(void)
{
	struct record own, parent, again;
	char exe[4096] = "", cwd[4096];
	struct timespec now;
	int seen;

	capture_begin();
	seen = probe_snapshot(probe);
	capture_end();
	if (seen == -ENOSYS) {
		printf("(snapshot not tested: the kernel refused the iterator)\n");
		return;
	}
	CHECK(seen > 2);
	own = captured(KEVENT_PROCESS, -1, 0);
	parent = captured_of(KEVENT_PROCESS, -1, getppid());
	if (!own.bytes) {
		CHECK(own.bytes);
		return;
	}
	clock_gettime(CLOCK_BOOTTIME, &now);
	CHECK(own.hdr->start > 0 && own.hdr->start < now.tv_sec * 1000000000ull + now.tv_nsec);
	CHECK_NUMBER(own.process->ppid, getppid());
	CHECK(parent.bytes && parent.hdr->start == own.process->parent_start);
	CHECK_NUMBER(own.process->nr, 0);
	CHECK(readlink("/proc/self/exe", exe, sizeof(exe) - 1) > 0);
	CHECK_TEXT(text(own, 0), exe);
	CHECK_TEXT(text(own, 1), getcwd(cwd, sizeof(cwd)));
	CHECK_TEXT(text(own, 2), "");
	CHECK(own.process->argv_len > 0);
	CHECK(strstr(text(own, 4), "probe_test"));
	CHECK(own.process->env_len > 0);
	capture_begin();
	CHECK(probe_snapshot(probe) > 2);
	capture_end();
	again = captured(KEVENT_PROCESS, -1, 0);
	CHECK(again.bytes && !captured(KEVENT_PROCESS, -1, 1).bytes);
}

void test_process(void)
{
	check_exec();
	check_cgroup();
	check_failed_exec();
	check_memfd();
	check_signal();
	check_threads();
	check_single_exit();
	check_thread_exec();
	check_namespace();
	check_deep();
	check_long_argv();
	check_long_argv0();
	check_long_environment();
	check_long_paths();
	check_snapshot();
	check_long_argv0_in_snapshot();
}
