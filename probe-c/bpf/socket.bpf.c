// SPDX-License-Identifier: GPL-2.0
/* Calls on sockets, and dup, which may be one. */
#include "arch.h"
#include "emit.h"
#include "syscall.h"
#include "task.h"

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define SOCK_STREAM 1
#define TCP_LISTEN 10
#define F_DUPFD 0
#define F_DUPFD_CLOEXEC 1030
#define UNIX_PATH_MAX 108

/* struct sockaddr_in and struct sockaddr_in6 in one: they agree on family and port. */
struct internet_address {
	__u16 family;
	__be16 port;
	__u8 address4[4]; /* IPv6: flow label */
	__u8 address6[16];
	__u32 scope;
};

/* A sockaddr of the caller's. */
struct user_address {
	__u64 at;
	__u32 length;
};

/* sendmsg and recvmsg keep the address in a struct msghdr, of which sendmmsg and recvmmsg have an array: its first. */
static __always_inline struct user_address socket_message_address(__u64 message)
{
	struct user_msghdr header = {};

	bpf_probe_read_user(&header, sizeof(header), (void *)message);
	return (struct user_address){ header.msg_name, header.msg_namelen };
}

static __always_inline struct user_address socket_user_address(struct kevent_socket *socket)
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
		return socket_message_address(socket->args[1]);
	case __NR_recvfrom:
		address.at = socket->args[4];
		if (address.at)
			bpf_probe_read_user(&address.length, sizeof(address.length), (void *)socket->args[5]);
		return address;
	}
	return address;
}

/* Port and address of the caller's sockaddr, if it is of the internet; its family in any case. */
static __always_inline void socket_fill_user(struct kevent_socket *socket, const struct user_address *user)
{
	struct internet_address address = {};
	__u32 size = user->length >= sizeof(address) ? sizeof(address) : user->length >= 16 ? 16 : 2;

	if (user->length < 2)
		return;
	if (size == sizeof(address) ? bpf_probe_read_user(&address, sizeof(address), (void *)user->at) :
	    size == 16		    ? bpf_probe_read_user(&address, 16, (void *)user->at) :
				      bpf_probe_read_user(&address, 2, (void *)user->at)) {
		socket->hdr.flags |= KEVENT_F_FAULT;
		return;
	}
	socket->user_family = address.family;
	if (address.family == AF_INET) {
		socket->user_port = bpf_ntohs(address.port);
		__builtin_memcpy(socket->user_addr, address.address4, 4);
	} else if (address.family == AF_INET6) {
		socket->user_port = bpf_ntohs(address.port);
		__builtin_memcpy(socket->user_addr, address.address6, 16);
	}
}

/* The path in the caller's sockaddr_un. Abstract names begin with NUL and have no end but the length. */
static __always_inline __u32 socket_user_path(struct scratch *scratch, __u32 at, const struct user_address *user)
{
	__u32 length = user->length - 2;
	char first = 0;
	long got;

	barrier_var(at);
	if (user->length <= 2 || at > RECORD_MAX - UNIX_PATH_MAX - 1)
		return 0;
	if (length > UNIX_PATH_MAX)
		length = UNIX_PATH_MAX;
	bpf_probe_read_user(&first, 1, (void *)user->at + 2);
	if (!first)
		return bpf_probe_read_user(scratch->record + at, length, (void *)user->at + 2) ? 0 : length;
	got = bpf_probe_read_user_str(scratch->record + at, length + 1, (void *)user->at + 2);
	return got > 0 ? got - 1 : 0;
}

/* The path that a unix socket is bound to. */
static __always_inline __u32 socket_bound_path(struct scratch *scratch, __u32 at, struct sock *sock)
{
	struct unix_address *address = BPF_CORE_READ((struct unix_sock *)sock, addr);
	const char *from = (void *)address + bpf_core_field_offset(struct unix_address, name) + 2;
	__u32 length = BPF_CORE_READ(address, len) - 2;

	barrier_var(at); /* the bound must be of the register that is used */
	if (!address || at > RECORD_MAX - UNIX_PATH_MAX || length > UNIX_PATH_MAX)
		return 0;
	bpf_probe_read_kernel(scratch->record + at, length, from);
	if (length && scratch->record[at] && !scratch->record[at + length - 1])
		length--; /* the terminator of a path is counted, that of an abstract name is not */
	return length;
}

static __always_inline void socket_fill_internet(struct kevent_socket *socket, struct sock *sock)
{
	socket->local_port = BPF_CORE_READ(sock, __sk_common.skc_num);
	socket->remote_port = bpf_ntohs(BPF_CORE_READ(sock, __sk_common.skc_dport));
	if (socket->family == AF_INET) {
		BPF_CORE_READ_INTO((__u32 *)socket->local_addr, sock, __sk_common.skc_rcv_saddr);
		BPF_CORE_READ_INTO((__u32 *)socket->remote_addr, sock, __sk_common.skc_daddr);
	} else if (bpf_core_field_exists(sock->__sk_common.skc_v6_daddr)) {
		BPF_CORE_READ_INTO((struct in6_addr *)socket->local_addr, sock, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO((struct in6_addr *)socket->remote_addr, sock, __sk_common.skc_v6_daddr);
	}
}

static __always_inline void socket_fill_kernel(struct kevent_socket *socket, struct sock *sock)
{
	socket->family = BPF_CORE_READ(sock, __sk_common.skc_family);
	socket->state = BPF_CORE_READ(sock, __sk_common.skc_state);
	socket->sock_type = BPF_CORE_READ(sock, sk_type);
	socket->protocol = BPF_CORE_READ(sock, sk_protocol);
	socket->is_server = socket->state == TCP_LISTEN;
	if (socket->family == AF_INET || socket->family == AF_INET6)
		socket_fill_internet(socket, sock);
}

static __always_inline __u32 socket_paths(struct scratch *scratch, __u32 at, struct sock *sock,
					  const struct user_address *user)
{
	struct kevent_socket *socket = (void *)scratch->record;
	bool user_is_unix = user->at && socket->user_family == AF_UNIX;
	struct sock *peer = NULL;

	if (sock && socket->family == AF_UNIX) {
		socket->local_len = socket_bound_path(scratch, at, sock);
		peer = BPF_CORE_READ((struct unix_sock *)sock, peer);
	}
	if (!socket->local_len && user_is_unix && socket->nr == __NR_bind)
		socket->local_len = socket_user_path(scratch, at, user);
	at += socket->local_len;
	if (peer)
		socket->remote_len = socket_bound_path(scratch, at, peer);
	if (!socket->remote_len && user_is_unix && socket->nr != __NR_bind)
		socket->remote_len = socket_user_path(scratch, at, user);
	return at + socket->remote_len;
}

static __always_inline struct sock *socket_of(struct file *file)
{
	struct socket *socket;

	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return NULL;
	socket = BPF_CORE_READ(file, private_data); /* NULL if the file was opened with O_PATH */
	return socket ? BPF_CORE_READ(socket, sk) : NULL;
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

/* The descriptor that the call is about: a new one if it makes one. -1 if it failed to. */
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

static __always_inline void socket_clear(struct kevent_socket *socket)
{
	__u64 *words = (void *)socket + sizeof(socket->hdr);
	int i;

	for (i = 0; i < (int)((sizeof(*socket) - sizeof(socket->hdr)) / sizeof(*words)); i++)
		words[i] = 0;
}

/* The queue of connections that wait on a listening socket. */
static __always_inline __u32 socket_queue(struct sock *listener)
{
	__u32 length = BPF_CORE_READ(listener, sk_ack_backlog);
	__u32 most = BPF_CORE_READ(listener, sk_max_ack_backlog);

	return (length > 0xffff ? 0xffff : length) << 16 | (most > 0xffff ? 0xffff : most);
}

/*
 * Reached by a tail call from probe_sys_exit. Sending and receiving are sent only where there is something to learn: an
 * address was passed, or the socket is no stream; and nothing is said about a receive that got nothing.
 */
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
	nr = arch_syscall(regs);
	if (ret < 0 && socket_is_receive(nr))
		return 0;
	socket = (void *)scratch->record;
	socket_clear(socket);
	arch_arguments(regs, socket->args);
	socket->nr = nr;
	socket->ret = ret;
	user = socket_user_address(socket);
	socket->fd = socket_descriptor(socket);
	/* A failed accept is told with the facts of the socket that listens. */
	file = syscall_file(task, socket->fd < 0 && socket_is_accept(nr) ? socket->args[0] : socket->fd);
	sock = socket_of(file);
	if (socket_is_transfer(nr) && !user.at && (!sock || BPF_CORE_READ(sock, sk_type) == SOCK_STREAM))
		return 0;
	task_fill(&socket->hdr, task, KEVENT_SOCKET);
	if (sock) {
		socket->ino = BPF_CORE_READ(file, f_inode, i_ino);
		socket_fill_kernel(socket, sock);
	}
	if (user.at)
		socket_fill_user(socket, &user);
	if (socket_is_accept(nr)) {
		socket->is_server = 1;
		sock = socket_of(syscall_file(task, socket->args[0]));
		socket->queue = sock ? socket_queue(sock) : 0;
		sock = socket_of(file);
	}
	emit_record(&socket->hdr, socket_paths(scratch, sizeof(*socket), sock, &user), KEVENT_CLASS_NET);
	return 0;
}

/* dup, dup2, dup3 and the two fcntl commands that duplicate: a socket record of the new descriptor, or a plain one. */
SEC("tp_btf/sys_exit")
int BPF_PROG(probe_dup, struct pt_regs *regs, long ret)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u64 args[6];

	arch_arguments(regs, args);
	if (arch_syscall(regs) == __NR_fcntl && args[1] != F_DUPFD && args[1] != F_DUPFD_CLOEXEC)
		return 0;
	if (ret >= 0 && socket_of(syscall_file(task, ret)))
		bpf_tail_call(ctx, &handlers, HANDLER_SOCKET);
	else
		bpf_tail_call(ctx, &handlers, HANDLER_SYSCALL);
	return 0;
}
