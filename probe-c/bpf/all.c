// SPDX-License-Identifier: GPL-2.0
/*
 * Every program file in one translation unit: libbpf 1.1 (bpftool gen object) cannot link two objects that call the
 * same kernel function (peek.h).
 */
#include "maps.bpf.c"
#include "path.bpf.c"
#include "foreign.bpf.c"
#include "process.bpf.c"
#include "snapshot.bpf.c"
#include "syscall.bpf.c"
#include "open.bpf.c"
#include "socket.bpf.c"
#include "io_uring.bpf.c"
