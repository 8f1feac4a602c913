/// Options for settings, the brokers and the schema registry.
@NullMarked
package dev.tiercel.cli.settings;

import org.jspecify.annotations.NullMarked;
