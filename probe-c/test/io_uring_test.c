// SPDX-License-Identifier: Apache-2.0
#include "harness.h"
void test_io_uring(void) {}
