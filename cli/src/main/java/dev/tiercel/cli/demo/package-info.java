/// `demo`: harmless suspicious actions in a container, and the alerts that come of them. [DemoCommand] is the way in,
/// [DemoActions] what is done. Knows nothing of how events are collected or judged.
@NullMarked
package dev.tiercel.cli.demo;

import org.jspecify.annotations.NullMarked;
