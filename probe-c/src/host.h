/* SPDX-License-Identifier: Apache-2.0 */
/* host.h - what the probe needs of the kernel and of the calling process. */
#ifndef HOST_H
#define HOST_H

#include <stddef.h>

/* Checks BTF, lockdown and capabilities. 0, or -1 with a message in error that says what is missing and what to do. */
int host_check(char *error, size_t error_size);

#endif
