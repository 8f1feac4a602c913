// SPDX-License-Identifier: GPL-2.0
/* Calls on sockets, and dup, which may duplicate one. */
#include "socket.h"

#include "emit.h"
#include "foreign.h"
#include "syscall.h"
#include "task.h"

#define F_DUPFD 0
#define F_DUPFD_CLOEXEC 1030

/* The address in a struct msghdr of sendmsg and recvmsg; of sendmmsg and recvmmsg, in the first of an array of them. */
static __always_inline struct user_address socket_message_address(__u64 message, bool foreign)
{
	struct user_msghdr header = {};
	struct compat_msghdr narrow = {};

	if (foreign) {
		bpf_probe_read_user(&narrow, sizeof(narrow), (void *)message);
		return (struct user_address){ narrow.msg_name, narrow.msg_namelen };
	}
	bpf_probe_read_user(&header, sizeof(header), (void *)message);
	return (struct user_address){ header.msg_name, header.msg_namelen };
}

static __always_inline struct user_address socket_user_address(struct kevent_socket *socket, bool foreign)
{
	struct user_address address = {};

	switch (socket->nr) {
	case __NR_bind:
	case __NR_connect:
		return (struct user_address){ socket->args[1], socket->args[2] };
	case __NR_sendto:
		return (struct user_address){ socket->args[4], socket->args[5] };
	case __NR_sendmsg:
	case __NR_sendmmsg:
	case __NR_recvmsg:
	case __NR_recvmmsg:
		return socket_message_address(socket->args[1], foreign);
	case __NR_recvfrom:
		address.at = socket->args[4];
		if (address.at)
			bpf_probe_read_user(&address.length, sizeof(address.length), (void *)socket->args[5]);
		return address;
	}
	return address;
}

static __always_inline bool socket_is_accept(__u16 nr)
{
	return nr == __NR_accept || nr == __NR_accept4;
}

static __always_inline bool socket_is_receive(__u16 nr)
{
	return nr == __NR_recvfrom || nr == __NR_recvmsg || nr == __NR_recvmmsg;
}

static __always_inline bool socket_is_transfer(__u16 nr)
{
	return socket_is_receive(nr) || nr == __NR_sendto || nr == __NR_sendmsg || nr == __NR_sendmmsg;
}

/* The descriptor that the call is about: the new one if it creates one, -1 if that failed. */
static __always_inline __s32 socket_descriptor(struct kevent_socket *socket)
{
	__s32 pair[2] = { -1, -1 };

	switch (socket->nr) {
	case __NR_bind:
	case __NR_connect:
	case __NR_listen:
		return socket->args[0];
	case __NR_socketpair:
		if (socket->ret == 0)
			bpf_probe_read_user(pair, sizeof(pair), (void *)socket->args[3]);
		socket->queue = pair[1];
		return pair[0];
	}
	if (socket_is_transfer(socket->nr))
		return socket->args[0];
	return socket->ret < 0 ? -1 : socket->ret;
}

/* Length and maximum of a listening socket's backlog. */
static __always_inline __u32 socket_queue(struct sock *listener)
{
	__u32 length = peek(sock, listener, sk_ack_backlog);
	__u32 maximum = peek(sock, listener, sk_max_ack_backlog);

	return (length > 0xffff ? 0xffff : length) << 16 | (maximum > 0xffff ? 0xffff : maximum);
}

/* Reached by a tail call from probe_sys_exit, probe_transfer or probe_dup. */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_socket, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct scratch *scratch = emit_scratch(SCRATCH_SYSCALL, KEVENT_CLASS_NET);
	struct kevent_socket *socket;
	struct user_address user;
	struct file *file;
	struct sock *sock;
	__u16 nr;

	if (!scratch)
		return 0;
	nr = syscall_number(regs, task);
	socket = (void *)scratch->record;
	socket_clear(socket);
	syscall_arguments(regs, task, socket->args);
	socket->nr = nr;
	socket->ret = ret;
	user = socket_user_address(socket, syscall_is_foreign(regs, task));
	socket->fd = socket_descriptor(socket);
	/* A failed accept reports the listening socket. */
	file = syscall_file(task, socket->fd < 0 && socket_is_accept(nr) ? socket->args[0] : socket->fd);
	task_fill(&socket->hdr, task, KEVENT_SOCKET);
	socket->hdr.flags |= syscall_flags(regs, task);
	sock = socket_fill_file(socket, file);
	if (user.at)
		socket_fill_user(socket, &user);
	if (socket_is_accept(nr)) {
		socket->is_server = 1;
		socket->queue = socket_queue(socket_of(syscall_file(task, socket->args[0])));
	}
	emit_record(&socket->hdr, socket_paths(scratch, sizeof(*socket), sock, &user), KEVENT_CLASS_NET);
	return 0;
}

/* Whether a send names its target. On a stream that is a connect in disguise (MSG_FASTOPEN). */
static __always_inline bool socket_is_addressed(__u16 nr, const __u64 *args, bool foreign)
{
	return nr == __NR_sendto ? args[4] != 0 : socket_message_address(args[1], foreign).at != 0;
}

/*
 * Sending and receiving is most of what a busy server does, so only calls that add information become a record: on a
 * stream a send with an address, elsewhere every send and every successful receive.
 */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_transfer, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	bool foreign = syscall_is_foreign(regs, task);
	__u16 nr = foreign ? foreign_number_here() : arch_syscall(regs);
	bool receive = socket_is_receive(nr);
	struct sock *sock;
	__u64 args[6];

	if (receive && ret < 0)
		return 0;
	if (foreign)
		foreign_arguments_here(args);
	else
		arch_arguments(regs, args);
	sock = socket_of(syscall_file(task, args[0]));
	if (!sock)
		return 0;
	if (peek(sock, sock, sk_type) == SOCK_STREAM && (receive || !socket_is_addressed(nr, args, foreign)))
		return 0;
	bpf_tail_call(ctx, &handlers, HANDLER_SOCKET);
	return 0;
}

/* dup, dup2, dup3 and the two fcntl commands that duplicate: a KEVENT_SOCKET of the new descriptor, or a
 * KEVENT_SYSCALL. */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_dup, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	bool foreign = syscall_is_foreign(regs, task);
	__u32 nr = foreign ? foreign_number_here() : arch_syscall(regs);
	__u64 args[6];

	if (foreign)
		foreign_arguments_here(args);
	else
		arch_arguments(regs, args);
	if (nr == __NR_fcntl && (__u32)args[1] != F_DUPFD && (__u32)args[1] != F_DUPFD_CLOEXEC)
		return 0;
	if (ret >= 0 && socket_of(syscall_file(task, ret)))
		bpf_tail_call(ctx, &handlers, HANDLER_SOCKET);
	else
		bpf_tail_call(ctx, &handlers, HANDLER_SYSCALL);
	return 0;
}
