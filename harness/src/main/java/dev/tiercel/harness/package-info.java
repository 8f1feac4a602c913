/// What every test JVM runs under: a [Requirement] of the machine decides between skip and failure.
///
/// Test scope only. Imports nothing of ours, so that every module, `broker` included, can use it.
@NullMarked
package dev.tiercel.harness;

import org.jspecify.annotations.NullMarked;
