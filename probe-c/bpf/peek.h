/* SPDX-License-Identifier: GPL-2.0 */
/*
 * peek.h - reads a field of a kernel object whose address is a plain number.
 *
 * If the kernel has bpf_rdonly_cast (6.2, a35b9af4ec2c), the number is cast to a pointer of that type and the field is
 * one load that cannot fault, about 1 ns; otherwise it is a call of bpf_probe_read_kernel, about 12 ns. can_cast is
 * constant when the program is verified, so the verifier skips the other branch.
 */
#ifndef PROBE_PEEK_H
#define PROBE_PEEK_H

#include "maps.h"

extern void *bpf_rdonly_cast(void *object, __u32 type_id) __ksym __weak;

#define peek_as(type, address) ((struct type *)bpf_rdonly_cast((void *)(address), bpf_core_type_id_kernel(struct type)))

/* The field of the struct type at address; 0 if it is not readable. */
#define peek(type, address, field)                                                                                     \
	({                                                                                                             \
		__u64 __address = (__u64)(address);                                                                    \
		typeof(((struct type *)0)->field) __value;                                                             \
		if (can_cast)                                                                                          \
			__value = peek_as(type, __address)->field;                                                     \
		else                                                                                                   \
			__value = BPF_CORE_READ((struct type *)__address, field);                                      \
		__value;                                                                                               \
	})

#endif
