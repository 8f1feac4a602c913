/* SPDX-License-Identifier: GPL-2.0 */
/*
 * peek.h - reads fields of a kernel object whose address is a plain number.
 *
 * If the kernel has bpf_rdonly_cast (6.2, a35b9af4ec2c), the number is cast to a pointer of that type and a field is
 * one load that cannot fault, about 1 ns; otherwise it is a call of bpf_probe_read_kernel, about 28 ns. Which of them
 * is constant when the program is verified, so the verifier skips the other branch.
 */
#ifndef PROBE_PEEK_H
#define PROBE_PEEK_H

#include "maps.h"

extern void *bpf_rdonly_cast(void *object, __u32 type_id) __ksym __weak;

/* A value of the verifier's own list of functions, whose existence is an immediate operand; can_cast, which says the
 * same where the kernel's BTF lacks that list, is a load at each use. */
enum special_kfunc_type { KF_bpf_rdonly_cast = 10 };

#define peek_can_cast() (bpf_core_enum_value_exists(enum special_kfunc_type, KF_bpf_rdonly_cast) || can_cast)

/* The object of the struct type at address, for peek_at. */
#define peek_object(type, address)                                                                                     \
	({                                                                                                             \
		struct type *__object = (void *)(address);                                                             \
		if (peek_can_cast())                                                                                   \
			__object = bpf_rdonly_cast(__object, bpf_core_type_id_kernel(struct type));                    \
		__object;                                                                                              \
	})

/* The field of what peek_object returned, or a field of that kind: 0 if it is not readable. */
#define peek_at(object, field)                                                                                         \
	({                                                                                                             \
		typeof((object)->field) __value;                                                                       \
		if (peek_can_cast())                                                                                   \
			__value = (object)->field;                                                                     \
		else                                                                                                   \
			__value = BPF_CORE_READ(object, field);                                                        \
		__value;                                                                                               \
	})

/* The field of the struct type at address; 0 if it is not readable. */
#define peek(type, address, field)                                                                                     \
	({                                                                                                             \
		struct type *__peeked = peek_object(type, address);                                                    \
		peek_at(__peeked, field);                                                                              \
	})

/* The 8 bytes at address; 0 if they are not readable. The cast needs a struct, so one that begins with 8 bytes. */
static __always_inline __u64 peek_word(__u64 address)
{
	return peek(timespec64, address, tv_sec);
}

#endif
