// SPDX-License-Identifier: Apache-2.0
/* The open family, and the paths of opened files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

static void check_openat(void)
{
	struct record open;
	struct stat status;
	int fd;

	capture_begin();
	fd = syscall(SYS_openat, AT_FDCWD, "/etc/../etc/hostname", O_RDONLY | O_CLOEXEC);
	capture_end();
	fstat(fd, &status);
	close(fd);
	open = captured(KEVENT_OPEN, SYS_openat, 0);
	if (!open.bytes) {
		CHECK(open.bytes);
		return;
	}
	CHECK_NUMBER(open.open->ret, fd);
	CHECK_NUMBER(open.open->ino, status.st_ino);
	CHECK_NUMBER(open.open->dev, major(status.st_dev) << 20 | minor(status.st_dev));
	CHECK_NUMBER(open.open->flags & ~O_LARGEFILE, O_CLOEXEC);
	CHECK_NUMBER(open.open->dirfd, AT_FDCWD);
	CHECK_NUMBER(open.open->file_mode, status.st_mode);
	CHECK_NUMBER(open.open->state, 0);
	CHECK_TEXT(text(open, 0), "/etc/../etc/hostname");
	CHECK_TEXT(text(open, 1), "/etc/hostname");
	CHECK_TEXT(text(open, 2), "");
	CHECK_NUMBER(open.hdr->tid, gettid());
	CHECK_NUMBER(open.hdr->uid, geteuid());
	CHECK_NUMBER(open.hdr->flags, 1u << KEVENT_F_THREADS_SHIFT); /* nothing but its only thread */
	CHECK(open.hdr->cgroup_id != 0);
	CHECK_NUMBER(open.hdr->length,
		     sizeof(*open.open) + open.open->path_len + open.open->file_len + open.open->dir_len);
}

static void check_failed_open(void)
{
	struct record open;

	capture_begin();
	syscall(SYS_openat, AT_FDCWD, "no/such", O_WRONLY | O_CREAT, 0600);
	syscall(SYS_openat, AT_FDCWD, (char *)16, O_RDONLY);
	capture_end();
	open = captured(KEVENT_OPEN, SYS_openat, 0);
	CHECK(open.bytes && open.open->ret == -ENOENT && open.open->mode == 0600 && open.open->file_mode == 0);
	CHECK_TEXT(text(open, 0), "no/such");
	CHECK_TEXT(text(open, 1), "");
	open = captured(KEVENT_OPEN, SYS_openat, 1);
	CHECK(open.bytes && open.open->ret == -EFAULT && open.hdr->flags & KEVENT_F_FAULT && open.open->path_len == 0);
}

static void check_relative(void)
{
	char cwd[512], expected[600];
	int directory = open("/usr/lib", O_PATH | O_DIRECTORY), fd;
	struct record open;

	capture_begin();
	fd = syscall(SYS_openat, directory, "../bin/env", O_RDONLY);
	close(fd);
	fd = syscall(SYS_openat, directory, "missing", O_RDONLY);
	fd = syscall(SYS_openat, AT_FDCWD, "made", O_RDWR | O_CREAT | O_EXCL, 0640);
	close(fd);
	fd = syscall(SYS_openat, AT_FDCWD, "made", O_RDWR | O_CREAT, 0640);
	close(fd);
	capture_end();
	unlink("made");
	close(directory);
	open = captured(KEVENT_OPEN, SYS_openat, 0);
	CHECK_TEXT(text(open, 0), "../bin/env");
	CHECK_TEXT(text(open, 1), "/usr/bin/env");
	CHECK_TEXT(text(open, 2), "/usr/lib");
	open = captured(KEVENT_OPEN, SYS_openat, 1);
	CHECK_TEXT(text(open, 1), "");
	CHECK_TEXT(text(open, 2), "/usr/lib");
	open = captured(KEVENT_OPEN, SYS_openat, 2);
	snprintf(expected, sizeof(expected), "%s/made", getcwd(cwd, sizeof(cwd)));
	CHECK_TEXT(text(open, 1), expected);
	CHECK(open.bytes && open.open->state == KEVENT_OPEN_CREATED && open.open->mode == 0640);
	open = captured(KEVENT_OPEN, SYS_openat, 3);
	CHECK(open.bytes && open.open->state == 0);
}

static void check_family(void)
{
	struct open_how how = { .flags = O_RDWR | O_CREAT, .mode = 0604, .resolve = RESOLVE_NO_SYMLINKS };
	struct record record;
	int fd;

	capture_begin();
#ifdef SYS_open
	close(syscall(SYS_open, "/etc/passwd", O_RDONLY, 0));
	close(syscall(SYS_creat, "made", 0611));
#endif
	fd = syscall(SYS_openat2, AT_FDCWD, "made", &how, sizeof(how));
	close(fd);
	capture_end();
	unlink("made");
#ifdef SYS_open
	record = captured(KEVENT_OPEN, SYS_open, 0);
	CHECK_TEXT(text(record, 1), "/etc/passwd");
	CHECK(record.bytes && record.open->dirfd == AT_FDCWD && record.open->flags == 0);
	record = captured(KEVENT_OPEN, SYS_creat, 0);
	CHECK_TEXT(text(record, 0), "made");
	CHECK(record.bytes && record.open->mode == 0611 && record.open->flags == (O_CREAT | O_WRONLY | O_TRUNC) &&
	      record.open->state & KEVENT_OPEN_CREATED);
#endif
	record = captured(KEVENT_OPEN, SYS_openat2, 0);
	CHECK_TEXT(text(record, 0), "made");
	CHECK(record.bytes && record.open->mode == 0604 && record.open->flags == (O_RDWR | O_CREAT) &&
	      record.open->resolve == RESOLVE_NO_SYMLINKS);
}

static void check_handle(void)
{
	struct {
		struct file_handle handle;
		char bytes[128];
	} room = { .handle.handle_bytes = 128 };
	int mount_id, directory = open("/", O_RDONLY), fd;
	struct record open;

	if (name_to_handle_at(AT_FDCWD, "/etc/hostname", &room.handle, &mount_id, 0)) {
		printf("(open_by_handle_at not tested: %s)\n", strerror(errno));
		close(directory);
		return;
	}
	capture_begin();
	fd = open_by_handle_at(directory, &room.handle, O_RDONLY);
	capture_end();
	close(directory);
	open = captured(KEVENT_OPEN, SYS_open_by_handle_at, 0);
	CHECK(open.bytes && open.open->ret == fd && open.open->path_len == 0);
	if (fd >= 0)
		CHECK_TEXT(text(open, 1), "/etc/hostname");
	close(fd);
}

/* Paths continue through mounts, and end at the root of the process. */
static void in_namespace(void)
{
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || mkdir("m", 0700) ||
	    mount("none", "m", "tmpfs", 0, NULL) || mkdir("m/inner", 0700) || mkdir("m/inner/n", 0700) ||
	    mount("none", "m/inner/n", "tmpfs", 0, NULL))
		_exit(2);
	close(open("m/inner/n/file", O_CREAT | O_RDWR, 0600));
	if (chroot("m/inner"))
		_exit(2);
	close(open("/n/file", O_RDONLY));
	close(open("n/file", O_RDONLY));
	_exit(0);
}

static void check_mounts(void)
{
	char cwd[512], expected[600];
	int pid, status = 0;
	struct record open;

	capture_begin();
	pid = fork();
	if (pid == 0)
		in_namespace();
	waitpid(pid, &status, 0);
	capture_end();
	rmdir("m");
	if (WEXITSTATUS(status)) {
		printf("(mounts not tested)\n");
		return;
	}
	open = captured_of(KEVENT_OPEN, SYS_openat, pid);
	CHECK_TEXT(text(open, 0), "n/file");
	CHECK(open.bytes && open.open->ret == -ENOENT);
	open = captured_named(KEVENT_OPEN, pid, "/n/file");
	CHECK_TEXT(text(open, 1), "/n/file");
	open = captured_named(KEVENT_OPEN, pid, "m/inner/n/file");
	snprintf(expected, sizeof(expected), "%s/m/inner/n/file", getcwd(cwd, sizeof(cwd)));
	CHECK_TEXT(text(open, 1), expected);
}

/* A file that the process has written is in the upper layer. */
static void in_overlay(void)
{
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || mkdir("o", 0700) ||
	    mount("none", "o", "tmpfs", 0, NULL) || chdir("o") || mkdir("low", 0700) || mkdir("up", 0700) ||
	    mkdir("work", 0700) || mkdir("all", 0700))
		_exit(2);
	close(creat("low/old", 0600));
	if (mount("overlay", "all", "overlay", 0, "lowerdir=low,upperdir=up,workdir=work"))
		_exit(2);
	close(open("all/old", O_RDONLY));
	close(open("all/new", O_RDWR | O_CREAT, 0600));
	_exit(0);
}

static void check_overlay(void)
{
	int pid, status = 0;
	struct record open;

	capture_begin();
	pid = fork();
	if (pid == 0)
		in_overlay();
	waitpid(pid, &status, 0);
	capture_end();
	rmdir("o");
	if (WEXITSTATUS(status)) {
		printf("(overlayfs not tested)\n");
		return;
	}
	open = captured_named(KEVENT_OPEN, pid, "all/old");
	CHECK(open.bytes && open.open->state == KEVENT_OPEN_LOWER_LAYER);
	open = captured_named(KEVENT_OPEN, pid, "all/new");
	CHECK(open.bytes && open.open->state == (KEVENT_OPEN_UPPER_LAYER | KEVENT_OPEN_CREATED));
}

static void check_special(void)
{
	char name[256];
	struct record record;
	int fd;

	memset(name, 'n', 255);
	name[255] = 0;
	capture_begin();
	close(open("/", O_RDONLY));
	fd = open(name, O_CREAT | O_RDWR, 0600);
	close(fd);
	close(open("/proc/self/status", O_RDONLY));
	capture_end();
	unlink(name);
	record = captured(KEVENT_OPEN, SYS_openat, 0);
	CHECK_TEXT(text(record, 1), "/");
	record = captured(KEVENT_OPEN, SYS_openat, 1);
	CHECK(fd >= 0 && strlen(text(record, 1)) > 256 && strstr(text(record, 1), name));
	CHECK_TEXT(text(record, 0), name);
	record = captured(KEVENT_OPEN, SYS_openat, 2);
	snprintf(name, sizeof(name), "/proc/%d/status", getpid());
	CHECK_TEXT(text(record, 1), name);
}

/* Names are copied in pieces that depend on their length; what is copied beyond their end must not be seen. */
static void check_name_lengths(void)
{
	static const int lengths[] = { 1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 39, 40, 41, 48, 254 };
	const int count = sizeof(lengths) / sizeof(lengths[0]);
	char name[256] = "", cwd[512], expected[800];
	int directory = open(".", O_PATH | O_DIRECTORY);

	getcwd(cwd, sizeof(cwd));
	capture_begin();
	for (int i = 0; i < count; i++) {
		memset(name, 'a' + i, lengths[i]);
		close(syscall(SYS_openat, directory, name, O_CREAT | O_RDWR, 0600));
		unlink(name);
	}
	capture_end();
	close(directory);
	memset(name, 0, sizeof(name));
	for (int i = 0; i < count; i++) {
		struct record open = captured(KEVENT_OPEN, SYS_openat, i);

		memset(name, 'a' + i, lengths[i]);
		snprintf(expected, sizeof(expected), "%s/%s", cwd, name);
		CHECK_TEXT(text(open, 0), name);
		CHECK_TEXT(text(open, 1), expected);
		CHECK_TEXT(text(open, 2), cwd);
	}
}

void test_open(void)
{
	check_openat();
	check_failed_open();
	check_relative();
	check_family();
	check_handle();
	check_mounts();
	check_overlay();
	check_special();
	check_name_lengths();
}
