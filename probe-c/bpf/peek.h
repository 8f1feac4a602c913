/* SPDX-License-Identifier: GPL-2.0 */
/*
 * peek.h - reading a field of a kernel object whose address is only a number.
 *
 * Where the kernel has bpf_rdonly_cast (6.2, a35b9af4ec2c), the number is made a pointer of that type and the field is
 * one load that cannot fault, about 1 ns; before, it is a call of bpf_probe_read_kernel, about 12 ns. can_cast is
 * constant when the program is verified, so the other way is not even verified.
 */
#ifndef PROBE_PEEK_H
#define PROBE_PEEK_H

#include "maps.h"

extern void *bpf_rdonly_cast(void *object, __u32 type_id) __ksym __weak;

#define peek_as(type, address) ((struct type *)bpf_rdonly_cast((void *)(address), bpf_core_type_id_kernel(struct type)))

/* The field of the struct type at address; 0 if it cannot be read. */
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
