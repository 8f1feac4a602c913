// SPDX-License-Identifier: Apache-2.0
#include "libbpf_log.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>

#define LOG_MAX 4096
#define TAIL_LINES 12

static char log_text[LOG_MAX];
static char failed_program[64];
static libbpf_print_fn_t previous_print;

/* Keeps the end of the log: the verifier gives its reason there. */
static void append(const char *text, size_t length)
{
	size_t have = strlen(log_text);

	if (length >= LOG_MAX) {
		text += length - (LOG_MAX - 1);
		length = LOG_MAX - 1;
	}
	if (have + length >= LOG_MAX) {
		size_t drop = have + length - (LOG_MAX - 1);

		memmove(log_text, log_text + drop, have - drop);
		have -= drop;
	}
	memcpy(log_text + have, text, length);
	log_text[have + length] = 0;
}

static int capture(enum libbpf_print_level level, const char *format, va_list arguments)
{
	static char line[1 << 16];
	char name[sizeof(failed_program)];
	int length;

	if (level == LIBBPF_DEBUG)
		return 0;
	length = vsnprintf(line, sizeof(line), format, arguments);
	if (length >= (int)sizeof(line))
		length = sizeof(line) - 1;
	if (!failed_program[0] && sscanf(line, "libbpf: prog '%63[^']'", name) == 1)
		memcpy(failed_program, name, sizeof(failed_program));
	append(line, length);
	return 0;
}

void libbpf_log_start(void)
{
	log_text[0] = 0;
	failed_program[0] = 0;
	previous_print = libbpf_set_print(capture);
}

void libbpf_log_stop(void)
{
	libbpf_set_print(previous_print);
}

const char *libbpf_log_tail(void)
{
	const char *at = log_text + strlen(log_text);
	int lines = 0;

	while (at > log_text && lines <= TAIL_LINES)
		if (*--at == '\n')
			lines++;
	return *at == '\n' ? at + 1 : at;
}

const char *libbpf_log_failed_program(void)
{
	return failed_program;
}
