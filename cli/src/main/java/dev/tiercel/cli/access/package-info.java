/// The users of a broker and their rights.
@NullMarked
package dev.tiercel.cli.access;

import org.jspecify.annotations.NullMarked;
