// SPDX-License-Identifier: Apache-2.0
/* Calls that change files and mounts. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static char here[512];

static void expect(int nr, const char *zero, const char *one, const char *two, const char *three)
{
	struct record record = captured(KEVENT_SYSCALL, nr, 0);

	if (!record.bytes) {
		fprintf(stderr, "no record of syscall %d\n", nr);
		CHECK(record.bytes);
		return;
	}
	CHECK_TEXT(text(record, 0), zero);
	CHECK_TEXT(text(record, 1), one);
	CHECK_TEXT(text(record, 2), two);
	CHECK_TEXT(text(record, 3), three);
	CHECK(!record.syscall->ino == !record.syscall->file_mode && !record.syscall->dev == !record.syscall->file_mode);
	CHECK_NUMBER(record.hdr->length,
		     sizeof(*record.syscall) + strlen(zero) + strlen(one) + strlen(two) + strlen(three));
}

static void check_one_path(void)
{
	capture_begin();
#ifdef SYS_unlink
	syscall(SYS_mkdir, "made", 0750);
	syscall(SYS_chmod, "made", 0700);
	syscall(SYS_chown, "made", 1, 2);
	syscall(SYS_lchown, "made", 3, 4);
	syscall(SYS_rmdir, "made");
	syscall(SYS_unlink, "/no/such/file");
	syscall(SYS_mknod, "pipe", S_IFIFO | 0600, 0);
	syscall(SYS_unlink, "pipe");
#endif
	syscall(SYS_chdir, ".");
	capture_end();
	expect(SYS_chdir, ".", "", "", "");
#ifdef SYS_unlink
	expect(SYS_mkdir, "made", "", "", "");
	expect(SYS_chmod, "made", "", "", "");
	expect(SYS_chown, "made", "", "", "");
	expect(SYS_lchown, "made", "", "", "");
	expect(SYS_rmdir, "made", "", "", "");
	expect(SYS_unlink, "/no/such/file", "", "", "");
	expect(SYS_mknod, "pipe", "", "", "");
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_unlink, 0).syscall->ret, -ENOENT);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_unlink, 1).syscall->ret, 0);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_mkdir, 0).syscall->args[1], 0750);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_chown, 0).syscall->args[2], 2);
#endif
}

static void check_at(void)
{
	int directory = open(".", O_RDONLY | O_DIRECTORY);
	struct record record;
	struct stat status;

	capture_begin();
	syscall(SYS_mkdirat, directory, "made", 0700);
	syscall(SYS_fchmodat, directory, "made", 0711);
	syscall(SYS_fchmodat2, directory, "made", 0711, 0);
	syscall(SYS_fchownat, AT_FDCWD, "made", 0, 0, 0);
	syscall(SYS_mknodat, directory, "pipe", S_IFIFO | 0600, 0);
	syscall(SYS_unlinkat, directory, "made", AT_REMOVEDIR);
	syscall(SYS_unlinkat, directory, "/no/such/file", 0);
	capture_end();
	fstat(directory, &status);
	unlink("pipe");
	close(directory);
	expect(SYS_mkdirat, "made", "", "", here);
	expect(SYS_fchmodat, "made", "", "", here);
	expect(SYS_fchmodat2, "made", "", "", here);
	expect(SYS_fchownat, "made", "", "", "");
	expect(SYS_mknodat, "pipe", "", "", here);
	expect(SYS_unlinkat, "made", "", "", here);
	record = captured(KEVENT_SYSCALL, SYS_unlinkat, 1);
	CHECK_TEXT(text(record, 3), here);
	CHECK(record.bytes && record.syscall->ino == status.st_ino && record.syscall->dev != 0 &&
	      record.syscall->file_mode == status.st_mode);
}

static void check_two_paths(void)
{
	int directory = open(".", O_RDONLY | O_DIRECTORY);
	char absolute[600];

	snprintf(absolute, sizeof(absolute), "%s/c", here);
	close(open("a", O_CREAT | O_RDWR, 0600));
	capture_begin();
#ifdef SYS_rename
	syscall(SYS_rename, "a", "b");
	syscall(SYS_link, "b", "a");
	syscall(SYS_symlink, "/etc/shadow", "s");
	unlink("b");
	unlink("s");
#endif
	syscall(SYS_renameat, directory, "a", AT_FDCWD, "b");
	syscall(SYS_renameat2, directory, "b", directory, absolute, 0);
	syscall(SYS_linkat, AT_FDCWD, absolute, directory, "a", 0);
	syscall(SYS_symlinkat, "../target", directory, "s");
	capture_end();
	unlink("a");
	unlink("c");
	unlink("s");
	close(directory);
#ifdef SYS_rename
	expect(SYS_rename, "a", "b", "", "");
	expect(SYS_link, "b", "a", "", "");
	expect(SYS_symlink, "/etc/shadow", "s", "", "");
#endif
	expect(SYS_renameat, "a", "b", here, "");
	expect(SYS_renameat2, "b", absolute, here, "");
	expect(SYS_linkat, absolute, "a", "", here);
	expect(SYS_symlinkat, "../target", "s", "", here);
}

static void check_descriptors(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), directory = open("/usr", O_RDONLY | O_DIRECTORY);
	char path[600];

	snprintf(path, sizeof(path), "%s/file", here);
	capture_begin();
	syscall(SYS_fchmod, fd, 0640);
	syscall(SYS_fchown, fd, 0, 0);
	syscall(SYS_fchdir, directory);
	capture_end();
	CHECK_NUMBER(chdir(here), 0);
	close(fd);
	close(directory);
	unlink("file");
	expect(SYS_fchmod, "", "", "", path);
	expect(SYS_fchown, "", "", "", path);
	expect(SYS_fchdir, "", "", "", "/usr");
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_fchmod, 0).syscall->file_mode & S_IFMT, S_IFREG);
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_fchdir, 0).syscall->file_mode & S_IFMT, S_IFDIR);
}

static void check_mount(void)
{
	capture_begin();
	syscall(SYS_mount, "source", "/no/target", "tmpfs", MS_RDONLY, 0);
	syscall(SYS_umount2, "/no/target", MNT_DETACH);
	syscall(SYS_move_mount, -1, "/no/from", -1, "/no/to", 0);
	syscall(SYS_chroot, "/no/root");
	syscall(SYS_pivot_root, "/no/new", "/no/old");
	capture_end();
	expect(SYS_mount, "source", "/no/target", "tmpfs", "");
	CHECK_NUMBER(captured(KEVENT_SYSCALL, SYS_mount, 0).syscall->args[3], MS_RDONLY);
	expect(SYS_umount2, "/no/target", "", "", "");
	expect(SYS_move_mount, "/no/from", "/no/to", "", "");
	expect(SYS_chroot, "/no/root", "", "", "");
	expect(SYS_pivot_root, "/no/new", "/no/old", "", "");
}

void test_file(void)
{
	CHECK(getcwd(here, sizeof(here)));
	check_one_path();
	check_at();
	check_two_paths();
	check_descriptors();
	check_mount();
}
