// SPDX-License-Identifier: Apache-2.0
/* Calls on sockets: internet and unix, streams and datagrams, and dup of them. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "harness.h"

static const __u8 loopback4[16] = { 127, 0, 0, 1 };
static const __u8 loopback6[16] = { [15] = 1 };
static const __u8 nothing[16];

static const struct kevent_socket *find(int nr, int n)
{
	static const struct kevent_socket none;
	struct record record = captured(KEVENT_SOCKET, nr, n);

	if (!record.bytes)
		fprintf(stderr, "no record %d of syscall %d\n", n, nr);
	CHECK(record.bytes);
	return record.bytes ? record.socket : &none;
}

static __u64 inode_of(int fd)
{
	struct stat status = {};

	fstat(fd, &status);
	return status.st_ino;
}

static struct sockaddr_in address4(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons(port),
				     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int port_of(int fd)
{
	struct sockaddr_in6 address = {};
	socklen_t length = sizeof(address);

	getsockname(fd, (struct sockaddr *)&address, &length);
	return ntohs(address.sin6_port); /* at the same offset in sockaddr_in */
}

static void check_stream4(void)
{
	struct sockaddr_in any = address4(0), target;
	int server, client, accepted, port, copy;
	const struct kevent_socket *record;
	__u64 inode;

	capture_begin();
	server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK_NUMBER(bind(server, (struct sockaddr *)&any, sizeof(any)), 0);
	CHECK_NUMBER(listen(server, 5), 0);
	port = port_of(server);
	target = address4(port);
	client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	CHECK_NUMBER(connect(client, (struct sockaddr *)&target, sizeof(target)), 0);
	accepted = syscall(SYS_accept4, server, NULL, NULL, 0);
	copy = syscall(SYS_dup3, accepted, 77, 0);
	capture_end();

	record = find(SYS_socket, 0);
	CHECK_NUMBER(record->ret, server);
	CHECK_NUMBER(record->fd, server);
	CHECK_NUMBER(record->args[0], AF_INET);
	CHECK_NUMBER(record->family, AF_INET);
	CHECK_NUMBER(record->sock_type, SOCK_STREAM);
	CHECK_NUMBER(record->protocol, IPPROTO_TCP);
	CHECK_NUMBER(record->ino, inode_of(server));

	record = find(SYS_bind, 0);
	CHECK_NUMBER(record->fd, server);
	CHECK_NUMBER(record->user_family, AF_INET);
	CHECK_NUMBER(record->user_port, 0);
	CHECK(!memcmp(record->user_addr, loopback4, 16) && !memcmp(record->local_addr, loopback4, 16));
	CHECK_NUMBER(record->local_port, port);

	record = find(SYS_listen, 0);
	CHECK_NUMBER(record->is_server, 1);
	CHECK_NUMBER(record->args[1], 5);
	CHECK_NUMBER(record->state, 10);
	CHECK_NUMBER(record->local_port, port);

	record = find(SYS_connect, 0);
	CHECK_NUMBER(record->ret, 0);
	CHECK_NUMBER(record->fd, client);
	CHECK_NUMBER(record->remote_port, port);
	CHECK_NUMBER(record->user_port, port);
	CHECK_NUMBER(record->local_port, port_of(client));
	CHECK(!memcmp(record->remote_addr, loopback4, 16) && !memcmp(record->local_addr, loopback4, 16));
	CHECK_NUMBER(record->is_server, 0);
	CHECK_NUMBER(record->state, 1);

	record = find(SYS_accept4, 0);
	CHECK_NUMBER(record->fd, accepted);
	CHECK_NUMBER(record->remote_port, port_of(client));
	CHECK_NUMBER(record->local_port, port);
	CHECK_NUMBER(record->is_server, 1);
	CHECK_NUMBER(record->queue, 5);
	CHECK_NUMBER(record->ino, inode = inode_of(accepted));

	record = find(SYS_dup3, 0);
	CHECK_NUMBER(record->fd, copy);
	CHECK_NUMBER(record->ino, inode);
	CHECK_NUMBER(record->local_port, port);
	CHECK_NUMBER(record->hdr.length, sizeof(*record));

	capture_begin();
	CHECK_NUMBER(send(client, "x", 1, 0), 1);
	CHECK_NUMBER(recv(accepted, &(char){ 0 }, 1, 0), 1);
	capture_end();
	CHECK(!captured(KEVENT_SOCKET, SYS_sendto, 0).bytes && !captured(KEVENT_SOCKET, SYS_recvfrom, 0).bytes);
	close(server);
	close(client);
	close(accepted);
	close(copy);
}

static void check_failures(void)
{
	struct sockaddr_in target = address4(1);
	int client, server;
	const struct kevent_socket *record;

	capture_begin();
	client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (struct sockaddr *)&target, sizeof(target));
	server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	listen(server, 1);
	syscall(SYS_accept4, server, NULL, NULL, 0);
	connect(-1, (struct sockaddr *)&target, sizeof(target));
	connect(client, (struct sockaddr *)16, sizeof(target));
	syscall(SYS_socket, 9999, SOCK_STREAM, 0);
	capture_end();
	record = find(SYS_connect, 0);
	CHECK_NUMBER(record->ret, -ECONNREFUSED);
	CHECK_NUMBER(record->user_port, 1);
	CHECK_NUMBER(record->fd, client);
	record = find(SYS_accept4, 0);
	CHECK_NUMBER(record->ret, -EAGAIN);
	CHECK_NUMBER(record->fd, -1);
	CHECK_NUMBER(record->local_port, port_of(server));
	record = find(SYS_connect, 1);
	CHECK_NUMBER(record->ret, -EBADF);
	CHECK_NUMBER(record->fd, -1);
	CHECK_NUMBER(record->family, 0);
	CHECK_NUMBER(record->user_port, 1);
	record = find(SYS_connect, 2);
	CHECK(record->hdr.flags & KEVENT_F_FAULT && record->user_family == 0);
	record = find(SYS_socket, 2);
	CHECK(record->ret < 0 && record->fd == -1 && record->ino == 0);
	close(client);
	close(server);
}

static void check_stream6(void)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int server = socket(AF_INET6, SOCK_STREAM, 0), client = socket(AF_INET6, SOCK_STREAM, 0);
	const struct kevent_socket *record;

	if (bind(server, (struct sockaddr *)&address, sizeof(address))) {
		printf("(IPv6 not tested: %s)\n", strerror(errno));
		close(server);
		close(client);
		return;
	}
	listen(server, 1);
	address.sin6_port = htons(port_of(server));
	capture_begin();
	CHECK_NUMBER(connect(client, (struct sockaddr *)&address, sizeof(address)), 0);
	capture_end();
	record = find(SYS_connect, 0);
	CHECK_NUMBER(record->family, AF_INET6);
	CHECK_NUMBER(record->user_family, AF_INET6);
	CHECK(!memcmp(record->remote_addr, loopback6, 16) && !memcmp(record->local_addr, loopback6, 16) &&
	      !memcmp(record->user_addr, loopback6, 16));
	CHECK_NUMBER(record->remote_port, port_of(server));
	CHECK_NUMBER(record->local_port, port_of(client));
	close(server);
	close(client);
}

static void check_datagrams(void)
{
	struct sockaddr_in any = address4(0), target, from;
	int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0), port;
	socklen_t length = sizeof(from);
	char byte = 'x';
	struct iovec vector = { &byte, 1 };
	struct msghdr message = {
		.msg_name = &target, .msg_namelen = sizeof(target), .msg_iov = &vector, .msg_iovlen = 1
	};
	struct msghdr reply = { .msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &vector, .msg_iovlen = 1 };
	struct mmsghdr many[1] = { { .msg_hdr = message } };
	const struct kevent_socket *record;

	CHECK_NUMBER(bind(server, (struct sockaddr *)&any, sizeof(any)), 0);
	port = port_of(server);
	target = address4(port);
	capture_begin();
	CHECK_NUMBER(sendto(client, &byte, 1, 0, (struct sockaddr *)&target, sizeof(target)), 1);
	CHECK_NUMBER(sendmsg(client, &message, 0), 1);
	CHECK_NUMBER(sendmmsg(client, many, 1, 0), 1);
	CHECK_NUMBER(recvfrom(server, &byte, 1, 0, (struct sockaddr *)&from, &length), 1);
	CHECK_NUMBER(recvmsg(server, &reply, 0), 1);
	CHECK_NUMBER(recv(server, &byte, 1, 0), 1);
	recv(server, &byte, 1, MSG_DONTWAIT);
	capture_end();
	for (int i = 0; i < 3; i++) {
		static const int numbers[] = { SYS_sendto, SYS_sendmsg, SYS_sendmmsg };

		record = find(numbers[i], 0);
		CHECK_NUMBER(record->user_port, port);
		CHECK(!memcmp(record->user_addr, loopback4, 16) && !memcmp(record->remote_addr, nothing, 16));
		CHECK_NUMBER(record->sock_type, SOCK_DGRAM);
		CHECK_NUMBER(record->protocol, IPPROTO_UDP);
	}
	record = find(SYS_recvfrom, 0);
	CHECK_NUMBER(record->user_port, port_of(client));
	CHECK_NUMBER(record->local_port, port);
	record = find(SYS_recvmsg, 0);
	CHECK_NUMBER(record->user_port, port_of(client));
	CHECK_NUMBER(find(SYS_recvfrom, 1)->user_family, 0);
	CHECK(!captured(KEVENT_SOCKET, SYS_recvfrom, 2).bytes);
	close(server);
	close(client);
}

static void check_unix(void)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX, .sun_path = "socket.sock" };
	struct sockaddr_un hidden = { .sun_family = AF_UNIX, .sun_path = "\0hidden" };
	int length = offsetof(struct sockaddr_un, sun_path) + 7;
	int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0), pair[2], accepted;
	int log = socket(AF_UNIX, SOCK_DGRAM, 0), sender = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct record record;

	capture_begin();
	CHECK_NUMBER(bind(server, (struct sockaddr *)&path, sizeof(path)), 0);
	listen(server, 1);
	CHECK_NUMBER(connect(client, (struct sockaddr *)&path, sizeof(path)), 0);
	accepted = syscall(SYS_accept, server, NULL, NULL);
	CHECK_NUMBER(bind(log, (struct sockaddr *)&hidden, length), 0);
	CHECK_NUMBER(sendto(sender, "x", 1, 0, (struct sockaddr *)&hidden, length), 1);
	CHECK_NUMBER(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	unlink("socket.sock");
	connect(sender, (struct sockaddr *)&path, sizeof(path));
	capture_end();
	record = captured(KEVENT_SOCKET, SYS_bind, 0);
	CHECK_TEXT(text(record, 0), "socket.sock");
	CHECK_TEXT(text(record, 1), "");
	CHECK_NUMBER(find(SYS_bind, 0)->user_family, AF_UNIX);
	CHECK_NUMBER(find(SYS_bind, 0)->family, AF_UNIX);
	record = captured(KEVENT_SOCKET, SYS_connect, 0);
	CHECK_TEXT(text(record, 0), "");
	CHECK_TEXT(text(record, 1), "socket.sock");
	record = captured(KEVENT_SOCKET, SYS_accept, 0);
	CHECK_NUMBER(find(SYS_accept, 0)->fd, accepted);
	CHECK_TEXT(text(record, 0), "socket.sock");
	record = captured(KEVENT_SOCKET, SYS_bind, 1);
	CHECK(record.bytes && record.socket->local_len == 7 && !memcmp(text(record, 0), "\0hidden", 7));
	record = captured(KEVENT_SOCKET, SYS_sendto, 0);
	CHECK(record.bytes && record.socket->remote_len == 7 && !memcmp(text(record, 1), "\0hidden", 7));
	CHECK_NUMBER(find(SYS_socketpair, 0)->fd, pair[0]);
	CHECK_NUMBER(find(SYS_socketpair, 0)->queue, pair[1]);
	record = captured(KEVENT_SOCKET, SYS_connect, 1);
	CHECK(record.bytes && record.socket->ret == -ENOENT);
	CHECK_TEXT(text(record, 1), "socket.sock");
	close(server);
	close(client);
	close(accepted);
	close(log);
	close(sender);
	close(pair[0]);
	close(pair[1]);
}

/* The file system node of a socket is not a socket. */
static void check_node(void)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX, .sun_path = "node" };
	int server = socket(AF_UNIX, SOCK_STREAM, 0), node, copy;

	CHECK_NUMBER(bind(server, (struct sockaddr *)&path, sizeof(path)), 0);
	node = open("node", O_PATH);
	capture_begin();
	copy = syscall(SYS_dup, node);
	capture_end();
	CHECK(copy >= 0 && !captured(KEVENT_SOCKET, SYS_dup, 0).bytes && captured(KEVENT_SYSCALL, SYS_dup, 0).bytes);
	unlink("node");
	close(server);
	close(node);
	close(copy);
}

void test_socket(void)
{
	check_stream4();
	check_failures();
	check_stream6();
	check_datagrams();
	check_unix();
	check_node();
}
