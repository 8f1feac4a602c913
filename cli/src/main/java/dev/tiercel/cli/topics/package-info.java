/// `tiercel topics`: the topics of the catalogue, and the rights on them.
@NullMarked
package dev.tiercel.cli.topics;

import org.jspecify.annotations.NullMarked;
