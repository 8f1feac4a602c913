/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - the syscalls of 32-bit programs on x86-64: which of ours each of their numbers is. Compiled into the
 * programs, into the library for the selection, and into the tests, which compare the numbers with the kernel's
 * headers.
 *
 * Three ways lead into the kernel. A 64-bit program uses `syscall`; a 32-bit one (and a 64-bit one that executes int
 * $0x80) has the numbers of i386; a program of the x32 ABI adds a bit to the number.
 */
#ifndef PROBE_COMPAT_H
#define PROBE_COMPAT_H

#if defined(__x86_64__) || defined(__TARGET_ARCH_x86)

#define X32_SYSCALL_BIT 0x40000000u

/* The arguments that are 16-bit ids, as in calls of before Linux 2.4: bits counted from 1, as arguments are. */
#define COMPAT_ID(argument) (1 << (argument))

/* The call lacks the arguments after the first, which are 0 in ours. */
#define COMPAT_ONE_ARGUMENT 1

#define COMPAT_SOCKETCALL 102 /* i386: a socket call, whose arguments are in memory */

/* ROW(number on i386, its name there, our name, flags: COMPAT_ID, COMPAT_ONE_ARGUMENT) */
#define COMPAT_I386_ROWS(ROW)                                                                                          \
	ROW(2, fork, fork, 0)                                                                                          \
	ROW(5, open, open, 0)                                                                                          \
	ROW(6, close, close, 0)                                                                                        \
	ROW(8, creat, creat, 0)                                                                                        \
	ROW(9, link, link, 0)                                                                                          \
	ROW(10, unlink, unlink, 0)                                                                                     \
	ROW(11, execve, execve, 0)                                                                                     \
	ROW(12, chdir, chdir, 0)                                                                                       \
	ROW(14, mknod, mknod, 0)                                                                                       \
	ROW(15, chmod, chmod, 0)                                                                                       \
	ROW(16, lchown, lchown, COMPAT_ID(2) | COMPAT_ID(3))                                                           \
	ROW(21, mount, mount, 0)                                                                                       \
	ROW(22, umount, umount2, COMPAT_ONE_ARGUMENT)                                                                  \
	ROW(23, setuid, setuid, COMPAT_ID(1))                                                                          \
	ROW(26, ptrace, ptrace, 0)                                                                                     \
	ROW(37, kill, kill, 0)                                                                                         \
	ROW(38, rename, rename, 0)                                                                                     \
	ROW(39, mkdir, mkdir, 0)                                                                                       \
	ROW(40, rmdir, rmdir, 0)                                                                                       \
	ROW(41, dup, dup, 0)                                                                                           \
	ROW(46, setgid, setgid, COMPAT_ID(1))                                                                          \
	ROW(52, umount2, umount2, 0)                                                                                   \
	ROW(55, fcntl, fcntl, 0)                                                                                       \
	ROW(57, setpgid, setpgid, 0)                                                                                   \
	ROW(61, chroot, chroot, 0)                                                                                     \
	ROW(63, dup2, dup2, 0)                                                                                         \
	ROW(66, setsid, setsid, 0)                                                                                     \
	ROW(70, setreuid, setreuid, COMPAT_ID(1) | COMPAT_ID(2))                                                       \
	ROW(71, setregid, setregid, COMPAT_ID(1) | COMPAT_ID(2))                                                       \
	ROW(81, setgroups, setgroups, 0)                                                                               \
	ROW(83, symlink, symlink, 0)                                                                                   \
	ROW(94, fchmod, fchmod, 0)                                                                                     \
	ROW(95, fchown, fchown, COMPAT_ID(2) | COMPAT_ID(3))                                                           \
	ROW(120, clone, clone, 0)                                                                                      \
	ROW(128, init_module, init_module, 0)                                                                          \
	ROW(129, delete_module, delete_module, 0)                                                                      \
	ROW(133, fchdir, fchdir, 0)                                                                                    \
	ROW(138, setfsuid, setfsuid, COMPAT_ID(1))                                                                     \
	ROW(139, setfsgid, setfsgid, COMPAT_ID(1))                                                                     \
	ROW(164, setresuid, setresuid, COMPAT_ID(1) | COMPAT_ID(2) | COMPAT_ID(3))                                     \
	ROW(170, setresgid, setresgid, COMPAT_ID(1) | COMPAT_ID(2) | COMPAT_ID(3))                                     \
	ROW(172, prctl, prctl, 0)                                                                                      \
	ROW(182, chown, chown, COMPAT_ID(2) | COMPAT_ID(3))                                                            \
	ROW(185, capset, capset, 0)                                                                                    \
	ROW(190, vfork, vfork, 0)                                                                                      \
	ROW(198, lchown32, lchown, 0)                                                                                  \
	ROW(203, setreuid32, setreuid, 0)                                                                              \
	ROW(204, setregid32, setregid, 0)                                                                              \
	ROW(206, setgroups32, setgroups, 0)                                                                            \
	ROW(207, fchown32, fchown, 0)                                                                                  \
	ROW(208, setresuid32, setresuid, 0)                                                                            \
	ROW(210, setresgid32, setresgid, 0)                                                                            \
	ROW(212, chown32, chown, 0)                                                                                    \
	ROW(213, setuid32, setuid, 0)                                                                                  \
	ROW(214, setgid32, setgid, 0)                                                                                  \
	ROW(215, setfsuid32, setfsuid, 0)                                                                              \
	ROW(216, setfsgid32, setfsgid, 0)                                                                              \
	ROW(217, pivot_root, pivot_root, 0)                                                                            \
	ROW(221, fcntl64, fcntl, 0)                                                                                    \
	ROW(238, tkill, tkill, 0)                                                                                      \
	ROW(270, tgkill, tgkill, 0)                                                                                    \
	ROW(295, openat, openat, 0)                                                                                    \
	ROW(296, mkdirat, mkdirat, 0)                                                                                  \
	ROW(297, mknodat, mknodat, 0)                                                                                  \
	ROW(298, fchownat, fchownat, 0)                                                                                \
	ROW(301, unlinkat, unlinkat, 0)                                                                                \
	ROW(302, renameat, renameat, 0)                                                                                \
	ROW(303, linkat, linkat, 0)                                                                                    \
	ROW(304, symlinkat, symlinkat, 0)                                                                              \
	ROW(306, fchmodat, fchmodat, 0)                                                                                \
	ROW(310, unshare, unshare, 0)                                                                                  \
	ROW(330, dup3, dup3, 0)                                                                                        \
	ROW(337, recvmmsg, recvmmsg, 0)                                                                                \
	ROW(342, open_by_handle_at, open_by_handle_at, 0)                                                              \
	ROW(345, sendmmsg, sendmmsg, 0)                                                                                \
	ROW(346, setns, setns, 0)                                                                                      \
	ROW(347, process_vm_readv, process_vm_readv, 0)                                                                \
	ROW(348, process_vm_writev, process_vm_writev, 0)                                                              \
	ROW(350, finit_module, finit_module, 0)                                                                        \
	ROW(353, renameat2, renameat2, 0)                                                                              \
	ROW(356, memfd_create, memfd_create, 0)                                                                        \
	ROW(357, bpf, bpf, 0)                                                                                          \
	ROW(358, execveat, execveat, 0)                                                                                \
	ROW(359, socket, socket, 0)                                                                                    \
	ROW(360, socketpair, socketpair, 0)                                                                            \
	ROW(361, bind, bind, 0)                                                                                        \
	ROW(362, connect, connect, 0)                                                                                  \
	ROW(363, listen, listen, 0)                                                                                    \
	ROW(364, accept4, accept4, 0)                                                                                  \
	ROW(369, sendto, sendto, 0)                                                                                    \
	ROW(370, sendmsg, sendmsg, 0)                                                                                  \
	ROW(371, recvfrom, recvfrom, 0)                                                                                \
	ROW(372, recvmsg, recvmsg, 0)                                                                                  \
	ROW(374, userfaultfd, userfaultfd, 0)                                                                          \
	ROW(417, recvmmsg_time64, recvmmsg, 0)                                                                         \
	ROW(429, move_mount, move_mount, 0)                                                                            \
	ROW(435, clone3, clone3, 0)                                                                                    \
	ROW(437, openat2, openat2, 0)                                                                                  \
	ROW(452, fchmodat2, fchmodat2, 0)

/* ROW(number of the call in socketcall, its name there, our name, its arguments). send and recv are sendto and recvfrom
 * without an address. */
#define COMPAT_SOCKET_ROWS(ROW)                                                                                        \
	ROW(1, SOCKET, socket, 3)                                                                                      \
	ROW(2, BIND, bind, 3)                                                                                          \
	ROW(3, CONNECT, connect, 3)                                                                                    \
	ROW(4, LISTEN, listen, 2)                                                                                      \
	ROW(5, ACCEPT, accept, 3)                                                                                      \
	ROW(8, SOCKETPAIR, socketpair, 4)                                                                              \
	ROW(9, SEND, sendto, 4)                                                                                        \
	ROW(10, RECV, recvfrom, 4)                                                                                     \
	ROW(11, SENDTO, sendto, 6)                                                                                     \
	ROW(12, RECVFROM, recvfrom, 6)                                                                                 \
	ROW(16, SENDMSG, sendmsg, 3)                                                                                   \
	ROW(17, RECVMSG, recvmsg, 3)                                                                                   \
	ROW(18, ACCEPT4, accept4, 4)                                                                                   \
	ROW(19, RECVMMSG, recvmmsg, 5)                                                                                 \
	ROW(20, SENDMMSG, sendmmsg, 4)

#define COMPAT_SOCKET_CALLS 32 /* 21 rounded up to a power of two */

/* ROW(number without its bit, name): of x32, where it is not ours. */
#define COMPAT_X32_ROWS(ROW)                                                                                           \
	ROW(517, recvfrom)                                                                                             \
	ROW(518, sendmsg)                                                                                              \
	ROW(519, recvmsg)                                                                                              \
	ROW(520, execve)                                                                                               \
	ROW(521, ptrace)                                                                                               \
	ROW(537, recvmmsg)                                                                                             \
	ROW(538, sendmmsg)                                                                                             \
	ROW(539, process_vm_readv)                                                                                     \
	ROW(540, process_vm_writev)                                                                                    \
	ROW(545, execveat)

#define COMPAT_X32_FIRST 512
#define COMPAT_X32_CALLS 36

#endif

#endif
