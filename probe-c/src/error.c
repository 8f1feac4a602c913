// SPDX-License-Identifier: Apache-2.0
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(char *error, size_t error_size, const char *format, ...)
{
	va_list arguments;

	if (!error || !error_size)
		return -1;
	va_start(arguments, format);
	vsnprintf(error, error_size, format, arguments);
	va_end(arguments);
	return -1;
}
