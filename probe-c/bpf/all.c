// SPDX-License-Identifier: GPL-2.0
/*
 * Every program file, compiled as one: the linker of libbpf 1.1 (bpftool gen object) cannot join two objects that call
 * the same kernel function (peek.h).
 */
#include "maps.bpf.c"
#include "path.bpf.c"
#include "process.bpf.c"
#include "snapshot.bpf.c"
#include "syscall.bpf.c"
#include "open.bpf.c"
#include "socket.bpf.c"
#include "io_uring.bpf.c"
