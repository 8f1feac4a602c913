/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libbpf_log.h - captures what libbpf logs during a load, the verifier's log included. libbpf has one print function
 * per process: one capture at a time.
 */
#ifndef LIBBPF_LOG_H
#define LIBBPF_LOG_H

/* Clears the captured log, and captures libbpf's messages instead of printing them. */
void libbpf_log_start(void);

/* Restores the previous print function; the captured log remains. */
void libbpf_log_stop(void);

/* The last twelve lines of the captured log; empty if there are none. Valid until the next libbpf_log_start. */
const char *libbpf_log_tail(void);

/* The program that could not be loaded, or "" if the log names none. Valid as above. */
const char *libbpf_log_failed_program(void);

#endif
