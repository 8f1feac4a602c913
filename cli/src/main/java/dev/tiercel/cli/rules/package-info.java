/// `tiercel rules …`: commands on rules files. No broker, no kernel.
@NullMarked
package dev.tiercel.cli.rules;

import org.jspecify.annotations.NullMarked;
