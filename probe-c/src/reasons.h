/* SPDX-License-Identifier: Apache-2.0 */
/* reasons.h - why it did not work, in words that say what to do. */
#ifndef REASONS_H
#define REASONS_H

#include <stdbool.h>
#include <stddef.h>

/* Writes a message; -1, so that a caller can return it. */
int reasons_say(char *error, size_t error_size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* BTF, capabilities, lockdown. 0 if nothing is missing, else -1 with the message written. */
int reasons_check_host(char *error, size_t error_size);

/* From here on libbpf's messages are kept, not printed. */
void reasons_listen(void);

/* Stops listening. */
void reasons_stop(void);

/*
 * What was heard about a program: the last lines of the verifier's log, or libbpf's own words. Empty if nothing was.
 * The text is valid until the next reasons_listen.
 */
const char *reasons_heard(void);

/* The program that libbpf said it could not load, or "" if it did not name one. Valid as above. */
const char *reasons_culprit(void);

#endif
