/// What every command prints with: data on stdout, messages on stderr, exit codes. Knows no command.
@NullMarked
package dev.tiercel.cli.output;

import org.jspecify.annotations.NullMarked;
