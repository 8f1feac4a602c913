/* SPDX-License-Identifier: Apache-2.0 */
/* harness.h - captures the probe's records of what this process and its children have just done. */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tiercel_probe.h"

struct record {
	const struct kevent_hdr *hdr;
	union {
		const struct kevent_process *process;
		const struct kevent_fork *fork;
		const struct kevent_exit *exit;
		const struct kevent_syscall *syscall;
		const struct kevent_open *open;
		const struct kevent_socket *socket;
		const void *bytes;
	};
};

extern struct probe *probe;
extern int failures;
extern int checks;

/* Discards captured records, and those still on the ring. */
void capture_begin(void);

/* Captures everything on the ring. */
void capture_end(void);

/* The n-th captured record (from 0) of a type, and of a syscall number unless it is -1; bytes is NULL if there is none.
 */
struct record captured(int type, int nr, int n);

/* The last record of a type, a syscall number and a process. */
struct record captured_of(int type, int nr, int pid);

/* The first record of a type and a process whose string 0 equals first. */
struct record captured_named(int type, int pid, const char *first);

/* The number of captured records of a type and a process. */
int captured_total(int type, int pid);

/* The number of captured records. */
int captured_count(void);

/* String number index of a record, as a C string; valid until 8 further calls. */
const char *text(struct record record, int index);

void check_failed(const char *file, int line, const char *what);

#define CHECK(condition) (checks++, (condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))
#define CHECK_TEXT(actual, expected) check_text(__FILE__, __LINE__, #actual, actual, expected)
#define CHECK_NUMBER(actual, expected)                                                                                 \
	check_number(__FILE__, __LINE__, #actual, (long long)(actual), (long long)(expected))

void check_text(const char *file, int line, const char *what, const char *actual, const char *expected);
void check_number(const char *file, int line, const char *what, long long actual, long long expected);

void test_process(void);
void test_open(void);
void test_file(void);
void test_other(void);
void test_socket(void);
void test_io_uring(void);
void test_compat(void);
void test_library(void);

#endif
