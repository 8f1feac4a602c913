// SPDX-License-Identifier: GPL-2.0
/* Implements the global functions of foreign.h. */
#include "foreign.h"

__noinline __u32 foreign_number(void)
{
	return foreign_number_here();
}

__noinline int foreign_arguments(struct syscall_arguments *arguments)
{
	if (arguments)
		foreign_arguments_here(arguments->values);
	return 0;
}
