/// What every module's tests share: [Golden] files, [Seeds], a real broker ([TestBroker]), files beside the checkout
/// ([Shared]), rules and events for tests of the language ([Corpus]).
///
/// Test scope only. Imports nothing of ours but harness and broker.
@NullMarked
package dev.tiercel.testkit;

import org.jspecify.annotations.NullMarked;
