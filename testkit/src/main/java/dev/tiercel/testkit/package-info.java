/// Shared by the tests of all modules: golden files ([Golden]), [Seeds], a real broker ([TestBroker]), inputs outside
/// the repository ([Shared]), rules and events for tests of the language ([Corpus]).
///
/// Test scope only. Imports nothing of ours but harness and broker.
@NullMarked
package dev.tiercel.testkit;

import org.jspecify.annotations.NullMarked;
