/// Fields of syscall events, read in place from a batch. Entry type: [dev.tiercel.fields.syscall.SyscallRow].
@NullMarked
package dev.tiercel.fields.syscall;

import org.jspecify.annotations.NullMarked;
