/// The `tiercel` command: one class per command, which parses its options, calls the module that does the work and
/// prints the result.
///
/// Entry: [dev.tiercel.cli.Main]. stdout is data, stderr is for messages; exit codes are
/// [dev.tiercel.cli.output.ExitCode]. The only place where apps meet in one JVM (`up`).
@NullMarked
package dev.tiercel.cli;

import org.jspecify.annotations.NullMarked;
