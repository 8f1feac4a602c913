/// What a command does so that its process stays small.
@NullMarked
package dev.tiercel.cli.memory;

import org.jspecify.annotations.NullMarked;
