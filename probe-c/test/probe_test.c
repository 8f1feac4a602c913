// SPDX-License-Identifier: Apache-2.0
/*
 * Loads the probe, performs real syscalls, and compares what comes off the ring; argument: a file for the report, in
 * JUnit's XML. Exit status: 0 all as expected, 1 not, 77 eBPF is not possible here (a message says why); that is 1 too
 * if TIERCEL_REQUIRE names kernel.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness.h"

#define TESTS (sizeof(tests) / sizeof(tests[0]))

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "processes", test_process }, { "opens", test_open },	   { "files", test_file },
	{ "others", test_other },      { "sockets", test_socket }, { "io_uring", test_io_uring },
	{ "compat", test_compat },     { "library", test_library },
};

static const char *outcomes[TESTS];

/* Whether TIERCEL_REQUIRE, a comma-separated list, has the word. */
static bool required(const char *word)
{
	const char *list = getenv("TIERCEL_REQUIRE");
	size_t length;

	for (; list && *list; list += length + strspn(list + length, ", ")) {
		length = strcspn(list, ", ");
		if (length == strlen(word) && !strncmp(list, word, length))
			return true;
	}
	return false;
}

static void print_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("<>&\"", *text) || (unsigned char)*text < ' ')
			fprintf(out, "&#%d;", *text == '\t' || *text == '\n' ? *text : *text < ' ' ? '?' : *text);
		else
			fputc(*text, out);
	}
}

/* The report, whole or not at all. */
static int report(const char *path, const char *outcome, const char *message)
{
	FILE *out = path ? fopen(path, "w") : NULL;

	if (!out)
		return path ? 1 : 0;
	fprintf(out, "<testsuite name=\"probe-c\">\n");
	for (size_t i = 0; i < TESTS; i++) {
		fprintf(out, "<testcase classname=\"probe-c\" name=\"%s\">", tests[i].name);
		if (outcome || outcomes[i]) {
			fprintf(out, "<%s message=\"", outcome ? outcome : outcomes[i]);
			print_escaped(out, message);
			fprintf(out, "\"/>");
		}
		fprintf(out, "</testcase>\n");
	}
	fprintf(out, "</testsuite>\n");
	return fclose(out) != 0;
}

static int no_probe(const char *path, const char *error)
{
	bool fail = required("kernel");

	fprintf(stderr, "probe test %s: %s\n", fail ? "FAILED, TIERCEL_REQUIRE forbids to skip it" : "skipped", error);
	if (report(path, fail ? "failure" : "skipped", error))
		perror(path);
	return fail ? 1 : 77;
}

static int run_all(const char *path)
{
	char programs[4096];

	probe_programs(probe, programs, sizeof(programs));
	for (size_t i = 0; i < TESTS; i++) {
		int before = failures;

		tests[i].run();
		if (failures != before)
			outcomes[i] = "failure";
		printf("%-10s %s\n", tests[i].name, failures == before ? "ok" : "FAILED");
	}
	probe_close(probe);
	printf("%d checks, %d failed\n%s", checks, failures, failures ? programs : "");
	return report(path, NULL, "see the log of the probe's tests") || failures;
}

int main(int argc, char **argv)
{
	struct probe_options options = { .abi_version = KEVENT_ABI_VERSION, .env_bytes = 512 };
	char error[8192], directory[] = "/tmp/probe-test-XXXXXX", *path = argc > 1 ? argv[1] : NULL;
	int status;

	probe = probe_open(&options, error, sizeof(error));
	if (!probe)
		return no_probe(path, error);
	if (!mkdtemp(directory) || chdir(directory)) {
		perror(directory);
		return 1;
	}
	status = run_all(path);
	if (chdir("/") || rmdir(directory))
		fprintf(stderr, "%s is not empty\n", directory);
	return status;
}
