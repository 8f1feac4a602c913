// SPDX-License-Identifier: Apache-2.0
/*
 * Loads the probe, performs real syscalls, and checks the records on the ring. Exit status: 0 if all checks pass, 1 if
 * one fails, 77 if eBPF is not possible here (a message says why).
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness.h"

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "processes", test_process }, { "opens", test_open },	   { "files", test_file },
	{ "others", test_other },      { "sockets", test_socket }, { "io_uring", test_io_uring },
	{ "library", test_library },
};

int main(void)
{
	struct probe_options options = { .abi_version = KEVENT_ABI_VERSION, .env_bytes = 512 };
	char error[8192], directory[] = "/tmp/probe-test-XXXXXX", programs[4096];

	probe = probe_open(&options, error, sizeof(error));
	if (!probe) {
		fprintf(stderr, "probe test skipped: %s\n", error);
		return 77;
	}
	probe_programs(probe, programs, sizeof(programs));
	if (!mkdtemp(directory) || chdir(directory)) {
		perror(directory);
		return 1;
	}
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		int before = failures;

		tests[i].run();
		printf("%-10s %s\n", tests[i].name, failures == before ? "ok" : "FAILED");
	}
	probe_close(probe);
	if (chdir("/") || rmdir(directory))
		fprintf(stderr, "%s is not empty\n", directory);
	printf("%d checks, %d failed\n%s", checks, failures, failures ? programs : "");
	return failures ? 1 : 0;
}
