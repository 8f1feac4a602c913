/// Shared by the tests of all modules: golden files ([Golden]), [Seeds], a real broker ([TestBroker]), inputs outside
/// the repository ([Shared]).
///
/// Test scope only. Imports nothing of ours but broker, so that every module can use it.
@NullMarked
package dev.tiercel.testkit;

import org.jspecify.annotations.NullMarked;
