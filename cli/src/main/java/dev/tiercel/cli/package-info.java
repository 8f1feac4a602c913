/// The `tiercel` command: one class per command, which parses, calls a function and renders.
///
/// Entry: [dev.tiercel.cli.Main]. stdout is data, stderr is for messages; exit codes are [dev.tiercel.cli.ExitCode]. The only
/// place where apps meet in one JVM (`up`).
@NullMarked
package dev.tiercel.cli;

import org.jspecify.annotations.NullMarked;
