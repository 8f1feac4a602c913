/* SPDX-License-Identifier: GPL-2.0 */
/* socket.h - the ends of a socket, as the kernel knows them and as the caller passed them in a sockaddr. */
#ifndef PROBE_SOCKET_H
#define PROBE_SOCKET_H

#include "arch.h"
#include "path.h"

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define SOCK_STREAM 1
#define TCP_LISTEN 10
#define UNIX_PATH_MAX 108

/* struct sockaddr_in and struct sockaddr_in6 in one: they agree on family and port. */
struct internet_address {
	__u16 family;
	__be16 port;
	__u8 address4[4]; /* IPv6: flow label */
	__u8 address6[16];
	__u32 scope;
};

/* A sockaddr in user space. */
struct user_address {
	__u64 at;
	__u32 length;
};

static __always_inline void socket_clear(struct kevent_socket *socket)
{
	__u64 *words = (void *)socket + sizeof(socket->hdr);
	int i;

	for (i = 0; i < (int)((sizeof(*socket) - sizeof(socket->hdr)) / sizeof(*words)); i++)
		words[i] = 0;
}

/* Fills in the family of the caller's sockaddr, and port and address if it is IPv4 or IPv6. */
static __always_inline void socket_fill_user(struct kevent_socket *socket, const struct user_address *user)
{
	struct internet_address address = {};
	__u32 size = user->length >= sizeof(address) ? sizeof(address) : user->length >= 16 ? 16 : 2;

	if (user->length < 2)
		return;
	if (size == sizeof(address) ? bpf_probe_read_user(&address, sizeof(address), (void *)user->at)
	    : size == 16	    ? bpf_probe_read_user(&address, 16, (void *)user->at)
				    : bpf_probe_read_user(&address, 2, (void *)user->at)) {
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

/* Copies the path in the caller's sockaddr_un. Abstract names begin with NUL and are not terminated. Its length. */
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

/* Copies the path that a unix socket is bound to. Its length. */
static __always_inline __u32 socket_bound_path(struct scratch *scratch, __u32 at, struct sock *sock)
{
	struct unix_address *address = peek(unix_sock, sock, addr);
	const char *from = (void *)address + bpf_core_field_offset(struct unix_address, name) + 2;
	__u32 length = peek(unix_address, address, len) - 2;
	__u32 last;

	barrier_var(at); /* the verifier needs the bound on the register that is used */
	if (!address || at > RECORD_MAX - UNIX_PATH_MAX || length > UNIX_PATH_MAX)
		return 0;
	bpf_probe_read_kernel(scratch->record + at, length, from);
	last = at + length - 1;
	barrier_var(last);
	if (length && last < RECORD_MAX && scratch->record[at] && !scratch->record[last])
		length--; /* the terminator of a path; an abstract name has none */
	return length;
}

static __always_inline void socket_fill_internet(struct kevent_socket *socket, struct sock *sock)
{
	socket->local_port = peek(sock, sock, __sk_common.skc_num);
	socket->remote_port = bpf_ntohs(peek(sock, sock, __sk_common.skc_dport));
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
	socket->family = peek(sock, sock, __sk_common.skc_family);
	socket->state = peek(sock, sock, __sk_common.skc_state);
	socket->sock_type = peek(sock, sock, sk_type);
	socket->protocol = peek(sock, sock, sk_protocol);
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
		peer = peek(unix_sock, sock, peer);
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

	if (!file || (peek(inode, peek(file, file, f_inode), i_mode) & S_IFMT) != S_IFSOCK)
		return NULL;
	socket = peek(file, file, private_data); /* NULL if the file was opened with O_PATH */
	return socket ? peek(socket, socket, sk) : NULL;
}

/* Fills in what the kernel knows of the socket behind a file. NULL if the file is not a socket. */
static __always_inline struct sock *socket_fill_file(struct kevent_socket *socket, struct file *file)
{
	struct sock *sock = socket_of(file);

	if (sock) {
		socket->ino = peek(inode, peek(file, file, f_inode), i_ino);
		socket_fill_kernel(socket, sock);
	}
	return sock;
}

#endif
