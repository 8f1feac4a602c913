// SPDX-License-Identifier: Apache-2.0
// The suspicious actions that no shell can perform by itself, for the end-to-end tests: `act NAME [ARGUMENT...]`.
// Linked statically, so that the same file runs on the host and in an image made from scratch. Each action is harmless:
// it fails on purpose, works on its own child, or undoes what it did.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int fail(const char *what)
{
	fprintf(stderr, "act: %s: %s\n", what, strerror(errno));
	return 1;
}

static struct sockaddr_in address(const char *ip, const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };

	inet_pton(AF_INET, ip, &to.sin_addr);
	return to;
}

// connect IP PORT: refused is fine; the attempt is what a rule sees.
static int act_connect(char **args)
{
	struct sockaddr_in to = address(args[0], args[1]);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	connect(fd, (struct sockaddr *)&to, sizeof(to));
	close(fd);
	return 0;
}

// udp IP PORT
static int act_udp(char **args)
{
	struct sockaddr_in to = address(args[0], args[1]);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to));
	close(fd);
	return 0;
}

// listen PORT: one second, then gone.
static int act_listen(char **args)
{
	struct sockaddr_in here = address("0.0.0.0", args[0]);
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&here, sizeof(here)) || listen(fd, 1))
		return fail("listen");
	close(fd);
	return 0;
}

// Puts a descriptor in the place of another, with what dup2 does in one call done in two.
static void duplicate_by_fcntl(int fd, int to)
{
	close(to);
	fcntl(fd, F_DUPFD, to);
}

static void duplicate(int fd, int to)
{
	dup2(fd, to);
}

// A socket pair on loopback; the child puts its end on stdin and stdout, as a reverse shell does.
static int reverse_shell(void (*put)(int fd, int to))
{
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(here);
	int server = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), peer;

	if (bind(server, (struct sockaddr *)&here, size) || listen(server, 1) ||
	    getsockname(server, (struct sockaddr *)&here, &size) || connect(client, (struct sockaddr *)&here, size))
		return fail("reverse-shell");
	peer = accept(server, NULL, NULL);
	if (fork() == 0) {
		close(peer);
		put(client, 0);
		put(client, 1);
		execl("/bin/sh", "sh", "-c", "exit 0", NULL);
		_exit(0);
	}
	wait(NULL);
	close(peer);
	return 0;
}

static int act_reverse_shell(char **args)
{
	(void)args;
	return reverse_shell(duplicate);
}

static int act_reverse_shell_fcntl(char **args)
{
	(void)args;
	return reverse_shell(duplicate_by_fcntl);
}

static int act_packet_socket(char **args)
{
	(void)args;
	close(socket(AF_PACKET, SOCK_RAW, 0));
	return 0;
}

// memfd FILE: runs a copy of FILE that has no name in any file system.
static int act_memfd(char **args)
{
	char *argv[] = { "memfd-payload", NULL }, *env[] = { NULL }, buffer[65536];
	int from = open(args[0], O_RDONLY), fd = memfd_create("payload", MFD_CLOEXEC);
	ssize_t n;

	if (from < 0 || fd < 0)
		return fail("memfd");
	while ((n = read(from, buffer, sizeof(buffer))) > 0)
		if (write(fd, buffer, n) != n)
			return fail("memfd write");
	if (fork() == 0) {
		fexecve(fd, argv, env);
		_exit(fail("fexecve"));
	}
	wait(NULL);
	return 0;
}

// renamed-fork FILE: a process renames itself and forks; its child makes FILE.
static int act_renamed_fork(char **args)
{
	prctl(PR_SET_NAME, "renamed:[1]", 0, 0, 0);
	if (fork() == 0)
		_exit(open(args[0], O_WRONLY | O_CREAT, 0600) < 0);
	wait(NULL);
	return 0;
}

// pivot-root: fails, since the root is no mount point below itself; the attempt is what a rule sees.
static int act_pivot_root(char **args)
{
	(void)args;
	syscall(SYS_pivot_root, "/proc/self/none", "/proc/self/none");
	return 0;
}

static int act_ptrace_attach(char **args)
{
	pid_t child = fork();

	(void)args;
	if (child == 0) {
		pause();
		_exit(0);
	}
	if (ptrace(PTRACE_ATTACH, child, 0, 0) == 0) {
		waitpid(child, NULL, 0);
		ptrace(PTRACE_DETACH, child, 0, 0);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}

static int act_ptrace_traceme(char **args)
{
	(void)args;
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	return 0;
}

static int act_userfaultfd(char **args)
{
	(void)args;
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return 0;
}

static int act_unshare(char **args)
{
	(void)args;
	return unshare(CLONE_NEWNS | CLONE_NEWUTS) ? fail("unshare") : 0;
}

static int act_setns(char **args)
{
	int fd = open("/proc/self/ns/uts", O_RDONLY);

	(void)args;
	return setns(fd, CLONE_NEWUTS) ? fail("setns") : 0;
}

// module: asks the kernel for a module that is no module.
static int act_module(char **args)
{
	int fd = open(args[0], O_RDONLY);

	syscall(SYS_finit_module, fd, "", 0);
	return 0;
}

// bpf: loads the smallest program there is, attached to nothing: r0 = 0; exit.
static int act_bpf(char **args)
{
	struct bpf_insn program[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
		.insns = (unsigned long)program,
		.insn_cnt = 2,
		.license = (unsigned long)"GPL",
	};

	(void)args;
	return syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr)) < 0 ? fail("bpf") : 0;
}

// setuid UID: to a user and back to nothing; the process ends.
static int act_setuid(char **args)
{
	return setuid(atoi(args[0])) ? fail("setuid") : 0;
}

// regain: a process of an ordinary user that asks to be root, and is refused.
static int act_regain(char **args)
{
	(void)args;
	if (setresuid(1000, 1000, 1000))
		return fail("setresuid");
	return setuid(0) ? 0 : fail("setuid");
}

static int act_open(char **args)
{
	close(open(args[0], O_RDONLY));
	return 0;
}

#ifdef __x86_64__
// A call by the number that it has on i386, of a path and a number.
static int call32(long number, const char *path, long argument)
{
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long result = number;

	if (low == MAP_FAILED)
		return fail("mmap");
	strncpy(low, path, 4095);
	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 : "b"(low), "c"(argument), "d"(0)
			 : "memory", "r8", "r9", "r10", "r11");
	errno = -result;
	return result < 0 ? fail(path) : 0;
}
#else
static int call32(long number, const char *path, long argument)
{
	return number == 5 ? open(path, argument) < 0 : chmod(path, argument);
}
#endif

// open32 FILE, chmod32 FILE: by the calls of 32-bit programs.
static int act_open32(char **args)
{
	return call32(5, args[0], O_RDONLY);
}

static int act_chmod32(char **args)
{
	return call32(15, args[0], 04755);
}

static int act_write(char **args)
{
	int fd = open(args[0], O_WRONLY | O_CREAT | O_APPEND, 0644);

	if (fd < 0)
		return fail(args[0]);
	close(fd);
	return 0;
}

static int act_truncate(char **args)
{
	int fd = open(args[0], O_WRONLY | O_TRUNC);

	if (fd < 0)
		return fail(args[0]);
	close(fd);
	return 0;
}

// server PROGRAM...: a server by name that starts a program (copy this file to nginx, mysqld ...).
static int act_spawn(char **args)
{
	pid_t child = fork();

	if (child == 0) {
		execv(args[0], args);
		_exit(fail(args[0]));
	}
	waitpid(child, NULL, 0);
	return 0;
}

static int act_nothing(char **args)
{
	(void)args;
	return 0;
}

static const struct {
	const char *name;
	int arguments;
	int (*run)(char **args);
} ACTIONS[] = {
	{ "connect", 2, act_connect },
	{ "udp", 2, act_udp },
	{ "listen", 1, act_listen },
	{ "reverse-shell", 0, act_reverse_shell },
	{ "reverse-shell-fcntl", 0, act_reverse_shell_fcntl },
	{ "packet-socket", 0, act_packet_socket },
	{ "memfd", 1, act_memfd },
	{ "renamed-fork", 1, act_renamed_fork },
	{ "pivot-root", 0, act_pivot_root },
	{ "ptrace-attach", 0, act_ptrace_attach },
	{ "ptrace-traceme", 0, act_ptrace_traceme },
	{ "userfaultfd", 0, act_userfaultfd },
	{ "unshare", 0, act_unshare },
	{ "setns", 0, act_setns },
	{ "module", 1, act_module },
	{ "bpf", 0, act_bpf },
	{ "setuid", 1, act_setuid },
	{ "regain", 0, act_regain },
	{ "open", 1, act_open },
	{ "open32", 1, act_open32 },
	{ "chmod32", 1, act_chmod32 },
	{ "write", 1, act_write },
	{ "truncate", 1, act_truncate },
	{ "spawn", 1, act_spawn },
	{ "nothing", 0, act_nothing },
};

int main(int count, char **args)
{
	// Started from a memfd there is nothing left to do.
	if (count < 2)
		return 0;
	for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++)
		if (strcmp(ACTIONS[i].name, args[1]) == 0 && count - 2 >= ACTIONS[i].arguments)
			return ACTIONS[i].run(args + 2);
	fprintf(stderr, "act: unknown action or too few arguments: %s\n", args[1]);
	return 2;
}
