// SPDX-License-Identifier: GPL-2.0
/* io_uring operations, which have no syscall of their own. Optional. */
#include "emit.h"
#include "socket.h"
#include "syscall.h"
#include "task.h"

/* uapi/linux/io_uring.h */
enum {
	IORING_OP_CONNECT = 16,
	IORING_OP_OPENAT = 18,
	IORING_OP_OPENAT2 = 28,
	IORING_OP_RENAMEAT = 35,
	IORING_OP_UNLINKAT = 36,
	IORING_OP_MKDIRAT = 37,
	IORING_OP_SYMLINKAT = 38,
	IORING_OP_LINKAT = 39,
};

/* The syscall that an operation corresponds to; 0 if the operation is not followed. */
static __always_inline __u32 io_uring_syscall(__u8 opcode)
{
	switch (opcode) {
	case IORING_OP_CONNECT:
		return __NR_connect;
	case IORING_OP_OPENAT:
		return __NR_openat;
	case IORING_OP_OPENAT2:
		return __NR_openat2;
	case IORING_OP_RENAMEAT:
		return __NR_renameat2;
	case IORING_OP_UNLINKAT:
		return __NR_unlinkat;
	case IORING_OP_MKDIRAT:
		return __NR_mkdirat;
	case IORING_OP_SYMLINKAT:
		return __NR_symlinkat;
	case IORING_OP_LINKAT:
		return __NR_linkat;
	}
	return 0;
}

/* Copies a path that the kernel has already copied from user space. Its length. */
static __always_inline __u32 io_uring_string(struct scratch *scratch, __u32 at, struct filename *name)
{
	struct kevent_hdr *hdr = (void *)scratch->record;
	long length;

	barrier_var(at);
	if (at > RECORD_MAX - KEVENT_PATH_MAX)
		return 0;
	length = bpf_probe_read_kernel_str(scratch->record + at, KEVENT_PATH_MAX, peek(filename, name, name));
	if (length <= 0) {
		hdr->flags |= KEVENT_F_FAULT;
		return 0;
	}
	return length - 1;
}

static __always_inline void io_uring_open(struct scratch *scratch, struct task_struct *task, struct io_kiocb *request,
					  __u32 nr)
{
	struct kevent_open *open = (void *)scratch->record;
	struct io_open *operation = (void *)request;
	__u32 at = sizeof(*open);

	task_fill(&open->hdr, task, KEVENT_OPEN);
	open->hdr.flags |= KEVENT_F_IO_URING;
	open->ret = 0;
	open->ino = 0;
	open->dev = open->file_mode = open->state = 0;
	open->nr = nr;
	open->file_len = open->dir_len = 0;
	open->dirfd = peek(io_open, operation, dfd);
	open->flags = peek(io_open, operation, how.flags);
	open->mode = peek(io_open, operation, how.mode);
	open->resolve = peek(io_open, operation, how.resolve);
	open->path_len = io_uring_string(scratch, at, peek(io_open, operation, filename));
	at += open->path_len;
	if (open->dirfd != AT_FDCWD && syscall_is_relative(scratch, sizeof(*open), open->path_len)) {
		open->dir_len = syscall_directory(scratch, at, task, open->dirfd);
		at += open->dir_len;
	}
	emit_record(&open->hdr, at, KEVENT_CLASS_OPEN);
}

/* The arguments of an operation on paths, in the order of renameat2. */
struct io_uring_paths {
	__s32 old_directory;
	__s32 directory;
	struct filename *old;
	struct filename *path; /* NULL if there is only one path */
	__u64 flags;
};

static __always_inline void io_uring_read_paths(struct io_kiocb *request, __u32 nr, struct io_uring_paths *paths)
{
	switch (nr) {
	case __NR_unlinkat:
		paths->old_directory = peek(io_unlink, request, dfd);
		paths->old = peek(io_unlink, request, filename);
		paths->flags = peek(io_unlink, request, flags);
		break;
	case __NR_mkdirat:
		paths->old_directory = peek(io_mkdir, request, dfd);
		paths->old = peek(io_mkdir, request, filename);
		paths->flags = peek(io_mkdir, request, mode);
		break;
	case __NR_renameat2:
		paths->old_directory = peek(io_rename, request, old_dfd);
		paths->directory = peek(io_rename, request, new_dfd);
		paths->old = peek(io_rename, request, oldpath);
		paths->path = peek(io_rename, request, newpath);
		paths->flags = peek(io_rename, request, flags);
		break;
	default: /* linkat and symlinkat */
		paths->old_directory = peek(io_link, request, old_dfd);
		paths->directory = peek(io_link, request, new_dfd);
		paths->old = peek(io_link, request, oldpath);
		paths->path = peek(io_link, request, newpath);
		paths->flags = peek(io_link, request, flags);
	}
}

/* Fills in the arguments that the syscall would have had; pointers are 0. */
static __always_inline void io_uring_arguments(struct kevent_syscall *syscall, const struct io_uring_paths *paths)
{
	__builtin_memset(syscall->args, 0, sizeof(syscall->args));
	switch (syscall->nr) {
	case __NR_unlinkat:
	case __NR_mkdirat:
		syscall->args[0] = (__s64)paths->old_directory;
		syscall->args[2] = paths->flags;
		break;
	case __NR_symlinkat:
		syscall->args[1] = (__s64)paths->directory;
		break;
	default:
		syscall->args[0] = (__s64)paths->old_directory;
		syscall->args[2] = (__s64)paths->directory;
		syscall->args[4] = paths->flags;
	}
}

static __always_inline void io_uring_paths(struct scratch *scratch, struct task_struct *task, struct io_kiocb *request,
					   __u32 nr)
{
	struct kevent_syscall *syscall = (void *)scratch->record;
	struct io_uring_paths paths = {};
	__u32 at = sizeof(*syscall), start;

	task_fill(&syscall->hdr, task, KEVENT_SYSCALL);
	syscall->hdr.flags |= KEVENT_F_IO_URING;
	syscall->ret = 0;
	syscall->nr = nr;
	syscall->str_len[0] = syscall->str_len[1] = syscall->str_len[2] = syscall->str_len[3] = 0;
	syscall->file_mode = 0;
	syscall->dev = 0;
	syscall->ino = 0;
	io_uring_read_paths(request, nr, &paths);
	io_uring_arguments(syscall, &paths);
	syscall->str_len[0] = io_uring_string(scratch, at, paths.old);
	at += syscall->str_len[0];
	start = at;
	if (paths.path) {
		syscall->str_len[1] = io_uring_string(scratch, at, paths.path);
		at += syscall->str_len[1];
	}
	/* As in a syscall's record: string 2 is the directory of the first of two paths, 3 that of the last path. */
	if (!paths.path || nr == __NR_symlinkat) {
		syscall->str_len[3] =
			syscall_descriptor(scratch, at, task, paths.path ? paths.directory : paths.old_directory);
		emit_record(&syscall->hdr, at + syscall->str_len[3], KEVENT_CLASS_FILE);
		return;
	}
	if (syscall_is_relative(scratch, sizeof(*syscall), syscall->str_len[0])) {
		syscall->str_len[2] = syscall_directory(scratch, at, task, paths.old_directory);
		at += syscall->str_len[2];
	}
	if (syscall_is_relative(scratch, start, syscall->str_len[1])) {
		syscall->str_len[3] = syscall_directory(scratch, at, task, paths.directory);
		at += syscall->str_len[3];
	}
	emit_record(&syscall->hdr, at, KEVENT_CLASS_FILE);
}

/* The descriptor is -1 if the socket is one of io_uring's registered files. */
static __always_inline void io_uring_connect(struct scratch *scratch, struct task_struct *task,
					     struct io_kiocb *request)
{
	struct kevent_socket *socket = (void *)scratch->record;
	struct user_address user = { (__u64)peek(io_connect, request, addr), peek(io_connect, request, addr_len) };
	struct sock *sock = NULL;

	socket_clear(socket);
	task_fill(&socket->hdr, task, KEVENT_SOCKET);
	socket->hdr.flags |= KEVENT_F_IO_URING;
	socket->nr = __NR_connect;
	socket->fd = -1;
	if (bpf_core_field_exists(request->cqe.fd) && !(request->flags & REQ_F_FIXED_FILE))
		socket->fd = request->cqe.fd;
	socket->args[0] = (__s64)socket->fd;
	socket->args[2] = user.length;
	if (socket->fd >= 0)
		sock = socket_fill_file(socket, syscall_file(task, socket->fd));
	if (user.at)
		socket_fill_user(socket, &user);
	emit_record(&socket->hdr, socket_paths(scratch, sizeof(*socket), sock, &user), KEVENT_CLASS_NET);
}

/*
 * io_uring: at io_uring_submit_req (io_submit_sqe), when the kernel has copied the arguments of the operation and not
 * yet started it, in the submitting thread or in the ring's own (which belongs to the same process). The result is not
 * known: ret is 0 and KEVENT_F_IO_URING is set. Since 6.3 under this name. Not seen: operations that are not listed
 * above.
 */
SEC("tp_btf/io_uring_submit_req")
int BPF_PROG(probe_io_uring, struct io_kiocb *request)
{
	__u32 nr = io_uring_syscall(request->opcode);
	struct task_struct *task = bpf_get_current_task_btf();
	struct scratch *scratch;

	if (!nr || nr >= SYSCALL_MAX || !(selected[nr / 64] >> (nr % 64) & 1) || (__u32)task->tgid == own_tgid)
		return 0;
	scratch = emit_scratch(SCRATCH_IO_URING, KEVENT_CLASS_OTHER);
	if (!scratch)
		return 0;
	if (nr == __NR_openat || nr == __NR_openat2)
		io_uring_open(scratch, task, request, nr);
	else if (nr == __NR_connect)
		io_uring_connect(scratch, task, request);
	else
		io_uring_paths(scratch, task, request, nr);
	return 0;
}
