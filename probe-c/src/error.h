/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - the message that a failed call leaves in the caller's buffer. */
#ifndef ERROR_H
#define ERROR_H

#include <stddef.h>

/* Formats a message into error, cut at error_size. Returns -1, so that a caller can return it. */
int error_set(char *error, size_t error_size, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
