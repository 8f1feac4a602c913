/// Options that say where settings, brokers and the schema registry are.
@NullMarked
package dev.tiercel.cli.settings;

import org.jspecify.annotations.NullMarked;
